"""What a text says is not so: *n'a pas fait 12 morts*, *dément la mort de 15 soldats*, *ce bilan est faux*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.figures.factuality.clauses import NEGATED, clause_around
from newsnlp.grammar.nouns import words
from newsnlp.grammar.words import auxiliaries
from newsnlp.quotes.words import hedge_set
from newsnlp.records import Modifier

if TYPE_CHECKING:
    from newsnlp.grammar.drafts import Draft

DENYING = frozenset({"nie", "nié", "niait", "nient"})
DENIAL_REACH = 14
REFUSED_REACH = 3
DENIAL_BREAKS = frozenset({";", ".", ",", "et"})
NEGATION_REACH = 6
NEGATION_BREAKS = frozenset({",", ";", "et", "mais"})
YET = frozenset({"encore", "toujours"})
BUT = frozenset({"mais"})
LINKS = frozenset({"à", "de", "d'", "devant"})
NONE = frozenset({"aucun", "aucune"})
REFUSED_KINDS = ("money", "percent")
RESTRICTED = frozenset({"que", "qu'"})
THAT = frozenset({"que", "qu'", "de", "d'"})
NOUN_REACH = 4
KNOWN_NUMBER = frozenset({"les", "ses", "leurs", "nos"})
FALSE_REACH = 10
BOUNDED = (Modifier.MORE_THAN, Modifier.AT_LEAST, Modifier.LESS_THAN, Modifier.AT_MOST)


def denied_by_verb(draft: Draft) -> bool:
    """``a démenti la mort de 15 soldats``, ``nie avoir volé 3 000 euros``, ``a démenti avoir versé 3 000 euros``."""
    sentence, position = draft.sentence, draft.position
    if draft.kind == "money":
        before = sentence.lows(position - 4, position)
        denying = DENYING | (hedge_set("denied", "verbs") if "avoir" in before else frozenset())
        return not denying.isdisjoint(before)
    verb = sentence.last_before(position, hedge_set("denied", "verbs")) if draft.counts else -1
    return verb >= 0 and verb > max(position - DENIAL_REACH, sentence.last_before(position, DENIAL_BREAKS))


def said_false(draft: Draft) -> bool:
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


def is_predicated(draft: Draft) -> bool:
    """``Le prix n'est pas de 400 euros``, ``Nos pertes ne s'élèvent pas à 200 hommes``, ``n'a pas 50 % de chances``."""
    sentence, position = draft.sentence, draft.position
    linked = sentence.low(position - 1) in LINKS
    step = position - 1 - linked
    if sentence.low(step) not in hedge_set("denied", "negations") or draft.quantity.modifier in BOUNDED:
        return False
    verb = sentence.low(step - 1)
    equals = verb in auxiliaries() or verb in hedge_set("denied", "equalling")
    return equals and not NEGATED.isdisjoint(sentence.lows(step - REFUSED_REACH, step - 1))


def _is_refused(draft: Draft) -> bool:
    """``Nous n'avons pas payé 50 millions``, ``Aucun acheteur n'a eu 20 %``; not *n'est pas descendu sous 27 %*."""
    sentence, position = draft.sentence, draft.position
    if draft.quantity.modifier in BOUNDED:
        return False
    negation = max(
        sentence.last_before(position, hedge_set("denied", "negations")), sentence.last_before(position, NONE)
    )
    is_near = position - negation <= (REFUSED_REACH if sentence.low(negation) not in NONE else NEGATION_REACH)
    if negation < 0 or not is_near:
        return False
    between = sentence.lows(negation + 1, position)
    if is_predicated(draft):
        return True
    if sentence.low(negation) in NONE:
        return not NEGATED.isdisjoint(between) and (words("prepositions") | RESTRICTED).isdisjoint(between)
    negated = not NEGATED.isdisjoint(sentence.lows(negation - REFUSED_REACH, negation))
    # As in "n'a pas payé 50 millions" and "n'a pas été coupé 12 % du temps".
    verb = between[between[:1] == ("été",) :]
    return negated and len(verb) == 1 and verb[0] not in words("prepositions") | YET | hedge_set("denied", "reached")


def negated(draft: Draft) -> bool:
    """``n'a pas fait 300 morts``."""
    sentence, position = draft.sentence, draft.position
    negations = hedge_set("denied", "negations")
    if not draft.counts:
        return _is_corrected(draft) or (draft.kind in REFUSED_KINDS and _is_refused(draft))
    if is_predicated(draft):
        return True
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
