"""Inputs of any kind as a stream of articles: nothing is read whole, and what cannot be read is a `Failure`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsnlp.corpus.columns import RowReader, SourceNotes
from newsnlp.corpus.failures import Failure, FailureKind
from newsnlp.corpus.streams import MAX_RECORD_BYTES, Meter, read_whole
from newsnlp.errors import ArticleError, EncodingError, SourceError
from newsnlp.records import Article

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
        ignored: Mapping[str, int] | None = None,
    ) -> None:
        self.name = name
        self.files = files
        self.folder = folder
        self.restartable = restartable
        self.ignored = dict(ignored or {})
        self.notes = SourceNotes()
        self.meter = Meter()
        self._start = start

    def __iter__(self) -> Iterator[Item]:
        self.notes, self.meter = SourceNotes(), Meter()
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
            next(items, None)
            if hasattr(items, "close"):
                items.close()
            if columns := self.notes.describe_columns():
                told.append(f"columns: {columns}")
        if self.ignored:
            kinds = ", ".join(f"{count} {kind or 'without extension'}" for kind, count in sorted(self.ignored.items()))
            told.append(f"files of other kinds, left out: {kinds}")
        return told


def read_source(source: object, *, columns: Mapping[str, str] | None = None, table: str | None = None) -> Source:
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

    Raises
    ------
    SourceError
        If the input does not exist, or is of no kind named above.

    Examples
    --------
    >>> [item.text for item in read_source([{"texte": "Deux blessés à Lyon."}, "Un mort à Metz."])]
    ['Deux blessés à Lyon.', 'Un mort à Metz.']
    """
    chosen = dict(columns or {})
    if isinstance(source, str | Path):
        return _path_source(Path(source), chosen, table)
    if hasattr(source, "itertuples") and hasattr(source, "columns"):  # a DataFrame, without importing pandas to know
        return _frame_source(source, chosen)
    if isinstance(source, Article):
        source = [source]
    if isinstance(source, Iterable) and not isinstance(source, Mapping | bytes):
        items: Iterable[object] = source
        return Source(
            "iterator",
            lambda notes, meter: _from_items(items, RowReader(chosen, notes), meter),
            restartable=not isinstance(items, Iterator),
        )
    message = f"cannot read articles from {type(source).__name__}; accepted: a path, a DataFrame or an iterable"
    raise SourceError(message)


def _frame_source(frame: Any, chosen: dict[str, str]) -> Source:
    from newsnlp.corpus.read_tables import read_frame

    known: pd.DataFrame = frame
    return Source("DataFrame", lambda notes, meter: read_frame(known, RowReader(chosen, notes), meter))


def _path_source(path: Path, chosen: dict[str, str], table: str | None) -> Source:
    if not path.exists():
        message = f"no such file or folder: {path}"
        raise SourceError(message)
    if path.is_dir():
        return _folder_source(path)
    kind = kind_of(path)
    if kind in TEXT_FILES:
        return Source(str(path), lambda _, meter: _from_folder(path.parent, (path,), meter), files=(path,))
    if kind in FEED_FILES:
        from newsnlp.corpus.feeds import read_feed

        return Source(str(path), lambda _notes, _meter: read_feed(path), files=(path,))
    if kind in TABLE_FILES:
        return Source(
            str(path),
            lambda notes, meter: _from_table(path, kind, RowReader(chosen, notes), meter, table),
            files=(path,),
        )
    message = (
        f"{path.name}: unknown kind {kind or 'without extension'!r}; accepted: .jsonl .json .csv .tsv .parquet .sqlite "
        ".xml .rss .atom .txt .html, each also .gz .bz2 .xz .zip, or a folder"
    )
    raise SourceError(message)


def _folder_source(path: Path) -> Source:
    files = sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
    texts = tuple(file for file in files if kind_of(file) in TEXT_FILES)
    if not texts:
        message = f"{path} holds no article; accepted in a folder: {', '.join(TEXT_FILES)} files, compressed or not"
        raise SourceError(message)
    ignored = Counter(kind_of(file) for file in files if kind_of(file) not in TEXT_FILES)
    return Source(
        str(path), lambda _, meter: _from_folder(path, texts, meter), files=texts, folder=path, ignored=ignored
    )


def _from_table(path: Path, kind: str, reader: RowReader, meter: Meter, table: str | None) -> Iterator[Item]:
    from newsnlp.corpus import read_json, read_tables, rows

    if kind in {".jsonl", ".ndjson", ".json"}:
        return rows.articles_of(read_json.read_json(path, meter, lines=kind != ".json"), reader)
    if kind in {".csv", ".tsv"}:
        return read_tables.read_csv(path, reader, meter, tab=kind == ".tsv")
    if kind in {".parquet", ".pq"}:
        return read_tables.read_parquet(path, reader, meter)
    return read_tables.read_sqlite(path, reader, meter, table)


def kind_of(path: Path) -> str:
    """Return the extension that says what a file holds, under that of a compression."""
    name = path.name.lower()
    for suffix in COMPRESSIONS:
        name = name.removesuffix(suffix)
    return Path(name).suffix


def _from_folder(folder: Path, files: tuple[Path, ...], meter: Meter) -> Iterator[Item]:
    meter.total = len(files)
    for file in files:
        name = file.relative_to(folder).as_posix()
        # A name in bytes that are no UTF-8 has lone surrogates: no table could hold them.
        name = name.encode("utf-8", "backslashreplace").decode("utf-8")
        try:
            data = read_whole(file)
        except SourceError as error:
            large = file.exists() and file.stat().st_size > MAX_RECORD_BYTES
            kind = FailureKind.TOO_LARGE if large else FailureKind.BAD_RECORD
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


def _from_items(items: Iterable[object], reader: RowReader, meter: Meter) -> Iterator[Item]:
    if isinstance(items, Sized):
        meter.total = len(items)
    for position, item in enumerate(items):
        place = f"item {position}"
        try:
            if isinstance(item, Article | Failure):
                yield item
            elif isinstance(item, str):
                yield Article(text=item)
            elif isinstance(item, Mapping):
                if reader.notes.columns is None and (reader.chosen or reader.has_text(item)):
                    reader.learn(str(key) for key in item)
                yield reader.article(item)
            else:
                message = f"an article must be a str, Article or mapping, not {type(item).__name__}"
                yield Failure(article_id=place, kind=FailureKind.BAD_RECORD, reason=message)
        except ArticleError as error:
            own = reader.id_of(item) if isinstance(item, Mapping) else None
            yield Failure(article_id=own or place, kind=FailureKind.NO_TEXT, reason=str(error))
        meter.done = position + 1
