"""Names of a corpus as keys: what two entities of different articles must have in common before they are compared."""

from __future__ import annotations

import functools
import zlib
from enum import StrEnum
from typing import NamedTuple

from newsnlp.entities.knowledge.forms import fold, is_acronym, name_key, roman_key, rules, word_set
from newsnlp.entities.knowledge.places import meanings_of
from newsnlp.entities.resolution.organisations import groups_of, known_groups
from newsnlp.entities.resolution.persons import PersonName, parts_of, read_name
from newsnlp.records import Label

# An acronym of fewer letters stands for too much to be a name by itself: WWF is of wrestlers and of pandas.
SHORTEST_TELLING = 4
# Letters of an initial: « Karabatic L. » is no Karabatic whose surname is L.
_INITIAL = 1
# Names of people have fewer words.
MOST_WORDS = 8
# A longer name is no name; what is compared of it is its beginning.
MOST_CHARACTERS = 200
_COUNTRIES = frozenset({"state", "territory", "part", "area", "hist"})


class LinkReason(StrEnum):
    """Why an entity of an article is the one that it is taken for."""

    FIRST = "first"
    AUTHORITY = "authority"
    WIKIDATA = "wikidata"
    GEONAMEID = "geonameid"
    KNOWN_NAME = "known_name"
    SAME_NAME = "same_name"
    OTHER_FORM = "other_form"
    SURNAME_IN_ARTICLE = "surname_in_article"
    ONLY_BEARER = "only_bearer"
    ACRONYM = "acronym"
    HEAD_AND_COUNTRY = "head_and_country"


class Seen(NamedTuple):
    """One entity of one article, as it is linked; ``article`` is the number of the article."""

    article: int
    name: str
    label: str
    aliases: tuple[str, ...] = ()
    mentions: int = 1
    country: str | None = None
    role_key: str | None = None
    geonameid: int | None = None
    authority_id: str | None = None
    wikidata: str | None = None

    @property
    def forms(self) -> tuple[str, ...]:
        """All forms of the name, the canonical one first."""
        return (self.name, *self.aliases)


Found = tuple[int, LinkReason] | None
"""The name that an entity is, and why; None where none of those known is it."""


@functools.lru_cache(maxsize=65_536)
def person(name: str) -> PersonName:
    """Return the name of a person taken apart.

    Examples
    --------
    >>> person("Mme Marine Le Pen").words, person("Le Pen").full
    (('marine', 'le', 'pen'), False)
    """
    return read_name(0, 0, name[:MOST_CHARACTERS], "")


@functools.lru_cache(maxsize=65_536)
def fullest(forms: tuple[str, ...]) -> PersonName:
    """Return the fullest of the names that an article gives a person; of equals the first."""
    read = [person(form) for form in forms]
    return max(read, key=lambda name: (name.full, len(parts_of(name.words)) if name.full else 0))


def person_key(name: PersonName) -> str:
    """Return the key under which full names are the same, whatever their case, accents and hyphens."""
    return " ".join(parts_of(name.words))


def surname_keys(name: PersonName) -> tuple[str, ...]:
    """Return where a bare name looks for full ones: all their words but the given name, romanisations as one.

    Examples
    --------
    >>> surname_keys(person("Marine Le Pen")), surname_keys(person("Xi Jinping"))
    (('le', 'pen'), ('xi', 'jinping'))
    """
    parts = parts_of(name.words)
    if not parts:
        return ()
    family_first = parts[0] in word_set("family_first") or not name.full
    return tuple(dict.fromkeys(roman_key(word) or word for word in parts[0 if family_first else 1 :][:MOST_WORDS]))


def last_key(name: PersonName) -> str:
    """Return the last word of a name, romanisations as one; "" of one without a word, as a stranger's record may be."""
    last = next(reversed(parts_of(name.words)), "")
    return roman_key(last) or last


def has_surname(name: PersonName) -> bool:
    """Tell whether the last word can be a surname: no initial."""
    return bool(name.words) and len(name.words[-1]) > _INITIAL


