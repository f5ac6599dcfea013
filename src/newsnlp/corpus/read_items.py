"""DataFrames and iterables as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from typing import TYPE_CHECKING, Any

from newsnlp.corpus.failures import told_of
from newsnlp.corpus.rows import Row, articles_of
from newsnlp.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from newsnlp.corpus.columns import RowReader
    from newsnlp.corpus.failures import Failure
    from newsnlp.corpus.streams import Meter
    from newsnlp.records import Article


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
