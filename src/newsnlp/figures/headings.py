"""What the headings of a table in a text say of its figures: who is counted, what happened, where, when."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from newsnlp.dates.calendar import days_of
from newsnlp.grammar.words import event_nouns
from newsnlp.lexicons import word_set
from newsnlp.quantities.text_tables import is_year, noun_of
from newsnlp.records import Figure, FigureEvent, Kind, PlaceBasis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.grammar.items import Names
    from newsnlp.quantities.text_tables import Cell, Span
    from newsnlp.records import Mention

_PLACED = frozenset({Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.MEASURE})
_PLAIN = frozenset({"strong", "disease"})


def tell_headings(text: str, figures: Sequence[Figure], cells: Sequence[Cell], names: Names) -> list[Figure]:
    """Return the figures of a text, those in the cells of its tables with what stands over and before them."""
    starts = [cell.span.start for cell in cells]
    told: list[Figure] = []
    columns: dict[Span, list[int]] = {}
    for number, figure in enumerate(figures):
        index = bisect_right(starts, figure.start) - 1
        if index < 0 or figure.start >= cells[index].span.end:
            told.append(figure)
            continue
        told.append(_told(text, figure, cells[index], names))
        columns.setdefault(cells[index].heading, []).append(number)
    totals = {cell.span.start for cell in cells if _is_total(text, cell.label)}
    for numbers in columns.values():
        _add_up(told, numbers, totals)
    return told


def _is_total(text: str, label: Span) -> bool:
    return text[label.start : label.end].lower() in word_set("quantities.text_tables_totals")


def _add_up(told: list[Figure], numbers: Sequence[int], totals: set[int]) -> None:
    """Make the cells of a column parts of its total, if they add up to it."""
    of_total = [number for number in numbers if told[number].start in totals]
    parts = [number for number in numbers if told[number].start not in totals]
    values = [told[number].value for number in parts]
    if len(of_total) != 1 or None in values or told[of_total[0]].value != sum(value or 0 for value in values):
        return
    for number in parts:
        told[number] = replace(told[number], part_of=of_total[0])


def _told(text: str, figure: Figure, cell: Cell, names: Names) -> Figure:
    place = _place_in(names, cell.label) or _place_in(names, cell.heading)
    basis = PlaceBasis.CLAUSE if place is not None and place.start == cell.label.start else PlaceBasis.EVENT
    is_placed = figure.kind in _PLACED and place is not None
    counted, event = None, None
    if figure.kind is Kind.COUNT:
        counted = _noun(text, cell.heading, names) or _noun(text, cell.label, names)
        event, strength = event_nouns().get((counted or "").lower(), ("", ""))
        event = event if strength in _PLAIN else None
    year = _year(text, cell.heading) or _year(text, cell.label)
    days = days_of(year)
    when: dict[str, Any] = {
        "date": year,
        "when": year if days else None,  # "2019-20" is a season: no calendar tells its days
        "when_begin": days and days[0].isoformat(),
        "when_end": days and days[1].isoformat(),
        "date_index": None,
    }
    return replace(
        figure,
        **(when if year else {}),
        counted=counted,
        event=FigureEvent(event) if event else None,
        place=place.text if is_placed and place else None,
        place_id=place.entity_id if is_placed and place else None,
        place_basis=basis if is_placed else None,
        part_of=None,
        actor=None,
        actor_id=None,
        rule_id="table.heading",
    )


def _noun(text: str, span: Span, names: Names) -> str | None:
    """Return the noun of a heading, unless it is a place, a month, a year or a total."""
    noun = noun_of(text, span)
    if noun is None or noun.lower() in word_set("calendar.months"):
        return None
    if any(name.label == "LOC" or not noun.endswith("s") for name in names.within(span.start, span.end)):
        return None
    return None if noun.lower() in word_set("quantities.text_tables_totals") else noun


def _year(text: str, span: Span) -> str | None:
    words = text[span.start : span.end]
    return words if is_year(words) else None


def _place_in(names: Names, span: Span) -> Mention | None:
    return next((name for name in names.within(span.start, span.end) if name.label == "LOC"), None)
