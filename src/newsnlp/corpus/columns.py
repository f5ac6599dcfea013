"""Which column of a table is which field of an article: named by the user, or guessed from common names."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from newsnlp.errors import ArticleError, SourceError
from newsnlp.records import Article, parse_date

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
# Day first, as French tables have it; the year may have two digits.
_FRENCH_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})(?:[ ,à]+(\d{1,2})[:hH](\d{2})?(?::(\d{2}))?)?")
# Seconds since 1970 from 1973 to 2286, and the same in milliseconds.
_EPOCH_SECONDS = range(10**8, 10**10)
_EPOCH_MILLISECONDS = range(10**11, 10**13)


@dataclass(slots=True)
class SourceNotes:
    """What there is to tell of an input once it has been read: its columns, its unreadable dates."""

    columns: Mapping[str, str] | None = None
    unread_dates: int = 0
    first_unread_date: str = ""

    def describe_columns(self) -> str | None:
        """Return the columns in one line, ``text=body, title=headline``, None where the input has none."""
        return None if self.columns is None else ", ".join(f"{name}={column}" for name, column in self.columns.items())

    def warnings(self) -> tuple[str, ...]:
        """Return what a user should know, one sentence a matter."""
        if not self.unread_dates:
            return ()
        return (f"{self.unread_dates} dates could not be read and are left out; first: {self.first_unread_date!r}",)


@dataclass(slots=True)
class RowReader:
    """Makes articles of rows. Rows of one input may lack columns that others have, as JSON Lines often do."""

    chosen: Mapping[str, str]
    notes: SourceNotes
    _by_columns: dict[tuple[str, ...], Mapping[str, str]] = field(default_factory=dict)

    def learn(self, columns: Iterable[str]) -> None:
        """Fix the columns of the input from those of its first rows.

        Raises
        ------
        SourceError
            If a chosen column is not there, or no column can be the text.
        """
        self.notes.columns = map_columns(columns, self.chosen)

    def article(self, row: Mapping[str, Any]) -> Article:
        """Return the row as an article.

        Raises
        ------
        ArticleError
            If the text is missing, or no text. An unreadable date does not cost the article: it is noted.
        """
        columns = self._columns_of(row)
        if "text" not in columns:
            message = f"no text among {', '.join(map(str, row)) or 'no columns'}"
            raise ArticleError(message)
        values = {
            name: _value(row.get(column), joint="\n" if name == "text" else ", ") for name, column in columns.items()
        }
        text = values.pop("text")
        if text is None:
            message = f"no text in column {columns['text']!r}"
            raise ArticleError(message)
        if not isinstance(text, str):
            message = f"column {columns['text']!r} holds {type(text).__name__}, not text"
            raise ArticleError(message)
        published_at = self._date(values.pop("published_at", None))
        plain = {name: str(value) for name, value in values.items() if value is not None}
        return Article(text=text, published_at=published_at, **plain)

    def has_text(self, row: Mapping[str, Any]) -> bool:
        """Tell whether a row has a column that can be the text."""
        return "text" in self._columns_of(row)

    def id_of(self, row: Mapping[str, Any]) -> str | None:
        """Return the row's own id, if it has one."""
        value = _value(row.get(self._columns_of(row).get("id", "")))
        return None if value is None else str(value)

    def _columns_of(self, row: Mapping[str, Any]) -> Mapping[str, str]:
        names = tuple(row)
        if names not in self._by_columns:
            if len(self._by_columns) > 1000:  # noqa: PLR2004  # an input whose every row has columns of its own
                self._by_columns.clear()
            known = self.notes.columns or {}
            here = {name: column for name, column in known.items() if column in row}
            self._by_columns[names] = {**_guess(names, self.chosen), **here}
        return self._by_columns[names]

    def _date(self, value: object) -> datetime | None:
        try:
            return read_date(value)
        except (ArticleError, TypeError, AttributeError, OverflowError, OSError):
            self.notes.unread_dates += 1
            self.notes.first_unread_date = self.notes.first_unread_date or str(value)[:80]
            return None


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
    for name, column in chosen.items():
        if name not in FIELDS:
            message = f"no field {name!r} to take from column {column!r}; accepted: {', '.join(FIELDS)}"
            raise SourceError(message)
        if column not in names:
            message = f"no column {column!r} for {name}; the input has: {', '.join(names) or 'none'}"
            raise SourceError(message)
    found = _guess(names, chosen)
    if "text" not in found:
        message = (
            f"no column holds the text; the input has: {', '.join(names) or 'none'}. "
            "Hint: name it, as in --text body or columns={'text': 'body'}"
        )
        raise SourceError(message)
    return MappingProxyType(found)


def _guess(names: Iterable[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return field -> column for the columns that are there, without any check."""
    there = list(names)
    folded = {fold(name): name for name in reversed(there)}
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
    plain = unicodedata.normalize("NFKD", str(name).strip().lower())
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return kept.replace(" ", "_").replace("-", "_")


def read_date(value: object) -> datetime | None:
    """Return a date as tables hold it: what `parse_date` reads, French day-first dates, seconds since 1970.

    Examples
    --------
    >>> read_date("12/03/2026 18h42")
    datetime.datetime(2026, 3, 12, 18, 42)
    """
    if isinstance(value, str) and (found := _FRENCH_DATE.fullmatch(value.strip())):
        day, month, year, hour, minute, second = (int(part or 0) for part in found.groups())
        try:
            return datetime(year + 2000 * (year < 100), month, day, hour, minute, second)  # noqa: DTZ001, PLR2004
        except ValueError as error:
            message = f"{value!r} is no date"
            raise ArticleError(message) from error
    number = float(value) if isinstance(value, int | float) or (isinstance(value, str) and value.isdigit()) else 0.0
    if int(number) in _EPOCH_SECONDS:
        return datetime.fromtimestamp(number, UTC)
    if int(number) in _EPOCH_MILLISECONDS:
        return datetime.fromtimestamp(number / 1000, UTC)
    # 20260312 stands as a number in many a table.
    return parse_date(str(value) if isinstance(value, int) else value)  # type: ignore[arg-type]  # it refuses the rest


def _value(value: object, joint: str = ", ") -> Any:
    """Return a cell as plain data; None for what a table holds where it holds nothing."""
    if isinstance(value, str):
        return value if value.strip() and value not in ABSENT else None
    if isinstance(value, float):
        # A column of numbers with gaps is a column of floats: 12.0 was written 12.
        return None if math.isnan(value) else int(value) if value.is_integer() else value
    if isinstance(value, date):
        return None if value != value else value  # noqa: PLR0124  # NaT, the absent date, differs from itself
    if isinstance(value, Mapping):
        # {"id": "afp", "name": "AFP"}, as interfaces of news services give a source.
        return _value(value.get("name"))
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        # Paragraphs of a text, or several authors.
        return _value(joint.join(value))
    # pandas.NA refuses comparison, hence by name.
    return None if type(value).__name__ in {"NAType", "NaTType", "NoneType"} else value
