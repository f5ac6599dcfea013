"""Repairs by the rest of the article: the same name elsewhere, and surnames after full names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsnlp.entities.gazetteers import cue_words, first_names, folded, plain_kind
from newsnlp.entities.lines import Candidate, free_tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SURNAME_LETTERS = 3
# What the network must hold of a name, somewhere, for its other occurrences to be added.
_SURE = 0.8
# A repeat that the network overlooked is less sure than what it found.
_REPEATED = 0.7
_PLACE_PREPOSITIONS = frozenset({"à", "en", "vers", "dans"})
_PARTICLES = frozenset(
    {"de", "du", "des", "d'", "le", "la", "van", "von", "der", "den", "al", "ben", "bin", "da", "di", "el"}
)


def label_surnames(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Label a bare surname PER where the article gives the full name: ``Manuel Valls`` … ``Valls``."""
    surnames: dict[str, float] = {}
    certain: set[str] = set()  # of full names that open with a given name
    for candidate in candidates:
        words = [token.text for token in doc[candidate.start : candidate.end]]
        if candidate.label != "PER" or len(words) < 2:  # noqa: PLR2004
            continue
        if folded(words[0]) not in first_names() and candidate.probability < _SURE:
            continue
        tail = words[1:]
        for size in range(1, len(tail) + 1):
            name = tail[-size:]
            if len(name[-1]) >= _SURNAME_LETTERS and (name[0][:1].isupper() or name[0] in _PARTICLES):
                key = folded(" ".join(name))
                surnames[key] = max(surnames.get(key, 0.0), candidate.probability)
                if folded(words[0]) in first_names():
                    certain.add(key)
    for candidate in candidates:
        text = folded(doc[candidate.start : candidate.end].text)
        if candidate.label == "PER" or text not in surnames:
            continue
        known = plain_kind(doc[candidate.start : candidate.end].text)
        # « à Austin » is the town even where Lloyd Austin is about.
        placed = candidate.start > 0 and folded(doc[candidate.start - 1].text) in _PLACE_PREPOSITIONS
        town = known is not None and placed
        if known in {"country", "seat"} or town or (candidate.probability > _SURE and text not in certain):
            continue
        candidate.label = "PER"
        candidate.repairs.add("label_surnames")
    return candidates


def agree_on_labels(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Give all mentions of one surface the label that the article as a whole speaks for."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    texts = [folded(doc[c.start : c.end].text) for c in candidates]
    for candidate, text in zip(candidates, texts, strict=True):
        votes[text][candidate.label] += candidate.probability**2
    for candidate, text in zip(candidates, texts, strict=True):
        labels = votes[text]
        if len(labels) == 1:
            continue
        best = max(labels, key=lambda label: labels[label])
        if best != candidate.label and labels[best] > 1.5 * labels[candidate.label]:
            candidate.label = best
            candidate.repairs.add("agree_on_labels")
    return candidates


@dataclass(slots=True)
class _Wanted:
    """The sure names to look for: label and probability by their words; by first word their sizes, longest first."""

    names: dict[tuple[str, ...], tuple[str, float]] = field(default_factory=dict)
    sizes: dict[str, list[int]] = field(default_factory=dict)


def add_repeats(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Add further occurrences of the names found, and of the surnames of the people found."""
    wanted = _wanted(doc, candidates)
    if not wanted.names:
        return candidates
    free = free_tokens(doc, candidates)
    texts = [token.text for token in doc]
    added = []
    for start, text in enumerate(texts):
        for size in wanted.sizes.get(text, ()) if free[start] else ():
            end = start + size
            found = wanted.names.get(tuple(texts[start:end]))
            if found is not None and all(free[start:end]) and not _inside_longer(doc, start, end):
                added.append(Candidate(start, end, found[0], found[1] * _REPEATED, None, {"add_repeats"}))
                free[start:end] = [False] * size
                break
    return sorted([*candidates, *added], key=lambda c: c.start) if added else candidates


def _wanted(doc: Doc, candidates: list[Candidate]) -> _Wanted:
    """Return the sure names to look for; of one name with two labels the likelier."""
    wanted = _Wanted()
    for candidate in sorted(candidates, key=lambda c: -c.probability):
        if candidate.probability < _SURE:
            break
        words = tuple(token.text for token in doc[candidate.start : candidate.end])
        names = [words]
        if candidate.label == "PER" and len(words) > 1 and folded(words[0]) in first_names():
            names.append(words[1:])
        for name in names:
            common = len(name) == 1 and folded(name[0]) in cue_words()["function_words"]
            if name[0][:1].isupper() and len(name[-1]) >= _SURNAME_LETTERS and not common:
                wanted.names.setdefault(name, (candidate.label, candidate.probability))
    for name in wanted.names:
        wanted.sizes.setdefault(name[0], []).append(len(name))
    wanted.sizes = {first: sorted(set(sizes), reverse=True) for first, sizes in wanted.sizes.items()}
    return wanted


def _inside_longer(doc: Doc, start: int, end: int) -> bool:
    """Return whether a capitalised word, or a hyphen, touches the words: they are part of another name then."""
    before = doc[start - 1] if start else None
    after = doc[end] if end < len(doc) else None
    if before is not None and (
        before.text in {"-", "/"} or (before.text[:1].isupper() and before.whitespace_ and not before.is_sent_start)
    ):
        return True
    return after is not None and (after.text == "-" or (after.text[:1].isupper() and bool(doc[end - 1].whitespace_)))
