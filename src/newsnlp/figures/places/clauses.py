"""How many clauses stand between a figure and the name of a place, told by what opens them."""

from __future__ import annotations

from itertools import pairwise

from newsnlp.figures.places.barred import place_words
from newsnlp.grammar.words import auxiliaries
from newsnlp.quotes.words import saying_verbs

LATER = 99
"""What another event costs: out of the reach of any figure."""
LONGEST_ASIDE = 4
PLACE_FOLLOWS = frozenset({"à", "en", "au", "aux", "dans", "sur", "près"})
WITH = frozenset({"avec"})
NE = frozenset({"ne", "n'"})
CLAUSE_COSTS = {
    ",": 1, "qui": 1, "où": 1, "dont": 1, ":": 3, "que": 2, "qu'": 2, "mais": 3, "tandis": 3, "alors": 3, "comme": 2,
    "car": 3, "puisque": 3, "avant": 2, "–": 2, "—": 2, "selon": 2, "lorsque": 1, "lorsqu'": 1, "quand": 1,
}  # fmt: skip


def clauses_between(words: tuple[str, ...]) -> int:
    """Return what the clauses cost that the words between a figure and a place open."""
    # "ainsi que" adds, and "ne … que quatre services" only bounds.
    added = sum(pair in (("ainsi", "que"), ("que", "#")) for pair in pairwise(words))
    # In "n'étaient plus remplis qu'à 24 %", too.
    added = added or int(not NE.isdisjoint(words) and words.count("que") + words.count("qu'") == 1)
    later = ("d'", "être") in pairwise(words) and "avant" in words  # "avant d'être primé à Locarno": another event
    # "ont manifesté à Lille pour dénoncer la suppression de 300 postes"
    later = later or not place_words("verbs", "demanding").isdisjoint(words)
    # "a dénoncé 40 fraudes et annoncé un recours à Sfax"
    later = later or any(first == "et" and then in saying_verbs()[1] for first, then in pairwise(words))
    cost = sum(CLAUSE_COSTS.get(word, 0) for word in words) - added * CLAUSE_COSTS["que"] + later * LATER
    return cost - 2 * _asides(words) if cost > 1 else cost


def _asides(words: tuple[str, ...]) -> int:
    """``a voté, lundi soir, un budget``: how many words or two stand between commas, and are no clause."""
    commas = [number for number, word in enumerate(words) if word == ","]
    inside = [words[first + 1 : last] for first, last in zip(commas[::2], commas[1::2], strict=False)]
    inside = [each for each in inside if len(each) <= LONGEST_ASIDE]
    return sum((CLAUSE_COSTS.keys() | {"#"} | auxiliaries()).isdisjoint(each) for each in inside)
