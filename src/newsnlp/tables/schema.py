"""Columns and types of every table: the same whether a table has rows or not."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from newsnlp.record_fields import field_types
from newsnlp.record_kinds import KINDS
from newsnlp.records import RECORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsnlp.record_kinds import RecordKind

# pandas extension types: they keep "absent" apart from zero, false and the empty string.
TEXT = "string"
INTEGER = "Int64"
NUMBER = "Float64"
# Dates without a time zone are taken as UTC, so that one column compares.
INSTANT = "datetime64[us, UTC]"


def columns_of(kind: RecordKind, record: type) -> dict[str, str]:
    """Return the columns of the table of a kind of record, each with its type."""
    types = field_types(record)
    columns = {"article_id": TEXT}
    for column in kind.columns:
        held = (int,) if column == kind.numbered else types.get(kind.named.get(column, column), (str,))
        columns[column] = NUMBER if float in held else INTEGER if int in held else TEXT
    return columns


SCHEMAS = MappingProxyType(
    {
        "articles": {
            "article_id": TEXT,
            "title": TEXT,
            "published_at": INSTANT,
            "source": TEXT,
            "url": TEXT,
            "author": TEXT,
            "lang": TEXT,
            "section": TEXT,
            "page": TEXT,
            "extra": TEXT,
            "characters": INTEGER,
            "mentions": INTEGER,
            "entities": INTEGER,
            "figures": INTEGER,
            "dates": INTEGER,
            "quotes": INTEGER,
            "events": INTEGER,
            "topic": TEXT,
            "topic_code": TEXT,
            "language": TEXT,
            "warnings": TEXT,
            "newsnlp": TEXT,
            "model": TEXT,
            "lexicons": TEXT,
        },
        **{name: columns_of(kind, RECORDS[name]) for name, kind in KINDS.items()},
    }
)
# A corpus has one table more: what gave no analysis.
CORPUS_SCHEMAS = MappingProxyType(
    {**SCHEMAS, "failures": {"article_id": TEXT, "position": INTEGER, "kind": TEXT, "reason": TEXT}}
)
# Where asked for, the table of articles holds what their offsets point into.
TEXT_COLUMN = "text"


def with_text(schemas: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """Return the columns of tables with the text of articles among them."""
    return {**schemas, "articles": {**schemas["articles"], TEXT_COLUMN: TEXT}}
