"""Every numeric expression of a text with its bounds, modifier, kind and unit.

Pure over characters. Reading order: numbers (`numerals`), what is no figure (`exclusions`, `clock`), two numbers that
are one figure (`pairs`), durations of several parts (`durations`), then one number with its unit (`units`), its
modifier (`modifiers`), and whether its years are an age (`ages`) or its ordinal a result (`ranks`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from newsnlp.figures.ages import aged, is_age
from newsnlp.figures.candidates import Quantity
from newsnlp.figures.clock import clock_time
from newsnlp.figures.contexts import plural_noun_follows
from newsnlp.figures.durations import Duration, read_chrono, read_compound
from newsnlp.figures.exclusions import Barred, barred
from newsnlp.figures.folding import fold, plain
from newsnlp.figures.modifiers import bounds, qualify
from newsnlp.figures.numeral_collectives import read_and_part
from newsnlp.figures.numeral_forms import Form, NumberSpan, tidy
from newsnlp.figures.numerals import scan_numbers
from newsnlp.figures.pairs import read_goals, read_range, read_ratio, read_score, read_slash, share_scale
from newsnlp.figures.ranks import is_rank
from newsnlp.figures.singles import (
    is_noun_here,
    is_per_head,
    is_times_more,
    magnitude_before,
    percentage_points,
    pronominal_hint,
    sign_before,
    small_change,
)
from newsnlp.figures.units import Unit, unit_after, unit_before
from newsnlp.records import Kind, Modifier, Number

__all__ = ["Quantity", "find_quantities"]

# "6m03", "1 m 80": metres and centimetres.
_METRES = re.compile(r"(?P<m>[0-9]{1,3}) ?m ?(?P<cm>[0-9]{2})(?![0-9]|[.,][0-9]|[^\W_])")
_MINUTE_MARK = re.compile(r"(?:\+[0-9]{1,2})?'(?![0-9^\W]|[^\W])")
# "le 4/11", "du 3/12": a day and its month.
_DAY_BEFORE = re.compile(r"\b(?:le|au|du|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) $")
_ALL = re.compile(r"\b(?:tous|toutes) (?:les )?$")
_LINKED = " de "
_DEFINITE_UNITS = {Kind.MONEY, Kind.PERCENT, Kind.MEASURE}
_LONG_UNITS = {"décennie", "siècle", "millénaire", "décennies", "siècles"}


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
    >>> [(q.text, q.value_min, q.value_max, str(q.modifier), q.unit) for q in find_quantities(
    ...     "Plus de 300 blessés, entre 15 et 20 % des maisons, 2,5 Md€ de dégâts le 7 octobre.")]
    [('300', 300, None, 'more_than', None), ('15 et 20', 15, 20, 'range', '%'), ('2,5 Md', 2500000000, 2500000000, 'exact', 'EUR')]
    >>> find_quantities("À 14 h 30, le F-16 a survolé la RN 12.")
    []
    """
    return _Finder(text).run()


