"""Tables pasted into a text: rows of cells parted by bars, tabs or several blanks, or one cell a line.

A cell is read by itself, in the unit of its heading; what numbers the rows is no figure. Prose is never a table: at
least two rows with numbers under a row without, all with the same number of short cells.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.lexicons import pattern
from newsnlp.numerals.forms import tidy
from newsnlp.quantities.candidates import BarredNumber, Numbers, Quantity
from newsnlp.record_fields import NoFigure
from newsnlp.records import Kind
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# Longer cells are sentences; the headings of figures and topics in 60 pages of ministries and papers have up to 48
# characters (measured 2026-11).
_LONGEST_CELL = 60
_MOST_COLUMNS = 24
_LEAST_ROWS = 2
_MOST_IN_STACK = 8
_TWO = 2
_SEPARATORS = re.compile(r" ?\t[ \t]*| *\| *|(?<=\S) {2,}(?=\S)")
_RULE = re.compile(r"[ |:=+\u2013\u2014_-]*")
_SENTENCE_END = re.compile(r"[.!?…;:]$")
# What a cell of numbers holds beside them: a sign, a unit, a note.
_NUMBER = pattern(
    r"(?:<quantities.text_tables_before> |[+±~≈<>≥≤–-] ?|[$€£] ?)?[0-9](?:[0-9 .,]*[0-9])?"
    r"(?: ?(?:d'|de )?[^\W\d_]{1,9}(?![^\W\d_])| ?[%€$£°²³'\"/*]){0,4}"
)
_EMPTY = frozenset({"", "-", "–", "—", "n.c.", "nc", "n.d.", "nd", "/", "?", "…"})
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:[-/](?:[0-9]{2}|(?:19|20)[0-9]{2}))?")
_UNIT = re.compile(r"\((?:en )?(?P<inside>[^()]{1,24})\)$|,? en (?P<after>[^()]{1,24})$|(?:^| )(?P<sign>%|€|\$)$")
_RANKED = re.compile(r" *([0-9]{1,3})[.)°]?[ \t]+(?=[A-ZÀ-Þ][^.!?…;:]*$)", re.MULTILINE)
_LEAST_RANKS = 3
_DIGITS = re.compile(r"[0-9]+")
_OF = pattern(r"^<quantities.text_tables_before_noun> ", re.IGNORECASE)


class Span(NamedTuple):
    """Where a cell stands, without the blanks around it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with a number: where it stands, and the headings of its column and its row."""

    span: Span
    heading: Span
    label: Span


class Tables(NamedTuple):
    """The cells with numbers of the tables of a text, the cells that number their rows, and those that are years."""

    cells: list[Cell]
    ranks: list[Span]
    years: list[Span]


def find_tables(text: str) -> Tables:
    r"""Return the cells with numbers of the tables of a text, and the numbers that only count the rows.

    Examples
    --------
    >>> text = "Région\tMorts\nGao\t12\nMopti\t7\n"
    >>> [(text[c.label.start : c.label.end], text[c.span.start : c.span.end]) for c in find_tables(text).cells]
    [('Gao', '12'), ('Mopti', '7')]
    """
    found = Tables([], [], [])
    if "\n" not in text:
        return found
    lines = list(_lines(text))
    block: list[list[Span]] = []
    stack: list[Span] = []
    found.ranks.extend(_numbered(text, lines))
    for line in (*lines, Span(len(text), len(text))):
        cells = _split(text, line)
        is_rule = len(cells) > 1 and _RULE.fullmatch(text, line.start, line.end)
        if is_rule and block:
            continue
        if len(block) == 1 and len(cells) == len(block[0]) + 1:
            block[0].insert(0, Span(block[0][0].start, block[0][0].start))  # nothing stands over the names of the rows
        if block and len(cells) != len(block[0]):
            _add_block(text, block, found)
            block = []
        if len(cells) > 1:
            block.append(cells)
        if len(cells) == 1 and line.end - line.start <= _LONGEST_CELL:
            stack.append(cells[0])
        elif stack and (line.end > line.start or line.start == len(text)):
            _add_stack(text, stack, found)
            stack = []
    return found


def _numbered(text: str, lines: list[Span]) -> Iterator[Span]:
    """Yield the numbers before the lines of a list of names that counts up from one: ``1 Lens 45 pts``."""
    run: list[Span] = []
    for line in (*lines, Span(len(text), len(text))):
        found = _RANKED.match(text, line.start, line.end)
        number = int(found[1]) if found and line.end - line.start <= _LONGEST_CELL else 0
        if number != len(run) + 1:
            if len(run) >= _LEAST_RANKS:
                yield from run
            run = []
        if found and number == len(run) + 1:
            run.append(Span(*found.span(1)))


def _lines(text: str) -> Iterator[Span]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield Span(start, end)
        start = end + 1


def _split(text: str, line: Span) -> list[Span]:
    """Return the cells of a line; none of a blank line, one where it is no row."""
    start, end = line
    stripped = text[start:end].strip(" \t|\r")
    if not stripped:
        return []
    start = text.index(stripped, start, end)
    end = start + len(stripped)
    cells: list[Span] = []
    parted = "\t" in stripped or "|" in stripped or "  " in stripped
    for gap in _SEPARATORS.finditer(text, start, end) if parted else ():
        if len(cells) > _MOST_COLUMNS or gap.start() - start > _LONGEST_CELL:
            return [Span(*line)]
        cells.append(Span(start, gap.start()))
        start = gap.end()
    if end - start > _LONGEST_CELL:
        return [Span(*line)]
    return [*cells, Span(start, end)]


def _is_number(text: str, cell: Span) -> bool:
    return _NUMBER.fullmatch(text, cell.start, cell.end) is not None


def is_year(cell: str) -> bool:
    """Return whether a cell is a year, or a season of two."""
    return _YEAR.fullmatch(cell) is not None


def _is_year(text: str, cell: Span) -> bool:
    return is_year(text[cell.start : cell.end])


def _add_block(text: str, rows: list[list[Span]], found: Tables) -> None:
    """Add the cells of rows that are equally long, if the first is a heading and numbers stand under it."""
    head, body = rows[0], rows[1:]
    if len(body) < _LEAST_ROWS or any(_is_number(text, cell) and not _is_year(text, cell) for cell in head):
        return
    columns = range(len(head))
    ranks = [column for column in columns if _counts_rows(text, head[column], [row[column] for row in body])]
    numeric = [
        column
        for column in columns
        if column not in ranks
        and sum(_is_number(text, row[column]) for row in body) * _TWO > len(body)
        and all(_is_number(text, row[column]) or _is_empty(text, row[column]) for row in body)
    ]
    labels = [column for column in columns if column not in ranks and column not in numeric]
    if numeric and _is_column_of_years(text, [row[numeric[0]] for row in body]) and not labels:
        labels, numeric = numeric[:1], numeric[1:]
    if not numeric:
        return
    found.years.extend(cell for cell in (*head, *(row[column] for row in body for column in labels))
                       if _is_year(text, cell))  # fmt: skip
    for row in body:
        found.ranks.extend(row[column] for column in ranks)
        label = row[labels[0]] if labels else Span(row[0].start, row[0].start)
        found.cells.extend(
            Cell(row[column], head[column], label) for column in numeric if not _is_empty(text, row[column])
        )


def _is_empty(text: str, cell: Span) -> bool:
    return text[cell.start : cell.end].lower() in _EMPTY


def _counts_rows(text: str, head: Span, cells: list[Span]) -> bool:
    """Return whether a column only numbers its rows: under ``Rang``, or 1, 2, 3 from above without a heading."""
    if _RANK_HEAD.fullmatch(fold(text[head.start : head.end])):
        return True
    numbers = [text[cell.start : cell.end].rstrip(".)°e") for cell in cells]
    bare = head.start == head.end or not text[head.start : head.end].strip("#°")
    return bare and numbers == [str(number) for number in range(1, len(cells) + 1)]


_RANK_HEAD = pattern("<quantities.text_tables_ranks>")


def _is_column_of_years(text: str, cells: list[Span]) -> bool:
    return all(_is_year(text, cell) for cell in cells)


def _add_stack(text: str, cells: list[Span], found: Tables) -> None:
    """Add a table with one cell a line: its headings, then rows of a label and as many numbers."""
    first = next((index for index, cell in enumerate(cells) if _is_number(text, cell)), len(cells))
    # Of the lines before the first number, the last is the label of its row.
    for width in range(_TWO, min(_MOST_IN_STACK, first - 1) + 1):
        head = cells[first - 1 - width : first - 1]
        body = [cells[start : start + width] for start in range(first - 1, len(cells), width)]
        rows = []
        for row in body:
            if len(row) < width or _is_number(text, row[0]) or not all(_is_number(text, cell) for cell in row[1:]):
                break
            rows.append(row)
        if len(rows) >= _LEAST_ROWS and not any(_SENTENCE_END.search(text[cell.start : cell.end]) for cell in head):
            _add_block(text, [head, *rows], found)
            return


def read_cells(text: str, numbers: Numbers, tables: Tables, read: Callable[[str], Numbers]) -> Numbers:
    """Return the numbers of a text with those of its tables read cell by cell, in the units of their headings."""
    in_cell = _overlapping([*(cell.span for cell in tables.cells), *tables.ranks, *tables.years])
    in_heading = _overlapping({cell.heading for cell in tables.cells})
    # "Coût (en millions d'euros)": the heading says how its cells are told.
    quantities, barred = [], [number for number in numbers.barred if not in_cell(number.start, number.end)]
    for quantity in numbers.quantities:
        if in_heading(quantity.start, quantity.end):
            barred.append(BarredNumber(quantity.start, quantity.end, NoFigure.MODIFIER))
        elif not in_cell(quantity.start, quantity.end):
            quantities.append(quantity)
    barred += [BarredNumber(*_digits(text, rank), NoFigure.LIST_MARKER) for rank in tables.ranks]
    barred += [BarredNumber(*year, NoFigure.YEAR) for year in tables.years]
    units = {span: _unit_in(text, span, read) for cell in tables.cells for span in (cell.heading, cell.label)}
    for cell in tables.cells:
        inside = read(text[cell.span.start : cell.span.end])
        quantities += [
            _in_unit(_moved(one, cell.span.start), units[cell.heading] or units[cell.label])
            for one in inside.quantities
        ]
        barred += [number._replace(start=number.start + cell.span.start, end=number.end + cell.span.start)
                   for number in inside.barred]  # fmt: skip
    return Numbers(sorted(quantities, key=lambda one: one.start), sorted(barred))


def _overlapping(spans: Iterable[Span]) -> Callable[[int, int], bool]:
    """Return a function that tells whether a place overlaps one of some spans."""
    ordered = sorted(spans)
    starts = [span.start for span in ordered]

    def overlaps(start: int, end: int) -> bool:
        index = bisect_left(starts, end) - 1
        return index >= 0 and start < ordered[index].end

    return overlaps


def _digits(text: str, span: Span) -> Span:
    digits = _DIGITS.search(text, span.start, span.end)
    return Span(*digits.span()) if digits else span


def _moved(quantity: Quantity, by: int) -> Quantity:
    return quantity._replace(
        start=quantity.start + by,
        end=quantity.end + by,
        phrase_start=quantity.phrase_start + by,
        phrase_end=quantity.phrase_end + by,
    )


def _unit_in(text: str, heading: Span, read: Callable[[str], Numbers]) -> Quantity | None:
    """Return one of the unit that a heading names: ``Coût (en millions d'euros)``, ``Part (%)``."""
    unit = _UNIT.search(text[heading.start : heading.end])
    found = read(f"1 {unit[str(unit.lastgroup)]}").quantities if unit else []
    one = found[0] if len(found) == 1 else None
    return one if one and one.value and (one.kind is not Kind.COUNT or one.value > 1) else None


def _in_unit(quantity: Quantity, one: Quantity | None) -> Quantity:
    if quantity.kind is not Kind.COUNT or one is None or one.value is None:
        return quantity
    factor = one.value
    low, high, value = (
        None if side is None else tidy(side * factor)
        for side in (quantity.value_min, quantity.value_max, quantity.value)
    )
    return quantity._replace(value=value, value_min=low, value_max=high, kind=one.kind, unit=one.unit, share=one.share)


def noun_of(text: str, span: Span) -> str | None:
    """Return what a heading says is counted: *morts* of ``Nombre de morts``, *Cas* of ``Cas confirmés``; or None."""
    words = text[span.start : span.end]
    words = _OF.sub("", _UNIT.sub("", words).strip())
    noun = re.match(r"[^\W\d_]+(?:-[^\W\d_]+)*", words)
    return noun[0] if noun and not _YEAR.search(words) else None
