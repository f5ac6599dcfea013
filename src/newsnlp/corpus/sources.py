"""Inputs of any kind as a stream of articles: nothing is read whole, and what cannot be read is a `Failure`."""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsnlp.corpus.columns import ColumnMap, map_columns
from newsnlp.corpus.failures import Failure, FailureKind
from newsnlp.corpus.streams import MAX_RECORD_BYTES, open_lines, open_text, read_whole
from newsnlp.errors import ArticleError, EncodingError, MissingExtraError, SourceError
from newsnlp.records import Article

if TYPE_CHECKING:
    import pandas as pd

Item = Article | Failure
COMPRESSIONS = (".gz", ".bz2", ".xz", ".zip")
TEXT_FILES = (".txt", ".md", ".html", ".htm", ".xhtml")
PARQUET_BATCH = 256


def read_source(source: object, *, columns: Mapping[str, str] | None = None, table: str | None = None) -> Source:
    """Return the articles of any input as a stream that can be started more than once, where the input can.

    Parameters
    ----------
    source : path, DataFrame or iterable
        A ``.jsonl``, ``.csv``, ``.tsv``, ``.parquet``, ``.sqlite`` or feed (``.xml``, ``.rss``, ``.atom``) file,
        compressed (``.gz``, ``.bz2``, ``.xz``, one-file ``.zip``) or not; a folder of ``.txt`` and ``.html``
        files; a pandas DataFrame; or an iterable of str, `Article` or mapping.
    columns : mapping, optional
        Field of `Article` -> column; what is not named is guessed from common names.
    table : str, optional
        Table of an SQLite file; needed if it has several.

    Raises
    ------
    SourceError
        If the input does not exist, or is of no kind named above.
    """
    chosen = dict(columns or {})
    if isinstance(source, str | Path):
        return _path_source(Path(source), chosen, table)
    if hasattr(source, "itertuples") and hasattr(source, "columns"):  # a DataFrame, without importing pandas to know
        frame: Any = source
        return Source("DataFrame", lambda: _from_frame(frame, chosen))
    if isinstance(source, Iterable):
        return Source("iterator", lambda: _from_items(source, chosen), restartable=not isinstance(source, Iterator))
    message = f"cannot read articles from {type(source).__name__}; accepted: a path, a DataFrame or an iterable"
    raise SourceError(message)


class Source:
    """A named stream of articles and failures, in input order."""

    def __init__(self, name: str, start: Any, *, files: tuple[Path, ...] = (), restartable: bool = True) -> None:
        self.name = name
        self.files = files
        self.restartable = restartable
        self._start = start

    def __iter__(self) -> Iterator[Item]:
        return iter(self._start())


def _path_source(path: Path, chosen: dict[str, str], table: str | None) -> Source:
    if not path.exists():
        message = f"no such file or folder: {path}"
        raise SourceError(message)
    if path.is_dir():
        files = tuple(sorted(file for file in path.rglob("*") if file.is_file() and _kind(file) in TEXT_FILES))
        if not files:
            message = f"{path} holds no article; accepted in a folder: {', '.join(TEXT_FILES)} files, compressed or not"
            raise SourceError(message)
        return Source(str(path), lambda: _from_folder(path, files), files=files)
    kind = _kind(path)
    if kind in {".jsonl", ".ndjson", ".json"}:
        return Source(str(path), lambda: _from_jsonl(path, chosen), files=(path,))
    if kind in {".csv", ".tsv"}:
        return Source(str(path), lambda: _from_csv(path, chosen, tab=kind == ".tsv"), files=(path,))
    if kind in {".parquet", ".pq"}:
        return Source(str(path), lambda: _from_parquet(path, chosen), files=(path,))
    if kind in {".sqlite", ".sqlite3", ".db"}:
        return Source(str(path), lambda: _from_sqlite(path, chosen, table), files=(path,))
    if kind in {".xml", ".rss", ".atom"}:
        from newsnlp.corpus.feeds import read_feed

        return Source(str(path), lambda: read_feed(path), files=(path,))
    if kind in TEXT_FILES:
        return Source(str(path), lambda: _from_folder(path.parent, (path,)), files=(path,))
    message = (
        f"{path.name}: unknown kind {kind or 'without extension'!r}; accepted: .jsonl .csv .tsv .parquet .sqlite "
        ".xml .rss .atom .txt .html, each also .gz .bz2 .xz .zip, or a folder"
    )
    raise SourceError(message)


