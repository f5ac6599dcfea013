"""Records of any kind, of frames and iterables, too, as articles: one that cannot be read costs only itself."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterable, Mapping, Sized
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from newsnlp.errors import ArticleError, SourceError
from newsnlp.ingest import streams
from newsnlp.ingest.failures import Failure, FailureKind, told_of
from newsnlp.records import Article
from newsnlp.safety.values import id_or_none

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsnlp.ingest.columns import RowReader
    from newsnlp.ingest.streams import Meter


# Where a record stands, and what stands there.
Row = tuple[str, Any]
# Rows looked at before the columns are settled: the first may lack a title that the others have.
LOOK_AHEAD = 50
_SIZED = ("text", "title", "source", "url", "author")


def articles_of(rows: Iterator[Row], reader: RowReader, *, must_have_text: bool = True) -> Iterator[Article | Failure]:
    """Yield records, each with a name for where it stands, as articles or failures.

    Parameters
    ----------
    rows : iterator of (str, object)
        A place and a mapping, str, `Article` or `Failure`.
    reader : RowReader
    must_have_text : bool
        Refuse an input none of whose first rows has a column for the text; else each such row is a failure.

    Raises
    ------
    SourceError
        If no column can be the text, or nothing at all can be read.
    """
    rows = until_broken(rows)
    if reader.notes.columns is None:
        ahead = list(_ahead(rows))
        found = [content for _, content in ahead if _names_of(content)]
        names = reader.names or tuple(dict.fromkeys(name for content in found for name in _names_of(content)))
        if names and (must_have_text or reader.chosen or reader.has_text(names)):
            reader.settle(found)
        rows = chain(ahead, rows)
    for place, content in rows:
        yield content if type(content) is Failure else article_of(place, content, reader)


def _ahead(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the first rows, by which columns are settled; fewer where they are large."""
    size = 0
    for row in islice(rows, LOOK_AHEAD):
        yield row
        content = row[1]
        size += sum(len(value) for value in content.values() if isinstance(value, str)) if type(content) is dict else 0
        if size > streams.MAX_RECORD_BYTES:
            return


def article_of(place: str, content: object, reader: RowReader) -> Article | Failure:
    """Return one record as an article, or why there is none: whatever the record is, it ends nothing but itself."""
    try:
        if isinstance(content, Failure):
            return content
        if isinstance(content, Mapping):
            article = reader.article(content, place)
        elif isinstance(content, str):
            article = Article(text=content)
        elif isinstance(content, Article):
            article = content
        else:
            message = f"an article must be a str, Article or mapping, not {type(content).__name__}"
            return Failure(article_id=place, kind=FailureKind.BAD_RECORD, reason=message)
        size = sum(len(getattr(article, name) or "") for name in _SIZED)
        if size > streams.MAX_RECORD_BYTES:
            reason = f"{size} characters; accepted: {streams.MAX_RECORD_BYTES} a record"
            return Failure(article_id=article.id, kind=FailureKind.TOO_LARGE, reason=reason)
    except ArticleError as error:
        return Failure(article_id=_own_id(content, reader) or place, kind=FailureKind.NO_TEXT, reason=str(error))
    except Exception as error:  # noqa: BLE001  # a record may hold anyone's objects; MemoryError, RecursionError too
        return Failure(article_id=place, kind=FailureKind.BAD_RECORD, reason=told_of(error))
    return article


def _names_of(content: object) -> list[str]:
    try:
        return [str(name) for name in content] if isinstance(content, Mapping) else []
    except Exception:  # noqa: BLE001  # told when its turn comes
        return []


def _own_id(content: object, reader: RowReader) -> str | None:
    try:
        return id_or_none(reader.id_of(content)) if isinstance(content, Mapping) else None
    except Exception:  # noqa: BLE001  # the record is a failure already; its place names it as well
        return None


