"""French numbers: from a string to its value and back, and where they stand in a text.

Pure functions over characters: no tokenizer, no model. The readers are in `digits`, `words` and `collectives`; this
module tries them in order. `numerals.find` gives what is found to everyone.
"""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.errors import NumeralError
from newsnlp.lexicons.currencies import currencies
from newsnlp.numerals.collectives import (
    mass_words,
    read_and_part,
    read_collective_tail,
    read_definite_fraction,
    read_fraction,
    read_half,
    read_indefinite,
    read_round,
)
from newsnlp.numerals.digits import read_digits, row_end
from newsnlp.numerals.forms import Form, NumberSpan, tidy
from newsnlp.numerals.spelling import spell_numeral
from newsnlp.numerals.words import (
    joined_word,
    number_starters,
    numeral_lexicon,
    read_decimal_tail,
    read_integer,
    read_scale,
)
from newsnlp.text.folding import fold, plain

if TYPE_CHECKING:
    from newsnlp.records import Number

__all__ = ["Form", "NumberSpan", "parse_numeral", "read_whole", "scan_numbers", "spell_numeral"]

_TOKEN = re.compile(r"[^\W_]+")
_MORE_DIGITS = re.compile(r"[.,][0-9]")
_DIGIT_RUN = re.compile(r"[0-9](?:[0-9.,'/]*[0-9])?")
_ORDINAL_SUFFIX = re.compile(
    r"(?:ères?|ers?|[iè]?[èe]mes?|ièmes?|es?|è|ndes?|nds?|res?|des?)(?![^\W_])|[ ](?:e|ème|er)(?![^\W_]|')"
)
# In the plural these are parts and no ordinals.
_HUNDREDTHS = re.compile(r"(?:cent|mill)i[eè]mes$")
# Letters right after the digits: a word, unless they are a unit (29km, 14h30).
GLUED = re.compile(r"(?!(?:[kcm]?m|[km]?g|[cmh]?l|ha|t|[km]?w|h|min|s|ans)(?![^\W\d_]))[^\W\d_]")
# "15millions d'euros"
_GLUED_SCALE = re.compile(r"(?:millions?|milliards?)(?![^\W_])")
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_HALF_UNIT = re.compile(r"une?[ ]demie?[- ](?=[^\W\d_])")
_DETERMINER = re.compile(
    r"\b(?:la|cette|ce|le|sa|ma|notre|l'autre|l'|une|un) ?(?:(?:bonne|petite|grosse|bon|petit|gros"
    r"|seule|autre) |demi-)?$"
)
_FRACTION_HEADS = frozenset({"tiers", "quart"})
_MAX_LOOKBACK = 24
# How many letters the code of a currency has that may be glued to its amount.
_CODE = 3
# No number below 10¹⁸ needs more than 300 characters in words; of a whole book given as one number none is read.
MAX_NUMERAL = 1000


@functools.cache
def _codes() -> frozenset[str]:
    return frozenset(row.code for row in currencies())


@functools.cache
def _triggers() -> dict[str, str]:
    """Return the words that can begin or head a number, and which reader takes them."""
    triggers = dict.fromkeys(mass_words(), "mass")
    triggers |= dict.fromkeys(number_starters(), "words")
    triggers |= dict.fromkeys(("plusieurs", "quelques"), "indefinite")
    triggers |= dict.fromkeys(("aucun", "aucune"), "none")
    triggers |= dict.fromkeys(_FRACTION_HEADS, "fraction")
    triggers |= dict.fromkeys(_VULGAR, "vulgar")
    triggers["moitié"] = "half"
    return triggers


