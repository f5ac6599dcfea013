"""The record that the number layer hands to the meaning layer: what is written, how much it is, in which unit.

Everything here is read off the characters alone. Who is counted, what happened to them and how sure the text is
belong to the meaning layer, which turns each `Quantity` into a `newsnlp.records.Figure`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.record_fields import NoFigure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsnlp.records import Kind, Modifier, Number

_DIGITS = re.compile(r"[0-9](?:[0-9.,]*[0-9])?")


class Quantity(NamedTuple):
    """One numeric expression of a text, with its bounds, modifier, kind and unit.

    Parameters
    ----------
    start, end : int
        The number expression alone, as in ``Figure``.
    text : str
        ``text[start:end]`` as the text has it.
    value, value_min, value_max : int, float or None
        Point value, and inclusive bounds; an open side is None.
    modifier : Modifier
    kind : Kind
    unit : str or None
        ISO 4217, ``%``, ``point``, a symbol, or ``second`` … ``year``.
    phrase_start, phrase_end : int
        From the first word of the modifier to the last of the unit, without the counted noun.
    rule_id : str
        Which rule read the number and its unit, e.g. ``count.words`` or ``money.after``.
    ordinal : bool
        The number is written as an ordinal (``5e``, ``troisième``).
    needs_context : bool
        Not a figure unless the meaning layer confirms it: ``un``/``une`` and ``aucun``/``aucune``.
    noun_start, noun_end : int or None
        The counted noun where it stands inside the expression (``un Français sur trois``), or right after a share
        (``30 % des électeurs``) it is left to the meaning layer.
    share : bool
        The quantity is a share of something: ``la moitié``, ``30 %``, ``un sur trois``.
    """

    start: int
    end: int
    text: str
    value: Number | None
    value_min: Number | None
    value_max: Number | None
    modifier: Modifier
    kind: Kind
    unit: str | None
    phrase_start: int
    phrase_end: int
    rule_id: str
    ordinal: bool = False
    needs_context: bool = False
    noun_start: int | None = None
    noun_end: int | None = None
    share: bool = False


class BarredNumber(NamedTuple):
    """A number, or the expression it begins, that is no figure, and why."""

    start: int
    end: int
    reason: NoFigure


class Numbers(NamedTuple):
    """What the numbers of a text are: quantities, and those that are none, both in order."""

    quantities: list[Quantity]
    barred: list[BarredNumber]


class Spans:
    """Spans of a text that do not overlap, asked for what they cover."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def cover(self, start: int, end: int) -> bool:
        """Return whether one span holds `start` to `end` and more."""
        index = bisect_right(self._starts, start) - 1
        if index < 0:
            return False
        first, last = self._spans[index]
        return end <= last and last - first > end - start


def digits_left_over(
    text: str, quantities: Sequence[Quantity], barred: Sequence[BarredNumber]
) -> Iterator[BarredNumber]:
    """Yield the digits of a text that are no number of their own: ``A320``, ``1.2.3``."""
    spans = sorted([(q.start, max(q.end, q.phrase_end)) for q in quantities] + [number[:2] for number in barred])
    later = iter([*spans, (len(text), len(text))])
    span = next(later)
    for run in _DIGITS.finditer(text):
        start, end = run.span()
        while span[1] <= start:
            span = next(later)
        if start < span[0]:
            in_word = text[start - 1 : start].isalpha()
            yield BarredNumber(start, end, NoFigure.IN_WORD if in_word else NoFigure.UNREAD)
