"""What changed: the ends of a change, the difference, the factor, which way, and the figure compared with."""

from __future__ import annotations

import pytest

from newsnlp.figures.extract import read_figures
from newsnlp.quantities.find import find_quantities


@pytest.fixture
def changes(split_text):
    """Return number, change, direction and the number compared with, of each figure of a text."""

    def read(text):
        figures = read_figures(text, find_quantities(text), split_text(text))
        return [
            (f.text, f.change and f.change.value, f.direction and f.direction.value, base and figures[f.baseline].text)
            for f in figures
            for base in [f.baseline is not None]
        ]

    return read


ENDS = [
    ("La participation est passée de 41 à 47 %.", "41", "47", "up"),
    ("Le ministre veut ramener de 9 à 7 le nombre de jurés.", "9", "7", "down"),
    ("L'effectif est tombé de 320 salariés en 2015 à 210 en 2023.", "320", "210", "down"),
    ("Le tarif sera relevé de 12 à 15 euros.", "12", "15", "up"),
    ("Les ventes ont progressé de 20 à 25 %.", "20", "25", "up"),
    ("La hausse du taux de 2 à 3 % est votée.", "2", "3", "up"),
    ("L'âge du départ passe de 60 à 62 ans.", "60", "62", "up"),
]


@pytest.mark.parametrize(("text", "first", "last", "way"), ENDS)
def test_from_and_to(changes, text, first, last, way):
    found = changes(text)
    assert (first, "from", way, False) in found
    assert (last, "to", way, first) in found


@pytest.mark.parametrize(
    ("text", "number", "way"),
    [
        ("Le bénéfice a reculé de 4,2 %.", "4,2", "down"),
        ("Une hausse de 12 % des loyers est attendue.", "12", "up"),
        ("Le déficit s'est creusé de 2 milliards d'euros.", "2 milliards", "up"),
        ("La banque a relevé ses taux de 25 points de base.", "25", "up"),
        ("Le trafic a été réduit de moitié.", "moitié", "down"),
        ("La popularité de la mairesse est en baisse de 6 points.", "6", "down"),
        ("L'indice a cédé 0,8 %.", "0,8", "down"),
        ("Le titre gagnait jusqu'à 3 % vendredi.", "3", "up"),
        ("Les cambriolages (- 4,5 %) sont plus rares.", "4,5", "down"),
        ("La croissance de l'emploi est de 0,4 % par an.", "0,4", "up"),
        ("Une baisse de 20 à 25 % des prix est attendue.", "20 à 25", "down"),
        ("Les ventes ont chuté de 10 à 30 %.", "10 à 30", "down"),
        ("Le lycée compte 40 élèves de plus.", "40", "up"),
    ],
)
def test_a_difference(changes, text, number, way):
    assert (number, "by", way) in {one[:3] for one in changes(text)}


@pytest.mark.parametrize(
    ("text", "number", "way"),
    [
        ("Le nombre de vols a été divisé par trois.", "trois", "down"),
        ("La production a été multipliée par 4.", "4", "up"),
        ("Le mètre carré est deux fois et demie plus cher à Nice.", "deux fois et demie", "up"),
        ("Trois fois moins de candidats se présentent.", "Trois", "down"),
    ],
)
def test_a_factor(changes, text, number, way):
    assert changes(text)[0][:3] == (number, "times", way)


def test_a_half_is_part_of_a_factor():
    assert find_quantities("Le terrain est deux fois et demie plus grand.")[0].value == 2.5


@pytest.mark.parametrize(
    ("text", "now", "then", "way"),
    [
        ("L'usine a livré 74 rames, contre 58 un an plus tôt.", "74", "58", "up"),
        ("Le club a gagné 12 millions d'euros contre 19,5 l'an dernier.", "12 millions", "19,5", "down"),
        ("L'inflation a ralenti à 2,1 % après 2,9 % en mars.", "2,1", "2,9", "down"),
        (
            "Le groupe a réduit sa dette à 40 millions, au lieu de 95 millions en 2020.",
            "40 millions",
            "95 millions",
            "down",
        ),
        ("Le chômage est à 9 %, en hausse par rapport aux 7 % de 2012.", "9", "7", "up"),
    ],
)
def test_a_level_and_the_one_before(changes, text, now, then, way):
    assert changes(text) == [(now, "to", way, then), (then, "from", way, False)]


def test_unit_and_scale_are_borrowed_after_contre():
    now, then = find_quantities("Le club a gagné 12 millions d'euros contre 9,5 un an avant.")[:2]
    assert (then.value, then.kind, then.unit) == (9_500_000, now.kind, now.unit)


@pytest.mark.parametrize(
    ("text", "number", "base"),
    [
        ("Le parti obtient 26 %, deux points de plus qu'en 2019.", "deux", "26"),
        ("Le service compte 840 malades, soit 15 de moins.", "15", "840"),
        ("Le pays envoie 300 soldats supplémentaires, en plus des 2 000 déjà sur place.", "300", "2 000"),
    ],
)
def test_what_a_difference_is_told_of(changes, text, number, base):
    assert (number, "by", base) in {(one[0], one[1], one[3]) for one in changes(text)}


def test_a_difference_without_a_noun_has_no_event(split_text):
    text = "Samedi, 210 patients étaient hospitalisés, soit 12 de moins."
    first, difference = read_figures(text, find_quantities(text), split_text(text))
    assert (first.event, difference.event) == ("hospitalised", None)


def test_the_end_that_follows_a_difference(changes):
    assert changes("Le baril bondit de 3 dollars, à 85 dollars.")[1][:3] == ("85", "to", "up")
    assert changes("Les effectifs ont grossi de 40 agents pour atteindre 300 agents.")[1][:3] == ("300", "to", "up")
    assert changes("Les ventes ont triplé, à 30 000 voitures.") == [("30 000", "to", "up", False)]


@pytest.mark.parametrize(
    "text",
    [
        "Le texte est adopté par 26 voix contre 3.",
        "Une chute de dix mètres lui a été fatale.",
        "L'explosion de trois voitures a réveillé le quartier.",
        "Le missile a une portée de 3 000 à 4 000 km.",
        "Elle a une avance de 8 minutes.",
        "La ville a perdu 12 000 habitants en dix ans.",
        "Un montant de 3 000 euros a été versé.",
        "La sonde doit ramener un échantillon de 60 grammes.",
        "Les élèves de 16 à 18 ans sont concernés.",
    ],
)
def test_no_change(changes, text):
    assert {one[1] for one in changes(text)} == {None}


def test_a_comparison_of_two_places_is_no_change(changes):
    found = changes("Le taux est de 38 % chez les femmes contre 45 % chez les hommes.")
    assert found == [("38", None, None, "45"), ("45", None, None, False)]
