"""Where a place that nothing else locates lies: in or near the town that the text sets beside its name."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from newsnlp.gazetteer import distance_km
from newsnlp.numerals.words import numeral_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from newsnlp.gazetteer import Place
    from newsnlp.records import Mention

# A site, a quarter lies in the town that its sentence names, or the paragraph before it, at most so far from it.
_REACH, _BEFORE = 150, 400
# Headline and dateline stand in so many characters.
_OPENING = 250
# So far from each other, an article's towns are one place: a site of the article lies there. Farther than that from
# a town a place is not told by it: « à 300 km de Paris ».
_ONE_KM = 50
_STOP = re.compile(r"[.!?…]\s|\n")
_OF = r"(?:de la |de l'|du |des |de |d')(?:la |le |les |l')?"
_COMPASS = r"(?:nord|sud|est|ouest)(?:-(?:est|ouest))?"
_NEAR = rf"(?:tout )?(?:près|(?:à|en) proximité(?: immédiate)?|non loin|aux (?:portes|environs|abords|alentours)) {_OF}"
_AWAY = (
    rf"(?:distante? de |à )?(?:moins de |environ |près de |quelque |une )?(\d+(?:,\d+)?|[a-z]+)(?: de)? "
    rf"(?:km|kilomètres?)"
    rf"(?: environ)?(?: (?:au |à l')(?:{_COMPASS}))?(?: du centre(?:-ville)?)? {_OF}"
)
_PART = (
    rf"(?:dans |en )?(?:l'|la |le |une? )?(?:[a-zà-ÿ]+ )?(?:banlieue|périphérie|faubourg|quartier|cœur)"
    rf"(?: [a-zà-ÿ]+)?(?: {_COMPASS})? {_OF}"
)
_TOLD = re.compile(rf"\s?[»\"]?,?\s(?:(?:situ|implant|install)ée?s? )?(?:{_NEAR}|{_AWAY}|{_PART})", re.IGNORECASE)
_IN = re.compile(r"\s?[»\"]?(?:,\s(?:à|au|aux)\s|\s\()")
_AT = re.compile(rf"\s?[»\"]?\s(?:à |au |{_OF})")
# « à Manchester, au Borough Market », « près de Cracovie, à Brzegi »; « de Lyon à Trouville » is a way.
_TO = re.compile(r",\s(?:à|au|aux|dans|sur|devant)\s(?:la |le |les |l')?[«\"]?\s?")
_SETS = re.compile(rf"(?:^|\W)(?:à |{_NEAR})$", re.IGNORECASE)
_WAY = re.compile(
    r"(?:^|\W)(?:(?:de|du|des|d')|(?:depuis|entre|reliant|vers|et)|[–-])\s?(?:la |le |les |l')?$", re.IGNORECASE
)
_LOOK = 60


class Beside:
    """Finds the towns that an article sets beside the names of other places.

    Parameters
    ----------
    text : str
    places : mapping of int to sequence of Mention
        The mentions of each place, by its number.
    spots : sequence of tuple of int and int
        Where each mention begins and whose it is, in the order of the text.
    town_of : callable
        Gives the town that a place is, None where it is none or not sure.
    may_hold : callable
        Tells whether a place may lie in a town: they are of one country.
    """

    def __init__(
        self,
        text: str,
        places: Mapping[int, Sequence[Mention]],
        spots: Sequence[tuple[int, int]],
        town_of: Callable[[int], Place | None],
        may_hold: Callable[[int, Place], bool],
    ) -> None:
        self._text, self._places, self._spots = text, places, spots
        self._town_of, self._may_hold = town_of, may_hold

    def _town(self, number: int, other: int) -> Place | None:
        town = self._town_of(other) if other != number else None
        return town if town is not None and self._may_hold(number, town) else None

    def told(self, number: int, members: Sequence[Mention]) -> Place | None:
        """Return the town that the words around a name set it in or near: « Brzegi, à 15 km de Cracovie »."""
        for member in members:
            after = bisect_left(self._spots, (member.end, -1))
            for start, other in self._spots[after : after + 1]:
                if start - member.end <= _LOOK and self._sets(member, self._text[member.end : start]):
                    town = self._town(number, other)
                    if town is not None:
                        return town
            before = bisect_left(self._spots, (member.start, -1)) - 1
            if before >= 0 and (town := self._before(number, member, *self._spots[before])) is not None:
                return town
        return None

    def _sets(self, member: Mention, between: str) -> bool:
        told = _TOLD.fullmatch(between)
        if told:
            number = told.group(1)
            return number is None or _kilometres(number) <= _ONE_KM
        if _IN.fullmatch(between):
            return True
        return bool(_AT.fullmatch(between)) and not _WAY.search(self._text, max(0, member.start - _LOOK), member.start)

    def _before(self, number: int, member: Mention, start: int, other: int) -> Place | None:
        end = next((m.end for m in self._places[other] if m.start == start), start)
        if not (end < member.start and _TO.fullmatch(self._text, end, member.start)):
            return None
        return self._town(number, other) if _SETS.search(self._text[max(0, start - _LOOK) : start]) else None

    def around(self, number: int, members: Sequence[Mention]) -> Place | None:
        """Return the town of a site: of its sentence, the article's only one, the one before it, the headline's."""
        return (
            self._in_sentence(number, members)
            or self._of_article(number)
            or self._in_paragraph(number, members)
            or self._in_opening(number)
        )

    def _in_sentence(self, number: int, members: Sequence[Mention]) -> Place | None:
        for member in members:
            best: tuple[int, Place] | None = None
            first = bisect_left(self._spots, (member.start - _REACH, -1))
            for start, other in self._spots[first : bisect_left(self._spots, (member.start + _REACH, -1))]:
                low, high = sorted((start, member.start))
                if (best is not None and high - low >= best[0]) or _STOP.search(self._text, low, high):
                    continue
                town = self._town(number, other)
                if town is not None:
                    best = high - low, town
            if best is not None:
                return best[1]
        return None

    def _of_article(self, number: int) -> Place | None:
        first: Place | None = None
        for other in self._places:
            town = self._town(number, other)
            if first is None or town is None:
                first = first or town
            elif distance_km((first.latitude, first.longitude), (town.latitude, town.longitude)) > _ONE_KM:
                return None
        return first

    def _in_paragraph(self, number: int, members: Sequence[Mention]) -> Place | None:
        for member in members:
            first = bisect_left(self._spots, (member.start - _BEFORE, -1))
            for start, other in reversed(self._spots[first : bisect_left(self._spots, (member.start, -1))]):
                if "\n" in self._text[start : member.start]:
                    break
                town = self._town(number, other)
                if town is not None:
                    return town
        return None

    def _in_opening(self, number: int) -> Place | None:
        opening = self._spots[: bisect_left(self._spots, (_OPENING, -1))]
        return next((town for _, other in opening if (town := self._town(number, other)) is not None), None)


def _kilometres(number: str) -> float:
    """Return a distance in digits or words; far where it cannot be read."""
    if number[0].isdigit():
        return float(number.replace(",", "."))
    word = numeral_lexicon().get(number.lower())
    return word.value if word else _ONE_KM + 1
