"""The country of a place: what its name means, and which of its meanings the context wants."""

from __future__ import annotations

import bisect
import functools
import re
from typing import TYPE_CHECKING

from newsnlp.entities.attributes.country_signs import (
    BOUNDED_KINDS,
    MOST_MEMBERS,
    ROAD,
    adjectives_after,
    is_counted,
    lies_nowhere,
    names_inside,
)
from newsnlp.entities.knowledge.forms import name_key, word_set
from newsnlp.entities.knowledge.gazetteers import organisations
from newsnlp.entities.knowledge.places import Place, demonym_country, meanings_of
from newsnlp.entities.resolution.organisations import listed_together
from newsnlp.gazetteer import candidates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.entities.attributes.country_signs import Signs
    from newsnlp.records import Mention


# How far after a mention its apposition begins, and how far before it a list may go on, in characters.
_AFTER = 60
_REACH = 40
# What a meaning is worth by its rank, what the article's countries add, what each country close by adds (3 at most),
# and the country that its sentence names. Set on Wikinews train articles and own sentences (2026-11), not fitted.
_RANK_WORTH = {1: 2.0, 2: 1.0, 3: 0.0}
_ARTICLE_WORTH, _NEAR_WORTH, _MOST_NEAR, _SENTENCE_WORTH = 3.0, 0.5, 3, 3.5
_LEAST_RIVAL = 2
# What a name inside a name may tell: that it lies in no country.
_NOWHERE = ""
# Of an article, so many names are looked up in the table of places: a lookup costs what ten of the lexicons' do.
_MOST_LOOKUPS = 40
_FIRST_RANK, _LAST_RANK = 1, 3

# « les États-Unis 2018 », an edition of something
_YEAR = re.compile(r"\s(?:19|20)\d\d$")
_BRACKET = re.compile(r"\s?\(([^()\d]{2,40})\)")
_WITHIN = re.compile(r",\s(?:en|au|aux|dans (?:le |la |les |l'))\s?", re.IGNORECASE)
# « à Richmond au Canada », not « de Londres au Canada »
_IN_STATE, _AT = re.compile(r"\s(?:en|au|aux)\s"), re.compile(r"\bà\s$", re.IGNORECASE)
_ITEM, _ITEM_REACH = re.compile(r",\s(?:(?:à|en|au|aux|de|du|d')\s?)?(?:la |le |les |l')?$"), 12
_ENDS = re.compile(r"\s?(?:[.;:!?)]|,(?!\s(?:en|au|aux|à|dans|et|puis)\b))")


@functools.cache
def _apposition() -> re.Pattern[str]:
    """Return what stands between a place and the one it lies in.

    « Valence, en Espagne », « Haditha, dans l'ouest de l'Irak », « Ploufragan (Côtes-d'Armor) ».
    """
    of = r"(?:du |de la |de l'|des |de |d')?"
    area = "province|région|département|gouvernorat|district|état|canton|comté|oblast|capitale|pays|banlieue|wilaya"
    return re.compile(
        r"^\s?(?:,\s|\(|\s)?(?:située?s? |basée?s? |ville |localité |village |commune )?"
        r"(?:(?:en|au|aux|à|dans|du|de|d'|près de|non loin de|proche de|sur)\s?)?"
        rf"(?:(?:le |la |l')?(?:extrême[ -])?(?:nord|sud|est|ouest|centre)(?:[ -](?:nord|sud|est|ouest))?\s?{of})?"
        rf"(?:(?:le |la |les |l')?(?:{area})\s?{of})?(?:le |la |les |l')?$",
        re.IGNORECASE,
    )


