"""Repairs of places: departments without hyphens, two towns that a dash joins, towns that open a line, communes."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.forms import BARE_OF, is_acronym
from newsnlp.entities.knowledge.gazetteers import cue_words, first_names, known_places, plain_kind
from newsnlp.entities.knowledge.places import meanings_of
from newsnlp.entities.recognition.lines import Candidate, free_tokens
from newsnlp.entities.repairs.openings import is_common_word
from newsnlp.gazetteer import candidates as places_called
from newsnlp.gazetteer import distance_km
from newsnlp.lexicons import word_set
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from newsnlp.entities.recognition.lines import Words
    from newsnlp.gazetteer import Place

_PARTS = re.compile(r"[-' ]+")
_BEFORE_REGIONS = frozenset({"en", "d", "de", "l", "la", "le"})
_DASHES = frozenset({"-", "–", "—"})
_TOLD = 0.8
# From this on the network is sure that a commune's name is a person's or an organisation's.
_SURE = 0.9


@functools.cache
def _hyphened() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the departments and regions of several words, in parts, by their first and by their last part."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for surface, kind in known_places().items():
        parts = tuple(_PARTS.split(fold(surface)))
        if kind == "region" and "-" in surface and len(parts) > 1:
            for end in {parts[0], parts[-1]}:
                found.setdefault(end, []).append(parts)
    return {end: tuple(sorted(names, key=len, reverse=True)) for end, names in found.items()}


def join_departments(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Make one place of a department or region without its hyphens: « Meurthe et Moselle », « Nord-Pas de Calais »."""
    joined: list[Candidate] = []
    for candidate in candidates:
        if joined and candidate.start < joined[-1].end:
            continue
        start, end = _region(doc, candidate) or (candidate.start, candidate.start)
        if start < end and not (joined and joined[-1].start < start < joined[-1].end):
            while joined and joined[-1].start >= start:
                joined.pop()
            probability = max(_TOLD, candidate.probability)
            candidate = replace(candidate, start=start, end=end, label="LOC", probability=probability)  # noqa: PLW2901
        joined.append(candidate)
    return _with_missed(doc, joined)


