"""RTF files: an export of Factiva or Nexis, or one article (extra ``rtf``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.ingest.archives import factiva, nexis
from newsnlp.ingest.archives.parts.word_files import text_of_rtf
from newsnlp.ingest.opened import Format, Opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsnlp.ingest.opened import Head, Item

NAME = "RTF (Factiva, Nexis or one article)"


def looks_like(head: Head) -> bool:
    """Tell by the first bytes."""
    return head.data.startswith(b"{\\rtf")


def read_rtf(opened: Opened) -> Iterator[Item]:
    """Yield the articles of an RTF file, by what its text looks like.

    Raises
    ------
    MissingExtraError
        If the extra ``rtf`` is not installed.
    SourceError
        If it cannot be read.
    """
    text = text_of_rtf(opened.data, opened.name)
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


FORMAT = Format(name=NAME, suffixes=(".rtf",), read=read_rtf, looks_like=looks_like)
