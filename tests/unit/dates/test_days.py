"""Days, hours and parts of the day: which they are, from the day of publication, the verb and the text before."""

from __future__ import annotations

import pytest

from newsnlp.records import DateMod, DateType

from .marked import check

WEDNESDAY = "2016-06-08"


@pytest.mark.parametrize(
    ("marked", "value"),
    [
        # The verb says which way: participles by their auxiliary, imperfects, futures, what is planned.
        ("Deux hommes ont été arrêtés [lundi] à Lille.", "2016-06-06"),
        ("Le conducteur, blessé [samedi], est sorti de l'hôpital.", "2016-06-04"),
        ("Il affirmait [mardi] ne rien savoir.", "2016-06-07"),
        ("[Vendredi], une tempête a coupé les routes.", "2016-06-03"),
        ("Le verdict sera rendu [lundi].", "2016-06-13"),
        ("La loi doit être votée [jeudi] par le Sénat.", "2016-06-09"),
        ("Le sommet prévu [samedi] à Nice est annulé.", "2016-06-11"),
        ("Les syndicats appellent à défiler [mardi].", "2016-06-14"),
        ("[Jeudi], la cour rendra son arrêt.", "2016-06-09"),
        ("L'école rouvrira dès [lundi].", "2016-06-13"),
        ("Il a jusqu'à [lundi] pour répondre.", "2016-06-06"),
        ("Il devra payer d'ici [vendredi].", "2016-06-10"),
        # What is said of the weekday itself goes before the verb.
        ("Il est revenu [ce mercredi].", "2016-06-08"),
        ("Elle est partie [mercredi dernier].", "2016-06-01"),
        ("Elle partira [mercredi prochain].", "2016-06-15"),
        ("Il viendra [jeudi de la semaine prochaine].", "2016-06-16"),
        ("Il était venu [lundi de la semaine dernière].", "2016-05-30"),
    ],
)
def test_weekdays(marked, value):
    check(marked, WEDNESDAY, value)


@pytest.mark.parametrize(
    ("marked", "value"),
    [
        ("Il est mort le [12 mai 1998].", "1998-05-12"),
        ("Il est mort le [1er mars].", "2016-03-01"),
        ("Il est mort le [28 décembre].", "2015-12-28"),
        ("Le procès s'ouvrira le [28 janvier].", "2017-01-28"),
        ("Une réunion s'est tenue le [11 octobre dernier].", "2015-10-11"),
        ("Il rentrera le [3 mars prochain].", "2017-03-03"),
        # A weekday tells the year.
        ("Le club organise un bal [samedi 25 juin].", "2016-06-25"),
        ("L'accord d'[hier, 7 juin], est caduc.", "2016-06-07"),
        ("Il est arrivé [avant-hier] et repart demain."[:29] + ".", "2016-06-06"),
        ("La séance du [12/05/2016] est close.", "2016-05-12"),
        ("La séance du [12/05] est close.", "2016-05-12"),
        ("Le rapport du [2015-11-03] est public.", "2015-11-03"),
        ("Le rapport du [3.11.2015] est public.", "2015-11-03"),
        ("Le [premier lundi d'avril] était chômé.", "2016-04-04"),
        ("La lettre du [vendredi 3], est perdue.", "2016-06-03"),
        ("Le [dernier dimanche de mai 2015], il a plu.", "2015-05-31"),
    ],
)
def test_days_of_a_month(marked, value):
    check(marked, WEDNESDAY, value)


@pytest.mark.parametrize(
    ("marked", "value", "mod"),
    [
        ("Un homme a été tué [lundi soir].", "2016-06-06TEV", None),
        ("Un homme a été tué [mardi 7 juin au matin].", "2016-06-07TMO", None),
        ("Il a été vu [hier en début d'après-midi].", "2016-06-07TAF", DateMod.START),
        ("Il est arrivé [ce matin].", "2016-06-08TMO", None),
        ("Il parlera [ce soir] à Brest.", "2016-06-08TEV", None),
        ("Un incendie a éclaté [cette nuit].", "2016-06-07TNI", None),
        ("La lune sera rousse [cette nuit].", "2016-06-08TNI", None),
        ("Un incendie a éclaté la [nuit dernière].", "2016-06-07TNI", None),
        ("Il est mort dans la [nuit de mardi à mercredi].", "2016-06-07TNI", None),
        ("Il est mort dans la [nuit du 3 au 4 juin].", "2016-06-03TNI", None),
        ("Il est mort dans la [nuit du samedi 30 avril au dimanche 1er mai].", "2016-04-30TNI", None),
        ("La gare a été fermée dans la [soirée de lundi].", "2016-06-06TEV", None),
        ("La gare a été fermée dans la [soirée d'hier].", "2016-06-07TEV", None),
        ("La gare a été fermée en [fin de matinée].", "2016-06-08TMO", DateMod.END),
        ("Le train est parti à [11 heures].", "2016-06-08T11:00", None),
        ("Le train est parti [vers 18h30].", "2016-06-08T18:30", DateMod.APPROX),
        ("Le train est parti [peu après 10 heures].", "2016-06-08T10:00", DateMod.AFTER),
        ("Le train est parti [peu avant midi].", "2016-06-08T12:00", DateMod.BEFORE),
        ("Il s'est levé à [cinq heures du matin].", "2016-06-08T05:00", None),
        ("Il s'est couché à [11 heures du soir].", "2016-06-08T23:00", None),
        ("Il est parti à [six heures et demie].", "2016-06-08T06:30", None),
        ("Il est parti à [neuf heures moins le quart].", "2016-06-08T08:45", None),
        ("Le magasin ouvre de [9 h à 19 h].", "2016-06-08T09:00/2016-06-08T19:00", None),
    ],
)
def test_times(marked, value, mod):
    (date,) = check(marked, WEDNESDAY, value)
    assert (date.type, date.mod) == (DateType.TIME, mod)


