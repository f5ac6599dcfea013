"""Values at the door: what is given as a field of an article or as an option, converted or refused in one line."""

from __future__ import annotations

import contextlib
import hashlib
import math
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from numbers import Integral, Real
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from newsnlp.errors import ArticleError, OptionError, shown

if TYPE_CHECKING:
    from collections.abc import Collection


# An id stands in every row of every table: 5 000 mentions with an id of 1 MB would be 5 GB. Addresses, the longest ids
# seen, have up to 2 000 characters; names of files, written with escapes, more.
MAX_ID_CHARS = 8_000
# The longest date of RFC 2822 that feeds were seen to write has 40 characters, with a comment in it.
_MAX_DATE_CHARS = 200
# A time zone is less than a day away from another, so that beyond this margin none takes a date out of Python's years.
_MARGIN = timedelta(days=1)
_FIRST = datetime.min.replace(tzinfo=UTC) + _MARGIN
_LAST = datetime.max.replace(tzinfo=UTC) - _MARGIN


def plain_text(value: str) -> str:
    """Return a str as a plain str: of a subclass, an enum's member say, only the characters."""
    return str.__str__(value)


def storable_id(text: str) -> str:
    r"""Return an id as every file format can hold it: lone surrogates as their escapes, so that ids stay distinct.

    Examples
    --------
    >>> storable_id("a\ud800")
    'a\\ud800'
    """
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def id_of_text(text: str) -> str:
    """Return the id of an article that has none of its own: a stable hash of its text."""
    # Lone surrogates come from broken JSON: hashing must not fail on them.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def is_absent(value: object) -> bool:
    """Tell whether a value stands for none: None, NaN, and NA and NaT of pandas and NumPy."""
    if value is None or isinstance(value, str):
        return value is None
    if isinstance(value, Real):
        return bool(value != value)  # noqa: PLR0124  # NaN differs from itself
    name = type(value).__name__
    return name in {"NAType", "NaTType"} or (name == "datetime64" and str(value) == "NaT")


def text_or_none(field: str, value: object) -> str | None:
    """Return the text of a field, None where it holds none.

    Raises
    ------
    ArticleError
        If it is neither.
    """
    if value is None or type(value) is str:
        return value
    if isinstance(value, str):
        return plain_text(value)
    if is_absent(value):
        return None
    message = f"an article's {field} must be a str or None, not {type(value).__name__}. Hint: str(…)"
    raise ArticleError(message)


def id_or_none(value: object) -> str | None:
    """Return an id as text that can be stored, None where there is none. Whole numbers and UUIDs are ids, too.

    Raises
    ------
    ArticleError
        If it is none of these, or too long.

    Examples
    --------
    >>> id_or_none(12.0), id_or_none("a1"), id_or_none(float("nan"))
    ('12', 'a1', None)
    """
    if isinstance(value, str):
        text = plain_text(value)
    elif is_absent(value):
        return None
    elif isinstance(value, bool):
        text = ""
    elif isinstance(value, Integral):
        text = str(int(value))
    elif isinstance(value, Real) and math.isfinite(value):
        # A column of whole numbers with gaps is a column of floats: 12.0 was written 12.
        number = float(value)
        text = str(int(number) if number.is_integer() else number)
    else:
        text = str(value) if isinstance(value, UUID) else ""
    if not text and not isinstance(value, str):
        message = f"an article's id must be a str or a number, not {type(value).__name__} {shown(value)}"
        raise ArticleError(message)
    if len(text) > MAX_ID_CHARS:
        message = f"an id of {len(text)} characters; accepted: at most {MAX_ID_CHARS}"
        raise ArticleError(message)
    return storable_id(text)


def date_or_text(value: object) -> datetime | str | None:
    """Return a date in any of its types as a plain datetime; a text as it is, None where there is none.

    Raises
    ------
    ArticleError
        If it is no date, or one that no time zone could show: within a day of the years 1 and 9999.
    """
    if type(value).__name__ == "datetime64" and hasattr(value, "astype"):
        known: Any = value
        value = known.astype("datetime64[us]").item()  # a number where the year has five digits
    if isinstance(value, str):
        return plain_text(value)
    if is_absent(value):
        return None
    if isinstance(value, datetime):
        # A plain one: pandas' own has nanoseconds, and its own rules.
        plain = datetime.combine(date(value.year, value.month, value.day), value.timetz())
    elif isinstance(value, date):
        plain = datetime.combine(date(value.year, value.month, value.day), time())
    else:
        message = f"published_at={shown(value)} is no date; accepted: a datetime, a date or a str"
        raise ArticleError(message)
    return representable(plain)


