"""Parts that add up: *neuf morts : six passagers et trois machinistes*, *deux à Gao, un à Kidal, soit trois*."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.grammar.nouns import CLITICS
from newsnlp.grammar.words import auxiliaries, grammar, persons, verb_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence
    from newsnlp.records import Number

MARKS = frozenset({"(", "soit", "-", "–", "—", "sont"})
"""Right before the first part."""
PHRASE_ENDS = frozenset({",", ".", ";", ")", "-", "–", "—"})
SEMICOLON = frozenset({";"})
TOTALS = frozenset({"total", "tout"})
TOLD_AS = (("il", "s'", "agit"), ("ce", "sont"), ("il", "s'", "agissait"), ("ce", "étaient"))
A_TOTAL_OF = ("un", "total", "de")
NEAR_TOTAL = 3
OPENING = 2
REACH = 60
"""How many figures back a whole is looked for; further back, `part_of` stays None (the sentence of WiNER-fr train with
most has 8; measured 2026-11)."""
TOLL_REACH = 3
"""How many figures back the total of a list may stand that a sentence opens with."""


def find_breakdowns(drafts: Sequence[Draft], previous: Sequence[Draft]) -> Iterator[tuple[Sequence[Draft], Draft]]:
    """Yield the parts that add up to a whole, with it: one before them, one after them, or one of a sentence before."""
    counts = [draft for draft in drafts if draft.counts]
    for number, whole in enumerate(counts):
        # Few figures open a breakdown; and of those that do, each is larger than all that stand between it and its end.
        if whole.value and number + 2 < len(counts) and _opens_breakdown(whole, counts[number + 1]):
            is_vague = whole.quantity.modifier == "vague"
            parts = _listed(whole, counts, number + 1) if is_vague else _parts_of(whole, counts, number + 1)
            if parts and _is_closed(whole, parts) and _is_told_on(whole, parts):
                yield parts, whole
        elif number > 1 and _is_sum(whole) and (parts := _parts_before(whole, counts[max(0, number - REACH) : number])):
            yield parts, whole
    in_colon = len(counts) > 1 and counts[0].sentence.low(counts[0].position - 1) == ":"
    if in_colon or (len(counts) > 1 and counts[0].position <= OPENING + len(TOLD_AS[0])):
        for whole in reversed(previous if in_colon else previous[-TOLL_REACH:]):
            if whole.counts and whole.value and (parts := _parts_of(whole, counts, 0)) and _retells(whole, parts):
                yield parts, whole
                return


def _parts_of(whole: Draft, counts: Sequence[Draft], first: int) -> Sequence[Draft]:
    """Return the counts from `first` on that add up to the whole, two at least; nothing where none do."""
    total: Number = 0
    for number in range(first, len(counts)):
        part = counts[number]
        if not part.value or part.value < 0 or part.parent not in (None, whole):
            return ()
        total += part.value
        if total == whole.value and number > first:
            return counts[first : number + 1]
        if total > (whole.value or 0):
            return ()
    return ()


def _listed(whole: Draft, counts: Sequence[Draft], first: int) -> Sequence[Draft]:
    """``plusieurs instruments : trois caméras et deux spectromètres``: the list behind the colon, which no sum ends."""
    sentence, last = whole.sentence, first
    if ":" not in sentence.lows(whole.noun_end, counts[first].position):
        return ()
    while last + 1 < len(counts) and _joined(sentence, counts[last], counts[last + 1]):
        last += 1
    return counts[first : last + 1] if last > first else ()


def _parts_before(whole: Draft, counts: Sequence[Draft]) -> Sequence[Draft]:
    """Return the counts right before a sum that add up to it; all that it can hold where it is called a total."""
    total: Number = 0
    for first in range(len(counts) - 1, -1, -1):
        part = counts[first]
        total += part.value or 0
        if not part.value or part.value < 0 or part.parent is not None or total > (whole.value or 0):
            return ()
        if total == whole.value and first < len(counts) - 1:
            return counts[first:]
    return counts if whole.sentence.lows(whole.position - NEAR_TOTAL, whole.position) == A_TOTAL_OF else ()


def _is_sum(whole: Draft) -> bool:
    """``soit 25 personnes``, ``sept au total``."""
    sentence = whole.sentence
    if sentence.low(whole.position - 1) == "soit":
        return True
    around = (
        sentence.lows(whole.position - NEAR_TOTAL, whole.position),
        sentence.lows(whole.noun_end, whole.noun_end + 2),
    )
    return any(not TOTALS.isdisjoint(lows) for lows in around)


def _opens_breakdown(whole: Draft, first: Draft) -> bool:
    between = whole.sentence.lows(whole.noun_end, first.position)
    return ":" in between or between[-1:] in ((",",), (";",)) or not MARKS.isdisjoint(between[-1:])


def _is_closed(whole: Draft, parts: Sequence[Draft]) -> bool:
    """Whether parts between commas are an apposition, and not the rest of a list that the whole begins.

    After a noun likely to be broken down they are (*cinq personnes, trois hommes et deux femmes*); after another one
    the comma before the verb tells (*deux enfants, un garçon et une fille, ont été tués*).
    """
    sentence = whole.sentence
    if sentence.low(parts[0].position - 1) != "," or ":" in sentence.lows(whole.noun_end, parts[0].position):
        return True
    if (whole.counted or "").lower() in grammar("parts", "generic"):
        return True
    end = sentence.next_from(parts[-1].noun_end, PHRASE_ENDS)
    after = sentence.low(end + 1)
    return sentence.low(end) == "," and (after in auxiliaries() or after in CLITICS or after in verb_forms()[1])


def _is_told_on(whole: Draft, parts: Sequence[Draft]) -> bool:
    """``44 mineurs étaient au fond ; 39 en sont remontés et cinq sont morts``: of them, behind a semicolon."""
    return whole.sentence.low(parts[0].position - 1) != ";" or all(part.noun_missing for part in parts)


def _retells(whole: Draft, parts: Sequence[Draft]) -> bool:
    """``Cinq corps ont été retrouvés. Il s'agit de trois hommes et deux femmes``; a headline's toll told by persons."""
    sentence = parts[0].sentence
    if sentence.low(parts[0].position - 1) == ":":
        return whole.event is not None and sentence.says(grammar("articles", "list_of"))  # "Le bilan devient : six à …"
    if any(sentence.matches(0, words) for words in TOLD_AS):
        return True
    together = all(_joined(sentence, *pair) for pair in pairwise(parts))
    return parts[0].position == 0 and together and whole.event is not None and all(_is_person(part) for part in parts)


def _joined(sentence: Sentence, left: Draft, right: Draft) -> bool:
    between = sentence.lows(left.noun_end, right.position)
    return between[-1:] in (("et",), (",",)) and auxiliaries().isdisjoint(between)


def _is_person(draft: Draft) -> bool:
    noun = (draft.counted or "").lower()
    return noun in persons() or noun.removesuffix("s") in persons()
