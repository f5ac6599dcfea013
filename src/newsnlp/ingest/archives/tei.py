"""Corpora of TXM (``<text titre="…" date="…">``) and TEI, one text an article; a TEI corpus or issue has several.

References
----------
Text Encoding Initiative, P5 Guidelines, https://tei-c.org/guidelines/; TXM, manual, http://textometrie.org.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from newsnlp.errors import ArticleError
from newsnlp.ingest.archives.parts.xml_texts import prose
from newsnlp.ingest.archives.parts.xml_trees import first, read_trees, root_of, text_at
from newsnlp.ingest.column_names import candidates
from newsnlp.ingest.failures import FailureKind
from newsnlp.ingest.opened import Format

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from newsnlp.ingest.opened import Head, Item, Opened

_TEI_ROOTS = frozenset({"tei", "tei.2", "teicorpus"})
_TEI_TAGS = frozenset({"TEI", "TEI.2", "tei", "teiHeader", "teiheader"})
# Roots in which <text> is something else.
_NOT_TXM = frozenset(
    {"", "html", "svg", "rss", "feed", "rdf", "newsml", "newsmessage", "newsitem", "nitf", "mediawiki", *_TEI_ROOTS}
)
_TEXT = re.compile(r"<(?:[\w.-]+:)?text(?:\s+[\w:.-]+\s*=|\s*>)")
# Divisions of an issue of a newspaper that are articles.
_ARTICLE_KINDS = frozenset({"article", "item", "news", "breve", "brève", "text"})
_PARAGRAPHS = frozenset({"lb", "p", "s", "w", "ab", "div", "head", "l", "u"})


def read_tei(opened: Opened) -> Iterator[Item]:
    """Yield the texts of a TEI file or corpus.

    Raises
    ------
    SourceError
        If the file is no XML, or declares entities of its own.
    """
    shared: dict[str, Any] = {}

    def read(tree: Element, place: str) -> Iterator[Item]:
        nonlocal shared
        if tree.tag.lower() == "teiheader":
            # What a corpus is called, and who made it, is not so of its texts.
            told = _of_header(tree)
            shared = {name: told[name] for name in ("source", "lang", "place")}
            return
        for values in _of_tei(tree, shared):
            yield opened.article(values, place)

    yield from read_trees(opened, _TEI_TAGS, read)


def read_txm(opened: Opened) -> Iterator[Item]:
    """Yield the texts of a corpus of TXM: attributes are columns, which the user may name.

    Raises
    ------
    SourceError
        As `read_tei`.
    """

    def read(tree: Element, place: str) -> Iterator[Item]:
        attributes = {name: value for name, value in tree.items() if value.strip()}
        known = {found[0] for found in candidates(attributes, opened.reader.chosen).values()}
        # Without any mark of a paragraph, the lines of the file are those of the text.
        has_marks = any(str(item.tag).lower() in _PARAGRAPHS for item in tree.iter())
        try:
            found = opened.reader.article({**attributes, "text": prose(tree, keep_lines=not has_marks)}, place)
        except ArticleError as error:
            yield opened.failure(attributes.get("id", place), str(error), FailureKind.NO_TEXT)
            return
        extra = {name: value for name, value in attributes.items() if name not in known}
        yield replace(found, extra={**extra, **found.extra})

    yield from read_trees(opened, frozenset({"text"}), read)


def _of_tei(tree: Element, shared: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the values of a text, or of each article of an issue."""
    header = first(tree, "teiHeader", "teiheader")
    own = {name: value for name, value in _of_header(header).items() if value} if header is not None else {}
    values = {**shared, **own}
    values["id"] = values.get("id") or tree.get("id")
    values["lang"] = values.get("lang") or tree.get("lang")
    texts = list(tree.iterfind("text/group/text")) or list(tree.iterfind("text"))
    if len(texts) == 1:
        # Attributes of TXM's own.
        told = {name: value for name, value in texts[0].items() if name not in {"id", "lang", "n", "type"}}
        columns = candidates(told, {})
        values |= {name: told[found[0]] for name, found in columns.items() if not values.get(name)}
    parts = [(text, body) for text in texts if (body := first(text, "body")) is not None]
    articles = [
        (part, part)
        for _, body in parts
        for part in body.iter()
        if part.tag in {"div", "div1", "div2"} and (part.get("type") or "").lower() in _ARTICLE_KINDS
    ]
    several = articles if len(articles) > 1 else parts
    for number, (held, body) in enumerate(several):
        one = dict(values)
        if len(several) > 1:
            title, author = text_at(body, "head"), text_at(body, "byline", "docAuthor", "head/docAuthor")
            one |= {"title": title, "author": author or one.get("author")}
            one["id"] = held.get("id") or (f"{values['id']}#{number + 1}" if values["id"] else None)
        yield {**one, "text": _body(body, one.get("title"))}
    if not several:
        yield {**values, "text": None}


