"""Tell the article from the page around it, line by line: words of the lexicon, and where on the page they stand.

Precision comes first: a line stays unless something says that it is furniture. The top of the page ends with its
first line of prose (the standfirst aside), the foot begins after the last one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.reading.page.bylines import credit_start, read_byline
from newsnlp.reading.page.folding import fold
from newsnlp.reading.page.headline import find_headline
from newsnlp.reading.page.lines import Line, PageFacts
from newsnlp.reading.page.phrases import Furniture, look_up
from newsnlp.reading.page.service_lines import opens_notice
from newsnlp.reading.page.signatures import read_signatures
from newsnlp.reading.page.tails import drop_foot, drop_related

if TYPE_CHECKING:
    from collections.abc import Sequence

# Sentences are this long at least; shorter lines with a full stop are kept, but say nothing about where prose begins.
_MIN_PROSE = 60
_SURE_PROSE = 200
# So many lines of furniture between the first two lines of prose make the first one a standfirst.
_STANDFIRST_FURNITURE = 2
_MAX_STANDFIRST = 500
_NOTICES = frozenset({"subscribe", "cookies"})
_MAX_HEADING = 90
_MAX_LABEL = 35
_MAX_LABELS = 4
_MIN_ECHO = 6
_MAX_TOP = 300
_MAX_LABEL_WORDS = 4

_SENTENCE_END = re.compile(r"[.!?…][\s»\"”’')\]]*$")
_COMMENT_COUNT = re.compile(
    r"\(?\d+\)? (?:commentaires?|comments?)|(?:vos |les )?(?:commentaires?|comments?|reactions?) \(?\d+\)?"
)


def label_lines(lines: Sequence[Line]) -> PageFacts:
    """Mark the lines that are furniture, in place, and return what the page says about the article."""
    # After « Découvrez nos infolettres ! », a sentence that speaks to the reader is part of the same box.
    notice: Furniture | None = None
    for line in lines:
        line.furniture = look_up(line.text)
        if line.furniture is None and notice is not None and opens_notice(line.text):
            line.furniture = notice
        notice = line.furniture if line.furniture is not None and line.furniture.kind in _NOTICES else None
        line.is_prose = line.furniture is None and _is_prose(line.text)
    prose = [index for index, line in enumerate(lines) if line.is_prose]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    last = _drop_comments(lines, last)
    drop_related(lines)
    first, last = _body(lines, first, last)
    facts = PageFacts()
    _drop_by_words(lines, first, last)
    read_signatures(lines, first, last, facts)
    _cut_credits(lines)
    if prose:
        head = next(index for index, line in enumerate(lines) if line.is_prose or index == prose[0])
        find_headline(lines, head, facts)
        _drop_between(lines, first, facts)
        _drop_boxes(lines[head:])
        _drop_echoes(lines[:_MAX_TOP], first, facts)
        drop_foot(lines, last)
    return facts


def _body(lines: Sequence[Line], first: int, last: int) -> tuple[int, int]:
    """Return where the body begins and ends: after a standfirst that furniture parts from it, before other articles."""
    prose = [index for index, line in enumerate(lines) if line.is_prose and line.kind is None]
    if not prose:
        return first, last
    first = prose[0]
    for index in prose[1:2]:
        between = lines[first + 1 : index]
        parted = sum(line.furniture is not None and line.furniture.kind != "related_line" for line in between)
        if len(lines[first].text) <= _MAX_STANDFIRST and (
            parted >= _STANDFIRST_FURNITURE or any(_is_byline(line) for line in between)
        ):
            first = index
    return first, prose[-1]


def _is_byline(line: Line) -> bool:
    byline = read_byline(line.text)
    return byline is not None and (byline.published_at is not None or byline.author is not None)


def _is_prose(text: str) -> bool:
    if len(text) >= _SURE_PROSE:
        return True
    if len(text) < _MIN_PROSE or _SENTENCE_END.search(text) is None:
        return False
    # A headline may end in a question mark.
    return not text.rstrip(" »").endswith("?") or ". " in text


def _drop_comments(lines: Sequence[Line], last: int) -> int:
    """Drop from the comments on, and return the index of the last line of prose before them."""
    total = sum(len(line.text) for line in lines if line.is_prose)
    following = 0
    for index, line in enumerate(lines):
        before = following
        following += len(line.text) if line.is_prose else 0
        if len(line.text) > _MAX_HEADING or not _heads_comments(line):
            continue
        after = total - before
        # A count of comments at the top of the page is a link to them.
        if before and before >= after:
            for other in lines[index:]:
                other.drop("comments", line.text[:60])
                other.is_prose = False
            return max((i for i in range(index) if lines[i].is_prose), default=-1)
    return last


def _heads_comments(line: Line) -> bool:
    is_word = line.furniture is not None and line.furniture.kind == "comments" and line.furniture.strong
    has_count = re.search(r"\d\)?\Z|\A\(?\d", line.text) is not None
    return is_word or (has_count and _COMMENT_COUNT.fullmatch(fold(line.text)) is not None)


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


def _drop_between(lines: Sequence[Line], first: int, facts: PageFacts) -> None:
    """Drop labels between two lines of furniture; several in a row only above the body, where no sections begin."""
    run: list[Line] = []
    for index, line in enumerate(lines):
        is_open = line.kind is None and not line.is_prose and line is not facts.title
        if is_open and _is_label(line.text):
            run.append(line)
            continue
        before = index - len(run) - 1
        longest = _MAX_LABELS if index < first else 1
        if 0 < len(run) <= longest and before >= 0 and _is_dropped(lines[before]) and _is_dropped(line):
            for label in run:
                label.drop("menu", "between furniture")
        run = []


def _drop_echoes(top: Sequence[Line], first: int, facts: PageFacts) -> None:
    """Drop labels below the headline that stand in furniture, too: the name of the site, its rubrics."""
    if facts.title is None:
        return
    furniture = " | ".join(fold(line.text) for line in top[:first] if line.kind in {"menu", "subscribe", "footer"})
    for index, line in enumerate(top):
        if line.is_prose and index > first:
            return
        if line.kind is None and not line.is_prose and line is not facts.title and _is_label(line.text):
            key = fold(line.text)
            # Below the first paragraph, a single word of the menu may head a section: « Économie ».
            is_long = len(key) >= _MIN_ECHO and (index < first or " " in key)
            if is_long and re.search(rf"\b{re.escape(key)}\b", furniture):
                line.drop("menu", "label among furniture")


def _drop_boxes(lines: Sequence[Line]) -> None:
    """Drop boxes between two paragraphs: labels among furniture, if that is the greater part (« Newsletter »)."""
    run: list[Line] = []
    for line in lines:
        if not line.is_prose:
            run.append(line)
            continue
        known = [place for place, item in enumerate(run) if item.furniture is not None and item.kind != "related"]
        sure = any(run[place].furniture.strong for place in known)  # type: ignore[union-attr]
        if sure and 2 * len(known) >= len(run):
            for item in run[known[0] : known[-1] + 1]:
                if item.furniture is not None or _is_label(item.text):
                    item.drop("subscribe", "in a box")
        run = []


def _is_dropped(line: Line) -> bool:
    return line.kind not in {None, "headline", "credit"}


def _is_label(text: str) -> bool:
    return len(text) <= _MAX_LABEL and text.count(" ") < _MAX_LABEL_WORDS and _SENTENCE_END.search(text) is None
