"""Exports of Factiva: HTML and RTF, with the codes of its fields (HD, BY, …) and in the display without them."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from newsnlp.ingest.archives.parts.fragments import classed, lines_of, text_of, tree_of
from newsnlp.ingest.archives.parts.moments import find_moment
from newsnlp.ingest.archives.parts.pieces import (
    is_markup,
    is_prose,
    language_of,
    pieces,
    read_pieces,
    text_of_line,
    utf8_of,
    without_by,
    words_in,
)
from newsnlp.ingest.opened import Format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsnlp.ingest.opened import Head, Item, Opened

HTML_NAME, TEXT_NAME = "Factiva, HTML", "Factiva, text"
_ARTICLE = re.compile(rb"""<div\b[^<>]{0,300}?class\s*=\s*["']\s*article\s+[a-z]{2}Article\b""", re.IGNORECASE)
_HEADLINE = re.compile(rb"""class\s*=\s*["'][a-z]{2}Headline\b""", re.IGNORECASE)
_CODED_HEADLINE = re.compile(rb"<b>\s*HD\s*</b>", re.IGNORECASE)
_END = re.compile(rb"Document\s[A-Za-z]{2,20}\d{8,}\w+")
_TITLE = re.compile(r"<title>[^<]*(?:factiva|dow jones)", re.IGNORECASE)
# In the order in which they are printed: within a text only those count that come after it.
CODES = tuple(
    re.findall(
        r"\w+", "SE CLM HD CR BY WC PD ET SN SC NGC GC ED PG VOL LA CY LP TD CX CT ART RF CO IN NS RE DE IPC IPD PUB AN"
    )
)
_AFTER_TEXT = frozenset(CODES[CODES.index("TD") + 1 :])
_ABOVE_TEXT = frozenset({"SE", "CLM", "HD", "BY", "WC", "PD", "SN", "LP"})
_CODED = re.compile(
    rf"^[ \t]*(?P<code>{'|'.join(CODES)})"
    r"(?P<gap>[ \t]*\|[ \t]*|\t+[ \t]*|[ \t\u00a0]{2,}|[ \u00a0]|[ \t]*$)(?P<value>.*)$"
)
_NUMBER = re.compile(r"\s*Document\s+(?P<id>[A-Za-z][A-Za-z0-9_]{4,19}\d{6,10}\w{4,14})\s*\|?\s*$")
_WORDS = re.compile(r"\s*\d[\d\s.,\u00a0\u202f]*\s*(?:mots?|words?|wörter|palabras|parole)\s*$", re.IGNORECASE)
_CLOCK = re.compile(r"\s*(?P<hour>[01]?\d|2[0-3])\s?[:h]\s?(?P<minute>[0-5]\d)(?:\s*(?P<zone>GMT|UTC|CET|CEST))?\s*$")
_SOURCE_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_RIGHTS = re.compile(r"\s*(?:©|\(c\)|copyright\b|all rights reserved|tous droits)", re.IGNORECASE)
_EXTRA = {
    "SC": "source_code", "ED": "edition", "VOL": "volume", "CR": "credit", "CO": "companies", "IN": "industries",
    "NS": "subjects", "RE": "regions", "PUB": "publisher", "CLM": "column", "CT": "contact",
}  # fmt: skip
_MOST_META = 14


def looks_like_html(head: Head) -> bool:
    """Tell by the title of the page, which stands above 100 kB of styles, or by the classes of an article."""
    if not is_markup(head):
        return False
    data = utf8_of(head.data)
    if b"Article" in data and _ARTICLE.search(data):
        return True
    if b"activa" not in data:
        return False
    return _TITLE.search(head.text) is not None or "articleParagraph" in head.text


def read_html(opened: Opened) -> Iterator[Item]:
    """Yield the articles of an HTML export.

    Raises
    ------
    MissingExtraError
        If the extra ``html`` is not installed.
    """
    tree_of("", "Reading an export of Factiva")  # every article would fail alike
    data = utf8_of(opened.data)
    yield from read_pieces(opened, HTML_NAME, pieces(data, _starts(data)), _html_article, whole=_is_whole)


def _starts(data: bytes) -> list[int]:
    """Return where articles begin: at their tag, or after the number of one before a headline whose tag is broken."""
    starts = [found.start() for found in _ARTICLE.finditer(data)]
    coded = [found.start() for found in _CODED_HEADLINE.finditer(data)]
    headed = coded or [found.start() for found in _HEADLINE.finditer(data)]
    ends = [found.end() for found in _END.finditer(data)]
    # Of a first article whose tag is broken all is kept that stands above its headline.
    extra = [0] if headed and (not starts or headed[0] < starts[0]) else []
    for before, headline in pairwise(headed):
        if bisect_right(starts, headline) == bisect_right(starts, before):
            end = bisect_right(ends, headline) - 1
            extra.append(ends[end] if end >= 0 and ends[end] > before else headline)
    return sorted({*starts, *extra})


