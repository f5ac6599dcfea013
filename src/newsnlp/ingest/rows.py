"""Records of any kind, of frames and iterables, too, as articles: one that cannot be read costs only itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from newsnlp.errors import ArticleError, SourceError
from newsnlp.ingest import streams
from newsnlp.ingest.failures import Failure, FailureKind, told_of
from newsnlp.records import Article
from newsnlp.safety.values import id_or_none

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

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


def read_frame(frame: pd.DataFrame, reader: RowReader, meter: Meter) -> Iterator[Article | Failure]:
    """Yield the articles of a DataFrame."""
    try:
        header = [str(name) for name in frame.columns]
        meter.total = len(frame)
    except Exception as error:
        message = f"the columns of the DataFrame cannot be read: {told_of(error)}"
        raise SourceError(message) from error
    reader.learn(header)
    rows = (dict(zip(header, row, strict=True)) for row in frame.itertuples(index=False, name=None))
    return articles_of(numbered(rows, meter, "row"), reader)


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
