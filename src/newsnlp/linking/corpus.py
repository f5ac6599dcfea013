"""The door of `linking`: a corpus in, one row an entity out; tomorrow's articles join yesterday's names."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newsnlp.errors import ArticleError, OptionError, shown
from newsnlp.linking.entity_links import Links, Told, corpus_id
from newsnlp.linking.keys import LinkReason, Seen
from newsnlp.record_kinds import LIST_SEPARATOR
from newsnlp.records import Analysis, Label
from newsnlp.safety.escaping import storable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pandas as pd

    from newsnlp.records import Entity

    Corpus = Mapping[str, pd.DataFrame] | Analysis | Iterable[Analysis] | str | os.PathLike[str]

DAY_SECONDS = 86_400.0
_LABELS = frozenset(map(str, Label))
# Columns of the tables of entities and of articles that are read.
_ENTITY = ("article_id", "entity_id", "name", "label", "aliases", "mention_count", "country", "role_key")
_IDS = ("geonameid", "authority_id", "wikidata")
_COLUMNS = (*_ENTITY, *_IDS)


class EntityLinks(Links):
    """The names of a corpus that grows: tomorrow's articles are linked without yesterday's being read again.

    A ``corpus_id`` once given stays. Where a name that stood alone (``Durand``, an acronym) turns out to be another
    when that one comes, the older id stays, and `joins` tells which went. An article whose id is known is not counted
    twice.

    Examples
    --------
    >>> from newsnlp import EntityLinks, load, link_entities
    >>> nlp, links = load(), EntityLinks()
    >>> monday = link_entities(nlp("Angela Merkel est à Berlin."), links)
    >>> tuesday = link_entities(nlp("Berlin attend Angela Merkel."), links)
    >>> print(tuesday[["corpus_id", "name", "reason"]].to_csv(index=False), end="")
    corpus_id,name,reason
    c2,Berlin,geonameid
    c1,Angela Merkel,same_name
    """

    def __len__(self) -> int:
        return sum(self.names.parents[number] == number for number in range(len(self.names)))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield one row a name: what articles say of it most often, how many they are, and its other forms."""
        for number in range(len(self.names)):
            if self.names.parents[number] != number:
                continue
            days = (self.names.first_days[number], self.names.last_days[number])
            first, last = (None if day != day else datetime.fromtimestamp(day * DAY_SECONDS, UTC) for day in days)  # noqa: PLR0124
            name = self.canonical(number)
            forms = (*(form for form, _ in self.names.each_form(number)), *self.names.aliases.get(number, ()))
            yield {
                "corpus_id": corpus_id(number),
                "name": name,
                "label": str(self.names.labels[number]),
                "aliases": LIST_SEPARATOR.join(dict.fromkeys(form for form in forms if form != name)) or None,
                "country": self.names.countries[number],
                "role_key": self.names.roles[number],
                "geonameid": self.names.geonameids.get(number),
                "authority_id": self.names.authorities.get(number),
                "wikidata": self.names.wikidata.get(number),
                "articles": self.names.article_counts[number],
                "mentions": self.names.mention_counts[number],
                "first_day": first,
                "last_day": last,
            }

    def table(self) -> pd.DataFrame:
        """Return the names of the corpus as a table: see `rows`.

        Examples
        --------
        >>> from newsnlp import EntityLinks, load, link_entities
        >>> links = EntityLinks()
        >>> _ = link_entities(load().pipe(["Angela Merkel est à Berlin.", "Berlin attend Angela Merkel."]), links)
        >>> print(links.table()[["corpus_id", "name", "articles"]].to_csv(index=False), end="")
        corpus_id,name,articles
        c1,Angela Merkel,2
        c2,Berlin,2
        """
        return _table(self.rows(), NAME_COLUMNS)


INTEGERS = ("geonameid", "articles", "mentions")
INSTANTS = ("first_day", "last_day")
NAME_COLUMNS = (
    *("corpus_id", "name", "label", "aliases", "country", "role_key", "geonameid", "authority_id", "wikidata"),
    *("articles", "mentions", "first_day", "last_day"),
)
LINK_COLUMNS = (
    *("article_id", "entity_id", "corpus_id", "name", "label", "reason", "text"),
    *("country", "role_key", "geonameid", "authority_id", "wikidata"),
)


