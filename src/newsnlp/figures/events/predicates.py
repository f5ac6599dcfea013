"""The predicate of those counted: a participle at their noun, the verb they are object of, a noun of action.

`newsnlp.figures.events.subjects` reads the verb that they are the subject of.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from newsnlp.grammar.nouns import noun_classes, words
from newsnlp.grammar.words import (
    EventVerb,
    action_nouns,
    auxiliaries,
    context_words,
    event_phrases,
    grammar,
    verb_forms,
)
from newsnlp.lexicons import pattern

if TYPE_CHECKING:
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

STOPS = frozenset(";:–—»")
SUBJECT_SIDE, OBJECT_SIDE, NOUN_SIDE = 0, 1, 2
LEFT_REACH = 14
PARTICIPLE_REACH = 6
LONGEST_PHRASE = 6
RELATIVES = frozenset({"qui", "que", "qu'", "où", "dont"})
ASIDES = {"(": frozenset({")"})} | {dash: frozenset({dash}) for dash in "-–—"}
"""What closes an aside right after a noun."""
NOUN_MARKERS = frozenset(
    {"de", "d'", "la", "le", "une", "un", "cette", "ce", "sa", "son", "par", "des", "du", "chaque"}
)
ADJECTIVE = pattern(r"\w+<figures.predicates_adjective>s?$")


def accepts(needs: str, draft: Draft) -> bool:
    """Whether a figure counts what a verb or noun of action asks for: shots are fired, troops sent, seats won."""
    if not needs:
        return True
    counted = (draft.counted or (draft.antecedent.counted if draft.antecedent else None) or "").lower().split()
    return any(_is_of(kind, counted, draft) for kind in needs.split())


def _is_of(kind: str, counted: list[str], draft: Draft) -> bool:
    classes = noun_classes()
    if draft.kind == "measure":
        return kind in ("land", "buildings")
    if kind == "people":
        if draft.kind == "percent" and not any(word == "population" or word.endswith(("s", "x")) for word in counted):
            return False  # "détient 40 % du marché"
        # Things are not arrested, freed or put to flight: their classes are known, people's are not.
        things = classes["weapons"] | classes["jobs"] | classes["buildings"] | classes["things"]
        return not any(word in things and word not in classes["forces"] for word in counted)
    if kind == "persons":
        return any(is_person(word) for word in counted)
    if kind == "troops":
        # Cars and planes that stand somewhere are not sent there.
        return any(word in classes["forces"] and word not in classes["buildings"] for word in counted)
    return any(word in classes.get(kind, ()) for word in counted)


def is_person(noun: str) -> bool:
    """Whether a noun, folded, is one of persons, living beings or lives, in the plural too."""
    return noun in _persons() or noun.rstrip("sx") in _singular_persons()


@functools.cache
def _singular_persons() -> frozenset[str]:
    return grammar("casualties", "persons") | context_words("demonstration", "people")


@functools.cache
def _persons() -> frozenset[str]:
    classes = noun_classes()
    forces = {noun for noun in classes["forces"] if noun.rstrip("sx") not in classes["vehicle"]} - classes["buildings"]
    return _singular_persons() | classes["living"] | classes["captives"] | classes["kin"] | forces


def event_of(table: dict[str, tuple[EventVerb, ...]], low: str, role: str, draft: Draft) -> str | None:
    """Return the event that a form states of its object or its subject."""
    fitting = [verb for verb in table.get(low, ()) if verb.role == role and accepts(verb.needs, draft)]
    # "détruire des emplois": what a verb says of such nouns comes before what it says of all.
    return max(fitting, key=lambda verb: bool(verb.needs)).event if fitting else None


def phrase_at(sentence: Sentence, position: int, side: int) -> str | None:
    """Return the event of a fixed phrase that begins at a position; ``""`` where it says that none happened."""
    for phrase, event in event_phrases()[side].get(sentence.low(position), ()):
        if sentence.match_end(position, phrase) is not None:
            return event
    return None


def is_noun_here(sentence: Sentence, position: int) -> bool:
    """Whether a form that may be a verb is a noun: *un bureau de vote*, *la frappe*; or the adverb *maintenant*."""
    low = sentence.low(position)
    if low == "maintenant":
        return True
    if low.endswith(("ant", "er", "ir", "re", "oir")):
        return False
    return sentence.low(position - 1) in NOUN_MARKERS


def participle_after_noun(draft: Draft) -> str | None:
    """Return the event right after the noun: *soldats tués*, *personnes grièvement blessées*."""
    sentence = draft.sentence
    participles, _ = verb_forms()
    # "un agent pour 90 détenus": the noun of the ratio stands inside it.
    start = _past_aside(sentence, draft.noun_end) + (draft.kind == "ratio" and " pour " in draft.quantity.text)
    for position in range(start, start + PARTICIPLE_REACH):
        low = sentence.low(position)
        if not low:
            return None
        phrase = phrase_at(sentence, position, SUBJECT_SIDE)
        if phrase is not None:
            return phrase or None
        event = event_of(participles, low, "object", draft) or event_of(participles, low, "subject", draft)
        if event and agrees(draft, low):
            return outcome(sentence, position, event)
        if low in auxiliaries() or not sentence.is_word(position) or low in ("qui", "que", "et"):
            return None
        if low in words("prepositions") and low not in ("de", "d'", "du"):
            return None
    return None


def _past_aside(sentence: Sentence, position: int) -> int:
    """``40 personnes (35 hommes et 5 femmes) placées en garde à vue``: return where the phrase goes on."""
    closing = ASIDES.get(sentence.low(position))
    if closing is None:
        return position
    end = sentence.next_from(position + 1, closing)
    return end + 1 if end - position <= LEFT_REACH else position


def outcome(sentence: Sentence, position: int, event: str) -> str:
    """``mortellement blessé``, ``fauché mortellement``: who is hurt so is dead."""
    mortally = "mortellement" in (sentence.low(position - 1), sentence.low(position + 1))
    return "killed" if mortally and event in ("injured", "affected") else event


def agrees(draft: Draft, participle: str) -> bool:
    """Whether a participle can be of those counted, by number, and by gender where *un* or *une* tells it."""
    article = draft.quantity.text.split()[0].lower()
    plural = participle.endswith(("s", "x"))
    if draft.value != 1:
        return plural or article in ("un", "une")  # "une dizaine de personnes blessée"
    if article not in ("un", "une"):
        return True
    if plural:
        return article == "un" and participle.endswith("is")  # "pris en otage"
    return participle.endswith("e") == (article == "une")


def past_container(sentence: Sentence, position: int) -> int:
    """Return the position before *un groupe de*, where that ends at a position; else the position."""
    if sentence.low(position) not in ("de", "d'") or sentence.low(position - 1) not in grammar(
        "predicates", "containers"
    ):
        return position
    position -= 2
    while sentence.low(position) in words("determiners"):
        position -= 1
    return position


def predicate_left(draft: Draft) -> str | None:
    """Return the event of the verb, phrase or noun of action of which the noun phrase is the object."""
    sentence = draft.sentence
    position = draft.position - 1
    while sentence.low(position) in ("les", "ses", "ces", "leurs", "l'", "le", "la"):
        position -= 1
    if sentence.low(position) == "des" and draft.quantity.modifier == "vague":
        position -= 1  # "a tué des dizaines de personnes"
    position = past_container(sentence, position)
    low = sentence.low(position)
    if low in ("de", "d'", "des", "à", "aux"):
        # "la remise en liberté de", "a coûté la vie à": the phrases end here.
        for start in range(position - LONGEST_PHRASE + 1, position - 1):
            if (phrase := phrase_at(sentence, start, OBJECT_SIDE)) is not None:
                return phrase or None
        return _action_noun(draft, position) if low in ("de", "d'", "des") else None
    if low in words("prepositions"):
        return None
    return _governing_verb(draft, position)


def of_bodies(draft: Draft) -> bool:
    """``le corps d'un homme porté disparu``: those whose bodies are found are dead, whatever befell them before."""
    sentence = draft.sentence
    position = draft.position - 1
    while sentence.low(position) in ("de", "d'", "des", "ces", "ses", "les"):
        position -= 1
    while position > 0 and sentence.low(position) in grammar("bodies", "states"):
        position -= 1
    if sentence.low(position) not in grammar("bodies", "nouns") or position == draft.position - 1:
        return False
    return sentence.low(position - 1) not in ("un", "ce") and accepts("people", draft)


