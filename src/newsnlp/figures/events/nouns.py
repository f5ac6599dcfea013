"""What the counted noun, or the sentence around it, says happened: *morts*, *cas de rougeole*, a demonstration."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.figures.events.predicates import NOUN_SIDE, event_of, phrase_at
from newsnlp.grammar.drafts import NounBy
from newsnlp.grammar.nouns import noun_classes, words
from newsnlp.grammar.words import auxiliaries, context_words, event_nouns, grammar, verb_forms

if TYPE_CHECKING:
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

NONE = ("", "")
MEANS = frozenset({"moyens", "renforts", "secours"})
ALIVE = frozenset({"kin", "living"})
"""Classes of nouns that may gather and march."""
COPULA_REACH = 14
"""How far left of a copula its subject is looked for."""
CHANGE_REACH = 3
WON_REACH = 4
"""How far left of a share the words may stand that tell what it is."""
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
    phrase = phrase_at(draft.sentence, draft.noun_end - 1, NOUN_SIDE) if draft.noun_by is NounBy.RIGHT else None
    if phrase is not None:
        return (phrase, "strong") if phrase else NONE  # "gardes à vue", "coups de couteau"; "tentatives de meurtre"
    for low in (draft.counted or "").lower().split():
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
        peaceful = context_words("space", "signs") | context_words("sport", "signs")
        played = low.startswith("tir") and after in ("au", "à")
        return NONE if played or draft.sentence.says(peaceful) else (event, "strong")
    if (low == "corps" and after in ("de", "d'")) or (low == "voix" and _speaks(draft)):
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
        or sentence.says(grammar("sickness", "deaths"))
        or sentence.vocabulary_before & grammar("sickness", "diseases")
    )


def _speaks(draft: Draft) -> bool:
    """``plusieurs voix s'inquiètent``, ``deux voix discordantes``: these are raised, not cast."""
    sentence, after = draft.sentence, draft.sentence.low(draft.noun_end)
    if after in ("s'", "se") or after.endswith(("antes", "aient", "èrent")):
        return True
    signs = context_words("vote", "signs") | context_words("vote", "results") - {"voix"}
    return draft.quantity.modifier == "vague" and signs.isdisjoint(sentence.vocabulary - {"voix"})


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


def participle_of_number(draft: Draft) -> str | None:
    """Return the event of *le nombre de rhinocéros tués est passé à 1 054*, or None."""
    sentence, participles = draft.sentence, verb_forms()[0]
    noun = sentence.last_before(draft.position, words("quasi_totals")) + 2
    if noun <= max(1, draft.position - NUMBER_REACH):
        return None
    events = (event_of(participles, low, "object", draft) for low in sentence.lows(noun + 1, noun + 3))
    return next((event for event in events if event), None)


def parmi_noun(sentence: Sentence) -> str:
    """Return the event of *Parmi les blessés, on dénombre quatre Français*, or nothing."""
    if sentence.low(0) != "parmi" or sentence.low(1) not in ("les", "ces"):
        return ""
    return event_nouns().get(sentence.low(2), NONE)[0]


def victims_told(draft: Draft) -> str:
    """Return the event of *Les victimes tuées sont une femme et deux enfants*, *figure un enfant*, or nothing."""
    sentence, copula = draft.sentence, draft.position - 1
    if sentence.low(copula) not in grammar("predicates", "copulas"):
        return ""
    event = parmi_noun(sentence)
    first = max(0, copula - COPULA_REACH)
    for before, low in pairwise(("", *sentence.lows(first, copula))):
        if low in (",", "qui", "que"):
            return event
        if low in event_nouns() and before not in ("de", "d'", "des", "du"):
            # "les deux autres victimes mortes": what befell them says more than that they are victims.
            event = event_nouns()[low][0] if event in ("", "affected") else event
    return event


def share_of_votes(draft: Draft) -> bool:
    """Whether a percentage is of votes: *Le oui recueille 54 %*, *rejetée par 61 % des votants*, *élu avec 52 %*."""
    counted = (draft.counted or "").lower()
    if counted and counted not in context_words("vote", "counted"):
        return False
    sentence = draft.sentence
    if counted in ("non", "oui", "refus", "votants"):
        return counted != "refus" or sentence.low(draft.noun_end) not in ("d'", "de")
    in_percent = "%" in sentence.texts[draft.position] or "cent" in sentence.texts[draft.position]
    if not counted and (sentence.low(draft.noun_end) in ("d'", "de") or not in_percent):
        return False  # "5 % de remise", "réduit de moitié"
    if not context_words("vote", "changes").isdisjoint(sentence.lows(draft.position - CHANGE_REACH, draft.position)):
        return False
    return bool(sentence.remember("on votes", lambda: _on_votes(sentence)))


def _on_votes(sentence: Sentence) -> bool:
    """Whether the bare shares of a sentence are of votes, or of those who cast them."""
    lows = sentence.lows(0, len(sentence.words))
    pairs = set(pairwise(lows))
    if any(answer in ("oui", "non") and before in ("le", "dit") for before, answer in pairs):
        return True  # "Le oui l'emporte", "ont dit non"
    if any(after == "tour" and before in context_words("vote", "rounds") for before, after in pairs):
        return True
    signs, results = context_words("vote", "signs"), context_words("vote", "results")
    if sentence.says(context_words("vote", "elsewhere")):
        return False  # "arrive en tête des audiences avec 21 %"
    if sentence.says(context_words("vote", "turnout")):
        return True
    if sentence.says(results) and (sentence.says(signs) or not signs.isdisjoint(sentence.vocabulary_before)):
        return True
    return any(_is_won(sentence, draft.position) for draft in sentence.drafts if draft.kind == "percent")


def _is_won(sentence: Sentence, position: int) -> bool:
    """``Le parti obtient 7 %``, ``créditée de 18 %``, ``réélu avec 61 %``, ``en tête avec 42 %``."""
    before = sentence.lows(position - WON_REACH, position)
    return not context_words("vote", "won").isdisjoint(before) or ("en", "tête") in pairwise(before)


def means_sent(draft: Draft) -> bool:
    """``D'importants moyens ont été déployés : 40 pompiers, deux hélicoptères``: told of the means as a whole."""
    sentence, classes = draft.sentence, noun_classes()
    if not sentence.says(MEANS) or (draft.counted or "").lower() not in classes["forces"] | classes["vehicle"]:
        return False
    verb = sentence.last_before(draft.position, auxiliaries())
    told = {event.event for low in sentence.lows(verb, verb + 4) for event in verb_forms()[0].get(low, ())}
    return "deployed" in told and sentence.last_before(verb, MEANS) >= verb - NUMBER_REACH // 4


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
