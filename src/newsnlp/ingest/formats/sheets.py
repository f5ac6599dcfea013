"""Sheets of Excel and LibreOffice as rows (extra ``excel``): xlsx row by row, ods and xls as a whole."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from itertools import chain, islice
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from newsnlp.errors import MissingExtraError, SourceError
from newsnlp.ingest.column_names import candidates
from newsnlp.ingest.failures import told_of
from newsnlp.ingest.formats.csv_rows import read_csv
from newsnlp.ingest.opened import Format
from newsnlp.ingest.rows import Row, articles_of, bad
from newsnlp.safety.archives import bomb_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from newsnlp.ingest.opened import Head, Item, Opened

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_XLSX = re.compile(rb"PK\x03\x04.{26}xl/", re.DOTALL)
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_SUFFIXES = (".xlsx", ".xlsm", ".ods", ".xls")
# A title, a date of the export and empty rows stand above the names of the columns in some exports.
_HEADER_ROWS = 20
# Each cell becomes an object of 60 bytes; Excel's sheets have 16 384 columns.
_MAX_COLUMNS = 20_000


def read_sheets(opened: Opened) -> Iterator[Item]:
    """Yield the rows of a sheet as articles: that which the user names, else the first that has a text.

    Raises
    ------
    MissingExtraError
        If what reads the file (extra ``excel``) is not installed.
    SourceError
        If the file is damaged, protected or a zip bomb, no sheet has a text, or the named one is not there.
    """
    data = opened.data
    if not data.startswith((_ZIP, _OLD)):
        yield from _of_text(opened, data)
        return
    if data.startswith(_OLD) and "EncryptedPackage".encode("utf-16-le") in data:
        message = f"{opened.name} is protected by a password. Hint: save it without one"
        raise SourceError(message)
    try:
        bomb = _bomb(data) if data.startswith(_ZIP) else None
        found = {} if bomb else _of_xlsx(data) if _XLSX.search(data) else _of_others(data)
    except MissingExtraError:
        raise
    except Exception as error:  # each library raises what it happens to meet
        message = f"{opened.name} cannot be read as a sheet: {told_of(error)}. Hint: save it anew, as .xlsx or .csv"
        raise SourceError(message) from error
    if bomb:
        message = f"{opened.name}: {bomb}: taken for a bomb"
        raise SourceError(message)
    name, header, rows = _chosen(opened, found)
    opened.reader.learn([column for column in header if column])
    if others := [other for other in found if other != name]:
        told = f"sheets ({', '.join(others)[:200]}; --table reads one of them instead of {name})"
        opened.notes.passed_over[told] += len(others)
    yield from articles_of(_rows(opened, header, rows), opened.reader)


def _of_text(opened: Opened, data: bytes) -> Iterator[Item]:
    """Yield the rows of what is called a sheet and is text: many a system names its CSV or HTML .xls."""
    if data.lstrip()[:1] == b"<" or opened.path is None:
        message = (
            f"{opened.name} is no sheet of Excel or LibreOffice, but text. "
            "Hint: open it there and save it as .xlsx, or name it .html or .csv"
        )
        raise SourceError(message)
    yield from read_csv(opened.file, opened.reader, opened.meter)


def _bomb(data: bytes) -> str | None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return bomb_in(archive)


def _of_xlsx(data: bytes) -> dict[str, Callable[[], Iterable[Iterable[Any]]]]:
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise _missing() from error
    with warnings.catch_warnings():
        # Of what it does not keep on saving: nothing is saved here.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)

    def rows_of(sheet: Any) -> Iterator[Iterable[Any]]:
        # What some writers say of the extent of a sheet is wrong.
        sheet.reset_dimensions()
        rows = iter(sheet.iter_rows(values_only=True, max_col=_MAX_COLUMNS))
        while True:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                row = next(rows, None)
            if row is None:
                return
            yield row

    return {sheet.title: lambda sheet=sheet: rows_of(sheet) for sheet in book.worksheets}  # type: ignore[misc]


def _of_others(data: bytes) -> dict[str, Callable[[], Iterable[Iterable[Any]]]]:
    try:
        from python_calamine import load_workbook
    except ImportError as error:
        raise _missing() from error
    if data.startswith(_ZIP):
        _refuse_broken_xml(data)
    try:
        book = load_workbook(io.BytesIO(data))
    except BaseException as error:
        # What goes wrong in Rust is no Exception.
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise ValueError(told_of(error)) from error

    def rows_of(name: str) -> Iterable[Iterable[Any]]:
        rows: list[list[Any]] = book.get_sheet_by_name(name).to_python()
        return ([None if cell == "" else cell for cell in row] for row in rows)

    return {name: lambda name=name: rows_of(name) for name in book.sheet_names}  # type: ignore[misc]


def _refuse_broken_xml(data: bytes) -> None:
    """Raise an error where the tags of a sheet do not pair: its library goes on, and leaves rows out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "content.xml" in archive.namelist():
            with archive.open("content.xml") as file:
                expat.ParserCreate().ParseFile(file)


