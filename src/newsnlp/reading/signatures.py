"""Find who wrote the article and when, at the top and the foot of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsnlp.reading.byline_words import byline_words
from newsnlp.reading.bylines import dateline, is_bare_date, read_byline
from newsnlp.reading.folding import fold
from newsnlp.reading.meta_lines import is_initials, is_name, is_role, persons_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from newsnlp.reading.page_lines import Line, PageFacts

# Lines from either end of the page where bylines are looked for, should the page have no prose at all.
_EDGE = 500
# A signature stands so near the last line of prose.
_NEAR_FOOT = 3
_MIN_TITLE_WORDS = 3
_MAX_SIGNATURE = 80
_MIN_AUTHOR = 6
_MAX_OUTLET_WORDS = 4

# A byline that is broken over several lines: « Publié », « , », « le », « 14 juin 2024 », « Par », « Keystone-ATS ».
_FRAGMENT = re.compile(
    r"(?:publie|mis a jour|modifie|le|a|par|by|de|et|on|date|auteur|redige par|,|-|–|—|\||•|·|:)\s*:?"
)
_RELATIVE = re.compile(
    r"(?:il y a|depuis) (?:environ )?\d+ ?\w+|(?:hier|aujourd'hui)(?:,? a)? \d{1,2} ?[h:]\d*|\d+ ?(?:h|min|j)"
)
_SIGNING = frozenset({"par", "by", "par :", "auteur", "auteur :", "redige par", "redige par :", "de"})
_AGENCY_CREDIT = re.compile(
    r"\((?:avec|reportage|version francaise|redige|edite|service|bureau|propos|texte|traduit|par|with)\b.*\)\.?"
    r"|\([a-z]{2,5}(?:/[a-z]{2,5})+\)|reportage (?:de )?[^.]{3,60}|(?:source|sources) ?: ?[^.]{2,60}\.?"
)


@dataclass(slots=True)
class _Found:
    """What the page has said so far; a person outranks an agency."""

    authors: list[tuple[int, str]] = field(default_factory=list)
    published: list[datetime] = field(default_factory=list)
    updated: list[datetime] = field(default_factory=list)


def read_signatures(lines: Sequence[Line], first: int, last: int, facts: PageFacts) -> None:
    """Take author and date from the lines at the top (before `first`) and the foot (after `last`), and drop these."""
    found = _Found()
    for index, line in enumerate(lines):
        if first < index < last or line.kind == "comments" or _EDGE < index < len(lines) - _EDGE:
            continue
        if line.is_prose:
            if index == first and not found.published and (date := dateline(line.text)) is not None:
                found.published.append(date)
            continue
        if line.kind in {"related", "cookies", "advertising"}:
            continue
        _read_line(lines, index, index < first, found, has_prose=last >= 0)
    # Twice: a name beside a name that stands beside a date.
    for index in [*range(len(lines)), *range(len(lines))]:
        line = lines[index]
        if line.kind is None and not line.is_prose and (index < first or 0 <= last < index):
            _read_name(lines, index, first, last, found)
    for index, line in enumerate(lines[:first]):
        if line.kind is None and not line.is_prose and _is_outlet(lines, index):
            line.drop("byline", line.text[:60])
    facts.author = max(found.authors, key=lambda item: item[0])[1] if found.authors else None
    dates = found.published or found.updated
    facts.published_at = dates[0] if dates else None


def _read_line(lines: Sequence[Line], index: int, is_top: bool, found: _Found, *, has_prose: bool) -> None:  # noqa: FBT001
    line = lines[index]
    byline = read_byline(line.text)
    if byline is not None and (has_prose or byline.kind == "date"):
        line.drop(byline.kind, line.text[:60])
        if byline.author:
            found.authors.append((_rank(byline.author), byline.author))
        if byline.published_at is not None:
            (found.updated if byline.is_update else found.published).append(byline.published_at)
        return
    if line.kind is not None:
        return
    date = is_bare_date(line.text) if is_top else None
    if date is not None:
        # « 6 janvier 2016. » is part of the text, but says when; with a time, or beside a byline, it is data.
        if not found.published:
            found.published.append(date)
        if (date.hour or date.minute) or (not line.text.endswith(".") and _has_company(lines, index)):
            line.drop("date", line.text[:60])


def _rank(author: str) -> int:
    """Return how much a name says: a person, else a name, else an agency or « la rédaction »."""
    key = fold(author)
    if key in byline_words()["agencies"] or is_role(author):
        return 0
    return 2 if persons_in(author) else 1


def _has_company(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line stands beside furniture other than copies of the headline."""
    near = [lines[other] for other in (index - 1, index + 1) if 0 <= other < len(lines)]
    return any(
        line.kind not in {None, "headline", "credit", "related"} or _FRAGMENT.fullmatch(fold(line.text))
        for line in near
    )