def _kind(path: Path) -> str:
    name = path.name.lower()
    for suffix in COMPRESSIONS:
        name = name.removesuffix(suffix)
    return Path(name).suffix


def _numbered(rows: Iterable[tuple[str, Mapping[str, Any] | Failure]], mapping: ColumnMap) -> Iterator[Item]:
    """Turn rows, each with a name for where it stands, into articles or failures."""
    for position, (place, row) in enumerate(rows):
        if isinstance(row, Failure):
            yield Failure(article_id=row.article_id, position=position, kind=row.kind, reason=row.reason)
            continue
        try:
            yield mapping.article(row)
        except ArticleError as error:
            own = row.get(mapping.columns.get("id", ""))
            yield Failure(
                article_id=place if own in (None, "") else str(own),
                position=position,
                kind=FailureKind.NO_TEXT,
                reason=str(error),
            )


def _mapped(rows: Iterator[tuple[str, Mapping[str, Any] | Failure]], chosen: dict[str, str]) -> Iterator[Item]:
    """Map columns by the first readable row, then stream."""
    skipped: list[tuple[str, Mapping[str, Any] | Failure]] = []
    for place, row in rows:
        skipped.append((place, row))
        if not isinstance(row, Failure):
            return _numbered(chain(skipped, rows), map_columns(row, chosen))
    return _numbered(skipped, ColumnMap({"text": "text"}))


def _bad(place: str, kind: FailureKind, reason: str) -> tuple[str, Failure]:
    return place, Failure(article_id=place, position=0, kind=kind, reason=reason)


def _from_jsonl(path: Path, chosen: dict[str, str]) -> Iterator[Item]:
    return _mapped(_jsonl_rows(path), chosen)


def _jsonl_rows(path: Path) -> Iterator[tuple[str, Mapping[str, Any] | Failure]]:
    for number, line in enumerate(open_lines(path), 1):
        place = f"line {number}"
        if isinstance(line, Failure):
            yield place, Failure(article_id=place, position=0, kind=line.kind, reason=line.reason)
        elif line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield _bad(place, FailureKind.BAD_RECORD, f"no JSON: {error}")
                continue
            if isinstance(row, dict):
                # What our own `analyze --format jsonl` writes is an input too.
                yield place, row["article"] if isinstance(row.get("article"), dict) else row
            elif isinstance(row, str):
                yield place, {"text": row}
            else:
                yield _bad(place, FailureKind.BAD_RECORD, f"a JSON {type(row).__name__}, not an object")


def _from_csv(path: Path, chosen: dict[str, str], *, tab: bool) -> Iterator[Item]:
    # A field may hold a whole article; the module's own limit is 128 kB.
    csv.field_size_limit(min(sys.maxsize, MAX_RECORD_BYTES))
    lines = open_text(path)
    first = next(lines, None)
    if first is None:
        message = f"{path} is empty"
        raise SourceError(message)
    delimiter = "\t" if tab else max(",;\t|", key=first.count)
    header = next(csv.reader([first], delimiter=delimiter))
    mapping = map_columns(header, chosen)
    return _numbered(_csv_rows(csv.reader(lines, delimiter=delimiter), header), mapping)


