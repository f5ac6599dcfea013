"""When *un*, *une*, *aucun*, *aucune* count: before a noun of casualties, in a partitive, a contrast, a list."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from newsnlp.figures.events.predicates import participle_after_noun, predicate_left
from newsnlp.figures.events.subjects import is_subject, predicate_right, relative_right
from newsnlp.grammar.nouns import words
from newsnlp.grammar.words import event_nouns, grammar, verb_forms
from newsnlp.lexicons import load_csv

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsnlp.grammar.items import Draft, Sentence

MEASURED = frozenset({"at_least", "more_than", "at_most", "less_than"})
LIST_MARKS = frozenset({",", "et", "ou", "contre"})
NO_LIST = frozenset({",", "#", ":", ";", "(", ")"})
LIST_GAP = range(2, 8)
LOCATIVE = frozenset({"à", "en", "au", "aux", "dans"})
LONG_LIST = 3
CASUALTIES = frozenset({"killed", "injured", "missing"})


@dataclass(frozen=True, slots=True)
class _Others:
    """What the figures of a sentence say of an article among them.

    ``first_whole`` is where the first count stands that *dont un …* can be a part of; ``counts`` how many figures
    count; ``after_other`` the last place of *deux autres* by the root of its noun, under None where it has no noun.
    """

    first_whole: float
    counts: int
    after_other: Mapping[str | None, int]


def drop_articles(sentence: Sentence) -> None:
    """Remove from the sentence the drafts that are no figures: mere articles, *tous les trois*."""
    kept = []
    others = _look_around(sentence)
    for number, draft in enumerate(sentence.drafts):
        if _is_figure(draft, number, others):
            kept.append(draft)
        else:
            sentence.unmark(draft)
    sentence.settle(kept)


def _look_around(sentence: Sentence) -> _Others:
    counts = [draft for draft in sentence.drafts if draft.counts]
    first_whole = next((draft.position for draft in counts if not draft.quantity.needs_context), inf)
    after_other: dict[str | None, int] = {}
    for draft in counts:
        if sentence.low(draft.position + 1) in ("autres", "autre"):
            noun = sentence.low(draft.position + 2)
            left_out = not noun or noun in words("after_number")
            after_other[None if left_out else noun.rstrip("sx")] = draft.position
    return _Others(first_whole, len(counts), after_other)


def _is_figure(draft: Draft, number: int, others: _Others) -> bool:
    if _all_of_them(draft) or draft.sentence.low(draft.position + 1) in grammar("articles", "no_figure"):
        return False
    if not draft.quantity.needs_context:
        return True
    if draft.quantity.text.lower().startswith("aucun"):
        rule = "none.casualties" if _noun_after(draft) in _casualty_nouns() else None
    elif draft.quantity.modifier in MEASURED:
        rule = "one.measured"  # "plus d'un an", "au moins une victime"
    else:
        rule = (
            _partitive(draft, others)
            or _casualty(draft)
            or _befallen(draft)
            or _listed(draft, number, others)
            or _contrasted(draft, others)
        )
    if rule is None:
        return False
    draft.rules.append(rule)
    return True


def _all_of_them(draft: Draft) -> bool:
    """``tous les trois``, ``toutes deux``: no figures."""
    before = draft.sentence.lows(draft.position - 2, draft.position)
    after = draft.sentence.low(draft.position + 1)
    bare = after in words("after_number") or after in verb_forms()[0] or not after[:1].isalpha()
    return bare and (before[-1:] in (("tous",), ("toutes",)) or before in (("tous", "les"), ("toutes", "les")))


@functools.cache
def _casualty_nouns() -> frozenset[str]:
    strong = {noun for noun, (_, strength) in event_nouns().items() if strength == "strong"}
    return grammar("casualties", "nouns") | strong


def _noun_after(draft: Draft) -> str:
    noun = draft.sentence.low(draft.position + 1)
    return draft.sentence.low(draft.position + 2) if noun in words("before_noun") else noun


def _partitive(draft: Draft, others: _Others) -> str | None:
    """``dont un grièvement``, ``un d'entre eux``, ``un des trois``, ``une seule``."""
    sentence, position = draft.sentence, draft.position
    before, after = sentence.low(position - 1), sentence.low(position + 1)
    if before == "l'":
        return None  # "l'un des deux"
    has_whole = others.first_whole < position
    if before in ("lesquels", "lesquelles") and has_whole:
        return "one.dont"
    if before in ("dont", "parmi") and (_has_no_noun(after) or (before == "dont" and has_whole)):
        return None if after in grammar("articles", "no_parts") else "one.dont"
    if sentence.lows(position + 1, position + 3) == ("d'", "entre"):
        return "one.of-them"
    if after in ("des", "de", "sur") and sentence.draft_at(position + 2) is not None:
        return "one.of-number"
    if after in ("seul", "seule") and before != "par":
        idiom = before == "d'" and sentence.low(position + 2) in grammar("articles", "no_single")
        return None if idiom else "one.only"
    return None


