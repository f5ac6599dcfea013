"""How the tests of archives read an export: told by its content, all its items, its notes."""

from __future__ import annotations

from newsnlp.ingest.failures import Failure
from newsnlp.ingest.opened import HEAD_BYTES, Head, Opened
from newsnlp.ingest.registry import format_of

FIRST = "Trois randonneurs ont été blessés mardi près de Valbrune, a indiqué la préfecture."
SECOND = "Quelque 120 habitants ont été évacués dans la nuit."


def told(content, suffix=""):
    """Return the name of the format that a content is told to be in, None where it is none of an archive."""
    found = format_of(Head(as_bytes(content)[:HEAD_BYTES], suffix))
    return found and found.name


def read(content, suffix=""):
    """Return the items of an export."""
    opened = Opened.of_bytes(as_bytes(content), name="export")
    return list(format_of(Head(opened.data[:HEAD_BYTES], suffix)).read(opened))


def articles(content, suffix=""):
    found = read(content, suffix)
    assert not [item for item in found if isinstance(item, Failure)], found
    return found


def as_bytes(content):
    return content.encode() if isinstance(content, str) else content
