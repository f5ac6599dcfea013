"""Repairs by known names: what the lexicons are sure of and the network is not."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.forms import BARE_OF
from newsnlp.entities.knowledge.gazetteers import bare_papers, cue_words, former_states, organisations, plain_kind
from newsnlp.entities.recognition.lines import Candidate, free_tokens
from newsnlp.entities.repairs.edges import is_portfolio, known_inside, sentence_parts
from newsnlp.entities.repairs.labels import follows_dollar
from newsnlp.entities.repairs.openings import is_common_opening
from newsnlp.lexicons import word_set
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from newsnlp.entities.recognition.lines import Words

# Below this the network is not sure, and a known name decides. Measured on held-out train and sentences, 2026-11.
_UNSURE = 0.55
_LABELS = {"country": "LOC", "city": "LOC", "region": "LOC", "seat": "ORG", "organisation": "ORG"}
_ADDED = 0.5
# A preposition after a whole name begins something else; « de » and « pour » may go on with it.
_MINISTRIES = frozenset({"ministère", "ministères", "secrétariat"})


def correct_known_labels(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Give a known place or organisation its label where the network is unsure of its own, a former state always."""
    for candidate in candidates:
        span = doc[candidate.start : candidate.end]
        if fold(span.text) in former_states() and candidate.label in {"ORG", "PER"}:
            candidate.label = "LOC"
            continue
        if candidate.probability >= _UNSURE:
            continue
        kind = plain_kind(span.text)
        if kind is not None and _LABELS[kind] != candidate.label:
            candidate.label = _LABELS[kind]
            candidate.relabelled = True
    return candidates


