"""find_quantities against inline-marked French sentences, and what it refuses."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.gold.cases import as_tests, judge, load_cases

from newsnlp.quantities.find import find_quantities
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from newsnlp.quantities.candidates import Quantity

CASES = load_cases("quantities.toml")
MARK = re.compile(r"\[(?P<number>[^\]]*)\]\{(?P<fields>[^}]*)\}")


class Marked(NamedTuple):
    start: int
    number: str
    kind: str
    low: float | None
    high: float | None
    modifier: str
    unit: str | None


def read_marks(text: str) -> tuple[str, list[Marked]]:
    """Return the text without its marks, and what they say."""
    plain, marks, last = "", [], 0
    for match in MARK.finditer(text):
        plain += text[last : match.start()]
        kind, low, high, modifier, unit = match["fields"].split("|")
        start = len(plain)
        plain += match["number"]
        marks.append(
            Marked(
                start,
                match["number"],
                kind,
                float(low) if low else None,
                float(high) if high else None,
                modifier or "exact",
                unit or None,
            )
        )
        last = match.end()
    return plain + text[last:], marks


def near(found: float | None, wanted: float | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return found == pytest.approx(wanted, rel=1e-4)


def differences(marks: list[Marked], found: list[Quantity]) -> list[str]:
    """Return what is missed, what is extra, and every field that is not as marked."""
    at = {quantity.start: quantity for quantity in found}
    starts = {mark.start for mark in marks}
    said = [f"extra {quantity.text!r}" for quantity in found if quantity.start not in starts]
    for mark in marks:
        quantity = at.get(mark.start)
        if quantity is None:
            said.append(f"missed {mark.number!r}")
            continue
        wanted = {"text": mark.number, "kind": mark.kind, "modifier": mark.modifier, "unit": mark.unit}
        bounds = {"value_min": mark.low, "value_max": mark.high, "value": mark.low if mark.low == mark.high else None}
        said += [
            f"{mark.number}: {field} {str(getattr(quantity, field))!r} for {value!r}"
            for field, value in wanted.items()
            if getattr(quantity, field) != value
        ]
        said += [
            f"{mark.number}: {field} {getattr(quantity, field)} for {value}"
            for field, value in bounds.items()
            if not near(getattr(quantity, field), value)
        ]
    return said


def test_gold_is_well_formed():
    for case in CASES:
        assert set(case) <= {"id", "why", "text", "negative", "xfail"}
        marked = len(MARK.findall(case["text"]))
        assert case["text"].count("]{") == marked, case["id"]
        assert bool(marked) != bool(case.get("negative")), case["id"]


@pytest.mark.parametrize("case", as_tests(CASES))
def test_gold(case):
    text, marks = read_marks(case["text"])
    judge(case, differences(marks, [q for q in find_quantities(text) if not q.needs_context]))


def test_articles_need_context():
    quantities = find_quantities("Un mort et trois blessés, dont un grièvement ; aucun disparu.")
    assert [(q.text, q.needs_context) for q in quantities] == [
        ("Un", True),
        ("trois", False),
        ("un", True),
        ("aucun", True),
    ]
    assert quantities[3].value == 0


def test_measured_article_is_definite():
    (plus,) = find_quantities("plus d'un an après")
    assert not plus.needs_context
    assert (plus.value_min, plus.value_max, plus.unit) == (1, None, "year")
    (bare,) = find_quantities("un an après")
    assert bare.needs_context


def test_phrase_spans_modifier_and_unit():
    text = "Il a parcouru près de 300 kilomètres."
    (quantity,) = find_quantities(text)
    assert text[quantity.phrase_start : quantity.phrase_end] == "près de 300 kilomètres"


def test_ratio_names_its_noun():
    text = "Un Français sur trois"
    (quantity,) = find_quantities(text)
    assert text[quantity.noun_start : quantity.noun_end] == "Français"
    assert quantity.share


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "0",
        "%",
        "12",
        "un",
        "1 2 3",
        "²³",
        "١٢٣",
        "NaN",
        "1e309",
        "9" * 80,
        "0,5%",
        "1.234.567,89",
        "İİ 12 km",
    ],
)
def test_bad_input_is_right_or_left_out(text):
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
        for side in (quantity.value_min, quantity.value_max):
            assert side is None or abs(side) < float("inf")


def test_a_page_of_box_scores():
    page = "\n".join(f"Équipe {i} {i * 3}-{i * 2} 1 2 3 {i}e 12' {i}/10 (0-1)" for i in range(1, 200))
    found = find_quantities(page)
    assert found == sorted(found, key=lambda q: q.start)
    assert all(first.end <= second.start for first, second in pairwise(found))


def test_fold_keeps_length():
    for text in ("İstanbul ’ \u202f", "ẞ", "ﬁn", "ΑΣ"):
        assert len(fold(text)) == len(text)


def test_a_long_table_of_numbers_takes_no_exponential_time():
    # Each " - " could be read in two ways as part of a list of days: 2^500 ways before.
    assert len(find_quantities("12 - 3, " * 500)) <= 1000
