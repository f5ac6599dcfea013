"""What happened to those counted."""

from newsnlp.record_fields import FigureEvent

HURT = frozenset({FigureEvent.KILLED, FigureEvent.INJURED, FigureEvent.MISSING, FigureEvent.HOSPITALISED})
"""What befalls those whom a toll counts."""
