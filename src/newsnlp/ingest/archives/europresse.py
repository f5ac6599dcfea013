"""Exports of Europresse (Eureka in Canada): its HTML, old and new, and text copied from its pages or PDF files."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from newsnlp.ingest.archives.parts.fragments import classed, lines_of, paragraphs_of, text_of, tree_of
from newsnlp.ingest.archives.parts.moments import find_moment
from newsnlp.ingest.archives.parts.pieces import (
    is_markup,
    is_notice,
    is_prose,
    pieces,
    read_pieces,
    text_of_line,
    utf8_of,
    without_by,
    without_notices,
    words_in,
)
from newsnlp.ingest.opened import Format
from newsnlp.reading.page.meta_lines import is_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsnlp.ingest.opened import Head, Item, Opened

HTML_NAME, TEXT_NAME = "Europresse, HTML", "Europresse, copied text"
_MARKS = (b"docpublicationname", b"titrearticlevisu", b"dococurrcontainer", b"public-lblnodoc")
_ARTICLE = re.compile(rb"<article\b", re.IGNORECASE)
# Bounded: a tag that goes on and on must not be read once for each of its words.
_PUBLICATION = re.compile(
    rb"""<(?:span|div|p)\b[^<>]{0,300}?class\s*=\s*["']?[^"'<>]{0,200}?\bDocPublicationName\b""", re.IGNORECASE
)
_HEADING = re.compile(rb"""<[^<>]{0,300}?class\s*=\s*["']?[^"'<>]{0,200}?\btitreArticleVisu\b""", re.IGNORECASE)
_HEADER = re.compile(rb"""<span\b[^<>]{0,300}?class\s*=\s*["']?DocHeader\b""", re.IGNORECASE)
# The wrapper of the new layout, right before the name itself.
_WRAPPER = re.compile(rb"""<div\b[^<>]*class\s*=\s*["']?[^"'<>]*rdp__DocPublicationName[^<>]*>\s*\Z""", re.IGNORECASE)
_ISSUE = re.compile(r",?\s+(?:(?:no|num|vol|issue)(?:\.\s*|\s+)|n[°º]\s*)(?P<issue>[A-Z]{0,3}\d.*)", re.IGNORECASE)
_ID = re.compile(
    r"\b(?:news|web|bio|rep|report|pub|doc|tv|rad|video|social)[·.](?:19|20)\d{6}[·.][A-Z0-9_]{1,12}[·.]\w+"
)
_WORDS = re.compile(
    r"(?<!\d)(?P<words>\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+|\d+)[ \u00a0\u202f]*(?:mots?|words?)\b", re.IGNORECASE
)
_PAGE = re.compile(r"(?:^|[\s,•·])(?:p|pp|page|pages)\.?\s+(?P<page>[^\s,;•][^,;•]*)", re.IGNORECASE)
_PARU = re.compile(r"(?:cet article est paru dans|this article (?:appeared|was published) in)\b", re.IGNORECASE)
_PROTECTED = re.compile(r"droits réservés|rights reserved|est protégé|is protected", re.IGNORECASE)
# « news· » in UTF-8 and in Windows-1252, and the rights.
_TEXT_MARKS = (b"news\xc2\xb7", b"news\xb7", b"document est prot")
# An author's line beneath an old headline; longer ones are the first of the text.
_MOST_AUTHOR_WORDS = 10
_MOST_HEADER = 200
# Lines of the cover of a PDF: what is told of the source.
_COVER = re.compile(
    r"(?:nom de la source|type de source|périodicité|couverture géographique|provenance|name of source|source name"
    r"|source type|periodicity|geographical coverage|origin)\b",
    re.IGNORECASE,
)


def looks_like_html(head: Head) -> bool:
    """Tell by the names of its classes: a page that only speaks of Europresse has none of them."""
    if not is_markup(head):
        return False
    data = utf8_of(head.data).lower()
    return b"class" in data and any(mark in data for mark in _MARKS)


