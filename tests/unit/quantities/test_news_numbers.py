"""A hundred number expressions of the press in all their forms, each line by itself."""

from __future__ import annotations

import re

import pytest
from tests.gold.cases import load_cases

from newsnlp.quantities.find import find_quantities

MARK = re.compile(r"\[(?P<number>[^\]]*)\]\{(?P<fields>[^}]*)\}")
LINES = {
    f"{case['id']}-{number}": line
    for case in load_cases("quantities_news.toml")
    for number, line in enumerate(case["text"].strip().splitlines(), 1)
}


def test_there_are_enough_of_them():
    assert sum(max(1, len(MARK.findall(line))) for line in LINES.values()) >= 107


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_line(line):
    wanted = [(mark["number"], *mark["fields"].split("|")) for mark in MARK.finditer(line)]
    found = {q.text: q for q in find_quantities(MARK.sub(r"\g<number>", line)) if not q.needs_context}
    extra = found.keys() - {number for number, *_ in wanted}
    # Beside what is marked a line may count plainly: "280 sacs".
    assert not wanted or not [number for number in extra if found[number].kind != "count"]
    assert wanted or not extra
    for number, kind, low, high, modifier, unit in wanted:
        one = found[number]
        assert (one.kind, one.modifier, one.unit or "") == (kind, modifier or "exact", unit)
        for side, value in ((low, one.value_min), (high, one.value_max)):
            assert value == (pytest.approx(float(side), abs=0.07 if kind == "percent" else 1e-4) if side else None)