def _with_missed(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Add the departments and regions of which no part was found: « les Bouches du Rhône brûlent »."""
    found: list[Candidate] = []
    free = free_tokens(doc, candidates)
    for start, word in enumerate(doc):
        if not word.text[0].isupper() or not free[start]:
            continue
        first = fold(word.text).partition("-")[0]
        for name in _hyphened().get(first, ()):
            end = _reach(doc, start, name, 1) if name[0] == first else None
            # « Loire et Cher en crue » are rivers, « en Loir et Cher » is none.
            told = "et" not in name or (start > 0 and fold(doc[start - 1].text).rstrip("'") in _BEFORE_REGIONS)
            if end is not None and end > start and told and all(free[start : end + 1]) and not _is_between(doc, start):
                found.append(Candidate(start, end + 1, "LOC", _TOLD))
                break
    return sorted([*candidates, *found], key=lambda candidate: candidate.start) if found else candidates


def _region(doc: Words, candidate: Candidate) -> tuple[int, int] | None:
    """Return the span of the department or region without hyphens that a candidate opens or ends."""
    first = fold(doc[candidate.start].text).partition("-")[0]
    last = fold(doc[candidate.end - 1].text).rpartition("-")[2]
    for name in _hyphened().get(last, ()) if candidate.label != "MISC" else ():
        start = _reach(doc, candidate.end - 1, name[::-1], -1) if name[-1] == last else None
        if start is not None and start <= candidate.start and not _is_between(doc, start):
            return start, candidate.end
    for name in _hyphened().get(first, ()) if candidate.label == "LOC" else ():
        end = _reach(doc, candidate.start, name, 1) if name[0] == first else None
        if end is not None and end >= candidate.end - 1 and not _is_between(doc, candidate.start):
            return candidate.start, end + 1
    return None


def _is_between(doc: Words, start: int) -> bool:
    """Tell whether « entre » stands before: « entre Seine et Marne » are two rivers."""
    return start > 0 and fold(doc[start - 1].text) == "entre"


def _reach(doc: Words, place: int, parts: tuple[str, ...], step: int) -> int | None:
    """Return the token at which the parts of a name, read from `place` on, are all met; None where they are not."""
    at = 0
    while 0 <= place < len(doc):
        text = doc[place].text
        own = [part for part in _PARTS.split(fold(text)) if part][::step]
        if text != "-" and (not own or tuple(own) != parts[at : at + len(own)] or not (text[0].isupper() or at)):
            return None
        at += len(own)
        if at == len(parts):
            return place if doc[place].text[0].isupper() else None
        place += step
    return None


def part_pairs(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Part two towns that a dash between blanks joins, « Metz - Thionville », and the ends of an « axe Toul-Dijon »."""
    parted = []
    for candidate in candidates:
        middle = _middle(doc, candidate) if candidate.end - candidate.start > 2 else None  # noqa: PLR2004
        if middle is None:
            parted.append(candidate)
        else:
            ends = ((candidate.start, middle), (middle + 1, candidate.end))
            parted += [replace(candidate, start=start, end=end, label="LOC") for start, end in ends]
    return parted


def _middle(doc: Words, candidate: Candidate) -> int | None:
    dashes = [place for place in range(candidate.start + 1, candidate.end - 1) if doc[place].text in _DASHES]
    if len(dashes) != 1 or candidate.label == "PER":
        return None
    middle = dashes[0]
    spaced = bool(doc[middle - 1].whitespace_) and bool(doc[middle].whitespace_)
    before = fold(doc[candidate.start - 1].text) if candidate.start else ""
    if not spaced and before not in cue_words()["before_pairs"]:
        return None
    kinds = (plain_kind(doc[candidate.start : middle].text), plain_kind(doc[middle + 1 : candidate.end].text))
    return middle if all(kind == "city" or (kind is not None and spaced) for kind in kinds) else None


# What ends the town that opens a line: « VITTEL – Loto », « THAON. – Les pompiers », « GOLBEY (Vosges) ».
_ENDING = _DASHES | {".", ":", "|", "/", ",", "("}
_SHORTEST_TOWN, _MOST_TOWN_WORDS = 4, 6
_SHAPE = re.compile(
    r"SAINTE?-[^\W\d_]{2}.*|[^\W\d_-]{2,}(?:-[^\W\d_]+)*-(?:LES?|LA|LÈS|LEZ|SUR|SOUS|AUX)-[^\W\d_]{2}.*"
)


def add_opening_towns(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Make a place of the town in capitals that opens a line: « ESCHBACH-LE-BAS – Loto des pompiers »."""
    towns: dict[int, int] = {}
    for start in (0, *(place + 1 for place, text, _, _ in doc if "\n" in text)):
        text = doc[start].text if start < len(doc) else ""
        end = _town_end(doc, start) if len(text) > 1 and text.isupper() else None
        if end is not None:
            towns[start] = end
    if not towns:
        return candidates
    kept = []
    for candidate in candidates:
        town = next((start for start, end in towns.items() if candidate.start < end and start < candidate.end), None)
        own = town == candidate.start and towns[town] == candidate.end
        if town is None or (own and candidate.label == "PER" and candidate.probability >= _SURE):
            kept.append(candidate)  # « SAINT NICOLAS : les temps forts du défilé »
        elif own:
            kept.append(replace(candidate, label="LOC", probability=max(_TOLD, candidate.probability)))
        if own:
            towns.pop(candidate.start, None)
    kept += [Candidate(start, end, "LOC", _TOLD) for start, end in towns.items()]
    return sorted(kept, key=lambda candidate: candidate.start)


def _town_end(doc: Words, start: int) -> int | None:
    """Return where the name of a town in capitals ends that opens a line here, or None."""
    end = start
    while end < min(len(doc), start + _MOST_TOWN_WORDS) and doc[end].text.isupper():
        end += 1
    if end == len(doc) or not (doc[end].text in _ENDING or "\n" in doc[end].text):
        return None
    if end + 1 == len(doc) and doc[end].text in _ENDING:
        return None
    name = doc[start:end].text
    plain = fold(name)
    # « SPORT – », « MARTINE : », « ASSE – »
    no_town = len(name) < _SHORTEST_TOWN or is_common_word(plain) or plain in first_names()
    return end if not no_town and plain_kind(name) != "organisation" and _is_town(name) else None


def _is_town(name: str) -> bool:
    known = any(place.kind in {"city", "place"} for place in meanings_of(name))
    return known or _SHAPE.fullmatch(name) is not None or any(_is_near_us(place) for place in places_called(name))


_FRENCH_PRESS = frozenset({"FR", "BE", "CH", "LU"})


def _is_near_us(place: Place) -> bool:
    return place.kind == "city" and not place.alias and place.country in _FRENCH_PRESS


# Communes of one article are neighbours; of a commune somewhere in France, one in 250 lies so near to a given one.
_NEAR_KM = 30


def label_communes(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Make places of communes taken for people or bodies: near another place of the article, or « maire d'Ubexy »."""
    doubtful = [c for c in candidates if _may_be_commune(doc, c)]
    if not doubtful:
        return candidates
    surnames = {doc[c.end - 1].text for c in candidates if c.label == "PER" and c.end - c.start > 1}
    anchors: list[tuple[str, Place]] | None = None
    for candidate in doubtful:
        name = doc[candidate.start : candidate.end].text
        if name in surnames:
            continue
        here = [place for place in places_called(name) if _is_french_town(place, name)]
        if not here:
            continue
        if not _is_governed(doc, candidate.start):
            if anchors is None:
                anchors = _anchors(doc, candidates, doubtful)
            if not any(_are_near(one, other) for one in here for text, other in anchors if text != name):
                continue
        candidate.label = "LOC"
        candidate.probability = max(candidate.probability, _TOLD)
    return candidates


def _may_be_commune(doc: Words, candidate: Candidate) -> bool:
    if candidate.label not in {"PER", "ORG"} or candidate.probability >= _SURE or candidate.end - candidate.start > 1:
        return False
    text = doc[candidate.start].text
    plain = fold(text)
    before = fold(doc[candidate.start - 1].text) if candidate.start else ""
    return (
        text[:1].isupper()
        and not is_acronym(text)
        and plain not in first_names()
        and plain_kind(text) is None
        and (
            before in BARE_OF or before not in word_set("entities.order_articles")
        )  # « l'Opéra », though a place is called so
        and before not in cue_words()["before_people"]
        and before not in cue_words()["before_organisations"]
        and not is_common_word(plain)
    )


def _is_governed(doc: Words, start: int) -> bool:
    """Tell whether « maire de », « commune de » stands before."""
    if start < 2 or fold(doc[start - 1].text) not in BARE_OF:  # noqa: PLR2004
        return False
    before = fold(doc[start - 2].text)
    return before in cue_words()["before_places_of"] or before in cue_words()["before_communes_of"]


def _anchors(doc: Words, candidates: list[Candidate], doubtful: list[Candidate]) -> list[tuple[str, Place]]:
    """Return the likeliest French town of each place of the article, and of each name that may be one."""
    names = {doc[c.start : c.end].text for c in candidates if c.label == "LOC"}
    names |= {doc[c.start].text for c in doubtful}
    found = ((name, next(iter(places_called(name)), None)) for name in sorted(names))
    return [(name, place) for name, place in found if place is not None and _is_french_town(place, name)]


def _is_french_town(place: Place, name: str) -> bool:
    # « Opéra » is also a quarter of Paris, whose own name is longer.
    return place.kind == "city" and place.country == "FR" and fold(place.name) == fold(name)


def _are_near(one: Place, other: Place) -> bool:
    return distance_km((one.latitude, one.longitude), (other.latitude, other.longitude)) < _NEAR_KM