def _missing() -> MissingExtraError:
    return MissingExtraError.named("excel", "Reading sheets of Excel or LibreOffice")


def _chosen(
    opened: Opened, found: dict[str, Callable[[], Iterable[Iterable[Any]]]]
) -> tuple[str, list[str], Iterator[tuple[int, list[Any]]]]:
    """Return the sheet to read, its columns and the rows under them."""
    if opened.table is not None and opened.table not in found:
        message = f"{opened.name} has no sheet {opened.table!r}; it has: {', '.join(found)}"
        raise SourceError(message)
    best: tuple[int, str, list[str], Iterator[tuple[int, list[Any]]]] | None = None
    for name in found if opened.table is None else (opened.table,):
        rows = ((number, list(row)) for number, row in enumerate(_told(opened, found[name]()), 1))
        ahead = list(islice(rows, _HEADER_ROWS))
        ranked = [(_rank(opened, row), -at) for at, (_, row) in enumerate(ahead)]
        rank, at = max(ranked, default=(-1, 0))
        if rank >= 0 and (best is None or rank > best[0]):
            header = [_name_of(cell) for cell in ahead[-at][1]]
            best = rank, name, header, chain(ahead[1 - at :], rows)
        if rank > 1:
            break
    if best is None:
        message = f"{opened.name} holds no rows in its sheets: {', '.join(found)}"
        raise SourceError(message)
    return best[1:]


def _rank(opened: Opened, row: list[Any]) -> int:
    """Tell how much a row looks like the names of columns: 2 with a text, 1 with a title, 0 with anything, else -1."""
    names = [_name_of(cell) for cell in row]
    found = candidates([name for name in names if name], opened.reader.chosen)
    # A lone word above the table is no header.
    if "text" in found and sum(map(bool, names)) >= 1:
        return 2
    return 1 if "title" in found else 0 if any(names) else -1


def _name_of(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _told(opened: Opened, rows: Iterable[Iterable[Any]]) -> Iterator[Iterable[Any]]:
    """Yield rows; what a library meets in a damaged sheet is a SourceError."""
    try:
        yield from rows
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError | GeneratorExit | SourceError):
            raise
        message = f"{opened.name} cannot be read further: {told_of(error)}"
        raise SourceError(message) from error


def _rows(opened: Opened, header: list[str], rows: Iterator[tuple[int, list[Any]]]) -> Iterator[Row]:
    """Yield each row under the header as a mapping; blank ones are counted, but for those below the last."""
    blank = 0
    # A name that stands twice is that of the first such column.
    places = {name: at for at, name in reversed(list(enumerate(header))) if name}
    for number, row in rows:
        if all(cell is None or cell == "" for cell in row):
            blank += 1
            continue
        opened.notes.blank_rows += blank
        blank = 0
        opened.meter.done += 1
        if not any(at < len(row) and row[at] not in {None, ""} for at in places.values()):
            yield bad(f"row {number}", "values stand outside of the columns that have names")
            continue
        yield f"row {number}", {name: row[at] if at < len(row) else None for name, at in places.items()}


def _looks_like(head: Head) -> bool:
    data = head.data
    if data.startswith(_ZIP):
        return _XLSX.search(data) is not None or _ODS in data[:200]
    return data.startswith(_OLD) and head.suffix in {".xls", ".xlsx", ".csv"}


FORMAT = Format(name="sheet of Excel or LibreOffice", suffixes=_SUFFIXES, read=read_sheets, looks_like=_looks_like)
