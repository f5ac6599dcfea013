"""The place a figure is about. ``@`` marks the names of places that are given."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("2500 soldats sont en @Irak, en plus de 900 autres en @Syrie.", ["Irak", "Syrie"]),
        ("@Colombie : 71 morts dans un crash", ["Colombie"]),
        ("@Irak : un attentat à @Mossoul fait 12 morts", ["Mossoul"]),
        ("Quatre dockers sont morts à @Tema, au @Ghana.", ["Tema"]),
        (
            "Un attentat à @Kaboul, la capitale de l'@Afghanistan, a tué 25 personnes et blessé 49 autres.",
            ["Kaboul"] * 2,
        ),
        ("En @Bretagne, 30 000 foyers sont privés d'électricité.", ["Bretagne"]),
        ("41 morts et 12 blessés à @Lyon", ["Lyon", "Lyon"]),
        ("Le groupe emploie 13 000 personnes en @Europe.", ["Europe"]),
        ("400 000 habitants ont fui @Khartoum.", ["Khartoum"]),
        ("Trente missiles ont été tirés contre @Odessa.", ["Odessa"]),
        ("Les gendarmes de @Nancy ont interpellé quatre voleurs.", ["Nancy"]),
        ("Selon @Washington, douze rebelles ont été tués.", [None]),
        ("Le village est à 12 kilomètres de @Medellín.", [None]),
        ("Il est mort à @Paris à 69 ans.", [None]),
        ("Douze personnes ont été tuées dans cette ville.", [None]),
    ],
)
def test_places(text, places, figures):
    assert [figure.place for figure in figures(text)] == places


def test_without_any_mention_a_preposition_leads(figures):
    assert [figure.place for figure in figures("Douze personnes ont été tuées à Bassora.")] == ["Bassora"]
