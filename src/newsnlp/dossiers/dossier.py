"""The events of a corpus that grows: each article is read once, tomorrow's joins what yesterday's told."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any, Self

from newsnlp.dossiers.happened import Happened
from newsnlp.dossiers.likeness import EPIDEMIC_DAYS, FOLLOW_UP, families_of, likeness, ordinal_of
from newsnlp.dossiers.occurrences import occurrences_of
from newsnlp.linking.corpus import day_of
from newsnlp.records import EventType
from newsnlp.tables.article_rows import Unread, rows_by_article
from newsnlp.tables.frames import warn_of

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from newsnlp.dossiers.occurrences import Occurrence
    from newsnlp.tables.article_rows import Corpus
    from newsnlp.tables.cells import Losses

# Events under one key that a further one is compared with: those told last.
MOST_ALIKE = 48
# A name or word in this share of the articles tells no two events together; of a few articles, as of so many.
COMMON_SHARE, FEW_ARTICLES = 0.1, 1000
# Names that are counted: beyond, those met once are forgotten.
MOST_COUNTED = 1_000_000
# An event so many days before its article is background, and joins no story.
RECENT = 14
TABLES = ("entities", "figures", "events")


class Dossier:
    """Events of a corpus, as rows: articles are added as they come, and only what they say of events is kept.

    Ids once given stay. An article whose id is known is not read again.

    Examples
    --------
    >>> from newsnlp import Article, Dossier, load
    >>> nlp, dossier = load(), Dossier()
    >>> monday = Article(text="Un séisme a frappé Agadir lundi. Il a fait 36 morts.", published_at="2026-03-02")
    >>> tuesday = Article(text="À Agadir, le séisme de lundi a fait 41 morts.", published_at="2026-03-03")
    >>> dossier.add(nlp(monday)), dossier.add(nlp(tuesday))
    (1, 1)
    >>> print(dossier.events()[["date", "place", "type", "killed_best"]].to_csv(index=False), end="")
    date,place,type,killed_best
    2026-03-02,Agadir,earthquake,41.0
    """

    def __init__(self) -> None:
        self.happened: dict[int, Happened] = {}
        self.article_ids: set[str] = set()
        # Number of an event -> an older one of its story.
        self.parents: dict[int, int] = {}
        self.name_counts: Counter[str] = Counter()
        self.opened = 0
        self._by_key: dict[object, dict[int, None]] = {}
        self._weights: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self.happened)

    def add(self, corpus: Corpus | str | os.PathLike[str]) -> int:
        """Take in articles, in order of publication; return how many of them were new.

        Parameters
        ----------
        corpus : dict of DataFrame, iterable of Analysis, or path
            What `to_frames` or `read_tables` gave, the analyses, or a folder of tables.
        """
        losses: Losses = Counter()
        unread = Unread("events")
        told: list[tuple[float, str, list[Occurrence]]] = []
        for article, found in rows_by_article(corpus_of(corpus), losses, *TABLES):
            unread.see(article)
            article_id = article["article_id"]
            if article_id in self.article_ids:
                continue
            self.article_ids.add(article_id)
            day = day_of(article["published_at"])
            told.append((math.inf if day is None else day, article_id, occurrences_of(article, day, found)))
        told.sort(key=lambda item: item[:2])
        # What is common in what comes is common from the first of it on.
        for _, _, occurrences in told:
            if occurrences:
                self._count({*occurrences[0].article.names, *occurrences[0].article.terms})
        self._weights.clear()
        for _, _, occurrences in told:
            self._join(occurrences)
        unread.tell()
        warn_of(losses)
        return len(told)

    def events(self, convention: str | None = None) -> pd.DataFrame:
        """Return one row an event, as `newsnlp.events` does."""
        from newsnlp.dossiers.event_rows import table

        return table(self, convention)

    def tolls(self) -> pd.DataFrame:
        """Return every number that articles give of the events, in the columns of `newsnlp.tolls`, with ``event_id``.

        `timeline` and `contradictions` take the table, or some of its rows.
        """
        from newsnlp.dossiers.row_tolls import tolls_of_dossier

        return tolls_of_dossier(self)

    def finished(self, before: Any, convention: str | None = None) -> pd.DataFrame:
        """Return the rows of events that no article has told since a day, and forget them.

        So a stream of articles without end takes as much memory as the events that are still written about.

        Parameters
        ----------
        before : date, datetime or str
            The first day, in ISO 8601, whose articles still hold an event open.
        convention : str, optional
        """
        from newsnlp.dossiers.event_rows import table_of_rows
        from newsnlp.safety.values import date_or_text, iso_moment

        moment = date_or_text(before)
        limit = day_of(iso_moment(moment) if isinstance(moment, str) else moment)
        if limit is None:
            from newsnlp.errors import OptionError, shown

            message = f"before={shown(before)} is no day; give a date, or a text in ISO 8601: 2026-03-31"
            raise OptionError(message)
        over = [one for one in self.happened.values() if one.last is not None and one.last < limit]
        rows = table_of_rows(self, over, convention)
        for one in over:
            del self.happened[one.number]
        gone = {one.number for one in over}
        for key in [key for key, held in self._by_key.items() if not gone.isdisjoint(held)]:
            held = {number: None for number in self._by_key.pop(key) if number not in gone}
            if held:
                self._by_key[key] = held
        return rows

    def save(self, path: object) -> None:
        """Write it into a file, which `load` reads; see `newsnlp.dossiers.saved`."""
        from newsnlp.dossiers.saved import save_dossier

        save_dossier(self, path)

    @classmethod
    def load(cls, path: object) -> Self:
        """Return what `save` wrote; a `DossierFormatError` where it is damaged."""
        from newsnlp.dossiers.saved import load_dossier

        dossier = cls()
        load_dossier(dossier, path)
        return dossier

    def story_of(self, number: int) -> int:
        """Return the number of the first event of an event's story."""
        root = number
        while (parent := self.parents.get(root, root)) != root:
            root = parent
        while (parent := self.parents.get(number, number)) != root:
            self.parents[number] = root
            number = parent
        return root

    def enter(self, one: Happened) -> None:
        """Hold an event, under the keys that others like it are found by."""
        self.happened[one.number] = one
        self.opened = max(self.opened, one.number + 1)
        self._enter_keys(one, _keys_of(one))

    def _count(self, names: set[str]) -> None:
        self.name_counts.update(names)
        if len(self.name_counts) > MOST_COUNTED:
            self.name_counts = Counter({name: count for name, count in self.name_counts.items() if count > 1})

    def _weight(self, word: str) -> float:
        """Return what a name or word says: 1 of one met nowhere else, nothing of one in a tenth of the articles."""
        known = self._weights.get(word)
        if known is None:
            articles = max(FEW_ARTICLES, len(self.article_ids))
            known = max(0.0, 1.0 - math.log(max(1, self.name_counts[word])) / math.log(COMMON_SHARE * articles))
            self._weights[word] = known
        return known

    def _join(self, occurrences: list[Occurrence]) -> None:
        """Find or open the event of each that an article tells, and the story that they make."""
        recent: list[Happened] = []
        for one in occurrences:
            known = self._known(one)
            if known is None:
                if one.type is None:
                    continue
                known = Happened(self.opened)
                self.opened += 1
                self.happened[known.number] = known
            known.add(one)
            self._enter_keys(known, _keys_of_occurrence(one, families_of(one.type or known.type)))
            when = known.when
            day = one.article.day
            if when is None or day is None or ordinal_of(day) - when.end <= RECENT:
                recent.append(known)
        for other in recent[1:]:
            # What happened elsewhere is told beside it.
            if recent[0].country in (None, other.country) or other.country is None:
                first, second = sorted(self.story_of(known.number) for known in (recent[0], other))
                if first != second:
                    self.parents[second] = first

    def _known(self, one: Occurrence) -> Happened | None:
        """Return the event most like one, the last told of equals; None where none is like enough."""
        keys = _keys_of_occurrence(one, families_of(one.type))
        numbers = dict.fromkeys(number for key in keys for number in reversed(self._by_key.get(key, {})))
        best, most = None, 0.0
        for number in numbers:
            known = self.happened[number]
            when = known.when
            if one.days is not None and when is not None and _apart(one, when.begin, when.end):
                continue
            value = likeness(known, one, self._weight)
            if value > most:
                best, most = known, value
        return best

    def _enter_keys(self, known: Happened, keys: Iterator[object]) -> None:
        for key in keys:
            held = self._by_key.setdefault(key, {})
            held.pop(known.number, None)
            held[known.number] = None
            if len(held) > MOST_ALIKE:
                del held[next(iter(held))]


