from __future__ import annotations

import numpy as np
import pytest

from newsnlp.entities.recognition import doubt
from newsnlp.entities.recognition.doubt import ACCURATE_SHARE, ask_encoder
from newsnlp.entities.recognition.lines import Words, split_lines
from newsnlp.entities.recognition.network import TAGS


class Answers:
    """An encoder that holds every word to be a person, and keeps what it was asked."""

    def __init__(self):
        self.asked = []

    def tag_probabilities(self, lines):
        self.asked += [" ".join(words) for words, _ in lines]
        found = [np.zeros((len(words), len(TAGS)), "f") for words, _ in lines]
        for rows in found:
            rows[:, TAGS.index("U-PER")] = 1
        return found


def sure(lines):
    """Return the tags of words that are no names for sure."""
    rows = np.zeros((sum(len(line.words) for line in lines), len(TAGS)), "f")
    rows[:, 0] = 1
    return rows


@pytest.fixture
def encoder(monkeypatch):
    answers = Answers()
    monkeypatch.setattr(doubt, "load_encoder", lambda: answers)
    return answers


@pytest.mark.model
def test_only_lines_in_doubt_are_asked_about(nlp, encoder):
    lines = split_lines(Words.of(nlp.language("Il a plu.\nKarl est venu. Il a neigé.\nKarl est parti.")))
    rows = sure(lines)
    rows[4, 0], rows[4, TAGS.index("U-LOC")] = 0.5, 0.5
    ask_encoder(lines, rows)
    assert encoder.asked == ["Karl est venu . Il a neigé ."]
    assert rows[4, TAGS.index("U-PER")] == pytest.approx(ACCURATE_SHARE)
    assert rows[4, TAGS.index("U-LOC")] == pytest.approx(0.5 * (1 - ACCURATE_SHARE))
    assert rows[0, 0] == rows[-1, 0] == 1
    assert np.allclose(rows.sum(axis=1), 1)


@pytest.mark.model
def test_nothing_is_read_where_nothing_is_in_doubt(nlp, monkeypatch):
    def refuse():
        raise AssertionError

    monkeypatch.setattr(doubt, "load_encoder", refuse)
    lines = split_lines(Words.of(nlp.language("Il a plu.")))
    ask_encoder(lines, sure(lines))
    ask_encoder([], sure([]))
