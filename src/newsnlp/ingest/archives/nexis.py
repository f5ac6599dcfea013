"""Exports of Nexis: the text and HTML of LexisNexis, and the Word files and HTML of Nexis Uni and Nexis Advance."""

from __future__ import annotations

import re
import zlib
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from newsnlp.errors import EncodingError, SourceError
from newsnlp.ingest.archives.parts.fragments import paragraphs_of, tree_of
from newsnlp.ingest.archives.parts.nexis_articles import classic_article, uni_article
from newsnlp.ingest.archives.parts.pieces import is_markup, is_prose, listed, pieces, read_pieces, utf8_of
from newsnlp.ingest.failures import FailureKind
from newsnlp.ingest.opened import Format
from newsnlp.reading.documents import paragraphs_of_docx
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsnlp.ingest.opened import Head, Item, Opened

TEXT_NAME, HTML_NAME, WORD_NAME = "Nexis, text", "Nexis, HTML", "Nexis Uni, Word"
# « 1 of 3 DOCUMENTS », « Document 1 de 3 », « Dokument 1 von 3 », alone on a line.
_COUNT = (
    rb"(?:FOCUS - )?(?:\d+ (?:of|OF) \d+ DOCUMENTS?|[Dd](?:ocument|OCUMENT) \d+ (?:de|DE|sur|of) \d+"
    rb"|Dokument \d+ von \d+)"
)
_TEXT_START = re.compile(rb"^[ \t\f\x0c]*" + _COUNT + rb"[ \t]*\r?$", re.MULTILINE)
_HTML_START = re.compile(rb">\s*" + _COUNT + rb"\s*<")
_DOC_TAG = re.compile(rb"<DOC\b[^<>]*>", re.IGNORECASE)
# Enough of a Word file, unpacked, to hold its cover and a first article.
_LOOK = 2_000_000
_LONGEST_COUNT = 80
_LOADED = re.compile(r"(?:Load-Date|Date de chargement)\s*:", re.IGNORECASE)
# Labels beneath a text, and above it.
_BENEATH = re.compile(rb"\b(?:LANGUAGE|LANGUE|SPRACHE|LOAD-DATE|DATE-CHARGEMENT)\s*:")
_ABOVE = re.compile(rb"\b(?:LENGTH|LONGUEUR|BYLINE|AUTEUR)\s*:")
_NO_HEADING = "its heading is missing; what there is of it was read as part of the document before"
# Numbers that leap further are no count of one export.
_MOST_MISSING = 1_000
_WORD_MARKS = tuple(
    f">{mark}".encode()
    for mark in (
        *("Load-Date:", "Body<", "End of Document", "Length:", "Byline:", "Section:"),
        *("Date de chargement", "Corps<", "Fin du document", "Longueur", "Auteur", "Rubrique"),
    )
)
_FEWEST_MARKS = 2


def looks_like_text(head: Head) -> bool:
    """Tell by the count above each article; of 100 000 texts nearly all lack the word."""
    return is_text(utf8_of(head.data)) and is_prose(head)


def is_text(data: bytes) -> bool:
    """Tell whether a text in bytes is an export."""
    if b"ocument" not in data and b"OCUMENT" not in data and b"okument" not in data:
        return False
    return _TEXT_START.search(data) is not None or _is_uni(data)


def _is_uni(data: bytes) -> bool:
    return (
        b"Load-Date:" in data
        and re.search(rb"^\s*(?:End of Document|Fin du document)\s*$", data, re.MULTILINE) is not None
    )


def looks_like_html(head: Head) -> bool:
    """Tell by what LexisNexis writes into its pages."""
    data = utf8_of(head.data)
    if not is_markup(head):
        return False
    if b"LXNComment" in data or (b"DOCFULL" in data and b"DOC NUMBER" in data):
        return True
    if not any(word in data for word in (b"DOCUMENT", b"ocument ", b"okument ")):
        return False
    return _HTML_START.search(data) is not None or (b"Load-Date:" in data and b"End of Document" in data)


