"""Repairs of what is capitalised only because something begins: « Belote et tarot … », « INCENDIES - Le feu … »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.forms import BARE_OF
from newsnlp.entities.knowledge.gazetteers import common_words, cue_words, first_names, lower_states, plain_kind
from newsnlp.lexicons import word_set, words
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from newsnlp.entities.recognition.lines import Candidate, Words

# A surname that is a common word too (« Petit », « Marchand ») is kept where the network is this sure of it.
_SURE = 0.9
_BEGINNING = frozenset({".", "!", "?", "…", ":", "•", "*", "|", "—", "–"})
_OPENING_QUOTES = frozenset({"«", '"', "“", "("})
_LINKS = frozenset({"de", "du", "des", "d'", "la", "le", "les", "l'", "-", "–", ":"})
_TO_STATES = frozenset({"en", "au", "aux"})
_PLURALS = frozenset({"les", "des", "aux", "nos", "ces"})
_PLURAL_LETTERS = 6
# Tokens in which a text that has capitals shows one.
_AROUND = 20


def trim_openings(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Take off, or drop, the common word with which a line or a sentence begins; « eau de Cologne » is no place."""
    kept = []
    for candidate in candidates:
        if candidate.label == "LOC" and doc[max(0, candidate.start - 2) : candidate.start].text.casefold() == "eau de":
            continue
        if candidate.label == "MISC" or not _begins(doc, candidate.start):
            kept.append(candidate)
            continue
        if candidate.end - candidate.start == 1:
            if not (_is_common(doc[candidate.start].text) and candidate.probability < _SURE):
                kept.append(candidate)
            continue
        if candidate.label == "PER":
            _trim_opening(doc, candidate)
        if any(token.text[:1].isupper() for token in doc[candidate.start : candidate.end]):
            kept.append(candidate)
    return kept


def _trim_opening(doc: Words, candidate: Candidate) -> None:
    """Move the start of a person's name past a common word: « Pénalty de [Sanogo] », « INCENDIES - Le feu »."""
    if not _is_common(doc[candidate.start].text) or plain_kind(doc[candidate.start : candidate.end].text):
        return
    start = candidate.start + 1
    while start < candidate.end and fold(doc[start].text) in _LINKS:
        start += 1
    rest = doc[start : candidate.end]
    candidate.changed_ends = True
    if len(rest) and rest[0].text[:1].isupper():
        candidate.start = start
    else:
        candidate.start = candidate.end - 1


def _is_common(word: str) -> bool:
    plain = fold(word)
    known = plain_kind(word) is not None or plain in first_names()
    return not known and (plain in common_words() or plain in cue_words()["function_words"])


def _begins(doc: Words, start: int) -> bool:
    """Return whether a line or a sentence begins at `start`, or right after an opening quote that begins one."""
    position = start - 1
    while position >= 0 and doc[position].text in _OPENING_QUOTES:
        position -= 1
    if position < 0 or position + 1 < start:
        return True
    before = doc[position].text
    return "\n" in before or before in _BEGINNING or bool(doc[start].is_sent_start)


def drop_lower_names(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Drop people and places without a capital from text that has some: « [grésilla] la radio », but « du canada »."""
    return [candidate for candidate in candidates if not _is_lower_name(doc, candidate)]


def _is_lower_name(doc: Words, candidate: Candidate) -> bool:
    span = doc[candidate.start : candidate.end]
    if candidate.label not in {"PER", "LOC"} or not span.text.islower():
        return False
    before = fold(doc[candidate.start - 1].text) if candidate.start else ""
    # « encre de chine » has no article.
    articled = before in _TO_STATES or (before in word_set("entities.articled_links") and before not in BARE_OF)
    if articled and span.text in lower_states():
        return False
    around = doc[max(0, candidate.start - _AROUND) : candidate.end + _AROUND]
    return any(token.text[:1].isupper() for token in around) and not any(token.text[:1].isdigit() for token in span)


def drop_plural_inhabitants(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Drop inhabitants that no lexicon lists, by their ending: « les Lunévillois », « des Bragards »."""
    return [candidate for candidate in candidates if not _are_inhabitants(doc, candidate)]


def _are_inhabitants(doc: Words, candidate: Candidate) -> bool:
    word = doc[candidate.start].text
    single = candidate.label == "LOC" and candidate.end - candidate.start == 1 and candidate.start > 0
    ends = len(word) >= _PLURAL_LETTERS and word.endswith(words("entities.openings_inhabitant_endings"))
    return single and ends and fold(doc[candidate.start - 1].text) in _PLURALS
