"""Who is counted where the text leaves the noun out: *900 autres*, *dont un grièvement*, *ils étaient 300*."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.figures.items import split_words
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
        if _needs_plural_noun(draft, sentence) and _from_plural_noun(draft, sentence):
            continue
        before = [*previous, *(other for other in sentence.drafts if other.position < draft.position)]
        if not _from_previous(draft, sentence, before) and draft.counts:
            _from_plural_noun(draft, sentence)


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
            if noun < draft.position and sentence.items[noun].is_word and draft.position - noun > 1:
                draft.counted = sentence.items[noun].text
                draft.rules.append("noun.number-of")
                return True
    words_before = split_words(sentence.preceding)
    for step, low in enumerate(words_before[:-2]):
        pronoun = set(sentence.lows(max(0, draft.position - 6), draft.position)) & {
            "il",
            "ce",
            "évalué",
            "chiffre",
            "estimé",
        }
        if low in words("quasi_totals") and words_before[step + 1] in ("de", "d'", "des") and pronoun:
            draft.counted = words_before[step + 2]
            draft.rules.append("noun.number-of")
            return True
    return False


def _needs_plural_noun(draft: Draft, sentence: Sentence) -> bool:
    """``ils étaient 300``, ``au nombre de 150``: the noun is the subject before, whatever was counted last."""
    before = sentence.lows(draft.position - 3, draft.position)
    if set(sentence.lows(draft.position - 5, draft.position)) & {"passé", "passés", "passée", "passées"}:
        return True
    if before[-1:] == (",",) and before[0] in words("determiners") and before[1:2] and before[1].endswith(("s", "x")):
        return True
    return before[-2:] in (
        ("ils", "étaient"),
        ("elles", "étaient"),
        ("ils", "sont"),
        ("elles", "sont"),
        ("nombre", "de"),
    )


def _from_plural_noun(draft: Draft, sentence: Sentence) -> bool:
    """Take the nearest plural noun with its determiner, here or in the sentence before."""
    here = [item.text for item in sentence.items[: draft.position] if item.figure is None]
    for tokens in (here, re.findall(r"[\w'’-]+", sentence.preceding)):
        for number in range(len(tokens) - 1, 0, -1):
            noun = tokens[number]
            if (
                tokens[number - 1].lower() in ("les", "des", "ces", "ses", "leurs", "de", "d'", "nos")
                and noun.endswith(("s", "x"))
                and len(noun) > 3
                and noun.lower() not in words("before_noun")
                and noun.lower() not in words("after_number")
            ):
                draft.counted = noun
                draft.rules.append("noun.plural-before")
                return True
    return False


def _from_previous(draft: Draft, sentence: Sentence, before: Sequence[Draft]) -> bool:
    for other in reversed(before):
        # A box score names what it counts once: "Perez (2 buts sur 7 tirs)", then "Ruiz (1/6)".
        boxed = draft.kind == "ratio" and sentence.low(draft.position - 1) == "(" and other.counts
        if (other.kind == draft.kind or boxed) and other.counted is not None:
            return _take(draft, other, "noun.previous")
    return False
