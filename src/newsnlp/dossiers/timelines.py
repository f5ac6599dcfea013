"""How tolls went, article by article, and where what is said of them cannot all be true."""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from newsnlp.counts.reconciling import merged
from newsnlp.counts.roles import DENIED, PREVIOUS, TOTAL
from newsnlp.dossiers.tolls import tolls
from newsnlp.errors import SourceError
from newsnlp.record_kinds import LIST_SEPARATOR
from newsnlp.tables.article_rows import rows_of
from newsnlp.tables.frames import _series
from newsnlp.tables.schema import INSTANT, INTEGER, NUMBER, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from newsnlp.dossiers.tolls import Corpus
    from newsnlp.tables.cells import Row

TIMELINE = MappingProxyType(
    {
        "story": TEXT,
        "event_type": TEXT,
        "event": TEXT,
        "as_of": TEXT,
        "published_at": INSTANT,
        "article_id": TEXT,
        "low": NUMBER,
        "best": NUMBER,
        "high": NUMBER,
        "change": TEXT,
        "difference": NUMBER,
        "place": TEXT,
        "source": TEXT,
        "publisher": TEXT,
        "statements": INTEGER,
        "figure": INTEGER,
        "sentence": TEXT,
    }
)
_SIDE = ("article_id", "source", "publisher", "low", "high", "figure", "sentence")
_TYPES = {"low": NUMBER, "high": NUMBER, "figure": INTEGER}
CONTRADICTIONS = MappingProxyType(
    {
        "story": TEXT,
        "event": TEXT,
        "kind": TEXT,
        "as_of": TEXT,
        **{column: _TYPES.get(column, TEXT) for column in _SIDE},
        **{f"other_{column}": _TYPES.get(column, TEXT) for column in _SIDE},
    }
)
# Of these fewer is no contradiction: people are found, set free, sent home.
_RISING = ("killed", "injured")


class _Bounds(NamedTuple):
    low: float | None
    high: float | None
    value: float | None


def timeline(corpus: Corpus | pd.DataFrame, *, group: bool = True) -> pd.DataFrame:
    """Return how each toll of each story went: one row an article that gives a total, ready for a chart.

    Parameters
    ----------
    corpus : DataFrame, iterable of Analysis, dict of DataFrame, or path
        What `tolls` returned, whole or some of its rows, or anything that `tolls` takes.
    group : bool
        As in `tolls`.

    Returns
    -------
    DataFrame
        By story and event, in order of publication. ``low`` and ``high`` span what the article's sources say,
        ``best`` is the number that it gives first. ``change`` is ``first``, ``rise``, ``fall`` or ``same`` against
        the row before, ``difference`` by how much ``best`` went. Older tolls that articles quote make no rows of
        their own, so a late article that tells an old number is no fall.

    Examples
    --------
    >>> from newsnlp import Article, load, timeline
    >>> texts = [
    ...     "Séisme à Agadir : au moins 12 morts.",
    ...     "Le bilan du séisme d'Agadir passe à 15 morts, contre 12 la veille.",
    ... ]
    >>> articles = [Article(text=text, published_at=f"2026-03-1{day}") for day, text in enumerate(texts)]
    >>> table = timeline(load().pipe(articles), group=False)
    >>> print(table[["event", "as_of", "best", "change", "difference"]].to_csv(index=False), end="")
    event,as_of,best,change,difference
    killed,2026-03-10,12.0,first,
    killed,2026-03-11,15.0,rise,3.0
    """
    rows: list[Row] = []
    for told in _by_event(_tolls(corpus, group=group)).values():
        last: Row | None = None
        for members in _by_article(told):
            row = _point(members)
            if row is None:
                continue
            before = None if last is None else last["best"]
            row["change"], row["difference"] = _change(before, row["best"])
            rows.append(row)
            last = row
    return _table(rows, TIMELINE)


def contradictions(corpus: Corpus | pd.DataFrame, *, group: bool = True) -> pd.DataFrame:
    """Return where two statements on one toll cannot both be true: a pair of them a row.

    Parameters
    ----------
    corpus : DataFrame, iterable of Analysis, dict of DataFrame, or path
        As in `timeline`.
    group : bool
        As in `tolls`.

    Returns
    -------
    DataFrame
        ``kind`` tells what sort it is: ``sources``, two totals in one article; ``denied``, a number that the article
        says is false, beside the one that holds; ``corrected``, a toll of dead or injured that the article replaces by
        a lower one; ``outlets``, two articles of one day of which the later tells fewer dead or injured. The first
        columns are the statement that comes first or holds, those that begin with ``other_`` the one against it.

    Examples
    --------
    >>> from newsnlp import Article, contradictions, load
    >>> text = "Heurts à Nairobi : le gouvernement parle de trois morts, l'opposition de huit morts."
    >>> table = contradictions(load()(Article(text=text, published_at="2026-03-10")), group=False)
    >>> print(table[["event", "kind", "low", "other_low"]].to_csv(index=False), end="")
    event,kind,low,other_low
    killed,sources,3.0,8.0
    """
    rows = []
    for told in _by_event(_tolls(corpus, group=group)).values():
        articles = _by_article(told)
        for members in articles:
            rows += [_pair(kind, one, other) for kind, one, other in _within(members)]
        rows += [_pair("outlets", one, other) for one, other in _across(articles)]
    return _table(rows, CONTRADICTIONS)


