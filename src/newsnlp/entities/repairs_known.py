"""Repairs by known names: what the lexicons are sure of and the network is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.entities.gazetteers import known_names, plain_kind
from newsnlp.entities.lines import Candidate, free_tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Below this the network is not sure, and a known name decides. Measured on held-out train and sentences, 2026-11.
_UNSURE = 0.55
_LABELS = {"country": "LOC", "city": "LOC", "region": "LOC", "seat": "ORG", "organisation": "ORG"}
_ADDED = 0.5


def correct_known_labels(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Give a known place or organisation its label where the network is unsure of its own."""
    for candidate in candidates:
        if candidate.probability >= _UNSURE:
            continue
        span = doc[candidate.start : candidate.end]
        kind = plain_kind(span.text)
        if kind is not None and _LABELS[kind] != candidate.label:
            candidate.label = _LABELS[kind]
            candidate.repairs.add("correct_known_labels")
    return candidates


def add_known_names(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Add known countries, long names and acronyms that the network overlooked."""
    lines = {id(c.line): c.line for c in candidates if c.line is not None}
    del lines
    free = free_tokens(doc, candidates)
    words = [token.text for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    added = []
    for start, end, kind in known_names().matches(words, spaces):
        if not all(free[start:end]):
            continue
        single = end - start == 1
        acronym = single and len(words[start]) > 2 and words[start].isupper()  # noqa: PLR2004
        if (
            kind == "country"
            or (not single and kind in {"organisation", "country"})
            or (acronym and kind == "organisation")
        ):
            added.append(Candidate(start, end, _LABELS[kind], _ADDED, None, {"add_known_names"}))
    return sorted([*candidates, *added], key=lambda c: c.start) if added else candidates
