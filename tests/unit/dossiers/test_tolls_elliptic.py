"""Tolls told without the noun of those counted, of people found, freed, held or kept in hospital."""

from __future__ import annotations

import time

import pytest

from newsnlp import Article, casualties, tolls
from newsnlp.counts.elliptic import Ellipses

pytestmark = pytest.mark.model

DEAD = "Glissement de terrain à Huaraz : sept morts. "
HURT = "Un bus a versé près de Fès : six morts et 30 blessés. "


@pytest.fixture(scope="module")
def roles(nlp):
    """Return event, low, high and role of each row of a text."""

    def read(text):
        table = tolls(nlp(Article(text=text, published_at="2026-03-12")), group=False)
        table = table[["event", "low", "high", "role"]].astype(object)
        return [tuple(row) for row in table.where(table.notna(), None).itertuples(index=False)]

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DEAD + "Jeudi midi, on en est à onze.", ("killed", 11, 11, "total")),
        (DEAD + "Le préfet, lui, s'en tient à cinq.", ("killed", 5, 5, "total")),
        (DEAD + "De cinq à l'aube, on en est à sept.", ("killed", 5, 5, "previous")),
        (DEAD + "Mercredi soir, nous en étions à trois.", ("killed", 3, 3, "previous")),
        (DEAD + "Les blessés ? Quarante-deux, selon l'hôpital.", ("injured", 42, 42, "total")),
        (DEAD + "▶ Des disparus ? Oui, quatre selon le maire.", ("missing", 4, 4, "total")),
        (DEAD + "Quant aux blessés, même désaccord. Vingt, d'après la mairie.", ("injured", 20, 20, "total")),
        (DEAD + "Les sans-abri, eux, sont désormais 310.", ("displaced", 310, 310, "total")),
        (DEAD + "Ils ne sont plus que cinq à manquer.", ("missing", 5, 5, "total")),
        (HURT + "Mercredi, on en dénombrait quatre et 22.", ("injured", 22, 22, "previous")),
        (HURT + "Le bilan était de quatre et 22 la veille.", ("killed", 4, 4, "previous")),
        ("Choléra à Uvira : 412 cas et 19 décès. L'ONG en compte 600.", ("sick", 600, 600, "total")),
        (DEAD + "La veille, on parlait de deux lundi, de quatre mardi.", ("killed", 4, 4, "previous")),
    ],
)
def test_a_number_without_its_noun_goes_on_with_a_toll(roles, text, expected):
    assert expected in roles(text)


@pytest.mark.parametrize(
    "text",
    [
        DEAD + "Combien étaient à bord ? Cinquante, à en croire le chauffeur. Soixante, jure un témoin.",
        DEAD + "Ils étaient 45 à bord.",
        DEAD + "La vitesse était de 80, selon la police.",
        DEAD + "Neuf sont des femmes.",
    ],
)
def test_who_was_there_and_what_is_measured_are_no_toll(roles, text):
    assert [row for row in roles(text) if row[3] in ("total", "previous")] == [("killed", 7, 7, "total")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Les deux randonneurs qu'on cherchait depuis lundi sont sains et saufs.", ("missing", 2, 2, "previous")),
        ("Les trois derniers mineurs encore recherchés ont été retrouvés.", ("missing", 0, 0, "total")),
        ("Huit mineurs sont toujours recherchés. Deux corps ont été retrouvés.", ("missing", 8, 8, "total")),
        ("Les sauveteurs cherchent encore quatre ouvrières.", ("missing", 4, 4, "total")),
        ("Un conducteur, âgé de 31 ans, a été interpellé.", ("arrested", 1, 1, "total")),
        ("La justice a inculpé trois exploitants.", ("arrested", 3, 3, "total")),
        ("À l'hôpital régional, quatorze personnes ont été admises.", ("hospitalised", 14, 14, "total")),
        ("L'hôpital n'en garde que six.", ("hospitalised", 6, 6, "total")),
        ("Les autorités ont fait sortir 230 résidents.", ("evacuated", 230, 230, "total")),
        ("Le maire dément qu'un pompier ait péri.", ("killed", 1, 1, "denied")),
        ("La police confirme deux arrestations, pas les dix annoncées.", ("arrested", 10, 10, "denied")),
    ],
)
def test_what_befell_people_is_told_by_the_words_around(roles, text, expected):
    assert expected in roles(DEAD + text)


def test_whom_the_police_seeks_is_not_missed(roles):
    assert not [row for row in roles(DEAD + "La police recherche encore deux hommes.") if row[0] == "missing"]


def test_hostages_who_are_free_are_rescued(roles):
    found = roles("Enlèvement à Goronyo. Libération de 48 personnes enlevées en février, selon la présidence.")
    assert ("rescued", 48, 48, "total") in found
    found = roles("Deux des cinq otages ont été libérés mardi.")
    assert found == [("rescued", 2, 2, "total"), ("kidnapped", 5, 5, "total")]


def test_a_number_of_four_digits_is_no_year(roles):
    found = roles("Incendie près de Nice. Sur les 2300 évacués, 1700 ont pu rentrer chez eux.")
    assert ("evacuated", 2300, 2300, "total") in found


def test_a_year_tells_another_event(roles):
    assert ("killed", 24, 24, "other") in roles(DEAD + "En 2005, un glissement avait tué 24 personnes à Lima.")


def test_a_toll_that_is_raised_later_in_the_text_is_the_toll(roles):
    found = roles(DEAD + "Un autre corps a été dégagé, ce qui porte le bilan à huit.")
    assert ("killed", 7, 7, "previous") in found
    assert ("killed", 8, 8, "total") in found


def test_injured_of_two_degrees_add_up(roles, nlp):
    text = "Collision à Vérone : 16 morts, 10 blessés graves et 13 blessés légers."
    assert ("injured", 23, 23, "total") in roles(text)
    table = casualties(nlp(Article(text=text, published_at="2026-03-12")))
    assert table[table["event"] == "injured"]["low"].tolist() == [23]


def test_what_nobody_says_against_the_lead_spans_no_toll(nlp):
    text = (
        "Glissement de terrain à Huaraz : sept morts. La pluie tombait depuis trois jours sur la vallée, selon le maire. "
        "Les secours, partis à l'aube, sont arrivés vers midi sur les lieux. Il y aurait neuf morts. "
        "L'ONG Andes, elle, compte dix morts."
    )
    table = tolls(nlp(Article(text=text, published_at="2026-03-12")), group=False)
    last = table[table["standing"] & (table["event"] == "killed")].iloc[0]
    assert (last["low"], last["high"]) == (7, 10)
    assert 9 in table[table["role"] == "total"]["low"].tolist()


def test_numbers_in_a_row_take_time_that_grows_with_them():
    def cost(numbers):
        rows = [
            {"kind": "count", "counted": None, "start": 30 * n, "end": 30 * n + 2, "sentence": "", "sentence_start": 0}
            for n in range(numbers)
        ]
        left, right = "Le préfet en compte " * 40, ", selon la police. " * 40
        ellipses = Ellipses("Les blessés ? " * numbers, happened=True)
        start = time.process_time()
        for row in rows:
            ellipses.told(row, ellipses.event_of(row, left, right, None), elided=True)
        return time.process_time() - start

    cost(50)
    assert cost(2000) < 12 * max(cost(500), 0.01)
