"""Numbers into French words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from newsnlp.errors import NumeralError
from newsnlp.safety.values import choice

if TYPE_CHECKING:
    from newsnlp.records import Number

_SMALL = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}
_LOCAL_TENS = {
    "fr": {},
    "be": {7: "septante", 9: "nonante"},
    "ch": {7: "septante", 8: "huitante", 9: "nonante"},
}
_SCALES = ((10**15, "billiard"), (10**12, "billion"), (10**9, "milliard"), (10**6, "million"))
_LIMIT = 10**18
_SPELLINGS = ("1990", "traditional")


def spell_numeral(n: Number, *, variety: str = "fr", spelling: str = "traditional") -> str:
    """Return a number in French words.

    Parameters
    ----------
    n : int or float
        Below 10¹⁸ in size. A float is spelled with ``virgule``.
    variety : {"fr", "be", "ch"}
        Belgian has ``septante`` and ``nonante``, Swiss ``huitante`` too.
    spelling : {"traditional", "1990"}
        The spelling of 1990 joins all words with hyphens.

    Raises
    ------
    NumeralError
        If `n` is no finite number below 10¹⁸.
    OptionError
        If the variety or the spelling is not known.

    Examples
    --------
    >>> spell_numeral(2500)
    'deux mille cinq cents'
    >>> spell_numeral(1_200_071, spelling="1990")
    'un-million-deux-cent-mille-soixante-et-onze'
    >>> spell_numeral(96, variety="be"), spell_numeral(-2.5)
    ('nonante-six', 'moins deux virgule cinq')
    """
    choice("variety", variety, _LOCAL_TENS)
    choice("spelling", spelling, _SPELLINGS)
    # A NaN is below nothing; a whole number of thousands of digits cannot even be shown.
    if isinstance(n, bool) or not isinstance(n, int | float) or not abs(n) < _LIMIT:
        shown = repr(n) if not isinstance(n, int) or abs(n) < _LIMIT**2 else "a number beyond 10**36"
        message = (
            f"{shown} cannot be spelled; accepted: a finite int or float between -10**18 and 10**18. Hint: use 2500"
        )
        raise NumeralError(message)
    if n < 0:
        return "moins " + spell_numeral(-n, variety=variety, spelling=spelling)
    if isinstance(n, float):
        whole, _, decimals = f"{Decimal(repr(n)):f}".partition(".")
        words = spell_numeral(int(whole), variety=variety, spelling=spelling)
        if not decimals.strip("0"):
            return words
        zeros = len(decimals) - len(decimals.lstrip("0"))
        # Digit by digit: "virgule un quatre" could not be told from nothing else.
        tail = [_SMALL[0]] * zeros + [_SMALL[int(digit)] for digit in decimals[zeros:]]
        return f"{words} virgule {' '.join(tail)}"
    words = _spell(n, variety)
    return words.replace(" ", "-") if spelling == "1990" else words


def _spell(n: int, variety: str) -> str:
    parts: list[str] = []
    for value, name in _SCALES:
        count, n = divmod(n, value)
        if count:
            # million and above are nouns: what stands before them keeps its plural.
            parts.append(f"{_below_1000(count, variety, final=True)} {name}{'s' if count > 1 else ''}")
    thousands, n = divmod(n, 1000)
    if thousands:
        parts.append("mille" if thousands == 1 else f"{_below_1000(thousands, variety, final=False)} mille")
    if n or not parts:
        parts.append(_below_1000(n, variety, final=True))
    return " ".join(parts)


def _below_1000(n: int, variety: str, *, final: bool) -> str:
    hundreds, rest = divmod(n, 100)
    if not hundreds:
        return _below_100(rest, variety, final=final)
    head = "cent" if hundreds == 1 else f"{_SMALL[hundreds]} cent"
    if rest:
        return f"{head} {_below_100(rest, variety, final=final)}"
    return head + ("s" if hundreds > 1 and final else "")


def _below_100(n: int, variety: str, *, final: bool) -> str:
    if n < len(_SMALL):
        return _SMALL[n]
    tens, unit = divmod(n, 10)
    names = _TENS | _LOCAL_TENS[variety]
    if tens == 8 and tens not in names:  # noqa: PLR2004
        return f"quatre-vingt-{_SMALL[unit]}" if unit else "quatre-vingt" + ("s" if final else "")
    if tens in names:
        if unit == 0:
            return names[tens]
        return f"{names[tens]} et un" if unit == 1 else f"{names[tens]}-{_SMALL[unit]}"
    # soixante-dix … and quatre-vingt-dix …: the ten below, and ten to nineteen.
    if tens == 7:  # noqa: PLR2004
        return "soixante et onze" if unit == 1 else f"soixante-{_SMALL[10 + unit]}"
    return f"quatre-vingt-{_SMALL[10 + unit]}"