def read_html(opened: Opened) -> Iterator[Item]:
    """Yield the articles of an HTML export.

    Raises
    ------
    MissingExtraError
        If the extra ``html`` is not installed.
    """
    tree_of("", "Reading an export of Europresse")  # every article would fail alike
    data = utf8_of(opened.data)
    parts = pieces(data, _starts(data))
    yield from read_pieces(opened, HTML_NAME, parts, _html_article, whole=_is_whole)


def _starts(data: bytes) -> list[int]:
    """Return where articles begin: at their tag, or, where that is missing or of the old kind, at the paper's name."""
    articles = [found.start() for found in _ARTICLE.finditer(data)]
    starts = list(articles)
    following = iter([*articles, len(data)])
    upcoming = next(following)
    taken = not articles
    for found in _PUBLICATION.finditer(data):
        while found.start() >= upcoming and upcoming < len(data):
            upcoming, taken = next(following), False
        wrapper = _WRAPPER.search(data[max(0, found.start() - 200) : found.start()])
        start = found.start() - (len(wrapper[0]) if wrapper else 0)
        if taken or not articles or start < articles[0]:
            starts.append(start)
        taken = True
    return sorted({*starts, *_unnamed(data, sorted(set(starts)))})


def _unnamed(data: bytes, starts: list[int]) -> Iterator[int]:
    """Yield where articles begin whose paper's name is broken: at the header between two headlines of one piece."""
    headings = [found.start() for found in _HEADING.finditer(data)]
    headers = [found.start() for found in _HEADER.finditer(data)]
    if headings and headers and headers[0] < headings[0] and (not starts or headings[0] < starts[0]):
        yield headers[0]
    for before, heading in pairwise(headings):
        header = bisect_right(headers, before)
        is_headed = header < len(headers) and headers[header] < heading
        if is_headed and bisect_right(starts, heading) == bisect_right(starts, before):
            yield headers[header]


def _is_whole(text: str) -> bool:
    """Tell whether the last piece has its end."""
    lowered = text.lower()
    return "</article>" in lowered or "</html>" in lowered or ("<article" not in lowered and "</table>" in lowered)


def _html_article(piece: str) -> dict[str, Any]:
    tree = tree_of(piece, "Reading an export of Europresse")
    source, issue, edition = _source(tree)
    values: dict[str, Any] = {"source": source, "issue": issue, "edition": edition}
    values |= _header(" ".join(text_of(element) for element in classed(tree, "DocHeader")))
    number = next((text_of(element) for element in classed(tree, "publiC-lblNodoc", "PubliC_lblNodoc")), "")
    values["id"] = number or _last_id(piece)
    headings = classed(tree, "rdp__articletitle") or classed(tree, "titreArticleVisu") or classed(tree, "titreArticle")
    values["title"] = text_of(headings[0]) if headings else None
    values["url"] = _url(tree)
    if classed(tree, "DocText", "docOcurrContainer", "titreArticle"):
        return _new(tree, values)
    return _old(tree, values, headings[0] if headings else None)


def _new(tree: Any, values: dict[str, Any]) -> dict[str, Any]:
    bodies = [body for body in classed(tree, "docOcurrContainer") if text_of(body)] or classed(tree, "DocText")
    inside = {element for body in classed(tree, "DocText", "docOcurrContainer") for element in body.iter()}
    signed = classed(tree, "docAuthors") or [
        element for element in classed(tree, "sm-margin-bottomNews") if element not in inside
    ]
    values["author"] = without_by("; ".join(filter(None, map(text_of, signed))))
    subtitles = [text_of(element) for element in classed(tree, "rdp__subtitle")]
    boxes = [line for box in classed(tree, "rdp__newsdoc") if box not in inside for line in lines_of(box)]
    body = [line for element in bodies for line in lines_of(element, _is_furniture) if not _PARU.match(line)]
    values["subtitle"] = " ".join(subtitles)
    notes = [text_of(aside) for aside in tree.iter("aside")]
    values["notes"] = " ".join(filter(None, notes))
    values["text"] = without_notices([*filter(None, subtitles), *body, *boxes])
    return values


