"""Expressions that belong together: a day and its part, the two ends of a range."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.dates.calendar import Grain
from newsnlp.dates.words import CLASSES, Clock
from newsnlp.records import DateType

if TYPE_CHECKING:
    from newsnlp.dates.grammar import Expression
    from newsnlp.dates.tokens import Text

_DAYS = {"day", "weekday", "offset", "eve", "numeric", "holiday", "period", "month_day"}


def _gap(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"[A-Z_]{2,}", lambda name: CLASSES[name[0]], pattern).replace(" ", ""))


_TO_PART = _gap("(?:TO_THE|IN|EN|IN ARTICLE|TO ARTICLE|OF_THE|ARTICLE)?")
_TO = _gap("(?:TO|TO_THE|TO ARTICLE|UNTIL|UNTIL ARTICLE|DASH)")
_AND = _gap("AND(?: ARTICLE)?")
_WEAK = _gap("(?:TO|TO_THE|TO ARTICLE)")
# Rules of one kind, whose expressions can be the ends of one range.
_KINDS = {
    **dict.fromkeys(("day", "weekday", "numeric", "holiday", "offset"), "day"),
    **dict.fromkeys(("clock", "noon"), "clock"),
    "month": "month",
    "year": "year",
    "season": "season",
    "quarter": "quarter",
    "decade": "decade",
}


def join(text: Text, found: list[Expression]) -> list[Expression]:
    """Return the expressions with the ends of each range as one."""
    kept: list[Expression] = []
    for item in found:
        if kept and _joins_range(text, kept[-1], item):
            continue
        kept.append(item)
    return kept


def _between(text: Text, left: Expression, right: Expression) -> str:
    return text.classes[left.last + 1 : right.first]


def joins_part(text: Text, left: Expression, right: Expression) -> bool:
    """Join ``mardi 4 avril au soir``, ``hier en début d'après-midi``, ``lundi midi``."""
    if left.rule not in _DAYS or left.grain is not Grain.DAY or left.type is not DateType.DATE or left.others:
        return False
    gap = _between(text, left, right)
    same = right.in_text and text.letter(right.last) == CLASSES["SAME"] and not gap  # "jeudi soir même"
    if right.rule == "part" and (same or (right.way is None and not right.in_text)):
        if not _TO_PART.fullmatch(gap):
            return False
        left.part, left.mod = right.part, right.mod or left.mod
    elif right.rule == "noon" and not gap and right.mod is None:
        left.clock = right.clock
    else:
        return False
    left.type, left.last = DateType.TIME, right.last
    return True


def _joins_range(text: Text, left: Expression, right: Expression) -> bool:
    kind = _KINDS.get(left.rule)
    if kind is None or kind != _KINDS.get(right.rule) or right.others or left.others or left.type is not right.type:
        return False
    if not _links(text, left, right, kind):
        return False
    years = (left.year, right.year) if kind == "year" else (None, None)
    if None not in years and 0 < years[1] <= abs(years[0]):  # type: ignore[operator, arg-type]
        return False
    left.others, left.last = [right], right.last
    return True


def _links(text: Text, left: Expression, right: Expression, kind: str) -> bool:
    """Return whether what stands between two dates makes them the ends of one."""
    gap, before = _between(text, left, right), text.letter(left.first - 1)
    if _AND.fullmatch(gap):
        return _is_pair(text, left, right, before)
    if not _TO.fullmatch(gap) or right.mod is not None:
        return False
    if gap == CLASSES["DASH"]:
        return kind not in {"day", "clock"} or bool(left.clock or left.month)
    return not _WEAK.fullmatch(gap) or before in _FROM or kind in {"clock", "month"} or _opens(left, right)


_FROM = {CLASSES[name] for name in ("OF", "OF_THE", "BETWEEN", "ARTICLE", "STOP", "COMMA", "OPEN")}


def _opens(left: Expression, right: Expression) -> bool:
    return left.month is not None and right.month is not None and left.day is not None


def _is_pair(text: Text, left: Expression, right: Expression, before: str) -> bool:
    """Return whether two joined by ``et`` are one range: after ``entre``, or months that follow each other."""
    between = before == CLASSES["BETWEEN"] or (
        before == CLASSES["ARTICLE"] and text.letter(left.first - 2) == CLASSES["BETWEEN"]
    )
    months = (
        left.rule == right.rule == "month"
        and left.year is None
        and left.mod is None
        and right.mod is None
        and text.letter(right.first - 1) == CLASSES["AND"]
        and ((right.month or 0) - (left.month or 0)) % 12 == 1
    )
    return between or months


def evening(found: Expression, following: Expression) -> None:
    """Read ``8 heures ce soir`` as 20 o'clock."""
    if found.clock and following.part in {"AF", "EV"} and 1 <= found.clock.hour < 12:  # noqa: PLR2004
        found.clock = Clock(found.clock.hour + 12, found.clock.minute)
