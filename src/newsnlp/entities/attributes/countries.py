"""The country and the territory of each entity of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.entities.attributes.country_signs import Signs
from newsnlp.entities.attributes.organisation_countries import OrganisationCountries
from newsnlp.entities.attributes.person_countries import PersonCountries
from newsnlp.entities.attributes.place_countries import PlaceCountries
from newsnlp.entities.knowledge.places import state_of, territory_of
from newsnlp.records import Label

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from newsnlp.records import Mention


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
        self._clusters = clusters
        places = sorted(
            ((m, k) for k, members in enumerate(clusters) for m in members if m.label in {Label.LOC, Label.ORG}),
            key=lambda item: item[0].start,
        )
        signs = Signs(text, [mention for mention, _ in places], headline_end=headline_end, words=words)
        self._places = PlaceCountries(text, places, signs)
        self._organisations = OrganisationCountries(text, self._places, signs)
        self._people = PersonCountries(text, self._places, self._organisations, signs)
        self._codes: dict[int, str | None] = {}

    def country(self, number: int, label: Label, role: str | None) -> str | None:
        """Return the country of entity `number`, or None: of who or what is of an overseas territory, its state."""
        return state_of(self.code(number, label, role))

    def territory(self, number: int, label: Label, role: str | None) -> str | None:
        """Return the code of the overseas territory that entity `number` is of, or None."""
        return territory_of(self.code(number, label, role))

    def code(self, number: int, label: Label, role: str | None) -> str | None:
        """Return the code that the lexicons have: that of the territory, where it is one, else of the country."""
        if number not in self._codes:
            self._codes[number] = self._decide(number, label, role)
        return self._codes[number]

    def _decide(self, number: int, label: Label, role: str | None) -> str | None:
        members = self._clusters[number]
        if label == Label.LOC:
            return self._places.find(number, members)
        if label == Label.ORG:
            return self._organisations.find(members)
        if label == Label.PER:
            return self._people.find(members, role)
        return None
