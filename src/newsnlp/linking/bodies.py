"""Which organisation, work or event of the corpus one of an article is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.linking.evidence import SURE_COMPANY
from newsnlp.linking.keys import (
    SHORTEST_TELLING,
    Found,
    LinkReason,
    Seen,
    acronym_of,
    body_key,
    is_generic,
    known_as,
)

if TYPE_CHECKING:
    from newsnlp.linking.evidence import Evidence, Signs

# Letters of the shortest acronym.
_SHORTEST = 2


class Bodies:
    """Finds bodies by name and country, by acronym, or by what the lexicon knows of them."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.names = evidence.names
        self.index = evidence.index

    def is_weak(self, seen: Seen) -> bool:
        """Tell whether an article has nothing but an acronym that the lexicon does not know."""
        return not self._known(seen) and all(acronym_of(form) for form in seen.forms)

    def waits(self, _seen: Seen) -> bool:
        """Tell whether an acronym may be a body's that comes later: it may."""
        return True

    def enter(self, number: int, seen: Seen) -> set[object]:
        """Enter a name under its keys; return those under which acronyms may wait for it."""
        acronyms = {acronym_of(form) for form in seen.forms} - {""}
        if self.is_weak(seen):
            for acronym in acronyms:
                self.index.add(("acronym alone", acronym), number)
            return set()
        for key in self._keys(seen):
            self.index.add(("body", key), number)
        for group in self._known(seen):
            self.index.add(("known", group), number)
        for acronym in acronyms:
            self.index.add(("acronym", acronym), number)
        return {("acronym alone", acronym) for acronym in acronyms}

    def find(self, seen: Seen) -> Found:
        """Return which body a name other than an acronym means."""
        for group in self._known(seen):
            for number in self.evidence.roots(("known", group)):
                if not self.evidence.same_article(seen, number) and not self.evidence.ids_differ(seen, number):
                    same = self._bears(number, seen.name)
                    return number, LinkReason.SAME_NAME if same else LinkReason.KNOWN_NAME
        keys = self._keys(seen)
        if keys and is_generic(keys[0]):
            return self._generic(seen, keys[0])
        for key in keys:
            fitting = self.evidence.fitting(seen, ("body", key))
            alike = [number for number in fitting if self.names.countries[number] == seen.country]
            one = alike[0] if len(alike) == 1 else self.evidence.best(seen, alike or fitting)
            if one is not None:
                return one, LinkReason.SAME_NAME
        return self._by_acronym(seen)

    def find_weak(self, seen: Seen) -> Found:
        """Return which body an acronym alone means: the only one that fits."""
        acronym = acronym_of(seen.name)
        for key, reason in (("acronym", LinkReason.ACRONYM), ("acronym alone", LinkReason.SAME_NAME)):
            fitting = [
                number
                for number in self.evidence.fitting(seen, (key, acronym))
                if len(acronym) >= SHORTEST_TELLING or self._speaks(acronym, self.evidence.signs(seen, number))
            ]
            one = self.evidence.best(seen, fitting)
            if one is not None:
                return one, reason
            if fitting:
                return None
        return None

    @staticmethod
    def _speaks(acronym: str, signs: Signs) -> bool:
        """Tell whether enough speaks for what a short acronym means; of two letters a subject does not."""
        return bool(signs.company) or signs.country or (signs.subject and len(acronym) > _SHORTEST)

    def _generic(self, seen: Seen, key: str) -> Found:
        """Return the body of that name in the country of the article's; without one, that of the same company."""
        for number in self.evidence.roots(("body", key)):
            if self.evidence.same_article(seen, number) or self.evidence.ids_differ(seen, number):
                continue
            if seen.country is not None and seen.country == self.names.countries[number]:
                return number, LinkReason.HEAD_AND_COUNTRY
            stateless = seen.country is None and self.names.countries[number] is None
            if stateless and self.evidence.company(seen, number, SURE_COMPANY) == SURE_COMPANY:
                return number, LinkReason.SAME_NAME
        return None

    def _by_acronym(self, seen: Seen) -> Found:
        """Return the body that goes by the same acronym under another name: in another language, say."""
        for form in seen.forms:
            acronym = acronym_of(form)
            if not acronym:
                continue
            fitting = [
                number
                for number in self.evidence.fitting(seen, ("acronym", acronym))
                if (signs := self.evidence.signs(seen, number)).company
                or (len(acronym) >= SHORTEST_TELLING and signs.country)
            ]
            if len(fitting) == 1:
                return fitting[0], LinkReason.ACRONYM
        return None

    def _bears(self, number: int, name: str) -> bool:
        return body_key(name) in {body_key(form) for form, _ in self.names.each_form(number)}

    @staticmethod
    def _known(seen: Seen) -> list[str]:
        """Return the organisation of the lexicon that a body is, if it is one."""
        group = known_as(seen.forms, seen.country)
        return [] if group is None else [group]

    def _keys(self, seen: Seen) -> list[str]:
        """Return the keys of a body, the canonical name's first; of its other forms none that many bodies share.

        An acronym that the lexicon knows may be written in small letters elsewhere.
        """
        known = known_as(seen.forms, seen.country) is not None
        forms = [form for form in seen.forms if known or not acronym_of(form)]
        keys = [(body_key(form), " " in form.strip() or bool(acronym_of(form))) for form in forms]
        return [
            key for place, (key, telling) in enumerate(keys) if key and (not place or (telling and not is_generic(key)))
        ]
