"""The place of a figure of victims that names none: that of the event which it goes on with, or of its dateline.

What happened somewhere is read in order as events: where it was, as narrow as the headline and the lead say, and by
which names. An event ends where victims or a disaster of another place are told of. Its place is given to the victims
of the next sentences, never to what is told of another time, of another attack, or of several events together.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.entities.knowledge.places import meanings_of
from newsnlp.figures.events import HURT
from newsnlp.figures.places.background import Role, happenings
from newsnlp.figures.places.barred import OF, is_quoting, is_wide, place_words
from newsnlp.figures.places.find import ROAD, can_lie_in, place_at, standings_of
from newsnlp.figures.places.targets import befalling, striking
from newsnlp.grammar.words import event_nouns, verb_forms
from newsnlp.lexicons import word_set
from newsnlp.records import FigureEvent, PlaceBasis, TollRole
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsnlp.figures.places.background import Standing
    from newsnlp.figures.places.toponyms import Toponym
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Names, Sentence, Span

REACH = 4
"""How many sentences after the last one about it a scene is still lent."""
HARMED = frozenset({FigureEvent.DESTROYED, FigureEvent.AFFECTED, FigureEvent.EVACUATED, FigureEvent.RESCUED})
HEAD = 5
"""In how many sentences the headline and the lead stand."""
REACH_OF_EVENT = 8
"""How many sentences after the last one about it a text's only event goes on: 4 loses 29 of 114 places (2026-11)."""
NEAR = 5
SUBJECT_END = 3
CARRIED = HURT | HARMED | {FigureEvent.KIDNAPPED, FigureEvent.ARRESTED, FigureEvent.DEPLOYED}
HAD = frozenset({"avait", "avaient"})
THAT = frozenset({"que", "qu'"})
WAS = frozenset({"était", "étaient"})
ALREADY = frozenset({"déjà"})
SINCE = frozenset({"après", "depuis"})
ELSEWHERE = frozenset({"ailleurs"})
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
HOSPITALS = frozenset({"chu", "clinique", "hôpital", "maternité"})
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
    """Set `place` on the figures of victims whose own sentence names no place."""
    wanted = [draft for draft in drafts if draft.place is None and draft.counts and draft.event in CARRIED]
    if not wanted:
        return
    with_figures = {draft.sentence.start for draft in drafts}
    story = _Story()
    for index, (start, end) in enumerate(bounds):
        if index >= HEAD and start > wanted[-1].sentence.start:
            break
        if start not in with_figures and not any(mention.label == "LOC" for mention in names.within(start, end)):
            continue
        sentence = read(index)
        named = standings_of(sentence, text, names)
        if not any(draft.place for draft in sentence.drafts):
            _lend_dateline(sentence, text)
        story.read(sentence, named, index)
    story.lend()


@dataclass(slots=True, eq=False)
class _Event:
    """What victims are told of: where it was, by which names, when last, and the figures that go on with it."""

    site: Toponym
    names: frozenset[str]
    number: int
    going_on: list[Draft] = field(default_factory=list)
    words: frozenset[str] = frozenset()

    @property
    def scene(self) -> Scene:
        """What figures must take up to be plainly of the event."""
        return Scene(self.site.text, self.site.start, self.names, self.words, self.number, self.words)

    def is_left(self, sentence: Sentence, place: Standing) -> bool:
        """Whether a sentence names a place that is not the event's, nor that of who says so, nor on a way."""
        if fold(place.name.text) in self.names or not is_scene(sentence, place):
            return False
        is_town = bool(meanings_of(place.name.text)) and not is_wide(place.name.text)
        return is_town or not is_quoting(sentence, place.name, place.lead, sure=False)

    def takes(
        self, sentence: Sentence, place: Toponym, places: Sequence[Standing], names: frozenset[str], *, heads: bool
    ) -> bool:
        """Whether a sentence tells of the same event where it was, and then keep the narrower place."""
        wide, named = is_wide(place.text), fold(self.site.text) in names
        if is_wide(self.site.text) and not wide:
            same = can_lie_in(place.text, self.site.text) and (heads or named)
            self.site = place if same else self.site
            return same
        if named:
            if heads and any(one.name.text == self.site.text and one.first > place.last for one in places):
                self.site = place  # "à Croydon, au sud de Londres"
            return True
        if wide and can_lie_in(self.site.text, place.text):
            return True
        if any(draft.event in HURT and draft.place == place.text for draft in sentence.drafts):
            return False
        unknown = not meanings_of(place.text) or (heads and not meanings_of(self.site.text))
        return unknown or _takes_up_event(sentence)


