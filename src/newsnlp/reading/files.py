"""From a file, bytes or a string to an `Article`: HTML told from text, bad input refused clearly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from newsnlp.errors import ArticleError, SourceError
from newsnlp.reading.decoding import MAX_BYTES, Decoded, decode
from newsnlp.reading.documents import is_document, read_document
from newsnlp.reading.heads import split_head
from newsnlp.reading.markup import looks_like_html
from newsnlp.reading.web.pages import read_html
from newsnlp.records import Article
from newsnlp.text.stamps import parse_date

# What a web page says of its article.
_OF_PAGES = ("text", "title", "author", "published_at", "source", "url", "warnings")


def read_bytes(data: bytes) -> tuple[str, str]:
    """Return the text that bytes hold, and the name of its encoding.

    Parameters
    ----------
    data : bytes
        As `newsnlp.reading.decoding.decode` takes them, which also tells what was replaced or guessed.

    Returns
    -------
    text : str
    encoding : str

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
    found = decode(data)
    return found.text, found.encoding


def read_page(content: str | bytes, /, **given: Any) -> Article:
    """Return the article in a text or web page; `given` are fields that win over what the page says.

    Raises
    ------
    EncodingError, ArticleError, MissingExtraError
        As `newsnlp.read_article`.
    """
    if isinstance(content, bytes) and is_document(content):
        return replace(read_document(content), **given)
    found = Decoded(content, "") if isinstance(content, str) else decode(content)
    text = found.text
    if len(text) > MAX_BYTES:
        message = f"received a text of {len(text):,} characters; accepted: at most {MAX_BYTES:,}. Hint: split it"
        raise ArticleError(message)
    if not text.strip("\ufeff \t\r\n"):
        message = "received an article without any text; accepted: an article. Hint: check that it was saved"
        raise ArticleError(message)
    given = {"encoding": found.encoding or None, **given}
    if looks_like_html(text):
        page = read_html(text, url=given.get("url"))
        said = {name: getattr(page, name) for name in _OF_PAGES}
    else:
        head, start = split_head(text)
        said = {**(_fields_of(head) if start else {}), "text": text[start:]}
    warnings = (*found.warnings, *said.pop("warnings", ()), *given.pop("warnings", ()))
    return Article(**{**said, **given, "warnings": warnings})


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
