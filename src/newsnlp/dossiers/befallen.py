"""What befell those that a number counts, where the figure does not say: by their noun, or the words of the clause."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from newsnlp.lexicons import word_set, words
from newsnlp.records import FigureEvent, Kind
from newsnlp.tables.views import CASUALTY_EVENTS, _are_animals

if TYPE_CHECKING:
    from newsnlp.tables.cells import Row

EVENTS = (*CASUALTY_EVENTS, FigureEvent.PROTESTING)
"""What befalls people, and who marches: the events that have a toll."""
# These nouns say it whatever the verb beside them: "24 rescapés, dont trois hospitalisés".
_SURE = ("rescued", "missing", "kidnapped")
_BY_NOUN = ("killed", "injured", "arrested")
_UNSAID = (None, FigureEvent.AFFECTED)
_CLAUSE = re.compile(r"[.;:](?:\s|$)|\n|,? (?:et|mais|dont|tandis que|alors que) (?=[^.;:,]{0,25}\d)")
_REACH = 110
# What the words around say, the first that is found.
_TABLES = {
    "befallen": ("rescued", "missing", "displaced", "kidnapped", "hospitalised", "arrested", "killed"),
    "befallen_before": ("missing", "kidnapped"),
}
_EN = re.compile(
    r"\b(?:qu'|n')?en (?:(?:a|ont|avait|avaient|est|étaient|était) )?[^\W\d_]+"
    r"(?:,? (?:désormais|maintenant|encore|déjà|donc|au moins|pour l'instant|pour sa part|que|qu'|à|plus d[e'] ?|près de)"
    r",?)* ?$",
    re.IGNORECASE,
)
_TOLD = re.compile(r"\b(?:bilan|chiffre|décompte|estimation)(?: [^\W\d_]+)? d(?:e |')(?:plus de |au moins )?$")
_SUBJECT = re.compile(r"(?:^|[.,;] )(?:[Ll]es|[Ll]e (?:nombre|total) (?:total )?d(?:es|e|')) ?([^\W\d_]+)")
_COUNTED = ("killed", "injured", "missing", "rescued", "sick")
_AMONG = re.compile(
    r"(?:^|[ «(])[Pp]armi les (morts|victimes|blessés|disparus|tués|rescapés|survivants|décès)\b[^.;:]*$"
)
# Who counts demonstrators as such says who does, or what they did: "une trentaine de manifestants" may be hurt.
_MARCHING = re.compile(
    r"\b(?:selon|organisat|préfecture|police compt|défil|rassembl|march|réuni|descend|participant|revendiqu|dans les rues)"
)
_AGAINST = re.compile(r"\bcontre (?:plus de |près de |environ )?$")
_MONTHS = ("calendar.months.short", "calendar.months.three_letters")


def takes_up(left: str) -> bool:
    """Whether the words before a number take up those told of last: *n'en confirme que*, *en dénombre*."""
    return bool(_EN.search(left[-90:]) or _AGAINST.search(left[-20:]))


def noun_of(row: Row) -> str:
    """Return the first word of what is counted, in small letters."""
    return str(row.get("counted") or "").partition(" ")[0].lower()


def event_of(row: Row, left: str, right: str, last: str | None) -> str | None:
    """Return what befell those counted, None where nothing did that has a toll.

    ``last`` is the event of the statement before, which an *en* takes up: *le maire en compte douze*.
    """
    if row["kind"] != Kind.COUNT or _are_animals(row["counted"] or ""):
        return None
    noun, event = noun_of(row), row["event"]
    if any(noun in words(place) for place in _MONTHS):
        return None  # the day of a dateline: "DOUALA, 14 jan (AFP)"
    part = row["part_of"] is not None and event not in _UNSAID
    if part and _befallen("befallen")["hospitalised"].search(_clause(right)):
        return FigureEvent.HOSPITALISED.value
    for named in () if part else _SURE:
        if noun in word_set(f"dossiers_tolls.nouns.{named}"):
            return named
    if event == FigureEvent.ARRESTED and noun in word_set("dossiers_tolls.classes.soldiers"):
        return FigureEvent.KIDNAPPED.value
    if event == FigureEvent.INJURED and _befallen("befallen")["hospitalised"].search(_clause(right)):
        return FigureEvent.HOSPITALISED.value
    if event in _UNSAID and (among := _AMONG.search(left)) is not None:
        return next((name for name in _COUNTED if among[1] in word_set(f"dossiers_tolls.nouns.{name}")), "killed")
    if event not in _UNSAID:
        return str(event) if event in EVENTS else None
    for named in _BY_NOUN:
        if noun in word_set(f"dossiers_tolls.nouns.{named}"):
            return named
    if noun in word_set("dossiers_tolls.nouns.victims") and (
        _TOLD.search(left[-30:]) or (last == FigureEvent.KILLED and "bless" not in left + right)
    ):
        return FigureEvent.KILLED.value
    if noun in word_set("dossiers_tolls.classes.marchers") and _MARCHING.search(left + right):
        return FigureEvent.PROTESTING.value
    if noun in word_set("dossiers_tolls.classes.around"):
        return None if event is None else str(event)
    counted = _SUBJECT.search(left) if not noun else None
    if counted is not None:
        named = next(
            (name for name in _COUNTED if counted[1].lower() in word_set(f"dossiers_tolls.nouns.{name}")), None
        )
        if named is not None:
            return named
    clause = _clause(right)
    for named, pattern in _befallen("befallen").items():
        if pattern.search(clause):
            return named
    for named, pattern in _befallen("befallen_before").items():
        if pattern.search(left[-30:]):
            return named
    if last is not None and takes_up(left):
        return last
    return None if event is None else str(event)


def _clause(right: str) -> str:
    return _CLAUSE.split(right[:_REACH], maxsplit=1)[0]


@functools.cache
def _befallen(table: str) -> dict[str, re.Pattern[str]]:
    end = r" (?:[^\W\d_]+ )?$" if table == "befallen_before" else ""
    return {
        name: re.compile(rf"\b(?:{'|'.join(words(f'dossiers_tolls.{table}.{name}'))}){end}") for name in _TABLES[table]
    }
