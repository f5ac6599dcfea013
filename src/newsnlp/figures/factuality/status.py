"""How sure the text is of a figure: asserted, reported, planned or denied, and the source it names."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from newsnlp.figures.factuality.clauses import NEGATED, clause_around
from newsnlp.figures.factuality.governors import is_next
from newsnlp.figures.factuality.hearsay import ACCOUNTS, ATTRIBUTIVE, DIRECT, FINITE, JOINTS, hearsay
from newsnlp.figures.factuality.plans import planned
from newsnlp.grammar.drafts import PlanBy, SourceBy
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import words
from newsnlp.grammar.words import auxiliaries, grammar
from newsnlp.quotes.attribution import QUOTATION_ENDS, Attribution, find_attributions
from newsnlp.quotes.sources import source_before
from newsnlp.quotes.words import hedge_set, is_future
from newsnlp.records import Modifier, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence
    from newsnlp.quotes.speakers import Speaker, Speakers

MOST = 40
"""How many attributions of a sentence are looked at for one figure, the nearest (a sentence of WiNER-fr train has 3
at most; measured 2026-11)."""
DENYING = frozenset({"nie", "nié", "niait", "nient"})
DENIAL_REACH = 14
YIELDED = frozenset({"rapporte", "rapportent", "rapporté"})
DENIAL_BREAKS = frozenset({";", ".", ",", "et"})
NEGATION_REACH = 6
NEGATION_BREAKS = frozenset({",", ";", "et", "mais"})
YET = frozenset({"encore", "toujours"})
BUT = frozenset({"mais"})
RESTRICTED = frozenset({"que", "qu'"})
THAT = frozenset({"que", "qu'", "de", "d'"})
EARLIER_REACH = 3
TOLLS = frozenset({"killed", "injured", "missing", "hospitalised"})
NOUN_REACH = 4
OPENING = 3
AGED = frozenset({"âgé", "âgée", "âgés", "âgées"})
KNOWN_NUMBER = frozenset({"les", "ses", "leurs", "nos"})
AFTER = frozenset({"après"})
ASIDE_REACH = 3
"""How far behind the comma that closes an aside the verb of its clause stands: *, n'est pas*, *, a fermé*."""
RELATIVES = frozenset({"qui", "dont", "où"})
EDITORS = frozenset({"ndlr", "ndla"})
BRACKET = frozenset({"("})
CLOSING = frozenset({")"})
FALSE_REACH = 10
BOUNDED = (Modifier.MORE_THAN, Modifier.AT_LEAST, Modifier.LESS_THAN, Modifier.AT_MOST)
QUOTATION_GAP = 4
"""How far before the verb of an inserted clause the closing mark stands: *», s'est agacée*."""
BESIDE = frozenset({"qui", "dont", "alors", "tandis", "où"})
"""What opens, after the name of a source, something that is told beside the statement."""


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
            None if is_given else _nearest(draft, [found for found in covering if _applies(draft, found, quotation)])
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
    verb = _denied_by_verb(draft)
    if verb or _negated(draft) or _said_false(draft):
        draft.status = Status.DENIED
        if verb:
            _name_doer(draft, draft.sentence.last_before(draft.position, hedge_set("denied", "verbs")))
        return "denied.verb" if verb else "denied.negation"
    draft.plan_by = planned(draft) or _announced(draft, nearest)
    if draft.plan_by is not None:
        draft.status = Status.PLANNED
        return draft.plan_by
    draft.source_by = None if nearest is None else nearest.by
    rule = draft.source_by or hearsay(draft) or (None if quotation is None else "source.quotation")
    draft.status = Status.ASSERTED if rule is None else Status.REPORTED
    return rule


def _applies(draft: Draft, found: Attribution, quotation: tuple[int, int] | None) -> bool:
    """An age, or a duration that is no object of the verb, is a fact beside what is stated."""
    if _is_earlier(draft, found) or (quotation is None and _is_aside(draft, found)):
        return False
    if found.by is SourceBy.OBJECT and draft.kind == "money" and draft.sentence.low(found.cue) in YIELDED:
        return False  # "Les États-Unis ont rapporté 1,1 milliard d'euros"
    if found.by in (SourceBy.OBJECT, SourceBy.AGENT):
        if found.source is None and not found.pronoun and draft.quantity.value_max == 0:
            return False  # "aucun blessé n'a été rapporté"
        is_object = found.by is SourceBy.OBJECT and draft.position == found.first
        return draft.kind not in ("age", "duration") or is_object
    if quotation is None and draft.kind == "duration" and _opens_sentence(draft):
        return False
    after = quotation is None and draft.position > found.cue > OPENING
    # "a insisté le colonel, qui commande les 1 850 pompiers": what is told of the speaker is no part of it.
    if (
        after
        and found.by in (SourceBy.INCISE, SourceBy.SELON)
        and (
            draft.kind in ("age", "duration")
            or draft.sentence.last_before(draft.position, BESIDE) >= found.cue
            or _is_of_speaker(draft, found)
        )
    ):
        return False
    if draft.kind == "age" and found.by in (SourceBy.SELON, SourceBy.INCISE):
        return quotation is not None or _is_said_of_age(draft)
    return quotation is not None or not _is_size(draft)


