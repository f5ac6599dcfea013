"""A dossier in a file: JSON lines, checked before they are believed.

::

    {"format": "newsnlp-dossier", "version": 1, "articles": 2, "events": 1, "opened": 1, "parents": 0, "names": 3}
    ["a1", "a2"]                                            ids of articles, a thousand a line
    {"number": 0, "types": {"earthquake": 4}, …}            an event
    [[1, 0]]                                                an event of the story of an older one
    {"anne roux": 2}                                        in how many articles a name is
"""

from __future__ import annotations

import json
import math
import os
import stat
from collections import Counter
from dataclasses import astuple, fields
from itertools import islice
from typing import TYPE_CHECKING, Any, NoReturn, get_args, get_type_hints

from newsnlp.counts.roles import DENIED, OTHER, PART
from newsnlp.counts.statements import Statement
from newsnlp.dossiers.happened import MOST_DAYS, MOST_PLACES, MOST_SAID, Article, Happened
from newsnlp.dossiers.occurrences import ROW_COLUMNS, Days, SparseRow, Where
from newsnlp.errors import DossierFormatError, SourceError
from newsnlp.linking.corpus import day_of
from newsnlp.records import DateBasis, EventType, FigureEvent, PlaceKind, Status, TollRole
from newsnlp.safety.values import folder_path, iso_moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path
    from typing import BinaryIO

    from newsnlp.dossiers.dossier import Dossier

FORMAT = "newsnlp-dossier"
VERSION = 1
# A longer line is none that newsnlp wrote: names, numbers and sentences of an event have their own limits.
MOST_LINE = 2**24
_A_LINE = 1000
_MOST_NUMBER = 2**40
_HINT = "make the dossier again of the articles"
_COUNTERS = ("types", "given_names", "place_counts", "actors", "names", "terms", "sources", "statuses", "weapons")
# Of a statement, fields that hold a plain value.
_PLAIN = ("event", "low", "high", "value", "role", "source", "left", "right")
_ROLES = frozenset({*TollRole, PART, OTHER, DENIED})


