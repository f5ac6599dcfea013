"""Events, tolls and their contradictions at the command line: from tables of a run, or a dossier that grows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newsnlp.command.running import Convention, View
from newsnlp.dossiers import Dossier
from newsnlp.dossiers.timelines import contradictions, timeline
from newsnlp.errors import OptionError, SourceError
from newsnlp.render.labels_fr import (
    CONTRADICTION_KINDS,
    EVENTS,
    TOLL_CHANGES,
    TOLL_ROLES,
    bounds_text,
    event_text,
)
from newsnlp.tables.article_rows import rows_of
from newsnlp.tables.cells import number_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from newsnlp.render.terminal import Table
    from newsnlp.tables.cells import Row

# Characters of a sentence: a longer one is for a file.
MOST_SENTENCE = 120


def dossier_of(tables: str | None, kept: str | None) -> tuple[Dossier, int]:
    """Return what is known of events, with the articles of a folder of tables taken in, and how many were new.

    Raises
    ------
    SourceError
        If there is neither a folder nor a dossier to read.
    """
    known = kept is not None and Path(kept).exists()
    if tables is None and not known:
        message = "nothing to read: give the folder that newsnlp batch wrote, or --dossier with a file that is there"
        raise SourceError(message)
    dossier = Dossier.load(kept) if known else Dossier()
    added = 0 if tables is None else dossier.add(tables)
    if kept is not None and added:
        dossier.save(kept)
    return dossier, added


def check(view: View, convention: Convention | None) -> None:
    """Refuse a convention for what none tells.

    Raises
    ------
    OptionError
    """
    if convention is not None and view is not View.EVENTS:
        message = f"--convention goes with --view events; --view {view.value} has none"
        raise OptionError(message)


def view_of(dossier: Dossier, view: View, convention: Convention | None) -> pd.DataFrame:
    """Return the table that a view shows."""
    if view is View.EVENTS:
        return dossier.events(None if convention is None else convention.value)
    told = dossier.tolls()
    if view is View.TOLLS:
        return told
    return timeline(told) if view is View.TIMELINE else contradictions(told)


def file_name(view: View, convention: Convention | None) -> str:
    """Return the name of the file of a view; `newsnlp batch` writes other tables by the plain ones."""
    return f"corpus_{view.value}" if convention is None else f"events_{convention.value}"


def shown_table(frame: pd.DataFrame, view: View, convention: Convention | None) -> Table:
    """Return a table for the terminal: of a convention its own columns, else what people read first, in French."""
    rows = list(rows_of(frame))
    if convention is not None:
        names = tuple(map(str, frame.columns))
        return convention.value, names, [tuple(_plain(row[name]) for name in names) for row in rows]
    title, columns = _SHOWN[view]
    return title, tuple(columns), [tuple(cell(row) for cell in columns.values()) for row in rows]


def _plain(value: object) -> str:
    return "" if value is None else number_text(value) if isinstance(value, float) else str(value)


def _told(column: str) -> Callable[[Row], str]:
    return lambda row: _plain(row[column])


def _named(column: str, labels: Mapping[str, str]) -> Callable[[Row], str]:
    return lambda row: labels.get(row[column], _plain(row[column]))


def _bounds(low: str, high: str) -> Callable[[Row], str]:
    return lambda row: bounds_text(row[low], row[high])


def _sentence(row: Row) -> str:
    text = " ".join(str(row["sentence"] or "").split())
    return text if len(text) <= MOST_SENTENCE else f"{text[:MOST_SENTENCE]}…"


def _days(row: Row) -> str:
    first, last = row["date"] or "", row["date_end"] or ""
    return first if last in ("", first) else f"{first} – {last}"


def _stands(row: Row) -> str:
    return "oui" if row["standing"] else ""


_SHOWN: Mapping[View, tuple[str, Mapping[str, Callable[[Row], str]]]] = {
    View.EVENTS: (
        "Événements",
        {
            "Id": _told("event_id"),
            "Quand": _days,
            "Quoi": lambda row: event_text(row["type"], row["name"]),
            "Où": _told("place"),
            "Pays": _told("country"),
            "Morts": _bounds("killed_low", "killed_high"),
            "Blessés": _bounds("injured_low", "injured_high"),
            "Disparus": _bounds("missing_low", "missing_high"),
            "Articles": _told("articles"),
            "Sources": _told("sources"),
        },
    ),
    View.TOLLS: (
        "Bilans",
        {
            "Histoire": _told("story"),
            "Article": _told("article_id"),
            "De quoi": _named("event", EVENTS),
            "Combien": _bounds("low", "high"),
            "Rôle": _named("role", TOLL_ROLES),
            "Tient": _stands,
            "Qui le dit": _told("source"),
            "Journal": _told("publisher"),
            "Phrase": _sentence,
        },
    ),
    View.TIMELINE: (
        "Bilans dans le temps",
        {
            "Histoire": _told("story"),
            "De quoi": _named("event", EVENTS),
            "Au": _told("as_of"),
            "Combien": _bounds("low", "high"),
            "Change": _named("change", TOLL_CHANGES),
            "Écart": _told("difference"),
            "Qui le dit": _told("source"),
            "Journal": _told("publisher"),
            "Phrase": _sentence,
        },
    ),
    View.CONTRADICTIONS: (
        "Contradictions",
        {
            "Histoire": _told("story"),
            "De quoi": _named("event", EVENTS),
            "Comment": _named("kind", CONTRADICTION_KINDS),
            "Au": _told("as_of"),
            "L'un": _bounds("low", "high"),
            "Qui": _told("source"),
            "L'autre": _bounds("other_low", "other_high"),
            "Qui, l'autre": _told("other_source"),
            "Phrase": _sentence,
        },
    ),
}
