"""Documents without a model: sentences split by newsnlp's own splitter, names given by the marks."""

from __future__ import annotations

import importlib.util
from itertools import pairwise
from pathlib import Path

import pytest

from newsnlp.figures.extract import read_figures
from newsnlp.language import sentence_starts
from newsnlp.quantities.find import find_quantities
from newsnlp.records import Entity, Label, Mention

ROOT = Path(__file__).parents[2]


def split(text):
    """Return the (start, end) of each sentence, by newsnlp's own splitter."""
    starts = [*sentence_starts(text), len(text)]
    return [(start, end) for start, end in pairwise(starts) if end > start]


@pytest.fixture(scope="session")
def split_text():
    """Return what splits a text into sentences."""
    return split


@pytest.fixture(scope="session")
def marks():
    """Return the module that reads inline marks."""
    spec = importlib.util.spec_from_file_location("inline_marks", ROOT / "training" / "figures" / "inline_marks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def read(marks):
    """Return a reader of marked text: names as the marks give them, figures as the rules find them."""

    def read_text(marked):
        text, gold, names = marks.read_marks_and_names(marked)
        mentions = [
            Mention(start=start, end=end, text=text[start:end], label=Label(label), entity_id=f"e{number}")
            for number, (start, end, label) in enumerate(names)
        ]
        entities = [Entity(id=name.entity_id, name=name.text, label=name.label, mention_count=1) for name in mentions]
        figures = read_figures(text, find_quantities(text), split(text), mentions, entities)
        return text, gold, figures

    return read_text


@pytest.fixture(scope="session")
def figures(read):
    """Return the figures of a text, marked names and all."""
    return lambda text: read(text)[2]
