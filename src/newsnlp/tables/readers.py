"""Tables back from the files that `write_tables` and `analyze_corpus` made, with their types.

Files lie on disks, go through Excel and by mail: what does not read as it was written is one error that says where.
"""

from __future__ import annotations

import contextlib
import csv
import json
import sqlite3
import sys
import threading
import zipfile
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from newsnlp.errors import MissingExtraError, NewsnlpError, OptionError, SourceError
from newsnlp.safety.archives import bomb_in
from newsnlp.safety.escaping import from_csv, from_excel_fr, from_xlsx
from newsnlp.safety.values import folder_path
from newsnlp.tables.cells import LARGEST_INTEGER, TIMEZONE, moment, zone_of
from newsnlp.tables.formats.registry import SHEETS
from newsnlp.tables.formats.workbook import MAX_ROWS
from newsnlp.tables.frames import _series
from newsnlp.tables.schema import CORPUS_SCHEMAS, INSTANT, INTEGER, NUMBER, TEXT, TEXT_COLUMN, with_text

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
    from datetime import tzinfo
    from pathlib import Path

    import pandas as pd

    Rows = Generator[Sequence[Any], None, None]

T = TypeVar("T")

# First match wins: what a folder holds tells its format.
_TELLING = {
    "newsnlp.sqlite": "sqlite",
    "newsnlp.xlsx": "xlsx",
    "articles.parquet": "parquet",
    "articles.jsonl": "jsonl",
    "articles.csv": "csv",
}
# Dates as a French Excel saves them.
_FRENCH_DATES = ("%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y")
# The limit of the csv module is one for the whole process.
_CSV_LIMIT = threading.Lock()


def read_tables(folder: str | os.PathLike[str], names: Iterable[str] | None = None) -> dict[str, pd.DataFrame]:
    """Return the tables in a folder as `to_frames` gives them: the same columns and dtypes, from any format.

    Parameters
    ----------
    folder : path
        What `write_tables` or `analyze_corpus` wrote into.
    names : iterable of str, optional
        The tables wanted; by default all that are there. They are read whole: of a very large corpus, better ask an
        ``sqlite`` or ``parquet`` export for what is needed.

    Raises
    ------
    SourceError
        If the folder holds no tables of newsnlp, or a damaged one; the message names the file, the line and the column
        where they are known.
    OptionError
        If there is no table of a name.

    Notes
    -----
    ``None``, ``NA``, ``<NA>``, ``#N/A`` are texts as any other; pandas' own readers take them for absent unless told
    ``keep_default_na=False, na_values=[""]``.

    Examples
    --------
    >>> import tempfile
    >>> from newsnlp import load, write_tables
    >>> paths = write_tables(load()("Cinq blessés à Lyon."), folder := tempfile.mkdtemp(), format="excel-fr")
    >>> read_tables(folder)["figures"][["value", "place"]].to_dict("records")
    [{'value': 5.0, 'place': 'Lyon'}]
    """
    place = folder_path(folder, option="folder")
    form = _guarded(place, lambda: _format_of(place))
    there = _guarded(place, lambda: _tables_in(place, form))
    wanted = list(there) if names is None else list(names)
    for name in wanted:
        if name not in there:
            raise OptionError.unknown("table", name, there)
    return {name: _guarded(_file_of(place, name, form), partial(_read, place, name, form)) for name in wanted}


def _guarded(place: Path, read: Callable[[], T]) -> T:
    """Return what a reader gives; whatever a damaged file makes it raise becomes one typed error."""
    try:
        return read()
    except NewsnlpError:
        raise
    except Exception as error:
        # No closed set: parsers of six formats, on any bytes. The cause is kept.
        what = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        message = f"{place} cannot be read as tables of newsnlp: {what}. Hint: write them anew with write_tables"
        raise SourceError(message) from error


def _file_of(folder: Path, name: str, form: str) -> Path:
    if form in {"sqlite", "xlsx"}:
        return folder / f"newsnlp.{form}"
    return folder / f"{name}.{'csv' if form == 'excel-fr' else form}"


def _format_of(folder: Path) -> str:
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        # csv and excel-fr have the same names; the provenance tells them apart.
        form = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))["config"]["format"]
        if form in _READERS and any(_file_of(folder, name, form).exists() for name in CORPUS_SCHEMAS):
            return str(form)
    found = next((form for name, form in _TELLING.items() if (folder / name).exists()), None)
    if found is None:
        message = f"{folder} holds no tables of newsnlp. Hint: give the folder of write_tables or analyze_corpus"
        raise SourceError(message)
    if found == "csv":
        with (folder / "articles.csv").open("rb") as file:
            return "excel-fr" if file.read(3) == b"\xef\xbb\xbf" else found
    return found


