"""Analyses as pandas tables."""

from __future__ import annotations

import json
import warnings
from collections import Counter
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newsnlp.errors import ArticleError, SourceError
from newsnlp.record_kinds import KINDS, LIST_SEPARATOR
from newsnlp.records import Analysis, Article
from newsnlp.render.labels_fr import EVENT_TYPES, LABELS
from newsnlp.safety.escaping import storable
from newsnlp.safety.values import record_of, records_of
from newsnlp.tables.cells import REPEATED, plain, spelt, told_of
from newsnlp.tables.schema import (
    CORPUS_SCHEMAS,
    INSTANT,
    NUMBER,
    SCHEMAS,
    TEXT_COLUMN,
    with_text,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    import pandas as pd

    from newsnlp.record_kinds import RecordKind
    from newsnlp.tables.cells import Losses, Row

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_frames(analyses: Analysis | Iterable[Analysis], *, text: bool = False) -> dict[str, pd.DataFrame]:
    """Return the analyses as one DataFrame a kind of record.

    Parameters
    ----------
    analyses : Analysis or iterable of Analysis
    text : bool
        Give ``articles`` a column ``text``, into which the offsets of all tables point.

    Returns
    -------
    dict of DataFrame
        ``articles``, ``entities``, ``mentions``, ``figures``, ``topics``, each with ``article_id``. Columns and
        dtypes are the same whether a table has rows or not: pandas ``string``, ``Int64``, ``Float64`` and
        ``datetime64[us, UTC]`` (a date without a time zone is taken as UTC). Absent is ``<NA>``. Lists
        (aliases, evidence, warnings) are joined with ``" | "``.

    Raises
    ------
    ArticleError
        If an item is no Analysis, or one whose fields are not those of a record; the message names the article.

    Warns
    -----
    UserWarning
        Once, with counts, if something could not be kept as it was: lone surrogates become ``?``; numbers beyond
        64 bits or 1.8e308, and nan, are ``<NA>`` (their text stays); the rows of an article whose id came before
        are under that id with ``-2``.

    Examples
    --------
    >>> from newsnlp import load, to_frames
    >>> frames = to_frames(load()("Le séisme a fait 36 morts à Agadir."))
    >>> frames["figures"][["value", "counted", "event", "place"]].to_dict("records")
    [{'value': 36.0, 'counted': 'morts', 'event': 'killed', 'place': 'Agadir'}]
    """
    rows: dict[str, list[Row]] = {name: [] for name in SCHEMAS}
    losses: Losses = Counter()
    for analysis in Numbering(losses).each(analyses):
        for name, found in analysis_rows(analysis, text=text).items():
            rows[name].extend(found)
    schemas = with_text(SCHEMAS) if text else SCHEMAS
    frames = {name: _frame(schemas[name], found, losses) for name, found in rows.items()}
    warn_of(losses)
    return frames


def checked_frames(frames: Mapping[str, pd.DataFrame], *needed: str) -> Mapping[str, pd.DataFrame]:
    """Return the tables if those that are needed are among them.

    Raises
    ------
    SourceError
        If one is not there, or is no table; the message names it.
    """
    if absent := [name for name in needed if not hasattr(frames.get(name), "columns")]:
        message = f"no DataFrame {', '.join(absent)}; accepted: what to_frames or read_tables gave, or analyses"
        raise SourceError(message)
    return frames


def frame_of(name: str, rows: Iterable[Mapping[str, Any]], *, text: bool = False) -> pd.DataFrame:
    """Return rows as the table `name` has them: its columns, in its order, with its dtypes; `text` as in `to_frames`.

    What no table can hold is replaced or left out as in `to_frames`, and told by a warning.
    """
    losses: Losses = Counter()
    frame = _frame((with_text(CORPUS_SCHEMAS) if text else CORPUS_SCHEMAS)[name], list(rows), losses)
    warn_of(losses)
    return frame


def warn_of(losses: Losses) -> None:
    """Warn once of what could not be kept as it was."""
    if told := told_of(losses):
        warnings.warn("; ".join(told), stacklevel=3)


@dataclass(slots=True)
class Numbering:
    """Gives analyses ids of their own, as a stream: the second ``a`` becomes ``a-2``, and is counted."""

    losses: Losses
    seen: set[str] = field(default_factory=set)
    copies: dict[str, int] = field(default_factory=dict)

    def each(self, analyses: Analysis | Iterable[Analysis]) -> Iterator[Analysis]:
        """Yield the analyses, those under an id that came before with another."""
        for analysis in records_of(analyses, Analysis):
            # As tables hold it: two ids that differ in a lone surrogate only would become one.
            wanted = storable(analysis.article.id)
            if wanted in self.seen:
                self.losses[REPEATED] += 1
                wanted = fresh_id(wanted, self.seen, self.copies)
                analysis = replace(analysis, article=replace(analysis.article, id=wanted))  # noqa: PLW2901
            self.seen.add(wanted)
            yield analysis


def fresh_id(wanted: str, taken: Container[str], copies: dict[str, int]) -> str:
    """Return an id that no article has yet, for one more article of an id that is taken: ``a-2``, then ``a-3``.

    `copies` holds the last number of each id: a text repeated all over is numbered at once.
    """
    number = copies.get(wanted, 1) + 1
    while (fresh := f"{wanted}-{number}") in taken:
        number += 1
    copies[wanted] = number
    return fresh


def _frame(schema: Mapping[str, str], rows: list[Mapping[str, Any]] | list[Row], losses: Losses) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {column: _series([row.get(column) for row in rows], dtype, losses) for column, dtype in schema.items()}
    )


