"""A long name and the acronym after it: ``Institut national de la … économiques (Insee)`` is one organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.entities.gazetteers import folded
from newsnlp.entities.lines import Candidate

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SMALL = frozenset(
    {"de", "du", "des", "la", "le", "les", "l'", "d'", "et", "pour", "à", "au", "aux", "en", "sur", "contre", "par",
     "of", "the", "for", "and", ",", "-", "dans"}
)  # fmt: skip
_LONGEST = 20
_SHORTEST_ACRONYM = 3
_LEAST = 0.6


def expand_acronyms(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Let an organisation reach over all the words whose initials the acronym in brackets after it is made of."""
    starts = {candidate.start: candidate for candidate in candidates}
    ends = {candidate.end for candidate in candidates}
    del ends
    taken: list[tuple[int, int, Candidate]] = []
    for token in doc:
        if token.text != "(" or token.i + 2 >= len(doc) or doc[token.i + 2].text not in {")", ",", "-"}:
            continue
        acronym = doc[token.i + 1].text
        if not _is_acronym(acronym):
            continue
        start = _expansion_start(doc, token.i, acronym)
        if start is None:
            continue
        short = starts.get(token.i + 1)
        inside = [c for c in candidates if c.start < token.i and c.end > start]
        labels = [c.label for c in [*inside, *([short] if short else [])] if c.label in {"ORG", "MISC"}]
        # « Coupe d'Afrique des nations (CAN) » is no organisation.
        if not labels or labels.count("MISC") > labels.count("ORG"):
            continue
        found = Candidate(
            start, token.i, "ORG", max(_LEAST, *(c.probability for c in inside), 0.0), None, {"expand_acronyms"}
        )
        if inside and inside[0].line is not None:
            found.line = inside[0].line
        exact = len(inside) == 1 and (inside[0].start, inside[0].end) == (start, token.i)
        if not exact:
            taken.append((start, token.i, found))
    if not taken:
        return candidates
    kept = [c for c in candidates if not any(c.start < end and start < c.end for start, end, _ in taken)]
    return sorted([*kept, *(found for _, _, found in taken)], key=lambda c: c.start)


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
