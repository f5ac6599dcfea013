"""What is known of a corpus: its names and its articles, in columns, so that a million of them take little memory."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsnlp.linking.keys import Seen

# Articles of a name that a further one is compared with: the first ones and the last ones.
FIRST_ARTICLES, LAST_ARTICLES = 2, 6
# Names that an article is compared by, and forms of a name that are kept: more say nothing more.
MOST_COMPANY = 60
MOST_FORMS = 20
# Names under one key that a further one is compared with: of more, the first ones.
MOST_NAMESAKES = 10
# A name that more than this share of the articles hold, or this number of them, tells no two of them together.
COMMON_SHARE, COMMON_ARTICLES = 0.05, 20
# Subjects are broader than names.
COMMON_SUBJECT, COMMON_SUBJECT_ARTICLES = 0.15, 8
# Mentions of a name in one article, at most: a record may state any number.
MOST_MENTIONS = 2**20
_SLOTS = 2**20


class Index:
    """Numbers by key; most keys have one, and no list is kept for it."""

    def __init__(self) -> None:
        self._found: dict[object, int | list[int]] = {}

    def add(self, key: object, number: int, *, most: int = MOST_NAMESAKES) -> None:
        """Enter a number under a key, once."""
        held = self._found.get(key)
        if held is None:
            self._found[key] = number
        elif isinstance(held, int):
            if held != number:
                self._found[key] = [held, number]
        elif len(held) < most and number not in held:
            held.append(number)

    def get(self, key: object) -> tuple[int, ...] | list[int]:
        """Return the numbers under a key, in order of entry."""
        held = self._found.get(key)
        return () if held is None else (held,) if isinstance(held, int) else held


class Articles:
    """Days, subjects and names of the articles."""

    def __init__(self) -> None:
        self.days = array("d")
        self.names = array("I")
        self.ends = array("Q")
        self.subjects = array("I")
        self.subject_ends = array("Q")
        # How many articles hold a name: of two names in one slot, both together.
        self._frequency = array("I", bytes(4 * _SLOTS))
        self._subject_frequency: Counter[int] = Counter()

    def __len__(self) -> int:
        return len(self.days)

    def add(self, day: float | None, subjects: list[int], names: list[int]) -> int:
        """Enter an article and return its number."""
        self.days.append(float("nan") if day is None else day)
        kept = list(dict.fromkeys(names))[:MOST_COMPANY]
        self.names.extend(kept)
        self.ends.append(len(self.names))
        for name in kept:
            self._frequency[name % _SLOTS] += 1
        told = list(dict.fromkeys(subjects))[:MOST_COMPANY]
        self.subjects.extend(told)
        self.subject_ends.append(len(self.subjects))
        self._subject_frequency.update(told)
        return len(self.days) - 1

    def company(self, article: int) -> frozenset[int]:
        """Return the names of an article that tell it from others."""
        most = max(COMMON_ARTICLES, COMMON_SHARE * len(self))
        return frozenset(name for name in self._names(article) if self._frequency[name % _SLOTS] <= most)

    def told(self, article: int) -> tuple[list[int], list[int]]:
        """Return subjects and names of an article."""
        return list(self._subjects(article)), list(self._names(article))

    def _names(self, article: int) -> array[int]:
        return self.names[self.ends[article - 1] if article else 0 : self.ends[article]]

    def shares(self, article: int, company: frozenset[int]) -> int:
        """Return how many of some names an article holds."""
        return len(company.intersection(self._names(article)))

    def about(self, article: int) -> frozenset[int]:
        """Return the subjects of an article that tell it from others."""
        most = max(COMMON_SUBJECT_ARTICLES, COMMON_SUBJECT * len(self))
        return frozenset(one for one in self._subjects(article) if self._subject_frequency[one] <= most)

    def _subjects(self, article: int) -> array[int]:
        return self.subjects[self.subject_ends[article - 1] if article else 0 : self.subject_ends[article]]

    def is_about(self, article: int, subjects: frozenset[int]) -> bool:
        """Tell whether an article has one of some subjects."""
        return not subjects.isdisjoint(self._subjects(article))


class Names:
    """The names of a corpus, each a column entry: who or what it is, and where it was met.

    ``weak`` are those that may still turn out to be another: a surname, an acronym alone.
    """

    def __init__(self) -> None:
        self.labels: list[str] = []
        self.forms: list[str | dict[str, int]] = []
        self.aliases: dict[int, tuple[str, ...]] = {}
        self.countries: list[str | None] = []
        self.roles: list[str | None] = []
        self.parents = array("q")
        self.articles: list[int | list[int]] = []
        self.article_counts = array("Q")
        self.mention_counts = array("Q")
        self.first_days = array("d")
        self.last_days = array("d")
        # Few names have these.
        self.geonameids: dict[int, int] = {}
        self.authorities: dict[int, str] = {}
        self.wikidata: dict[int, str] = {}
        self.weak: set[int] = set()
        self.votes: dict[tuple[int, str], Counter[str]] = {}

    def __len__(self) -> int:
        return len(self.labels)

    def root(self, name: int) -> int:
        """Return the name that a name was found to be."""
        while self.parents[name] != name:
            self.parents[name] = self.parents[self.parents[name]]
            name = self.parents[name]
        return name

    def new(self, label: str, *, weak: bool) -> int:
        """Enter a name of which nothing is known."""
        number = len(self.labels)
        self.labels.append(label)
        self.forms.append({})
        self.countries.append(None)
        self.roles.append(None)
        self.parents.append(number)
        self.articles.append([])
        self.article_counts.append(0)
        self.mention_counts.append(0)
        self.first_days.append(float("nan"))
        self.last_days.append(float("nan"))
        if weak:
            self.weak.add(number)
        return number

    def met(self, name: int, seen: Seen, day: float, *, again: bool = False) -> None:
        """Add what one more article says of a name; `again` where it was counted before."""
        self._note(name, seen)
        if again:
            return
        self._count(self.forms, name, seen.name)
        for attribute, value in (("countries", seen.country), ("roles", seen.role_key), ("labels", seen.label)):
            if value is not None:
                self._vote(name, attribute, value)
        held = self.articles[name]
        if held == []:
            self.articles[name] = seen.article
        elif type(held) is int:
            self.articles[name] = [held, seen.article]
        else:
            held.append(seen.article)  # type: ignore[union-attr]
            if len(held) > FIRST_ARTICLES + LAST_ARTICLES:  # type: ignore[arg-type]
                del held[FIRST_ARTICLES]  # type: ignore[union-attr]
        self.article_counts[name] += 1
        self.mention_counts[name] += min(max(0, seen.mentions), MOST_MENTIONS)
        if day == day:  # noqa: PLR0124  # not NaN
            first, last = self.first_days[name], self.last_days[name]
            self.first_days[name] = min(day, first) if first == first else day  # noqa: PLR0124
            self.last_days[name] = max(day, last) if last == last else day  # noqa: PLR0124

    def is_new(self, name: int, seen: Seen) -> bool:
        """Tell whether an entity has a form or an id that its name was not met with."""
        held = self.forms[name]
        if seen.name != held and (isinstance(held, str) or seen.name not in held):
            return True
        if seen.aliases and not set(seen.aliases) <= set(self.aliases.get(name, ())):
            return len(self.aliases.get(name, ())) < MOST_FORMS
        return (
            (seen.geonameid is not None and name not in self.geonameids)
            or (seen.authority_id is not None and name not in self.authorities)
            or (seen.wikidata is not None and name not in self.wikidata)
        )

    def _note(self, name: int, seen: Seen) -> None:
        if seen.geonameid is not None:
            self.geonameids.setdefault(name, seen.geonameid)
        if seen.authority_id is not None:
            self.authorities.setdefault(name, seen.authority_id)
        if seen.wikidata is not None:
            self.wikidata.setdefault(name, seen.wikidata)
        if seen.aliases:
            self.add_aliases(name, seen.aliases)

    def add_aliases(self, name: int, forms: tuple[str, ...]) -> None:
        """Keep forms of a name, as many as are kept."""
        held = self.aliases.get(name, ())
        if fresh := tuple(form for form in forms if form not in held):
            self.aliases[name] = (*held, *fresh)[:MOST_FORMS]

    @staticmethod
    def _count(column: list[str | dict[str, int]], name: int, form: str, times: int = 1) -> None:
        held = column[name]
        if held == {} and times == 1:
            column[name] = form
            return
        counted = {held: 1} if isinstance(held, str) else held
        if form in counted or len(counted) < MOST_FORMS:
            counted[form] = counted.get(form, 0) + times
        column[name] = counted

    def _vote(self, name: int, attribute: str, value: str, times: int = 1) -> None:
        """Take the commonest of what articles say; where they all agree nothing is counted."""
        column = getattr(self, attribute)
        votes = self.votes.get((name, attribute))
        if votes is None:
            if column[name] in {None, value}:
                column[name] = value
                return
            votes = self.votes[name, attribute] = Counter({column[name]: max(1, self.article_counts[name])})
        if value in votes or len(votes) < MOST_FORMS:
            votes[value] += times
        column[name] = max(votes, key=lambda one: (votes[one], one == column[name]))

    def says(self, name: int, attribute: str, value: str) -> bool:
        """Tell whether some article says that of a name."""
        return value == getattr(self, attribute)[name] or value in self.votes.get((name, attribute), ())

    def met_in(self, name: int) -> list[int]:
        """Return the articles of a name that others are compared with."""
        held = self.articles[name]
        return [held] if isinstance(held, int) else held

    def each_form(self, name: int) -> Iterator[tuple[str, int]]:
        """Yield the forms of a name as articles have them for their canonical one, and how often."""
        held = self.forms[name]
        yield from [(held, 1)] if isinstance(held, str) else held.items()

    def merge(self, older: int, younger: int) -> None:
        """Make of two names the older one."""
        self.parents[younger] = older
        for form, times in self.each_form(younger):
            self._count(self.forms, older, form, times)
        self.add_aliases(older, self.aliases.pop(younger, ()))
        for attribute in ("countries", "roles", "labels"):
            votes = self.votes.pop((younger, attribute), None)
            value = getattr(self, attribute)[younger]
            for one, times in (votes or {value: self.article_counts[younger]}).items():
                if one is not None:
                    self._vote(older, attribute, one, times)
        together = [*self.met_in(older), *self.met_in(younger)]
        self.articles[older] = [*together[:FIRST_ARTICLES], *together[FIRST_ARTICLES:][-LAST_ARTICLES:]]
        self.articles[younger], self.forms[younger] = [], {}
        self.article_counts[older] += self.article_counts[younger]
        self.mention_counts[older] += self.mention_counts[younger]
        ids: tuple[dict[int, Any], ...] = (self.geonameids, self.authorities, self.wikidata)
        for held in ids:
            if younger in held:
                held.setdefault(older, held.pop(younger))
        firsts = [day for day in (self.first_days[older], self.first_days[younger]) if day == day]  # noqa: PLR0124
        lasts = [day for day in (self.last_days[older], self.last_days[younger]) if day == day]  # noqa: PLR0124
        if firsts:
            self.first_days[older], self.last_days[older] = min(firsts), max(lasts)
        if younger in self.weak:
            self.weak.discard(younger)
        else:
            self.weak.discard(older)
