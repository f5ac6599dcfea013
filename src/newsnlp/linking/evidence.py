"""What speaks for and against two articles naming the same: ids, countries, offices, who else is there, when, on what."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsnlp.linking.keys import Seen, body_key, fullest, is_country, number_of, person_key, place_key
from newsnlp.linking.store import Index
from newsnlp.records import Label, RoleKey

if TYPE_CHECKING:
    from newsnlp.linking.store import Articles, Names

# Days between an article with a surname alone and one with the full name.
NEAR_DAYS = 183.0
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

    ``company`` is how many other names, ``subject`` a subject of the article, ``country`` and ``role`` are told of both.
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
        self.taken: dict[int, set[int]] = {}
        self._article = -1
        self._company: frozenset[int] = frozenset()
        self._subjects: frozenset[int] = frozenset()

    def forget(self) -> None:
        """Start anew with articles: what is common among them may have changed."""
        self.taken = {}
        self._article = -1

    def roots(self, key: object) -> list[int]:
        """Return the names under a key, those found to be one once."""
        return list(dict.fromkeys(self.names.root(number) for number in self.index.get(key)))

    def company(self, seen: Seen, name: int) -> int:
        """Return how many other names an article shares with those of a name."""
        self._read(seen.article)
        others = self._company
        if others:
            others -= {number_of(key_of(seen))}
        own = [article for article in self.names.met_in(name) if article != seen.article]
        return max((self.articles.shares(article, others) for article in own), default=0) if others else 0

    def _read(self, article: int) -> None:
        if article != self._article:
            self._article = article
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

    def near(self, seen: Seen, name: int) -> bool:
        """Tell whether a name stands in articles of the same days; without dates all are of the same."""
        day, first = self.articles.days[seen.article], self.names.first_days[name]
        if day != day or first != first:  # noqa: PLR0124  # NaN: no date
            return True
        return first - NEAR_DAYS <= day <= self.names.last_days[name] + NEAR_DAYS

    def best(self, seen: Seen, names: list[int]) -> int | None:
        """Return the one of several names whose company the article keeps, if one keeps it far more than the others."""
        if len(names) <= 1:
            return names[0] if names else None
        counted = sorted(((self.company(seen, name), name) for name in names), reverse=True)
        (most, name), (second, _) = counted[:2]
        return name if most > 2 * second else None


def key_of(seen: Seen) -> str:
    """Return what an article's company knows an entity by."""
    if seen.label == Label.PER:
        return f"PER {person_key(fullest(seen.forms))}"
    if seen.label == Label.LOC:
        return f"LOC {place_key(seen.name, seen.country)[0]}"
    return f"ORG {body_key(seen.name)}"


def company_of(entities: list[Seen]) -> list[int]:
    """Return what tells an article from others: its names, but for countries."""
    keys = (key_of(seen) for seen in entities)
    return [number_of(key) for key in keys if not (key.startswith("LOC ") and is_country(key[4:]))]
