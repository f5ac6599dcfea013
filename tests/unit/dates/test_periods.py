"""Weeks, months, seasons, years, centuries; durations and sets."""

from __future__ import annotations

import pytest

from newsnlp.records import DateMod, DateType

from .marked import check

THURSDAY = "2018-08-09"


@pytest.mark.parametrize(
    ("marked", "value"),
    [
        ("Il est venu la [semaine dernière].", "2018-W31"),
        ("Il viendra la [semaine prochaine].", "2018-W33"),
        ("Il est venu [cette semaine].", "2018-W32"),
        ("La [semaine du 3 septembre] sera chargée.", "2018-W36"),
        ("Il a plu [ce week-end].", "2018-W31-WE"),
        ("Il pleuvra [ce week-end].", "2018-W32-WE"),
        ("Il a plu le [week-end dernier].", "2018-W31-WE"),
        ("Il est né en [avril 2016].", "2016-04"),
        ("Les travaux reprendront en [septembre].", "2018-09"),
        ("Les travaux ont repris en [septembre].", "2017-09"),
        ("Le taux a baissé le [mois dernier].", "2018-07"),
        ("Le taux montera en [mars prochain].", "2019-03"),
        ("Il votera [ce mois-ci].", "2018-08"),
        ("La hausse du [premier trimestre 2017] fut vive.", "2017-Q1"),
        ("La hausse du [premier semestre] fut vive.", "2018-H1"),
        ("Il a vendu au [deuxième trimestre].", "2018-Q2"),
        ("Il vendra au [premier trimestre de l'année prochaine].", "2019-Q1"),
        ("Il est parti à l'[automne 2015].", "2015-FA"),
        ("Il est parti l'[été dernier].", "2017-SU"),
        ("Il partira [cet hiver].", "2018-WI"),
        ("Les lacs gèlent en [hiver].", "XXXX-WI"),
        ("Il a gagné l'[an dernier].", "2017"),
        ("Il gagnera l'[année prochaine].", "2019"),
        ("Il a gagné en [2014].", "2014"),
        ("L'[année 1994] fut belle.", "1994"),
        ("Il a chanté dans les [années 60].", "196X"),
        ("Il a chanté dans les [années 2000].", "200X"),
        ("Il a vécu au [XIXe siècle].", "18XX"),
        ("Il a vécu au [siècle dernier].", "19XX"),
        ("Il a vécu aux [XVIIe et XVIIIe siècles].", "16XX/17XX"),
        ("Il est venu [il y a deux ans].", "2016"),
        ("Il est venu [il y a deux semaines].", "2018-W30"),
        ("Il est venu [voilà trois jours].", "2018-08-06"),
        ("Il viendra dans [trois mois].", "2018-11"),
        ("Il est venu [il y a un an et demi].", "2017-02"),
    ],
)
def test_periods(marked, value):
    (date,) = check(marked, THURSDAY, value)
    assert date.type is DateType.DATE


@pytest.mark.parametrize(
    ("marked", "value", "mod"),
    [
        ("Il est parti [fin juin].", "2018-06", DateMod.END),
        ("Il est né [vers 1850].", "1850", DateMod.APPROX),
        ("Il est né [aux environs de Noël].", "2017-12-25", DateMod.APPROX),
        ("Il est parti [vers le 15 mars].", "2018-03-15", DateMod.APPROX),
        ("Il est parti [mi-mars].", "2018-03", DateMod.MID),
        ("Il est parti [début 2016].", "2016", DateMod.START),
        ("Il est parti au [début du mois].", "2018-08", DateMod.START),
        ("Il est parti au [milieu de l'année 2017].", "2017", DateMod.MID),
        ("Il partira d'ici la [fin de l'année].", "2018", DateMod.END),
        ("Il chantait à la [fin des années 80].", "198X", DateMod.END),
        ("Il vivait au [début du XXe siècle].", "19XX", DateMod.START),
    ],
)
def test_their_parts(marked, value, mod):
    (date,) = check(marked, THURSDAY, value)
    assert date.mod is mod


