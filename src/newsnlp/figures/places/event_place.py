"""The place of a figure that names none: that of the event which its sentence plainly continues, or of its dateline.

The places of a text are read in order as scenes: where something happened, what is said of it, and what the place lies
in. A scene ends where another place comes up. It is lent to figures of the same kind of event in the next sentences,
never to what is told of another time, of another attack, or of a longer span.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.entities.knowledge.places import meanings_of
from newsnlp.figures.places.background import Role, happenings, striking
from newsnlp.figures.places.barred import OF, is_wide, place_words
from newsnlp.figures.places.find import place_at, standings_of
from newsnlp.grammar.words import event_nouns, verb_forms
from newsnlp.records import FigureEvent, PlaceBasis, TollRole
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsnlp.figures.places.background import Standing
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Names, Sentence, Span

REACH = 4
"""How many sentences after the last one about it a scene is still lent."""
HURT = frozenset({FigureEvent.KILLED, FigureEvent.INJURED, FigureEvent.MISSING, FigureEvent.HOSPITALISED})
HARMED = frozenset({FigureEvent.DESTROYED, FigureEvent.AFFECTED, FigureEvent.EVACUATED, FigureEvent.RESCUED})
CARRIED = HURT | HARMED | {FigureEvent.KIDNAPPED, FigureEvent.ARRESTED, FigureEvent.DEPLOYED}
ELSEWHERE = frozenset({"ailleurs"})
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
DEFINITE = frozenset({"l'", "la", "le", "cette", "cet", "ce"})
OLD_TOLLS = (TollRole.CUMULATIVE, TollRole.PREVIOUS)


class Scene(NamedTuple):
    """Where something happened: the place, names that agree with it, the words about it, and their last sentence."""

    place: str
    start: int
    names: frozenset[str]
    words: frozenset[str]
    number: int
    first_words: frozenset[str]

    def goes_on(self, sentence: Sentence, number: int) -> Scene:
        """Return the scene with one more sentence about it."""
        return self._replace(number=number, words=self.first_words | sentence.vocabulary)


@functools.cache
def _dateline() -> re.Pattern[str]:
    return re.compile(r"\s*([A-ZÀ-Ý][A-ZÀ-Ý'’ -]{1,30}[A-ZÀ-Ý])(?:,[^()\n]{0,30})?\s\([A-Z]\w[^()\n]{0,30}\)\s*[-–—]")


def follow_events(
    drafts: Sequence[Draft], bounds: Sequence[Span], read: Callable[[int], Sentence], text: str, names: Names
) -> None:
    """Set `place` on the figures of events whose own sentence names no place."""
    wanted = [draft for draft in drafts if draft.place is None and draft.counts and draft.event in CARRIED]
    if not wanted:
        return
    with_figures = {draft.sentence.start for draft in drafts}
    scene: Scene | None = None
    for index, (start, end) in enumerate(bounds):
        if start > wanted[-1].sentence.start:
            break
        if start not in with_figures and not any(mention.label == "LOC" for mention in names.within(start, end)):
            continue
        sentence = read(index)
        named = standings_of(sentence, text, names)
        places = _here(sentence, named)
        if places:
            scene = _next_scene(scene, sentence, places, index)
        elif not named:
            scene = _lend(sentence, scene, index)
        if not any(draft.place for draft in sentence.drafts):
            _lend_dateline(sentence, text)


def _here(sentence: Sentence, places: Sequence[Standing]) -> list[Standing]:
    """Return the places where a sentence is, without those things are fired from and those that cover countries."""
    here: list[Standing] = []
    origin = -1
    for place in places:
        if place.role < Role.HEADLINE or place.listed or _is_area(place.name.text):
            continue
        if sentence.low(place.lead) == "depuis" or place.lead == origin:
            origin = place.last + 1
            continue
        here.append(place)
    return here


def _next_scene(scene: Scene | None, sentence: Sentence, places: Sequence[Standing], index: int) -> Scene | None:
    """Return the scene after a sentence with places: the one before if they agree with it, or a new one, or none."""
    if scene is not None and all(fold(place.name.text) in scene.names for place in places):
        return scene.goes_on(sentence, index)
    happens = sentence.says(happenings()) or sentence.says(striking())
    if not happens and not any(draft.event in CARRIED for draft in sentence.drafts):
        return None
    chosen = next((place for place in places if not is_wide(place.name.text)), places[0])
    starts = {place.name.start: place for place in places}
    chosen = next((starts[draft.place_start] for draft in sentence.drafts if draft.place_start in starts), chosen)
    names = frozenset(fold(place.name.text) for place in places)
    return Scene(chosen.name.text, chosen.name.start, names, sentence.vocabulary, index, sentence.vocabulary)


def _is_area(name: str) -> bool:
    """Whether a name covers several countries, and so says of no event where it was."""
    meanings = meanings_of(name)
    return bool(meanings) and meanings[0].kind == "area"


def _lend(sentence: Sentence, scene: Scene | None, index: int) -> Scene | None:
    """Give the place of a scene to the figures that plainly continue it, and return the scene that goes on."""
    if scene is None or index - scene.number > REACH or is_background(sentence):
        return scene
    bare = [draft for draft in sentence.drafts if _can_borrow(draft)]
    if not any(agrees(draft, scene) for draft in bare):
        return scene
    for draft in bare:
        place_at(draft, scene.place, scene.start, PlaceBasis.EVENT, "place.event")
    return scene.goes_on(sentence, index)


def _can_borrow(draft: Draft) -> bool:
    return draft.place is None and draft.counts and draft.event in CARRIED and draft.toll_role not in OLD_TOLLS


def agrees(draft: Draft, scene: Scene) -> bool:
    """Whether the same befell the same, or what happened is taken up: *cinq soldats blessés*, *l'attaque a tué*."""
    same = not words_of(draft.event).isdisjoint(scene.words)
    noun = (draft.counted or "").lower().split()
    told = bool(noun) and noun[0] in scene.words and noun[0] not in place_words("nouns", "people")
    told = told and draft.event in HURT and not is_wide(scene.place)
    harmful = draft.event in HURT and not _disasters().isdisjoint(scene.words)
    return (same and told) or ((same or harmful) and _takes_up(draft.sentence, scene))