def _tables_in(folder: Path, form: str) -> list[str]:
    if form == "sqlite":
        with _opened_sqlite(folder) as base:
            names = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return [name for name in CORPUS_SCHEMAS if name in names]
    if form == "xlsx":
        with _opened_workbook(folder) as book:
            names = set(book.sheetnames)
        return [name for name in CORPUS_SCHEMAS if name in names]
    return [name for name in CORPUS_SCHEMAS if _file_of(folder, name, form).exists()]


def _read(folder: Path, name: str, form: str) -> pd.DataFrame:
    """Return one table: its header checked, each cell of the type of its column."""
    import pandas as pd

    schema: Mapping[str, str] = CORPUS_SCHEMAS[name]
    zone = _zone_of(folder, form)
    # Closed whatever happens: a reader holds a file, and csv's limit.
    with contextlib.closing(_READERS[form](folder, name)) as rows:
        header = [str(cell) for cell in next(rows, ())]
        if missing := [column for column in schema if column not in header]:
            message = f"{_file_of(folder, name, form)}: the table {name} has no column {', '.join(missing)}"
            raise SourceError(message)
        if TEXT_COLUMN in header and name == "articles":
            schema = with_text(CORPUS_SCHEMAS)[name]
        cells = list(zip(*rows, strict=True)) or [()] * len(header)
    columns = {}
    for column, dtype in schema.items():
        convert = _TEXT_CELLS[form][dtype] if form in _TEXT_CELLS else _typed
        made = []
        for number, cell in enumerate(cells[header.index(column)], 1):
            try:
                made.append(None if cell is None or cell == "" else convert(cell, dtype))
            except (ValueError, TypeError, OverflowError) as error:
                message = (
                    f"{_file_of(folder, name, form)}: row {number}, column {column}: {repr(cell)[:60]} is no "
                    f"{_KINDS[dtype]}. Hint: write the tables anew with write_tables"
                )
                raise SourceError(message) from error
        if dtype == INSTANT:
            made = [None if cell is None else moment(cell, zone) for cell in made]
        columns[column] = _series(made, dtype, Counter())
    return pd.DataFrame(columns)


