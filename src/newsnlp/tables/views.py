"""Casualties and forces: what an analyst of conflicts and disasters asks of the figures first."""

from __future__ import annotations

import warnings
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING

from newsnlp.counts.article_tolls import tolls_of
from newsnlp.counts.befallen import CASUALTY_EVENTS
from newsnlp.counts.sites import placed
from newsnlp.record_kinds import KINDS, LIST_SEPARATOR
from newsnlp.records import FigureEvent, Status
from newsnlp.tables.cells import NOWHERE, storable_rows
from newsnlp.tables.frames import Numbering, _series, analysis_rows, checked_frames, warn_of
from newsnlp.tables.schema import CORPUS_SCHEMAS, INSTANT, INTEGER, NUMBER, TEXT, with_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
        Two things of one kind in one place are two rows where their nouns tell them apart (a quake, an accident), and
        so are the toll of an event and a sum over a longer time (``toll_role`` is ``cumulative``).
        ``value`` is that of the article's leading statement, its largest; of ``au moins 12``, the 12. Members of a
        list are added (``sept blessés graves et quatre légers``), and so is what the text adds to a toll
        (``trois autres décès``). Parts (``dont trois enfants``), older tolls (``contre 31 la veille``, what a new one
        replaces), plans, denials and animals are left out. ``low`` and ``high`` are what all statements agree on, or
        else what those span whose source is named: a lower number that nobody is named for is of some of them. A vague
        word (``plusieurs``) counts only where nothing else is said.
        ``statements`` counts them, ``figure`` is the index of the leading one in ``analysis.figures``. ``period`` is
        the year that a sentence names (``En 2025, les violences ont fait …``): such a total is not the event's.
        ``when``, ``when_begin`` and ``when_end`` are the time of what is counted where the text tells it
        (``date_basis`` is ``figure``), else it is the article's, ``published_at`` (``article``); tolls of two days are
        two rows. ``place`` is the narrowest that the statements of a toll give, not the country or region that frames
        a headline (``Vendée : un mort``). A toll without a place has that of the article's other tolls, if there is
        just one.

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
    """Return the rows of all articles; where `resolved`, under the names of entities, not as the text words places."""
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
        {column: _series([row[column] for row in rows], dtype, losses) for column, dtype in COLUMNS.items()}
    )
    warn_of(losses)
    counted.tell()
    return table


@dataclass(slots=True)
class Unread:
    """Counts the articles in which nobody looked for a kind of record."""

    kind: str
    articles: int = 0
    unread: int = 0

    def see(self, article: Row) -> None:
        """Count one article."""
        self.articles += 1
        self.unread += article.get(self.kind, 0) is None

    def tell(self) -> None:
        """Warn of those that were not read, if any."""
        if self.unread:
            message = f"{self.kind} were not analysed in {self.unread} of {self.articles} articles"
            warnings.warn(message, stacklevel=4)


def rows_by_article(corpus: Corpus, losses: Losses, *names: str) -> Iterator[tuple[Row, dict[str, list[Row]]]]:
    """Yield the row of each article, with its text where there is one, and its rows in some other tables, in order."""
    if isinstance(corpus, Mapping):
        checked_frames(corpus, "articles", *names)
        found = {name: _by_article(corpus[name]) for name in names}
        for row in rows_of(corpus["articles"]):
            rows = {name: found[name].get(row["article_id"], []) for name in names}
            for name in names:
                numbered = KINDS[name].numbered
                if numbered is not None:
                    rows[name].sort(key=itemgetter(numbered))
            yield row, {name: _standing(some, losses) for name, some in rows.items()}
    else:
        for analysis in Numbering(losses).each(corpus):
            rows, lost = storable_rows(analysis_rows(analysis, ("articles", *names), text=True), _SCHEMAS)
            losses.update(lost)
            yield rows["articles"][0], {name: _standing(rows[name], losses) for name in names}


def _standing(rows: list[Row], losses: Losses) -> list[Row]:
    """Return the rows whose record has a start and an end, its sentence one no later: others come of broken files."""
    if not rows or "start" not in rows[0]:
        return rows
    kept = [row for row in rows if row["start"] is not None and 0 <= row["start"] < (row["end"] or 0)]
    losses[NOWHERE] += len(rows) - len(kept)
    for row in kept:
        if row.get("sentence") and not 0 <= (row["sentence_start"] or 0) <= row["start"]:
            row["sentence_start"] = row["start"]
    return kept


def _by_article(frame: pd.DataFrame) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(frame):
        found[row["article_id"]].append(row)
    return found


def rows_of(frame: pd.DataFrame) -> Iterator[Row]:
    """Yield the rows of a table as plain Python values, absent as None."""
    plain = frame.astype(object).where(frame.notna(), None)
    for values in plain.itertuples(index=False, name=None):
        yield {
            column: value.to_pydatetime() if hasattr(value, "to_pydatetime") else value
            for column, value in zip(plain.columns, values, strict=True)
        }


def _resolved(row: Row, known: Mapping[str, str]) -> Row:
    row = placed(row)
    return row | {"place": known[row["place_id"]]} if row["place_id"] in known else row


def _article_view(
    article: Row, found: Mapping[str, list[Row]], events: tuple[FigureEvent, ...], unwanted: tuple[Status, ...]
) -> list[Row]:
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
            "text": LIST_SEPARATOR.join(row["text"] or "" for row in toll.rows),
        }
        for toll in tolls_of(article, found, events, unwanted)
    ]
