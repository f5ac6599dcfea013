"""Quantities still to come: a future, an intention, an aim."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from newsnlp.figures.factuality.forecasts import LISTED, aimed_at, foreseen, is_means, is_object, is_same
from newsnlp.grammar.drafts import PartBy, PlanBy
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import CLITICS, words
from newsnlp.grammar.verbs import INFINITIVE, THIRD_PLURAL, has_finite, is_finite, is_infinitive
from newsnlp.grammar.words import auxiliaries
from newsnlp.lexicons import pattern
from newsnlp.quotes.words import governing, hedge_phrases, hedge_set, intending, is_future
from newsnlp.records import ChangeRole, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

PARTICIPLE = pattern("<figures.plans_participle>$")
PAST_AFTER_BE = re.compile(r"(?:é|u|i)e?s?$")
REACH = 16
AIM_REACH = 4
BEING = frozenset({"est", "était", "serait", "sera", "reste"})
PAST_FUTURE = frozenset({"aura", "auront"})
PHRASE_REACH = 8
SUBJECT_END = 4
"""How far behind *une enveloppe de 30 millions* its verb may stand."""
OPENING = 1
DEFINITE = frozenset({"les", "ces", "ses", "leurs", "nos"})
POSSESSIVE = frozenset({"ses", "leurs", "nos"})
INFINITIVE_REACH = 6
INSERTED = 10
"""How long an inserted clause may be: *devrait, selon son producteur, franchir*."""
RESTRICTION = 8
"""How far before *que* the *ne* of *ne … que* stands."""
NEGATED = frozenset({"ne", "n'"})
BRACKETS = frozenset({"(", ")"})
JOINT = frozenset({"et"})
VERB_BACK = 3
"""How far before a mark a verb stands: *exige « 2,5 milliards »*."""
DONE = frozenset({"a", "ont"})
GUESSED = frozenset({"avoir", "être"})
PAST = frozenset({"après"})
OPENING_MARKS = frozenset({"«", '"', "“"})
MARKS = frozenset({",", "et"})
OF_SIZE = frozenset({"d'", "de", "long", "longue", "longs", "longues", "haut", "haute", "hauts", "hautes", "large", "profond"})
FUTURE = frozenset({"futur", "future", "futurs", "futures"})
ACT = re.compile(r"\w{2}(?:[ts]ion|ement|age)$")
"""How nouns of deeds end."""
INDEFINITE = frozenset({"un", "une"})
IF = frozenset({"si", "s'"})
NO_IF = frozenset({"l'", "on", "bien", "est", "agit", "était"})
TO_COME = frozenset({"prévisionnel", "prévisionnelle", "prévisionnels", "prévisionnelles"})
OF = frozenset({"de", "d'", "du", "des"})
RELATIVE = frozenset({"qui", "que", "qu'", "dont", "où", ":", ";", "mais", "«", "»"})
VERB_AFTER = frozenset({"c'", "en", "et", "il", "ils", "elle", "elles", "n'", "ne", "on", "où", "qui", "s'", "se", "y"})
"""Behind these, and behind a comma, what looks like a verb is one."""
OF_DEED = frozenset({"de", "d'", "à"})
AS = frozenset({"comme", "que", "qu'"})
NEXT = frozenset({"prochains", "prochaines"})
OVER = frozenset({"sur", "en"})
LIST_MARKS = frozenset({",", "dont"})
YEAR = 4
PRESENTING = (("ce", "sont"), ("c'", "est"))
DECADES = frozenset({"20", "30", "40", "50", "60", "70", "80", "90"})
RECENT = "1999"
"""A future beside an earlier year tells the past: no text of the press that is read here is older."""
DONE_REACH = 6
CONJUNCTIONS = frozenset({"mais", "tandis", "alors", "puisque", "car"})
LEFT_BREAKS = CONJUNCTIONS | {";", ":", "que", "qu'", "qui", "«", "»", "–", "où", "dont"}
RIGHT_BREAKS = CONJUNCTIONS | {";", ":", "«", "»", "–", "qui", "que", "dont", "où", ","}


def clause_around(draft: Draft) -> tuple[int, int]:
    """Return the bounds of the clause around a figure, as far as punctuation and conjunctions show them."""
    if draft.clause is None:
        draft.clause = _bounds(draft)
    return draft.clause


def _bounds(draft: Draft) -> tuple[int, int]:
    sentence, position = draft.sentence, draft.position
    opened = sentence.last_before(position, LEFT_BREAKS)
    if sentence.low(opened) in ("que", "qu'") and not NEGATED.isdisjoint(sentence.lows(opened - RESTRICTION, opened)):
        opened = sentence.last_before(opened, LEFT_BREAKS)  # "il n'en restera que 12" is one clause
    if sentence.low(opened) == "mais" and opened >= position - VERB_BACK and sentence.has_figure(opened - 4, opened):
        opened = sentence.last_before(opened, LEFT_BREAKS)  # "ne coûtera pas 9 mais 14 millions"
    first = max(0, position - REACH, opened + 1)
    end = min(position + REACH, sentence.next_from(position + 1, RIGHT_BREAKS))
    if sentence.low(end) == "qui" and sentence.lows(0, 2) in PRESENTING:
        end = min(position + REACH, sentence.next_from(end + 1, RIGHT_BREAKS))  # "Ce sont 200 emplois qui vont"
    # "(50 µg) vont être dépassés": what stands beside the bracket around a figure is not said of it.
    opened, closed = sentence.last_before(position, BRACKETS), sentence.next_from(position + 1, BRACKETS)
    # but "réduire la vitesse (de 20 km/h)" goes on
    goes_on = opened == position - 2 and sentence.low(position - 1) in ("de", "d'")
    first = max(first, opened + 1) if sentence.low(opened) == "(" and not goes_on else first
    return first, min(end, closed) if sentence.low(closed) == ")" else end


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
    last = _past_apposition(draft, first, end) if draft.is_subject else draft.position + 1
    if last < end and not _is_governed(draft):
        last = max(last, min(end, draft.noun_end + 1))  # "mais 14 participeront"
    phrases, signs = sentence.remember("plans", lambda: _find_plans(sentence))
    if not _is_definite(draft):
        by = next((by for position in _within(signs, first, last) if (by := _sign(draft, position, last))), None)
    # A phrase stands before the figure, or soon after it.
    near = _within(phrases, first, min(end, draft.position + PHRASE_REACH))
    if by is None and any(_phrase_reaches(draft, at) for at in near):
        return PlanBy.PHRASE
    if by is None and is_future(modifying_verb(draft)):
        by = PlanBy.FUTURE  # "dépassera 3 millions"
    if by is PlanBy.FUTURE and _tells_the_past(draft, first, end):
        return None
    if by in (None, PlanBy.FUTURE):
        told, verb = foreseen(draft, first, end)
        by = PlanBy.FUTURE if told else by
        draft.foreseen = draft.foreseen if verb is None else verb
    if by is None and _is_condition(draft):
        return PlanBy.FUTURE
    return by or _planned_after(draft, end) or _planned_before(draft) or _required(draft) or _of_what_comes(draft)


def _is_condition(draft: Draft) -> bool:
    """``Si le prix atteint 100 dollars, l'État interviendra``: what may come, on which something else depends."""
    sentence, position = draft.sentence, draft.position
    start, comma = sentence.last_before(position, IF), sentence.next_from(position, COMMA)
    if start < sentence.last_before(position, COMMA | {"(", "«"}) or start < 0 or sentence.low(start + 1) in NO_IF:
        return False
    told = range(comma + 1, comma + 1 + PHRASE_REACH)
    return not sentence.has_figure(start, position) and any(_is_future(sentence, step) for step in told)


