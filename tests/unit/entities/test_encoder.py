from __future__ import annotations

import io
import tracemalloc

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from newsnlp.entities.recognition.decoding import decode
from newsnlp.entities.recognition.encoder import (
    BLOCK,
    MATRICES,
    MOST_PIECES,
    NORMS,
    WIDTH,
    Encoder,
    load_encoder,
    read_encoder,
)
from newsnlp.entities.recognition.network import TAGS
from newsnlp.errors import ModelFormatError

INNER = 16
SPELT = ["<s>", "<pad>", "</s>", "<unk>", "\u2581", *"abcdefghijklmnopqrstuvwxyz"]


def small_arrays(seed=0, layers=2):
    """Return arrays of the shipped form, at random, with a narrow inner layer."""
    rng = np.random.default_rng(seed)
    arrays = {
        "pieces": np.frombuffer("\n".join(SPELT).encode(), "u1"),
        "scores": np.full(len(SPELT), -3, "f4"),
        "table": rng.integers(0, 256, (len(SPELT), WIDTH // 2)).astype("u1"),
        "table_scale": np.full((len(SPELT), WIDTH // BLOCK), 0.05, "f2"),
        "layers": np.array(layers),
        "norm": np.ones(WIDTH, "f2"),
        "norm_bias": np.zeros(WIDTH, "f2"),
    }

    def matrix(name, rows, columns):
        arrays[name] = rng.integers(-127, 128, (rows, columns)).astype("i1")
        arrays[f"{name}_scale"] = np.full(rows, 0.001, "f2")
        arrays[f"{name}_bias"] = rng.normal(0, 0.1, rows).astype("f2")

    matrix("positions", MOST_PIECES + 2, WIDTH)
    matrix("head", len(TAGS), WIDTH)
    for layer in range(layers):
        for name in MATRICES:
            matrix(f"{layer}.{name}", INNER if name == "fi" else WIDTH, INNER if name == "fo" else WIDTH)
        for name in NORMS:
            arrays[f"{layer}.{name}"], arrays[f"{layer}.{name}_bias"] = np.ones(WIDTH, "f2"), np.zeros(WIDTH, "f2")
    return arrays


@pytest.fixture(scope="module")
def small():
    return Encoder(small_arrays())


def line(text):
    words = text.split(" ")
    return words, [True] * len(words)


def test_each_word_has_probabilities(small):
    found = small.tag_probabilities([line("un mot"), line("et trois autres")])
    assert [rows.shape for rows in found] == [(2, len(TAGS)), (3, len(TAGS))]
    assert all(np.allclose(rows.sum(axis=1), 1, atol=1e-5) for rows in found)


def test_a_line_does_not_see_the_others(small):
    lines = [line("le maire de nancy"), line("abc"), line("mot " * 40 + "fin")]
    together = small.tag_probabilities(lines)
    for one, rows in zip(lines, together, strict=True):
        assert np.allclose(small.tag_probabilities([one])[0], rows, atol=1e-5)


def test_a_long_line_is_cut_between_words(small):
    words = ["abcdef"] * 200
    found = small.tag_probabilities([(words, [True] * 200)])[0]
    assert found.shape == (200, len(TAGS))
    assert (found.sum(axis=1) > 0.99).all()
    # Seven pieces a word: the second part begins anew, as a line of its own does.
    fit = MOST_PIECES // 7
    assert np.allclose(found[fit : 2 * fit], found[:fit], atol=1e-5)


@pytest.mark.parametrize("words", [[], [""], ["😀" * 999], ["a" * 100_000], ["\x00", "\ud800", "ﷺ"], ["·"] * 3_000])
def test_hostile_words_have_probabilities(small, words):
    found = small.tag_probabilities([(words, [True] * len(words))])[0]
    assert found.shape == (len(words), len(TAGS))
    assert np.allclose(found.sum(axis=1), 1, atol=1e-5)


def test_no_line_gives_nothing(small):
    assert small.tag_probabilities([]) == []


def test_memory_does_not_grow_with_the_text(small):
    lines = [line("abcdef " * 30 + "fin")] * 20
    small.tag_probabilities(lines)
    peaks = []
    for times in (1, 10):
        tracemalloc.start()
        small.tag_probabilities(lines * times)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # What is returned grows, and nothing else.
    assert peaks[1] < peaks[0] + 10 * 20 * 31 * len(TAGS) * 4 * 3


@pytest.mark.parametrize("name", ["table", "scores", "positions", "head", "1.fo", "0.q_bias", "layers"])
def test_arrays_that_do_not_fit_are_refused(name):
    arrays = small_arrays()
    arrays[name] = arrays[name][:-1] if arrays[name].ndim else np.array(3)
    file = io.BytesIO()
    np.savez(file, **arrays)
    with pytest.raises(ModelFormatError, match=r"encoder\.npz is damaged"):
        read_encoder(file.getvalue())


def test_no_damaged_byte_gives_another_error():
    file = io.BytesIO()
    np.savez_compressed(file, **small_arrays())
    data = file.getvalue()
    for cut in (0, 10, len(data) // 2, len(data) - 1):
        with pytest.raises(ModelFormatError):
            read_encoder(data[:cut])


def test_what_is_not_finite_is_refused():
    arrays = small_arrays()
    arrays["head_bias"][0] = np.nan
    file = io.BytesIO()
    np.savez(file, **arrays)
    with pytest.raises(ModelFormatError, match="finite"):
        read_encoder(file.getvalue())


def test_shipped_weights_find_names():
    words = ["Le", "ministre", "Lloyd", "Austin", "a", "quitté", "Bagdad", "."]
    found = load_encoder().tag_probabilities([(words, [True] * len(words))])[0]
    assert [(words[s:e], label) for s, e, label, _ in decode(found)] == [
        (["Lloyd", "Austin"], "PER"),
        (["Bagdad"], "LOC"),
    ]


def test_it_holds_numpy_to_one_thread_while_it_runs(small, monkeypatch):
    from newsnlp.entities.recognition import encoder as module

    seen = []
    plain = module._gelu

    def spy(rows):
        from threadpoolctl import threadpool_info

        seen.extend(info["num_threads"] for info in threadpool_info() if info["user_api"] == "blas")
        return plain(rows)

    monkeypatch.setattr(module, "_gelu", spy)
    with threadpool_limits(limits=2, user_api="blas"):
        small.tag_probabilities([line("un mot")])
    assert set(seen) == {1}