def _series(values: Iterable[Any], dtype: str, losses: Losses | None = None) -> pd.Series[Any]:
    import pandas as pd

    losses = Counter() if losses is None else losses
    cells = [plain(value, dtype, losses) for value in values]
    if dtype == INSTANT:
        # By whole microseconds: pandas before 3 reads moments as nanoseconds, which end in 2262.
        ticks = [None if cell is None else (cell - _EPOCH) // _EPOCH.resolution for cell in cells]
        return pd.Series(pd.array(ticks, dtype="Int64").to_numpy("datetime64[us]"), dtype=INSTANT)
    if dtype == NUMBER:
        cells = [None if cell is None else float(cell) for cell in cells]
    return pd.Series(cells, dtype=dtype)


def analysis_rows(
    analysis: Analysis, names: Iterable[str] = tuple(SCHEMAS), *, text: bool = False
) -> dict[str, list[Row]]:
    """Return the rows that one analysis gives to each table: its columns, in its order, as plain Python values.

    With `text`, the row of the article has its text, last.

    Raises
    ------
    ArticleError
        If it is no Analysis, or its fields are not those of a record; the message names the article.
    """
    record_of(analysis, Analysis)
    try:
        rows = {
            name: _kind_rows(analysis, KINDS[name]) if name in KINDS else [_article_row(analysis)] for name in names
        }
        if text and "articles" in rows:
            rows["articles"][0][TEXT_COLUMN] = analysis.article.text
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        message = f"article {analysis.article.id}: no row can be made of its analysis: {type(error).__name__}: {error}"
        raise ArticleError(message) from error
    return rows


def _kind_rows(analysis: Analysis, kind: RecordKind) -> list[Row]:
    """Return the rows that the records of one kind give to its table."""
    article_id = analysis.article.id
    known: dict[str, Any] = {}
    for name in {kind.refers[held] for held, _ in kind.looked_up.values()}:
        known |= {record.id: record for record in getattr(analysis, name)}
    return [
        {"article_id": article_id, **{column: _cell(kind, column, record, number, known) for column in kind.columns}}
        for number, record in enumerate(getattr(analysis, kind.name), kind.first)
    ]


_OWN_COLUMNS = ("section", "page")
_FRENCH = {**LABELS, **EVENT_TYPES}


def _others(article: Article) -> dict[str, str]:
    return {name: value for name, value in article.extra.items() if name not in _OWN_COLUMNS and value}


def _article_row(analysis: Analysis) -> Row:
    article, meta = analysis.article, analysis.meta
    left_out = meta.get("not_analysed") or ()
    first = next((topic for topic in analysis.topics if topic.level == 1), None)
    row = {
        **{item.name: _plain(getattr(article, item.name)) for item in fields(article)},
        "article_id": article.id,
        # Known to many archives, these two have columns; what only some tell stands in one, as JSON.
        **{name: article.extra.get(name) or None for name in _OWN_COLUMNS},
        "extra": json.dumps(others, ensure_ascii=False) if (others := _others(article)) else None,
        "characters": len(article.text),
        # What was left out has no count: 0 would say that there is none.
        **{name: None if name in left_out else len(getattr(analysis, name)) for name in KINDS},
        "topic": first.name if first else None,
        "topic_code": first.code if first else None,
        "warnings": _plain(tuple(meta.get("warnings") or ())),
        **{key: meta.get(key) for key in ("language", "newsnlp", "model", "lexicons")},
    }
    return {column: row[column] for column in SCHEMAS["articles"]}


def _cell(kind: RecordKind, column: str, record: object, number: int, known: Mapping[str, object]) -> Any:
    if column == kind.numbered:
        return number
    if column in kind.looked_up:
        held, wanted = kind.looked_up[column]
        other = known.get(getattr(record, held) or "")
        return None if other is None else _plain(getattr(other, wanted))
    if column in kind.french:
        return _FRENCH[getattr(record, kind.french[column])]
    return _plain(getattr(record, kind.named.get(column, column)))


def _plain(value: object) -> Any:
    # An enum's plain text; an empty string is absent; several values in one cell.
    if isinstance(value, str):
        return str(value) or None
    return LIST_SEPARATOR.join(map(spelt, value)) or None if isinstance(value, tuple) else value
