"""French news articles into entities, figures, dates, topics and tables, offline.

Importing this package loads no heavy library: each public name is resolved on first use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = [
    "Analysis",
    "Article",
    "ChangeRole",
    "CueKind",
    "DateBasis",
    "DateExpression",
    "DateMod",
    "DateType",
    "Direction",
    "Dossier",
    "Entity",
    "EntityLinks",
    "Event",
    "EventType",
    "Figure",
    "FigureEvent",
    "FoundNumber",
    "Kind",
    "Label",
    "LinkReason",
    "Mention",
    "Modifier",
    "NewsnlpError",
    "NoFigure",
    "NumberForm",
    "NumberReading",
    "NumeralError",
    "Pipeline",
    "PlaceBasis",
    "PlaceKind",
    "Quote",
    "QuoteKind",
    "RecordError",
    "RelatedIndex",
    "RoleKey",
    "SourceKind",
    "Status",
    "TollRole",
    "Topic",
    "TopicLabeler",
    "__version__",
    "analyze_corpus",
    "analyze_partition",
    "casualties",
    "casualties_by_day",
    "claims",
    "clean",
    "co_occurrences",
    "contradictions",
    "entities_over_time",
    "events",
    "explain",
    "find_dates",
    "find_numbers",
    "forces",
    "keyphrases",
    "link_entities",
    "load",
    "parse_numeral",
    "places",
    "quotes_in_context",
    "read_article",
    "read_tables",
    "speaker_gender",
    "speakers",
    "spell_numeral",
    "stories",
    "themes",
    "timeline",
    "to_frames",
    "tolls",
    "with_corpus_names",
    "write_corrections",
    "write_tables",
    "write_view",
]

if TYPE_CHECKING:
    from newsnlp.audit import NumberReading
    from newsnlp.authority.corrections import write_corrections
    from newsnlp.corpus import analyze_corpus, analyze_partition
    from newsnlp.dates import find_dates
    from newsnlp.dossiers import Dossier, events
    from newsnlp.dossiers.timelines import contradictions, timeline
    from newsnlp.dossiers.tolls import tolls
    from newsnlp.errors import NewsnlpError, NumeralError, RecordError
    from newsnlp.ingest.articles import read_article
    from newsnlp.linking import EntityLinks, LinkReason, link_entities, with_corpus_names
    from newsnlp.numerals.find import FoundNumber, NumberForm, find_numbers
    from newsnlp.numerals.parse import parse_numeral, spell_numeral
    from newsnlp.pipeline import Pipeline, load
    from newsnlp.reading import clean
    from newsnlp.record_fields import NoFigure
    from newsnlp.records import (
        Analysis,
        Article,
        ChangeRole,
        CueKind,
        DateBasis,
        DateExpression,
        DateMod,
        DateType,
        Direction,
        Entity,
        Event,
        EventType,
        Figure,
        FigureEvent,
        Kind,
        Label,
        Mention,
        Modifier,
        PlaceBasis,
        PlaceKind,
        Quote,
        QuoteKind,
        RoleKey,
        SourceKind,
        Status,
        TollRole,
        Topic,
    )
    from newsnlp.related import RelatedIndex, stories
    from newsnlp.tables import (
        casualties,
        casualties_by_day,
        claims,
        co_occurrences,
        entities_over_time,
        forces,
        places,
        quotes_in_context,
        read_tables,
        speaker_gender,
        speakers,
        to_frames,
        write_tables,
        write_view,
    )
    from newsnlp.topics import TopicLabeler, explain, keyphrases, themes

# Module -> the public names it defines.
_HOMES = {
    "newsnlp.audit": ("NumberReading",),
    "newsnlp.authority.corrections": ("write_corrections",),
    "newsnlp.corpus": ("analyze_corpus", "analyze_partition"),
    "newsnlp.dates": ("find_dates",),
    "newsnlp.dossiers": ("Dossier", "events"),
    "newsnlp.dossiers.timelines": ("contradictions", "timeline"),
    "newsnlp.dossiers.tolls": ("tolls",),
    "newsnlp.errors": ("NewsnlpError", "NumeralError", "RecordError"),
    "newsnlp.linking": ("EntityLinks", "LinkReason", "link_entities", "with_corpus_names"),
    "newsnlp.numerals.find": ("FoundNumber", "NumberForm", "find_numbers"),
    "newsnlp.numerals.parse": ("parse_numeral", "spell_numeral"),
    "newsnlp.pipeline": ("Pipeline", "load"),
    "newsnlp.ingest.articles": ("read_article",),
    "newsnlp.reading": ("clean",),
    "newsnlp.record_fields": ("NoFigure",),
    "newsnlp.records": (
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
        "RoleKey",
        "SourceKind",
        "Status",
        "TollRole",
        "Topic",
    ),
    "newsnlp.related": ("RelatedIndex", "stories"),
    "newsnlp.tables": (
        "casualties",
        "casualties_by_day",
        "claims",
        "co_occurrences",
        "entities_over_time",
        "forces",
        "places",
        "quotes_in_context",
        "read_tables",
        "speaker_gender",
        "speakers",
        "to_frames",
        "write_tables",
        "write_view",
    ),
    "newsnlp.topics": ("TopicLabeler", "explain", "keyphrases", "themes"),
}


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            value = getattr(importlib.import_module(module), name)
            globals()[name] = value
            return value
    message = f"module 'newsnlp' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return list(__all__)
