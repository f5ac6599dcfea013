"""One class a file format. Each appends rows under temporary names and moves the files into place on commit."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from datetime import UTC, datetime
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, Protocol

from newsnlp.errors import MissingExtraError
from newsnlp.tables.schema import INSTANT, INTEGER, NUMBER, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

PARTIAL = ".partial"
# What a spreadsheet may take for a formula or a command (OWASP, "CSV Injection", 2024).
FORMULA_START = ("=", "+", "-", "@", "\t", "\r")
# Characters that XML 1.0, hence a workbook, cannot hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Excel's limits for the text of one cell and the rows of one sheet.
MAX_CELL = 32_767
MAX_ROWS = 1_048_576
# What makes a cell be quoted. All separators, whichever the file has: a French Excel cuts even at the ";" of a file
# with commas, and what follows could be a formula. The carriage return: Python's csv module forgets it.
_QUOTED = re.compile('[",;\t\r\n]')


class TableFile(Protocol):
    """What a `TableWriter` asks of a format."""

    def __init__(self, folder: Path, schemas: Mapping[str, Mapping[str, str]]) -> None: ...

    def append(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Append rows to one table."""

    def note(self, provenance: Mapping[str, Any]) -> None:
        """Store the provenance inside the file, where the format has a place for it."""

    def commit(self) -> dict[str, Path]:
        """Move everything into place and return each table's file."""

    def discard(self) -> None:
        """Remove what was written so far."""


class _FilePerTable:
    """Shared by the text formats: one open file a table."""

    suffix = ""
    encoding = "utf-8"

    def __init__(self, folder: Path, schemas: Mapping[str, Mapping[str, str]]) -> None:
        self.schemas = schemas
        self.finals = {name: folder / f"{name}{self.suffix}" for name in schemas}
        self.partials = {name: path.with_name(path.name + PARTIAL) for name, path in self.finals.items()}
        self.files: dict[str, IO[str]] = {}
        for name, path in self.partials.items():
            # "replace": a lone surrogate, which UTF-8 cannot hold, becomes "?".
            self.files[name] = path.open("w", encoding=self.encoding, errors="replace", newline="")
            self.begin(name)

    def begin(self, name: str) -> None:
        """Write what stands before the first row."""

    def note(self, provenance: Mapping[str, Any]) -> None:
        """Text tables have no place for it: it lies beside them."""

    def commit(self) -> dict[str, Path]:
        for file in self.files.values():
            file.close()
        for name, path in self.partials.items():
            path.replace(self.finals[name])
        return dict(self.finals)

    def discard(self) -> None:
        for file in self.files.values():
            with contextlib.suppress(OSError):  # a full disk has no room for what is still to be flushed
                file.close()
        _remove(self.partials.values())


