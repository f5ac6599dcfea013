"""Every numeric expression of a text with its bounds, modifier, kind and unit.

Pure over characters. Reading order: numbers (`numerals`), what only digits make (`scores`, `durations`), what
is no figure (`exclusions`), two numbers that are one figure (`pairs`), then one number with its unit (`units`). What
was read becomes a `Quantity` in `readings`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.dates.find import find_placed
from newsnlp.numerals.collectives import read_and_part
from newsnlp.numerals.forms import Form, NumberSpan, tidy
from newsnlp.numerals.scan import scan_numbers
from newsnlp.quantities.borrowed import borrow_kind, borrow_unit
from newsnlp.quantities.candidates import BarredNumber, Numbers, Quantity, Spans, digits_left_over
from newsnlp.quantities.currency import home_currency, is_certain, is_sum
from newsnlp.quantities.exclusions.around import Barred
from newsnlp.quantities.exclusions.dates import Dates
from newsnlp.quantities.exclusions.rules import barred
from newsnlp.quantities.kinds.durations import Duration, of_second, read_chrono, read_compound
from newsnlp.quantities.kinds.ranks import is_rank
from newsnlp.quantities.kinds.scores import (
    drawn_numbers,
    minutes_played,
    read_goals,
    read_named_score,
    read_score,
    read_slash,
)
from newsnlp.quantities.pairs import MILLION, read_range, read_ratio
from newsnlp.quantities.readings import KindOf, Page, kind_of, make_duration, make_quantity, make_range
from newsnlp.quantities.singles import is_noun_here, is_plus_and_minus, sign_before, small_change, split_measure
from newsnlp.quantities.units import Unit, unit_after, unit_before
from newsnlp.record_fields import NoFigure
from newsnlp.records import Kind, Modifier
from newsnlp.text.folding import fold, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.dates.find import Placed
    from newsnlp.records import Number

__all__ = ["Quantity", "find_quantities"]

# "12'", "45'+2": the minute of a goal.
_MINUTE_MARK = re.compile(r"'(?:\+[0-9]{1,2})?(?![0-9']|[^\W_])")
_ALL = re.compile(r"\b(?:tous|toutes) (?:les )?$")
_NOUN_AFTER = re.compile(r" [^\W\d_]{4,}")
# `un siècle` measures; `un an` is an article and its noun.
_LONG_UNITS = frozenset({"décennie", "siècle", "millénaire"})
_NOT_IN_RANGE = frozenset({NoFigure.DATE, NoFigure.IN_WORD})
_RANGE_REACH = 20
_RATIO_REACH = 44
_FEW = 10
# "tous les deux à quatre ans": how often.
_EVERY = re.compile(r" (?:à|ou) [^\W\d_]+ (?:ans|mois|semaines|jours|heures|minutes)\b")
# "deux fois et demie plus"
_TIMES_AND_HALF = re.compile(r" fois et demie?\b")


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities of a text, in order, without overlap.

    Parameters
    ----------
    text : str
        Any text; no-break spaces and typographic apostrophes are read as plain ones.

    Returns
    -------
    list of Quantity
        ``text[q.start:q.end] == q.text``. Those with ``needs_context`` are figures only if the context says so.

    Examples
    --------
    >>> found = find_quantities("Plus de 300 blessés, entre 15 et 20 % des maisons, 2,5 Md€ de dégâts le 7 octobre.")
    >>> [(q.text, q.value_min, q.value_max, str(q.modifier), q.unit) for q in found][:2]
    [('300', 300, None, 'more_than', None), ('15 et 20', 15, 20, 'range', '%')]
    >>> (found[2].text, found[2].value, found[2].unit)
    ('2,5 Md', 2500000000, 'EUR')
    >>> find_quantities("À 14 h 30, le F-16 a survolé la RN 12.")
    []
    """
    return read_numbers(text).quantities


def read_numbers(text: str, names: Sequence[tuple[int, int]] = (), dates: Sequence[Placed] | None = None) -> Numbers:
    """Return the quantities of a text and the numbers that are none, with the reason.

    Parameters
    ----------
    text : str
    names : sequence of (int, int)
        Where names stand, in order: a number inside a longer name is part of it.
    dates : sequence of Placed, optional
        Those of the text that place something in time; without them they are looked for.

    Examples
    --------
    >>> [(number.start, number.reason.value) for number in read_numbers("En 2014, 12 morts sur l'A7.").barred]
    [(3, 'year'), (25, 'in_word')]
    """
    return _Finder(text, names, dates).run()


