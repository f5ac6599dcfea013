"""What the text says of a name beside it: *le ministre, Luc Blin*, *Luc Blin, porte-parole de Renault*."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import words
from newsnlp.grammar.words import auxiliaries
from newsnlp.lexicons import word_set
from newsnlp.quotes.people.kinds import deputies, is_person, links
from newsnlp.quotes.sources import FINAL, OF_WHOM, is_inside_name, known_heads, source_words
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from newsnlp.grammar.items import Sentence, Span

LONGEST = 14
"""In words: *le porte-parole du ministère de l'Intérieur et de la Sécurité publique, Luc Blin*."""
CLOSING = FINAL | {")"}
BREAKS = frozenset({"qui", "que", "qu'"})
BRACKETED = 6


@functools.cache
def titles() -> frozenset[str]:
    """Return what stands before a name and belongs to it, folded and without its stop: ``m``, ``mme``, ``dr``."""
    listed = (word_set(f"civilities.{key}") for key in ("masculine", "feminine", "neutral"))
    return frozenset(fold(title).rstrip(".") for words in listed for title in words)


def start_of_name(sentence: Sentence, first: int) -> int:
    """Return where a name begins with its title: ``M. Blin``, ``le Dr Roux``."""
    start = first
    if sentence.low(start - 1) == "." and sentence.low(start - 2) in titles():
        start -= 2
    return start - (sentence.low(start - 1) in titles())


def described(sentence: Sentence, first: int, last: int, *, person: bool = True) -> list[Span]:
    """Return the noun phrases in apposition to a name, that before it and that after it.

    `first` and `last` are its items, end excluded; `person` says that a person bears it, who is no body and no paper.
    """
    spans = before_name(sentence, first, person=person), _after(sentence, last, person=person)
    return [span for span in spans if span is not None]


def before_name(sentence: Sentence, first: int, *, person: bool = True) -> Span | None:
    """Return the noun phrase that stands before a name as its apposition, or the title there."""
    end = start_of_name(sentence, first)
    title = (end, first) if end < first else None
    if sentence.low(end - 1) == ")":
        opened = sentence.last_before(end, frozenset({"("}))
        end = opened if opened >= end - BRACKETED else end  # "l'Autorité des technologies (BTK) Luc Blin"
    if sentence.low(end - 1) == ",":
        end -= 1
    elif sentence.low(end - 1) in links() or sentence.low(end - 1) in source_words("determiners", "phrase"):
        return title  # "l'avocat de Luc Blin"
    start = end
    while start > max(0, end - LONGEST) and _is_inside(sentence, start - 1):
        start -= 1
    heads = [step for step in range(start, end) if _can_head(sentence, step, start, person=person)]
    apart = [step for step in heads if sentence.low(step - 2) not in links() or sentence.low(step - 2) in ("à", "chez")]
    apart = [step for step in apart if sentence.low(step - 1) not in links()]
    head = apart[-1] if apart else heads[0] if heads else None
    if head is None or (head > start and sentence.low(head - 2) == "par" and sentence.low(end) == ","):
        return title
    return head, end


def _after(sentence: Sentence, last: int, *, person: bool) -> Span | None:
    start = last
    opened = sentence.low(start) in (",", "(")
    start += opened
    if opened and (sentence.is_figure(start) or sentence.low(start).isdigit()):
        closed = sentence.next_from(start, COMMA)
        start = closed + 1 if closed <= start + len(("54", "ans")) else start  # "Luc Blin, 54 ans, maire de Toul"
    if opened and sentence.low(start) in OF_WHOM:
        return _membership(sentence, start + 1)
    head = start
    while sentence.low(head) in source_words("determiners", "phrase") | source_words("adjectives"):
        head += 1
    if not _is_head(sentence, head, person=person) or (head > start and not opened):
        return None
    end = head + 1
    while end < head + LONGEST and _is_inside(sentence, end):
        end += 1
    # "Selon Luc Blin, le président russe a accepté": another one, who does something.
    is_definite = sentence.low(start) in ("le", "la", "l'")
    return None if is_definite and sentence.low(end) not in CLOSING else (head, end)


def _membership(sentence: Sentence, start: int) -> Span | None:
    """``Luc Blin, de l'International Crisis Group, …``: the body that a person is of."""
    start += sentence.low(start) in ("la", "l'")
    end = start
    while end < start + LONGEST and _is_inside(sentence, end):
        end += 1
    return (start, end) if sentence.is_capitalised(start) and sentence.low(end) in CLOSING else None


def _is_inside(sentence: Sentence, position: int) -> bool:
    low = sentence.low(position)
    inside = sentence.is_word(position) or low == "-" or is_inside_name(sentence, position)
    return inside and low not in auxiliaries() and low not in BREAKS | words("clause_breaks")


def _can_head(sentence: Sentence, position: int, start: int, *, person: bool) -> bool:
    """Whether a noun phrase may begin with that noun: after a determiner, an adjective, or at the very start."""
    if not _is_head(sentence, position, person=person):
        return False
    before = sentence.low(position - 1)
    opens = before in source_words("determiners", "phrase") or before in source_words("adjectives")
    return opens or before in ("au", "du", "aux") or position == start


def _is_head(sentence: Sentence, position: int, *, person: bool) -> bool:
    low = sentence.low(position)
    known = low in known_heads() or low in deputies() or low.rpartition("-")[2] in known_heads()
    return known and (is_person(low) or not person)


def words_of(sentence: Sentence, span: Span) -> tuple[str, ...]:
    """Return the words of a phrase as the text has them, without its marks."""
    return tuple(text for text in sentence.texts[slice(*span)] if text[:1].isalnum())
