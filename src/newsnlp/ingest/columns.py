"""Which column of a table is which field of an article: named by the user, or guessed from common names."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from numbers import Integral
from types import MappingProxyType
from typing import Any

from newsnlp.errors import SHOWN, ArticleError, SourceError, shown
from newsnlp.ingest.cells import plain_fields, plain_value
from newsnlp.ingest.column_names import EXTRA_FIELDS, FIELDS, candidates, is_summary
from newsnlp.records import Article
from newsnlp.safety.values import plain_text
from newsnlp.text.stamps import parse_date

# Of the first rows, what is so long on average is a text, not a title: titles have 60 characters, a few 150 (2026-11).
_TEXT_LENGTH = 160
_ADDRESS = re.compile(r"https?://(?:www\.)?([^/\s?#:]+)\S*", re.IGNORECASE)
# Names of columns of which it is remembered what they are.
MAX_NAMES_HELD = 100_000
# Seconds since 1970 from 1973 to 2286, and the same in milliseconds.
_EPOCH_SECONDS = range(10**8, 10**10)
_EPOCH_MILLISECONDS = range(10**11, 10**13)
# Days since the epoch of Excel and its like, 1954 to 2119; a cell that lost its format holds such a number.
_SHEET_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # sheets know no zones
_SHEET_DAYS = range(20_000, 80_000)
_MOST_DIGITS = 20
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


@dataclass(slots=True)
class SourceNotes:
    """What there is to tell of an input once it has been read: its columns, its unreadable dates, what was left out."""

    columns: Mapping[str, str] | None = None
    unread_dates: int = 0
    first_unread_date: str = ""
    blank_rows: int = 0
    repeated_keys: int = 0
    first_repeated_key: str = ""
    titles_alone: int = 0
    summaries: int = 0
    broken_places: int = 0
    first_broken_place: str = ""
    passed_over: Counter[str] = field(default_factory=Counter)
    left_out: tuple[str, ...] = ()
    columns_only: bool = False  # asked for before the run: what is dear need not be read for it

    def describe_columns(self) -> str | None:
        """Return the columns in one line, ``text=body, title=headline``, None where the input has none."""
        return None if self.columns is None else ", ".join(f"{name}={column}" for name, column in self.columns.items())

    def unread_date(self, value: object) -> None:
        """Count a date that cannot be read: it does not cost the article."""
        self.unread_dates += 1
        self.first_unread_date = self.first_unread_date or (
            plain_text(value)[:SHOWN] if isinstance(value, str) else shown(value)
        )

    def broken(self, place: str) -> None:
        """Count a place of the input whose bytes are no UTF-8."""
        self.broken_places += 1
        self.first_broken_place = self.first_broken_place or place

    def add(self, other: SourceNotes) -> None:
        """Count what another input had, too: one of the files of a folder."""
        self.columns = self.columns or other.columns
        self.first_unread_date = self.first_unread_date or other.first_unread_date
        self.first_repeated_key = self.first_repeated_key or other.first_repeated_key
        self.first_broken_place = self.first_broken_place or other.first_broken_place
        for name in ("unread_dates", "blank_rows", "repeated_keys", "titles_alone", "summaries", "broken_places"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.passed_over.update(other.passed_over)

    def warnings(self) -> tuple[str, ...]:
        """Return what a user should know, one sentence a matter."""
        told = list(self.left_out)
        if self.unread_dates:
            told.append(
                f"{self.unread_dates} dates could not be read and are left out; first: {self.first_unread_date!r}"
            )
        if self.blank_rows:
            told.append(f"{self.blank_rows} rows without a single value are left out")
        if self.titles_alone:
            told.append(f"{self.titles_alone} items have a title and no text: the title was analysed")
        if self.summaries:
            told.append(f"{self.summaries} records have no text of their own: their summary was analysed")
        if self.broken_places:
            told.append(
                f"bytes that are no UTF-8 in {self.broken_places} places, the first in {self.first_broken_place}: read "
                "as Windows-1252 or the like, else replaced by \ufffd"
            )
        if self.passed_over:
            listed = ", ".join(f"{count} {what}" for what, count in sorted(self.passed_over.items()))
            told.append(f"left out, as no article: {listed}")
        if self.repeated_keys:
            told.append(
                f"{self.repeated_keys} records have a key more than once, whose last value was taken; "
                f"first: {self.first_repeated_key}"
            )
        return tuple(told)


@dataclass(slots=True)
class RowReader:
    """Makes articles of rows. Rows of one input may lack columns that others have, as JSON Lines often do."""

    chosen: Mapping[str, str]
    notes: SourceNotes
    names: tuple[str, ...] = ()
    _by_columns: dict[tuple[str, ...], Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    _names_held: int = 0

    def learn(self, columns: Iterable[str]) -> None:
        """Take the columns of the input, where it has the same in all rows.

        Raises
        ------
        SourceError
            If a chosen column is not there.
        """
        self.names = tuple(dict.fromkeys(columns))
        _refuse_missing(self.names, self.chosen)

    def settle(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Settle which column is which by the first rows.

        Raises
        ------
        SourceError
            If a chosen column is not there, or no column can be the text.
        """
        rows = list(rows)
        names = self.names or tuple(dict.fromkeys(str(name) for row in rows for name in row))
        self.notes.columns = map_columns(names, self.chosen, rows)

    @property
    def text_column(self) -> str | None:
        """The first of the columns that may be the text."""
        return next(iter(candidates(self.names, self.chosen).get("text", ())), None)

    @property
    def wanted(self) -> list[str]:
        """The columns that have to be read: all of them where none is known to be the text."""
        known = candidates(self.names, self.chosen)
        if "text" not in known:
            return list(self.names)
        return list(dict.fromkeys(column for columns in known.values() for column in columns))

    def article(self, row: Mapping[str, Any], place: str = "") -> Article:
        """Return the row as an article.

        Raises
        ------
        ArticleError
            If the text is missing, or no text. An unreadable date does not cost the article: it is noted.
        """
        columns = self._columns_of(row)
        values = {name: _first(row, found) for name, found in columns.items() if name != "text"}
        text = self._text(row, columns.get("text", ()), values.get("title"))
        if "source" not in self.chosen:
            values |= _told_apart(row, columns.get("source", ()), values)
        published_at = self.date(values.pop("published_at", None))
        plain = plain_fields(values)
        extra = {name: plain.pop(name) for name in EXTRA_FIELDS if name in plain}
        if isinstance(row, RepeatedKeys):
            self.notes.repeated_keys += 1
            self.notes.first_repeated_key = self.notes.first_repeated_key or f"{row.key[:SHOWN]!r}, {place}"
        return Article(text=text, published_at=published_at, extra=extra, **plain)

    def _text(self, row: Mapping[str, Any], columns: tuple[str, ...], title: object) -> str:
        """Return the text of a row: that of the first column that holds one."""
        other = None
        for column in columns:
            text = plain_value(row.get(column), joint="\n")
            if isinstance(text, str):
                if column != columns[0] and is_summary(column) and not is_summary(columns[0]):
                    self.notes.summaries += 1
                return text
            other = other or (None if text is None else f"column {column!r} holds {type(text).__name__}, not text")
        if not columns and title is not None and "text" not in (self.notes.columns or {"text": ""}):
            self.notes.titles_alone += 1
            return str(title)
        some = ", ".join(str(name)[:SHOWN] for name in islice(row, SHOWN))
        raise ArticleError(
            other or (f"no text in column {columns[0]!r}" if columns else f"no text among {some or 'no columns'}")
        )

    def has_text(self, names: Iterable[str]) -> bool:
        """Tell whether one of these columns can be the text, or a title that stands for it."""
        found = candidates(names, self.chosen)
        return "text" in found or "title" in found

    def id_of(self, row: Mapping[str, Any]) -> str | None:
        """Return the row's own id, if it has one."""
        value = _first(row, self._columns_of(row).get("id", ()))
        return None if value is None else str(value)

    def _columns_of(self, row: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
        names = tuple(row)
        if names not in self._by_columns:
            # An input whose every row has columns of its own must not fill the memory.
            self._names_held += len(names) + 1
            if self._names_held > MAX_NAMES_HELD:
                self._by_columns.clear()
                self._names_held = len(names)
            self._by_columns[names] = candidates(names, self.chosen)
        return self._by_columns[names]

    def date(self, value: object) -> datetime | None:
        """Return a date, None for one that cannot be read, which is noted: it does not cost the article."""
        try:
            return read_date(value)
        except ArticleError:
            self.notes.unread_date(value)
            return None


def _first(row: Mapping[str, Any], columns: Iterable[str]) -> Any:
    """Return what the first column holds that holds anything."""
    return next((value for column in columns if (value := plain_value(row.get(column))) is not None), None)


def _told_apart(row: Mapping[str, Any], columns: tuple[str, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return source and address where the source is an address: that of the article, or of the site."""
    if not isinstance(found := values.get("source"), str) or not (address := _ADDRESS.fullmatch(found.strip())):
        return {}
    named = (plain_value(row.get(column)) for column in columns)
    name = next((value for value in named if value is not None and not _ADDRESS.fullmatch(str(value).strip())), None)
    return {"source": name or address[1], "url": values.get("url") or found}


class RepeatedKeys(dict[str, Any]):
    """An object of JSON that has a key more than once; the last value counts, as for every reader of JSON."""

    __slots__ = ("key",)

    def __init__(self, pairs: Iterable[tuple[str, Any]], key: str) -> None:
        super().__init__(pairs)
        self.key = key


def chosen_columns(chosen: Any) -> dict[str, str]:
    """Return which columns a caller wants for which fields.

    Raises
    ------
    SourceError
        If there is no such field, or a column is no name.
    """
    if not isinstance(chosen, Mapping):
        message = f"columns={shown(chosen)} is not accepted; give a mapping, as in columns={{'text': 'body'}}"
        raise SourceError(message)
    for name, column in chosen.items():
        if name not in FIELDS:
            message = f"no field {shown(name)} to take from column {shown(column)}; accepted: {', '.join(FIELDS)}"
            raise SourceError(message)
        if not isinstance(column, str):
            message = f"column {shown(column)} for {name} is no name; accepted: a str"
            raise SourceError(message)
    return dict(chosen)


def map_columns(
    available: Iterable[str], chosen: Mapping[str, str], rows: Iterable[Mapping[str, Any]] = ()
) -> Mapping[str, str]:
    """Return the column of each field: the user's choice, else the first common name that is there and holds anything.

    Parameters
    ----------
    available : iterable of str
        The input's columns.
    chosen : mapping
        Field -> column, as the user named them (``{"text": "body"}``).
    rows : iterable of mapping
        Some of its rows.

    Raises
    ------
    SourceError
        If a field or a chosen column is not there, or no column can be the text: neither by name, nor a title where
        nothing else in the rows is as long as a text.

    Examples
    --------
    >>> dict(map_columns(["Titre", "corps", "Date"], {}))
    {'text': 'corps', 'title': 'Titre', 'published_at': 'Date'}
    """
    names = list(dict.fromkeys(available))
    _refuse_missing(names, chosen_columns(chosen))
    rows = list(rows)
    found = candidates(names, chosen)
    longest, length = _longest_column(rows, {column for columns in found.values() for column in columns})
    if "text" not in found and ("title" not in found or length > _TEXT_LENGTH):
        told = f'--text "{longest}"' if longest else "--text body"
        message = (
            f"no column holds the text; the input has: {_listed(names)}. "
            f"Hint: name it, as in {told} or columns={{'text': {longest or 'body'!r}}}"
        )
        raise SourceError(message)
    return MappingProxyType({name: _filled(name, columns, rows) for name, columns in found.items()})


def _filled(name: str, columns: tuple[str, ...], rows: list[Mapping[str, Any]]) -> str:
    """Return the first of several columns that holds anything in these rows; of sources, a name before an address."""
    held = [column for column in columns if any(plain_value(row.get(column), joint="\n") is not None for row in rows)]
    if name == "source":
        held.sort(key=lambda column: all(_ADDRESS.match(str(row.get(column) or "http://-")) for row in rows))
    return next(iter(held), columns[0])


def _longest_column(rows: list[Mapping[str, Any]], known: set[str]) -> tuple[str | None, float]:
    """Return the column, none of those known, that holds the longest texts in these rows, and their mean length."""
    lengths: Counter[str] = Counter()
    for row in rows:
        for name, value in row.items():
            if isinstance(value, str) and name not in known and not _ADDRESS.fullmatch(value):
                lengths[name] += len(value)
    if not lengths:
        return None, 0.0
    name, total = lengths.most_common(1)[0]
    return name, total / len(rows)


def _refuse_missing(names: Iterable[str], chosen: Mapping[str, str]) -> None:
    names = list(names)
    for name, column in chosen.items():
        if column not in names:
            message = f"no column {column!r} for {name}; the input has: {_listed(names)}"
            raise SourceError(message)


def _listed(names: list[str]) -> str:
    shown_names = ", ".join(name[:SHOWN] for name in names[:SHOWN])
    return f"{shown_names} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown_names or "none"


def read_date(value: object) -> datetime | None:
    """Return a date as tables hold it: what `parse_date` reads, seconds since 1970, days as sheets number them.

    Raises
    ------
    ArticleError
        If it is none of these.

    Examples
    --------
    >>> read_date("12/03/2026 18h42")
    datetime.datetime(2026, 3, 12, 18, 42)
    """
    if isinstance(value, bool):
        message = f"{value} is no date"
        raise ArticleError(message)
    if isinstance(value, Integral):
        # 20260312 stands as a number in many a table; one of more digits than an epoch has is no date.
        value = str(int(value)) if abs(int(value)) < _EPOCH_MILLISECONDS.stop else value
    number = _epoch(value)
    if int(number) in _SHEET_DAYS:
        return _SHEET_EPOCH + timedelta(minutes=round(number * 24 * 60))
    if int(number) in _EPOCH_SECONDS:
        return datetime.fromtimestamp(number, UTC)
    if int(number) in _EPOCH_MILLISECONDS:
        return datetime.fromtimestamp(number / 1000, UTC)
    return parse_date(value)  # type: ignore[arg-type]  # it refuses the rest


def _epoch(value: object) -> float:
    """Return a number that may be seconds or milliseconds since 1970, 0 for what is none."""
    if isinstance(value, float) and math.isfinite(value):
        return value
    is_number = isinstance(value, str) and len(value) < _MOST_DIGITS and _NUMBER.fullmatch(value) is not None
    return float(value.replace(",", ".")) if is_number and isinstance(value, str) else 0.0