def _body(body: Element, title: str | None) -> str | None:
    """Return the text of a body; a heading that is the title does not stand twice."""
    heads = [head for head in body.iter("head") if title and " ".join("".join(head.itertext()).split()) == title]
    return prose(body, without=heads[:1]) or None


def _of_header(header: Element) -> dict[str, Any]:
    """Return what a header tells; of the printed source before the electronic edition."""
    file, about = first(header, "fileDesc"), first(header, "profileDesc")
    printed = first(file, "sourceDesc")
    titles = first(file, "titleStmt")
    published = first(file, "publicationStmt")
    return {
        "id": text_at(published, "idno") or text_at(printed, ".//idno"),
        "title": text_at(printed, ".//analytic/title", ".//title[@level='a']")
        or text_at(titles, "title[@type='main']", "title[@level='a']", "title"),
        "subtitle": text_at(titles, "title[@type='sub']"),
        "author": _people(titles, "author") or _people(printed, ".//analytic/author") or _people(printed, ".//author"),
        "source": text_at(printed, ".//title[@level='j']", ".//monogr/title", ".//series/title", ".//publisher")
        or text_at(published, "publisher", "authority", "distributor"),
        "published_at": _date(printed, ".//date") or _date(published, ".//date") or _date(about, "creation/date"),
        "url": _target(printed) or _target(published),
        "lang": _language(about),
        "page": text_at(printed, ".//biblScope[@unit='page']", ".//biblScope[@unit='pp']", ".//biblScope[@type='pp']"),
        "issue": text_at(printed, ".//biblScope[@unit='issue']"),
        "section": text_at(printed, ".//biblScope[@unit='section']", ".//biblScope[@unit='part']"),
        "place": text_at(printed, ".//pubPlace") or text_at(published, "pubPlace"),
        "keywords": _all(about, "textClass/keywords//term") or _all(about, "textClass/keywords//item"),
    }


def _people(element: Element | None, path: str) -> list[str]:
    """Return names of people, forename first."""
    found = []
    for person in element.iterfind(path) if element is not None else ():
        parts = [text for tag in ("forename", "surname") for item in person.iter(tag) if (text := text_at(item, "."))]
        if name := " ".join(parts) or text_at(person, "."):
            found.append(name)
    return list(dict.fromkeys(found))


def _date(element: Element | None, path: str) -> str | None:
    for date in element.iterfind(path) if element is not None else ():
        given = (date.get(name) for name in ("when", "when-iso", "from", "notBefore", "value"))
        if told := next((value for value in given if value), None) or text_at(date, "."):
            return told
    return None


def _target(element: Element | None) -> str | None:
    for item in element.iter() if element is not None else ():
        address = item.get("target") if item.tag in {"ref", "ptr"} else None
        address = address or (text_at(item, ".") if item.tag in {"idno", "ref"} else None)
        if address and address.startswith(("http://", "https://")):
            return address
    return None


def _language(element: Element | None) -> str | None:
    language = first(element, "langUsage/language")
    return None if language is None else language.get("ident") or language.get("id")


def _all(element: Element | None, path: str) -> list[str]:
    return [text for item in (element.iterfind(path) if element is not None else ()) if (text := text_at(item, "."))]


def _looks_like_tei(head: Head) -> bool:
    return head.start.startswith("<") and root_of(head) in _TEI_ROOTS


def _looks_like_txm(head: Head) -> bool:
    return head.start.startswith("<") and root_of(head) not in _NOT_TXM and _TEXT.search(head.text) is not None


TEI = Format(name="TEI", suffixes=(".tei",), read=read_tei, looks_like=_looks_like_tei)
TXM = Format(name="TXM", read=read_txm, looks_like=_looks_like_txm)
