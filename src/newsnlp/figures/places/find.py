"""The place a figure is about: the nearest of its sentence that is no background, and the narrowest that agrees."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, cast

from newsnlp.entities.knowledge.places import meanings_of
from newsnlp.figures.places.asides import LIST_GAP, OPENING
from newsnlp.figures.places.attachment import (
    NEVER,
    PLACELESS,
    REACH_LEFT,
    REACH_RIGHT,
    cost_of,
)
from newsnlp.figures.places.background import Role, Standing, find_standings
from newsnlp.figures.places.barred import is_speaking, is_wide, place_words
from newsnlp.figures.places.clauses import CLAUSE_COSTS, PLACE_FOLLOWS
from newsnlp.figures.places.counted import is_of_areas, is_scored, names_discipline
from newsnlp.figures.places.toponyms import find_kicker, find_toponyms
from newsnlp.grammar.drafts import EventBy, PartBy
from newsnlp.records import ChangeRole, PlaceBasis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Names, Sentence

CHAIN_GAP = 5
"""How many words may stand between a place and what it lies in: *à Kaboul, la capitale de l'Afghanistan*."""
SEVERAL = 2
"""How many commas behind a place end its own clause, where another opens the sentence."""
INNER = 3
"""How dear a narrower place behind a figure may be that lies in the region which opens the sentence."""
ROAD = re.compile(r"(?:(?:autoroute|nationale|départementale|route)\s)?(?:A|N|D|RN|RD|RD-|RN-)[\s-]?\d{1,4}")
APPOSED = 2
TOLD_AGAIN = frozenset({"soit"})
LOOSE = (EventBy.SHARED, EventBy.DEMONSTRATION)


class _Names:
    """The places of a sentence, in order, by where they stand."""

    def __init__(self, places: Sequence[Standing]) -> None:
        self.all = places
        self.heads = [
            place for place in places if not place.listed and (place.role is Role.HEADLINE or place.lead <= OPENING)
        ]
        # How far the names up to each one reach: mentions of others may overlap.
        self._reach = list(accumulate((place.last for place in places), max))

    def between(self, first: int, last: int) -> Sequence[Standing]:
        """Return the names that end at or after one position and begin at or before another."""
        start = bisect_left(self._reach, first)
        return self.all[start : bisect_right(self.all, last, key=lambda place: place.first)]


def standings_of(sentence: Sentence, text: str, names: Names) -> list[Standing]:
    """Return the place names of a sentence and how they stand, read once."""

    def read() -> list[Standing]:
        return find_standings(sentence, find_toponyms(sentence, text, names))

    return cast("list[Standing]", sentence.remember("places", read))


def find_places(sentence: Sentence, text: str, names: Names) -> None:
    """Set `place` on the figures of one sentence."""
    places, kicker = standings_of(sentence, text, names), find_kicker(sentence, names)
    if not places and kicker is None:
        return
    usable = _Names(places)
    for draft in sentence.drafts:
        if draft.kind in PLACELESS or names_discipline(draft):
            continue
        chosen = _nearest(draft, usable)
        if chosen is not None:
            chosen = _narrowest(draft, chosen, usable)
            place_at(draft, chosen.name.text, chosen.name.start, _basis(draft, chosen), "place")
        elif kicker is not None and draft.counts and not is_scored(draft):
            place_at(draft, *kicker, PlaceBasis.SENTENCE, "place.kicker")
    _share_places(sentence)


def place_at(draft: Draft, place: str | None, start: int | None, basis: PlaceBasis | None, rule: str) -> None:
    """Give a figure its place, and what that rests on."""
    draft.place, draft.place_start, draft.place_basis = place, start, basis
    draft.because(rule)


