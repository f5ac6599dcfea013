"""CSV as rows. A quotation mark that is never closed costs its own line, not those that it swallows."""

from __future__ import annotations

import csv
import itertools
import sys
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newsnlp.errors import SourceError
from newsnlp.ingest.failures import Failure, FailureKind
from newsnlp.ingest.opened import Format
from newsnlp.ingest.rows import Row, articles_of, bad
from newsnlp.ingest.streams import MAX_RECORD_BYTES, Meter, open_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from newsnlp.ingest.columns import RowReader
    from newsnlp.records import Article

DELIMITERS = ",;\t|"
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
        return line.text

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

    def give_back(self) -> None:
        """Let the lines of the row be read anew, all but the first."""
        self._ahead.extendleft(reversed(self.taken[1:]))


def read_csv(path: Path, reader: RowReader, meter: Meter, *, tab: bool = False) -> Iterator[Article | Failure]:
    """Yield the articles of a CSV file whose first line names the columns; the delimiter is that of this line."""
    # A field may hold a whole article; the module's own limit is 128 kB, and there is only one for the process.
    csv.field_size_limit(min(sys.maxsize, 2 * MAX_RECORD_BYTES))
    texts = open_text(path, meter)
    first = next(texts, None)
    if first is None or isinstance(first, Failure) or not first.strip():
        found = f"has a first line {first.reason}" if isinstance(first, Failure) else "is empty"
        message = f"{path} {found}; accepted: a first line that names the columns"
        raise SourceError(message)
    delimiter = "\t" if tab else max(DELIMITERS, key=first.count)
    if first.count(delimiter) > MAX_CELLS:
        message = f"{path} has more than {MAX_CELLS} columns"
        raise SourceError(message)
    lines = _Lines(
        _Line(number, _bounded(text, delimiter)) for number, text in enumerate(itertools.chain([first], texts), 1)
    )
    rows = _Rows(lines, delimiter)
    header = rows.header()
    reader.learn(header)
    yield from articles_of(rows.read(header, reader), reader)


def _bounded(text: str | Failure, delimiter: str) -> str | Failure:
    if isinstance(text, Failure):
        return text
    if text.count(delimiter) <= MAX_CELLS:
        # A carriage return within a line ends no row; a NUL, of which there are none, stands for it.
        return text[:-1].replace("\r", "\x00") + text[-1:] if "\r" in text[:-1] else text
    return Failure(article_id="", kind=FailureKind.TOO_LARGE, reason=f"more than {MAX_CELLS} delimiters in a line")


def _with_returns(cells: list[str]) -> list[str]:
    return [cell.replace("\x00", "\r") for cell in cells] if any("\x00" in cell for cell in cells) else cells


class _Rows:
    """Rows of cells, one after another."""

    def __init__(self, lines: _Lines, delimiter: str) -> None:
        self._lines = lines
        self._delimiter = delimiter
        # Strict: that something follows a closing quotation mark tells that it was no closing one.
        self._strict = csv.reader(lines, delimiter=delimiter, strict=True)

    def header(self) -> list[str]:
        """Return the names of the columns; they may stand on several lines, within quotation marks."""
        try:
            cells = next(self._strict)
        except csv.Error:
            self._lines.give_back()
            cells = next(csv.reader([str(self._lines.taken[0].text)], delimiter=self._delimiter))
        return [name.strip() for name in cells]

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
            try:
                cells = next(self._strict)
            except StopIteration:
                return
            except csv.Error:
                read = self._leniently(len(header))
                if read is None:
                    lines.give_back()
                    yield bad(place, f"a quotation mark is not closed ({len(lines.taken)} lines looked at)")
                    continue
                cells = read
            if len(lines.taken) > 1:
                place = f"lines {line.number} to {lines.taken[-1].number}"
            if not any(cells):
                reader.notes.blank_rows += bool(cells)
            elif rows := [cells] if len(cells) == len(header) else self._parted(len(header)):
                for row in rows:
                    yield f"line {line.number}", dict(zip(header, _with_returns(row), strict=True))
            else:
                yield bad(place, f"{len(cells)} cells where the header has {len(header)}")

    def _parted(self, wanted: int) -> list[list[str]]:
        """Return the rows that bare carriage returns make of a line, as where exports were joined; else none."""
        rows = []
        for part in "".join(str(line.text) for line in self._lines.taken).split("\x00"):
            if len(row := self._closed([part]) or []) != wanted:
                return []
            rows.append(row)
        return rows

    def _leniently(self, wanted: int) -> list[str] | None:
        """Return the cells of a row with a stray quotation mark, None where the row does not end.

        A quotation mark inside a quoted cell (``"Le "Monde" dit"``) is taken as it stands. Over several lines that is
        done only where the last line is no row by itself, for then a mark was left open before it.
        """
        texts = [str(line.text) for line in self._lines.taken]
        if len(texts) > 1 and len(self._closed(texts[-1:]) or ()) == wanted:
            return None
        cells = self._closed(texts)
        return cells if len(texts) == 1 or len(cells or ()) == wanted else None

    def _closed(self, texts: list[str]) -> list[str] | None:
        """Return the cells of one row, None where these lines are not its end."""
        asked: list[Any] = []

        def lines() -> Iterator[str]:
            yield from texts
            asked.append(None)

        cells = next(csv.reader(lines(), delimiter=self._delimiter), [])
        return None if asked else cells


CSV = Format(name="CSV", suffixes=(".csv",), read=lambda opened: read_csv(opened.file, opened.reader, opened.meter))
TSV = Format(
    name="TSV", suffixes=(".tsv",), read=lambda opened: read_csv(opened.file, opened.reader, opened.meter, tab=True)
)
