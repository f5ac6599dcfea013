"""The counted noun: beside the number, or left out by the text."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("12 soldats américains sont arrivés.", ["soldats"]),
        ("Les trois premières victimes ont parlé.", ["victimes"]),
        ("Quatre policiers et soldats montaient la garde.", ["policiers et soldats"]),
        ("Deux casques bleus ont péri.", ["casques bleus"]),
        ("Une dizaine de maisons ont brûlé.", ["maisons"]),
        ("30 % des électeurs ont voté.", ["électeurs"]),
        ("Une hausse de 4 % de hausse.", [None]),
        ("Le bénéfice atteint 3 millions d'euros.", [None]),
        ("Il a 42 ans.", [None]),
        ("Quatre des prévenus ont fui.", ["prévenus"]),
        ("Trois jeunes fauchés sur l'autoroute", ["jeunes"]),
        ("Un Français sur trois fume.", ["Français"]),
    ],
)
def test_beside_the_number(text, nouns, figures):
    assert [figure.counted for figure in figures(text)] == nouns


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("2500 soldats sont en Irak, en plus de 900 autres en Syrie.", ["soldats", "soldats"]),
        ("Cinq marins ont été blessés, dont un grièvement.", ["marins", "marins"]),
        ("Douze rebelles ont été tués et trois capturés.", ["rebelles", "rebelles"]),
        ("40 élèves ont disparu. Deux d'entre eux ont été retrouvés.", ["élèves", "élèves"]),
        ("Le bilan est passé de 16 à 21 morts.", ["morts", "morts"]),
        ("Le nombre de morts s'élève désormais à 1 034.", ["morts"]),
        ("Le nombre de blessés a encore augmenté. Il s'élève à 262.", ["blessés"]),
        ("Les randonneurs ont bravé la pluie : ils étaient 300 au départ.", ["randonneurs"]),
        ("Les bénévoles, une cinquantaine au total, sont venus.", ["bénévoles"]),
        ("41 personnes ont été tuées et une soixantaine blessées.", ["personnes", "personnes"]),
        ("Le taux est de 1,9 enfant par femme en France, 1,3 en Espagne.", ["enfant", "enfant"]),
        ("Neuf personnes ont été tuées, 15 autres blessées.", ["personnes", "personnes"]),
    ],
)
def test_where_the_text_leaves_it_out(text, nouns, figures):
    assert [figure.counted for figure in figures(text)] == nouns
