"""The items of a feed as an event parser meets them: nothing is expanded, nested or kept that no item needs."""

from __future__ import annotations

import codecs
import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from newsnlp.errors import SourceError
from newsnlp.ingest.failures import FailureKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ITEM_TAGS = frozenset({"item", "entry"})
ROOT_TAGS = frozenset({"rss", "feed", "RDF", "channel"})
_ITEM_START = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s/>]")
# Elements that are open at once. Feeds with XHTML in them reach 30.
MAX_DEPTH = 1_000
# Bytes parsed at first; then twice as many each time: a parser that gets a long tag in pieces reads it over and over.
_FIRST_STEP = 1 << 12
# Bytes that may be parsed for each of the file: items that break it all over are read in linear time.
MOST_PARSES = 8


@dataclass(frozen=True, slots=True)
class BrokenItem:
    """An item that is no XML, or all that follows."""

    reason: str
    kind: FailureKind = FailureKind.BAD_RECORD


@dataclass(slots=True)
class _Item:
    """An item that is open: what it holds so far, and its child that is open."""

    depth: int
    parts: dict[str, str] = field(default_factory=dict)
    child: str | None = None
    href: str | None = None
    text: list[str] = field(default_factory=list)


class _TooDeepError(Exception):
    """More elements are open than any feed has."""


def _ascii(names: list[str]) -> list[str]:
    return [name for name in names if name.isascii()]


class FeedItems:
    """The items of a feed, each a mapping of local name to text, or what is wrong with it.

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
        self._encoding: str | None = None
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            data = data.decode("utf-16", "replace").encode("utf-8", "replace")
            self._encoding = "utf-8"
        self._data = data
        self.title: str | None = None
        self._title: list[str] | None = None
        self._titled = self._is_feed = False
        self._title_depth = 0
        self._outer: list[str] | None = None
        self._open: list[str] = []
        self._items: list[_Item] = []
        self._ready: list[dict[str, str]] = []
        # Where a CDATA section begins that is not closed yet: what it swallows may hold items.
        self._cdata: list[int] = []

    def __iter__(self) -> Iterator[dict[str, str] | BrokenItem]:
        start = parsed = given = 0
        while True:
            before = b"".join(b"<%s>" % name.encode() for name in self._outer or ()) if start else b""
            self._open, self._items, self._title, self._cdata = [], [], None, []
            parser = self._parser()
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
            where = min([where, *(start - len(before) + at for at in self._cdata)])
            following = _ITEM_START.search(self._data, max(where, start + 1))
            if following is None or parsed > MOST_PARSES * len(self._data):
                if not given and start == 0:
                    message = f"{self._name} is no RSS or Atom feed: {problem}"
                    raise SourceError(message)
                reason = f"no XML: {problem}; what followed is missing"
                yield BrokenItem(reason, FailureKind.INPUT_BROKEN)
                return
            # Items within items that broke with them are lost, each.
            yield from [BrokenItem(f"no XML: {problem}")] * max(1, len(self._items))
            start = following.start()
            if self._outer is None:
                self._outer = _ascii(self._open)
        if not given and not self._is_feed:
            message = f"{self._name} is no RSS or Atom feed: it has no items"
            raise SourceError(message)

    def _parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(self._encoding)
        parser.buffer_text = True
        # Of entities that HTML knows and XML does not (&nbsp;) the parser tells the names instead of giving up.
        parser.UseForeignDTD(True)
        parser.SkippedEntityHandler = self._skipped
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartCdataSectionHandler = lambda: self._note_cdata(parser.CurrentByteIndex)
        parser.EndCdataSectionHandler = lambda: self._note_cdata(None)
        parser.XmlDeclHandler = self._declared
        return parser

    def _parse(self, parser: expat.XMLParserType, data: bytes, *, last: bool) -> str | None:
        try:
            parser.Parse(data, last)
        except (expat.ExpatError, _TooDeepError, ValueError, LookupError) as error:
            if isinstance(error, SourceError):
                raise
            return str(error)  # ValueError and LookupError: an encoding that is none
        return None

    def _refuse(self, *_: object) -> None:
        message = f"{self._name} declares XML entities: not read, feeds need none"
        raise SourceError(message)

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        # Reading that begins anew in the middle does not meet the declaration again.
        self._encoding = self._encoding or encoding

    def _note_cdata(self, at: int | None) -> None:
        self._cdata = [] if at is None else [at]

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(":")[2]
        depth = len(self._open)
        if depth >= MAX_DEPTH:
            message = f"more than {MAX_DEPTH} elements within each other"
            raise _TooDeepError(message)
        self._is_feed = self._is_feed or (depth == 0 and local in ROOT_TAGS)
        if local in ITEM_TAGS:
            if self._outer is None:
                self._outer = _ascii(self._open)
            self._items.append(_Item(depth))
        elif not self._items:
            if local == "title" and not self._titled:
                self._titled, self._title, self._title_depth = True, [], depth
        elif depth == self._items[-1].depth + 1 and local in self._tags:
            item = self._items[-1]
            item.child, item.text = local, []
            item.href = attributes.get("href") if local == "link" else None
        self._open.append(name)

    def _end(self, _name: str) -> None:
        self._open.pop()
        depth = len(self._open)
        if self._title is not None and depth == self._title_depth:
            self.title, self._title = "".join(self._title).strip() or None, None
        if not self._items:
            return
        item = self._items[-1]
        if depth == item.depth:
            self._ready.append(self._items.pop().parts)
        elif depth == item.depth + 1 and item.child is not None:
            value = item.href or "".join(item.text).strip()
            if value:
                item.parts.setdefault(item.child, value)
            item.child = None

    def _characters(self, text: str) -> None:
        if self._items:
            if self._items[-1].child is not None:
                self._items[-1].text.append(text)
        elif self._title is not None:
            self._title.append(text)

    def _skipped(self, name: str, is_parameter: int) -> None:
        if not is_parameter:
            self._characters(html.unescape(f"&{name};"))
