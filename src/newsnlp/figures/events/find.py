"""What happened to those counted: from the noun itself, from its predicate, or from the figure it belongs to."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.figures.events.nouns import (
    at_demonstration,
    hit_in_attack,
    means_sent,
    noun_event,
    noun_of_number,
    parmi_noun,
    participle_of_number,
    share_of_votes,
    victims_told,
)
from newsnlp.figures.events.predicates import STOPS, of_bodies
from newsnlp.figures.events.subjects import COORDINATION, is_subject, predicate_right, read_predicate
from newsnlp.grammar.drafts import EventBy, NounBy, PartBy
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import is_adverb, noun_classes, words
from newsnlp.grammar.words import auxiliaries, event_nouns, grammar, verb_forms
from newsnlp.records import ChangeRole

if TYPE_CHECKING:
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

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
        if not draft.event and draft.counted and not draft.counts and draft.sentence.low(draft.position - 1) == "soit":
            _take(draft, draft.count_before or draft, EventBy.SHARED)  # "400 postes, soit un emploi sur dix"
        if not draft.event and draft.lender is not None and draft.unit_listed:
            _take(draft, draft.lender, EventBy.SHARED)


def _may_have_event(draft: Draft) -> bool:
    if draft.change is ChangeRole.BY and draft.noun_missing:
        return False  # "soit 15 de moins": nobody of whom anything is said
    if draft.counts or draft.unit in AREAS:
        return True
    if draft.kind == "percent" and (draft.counted is None or draft.parent is not None):
        return True
    shared = draft.kind in ("percent", "ratio") and draft.counted is not None
    return shared and (draft.counted or "").lower() not in noun_classes()["weapons"]


def _find_event(draft: Draft) -> None:
    if draft.unit in AREAS:
        if not (_from_predicate(draft) and draft.event == "destroyed"):
            draft.event = draft.event_by = None
        return
    if draft.kind == "percent" and share_of_votes(draft):
        _set(draft, "voting", EventBy.VOTE)
        return
    if draft.kind == "percent" and draft.counted is None:
        return
    if draft.noun_by is NounBy.PREVIOUS and _is_rate(draft):
        return
    event, strength = noun_event(draft)
    if draft.sentence.low(draft.position - 2) in ("aucun", "aucune"):
        # "aucun des cinq otages n'a été blessé": what is denied of all did not happen to them.
        _set(draft, event, EventBy.NOUN)
    elif strength == "strong" and not _noun_is_lent(draft, event) and not _fate(draft, event):
        _set(draft, event, EventBy.NOUN)
    elif not _from_predicate(draft):
        _from_context(draft, event)


def _noun_is_lent(draft: Draft, event: str) -> bool:
    """Whether the noun stands with another figure: *dix cas, dont trois ont nécessité une hospitalisation*."""
    return draft.noun_by is NounBy.PREVIOUS or (draft.noun_by is NounBy.OF_WHOLE and event == "sick")


def _fate(draft: Draft, event: str) -> bool:
    """``Deux blessés sont morts``, ``le corps d'un des disparus``: where it ended with them beats what they were."""
    if event not in ("injured", "missing", "sick"):
        return False
    return of_bodies(draft) or (draft.is_subject and predicate_right(draft) in ("killed", "rescued"))


def _from_predicate(draft: Draft) -> bool:
    reading = read_predicate(draft, subject=draft.is_subject)
    if reading is None:
        return False
    event, by = reading
    if by is not EventBy.OBJECT and event == "injured" and draft.parent is not None:
        # "dont trois dans un état critique"
        event = draft.parent.event if draft.parent.event in ("hospitalised", "sick") else event
    return _set(draft, event, by)


def _from_context(draft: Draft, noun: str) -> None:
    of_them = draft.sentence.lows(draft.position + 1, draft.position + 3) == ("d'", "entre")
    if noun and draft.is_subject and (of_them or noun == "arrested"):
        return  # "Deux d'entre elles étaient adjoints", "Douze détenus se sont évadés": their own predicate
    if noun:
        _set(draft, noun, EventBy.NOUN)
    elif _set(draft, victims_told(draft) or parmi_noun(draft.sentence), EventBy.PARMI):
        return
    elif means_sent(draft):
        _set(draft, "deployed", EventBy.SHARED)
    elif at_demonstration(draft):
        _set(draft, "protesting", EventBy.DEMONSTRATION)
    elif draft.noun_by is NounBy.NUMBER_OF:
        _set(draft, participle_of_number(draft), EventBy.NUMBER_OF)
    elif draft.counted is None and draft.noun_missing:
        number_of = noun_of_number(draft.sentence, draft.position) or ""
        _set(draft, event_nouns().get(number_of, ("", ""))[0], EventBy.NUMBER_OF)


