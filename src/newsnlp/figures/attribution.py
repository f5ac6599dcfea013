"""Where a sentence names the source of what it says, how far that reaches, and quotations."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsnlp.figures.events_lexicon import grammar
from newsnlp.figures.hedges_lexicon import hedge_phrases, hedge_set, saying_phrases, saying_verbs
from newsnlp.figures.nouns import noun_classes, words
from newsnlp.figures.phrases import noun_phrase, subject_before

if TYPE_CHECKING:
    from newsnlp.figures.items import Sentence
    from newsnlp.figures.phrases import Span

SHORTEST_QUOTED_CLAUSE = 25
"""In characters: shorter quotations are names and words set apart, not statements."""
CLAUSE_REACH = 10
"""How many words after a verb of saying *que* may stand."""
INCISE_MARKS = frozenset({",", "»", "–", "—", '"', "”"})
INVERTED_AUXILIARIES = ("a-t-", "ont-", "avait-")
CLAUSE_OPENERS = frozenset({"avoir", "être", "disposer", "détenir"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source named in a sentence: the items it covers, where the source stands, and the word that shows it."""

    first: int
    last: int
    source: Span | None
    rule: str
    cue: int = 0


@dataclass(frozen=True, slots=True)
class _Saying:
    """A verb of saying: where its auxiliary stands, where it is, and where what follows begins."""

    auxiliary: int
    verb: int
    after: int


def find_attributions(sentence: Sentence) -> list[Attribution]:
    """Return the attributions of one sentence."""
    found = [
        _prepositional(sentence, position) or _verbal(sentence, position)
        for position in range(len(sentence.items))
        if sentence.low(position)
    ]
    return [attribution for attribution in found if attribution is not None]


def _prepositional(sentence: Sentence, position: int) -> Attribution | None:
    """``selon la police``: it covers its sentence, or its side of a semicolon."""
    length = _phrase_at(sentence, position, "prepositions")
    if not length or _phrase_at(sentence, position, "no_source"):
        return None
    first, last = position, position
    while first > 0 and sentence.low(first - 1) != ";":
        first -= 1
    while last + 1 < len(sentence.items) and sentence.low(last + 1) != ";":
        last += 1
    start = position + length
    pronoun = sentence.low(start) in ("lui", "elle", "eux") or sentence.draft_at(start) is not None
    return Attribution(first, last, None if pronoun else noun_phrase(sentence, start), "source.selon", position)


def _phrase_at(sentence: Sentence, position: int, key: str) -> int:
    for phrase in hedge_phrases("sources", key).get(sentence.low(position), ()):
        if sentence.matches(position, phrase):
            return len(phrase)
    return 0


def _verbal(sentence: Sentence, position: int) -> Attribution | None:
    """``a annoncé que …``, ``…, précise la préfecture``, ``dit-il``."""
    saying = _saying_at(sentence, position)
    if saying is None:
        return _inverted(sentence, position)
    subject = subject_before(sentence, saying.auxiliary)
    after = saying.after
    while sentence.low(after) in words("adverbs"):
        after += 1
    if _is_incise(sentence, saying):
        source = subject or noun_phrase(sentence, after)
        return Attribution(0, len(sentence.items) - 1, source, "source.incise", position)
    if subject is not None and set(sentence.lows(*subject)) & hedge_set("sources", "no_subjects"):
        return None
    clause = _clause_after(sentence, after)
    if clause is not None:
        if subject is None and sentence.low(saying.auxiliary - 1) in ("bilan", "qui"):
            return None
        return Attribution(clause, _end_of_claim(sentence, clause), subject, "source.that", position)
    if subject is None:
        return None
    if sentence.low(position) in saying_verbs()[2] and not _is_institution(sentence, subject):
        return None
    return Attribution(after, _end_of_claim(sentence, after), subject, "source.object", position)


