"""Integers and decimals in French words: traditional and 1990 spelling, hyphens or spaces, Belgian and Swiss forms.

The readers walk over words of the folded text. Each returns where it stopped and what it read, and commits to
nothing: ``vingt trois`` is one number, ``deux trois`` two.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.lexicons import load_csv
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from newsnlp.records import Number

_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"[ -]([^\W\d_]+)")


_COMPLETE = frozenset({"zero", "unit", "teen", "ten"})
# "cinquante et une demi-douzaine": the article of what follows.
_NOT_A_UNIT_AFTER = re.compile(r"[ ](?:demie?[- ]|[^\W\d_]+aines?\b|milliers?\b|quart|tiers)")


class Word(NamedTuple):
    """A word of the numeral lexicon."""

    value: int
    kind: str


class Reading(NamedTuple):
    """What a reader found: where it stopped, how much it is, and the last scale word."""

    end: int
    value: Number
    scale: int = 1
    ordinal: bool = False
    words: int = 1


@functools.cache
def numeral_lexicon() -> dict[str, Word]:
    """Return every numeral word with its value and class; of ordinals also the form without accents (``cinquieme``)."""
    rows = load_csv("figures_num_words.csv", columns=("surface", "value", "class", "note"))
    words = {row["surface"]: Word(int(row["value"]), row["class"]) for row in rows}
    return {fold(word, accents=False): entry for word, entry in words.items() if entry.kind == "ordinal"} | words


@functools.cache
def number_starters() -> frozenset[str]:
    """Return the words a number in words can begin with."""
    kinds = {"zero", "unit", "teen", "ten", "hundred", "thousand", "ordinal", "ordinal_only"}
    return frozenset(word for word, entry in numeral_lexicon().items() if entry.kind in kinds)


def word_at(folded: str, pos: int) -> tuple[str, int] | None:
    """Return the word that begins at `pos` and its end."""
    match = _WORD.match(folded, pos)
    return (match.group(), match.end()) if match else None


def joined_word(folded: str, pos: int) -> tuple[str, int] | None:
    """Return the word joined to `pos` by one space or hyphen, and its end."""
    match = _JOINED.match(folded, pos)
    return (match.group(1), match.end()) if match else None


class _Cursor:
    """A position among joined words, with the class of the next one."""

    __slots__ = ("folded", "lexicon", "next_end", "pos", "started", "words")

    def __init__(self, folded: str, start: int) -> None:
        self.folded = folded
        self.pos = start
        self.started = False
        self.next_end = start
        self.words = 0
        self.lexicon = numeral_lexicon()

    def peek(self, skip: str = "") -> Word | None:
        """Return the next number word, after the joined word `skip` if one is given."""
        pos = self.pos
        if skip:
            found = joined_word(self.folded, pos)
            if found is None or found[0] != skip:
                return None
            pos = found[1]
        found = joined_word(self.folded, pos) if self.started or skip else word_at(self.folded, pos)
        if found is None:
            return None
        self.next_end = found[1]
        return self.lexicon.get(found[0])

    def take(self) -> None:
        """Move past the word that `peek` returned."""
        self.pos = self.next_end
        self.started = True
        self.words += 1

    def copy(self) -> _Cursor:
        other = _Cursor(self.folded, self.pos)
        other.started, other.words = self.started, self.words
        return other


class _Ordinal(Exception):  # noqa: N818  # a signal inside this module: the word just read ends the number
    def __init__(self, value: int) -> None:
        super().__init__(value)
        self.value = value


_ORDINAL_CLASS = {range(1, 10): "unit", range(10, 17): "teen", range(20, 91): "ten"}


def _as_cardinal(word: Word) -> tuple[Word, bool]:
    """Return the cardinal that an ordinal word is made of."""
    if word.kind != "ordinal":
        return word, False
    for values, kind in _ORDINAL_CLASS.items():
        if word.value in values:
            return Word(word.value, kind), True
    kind = {100: "hundred", 1000: "thousand"}.get(word.value, "scale")
    return Word(word.value, kind), True


def _peek(cursor: _Cursor, skip: str = "") -> tuple[Word | None, bool]:
    word = cursor.peek(skip)
    return (None, False) if word is None else _as_cardinal(word)


def _finish(cursor: _Cursor, value: int, *, ordinal: bool) -> int:
    """Take the word just seen; an ordinal ends the whole number."""
    cursor.take()
    if ordinal:
        raise _Ordinal(value)
    return value


def _read_below_100(cursor: _Cursor) -> int | None:
    word, ordinal = _peek(cursor)
    if word is None:
        return None
    if word.kind == "zero":
        return _finish(cursor, 0, ordinal=False)
    if word.kind == "unit":
        value = _finish(cursor, word.value, ordinal=ordinal)
        return _read_eighties(cursor) if value == 4 else value  # noqa: PLR2004
    if word.kind == "teen":
        value = _finish(cursor, word.value, ordinal=ordinal)
        return _add_unit_to_ten(cursor, value)
    if word.kind == "ten":
        value = _finish(cursor, word.value, ordinal=ordinal)
        return _add_below_20(cursor, value, teens=value == 60)  # noqa: PLR2004
    return None


def _add_unit_to_ten(cursor: _Cursor, value: int) -> int:
    """Read ``dix-sept``, ``dix-huit``, ``dix-neuf``."""
    word, ordinal = _peek(cursor)
    if value == 10 and word and word.kind == "unit" and word.value >= 7:  # noqa: PLR2004
        try:
            value += _finish(cursor, word.value, ordinal=ordinal)
        except _Ordinal as end:
            raise _Ordinal(10 + end.value) from None
    return value


def _read_eighties(cursor: _Cursor) -> int:
    """Read ``quatre-vingts`` to ``quatre-vingt-dix-neuf``, or leave ``quatre``."""
    word, ordinal = _peek(cursor)
    if word is None or word.kind not in {"ten", "twenties"} or word.value != 20:  # noqa: PLR2004
        return 4
    _finish(cursor, 80, ordinal=ordinal)
    return _add_below_20(cursor, 80, teens=True)


def _add_below_20(cursor: _Cursor, tens: int, *, teens: bool) -> int:
    """Add the units after a ten; 60 and 80 also take 10 to 19. ``et`` stands before 1 and 11 only."""
    for skip in ("et", ""):
        word, ordinal = _peek(cursor, skip)
        if word is None:
            continue
        if word.kind not in {"unit", "teen"} or (word.kind == "teen" and not teens):
            continue
        if skip and (word.value not in {1, 11} or _NOT_A_UNIT_AFTER.match(cursor.folded, cursor.next_end)):
            continue
        if not skip and word.value == 1 and tens not in {70, 80, 90} and cursor.folded[cursor.pos] == " ":
            # "vingt une" is two words that meet, "vingt-une" old spelling.
            continue
        try:
            value = _finish(cursor, word.value, ordinal=ordinal)
            if word.kind == "teen":
                value = _add_unit_to_ten(cursor, value)
        except _Ordinal as end:
            raise _Ordinal(tens + end.value) from None
        return tens + value
    return tens


def _read_below_1000(cursor: _Cursor) -> int | None:
    word, ordinal = _peek(cursor)
    if word is not None and word.kind == "hundred" and cursor.folded[cursor.next_end - 1] != "s":
        hundreds = _finish(cursor, 100, ordinal=ordinal)
    else:
        value = _read_below_100(cursor)
        if value is None:
            return None
        word, ordinal = _peek(cursor)
        # 2 to 9 hundreds, and the old eleven to nineteen hundreds (quinze cents).
        if word is None or word.kind != "hundred" or not (2 <= value <= 9 or 11 <= value <= 19):  # noqa: PLR2004
            if not (value == 1 and word and word.kind == "hundred" and not ordinal):
                return value
            trial = cursor.copy()
            _peek(trial)
            trial.take()
            try:
                if _read_below_100(trial) is None:
                    return value
            except _Ordinal:
                return value
        hundreds = _finish(cursor, value * 100, ordinal=ordinal)
    one, ordinal = _peek(cursor, "et") if cursor.folded[cursor.pos : cursor.pos + 1] == "-" else (None, False)
    if one is not None and one.value == 1 and one.kind == "unit":
        # "cent-et-un"; with spaces, "deux cents et une femme" is two counts
        return _finish(cursor, hundreds + 1, ordinal=ordinal)
    trial = cursor.copy()
    try:
        rest = _read_below_100(trial)
    except _Ordinal as end:
        cursor.pos, cursor.words = trial.pos, trial.words
        raise _Ordinal(hundreds + end.value) from None
    if rest is None or rest == 0:
        return hundreds
    cursor.pos, cursor.words = trial.pos, trial.words
    return hundreds + rest


def _read_below_million(cursor: _Cursor) -> int | None:
    word, ordinal = _peek(cursor)
    if word is not None and word.kind == "thousand":
        thousands = _finish(cursor, 1000, ordinal=ordinal)
    else:
        value = _read_below_1000(cursor)
        if value is None:
            return None
        word, ordinal = _peek(cursor)
        if word is None or word.kind != "thousand" or value < 2:  # noqa: PLR2004
            return value
        thousands = _finish(cursor, value * 1000, ordinal=ordinal)
    one, ordinal = _peek(cursor, "et")
    if one is not None and one.value == 1 and one.kind == "unit":
        # "mille et un"
        return _finish(cursor, thousands + 1, ordinal=ordinal)
    try:
        rest = _read_below_1000(cursor)
    except _Ordinal as end:
        raise _Ordinal(thousands + end.value) from None
    return thousands + (rest or 0)


def _is_alone(word: Word, folded: str, end: int) -> bool:
    """Whether a word is a number by itself and none goes on with it, as is true of most."""
    following = joined_word(folded, end)
    goes_on = following is not None and (following[0] == "et" or following[0] in numeral_lexicon())
    return word.kind in _COMPLETE and not goes_on


def read_integer(folded: str, start: int) -> Reading | None:
    """Return the integer in words that begins at `start`, or None.

    Examples
    --------
    >>> read_integer("mille neuf cent quatorze", 0).value
    1914
    >>> read_integer("deux cents blessés", 0)[:2]
    (10, 200)
    """
    cursor = _Cursor(folded, start)
    word = cursor.peek()
    if word is None or _is_alone(word, folded, cursor.next_end):
        return word and Reading(cursor.next_end, word.value)
    total, last_scale = 0, 10**19
    try:
        while True:
            before = cursor.copy()
            block = _read_below_million(cursor)
            if block is None:
                break
            if block == 0 and total:
                cursor = before
                break
            word, ordinal = _peek(cursor)
            # "un millionième" is a fraction, "deux millionième" an ordinal.
            if word is None or word.kind != "scale" or block == 0 or (ordinal and block == 1):
                if block >= last_scale:
                    cursor = before
                    break
                total += block
                return Reading(cursor.pos, total, 1 if last_scale > 10**18 else last_scale, words=cursor.words)
            if word.value >= last_scale:
                cursor = before
                break
            last_scale = word.value
            # "mille milliards", "cent mille milliards": the block before the scale may be large.
            total += _finish(cursor, block * word.value, ordinal=ordinal)
    except _Ordinal as end:
        return Reading(cursor.pos, total + end.value, ordinal=True, words=cursor.words)
    if cursor.words == 0:
        return None
    return Reading(cursor.pos, total, 1 if last_scale > 10**18 else last_scale, words=cursor.words)


def read_scale(folded: str, pos: int) -> tuple[int, int] | None:
    """Return the end and the value of a scale word (``mille``, ``millions`` …) joined to `pos`."""
    found = joined_word(folded, pos)
    word = numeral_lexicon().get(found[0]) if found else None
    if found is None or word is None or word.kind not in {"thousand", "scale"}:
        return None
    return found[1], word.value


def read_decimal_tail(folded: str, pos: int) -> tuple[int, str] | None:
    """Return the end and the digits of ``virgule cinq``, ``virgule zéro huit`` after `pos`; a scale stays outside."""
    found = joined_word(folded, pos)
    if found is None or found[0] not in {"virgule", "point"}:
        return None
    digits, end = "", found[1]
    while joined_word(folded, end):
        cursor = _Cursor(folded, end + 1)
        try:
            value = _read_below_1000(cursor)
        except _Ordinal:
            break
        if value is None:
            break
        digits += str(value)
        end = cursor.pos
    return (end, digits) if digits else None
