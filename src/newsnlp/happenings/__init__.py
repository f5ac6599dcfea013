"""What happened: the events that an article tells of, each told by nouns and verbs, with place, day and tolls."""

from newsnlp.happenings.find import find_happenings

__all__ = ["find_happenings"]
