"""What the articles of a corpus share and is none of theirs is found before the run, left out, and told."""

from __future__ import annotations

import pytest

from newsnlp import analyze_corpus, read_tables
from newsnlp.errors import OptionError

OFFER = "Chaque matin à sept heures, découvrez 12 nouvelles de votre canton, sans engagement de durée."
ROWS = [
    {"id": f"a{n}", "text": f"{text}\n\n{OFFER}"}
    for n, text in enumerate(
        [
            "Trois randonneurs ont été tués mardi à Modane, a indiqué la préfecture.",
            "Deux cyclistes ont été blessés lundi à Douai, a indiqué la police.",
            "Le musée de Lyon expose 120 toiles de Soulages jusqu'en juin.",
        ]
    )
]


def values(out):
    return sorted(int(value) for value in read_tables(out)["figures"]["value"])


@pytest.mark.model
def test_notices_that_articles_share_give_no_figures_unless_they_are_kept(tmp_path):
    report = analyze_corpus(ROWS, tmp_path / "drop", progress=False)
    assert values(tmp_path / "drop") == [2, 3, 120]
    assert any(
        "1 notices that the articles share are left out; first: 'Chaque matin" in told for told in report.warnings
    )
    kept = analyze_corpus(ROWS, tmp_path / "keep", notices="keep", progress=False)
    assert values(tmp_path / "keep").count(12) == 3
    assert not any("notices" in told for told in kept.warnings)


@pytest.mark.model
def test_an_input_that_can_be_read_once_keeps_them(tmp_path):
    analyze_corpus(iter(ROWS), tmp_path, progress=False)
    assert values(tmp_path).count(12) == 3


def test_another_answer_is_refused(tmp_path):
    with pytest.raises(OptionError, match="notices='maybe'"):
        analyze_corpus(ROWS, tmp_path, notices="maybe")
