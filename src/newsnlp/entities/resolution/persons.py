"""Which mentions name one person: full names, surnames, given names, other names."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.forms import fold, fold_all, roman_key, rules, word_set
from newsnlp.lexicons.names import given_genders, office_genders

if TYPE_CHECKING:
    from collections.abc import Iterator


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

    @property
    def given(self) -> str:
        """The first word of the name as it is written."""
        return next((word for word in self.text.split() if fold(word) == self.words[0]), "")


@functools.cache
def _genders() -> dict[str, str]:
    tables = rules()["civilities"]
    found = {fold(word): "" for word in tables["neutral"]}
    found |= {fold(word): "m" for word in tables["masculine"]}
    return found | {fold(word): "f" for word in tables["feminine"]}


@functools.cache
def _given_genders() -> dict[str, str]:
    return dict(zip(fold_all(given_genders()), given_genders().values(), strict=True))


def is_given(word: str) -> bool:
    """Tell whether a word is a given name.

    Examples
    --------
    >>> is_given("François"), is_given("Grand")
    (True, False)
    """
    return fold(word) in _given_genders()


@functools.cache
def _given_groups() -> dict[str, frozenset[int]]:
    """Return the groups of each name: Leo is short for Lionel and for Leonardo, who are two."""
    found: dict[str, frozenset[int]] = {}
    for number, group in enumerate(rules()["given_variants"]["groups"]):
        for name in group:
            found[fold(name)] = found.get(fold(name), frozenset()) | {number}
    return found


@functools.cache
def _given_spellings() -> frozenset[str]:
    return frozenset(name.casefold() for group in rules()["given_variants"]["groups"] for name in group)


def is_own_given(spelling: str) -> bool:
    """Tell whether an accent makes a name of its own of what would be a short form: `Léo`, not `Leo`.

    Examples
    --------
    >>> is_own_given("Léo"), is_own_given("Leo"), is_own_given("Théo"), is_own_given("Anaïs")
    (True, False, False, False)
    """
    return (
        not spelling.isascii() and fold(spelling) in _given_groups() and spelling.casefold() not in _given_spellings()
    )


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
    if previous.endswith(","):
        pass  # « avec son père, Kelyan »
    elif word in word_set("titles"):
        apart = "title"
    elif word in word_set("titles", "given"):
        apart = "given"
    elif word in word_set("families"):
        apart = "family"
    elif _is_firm(word, before, after):
        apart = "firm"
    if not gender and office_genders().get(previous.casefold()) == "f":
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
def parts_of(words: tuple[str, ...]) -> tuple[str, ...]:
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
    if first in groups and not groups[first].isdisjoint(groups.get(second, ())):
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
    ours, theirs = parts_of(first), parts_of(second)
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
    ours, theirs = parts_of(bare), parts_of(full)
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


def surname_key(word: str) -> tuple[bool, str]:
    """Return what two words have in common exactly where `_same_surname` holds of them."""
    roman = roman_key(word)
    return bool(roman), roman or word


def inner_parts(full: tuple[str, ...]) -> Iterator[tuple[tuple[bool, str], ...]]:
    """Yield the keys of all that `bare_link` takes for the surname of a full name, or for a part of it."""
    parts, ends = parts_of(full), _word_ends(full)
    keys = [surname_key(part) for part in parts]
    for first in range(1, len(parts)):
        if first in ends or parts[first - 1] in _particle_words():
            yield from (tuple(keys[first:end]) for end in range(first + 1, len(parts) + 1) if end in ends)