def link_entities(corpus: Corpus, links: EntityLinks | None = None) -> pd.DataFrame:
    """Return who or what each entity of each article is in the corpus, and why it is taken for that.

    Parameters
    ----------
    corpus : dict of DataFrame, iterable of Analysis, or path
        What `to_frames` or `read_tables` gave, the analyses, or a folder of tables. Dates of the articles and their
        topics help where they are known.
    links : EntityLinks, optional
        The names of the articles before; those of these are added to it.

    Returns
    -------
    DataFrame
        One row an entity, in the order of the articles: ``article_id`` and ``entity_id``; ``corpus_id``, which all
        entities that are one person, place or body share; ``name``, its canonical name in the corpus, and ``text``,
        that in the article; ``label`` is the corpus' too, and so are ``country``, ``role_key``, ``geonameid``,
        ``authority_id`` and ``wikidata``, where any article tells them. ``reason`` is one of `LinkReason`:

        - ``first``: nothing met before is it;
        - ``authority``, ``wikidata``, ``geonameid``: the same id;
        - ``known_name``: newsnlp's lexicons know both names for one (*Daech*, *État islamique*);
        - ``same_name``: the same full name; ``surname_in_article``: the article goes by the surname, and has the full
          name;
        - ``other_form``: initials, more or fewer given names, another romanisation, and something else in common;
        - ``only_bearer``: a surname alone, and one bearer of it in articles of the same half year with which it shares
          other names, a subject or the office;
        - ``acronym``: an acronym and the name that an article tells for it;
        - ``head_and_country``: what every state has (*Sénat*, *ministère de la Défense*), and the same country.

    Notes
    -----
    Likeness alone joins nothing. Two bearers of one name stay apart where country or walk of life differ and nobody
    else is in both their articles, and wherever an article names both.

    Examples
    --------
    >>> from newsnlp import Article, load
    >>> texts = ["Emmanuel Macron a reçu Angela Merkel à Berlin.", "Macron et Angela Merkel ont dîné à Berlin."]
    >>> articles = [Article(text=text, id=f"a{n}", published_at=f"2019-03-0{n}") for n, text in enumerate(texts, 1)]
    >>> table = link_entities(load().pipe(articles))
    >>> print(table[["article_id", "corpus_id", "name", "text", "reason"]].to_csv(index=False), end="")
    article_id,corpus_id,name,text,reason
    a1,c1,Emmanuel Macron,Emmanuel Macron,first
    a1,c2,Angela Merkel,Angela Merkel,first
    a1,c3,Berlin,Berlin,first
    a2,c1,Emmanuel Macron,Macron,only_bearer
    a2,c2,Angela Merkel,Angela Merkel,same_name
    a2,c3,Berlin,Berlin,geonameid
    """
    known = checked_links(links)
    keys: list[tuple[str, str]] = []
    texts: list[str] = []
    numbers, reasons = known.link(noted(told_of(corpus), keys, texts))
    return _link_table(known, keys, texts, numbers, reasons)


def checked_links(links: object) -> EntityLinks:
    """Return the names of a caller, new ones for None."""
    if not isinstance(links, EntityLinks | None):
        message = f"links={shown(links)} is not accepted; give EntityLinks()"
        raise OptionError(message)
    return EntityLinks() if links is None else links


def noted(told: Iterable[tuple[Told, Sequence[str]]], keys: list[tuple[str, str]], texts: list[str]) -> Iterator[Told]:
    """Yield the articles, noting the ids and texts of their entities."""
    for article, ids in told:
        keys.extend((article.id, entity_id) for entity_id in ids)
        texts.extend(seen.name for seen in article.entities)
        yield article


def told_of(corpus: Corpus) -> Iterator[tuple[Told, Sequence[str]]]:
    """Yield the articles of a corpus as they are linked, each with the ids of its entities.

    An article of tables without entities is left out.
    """
    from newsnlp.tables.frames import Numbering, checked_frames

    if isinstance(corpus, str | os.PathLike):
        from newsnlp.tables.readers import read_tables

        corpus = read_tables(corpus)
    if isinstance(corpus, Mapping):
        yield from _told_of_frames(checked_frames(corpus, "articles", "entities"))
        return
    from collections import Counter

    for analysis in Numbering(Counter()).each(corpus):
        yield told_of_analysis(analysis), [storable(entity.id) for entity in analysis.entities]


def told_of_analysis(analysis: Analysis) -> Told:
    """Return an article as it is linked.

    Raises
    ------
    ArticleError
        If its records, made by hand or by another program, are not what their types say.
    """
    article = analysis.article
    try:
        entities = [_seen_of(entity) for entity in analysis.entities]
        subjects = tuple(topic.code for topic in analysis.topics)
    except (TypeError, ValueError, AttributeError) as error:
        raise ArticleError.unreadable(article.id, error) from error
    return Told(article.id, day_of(article.published_at), subjects, entities)


def _seen_of(entity: Entity) -> Seen:
    """Return an entity as it is linked: texts as tables can hold them."""
    texts = [
        None if text is None else storable(text)
        for text in (entity.country, entity.role_key, entity.authority_id, entity.wikidata)
    ]
    return Seen(
        article=-1,
        name=storable(entity.name),
        label=str(entity.label),
        aliases=tuple(map(storable, entity.aliases)),
        mentions=int(entity.mention_count),
        country=texts[0],
        role_key=texts[1],
        geonameid=entity.geonameid,
        authority_id=texts[2],
        wikidata=texts[3],
    )


