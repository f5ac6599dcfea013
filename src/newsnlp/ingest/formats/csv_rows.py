"""CSV as rows. A quotation mark that is never closed costs its own line, not those that it swallows."""

from __future__ import annotations

import csv
import itertools
import re
import sys
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newsnlp.errors import SourceError
from newsnlp.ingest.columns import map_columns
from newsnlp.ingest.failures import Failure, FailureKind
from newsnlp.ingest.opened import Format
from newsnlp.ingest.rows import Row, articles_of, bad, distinct
from newsnlp.ingest.streams import MAX_RECORD_BYTES, Meter, open_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from newsnlp.ingest.columns import RowReader
    from newsnlp.records import Article

DELIMITERS = ",;\t|"
# Of a table of one column each line is a cell: what no text holds divides it.
_NONE = "\x1f"
# What Excel reads as the delimiter and shows to nobody.
_SEP = re.compile(r"\"?sep=(.)\"?\s*", re.IGNORECASE)
# Lines in which the header is looked for: titles and dates of exports that stand before it had up to 8 (2026-11).
HEADER_LINES = 20
# Digits of the number of a row.
_MOST = 12
# How often backslashes before quotation marks are tried as escapes where they do not turn out to be any.
MAX_ESCAPES_TRIED = 3
# A row of more lines has a quotation mark that is not closed: a book of 1 MB has 20 000 lines.
MAX_ROW_LINES = 100_000
# How often a line is looked at as part of a row that breaks further down, before it must be a row by itself: reading
# stays linear however many quotation marks are left open.
MAX_LOOKS = 3
# Each cell is an object of 50 bytes: a line of 32 MB could hold 16 million. In prose every 60th character is a comma.
MAX_CELLS = 1_000_000


@dataclass(slots=True)
class _Line:
    number: int
    text: str | Failure
    looks: int = 0


@dataclass(slots=True)
class _Lines:
    """Lines for `csv.reader`: remembers those of the row at work, so that they can be given back."""

    lines: Iterator[_Line]
    taken: list[_Line] = field(default_factory=list)
    size: int = 0
    escapes: bool = False
    _ahead: deque[_Line] = field(default_factory=deque)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.peek()
        if line is None or isinstance(line.text, Failure) or self._is_full(line):
            raise StopIteration
        self._ahead.popleft()
        line.looks += 1
        self.taken.append(line)
        self.size += len(line.text)
        return self._spelt(line)

    def texts(self) -> list[str]:
        """Return the lines of the row at work, as they were given."""
        return [self._spelt(line) for line in self.taken]

    def _spelt(self, line: _Line) -> str:
        return str(line.text).replace('\\"', '""') if self.escapes else str(line.text)

    def _is_full(self, line: _Line) -> bool:
        if not self.taken:
            return False
        return line.looks >= MAX_LOOKS or len(self.taken) >= MAX_ROW_LINES or self.size > MAX_RECORD_BYTES

    def peek(self) -> _Line | None:
        """Return the next line without taking it, None at the end."""
        if not self._ahead and (line := next(self.lines, None)) is not None:
            self._ahead.append(line)
        return self._ahead[0] if self._ahead else None

    def skip(self) -> None:
        """Leave the next line out."""
        self._ahead.popleft()

    def start_row(self) -> None:
        """Forget the lines of the row before."""
        self.taken, self.size = [], 0

    def give_back(self, *, first: bool = False) -> None:
        """Let the lines of the row be read anew, all but the first, or that, too."""
        self._ahead.extendleft(reversed(self.taken[not first :]))


def read_csv(path: Path, reader: RowReader, meter: Meter, *, tab: bool = False) -> Iterator[Article | Failure]:
    """Yield the articles of a CSV file with a line that names the columns, the first one that does.

    The delimiter is the one by which that line names a column for the text. What stands before it (a title, a date of
    export, ``sep=;``) is left out and noted.
    """
    # A field may hold a whole article; the module's own limit is 128 kB, and there is only one for the process.
    csv.field_size_limit(min(sys.maxsize, 2 * MAX_RECORD_BYTES))
    texts = open_text(path, meter, reader.notes.broken)
    ahead = list(itertools.islice(texts, HEADER_LINES))
    begun: list[str] = []
    for text in ahead:
        if isinstance(text, Failure):
            break
        begun.append(_one_line(text))
    if not any(text.strip() for text in begun):
        found = f"has a first line {ahead[0].reason}" if ahead and isinstance(ahead[0], Failure) else "is empty"
        message = f"{path} {found}; accepted: a first line that names the columns"
        raise SourceError(message)
    start, delimiter = _header_at(begun, reader, "\t" if tab else DELIMITERS)
    if begun[start].count(delimiter) > MAX_CELLS:
        message = f"{path} has more than {MAX_CELLS} columns"
        raise SourceError(message)
    if above := [text for text in begun[:start] if text.strip() and not _SEP.fullmatch(text)]:
        reader.notes.passed_over["lines above the one that names the columns"] += len(above)
    numbered = enumerate(itertools.chain(ahead, texts), 1)
    lines = _Lines(_Line(number, _bounded(text, delimiter)) for number, text in itertools.islice(numbered, start, None))
    rows = _Rows(lines, delimiter)
    header = rows.header()
    header = _with_row_names(header, begun[start + len(lines.taken) :], delimiter)
    reader.learn(header)
    yield from articles_of(rows.read(header, reader), reader)


