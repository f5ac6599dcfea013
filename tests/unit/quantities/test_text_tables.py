"""Tables in a text: what is one, how its cells are read, and what prose is not."""

from __future__ import annotations

import pytest

from newsnlp.quantities.find import read_numbers
from newsnlp.quantities.text_tables import Span, find_tables, noun_of, read_cells

PASTED = "Le bilan.\n\nRégion\tMorts\tBlessés\nGao\t12\t45\nMopti\t7\t31\nTotal\t19\t76\n\nLe calme est revenu."


def cells_of(text):
    """Return the cells of a text with their headings, as words."""
    return [
        tuple(text[span.start : span.end] for span in (cell.label, cell.heading, cell.span))
        for cell in find_tables(text).cells
    ]


def read(text):
    return read_cells(text, read_numbers(text), find_tables(text), read_numbers)


@pytest.mark.parametrize("mark", ["\t", " | ", "    "])
def test_cells_know_their_headings(mark):
    text = PASTED.replace("\t", mark)
    assert cells_of(text)[:3] == [("Gao", "Morts", "12"), ("Gao", "Blessés", "45"), ("Mopti", "Morts", "7")]
    assert len(cells_of(text)) == 6


def test_one_cell_a_line():
    text = "Bilan\n\nPays\nMorts\nBlessés\nMali\n12\n45\nNiger\n7\n31\n"
    assert cells_of(text) == [
        ("Mali", "Morts", "12"),
        ("Mali", "Blessés", "45"),
        ("Niger", "Morts", "7"),
        ("Niger", "Blessés", "31"),
    ]


def test_nothing_need_stand_over_the_names_of_the_rows():
    text = "| Mali | Niger\nJanvier | 12 | 4\nFévrier | 31 | 7"
    assert cells_of(text)[0] == ("Janvier", "Mali", "12")


def test_units_stand_in_headings():
    text = "Ville | Coût (en millions d'euros) | Part (%) | Durée (mois)\nLyon | 12,5 | 8 | 18\nNantes | 8 | 4 | 12"
    found = [(q.value, q.kind.value, q.unit) for q in read(text).quantities][:3]
    assert found == [(12500000, "money", "EUR"), (8, "percent", "%"), (18, "duration", "month")]


def test_a_unit_in_the_cell_stays():
    text = "Poste | 2019 | 2020\nÉcoles | 12 M€ | 14 M€\nRoutes | 8 M€ | 9,5 M€"
    assert [q.value for q in read(text).quantities] == [12000000, 14000000, 8000000, 9500000]


def test_ranks_and_years_are_no_figures_and_are_told():
    text = "Rang | Pays | Or\n1 | Norvège | 16\n2 | Suède | 12\n\nAnnée | Morts\n2017 | 31\n2018 | 45"
    numbers = read(text)
    assert [q.value for q in numbers.quantities] == [16, 12, 31, 45]
    assert [(text[n.start : n.end], n.reason.value) for n in numbers.barred] == [
        ("1", "list_marker"),
        ("2", "list_marker"),
        ("2017", "year"),
        ("2018", "year"),
    ]


def test_a_list_of_names_that_counts_up_has_ranks():
    text = "1 Lens 45 pts\n2 Nice 42 pts\n3 Lille 40 pts"
    assert [q.text for q in read(text).quantities] == ["45", "42", "40"]


@pytest.mark.parametrize(
    "text",
    [
        "1 mort à Gao\n2 morts à Mopti\n3 morts à Sévaré",
        "Le 3 mai,  12 personnes sont mortes.\nLe 4 mai,  14 autres ont fui.\nLe 5 mai,  3 enfants sont nés.",
        "Deux blessés | Un train a déraillé\n12 morts à Gao | La suite",
        "Mali\n12 morts\nNiger\n7 morts",
        "Il a couru 100 m | 11 s",
        "Gao | 12\nMopti | 7\nTotal | 19",
    ],
)
def test_prose_and_lists_are_no_tables(text):
    found = find_tables(text)
    assert (found.cells, found.ranks) == ([], [])
    assert read(text) == read_numbers(text)


def test_nouns_of_headings():
    nouns = {
        "Nombre de morts": "morts",
        "Cas confirmés": "Cas",
        "Part (%)": "Part",
        "2019": None,
        "Blessés (en 2019)": "Blessés",
    }
    assert {words: noun_of(words, Span(0, len(words))) for words in nouns} == nouns
