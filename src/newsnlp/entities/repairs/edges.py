"""Repairs of where a name begins and ends: two names in one, half a name, its common noun (« lycée Jules-Ferry »)."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.gazetteers import cue_words, first_names, known_names, organisations
from newsnlp.lexicons import word_set, words
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsnlp.entities.recognition.lines import Candidate, Words


_TWO_NAMES = 4
_TO = frozenset({"à", "au", "aux"})


def part_names(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Part two full names in a row, and a known country, acronym or portfolio from the name after it."""
    parted: list[Candidate] = []
    for candidate in candidates:
        cut, label = _cut(doc, candidate)
        if not cut:
            parted.append(candidate)
            continue
        middle = candidate.start + cut
        parted += [
            replace(candidate, end=middle, label=label),
            replace(candidate, start=middle, label=_rest(doc, candidate, middle)),
        ]
    return parted


def _cut(doc: Words, candidate: Candidate) -> tuple[int, str]:
    """Return after how many tokens to cut, 0 for nowhere, and the label of the first part."""
    words = [token.text for token in doc[candidate.start : candidate.end]]
    given = [fold(word) in first_names() for word in words]
    if candidate.label == "PER" and len(words) == _TWO_NAMES and given == [True, False, True, False]:
        if all(word[:1].isupper() for word in words):
            return 2, "PER"
        return 0, ""
    if len(words) > 2 and is_portfolio(doc, candidate.start):  # noqa: PLR2004
        # « ministre de la Santé Adaeze Okonjo »
        portfolios = word_set("names_rules.portfolios")
        size = next((n for n in range(len(words) - 2, 0, -1) if fold(" ".join(words[:n])) in portfolios), 0)
        if size and all(word[:1].isupper() for word in words[size:]):
            return size, "ORG"
    if len(words) > 1:
        start, end, kind = next(known_inside(doc[candidate.start : candidate.end]), (1, 0, ""))
        rest = words[end:]
        spaced = start == 0 and rest and doc[candidate.start + end - 1].whitespace_
        if spaced and all(word[:1].isupper() for word in rest):
            if kind == "country" and len(rest) == 1 and rest[0].isupper() and end > 1:
                return end, "LOC"
            if kind == "organisation" and end == 1 and words[0].isupper() and candidate.label == "PER":
                return end, "ORG"
    return 0, ""


def is_portfolio(doc: Words, start: int) -> bool:
    """Tell whether « ministre (nigérian) du », « chargé de la », « secrétaire d'État à la » stands before."""
    links = word_set("entities.articled_links") | _TO
    position = start - 1
    while position >= max(0, start - 2) and fold(doc[position].text) in links:
        position -= 1
    if position < 0 or position == start - 1:
        return False
    heads = cue_words()["before_portfolios"]
    before = fold(doc[position].text)
    return before in heads or (
        position > 0 and before in cue_words()["inhabitants"] and fold(doc[position - 1].text) in heads
    )


def known_inside(tokens: Words) -> Iterator[tuple[int, int, str]]:
    """Yield the known names in a row of tokens: where in it each begins, where it ends, and its kind."""
    return known_names().matches([token.text for token in tokens], [bool(token.whitespace_) for token in tokens])


def _rest(doc: Words, candidate: Candidate, middle: int) -> str:
    """Return the label of what follows the first part."""
    words = doc[middle : candidate.end]
    return "ORG" if len(words) == 1 and words.text.isupper() else "PER"


