"""RSS and Atom files as articles. The text is what the feed carries: whole articles in some, two lines in most."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from newsnlp.errors import ArticleError
from newsnlp.ingest.archives.feed_items import FeedItems
from newsnlp.ingest.failures import Failure, FailureKind, told_of
from newsnlp.ingest.opened import Format
from newsnlp.records import Article, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsnlp.ingest.columns import SourceNotes
    from newsnlp.ingest.opened import Opened

_TAG = re.compile(r"<[^<>]*>")
# A new line where a block of HTML ends, so that paragraphs stay apart.
_BLOCK_END = re.compile(r"</(?:p|div|h[1-6]|li|blockquote)>|<br\s*/?>", re.IGNORECASE)
# Longer than the number of any character (1 114 111); Python refuses to read numbers of 4 300 digits.
_LONG_REFERENCE = re.compile(r"&#(\d{8,});?")
_MOST_DIGITS = 7
# Local names, in order of preference: full text before summary.
TEXT_TAGS = ("encoded", "content", "description", "summary")
DATE_TAGS = ("pubDate", "published", "date", "updated")
ID_TAGS = ("guid", "id", "link")
AUTHOR_TAGS = ("creator", "author")
TAGS = frozenset({*TEXT_TAGS, *DATE_TAGS, *ID_TAGS, *AUTHOR_TAGS, "title"})


def read_feed(opened: Opened) -> Iterator[Article | Failure]:
    """Yield the items of an RSS 1 or 2 or Atom file, in its order.

    An item that is no XML costs itself: reading goes on at the next.

    Raises
    ------
    SourceError
        If the file is no feed, or declares entities of its own (which a feed never needs and an attack does).
    """
    feed = FeedItems(opened.name, opened.data, TAGS)
    for position, found in enumerate(feed):
        if isinstance(found, dict):
            yield _article(found, f"item {position}", feed.title, opened.notes)
        else:
            yield Failure(article_id=f"item {position}", kind=found.kind, reason=found.reason)


def _article(parts: dict[str, str], place: str, source: str | None, notes: SourceNotes) -> Article | Failure:
    found_id = next((parts[tag] for tag in ID_TAGS if tag in parts), None)
    try:
        text = next((plain_text(parts[tag]) for tag in TEXT_TAGS if tag in parts), "")
        if not text:
            reason = "an item without text"
            return Failure(article_id=found_id or place, kind=FailureKind.NO_TEXT, reason=reason)
        date = next((parts[tag] for tag in DATE_TAGS if tag in parts), None)
        try:
            published_at = parse_date(date)
        except ArticleError:
            # A feed's date is for sorting; the article is worth more.
            published_at = None
            notes.unread_date(date)
        return Article(
            text=text,
            id=found_id or "",
            title=plain_text(parts.get("title", "")) or None,
            published_at=published_at,
            source=source,
            url=parts.get("link"),
            author=next((parts[tag] for tag in AUTHOR_TAGS if tag in parts), None),
        )
    except Exception as error:  # noqa: BLE001  # whatever an item holds, the feed goes on
        return Failure(article_id=place, kind=FailureKind.BAD_RECORD, reason=told_of(error))


def plain_text(fragment: str) -> str:
    r"""Return the text of an HTML fragment as feeds carry it: tags out, blocks on lines of their own.

    Examples
    --------
    >>> plain_text("<p>Deux bless&eacute;s.</p><p>L'enqu&ecirc;te continue.</p>")
    "Deux blessés.\nL'enquête continue."
    """
    spaced = _TAG.sub("", _BLOCK_END.sub("\n", fragment))
    lines = (line.strip() for line in html.unescape(_LONG_REFERENCE.sub(_short_reference, spaced)).split("\n"))
    return "\n".join(line for line in lines if line)


def _short_reference(found: re.Match[str]) -> str:
    digits = found[1].lstrip("0")
    return f"&#{digits or 0};" if len(digits) <= _MOST_DIGITS else "\ufffd"


FORMAT = Format(name="RSS or Atom feed", suffixes=(".xml", ".rss", ".atom"), read=read_feed)
