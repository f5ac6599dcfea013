"""The tolls of a dossier's events: every statement with its role, in the columns of `newsnlp.tolls`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from newsnlp.counts.reconciling import reconcile
from newsnlp.counts.roles import PREVIOUS
from newsnlp.dossiers.row_tolls import told_of
from newsnlp.dossiers.tolls import COLUMNS, FLAG, spanning
from newsnlp.tables.frames import _series
from newsnlp.tables.schema import TEXT

if TYPE_CHECKING:
    import pandas as pd

    from newsnlp.counts.statements import Statement
    from newsnlp.dossiers.dossier import Dossier
    from newsnlp.dossiers.happened import Happened
    from newsnlp.tables.cells import Row

DOSSIER_COLUMNS = MappingProxyType({"event_id": TEXT, **COLUMNS})


def tolls_of_dossier(dossier: Dossier) -> pd.DataFrame:
    """Return the tolls of all events, as `newsnlp.tolls` has them, each with the id of its event."""
    import pandas as pd

    rows: list[Row] = []
    for one in dossier.happened.values():
        rows += _rows(one, f"s{dossier.story_of(one.number) + 1}", len(rows))
    return pd.DataFrame(
        {
            column: pd.Series([row.get(column) for row in rows], dtype=FLAG)
            if dtype == FLAG
            else _series([row.get(column) for row in rows], dtype)
            for column, dtype in DOSSIER_COLUMNS.items()
        }
    )


def _rows(one: Happened, story: str, first: int) -> list[Row]:
    """Return the rows of one event, numbered from `first` on."""
    told = told_of(one)
    # Of several states of one toll the last stands.
    ends = {state.event: state for state in reconcile(told)}
    where = one.where
    place = {
        "place": None if where is None else where.name,
        "country": one.country,
        "latitude": None if where is None else where.latitude,
        "longitude": None if where is None else where.longitude,
    }
    rows: list[Row] = []
    replaced: list[tuple[Row, Statement]] = []
    at: dict[tuple[str, int | None], int] = {}
    for article, statements in told:
        for said in statements:
            end = ends.get(said.event)
            row = _row(said) | place | {"event_id": f"E{one.number + 1}", "story": story, "event_type": str(one.type)}
            row |= {"article_id": article["article_id"], "publisher": article["source"]}
            if end is not None and said is end.lead:
                if len(end.differing) > 1:
                    rows.append(row | spanning(end))
                else:
                    row |= {"standing": True, "low": end.low, "best": end.best, "high": end.high}
            at[article["article_id"], said.row["figure"]] = first + len(rows)
            rows.append(row)
            if said.role == PREVIOUS and said.superseded_by is not None:
                replaced.append((row, said))
    for row, said in replaced:
        row["superseded_by"] = at.get((row["article_id"], said.superseded_by))
    return rows


def _row(said: Statement) -> Row:
    moment = said.moment
    return {
        **{column: said.row.get(column) for column in ("status", "counted", "figure", "text", "sentence")},
        "published_at": moment,
        "event": said.event,
        "low": said.low,
        "best": said.best,
        "high": said.high,
        "role": said.role,
        "standing": False,
        "as_of": said.as_of or (None if moment is None else moment.date().isoformat()),
        "source": said.source,
        "statements": 1,
    }
