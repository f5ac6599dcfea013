from __future__ import annotations

import numpy as np
import pytest

from newsnlp.entities.recognition.decoding import decode
from newsnlp.entities.recognition.network import TAGS


def probabilities(*tags, sure=0.9):
    table = np.full((len(tags), len(TAGS)), (1 - sure) / (len(TAGS) - 1), dtype="f")
    for row, tag in enumerate(tags):
        table[row, TAGS.index(tag)] = sure
    return table


def spans(table):
    return [span[:3] for span in decode(table)]


def test_spans_are_read():
    table = probabilities("O", "B-PER", "L-PER", "O", "U-LOC", "B-ORG", "I-ORG", "L-ORG")
    assert spans(table) == [(1, 3, "PER"), (4, 5, "LOC"), (5, 8, "ORG")]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (["O", "I-ORG", "O"], 0),
        (["B-PER", "L-LOC"], 1),
        (["B-ORG", "I-ORG", "O"], 1),
    ],
)
def test_invalid_sequences_are_mended(tags, expected):
    found = decode(probabilities(*tags))
    assert len(found) <= expected
    assert all(0 <= start < end <= len(tags) for start, end, _, _ in found)


def test_the_least_sure_end_decides():
    table = probabilities("B-PER", "L-PER")
    table[1] = 0.5 / (len(TAGS) - 1)
    table[1, TAGS.index("L-PER")] = 0.5
    assert decode(table)[0][3] == pytest.approx(0.45, abs=0.01)


def test_nothing_where_all_is_outside():
    assert decode(probabilities("O", "O", sure=0.99)) == []
    assert decode(np.zeros((0, len(TAGS)), dtype="f")) == []
