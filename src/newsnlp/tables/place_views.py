"""Which places a corpus names, and where they are: rows for a map."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newsnlp.records import Label
from newsnlp.tables.article_rows import Unread, rows_by_article
from newsnlp.tables.frames import warn_of
from newsnlp.tables.quote_views import table_of
from newsnlp.tables.schema import INTEGER, NUMBER, TEXT
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    import pandas as pd

    from newsnlp.tables.article_rows import Corpus
    from newsnlp.tables.cells import Losses, Row

_KNOWN = {
    "geonameid": INTEGER,
    "longitude": NUMBER,
    "latitude": NUMBER,
    "place_kind": TEXT,
    "country": TEXT,
    "admin1": TEXT,
    "territory": TEXT,
}
PLACES = {"name": TEXT, **_KNOWN, "mentions": INTEGER, "articles": INTEGER}
BY_ARTICLE = {"article_id": TEXT, "entity_id": TEXT, "name": TEXT, **_KNOWN, "mentions": INTEGER}


def places(corpus: Corpus, *, by_article: bool = False) -> pd.DataFrame:
    """Return the places that a corpus names, with their coordinates: one row a place, the most named first.

    Parameters
    ----------
    corpus : dict of DataFrame, or iterable of Analysis
        What `to_frames` or `read_tables` gave, or the analyses themselves.
    by_article : bool
        One row a place and article, in the order of the articles.

    Returns
    -------
    DataFrame
        ``name`` (the most frequent), ``geonameid``, ``longitude``, ``latitude``, ``place_kind``, ``country``,
        ``admin1``, ``territory``; ``mentions``, and ``articles`` (how many name it) or, by article, ``article_id``
        and ``entity_id``. Places of several articles are one if their `geonameid` is the same; those without one, if
        name, country, sort and coordinates are. Without coordinates both are ``<NA>``.

    Notes
    -----
    ``geopandas.GeoDataFrame(table, geometry=geopandas.points_from_xy(table.longitude, table.latitude), crs=4326)``
    makes a layer of it, after ``table = table.dropna(subset=["longitude"])``.

    Examples
    --------
    >>> from newsnlp import load, places
    >>> texts = ["Un séisme a frappé Agadir.", "À Agadir, au Maroc, les secours sont arrivés."]
    >>> table = places(load().pipe(texts))[["name", "geonameid", "longitude", "latitude", "articles"]]
    >>> print(table.round(1).to_csv(index=False), end="")
    name,geonameid,longitude,latitude,articles
    Agadir,2561668,-9.6,30.4,2
    Maroc,2542007,-6.8,34.0,1
    """
    losses: Losses = Counter()
    counted = Unread("entities")
    found: dict[Any, _Place] = {}
    rows: list[Row] = []
    for article, tables in rows_by_article(corpus, losses, "entities"):
        counted.see(article)
        for row in tables["entities"]:
            if row["label"] != Label.LOC:
                continue
            row = row | {"article_id": article["article_id"], "mentions": row["mention_count"]}  # noqa: PLW2901
            if by_article:
                rows.append(row)
            else:
                found.setdefault(_identity(row), _Place(row)).add(row)
    counted.tell()
    warn_of(losses)
    if by_article:
        return table_of(rows, BY_ARTICLE)
    rows = [place.row() for place in found.values()]
    return table_of(sorted(rows, key=lambda row: (-row["mentions"], -row["articles"], row["name"] or "")), PLACES)


@dataclass(slots=True)
class _Place:
    """One place over the corpus."""

    first: Row
    names: Counter[str] = field(default_factory=Counter)
    mentions: int = 0
    articles: set[str] = field(default_factory=set)

    def add(self, row: Row) -> None:
        self.names[row["name"] or ""] += row["mentions"] or 0
        self.mentions += row["mentions"] or 0
        self.articles.add(row["article_id"])

    def row(self) -> Row:
        (name, _), *_ = self.names.most_common(1)
        return self.first | {"name": name or None, "mentions": self.mentions, "articles": len(self.articles)}


def _identity(row: Row) -> Any:
    if row["geonameid"] is not None:
        return row["geonameid"]
    return fold(row["name"] or ""), *(row[column] for column in ("country", "place_kind", "latitude", "longitude"))
