from __future__ import annotations

import numpy as np
import pytest

from newsnlp.entities.recognition.vectors import UNKNOWN, VECTOR_WIDTH, WordVectors, load_vectors, pack, short_hash


def packed(words):
    table = np.vstack([np.zeros((1, VECTOR_WIDTH)), np.random.default_rng(0).normal(0, 0.5, (9, VECTOR_WIDTH))])
    return table, WordVectors(pack({int(short_hash(word)): row for word, row in words.items()}, table.astype("f")))


def test_a_word_is_looked_for_as_it_is_then_in_lower_case_then_as_a_title():
    _, vectors = packed({"Pierre": 1, "pierre": 2, "Reims": 3, "maire": 4})
    words = ["Pierre", "pierre", "PIERRE", "REIMS", "reims", "Maire", "MAIRE", "Roubaix", ""]
    assert [vectors.row(word) for word in words] == [1, 2, 2, 3, UNKNOWN, 4, 4, UNKNOWN, UNKNOWN]


def test_vectors_come_back_to_a_hundredth_of_their_largest_number():
    table, vectors = packed({"Pierre": 1})
    found = vectors.of_rows(np.array([1, UNKNOWN], dtype="uint64"))
    assert found.dtype == np.float32
    assert np.abs(found[0] - table[1]).max() < np.abs(table[1]).max() / 100
    assert not found[1].any()


def likeness(first, second):
    one, other = load_vectors().of_rows(np.array([load_vectors().row(first), load_vectors().row(second)]))
    return one @ other / np.linalg.norm(one) / np.linalg.norm(other)


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("Metz", "Nancy", "préfet"),
        ("Renault", "Peugeot", "Rennes"),
        ("MARSEILLE", "Toulouse", "aux"),
        ("agent", "policier", "Lille"),
    ],
)
def test_words_of_a_kind_lie_near_each_other(word, near, far):
    assert likeness(word, near) > likeness(word, far) + 0.2