def test_an_hour_leans_on_the_day_told():
    dates = check(
        "Il a appelé [lundi] [peu après 10 heures]. À [10 h 12], on l'a rappelé.",
        WEDNESDAY,
        *("2016-06-06", "2016-06-06T10:00", "2016-06-06T10:12"),
    )
    assert [date.anchor for date in dates] == ["publication", "0", "1"]
    check("Elle ouvrira à [8 heures] [lundi].", WEDNESDAY, "2016-06-13T08:00", "2016-06-13")
    night = "Dans la [nuit de mardi à mercredi], [vers 2 heures], un feu a pris."
    check(night, WEDNESDAY, "2016-06-07TNI", "2016-06-08T02:00")


@pytest.mark.parametrize(
    ("marked", "values"),
    [
        ("Arrivé [lundi], il est reparti le [lendemain].", ("2016-06-06", "2016-06-07")),
        ("Arrivé [lundi], il avait écrit la [veille].", ("2016-06-06", "2016-06-05")),
        ("Arrivé [lundi], il est reparti le [jour même].", ("2016-06-06", "2016-06-06")),
        ("Arrivé [lundi], il est reparti le [soir même].", ("2016-06-06", "2016-06-06TEV")),
        ("Vu le [3 mars 2014], il est mort [deux jours plus tard].", ("2014-03-03", "2014-03-05")),
        (
            "Parti à [8 h] [hier], il est revenu [deux heures plus tard].",
            ("2016-06-07T08:00", "2016-06-07", "2016-06-07T10:00"),
        ),
        ("Né en [1901], il s'est marié [vingt ans plus tard].", ("1901", "1921")),
        ("Élu le [5 mai 2013], il a démissionné le [lundi suivant].", ("2013-05-05", "2013-05-06")),
    ],
)
def test_what_leans_on_the_text(marked, values):
    check(marked, WEDNESDAY, *values)


@pytest.mark.parametrize(
    ("marked", "value"),
    [
        ("Il est mort le [14-Juillet].", "2015-07-14"),
        ("Le défilé du [14 juillet 2014] fut long.", "2014-07-14"),
        ("Il a plu le [lundi de Pâques].", "2016-03-28"),
        ("Il a plu à [Noël].", "2015-12-25"),
        ("Il viendra à la [Toussaint].", "2016-11-01"),
        ("Le feu sera tiré à la [Saint-Sylvestre].", "2016-12-31"),
        ("Le jeudi de l'Ascension"[:0] + "Le musée était fermé le [jeudi de l'Ascension].", "2016-05-05"),
        ("Le musée était fermé à la [Pentecôte].", "2016-05-15"),
        ("Il viendra pour la [fête des Mères].", "2017-05-28"),
        ("Les banques étaient closes pour l'[Action de grâce].", "2015-10-12"),
        ("Il est né le [jour de l'An 1950].", "1950-01-01"),
        ("Il rentrera la [veille de Noël].", "2016-12-24"),
    ],
)
def test_holidays(marked, value):
    check(marked, WEDNESDAY, value)


def test_without_a_publication_date_nothing_is_guessed():
    dates = check("Arrêté [hier], il sera jugé [lundi]. Il avait fui en [mai 2015].", None, None, None, "2015-05")
    assert [date.type for date in dates] == [DateType.DATE] * 3
    assert [date.anchor for date in dates] == [None, None, "none"]


def test_the_dateline_stands_in_for_the_publication_date():
    dates = check("[8 juin 2016].\nUn homme a été arrêté [lundi].", None, "2016-06-08", "2016-06-06")
    assert dates[1].anchor == "0"
    check("PARIS, [8 juin 2016] (AFP) - Il a été arrêté [hier].", None, "2016-06-08", "2016-06-07")
    # Within a sentence a date is no dateline.
    check("Il est né le [8 juin 2016]. Il a parlé [hier].", None, "2016-06-08", None)


def test_the_first_and_the_last_years_hold():
    check(
        "Il est venu la [semaine dernière] et [hier], pour [999 999 999 999 jours].",
        "0001-01-02",
        *("0000-W52"[:0] or None, "0001-01-01", "P999999999999D"),
    )


def test_agencies_cut_months_without_a_point():
    check("PARIS, [3 jan 2026] (AFP) - Deux hommes ont été blessés.", None, "2026-01-03")
    check("DAKAR, [15 sept 2025] (AFP) - Une pirogue a chaviré.", None, "2025-09-15")
    check("ROME, [21 fév] (AFP) - Un car est tombé dans un ravin.", "2026-03-01", "2026-02-21")
    check("On en compte 15 (sept de plus).", "2026-03-01")
    check("Jusqu'ici, on en comptait sept. Quarante personnes sont blessées.", "2026-03-01")
