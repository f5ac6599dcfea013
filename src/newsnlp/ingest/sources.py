"""Inputs of any kind as a stream of articles: nothing is read whole, and what cannot be read is a `Failure`."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsnlp.errors import ArticleError, EncodingError, LargeSourceError, MissingExtraError, SourceError, shown
from newsnlp.ingest.columns import RowReader, SourceNotes, chosen_columns
from newsnlp.ingest.failures import Failure, FailureKind, told_of
from newsnlp.ingest.formats.csv_rows import read_csv
from newsnlp.ingest.formats.feeds import read_feed
from newsnlp.ingest.formats.folders import list_folder
from newsnlp.ingest.formats.json_rows import read_json
from newsnlp.ingest.formats.parquet_rows import read_parquet
from newsnlp.ingest.formats.sqlite_rows import read_sqlite
from newsnlp.ingest.rows import articles_of, read_frame, read_items
from newsnlp.ingest.streams import Meter, read_whole
from newsnlp.records import Article
from newsnlp.safety.values import storable_id

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A file of a folder, not read yet: workers decode it and take HTML apart, which costs and may go wrong."""

    id: str
    data: bytes


Item = Article | Page | Failure
COMPRESSIONS = (".gz", ".bz2", ".xz", ".zip")
TEXT_FILES = (".txt", ".md", ".html", ".htm", ".xhtml")
# What a line of text or a row of a table may be written in; each also packed by one of COMPRESSIONS.
TABLE_FILES = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".pq", ".sqlite", ".sqlite3", ".db")
FEED_FILES = (".xml", ".rss", ".atom")


