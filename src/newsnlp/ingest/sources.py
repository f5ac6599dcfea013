"""Inputs of any kind as a stream of articles: nothing is read whole, and what cannot be read is a `Failure`."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from newsnlp.errors import LargeSourceError, SourceError, shown
from newsnlp.ingest.articles import open_page
from newsnlp.ingest.columns import RowReader, SourceNotes, chosen_columns
from newsnlp.ingest.failures import Failure, FailureKind
from newsnlp.ingest.folders import list_folder
from newsnlp.ingest.opened import Format, Item, Opened, Page, head_of, kind_of
from newsnlp.ingest.registry import PAGE, SUFFIXES, format_of
from newsnlp.ingest.rows import is_frame, read_frame, read_items
from newsnlp.ingest.streams import Meter
from newsnlp.records import Article
from newsnlp.safety.values import storable_id
from newsnlp.text.notices import SharedNotices

Opener = Callable[[Path, str, SourceNotes, Meter], Opened]


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

    def shared_notices(self) -> dict[int, str]:
        """Read the input once for the notices that its articles share: their keys, and how each begins.

        None are found in an input that can be read only once, nor in web pages, which workers take apart.
        """
        shared = SharedNotices()
        for item in self if self.restartable else ():
            if isinstance(item, Article):
                shared.count(item.text)
        return shared.found


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
        A file in a format of `newsnlp.ingest.registry` (JSON, CSV, Parquet, SQLite, feeds, exports of press archives,
        texts and web pages), compressed (``.gz``, ``.bz2``, ``.xz``, one-file ``.zip``) or not; a folder of such
        files; a DataFrame of pandas or polars, a LazyFrame, a table of Arrow; or an iterable of str, `Article` or
        mapping.
    columns : mapping, optional
        Field of `Article` -> column; what is not named is guessed from common names.
    table : str, optional
        Table of an SQLite file, needed if it has several; sheet of a workbook.
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
        return _path_source(Path(source), _opener(chosen, table), follow_links=follow_links)
    if is_frame(source):
        return _frame_source(source, chosen)
    if hasattr(source, "to_pylist"):  # a column of Arrow, whose values are its own
        source = source.to_pylist()
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
    return Source("DataFrame", lambda notes, meter: read_frame(frame, RowReader(chosen, notes), meter))


def _opener(chosen: dict[str, str], table: str | None) -> Opener:
    def opened(path: Path, name: str, notes: SourceNotes, meter: Meter) -> Opened:
        # A name in bytes that are no UTF-8 has lone surrogates: no table could hold them.
        reader = RowReader(chosen, notes)
        return Opened(name=storable_id(name), path=path, reader=reader, meter=meter, table=table, suffix=kind_of(path))

    return opened


def _path_source(path: Path, opener: Opener, *, follow_links: bool) -> Source:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL
        told = "no such file or folder" if isinstance(error, FileNotFoundError) else f"cannot be read ({error})"
        message = f"{told}: {shown(str(path))[1:-1]}"
        raise SourceError(message) from error
    if stat.S_ISDIR(mode):
        return _folder_source(path, opener, follow_links=follow_links)
    if not stat.S_ISREG(mode):
        message = f"{path} is a pipe, socket or device; accepted: a file or folder. Hint: save it as a file first"
        raise SourceError(message)
    found = format_of(head_of(path))
    if found is None:
        message = (
            f"{path.name}: unknown kind {kind_of(path) or 'without extension'!r}; accepted: {' '.join(SUFFIXES)}, "
            "each also .gz .bz2 .xz .zip, or a folder"
        )
        raise SourceError(message)

    return Source(
        str(path),
        lambda notes, meter: never_nothing(found, opener(path, path.name, notes, meter)),
        files=(path,),
    )


def _folder_source(path: Path, opener: Opener, *, follow_links: bool) -> Source:
    found = list_folder(path, kind_of, SUFFIXES, follow_links=follow_links)
    files = tuple(found.files)
    if not files and not found.unread:
        told = "".join(f"; {sentence}" for sentence in found.left_out())
        message = f"{path} holds no article; accepted in a folder: {' '.join(SUFFIXES)} files, compressed or not{told}"
        raise SourceError(message)
    return Source(
        str(path),
        lambda notes, meter: chain(found.unread, _from_folder(path, files, opener, notes, meter)),
        files=files,
        folder=path,
        left_out=found.left_out(),
    )


def never_nothing(found: Format, opened: Opened) -> Iterator[Item]:
    """Yield the items of a file; of one that holds none, a failure that says so."""
    item: Item | None = None
    for item in found.read(opened):
        yield item
    if item is None:
        reason = f"{opened.name} was read to its end as {found.name} and holds no article"
        yield Failure(article_id=storable_id(opened.name), kind=FailureKind.INPUT_BROKEN, reason=reason)


def _from_folder(
    folder: Path, files: tuple[Path, ...], opener: Opener, notes: SourceNotes, meter: Meter
) -> Iterator[Item]:
    meter.total = len(files)
    for file in files:
        # Each file has columns of its own.
        own = SourceNotes(columns_only=notes.columns_only)
        opened = opener(file, file.relative_to(folder).as_posix(), own, Meter())
        try:
            for item in never_nothing(format_of(head_of(file)) or PAGE, opened):
                yield _placed(item, opened.name) if isinstance(item, Failure) else item
        except SourceError as error:
            kind = FailureKind.TOO_LARGE if isinstance(error, LargeSourceError) else FailureKind.BAD_RECORD
            yield Failure(article_id=opened.name, kind=kind, reason=str(error))
        notes.add(own)
        meter.done += 1


def _placed(failure: Failure, name: str) -> Failure:
    """Return a failure of a file of several with the name of the file."""
    if failure.article_id == name:
        return failure
    return replace(failure, reason=f"{name}: {failure.reason}")
