"""Which way a verb points."""

from __future__ import annotations

import pytest

from newsnlp.dates.direction import AHEAD, BEHIND, UNKNOWN, direction
from newsnlp.dates.tokens import read


@pytest.mark.parametrize(
    ("sentence", "way"),
    [
        ("Il va être jugé lundi.", AHEAD),
        ("Le projet doit être examiné lundi.", AHEAD),
        ("Les négociations reprendront lundi.", AHEAD),
        ("La commission devrait se réunir lundi.", AHEAD),
        ("Le pape est attendu lundi à Nice.", AHEAD),
        ("Rendez-vous lundi devant la mairie.", AHEAD),
        ("L'homme aurait été aperçu lundi.", BEHIND),
        ("L'accident s'est produit lundi.", BEHIND),
        ("Trois soldats tués lundi au Mali.", BEHIND),
        ("Le président annonça lundi son départ.", BEHIND),
        ("Ils moururent lundi.", BEHIND),
        ("Il travaille ici depuis lundi.", BEHIND),
        ("M. Allende lundi à Lima.", UNKNOWN),
        ("Il a dit commencer lundi.", UNKNOWN),
        ("Ceux qui ont gagné comptent voter lundi.", UNKNOWN),
        ("Dans un discours lundi pour célébrer la fête, il a souri.", BEHIND),
    ],
)
def test_the_way_of_a_sentence(sentence, way):
    text = read(sentence)
    token = next(place for place in range(len(text.words)) if text.word(place) == "lundi")
    assert direction(text, token, token) == way