def _saying_at(sentence: Sentence, position: int) -> _Saying | None:
    """Return the verb of saying at a position, with its auxiliary where it has one."""
    low = sentence.low(position)
    finite, participles, _ = saying_verbs()
    for phrase in saying_phrases().get(low, ()):
        if sentence.matches(position, phrase):
            if sentence.low(position - 1) == "été":
                return None
            auxiliary = _auxiliary(sentence, position)
            return _Saying(position if auxiliary is None else auxiliary, position, position + len(phrase))
    auxiliary = _auxiliary(sentence, position) if low in participles else None
    if auxiliary is not None:
        return _Saying(auxiliary, position, position + 1)
    if low not in finite or sentence.low(position - 1) == "été":
        return None
    if low == "dit" and sentence.low(position - 1) in ("est", "le", "la", "un"):
        return None
    return _Saying(position, position, position + 1)


def _auxiliary(sentence: Sentence, position: int) -> int | None:
    """Return where the *avoir* of a participle stands; None where there is none, or a passive."""
    for step in range(position - 1, max(-1, position - 5), -1):
        low = sentence.low(step)
        if low in grammar("auxiliaries", "have") or low.startswith(INVERTED_AUXILIARIES):
            return None if sentence.low(step + 1) == "été" else step
        if low not in words("adverbs") and not low.endswith("ment") and low not in grammar("sources", "between"):
            return None
    return None


def _inverted(sentence: Sentence, position: int) -> Attribution | None:
    """``précise-t-on``, ``dit-il``, ``indique-t-elle``."""
    verb, _, pronoun = sentence.low(position).rpartition("-")
    if not verb or pronoun not in hedge_set("sources", "inverted") or verb.removesuffix("-t") not in saying_verbs()[0]:
        return None
    return Attribution(0, len(sentence.items) - 1, noun_phrase(sentence, position + 1), "source.incise", position)


def _is_incise(sentence: Sentence, saying: _Saying) -> bool:
    """Whether the verb opens an inserted clause: ``..., a annoncé la police``, ``» a-t-il affirmé``."""
    if sentence.low(saying.verb + 1) == "état" or sentence.low(saying.auxiliary + 1) == "état":
        return False
    if sentence.low(saying.auxiliary).startswith(INVERTED_AUXILIARIES):
        return True
    before = sentence.lows(saying.auxiliary - 2, saying.auxiliary)
    if not before or (before[-1] not in INCISE_MARKS and before[-1] != "comme" and before != ("comme", "l'")):
        return False
    # "X a démissionné, a annoncé que": a clause after it makes the verb a main one.
    following = range(saying.auxiliary + 1, saying.auxiliary + 4)
    return not any(sentence.low(step) in ("que", "qu'") for step in following)


def _clause_after(sentence: Sentence, position: int) -> int | None:
    """Return where the clause begins that *que*, a colon or an infinitive opens soon after the verb."""
    for step in range(position, min(position + CLAUSE_REACH, len(sentence.items))):
        low = sentence.low(step)
        if low in ("que", "qu'"):
            return step + 1
        if low in CLAUSE_OPENERS or low in (":", "«"):
            return step
        if low in (".", ";") or sentence.items[step].figure is not None:
            return None
    return None


def _end_of_claim(sentence: Sentence, start: int) -> int:
    last = start
    while last + 1 < len(sentence.items) and sentence.low(last + 1) != ";":
        last += 1
    return last


def _is_institution(sentence: Sentence, subject: Span) -> bool:
    """Whether the subject is one that publishes counts: *la préfecture*, *le HCR*."""
    first = sentence.items[subject[0]]
    return first.low in noun_classes()["source"] or (first.text.isupper() and len(first.text) > 1)


@functools.cache
def _quote_pattern() -> re.Pattern[str]:
    return re.compile(r"«[^«»]{1,1500}»|“[^“”]{1,1500}”|(?<!\w)\"[^\"\n]{1,800}\"(?!\w)")


def find_quotations(text: str) -> list[tuple[int, int]]:
    """Return the spans in quotation marks that are long enough to be said by someone.

    Examples
    --------
    >>> find_quotations("« Nous avons perdu onze hommes », a dit le colonel de la « Brigade 5 ».")
    [(0, 32)]
    """
    return [match.span() for match in _quote_pattern().finditer(text) if len(match[0]) >= SHORTEST_QUOTED_CLAUSE]
