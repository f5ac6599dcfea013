"""What stands in quotation marks: pairs, nests, paragraphs, marks never closed; dialogue."""

from __future__ import annotations

import pytest

from newsnlp.quotes.marked.marks import LONGEST, find_dialogue, find_marked


def _within(text):
    return [text[marked.first : marked.last] for marked in find_marked(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('« un », “deux”, "trois", („quatre“)', ["un", "deux", "trois", "quatre"]),
        ('les " booties " et l\'"élan"', ["booties", "élan"]),
        ("”faute”, dit-il", ["faute"]),
        # Of nested marks the outer ones; one mark may close both.
        ("« a “b” c » “d « e » f”", ["a “b” c", "d « e » f"]),
        ("« Il m'a dit « non » hier »", ["Il m'a dit « non » hier"]),
        ("« Il m'a dit : « Partez ! »", ["Il m'a dit : « Partez !"]),
        # Over paragraphs: opened once more at their heads, or closed in a later one.
        ("« Un.\n\n« Deux.\n\n» Trois. » Fin.", ["Un.\n\n« Deux.\n\n» Trois."]),
        ('"Un.\n"Deux." Fin.', ['Un.\n"Deux.']),
        ("« Un.\n\nDeux. » Fin « x »", ["Un.\n\nDeux.", "x"]),
        # Never closed: up to the end of the paragraph, or to the next mark.
        ("Il dit : « Oui.\n\nLe « x » passe.", ["Oui.", "x"]),
        ("« A, dit-il. « B », dit-elle.", ["A, dit-il. ", "B"]),
        ("« a", ["a"]),
        # No marks of a quotation.
        ('une course de 10" et un écran de 7".', []),
        ('un mot » seul, « », ""', []),
    ],
)
def test_the_words_in_marks(text, found):
    assert _within(text) == [words.strip() for words in found]


def test_a_quotation_has_a_longest_length():
    assert _within("« " + "mot " * LONGEST + "» « a »") == ["a"]


def test_dialogue_stands_behind_dashes_at_the_head_of_a_paragraph():
    text = "Il vient – enfin.\n– Où est-il ?\n — Ici, dit-elle.\n- un kilo\n– 12 %"
    assert [text[start:end] for start, end in find_dialogue(text)] == ["Où est-il ?", "Ici, dit-elle."]