@pytest.mark.parametrize(
    ("marked", "values", "days"),
    [
        ("Il a plu du [3 au 7 mai].", ("2018-05-03/2018-05-07",), ("2018-05-03", "2018-05-07")),
        ("Il a plu du [28 avril au 3 mai 2016].", ("2016-04-28/2016-05-03",), ("2016-04-28", "2016-05-03")),
        ("Il a plu du [28 décembre au 3 janvier].", ("2017-12-28/2018-01-03",), ("2017-12-28", "2018-01-03")),
        ("Il a plu les [3, 4 et 5 mai].", ("2018-05-03/2018-05-05",), ("2018-05-03", "2018-05-05")),
        ("Il a voté en [avril et mai 2017].", ("2017-04/2017-05",), ("2017-04-01", "2017-05-31")),
        ("Il a régné de [1976 à 1978].", ("1976/1978",), ("1976-01-01", "1978-12-31")),
        ("Il a régné entre [1990 et 1999].", ("1990/1999",), ("1990-01-01", "1999-12-31")),
        ("La saison [2015-2016] fut longue.", ("2015/2016",), ("2015-01-01", "2016-12-31")),
        ("Sur les [sept premiers mois de l'année], il a plu.", ("2018-01/2018-07",), ("2018-01-01", "2018-07-31")),
        ("Sur les [neuf premiers mois de 2016], il a plu.", ("2016-01/2016-09",), ("2016-01-01", "2016-09-30")),
        ("Les [trois derniers mois de 2016], il a plu.", ("2016-10/2016-12",), ("2016-10-01", "2016-12-31")),
        ("Les [dix premiers jours de mai] ont été froids.", ("2018-05-01/2018-05-10",), ("2018-05-01", "2018-05-10")),
    ],
)
def test_ranges(marked, values, days):
    (date,) = check(marked, THURSDAY, *values)
    assert (date.value_begin, date.value_end) == days


def test_the_same_period_of_another_year():
    check(
        "Sur les [huit premiers mois de 2017], 430 contre 410 sur la [même période en 2016].",
        THURSDAY,
        *("2017-01/2017-08", "2016-01/2016-08"),
    )
    check("En [2017], onze décès depuis le [début de l'année].", THURSDAY, "2017", "2017")
    check("Deux fuites en [97] (en [janvier], en [octobre]).", THURSDAY, "1997", "1997-01", "1997-10")
    # A year told on the way to something else is not in force.
    check("Le parquet, créé en [2013], a été saisi le [3 mars].", THURSDAY, "2013", "2018-03-03")


@pytest.mark.parametrize(
    ("marked", "value", "mod"),
    [
        ("Une peine de [deux mois] de prison.", "P2M", None),
        ("Il a dormi pendant [12 heures].", "PT12H", None),
        ("Il a attendu [plus de deux ans].", "P2Y", DateMod.MORE_THAN),
        ("Il a attendu [un peu moins de trois semaines].", "P3W", DateMod.LESS_THAN),
        ("Il a attendu [une dizaine de jours].", "P10D", DateMod.APPROX),
        ("Il a attendu [quelques minutes].", "PTXM", None),
        ("Il a attendu pendant [des années].", "PXY", None),
        ("Cela fait [trois mois et un jour].", "P3M1D", None),
        ("Cela fait [deux ans et demi].", "P30M", None),
        ("Il a attendu [une demi-heure].", "PT30M", None),
        ("La guerre a duré [un demi-siècle].", "P50Y", None),
        ("Il a gagné avec [30,4 secondes] d'avance.", "PT30.4S", None),
        ("Il a couru en [2 h 41 min].", "PT2H41M", None),
        ("Il a plu [ces trois derniers mois].", "P3M", None),
        ("Il a plu [ces dernières 24 heures].", "PT24H", None),
        ("Les [mois à venir] seront durs.", "PXM", None),
        ("Il est mort [deux jours] après l'accord.", "P2D", None),
        ("Il faudra [deux ou trois ans].", "P3Y", DateMod.APPROX),
    ],
)
def test_durations(marked, value, mod):
    (date,) = check(marked, THURSDAY, value)
    assert (date.type, date.mod) == (DateType.DURATION, mod)
    assert (date.value_begin, date.value_end, date.anchor) == (None, None, None)


def test_a_change_of_durations_is_two():
    check("La durée passe de [douze] à [six mois].", THURSDAY, "P12M", "P6M")
    check("La durée passe d'[un an] à [six mois].", THURSDAY, "P1Y", "P6M")


@pytest.mark.parametrize(
    ("marked", "value"),
    [
        ("Il court [chaque jour].", "P1D"),
        ("Il gagne dix euros [par heure].", "PT1H"),
        ("Il vote [tous les quatre ans].", "P4Y"),
        ("Il chante [tous les lundis].", "XXXX-WXX-1"),
        ("Le marché se tient le [mercredi].", "XXXX-WXX-3"),
        ("Il nage [chaque matin].", "XXXX-XX-XXTMO"),
        ("Il revient [chaque été].", "XXXX-SU"),
    ],
)
def test_sets(marked, value):
    (date,) = check(marked, THURSDAY, value)
    assert date.type is DateType.SET
