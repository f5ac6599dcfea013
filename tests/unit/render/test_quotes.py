"""Quotations in the notebook and in the terminal: nested marks are well formed, and no word is lost."""

from __future__ import annotations

import html.parser

import pytest

from newsnlp.record_fields import CueKind, QuoteKind, SourceKind
from newsnlp.records import Analysis, Article, Entity, Figure, Mention, Quote
from newsnlp.render import labels_fr
from newsnlp.render.html import analysis_to_html
from newsnlp.render.terminal import analysis_tables

TEXT = "Selon Anne Roux, les 12 blessés de Gao vont « bien ».\nElle promet de revenir."


class Nested(html.parser.HTMLParser):
    """Fails on tags that are not nested; gives the text, and that inside of quotations."""

    def __init__(self, made):
        super().__init__()
        self.open, self.text, self.said, self.marks = [], "", "", 0
        self.feed(made)
        assert not self.open

    def handle_starttag(self, tag, _attrs):
        self.marks += tag == "mark" and "span" in self.open
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "small" in self.open:
            return
        self.text += data
        self.said += data if "span" in self.open else "|" if self.said[-1:] not in ("", "|") else ""


def span(words, text=TEXT):
    start = text.index(words)
    return start, start + len(words)


def shown(quotes, *, marks=("Anne Roux", "Gao"), figures=("12 blessés",), body=None):
    records = {
        "quotes": tuple(
            Quote(start=start, end=end, text=TEXT[start:end], kind="indirect", speaker="Anne Roux")
            for start, end in map(span, quotes)
        ),
        "mentions": tuple(
            Mention(start=start, end=end, text=TEXT[start:end], label="LOC") for start, end in map(span, marks)
        ),
        "figures": tuple(
            Figure(start=start, end=end, text=TEXT[start:end], value=12) for start, end in map(span, figures)
        ),
    }
    return Nested(
        analysis_to_html(Analysis(article=Article(text=TEXT), body_spans=body or ((0, len(TEXT)),), **records))
    )


def test_a_quotation_holds_names_and_figures():
    seen = shown(["les 12 blessés de Gao vont « bien »"])
    assert seen.said.strip("|") == "les 12 blessés de Gao vont « bien »"
    assert seen.marks == 2
    assert seen.text == TEXT.replace("\n", "")


@pytest.mark.parametrize(
    ("quotes", "said"),
    [
        (["blessés de Gao vont"], " de Gao vont"),  # begins inside a figure
        (["les 12"], "les "),  # ends inside one
        (["blessés"], ""),  # is inside one
        (["de Gao", "vont « bien »"], "de Gao| vont « bien »".replace(" vont", "vont")),
        (["les 12 blessés de Gao vont « bien »", "bien"], "les 12 blessés de Gao vont « bien »"),  # one in the other
        (["vont « bien ».\nElle promet"], "vont « bien ».Elle promet"),
    ],
)
def test_marks_that_overlap(quotes, said):
    seen = shown(quotes)
    assert seen.said.strip("|") == said
    assert seen.text == TEXT.replace("\n", "")


def test_a_quotation_over_two_parts():
    line = TEXT.index("\n")
    seen = shown(["vont « bien ».\nElle promet"], body=((0, line), (line + 1, len(TEXT))))
    assert seen.said.strip("|") == "vont « bien ».Elle promet"


def test_the_terminal_has_a_table_of_quotations():
    start, end = span("les 12 blessés")
    quote = Quote(
        start=start,
        end=end,
        text="les 12 blessés",
        kind="mixed",
        speaker="elle",
        entity_id="e1",
        cue="promet",
        cue_kind="promising",
        source_kind="official",
    )
    entity = Entity(id="e1", name="Anne Roux", label="PER", mention_count=1)
    tables = analysis_tables(Analysis(article=Article(text=TEXT), entities=(entity,), quotes=(quote,)))
    (rows,) = (rows for title, _, rows in tables if title == "Citations")
    assert rows == [("les 12 blessés", "propos en partie cités", "Anne Roux", "officiel", "promet", "promet")]


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (labels_fr.QUOTE_KINDS, QuoteKind),
        (labels_fr.CUE_KINDS, CueKind),
        (labels_fr.SOURCE_KINDS, SourceKind),
    ],
)
def test_every_value_has_a_french_word(words, values):
    assert set(words) == {str(value) for value in values}