def day_of(moment: datetime | None) -> float | None:
    """Return days since 1970 in UTC; a moment without a time zone is taken as UTC."""
    if moment is None or moment != moment:  # noqa: PLR0124  # NaT
        return None
    aware = moment if moment.utcoffset() is not None else moment.replace(tzinfo=UTC)
    return aware.timestamp() / DAY_SECONDS


def _told_of_frames(frames: Mapping[str, pd.DataFrame]) -> Iterator[tuple[Told, Sequence[str]]]:
    articles, entities = frames["articles"], frames["entities"]
    days = dict(zip(articles["article_id"].tolist(), articles["published_at"].tolist(), strict=True))
    subjects: dict[str, list[str]] = defaultdict(list)
    if hasattr(frames.get("topics"), "columns"):
        for article, code in zip(*(_cells(frames["topics"], name) for name in ("article_id", "code")), strict=True):
            subjects[article].append(code)
    columns = [_cells(entities, name) for name in _COLUMNS]
    places: dict[str, list[int]] = defaultdict(list)
    for place, article in enumerate(columns[0]):
        places[article].append(place)
    for article, own in places.items():
        rows = (dict(zip(_COLUMNS, [cells[place] for cells in columns], strict=True)) for place in own)
        codes = ({"code": code} for code in subjects.get(article, ()))
        yield told_of_rows({"article_id": article, "published_at": days.get(article)}, rows, codes)


def _cells(frame: pd.DataFrame, name: str) -> list[Any]:
    """Return a column as plain values, absent as None; of tables of an older newsnlp it may be missing."""
    if name not in frame.columns:
        return [None] * len(frame)
    # Each different value once: a million texts would be a million objects.
    codes, values = frame[name].factorize()
    held = [*values.tolist(), None]
    return [held[code] for code in codes.tolist()]


def told_of_rows(
    article: Mapping[str, Any], entities: Iterable[Mapping[str, Any]], topics: Iterable[Mapping[str, Any]] = ()
) -> tuple[Told, list[str]]:
    """Return an article as it is linked, of its rows in the tables, and the ids of its entities."""
    made: list[Seen] = []
    ids: list[str] = []
    for row in entities:
        if row["label"] in _LABELS and row["name"]:
            ids.append(row["entity_id"])
            aliases = tuple(row["aliases"].split(LIST_SEPARATOR)) if row.get("aliases") else ()
            mentions = int(row.get("mention_count") or 1)
            others = (row.get("country"), row.get("role_key"), *(row.get(column) for column in _IDS))
            made.append(Seen(-1, row["name"], row["label"], aliases, mentions, *others))
    subjects = tuple(row["code"] for row in topics if row["code"])
    told = Told(article["article_id"], day_of(article.get("published_at")), subjects, made)
    return told, ids


def _link_table(
    links: EntityLinks,
    keys: list[tuple[str, str]],
    texts: list[str],
    numbers: Iterable[int],
    reasons: list[LinkReason],
) -> pd.DataFrame:
    import pandas as pd

    names = links.names
    roots = [names.root(number) for number in numbers]
    shown_names = {root: links.canonical(root) for root in set(roots)}
    ids = {root: corpus_id(root) for root in shown_names}
    # One column at a time: of a million entities all of them would be a hundred megabytes.
    columns: dict[str, Callable[[], list[Any]]] = {
        "article_id": lambda: [article for article, _ in keys],
        "entity_id": lambda: [entity for _, entity in keys],
        "corpus_id": lambda: [ids[root] for root in roots],
        "name": lambda: [shown_names[root] for root in roots],
        "label": lambda: [str(names.labels[root]) for root in roots],
        "reason": lambda: [str(reason) for reason in reasons],
        "text": lambda: texts,
        "country": lambda: [names.countries[root] for root in roots],
        "role_key": lambda: [names.roles[root] for root in roots],
        "geonameid": lambda: [names.geonameids.get(root) for root in roots],
        "authority_id": lambda: [names.authorities.get(root) for root in roots],
        "wikidata": lambda: [names.wikidata.get(root) for root in roots],
    }
    return pd.DataFrame({name: _typed(name, columns[name]()) for name in LINK_COLUMNS})


def _table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    held = list(rows)
    return pd.DataFrame({name: _typed(name, [row[name] for row in held]) for name in columns})


def _typed(name: str, cells: list[Any]) -> pd.Series[Any]:
    import pandas as pd

    from newsnlp.tables.frames import _series
    from newsnlp.tables.schema import INSTANT, INTEGER, TEXT

    if name in INSTANTS:
        return _series(cells, INSTANT)
    return pd.Series(cells, dtype=INTEGER if name in INTEGERS else TEXT)