@functools.cache
def _disasters() -> frozenset[str]:
    """Return what hurts people wherever it happens: *un séisme*, *une fusillade*."""
    return place_words("nouns", "happenings") - place_words("nouns", "suffered")


def _takes_up(sentence: Sentence, scene: Scene) -> bool:
    """``l'attaque``, ``cet incendie``, ``la base``, ``la ville``, ``le bilan``, ``sur place``: what is known."""
    resumed = place_words("nouns", "resumptive")
    told = scene.words | resumed | (frozenset() if is_wide(scene.place) else {"ville"})
    for nouns in (happenings(), place_words("nouns", "areas"), place_words("nouns", "facilities"), resumed):
        for position in sentence.positions(nouns):
            whole = sentence.low(position + 1) not in OF
            if whole and sentence.low(position - 1) in DEFINITE and sentence.low(position) in told:
                return True
    return any(sentence.low(position - 1) == "sur" for position in sentence.positions(frozenset({"place"})))


@functools.cache
def words_of(event: str | None) -> frozenset[str]:
    """Return the words that say an event."""
    forms = (
        form for table in verb_forms() for form, verbs in table.items() if any(verb.event == event for verb in verbs)
    )
    return frozenset(forms).union(noun for noun, (of, _) in event_nouns().items() if of == event)


def is_background(sentence: Sentence) -> bool:
    """Whether a sentence tells of another time, another event, or a longer span."""
    return bool(sentence.remember("background", lambda: _is_background(sentence)))


def _is_background(sentence: Sentence) -> bool:
    if sentence.says(place_words("leads", "earlier")) or any(map(YEAR.fullmatch, sentence.vocabulary)):
        return True
    if any(sentence.low(position - 1) not in ("par", "d'") for position in sentence.positions(ELSEWHERE)):
        return True
    return any(
        sentence.low(position + 1) in happenings() for position in sentence.positions(place_words("leads", "another"))
    )


def _lend_dateline(sentence: Sentence, text: str) -> None:
    """``BAMAKO (AFP) - Douze soldats ont été tués``: where an agency writes from, and no other place is named."""
    match = _dateline().match(text, sentence.start, sentence.end)
    if match is None or is_background(sentence):
        return
    for draft in sentence.drafts:
        if draft.place is None and draft.counts and draft.event in CARRIED:
            place_at(draft, match[1], match.start(1), PlaceBasis.DATELINE, "place.dateline")
