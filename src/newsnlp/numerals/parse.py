"""French numbers: from a string that is one number to its value, and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.errors import NumeralError
from newsnlp.numerals.collectives import read_fraction
from newsnlp.numerals.digits import read_digits
from newsnlp.numerals.forms import Form, NumberSpan, tidy
from newsnlp.numerals.scan import TOKEN, scan_numbers
from newsnlp.numerals.spelling import spell_numeral
from newsnlp.numerals.words import joined_word, numeral_lexicon, read_integer
from newsnlp.text.folding import fold, plain

if TYPE_CHECKING:
    from newsnlp.records import Number

__all__ = ["parse_numeral", "read_whole", "spell_numeral"]

# No number below 10¹⁸ needs more than 300 characters in words; of a whole book given as one number none is read.
MAX_NUMERAL = 1000
_SIGN = re.compile(r"(?:moins |- ?|\+ ?|plus )")
_SLASH = re.compile(r"(?:(?P<whole>[0-9]{1,6}) )?(?P<over>[0-9]{1,6}) ?/ ?(?P<under>[0-9]{1,6})")
_LETTER_MULTIPLIER = re.compile(r"(?P<number>[0-9][0-9 .,']*?) ?(?P<letter>[kK]|Md|Mds|Mrd|M)")
_LETTERS = {"k": 10**3, "K": 10**3, "M": 10**6, "Md": 10**9, "Mds": 10**9, "Mrd": 10**9}
# "zéro huit": what is read out digit by digit begins with its zeros.
_PADDED = re.compile(r"(?:z[ée]ro )+(?P<rest>(?!virgule|point)[^\W\d_].*)")
_DIVIDES = re.compile(r"(?:i[eè]me|tier|quart|demi)[es]{0,2}$")
_ONE = re.compile(r"(une?|deux|trois|quatre|cinq|six|sept|huit|neuf) ")
# "un quatrième" is one more, "un vingt-cinquième" a part.
_LEAST_UNDER = 5
_ROMAN = re.compile(r"[ivxlcdm]+", re.IGNORECASE)


def parse_numeral(text: str) -> Number:
    """Return the value of a string that is one French number.

    Digits with any separator of the press, words in traditional or 1990 spelling, Belgian and Swiss forms, mixed
    forms, fractions, collectives, ordinals and negatives.

    Parameters
    ----------
    text : str
        One number and nothing else, spaces around it aside.

    Returns
    -------
    int or float
        An int where the number is whole.

    Raises
    ------
    NumeralError
        If the whole string is not one number, is vague (``plusieurs``), Roman, beyond 10¹⁸, or longer than 1 000
        characters.

    Examples
    --------
    >>> parse_numeral("deux mille cinq cents"), parse_numeral("1,5 million"), parse_numeral("septante et un")
    (2500, 1500000, 71)
    >>> parse_numeral("1 2 3")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    newsnlp.errors.NumeralError: '1 2 3' is not one number: accepted are digits (12 000 ; 1,5 million) and ...
    """
    received: object = text  # callers do not all check types
    if not isinstance(received, str):
        message = f"a numeral must be a str, not {type(text).__name__}. Hint: spell_numeral() goes the other way"
        raise NumeralError(message)
    stripped = " ".join(plain(text).split())
    if len(stripped) > MAX_NUMERAL:
        message = (
            f"{stripped[:57] + '...'!r} has {len(stripped)} characters; accepted: one number of up to {MAX_NUMERAL}"
        )
        raise NumeralError(message)
    folded = fold(stripped)
    whole = read_whole(stripped, folded)
    if whole is None:
        raise _refusal(text, folded)
    return whole.value


class Whole(NamedTuple):
    """A string that is one number: its value, and how it is written."""

    value: Number
    form: Form
    decimal: bool = False


def read_whole(text: str, folded: str) -> Whole | None:
    """Return what a string without spaces around it is as one number with its sign, or None.

    Examples
    --------
    >>> read_whole("moins cinq", "moins cinq")
    Whole(value=-5, form=<Form.WORDS: 'words'>, decimal=False)
    """
    sign = _SIGN.match(folded)
    if sign is None:
        return _read_body(text, folded)
    whole = _read_body(text[sign.end() :], folded[sign.end() :])
    return whole and whole._replace(value=-whole.value if sign[0][0] in "m-" else whole.value)


def _read_body(body: str, folded: str, *, parts: bool = True) -> Whole | None:
    """Read a number without its sign; `parts` says whether it may be made of two: ``trois et un cinquième``."""
    slash = _SLASH.fullmatch(folded)
    if slash:
        under = int(slash["under"])
        return _as(int(slash["whole"] or 0) + int(slash["over"]) / under, Form.FRACTION) if under else None
    letter = _LETTER_MULTIPLIER.fullmatch(body)
    if letter:
        number = read_digits(letter["number"], letter["number"], 0)
        if number and number.end == len(letter["number"]):
            return _as(number.value * _LETTERS[letter["letter"]], Form.MIXED, decimal=number.decimal)
    if folded in {"demi", "demie"}:
        return Whole(0.5, Form.FRACTION)
    if TOKEN.search(folded) is None:
        return None
    # ".08": the number may begin before its first digit.
    numbers = scan_numbers(body, folded)
    if len(numbers) == 1 and (numbers[0].start, numbers[0].end) == (0, len(body)):
        number = numbers[0]
        if number.form not in {Form.VAGUE, Form.NONE}:
            return Whole(number.value, number.form, number.decimal)
    return _read_parts(folded) if parts else None


def _as(value: float, form: Form, *, decimal: bool = False) -> Whole | None:
    tidied = tidy(value)
    return None if tidied is None else Whole(tidied, form, decimal)


def _read_parts(folded: str) -> Whole | None:
    """Read ``zéro huit``, ``trois et un cinquième``, ``un sur trois``, ``un vingt-cinquième``."""
    padded = _PADDED.fullmatch(folded)
    if padded:
        return _read_body(padded["rest"], padded["rest"], parts=False)
    left, joiner, right = folded.rpartition(" et ")
    if joiner and (part := _read_body(right, right, parts=False) or _read_shares(right)) and 0 < part.value < 1:
        # What the part is added to is whole, and has no part of its own.
        base = _read_body(left, left, parts=False)
        return _as(base.value + part.value, Form.FRACTION) if base and isinstance(base.value, int) else None
    left, joiner, right = folded.partition(" sur ")
    if joiner and (over := _read_body(left, left, parts=False)) and (under := _read_body(right, right, parts=False)):
        return _as(over.value / under.value, Form.FRACTION) if 0 <= over.value <= under.value > 0 else None
    return _read_shares(folded)


def _read_shares(folded: str) -> Whole | None:
    """Read a numerator in words and the ordinal that divides it: ``trois cinquièmes``, ``un vingt-cinquième``."""
    if not _DIVIDES.search(folded):
        return None
    over = read_integer(folded, 0)
    if over is not None and not over.ordinal:
        whole = NumberSpan(start=0, end=over.end, text="", value=over.value, form=Form.WORDS)
        fraction = read_fraction(folded, folded, whole, whole=True)
        if fraction is not None and fraction.end == len(folded):
            return Whole(fraction.value, Form.FRACTION)
    one = _ONE.match(folded)
    under = read_integer(folded, one.end()) if one else None
    if one is None or under is None or not under.ordinal or under.end < len(folded) or under.value < _LEAST_UNDER:
        return None
    return _as(numeral_lexicon()[one[1]].value / under.value, Form.FRACTION)


def _refusal(text: str, folded: str) -> NumeralError:
    shown = text if len(text) <= 60 else text[:57] + "..."  # noqa: PLR2004
    reason = "accepted are digits (12 000 ; 1,5 million) and French words (deux mille cinq cents)"
    hint = "find_numbers() finds several in a text"
    if not folded:
        hint = "pass a number"
    elif _ROMAN.fullmatch(folded):
        hint = "Roman numerals are names, not counts"
    elif folded.isdigit() and not folded.isascii():
        hint = "write it in ASCII digits"
    elif re.fullmatch(r"[0-9 .,'e^+-]{19,}|[0-9.,]+e[0-9]+", folded):
        hint = "numbers go up to 10**18"
    elif joined_word(" " + folded, 0) and folded.split(maxsplit=1)[0] in {"plusieurs", "quelques", "des"}:
        hint = "a vague quantity has no one value; find_quantities() gives its bounds"
    return NumeralError(f"{shown!r} is not one number: {reason}. Hint: {hint}")