def _zone_of(folder: Path, form: str) -> tzinfo:
    """Return the time zone of the moments of a format: of sheets that of their provenance."""
    if form not in SHEETS:
        return UTC
    try:
        config = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))["config"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        config = {"timezone": TIMEZONE}
    return zone_of(config["timezone"]) if isinstance(config, dict) and "timezone" in config else UTC


_KINDS = {TEXT: "text", INTEGER: "whole number", NUMBER: "number", INSTANT: "date"}


def _typed(cell: object, dtype: str) -> Any:
    """Return a cell of a format that knows types, if it is of the column's."""
    if dtype == INSTANT and isinstance(cell, str):
        return datetime.fromisoformat(cell)
    # A workbook has no whole numbers of its own; no format of ours has truth values.
    if dtype == INTEGER and isinstance(cell, float) and cell.is_integer():
        # As a double the largest one is one more.
        cell = min(int(cell), LARGEST_INTEGER) if cell <= float(LARGEST_INTEGER) else cell
    accepted: dict[str, Any] = {TEXT: str, INTEGER: int, NUMBER: int | float, INSTANT: datetime}
    if not isinstance(cell, accepted[dtype]) or isinstance(cell, bool):
        raise TypeError
    return _bounded(cell) if dtype == INTEGER else cell


def _bounded(whole: Any) -> int:
    if abs(whole) > LARGEST_INTEGER:
        raise OverflowError
    return int(whole)


def _french_date(cell: str) -> datetime:
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        for form in _FRENCH_DATES:
            with contextlib.suppress(ValueError):
                return datetime.strptime(cell, form)  # noqa: DTZ007  # of the sheet's own zone
        raise


_TEXT_CELLS: Mapping[str, Mapping[str, Callable[[Any, str], Any]]] = {
    "csv": {
        TEXT: lambda cell, _: from_csv(cell),
        INTEGER: lambda cell, _: _bounded(int(cell)),
        NUMBER: lambda cell, _: float(cell),
        INSTANT: lambda cell, _: datetime.fromisoformat(cell),
    },
    "excel-fr": {
        TEXT: lambda cell, _: from_excel_fr(cell),
        INTEGER: lambda cell, _: _bounded(int(cell)),
        NUMBER: lambda cell, _: float(cell.replace(",", ".")),
        INSTANT: lambda cell, _: _french_date(cell),
    },
}


def _csv(folder: Path, name: str, sep: str = ",") -> Rows:
    """Yield the rows of a CSV file, each as long as the header."""
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file, _CSV_LIMIT:
        before = csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
        try:
            width = 0
            reader = csv.reader(file, delimiter=sep, strict=True)
            for row in reader:
                width = width or len(row)
                if len(row) != width:
                    message = f"{path}: line {reader.line_num} ends a row of {len(row)} cells; accepted: {width}"
                    raise SourceError(message)
                yield row
        finally:
            csv.field_size_limit(before)


def _excel_fr(folder: Path, name: str) -> Rows:
    return _csv(folder, name, sep=";")


def _jsonl(folder: Path, name: str) -> Rows:
    columns = list(CORPUS_SCHEMAS[name])
    # newline: a cell may hold characters that Python takes for line ends.
    with (folder / f"{name}.jsonl").open(encoding="utf-8", newline="\n") as file:
        number = 0
        for number, line in enumerate(file, 1):
            try:
                row = json.loads(line)
                if number == 1:
                    columns += [TEXT_COLUMN] if name == "articles" and TEXT_COLUMN in row else []
                    yield columns
                yield [row[column] for column in columns]
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                message = f"{folder / name}.jsonl: line {number} is no row of the table {name}: {error}"
                raise SourceError(message) from error
        if not number:
            yield columns


def _parquet(folder: Path, name: str) -> Rows:
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtraError.named("parquet", "reading Parquet") from error
    with parquet.ParquetFile(folder / f"{name}.parquet") as file:
        columns = [column for column in with_text(CORPUS_SCHEMAS)[name] if column in file.schema_arrow.names]
        yield columns
        for batch in file.iter_batches(columns=columns):
            yield from zip(*(batch.column(column).to_pylist() for column in columns), strict=True)


@contextlib.contextmanager
def _opened_sqlite(folder: Path) -> Iterator[sqlite3.Connection]:
    address = (folder / "newsnlp.sqlite").absolute().as_uri() + "?mode=ro"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as base:
        yield base


def _sqlite(folder: Path, name: str) -> Rows:
    with _opened_sqlite(folder) as base:
        found = base.execute(f'SELECT * FROM "{name}" ORDER BY rowid')  # noqa: S608  # a name of our schema
        yield [column[0] for column in found.description]
        yield from found


@contextlib.contextmanager
def _opened_workbook(folder: Path) -> Iterator[Any]:
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise MissingExtraError.named("excel", "reading Excel workbooks") from error
    path = folder / "newsnlp.xlsx"
    with zipfile.ZipFile(path) as archive:
        if bomb := bomb_in(archive):
            message = f"{path}: {bomb}: no workbook of newsnlp. Hint: write it anew with write_tables"
            raise SourceError(message)
    book = load_workbook(path, read_only=True)
    try:
        yield book
    finally:
        book.close()


def _xlsx(folder: Path, name: str) -> Rows:
    texts: set[int] = set()
    width = 0
    with _opened_workbook(folder) as book:
        # A table that is too long for one sheet goes on in "mentions 2".
        for sheet in (book[title] for title in book.sheetnames if title.partition(" ")[0] == name):
            # Neither the size that a sheet claims to have nor a cell far out decides what is held.
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_row=MAX_ROWS, max_col=len(with_text(CORPUS_SCHEMAS)[name]), values_only=True)
            header = [cell for cell in next(rows, ()) if cell is not None]
            if not width:
                width = len(header)
                texts = {
                    at for at, column in enumerate(header) if with_text(CORPUS_SCHEMAS)[name].get(str(column)) == TEXT
                }
                yield header
            for row in rows:
                cells = (*row, *[None] * (width - len(row)))[:width]
                if any(cell is not None for cell in cells):  # Excel keeps rows that somebody has emptied
                    yield [from_xlsx(c) if at in texts and isinstance(c, str) else c for at, c in enumerate(cells)]


_READERS: Mapping[str, Callable[[Path, str], Rows]] = {
    "csv": _csv,
    "excel-fr": _excel_fr,
    "jsonl": _jsonl,
    "parquet": _parquet,
    "sqlite": _sqlite,
    "xlsx": _xlsx,
}
