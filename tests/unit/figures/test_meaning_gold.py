"""Every marked sentence of tests/gold/figures.toml, read from the text and the marked names alone."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from tests.gold.cases import as_tests, judge, load_cases

CASES = load_cases("figures.toml")
# Who did it and when are marked on some sentences only; docs/figures-meaning.md has the held-out numbers.
MARKED_ONLY = ("actor", "date")
WORDED = ("modifier", "kind", "unit", "counted", "event", "status", "place", "source", *MARKED_ONLY)


def equal(one, other):
    return one is other or (None not in (one, other) and math.isclose(one, other, rel_tol=1e-9))


def numbers(gold):
    low, high = gold["value_min"], gold["value_max"]
    return {"value": low if equal(low, high) else None, "value_min": low, "value_max": high}


def plain(value):
    return None if value is None else str(value)


def differences(gold, found):
    """Return what is missed, what is extra, and every field that is not as marked, in text order."""
    by_start = {figure.start: figure for figure in found}
    starts = {figure["start"] for figure in gold}
    said = [(figure.start, f"extra {figure.text!r}") for figure in found if figure.start not in starts]
    for marked in gold:
        at, number = marked["start"], marked["number"]
        figure = by_start.get(at)
        if figure is None:
            said.append((at, f"missed {number!r}"))
            continue
        if figure.text != number:
            said.append((at, f"{number}: text {figure.text!r} for {number!r}"))
        for field, value in numbers(marked).items():
            if not equal(getattr(figure, field), value):
                said.append((at, f"{number}: {field} {getattr(figure, field)} for {value}"))
        for field in WORDED:
            value = plain(getattr(figure, field))
            if value != marked[field] and not (field in MARKED_ONLY and marked[field] is None):
                said.append((at, f"{number}: {field} {value!r} for {marked[field]!r}"))
        whole = None if figure.part_of is None else found[figure.part_of].start
        if whole != marked["part_of"]:
            names = {one.start: one.text for one in found} | {one["start"]: one["number"] for one in gold}
            said.append((at, f"{number}: part_of {names.get(whole)!r} for {names.get(marked['part_of'])!r}"))
    return [words for _, words in sorted(said, key=lambda pair: pair[0])]


def test_there_are_hundreds_of_figures_in_many_styles(marks):
    assert sum(len(marks.read_marks(case["text"])[1]) for case in CASES) >= 800
    assert len({case["style"] for case in CASES}) >= 12


def test_the_gold_is_well_formed(marks):
    for case in CASES:
        assert set(case) <= {"id", "style", "text", "negative", "xfail"}, case["id"]
        text, figures, _ = marks.read_marks_and_names(case["text"])
        assert not set("[]{}@#") & set(text), case["id"]
        assert bool(figures) != bool(case.get("negative")), case["id"]
        starts = Counter(figure["start"] for figure in figures)
        assert max(starts.values(), default=1) == 1, case["id"]


@pytest.mark.parametrize("case", as_tests(CASES))
def test_gold(case, read):
    _, gold, found = read(case["text"])
    judge(case, differences(gold, found))


def test_a_difference_is_told_field_by_field(read):
    text, gold, found = read("[Deux]{c=soldats e=killed p=Gao m=approx} soldats ont été tués et [trois]{v=4} blessés.")
    assert text.startswith("Deux soldats")
    assert differences(gold, found) == [
        "Deux: modifier 'exact' for 'approx'",
        "Deux: place None for 'Gao'",
        "trois: value 3 for 4.0",
        "trois: value_min 3 for 4.0",
        "trois: value_max 3 for 4.0",
        "trois: counted 'soldats' for None",
        "trois: event 'injured' for None",
    ]
    assert differences(gold[:1], found)[-1] == "extra 'trois'"
    assert differences(gold, found[:1])[-1] == "missed 'trois'"


@pytest.mark.parametrize(
    ("known", "found", "says"),
    [
        ([], ["x"], "new:  x"),
        (["x"], [], "all right now: delete its xfail"),
        (["x", "y"], ["y"], "gone: x"),
        (["x"], ['y "z"'], r'xfail = \["y \\"z\\""\]'),
    ],
)
def test_a_change_of_a_known_failure_is_a_failure(known, found, says):
    with pytest.raises(pytest.fail.Exception, match=says):
        judge({"id": "a", "text": "b"} | ({"xfail": known} if known else {}), found)


def test_a_known_failure_is_expected():
    judge({"id": "a", "text": "b"}, [])
    with pytest.raises(pytest.xfail.Exception, match="x"):
        judge({"id": "a", "text": "b", "xfail": ["x"]}, ["x"])
