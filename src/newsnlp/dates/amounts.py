"""Values of durations and sets: how long, how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.dates.calendar import Grain

if TYPE_CHECKING:
    from newsnlp.dates.grammar import Expression

# Units that TIMEX3 does not have, in those that it has.
_IN_OTHERS = {Grain.CENTURY: (100, Grain.YEAR), Grain.DECADE: (10, Grain.YEAR), Grain.QUARTER: (3, Grain.MONTH)} | {
    Grain.HALF: (6, Grain.MONTH)
}
_FINER = {Grain.YEAR: (12, Grain.MONTH), Grain.HOUR: (60, Grain.MINUTE), Grain.MINUTE: (60, Grain.SECOND)}
_ORDER = (Grain.YEAR, Grain.MONTH, Grain.WEEK, Grain.WEEKEND, Grain.DAY, Grain.HOUR, Grain.MINUTE, Grain.SECOND)


def whole(amount: list[tuple[float | None, Grain]]) -> list[tuple[float | None, Grain]]:
    """Return amounts in TIMEX3's units, halves in the finer ones.

    Examples
    --------
    >>> whole([(0.5, Grain.CENTURY)]), whole([(2.5, Grain.YEAR)])
    ([(50, <Grain.YEAR: 'Y'>)], [(30, <Grain.MONTH: 'M'>)])
    """
    found = []
    for count, unit in amount:
        if unit in _IN_OTHERS and count is not None:
            factor, unit = _IN_OTHERS[unit]
            count *= factor
        while count is not None and count % 1 and unit in _FINER:
            factor, unit = _FINER[unit]
            count = round(count * factor, 6)
        found.append((int(count) if count is not None and count % 1 == 0 else count, unit))
    return found


def duration_value(amount: list[tuple[float | None, Grain]]) -> str | None:
    """Return the value of a duration.

    Examples
    --------
    >>> duration_value([(3, Grain.MONTH), (1, Grain.DAY)]), duration_value([(None, Grain.MINUTE)])
    ('P3M1D', 'PTXM')
    """
    days, clock = "", ""
    for count, unit in sorted(whole(amount), key=lambda part: _ORDER.index(part[1]) if part[1] in _ORDER else 0):
        number = "X" if count is None else str(count)
        if unit.startswith("T"):
            clock += number + unit[1]
        else:
            days += number + (unit if unit in _ORDER else {Grain.QUARTER: "Q", Grain.HALF: "H"}.get(unit, unit))
    return f"P{days}" + (f"T{clock}" if clock else "") if days or clock else None


def set_value(found: Expression) -> str | None:
    """Return the period of a set, or the day, month or season that it comes back with."""
    if found.weekday is not None:
        return f"XXXX-WXX-{found.weekday}" + (f"T{found.part}" if found.part else "")
    if found.month is not None:
        return f"XXXX-{found.month:02}"
    if found.season is not None:
        return f"XXXX-{found.season}"
    if found.part is not None and not found.amount:
        return f"XXXX-XX-XXT{found.part}"
    return duration_value(found.amount) if found.amount else None
