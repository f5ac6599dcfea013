"""Analyses as JSON and back, exactly: what goes between a pipeline and its child processes.

Unlike ``to_dict`` and ``from_dict``, which others read, this keeps empty strings and NaN as they are.
"""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING

from newsnlp.record_fields import tupled
from newsnlp.records import RECORDS, Analysis, Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NAMES = {name: tuple(item.name for item in fields(kind)) for name, kind in RECORDS.items()}
_VALUES = {name: attrgetter(*names) for name, names in _NAMES.items()}
_ARTICLE = tuple(item.name for item in fields(Article))


def pack_articles(articles: Iterable[Article]) -> bytes:
    """Return articles for `unpack_articles`."""
    return _packed([{name: getattr(article, name) for name in _ARTICLE} for article in articles])


def unpack_articles(packed: bytes) -> list[Article]:
    """Return the articles that `pack_articles` was given."""
    return [Article(**values) for values in json.loads(packed)]


def pack_analyses(analyses: Iterable[Analysis], given: Iterable[Article]) -> bytes:
    """Return analyses for `unpack_analyses`; of each article only what the analysis added to the one it was given."""
    return _packed(
        [
            {
                **{name: [values(record) for record in getattr(analysis, name)] for name, values in _VALUES.items()},
                "article": {
                    name: value
                    for name in _ARTICLE
                    if (value := getattr(analysis.article, name)) != getattr(article, name)
                },
                "body_spans": analysis.body_spans,
                "meta": dict(analysis.meta),
            }
            for analysis, article in zip(analyses, given, strict=True)
        ]
    )


def unpack_analyses(packed: bytes, given: Iterable[Article]) -> Iterator[Analysis]:
    """Yield the analyses that `pack_analyses` was given."""
    for values, article in zip(json.loads(packed), given, strict=True):
        yield Analysis(
            article=replace(article, **values["article"]) if values["article"] else article,
            body_spans=tupled(values["body_spans"]),
            meta=values["meta"],
            **{
                name: tuple(kind(**dict(zip(_NAMES[name], tupled(row), strict=True))) for row in values[name])
                for name, kind in RECORDS.items()
            },
        )


def _packed(value: object) -> bytes:
    # Escaped: a lone surrogate in a text survives.
    return json.dumps(value, default=_plain).encode()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    message = f"a record holds {type(value).__name__}"
    raise TypeError(message)
