"""The country of each entity of an article: what the name means, and which of its meanings the context wants."""

from __future__ import annotations

import functools
import re
from collections import Counter
from typing import TYPE_CHECKING

from newsnlp.entities.names_forms import fold, name_key, word_set
from newsnlp.entities.names_organisations import groups_of
from newsnlp.entities.places import Place, demonym_country, is_demonym, meanings_of
from newsnlp.records import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.records import Mention

# How far from a mention its own context reaches, in characters.
_AFTER = 60
_BEFORE = 60
_NEAR = 250
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
# « Valence, en Espagne », « Haditha, dans l'ouest de l'Irak », « Ploufragan (Côtes-d'Armor) », « Mossoul (nord) »
_APPOSITION = re.compile(
    r"^\s?(?:,\s|\(|\s)?(?:situé[es]* |basé[es]* |ville |localité |village |commune )?"
    r"(?:(?:en|au|aux|à|dans|du|de|d'|près de|non loin de|proche de|sur)\s?)?"
    r"(?:(?:le |la |l')?(?:extrême[ -])?(?:nord|sud|est|ouest|centre)(?:[ -](?:nord|sud|est|ouest))?\s?(?:du |de la |de l'|des |de |d'))?"
    r"(?:(?:le |la |les |l')?(?:province|région|département|gouvernorat|district|état|canton|comté|oblast|capitale|pays|banlieue)\s?(?:du |de la |de l'|des |de |d'))?"
    r"(?:le |la |les |l')?$",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"^\s(?:[\w-]+\s)?([^\W\d_]+)")
_ROAD = re.compile(r"^(?:[ANDE]\s?\d+|RN\s?\d+|RD\s?\d+)$")


