"""Tell the article from the page around it, line by line: words of the lexicon, and where on the page they stand.

Precision comes first: a line stays unless something says that it is furniture. The top of the page ends with its
first line of prose, the foot begins after the last one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsnlp.reading.bylines import credit_start, dateline, is_bare_date, read_byline
from newsnlp.reading.phrases import Furniture, fold, look_up

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

# Sentences are this long at least; shorter lines with a full stop are kept, but say nothing about where prose begins.
_MIN_PROSE = 60
_SURE_PROSE = 200
_MIN_TITLE = 12
_MAX_TITLE = 250
_MIN_TITLE_WORDS = 3
# A line repeated elsewhere on the page is a headline only with so many words: « Irak » may head two sections.
_MIN_REPEATED_WORDS = 4
_MAX_NAV = 90
_MAX_SITE_NAME = 45
_MAX_MENU_ITEM = 30
_MENU_RUN = 4
# Lines from either end of the page where bylines are looked for, should the page have no prose at all.
_EDGE = 500

_SENTENCE_END = re.compile(r"[.!?…][\s»\"”’')\]]*$")
_TRAIL = re.compile(r"\s[›>»/|•→❯⟩]\s")
_COMMENT_COUNT = re.compile(r"\(?\d+\)? (?:commentaires?|comments?)")


@dataclass(slots=True)
class Line:
    """One line of the page that is not blank.

    ``start`` and ``end`` enclose its words, ``stop`` is where the next line begins. ``kind`` is None while nothing is
    known against it; ``keep_end`` cuts a picture credit off the end of a caption.
    """

    start: int
    end: int
    stop: int
    text: str
    kind: str | None = None
    reason: str = ""
    keep_end: int | None = None
    is_prose: bool = False
    furniture: Furniture | None = None

    def drop(self, kind: str, reason: str) -> None:
        """Mark the line as furniture, unless it is already."""
        if self.kind is None:
            self.kind, self.reason = kind, reason


@dataclass(slots=True)
class PageFacts:
    """What the page says about the article outside its text."""

    title: Line | None = None
    author: str | None = None
    published_at: datetime | None = None


def label_lines(lines: Sequence[Line]) -> PageFacts:
    """Mark the lines that are furniture, in place, and return what the page says about the article."""
    for line in lines:
        line.furniture = look_up(line.text)
        line.is_prose = line.furniture is None and _is_prose(line.text)
    prose = [index for index, line in enumerate(lines) if line.is_prose]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    last = _drop_comments(lines, last)
    _drop_related(lines)
    facts = PageFacts()
    _drop_by_words(lines, first, last)
    _read_bylines(lines, first, last, facts)
    _cut_credits(lines)
    if prose:
        _drop_site_name(lines[:first])
        _find_title(lines, first, facts)
        _drop_menus(lines, first, facts)
    return facts


def _is_prose(text: str) -> bool:
    if len(text) >= _SURE_PROSE:
        return True
    if len(text) < _MIN_PROSE or _SENTENCE_END.search(text) is None:
        return False
    # A headline may end in a question mark.
    return not text.rstrip(" »").endswith("?") or ". " in text


def _drop_comments(lines: Sequence[Line], last: int) -> int:
    """Drop from the comments on, and return the index of the last line of prose before them."""
    for index, line in enumerate(lines):
        if line.furniture is None or line.furniture.kind != "comments":
            continue
        if not line.furniture.strong and _COMMENT_COUNT.fullmatch(fold(line.text)) is None:
            continue
        before = sum(len(other.text) for other in lines[:index] if other.is_prose)
        after = sum(len(other.text) for other in lines[index:] if other.is_prose)
        # A count of comments at the top of the page is a link to them.
        if before and before >= after:
            for other in lines[index:]:
                other.drop("comments", line.text[:60])
                other.is_prose = False
            return max((i for i in range(index) if lines[i].is_prose), default=-1)
    return last


def _drop_related(lines: Sequence[Line]) -> None:
    """Drop lists of other articles: from their heading on, up to the next sentence."""
    index = 0
    while index < len(lines):
        heading = lines[index]
        index += 1
        furniture = heading.furniture
        if furniture is None or furniture.kind != "related" or not furniture.strong or heading.kind is not None:
            continue
        end = index
        while end < len(lines) and not _resumes(lines[end]):
            end += 1
        heading.drop("related", heading.text[:60])
        # The last short line before prose resumes is a heading of the article, if it has others before it.
        if end < len(lines) and end - index > 1 and "\n\n" in _gap(lines, end):
            end -= 1
        for other in lines[index:end]:
            other.drop("related", heading.text[:60])
        index = end


def _gap(lines: Sequence[Line], index: int) -> str:
    """Return the line breaks before a line, as newlines."""
    return "\n" * (lines[index - 1].stop - lines[index - 1].end)


def _resumes(line: Line) -> bool:
    return line.is_prose or (_SENTENCE_END.search(line.text) is not None and line.text.count(" ") >= _MENU_RUN)


def _drop_by_words(lines: Sequence[Line], first: int, last: int) -> None:
    """Drop what the lexicon knows: its strong phrases anywhere, its weak ones at the top, the foot and in groups."""
    known = [line.furniture is not None or line.kind is not None for line in lines]
    for index, line in enumerate(lines):
        furniture = line.furniture
        if furniture is None:
            continue
        in_midst = first < index < last
        has_company = any(known[other] for other in (index - 1, index + 1) if 0 <= other < len(lines))
        if furniture.strong or (not in_midst and (last >= 0 or has_company)) or (in_midst and has_company):
            line.drop("related" if furniture.kind == "related_line" else furniture.kind, line.text[:60])


def _read_bylines(lines: Sequence[Line], first: int, last: int, facts: PageFacts) -> None:
    """Take author and date from the lines at the top, the foot and beside other furniture."""
    published: datetime | None = None
    updated: datetime | None = None
    for index, line in enumerate(lines):
        if first < index < last or line.kind == "comments" or _EDGE < index < len(lines) - _EDGE:
            continue
        byline = read_byline(line.text) if not line.is_prose else None
        if byline is not None and (last >= 0 or byline.kind == "date"):
            line.drop(byline.kind, line.text[:60])
            facts.author = facts.author or byline.author
            if byline.is_update:
                updated = updated or byline.published_at
            else:
                published = published or byline.published_at
        elif index < first and published is None and line.kind is None:
            # « 6 janvier 2016. » is part of the text, but says when.
            published = is_bare_date(line.text)
        elif index == first and published is None:
            published = dateline(line.text)
    facts.published_at = published or updated


def _cut_credits(lines: Sequence[Line]) -> None:
    """Drop the credits of pictures and keep their captions."""
    for line in lines:
        if line.kind is not None:
            continue
        start = credit_start(line.text)
        if start is None:
            continue
        caption = line.text[:start].rstrip(" -–—|")
        if caption:
            line.keep_end = line.start + len(caption)
        else:
            line.drop("credit", line.text[:60])


def _drop_site_name(top: Sequence[Line]) -> None:
    """Drop the name of the paper: the very first line, where menu words come next and the headline later."""
    if len(top) > _MENU_RUN and len(top[0].text) <= _MAX_SITE_NAME and all(line.kind == "menu" for line in top[1:3]):
        top[0].drop("menu", "name of the site")


def _find_title(lines: Sequence[Line], first: int, facts: PageFacts) -> None:
    """Find the headline above the first line of prose, and drop its copies."""
    top = [line for line in lines[:first] if line.kind is None]
    keys = {id(line): fold(line.text) for line in top}
    repeated = Counter(keys[id(line)] for line in lines[:first] if id(line) in keys)
    candidates = [
        line
        for line in top
        if _MIN_TITLE <= len(line.text) <= _MAX_TITLE
        and line.text.count(" ") + 1 >= _MIN_TITLE_WORDS
        and is_bare_date(line.text) is None
        and _TRAIL.search(line.text) is None
    ]

    def echoes(line: Line) -> int:
        key = keys[id(line)]
        glued = sum(other != key and (other.endswith(key) or other.startswith(key)) for other in keys.values())
        return repeated[key] - 1 + glued

    if not candidates:
        return
    # The headline is what the page says twice, else the first line that is long enough.
    facts.title = max(candidates, key=echoes)
    title = keys[id(facts.title)]
    copies = [line for line in top if keys[id(line)] == title]
    # The last copy at the top stands next to the text.
    facts.title = copies[-1]
    for line in lines:
        if line is facts.title or line.kind is not None or line.is_prose or len(line.text) > _MAX_TITLE + _MAX_NAV:
            continue
        key = keys.get(id(line)) or fold(line.text)
        if key == title and title.count(" ") + 1 >= _MIN_REPEATED_WORDS:
            line.drop("headline", "repeated headline")
        elif id(line) in keys and _is_title_with_site(key, title, line.text):
            line.drop("headline", "headline with the name of the site")
        elif id(line) in keys and key.endswith(title) and _is_nav(line.text, len(facts.title.text)):
            line.drop("menu", "navigation before the headline")


def _is_title_with_site(key: str, title: str, text: str) -> bool:
    rest = key.removeprefix(title)
    return rest != key and 0 < len(rest) <= _MAX_SITE_NAME and rest.lstrip()[:1] in "-–—|•·:" and bool(text)


def _is_nav(text: str, title_length: int) -> bool:
    """Tell whether what stands before the headline on its line is a trail of menu words."""
    before = text[: len(text) - title_length]
    if not before.strip() or len(before) > _MAX_NAV:
        return False
    glued = not before[-1].isspace() and before[-1].islower()
    return glued or look_up(before) is not None or _TRAIL.search(f"{before} ") is not None


def _drop_menus(lines: Sequence[Line], first: int, facts: PageFacts) -> None:
    """Drop trails (« Accueil > Monde ») and long rows of short lines among menu words, above the headline's text."""
    top = [line for line in lines[:first] if line is not facts.title]
    for line in top:
        if line.kind is None and _TRAIL.search(line.text):
            parts = [part.strip() for part in _TRAIL.split(line.text)]
            words = [part for part in parts if part]
            is_short = all(len(part) <= _MAX_MENU_ITEM for part in words[:-1])
            if is_short and words and look_up(words[0]) is not None:
                line.drop("menu", "trail")
    run: list[Line] = []
    for place in range(first + 1):
        # The line after the last one ends the last run.
        item_line = lines[place] if place < first else None
        if item_line is not None and item_line is not facts.title and len(item_line.text) <= _MAX_MENU_ITEM:
            run.append(item_line)
            continue
        known = sum(item.kind in {"menu", "share"} for item in run)
        if len(run) >= _MENU_RUN and 2 * known >= len(run):
            for item in run:
                item.drop("menu", "among menu words")
        run = []
