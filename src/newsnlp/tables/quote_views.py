"""Who is heard in a corpus: speakers, women and men."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newsnlp.lexicons.genders import PRONOUNS, gender_of, is_one_person
from newsnlp.linking import linked as linked_entities
from newsnlp.linking import told_of_rows
from newsnlp.record_kinds import LIST_SEPARATOR
from newsnlp.records import Label, QuoteKind
from newsnlp.safety.values import choice
from newsnlp.tables.article_rows import Unread, rows_by_article
from newsnlp.tables.cells import TIMEZONE, zone_of
from newsnlp.tables.frames import _series, warn_of
from newsnlp.tables.schema import INSTANT, INTEGER, NUMBER, TEXT
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from newsnlp.tables.article_rows import Corpus
    from newsnlp.tables.cells import Losses, Row

ARTICLE = re.compile(r"(?:(?:les?|la|une?|des|du) |l')")
WORD = re.compile(r"\w+")
DAY = "day"
SPEAKERS = {
    "name": TEXT,
    "label": TEXT,
    "role": TEXT,
    "organisation": TEXT,
    "country": TEXT,
    "source_kind": TEXT,
    "quotes": INTEGER,
    "articles": INTEGER,
    "words": INTEGER,
    "characters": INTEGER,
    **dict.fromkeys((str(kind) for kind in QuoteKind), INTEGER),
    "first_day": DAY,
    "last_day": DAY,
    "topics": TEXT,
    "outlets": TEXT,
}
GENDERS = {"f": "women", "m": "men", None: "unknown"}
GENDER = {
    "gender": TEXT,
    "people": INTEGER,
    "share": NUMBER,
    "low": NUMBER,
    "high": NUMBER,
    "quotes": INTEGER,
    "words": INTEGER,
    "articles": INTEGER,
}
BY = {"outlet": "source", "topic": "topic"}
# The normal quantile of 95 %.
Z = 1.959964
# Characters before a speaker in which its title or determiner stands: *Mademoiselle*.
TITLE = 14


def speakers(corpus: Corpus, *, timezone: str = TIMEZONE, linked: bool = True) -> pd.DataFrame:
    """Return who is quoted: one row a speaker, the most quoted first.

    Parameters
    ----------
    corpus : dict of DataFrame, or iterable of Analysis
        What `to_frames` or `read_tables` gave, or the analyses themselves.
    timezone : str
        Whose days.
    linked : bool
        Entities of several articles are one where `link_entities` says so (``Macron``, ``Emmanuel Macron``). False:
        if name and label are the same, whatever the capitals.

    Returns
    -------
    DataFrame
        ``name``, ``label``, ``role``, ``organisation``, ``country``, ``source_kind`` (of each the most frequent);
        ``quotes``, ``articles``, ``words`` and ``characters`` (of what is quoted), ``direct``, ``indirect``, ``mixed``;
        ``first_day`` and ``last_day``; ``topics`` and ``outlets``, the most frequent first, joined with ``" | "``.
        Without a name the words of the text stand for it (*une source policière*), and ``label`` is ``<NA>``.
        Quotations of nobody, and of a pronoun that nobody named stands behind, are left out.

    Examples
    --------
    >>> from newsnlp import load, speakers
    >>> texts = ["« Nous manquons de lits », a déclaré Anne Roux.",
    ...          "« Nous voulons des renforts », a affirmé Anne Roux."]
    >>> print(speakers(load().pipe(texts))[["name", "label", "quotes", "words", "direct"]].to_csv(index=False), end="")
    name,label,quotes,words,direct
    Anne Roux,PER,2,8,2
    """
    heard: dict[Any, _Heard] = defaultdict(_Heard)
    for article, row, _ in _quoted(corpus, linked=linked):
        name = row["name"] or (None if _is_pronoun(row["speaker"]) else row["speaker"])
        if name is not None:
            heard[row["corpus_id"] or (_key(name), row["label"])].add(article, row | {"name": name})
    rows = sorted((one.row() for one in heard.values()), key=lambda row: (-row["quotes"], -row["words"], row["name"]))
    return table_of(rows, SPEAKERS, timezone)


@dataclass(slots=True)
class _Heard:
    """What one speaker says over a corpus."""

    told: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    counts: Counter[str] = field(default_factory=Counter)
    articles: set[str] = field(default_factory=set)
    moments: list[Any] = field(default_factory=list)

    def add(self, article: Row, row: Row) -> None:
        for column in ("name", "label", "role", "organisation", "country", "source_kind"):
            self.told[column][row[column]] += row[column] is not None
        self.counts.update({"quotes": 1, row["kind"]: 1, "words": _words(row), "characters": len(row["text"] or "")})
        if article["article_id"] not in self.articles:
            self.articles.add(article["article_id"])
            self.told["topics"][article["topic"]] += article["topic"] is not None
            self.told["outlets"][article["source"]] += article["source"] is not None
            self.moments.append(article["published_at"])

    def row(self) -> Row:
        days = [moment for moment in self.moments if moment is not None]
        ranked = {column: _ranked(counter) for column, counter in self.told.items()}
        return {
            **{column: found[0] if found else None for column, found in ranked.items()},
            **{column: self.counts[column] for column in SPEAKERS if SPEAKERS[column] == INTEGER},
            "articles": len(self.articles),
            "first_day": min(days, default=None),
            "last_day": max(days, default=None),
            **{column: LIST_SEPARATOR.join(ranked[column]) or None for column in ("topics", "outlets")},
        }


def speaker_gender(corpus: Corpus, *, by: str | None = None) -> pd.DataFrame:
    """Return how many women and men are quoted, how many nothing tells, and how sure the shares are.

    Parameters
    ----------
    corpus : dict of DataFrame, or iterable of Analysis
    by : {"outlet", "topic"}, optional
        Counted apart for each.

    Returns
    -------
    DataFrame
        Rows ``women``, ``men``, ``unknown``; ``people`` counts each person once. ``share`` of women and men is among
        those whose gender is told, with ``low`` and ``high``, the Wilson interval of 95 %; that of ``unknown`` is among
        all. ``quotes`` and ``words`` are theirs, ``articles`` those that quote any. What tells are titles (*Mme*),
        given names, pronouns and grammatical gender (*la ministre*); bodies, documents, groups and pronouns without
        anybody named are no people. It is a count, and no field of any record.

    Examples
    --------
    >>> from newsnlp import load, speaker_gender
    >>> names = ("Anne Roux", "Jean Blin", "Marie Petit")
    >>> texts = [f"« Nous manquons de lits », a déclaré {name}." for name in names]
    >>> print(speaker_gender(load().pipe(texts)).round(2).to_csv(index=False), end="")
    gender,people,share,low,high,quotes,words,articles
    women,2,0.67,0.21,0.94,2,8,2
    men,1,0.33,0.06,0.79,1,4,1
    unknown,0,0.0,,,0,0,0
    """
    if by is not None:
        choice("by", by, tuple(BY))
    people: dict[Any, dict[Any, list[tuple[Row, Row, str | None]]]] = defaultdict(lambda: defaultdict(list))
    for article, row, before in _quoted(corpus):
        if row["label"] == Label.PER or (row["label"] is None and is_one_person(row["speaker"], before)):
            # Without a name, the préfète of one article is not that of another.
            known = (
                row["corpus_id"] or fold(row["name"]) if row["name"] else (article["article_id"], fold(row["speaker"]))
            )
            told = gender_of(row["speaker"], row["name"], row["role"], before)
            people[article[BY[by]] if by else None][known].append((article, row, told))
    rows: list[Row] = []
    for group, found in sorted(people.items(), key=lambda item: (item[0] is None, item[0] or "")):
        rows.extend({by or "": group} | row for row in _shares(found.values()))
    return table_of(rows or list(_shares([])), ({by: TEXT} if by else {}) | GENDER)


def _shares(people: Iterable[list[tuple[Row, Row, str | None]]]) -> Iterator[Row]:
    """Yield the row of each gender; somebody has the one that most of the quotations tell."""
    groups: dict[str | None, list[list[tuple[Row, Row, str | None]]]] = {gender: [] for gender in GENDERS}
    for found in people:
        women, men = (sum(told == gender for *_, told in found) for gender in ("f", "m"))
        groups["f" if women > men else "m" if men > women else None].append(found)
    everybody, unknown = sum(map(len, groups.values())), len(groups[None])
    for gender, group in groups.items():
        quoted = [item for found in group for item in found]
        total = everybody if gender is None else everybody - unknown
        low, high = (None, None) if gender is None else wilson(len(group), total)
        yield {
            "gender": GENDERS[gender],
            "people": len(group),
            "share": len(group) / total if total else None,
            "low": low,
            "high": high,
            "quotes": len(quoted),
            "words": sum(_words(row) for _, row, _ in quoted),
            "articles": len({article["article_id"] for article, *_ in quoted}),
        }


def wilson(found: int, total: int) -> tuple[float | None, float | None]:
    """Return the ends of the Wilson interval of 95 % of a share.

    Examples
    --------
    >>> [round(end, 3) for end in wilson(30, 100)]
    [0.219, 0.396]
    """
    if not total:
        return None, None
    share, spread = found / total, Z * Z / total
    middle = share + spread / 2
    half = Z * math.sqrt(share * (1 - share) / total + spread / (4 * total))
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return low if found else 0.0, high if found < total else 1.0  # not a rounding error beside it


def _quoted(corpus: Corpus, *, linked: bool = True) -> Iterator[tuple[Row, Row, str]]:
    """Yield each quotation of somebody: article, row with the entity as the corpus has it, what stands before it."""
    losses: Losses = Counter()
    counted = Unread("quotes")
    topics = ("topics",) if not isinstance(corpus, Mapping) or "topics" in corpus else ()
    told: list[Any] = []
    quoted: list[tuple[Row, Row, str]] = []
    for article, found in rows_by_article(corpus, losses, "entities", "quotes", *topics):
        counted.see(article)
        if linked:
            told.append(told_of_rows(article, found["entities"], found.get("topics", ())))
        labels = {row["entity_id"]: row["label"] for row in found["entities"]}
        kept = {column: article.get(column) for column in ("article_id", "published_at", "source", "topic")}
        for row in found["quotes"]:
            if row["speaker"] is not None or row["name"] is not None:
                place = (row["speaker_start"] or 0) - (row["sentence_start"] or 0)
                sentence = row["sentence"] or ""
                before = sentence[max(0, place - TITLE) : place] if 0 <= place <= len(sentence) else ""
                quoted.append((kept, row | {"label": labels.get(row["entity_id"]), "corpus_id": None}, before))
    entities = linked_entities(told)
    for article, row, before in quoted:
        one = entities.get((article["article_id"], row["entity_id"]))
        if one is None:
            yield article, row, before
        else:
            yield article, row | {"corpus_id": one.corpus_id, "name": one.name, "label": one.label}, before
    counted.tell()
    warn_of(losses)


def _is_pronoun(speaker: str | None) -> bool:
    words = fold(speaker or "").split()
    return not words or words[-1].removesuffix("s") in {*PRONOUNS, "on", "je", "nou", "eux"}


def _key(name: str) -> str:
    """Return what is one for *La police*, *la police* and *police*."""
    folded = fold(name)
    article = ARTICLE.match(folded)
    return folded if article is None else folded[article.end() :]


def _words(row: Row) -> int:
    return len(WORD.findall(row["text"] or ""))


def _ranked(counter: Counter[str]) -> list[str]:
    """Return what was counted, the most frequent first, then by the alphabet."""
    return sorted((value for value, times in counter.items() if times), key=lambda value: (-counter[value], value))


def table_of(
    rows: list[Row], columns: dict[str, str], timezone: str = TIMEZONE, losses: Losses | None = None
) -> pd.DataFrame:
    """Return rows as a table; a column of days has those of the clocks of a zone."""
    import pandas as pd

    series = {}
    for column, dtype in columns.items():
        cells = _series([row.get(column) for row in rows], INSTANT if dtype == DAY else dtype, losses)
        if dtype == DAY:
            local = cells.dt.tz_convert(zone_of(timezone)).dt.tz_localize(None)
            cells = local.dt.normalize().astype("datetime64[s]")
        series[column] = cells
    return pd.DataFrame(series)