def take_article(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Give a newspaper the article that is part of its name: « l'Obs », « Le Point »."""
    for position, candidate in enumerate(candidates):
        if candidate.start == 0 or candidate.label == "PER":
            continue
        article = doc[candidate.start - 1]
        plain = fold(article.text)
        if plain != "l'" and article.text not in {"Le", "La", "Les"}:
            continue
        whole = article.text[:1].upper() + doc[candidate.start - 1 : candidate.end].text[1:]
        taken = position > 0 and candidates[position - 1].end >= candidate.start
        if organisations().get(whole) == "media" and not taken:
            candidate.start -= 1
            candidate.label = "ORG"
    return candidates


def trim_after_hyphen(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
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
        kept.append(candidate)
    return kept


def sentence_parts(doc: Words, start: int, end: int) -> list[tuple[int, int]]:
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


_LINKS = frozenset({"de", "du", "des", "d'"})
_FIRST_LINKS = _LINKS | {"aux"}
_ARTICLES = frozenset({"la", "l'", "le", "les"})
_MOST_BETWEEN = 6
_KNOWN_WORDS = 3
_WINDOW = 14
_LEAST = 0.6
_POINTS = frozenset({"Nord", "Sud", "Est", "Ouest"})


def complete_chains(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Let an association or institution reach to the place that « de » joins to it."""
    heads = cue_words()["chain_heads"]
    completed: list[Candidate] = []
    for candidate in candidates:
        before = completed[-1] if completed else None
        if (
            before is not None
            and before.label == "ORG"
            and candidate.label in {"LOC", "ORG"}
            and doc[before.start].text[:1].isupper()
            and fold(doc[before.start].text) in heads
            and before.end - before.start + (candidate.start - before.end) > _KNOWN_WORDS - 1
            and _joins(doc, before.end, candidate.start)
        ):
            probability = max(_LEAST, min(before.probability, candidate.probability))
            completed[-1] = replace(before, end=candidate.end, probability=probability, changed_ends=True)
        else:
            completed.append(candidate)
    return completed


_PLURAL = ("s", "x")
_PLURAL_VERBS = ("ent", "ont")
_MOST_LISTED = 12


def complete_enumerations(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Let an association reach over all whom it gathers: « Fédération des retraités[, veuves et invalides] »."""
    for position, candidate in enumerate(candidates):
        start, end = candidate.start, candidate.end
        if (
            candidate.label == "ORG"
            and end + 1 < len(doc)
            and doc[end].text == ","
            and end - start > 1
            and doc[start].text[:1].isupper()
            and fold(doc[start].text) in cue_words()["chain_heads"]
            and doc[end - 1].text.islower()
            and any(token.text == "des" for token in doc[start:end])
        ):
            after = candidates[position + 1].start if position + 1 < len(candidates) else len(doc)
            reached = _listed_end(doc, end, after)
            if reached > end:
                candidate.end = reached
                candidate.probability = max(_LEAST, candidate.probability)
                candidate.changed_ends = True
    return candidates


def _listed_end(doc: Words, start: int, limit: int) -> int:
    """Return where a row of plurals without articles ends that « et » closes, or `start`."""
    closed = False
    place = start
    while place < min(limit, start + _MOST_LISTED):
        text = doc[place].text
        if text in {",", "et"}:
            if closed or not (place + 1 < limit and _is_listed(doc[place + 1].text)):
                break
            closed = text == "et"
        elif not _is_listed(text):
            break
        place += 1
    # « L'Association des chasseurs, veneurs et gardes étaient là »: they are not of it.
    many = place < len(doc) and doc[place].text.endswith(_PLURAL_VERBS)
    return place if closed and not many else start


def _is_listed(text: str) -> bool:
    return text.islower() and text.endswith(_PLURAL) and fold(text) not in cue_words()["function_words"]


def complete_aims(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Let an institution reach over what it is for: « Haut Conseil [à l'égalité] », « Délégation … [au numérique] »."""
    completed: list[Candidate] = []
    for candidate in candidates:
        if completed and candidate.start < completed[-1].end:
            continue
        span = doc[candidate.start : candidate.end]
        end = candidate.end
        if span[0].text[:1].isupper() and fold(span.text) in cue_words()["named_with_to"]:
            end = _aim_end(doc, candidate.end)
        if end == candidate.end:
            completed.append(candidate)
        else:
            probability = max(_LEAST, candidate.probability)
            completed.append(replace(candidate, end=end, label="ORG", probability=probability, changed_ends=True))
    return completed


def _aim_end(doc: Words, start: int) -> int:
    """Return where « à l'égalité », « au financement de la protection sociale » ends, or `start`.

    A noun after a link belongs to it, and an adjective by its ending; two nouns at most are joined by « et ».
    """
    links = word_set("entities.articled_links") | _TO | {"pour"}
    if start + 1 >= len(doc) or fold(doc[start].text) not in _TO | {"pour"} or doc[start + 1].text[:1].isupper():
        return start
    end, linked = start, True
    for place in range(start, min(len(doc), start + _WINDOW)):
        plain = fold(doc[place].text)
        if plain in links:
            linked = True
        elif plain.replace("-", "").isalpha() and (
            linked or (doc[place].text.islower() and plain.endswith(words("names_roles.adjectives.endings")))
        ):
            end, linked = place + 1, False
        else:
            break
    return end


def _joins(doc: Words, start: int, end: int) -> bool:
    """Return whether only « de », or « des/aux » and a few words in lower case and « de », stand between."""
    words = [fold(token.text) for token in doc[start:end]]
    if not words or len(words) > _MOST_BETWEEN or words[0] not in _FIRST_LINKS:
        return False
    while words and words[-1] in _ARTICLES:
        words.pop()
    if not words or words[-1] not in _LINKS:
        return False
    return all(
        token.text.islower() and (token.text.isalpha() or token.text == "d'")
        for token in doc[start:end]
        if token.text != "l'"
    )


def reach_known_names(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Let the parts of a long known organisation be one: « [Union pour la démocratie] et le progrès social »."""
    reached: list[Candidate] = []
    starts = [candidate.start for candidate in candidates]
    for candidate in candidates:
        if reached and candidate.start < reached[-1].end:
            continue
        end = known_end(doc, candidate.start) if candidate.label != "PER" else 0
        # No candidate overlaps another: only the last one that begins before the end may reach beyond it.
        if end > candidate.end and candidates[bisect_left(starts, end) - 1].end <= end:
            probability = max(_LEAST, candidate.probability)
            reached.append(replace(candidate, end=end, label="ORG", probability=probability, changed_ends=True))
        else:
            reached.append(candidate)
    return reached


def known_end(doc: Words, start: int) -> int:
    """Return where a known organisation of several words that begins at `start` ends, or 0."""
    if not doc[start].text[:1].isupper():
        return 0
    first, size, kind = next(known_inside(doc[start : start + _WINDOW]), (1, 0, ""))
    words = sum(token.text[:1].isalnum() for token in doc[start : start + size])
    return start + size if first == 0 and kind == "organisation" and words >= _KNOWN_WORDS else 0


def join_compass(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Make « Montréal-Nord » one place, and « l'axe Nord » none."""
    joined: list[Candidate] = []
    for candidate in candidates:
        text = doc[candidate.start : candidate.end].text
        if text in _POINTS and candidate.start:
            before, hyphen = joined[-1] if joined else None, doc[candidate.start - 1]
            touches = before is not None and before.end == hyphen.i and hyphen.text == "-" and not hyphen.whitespace_
            if before is not None and touches and before.label == candidate.label == "LOC":
                before.end = candidate.end
                continue
            if fold(hyphen.text) in cue_words()["before_points"]:
                continue
        joined.append(candidate)
    return joined


_LONGEST_HEAD = 7
_LONGEST_LINK = 2


def complete_organisations(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Let an organisation begin with its noun, and reach over the place or name that completes it."""
    heads = cue_words()
    completed: list[Candidate] = []
    for candidate in candidates:
        before = completed[-1] if completed else None
        linked = _link_start(doc, candidate.start)
        start = None
        if candidate.label == "LOC" and linked < candidate.start:
            start = _head_start(doc, linked, heads["whole_with_place"])
        if start is None and candidate.label in {"PER", "LOC"} and _opens_with_letter(doc, candidate):
            start = _head_start(doc, candidate.start, heads["whole_with_name"])
        if start is None:
            completed.append(candidate)
            continue
        if before is not None and before.end > start:
            if before.label != "ORG" or before.end not in {linked, candidate.start}:
                completed.append(candidate)
                continue
            start = min(start, before.start)
            completed.pop()
        completed.append(replace(candidate, start=start, label="ORG", changed_ends=True))
    return completed


def complete_streets(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Let the name of a street begin with « rue », « place » …, whoever the street is named after."""
    heads = cue_words()["street_heads"]
    completed: list[Candidate] = []
    for candidate in candidates:
        linked = _link_start(doc, candidate.start)
        start = None
        if candidate.label in {"PER", "LOC", "ORG"} and _opens_with_letter(doc, candidate):
            start = _head_start(doc, linked, heads)
        free = not completed or start is None or completed[-1].end <= start
        person_of_the_place = start is not None and linked < candidate.start and candidate.label == "PER"
        if start is None or not free or person_of_the_place:
            completed.append(candidate)
        else:
            completed.append(replace(candidate, start=start, label="LOC", changed_ends=True))
    return completed


def _opens_with_letter(doc: Words, candidate: Candidate) -> bool:
    return bool(doc[candidate.start].text[:1].isupper())


def _link_start(doc: Words, start: int) -> int:
    """Return where « de », « de la », « des » … before `start` begins, or `start`."""
    position = start
    while position > max(0, start - _LONGEST_LINK) and fold(doc[position - 1].text) in word_set(
        "entities.articled_links"
    ):
        position -= 1
    return position


def _head_start(doc: Words, end: int, heads: frozenset[str]) -> int | None:
    """Return where the longest of `heads` that ends right before `end` begins, or None."""
    found = None
    joined = ""
    for position in range(end - 1, max(-1, end - 1 - _LONGEST_HEAD), -1):
        token = doc[position]
        if "\n" in token.text or not (token.text[:1].isalpha()):
            break
        joined = token.text + (token.whitespace_ if joined else "") + joined
        if fold(joined) in heads:
            found = position
    return found
