"""The parts of an XML file that are articles, one tree at a time: nothing is expanded, fetched or endlessly deep."""

from __future__ import annotations

import codecs
import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from newsnlp.errors import SourceError
from newsnlp.ingest.failures import FailureKind
from newsnlp.ingest.opened import Format, Head, warned
from newsnlp.ingest.streams import wide_encoding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from newsnlp.ingest.opened import Item, Opened

# Elements that are open at once. Press archives reach 20, XHTML in them 40.
MAX_DEPTH = 200
# Bytes parsed at first; then twice as many each time: a parser that gets a long tag in pieces reads it over and over.
_FIRST_STEP = 1 << 12
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}?\?>")
_REFERENCE = re.compile(r"&[A-Za-z][A-Za-z0-9]{1,30};")
# Envelopes tell a date and a sender; more is text that nobody reads.
_MOST_OUTSIDE = 200
# What XML allows nowhere; exports hold it all the same.
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)], "\ufffd")
_ROOT = re.compile(r"<(?!\?|!)(?:[\w.-]+:)?([\w.-]+)")
_BEFORE_ROOT = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\]\s*)?>)", re.IGNORECASE | re.DOTALL)
_FEED_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_PAGE_ROOTS = frozenset({"html", "body", "head"})


@dataclass(frozen=True, slots=True)
class BrokenPart:
    """A part that is no XML, or all that follows."""

    reason: str
    kind: FailureKind = FailureKind.BAD_RECORD


class _WrongError(Exception):
    """What the handlers of the parser refuse."""


def root_of(head: Head) -> str:
    """Return the local name of the root of an XML file, in small letters; empty where it is none."""
    text = head.text[:20_000].lstrip("\ufeff \t\r\n")
    at = 0
    while (found := _BEFORE_ROOT.match(text, at)) is not None:
        at = found.end()
    found = _ROOT.match(text[at:].lstrip())
    return found[1].lower() if found else ""


def first(element: Element | None, *paths: str) -> Element | None:
    """Return the first element at the first path that leads to one."""
    found = (element.find(path) for path in paths) if element is not None else ()
    return next((item for item in found if item is not None), None)


def text_at(element: Element | None, *paths: str) -> str | None:
    """Return the text, on one line, of the first element at these paths that has any."""
    for path in paths if element is not None else ():
        for item in element.iterfind(path) if element is not None else ():
            if text := " ".join("".join(item.itertext()).split()):
                return text
    return None


class Trees:
    """The outermost elements of some names, each as a tree of local names, or what is wrong with it.

    Parameters
    ----------
    opened : Opened
    tags : frozenset of str
        Local names.

    Attributes
    ----------
    replaced : int
        Bytes and control characters that had to be replaced.
    outside : int
        Characters of text that stand in no such element.
    """

    def __init__(self, opened: Opened, tags: frozenset[str]) -> None:
        self._name = opened.name
        self._tags = tags
        self._data, self.replaced = _as_utf8(opened.data)
        self.outside = 0
        names = "|".join(re.escape(tag) for tag in sorted(tags))
        self._start = re.compile(rf"<(?:[\w.-]+:)?(?:{names})[\s/>]".encode())

    def __iter__(self) -> Iterator[Element | BrokenPart]:
        start, outer, given = 0, b"", 0
        while True:
            builder = _Builder(self._tags, self._name)
            parser = builder.parser
            problem: str | None = None
            at, step, piece = start, _FIRST_STEP, outer
            while problem is None:
                piece += self._data[at : at + step]
                at, step = at + step, 2 * step
                try:
                    parser.Parse(piece, at >= len(self._data))
                except (expat.ExpatError, _WrongError) as error:
                    problem = str(error)
                piece = b""
                given += len(builder.ready)
                self.outside, builder.characters = self.outside + builder.characters, 0
                yield from builder.ready
                builder.ready.clear()
                if at >= len(self._data):
                    break
            if problem is None:
                return
            where = start - len(outer) + max(0, parser.ErrorByteIndex)
            following = self._start.search(self._data, max(where, start + 1))
            if following is None:
                if not given and not start:
                    message = f"{self._name} is no well-formed XML: {problem}. Hint: export it again, or mend it there"
                    raise SourceError(message)
                yield BrokenPart(f"no XML: {problem}; what followed is missing", FailureKind.INPUT_BROKEN)
                return
            yield BrokenPart(f"no XML: {problem}")
            start = following.start()
            outer = outer or b"".join(b"<%s>" % name.encode() for name in builder.outside)


