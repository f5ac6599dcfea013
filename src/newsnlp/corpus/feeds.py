"""RSS and Atom files as articles. The text is what the feed carries: whole articles in some, two lines in most."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from newsnlp.corpus.failures import Failure, FailureKind
from newsnlp.corpus.streams import read_whole
from newsnlp.errors import ArticleError, SourceError
from newsnlp.records import Article, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TAG = re.compile(r"<[^<>]*>")
# A new line where a block of HTML ends, so that paragraphs stay apart.
_BLOCK_END = re.compile(r"</(?:p|div|h[1-6]|li|blockquote)>|<br\s*/?>", re.IGNORECASE)
# Local names, in order of preference: full text before summary.
TEXT_TAGS = ("encoded", "content", "description", "summary")
DATE_TAGS = ("pubDate", "published", "date", "updated")
ID_TAGS = ("guid", "id", "link")
AUTHOR_TAGS = ("creator", "author")


def read_feed(path: Path) -> Iterator[Article | Failure]:
    """Yield the items of an RSS 1 or 2 or Atom file, in its order.

    Raises
    ------
    SourceError
        If the file is no XML, or declares entities of its own (which a feed never needs and an attack does).
    """
    data = read_whole(path)
    if any("<!ENTITY".encode(encoding) in data for encoding in ("ascii", "utf-16-le", "utf-16-be")):
        message = f"{path.name} declares XML entities: not read, feeds need none"
        raise SourceError(message)
    try:
        root = ET.fromstring(data)  # noqa: S314  # entities are refused above, and the size is bounded
    except (ET.ParseError, ValueError, LookupError) as error:  # the latter two: an encoding that is none
        message = f"{path.name} is no RSS or Atom feed: {error}"
        raise SourceError(message) from error
    source = next((_text(node) for node in root.iter() if _local(node) == "title"), None)
    items = [node for node in root.iter() if _local(node) in {"item", "entry"}]
    for position, node in enumerate(items):
        yield _item(node, position, source)


def _item(node: ET.Element, position: int, source: str | None) -> Article | Failure:
    parts: dict[str, str] = {}
    for child in node:
        name = _local(child)
        value = child.get("href") if name == "link" and child.get("href") else _text(child)
        if value and name not in parts:
            parts[name] = value
    found_id = next((parts[tag] for tag in ID_TAGS if tag in parts), None)
    text = next((plain_text(parts[tag]) for tag in TEXT_TAGS if tag in parts), "")
    title = plain_text(parts.get("title", "")) or None
    if not text:
        reason = "an item without text"
        return Failure(article_id=found_id or f"item {position}", kind=FailureKind.NO_TEXT, reason=reason)
    try:
        published_at = parse_date(next((parts[tag] for tag in DATE_TAGS if tag in parts), None))
    except ArticleError:
        published_at = None  # a feed's date is for sorting; the article is worth more
    return Article(
        text=text,
        id=found_id or "",
        title=title,
        published_at=published_at,
        source=source,
        url=parts.get("link"),
        author=next((parts[tag] for tag in AUTHOR_TAGS if tag in parts), None),
    )


def plain_text(fragment: str) -> str:
    r"""Return the text of an HTML fragment as feeds carry it: tags out, blocks on lines of their own.

    Examples
    --------
    >>> plain_text("<p>Deux bless&eacute;s.</p><p>L'enqu&ecirc;te continue.</p>")
    "Deux blessés.\nL'enquête continue."
    """
    spaced = _TAG.sub("", _BLOCK_END.sub("\n", fragment))
    lines = (line.strip() for line in html.unescape(spaced).split("\n"))
    return "\n".join(line for line in lines if line)


def _local(node: ET.Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _text(node: ET.Element) -> str | None:
    joined = "".join(node.itertext()).strip()
    return joined or None
