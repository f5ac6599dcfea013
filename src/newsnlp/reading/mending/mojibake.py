"""Text that was decoded wrongly before it came to us (``lycÃ©ens``): mended where it is sure, with a map back."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.text.offsets import Mended, rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator

# What holds none of these was not decoded wrongly from UTF-8; single characters are looked for fastest.
_SIGNS = frozenset("ÃÂ√ð‚")
# Decoded wrongly three times: seen once; more was never.
_MAX_PASSES = 3
# The first bytes in UTF-8 of the letters of French and its neighbours, accents that stand alone, marks, emoji.
_LEADS = (0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xCB, 0xCC, 0xE2, 0xEF, 0xF0)
_ACCEPTED = re.compile(
    "[\x80-\u017f\u0192\u02c6\u02dc\u0300-\u0327\u2000-\u2bff\ufb00-\ufb04\ufeff\ufffd\U0001f000-\U0001faff]"
)
# One-byte encodings taken for each other: what the text is in, what it was read as.
_SWAPPED = (
    ("mac-roman", "cp1252"),
    ("cp1252", "mac-roman"),
    ("cp850", "cp1252"),
    ("cp1252", "cp850"),
    ("mac-roman", "latin-1"),
    ("cp850", "latin-1"),
)
_MIN_SWAPPED = 2


class _Table(NamedTuple):
    """How the bytes of UTF-8 look in another encoding."""

    bytes_of: dict[str, int]
    pattern: re.Pattern[str]
    name: str


@functools.cache
def _tables() -> tuple[_Table, ...]:
    tables = []
    for encoding, name in (("cp1252", "Windows-1252"), ("mac-roman", "Mac Roman")):
        # Windows-1252 leaves five bytes empty; Latin-1 has control characters in the place of its marks.
        bytes_of = {chr(code): code for code in range(0x80, 0xA0)} if encoding == "cp1252" else {}
        for code in range(0x80, 0x100):
            if (char := bytes([code]).decode(encoding, "replace")) != "\ufffd":
                bytes_of[char] = code
        more = "[" + "".join(re.escape(char) for char, code in bytes_of.items() if code < 0xC0) + "]"  # noqa: PLR2004
        lead = {code: char for char, code in bytes_of.items() if code in _LEADS}
        two = "[" + "".join(lead[code] for code in _LEADS if code < 0xE0) + "]"  # noqa: PLR2004
        parts = [f"{two}{more}", f"[{lead[0xE2]}{lead[0xEF]}]{more}{more}", f"{lead[0xF0]}{more}{more}{more}"]
        if encoding == "cp1252":
            # The no-break space of « à » made plain, or lost; a closing quote whose last byte Windows-1252 has not.
            parts += ["(?P<weak>Ã(?: (?![^\\W_ÂÃ]|[«(]))?(?![^\\W_])|Â )", "(?P<quote>â€\ufffd?)"]
        tables.append(_Table(bytes_of, re.compile("|".join(parts)), name))
    return tuple(tables)


def mend_mojibake(text: str) -> Mended | None:
    """Return a text whose letters were decoded wrongly with the right ones, None where nothing is surely wrong.

    Parameters
    ----------
    text : str

    Notes
    -----
    UTF-8 read as Windows-1252, Latin-1 or Mac Roman, up to three times, in the whole text or a part; Mac Roman, DOS and
    Windows-1252 taken for each other in a whole text. Sure is what no language writes: ``Ã©``, ``â€™``, a capital or a
    mark for every *é* inside words. ``Ã`` and ``Â`` before a blank, or after a capital (``IRMÃ»``), are mended only
    beside such.

    Examples
    --------
    >>> mend_mojibake("Trois lycÃ©ens Ã  Lyon").text
    'Trois lycéens à Lyon'
    >>> mend_mojibake("João Félix et São Paulo, l'IRMÃ et l'Âge") is None
    True
    """
    if text.isascii():
        return None
    offsets = None
    places, name = 0, ""
    first = ""
    for _ in range(_MAX_PASSES):
        if not _may_be_wrong(text):
            break
        edits, encoding = max(
            ((_edits(text, table), table.name) for table in _tables()), key=lambda found: len(found[0])
        )
        if not edits:
            break
        first = first or text[edits[0][0] : edits[0][1]]
        places, name = max(places, len(edits)), name or encoding
        text, step, _ = rewritten(text, edits)
        offsets = step if offsets is None else step.after(offsets)
    if offsets is not None:
        return Mended(text, offsets, f"UTF-8 had been decoded as {name}: {places:,} places mended ({first!r} …)")
    return _swapped(text) if "é" not in text else None


def _may_be_wrong(text: str) -> bool:
    if ("â" in text and ("â€" in text or "â\x80" in text)) or text.startswith("ï»"):
        return True
    return any(map(text.__contains__, _SIGNS))


def _edits(text: str, table: _Table) -> list[tuple[int, int, str]]:
    """Return what to mend; nothing if all that is found may be meant as it stands."""
    found = list(_candidates(text, table))
    return [edit for edit, _ in found] if any(is_sure for _, is_sure in found) else []


def _candidates(text: str, table: _Table) -> Iterator[tuple[tuple[int, int, str], bool]]:
    for match in table.pattern.finditer(text):
        start, end = match.span()
        kind = match.lastgroup
        if kind is not None:
            right = "”" if kind == "quote" else "à" if match[0][0] == "Ã" else " "
            yield (start, end, right), kind == "quote"
            continue
        try:
            right = bytes(table.bytes_of[char] for char in match[0]).decode("utf-8")
        except UnicodeDecodeError:
            continue
        if _ACCEPTED.fullmatch(right):
            is_capital = start > 0 and text[start - 1].isupper() and end - start == 2  # noqa: PLR2004
            yield (start, end, right), not is_capital


@functools.cache
def _swaps() -> tuple[tuple[re.Pattern[str], dict[int, str], str], ...]:
    """Return, for each pair of encodings, what a wrong *é* inside words looks like, and the way back."""
    swaps = []
    for right, wrong in _SWAPPED:
        back = {}
        for code in range(0x80, 0x100):
            seen = bytes([code]).decode(wrong, "replace")
            back[ord(seen) if seen != "\ufffd" else code] = bytes([code]).decode(right, "replace")
        wrong_e = "é".encode(right).decode(wrong)
        swaps.append(
            (
                re.compile(rf"(?<=[a-z]){re.escape(wrong_e)}(?=[a-z]|\b|\W)"),
                back,
                f"{right} had been decoded as {wrong}",
            )
        )
    return tuple(swaps)


def _swapped(text: str) -> Mended | None:
    for pattern, back, what in _swaps():
        places = len(pattern.findall(text))
        if places >= _MIN_SWAPPED:
            return rewritten(text, [(0, len(text), text.translate(back))], f"{what}: the whole text mended")
    return None
