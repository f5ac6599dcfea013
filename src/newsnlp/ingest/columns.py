"""Which column of a table is which field of an article: named by the user, or guessed from common names."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from numbers import Integral
from types import MappingProxyType
from typing import Any

from newsnlp.errors import SHOWN, ArticleError, SourceError, shown
from newsnlp.records import Article, parse_date
from newsnlp.safety.values import is_absent, plain_text
from newsnlp.text import folding

FIELDS = ("id", "text", "title", "published_at", "source", "url", "author", "lang")
# Names seen in exports of content systems, archives and feeds; first match wins, case and accents do not count.
COMMON_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("id", "article_id", "articleid", "uid", "uuid", "guid", "identifiant", "doc_id", "_id"),
        "text": (
            "text",
            "texte",
            "body",
            "content",
            "contenu",
            "corps",
            "article",
            "fulltext",
            "full_text",
            "body_text",
        ),
        "title": ("title", "titre", "headline", "hed", "name"),
        "published_at": (
            "published_at",
            "date",
            "published",
            "pubdate",
            "pub_date",
            "publication_date",
            "date_publication",
            "date_de_publication",
            "jour",
            "datetime",
            "created_at",
            "updated",
        ),
        "source": ("source", "publisher", "journal", "media", "newspaper", "site", "domain"),
        "url": ("url", "link", "lien", "permalink", "href"),
        "author": ("author", "auteur", "byline", "creator", "authors", "auteurs"),
        "lang": ("lang", "langue", "language"),
    }
)


# What exports write where there is nothing; no text, title or name of ours is only that.
ABSENT = frozenset({"nan", "NaN", "NULL", "null", "None", "<NA>", "NaT", "N/A", "#N/A"})
# The longest of the common names, with room for spaces around it.
_LONGEST_NAME = 40
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

    def add(self, other: SourceNotes) -> None:
        """Count what another input had, too: one of the files of a folder."""
        self.columns = self.columns or other.columns
        self.first_unread_date = self.first_unread_date or other.first_unread_date
        self.first_repeated_key = self.first_repeated_key or other.first_repeated_key
        for name in ("unread_dates", "blank_rows", "repeated_keys", "titles_alone"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

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
    _by_columns: dict[tuple[str, ...], Mapping[str, str]] = field(default_factory=dict)
    _names_held: int = 0

    def learn(self, columns: Iterable[str]) -> None:
        """Fix the columns of the input from those of its first rows.

        Raises
        ------
        SourceError
            If a chosen column is not there, or no column can be the text.
        """
        self.notes.columns = map_columns(columns, self.chosen)

    def article(self, row: Mapping[str, Any], place: str = "") -> Article:
        """Return the row as an article.

        Raises
        ------
        ArticleError
            If the text is missing, or no text. An unreadable date does not cost the article: it is noted.
        """
        columns = self._columns_of(row)
        if "text" not in columns:
            some = ", ".join(str(name)[:SHOWN] for name in islice(row, SHOWN))
            message = f"no text among {some or 'no columns'}"
            raise ArticleError(message)
        values = {
            name: plain_value(row.get(column), joint="\n" if name == "text" else ", ")
            for name, column in columns.items()
        }
        text = values.pop("text")
        if text is None:
            message = f"no text in column {columns['text']!r}"
            raise ArticleError(message)
        if not isinstance(text, str):
            message = f"column {columns['text']!r} holds {type(text).__name__}, not text"
            raise ArticleError(message)
        published_at = self._date(values.pop("published_at", None))
        plain: dict[str, Any] = {name: str(value) for name, value in values.items() if value is not None}
        if isinstance(row, RepeatedKeys):
            self.notes.repeated_keys += 1
            self.notes.first_repeated_key = self.notes.first_repeated_key or f"{row.key[:SHOWN]!r}, {place}"
        return Article(text=text, published_at=published_at, **plain)

    def has_text(self, names: Iterable[str]) -> bool:
        """Tell whether one of these columns can be the text."""
        return "text" in _guess(names, self.chosen)

    def id_of(self, row: Mapping[str, Any]) -> str | None:
        """Return the row's own id, if it has one."""
        value = plain_value(row.get(self._columns_of(row).get("id", "")))
        return None if value is None else str(value)

    def _columns_of(self, row: Mapping[str, Any]) -> Mapping[str, str]:
        names = tuple(row)
        if names not in self._by_columns:
            # An input whose every row has columns of its own must not fill the memory.
            self._names_held += len(names) + 1
            if self._names_held > MAX_NAMES_HELD:
                self._by_columns.clear()
                self._names_held = len(names)
            known = self.notes.columns or {}
            here = {name: column for name, column in known.items() if column in row}
            self._by_columns[names] = {**_guess(names, self.chosen), **here}
        return self._by_columns[names]

    def _date(self, value: object) -> datetime | None:
        try:
            return read_date(value)
        except ArticleError:
            self.notes.unread_date(value)
            return None


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