class PlaceCountries:
    """Finds the country of each place of one article.

    Parameters
    ----------
    text : str
    places : list of (Mention, int)
        The mentions of places and organisations with the numbers of their entities, in text order.
    signs : Signs
    """

    def __init__(self, text: str, places: Sequence[tuple[Mention, int]], signs: Signs) -> None:
        self._text = text
        self._places = places
        self._starts = [mention.start for mention, _ in places]
        self._signs = signs
        self._lookups = 0

    def find(self, number: int, members: Sequence[Mention]) -> str | None:
        """Return the code of the country or territory of the place of these mentions, or None."""
        if self._signs.is_venue(members[0]):
            return self._guess(members)
        meanings: list[Place] = []
        for text in dict.fromkeys(member.text for member in members):
            known = meanings_of(text) or meanings_of(_YEAR.sub("", text))
            meanings.extend(place for place in known if place not in meanings)
        countries = {place.country for place in meanings}
        bracket = self._bracket(members) or self._in_part(number, members)
        if bracket:
            return bracket
        if self._signs.main and name_key(members[0].text) in word_set("cardinals"):
            return self._signs.main  # « le Nord » is a department in France alone
        if len(countries) == 1 and meanings[0].rank < _LAST_RANK:
            return self._rival(meanings, members) or meanings[0].country
        beside = self._beside(number, members)
        if beside and (not meanings or beside in countries):
            return beside
        if meanings:
            return self._choose(meanings, members)
        if lies_nowhere(self._text, members) or is_counted(self._text, members):
            return None
        inside = self.inside(members)
        return self._guess(members) if inside is None else inside or None

    def _choose(self, meanings: Sequence[Place], members: Sequence[Mention]) -> str | None:
        return self._rival(meanings, members) or self.weigh(meanings, members)

    def _guess(self, members: Sequence[Mention]) -> str | None:
        """Return the country that a name without a meaning lies in: told around it, else the one of the article.

        The table of places knows more names than the lexicons, and too many places of a name: the article is its judge.
        """
        told = self._signs.around(members) or self._signs.about(members)
        if self._lookups >= _MOST_LOOKUPS or members[0].text in organisations():
            return told  # Arsenal is in Mauritius for nobody
        self._lookups += 1
        known = [place.territory or place.country for place in candidates(members[0].text) if not place.alias]
        if not known or told in known:
            return told
        named = [country for country in dict.fromkeys(known) if self._signs.totals[country or ""]]
        if named:
            return max(named, key=lambda country: self._signs.totals[country or ""])
        return told if told or len(set(known)) > 1 else known[0]

    def _rival(self, meanings: Sequence[Place], members: Sequence[Mention]) -> str | None:
        """Return the country of the article against the meanings that the lexicons know of a common name.

        There is a `gare du Nord` in Brussels too, a `Saint-Georges` everywhere: the lexicons' one needs a second sign.
        """
        text, place = members[0].text, meanings[0]
        common = place.rank == _LAST_RANK or (place.rank > _FIRST_RANK and _is_common(text, place))
        if not common or place.kind == "state":
            return None
        elsewhere = self._signs.elsewhere(members)
        if any(elsewhere[each.country or ""] for each in meanings):
            return None
        ranked = elsewhere.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        rival, times = ranked[0]
        return rival if times >= _LEAST_RIVAL or rival in self._signs.in_sentence(members) else None

    def weigh(self, meanings: Sequence[Place], members: Sequence[Mention]) -> str | None:
        """Return the country of the meaning that prominence and context favour."""
        beside = self._states_beside(members) if len(meanings) > 1 else set()
        meanings = [place for place in meanings if place.country not in beside] or meanings
        if meanings[0].rank == _LAST_RANK:
            # It means what it means only where the article names that country.
            elsewhere = self._signs.elsewhere(members)
            meanings = [place for place in meanings if elsewhere[place.country or ""]]
        if not meanings:
            return None
        total = sum(self._signs.totals.values()) or 1
        near = self._signs.near(members)
        bounding = self._signs.bounding(members) & {place.country or "" for place in meanings}

        def score(place: Place) -> float:
            country = place.country or ""
            article = _ARTICLE_WORTH * self._signs.totals[country] / total
            sentence = _SENTENCE_WORTH if bounding == {country} else 0.0
            return _RANK_WORTH[place.rank] + article + sentence + _NEAR_WORTH * min(near[country], _MOST_NEAR)

        return max(meanings, key=score).country

    def _states_beside(self, members: Sequence[Mention]) -> set[str | None]:
        """Return the states that a conjunction joins to a name: « la Géorgie et les États-Unis »."""
        found: set[str | None] = set()
        for member in members[:MOST_MEMBERS]:
            here = bisect.bisect_left(self._starts, member.start)
            before = self._places[here - 1][0] if here else None
            after = self._places[here + 1][0] if here + 1 < len(self._places) else None
            for first, second in ((before, member), (member, after)):
                if first and second and listed_together(self._text, first.end, second.start):
                    meanings = meanings_of((second if first is member else first).text)
                    if len(meanings) == 1 and meanings[0].kind == "state":
                        found.add(meanings[0].country)
        return found

    def _beside(self, number: int, members: Sequence[Mention]) -> str | None:
        """Return the country of the place that the text puts beside this one: `Haditha, dans l'ouest de l'Irak`."""
        for member in members[:MOST_MEMBERS]:
            for word in adjectives_after(self._text, member):
                country = demonym_country(word)
                if country:
                    return country
            following = bisect.bisect_left(self._starts, member.end)
            for place, other in self._places[following : following + MOST_MEMBERS]:
                if other == number:
                    continue
                if place.start - member.end > _AFTER:
                    break
                between = self._text[member.end : place.start]
                if between.strip(" ") and _apposition().match(between) and not self._lists(member, place, between):
                    meanings = meanings_of(place.text)
                    country = self._choose(meanings, [place]) if meanings else None
                    if country:
                        return country
                break
        return None

    def _bracket(self, members: Sequence[Mention]) -> str | None:
        """Return the country or state that brackets right after the name give: `Paris (Texas)`."""
        for member in members[:MOST_MEMBERS]:
            match = _BRACKET.match(self._text, member.end)
            meanings = meanings_of(match.group(1)) if match else ()
            if meanings and meanings[0].kind in BOUNDED_KINDS:
                return meanings[0].country
        return None

    def _in_part(self, number: int, members: Sequence[Mention]) -> str | None:
        """Return the state of the part that a comma puts a namesake in: `À Paris, au Texas, une usine a brûlé`."""
        for member in members[:MOST_MEMBERS]:
            following = bisect.bisect_left(self._starts, member.end)
            if following == len(self._places) or self._places[following][1] == number:
                continue
            place = self._places[following][0]
            # A comma or a stop closes it; « , à Lyon » after it would make it a list.
            between = self._text[member.end : place.start]
            before = self._text[max(0, member.start - _ITEM_REACH) : member.start]
            bare = _IN_STATE.fullmatch(between) and _AT.search(before)
            if not bare and not (_WITHIN.fullmatch(between) and _ENDS.match(self._text, place.end)):
                continue
            meanings = meanings_of(place.text)
            if not meanings or meanings[0].rank == _LAST_RANK:
                continue
            # « au Mali, au Niger. » are a list: a state holds towns alone, and none that stands in a list itself.
            own = any(meaning.kind in BOUNDED_KINDS for meaning in meanings_of(member.text))
            listed = own or _ITEM.search(before)
            if meanings[0].kind == "part" or (meanings[0].kind == "state" and not listed):
                return meanings[0].country
        return None

    def _lists(self, member: Mention, place: Mention, between: str) -> bool:
        """Tell whether a bare comma only lists places, as in `Tuileries, Argentine, Franklin`."""
        if between.strip() != ",":
            return False
        before = max(0, member.start - _REACH)
        return self._text[place.end : place.end + 1] == "," or self._text[before : member.start].rstrip()[-1:] == ","

    def inside(self, members: Sequence[Mention]) -> str | None:
        """Return the country that the name itself tells: its last words are a place, or an adjective of one."""
        for member in members[:MOST_MEMBERS]:
            if ROAD.match(member.text):
                return self._signs.around(members) or self._signs.main or "FR"
            if name_key(member.text).split(" ")[0] in _no_part():
                continue  # the rue de Rome is in Paris, New Plymouth anywhere
            for name in names_inside(member.text):
                country = demonym_country(name) if name.islower() else None
                if country:
                    return country
                meanings = () if name.islower() else meanings_of(name)
                if meanings and meanings[0].kind == "area" and member.text[:1].isupper():
                    return _NOWHERE  # « l'Afrique des Grands Lacs »
                if meanings and meanings[0].kind != "seat" and self._holds(name, meanings[0], member.text):
                    return self.weigh(meanings, members)
        return None

    def _holds(self, name: str, place: Place, whole: str) -> bool:
        """Tell whether a name before a hyphen is that place: `Bruxelles-Midi`, `Drôme-Ardèche`, not `Sault-…`."""
        if place.rank == _FIRST_RANK or self._signs.totals[place.country or ""] or not whole.startswith(f"{name}-"):
            return True
        return any(other.country == place.country for other in meanings_of(whole[len(name) + 1 :]))


@functools.cache
def _no_part() -> frozenset[str]:
    """Return the words that open a name whose last words are another place."""
    return word_set("generic_places", "streets") | word_set("generic_places", "newer")


def _is_common(text: str, place: Place) -> bool:
    """Tell whether many places bear such a name: `gare du Nord`, and a saint's town abroad."""
    first = name_key(text).split(" ")[0]
    saint = first in {"saint", "sainte"} and place.kind == "city"
    return saint or first in word_set("generic_places", "streets")
