"""Rows of events in the columns, codes and rules of ACLED, UCDP and EM-DAT.

What each database says, and what is our extension of it to fields that it does not have, stands beside each rule and in
``docs/events.md``. Numbers follow `newsnlp.figures.conventions`.
"""

from __future__ import annotations

import functools
import warnings
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.figures.conventions import CONVENTIONS
from newsnlp.lexicons import load_csv, word_set
from newsnlp.records import EventType, FigureEvent, PlaceKind
from newsnlp.tables.cells import instant
from newsnlp.tables.quote_views import table_of
from newsnlp.tables.schema import INTEGER, NUMBER, TEXT
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from newsnlp.dossiers.happened import Happened
    from newsnlp.dossiers.occurrences import Where
    from newsnlp.dossiers.row_tolls import RowToll
    from newsnlp.tables.cells import Row

__all__ = ["CONVENTIONS", "in_convention"]

ACLED = {
    **dict.fromkeys(("event_id_cnty", "event_date"), TEXT),
    "year": INTEGER,
    "time_precision": INTEGER,
    **dict.fromkeys(("disorder_type", "event_type", "sub_event_type", "actor1", "actor2"), TEXT),
    "iso": INTEGER,
    **dict.fromkeys(("country", "admin1", "location"), TEXT),
    **dict.fromkeys(("latitude", "longitude"), NUMBER),
    "geo_precision": INTEGER,
    **dict.fromkeys(("source", "notes"), TEXT),
    "fatalities": INTEGER,
    "event_id": TEXT,
}
UCDP = {
    "id": TEXT,
    "year": INTEGER,
    "type_of_violence": INTEGER,
    **dict.fromkeys(("side_a", "side_b"), TEXT),
    "number_of_sources": INTEGER,
    **dict.fromkeys(("source_article", "source_office"), TEXT),
    "where_prec": INTEGER,
    **dict.fromkeys(("where_coordinates", "adm_1"), TEXT),
    **dict.fromkeys(("latitude", "longitude"), NUMBER),
    "country": TEXT,
    "date_prec": INTEGER,
    **dict.fromkeys(("date_start", "date_end"), TEXT),
    **dict.fromkeys(("best", "high", "low"), INTEGER),
    **dict.fromkeys(("meets_criteria", "notes"), TEXT),
    "event_id": TEXT,
}
EMDAT = {
    **dict.fromkeys(("DisNo.", "Classification Key", "Disaster Group", "Disaster Subgroup"), TEXT),
    **dict.fromkeys(("Disaster Type", "Disaster Subtype", "Entry Criteria", "ISO", "Country", "Location"), TEXT),
    **dict.fromkeys(("Latitude", "Longitude"), NUMBER),
    **dict.fromkeys(("Start Year", "Start Month", "Start Day", "End Year", "End Month", "End Day"), INTEGER),
    **dict.fromkeys(("Total Deaths", "No. Injured", "No. Affected", "No. Homeless", "Total Affected"), INTEGER),
    **dict.fromkeys(("notes", "event_id"), TEXT),
}
TYPE_COLUMNS = ("type", "acled_event", "acled_sub", "emdat", "emdat_key", "emdat_subtype", "ucdp")
_SUB_EVENTS = {
    "suicide": "Suicide bomb",
    "air": "Air/drone strike",
    "shelling": "Shelling/artillery/missile attack",
    "grenade": "Grenade",
}
# What exploded where no word tells: bombs are, most of all.
_EXPLODED = "Remote explosive/landmine/IED"
_DISORDERS = {
    "Protests": "Demonstrations",
    "Riots": "Demonstrations",
    "Strategic developments": "Strategic developments",
}
# ACLED codes agreements, arrests and movements of parties to a conflict, and strikes in which people demonstrate. Those
# of a newspaper are mostly others, and the type alone does not tell: they are left out.
_OF_PARTIES = (EventType.AGREEMENT, EventType.ARREST, EventType.DEPLOYMENT, EventType.STRIKE)
# ACLED's date precision ends with the month: an event of an unknown month has no row there.
_ACLED_LONGEST = 3
# UCDP GED's precision of places: 1 exactly there, 3 a second division, 4 a first one, 5 a part of the country that is
# none of its divisions, 6 the country, 7 international waters (codebook 24.1; which of our sorts is which is ours).
_WHERE_PREC = {
    PlaceKind.CITY: 1,
    PlaceKind.QUARTER: 1,
    PlaceKind.SITE: 1,
    PlaceKind.DEPARTMENT: 3,
    PlaceKind.REGION: 4,
    PlaceKind.AREA: 5,
    PlaceKind.MOUNTAIN: 5,
    PlaceKind.ROAD: 5,
    PlaceKind.ISLAND: 5,
    PlaceKind.WATER: 5,
    PlaceKind.COUNTRY: 6,
    PlaceKind.CONTINENT: 6,
}
# Days that a date of UCDP GED spans at most, by precision: a day, 2 to 6 days, a week, a month; 5 is longer.
_DATE_PREC = ((1, 1), (6, 2), (7, 3), (31, 4))
# EM-DAT takes in a disaster with so many dead or missing, or so many affected (or an emergency declared, which no
# count tells).
_EMDAT_DEATHS, _EMDAT_AFFECTED = 10, 100


