"""What is told as hearsay: in the conditional, or in an earlier account that nobody has signed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from newsnlp.figures.factuality.clauses import LEFT_BREAKS, PAST_FUTURE, clause_around, modifying_verb
from newsnlp.figures.factuality.governors import JOINT
from newsnlp.grammar.drafts import SourceBy
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import words
from newsnlp.lexicons import words as words_in
from newsnlp.quotes.sources import source_words
from newsnlp.quotes.words import hedge_set, is_conditional
from newsnlp.records import Status

if TYPE_CHECKING:
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence
    from newsnlp.quotes.attribution import Attribution

BESIDE_KINDS = frozenset({"duration", "measure", "money", "percent"})
CONDITION_REACH = 12
ACCOUNT_REACH = 8
ACCOUNTS = frozenset({"bilan", "décompte", "comptage"})
TOLD = frozenset({"faisait", "faisaient"})
JOINTS = frozenset({"et", ","})
FINITE = frozenset({"est", "sont", "était", "étaient", "a", "ont"}) | PAST_FUTURE
"""The auxiliaries that show another clause."""
RELATIVE_REACH = 6
BESIDE = frozenset({"qui", "dont", "où"})
DIRECT = 6
"""How far before an age its verb may stand: *aurait entre 25 et 35 ans*, *seraient toutes trois âgées de 25 ans*."""
SUBJECTS = frozenset({"il", "elle", "ils", "elles"})
UNREAL = frozenset({"dû", "fallu", "pu"})
ATTRIBUTIVE = frozenset({",", "(", "par", "avec", "et"})
"""After these an age belongs to a noun beside the verb: *tué par un homme de 35 ans*."""


def hearsay(draft: Draft) -> str | None:
    """``auraient été blessés``; the part of a reported whole is reported."""
    sentence = draft.sentence
    first, last = clause_around(draft)
    if is_conditional(modifying_verb(draft)):
        return "hearsay.conditional"
    if draft.kind == "age":
        first = max(draft.position - DIRECT, sentence.last_before(draft.position, ATTRIBUTIVE) + 1)
        last = draft.position
    after = max(draft.noun_end, draft.position + 1)
    if sentence.low(after) in ("que", "qu'") and sentence.low(after + 1):
        last = max(last, min(after + RELATIVE_REACH, sentence.next_from(after, COMMA)))  # "que compterait la ville"
    conditionals: list[int] = sentence.remember("conditionals", lambda: _find_conditionals(sentence))
    if sentence.low(first - 1) == "(" and draft.kind in BESIDE_KINDS:
        # As in "se montreraient plus généreux (104 euros) que".
        before = max(first - RELATIVE_REACH, sentence.last_before(first - 1, LEFT_BREAKS | COMMA) + 1)
        first = before if sentence.last_before(first, FINITE) < before else first
    number = bisect_left(conditionals, first)
    while number < len(conditionals) and conditionals[number] < last:
        if _governs(draft, conditionals[number]):
            around = sentence.lows(first - CONDITION_REACH, last)
            # "si l'on en croit l'armée" is no condition.
            is_condition = ("si" in around and "croit" not in around) or sentence.low(first) == "s'"
            return None if is_condition else "hearsay.conditional"
        number += 1
    if _is_in_account(draft, first):
        return "hearsay.account"
    whole = draft.parent
    if whole is not None and whole.sentence is sentence and whole.status is Status.REPORTED:
        return "hearsay.of-whole"
    return None


def is_hearsay_of_plan(draft: Draft) -> bool:
    """``Selon un proche, il réclamerait 300 millions``: what somebody is said to plan is hearsay."""
    return draft.foreseen is not None and is_conditional(draft.sentence.low(draft.foreseen))


def is_told_flat(draft: Draft, found: Attribution) -> bool:
    """Whether a sentence states a figure beside hearsay that has a source.

    ``Deux hommes sont morts et dix auraient fui, selon les secours``; ``Selon l'ONG, un enfant sur trois jeûnerait dans
    l'enclave, où 90 % des familles ont fui``.
    """
    if found.by is not SourceBy.SELON:
        return False
    sentence, position = draft.sentence, draft.position
    conditionals: list[int] = sentence.remember("conditionals", lambda: _find_conditionals(sentence))
    if found.cue > position:
        opened = sentence.next_from(position, BESIDE)
        if sentence.low(found.cue - 1) != "," and opened < found.cue and _opens_clause(sentence, opened):
            # "112 drones ont été lancés, dont 87 ont été abattus selon l'armée": of that clause alone
            return sentence.next_from(opened, FINITE) < found.cue
        number = bisect_right(conditionals, position)
        told = conditionals[number] if number < len(conditionals) and conditionals[number] < found.cue else -1
        comma = sentence.next_from(position, COMMA)
        if comma < told and sentence.low(0).endswith(words_in("figures.dates_participle")):
            return sentence.next_from(0, COMMA) == comma  # "Attisé par un vent de 90 km/h, le feu progresserait"
        verb = sentence.next_from(position, FINITE)
        return verb < told and sentence.next_from(verb, JOINT) < told
    number = bisect_left(conditionals, position)
    told = conditionals[number - 1] if number else -1
    opened = sentence.last_before(position, BESIDE)
    if told < found.cue or opened < told or sentence.low(opened - 1) != ",":
        return False
    return sentence.next_from(opened, FINITE) < len(sentence.words) and conditionals[-1] < opened


def _opens_clause(sentence: Sentence, relative: int) -> bool:
    """``, dont``, ``, ce qui``: whether a relative is set off."""
    return sentence.low(relative - 1 - (sentence.low(relative - 1) == "ce")) == ","


def _governs(draft: Draft, conditional: int) -> bool:
    """Whether no other verb stands between: *les huit étaient à bord et aucun n'aurait survécu*."""
    sentence, position = draft.sentence, draft.position
    following = sentence.low(conditional + 1)
    if following in UNREAL or (following == "eu" and draft.kind == "age"):
        return False  # "auraient dû payer 300 euros", "aurait eu 80 ans"
    joint = sentence.next_from(position, JOINT)
    if joint < conditional and draft.kind in BESIDE_KINDS and sentence.low(position - 1) in words("prepositions"):
        # "boucle son orbite en 19 jours et sa masse serait"
        return sentence.low(joint + 1) not in source_words("determiners", "phrase")
    # "aurait vendu la maison, et il possédait 2 voitures"
    joint = sentence.last_before(position, JOINTS)
    if conditional < joint and sentence.low(joint + 1) in SUBJECTS and not is_conditional(sentence.low(joint + 2)):
        return False
    # "Un homme aurait été arrêté et un autre a été tué"
    verb = max(draft.noun_end, position + 1)
    if conditional < position and sentence.low(verb) in FINITE and "et" in sentence.lows(conditional, position):
        return False
    other = sentence.next_from(min(position, conditional) + 1, FINITE)
    if other >= max(position, conditional):
        return True
    # "aurait fui, et la police a saisi 3 armes", but "serait celui qui a tué 3 hommes" is one clause.
    joint = sentence.next_from(min(position, conditional) + 1, JOINTS)
    return joint > other if conditional < position else False


def _find_conditionals(sentence: Sentence) -> list[int]:
    no_hearsay = hedge_set("conditional", "no_hearsay")
    return [i for i, low in enumerate(sentence.words) if is_conditional(low) and low not in no_hearsay]


def _is_in_account(draft: Draft, first: int) -> bool:
    """``Un précédent bilan faisait état de 14 morts``: of an account that somebody gave, not of *le bilan*."""
    sentence, position = draft.sentence, draft.position
    told = sentence.last_before(position, TOLD)
    account = sentence.last_before(told, ACCOUNTS) if told > max(first, position - ACCOUNT_REACH) else -1
    return account >= max(0, first) and sentence.low(told + 1) == "état" and "un" in sentence.lows(account - 2, account)
