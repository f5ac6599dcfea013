"""Every number of an article: the figure that it is, or why it is none."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsnlp.quantities.candidates import BarredNumber
    from newsnlp.record_fields import NoFigure
    from newsnlp.records import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberReading:
    """One number of a text, or the expression that it begins (a date, an address), in the offsets of the raw text.

    Either ``figure`` is what it was read as, or ``reason`` says why it is no figure.
    """

    start: int
    end: int
    text: str
    figure: Figure | None = None
    reason: NoFigure | None = None


def readings(text: str, figures: Iterable[Figure], barred: Iterable[BarredNumber]) -> list[NumberReading]:
    """Return the numbers of a text in its order; all offsets are those of `text`."""
    found = [NumberReading(start=f.start, end=f.end, text=f.text, figure=f) for f in figures]
    found += [NumberReading(start=b.start, end=b.end, text=text[b.start : b.end], reason=b.reason) for b in barred]
    return sorted(found, key=lambda number: (number.start, number.end))


def tally(figures: Sequence[Figure], barred: Sequence[BarredNumber]) -> dict[str, Any]:
    """Return how many numbers were seen, how many are figures, and how many are none for each reason.

    Examples
    --------
    >>> from newsnlp.quantities.candidates import BarredNumber
    >>> from newsnlp.record_fields import NoFigure
    >>> tally([], [BarredNumber(3, 7, NoFigure.YEAR)])
    {'seen': 1, 'figures': 0, 'barred': {'year': 1}}
    """
    reasons = Counter(number.reason.value for number in barred)
    return {"seen": len(figures) + len(barred), "figures": len(figures), "barred": dict(reasons.most_common())}