def _governing_verb(draft: Draft, position: int) -> str | None:
    sentence = draft.sentence
    participles, finite = verb_forms()
    crossed_comma = False
    for step in range(position, max(-1, position - LEFT_REACH), -1):
        low = sentence.low(step)
        if low in STOPS or low in RELATIVES or low in words("clause_breaks"):
            return None
        other = sentence.draft_at(step)
        if other is not None and other.counts:
            return None
        crossed_comma = crossed_comma or low == ","
        unknown = step == position and low.endswith("é") and low not in participles
        if unknown and sentence.low(step - 1) in ("et", "puis"):
            return None  # "a détruit 40 hectares et menacé 12 maisons"
        if low in finite and not is_noun_here(sentence, step):
            event = event_of(finite, low, "object", draft)
            return event and outcome(sentence, step, event)
        if low in participles and (not crossed_comma or _commas_pair(sentence, step, draft.position)):
            event = event_of(participles, low, "object", draft) if _governs(draft, step) else None
            return event and outcome(sentence, step, event)
        if low in auxiliaries():
            return None
    return None


def _governs(draft: Draft, position: int) -> bool:
    """Whether a participle left of the figure is of an active verb: *a tué*, *et blessé*, not *a été tué*."""
    sentence = draft.sentence
    before = set(sentence.lows(position - 4, position))
    distance = draft.position - position
    if before & grammar("auxiliaries", "be") and distance > 1:
        return False
    if before & auxiliaries() or position == 0 or sentence.low(position - 1) in ("et", ","):
        return True
    return distance <= len(("participle", "determiner")) and not sentence.low(position - 1).endswith("s")


def _commas_pair(sentence: Sentence, first: int, last: int) -> bool:
    """``a interpellé, au cours de la nuit, trois dockers``: two commas enclose an aside."""
    between = sentence.lows(first, last)
    return [i for i, low in enumerate(between) if low == ","] == [1, len(between) - 1]


def _action_noun(draft: Draft, position: int) -> str | None:
    """``l'arrestation de 16 djihadistes``, ``la mort accidentelle d'au moins deux ouvriers``."""
    for step in (1, 2):
        low = draft.sentence.low(position - step)
        if event := event_of(action_nouns(), low, "object", draft):
            return event
        if not ADJECTIVE.match(low):
            return None
    return None
