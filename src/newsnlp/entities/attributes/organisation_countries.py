"""The country of an organisation: its seat, the lexicon's, its adjective, whose institution it is."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from newsnlp.entities.attributes.country_signs import (
    BOUNDED_KINDS,
    MOST_MEMBERS,
    adjectives_after,
    names_inside,
    words_before,
)
from newsnlp.entities.knowledge.forms import fold, is_acronym, name_key, word_set
from newsnlp.entities.knowledge.places import is_demonym, meanings_of, state_of
from newsnlp.entities.resolution.organisations import groups_of
from newsnlp.lexicons.names import organisation_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsnlp.entities.attributes.country_signs import Signs
    from newsnlp.entities.attributes.place_countries import PlaceCountries
    from newsnlp.records import Mention

# The papers read here are French: they name the state of France's institutions least.
HOME = "FR"
_FOREIGN = "affaires etrangeres"
# How many words before a portfolio its minister's adjective stands.
_WORDS_BEFORE = 3
# Where a mission is, not whose: « ambassade d'Algérie au Canada ».
_SEATED = re.compile(r"\s(?:à|au|aux|en|près)\s")


class OrganisationCountries:
    """Finds the country of each organisation of one article."""

    def __init__(self, text: str, places: PlaceCountries, signs: Signs) -> None:
        self._text = text
        self._places = places
        self._signs = signs

    def find(self, members: Sequence[Mention]) -> str | None:
        """Return the code of the country or territory of the organisation of these mentions, or None."""
        texts = list(dict.fromkeys(member.text for member in members))
        portfolio = any(fold(text) in word_set("portfolios") for text in texts)
        # « Parlement européen, Parlement » is no nation's
        if portfolio or all(is_national(text) for text in texts):
            told = self._told(members) or (self._minister(members) if portfolio else self._whose(texts))
            near = self._signs.main or self._signs.nearest(members)
            if told or near:
                return told or (self.of_ministry(texts[0]) if portfolio else self.of_state(texts, near))
        groups = [groups_of(text) for text in texts]
        # An acronym that this article expands otherwise is not the lexicon's: PCC, Premier commando de la capitale.
        unknown_words = any(not known and " " in text for text, known in zip(texts, groups, strict=True))
        for text, known in zip(texts, groups, strict=True):
            meanings = meanings_of(text)
            if meanings and meanings[0].kind == "seat":
                return meanings[0].country
            if unknown_words and is_acronym(text):
                continue
            if known or text in _lexicon_countries():
                return self.of_known(text)
        mission = next((text for text in texts if name_key(text).split(" ")[0] in word_set("missions")), None)
        if mission is not None:
            return self._told(members) or self._whose([_SEATED.split(mission)[0]])
        return self._told(members) or self._places.inside(members) or self._of_district(texts, members)

    def of_known(self, text: str) -> str | None:
        """Return the country of an organisation that the lexicons know; the PS of a Swiss article is the Swiss one."""
        known = groups_of(text)
        return self._signs.of_group(known) if known else _lexicon_countries().get(text)

    def of_state(self, texts: Sequence[str], country: str | None) -> str | None:
        """Return whose a national institution is in an article about a country: overseas France's own, or France's.

        Who is abroad is the business of his own foreign ministry: `Deux Français disparus au Népal`.
        """
        keys = {name_key(text) for text in texts}
        if state_of(country) == HOME != country and keys.isdisjoint(word_set("overseas", "own")):
            return HOME
        foreign = any(key.endswith(_FOREIGN) for key in keys)
        return None if foreign and country != HOME and self._signs.totals[HOME] else country

    def of_ministry(self, portfolio: str) -> str | None:
        """Return whose minister someone is; `le ministre de la Défense, X` in an article about Mali may be France's.

        Foreign ministers meet: beside other states it takes an adjective to tell whose one is.
        """
        country = self.of_state([portfolio], self._signs.main)
        if country == HOME:
            meets = name_key(portfolio).endswith(_FOREIGN) and set(self._signs.totals) - {HOME}
            return None if meets else country
        return None if self._signs.totals[HOME] else country

    def _whose(self, texts: Sequence[str]) -> str | None:
        """Return the state that a name holds: `ministère de la Défense de Russie`, `ambassade d'Algérie`."""
        names = (name for text in texts for name in names_inside(text) if not name.islower())
        meanings = next((found for name in names if (found := meanings_of(name))), ())
        return meanings[0].country if meanings and meanings[0].kind in BOUNDED_KINDS else None

    def _minister(self, members: Sequence[Mention]) -> str | None:
        """Return the country of the adjective before a portfolio: « le ministre russe des Affaires étrangères »."""
        for member in members[:MOST_MEMBERS]:
            before = words_before(self._text, member)
            for word in before[-_WORDS_BEFORE:]:
                if word.islower() and is_demonym(word):
                    return self._signs.of_adjective(word)
        return None

    def _of_district(self, texts: Sequence[str], members: Sequence[Mention]) -> str | None:
        """Return the country that an article is about for what every district has, where its name is French words."""
        heads = word_set("national_institutions", "local")
        for text in texts:
            words = name_key(text).split(" ")
            if words[0] in heads and word_set("national_institutions", "over").isdisjoint(words):
                return None if any(map(is_demonym, words)) else self._signs.about(members)
        return None

    def _told(self, members: Sequence[Mention]) -> str | None:
        """Return the country of an adjective in or just after the name: `armée turque`, `ministère chinois`."""
        for member in members[:MOST_MEMBERS]:
            for word in member.text.split()[1:]:
                if is_demonym(word):
                    return self._signs.of_adjective(word)
            for word in adjectives_after(self._text, member):
                if self._signs.of_adjective(word):
                    return self._signs.of_adjective(word)
        return None


def is_national(text: str) -> bool:
    """Tell whether every state has an institution of this name."""
    key = name_key(text)
    return key in word_set("national_institutions") or key.split(" ")[0] in word_set("national_institutions", "heads")


@functools.cache
def _lexicon_countries() -> Mapping[str, str]:
    """Return the countries of organisations, by surface."""
    return {known.surface: known.country for known in organisation_names() if known.country}