def _set(draft: Draft, event: str | None, by: EventBy) -> bool:
    """Set the event where there is one, and tell whether there was."""
    if not event:
        return False
    if event == "affected" and by not in (EventBy.NOUN, EventBy.NUMBER_OF) and hit_in_attack(draft):
        event, by = "attacked", EventBy.HIT
    draft.event, draft.event_by = event, by
    draft.because(by)
    return True


def _take(draft: Draft, other: Draft, by: EventBy) -> None:
    """Take the event of another figure where that has one."""
    if other.event:
        draft.event, draft.event_by = other.event, by
        draft.because(by)


def _share_rightwards(drafts: list[Draft]) -> None:
    """Give the next of a list the verb that stands before it: ``tuant 22 personnes et 3 soldats``."""
    for left, right in pairwise(drafts):
        between = left.sentence.lows(left.noun_end, right.position)
        added = between[-3:-1] == ("en", "plus") and len(between) <= JOINT  # "sept morts, en plus des deux tueurs"
        own = right.event or not left.event or (left.event_from_noun and not added)
        fits = right.noun_missing or left.event_by is not EventBy.PARTICIPLE
        if not own and fits and (added or _joined(left, right)):
            _take(right, left, EventBy.SHARED)


def _share_between_sources(drafts: list[Draft]) -> None:
    """``Ils étaient 8 000 selon la police, 20 000 selon les syndicats, à défiler``: one crowd, two counts."""
    for left, right in pairwise(drafts):
        between = left.sentence.lows(left.noun_end, right.position)
        if right.event and not left.event and left.noun_missing and right.noun_missing and "selon" in between:
            _take(left, right, EventBy.SHARED)
        # "des milliers de manifestants, 14 000 personnes selon la police, 100 000 selon les organisateurs"
        told = between == (",",) or (right.noun_missing and between[-1:] == (",",) and "selon" in between)
        if told and left.event and not right.event and left.sentence.low(right.noun_end) == "selon":
            _take(right, left, EventBy.SHARED)


def _share_leftwards(drafts: list[Draft]) -> None:
    """Give those before in a list its verb: ``40 Israéliens, deux Américains ont perdu la vie``."""
    for right, left in pairwise(reversed(drafts)):
        if not left.event and left.is_subject and right.event_by is EventBy.SUBJECT and _joined(left, right):
            _take(left, right, EventBy.SUBJECT)


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
    if draft.part_by is PartBy.D_ENTRE and not draft.parent_event_holds:
        return
    if draft.parent is not None and draft.parent.event:
        _take(draft, draft.parent, EventBy.OF_WHOLE)
    elif antecedent is not None and antecedent.event and antecedent.parent is not draft:
        follows = antecedent.sentence is draft.sentence and not _has_own_verb(draft, antecedent)
        if follows or _told_again(draft) or (antecedent.event_from_noun and not _is_rate(draft)):
            _take(draft, antecedent, EventBy.OF_ANTECEDENT)


def _has_own_verb(draft: Draft, antecedent: Draft) -> bool:
    """``2 autres sont en fuite``, ``et en a relaxé deux``: what is said of them is not what was said of the others."""
    sentence = draft.sentence
    position = draft.position + 1
    while sentence.low(position) in words("before_noun"):
        position += 1
    low = sentence.low(position)
    plain = low.endswith(("aient", "èrent", "ent")) and not is_adverb(low)
    if low in auxiliaries() or plain or low in ("se", "s'", "ne", "n'"):
        return True
    after = sentence.lows(position, min(sentence.next_from(position, COMMA), position + JOINT))
    if draft.is_subject and "#" not in after and not auxiliaries().isdisjoint(after):
        return True
    before = sentence.lows(max(antecedent.noun_end, draft.position - JOINT), draft.position)
    return "en" in before[:-1] and not auxiliaries().isdisjoint(before)


def _told_again(draft: Draft) -> bool:
    """``Les syndicats en redoutaient 800``: another number of the same, in a sentence of its own."""
    before = draft.sentence.lows(draft.position - JOINT // 2, draft.position)
    return "en" in before and before[-1].startswith(tuple(grammar("ellipsis", "recounting")))


def _is_rate(draft: Draft) -> bool:
    """``3 000 en moyenne par jour``: what is done daily is not what was counted before."""
    pairs = pairwise(draft.sentence.lows(draft.position + 1, draft.position + JOINT))
    return draft.noun_missing and any(low == "par" and per in grammar("predicates", "periods") for low, per in pairs)
