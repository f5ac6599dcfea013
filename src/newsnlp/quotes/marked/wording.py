"""How a text words an attribution: where the cue stands, and the speaker: a name alone, or a whole noun phrase."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from newsnlp.grammar.drafts import SourceBy
from newsnlp.grammar.items import COMMA
from newsnlp.quotes.attribution import cue_of
from newsnlp.quotes.marked.taking import having_of
from newsnlp.quotes.sayings import REFLEXIVES
from newsnlp.quotes.sources import OF_WHOM, source_words
from newsnlp.quotes.subjects import PRONOUNS

if TYPE_CHECKING:
    from newsnlp.grammar.items import Sentence, Span
    from newsnlp.quotes.attribution import Attribution

PRONOUN_REACH = 6
"""How many words may stand between a pronoun and the verb of which it is the subject: *il l'a aussitôt affirmé*."""
STANDING = frozenset({"dernier", "dernière", "derniers", "celui-ci", "celle-ci"})
NEAR = frozenset({"ce", "cette", "ces"})
AROUND_NAME = frozenset({"", ",", ".", "«", "»", ":", "(", ";"})
TO = frozenset({"à", "au", "aux", "en", "sur", "dans"})
NO_CUE = -1
"""The cue of an attribution without one: *Le maire : « … »*."""


def cue_span(sentence: Sentence, found: Attribution) -> Span | None:
    """Return where in the text the words stand that attribute; None where a colon alone does."""
    if found.cue == NO_CUE:
        return None
    first, last = cue_of(sentence, found)
    if first == found.cue and found.by is not SourceBy.SELON:
        having = having_of(sentence, first)  # of a verb that says something beside marks alone
        first = first if having is None else having
    first -= sentence.low(first - 1) in REFLEXIVES
    return sentence.starts[first], sentence.end_of(min(last, len(sentence.words)) - 1)


def speaker_span(sentence: Sentence, found: Attribution) -> tuple[Span | None, bool]:
    """Return where in the text the speaker stands, and whether by a pronoun: a name alone, or a whole noun phrase."""
    if found.source is None:
        pronoun = _pronoun_span(sentence, found)
        return pronoun, pronoun is not None
    first, last = found.source
    name = _name_in(sentence, first, last) or _name_beside(sentence, first, last)
    if sentence.low(first - 1) in OF_WHOM:
        name = _name_beside(sentence, first, last) or name  # "un proche d'A. Blin, Jean Roy, a dit"
    if name is not None:
        return name, False
    while first > 0 and (
        sentence.is_figure(first - 1) or sentence.low(first - 1) in source_words("determiners", "phrase")
    ):
        first -= 1  # "les deux témoins"
    return (sentence.starts[first], sentence.end_of(last - 1)), False


def _pronoun_span(sentence: Sentence, found: Attribution) -> Span | None:
    """``a-t-il ajouté``, ``Il affirme que``, ``selon lui``."""
    pronoun = found.pronoun
    if pronoun in ("", "on", "je"):
        return None
    first, last = (0, 0) if found.cue == NO_CUE else cue_of(sentence, found)
    for step in range(max(0, first), last):
        if sentence.low(step).endswith(f"-{pronoun}"):
            return sentence.end_of(step) - len(pronoun), sentence.end_of(step)
    places = range(last, last + 1) if found.by is SourceBy.SELON else range(first - 1, first - PRONOUN_REACH, -1)
    # "ce dernier", "celui-ci" stand where *il* could.
    standing = {pronoun} if found.by is SourceBy.SELON else PRONOUNS | STANDING
    # "Il a conclu en disant" has its pronoun at the head of the sentence, or behind its first comma.
    head = sentence.next_from(0, COMMA) + 1
    if found.by is SourceBy.SUBJECT and sentence.low(found.first) == pronoun:
        return sentence.starts[found.first], sentence.end_of(found.first)
    for step in (0,) if found.cue == NO_CUE else (*places, *((0, head) if found.by is not SourceBy.SELON else ())):
        if sentence.low(step) in standing:
            return sentence.starts[step - (sentence.low(step - 1) in NEAR)], sentence.end_of(step)
    # "a-t-il dit, ajoutant que": the pronoun of the verb before.
    for step in range(first - 1, -1, -1):
        if sentence.low(step) == pronoun or sentence.low(step).endswith(f"-{pronoun}"):
            end = sentence.end_of(step)
            return end - len(pronoun), end
    return None


def _name_in(sentence: Sentence, first: int, last: int) -> Span | None:
    """``le ministre Jean Dupont``: the name in a phrase, unless it is of somebody else: *le frère de Jean Dupont*."""
    start, end = sentence.starts[first], sentence.end_of(last - 1)
    for number in range(bisect_left(sentence.named, (end, end)) - 1, -1, -1):
        name = sentence.named[number]
        if name[0] < start:
            break
        step = sentence.items_within(name[0], end)[0]
        if sentence.low(step - 1) in (TO if step == first else TO | OF_WHOM):
            continue
        before = step - 1 - (sentence.low(step - 1) in source_words("determiners", "phrase"))
        if step == first or sentence.low(before) not in TO | OF_WHOM:
            return name
    return None


def _name_beside(sentence: Sentence, first: int, last: int) -> Span | None:
    """``l'entraîneur toulousain, Philippe Gardent, reconnaît``, ``Jean Dupont, maire de Lens, a dit``."""
    of_body = source_words("bodies") | source_words("documents")
    if sentence.low(last) == "," and last + 1 < len(sentence.words) and sentence.low(first) not in of_body:
        name = _named_at(sentence, sentence.starts[last + 1])
        if name is not None and sentence.low(sentence.items_within(name[0], name[1])[1] + 1) in AROUND_NAME:
            return name
    while first > 1 and sentence.low(first - 1) in source_words("determiners", "phrase"):
        first -= 1
    if sentence.low(first - 1) == "," and first > 1:
        name = _named_at(sentence, sentence.starts[first - 2])
        if name is not None and name[1] == sentence.end_of(first - 2):
            return name
    return None


def _named_at(sentence: Sentence, offset: int) -> Span | None:
    number = bisect_right(sentence.named, (offset, sys.maxsize))
    return sentence.named[number - 1] if number and sentence.named[number - 1][1] > offset else None
