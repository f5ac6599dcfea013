"""What happened to those counted: from the noun itself, from its predicate, or from the figure it belongs to."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.figures.events.nouns import (
    at_demonstration,
    hit_in_attack,
    noun_event,
    noun_of_number,
    parmi_noun,
    share_of_votes,
)
from newsnlp.figures.events.predicates import STOPS, participle_after_noun, predicate_left
from newsnlp.figures.events.subjects import COORDINATION, is_subject, predicate_right, relative_right
from newsnlp.grammar.nouns import noun_classes, words
from newsnlp.grammar.words import auxiliaries, event_nouns, verb_forms

if TYPE_CHECKING:
    from newsnlp.grammar.items import Draft, Sentence

AREAS = frozenset({"ha", "acre", "km²"})
"""Of measures, only areas bear an event: burnt."""
JOINT = 6
"""How many words may stand between two figures of one list."""


def find_events(sentence: Sentence) -> None:
    """Set `event` on the figures of one sentence."""
    drafts = [draft for draft in sentence.drafts if _may_have_event(draft)]
    for draft in sentence.drafts:
        draft.is_subject = is_subject(draft)
    for draft in drafts:
        _find_event(draft)
    counts = [draft for draft in drafts if draft.counts]
    _share_between_sources(counts)
    _share_rightwards(counts)
    _share_leftwards(counts)
    for draft in drafts:
        if not draft.event:
            _inherit(draft)
        if not draft.event and draft.lender is not None and "unit.list" in draft.rules and draft.lender.event:
            draft.event = draft.lender.event
            draft.rules.append("event.shared")


def _may_have_event(draft: Draft) -> bool:
    if draft.counts or draft.unit in AREAS:
        return True
    if draft.kind == "percent" and (draft.counted is None or draft.parent is not None):
        return True
    shared = draft.kind in ("percent", "ratio") and draft.counted is not None
    return shared and (draft.counted or "").lower() not in noun_classes()["weapons"]


def _find_event(draft: Draft) -> None:
    if draft.unit in AREAS:
        if not (_from_predicate(draft) and draft.event == "destroyed"):
            draft.event = None
        return
    if draft.kind == "percent" and share_of_votes(draft):
        _set(draft, "voting", "event.vote")
        return
    if draft.kind == "percent" and draft.counted is None:
        return
    event, strength = noun_event(draft)
    if draft.sentence.low(draft.position - 2) in ("aucun", "aucune"):
        # "aucun des cinq otages n'a été blessé": what is denied of all did not happen to them.
        _set(draft, event, "event.noun", from_noun=True)
    elif strength == "strong" and not _noun_is_lent(draft, event) and not _wounded_died(draft, event):
        _set(draft, event, "event.noun", from_noun=True)
    elif not _from_predicate(draft):
        _from_context(draft, event)


def _noun_is_lent(draft: Draft, event: str) -> bool:
    """Whether the noun stands with another figure: *dix cas, dont trois ont nécessité une hospitalisation*."""
    return "noun.previous" in draft.rules or ("noun.of-whole" in draft.rules and event == "sick")


def _wounded_died(draft: Draft, event: str) -> bool:
    """``Deux blessés sont morts``."""
    return event == "injured" and draft.is_subject and predicate_right(draft) == "killed"


def _from_predicate(draft: Draft) -> bool:
    adjacent = participle_after_noun(draft)
    if adjacent == "injured" and draft.parent is not None and draft.parent.event in ("hospitalised", "sick"):
        adjacent = draft.parent.event  # "dont trois dans un état critique"
    return (
        _set(draft, adjacent, "event.participle")
        or _set(draft, predicate_left(draft), "event.object")
        or _set(draft, predicate_right(draft) if draft.is_subject else relative_right(draft), "event.subject")
    )


def _from_context(draft: Draft, noun: str) -> None:
    if noun and draft.is_subject and draft.sentence.lows(draft.position + 1, draft.position + 3) == ("d'", "entre"):
        return  # "Deux d'entre elles étaient adjoints": the victims' own predicate
    if noun:
        _set(draft, noun, "event.noun", from_noun=True)
    elif _set(draft, parmi_noun(draft.sentence), "event.parmi"):
        return
    elif at_demonstration(draft):
        _set(draft, "protesting", "event.demonstration")
    elif draft.counted is None and draft.noun_missing:
        number_of = noun_of_number(draft.sentence, draft.position) or ""
        _set(draft, event_nouns().get(number_of, ("", ""))[0], "event.number-of", from_noun=True)


def _set(draft: Draft, event: str | None, rule: str, *, from_noun: bool = False) -> bool:
    """Set the event where there is one, and tell whether there was."""
    if not event:
        return False
    if event == "affected" and not from_noun and hit_in_attack(draft):
        event, rule = "attacked", "event.hit"
    draft.event = event
    draft.event_from_noun = from_noun
    draft.rules.append(rule)
    return True


def _share_rightwards(drafts: list[Draft]) -> None:
    """Give the next of a list the verb that stands before it: ``tuant 22 personnes et 3 soldats``."""
    for left, right in pairwise(drafts):
        own = right.event or not left.event or left.event_from_noun
        fits = right.noun_missing or "event.participle" not in left.rules
        if not own and fits and _joined(left, right):
            right.event = left.event
            right.rules.append("event.shared")


def _share_between_sources(drafts: list[Draft]) -> None:
    """``Ils étaient 8 000 selon la police, 20 000 selon les syndicats, à défiler``: one crowd, two counts."""
    for left, right in pairwise(drafts):
        between = left.sentence.lows(left.noun_end, right.position)
        if right.event and not left.event and left.noun_missing and right.noun_missing and "selon" in between:
            left.event = right.event
            left.rules.append("event.shared")


def _share_leftwards(drafts: list[Draft]) -> None:
    """Give those before in a list its verb: ``40 Israéliens, deux Américains ont perdu la vie``."""
    for right, left in pairwise(reversed(drafts)):
        if left.event or not left.is_subject or "event.subject" not in right.rules:
            continue
        if _joined(left, right):
            left.event = right.event
            left.rules.append("event.subject")


def _joined(left: Draft, right: Draft) -> bool:
    """Whether two figures are neighbours in a list, with no verb between them."""
    between = left.sentence.lows(left.noun_end, right.position)
    participles, finite = verb_forms()
    if not between or len(between) > JOINT:
        return False
    if any(low in STOPS or low in auxiliaries() or low in finite or low in participles for low in between):
        return False
    return bool(COORDINATION & set(between[-2:]))


def _inherit(draft: Draft) -> None:
    """Give a part the event of its whole, and *900 autres* that of those it follows."""
    antecedent = draft.antecedent
    if "part.d-entre" in draft.rules and not draft.parent_event_holds:
        return
    if draft.parent is not None and draft.parent.event:
        draft.event = draft.parent.event
        draft.rules.append("event.of-whole")
    elif antecedent is not None and antecedent.event and antecedent.parent is not draft:
        follows = antecedent.sentence is draft.sentence and not _has_own_verb(draft)
        if follows or antecedent.event_from_noun:
            draft.event = antecedent.event
            draft.rules.append("event.of-antecedent")


def _has_own_verb(draft: Draft) -> bool:
    """``2 autres sont en fuite``: what is said of them is not what was said of the others."""
    position = draft.position + 1
    while draft.sentence.low(position) in words("before_noun"):
        position += 1
    return draft.sentence.low(position) in auxiliaries()
