"""A place that is told beside: of another figure, of who speaks, of what a subject does elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.figures.events import HURT
from newsnlp.figures.places.barred import place_words
from newsnlp.grammar.drafts import SourceBy
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.verbs import has_finite, is_finite, is_infinitive
from newsnlp.lexicons import words as lexicon_words
from newsnlp.records import FigureEvent

if TYPE_CHECKING:
    from newsnlp.figures.places.background import Standing
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

OPENING = 5
"""How many words may stand before a phrase that opens a sentence: *Ce mardi 14 février, au Luxembourg, …*."""
REACH_OF_AMOUNT = 12
HARD = frozenset({";", "."})
LIST_GAP = 7
OF_MEETING = 11
"""How many words before its place *lors* may stand: *lors d'une réunion qui s'est tenue hier à X*."""
DURING = frozenset({"lors", "cours", "issue", "marge"})

ASIDE_STARTS = frozenset({"qui", "dont"})
JOBS = frozenset({FigureEvent.HIRED, FigureEvent.DISMISSED})
OF_SOURCE = re.compile(
    r",? (?:\w+(?:é|i|u|is)e?s?|qui siège|dont le siège est) (?:à|en|au|aux|dans|depuis) (?:la |l'|le |les )?"
)
"""What may stand between a source and where it sits."""


def is_of_another(draft: Draft, place: Standing) -> bool:
    """Whether a place belongs to a figure set apart: *281 morts, dont 221 à Amatrice, tandis que 388 …*.

    ``L'enseigne, qui possède 120 magasins en France, va en fermer trente``; or to an aside about no event of its own.
    """
    sentence = draft.sentence
    number = sentence.drafts_from(place.lead)
    other = sentence.drafts[number - 1] if number else None
    if other is not None and other.parent is not None and other.parent is not draft.parent:
        return place.lead - max(other.noun_end, other.position + 1) <= 1
    follows = sentence.low(place.last + 1)
    if follows == "(" and place.lead > OPENING and sentence.is_figure(place.last + 2):
        return draft.position > place.last + 2  # "plombé par ses filiales au Brésil (210 millions), a reculé de 3 %"
    beside = follows == "," and (not draft.event or draft.event in JOBS)
    # "Interrogés à Francfort, les économistes …" opens its sentence, "Le syndicat, reçu lundi à Paris, …" does not.
    comma = sentence.last_before(place.lead, COMMA)
    aside = beside and 0 < place.lead - 1 - comma < LIST_GAP
    if beside and comma > 0 and _is_told_aside(sentence, comma, place):
        return True
    opened = sentence.low(comma + 1)
    if (
        aside
        and opened.endswith(lexicon_words("figures.dates_participle"))
        and opened not in place_words("verbs", "set")
    ):
        return True  # "Le syndicat, reçu lundi à Paris, réclame 500 embauches"
    closed = sentence.next_from(place.last, COMMA)
    if closed < draft.position and sentence.has_figure(place.last + 1, closed):
        # "Le maire, qui a reçu à Sfax trois élus, a promis 400 lits"
        relative = sentence.last_before(place.lead, ASIDE_STARTS)
        if relative > 0 and sentence.low(relative - 1) == "," and sentence.next_from(relative, COMMA) == closed:
            return True
    start = sentence.last_before(place.lead, ASIDE_STARTS) if follows == "," else -1
    if start < max(0, place.lead - REACH_OF_AMOUNT) or not HARD.isdisjoint(sentence.lows(start, place.lead)):
        return False
    return sentence.has_figure(start, place.lead) or (not draft.event and sentence.low(start - 1) == ",")


def _is_told_aside(sentence: Sentence, comma: int, place: Standing) -> bool:
    """``Le chef, un homme de 29 ans arrêté à Londres, devra payer``: what befell somebody who is named beside."""
    before = sentence.low(place.lead - 1)
    participle = before.endswith(lexicon_words("figures.dates_participle")) and before not in place_words(
        "verbs", "set"
    )
    if not participle or place.lead - comma > REACH_OF_AMOUNT:
        return False
    return sentence.has_figure(comma, place.lead) and not has_finite(sentence, comma + 1, place.lead)


def tells_else(draft: Draft, between: tuple[str, ...], end: int) -> bool:
    """``vise une hausse de 9 % au Sénégal et promet 300 emplois``: what else a subject does may be elsewhere.

    So is ``…, et 22 % des sommes``; victims of one clause share its place.
    """
    if not draft.counts and between[:2] == (",", "et"):
        return True
    if between[:1] != ("et",) or draft.event in HURT:
        return False
    after = between[1 + (between[1:2] in (("de",), ("d'",))) :]
    return any(map(is_infinitive, after[:1])) or (not draft.event and is_finite(draft.sentence, end + 1))


def is_in_source(draft: Draft, start: int) -> bool:
    """``a précisé la gendarmerie de Neufchâteau``: the place belongs to the source."""
    if draft.source is None or draft.source_start is None:
        return False
    end = draft.source_start + len(draft.source)
    if end < start and OF_SOURCE.fullmatch(
        draft.sentence.text, end - draft.sentence.start, start - draft.sentence.start
    ):
        return True  # "d'après la compagnie, cotée à Perth"
    beside = draft.source_by in (SourceBy.INCISE, SourceBy.SELON, SourceBy.THAT, SourceBy.SUBJECT, SourceBy.GAPPED)
    return beside and draft.source_start <= start < draft.source_start + len(draft.source)


def is_of_meeting(draft: Draft, place: Standing) -> bool:
    """``ont ajouté trois pays lors d'une réunion qui s'est tenue à Sfax``: where something was decided, no more."""
    sentence, start = draft.sentence, place.lead - OF_MEETING
    if draft.event or draft.position > place.first:
        return False
    near = sentence.lows(max(draft.position + 1, start), place.lead)
    return not DURING.isdisjoint(near) and not place_words("nouns", "meetings").isdisjoint(near)