def scan_numbers(text: str, folded: str) -> list[NumberSpan]:
    """Return the numbers of a text with plain spaces, in order, without overlap.

    Dates, names and articles are not told apart here: that is `quantities.find_quantities`.

    Parameters
    ----------
    text, folded : str
        The text with plain spaces, and its folded copy.

    Examples
    --------
    >>> text = "deux cents blessés et 1,5 million d'euros"
    >>> [(n.text, n.value) for n in scan_numbers(text, text)]
    [('deux cents', 200), ('1,5 million', 1500000)]
    """
    found: list[NumberSpan] = []
    triggers = _triggers()
    done = row = 0
    for match in _TOKEN.finditer(folded):
        start = match.start()
        if start < done:
            continue
        word = match.group()
        if "0" <= word[0] <= "9":
            row = row if start < row else row_end(folded, start)
            number = _read_from_digits(text, folded, start, in_row=start < row)
            if number is None:
                run = _DIGIT_RUN.match(folded, start)
                done = run.end() if run else match.end()
                continue
        else:
            reader = triggers.get(word)
            if reader is not None:
                number = _read_from_word(text, folded, start, reader)
            elif "0" <= word[_CODE : _CODE + 1] <= "9" and text[start : start + _CODE] in _codes():
                number = _read_from_digits(text, folded, start + _CODE, glued=True)  # "EUR29,99"
            else:
                continue
        if number is not None and number.start >= done:
            found.append(number)
            done = number.end
    return found


def _read_from_digits(
    text: str, folded: str, start: int, *, in_row: bool = False, glued: bool = False
) -> NumberSpan | None:
    number = read_digits(text, folded, start, in_row=in_row, glued=glued)
    if number is None:
        return None
    if number.form is Form.DIGITS and _MORE_DIGITS.match(folded, number.end):
        return None  # 1.2.3.4 and 1,2,3: no number
    if number.end < len(text) and text[number.end] in _VULGAR:
        value = tidy(number.value + _VULGAR[text[number.end]])
        return replace(number, end=number.end + 1, text=text[start : number.end + 1], value=value or 0)
    suffix = None if number.decimal or number.scale > 1 else _ORDINAL_SUFFIX.match(folded, number.end)
    if suffix:
        return replace(number, end=suffix.end(), text=text[number.start : suffix.end()], form=Form.ORDINAL)
    return _with_tails(text, folded, number)


def _read_from_word(text: str, folded: str, start: int, reader: str) -> NumberSpan | None:
    if reader == "words":
        return _read_from_number_word(text, folded, start)
    if reader == "indefinite":
        return read_indefinite(text, folded, start)
    if reader == "none":
        end = start + len("aucune" if folded.startswith("aucune", start) else "aucun")
        return NumberSpan(start=start, end=end, text=text[start:end], value=0, form=Form.NONE)
    if reader == "vulgar":
        value = _VULGAR.get(folded[start])
        return (
            value and NumberSpan(start=start, end=start + 1, text=text[start], value=value, form=Form.FRACTION)
        ) or None
    # What is left stands after its article: la moitié, le tiers, la trentaine.
    window = max(0, start - _MAX_LOOKBACK)
    before = _DETERMINER.search(folded, window, start)
    opening = before.start() if before else start
    if reader == "half":
        return read_half(text, folded, opening) or read_half(text, folded, start)
    if reader == "fraction":
        return read_definite_fraction(text, folded, opening)
    return read_round(text, folded, opening) or (read_round(text, folded, start) if opening != start else None)


