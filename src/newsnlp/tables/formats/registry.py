"""One class a file format. Each appends rows under temporary names; a `TableWriter` moves the files into place.

Rows come as `storable_rows` gives them, so that no value is one that a format cannot hold.
"""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from datetime import UTC, datetime
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, Protocol

from newsnlp.errors import MissingExtraError
from newsnlp.safety.escaping import csv_field, excel_fr_field, json_text
from newsnlp.tables.cells import REPLACED, local, number_text
from newsnlp.tables.formats.database import SqliteFile
from newsnlp.tables.formats.placing import partial_of, remove
from newsnlp.tables.formats.workbook import XlsxFile
from newsnlp.tables.schema import INSTANT, INTEGER, NUMBER, TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo
    from pathlib import Path

    from newsnlp.tables.cells import Losses


class TableFile(Protocol):
    """What a `TableWriter` asks of a format."""

    losses: Losses

    def __init__(self, folder: Path, schemas: Mapping[str, Mapping[str, str]], zone: tzinfo) -> None: ...

    def append(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Append rows to one table."""

    def note(self, provenance: Mapping[str, Any]) -> None:
        """Store the provenance inside the file, where the format has a place for it."""

    def finish(self) -> Mapping[Path, Path]:
        """Complete the files and return where each lies and where it belongs."""

    def paths(self) -> dict[str, Path]:
        """Return each table's final file."""

    def discard(self) -> None:
        """Remove what was written so far."""


class _FilePerTable:
    """Shared by the text formats: one open file a table."""

    suffix = ""
    encoding = "utf-8"

    def __init__(self, folder: Path, schemas: Mapping[str, Mapping[str, str]], zone: tzinfo) -> None:
        self.schemas = schemas
        self.zone = zone
        self.losses: Losses = Counter()
        self.finals = {name: folder / f"{name}{self.suffix}" for name in schemas}
        self.partials = {name: partial_of(path) for name, path in self.finals.items()}
        self.files: dict[str, IO[str]] = {}
        try:
            for name, path in self.partials.items():
                self.files[name] = path.open("w", encoding=self.encoding, newline="")
                self.begin(name)
        except BaseException:
            self.discard()
            raise

    def begin(self, name: str) -> None:
        """Write what stands before the first row."""

    def note(self, provenance: Mapping[str, Any]) -> None:
        """Text tables have no place for it: it lies beside them."""

    def finish(self) -> dict[Path, Path]:
        for file in self.files.values():
            file.close()
        return {path: self.finals[name] for name, path in self.partials.items()}

    def paths(self) -> dict[str, Path]:
        return dict(self.finals)

    def discard(self) -> None:
        for file in self.files.values():
            with contextlib.suppress(OSError):  # a full disk has no room for what is still to be flushed
                file.close()
        remove(self.partials.values())


class CsvFiles(_FilePerTable):
    """UTF-8, comma, decimal point: what programs read."""

    suffix = ".csv"
    delimiter = ","
    decimal = "."
    field = staticmethod(csv_field)

    def begin(self, name: str) -> None:
        self.files[name].write(self.delimiter.join(self.schemas[name]) + "\n")

    def append(self, name: str, rows: list[dict[str, Any]]) -> None:
        lines = (self.delimiter.join([self._cell(value) for value in row.values()]) for row in rows)
        self.files[name].writelines(f"{line}\n" for line in lines)

    def _cell(self, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            self.losses[REPLACED] += "\x00" in value
            return self.field(value)
        if isinstance(value, float):
            return number_text(value).replace(".", self.decimal)
        return self._date(value) if isinstance(value, datetime) else str(value)

    def _date(self, value: datetime) -> str:
        return value.isoformat()


class ExcelFrFiles(CsvFiles):
    """Semicolon, decimal comma and a BOM: opens right by a double click in a French Excel."""

    encoding = "utf-8-sig"
    delimiter = ";"
    decimal = ","
    field = staticmethod(excel_fr_field)

    def _date(self, value: datetime) -> str:
        # Excel takes no date with a time zone for a date.
        return (local(value, self.zone) or value.astimezone(UTC)).isoformat(sep=" ")


class JsonlFiles(_FilePerTable):
    """One JSON object a row; absent is null."""

    suffix = ".jsonl"

    def append(self, name: str, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            cells = {key: value.isoformat() if isinstance(value, datetime) else value for key, value in row.items()}
            self.files[name].write(json_text(cells) + "\n")


class ParquetFiles:
    """One Parquet file a table, one row group a batch."""

    def __init__(self, folder: Path, schemas: Mapping[str, Mapping[str, str]], _zone: tzinfo) -> None:
        try:
            import pyarrow as pa
            from pyarrow import parquet
        except ImportError as error:
            extra = "parquet"
            raise MissingExtraError.named(extra, "writing Parquet") from error
        types = {TEXT: pa.string(), INTEGER: pa.int64(), NUMBER: pa.float64(), INSTANT: pa.timestamp("us", tz="UTC")}
        self._pa = pa
        self.losses: Losses = Counter()
        self.types = {
            name: pa.schema([(column, types[dtype]) for column, dtype in columns.items()])
            for name, columns in schemas.items()
        }
        self.finals = {name: folder / f"{name}.parquet" for name in schemas}
        self.partials = {name: partial_of(path) for name, path in self.finals.items()}
        self.writers: dict[str, Any] = {}
        try:
            for name, path in self.partials.items():
                self.writers[name] = parquet.ParquetWriter(str(path), self.types[name])
        except BaseException:
            self.discard()
            raise

    def append(self, name: str, rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        schema = self.types[name]
        floating = self._pa.types.is_floating
        # pyarrow refuses an integer beyond 2^53 for a float column.
        columns = {
            field.name: [
                float(cell) if floating(field.type) and cell is not None else cell
                for cell in (row[field.name] for row in rows)
            ]
            for field in schema
        }
        self.writers[name].write_table(self._pa.table(columns, schema=schema))

    def note(self, provenance: Mapping[str, Any]) -> None:
        for writer in self.writers.values():
            writer.add_key_value_metadata({"newsnlp": json.dumps(provenance, default=str)})

    def finish(self) -> dict[Path, Path]:
        for writer in self.writers.values():
            writer.close()
        return {path: self.finals[name] for name, path in self.partials.items()}

    def paths(self) -> dict[str, Path]:
        return dict(self.finals)

    def discard(self) -> None:
        for writer in self.writers.values():
            with contextlib.suppress(OSError):  # a full disk has no room for the footer
                writer.close()
        remove(self.partials.values())


# What people open: they read the time of their own clocks.
SHEETS = ("excel-fr", "xlsx")
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