class _Builder:
    """What the parser tells, as trees."""

    def __init__(self, tags: frozenset[str], name: str) -> None:
        self.ready: list[Element] = []
        # Names of the elements that are open around the part that came last.
        self.outside: list[str] = []
        self.characters = 0  # outside of the trees
        self._tags = tags
        self._name = name
        self._open: list[str] = []
        self._tree: TreeBuilder | None = None
        self._depth = 0
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        # Of entities that nobody declares the parser tells the names instead of giving up.
        self.parser.UseForeignDTD(True)
        self.parser.SkippedEntityHandler = self._skipped
        self.parser.EntityDeclHandler = self._declared
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _declared(self, name: str, _is_parameter: bool, value: str | None, *_: object) -> None:
        # An entity that stands for one character cannot grow, whatever it is called.
        if value is None or len(value) > 1:
            message = f"{self._name} declares XML entities ({name[:40]}): not read. Hint: take its DOCTYPE out"
            raise SourceError(message)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= MAX_DEPTH:
            message = f"more than {MAX_DEPTH} elements within each other"
            raise _WrongError(message)
        local = tag.rpartition(":")[2]
        if self._tree is None and local in self._tags:
            self._tree, self._depth, self.outside = TreeBuilder(), len(self._open), list(self._open)
        if self._tree is not None:
            self._tree.start(local, {name.rpartition(":")[2]: value for name, value in attributes.items()})
        self._open.append(tag)

    def _end(self, tag: str) -> None:
        self._open.pop()
        if self._tree is None:
            return
        self._tree.end(tag.rpartition(":")[2])
        if len(self._open) == self._depth:
            self.ready.append(self._tree.close())
            self._tree = None

    def _characters(self, text: str) -> None:
        if self._tree is not None:
            self._tree.data(text)
        else:
            self.characters += len(text.strip())

    def _skipped(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            self._characters(f"&{name};")


def read_trees(opened: Opened, tags: frozenset[str], read: Callable[[Element, str], Iterator[Item]]) -> Iterator[Item]:
    """Yield the items that a format reads in the trees of a file; what was replaced or left out is told.

    Parameters
    ----------
    opened : Opened
    tags : frozenset of str
        Local names of the elements that are read.
    read : callable
        Given a tree and its place in the file.

    Raises
    ------
    SourceError
        If the file is no XML, or declares entities of its own.
    """
    trees = Trees(opened, tags)
    for number, tree in enumerate(trees):
        place = f"item {number}"
        if isinstance(tree, BrokenPart):
            yield opened.failure(place, tree.reason, tree.kind)
            continue
        for found in read(tree, place):
            told = f"{trees.replaced} bytes or characters of the file that XML does not allow were replaced"
            yield warned(found, told) if trees.replaced else found
    if trees.outside > _MOST_OUTSIDE:
        opened.notes.passed_over["characters of text outside of articles"] += trees.outside
    opened.meter.done += 1


def _as_utf8(data: bytes) -> tuple[bytes, int]:
    """Return XML as well-formed UTF-8 without its declaration, and how many characters had to be replaced."""
    declared = _DECLARED.match(data.lstrip())
    encoding = declared[1].decode() if declared else "utf-8"
    if (wide := wide_encoding(data)) is not None:
        encoding = wide
    elif data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    try:
        # What calls itself Latin-1 is Windows-1252, as browsers read it.
        encoding = "cp1252" if codecs.lookup(encoding).name == "iso8859-1" else encoding
        text = data.decode(encoding, "replace")
    except (LookupError, UnicodeError):
        text = data.decode("utf-8", "replace")
    text = _REFERENCE.sub(_character, _DECLARATION.sub("", text).translate(_CONTROLS))
    return text.encode(), text.count("\ufffd")


def _character(found: re.Match[str]) -> str:
    """Return what a reference of HTML stands for, which XML knows as little as our parser, in attributes above all."""
    character = html.unescape(found[0])
    return found[0] if character in {"<", ">", "&", '"', "'"} or character == found[0] else character


def _is_other(head: Head) -> bool:
    return (
        head.suffix in {"", ".xml"}
        and root_of(head) not in {"", *_FEED_ROOTS}
        and head.start.startswith("<")
        and (head.suffix == ".xml" or head.start.startswith("<?xml"))
        and not (head.suffix == "" and root_of(head) in _PAGE_ROOTS)
    )


def _refuse(opened: Opened) -> Iterator[Item]:
    root = root_of(Head(opened.data[:20_000], opened.suffix))
    what = "an HTML page, no XML" if root in _PAGE_ROOTS else f"XML with the root <{root}>, which no format here has"
    hint = "name it .html, or get the feed itself" if root in _PAGE_ROOTS else "export it as JSON, CSV or TEI"
    message = (
        f"{opened.name} is {what}; accepted: RSS, Atom, NewsML 1.2, NewsML-G2, NITF, TEI, TXM (<text …>). Hint: {hint}"
    )
    raise SourceError(message)


# XML that no other format tells for its own: refused with its name, instead of being read as a feed of nothing.
OTHER = Format(name="XML", read=_refuse, looks_like=_is_other)
