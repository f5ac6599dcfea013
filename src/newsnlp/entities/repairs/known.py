"""Repairs by known names: what the lexicons are sure of and the network is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.gazetteers import cue_words, plain_kind
from newsnlp.entities.recognition.lines import Candidate, free_tokens
from newsnlp.entities.repairs.edges import known_inside, sentence_parts
from newsnlp.lexicons import word_set
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Below this the network is not sure, and a known name decides. Measured on held-out train and sentences, 2026-11.
_UNSURE = 0.55
_LABELS = {"country": "LOC", "city": "LOC", "region": "LOC", "seat": "ORG", "organisation": "ORG"}
_ADDED = 0.5
# A preposition after a whole name begins something else; « de » and « pour » may go on with it.
_MINISTRIES = frozenset({"ministère", "ministères", "secrétariat"})


def correct_known_labels(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Give a known place or organisation its label where the network is unsure of its own."""
    for candidate in candidates:
        if candidate.probability >= _UNSURE:
            continue
        span = doc[candidate.start : candidate.end]
        kind = plain_kind(span.text)
        if kind is not None and _LABELS[kind] != candidate.label:
            candidate.label = _LABELS[kind]
            candidate.relabelled = True
    return candidates


def part_known_organisations(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Part two known organisations that « de » joins (« commission X de la chambre Y »), unless the whole is known."""
    parted = []
    for candidate in candidates:
        parted += _parts(doc, candidate) if candidate.label == "ORG" else [candidate]
    return parted


def _parts(doc: Doc, candidate: Candidate) -> list[Candidate]:
    start, end = candidate.start, candidate.end
    words = [token.text for token in doc[start:end]]
    if len(words) < 4 or not any(word in word_set("entities.articled_links") for word in words):  # noqa: PLR2004
        return [candidate]
    found = [match for match in known_inside(doc[start:end]) if match[2] == "organisation"]
    if len(found) != 2 or found[0][0] != 0:  # noqa: PLR2004
        return [candidate]
    (_, first_end, _), (second, second_end, _) = found
    between = words[first_end:second]
    if (
        not between
        or not all(word in word_set("entities.articled_links") for word in between)
        or not _ends_in_origin(words[second_end:])
    ):
        return [candidate]
    spans = ((start, start + first_end), (start + second, start + second_end))
    return [Candidate(*span, "ORG", candidate.probability, candidate.line) for span in spans]


def trim_origin(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Take the nationality off a ministry or a known name: « ministère de la Défense américain »."""
    for candidate in candidates:
        if candidate.label != "ORG" or candidate.end - candidate.start < 4:  # noqa: PLR2004
            continue
        last = doc[candidate.end - 1].text
        if not last.islower() or not _ends_in_origin([last]):
            continue
        ministry = fold(doc[candidate.start].text) in _MINISTRIES
        known = plain_kind(doc[candidate.start : candidate.end].text) is not None
        rest_known = plain_kind(doc[candidate.start : candidate.end - 1].text) == "organisation"
        if not known and (ministry or rest_known):
            candidate.end -= 1
            candidate.changed_ends = True
    return candidates


def trim_after_known(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """End a known organisation where it ends: « [Conseil de sécurité nationale] sur les développements au … »."""
    for candidate in candidates:
        if candidate.label != "ORG" or candidate.end - candidate.start < 4:  # noqa: PLR2004
            continue
        first, size, kind = next(known_inside(doc[candidate.start : candidate.end]), (1, 0, ""))
        end = candidate.start + size
        whole = first == 0 and kind == "organisation" and size > 1
        if whole and end < candidate.end and fold(doc[end].text) in word_set("entities.known_leaving"):
            candidate.end = end
            candidate.probability = max(candidate.probability, _ADDED)
    return candidates


def add_known_names(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Add known countries, and organisations of several words (« 20 Minutes »), that the network overlooked.

    Towns and acronyms have too many homonyms: adding them lowered F1 when measured.
    """
    areas = cue_words()["areas"]
    free = free_tokens(doc, candidates)
    added = []
    for start, end, kind in known_inside(doc):
        if not all(free[start:end]) or len(sentence_parts(doc, start, end)) > 1:
            continue
        several = sum(token.text[:1].isalnum() for token in doc[start:end]) > 1
        area = kind == "region" and fold(doc[start:end].text) in areas
        if kind == "country" or area or (kind == "organisation" and several):
            added.append(Candidate(start, end, _LABELS[kind], _ADDED))
    return sorted([*candidates, *added], key=lambda c: c.start) if added else candidates


def _ends_in_origin(words: list[str]) -> bool:
    return not words or (len(words) == 1 and fold(words[0]) in cue_words()["inhabitants"])