def _is_size(draft: Draft) -> bool:
    """``Le séisme de magnitude 6,1 a fait 41 morts``, ``L'ouvrage, long de 220 mètres,``: a size told beside it."""
    sentence, position = draft.sentence, draft.position
    if sentence.low(position - 1) == "magnitude":
        return sentence.low(position - 4) in ("le", "du", "au")
    head = position - 2 - (sentence.low(position - 2) in ("quelque", "près", "environ"))
    apart = sentence.low(head) in hedge_set("planned", "of_size") and sentence.low(head - 1) == ","
    return draft.kind == "measure" and apart and sentence.low(max(draft.noun_end, position + 1)) == ","


def _is_of_speaker(draft: Draft, found: Attribution) -> bool:
    """``« … », s'agace Nadia, mère de deux élèves``: beside the name of who spoke in marks, no clause of its own."""
    sentence = draft.sentence
    in_marks = not QUOTATION_ENDS.isdisjoint(sentence.lows(found.cue - QUOTATION_GAP, found.cue))
    apart = found.source is not None and sentence.low(found.source[1]) == ","
    return in_marks and apart and sentence.next_from(found.cue + 1, FINITE) >= len(sentence.words)


def _opens_sentence(draft: Draft) -> bool:
    """``Après deux années de baisse, le chômage repart, selon l'Insee``: a time known before what is said."""
    sentence = draft.sentence
    comma = sentence.next_from(0, COMMA)
    after = AFTER & {sentence.low(draft.position - 1), sentence.low(draft.position + 1)}
    return bool(after) and draft.position < comma < sentence.next_from(0, auxiliaries())


def _is_aside(draft: Draft, found: Attribution) -> bool:
    """``L'usine, qui emploie 48 salariés, fermera, dit le maire``, ``les 20 mesures annoncées``: known beside it."""
    sentence, position = draft.sentence, draft.position
    is_known = draft.counts and not draft.event and sentence.low(position - 1) in KNOWN_NUMBER
    if is_known and found.by not in (SourceBy.OBJECT, SourceBy.THAT):
        return True
    is_size = sentence.low(position - 1) == "(" and sentence.low(draft.noun_end) == ")" and draft.counts
    if is_size and (draft.counted or "").lower() in hedge_set("sources", "sizes"):
        return True  # "Le site d'Anzin (310 salariés) fermera, d'après les syndicats"
    opened = sentence.last_before(position, RELATIVES)
    if found.by is SourceBy.AGENT or opened < 1 or opened == position - 1 or sentence.low(opened - 1) not in JOINTS:
        return False
    closed = sentence.next_from(position, COMMA)
    verb = sentence.next_from(closed + 1, auxiliaries() | hedge_set("planned", "modals"))
    verb = closed + 1 if is_future(sentence.low(closed + 1)) else verb  # ", qui a coûté 14 millions, devra"
    if opened <= found.cue < position or verb > min(closed + ASIDE_REACH, len(sentence.words) - 1):
        return False
    return found.cue < opened or sentence.next_from(closed + 1, COMMA) <= found.cue


def _is_said_of_age(draft: Draft) -> bool:
    """``étaient âgées d'une vingtaine d'années``, ``aurait 35 ans``: an age that the clause states, no apposition."""
    sentence, position = draft.sentence, draft.position
    verb = sentence.last_before(position, auxiliaries())
    between = sentence.lows(verb + 1, position)
    if verb < 0 or len(between) >= DIRECT or not ATTRIBUTIVE.isdisjoint(between):
        return False
    return len(between) <= NOUN_REACH - 1 or not AGED.isdisjoint(between)