def part_known_organisations(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Part two known organisations that « de » joins (« commission X de la chambre Y »), unless the whole is known."""
    parted = []
    for candidate in candidates:
        parted += _parts(doc, candidate) if candidate.label == "ORG" else [candidate]
    return parted


def _parts(doc: Words, candidate: Candidate) -> list[Candidate]:
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


def trim_origin(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
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


def trim_after_known(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
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


def add_known_names(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Add known countries, and organisations of several words (« 20 Minutes »), that the network overlooked.

    Towns and acronyms have too many homonyms: adding them lowered F1 when measured.
    """
    areas = cue_words()["areas"]
    free = free_tokens(doc, candidates)
    added = []
    for start, end, kind in known_inside(doc):
        if not all(free[start:end]) or len(sentence_parts(doc, start, end)) > 1 or _is_no_name(doc, start):
            continue
        several = sum(token.text[:1].isalnum() for token in doc[start:end]) > 1
        area = kind == "region" and fold(doc[start:end].text) in areas
        if kind == "country" or area or (kind == "organisation" and several):
            added.append(Candidate(start, end, _LABELS[kind], _ADDED))
    return sorted([*candidates, *added], key=lambda c: c.start) if added else candidates


def _is_no_name(doc: Words, start: int) -> bool:
    return is_common_opening(doc, start) or follows_dollar(doc, start)


_LONGEST_TITLE = 7
_TOLD = 0.8
# How far before « au Parisien » what is told it may stand.
_TOLD_REACH = 6


def add_papers(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Make organisations of papers whose article has melted away: « confié au Parisien », « selon la Croix »."""
    articles = (word_set("entities.articled_links") | {"au"}) - BARE_OF
    papers: list[tuple[int, int]] = []
    end = 0
    texts = [token.text for token in doc]
    for place, (text, title) in enumerate(pairwise(texts)):
        start = place + 1
        if start < end or text not in articles or not bare_papers().opens(title):
            continue
        row = doc[start : start + _LONGEST_TITLE]
        first, size, _ = next(
            bare_papers().matches([t.text for t in row], [bool(t.whitespace_) for t in row]), (1, 0, "")
        )
        goes_on = bool(papers) and papers[-1][1] == place - 1 and texts[place - 1] in {"et", ","}
        if first == 0 and size and (size > 1 or goes_on or _is_paper(doc, place)):
            end = start + size
            papers.append((start, end))
    if not papers:
        return candidates
    begins = dict(papers)
    inside = {place: start for start, end in papers for place in range(start, end)}
    taken: set[int] = set()
    kept = []
    for candidate in candidates:
        paper = inside.get(candidate.start)
        if paper is None or candidate.end > begins[paper]:
            kept.append(candidate)  # « Parisien libéré » that the network found whole
            taken.update(inside[place] for place in range(candidate.start, candidate.end) if place in inside)
        elif paper not in taken and (candidate.start, candidate.end) == (paper, begins[paper]):
            candidate.label, candidate.probability = "ORG", max(candidate.probability, _TOLD)
            kept.append(candidate)
            taken.add(paper)
    added = [Candidate(start, end, "ORG", _TOLD) for start, end in papers if start not in taken]
    return sorted([*kept, *added], key=lambda candidate: candidate.start)


def _is_paper(doc: Words, article: int) -> bool:
    """Tell whether the words around a title of one word make it a paper's, not « Coupe du Monde », « le Parisien »."""
    words = cue_words()
    title = fold(doc[article + 1].text)
    if article + 2 < len(doc) and doc[article + 2].text[:1].isupper() and doc[article + 1].whitespace_:
        return False
    before = [fold(token.text) for token in doc[max(0, article - _TOLD_REACH) : article]]
    if doc[article].text == "au":
        doubtful = title in words["inhabitants"] or title in words["press_places"]
        return not doubtful or not words["told_papers"].isdisjoint(before) or not words["press"].isdisjoint(before)
    if before and before[-1] in BARE_OF:
        before.pop()
    last = before[-1] if before else ""
    if last == "par":
        return not words["press_participles"].isdisjoint(before[-2:-1])
    return last in words["press"]


_CITY = "city"


def label_known_persons(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Label who is known by surname, and whoever « le clan de » names; a known place after « attaque de » stays one."""
    words = cue_words()
    for candidate in candidates:
        text = doc[candidate.start : candidate.end].text
        if candidate.label == "MISC" or not text[:1].isupper():
            continue
        before = fold(doc[candidate.start - 1].text) if candidate.start else ""
        further = fold(doc[candidate.start - 2].text) if candidate.start > 1 else ""
        kind = plain_kind(text)
        of = before in BARE_OF
        label = candidate.label
        if label != "ORG" and fold(text) in word_set("names_rules.portfolios") and is_portfolio(doc, candidate.start):
            label = "ORG"
        elif label == "PER" and kind == _CITY and of and further in words["before_places_of"]:
            label = "LOC"
        elif label in {"LOC", "ORG"} and kind is None and not text.isupper():
            known = fold(text) in words["known_persons"]
            label = "PER" if known or (label == "LOC" and of and further in words["before_persons_of"]) else label
        if label != candidate.label:
            candidate.label = label
            candidate.probability = max(candidate.probability, _TOLD)
            candidate.relabelled = True
    return candidates


_SHORTEST_OFFICE = 2
_OFFICE_REACH = 8
_FEWEST, _MOST_NAME_WORDS = 2, 3
_DETERMINERS = frozenset({"le", "la", "l'", "son", "sa", "un"})


def label_office_holders(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Make a person of who stands between commas after an office: « le ministre de la Santé, Adaeze Okonjo, »."""
    for candidate in candidates:
        span = doc[candidate.start : candidate.end]
        several = _FEWEST <= len(span) <= _MOST_NAME_WORDS and all(
            token.text[:1].isupper() and not token.text.isupper() and token.text.isalpha() for token in span
        )
        if (
            several
            and candidate.start > _SHORTEST_OFFICE
            and doc[candidate.start - 1].text == ","
            and candidate.end < len(doc)
            and doc[candidate.end].text in {",", ".", "»"}
            and fold(span[0].text) not in cue_words()["organisation_heads"]
            and plain_kind(span.text) is None
            and _follows_office(doc, candidate.start - 1)
        ):
            candidate.relabelled |= candidate.label != "PER"
            candidate.label = "PER"
            candidate.probability = max(candidate.probability, _TOLD)
    return candidates


def _follows_office(doc: Words, comma: int) -> bool:
    """Tell whether an office with its article stands between the mark before a comma and the comma."""
    for place in range(comma - 1, max(0, comma - _OFFICE_REACH), -1):
        text = doc[place].text
        if not text[:1].isalnum():
            return False
        if fold(text) in cue_words()["offices"] and fold(doc[place - 1].text) in _DETERMINERS:
            return True
    return False


_MATCH_REACH = 15
_NO_CLUB = frozenset({"à", "en", "m.", "mme"})


def label_clubs(doc: Words, candidates: list[Candidate]) -> list[Candidate]:
    """Make clubs of known clubs' names in the telling of a match, and of what is left of one: « City recevra … »."""
    clubs = {
        fold(doc[c.end - 1].text)
        for c in candidates
        if c.end - c.start > 1 and organisations().get(doc[c.start : c.end].text) == "club"
    }
    tails = clubs & word_set("names_rules.club_tails")
    for candidate in candidates:
        text = doc[candidate.start : candidate.end].text
        plain = fold(text)
        before = fold(doc[candidate.start - 1].text) if candidate.start else ""
        if before == "à" and candidate.start > 1 and fold(doc[candidate.start - 2].text) == "face":
            before = "contre"
        known = organisations().get(text) == "club" or plain in cue_words()["club_towns"]
        if candidate.label == "ORG" or not (known or plain in tails) or before in _NO_CLUB:
            continue
        if known and plain not in tails and (before in BARE_OF or not _tells_match(doc, candidate.start)):
            continue
        candidate.label = "ORG"
        candidate.probability = max(candidate.probability, _TOLD)
        candidate.relabelled = True
    return candidates


def _tells_match(doc: Words, start: int) -> bool:
    """Tell whether the words of the sentence around a name tell of a match; spaCy's own sentence costs its length."""
    low, high = start, start + 1
    while low > max(0, start - _MATCH_REACH) and not doc[low].is_sent_start:
        low -= 1
    while high < min(len(doc), start + _MATCH_REACH) and not doc[high].is_sent_start:
        high += 1
    return any(fold(token.text) in cue_words()["match_words"] for token in doc[low:high])


def _ends_in_origin(words: list[str]) -> bool:
    return not words or (len(words) == 1 and fold(words[0]) in cue_words()["inhabitants"])