class CountryFinder:
    """Finds the country of each entity of one article.

    Parameters
    ----------
    text : str
    clusters : list of list of Mention
        The mentions of each entity.
    """

    def __init__(self, text: str, clusters: Sequence[Sequence[Mention]]) -> None:
        self._text = text
        self._clusters = clusters
        self._places = sorted(
            ((m, k) for k, members in enumerate(clusters) for m in members if m.label in {Label.LOC, Label.ORG}),
            key=lambda item: item[0].start,
        )
        self._sure: list[tuple[int, str]] = []
        self._find_sure()
        self._found: dict[int, str | None] = {}

    def country(self, number: int, label: Label, role: str | None) -> str | None:
        """Return the country of entity `number`, or None."""
        members = self._clusters[number]
        if label == Label.LOC:
            return self._place(number, members)
        if label == Label.ORG:
            return self._organisation(members)
        if label == Label.PER:
            return self._person(members, role)
        return None

    def _find_sure(self) -> None:
        """Collect what points to a country without doubt: names of one meaning, adjectives of one country."""
        for mention, _ in self._places:
            meanings = meanings_of(mention.text)
            countries = {place.country for place in meanings}
            if len(countries) == 1 and meanings[0].country and meanings[0].rank <= 2:
                self._sure.append((mention.start, meanings[0].country))
        for match in _WORD.finditer(self._text):
            word = match.group()
            if len(word) > 3:
                country = _demonym(word)
                if country:
                    self._sure.append((match.start(), country))
        self._totals = Counter(country for _, country in self._sure)

    @property
    def main(self) -> str | None:
        """The country named most, where it stands clearly before the second; else None."""
        ranked = self._totals.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] < 1.5 * ranked[1][1]):
            return None
        return ranked[0][0]

    def _place(self, number: int, members: Sequence[Mention]) -> str | None:
        if number in self._found:
            return self._found[number]
        self._found[number] = None  # ends circles of apposition
        found = self._decide(number, members)
        self._found[number] = found
        return found

    def _decide(self, number: int, members: Sequence[Mention]) -> str | None:
        meanings: list[Place] = []
        for text in dict.fromkeys(member.text for member in members):
            meanings.extend(place for place in meanings_of(text) if place not in meanings)
        countries = {place.country for place in meanings}
        if len(countries) == 1 and (meanings[0].kind != "area"):
            if meanings[0].rank == 3 or len(meanings) == 1 and meanings[0].rank == 2:
                pass
            return meanings[0].country
        if meanings and meanings[0].kind == "area" and len(countries) == 1:
            return None
        beside = self._beside(number, members)
        if beside and (not meanings or beside in countries):
            return beside
        if meanings:
            return self._weigh(meanings, members)
        inside = self._inside(members)
        if inside:
            return inside
        return self.main

    def _weigh(self, meanings: Sequence[Place], members: Sequence[Mention]) -> str | None:
        """Return the country of the meaning that prominence and context favour."""

        def score(place: Place) -> float:
            near = sum(
                1
                for start, country in self._sure
                if country == place.country and any(abs(start - member.start) < _NEAR for member in members)
            )
            total = sum(self._totals.values()) or 1
            return (
                {1: 2.0, 2: 1.0, 3: 0.0}[place.rank]
                + 3.0 * self._totals[place.country or ""] / total
                + 0.5 * min(near, 3)
            )

        return max(meanings, key=score).country

    def _beside(self, number: int, members: Sequence[Mention]) -> str | None:
        """Return the country of the place that the text puts beside this one: `Haditha, dans l'ouest de l'Irak`."""
        for member in members:
            adjective = _ADJECTIVE.match(self._text[member.end : member.end + _AFTER])
            if adjective and is_demonym(adjective.group(1)) and adjective.group(1)[:1].islower():
                country = demonym_country(adjective.group(1))
                if country:
                    return country
            for place, other in self._places:
                if place.start < member.end or other == number:
                    continue
                if place.start - member.end > _AFTER:
                    break
                between = self._text[member.end : place.start]
                if between.strip(" ") and _APPOSITION.match(between):
                    country = _settled(place.text)
                    if country:
                        return country
                break
        return None

    def _inside(self, members: Sequence[Mention]) -> str | None:
        """Return the country that the name itself tells: its last words are a place, or an adjective of one."""
        for member in members:
            if _ROAD.match(member.text):
                return self.main or "FR"
            words = member.text.split()
            for word in words[1:]:
                if is_demonym(word) and demonym_country(word):
                    return demonym_country(word)
            for size in range(1, len(words)):
                rest = " ".join(words[size:])
                for opening in ("de la ", "de l'", "de ", "du ", "des ", "d'", ""):
                    if opening and not rest.startswith(opening):
                        continue
                    meanings = meanings_of(rest[len(opening) :])
                    if meanings and meanings[0].kind != "seat" and rest[len(opening)].isupper():
                        return self._weigh(meanings, members)
        return None

    def _organisation(self, members: Sequence[Mention]) -> str | None:
        for text in dict.fromkeys(member.text for member in members):
            known = {country for country in groups_of(text).values()}
            if len(known) == 1:
                return known.pop()
            meanings = meanings_of(text)
            if meanings and meanings[0].kind == "seat":
                return meanings[0].country
            if known:
                return max(known, key=lambda country: self._totals[country or ""])
        for member in members:
            words = member.text.split()
            for word in words[1:]:
                if is_demonym(word):
                    return demonym_country(word)
            adjective = _ADJECTIVE.match(self._text[member.end : member.end + _AFTER])
            if adjective and adjective.group(1)[:1].islower() and demonym_country(adjective.group(1)):
                return demonym_country(adjective.group(1))
        return self._inside(members)

    def _person(self, members: Sequence[Mention], role: str | None) -> str | None:
        for member in members:
            before = _WORD.findall(self._text[max(0, member.start - 40) : member.start])
            if before and before[-1][:1].islower() and demonym_country(before[-1]):
                return demonym_country(before[-1])
        for word in _WORD.findall(role or ""):
            if is_demonym(word):
                return demonym_country(word)
        return None


def _settled(name: str) -> str | None:
    meanings = meanings_of(name)
    return meanings[0].country if meanings else None


@functools.lru_cache(maxsize=8192)
def _demonym(word: str) -> str | None:
    return demonym_country(word)