class _Finder:
    """One pass over the numbers of one text."""

    def __init__(self, text: str) -> None:
        self.original = text
        self.text = plain(text)
        self.folded = fold(text)
        self.numbers = scan_numbers(self.text, self.folded)
        self.found: list[Quantity] = []
        self.done = 0
        self.last_barred: Barred | None = None

    def run(self) -> list[Quantity]:
        index = 0
        while index < len(self.numbers):
            number = self.numbers[index]
            if number.start < self.done:
                index += 1
                continue
            quantity, used = self._read(index)
            if quantity is not None:
                self.found.append(quantity)
                self.done = max(quantity.end, self.numbers[index + used - 1].end)
                self.last_barred = None
            index += used
        return self.found

    def _bar(self, found: Barred) -> tuple[None, int]:
        self.last_barred = found
        self.done = found.end
        return None, 1

    def _read(self, index: int) -> tuple[Quantity | None, int]:
        number = self.numbers[index]
        if number.form is Form.NONE:
            return self._make(number, number.end, number.value, rule="count.none", needs_context=True), 1
        digits = self.folded[number.start].isdigit()
        if digits:
            special = self._read_digit_expression(index)
            if special is not None:
                return special
        unit = unit_after(self.text, self.folded, number.end, links=number.links)
        if unit is not None and is_noun_here(unit, number):
            unit = None
        reason = barred(self.text, self.folded, number, unit, self.last_barred)
        if reason is not None:
            return self._bar(reason)
        if number.form is Form.ORDINAL:
            if is_rank(self.folded, number):
                return self._make(number, number.end, number.value, kind=Kind.RANK, rule="rank"), 1
            return self._bar(Barred("ordinal", number.end))
        if number.form is Form.VAGUE and self._precedes_number(index):
            return None, 1  # "quelques 300 personnes"
        if unit is None and self._stands_for_all(number):
            return self._bar(Barred("idiom", number.end))
        return self._read_pair(index, unit) or self._read_single(index, unit)

    def _stands_for_all(self, number: NumberSpan) -> bool:
        """Return whether a number is a pronoun: ``tous les deux``; ``tous les 300 employés`` counts."""
        few = number.form is Form.WORDS and number.value <= 10  # noqa: PLR2004
        return few and bool(_ALL.search(self.folded[max(0, number.start - 12) : number.start]))

    def _precedes_number(self, index: int) -> bool:
        number = self.numbers[index]
        following = self.numbers[index + 1] if index + 1 < len(self.numbers) else None
        return (
            number.text.lower() == "quelques"
            and following is not None
            and following.start == number.end + 1
            and following.form in {Form.DIGITS, Form.WORDS, Form.MIXED}
        )

    def _read_digit_expression(self, index: int) -> tuple[Quantity | None, int] | None:
        """Read what only digits make: scores, times of day, stopwatch times."""
        number = self.numbers[index]
        score = read_score(self.text, self.folded, number.start)
        if score is not None:
            used = sum(1 for other in self.numbers[index : index + 2] if other.start < score.end)
            quantity = self._make(number, score.end, None, kind=Kind.SCORE, rule="score")
            return replace(quantity, value_min=score.first, value_max=score.second), used
        slash = read_slash(self.folded, number.start)
        if slash is not None and not _DAY_BEFORE.search(self.folded[max(0, number.start - 10) : number.start]):
            used = sum(1 for other in self.numbers[index : index + 2] if other.start < slash[1])
            return self._make(number, slash[1], slash[0], kind=Kind.RATIO, rule="ratio.slash", share=True), used
        metres = _METRES.match(self.folded, number.start)
        if metres:
            value = float(f"{metres['m']}.{metres['cm']}")
            quantity = self._make(number, metres.end(), tidy(value), kind=Kind.MEASURE, unit="m", rule="measure.metres")
            return quantity, sum(1 for other in self.numbers[index : index + 2] if other.start < metres.end())
        time = clock_time(self.folded, number)
        if time is not None:
            return self._bar(Barred("time", time))
        chrono = read_chrono(self.folded, number.start)
        if chrono is not None:
            used = sum(1 for other in self.numbers[index : index + 4] if other.start < chrono.end)
            return self._make_duration(number, chrono, rule="duration.chrono"), used
        if _MINUTE_MARK.match(self.folded, number.end) and number.form is Form.DIGITS:
            return self._bar(Barred("minute_mark", number.end + 1))
        return None

    def _read_pair(self, index: int, unit: Unit | None) -> tuple[Quantity, int] | None:
        if index + 1 >= len(self.numbers):
            return None
        first, second = self.numbers[index], self.numbers[index + 1]
        reach = unit.end if unit else first.end
        if second.start - reach > 44 or "\n" in self.folded[first.end : second.start]:  # noqa: PLR2004
            return None
        if unit is None:
            goals = read_goals(self.folded, first, second)
            if goals is not None:
                quantity = self._make(first, goals.end, None, kind=Kind.SCORE, rule="score.goals")
                return replace(quantity, value_min=goals.first, value_max=goals.second), 2
            ratio = read_ratio(self.text, self.folded, first, second)
            if ratio is not None:
                pair, noun = ratio
                quantity = self._make(first, second.end, pair.low, kind=Kind.RATIO, rule=pair.rule, share=True)
                if noun:
                    quantity = replace(quantity, noun_start=noun[0], noun_end=noun[1])
                return quantity, 2
        if second.start - reach > 20:  # noqa: PLR2004
            return None
        second_unit = unit_after(self.text, self.folded, second.end, links=second.links)
        noun_follows = second_unit is not None or bool(
            re.match(r" [^\W\d_]{4,}", self.folded[second.end : second.end + 6])
        )
        # A unit of the first that is the first word of a noun in between is no unit of a range.
        pair_found = read_range(self.folded, first, second, unit, second_unit, noun=noun_follows)
        if pair_found is None:
            return None
        reason = barred(self.text, self.folded, second, second_unit, None)
        if reason is not None and reason.rule in {"time", "date", "year", "decade", "name_hyphen", "glued"}:
            if first.start == second.start or unit is not None:
                return None
            self._bar(Barred(reason.rule, reason.end))
            return None
        return self._make_range(first, second, pair_found.low, pair_found.high, second_unit, pair_found.rule), 2

    def _make_range(
        self, first: NumberSpan, second: NumberSpan, low: Number, high: Number, unit: Unit | None, rule: str
    ) -> Quantity:
        prefix = unit_before(self.text, self.folded, first.start) if unit is None else None
        used = unit or prefix
        kind, name, factor, share = self._kind_of(first, second, used)
        if share and unit is None:
            low, high = low * 100, high * 100
        sign = sign_before(self.folded, first.start, used)
        sides = sorted(tidy(side * factor) or 0 for side in (low, high))
        if sign < 0:
            sides = sorted(-side for side in sides)
        phrase_end = unit.end if unit else second.end
        phrase_start = prefix.start if prefix else first.start
        between = re.search(r"entre (?:les |la |environ )?$", self.folded[max(0, phrase_start - 20) : phrase_start])
        if between:
            phrase_start -= len(between.group())
        if kind is Kind.DURATION and is_age(self.text, self.folded, phrase_start, phrase_end, str(name), is_range=True):
            kind, name = Kind.AGE, None if name == "year" else name
        return self._make(
            first, second.end, None, kind=kind, unit=name, rule=f"{kind}.{rule}",
            low=sides[0], high=sides[1], modifier=Modifier.RANGE, phrase=(phrase_start, phrase_end), share=share, sign=sign,
        )  # fmt: skip

    def _kind_of(
        self, number: NumberSpan, closing: NumberSpan, unit: Unit | None
    ) -> tuple[Kind, str | None, float, bool]:
        """Return kind, unit, factor, and whether the number is a share."""
        if unit is not None:
            return unit.kind, unit.unit, unit.factor, unit.kind is Kind.PERCENT
        if is_times_more(self.folded, closing):
            return Kind.RATIO, None, 1.0, False
        if closing.form is Form.FRACTION and number.value <= 1:
            return Kind.PERCENT, "%", 1.0, True
        if aged(self.folded, number.start):
            return Kind.AGE, None, 1.0, False
        if magnitude_before(self.folded, number.start):
            return Kind.MEASURE, "magnitude", 1.0, False
        if percentage_points(self.folded, number.start, closing.end, decimal=number.decimal):
            return Kind.PERCENT, "point", 1.0, False
        return Kind.COUNT, None, 1.0, False

    def _read_single(self, index: int, unit: Unit | None) -> tuple[Quantity | None, int]:
        number = self.numbers[index]
        if number.start < self.done:
            return None, 1
        prefix = (
            unit_before(self.text, self.folded, number.start) if unit is None or unit.kind is not Kind.MONEY else None
        )
        shared = None if prefix or unit else self._inherited(index)
        unit = prefix or unit or shared
        if shared is not None:
            # "de 3 à 5 milliards de dollars": the first is in billions too.
            value = share_scale(self.folded, number, self.numbers[index + 1])[0]
            number = replace(number, value=value)
        if unit is not None and number.form is Form.FRACTION and not self._fraction_of_unit(number, unit):
            unit = None
        if number.form is Form.FRACTION and self.text[number.start : number.end].lower().startswith(
            ("un demi", "une demi")
        ):
            if unit is None:
                return None, 1
        if unit is not None and unit.kind is Kind.DURATION:
            return self._read_duration(index, unit)
        kind, name, factor, share = self._kind_of(number, number, unit)
        if kind is Kind.COUNT and self._contrasted(number):
            kind, name, share = Kind.PERCENT, "%", True
        value: Number = number.value * 100 if share and number.form is Form.FRACTION and unit is None else number.value
        end, phrase_end = number.end, max(number.end, unit.end if unit else 0)
        part = read_and_part(self.folded, unit.end) if unit is not None and unit.start >= number.end else None
        if part is not None:
            # "3 tonnes et demie"
            value, end, phrase_end = value + part[1], part[0], part[0]
        if kind is Kind.MONEY and unit is not None and factor == 1:
            change = small_change(self.folded, unit.end, unit.surface)
            if change:
                value, end, phrase_end = value + change[1], change[0], change[0]
        if (kind is Kind.COUNT and is_times_more(self.folded, number)) or (
            kind is Kind.COUNT and is_per_head(self.folded, number.end)
        ):
            kind = Kind.RATIO
        sign = sign_before(self.folded, number.start, unit)
        tidied = tidy(value * factor * sign)
        if tidied is None:
            return None, 1
        rule = f"{kind}.{number.form}"
        starts = (prefix.start if prefix else number.start, phrase_end)
        quantity = self._make(
            number, end, tidied, kind=kind, unit=name, rule=rule, phrase=starts, share=share, sign=sign
        )
        if number.form is Form.ARTICLE:
            weak = kind is Kind.COUNT or (kind is Kind.RATIO and not share)
            quantity = replace(quantity, is_article=True, needs_context=weak and quantity.modifier is Modifier.EXACT)
            if weak and quantity.modifier is not Modifier.EXACT:
                quantity = replace(quantity, needs_context=True)
        return quantity, 1

    def _contrasted(self, number: NumberSpan) -> bool:
        """Return whether a bare number is set against a percentage: ``51 % … contre 42 en 2010``."""
        last = self.found[-1] if self.found else None
        if last is None or last.unit != "%" or number.form is not Form.DIGITS:
            return False
        between = self.folded[last.end : number.start]
        if not between.endswith(" contre ") or len(between) > 90 or re.search(r"[.;\n]", between):  # noqa: PLR2004
            return False
        return not plural_noun_follows(self.text, self.folded, number.end)

    def _fraction_of_unit(self, number: NumberSpan, unit: Unit) -> bool:
        """Return whether a fraction is measured in the unit: ``trois quarts d'heure``, not ``un tiers des heures``."""
        if self.folded.endswith("moitié", number.start, number.end):
            return False
        return not self.folded[number.end : unit.start].strip().startswith(("des", "du"))

    def _inherited(self, index: int) -> Unit | None:
        """Return the unit that a number shares with the next one: ``de 16 à 21 %``, ``5 et 10 %``."""
        if index + 1 >= len(self.numbers):
            return None
        number, following = self.numbers[index], self.numbers[index + 1]
        if number.form not in {Form.DIGITS, Form.WORDS, Form.MIXED}:
            return None
        if not re.fullmatch(
            r" (?:à|et|ou|puis|et à|à plus de|à près de) |, ", self.folded[number.end : following.start]
        ):
            return None
        unit = unit_after(self.text, self.folded, following.end, links=following.links)
        return unit._replace(start=number.end, end=number.end) if unit else None

    def _read_duration(self, index: int, unit: Unit) -> tuple[Quantity | None, int]:
        number = self.numbers[index]
        compound = (
            None
            if number.form in {Form.FRACTION, Form.VAGUE}
            else read_compound(self.text, self.folded, self.numbers, index, unit)
        )
        if compound is not None:
            duration, last = compound
            return self._make_duration(number, duration, rule="duration.compound"), last - index + 1
        value = tidy(number.value * unit.factor)
        if value is None:
            return None, 1
        single = Duration(number.end, max(unit.end, number.end), value, str(unit.unit))
        quantity = self._make_duration(number, single, rule=f"duration.{number.form}")
        if number.form is Form.ARTICLE:
            long = unit.surface in _LONG_UNITS
            quantity = replace(
                quantity, is_article=True, needs_context=quantity.modifier is Modifier.EXACT and not long
            )
        return quantity, 1

    def _make_duration(self, number: NumberSpan, duration: Duration, *, rule: str) -> Quantity:
        quantity = self._make(
            number, duration.end, duration.value, kind=Kind.DURATION, unit=duration.unit, rule=rule,
            phrase=(number.start, duration.phrase_end),
        )  # fmt: skip
        if is_age(
            self.text, self.folded, quantity.phrase_start, duration.phrase_end, duration.unit, is_range=False
        ) or is_age(self.text, self.folded, number.start, duration.phrase_end, duration.unit, is_range=False):
            unit = None if duration.unit == "year" else duration.unit
            return replace(quantity, kind=Kind.AGE, unit=unit, rule_id=rule.replace("duration", "age"))
        return quantity

    def _make(
        self,
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
        sign: int = 1,
        needs_context: bool = False,
    ) -> Quantity:
        phrase_start, phrase_end = phrase or (number.start, end)
        outer = None
        if modifier is None and kind not in {Kind.SCORE, Kind.RANK} and number.form is not Form.NONE:
            qualified = qualify(
                self.folded, phrase_start, phrase_end, number=number, has_duration=kind is Kind.DURATION
            )
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
            text=self.original[number.start : end],
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
            pronominal_hint=pronominal_hint(self.folded, number.start, end),
            share=share,
            sign=sign,
        )
