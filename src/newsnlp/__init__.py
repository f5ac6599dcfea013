"""French news articles into entities, figures, topics and tables, offline.

Importing this package loads no heavy library: each public name is resolved on first use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from newsnlp.errors import NewsnlpError, NumeralError
    from newsnlp.figures.numerals import parse_numeral, spell_numeral
    from newsnlp.pipeline import Pipeline, load
    from newsnlp.records import Analysis, Article, Entity, Figure, Mention, Topic

# Public name -> module that defines it.
_HOMES = {
    "Analysis": "newsnlp.records",
    "Article": "newsnlp.records",
    "Entity": "newsnlp.records",
    "Figure": "newsnlp.records",
    "Mention": "newsnlp.records",
    "NewsnlpError": "newsnlp.errors",
    "NumeralError": "newsnlp.errors",
    "Pipeline": "newsnlp.pipeline",
    "RelatedIndex": "newsnlp.related",
    "Topic": "newsnlp.records",
    "TopicLabeler": "newsnlp.topics",
    "analyze_corpus": "newsnlp.corpus",
    "analyze_partition": "newsnlp.corpus",
    "clean": "newsnlp.reading",
    "explain": "newsnlp.topics",
    "keyphrases": "newsnlp.topics",
    "load": "newsnlp.pipeline",
    "parse_numeral": "newsnlp.figures.numerals",
    "read_article": "newsnlp.reading",
    "spell_numeral": "newsnlp.figures.numerals",
    "stories": "newsnlp.related",
    "themes": "newsnlp.topics",
    "to_frames": "newsnlp.tables",
    "write_tables": "newsnlp.tables",
}

__all__ = sorted([*_HOMES, "__version__"])  # noqa: PLE0605  # one table is the single source


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        message = f"module 'newsnlp' has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)
