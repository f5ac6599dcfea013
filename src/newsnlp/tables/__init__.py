"""Analyses as tables: pandas frames, views for analysts, files."""

from newsnlp.tables.frames import analysis_rows, frame_of, to_frames
from newsnlp.tables.schema import SCHEMAS
from newsnlp.tables.views import casualties, forces
from newsnlp.tables.writers import write_tables

__all__ = ["SCHEMAS", "analysis_rows", "casualties", "forces", "frame_of", "to_frames", "write_tables"]
