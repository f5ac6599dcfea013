"""Repairs of what is capitalised only because something begins: « Belote et tarot … », « INCENDIES - Le feu … »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.forms import BARE_OF
from newsnlp.entities.knowledge.gazetteers import (
    common_words,
    cue_words,
    first_names,
    lower_states,
    plain_kind,
    vocabulary,
)
from newsnlp.lexicons import word_set, words
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from newsnlp.entities.recognition.lines import Candidate, Words

# A surname that is a common word too (« Petit », « Marchand ») is kept where the network is this sure of it.
_SURE = 0.9
# The same of a word that the article writes nowhere else as a name.
_ALONE = 0.95
_BEGINNING = frozenset({".", "!", "?", "…", ":", "•", "*", "|", "—", "–"})
_OPENING_QUOTES = frozenset({"«", '"', "“", "("})
_LINKS = frozenset({"de", "du", "des", "d'", "la", "le", "les", "l'", "-", "–", ":"})
_MARKS = frozenset({"-", "–", "—", ":"})
_NAMES_GO_ON = frozenset({"(", "/"})
_TO_STATES = frozenset({"en", "au", "aux"})
_PLURALS = frozenset({"les", "des", "aux", "nos", "ces"})
_PLURAL_LETTERS = 6
# A shorter word has no ending to lose.
_LONG = 3
# Tokens in which a text that has capitals shows one.
_AROUND = 20


def trim_openings(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Take off, or drop, the common word with which a line or a sentence begins; « eau de Cologne » is no place."""
    kept = []
    begin = [_begins(doc, candidate.start) for candidate in candidates]
    inside = {doc[c.start].text for c, begins in zip(candidates, begin, strict=True) if not begins}
    for candidate, begins in zip(candidates, begin, strict=True):
        if candidate.label == "LOC" and _is_scent(doc, candidate.start):
            continue
        if candidate.label == "MISC" or not begins:
            kept.append(candidate)
            continue
        if candidate.end - candidate.start == 1:
            if not _opens_alone(doc, candidate, inside):
                kept.append(candidate)
            continue
        # « BROCANTE - Samedi », no « Lac-Saint-Jean »
        marked = bool(doc[candidate.start].whitespace_) and doc[candidate.start + 1].text in _MARKS
        if marked or (candidate.label == "PER" and not _is_full_name(doc, candidate)):
            _trim_opening(doc, candidate)
        if marked and candidate.end - candidate.start == 1 and _is_common(doc, candidate.start):
            continue
        if candidate.label == "ORG" or any(token.text[:1].isupper() for token in doc[candidate.start : candidate.end]):
            kept.append(candidate)
    return kept


def _is_scent(doc: Words, start: int) -> bool:
    """Tell whether « eau de » stands before; a « plan d'eau de » is of a place."""
    if start < 2 or doc[start - 2].text.casefold() != "eau" or doc[start - 1].text != "de":  # noqa: PLR2004
        return False
    return bool(doc[max(0, start - 4)].text.casefold() != "plan")


def _opens_alone(doc: Words, candidate: Candidate, inside: set[str]) -> bool:
    """Tell whether a single word is common and no name here, nor elsewhere in the article.

    « Petit (Norma) » stands in a list, « Boulanger a signé » has no article: both are names.
    """
    text = doc[candidate.start].text
    after = doc[candidate.end].text if candidate.end < len(doc) else ""
    if candidate.label != "LOC" and (after in _NAMES_GO_ON or after in words("entities.openings_verbs")):
        return False
    if after[:1].islower() and fold(text) in cue_words()["offices"] and after not in cue_words()["function_words"]:
        return False
    sure = candidate.probability >= (_SURE if text in inside else _ALONE)
    return not sure and _is_common(doc, candidate.start)


def _is_full_name(doc: Words, candidate: Candidate) -> bool:
    """Tell whether a name opens with a particle (« De Gendt », « N'Diaye »), or surely with a given name."""
    first, second = doc[candidate.start : candidate.start + 2]
    if not second.text[:1].isupper():
        return False
    particle = first.text.endswith("'") or fold(first.text) in word_set("entities.repeats_particles")
    return particle or (candidate.probability >= _SURE and fold(second.text) not in first_names())


def _trim_opening(doc: Words, candidate: Candidate) -> None:
    """Move the start of a person's name past a common word: « Pénalty de [Sanogo] », « INCENDIES - Le feu »."""
    if not _is_common(doc, candidate.start) or plain_kind(doc[candidate.start : candidate.end].text):
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


def is_common_opening(doc: Words, start: int) -> bool:
    """Tell whether a line or sentence begins here with a word that is known as a place, too: « Réunion publique »."""
    return fold(doc[start].text) in common_words() and _begins(doc, start) and _is_common(doc, start)


def _is_common(doc: Words, start: int) -> bool:
    word = doc[start].text
    plain = fold(word)
    kind = plain_kind(word.capitalize() if word.isupper() else word)
    if kind is not None:
        # « Réunion publique », « Avion de chasse »
        goes_on = start + 1 < len(doc) and bool(doc[start].whitespace_) and doc[start + 1].text.islower()
        return goes_on and kind != "organisation" and plain in common_words()
    return plain not in first_names() and is_common_word(plain)


def is_common_word(word: str) -> bool:
    """Tell whether a folded word is one of French that opens sentences and headings, or a form of one."""
    if word.endswith(words("entities.openings_noun_endings")):
        return True
    cues, forms = cue_words(), plain_forms(word)
    lists = (common_words(), cues["function_words"], cues["offices"], vocabulary())
    return any(not known.isdisjoint(forms) for known in lists)


def plain_forms(word: str) -> tuple[str, ...]:
    """Return a word and what it may be the plural or the feminine of.

    Examples
    --------
    >>> plain_forms("attablées")
    ('attablées', 'attablée', 'attablé')
    """
    singular = word[:-1] if len(word) > _LONG and word[-1] in "sx" else word
    masculine = singular[:-1] if len(singular) > _LONG and singular[-1] == "e" else singular
    return tuple(dict.fromkeys((word, singular, masculine)))


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
