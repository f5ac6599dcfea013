"""Names of a list found in a text, the longest at each place, in time that grows with the text alone.

Words are compared without accents and case; then the capitals decide, for *Total* is a firm and *total* is none.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.entities.knowledge.forms import word_set
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+")
# What may stand between two words of a name; a full stop and a blank only behind an initial.
_GAP = re.compile(r"[ \u00a0\u202f'’\-–./&+·]{1,3}")
_STOP = re.compile(r"[.]\s")
_LONGEST_INITIAL = 2
# What beside a word makes it a part of another: Paris-Match, example.fr, @orange.
_HANDLES = frozenset("@#")
_GLUE_BEFORE = frozenset("-–_/.&")
_GLUE_AFTER = frozenset("-–@_/&")
# Acronyms of so many letters are written as words, too: Unesco, Insee.
_SPOKEN = 4


class Form(NamedTuple):
    """One way to write a name: its row in the list, its words, and whether it is the name itself, no alias."""

    row: int
    text: str
    words: tuple[str, ...]
    first: bool


class Found(NamedTuple):
    """A place of a text where forms stand that it may mean."""

    start: int
    end: int
    forms: tuple[Form, ...]


def fold_words(text: str) -> str:
    """Return the words of a name as they are compared.

    Examples
    --------
    >>> fold_words("L'Électricité de France (E.D.F.)")
    'l electricite de france e d f'
    """
    return " ".join(_WORD.findall(fold(text, accents=False)))


def words_of(text: str) -> list[str]:
    """Return the words of a name as they are written."""
    return _WORD.findall(text)


class NameIndex:
    """Finds names.

    Parameters
    ----------
    rows : iterable of (int, sequence of str)
        The forms of each row, its name first.

    Examples
    --------
    >>> index = NameIndex([(0, ("Total",)), (1, ("Banque de France",))])
    >>> text = "Au total, Total et la banque de France y perdent."
    >>> [text[found.start : found.end] for found in index.find(text)]
    ['Total', 'banque de France']
    """

    def __init__(self, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        self._forms: dict[str, list[tuple[int, str, bool]]] = {}
        # First word -> the words of the longest name that begins with it.
        self._longest: dict[str, int] = {}
        listed = [(row, form, at == 0) for row, forms in rows for at, form in enumerate(forms)]
        keys = fold("\n".join(form for _, form, _ in listed), accents=False).split("\n") if listed else []
        for item, folded in zip(listed, keys, strict=True):
            words = _WORD.findall(folded)
            self._forms.setdefault(" ".join(words), []).append(item)
            if len(words) > self._longest.get(words[0], 0):
                self._longest[words[0]] = len(words)

    def __bool__(self) -> bool:
        return bool(self._forms)

    def forms_of(self, text: str) -> tuple[Form, ...]:
        """Return the forms that a name found by somebody else is one of."""
        words = _WORD.findall(text)
        return tuple(self._fitting(fold_words(text), words)) if words else ()

    def find(self, text: str) -> Iterator[Found]:
        """Yield the names in a text, left to right, without overlap."""
        if not self._forms:
            return
        spans = [match.span() for match in _WORD.finditer(text)]
        words = [text[start:end] for start, end in spans]
        folded = fold("\n".join(words), accents=False).split("\n")
        longest = self._longest
        at, count = 0, len(words)
        while at < count:
            most = longest.get(folded[at], 0)
            size = 0
            for wanted in range(min(most, count - at), 0, -1):
                key = " ".join(folded[at : at + wanted])
                if key in self._forms and _is_whole(text, spans[at : at + wanted]):
                    forms = tuple(self._fitting(key, words[at : at + wanted]))
                    if forms:
                        yield Found(spans[at][0], spans[at + wanted - 1][1], forms)
                        size = wanted
                        break
            at += size or 1

    def _fitting(self, key: str, written: Sequence[str]) -> Iterator[Form]:
        for row, text, first in self._forms.get(key, ()):
            words = tuple(_WORD.findall(text))
            if len(words) == len(written) and _case_fits(words, written):
                yield Form(row, text, words, first)


def _is_whole(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether words stand together as one name, and are no part of a longer word."""
    start, end = spans[0][0], spans[-1][1]
    before = text[max(0, start - 2) : start]
    if before[-1:] in _HANDLES or (before[-1:] in _GLUE_BEFORE and not before[:1].isspace()):
        return False
    after = text[end : end + 2]
    if (after[:1] in _GLUE_AFTER or after[:1] == ".") and after[1:].isalnum():
        return False
    for (first, last), (following, _) in pairwise(spans):
        gap = text[last:following]
        if not _GAP.fullmatch(gap) or (_STOP.match(gap) and last - first > _LONGEST_INITIAL):
            return False
    return True


def _case_fits(words: Sequence[str], written: Sequence[str]) -> bool:
    """Tell whether words are written as a name's: with its capitals, or in a headline's."""
    if len(words) == 1:
        return _same_case(words[0], written[0])
    small = word_set("small_words")
    capital = [
        (mine, theirs)
        for mine, theirs in zip(words, written, strict=True)
        if not mine.islower() and fold(mine, accents=False) not in small
    ]
    # « la banque de France », « Médecins Sans Frontières »: one capital says that it is a name.
    return not capital or any(not theirs.islower() for _, theirs in capital)


def _same_case(word: str, written: str) -> bool:
    if word.islower():
        return written.islower() or word[1:] == written[1:]
    if written.islower():
        return False
    if len(word) > 1 and word.isupper():
        return written.isupper() or (len(word) >= _SPOKEN and written.istitle())
    return not written.isupper() or len(written) >= _SPOKEN or written == word
