"""The rows of tolls: a statement in the columns that `newsnlp.tolls` and `Dossier.tolls` give it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from newsnlp.counts.roles import TOTAL
from newsnlp.record_kinds import LIST_SEPARATOR
from newsnlp.tables.frames import _series
from newsnlp.tables.schema import INSTANT, INTEGER, NUMBER, TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from newsnlp.counts.reconciling import State
    from newsnlp.counts.statements import Statement
    from newsnlp.tables.cells import Losses, Row

FLAG = "boolean"
COLUMNS = MappingProxyType(
    {
        "story": TEXT,
        "article_id": TEXT,
        "published_at": INSTANT,
        "event_type": TEXT,
        "event": TEXT,
        "low": NUMBER,
        "best": NUMBER,
        "high": NUMBER,
        "role": TEXT,
        "standing": FLAG,
        "superseded_by": INTEGER,
        "as_of": TEXT,
        "place": TEXT,
        "country": TEXT,
        "latitude": NUMBER,
        "longitude": NUMBER,
        "source": TEXT,
        "source_kind": TEXT,
        "publisher": TEXT,
        "status": TEXT,
        "counted": TEXT,
        "statements": INTEGER,
        "figure": INTEGER,
        "text": TEXT,
        "sentence": TEXT,
    }
)
PLACED = ("country", "latitude", "longitude")
"""What is told of a place beside its name."""


def toll_row(article: Row, one: Statement) -> Row:
    """Return the row of a statement, without its place and story."""
    moment = one.moment
    return {
        **{column: one.row.get(column) for column in COLUMNS},
        "article_id": article["article_id"],
        "published_at": moment,
        "event": one.event,
        "low": one.low,
        "high": one.high,
        "best": one.best,
        "role": one.role,
        "standing": False,
        "superseded_by": None,
        "as_of": one.as_of or (moment.date().isoformat() if moment is not None else None),
        "source": one.source,
        "publisher": article["source"],
        "statements": 1,
    }


def standing_rows(row: Row, one: Statement, end: State | None) -> list[Row]:
    """Return the row of a statement, marked where it stands at the end; before it, where sources differ, one of all."""
    if end is None or one is not end.lead:
        return [row]
    if len(end.differing) > 1:
        return [row | _spanning(end), row]
    return [row | {"standing": True, "low": end.low, "high": end.high, "best": end.best}]


def _spanning(end: State) -> Row:
    """Return what the row of statements that differ has of its own."""
    return {
        "standing": True,
        "low": end.low,
        "high": end.high,
        "best": end.best,
        "figure": None,
        "role": TOTAL,
        "statements": len(end.differing),
        "source": LIST_SEPARATOR.join(dict.fromkeys(one.source for one in end.differing if one.source)) or None,
        "text": LIST_SEPARATOR.join(str(one.row["text"]) for one in end.differing),
    }


def toll_frame(rows: Sequence[Row], columns: Mapping[str, str], losses: Losses | None = None) -> pd.DataFrame:
    """Return rows as a table of some columns."""
    import pandas as pd

    return pd.DataFrame(
        {
            column: pd.Series([row[column] for row in rows], dtype=FLAG)
            if dtype == FLAG
            else _series([row[column] for row in rows], dtype, losses)
            for column, dtype in columns.items()
        }
    )
