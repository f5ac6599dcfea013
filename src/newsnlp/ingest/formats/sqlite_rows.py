"""Tables and views of SQLite as rows. The file is anyone's: what it computes is bounded, and Ctrl-C ends it."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Any

from newsnlp.errors import SourceError
from newsnlp.ingest import streams
from newsnlp.ingest.failures import Failure, FailureKind
from newsnlp.ingest.opened import Format
from newsnlp.ingest.rows import Row, articles_of, bad
from newsnlp.ingest.streams import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from newsnlp.ingest.columns import RowReader
    from newsnlp.ingest.streams import Meter
    from newsnlp.records import Article

# Steps of SQLite's machine: some seconds (2026-11: 100 million a second), to which each row adds a millisecond. To
# group or sort a million rows takes a tenth; a view that never gives a row is stopped.
MAX_STEPS = 300_000_000
STEPS_A_ROW = 100_000
# What a row counts at least, so that a view of endless short rows ends soon: a stored row takes 6 bytes or more.
_LEAST_ROW = 1_000
_RECORD = f"{streams.MAX_RECORD_BYTES // 10**6} MB"
_ROWID_NAMES = ("_rowid_", "rowid", "oid")


def read_sqlite(path: Path, reader: RowReader, meter: Meter, table: str | None) -> Iterator[Article | Failure]:
    """Yield the articles of one table or view of an SQLite file, opened for reading only."""
    with unpacked(path, (".sqlite", ".sqlite3", ".db")) as plain, contextlib.closing(_Base(path, plain)) as base:
        yield from articles_of(base.rows(reader, meter, table), reader)


class _Base:
    """A database of somebody else's."""

    def __init__(self, path: Path, plain: Path) -> None:
        self._path = path
        self._size = plain.stat().st_size
        self._calls = 0
        self._makes_texts = False
        self._allowed = MAX_STEPS // STEPS_A_ROW
        with self._errors_told():
            self._base = sqlite3.connect(f"{plain.resolve().as_uri()}?mode=ro", uri=True)
            # Bytes that are no UTF-8 must not stop the run.
            self._base.text_factory = lambda raw: raw.decode("utf-8", "replace")
            self._base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, streams.MAX_RECORD_BYTES)
            self._base.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            self._base.execute("PRAGMA trusted_schema = OFF")
            self._base.execute("PRAGMA cell_size_check = ON")
            self._base.set_progress_handler(self._is_over, STEPS_A_ROW)

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def _is_over(self) -> bool:
        self._calls += 1
        return self._calls > self._allowed

    @contextlib.contextmanager
    def _errors_told(self) -> Iterator[None]:
        """Turn the errors of SQLite into a SourceError, and an interrupted query into what interrupted it."""
        try:
            yield
        except (sqlite3.Error, UnicodeError, MemoryError, OverflowError) as error:
            reason = str(error) or type(error).__name__
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
                if self._calls <= self._allowed:
                    # A signal came while SQLite was at work: Python's handler raised within ours, and was swallowed.
                    raise KeyboardInterrupt from error
                told = f"more than {MAX_STEPS} steps, and {STEPS_A_ROW} a row"
                reason = f"{told}: its view is endless, or too dear. Hint: store it as a table"
            message = f"{self._path} cannot be read as an SQLite database: {reason}"
            raise SourceError(message) from error

    def rows(self, reader: RowReader, meter: Meter, table: str | None) -> Iterator[Row]:
        """Yield the rows of a table, the wanted columns only."""
        with self._errors_told():
            listed = self._base.execute("SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')")
            kinds = dict(listed.fetchall())
            if table is None and len(kinds) == 1:
                table = next(iter(kinds))
            if table is None or table not in kinds:
                message = f"name a table of {self._path.name}: {', '.join(kinds) or 'it has none'}. Hint: --table NAME"
                raise SourceError(message)
            quoted = _quoted(table)
            # Of a view nothing is counted: it may be endless.
            header = [item[0] for item in self._base.execute(f"SELECT * FROM {quoted} LIMIT 0").description]  # noqa: S608  # quoted
            reader.learn(header)
            made = self._base.execute("SELECT count(*) FROM sqlite_master WHERE type = 'view' AND sql LIKE '%printf%'")
            self._makes_texts = kinds[table] == "view" and made.fetchone()[0] > 0
            if reader.notes.columns_only:
                return
            wanted = reader.wanted
            rowid = self._rowid_of(quoted, header) if kinds[table] == "table" else None
            if rowid is not None:
                with contextlib.suppress(sqlite3.Error):
                    (meter.total,) = self._base.execute(f"SELECT count({rowid}) FROM {quoted}").fetchone()  # noqa: S608
        yield from self._bounded(self._numbered(wanted, quoted, rowid, meter), reader)

    def _rowid_of(self, quoted: str, header: list[str]) -> str | None:
        """Return the name of the rowid, by which reading goes on after a row that is too large; None without one."""
        taken = {name.lower() for name in header}
        for name in _ROWID_NAMES:
            if name not in taken:
                with contextlib.suppress(sqlite3.Error):
                    self._base.execute(f"SELECT {name} FROM {quoted} LIMIT 0")  # noqa: S608
                    return name
        return None

    def _numbered(self, wanted: list[str], quoted: str, rowid: str | None, meter: Meter) -> Iterator[Row]:
        """Yield the rows as mappings; a row with a value over 32 MB is a failure, and reading goes on behind it."""
        columns = ", ".join(_quoted(name) for name in wanted)
        last: int | None = None
        cursor: sqlite3.Cursor | None = None
        while True:
            try:
                with self._errors_told():
                    if cursor is None:
                        ordered = f"{_after(rowid, last)} ORDER BY {rowid}" if rowid else ""
                        cursor = self._base.execute(f"SELECT {rowid or 'NULL'}, {columns} FROM {quoted}{ordered}")  # noqa: S608
                    row = cursor.fetchone()
                    self._allowed += 1
            except SourceError:
                if rowid is None:
                    raise
                # Python's module steps to the row after the one that it gives: the error may be of either.
                last, content = self._alone(wanted, quoted, rowid, last)
                cursor = None
                yield f"row {meter.done}", content
            else:
                if row is None:
                    return
                last = self._ascending(row[0], last) if rowid else None
                yield f"row {meter.done}", dict(zip(wanted, row[1:], strict=True))
            meter.done += 1

    def _ascending(self, number: object, last: int | None) -> int:
        """Return the number of a row; pages of a damaged file may lead back to one read before, for ever."""
        if not isinstance(number, int) or (last is not None and number <= last):
            message = f"{self._path} cannot be read as an SQLite database: its rows are out of order"
            raise SourceError(message)
        return number

    def _alone(self, wanted: list[str], quoted: str, rowid: str, last: int | None) -> tuple[int, Any]:
        """Return the row after another by itself, or the failure that it is."""
        columns = ", ".join(_quoted(name) for name in wanted)
        try:
            with self._errors_told():
                (number,) = self._base.execute(f"SELECT min({rowid}) FROM {quoted}{_after(rowid, last)}").fetchone()  # noqa: S608
                only = f"WHERE {rowid} = {self._ascending(number, last)}"
                row = self._base.execute(f"SELECT {columns} FROM {quoted} {only}").fetchone()  # noqa: S608
        except SourceError as error:
            if getattr(error.__cause__, "sqlite_errorcode", 0) != sqlite3.SQLITE_TOOBIG:
                raise
            reason = f"a value over {_RECORD}"
            return number, Failure(article_id=f"row {number}", kind=FailureKind.TOO_LARGE, reason=reason)
        return number, dict(zip(wanted, row, strict=True))

    def _bounded(self, rows: Iterator[Row], reader: RowReader) -> Iterator[Row]:
        """Stop a view that makes more than the file can hold."""
        size = 0
        text = reader.text_column
        for place, content in rows:
            if self._makes_texts and isinstance(content, dict) and text in content and content[text] is None:
                # What SQLite's printf makes is NULL where it is too long: it cannot be told from no text.
                yield bad(place, f"no text, or one over {_RECORD}, by a view that makes it", FailureKind.TOO_LARGE)
                continue
            cells: Any = content.values() if isinstance(content, dict) else ()
            size += max(_LEAST_ROW, sum(len(cell) for cell in cells if isinstance(cell, str | bytes)))
            if size > streams.expansion_limit(self._size):
                message = f"{self._path.name}: {self._size} bytes give more than {size}: taken for an endless view"
                raise SourceError(message)
            yield place, content


def _after(rowid: str, last: int | None) -> str:
    return "" if last is None else f" WHERE {rowid} > {last}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


FORMAT = Format(
    name="SQLite",
    suffixes=(".sqlite", ".sqlite3", ".db"),
    looks_like=lambda head: head.data.startswith(b"SQLite format 3\x00"),
    read=lambda opened: read_sqlite(opened.file, opened.reader, opened.meter, opened.table),
)