def save_dossier(dossier: Dossier, path: object) -> None:
    """Write a dossier into a file, which takes the place of an earlier one when it is whole.

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
            for line in _lines(dossier):
                file.write(json.dumps(line, ensure_ascii=True, allow_nan=False).encode("ascii") + b"\n")
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except (OSError, ValueError) as error:
        partial.unlink(missing_ok=True)
        told = getattr(error, "strerror", None) or error
        message = f"cannot write {target}: {told}. What stood there before is untouched"
        raise SourceError(message) from error


def _lines(dossier: Dossier) -> Iterator[object]:
    parents = [[number, dossier.story_of(number)] for number in dossier.parents]
    yield {
        "format": FORMAT,
        "version": VERSION,
        "articles": len(dossier.article_ids),
        "events": len(dossier.happened),
        "opened": dossier.opened,
        "parents": len(parents),
        "names": len(dossier.name_counts),
    }
    yield from _batches(sorted(dossier.article_ids))
    for one in dossier.happened.values():
        yield {
            "number": one.number,
            "main": one.main,
            **{name: dict(getattr(one, name)) for name in _COUNTERS},
            "places": [astuple(place) for place in one.places.values()],
            "days": [[*astuple(days), count] for days, count in one.days.items()],
            "articles": [
                [article, *_moment(known.published_at), known.outlet, known.title, known.is_main]
                for article, known in one.articles.items()
            ],
            "said": [[article, *_statement(said)] for article, said in one.said],
        }
    yield from _batches(parents)
    yield from map(dict, _batches(list(dossier.name_counts.items())))


def _moment(moment: datetime | None) -> tuple[str | None]:
    return (None if moment is None else moment.isoformat(),)


def _statement(said: Statement) -> list[Any]:
    return [dict(said.row), *(getattr(said, name) for name in _PLAIN), sorted(said.kinds), said.background, said.lead]


def _batches(values: list[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    while batch := list(islice(rest, _A_LINE)):
        yield batch


def load_dossier(dossier: Dossier, path: object) -> None:
    """Fill a dossier, which is empty, with what `save_dossier` wrote.

    Raises
    ------
    DossierFormatError
        If the file is none, one of another version, or damaged; the message names the line.
    """
    source = folder_path(path, option="path")
    reader = _Reader(source)
    try:
        if not stat.S_ISREG(source.lstat().st_mode):
            reader.refuse("it is no ordinary file")
        with source.open("rb") as file:
            reader.read(file, dossier)
    except (OSError, ValueError) as error:
        if isinstance(error, DossierFormatError):
            raise
        reader.refuse(f"it cannot be read ({getattr(error, 'strerror', None) or 'no text'})", error)


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.line = 0

    def refuse(self, problem: str, cause: BaseException | None = None) -> NoReturn:
        where = f", line {self.line}" if self.line else ""
        message = f"{self.path}{where}: no dossier of events: {problem}. Hint: {_HINT}"
        raise DossierFormatError(message) from cause

    def read(self, file: BinaryIO, dossier: Dossier) -> None:
        head = self._head(file)
        articles, held, opened, parents, names = (
            self._whole(head.get(name)) for name in ("articles", "events", "opened", "parents", "names")
        )
        for batch in self._batches(file, articles):
            dossier.article_ids.update(self._text(article) for article in batch)
        if len(dossier.article_ids) != articles:
            self.refuse("two articles have one id")
        dossier.opened = opened
        for _ in range(held):
            one = self._event(self._mapping(self._next(file)))
            if one.number in dossier.happened or one.number >= opened:
                self.refuse("two events have one number, or one that none was given")
            dossier.enter(one)
        for batch in self._batches(file, parents):
            dossier.parents.update(self._parent(pair, opened) for pair in batch)
        counted = 0
        while counted < names:
            found = self._counts(self._next(file), str)
            counted += len(found) or self.refuse("names are missing")
            dossier.name_counts.update(found)
        if counted != names or file.read(1):
            self.refuse("there are more lines than it says")

    def _head(self, file: BinaryIO) -> Mapping[str, Any]:
        head = self._next(file)
        if not isinstance(head, dict) or head.get("format") != FORMAT:
            self.refuse("it does not say that it is one")
        if head.get("version") != VERSION:
            self.refuse(f"its version is not {VERSION}; python -m pip install --upgrade newsnlp where it is newer")
        return head

    def _parent(self, pair: Any, opened: int) -> tuple[int, int]:
        younger, older = (self._whole(number, opened - 1) for number in self._list(pair, 2))
        # Of two events that are each the story of the other there would be no end.
        if older > younger:
            self.refuse("an event is of the story of a younger one")
        return younger, older

    def _batches(self, file: BinaryIO, count: int) -> Iterator[list[Any]]:
        while count > 0:
            batch = self._list(self._next(file))
            if not 0 < len(batch) <= count:
                self.refuse("a list is not of its size")
            count -= len(batch)
            yield batch

    def _next(self, file: BinaryIO) -> Any:
        self.line += 1
        line = file.readline(MOST_LINE)
        if not line.endswith(b"\n"):
            self.refuse("the line is missing, cut or too long")
        try:
            return json.loads(line, parse_constant=self.refuse)
        except (ValueError, RecursionError) as error:
            if isinstance(error, DossierFormatError):
                raise
            self.refuse("it is no JSON", error)

    def _event(self, row: Mapping[str, Any]) -> Happened:
        one = Happened(self._whole(row.get("number")))
        one.main = self._whole(row.get("main"))
        for name in _COUNTERS:
            members = _MEMBERS.get(name, str)
            getattr(one, name).update(self._counts(row.get(name), members))
        for values in self._list(row.get("places"))[:MOST_PLACES]:
            place = self._record(Where, values)
            one.places[place.key] = place
        for values in self._list(row.get("days"))[:MOST_DAYS]:
            *days, count = self._list(values, 4)
            one.days[self._record(Days, days)] = self._whole(count)
        for values in self._list(row.get("articles")):
            article, moment, outlet, title, is_main = self._list(values, 5)
            published = None if moment is None else iso_moment(self._text(moment)) or self.refuse("a day is none")
            outlet, title = (self._text(text, absent=True) for text in (outlet, title))
            known = Article(published, day_of(published), outlet, title, is_main is True)
            one.articles[self._text(article)] = known
        for values in self._list(row.get("said"))[:MOST_SAID]:
            article, *said = self._list(values)
            if self._text(article) not in one.articles:
                self.refuse("a number is of no article of its event")
            one.said.append((article, self._statement(said, one.articles[article])))
        if not one.types or not one.statuses or set(one.places) != set(one.place_counts):
            self.refuse("an event without a type, a status or its places")
        one.settle()
        return one

    def _statement(self, values: list[Any], article: Article) -> Statement:
        row, *plain, kinds, background, lead = self._list(values, len(_PLAIN) + 4)
        cells = SparseRow(self._mapping(row))
        if not set(cells) <= set(ROW_COLUMNS) or any(type(cell) not in {str, int, float} for cell in cells.values()):
            self.refuse("a number has a cell that it has not")
        made = dict(zip(_PLAIN, plain, strict=True))
        for name, value in made.items():
            wanted = (int, float) if name in ("low", "high", "value") else (str,)
            if type(value) not in wanted and not (value is None and name not in ("event", "role", "left", "right")):
                self.refuse(f"the {name} of a number is of another type")
        if made["event"] not in set(FigureEvent) or made["role"] not in _ROLES:
            self.refuse("an event or a role is none that is known")
        return Statement(
            row=cells,
            moment=article.published_at,
            kinds=frozenset(self._text(kind) for kind in self._list(kinds)),
            background=background is True,
            lead=lead is True,
            **made,
        )

    def _record(self, cls: type, values: Any) -> Any:
        """Return a record of its values, each of the type that its field says."""
        names = [item.name for item in fields(cls)]
        hints = get_type_hints(cls)
        made = {}
        for name, value in zip(names, self._list(values, len(names)), strict=True):
            accepted = get_args(hints[name]) or (hints[name],)
            if type(value) not in accepted and not (float in accepted and type(value) is int):
                self.refuse(f"{name} is of another type")
            made[name] = value
            if isinstance(value, float) and not math.isfinite(value):
                self.refuse(f"{name} is no number")
            members = _MEMBERS.get(name) if value is not None else None
            if members is not None and value not in set(members):
                self.refuse(f"{name} is none that is known")
        return cls(**made)

    def _mapping(self, value: Any) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            self.refuse("an event is missing")
        return value

    def _list(self, value: Any, size: int | None = None) -> list[Any]:
        if not isinstance(value, list) or size not in {None, len(value)}:
            self.refuse("a list is missing, or not of its size")
        return value

    def _counts(self, value: Any, members: Any) -> Counter[Any]:
        if not isinstance(value, dict):
            self.refuse("names and their numbers are missing")
        known = None if members is str else set(members)
        if known is not None and not known.issuperset(value):
            self.refuse("a name is none that is known")
        return Counter({name: self._whole(count) for name, count in value.items()})

    def _whole(self, value: Any, most: int = _MOST_NUMBER) -> int:
        if type(value) is not int or not 0 <= value <= most:
            self.refuse("a number is missing, or too large")
        return value

    def _text(self, value: Any, *, absent: bool = False) -> Any:
        if not isinstance(value, str) and not (absent and value is None):
            self.refuse("a text is missing")
        return value


# Fields of closed sets, by their names.
_MEMBERS: Mapping[str, Any] = {
    "types": EventType,
    "statuses": Status,
    "kind": PlaceKind,
    "basis": DateBasis,
}
