"""Lines broken at a width (mail, PDF, archives): joined inside paragraphs, hyphens healed, with a map back.

Two things tell that a text was broken at a width. Of breaks within a sentence, nearly all come where the next word
would not have fitted in the longest such line; or many lines end with a word that no line of a list or verse ends with.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.lexicons import load_csv, pattern, word_set
from newsnlp.text.offsets import Mended, rewritten

if TYPE_CHECKING:
    from collections.abc import Sequence

# Text is broken at 72 to 80 columns in mail, at 40 to 100 in PDF; a paragraph is longer.
_MAX_WIDTH = 110
_MIN_WIDTH = 25
# Share of the breaks within sentences that a width or the last word explains: filled text has 1, verses below 0.6.
_MIN_FILLED = 0.85
_MIN_BREAKS = 2
# Of lines broken by hand so many end with an article or a preposition.
_MIN_OPENED = 0.25
# So many lines may be longer than the width: addresses, rights, lists of words.
_MAX_LONGER = 0.25
# Lines broken by hand are as long as this at least, as a share of the longest.
_MIN_FULL = 0.6
# A line that is longer than the others by so much was not broken with them.
_SLACK = 1.15

_LINE = re.compile(
    r"(?P<lead>[ \t>|]*)(?P<words>[^\n\r\x0b\x0c\x85\u2028\u2029]*)(?P<break>\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]|\Z)"
)
_OPEN_END = pattern(r"(?:(?:^|[\s(«])(?:<reading_wrapping.open_words>)|[('’«,])\s*\Z")
_STOP = re.compile(r"[.!?…:;][\s»\"”’')\]]*\Z")
_GOES_ON = re.compile(r"[^\W\d_A-ZÀ-ÖØ-ÞŒ]|[»;:!?%€),.]")
_MARKED = re.compile(
    r"(?:[-–—•*·■►+]|\d{1,2}[.)/°]|\(?\w{1,2}\)|\d{1,2} ?[-–])\s|[#|@]|\d{1,2} ?[h:] ?\d\d\b|[\w-]{2,14} ?: "
)
_TABLE = re.compile(r"\t|\s\|\s|\S {3,}\S")
_HYPHEN = re.compile(r"(?P<left>[^\W\d_]+)(?P<mark>[-‐\u00ad])\Z")
_SOFT = "\u00ad"
_MIN_WORD = 5
_MAX_WORD = 60
_SMALL_WORD = re.compile(r"[a-zà-öø-ÿœ]+")
_BROKEN = re.compile(r"[^\W\d_]{1,60}[-‐\u00ad]\s*\n[\s>|]*[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PAGE_NUMBER = re.compile(r"[-–— ]*(?:[Pp](?:age|\.) ?)?(\d{1,4})(?: ?(?:/|sur) ?\d{1,4})?[-–— ]*")


@dataclass(slots=True)
class _Row:
    """A line: what leads it, where its words are, and how far they reach on the page."""

    words_start: int
    end: int
    words: str
    blank_before: bool
    quote: int
    indent: int

    @property
    def length(self) -> int:
        return self.indent + len(self.words)


def unwrap(text: str, *, laid_out: bool = False) -> Mended | None:
    r"""Return a text with its paragraphs in one line each, None where its lines are not broken at a width.

    Parameters
    ----------
    text : str
    laid_out : bool
        It is known that every line is as the page has it, as in a PDF: one break within a sentence is enough.

    Notes
    -----
    Lists, headlines, captions, verses and tables stay as they are. A hyphen at the end of a line stays where a capital
    or another part of a compound follows (``Saint-`` ``Brélan``, ``est-`` ``il``), and where the text has the compound
    elsewhere. Quoted mail (``> ``) loses its marks. Linear in the length of the text.

    Examples
    --------
    >>> unwrap(
    ...     "Au moins dix-sept soldats ont été tués jeudi dans l'attaque d'un\n"
    ...     "camp militaire près de Ménaka, dans le nord-est du Mali, a dit le\n"
    ...     "ministère de la Défense."
    ... ).text.count("\n")
    0
    >>> unwrap("Accueil\nMonde\nDeux soldats blessés en Irak") is None
    True
    """
    # Cheap tests first: most texts have a paragraph a line.
    breaks = text.count("\n") or text.count("\r") or text.count("\u2028")
    if not breaks or (breaks + 1) * _MAX_WIDTH < len(text):
        return None
    if sum(len(line) > _MAX_WIDTH for line in text.splitlines()) > _MAX_LONGER * (breaks + 1):
        return None
    rows, marks = _rows(text)
    if len(rows) < 2:  # noqa: PLR2004
        return None
    breaks_at_hyphens = any(row.words[-1] in "-‐" for row in rows)
    width = _width(rows, hyphens=breaks_at_hyphens, laid_out=laid_out)
    if width is None:
        return rewritten(text, marks) if all(row.quote for row in rows) else None
    rows, numbers = _without_page_numbers(rows)
    joints: list[tuple[int, int, str]] = []
    hyphens = _Hyphens(text, rows) if breaks_at_hyphens or _SOFT in text else None
    for row, after in pairwise(rows):
        if not _joins(row, after, width, hyphens=breaks_at_hyphens):
            continue
        hyphen = _hyphen(row) if hyphens is not None else None
        if hyphens is None or hyphen is None:
            joints.append((row.end, after.words_start, " "))
        else:
            joints.append((row.end - (not hyphens.keeps(hyphen, after.words)), after.words_start, ""))
    # Marks of mail and numbers of pages within a joint go with it.
    edits = sorted(joints)
    starts = [start for start, _, _ in joints]
    for mark in [*marks, *numbers]:
        at = bisect_right(starts, mark[0]) - 1
        if at < 0 or joints[at][1] < mark[1]:
            edits.append(mark)
    edits.sort()
    return rewritten(text, edits) if edits else None


def _rows(text: str) -> tuple[list[_Row], list[tuple[int, int, str]]]:
    """Return the lines that have words, and what removes the marks of quoted mail from all lines."""
    rows: list[_Row] = []
    marks: list[tuple[int, int, str]] = []
    blank = False
    for match in _LINE.finditer(text):
        words = match["words"].rstrip()
        if ">" in match["lead"]:
            marks.append((*match.span("lead"), ""))
        if not words:
            blank = True
            continue
        lead = match["lead"]
        quote = lead.count(">")
        start = match.start("words")
        indent = len(lead.rpartition(">")[2].expandtabs())
        rows.append(_Row(start, start + len(words), words, blank, quote, indent))
        blank = False
    # A text whose every second line is blank is broken as one without blank lines.
    if len(rows) > _MIN_BREAKS and all(row.blank_before for row in rows[1:]):
        for row in rows:
            row.blank_before = False
    least: dict[int, int] = {}
    for row in rows:
        least[row.quote] = min(row.indent, least.get(row.quote, row.indent))
    for row in rows:
        row.indent -= least[row.quote]
    return rows, marks


def _without_page_numbers(rows: list[_Row]) -> tuple[list[_Row], list[tuple[int, int, str]]]:
    """Return the lines that are no numbers of pages, and what removes these: they count up, or part a sentence."""
    numbered = [(at, int(found[1])) for at, row in enumerate(rows) if (found := _PAGE_NUMBER.fullmatch(row.words))]
    known = {number for _, number in numbered}
    dropped = set()
    for at, number in numbered:
        parts = (
            0 < at < len(rows) - 1 and _STOP.search(rows[at - 1].words) is None and _GOES_ON.match(rows[at + 1].words)
        )
        if parts or number + 1 in known or number - 1 in known:
            dropped.add(at)
    kept = [row for at, row in enumerate(rows) if at not in dropped]
    for at, (row, after) in enumerate(pairwise(rows)):
        if at in dropped:
            after.blank_before = after.blank_before and row.blank_before
    return kept, [(rows[at].words_start, rows[at].end, "") for at in sorted(dropped)]


def _width(rows: Sequence[_Row], *, hyphens: bool, laid_out: bool) -> int | None:
    """Return the width at which lines are broken, None if they are not."""
    within = [(row, after) for row, after in pairwise(rows) if _is_within(row, after)]
    if not within:
        return None
    lengths = sorted(row.length for row, _ in within)
    # One line that was forgotten makes no width.
    width = lengths[-1 - len(lengths) // 10]
    if laid_out or not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return width if laid_out else None
    if sum(row.length > width for row in rows) > _MAX_LONGER * len(rows):
        return None
    opened = [_is_open(row) for row, _ in within]
    if len(within) < _MIN_BREAKS:
        return width if opened[0] else None
    filled = [_is_filled(row, after, width, hyphens=hyphens) for row, after in within]
    explained = sum(map(max, opened, filled))
    is_broken = explained >= _MIN_FILLED * len(within) or _MIN_BREAKS <= sum(opened) >= _MIN_OPENED * len(within)
    return width if is_broken else None


def _is_open(row: _Row) -> bool:
    """Tell whether a line ends with a word, or a part of one, that goes on below."""
    return _OPEN_END.search(row.words) is not None or _hyphen(row) is not None


def _is_within(row: _Row, after: _Row) -> bool:
    """Tell whether a break is surely within a sentence."""
    return (
        not after.blank_before
        and row.quote == after.quote
        and row.length <= _MAX_WIDTH
        and (_GOES_ON.match(after.words) is not None or _is_open(row))
        and _STOP.search(row.words) is None
        and _MARKED.match(after.words) is None
        and _TABLE.search(row.words) is None
    )


def _is_filled(row: _Row, after: _Row, width: int, *, hyphens: bool) -> bool:
    """Tell whether the next word would not have fitted."""
    word = after.words.split(None, 1)[0]
    if hyphens and "-" in word[1:-1]:
        # Who breaks at hyphens would have broken there.
        word = word[: word.index("-", 1) + 1]
    is_glued = row.words[-1] == "-"
    return row.length + len(word) + (not is_glued) > width


def _joins(row: _Row, after: _Row, width: int, *, hyphens: bool) -> bool:
    if after.blank_before or row.quote != after.quote or row.length > _SLACK * width or after.indent > row.indent + 1:
        return False
    if _TABLE.search(row.words) is not None or _TABLE.search(after.words) is not None:
        return False
    goes_on = _GOES_ON.match(after.words) is not None
    is_open = _is_open(row)
    if _MARKED.match(after.words) is not None:
        return _STOP.search(row.words) is None and (
            _is_filled(row, after, width, hyphens=hyphens) or (is_open and after.words[0].isdigit())
        )
    if is_open or _is_filled(row, after, width, hyphens=hyphens):
        return True
    return goes_on and _STOP.search(row.words) is None and row.length >= _MIN_FULL * width


def _hyphen(row: _Row) -> re.Match[str] | None:
    return _HYPHEN.search(row.words[-_MAX_WORD:]) if row.words[-1] in "-‐\u00ad" else None


@functools.cache
def _dictionary() -> frozenset[str]:
    """Return the common words that the lexicons hold: four of five longer words of news are among them."""
    columns = {"entities_common_words.csv": ("surface", "origin"), "topics_word_classes.csv": ("surface", "class")}
    return frozenset(row["surface"] for name, named in columns.items() for row in load_csv(name, columns=named))


class _Hyphens:
    """Whether a hyphen at the end of a line is part of the word: from the text, the lexicons, and its other hyphens."""

    def __init__(self, text: str, rows: Sequence[_Row]) -> None:
        self._words = {word.lower() for word in _WORD.findall(_BROKEN.sub(" ", text))}
        known = unknown = 0
        for row, after in pairwise(rows):
            left, right = _hyphen(row), _SMALL_WORD.match(after.words)
            if left is not None and right is not None:
                sure = self._sure(left, right[0])
                known += sure is True
                unknown += sure is not True
        self._are_syllables = unknown > known

    def keeps(self, hyphen: re.Match[str], following: str) -> bool:
        right = _SMALL_WORD.match(following)
        if hyphen["mark"] == _SOFT:
            return False
        # « Aire-sur-l'Adour », « Rostov-sur-le-Don ».
        if right is None or following[right.end() : right.end() + 1] in ("'", "’", "-"):
            return True
        sure = self._sure(hyphen, right[0])
        return not self._are_syllables if sure is None else sure

    def _sure(self, hyphen: re.Match[str], right: str) -> bool | None:
        left = hyphen["left"].lower()
        if f"{left}-{right}" in self._words:
            return True
        if f"{left}{right}" in self._words or f"{left}{right}" in _dictionary():
            return False
        if left in word_set("reading_wrapping.prefixes") and self._is_word(right):
            return True
        # « Rostov-sur-le-Don », « années-lumière ».
        if hyphen.string[: hyphen.start()].endswith("-") or (self._is_word(left) and self._is_word(right)):
            return True
        if left in word_set("reading_wrapping.compound_firsts") or right in word_set("reading_wrapping.compound_lasts"):
            return True
        return True if left[-1] in "dtsz" and right in word_set("reading_wrapping.inverted") else None

    def _is_word(self, part: str) -> bool:
        return len(part) >= _MIN_WORD and (part in self._words or part in _dictionary())
