"""Find who wrote the article and when, at the top and the foot of the page."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsnlp.reading.page.byline_words import byline_words
from newsnlp.reading.page.bylines import dateline, is_bare_date, read_byline
from newsnlp.reading.page.folding import fold
from newsnlp.reading.page.meta_lines import is_initials, is_name, is_role, persons_in
from newsnlp.text.stamps import find_stamp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from newsnlp.reading.page.lines import Line, PageFacts

# Lines from either end of the page where bylines are looked for, should the page have no prose at all.
_EDGE = 500
# A signature stands so near the last line of prose.
_NEAR_FOOT = 3
_MIN_TITLE_WORDS = 3
_MAX_SIGNATURE = 80
_MAX_TRAIL = 160
_ALONE = ("publie", "modifie", "mis a jour")
_MIN_AUTHOR = 6
_MAX_OUTLET_WORDS = 4
_WORD = re.compile(r"\w+")

# A byline that is broken over several lines: « Publié », « , », « le », « 14 juin 2024 », « Par », « Keystone-ATS ».
_FRAGMENT = re.compile(
    r"(?:publie|mis a jour|modifie|le|a|par|by|de|et|on|date|auteur|redige par|,|-|–|—|\||•|·|:)\s*:?"
)
_RELATIVE = re.compile(
    r"(?:il y a|depuis) (?:environ )?\d+ ?\w+|(?:hier|aujourd'hui)(?:,? a)? \d{1,2} ?[h:]\d*|\d+ ?(?:h|min|j)"
)
_PUBLISHED = re.compile(r"(?:publi|mis |mise |modifi|actualis).*\d", re.IGNORECASE)
_SIGNING = frozenset({"par", "by", "par :", "auteur", "auteur :", "redige par", "redige par :", "de"})
_AGENCY_CREDIT = re.compile(
    r"\((?:avec|reportage|version francaise|redige|edite|service|bureau|propos|texte|traduit|par|with)\b.*\)\.?"
    r"|avec (?:les|des) informations d.{3,60}|\([a-z]{2,5}(?:/[a-z]{2,5})+\)|reportage (?:de )?[^.]{3,60}"
    r"|sources? ?: ?[^.]{2,60}\.?"
)


@dataclass(slots=True)
class _Found:
    """What the page has said so far; a person outranks an agency."""

    authors: dict[str, int] = field(default_factory=dict)
    best: tuple[int, str] | None = None
    published: list[datetime] = field(default_factory=list)
    bare: list[datetime] = field(default_factory=list)
    updated: list[datetime] = field(default_factory=list)

    # What all lines of the page are asked for, once.
    has_menu: bool = False
    titles: list[int] | None = None
    prose_words: set[str] | None = None

    def sign(self, author: str, rank: int) -> None:
        """Take one more author; the first of the highest rank counts."""
        self.authors[author] = rank
        if self.best is None or rank > self.best[0]:
            self.best = rank, author


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line stands: above the body, just below it, beside furniture, on the line before the body."""

    is_top: bool
    is_near_foot: bool
    has_company: bool
    is_glued: bool


def read_signatures(lines: Sequence[Line], first: int, last: int, facts: PageFacts) -> None:
    """Take author and date from the lines at the top (before `first`) and the foot (after `last`), and drop these."""
    found = _Found()
    for index, line in enumerate(lines):
        found.has_menu = found.has_menu or line.kind == "menu"
        if line.kind == "comments" or _EDGE < index < len(lines) - _EDGE:
            continue
        if first < index < last:
            _read_inner_date(line, found)
            continue
        if line.is_prose:
            if index == first and (date := dateline(line.text)) is not None:
                found.bare.append(date)
            continue
        if line.kind in {"related", "cookies", "advertising"}:
            continue
        _read_line(lines, index, index < first, found, has_prose=last >= 0)
    _read_names(lines, first, last, found)
    is_found = False
    for index, line in enumerate(lines[: min(first, _EDGE)]):
        if line.kind is None and not line.is_prose and _is_outlet(lines, index):
            line.drop("byline", line.text[:60])
            is_found = True
    if is_found:
        # Again: a name beside a name that stands beside a date.
        _read_names(lines, first, last, found)
    _drop_portraits(lines, last, found)
    facts.author = found.best[1] if found.best is not None else None
    dates = found.published or found.bare or found.updated
    facts.published_at = dates[0] if dates else None


def _read_names(lines: Sequence[Line], first: int, last: int, found: _Found) -> None:
    for index, line in enumerate(lines):
        is_edge = index < min(first, _EDGE) or (0 <= last < index <= last + _EDGE)
        if line.kind is None and is_edge and not line.is_prose:
            _read_name(lines, index, first, last, found)


def _drop_portraits(lines: Sequence[Line], last: int, found: _Found) -> None:
    """Drop what says who the author is: « Léa Petit est journaliste depuis 2011 », at the very end of the prose."""
    if not 0 < last < len(lines):
        return
    portraits = tuple(f"{name} est " for name in found.authors)
    for line in lines[last:]:
        if line.kind is None and line.text.startswith(portraits):
            line.drop("byline", line.text[:60])
            line.is_prose = False


