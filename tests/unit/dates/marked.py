"""Sentences whose expressions of time stand in brackets."""

from __future__ import annotations

import re

from newsnlp.dates import find_dates

MARK = re.compile(r"\[([^\]]*)\]")


def found_in(marked, published=None):
    """Return what is marked, what is found, and the records."""
    text, wanted = "", []
    for place, piece in enumerate(re.split(r"[\[\]]", marked)):
        if place % 2:
            wanted.append((len(text), len(text) + len(piece)))
        text += piece
    dates = find_dates(text, published)
    assert all(text[date.start : date.end] == date.text for date in dates)
    assert all(text[date.sentence_start :].startswith(date.sentence) for date in dates)
    return [text[start:end] for start, end in wanted], [date.text for date in dates], dates


def check(marked, published, *values):
    """Fail unless just what is marked is found, with these values."""
    wanted, found, dates = found_in(marked, published)
    assert found == wanted
    assert [date.value for date in dates] == list(values)
    return dates
