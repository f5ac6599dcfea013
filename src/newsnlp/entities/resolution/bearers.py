"""Which mentions of an article name one person: full names first, then each bare name goes to who bears it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from newsnlp.entities.knowledge.forms import fold, initials, is_acronym, roman_key
from newsnlp.entities.resolution.persons import (
    FAMILY_FIRST,
    GIVEN,
    PersonName,
    bare_link,
    inner_parts,
    is_own_given,
    parts_of,
    same_person,
    surname_key,
)

# People who share a word with a name and are compared with it: of more, the last ones met, and who bears the very same
# name. No article of WiNER-fr train has more than 7 (2026-11); ten thousand Martins would be compared two by two.
MOST_SHARING = 50
# Readings of a bare name that no one person of the article bears.
_GROUPS = frozenset({"family", "firm"})


@dataclass(slots=True)
class Person:
    """One person: the fullest name met so far and the mentions."""

    words: tuple[str, ...]
    mentions: list[PersonName] = field(default_factory=list)
    gender: str = ""
    full: bool = True
    forms: set[tuple[str, ...]] = field(default_factory=set)
    number: int = -1
    # Where the full names stand, in text order.
    full_starts: list[int] = field(default_factory=list)

    def add(self, name: PersonName) -> None:
        """Take one mention more, and its words if they are the fullest yet."""
        self.mentions.append(name)
        if name.full:
            self.forms.add(name.words)
            self.full_starts.append(name.start)
        self.gender = self.gender or name.gender
        if name.full and len("".join(name.words)) > len("".join(self.words)):
            self.words = name.words


class _Bearers:
    """People by the words of their full names: only those who share a word with a name are compared with it."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._by_word: dict[str, list[int]] = {}
        self._by_form: dict[tuple[str, ...], list[int]] = {}
        self._by_initials: dict[str, list[int]] = {}

    def add(self, person: Person, name: PersonName) -> None:
        """Enter a person under the words of one more of their names."""
        if not person.mentions:
            person.number = len(self.people)
            self.people.append(person)
        number = person.number
        entries = [self._by_word.setdefault(roman_key(word) or word, []) for word in parts_of(name.words)]
        for numbers in (self._by_form.setdefault(name.words, []), *entries):
            if number not in numbers[-1:]:
                numbers.append(number)
        person.add(name)

    def sharing(self, words: tuple[str, ...]) -> list[Person]:
        """Return who bears one of `words`, in order of entry; of more than `MOST_SHARING`, the last ones."""
        numbers: set[int] = set()
        for word in words:
            numbers.update(self._by_word.get(roman_key(word) or word, ())[-MOST_SHARING:])
        return [self.people[number] for number in sorted(numbers)]

    def bearing(self, words: tuple[str, ...]) -> list[Person]:
        """Return who may bear a full name, in order of entry: who shares a word with it, or bears it to the letter."""
        sharing = self.sharing(parts_of(words))
        if len(sharing) < MOST_SHARING:
            return sharing
        same = [self.people[number] for number in self._by_form.get(words, ())[-MOST_SHARING:]]
        known = {person.number: person for person in [*same, *sharing]}
        return [known[number] for number in sorted(known)]

    def with_initials(self, letters: str) -> list[Person]:
        """Return whose initials `letters` are."""
        if not self._by_initials:
            for person in self.people:
                for own in {own for name in person.mentions if name.full for own in initials(name.text)}:
                    self._by_initials.setdefault(own, []).append(person.number)
        return [self.people[number] for number in dict.fromkeys(self._by_initials.get(letters, ())[-MOST_SHARING:])]


def cluster_people(names: list[PersonName]) -> list[Person]:
    """Return the people whom `names`, in text order, name.

    Notes
    -----
    Full names first; then each bare name goes to the last full name before it that bears it, or, in a headline,
    to the next one after. A civility keeps ``Mme Fillon`` from François Fillon. A bare given name is linked only
    where a single person of the article bears it and no title (pope, king, saint) makes it a name of its own.
    """
    inside = {part for words in {name.words for name in names if name.full} for part in inner_parts(words)}
    bearers = _Bearers()
    bare: list[PersonName] = []
    for name in names:
        if name.full:
            # « García Márquez » is no full name beside Gabriel García Márquez.
            name.full = tuple(map(surname_key, parts_of(name.words))) not in inside
        if not name.full:
            bare.append(name)
            continue
        candidates = bearers.bearing(name.words)
        home = next((person for person in reversed(candidates) if _joins(name, person)), None)
        bearers.add(home or Person(name.words), name)
    return bearers.people + _add_bare(bare, bearers)


def _joins(name: PersonName, person: Person) -> bool:
    if name.gender and person.gender and name.gender != person.gender:
        return False
    if not same_person(name.words, person.words):
        return False
    # « Léo » is a name of its own, « Leo » short for Lionel.
    return name.words[0] == person.words[0] or not (is_own_given(name.given) or is_own_given(person.mentions[0].given))


def _add_bare(bare: list[PersonName], bearers: _Bearers) -> list[Person]:
    """Give each bare name to its bearer; return the people who have no other name."""
    titled = {name.words for name in bare if name.apart == "title"}
    alone: dict[tuple[str, ...], Person] = {}
    for name in bare:
        home = None
        if name.apart not in _GROUPS and name.words not in titled:
            home = _home_of(name, bearers)
        if home is None:
            key = (*name.words, name.apart) if name.apart in _GROUPS else tuple(_roman_words(name.words))
            if name.gender and key in alone and alone[key].gender not in {"", name.gender}:
                key = (*key, name.gender)
            home = alone.setdefault(key, Person(name.words, full=False))
        home.add(name)
    return list(alone.values())


def _roman_words(words: tuple[str, ...]) -> list[str]:
    return [roman_key(word) or word for word in words]


def _home_of(name: PersonName, bearers: _Bearers) -> Person | None:
    """Return the person that a bare name means, or None."""
    linked: list[tuple[int, Person]] = []
    for person in bearers.sharing(parts_of(name.words)[:1]):
        strength = max(bare_link(name.words, words) for words in person.forms)
        if strength:
            linked.append((strength, person))
    if not linked and is_acronym(name.text):
        linked = [(FAMILY_FIRST, person) for person in bearers.with_initials(fold(name.text).replace(" ", ""))]
    linked = [(s, person) for s, person in linked if not (name.gender and person.gender not in {"", name.gender})]
    if not linked:
        return None
    best = max(strength for strength, _ in linked)
    people = [person for strength, person in linked if strength == best]
    if best == GIVEN:
        return people[0] if len(people) == 1 and name.apart != "given" else None
    earlier = [(bisect_left(person.full_starts, name.start), person) for person in people]
    earlier = [(person.full_starts[place - 1], person) for place, person in earlier if place]
    if earlier:
        return max(earlier, key=lambda item: item[0])[1]
    return min(people, key=lambda person: person.full_starts[0])
