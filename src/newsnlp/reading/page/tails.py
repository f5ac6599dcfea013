"""Drop what hangs on an article: lists of other articles with their teasers, and the foot of the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.reading.page.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.reading.page.lines import Line

_MIN_SENTENCE_BLANKS = 4
_MIN_WORD = 5
# A paragraph that shares so many words with the list above it, and not with the article, is a teaser.
_MIN_SHARED = 2
_FOOT_KINDS = frozenset({"footer", "comments", "subscribe", "share", "tags", "menu", "cookies", "related"})
_MAX_FOOT_LINE = 160
# « lire la suite » at the end of a paragraph, with the blanks around it.
_MAX_CUT = 100

_SENTENCE_END = re.compile(r"[.!?…][\s»\"”’')\]]*$")
_CUT_SHORT = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|lire la suite|en savoir plus)\s*[»\]]?\s*$", re.IGNORECASE)


def drop_related(lines: Sequence[Line]) -> None:
    """Drop lists of other articles: from their heading on, up to the next sentence of the article."""
    index = 0
    prose = [place for place, line in enumerate(lines) if line.is_prose]
    article = _WordsBefore(lines)
    while index < len(lines):
        heading = lines[index]
        index += 1
        furniture = heading.furniture
        if furniture is None or furniture.kind != "related" or not furniture.strong or heading.kind is not None:
            continue
        if not prose or prose[0] >= index - 1:
            # Above the article it is a word of a menu: what follows is the article.
            continue
        end = index
        while end < len(lines) and not _resumes(lines[end]):
            end += 1
        # Of a list only what nothing else follows may be the teaser.
        is_last = len(prose) < 2 or prose[-2] < end  # noqa: PLR2004
        if end < len(lines) and is_last and _is_teaser(lines, index, end, article):
            end = len(lines)
        heading.drop("related", heading.text[:60])
        # The last short line before prose resumes is a heading of the article, if it has others before it.
        if end < len(lines) and end - index > 1 and "\n\n" in _gap(lines, end):
            end -= 1
        for other in lines[index:end]:
            other.drop("related", heading.text[:60])
            other.is_prose = False
        index = end


class _WordsBefore:
    """The words of the lines before one; the lines that are asked for come in order, so that each is read once."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._words: set[str] = set()
        self._read = 0

    def __call__(self, index: int) -> set[str]:
        for line in self._lines[self._read : index]:
            self._words |= _words(line.text)
        self._read = max(self._read, index)
        return self._words


def _is_teaser(lines: Sequence[Line], start: int, end: int, article: _WordsBefore) -> bool:
    """Tell whether a last paragraph after a list belongs to the list: it says what a title in it says."""
    text = lines[end].text
    if _CUT_SHORT.search(text[-_MAX_CUT:]) is not None and end > start:
        return True
    listed = _words(" ".join(line.text for line in lines[start:end])) - article(start - 1)
    return len(_words(text) & listed) >= _MIN_SHARED


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", fold(text)) if len(word) >= _MIN_WORD}


def _gap(lines: Sequence[Line], index: int) -> str:
    """Return the line breaks before a line, as newlines."""
    return "\n" * (lines[index - 1].stop - lines[index - 1].end)


def _resumes(line: Line) -> bool:
    if line.furniture is not None:
        return False
    return line.is_prose or (
        _SENTENCE_END.search(line.text) is not None and line.text.count(" ") >= _MIN_SENTENCE_BLANKS
    )


def drop_foot(lines: Sequence[Line], last: int) -> None:
    """Drop what follows the first sure furniture after the last line of prose, sentences aside."""
    is_foot = False
    foot = lines[last + 1 :]
    if not any(line.kind in _FOOT_KINDS and line.furniture is not None and line.furniture.strong for line in foot):
        return
    for line in foot:
        if line.kind is not None:
            is_foot = is_foot or line.kind in _FOOT_KINDS
            continue
        if is_foot and len(line.text) <= _MAX_FOOT_LINE and not _resumes(line):
            line.drop("footer", "at the foot of the page")
