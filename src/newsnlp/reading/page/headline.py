"""Find the headline above the article's text, drop its copies and the menu around it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from newsnlp.reading.page.bylines import is_bare_date
from newsnlp.reading.page.folding import fold
from newsnlp.reading.page.phrases import look_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.reading.page.lines import Line, PageFacts

_MIN_TITLE = 12
_MAX_TITLE = 250
_MIN_TITLE_WORDS = 3
# A headline of so many words is one, whatever stands above it.
_SURE_TITLE_WORDS = 5
# A line repeated elsewhere on the page is a headline only with so many words: « Irak » may head two sections.
_MIN_REPEATED_WORDS = 4
_MAX_NAV = 90
_MAX_SITE_NAME = 45
_MAX_MENU_ITEM = 30
# A headline stands no farther above the text.
_MAX_TOP = 300
_MAX_RUBRIC_WORDS = 5
_MAX_RUBRIC = 35
_MENU_RUN = 4
_MIN_HEADER_MENU = 2
_NEAR = 3
_MIN_TRAIL = 3

_TRAIL = re.compile(r"\s[›>»/|•→❯⟩]\s")
_SENTENCE = re.compile(r"[.!…][»\"”’')\]\s]*$")
_SIGNED = frozenset({"byline", "date"})
_HEADER_KINDS = frozenset({"menu", "subscribe", "cookies", "share"})


def find_headline(lines: Sequence[Line], first: int, facts: PageFacts) -> None:
    """Find the headline above the first line of prose (`first`), drop its copies, and the menu above it."""
    _find_title(lines, first, facts)
    _drop_menus(lines, first, facts)
    _drop_rubrics(lines, first, facts)


def is_trail(text: str) -> bool:
    """Tell whether a line is a trail of menu words: « Accueil > Monde », « Politique / Parlement »."""
    if _TRAIL.search(text) is None:
        return False
    words = [part for part in (part.strip() for part in _TRAIL.split(text)) if part]
    if not words or any(len(part) > _MAX_MENU_ITEM for part in words[:-1]) or "«" in text:
        return False
    known = sum(look_up(word) is not None for word in words)
    return look_up(words[0]) is not None or (len(words) >= _MIN_TRAIL and known > 0)


def _find_title(lines: Sequence[Line], first: int, facts: PageFacts) -> None:
    top = [line for line in lines[max(0, first - _MAX_TOP) : first] if line.kind is None]
    keys = {id(line): fold(line.text) for line in top}
    repeated = Counter(keys[id(line)] for line in lines[:first] if id(line) in keys)
    # A trail of menu words may end in the headline.
    all_keys = [
        keys.get(id(line)) or fold(line.text)
        for line in lines[max(0, first - _MAX_TOP) : first]
        if line.kind not in _SIGNED
    ]
    candidates = [line for line in top if _may_be_title(line)]
    if not candidates:
        return

    def echoes(line: Line) -> int:
        key = keys[id(line)]
        glued = sum(other != key and (other.endswith(key) or other.startswith(key)) for other in all_keys)
        return repeated[key] - 1 + glued

    candidates = _below_the_header(_below_rubrics(candidates, lines[:first]), lines[:first])
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


def _may_be_title(line: Line) -> bool:
    return (
        _MIN_TITLE <= len(line.text) <= _MAX_TITLE
        and line.text.count(" ") + 1 >= _MIN_TITLE_WORDS
        and is_bare_date(line.text) is None
        and not is_trail(line.text)
        and re.search(r"[^\W\d_]{2}", line.text) is not None
    )


def _below_the_header(candidates: list[Line], top: Sequence[Line]) -> list[Line]:
    """Return the candidates below the last menu, if a good one stands there: names and mottos of sites stand above."""
    places = {id(line): place for place, line in enumerate(top)}
    candidate = candidates[0]
    if candidate.text.count(" ") + 1 > _MAX_RUBRIC_WORDS or len(candidate.text) > _MAX_SITE_NAME:
        return candidates
    for index, below in enumerate(candidates[1:], 1):
        between = top[places[id(candidate)] + 1 : places[id(below)]]
        menu = sum(line.kind in _HEADER_KINDS for line in between)
        # A headline is not followed by a menu and another headline.
        is_header = menu >= _MIN_HEADER_MENU and not any(line.kind in {"byline", "date"} for line in between)
        if is_header and below.text.count(" ") + 1 >= _SURE_TITLE_WORDS:
            return _below_the_header(candidates[index:], top)
    return candidates


def _below_rubrics(candidates: list[Line], top: Sequence[Line]) -> list[Line]:
    """Return the candidates without the short ones that stand in one row with menu words above a longer one."""
    places = {id(line): place for place, line in enumerate(top)}
    for index, candidate in enumerate(candidates[:-1]):
        below = candidates[index + 1]
        is_short = candidate.text.count(" ") < _MAX_RUBRIC_WORDS - 1 and len(candidate.text) <= _MAX_RUBRIC
        is_sure = below.text.count(" ") + 1 >= _SURE_TITLE_WORDS and not below.text.endswith(".")
        place = places[id(candidate)]
        in_menu = any(line.kind in _HEADER_KINDS for line in top[max(0, place - _NEAR) : place])
        between = top[place + 1 : places[id(below)]]
        in_row = all(len(line.text) <= _MAX_RUBRIC for line in between)
        if not (is_short and is_sure and in_menu and in_row):
            return candidates[index:]
    return candidates[-1:]


def _is_title_with_site(key: str, title: str, text: str) -> bool:
    rest = key.removeprefix(title)
    return rest != key and 0 < len(rest) <= _MAX_SITE_NAME and rest.lstrip()[:1] in "-–—|•·:" and bool(text)


def _is_nav(text: str, title_length: int) -> bool:
    """Tell whether what stands before the headline on its line is a trail of menu words."""
    before = text[: len(text) - title_length]
    if not before.strip() or len(before) > _MAX_NAV:
        return False
    glued = not before[-1].isspace() and (before[-1].islower() or before[-1] in ">›/|")
    return glued or look_up(before) is not None or _TRAIL.search(f"{before} ") is not None


def _drop_menus(lines: Sequence[Line], first: int, facts: PageFacts) -> None:
    """Drop trails (« Accueil > Monde ») and long rows of short lines among menu words, above the headline's text."""
    for line in lines[:first]:
        if line is not facts.title and line.kind is None and is_trail(line.text):
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


def _drop_rubrics(lines: Sequence[Line], first: int, facts: PageFacts) -> None:
    """Drop short lines above a sure headline that stand in one row with furniture: rubrics, places, names of sites."""
    if facts.title is None or facts.title.text.count(" ") + 1 < _SURE_TITLE_WORDS:
        return
    above = []
    for line in lines[:first]:
        if line is facts.title:
            break
        above.append(line)
    if not any(line.kind not in {None, "headline"} for line in above):
        return
    for line in above:
        is_short = len(line.text) <= _MAX_SITE_NAME and line.text.count(" ") + 1 <= _MAX_RUBRIC_WORDS
        if line.kind is None and is_short and _SENTENCE.search(line.text) is None:
            line.drop("menu", "above the headline")
