"""Repairs by the common noun before a name: « conseil général des Vosges », « lycée Jules-Ferry », « rue Thiers »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.entities.gazetteers import cue_words, folded
from newsnlp.entities.lines import Candidate

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LINKS = frozenset({"de", "du", "des", "d'", "la", "l'", "le", "les"})
_LONGEST_HEAD = 7
_LONGEST_LINK = 2


def complete_organisations(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Let an organisation begin with its noun, and reach over the place or name that completes it."""
    words = cue_words()
    completed: list[Candidate] = []
    for candidate in candidates:
        before = completed[-1] if completed else None
        linked = _link_start(doc, candidate.start)
        start = None
        if candidate.label == "LOC" and linked < candidate.start:
            start = _head_start(doc, linked, words["whole_with_place"])
        if start is None and candidate.label in {"PER", "LOC"} and _opens_with_letter(doc, candidate):
            start = _head_start(doc, candidate.start, words["whole_with_name"])
        if start is None:
            completed.append(candidate)
            continue
        if before is not None and before.end > start:
            if before.label != "ORG" or before.end not in {linked, candidate.start}:
                completed.append(candidate)
                continue
            start = min(start, before.start)
            completed.pop()
        completed.append(_joined(candidate, start, "ORG", "complete_organisations"))
    return completed


def complete_streets(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Let the name of a street begin with « rue », « place » …, whoever the street is named after."""
    heads = cue_words()["street_heads"]
    completed: list[Candidate] = []
    for candidate in candidates:
        linked = _link_start(doc, candidate.start)
        start = None
        if candidate.label in {"PER", "LOC", "ORG"} and _opens_with_letter(doc, candidate):
            start = _head_start(doc, linked, heads)
        free = not completed or start is None or completed[-1].end <= start
        person_of_the_place = start is not None and linked < candidate.start and candidate.label == "PER"
        if start is None or not free or person_of_the_place:
            completed.append(candidate)
        else:
            completed.append(_joined(candidate, start, "LOC", "complete_streets"))
    return completed


def _joined(candidate: Candidate, start: int, label: str, repair: str) -> Candidate:
    return Candidate(start, candidate.end, label, candidate.probability, candidate.line, candidate.repairs | {repair})


def _opens_with_letter(doc: Doc, candidate: Candidate) -> bool:
    return bool(doc[candidate.start].text[:1].isupper())


def _link_start(doc: Doc, start: int) -> int:
    """Return where « de », « de la », « des » … before `start` begins, or `start`."""
    position = start
    while position > max(0, start - _LONGEST_LINK) and folded(doc[position - 1].text) in _LINKS:
        position -= 1
    return position


def _head_start(doc: Doc, end: int, heads: frozenset[str]) -> int | None:
    """Return where the longest of `heads` that ends right before `end` begins, or None."""
    found = None
    joined = ""
    for position in range(end - 1, max(-1, end - 1 - _LONGEST_HEAD), -1):
        token = doc[position]
        if "\n" in token.text or not (token.text[:1].isalpha()):
            break
        joined = token.text + (token.whitespace_ if joined else "") + joined
        if folded(joined) in heads:
            found = position
    return found
