"""What a kind of record is to the parts of newsnlp that treat all kinds alike: declared here, once.

From it follow the mapping of offsets to the raw text (`newsnlp.pipeline`), tables with their columns, types, keys
and indexes (`newsnlp.tables`), and the spans of spaCy documents (`newsnlp.spacy_factories`). Which kinds there are and
what `Analysis.from_dict` and child processes give back follows from the fields of `Analysis`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from newsnlp.records import RECORDS, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from newsnlp.reading import CleanedText

R = TypeVar("R", bound=Record)
# Several values in one cell of a table; no French name holds it.
LIST_SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class Offsets:
    """Fields that point into the text, None where they point nowhere."""

    start: str  # the field of the offset; with `many`, of a tuple of (start, end)
    end: str | None = None  # without one, `text` tells how long it is, or it is one character
    text: str | None = None  # the field of what stands there
    many: bool = False


@dataclass(frozen=True, slots=True)
class DocSpans:
    """The spans of a spaCy document that show the records."""

    key: str  # of ``doc.spans``
    label: tuple[str, ...]  # fields: the first that holds something
    id: str | None = None  # a field; by default the record's number


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind:
    """One kind: the field of `Analysis`, the key of ``to_dict`` and the table that bear its name."""

    name: str
    # Of the table, after article_id: fields of the record, whose types they take, or those of the next three.
    columns: tuple[str, ...]
    named: Mapping[str, str] = field(default_factory=dict)  # column -> the field, of another name
    french: Mapping[str, str] = field(default_factory=dict)  # column -> the field whose value it gives in French
    # column -> a field that refers to a record with an id, and the field of that record
    looked_up: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    numbered: str | None = None  # the column of the record's number in the analysis …
    first: int = 0  # … from here on
    key: str | None = None  # columns of the primary key in SQLite
    indexes: tuple[str, ...]  # columns of each index there
    offsets: tuple[Offsets, ...]
    refers: Mapping[str, str] = field(
        default_factory=dict
    )  # field -> the kind whose id, or number, or several, it holds
    doc_spans: DocSpans | None = None


_SPAN = Offsets("start", "end", "text")
_SENTENCE = Offsets("sentence_start", text="sentence")

_DECLARED = (
    RecordKind(
        name="entities",
        columns=(
            *("entity_id", "name", "label", "type", "country", "role"),
            *("mention_count", "salience", "first_start", "aliases"),
            *("role_key", "geonameid", "latitude", "longitude", "place_kind", "admin1", "territory"),
            *("authority_id", "wikidata"),
        ),
        named={"entity_id": "id"},
        french={"type": "label"},
        indexes=("article_id, entity_id", "name"),
        offsets=(Offsets("first_start"),),
    ),
    RecordKind(
        name="mentions",
        columns=("entity_id", "start", "end", "text", "label", "type", "score", "sentence", "sentence_start"),
        french={"type": "label"},
        indexes=("article_id, entity_id",),
        offsets=(_SPAN, _SENTENCE),
        refers={"entity_id": "entities"},
        doc_spans=DocSpans("newsnlp_entities", ("label",), "entity_id"),
    ),
    RecordKind(
        name="figures",
        columns=(
            *("figure", "start", "end", "text", "value", "value_min", "value_max", "modifier", "kind", "unit"),
            *("counted", "event", "status", "place", "part_of", "actor", "source", "date"),
            *("place_id", "actor_id", "source_id", "rule_id", "phrase_start", "phrase_end"),
            *("place_basis", "via", "toll_role", "superseded_by", "change", "direction", "baseline"),
            *("when", "when_begin", "when_end", "date_index", "quote", "source_kind"),
            *("event_place", "event_place_id", "event_id"),
            *("sentence", "sentence_start"),
        ),
        numbered="figure",
        key="article_id, figure",
        indexes=("article_id, event", "event, place"),
        offsets=(_SPAN, _SENTENCE, Offsets("phrase_start", "phrase_end")),
        refers={
            **dict.fromkeys(("part_of", "superseded_by", "baseline"), "figures"),
            **dict.fromkeys(("place_id", "actor_id", "source_id", "event_place_id"), "entities"),
            "date_index": "dates",
            "quote": "quotes",
            "event_id": "events",
        },
        doc_spans=DocSpans("newsnlp_figures", ("event", "kind")),
    ),
    RecordKind(
        name="topics",
        columns=("rank", "code", "name", "level", "score", "evidence"),
        numbered="rank",
        first=1,
        indexes=("article_id", "code"),
        offsets=(Offsets("evidence_spans", text="evidence", many=True),),
    ),
    RecordKind(
        name="dates",
        columns=(
            *("date", "start", "end", "text", "type", "value", "mod", "value_begin", "value_end", "anchor"),
            *("rule_id", "sentence", "sentence_start"),
        ),
        numbered="date",
        key="article_id, date",
        indexes=("article_id", "value_begin"),
        offsets=(_SPAN, _SENTENCE),
        doc_spans=DocSpans("newsnlp_dates", ("type",)),
    ),
    RecordKind(
        name="quotes",
        columns=(
            *("quote", "start", "end", "text", "kind", "speaker", "speaker_start", "speaker_end"),
            *("entity_id", "name", "role", "country", "organisation", "source_kind"),
            *("cue", "cue_start", "cue_end", "cue_kind", "rule_id", "sentence", "sentence_start"),
        ),
        looked_up={column: ("entity_id", column) for column in ("name", "role", "country")},
        numbered="quote",
        key="article_id, quote",
        indexes=("article_id", "article_id, entity_id", "name"),
        offsets=(
            _SPAN,
            _SENTENCE,
            Offsets("speaker_start", "speaker_end", "speaker"),
            Offsets("cue_start", "cue_end", "cue"),
        ),
        refers={"entity_id": "entities"},
        doc_spans=DocSpans("newsnlp_quotes", ("kind",)),
    ),
    RecordKind(
        name="events",
        columns=(
            *("event_id", "type", "label", "trigger", "start", "end", "name", "place", "place_id", "place_basis"),
            *("when", "when_begin", "when_end", "date_basis", "actors", "figures", "status", "sources"),
            *("mentions", "rule_id", "sentence", "sentence_start"),
        ),
        named={"event_id": "id"},
        french={"label": "type"},
        indexes=("article_id, event_id", "type"),
        offsets=(
            Offsets("start", "end", "trigger"),
            Offsets("mention_spans", text="mentions", many=True),
            _SENTENCE,
        ),
        refers={"place_id": "entities", "figures": "figures"},
        doc_spans=DocSpans("newsnlp_events", ("type",), "id"),
    ),
)
# In the order of the fields of an analysis, which is that of its tables.
KINDS: Mapping[str, RecordKind] = MappingProxyType(
    {name: next(kind for kind in _DECLARED if kind.name == name) for name in RECORDS}
)


def to_raw(found: dict[str, Any], text: CleanedText) -> dict[str, Any]:
    """Map every offset of the records from the cleaned text to the raw one."""
    return {
        name: tuple(record_to_raw(record, KINDS[name].offsets, text) for record in records)
        for name, records in found.items()
    }


def record_to_raw(record: R, offsets: Iterable[Offsets], text: CleanedText) -> R:
    """Return a record with its offsets mapped to the raw text, and what stands there as it stands there."""
    mapped: dict[str, Any] = {}
    for item in offsets:
        start = getattr(record, item.start)
        words = getattr(record, item.text) if item.text else " "
        if item.many:
            spans = mapped[item.start] = tuple(text.to_raw(*span) for span in start)
            if item.text:
                mapped[item.text] = tuple(text.raw[first:last] for first, last in spans)
            continue
        end = getattr(record, item.end) if item.end else None if None in (start, words) else start + len(words)
        if start is None or end is None:
            continue
        start, end = text.to_raw(start, end)
        mapped[item.start] = start
        if item.end:
            mapped[item.end] = end
        if item.text:
            mapped[item.text] = text.raw[start:end]
    return replace(record, **mapped)
