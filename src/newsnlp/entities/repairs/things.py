"""Repairs of what is called like a person or a place: storms, ships, illnesses, scales."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.forms import BARE_OF, OPENING_QUOTES, is_acronym
from newsnlp.entities.knowledge.gazetteers import cue_words, plain_kind
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from newsnlp.entities.recognition.lines import Candidate, Words

_CLOSING = {"«": "»", '"': '"', "“": "”"}
_ARTICLES = frozenset({"l'", "le", "la", "du", "au"})
_SHIP_ARTICLES = frozenset({"l'", "le", "du"})
_JOINS = frozenset({",", "et"})
# Of a name in quotes, the most tokens; between a ship's noun and its name, the most words (« navire de guerre X »).
_LONGEST_QUOTED = 5
_KIND_WORDS = 3
# How sure it is of what is told so.
_TOLD = 0.7
# Viruses of influenza.
_STRAIN = re.compile(r"H\d{1,2}N\d{1,2}")


def label_things(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Make things of what « tempête », « navire humanitaire », « échelle de » stand before, and of its repeats."""
    candidates = _quoted_ships(doc, candidates)
    names: set[str] = set()
    people: set[str] = set()
    told: list[bool] = []
    for position, candidate in enumerate(candidates):
        text = doc[candidate.start : candidate.end].text
        thing = text[:1].isupper() and (
            _is_told(doc, candidate)
            or (candidate.label == "PER" and _is_storm(doc, candidate.end))
            or (position > 0 and told[-1] and _goes_on(doc, candidates[position - 1], candidate))
        )
        told.append(thing)
        if thing:
            candidate.label = "MISC"
            names.add(fold(text))
        elif candidate.label == "PER" and candidate.end - candidate.start > 1:
            people.add(fold(doc[candidate.end - 1].text))
    for candidate, thing in zip(candidates, told, strict=True):
        text = doc[candidate.start : candidate.end].text
        plain = fold(text)
        illness = plain in cue_words()["illnesses"] or _STRAIN.fullmatch(text) is not None
        kind = plain_kind(text)
        free = kind is None or (
            kind == "organisation" and candidate.label == "PER"
        )  # « opération Épervier … Épervier »
        repeated = plain in names and free and not _is_person_or_town(doc, candidate)
        if not thing and plain not in people and (illness or repeated):
            candidate.label = "MISC"
            candidate.probability = max(candidate.probability, _TOLD)
    return candidates


def _is_told(doc: Words, candidate: Candidate) -> bool:
    """Tell whether the words before say what is so called."""
    words = cue_words()
    position = candidate.start - 1
    if position >= 0 and doc[position].text in OPENING_QUOTES:
        if candidate.label == "PER" and _is_quoted_whole(doc, candidate) and _article_before(doc, position):
            return True  # « l'"Anna Kern" »: no person has an article
        position -= 1
    if position < 0:
        return False
    before = fold(doc[position].text)
    articled = _article_before(doc, candidate.start)
    ship = (articled and _is_ship(doc, candidate.end)) or _sails(doc, candidate)
    if ship or before in words["before_things"]:
        return True
    if before in BARE_OF or before == "sur":
        return _is_eponym(doc, candidate, before)
    for _ in range(_KIND_WORDS):
        if before not in words["thing_kinds"] and before not in words["inhabitants"]:
            return False
        position -= 1
        if position < 0:
            return False
        before = fold(doc[position].text)
        if before in words["before_things"]:
            return True
    return False


def _is_eponym(doc: Words, candidate: Candidate, before: str) -> bool:
    """Tell whether a scale, an illness or a theorem is called so: « 6,1 sur Richter », « la maladie de Lyme »."""
    words = cue_words()
    place = candidate.start - 2
    if place < 0:
        return False
    further = fold(doc[place].text)
    if before == "sur":
        return fold(doc[candidate.start].text) in words["scales"] and bool(doc[place].like_num)
    # « sur l'échelle de Beaufort », a town; « à l'échelle de Nancy » is of the town.
    scale = further == "échelle" and fold(doc[max(0, place - 2)].text) == "sur"
    unknown = plain_kind(doc[candidate.start : candidate.end].text) is None
    return scale or (unknown and further in words["before_eponyms"])