def _has_no_noun(after: str) -> bool:
    return after in words("severity") or after in words("after_number") or after in verb_forms()[0]


def _casualty(draft: Draft) -> str | None:
    """``un mort et trois blessés``, ``a fait une victime``."""
    noun = _noun_after(draft)
    if noun not in grammar("casualties", "nouns") or draft.sentence.low(draft.position - 1) == "l'":
        return None
    if noun == "mort" and draft.quantity.text.lower() == "une":
        return None  # "une mort" is death, "un mort" a dead man
    if noun in grammar("casualties", "after_verb"):
        before = set(draft.sentence.lows(draft.position - 4, draft.position))
        return "one.casualty" if before & grammar("casualties", "verbs") else None
    return "one.casualty"


def _befallen(draft: Draft) -> str | None:
    """``Un policier a été mortellement blessé``, ``une femme de 45 ans est morte``, ``blessant un passant``."""
    sentence, position = draft.sentence, draft.position
    if sentence.low(position - 1) == "l'" or draft.quantity.text.lower() not in ("un", "une"):
        return None
    noun = sentence.low(position + 1)
    step = position + 1
    if noun in words("before_noun") and sentence.low(position + 2) in _persons():
        step = position + 2
    is_person = sentence.low(step) in _persons() or (
        sentence.items[step].text[:1].isupper() and step > position if step < len(sentence.items) else False
    )
    if not is_person:
        return None
    draft.noun_end = step + 1
    draft.counted = sentence.items[step].text
    event = participle_after_noun(draft) or predicate_left(draft)
    if event is None:
        event = predicate_right(draft) if is_subject(draft) else relative_right(draft)
    draft.noun_end, draft.counted = 0, None
    return "one.casualty-predicate" if event in CASUALTIES else None


@functools.cache
def _persons() -> frozenset[str]:
    """Return the nouns of single persons: listed ones and offices."""
    offices = {row["surface"].lower() for row in load_csv("names_offices.csv", columns=("surface", "gender"))}
    return grammar("casualties", "persons") | offices


def _contrasted(draft: Draft, others: _Others) -> str | None:
    """``une personne a été arrêtée, deux autres sont recherchées``."""
    own = draft.sentence.low(draft.position + 1).rstrip("sx")
    last = max(others.after_other.get(root, -1) for root in (None, own))
    return "one.contrast" if last > draft.position else None


def _listed(draft: Draft, number: int, others: _Others) -> str | None:
    """``trois femmes et un homme``, ``six à Gao, une à Ansongo``: a list of numbers and nouns."""
    sentence = draft.sentence
    if sentence.low(draft.position - 1) == "l'":
        return None
    noun = sentence.low(draft.position + 1)
    left_out = not noun or noun in LOCATIVE or noun == "."
    is_noun = noun not in words("after_number") and noun not in grammar("articles", "no_list") and noun[-1:] != "'"
    if not (left_out or is_noun):
        return None
    nearest = sentence.drafts[max(0, number - LIST_GAP.stop) : number + LIST_GAP.stop]
    return "one.list" if any(_neighbours(draft, other, others) for other in nearest) else None


def _neighbours(draft: Draft, other: Draft, others: _Others) -> bool:
    """Whether two figures stand side by side in a list."""
    if abs(other.position - draft.position) - 1 not in LIST_GAP or not other.counts or other.quantity.ordinal:
        return False
    if other.quantity.needs_context and not any(rule.startswith("one.") for rule in other.rules):
        return False
    sentence = draft.sentence
    if "one.casualty" in other.rules and sentence.low(draft.position - 1) == ",":
        return False  # "une morte, une femme de 65 ans": the same one
    first, second = (draft, other) if draft.position < other.position else (other, draft)
    between = sentence.lows(first.position + 1, second.position)
    if between[-1] not in LIST_MARKS:
        return False
    if any((low in words("after_number") and low not in LOCATIVE) or low in NO_LIST for low in between[:-1]):
        return False
    if first is not draft:
        return True
    # "selon un bilan officiel, 46 personnes": what a preposition governs begins no list.
    if sentence.low(draft.position - 1) in words("prepositions") - {"de", "d'", "à"}:
        return False
    return between[-1] != "," or others.counts >= LONG_LIST
