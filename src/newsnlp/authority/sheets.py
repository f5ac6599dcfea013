"""A table that people edit, in CSV of any kind or a workbook, as rows of cells with the lines they stand on.

Excel saves a CSV file as it likes: other separator, other encoding, no byte order mark. All are told by content.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsnlp.errors import ArticleError, MissingExtraError, OptionError, SourceError, shown
from newsnlp.reading.decoding import decode
from newsnlp.safety.archives import bomb_in
from newsnlp.safety.escaping import from_excel_fr, from_xlsx
from newsnlp.safety.values import is_absent
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

MAX_BYTES = 50_000_000
# A name or a list of its forms is no text of pages; a cell of a workbook ends at 32 767 characters.
MAX_CELL = 10_000
MAX_COLUMNS = 200
# Titles and the date of an export may stand above the names of the columns.
_HEADER_LINES = 20
_DELIMITERS = ";,\t|"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a table: each with its line (row, in a workbook) and its cells by column, empty ones left out."""

    path: Path
    columns: tuple[str, ...]
    rows: list[tuple[int, dict[str, str]]]
    # Text in this encoding may have lost what it cannot write.
    encoding: str = "utf-8"
    faults: tuple[str, ...] = ()


def file_bytes(path: str | os.PathLike[str], option: str) -> tuple[Path, bytes]:
    """Return the path of a file that a user named, and its content.

    Raises
    ------
    OptionError
        If it is no path.
    SourceError
        If it is no file that can be read, or too large.
    """
    try:
        place = Path(path)
        if not place.is_file():
            what = "is a folder" if place.is_dir() else "is no file"
            message = f"{place} {what}; accepted for {option}: a .csv or .xlsx file"
            raise SourceError(message)
        with place.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (TypeError, ValueError) as error:
        if isinstance(error, SourceError):
            raise
        message = f"{option}={shown(path)} is not accepted; give the path of a .csv or .xlsx file"
        raise OptionError(message) from None
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise SourceError(message) from error
    if len(data) > MAX_BYTES:
        message = f"{place} has more than {MAX_BYTES:,} bytes. Hint: a list of names, not a corpus"
        raise SourceError(message)
    return place, data


def read_sheet(
    place: Path,
    data: bytes,
    names: Mapping[str, Collection[str]],
    *,
    needed: str,
    table: str | None = None,
    declared: str | None = None,
) -> Sheet:
    """Return the rows of a table of a user's.

    Parameters
    ----------
    place : Path
        For messages.
    data : bytes
        CSV with any of the usual separators and encodings, or a workbook (extra ``excel``).
    names : mapping
        Column -> what it may be called, folded without accents. Other columns keep their own names.
    needed : str
        The column without which it is no such table.
    table : str, optional
        The sheet of a workbook; by default the first that has the column.
    declared : str, optional
        The encoding of what is no UTF-8; by default it is told by its letters.

    Raises
    ------
    SourceError
        If it is no such table. A row that cannot be read is a fault, with its line.
    """
    if data.startswith(_ZIP):
        return _workbook(place, data, names, needed, table)
    try:
        found = decode(data, declared=declared)
    except ArticleError as error:
        message = f"{place}: {error}"
        raise SourceError(message) from error
    lines = found.text.split("\n", _HEADER_LINES)[:_HEADER_LINES]
    best: tuple[int, int, str] = (0, 0, ";")
    for at, line in enumerate(lines):
        for delimiter in _DELIMITERS:
            known = _columns(next(csv.reader([line[:MAX_CELL]], delimiter=delimiter), []), names)
            if needed in known and (score := len(names.keys() & set(known))) > best[0]:
                best = (score, at, delimiter)
    if not best[0]:
        raise _no_column(place, needed, lines[0] if lines else "", names)
    _, start, delimiter = best
    body = found.text.split("\n", start)[-1]
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    rows = _numbered(reader, start)
    return _read(place, rows, names, encoding=found.encoding, unmark=from_excel_fr, line="line")


def _numbered(reader: Iterable[list[str]], start: int) -> Iterator[tuple[int, list[str]] | str]:
    """Yield each row with its line, and what cannot be read as a fault."""
    lines = iter(reader)
    while True:
        line = start + getattr(reader, "line_num", 0) + 1
        try:
            yield line, next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"line {line}: {error}: is a quotation mark open?"


