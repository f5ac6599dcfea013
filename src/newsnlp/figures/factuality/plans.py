"""Quantities still to come: a future, an intention, an aim."""

from __future__ import annotations

import functools
from bisect import bisect_left
from typing import TYPE_CHECKING

from newsnlp.figures.factuality.clauses import (
    PAST_FUTURE,
    REACH,
    RIGHT_BREAKS,
    VERB_BACK,
    clause_around,
    is_cut_off,
    modifying_verb,
    past_apposition,
    tells_future,
    tells_the_past,
)
from newsnlp.figures.factuality.forecasts import LISTED, aimed_at, foreseen, is_means, is_same
from newsnlp.figures.factuality.governors import (
    INFINITIVE_REACH,
    JOINT,
    PHRASE_REACH,
    by_whom,
    is_condition,
    is_next,
    is_of_act,
    sign_at,
)
from newsnlp.grammar.drafts import PartBy, PlanBy
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import CLITICS, words
from newsnlp.grammar.verbs import INFINITIVE, has_finite
from newsnlp.grammar.words import auxiliaries, grammar
from newsnlp.quotes.words import governing, hedge_phrases, hedge_set, intending, is_future
from newsnlp.records import ChangeRole, Status

if TYPE_CHECKING:
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

AIM_REACH = 4
BEING = frozenset({"est", "était", "serait", "sera", "reste"})
SUBJECT_END = 4
"""How far behind *une enveloppe de 30 millions* its verb may stand."""
OPENING = 1
DEFINITE = frozenset({"les", "ces", "ses", "leurs", "nos"})
POSSESSIVE = frozenset({"ses", "leurs", "nos"})
DONE = frozenset({"a", "ont"})
MARKS = frozenset({",", "et"})
OF_DEED = frozenset({"de", "d'", "à"})
AS = frozenset({"comme", "que", "qu'"})
OVER = frozenset({"sur", "en"})
LIST_MARKS = frozenset({",", "dont"})
DONE_REACH = 6


def planned(draft: Draft) -> PlanBy | None:
    """Return what shows a quantity as still to come, or None."""
    sentence = draft.sentence
    if _cannot_be_planned(draft):
        return None
    if (by := _with_another(draft)) is not None:
        return by
    first, end = clause_around(draft)
    if sentence.low(first - 1) == "«" and draft.position <= first + 1:
        first = max(0, first - VERB_BACK)  # "exige « 2,5 milliards »"
    # What stands to the right is the predicate of a subject only.
    last = past_apposition(draft, first, end) if draft.is_subject else draft.position + 1
    if last < end and not _is_governed(draft):
        last = max(last, min(end, draft.noun_end + 1))  # "mais 14 participeront"
    phrases, signs = sentence.remember("plans", lambda: _find_plans(sentence))
    if not _is_definite(draft):
        by = next((by for position in _within(signs, first, last) if (by := sign_at(draft, position, last))), None)
    # A phrase stands before the figure, or soon after it.
    near = _within(phrases, first, min(end, draft.position + PHRASE_REACH))
    if by is None and any(_phrase_reaches(draft, at) for at in near):
        return PlanBy.PHRASE
    if by is None and is_future(modifying_verb(draft)):
        by = PlanBy.FUTURE  # "dépassera 3 millions"
    if by is PlanBy.FUTURE and tells_the_past(draft, first, end):
        return None
    if by in (None, PlanBy.FUTURE):
        told, verb = foreseen(draft, first, end)
        by = PlanBy.FUTURE if told else by
        by_whom(draft, verb)
    return by or _otherwise(draft, end)


def _otherwise(draft: Draft, end: int) -> PlanBy | None:
    """Return what shows a plan without a word that governs the quantity."""
    if is_condition(draft):
        return PlanBy.FUTURE
    return _planned_after(draft, end) or _planned_before(draft) or _required(draft) or _of_what_comes(draft)


