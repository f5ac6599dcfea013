from __future__ import annotations

import io

import numpy as np
import pytest

from newsnlp.entities.recognition.features import CUES
from newsnlp.entities.recognition.network import (
    HASH_SEEDS,
    TAGS,
    load_network,
    neighbours,
    padded_rows,
    read_weights,
    word_ids,
    write_weights,
)


def test_rows_leave_room_between_lines():
    rows = padded_rows([2, 1])
    assert rows[1] == rows[0] + 1
    assert rows[2] - rows[1] > 10


def test_neighbours_at_a_distance():
    rows = np.arange(4, dtype="f").reshape(4, 1)
    assert neighbours(rows, 2).tolist() == [[0, 0, 2], [0, 1, 3], [0, 2, 0], [1, 3, 0]]


def test_affixes_ignore_case_but_not_letters():
    assert word_ids("NANCY") == word_ids("Nancy")
    assert word_ids("Nancy") != word_ids("Nantes")


@pytest.fixture(scope="module")
def network():
    return load_network()


def attributes(count, seed=0):
    rng = np.random.default_rng(seed)
    ids = rng.integers(0, 2**60, (count, len(HASH_SEEDS) + 1)).astype("uint64")
    ids[:, -1] = rng.integers(0, 20_000, count)
    return ids, np.zeros((count, len(CUES)), dtype="f")


def test_shipped_weights_know_the_cues(network):
    assert network.cues == CUES


def test_probabilities_sum_to_one(network):
    ids, cues = attributes(7)
    found = network.tag_probabilities(ids, cues, [4, 3])
    assert found.shape == (7, len(TAGS))
    assert np.allclose(found.sum(axis=1), 1, atol=1e-5)


def test_a_line_does_not_see_the_next(network):
    ids, cues = attributes(30)
    together = network.tag_probabilities(ids, cues, [10, 20])
    alone = network.tag_probabilities(ids[:10], cues[:10], [10])
    assert np.allclose(together[:10], alone, atol=2e-3)


def test_weights_survive_writing(network):
    file = io.BytesIO()
    write_weights(file, network.arrays, network.cues)
    again = read_weights(file.getvalue())
    ids, cues = attributes(5)
    assert np.allclose(again.tag_probabilities(ids, cues, [5]), network.tag_probabilities(ids, cues, [5]), atol=1e-4)