def _header_at(begun: list[str], reader: RowReader, delimiters: str) -> tuple[int, str]:
    """Return which of the first lines names the columns, and what divides them; the first one where none does."""
    first = next(at for at, text in enumerate(begun) if text.strip())
    if (told := _SEP.fullmatch(begun[first])) and first + 1 < len(begun):
        return first + 1, told[1]
    for at, text in enumerate(begun):
        if len(text) > MAX_RECORD_BYTES // HEADER_LINES or max(map(text.count, delimiters)) > MAX_CELLS:
            continue
        found = {delimiter: _named(begun[at:], delimiter, reader) for delimiter in delimiters}
        if named := {delimiter: names for delimiter, names in found.items() if names}:
            best = max(named, key=lambda delimiter: (_agrees(begun[at + 1 :], delimiter, named), len(named[delimiter])))
            return at, best if len(named[best]) > 1 else _NONE
    return first, max(delimiters, key=begun[first].count)


def _named(lines: list[str], delimiter: str, reader: RowReader) -> list[str]:
    """Return the names of the columns, if a line names one for the text; they may stand on several lines."""
    names = [name.strip() for name in next(csv.reader(lines, delimiter=delimiter), [])]
    try:
        map_columns(names, reader.chosen)
    except SourceError:
        return []
    return names


def _agrees(rows: list[str], delimiter: str, named: dict[str, list[str]]) -> bool:
    cells = next(csv.reader(rows, delimiter=delimiter), [])
    return len(cells) == len(named[delimiter])


def _with_row_names(header: list[str], following: Sequence[str], delimiter: str) -> list[str]:
    """Return a header with a column for the names of rows, where every row has one cell more, as R writes tables."""
    rows = [row for row in csv.reader(following, delimiter=delimiter) if any(row)]
    if len(following) > HEADER_LINES // 2:
        rows = rows[:-1]  # it may go on beyond what was looked at
    numbers = [
        int(row[0]) for row in rows if len(row) == len(header) + 1 and row[0].isdecimal() and len(row[0]) < _MOST
    ]
    are_names = len(rows) > 1 and numbers == list(range(numbers[0], numbers[0] + len(rows))) if numbers else False
    return ["", *header] if are_names else header


def _bounded(text: str | Failure, delimiter: str) -> str | Failure:
    if isinstance(text, Failure):
        return text
    if text.count(delimiter) <= MAX_CELLS:
        # A carriage return within a line ends no row; a NUL, of which there are none, stands for it.
        return _one_line(text)
    return Failure(article_id="", kind=FailureKind.TOO_LARGE, reason=f"more than {MAX_CELLS} delimiters in a line")


def _one_line(text: str) -> str:
    return text[:-1].replace("\r", "\x00") + text[-1:] if "\r" in text[:-1] else text


def _with_returns(cells: list[str]) -> list[str]:
    return [cell.replace("\x00", "\r") for cell in cells] if any("\x00" in cell for cell in cells) else cells