class Source:
    """A named stream of articles, pages and failures, in input order. Iterating it again starts it anew."""

    def __init__(
        self,
        name: str,
        start: Callable[[SourceNotes, Meter], Iterator[Item]],
        *,
        files: tuple[Path, ...] = (),
        folder: Path | None = None,
        restartable: bool = True,
        left_out: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.files = files
        self.folder = folder
        self.restartable = restartable
        self.left_out = left_out
        self.notes = SourceNotes(left_out=left_out)
        self.meter = Meter()
        self._start = start

    def __iter__(self) -> Iterator[Item]:
        self.notes, self.meter = SourceNotes(left_out=self.left_out), Meter()
        return self._start(self.notes, self.meter)

    def articles(self) -> Iterator[Article | Failure]:
        """Yield the items with every page read."""
        return (open_page(item) if isinstance(item, Page) else item for item in self)

    def describe(self) -> list[str]:
        """Return what a user should know before the run: which column is which, which files are left out.

        Raises
        ------
        SourceError
            If the input cannot be read, or no column can be the text.
        """
        told = []
        if self.restartable:
            items = iter(self)
            self.notes.columns_only = True
            next(items, None)
            if hasattr(items, "close"):
                items.close()
            if columns := self.notes.describe_columns():
                told.append(f"columns: {columns}")
        told += self.left_out
        return told


def read_source(
    source: object,
    *,
    columns: Mapping[str, str] | None = None,
    table: str | None = None,
    follow_links: bool = False,
) -> Source:
    """Return the articles of any input as a stream that can be started more than once, where the input can.

    Parameters
    ----------
    source : path, DataFrame or iterable
        A ``.jsonl``, ``.json``, ``.csv``, ``.tsv``, ``.parquet``, ``.sqlite`` or feed (``.xml``, ``.rss``,
        ``.atom``) file, compressed (``.gz``, ``.bz2``, ``.xz``, one-file ``.zip``) or not; a folder of ``.txt``
        and ``.html`` files; a pandas DataFrame; or an iterable of str, `Article` or mapping.
    columns : mapping, optional
        Field of `Article` -> column; what is not named is guessed from common names.
    table : str, optional
        Table of an SQLite file; needed if it has several.
    follow_links : bool
        In a folder, read also what symbolic links lead to outside of it; by default they are left out and counted.

    Raises
    ------
    SourceError
        If the input does not exist, or is of no kind named above, or `columns` names no field.

    Examples
    --------
    >>> [item.text for item in read_source([{"texte": "Deux blessés à Lyon."}, "Un mort à Metz."])]
    ['Deux blessés à Lyon.', 'Un mort à Metz.']
    """
    chosen = chosen_columns({} if columns is None else columns)
    if isinstance(source, str | Path):
        return _path_source(Path(source), chosen, table, follow_links=follow_links)
    if hasattr(source, "itertuples") and hasattr(source, "columns"):  # a DataFrame, without importing pandas to know
        return _frame_source(source, chosen)
    if isinstance(source, Article):
        source = [source]
    if isinstance(source, Iterable) and not isinstance(source, Mapping | bytes):
        items: Iterable[object] = source
        return Source(
            "iterator",
            lambda notes, meter: read_items(items, RowReader(chosen, notes), meter),
            restartable=not isinstance(items, Iterator),
        )
    message = f"cannot read articles from {type(source).__name__}; accepted: a path, a DataFrame or an iterable"
    raise SourceError(message)


def _frame_source(frame: Any, chosen: dict[str, str]) -> Source:
    known: pd.DataFrame = frame
    return Source("DataFrame", lambda notes, meter: read_frame(known, RowReader(chosen, notes), meter))


def _path_source(path: Path, chosen: dict[str, str], table: str | None, *, follow_links: bool) -> Source:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL
        told = "no such file or folder" if isinstance(error, FileNotFoundError) else f"cannot be read ({error})"
        message = f"{told}: {shown(str(path))[1:-1]}"
        raise SourceError(message) from error
    if stat.S_ISDIR(mode):
        return _folder_source(path, follow_links=follow_links)
    if not stat.S_ISREG(mode):
        message = f"{path} is a pipe, socket or device; accepted: a file or folder. Hint: save it as a file first"
        raise SourceError(message)
    kind = kind_of(path)
    if kind in TEXT_FILES:
        return Source(str(path), lambda _, meter: _from_folder(path.parent, (path,), meter), files=(path,))
    if kind in FEED_FILES:
        return Source(str(path), lambda notes, _meter: _or_nothing(path, read_feed(path, notes)), files=(path,))
    if kind in TABLE_FILES:
        return Source(
            str(path),
            lambda notes, meter: _or_nothing(path, _from_table(path, kind, RowReader(chosen, notes), meter, table)),
            files=(path,),
        )
    message = (
        f"{path.name}: unknown kind {kind or 'without extension'!r}; accepted: .jsonl .json .csv .tsv .parquet .sqlite "
        ".xml .rss .atom .txt .html, each also .gz .bz2 .xz .zip, or a folder"
    )
    raise SourceError(message)


def _folder_source(path: Path, *, follow_links: bool) -> Source:
    found = list_folder(path, kind_of, TEXT_FILES, follow_links=follow_links)
    texts = tuple(found.files)
    if not texts and not found.unread:
        told = "".join(f"; {sentence}" for sentence in found.left_out())
        accepted = f"accepted in a folder: {', '.join(TEXT_FILES)} files, compressed or not"
        message = f"{path} holds no article; {accepted}{told}"
        raise SourceError(message)
    return Source(
        str(path),
        lambda _, meter: chain(found.unread, _from_folder(path, texts, meter)),
        files=texts,
        folder=path,
        left_out=found.left_out(),
    )


def _or_nothing(path: Path, items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items of a file; of one that holds none, a failure that says so."""
    item: Item | None = None
    for item in items:
        yield item
    if item is None:
        reason = f"{path.name} was read to its end and holds no article"
        yield Failure(article_id=storable_id(path.name), kind=FailureKind.INPUT_BROKEN, reason=reason)


def _from_table(path: Path, kind: str, reader: RowReader, meter: Meter, table: str | None) -> Iterator[Item]:
    if kind in {".jsonl", ".ndjson", ".json"}:
        return articles_of(read_json(path, meter, lines=kind != ".json"), reader)
    if kind in {".csv", ".tsv"}:
        return read_csv(path, reader, meter, tab=kind == ".tsv")
    if kind in {".parquet", ".pq"}:
        return read_parquet(path, reader, meter)
    return read_sqlite(path, reader, meter, table)


def kind_of(path: Path) -> str:
    """Return the extension that says what a file holds, under that of a compression."""
    name = path.name.lower()
    packed = next((suffix for suffix in COMPRESSIONS if name.endswith(suffix)), "")
    return Path(name.removesuffix(packed)).suffix


def _from_folder(folder: Path, files: tuple[Path, ...], meter: Meter) -> Iterator[Item]:
    meter.total = len(files)
    for file in files:
        name = file.relative_to(folder).as_posix()
        # A name in bytes that are no UTF-8 has lone surrogates: no table could hold them.
        name = storable_id(name)
        try:
            data = read_whole(file)
        except SourceError as error:
            kind = FailureKind.TOO_LARGE if isinstance(error, LargeSourceError) else FailureKind.BAD_RECORD
            yield Failure(article_id=name, kind=kind, reason=str(error))
        else:
            yield Page(id=name, data=data)
        meter.done += 1


def open_page(page: Page) -> Article | Failure:
    """Return the article in a page, or why there is none.

    Raises
    ------
    MissingExtraError
        If it is HTML and the extra ``html`` is not installed: every page would fail alike.
    """
    from newsnlp.reading import read_article

    try:
        return read_article(page.data, id=page.id)
    except ArticleError as error:
        kind = FailureKind.BAD_ENCODING if isinstance(error, EncodingError) else FailureKind.NO_TEXT
        return Failure(article_id=page.id, kind=kind, reason=str(error))
    except MissingExtraError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever a page does to the library that takes it apart
        return Failure(article_id=page.id, kind=FailureKind.BAD_RECORD, reason=told_of(error))
