"""Repairs by the words right beside a name: « Mme X », « née X », « X (12e) », « tempête X »."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.entities.gazetteers import cue_words, folded, plain_kind

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from newsnlp.entities.lines import Candidate

_QUOTES = frozenset({"«", '"', "“", "'"})
# What stands in brackets after a player: 3/5, 12e, 45', 33 ans, 6 buts.
_SCORE = re.compile(r"\d+\s?(?:/\s?\d+|e\b|'|ème|ans\b|buts?\b|arrêts?\b|pts\b|points\b)")
_REACH = 12
_SURE = 0.9
_FAMILY_WORDS = frozenset({"les", "des", "aux"})


def label_by_neighbours(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Label names after what stands beside them."""
    words = cue_words()
    for candidate in candidates:
        before = _word_before(doc, candidate.start)
        label = candidate.label
        if before in words["before_people"]:
            label = "PER"
        elif before in words["before_things"] and doc[candidate.start].text[:1].isupper():
            label = "MISC"
        elif label in {"LOC", "ORG"} and (_has_score(doc, candidate) or _is_family(doc, candidate, before)):
            label = "PER"
        if label != candidate.label:
            candidate.label = label
            candidate.repairs.add("label_by_neighbours")
    return candidates


def _word_before(doc: Doc, start: int) -> str:
    position = start - 1
    if position >= 0 and doc[position].text in _QUOTES:
        position -= 1
    return folded(doc[position].text) if position >= 0 else ""


def _has_score(doc: Doc, candidate: Candidate) -> bool:
    """Return whether a score or an age in brackets follows a name that is no known place."""
    if candidate.end >= len(doc) or doc[candidate.end].text != "(" or candidate.probability >= _SURE:
        return False
    after = doc.text[doc[candidate.end].idx + 1 :][:_REACH]
    return _SCORE.match(after) is not None and plain_kind(doc[candidate.start : candidate.end].text) is None


def _is_family(doc: Doc, candidate: Candidate, before: str) -> bool:
    """Return whether a plural article stands before a singular name: « les Alvarez », « chez les Le Guen »."""
    if before not in _FAMILY_WORDS or candidate.probability >= _SURE:
        return False
    span = doc[candidate.start : candidate.end]
    last = span[-1].text
    singular = not last.endswith(("s", "x")) and not last.isupper() and last[:1].isupper()
    return singular and len(span) <= 2 and plain_kind(span.text) is None  # noqa: PLR2004


def drop_common_acronyms(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Drop acronyms that name nobody: CDD, TVA, PDG, U23."""
    common = cue_words()["common_acronyms"]
    return [
        c
        for c in candidates
        if not (c.end - c.start == 1 and doc[c.start].text.isupper() and folded(doc[c.start].text) in common)
    ]