class CsvFiles(_FilePerTable):
    """UTF-8, comma, decimal point: what programs read."""

    suffix = ".csv"
    delimiter = ","
    decimal = "."

    def begin(self, name: str) -> None:
        self.files[name].write(self.delimiter.join(self.schemas[name]) + "\n")

    def append(self, name: str, rows: list[dict[str, Any]]) -> None:
        lines = (self.delimiter.join([self._cell(value) for value in row.values()]) for row in rows)
        self.files[name].writelines(f"{line}\n" for line in lines)

    def _cell(self, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            text = neutralise(value)
            return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
        if isinstance(value, float):
            return number_text(value).replace(".", self.decimal)
        return self._date(value) if isinstance(value, datetime) else str(value)

    def _date(self, value: datetime) -> str:
        return iso(value)


class ExcelFrFiles(CsvFiles):
    """Semicolon, decimal comma and a BOM: opens right by a double click in a French Excel."""

    encoding = "utf-8-sig"
    delimiter = ";"
    decimal = ","

    def _date(self, value: datetime) -> str:
        # Excel takes no date with a time zone for a date: UTC, as documented.
        return instant(value).replace(tzinfo=None).isoformat(sep=" ")


class JsonlFiles(_FilePerTable):
    """One JSON object a row; absent is null."""

    suffix = ".jsonl"

    def append(self, name: str, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            plain = {key: iso(value) if isinstance(value, datetime) else value for key, value in row.items()}
            self.files[name].write(json.dumps(plain, ensure_ascii=False) + "\n")


class ParquetFiles:
    """One Parquet file a table, one row group a batch."""

    def __init__(self, folder: Path, schemas: Mapping[str, Mapping[str, str]]) -> None:
        try:
            import pyarrow as pa
            from pyarrow import parquet
        except ImportError as error:
            extra = "parquet"
            raise MissingExtraError.named(extra, "writing Parquet") from error
        types = {TEXT: pa.string(), INTEGER: pa.int64(), NUMBER: pa.float64(), INSTANT: pa.timestamp("us", tz="UTC")}
        self._pa = pa
        self.types = {
            name: pa.schema([(column, types[dtype]) for column, dtype in columns.items()])
            for name, columns in schemas.items()
        }
        self.finals = {name: folder / f"{name}.parquet" for name in schemas}
        self.partials = {name: path.with_name(path.name + PARTIAL) for name, path in self.finals.items()}
        self.writers = {
            name: parquet.ParquetWriter(str(path), self.types[name]) for name, path in self.partials.items()
        }

    def append(self, name: str, rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        schema = self.types[name]
        columns = {
            field.name: [self._cell(row[field.name], floating=self._pa.types.is_floating(field.type)) for row in rows]
            for field in schema
        }
        self.writers[name].write_table(self._pa.table(columns, schema=schema))

    @staticmethod
    def _cell(value: object, *, floating: bool) -> Any:
        if isinstance(value, str):
            return storable(value)
        if isinstance(value, datetime):
            return instant(value)
        # pyarrow refuses an integer beyond 2^53 for a float column.
        return float(value) if floating and isinstance(value, int) else value

    def note(self, provenance: Mapping[str, Any]) -> None:
        for writer in self.writers.values():
            writer.add_key_value_metadata({"newsnlp": json.dumps(provenance, ensure_ascii=False)})

    def commit(self) -> dict[str, Path]:
        for writer in self.writers.values():
            writer.close()
        for name, path in self.partials.items():
            path.replace(self.finals[name])
        return dict(self.finals)

    def discard(self) -> None:
        for writer in self.writers.values():
            with contextlib.suppress(OSError):  # a full disk has no room for the footer
                writer.close()
        _remove(self.partials.values())


class XlsxFile:
    """One workbook, a sheet a table with a frozen header, and a sheet of provenance."""

    def __init__(self, folder: Path, schemas: Mapping[str, Mapping[str, str]]) -> None:
        try:
            from openpyxl import Workbook
        except ImportError as error:
            extra = "excel"
            raise MissingExtraError.named(extra, "writing Excel workbooks") from error
        self.path = folder / "newsnlp.xlsx"
        self.book = Workbook(write_only=True)
        self.sheets = {}
        self.columns = {name: list(columns) for name, columns in schemas.items()}
        self.rows = dict.fromkeys(schemas, 0)
        for name in schemas:
            self.sheets[name] = self._sheet(name)

    def _sheet(self, title: str) -> Any:
        sheet = self.book.create_sheet(title)
        sheet.freeze_panes = "A2"
        sheet.append(self.columns[title.partition(" ")[0]])
        return sheet

    def append(self, name: str, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            if self.rows[name] and self.rows[name] % (MAX_ROWS - 1) == 0:
                # A sheet is full: the table goes on in another (mentions 2).
                self.sheets[name] = self._sheet(f"{name} {self.rows[name] // (MAX_ROWS - 1) + 1}")
            self.rows[name] += 1
            self.sheets[name].append([self._cell(value) for value in row.values()])

    @staticmethod
    def _cell(value: object) -> Any:
        if isinstance(value, str):
            return neutralise(_NOT_XML.sub("\ufffd", storable(value)))[:MAX_CELL]
        if isinstance(value, datetime):
            return instant(value).replace(tzinfo=None)  # a workbook knows no time zones: UTC, as documented
        # Excel holds numbers as doubles: a longer integer is rounded there anyway.
        return float(value) if isinstance(value, int) and abs(value) > 2**53 else value

    def note(self, provenance: Mapping[str, Any]) -> None:
        sheet = self.book.create_sheet("provenance")
        for key, value in provenance.items():
            sheet.append([key, self._cell(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))])

    def commit(self) -> dict[str, Path]:
        partial = self.path.with_name(self.path.name + PARTIAL)
        self.book.save(partial)
        partial.replace(self.path)
        return dict.fromkeys(self.sheets, self.path)

    def discard(self) -> None:
        self.book.close()
        _remove([self.path.with_name(self.path.name + PARTIAL)])


class SqliteFile:
    """One database, a table a kind of record, with keys and indexes."""

    types = MappingProxyType({TEXT: "TEXT", INTEGER: "INTEGER", NUMBER: "REAL", INSTANT: "TEXT"})
    indexes = (
        ("entities", "name"),
        ("mentions", "article_id, entity_id"),
        ("figures", "article_id, event"),
        ("figures", "event, place"),
        ("topics", "article_id"),
        ("topics", "code"),
    )
    keys = MappingProxyType(
        {"articles": "article_id", "entities": "article_id, entity_id", "figures": "article_id, figure"}
    )

    def __init__(self, folder: Path, schemas: Mapping[str, Mapping[str, str]]) -> None:
        self.path = folder / "newsnlp.sqlite"
        self.partial = self.path.with_name(self.path.name + PARTIAL)
        self.partial.unlink(missing_ok=True)
        self.schemas = schemas
        self.base = sqlite3.connect(self.partial)
        for name, columns in schemas.items():
            cells = ", ".join(f'"{column}" {self.types[dtype]}' for column, dtype in columns.items())
            key = f", PRIMARY KEY ({self.keys[name]})" if name in self.keys else ""
            # The names come from our own schema, never from data.
            self.base.execute(f'CREATE TABLE "{name}" ({cells}{key})')

    def append(self, name: str, rows: list[dict[str, Any]]) -> None:
        marks = ", ".join("?" for _ in self.schemas[name])
        dtypes = list(self.schemas[name].values())
        with self.base:
            # REPLACE: an article analysed twice keeps its last rows.
            self.base.executemany(
                f'INSERT OR REPLACE INTO "{name}" VALUES ({marks})',  # noqa: S608  # our own schema's names
                ([self._cell(value, dtype) for value, dtype in zip(row.values(), dtypes, strict=True)] for row in rows),
            )

    @staticmethod
    def _cell(value: object, dtype: str) -> Any:
        if isinstance(value, datetime):
            return iso(value)
        if dtype == NUMBER and isinstance(value, int):
            return float(value)  # an 80-digit integer overflows SQLite's
        return storable(value) if isinstance(value, str) else value

    def note(self, provenance: Mapping[str, Any]) -> None:
        with self.base:
            self.base.execute("CREATE TABLE provenance (key TEXT PRIMARY KEY, value TEXT)")
            self.base.executemany(
                "INSERT INTO provenance VALUES (?, ?)",
                [(k, v if isinstance(v, str) else json.dumps(v, ensure_ascii=False)) for k, v in provenance.items()],
            )

    def commit(self) -> dict[str, Path]:
        with self.base:
            for number, (table, columns) in enumerate(self.indexes):
                if table in self.schemas:
                    self.base.execute(f'CREATE INDEX "ix{number}_{table}" ON "{table}" ({columns})')
        self.base.close()
        self.partial.replace(self.path)
        return dict.fromkeys(self.schemas, self.path)

    def discard(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self.base.close()
        _remove([self.partial, self.partial.with_name(self.partial.name + "-journal")])


FORMATS: Mapping[str, type[TableFile]] = MappingProxyType(
    {
        "csv": CsvFiles,
        "excel-fr": ExcelFrFiles,
        "jsonl": JsonlFiles,
        "parquet": ParquetFiles,
        "sqlite": SqliteFile,
        "xlsx": XlsxFile,
    }
)


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def neutralise(text: str) -> str:
    """Return text that no spreadsheet runs: an apostrophe goes before what could be a formula.

    Also before what already looks so treated, so that `restore` gives every text back.
    """
    return "'" + text if text.lstrip("'").startswith(FORMULA_START) else text


def restore(text: str) -> str:
    """Return the text that `neutralise` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_START) else text


def storable(text: str) -> str:
    """Return text that UTF-8 can hold: a lone surrogate becomes ``?``."""
    return text.encode("utf-8", "replace").decode("utf-8")


def number_text(value: float) -> str:
    """Return the shortest decimal form that reads back equal; whole numbers without a point."""
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)


def instant(value: datetime) -> datetime:
    """Return a moment in UTC; one without a time zone is taken as UTC."""
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def iso(value: datetime) -> str:
    """Return a moment in UTC as ISO 8601."""
    return instant(value).isoformat()