class _Country(NamedTuple):
    alpha3: str
    numeric: int | None
    english: str


def in_convention(
    convention: str, told: Sequence[tuple[Happened, Mapping[str, RowToll]]], rows: Sequence[Row]
) -> pd.DataFrame:
    """Return events as a database has them; a warning counts those that it has no type, or no date, for."""
    make, columns, wanted = _MAKERS[convention]
    left: Counter[str] = Counter()
    made: list[Row] = []
    for (one, tolls), row in zip(told, rows, strict=True):
        codes = _types().get(one.type)
        if codes is None or not codes[wanted]:
            left[str(one.type)] += 1
        elif one.when is None or (convention == "acled" and row["date_precision"] > _ACLED_LONGEST):
            left["without a date exact enough"] += 1
        else:
            made.append(make(one, tolls, row, codes))
    if left:
        what = ", ".join(f"{name} ({count})" for name, count in sorted(left.items()))
        message = f"{sum(left.values())} of {len(rows)} events have no place in {convention}: {what}"
        warnings.warn(message, stacklevel=4)
    return table_of(made, columns)


@functools.cache
def _types() -> Mapping[str, dict[str, str]]:
    """Return the codes of each type, its counterparts."""
    rows = load_csv("events_types.csv", columns=TYPE_COLUMNS, key=("type",))
    found = {row["type"]: dict(row) for row in rows}
    for kind in _OF_PARTIES:
        found[kind]["acled_event"] = ""
    return found


@functools.cache
def _countries() -> Mapping[str, _Country]:
    columns = ("country", "alpha3", "numeric", "english")
    return {
        row["country"]: _Country(row["alpha3"], int(row["numeric"]) if row["numeric"] else None, row["english"])
        for row in load_csv("dossiers_countries.csv", columns=columns, key=("country",))
    }


def _country(code: str | None) -> _Country | None:
    return _countries().get(code or "")


def _english(code: str | None) -> str | None:
    known = _country(code)
    return None if known is None else known.english


def _acled(one: Happened, tolls: Mapping[str, RowToll], row: Row, codes: Mapping[str, str]) -> Row:
    country = _country(row["country"])
    exploded = _SUB_EVENTS.get(one.weapons.most_common(1)[0][0], _EXPLODED) if one.weapons else _EXPLODED
    actors = [actor for actor, _ in one.actors.most_common(2)]
    return {
        "event_id_cnty": f"{country.alpha3 if country else 'XXX'}{one.number + 1}",
        "event_date": row["date"],
        "year": int(row["date"][:4]),
        "time_precision": row["date_precision"],
        "disorder_type": _DISORDERS.get(codes["acled_event"], "Political violence"),
        "event_type": codes["acled_event"],
        "sub_event_type": exploded if one.type == EventType.EXPLOSION else codes["acled_sub"],
        "actor1": actors[0] if actors else None,
        "actor2": actors[1] if len(actors) > 1 else None,
        "iso": country.numeric if country else None,
        "country": country.english if country else None,
        "admin1": row.get("admin1"),
        "location": row.get("place"),
        "latitude": row.get("latitude"),
        "longitude": row.get("longitude"),
        "geo_precision": row.get("place_precision"),
        "source": "; ".join((row["publishers"] or "").split(" | ")) or None,
        "notes": row["notes"],
        # Where sources differ, the lowest; nobody said to have died is none.
        "fatalities": _count(tolls.get(FigureEvent.KILLED), "acled", min) or 0,
        "event_id": row["event_id"],
    }


def _count(toll: RowToll | None, convention: str, of_several: Callable[[list[int]], int]) -> int | None:
    """Return one number of what the sources that stand say."""
    told = [] if toll is None else toll.counts(convention)
    return of_several(told) if told else None


