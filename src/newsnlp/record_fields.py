"""What fields of records hold: closed sets, checked when a record is made, and plain values for JSON.

Members of closed sets are texts: ``figure.event == "killed"``. docs/figures-events.md shows each with a sentence.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from newsnlp.errors import RecordError, shown
from newsnlp.safety.values import plain_text


class Label(StrEnum):
    """What a name names."""

    PER = "PER"
    LOC = "LOC"
    ORG = "ORG"
    MISC = "MISC"


class Modifier(StrEnum):
    """How the text qualifies a number."""

    EXACT = "exact"
    APPROX = "approx"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    RANGE = "range"
    VAGUE = "vague"


class Kind(StrEnum):
    """What sort of quantity a figure states."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    DURATION = "duration"
    AGE = "age"
    MEASURE = "measure"
    SCORE = "score"
    RANK = "rank"
    RATIO = "ratio"


class Status(StrEnum):
    """How sure the text is of a figure."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    PLANNED = "planned"
    DENIED = "denied"


class DateType(StrEnum):
    """What an expression of time does: it places a day or more, a moment within a day, lasts, or returns."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class DateMod(StrEnum):
    """How a text qualifies an expression of time, in TimeML's words."""

    APPROX = "APPROX"
    START = "START"
    MID = "MID"
    END = "END"
    MORE_THAN = "MORE_THAN"
    LESS_THAN = "LESS_THAN"
    BEFORE = "BEFORE"
    AFTER = "AFTER"


class PlaceBasis(StrEnum):
    """What gives a figure its place: its clause, its sentence, the event that it goes on with, or the dateline."""

    CLAUSE = "clause"
    SENTENCE = "sentence"
    EVENT = "event"
    DATELINE = "dateline"


class TollRole(StrEnum):
    """What a count of victims is in the toll of its event."""

    TOTAL = "total"
    INCREMENT = "increment"
    CUMULATIVE = "cumulative"
    PREVIOUS = "previous"


class ChangeRole(StrEnum):
    """What a figure is in a change that the text tells: an end of it, the difference, or the factor."""

    FROM = "from"
    TO = "to"
    BY = "by"
    TIMES = "times"


class Direction(StrEnum):
    """Which way a quantity went."""

    UP = "up"
    DOWN = "down"