def follows_plan(draft: Draft) -> bool:
    """``une usine qu'il doit bâtir pour 60 millions emploierait 450 personnes``: what would come of what is planned."""
    before = draft.before
    return before is not None and before.plan_by is not None and clause_around(draft)[0] - before.noun_end <= LISTED


def _within_plan(draft: Draft) -> bool:
    """``prévoit 700 millions d'euros sur dix ans``: the time that the plan takes."""
    sentence, before = draft.sentence, draft.before
    if draft.kind != "duration" or before is None or sentence.low(draft.position - 1) not in OVER:
        return False
    return before.plan_by is PlanBy.OBJECT and draft.position - before.noun_end <= LISTED


def _with_another(draft: Draft) -> PlanBy | None:
    """Return what shows a quantity as planned like another: its whole, the list or the plan that it belongs to."""
    whole = draft.parent
    if draft.part_by is PartBy.DONT and whole is not None and whole.status is Status.PLANNED and not _is_done(draft):
        return PlanBy.OF_WHOLE
    if _next_planned(draft) or is_means(draft) or is_same(draft):
        return PlanBy.LISTED
    if draft.kind == "duration" and (draft.sentence.low(draft.position - 1) == "dans" or is_next(draft)):
        return PlanBy.PHRASE  # "le vote a lieu dans quinze jours", "ces trois prochains jours"
    return PlanBy.OF_WHOLE if _within_plan(draft) else None


def _is_done(draft: Draft) -> bool:
    """``réclame 4,2 milliards, dont 980 millions ont été versés``: that part is no plan."""
    sentence = draft.sentence
    return sentence.next_from(draft.position, DONE) < min(draft.position + DONE_REACH, clause_around(draft)[1])


def _is_definite(draft: Draft) -> bool:
    """``les 751 députés voteront``: they are 751 already."""
    sentence, position = draft.sentence, draft.position
    is_new = sentence.low(position + 1) in hedge_set("planned", "new")
    is_own = sentence.low(position - 1) in POSSESSIVE
    return is_own or (draft.counts and sentence.low(position - 1) in DEFINITE and not is_new)


def _phrase_reaches(draft: Draft, phrase: int) -> bool:
    """``D'ici à 2030, 300 postes``; not *affinés d'ici la fin de l'année, confirment la hausse de 3 %*."""
    comma = draft.sentence.last_before(draft.position, COMMA)
    if phrase < draft.position and draft.sentence.low(phrase) not in _aims() and is_cut_off(draft, phrase):
        return False  # "ils n'ont plus la possibilité de gagner, ils sont sept"
    joint = draft.sentence.next_from(draft.position, JOINT)
    if joint < phrase and draft.sentence.low(joint + 1) in CLITICS:
        return False  # "emploie 130 personnes et en recrutera 60 d'ici à juin"
    return comma < phrase or phrase <= OPENING or draft.sentence.low(phrase - 1) in (",", "«")


def _planned_after(draft: Draft, end: int) -> PlanBy | None:
    """``3 000 visiteurs attendus``, ``20 ans de prison ont été requis``; not *3 000 de plus que prévu*."""
    sentence = draft.sentence
    if aimed_at(draft):
        return PlanBy.PARTICIPLE
    for step in range(max(draft.noun_end, draft.position + 1), min(end, draft.position + PHRASE_REACH)):
        low = sentence.low(step)
        # "La création de cinq parcs a été décidée"
        decided = sentence.low(step - 1) in auxiliaries() and low in governing("decides", "proposes", agreeing=True)
        if low in hedge_set("planned", "participles") or (decided and is_of_act(draft)):
            return PlanBy.PARTICIPLE
        if not low or low == "comme" or (low in words("prepositions") and low not in ("de", "d'")):
            return None
    return None