def modifying_verb(draft: Draft) -> str:
    """Return the verb that bounds a quantity, which is read with it: *dépassera 3 millions*, *avoisinerait 70 °C*."""
    return draft.sentence.texts[draft.position].partition(" ")[0].lower()


def _past_apposition(draft: Draft, first: int, end: int) -> int:
    """``200 jeunes, tous volontaires, seront recrutés``: the clause of a subject goes on behind what stands beside it."""
    sentence = draft.sentence
    if sentence.low(end) != "," or not draft.counts or has_finite(sentence, first, end):
        return end
    verb = next((step for step in range(end + 1, end + INSERTED + LISTED) if is_finite(sentence, step)), end)
    between = sentence.lows(end + 1, verb)
    is_apart = verb > end and sentence.low(verb) and RELATIVE.isdisjoint(between) and not sentence.has_figure(end, verb)
    return min(verb + LISTED, len(sentence.words)) if is_apart else end


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


def is_next(draft: Draft) -> bool:
    """``dans les trois prochains jours``, ``les cinq prochaines années``: the item of a duration has its unit, too."""
    sentence, position = draft.sentence, draft.position
    return not NEXT.isdisjoint(
        (*sentence.texts[position].split(), sentence.low(position - 1), sentence.low(position + 1))
    )


def _is_done(draft: Draft) -> bool:
    """``réclame 4,2 milliards, dont 980 millions ont été versés``: that part is no plan."""
    sentence = draft.sentence
    return sentence.next_from(draft.position, DONE) < min(draft.position + DONE_REACH, clause_around(draft)[1])


