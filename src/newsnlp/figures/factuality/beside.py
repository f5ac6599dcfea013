"""What stands beside a statement, and is no part of what somebody says: an age, a size, an older count, an aside."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from newsnlp.figures.factuality.hearsay import ACCOUNTS, ATTRIBUTIVE, DIRECT, FINITE, JOINTS, is_told_flat
from newsnlp.grammar.conjugation import conjugate
from newsnlp.grammar.drafts import SourceBy
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.words import auxiliaries
from newsnlp.lexicons.places import countries
from newsnlp.quotes.attribution import QUOTATION_ENDS
from newsnlp.quotes.words import hedge_set, hedge_words, is_future

if TYPE_CHECKING:
    from newsnlp.grammar.drafts import Draft
    from newsnlp.quotes.attribution import Attribution

NEIGHBOURING = frozenset({"voisin", "voisine"})
YIELDED = frozenset({"rapporte", "rapportent", "rapporté"})
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
QUOTATION_GAP = 4
"""How far before the verb of an inserted clause the closing mark stands: *», s'est agacée*."""
BESIDE = frozenset({"qui", "dont", "alors", "tandis", "où"})
"""What opens, after the name of a source, something that is told beside the statement."""


def applies(draft: Draft, found: Attribution, quotation: tuple[int, int] | None) -> bool:
    """An age, or a duration that is no object of the verb, is a fact beside what is stated."""
    if _is_earlier(draft, found) or (quotation is None and (_is_aside(draft, found) or is_told_flat(draft, found))):
        return False
    if found.by is SourceBy.OBJECT and _is_counted_there(draft, found):
        return False
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


def _is_counted_there(draft: Draft, found: Attribution) -> bool:
    """``Les États-Unis ont rapporté 1,1 milliard d'euros``, ``Le Chili déplore 12 morts``: what is there, not said."""
    sentence, verb = draft.sentence, draft.sentence.low(found.cue)
    if draft.kind == "money" and verb in YIELDED:
        return True
    if found.source is None or verb not in _counting():
        return False
    named = sentence.is_named(sentence.starts[found.source[0]])
    first, last = found.source
    last -= sentence.low(last - 1) in NEIGHBOURING
    return not named and sentence.wording(first, last) in _countries()


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
    if found.by is SourceBy.INCISE and found.cue < draft.position and _is_set_apart(draft, found):
        return True  # "plafonne à 17 millions, estime l'Office, contre 24 l'an dernier"
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


def _is_set_apart(draft: Draft, found: Attribution) -> bool:
    """Whether nothing but the comma that ends an inserted clause stands between its source and *contre*."""
    return found.source is not None and draft.sentence.lows(found.source[1], draft.position - 1) == (",",)


@functools.cache
def _counting() -> frozenset[str]:
    """Return the verbs of what a country has, as of who counts it: *déplore*, *a recensé*."""
    return frozenset(
        form for lemma in hedge_words("sources", "counting") for forms in conjugate(lemma) for form in forms
    )


@functools.cache
def _countries() -> frozenset[str]:
    return frozenset(row["surface"] for row in countries())
