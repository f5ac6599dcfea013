"""The names of a corpus in a file: JSON lines, checked before they are believed.

::

    {"format": "newsnlp-links", "version": 1, "articles": 2, "names": 3, "joined": 0}
    ["a1", 17897.0, [2811201332], [1530047217, 3035105671]]            an article
    ["PER", {"Anne Roux": 2}, ["Roux"], …]                             a name
    [0, 2, "only_bearer"]                                              two names that were found to be one
"""

from __future__ import annotations

import json
import math
import os
import stat
from collections import Counter
from typing import TYPE_CHECKING, Any, NoReturn

from newsnlp.errors import LinksFormatError, SourceError
from newsnlp.linking.keys import LinkReason, Seen
from newsnlp.linking.store import MOST_COMPANY, MOST_FORMS, Articles, Names
from newsnlp.records import Label, RoleKey
from newsnlp.safety.values import folder_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from newsnlp.linking.entity_links import Links

FORMAT = "newsnlp-links"
VERSION = 1
# A longer line is none that newsnlp wrote: ids, forms and aliases have their own limits.
MOST_LINE = 2**20
_MOST_NUMBER = 2**32
_MOST_COUNT = 2**53
_HINT = "link the articles again with link_entities"


def save_links(links: Links, path: object) -> None:
    """Write the names into a file, which takes the place of an earlier one when it is whole.

    Raises
    ------
    SourceError
        If it cannot be written; what stood there before is untouched.
    """
    from newsnlp.tables.formats.placing import partial_of

    target = folder_path(path, option="path")
    partial = partial_of(target)
    try:
        with partial.open("wb") as file:
            for line in _lines(links):
                file.write(json.dumps(line, ensure_ascii=True, allow_nan=False).encode("ascii") + b"\n")
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except (OSError, ValueError) as error:
        partial.unlink(missing_ok=True)
        told = getattr(error, "strerror", None) or error
        message = f"cannot write {target}: {told}. What stood there before is untouched"
        raise SourceError(message) from error


def _lines(links: Links) -> Iterator[object]:
    names, articles = links.names, links.articles
    yield {
        "format": FORMAT,
        "version": VERSION,
        "articles": len(articles),
        "names": len(names),
        "joined": len(links.joined),
    }
    for article_id, number in links.article_numbers.items():
        yield [article_id, _day(articles.days[number]), *articles.told(number)]
    for number in range(len(names)):
        votes: list[dict[str, int]] = [
            dict(names.votes.get((number, column), {})) for column in ("labels", "countries", "roles")
        ]
        yield [
            *(names.labels[number], dict(names.each_form(number)), list(names.aliases.get(number, ()))),
            *(names.countries[number], names.roles[number], votes),
            *(names.geonameids.get(number), names.authorities.get(number), names.wikidata.get(number)),
            *(names.met_in(number), names.article_counts[number], names.mention_counts[number]),
            *(_day(names.first_days[number]), _day(names.last_days[number])),
            *(number in names.weak, names.parents[number]),
        ]
    yield from ([older, younger, str(reason)] for older, younger, reason in links.joined)


def _day(day: float) -> float | None:
    return day if math.isfinite(day) else None


