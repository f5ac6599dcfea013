"""Split a French text into sentences by rules over its characters: fast, deterministic, before names are looked for.

A line break always ends a sentence, so no name ever crosses one.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsnlp.lexicons import load_csv, load_toml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spacy.tokens import Doc

# A sentence longer than this many characters (tables, lists, lost full stops) is cut where it can be. The longest
# sentence of WiNER-fr train has 896 characters, the 99.9th percentile is 532 (5,488 sentences; measured 2026-11-22).
MAX_SENTENCE_CHARS = 1500

# « 300 km/h », « 12 t ».
_AFTER_NUMBER = re.compile(r"(?:\d[ \u00a0\u202f]?|\w/)\Z")
_BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
# Where an over-long sentence is cut, best first; « 3,50 » and « 2 500 » stay whole: a cut inside a token would be none.
_SEPARATORS = tuple(re.compile(marks) for marks in (r"[;|•\t]", r"[,:](?=\s)", r"(?<!\d)\s|\s(?!\d)", r"\s"))
_OPENING = r"«\"“„‘'(\[–—•\-"
_CLOSING = r"»\"”’')\]"


@dataclass(frozen=True, slots=True)
class _Words:
    never_last: frozenset[str]
    sometimes_last: frozenset[str]
    openers: frozenset[str]
    credits: frozenset[str]
    web_endings: frozenset[str]
    units: frozenset[str]
    units_after_number: frozenset[str]


@functools.cache
def _words() -> _Words:
    tables = ("never_last", "sometimes_last", "openers", "credits", "web_endings", "units", "units_after_number")
    data = load_toml("language_sentences.toml", tables=tables)
    return _Words(*(frozenset(data[table]["words"]) for table in tables))


@functools.cache
def _numerals() -> frozenset[str]:
    rows = load_csv("figures_num_words.csv", columns=("surface", "value", "class", "note"))
    return frozenset(row["surface"] for row in rows)


@functools.cache
def _boundary() -> re.Pattern[str]:
    """Return the pattern of every place where a sentence may end; a match ends where the next sentence may begin."""
    agencies = f"(?:{'|'.join(sorted(_words().credits))})"
    return re.compile(
        # A line break, with the blanks around it.
        rf"(?P<line>[{_BREAKS}]\s*)"
        # One or more marks, the quotes and brackets that they close, then a blank. A run of marks is looked at once.
        rf"|(?<![.!?…])(?P<mark>[.!?…]++)(?P<close>(?:[{_CLOSING}]|[ \u00a0\u202f]?»)*)(?P<gap>[^\S{_BREAKS}]+)"
        r"(?=(?P<next>\S))"
        # A lost blank: « … en Irak.Le Pentagone … ».
        r"|(?<=[^\W\d_]{4})(?P<glued>\.)(?=[A-ZÀ-ÖØ-ÞŒ][^\W\d_]*[ '’])"
        # The credit of a picture, whose caption runs into the article: « … à Lagos. / AFP Au moins douze … ».
        rf"|(?:(?<=/)|(?<=/ )|(?<=[Pp]hoto )|(?<=©)|(?<=© ))(?P<credit>{agencies}\)?[^\S{_BREAKS}]+)(?=[A-ZÀ-ÖØ-ÞŒ])"
    )


@functools.cache
def _word_before() -> re.Pattern[str]:
    return re.compile(r"[\w.\-°]+\Z")


@functools.cache
def _word_after() -> re.Pattern[str]:
    return re.compile(rf"[{_OPENING}\s]*([^\W_]+)")


def sentence_starts(text: str) -> list[int]:
    """Return the offsets at which the sentences of a text begin, in order.

    Parameters
    ----------
    text : str
        Clean text: the lines are paragraphs.

    Notes
    -----
    A stop ends a sentence after a unit (``213 km. Côté afghan``), none after a title (``M. Macron``), an initial
    (``J. K. Rowling``), an abbreviation or a list number, nor before a small letter. Direct speech of several
    sentences is several sentences. A sentence of
    more than 1,500 characters is cut at a semicolon, bullet, comma or blank.

    Examples
    --------
    >>> text = "M. J. K. Petit est arrivé. « Quoi ? » a-t-il dit."
    >>> sentence_starts(text)
    [0, 27]
    """
    first = len(text) - len(text.lstrip())
    if first == len(text):
        return [0] if text else []
    starts = [first]
    line_start = first
    for match in _boundary().finditer(text, first):
        end = match.end()
        if match["line"] is not None:
            line_start = end
            if end < len(text):
                starts.append(end)
        elif match["mark"] is None:
            if _ends_glued(text, match):
                starts.append(end)
        elif _ends_sentence(text, match, line_start):
            starts.append(end)
    if len(text) > MAX_SENTENCE_CHARS:
        starts = list(_capped(text, starts))
    return starts


def _ends_glued(text: str, match: re.Match[str]) -> bool:
    """Tell whether a sentence ends at a stop without a blank, or at a credit without a stop."""
    word = _word_after().match(text, match.end())
    if match["credit"] is not None:
        return word is not None and (word[1] in _words().openers or word[1].lower() in _numerals())
    before = _word_before().search(text, max(0, match.start() - 40), match.start())
    is_web = word is not None and word[1].lower() in _words().web_endings
    return not is_web and before is not None and before[0][:1].isalpha() and before[0] not in _words().never_last


def _ends_sentence(text: str, match: re.Match[str], line_start: int) -> bool:
    """Tell whether the mark that `match` found ends a sentence."""
    following = match["next"]
    if following.islower():
        return False
    if following in "?!:;,.…»)]}%/":
        return False
    opened = _word_after().match(text, match.end())
    word = opened[1] if opened else ""
    if word[:1].islower() and following not in "-–—•":
        # « … ! » (il rit) : what is in brackets or quotes goes on in small letters.
        return False
    if match["mark"] != ".":
        return not (following in "-–—" and word[:1].islower())
    if following in "–—-" and word[:1].islower():
        return False
    if match["close"]:
        return True
    return _stop_ends(text, match.start(), line_start, word)


def _stop_ends(text: str, stop: int, line_start: int, word: str) -> bool:
    """Tell whether a single full stop at `stop` ends a sentence, `word` being the next one."""
    found = _word_before().search(text, max(0, line_start, stop - 40), stop)
    if found is None:
        return True
    before = found[0].lstrip(".-")
    lexicon = _words()
    last_piece = before.rsplit("-", 1)[-1]
    if before in lexicon.units or (
        before in lexicon.units_after_number and _AFTER_NUMBER.search(text, max(0, found.start() - 8), found.start())
    ):
        # « … sur 213 km. Côté afghan, … »
        return True
    if before in lexicon.never_last or last_piece in lexicon.never_last:
        return False
    opens = word in lexicon.openers
    if before in lexicon.sometimes_last:
        return opens
    if found.start() <= line_start and before.isdigit() and len(before) <= 2:  # noqa: PLR2004  # "1. Le premier"
        return False
    if len(last_piece) == 1 and last_piece.isupper():
        # J. K. Rowling; but « le groupe A. Les » ends.
        return opens
    if re.fullmatch(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}", before):
        # U.S.A., J.-P., Ph.D.
        return opens
    return True


def _capped(text: str, starts: list[int]) -> Iterator[int]:
    """Yield `starts`, with more of them where a sentence would be too long."""
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield start
        position = start
        while end - position > MAX_SENTENCE_CHARS:
            position = _cut(text, position, min(position + MAX_SENTENCE_CHARS, end))
            if position >= end:
                break
            yield position


def _cut(text: str, start: int, limit: int) -> int:
    """Return where to cut an over-long sentence: after the last good separator before `limit`."""
    low = start + MAX_SENTENCE_CHARS // 3
    for separator in _SEPARATORS:
        last = None
        for last in separator.finditer(text, low, limit):  # noqa: B007  # the last one is wanted
            pass
        if last is not None:
            position = last.end()
            while position < len(text) and text[position].isspace():
                position += 1
            return position
    return limit


class SentenceSplitter:
    """The pipeline component that sets ``token.is_sent_start`` by `sentence_starts`; it has nothing to train."""

    def __call__(self, doc: Doc) -> Doc:
        """Set the sentence starts of `doc` and return it."""
        if not len(doc):
            return doc
        # spaCy's integers for a start, for no start; a list of Python ints is what from_array takes fastest.
        import numpy as np
        from spacy.attrs import SENT_START

        offsets = [token.idx for token in doc]
        flags = np.full(len(offsets), -1, dtype=np.int64)
        flags[0] = 1
        for start in sentence_starts(doc.text):
            index = bisect_right(offsets, start) - 1
            if index > 0 and offsets[index] == start:
                flags[index] = 1
        doc.from_array([SENT_START], flags.astype(np.uint64))
        return doc

    def to_bytes(self, **_: object) -> bytes:
        """Return nothing: the rules are the package's."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> SentenceSplitter:
        """Return the component unchanged."""
        return self

    def to_disk(self, path: Path | str, **_: object) -> None:
        """Write nothing."""

    def from_disk(self, _path: Path | str, **_: object) -> SentenceSplitter:
        """Return the component unchanged."""
        return self
