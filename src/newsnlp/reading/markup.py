"""HTML in text: telling it, and leaving its tags out."""

from __future__ import annotations

import re
from itertools import islice

from newsnlp.reading.mending.references import REFERENCE, unescape
from newsnlp.text.offsets import OffsetMap

# What is looked at to tell HTML from text.
_LOOK = 100_000
_MIN_TAGS = 2
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL)
_KNOWN_TAG = re.compile(
    r"</?(?:html|head|body|title|meta|link|script|style|div|span|p|a|h[1-6]|ul|ol|li|br|img|article|section|header"
    r"|footer|nav|main|aside|figure|figcaption|table|tr|td|th|strong|em|b|i|blockquote|time|button|form|iframe|svg)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"(?P<comment><!--)|<(?P<raw>script|style|noscript|template|svg)\b[^<>]*>"
    r"|</?(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>|<!doctype[^<>]*>"
    "|" + REFERENCE,
    re.IGNORECASE,
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)


def looks_like_html(text: str) -> bool:
    """Tell whether a text is HTML: a page, or at least two tags that HTML knows.

    Examples
    --------
    >>> looks_like_html("<p>Deux blessés</p>"), looks_like_html("Si a < b et c > d, &eacute; reste.")
    (True, False)
    """
    if "<" not in text:
        return False
    start = text[:_LOOK]
    if _PAGE.match(start):
        return True
    return len(list(islice(_KNOWN_TAG.finditer(start), _MIN_TAGS))) == _MIN_TAGS


def strip_markup(text: str) -> tuple[str, OffsetMap]:
    """Return the text between the tags of HTML, character references read, with the map back.

    Scripts and styles are left out; tags that begin a block end the line. Nothing is judged: for whole pages use
    `newsnlp.reading.read_html`.
    """
    pieces: list[str] = []
    offsets = OffsetMap()
    done = 0
    # Closings that are not to be found any more: looked for once, or a page of open comments takes for ever.
    missing: set[str] = set()

    def add(start: int, end: int, piece: str) -> None:
        if piece:
            pieces.append(piece)
            offsets.add(start, end, len(piece))

    while (match := _MARKUP.search(text, done)) is not None:
        add(done, match.start(), text[done : match.start()])
        done = match.end()
        if match[0].startswith("&"):
            add(match.start(), done, unescape(match[0]))
        elif match["comment"] or match["raw"]:
            done = _after_closing(text, done, "-->" if match["comment"] else f"</{match['raw'].lower()}", missing)
        elif not (match["tag"] and match["tag"].lower() in _INLINE):
            add(match.start(), match.start(), "\n")
    add(done, len(text), text[done:])
    return "".join(pieces), offsets


def _after_closing(text: str, start: int, closing: str, missing: set[str]) -> int:
    """Return where the content goes on after a closing, or `start` where there is none."""
    if closing in missing:
        return start
    match = re.compile(re.escape(closing) + ("" if closing == "-->" else "[^>]*>"), re.IGNORECASE).search(text, start)
    if match is None:
        missing.add(closing)
        return start
    return match.end()
