"""What the counted noun, or the sentence around it, says happened: *morts*, *cas de rougeole*, a demonstration."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.grammar.nouns import noun_classes, words
from newsnlp.grammar.words import context_words, event_nouns, grammar

if TYPE_CHECKING:
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

NONE = ("", "")
ALIVE = frozenset({"kin", "living"})
"""Classes of nouns that may gather and march."""
COPULA_REACH = 14
"""How far left of a copula its subject is looked for."""
NUMBER_REACH = 20
"""How far left of a figure *le nombre de morts* may stand."""


def strong_noun_event(counted: str | None) -> str | None:
    """Return the event that a counted noun states whatever the predicate: *morts*, *blessés*, *arrestations*."""
    for word in (counted or "").lower().split():
        event, strength = event_nouns().get(word, NONE)
        if strength == "strong":
            return event
    return None


def noun_event(draft: Draft) -> tuple[str, str]:
    """Return the event of the counted noun, and ``strong`` where no predicate changes it."""
    counted = (draft.counted or "").lower()
    after = draft.sentence.lows(draft.noun_end, draft.noun_end + 2)
    if counted == "coups":
        return ("attacked", "strong") if after in (("de", "feu"), ("de", "feux")) else NONE
    for low in counted.split():
        event, strength = event_nouns().get(low, NONE)
        if event:
            return _in_context(draft, low, event, strength)
    return NONE


def _in_context(draft: Draft, low: str, event: str, strength: str) -> tuple[str, str]:
    """Return what a noun states where it stands: *cas*, *sièges*, *tirs* and *corps* depend on it."""
    after = draft.sentence.low(draft.noun_end)
    if strength == "disease":
        return (event, "strong") if _is_disease(draft) else NONE
    if strength == "seats":
        return (event, "strong") if _seats_won(draft) else NONE
    if strength == "shots":
        peaceful = after in ("cadrés", "cadré", "au", "à") or draft.sentence.says(context_words("space", "signs"))
        return NONE if peaceful else (event, "strong")
    if low == "corps" and after in ("de", "d'"):
        return NONE
    return event, strength


def _is_disease(draft: Draft) -> bool:
    sentence = draft.sentence
    if {"dans", "en", "des"} & set(sentence.lows(draft.position - 2, draft.position)):
        return False  # "dans les deux cas"
    after = set(sentence.lows(draft.noun_end, draft.noun_end + 5))
    before = set(sentence.lows(draft.position - 8, draft.noun_end))
    return bool(
        before & grammar("sickness", "before")
        or after & grammar("sickness", "after")
        or sentence.low(draft.noun_end) in ("de", "d'")
        or sentence.says(grammar("sickness", "diseases"))
        or sentence.vocabulary_before & grammar("sickness", "diseases")
    )


def _seats_won(draft: Draft) -> bool:
    """A party's seats are a result; a chamber's are its size."""
    sentence = draft.sentence
    before = set(sentence.lows(draft.position - 5, draft.position))
    after = set(sentence.lows(draft.noun_end, draft.noun_end + 4))
    definite = sentence.low(draft.position - 1) in ("les", "des", "de", "aux", "ses")
    if definite and not before & grammar("seats", "won"):
        return False
    if not sentence.says(grammar("seats", "signs")):
        return False
    return not (before & grammar("seats", "size_before") or after & grammar("seats", "size_after"))


def noun_of_number(sentence: Sentence, position: int) -> str | None:
    """Return the noun of *le nombre de morts*, left of a figure without noun."""
    step = sentence.last_before(position, words("quasi_totals"))
    while step > max(-1, position - NUMBER_REACH):
        if sentence.low(step + 1) in ("de", "d'", "des"):
            return sentence.low(step + 2)
        step = sentence.last_before(step, words("quasi_totals"))
    return None


def parmi_noun(sentence: Sentence) -> str:
    """Return the event of *Parmi les blessés, on dénombre quatre Français*, or nothing."""
    if sentence.low(0) != "parmi" or sentence.low(1) not in ("les", "ces"):
        return ""
    return event_nouns().get(sentence.low(2), NONE)[0]


def copula_noun(draft: Draft) -> str:
    """Return the event of *Les victimes tuées sont une femme et deux enfants*, or nothing."""
    sentence, copula = draft.sentence, draft.position - 1
    if sentence.low(copula) not in grammar("predicates", "copulas"):
        return ""
    event = ""
    for low in sentence.lows(max(0, copula - COPULA_REACH), copula):
        if low in (",", "qui", "que"):
            return ""
        # "les deux autres victimes mortes": what befell them says more than that they are victims.
        event = event_nouns().get(low, NONE)[0] if event in ("", "affected") and low in event_nouns() else event
    return event


def share_of_votes(draft: Draft) -> bool:
    """Whether a percentage is of votes: *Le oui recueille 54 %*, *rejetée par 61 % des votants*."""
    counted = (draft.counted or "").lower()
    if counted and counted not in context_words("vote", "counted"):
        return False
    sentence = draft.sentence
    if sentence.says(context_words("vote", "turnout")):
        return False
    if counted in ("non", "oui", "refus", "votants"):
        return counted != "refus" or sentence.low(draft.noun_end) not in ("d'", "de")
    if sentence.remember("answers", lambda: _answers(sentence)):
        return True
    return (
        not counted
        and sentence.says(context_words("vote", "signs"))
        and sentence.says(context_words("vote", "results"))
    )


def _answers(sentence: Sentence) -> bool:
    """``Le oui l'emporte``, ``ont dit non``."""
    pairs = pairwise(sentence.lows(0, len(sentence.items)))
    return any(answer in ("oui", "non") and before in ("le", "dit") for before, answer in pairs)


def at_demonstration(draft: Draft) -> bool:
    """Whether people come together in a sentence on a demonstration: *Le rassemblement a réuni 500 personnes*."""
    counted = (draft.counted or "").lower()
    classes = noun_classes()
    if not counted.endswith(("s", "x")) or any(counted in classes[name] for name in classes.keys() - ALIVE):
        return False
    sentence = draft.sentence
    return sentence.says(context_words("demonstration", "signs")) and sentence.says(
        context_words("demonstration", "gathering")
    )


def hit_in_attack(draft: Draft) -> bool:
    """Whether things are hit in a sentence on an attack, or after one: *quatre hôpitaux touchés par des frappes*."""
    counted, classes = (draft.counted or "").lower().split(), noun_classes()
    if not any(word in classes["buildings"] or word in classes["things"] for word in counted):
        return False
    sentence, signs = draft.sentence, context_words("attack", "signs")
    return sentence.says(signs) or not signs.isdisjoint(sentence.vocabulary_before)
