"""The article of a whole web page, by ``trafilatura`` (extra ``html``), with what it leaves behind."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

from newsnlp.errors import ArticleError, MissingExtraError
from newsnlp.reading.page.bylines import read_byline
from newsnlp.reading.web.dates import publication_date
from newsnlp.reading.web.walls import wall_in
from newsnlp.records import Article
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

# Posts of networks, and windows that ask for consent or a subscription: no text of the article.
_POSTS = (
    "//blockquote[contains(@class, 'twitter-') or contains(@class, 'instagram-') or contains(@class, 'tiktok-')"
    " or contains(@class, 'bluesky-') or contains(@class, 'mastodon-') or contains(@class, 'text-post-media')"
    " or contains(@class, 'reddit-') or contains(@class, 'imgur-')]"
    " | //*[self::div or self::figure][contains(@class, 'fb-post') or contains(@class, 'twitter-tweet')]"
)
_WINDOWS = (
    "//*[self::div or self::section or self::aside or self::dialog or self::form]["
    + " or ".join(
        f"contains(@id, '{name}') or contains(@class, '{name}')"
        for name in (
            *("didomi", "onetrust", "tarteaucitron", "axeptio", "cookie-banner", "cookie-consent", "cookieconsent"),
            *("cookie-notice", "cookie-wall", "sp_message", "qc-cmp", "cmp-", "consent-", "gdpr", "rgpd"),
        )
    )
    + "]"
)
# Where little text was found, trafilatura asks libraries whose time grows with the square of the blocks: 2 000 are 3 s.
_MOST_BLOCKS = 2_000
# Characters: the shortest briefs, and what trafilatura itself takes for enough.
_SHORTEST_BRIEF = 100
_SHORTEST_SURE = 250
# Between the title and the text: where a standfirst stands. Beyond so many elements it is none.
_MOST_BEFORE = 300
_SHORTEST_STANDFIRST = 40
# So much of a paragraph is compared with the text that was found.
_COMPARED = 60


def read_html(page: str, *, url: str | None = None) -> Article:
    """Return the article of a web page: text, title, author and date.

    Offsets of an analysis refer to the extracted text, which is the article's ``text``. Embedded posts and windows of
    consent are left out; the standfirst is kept. The date is what the page itself says of the article
    (`newsnlp.reading.web.dates`), with its hour and zone, or None.

    Parameters
    ----------
    page : str
        HTML.
    url : str, optional
        Where it comes from; helps to find the date.

    Raises
    ------
    MissingExtraError
        If ``trafilatura`` (extra ``html``) is not installed.
    ArticleError
        If the page holds no article, but a wall of consent, a check for robots, an error or an empty template.
    """
    try:
        import trafilatura
    except ImportError as error:
        # Also where trafilatura is there and a package that it needs is not: installing the extra mends both.
        raise MissingExtraError.named("html", "Reading an HTML page") from error
    tree = trafilatura.load_html(page)
    if tree is None:
        raise _no_article(page, "no article was found")
    warnings = []
    posts = _drop(tree, _POSTS)
    if posts:
        warnings.append(f"{posts} embedded posts are left out")
    windows = _drop(tree, _WINDOWS)
    found = _extracted(tree, url)
    text = _text_of(found)
    if not text:
        raise _no_article(page, "only a window of consent was found" if windows else "no article was found")
    title = _filled(found.title)
    text = _with_standfirst(tree, text, title)
    if (words := wall_in(text, title=title)) is not None:
        raise _no_article(page, f"no article was found, but a wall, an error or an empty template ({words!r})")
    return Article(
        text=text,
        title=title,
        author=_filled(found.author),
        published_at=publication_date(tree, url=url),
        source=_filled(found.sitename),
        url=url or _filled(found.url),
        warnings=tuple(warnings),
    )


def _extracted(tree: Any, url: str | None) -> Any:
    """Return what ``trafilatura`` finds; of a brief its paragraphs, which it takes for too short to be an article."""
    import trafilatura
    from trafilatura.settings import DEFAULT_CONFIG

    brief = copy.deepcopy(DEFAULT_CONFIG)
    brief["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(_SHORTEST_BRIEF)
    options = {
        "url": url,
        "with_metadata": True,
        "include_comments": False,
        "include_tables": True,
        "fast": len(tree.xpath("//p | //div | //li | //td")) > _MOST_BLOCKS,
    }
    found = trafilatura.bare_extraction(copy.deepcopy(tree), config=brief, **options)
    if len(_text_of(found)) >= _SHORTEST_SURE:
        return found
    # Little was found: what the whole page gives, in one line, counts where it is far more.
    other = trafilatura.bare_extraction(copy.deepcopy(tree), **options)
    return other if len(_text_of(other)) > 2 * len(_text_of(found)) else found


def _text_of(found: Any) -> str:
    return (getattr(found, "text", None) or "").strip()


def _no_article(page: str, told: str) -> ArticleError:
    return ArticleError(
        f"received an HTML page of {len(page):,} characters in which {told}; accepted: a page with an article. "
        "Hint: open it in a browser, and copy the text out of it"
    )


def _drop(tree: Any, query: str) -> int:
    """Take elements out of a page, leaving what follows them; return how many there were."""
    dropped = 0
    for element in tree.xpath(query):
        parent = element.getparent()
        # What stands within another that has gone is gone already.
        if parent is None or element.tag in {"html", "body"} or element.xpath("boolean(.//article | .//h1)"):
            continue
        element.drop_tree()
        dropped += 1
    return dropped


def _with_standfirst(tree: Any, text: str, title: str | None) -> str:
    """Return the text with the paragraphs between title and text that the extraction took for no part of it."""
    known = _squeezed(text)
    missing: list[str] = []
    for line in _before_text(tree, known):
        byline = read_byline(line) if len(line) <= 200 else None  # noqa: PLR2004  # the longest bylines have 150
        if byline is None and _squeezed(line) not in known and _squeezed(line) != _squeezed(title or ""):
            missing.append(line)
    if not missing:
        return text
    first, _, rest = text.partition("\n")
    if title and _squeezed(first) == _squeezed(title):
        return "\n".join([first, *missing, rest])
    return "\n".join([*missing, text])


def _before_text(tree: Any, known: str) -> Iterator[str]:
    """Yield the lines of prose between the heading of a page and the first paragraph of its text."""
    heading = next(iter(tree.xpath("(//main//h1 | //article//h1 | //h1)[last()]")), None)
    if heading is None:
        return
    held: list[str] = []
    for _, element in zip(
        range(_MOST_BEFORE),
        heading.xpath(
            "following::*[self::p or self::h2 or self::div[not(.//p or .//div)] or self::strong[not(ancestor::p)]]"
            "[not(ancestor::nav or ancestor::aside or ancestor::footer or ancestor::figure or ancestor::form"
            " or ancestor::ul or ancestor::button)]"
        )[:_MOST_BEFORE],
        strict=False,
    ):
        line = " ".join(element.text_content().split())
        if line and _squeezed(line)[:_COMPARED] in known:
            yield from held
            return
        is_prose = len(line) >= _SHORTEST_STANDFIRST and line.endswith((".", "!", "?", "…", "»", ":"))
        if is_prose and line not in held:
            held.append(line)


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", fold(text, accents=False))


def _filled(value: object) -> str | None:
    return str(value).strip() or None if value else None
