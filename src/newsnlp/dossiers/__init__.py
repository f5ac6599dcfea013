"""What articles tell of one event, brought together: its rows, and its tolls, as they were told and as they stand."""

from newsnlp.dossiers.dossier import Dossier
from newsnlp.dossiers.event_rows import events

__all__ = ["Dossier", "events"]
