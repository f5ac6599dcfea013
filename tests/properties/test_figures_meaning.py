"""Whatever the words, the records of figures hold together."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from newsnlp.figures.extract import read_figures
from newsnlp.language import sentence_starts
from newsnlp.quantities.find import find_quantities

WORDS = [
    "dont",
    "3",
    "12",
    "un",
    "une",
    "deux",
    "aucun",
    "morts",
    "blessés",
    ",",
    ".",
    ";",
    ":",
    "(",
    ")",
    "«",
    "»",
    "selon",
    "la",
    "police",
    "a",
    "annoncé",
    "que",
    "auraient",
    "été",
    "tués",
    "d'entre",
    "eux",
    "parmi",
    "lesquels",
    "sur",
    "les",
    "40",
    "%",
    "millions",
    "d'euros",
    "autres",
    "à",
    "Lyon",
    "des",
    "de",
    "5",
    "000",
    "et",
    "ou",
    "2/3",
    "près",
    "plus",
    "moins",
    "n'",
    "pas",
    "seront",
]
texts = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=40).map(" ".join)


@given(texts)
def test_figures_point_into_the_text_and_never_in_circles(text):
    bounds = [(start, end) for start, end in pairwise([*sentence_starts(text), len(text)]) if end > start]
    figures = read_figures(text, find_quantities(text), bounds)
    for number, figure in enumerate(figures):
        assert text[figure.start : figure.end] == figure.text
        assert figure.sentence is None or text[figure.sentence_start :].startswith(figure.sentence)
        worded = (figure.counted, figure.place, figure.actor, figure.source, figure.date)
        assert all(value is None or value == value.strip() != "" for value in worded)
        seen, at = set(), number
        while (parent := figures[at].part_of) is not None:
            assert at not in seen
            seen.add(at)
            at = parent