def _read_name(lines: Sequence[Line], index: int, first: int, last: int, found: _Found) -> None:
    """Read a line that is a name, a role, initials or a piece of a byline, by what stands around it."""
    line = lines[index]
    if len(line.text) > _MAX_SIGNATURE and not line.text.startswith("("):
        return
    key = fold(line.text)
    is_top = index < first
    before = next((other for other in reversed(lines[:index]) if fold(other.text) not in {",", "-", "|"}), None)
    if before is not None and before.kind in {"byline", "date"} and fold(before.text) in _SIGNING:
        line.drop("byline", line.text[:60])
        found.authors.append((_rank(line.text), line.text.strip(" .,")))
        return
    if _FRAGMENT.fullmatch(key) and (
        _has_company(lines, index) or key in _SIGNING or key.startswith(("publie", "modifie", "mis a jour"))
    ):
        line.drop("byline" if key in _SIGNING else "date", line.text[:60])
        return
    is_near_foot = 0 <= last < index <= last + _NEAR_FOOT
    has_company = _has_company(lines, index)
    if is_role(line.text) and (is_near_foot or has_company):
        line.drop("byline", line.text[:60])
        return
    if is_near_foot and (_AGENCY_CREDIT.fullmatch(key) or is_initials(line.text)):
        line.drop("byline", line.text[:60])
        if is_initials(line.text) and "/" not in line.text:
            found.authors.append((1, line.text.strip(" ()")))
        return
    if (is_top or is_near_foot) and has_company and _RELATIVE.fullmatch(key):
        line.drop("date", line.text[:60])
        return
    if is_top and has_company and key.startswith("source :"):
        line.drop("byline", line.text[:60])
        return
    text = line.text[3:] if key.startswith("de ") and has_company else line.text
    if not is_top and any(len(name) >= _MIN_AUTHOR and text.startswith(name) for _, name in found.authors):
        line.drop("byline", line.text[:60])
        return
    names = persons_in(text)
    if not names or _speaks_of(lines, names):
        return
    under_title = is_top and any(_may_be_title(other) for other in lines[:index])
    glued = index + 1 == first and line.stop - line.end <= 1
    if (is_near_foot or (not is_top and has_company)) or (under_title and (has_company or glued)):
        line.drop("byline", line.text[:60])
        found.authors.append((2, text.strip(" .,-–—|•")))


def _speaks_of(lines: Sequence[Line], names: list[str]) -> bool:
    """Tell whether the text names one of these persons: whom an article speaks of has not signed it."""
    last_names = "|".join(re.escape(name.split()[-1]) for name in names)
    pattern = re.compile(rf"\b(?:{last_names})\b", re.IGNORECASE)
    return any(line.is_prose and pattern.search(line.text) for line in lines)


def _is_outlet(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line beside a byline below the headline is a name alone: the paper, the local office."""
    line = lines[index]
    near = [lines[other].kind for other in (index - 1, index + 1) if 0 <= other < len(lines)]
    if not {"byline", "date"}.intersection(near) or line.text.count(" ") >= _MAX_OUTLET_WORDS:
        return False
    below = any(_may_be_title(other) or other.kind == "headline" for other in lines[:index])
    return below and is_name(line.text) and is_bare_date(line.text) is None


def _may_be_title(line: Line) -> bool:
    return line.kind is None and line.text.count(" ") + 1 >= _MIN_TITLE_WORDS
