"""From bytes or a string to an `Article`: encodings named, HTML told from text, bad input refused clearly."""

from __future__ import annotations

import codecs
from dataclasses import replace
from pathlib import Path
from typing import Any

from newsnlp.errors import ArticleError, EncodingError, SourceError
from newsnlp.reading.documents import is_document, read_document
from newsnlp.reading.heads import split_head
from newsnlp.reading.markup import looks_like_html
from newsnlp.reading.web.pages import read_html
from newsnlp.records import Article, parse_date

# A novel has about 1 MB. Beyond this a file is no article but a corpus, or not text at all.
MAX_BYTES = 50_000_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The first bytes of files that are often passed for text.
_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP, Word or Excel file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"{\\rtf", "an RTF file"),
)
# Bytes that Windows-1252 leaves empty: Latin-1 has control characters there, which no text uses.
_ABSENT_IN_1252 = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_TEXT_CONTROLS = b"\t\n\r\x0b\x0c\x1b\x85"
_MAX_CONTROLS = 0.005


def read_bytes(data: bytes) -> tuple[str, str]:
    """Return the text that bytes hold, and the name of its encoding.

    Parameters
    ----------
    data : bytes
        UTF-8, UTF-16 or UTF-32 with a byte order mark, else Windows-1252 or Latin-1.

    Returns
    -------
    text : str
    encoding : {"utf-8", "utf-8-sig", "utf-16", "utf-32", "windows-1252", "latin-1"}

    Raises
    ------
    EncodingError
        If the bytes are no text.
    ArticleError
        If they are more than 50 MB.

    Examples
    --------
    >>> read_bytes("Été à Orléans".encode("cp1252"))
    ('Été à Orléans', 'windows-1252')
    >>> read_bytes(b"%PDF-1.7 ...")
    Traceback (most recent call last):
        ...
    newsnlp.errors.EncodingError: received a PDF file; accepted: text or HTML. Hint: save it as text (.txt, UTF-8)
    """
    if len(data) > MAX_BYTES:
        message = (
            f"received {len(data):,} bytes; accepted: an article of at most {MAX_BYTES:,}. Hint: split the file into "
            f"articles and use newsnlp.analyze_corpus()"
        )
        raise ArticleError(message)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise EncodingError(_no_text(what))
    marked = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None)
    if marked is not None:
        try:
            return data.decode(marked), marked
        except UnicodeDecodeError as error:
            raise EncodingError(_no_text(f"bytes that begin like {marked} and are not")) from error
    if b"\x00" in data:
        raise EncodingError(_no_text("binary data (it holds zero bytes)"))
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    return _read_single_bytes(data)


def _read_single_bytes(data: bytes) -> tuple[str, str]:
    """Return the text of bytes that are not Unicode."""
    controls = len(data) - len(data.translate(None, bytes(set(range(32)) - set(_TEXT_CONTROLS)) + b"\x7f"))
    if controls > _MAX_CONTROLS * len(data):
        raise EncodingError(_no_text(f"binary data ({controls:,} control bytes in {len(data):,})"))
    if not any(byte in data for byte in _ABSENT_IN_1252):
        return data.decode("cp1252"), "windows-1252"
    if any(0x80 <= byte <= 0x9F and byte != 0x85 for byte in data):  # noqa: PLR2004  # the C1 control characters
        raise EncodingError(_no_text("bytes that are neither UTF-8, Windows-1252 nor Latin-1"))
    return data.decode("latin-1"), "latin-1"


def _no_text(what: str) -> str:
    return f"received {what}; accepted: text or HTML. Hint: save it as text (.txt, UTF-8)"


def read_page(content: str | bytes, /, **given: Any) -> Article:
    """Return the article in a text or web page; `given` are fields that win over what the page says.

    Raises
    ------
    EncodingError, ArticleError, MissingExtraError
        As `newsnlp.read_article`.
    """
    if isinstance(content, bytes) and is_document(content):
        return replace(read_document(content), **given)
    text, encoding = (content, None) if isinstance(content, str) else read_bytes(content)
    if len(text) > MAX_BYTES:
        message = f"received a text of {len(text):,} characters; accepted: at most {MAX_BYTES:,}. Hint: split it"
        raise ArticleError(message)
    if not text.strip("\ufeff \t\r\n"):
        message = "received an article without any text; accepted: an article. Hint: check that it was saved"
        raise ArticleError(message)
    given = {"encoding": encoding, **given}
    if not looks_like_html(text):
        head, start = split_head(text)
        return Article(**{**_fields_of(head), "text": text[start:], **given}) if start else Article(text=text, **given)
    page = read_html(text, url=given.get("url"))
    found = {"text": page.text, "title": page.title, "author": page.author, "published_at": page.published_at}
    return Article(**{**found, "source": page.source, "url": page.url, "warnings": page.warnings, **given})


def _fields_of(head: dict[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {name: value for name, value in head.items() if name in Article.__dataclass_fields__}
    fields["extra"] = {name: value for name, value in head.items() if name not in fields}
    try:
        parse_date(fields.get("published_at"))
    except ArticleError:
        fields["warnings"] = (f"the date {fields.pop('published_at')!r} could not be read",)
    return fields


def content_of(source: object) -> bytes:
    """Return the bytes of a file, or bytes as they are.

    Raises
    ------
    SourceError
        If the file is not there or cannot be read.
    ArticleError
        If there are more than 50 MB of them, or `source` is neither.
    """
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source)
    if not isinstance(source, Path):
        message = f"read_article() takes a pathlib.Path, bytes or str, not {type(source).__name__}"
        raise ArticleError(message)
    try:
        size = source.stat().st_size
        data = source.read_bytes() if size <= MAX_BYTES else b""
    except FileNotFoundError as error:
        message = f"no file {str(source)!r}; accepted: a text or HTML file. Hint: check the path (here: {Path.cwd()})"
        raise SourceError(message) from error
    except OSError as error:
        message = f"cannot read {str(source)!r}: {error.strerror or error}. Hint: pass a text or HTML file"
        raise SourceError(message) from error
    if size > MAX_BYTES:
        message = (
            f"{str(source)!r} has {size:,} bytes; accepted: an article of at most {MAX_BYTES:,}. Hint: split it into "
            f"articles and use newsnlp.analyze_corpus()"
        )
        raise ArticleError(message)
    return data
