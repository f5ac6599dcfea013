"""docs/figures-events.md names every value of every closed set, and its examples give them."""

from __future__ import annotations

import csv
import re
from importlib import resources
from pathlib import Path

import pytest

from newsnlp.records import ChangeRole, Direction, FigureEvent, Kind, Modifier, PlaceBasis, Status, TollRole
from newsnlp.render.labels_fr import EVENTS, MODIFIERS, STATUSES

PAGE = (Path(__file__).parents[2] / "docs" / "figures-events.md").read_text(encoding="utf-8")
SETS = {
    "event": FigureEvent,
    "kind": Kind,
    "status": Status,
    "modifier": Modifier,
    "place_basis": PlaceBasis,
    "toll_role": TollRole,
    "change": ChangeRole,
    "direction": Direction,
}
SHOWN = {"event": EVENTS, "status": STATUSES, "modifier": MODIFIERS}
UNITS = PAGE.split("All symbols of measures:")[1].split("\n\n")[0]


def rows():
    """Return (field, value, word, example) of every row of the page's tables."""
    found, field = [], ""
    for line in PAGE.splitlines():
        if line.startswith("## "):
            field = line[3:]
        elif line.startswith("| `"):
            value, word, example = (cell.strip() for cell in line.strip("|").split("|"))
            found.append((field, value.strip("`"), word, example))
    return found


def units(kind):
    """Return the units of a kind of quantity that the lexicons have."""
    fr = resources.files("newsnlp.lexicons").joinpath("fr")
    tables = [fr.joinpath(f"figures_units{name}.csv").read_text(encoding="utf-8") for name in ("", "_symbols")]
    return {row["unit"] for text in tables for row in csv.DictReader(text.splitlines()) if row["kind"] == kind}


@pytest.mark.parametrize("field", SETS)
def test_the_page_names_every_value_once_and_in_order(field):
    assert [value for where, value, _, _ in rows() if where == field] == list(SETS[field])


@pytest.mark.parametrize("field", SHOWN)
def test_the_page_shows_the_words_of_readers(field):
    assert {value: word for where, value, word, _ in rows() if where == field} == SHOWN[field]


def test_the_page_names_every_unit():
    named = {(word.partition(",")[0], value) for field, value, word, _ in rows() if field == "unit"}
    assert {value for kind, value in named if kind == "duration"} == units("duration")
    assert {value for kind, value in named if kind == "percent"} == units("percent")
    assert {value for kind, value in named if kind == "measure"} <= units("measure")
    assert re.findall(r"`([^`]+)`", UNITS) == sorted(units("measure"))


@pytest.mark.model
@pytest.mark.parametrize(("field", "value", "word", "example"), rows(), ids=lambda cell: cell[:40])
def test_an_example_gives_what_the_page_says(nlp, field, value, word, example):
    text = example.replace("**", "")
    start = example.index("**")
    analysis = nlp(text)
    figure = next(figure for figure in analysis.figures if figure.start == start)
    assert figure.text == text[start : example.rindex("**") - 2]
    assert getattr(figure, field) == value
    if field == "unit":
        assert figure.kind == word.partition(",")[0]
