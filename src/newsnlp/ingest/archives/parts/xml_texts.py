"""The text of elements of prose, in XHTML, NITF, TEI or TXM: paragraphs on lines of their own, words as they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

# What begins a line and ends one, in XHTML, NITF and TEI.
_BLOCKS = frozenset(
    [
        *("p", "ab", "div", "div1", "div2", "h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "head", "li", "item"),
        *("list", "ul", "ol", "dl", "dt", "dd", "tr", "row", "table", "blockquote", "lg", "l", "sp", "section", "pre"),
        *("article", "figure", "figcaption", "figdesc", "caption", "block", "body", "body.content", "body.head"),
        *(
            "hedline",
            "abstract",
            "media",
            "media-caption",
            "trailer",
            "signed",
            "dateline",
            "byline",
            "opener",
            "closer",
        ),
    ]
)
_BREAKS = frozenset({"br", "lb"})
_SPACED = frozenset({"td", "th", "cell", "s"})
_LEFT_OUT = frozenset({"script", "style", "teiheader", "fw", "media-reference", "media-metadata", "noscript"})
_WORDS = frozenset({"w", "pc"})
# Word for word, French sets no space before these, and none after those; : ; ! ? » % have one before them.
_CLOSING = re.compile(r"(?:[,.)\]}…]|\.\.\.)+|-\w.*", re.DOTALL)
_OPENING = re.compile(r".*[’'(\[{]", re.DOTALL)
# No-break spaces are the text's own.
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_LINE_SPACES = re.compile(r"[^\S\u00a0\u202f\n]+")
_WHITE = " \t\r\n"


def prose(element: Element, *, keep_lines: bool = False, without: Iterable[Element] = ()) -> str:
    r"""Return the text of an element.

    Parameters
    ----------
    element : Element
        Of local names, not deeper than Python's own calls.
    keep_lines : bool
        Line ends of the file end lines; else they are white space as any other.
    without : iterable of Element
        Parts that are left out.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> prose(fromstring("<body><p>Deux\n  blessés.</p><p>L'enquête <b>continue</b>.</p></body>"))
    "Deux blessés.\nL'enquête continue."
    """
    found = _Prose(element, keep_lines=keep_lines, without=without)
    found.enter(element)
    lines = [line.strip(_WHITE) for line in _LINE_SPACES.sub(" ", "".join(found.pieces)).split("\n")]
    return "\n".join(line for line in [*lines, *found.notes] if line)


class _Prose:
    """The text piece by piece; line ends are those of the result."""

    def __init__(self, element: Element, *, keep_lines: bool, without: Iterable[Element]) -> None:
        self.pieces: list[str] = []
        # They stand below the text, not within its sentences.
        self.notes: list[str] = []
        self._keep_lines = keep_lines
        self._without = {id(part) for part in without}
        words = [item for item in element.iter() if _name(item) in _WORDS]
        # Where all words stand apart in the file, or all together, its white space says nothing.
        apart = sum(1 for item in words[:-1] if item.tail)
        self._by_word = bool(words) and (apart == 0 or apart >= len(words) - 1)
        self._before, self._glued = "", False

    def enter(self, item: Element) -> None:
        """Add what an element holds."""
        name = _name(item)
        if not name or name in _LEFT_OUT or id(item) in self._without:
            return
        if name == "note":
            self.notes.append(" ".join("".join(item.itertext()).split()))
        elif name in _WORDS:
            self._word(item)
        elif name in _BREAKS:
            # break="no" stands within a word.
            self._end("" if item.get("break") == "no" else "\n")
        else:
            mark = "\n" if name in _BLOCKS else " " if name in _SPACED else ""
            self._end(mark)
            self._plain(item.text)
            for child in item:
                self.enter(child)
                self._plain(child.tail)
            self._end(mark)

    def _end(self, mark: str) -> None:
        self.pieces.append(mark)
        if mark:
            self._before = ""

    def _plain(self, text: str | None) -> None:
        if text and not (self._by_word and not text.strip()):
            self.pieces.append(text if self._keep_lines else _SPACES.sub(" ", text))
            self._before = ""

    def _word(self, item: Element) -> None:
        form = next((child for child in item if _name(child) == "form"), None)
        word = " ".join("".join((item if form is None else form).itertext()).split()) or item.get("form", "")
        join = item.get("join", "")
        near = self._glued or join in {"left", "both"} or _CLOSING.fullmatch(word) or _OPENING.fullmatch(self._before)
        self.pieces.append(word if not self._by_word or not self._before or near else f" {word}")
        self._before, self._glued = word or self._before, join in {"right", "both"}


def _name(element: Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""
