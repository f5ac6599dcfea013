"""One French sentence of an event, made of its fields: never words of an article beside its names."""

from __future__ import annotations

import functools
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from newsnlp.lexicons import places, words
from newsnlp.records import Modifier, PlaceKind, Status
from newsnlp.render.labels_fr import EVENTS, event_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.dossiers.happened import Happened
    from newsnlp.dossiers.occurrences import Days, Where
    from newsnlp.dossiers.row_tolls import RowToll
    from newsnlp.records import Number

# A noun for one, where that is no plural less its s.
_ONE = {"morts": "mort", "votes": "vote"}
MOST_SOURCES = 3


def note_of(one: Happened, tolls: Sequence[RowToll], status: str) -> str:
    """Return the sentence: when, what, where, how many, who says so, which outlets."""
    label = event_text(one.type, one.name)
    when = when_words(one.when)
    where = where_words(one.where, one.country)
    said = {Status.PLANNED: ", prévu", Status.DENIED: ", démenti"}.get(Status(status), "")
    head = f"{when}, {label}" if when else label[0].upper() + label[1:]
    told = _told(tolls)
    outlets = list(dict.fromkeys(known.outlet for known in one.articles.values() if known.outlet))
    more = len(outlets) - MOST_SOURCES
    shown = ", ".join(outlets[:MOST_SOURCES]) + (f" et {more} autre{'s' if more > 1 else ''}" if more > 0 else "")
    return f"{head}{where}{said}{' : ' if told else ''}{told}{f' ({shown})' if shown else ''}."


def when_words(days: Days | None) -> str:
    """Return the days in French, at the head of a sentence.

    Examples
    --------
    >>> from newsnlp.dossiers.occurrences import Days
    >>> first = date(2026, 3, 1).toordinal()
    >>> when_words(Days(first, first, "clause")), when_words(Days(first, first + 30, "clause"))
    ('Le 1er mars 2026', 'En mars 2026')
    """
    if days is None:
        return ""
    first, last = date.fromordinal(days.begin), date.fromordinal(days.end)
    if first == last:
        return f"Le {_day(first)}"
    after = date.fromordinal(days.end + 1) if last < date.max else last
    if first.day == 1 and after.day == 1:
        if (after.year - first.year) * 12 + after.month - first.month == 1:
            return f"En {_months()[first.month - 1]} {first.year}"
        if first.month == 1 and after.month == 1 and after.year - first.year == 1:
            return f"En {first.year}"
    return f"Entre le {_day(first)} et le {_day(last)}"


def _day(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {_months()[day.month - 1]} {day.year}"


def _months() -> tuple[str, ...]:
    return words("calendar.months")


def where_words(where: Where | None, country: str | None) -> str:
    """Return the place in French, behind what happened there.

    Examples
    --------
    >>> from newsnlp.dossiers.occurrences import Where
    >>> where_words(Where("Le Havre", "city", country="FR"), "FR"), where_words(Where("Maroc", "country"), "MA")
    (' au Havre (France)', ' (Maroc)')
    """
    name = country_name(country)
    if where is None:
        return f" ({name})" if name else ""
    if where.kind not in (PlaceKind.CITY, None):
        inside = [where.name] + ([name] if name and name.casefold() != where.name.casefold() else [])
        return f" ({', '.join(inside)})"
    behind = f" ({name})" if name and name.casefold() != where.name.casefold() else ""
    for article, joined in (("Le ", "au "), ("Les ", "aux ")):
        if where.name.startswith(article):
            return f" {joined}{where.name.removeprefix(article)}{behind}"
    return f" à {where.name}{behind}"


@functools.cache
def _country_names() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in places.countries():
        if row["country"] and row["kind"] in ("state", "territory") and not row["canonical"]:
            found.setdefault(row["country"], row["surface"])
    return found


def country_name(code: str | None) -> str | None:
    """Return the French name of a country.

    Examples
    --------
    >>> country_name("MA"), country_name("US"), country_name("CD")
    ('Maroc', 'États-Unis', 'République démocratique du Congo')
    """
    return None if code is None else _country_names().get(code, code)


def _told(tolls: Sequence[RowToll]) -> str:
    """Return the tolls in words, and behind those of the same sources who says so."""
    parts = []
    for sources, group in groupby(tolls, key=lambda toll: tuple(toll.sources[:MOST_SOURCES])):
        said = ", ".join(filter(None, map(_toll_words, group)))
        if said:
            # The names stand as the articles word them, without their articles: behind a colon, not in the sentence.
            parts.append(said + (f" (source{'s' * (len(sources) > 1)} : {' ; '.join(sources)})" if sources else ""))
    return ", ".join(parts)


def _toll_words(toll: RowToll) -> str:
    """Return a toll with its noun."""
    noun = EVENTS[toll.event]
    low, high = toll.low, toll.high
    if low is None and high is None:
        return ""
    lead = toll.said[0].row
    if low is not None and high is not None:
        amount = _number(low) if low == high else f"{_number(low)} à {_number(high)}"
    elif low is not None:
        vague = lead["modifier"] == Modifier.VAGUE
        amount = f"{lead['text']} (au moins {_number(low)})" if vague else f"au moins {_number(low)}"
    else:
        amount = f"au plus {_number(high)}"
    only = low == high == 1
    noun = _ONE.get(noun, noun.removesuffix("s")) if only else noun
    return f"{amount} {noun}"


def _number(value: Number | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}".replace(",", "\u202f") if value >= 1_000 else f"{value:g}"  # noqa: PLR2004
