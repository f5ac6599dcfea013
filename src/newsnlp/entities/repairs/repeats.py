"""Repairs by the rest of the article: the same name elsewhere, surnames after full names, acronyms after long names."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.gazetteers import cue_words, first_names, plain_kind
from newsnlp.entities.recognition.lines import Candidate, free_tokens
from newsnlp.entities.repairs.edges import known_end
from newsnlp.lexicons import word_set
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from newsnlp.entities.recognition.lines import Words


_SURNAME_LETTERS = 3
# What the network must hold of a name, somewhere, for its other occurrences to be added.
_SURE = 0.8
# A repeat that the network overlooked is less sure than what it found.
_REPEATED = 0.7
_PLACE_PREPOSITIONS = frozenset({"à", "en", "vers", "dans"})


def label_surnames(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Label a bare surname PER where the article gives the full name: ``Manuel Valls`` … ``Valls``."""
    surnames: dict[str, float] = {}
    certain: set[str] = set()  # of full names that open with a given name
    for candidate in candidates:
        words = [token.text for token in doc[candidate.start : candidate.end]]
        if candidate.label != "PER" or len(words) < 2:  # noqa: PLR2004
            continue
        if fold(words[0]) not in first_names() and candidate.probability < _SURE:
            continue
        tail = words[1:]
        for size in range(1, len(tail) + 1):
            name = tail[-size:]
            if len(name[-1]) >= _SURNAME_LETTERS and (
                name[0][:1].isupper() or name[0] in word_set("entities.repeats_particles")
            ):
                key = fold(" ".join(name))
                surnames[key] = max(surnames.get(key, 0.0), candidate.probability)
                if fold(words[0]) in first_names():
                    certain.add(key)
    for candidate in candidates:
        text = fold(doc[candidate.start : candidate.end].text)
        if candidate.label == "PER" or text not in surnames:
            continue
        known = plain_kind(doc[candidate.start : candidate.end].text)
        # « à Austin » is the town even where Lloyd Austin is about.
        placed = candidate.start > 0 and fold(doc[candidate.start - 1].text) in _PLACE_PREPOSITIONS
        town = known is not None and placed
        if known in {"country", "seat"} or town or (candidate.probability > _SURE and text not in certain):
            continue
        candidate.label = "PER"
        candidate.relabelled = True
    return candidates


def agree_on_labels(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Give all mentions of one surface the label that the article as a whole speaks for."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    texts = [fold(doc[c.start : c.end].text) for c in candidates]
    for candidate, text in zip(candidates, texts, strict=True):
        votes[text][candidate.label] += candidate.probability**2
    for candidate, text in zip(candidates, texts, strict=True):
        labels = votes[text]
        if len(labels) == 1:
            continue
        best = max(labels, key=lambda label: labels[label])
        if best != candidate.label and labels[best] > 1.5 * labels[candidate.label]:
            candidate.label = best
            candidate.relabelled = True
    return candidates


@dataclass(slots=True)
class _Wanted:
    """The sure names to look for: label and probability by their words; by first word their sizes, longest first."""

    names: dict[tuple[str, ...], tuple[str, float]] = field(default_factory=dict)
    sizes: dict[str, list[int]] = field(default_factory=dict)


def add_repeats(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
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
            if (
                found is not None
                and all(free[start:end])
                and not _inside_longer(doc, start, end)
                and known_end(doc, start) <= end  # « Polynésie la 1ère » is no repeat of the islands
            ):
                added.append(Candidate(start, end, found[0], found[1] * _REPEATED, is_repeat=True))
                free[start:end] = [False] * size
                break
    return sorted([*candidates, *added], key=lambda c: c.start) if added else candidates


def _wanted(doc: Words, candidates: list[Candidate]) -> _Wanted:
    """Return the sure names to look for; of one name with two labels the likelier."""
    wanted = _Wanted()
    for candidate in sorted(candidates, key=lambda c: -c.probability):
        if candidate.probability < _SURE:
            break
        words = tuple(token.text for token in doc[candidate.start : candidate.end])
        names = [words]
        if candidate.label == "PER" and len(words) > 1 and fold(words[0]) in first_names():
            names.append(words[1:])
        for name in names:
            common = len(name) == 1 and fold(name[0]) in cue_words()["function_words"]
            if name[0][:1].isupper() and len(name[-1]) >= _SURNAME_LETTERS and not common:
                wanted.names.setdefault(name, (candidate.label, candidate.probability))
    for name in wanted.names:
        wanted.sizes.setdefault(name[0], []).append(len(name))
    wanted.sizes = {first: sorted(set(sizes), reverse=True) for first, sizes in wanted.sizes.items()}
    return wanted


def _inside_longer(doc: Words, start: int, end: int) -> bool:
    """Return whether a capitalised word, or a hyphen, touches the words: they are part of another name then."""
    before = doc[start - 1] if start else None
    after = doc[end] if end < len(doc) else None
    if before is not None and (
        before.text in {"-", "/"} or (before.text[:1].isupper() and before.whitespace_ and not before.is_sent_start)
    ):
        return True
    return after is not None and (after.text == "-" or (after.text[:1].isupper() and bool(doc[end - 1].whitespace_)))


_SMALL = frozenset(
    {"de", "du", "des", "la", "le", "les", "l'", "d'", "et", "pour", "à", "au", "aux", "en", "sur", "contre", "par",
     "of", "the", "for", "and", ",", "-", "dans"}
)  # fmt: skip
_OPENING = frozenset({"(", "["})
_CLOSING = frozenset({")", "]", ",", "-"})
_LONGEST = 20
_SHORTEST_ACRONYM = 3
_LEAST = 0.6


def expand_acronyms(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Let an organisation reach over all the words whose initials the acronym in brackets after it is made of."""
    starts = [candidate.start for candidate in candidates]
    expanded = list(candidates)
    # From the end, so that the positions before stay right.
    for opening in range(len(doc) - 3, 0, -1):
        if doc[opening].text not in _OPENING or doc[opening + 2].text not in _CLOSING:
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
        if short is None and not (after < len(starts) and starts[after] < opening + 2):
            # The brackets tell what it is, and it is looked for in the rest of the article.
            expanded.insert(after, Candidate(opening + 1, opening + 2, "ORG", _SURE))
        if [(c.start, c.end) for c in inside] != [(start, opening)]:
            expanded[first:after] = [_whole(start, opening, inside)]
    return expanded


def _whole(start: int, end: int, inside: list[Candidate]) -> Candidate:
    probability = max((_LEAST, *(candidate.probability for candidate in inside)))
    return Candidate(start, end, "ORG", probability, inside[0].line if inside else None, changed_ends=True)


def _is_acronym(text: str) -> bool:
    return (
        len(text) >= _SHORTEST_ACRONYM
        and text.isalpha()
        and text[0].isupper()
        and (text.isupper() or len(text) > _SHORTEST_ACRONYM)
    )


def _expansion_start(doc: Words, end: int, acronym: str) -> int | None:
    """Return where the words whose initials make the acronym begin, reading backwards from `end`."""
    letters = fold(acronym)
    position = len(letters)
    token = end - 1
    while token >= max(0, end - _LONGEST) and position > 0:
        text = doc[token].text
        if "\n" in text or text in {".", ";", ":", "»", "«", "(", ")", "[", "]"}:
            return None
        plain = fold(text)
        if plain[:1] == letters[position - 1]:
            position -= 1
            if position == 0:
                return token if text[:1].isupper() else None
        elif plain not in _SMALL:
            return None
        token -= 1
    return None