class _Story:
    """The events that a text tells, in order: their victims share the place of the one told last."""

    def __init__(self) -> None:
        self.events: list[_Event] = []
        self.asides: list[_Event] = []
        self.early: list[Draft] = []
        self.aside: _Event | None = None

    def read(self, sentence: Sentence, named: Sequence[Standing], index: int) -> None:
        """Take in what a sentence tells of an event, or remember which of its figures go on with the one before."""
        heads = index < HEAD
        apart, past = _is_apart(sentence, heads=heads), is_pluperfect(sentence)
        victims = [draft for draft in sentence.drafts if draft.counts and draft.event in HURT]
        bare = [draft for draft in victims if draft.place is None]
        if len({draft.place for draft in victims if draft.place}) > 1:
            return  # "six à Trèbes, trois à Villegailhenc"
        if past and self.aside is not None and self.aside.number == index - 1:
            self.aside.going_on += bare  # "… en 2006, à hauteur de Sète. Six personnes y avaient laissé la vie."
            return
        parts = {draft.place_start for draft in sentence.drafts if draft.parent is not None}
        places = [
            place
            for place in places_here(sentence, named)
            if is_scene(sentence, place) and place.name.start not in parts
        ]
        # "Après l'accident de Champagnole, mardi, un car et un camion se sont percutés à La Rochelle": there.
        places = [place for place in places if not _is_recalled(sentence, place)] or places
        if places and _happens(sentence) and (not victims or len(bare) < len(victims)):
            self._tell(sentence, named, places, index, apart=apart or past)
        event = self.events[-1] if self.events else None
        if event is None:
            self.early += bare if heads and not (apart or past or named) else ()
            return
        back = self.aside is None or sentence.says(word_set("figures_tolls.tolls.nouns"))
        if not bare or apart or not back or _sums_up(sentence) or any(event.is_left(sentence, one) for one in named):
            return
        if index - event.number <= (1 if past else REACH_OF_EVENT if len(self.events) == 1 else REACH):
            event.going_on += bare
            event.number = index

    def _tell(
        self, sentence: Sentence, named: Sequence[Standing], places: Sequence[Standing], index: int, *, apart: bool
    ) -> None:
        """Begin an event, or tell of the same one where it was; or of another one in between, by the way."""
        place, names = _scene_of(sentence, named, places), frozenset(fold(one.name.text) for one in named)
        event = self.events[-1] if self.events else None
        if apart and event is not None:
            self.aside = _Event(place, names, index, words=sentence.vocabulary)
            self.asides.append(self.aside)
            return
        self.aside = None
        if event is not None and event.takes(sentence, place, places, names, heads=index < HEAD):
            event.names |= names
            event.words |= sentence.vocabulary
            event.number = index
            return
        early = [] if self.events else self.early
        self.events.append(_Event(place, names, index, early, sentence.vocabulary))

    def lend(self) -> None:
        """Give the figures that go on with an event its place."""
        for event in (*self.events, *self.asides):
            site, scene = event.site, event.scene
            for draft in event.going_on:
                if draft.place is None:
                    draft.event_place, draft.event_place_start = site.text, site.start
                    if agrees(draft, scene):
                        place_at(draft, site.text, site.start, PlaceBasis.EVENT, "place.event")


def is_scene(sentence: Sentence, place: Standing) -> bool:
    """Whether a name tells where something happened: no road, and nowhere that one was on the way to."""
    if ROAD.fullmatch(place.name.text):
        return False
    if sentence.low(place.first) in HOSPITALS and any(one.event == FigureEvent.HOSPITALISED for one in sentence.drafts):
        return False
    near = sentence.lows(place.lead - NEAR, place.lead)
    return all(place_words("nouns", kind).isdisjoint(near) for kind in ("away", "moved"))


def _is_recalled(sentence: Sentence, place: Standing) -> bool:
    """``Après l'accident de Champagnole``: whether a name is that of what the news came after."""
    before = sentence.lows(place.first - NEAR, place.first)
    found = max((position for position, low in enumerate(before) if low in SINCE), default=None)
    if found is None:
        return False
    between = before[found + 1 :]
    return "," not in between and not happenings().isdisjoint(between)


