"""The clause around a figure: where it ends, and what tells its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.figures.factuality.forecasts import LISTED
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import words
from newsnlp.grammar.verbs import THIRD_PLURAL, has_finite, is_finite, is_infinitive
from newsnlp.grammar.words import auxiliaries
from newsnlp.lexicons import pattern, word_set
from newsnlp.quotes.words import is_future

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

PARTICIPLE = pattern("<figures.plans_participle>$")
REACH = 16
PAST_FUTURE = frozenset({"aura", "auront"})
INSERTED = 10
"""How long an inserted clause may be: *devrait, selon son producteur, franchir*."""
RESTRICTION = 8
"""How far before *que* the *ne* of *ne … que* stands."""
NEGATED = frozenset({"ne", "n'"})
BRACKETS = frozenset({"(", ")"})
VERB_BACK = 3
"""How far before a mark a verb stands: *exige « 2,5 milliards »*."""
OF = frozenset({"de", "d'", "du", "des"})
RELATIVE = frozenset({"qui", "que", "qu'", "dont", "où", ":", ";", "mais", "«", "»"})
YEAR = 4
PRESENTING = (("ce", "sont"), ("c'", "est"))
DECADES = frozenset({"20", "30", "40", "50", "60", "70", "80", "90"})
RECENT = "1999"
"""A future beside an earlier year tells the past: no text of the press that is read here is older."""
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


def past_apposition(draft: Draft, first: int, end: int) -> int:
    """``200 jeunes, tous volontaires, seront recrutés``: a subject whose verb stands behind an aside."""
    sentence = draft.sentence
    if sentence.low(end) != "," or not draft.counts or has_finite(sentence, first, end):
        return end
    verb = next((step for step in range(end + 1, end + INSERTED + LISTED) if is_finite(sentence, step)), end)
    between = sentence.lows(end + 1, verb)
    is_apart = verb > end and sentence.low(verb) and RELATIVE.isdisjoint(between) and not sentence.has_figure(end, verb)
    return min(verb + LISTED, len(sentence.words)) if is_apart else end


def is_cut_off(draft: Draft, governor: int) -> bool:
    """``qui doit être voté, concerne 300 familles``, ``espérait 20 sièges, elle n'en a que 12``: a clause apart."""
    sentence = draft.sentence
    for step in range(draft.position - 1, governor + 1, -1):
        low = sentence.low(step)
        opens = (
            low in auxiliaries()
            or not sentence.is_word(step - 1)
            or sentence.low(step - 1) in word_set("figures_hedges.planned.verb_after")
        )
        # "qui veulent vendre l'usine, emploient 300 personnes"
        is_plural = sentence.low(step - 1) == "," and THIRD_PLURAL.search(low)
        if (
            opens
            and (is_plural or is_finite(sentence, step))
            and not (is_infinitive(low) or tells_future(sentence, step))
        ):
            # "va créer, a annoncé le maire, 300 postes": told between commas.
            return sentence.last_before(draft.position, COMMA) < step or sentence.last_before(step, COMMA) < governor
    return False


def tells_the_past(draft: Draft, first: int, end: int) -> bool:
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


def tells_future(sentence: Sentence, position: int) -> bool:
    """Whether a verb in the future stands there: *créera*, *auront lieu*; not *aura fait 12 morts*."""
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


def modifying_verb(draft: Draft) -> str:
    """Return the verb that bounds a quantity, which is read with it: *dépassera 3 millions*, *avoisinerait 70 °C*."""
    return draft.sentence.texts[draft.position].partition(" ")[0].lower()
