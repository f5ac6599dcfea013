"""Days and years, told from counts by what stands around the whole expression: ``entre 1500 et 2000 manifestants``."""

from __future__ import annotations

import functools
import re

from newsnlp.dates.exclusions import MODERN
from newsnlp.lexicons import pattern, word_set
from newsnlp.numerals.forms import Form
from newsnlp.quantities.contexts import next_word, plural_noun_follows
from newsnlp.quantities.exclusions.around import WORD_FORMS, Around, Barred
from newsnlp.quantities.units import unit_after
from newsnlp.record_fields import NoFigure
from newsnlp.text.folding import fold

_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_ROUND = 50
_LAST_DAY = 31
# "sur la 2", "la 5": television channels.
_LAST_CHANNEL = 9
_YEAR_DIGITS, _SHORT_YEAR = 4, 2
_REACH = 64
_CHAINED = pattern(
    r"(?: ?[-–/] ?| (?P<link>et|à|ou|voire|puis) (?:<figures_exclusions.years.in_range> ?)?)"
    r"(?P<number>[0-9]{1,3}(?:[ .][0-9]{3})+|[0-9]+)(?![0-9]|[.,][0-9])"
)
_LONGEST_CHAIN = 4
_DECADE_BEFORE = pattern(
    r"(?P<recent><figures_exclusions.years.near> )?"
    r"\bannée(?P<many>s)? (?:[^\W\d_]+ )?(?:[0-9]{2,4}(?:-| et | à |, ))?(?:mille neuf cent )?$"
)
_LE_BEFORE = re.compile(r"\b(?:le|au|du|ce) $")
_APPROXIMATE_BEFORE = pattern("<quantities.exclusions_approximate_before> $")
# "porté à 1200", "a réuni 1500", "passe de 1200 à 1500", "ils étaient 2000"
_COUNTED_BEFORE = pattern(
    r"\b(?:<figures_exclusions.years.counted_to>[^\W\d_]*(?: [^\W\d_]+ment)? (?:à|a)"
    r"|<figures_exclusions.years.counted_between>[^\W\d_]* entre"
    r"|<figures_exclusions.years.counted>|<figures_exclusions.years.changed>[^\W\d_]* (?:de|d'|à)) ?$"
)
_NUMBER_OF = pattern(r"\b<figures_exclusions.years.number_of>\b[^.;:!?,\n]{0,60} (?:à|de|est|était|sont|:) ?$")
# What stands before the last of two numbers: "de 1200 à", "entre 1200 et"
_FIRST_OF_TWO = re.compile(r"(?:[0-9][0-9. ]* )(?:à|et|ou|voire) (?:plus de |près de |environ )?$")
_OPENING_RANGE = re.compile(r"(?:(?<= )|^)(?:de |d'|entre )$")
_COUNTS_AFTER = pattern(r",? <figures_exclusions.years.counts_after>(?![^\W_])")
_AFTER_ANOTHER = re.compile(r"(?:,|\b(?:et|à|que|mais|ou)) $")
# What follows an earlier count: "contre 2100 en 2010".
_THEN_AFTER = pattern(r" <figures_exclusions.years.then>(?![^\W_])")
_ACCORDING = re.compile(r",? (?:selon|d'après)\b")


@functools.cache
def months() -> frozenset[str]:
    """Return the months; capitals, and papers in haste, leave their accents off."""
    named = word_set("calendar.months")
    return named | {fold(month, accents=False) for month in named} | word_set("calendar.months.others")


@functools.cache
def _cues() -> frozenset[str]:
    return word_set("figures_exclusions.years.cues") | months()


def is_year(value: float) -> bool:
    """Return whether a value can be a year."""
    return _FIRST_YEAR <= value <= _LAST_YEAR


def decade(around: Around) -> Barred | None:
    """Bar ``les années 80``, ``l'année 2016``; ``cette année 50 personnes`` counts."""
    number = around.number
    if number.scale > 1 or around.unit is not None or "anné" not in around.before:
        return None
    found = _DECADE_BEFORE.search(around.before)
    if found is None:
        return None
    year = is_year(number.value)
    if around.noun_follows and not (year if found["many"] is None else year or number.value % 10 == 0):
        return None
    if found["recent"] and around.noun_follows and number.value not in MODERN:
        return None
    return around.bar(NoFigure.DECADE)


