"""The words that tell of a happening, read from the lexicon with all their forms."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from itertools import product

from newsnlp.figures.places.barred import place_words
from newsnlp.grammar.conjugation import forms_of_verb
from newsnlp.grammar.items import split_words
from newsnlp.lexicons import load_csv, load_toml

COLUMNS = ("surface", "class", "types", "strength", "needs", "bars")
TABLES = ("actors", "bars", "counts", "needs", "signs", "unreal")
FIRST = frozenset({"premier", "première"})
ANY, NONE = "any", "none"
ANYWHERE = "+"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase that names a happening: of one of its `types`, as the words around it tell.

    `strength` is ``sure``; ``weak`` where it only goes on with what is told already (*le drame*); ``effect`` where it
    tells what an event did to people (*tués*); ``person`` where it is one's of a person named beside it. It ``needs`` a
    word of a list in its sentence, or anywhere where that list is `recalled` (``buildings+``), and ``bars`` those
    beside it. `form` is a verb's: participle, finite, later,
    or clause.
    """

    types: tuple[str, ...]
    strength: str
    needs: tuple[str, ...]
    bars: tuple[str, ...]
    form: str = ""
    is_noun: bool = False
    is_plural: bool = False

    @property
    def recalled(self) -> tuple[str, ...]:
        """The lists of which any word of the text is enough."""
        return tuple(key.removesuffix(ANYWHERE) for key in self.needs if key.endswith(ANYWHERE))

    @property
    def needed(self) -> tuple[str, ...]:
        """The lists of which one word must stand in its sentence."""
        return tuple(key.removesuffix(ANYWHERE) for key in self.needs)


@functools.cache
def word_list(table: str, key: str) -> frozenset[str]:
    """Return one list of `events_contexts.toml`; what a trigger needs or bars may be the signs of a type, too."""
    lists = load_toml("events_contexts.toml", tables=TABLES)
    return frozenset(lists[table][key] if key in lists[table] else lists["signs"][key])


@functools.cache
def another() -> frozenset[str]:
    """Return the words before a noun that tell of another one than was told before: *un autre*, *une nouvelle*."""
    return place_words("leads", "another") - FIRST


@functools.cache
def contexts(table: str, key: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words of a list, and its phrases as they stand between blanks in a sentence."""
    listed = word_list(table, key)
    words = frozenset(item for item in listed if len(split_words(item)) == 1)
    return words, tuple(f" {' '.join(split_words(item))} " for item in sorted(listed - words))


@functools.cache
def triggers() -> dict[str, tuple[tuple[tuple[str, ...], Trigger], ...]]:
    """Return the triggers by their first word: all their words, and what they are; the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Trigger]]] = {}

    def add(words: tuple[str, ...], trigger: Trigger) -> None:
        found.setdefault(words[0], []).append((words, trigger))

    for row in load_csv("events_triggers.csv", columns=COLUMNS, key=("surface", "class")):
        types, needs, bars = tuple(row["types"].split()), tuple(row["needs"].split()), tuple(row["bars"].split())
        if row["class"] == "noun":
            plural = _plural(row["surface"])
            add((row["surface"],), Trigger(types, row["strength"], needs, bars, is_noun=True))
            if plural != row["surface"]:
                add((plural,), Trigger(types, row["strength"], needs, bars, is_noun=True, is_plural=True))
        elif row["class"] in ("phrase", "clause"):  # "prise d'otages", "a pris feu"
            is_noun = row["class"] == "phrase"
            kind = Trigger(types, row["strength"], needs, bars, "" if is_noun else "clause", is_noun=is_noun)
            for phrase in product(*(part.split("|") for part in row["surface"].split())):
                add(split_words(" ".join(phrase)), kind)
        elif row["class"] == "participle":
            add((row["surface"],), Trigger(types, row["strength"], needs, bars, "participle"))
        else:
            forms = forms_of_verb(row["surface"])
            for form, surfaces in (
                ("participle", forms.participles if row["class"] != "finite" else ()),
                ("finite", forms.finite if row["class"] != "passive" else ()),
                ("later", forms.later if row["class"] == "verb" else ()),
            ):
                for surface in sorted(surfaces):
                    add((surface,), Trigger(types, row["strength"], needs, bars, form))
    return {first: tuple(sorted(each, key=lambda pair: -len(pair[0]))) for first, each in found.items()}


@functools.cache
def longest_words() -> frozenset[str]:
    """Return of each trigger its longest word: a sentence without any of them tells of nothing."""
    return frozenset(max(words, key=len) for each in triggers().values() for words, _ in each)


def _plural(noun: str) -> str:
    if noun.endswith(("s", "x", "z")):
        return noun
    return f"{noun[:-2]}aux" if noun.endswith("al") else f"{noun}x" if noun.endswith("eau") else f"{noun}s"
