"""What speaks for and against two articles naming one: ids, countries, offices, who else is there, when, on what."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsnlp.linking.keys import Seen, body_key, fullest, number_of, person_key, place_key
from newsnlp.linking.store import Index
from newsnlp.records import Label, RoleKey

if TYPE_CHECKING:
    from newsnlp.linking.store import Articles, Names

# Days between an article with a surname alone and the nearest with the full name: where they share other names, and
# where they share a subject only.
NEAR_DAYS, SUBJECT_DAYS = 183.0, 31.0
# Articles of a name that everybody knows, and how much oftener than all its namesakes together it must stand in some.
WELL_KNOWN, FAR_OFTENER = 5, 4
# Other names that two articles share before nothing else need be asked.
SURE_COMPANY = 2
# Names of an article that are looked through faster than a set is made of them.
_FEW = 40
# Mentions by which somebody is who a sports report is about.
MAIN_MENTIONS = 3
SPORT = number_of("medtop:15000000")
# Walks of life between which few people change; offices that go with all of them are in none.
_WALKS: dict[str, str] = {
    **dict.fromkeys((RoleKey.ATHLETE, RoleKey.COACH), "sport"),
    **dict.fromkeys((RoleKey.ARTIST,), "art"),
    **dict.fromkeys((RoleKey.RELIGIOUS_LEADER,), "faith"),
    **dict.fromkeys(
        (
            RoleKey.HEAD_OF_STATE,
            RoleKey.HEAD_OF_GOVERNMENT,
            RoleKey.MINISTER,
            RoleKey.DEPUTY,
            RoleKey.SENATOR,
            RoleKey.MAYOR,
            RoleKey.GOVERNOR,
            RoleKey.PREFECT,
            RoleKey.DIPLOMAT,
            RoleKey.JUDGE,
            RoleKey.PROSECUTOR,
            RoleKey.POLICE,
            RoleKey.MILITARY,
        ),
        "power",
    ),
}
# They say little: of many people, or of nobody's office.
_VAGUE_ROLES = frozenset({None, RoleKey.OTHER})


class Signs(NamedTuple):
    """What an entity of an article and a known name have in common.

    ``company`` is other names, ``subject`` a subject of the articles; ``country`` and ``role`` are told of both.
    """

    company: int
    subject: bool
    country: bool
    role: bool

    @property
    def any(self) -> bool:
        """Whether anything speaks for them."""
        return bool(self.company) or self.subject or self.role or self.country

    @property
    def close(self) -> bool:
        """Whether more than a country speaks for them."""
        return bool(self.company) or self.subject or self.role


class Evidence:
    """Compares an entity of an article with the names of the corpus."""

    def __init__(self, names: Names, articles: Articles) -> None:
        self.names = names
        self.articles = articles
        self.index = Index()
        # The names that entities of an article were found to be: no other entity of it is one of them.
        self.taken: dict[int, list[int] | set[int]] = {}
        # Persons of an article with a full name, by surname.
        self.surnames: dict[int, set[str]] = {}
        self._article = -1
        self._name = ""
        self._without: frozenset[int] = frozenset()
        self._company: frozenset[int] = frozenset()
        self._subjects: frozenset[int] = frozenset()

    def forget(self) -> None:
        """Start anew with articles: what is common among them may have changed."""
        self.taken, self.surnames = {}, {}
        self._article = -1

    def roots(self, key: object) -> list[int]:
        """Return the names under a key, those found to be one once."""
        return list(dict.fromkeys(self.names.root(number) for number in self.index.get(key)))

    def fitting(self, seen: Seen, key: object) -> list[int]:
        """Return the names under a key that neither the article, an id nor a country keeps from being an entity."""
        return [
            number
            for number in self.roots(key)
            if not self.same_article(seen, number)
            and not self.ids_differ(seen, number)
            and not self.countries_differ(seen, number)
        ]

    def company(self, seen: Seen, name: int, enough: int = 1) -> int:
        """Return how many other names an article shares with one of those of a name, at most `enough`."""
        others = self._others(seen)
        most = 0
        for article in self.names.met_in(name):
            # The article itself, where it is linked once more.
            shared = enough if article == seen.article else self.articles.shares(article, others) if others else 0
            if shared >= enough:
                return enough
            most = max(most, shared)
        return most

    def _others(self, seen: Seen) -> frozenset[int]:
        """Return the names of an article but one."""
        self._read(seen.article)
        if seen.name != self._name or not self._company:
            self._name = seen.name
            self._without = self._company - {number_of(key_of(seen))}
        return self._without

    def _read(self, article: int) -> None:
        if article != self._article:
            self._article, self._name = article, ""
            self._company = self.articles.company(article)
            self._subjects = self.articles.about(article)

    def signs(self, seen: Seen, name: int) -> Signs:
        """Return what speaks for an entity and a name being one."""
        company = self.company(seen, name)
        return Signs(
            company=company,
            subject=bool(self._subjects)
            and any(self.articles.is_about(article, self._subjects) for article in self.names.met_in(name)),
            country=seen.country is not None and seen.country == self.names.countries[name],
            role=seen.role_key not in _VAGUE_ROLES and self.names.says(name, "roles", seen.role_key or ""),
        )

    def take(self, article: int, name: int) -> None:
        """Note that an entity of an article was found to be a name."""
        taken = self.taken.setdefault(article, [])
        if isinstance(taken, set):
            taken.add(name)
        elif len(taken) < _FEW:
            taken.append(name)
        else:
            self.taken[article] = {*taken, name}

    def same_article(self, seen: Seen, name: int) -> bool:
        """Tell whether another entity of the article was found to be that name."""
        return name in self.taken.get(seen.article, ())

    def ids_differ(self, seen: Seen, name: int) -> bool:
        """Tell whether ids say that they are two."""
        return (
            self._two(seen.geonameid, self.names.geonameids.get(name))
            or self._two(seen.authority_id, self.names.authorities.get(name))
            or self._two(seen.wikidata, self.names.wikidata.get(name))
        )

    @staticmethod
    def _two(one: object, other: object) -> bool:
        return one is not None and other is not None and one != other

    def countries_differ(self, seen: Seen, name: int) -> bool:
        """Tell whether both have a country, and no article gives the name that of the entity."""
        known = self.names.countries[name]
        return seen.country is not None and known is not None and not self.names.says(name, "countries", seen.country)

    def against(self, seen: Seen, name: int) -> bool:
        """Tell whether ids, the article itself, country or office keep a person and a name apart.

        Who else is there outweighs a country or an office.
        """
        if self.same_article(seen, name) or self.ids_differ(seen, name):
            return True
        doubtful = self.countries_differ(seen, name) or self._walks_differ(seen, name)
        return doubtful and not self.company(seen, name)

    def _walks_differ(self, seen: Seen, name: int) -> bool:
        walks = {_WALKS[role] for role in self._roles(name) if role in _WALKS}
        if not walks:
            return False
        if seen.role_key in _WALKS:
            return _WALKS[seen.role_key] not in walks
        if seen.role_key is not None or seen.mentions < MAIN_MENTIONS or "sport" in walks:
            return False
        # Who a sports report is about is no minister whom none of them ever names.
        articles = (seen.article, *self.names.met_in(name))
        return [self.articles.is_about(article, frozenset({SPORT})) for article in articles] == [
            True,
            *[False] * (len(articles) - 1),
        ]

    def _roles(self, name: int) -> list[str]:
        role = self.names.roles[name]
        return [] if role is None else list(self.names.votes.get((name, "roles"), {role: 1}))

    def near(self, seen: Seen, name: int, days: float = NEAR_DAYS) -> bool:
        """Tell whether a name stands in articles of the same days; without dates all are of the same."""
        day, first = self.articles.days[seen.article], self.names.first_days[name]
        if day != day or first != first:  # noqa: PLR0124  # NaN: no date
            return True
        return first - days <= day <= self.names.last_days[name] + days

    def leading(self, names: list[int]) -> int | None:
        """Return the first of several names, the most frequent first, if it stands in far more articles than others."""
        counts = [self.names.article_counts[name] for name in names]
        return names[0] if names and counts[0] >= FAR_OFTENER * sum(counts[1:]) else None

    def together(self, names: list[int]) -> bool:
        """Tell whether some article has two of the names: their company is the same."""
        every = [article for name in names for article in self.names.met_in(name)]
        return len(every) > len(set(every))

    def best(self, seen: Seen, names: list[int]) -> int | None:
        """Return the one of several names whose company the article keeps: the others' it does not keep at all."""
        kept = names if len(names) == 1 else [name for name in names if self.company(seen, name)]
        return kept[0] if len(kept) == 1 else None


def key_of(seen: Seen) -> str:
    """Return what an article's company knows an entity by."""
    if seen.label == Label.PER:
        return f"PER {person_key(fullest(seen.forms))}"
    if seen.label == Label.LOC:
        return f"LOC {place_key(seen.name, seen.country)[0]}"
    return f"ORG {body_key(seen.name)}"


def company_of(entities: list[Seen]) -> list[int]:
    """Return what tells an article from others: people and bodies that it names.

    Places do not: two sports in Montpellier share no Dumoulin.
    """
    return [number_of(key_of(seen)) for seen in entities if seen.label != Label.LOC]
