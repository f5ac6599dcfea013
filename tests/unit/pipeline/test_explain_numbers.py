"""Every number of an article is told: as a figure, or with the reason why it is none."""

from __future__ import annotations

import pytest

import newsnlp
from newsnlp.errors import OptionError
from newsnlp.samples import sample_corpus

TEXT = (
    "<p>En&nbsp;2014, un attentat a fait au moins une centaine de morts.</p>\n"
    "<p>RFI et France 24 sont suspendues\u00a0; tous les deux partent.</p>"
)


@pytest.mark.model
def test_every_number_is_told(nlp):
    told = [(n.text, n.reason or n.figure.counted) for n in nlp.explain_numbers(TEXT)]
    assert told == [
        ("2014", "year"),
        ("un", "article"),
        ("une centaine", "morts"),
        ("24", "name"),
        ("deux", "pronoun"),
    ]


@pytest.mark.model
def test_offsets_are_those_of_the_raw_text(nlp):
    for number in nlp.explain_numbers(TEXT):
        assert TEXT[number.start : number.end] == number.text


@pytest.mark.model
def test_meta_counts_what_is_told(nlp):
    for article in sample_corpus()[:8]:
        analysis, numbers = nlp(article), nlp.explain_numbers(article)
        counts = analysis.meta["numbers"]
        assert counts["seen"] == len(numbers) == counts["figures"] + sum(counts["barred"].values())
        assert [n.figure for n in numbers if n.figure] == list(analysis.figures)
        digits = {place for place, sign in enumerate(article.text) if sign in "0123456789"}
        body = {place for start, end in analysis.body_spans for place in range(start, end)}
        told = {place for n in numbers for place in range(n.start, n.end)}
        phrases = {place for f in analysis.figures for place in range(f.phrase_start, f.phrase_end)}
        assert digits & body <= told | phrases


@pytest.mark.model
def test_without_figures_there_is_nothing_to_tell():
    nlp = newsnlp.load(only="entities")
    with pytest.raises(OptionError, match="no figures"):
        nlp.explain_numbers("Trois morts.")
    assert "numbers" not in nlp("Trois morts.").meta
