from __future__ import annotations

import io

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from newsnlp.entities.recognition.features import CUES
from newsnlp.entities.recognition.network import (
    DILATIONS,
    HASH_SEEDS,
    TAGS,
    NameNetwork,
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
    assert rows[0] == rows[2] - rows[1] - 1 == max(DILATIONS)


def test_neighbours_at_a_distance():
    tokens = np.arange(1, 6, dtype="f").reshape(5, 1)
    found = neighbours(tokens, padded_rows([4, 1]), 2)
    assert found.tolist() == [[0, 1, 3], [0, 2, 4], [1, 3, 0], [2, 4, 0], [0, 5, 0]]


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


def blas_threads():
    return {
        library["filepath"]: library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"
    }


def test_products_run_in_one_thread_and_give_back_what_was(network, monkeypatch):
    seen = []
    work = NameNetwork._tag_probabilities

    def nested(self, ids, cues, lengths):
        seen.append(set(blas_threads().values()))
        return network.tag_probabilities(ids, cues, lengths) if len(seen) == 1 else work(self, ids, cues, lengths)

    monkeypatch.setattr(NameNetwork, "_tag_probabilities", nested)
    with threadpool_limits(limits=2, user_api="blas"):
        before = blas_threads()
        network.tag_probabilities(*attributes(5), [5])
        assert seen == [{1}, {1}]
        assert blas_threads() == before


def test_threads_come_back_when_an_analysis_fails(network):
    with threadpool_limits(limits=2, user_api="blas"):
        before = blas_threads()
        with pytest.raises(ValueError, match="mismatch"):
            network.tag_probabilities(*attributes(5)[:1], np.zeros((5, 1), dtype="f"), [5])
        assert blas_threads() == before


def test_words_are_read_once_wherever_they_stand(network):
    ids, cues = attributes(4)
    found = network.tag_probabilities(ids[[0, 1, 2, 3, 1, 0]], cues[[0] * 6], [3, 3])
    again = network.tag_probabilities(ids[[3, 1, 0]], cues[[0] * 3], [3])
    assert np.allclose(found[3:], again, atol=2e-3)