def _article_before(doc: Words, start: int) -> bool:
    """Tell whether a definite article stands before a quote or a name; that of « L'« X » » is two tokens."""
    if start > 1 and doc[start - 1].text == "'":
        return fold(doc[start - 2].text) == "l"
    return start > 0 and fold(doc[start - 1].text) in _ARTICLES


def _is_quoted_whole(doc: Words, candidate: Candidate) -> bool:
    return candidate.end < len(doc) and doc[candidate.end].text == _CLOSING.get(doc[candidate.start - 1].text)


def _goes_on(doc: Words, before: Candidate, candidate: Candidate) -> bool:
    """Tell whether a name goes on a row that a plural noun opened: « les tempêtes Eunice et Franklin »."""
    between = doc[before.end : candidate.start]
    plural: bool = before.start > 0 and doc[before.start - 1].text.endswith("s")
    return plural and len(between) == 1 and between[0].text in _JOINS


def _is_person_or_town(doc: Words, candidate: Candidate) -> bool:
    """Tell whether what stands before a repeated name makes it another's: « à Irma », « Mme Irma »."""
    before = fold(doc[candidate.start - 1].text) if candidate.start else ""
    return before in cue_words()["before_people"] or before in {"à", "en"}


def _quoted_ships(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Make one thing of a name in quotes that is said to be a ship: « Vent-Debout » : le bateau …."""
    spans: dict[int, int] = {}
    texts = [token.text for token in doc]
    for opening, text in enumerate(texts):
        if text not in _CLOSING or not "".join(texts[opening + 1 : opening + 2])[:1].isupper():
            continue
        inside = range(opening + 2, min(len(texts), opening + 2 + _LONGEST_QUOTED))
        end = next((place for place in inside if texts[place] == _CLOSING[text]), None)
        if end is not None and _is_ship(doc, end + 1):
            spans.update(dict.fromkeys(range(opening + 1, end), opening + 1) | {opening: end})
    kept: list[Candidate] = []
    for candidate in candidates if spans else ():
        start = spans.get(candidate.start)
        if start is None:
            kept.append(candidate)
        elif not kept or kept[-1].start != start:
            end = spans[start - 1]
            kept.append(replace(candidate, start=start, end=end, label="MISC", probability=_TOLD, changed_ends=True))
    return kept if spans else candidates


def _is_storm(doc: Words, start: int) -> bool:
    """Tell whether « , ouragan de catégorie 4 », « , la tempête de 2009 » stands here."""
    after = [fold(token.text) for token in doc[start : start + 3]]
    return after[:1] == [","] and not cue_words()["storms"].isdisjoint(
        after[2:] if after[1:2] and after[1] in _ARTICLES | {"un", "une"} else after[1:2]
    )


def _sails(doc: Words, candidate: Candidate) -> bool:
    """Tell whether a name with the article of a ship is boarded or sails: « à bord de l'X », « le X a accosté »."""
    if not candidate.start or doc[candidate.start - 1].text.casefold() not in _SHIP_ARTICLES:
        return False
    text = doc[candidate.start : candidate.end].text
    if is_acronym(text) or plain_kind(text) is not None:
        return False
    before = [fold(token.text) for token in doc[max(0, candidate.start - 4) : candidate.start]]
    if any(pair == ("à", "bord") for pair in pairwise(before)):
        return True
    after = {fold(token.text) for token in doc[candidate.end : candidate.end + 4]}
    return candidate.label in {"PER", "ORG"} and not after.isdisjoint(cue_words()["sailing"])


def _is_ship(doc: Words, start: int) -> bool:
    """Tell whether « , le navire » or « : navire » stands here."""
    if start >= len(doc) or doc[start].text not in {",", ":"}:
        return False
    words = [fold(token.text) for token in doc[start + 1 : start + 3]]
    return not cue_words()["ships"].isdisjoint(words[:1] if words and words[0] in cue_words()["ships"] else words[1:])
