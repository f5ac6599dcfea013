"""Cells of a table in a text say what their headings say; tests of a caption that runs into the article."""

from __future__ import annotations

import pytest

import newsnlp

pytestmark = pytest.mark.model

REGIONS = "Le bilan.\n\nRégion\tMorts\tBlessés\nGao\t12\t45\nMopti\t7\t31\nTotal\t19\t76\n\nLe calme est revenu."


def test_cells_have_noun_event_and_place(nlp):
    found = nlp(REGIONS).figures
    assert [(f.value, f.counted, f.event, f.place, f.part_of) for f in found] == [
        (12, "Morts", "killed", "Gao", 4),
        (45, "Blessés", "injured", "Gao", 5),
        (7, "Morts", "killed", "Mopti", 4),
        (31, "Blessés", "injured", "Mopti", 5),
        (19, "Morts", "killed", None, None),
        (76, "Blessés", "injured", None, None),
    ]
    assert {f.place_basis for f in found[:4]} == {"clause"}
    assert all(REGIONS[f.start : f.end] == f.text for f in found)


def test_places_and_years_over_columns(nlp):
    text = "Les morts.\n\n\tMali\tNiger\nMorts\t120\t34\nBlessés\t300\t41\n\nLes dégâts.\n\n\t2018\t2019\nMorts\t12\t34\nBlessés\t30\t41"
    found = nlp(text).figures
    assert [(f.counted, f.place, f.place_basis) for f in found[:2]] == [
        ("Morts", "Mali", "event"),
        ("Morts", "Niger", "event"),
    ]
    assert [(f.counted, f.event, f.date) for f in found[4:6]] == [
        ("Morts", "killed", "2018"),
        ("Morts", "killed", "2019"),
    ]


def test_a_season_over_a_column_has_words_and_no_days(nlp):
    text = "Les morts.\n\n\t2018-19\t2020\nMorts\t12\t34\nBlessés\t30\t41"
    found = nlp(text).figures
    assert [(f.date, f.when, f.when_begin, f.when_end) for f in found[:2]] == [
        ("2018-19", None, None, None),
        ("2020", "2020", "2020-01-01", "2020-12-31"),
    ]
    analysis = nlp(newsnlp.Article(text=text, published_at="2021-01-02"))
    assert set(newsnlp.casualties_by_day(analysis)["day"].dt.year) == {2020, 2021}


def test_blanks_part_columns(nlp):
    text = "Médailles\n\nRang  Pays        Or   Argent\n1     Norvège     16   8\n2     Allemagne   12   10\n"
    analysis = nlp(text)
    assert [(f.value, f.counted, f.place) for f in analysis.figures][:2] == [
        (16, "Or", "Norvège"),
        (8, "Argent", "Norvège"),
    ]
    assert analysis.meta["numbers"]["barred"] == {"list_marker": 2}


@pytest.mark.parametrize("credit", ["/ AFP", "PIUS EKPEI / AFP", "Photo Reuters", "© Getty Images"])
def test_a_caption_does_not_run_into_the_article(nlp, credit):
    text = f"Des secouristes sur le site, mardi à Lagos {credit} Douze personnes ont été tuées dans l'incendie."
    (figure,) = nlp(text).figures
    assert (figure.text, figure.sentence) == ("Douze", "Douze personnes ont été tuées dans l'incendie.")
