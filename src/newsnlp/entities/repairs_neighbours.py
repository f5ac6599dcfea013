"""Repairs by the words right beside a name: « Mme X », « née X », « X (12e) », « tempête X »."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.entities.gazetteers import cue_words, folded, plain_kind
from newsnlp.entities.lines import Candidate, free_tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc

_QUOTES = frozenset({"«", '"', "“", "'"})
# What stands in brackets after a player: 3/5, 12e, 45', 33 ans, 6 buts.
_SCORE = re.compile(r"\d+\s?(?:/\s?\d+|e\b|'|ème|ans\b|buts?\b|arrêts?\b|pts\b|points\b)")
_REACH = 4
_SURE = 0.9
_ADDED = 0.6
_MOST_ADDED = 4
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
        elif label != "MISC" and _names_organisation(doc, candidate, before):
            label = "ORG"
            candidate.probability = max(candidate.probability, _ADDED)
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


def _names_organisation(doc: Doc, candidate: Candidate, before: str) -> bool:
    """Return whether the noun before calls for an organisation: « la start-up (toulousaine) X »."""
    words = cue_words()
    if before in words["inhabitants"] and candidate.start > 1:
        before = folded(doc[candidate.start - 2].text)
    if before not in words["before_organisations"] or not doc[candidate.start].text[:1].isupper():
        return False
    kind = plain_kind(doc[candidate.start : candidate.end].text)
    full_name = candidate.label == "PER" and " " in doc[candidate.start : candidate.end].text
    full_name = full_name and before not in words["firm_heads"]
    return kind in {None, "organisation"} and not full_name


def _has_score(doc: Doc, candidate: Candidate) -> bool:
    """Return whether a score or an age in brackets follows a name that is no known place."""
    if candidate.end >= len(doc) or doc[candidate.end].text != "(" or candidate.probability >= _SURE:
        return False
    after = doc[candidate.end + 1 : candidate.end + 1 + _REACH].text
    return _SCORE.match(after) is not None and plain_kind(doc[candidate.start : candidate.end].text) is None


def _is_family(doc: Doc, candidate: Candidate, before: str) -> bool:
    """Return whether a plural article stands before a singular name: « les Alvarez », « chez les Le Guen »."""
    if before not in _FAMILY_WORDS or candidate.probability >= _SURE:
        return False
    span = doc[candidate.start : candidate.end]
    last = span[-1].text
    singular = not last.endswith(("s", "x")) and not last.isupper() and last[:1].isupper()
    return singular and len(span) <= 2 and plain_kind(span.text) is None  # noqa: PLR2004


def add_after_heads(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Add the capitalised words right after « l'ONG », « la scierie » … where the network saw no name."""
    heads = cue_words()["before_organisations"]
    free = free_tokens(doc, candidates)
    added = []
    for token in doc[:-1]:
        if not token.text[:1].islower() and token.text != "ONG":
            continue
        start = token.i + (2 if doc[token.i + 1].text in _QUOTES else 1)
        if folded(token.text) not in heads:
            continue
        end = start
        while end < len(doc) and end < start + _MOST_ADDED and free[end] and doc[end].text[:1].isupper():
            end += 1
        if end > start and len(doc[start:end].text) > 2 and (end == len(doc) or free[end]):  # noqa: PLR2004
            added.append(Candidate(start, end, "ORG", _ADDED, None, {"add_after_heads"}))
    return sorted([*candidates, *added], key=lambda c: c.start) if added else candidates


def drop_common_words(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Drop acronyms and capitalised phrases that name nobody: CDD, TVA, « Premier ministre »."""
    words = cue_words()
    kept = []
    for candidate in candidates:
        text = doc[candidate.start : candidate.end].text
        plain = folded(text)
        if not (text.isupper() and plain in words["common_acronyms"]) and plain not in words["common_phrases"]:
            kept.append(candidate)
    return kept
