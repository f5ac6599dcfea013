"""Which person of the corpus a person of an article is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.entities.resolution.persons import GIVEN, bare_link, is_given, parts_of, same_person
from newsnlp.linking.keys import (
    LinkReason,
    Seen,
    fullest,
    has_surname,
    last_key,
    number_of,
    person,
    person_key,
    surname_keys,
)
from newsnlp.linking.store import MOST_NAMESAKES

if TYPE_CHECKING:
    from newsnlp.entities.resolution.persons import PersonName
    from newsnlp.linking.evidence import Evidence

Found = tuple[int, LinkReason] | None
_INITIAL = 1


class People:
    """Finds people by full name, another form of it, or a surname alone."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.names = evidence.names
        self.index = evidence.index

    def is_weak(self, seen: Seen) -> bool:
        """Tell whether an article names somebody by a surname alone."""
        name = fullest(seen.forms)
        return not name.full or not has_surname(name)

    def enter(self, number: int, seen: Seen) -> set[object]:
        """Enter a name under its keys; return those under which weak names may wait for it."""
        name = fullest(seen.forms)
        if self.is_weak(seen):
            for key in (("alone", person_key(name)), ("waiting", last_key(name))):
                self.index.add(key, number)
            return set()
        self.index.add(("full", person_key(name)), number)
        keys = surname_keys(name)
        for key in keys:
            self.index.add(("surname", key), number)
        return {("waiting", key) for key in keys}

    def find(self, seen: Seen) -> Found:
        """Return who a person with a full name is."""
        name = fullest(seen.forms)
        reason = LinkReason.SAME_NAME if person(seen.name).full else LinkReason.SURNAME_IN_ARTICLE
        same = self.evidence.roots(("full", person_key(name)))
        fitting = [number for number in same if not self.evidence.against(seen, number)]
        if fitting:
            best = self.evidence.best(seen, fitting)
            return (fitting[0] if best is None else best), reason
        if same:
            return None
        others = [
            number
            for number in self.evidence.roots(("surname", last_key(name)))
            if self._is_form_of(name, number)
            and not self.evidence.against(seen, number)
            and self.evidence.signs(seen, number).any
        ]
        return (others[0], LinkReason.OTHER_FORM) if len(others) == 1 else None

    def find_weak(self, seen: Seen) -> Found:
        """Return who a person with a surname alone is."""
        name = fullest(seen.forms)
        if name.full:
            return self._alone(seen, name)
        bearers = [number for number in self.evidence.roots(("surname", last_key(name))) if self._bears(name, number)]
        if any(self._stands_beside(seen, number) for number in bearers):
            # The article has the full name and means another: a family, a firm.
            return None
        crowded = len(bearers) >= MOST_NAMESAKES
        fitting = [
            number for number in bearers if self.evidence.near(seen, number) and not self.evidence.against(seen, number)
        ]
        one = fitting[0] if len(fitting) == 1 and not crowded else self.evidence.best(seen, fitting)
        if one is not None and self.evidence.signs(seen, one).close:
            return one, LinkReason.ONLY_BEARER
        return None if fitting else self._alone(seen, name)

    def _alone(self, seen: Seen, name: PersonName) -> Found:
        """Return who has the same surname, or only name, alone in other articles."""
        for number in self.evidence.roots(("alone", person_key(name))):
            if not self.evidence.against(seen, number) and self.evidence.signs(seen, number).close:
                return number, LinkReason.SAME_NAME
        return None

    def _bears(self, name: PersonName, number: int) -> bool:
        link = max((bare_link(name.words, form.words) for form in self._full_forms(number)), default=0)
        return link > GIVEN and not (len(parts_of(name.words)) == 1 and is_given(name.words[0]))

    def _stands_beside(self, seen: Seen, number: int) -> bool:
        if self.evidence.same_article(seen, number):
            return True
        return any(
            self.evidence.articles.holds(seen.article, number_of(f"PER {person_key(form)}"))
            for form in self._full_forms(number)
        )

    def _full_forms(self, number: int) -> list[PersonName]:
        forms = [person(form) for form, _ in self.names.each_form(number)]
        forms += [person(form) for form in self.names.aliases.get(number, ())]
        return [form for form in forms if form.full]

    def _is_form_of(self, name: PersonName, number: int) -> bool:
        return any(
            same_person(name.words, other.words) and _same_initials(name, other) and _same_gender(name, other)
            for other in self._full_forms(number)
        )


def _same_initials(one: PersonName, other: PersonName) -> bool:
    """Tell whether the initials within two names agree: George W. is not George H. W."""
    inner = [[part for part in parts_of(name.words)[1:-1] if len(part) == _INITIAL] for name in (one, other)]
    return inner[0] == inner[1] or not all(inner)


def _same_gender(one: PersonName, other: PersonName) -> bool:
    return not (one.gender and other.gender and one.gender != other.gender)
