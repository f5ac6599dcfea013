"""Where the numbers of a text stand.

Pure functions over characters: no tokenizer, no model. The readers are in `digits`, `words` and `collectives`; this
module tries them in order. `numerals.find` gives what is found to everyone.
"""

from __future__ import annotations

import functools
import re

from newsnlp.lexicons import alternation
from newsnlp.lexicons.currencies import currencies
from newsnlp.numerals.collectives import (
    FRACTION_SIZES,
    SIZES,
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
from newsnlp.numerals.words import (
    number_starters,
    numeral_lexicon,
    read_decimal_tail,
    read_integer,
    read_scale,
)

__all__ = ["scan_numbers"]

TOKEN = re.compile(r"[^\W_]+")
_DIGIT_RUN = re.compile(r"[0-9](?:[0-9.,'/]*[0-9])?")
_MORE_DIGITS = re.compile(r"[.,][0-9]")
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
_ARTICLE = re.compile(r"une?(?: ([^\W\d_]+)|(?![\w -]))")
_HALF_UNIT = re.compile(r"une?[ ]demie?[- ](?=[^\W\d_])")
_DETERMINER = re.compile(
    r"\b(?:la|cette|ce|le|sa|ma|notre|l'autre|l'|une|un) ?(?:(?:bonne|petite|grosse|bon|petit|gros"
    r"|seule|autre) |demi-)?$"
)
_FRACTION_HEADS = frozenset({"tiers", "quart"})
_MAX_LOOKBACK = 24
# How many letters the code of a currency has that may be glued to its amount.
_CODE = 3


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


@functools.cache
def _beginnings() -> re.Pattern[str]:
    """Return the pattern of what a number can begin with: a digit, a word, the code of a currency."""
    return re.compile(
        rf"(?<![^\W_])(?:(?P<digit>[0-9])|(?P<word>{alternation(_triggers())})(?![^\W_])"
        rf"|[a-z]{{{_CODE}}}(?=[0-9]))"
    )


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
    for match in _beginnings().finditer(folded):
        start = match.start()
        if start < done:
            continue
        if match["digit"]:
            row = row if start < row else row_end(folded, start)
            number = _read_from_digits(text, folded, start, in_row=start < row)
            if number is None:
                done = _DIGIT_RUN.match(folded, start).end()  # type: ignore[union-attr]  # a digit stands there
                continue
        elif match["word"]:
            number = _read_from_word(text, folded, start, triggers[match[0]])
        elif text[start : start + _CODE] in _codes():
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
        return number._replace(end=number.end + 1, text=text[start : number.end + 1], value=value or 0)
    suffix = None if number.decimal or number.scale > 1 else _ORDINAL_SUFFIX.match(folded, number.end)
    if suffix:
        return number._replace(end=suffix.end(), text=text[number.start : suffix.end()], form=Form.ORDINAL)
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


@functools.cache
def _goes_on() -> frozenset[str]:
    """Return the words with which an article goes on as a number."""
    return frozenset(numeral_lexicon()) | frozenset((*SIZES, *FRACTION_SIZES, "et", "virgule", "point"))


def _read_from_number_word(text: str, folded: str, start: int) -> NumberSpan | None:
    if folded.startswith("un", start):
        # Most are the article of a noun.
        article = _ARTICLE.match(folded, start)
        if article and article[1] not in _goes_on():
            end = article.end(0) if article[1] is None else article.start(1) - 1
            return NumberSpan(start=start, end=end, text=text[start:end], value=1, form=Form.ARTICLE)
        number = read_round(text, folded, start)
        if number is not None:
            return _with_tails(text, folded, number)
        half = _HALF_UNIT.match(folded, start)
        if half:
            end = half.end() - 1
            return NumberSpan(start=start, end=end, text=text[start:end], value=0.5, form=Form.FRACTION)
    reading = read_integer(folded, start)
    if reading is None or folded[start : reading.end] == "mil":
        # "mil neuf cent" is a number, "un champ de mil" millet.
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
    match = TOKEN.match(folded, start)
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
            return number._replace(end=part[0], text=text[number.start : part[0]], value=value)
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
        number = number._replace(end=end, text=text[number.start : end], value=value, form=Form.MIXED, scale=factor)
    if number.scale < 10**6 or number.end >= len(folded) or folded[number.end] != " ":
        return number
    rest = _read_remainder(text, folded, number.end + 1)
    if rest is None or rest.value >= number.scale:
        return number
    value = tidy(number.value + rest.value)
    if value is None:
        return number
    return number._replace(end=rest.end, text=text[number.start : rest.end], value=value)


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
        return rest._replace(end=scale[0], value=value) if value is not None else None
    return rest if rest.grouped else None
