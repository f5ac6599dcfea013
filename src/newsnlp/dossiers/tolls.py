"""Tolls of a corpus: every statement of every story with its role, and the one row an event that stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from os import PathLike
from typing import TYPE_CHECKING

from newsnlp.counts.reconciling import reconcile
from newsnlp.counts.roles import OTHER, PREVIOUS, TOTAL
from newsnlp.counts.sites import wide_names
from newsnlp.counts.statements import statements_of
from newsnlp.dossiers.toll_rows import COLUMNS, PLACED, standing_rows, toll_frame, toll_row
from newsnlp.records import Analysis, Article
from newsnlp.safety.values import records_of
from newsnlp.tables.article_rows import Unread, rows_by_article
from newsnlp.tables.cells import instant
from newsnlp.tables.frames import warn_of
from newsnlp.tables.readers import read_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    from newsnlp.counts.reconciling import State
    from newsnlp.counts.statements import Statement
    from newsnlp.tables.cells import Losses, Row

    Corpus = Mapping[str, pd.DataFrame] | Analysis | Iterable[Analysis] | str | PathLike[str]

_LAST = datetime.max.replace(tzinfo=UTC)
_TABLES = ("articles", "entities", "figures", "events", "mentions")
# An article that says so in tables without texts is known by the sentences that its records keep.
_SENTENCES = ("mentions", "figures")


@dataclass(slots=True)
class Told:
    """One article with its statements, and what its event is."""

    article: Row
    statements: list[Statement]
    entities: Mapping[str, Row]
    event_type: str | None = None
    sentences: list[str] = field(default_factory=list)

    @property
    def moment(self) -> datetime:
        """When it was published, after all others where nobody knows."""
        moment = self.article["published_at"]
        return _LAST if moment is None else instant(moment)


def tolls(corpus: Corpus, *, group: bool = True) -> pd.DataFrame:
    """Return every count of victims that the articles of a corpus give, and what it is in the toll of its story.

    Parameters
    ----------
    corpus : iterable of Analysis, dict of DataFrame, or path
        The analyses, what `to_frames` or `read_tables` made of them, or the folder that `write_tables` or
        `analyze_corpus` wrote.
    group : bool
        Whether articles are parted into stories, as `stories` does. False: they all tell one story.

    Returns
    -------
    DataFrame
        One row a statement, story by story, in order of publication and of the text. ``event`` is what befell those
        counted (``killed``, ``injured``, ``missing`` …); ``low`` and ``high`` bound the number as its words do, None
        where they leave a side open or say no number (*plusieurs*), ``best`` is the number itself, or else the bound
        that is given, the lower first.

        ``role`` tells what the number is of: ``total``, the event's own toll; ``previous``, an older toll that the
        article quotes, or tells as if it still held; ``increment``, what is added (*trois nouveaux corps*);
        ``cumulative``, a sum over a longer time; ``part``, some of the victims (*dont deux enfants*, one town of
        several); ``denied``, what somebody calls false or the text takes back; ``other``, the toll of another event,
        a plan, people who are no victims.

        ``standing`` is true for one row of each story and event: what holds after the last article that gives a total.
        Where two sources differ in it, their statements stay rows of their own and this row, with ``statements`` of
        two and more and no ``figure``, spans them; ``best`` is then that of the statement which the article gives
        first. ``superseded_by`` is the row that took the place of an older toll, ``as_of`` the day that a toll is of.
        ``place`` is the statement's own, or that of the story, with its coordinates; ``source`` who says so,
        ``publisher`` the outlet, ``figure`` the index in ``analysis.figures`` (none for *un dixième décès*).

    Raises
    ------
    SourceError
        If a table or folder cannot be read.
    ArticleError
        If something is no analysis.

    Notes
    -----
    Nothing is added up, and no number is made: each comes from a sentence. How numbers are told apart stands in
    docs/tolls.md. Time grows with the number of statements, apart from the grouping.

    Examples
    --------
    >>> from newsnlp import Article, load, tolls
    >>> texts = [
    ...     "Séisme à Agadir : au moins 12 morts et 40 blessés, selon la protection civile.",
    ...     "Le bilan du séisme d'Agadir passe à 15 morts, dont trois enfants, contre 12 la veille.",
    ... ]
    >>> articles = [Article(text=text, published_at=f"2026-03-1{day}") for day, text in enumerate(texts)]
    >>> table = tolls(load().pipe(articles), group=False)
    >>> print(table[["event", "low", "high", "role", "standing"]].to_csv(index=False), end="")
    event,low,high,role,standing
    killed,12.0,,total,False
    injured,40.0,40.0,total,True
    killed,15.0,15.0,total,True
    killed,3.0,3.0,part,False
    killed,12.0,12.0,previous,False
    """
    losses: Losses = Counter()
    stories = _grouped(corpus, losses) if group else [("s1", _told(corpus, losses))]
    rows: list[Row] = []
    for story, members in stories:
        members.sort(key=lambda one: one.moment)
        states = reconcile([(one.article, one.statements) for one in members])
        rows += _rows(story, members, states, len(rows))
    frame = toll_frame(rows, COLUMNS, losses)
    warn_of(losses)
    return frame


def _told(corpus: Corpus, losses: Losses) -> list[Told]:
    if isinstance(corpus, str | PathLike):
        corpus = read_tables(corpus)
    names: tuple[str, ...] = _TABLES[1:]
    if isinstance(corpus, Mapping):
        # Tables of an older version have no events, some nobody's names.
        names = ("entities", "figures", *(name for name in ("events", "mentions") if name in corpus))
    counted = Unread("figures")
    found = []
    for article, rows in rows_by_article(corpus, losses, *names):
        counted.see(article)
        entities = {row["entity_id"]: row for row in rows["entities"]}
        main = next(iter(rows.get("events", ())), None)
        sentences = [] if article.get("text") else list(_sentences(article, rows))
        told = Told(article, statements_of(article, rows), entities, main["type"] if main else None, sentences)
        found.append(told)
    counted.tell()
    return found


def _sentences(article: Row, rows: Mapping[str, list[Row]]) -> Iterator[str]:
    """Yield what tables without texts know of one: the title, and the sentences of records, in order."""
    if article.get("title"):
        yield str(article["title"])
    told = (row for name in _SENTENCES for row in rows.get(name, ()) if row["sentence"])
    kept = {row["sentence_start"] or 0: row["sentence"] for row in told}
    yield from (kept[at] for at in sorted(kept))


def _grouped(corpus: Corpus, losses: Losses) -> list[tuple[str, list[Told]]]:
    """Return the articles by story, the longest first, as `stories` has them."""
    from newsnlp.related import stories

    known: list[Analysis | Article]
    if isinstance(corpus, str | PathLike | Mapping):
        told = _told(corpus, losses)
        known = [_article(one) for one in told]
    else:
        analyses = list(records_of(corpus, Analysis))
        told = _told(analyses, losses)
        ids = [one.article["article_id"] for one in told]
        # An id that comes twice was numbered on its way into tables.
        known = [
            one if one.article.id == number else _renamed(one, number)
            for one, number in zip(analyses, ids, strict=True)
        ]
    by_id = {one.article["article_id"]: one for one in told}
    return [(story.id, [by_id[number] for number in story.article_ids]) for story in stories(known, min_size=1)]


def _renamed(analysis: Analysis, number: str) -> Analysis:
    from dataclasses import replace

    return replace(analysis, article=replace(analysis.article, id=number))


def _article(one: Told) -> Article:
    row = one.article
    return Article(
        id=row["article_id"],
        text=str(row.get("text") or "\n".join(one.sentences) or row.get("title") or "-"),
        title=row.get("title"),
        published_at=row["published_at"],
        source=row.get("source"),
    )


def _rows(story: str, members: Sequence[Told], states: Sequence[State], first: int) -> list[Row]:
    """Return the rows of one story, numbered from `first` on; the one that stands is where its first statement is."""
    ends = {state.event: state for state in states}
    place = _place_of(members)
    types = Counter(one.event_type for one in members if one.event_type)
    event_type = types.most_common(1)[0][0] if types else None
    rows: list[Row] = []
    at: dict[int, int] = {}
    for told in members:
        for one in told.statements:
            end = ends.get(one.event)
            row = toll_row(told.article, one) | _where(told, one, place) | {"story": story}
            row["event_type"] = None if one.role == OTHER else event_type
            rows += standing_rows(row, one, end)
            at[id(one)] = first + len(rows) - 1
    _link(members, states, rows, at, first)
    return rows


def _link(
    members: Sequence[Told], states: Sequence[State], rows: Sequence[Row], at: Mapping[int, int], first: int
) -> None:
    """Set, on each older toll, the row that took its place: of the article itself, or of the next one with a total."""
    heads: dict[str, list[tuple[int, Statement]]] = defaultdict(list)
    order = {id(one): number for number, told in enumerate(members) for one in told.statements}
    for state in states:
        heads[state.event].append((order[id(state.lead)], state.lead))
    for number, told in enumerate(members):
        figures = {one.row["figure"]: one for one in told.statements if one.row["figure"] is not None}
        for one in told.statements:
            row = rows[at[id(one)] - first]
            newer = figures.get(one.superseded_by) if one.superseded_by is not None else None
            if newer is None and one.role == PREVIOUS:
                newer = next((head for place, head in heads[one.event] if place >= number), None)
            elif newer is None and one.role == TOTAL:
                newer = next((head for place, head in heads[one.event] if place > number), None)
            if newer is not None and newer is not one:
                row["superseded_by"] = at[id(newer)]


def _where(told: Told, one: Statement, place: Row) -> Row:
    """Return the place of a statement, or that of its story."""
    if one.row.get("place") is not None:
        known = told.entities.get(one.row.get("place_id") or "", {})
        return {"place": one.row["place"], **{column: known.get(column) for column in PLACED}}
    lent = {} if one.role == OTHER else place
    return {"place": lent.get("place"), **{column: lent.get(column) for column in PLACED}}


def _place_of(members: Sequence[Told]) -> Row:
    """Return where the event was: the place that most totals of headlines and leads name, with its coordinates."""
    named: Counter[str] = Counter()
    known: dict[str, Row] = {}
    for told in members:
        for one in told.statements:
            place = one.row.get("place")
            if place is None or one.role not in (TOTAL, PREVIOUS):
                continue
            entity = told.entities.get(one.row.get("place_id") or "", {})
            named[place] += 1 + one.lead
            if place not in known or (known[place].get("latitude") is None and entity):
                known[place] = {column: entity.get(column) for column in PLACED}
    if not named:
        return {}
    # A town before the country of a headline, where both are told.
    narrow = Counter({name: times for name, times in named.items() if name.casefold() not in wide_names()})
    best = (narrow or named).most_common(1)[0][0]
    return {"place": best, **known[best]}
