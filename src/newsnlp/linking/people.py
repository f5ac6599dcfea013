"""Which person of the corpus a person of an article is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.forms import roman_key
from newsnlp.entities.resolution.persons import GIVEN, bare_link, is_given, parts_of, same_person
from newsnlp.linking.evidence import SUBJECT_DAYS, WELL_KNOWN
from newsnlp.linking.keys import (
    Found,
    LinkReason,
    Seen,
    fullest,
    has_surname,
    last_key,
    person,
    person_key,
    surname_keys,
)
from newsnlp.linking.store import MOST_NAMESAKES

if TYPE_CHECKING:
    from newsnlp.entities.resolution.persons import PersonName
    from newsnlp.linking.evidence import Evidence

# Bearers of a surname that one alone is compared with: of more, the first ones, and then nobody is the one in the news.
MOST_BEARERS = 60
_INITIAL = 1
# Words of a name that a namesake may well bear.
_SHORT = 2


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

    def waits(self, seen: Seen) -> bool:
        """Tell whether a surname may be somebody's who comes later: not where the article has another bearer."""
        return not self._stands_beside(seen, fullest(seen.forms))

    def enter(self, number: int, seen: Seen) -> set[object]:
        """Enter a name under its keys; return those under which weak names may wait for it."""
        name = fullest(seen.forms)
        if self.is_weak(seen):
            self.index.add(("alone", person_key(name)), number)
            self.index.add(("waiting", last_key(name)), number, most=MOST_BEARERS)
            return set()
        self.index.add(("full", person_key(name)), number)
        self.index.add(("form", last_key(name), name.words[0][:1]), number)
        keys = surname_keys(name)
        for key in keys:
            self.index.add(("surname", key), number, most=MOST_BEARERS)
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
            for number in self.evidence.roots(("form", last_key(name), name.words[0][:1]))
            if self._is_form_of(name, number)
            and not self.evidence.against(seen, number)
            and (self._is_spelling_of(name, number) or self.evidence.signs(seen, number).any)
        ]
        return (others[0], LinkReason.OTHER_FORM) if len(others) == 1 else None

    def find_weak(self, seen: Seen) -> Found:
        """Return who a person with a surname alone is."""
        name = fullest(seen.forms)
        if name.full:
            return self._alone(seen, name)
        if self._stands_beside(seen, name):
            return None
        bearers = self.evidence.roots(("surname", last_key(name)))
        counts = self.names.article_counts
        near = sorted((one for one in bearers if self.evidence.near(seen, one)), key=lambda one: -counts[one])
        crowded = len(bearers) >= MOST_BEARERS
        fitting = [
            one for one in near[:MOST_NAMESAKES] if self._bears(name, one) and not self.evidence.against(seen, one)
        ]
        # Who shares a family's name shares its company: the one in the news is meant.
        one = self.evidence.leading(fitting) if not crowded else None
        if one is None and not self.evidence.together(fitting):
            one = self.evidence.best(seen, fitting)
        if one is not None and self._is_meant(seen, one):
            return one, LinkReason.ONLY_BEARER
        return None if fitting else self._alone(seen, name)

    def _is_meant(self, seen: Seen, number: int) -> bool:
        signs = self.evidence.signs(seen, number)
        if signs.company or signs.role:
            return True
        if signs.subject and self.evidence.near(seen, number, SUBJECT_DAYS):
            return True
        return signs.country and self.names.article_counts[number] >= WELL_KNOWN

    def _alone(self, seen: Seen, name: PersonName) -> Found:
        """Return who has the same surname, or only name, alone in other articles."""
        for number in self.evidence.roots(("alone", person_key(name))):
            if not self.evidence.against(seen, number) and self.evidence.signs(seen, number).close:
                return number, LinkReason.SAME_NAME
        return None

    def _bears(self, name: PersonName, number: int) -> bool:
        link = max((bare_link(name.words, form.words) for form in self._full_forms(number)), default=0)
        return link > GIVEN and not (len(parts_of(name.words)) == 1 and is_given(name.words[0]))

    def _stands_beside(self, seen: Seen, name: PersonName) -> bool:
        """Tell whether the article has a full name with that surname and means another: a family, a firm."""
        return last_key(name) in self.evidence.surnames.get(seen.article, ())

    def _full_forms(self, number: int) -> list[PersonName]:
        forms = [person(form) for form, _ in self.names.each_form(number)]
        forms += [person(form) for form in self.names.aliases.get(number, ())]
        return [form for form in forms if form.full]

    def _is_spelling_of(self, name: PersonName, number: int) -> bool:
        return any(_is_spelling(name, other) for other in self._full_forms(number))

    def _is_form_of(self, name: PersonName, number: int) -> bool:
        return any(
            same_person(_heard(name), _heard(other)) and _same_initials(name, other) and _same_gender(name, other)
            for other in self._full_forms(number)
        )


def surnames_of(seen: Seen) -> tuple[str, ...]:
    """Return the words by which somebody with a full name may be called alone."""
    name = fullest(seen.forms)
    return surname_keys(name) if name.full else ()


def _is_spelling(one: PersonName, other: PersonName) -> bool:
    """Tell whether two names are one of three words and more, in two romanisations: `Tayyip`, `Tayyp`."""
    ours, theirs = ([roman_key(word) or word for word in parts_of(name.words)] for name in (one, other))
    return ours == theirs and len(ours) > _SHORT


def _heard(name: PersonName) -> tuple[str, ...]:
    """Return the words of a name without a mute h: Gauthier is Gautier."""
    return tuple(word[:1] + word[1:].replace("th", "t") for word in name.words)


def _same_initials(one: PersonName, other: PersonName) -> bool:
    """Tell whether the initials within two names agree: George W. is not George H. W."""
    inner = [[part for part in parts_of(name.words)[1:-1] if len(part) == _INITIAL] for name in (one, other)]
    return inner[0] == inner[1] or not all(inner)


def _same_gender(one: PersonName, other: PersonName) -> bool:
    return not (one.gender and other.gender and one.gender != other.gender)
