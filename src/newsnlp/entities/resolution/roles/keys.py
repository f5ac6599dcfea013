"""What an office is: `président du conseil départemental` is a governor, `président du club` heads an organisation.

The noun has a key of its own (``names_offices.csv``); an opening of two words and more may tell another, and of those
who lead or belong to something, what that is decides (``names_role_keys.toml``).
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.forms import fold, fold_all
from newsnlp.entities.knowledge.places import meanings_of
from newsnlp.entities.resolution.roles.words import role_words
from newsnlp.lexicons import load_toml
from newsnlp.lexicons.names import office_keys, organisation_names
from newsnlp.lexicons.places import demonyms
from newsnlp.record_fields import RoleKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MANNERS = ("head", "vice", "member", "rank", "professor", "regional")
"""How what follows can change the key of a noun."""
KEY_TABLES = ("phrases", "depends", "bodies", "rulers", *MANNERS)
_TOKEN = re.compile(r"[dl]'|[^\W_](?:[\w&-]|[.'](?=\w))*", re.IGNORECASE)
_LONGEST = 8
_OF = frozenset({"de", "du", "des", "d'", "l'", "la"})
_CHAMBERS = frozenset({"parliament", "senate"})
_FROM_NAMES = frozenset({"country", "area"})
_PLACES = {"state": "country", "part": "area", "territory": "area", "region": "area", "department": "area"}
Words = tuple[str, ...]


@functools.lru_cache(maxsize=4096)
def key_of_role(role: str) -> RoleKey:
    """Return what an office is, by its words.

    Examples
    --------
    >>> offices = ("ancien président russe", "président du conseil régional", "présidente du Sénat", "président du PSG")
    >>> [str(key_of_role(role)) for role in offices]
    ['head_of_state', 'governor', 'senator', 'head_of_organisation']
    >>> [str(key_of_role(f"secrétaire général {body}")) for body in ("de l'ONU", "de la CGT", "du PS")]
    ['international_official', 'union_leader', 'party_leader']
    """
    words = [word for token in _TOKEN.findall(role) for word in token.split("-") if word]
    lows = tuple(fold(word) for word in words)
    skipped = role_words("time")
    first = next((i for i, low in enumerate(lows) if low not in skipped), 0)
    words, lows = words[first:], lows[first:]
    known = _openings()
    size = next((size for size in range(min(_LONGEST, len(lows)), 0, -1) if lows[:size] in known), 0)
    if not size:
        return RoleKey.OTHER
    key, manner = known[lows[:size]]
    told = _keys_of(manner).get(_body(words, lows, size) or "") if manner else None
    if told is not None:
        return told
    if manner == "vice" and (len(lows) == size or _is_of_state(lows[size:])):
        return RoleKey.OTHER  # as a bare `président` is a head of state
    if lows[0] in _rulers():
        return _of_ruler([low for low in lows[size:] if low not in _plain()], key)
    return key


def _of_ruler(rest: Sequence[str], key: RoleKey) -> RoleKey:
    """Return who rules a state, or presides or leads something that nothing is known of: `président du club`."""
    if not rest or _is_of_state(rest):
        return RoleKey.HEAD_OF_STATE if rest or key is RoleKey.HEAD_OF_STATE else key
    return RoleKey.HEAD_OF_ORGANISATION if key is RoleKey.HEAD_OF_STATE else key


def _is_of_state(rest: Sequence[str]) -> bool:
    return _OF.isdisjoint(rest) and not _adjectives_of_states().isdisjoint(rest)


def _body(words: Sequence[str], lows: Words, start: int) -> str | None:
    """Return what the complement names first: a body of a known kind, or a place for those who rule it.

    A party that is only their colour gives way to a body, and the party of a group to the chamber that it sits in:
    « président LR de la région », « président du groupe LR au Sénat ».
    """
    party = None
    position = start
    while position < len(lows):
        kind, size = _body_at(words, lows, position)
        if kind in _FROM_NAMES and lows[start - 1] not in _governing():
            kind = None
        colour = kind == "party" and lows[position - 1] not in _OF
        if kind and not colour and (party is None or party[1] or kind in _CHAMBERS):
            if kind != "party":
                return kind
            party = kind, False
        elif colour and party is None:
            grouped = "groupe" in lows[start:position]
            party = ("parliament" if grouped else "party"), not grouped
        position += max(size, 1)
    return party[0] if party else None


def _body_at(words: Sequence[str], lows: Words, position: int) -> tuple[str | None, int]:
    bodies, capital = _bodies(), words[position][0].isupper()
    for size in range(min(_LONGEST, len(lows) - position), 0, -1):
        kind = bodies.get(lows[position : position + size])
        if kind is None and capital:
            name = " ".join(words[position : position + size])
            kind = _organisations().get(lows[position : position + size])
            if kind is None and (meanings := meanings_of(name)):
                kind = _PLACES.get(meanings[0].kind)
        if kind is not None:
            return kind, size
    return None, 0


def _cut(phrases: Iterable[str]) -> list[Words]:
    """Return phrases as folded words, an article or `d'` apart."""
    return [tuple(phrase.replace("'", "' ").split()) for phrase in fold_all(phrases)]


@functools.cache
def _table(name: str) -> Mapping[str, list[str]]:
    found: Mapping[str, list[str]] = load_toml("names_role_keys.toml", tables=KEY_TABLES)[name]
    return found


@functools.cache
def _openings() -> Mapping[Words, tuple[RoleKey, str | None]]:
    """Return the openings of roles, each with its own key and how what follows changes it."""
    keys = dict(zip(_cut(office_keys()), map(RoleKey, office_keys().values()), strict=True))
    for key, phrases in _table("phrases").items():
        keys.update(dict.fromkeys(_cut(phrases), RoleKey(key)))
    manners = {words: manner for manner, phrases in _table("depends").items() for words in _cut(phrases)}
    return {words: (key, manners.get(words)) for words, key in keys.items()}


@functools.cache
def _keys_of(manner: str) -> Mapping[str, RoleKey]:
    return {body: RoleKey(key) for key, bodies in _table(manner).items() for body in bodies}


@functools.cache
def _rulers() -> frozenset[str]:
    return frozenset(fold_all(_table("rulers")["words"]))


@functools.cache
def _governing() -> frozenset[str]:
    return frozenset(fold_all(_table("rulers")["governing"]))


@functools.cache
def _plain() -> frozenset[str]:
    return frozenset(fold_all(_table("rulers")["plain"]))


@functools.cache
def _bodies() -> Mapping[Words, str]:
    return {words: kind for kind, phrases in _table("bodies").items() for words in _cut(phrases)}


@functools.cache
def _organisations() -> Mapping[Words, str]:
    """Return the kinds of names of organisations: of namesakes the commonest."""
    known = [name for name in reversed(organisation_names()) if name.kind]
    return dict(zip(_cut(name.surface for name in known), (name.kind for name in known), strict=True))


@functools.cache
def _adjectives_of_states() -> frozenset[str]:
    rows = demonyms()
    return frozenset(fold_all(row["surface"] for row in rows if row["level"] == "country"))
