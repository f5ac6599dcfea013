"""Who is counted where the text leaves the noun out: *900 autres*, *dont un grièvement*, *ils étaient 300*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.figures.nouns import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.figures.items import Draft, Sentence

FORWARD = frozenset({"à", "puis", "ou", "voire", "et", ",", "contre", "sur", "des", "les", "de"})


def resolve_missing(sentence: Sentence, previous: Sequence[Draft]) -> None:
    """Set `counted` and `antecedent` on the figures of one sentence that stand without their noun."""
    for draft in sentence.drafts:
        if not draft.noun_missing or draft.counted is not None:
            continue
        if _from_parent(draft) or _from_next(draft, sentence) or _from_number_of(draft, sentence):
            continue
        before = [*previous, *(other for other in sentence.drafts if other.position < draft.position)]
        _from_previous(draft, sentence, before)


def _take(draft: Draft, other: Draft, rule: str) -> bool:
    draft.counted = other.counted
    draft.antecedent = other
    draft.rules.append(rule)
    return True


def _from_parent(draft: Draft) -> bool:
    if draft.parent is not None and draft.parent.counted is not None:
        return _take(draft, draft.parent, "noun.of-whole")
    return False


def _from_next(draft: Draft, sentence: Sentence) -> bool:
    """``est passé de 16 à 21 morts``, ``trois ou quatre blessés``: the next figure has the noun."""
    for step in range(draft.position + 1, min(draft.position + 5, len(sentence.items))):
        other = sentence.draft_at(step)
        if other is not None:
            return other.counted is not None and other.counts and _take(draft, other, "noun.next")
        if sentence.low(step) not in FORWARD:
            return False
    return False


def _from_number_of(draft: Draft, sentence: Sentence) -> bool:
    """``le nombre de morts s'élève à 1 034``."""
    for step in range(draft.position - 1, max(-1, draft.position - 20), -1):
        if sentence.low(step) in words("quasi_totals") and sentence.low(step + 1) in ("de", "d'", "des"):
            noun = step + 2
            while sentence.low(noun) in words("before_noun") or sentence.low(noun) in words("determiners"):
                noun += 1
            if noun < draft.position and sentence.items[noun].is_word:
                draft.counted = sentence.items[noun].text
                draft.rules.append("noun.number-of")
                return True
        if sentence.items[step].figure is not None:
            return False
    return False


def _from_previous(draft: Draft, sentence: Sentence, before: Sequence[Draft]) -> bool:
    for other in reversed(before):
        if other.counts and other.counted is not None:
            return _take(draft, other, "noun.previous")
    return False
