"""What a number takes from the numbers around it: a unit, a scale, a currency.

*De 16 à 21 %*, *6 des 17 millions d'euros*, *de 300 et 400 millions*, *7,8 milliards d'euros, contre 5,1 milliards*.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.lexicons import pattern
from newsnlp.numerals.forms import Form, NumberSpan
from newsnlp.quantities.contexts import previous_word
from newsnlp.quantities.currency import BARE_AFTER, home_currency, is_sum
from newsnlp.quantities.pairs import MILLION, borrowed_scale, scale_of, share_scale
from newsnlp.quantities.readings import KindOf, Page
from newsnlp.records import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsnlp.quantities.candidates import Quantity
    from newsnlp.quantities.units import Unit

_SHARES_UNIT = frozenset({Form.DIGITS, Form.WORDS, Form.MIXED})
_IN_LIST = pattern(" <quantities.borrowed_in_list> |, ")
_OF_THE = re.compile(r" (?:des|sur les|de (?:ces|ses|leurs|nos|vos)) ")
_OF_WHOLES = frozenset({Kind.MONEY, Kind.MEASURE, Kind.DURATION})
# How many numbers may share the unit of the last.
_LIST = 4
_SHARED_BELOW = 1000
_END_OF_SENTENCE = re.compile(r"[.!?;] |\n")
_MONEY_REACH = 150
# A sum told again stands within a few sentences: "2 milliards d'euros … Ces 300 millions s'ajoutent".
_TEXT_REACH = 400
# Of a number with decimals: "elle n'en compte aujourd'hui que 1,5", "Le collectif en réclame 2,1 de plus".
_BY_PRONOUN = re.compile(r"\b(?:n')?en [^\W\d_]+(?: [^\W\d_']+(?:'[^\W\d_]+)?){0,2} ?(?:que |qu')?$")
_PRONOUN_REACH = 48
_MORE = (" de plus", " de moins", " en ", " à ")
_COUNTED = re.compile(r" d(?:e |')(?!(?:plus|moins)\b)")
_OF_MONEY = pattern(r" d(?:e |')<quantities.borrowed_of_money>\b")


def borrow_unit(
    page: Page, numbers: Sequence[NumberSpan], index: int, unit_after: Callable[[NumberSpan], Unit | None]
) -> tuple[NumberSpan, Unit | None]:
    """Return a number without a unit with the scale, and the unit, that it shares with the next ones.

    *De 3 à 5 milliards de dollars*, *5, 10 et 15 %*, *de 300 et 400 millions*, *6 des 17 millions d'euros*.
    """
    number = numbers[index]
    if number.form not in _SHARES_UNIT:
        return number, None
    end, folded = number.end, page.folded
    for following in numbers[index + 1 : index + _LIST]:
        of_the = following is numbers[index + 1] and _OF_THE.fullmatch(folded, end, following.start)
        if not of_the and not _IN_LIST.fullmatch(folded, end, following.start):
            break
        unit = unit_after(following)
        scaled = number._replace(value=share_scale(number, following)[0])
        if unit is not None:
            if of_the and unit.kind not in _OF_WHOLES:
                break
            return scaled, unit._replace(start=number.end, end=number.end)
        if following.scale >= MILLION and not of_the and number.scale == 1 and number.value < _SHARED_BELOW:
            return scaled._replace(scale=following.scale), None
        end = following.end
    return number, None


def borrow_kind(page: Page, number: NumberSpan, found: Sequence[Quantity], last_sum: Quantity | None) -> KindOf | None:
    """Return what a bare number is by the quantities before it: a share, a sum."""
    last = found[-1] if found else None
    scale = None if last is None else borrowed_scale(page.text, page.folded, last, number)
    if last is not None and scale is not None:
        return KindOf(last.kind, last.unit, scale, last.kind is Kind.PERCENT)
    if last is not None and last.kind in _OF_WHOLES and (scale := _scale_by_pronoun(page, number, last)):
        return KindOf(last.kind, last.unit, scale, False)
    if number.scale < MILLION:
        return None
    if is_sum(page.folded, number.start, number.end):
        return KindOf(Kind.MONEY, home_currency(page.folded) if last_sum is None else last_sum.unit, 1.0, False)
    if last is None or last_sum is None:
        return None
    if _COUNTED.match(page.folded, number.end):
        near = number.start - last_sum.end < _TEXT_REACH
        is_money = near and _OF_MONEY.match(page.folded, number.end) is not None
    else:
        is_money = _goes_on(page, number, found, last_sum) or _is_told_again(page, number, found, last_sum)
    return KindOf(Kind.MONEY, last_sum.unit, 1.0, False) if is_money else None


def _scale_by_pronoun(page: Page, number: NumberSpan, last: Quantity) -> float | None:
    """Return the scale that *en* lends a number with decimals: ``45 gigawatts … elle n'en compte que 1,5``."""
    if number.value % 1 == 0 or number.scale > 1 or number.start - last.end > _TEXT_REACH:
        return None
    if not _BY_PRONOUN.search(page.folded, max(0, number.start - _PRONOUN_REACH), number.start):
        return None
    has_noun = not (BARE_AFTER.match(page.folded, number.end) or page.folded.startswith(_MORE, number.end))
    return None if has_noun else scale_of(last.text)


def _goes_on(page: Page, number: NumberSpan, found: Sequence[Quantity], last_sum: Quantity) -> bool:
    """Return whether a number is the next sum of its sentence: ``contre 5,1 milliards``, ``pour 38 millions``."""
    if number.start - last_sum.end > _MONEY_REACH or _END_OF_SENTENCE.search(page.folded, last_sum.end, number.start):
        return False
    last = found[-1]
    if last is last_sum or (last.kind is Kind.DURATION and len(found) > 1 and found[-2] is last_sum):
        return True  # "791 milliards de dollars sur 10 ans, qui pourraient atteindre 3.000 milliards"
    word = previous_word(page.folded, number.start)
    alike = bool(word) and word == previous_word(page.folded, last_sum.start)
    return alike and BARE_AFTER.match(page.folded, number.end) is not None


def _is_told_again(page: Page, number: NumberSpan, found: Sequence[Quantity], last_sum: Quantity) -> bool:
    """Return whether a number with an article goes on from a sum: ``Ces 300 millions s'ajoutent``."""
    if number.start - last_sum.end > _TEXT_REACH:
        return False
    if previous_word(page.folded, number.start) not in _THE:
        return False
    # Unless as large a count stands between.
    later = (one for one in reversed(found) if one.value is not None and one.value >= MILLION)
    return next(later, None) is last_sum


_THE = frozenset({"ces", "les", "ses", "leurs", "aux"})
