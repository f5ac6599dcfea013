"""RTF files: an export of Factiva or Nexis, or one article (extra ``rtf``)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.errors import MissingExtraError, SourceError
from newsnlp.ingest.archives import factiva, nexis
from newsnlp.ingest.archives.parts.pieces import utf8_of
from newsnlp.ingest.failures import told_of
from newsnlp.ingest.opened import Format, Opened, warned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsnlp.ingest.opened import Head, Item

# The table of fonts costs the library quadratic time where it is hostile; without it, letters are in the code page of
# the file, which French needs no other than.
_FONTS = re.compile(r"\\fonttbl\b", re.IGNORECASE)
# So that its pattern for links, quadratic in a line too, never matches: the address of a link is no text.
_FIELD = re.compile(r"(\\fldinst)(?=\{)", re.IGNORECASE)
_BRACE = re.compile(rb"\\.|[{}]", re.DOTALL)
UNBALANCED = "the groups of the RTF file do not close as they open: text may be missing"
NAME = "RTF (Factiva, Nexis or one article)"


def looks_like(head: Head) -> bool:
    """Tell by the first bytes."""
    return utf8_of(head.data[:64]).startswith(b"{\\rtf")


def read_rtf(opened: Opened) -> Iterator[Item]:
    """Yield the articles of an RTF file, by what its text looks like.

    Raises
    ------
    MissingExtraError
        If the extra ``rtf`` is not installed.
    SourceError
        If it cannot be read.
    """
    data = utf8_of(opened.data)
    told = (UNBALANCED,) if _is_unbalanced(data) else ()
    for item in _items(opened, text_of_rtf(data, opened.name)):
        yield warned(item, *told)


def _is_unbalanced(data: bytes) -> bool:
    """Tell whether a group is not closed: all that follows may be hidden then."""
    depth = 0
    for found in _BRACE.finditer(data):
        depth += (found[0] == b"{") - (found[0] == b"}")
        if depth < 0:
            break
    return depth != 0


def _items(opened: Opened, text: str) -> Iterator[Item]:
    data = text.encode("utf-8", "replace")
    if factiva.is_text(text):
        yield from factiva.read_lines(opened, data)
    elif nexis.is_text(data):
        yield from nexis.read_lines(opened, data)
    else:
        yield opened.article(
            {"text": [line.strip() for line in text.splitlines() if line.strip()], "id": opened.name}, opened.name
        )
        opened.meter.done += 1


def text_of_rtf(data: bytes, name: str) -> str:
    """Return the text of an RTF file; cells of tables end in ``|``.

    Raises
    ------
    MissingExtraError
        If the extra ``rtf`` is not installed.
    SourceError
        If it cannot be read.
    """
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as error:
        raise MissingExtraError.named("rtf", "Reading an RTF file") from error
    source = _FIELD.sub(r"\1 ", _FONTS.sub(r"\\filetbl", data.decode("cp1252", "replace")))
    try:
        text: str = rtf_to_text(source, errors="replace")
    except Exception as error:  # numbers that are no characters, words without their numbers
        message = f"{name} is no RTF file that can be read: {told_of(error)}. Hint: open it and save it as text"
        raise SourceError(message) from error
    # Characters beyond the first 65 536 are written as halves.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


FORMAT = Format(name=NAME, suffixes=(".rtf",), read=read_rtf, looks_like=looks_like)
