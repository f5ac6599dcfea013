"""Which place of the corpus a place of an article is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.linking.keys import Found, LinkReason, Seen, is_local, place_key

if TYPE_CHECKING:
    from newsnlp.linking.evidence import Evidence


class Places:
    """Finds places by name and country."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.names = evidence.names
        self.index = evidence.index

    def is_weak(self, _seen: Seen) -> bool:
        """Tell whether a place may turn out to be another: none does."""
        return False

    def waits(self, _seen: Seen) -> bool:
        """Tell whether a short form waits: there is none."""
        return False

    def enter(self, number: int, seen: Seen) -> set[object]:
        """Enter a place under its keys; no name waits for it."""
        self.index.add(("place", place_key(seen.name, seen.country)[0]), number)
        return set()

    def find(self, seen: Seen) -> Found:
        """Return which place a name means."""
        key, known = place_key(seen.name, seen.country)
        fitting = self.evidence.fitting(seen, ("place", key))
        if is_local(key):
            fitting = [number for number in fitting if self.evidence.company(seen, number)]
        alike = [number for number in fitting if self.names.countries[number] == seen.country]
        if not alike and not known:
            # In one article its country is told, in the other not.
            alike = [number for number in fitting if self.evidence.signs(seen, number).close]
        one = alike[0] if len(alike) == 1 else self.evidence.best(seen, alike)
        if one is None and known and len(fitting) == 1:
            one = fitting[0]
        if one is None:
            return None
        return one, LinkReason.SAME_NAME if self._bears(one, seen.name) else LinkReason.KNOWN_NAME

    def find_weak(self, _seen: Seen) -> Found:
        """Return nothing: no place waits for another."""
        return None

    def _bears(self, number: int, name: str) -> bool:
        return any(place_key(form, "")[0] == place_key(name, "")[0] for form, _ in self.names.each_form(number))