def _planned_before(draft: Draft) -> PlanBy | None:
    """``la suppression annoncée de 23 postes``, ``a ordonné la fermeture de sept sites``, ``prévue dans 22 pays``."""
    sentence, position = draft.sentence, draft.position
    before = sentence.lows(position - LISTED, position)
    # "un camp prévu pour 8 000 personnes" holds so many.
    is_near = draft.kind != "duration" and before[-1:] and before[-1] in words("prepositions") - {"pour"}
    if not is_near:
        return None
    if before[-2:-1] and before[-2] in hedge_set("planned", "participles") and not AS.intersection(before):
        return PlanBy.PARTICIPLE
    if before[-1] not in ("de", "d'", "des") or hedge_set("announcing", "nouns").isdisjoint(before):
        return None
    return PlanBy.ANNOUNCED if before[-2] in hedge_set("announcing", "announced") else None


def _of_what_comes(draft: Draft) -> PlanBy | None:
    """``Une enveloppe de 30 millions sera débloquée``, ``le futur stade de 60 000 places``: how large it will be."""
    sentence = draft.sentence
    start = draft.position - 1
    if sentence.low(start) not in OF_DEED - {"à"}:
        return None
    while start > max(0, draft.position - PHRASE_REACH) and sentence.is_word(start - 1):
        start -= 1
    phrase = sentence.lows(start, draft.position)
    after = max(draft.noun_end, draft.position + 1)
    noun = max((step for step, low in enumerate(phrase) if low in words("determiners")), default=-1)
    if not hedge_set("planned", "to_come").isdisjoint(phrase[noun + 1 :]) and auxiliaries().isdisjoint(
        phrase[noun + 1 :]
    ):
        return PlanBy.PHRASE
    if sentence.low(start - 1) == "," and start > 1 and phrase[0] in hedge_set("planned", "of_size"):
        # "le futur parc, d'une puissance de", "Le projet, d'un coût de 12 millions, sera lancé"
        named = sentence.lows(max(sentence.last_before(start - 1, COMMA) + 1, start - PHRASE_REACH), start)
        if not hedge_set("planned", "future").isdisjoint(named):
            return PlanBy.PHRASE
        is_plan = not hedge_set("planned", "planning").isdisjoint(named)
        is_plan = is_plan or sentence.low(0) in ("un", "une")  # "Une usine, d'une capacité de 20 t, sera construite"
        return PlanBy.FUTURE if is_plan and tells_future(sentence, sentence.next_from(after, COMMA) + 1) else None
    is_subject = phrase[0] in ("un", "une") or (phrase[0] in words("determiners") and not draft.counts)
    if not is_subject or start != clause_around(draft)[0] or has_finite(sentence, start, draft.position):
        return None
    told = range(after, after + SUBJECT_END)
    # "Un bataillon de 600 hommes doit être envoyé"
    must = any(
        sentence.low(step) in hedge_set("planned", "modals") and sentence.low(step + 1) == "être" for step in told
    )
    return PlanBy.FUTURE if must or any(tells_future(sentence, step) for step in told) else None


def _is_governed(draft: Draft) -> bool:
    before = draft.sentence.low(draft.position - 1)
    return before in words("prepositions") or before in words("determiners")


def _required(draft: Draft) -> PlanBy | None:
    """``Quatre ans de prison, dont deux avec sursis, et 3 000 euros d'amende ont été requis``: a list as subject."""
    sentence, position = draft.sentence, draft.position
    if _is_governed(draft):
        return None
    if draft.part_by is PartBy.DONT or sentence.last_before(position, auxiliaries()) >= clause_around(draft)[0]:
        return None  # "a signé 12 décrets, dont trois textes … ont été promis"
    verb = sentence.next_from(position + 1, auxiliaries())
    if verb > position + REACH or sentence.next_from(position + 1, RIGHT_BREAKS - LIST_MARKS) < verb:
        return None
    told = sentence.lows(verb, verb + 4)
    if told[:1] and told[0] in grammar("auxiliaries", "have") and "été" not in told:
        return None  # "qui emploie 300 mineurs, a promis"
    after = next((low for low in told if low not in auxiliaries() | words("adverbs")), "")
    return PlanBy.PARTICIPLE if after in hedge_set("planned", "participles") else None


def _within(places: list[int], first: int, last: int) -> list[int]:
    return places[bisect_left(places, first) : bisect_left(places, last)]