def _is_furniture(element: Any) -> bool:
    classes = (element.get("class") or "").lower() if isinstance(element.tag, str) else ""
    return (
        element.tag in {"aside", "footer"}
        or "apd-wrapper" in classes
        or "lblnodoc" in classes
        or "doc-legal" in classes
    )


def _old(tree: Any, values: dict[str, Any], heading: Any) -> dict[str, Any]:
    """Read the layout of before 2014: spans, breaks and empty paragraphs, one after the other."""
    blocks = paragraphs_of(tree, lambda element: "docpublicationname" in (element.get("class") or "").lower())
    title = text_of(heading) if heading is not None else ""
    at = next((number for number, block in enumerate(blocks) if title and title in " ".join(block)), -1)
    headed = blocks[at] if at >= 0 else []
    under = next((number + 1 for number, line in enumerate(headed) if title in line), len(headed))
    above = [line for line in headed[:under] if title not in line]
    # What stands right beneath the headline, before an empty line.
    blocks[at + 1 : at + 1] = [[line] for line in headed[under:]]
    body = blocks[at + 1 :]
    if at < 0:
        headers = {text_of(element) for element in classed(tree, "DocHeader")}
        body = [block for block in blocks if not set(block) <= headers]
    if body and _is_signature(body[0]):
        values["author"] = without_by(" ".join(body.pop(0)))
    values["subtitle"] = " ".join(above)
    values["text"] = without_notices([line for block in body for line in block if not _PARU.match(line)])
    return values


def _is_signature(block: list[str]) -> bool:
    line = " ".join(block).strip()
    names = re.findall(r"\w[\w.'’-]*", line)
    if not 0 < len(names) <= _MOST_AUTHOR_WORDS or re.search(r"[!?:»]|(?<!\b\w)\.$", line) or is_notice(line):
        return False
    # A place alone may begin a text.
    if len(names) == 1:
        return line.isupper()
    return is_name(line) or sum(name[0].isupper() for name in names) > len(names) / 2


def _source(tree: Any) -> tuple[str | None, str | None, str | None]:
    """Return the paper, its issue and its edition: « Ouest-Vallée, no. 20450 », a second line for the towns."""
    # The wrapper of the new layout has a class of its own.
    names = classed(tree, "DocPublicationName") or classed(tree, "rdp__DocPublicationName")
    lines = lines_of(names[0]) if names else []
    if not lines:
        return None, None, None
    lines[0] = lines[0][:_MOST_HEADER]
    found = _ISSUE.search(lines[0])
    name = lines[0][: found.start()] if found else lines[0]
    return name.strip(" ,"), found["issue"].strip() if found else None, " ".join(lines[1:]) or None


def _header(line: str) -> dict[str, Any]:
    """Return what « Région, mardi 12 mars 2024 - 16:55:20 -0000 250 mots, p. 3 » says."""
    line = line[:_MOST_HEADER]
    found = find_moment(line)
    before, after = (line[: found[1]], line[found[2] :]) if found else (line, line)
    words, page = _WORDS.search(after), _PAGE.search(after)
    section = before if found else _PAGE.split(_WORDS.split(line)[0])[0]
    return {
        "published_at": found[0] if found else None,
        "section": section.strip(" ,;•·-") or None,
        "words": words_in(words["words"]) if words else None,
        "page": page["page"].strip() if page else None,
        # Told, not lost: a date that cannot be read is counted.
        **({} if found or not re.search(r"\d{4}", line) else {"published_at": line}),
    }


def _url(tree: Any) -> str | None:
    return next(
        (
            link.get("href")
            for link in tree.iter("a")
            if _PARU.match(text_of(link)) and link.get("href", "").startswith("http")
        ),
        None,
    )


def _last_id(piece: str) -> str | None:
    found = _ID.findall(piece)
    return found[-1] if found else None


# ---- text copied from the pages


