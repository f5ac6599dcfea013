"""How sure the text is of a figure: asserted, reported, planned or denied, and the source it names."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from newsnlp.figures.factuality.beside import applies
from newsnlp.figures.factuality.denials import denied_by_verb, negated, said_false
from newsnlp.figures.factuality.governors import is_next
from newsnlp.figures.factuality.hearsay import (
    hearsay,
    is_hearsay_of_plan,
)
from newsnlp.figures.factuality.plans import follows_plan, planned
from newsnlp.grammar.drafts import PlanBy, SourceBy
from newsnlp.grammar.words import grammar
from newsnlp.quotes.attribution import Attribution, find_attributions
from newsnlp.quotes.sources import source_before
from newsnlp.quotes.words import hedge_set
from newsnlp.records import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence
    from newsnlp.quotes.speakers import Speaker, Speakers

MOST = 40
"""How many attributions of a sentence are looked at for one figure, the nearest (a sentence of WiNER-fr train has 3
at most; measured 2026-11)."""
PROJECTIONS = frozenset({"prévision", "prévisions", "projection", "projections", "scénario", "scénarios"})
NOUN_REACH = 4
EDITORS = frozenset({"ndlr", "ndla"})
BRACKET = frozenset({"("})
CLOSING = frozenset({")"})


def find_status(sentence: Sentence, quotations: Sequence[tuple[int, int]], speakers: Speakers | None = None) -> None:
    """Set `status` and `source` on the figures of one sentence."""
    by_cue = sorted(find_attributions(sentence), key=lambda found: found.cue)
    for draft in sentence.drafts:
        quotation = _quotation_of(draft, quotations)
        near = by_cue
        if len(by_cue) > MOST:
            middle = bisect_left(by_cue, draft.position, key=lambda found: found.cue)
            near = by_cue[max(0, middle - MOST // 2) : middle + MOST // 2]
        covering = [found for found in near if found.first <= draft.position <= found.last]
        is_given = _is_given(draft) or any(_is_speaker(draft, found) for found in near)
        nearest = (
            None if is_given else _nearest(draft, [found for found in covering if applies(draft, found, quotation)])
        )
        if nearest is not None:
            _name_source(draft, nearest, speakers)
        rule = None if is_given else _judge(draft, nearest, quotation)
        if draft.source is None and draft.foreseen is not None:
            _name_doer(draft, draft.foreseen)
        first = draft.before if draft.plan_by is PlanBy.LISTED else draft.parent
        first = None if draft.plan_by is None else first
        if draft.source is None and first is not None:
            draft.source, draft.source_start = first.source, first.source_start
        if draft.status is Status.REPORTED and draft.source is None and quotation is not None and speakers is not None:
            _set_speaker(draft, speakers.of_quotation(*quotation))
        if rule:
            draft.because(rule)


def _quotation_of(draft: Draft, quotations: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    number = bisect_right(quotations, (draft.quantity.start, sys.maxsize))
    if not number or draft.quantity.end > quotations[number - 1][1]:
        return None
    return quotations[number - 1]


def _is_given(draft: Draft) -> bool:
    """``ces deux organismes``, ``dix des 26 élus``: what the reader knows is not what somebody states."""
    sentence, before = draft.sentence, draft.position - 1
    opened = sentence.last_before(draft.position, BRACKET) + 1
    # "(NDLR : ces deux hommes …)" is the editor's, "(qui avait reçu 300 euros)" told beside it.
    beside = opened > 0 and (sentence.low(opened) in EDITORS or sentence.low(opened) == "qui")
    if beside and sentence.next_from(opened, CLOSING) > draft.position:
        return True
    if sentence.low(before) == "ces":
        return not is_next(draft)
    # "dix des 26 élus", but "48 des 61 drones lancés" tells what happened to them.
    is_known = draft.counts and not draft.event and sentence.draft_at(before - 1) is not None
    return sentence.low(before) == "des" and (is_known or sentence.low(before - 1) in ("un", "une"))


def _is_speaker(draft: Draft, found: Attribution) -> bool:
    """``selon trois témoins``: a number of those who speak."""
    return found.source is not None and found.source[0] <= draft.position < found.source[1]


def _judge(draft: Draft, nearest: Attribution | None, quotation: tuple[int, int] | None) -> str | None:
    """Set the status, and return the name of the rule that decided."""
    verb = denied_by_verb(draft)
    if verb or negated(draft) or said_false(draft):
        draft.status = Status.DENIED
        if verb:
            _name_doer(draft, draft.sentence.last_before(draft.position, hedge_set("denied", "verbs")))
        return "denied.verb" if verb else "denied.negation"
    draft.plan_by = planned(draft) or _announced(draft, nearest)
    if draft.plan_by is not None and nearest is not None and is_hearsay_of_plan(draft):
        draft.plan_by = None
    told = hearsay(draft) if draft.plan_by is None else None
    if draft.plan_by is None and told and nearest is not None and _is_projection(draft, nearest):
        draft.plan_by = PlanBy.PHRASE  # "Selon les projections de l'ONU, la Chine perdrait 100 millions d'habitants"
    if told == "hearsay.conditional" and nearest is None and follows_plan(draft):
        draft.plan_by = PlanBy.LISTED  # "relever les taxes de 3 %, ce qui rapporterait 180 millions"
    if draft.plan_by is not None:
        draft.status = Status.PLANNED
        return draft.plan_by
    draft.source_by = None if nearest is None else nearest.by
    rule = draft.source_by or told or (None if quotation is None else "source.quotation")
    draft.status = Status.ASSERTED if rule is None else Status.REPORTED
    return rule


def _is_projection(draft: Draft, found: Attribution) -> bool:
    return found.source is not None and not PROJECTIONS.isdisjoint(draft.sentence.lows(*found.source))


def _nearest(draft: Draft, covering: Sequence[Attribution]) -> Attribution | None:
    # "12 000 selon la police, 25 000 selon les organisateurs": of two as near, the one that follows.
    return min(covering, key=lambda found: (abs(found.cue - draft.position), found.cue < draft.position), default=None)


def _name_source(draft: Draft, found: Attribution, speakers: Speakers | None) -> None:
    if found.source is not None:
        _set_source(draft, found.source)
        draft.via = None if found.via is None else draft.sentence.wording(*found.via)
    elif found.pronoun and speakers is not None:
        cue, inserted = draft.sentence.starts[found.cue], found.by is SourceBy.INCISE
        _set_speaker(draft, speakers.of_pronoun(found.pronoun, cue, inserted=inserted))


def _set_speaker(draft: Draft, speaker: Speaker | None) -> None:
    if speaker is not None:
        draft.source, draft.source_start = speaker
        draft.because("source.speaker")


def _set_source(draft: Draft, span: tuple[int, int]) -> None:
    draft.source_start = draft.sentence.starts[span[0]]
    draft.source = draft.sentence.wording(*span)


def _name_doer(draft: Draft, verb: int) -> None:
    """``Le ministère a démenti la mort de 15 soldats``, ``Le FMI prévoit 3 % de hausse``: who denies, or foresees."""
    sentence = draft.sentence
    start = verb - 1 if sentence.low(verb - 1) in grammar("auxiliaries", "have") else verb
    span = source_before(sentence, start) if verb > 0 else None
    if span is not None:
        _set_source(draft, span)


def _announced(draft: Draft, found: Attribution | None) -> PlanBy | None:
    """``a annoncé 1 000 embauches``: what is announced is still to come."""
    if found is None or found.by is not SourceBy.OBJECT:
        return None
    # "annonce un métro sur deux": the trains that will run.
    is_plan = draft.event in ("hired", "dismissed", "deployed")
    is_service = draft.kind == "ratio" and " sur " in draft.quantity.text
    sentence, position = draft.sentence, draft.position
    beside = set(sentence.lows(position + 1, position + NOUN_REACH))
    if sentence.low(position - 1) in ("de", "d'"):
        beside |= set(sentence.lows(max(found.first, position - NOUN_REACH), position - 1))
    if not (is_plan or is_service or beside & hedge_set("announcing", "nouns")):
        return None
    said = set(draft.sentence.lows(found.first - 2, found.first))
    return PlanBy.ANNOUNCED if said & hedge_set("announcing", "words") else None
