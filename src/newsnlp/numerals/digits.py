"""Numbers written in digits: separators, decimals, multipliers, signs of nonsense."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from newsnlp.lexicons.currencies import money_pattern
from newsnlp.numerals.forms import Form, NumberSpan, tidy

if TYPE_CHECKING:
    from newsnlp.records import Number

_MAX_DIGITS = 18


@functools.cache
def _pattern(*, in_row: bool = False) -> re.Pattern[str]:
    # Longest first. Spaces are plain already. A dot before exactly three digits is a thousands separator, unless the
    # number begins with 0 (0.125); a comma is decimal, unless two groups follow or the group is 000 (English copy).
    # In a row of numbers, a group that begins with 0 goes on with the number before: 120 000 350 240 000.
    group = "0[0-9]{2}" if in_row else "[0-9]{3}"
    return re.compile(
        rf"(?P<spaced>[1-9][0-9]{{0,2}}(?:[ ]{group}){{1,5}}(?![0-9]))(?:,(?P<spaced_decimals>[0-9]+)(?!,?[0-9]))?"
        r"""
        |(?P<dotted>[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?![0-9]))(?:,(?P<dotted_decimals>[0-9]+))?(?![.][0-9])
        |(?P<quoted>[1-9][0-9]{0,2}(?:'[0-9]{3})+(?![0-9]))(?:[.,](?P<quoted_decimals>[0-9]+))?
        |(?P<commas>[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){2,}|,000)(?![0-9]))(?:\.(?P<commas_decimals>[0-9]+))?
        |(?P<plain>[0-9]+)(?:[.,](?P<decimals>[0-9]+)(?![0-9]|[.,][0-9]))?
        """,
        re.VERBOSE,
    )


# After the digits: k, M, Md … as multipliers. Case matters, so this reads the text itself.


@functools.cache
def _multiplier() -> re.Pattern[str]:
    money = rf"(?=[ ]?{money_pattern()})"
    return re.compile(
        rf"(?:[ ]?(?P<billion>M(?:ds?|rds?)\.?{money}|(?:Mds?|Mrds?|mds?|mrds?|bn)(?![^\W_])|G(?=[ ]?[€$]))"
        rf"|[ ]?(?P<million>MM?{money}|M(?= d['’e])|[Mm]io\.?{money}|[Mm]io(?![^\W_]))"
        rf"|(?P<glued>M)(?![^\W_])|[ ]?(?P<thousand>[kK]{money}|Kk(?=EUR))|(?P<kilo>[kK])(?![^\W_]))"
    )


_SCALES = {"billion": 10**9, "million": 10**6, "glued": 10**6, "thousand": 1000, "kilo": 1000}
_EXPONENT = re.compile(r"(?:e|\^)[+-]?[0-9]+(?![^\W_])")
_LEADING_MARK = re.compile(r"(?<![0-9\w])[.,](?=[0-9])")


# More groups of three than 18 digits have: with spaces a row of a table, whose numbers are read one by one; with
# marks nothing that is read at all.
_ROW = re.compile(r"[1-9][0-9]{0,2}(?:[ ][0-9]{3}){6,}(?![0-9])")
_TOO_LONG = re.compile(r"[0-9]{1,3}(?P<mark>[.,'])[0-9]{3}(?:(?P=mark)[0-9]{3}){6}")


def row_end(folded: str, start: int) -> int:
    """Return where a row of numbers of three digits ends that begins at `start`, or `start` where none does.

    Examples
    --------
    >>> row_end("310 420 530 640 750 860 970", 0), row_end("310 420 530", 0)
    (27, 0)
    """
    row = _ROW.match(folded, start)
    return row.end() if row else start


def read_digits(text: str, folded: str, start: int, *, in_row: bool = False, glued: bool = False) -> NumberSpan | None:
    """Return the number whose digits begin at `start`, or None where they are no number.

    Parameters
    ----------
    text, folded : str
        The text with plain spaces (`folding.plain`), and its folded copy.
    start : int
        Offset of the first digit.
    in_row : bool
        Spaces stand between numbers here: see `row_end`.
    glued : bool
        The letters right before are known: ``EUR29,99``.

    Notes
    -----
    A number of more than 18 digits, a version (``1.2.3.4``) and a number glued to a word before it are left out.
    """
    match = _pattern(in_row=in_row).match(folded, start)
    if match is None or (start and not glued and folded[start - 1].isalnum()) or _TOO_LONG.match(folded, start):
        return None
    style = str(match.lastgroup).removesuffix("_decimals")
    style = "plain" if style == "decimals" else style
    whole = match.group(style)
    decimals = match.group("decimals" if style == "plain" else f"{style}_decimals")
    digits = re.sub(r"[ .',]", "", whole)
    end = match.end()
    if len(digits) > _MAX_DIGITS or (decimals and len(decimals) > _MAX_DIGITS):
        return None
    # ".08" and ",5": the mark stands before the first digit.
    if style == "plain" and decimals is None and start and _LEADING_MARK.match(folded, start - 1):
        decimals, digits, start = digits, "0", start - 1
    value: Number = float(f"{digits}.{decimals}") if decimals else int(digits)
    exponent = _EXPONENT.match(folded, end)
    if exponent:
        value_or_none = _power(value, exponent.group())
        if value_or_none is None:
            return None
        value, end = value_or_none, exponent.end()
    scale = 1
    multiplier = None if exponent else _multiplier().match(text, end)
    if multiplier:
        scale = _SCALES[str(multiplier.lastgroup)]
        end = multiplier.end()
    tidied = tidy(value * scale)
    if tidied is None:
        return None
    return NumberSpan(
        start=start,
        end=end,
        text=text[start:end],
        value=tidied,
        form=Form.MIXED if scale > 1 else Form.DIGITS,
        scale=scale,
        grouped=style != "plain",
        decimal=decimals is not None,
    )


def _power(value: Number, exponent: str) -> Number | None:
    if len(exponent) > _MAX_DIGITS:
        return None
    power = int(exponent.lstrip("e^+"))
    try:
        result = value * 10.0**power if exponent[0] == "e" else float(value) ** power
    except (OverflowError, ZeroDivisionError):
        return None
    return tidy(result)
