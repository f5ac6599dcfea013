from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from newsnlp.reading.page.bylines import credit_start, dateline, is_bare_date, read_byline


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("by Chia", "Chia"),
        ("Par Jean Dupont", "Jean Dupont"),
        ("Par Jean Dupont avec AFP", "Jean Dupont"),
        ("PAR JEAN DUPONT", "JEAN DUPONT"),
        ("Par Jean Dupont et Marie Le Guen", "Jean Dupont et Marie Le Guen"),
        ("Par Jean Dupont, envoyé spécial à Kiev", "Jean Dupont"),
        ("Par Le Monde avec AFP", "Le Monde"),
        ("Par AFP", "AFP"),
        ("Propos recueillis par Anne de La Tour", "Anne de La Tour"),
        ("Auteur : Paul Roy", "Paul Roy"),
        ("Le Soir avec AFP et Reuters", "Le Soir avec AFP et Reuters"),
        ("Par R. D. - Publié le 03/02/2023 à 14:52", "R. D."),
    ],
)
def test_authors(line, author):
    found = read_byline(line)
    assert found is not None
    assert (found.kind, found.author) == ("byline", author)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Publié le 12 mars 2024 à 18h30", datetime(2024, 3, 12, 18, 30)),  # noqa: DTZ001
        ("Publié le 1er août 2016", datetime(2016, 8, 1)),  # noqa: DTZ001
        ("Mis à jour le mardi 12 mars 2024 à 9 h", datetime(2024, 3, 12, 9)),  # noqa: DTZ001
        ("Posted on 2024-03-12", datetime(2024, 3, 12)),  # noqa: DTZ001
        ("12/03/2024 18:30", datetime(2024, 3, 12, 18, 30)),  # noqa: DTZ001
        ("Publié le 12.03.2024 - Temps de lecture : 3 min", datetime(2024, 3, 12)),  # noqa: DTZ001
        ("Publié le : 2021-08-04T10:15:00+02:00", datetime(2021, 8, 4, 10, 15, tzinfo=timezone(timedelta(hours=2)))),
        ("Publié il y a 3 heures", None),
    ],
)
def test_dates(line, date):
    found = read_byline(line)
    assert found is not None
    assert (found.kind, found.published_at) == ("date", date)


@pytest.mark.parametrize(
    "line",
    [
        "Par ailleurs, le ministre part.",
        "Par millions, les Français ont voté",
        "Par la voix de son ministre, Paris proteste",
        "Publié par l'ONU, le rapport accuse",
        "Texte adopté par le Sénat",
        "6 janvier 2016.",
        "Le 12 mars 2024, tout a changé à Kiev",
        "12 morts à Kaboul",
        "Auteur présumé des tirs",
        "By the way",
        "",
    ],
)
def test_prose_is_no_byline(line):
    assert read_byline(line) is None


@pytest.mark.parametrize("line", ["31 février 2024", "le 45 mars 2024", "2024-13-41", "un jour de mars 2024"])
def test_impossible_dates_are_no_dates(line):
    assert is_bare_date(line) is None


def test_datelines():
    assert dateline("3 mars 2024. Deux missiles ont frappé la ville.") == datetime(2024, 3, 3)  # noqa: DTZ001
    assert dateline("NEW YORK (Reuters), 3 mars 2024 - Deux") == datetime(2024, 3, 3)  # noqa: DTZ001
    assert dateline("Le 3 mars 2024, deux missiles ont frappé la ville.") is None
    assert dateline("Élu le 3 mars 2024, il gouverne.") is None


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("© AFP", ""),
        ("Crédit photo : Jean Dupont", ""),
        ("Jean Dupont / AFP", ""),
        ("AFP PHOTO / JEAN DUPONT", ""),
        ("Un char à Kiev. © Jean Dupont", "Un char à Kiev."),
        ("Un char à Kiev (Photo : Jean Dupont / AFP)", "Un char à Kiev"),
        ("Un char à Kiev. Crédit : AFP", "Un char à Kiev."),
    ],
)
def test_credits(line, caption):
    start = credit_start(line)
    assert start is not None
    assert line[:start].rstrip() == caption


@pytest.mark.parametrize(
    "line",
    [
        "Photo à l'appui, le maire accuse.",
        "Il a obtenu un crédit (de 3 millions d'euros).",
        "Le ratio or / argent baisse.",
        "© 2024 est une date, dit le juriste.",
        "Image choc : un enfant seul dans les ruines, à 10 km de la ville, selon les témoins.",
        "",
    ],
)
def test_prose_is_no_credit(line):
    assert credit_start(line) is None