def _is_definite(draft: Draft) -> bool:
    """``les 751 députés voteront``: they are 751 already."""
    sentence, position = draft.sentence, draft.position
    is_new = sentence.low(position + 1) in hedge_set("planned", "future")
    is_own = sentence.low(position - 1) in POSSESSIVE
    return is_own or (draft.counts and sentence.low(position - 1) in DEFINITE and not is_new)


def _phrase_reaches(draft: Draft, phrase: int) -> bool:
    """``D'ici à 2030, 300 postes``; not *affinés d'ici la fin de l'année, confirment la hausse de 3 %*."""
    comma = draft.sentence.last_before(draft.position, COMMA)
    if phrase < draft.position and draft.sentence.low(phrase) not in _aims() and _is_cut_off(draft, phrase):
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
        if low in hedge_set("planned", "participles") or (decided and _is_of_act(draft)):
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
    if not (FUTURE | TO_COME).isdisjoint(phrase[noun + 1 :]) and auxiliaries().isdisjoint(phrase[noun + 1 :]):
        return PlanBy.PHRASE
    if sentence.low(start - 1) == "," and start > 1 and phrase[0] in OF_SIZE:
        # "le futur parc, d'une puissance de", "Le projet, d'un coût de 12 millions, sera lancé"
        named = sentence.lows(max(sentence.last_before(start - 1, COMMA) + 1, start - PHRASE_REACH), start)
        if not FUTURE.isdisjoint(named):
            return PlanBy.PHRASE
        is_plan = not hedge_set("planned", "planning").isdisjoint(named)
        return PlanBy.FUTURE if is_plan and _is_future(sentence, sentence.next_from(after, COMMA) + 1) else None
    is_subject = phrase[0] in ("un", "une") or (phrase[0] in words("determiners") and not draft.counts)
    if not is_subject or start != clause_around(draft)[0] or has_finite(sentence, start, draft.position):
        return None
    return PlanBy.FUTURE if any(_is_future(sentence, step) for step in range(after, after + SUBJECT_END)) else None


def _tells_the_past(draft: Draft, first: int, end: int) -> bool:
    """``Élu en 1955, il siégera pendant vingt ans``, ``marquera 12 buts jusqu'en 1994``: a future told of long ago."""
    sentence = draft.sentence
    if draft.kind != "duration":
        return _has_old_year(sentence.lows(first, end))
    return bool(sentence.remember("told of long ago", lambda: _is_old(sentence)))


def _is_old(sentence: Sentence) -> bool:
    """Whether a sentence, or the one before, names a year or a decade of long ago: ``au début des années 60``."""
    told = sentence.vocabulary | sentence.vocabulary_before
    return _has_old_year(told) or ("années" in told and not DECADES.isdisjoint(told))


def _has_old_year(told: Iterable[str]) -> bool:
    return any(len(low) == YEAR and low.startswith("1") and low.isdigit() and low < RECENT for low in told)


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
    after = next((low for low in sentence.lows(verb, verb + 4) if low not in auxiliaries() | words("adverbs")), "")
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
    is_alike = before.kind in (draft.kind, "percent") or (before.kind, draft.kind) == ("duration", "money")
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


def _sign(draft: Draft, position: int, last: int) -> PlanBy | None:
    sentence = draft.sentence
    low = sentence.low(position)
    if not PAST.isdisjoint(sentence.lows(position, draft.position)):
        return None  # "veut supprimer l'article, après l'avoir utilisé à six reprises"
    if _is_future(sentence, position):
        return None if position < draft.position and _is_cut_off(draft, position) else PlanBy.FUTURE
    if low in hedge_set("planned", "needs"):
        # "Il faudrait trois milliards", but "« il en faudrait trente », a-t-il dit"
        near = 0 < draft.position - position <= LISTED and sentence.last_before(position, OPENING_MARKS) < 0
        return PlanBy.FUTURE if near else None
    if position < draft.position and _is_cut_off(draft, position):
        return None
    names_source = low in governing("foresees", "demands", "fears", "calls")
    by = None
    if low in intending() and _infinitive_after(sentence, position, last) and _plans(draft, position):
        by = PlanBy.INTENTION
    elif position < draft.position and is_object(draft, position) and _takes_object(draft, position):
        by = PlanBy.OBJECT
    draft.foreseen = position if by is not None and names_source else None
    return by


def _is_cut_off(draft: Draft, governor: int) -> bool:
    """``qui doit être voté mardi, concerne 300 familles``, ``espérait 20 sièges, elle n'en a que 12``: a clause apart."""
    sentence = draft.sentence
    for step in range(draft.position - 1, governor + 1, -1):
        low = sentence.low(step)
        opens = low in auxiliaries() or not sentence.is_word(step - 1) or sentence.low(step - 1) in VERB_AFTER
        # "qui veulent vendre l'usine, emploient 300 personnes"
        is_plural = sentence.low(step - 1) == "," and THIRD_PLURAL.search(low)
        if opens and (is_plural or is_finite(sentence, step)) and not (is_infinitive(low) or _is_future(sentence, step)):
            # "va créer, a annoncé le maire, 300 postes": told between commas.
            return sentence.last_before(draft.position, COMMA) < step or sentence.last_before(step, COMMA) < governor
    return False


