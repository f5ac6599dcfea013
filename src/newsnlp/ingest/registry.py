"""All formats that files are read in, in the order in which they are asked whether a content is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.ingest.archives import europresse, factiva, feeds, iramuteq, newsml, nexis, rtf, tei, warc
from newsnlp.ingest.archives.parts import xml_trees
from newsnlp.ingest.formats import csv_rows, json_rows, parquet_rows, sheets, sqlite_rows
from newsnlp.ingest.opened import Format, Head, Opened, Page
from newsnlp.ingest.streams import read_whole
from newsnlp.reading.documents import is_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsnlp.ingest.opened import Item


def _page(opened: Opened) -> Iterator[Item]:
    # One article is no archive: its own limit holds.
    yield Page(id=opened.name, data=opened.data if opened.path is None else read_whole(opened.path))
    opened.meter.done += 1


# One article a file; `newsnlp.reading` takes it apart, in a worker.
PAGE = Format(
    name="text or web page",
    suffixes=(".txt", ".md", ".html", ".htm", ".xhtml", ".pdf", ".docx"),
    # A table or record that only speaks of PDF files does not begin like one.
    looks_like=lambda head: head.data.startswith((b"%PDF-", b"PK\x03\x04")) and is_document(head.data),
    read=_page,
)
# Whoever can tell its own by content comes before those that go by suffix.
FORMATS: tuple[Format, ...] = (
    sqlite_rows.FORMAT,
    parquet_rows.FORMAT,
    rtf.FORMAT,
    nexis.WORD,
    iramuteq.FORMAT,
    europresse.HTML,
    factiva.HTML,
    nexis.HTML,
    nexis.TEXT,
    factiva.TEXT,
    europresse.TEXT,
    sheets.FORMAT,
    warc.FORMAT,
    newsml.FORMAT,
    tei.TEI,
    tei.TXM,
    feeds.FORMAT,
    xml_trees.OTHER,
    json_rows.JSON_LINES,
    json_rows.JSON,
    csv_rows.CSV,
    csv_rows.TSV,
    PAGE,
)
SUFFIXES = tuple(suffix for found in FORMATS for suffix in found.suffixes)


def format_of(head: Head) -> Format | None:
    """Return the format of a file, by its content, else by its suffix; None where neither tells."""
    told = next((known for known in FORMATS if known.looks_like is not None and known.looks_like(head)), None)
    return told or next((known for known in FORMATS if head.suffix in known.suffixes), None)
