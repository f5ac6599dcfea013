"""The country of each entity of an article: what the name means, and which of its meanings the context wants."""

from __future__ import annotations

import bisect
import functools
import re
from typing import TYPE_CHECKING

from newsnlp.entities.attributes.country_signs import BOUNDED_KINDS, ROAD, Signs, is_counted, lies_nowhere, names_inside
from newsnlp.entities.knowledge.forms import fold, is_acronym, name_key, rules, word_set
from newsnlp.entities.knowledge.places import (
    Place,
    demonym_countries,
    demonym_country,
    is_demonym,
    meanings_of,
)
from newsnlp.entities.resolution.organisations import groups_of
from newsnlp.entities.resolution.persons import is_given
from newsnlp.lexicons.names import organisation_names
from newsnlp.records import Label

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from newsnlp.records import Mention

# How far after a mention its apposition begins, and how far before it an inhabitant stands, in characters.
_AFTER = 60
_REACH = 40
# Of an entity with many mentions, the surroundings of the first ones decide.
_MOST_MEMBERS = 20
# What a meaning is worth by its rank, what the article's countries add, what each country close by adds (3 at most),
# and the country that its sentence names. Set on Wikinews train articles and own sentences (2026-11), not fitted.
_RANK_WORTH = {1: 2.0, 2: 1.0, 3: 0.0}
_ARTICLE_WORTH, _NEAR_WORTH, _MOST_NEAR, _SENTENCE_WORTH = 3.0, 0.5, 3, 3.5
_LEAST_RIVAL = 2
# The papers read here are French: they name the state of France's institutions least.
_HOME = "FR"
_FOREIGN = "affaires etrangeres"
_FIRST_RANK, _LAST_RANK = 1, 3
_AT = frozenset({"à", "au", "aux", "en"})

# The adjective is the first word after the name or the second: « la province irakienne », « l'armée de l'air turque ».
_ADJECTIVES = re.compile(r"^\s([\w-]+)(?:\s([^\W\d_]+))?")
_BRACKET = re.compile(r"\s?\(([^()\d]{2,40})\)")
_INHABITANT = re.compile(r"(?:\b[Ll]'|\b[LlUu]ne? |\b[Ll][ae] )([A-ZÀÂÇÉÈÊÎÔ][\w-]+)\s$")
_WITHIN = re.compile(r",\s(?:en|au|aux|dans (?:le |la |les |l'))\s?", re.IGNORECASE)
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


