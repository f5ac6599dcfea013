"""Deterministic repairs of what the network found, each with a name by which it is measured and can be left out.

A repair takes the document and the candidates in text order, and returns candidates in text order without overlap.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.gazetteers import cue_words, known_names
from newsnlp.entities.repairs.edges import (
    complete_aims,
    complete_chains,
    complete_enumerations,
    complete_organisations,
    complete_streets,
    join_compass,
    part_names,
    reach_known_names,
    sentence_parts,
    take_article,
    trim_after_hyphen,
)
from newsnlp.entities.repairs.known import (
    add_papers,
    correct_known_labels,
    label_clubs,
    label_known_persons,
    label_office_holders,
    part_known_organisations,
    trim_after_known,
    trim_origin,
)
from newsnlp.entities.repairs.labels import (
    add_after_heads,
    add_roads,
    drop_common_words,
    label_by_neighbours,
    label_by_sentence,
)
from newsnlp.entities.repairs.openings import drop_lower_names, drop_plural_inhabitants, trim_openings
from newsnlp.entities.repairs.places import add_opening_towns, join_departments, label_communes, part_pairs
from newsnlp.entities.repairs.repeats import add_repeats, agree_on_labels, expand_acronyms, label_surnames
from newsnlp.entities.repairs.things import label_things
from newsnlp.lexicons import word_set
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from newsnlp.entities.recognition.lines import Candidate, Words

    Repair = Callable[[Words, list[Candidate]], list[Candidate]]

MOST_WORDS = 12


def trim_edges(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Take articles, civilities and punctuation off the ends of names, but for what belongs to them (``Le Havre``)."""
    kept = []
    for candidate in candidates:
        words = [token.text for token in doc[candidate.start : candidate.end]]
        start, end = 0, len(words)
        known = known_names().covers(words, [bool(t.whitespace_) for t in doc[candidate.start : candidate.end]])
        while start < end and not known:
            word = words[start]
            plain = fold(word)
            lower_article = (
                word[:1].islower() and plain in word_set("entities.order_articles") and not _particle(candidate, plain)
            )
            elided = plain.endswith("'") and plain in word_set("entities.order_articles")
            civility = candidate.label == "PER" and plain in word_set("entities.order_civilities_alone")
            if not (lower_article or elided or civility or not any(c.isalnum() for c in word)):
                break
            start += 1
        while start < end and not any(c.isalnum() for c in words[end - 1]) and not known and words[end - 1] != "+":
            end -= 1
        if start < end:
            if start or end < len(words):
                candidate.changed_ends = True
                candidate.end = candidate.start + end
                candidate.start += start
            kept.append(candidate)
    return kept


def _particle(candidate: Candidate, plain: str) -> bool:
    """Return whether a lower-case article may open a surname (« de Gaulle », « la Tour », « d'Ormesson »)."""
    return candidate.label == "PER" and plain in {"de", "du", "des", "d'", "la", "le"}


def drop_inhabitants(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Drop nationalities and inhabitants that are taken for names: ``Américains``, ``Nord-Coréens``."""
    inhabitants = cue_words()["inhabitants"]

    def is_inhabitant(candidate: Candidate) -> bool:
        if candidate.end - candidate.start > 1 or candidate.label == "MISC":
            return False
        word = doc[candidate.start].text
        plain = fold(word)
        forms = (plain, *(plain.removeprefix(side) for side in ("nord-", "sud-", "franco-")))
        return not inhabitants.isdisjoint(forms) and not known_names().covers([word], [False])

    return [candidate for candidate in candidates if not is_inhabitant(candidate)]


def part_at_sentences(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Part what reaches into a second sentence: ``président Ouattara. D. Duncan``, ``M. AustinM. Austin``."""
    kept = []
    for candidate in candidates:
        parts = sentence_parts(doc, candidate.start, candidate.end)
        if parts == [(candidate.start, candidate.end)]:
            kept.append(candidate)
        else:
            kept += trim_edges(doc, [replace(candidate, start=start, end=end) for start, end in parts])
    return kept


def drop_absurd(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Drop what cannot be a name: no letter, more than twelve words, a line break inside, an amount (« 20.000frs »)."""

    def can_be_name(text: str) -> bool:
        amount = text[0].isdigit() and text == text.lower()
        return len(text.split()) <= MOST_WORDS and "\n" not in text and any(map(str.isalpha, text)) and not amount

    return [candidate for candidate in candidates if can_be_name(doc[candidate.start : candidate.end].text)]


REPAIRS: dict[str, Repair] = {
    "trim_edges": trim_edges,
    "trim_after_hyphen": trim_after_hyphen,
    "part_names": part_names,
    "drop_inhabitants": drop_inhabitants,
    "drop_common_words": drop_common_words,
    "trim_openings": trim_openings,
    "add_opening_towns": add_opening_towns,
    "join_departments": join_departments,
    "part_pairs": part_pairs,
    "drop_lower_names": drop_lower_names,
    "drop_plural_inhabitants": drop_plural_inhabitants,
    "add_roads": add_roads,
    "label_things": label_things,
    "label_by_neighbours": label_by_neighbours,
    "label_by_sentence": label_by_sentence,
    "add_after_heads": add_after_heads,
    "correct_known_labels": correct_known_labels,
    "label_communes": label_communes,
    "part_known_organisations": part_known_organisations,
    "trim_after_known": trim_after_known,
    "trim_origin": trim_origin,
    "complete_organisations": complete_organisations,
    "complete_aims": complete_aims,
    "complete_enumerations": complete_enumerations,
    "complete_chains": complete_chains,
    "reach_known_names": reach_known_names,
    "join_compass": join_compass,
    "complete_streets": complete_streets,
    "take_article": take_article,
    "add_papers": add_papers,
    "label_clubs": label_clubs,
    "label_known_persons": label_known_persons,
    "label_office_holders": label_office_holders,
    "expand_acronyms": expand_acronyms,
    "label_surnames": label_surnames,
    "agree_on_labels": agree_on_labels,
    "add_repeats": add_repeats,
    "part_at_sentences": part_at_sentences,
    "drop_absurd": drop_absurd,
}


def repair(doc: Words, candidates: list[Candidate], *, without: Collection[str] = ()) -> list[Candidate]:
    """Return the candidates repaired, in text order, without overlap.

    Parameters
    ----------
    doc : Words
    candidates : list of Candidate
        In text order. Changed in place.
    without : collection of str
        Names of repairs to leave out, for measuring.
    """
    for name, step in REPAIRS.items():
        if name not in without:
            candidates = step(doc, candidates)
    return candidates
