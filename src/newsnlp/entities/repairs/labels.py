"""Repairs by the words around a name: roads, players, speakers; « Mme X », « née X », « X (12e) »."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.forms import OPENING_QUOTES
from newsnlp.entities.knowledge.gazetteers import cue_words, first_names, plain_kind
from newsnlp.entities.recognition.lines import Candidate, free_tokens
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from newsnlp.entities.recognition.lines import Words


_ROAD = re.compile(r"(?:RN|RD|RD[A-Z]|[AND])-?\d{1,4}")
_ROAD_LETTERS = frozenset({"RN", "RD", "A", "N", "D"})
_ROAD_NOUNS = frozenset({"nationale", "départementale", "route", "autoroute"})
_ROAD_INITIALS = frozenset("RNADnard")
_BEFORE_ROADS = frozenset({"la", "l'", "une"})
_NUMBER = re.compile(r"\d{1,4}")
_ADDED = 0.7
_SURE = 0.9
_AGE = re.compile(r", \d{1,3} ans\b")
_LIST_SIGNS = frozenset({",", "et", "-", "–", ";"})


def add_roads(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Make places of roads: « sur la RN4 », « la D 913 », « la nationale 4 »."""
    roads = _roads(doc)
    if not roads:
        return candidates
    covered = {token for start, end in roads for token in range(start, end)}
    kept = [c for c in candidates if not covered.intersection(range(c.start, c.end))]
    lines = {c.start: c.line for c in candidates}
    added = [Candidate(s, e, "LOC", _ADDED, lines.get(s)) for s, e in roads]
    by_start = {(c.start, c.end): c for c in candidates if c.label == "LOC"}
    return sorted([*kept, *(by_start.get((c.start, c.end), c) for c in added)], key=lambda c: c.start)


def _roads(doc: Words) -> list[tuple[int, int]]:
    found = []
    words = [token.text for token in doc]
    for position, text in enumerate(words):
        if text[:1] not in _ROAD_INITIALS or not position or fold(words[position - 1]) not in _BEFORE_ROADS:
            continue
        if _ROAD.fullmatch(text):
            found.append((position, position + 1))
        elif text in _ROAD_LETTERS or text in _ROAD_NOUNS:
            following = words[position + 1] if position + 1 < len(words) else ""
            if _NUMBER.fullmatch(following):
                found.append((position, position + 2))
    return found


