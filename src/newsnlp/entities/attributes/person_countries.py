"""The country of a person: the inhabitant that stands before the name, and what an office tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.entities.attributes.country_signs import MOST_MEMBERS, words_before
from newsnlp.entities.attributes.organisation_countries import is_national
from newsnlp.entities.knowledge.forms import fold, is_acronym, name_key, word_set
from newsnlp.entities.knowledge.places import is_demonym, meanings_of, sport_codes
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
# How far after it those reach who share a country with it.
_REACH_AFTER = 80
# An office that one state alone has.
_OF_ONE = {"pape": "VA"}
_AT = frozenset({"à", "au", "aux", "en"})
# « l'Italien Mario Rossi », « le Belge de Lotto, Jan Peeters »; « les Russes Irina Belova et Oleg Petrov »
_INHABITANT = re.compile(
    r"(?:\b[Ll]'|\b[Uu]ne? |\b[Ll](?:[ae]|es) )([A-ZÀÂÇÉÈÊÎÔ][\w-]+)(?:,|\sde\s[\w'-]+,)?\s$"
    r"|\b[Ll]es ([A-ZÀÂÇÉÈÊÎÔ][\w-]+)(?:\s[A-ZÀÂÇÉÈÊÎÔ][\w'-]+){2,3}\set\s$"
)
# « X (Suisse) », « X (SUI, Groupama) »
_BRACKET = re.compile(r"\s\(([^(),;/\d]{3,30})[),;/]")
# « X et Y, représentant la Russie »
_FOR = re.compile(
    r"(?:\s(?:et|/)(?:\s[^\s,.;]+){1,4})?,?\sreprésentante?s?\s(?:la |le |les |l')([\w-]+(?:[ -][A-ZÉ][\w-]+)*)"
)
# « X, un pilote belge », « X est un pilote belge »
_APPOSED = re.compile(r"(?:,|\s(?:est|était|fut))\s(?:une?|le|la|l')\s?((?:[a-zà-ÿœ-]+(?:\s|(?=[,.;]))){1,3})")


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
            found = self._before(member) or self._after(member)
            if found:
                return found
        return self._of_role(role, members) if role else self._told(members)

    def _before(self, member: Mention) -> str | None:
        """Return the country of the inhabitant before a name: « l'Américain John Doe »."""
        before = self._text[max(0, member.start - _REACH) : member.start]
        match = _INHABITANT.search(before) if before[-1:].isspace() and not before.islower() else None
        return self._signs.of_adjective(match.group(1) or match.group(2)) if match else None

    def _after(self, member: Mention) -> str | None:
        """Return the country in brackets, or that one plays for: « X (SUI) », « X, représentant l'Italie »."""
        following = self._text[member.end : member.end + _REACH_AFTER]
        bracket = _BRACKET.match(following)
        if bracket:
            if bracket.group(1) in sport_codes():
                return sport_codes()[bracket.group(1)]
            meanings = meanings_of(bracket.group(1))
            return meanings[0].country if meanings and meanings[0].kind in {"state", "territory"} else None
        match = _FOR.match(following)
        meanings = meanings_of(match.group(1)) or meanings_of(match.group(1).split()[0]) if match else ()
        return meanings[0].country if meanings else None

    def _told(self, members: Sequence[Mention]) -> str | None:
        """Return the country of an adjective beside a name: « le pilote belge X », « X, un jeune pilote belge »."""
        for member in members[:MOST_MEMBERS]:
            before = words_before(self._text, member)
            match = _APPOSED.match(self._text, member.end)
            noun = len(before) > 1 and before[-2].isalpha() and before[-2].islower()
            for word in (*(before[-1:] if noun else ()), *(match.group(1).split() if match else ())):
                if word.islower() and word.replace("-", "").isalpha() and is_demonym(word):
                    return self._signs.of_adjective(word)
        return None

    def _of_role(self, role: str, members: Sequence[Mention]) -> str | None:
        """Return the country that an office tells: `président ukrainien`, `maire de Nancy`, `chef du Hamas`."""
        words = role.split()
        if fold(words[0]) in _OF_ONE:
            return _OF_ONE[fold(words[0])]
        for word in words:
            if is_demonym(word):
                return self._signs.of_adjective(word)
        # The longest name at the end of the phrase: « président de la République démocratique du Congo ».
        for first in range(1, len(words)):
            name = re.sub(r"^[dl]'", "", " ".join(words[first:]))
            if not name[:1].isupper():
                continue
            if fold(words[0]) in word_set("posted") and meanings_of(name):
                return self._of_post(words)
            found = None if is_given(words[first - 1]) else self._of_name(name, members)
            if found is not None:
                return found or None
        # « candidat LR à la présidentielle »
        party = next((groups_of(word) for word in words[1:] if is_acronym(word) and groups_of(word)), None)
        return self._signs.of_group(party) if party else self._of_state_office(role)

    def _of_name(self, name: str, members: Sequence[Mention]) -> str | None:
        """Return the country of the name that an office ends with; empty where it has none, None for no known name."""
        if fold(name) in word_set("portfolios"):
            return self._organisations.of_ministry(name) or ""
        about = (self._signs.main or self._signs.nearest(members)) if is_national(name) else None
        told = self._organisations.of_state([name], about) or self._organisations.of_known(name)
        if told:
            return told
        meanings = () if name_key(name) in word_set("cardinals") else meanings_of(name)
        return (self._places.weigh(meanings, members) or "") if meanings else None

    def _of_state_office(self, role: str) -> str | None:
        """Return whose office without a complement it is: `Premier ministre`, where an article is about one state."""
        if not self._signs.is_about_one():
            return None
        former = word_set("state_offices", "former")
        words = [word for word in role.replace("-", " ").split() if fold(word) not in former]
        key, plain = fold(" ".join(words)), not any(word[:1].isupper() for word in words[1:])
        head, _, rest = key.partition(" ")
        whole = head in word_set("state_offices", "heads") and (not rest or rest in word_set("state_offices", "rests"))
        whole = whole or key in word_set("state_offices")
        if whole or (plain and any(key.startswith(office + " ") for office in word_set("state_offices"))):
            return self._organisations.of_ministry("")
        return None

    def _of_post(self, words: Sequence[str]) -> str | None:
        """Return the country that sends someone: `ambassadeur de France au Mali`; an envoy to Kiev is no Ukrainian."""
        for word in words[1:]:
            if word.casefold() in _AT:
                return None
            meanings = meanings_of(re.sub(r"^[dl]'", "", word)) if word[:1].isupper() or word[1:2] == "'" else ()
            if meanings:
                return meanings[0].country
        return None
