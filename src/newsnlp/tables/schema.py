"""Columns and types of every table: the same whether a table has rows or not."""

from __future__ import annotations

from types import MappingProxyType

# pandas extension types: they keep "absent" apart from zero, false and the empty string.
TEXT = "string"
INTEGER = "Int64"
NUMBER = "Float64"
# Dates without a time zone are taken as UTC, so that one column compares.
INSTANT = "datetime64[us, UTC]"

_SPAN = {"start": INTEGER, "end": INTEGER, "text": TEXT}
_SENTENCE = {"sentence": TEXT, "sentence_start": INTEGER}

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
            "characters": INTEGER,
            "mentions": INTEGER,
            "entities": INTEGER,
            "figures": INTEGER,
            "topic": TEXT,
            "topic_code": TEXT,
            "language": TEXT,
            "warnings": TEXT,
            "newsnlp": TEXT,
            "model": TEXT,
            "lexicons": TEXT,
        },
        "entities": {
            "article_id": TEXT,
            "entity_id": TEXT,
            "name": TEXT,
            "label": TEXT,
            "type": TEXT,
            "country": TEXT,
            "role": TEXT,
            "mention_count": INTEGER,
            "salience": NUMBER,
            "first_start": INTEGER,
            "aliases": TEXT,
        },
        "mentions": {
            "article_id": TEXT,
            "entity_id": TEXT,
            **_SPAN,
            "label": TEXT,
            "type": TEXT,
            "score": NUMBER,
            **_SENTENCE,
        },
        "figures": {
            "article_id": TEXT,
            "figure": INTEGER,
            **_SPAN,
            "value": NUMBER,
            "value_min": NUMBER,
            "value_max": NUMBER,
            "modifier": TEXT,
            "kind": TEXT,
            "unit": TEXT,
            "counted": TEXT,
            "event": TEXT,
            "status": TEXT,
            "place": TEXT,
            "part_of": INTEGER,
            "actor": TEXT,
            "source": TEXT,
            "date": TEXT,
            "place_id": TEXT,
            "actor_id": TEXT,
            "source_id": TEXT,
            "rule_id": TEXT,
            "phrase_start": INTEGER,
            "phrase_end": INTEGER,
            **_SENTENCE,
        },
        "topics": {
            "article_id": TEXT,
            "rank": INTEGER,
            "code": TEXT,
            "name": TEXT,
            "level": INTEGER,
            "score": NUMBER,
            "evidence": TEXT,
        },
    }
)
# A corpus has one table more: what gave no analysis.
CORPUS_SCHEMAS = MappingProxyType(
    {**SCHEMAS, "failures": {"article_id": TEXT, "position": INTEGER, "kind": TEXT, "reason": TEXT}}
)
# Several values in one cell; no French name holds it.
LIST_SEPARATOR = " | "
