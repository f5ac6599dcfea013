"""Which statements of an article are of one toll, and what they say together."""

from __future__ import annotations

import pandas as pd
import pytest

import newsnlp
from newsnlp.tables import casualties, forces

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def analyse():
    """Return what analyses a text."""
    return newsnlp.load(only=["entities", "figures"])


@pytest.fixture
def rows(analyse):
    """Return event, place, value, low and high of each row, absent as None."""

    def read(text, view=casualties):
        table = view(analyse(text))[["event", "place", "value", "low", "high"]].astype(object)
        return [tuple(row) for row in table.where(table.notna(), None).itertuples(index=False)]

    return read


KILLED = ("killed", None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Les raids ont tué 28 personnes jeudi, portant à 12 400 le nombre de morts depuis mars.",
            [(*KILLED, 28, 28, 28), (*KILLED, 12400, 12400, 12400)],
        ),
        (
            "L'accident a fait 11 morts. Un précédent bilan faisait état de 7 morts.",
            [(*KILLED, 11, 11, 11)],
        ),
        ("Le maire avait annoncé cinq morts, avant de corriger : quatre.", [(*KILLED, 4, 4, 4)]),
        ("Le car transportait six blessés graves et neuf légers.", [("injured", None, 15, 15, 15)]),
        ("L'explosion a tué 6 ouvriers et 3 pompiers.", [(*KILLED, 9, 9, 9)]),
        (
            "Au moins 22 blessés ont été évacués. Plusieurs blessés sont dans un état grave.",
            [("injured", None, 22, 22, None)],
        ),
        ("L'attaque a fait 14 morts. Trois morts sont des enfants.", [(*KILLED, 14, 14, 14)]),
        ("Douze randonneurs sont morts. Deux autres décès ont été signalés dimanche.", [(*KILLED, 14, 14, 14)]),
        ("Plus de 30 morts. L'attentat a tué 32 passants.", [(*KILLED, 32, 32, 32)]),
        ("Au moins neuf morts. Le crash a fait au moins neuf morts.", [(*KILLED, 9, 9, None)]),
        ("Sept morts dans un feu. Un nouveau bilan fait état de neuf morts.", [(*KILLED, 9, 9, 9)]),
        ("Il y a deux blessés dont un grave et de cinq blessés légers.", [("injured", None, 7, 7, 7)]),
        ("Selon l'armée, 12 civils sont morts. Selon les rebelles, 20 civils sont morts.", [(*KILLED, 20, 12, 20)]),
    ],
)
def test_one_toll(rows, text, found):
    assert rows(text) == found


def test_two_events_of_one_kind_in_one_town(rows):
    text = "Un séisme a fait 36 morts à Agadir. Un accident de car a fait 4 morts à Agadir dimanche."
    assert rows(text) == [("killed", "Agadir", 36, 36, 36), ("killed", "Agadir", 4, 4, 4)]


def test_two_events_of_one_kind_and_day_in_one_town(analyse):
    texts = [
        "Un séisme a fait 36 morts à Agadir. Un accident de car a fait 4 morts à Agadir.",
        "Le séisme d'Agadir a fait 38 morts à Agadir.",
        "Quatre morts à Agadir dans un accident de car.",
    ]
    articles = [newsnlp.Article(text=text, published_at=f"2026-03-12T1{at}:00") for at, text in enumerate(texts)]
    table = newsnlp.casualties_by_day([analyse(one) for one in articles])
    assert [tuple(row) for row in table[["place", "low", "high", "articles"]].to_numpy()] == [
        ("Agadir", 36, 38, 2),
        ("Agadir", 4, 4, 2),
    ]


def test_a_town_and_its_quarter_with_one_number_are_one_event(rows):
    text = "Paris : trois morts le 3 mars 2025 dans une fusillade. Le 3 mars 2025, le tireur a tué trois passants à Belleville."
    assert [row[2:] for row in rows(text)] == [(3, 3, 3)]


def test_animals_are_no_casualties(rows):
    assert rows("Le feu a tué 40 lapins, 12 chevaux, six oiseaux et deux hommes à Agde.") == [
        ("killed", "Agde", 2, 2, 2)
    ]
    assert rows("Un rhinocéros a été tué.") == []


def test_a_new_toll_happened_where_the_older_one_did(rows):
    text = "Un incendie a fait sept morts à Lyon. Un nouveau bilan fait état de neuf morts."
    assert rows(text) == [("killed", "Lyon", 9, 9, 9)]


