"""From rows of any table to articles, and what happens to an input that breaks off."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from newsnlp.corpus.failures import Failure, FailureKind
from newsnlp.errors import ArticleError, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from newsnlp.corpus.columns import RowReader
    from newsnlp.records import Article

Row = tuple[str, "Mapping[str, Any] | Failure"]
# Rows looked at before the columns are settled: the first may lack a title that the others have.
LOOK_AHEAD = 50


def articles_of(rows: Iterator[Row], reader: RowReader) -> Iterator[Article | Failure]:
    """Yield rows, each with a name for where it stands, as articles or failures.

    Raises
    ------
    SourceError
        If no column can be the text.
    """
    rows = until_broken(rows)
    if reader.notes.columns is None:
        ahead = list(islice(rows, LOOK_AHEAD))
        readable = [content for _, content in ahead if not isinstance(content, Failure)]
        if readable:
            reader.learn(column for content in readable for column in content)
        rows = chain(ahead, rows)
    for place, content in rows:
        if isinstance(content, Failure):
            yield content
            continue
        try:
            yield reader.article(content)
        except ArticleError as error:
            own = reader.id_of(content)
            yield Failure(article_id=own or place, kind=FailureKind.NO_TEXT, reason=str(error))


def until_broken(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows; an input that breaks off after some of them ends in a failure instead of an error."""
    read = 0
    try:
        for row in rows:
            yield row
            read += 1
    except SourceError as error:
        if not read:
            raise
        reason = f"nothing could be read after item {read - 1}: {error}"
        yield "rest", Failure(article_id="rest of the input", kind=FailureKind.INPUT_BROKEN, reason=reason)


def bad(place: str, reason: str, kind: FailureKind = FailureKind.BAD_RECORD) -> Row:
    """Return a row that could not be read."""
    return place, Failure(article_id=place, kind=kind, reason=reason)