class CountryFinder:
    """Finds the country of each entity of one article.

    Parameters
    ----------
    text : str
    clusters : list of list of Mention
        The mentions of each entity.
    headline_end : int
        Where the headline ends; 0 where there is none.
    words : collection of str, optional
        The `text_words` of the text, where they are known.
    """

    def __init__(
        self,
        text: str,
        clusters: Sequence[Sequence[Mention]],
        *,
        headline_end: int = 0,
        words: Collection[str] | None = None,
    ) -> None:
        self._text = text
        self._clusters = clusters
        self._places = sorted(
            ((m, k) for k, members in enumerate(clusters) for m in members if m.label in {Label.LOC, Label.ORG}),
            key=lambda item: item[0].start,
        )
        self._signs = Signs(text, [mention for mention, _ in self._places], headline_end=headline_end, words=words)
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

    def _place(self, number: int, members: Sequence[Mention]) -> str | None:
        if number in self._found:
            return self._found[number]
        self._found[number] = None  # ends circles of apposition
        found = self._decide(number, members)
        self._found[number] = found
        return found

    def _decide(self, number: int, members: Sequence[Mention]) -> str | None:
        if self._signs.is_venue(members[0]):
            return self._guess(members)
        meanings: list[Place] = []
        for text in dict.fromkeys(member.text for member in members):
            meanings.extend(place for place in meanings_of(text) if place not in meanings)
        countries = {place.country for place in meanings}
        bracket = self._bracket(members) or self._in_part(number, members)
        if bracket:
            return bracket
        if self._signs.main and name_key(members[0].text) in word_set("cardinals"):
            return self._signs.main  # « le Nord » is a department in France alone
        if len(countries) == 1 and meanings[0].rank < _LAST_RANK:
            return self._rival(meanings[0], members) or meanings[0].country
        beside = self._beside(number, members)
        if beside and (not meanings or beside in countries):
            return beside
        if meanings:
            return self._weigh(meanings, members) or self._rival(meanings[0], members)
        if lies_nowhere(self._text, members) or is_counted(self._text, members):
            return None
        return self._inside(members) or self._guess(members)

    def _guess(self, members: Sequence[Mention]) -> str | None:
        """Return the country that a name without a meaning lies in, where the article is about one."""
        main = self._signs.main
        return main if main and self._signs.spreads(main) else self._signs.nearest(members)

    def _rival(self, place: Place, members: Sequence[Mention]) -> str | None:
        """Return the country of the article against the one meaning that the lexicons know of a common name.

        There is a `gare du Nord` in Brussels too, a `Saint-Georges` everywhere: the lexicons' one needs a second sign.
        """
        text = members[0].text
        common = place.rank == _LAST_RANK or (place.rank > _FIRST_RANK and _is_common(text, place))
        if not common or place.kind == "state":
            return None
        elsewhere = self._signs.elsewhere(members)
        if elsewhere[place.country or ""]:
            return None
        ranked = elsewhere.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        rival, times = ranked[0]
        return rival if times >= _LEAST_RIVAL or rival in self._signs.in_sentence(members) else None

    def _weigh(self, meanings: Sequence[Place], members: Sequence[Mention]) -> str | None:
        """Return the country of the meaning that prominence and context favour."""
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

    def _beside(self, number: int, members: Sequence[Mention]) -> str | None:
        """Return the country of the place that the text puts beside this one: `Haditha, dans l'ouest de l'Irak`."""
        for member in members[:_MOST_MEMBERS]:
            for word in self._adjectives(member):
                country = demonym_country(word)
                if country:
                    return country
            following = bisect.bisect_left(self._places, member.end, key=lambda item: item[0].start)
            for place, other in self._places[following : following + _MOST_MEMBERS]:
                if other == number:
                    continue
                if place.start - member.end > _AFTER:
                    break
                between = self._text[member.end : place.start]
                if between.strip(" ") and _apposition().match(between) and not self._lists(member, place, between):
                    country = _settled(place.text)
                    if country:
                        return country
                break
        return None

    def _adjectives(self, member: Mention) -> list[str]:
        """Return the adjectives of places among the two words after a name."""
        match = _ADJECTIVES.match(self._text[member.end : member.end + _AFTER])
        return [word for word in match.groups() if word and word[:1].islower() and is_demonym(word)] if match else []

    def _bracket(self, members: Sequence[Mention]) -> str | None:
        """Return the country or state that brackets right after the name give: `Paris (Texas)`."""
        for member in members[:_MOST_MEMBERS]:
            match = _BRACKET.match(self._text, member.end)
            meanings = meanings_of(match.group(1)) if match else ()
            if meanings and meanings[0].kind in BOUNDED_KINDS:
                return meanings[0].country
        return None

    def _in_part(self, number: int, members: Sequence[Mention]) -> str | None:
        """Return the state of the part that a comma puts a namesake in: `À Paris, au Texas, une usine a brûlé`."""
        for member in members[:_MOST_MEMBERS]:
            following = bisect.bisect_left(self._places, member.end, key=lambda item: item[0].start)
            if following == len(self._places) or self._places[following][1] == number:
                continue
            place = self._places[following][0]
            # A comma or a stop closes it; « , à Lyon » after it would make it a list.
            if not _WITHIN.fullmatch(self._text[member.end : place.start]) or not _ENDS.match(self._text, place.end):
                continue
            meanings = meanings_of(place.text)
            if meanings and meanings[0].kind == "part" and meanings[0].rank < _LAST_RANK:
                return meanings[0].country
        return None

    def _lists(self, member: Mention, place: Mention, between: str) -> bool:
        """Tell whether a bare comma only lists places, as in `Tuileries, Argentine, Franklin`."""
        if between.strip() != ",":
            return False
        before = max(0, member.start - _REACH)
        return self._text[place.end : place.end + 1] == "," or self._text[before : member.start].rstrip()[-1:] == ","

    def _inside(self, members: Sequence[Mention]) -> str | None:
        """Return the country that the name itself tells: its last words are a place, or an adjective of one."""
        for member in members[:_MOST_MEMBERS]:
            if ROAD.match(member.text):
                return self._signs.main or "FR"
            if name_key(member.text).split(" ")[0] in word_set("generic_places", "streets"):
                continue  # the rue de Rome is in Paris
            for name in names_inside(member.text):
                country = demonym_country(name) if name.islower() else None
                if country:
                    return country
                meanings = () if name.islower() else meanings_of(name)
                if meanings and meanings[0].kind != "seat":
                    return self._weigh(meanings, members)
        return None

    def _organisation(self, members: Sequence[Mention]) -> str | None:
        texts = list(dict.fromkeys(member.text for member in members))
        if any(_is_national(text) for text in texts):
            told = self._told(members)
            near = self._signs.main or self._signs.nearest(members)
            if told or near:
                return told or self._of_state(texts, near)
        groups = [groups_of(text) for text in texts]
        # An acronym that this article expands otherwise is not the lexicon's: PCC, Premier commando de la capitale.
        unknown_words = any(not known and " " in text for text, known in zip(texts, groups, strict=True))
        for text, known in zip(texts, groups, strict=True):
            meanings = meanings_of(text)
            if meanings and meanings[0].kind == "seat":
                return meanings[0].country
            if not known or (unknown_words and is_acronym(text)):
                continue
            return self._of_groups(known)
        for text in texts:
            if text in organisation_countries() and not (unknown_words and is_acronym(text)):
                return organisation_countries()[text]
        return self._told(members) or self._inside(members)

    def _of_state(self, texts: Sequence[str], country: str | None) -> str | None:
        """Return whose a national institution is in an article about a country: overseas France's own, or France's.

        Who is abroad is the business of his own foreign ministry: `Deux Français disparus au Népal`.
        """
        keys = {name_key(text) for text in texts}
        if country in rules()["overseas"]["words"] and keys.isdisjoint(word_set("overseas", "own")):
            return _HOME
        foreign = any(key.endswith(_FOREIGN) for key in keys)
        return None if foreign and country != _HOME and self._signs.totals[_HOME] else country

    def _told(self, members: Sequence[Mention]) -> str | None:
        """Return the country of an adjective in or just after the name: `armée turque`, `ministère chinois`."""
        for member in members[:_MOST_MEMBERS]:
            for word in member.text.split()[1:]:
                if is_demonym(word):
                    return self._of_adjective(word)
            for word in self._adjectives(member):
                if self._of_adjective(word):
                    return self._of_adjective(word)
        return None

    def _of_adjective(self, word: str) -> str | None:
        """Return the country of an adjective; of several (`congolais`), the one that the article names."""
        countries = demonym_countries(word)
        if len(countries) > 1:
            best = max(countries, key=lambda country: self._signs.totals[country or ""])
            return best if self._signs.totals[best or ""] else None
        return countries[0] if countries else None

    def _person(self, members: Sequence[Mention], role: str | None) -> str | None:
        for member in members[:_MOST_MEMBERS]:
            # « l'Américain John Doe »
            before = self._text[max(0, member.start - _REACH) : member.start]
            inhabitant = _INHABITANT.search(before) if before[-1:].isspace() and not before.islower() else None
            if inhabitant and self._of_adjective(inhabitant.group(1)):
                return self._of_adjective(inhabitant.group(1))
        return self._of_role(role or "", members)

    def _of_role(self, role: str, members: Sequence[Mention]) -> str | None:
        """Return the country that an office tells: `président ukrainien`, `maire de Nancy`, `chef du Hamas`."""
        words = role.split()
        for word in words:
            if is_demonym(word):
                return self._of_adjective(word)
        posted = fold(words[0]) in word_set("posted") if words else False
        # The longest name at the end of the phrase: « président de la République démocratique du Congo ».
        for first in range(1, len(words)):
            name = re.sub(r"^[dl]'", "", " ".join(words[first:]))
            if not name[:1].isupper():
                continue
            if posted and meanings_of(name):
                return self._of_post(words)
            if fold(name) in word_set("portfolios"):
                return self._of_ministry(name)
            told = (
                self._of_state([name], self._signs.main or self._signs.nearest(members)) if _is_national(name) else None
            )
            if told:
                return told
            meanings = meanings_of(name)
            if meanings and not is_given(words[first - 1]):
                return self._weigh(meanings, members)
            known = groups_of(name)
            if known:
                return self._of_groups(known)
        # « candidat LR à la présidentielle »
        party = next((groups_of(word) for word in words if is_acronym(word) and groups_of(word)), None)
        return self._of_groups(party) if party else None

    def _of_ministry(self, portfolio: str) -> str | None:
        """Return whose minister someone is; `le ministre de la Défense, X` in an article about Mali may be France's."""
        country = self._of_state([portfolio], self._signs.main)
        return None if country != _HOME and self._signs.totals[_HOME] else country

    def _of_post(self, words: Sequence[str]) -> str | None:
        """Return the country that sends someone: `ambassadeur de France au Mali`; an envoy to Kiev is no Ukrainian."""
        for word in words[1:]:
            if word.casefold() in _AT:
                return None
            meanings = meanings_of(re.sub(r"^[dl]'", "", word)) if word[:1].isupper() or word[1:2] == "'" else ()
            if meanings:
                return meanings[0].country
        return None

    def _of_groups(self, known: dict[str, str | None]) -> str | None:
        """Return the country of a known name; the PS of a Swiss article is the Swiss one, elsewhere the first."""
        countries = tuple(known.values())
        return self._signs.main if self._signs.main in countries else countries[0]


def _is_common(text: str, place: Place) -> bool:
    """Tell whether many places bear such a name: `gare du Nord`, and a saint's town abroad."""
    first = name_key(text).split(" ")[0]
    saint = first in {"saint", "sainte"} and place.kind == "city"
    return saint or first in word_set("generic_places", "streets")


def _is_national(text: str) -> bool:
    key = name_key(text)
    return key in word_set("national_institutions") or key.split(" ")[0] in word_set("national_institutions", "heads")


@functools.cache
def organisation_countries() -> Mapping[str, str]:
    """Return the countries of organisations, by surface."""
    return {known.surface: known.country for known in organisation_names() if known.country}


def _settled(name: str) -> str | None:
    meanings = meanings_of(name)
    return meanings[0].country if meanings else None
