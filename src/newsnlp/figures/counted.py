"""Who is counted where the text leaves the noun out: *900 autres*, *dont un grièvement*, *ils étaient 300*."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.figures.events_lexicon import grammar
from newsnlp.figures.items import split_words
from newsnlp.figures.nouns import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.figures.items import Draft, Sentence

FORWARD = frozenset({"à", "puis", "ou", "voire", "et", ",", "contre", "sur", "des", "les", "de"})
FORWARD_REACH = 4
NUMBER_REACH = 20
SHORTEST_NOUN = 4
THEY_WERE = frozenset({("ils", "étaient"), ("elles", "étaient"), ("ils", "sont"), ("elles", "sont"), ("nombre", "de")})


def resolve_missing(sentence: Sentence, previous: Sequence[Draft]) -> None:
    """Set `counted` and `antecedent` on the figures of one sentence that stand without their noun."""
    for number, draft in enumerate(sentence.drafts):
        if draft.kind == "percent" and draft.counted is None:
            _ = _from_next(draft) or _from_whole_share(draft)  # "avec 18 et 6 % des voix"
        if not draft.noun_missing or draft.counted is not None:
            continue
        before = [*previous, *sentence.drafts[:number]]
        _ = (
            _from_whole(draft)
            or _from_vote(draft, sentence.drafts[:number])
            or _from_next(draft)
            or _from_number_after(draft)
            or _from_number_of(draft)
            or (_wants_plural_noun(draft) and _from_plural_noun(draft))
            or _from_previous(draft, before)
            or (draft.counts and _from_plural_noun(draft))
        )


def _take(draft: Draft, other: Draft, rule: str) -> bool:
    draft.counted = other.counted
    draft.antecedent = other
    draft.rules.append(rule)
    return True


def _name(draft: Draft, noun: str, rule: str) -> bool:
    draft.counted = noun
    draft.rules.append(rule)
    return True


def _from_whole(draft: Draft) -> bool:
    whole = draft.parent
    return whole is not None and whole.counted is not None and _take(draft, whole, "noun.of-whole")


def _from_whole_share(draft: Draft) -> bool:
    """``12 % des facteurs étaient grévistes, dont 30 % à Lyon``: of the same population."""
    whole = draft.parent
    fits = whole is not None and whole.kind == "percent" and "part.dont" in draft.rules
    return fits and whole is not None and whole.counted is not None and _take(draft, whole, "noun.of-whole")


def _from_vote(draft: Draft, inside: Sequence[Draft]) -> bool:
    """``par 26 voix contre 3 et 4 abstentions``: three votes, too."""
    if draft.sentence.low(draft.position - 1) != "contre" or not inside:
        return False
    return inside[-1].counted is not None and inside[-1].counts and _take(draft, inside[-1], "noun.contre")


def _from_next(draft: Draft) -> bool:
    """``est passé de 16 à 21 morts``, ``trois ou quatre blessés``: the next figure has the noun."""
    for step in range(draft.position + 1, draft.position + 1 + FORWARD_REACH):
        other = draft.sentence.draft_at(step)
        if other is not None:
            same = other.kind == draft.kind and other.counted is not None
            return same and _take(draft, other, "noun.next")
        if draft.sentence.low(step) not in FORWARD:
            return False
    return False


def _from_number_of(draft: Draft) -> bool:
    """``le nombre de morts s'élève à 1 034``; ``Le nombre de blessés a augmenté. Il s'élève à 262``."""
    sentence = draft.sentence
    here = sentence.lows(draft.position - NUMBER_REACH, draft.position)
    noun = _after_number_of(here[:-1])
    if noun is None and set(here[-6:]) & grammar("ellipsis", "pointing"):
        noun = _after_number_of(split_words(sentence.preceding))
    return noun is not None and _name(draft, noun, "noun.number-of")


def _from_number_after(draft: Draft) -> bool:
    """``portant à 44 le nombre de soldats tués``."""
    after = draft.sentence.lows(draft.position + 1, draft.position + 6)
    noun = _after_number_of(after) if after[:1] == ("le",) else None
    return noun is not None and _name(draft, noun, "noun.number-of")


def _after_number_of(lows: Sequence[str]) -> str | None:
    """Return the noun of the last *nombre de*, *total de* among some words."""
    for step in range(len(lows) - 2, 0, -1):
        if lows[step - 1] in words("quasi_totals") and lows[step] in ("de", "d'", "des"):
            rest = [low for low in lows[step + 1 :] if low not in words("before_noun") | words("determiners")]
            return rest[0] if rest and rest[0].isalpha() else None
    return None


def _wants_plural_noun(draft: Draft) -> bool:
    """``ils étaient 300``, ``Les bénévoles, une cinquantaine``: the noun is the subject, whatever was counted last."""
    before = draft.sentence.lows(draft.position - 5, draft.position)
    if set(before) & grammar("ellipsis", "passed") or before[-2:] in THEY_WERE:
        return True
    apposed = before[-3:]
    return apposed[-1:] == (",",) and apposed[0] in words("determiners") and apposed[-2].endswith(("s", "x"))


def _from_plural_noun(draft: Draft) -> bool:
    """Take the nearest plural noun with its determiner, here or in the sentence before."""
    sentence = draft.sentence
    here = [item.text for item in sentence.items[: draft.position] if item.figure is None]
    for tokens in (here, re.findall(r"[\w'’-]+", sentence.preceding)):
        for determiner, noun in zip(reversed(tokens[:-1]), reversed(tokens), strict=False):
            is_name = determiner.lower() in ("de", "d'") and noun[:1].isupper()
            if is_name:
                continue  # "le sinistre de Landiras"
            if determiner.lower() in grammar("ellipsis", "plural_determiners") and _is_plural_noun(noun):
                return _name(draft, noun, "noun.plural-before")
    return False


def _is_plural_noun(token: str) -> bool:
    low = token.lower()
    known = low in words("before_noun") or low in words("after_number")
    return low.endswith(("s", "x")) and len(low) >= SHORTEST_NOUN and not known


def _from_previous(draft: Draft, before: Sequence[Draft]) -> bool:
    # A box score names what it counts once: "Perez (2 buts sur 7 tirs)", then "Ruiz (1/6)".
    boxed = draft.kind == "ratio" and draft.sentence.low(draft.position - 1) == "("
    for other in reversed(before):
        if other.counted is not None and (other.kind == draft.kind or (boxed and other.counts)):
            return _take(draft, other, "noun.previous")
    return False
