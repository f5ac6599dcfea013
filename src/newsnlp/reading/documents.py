"""One article in a PDF (extra ``pdf``) or Word file (extra ``docx``): its text, and what its properties tell."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newsnlp.errors import ArticleError, EncodingError, MissingExtraError
from newsnlp.reading.cleaning import clean
from newsnlp.reading.mending.wrapping import unwrap
from newsnlp.records import Article
from newsnlp.safety.archives import bomb_in

if TYPE_CHECKING:
    from collections.abc import Iterator

PDF = b"%PDF-"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DOCX = re.compile(rb"PK\x03\x04.{26}word/", re.DOTALL)
# Readers find the mark of a PDF within so many bytes: some servers put a line before it.
_PDF_WITHIN = 1_024
# One article has a few; of a book so many are read that the limit of a text is reached before.
MAX_PAGES = 1_000
MAX_CHARS = 5_000_000
# A line at the top or foot of so many pages is none of the article.
_RUNNING_PAGES = 3
_EDGE_LINES = 2
_DIGITS = re.compile(r"\d+")
# What programs write as title or author where nobody has.
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint) ?-.*|untitled.*|sans titre.*|document ?\d*|.*\.(?:docx?|pdf|indd|qxp|odt|rtf))",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"(?:python-docx|microsoft office user|utilisateur.*|user.*|admin\w*|windows.*|owner|unknown|anonymous)",
    re.IGNORECASE,
)
_PAPER = re.compile(r"(?:le|la|les) |l['’]", re.IGNORECASE)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MARKS = {
    f"{_WORD}t": "",
    f"{_WORD}tab": "\t",
    f"{_WORD}br": "\n",
    f"{_WORD}cr": "\n",
    f"{_WORD}noBreakHyphen": "-",
}
# python-docx, and its template, say so of every file.
_TEMPLATE_DATE = datetime(2013, 12, 23)  # noqa: DTZ001  # only its day counts


def is_document(data: bytes) -> bool:
    """Tell whether bytes are a PDF or Word file."""
    return (
        PDF in data[:_PDF_WITHIN] or (data.startswith(_ZIP) and _DOCX.search(data) is not None) or _is_protected(data)
    )


def _is_protected(data: bytes) -> bool:
    return data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data


def read_document(data: bytes) -> Article:
    """Return the article in a PDF or Word file.

    Raises
    ------
    EncodingError
        If the file is broken, protected, a bomb, or holds no text.
    MissingExtraError
        If what reads it (extras ``pdf``, ``docx``) is not installed.

    Notes
    -----
    Title, author and date are those of the properties where the text itself has none; a warning says so of the date,
    for it is that of the file.
    """
    if _is_protected(data):
        message = "received a Word or Excel file that is protected by a password. Hint: save it without one"
        raise EncodingError(message)
    is_pdf = not data.startswith(_ZIP)
    text, told, warnings = _of_pdf(data) if is_pdf else _of_docx(data)
    text = text.encode("utf-8", "replace").decode()
    page = clean(text)
    title, made = told["title"], told["made"]
    signed = [name for name in (page.author, told["author"]) if name and not _NO_AUTHOR.fullmatch(name)]
    # A paper signs what nobody has signed.
    papers = [name for name in signed if _PAPER.match(name)]
    if page.published_at is None and made is not None:
        warnings.append(f"the date is that of the {'PDF' if is_pdf else 'Word'} file's properties ({made:%Y-%m-%d})")
    return Article(
        text=text,
        title=title if title and not _NO_TITLE.fullmatch(title) else None,
        author=next((name for name in signed if name not in papers), None),
        source=next(iter(papers), None),
        published_at=page.published_at or made,
        warnings=tuple(warnings),
    )


def _of_pdf(data: bytes) -> tuple[str, dict[str, Any], list[str]]:
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise MissingExtraError.named("pdf", "Reading PDF files") from error
    # What it logs of a broken file is told by a warning here; whoever wants it sets a handler.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    try:
        reader = PdfReader(io.BytesIO(data[data.find(PDF) :]), strict=False)
        # With an empty password everyone may open it.
        is_locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if is_locked else len(reader.pages)
    except Exception as error:  # of a broken file its reader raises what it happens to meet
        message = f"received a PDF file that cannot be read ({_told(error)}). Hint: print it to a PDF anew"
        raise EncodingError(message) from error
    if is_locked:
        message = "received a PDF file that is protected by a password. Hint: print it to a PDF without one"
        raise EncodingError(message)
    pages: list[list[str]] = []
    unread: list[str] = []
    size = 0
    for number in range(min(count, MAX_PAGES)):
        try:
            text = reader.pages[number].extract_text() or ""
        except Exception as error:  # noqa: BLE001  # a broken page costs itself
            unread.append(f"page {number + 1} cannot be read ({_told(error)})")
            continue
        pages.append([line.rstrip() for line in text.strip().split("\n")])
        size += len(text)
        if size > MAX_CHARS:
            break
    warnings = unread[:1] + ([f"{len(unread)} pages cannot be read"] if len(unread) > 1 else [])
    if len(pages) + len(unread) < count:
        warnings.append(f"{count - len(pages) - len(unread)} of {count} pages are left out")
    text = "\n".join(line for page in _without_running_lines(pages) for line in page).strip()
    if not text:
        told = f"; {unread[0]}" if unread else ""
        message = (
            f"received a PDF file of {count} pages without any text{told}: a scan, it seems. "
            "Hint: let a program for text recognition (OCR) make a PDF with text of it"
        )
        raise EncodingError(message)
    unwrapped = unwrap(text, laid_out=True)
    return text if unwrapped is None else unwrapped.text, _pdf_properties(reader), warnings


def _pdf_properties(reader: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"title": None, "author": None, "made": None}
    try:
        about = reader.metadata
        if about is not None:
            told |= {"title": _filled(about.title), "author": _filled(about.author)}
            told["made"] = about.creation_date
    except Exception:  # noqa: BLE001  # its properties are worth less than the article
        return told
    return told


def _without_running_lines(pages: list[list[str]]) -> Iterator[list[str]]:
    """Yield the pages without the lines that stand at the top or foot of several, numbers aside."""
    if len(pages) < _RUNNING_PAGES:
        yield from pages
        return
    edges = [[*page[:_EDGE_LINES], *page[-_EDGE_LINES:]] for page in pages]
    seen = Counter(key for edge in edges for key in {_DIGITS.sub("0", line.strip()) for line in edge if line.strip()})
    running = {key for key, count in seen.items() if count >= max(_RUNNING_PAGES, len(pages) // 2)}
    for page in pages:
        last = len(page) - _EDGE_LINES
        yield [
            line
            for at, line in enumerate(page)
            if _EDGE_LINES <= at < last or _DIGITS.sub("0", line.strip()) not in running
        ]


def _of_docx(data: bytes) -> tuple[str, dict[str, Any], list[str]]:
    document = _opened_docx(data)
    text = "\n".join(line for line in lines_of_docx(document) if line.strip())
    if not text:
        message = "received a Word file without any text. Hint: if it holds pictures of a text, let OCR read them"
        raise ArticleError(message)
    return text[:MAX_CHARS], _docx_properties(document), []


def paragraphs_of_docx(data: bytes) -> list[str]:
    """Return the paragraphs of a Word file; the cells of a row of a table stand in one, parted by `` | ``.

    Raises
    ------
    EncodingError
        If it is broken or a bomb.
    MissingExtraError
        If the extra ``docx`` is not installed.
    """
    return [line for line in lines_of_docx(_opened_docx(data)) if line.strip()]


def _opened_docx(data: bytes) -> Any:
    try:
        from docx import Document
    except ImportError as error:
        raise MissingExtraError.named("docx", "Reading Word files") from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            bomb = bomb_in(archive)
        document = None if bomb else Document(io.BytesIO(data))
    except Exception as error:  # of a broken file its reader raises what it happens to meet
        message = f"received a Word file that cannot be read ({_told(error)}). Hint: save it anew in Word"
        raise EncodingError(message) from error
    if document is None:
        message = f"received a Word file that is a bomb: {bomb}"
        raise EncodingError(message)
    return document


def lines_of_docx(document: Any) -> list[str]:
    """Return the paragraphs of an opened Word file, the empty ones too."""
    try:
        return list(_lines(document.element.body))
    except Exception as error:  # of a broken file its reader raises what it happens to meet
        message = f"received a Word file that cannot be read ({_told(error)}). Hint: save it anew in Word"
        raise EncodingError(message) from error


def _lines(body: Any) -> Iterator[str]:
    """Yield paragraphs, those in tables, content controls and insertions, too; the cells of a row on one line."""
    row: Any = None
    cells: list[str] = []
    for paragraph in body.iter(f"{_WORD}p"):
        if next(paragraph.iterancestors(_FALLBACK), None) is not None:
            continue  # the same text box in an older form
        text = "".join(_pieces(paragraph))
        around = list(paragraph.iterancestors(f"{_WORD}tr"))
        outermost = around[-1] if around else None
        if cells and outermost is not row:
            yield " | ".join(cells)
            cells = []
        row = outermost
        if outermost is None:
            yield text
        elif text.strip():
            cells.append(text)
    if cells:
        yield " | ".join(cells)


def _pieces(paragraph: Any) -> Iterator[str]:
    """Yield the texts of a paragraph; of what was deleted, and of text boxes in it, it has none."""
    for item in paragraph.iter(*_MARKS):
        if next(item.iterancestors(f"{_WORD}p"), None) is paragraph:
            yield item.text or "" if item.tag == f"{_WORD}t" else _MARKS[item.tag]


def _docx_properties(document: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"title": None, "author": None, "made": None}
    try:
        about = document.core_properties
        told |= {"title": _filled(about.title), "author": _filled(about.author)}
        if (made := about.created) is not None and made.date() != _TEMPLATE_DATE.date():
            # Word writes UTC; older versions of the library leave the zone out.
            told["made"] = made if made.tzinfo is not None else made.replace(tzinfo=UTC)
    except Exception:  # noqa: BLE001  # its properties are worth less than the article
        return told
    return told


def _filled(value: object) -> str | None:
    return " ".join(str(value).split()) or None if value else None


def _told(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
