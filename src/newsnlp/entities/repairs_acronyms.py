"""A long name and the acronym after it: ``Institut national de la … économiques (Insee)`` is one organisation."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from newsnlp.entities.gazetteers import folded
from newsnlp.entities.lines import Candidate

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SMALL = frozenset(
    {"de", "du", "des", "la", "le", "les", "l'", "d'", "et", "pour", "à", "au", "aux", "en", "sur", "contre", "par",
     "of", "the", "for", "and", ",", "-", "dans"}
)  # fmt: skip
_CLOSING = frozenset({")", ",", "-"})
_LONGEST = 20
_SHORTEST_ACRONYM = 3
_LEAST = 0.6


def expand_acronyms(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Let an organisation reach over all the words whose initials the acronym in brackets after it is made of."""
    starts = [candidate.start for candidate in candidates]
    expanded = list(candidates)
    # From the end, so that the positions before stay right.
    for opening in range(len(doc) - 3, 0, -1):
        if doc[opening].text != "(" or doc[opening + 2].text not in _CLOSING:
            continue
        acronym = doc[opening + 1].text
        start = _expansion_start(doc, opening, acronym) if _is_acronym(acronym) else None
        if start is None:
            continue
        after = bisect_left(starts, opening)
        first = bisect_left(starts, start)
        if first and candidates[first - 1].end > start:
            first -= 1
        inside = candidates[first:after]
        short = candidates[after] if after < len(starts) and starts[after] == opening + 1 else None
        labels = [c.label for c in (*inside, *([short] if short else []))]
        # « Coupe d'Afrique des nations (CAN) » is no organisation.
        if "ORG" not in labels or labels.count("MISC") > labels.count("ORG"):
            continue
        if [(c.start, c.end) for c in inside] != [(start, opening)]:
            expanded[first:after] = [_whole(start, opening, inside)]
    return expanded


def _whole(start: int, end: int, inside: list[Candidate]) -> Candidate:
    probability = max((_LEAST, *(candidate.probability for candidate in inside)))
    return Candidate(start, end, "ORG", probability, inside[0].line if inside else None, {"expand_acronyms"})


def _is_acronym(text: str) -> bool:
    return (
        len(text) >= _SHORTEST_ACRONYM
        and text.isalpha()
        and text[0].isupper()
        and (text.isupper() or len(text) > _SHORTEST_ACRONYM)
    )


def _expansion_start(doc: Doc, end: int, acronym: str) -> int | None:
    """Return where the words whose initials make the acronym begin, reading backwards from `end`."""
    letters = folded(acronym)
    position = len(letters)
    token = end - 1
    while token >= max(0, end - _LONGEST) and position > 0:
        text = doc[token].text
        if "\n" in text or text in {".", ";", ":", "»", "«", "(", ")"}:
            return None
        plain = folded(text)
        if plain[:1] == letters[position - 1]:
            position -= 1
            if position == 0:
                return token if text[:1].isupper() else None
        elif plain not in _SMALL:
            return None
        token -= 1
    return None
