"""The events of a corpus as a table: one row an event, over all articles that tell of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from newsnlp.counts.befallen import CASUALTY_EVENTS
from newsnlp.dossiers.conventions import CONVENTIONS, in_convention
from newsnlp.dossiers.dossier import Dossier
from newsnlp.dossiers.notes import note_of
from newsnlp.dossiers.row_tolls import standing_of
from newsnlp.linking.corpus import DAY_SECONDS
from newsnlp.record_kinds import LIST_SEPARATOR
from newsnlp.records import FigureEvent, PlaceKind
from newsnlp.render.labels_fr import EVENT_TYPES
from newsnlp.safety.values import choice
from newsnlp.tables.quote_views import table_of
from newsnlp.tables.schema import INSTANT, INTEGER, NUMBER, TEXT

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    import pandas as pd

    from newsnlp.dossiers.happened import Happened
    from newsnlp.dossiers.occurrences import Days, Where
    from newsnlp.dossiers.row_tolls import RowToll
    from newsnlp.tables.article_rows import Corpus
    from newsnlp.tables.cells import Row

# What is counted of an event, in this order.
COUNTED = (
    *CASUALTY_EVENTS,
    FigureEvent.DESTROYED,
    FigureEvent.PROTESTING,
    FigureEvent.STRIKING,
    FigureEvent.DEPLOYED,
    FigureEvent.DISMISSED,
)
COLUMNS = MappingProxyType(
    {
        "event_id": TEXT,
        "story": TEXT,
        "date": TEXT,
        "date_end": TEXT,
        "date_precision": INTEGER,
        "date_basis": TEXT,
        "place": TEXT,
        "geonameid": INTEGER,
        "place_kind": TEXT,
        "country": TEXT,
        "admin1": TEXT,
        "latitude": NUMBER,
        "longitude": NUMBER,
        "place_precision": INTEGER,
        "type": TEXT,
        "label": TEXT,
        "name": TEXT,
        "status": TEXT,
        "actors": TEXT,
        **{f"{event}_{bound}": NUMBER for event in COUNTED for bound in ("low", "best", "high")},
        "sources": TEXT,
        "publishers": TEXT,
        "articles": INTEGER,
        "article_ids": TEXT,
        "first_article": INSTANT,
        "last_article": INSTANT,
        "notes": TEXT,
    }
)
# ACLED's time precision: a day; a week, or days of one; a month. Ours beyond: longer.
_WEEK, _MONTH = 7, 31
# ACLED's geographic precision: a town; a part of a region, or the surroundings of a place; a region or more.
_PRECISIONS = {
    PlaceKind.CITY: 1,
    PlaceKind.QUARTER: 1,
    PlaceKind.SITE: 1,
    PlaceKind.DEPARTMENT: 2,
    PlaceKind.WATER: 2,
    PlaceKind.MOUNTAIN: 2,
    PlaceKind.ISLAND: 2,
    PlaceKind.ROAD: 2,
    PlaceKind.AREA: 3,
    PlaceKind.REGION: 3,
    PlaceKind.COUNTRY: 3,
    PlaceKind.CONTINENT: 3,
}
_MOST_LISTED = 20


def events(corpus: Corpus | str | os.PathLike[str], convention: str | None = None) -> pd.DataFrame:
    """Return what happened: one row an event, over all articles that tell of it, in order of time.

    Parameters
    ----------
    corpus : dict of DataFrame, iterable of Analysis, or path
        What `to_frames` or `read_tables` gave, the analyses, or a folder of tables. Analyses may be a stream.
    convention : {"acled", "ucdp", "emdat"}, optional
        Columns, codes and rules of a database of conflicts or disasters, see docs/events.md.

    Returns
    -------
    DataFrame
        ``event_id``, and ``story``, which events share that the same articles tell. ``date`` and ``date_end`` are the
        first and last day; ``date_precision`` is 1 for a day, 2 for days of a week, 3 for a month, 4 for longer;
        ``date_basis`` is `DateBasis`, ``publication`` where no article says the day. ``place``, ``geonameid``,
        ``country`` (ISO 3166-1), ``admin1`` (ISO 3166-2), ``latitude`` and ``longitude`` are of the narrowest place
        that the articles agree on; ``place_precision`` is 1 for a town or less, 2 for a part of a region, 3 for more.
        ``type`` is `EventType`, ``label`` its French word, ``status`` how sure the texts are, ``actors``
        who took part. Of what is counted (``killed``, ``injured`` …) ``_low``, ``_best`` and ``_high`` are what
        stands after the last article. ``sources`` say so, in ``publishers``; ``articles`` counts ``article_ids``.
        ``notes`` is a French sentence of all that.

    Warns
    -----
    UserWarning
        If a convention has no place for some events, or if nobody looked for events in some articles; with counts.

    Notes
    -----
    Two articles tell one event where types are compatible, places one or one in the other, days the same, and where
    names and numbers of victims do not leave it to chance. The background of an article (*l'attentat de 2012*) is an
    event, too, and one row of all articles that recall it.

    Examples
    --------
    >>> from newsnlp import Article, events, load
    >>> texts = ("Un séisme a frappé Agadir lundi, faisant 36 morts.", "Le séisme d'Agadir a fait 41 morts lundi.")
    >>> articles = [Article(text=text, id=f"a{n}", published_at=f"2026-03-0{n + 1}") for n, text in enumerate(texts, 1)]
    >>> table = events(load().pipe(articles))
    >>> print(table[["date", "place", "country", "type", "killed_best", "articles"]].to_csv(index=False), end="")
    date,place,country,type,killed_best,articles
    2026-03-02,Agadir,MA,earthquake,41.0,2
    """
    if convention is not None:
        choice("convention", convention, CONVENTIONS)
    dossier = Dossier()
    dossier.add(corpus)
    return table(dossier, convention)


def table(dossier: Dossier, convention: str | None = None) -> pd.DataFrame:
    """Return the rows of all events of a dossier."""
    return table_of_rows(dossier, dossier.happened.values(), convention)


def table_of_rows(dossier: Dossier, happened: Iterable[Happened], convention: str | None = None) -> pd.DataFrame:
    """Return the rows of some events of a dossier, in order of time, those without a day last."""
    if convention is not None:
        choice("convention", convention, CONVENTIONS)
    ordered = sorted(
        happened, key=lambda one: (one.when is None, (one.when.begin, one.when.end) if one.when else (0, 0), one.number)
    )
    told = [(one, standing_of(one)) for one in ordered]
    rows = [row_of(one, tolls, dossier.story_of(one.number)) for one, tolls in told]
    if convention is not None:
        return in_convention(convention, told, rows)
    return table_of(rows, dict(COLUMNS))


def row_of(one: Happened, tolls: dict[str, RowToll], story: int) -> Row:
    """Return the row of one event."""
    where, when = one.where, one.when
    status = one.statuses.most_common(1)[0][0]
    counted = [tolls[event] for event in COUNTED if event in tolls]
    sources = dict.fromkeys(source for toll in counted for source in toll.sources)
    sources |= dict.fromkeys(source for source, _ in one.sources.most_common(_MOST_LISTED))
    moments = sorted(told.day for told in one.articles.values() if told.day is not None)
    return {
        "event_id": f"E{one.number + 1}",
        "story": f"s{story + 1}",
        **_time(when),
        **_place(where),
        "country": one.country,
        "type": str(one.type),
        "label": EVENT_TYPES[one.type],
        "name": one.name,
        "status": str(status),
        "actors": _listed(actor for actor, _ in one.actors.most_common(_MOST_LISTED)),
        **{f"{toll.event}_{bound}": getattr(toll, bound) for toll in counted for bound in ("low", "best", "high")},
        "sources": _listed(list(sources)[:_MOST_LISTED]),
        "publishers": _listed(dict.fromkeys(told.outlet for told in one.articles.values() if told.outlet)),
        "articles": len(one.articles),
        "article_ids": _listed(one.articles),
        "first_article": _moment(moments[0]) if moments else None,
        "last_article": _moment(moments[-1]) if moments else None,
        "notes": note_of(one, counted, status),
    }


def _time(when: Days | None) -> Row:
    if when is None:
        return {}
    return {
        "date": date.fromordinal(when.begin).isoformat(),
        "date_end": date.fromordinal(when.end).isoformat(),
        "date_precision": date_precision(when),
        "date_basis": when.basis,
    }


def date_precision(when: Days) -> int:
    """Return how exactly the day is known, in ACLED's codes; 4 where not even the month is.

    What is dated by its article alone may have been on a day before.
    """
    length = when.end - when.begin + 1
    if length == 1:
        return 1 if when.is_told else 2
    return 2 if length <= _WEEK else 3 if length <= _MONTH else 4


def _place(where: Where | None) -> Row:
    if where is None:
        return {}
    columns: dict[str, Any] = {
        column: getattr(where, column) for column in ("geonameid", "admin1", "latitude", "longitude")
    }
    precision = _PRECISIONS[PlaceKind(where.kind)] if where.kind else None
    return {"place": where.name, "place_kind": where.kind, "place_precision": precision, **columns}


def _listed(values: Iterable[str]) -> str | None:
    return LIST_SEPARATOR.join(values) or None


def _moment(day: float) -> datetime:
    return datetime.fromtimestamp(day * DAY_SECONDS, UTC)
