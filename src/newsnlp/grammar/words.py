"""The words of events, read from the lexicons: nouns, verbs with their forms, phrases, nouns of action."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from itertools import product

from newsnlp.grammar.conjugation import conjugate
from newsnlp.grammar.items import split_words
from newsnlp.lexicons import load_csv, load_toml
from newsnlp.lexicons.names import office_genders

GRAMMAR_TABLES = (
    "actors",
    "articles",
    "auxiliaries",
    "bodies",
    "casualties",
    "ellipsis",
    "parts",
    "predicates",
    "seats",
    "sickness",
    "sources",
    "verbs",
)


@functools.cache
def grammar(table: str, key: str) -> frozenset[str]:
    """Return one closed list of `figures_grammar.toml`."""
    return frozenset(load_toml("figures_grammar.toml", tables=GRAMMAR_TABLES)[table][key])


@functools.cache
def persons() -> frozenset[str]:
    """Return the nouns of single persons: listed ones and offices."""
    return grammar("casualties", "persons").union(office_genders())


@functools.cache
def auxiliaries() -> frozenset[str]:
    """Return the forms of *être* and *avoir*."""
    return grammar("auxiliaries", "be") | grammar("auxiliaries", "have")


@functools.cache
def context_words(table: str, key: str) -> frozenset[str]:
    """Return the words of a sentence that tell a demonstration, or an attack."""
    return frozenset(
        load_toml("figures_event_contexts.toml", tables=("attack", "demonstration", "space", "sport", "vote"))[table][
            key
        ]
    )


@dataclass(frozen=True, slots=True)
class EventVerb:
    """What a verb says of its object or its subject (``role``), or of those who do it to themselves (reflexive).

    ``needs`` names the classes of nouns it asks for, with blanks between; none: it takes any.
    """

    event: str
    role: str
    needs: str


@functools.cache
def verb_forms() -> tuple[dict[str, tuple[EventVerb, ...]], dict[str, tuple[EventVerb, ...]]]:
    """Return the participles and the other forms of all event verbs, each with the verbs it may be of."""
    columns = ("lemma", "event", "role", "needs", "participles", "forms")
    participles: dict[str, tuple[EventVerb, ...]] = {}
    finite: dict[str, tuple[EventVerb, ...]] = {}
    for row in load_csv("figures_event_verbs.csv", columns=columns, key=("lemma", "event", "role")):
        verb = EventVerb(row["event"], row["role"], row["needs"])
        if row["participles"]:
            given, others = frozenset(row["participles"].split()), frozenset(row["forms"].split())
        else:
            given, others = conjugate(row["lemma"])
        for form in given:
            participles[form] = (*participles.get(form, ()), verb)
        for form in others:
            finite[form] = (*finite.get(form, ()), verb)
    return participles, finite


@functools.cache
def event_nouns() -> dict[str, tuple[str, str]]:
    """Return the nouns that state an event of those they count: surface → (event, strength)."""
    rows = load_csv("figures_event_nouns.csv", columns=("surface", "event", "strength", "note"))
    return {row["surface"]: (row["event"], row["strength"]) for row in rows}


@functools.cache
def event_phrases() -> tuple[dict[str, tuple[tuple[tuple[str, ...], str], ...]], ...]:
    """Return the phrases said of a subject, those before an object, and those that begin with a noun, by first word.

    ``perd|perdent leur|son emploi`` stands for four; the event ``none`` says that nothing happened, whatever the verb.
    """
    tables: tuple[dict[str, tuple[tuple[tuple[str, ...], str], ...]], ...] = ({}, {}, {})
    for row in load_csv("figures_event_phrases.csv", columns=("phrase", "event", "side"), key=("phrase",)):
        event = "" if row["event"] == "none" else row["event"]
        table = tables[("subject", "object", "noun").index(row["side"])]
        for phrase in product(*(part.split("|") for part in row["phrase"].split())):
            words = split_words(" ".join(phrase))
            table[words[0]] = (*table.get(words[0], ()), (words, event))
    return tables


@functools.cache
def action_nouns() -> dict[str, tuple[EventVerb, ...]]:
    """Return what nouns of action say of the counted, which they take after *de*."""
    nouns: dict[str, tuple[EventVerb, ...]] = {}
    for row in load_csv("figures_event_actions.csv", columns=("surface", "event", "needs"), key=("surface", "event")):
        verb = EventVerb(row["event"], "object", row["needs"])
        nouns[row["surface"]] = (*nouns.get(row["surface"], ()), verb)
    return nouns