def day_or_year(around: Around) -> Barred | None:
    """Bar a day without its month (``lundi 3``, ``le 11``) and a year."""
    number = around.number
    if around.unit is not None or not around.is_plain or number.form is Form.ORDINAL:
        return None
    if is_year(number.value) and len(number.text) == _YEAR_DIGITS:
        return _year(around)
    if around.noun_follows:
        return None
    if len(number.text) == _SHORT_YEAR and (
        around.word_before in months()
        or (number.value > _LAST_DAY and around.word_before in word_set("figures_exclusions.years.short_cues"))
    ):
        return around.bar(NoFigure.YEAR)  # "mai 68", "rien en 98"
    after_article = bool(_LE_BEFORE.search(around.before))
    if number.value <= _LAST_DAY and (
        around.word_before in word_set("calendar.weekdays") or (after_article and number.value > 1)
    ):
        return around.bar(NoFigure.DATE)
    channel = number.value <= _LAST_CHANNEL and around.before.endswith(" la ")
    return around.bar(NoFigure.NAMED) if channel or (after_article and number.value > _LAST_DAY) else None


def _year(around: Around) -> Barred | None:
    text, folded, number = around.text, around.folded, around.number
    numbers, end, listed = _chain(around)
    modern = all(value in MODERN for value in numbers)
    cued = around.word_before in _cues()
    # "le 12 mai 2000 personnes": after a month only a round number may count.
    counts = around.noun_follows and (not modern or (around.word_before in months() and number.value % _ROUND == 0))
    if cued and not counts:
        return around.bar(NoFigure.YEAR)
    if any(value > _LAST_YEAR for value in numbers) and not listed:
        return None
    if plural_noun_follows(text, folded, end) or unit_after(text, folded, end, links=True) is not None:
        return None
    before = folded[max(0, number.start - _REACH) : number.start]
    first = _OPENING_RANGE.sub("", _FIRST_OF_TWO.sub("", before))
    if _APPROXIMATE_BEFORE.search(before) or _COUNTED_BEFORE.search(before) or _NUMBER_OF.search(before):
        return None
    if first != before and _COUNTED_BEFORE.search(first + ("entre " if "entre " in before[-24:] else "de ")):
        return None
    if before.endswith(" contre ") and (not modern or _THEN_AFTER.match(folded, end)):
        return None  # "contre 2100 en 2010"
    if listed and modern:
        return around.bar(NoFigure.YEAR)
    if _ACCORDING.match(folded, end) and (not modern or _AFTER_ANOTHER.search(before)):
        return None
    return None if _COUNTS_AFTER.match(folded, end) else around.bar(NoFigure.YEAR)


def _chain(around: Around) -> tuple[list[int], int, bool]:
    """Return the numbers that a range or list goes on with, where it ends, and whether it is a list."""
    numbers, end, listed = [int(around.number.value)], around.number.end, False
    between = around.before.endswith("entre ")
    for _ in range(_LONGEST_CHAIN):
        further = _CHAINED.match(around.folded, end)
        if further is None:
            break
        value = int(re.sub(r"\D", "", further["number"]))
        if value < _FIRST_YEAR:
            break
        numbers.append(value)
        end = further.end()
        listed = listed or (further["link"] in {"et", "puis"} and not between)
    return numbers, end, listed


def year_in_words(around: Around) -> Barred | None:
    """Bar ``en mille neuf cent quatorze``."""
    number = around.number
    if number.form not in WORD_FORMS or not isinstance(number.value, int):
        return None
    year = is_year(number.value) and (" " in number.text or "-" in number.text) and not around.noun_follows
    return around.bar(NoFigure.YEAR) if year and around.unit is None and around.word_before in _cues() else None


def month_follows(around: Around) -> Barred | None:
    """Bar the day of a date in words: ``le onze novembre``."""
    number = around.number
    if around.unit is not None or not isinstance(number.value, int) or number.value > _LAST_DAY:
        return None
    return around.bar(NoFigure.DATE) if next_word(around.folded, number.end) in months() else None


def counts_in_years(text: str, folded: str, first: int, second: str, end: int) -> bool:
    """Return whether ``1500-2000`` counts: a noun follows, and the two are not plainly years."""
    last = int(second) if len(second) == _YEAR_DIGITS else first // 100 * 100 + int(second)
    years = first in MODERN and last in MODERN and (first % _ROUND or last % _ROUND)
    return not years and plural_noun_follows(text, folded, end)


def counts_after_day(value: int) -> bool:
    """Return whether the number after a day and before a noun is no year: ``le 12 mai 1500 personnes``."""
    return value not in MODERN or value % _ROUND == 0
