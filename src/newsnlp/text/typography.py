"""One plain typography for the model, with a map back: apostrophes, blanks, hyphens, ligatures, accents (NFC)."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.text.folding import APOSTROPHES, HYPHENS, INVISIBLE, NO_BREAK_SPACES
from newsnlp.text.offsets import OffsetMap

if TYPE_CHECKING:
    from collections.abc import Iterable

LINE_BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}

# Characters that are replaced one for one.
_SINGLE = {
    **dict.fromkeys(APOSTROPHES, "'"),
    **dict.fromkeys(NO_BREAK_SPACES + "\t", " "),
    **dict.fromkeys(HYPHENS, "-"),
    **dict.fromkeys(LINE_BREAKS.replace("\n", ""), "\n"),
    # Control characters are blanks: they come from broken conversions.
    **{chr(code): " " for code in [*range(9), *range(14, 28), 31, *range(127, 133), *range(134, 160)]},
}
# Accents typed for apostrophes, as in « l´homme ».
_ACCENT_FOR_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[`´](?=[^\W\d_])")
_BLANK_CHARS = " " + "".join(char for char, plain_char in _SINGLE.items() if plain_char == " ")
_BLANKS = re.escape(_BLANK_CHARS)
_NO_BASE = LINE_BREAKS + _BLANK_CHARS
_HANGUL_TAILS = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def plain(text: str) -> str:
    """Return a short string in the plain typography of `normalise`, without a map.

    Examples
    --------
    >>> plain("l’Île-d’Yeu")
    "l'Île-d'Yeu"
    """
    return normalise(text, [(0, len(text))])[0]


def normalise(raw: str, kept: Iterable[tuple[int, int]]) -> tuple[str, OffsetMap]:
    """Return the kept spans of `raw` in plain typography, one after the other, and the map back.

    Parameters
    ----------
    raw : str
    kept : iterable of (int, int)
        Spans in order, not overlapping. Where a span neither ends nor begins the next line, a line break is put
        between it and the next one, which stands for nothing in `raw`.

    Notes
    -----
    The result is in NFC and has no invisible characters, runs of blanks or line breaks other than a newline.
    Time is linear; characters are looked at one by one only where something must change.
    """
    alphabet = set(raw)
    special = _changing(alphabet)
    pieces: list[str] = []
    offsets = OffsetMap()
    for start, end in kept:
        if pieces and not pieces[-1].endswith(tuple(LINE_BREAKS)):
            pieces.append("\n")
            offsets.add(start, start, 1)
        _take(raw, (start, end), special, pieces, offsets)
    text = "".join(pieces)
    for char in alphabet & _SINGLE.keys():
        text = text.replace(char, _SINGLE[char])
    if "`" in text or "´" in text:
        text = _ACCENT_FOR_APOSTROPHE.sub("'", text)
    return _SURROGATES.sub("\ufffd", text), offsets


def _changing(alphabet: set[str]) -> re.Pattern[str]:
    """Return the pattern of all that changes length, made of the characters that the text holds."""
    others = [char for char in alphabet if char > "\x7f"]
    joining = [char for char in others if char in INVISIBLE or _joins(char)]
    alone = [char for char in others if char not in _SINGLE and (char in LIGATURES or _changes_alone(char))]
    # Blanks with something invisible between them are one blank, too.
    parts = [rf"[{_BLANKS}](?:[{INVISIBLE}]*[{_BLANKS}])+"]
    if "\r" in alphabet:
        parts.append("\r\n")
    if joining or alone:
        parts.append("[" + re.escape("".join(joining + alone)) + "]+")
    return re.compile("|".join(parts))


def _joins(char: str) -> bool:
    """Tell whether a character may melt into the one before it."""
    return char > "\u02ff" and (unicodedata.category(char)[0] == "M" or _HANGUL_TAILS.match(char) is not None)


def _changes_alone(char: str) -> bool:
    return unicodedata.normalize("NFC", char) != char


def _take(raw: str, span: tuple[int, int], special: re.Pattern[str], pieces: list[str], offsets: OffsetMap) -> None:
    """Add one kept span to `pieces` and `offsets`."""
    done, end = span
    for match in special.finditer(raw, *span):
        first, last = match.span()
        found = match[0]
        if found[0] == "\r" or found[0] in _BLANK_CHARS:
            replacement = "\n" if found[0] == "\r" else " "
        elif not (shown := found.rstrip(INVISIBLE)):
            replacement = ""
        else:
            # What is not shown after the last letter belongs to no name. An accent belongs to the letter before it.
            last = first + len(shown)
            if not _joins(shown.lstrip(INVISIBLE)[0]):
                first = last - len(shown.lstrip(INVISIBLE))
            elif first > done and raw[first - 1] not in _NO_BASE:
                first -= 1
            replacement = _melted(raw[first:last])
            if replacement == raw[first:last]:
                continue
        if (before := min(first, match.start())) > done:
            pieces.append(raw[done:before])
            offsets.add(done, before, before - done)
        if replacement:
            pieces.append(replacement)
            offsets.add(first, last, len(replacement))
        done = match.end()
    if end > done:
        pieces.append(raw[done:end])
        offsets.add(done, end, end - done)


# Unicode's stream-safe format allows thirty marks a letter.
_LONGEST_CLUSTER = 100
_DROP_AND_OPEN = str.maketrans({**dict.fromkeys(INVISIBLE, ""), **LIGATURES})


def _melted(cluster: str) -> str:
    shown = cluster.translate(_DROP_AND_OPEN)
    if len(shown) <= _LONGEST_CLUSTER:
        return unicodedata.normalize("NFC", shown)
    # Python sorts the marks of one letter by exchanging neighbours, which takes the square of their number.
    starts = [*range(0, len(shown), _LONGEST_CLUSTER), len(shown)]
    return "".join(unicodedata.normalize("NFC", shown[start:end]) for start, end in pairwise(starts))
