"""Days of datelines and short months without their point."""

from __future__ import annotations

import datetime as dt

import pytest

from newsnlp.dates.find import find_dates


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("DOUALA, 14 jan (AFP) - Un mur est tombé.", ["2026-01-14"]),
        ("DAKAR, 15 sept 2025 (AFP) - Un bateau a coulé.", ["2025-09-15"]),
        ("Il a plu le 15 sept 2025 à Nice.", ["2025-09-15"]),
        ("BRUXELLES, 12/01 (BP) - Le gérant se tait.", ["2026-01-12"]),
        ("Les douze sept (ou huit) nains.", []),
        ("Il viendra en sept. Quarante personnes l'attendent.", ["2026-09"]),
        ("Le score est de 12/06 (sans appel).", []),
        ("En mai soixante-huit, on chantait.", ["1968-05"]),
    ],
)
def test_which_are_dates(text, values):
    assert [found.value for found in find_dates(text, dt.date(2026, 1, 14))] == values


def test_the_eve_of_a_night_is_the_day_before_its_morning():
    text = "Cinq corps ont été repêchés dans la nuit de mardi à mercredi après le naufrage survenu la veille."
    assert find_dates(text, dt.date(2026, 2, 4))[-1].value == "2026-02-03"
