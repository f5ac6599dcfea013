"""What is counted of one event, over its articles: the numbers that stand after the last of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from newsnlp.records import Modifier, Status, TollRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.dossiers.occurrences import Said
    from newsnlp.records import Number

_NOT_ITS_TOLL = (TollRole.PREVIOUS, TollRole.INCREMENT, TollRole.CUMULATIVE)
_UNCOUNTED = (Status.DENIED, Status.PLANNED)


@dataclass(frozen=True, slots=True)
class RowToll:
    """What stands of one kind (killed, injured …); `said` are the statements that say so, the leading one first."""

    event: str
    low: Number | None
    best: Number | None
    high: Number | None
    said: tuple[Said, ...]


def standing_of(said: Sequence[Said]) -> dict[str, RowToll]:
    """Return what stands at the end of each kind of count."""
    found: dict[str, RowToll] = {}
    for event in dict.fromkeys(one.event for one in said):
        mine = [one for one in said if one.event == event and not _is_out(one)]
        sure = [one for one in mine if one.modifier != Modifier.VAGUE] or mine
        if sure:
            found[event] = _standing(event, sure)
    return found


def _is_out(one: Said) -> bool:
    return one.role in _NOT_ITS_TOLL or one.status in _UNCOUNTED


def _standing(event: str, said: list[Said]) -> RowToll:
    order = sorted(said, key=lambda one: (one.day is None, one.day or 0.0))
    *_, last = [list(group) for _, group in groupby(order, key=lambda one: one.article)]
    leading = max(last, key=lambda one: (one.low or one.high or 0, -one.figure))
    # Numbers of one article that nobody is named for are of some of those of the largest.
    told = [one for one in last if one is leading or (one.source and one.source != leading.source)]
    lows = [one.low for one in told if one.low is not None]
    highs = [one.high for one in told if one.high is not None]
    if not lows or not highs or max(lows) <= min(highs):
        low, high = max(lows, default=None), min(highs, default=None)
    else:
        low, high = min(lows), max(highs) if len(highs) == len(told) else None
    best = next((bound for bound in (leading.value, leading.low, leading.high) if bound is not None), None)
    return RowToll(event, low, best, high, (leading, *(one for one in told if one is not leading)))
