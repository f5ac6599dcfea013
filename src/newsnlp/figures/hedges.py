"""How sure the text is of a figure: asserted, reported, planned or denied."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.figures.attribution import Attribution, find_attributions
from newsnlp.figures.hedges_lexicon import hedge_phrases, hedge_set
from newsnlp.figures.nouns import words
from newsnlp.figures.phrases import join_items, subject_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.figures.items import Draft, Sentence

FUTURE = re.compile(r"(?:[eiv]ra|[eiv]ront|dra|dront|ura|uront|rra|rront)$")
HEARSAY = re.compile(r"(?:rait|raient)$")
FINITE = frozenset("a ont est sont était étaient avait avaient fut furent fait font".split())  # noqa: SIM905
REACH = 16


def find_status(sentence: Sentence, quotations: Sequence[tuple[int, int]]) -> None:
    """Set `status` and `source` on the figures of one sentence."""
    attributions = find_attributions(sentence)
    for draft in sentence.drafts:
        covering = [found for found in attributions if found.first <= draft.position <= found.last]
        nearest = _nearest(draft, [found for found in covering if _applies(draft, found)])
        if nearest is not None and nearest.source is not None:
            _name_source(draft, nearest)
        if rule := _denied(draft):
            draft.status = "denied"
            if draft.source is None and rule == "denied.verb":
                _name_denier(draft)
        elif rule := _planned(draft) or _announced(draft, nearest):
            draft.status = "planned"
        elif nearest is not None:
            draft.status, rule = "reported", nearest.rule
        elif rule := _hearsay(draft) if draft.kind != "age" else None:
            draft.status = "reported"
        elif _in_quotation(draft, quotations):
            draft.status, rule = "reported", "source.quotation"
        if rule:
            draft.rules.append(rule)


def _applies(draft: Draft, found: Attribution) -> bool:
    """An age is a fact beside the statement unless the statement itself holds it."""
    if found.rule == "source.object":
        return draft.kind not in ("age", "duration") or draft.position == found.first
    return draft.kind != "age" or found.rule != "source.selon"


def _announced(draft: Draft, found: Attribution | None) -> str | None:
    """``a annoncé 1 000 embauches``: what is announced is still to come."""
    if found is None or found.rule != "source.object" or draft.event not in ("hired", "dismissed", "deployed"):
        return None
    said = set(draft.sentence.lows(found.first - 2, found.first))
    return "planned.announced" if said & hedge_set("announcing", "words") else None


def _nearest(draft: Draft, covering: Sequence[Attribution]) -> Attribution | None:
    def distance(found: Attribution) -> tuple[int, bool]:
        # "12 000 selon la police, 25 000 selon les organisateurs": of two as near, the one that follows.
        return (abs(found.cue - draft.position), found.cue < draft.position)

    return min(covering, key=distance, default=None)


def _name_denier(draft: Draft) -> None:
    """``Le ministère de la Défense a démenti la mort de 15 soldats``: who denies."""
    sentence = draft.sentence
    for step in range(draft.position - 1, 0, -1):
        if sentence.low(step) in hedge_set("denied", "verbs"):
            start = step
            while sentence.low(start - 1) in FINITE:
                start -= 1
            span = subject_before(sentence, start)
            if span is not None:
                _name_source(draft, Attribution(0, 0, span, "denied.verb"))
            return


def _name_source(draft: Draft, found: Attribution) -> None:
    if found.source is None:
        return
    first, last = found.source
    items = draft.sentence.items
    if any(item.figure is not None for item in items[first:last]):
        return
    draft.source_start = items[first].start
    draft.source = join_items(draft.sentence, first, last)


def _clause(draft: Draft) -> tuple[int, int]:
    """Return the bounds of the clause around a figure, as far as punctuation and conjunctions show them."""
    sentence = draft.sentence
    first = draft.position
    while first > 0 and draft.position - first < REACH:
        low = sentence.low(first - 1)
        if low in (";", ":", "que", "qu'", "qui", "«", "»", "–", "où") or low in (
            "mais",
            "tandis",
            "alors",
            "dont",
            "puisque",
            "car",
        ):
            break
        first -= 1
    last = draft.position + 1
    while last < len(sentence.items) and last - draft.position < REACH:
        low = sentence.low(last)
        if low in (";", ":", "«", "»", "–", "qui", "que", "dont", "où", ",") or low in (
            "mais",
            "tandis",
            "alors",
            "puisque",
            "car",
        ):
            break
        last += 1
    return first, last


def _hearsay(draft: Draft) -> str | None:
    sentence = draft.sentence
    first, last = _clause(draft)
    for low in (*sentence.lows(first, last),):
        if HEARSAY.search(low) and low not in hedge_set("conditional", "no_hearsay"):
            return (
                None
                if "si" in sentence.lows(first - 12, last) or "s'" in sentence.lows(first, last)[:1]
                else "hearsay.conditional"
            )
    whole = draft.parent if draft.parent is not None and draft.parent.sentence is sentence else None
    if whole is not None and whole.status == "reported":
        return "hearsay.of-whole"
    return None


def _planned(draft: Draft) -> str | None:
    sentence = draft.sentence
    if draft.kind in ("age", "score"):
        return None
    if any(other.parent is draft and "part.sur-les" in other.rules for other in sentence.drafts):
        return None  # "90 sièges sur les 577": the whole is there already
    if sentence.low(draft.position - 1) in ("après", "contre"):
        return None  # "à 4,6 %, après 5,4 % en 2025": what it is compared with
    if "part.dont" in draft.rules and draft.parent is not None and draft.parent.status == "planned":
        return "planned.of-whole"
    first, last = _clause(draft)
    if not (draft.counts or draft.kind in ("money", "percent", "ratio")) or not draft.is_subject:
        last = draft.position + 1
    for position in range(first, last):
        item = sentence.items[position]
        low = item.low
        if not item.is_word:
            continue
        if _is_future(sentence, position):
            return "planned.future"
        if low in hedge_set("planned", "verbs") and _infinitive_after(sentence, position, last):
            return "planned.intention"
        if (
            low in hedge_set("planned", "with_object")
            and set(sentence.lows(position + 1, draft.position)) <= words("adverbs")
            and (position < draft.position)
        ):
            return "planned.object"
        if position < draft.position + 8 and any(
            sentence.matches(position, p) for p in hedge_phrases("planned", "phrases").get(low, ())
        ):
            return "planned.phrase"
    return None


def _is_future(sentence: Sentence, position: int) -> bool:
    item = sentence.items[position]
    low = item.low
    if not FUTURE.search(low) or item.text[:1].isupper() or low in hedge_set("planned", "no_future") or len(low) < 4:
        if low not in ("aura", "auront"):
            return False
        # "aura fait 12 morts" sums up the past; "aura 12 classes" is a future.
        return not re.search(r"(?:é|i|u|s|t|ée|és)$", sentence.low(position + 1) or "é")
    before = sentence.low(position - 1)
    return before not in words("determiners") or before in ("la", "le", "l'", "les") and low.endswith("ront")


def _infinitive_after(sentence: Sentence, position: int, last: int) -> bool:
    for step in range(position + 1, min(position + 4, last)):
        low = sentence.low(step)
        if (
            re.search(r"(?:er|ir|re|oir)$", low)
            and len(low) > 3
            and low not in ("hier", "encore", "notre", "votre", "entre", "contre", "autre")
        ):
            return low not in ("avoir", "être") or not re.search(r"(?:é|u|i)e?s?$", sentence.low(step + 1))
        if low not in words("adverbs") and low not in (
            "de",
            "d'",
            "d",
            "donc",
            "se",
            "s'",
            "y",
            "en",
            "les",
            "le",
            "la",
            "être",
        ):
            return False
    return False


def _denied(draft: Draft) -> str | None:
    sentence = draft.sentence
    if not draft.counts:
        return None
    first, _ = _clause(draft)
    # A denied statement: "a démenti la mort de 15 soldats", "dément que 12 ...".
    for step in range(draft.position - 1, max(-1, draft.position - 14), -1):
        if sentence.low(step) in hedge_set("denied", "verbs"):
            return "denied.verb"
        if sentence.low(step) in (";", ".", ",", "et"):
            break
    for step in range(draft.position - 1, max(first - 1, draft.position - 6), -1):
        low = sentence.low(step)
        if low in hedge_set("denied", "negations"):
            before = sentence.lows(step - 4, step)
            if (
                ("ne" in before or "n'" in before)
                and "que" not in sentence.lows(step, draft.position)
                and "qu'" not in sentence.lows(step, draft.position)
            ):
                return "denied.negation"
        if low in (",", ";", "et", "mais"):
            break
    return None


def _in_quotation(draft: Draft, quotations: Sequence[tuple[int, int]]) -> bool:
    return any(start <= draft.quantity.start and draft.quantity.end <= end for start, end in quotations)