def _read_from_number_word(text: str, folded: str, start: int) -> NumberSpan | None:
    if folded.startswith("un", start):
        number = read_round(text, folded, start)
        if number is not None:
            return _with_tails(text, folded, number)
        half = _HALF_UNIT.match(folded, start)
        if half:
            end = half.end() - 1
            return NumberSpan(start=start, end=end, text=text[start:end], value=0.5, form=Form.FRACTION)
    reading = read_integer(folded, start)
    if reading is None:
        return _read_lone_ordinal(folded, start)
    end, value = reading.end, reading.value
    if reading.ordinal:
        parts = _HUNDREDTHS.search(folded, start, end) if reading.words > 1 else None
        if parts is None:
            return NumberSpan(start=start, end=end, text=text[start:end], value=value, form=Form.ORDINAL)
        # "deux millièmes" are two, not the two thousandth.
        under = numeral_lexicon()[parts[0]].value
        shares = tidy(value / under**2) or 0
        return NumberSpan(start=start, end=end, text=text[start:end], value=shares, form=Form.FRACTION)
    form = Form.ARTICLE if value == 1 and reading.words == 1 else Form.WORDS
    decimals = read_decimal_tail(folded, end)
    if decimals:
        end, form = decimals[0], Form.WORDS
        value = float(f"{value}.{decimals[1]}")
    tidied = tidy(value)
    if tidied is None:
        return None
    number = NumberSpan(
        start=start, end=end, text=text[start:end], value=tidied, form=form, scale=reading.scale, decimal=bool(decimals)
    )
    return _with_tails(text, folded, number)


def _read_lone_ordinal(folded: str, start: int) -> NumberSpan | None:
    match = _TOKEN.match(folded, start)
    entry = numeral_lexicon().get(match.group()) if match else None
    if match is None or entry is None or entry.kind not in {"ordinal", "ordinal_only"}:
        return None
    return NumberSpan(start=start, end=match.end(), text=match.group(), value=entry.value, form=Form.ORDINAL)


def _with_tails(text: str, folded: str, number: NumberSpan) -> NumberSpan:
    """Return `number` with what may follow it: a scale, a smaller part, a fraction, a collective, ``et demi``."""
    if number.form in {Form.DIGITS, Form.WORDS, Form.ARTICLE}:
        fraction = read_fraction(text, folded, number)
        if fraction is not None:
            return fraction
        if number.form is not Form.ARTICLE:
            number = read_collective_tail(text, folded, number)
    if number.form in {Form.DIGITS, Form.MIXED} or number.decimal:
        number = _with_scale(text, folded, number)
    part = read_and_part(folded, number.end) if number.form is not Form.ARTICLE or number.scale > 1 else None
    if part is not None and number.form is not Form.COLLECTIVE:
        value = tidy(number.value + part[1] * number.scale)
        if value is not None:
            return replace(number, end=part[0], text=text[number.start : part[0]], value=value)
    return number


def _with_scale(text: str, folded: str, number: NumberSpan) -> NumberSpan:
    """Read ``1,5 million``, ``3 000 milliards``, ``12 mille``, ``1 million 200 000``."""
    scale = read_scale(folded, number.end) if number.scale == 1 else None
    glued = None if scale or number.scale > 1 else _GLUED_SCALE.match(folded, number.end)
    scale = (glued.end(), numeral_lexicon()[glued[0]].value) if glued else scale
    if scale is not None:
        end, factor = scale
        # "300 mille milliards"
        further = read_scale(folded, end)
        if further is not None and further[1] > factor:
            end, factor = further[0], factor * further[1]
        value = tidy(number.value * factor)
        if value is None:
            return number
        number = replace(number, end=end, text=text[number.start : end], value=value, form=Form.MIXED, scale=factor)
    if number.scale < 10**6 or number.end >= len(folded) or folded[number.end] != " ":
        return number
    rest = _read_remainder(text, folded, number.end + 1)
    if rest is None or rest.value >= number.scale:
        return number
    value = tidy(number.value + rest.value)
    if value is None:
        return number
    return replace(number, end=rest.end, text=text[number.start : rest.end], value=value)


def _read_remainder(text: str, folded: str, start: int) -> NumberSpan | None:
    """Read the smaller part of ``1 milliard 200 millions``: digits in groups, or with a scale of their own."""
    if not folded[start : start + 1].isdigit():
        return None
    rest = read_digits(text, folded, start)
    if rest is None or rest.decimal:
        return None
    scale = read_scale(folded, rest.end)
    if scale is not None:
        value = tidy(rest.value * scale[1])
        return replace(rest, end=scale[0], value=value) if value is not None else None
    return rest if rest.grouped else None


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
    if _TOKEN.search(folded) is None:
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
