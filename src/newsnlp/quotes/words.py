"""The words of hearsay, plans and denial, read from `figures_hedges.toml`."""

from __future__ import annotations

import functools
import re
from typing import Any

from newsnlp.grammar.items import split_words
from newsnlp.grammar.words import conjugate
from newsnlp.lexicons import load_toml

Phrases = dict[str, tuple[tuple[str, ...], ...]]


@functools.cache
def hedge_words(table: str, key: str) -> tuple[str, ...]:
    """Return one list of the lexicon."""
    tables: Any = load_toml("figures_hedges.toml", tables=("announcing", "conditional", "denied", "planned", "sources"))
    return tuple(tables[table][key])


@functools.cache
def hedge_set(table: str, key: str) -> frozenset[str]:
    """Return one list of single words as a set."""
    return frozenset(hedge_words(table, key))


@functools.cache
def hedge_phrases(table: str, key: str) -> Phrases:
    """Return one list of phrases, cut into words, by first word, longest first."""
    found: Phrases = {}
    for phrase in hedge_words(table, key):
        words = split_words(phrase)
        found[words[0]] = tuple(sorted((*found.get(words[0], ()), words), key=len, reverse=True))
    return found


@functools.cache
def saying_verbs() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return finite forms, participles, and those of them that need a clause to attribute anything."""
    clausal_lemmas = hedge_set("sources", "clausal")
    finite: set[str] = set()
    participles: set[str] = set()
    clausal: set[str] = set()
    for lemma in (*hedge_words("sources", "verbs"), *hedge_words("sources", "incise")):
        given, others = conjugate(lemma)
        others = frozenset(
            form for form in others if form != lemma and not form.endswith(("era", "eront", "erait", "eraient"))
        )
        finite |= others
        participles |= given
        if lemma in clausal_lemmas:
            clausal |= given | others
    finite -= {"alerte", "juge", "note"}  # nouns first of all
    for form in hedge_words("sources", "forms"):
        if " " in form or "'" in form:
            continue
        (participles if re.search(r"(?:u|is|erti|é)$", form) else finite).add(form)
        if form in ("dit", "écrit"):
            participles.add(form)  # "il dit" and "il a dit"
        if form in clausal_lemmas:
            clausal.add(form)
    return frozenset(finite), frozenset(participles), frozenset(clausal)


@functools.cache
def incise_verbs() -> frozenset[str]:
    """Return the forms that attribute only where they are inserted, or open a clause."""
    forms = [conjugate(lemma) for lemma in hedge_words("sources", "incise")]
    return frozenset(form for given, others in forms for form in given | others)


@functools.cache
def saying_phrases() -> Phrases:
    """Return the verbs of saying of several words, by first word."""
    found: Phrases = {}
    for form in hedge_words("sources", "forms"):
        if " " in form or "'" in form:
            words = split_words(form)
            found[words[0]] = (*found.get(words[0], ()), words)
    return found
