from __future__ import annotations

import time

import pytest

from newsnlp.entities.recognition.pieces import MOST_PIECES, UNKNOWN, Pieces

SPELT = ["<s>", "<pad>", "</s>", "<unk>", "\u2581", "a", "b", "\u2581ab", "ba", "\u2581ba"]
SCORES = [0.0, 0, 0, 0, -3, -4, -4, -2, -3, -9]


@pytest.fixture
def pieces():
    return Pieces(SPELT, SCORES)


def spelt(pieces, word, *, spaced):
    return [SPELT[row] for row in pieces(word, spaced=spaced)]


def test_the_likeliest_cut_wins(pieces):
    assert spelt(pieces, "abba", spaced=True) == ["\u2581ab", "ba"]
    assert spelt(pieces, "ba", spaced=True) == ["\u2581", "ba"]  # -6 beats -9
    assert spelt(pieces, "ab", spaced=False) == ["a", "b"]


def test_letters_that_no_piece_has_are_one_unknown(pieces):
    assert pieces("aЖЖb", spaced=False) == (5, UNKNOWN, 6)
    assert pieces("😀", spaced=False) == (UNKNOWN,)
    assert pieces("", spaced=False) == (UNKNOWN,)


def test_compatible_letters_are_read_as_plain_ones(pieces):
    assert pieces("ａ", spaced=False) == pieces("a", spaced=False)


def test_the_four_first_rows_are_no_spelling(pieces):
    assert UNKNOWN in pieces("<s>", spaced=False)


def test_a_word_without_end_costs_little(pieces):
    begun = time.process_time()
    assert len(pieces("ab" * 500_000, spaced=True)) == MOST_PIECES
    # One sign that opens to eighteen.
    assert len(pieces("\ufdfa" * 100_000, spaced=True)) <= MOST_PIECES
    assert time.process_time() - begun < 1


def test_what_is_remembered_is_bounded(pieces, monkeypatch):
    monkeypatch.setattr("newsnlp.entities.recognition.pieces._REMEMBERED", 10)
    found = [pieces(f"ab{number}", spaced=True) for number in range(100)]
    assert found == [pieces(f"ab{number}", spaced=True) for number in range(100)]
    assert len(pieces._known) <= 10