class _Rows:
    """Rows of cells, one after another."""

    def __init__(self, lines: _Lines, delimiter: str) -> None:
        self._lines = lines
        self._delimiter = delimiter
        # Strict: that something follows a closing quotation mark tells that it was no closing one.
        self._strict = csv.reader(lines, delimiter=delimiter, strict=True)
        self._escapes_tried = 0
        self._tried_at: int | None = None

    def header(self) -> list[str]:
        """Return the names of the columns; they may stand on several lines, within quotation marks."""
        try:
            cells = next(self._strict)
        except csv.Error:
            self._lines.give_back()
            cells = next(csv.reader([str(self._lines.taken[0].text)], delimiter=self._delimiter))
        names = [name.strip() for name in cells]
        # id;texte;; has two columns.
        while len(names) > 1 and not names[-1]:
            names.pop()
        return distinct(names)

    def read(self, header: list[str], reader: RowReader) -> Iterator[Row]:
        """Yield each row, or what is wrong with it."""
        lines = self._lines
        while (line := lines.peek()) is not None:
            place = f"line {line.number}"
            if isinstance(line.text, Failure):
                lines.skip()
                yield bad(place, line.text.reason, line.text.kind)
                continue
            lines.start_row()
            cells = self._strictly()
            if self._reads_anew(line, fits=cells is not None and len(cells) == len(header)):
                continue
            if cells is None and (cells := self._leniently(len(header))) is None:
                lines.give_back()
                yield bad(place, f"a quotation mark is not closed ({len(lines.taken)} lines looked at)")
                continue
            if len(lines.taken) > 1:
                place = f"lines {line.number} to {lines.taken[-1].number}"
            if not any(cells):
                reader.notes.blank_rows += bool(cells)
            elif cells == header:
                # Exports were joined, each with its own first line.
                reader.notes.passed_over["lines that name the columns again"] += 1
            elif rows := self._fitting(cells, len(header)):
                for row in rows:
                    yield f"line {line.number}", dict(zip(header, _with_returns(row), strict=True))
            else:
                yield bad(place, f"{len(cells)} cells where the header has {len(header)}")

    def _strictly(self) -> list[str] | None:
        try:
            return next(self._strict, [])
        except csv.Error:
            return None

    def _reads_anew(self, line: _Line, *, fits: bool) -> bool:
        r"""Tell whether a row is to be read anew, with ``\"`` as a quotation mark or no longer so.

        Some programs write quotation marks so. It is tried where a row does not fit the header otherwise; if it fits
        then, it holds for the whole file.
        """
        lines = self._lines
        if lines.escapes:
            if fits or self._tried_at is None:
                self._tried_at = None
                return False
            lines.escapes = False
        elif (
            fits
            or self._tried_at == line.number
            or self._escapes_tried >= MAX_ESCAPES_TRIED
            or '\\"' not in "".join(lines.texts())
        ):
            return False
        else:
            self._tried_at = line.number
            self._escapes_tried += 1
            lines.escapes = True
        lines.give_back(first=True)
        return True

    def _fitting(self, cells: list[str], wanted: int) -> list[list[str]]:
        """Return the rows that cells are, each as long as the header; none where they are of another length."""
        if len(cells) == wanted:
            return [cells]
        if len(cells) > wanted and not any(cells[wanted:]):
            return [cells[:wanted]]
        if len(cells) == 1 and wanted > 1:
            # A line that was joined from another table is divided otherwise.
            texts = self._lines.texts()
            for delimiter in sorted(DELIMITERS, key=",".__eq__):  # the comma last: it stands in texts
                if len(row := self._closed(texts, delimiter) or []) == wanted:
                    return [row]
        return self._parted(wanted)

    def _parted(self, wanted: int) -> list[list[str]]:
        """Return the rows that bare carriage returns make of a line, as where exports were joined; else none."""
        rows = []
        for part in "".join(self._lines.texts()).split("\x00"):
            if len(row := self._closed([part]) or []) != wanted:
                return []
            rows.append(row)
        return rows

    def _leniently(self, wanted: int) -> list[str] | None:
        """Return the cells of a row with a stray quotation mark, None where the row does not end.

        A quotation mark inside a quoted cell (``"Le "Monde" dit"``) is taken as it stands. Over several lines that is
        done only where the last line is no row by itself, for then a mark was left open before it.
        """
        texts = self._lines.texts()
        if len(texts) > 1 and len(self._closed(texts[-1:]) or ()) == wanted:
            return None
        cells = self._closed(texts)
        return cells if len(texts) == 1 or len(cells or ()) == wanted else None

    def _closed(self, texts: list[str], delimiter: str | None = None) -> list[str] | None:
        """Return the cells of one row, None where these lines are not its end."""
        asked: list[Any] = []

        def lines() -> Iterator[str]:
            yield from texts
            asked.append(None)

        cells = next(csv.reader(lines(), delimiter=delimiter or self._delimiter), [])
        return None if asked else cells


CSV = Format(name="CSV", suffixes=(".csv",), read=lambda opened: read_csv(opened.file, opened.reader, opened.meter))
TSV = Format(
    name="TSV", suffixes=(".tsv",), read=lambda opened: read_csv(opened.file, opened.reader, opened.meter, tab=True)
)
