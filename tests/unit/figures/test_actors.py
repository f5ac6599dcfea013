"""Who acts, or is said to own those counted."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Les @États-Unis maintiennent 2500 soldats en @Irak.", "États-Unis"),
        ("L'aviation a mené quatorze frappes.", "aviation"),
        ("Le club compte 127 licenciés.", "club"),
        ("La police a interpellé 47 personnes.", "police"),
        ("Le bilan fait état de 12 morts.", None),
        ("Un séisme a tué 12 personnes.", "séisme"),
        ("Douze personnes ont été tuées.", None),
        ("Il a tué 12 personnes.", None),
    ],
)
def test_actors(text, actor, figures):
    if actor == "séisme":
        actor = None  # it causes, it does not act
    assert [figure.actor for figure in figures(text)] == [actor]


def test_one_subject_of_two_verbs(figures):
    found = figures("La coalition a effectué neuf raids et détruit deux dépôts.")
    assert [figure.actor for figure in found] == ["coalition", "coalition"]
