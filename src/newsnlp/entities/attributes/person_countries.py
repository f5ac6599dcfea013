"""The country of a person: the inhabitant that stands before the name, and what an office tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.entities.attributes.country_signs import MOST_MEMBERS
from newsnlp.entities.attributes.organisation_countries import HOME, is_national
from newsnlp.entities.knowledge.forms import fold, is_acronym, word_set
from newsnlp.entities.knowledge.places import is_demonym, meanings_of
from newsnlp.entities.resolution.organisations import groups_of
from newsnlp.entities.resolution.persons import is_given

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.entities.attributes.country_signs import Signs
    from newsnlp.entities.attributes.organisation_countries import OrganisationCountries
    from newsnlp.entities.attributes.place_countries import PlaceCountries
    from newsnlp.records import Mention

# How far before a mention an inhabitant stands, in characters.
_REACH = 40
_AT = frozenset({"à", "au", "aux", "en"})
_INHABITANT = re.compile(r"(?:\b[Ll]'|\b[LlUu]ne? |\b[Ll][ae] )([A-ZÀÂÇÉÈÊÎÔ][\w-]+)\s$")


class PersonCountries:
    """Finds the country of each person of one article."""

    def __init__(self, text: str, places: PlaceCountries, organisations: OrganisationCountries, signs: Signs) -> None:
        self._text = text
        self._places = places
        self._organisations = organisations
        self._signs = signs

    def find(self, members: Sequence[Mention], role: str | None) -> str | None:
        """Return the code of the country or territory of the person of these mentions, or None."""
        for member in members[:MOST_MEMBERS]:
            # « l'Américain John Doe »
            before = self._text[max(0, member.start - _REACH) : member.start]
            inhabitant = _INHABITANT.search(before) if before[-1:].isspace() and not before.islower() else None
            if inhabitant and self._signs.of_adjective(inhabitant.group(1)):
                return self._signs.of_adjective(inhabitant.group(1))
        return self._of_role(role or "", members)

    def _of_role(self, role: str, members: Sequence[Mention]) -> str | None:
        """Return the country that an office tells: `président ukrainien`, `maire de Nancy`, `chef du Hamas`."""
        words = role.split()
        for word in words:
            if is_demonym(word):
                return self._signs.of_adjective(word)
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
            about = (self._signs.main or self._signs.nearest(members)) if is_national(name) else None
            told = self._organisations.of_state([name], about)
            if told:
                return told
            meanings = meanings_of(name)
            if meanings and not is_given(words[first - 1]):
                return self._places.weigh(meanings, members)
            known = groups_of(name)
            if known:
                return self._signs.of_group(known)
        # « candidat LR à la présidentielle »
        party = next((groups_of(word) for word in words if is_acronym(word) and groups_of(word)), None)
        return self._signs.of_group(party) if party else None

    def _of_ministry(self, portfolio: str) -> str | None:
        """Return whose minister someone is; `le ministre de la Défense, X` in an article about Mali may be France's."""
        country = self._organisations.of_state([portfolio], self._signs.main)
        return None if country != HOME and self._signs.totals[HOME] else country

    def _of_post(self, words: Sequence[str]) -> str | None:
        """Return the country that sends someone: `ambassadeur de France au Mali`; an envoy to Kiev is no Ukrainian."""
        for word in words[1:]:
            if word.casefold() in _AT:
                return None
            meanings = meanings_of(re.sub(r"^[dl]'", "", word)) if word[:1].isupper() or word[1:2] == "'" else ()
            if meanings:
                return meanings[0].country
        return None
