"""The words of hearsay, plans and denial, read from `figures_hedges.toml`."""

from __future__ import annotations

import functools
import re
from typing import Any

from newsnlp.grammar.items import split_words
from newsnlp.grammar.words import conjugate
from newsnlp.lexicons import load_toml, pattern

Phrases = dict[str, tuple[tuple[str, ...], ...]]
FUTURE_STEM = r"(?:[eidv]|r|tt|[iî]t|mp|nc|^(?:re)?s?au|clu)r"
CONDITIONAL = re.compile(FUTURE_STEM + r"ai(?:en)?t$")
FUTURE = re.compile(FUTURE_STEM + r"(?:a|ont)$")
INFINITIVE = pattern("<figures_hedges.planned.infinitive>$")
OTHER_TENSE = pattern("<figures_hedges.conditional.r_stems>ai?(?:en)?t?$")


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


def is_conditional(low: str) -> bool:
    """Whether a word is a conditional, not an imperfect that ends like one.

    Examples
    --------
    >>> [low for low in ("aurait", "serait", "tirait", "espérait", "montrait", "mettrait") if is_conditional(low)]
    ['aurait', 'serait', 'mettrait']
    """
    return low.endswith(("rait", "raient")) and bool(CONDITIONAL.search(low)) and not OTHER_TENSE.search(low)


def is_future(low: str) -> bool:
    """Whether a word is a future, not a simple past that ends like one.

    Examples
    --------
    >>> [low for low in ("aura", "fermeront", "tira", "assura") if is_future(low)]
    ['aura', 'fermeront']
    """
    return low.endswith(("ra", "ront")) and bool(FUTURE.search(low)) and not OTHER_TENSE.search(low)


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
def forms_of(key: str) -> frozenset[str]:
    """Return all forms of the regular verbs of a list of the sources."""
    forms = [conjugate(lemma) for lemma in hedge_words("sources", key)]
    return frozenset(form for given, others in forms for form in given | others)


@functools.cache
def participles_of(key: str) -> frozenset[str]:
    """Return the participles of the regular verbs of a list of the sources."""
    return frozenset(form for lemma in hedge_words("sources", key) for form in conjugate(lemma)[0])


@functools.cache
def saying_phrases() -> Phrases:
    """Return the verbs of saying of several words, by first word."""
    found: Phrases = {}
    for form in hedge_words("sources", "forms"):
        if " " in form or "'" in form:
            words = split_words(form)
            found[words[0]] = (*found.get(words[0], ()), words)
    return found
