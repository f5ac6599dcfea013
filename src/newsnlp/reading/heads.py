"""The head of a text file: front matter of Markdown (YAML, TOML), or labelled lines above the text."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from newsnlp.lexicons import words
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

# The longest heads of notes seen had 40 lines.
_MOST_LINES = 200
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_KEY = re.compile(r"(?P<key>[^\W\d_][\w' -]{0,40}?)\s*[:=]\s*(?P<value>.*)")
_ITEM = re.compile(r"\s*-\s+(?P<item>.+)")
_QUOTED = re.compile(r"(['\"])(?P<inside>.*)\1")
# Labelled lines without fences: as many must be known, or a first paragraph « Bilan : 12 morts » would be one.
_LEAST_LABELS = 2
FIELDS = ("title", "published_at", "author", "source", "url", "id", "lang", "section", "page", "tags", "other")


@functools.cache
def _fields() -> Mapping[str, str]:
    return {_folded(word): field for field in FIELDS for word in words(f"reading_heads.labels.{field}")}


def _folded(label: str) -> str:
    return fold(label, accents=False).strip()


def split_head(text: str) -> tuple[dict[str, str], int]:
    r"""Return the data at the head of a text, and where the text itself begins; nothing and 0 where there is no head.

    Keys are fields of `newsnlp.Article`; what has none (``section``, ``page``, ``tags``) goes into its ``extra``.

    Examples
    --------
    >>> split_head("---\ntitre: Bilan\ndate: 2024-03-12\n---\nTrois morts à Lyon.")
    ({'title': 'Bilan', 'published_at': '2024-03-12'}, 38)
    >>> split_head("Titre : Bilan\nDate : 12 mars 2024\n\nTrois morts à Lyon.")
    ({'title': 'Bilan', 'published_at': '12 mars 2024'}, 35)
    >>> split_head("Bilan : trois morts\nà Lyon.")
    ({}, 0)
    """
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    lines = re.compile(r"[^\n]*(?:\n|$)").finditer(text, start)
    first = next(lines)[0].strip() if start < len(text) else ""
    fence = _FENCES.get(first)
    held: list[str] = [] if fence else [first]
    end = None
    for _, match in zip(range(_MOST_LINES), lines, strict=False):
        line = match[0].rstrip()
        if fence and line in fence:
            end = match.end()
            break
        if not fence and (not line or _known(line) is None):
            # A blank line ends the labels; a line that is none of them means that there was no such head.
            end = match.end() if not line else None
            break
        if not match[0]:
            break
        held.append(line)
    if end is None:
        return {}, 0
    found = _values(held)
    known = sum(field != "other" for field in found)
    if known < (1 if fence else _LEAST_LABELS) or (not fence and _known(first) is None):
        return {}, 0
    found.pop("other", None)
    return {field: value for field, value in found.items() if value}, end


def _known(line: str) -> tuple[str, str] | None:
    """Return the field and the value of a line, None where its label is not known."""
    match = _KEY.fullmatch(line.strip())
    field = _fields().get(_folded(match["key"])) if match else None
    return (field, match["value"]) if match and field else None


def _values(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    open_field: str | None = None
    for line in lines:
        item = _ITEM.fullmatch(line)
        if (item or line.startswith((" ", "\t"))) and open_field is not None:
            # A list below its key, or a value that goes on.
            more = _plain(item["item"] if item else line.strip())
            known = found.get(open_field, "")
            found[open_field] = f"{known}{', ' if item and known else ' ' if known else ''}{more}"
            continue
        known_line = _known(line)
        open_field = None
        if known_line is not None and known_line[0] not in found:
            open_field, value = known_line
            found[open_field] = "" if value in {"|", ">", "|-", ">-"} else _plain(value)
    return found


def _plain(value: str) -> str:
    """Return a value without quotation marks, comments and brackets of a list."""
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(filter(None, (_plain(part) for part in value[1:-1].split(","))))
    quoted = _QUOTED.fullmatch(value)
    return quoted["inside"].replace('\\"', '"').replace("''", "'") if quoted else value.partition(" #")[0].strip()