def _workbook(place: Path, data: bytes, names: Mapping[str, Collection[str]], needed: str, table: str | None) -> Sheet:
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise MissingExtraError.named("excel", "reading Excel workbooks") from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            bomb = bomb_in(archive)
        # Of a formula what it showed last, not the formula: nothing is computed here.
        book = None if bomb else load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Exception as error:  # the library raises what it happens to meet
        message = f"{place} cannot be read as a workbook: {type(error).__name__}. Hint: save it anew, as .xlsx or .csv"
        raise SourceError(message) from error
    if book is None:
        message = f"{place}: {bomb}: taken for a bomb"
        raise SourceError(message)
    with closing(book):
        rows = _sheet_rows(book, names, needed, table)
    if not rows:
        told = f"no sheet {table!r}" if table else "no sheet"
        message = f"{place} has {told} with a column {needed!r}"
        raise SourceError(message)
    return _read(place, iter(rows), names, encoding="utf-8", unmark=from_xlsx, line="row")


def _sheet_rows(
    book: Any, names: Mapping[str, Collection[str]], needed: str, table: str | None
) -> list[tuple[int, list[str]] | str]:
    """Return the header and the rows under it; a long table goes on in a second sheet of the same columns."""
    rows: list[tuple[int, list[str]] | str] = []
    known: list[str] = []
    for sheet in book.worksheets:
        if table is not None and sheet.title.partition(" ")[0] != table:
            continue
        sheet.reset_dimensions()
        cells = enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), 1)
        found = [(number, [_spelt(cell) for cell in row]) for number, row in cells]
        header = next((i for i, (_, row) in enumerate(found[:_HEADER_LINES]) if needed in _columns(row, names)), -1)
        if header >= 0 and (not rows or _columns(found[header][1], names) == known):
            known = known or _columns(found[header][1], names)
            rows += found[header + bool(rows) :]
            if table is None:
                break
    return rows


def _spelt(cell: object) -> str:
    if is_absent(cell):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _columns(header: Iterable[str], names: Mapping[str, Collection[str]]) -> list[str]:
    known = {spelling: column for column, spellings in names.items() for spelling in spellings}
    plain = (fold(" ".join(name.split()), accents=False).strip('"') for name in header)
    return [known.get(name, name) for name in plain]


def _no_column(place: Path, needed: str, line: str, names: Mapping[str, Collection[str]]) -> SourceError:
    return SourceError(
        f"{place} has no column {needed!r}; its first line is {shown(line)}; columns are: {', '.join(names)}"
    )


def _read(
    place: Path,
    rows: Iterator[tuple[int, list[str]] | str],
    names: Mapping[str, Collection[str]],
    *,
    encoding: str,
    unmark: Callable[[str], str],
    line: str,
) -> Sheet:
    first = next(rows)
    if isinstance(first, str):
        message = f"{place}: {first}"
        raise SourceError(message)
    header = first[1]
    while header and not header[-1].strip():
        header = header[:-1]
    columns = _columns(header, names)
    if twice := [name for name, count in Counter(columns).items() if count > 1 and name]:
        message = f"{place}: several columns are {twice[0]!r}. Hint: keep one of them"
        raise SourceError(message)
    found: list[tuple[int, dict[str, str]]] = []
    faults: list[str] = []
    for row in rows:
        if isinstance(row, str):
            faults.append(row)
            continue
        number, cells = row
        if not any(cells):
            continue
        if any(cell.strip() for cell in cells[len(columns) :]):
            faults.append(f"{line} {number}: {len(cells)} cells where the header has {len(columns)}")
            continue
        if long := next((name for name, cell in zip(columns, cells, strict=False) if len(cell) > MAX_CELL), None):
            faults.append(f"{line} {number}: the column {long} has more than {MAX_CELL:,} characters")
            continue
        texts = zip(columns, map(unmark, cells), strict=False)
        found.append((number, {name: cell for name, cell in texts if name and cell.strip()}))
    return Sheet(place, tuple(name for name in columns if name), found, encoding, tuple(faults))
