"""The dates of a hostile text cost as much a word as those of the first part of it: counted calls, never seconds."""

from __future__ import annotations

import sys

import pytest

from newsnlp import find_dates

SHAPES = (
    *(
        "lundi ",
        "12 mai ",
        "la veille ",
        "Noël ",
        "il y a deux ans ",
        "deux ans et ",
        "3, ",
        "2014-",
        "1 000 ",
        "à 10 h ",
    ),
    *("nuit de ", "un peu plus de ", "l'an ", "vers 10 h\n", "en 1999, hier ", "entre 1990 et ", "même période ", "0"),
    *("12 mai 2014\n", "mille neuf cent ", "\x01\x02 ", "\ue003 ", "premier ", "de ", "des années ", "(le 3) "),
)
WORDS = 150
# Twice the text, at most so many times the calls.
GROWTH = 2.3


def calls(text):
    """Return how many functions are called to find the dates of a text."""
    count = 0

    def seen(_frame, event, _argument):
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        find_dates(text, "2016-06-08")
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_twice_the_work(shape):
    calls(shape * WORDS)  # lexicons are read once
    assert calls(shape * 2 * WORDS) <= GROWTH * calls(shape * WORDS)


@pytest.mark.parametrize("published", ["0001-01-03", "9999-12-29", "2016-02-29T23:59:59+14:00", None])
@pytest.mark.parametrize(
    "text",
    [
        "hier, la semaine dernière, cet été, lundi, le mois prochain, à Noël, ce week-end, il y a deux heures",
        "il y a 9999 siècles, dans 99999999999 ans, les 99999999999 premiers jours de mai, " + "9" * 5000 + " ans",
        "31 février 2016, 99/99/9999, 25h61, années 123456, 0 h 00, XXIIe siècle, 1,5,6 ans",
        "\ud800 lundi \x00 12\ud800mai",
    ],
)
def test_no_day_is_out_of_reach(text, published):
    for date in find_dates(text, published):
        assert text[date.start : date.end] == date.text
        assert (date.value_begin is None) == (date.value_end is None)
