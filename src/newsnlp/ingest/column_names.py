"""Which field of an article a column may hold, by its name."""

from __future__ import annotations

import functools
import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from newsnlp.lexicons import load_toml
from newsnlp.text import folding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIELDS = ("id", "text", "title", "published_at", "source", "url", "author", "lang")
# What has no field of its own and is told by many exports.
EXTRA_FIELDS = ("section", "page")
# The longest of the common names, with room for spaces around it and what stands before it.
_LONGEST_NAME = 60
_PREFIX = re.compile(r"([\w@]+)[.:/](\S+)")
_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SMALL_WORDS = frozenset({"de", "du", "des", "la", "le", "les", "en", "un", "the", "of", "vers"})
_ANY_COLUMN = frozenset({"article", "articles", "nom", "name", "document", "complet", "complete", "full"})
_JOINTS = re.compile(r"[\s_-]+")


def candidates(names: Iterable[str], chosen: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return field -> columns that may hold it, in order of preference, without any check."""
    there = dict.fromkeys(names)
    known: dict[str, list[tuple[int, str]]] = {}
    # A hostile row has a hundred thousand columns; those of a long name are none of ours.
    for name in there:
        if len(str(name)) <= _LONGEST_NAME and name not in chosen.values() and (place := _place_of(name)) is not None:
            known.setdefault(place[0], []).append((place[1], name))
    found: dict[str, tuple[str, ...]] = {}
    for item in (*FIELDS, *EXTRA_FIELDS):
        if item in chosen:
            columns = [chosen[item]] if chosen[item] in there else []
        else:
            columns = [name for _, name in sorted(known.get(item, ()), key=lambda ranked: ranked[0])]
        if columns:
            found[item] = tuple(columns)
    return found


def field_of(name: str) -> str | None:
    """Return the field that a column of this name may hold, None where nothing says so.

    Examples
    --------
    >>> field_of("Date de publication"), field_of("Surface")
    ('published_at', None)
    """
    place = _place_of(name)
    return None if place is None else place[0]


def _place_of(name: str) -> tuple[str, int] | None:
    """Return the field that a column of this name may hold, and its rank among those that may."""
    known, parts = _common_names()
    folded = fold(name)
    if folded not in known and (found := _PREFIX.match(str(name))) and fold(found[1]) in parts:
        # “_source.title”, as exports of nested records name it; the plain name outranks it.
        field_of = known.get(fold(found[2]))
        return None if field_of is None else (field_of[0], field_of[1] + len(known))
    if folded not in known and (shorter := _simplified(str(name))):
        # « Titre de l'article », « Auteur(s) », « Nom du média »: the plain name outranks them, too.
        found_field = next((known[key] for key in shorter if key in known), None)
        return None if found_field is None else (found_field[0], found_field[1] + 2 * len(known))
    return known.get(folded)


def _simplified(name: str) -> tuple[str, ...]:
    """Return a name without brackets and small words, then without the words that any column may bear, folded."""
    words = [word for word in _WORD.findall(folding.fold(_BRACKETS.sub("", name), accents=False)) if len(word) > 1]
    without_small = [word for word in words if word not in _SMALL_WORDS]
    plain = [word for word in without_small if word not in _ANY_COLUMN]
    return tuple(dict.fromkeys("".join(kept) for kept in (without_small, plain) if kept))


@functools.cache
def _common_names() -> tuple[Mapping[str, tuple[str, int]], frozenset[str]]:
    """Return common names, folded, with their field and rank; and the parts of records that names begin with."""
    tables = load_toml("ingest_columns.toml", tables=(*FIELDS, *EXTRA_FIELDS, "parts"))
    found: dict[str, tuple[str, int]] = {}
    for item in (*FIELDS, *EXTRA_FIELDS):
        listed = [*tables["text"]["strong"], *tables["text"]["weak"]] if item == "text" else tables[item]["names"]
        for rank, name in enumerate(listed):
            found.setdefault(fold(name), (item, rank))
    return MappingProxyType(found), frozenset(fold(name) for name in tables["parts"]["names"])


def is_summary(column: str) -> bool:
    """Tell whether a column of this name holds a summary, not the whole text."""
    place = _place_of(column)
    strong = load_toml("ingest_columns.toml", tables=(*FIELDS, *EXTRA_FIELDS, "parts"))["text"]["strong"]
    return place is not None and place[0] == "text" and place[1] % len(_common_names()[0]) >= len(strong)


def fold(name: str) -> str:
    """Return a column name without case, accents, spaces, hyphens and underscores."""
    return _JOINTS.sub("", folding.fold(str(name).strip(), accents=False))


def is_part(name: str) -> bool:
    """Tell whether a part of a record of this name is where tools put the article."""
    return fold(name) in _common_names()[1]