def _tolls(corpus: Corpus | pd.DataFrame, *, group: bool) -> pd.DataFrame:
    columns = getattr(corpus, "columns", None)
    if columns is None:
        return tolls(cast("Corpus", corpus), group=group)
    needed = ("story", "event", "article_id", "role", "standing", "low", "high", "statements")
    if absent := [name for name in needed if name not in columns]:
        message = f"a DataFrame without the columns {', '.join(absent)}; accepted: what tolls returned, or a corpus"
        raise SourceError(message)
    return cast("pd.DataFrame", corpus)


def _by_event(table: pd.DataFrame) -> dict[tuple[str, str], list[Row]]:
    """Return the statements of each story and event; rows that span several sources are no statements."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows_of(table):
        if (row["statements"] or 1) == 1:
            found[row["story"], row["event"]].append(row)
    return found


def _by_article(told: Iterable[Row]) -> list[list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in told:
        found[row["article_id"]].append(row)
    return list(found.values())


def _totals(members: Iterable[Row]) -> list[Row]:
    return [row for row in members if row["role"] == TOTAL and _number(row) is not None]


def _number(row: Row) -> float | None:
    number: float | None = row["low"] if row["low"] is not None else row["high"]
    return number


def _point(members: Sequence[Row]) -> Row | None:
    totals = _totals(members)
    if not totals:
        return None
    low, high, best, _ = merged([_Bounds(row["low"], row["high"], _value(row)) for row in totals])
    sources = dict.fromkeys(row["source"] for row in totals if row["source"])
    numbers = {"low": low, "high": high, "best": best, "statements": len(totals)}
    return totals[0] | numbers | {"source": LIST_SEPARATOR.join(sources) or None}


def _value(row: Row) -> float | None:
    value: float | None = row["best"] if row["low"] == row["high"] else None
    return value


def _change(before: float | None, now: float | None) -> tuple[str, float | None]:
    if before is None or now is None:
        return "first", None
    return ("same" if now == before else "rise" if now > before else "fall"), now - before


def _within(members: Sequence[Row]) -> Iterator[tuple[str, Row, Row]]:
    """Yield the pairs of one article: each total with the first that it cannot hold beside."""
    totals = _totals(members)
    for at, other in enumerate(totals):
        against = next((one for one in totals[:at] if not _agree(one, other)), None)
        if against is not None and not any(_same(other, one) for one in totals[:at]):
            yield "sources", against, other
    if not totals:
        return
    for other in members:
        if _number(other) is None or any(_agree(one, other) for one in totals):
            continue
        if other["role"] == DENIED:
            yield "denied", totals[0], other
        elif other["role"] == PREVIOUS and other["event"] in _RISING and _is_less(totals[0], other):
            yield "corrected", totals[0], other


def _across(articles: Sequence[Sequence[Row]]) -> Iterator[tuple[Row, Row]]:
    """Yield pairs of articles that follow each other on one day, of which the later tells less and corrects nothing."""
    before: list[Row] = []
    for members in articles:
        totals = _totals(members)
        corrected = any(row["role"] in (PREVIOUS, DENIED) for row in members)
        if before and totals and not corrected and before[0]["as_of"] == totals[0]["as_of"]:
            one, other = before[0], totals[0]
            if (
                one["event"] in _RISING
                and not any(_agree(a, b) for a in before for b in totals)
                and _is_less(other, one)
            ):
                yield one, other
        before = totals or before


def _agree(one: Row, other: Row) -> bool:
    lows = [row["low"] for row in (one, other) if row["low"] is not None]
    highs = [row["high"] for row in (one, other) if row["high"] is not None]
    return not lows or not highs or max(lows) <= min(highs)


def _same(one: Row, other: Row) -> bool:
    return (one["low"], one["high"]) == (other["low"], other["high"])


def _is_less(one: Row, other: Row) -> bool:
    return (_number(one) or 0) < (_number(other) or 0)


def _pair(kind: str, one: Row, other: Row) -> Row:
    return {
        **{column: one[column] for column in ("story", "event", "as_of", *_SIDE)},
        **{f"other_{column}": other[column] for column in _SIDE},
        "kind": kind,
    }


def _table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {column: _series([row.get(column) for row in rows], dtype) for column, dtype in columns.items()}
    )
