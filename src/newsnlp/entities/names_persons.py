"""Which mentions name one person: full names, surnames, given names, initials, other names."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

from newsnlp.entities.names_forms import fold, fold_all, initials, is_acronym, roman_key, rules, word_set
from newsnlp.entities.roles import offices
from newsnlp.lexicons import load_csv

GIVEN_COLUMNS = ("surface", "gender")

_ROMAN_NUMBER = re.compile(r"^(?:[ivx]+|1er|ier|ire)$")

# « (Fayard, 2019) », « chez Gallimard », « Grasset, 240 pages »: the publisher, not its founder.
_FIRMS = frozenset({"editions", "editeur", "maison", "librairie", "ed"})
_SOLD = re.compile(
    r"(?:publi|para[iî]|paru|sort|édit|signe|vend|salari|embauch|travaill|ouvri|usine)[^.]*$", re.IGNORECASE
)
_PAGES = re.compile(r",\s\d+\s(?:p\.|pages?\b)")
_COLOPHON = re.compile(r",\s(?:(?:19|20)\d\d\)|\d+\s(?:p\.|pages?\b|euros|€))")

# How a bare name may hang on a full one, weakest last.
SURNAME, INNER, FAMILY_FIRST, GIVEN = 4, 3, 2, 1
# Words that a full name has at least; letters of an initial or a particle, at most.
_FULL = 2
_INITIAL = 2
# Readings of a bare name that no one person of the article bears.
_GROUPS = frozenset({"family", "firm"})


@dataclass(slots=True)
class PersonName:
    """One mention of a person, taken apart.

    ``words`` are the folded words without civility; ``full`` tells that a given name and a surname are there;
    ``gender`` is ``f`` or ``m`` where a civility shows it; ``apart`` that nothing may be merged by surname
    (``family``, ``title`` as a pope's, ``firm`` as a publisher's) or by given name (``given``, as an abbot's).
    """

    index: int
    start: int
    end: int
    text: str
    words: tuple[str, ...]
    full: bool
    gender: str = ""
    apart: str = ""


@dataclass(slots=True)
class Person:
    """One person: the fullest name met so far and the mentions."""

    words: tuple[str, ...]
    mentions: list[PersonName] = field(default_factory=list)
    gender: str = ""
    full: bool = True
    forms: set[tuple[str, ...]] = field(default_factory=set)
    number: int = -1

    def add(self, name: PersonName) -> None:
        """Take one mention more, and its words if they are the fullest yet."""
        self.mentions.append(name)
        if name.full:
            self.forms.add(name.words)
        self.gender = self.gender or name.gender
        if name.full and len("".join(name.words)) > len("".join(self.words)):
            self.words = name.words


@functools.cache
def _genders() -> dict[str, str]:
    tables = rules()["civilities"]
    found = {fold(word): "" for word in tables["neutral"]}
    found |= {fold(word): "m" for word in tables["masculine"]}
    return found | {fold(word): "f" for word in tables["feminine"]}


@functools.cache
def _given_genders() -> dict[str, str]:
    rows = load_csv("names_given.csv", columns=GIVEN_COLUMNS)
    return dict(zip(fold_all(row["surface"] for row in rows), (row["gender"] for row in rows), strict=True))


def is_given(word: str) -> bool:
    """Tell whether a word is a given name.

    Examples
    --------
    >>> is_given("François"), is_given("Grand")
    (True, False)
    """
    return fold(word) in _given_genders()


@functools.cache
def _given_groups() -> dict[str, int]:
    return {fold(name): number for number, group in enumerate(rules()["given_variants"]["groups"]) for name in group}


@functools.cache
def _particle_words() -> frozenset[str]:
    return frozenset(word for particle in word_set("particles") for word in particle.replace("'", "' ").split())


def read_name(index: int, start: int, text: str, before: str, after: str = "") -> PersonName:
    """Return one mention taken apart; `before` and `after` are the text just beside it."""
    end = start + len(text)
    gender = ""
    words = [fold(word) for word in text.replace("\n", " ").split()]
    words = [word for word in words if word]
    genders = _genders()
    while len(words) > 1 and words[0] in genders:
        gender = gender or genders[words[0]]
        words = words[1:]
    apart = ""
    # « l'abbé », « (M. »: the bare word. Splitting is three times as fast as a pattern anchored at the end.
    beside = before.replace("\n", " ")[:-1] if before.endswith(" ") else ""
    previous = beside.rpartition(" ")[2].rpartition("'")[2].lstrip('(«"')
    word = fold(previous)
    gender = gender or genders.get(word, "")
    if word in word_set("titles"):
        apart = "title"
    elif word in word_set("titles", "given"):
        apart = "given"
    elif word in word_set("families"):
        apart = "family"
    elif _is_firm(word, before, after):
        apart = "firm"
    if not gender and offices().get(previous.casefold()) == "f":
        gender = "f"  # « le maire » may be a woman, « la préfète » is one
    tokens = tuple(words)
    full = _is_full(tokens)
    if full and not gender:
        gender = _given_genders().get(tokens[0], "")
    return PersonName(index, start, end, text, tokens, full, gender, apart if len(tokens) == 1 else "")


def _is_firm(previous: str, before: str, after: str) -> bool:
    """Tell whether the text beside a bare name makes it a publisher's or an employer's."""
    if previous in _FIRMS or (previous == "chez" and _SOLD.search(before)) or _PAGES.match(after):
        return True
    return before.endswith("(") and (before.endswith("» (") or _COLOPHON.match(after) is not None)


def _is_full(words: tuple[str, ...]) -> bool:
    """Tell whether a given name stands before a surname: two words that are not a particle and its surname."""
    if len(words) < _FULL:
        return False
    particles = _particle_words()
    # al-Assad folds to « al assad »: one word of the text, so it holds a space.
    return words[0] not in particles and not words[0].startswith(("d'", "l'"))


# al-Assad, el-Assad, Assad: the Arabic article comes and goes.
_ARABIC_ARTICLES = frozenset({"al", "el"})


@functools.lru_cache(maxsize=4096)
def _parts(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return all words, those within a hyphenated one too, without the Arabic article."""
    parts = tuple(" ".join(words).split())
    return tuple([part for part in parts if part not in _ARABIC_ARTICLES]) or parts


def _same_given(first: str, second: str) -> bool:
    if first == second:
        return True
    short, long = sorted((first, second), key=len)
    if len(short) == 1:
        return long.startswith(short)
    groups = _given_groups()
    if first in groups and groups[first] == groups.get(second):
        return True
    return bool(roman_key(first)) and roman_key(first) == roman_key(second)


def _same_surname(first: str, second: str) -> bool:
    return first == second or (bool(roman_key(first)) and roman_key(first) == roman_key(second))


def same_person(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Tell whether two full names can be one person's.

    They can where one has the other's words in the same order, an initial or a known short form standing for a
    given name, and first and last word agree; or the beginning of a longer name (``Thiago Braz`` da Silva);
    or the same two words the other way round.

    Examples
    --------
    >>> same_person(("j", "p", "raffarin"), ("jean", "pierre", "raffarin"))
    True
    >>> same_person(("marine", "le", "pen"), ("jean", "marie", "le", "pen"))
    False
    """
    ours, theirs = _parts(first), _parts(second)
    short, long = (ours, theirs) if len(ours) <= len(theirs) else (theirs, ours)
    if _ROMAN_NUMBER.match(short[-1]) or _ROMAN_NUMBER.match(long[-1]):
        # Élisabeth II is not Élisabeth Ire.
        return len(short) == len(long) and short[-1] == long[-1] and all(map(_same_given, short, long))
    if len(short) == len(long) == _FULL and short == long[::-1]:
        return True
    if len(short) < _FULL:
        return False
    if _same_surname(short[-1], long[-1]):
        return _same_given(short[0], long[0]) and _in_order(short, long)
    return len(short) < len(long) and len(short[1]) > _INITIAL and all(map(_same_given, short, long[: len(short)]))


def _in_order(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    position = 0
    for word in short:
        while position < len(long) and not (_same_given(word, long[position]) or _same_surname(word, long[position])):
            position += 1
        if position == len(long):
            return False
        position += 1
    return True


def bare_link(bare: tuple[str, ...], full: tuple[str, ...]) -> int:
    """Return how a bare name hangs on a full one: `SURNAME`, `INNER`, `FAMILY_FIRST`, `GIVEN`, or 0.

    Examples
    --------
    >>> bare_link(("pen",), ("marine", "le", "pen")), bare_link(("le", "pen"), ("marine", "le", "pen"))
    (4, 4)
    >>> bare_link(("macron",), ("emmanuel", "maron"))
    0
    """
    ours, theirs = _parts(bare), _parts(full)
    # Word by word as the text has it: « Aignan » is no part of Nicolas Dupont-Aignan, « Assad » one of al-Assad.
    size = len(ours)
    if size >= len(theirs):
        return 0
    ends = _word_ends(full)
    for position in range(len(theirs) - size, 0, -1):
        if all(map(_same_surname, ours, theirs[position : position + size])) and position + size in ends:
            if position not in ends and theirs[position - 1] not in _particle_words():
                continue
            return SURNAME if position + size == len(theirs) else INNER
    if theirs[0] == ours[0] and size == 1:
        return FAMILY_FIRST if theirs[0] in word_set("family_first") else GIVEN
    if size > 1 and theirs[:size] == ours:
        return GIVEN
    return 0


@functools.lru_cache(maxsize=4096)
def _word_ends(words: tuple[str, ...]) -> set[int]:
    ends, total = set(), 0
    for word in words:
        total += sum(part not in _ARABIC_ARTICLES for part in word.split())
        ends.add(total)
    return ends


class _Bearers:
    """People by the words of their full names: only those who share a word with a name are compared with it."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._by_word: dict[str, list[int]] = {}
        self._by_initials: dict[str, list[int]] = {}

    def add(self, person: Person, name: PersonName) -> None:
        """Enter a person under the words of one more of their names."""
        if not person.mentions:
            person.number = len(self.people)
            self.people.append(person)
        number = person.number
        for word in _parts(name.words):
            numbers = self._by_word.setdefault(roman_key(word) or word, [])
            if number not in numbers[-1:]:
                numbers.append(number)
        person.add(name)

    def sharing(self, words: tuple[str, ...]) -> list[Person]:
        """Return who bears one of `words`, in order of entry."""
        numbers = {number for word in words for number in self._by_word.get(roman_key(word) or word, ())}
        return [self.people[number] for number in sorted(numbers)]

    def with_initials(self, letters: str) -> list[Person]:
        """Return whose initials `letters` are."""
        if not self._by_initials:
            for person in self.people:
                for own in {own for name in person.mentions if name.full for own in initials(name.text)}:
                    self._by_initials.setdefault(own, []).append(person.number)
        return [self.people[number] for number in dict.fromkeys(self._by_initials.get(letters, ()))]


def cluster_people(names: list[PersonName]) -> list[Person]:
    """Return the people whom `names`, in text order, name.

    Notes
    -----
    Full names first; then each bare name goes to the last full name before it that bears it, or, in a headline,
    to the next one after. A civility keeps ``Mme Fillon`` from François Fillon. A bare given name is linked only
    where a single person of the article bears it and no title (pope, king, saint) makes it a name of its own.
    """
    full = dict.fromkeys(name.words for name in names if name.full)
    by_word: dict[str, list[tuple[str, ...]]] = {}
    for words in full:
        for word in set(_parts(words)):
            by_word.setdefault(roman_key(word) or word, []).append(words)
    bearers = _Bearers()
    bare: list[PersonName] = []
    for name in names:
        if name.full:
            last = _parts(name.words)[-1]
            longer = by_word[roman_key(last) or last]
            # « García Márquez » is no full name beside Gabriel García Márquez.
            name.full = not any(other != name.words and bare_link(name.words, other) >= INNER for other in longer)
        if not name.full:
            bare.append(name)
            continue
        candidates = bearers.sharing(_parts(name.words))
        home = next((person for person in reversed(candidates) if _joins(name, person)), None)
        bearers.add(home or Person(name.words), name)
    return bearers.people + _add_bare(bare, bearers)


def _joins(name: PersonName, person: Person) -> bool:
    if name.gender and person.gender and name.gender != person.gender:
        return False
    return same_person(name.words, person.words)


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
    for person in bearers.sharing(_parts(name.words)[:1]):
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
    before = [(mention.start, person) for person in people for mention in person.mentions if mention.full]
    earlier = [item for item in before if item[0] < name.start]
    if earlier:
        return max(earlier, key=lambda item: item[0])[1]
    return min(before, key=lambda item: item[0])[1] if before else people[0]
