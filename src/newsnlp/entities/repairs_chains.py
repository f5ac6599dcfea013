"""Repairs of long names that are cut: « Comité des fêtes | de Void », « Union pour la paix | et le progrès »."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from newsnlp.entities.gazetteers import cue_words, folded, known_names
from newsnlp.entities.lines import Candidate

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LINKS = frozenset({"de", "du", "des", "d'"})
_FIRST_LINKS = _LINKS | {"aux"}
_ARTICLES = frozenset({"la", "l'", "le", "les"})
_MOST_BETWEEN = 6
_KNOWN_WORDS = 3
_WINDOW = 14
_LEAST = 0.6
_POINTS = frozenset({"Nord", "Sud", "Est", "Ouest"})


def complete_chains(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Let an association or institution reach to the place that « de » joins to it."""
    heads = cue_words()["chain_heads"]
    completed: list[Candidate] = []
    for candidate in candidates:
        before = completed[-1] if completed else None
        if (
            before is not None
            and before.label == "ORG"
            and candidate.label in {"LOC", "ORG"}
            and doc[before.start].text[:1].isupper()
            and folded(doc[before.start].text) in heads
            and before.end - before.start + (candidate.start - before.end) > _KNOWN_WORDS - 1
            and _joins(doc, before.end, candidate.start)
        ):
            completed[-1] = Candidate(
                before.start,
                candidate.end,
                "ORG",
                max(_LEAST, min(before.probability, candidate.probability)),
                before.line,
                before.repairs | {"complete_chains"},
            )
        else:
            completed.append(candidate)
    return completed


def _joins(doc: Doc, start: int, end: int) -> bool:
    """Return whether only « de », or « des/aux » and a few words in lower case and « de », stand between."""
    words = [folded(token.text) for token in doc[start:end]]
    if not words or len(words) > _MOST_BETWEEN or words[0] not in _FIRST_LINKS:
        return False
    while words and words[-1] in _ARTICLES:
        words.pop()
    if not words or words[-1] not in _LINKS:
        return False
    return all(
        token.text.islower() and (token.text.isalpha() or token.text == "d'")
        for token in doc[start:end]
        if token.text != "l'"
    )


def reach_known_names(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Let the parts of a long known organisation be one: « [Union pour la démocratie] et le progrès social »."""
    reached: list[Candidate] = []
    starts = [candidate.start for candidate in candidates]
    for candidate in candidates:
        if reached and candidate.start < reached[-1].end:
            continue
        end = _known_end(doc, candidate.start) if candidate.label != "PER" else 0
        # No candidate overlaps another: only the last one that begins before the end may reach beyond it.
        if end > candidate.end and candidates[bisect_left(starts, end) - 1].end <= end:
            probability = max(_LEAST, candidate.probability)
            repairs = candidate.repairs | {"reach_known_names"}
            reached.append(Candidate(candidate.start, end, "ORG", probability, candidate.line, repairs))
        else:
            reached.append(candidate)
    return reached


def _known_end(doc: Doc, start: int) -> int:
    """Return where a known organisation of several words that begins at `start` ends, or 0."""
    span = doc[start : start + _WINDOW]
    if not span[0].text[:1].isupper():
        return 0
    words = [token.text for token in span]
    found = next(known_names().matches(words, [bool(token.whitespace_) for token in span]), None)
    if found is None or found[0] or found[2] != "organisation":
        return 0
    return start + found[1] if sum(word[:1].isalpha() for word in words[: found[1]]) >= _KNOWN_WORDS else 0


def join_compass(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Make « Montréal-Nord » one place, and « l'axe Nord » none."""
    joined: list[Candidate] = []
    for candidate in candidates:
        text = doc[candidate.start : candidate.end].text
        if text in _POINTS and candidate.label == "LOC" and joined:
            before = joined[-1]
            hyphen = (
                candidate.start - before.end == 1 and doc[before.end].text == "-" and not doc[before.end].whitespace_
            )
            if hyphen and before.label == "LOC":
                before.end = candidate.end
                before.repairs.add("join_compass")
                continue
        if (
            text in _POINTS
            and candidate.start
            and folded(doc[candidate.start - 1].text) in cue_words()["before_points"]
        ):
            continue
        joined.append(candidate)
    return joined