def _read_line(lines: Sequence[Line], index: int, is_top: bool, found: _Found, *, has_prose: bool) -> None:
    line = lines[index]
    byline = read_byline(line.text)
    if byline is not None and (has_prose or byline.kind == "date"):
        line.drop(byline.kind, line.text[:60])
        if byline.author:
            found.sign(byline.author, _rank(byline.author))
        if byline.published_at is not None:
            (found.updated if byline.is_update else found.published).append(byline.published_at)
        return
    if line.kind is not None:
        # « Accueil > Société • lundi 11 octobre 2021 à 22h30 »
        dated = find_stamp(fold(line.text)) if is_top and line.kind == "menu" and len(line.text) <= _MAX_TRAIL else None
        if dated is not None and (dated[0].hour or dated[0].minute):
            found.bare.append(dated[0])
        return
    date = is_bare_date(line.text) if is_top else None
    if date is not None:
        # « 6 janvier 2016. » is part of the text, but says when; with a time, or beside a byline, it is data.
        has_time = bool(date.hour or date.minute)
        (found.published if has_time else found.bare).append(date)
        has_company = found.has_menu or _has_company(lines, index)
        if has_time or (not line.text.endswith(".") and has_company):
            line.drop("date", line.text[:60])


def _read_inner_date(line: Line, found: _Found) -> None:
    """Read « Publié à 11 h 48 » below the first paragraphs: lines that nothing but a date can be."""
    if line.kind is None and len(line.text) <= _MAX_SIGNATURE and not line.is_prose and _PUBLISHED.match(line.text):
        byline = read_byline(line.text)
        if byline is not None and byline.kind == "date":
            line.drop("date", line.text[:60])
            if byline.published_at is not None:
                (found.updated if byline.is_update else found.published).append(byline.published_at)


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
    place = _Place(
        is_top=index < first,
        is_near_foot=0 <= last < index <= last + _NEAR_FOOT,
        has_company=_has_company(lines, index),
        is_glued=index + 1 == first and line.stop - line.end <= 1,
    )
    before = next((other for other in lines[max(0, index - 3) : index][::-1] if len(other.text) > 1), None)
    if before is not None and before.kind in {"byline", "date"} and fold(before.text) in _SIGNING:
        line.drop("byline", line.text[:60])
        found.sign(line.text.strip(" .,"), _rank(line.text))
        return
    kind, author = _service_of(line, fold(line.text), place)
    if kind is not None:
        line.drop(kind, line.text[:60])
        if author:
            found.sign(author, 1)
        return
    if place.is_top or place.is_near_foot or place.has_company:
        _read_person(lines, index, place, found)


def _service_of(line: Line, key: str, place: _Place) -> tuple[str | None, str | None]:
    """Return what a line is beside a name, « byline » or « date », with the initials that sign; None for neither."""
    if _FRAGMENT.fullmatch(key) and (place.has_company or key in _SIGNING or key.startswith(_ALONE)):
        return ("byline" if key in _SIGNING else "date"), None
    if (place.is_near_foot or place.has_company) and is_role(line.text):
        return "byline", None
    if place.is_near_foot and _AGENCY_CREDIT.fullmatch(key):
        return "byline", None
    if place.is_near_foot and is_initials(line.text):
        return "byline", None if "/" in line.text else line.text.strip(" ()")
    if place.has_company and (place.is_top or place.is_near_foot) and _RELATIVE.fullmatch(key):
        return "date", None
    return ("byline" if place.is_top and place.has_company and key.startswith("source :") else None), None


def _read_person(lines: Sequence[Line], index: int, place: _Place, found: _Found) -> None:
    line = lines[index]
    text = line.text[3:] if place.has_company and line.text[:3].casefold() == "de " else line.text
    if not place.is_top and text.startswith(tuple(name for name in found.authors if len(name) >= _MIN_AUTHOR)):
        line.drop("byline", line.text[:60])
        return
    names = persons_in(text)
    if not names or _speaks_of(lines, names, found):
        return
    under_title = place.is_top and _is_under_title(lines, index, found)
    is_signature = not place.is_top and (place.is_near_foot or place.has_company)
    if is_signature or (under_title and (place.has_company or place.is_glued)):
        line.drop("byline", line.text[:60])
        found.sign(text.strip(" .,-–—|•"), 2)


def _is_under_title(lines: Sequence[Line], index: int, found: _Found) -> bool:
    if found.titles is None:
        found.titles = [place for place, line in enumerate(lines) if _may_be_title(line)]
    # What may have been a title may have been dropped since.
    return any(_may_be_title(lines[place]) for place in found.titles[: bisect_left(found.titles, index)])


def _speaks_of(lines: Sequence[Line], names: list[str], found: _Found) -> bool:
    """Tell whether the text names one of these persons: whom an article speaks of has not signed it."""
    last_names = [name.split()[-1] for name in names]
    if found.prose_words is None:
        found.prose_words = {word for line in lines if line.is_prose for word in _WORD.findall(line.text.casefold())}
    if not any(found.prose_words.issuperset(_WORD.findall(name.casefold())) for name in last_names):
        return False
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, last_names))})\b", re.IGNORECASE)
    portraits = tuple(f"{name} est " for name in names)
    return any(
        line.is_prose and not line.text.startswith(portraits) and pattern.search(line.text) is not None
        for line in lines
    )


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
