"""When a web page says that its article was published: never from a copyright line, an embedded post or a comment."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newsnlp.errors import ArticleError
from newsnlp.reading.page.bylines import read_byline
from newsnlp.text.stamps import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator

# Names of <meta> that hold the day of publication, in small letters, surest first; then of the last change.
PUBLISHED = (
    *("article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished"),
    *("dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "dc:date"),
    *("pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "publication-date", "date"),
    *("parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article.published", "bt:pubdate"),
    *("citation_publication_date", "citation_date", "originalpublicationdate", "rnews:datepublished", "displaydate"),
)
CHANGED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified")
# Types of schema.org that are articles; a page also describes its pictures, clips, events and comments.
_ARTICLE = re.compile(
    r"(?:News|Blog|Reportage|Analysis|Opinion|Review|Background|Scholarly|Tech|Live)?\w*(?:Article|Posting)"
)
_NO_ARTICLE = frozenset({"SocialMediaPosting", "DiscussionForumPosting", "JobPosting"})
# Parts of a page that are of other articles, of readers or of the site.
_ELSEWHERE = (
    "ancestor-or-self::footer or ancestor-or-self::aside or ancestor-or-self::nav or ancestor-or-self::blockquote"
    " or ancestor-or-self::form"
)
_OTHER_PARTS = re.compile(
    r"comment|related|similar|sidebar|foot(?!b)|copyright|most-?read|les-?plus|a-?lire|read-?also|teaser|aside|agenda"
    r"|widget-?area|newsletter|menu|navig|navbar|breaking|carousel|recommend|tweet|embed",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_RIGHTS = re.compile(r"©|copyright|tous droits|all rights", re.IGNORECASE)
_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?=[/-])|[-_/]((?:19|20)\d\d)([01]\d)([0-3]\d)[-_/.]"
)
# Lines longer than this are prose; elements looked at, and ancestors of each, so that no page takes for ever.
_LONGEST_STAMP = 160
_MOST_ELEMENTS = 20_000
_MOST_ANCESTORS = 40
_MOST_JSON = 2_000_000


def publication_date(tree: Any, *, url: str | None = None) -> datetime | None:
    """Return when the article of a page was published, None where the page does not say.

    Asked in turn: JSON-LD, ``<meta>``, ``<time>``, the line that says « Publié le », the address. The first that knows
    wins; if it gives only a day, the hour is taken from the next that has it for the same day.

    Parameters
    ----------
    tree : lxml.html.HtmlElement
        The whole page.
    url : str, optional
        Its address.
    """
    found: datetime | None = None
    for moment in _told(tree, url):
        if found is None or (moment.date() == found.date() and _has_hour(moment)):
            found = moment
        if _has_hour(found):
            break
    return found


def _has_hour(moment: datetime) -> bool:
    return bool(moment.hour or moment.minute or moment.tzinfo)


def _told(tree: Any, url: str | None) -> Iterator[datetime]:
    metas = _metas(tree)
    times = list(_times(tree))
    stamps = [
        *_linked_data(tree),
        *(metas[name] for name in PUBLISHED if name in metas),
        *(value for is_sure, value in times if is_sure),
        *(value for is_sure, value in times if not is_sure),
    ]
    yield from filter(None, map(_moment, stamps))
    yield from _lines(tree)
    yield from _from_address(url)
    for address in tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")[:2]:
        yield from _from_address(str(address))
    yield from filter(None, (_moment(metas[name]) for name in CHANGED if name in metas))


def _moment(value: str) -> datetime | None:
    try:
        return parse_date(value)
    except ArticleError:
        return None


def _linked_data(tree: Any) -> Iterator[str]:
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        text = script.text or ""
        try:
            held = json.loads(text, strict=False) if len(text) <= _MOST_JSON else None
        except (ValueError, RecursionError):
            # Many templates forget a comma; what is wanted of it stands in one place.
            yield from re.findall(r'"datePublished"\s*:\s*"([^"]{8,60})"', text[:_MOST_JSON])[:1]
            continue
        yield from _of_articles(held)


def _of_articles(held: object) -> Iterator[str]:
    waiting, looked = [held], 0
    while waiting and looked < _MOST_ELEMENTS:
        value, looked = waiting.pop(0), looked + 1
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            types = value.get("@type")
            named = [str(name) for name in (types if isinstance(types, list) else [types])]
            if any(_ARTICLE.fullmatch(name) and name not in _NO_ARTICLE for name in named):
                date = value.get("datePublished") or value.get("dateCreated")
                if isinstance(date, str):
                    yield date
            waiting += [value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value]


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]")[:_MOST_ELEMENTS]:
        for key in ("property", "name", "itemprop"):
            if name := (meta.get(key) or "").strip().lower():
                found.setdefault(name, meta.get("content").strip())
    return found


def _times(tree: Any) -> Iterator[tuple[bool, str]]:
    """Yield what `<time>` and marked elements say, with whether they are marked as the day of publication."""
    query = f"//*[self::time or @itemprop='datePublished' or @pubdate][not({_ELSEWHERE})]"
    for element in tree.xpath(query)[:100]:
        marks = " ".join((element.get(key) or "") for key in ("class", "id", "itemprop"))
        value = element.get("datetime") or element.get("content") or element.text_content().strip()
        if not value or len(value) > _LONGEST_STAMP or _is_elsewhere(element):
            continue
        if re.search(r"modif|update|maj\b|mise-a-jour", marks, re.IGNORECASE):
            continue
        yield element.get("pubdate") is not None or re.search(r"publi|pubdate", marks, re.IGNORECASE) is not None, value


def _lines(tree: Any) -> Iterator[datetime]:
    """Yield the dates of short lines such as « Publié le 12 mars 2024 à 23h47 », those of a change last."""
    changed = []
    query = f"//body//*[self::p or self::span or self::div or self::li or self::small or self::em][not({_ELSEWHERE})]"
    for element in tree.xpath(query)[:_MOST_ELEMENTS]:
        line = _line_of(element)
        if not 8 <= len(line) <= _LONGEST_STAMP or not _YEAR.search(line) or _RIGHTS.search(line):  # noqa: PLR2004
            continue
        byline = read_byline(line)
        if byline is not None and byline.published_at is not None and not _is_elsewhere(element):
            if not byline.is_update:
                yield byline.published_at
            else:
                changed.append(byline.published_at)
    yield from changed[:1]


def _line_of(element: Any) -> str:
    """Return the words of an element, empty where they are more than a line: a block of blocks is not read whole."""
    pieces: list[str] = []
    size = 0
    for piece in element.itertext():
        size += len(piece)
        if size > 4 * _LONGEST_STAMP:  # indentation counts, too
            return ""
        pieces.append(piece)
    return " ".join(" ".join(pieces).split())


def _is_elsewhere(element: Any) -> bool:
    for _, parent in zip(range(_MOST_ANCESTORS), [element, *element.iterancestors()], strict=False):
        if parent.tag in {"article", "main", "body"}:
            return False
        if _OTHER_PARTS.search(f"{parent.get('class') or ''} {parent.get('id') or ''}"):
            return True
    return False


def _from_address(url: str | None) -> Iterator[datetime]:
    if url and len(url) <= 2_000 and (found := _URL_DAY.search(url + "/")):  # noqa: PLR2004
        year, month, day = (int(part) for part in found.groups() if part)
        try:
            moment = datetime(year, month, day)  # noqa: DTZ001  # an address knows no zone
        except ValueError:
            return
        if moment.replace(tzinfo=UTC) <= datetime.now(UTC):
            yield moment
