"""Casualties and forces: what an analyst of conflicts and disasters asks of the figures first."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from newsnlp.records import Analysis, Kind, Modifier, Status
from newsnlp.tables.frames import Numbering, _series, warn_of
from newsnlp.tables.schema import INSTANT, INTEGER, LIST_SEPARATOR, NUMBER, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from newsnlp.records import Figure
    from newsnlp.tables.cells import Losses

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")

CASUALTY_EVENTS = (
    "killed",
    "injured",
    "missing",
    "sick",
    "hospitalised",
    "kidnapped",
    "arrested",
    "displaced",
    "evacuated",
    "rescued",
    "affected",
)
FORCE_EVENTS = ("deployed",)

COLUMNS = MappingProxyType(
    {
        "article_id": TEXT,
        "published_at": INSTANT,
        "article_source": TEXT,
        "place": TEXT,
        "period": TEXT,
        "country": TEXT,
        "event": TEXT,
        "counted": TEXT,
        "actor": TEXT,
        "value": NUMBER,
        "low": NUMBER,
        "high": NUMBER,
        "modifier": TEXT,
        "status": TEXT,
        "source": TEXT,
        "statements": INTEGER,
        "figure": INTEGER,
        "text": TEXT,
        "sentence": TEXT,
    }
)


def casualties(analyses: Analysis | Iterable[Analysis]) -> pd.DataFrame:
    """Return who was killed, injured, missing, displaced …: one row an article, event, place and period.

    Parameters
    ----------
    analyses : Analysis or iterable of Analysis

    Returns
    -------
    DataFrame
        ``value`` is that of the article's leading statement: its largest exact or approximate total, parts
        (``dont trois enfants``), plans and denials left out. ``low`` and ``high`` span all the article's statements
        on that event, place and period, ``statements`` counts them, ``figure`` is the index of the leading one in
        ``analysis.figures``. ``period`` is the year that a sentence names (``En 2025, les violences ont fait …``):
        such a total is not the event's. Figures without a place are grouped with those of the article's only
        place for that event and period, if there is just one.

    Examples
    --------
    >>> from newsnlp import load, casualties
    >>> table = casualties(load()("Au moins 68 morts et 165 blessés à Mogadiscio, dont 12 enfants."))
    >>> print(table[["event", "place", "low", "high", "modifier"]].to_csv(index=False), end="")
    event,place,low,high,modifier
    killed,Mogadiscio,68.0,,at_least
    injured,Mogadiscio,165.0,165.0,exact
    """
    return _view(analyses, CASUALTY_EVENTS, unwanted=(Status.DENIED, Status.PLANNED))


def forces(analyses: Analysis | Iterable[Analysis]) -> pd.DataFrame:
    """Return who is deployed where: one row an article, place and period, as in `casualties`; plans on rows apart.

    Examples
    --------
    >>> from newsnlp import load, forces
    >>> text = "Les États-Unis maintiennent environ 2500 soldats en Irak, en plus de 900 autres en Syrie."
    >>> print(forces(load()(text))[["place", "country", "counted", "value"]].to_csv(index=False), end="")
    place,country,counted,value
    Irak,IQ,soldats,2500.0
    Syrie,SY,soldats,900.0
    """
    return _view(analyses, FORCE_EVENTS, unwanted=(Status.DENIED,))


def _view(
    analyses: Analysis | Iterable[Analysis], events: tuple[str, ...], *, unwanted: tuple[Status, ...]
) -> pd.DataFrame:
    import pandas as pd

    rows: list[dict[str, Any]] = []
    losses: Losses = Counter()
    for analysis in Numbering(losses).each(analyses):
        rows.extend(_article_view(analysis, events, unwanted))
    table = pd.DataFrame(
        {column: _series([row[column] for row in rows], dtype, losses) for column, dtype in COLUMNS.items()}
    )
    warn_of(losses)
    return table


def _article_view(analysis: Analysis, events: tuple[str, ...], unwanted: tuple[Status, ...]) -> list[dict[str, Any]]:
    countries = {entity.id: entity.country for entity in analysis.entities}
    stated = [
        (i, figure)
        for i, figure in enumerate(analysis.figures)
        if figure.event in events
        and figure.kind == Kind.COUNT
        and figure.part_of is None
        and figure.status not in unwanted
    ]
    # Event and period -> the places that are named for them.
    places: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for _, figure in stated:
        if figure.place is not None:
            places[figure.event, _year_of(figure)].add(figure.place)
    groups: dict[tuple[int, str, str, bool], list[tuple[int, Figure]]] = {}
    for i, figure in stated:
        groups.setdefault(_group_of(figure, places, events), []).append((i, figure))
    rows = []
    # By event, then as the text tells them.
    for (_, place, period, _), members in sorted(groups.items(), key=lambda item: (item[0][0], item[1][0][0])):
        index, lead = max(members, key=lambda item: (_bound(item[1]), -item[0]))
        lows = [f.value_min for _, f in members if f.value_min is not None]
        highs = [f.value_max for _, f in members if f.value_max is not None]
        rows.append(
            {
                "article_id": analysis.article.id,
                "published_at": analysis.article.published_at,
                "article_source": analysis.article.source,
                "place": place or None,
                "period": period or None,
                "country": countries.get(lead.place_id or ""),
                "event": lead.event,
                "counted": lead.counted,
                "actor": lead.actor,
                "value": lead.value,
                "low": min(lows, default=None),
                "high": None if len(highs) < len(members) else max(highs),
                "modifier": str(lead.modifier),
                "status": str(lead.status),
                "source": lead.source,
                "statements": len(members),
                "figure": index,
                "text": LIST_SEPARATOR.join(f.text for _, f in members),
                "sentence": lead.sentence,
            }
        )
    return rows


def _group_of(
    figure: Figure, places: Mapping[tuple[str | None, str], set[str]], events: tuple[str, ...]
) -> tuple[int, str, str, bool]:
    """Return what statements must share to be about one thing: event, place, period, and whether it is a plan."""
    period = _year_of(figure)
    place = figure.place
    if place is None:
        known = places.get((figure.event, period), set())
        place = next(iter(known)) if len(known) == 1 else None
    return events.index(figure.event or ""), place or "", period, figure.status == Status.PLANNED


def _year_of(figure: Figure) -> str:
    found = _YEAR.search(figure.date or "")
    return found[0] if found else ""


def _bound(figure: Figure) -> tuple[bool, int | float]:
    """Order statements: a stated number before a vague one, then by size."""
    known = figure.value_min if figure.value_min is not None else figure.value_max
    # As they are: of two whole numbers too long for a float, the larger is known all the same.
    return figure.modifier != Modifier.VAGUE, known or 0
