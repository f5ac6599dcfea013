"""Noun phrases by their edges: the subject before a verb, the name after *selon*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.grammar.nouns import words
from newsnlp.grammar.words import grammar

if TYPE_CHECKING:
    from newsnlp.grammar.items import Sentence

Span = tuple[int, int]
LONGEST = 9
COMMA = frozenset({","})
BRACKET = frozenset({"("})
CLITICS = frozenset({"se", "s'", "n'", "ne", "l'", "y", "en", "nous"})
SUBJECT_STARTS = frozenset({"que", "qu'", "mais", "où", "et", "qui", "selon"})


def subject_before(sentence: Sentence, verb: int) -> Span | None:
    """Return the noun phrase that ends before a verb, back to its determiner or the clause's start."""
    end = verb
    while end > 0 and (sentence.low(end - 1) in CLITICS or sentence.low(end - 1) in words("adverbs")):
        end -= 1
    last = sentence.low(end - 1)
    if last in (",", ")"):
        end = _before_apposition(sentence, end, BRACKET if last == ")" else COMMA)
    if end <= 0 or not sentence.is_word(end - 1):
        return None
    start = end
    while start > 0 and end - start < LONGEST:
        if not sentence.is_word(start - 1) or sentence.low(start - 1) in SUBJECT_STARTS:
            break
        start -= 1
    return _trim(sentence, start, end)


def _before_apposition(sentence: Sentence, end: int, opener: frozenset[str]) -> int:
    """``Laurent Berger, secrétaire général de la CFDT, estime``: return the end of the noun before it."""
    return max(sentence.last_before(end - 1, opener), min(end - 2, 0))


def _trim(sentence: Sentence, start: int, end: int) -> Span | None:
    while start < end and sentence.low(start) in words("determiners") | grammar("sources", "not_first"):
        start += 1
    while end > start and sentence.low(end - 1) in words("determiners") | words("prepositions"):
        end -= 1
    return (start, end) if end > start else None


def join_items(sentence: Sentence, first: int, last: int) -> str:
    """Return the words from `first` to before `last` as the text spaces them."""
    pieces: list[str] = []
    for item, following in zip(sentence.items[first:last], [*sentence.items[first + 1 : last], None], strict=True):
        pieces.append(item.text)
        if following is not None and following.start > item.end:
            pieces.append(" ")
    return "".join(pieces)
