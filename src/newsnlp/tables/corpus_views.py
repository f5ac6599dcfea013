"""What a whole corpus says: entities over time, who appears with whom, casualties by place and day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

from newsnlp.counts.befallen import CASUALTY_EVENTS
from newsnlp.linking import linked as linked_entities
from newsnlp.linking import told_of
from newsnlp.record_kinds import LIST_SEPARATOR
from newsnlp.safety.values import choice, iso_day, whole_number
from newsnlp.tables.cells import TIMEZONE, zone_of
from newsnlp.tables.frames import _series, checked_frames, to_frames
from newsnlp.tables.schema import INTEGER, NUMBER, TEXT
from newsnlp.tables.views import UNCOUNTED, view_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from newsnlp.tables.article_rows import Corpus


REACH = 60
"""How many tolls of one day and place back one is compared with."""


def entities_over_time(
    corpus: Corpus,
    *,
    freq: str = "D",
    labels: Iterable[str] | None = None,
    timezone: str = TIMEZONE,
    linked: bool = True,
) -> pd.DataFrame:
    """Return how often each entity occurs in each period.

    Parameters
    ----------
    corpus : dict of DataFrame, or iterable of Analysis
        What `to_frames` or `read_tables` gave, or the analyses themselves.
    freq : str
        ``D`` for days, ``W`` for weeks (beginning on Monday), ``M`` for months.
    labels : iterable of str, optional
        Only entities of these labels.
    timezone : str
        Whose days.
    linked : bool
        Entities of several articles are one where `link_entities` says so (``Macron``, ``Emmanuel Macron``). False:
        if name and label are the same, whatever the capitals.

    Returns
    -------
    DataFrame
        ``period`` (its first day), ``name``, ``label``, ``country``, ``articles``, ``mentions``; in order of time, the
        most frequent first. Articles without a date are left out.

    Examples
    --------
    >>> from newsnlp import Article, load
    >>> text = "Un séisme a frappé Agadir."
    >>> articles = [Article(text=text, id=f"a{day}", published_at=f"2026-03-0{day}") for day in (1, 2, 3)]
    >>> print(entities_over_time(load().pipe(articles), freq="M").drop(columns="country").to_csv(index=False), end="")
    period,name,label,articles,mentions
    2026-03-01,Agadir,LOC,3,3
    """
    import pandas as pd

    frames = _frames(corpus, "articles", "entities")
    entities = _identified(frames, linked=linked).merge(
        frames["articles"][["article_id", "published_at"]], on="article_id"
    )
    entities = entities[entities["published_at"].notna()]
    if labels is not None:
        entities = entities[entities["label"].isin([str(label) for label in labels])]
    choice("freq", freq, ("D", "W", "M"))
    period = _local(entities["published_at"], timezone).dt.to_period(freq).dt.start_time
    entities = entities.assign(period=period.astype("datetime64[s]"))
    names = _preferred(entities, ["key", "label"], "name")
    countries = _preferred(entities, ["key", "label"], "country")
    counted = (
        entities.groupby(["period", "key", "label"], sort=False, observed=True)
        .agg(articles=("article_id", "nunique"), mentions=("mention_count", "sum"))
        .reset_index()
    )
    table = pd.DataFrame(
        {
            "period": counted["period"].astype("datetime64[s]"),
            "name": _series([names.get(key) for key in _keys(counted)], TEXT),
            "label": _series(counted["label"].tolist(), TEXT),
            "country": _series([countries.get(key) for key in _keys(counted)], TEXT),
            "articles": _series(counted["articles"].tolist(), INTEGER),
            "mentions": _series(counted["mentions"].tolist(), INTEGER),
        }
    )
    order = ["period", "articles", "mentions", "name"]
    return table.sort_values(order, ascending=[True, False, False, True], ignore_index=True)


def co_occurrences(
    corpus: Corpus, *, labels: Iterable[str] | None = None, minimum: int = 2, linked: bool = True
) -> pd.DataFrame:
    """Return which entities appear in the same articles.

    Parameters
    ----------
    corpus : dict of DataFrame, or iterable of Analysis
    labels : iterable of str, optional
        Only entities of these labels.
    minimum : int
        Pairs of fewer articles are left out.
    linked : bool
        As in `entities_over_time`.

    Returns
    -------
    DataFrame
        ``first``, ``first_label``, ``second``, ``second_label``, ``articles`` (how many name both), ``jaccard``
        (their share of the articles that name either); the most frequent first, each pair once.

    Examples
    --------
    >>> from newsnlp import Article, load
    >>> texts = ["Angela Merkel est à Berlin.", "Berlin attend Angela Merkel."]
    >>> print(co_occurrences(load().pipe(texts)).to_csv(index=False), end="")
    first,first_label,second,second_label,articles,jaccard
    Angela Merkel,PER,Berlin,LOC,2,1.0
    """
    import pandas as pd

    minimum = whole_number("minimum", minimum)
    entities = _identified(_frames(corpus, *(("articles",) if linked else ()), "entities"), linked=linked)
    if labels is not None:
        entities = entities[entities["label"].isin([str(label) for label in labels])]
    names = _preferred(entities, ["key", "label"], "name")
    of_article: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for article, key, label in zip(entities["article_id"], entities["key"], entities["label"], strict=True):
        of_article[article].add((key, label))
    alone: Counter[tuple[str, str]] = Counter()
    pairs: Counter[tuple[tuple[str, str], tuple[str, str]]] = Counter()
    for found in of_article.values():
        alone.update(found)
        pairs.update(combinations(sorted(found), 2))
    kept = sorted(((pair, n) for pair, n in pairs.items() if n >= minimum), key=lambda item: (-item[1], item[0]))
    return pd.DataFrame(
        {
            "first": _series([names[one] for (one, _), _ in kept], TEXT),
            "first_label": _series([one[1] for (one, _), _ in kept], TEXT),
            "second": _series([names[other] for (_, other), _ in kept], TEXT),
            "second_label": _series([other[1] for (_, other), _ in kept], TEXT),
            "articles": _series([n for _, n in kept], INTEGER),
            "jaccard": _series([round(n / (alone[one] + alone[other] - n), 4) for (one, other), n in kept], NUMBER),
        }
    )


def casualties_by_day(corpus: Corpus, *, timezone: str = TIMEZONE) -> pd.DataFrame:
    """Return the tolls by day, place and event, sums over a longer time (``toll_role`` ``cumulative``) on rows apart.

    Parameters
    ----------
    corpus : dict of DataFrame, or iterable of Analysis
    timezone : str
        Whose days.

    Returns
    -------
    DataFrame
        ``day``, ``place``, ``country``, ``event``, ``toll_role``, ``counted`` and ``latest`` (the noun and the leading
        figure of the day's last article), ``low`` and ``high`` (the range of all the day's statements, ``<NA>`` where
        one is open), ``articles`` and ``sources`` (how many say so), ``date_basis``. Several articles tell of one toll,
        so nothing is summed; two things of one day and place (a quake, an accident) are two rows.
        ``day`` is the event's where an article tells it (``date_basis`` is ``figure``): the last of a longer time, and
        no later than the article; else the article's own (``article``). What has neither is left out.
        Places are those of entities where the text's wording is resolved.

    Examples
    --------
    >>> from newsnlp import Article, load
    >>> texts = ["Au moins 12 morts à Gao.", "Le bilan de l'attaque est de 15 morts à Gao."]
    >>> articles = [Article(text=text, published_at=f"2026-03-12T1{i}:00:00") for i, text in enumerate(texts)]
    >>> table = casualties_by_day(load().pipe(articles))
    >>> print(table[["day", "place", "event", "latest", "low", "articles"]].to_csv(index=False), end="")
    day,place,event,latest,low,articles
    2026-03-12,Gao,killed,15.0,12.0,2
    """
    import pandas as pd

    stated = view_of(
        _frames(corpus, "articles", "entities", "figures"), CASUALTY_EVENTS, unwanted=UNCOUNTED, resolved=True
    )
    of_article = _local(stated["published_at"], timezone).dt.normalize().astype("datetime64[s]")
    told = pd.Series([_day(last) for last in stated["when_end"]], index=stated.index, dtype="datetime64[s]")
    day = told.where(told.isna() | of_article.isna() | (told <= of_article), of_article).fillna(of_article)
    stated = stated.assign(day=day)[day.notna()].sort_values("published_at", kind="stable")
    rows: list[dict[str, Any]] = []
    groups: Any = stated.groupby(["day", "place", "event", "toll_role"], dropna=False, sort=True)
    for (when, place, event, role), told_there in groups:
        for group in _by_event(told_there):
            last = group.iloc[-1]
            rows.append(
                {
                    "day": when,
                    "place": None if pd.isna(place) else place,
                    "country": next((country for country in group["country"] if not pd.isna(country)), None),
                    "event": event,
                    "toll_role": None if pd.isna(role) else role,
                    "counted": last["counted"],
                    "latest": _leading(last),
                    "low": group["low"].min(),
                    "high": None if group["high"].isna().any() else group["high"].max(),
                    "articles": group["article_id"].nunique(),
                    "sources": group["article_source"].nunique(),
                    "date_basis": "figure" if (group["date_basis"] == "figure").any() else "article",
                }
            )
    types = {
        "place": TEXT,
        "country": TEXT,
        "event": TEXT,
        "toll_role": TEXT,
        "counted": TEXT,
        "latest": NUMBER,
        "low": NUMBER,
        "high": NUMBER,
        "articles": INTEGER,
        "sources": INTEGER,
        "date_basis": TEXT,
    }
    table = {column: _series([_plain(row[column]) for row in rows], dtype) for column, dtype in types.items()}
    days = pd.Series([row["day"] for row in rows], dtype="datetime64[s]")
    return pd.DataFrame({"day": days, **table})


def _by_event(group: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the tolls of one day, place and event word by what happened: an article tells no two of one thing."""
    parts: list[tuple[set[str], set[str], list[int]]] = []
    told = zip(group["article_id"], group["kinds"].fillna(""), strict=True)
    for at, (article, nouns) in enumerate(told):
        kinds = set(filter(None, nouns.split(LIST_SEPARATOR)))
        may = (one for one in parts[-REACH:] if article not in one[1])
        fitting = [one for one in may if not (kinds and one[0]) or not kinds.isdisjoint(one[0])]
        # One whose noun is the same before one that has none.
        chosen = max(fitting, key=lambda one: len(kinds & one[0]), default=None)
        if chosen is None:
            chosen = (set(), set(), [])
            parts.append(chosen)
        chosen[0].update(kinds)
        chosen[1].add(article)
        chosen[2].append(at)
    yield from (group.iloc[places] for _, _, places in parts)


