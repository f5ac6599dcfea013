"""The items of a feed as an event parser meets them: nothing is expanded, nested or kept that no item needs."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from newsnlp.errors import SourceError
from newsnlp.ingest.archives.feed_text import ROOT_TAGS, xml_of
from newsnlp.ingest.failures import FailureKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ITEM_TAGS = frozenset({"item", "entry"})
# What only holds others: their children count as those of the item.
GROUP_TAGS = frozenset({"media:group"})
# Names of these prefixes are others than those without.
_OWN_PREFIXES = ("media:", "itunes:")
# Under this name stands what was wrong with an item that could be read all the same.
BROKEN = "broken"
_ITEM_START = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s/>]")
_ITEM_END = re.compile(rb"</(?:[\w.-]+:)?(?:item|entry)\s*>")
_CHILD = re.compile(r"<([\w.:-]{1,60})((?:\s[^<>]*)?)>")
_HREF = re.compile(r"\shref\s*=\s*[\"']([^\"'<>]*)[\"']")
_REL = re.compile(r"\srel\s*=\s*[\"']([\w-]*)[\"']")
_ID = re.compile(r"<(?:id|guid)[\s>]")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
# Elements that are open at once. Feeds with XHTML in them reach 30.
MAX_DEPTH = 1_000
# Bytes parsed at first; then twice as many each time: a parser that gets a long tag in pieces reads it over and over.
_FIRST_STEP = 1 << 12
# Bytes that may be parsed for each of the file: items that break it all over are read in linear time.
MOST_PARSES = 8

Parts = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class BrokenItem:
    """An item that is no XML, or all that follows."""

    reason: str
    kind: FailureKind = FailureKind.BAD_RECORD


@dataclass(slots=True)
class _Item:
    """An item that is open: what it holds so far, and its child that is open."""

    depth: int
    at: int = 0
    parts: Parts = field(default_factory=dict)
    child: str | None = None
    child_depth: int = 0
    href: str | None = None
    # Text, and whether it is markup: where elements stand within a child, its texts are escaped.
    pieces: list[tuple[str, bool]] = field(default_factory=list)


class _TooDeepError(Exception):
    """More elements are open than any feed has."""


def _ascii(names: list[str]) -> list[str]:
    return [name for name in names if name.isascii()]


def local_name(name: str) -> str:
    """Return the name of an element without its prefix, but for the prefixes that change what it means.

    Examples
    --------
    >>> local_name("dc:creator"), local_name("media:description")
    ('creator', 'media:description')
    """
    return name if name.startswith(_OWN_PREFIXES) else name.rpartition(":")[2]


class FeedItems:
    """The items of a feed, each a mapping of local name to texts, or what is wrong with it.

    Parameters
    ----------
    name : str
        Of the file, for errors.
    data : bytes
    tags : frozenset of str
        Local names of the children of an item that are wanted.
    """

    def __init__(self, name: str, data: bytes, tags: frozenset[str]) -> None:
        self._name = name
        self._tags = tags
        self._data = xml_of(name, data)
        # Title and author of the feed, and which of them is open, where, with its texts.
        self.told: dict[str, str] = {}
        self._telling: tuple[str, int, list[str]] | None = None
        self._is_feed = False
        self._outer: list[str] | None = None
        self._open: list[str] = []
        self._items: list[_Item] = []
        self._ready: list[Parts | BrokenItem] = []
        self._parser = expat.ParserCreate("utf-8")
        # Where a CDATA section begins that is not closed yet: what it swallows may hold items.
        self._cdata: list[int] = []

    def __iter__(self) -> Iterator[Parts | BrokenItem]:
        start = parsed = given = 0
        while True:
            before = b"".join(b"<%s>" % name.encode() for name in self._outer or ()) if start else b""
            self._open, self._items, self._telling, self._cdata = [], [], None, []
            parser = self._begin()
            problem: str | None = None
            at, step, piece = start, _FIRST_STEP, before
            while problem is None and at <= len(self._data):
                piece += self._data[at : at + step]
                at, step = at + step, 2 * step
                problem = self._parse(parser, piece, last=at >= len(self._data))
                piece = b""
                given += len(self._ready)
                yield from self._ready
                self._ready.clear()
                if at >= len(self._data):
                    break
            if problem is None:
                break
            where = start - len(before) + max(0, parser.ErrorByteIndex)
            parsed += max(0, where - start)
            following = _ITEM_START.search(self._data, max(self._broken_at(start, len(before), where), start + 1))
            stop = len(self._data) if following is None else following.start()
            saved = self._saved(start - len(before), stop, problem)
            if following is None or parsed > MOST_PARSES * len(self._data):
                if saved is not None:
                    yield from _saved_and(saved, problem)
                    return
                if not given and start == 0:
                    message = f"{self._name} is no RSS or Atom feed: {problem}"
                    raise SourceError(message)
                reason = f"no XML: {problem}; what followed is missing"
                yield BrokenItem(reason, FailureKind.INPUT_BROKEN)
                return
            # Items within items that broke with them are lost, each.
            lost = [BrokenItem(f"no XML: {problem}")] * max(1, len(self._items))
            yield from lost if saved is None else _saved_and(saved, problem)
            given += saved is not None
            start = following.start()
            if self._outer is None:
                self._outer = _ascii(self._open)
        if not given and not self._is_feed:
            message = f"{self._name} is no RSS or Atom feed: it has no items"
            raise SourceError(message)

    def _broken_at(self, start: int, added: int, where: int) -> int:
        """Return where a section or comment began that is not closed: what it swallows may hold items; else `where`."""
        comment = self._data.rfind(b"<!--", start, where)
        opened = [comment] if comment >= 0 and self._data.find(b"-->", comment, where) < 0 else []
        return min([where, *opened, *(start - added + at for at in self._cdata)])

    def _begin(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.CommentHandler = self._comment
        parser.StartCdataSectionHandler = lambda: self._note_cdata(parser.CurrentByteIndex)
        parser.EndCdataSectionHandler = lambda: self._note_cdata(None)
        self._parser = parser
        return parser

    def _parse(self, parser: expat.XMLParserType, data: bytes, *, last: bool) -> str | None:
        try:
            parser.Parse(data, last)
        except (expat.ExpatError, _TooDeepError) as error:
            return str(error)
        return None

    def _refuse(self, *_: object) -> None:
        message = f"{self._name} declares XML entities: not read, feeds need none"
        raise SourceError(message)

    def _note_cdata(self, at: int | None) -> None:
        self._cdata = [] if at is None else [at]

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = local_name(name)
        depth = len(self._open)
        if depth >= MAX_DEPTH:
            message = f"more than {MAX_DEPTH} elements within each other"
            raise _TooDeepError(message)
        self._is_feed = self._is_feed or (depth == 0 and local in ROOT_TAGS)
        item = self._items[-1] if self._items else None
        if local in ITEM_TAGS:
            if self._outer is None:
                self._outer = _ascii(self._open)
            self._items.append(_Item(depth, self._parser.CurrentByteIndex))
        elif item is None:
            self._start_of_feed(local, depth)
        elif item.child is not None:
            item.pieces.append((f"<{name.rpartition(':')[2]}>", True))
        elif local in self._tags and (depth == item.depth + 1 or local_name(self._open[-1]) in GROUP_TAGS):
            item.child, item.child_depth, item.pieces = local, depth, []
            item.href = attributes.get("href") if local == "link" else None
            if item.href:
                item.child = _link(attributes.get("rel"), attributes.get("type"))
        self._open.append(name)

    def _start_of_feed(self, local: str, depth: int) -> None:
        """Note the title of the feed, and the author that Atom gives to all entries without one of their own."""
        parent = local_name(self._open[-1]) if self._open else ""
        field_name = "title" if local == "title" else "author" if (parent, local) == ("author", "name") else ""
        is_own = parent in ROOT_TAGS if local == "title" else depth > 1 and local_name(self._open[-2]) == "feed"
        if field_name and is_own and field_name not in self.told and self._telling is None:
            self._telling = (field_name, depth, [])

    def _end(self, name: str) -> None:
        self._open.pop()
        depth = len(self._open)
        if self._telling is not None and depth == self._telling[1]:
            if value := "".join(self._telling[2]).strip():
                self.told[self._telling[0]] = value
            self._telling = None
        if not self._items:
            return
        item = self._items[-1]
        if depth == item.depth:
            self._ready.append(self._items.pop().parts)
        elif item.child is None:
            return
        elif depth == item.child_depth:
            is_markup = any(markup for _, markup in item.pieces)
            texts = (html.escape(text) if is_markup and not markup else text for text, markup in item.pieces)
            _add(item.parts, item.child, item.href or "".join(texts).strip())
            item.child = None
        else:
            item.pieces.append((f"</{name.rpartition(':')[2]}>", True))

    def _characters(self, text: str) -> None:
        if self._items:
            if self._items[-1].child is not None:
                self._items[-1].pieces.append((text, False))
        elif self._telling is not None:
            self._telling[2].append(text)

    def _comment(self, text: str) -> None:
        """Tell of items that a comment holds, one that a damaged sign began above all."""
        held = len(_ITEM_START.findall(text.encode()))
        self._ready += [BrokenItem("it stands within a comment: not read")] * held

    def _saved(self, start: int, stop: int, problem: str) -> Parts | None:
        """Return what the tags of an item that is no XML hold, None where it or one of them does not end.

        Tags of HTML that are never closed (``<br>``) break many an item; those of the feed around them are there.
        """
        if len(self._items) != 1 or len(self._open) >= MAX_DEPTH:
            return None
        begin = start + self._items[0].at
        end = _ITEM_END.search(self._data, begin, stop)
        if end is None:
            return None
        text = self._data[begin : end.start()].decode("utf-8", "replace")
        parts: Parts = {BROKEN: [problem]}
        at = 1
        while (found := _CHILD.search(text, at)) is not None:
            at = found.end()
            local = local_name(found[1])
            if local not in self._tags or found[2].endswith("/"):
                if local == "link" and (href := _HREF.search(found[2])):
                    rel = _REL.search(found[2])
                    _add(parts, _link(rel and rel[1], None), html.unescape(href[1]))
                continue
            closing = text.find(f"</{found[1]}>", at)
            if closing < 0:
                return None
            content = _CDATA.sub(lambda section: html.escape(section[1]), text[at:closing])
            if "<![CDATA[" in content:
                return None
            _add(parts, local, content.strip() if "<" in content else html.unescape(content).strip())
            at = closing
        if any(len(parts.get(name, ())) > 1 for name in ("content", "description", "title")) or _holds_two(text):
            parts[BROKEN].append("it holds what is left of a second item")
        return parts if len(parts) > 1 else None


def _saved_and(saved: Parts, problem: str) -> list[Parts | BrokenItem]:
    """Return an item that was saved, and behind it the one that it swallowed."""
    swallowed = len(saved[BROKEN]) > 1
    return [saved, *[BrokenItem(f"no XML: {problem}; it ran into the item before")] * swallowed]


def _holds_two(text: str) -> bool:
    """Whether an item has two ids: the tags between it and the next one were damaged."""
    return len(_ID.findall(_CDATA.sub("", text))) > 1


def _add(parts: Parts, name: str, value: str) -> None:
    if value:
        parts.setdefault(name, []).append(value)


def _link(rel: str | None, kind: str | None) -> str:
    """Return the name under which a link stands: that of the article itself, or its relation to it."""
    is_page = not kind or "html" in kind
    return "link" if not rel or (rel == "alternate" and is_page) else f"link {rel}"
