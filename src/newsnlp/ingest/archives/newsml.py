"""News agencies' files: NewsML 1.2, NewsML-G2 (items, messages, packages) and NITF, alone or within either.

References
----------
IPTC, NewsML 1.2, NewsML-G2 and NITF specifications, https://iptc.org/standards/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsnlp.ingest.archives.parts.xml_texts import prose
from newsnlp.ingest.archives.parts.xml_trees import first, read_trees, root_of, text_at
from newsnlp.ingest.cells import without_markup
from newsnlp.ingest.opened import Format

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from newsnlp.ingest.opened import Head, Item, Opened

_ROOTS = frozenset({"newsml", "newsmessage", "newsitem", "packageitem", "nitf"})
_ENVELOPES = frozenset({"NewsEnvelope", "header"})
_OTHER_ITEMS = {"packageItem": "packages", "conceptItem": "concepts", "knowledgeItem": "knowledge items"}
_TAGS = frozenset({"NewsItem", "newsItem", "nitf", *_ENVELOPES, *_OTHER_ITEMS})
# Components of NewsML 1.2 that go with a text.
_BESIDE = frozenset(
    {"caption", "picture", "photo", "thumbnail", "quicklook", "preview", "graphic", "related", "supporting"}
)
# Of a package in NewsML 1.2 each component with a headline of its own is an article; deeper than this there are none.
_MOST_DEPTH = 50


def read_newsml(opened: Opened) -> Iterator[Item]:
    """Yield the articles of a file of an agency; pictures, packages and concepts are counted.

    Raises
    ------
    SourceError
        If the file is no XML, or declares entities of its own.
    """
    sent: str | None = None

    def read(tree: Element, place: str) -> Iterator[Item]:
        nonlocal sent
        if tree.tag in _ENVELOPES:
            sent = text_at(tree, "DateAndTime", "sent")
            return
        if tree.tag in _OTHER_ITEMS:
            opened.notes.passed_over[_OTHER_ITEMS[tree.tag]] += 1
            return
        for values in _VALUES[tree.tag](tree):
            kind = values.pop("kind", None)
            if values.get("text") is None and kind not in {None, "text"}:
                opened.notes.passed_over[f"items of type {kind}"] += 1
            else:
                yield opened.article({**values, "published_at": values.get("published_at") or sent}, place)

    yield from read_trees(opened, _TAGS, read)


def _of_g2(item: Element) -> Iterator[dict[str, Any]]:
    """Yield the values of an item of NewsML-G2."""
    about, content = first(item, "itemMeta"), first(item, "contentMeta")
    values: dict[str, Any] = {}
    if (nitf := first(item, "contentSet/inlineXML//nitf", "contentSet/inlineXML/nitf")) is not None:
        values = next(_of_nitf(nitf))
    bodies = [_inline(part) for part in item.iterfind("contentSet/inlineXML")]
    bodies += [_inline(part) for part in item.iterfind("contentSet/inlineData")]
    text = values.get("text") or next((body for body in bodies if body), None)
    known = {
        "id": item.get("guid"),
        "text": text,
        "title": text_at(content, "headline") or text_at(about, "title"),
        "published_at": text_at(about, "versionCreated")
        or text_at(content, "contentCreated")
        or text_at(about, "firstCreated"),
        "source": _named(first(about, "provider")) or _named(first(content, "infoSource")),
        "author": _names(content, "by") or _names(content, "creator"),
        "lang": _attribute(content, "language", "tag") or item.get("lang"),
        "url": _attribute(about, "link", "href"),
        "slugline": text_at(content, "slugline"),
        "dateline": text_at(content, "dateline") or _named(first(content, "located")),
        "creditline": text_at(content, "creditline"),
        "description": text_at(content, "description"),
        "urgency": text_at(content, "urgency"),
        "genre": _names(content, "genre"),
        "subjects": _names(content, "subject"),
        "keywords": _names(content, "keyword"),
        "editorial_note": text_at(about, "edNote"),
        "version": item.get("version"),
        "first_created": text_at(about, "firstCreated"),
        "copyright": _named(first(item, "rightsInfo/copyrightHolder")),
    }
    kind = (_attribute(about, "itemClass", "qcode") or "").rpartition(":")[2] or None
    yield {**values, **{name: value for name, value in known.items() if value}, "kind": kind}


def _of_newsml(item: Element) -> Iterator[dict[str, Any]]:
    """Yield the values of the articles of an item of NewsML 1.2."""
    managed, named = first(item, "NewsManagement"), first(item, "Identification/NewsIdentifier")
    shared: dict[str, Any] = {
        "id": text_at(
            item, "Identification/NewsIdentifier/PublicIdentifier", "Identification/NewsIdentifier/NewsItemId"
        ),
        "published_at": text_at(managed, "ThisRevisionCreated", "FirstCreated") or text_at(named, "DateId"),
        "source": text_at(named, "ProviderId"),
        "first_created": text_at(managed, "FirstCreated"),
        "urgency": _attribute(managed, "Urgency", "FormalName"),
        "status": _attribute(managed, "Status", "FormalName"),
        "label": text_at(item, "Identification/NameLabel"),
    }
    found = [values for part in item.iterfind("NewsComponent") for values in _components(part, shared, 0)]
    for number, values in enumerate(found):
        if number and values.get("id") == shared["id"]:
            # Several articles of one item, of which it names itself alone.
            values["id"] = f"{shared['id']}#{number + 1}" if shared["id"] else None
        yield values
    if not found:
        yield {**shared, "kind": _attribute(managed, "NewsItemType", "FormalName")}


def _components(part: Element, around: dict[str, Any], depth: int) -> Iterator[dict[str, Any]]:
    """Yield the articles of a component: itself, or those of its parts that have headlines of their own."""
    lines, managed = first(part, "NewsLines"), first(part, "AdministrativeMetadata")
    own = {
        "id": text_at(part, "Identification/NewsIdentifier/PublicIdentifier"),
        "title": text_at(lines, "HeadLine"),
        "subtitle": text_at(lines, "SubHeadLine"),
        "author": _byline(text_at(lines, "ByLine")) or _attribute(managed, "Creator/Party", "FormalName"),
        "dateline": text_at(lines, "DateLine"),
        "creditline": text_at(lines, "CreditLine"),
        "copyright": text_at(lines, "CopyrightLine"),
        "slugline": text_at(lines, "SlugLine"),
        "keywords": [text for line in part.iterfind("NewsLines/KeywordLine") if (text := text_at(line, "."))],
        "lang": _attribute(part, "DescriptiveMetadata/Language", "FormalName") or part.get("lang"),
        "source": _attribute(managed, "Provider/Party", "FormalName")
        or _attribute(managed, "Source/Party", "FormalName"),
        "subjects": _formal_names(part, "DescriptiveMetadata/SubjectCode"),
        "genre": _attribute(part, "DescriptiveMetadata/Genre", "FormalName"),
        "section": _attribute(part, "DescriptiveMetadata/Property[@FormalName='Section']", "Value"),
    }
    values = {**around, **{name: value for name, value in own.items() if value}}
    inner = [child for child in part.iterfind("NewsComponent") if depth < _MOST_DEPTH]
    titled = [child for child in inner if first(child, "NewsLines/HeadLine") is not None and not _is_beside(child)]
    texts = [text for item in part.iterfind("ContentItem") if (text := _content(item, values))]
    if titled and not texts and (len(titled) > 1 or not values.get("title")):
        for child in inner:
            yield from _components(child, values, depth + 1) if child in titled else ()
        return
    if len(titled) == 1 and not texts:
        values |= next(_components(titled[0], values, depth + 1), {})
        texts = [values["text"]] if values.get("text") else []
    main = [child for child in inner if child not in titled and not _is_beside(child)]
    texts += [text for child in main for text in _texts_in(child, values, depth + 1)]
    captions = [text for child in inner if _is_beside(child) for text in _texts_in(child, {}, depth + 1)]
    if texts or depth == 0:
        yield {**values, "text": "\n".join(texts) or None, **({"caption": " ".join(captions)} if captions else {})}


def _texts_in(part: Element, values: dict[str, Any], depth: int) -> Iterator[str]:
    for item in part.iterfind("ContentItem"):
        if text := _content(item, values):
            yield text
    for child in part.iterfind("NewsComponent") if depth < _MOST_DEPTH else ():
        if not _is_beside(child):
            yield from _texts_in(child, values, depth + 1)


def _is_beside(part: Element) -> bool:
    role = (_attribute(part, "Role", "FormalName") or "").lower()
    media = (_attribute(part, "ContentItem/MediaType", "FormalName") or "text").lower()
    return role in _BESIDE or media not in {"text", "complexdata"}


def _content(item: Element, values: dict[str, Any]) -> str | None:
    """Return the text of an item of content; what a page in NITF tells joins the values."""
    nitf = first(item, "DataContent/nitf", ".//nitf")
    if nitf is not None:
        told = next(_of_nitf(nitf))
        for name, value in told.items():
            values[name] = values.get(name) or value
        text: str | None = told.get("text")
        return text
    held = first(item, "DataContent")
    return None if held is None else _inline(held)


def _of_nitf(nitf: Element) -> Iterator[dict[str, Any]]:
    """Yield the values of a page in NITF."""
    head, top = first(nitf, "head"), first(nitf, "body/body.head")
    body = first(nitf, "body/body.content", "body")
    docdata, pubdata = first(head, "docdata"), first(head, "pubdata")
    text = prose(body, without=[top] if top is not None else ()) if body is not None else ""
    lead = prose(abstract) if (abstract := first(top, "abstract")) is not None else ""
    # The standfirst is part of what was published, unless it repeats the first paragraph.
    text = "\n".join(part for part in ("" if lead and lead in text else lead, text) if part)
    yield {
        "id": _attribute(docdata, "doc-id", "id-string"),
        "text": text or None,
        "title": text_at(top, "hedline/hl1") or text_at(head, "title"),
        "subtitle": text_at(top, "hedline/hl2"),
        "author": _byline(text_at(top, "byline/person", "byline/byttl", "byline")),
        "published_at": _attribute(docdata, "date.issue", "norm")
        or _attribute(pubdata, ".", "date.publication")
        or _attribute(top, "dateline/story.date", "norm"),
        "source": _attribute(pubdata, ".", "name")
        or text_at(top, "distributor/org", "distributor")
        or _attribute(docdata, "doc-id", "regsrc")
        or _attribute(docdata, "doc.copyright", "holder"),
        "url": _attribute(pubdata, ".", "ex-ref"),
        "dateline": text_at(top, "dateline/location", "dateline"),
        "section": _attribute(pubdata, ".", "position.section"),
        "page": _attribute(pubdata, ".", "position.sequence"),
        "urgency": _attribute(docdata, "urgency", "ed-urg"),
        "subjects": _attributes(head, "tobject/tobject.subject", "tobject.subject.type", "tobject.subject.matter"),
        "keywords": _attributes(docdata, "key-list/keyword", "key"),
    }


def _inline(part: Element) -> str | None:
    """Return the text of what stands in a file: prose, or a page or text as characters."""
    body = first(part, "html/body", ".//body.content", ".//body")
    held = part if body is None else body
    if len(held):
        return prose(held) or None
    lines = (line.strip() for line in without_markup(held.text or "").split("\n"))
    return "\n".join(lines).strip() or None


def _byline(text: str | None) -> str | None:
    """Return who signs, without the word before the name."""
    if text is None:
        return None
    before, _, name = text.partition(" ")
    return name if name and before.lower() in {"par", "by", "de"} else text


def _attribute(element: Element | None, path: str, name: str) -> str | None:
    found = element if path == "." else first(element, path)
    return None if found is None else (found.get(name) or "").strip() or None


def _attributes(element: Element | None, path: str, *names: str) -> list[str]:
    listed = element.iterfind(path) if element is not None else ()
    return [value for item in listed if (value := next((item.get(name) for name in names if item.get(name)), None))]


def _formal_names(part: Element, path: str) -> list[str]:
    return [name for code in part.iterfind(path) for item in code.iter() if (name := item.get("FormalName"))]


def _named(element: Element | None) -> str | None:
    """Return the name of a party or subject in NewsML-G2: in words, else the last part of its code."""
    if element is None:
        return None
    code = element.get("qcode") or element.get("literal") or element.get("uri") or ""
    return text_at(element, "name", ".") or code.rpartition(":")[2].strip() or None


def _names(element: Element | None, tag: str) -> list[str]:
    listed = element.iterfind(tag) if element is not None else ()
    return [name for item in listed if (name := _named(item))]


_VALUES = {"newsItem": _of_g2, "NewsItem": _of_newsml, "nitf": _of_nitf}


def _looks_like(head: Head) -> bool:
    return head.start.startswith("<") and root_of(head) in _ROOTS


FORMAT = Format(name="NewsML or NITF", read=read_newsml, looks_like=_looks_like)