class _Finder:
    """One pass over the numbers of one text."""

    def __init__(self, text: str, names: Sequence[tuple[int, int]], dates: Sequence[Placed] | None) -> None:
        bare = plain(text)
        self.page = Page(text, bare, fold(bare))
        self.numbers = scan_numbers(self.page.text, self.page.folded)
        self.found: list[Quantity] = []
        self.last_sum: Quantity | None = None
        self.done = 0
        self.last_barred: Barred | None = None
        self.names = Spans(names)
        self.dates = Dates(find_placed(text) if dates is None else dates)
        self.barred: list[BarredNumber] = []

    def run(self) -> Numbers:
        index = 0
        while index < len(self.numbers):
            number = self.numbers[index]
            if number.start < self.done:
                index += 1
                continue
            dated = self.dates.bar(number)
            quantity, used = self._read(index) if dated is None else self._bar(dated)
            if quantity is None:
                bar = self.last_barred
                reason = bar.reason if bar is not None and bar.end >= number.end else NoFigure.UNREAD
                end = self.done if bar is not None and bar.end == self.done and bar.end > number.end else number.end
                self.barred.append(BarredNumber(number.start, end, reason))
            else:
                self.found.append(quantity)
                self.last_sum = quantity if quantity.kind is Kind.MONEY else self.last_sum
                self.done = max(quantity.end, self.numbers[index + used - 1].end)
                self.last_barred = None
            index += used
        left_over = map(self.dates.tell, digits_left_over(self.page.text, self.found, self.barred))
        return Numbers(self.found, sorted({*self.barred, *left_over}))

    def _bar(self, found: Barred) -> tuple[None, int]:
        self.last_barred = found
        self.done = found.end
        return None, 1

    def _before(self, number: NumberSpan, length: int = 12) -> str:
        return self.page.folded[max(0, number.start - length) : number.start]

    def _within(self, index: int, end: int) -> int:
        """Return how many numbers from `index` on begin before `end`."""
        return sum(1 for other in self.numbers[index : index + 5] if other.start < end)

    def _unit_after(self, number: NumberSpan) -> Unit | None:
        unit = unit_after(self.page.text, self.page.folded, number.end, links=number.links)
        return None if unit is not None and is_noun_here(unit, number, self.page.folded) else unit

    def _read(self, index: int) -> tuple[Quantity | None, int]:
        number, page = self.numbers[index], self.page
        if number.form is Form.NONE:
            return make_quantity(page, number, number.end, number.value, rule="count.none", needs_context=True), 1
        if page.folded[number.start].isdigit():
            special = self._read_digit_expression(index)
            if special is not None:
                return special
        unit = self._unit_after(number)
        prefix = unit_before(page.text, page.folded, number.start) if unit is None else None
        if prefix is not None and not is_certain(prefix.surface):
            prefix = None
        inside = prefix is None and number.form is not Form.ARTICLE and self.names.cover(number.start, number.end)
        named = Barred(NoFigure.NAME, number.end) if inside else None
        reason = named or barred(page.text, page.folded, number, unit or prefix, self.last_barred)
        if reason is not None:
            return self._bar(reason)
        if number.form is Form.ORDINAL:
            if is_rank(page.folded, number):
                return make_quantity(page, number, number.end, number.value, kind=Kind.RANK, rule="rank"), 1
            return self._bar(Barred(NoFigure.ORDINAL, number.end))
        if number.form is Form.VAGUE and self._precedes_number(index):
            return self._bar(Barred(NoFigure.MODIFIER, number.end))  # "quelques 300 personnes"
        if unit is None and self._stands_for_all(number):
            return self._bar(Barred(NoFigure.PRONOUN, number.end))
        return self._read_pair(index, unit) or self._read_single(index, unit)

    def _stands_for_all(self, number: NumberSpan) -> bool:
        """Return whether a number is a pronoun: ``tous les deux``; ``tous les 300 employés`` counts."""
        is_all = number.form is Form.WORDS and number.value <= _FEW and bool(_ALL.search(self._before(number)))
        return is_all and _EVERY.match(self.page.folded, number.end) is None

    def _precedes_number(self, index: int) -> bool:
        number = self.numbers[index]
        if number.text.lower() != "quelques" or index + 1 == len(self.numbers):
            return False
        following = self.numbers[index + 1]
        return following.start == number.end + 1 and following.form in {Form.DIGITS, Form.WORDS, Form.MIXED}

    def _read_digit_expression(self, index: int) -> tuple[Quantity | None, int] | None:
        """Read what only digits make: scores, marks, metres and centimetres, stopwatch times."""
        number, page = self.numbers[index], self.page
        played = minutes_played(page.folded, number.start) or drawn_numbers(page.folded, number.start)
        if played is not None:
            return self._bar(Barred(NoFigure.MATCH_MINUTE, played))
        score = read_score(page.text, page.folded, number.start) or read_named_score(page.text, number.start)
        if score is not None:
            quantity = make_quantity(page, number, score.end, None, kind=Kind.SCORE, rule="score")
            quantity = quantity._replace(value_min=score.first, value_max=score.second)
            return quantity, self._within(index, score.end)
        slash = read_slash(page.folded, number.start)
        if slash is not None:
            value, end = slash
            quantity = make_quantity(page, number, end, value, kind=Kind.RATIO, rule="ratio.slash", share=True)
            return quantity, self._within(index, end)
        parts = split_measure(page.folded, number.start)
        if parts is not None:
            measured, kind, symbol, rule, end = parts
            quantity = make_quantity(page, number, end, measured, kind=kind, unit=symbol, rule=rule)
            return quantity, self._within(index, end)
        chrono = read_chrono(page.folded, number.start)
        if chrono is not None:
            return make_duration(page, number, chrono, rule="duration.chrono"), self._within(index, chrono.end)
        mark = _MINUTE_MARK.match(page.folded, number.end) if number.form is Form.DIGITS else None
        if mark:
            return self._bar(Barred(NoFigure.MATCH_MINUTE, mark.end()))
        return None

    def _read_pair(self, index: int, unit: Unit | None) -> tuple[Quantity, int] | None:
        """Read a number with the next one: a score in words, a ratio, a range."""
        if index + 1 >= len(self.numbers):
            return None
        first, second = self.numbers[index], self.numbers[index + 1]
        reach = second.start - (unit.end if unit else first.end)
        if reach > _RATIO_REACH or "\n" in self.page.folded[first.end : second.start]:
            return None
        quantity = self._read_tally(first, second) if unit is None else None
        if quantity is None and reach <= _RANGE_REACH:
            quantity = self._read_range(first, second, unit)
        return None if quantity is None else (quantity, 2)

    def _read_tally(self, first: NumberSpan, second: NumberSpan) -> Quantity | None:
        goals = read_goals(self.page.folded, first, second)
        if goals is not None:
            quantity = make_quantity(self.page, first, goals.end, None, kind=Kind.SCORE, rule="score.goals")
            return quantity._replace(value_min=goals.first, value_max=goals.second)
        ratio = read_ratio(self.page.text, self.page.folded, first, second)
        if ratio is None:
            return None
        pair, noun = ratio
        quantity = make_quantity(self.page, first, second.end, pair.low, kind=Kind.RATIO, rule=pair.rule, share=True)
        return quantity._replace(noun_start=noun[0], noun_end=noun[1]) if noun else quantity

    def _read_range(self, first: NumberSpan, second: NumberSpan, unit: Unit | None) -> Quantity | None:
        second_unit = self._unit_after(second)
        noun = second_unit is not None or bool(_NOUN_AFTER.match(self.page.folded, second.end))
        pair = read_range(self.page.folded, first, second, unit, second_unit, noun=noun)
        if pair is None:
            return None
        dated = self.dates.bar(second)
        reason = dated or barred(self.page.text, self.page.folded, second, second_unit, None)
        if reason is None or (dated is None and reason.reason not in _NOT_IN_RANGE):
            quantity = make_range(self.page, first, second, pair, second_unit)
            if quantity.kind is not Kind.COUNT or second.scale < MILLION:
                return quantity
            is_money = is_sum(self.page.folded, first.start, second.end)
            unit_of_sum = home_currency(self.page.folded) if self.last_sum is None else self.last_sum.unit
            return quantity._replace(kind=Kind.MONEY, unit=unit_of_sum) if is_money else quantity
        if unit is None:
            # "15 à 20 heures": neither is a figure.
            self._bar(reason)
        return None

    def _read_single(self, index: int, unit: Unit | None) -> tuple[Quantity | None, int]:
        number, page = self.numbers[index], self.page
        if number.start < self.done:
            return None, 1
        prefix = None
        if unit is None or unit.kind is not Kind.MONEY:
            prefix = unit_before(page.text, page.folded, number.start)
        unit = prefix or unit
        if unit is None:
            number, unit = borrow_unit(page, self.numbers, index, self._unit_after)
        if number.form is Form.FRACTION:
            unit = unit or of_second(page.folded, number)
            if unit is not None and not self._is_fraction_of(number, unit):
                unit = None
            if unit is None and number.text.lower().startswith(("un demi", "une demi")):
                self.last_barred = Barred(NoFigure.IN_WORD, number.end)  # "une demi-finale"
                return None, 1
        if unit is not None and unit.kind is Kind.DURATION:
            return self._read_duration(index, number, unit)
        what = kind_of(page, number, number, unit)
        if what.kind is Kind.COUNT:
            what = borrow_kind(page, number, self.found, self.last_sum) or what
        return self._read_amount(number, unit, prefix, what), 1

    def _read_amount(self, number: NumberSpan, unit: Unit | None, prefix: Unit | None, what: KindOf) -> Quantity | None:
        page = self.page
        value: Number = (
            number.value * 100 if what.share and number.form is Form.FRACTION and unit is None else number.value
        )
        end, phrase_end = number.end, number.end
        if unit is not None and unit.start >= number.end:
            phrase_end = unit.end
            # "3 tonnes et demie", "2 euros 50"
            part = read_and_part(page.folded, unit.end)
            if part is None and what.kind is Kind.MONEY and what.factor == 1:
                part = small_change(page.folded, unit.end, unit.surface)
            if part is not None:
                value, end, phrase_end = value + part[1], part[0], part[0]
        elif what.kind is Kind.RATIO and (half := _TIMES_AND_HALF.match(page.folded, end)):
            end = phrase_end = half.end()
            value += 0.5
        both = is_plus_and_minus(page.folded, number.start)
        sign = 1 if both is not None else sign_before(page.folded, number.start, unit, share=what.kind is Kind.PERCENT)
        tidied = tidy(value * what.factor * sign)
        if tidied is None:
            return None
        quantity = make_quantity(
            page,
            number,
            end,
            tidied,
            kind=what.kind,
            unit=what.unit,
            rule=f"{what.kind}.{number.form}",
            phrase=(prefix.start if prefix else number.start, phrase_end),
            share=what.share,
        )
        if both is not None:
            return quantity._replace(
                value=None, value_min=-tidied, value_max=tidied, modifier=Modifier.RANGE, phrase_start=both
            )
        if number.form is not Form.ARTICLE:
            return quantity
        return quantity._replace(needs_context=what.kind in {Kind.COUNT, Kind.RATIO})

    def _is_fraction_of(self, number: NumberSpan, unit: Unit) -> bool:
        """Return whether a fraction is measured in the unit: ``trois quarts d'heure``, not ``un tiers des heures``."""
        if self.page.folded.endswith("moitié", number.start, number.end):
            return False
        return not self.page.folded[number.end : unit.start].strip().startswith(("des", "du"))

    def _read_duration(self, index: int, number: NumberSpan, unit: Unit) -> tuple[Quantity | None, int]:
        if number.form not in {Form.FRACTION, Form.VAGUE} and unit.end > number.end:
            compound = read_compound(self.page.text, self.page.folded, self.numbers, index, unit)
            if compound is not None:
                duration, last = compound
                return make_duration(self.page, number, duration, rule="duration.compound"), last - index + 1
        value = tidy(number.value * unit.factor)
        if value is None:
            return None, 1
        single = Duration(number.end, max(unit.end, number.end), value, str(unit.unit))
        quantity = make_duration(self.page, number, single, rule=f"duration.{number.form}")
        if number.form is Form.ARTICLE:
            weak = quantity.modifier is Modifier.EXACT and unit.surface not in _LONG_UNITS
            quantity = quantity._replace(needs_context=weak)
        return quantity, 1