@functools.lru_cache(maxsize=65_536)
def body_key(name: str) -> str:
    """Return the key of an organisation, a work, an event."""
    return name_key(name[:MOST_CHARACTERS])


@functools.lru_cache(maxsize=16_384)
def acronym_of(name: str) -> str:
    """Return an acronym without its points, "" for what is none.

    Examples
    --------
    >>> acronym_of("O.N.U."), acronym_of("Onu")
    ('ONU', '')
    """
    return name.replace(".", "").replace("-", "") if is_acronym(name) else ""


@functools.lru_cache(maxsize=16_384)
def known_body(name: str) -> tuple[tuple[str, str | None], ...]:
    """Return the organisations of the lexicon that a name may mean, each with its country."""
    return tuple(groups_of(name).items())


@functools.lru_cache(maxsize=65_536)
def known_as(forms: tuple[str, ...], country: str | None) -> str | None:
    """Return the one organisation of the lexicon that a body may be by its forms and its country.

    Examples
    --------
    >>> known_as(("Daech",), None) == known_as(("État islamique", "EI"), None)
    True
    >>> known_as(("World Wrestling Federation", "WWF"), None)
    """
    found = {group: home for form in forms for group, home in known_body(form)}
    long = [body_key(form) for form in forms if not acronym_of(form)]
    fitting = [
        group for group, home in found.items() if (home is None or country in {None, home}) and _may_be(group, long)
    ]
    return fitting[0] if len(fitting) == 1 else None


@functools.cache
def _words_of_groups() -> dict[str, frozenset[str]]:
    """Return the words of the long names of each organisation of the lexicon."""
    found: dict[str, set[str]] = {}
    for key, rows in known_groups().items():
        for surface, group, _ in rows:
            if not is_acronym(surface):
                found.setdefault(group, set()).update(key.split())
    return {group: frozenset(words) for group, words in found.items()}


def _may_be(group: str, names: list[str]) -> bool:
    """Tell whether an organisation of the lexicon may have long names: one shares a word with those it is known by."""
    words = _words_of_groups().get(group)
    return not names or words is None or any(not words.isdisjoint(name.split()) for name in names)


@functools.cache
def _generic_words() -> frozenset[str]:
    every = [("national_institutions", "words"), ("short_heads", "words"), ("never_short", "words")]
    return frozenset().union(*(word_set(*entry) for entry in every), word_set("generic_organisations"))


@functools.cache
def _generic_heads() -> tuple[str, ...]:
    return tuple(f"{fold(head)} " for head in rules()["national_institutions"]["heads"])


@functools.lru_cache(maxsize=16_384)
def is_generic(key: str) -> bool:
    """Tell whether every country has a body of that name.

    Examples
    --------
    >>> is_generic("ministere de la defense"), is_generic("senat"), is_generic("airbus")
    (True, True, False)
    """
    return key in _generic_words() or f"{key} ".startswith(_generic_heads())


@functools.cache
def _local_words() -> frozenset[str]:
    return word_set("generic_places", "sites") | word_set("generic_places", "streets") | word_set("venues")


@functools.lru_cache(maxsize=65_536)
def place_key(name: str, country: str | None) -> tuple[str, bool]:
    """Return the key of a place, and whether the lexicons know it: all names of one country have one key.

    Examples
    --------
    >>> place_key("USA", "US") == place_key("États-Unis", "US")
    True
    """
    name = name[:MOST_CHARACTERS]
    key, meanings = name_key(name), meanings_of(name)
    for place in meanings:
        if place.kind in _COUNTRIES and country in {None, place.country} and place.rank == 1:
            return name_key(place.name), True
    return key, any(country in {None, place.country} for place in meanings)


@functools.lru_cache(maxsize=16_384)
def is_local(key: str) -> bool:
    """Tell whether every town has a place of that name: a street, a station."""
    head, _, rest = key.partition(" ")
    return head in _local_words() and bool(rest)


def kin_of(label: str) -> str:
    """Return what labels are compared with: the model confuses organisations and works or events."""
    return Label.ORG if label == Label.MISC else label


def number_of(key: str) -> int:
    """Return a number of 32 bits for a name, the same in every process."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass"))