def _identified(frames: Mapping[str, pd.DataFrame], *, linked: bool) -> pd.DataFrame:
    """Return the entities under their names in the corpus, each with the ``key`` that those which are one share."""
    entities = frames["entities"]
    folded = entities["name"].str.casefold()
    if not linked:
        return entities.assign(key=folded)
    found = linked_entities(told_of(frames))
    ours = [found.get(key) for key in zip(entities["article_id"], entities["entity_id"], strict=True)]
    columns: dict[str, list[Any]] = {"key": folded.tolist()}
    columns |= {name: entities[name].tolist() for name in ("name", "label", "country")}
    for place, one in enumerate(ours):
        if one is not None:
            columns["key"][place], columns["name"][place] = one.corpus_id, one.name
            columns["label"][place], columns["country"][place] = one.label, one.country
    return entities.assign(**{name: _series(cells, TEXT) for name, cells in columns.items()})


def _day(value: object) -> Any:
    """Return a day as NumPy has it, none for what is no text."""
    import numpy as np

    day = iso_day(value) if isinstance(value, str) else None
    return np.datetime64("NaT" if day is None else day, "s")


def _leading(row: pd.Series[Any]) -> Any:
    """Return the value of an article's leading statement; of « au moins 12 », the 12."""
    import pandas as pd

    return row["low"] if pd.isna(row["value"]) else row["value"]