def _nearest(draft: Draft, usable: _Names) -> Standing | None:
    """Return the cheapest place of the sentence; of equals the first to the right."""
    near = [*usable.heads, *usable.between(draft.position - REACH_LEFT, draft.noun_end + REACH_RIGHT + CHAIN_GAP)]
    sentence = draft.sentence
    if is_of_areas(draft) and (not draft.event or draft.event_by in LOOSE):
        # "six villages de la Creuse", "En Irak, deux villes"; not "deux pays, au Brésil et au Canada"
        end = max(draft.noun_end, draft.position + 1)
        near = [
            place
            for place in near
            if place.lead <= 1
            or _is_right_before(draft, place)
            or (draft.position < place.last and not _is_apart(sentence, end, place.lead))
        ]
    costs = [(cost_of(draft, place), place.first < draft.position, abs(place.first - draft.position)) for place in near]
    if not costs:
        return None
    best = min(range(len(near)), key=costs.__getitem__)
    if costs[best][0] >= NEVER:
        return None
    chosen = near[best]
    after = sentence.lows(chosen.last + 1, draft.position)
    if after.count(",") >= SEVERAL and after[0] != ",":
        # "A Sfax, une gare a été pillée, une auto brûlée sur le port, un bus arrêté, et vingt personnes ont fui"
        framing = (n for n, place in enumerate(near) if costs[n][0] < NEVER and _opens(sentence, place))
        chosen = near[next(framing, best)]
    # Dearer ones that are better: a town than a road, a town than the region that opens the sentence.
    if ROAD.fullmatch(chosen.name.text):
        # "sur l'A10, près de Poitiers", "près de Sfax, …, sur l'autoroute A7": a road is nowhere in particular
        others = [
            n
            for n, place in enumerate(near)
            if (costs[n][0] < NEVER or (place.role is Role.LOCATED and 0 < place.lead - chosen.last <= APPOSED))
            and not ROAD.fullmatch(place.name.text)
        ]
        return near[min(others, key=costs.__getitem__)] if others else chosen
    if chosen.role is Role.LOCATED and chosen.last < draft.position and is_wide(chosen.name.text):
        # "Dans l'est de la RDC, trois soldats ont été tués … près de Sake"
        inner = [
            n
            for n, (cost, left, _) in enumerate(costs)
            if cost <= INNER and not left and near[n].role is Role.LOCATED and not near[n].listed
            if not is_wide(near[n].name.text) and can_lie_in(near[n].name.text, chosen.name.text)
        ]
        return near[min(inner, key=costs.__getitem__)] if inner else chosen
    return chosen


def _is_right_before(draft: Draft, place: Standing) -> bool:
    """``…; au Ghana, une seule mine``: a phrase set off right before its figure."""
    return place.role is Role.LOCATED and draft.sentence.lows(place.last + 1, draft.position) == (",",)


def _opens(sentence: Sentence, place: Standing) -> bool:
    """``A Marseille, …``: a place that all of a sentence is about."""
    return place.role is Role.LOCATED and place.lead == 0 and sentence.low(place.last + 1) == ","


def _is_apart(sentence: Sentence, start: int, end: int) -> bool:
    return not {",", ":", "(", "dont"}.isdisjoint(sentence.lows(start, end))


def _basis(draft: Draft, place: Standing) -> PlaceBasis:
    """Return whether a place stands in the clause of its figure."""
    left, right = sorted((draft.position, place.lead))
    breaks = CLAUSE_COSTS.keys() & set(draft.sentence.lows(left + 1, right))
    return PlaceBasis.SENTENCE if breaks or place.role is Role.HEADLINE else PlaceBasis.CLAUSE


def can_lie_in(name: str, region: str) -> bool:
    """Whether nothing known puts a place outside a region: *Genève* is not *en France*."""
    inner, outer = ({place.country for place in meanings_of(each)} for each in (name, region))
    return not inner or "" in outer or not inner.isdisjoint(outer) or not outer


def can_be_one(first: str | None, second: str | None) -> bool:
    """Whether two places may be told of one event: the same, or a town and the region or country that it lies in."""
    if first is None or second is None or first == second:
        return True
    return (is_wide(first) and can_lie_in(second, first)) or (is_wide(second) and can_lie_in(first, second))


def _chained_before(sentence: Sentence, chosen: Standing, names: _Names) -> Standing | None:
    """Return the narrower place that a chosen one only says more of: *à Kaboul, la capitale de l'Afghanistan*."""
    for place in names.between(chosen.lead - CHAIN_GAP - 1, chosen.lead):
        between = sentence.lows(place.last + 1, chosen.lead)
        if place.last >= chosen.lead or place.role < Role.SUBJECT or len(between) > CHAIN_GAP or "#" in between:
            continue
        if ROAD.fullmatch(place.name.text):
            continue
        set_off = between[:1] in ((",",), ("(",)) and between.count(",") <= 1
        if (not between or set_off) and not (is_wide(place.name.text) and not is_wide(chosen.name.text)):
            return place
    return None


