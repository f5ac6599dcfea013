"""Lines as the lexicons of page furniture compare them."""

from __future__ import annotations

import functools
import unicodedata

from newsnlp.text.typography import APOSTROPHES, HYPHENS, INVISIBLE, NO_BREAK_SPACES, plain

# Accents off (Latin letters up to ž), typography plain: one table, for each short line of a page passes through it.
_PLAIN = str.maketrans(
    {
        **{
            chr(code): unicodedata.normalize("NFD", chr(code))[0]
            for code in range(0xC0, 0x180)
            if unicodedata.decomposition(chr(code))
        },
        **dict.fromkeys(APOSTROPHES, "'"),
        **dict.fromkeys(NO_BREAK_SPACES, " "),
        **dict.fromkeys(HYPHENS, "-"),
        **dict.fromkeys(INVISIBLE, ""),
        **{chr(code): "" for code in range(0x300, 0x370)},
        "œ": "oe",
        "æ": "ae",
    }
)


# A line is looked at from several sides. Prose is not remembered: its length has no bound.
_REMEMBERED = 300


def fold(text: str) -> str:
    """Return a line as the lexicon compares it: small letters, no accents, plain typography, single blanks.

    Examples
    --------
    >>> fold("  À lire  aussi :")
    'a lire aussi :'
    """
    return _fold(text) if len(text) <= _REMEMBERED else _fold.__wrapped__(text)


@functools.lru_cache(maxsize=1024)
def _fold(text: str) -> str:
    text = text.casefold()
    return " ".join((text if text.isascii() else text.translate(_PLAIN)).split())


def plain_line(text: str) -> str:
    """Return a line as `plain` does, remembered."""
    return _plain_line(text) if len(text) <= _REMEMBERED else plain(text)


_plain_line = functools.lru_cache(maxsize=1024)(plain)
