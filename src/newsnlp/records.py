"""The records that an analysis is made of. Plain frozen data: nothing here reads text or loads a model.

Offsets are half-open, in Unicode code points of the raw text as the user passed it, and
``article.text[record.start:record.end] == record.text`` holds for every record.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # the annotations of fields are read, here and for datetime
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self, get_args, get_type_hints

from newsnlp.errors import ArticleError, RecordError
from newsnlp.figures import conventions
from newsnlp.record_article import Article
from newsnlp.record_event import REGIONAL_TYPES, DateBasis, Event, EventType
from newsnlp.record_fields import (
    ChangeRole,
    CueKind,
    DateMod,
    DateType,
    Direction,
    FigureEvent,
    Kind,
    Label,
    Modifier,
    PlaceBasis,
    PlaceKind,
    QuoteKind,
    Record,
    RoleKey,
    SourceKind,
    Status,
    TollRole,
    record_to_dict,
    tupled,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

Number = int | float
__all__ = [
    "RECORDS",
    "REGIONAL_TYPES",
    "Analysis",
    "Article",
    "ChangeRole",
    "CueKind",
    "DateBasis",
    "DateExpression",
    "DateMod",
    "DateType",
    "Direction",
    "Entity",
    "Event",
    "EventType",
    "Figure",
    "FigureEvent",
    "Kind",
    "Label",
    "Mention",
    "Modifier",
    "PlaceBasis",
    "PlaceKind",
    "Quote",
    "QuoteKind",
    "Record",
    "RoleKey",
    "SourceKind",
    "Status",
    "TollRole",
    "Topic",
    "record_to_dict",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Record):
    """One place of the text where a name stands.

    ``sentence`` is the raw sentence around it, which begins at ``sentence_start``. ``score`` is the calibrated
    probability that span and label are right, or None where the model gives none.
    """

    start: int
    end: int
    text: str
    label: Label
    entity_id: str | None = None
    sentence: str | None = None
    sentence_start: int | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(Record):
    """One person, place or organisation of the article, with all its mentions merged.

    ``id`` is unique within the article (``e1``, ``e2`` … in order of first mention); ``aliases`` are the other
    forms the article uses, ``country`` is ISO 3166-1 alpha-2, ``role`` the office the text gives, ``salience``
    a number from 0 to 1, ``first_start`` the offset of the first mention. ``role_key`` is what the office is.

    Of a place: ``geonameid`` is its id in GeoNames, ``latitude`` and ``longitude`` are in degrees (of a country its
    capital's, of another division its seat's or largest town's), ``place_kind`` what it is, ``admin1`` the ISO 3166-2
    code of its first division, ``territory`` the ISO 3166-1 code of the overseas territory that it lies in:
    ``country`` is then the sovereign state.

    ``authority_id`` and ``wikidata`` are the ids that the user's own list of names gives it.
    """

    id: str
    name: str
    label: Label
    mention_count: int
    aliases: tuple[str, ...] = ()
    country: str | None = None
    role: str | None = None
    salience: float | None = None
    first_start: int | None = None
    role_key: RoleKey | None = None
    geonameid: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    place_kind: PlaceKind | None = None
    admin1: str | None = None
    territory: str | None = None
    authority_id: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Record):
    """One numeric statement. ``start``, ``end`` and ``text`` are the number expression alone.

    ``value`` is the point value where there is one; ``value_min`` and ``value_max`` are inclusive bounds, None
    where the text leaves a side open. ``part_of`` is the index, in ``analysis.figures``, of the figure this one
    is a part of. ``actor``, ``source`` and ``place`` are worded as in the text; their ``*_id`` name the entity
    where there is one. ``rule_id`` names the rule that decided, ``phrase_start`` and ``phrase_end`` the whole
    phrase with modifier, unit and noun.

    ``when`` is the time of what it counts, a TIMEX3 value, with ``when_begin`` and ``when_end`` its first and last day
    and ``date_index`` the index in ``analysis.dates`` of the expression that gives it; ``date`` holds its words.
    ``place_basis`` says what gave the place: of basis ``event`` or ``dateline`` it stands in another sentence.
    ``event_place`` is where the event of victims was whose own sentence names no place, also where its words do not
    plainly take that event up: then ``place`` is None.
    ``via`` is who relayed the source's statement. Of a count of victims, ``toll_role`` tells whether it is the event's
    whole toll, an addition to it, a total over a longer time, or an older toll, and ``superseded_by`` is the index of
    the figure that took its place. In a change, ``change`` tells which end of it, the difference or the factor the
    figure is, ``direction`` which way the quantity went, ``baseline`` the index of the figure compared with.
    ``quote`` is the index, in ``analysis.quotes``, of the quotation that states it, ``source_kind`` what its source is.
    ``event_id`` is the event of the article, in ``analysis.events``, that it counts something of.
    """

    start: int
    end: int
    text: str
    value: Number | None = None
    value_min: Number | None = None
    value_max: Number | None = None
    modifier: Modifier = Modifier.EXACT
    kind: Kind = Kind.COUNT
    unit: str | None = None
    counted: str | None = None
    event: FigureEvent | None = None
    status: Status = Status.ASSERTED
    place: str | None = None
    part_of: int | None = None
    sentence: str | None = None
    sentence_start: int | None = None
    actor: str | None = None
    source: str | None = None
    date: str | None = None
    place_id: str | None = None
    actor_id: str | None = None
    source_id: str | None = None
    rule_id: str | None = None
    phrase_start: int | None = None
    phrase_end: int | None = None
    place_basis: PlaceBasis | None = None
    via: str | None = None
    toll_role: TollRole | None = None
    superseded_by: int | None = None
    change: ChangeRole | None = None
    direction: Direction | None = None
    baseline: int | None = None
    when: str | None = None
    when_begin: str | None = None
    when_end: str | None = None
    date_index: int | None = None
    quote: int | None = None
    source_kind: SourceKind | None = None
    event_place: str | None = None
    event_place_id: str | None = None
    event_id: str | None = None

    def as_count(self, convention: str = "acled") -> int | None:
        """Return the count as one whole number under a documented convention, None where it is no count.

        Parameters
        ----------
        convention : {"acled", "emdat", "ucdp"}
            See `newsnlp.figures.conventions`: *des centaines* is 100 for ACLED, 200 for EM-DAT.

        Examples
        --------
        >>> Figure(start=4, end=13, text="centaines", value_min=200, modifier=Modifier.VAGUE).as_count("emdat")
        200
        """
        number = conventions.as_count(
            self.text, self.value_min, self.value_max, modifier=self.modifier, convention=convention
        )
        return number if self.kind == Kind.COUNT else None

    def as_estimate(self) -> conventions.Estimate:
        """Return the low, best and high estimates in the terms of UCDP.

        Examples
        --------
        >>> Figure(start=0, end=7, text="15 à 20", value_min=15, value_max=20, modifier=Modifier.RANGE).as_estimate()
        Estimate(low=15, best=15, high=20)
        """
        if self.kind != Kind.COUNT:
            return conventions.Estimate(None, None, None)
        return conventions.estimate(self.value_min, self.value_max, modifier=self.modifier)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateExpression(Record):
    """One expression of time. ``start``, ``end`` and ``text`` leave out the preposition and the article before it.

    ``value`` is its TIMEX3 value (ISO 8601 with TimeML's extensions), resolved against the publication date and what
    the text said before; None where nothing tells the day it leans on. ``mod`` is how the text qualifies it,
    ``value_begin`` and ``value_end`` are the first and last ISO day of a DATE or TIME. ``anchor`` is what resolved it:
    ``none`` (it says its year itself), ``publication``, or the index in ``analysis.dates`` of the one that it leans on.
    """

    start: int
    end: int
    text: str
    type: DateType
    value: str | None = None
    mod: DateMod | None = None
    value_begin: str | None = None
    value_end: str | None = None
    anchor: str | None = None
    sentence: str | None = None
    sentence_start: int | None = None
    rule_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Record):
    """Words or content that the text gives to a source. ``start``, ``end`` and ``text`` leave out marks, cue and *que*.

    ``speaker`` is the source as the attribution words it, a pronoun, too, or None where the text names none;
    ``entity_id`` is who that is. ``cue`` is what attributes (*a déclaré*, *selon*), None where a quotation goes on
    without one; ``cue_kind`` is what the speaker does by it. ``organisation`` is the body that the speaker stands for,
    as the text words it. ``sentence`` is the sentence, or the sentences, that it stands in.
    """

    start: int
    end: int
    text: str
    kind: QuoteKind
    speaker: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    entity_id: str | None = None
    organisation: str | None = None
    source_kind: SourceKind | None = None
    cue: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    cue_kind: CueKind | None = None
    sentence: str | None = None
    sentence_start: int | None = None
    rule_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Record):
    """One IPTC Media Topic. ``evidence`` are the words that decided, as they stand in the text.

    ``evidence_spans`` gives their offsets, in the same order; words that stand only in a separate title have
    no span and are left out.
    """

    code: str
    name: str
    level: int
    score: float
    evidence: tuple[str, ...] = ()
    evidence_spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Everything newsnlp found in one article.

    ``body_spans`` are the parts of the raw text that were analysed, in order; the rest is navigation, byline
    and other page furniture. ``meta`` holds the versions of library, model and lexicons, and warnings.
    """

    article: Article
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    figures: tuple[Figure, ...] = ()
    topics: tuple[Topic, ...] = ()
    dates: tuple[DateExpression, ...] = ()
    quotes: tuple[Quote, ...] = ()
    events: tuple[Event, ...] = ()
    body_spans: tuple[tuple[int, int], ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def body(self) -> str:
        """The analysed text alone, paragraphs separated as in the raw text."""
        return "\n".join(self.article.text[start:end] for start, end in self.body_spans)

    def entity(self, entity_id: str) -> Entity | None:
        """Return the entity of that id, or None."""
        return next((entity for entity in self.entities if entity.id == entity_id), None)

    def mentions_of(self, entity_id: str) -> Iterator[Mention]:
        """Yield the mentions of one entity in text order."""
        return (mention for mention in self.mentions if mention.entity_id == entity_id)

    def to_dict(self) -> dict[str, Any]:
        """Return the analysis as plain JSON values; absent is None."""
        return record_to_dict(self)

    def to_ninjs(self) -> dict[str, Any]:
        """Return the analysis as a news item in ninjs 3.0, the IPTC's JSON format for news.

        Examples
        --------
        >>> Analysis(article=Article(text="Deux blessés à Lyon.", id="a1")).to_ninjs()["uri"]
        'urn:newsnlp:article:a1'
        """
        from newsnlp.exports.ninjs import to_ninjs

        return to_ninjs(self)

    def _repr_html_(self) -> str:
        # Display knows records, not the other way round; a notebook asks the record, hence the late import.
        from newsnlp.render.html import analysis_to_html

        return analysis_to_html(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Return the analysis that `to_dict` gave, as read back from JSON; an `ArticleError` where it is none.

        A `RecordError`, which is one, names a field of a closed set (label, kind, event …) that holds no member of it.
        """
        try:
            return cls(
                article=_from_dict(Article, {**data["article"], "text": data["article"]["text"] or ""}),
                body_spans=tupled(data.get("body_spans") or []),
                meta=dict(data.get("meta") or {}),
                **{
                    name: tuple(_from_dict(kind, row) for row in data.get(name) or []) for name, kind in RECORDS.items()
                },
            )
        except RecordError:
            raise
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
            # What is missing or of another kind is named by the error; more than that only a schema could say.
            told = f"{type(error).__name__}: {error}"[:200]
            message = f"no analysis as Analysis.to_dict() gives it: {told}"
            raise ArticleError(message) from error


# Field of an analysis -> the class of its records.
RECORDS: Mapping[str, type[Any]] = MappingProxyType(
    {
        name: inner
        for name, hint in get_type_hints(Analysis).items()
        for inner in get_args(hint)[:1]
        if isinstance(inner, type) and issubclass(inner, Record)
    }
)


def _from_dict(cls: type, data: Mapping[str, Any]) -> Any:
    known = {item.name for item in fields(cls)}
    # Tuples are lists in JSON; a tuple of spans is a list of lists.
    return cls(**{key: tupled(value) for key, value in data.items() if key in known})
