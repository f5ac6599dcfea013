"""Analyses as tables: pandas frames, views for analysts, files."""

from newsnlp.tables.cells import storable_rows
from newsnlp.tables.claim_views import claims, quotes_in_context
from newsnlp.tables.corpus_views import casualties_by_day, co_occurrences, entities_over_time
from newsnlp.tables.frames import analysis_rows, frame_of, to_frames
from newsnlp.tables.place_views import places
from newsnlp.tables.quote_views import speaker_gender, speakers
from newsnlp.tables.readers import read_tables
from newsnlp.tables.schema import SCHEMAS
from newsnlp.tables.views import casualties, forces
from newsnlp.tables.writers import write_tables, write_view

__all__ = [
    "SCHEMAS",
    "analysis_rows",
    "casualties",
    "casualties_by_day",
    "claims",
    "co_occurrences",
    "entities_over_time",
    "forces",
    "frame_of",
    "places",
    "quotes_in_context",
    "read_tables",
    "speaker_gender",
    "speakers",
    "storable_rows",
    "to_frames",
    "write_tables",
    "write_view",
]
