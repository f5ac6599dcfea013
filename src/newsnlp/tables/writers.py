"""Tables as files: CSV, French-Excel CSV, XLSX, Parquet, JSON Lines, SQLite.

Rows are written as they come: no writer holds a whole table. Files are made under a temporary name and moved
into place when complete, so that a crash leaves no half table behind.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import re
import sqlite3
import warnings
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

import newsnlp
from newsnlp.errors import NewsnlpError, OptionError, SourceError, shown
from newsnlp.lexicons import lexicon_version
from newsnlp.records import Analysis
from newsnlp.safety.locks import FolderLock
from newsnlp.safety.values import choice, folder_path, records_of
from newsnlp.tables.cells import TIMEZONE, storable_rows, told_of, zone_of
from newsnlp.tables.formats import as_found
from newsnlp.tables.formats.as_found import FoundFile
from newsnlp.tables.formats.placing import partial_of, put_in_place, remove
from newsnlp.tables.formats.registry import FORMATS, SHEETS
from newsnlp.tables.frames import Numbering, analysis_rows
from newsnlp.tables.schema import CORPUS_SCHEMAS, INSTANT, INTEGER, NUMBER, SCHEMAS, TEXT, TEXT_COLUMN, with_text

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

    import pandas as pd

    from newsnlp.tables.cells import Losses
    from newsnlp.tables.formats.registry import TableFile

# Of a view and its columns.
PLAIN_NAME = re.compile(r"\w[\w-]*")
# Of columns: EM-DAT has `No. Affected`.
PLAIN_COLUMN = re.compile(r"\w[\w .-]*")
# Articles whose rows are held before they go to disk: one row group in Parquet, one transaction in SQLite.
FLUSH_ARTICLES = 500


def write_tables(
    analyses: Analysis | Iterable[Analysis],
    out: str | os.PathLike[str],
    format: str = "csv",  # noqa: A002  # the contract's name
    *,
    config: Mapping[str, Any] | None = None,
    text: bool = False,
    timezone: str = TIMEZONE,
) -> dict[str, Path]:
    r"""Write the tables of the analyses into a folder and return the path of each.

    Parameters
    ----------
    analyses : Analysis or iterable of Analysis
        Consumed lazily: a stream of any length is written in bounded memory.
    out : path
        A folder, made if missing. Files of the same names are replaced.
    format : {"csv", "excel-fr", "xlsx", "parquet", "jsonl", "sqlite"}
        ``csv``: UTF-8, comma. ``excel-fr``: UTF-8 with BOM, semicolon, decimal comma. ``xlsx`` (extra
        ``excel``): one workbook, a sheet a table. ``parquet`` (extra ``parquet``). ``jsonl``: one JSON object a
        row. ``sqlite``: one database with keys and indexes.
    config : mapping, optional
        Recorded in the provenance.
    text : bool
        Give ``articles`` a column ``text``, into which the offsets of all tables point.
    timezone : str
        Of the moments that people read in ``excel-fr`` and ``xlsx``; everywhere else they are in UTC.

    Returns
    -------
    dict of Path
        Table name to file; ``provenance`` to the file that holds versions, configuration and date.

    Raises
    ------
    OptionError
        If the format or the time zone is not known.
    MissingExtraError
        If the format needs an extra that is not installed.
    ArticleError
        If an item is no Analysis, or one whose fields are not those of a record; the message names the article.
    SourceError
        If the folder cannot be written.
    FolderInUseError
        If another process, or thread, is writing into it.

        After any error all that stood there before is untouched.

    Warns
    -----
    UserWarning
        Once, with counts, if something could not be written as it was; the provenance says the same under ``notes``.

    Notes
    -----
    Every format keeps all rows. An article whose id came before gets that id with ``-2``, as in `analyze_corpus`.

    In ``csv``, ``excel-fr`` and ``xlsx`` a text that a spreadsheet would run as a formula is preceded by an
    apostrophe. In ``excel-fr``, so is each cell of a text column that Excel would turn into a number, date, truth
    value or error (``00123``, ``6/4``, ``12E5``, ``1,5``, ``VRAI``); whole numbers of up to 15 digits are left, since
    Excel saves them as they were. In ``xlsx`` the type of a cell says that it is text. `newsnlp.read_tables` reads
    each format back and takes the apostrophes off, also after Excel has saved the file.

    Lone surrogates, which no file can hold, are written as ``?``; numbers beyond 64 bits or 1.8e308, and nan, are left
    empty. NUL is ``�`` in ``csv`` and ``excel-fr``, every control character in ``xlsx``. ``excel-fr`` and ``xlsx``,
    which know no time zones, have the time of Paris, or of `timezone`, which the provenance names; of the hour that
    comes twice in autumn they have text with the difference to UTC. ``xlsx`` has moments before March 1900 as text, and
    16 digits of a number. A cell of a workbook ends after 32 767 characters, a sheet after 1 048 575 rows: the table
    then goes on in a sheet ``mentions 2``.

    Examples
    --------
    >>> import tempfile
    >>> from newsnlp import load, write_tables
    >>> paths = write_tables(load()("Cinq blessés à Lyon."), tempfile.mkdtemp(), format="csv")
    >>> paths["figures"].read_text(encoding="utf-8").splitlines()[1].split(",")[2:8]
    ['0', '4', 'Cinq', '5', '5', '5']
    """
    stream = records_of(analyses, Analysis)
    schemas = with_text(SCHEMAS) if text else SCHEMAS
    writer = TableWriter(out, format=format, config=config, schemas=schemas, timezone=timezone)
    with _held(writer):
        while batch := list(itertools.islice(stream, FLUSH_ARTICLES)):
            writer.write(batch)
    if writer.notes:
        warnings.warn(f"{writer.folder}: {'; '.join(writer.notes)}", stacklevel=2)
    return writer.paths


def write_view(
    frame: pd.DataFrame,
    out: str | os.PathLike[str],
    name: str,
    format: str = "csv",  # noqa: A002  # as in `write_tables`
    *,
    timezone: str = TIMEZONE,
) -> Path:
    """Write a view (`speakers`, `claims`, `quotes_in_context`, `casualties` …) as a file, as safely as `write_tables`.

    Parameters
    ----------
    frame : DataFrame
    out : path
        A folder, made if missing; not that of tables, whose provenance would be replaced.
    name : str
        Of the table, and of its file: letters, digits, ``_`` and ``-``; no name that `write_tables` gives.
    format, timezone
        As in `write_tables`.

    Returns
    -------
    Path

    Raises
    ------
    OptionError
        If name, format or time zone is none that is accepted, or a column has no plain name.

    Examples
    --------
    >>> import tempfile
    >>> from newsnlp import load, quotes_in_context, write_view
    >>> view = quotes_in_context(load()("Selon le maire, douze maisons ont brûlé."))
    >>> path = write_view(view, tempfile.mkdtemp(), "citations")
    >>> path.name, path.read_text(encoding="utf-8").startswith("article_id,title,url")
    ('citations.csv', True)
    """
    if not PLAIN_NAME.fullmatch(str(name)) or name in CORPUS_SCHEMAS:
        message = f"{shown(name)} is taken, or no plain name; accepted: letters, digits, _ and -, as in citations"
        raise OptionError(message)
    for each in map(str, frame.columns):
        if not PLAIN_COLUMN.fullmatch(each):
            message = f"column {shown(each)} has no plain name; accepted: letters, digits, blanks, full stops, _ and -"
            raise OptionError(message)
    types = (TEXT, INTEGER, NUMBER, INSTANT)
    schema = {str(column): str(dtype) if str(dtype) in types else TEXT for column, dtype in frame.dtypes.items()}
    plain = frame.copy()
    for column, dtype in plain.dtypes.items():
        # Days, without a clock. `select_dtypes` takes no unit in older pandas.
        if str(dtype) == "datetime64[s]":
            plain[column] = plain[column].dt.strftime("%Y-%m-%d")
    plain = plain.astype(object).where(frame.notna(), None)
    rows = [dict(zip(schema, cells, strict=True)) for cells in plain.itertuples(index=False, name=None)]
    writer = TableWriter(out, format=format, schemas={name: schema}, timezone=timezone)
    with _held(writer):
        writer.write_rows({name: rows})
    if writer.notes:
        warnings.warn(f"{writer.folder}: {'; '.join(writer.notes)}", stacklevel=2)
    return writer.paths[name]


@contextlib.contextmanager
def _held(writer: TableWriter) -> Iterator[None]:
    """Open the tables of a folder that nobody else writes into."""
    with contextlib.ExitStack() as held:
        with _writing(writer.folder):
            held.enter_context(FolderLock(writer.folder))
        held.enter_context(writer)
        yield


class TableWriter:
    """Writes batches of analyses into the tables of one folder; a context manager.

    Nothing appears under its final name before the block ends without an error. Then ``notes`` says what could not be
    written as it was.
    """

    def __init__(
        self,
        out: str | os.PathLike[str],
        *,
        format: str = "csv",  # noqa: A002  # the contract's name
        config: Mapping[str, Any] | None = None,
        schemas: Mapping[str, Mapping[str, str]] = SCHEMAS,
        timezone: str = TIMEZONE,
    ) -> None:
        self.schemas = schemas
        self.zone = zone_of(timezone)
        self.folder = folder_path(out, option="out")
        self.format = choice("format", format, FORMATS)
        self.config = {**(config or {}), "format": self.format}
        if self.format in SHEETS:
            self.config["timezone"] = timezone
        self.paths: dict[str, Path] = {}
        self.notes: tuple[str, ...] = ()
        self._losses: Losses = Counter()
        self._numbering = Numbering(self._losses)
        self._file: TableFile | None = None
        self._found: FoundFile | None = None

    def __enter__(self) -> Self:
        with _writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._file = FORMATS[self.format](self.folder, self.schemas, self.zone)
            self._found = FoundFile(self.folder) if as_found.TABLE in self.schemas else None
        return self

    def write(self, analyses: Iterable[Analysis]) -> None:
        """Append the rows of some analyses to every table."""
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
        for analysis in self._numbering.each(analyses):
            for name, found in analysis_rows(analysis, text=TEXT_COLUMN in self.schemas["articles"]).items():
                rows[name].extend(found)
        self.write_rows(rows)

    def write_rows(self, rows: Mapping[str, list[dict[str, Any]]]) -> None:
        """Append rows that are already in the form of the tables, the articles before what refers to them."""
        if self._file is None:
            message = "a TableWriter writes only inside its with block"
            raise OptionError(message)
        made, losses = storable_rows(rows, self.schemas)
        self._losses.update(losses)
        with _writing(self.folder):
            for name, found in made.items():
                self._file.append(name, found)
            if self._found is not None:
                self._found.append(made.get(as_found.TABLE, ()))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is None:
            return
        if kind is not None:
            self._discard(self._file)
            return
        try:
            with _writing(self.folder):
                self._commit(self._file)
        except BaseException:
            self._discard(self._file)
            raise

    def _discard(self, file: TableFile) -> None:
        file.discard()
        if self._found is not None:
            self._found.discard()

    def _commit(self, file: TableFile) -> None:
        self.notes = told_of(self._losses + file.losses)
        made = provenance(self.config) | ({"notes": self.notes} if self.notes else {})
        file.note(made)
        moves = {**file.finish(), **(self._found.finish() if self._found else {})}
        told = self.folder / "provenance.json"
        try:
            # Escaped: the name of an input may hold what UTF-8 cannot.
            partial_of(told).write_text(json.dumps(made, indent=2, default=str) + "\n", encoding="utf-8")
            put_in_place({**moves, partial_of(told): told})
        finally:
            remove([partial_of(told)])
        self.paths = {**file.paths(), "provenance": told}


def provenance(config: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return what made an export: versions, configuration, and the date in UTC."""
    return {
        "newsnlp": newsnlp.__version__,
        "lexicons": lexicon_version(),
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "config": dict(config or {}),
    }


class _writing:  # noqa: N801  # reads as a statement: with _writing(folder)
    """Turn an operating-system error into one that names the folder and what to do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A full disk is an error of its own kind in SQLite; a path may hold a NUL.
        if isinstance(error, OSError | sqlite3.Error | ValueError) and not isinstance(error, NewsnlpError):
            message = (
                f"cannot write to {self.folder}: {getattr(error, 'strerror', None) or error}. "
                "Hint: give a folder you may write to, on a disk with room"
            )
            raise SourceError(message) from error