def _narrowest(draft: Draft, chosen: Standing, names: _Names, *, inner: bool = False) -> Standing:
    """``à Kaboul, la capitale de l'Afghanistan``, ``en Irak, à Mossoul``: the narrowest of a chain of three."""
    sentence = draft.sentence
    before = _chained_before(sentence, chosen, names)
    if before is not None:
        return before if inner else _narrowest(draft, before, names, inner=True)
    wide = is_wide(chosen.name.text)
    if inner:
        return chosen
    # "en Irak dans un attentat à Mossoul", "Au Mali, dans la région de Gao"
    near = names.between(chosen.last + 1, chosen.last + CHAIN_GAP * 2)
    if any(place.listed for place in near):
        return chosen  # "dans le Gard (Alès, Uzès et Nîmes)"
    for place in near:
        between = sentence.lows(chosen.last + 1, place.lead)
        if place.first <= chosen.last or place.role < Role.HAPPENING or place.listed or is_wide(place.name.text):
            continue
        if not wide and sentence.low(place.first) not in place_words("nouns", "facilities"):
            return chosen  # but "à Lyon, sur le boulevard des Belges"
        apart = not place_words("leads", "apart").isdisjoint(between) or between.count(",") > 1
        # "dans 80 communes du Gard, l'état d'urgence a été levé à Nîmes": another clause follows the figure's own.
        later = chosen.last > draft.position and between[:1] == (",",) and len(between) > CHAIN_GAP
        if apart or later or is_speaking(sentence, chosen.last + 1, place.lead):
            break
        return place
    return chosen


def _share_from_parts(sentence: Sentence) -> None:
    """``17 soldats tués et 30 blessés, dont huit grièvement, dans une attaque à Ménaka``: the place of all three."""
    given: Draft | None = None
    for part, whole in pairwise(reversed(sentence.drafts)):
        if whole.place or not part.place or not whole.event or whole.kind != part.kind:
            continue
        between = sentence.lows(whole.noun_end, part.position)
        end = part.noun_end + (sentence.low(part.noun_end) == ")")  # "la plupart (18 000) en Bretagne"
        aside = part.parent is whole and sentence.low(end) not in PLACE_FOLLOWS | {"pour"}
        listed = part is given and between[-1:] == ("et",) and len(between) <= LIST_GAP
        if aside or listed:
            given = whole
            place_at(whole, part.place, part.place_start, part.place_basis, "place.of-part")


def _told_of(draft: Draft) -> Draft | None:
    """``dont dix``, ``300, soit 20 % de plus``, ``un budget de 8 millions, en baisse de 3 %``: what it is told of.

    All 33 pairs of annotated news of which both have a place, none of its own, have the same one (2026-11).
    """
    before = draft.before
    if before is not None and not TOLD_AGAIN.isdisjoint(draft.sentence.lows(before.noun_end, draft.position)[-2:]):
        return before
    # "57 d'entre elles ont réussi à s'échapper": what they did may have been elsewhere
    whole = draft.parent if draft.event or draft.part_by is not PartBy.D_ENTRE else None
    return next(
        (
            other
            for other in (whole, draft.baseline, draft.lender)
            if other is not None and other.sentence is draft.sentence and other.position < draft.position
        ),
        None,
    )


def _share_places(sentence: Sentence) -> None:
    """``a tué 25 personnes à Kaboul et en a blessé 49``: one event, one place."""
    _share_from_parts(sentence)
    for left, right in pairwise(sentence.drafts):
        # "passera de 1 800 à 2 200 francs en Corse": both ends of the change
        ends = left.change is ChangeRole.FROM and right.change is ChangeRole.TO and left.kind == right.kind
        older = right.change is ChangeRole.FROM and sentence.low(right.position - 1) == "contre"
        if older and left.place and not right.place and left.kind == right.kind:
            # "173 000 entrées à Gap, contre 160 000 l'an passé"
            place_at(right, left.place, left.place_start, left.place_basis, "place.of-change")
        if ends and right.place and not left.place and left.kind not in PLACELESS:
            place_at(left, right.place, right.place_start, right.place_basis, "place.of-change")
    for draft in sentence.drafts:
        whole = _told_of(draft)
        if whole is not None and whole.place and not draft.place and draft.kind not in PLACELESS:
            place_at(draft, whole.place, whole.place_start, whole.place_basis, "place.of-whole")
    for left, right in pairwise(sentence.drafts):
        if left.place and not right.place and left.event and right.event and right.counts:
            if is_of_areas(right):
                continue  # "à Cayenne et à Kourou, les deux plus grandes villes"
            part_alone = left.parent is not None and right.parent is not left.parent
            if part_alone or ";" in sentence.lows(left.position, right.position):
                continue
            place_at(right, left.place, left.place_start, left.place_basis, "place.shared")