def load_links(links: Links, path: object) -> None:
    """Fill `links`, which are empty, with what `save_links` wrote.

    Raises
    ------
    LinksFormatError
        If the file is none, one of another version, or damaged; the message names the line.
    """
    source = folder_path(path, option="path")
    reader = _Reader(source)
    try:
        if not stat.S_ISREG(source.lstat().st_mode):
            reader.refuse("it is no ordinary file")
        with source.open("rb") as file:
            reader.read(file, links)
    except (OSError, ValueError) as error:
        if isinstance(error, LinksFormatError):
            raise
        reader.refuse(f"it cannot be read ({getattr(error, 'strerror', None) or 'no text'})", error)


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.line = 0

    def refuse(self, problem: str, cause: BaseException | None = None) -> NoReturn:
        where = f", line {self.line}" if self.line else ""
        message = f"{self.path}{where}: no names of a corpus: {problem}. Hint: {_HINT}"
        raise LinksFormatError(message) from cause

    def read(self, file: BinaryIO, links: Links) -> None:
        head = self._next(file)
        if not isinstance(head, dict) or head.get("format") != FORMAT:
            self.refuse("it does not say that it is")
        if head.get("version") != VERSION:
            self.refuse(f"its version is not {VERSION}; python -m pip install --upgrade newsnlp where it is newer")
        articles, names, joined = (
            self._whole(head.get(name), _MOST_NUMBER) for name in ("articles", "names", "joined")
        )
        for _ in range(articles):
            self._article(self._next(file), links.articles, links.article_numbers)
        for number in range(names):
            self._name(self._next(file), links.names, number, names, articles)
        for _ in range(joined):
            older, younger, reason = self._list(self._next(file), 3)
            links.joined.append(
                (self._whole(older, names - 1), self._whole(younger, names - 1), self._member(reason, LinkReason))
            )
        if file.read(1):
            self.refuse("there are more lines than it says")

    def _next(self, file: BinaryIO) -> Any:
        self.line += 1
        line = file.readline(MOST_LINE)
        if not line.endswith(b"\n"):
            self.refuse("the line is missing, cut or too long")
        try:
            return json.loads(line, parse_constant=self.refuse)
        except (ValueError, RecursionError) as error:
            if isinstance(error, LinksFormatError):
                raise
            self.refuse("it is no JSON", error)

    def _article(self, row: Any, articles: Articles, known: dict[str, int]) -> None:
        article_id, day, subjects, names = self._list(row, 4)
        if self._text(article_id) in known:
            self.refuse("two articles have one id")
        numbers = [[self._whole(one, _MOST_NUMBER - 1) for one in self._list(held)] for held in (subjects, names)]
        if max(map(len, numbers)) > MOST_COMPANY:
            self.refuse("an article has too many names")
        known[article_id] = articles.add(self._real(day), *numbers)

    def _name(self, row: Any, names: Names, number: int, most: int, articles: int) -> None:
        label, forms, aliases, country, role, votes, *rest = self._list(row, 16)
        geonameid, authority, wikidata, met, article_count, mentions, first, last, weak, parent = rest
        names.new(self._member(label, Label), weak=weak is True)
        counted = self._counts(forms)
        names.forms[number] = counted
        names.add_aliases(number, tuple(self._text(alias) for alias in self._list(aliases)))
        names.countries[number] = self._text(country, absent=True)
        names.roles[number] = None if role is None else self._member(role, RoleKey)
        columns = ("labels", "countries", "roles")
        for column, held in zip(columns, self._list(votes, len(columns)), strict=True):
            if held:
                names.votes[number, column] = Counter(self._counts(held))
        ids: tuple[tuple[dict[int, Any], Any], ...] = (
            (names.geonameids, None if geonameid is None else self._whole(geonameid, _MOST_COUNT)),
            (names.authorities, self._text(authority, absent=True)),
            (names.wikidata, self._text(wikidata, absent=True)),
        )
        for store, value in ids:
            if value is not None:
                store[number] = value
        names.articles[number] = [self._whole(one, articles - 1) for one in self._list(met)][:MOST_FORMS]
        names.article_counts[number] = self._whole(article_count, _MOST_COUNT)
        names.mention_counts[number] = self._whole(mentions, _MOST_COUNT)
        names.first_days[number], names.last_days[number] = (
            float("nan") if (day := self._real(one)) is None else day for one in (first, last)
        )
        # A name was found to be an older one: of two that are each other there would be no end.
        if self._whole(parent, most - 1) > number:
            self.refuse("a name was found to be a younger one")
        names.parents[number] = parent

    def _list(self, value: Any, size: int | None = None) -> list[Any]:
        if not isinstance(value, list) or size not in {None, len(value)}:
            self.refuse("a list is missing, or not of its size")
        return value

    def _counts(self, value: Any) -> dict[str, int]:
        if not isinstance(value, dict) or len(value) > MOST_FORMS:
            self.refuse("forms and their numbers are missing")
        return {form: self._whole(times, _MOST_COUNT) for form, times in value.items()}

    def _whole(self, value: Any, most: int) -> int:
        if type(value) is not int or not 0 <= value <= most:
            self.refuse("a number is missing, or too large")
        return value

    def _real(self, value: Any) -> float | None:
        if value is not None and (type(value) not in {int, float} or not abs(value) < _MOST_COUNT):
            self.refuse("a day is no number")
        return None if value is None else float(value)

    def _text(self, value: Any, *, absent: bool = False) -> Any:
        if not isinstance(value, str) and not (absent and value is None):
            self.refuse("a text is missing")
        return value

    def _member(self, value: Any, members: Any) -> Any:
        if not isinstance(value, str) or value not in set(members):
            self.refuse(f"a {members.__name__} is none")
        return members(value)


def seen_again(names: Names, number: int) -> Iterator[Seen]:
    """Yield a name as articles had it, to enter it under its keys."""
    for form, _ in names.each_form(number):
        yield Seen(
            article=-1,
            name=form,
            label=names.labels[number],
            aliases=names.aliases.get(number, ()),
            country=names.countries[number],
            geonameid=names.geonameids.get(number),
            authority_id=names.authorities.get(number),
            wikidata=names.wikidata.get(number),
        )
