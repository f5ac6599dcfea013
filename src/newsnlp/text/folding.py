"""How texts are made comparable: one case, plain signs; accents kept with every offset, or taken off."""

from __future__ import annotations

import re
import unicodedata

APOSTROPHES = "’‘‛ʼʻ′＇"
NO_BREAK_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
HYPHENS = "‐‑⁃−﹣－"
# Not shown and no part of a word: soft hyphen, zero-width characters, marks of direction, byte order mark.
INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
# Each maps to one character, so that offsets stay.
_PLAIN = str.maketrans(
    dict.fromkeys(NO_BREAK_SPACES, " ")
    | dict.fromkeys(APOSTROPHES, "'")
    | dict.fromkeys(HYPHENS + "‒", "-")
    | {"″": '"', "＄": "$", "％": "%"}
)
_SIGN = re.compile(f"[{re.escape(''.join(map(chr, _PLAIN)))}]")


class _Bare(dict[int, str]):
    """Each small letter as it is without its accents, worked out when first met."""

    def __missing__(self, code: int) -> str:
        """Keep what decomposes into nothing, and what Unicode does not decompose as it is."""
        letters = unicodedata.normalize("NFD", chr(code))
        self[code] = bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
        return bare


_BARE = _Bare(
    _PLAIN
    | dict.fromkeys(map(ord, INVISIBLE), "")
    | str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
)


def plain(text: str) -> str:
    """Return `text` with plain spaces, apostrophes and hyphens; same length, same case."""
    if not text.isascii() and _SIGN.search(text):
        # A few signs are replaced one after the other faster than all characters are looked up.
        for sign, plain_sign in _PLAIN.items():
            text = text.replace(chr(sign), plain_sign)
    return text


def _bare(text: str) -> str:
    """Return a text without accents: a few letters are replaced one after the other faster than all are looked up."""
    bare = text
    for char in set(text):
        if char > "\x7f":
            letters = _BARE[ord(char)]
            if letters == char:
                continue
            if not letters.isascii():
                return text.translate(_BARE)
            bare = bare.replace(char, letters)
    return bare


def fold(text: str, *, accents: bool = True) -> str:
    """Return `text` in lower case with plain spaces, apostrophes and hyphens.

    Parameters
    ----------
    text : str
    accents : bool
        True keeps accents and the length, so that offsets stay. False takes accents off, opens ligatures and drops what
        is not shown.

    Examples
    --------
    >>> fold("Jusqu’à 12\u202f000 Français")
    "jusqu'à 12 000 français"
    >>> fold("Manœuvre à l‘Élysée", accents=False)
    "manoeuvre a l'elysee"
    """
    if text.isascii():
        return text.lower()
    if not accents:
        return _bare(text.casefold())
    lowered = text.lower()
    if len(lowered) != len(text):
        # A few capitals, such as İ, have two lower-case characters: they stay as they are.
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return plain(lowered)
