"""What a count of victims is in the toll of its event, and what took its place."""

from __future__ import annotations

import pytest

from newsnlp.figures.extract import read_figures
from newsnlp.quantities.find import find_quantities


@pytest.fixture
def tolls(split_text):
    """Return number, role and the number that took its place, of each count of victims of a text."""

    def read(text):
        figures = read_figures(text, find_quantities(text), split_text(text))
        return [
            (
                f.text,
                f.toll_role and f.toll_role.value,
                None if f.superseded_by is None else figures[f.superseded_by].text,
            )
            for f in figures
            if f.event in ("killed", "injured", "missing", "hospitalised", "affected")
        ]

    return read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Trois corps ont été retrouvés lundi, portant le bilan à 51 morts.",
            [("Trois", "increment", "51"), ("51", "total", None)],
        ),
        (
            "Les bombardements ont tué 28 personnes jeudi, portant à 12 400 le nombre de morts depuis mars.",
            [("28", "increment", "12 400"), ("12 400", "cumulative", None)],
        ),
        (
            "Un précédent bilan faisait état de 7 morts et 20 blessés. La crue a fait 11 morts.",
            [("7", "previous", "11"), ("20", "previous", None), ("11", "total", None)],
        ),
        (
            "La coulée de boue a fait 11 morts, contre 7 la veille.",
            [("11", "total", None), ("7", "previous", "11")],
        ),
        (
            "Le maire avait annoncé cinq morts, avant de corriger : quatre.",
            [("cinq", "previous", "quatre"), ("quatre", "total", None)],
        ),
        (
            "Un premier bilan faisait état de 6 morts. Il est désormais de 9 morts.",
            [("6", "previous", "9"), ("9", "total", None)],
        ),
        (
            "Le bilan grimpe à 18 morts, alors qu'un ancien décompte donnait 15 morts.",
            [("18", "total", None), ("15", "previous", "18")],
        ),
        (
            "Douze randonneurs sont morts samedi. Deux autres décès ont été signalés dimanche.",
            [("Douze", "total", None), ("Deux", "increment", None)],
        ),
        (
            "Six corps ont été repêchés mardi. Au total, 54 pêcheurs ont péri.",
            [("Six", "increment", "54"), ("54", "total", None)],
        ),
        (
            "Le bilan a été revu à la baisse, de 31 à 28 morts.",
            [("31", "previous", "28"), ("28", "total", None)],
        ),
        ("Le bilan passe de 16 à 21 morts.", [("16", "previous", "21"), ("21", "total", None)]),
        ("Depuis le début de l'année, 90 pêcheurs sont morts.", [("90", "cumulative", None)]),
        ("En un an, 40 gendarmes ont été tués.", [("40", "cumulative", None)]),
        ("Depuis samedi, la tempête a fait 26 morts.", [("26", "total", None)]),
    ],
)
def test_roles(tolls, text, found):
    assert tolls(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "L'attaque a fait 14 morts. Trois morts sont des enfants.",
        "L'attaque a fait 14 blessés. Plusieurs blessés sont dans un état grave.",
        "L'attaque a fait 14 morts. Les trois soldats tués étaient en patrouille.",
        "Une vingtaine de clients ont été blessés, quatre sont dans un état critique.",
        "L'attaque a fait 14 morts, dont deux enfants.",
        "Le car a fait 12 blessés. On signale que quatre personnes ont été blessées grièvement.",
    ],
)
def test_parts_have_no_role(tolls, text):
    first, part = tolls(text)
    assert (first[1], part[1]) == ("total", None)


def test_others_than_those_told_just_before_are_no_addition(tolls):
    found = tolls("Il y a un mort. Un des chauffeurs est blessé. Un autre chauffeur a été tué.")
    assert [role for text, role, _ in found if text != "Un des"][-1] == "total"
    assert tolls("Neuf morts. Deux autres décès ont été signalés.")[-1][1] == "increment"


def test_those_hit_by_a_disaster_have_one(tolls):
    assert tolls("L'inondation a touché 4 000 personnes.") == [("4 000", "total", None)]
    assert tolls("La panne a touché 4 000 personnes.") == [("4 000", None, None)]


def test_of_the_sick_only_additions_and_sums(split_text):
    text = "Le pays a recensé 120 nouveaux cas de choléra. Il compte 900 cas de choléra."
    figures = read_figures(text, find_quantities(text), split_text(text))
    assert [f.toll_role for f in figures] == ["increment", None]


@pytest.mark.parametrize(
    ("text", "older"),
    [
        ("Lyon : sept morts dans un incendie. Un nouveau bilan fait état de neuf morts.", ["sept"]),
        ("Le feu a fait deux morts. Puis quatre morts. On compte désormais huit morts.", ["deux", "quatre"]),
        ("Le feu a fait neuf morts. Un dernier bilan faisait état de sept morts.", ["sept"]),
        ("Le feu a fait neuf morts. Un nouveau bilan fait état de sept morts.", []),
    ],
)
def test_a_new_toll_takes_the_place_of_those_before(split_text, text, older):
    figures = read_figures(text, find_quantities(text), split_text(text))
    assert [f.text for f in figures if f.superseded_by is not None] == older


def test_a_toll_that_is_passed_and_those_identified(tolls):
    found = tolls("Les 200 morts ont été dépassés. On compte 290 morts. 186 corps ont été identifiés.")
    assert found == [("200", "previous", "290"), ("290", "total", None), ("186", None, None)]