def until_broken(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows; an input that breaks off after some of them ends in a failure instead of an error.

    Raises
    ------
    SourceError
        If not even the first can be had.
    """
    read = 0
    try:
        for row in rows:
            yield row
            read += 1
    except Exception as error:
        told = str(error) if isinstance(error, SourceError) else told_of(error)
        if not read:
            if isinstance(error, SourceError):
                raise
            message = f"the input cannot be read: {told}"
            raise SourceError(message) from error
        reason = f"nothing could be read after item {read - 1}: {told}"
        yield "rest", Failure(article_id="rest of the input", kind=FailureKind.INPUT_BROKEN, reason=reason)


def bad(place: str, reason: str, kind: FailureKind = FailureKind.BAD_RECORD) -> Row:
    """Return a row that could not be read."""
    return place, Failure(article_id=place, kind=kind, reason=reason)


def is_frame(source: object) -> bool:
    """Tell whether something is a table in memory (of pandas, polars, Arrow, …), without importing any of them."""
    return any(
        hasattr(source, way) for way in ("itertuples", "iter_rows", "column_names", "collect_schema", "__dataframe__")
    ) and not isinstance(source, Mapping)


def read_frame(frame: Any, reader: RowReader, meter: Meter) -> Iterator[Article | Failure]:
    """Yield the articles of a table in memory: a DataFrame of pandas or polars, a LazyFrame, a table of Arrow."""
    try:
        names, rows, meter.total = _rows_of(frame)
        header = distinct(names)
    except Exception as error:
        message = f"the columns of the {type(frame).__name__} cannot be read: {told_of(error)}"
        raise SourceError(message) from error
    reader.learn(header)
    found = (dict(zip(header, row, strict=True)) for row in rows)
    return articles_of(numbered(found, meter, "row"), reader)


def _rows_of(frame: Any) -> tuple[list[object], Iterator[tuple[Any, ...]], int]:
    """Return the names of the columns of a table, its rows, and how many there are, as far as it tells."""
    if hasattr(frame, "itertuples"):
        # What names its rows may be the id: levels of an index that have names are columns, too.
        index = frame.index
        levels = [at for at, name in enumerate(index.names) if name is not None and name not in frame.columns]
        rows = frame.itertuples(index=False, name=None)
        if levels:
            keys = (key if index.nlevels > 1 else (key,) for key in index)
            rows = ((*row, *(key[at] for at in levels)) for row, key in zip(rows, keys, strict=True))
        return [*frame.columns, *(index.names[at] for at in levels)], rows, len(frame)
    if hasattr(frame, "collect_schema") and hasattr(frame, "collect"):
        frame = frame.collect()
    if hasattr(frame, "iter_rows"):
        return list(frame.columns), iter(frame.iter_rows()), len(frame)
    if hasattr(frame, "column_names") and hasattr(frame, "slice"):
        parts = (frame.slice(start, LOOK_AHEAD) for start in range(0, frame.num_rows, LOOK_AHEAD))
        lists = ([column.to_pylist() for column in part.columns] for part in parts)
        return list(frame.column_names), chain.from_iterable(zip(*part, strict=True) for part in lists), frame.num_rows
    if hasattr(frame, "to_pandas"):
        return _rows_of(frame.to_pandas())
    from pandas.api.interchange import from_dataframe

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that libraries should speak Arrow among themselves
        return _rows_of(from_dataframe(frame))


def distinct(names: Iterable[object]) -> list[str]:
    """Return names of columns of which none is that of another: a second ``texte`` is ``texte.1``, as in pandas.

    Of a column with several levels of names the last that says something is its name, where no other has it.

    Examples
    --------
    >>> distinct([("article", "texte"), ("article", "titre"), ("date", "")])
    ['texte', 'titre', 'date']
    """
    levels = [[str(part) for part in name if str(part)] if isinstance(name, tuple) else [str(name)] for name in names]
    lasts = Counter(parts[-1] for parts in levels if parts)
    found: dict[str, None] = {}
    for parts in levels:
        wanted = name = parts[-1] if parts and lasts[parts[-1]] == 1 else " ".join(parts)
        number = 0
        while name in found:
            number += 1
            name = f"{wanted}.{number}"
        found[name] = None
    return list(found)


def read_items(items: Iterable[object], reader: RowReader, meter: Meter) -> Iterator[Article | Failure]:
    """Yield the articles of an iterable of str, `Article` or mapping."""
    if isinstance(items, Sized):
        try:
            meter.total = len(items)
        except Exception:  # noqa: BLE001  # only for the time that is left: anyone's __len__ may fail
            meter.total = 0
    return articles_of(numbered(items, meter, "item"), reader, must_have_text=False)


def numbered(rows: Iterable[Any], meter: Meter, kind: str) -> Iterator[Row]:
    """Yield rows with their numbers, from 0."""
    for row in rows:
        yield f"{kind} {meter.done}", row
        meter.done += 1