def _is_earlier(draft: Draft, found: Attribution) -> bool:
    """``40 morts selon un nouveau bilan, contre 31 la veille``: the new toll does not say the old one."""
    sentence = draft.sentence
    if sentence.low(draft.position - 1) not in ("contre", "après") or found.source is None:
        return False
    beside = sentence.lows(draft.position + 1, draft.position + 1 + EARLIER_REACH)
    if (
        draft.event in TOLLS
        and found.cue < draft.position
        and not hedge_set("planned", "days_before").isdisjoint(beside)
    ):
        return True  # "les autorités comptent 45 morts, contre 39 mercredi"
    return (
        not ACCOUNTS.isdisjoint(sentence.lows(*found.source))
        and found.cue < draft.position + EARLIER_REACH
        and found.last >= found.source[1]
    )


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


def _denied_by_verb(draft: Draft) -> bool:
    """``a démenti la mort de 15 soldats``, ``nie avoir volé 3 000 euros``, ``a démenti avoir versé 3 000 euros``."""
    sentence, position = draft.sentence, draft.position
    if draft.kind == "money":
        before = sentence.lows(position - 4, position)
        denying = DENYING | (hedge_set("denied", "verbs") if "avoir" in before else frozenset())
        return not denying.isdisjoint(before)
    verb = sentence.last_before(position, hedge_set("denied", "verbs")) if draft.counts else -1
    return verb >= 0 and verb > max(position - DENIAL_REACH, sentence.last_before(position, DENIAL_BREAKS))


def _said_false(draft: Draft) -> bool:
    """``Ce bilan de 12 morts est faux``, ``Il est faux que 12 hommes soient morts``, ``n'est pas confirmé``."""
    sentence, position = draft.sentence, draft.position
    if draft.kind in ("age", "duration"):
        return False
    false, confirmed = hedge_set("denied", "false"), hedge_set("denied", "confirmed")
    told = sentence.last_before(position, false)
    if told >= max(0, position - FALSE_REACH) and sentence.low(told - 1) in auxiliaries():
        return not THAT.isdisjoint(sentence.lows(told + 1, told + 4))
    step = min(sentence.next_from(position + 1, false), sentence.next_from(position + 1, confirmed))
    if step >= min(position + FALSE_REACH, sentence.next_from(position + 1, DENIAL_BREAKS)):
        return False
    before = sentence.lows(step - 4, step)
    negated = not NEGATED.isdisjoint(before) and not hedge_set("denied", "negations").isdisjoint(before)
    is_predicate = not auxiliaries().isdisjoint(before) and not sentence.has_figure(position + 1, step)
    return is_predicate and negated is (sentence.low(step) in confirmed)


def _is_corrected(draft: Draft) -> bool:
    """``ne coûtera pas 9 mais 14 millions``: the first of the two is denied, whatever it measures."""
    sentence, position = draft.sentence, draft.position
    end = max(draft.noun_end, position + 1)
    if BUT.isdisjoint(sentence.lows(end, end + NOUN_REACH)):
        return False
    but = sentence.next_from(end, BUT)
    before = sentence.lows(position - NEGATION_REACH, position)
    negated = not NEGATED.isdisjoint(before) and not hedge_set("denied", "negations").isdisjoint(before)
    return negated and sentence.has_figure(but, but + 4)


def _negated(draft: Draft) -> bool:
    """``n'a pas fait 300 morts``."""
    sentence, position = draft.sentence, draft.position
    negations = hedge_set("denied", "negations")
    if not draft.counts:
        return _is_corrected(draft)
    if draft.quantity.modifier in BOUNDED:
        return False  # "n'ont pas perdu plus de cinq hommes": so many at most
    first = max(clause_around(draft)[0], position - NEGATION_REACH + 1, sentence.last_before(position, NEGATION_BREAKS))
    step = sentence.last_before(position, negations)
    while step >= first:
        between = sentence.lows(step, position)
        # "n'a pas gagné en huit matches": the eight were played.
        beside = not (words("prepositions") - {"de", "d'", "des"}).isdisjoint(between)
        is_ruled_out = sentence.low(step - 1) in hedge_set("denied", "litotes")
        # "n'a toujours pas vendu ses deux maisons"
        is_yet = not YET.isdisjoint(sentence.lows(step - 1, step + 2)) or sentence.low(position - 1) in KNOWN_NUMBER
        negated = not NEGATED.isdisjoint(sentence.lows(step - 4, step)) and not (is_ruled_out or is_yet)
        if negated and RESTRICTED.isdisjoint(between) and not beside:
            return True
        step = sentence.last_before(step, negations)
    return False
