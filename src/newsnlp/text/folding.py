"""One plain, lower-case copy of a text that keeps every offset."""

from __future__ import annotations

# Each maps to one character, so that offsets stay: spaces of every width, apostrophes, hyphens, minus signs.
_PLAIN = str.maketrans(
    dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " ")
    | dict.fromkeys("’ʼ‘＇′", "'")
    | dict.fromkeys("‐‑‒−﹣－", "-")
    | {"″": '"', "＄": "$", "％": "%"}
)


def plain(text: str) -> str:
    """Return `text` with plain spaces, apostrophes and hyphens; same length, same case."""
    return text.translate(_PLAIN)


def fold(text: str) -> str:
    """Return `text` in lower case with plain spaces, apostrophes and hyphens; same length.

    Examples
    --------
    >>> fold("Jusqu’à 12\u202f000 Français")
    "jusqu'à 12 000 français"
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        # A few capitals, such as İ, have two lower-case characters: they stay as they are.
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.translate(_PLAIN)