def _is_whole(text: str) -> bool:
    return re.search(r"\bDocument\s+[A-Za-z]+\d{8}", text) is not None


def _html_article(piece: str) -> dict[str, Any]:
    tree = tree_of(piece, "Reading an export of Factiva")
    article = next(
        (element for element in tree.iter("div") if "article" in (element.get("class") or "").lower().split()), tree
    )
    fields: dict[str, list[str]] = {}
    for row in article.iter("tr"):
        # A table within a text has rows of its own.
        if next(row.iterancestors("td"), None) is not None:
            continue
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        code = text_of(cells[0]).strip(" \u00a0") if len(cells) > 1 else ""
        if code in CODES and code not in fields:
            fields[code] = lines_of(cells[1])
    if fields:
        return _of_fields(fields)
    headline = next(
        (e for e in article.iter() if isinstance(e.tag, str) and "headline" in (e.get("class") or "").lower()), None
    )
    paragraphs = [e for e in article.iter("p") if "articleparagraph" in (e.get("class") or "").lower()]
    authors = classed(article, "author")
    inside = {node for e in paragraphs for node in e.iter()}
    lines = [line for line in lines_of(article, lambda e: e in inside or e is headline or e in authors) if line.strip()]
    values = _of_lines(lines, text_of(headline) if headline is not None else None)
    text = [line for e in paragraphs for line in lines_of(e)]
    values["author"] = without_by("; ".join(map(text_of, authors))) or values.get("author")
    return values | {"text": [*text, *_tables(article, inside)] if text else values.get("text")}


def _tables(article: Any, inside: set[Any]) -> list[str]:
    return [
        line
        for table in article.iter("table")
        if table not in inside and next(table.iterancestors("table"), None) is None
        for line in lines_of(table)
    ]


def _of_fields(fields: dict[str, list[str]]) -> dict[str, Any]:
    one = {code: " ".join(lines).strip() for code, lines in fields.items()}
    date = one.get("PD")
    moment = find_moment(date or "")
    clock = _CLOCK.match(one.get("ET", ""))
    published: Any = moment[0] if moment else date
    if moment and clock:
        published = find_moment(f"{moment[0].date().isoformat()} {one['ET'].strip()}")
        published = published[0] if published else moment[0]
    number = re.sub(r"^Document\s+", "", one.get("AN", "")).strip() or None
    values = {
        "title": one.get("HD"),
        "author": without_by(one.get("BY")),
        "published_at": published,
        "source": one.get("SN"),
        "section": one.get("SE"),
        "page": one.get("PG"),
        "words": words_in(one.get("WC")),
        "lang": language_of(one.get("LA")),
        "id": number,
        "text": [*fields.get("LP", []), *fields.get("TD", [])],
    }
    return values | {name: one.get(code) for code, name in _EXTRA.items()}


# ---- text: what is in an RTF file, or was copied


def is_text(text: str) -> bool:
    """Tell whether a text is one of Factiva's: articles that end in « Document » and their number."""
    return "Document " in text and any(_NUMBER.match(line) or _coded_end(line) for line in text.splitlines())


def _coded_end(line: str) -> bool:
    found = _CODED.match(line)
    return found is not None and found["code"] == "AN" and _NUMBER.match(found["value"]) is not None


def looks_like_text(head: Head) -> bool:
    """Tell by the number beneath an article; cheap where the word is missing."""
    return b"Document " in utf8_of(head.data) and is_prose(head) and is_text(head.text)


def read_text(opened: Opened) -> Iterator[Item]:
    """Yield the articles of a text."""
    yield from read_lines(opened, utf8_of(opened.data))


def read_lines(opened: Opened, data: bytes) -> Iterator[Item]:
    """Yield the articles of a text in bytes, each ending with its number."""
    yield from read_pieces(opened, TEXT_NAME, _numbered(data), text_article, whole=_is_whole)


def _numbered(data: bytes) -> Iterator[bytes]:
    """Yield the lines of each article: up to its number, or, where that is missing, to what stands above a text."""
    held: list[bytes] = []
    has_text = False
    for line in data.splitlines(keepends=True):
        found = _CODED.match(text_of_line(line)) if line[:4].strip()[:2].isupper() else None
        if found and found["code"] in _ABOVE_TEXT and has_text and found["gap"] != " ":
            yield b"".join(held)
            held, has_text = [], False
        held.append(line)
        has_text = has_text or (found is not None and found["code"] in {"LP", "TD"})
        if b"Document " in line:
            text = text_of_line(line)
            if _NUMBER.match(text) or _coded_end(text):
                yield b"".join(held)
                held, has_text = [], False
    # Beneath the last article stands a summary of the search, which has no words counted.
    rest = [text_of_line(line).rstrip("\r\n") for line in held]
    if any(_WORDS.match(line) or _is_code(line, "WC") or _is_code(line, "HD") for line in rest):
        yield b"".join(held)