def opens_looking_back(sentence: Sentence) -> bool:
    """``Après l'accident de Champagnole, mardi, …``: whether a sentence begins with what the news came after."""
    return sentence.low(0) in SINCE and not happenings().isdisjoint(sentence.lows(1, NEAR))


def _is_apart(sentence: Sentence, *, heads: bool) -> bool:
    """Whether a sentence tells of another event: *une deuxième attaque*, *depuis janvier*, *en 2006*, *jadis*."""
    earlier = place_words("leads", "earlier") - HAD
    if any(not _is_lately(sentence, position) for position in sentence.positions(earlier)):
        return True
    months = word_set("calendar.months")
    if any(
        YEAR.fullmatch(low) and not (heads and sentence.low(position - 1) in months)
        for position, low in enumerate(sentence.words)
    ):
        return True
    return any(
        sentence.low(position + 1) in _disasters() and sentence.low(position - 1) not in DEFINITE
        for position in sentence.positions(place_words("leads", "another"))
    )


def is_pluperfect(sentence: Sentence) -> bool:
    """``L'attentat avait tué huit passants``, not ``a annoncé que deux soldats avaient été blessés``."""
    had = any(THAT.isdisjoint(sentence.lows(0, position)) for position in sentence.positions(HAD))
    return had or (sentence.says(WAS) and sentence.says(ALREADY))


def _sums_up(sentence: Sentence) -> bool:
    """``Au total, plus de cent morts``: of several events."""
    return sentence.lows(0, 2) in (("au", "total"), ("en", "tout"))


def _is_lately(sentence: Sentence, position: int) -> bool:
    """``depuis mercredi``, ``un précédent bilan``: what tells of no earlier event."""
    if sentence.low(position) == "depuis":
        return sentence.low(position + 1) in word_set("calendar.weekdays") | {"hier"}
    return sentence.low(position + 1) in word_set("figures_tolls.tolls.nouns")


def _happens(sentence: Sentence) -> bool:
    """Whether a sentence tells that something happened, or whom it hurt."""
    happens = sentence.says(_harmful()) or sentence.says(striking()) or sentence.says(befalling())
    return bool(happens) or any(draft.event in HURT for draft in sentence.drafts)


@functools.cache
def _harmful() -> frozenset[str]:
    return place_words("nouns", "happenings") - place_words("nouns", "harmless")


def _scene_of(sentence: Sentence, named: Sequence[Standing], places: Sequence[Standing]) -> Toponym:
    """Return where a sentence tells that something happened: of the narrow places, where its figures are."""
    starts = {place.name.start: place for place in places}
    told = [starts[draft.place_start] for draft in sentence.drafts if draft.place_start in starts]
    ordered = [*told, *sorted(places, key=lambda place: place.role < Role.HAPPENING)]
    found = next((place.name for place in ordered if not is_wide(place.name.text)), None)
    if found is not None:
        return found
    # Which country a town is in stands in brackets: "un trottoir du marché de Noël de Berlin (Allemagne)".
    wide = ordered[0]
    inside = (one.name for one in named if one.last + 2 == wide.first and sentence.low(one.last + 1) == "(")
    return next(inside, wide.name)


def _takes_up_event(sentence: Sentence) -> bool:
    """``L'accident s'est produit entre …``, ``Cet incendie``: a definite noun tells on of what happened."""
    return any(
        sentence.low(position - 1) in DEFINITE
        for position in sentence.positions(happenings())
        if position < SUBJECT_END
    )


def places_here(sentence: Sentence, places: Sequence[Standing]) -> list[Standing]:
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


def _is_area(name: str) -> bool:
    """Whether a name covers several countries, and so says of no event where it was."""
    meanings = meanings_of(name)
    return bool(meanings) and meanings[0].kind == "area"


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


def dateline_of(sentence: Sentence, text: str) -> tuple[str, int] | None:
    """``BAMAKO (AFP) - Douze soldats ont été tués``: where an agency writes from, and where that stands."""
    match = _dateline().match(text, sentence.start, sentence.end)
    return None if match is None else (match[1], match.start(1))


def _lend_dateline(sentence: Sentence, text: str) -> None:
    """Place victims where an agency writes from, and no other place is named."""
    line = dateline_of(sentence, text)
    if line is None or is_background(sentence):
        return
    for draft in sentence.drafts:
        if draft.place is None and draft.counts and draft.event in CARRIED:
            place_at(draft, *line, PlaceBasis.DATELINE, "place.dateline")
