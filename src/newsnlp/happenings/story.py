"""Which tellings are of one event: headline and lead set it, definite nouns go on with it, others begin their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from newsnlp.happenings.words import ANY, NONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from newsnlp.happenings.dating import Span
    from newsnlp.happenings.placing import Site
    from newsnlp.happenings.tellings import Telling

HEAD = 5
"""In how many sentences the headline and the lead stand."""
LOOKED_AT = 12
"""With how many events before it a telling is compared, beside the main one."""
SLACK = 1
"""How many days the days told of one event may lie apart: a night, a flood."""
# What one event may be told as: each group may share it, and the first type told in the head stays.
FAMILIES = (
    frozenset({"attack", "explosion", "battle", "kidnapping"}),
    frozenset({"attack", "crime"}),
    frozenset({"protest", "riot"}),
    frozenset({"earthquake", "collapse"}),
    frozenset({"fire", "industrial_accident", "explosion"}),
    frozenset({"fire", "wildfire"}),
    frozenset({"flood", "storm", "landslide"}),
    frozenset({"road_accident", "rail_accident"}),
    frozenset({"protest", "strike"}),
)
WIDE_TYPES = frozenset({
    "earthquake", "storm", "flood", "epidemic", "extreme_temperature", "wildfire", "protest", "strike", "election",
    "volcano", "landslide", "riot", "competition", "agreement",
})  # fmt: skip
"""Types that are in several towns at once."""
HARM = frozenset({
    "attack", "explosion", "battle", "kidnapping", "riot", "earthquake", "volcano", "flood", "storm", "landslide",
    "wildfire", "fire", "collapse", "industrial_accident", "road_accident", "rail_accident", "air_accident", "shipwreck",
    "epidemic", "extreme_temperature", "crime",
})  # fmt: skip
"""Types that hurt."""


@dataclass(slots=True, eq=False)
class Happening:
    """An event in the making: its tellings, where and when each told it."""

    kind: str
    tellings: list[Telling] = field(default_factory=list)
    sites: list[tuple[Site, Telling]] = field(default_factory=list)
    spans: list[tuple[Span, Telling]] = field(default_factory=list)
    is_past: bool = False
    figures: list[int] = field(default_factory=list)
    hints: Sequence[Site] = ()

    @property
    def first(self) -> Telling:
        """The first telling."""
        return self.tellings[0]

    @property
    def last_index(self) -> int:
        """The last sentence that tells of it."""
        return self.tellings[-1].index

    @property
    def in_head(self) -> bool:
        """Whether headline or lead tell of it."""
        return self.first.index < HEAD

    def add(self, telling: Telling, site: Site | None, span: Span | None) -> None:
        """Take in one more telling."""
        self.tellings.append(telling)
        if site is not None:
            self.sites.append((site, telling))
        if span is not None:
            self.spans.append((span, telling))


def related(kind: str, other: str) -> bool:
    """Whether one event may be told as both types."""
    return kind == other or any(kind in family and other in family for family in FAMILIES)


class Story:
    """The events that a text tells of, read telling by telling."""

    def __init__(self, agree: Callable[[Site, Site], bool], titled: Sequence[str] = ()) -> None:
        self.happenings: list[Happening] = []
        self._agree = agree
        self._titled = titled

    def read(self, telling: Telling, site: Site | None, span: Span | None) -> Happening | None:
        """Take a telling to the event that it goes on with, or begin one; None where it tells of none."""
        going_on = self._going_on(telling, site, span)
        if going_on is not None:
            if going_on.kind != telling.kind and telling.is_sure and going_on.first.trigger.strength == "effect":
                going_on.kind = telling.kind
            going_on.add(telling, site, span)
            return going_on
        if not self._may_begin(telling, site, span):
            return None
        happening = Happening(telling.kind, is_past=telling.past)
        happening.add(telling, site, span)
        self.happenings.append(happening)
        return happening

    def _may_begin(self, telling: Telling, site: Site | None, span: Span | None) -> bool:
        strength = telling.trigger.strength
        if telling.kind in (ANY, NONE) or strength == "weak":
            return strength == "weak" and telling.kind in self._titled and telling.index < HEAD
        head = telling.index < HEAD
        if strength == "effect":
            return head and telling.trigger.form == "participle"
        if telling.bare and telling.trigger.form == "participle":
            return telling.index == 0 or span is not None
        if telling.trigger.is_noun and telling.definite and telling.trigger.is_plural and not head:
            return site is not None and span is not None
        return head or site is not None or span is not None

    def _going_on(self, telling: Telling, site: Site | None, span: Span | None) -> Happening | None:
        near: Iterable[Happening] = self.happenings[-LOOKED_AT:][::-1]
        if len(self.happenings) > LOOKED_AT:
            near = [*near, self.happenings[0]]
        guessed = telling.trigger.types if telling.guessed and not telling.another else (telling.kind,)
        same = [one for one in near if telling.kind == ANY or one.kind in guessed]
        others = [one for one in near if one not in same and related(one.kind, telling.kind)]
        for one in (*same, *others):
            if telling.kind == ANY and one.kind not in HARM:
                continue
            if self._goes_on(one, telling, site, span):
                return one
        return None

    def _goes_on(self, one: Happening, telling: Telling, site: Site | None, span: Span | None) -> bool:
        if telling.another and telling.kind != ANY:
            return False
        if span is not None and one.spans and not any(_touch(span, other) for other, _ in one.spans):
            return False
        if telling.past and not one.is_past:
            return span is None and False
        if one.is_past and not telling.past and telling.index - one.last_index > 1:
            return False
        if one.is_past and not telling.past and span is not None and not one.spans:
            return False
        taken_up = telling.this or (telling.definite and telling.trigger.is_noun)
        if site is not None and one.sites and not any(self._agree(site, other) for other, _ in one.sites):
            apart = one.kind not in WIDE_TYPES or telling.kind not in WIDE_TYPES
            if apart and not (taken_up and not site.governed):
                return False
        if one.kind != telling.kind and telling.kind != ANY and not telling.guessed:
            return telling.index < HEAD or taken_up or telling.trigger.strength != "sure"
        return True


def _touch(span: Span, other: Span) -> bool:
    """Whether two times may be told of one event: they overlap, or lie a day apart."""
    begin, end = date.fromisoformat(span.begin), date.fromisoformat(span.end)
    other_begin, other_end = date.fromisoformat(other.begin), date.fromisoformat(other.end)
    return (begin - other_end).days <= SLACK and (other_begin - end).days <= SLACK


def main_of(happenings: Sequence[Happening], titled: Sequence[str] = ()) -> Happening | None:
    """Return the event that the article is about: of the title's type, else of headline and lead the one told first."""
    for kind in titled:
        found = [one for one in happenings if related(one.kind, kind)]
        found.sort(key=lambda one: (one.is_past, one.kind != kind))
        if found:
            return found[0]
    head = [one for one in happenings if one.in_head and not one.is_past]
    head = head or [one for one in happenings if one.in_head]
    return head[0] if head else None
