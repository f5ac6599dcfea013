"""The verb of saying at a place: *a annoncé*, *fait également état de*, *a donné un nouveau bilan de*, *note*."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsnlp.grammar.nouns import words
from newsnlp.grammar.words import grammar
from newsnlp.quotes.words import forms_of, hedge_set, saying_phrases, saying_verbs

if TYPE_CHECKING:
    from newsnlp.grammar.items import Sentence

INVERTED_AUXILIARIES = ("a-t-", "ont-", "avait-")
INCISE_MARKS = frozenset({",", "»", "–", "—", '"', "”"})
ARTICLES = frozenset({"le", "la", "l'", "les", "un", "une"})
NOUN_BEFORE = frozenset({"la", "une", "cette", "sa", "des", "du"})
"""After these a form is a noun: *la liste*, *une annonce*."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of saying: where its auxiliary stands, where it is, and where what follows begins."""

    auxiliary: int
    verb: int
    after: int


def saying_at(sentence: Sentence, position: int) -> Saying | None:
    """Return the verb of saying at a position, with its auxiliary where it has one."""
    low = sentence.low(position)
    finite, participles, _ = saying_verbs()
    for phrase in saying_phrases().get(low, ()):
        # "fait également état de"
        after = position + 1
        while sentence.low(after) in words("adverbs"):
            after += 1
        if sentence.matches(after, phrase[1:]):
            return _with_auxiliary(sentence, position, after + len(phrase) - 1)
    given = _given_after(sentence, position) if low in forms_of("giving") else None
    if given is not None:
        return _with_auxiliary(sentence, position, given)
    if sentence.low(position + 1) in ("oui", "non"):
        return None  # "ont dit non à 57 %"
    auxiliary = _auxiliary(sentence, position) if low in participles else None
    if auxiliary is not None:
        return Saying(auxiliary, position, position + 1)
    if low in hedge_set("sources", "noun_first") and not _is_verb_here(sentence, position):
        return None
    if low not in finite or sentence.low(position - 1) == "été" or sentence.low(position - 1) in NOUN_BEFORE:
        return None
    if low == "dit" and sentence.low(position - 1) in ("est", "le", "la", "un"):
        return None
    return Saying(position, position, position + 1)


def _with_auxiliary(sentence: Sentence, position: int, after: int) -> Saying | None:
    if sentence.low(position - 1) == "été":
        return None
    auxiliary = _auxiliary(sentence, position)
    return Saying(position if auxiliary is None else auxiliary, position, after)


def _given_after(sentence: Sentence, position: int) -> int | None:
    """``a donné un nouveau bilan de 12 morts``: return where what is given begins."""
    for step in range(position + 2, position + 5):
        if sentence.low(step) in hedge_set("sources", "given"):
            return step + 1
    return None


def _auxiliary(sentence: Sentence, position: int) -> int | None:
    """Return where the *avoir* of a participle stands; None where there is none, or a passive."""
    for step in range(position - 1, max(-1, position - 5), -1):
        low = sentence.low(step)
        if low in grammar("auxiliaries", "have") or low.startswith(INVERTED_AUXILIARIES):
            return None if sentence.low(step + 1) == "été" else step
        if low not in words("adverbs") and not low.endswith("ment") and low not in grammar("sources", "between"):
            return None
    return None


def _is_verb_here(sentence: Sentence, position: int) -> bool:
    """``, note RTL``, ``la Cour note que``, not ``une note``."""
    after = sentence.low(position + 1)
    if after in ("que", "qu'"):
        return True
    opens = sentence.low(position - 1) in INCISE_MARKS
    return opens and (sentence.is_capitalised(position + 1) or after in ARTICLES)