def test_an_earlier_event_keeps_its_toll(rows):
    text = "Une voiture a tué quatre passants à Melbourne. L'attaque de Berlin avait coûté la vie à 12 personnes."
    assert rows(text)[0] == ("killed", "Melbourne", 4, 4, 4)
    assert rows(text)[1][2:] == (12, 12, 12)
    assert rows(text)[1][1] != "Melbourne"


def test_tolls_of_two_days_are_two_rows(analyse):
    text = "Une attaque a fait 12 morts lundi à Gao. Mardi, 7 personnes ont été tuées à Gao."
    table = casualties(analyse(newsnlp.Article(text=text, published_at="2017-01-18")))
    assert [tuple(row) for row in table[["value", "when", "date_basis"]].to_numpy()] == [
        (12, "2017-01-16", "figure"),
        (7, "2017-01-17", "figure"),
    ]


def test_a_night_is_told_of_by_the_day_after_it_too(analyse):
    text = "Une attaque a fait 12 morts à Gao dans la nuit de lundi à mardi. Mardi, 13 personnes ont été tuées à Gao."
    table = casualties(analyse(newsnlp.Article(text=text, published_at="2017-01-18")))
    assert [tuple(row) for row in table[["low", "high", "when"]].to_numpy()] == [(13, 13, "2017-01-16TNI")]


def test_a_toll_without_a_day_leans_on_its_article(analyse):
    article = newsnlp.Article(text="Une attaque a fait 12 morts à Gao.", published_at="2017-01-18")
    row = casualties(analyse(article)).iloc[0]
    assert row["date_basis"] == "article"
    assert row[["when", "when_begin", "when_end"]].isna().all()
    assert casualties(analyse("Une attaque a fait 12 morts à Gao."))["date_basis"].isna().all()


def test_a_place_that_is_lent_brings_its_country(analyse):
    table = casualties(analyse("Deux soldats ont été tués à Gao. Le combat a fait huit blessés."))
    assert list(zip(table["event"], table["place"], table["country"], strict=True)) == [
        ("killed", "Gao", "ML"),
        ("injured", "Gao", "ML"),
    ]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        # The country or department of a headline is only its frame.
        (
            "Vendée : un mort et deux blessés. Une voiture a fauché des cyclistes à Cezais. Le bilan est de deux blessés.",
            ["Cezais", "Cezais"],
        ),
        ("Italie : sept morts. Un car a brûlé à Vérone. Un nouveau bilan fait état de seize morts.", ["Vérone"]),
        (
            "Portugal : cinq morts. L'avion s'est écrasé à Cascais. Les quatre occupants ont été tués.",
            ["Cascais"],
        ),
        # An earlier event keeps its own place, and lends none.
        (
            "Luxembourg : un mort. Un accident avait eu lieu en 2006 à Zoufftgen. Six personnes y avaient péri.",
            ["Luxembourg", "Zoufftgen"],
        ),
    ],
)
def test_a_row_is_where_its_event_was(rows, text, places):
    assert [row[1] for row in rows(text)] == places


def test_a_lower_number_that_nobody_is_named_for_is_of_some(rows):
    text = "Deux personnes ont été tuées dans la foule. L'attaque a fait trois morts à Londres."
    assert rows(text) == [("killed", "Londres", 3, 3, 3)]
    text = "Un attentat a tué au moins 25 personnes à Kaboul. Selon le ministre, neuf journalistes ont été tués."
    assert rows(text) == [("killed", "Kaboul", 25, 25, None)]


def test_two_places_lend_nothing(rows):
    found = rows("L'attaque a fait 5 morts à Gao et 3 à Ménaka. Le combat a fait huit blessés.")
    assert [row[1] for row in found] == ["Gao", "Ménaka", None]


def test_homes_and_villages_are_two_tolls(rows):
    found = rows("L'inondation a touché 130 villages. Environ 1 500 maisons sont sinistrées.")
    assert {row[2] for row in found if row[0] == "affected"} <= {130, 1500}
    assert all(row[3] == row[2] for row in found)


def test_the_role_of_a_sum_over_time_is_told(analyse):
    table = casualties(analyse("Depuis le début de l'année, 90 pêcheurs sont morts."))
    assert table["toll_role"].tolist() == ["cumulative"]
    assert pd.isna(casualties(analyse("Le naufrage a fait 9 morts."))["toll_role"][0])


def test_forces_that_are_added(analyse):
    text = "Washington a déployé 3 000 soldats supplémentaires en Pologne, en plus des 40 000 déjà sur place."
    row = forces(analyse(text)).iloc[0]
    assert (row["value"], row["text"], row["country"]) == (43_000, "3 000 | 40 000", "PL")
