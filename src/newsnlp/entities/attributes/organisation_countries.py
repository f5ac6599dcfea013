"""The country of an organisation: its seat, the lexicon's, its adjective, whose institution it is."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from newsnlp.entities.attributes.country_signs import MOST_MEMBERS, adjectives_after
from newsnlp.entities.knowledge.forms import is_acronym, name_key, word_set
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


class OrganisationCountries:
    """Finds the country of each organisation of one article."""

    def __init__(self, text: str, places: PlaceCountries, signs: Signs) -> None:
        self._text = text
        self._places = places
        self._signs = signs

    def find(self, members: Sequence[Mention]) -> str | None:
        """Return the code of the country or territory of the organisation of these mentions, or None."""
        texts = list(dict.fromkeys(member.text for member in members))
        if any(is_national(text) for text in texts):
            told = self._told(members)
            near = self._signs.main or self._signs.nearest(members)
            if told or near:
                return told or self.of_state(texts, near)
        groups = [groups_of(text) for text in texts]
        # An acronym that this article expands otherwise is not the lexicon's: PCC, Premier commando de la capitale.
        unknown_words = any(not known and " " in text for text, known in zip(texts, groups, strict=True))
        for text, known in zip(texts, groups, strict=True):
            meanings = meanings_of(text)
            if meanings and meanings[0].kind == "seat":
                return meanings[0].country
            if not known or (unknown_words and is_acronym(text)):
                continue
            return self._signs.of_group(known)
        for text in texts:
            if text in _lexicon_countries() and not (unknown_words and is_acronym(text)):
                return _lexicon_countries()[text]
        return self._told(members) or self._places.inside(members) or None

    def of_state(self, texts: Sequence[str], country: str | None) -> str | None:
        """Return whose a national institution is in an article about a country: overseas France's own, or France's.

        Who is abroad is the business of his own foreign ministry: `Deux Français disparus au Népal`.
        """
        keys = {name_key(text) for text in texts}
        if state_of(country) == HOME != country and keys.isdisjoint(word_set("overseas", "own")):
            return HOME
        foreign = any(key.endswith(_FOREIGN) for key in keys)
        return None if foreign and country != HOME and self._signs.totals[HOME] else country

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