@functools.cache
def _aims() -> frozenset[str]:
    return hedge_set("planned", "aims") | hedge_set("planned", "participles")


@functools.cache
def _verbs() -> frozenset[str]:
    needs = hedge_set("planned", "threats") | hedge_set("planned", "needs")
    return intending() | governing("calls", "decides", "proposes") | needs


def _find_plans(sentence: Sentence) -> tuple[list[int], list[int]]:
    """Return where a phrase begins that shows a plan (*d'ici à 2028*, *un objectif de*), and words that may show it."""
    phrases, signs = [], []
    starts, aims, verbs = hedge_phrases("planned", "phrases"), _aims(), _verbs()
    for position, low in enumerate(sentence.words):
        if low in starts:
            # "appelle à venir à la marche"
            going = sentence.low(position + 1) == "venir" and sentence.low(position + 2) in words("prepositions")
            of_law = sentence.low(position + 2) == "loi"  # "le projet de loi"
            if not (going or of_law) and any(sentence.matches(position, phrase) for phrase in starts[low]):
                phrases.append(position)
        if low in aims and _states_aim(sentence, position):
            phrases.append(position)
        if low in verbs or is_future(low):
            signs.append(position)
    return phrases, signs


def _states_aim(sentence: Sentence, noun: int) -> bool:
    """``L'objectif affiché est d'atteindre 500 bornes``, ``Le coût prévu est de 12 millions``."""
    verb = sentence.next_from(noun + 1, BEING)
    near = AIM_REACH if sentence.low(noun) in hedge_set("planned", "aims") else 1
    return verb <= noun + near and sentence.low(verb + 1) in ("de", "d'")


def _next_planned(draft: Draft) -> bool:
    """``prévoit la moitié des TGV, deux TER sur cinq et un sur trois``: planned like the first of the list."""
    before = draft.before
    if before is None or before.plan_by not in (PlanBy.OBJECT, PlanBy.LISTED, PlanBy.INTENTION):
        return False
    if draft.change is ChangeRole.TO and before.change is ChangeRole.FROM:
        return True
    between = draft.sentence.lows(before.noun_end, draft.position)
    # "a promis de créer 300 postes, de rénover 12 écoles"
    for step in range(max(0, len(between) - INFINITIVE_REACH), len(between) - 2):
        if between[step] in MARKS and between[step + 1] in OF_DEED and INFINITIVE.search(between[step + 2]):
            return True
    if between[-2:] == ("ainsi", "que") and auxiliaries().isdisjoint(between):
        return True  # "s'engage à payer 80 % des travaux, ainsi que 100 % des frais"
    # "dix ans de prison et 3 000 euros d'amende"
    pair = before.kind, draft.kind
    is_alike = before.kind in (draft.kind, "percent") or pair in (("duration", "money"), ("money", "count"))
    is_list = len(between) <= LISTED and between[-1:] in ((",",), ("et",)) and is_alike
    return is_list and before.plan_by is not PlanBy.INTENTION


def _cannot_be_planned(draft: Draft) -> bool:
    if draft.kind == "age" and draft.sentence.low(draft.position - 1) in PAST_FUTURE | {"avoir"}:
        return False  # "aura 91 ans", "va avoir 20 ans"
    if draft.kind in ("age", "score") or (draft.kind == "rank" and draft.sentence.low(draft.position - 1) == ","):
        return True
    # "90 sièges sur les 577": the whole is there already; "à 4,6 %, après 5,4 %": what it is compared with.
    is_whole = draft.is_total or (draft.before is not None and draft.before.parent is draft)
    sentence, before = draft.sentence, draft.position - 1
    # "remonter à 900 000, loin du record de 1,2 million"
    opened = sentence.low(sentence.last_before(draft.position, COMMA) + 1) if before > 0 else ""
    compared = sentence.low(before) in hedge_set("planned", "past") or opened in hedge_set("planned", "compared")
    return is_whole or (compared and not aimed_at(draft))