def _is_code(line: str, code: str) -> bool:
    found = _CODED.match(line)
    return found is not None and found["code"] == code


def text_article(piece: str) -> dict[str, Any]:
    """Return the fields of an article that is lines of text, with codes or without."""
    lines = [line for line in piece.splitlines() if line.strip(" \t|\u00a0")]
    coded = next((n for n, line in enumerate(lines) if _is_code(line, "HD")), None)
    if coded is None:
        return _of_lines([line.strip(" |") for line in lines])
    fields: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        found = _CODED.match(line)
        if found and found["code"] not in fields and _opens(found, code):
            code = found["code"]
            fields[code] = [value] if (value := found["value"].strip(" |\t\u00a0")) else []
        elif code:
            fields[code].append(line.strip(" |\t\u00a0"))
    return _of_fields(fields)


def _opens(found: re.Match[str], code: str) -> bool:
    """Tell whether a code begins a field where it stands: within a text « LA POSTE » or « CO 2 » are none."""
    if code not in {"LP", "TD"} or found["code"] == "TD":
        return True
    if found["code"] not in _AFTER_TEXT:
        return False
    return found["gap"] != " " or re.match(r"[\w.]+ : |Document ", found["value"]) is not None


def _of_lines(lines: list[str], headline: str | None = None) -> dict[str, Any]:
    """Read the display without codes: headline, author, « 295 mots », date, hour, paper, code, language, rights."""
    at = next((n for n, line in enumerate(lines) if _WORDS.match(line)), None)
    number = next((found["id"] for line in reversed(lines) if (found := _NUMBER.match(line))), None)
    values: dict[str, Any] = {"id": number, "title": headline}
    above = lines[:at] if at is not None else []
    if headline is not None:
        values["section"] = " ".join(above[:1]) or None
        values["author"] = without_by(" ".join(above[1:]))
    elif above:
        # A section, a headline, a signature: the headline is what is longest of them.
        longest = max(range(len(above)), key=lambda n: len(above[n]))
        values["title"] = above[longest]
        values["section"] = " ".join(above[:longest]) or None
        values["author"] = without_by("; ".join(above[longest + 1 :]))
    if at is None:
        rest = [line for line in lines if not _NUMBER.match(line)]
        return values | {
            "title": headline or (rest[0] if rest else None),
            "text": rest[1:] if headline is None else rest,
        }
    values["words"] = words_in(lines[at])
    meta, end = _meta(lines, at + 1)
    values |= meta
    body = [line for line in lines[end:] if not _NUMBER.match(line)]
    return values | {"text": body}


def _meta(lines: list[str], start: int) -> tuple[dict[str, Any], int]:
    """Return what stands between the count of words and the rights, and where the text begins."""
    values: dict[str, Any] = {}
    stop = min(len(lines), start + _MOST_META)
    rights = next((n for n in range(start, stop) if _RIGHTS.match(lines[n])), None)
    spoken = next((n for n in range(start, stop) if language_of(lines[n]) and len(lines[n]) < 20), None)  # noqa: PLR2004
    end = rights + 1 if rights is not None else (spoken + 1 if spoken is not None else start)
    named: list[str] = []
    for line in lines[start:end]:
        moment = find_moment(line)
        if moment and "published_at" not in values:
            values["published_at"] = moment[0]
        elif (clock := _CLOCK.match(line)) and values.get("published_at"):
            day = values["published_at"].date().isoformat()
            values["published_at"] = (find_moment(f"{day} {clock[0].strip()}") or [values["published_at"]])[0]
        elif language_of(line):
            values["lang"] = language_of(line)
        elif not _RIGHTS.match(line):
            named.append(line.strip())
    values["source"] = named[0] if named else None
    for line in named[1:]:
        if "source_code" not in values and _SOURCE_CODE.fullmatch(line):
            values["source_code"] = line
        elif re.fullmatch(r"[A-Z]{0,3}-?\d{1,4}\w?(?:[-,]\s?\d+)*", line):
            values.setdefault("page", line)
        else:
            values.setdefault("edition", line)
    return values, end


HTML = Format(name=HTML_NAME, read=read_html, looks_like=looks_like_html)
TEXT = Format(name=TEXT_NAME, read=read_text, looks_like=looks_like_text)
