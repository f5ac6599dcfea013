"""Reading, tokenising and augmenting the examples that the entity tagger learns from."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[3] / "training" / "entities"


@pytest.fixture(scope="module")
def data():
    sys.path.insert(0, str(TRAINING))
    try:
        import data as module
    finally:
        sys.path.remove(str(TRAINING))
    yield module
    sys.modules.pop("data")


def test_marks_become_spans(data):
    text, spans = data.marked("Le maire [Jean Dupont](PER) est à [Lyon](LOC).")
    assert text == "Le maire Jean Dupont est à Lyon."
    assert [(text[start:end], label) for start, end, label in spans] == [("Jean Dupont", "PER"), ("Lyon", "LOC")]


@pytest.mark.model
def test_lines_become_examples_and_half_tokens_are_unsure(data, nlp):
    text = "Jean Dupont parle.\nIl est à Lyon."
    spans = [(0, 11, "PER"), (28, 32, "LOC"), (20, 21, "ORG")]
    first, second = data.tokenised(nlp.language, text, spans, "x", "x")
    assert first.mentions == [(0, 2, "PER")]
    assert [second.words[start:end] for start, end, _ in second.mentions] == [["Lyon"]]
    assert second.unsure == {0}


@pytest.mark.model
def test_other_names_stand_in_the_same_places(data, nlp):
    text, spans = data.marked("Le maire [Jean Dupont](PER) a vu [Marie Durand](PER) et [Lyon](LOC) sous la pluie.")
    examples = data.tokenised(nlp.language, text, spans, "x", "x")
    others = [
        example
        for name in ("Anne Petit", "Luc Morel", "Paul Leroy", "Ève Girard", "Max Roux")
        for example in data.tokenised(nlp.language, f"Voici {name}.", [(6, 6 + len(name), "PER")], "x", name)
    ]
    augment = data.Augmenter(examples + others, random.Random(3), {})
    seen = set()
    for _ in range(50):
        changed = augment.renamed(examples[0])
        assert len(changed.words) == len(changed.spaces)
        assert [label for _, _, label in changed.mentions] == ["PER", "PER", "LOC"]
        assert changed.words[:2] == ["Le", "maire"]
        assert changed.words[-4:] == ["sous", "la", "pluie", "."]
        seen.add(" ".join(changed.words[slice(*changed.mentions[0][:2])]))
    assert len(seen) > 2


def test_capitals_change_and_mentions_stay(data):
    example = data.Example(["À", "Lyon"], [True, False], [(1, 2, "LOC")], "x", "x")
    shouted = data.recased(example, str.upper)
    assert (shouted.words, shouted.mentions) == (["À", "LYON"], [(1, 2, "LOC")])
