"""Which words of a text are nouns, adjectives and names, without a tagger."""

from __future__ import annotations

import pytest

from newsnlp.topics.word_kinds import words_of


def kinds(text):
    return "".join(word.kind for word in words_of(text))


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Des voitures électriques chinoises.", "DNAAX"),
        ("Les syndicats commenceront la grève mardi.", "LNXLNXX"),
        ("Paris reste en tête du classement.", "PXXNDNX"),
        ("Les billets volent devant la banque.", "LNXXLNX"),
        ("Les ministres négociaient un accord.", "LNXXNX"),
        ("", ""),
    ],
)
def test_kinds_of_words(text, letters):
    assert kinds(text) == letters


def test_a_capital_that_opens_a_sentence_is_no_name_where_the_word_stands_in_lower_case_too():
    assert [word.kind for word in words_of("Grève à la SNCF. La grève dure.") if word.text.lower() == "grève"] == [
        "N",
        "N",
    ]


def test_words_have_their_places():
    text = "L'avion de Riga"
    assert [text[word.start : word.end] for word in words_of(text)] == ["L", "avion", "de", "Riga"]


@pytest.mark.parametrize("text", ["\ud800 mot", "é" * 5000, "a-" * 3000, "\u0301 \u0301"])
def test_anything_is_read(text):
    assert len(words_of(text)) <= len(text)
