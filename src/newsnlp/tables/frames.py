"""Analyses as pandas tables."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC
from typing import TYPE_CHECKING, Any

from newsnlp.errors import ArticleError
from newsnlp.records import Analysis
from newsnlp.tables.schema import CORPUS_SCHEMAS, INSTANT, LIST_SEPARATOR, SCHEMAS
from newsnlp.wording import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from newsnlp.records import Article

Row = dict[str, Any]


def to_frames(analyses: Analysis | Iterable[Analysis]) -> dict[str, pd.DataFrame]:
    """Return the analyses as one DataFrame a kind of record.

    Parameters
    ----------
    analyses : Analysis or iterable of Analysis

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
        If an item is no Analysis.

    Examples
    --------
    >>> from newsnlp import load, to_frames
    >>> frames = to_frames(load()("Le séisme a fait 36 morts à Agadir."))
    >>> frames["figures"][["value", "counted", "event", "place"]].to_dict("records")
    [{'value': 36.0, 'counted': 'morts', 'event': 'killed', 'place': 'Agadir'}]
    """
    rows: dict[str, list[Row]] = {name: [] for name in SCHEMAS}
    for analysis in [analyses] if isinstance(analyses, Analysis) else analyses:
        for name, found in analysis_rows(analysis).items():
            rows[name].extend(found)
    return {name: frame_of(name, found) for name, found in rows.items()}


def frame_of(name: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return rows as the table `name` has them: its columns, in its order, with its dtypes."""
    import pandas as pd

    schema = CORPUS_SCHEMAS[name]
    listed = list(rows)
    return pd.DataFrame(
        {column: _series([row.get(column) for row in listed], dtype) for column, dtype in schema.items()}
    )


def _series(values: list[Any], dtype: str) -> pd.Series[Any]:
    import pandas as pd

    if dtype == INSTANT:
        aware = [value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value for value in values]
        return pd.Series(pd.to_datetime(pd.Series(aware, dtype="object"), utc=True), dtype=INSTANT)
    if dtype == "Float64":
        # An 80-digit integer fits no int64; as a float it keeps its magnitude.
        values = [None if value is None else float(value) for value in values]
    return pd.Series(values, dtype=dtype)


def analysis_rows(analysis: Analysis) -> dict[str, list[Row]]:
    """Return the rows that one analysis gives to each table: its columns, in its order, as plain Python values."""
    if not isinstance(analysis, Analysis):
        received = type(analysis).__name__  # type: ignore[unreachable]  # without a type checker it is not
        message = f"a table is made of Analysis records, not {received}. Hint: newsnlp.load()(article)"
        raise ArticleError(message)
    article = analysis.article
    found = {
        "articles": [_article_row(analysis)],
        "entities": [
            {
                **_record_row(article, entity),
                "entity_id": entity.id,
                "type": LABELS[entity.label],
                "aliases": _joined(entity.aliases),
            }
            for entity in analysis.entities
        ],
        "mentions": [{**_record_row(article, item), "type": LABELS[item.label]} for item in analysis.mentions],
        "figures": [{**_record_row(article, item), "figure": i} for i, item in enumerate(analysis.figures)],
        "topics": [
            {**_record_row(article, topic), "rank": rank, "evidence": _joined(topic.evidence)}
            for rank, topic in enumerate(analysis.topics, 1)
        ],
    }
    return {name: [{column: row.get(column) for column in SCHEMAS[name]} for row in found[name]] for name in SCHEMAS}


def _article_row(analysis: Analysis) -> Row:
    article, meta = analysis.article, analysis.meta
    first = next((topic for topic in analysis.topics if topic.level == 1), None)
    return {
        **_record_row(article, article),
        "characters": len(article.text),
        "mentions": len(analysis.mentions),
        "entities": len(analysis.entities),
        "figures": len(analysis.figures),
        "topic": first.name if first else None,
        "topic_code": first.code if first else None,
        "warnings": _joined(meta.get("warnings") or ()),
        **{key: meta.get(key) for key in ("language", "newsnlp", "model", "lexicons")},
    }


def _record_row(article: Article, record: object) -> Row:
    values = {item.name: getattr(record, item.name) for item in fields(record)}  # type: ignore[arg-type]
    return {"article_id": article.id, **{key: _cell(value) for key, value in values.items()}}


def _cell(value: object) -> Any:
    # An enum's plain text; an empty string is absent.
    return (str(value) or None) if isinstance(value, str) else value


def _joined(values: Iterable[str]) -> str | None:
    return LIST_SEPARATOR.join(values) or None