def _csv_rows(reader: Any, header: list[str]) -> Iterator[tuple[str, Mapping[str, Any] | Failure]]:
    while True:
        place = f"line {reader.line_num + 2}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _bad(place, FailureKind.BAD_RECORD, f"no CSV: {error}")
            continue
        if not cells:
            continue
        if len(cells) != len(header):
            yield _bad(place, FailureKind.BAD_RECORD, f"{len(cells)} cells where the header has {len(header)}")
        else:
            yield place, dict(zip(header, cells, strict=True))


def _from_parquet(path: Path, chosen: dict[str, str]) -> Iterator[Item]:
    try:
        from pyarrow import ArrowInvalid
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        extra = "parquet"
        raise MissingExtraError.named(extra, "reading Parquet") from error
    try:
        file = ParquetFile(path)
    except ArrowInvalid as error:
        message = f"{path} is no Parquet file: {error}"
        raise SourceError(message) from error
    mapping = map_columns(file.schema_arrow.names, chosen)
    wanted = list(mapping.columns.values())
    rows = (row for batch in file.iter_batches(batch_size=PARQUET_BATCH, columns=wanted) for row in batch.to_pylist())
    return _numbered(((f"row {number}", row) for number, row in enumerate(rows)), mapping)


def _from_sqlite(path: Path, chosen: dict[str, str], table: str | None) -> Iterator[Item]:
    base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    # Bytes that are no UTF-8 must not stop the run.
    base.text_factory = lambda raw: raw.decode("utf-8", "replace")
    try:
        names = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    except sqlite3.DatabaseError as error:
        base.close()
        message = f"{path} is no SQLite database: {error}"
        raise SourceError(message) from error
    if table is None and len(names) == 1:
        table = names[0]
    if table is None or table not in names:
        base.close()
        message = f"name a table of {path.name}: {', '.join(names) or 'it has none'}. Hint: --table NAME"
        raise SourceError(message)
    quoted = table.replace('"', '""')
    cursor = base.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608  # quoted, and known to be a table's name
    header = [item[0] for item in cursor.description]
    mapping = map_columns(header, chosen)

    def rows() -> Iterator[tuple[str, Mapping[str, Any]]]:
        try:
            for number, row in enumerate(cursor):
                yield f"row {number}", dict(zip(header, row, strict=True))
        finally:
            base.close()

    return _numbered(rows(), mapping)


def _from_frame(frame: pd.DataFrame, chosen: dict[str, str]) -> Iterator[Item]:
    header = [str(name) for name in frame.columns]
    mapping = map_columns(header, chosen)
    rows = (
        (f"row {number}", dict(zip(header, row, strict=True)))
        for number, row in enumerate(frame.itertuples(index=False, name=None))
    )
    return _numbered(rows, mapping)


def _from_folder(folder: Path, files: tuple[Path, ...]) -> Iterator[Item]:
    from newsnlp.reading import read_article

    for position, file in enumerate(files):
        name = file.relative_to(folder).as_posix()
        try:
            content = read_whole(file)
            article = read_article(content, id=name)
        except MissingExtraError:
            raise  # every page of the folder would fail alike
        except (ArticleError, SourceError, OSError) as error:
            kind = FailureKind.BAD_ENCODING if isinstance(error, EncodingError) else FailureKind.BAD_RECORD
            yield Failure(article_id=name, position=position, kind=kind, reason=str(error))
        else:
            yield article


def _from_items(items: Iterable[object], chosen: dict[str, str]) -> Iterator[Item]:
    mapping: ColumnMap | None = None
    for position, item in enumerate(items):
        place = f"item {position}"
        try:
            if isinstance(item, Article):
                yield item
            elif isinstance(item, str):
                yield Article(text=item)
            elif isinstance(item, Mapping):
                mapping = mapping or map_columns((str(key) for key in item), chosen)
                yield mapping.article(item)
            else:
                message = f"an article must be a str, Article or mapping, not {type(item).__name__}"
                yield Failure(article_id=place, position=position, kind=FailureKind.BAD_RECORD, reason=message)
        except ArticleError as error:
            yield Failure(article_id=place, position=position, kind=FailureKind.NO_TEXT, reason=str(error))