def _plain(value: object) -> Any:
    import pandas as pd

    return None if value is None or value is pd.NA or value != value else value  # noqa: PLR0124  # NaN


def _frames(corpus: Corpus, *needed: str) -> Mapping[str, pd.DataFrame]:
    return checked_frames(corpus, *needed) if isinstance(corpus, Mapping) else to_frames(corpus)


def _local(moments: pd.Series[Any], timezone: str) -> pd.Series[Any]:
    """Return the moments as clocks of a time zone show them."""
    local: pd.Series[Any] = moments.dt.tz_convert(zone_of(timezone)).dt.tz_localize(None)
    return local


def _keys(frame: pd.DataFrame) -> Iterator[tuple[str, str]]:
    return zip(frame["key"], frame["label"], strict=True)


def _preferred(frame: pd.DataFrame, keys: list[str], column: str) -> dict[tuple[str, str], str]:
    """Return the most frequent value of a column for each key, the first in the alphabet among equals."""
    known = frame[frame[column].notna()]
    counted = known.groupby([*keys, column], observed=True).size().reset_index(name="times")
    counted = counted.sort_values(["times", column], ascending=[False, True]).drop_duplicates(keys)
    return dict(zip(zip(counted[keys[0]], counted[keys[1]], strict=True), counted[column], strict=True))
