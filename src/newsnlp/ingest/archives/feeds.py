"""RSS and Atom files as articles. The text is what the feed carries: whole articles in some, two lines in most."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.ingest.archives.feed_items import BROKEN, FeedItems
from newsnlp.ingest.archives.feed_text import unmarked
from newsnlp.ingest.failures import Failure
from newsnlp.ingest.opened import Format, warned
from newsnlp.reading.markup import strip_markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from newsnlp.ingest.archives.feed_items import Parts
    from newsnlp.ingest.opened import Head, Opened
    from newsnlp.records import Article

# White space that HTML shows as one blank, where there are tags that say what a line is.
_BLOCK = re.compile(r"<(?:p|div|br|li|h[1-6]|blockquote|figure|section|article)\b", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
# Tags of other vocabularies (<o:p>), which no reader of HTML shows.
_FOREIGN_TAG = re.compile(r"</?\w{1,20}:\w[^<>]*>")
# Longer than the number of any character (1 114 111); Python refuses to read numbers of 4 300 digits.
_LONG_REFERENCE = re.compile(r"&#(?:(\d{8,})|([xX])([0-9a-fA-F]{7,}));?")
_MOST_DIGITS = 7
# <author>lucie@exemple.org (Lucie Hamont)</author>, as RSS 2.0 has it; <author><name>…</name></author> in Atom.
_SIGNED_MAIL = re.compile(r"\S+@\S+\s*\(([^()]+)\)")
_NAMED = re.compile(r"<name>([^<]+)</name>")
_TITLED = re.compile(r"<title>([^<]+)</title>")
# Local names, in order of preference: full text before summary, publication before change.
TEXT_TAGS = ("encoded", "content", "body", "description", "summary", "media:description", "itunes:summary", "abstract")
TITLE_TAGS = ("title", "media:title", "itunes:title")
CHANGE_TAGS = ("updated", "modified", "lastModified")
DATE_TAGS = ("pubDate", "published", "date", "issued", "created", *CHANGE_TAGS)
ID_TAGS = ("guid", "id", "identifier", "link")
URL_TAGS = ("origLink", "link", "link self")
AUTHOR_TAGS = ("creator", "author", "itunes:author", "contributor")
SOURCE_TAGS = ("source", "publisher")
SECTION_TAGS = ("category", "subject")
TAGS = frozenset({*TEXT_TAGS, *TITLE_TAGS, *DATE_TAGS, *ID_TAGS, *URL_TAGS, *AUTHOR_TAGS, *SOURCE_TAGS, *SECTION_TAGS})
# Of the beginning so much is looked at for a feed's first element: comments and warnings of servers are shorter.
_LOOK = 8_000
_BARE = re.compile(r"<(?:rss\s[^>]*version|rss>|feed\s[^>]*xmlns|feed>\s*<|rdf:rdf\s[^>]*purl\.org/rss)")


def read_feed(opened: Opened) -> Iterator[Article | Failure]:
    """Yield the items of an RSS 1 or 2 or Atom file, in its order.

    An item that is no XML costs itself: reading goes on at the next.

    Raises
    ------
    SourceError
        If the file is no feed, or declares entities of more than one character (which a feed never needs).
    """
    feed = FeedItems(opened.name, opened.data, TAGS)
    for position, found in enumerate(feed):
        if isinstance(found, dict):
            yield _article(found, f"item {position}", feed.told, opened)
        else:
            yield Failure(article_id=f"item {position}", kind=found.kind, reason=found.reason)


def _article(marked: Parts, place: str, feed: Mapping[str, str], opened: Opened) -> Article | Failure:
    told: list[str] = []
    parts, wrong, controls = _unmarked(marked)
    if wrong:
        told.append(f"{wrong} bytes are not of the encoding that the feed declares: read as Windows-1252")
    if controls:
        told.append(f"{controls} control characters, which no XML may hold, are left out")
    if problem := parts.pop(BROKEN, None):
        told.append(f"the item is not well-formed ({problem[0]}): read by its tags alone")
    own = next((name for tag in SOURCE_TAGS for part in parts.get(tag, ()) if (name := _source(part))), None)
    title = _first(parts, TITLE_TAGS)
    text = _first(parts, TEXT_TAGS)
    if title and own and title.endswith(f" - {own}"):
        title = title.removesuffix(f" - {own}").rstrip()
    if title and own and text and _says_no_more(text, title, own):
        text = None
    url = next((parts[tag][0] for tag in URL_TAGS if tag in parts), None)
    own_id = next((parts[tag][0] for tag in ID_TAGS if tag in parts), None)
    dated = next((tag for tag in DATE_TAGS if tag in parts), None)
    values = {
        "id": own_id,
        "text": text,
        "title": title,
        "published_at": parts[dated][0] if dated else None,
        # Where an article comes again, the version that was changed last is kept.
        "updated": next((parts[tag][0] for tag in CHANGE_TAGS if tag in parts and tag != dated), None),
        "source": own or plain_text(unmarked(feed.get("title", ""))[0]),
        "url": url or (own_id if own_id and own_id.startswith(("http://", "https://")) else None),
        "author": next((_signed(parts[tag]) for tag in AUTHOR_TAGS if tag in parts), None)
        or plain_text(unmarked(feed.get("author", ""))[0]),
        "section": ", ".join(
            dict.fromkeys(name for tag in SECTION_TAGS for part in parts.get(tag, ()) if (name := plain_text(part)))
        ),
    }
    return warned(opened.article({name: value for name, value in values.items() if value}, place), *told)


def _unmarked(marked: Parts) -> tuple[Parts, int, int]:
    parts: Parts = {}
    wrong = controls = 0
    for tag, texts in marked.items():
        read = [unmarked(text) for text in texts]
        wrong += sum(found[1] for found in read)
        controls += sum(found[2] for found in read)
        if kept := [found[0] for found in read if found[0].strip()]:
            parts[tag] = kept
    return parts, wrong, controls


def _first(parts: Parts, tags: tuple[str, ...]) -> str | None:
    """Return the first text that is not only tags (an image, say)."""
    return next((text for tag in tags for part in parts.get(tag, ()) if (text := plain_text(part))), None)


def _source(part: str) -> str | None:
    """Return the medium that an item names: ``<source url=…>Le Courrier</source>``, or a title within it."""
    named = _TITLED.search(part)
    name = plain_text(named[1] if named else part)
    return None if not name or "\n" in name or name.startswith(("http://", "https://")) else name


def _says_no_more(text: str, title: str, source: str) -> bool:
    """Tell whether a text is the title again with the name of the medium, as aggregators have it."""
    rest = " ".join(text.split()).removeprefix(" ".join(title.split()))
    return rest.strip(" -–|") in {"", source} and len(rest) < len(text)


def _signed(parts: list[str]) -> str | None:
    names: list[str] = []
    for part in parts:
        mail = _SIGNED_MAIL.fullmatch(part)
        names += _NAMED.findall(part) or ([mail[1]] if mail else [part])
    return ", ".join(dict.fromkeys(name for found in names if (name := plain_text(found)))) or None


def plain_text(fragment: str) -> str:
    r"""Return the text of an HTML fragment as feeds carry it: tags and scripts out, blocks on lines of their own.

    Examples
    --------
    >>> plain_text("<p>Deux bless&eacute;s.</p><p>L'enqu&ecirc;te continue.</p>")
    "Deux blessés.\nL'enquête continue."
    """
    if _BLOCK.search(fragment):
        fragment = _BLANKS.sub(" ", fragment)
    text, _ = strip_markup(_LONG_REFERENCE.sub(_short_reference, _FOREIGN_TAG.sub("", fragment)))
    return "\n".join(line for part in text.split("\n") if (line := part.strip()))


def _short_reference(found: re.Match[str]) -> str:
    digits = (found[1] or found[3]).lstrip("0")
    return f"&#{found[2] or ''}{digits or 0};" if len(digits) <= _MOST_DIGITS - bool(found[2]) else "\ufffd"


def looks_like_feed(head: Head) -> bool:
    """Tell a feed whatever it is called: by its first element, also where warnings of a server stand before it."""
    if _BARE.match(head.start):
        return True
    text = head.text[:_LOOK]
    at = text.find("<?xml")
    while at >= 0 and text.startswith(("<?", "<!"), at):
        closing = "-->" if text.startswith("<!--", at) else "]>" if "[" in text[at : text.find(">", at)] else ">"
        end = text.find(closing, at)
        at = -1 if end < 0 else len(text) - len(text[end + len(closing) :].lstrip())
    return at >= 0 and _BARE.match(text[at : at + 1_000].lower()) is not None


FORMAT = Format(name="RSS or Atom feed", suffixes=(".xml", ".rss", ".atom"), read=read_feed, looks_like=looks_like_feed)