def corpus_of(corpus: Corpus | str | os.PathLike[str]) -> Corpus:
    """Return the tables of a folder; what is no path as it is."""
    import os

    if isinstance(corpus, str | os.PathLike):
        from newsnlp.tables.readers import read_tables

        return read_tables(corpus)
    return corpus


def _apart(one: Occurrence, begin: int, end: int) -> bool:
    """Whether two times are farther apart than any two tellings of one event; cheaper than to compare all else."""
    return one.days is not None and max(one.days.begin - end, begin - one.days.end) > max(FOLLOW_UP, EPIDEMIC_DAYS)


def _keys_of_occurrence(one: Occurrence, families: Iterable[int]) -> Iterator[object]:
    places = [] if one.where is None else [one.where.key, one.where.country]
    # The words that most articles have find nothing: a key holds the last events alone.
    for family in families:
        for key in (*places, one.name, *one.article.names[:8], *one.actors[:4], *one.article.terms[:12]):
            if key is not None:
                yield family, key


def _keys_of(one: Happened) -> Iterator[object]:
    """Yield the keys of an event that was read back: those of all that articles told of it."""
    for family in {family for kind in one.types for family in families_of(EventType(kind))}:
        for place in one.places.values():
            yield family, place.key
            if place.country is not None:
                yield family, place.country
        for name in (*one.given_names, *one.names, *one.actors, *one.terms):
            yield family, name
