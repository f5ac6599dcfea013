"""Casualties and forces: what an analyst of conflicts and disasters asks of the figures first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from newsnlp.counts.befallen import CASUALTY_EVENTS
from newsnlp.counts.sites import placed
from newsnlp.record_kinds import LIST_SEPARATOR
from newsnlp.records import FigureEvent, Status
from newsnlp.tables.article_rows import Unread, rows_by_article
from newsnlp.tables.frames import _series, warn_of
from newsnlp.tables.schema import CORPUS_SCHEMAS, INSTANT, INTEGER, NUMBER, TEXT, with_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from newsnlp.records import Analysis
    from newsnlp.tables.cells import Losses, Row

    Corpus = Mapping[str, pd.DataFrame] | Analysis | Iterable[Analysis]

# What a view reads of analyses: plain values, and the texts.
_SCHEMAS = with_text(CORPUS_SCHEMAS)
FORCE_EVENTS = (FigureEvent.DEPLOYED,)
# Nobody has died of what is planned or denied.
UNCOUNTED = (Status.DENIED, Status.PLANNED)

COLUMNS = MappingProxyType(
    {
        "article_id": TEXT,
        "published_at": INSTANT,
        "article_source": TEXT,
        "place": TEXT,
        "period": TEXT,
        "when": TEXT,
        "when_begin": TEXT,
        "when_end": TEXT,
        "date_basis": TEXT,
        "country": TEXT,
        "event": TEXT,
        "toll_role": TEXT,
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


def casualties(corpus: Corpus) -> pd.DataFrame:
    """Return who was killed, injured, missing, displaced …: one row an article, event, place, period and toll.

    Parameters
    ----------
    corpus : Analysis, iterable of Analysis, or dict of DataFrame
        The analyses, or what `to_frames` or `read_tables` made of them.

    Returns
    -------
    DataFrame
        Two things of one kind in one place are two rows where they are two events of the article, or their nouns tell
        them apart (a quake, an accident), and so are the toll of an event and a sum over a longer time (``toll_role``
        is ``cumulative``).
        ``value`` is that of the article's leading statement, its largest; of ``au moins 12``, the 12. Members of a
        list are added (``sept blessés graves et quatre légers``), and so is what the text adds to a toll
        (``trois autres décès``). Parts (``dont trois enfants``), older tolls (``contre 31 la veille``, what a new one
        replaces), plans, denials and animals are left out. ``low`` and ``high`` are what all statements agree on, or
        else what those span that two sources tell: a lower number that nobody else is named for is of some of them. A
        vague word (``plusieurs``) counts only where nothing else is said.
        ``statements`` counts them, ``figure`` is the index of the leading one in ``analysis.figures``, none for an
        ordinal (*un dixième décès* is a toll of 10). ``event`` is what befell those counted, where the figure does not
        say by noun and clause (docs/tolls.md). ``period`` is
        the year that a sentence names (``En 2025, les violences ont fait …``): such a total is not the event's.
        ``when``, ``when_begin`` and ``when_end`` are the time of what is counted where the text tells it
        (``date_basis`` is ``figure``), else it is the article's, ``published_at`` (``article``); tolls of two days are
        two rows. ``place`` is the narrowest that the statements of a toll give, not the country or region that frames
        a headline (``Vendée : un mort``). A toll without a place has that of its event in the article, else that
        of the other tolls, if there is just one.

    Examples
    --------
    >>> from newsnlp import load, casualties
    >>> table = casualties(load()("Au moins 68 morts et 165 blessés à Mogadiscio, dont 12 enfants."))
    >>> print(table[["event", "place", "low", "high", "modifier"]].to_csv(index=False), end="")
    event,place,low,high,modifier
    killed,Mogadiscio,68.0,,at_least
    injured,Mogadiscio,165.0,165.0,exact
    """
    return view_of(corpus, CASUALTY_EVENTS, unwanted=UNCOUNTED)


def forces(corpus: Corpus) -> pd.DataFrame:
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
    return view_of(corpus, FORCE_EVENTS, unwanted=(Status.DENIED,))


def view_of(
    corpus: Corpus, events: tuple[FigureEvent, ...], *, unwanted: tuple[Status, ...], resolved: bool = False
) -> pd.DataFrame:
    """Return the rows of all articles.

    Where `resolved`, under the names of entities, not as the text words places, and with ``kinds``, what the nouns
    beside them tell of their event.
    """
    import pandas as pd

    rows: list[Row] = []
    losses: Losses = Counter()
    counted = Unread("figures")
    # Tables of an older version have no events.
    names = ("entities", "figures", *(("events",) if not isinstance(corpus, Mapping) or "events" in corpus else ()))
    for article, found in rows_by_article(corpus, losses, *names):
        counted.see(article)
        if resolved:
            known = {entity["entity_id"]: entity["name"] for entity in found["entities"]}
            for name in names[1:]:
                found[name] = [_resolved(row, known) for row in found[name]]
        rows.extend(_article_view(article, found, events, unwanted))
    table = pd.DataFrame(
        {
            column: _series([row[column] for row in rows], dtype, losses)
            for column, dtype in (COLUMNS | ({"kinds": TEXT} if resolved else {})).items()
        }
    )
    warn_of(losses)
    counted.tell()
    return table


def _resolved(row: Row, known: Mapping[str, str]) -> Row:
    row = placed(row)
    return row | {"place": known[row["place_id"]]} if row["place_id"] in known else row


def _article_view(
    article: Row, found: Mapping[str, list[Row]], events: tuple[FigureEvent, ...], unwanted: tuple[Status, ...]
) -> list[Row]:
    # Not above: `newsnlp.tables` has this module, and tolls are read of rows in its cells.
    from newsnlp.counts.article_tolls import tolls_of

    return [
        {
            **{column: toll.lead.get(column) for column in COLUMNS},
            "article_id": article["article_id"],
            "published_at": article["published_at"],
            "article_source": article["source"],
            "place": toll.place,
            "period": toll.period or None,
            **dict(zip(("when", "when_begin", "when_end"), toll.time or (None, None, None), strict=True)),
            "date_basis": "figure" if toll.time else "article" if article["published_at"] is not None else None,
            "country": toll.country,
            "event": toll.event,
            "toll_role": toll.role,
            "value": toll.value,
            "low": toll.low,
            "high": toll.high,
            "source": toll.leading.source,
            "statements": len(toll.totals),
            "kinds": LIST_SEPARATOR.join(sorted(toll.kinds)),
            "text": LIST_SEPARATOR.join(row["text"] or "" for row in toll.rows),
        }
        for toll in tolls_of(article, found, events, unwanted)
    ]