def looks_like_word(head: Head) -> bool:
    """Tell by the labels in the part of a Word file that its beginning holds."""
    return head.data.startswith(b"PK\x03\x04") and is_nexis_word(_document_in(head.data))


def is_nexis_word(xml: bytes) -> bool:
    """Tell whether the text of a Word file is that of an export."""
    return sum(mark in xml for mark in _WORD_MARKS) >= _FEWEST_MARKS


def _document_in(data: bytes) -> bytes:
    """Return as much of the text of a Word file as can be unpacked of its beginning."""
    at = data.find(b"word/document.xml")
    if at < 30:  # noqa: PLR2004  # the header of a file in an archive, before its name
        return b""
    header = data[at - 30 : at]
    start = at + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    if header[8:10] == b"\x00\x00":
        return data[start : start + _LOOK]
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data[start:], _LOOK)
    except zlib.error:
        return b""


def read_text(opened: Opened) -> Iterator[Item]:
    """Yield the articles of a text export; what stands before the first, a summary of the search, is none."""
    yield from read_lines(opened, utf8_of(opened.data))


def read_lines(opened: Opened, data: bytes) -> Iterator[Item]:
    """Yield the articles of a text in bytes."""
    starts = _with_first(data, [found.start() for found in _TEXT_START.finditer(data)])
    if starts:
        yield from read_pieces(opened, TEXT_NAME, pieces(data, starts), _text_article, whole=_is_whole)
        yield from _missing(opened, data, starts)
    else:
        lines = data.decode("utf-8", "replace").splitlines()
        yield from read_uni(opened, TEXT_NAME, [[line] for line in lines if line.strip()])


def _is_whole(text: str) -> bool:
    """Tell whether the last article has the labels and rights beneath its text."""
    end = text[-3_000:]
    return (
        re.search(r"copyright|©|\b(?:LANGUAGE|LANGUE|SPRACHE|LOAD-DATE|DATE-CHARGEMENT|UPDATE)\s*:", end, re.IGNORECASE)
        is not None
    )


def _text_article(piece: str) -> dict[str, Any]:
    lines = piece.replace("\x0c", "\n").splitlines()
    blocks: list[list[str]] = [[]]
    for line in lines[next((n + 1 for n, line in enumerate(lines) if line.strip()), 0) :]:
        if line.strip():
            blocks[-1].append(line.rstrip().expandtabs())
        elif blocks[-1]:
            blocks.append([])
    return classic_article([block for block in blocks if block])


def read_html(opened: Opened) -> Iterator[Item]:
    """Yield the articles of an HTML export.

    Raises
    ------
    MissingExtraError
        If the extra ``html`` is not installed.
    """
    tree_of("", "Reading an export of Nexis")  # every article would fail alike
    data = utf8_of(opened.data)
    starts = _with_first(data, [found.start() + 1 for found in _HTML_START.finditer(data)])
    if not starts:
        # Tags within comments, as browsers should not see them.
        starts = [found.end() for found in _DOC_TAG.finditer(data)]
    if not starts:
        text = data.decode("utf-8", "replace")
        yield from read_uni(opened, HTML_NAME, paragraphs_of(tree_of(text, "Reading an export of Nexis")))
        return
    yield from read_pieces(opened, HTML_NAME, pieces(data, starts), _html_article, whole=_is_whole)
    yield from _missing(opened, data, starts)


def _with_first(data: bytes, starts: list[int]) -> list[int]:
    """Return where documents begin, with the first where its heading is broken: a cover has no labels of a text."""
    return [0, *starts] if starts and _BENEATH.search(data, 0, starts[0]) else starts


