"""Every number of a text, for everyone: where it stands, how much it is, and in which form it is written.

What a number counts, and whether it is a figure, a date or a name, is told by `quantities` and `figures`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from newsnlp.errors import NumeralError
from newsnlp.numerals.forms import Form
from newsnlp.numerals.parse import MAX_NUMERAL, read_whole
from newsnlp.numerals.scan import GLUED, scan_numbers
from newsnlp.text.folding import fold, plain

if TYPE_CHECKING:
    from newsnlp.numerals.forms import NumberSpan
    from newsnlp.records import Number


class NumberForm(StrEnum):
    """How a number is written."""

    CARDINAL = "cardinal"
    DECIMAL = "decimal"
    ORDINAL = "ordinal"
    FRACTION = "fraction"
    COLLECTIVE = "collective"
    VAGUE = "vague"
    ARTICLE = "article"
    NONE = "none"


_FORMS = {
    Form.DIGITS: NumberForm.CARDINAL,
    Form.WORDS: NumberForm.CARDINAL,
    Form.MIXED: NumberForm.CARDINAL,
    Form.COLLECTIVE: NumberForm.COLLECTIVE,
    Form.VAGUE: NumberForm.VAGUE,
    Form.FRACTION: NumberForm.FRACTION,
    Form.ARTICLE: NumberForm.ARTICLE,
    Form.NONE: NumberForm.NONE,
    Form.ORDINAL: NumberForm.ORDINAL,
}
# "-5", "moins cinq"; not "12-5", "au moins cinq", "dix heures moins cinq".
_SIGN_BEFORE = re.compile(
    r"(?:^|[\s(«\"':,;])(?P<mark>-)$|(?:^|[(:«] |\b(?:à|de|et|fait|faisait|entre|atteint|affiche) )(?P<word>moins )$"
)
_LONGEST_SIGN = 20
_SIGNED = frozenset({Form.DIGITS, Form.WORDS, Form.MIXED})


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundNumber:
    """A number as it stands in a text.

    Parameters
    ----------
    start, end : int
        Where it stands in the text as passed, its sign included.
    text : str
        ``text[start:end]``.
    value : int or float
        Of a fraction its quotient; of a vague number the least that it can be: *plusieurs* 2, *des centaines* 200.
    form : NumberForm
        ``cardinal`` (*12 000*, *deux cents*, *1 million*), ``decimal`` (*2,5*, *deux virgule cinq*), ``ordinal`` (*5e*,
        *troisième*), ``fraction`` (*deux tiers*, *la moitié*), ``collective`` (*une dizaine*), ``vague`` (*plusieurs*),
        ``article`` (*un*, *une*), ``none`` (*aucun*).
    """

    start: int
    end: int
    text: str
    value: Number
    form: NumberForm


def find_numbers(text: str) -> list[FoundNumber]:
    """Return every number of a text, in order, without overlap; no model is needed.

    A number inside a word is none (*A320*, *G7*). A text that is one number as a whole is read as `parse_numeral` does.

    Parameters
    ----------
    text : str
        Any text, with any spaces, apostrophes and hyphens.

    Returns
    -------
    list of FoundNumber
        ``text[n.start:n.end] == n.text``.

    Examples
    --------
    >>> found = find_numbers("Deux cents blessés, 1,5 million d'euros, -3,5 %, le troisième, les deux tiers.")
    >>> [(n.text, n.value, n.form.value) for n in found][:3]
    [('Deux cents', 200, 'cardinal'), ('1,5 million', 1500000, 'decimal'), ('-3,5', -3.5, 'decimal')]
    >>> [(n.text, round(n.value, 3), n.form.value) for n in found][3:]
    [('troisième', 3, 'ordinal'), ('deux tiers', 0.667, 'fraction')]
    """
    received: object = text  # callers do not all check types
    if not isinstance(received, str):
        message = f"find_numbers() takes a str, not {type(text).__name__}"
        raise NumeralError(message)
    whole = _whole(text)
    if whole is not None:
        return [whole]
    folded = fold(text)
    return [
        _found(text, _signed_start(folded, number), number)
        for number in scan_numbers(plain(text), folded)
        if not (folded[number.end - 1].isdigit() and GLUED.match(folded, number.end))
    ]


def _whole(text: str) -> FoundNumber | None:
    stripped = text.strip()
    words = " ".join(plain(stripped).split())
    whole = read_whole(words, fold(words)) if len(words) <= MAX_NUMERAL else None
    if whole is None:
        return None
    start = text.index(stripped)
    return FoundNumber(
        start=start,
        end=start + len(stripped),
        text=stripped,
        value=whole.value,
        form=_form(whole.form, decimal=whole.decimal),
    )


def _signed_start(folded: str, number: NumberSpan) -> int:
    """Return where a number begins with the minus before it."""
    if number.form not in _SIGNED:
        return number.start
    sign = _SIGN_BEFORE.search(folded, max(0, number.start - _LONGEST_SIGN), number.start)
    if sign is None or (sign["mark"] and not folded[number.start].isdigit()):
        return number.start
    return sign.start(str(sign.lastgroup))


def _found(text: str, start: int, number: NumberSpan) -> FoundNumber:
    return FoundNumber(
        start=start,
        end=number.end,
        text=text[start : number.end],
        value=number.value if start == number.start else -number.value,
        form=_form(number.form, decimal=number.decimal),
    )


def _form(form: Form, *, decimal: bool) -> NumberForm:
    return NumberForm.DECIMAL if decimal and form in _SIGNED else _FORMS[form]
