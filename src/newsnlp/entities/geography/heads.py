"""What the words in and before a name tell of a place: its sort, and which name in it the gazetteer may know."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.entities.attributes.country_signs import ROAD
from newsnlp.entities.knowledge.forms import fold
from newsnlp.entities.knowledge.places import is_demonym
from newsnlp.lexicons import load_csv

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HEAD_COLUMNS = ("surface", "kind", "whole")
# How far before a name its head and its preposition stand, in characters.
_REACH = 40
_OF = r"(?:de la |de l'|du |des |de |d')"
# « base militaire américaine de Bagram »: adjectives stand between a head and a name.
_WITH_HEAD = re.compile(rf"([^\W\d_][\w'-]*)(?:\s[a-zà-ÿ][\w-]*){{0,3}}?\s({_OF})?([A-ZÀ-Ý0-9].*)")
_HEAD_BEFORE = re.compile(rf"([^\W\d_][\w-]*)\s{_OF}$")
_ADJECTIVE = re.compile(r"(?:(?:inter)?nationale?|militaire|aérienne|autonome)")
# With these heads a name is that of a division or town; with any other one it is another place: « lac de Constance ».
SAME_PLACE = frozenset({"country", "division", "department", "city"})
# Before a name they say nothing of it where « de » follows: « la route de Lyon », « la gare de Lille » name the towns.
_BUILT = frozenset({"site", "road", "area"})
# « une rivière de l'Oregon » is not the Oregon.
_ONE_OF = frozenset({"un", "une"})
_ARRONDISSEMENT = re.compile(r"[\w ]+ arrondissement", re.IGNORECASE)
_SIDE = re.compile(
    r"(.{3,30})(?:[ -](?:(?:nord|sud|est|ouest)|(?:centre|gare|lac))|-(?-i:[A-ZÀ-Ý].{3,20}))", re.IGNORECASE
)
_ARTICLES, _OF_ARTICLES = frozenset({"le", "la", "les", "l'"}), frozenset({"du", "des", "au", "aux"})


class Head(NamedTuple):
    """The head of a name: the sort it tells, the name after it, and whether an article stands between them."""

    kind: str
    rest: str
    has_article: bool = False


@functools.cache
def _rows() -> Sequence[Mapping[str, str]]:
    return load_csv("places_heads.csv", columns=HEAD_COLUMNS, required=("surface", "kind"))


@functools.cache
def _kinds() -> Mapping[str, str]:
    return {fold(row["surface"]): row["kind"] for row in _rows()}


@functools.cache
def _called_after() -> frozenset[str]:
    """Return what bears the name of a town and is meant where the two stand: « le péage de Bandol »."""
    return frozenset(fold(row["surface"]) for row in _rows() if row["whole"])


def head_of(name: str) -> Head | None:
    """Return the head of a name, if it has one.

    Examples
    --------
    >>> head_of("base militaire américaine de Bagram"), head_of("province d'Anbar")
    (Head(kind='site', rest='Bagram', has_article=False), Head(kind='division', rest='Anbar', has_article=False))
    >>> head_of("RN 165"), head_of("Lyon"), head_of("Mont-de-Marsan")
    (Head(kind='road', rest='', has_article=False), None, None)
    """
    if ROAD.match(name):
        return Head("road", "")
    if _ARRONDISSEMENT.fullmatch(name):
        return Head("quarter", "")
    found = _WITH_HEAD.match(name)
    kind = _kinds().get(fold(found.group(1))) if found else None
    if found is None or kind is None:
        return None
    return Head(kind, found.group(3), found.group(2) not in (None, "de ", "d'"))


def has_own_place(kind: str) -> bool:
    """Tell whether what has such a head lies in or near the place of its name, but is another."""
    return kind not in SAME_PLACE


class Lead(NamedTuple):
    """What stands before a name: the sort that a head tells, and a preposition.

    The preposition is ``at`` (à), ``in`` (en), ``the`` (an article), ``around`` (la région de) or an empty string.
    """

    kind: str
    preposition: str


def lead_of(text: str, start: int) -> Lead:
    """Return what stands before the name that begins at `start`.

    Examples
    --------
    >>> lead_of("dans la ville de Mayenne", 17), lead_of("en Mayenne", 3), lead_of("la Mayenne", 3)
    (Lead(kind='city', preposition=''), Lead(kind='', preposition='in'), Lead(kind='', preposition='the'))
    """
    before = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    words = before.replace("'", "' ").split() if before[-1:] in (" ", "'") else []
    last = words[-1].lower() if words else ""
    preposition = {"à": "at", "en": "in"}.get(last, "the" if last in _ARTICLES or last in _OF_ARTICLES else "")
    while last in _ARTICLES:
        words.pop()
        last = words[-1].lower() if words else ""
    has_of = last in ("de", "d'", "du", "des")
    if has_of:
        words.pop()
    if words[-2:] == ["gare", "autoroutière"]:
        words[-2:] = ["gare autoroutière"]
    if len(words) > 1 and (_ADJECTIVE.fullmatch(words[-1]) or is_demonym(words[-1])):
        words.pop()
    head = fold(words[-1]) if words else ""
    kind = _kinds().get(head, "")
    if has_of and ((kind in _BUILT and head not in _called_after()) or _says_nothing(words)):
        kind = ""
    # "dans la région d'Agadir" is around the town as often as in the division of its name.
    return Lead(kind, "around" if has_of and head == fold("région") else preposition)


def _says_nothing(words: list[str]) -> bool:
    return words[-2:-1] == ["à"] or (len(words) > 1 and words[-2].lower() in _ONE_OF)  # « à bord de »


def with_head(text: str, start: int, end: int) -> str:
    """Return a name with the noun before it: « lac du Bourget », of which ``Bourget`` is the name.

    Examples
    --------
    >>> with_head("sur le lac du Bourget.", 14, 21)
    'lac du Bourget'
    """
    found = _HEAD_BEFORE.search(text, max(0, start - _REACH), start)
    return text[found.start(1) if found else start : end]


def town_within(name: str) -> str:
    """Return the name of the town that the name of a part, station or exit begins with, if it does.

    Examples
    --------
    >>> town_within("Narbonne-sud"), town_within("Amsterdam-Schiphol"), town_within("Lyon")
    ('Narbonne', 'Amsterdam', '')
    """
    found = _SIDE.fullmatch(name)
    return found.group(1) if found else ""