def iso_day(value: object) -> date | None:
    """Return the day that a cell tells, None where it tells none: of a stranger's record it may hold any text."""
    try:
        return date.fromisoformat(str(value)[: len("2026-01-01")]) if value else None
    except ValueError:
        return None


def iso_moment(text: str) -> datetime | None:
    """Return the moment of a date in ISO 8601, None for any other text."""
    try:
        # Python reads a million digits as one date with a long fraction of a second.
        return datetime.fromisoformat(text) if len(text) <= _MAX_DATE_CHARS else None
    except ValueError:
        return None


def mail_moment(text: str) -> datetime:
    """Return the moment of a date in RFC 2822; of what is none, the parser of e-mail may raise anything."""
    if len(text) > _MAX_DATE_CHARS:
        message = f"{len(text)} characters"
        raise ValueError(message)
    return parsedate_to_datetime(text)


def representable(moment: datetime) -> datetime:
    """Return a moment that can be shown in every time zone.

    Raises
    ------
    ArticleError
        If it lies within a day of the first or last that there is, or its time zone is none.
    """
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    try:
        inside = _FIRST <= aware <= _LAST
    except Exception as error:  # a time zone may be anyone's code
        message = f"published_at={moment.replace(tzinfo=None)}: its time zone cannot be read ({type(error).__name__})"
        raise ArticleError(message) from error
    if not inside:
        message = f"published_at={moment.isoformat()} lies too near the first or last moment that can be written"
        raise ArticleError(message)
    return moment


def record_of(given: Any, *kinds: type, place: str = "") -> Any:
    """Return a record that a caller gave.

    Raises
    ------
    ArticleError
        If it is none of these kinds.
    """
    if isinstance(given, kinds):
        return given
    hint = "" if str in kinds else ". Hint: newsnlp.load()(text)"
    message = f"received {type(given).__name__}{place}; accepted: {_named(kinds)}{hint}"
    raise ArticleError(message)


def records_of(given: Any, *kinds: type) -> Iterator[Any]:
    """Return the records that a caller gave, be they one or several, as a stream.

    Raises
    ------
    ArticleError
        If they are neither, at once; if one is none of these kinds, when it comes.
    """
    if isinstance(given, kinds):
        return iter((given,))
    # Of a text, a dictionary or a DataFrame, the letters, keys or columns would be taken for articles.
    if not isinstance(given, Iterable) or isinstance(given, str | bytes | Mapping) or hasattr(given, "columns"):
        message = f"received {type(given).__name__}; accepted: {_named(kinds)}, or an iterable of them"
        raise ArticleError(message)
    return (record_of(item, *kinds, place=f" (item {number})") for number, item in enumerate(given))


def _named(kinds: tuple[type, ...]) -> str:
    return " or ".join(kind.__name__ for kind in kinds)


def whole_number(option: str, value: Any, *, least: int = 1, most: int = sys.maxsize) -> int:
    """Return a whole number.

    Raises
    ------
    OptionError
        If it is none, or not from `least` to `most`.
    """
    known: Any = value
    if isinstance(value, bool) or not isinstance(value, Integral) or not least <= known <= most:
        bound = f"{least} or more" if most == sys.maxsize else f"from {least} to {most}"
        message = f"{option}={shown(value)} is not accepted; give a whole number, {bound}"
        raise OptionError(message)
    return int(value)


def real_number(option: str, value: Any, *, least: float = 0.0, most: float = math.inf) -> float:
    """Return a number.

    Raises
    ------
    OptionError
        If it is none, NaN, or not from `least` to `most`.
    """
    number = math.nan
    if not isinstance(value, bool) and isinstance(value, Real):
        with contextlib.suppress(OverflowError):
            number = float(value)
    # A comparison with NaN is false.
    if not least <= number <= most:
        message = f"{option}={shown(value)} is not accepted; give a number from {least:g} to {most:g}"
        raise OptionError(message)
    return number


def choice(option: str, value: Any, accepted: Collection[str]) -> str:
    """Return one of the names that an option may have.

    Raises
    ------
    OptionError
        If it is none of them.
    """
    if not isinstance(value, str) or value not in accepted:
        raise OptionError.unknown(option, value, accepted)
    return value


def folder_path(path: Any, *, option: str = "path") -> Path:
    """Return the path of a folder that a caller named.

    Raises
    ------
    OptionError
        If it is no path.
    """
    if isinstance(path, str | os.PathLike):
        told = os.fspath(path)
        if isinstance(told, str) and told and "\0" not in told:
            return Path(told)
    message = f"{option}={shown(path)} is not accepted; give a str or a pathlib.Path"
    raise OptionError(message)
