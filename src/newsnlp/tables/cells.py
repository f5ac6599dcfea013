"""One cell: whatever a record holds, as a value that every format can store. Nothing here fails."""

from __future__ import annotations

import math
import operator
from collections import Counter
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from newsnlp.errors import OptionError, shown
from newsnlp.render.labels_fr import LARGEST_EXACT
from newsnlp.safety.escaping import storable
from newsnlp.tables.schema import CORPUS_SCHEMAS, INSTANT, INTEGER, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import tzinfo

Row = dict[str, Any]
# What was changed or left out on the way into tables -> how often. `told_of` makes sentences of it.
Losses = Counter[str]

SURROGATES = "texts held lone surrogates, which no file can hold: written as ?"
NUMBERS = "numbers are beyond what a table can hold (64 bits, 1.8e308, nan): left empty"
DATES = "dates lie outside the years 1 to 9999 in UTC, or are none: moved to the nearest end, or left empty"
REPEATED = "articles had the id of another before them: their rows are under that id with -2, -3 …"
CUT = "cells were longer than the 32 767 characters of a workbook: cut"
NOWHERE = "records stand nowhere in a text (no start, or none before the end): left out of what is counted"
REPLACED = "texts held control characters that the format cannot hold: written as \ufffd"

# How pandas writes absent; it is not imported to find out.
ABSENT = ("NAType", "NaTType")
# Of moments that people read, unless they name another: an article of 0.30 in Paris is not of the evening before, as it
# would be in UTC.
TIMEZONE = "Europe/Paris"
# Whole numbers of tables have 64 bits, in pandas, Parquet and SQLite alike.
LARGEST_INTEGER = 2**63 - 1


def told_of(losses: Losses) -> tuple[str, ...]:
    """Return one sentence for each kind of loss, with its number."""
    return tuple(f"{count} {what}" for what, count in sorted(losses.items()) if count)


def storable_rows(
    rows: Mapping[str, Iterable[Mapping[str, Any]]], schemas: Mapping[str, Mapping[str, str]] = CORPUS_SCHEMAS
) -> tuple[dict[str, list[Row]], Losses]:
    """Return rows of tables as plain values that every format can store, and what was lost by it.

    Each row gets the columns of its table, in their order: text that UTF-8 can hold, whole numbers of 64 bits, finite
    numbers, moments in UTC, or None. Rows that went through it once come out as they are.
    """
    losses: Losses = Counter()
    made = {
        name: [
            {column: plain(row.get(column), dtype, losses) for column, dtype in schemas[name].items()} for row in found
        ]
        for name, found in rows.items()
    }
    return made, losses


def plain(value: object, dtype: str, losses: Losses) -> Any:
    """Return a value as the columns of a type hold it: None, str, int, float or a datetime in UTC."""
    if value is None or type(value).__name__ in ABSENT:
        return None
    if dtype == TEXT:
        return _text(value, losses)
    if dtype == INSTANT:
        return _moment(value, losses)
    return _whole(value, losses) if dtype == INTEGER else _number(value, losses)


def _text(value: object, losses: Losses) -> str | None:
    text = value if type(value) is str else spelt(value)
    held = storable(text)
    losses[SURROGATES] += held != text
    return held or None


def spelt(value: object) -> str:
    """Return a value as text, whatever it is."""
    try:
        return str(value)
    except Exception:  # noqa: BLE001  # a stranger's __str__ may raise anything, and a whole number beyond 4 300 digits does; its cell still says what it was
        return f"<{type(value).__name__}>"


def _whole(value: object, losses: Losses) -> int | None:
    try:
        whole = int(value) if isinstance(value, float) and value.is_integer() else operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        whole = LARGEST_INTEGER + 1
    if abs(whole) <= LARGEST_INTEGER:
        return whole
    losses[NUMBERS] += 1
    return None


def _number(value: object, losses: Losses) -> int | float | None:
    if type(value) is int and abs(value) <= LARGEST_INTEGER:
        return value
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        number = math.inf
    if math.isfinite(number):
        return number
    losses[NUMBERS] += 1
    return None


def _moment(value: object, losses: Losses) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            value = None
    elif isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if not isinstance(value, datetime):
        losses[DATES] += 1
        return None
    made = instant(value)
    losses[DATES] += value.tzinfo is not None and made in {EARLIEST, LATEST} and made != value
    return made


EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)


def instant(value: datetime) -> datetime:
    """Return a moment in UTC; one without a time zone is taken as UTC.

    A moment that UTC puts before year 1 or after year 9999 becomes the first or last one that there is.
    """
    try:
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except OverflowError:
        return EARLIEST if value.year == 1 else LATEST
    except Exception:  # noqa: BLE001  # a stranger's time zone may raise anything; the clock's time is still known
        return value.replace(tzinfo=UTC)


def iso(value: datetime) -> str:
    """Return a moment in UTC as ISO 8601."""
    return instant(value).isoformat()


def zone_of(timezone: str) -> ZoneInfo:
    """Return the time zone of a name.

    Raises
    ------
    OptionError
        If there is none.
    """
    try:
        return ZoneInfo(timezone)
    except (ValueError, OSError, TypeError, KeyError) as error:
        message = f"timezone={shown(timezone)} is not known; accepted: a name such as {TIMEZONE}"
        raise OptionError(message) from error


def local(value: datetime, zone: tzinfo) -> datetime | None:
    """Return a moment as clocks of a zone show it, None where that would not tell it from another."""
    try:
        shown_time = value.astimezone(zone).replace(tzinfo=None, fold=0)
        same = moment(shown_time, zone) == value
    except OverflowError:  # within a day of the years 1 and 9999
        return None
    return shown_time if same else None


def moment(value: datetime, zone: tzinfo) -> datetime:
    """Return a moment that a sheet shows in UTC: without a time zone it is that of the sheet."""
    return (value.replace(tzinfo=zone) if value.tzinfo is None else value).astimezone(UTC)


def number_text(value: float) -> str:
    """Return the shortest decimal form that reads back equal; whole numbers without a point."""
    return str(int(value)) if float(value).is_integer() and abs(value) < LARGEST_EXACT else repr(value)