def _takes_object(draft: Draft, verb: int) -> bool:
    """Whether what a verb governs is to come for it: a thing wanted, or an act that is decided on."""
    sentence = draft.sentence
    low = sentence.low(verb)
    if low in hedge_set("planned", "targets") or (draft.kind == "duration" and low.startswith("attend")):
        return False
    if low in hedge_set("planned", "threats") or low in governing("foresees", "demands", "fears", "wishes", "calls"):
        return True
    object_ = sentence.lows(verb + 1, draft.position)
    # "propose une taxe de 2 %"
    is_new = low in governing("proposes") and not draft.counts and not INDEFINITE.isdisjoint(object_)
    return low in governing("decides", "proposes") and (is_new or any(_is_act(noun) for noun in object_))


def _is_act(low: str) -> bool:
    """``la démolition``, ``le recrutement``: something that is done."""
    return low in hedge_set("announcing", "nouns") or bool(ACT.search(low))


def _is_of_act(draft: Draft) -> bool:
    """``La création de cinq parcs``: a number of what is done to so many."""
    sentence, position = draft.sentence, draft.position
    return sentence.low(position - 1) in ("de", "d'") and _is_act(sentence.low(position - 2))


def _plans(draft: Draft, verb: int) -> bool:
    """Whether a verb before an infinitive makes the number one to come: *trois pays veulent voter* are three now."""
    sentence, position = draft.sentence, draft.position
    if verb < position:
        if draft.counts and sentence.low(position - 1) == "pour":
            return False  # "obtenir des dons pour deux fondations"
        # "pourrait augmenter, trois villages restant coupés": that is told beside it.
        comma = sentence.last_before(position, COMMA)
        beside = comma == position - 1 and not sentence.has_figure(verb, comma)
        return comma < verb or not (draft.kind == "duration" or (beside and sentence.last_before(comma, COMMA) < verb))
    # "700 000 candidats passent l'examen, et les résultats devraient …" has another subject.
    joint = sentence.next_from(position, JOINT)
    other = joint < verb and sentence.low(joint + 1) in words("determiners")
    # "emplois sont appelés à disparaître"
    is_passive = sentence.low(verb - 1) in auxiliaries() and sentence.low(verb).endswith(("és", "ées"))
    return (is_passive or sentence.low(verb) in hedge_set("planned", "modals")) and not other


def _is_future(sentence: Sentence, position: int) -> bool:
    low = sentence.low(position)
    if low in PAST_FUTURE:
        # "aura fait 12 morts" sums up the past; "aura 12 classes" is a future.
        after = position + 1
        while sentence.low(after) in words("adverbs"):
            after += 1
        following = sentence.low(after)
        return sentence.is_figure(after) or following == "lieu" or not PARTICIPLE.search(following or "é")
    # "Suivront trois étapes" opens a sentence; "Sandra" may, too.
    if not is_future(low) or (sentence.is_capitalised(position) and (position or not low.endswith("ront"))):
        return False
    before = sentence.low(position - 1)
    # "la caméra", but "les seront" is no phrase: a plural in -ront is a verb, a singular after a determiner a noun.
    return before not in words("determiners") or (before in ("la", "le", "l'", "les") and low.endswith("ront"))


def _infinitive_after(sentence: Sentence, position: int, last: int) -> bool:
    start = position + 1
    if sentence.low(start) == "," and (closed := sentence.next_from(start + 1, COMMA)) < start + INSERTED:
        start = closed + 1  # "devrait, selon son producteur, franchir"
    for step in range(start, min(start + INFINITIVE_REACH, last)):
        # "pourrait dépasser 5 000": that verb is of the number.
        low = sentence.low(step) or sentence.texts[step].partition(" ")[0]
        if INFINITIVE.search(low) and low not in hedge_set("planned", "no_infinitive"):
            # "devrait avoir fait": a guess at the past, no plan; "devraient être fermées" is one.
            after = sentence.low(step + 1)
            if (
                low in GUESSED
                and sentence.is_figure(step + 1)
                and sentence.low(position) in hedge_set("planned", "musts")
            ):
                return False  # "devait avoir soixante ans": a guess
            return low != "avoir" or after == "lieu" or not PAST_AFTER_BE.search(after)
        if low not in words("adverbs") | hedge_set("planned", "before_infinitive") | hedge_set("planned", "aside"):
            return False
    return False