def label_by_sentence(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Label a single word that is no known place after what the sentence does with it."""
    for position, candidate in enumerate(candidates):
        if candidate.label == "MISC" or candidate.probability >= _SURE:
            continue
        label = (
            _firm(doc, candidate)
            or _hall(doc, candidate)
            or _player_or_speaker(doc, candidates, position)
            or candidate.label
        )
        if label != candidate.label:
            candidate.label = label
            candidate.probability = max(candidate.probability, 0.5)
            candidate.relabelled = True
    return candidates


def _firm(doc: Words, candidate: Candidate) -> str | None:
    """Return ORG for who « supprime 130 emplois », and for a school taken for a place: « collège Paul-Verlaine »."""
    several = candidate.end - candidate.start > 1
    if candidate.label == "PER":
        after = doc[candidate.end : candidate.end + 2]
        hires = len(after) == 2 and fold(after[0].text) in cue_words()["employing_verbs"] and after[1].like_num  # noqa: PLR2004
        given = fold(doc[candidate.start].text) in first_names()
        return "ORG" if several and hires and not given else None
    school = fold(doc[candidate.start].text) in cue_words()["whole_with_name"]
    return "ORG" if candidate.label == "LOC" and several and school else None


def _hall(doc: Words, candidate: Candidate) -> str | None:
    """Return LOC after « gymnase », « glacier du » … and for « à Ernest-Wallon »."""
    if candidate.label == "LOC" or candidate.start == 0:
        return None
    words = cue_words()
    before = fold(doc[candidate.start - 1].text)
    further = fold(doc[candidate.start - 2].text) if candidate.start > 1 else ""
    if before in words["before_halls"] or (before in {"du", "de", "d'"} and further in words["natural_heads"]):
        return "LOC"
    text = doc[candidate.start : candidate.end].text
    given, _, rest = text.partition("-")
    hyphenated = bool(rest) and " " not in text and rest[:1].isupper()
    if before == "à" and candidate.label == "PER" and hyphenated and fold(given) in first_names():
        return "LOC" if fold(rest) not in first_names() and fold(text) not in first_names() else None
    return None


def _player_or_speaker(doc: Words, candidates: list[Candidate], position: int) -> str | None:
    candidate = candidates[position]
    span = doc[candidate.start : candidate.end]
    if candidate.label == "PER":
        return _team(doc, candidates, position)
    if len(span) != 1 or span.text.isupper() or plain_kind(span.text) is not None:
        return _team(doc, candidates, position)
    words = cue_words()
    before = fold(doc[candidate.start - 1].text) if candidate.start else ""
    further = fold(doc[candidate.start - 2].text) if candidate.start > 1 else ""
    action = (before in {"de", "d'"} and further in words["player_actions"]) or (
        before in {"par", "à"} and further in words["player_changes"]
    )
    speaker = candidate.label == "LOC" and before in words["inverted_speech"]
    aged = not span[-1].whitespace_ and _AGE.match(doc[candidate.end : candidate.end + _REACH].text) is not None
    aged = aged and (before not in {"à", "de", "d'", "en"} or fold(span.text) in first_names())
    if action or speaker or aged or (candidate.label == "LOC" and _listed(doc, candidates, position)):
        return "PER"
    return _team(doc, candidates, position)


def _listed(doc: Words, candidates: list[Candidate], position: int) -> bool:
    """Return whether the word stands in an enumeration of people: « Diallo et Perrin à Thaon »."""
    here = candidates[position]
    for other in candidates[max(0, position - 1) : position] + candidates[position + 1 : position + 2]:
        first, second = (here, other) if here.start < other.start else (other, here)
        between = doc[first.end : second.start]
        surname = other.label == "PER" and other.end - other.start == 1
        if surname and len(between) == 1 and between[0].text in _LIST_SIGNS:
            return True
    return False


def _team(doc: Words, candidates: list[Candidate], position: int) -> str | None:
    """Return ORG for a word in brackets after a person: « Julian Alaphilippe (Tudor) »."""
    candidate = candidates[position]
    before = candidates[position - 1] if position else None
    bracketed = (
        candidate.label in {"PER", "LOC"}
        and before is not None
        and before.label == "PER"
        and candidate.start == before.end + 1
        and candidate.end < len(doc)
        and doc[before.end].text == "("
        and doc[candidate.end].text == ")"
    )
    text = doc[candidate.start : candidate.end].text
    team = bracketed and " " not in text and plain_kind(text) is None and fold(text) not in first_names()
    return "ORG" if team else None


# What stands in brackets after a player: 3/5, 12e, 45', 33 ans, 6 buts.
_SCORE = re.compile(r"\d+\s?(?:/\s?\d+|e\b|'|ème|ans\b|buts?\b|arrêts?\b|pts\b|points\b)")
_REACH = 4
_ADDED_ORG = 0.6
_MOST_ADDED = 4
# « 68,65 $US », « 20 $ CA »
_AFTER_DOLLAR = frozenset({"US", "CA", "AU", "NZ", "HK"})
_FAMILY_WORDS = frozenset({"les", "des", "aux"})


def label_by_neighbours(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Label names after what stands beside them."""
    words = cue_words()
    for candidate in candidates:
        before = _word_before(doc, candidate.start)
        label = candidate.label
        if before in words["before_people"]:
            label = "PER"
        elif label != "MISC" and _names_organisation(doc, candidate, before):
            label = "ORG"
            candidate.probability = max(candidate.probability, _ADDED_ORG)
        elif label in {"LOC", "ORG"} and (_has_score(doc, candidate) or _is_family(doc, candidate, before)):
            label = "PER"
        candidate.label = label
    return candidates


def _word_before(doc: Words, start: int) -> str:
    position = start - 1
    if position >= 0 and doc[position].text in OPENING_QUOTES:
        position -= 1
    return fold(doc[position].text) if position >= 0 else ""


def _names_organisation(doc: Words, candidate: Candidate, before: str) -> bool:
    """Return whether the noun before calls for an organisation: « la start-up (toulousaine) X »."""
    words = cue_words()
    if before in words["inhabitants"] and candidate.start > 1:
        before = fold(doc[candidate.start - 2].text)
    if before not in words["before_organisations"] or not doc[candidate.start].text[:1].isupper():
        return False
    kind = plain_kind(doc[candidate.start : candidate.end].text)
    full_name = candidate.label == "PER" and " " in doc[candidate.start : candidate.end].text
    full_name = full_name and before not in words["firm_heads"]
    return kind in {None, "organisation"} and not full_name


def _has_score(doc: Words, candidate: Candidate) -> bool:
    """Return whether a score or an age in brackets follows a name that is no known place."""
    if candidate.end >= len(doc) or doc[candidate.end].text != "(" or candidate.probability >= _SURE:
        return False
    after = doc[candidate.end + 1 : candidate.end + 1 + _REACH].text
    return _SCORE.match(after) is not None and plain_kind(doc[candidate.start : candidate.end].text) is None


def _is_family(doc: Words, candidate: Candidate, before: str) -> bool:
    """Return whether a plural article stands before a singular name: « les Alvarez », « chez les Le Guen »."""
    if before not in _FAMILY_WORDS or candidate.probability >= _SURE:
        return False
    span = doc[candidate.start : candidate.end]
    last = span[-1].text
    singular = not last.endswith(("s", "x")) and not last.isupper() and last[:1].isupper()
    return singular and len(span) <= 2 and plain_kind(span.text) is None  # noqa: PLR2004


def add_after_heads(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Add the capitalised words right after « l'ONG », « la scierie » … where the network saw no name."""
    heads = cue_words()["before_organisations"]
    free = free_tokens(doc, candidates)
    added = []
    words = [token.text for token in doc]
    for place, (text, following) in enumerate(pairwise(words)):
        # The rarer sign first: most words stand before small letters.
        if not following[:1].isupper() and following not in OPENING_QUOTES:
            continue
        if (not text[:1].islower() and text != "ONG") or fold(text) not in heads:
            continue
        start = end = place + (2 if following in OPENING_QUOTES else 1)
        while end < len(words) and end < start + _MOST_ADDED and free[end] and words[end][:1].isupper():
            end += 1
        if end > start and len(doc[start:end].text) > 2 and (end == len(doc) or free[end]):  # noqa: PLR2004
            added.append(Candidate(start, end, "ORG", _ADDED_ORG))
    return sorted([*candidates, *added], key=lambda c: c.start) if added else candidates


def follows_dollar(doc: Words, start: int) -> bool:
    """Tell whether the word tells which dollar the sign before it means: « 68,65 $US »."""
    return start > 0 and bool(doc[start - 1].text.endswith("$") and doc[start].text in _AFTER_DOLLAR)


def drop_common_words(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Drop acronyms and capitalised phrases that name nobody: CDD, TVA, « les APL », « Premier ministre »."""
    words = cue_words()
    benefits: list[bool] = []

    def tells_of_benefits() -> bool:
        if not benefits:
            benefits.append(any(token.text in words["benefit_words"] for token in doc))
        return benefits[0]

    def names_nobody(candidate: Candidate) -> bool:
        text: str = doc[candidate.start : candidate.end].text
        if follows_dollar(doc, candidate.start):
            return True
        if candidate.end < len(doc) and text == "RT" and doc[candidate.end].text.startswith("@"):
            return True
        plain = fold(text)
        if plain in words["common_phrases"]:
            return True
        if not text.isupper() or plain in words["common_acronyms"]:
            return text.isupper()
        plural = _word_before(doc, candidate.start) in _FAMILY_WORDS
        return plain in words["plural_acronyms"] and (plural or tells_of_benefits())

    return [candidate for candidate in candidates if not names_nobody(candidate)]
