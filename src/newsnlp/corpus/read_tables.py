"""CSV, Parquet, SQLite and DataFrames as rows, as they are read."""

from __future__ import annotations

import csv
import sqlite3
import sys
from typing import TYPE_CHECKING, Any

from newsnlp.corpus.rows import Row, articles_of, bad
from newsnlp.corpus.streams import MAX_RECORD_BYTES, Meter, open_text, unpacked
from newsnlp.errors import MissingExtraError, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pandas as pd

    from newsnlp.corpus.columns import RowReader
    from newsnlp.corpus.failures import Failure
    from newsnlp.records import Article

PARQUET_BATCH = 256
DELIMITERS = ",;\t|"


def read_csv(path: Path, reader: RowReader, meter: Meter, *, tab: bool) -> Iterator[Article | Failure]:
    """Yield the articles of a CSV file whose first line names the columns; the delimiter is that of this line."""
    # A field may hold a whole article; the module's own limit is 128 kB, and there is only one for the process.
    csv.field_size_limit(min(sys.maxsize, MAX_RECORD_BYTES))
    lines = open_text(path, meter)
    first = next(lines, None)
    if first is None or not first.strip():
        message = f"{path} is empty; accepted: a first line that names the columns"
        raise SourceError(message)
    delimiter = "\t" if tab else max(DELIMITERS, key=first.count)
    header = [name.strip() for name in next(csv.reader([first], delimiter=delimiter))]
    reader.learn(header)
    yield from articles_of(_csv_rows(csv.reader(lines, delimiter=delimiter), header), reader)


def _csv_rows(cells_of: Any, header: list[str]) -> Iterator[Row]:
    while True:
        place = f"line {cells_of.line_num + 2}"
        try:
            cells = next(cells_of)
        except StopIteration:
            return
        except csv.Error as error:
            yield bad(place, f"no CSV: {error}")
            continue
        if not any(cells):
            continue
        if len(cells) != len(header):
            yield bad(place, f"{len(cells)} cells where the header has {len(header)}")
        else:
            yield place, dict(zip(header, cells, strict=True))


def read_parquet(path: Path, reader: RowReader, meter: Meter) -> Iterator[Article | Failure]:
    """Yield the articles of a Parquet file, a few hundred rows in memory at a time, the needed columns only."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        extra = "parquet"
        raise MissingExtraError.named(extra, "reading Parquet") from error
    with unpacked(path, (".parquet", ".pq")) as plain:
        try:
            file = ParquetFile(plain)
        except (ArrowException, OSError) as error:
            message = f"{path} is no Parquet file: {error}"
            raise SourceError(message) from error
        with file:
            reader.learn(file.schema_arrow.names)
            meter.total = file.metadata.num_rows
            wanted = list((reader.notes.columns or {}).values())

            def rows() -> Iterator[Row]:
                try:
                    for batch in file.iter_batches(batch_size=PARQUET_BATCH, columns=wanted):
                        yield from _numbered(batch.to_pylist(), meter)
                except (ArrowException, OSError) as error:
                    message = f"{path} cannot be read further: {error}"
                    raise SourceError(message) from error

            yield from articles_of(rows(), reader)


def read_sqlite(path: Path, reader: RowReader, meter: Meter, table: str | None) -> Iterator[Article | Failure]:
    """Yield the articles of one table or view of an SQLite file, opened for reading only."""
    with unpacked(path, (".sqlite", ".sqlite3", ".db")) as plain:
        base = sqlite3.connect(f"{plain.resolve().as_uri()}?mode=ro", uri=True)
        # Bytes that are no UTF-8 must not stop the run.
        base.text_factory = lambda raw: raw.decode("utf-8", "replace")
        try:
            yield from articles_of(_sqlite_rows(base, path, reader, meter, table), reader)
        finally:
            base.close()


def _sqlite_rows(
    base: sqlite3.Connection, path: Path, reader: RowReader, meter: Meter, table: str | None
) -> Iterator[Row]:
    try:
        names = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
        if table is None and len(names) == 1:
            table = names[0]
        if table is None or table not in names:
            message = f"name a table of {path.name}: {', '.join(names) or 'it has none'}. Hint: --table NAME"
            raise SourceError(message)
        quoted = table.replace('"', '""')
        (meter.total,) = base.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()  # noqa: S608  # see below
        cursor = base.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608  # quoted, and known to be a table's name
        header = [item[0] for item in cursor.description]
        reader.learn(header)
        yield from _numbered((dict(zip(header, row, strict=True)) for row in cursor), meter)
    except sqlite3.DatabaseError as error:
        message = f"{path} cannot be read as an SQLite database: {error}"
        raise SourceError(message) from error


def read_frame(frame: pd.DataFrame, reader: RowReader, meter: Meter) -> Iterator[Article | Failure]:
    """Yield the articles of a DataFrame."""
    header = [str(name) for name in frame.columns]
    reader.learn(header)
    meter.total = len(frame)
    rows = (dict(zip(header, row, strict=True)) for row in frame.itertuples(index=False, name=None))
    return articles_of(_numbered(rows, meter), reader)


def _numbered(rows: Iterable[dict[str, Any]], meter: Meter) -> Iterator[Row]:
    for row in rows:
        yield f"row {meter.done}", row
        meter.done += 1
