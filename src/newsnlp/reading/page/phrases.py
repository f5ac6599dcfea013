"""The lexicon of page furniture, made ready for looking up short lines."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from newsnlp.lexicons import load_toml
from newsnlp.reading.page.folding import fold
from newsnlp.reading.page.service_lines import service_kind

KINDS = (
    "menu",
    "share",
    "subscribe",
    "cookies",
    "advertising",
    "player",
    "tags",
    "footer",
    "comments",
    "related",
    "related_line",
)
# Longer lines are prose, whatever their first words; only notices on cookies and subscriptions run longer.
MAX_LINE = 220
MAX_NOTICE = 700
_NOTICES = ("cookies", "subscribe")
# A row of so many menu words is a menu wherever it stands.
_MENU_ROW = 4


@dataclass(frozen=True, slots=True)
class Furniture:
    """What the lexicon says of a line: the kind of furniture, and whether it is so in the midst of an article."""

    kind: str
    strong: bool


@dataclass(frozen=True, slots=True)
class _Lexicon:
    phrases: dict[str, Furniture]
    firsts: frozenset[str]
    longest: int
    starts: dict[str, tuple[tuple[str, str, str], ...]]


@functools.cache
def _lexicon() -> _Lexicon:
    data = load_toml("reading_boilerplate.toml", tables=KINDS)
    phrases: dict[str, Furniture] = {}
    starts: dict[str, list[tuple[str, str, str]]] = {}
    for kind in KINDS:
        for strength in ("strong", "weak"):
            for phrase in data[kind][strength]:
                # A phrase of two kinds is of the first one; strong wins over weak.
                known = phrases.get(_bare(fold(phrase)))
                if known is None or (strength == "strong" and not known.strong):
                    phrases[_bare(fold(phrase))] = Furniture(kind, strength == "strong")
        for start in data[kind]["starts"]:
            begins, _, holds = fold(start).partition(" … ")
            starts.setdefault(begins.split()[0], []).append((begins, holds, kind))
    longest = max(len(phrase.split()) for phrase in phrases)
    firsts = frozenset(_bare(phrase.split(" ", 1)[0]) for phrase in phrases)
    return _Lexicon(phrases, firsts, longest, {word: tuple(rows) for word, rows in starts.items()})


def _bare(key: str) -> str:
    return key.strip(" .:;,!?…|>›»«<‹*•·→←↓↑-–—/()[]+#")


def look_up(line: str) -> Furniture | None:
    """Return what the lexicon says of a whole line, None if it is no furniture by its words.

    Examples
    --------
    >>> look_up("Partager sur Facebook | Imprimer")
    Furniture(kind='share', strong=True)
    >>> look_up("Le ministre a partagé sur Facebook une photo.") is None
    True
    """
    # Longer lines are not remembered either: their length has no bound.
    return None if len(line) > MAX_NOTICE else _looked_up(line)


@functools.lru_cache(maxsize=2048)
def _looked_up(line: str) -> Furniture | None:
    lexicon = _lexicon()
    if len(line) > MAX_LINE and fold(line[:30]).split(" ", 1)[0] not in lexicon.starts:
        return None
    key = fold(line[: MAX_LINE + 1])
    if not key:
        return None
    bare = _bare(key) if len(line) <= MAX_LINE else ""
    found = lexicon.phrases.get(bare)
    if found is not None:
        return found
    for begins, holds, kind in lexicon.starts.get(key.split(" ", 1)[0], ()):
        fits = key.startswith(begins) and holds in key
        if fits and not key[len(begins) : len(begins) + 1].isalnum() and (len(line) <= MAX_LINE or kind in _NOTICES):
            return Furniture(kind, strong=True)
    if len(line) > MAX_LINE:
        return None
    covered = _covered(bare.split(), lexicon)
    if covered is not None:
        return covered
    built = service_kind(line, key)
    return Furniture(*built) if built is not None else None


def _covered(words: list[str], lexicon: _Lexicon) -> Furniture | None:
    """Return what a line is that consists of several phrases and nothing else."""
    found: list[Furniture] = []
    position = 0
    while position < len(words):
        first = _bare(words[position])
        if not first:
            position += 1
            continue
        if first not in lexicon.firsts:
            return None
        for length in range(min(lexicon.longest, len(words) - position), 0, -1):
            phrase = lexicon.phrases.get(_bare(" ".join(words[position : position + length])))
            if phrase is not None:
                found.append(phrase)
                position += length
                break
        else:
            return None
    if not found:
        return None
    first_strong = next((phrase for phrase in found if phrase.strong), None)
    if first_strong is not None:
        return first_strong
    return Furniture(found[0].kind, strong=len(found) >= _MENU_ROW)
