"""Repairs of where a name begins and ends: two names taken for one, an article that belongs to it, half a word."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.entities.gazetteers import first_names, folded, known_names, organisations
from newsnlp.entities.lines import Candidate

if TYPE_CHECKING:
    from spacy.tokens import Doc

_TWO_NAMES = 4


def part_names(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Part two full names in a row, and a known country or acronym from the name after it."""
    parted: list[Candidate] = []
    for candidate in candidates:
        cut, label = _cut(doc, candidate)
        if not cut:
            parted.append(candidate)
            continue
        middle = candidate.start + cut
        repairs = candidate.repairs | {"part_names"}
        parted += [
            Candidate(candidate.start, middle, label, candidate.probability, candidate.line, set(repairs)),
            Candidate(
                middle, candidate.end, _rest(doc, candidate, middle), candidate.probability, candidate.line, repairs
            ),
        ]
    return parted


def _cut(doc: Doc, candidate: Candidate) -> tuple[int, str]:
    """Return after how many tokens to cut, 0 for nowhere, and the label of the first part."""
    words = [token.text for token in doc[candidate.start : candidate.end]]
    given = [folded(word) in first_names() for word in words]
    if candidate.label == "PER" and len(words) == _TWO_NAMES and given == [True, False, True, False]:
        if all(word[:1].isupper() for word in words):
            return 2, "PER"
        return 0, ""
    if len(words) > 1:
        spaces = [bool(token.whitespace_) for token in doc[candidate.start : candidate.end]]
        start, end, kind = next(known_names().matches(words, spaces), (1, 0, ""))
        rest = words[end:]
        if start == 0 and rest and spaces[end - 1] and all(word[:1].isupper() for word in rest):
            if kind == "country" and len(rest) == 1 and rest[0].isupper() and end > 1:
                return end, "LOC"
            if kind == "organisation" and end == 1 and words[0].isupper() and candidate.label == "PER":
                return end, "ORG"
    return 0, ""


def _rest(doc: Doc, candidate: Candidate, middle: int) -> str:
    """Return the label of what follows the first part."""
    words = doc[middle : candidate.end]
    return "ORG" if len(words) == 1 and words.text.isupper() else "PER"


def take_article(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Give a newspaper the article that is part of its name: « l'Obs », « Le Point »."""
    for position, candidate in enumerate(candidates):
        if candidate.start == 0 or candidate.label == "PER":
            continue
        article = doc[candidate.start - 1]
        plain = folded(article.text)
        if plain != "l'" and article.text not in {"Le", "La", "Les"}:
            continue
        whole = (
            article.text[:1].upper()
            + article.text[1:]
            + article.whitespace_
            + doc[candidate.start : candidate.end].text
        )
        taken = position > 0 and candidates[position - 1].end >= candidate.start
        if organisations().get(whole) == "media" and not taken:
            candidate.start -= 1
            candidate.label = "ORG"
            candidate.repairs.add("take_article")
    return candidates


def trim_after_hyphen(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Take off the second half of a hyphened word: « low-[cost Flydubai] »."""
    kept = []
    for candidate in candidates:
        start = candidate.start
        joined = start > 0 and doc[start - 1].text == "-" and not doc[start - 1].whitespace_
        if joined and doc[start].text[:1].islower():
            while start < candidate.end and not doc[start].text[:1].isupper():
                start += 1
            if start == candidate.end:
                continue
            candidate.start = start
            candidate.repairs.add("trim_after_hyphen")
        kept.append(candidate)
    return kept


def sentence_parts(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    """Return a span cut where a sentence begins inside it, without the marks at the ends of its parts.

    Without sentence starts (a foreign pipeline's document) it stays whole.
    """
    cuts = [start, *(place for place in range(start + 1, end) if doc[place].is_sent_start), end]
    if len(cuts) == len((start, end)):
        return [(start, end)]
    parts = []
    for first, last in pairwise(cuts):
        words = [place for place in range(first, last) if any(char.isalnum() for char in doc[place].text)]
        if words:
            parts.append((words[0], words[-1] + 1))
    return parts