def looks_like_text(head: Head) -> bool:
    """Tell by the number of a document, which stands beneath each article, and no tags."""
    data = utf8_of(head.data)
    if not any(mark in data for mark in _TEXT_MARKS) or not is_prose(head):
        return False
    lines = head.text.splitlines()
    return any(_ends(line) for line in lines) and any(_is_header(line) or is_notice(line) for line in lines)


def _ends(line: str) -> bool:
    """Tell whether a line stands beneath an article: its number, or the rights as Europresse words them."""
    return _ID.search(line) is not None or (is_notice(line) and _PROTECTED.search(line) is not None)


def _is_header(line: str) -> bool:
    line = line.strip()
    return bool(len(line) < _MOST_HEADER and _WORDS.search(line) and find_moment(line))


def read_text(opened: Opened) -> Iterator[Item]:
    """Yield the articles of a text copied from pages of Europresse."""
    data = utf8_of(opened.data)
    yield from read_pieces(opened, TEXT_NAME, _copied(data), _text_article)


def _copied(data: bytes) -> Iterator[bytes]:
    """Yield the lines of each article: it ends after the notices beneath its text."""
    held: list[bytes] = []
    ended = False
    for line in data.splitlines(keepends=True):
        text = text_of_line(line) if line.strip() else ""
        ends = _ends(text)
        # A name and nothing more after the notices: the next article.
        if ended and text.strip() and not ends and not is_notice(text):
            yield b"".join(held)
            held, ended = [], False
        held.append(line)
        ended = ended or ends
    if any(line.strip() for line in held):
        yield b"".join(held)


def _text_article(piece: str) -> dict[str, Any]:
    lines = [line.strip() for line in piece.splitlines() if line.strip()]
    at = next((number for number, line in enumerate(lines) if _is_header(line)), None)
    values: dict[str, Any] = {"id": _last_id(piece)}
    if at is None:
        return values | _of_pdf(lines)
    source = next((line for line in reversed(lines[:at]) if not _COVER.match(line)), None)
    source = source[:_MOST_HEADER] if source else None
    found = _ISSUE.search(source or "")
    values |= _header(lines[at])
    values |= {
        "source": source[: found.start()] if found and source else source,
        "issue": found["issue"] if found else None,
    }
    return values | _below(lines[at + 1 :])


def _of_pdf(lines: list[str]) -> dict[str, Any]:
    """Read the layout of its PDF files: « Mercredi 13 mars 2024 », « Le Courrier », « • p. 8 », « • 806 mots »."""
    at = next((number for number, line in enumerate(lines) if len(line) < _MOST_HEADER and _WORDS.search(line)), None)
    if at is None:
        return {"title": lines[0] if lines else None, "text": without_notices(lines[1:])}
    above = [part.strip(" •·") for line in lines[: at + 1] for part in line.split("•") if part.strip(" •·")]
    dated = next((number for number in range(len(above) - 1, -1, -1) if find_moment(above[number])), None)
    values = _header(", ".join(above[dated:] if dated is not None else above)) | {"section": None}
    cover = {number + 1 for number, part in enumerate(above) if _COVER.match(part)}
    named = [part for number, part in enumerate(above) if number not in cover and not _COVER.match(part)]
    named = [part for part in named if not find_moment(part) and not _WORDS.search(part) and not _PAGE.match(part)]
    told = next((above[number] for number in sorted(cover) if number < len(above)), None)
    values["source"] = named[-1] if named else told
    return values | _below(lines[at + 1 :])


def _below(lines: list[str]) -> dict[str, Any]:
    title, rest = (lines[0], lines[1:]) if lines and not is_notice(lines[0]) else (None, lines)
    author = without_by(rest[0]) if rest and _is_signature([rest[0]]) else None
    body = rest[1:] if author else rest
    return {"title": title, "author": author, "text": without_notices([line for line in body if not _PARU.match(line)])}


HTML = Format(name=HTML_NAME, read=read_html, looks_like=looks_like_html)
TEXT = Format(name=TEXT_NAME, read=read_text, looks_like=looks_like_text)
