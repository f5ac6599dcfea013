"""Tolls of a corpus: every statement of every story with its role, and the one row an event that stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from os import PathLike
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from newsnlp.dossiers.reconciling import reconcile
from newsnlp.dossiers.statements import statements_of
from newsnlp.tables.frames import _series
from newsnlp.tables.readers import read_tables
from newsnlp.tables.schema import INSTANT, INTEGER, NUMBER, TEXT
from newsnlp.tables.views import Unread, rows_by_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from newsnlp.dossiers.reconciling import Standing
    from newsnlp.dossiers.statements import Statement
    from newsnlp.records import Analysis
    from newsnlp.tables.cells import Losses, Row

    Corpus = Mapping[str, pd.DataFrame] | Analysis | Iterable[Analysis] | str | PathLike[str]
    Told = tuple[Row, list[Statement]]

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
        "standing": "boolean",
        "superseded_by": TEXT,
        "as_of": TEXT,
        "place": TEXT,
        "country": TEXT,
        "latitude": NUMBER,
        "longitude": NUMBER,
        "source": TEXT,
        "publisher": TEXT,
        "status": TEXT,
        "counted": TEXT,
        "figure": INTEGER,
        "text": TEXT,
        "sentence": TEXT,
    }
)
_LATE = datetime.max.replace(tzinfo=UTC)


def tolls(corpus: Corpus, *, group: bool = True) -> pd.DataFrame:
    """Return every count of victims that the articles of a corpus give, with what it is in the toll of its story."""
    import pandas as pd

    losses: Losses = Counter()
    told = _told(corpus, losses)
    rows: list[Row] = []
    for story, members in [("s1", told)]:
        members.sort(key=lambda one: one[0]["published_at"] or _LATE)
        standing = reconcile(members)
        rows += _rows(story, members, standing)
    return pd.DataFrame(
        {
            column: pd.array([row[column] for row in rows], dtype="boolean")
            if dtype == "boolean"
            else _series([row[column] for row in rows], dtype, losses)
            for column, dtype in COLUMNS.items()
        }
    )


def _told(corpus: Corpus, losses: Losses) -> list[Told]:
    if isinstance(corpus, (str, PathLike)):
        corpus = read_tables(corpus, ("articles", "entities", "figures"))
    counted = Unread("figures")
    found = []
    for article, rows in rows_by_article(corpus, losses, "entities", "figures"):
        counted.see(article)
        found.append((article, statements_of(article, rows)))
    counted.tell()
    return found


def _rows(story: str, members: Sequence[Told], standing: Sequence[Standing]) -> list[Row]:
    rows = []
    ends = {one.event: one for one in standing}
    for article, statements in members:
        for one in statements:
            end = ends.get(one.event)
            stands = end is not None and one is end.statements[0]
            row = _row(story, article, one)
            if stands and end is not None:
                if (one.low, one.high) == (end.low, end.high):
                    row["standing"] = True
                else:
                    rows.append(row | {"standing": True, "low": end.low, "high": end.high, "best": end.best, "figure": None})
            rows.append(row)
    return rows


def _row(story: str, article: Row, one: Statement) -> dict[str, Any]:
    moment = one.moment
    return {
        **{column: one.row.get(column) for column in COLUMNS},
        "story": story,
        "article_id": article["article_id"],
        "published_at": moment,
        "event": one.event,
        "low": one.low,
        "high": one.high,
        "best": next((bound for bound in (one.value, one.low, one.high) if bound is not None), None),
        "role": one.role,
        "standing": False,
        "superseded_by": None,
        "as_of": moment.date().isoformat() if moment is not None else None,
        "publisher": one.outlet,
    }
