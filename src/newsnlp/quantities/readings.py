"""From a number and what was read around it to a `Quantity`: kind, bounds, modifier, phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.numerals.forms import Form, NumberSpan, tidy
from newsnlp.quantities.candidates import Quantity
from newsnlp.quantities.kinds.ages import aged, is_age
from newsnlp.quantities.modifiers import bounds, qualify
from newsnlp.quantities.singles import (
    is_magnitude,
    is_per_head,
    is_times_more,
    percentage_points,
    sign_before,
)
from newsnlp.quantities.units import Unit, unit_before
from newsnlp.records import Kind, Modifier

if TYPE_CHECKING:
    from newsnlp.quantities.kinds.durations import Duration
    from newsnlp.quantities.pairs import Pair
    from newsnlp.records import Number

_BETWEEN = re.compile(r"entre (?:les |la |environ )?$")


@dataclass(frozen=True, slots=True)
class Page:
    """A text, its copy with plain spaces, and its folded copy; all of one length."""

    original: str
    text: str
    folded: str


class KindOf(NamedTuple):
    """What sort of quantity a number is, in which unit, by what its value is multiplied, and whether it is a share."""

    kind: Kind
    unit: str | None
    factor: float
    share: bool


def kind_of(page: Page, number: NumberSpan, closing: NumberSpan, unit: Unit | None) -> KindOf:
    """Return the kind of a number; `closing` is the last numeral of the expression, `number` the first."""
    if unit is not None:
        return KindOf(unit.kind, unit.unit, unit.factor, unit.kind is Kind.PERCENT)
    if is_times_more(page.folded, closing):
        return KindOf(Kind.RATIO, None, 1.0, False)
    if closing.form is Form.FRACTION and number.value <= 1:
        return KindOf(Kind.PERCENT, "%", 1.0, True)
    if aged(page.folded, number.start):
        return KindOf(Kind.AGE, None, 1.0, False)
    if is_magnitude(page.folded, number.start, closing.end):
        return KindOf(Kind.MEASURE, "magnitude", 1.0, False)
    if percentage_points(page.folded, number.start, closing.end, value=closing.value, decimal=number.decimal):
        return KindOf(Kind.PERCENT, "point", 1.0, False)
    if is_per_head(page.folded, closing):
        return KindOf(Kind.RATIO, None, 1.0, False)
    return KindOf(Kind.COUNT, None, 1.0, False)


def make_quantity(
    page: Page,
    number: NumberSpan,
    end: int,
    value: Number | None,
    *,
    kind: Kind = Kind.COUNT,
    unit: str | None = None,
    rule: str,
    low: Number | None = None,
    high: Number | None = None,
    modifier: Modifier | None = None,
    phrase: tuple[int, int] | None = None,
    share: bool = False,
    needs_context: bool = False,
) -> Quantity:
    """Return the quantity from `number` to `end`; bounds come from the value and the modifier unless they are given.

    `phrase` is the span of number and unit, to which the words of the modifier are added.
    """
    phrase_start, phrase_end = phrase or (number.start, end)
    outer = None
    if modifier is None and kind not in {Kind.SCORE, Kind.RANK} and number.form is not Form.NONE:
        qualified = qualify(page.folded, phrase_start, phrase_end, number=number, has_duration=kind is Kind.DURATION)
        modifier, outer = qualified.modifier, qualified.offset
    modifier = modifier or Modifier.EXACT
    if number.form is Form.VAGUE:
        modifier = Modifier.VAGUE
    elif number.form is Form.COLLECTIVE and modifier is Modifier.EXACT:
        modifier = Modifier.APPROX
    if value is not None:
        low, high = bounds(value, modifier)
    if outer is not None:
        phrase_start, phrase_end = min(phrase_start, outer), max(phrase_end, outer)
    exact_sides = low == high and value is not None and modifier not in {Modifier.VAGUE, Modifier.RANGE}
    return Quantity(
        start=number.start,
        end=end,
        text=page.original[number.start : end],
        value=value if exact_sides else None,
        value_min=low,
        value_max=high,
        modifier=modifier,
        kind=kind,
        unit=unit,
        phrase_start=phrase_start,
        phrase_end=phrase_end,
        rule_id=rule,
        ordinal=number.form is Form.ORDINAL,
        needs_context=needs_context,
        share=share,
    )


def make_range(page: Page, first: NumberSpan, second: NumberSpan, pair: Pair, unit: Unit | None) -> Quantity:
    """Return the quantity of a range: one figure with two bounds in one unit."""
    prefix = unit_before(page.text, page.folded, first.start) if unit is None else None
    kind, name, factor, share = kind_of(page, first, second, unit or prefix)
    if share and unit is None:
        factor = 100
    sign = sign_before(page.folded, first.start, unit or prefix)
    # "-5 à 10 °C": each side has its own sign.
    both = sign < 0 and second.start - first.end > 1 and page.folded.endswith(("-", "moins "), 0, second.start)
    low, high = sorted((tidy(pair.low * factor * sign) or 0, tidy(pair.high * factor * (-1 if both else 1)) or 0))
    phrase_end = unit.end if unit else second.end
    phrase_start = prefix.start if prefix else first.start
    between = _BETWEEN.search(page.folded, max(0, phrase_start - 20), phrase_start)
    phrase_start = between.start() if between else phrase_start
    if kind is Kind.DURATION and is_age(page.text, page.folded, phrase_start, phrase_end, str(name), is_range=True):
        kind, name = Kind.AGE, None if name == "year" else name
    return make_quantity(
        page,
        first,
        second.end,
        None,
        kind=kind,
        unit=name,
        rule=f"{kind}.{pair.rule}",
        low=low,
        high=high,
        modifier=Modifier.RANGE,
        phrase=(phrase_start, phrase_end),
        share=share,
    )


def make_duration(page: Page, number: NumberSpan, duration: Duration, *, rule: str) -> Quantity:
    """Return the quantity of a duration, which is an age where the words around say so."""
    quantity = make_quantity(page,
        number, duration.end, duration.value, kind=Kind.DURATION, unit=duration.unit, rule=rule,
        phrase=(number.start, duration.phrase_end),
    )  # fmt: skip
    if any(
        is_age(page.text, page.folded, start, duration.phrase_end, duration.unit, is_range=False)
        for start in {quantity.phrase_start, number.start}
    ):
        unit = None if duration.unit == "year" else duration.unit
        return quantity._replace(kind=Kind.AGE, unit=unit, rule_id=rule.replace("duration", "age"))
    return quantity
