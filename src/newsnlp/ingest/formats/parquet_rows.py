"""Parquet as rows. Its pages tell how large they are: what would fill the memory is not unpacked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsnlp.errors import MissingExtraError, SourceError
from newsnlp.ingest import streams
from newsnlp.ingest.failures import FailureKind, told_of
from newsnlp.ingest.formats.parquet_pages import PageSizes, page_sizes
from newsnlp.ingest.opened import Format
from newsnlp.ingest.rows import Row, articles_of, bad
from newsnlp.ingest.streams import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from newsnlp.ingest.columns import RowReader
    from newsnlp.ingest.failures import Failure
    from newsnlp.ingest.streams import Meter
    from newsnlp.records import Article

# Rows unpacked together, at most.
BATCH_ROWS = 256
# Bytes of the rows unpacked together.
BATCH_BYTES = 32_000_000
# The pages of all wanted columns that lie in memory at once, which Arrow holds twice or three times. Writers end a page
# at 1 MB (Arrow, Spark) or 100 MB (DuckDB).
MAX_PAGES_BYTES = 128_000_000
# Values of a page of lists: what is written in a few bytes may be a list of 2**31 numbers.
MAX_LIST_VALUES = 1_000_000


def read_parquet(path: Path, reader: RowReader, meter: Meter) -> Iterator[Article | Failure]:
    """Yield the articles of a Parquet file, a few hundred rows in memory at a time, the needed columns only."""
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        extra = "parquet"
        raise MissingExtraError.named(extra, "reading Parquet") from error
    with unpacked(path, (".parquet", ".pq")) as plain:
        try:
            file = ParquetFile(plain, pre_buffer=False, buffer_size=1 << 20)
        except Exception as error:  # Arrow raises what its own checks and the system raise
            message = f"{path} is no Parquet file: {told_of(error)}"
            raise SourceError(message) from error
        with file, plain.open("rb") as raw:
            reader.learn(file.schema_arrow.names)
            meter.total = file.metadata.num_rows
            yield from articles_of(_Groups(path, file, raw, plain.stat().st_size).rows(reader, meter), reader)


class _Groups:
    """The row groups of a file, one after another."""

    def __init__(self, path: Path, file: Any, raw: Any, size: int) -> None:
        self._path = path
        self._file = file
        self._raw = raw
        self._most = streams.expansion_limit(size)
        self._given = 0

    def rows(self, reader: RowReader, meter: Meter) -> Iterator[Row]:
        """Yield the rows; those of a group that cannot be unpacked within bounds are failures, each."""
        wanted = reader.wanted
        schema = self._file.schema_arrow
        lists = [name for name in wanted if not _is_flat(schema.field(schema.get_all_field_indices(name)[0]).type)]
        for group in range(self._file.metadata.num_row_groups):
            count = self._file.metadata.row_group(group).num_rows
            try:
                batch_rows = self._batch_rows(group, wanted, lists)
            except ValueError as error:
                for _ in range(count):
                    yield bad(f"row {meter.done}", str(error), FailureKind.TOO_LARGE)
                    meter.done += 1
                continue
            yield from self._group(group, wanted, batch_rows, meter)

    def _batch_rows(self, group: int, wanted: list[str], lists: list[str]) -> int:
        """Return how many rows can be unpacked together.

        Raises
        ------
        ValueError
            If not even one can: a page of the group is too large.
        """
        chunks = self._file.metadata.row_group(group)
        found = [chunks.column(index) for index in range(chunks.num_columns)]
        sizes = {
            chunk.path_in_schema: self._sizes(chunk)
            for chunk in found
            if any(chunk.path_in_schema == name or chunk.path_in_schema.startswith(name + ".") for name in wanted)
        }
        together = sum(size.dictionary + size.page for size in sizes.values())
        if together > MAX_PAGES_BYTES:
            message = f"its row group has pages of {together} bytes; accepted: {MAX_PAGES_BYTES}, for all its rows"
            raise ValueError(message)
        for name, size in sizes.items():
            if any(name.startswith(column + ".") for column in lists) and (
                size.values > MAX_LIST_VALUES or size.values * size.dictionary > streams.MAX_RECORD_BYTES * BATCH_ROWS
            ):
                message = f"its row group has a page of {size.values} values in lists; accepted: {MAX_LIST_VALUES}"
                raise ValueError(message)
        # A row may repeat the largest entry of each dictionary.
        a_row = sum(max(size.dictionary, size.a_value) for size in sizes.values())
        return max(1, min(BATCH_ROWS, BATCH_BYTES // max(1, a_row)))

    def _sizes(self, chunk: Any) -> PageSizes:
        try:
            return page_sizes(self._raw, chunk)
        except ValueError:
            # Headers that are not as they should be: as if the column were one page.
            size = chunk.total_uncompressed_size
            return PageSizes(page=size, a_value=size // max(1, chunk.num_values), values=chunk.num_values)

    def _group(self, group: int, wanted: list[str], batch_rows: int, meter: Meter) -> Iterator[Row]:
        try:
            batches = self._file.iter_batches(
                batch_size=batch_rows, row_groups=[group], columns=wanted, use_threads=False
            )
            for batch in batches:
                self._count(batch)
                for number in range(batch.num_rows):
                    yield f"row {meter.done}", _row(batch, number)
                    meter.done += 1
        except SourceError:
            raise
        except Exception as error:  # Arrow raises what its own checks and the system raise
            message = f"{self._path} cannot be read further: {told_of(error)}"
            raise SourceError(message) from error

    def _count(self, batch: Any) -> None:
        self._given += batch.nbytes
        if self._given > self._most:
            message = f"{self._path.name} unpacks to more than {self._given} bytes: taken for a bomb"
            raise SourceError(message)


def _is_flat(kind: Any) -> bool:
    from pyarrow import types

    return not types.is_nested(kind)


def _row(batch: Any, number: int) -> Any:
    """Return a row as a mapping, or as the failure that it is."""
    return {name: _cell(column[number]) for name, column in zip(batch.schema.names, batch.columns, strict=True)}


def _cell(scalar: Any) -> Any:
    """Return a cell as Python has it; bytes that are no UTF-8 and moments that it does not know as they are told."""
    from pyarrow import types

    if types.is_string(scalar.type) or types.is_large_string(scalar.type):
        buffer = scalar.as_buffer()
        return None if buffer is None else buffer.to_pybytes().decode("utf-8", "replace")
    try:
        return scalar.as_py()
    except (ValueError, OverflowError, ArithmeticError, TypeError) as error:
        return f"{scalar.type}: {told_of(error)}"


FORMAT = Format(
    name="Parquet",
    suffixes=(".parquet", ".pq"),
    looks_like=lambda head: head.data.startswith(b"PAR1"),
    read=lambda opened: read_parquet(opened.file, opened.reader, opened.meter),
)