class QuoteKind(StrEnum):
    """How words are given to a speaker: in quotation marks, reported without them, or reported with some in marks."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class CueKind(StrEnum):
    """What the one who speaks does by speaking, as the word that attributes it tells."""

    NEUTRAL = "neutral"
    ASSERTIVE = "assertive"
    DENYING = "denying"
    ADMITTING = "admitting"
    ACCUSING = "accusing"
    PROMISING = "promising"
    ORDERING = "ordering"
    ASKING = "asking"


class SourceKind(StrEnum):
    """What a source is."""

    OFFICIAL = "official"
    POLICE = "police"
    HEALTH = "health"
    MILITARY = "military"
    NGO = "ngo"
    COMPANY = "company"
    UNION = "union"
    EXPERT = "expert"
    WITNESS = "witness"
    MEDIA = "media"
    DOCUMENT = "document"
    ANONYMOUS = "anonymous"


class PlaceKind(StrEnum):
    """What sort of place a name means."""

    CONTINENT = "continent"
    COUNTRY = "country"
    REGION = "region"
    DEPARTMENT = "department"
    CITY = "city"
    QUARTER = "quarter"
    SITE = "site"
    WATER = "water"
    MOUNTAIN = "mountain"
    ISLAND = "island"
    ROAD = "road"
    AREA = "area"


class RoleKey(StrEnum):
    """What the office or trade of a person is."""

    HEAD_OF_STATE = "head_of_state"
    HEAD_OF_GOVERNMENT = "head_of_government"
    MINISTER = "minister"
    DEPUTY = "deputy"
    SENATOR = "senator"
    MAYOR = "mayor"
    GOVERNOR = "governor"
    COUNCILLOR = "councillor"
    PREFECT = "prefect"
    DIPLOMAT = "diplomat"
    INTERNATIONAL_OFFICIAL = "international_official"
    JUDGE = "judge"
    PROSECUTOR = "prosecutor"
    LAWYER = "lawyer"
    POLICE = "police"
    MILITARY = "military"
    RESCUE = "rescue"
    CHIEF_EXECUTIVE = "chief_executive"
    HEAD_OF_ORGANISATION = "head_of_organisation"
    SPOKESPERSON = "spokesperson"
    PARTY_LEADER = "party_leader"
    UNION_LEADER = "union_leader"
    RELIGIOUS_LEADER = "religious_leader"
    ROYALTY = "royalty"
    CANDIDATE = "candidate"
    ACTIVIST = "activist"
    ACADEMIC = "academic"
    DOCTOR = "doctor"
    TEACHER = "teacher"
    JOURNALIST = "journalist"
    WRITER = "writer"
    ARTIST = "artist"
    ATHLETE = "athlete"
    COACH = "coach"
    BUSINESSPERSON = "businessperson"
    CRIMINAL = "criminal"
    OTHER = "other"


class NoFigure(StrEnum):
    """Why a number that a text holds is no figure."""

    ADDRESS = "address"
    ADJECTIVE = "adjective"
    ANGLE = "angle"
    ARTICLE = "article"
    DATE = "date"
    DECADE = "decade"
    DEPARTMENT = "department"
    DIMENSIONS = "dimensions"
    FOOTNOTE = "footnote"
    IDENTIFIER = "identifier"
    IDIOM = "idiom"
    IN_WORD = "in_word"
    LIST_MARKER = "list_marker"
    MATCH_MINUTE = "match_minute"
    MODIFIER = "modifier"
    NAME = "name"
    NAMED = "named"
    ORDINAL = "ordinal"
    PHONE = "phone"
    POSITION = "position"
    POSTAL_CODE = "postal_code"
    PRONOUN = "pronoun"
    REFERENCE = "reference"
    ROUND_THE_CLOCK = "round_the_clock"
    TIME = "time"
    UNREAD = "unread"
    URL = "url"
    YEAR = "year"


class FigureEvent(StrEnum):
    """What happened to those, or was done by those, that a figure counts."""

    # As plain texts are, in lists and tuples too: an event was one before it had a type.
    __repr__ = str.__repr__

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    SICK = "sick"
    HOSPITALISED = "hospitalised"
    ARRESTED = "arrested"
    KIDNAPPED = "kidnapped"
    RELEASED = "released"
    DISPLACED = "displaced"
    EVACUATED = "evacuated"
    RESCUED = "rescued"
    DEPLOYED = "deployed"
    ATTACKED = "attacked"
    DESTROYED = "destroyed"
    PROTESTING = "protesting"
    STRIKING = "striking"
    DISMISSED = "dismissed"
    HIRED = "hired"
    VOTING = "voting"
    SENTENCED = "sentenced"
    AFFECTED = "affected"


@functools.cache
def field_types(cls: type) -> Mapping[str, tuple[type, ...]]:
    """Return the types that each field of a record may have, read from its annotations.

    Examples
    --------
    >>> from newsnlp import Figure, Topic
    >>> field_types(Topic)["level"], field_types(Topic)["evidence"], field_types(Figure)["value"]
    ((<class 'int'>,), (<class 'tuple'>,), (<class 'int'>, <class 'float'>, <class 'NoneType'>))
    """
    hints = {
        name: get_args(hint) if isinstance(hint, UnionType) else (hint,) for name, hint in get_type_hints(cls).items()
    }
    return {name: tuple(get_origin(hint) or hint for hint in found) for name, found in hints.items()}


@functools.cache
def _closed_fields(cls: type) -> tuple[tuple[str, type[StrEnum], tuple[type, ...]], ...]:
    """Return the fields of a record that hold members of a closed set: name, set, types accepted."""
    return tuple((name, types[0], types) for name, types in field_types(cls).items() if issubclass(types[0], StrEnum))


@dataclass(frozen=True, slots=True)
class Record:
    """What an analysis holds. A field of a closed set holds a member of it: its text is converted, others refused.

    Raises
    ------
    RecordError
        If such a field gets what is no member's text. Records that a newer newsnlp wrote, with a member that this one
        does not know, are refused by `Analysis.from_dict`, too: kept as a plain text it would be left out of every view
        and table without a word.

    Examples
    --------
    >>> from newsnlp import Figure
    >>> Figure(start=0, end=4, text="Deux", kind="count").kind
    <Kind.COUNT: 'count'>
    """

    def __post_init__(self) -> None:
        for name, members, accepted in _closed_fields(type(self)):  # type: ignore[arg-type]  # a class is hashable
            value = getattr(self, name)
            if type(value) not in accepted:
                object.__setattr__(self, name, _member(name, value, members))


def _member(field_name: str, value: object, members: type[StrEnum]) -> StrEnum:
    try:
        return members(plain_text(value))  # type: ignore[arg-type]
    except (ValueError, TypeError) as error:
        message = f"{field_name}={shown(value)} is none of {', '.join(members)}"
        raise RecordError(message) from error


def _plain(value: object) -> Any:
    """Return `value` as JSON has it: no NaN, no empty string, no tuple, no datetime."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, str):
        return str(value) or None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return record_to_dict(value)


def record_to_dict(record: object) -> dict[str, Any]:
    """Return the fields of any record as plain JSON values."""
    return {item.name: _plain(getattr(record, item.name)) for item in fields(record)}  # type: ignore[arg-type]


def tupled(value: object) -> Any:
    """Return what JSON gave with every list as a tuple, as records have them."""
    return tuple(tupled(inner) for inner in value) if isinstance(value, list) else value
