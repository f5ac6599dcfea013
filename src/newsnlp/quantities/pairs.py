"""Two numbers that make one figure: ranges and ratios."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.lexicons import pattern
from newsnlp.numerals.forms import Form, NumberSpan, tidy
from newsnlp.quantities.contexts import plural_noun_follows
from newsnlp.records import Kind

if TYPE_CHECKING:
    from newsnlp.quantities.candidates import Quantity
    from newsnlp.quantities.units import Unit
    from newsnlp.records import Number

_NUMERIC = {Form.DIGITS, Form.WORDS, Form.MIXED, Form.COLLECTIVE, Form.FRACTION, Form.ARTICLE}
MILLION = 10**6
_SCALES = (("milliard", 1e9), ("million", 1e6))
_THOUSAND = 1000
_PERCENT = 100
_CONTRAST_REACH = 90
# "12 millions, contre 9,5", "évalué à 32 millions, il en a coûté 41"
_AGAINST = (" contre ", " coûté ", " coûter ", " coûtera ", " coûte ")
_END = re.compile(r"[.;\n]")
_TEN = 10
# Shares are told out of ten at most, a dozen or twenty, or a power of ten.
_USUAL_BASE = 20

_BETWEEN_BEFORE = re.compile(r"\bentre (?:les |la |environ |seulement )?-?$")
_AND = re.compile(r" et (?:les |la |d'|près de |environ |plus de )?")
_TO = re.compile(r" (?:à|jusqu'à|a) (?:plus de |quelque |environ |près de )?")
_OR = re.compile(r",? (?:ou|voire|ou même|peut-être) ")
_DASH = re.compile(r"-|–|—|/")
_SPACED_DASH = re.compile(r" [-–—] ")
# A word that rises, or goes either way: what falls "de 10 à 30 %" falls by so much.
_CHANGE_BEFORE = pattern(
    r"\b(?!<figures_changes.loose.other> )"
    r"(?:(?:<figures_changes.up.er>|<figures_changes.either.er>)<figures_changes.endings.er>"
    r"|<figures_changes.up.ir><figures_changes.endings.ir>|<figures_changes.up.forms>|<figures_changes.either.forms>"
    r"|<figures_changes.up.nouns>|<figures_changes.either.nouns>)\b[^.;\n]{0,60}\b(?:de|d'|du) ?$"
)
# "une hausse de 20 à 25 %": right after the noun, the size of a change; "la hausse du taux de 20 à 25 %" has two ends.
_SIZE_BEFORE = pattern(
    r"\b<figures_changes.sized> "
    r"<figures_changes.up.nouns> (?:(?!d[eu'])[^\W\d_]+ ){0,2}(?:de|d'|du) ?$"
)
# "un Français sur trois", "un service d'urgences sur cinq"
_RATIO_ON = re.compile(
    r"(?P<noun> [^\W\d_]+(?:-[^\W\d_]+)?(?: (?!du\b|des?\b)[^\W\d_]+)?)?(?: (?:d'|de |du |des )[^\W\d_]+)?,? sur "
)
_TALLY = pattern(" <quantities.pairs_tally>$")
_UNIT_NOUN = pattern(r" <quantities.pairs_unit_noun>(?![^\W_])")
_LONGEST_GAP = 40
_BASES = frozenset({100, 1000, 10_000, 100_000, 1_000_000})
_PERSON = pattern(
    r" (?:<figures_num_ages.ages.persons>s?|[^\W\d_]+<figures_num_ages.ages.endings>|(?:soignant|surveillant)e?s?)"
    r"(?![^\W_])"
)
_RATIO_FOR = re.compile(r"(?P<noun> (?:d'|de )?[^\W\d_]+)? pour ")


class Pair(NamedTuple):
    """Two numbers read as one: bounds, or a quotient."""

    low: Number
    high: Number
    rule: str


def read_range(
    folded: str, first: NumberSpan, second: NumberSpan, unit: Unit | None, second_unit: Unit | None, *, noun: bool
) -> Pair | None:
    """Return the range that two neighbours make, or None.

    Parameters
    ----------
    folded : str
    first, second : NumberSpan
    unit, second_unit : Unit or None
        What follows each.
    noun : bool
        A counted noun or a unit follows the second.
    """
    if first.form not in _NUMERIC or second.form not in _NUMERIC - {Form.ARTICLE}:
        return None
    if unit is not None and (second_unit is None or (unit.kind, unit.unit) != (second_unit.kind, second_unit.unit)):
        return None
    gap = folded[unit.end if unit else first.end : second.start]
    before = folded[max(0, first.start - 90) : first.start]
    negative = gap.endswith(("-", " moins "))
    if negative and len(gap) > 1:
        # "-5 à -10 °C", "entre -5 et -10 °C"
        gap = gap.removesuffix("-").removesuffix("moins ")
        first, second = (second, first) if first.value > second.value else (first, second)
    low, high = share_scale(first, second) if unit is None else (first.value, second.value)
    if low >= high:
        return None
    if _BETWEEN_BEFORE.search(before):
        return Pair(low, high, "range.between") if _AND.fullmatch(gap) else None
    if _TO.fullmatch(gap):
        return None if _is_change(before) else Pair(low, high, "range.to")
    if _OR.fullmatch(gap):
        return Pair(low, high, "range.or") if high <= low * 10 + 10 else None
    if first.form is not Form.ARTICLE and (_DASH.fullmatch(gap) or (_SPACED_DASH.fullmatch(gap) and noun)):
        return Pair(low, high, "range.dash")
    return None


def _is_change(before: str) -> bool:
    """Return whether the words before ``de A à B`` make it a change from one to the other."""
    return bool(_CHANGE_BEFORE.search(before)) and not _SIZE_BEFORE.search(before)


def share_scale(first: NumberSpan, second: NumberSpan) -> tuple[Number, Number]:
    """Return both values, the first with the scale word it shares with the second: ``2 à 3 millions``.

    Examples
    --------
    >>> from newsnlp.numerals.scan import scan_numbers
    >>> text = "10 à 12 000 manifestants"
    >>> share_scale(*scan_numbers(text, text))
    (10000, 12000)
    """
    scale = _shared_scale(first, second) if first.scale == 1 and first.form is not Form.FRACTION else 1
    shared = tidy(first.value * scale)
    return (shared, second.value) if shared is not None and shared < second.value else (first.value, second.value)


def _shared_scale(first: NumberSpan, second: NumberSpan) -> int:
    """Return by what the first number is multiplied because the second is."""
    words = second.text.lower()
    if second.scale >= MILLION or second.form is Form.COLLECTIVE:
        return second.scale
    if second.form in {Form.WORDS, Form.MIXED} and words.endswith("mille"):
        return 1000
    if second.form is Form.WORDS and words.endswith(("cent", "cents")) and first.value < _TEN:
        return 100
    if second.grouped and not first.grouped and second.value % 1000 == 0 and first.value < 1000:  # noqa: PLR2004
        # "10 à 12 000": only where the first, in thousands, is below the second and of its size.
        return 1000 if first.value * 1000 < second.value <= first.value * 10_000 else 1
    return 1


def read_ratio(
    text: str, folded: str, first: NumberSpan, second: NumberSpan
) -> tuple[Pair, tuple[int, int] | None] | None:
    """Return the ratio that two numbers make, and the span of a noun inside it: ``un Français sur trois``."""
    gap = folded[first.end : second.start]
    if len(gap) > _LONGEST_GAP or second.form is Form.ARTICLE or not second.value or first.form is Form.ORDINAL:
        return None
    if second.value not in _BASES and not (isinstance(first.value, int) and isinstance(second.value, int)):
        return None
    on, of = _RATIO_ON.fullmatch(gap), _RATIO_FOR.fullmatch(gap)
    match = on or of
    if match is None or (match["noun"] and _UNIT_NOUN.match(match["noun"])):
        return None
    if on and not _is_out_of(text, folded, first, second, on["noun"] or ""):
        return None
    if of and not on and second.value not in _BASES:
        # "un soignant pour huit résidents", not "une salle pour 300 personnes"
        staffed = first.form is Form.ARTICLE and second.value > 1 and _PERSON.fullmatch(of["noun"] or "")
        if not staffed or not _PERSON.match(folded, second.end):
            return None
    if of and not on and of["noun"] and first.value >= second.value:
        return None
    value = tidy(first.value / second.value)
    if value is None:
        return None
    noun = (first.end + 1, first.end + len(match["noun"])) if match["noun"] else None
    return Pair(value, value, "ratio"), noun


def _is_out_of(text: str, folded: str, first: NumberSpan, second: NumberSpan, noun: str) -> bool:
    """Return whether ``sur`` makes a share: ``9 sur 10``, not ``un rapport sur 12 pays``."""
    if first.value > second.value:
        return False
    if second.value in _BASES or _TALLY.match(noun):
        return True
    if plural_noun_follows(text, folded, second.end):
        return False
    # "178 postes sur 710" are two counts.
    return not noun or second.value <= _USUAL_BASE


def scale_of(amount: str) -> float:
    """Return by what the scale word of an amount multiplies: a million, a milliard, or 1 where it has none."""
    return next((value for word, value in _SCALES if word in amount.lower()), 1.0)


def borrowed_scale(text: str, folded: str, last: Quantity, number: NumberSpan) -> float | None:
    """Return by what a bare number is multiplied that is set against the one before: ``12 millions contre 9,5``.

    None where it is not set against it, or has a noun of its own; its unit is then that of the other, too.
    """
    between = folded[last.end : number.start]
    if not between.endswith(_AGAINST) or len(between) > _CONTRAST_REACH or _END.search(between):
        return None
    if number.scale > 1 or number.grouped or number.value >= _THOUSAND or plural_noun_follows(text, folded, number.end):
        return None
    scale = scale_of(last.text)
    if last.kind is Kind.MONEY or (last.kind is Kind.COUNT and scale > 1):
        return scale
    return 1.0 if last.unit == "%" and number.form is Form.DIGITS and number.value <= _PERCENT else None