def _missing(opened: Opened, data: bytes, starts: list[int]) -> Iterator[Item]:
    """Yield a failure for each document that the counts leave out: without its own, it is part of the one before."""
    heads = [data[start : start + _LONGEST_COUNT] for start in starts]
    counts = [tuple(map(int, re.findall(rb"\d{1,9}", head)[:2])) for head in heads]
    end = _BENEATH.search(data, starts[-1]) if starts else None
    if end is not None and _ABOVE.search(data, end.end()):
        yield opened.failure(f"document {len(starts) + 1}", _NO_HEADING, FailureKind.INPUT_BROKEN)
    for before, after in pairwise(count for count in counts if len(count) == 2):  # noqa: PLR2004
        # Files that were put together begin anew.
        if before[1] == after[1] and 1 < after[0] - before[0] <= _MOST_MISSING:
            for number in range(before[0] + 1, after[0]):
                yield opened.failure(f"document {number} of {after[1]}", _NO_HEADING, FailureKind.INPUT_BROKEN)


def _html_article(piece: str) -> dict[str, Any]:
    blocks = paragraphs_of(tree_of(_uncommented(piece), "Reading an export of Nexis"))
    count = re.compile(_COUNT.decode())
    if blocks and count.fullmatch(blocks[0][0].strip()):
        blocks[0] = blocks[0][1:]
    return classic_article([block for block in blocks if block])


def _uncommented(piece: str) -> str:
    """Return a piece up to the comment that its end may be cut in."""
    opening = piece.rfind("<!--")
    return piece if opening < 0 or "-->" in piece[opening:] else piece[:opening]


def read_word(opened: Opened) -> Iterator[Item]:
    """Yield the articles of a Word file of Nexis Uni.

    Raises
    ------
    MissingExtraError
        If the extra ``docx`` is not installed.
    SourceError
        If it is no Word file, or unpacks beyond reason.
    """
    try:
        paragraphs = paragraphs_of_docx(opened.data)
    except EncodingError as error:
        message = f"{opened.name}: {error}"
        raise SourceError(message) from error
    blocks = [[line.strip() for line in paragraph.split("\n") if line.strip()] for paragraph in paragraphs]
    yield from read_uni(opened, WORD_NAME, blocks)


def read_uni(opened: Opened, name: str, blocks: list[list[str]]) -> Iterator[Item]:
    """Yield the articles of the paragraphs of an export that ends each with « End of Document »."""
    kinds = [_kind(block) for block in blocks]
    ends = [number for number, kind in enumerate(kinds) if kind == "end"]
    if not ends or "body" in kinds[ends[-1] + 1 :]:
        ends.append(len(blocks))
    starts = [0, *(end + 1 for end in ends)]
    # Where an end is missing, the last label beneath a text is one.
    bodies = [number for number, kind in enumerate(kinds) if kind == "body"]
    for body, following in pairwise(bodies):
        if "end" not in kinds[body:following]:
            loaded = (at + 1 for at in range(following - 1, body, -1) if blocks[at] and _LOADED.match(blocks[at][0]))
            starts.append(next(loaded, following))
    starts.sort()
    parts = [blocks[start:end] for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True)]
    parts = [part[:-1] if part and _kind(part[-1]) == "end" else part for part in parts]
    if ends[-1] < len(blocks):
        parts.pop()  # beneath the last end
    # Paragraphs may hold anything; they travel as they are.
    packed = {str(number): part for number, part in enumerate(part for part in parts if part)}
    keys = (key.encode() for key in packed)
    yield from read_pieces(opened, name, keys, lambda key: uni_article(packed[key]))


def _kind(block: list[str]) -> str | None:
    return listed("headings").get(fold(block[0].strip(" :"), accents=False)) if len(block) == 1 else None


TEXT = Format(name=TEXT_NAME, read=read_text, looks_like=looks_like_text)
HTML = Format(name=HTML_NAME, read=read_html, looks_like=looks_like_html)
WORD = Format(name=WORD_NAME, read=read_word, looks_like=looks_like_word)
