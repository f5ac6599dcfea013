"""One article out of a file, bytes or a string, whatever format it is in."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import islice
from pathlib import Path
from typing import Any

from newsnlp.errors import ArticleError, EncodingError, MissingExtraError
from newsnlp.ingest.column_names import FIELDS
from newsnlp.ingest.failures import Failure, FailureKind, told_of
from newsnlp.ingest.opened import HEAD_BYTES, Head, Opened, Page, kind_of
from newsnlp.ingest.registry import PAGE, format_of
from newsnlp.reading import content_of, read_page
from newsnlp.records import Article


def read_article(content: str | bytes | Path, /, **metadata: Any) -> Article:
    r"""Return the article in a file, in bytes or in a string.

    Parameters
    ----------
    content : pathlib.Path, bytes or str
        A file; or its content; a string is the text itself, never a path.
    **metadata
        Fields of `Article` (``id``, ``title``, ``published_at``, ``source``, ``url``, ``author``, ``lang``); they win
        over what the page says.

    Returns
    -------
    Article
        Its ``text`` is the decoded text as it stands, or, of HTML, the extracted article; ``encoding`` names what
        the bytes were in, ``warnings`` what had to be guessed.

    Raises
    ------
    SourceError
        If the file is not there or cannot be read.
    EncodingError
        If it is no text.
    ArticleError
        If it is empty, too long, holds several articles or none, or a metadata field is not known.
    MissingExtraError
        If an extra that its format needs is not installed (``html``, …).

    Examples
    --------
    >>> read_article(b"Deux bless\xe9s \xe0 Lyon.", source="Le Journal").text
    'Deux blessés à Lyon.'
    """
    known = [item.name for item in fields(Article)]
    if unknown := set(metadata) - set(known):
        message = f"read_article() got {sorted(unknown)}; accepted: {', '.join(known)}"
        raise ArticleError(message)
    given = {key: value for key, value in metadata.items() if value not in (None, "")}
    if isinstance(content, str):
        return read_page(content, **given)
    if not isinstance(content, Path):
        return _read_bytes(content_of(content), None, given)
    try:
        return _read_bytes(content_of(content), content, given)
    except ArticleError as error:
        # Errors of the file system name the file themselves.
        if str(content) in str(error):
            raise
        message = f"{content}: {error}"
        raise type(error)(message) from error


def _read_bytes(data: bytes, path: Path | None, given: dict[str, Any]) -> Article:
    name, suffix = (path.name, kind_of(path)) if path is not None else ("the input", "")
    found = format_of(Head(data[:HEAD_BYTES], suffix))
    if found is None or found is PAGE:
        return read_page(data, **given)
    opened = Opened.of_bytes(data, name=name, suffix=suffix)
    opened.path = path
    items = list(islice(found.read(opened), 2))
    first = items[0] if items else None
    if isinstance(first, Page):
        return _read(first, **given)
    if len(items) > 1:
        message = (
            f"received {name}, {found.name} with several articles; accepted: one article. "
            "Hint: newsnlp batch FILE --out DIR, newsnlp.analyze_corpus()"
        )
        raise ArticleError(message)
    if not isinstance(first, Article):
        told = first.reason if isinstance(first, Failure) else "it holds no article"
        message = f"received {name}, {found.name}: {told}"
        raise ArticleError(message)
    return replace(first, **given)


def open_page(page: Page) -> Article | Failure:
    """Return the article in a page, or why there is none.

    Raises
    ------
    MissingExtraError
        If it is HTML and the extra ``html`` is not installed: every page would fail alike.
    """
    try:
        return _read(page, id=page.id)
    except ArticleError as error:
        kind = FailureKind.BAD_ENCODING if isinstance(error, EncodingError) else FailureKind.NO_TEXT
        return Failure(article_id=page.id, kind=kind, reason=str(error))
    except MissingExtraError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever a page does to the library that takes it apart
        return Failure(article_id=page.id, kind=FailureKind.BAD_RECORD, reason=told_of(error))


def _read(page: Page, **given: Any) -> Article:
    """Return the article in a page; what is known of it from elsewhere wins over what it says."""
    known = {name: value for name, value in page.given.items() if value}
    extra = {name: known.pop(name) for name in list(known) if name not in FIELDS}
    article = read_page(page.data, **{**known, **given})
    return replace(article, extra={**article.extra, **extra}) if extra else article
