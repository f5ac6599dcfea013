"""One number for analysts: what each convention makes of bounds and vague words."""

from __future__ import annotations

import pytest

from newsnlp.errors import OptionError
from newsnlp.figures.conventions import CONVENTIONS, Estimate, as_count, estimate
from newsnlp.records import Figure, Kind, Modifier


def figure(text, low, high, modifier=Modifier.EXACT, kind=Kind.COUNT):
    return Figure(start=0, end=len(text), text=text, value_min=low, value_max=high, modifier=modifier, kind=kind)


@pytest.mark.parametrize(
    ("text", "low", "high", "modifier", "wanted"),
    [
        ("12", 12, 12, "exact", (12, 12, 12)),
        ("une centaine", 100, 100, "approx", (100, 100, 100)),
        ("dizaines", 20, None, "vague", (12, 20, 20)),
        ("centaines", 200, None, "vague", (100, 200, 200)),
        ("milliers", 2000, None, "vague", (1000, 2000, 2000)),
        ("centaines de milliers", 200000, None, "vague", (100000, 200000, 200000)),
        ("dizaines de milliers", 20000, None, "vague", (12000, 20000, 20000)),
        ("plusieurs", 2, None, "vague", (10, 2, 2)),
        ("300 et 400", 300, 400, "range", (300, 350, 300)),
        ("15 à 20", 15, 20, "range", (15, 18, 15)),
        ("50", 50, None, "at_least", (50, 50, 50)),
        ("50", 50, None, "more_than", (50, 50, 51)),
        ("50", None, 50, "at_most", (50, 50, 50)),
        ("aucun", 0, 0, "exact", (0, 0, 0)),
    ],
)
def test_conventions(text, low, high, modifier, wanted):
    found = tuple(figure(text, low, high, Modifier(modifier)).as_count(name) for name in CONVENTIONS)
    assert found == wanted


def test_estimates_keep_the_bounds():
    assert figure("15 à 20", 15, 20, Modifier.RANGE).as_estimate() == Estimate(15, 15, 20)
    assert figure("50", 50, None, Modifier.AT_LEAST).as_estimate() == Estimate(50, 50, None)
    assert estimate(None, None, modifier="vague") == Estimate(None, None, None)


def test_what_is_no_count_has_no_number():
    percent = figure("12", 12, 12, kind=Kind.PERCENT)
    assert percent.as_count() is None
    assert percent.as_estimate() == Estimate(None, None, None)
    assert as_count("x", None, None, modifier="exact", convention="acled") is None


def test_an_unknown_convention_is_refused_with_the_nearest():
    with pytest.raises(OptionError, match="did you mean 'emdat'"):
        figure("12", 12, 12).as_count("em-dat")
