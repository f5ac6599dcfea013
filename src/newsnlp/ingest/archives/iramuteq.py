"""Corpora of Iramuteq (and Alceste): a line of four stars with starred variables, then the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from newsnlp.ingest.archives.parts.pieces import is_prose, pieces, read_pieces, utf8_of
from newsnlp.ingest.column_names import field_of
from newsnlp.ingest.opened import Format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsnlp.ingest.opened import Head, Item, Opened

NAME = "Iramuteq corpus"
# Stars that are damaged, or have come to stand at the end of a line, begin a text where a starred variable follows.
_START = re.compile(
    rb"^(?:\xef\xbb\xbf)?[ \t]*(?:\*{4}|\d{4}(?=[ \t]+\*\w))(?=[ \t\r\n*])"
    rb"|(?:^[^\s*]{0,3}\*[^\s\w]{0,8}|\*{4})(?=[ \t]+\*[a-z]\w*_)",
    re.MULTILINE | re.IGNORECASE,
)
_VARIABLE = re.compile(r"(?<!\S)\*([^\s*]\S*)")
# The first text has variables; a row of stars has none.
_VARIABLES = re.compile(r"(?:\*{4}|\d{4})[ \t]+\*[^\s*]")
_STARRED = re.compile(r"^\*{4}[ \t]+\*[a-z]\w*_", re.MULTILINE | re.IGNORECASE)
_THEME = re.compile(r"^-\*\s*(\S+)\s*$")
_DAY = re.compile(r"(?P<year>\d{4})\D?(?P<month>\d{2})\D?(?P<day>\d{2})(?:\D?T?(?P<clock>\d{2}\D?\d{2}))?\Z")


def looks_like(head: Head) -> bool:
    """Tell by the first line that is not empty, or by several others where that one is damaged."""
    if not is_prose(head):
        return False
    return _VARIABLES.match(head.start) is not None or len(_STARRED.findall(head.text)) > 1


def read_corpus(opened: Opened) -> Iterator[Item]:
    """Yield the texts of a corpus."""
    data = utf8_of(opened.data)
    starts = [found.start() for found in _START.finditer(data)]
    if starts and data[: starts[0]].strip():
        starts.insert(0, 0)
    yield from read_pieces(opened, NAME, pieces(data, starts), _article)


def _article(piece: str) -> dict[str, Any]:
    first, _, rest = piece.lstrip("\ufeff").partition("\n")
    values: dict[str, Any] = {}
    for variable in _VARIABLE.findall(first.lstrip("*0123456789")):
        name, _, value = variable.partition("_")
        # The day is one of the month, beside « *mois » and « *annee »; the text stands below.
        known = name if name == "jour" else field_of(name) or name
        known = name if known == "text" else known
        # A variable without a value says that something is so: « *presse ».
        values.setdefault(known, value.replace("_", " ").strip() or name)
    values["published_at"] = _date(values)
    if not values and first.strip("* \t\r0123456789"):
        rest = piece  # a first line that is damaged: nothing of it is left out
    lines = [line.strip() for line in rest.splitlines()]
    themes = [found[1] for line in lines if (found := _THEME.match(line))]
    values["thematique"] = ", ".join(theme.replace("_", " ") for theme in dict.fromkeys(themes))
    values["text"] = [line for line in lines if line and not _THEME.match(line)]
    return values


def _date(values: dict[str, Any]) -> str | None:
    """Return the date of a text, from one variable or from three; a year alone is no date and stays what it is."""
    told: str | None = values.pop("published_at", None)
    if told is None:
        parts = [str(values.get(name, "")) for name in ("année" if "année" in values else "annee", "mois", "jour")]
        told = " ".join(parts) if all(parts) else None
    if told is None:
        return None
    found = _DAY.match(re.sub(r"(?<!\d)(\d)(?!\d)", r"0\1", told))
    if found is None:
        return told
    clock = re.sub(r"\D", "", found["clock"] or "")
    return f"{found['year']}-{found['month']}-{found['day']}" + (f"T{clock[:2]}:{clock[2:]}" if clock else "")


FORMAT = Format(name=NAME, read=read_corpus, looks_like=looks_like)