def map_columns(available: Iterable[str], chosen: Mapping[str, str]) -> Mapping[str, str]:
    """Return the column of each field: the user's choice, else the first common name that is there.

    Parameters
    ----------
    available : iterable of str
        The input's columns.
    chosen : mapping
        Field -> column, as the user named them (``{"text": "body"}``).

    Raises
    ------
    SourceError
        If a field or a chosen column is not there, or no column can be the text.

    Examples
    --------
    >>> dict(map_columns(["Titre", "corps", "Date"], {}))
    {'text': 'corps', 'title': 'Titre', 'published_at': 'Date'}
    """
    names = list(dict.fromkeys(available))
    for name, column in chosen_columns(chosen).items():
        if column not in names:
            message = f"no column {column!r} for {name}; the input has: {_listed(names)}"
            raise SourceError(message)
    found = _guess(names, chosen)
    if "text" not in found:
        message = (
            f"no column holds the text; the input has: {_listed(names)}. "
            "Hint: name it, as in --text body or columns={'text': 'body'}"
        )
        raise SourceError(message)
    return MappingProxyType(found)


def _listed(names: list[str]) -> str:
    shown_names = ", ".join(name[:SHOWN] for name in names[:SHOWN])
    return f"{shown_names} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown_names or "none"


def _guess(names: Iterable[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return field -> column for the columns that are there, without any check."""
    there = dict.fromkeys(names)
    # A hostile row has a hundred thousand columns; those of a long name are none of ours.
    folded = {fold(name): name for name in reversed(there) if len(str(name)) <= _LONGEST_NAME}
    found: dict[str, str] = {}
    for item in FIELDS:
        if item in chosen:
            if chosen[item] in there:
                found[item] = chosen[item]
            continue
        common = next((folded[name] for name in COMMON_NAMES[item] if name in folded), None)
        if common is not None and common not in chosen.values():
            found[item] = common
    return found


def fold(name: str) -> str:
    """Return a column name without case, accents, spaces and hyphens."""
    return folding.fold(str(name).strip(), accents=False).replace(" ", "_").replace("-", "_")


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


def plain_value(value: object, joint: str = ", ") -> Any:
    """Return a cell as plain data; None for what a table holds where it holds nothing."""
    if isinstance(value, str):
        text = plain_text(value)
        return text if text.strip() and text not in ABSENT else None
    if is_absent(value):
        return None
    if isinstance(value, bytes | bytearray):
        # Parquet and SQLite hold text as bytes at times.
        return plain_value(_decoded(bytes(value)), joint)
    if type(value).__module__ == "numpy":
        value = _of_numpy(value)
    if isinstance(value, float):
        # A column of numbers with gaps is a column of floats: 12.0 was written 12.
        return int(value) if value.is_integer() else value
    if isinstance(value, Mapping):
        # {"id": "afp", "name": "AFP"}, as interfaces of news services give a source.
        return plain_value(value.get("name"))
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        # Paragraphs of a text, or several authors.
        return plain_value(joint.join(value), joint)
    return value


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _of_numpy(value: Any) -> Any:
    """Return a scalar or array of NumPy as plain Python has it; dates are read as they are."""
    return value if type(value).__name__ == "datetime64" else value.tolist()
