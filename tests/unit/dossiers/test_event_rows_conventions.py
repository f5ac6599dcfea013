"""Rows in the columns, codes and rules of ACLED, UCDP and EM-DAT."""

from __future__ import annotations

import dataclasses

import pytest

from newsnlp import EventType, events
from newsnlp.dossiers.conventions import ACLED, EMDAT, TYPE_COLUMNS, UCDP
from newsnlp.lexicons import load_csv

from .test_event_rows import AGADIR, KABUL, article, happening, killed

VAGUE = {"value": None, "value_max": None, "modifier": "vague"}


def one_row(convention, *analyses):
    (row,) = events(analyses, convention=convention).to_dict("records")
    return row


def attack(*figures, kind="attack", day="2026-03-02", **fields):
    return happening(kind, day, place=("Kaboul", KABUL), figures=figures, **fields)


def test_acled_row():
    row = one_row("acled", article("2026-03-02", attack(killed(12), actors=("Daech", "talibans")), source="AFP"))
    assert row["event_id_cnty"] == "AFG1"
    assert (row["event_date"], row["year"], row["time_precision"]) == ("2026-03-02", 2026, 1)
    assert (row["disorder_type"], row["event_type"]) == ("Political violence", "Violence against civilians")
    assert (row["sub_event_type"], row["actor1"], row["actor2"]) == ("Attack", "Daech", "talibans")
    assert (row["country"], row["iso"], row["location"], row["geo_precision"]) == ("Afghanistan", 4, "Kaboul", 1)
    assert (row["fatalities"], row["source"]) == (12, "AFP")
    assert list(row) == list(ACLED)


@pytest.mark.parametrize(
    ("words", "least", "fatalities"), [("dizaines", 20, 12), ("centaines", 200, 100), ("plusieurs", 2, 10)]
)
def test_acled_has_numbers_for_vague_words(words, least, fatalities):
    row = one_row("acled", article("2026-03-02", attack(killed(least, text=words, **VAGUE))))
    assert row["fatalities"] == fatalities


def test_where_sources_differ_acled_takes_the_lowest():
    told = attack(killed(12, source="la police"), killed(30, source="un témoin"))
    assert one_row("acled", article("2026-03-02", told))["fatalities"] == 12


def test_nobody_said_to_have_died_is_none():
    assert one_row("acled", article("2026-03-02", attack()))["fatalities"] == 0


def test_what_has_no_type_or_no_month_is_left_out_and_counted():
    corpus = [
        article("2026-03-02", attack()),
        article("2026-03-02", happening(place=("Agadir", AGADIR))),
        article("2026-03-02", attack(day="2019-01-01", end="2019-12-31")),
    ]
    with pytest.warns(UserWarning, match=r"2 of 3 events have no place in acled: earthquake \(1\), without a date"):
        assert len(events(corpus, convention="acled")) == 1


@pytest.mark.parametrize(
    ("actors", "violence"), [(("armée malienne", "Jnim"), 1), (("Mali", "Jnim"), 1), (("Jnim", "EIGS"), 2)]
)
def test_ucdp_tells_a_state_from_others(actors, violence):
    row = one_row("ucdp", article("2026-03-02", attack(killed(5), kind="battle", actors=actors)))
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == (violence, *actors)


def test_ucdp_row():
    row = one_row("ucdp", article("2026-03-02", attack(killed(5, value=None, value_max=None, modifier="at_least"))))
    assert (row["type_of_violence"], row["side_b"]) == (3, "Civilians")
    assert (row["low"], row["best"], row["high"], row["meets_criteria"]) == (5, 5, 5, "yes")
    assert (row["date_prec"], row["where_prec"], row["country"]) == (1, 1, "Afghanistan")
    assert list(row) == list(UCDP)
    assert one_row("ucdp", article("2026-03-02", attack()))["meets_criteria"] == "no"


def test_emdat_row():
    figures = [killed(8), killed(4, event="missing"), killed(150, event="injured"), killed(900, event="displaced")]
    row = one_row("emdat", article("2026-03-02", happening(place=("Agadir", AGADIR), figures=figures)))
    assert row["DisNo."] == "2026-0001-MAR"
    assert (row["Disaster Group"], row["Disaster Subgroup"]) == ("Natural", "Geophysical")
    assert (row["Disaster Type"], row["Disaster Subtype"]) == ("Earthquake", "Ground movement")
    assert (row["Start Year"], row["Start Month"], row["Start Day"]) == (2026, 3, 2)
    # The missing are dead to EM-DAT; those hurt are of all those affected.
    assert (row["Total Deaths"], row["No. Injured"], row["No. Affected"]) == (12, 150, 900)
    assert (row["Total Affected"], row["Entry Criteria"], row["ISO"]) == (1050, "deaths, affected", "MAR")
    assert list(row) == list(EMDAT)


def test_the_missing_of_an_earlier_toll_are_not_added_to_a_later_one():
    place = ("Agadir", AGADIR)
    first = article("2026-03-02", happening(place=place, figures=[killed(8), killed(9, event="missing")]))
    later = article("2026-03-05", happening(place=place, figures=[killed(17)]))
    assert one_row("emdat", first, later)["Total Deaths"] == 17


def test_entry_criteria_are_a_column_and_no_filter():
    row = one_row("emdat", article("2026-03-02", happening(place=("Agadir", AGADIR), figures=[killed(2)])))
    assert row["Entry Criteria"] == "none"


def test_no_row_keeps_the_columns():
    for convention, columns in (("acled", ACLED), ("ucdp", UCDP), ("emdat", EMDAT)):
        assert list(events([], convention=convention).columns) == list(columns)


def test_types_of_conventions_are_types():
    rows = load_csv("events_types.csv", columns=TYPE_COLUMNS, key=("type",))
    assert {row["type"] for row in rows} == set(EventType)
    assert all(bool(row["emdat_key"]) == bool(row["emdat"]) for row in rows)
    # Wars or disasters: nothing is both.
    assert not [row["type"] for row in rows if row["ucdp"] and row["emdat_key"]]


@pytest.mark.parametrize("kind", ["arrest", "agreement", "deployment", "strike"])
def test_what_acled_codes_of_parties_to_a_conflict_alone_is_left_out(kind):
    with pytest.warns(UserWarning, match=kind):
        assert events([article("2026-03-02", attack(kind=kind))], convention="acled").empty


@pytest.mark.parametrize(
    ("words", "sub"),
    [
        ("kamikaze", "Suicide bomb"),
        ("frappe de drone", "Air/drone strike"),
        ("tirs de roquettes", "Shelling/artillery/missile attack"),
        ("explosion", "Remote explosive/landmine/IED"),
    ],
)
def test_acled_asks_what_exploded(words, sub):
    told = article("2026-03-02", attack(kind="explosion"))
    told = dataclasses.replace(told, events=(dataclasses.replace(told.events[0], trigger=words),))
    assert one_row("acled", told)["sub_event_type"] == sub
