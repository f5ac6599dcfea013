"""An event that an article tells of, as a record: where, when, what, with which figures, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from newsnlp.record_fields import PlaceBasis, Record, Status


class EventType(StrEnum):
    """What sort of thing happened. docs/events.md shows each with a sentence, and its code in ACLED and EM-DAT."""

    BATTLE = "battle"
    EXPLOSION = "explosion"
    ATTACK = "attack"
    KIDNAPPING = "kidnapping"
    PROTEST = "protest"
    RIOT = "riot"
    STRIKE = "strike"
    EARTHQUAKE = "earthquake"
    VOLCANO = "volcano"
    FLOOD = "flood"
    STORM = "storm"
    LANDSLIDE = "landslide"
    WILDFIRE = "wildfire"
    EXTREME_TEMPERATURE = "extreme_temperature"
    FIRE = "fire"
    COLLAPSE = "collapse"
    INDUSTRIAL_ACCIDENT = "industrial_accident"
    ROAD_ACCIDENT = "road_accident"
    RAIL_ACCIDENT = "rail_accident"
    AIR_ACCIDENT = "air_accident"
    SHIPWRECK = "shipwreck"
    EPIDEMIC = "epidemic"
    CRIME = "crime"
    ARREST = "arrest"
    TRIAL = "trial"
    ELECTION = "election"
    APPOINTMENT = "appointment"
    AGREEMENT = "agreement"
    MEETING = "meeting"
    DEPLOYMENT = "deployment"
    LAYOFF = "layoff"
    DEATH = "death"
    COMPETITION = "competition"


# What goes over whole regions: no town is its place because somebody was hit there.
REGIONAL_TYPES = frozenset({EventType.EPIDEMIC, EventType.EXTREME_TEMPERATURE, EventType.STORM})


class DateBasis(StrEnum):
    """What gave an event its time: its clause, its sentence, another sentence about it, or the article's own day."""

    CLAUSE = "clause"
    SENTENCE = "sentence"
    EVENT = "event"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """Something that happened, happens or is to happen, as one article tells it; the article's main one comes first.

    ``trigger`` is the first word that names it, at ``start`` to ``end``; ``mentions`` are the later ones, and
    ``mention_spans`` where they stand. ``id`` is unique within the article (``ev1``, ``ev2`` …).

    ``name`` is what it is called, of a storm or a flight (*Ingrid*, *MH370*).
    ``place`` is the narrowest that the text gives, worded as there, ``place_id`` its entity, ``place_basis`` what gave
    it. ``when`` is the time, a TIMEX3 value, with ``when_begin`` and ``when_end`` its first and last ISO day;
    ``date_basis`` is ``publication`` where only the article's own day tells. ``actors`` are names of who did it or took
    part, ``figures`` the indexes, in ``analysis.figures``, of what is counted of it, ``sources`` who says so,
    ``status`` how sure the text is. ``sentence`` is that of the trigger, ``rule_id`` the rules that decided.
    """

    id: str
    type: EventType
    trigger: str
    start: int
    end: int
    name: str | None = None
    place: str | None = None
    place_id: str | None = None
    place_basis: PlaceBasis | None = None
    when: str | None = None
    when_begin: str | None = None
    when_end: str | None = None
    date_basis: DateBasis | None = None
    actors: tuple[str, ...] = ()
    figures: tuple[int, ...] = ()
    status: Status = Status.ASSERTED
    sources: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    mention_spans: tuple[tuple[int, int], ...] = ()
    sentence: str | None = None
    sentence_start: int | None = None
    rule_id: str | None = None
