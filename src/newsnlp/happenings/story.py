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
LEAD = 2
"""How many sentences behind the headline tell the same again."""
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
    frozenset({"flood", "collapse"}),
    frozenset({"landslide", "collapse"}),
    frozenset({"road_accident", "rail_accident"}),
    frozenset({"air_accident", "fire"}),
    frozenset({"road_accident", "fire"}),
    frozenset({"protest", "strike"}),
)
WIDE_TYPES = frozenset({
    "earthquake", "storm", "flood", "epidemic", "extreme_temperature", "wildfire", "protest", "strike", "election",
    "volcano", "landslide", "riot", "competition", "agreement",
})  # fmt: skip
"""Types that are in several towns at once."""
HARM = frozenset({
    "attack", "explosion", "battle", "kidnapping", "riot", "earthquake", "volcano", "flood", "storm", "landslide",
    "wildfire", "fire", "collapse", "industrial_accident", "road_accident", "rail_accident", "air_accident",
    "shipwreck", "epidemic", "extreme_temperature", "crime",
})  # fmt: skip
"""Types that hurt."""
ASSERTED = frozenset({"agreement", "appointment", "arrest", "trial", "protest", "strike", "deployment", "layoff"})
"""Types of which a verb or an indefinite noun tells anywhere in a text, without a time or a place."""


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

    @property
    def is_told(self) -> bool:
        """Whether it has a day, a place or a count, or is asserted anew: *une passerelle s'est effondrée*."""
        if self.spans or self.figures or self.sites:
            return True
        anew = (one.is_sure and (one.is_perfect or one.indefinite) and not one.guessed for one in self.tellings)
        return self.kind in HARM | ASSERTED and any(anew)

    @property
    def is_recalled(self) -> bool:
        """Whether it is told of as what something came after: *Après l'accident de Champagnole*."""
        return all(one.looks_back for one in self.tellings)

    def sharpen(self, telling: Telling) -> None:
        """Take the type of a telling that knows better: *tués* says less than *fusillade*, rain less than a flood."""
        only_rain = self.kind == "storm" and telling.kind == "flood"
        vague = self.first.trigger.strength == "effect" or self.first.guessed or only_rain
        if vague and telling.index < HEAD:
            self.kind = telling.kind

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
        # Tellings of the head that take up what only later sentences name: "Dix jours après le drame".
        self._pending: list[tuple[Telling, Site | None, Span | None]] = []

    def read(self, telling: Telling, site: Site | None, span: Span | None) -> Happening | None:
        """Take a telling to the event that it goes on with, or begin one; None where it tells of none."""
        going_on = self._going_on(telling, site, span)
        if going_on is not None:
            if going_on.kind != telling.kind and telling.is_sure and not telling.guessed:
                going_on.sharpen(telling)
            going_on.add(telling, site, span)
            return going_on
        kind = self._begun(telling, site, span)
        if kind is None:
            if telling.index < HEAD and telling.kind in (ANY, NONE) and telling.definite and len(self._pending) < HEAD:
                self._pending.append((telling, site, span))
            return None
        happening = Happening(kind, is_past=telling.past)
        if self._pending and telling.definite and kind in HARM and not telling.past:
            for pending in self._pending:
                happening.add(*pending)
            self._pending = []
            if not self._goes_on(happening, telling, site, span):
                self.happenings.append(happening)
                happening = Happening(kind, is_past=telling.past)
        happening.add(telling, site, span)
        self.happenings.append(happening)
        return happening

    def _begun(self, telling: Telling, site: Site | None, span: Span | None) -> str | None:
        """Return the type of the event that a telling begins, None where it begins none."""
        strength, head = telling.trigger.strength, telling.index < HEAD
        if telling.echoed and not head:
            return None
        if telling.kind in (ANY, NONE) or strength == "weak":
            # "Dix jours après le drame": of what the title tells.
            titled = next((kind for kind in self._titled if kind in HARM), None)
            known = telling.kind in (ANY, NONE, titled) or related(telling.kind, titled or "")
            known = known or (telling.guessed and titled in telling.trigger.types)
            if site is not None and span is not None and telling.kind in HARM and telling.trigger.is_noun:
                return telling.kind  # "les violences du 18 février à Douala"
            return titled if titled and known and head and telling.trigger.is_noun and not self._has(titled) else None
        if strength == "effect":
            return telling.kind if head and telling.trigger.form == "participle" else None
        told = site is not None or span is not None
        if telling.bare and telling.trigger.form == "participle":
            begins = telling.in_headline or (span is not None and site is not None)
        elif telling.trigger.is_noun and telling.definite:
            begins = head or (site is not None and span is not None) or (told and not telling.trigger.is_plural)
        else:
            begins = head or told or telling.kind in HARM | ASSERTED
        return telling.kind if begins else None

    def _has(self, kind: str) -> bool:
        return any(related(one.kind, kind) and not one.is_past for one in self.happenings)

    def _going_on(self, telling: Telling, site: Site | None, span: Span | None) -> Happening | None:
        near: Iterable[Happening] = self.happenings[-LOOKED_AT:][::-1]
        if len(self.happenings) > LOOKED_AT:
            near = [*near, self.happenings[0]]
        # What follows goes on with the news.
        near = sorted(near, key=lambda one: one.is_recalled)
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
        if telling.past != one.is_past:
            if telling.past:
                return False
            beside = telling.index == one.last_index or (telling.had and telling.index == one.last_index + 1)
            if not beside or (span is not None and not one.spans):
                return False
        taken_up = telling.this or (telling.definite and telling.trigger.is_noun)
        if site is not None and one.sites and not any(self._agree(site, other) for other, _ in one.sites):
            apart = one.kind not in WIDE_TYPES or telling.kind not in WIDE_TYPES
            # "Accident de tramway à Londres", "un tramway a déraillé à Croydon": the lead tells the headline again.
            headed = one.first.in_headline or (one.first.index == 0 and one.kind == "battle")
            again = headed and telling.index <= LEAD and not telling.looks_back
            apart = apart and not (again and one.kind == telling.kind)
            if apart and not (taken_up and not site.governed):
                return False
        if telling.kind not in (one.kind, ANY) and not telling.guessed:
            alone = (site is None or bool(one.sites)) and span is None
            return telling.index < HEAD or taken_up or alone or not telling.is_sure
        return True


def _touch(span: Span, other: Span) -> bool:
    """Whether two times may be told of one event: they overlap, or lie a day apart."""
    begin, end = date.fromisoformat(span.begin), date.fromisoformat(span.end)
    other_begin, other_end = date.fromisoformat(other.begin), date.fromisoformat(other.end)
    return (begin - other_end).days <= SLACK and (other_begin - end).days <= SLACK


def main_of(
    happenings: Sequence[Happening], titled: Sequence[str], is_distant: Callable[[Happening], bool]
) -> Happening | None:
    """Return the event that the article is about: of the title's type, else of headline and lead the one told first."""
    for kind in titled:
        found = [one for one in happenings if related(one.kind, kind) and (one.in_head or not one.is_past)]
        found.sort(key=lambda one: (one.is_past, not one.in_head, one.kind != kind))
        if found:
            return found[0]
    head = [one for one in happenings if one.in_head and (not one.is_past or one.first.in_headline)]
    return next((one for one in head if not is_distant(one)), head[0] if head else None)