def _ucdp(one: Happened, tolls: Mapping[str, RowToll], row: Row, codes: Mapping[str, str]) -> Row:
    actors = [actor for actor, _ in one.actors.most_common(2)]
    told = tolls[FigureEvent.KILLED].estimates() if FigureEvent.KILLED in tolls else []
    lows, bests, highs = (
        [value for each in told if (value := getattr(each, bound)) is not None] for bound in ("low", "best", "high")
    )
    violence = int(codes["ucdp"])
    if violence == 1 and actors and not any(map(_is_state, actors)):
        violence = 2
    length = one.when.end - one.when.begin + 1 if one.when else 0
    outlets = (row["publishers"] or "").split(" | ")
    best = min(bests, default=0)
    return {
        "id": row["event_id"],
        "year": int(row["date"][:4]),
        # 1 state-based, 2 between others, 3 one-sided. A battle of named actors without a state's is 2.
        "type_of_violence": violence,
        "side_a": actors[0] if actors else None,
        "side_b": actors[1] if len(actors) > 1 else "Civilians" if violence == 3 else None,  # noqa: PLR2004
        "number_of_sources": row["articles"],
        "source_article": "; ".join((row["article_ids"] or "").split(" | ")) or None,
        "source_office": "; ".join(outlets) or None,
        "where_prec": _where_prec(one.where),
        "where_coordinates": row.get("place"),
        "adm_1": row.get("admin1"),
        "latitude": row.get("latitude"),
        "longitude": row.get("longitude"),
        "country": _english(row["country"]),
        "date_prec": next((code for most, code in _DATE_PREC if length <= most), 5),
        "date_start": row["date"],
        "date_end": row["date_end"],
        "best": best,
        "low": min(lows, default=0),
        # UCDP's high is a number: where the text leaves it open, the best that any source gives.
        "high": max([*highs, *bests], default=0),
        # UCDP counts events in which somebody died.
        "meets_criteria": "yes" if best >= 1 else "no",
        "notes": row["notes"],
        "event_id": row["event_id"],
    }


def _where_prec(where: Where | None) -> int | None:
    return None if where is None or where.kind is None else _WHERE_PREC[PlaceKind(where.kind)]


def _is_state(actor: str) -> bool:
    """Whether an actor is a state or its forces: a country's name, or a body with *armée* or its like."""
    words_in = set(fold(actor).replace("'", " ").replace("-", " ").split())
    return bool(words_in & word_set("dossiers_events.state.bodies")) or fold(actor) in _state_names()


@functools.cache
def _state_names() -> frozenset[str]:
    from newsnlp.lexicons import places

    return frozenset(fold(row["surface"]) for row in places.countries() if row["kind"] == "state")


def _emdat(one: Happened, tolls: Mapping[str, RowToll], row: Row, codes: Mapping[str, str]) -> Row:
    country = _country(row["country"])
    best = {event: _count(toll, "emdat", max) for event, toll in tolls.items()}
    # EM-DAT counts the missing among the dead: those of the last toll, not of one before, whom a later toll has found.
    counted = ("killed",) if _is_older(tolls.get("missing"), tolls.get("killed")) else ("killed", "missing")
    lost = [number for event in counted if (number := best.get(event)) is not None]
    deaths = sum(lost) if lost else None
    injured = best.get(FigureEvent.INJURED)
    # Those evacuated are among those displaced as often as not: the larger number, not the sum.
    moved = [number for event in ("affected", "displaced", "evacuated") if (number := best.get(event)) is not None]
    affected = max(moved, default=None)
    total = sum(number for number in (injured, affected) if number) or None
    first, last = (date.fromisoformat(row[column]) for column in ("date", "date_end"))
    group, subgroup, *kind = codes["emdat"].split(" / ")
    days, months = row["date_precision"] < 3, row["date_precision"] < 4  # noqa: PLR2004
    return {
        "DisNo.": f"{first.year}-{one.number + 1:04}-{country.alpha3 if country else 'XXX'}",
        "Classification Key": codes["emdat_key"],
        "Disaster Group": group,
        "Disaster Subgroup": subgroup,
        "Disaster Type": kind[0] if kind else f"{subgroup} (General)",
        "Disaster Subtype": codes["emdat_subtype"] or None,
        "Entry Criteria": _criteria(deaths, total),
        "ISO": country.alpha3 if country else None,
        "Country": country.english if country else None,
        "Location": row.get("place"),
        "Latitude": row.get("latitude"),
        "Longitude": row.get("longitude"),
        "Start Year": first.year,
        "Start Month": first.month if months else None,
        "Start Day": first.day if days else None,
        "End Year": last.year,
        "End Month": last.month if months else None,
        "End Day": last.day if days else None,
        "Total Deaths": deaths,
        "No. Injured": injured,
        "No. Affected": affected,
        "No. Homeless": None,
        "Total Affected": total,
        "notes": row["notes"],
        "event_id": row["event_id"],
    }


def _is_older(one: RowToll | None, other: RowToll | None) -> bool:
    """Whether what stands of one toll was told before what stands of another."""
    first, last = (None if toll is None or not toll.said else toll.said[0].moment for toll in (one, other))
    return first is not None and last is not None and instant(first) < instant(last)


def _criteria(deaths: int | None, affected: int | None) -> str:
    """Return which of EM-DAT's criteria an event meets, ``none`` where no count does."""
    met = [
        name
        for name, number, least in (("deaths", deaths, _EMDAT_DEATHS), ("affected", affected, _EMDAT_AFFECTED))
        if number is not None and number >= least
    ]
    return ", ".join(met) or "none"


_MAKERS: Mapping[str, tuple[Callable[..., Row], dict[str, str], str]] = {
    "acled": (_acled, ACLED, "acled_event"),
    "ucdp": (_ucdp, UCDP, "ucdp"),
    "emdat": (_emdat, EMDAT, "emdat_key"),
}
