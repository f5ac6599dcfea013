"""Marks of lists, stamps, calls of notes, prices, tables, handles: no figures, and in no name."""

from __future__ import annotations

import pytest

from newsnlp.reading.mending.marks import drop_cues, drop_marks


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (
            "Axes :\n1- loger\n2/ évacuer\n3. payer\n4) finir\n5°) partir",
            "Axes :\nloger\névacuer\npayer\nfinir\npartir",
        ),
        ("1 – Lens gagne\n2 – Metz perd", "Lens gagne\nMetz perd"),
        ("8h16 - Europe : sommet", "Europe : sommet"),
        ("[10:42] Lyon brûle", "Lyon brûle"),
        ("10:42 | Lyon brûle", "Lyon brûle"),
        ("14h05. Le préfet arrive", "Le préfet arrive"),
        ("(1) Chiffre de mardi.", "Chiffre de mardi."),
        ("À Chambéry², 10 km² ont brûlé.³", "À Chambéry, 10 km² ont brûlé."),
        ("à 17, 90 € le menu", "à 17,90 € le menu"),
        ("Nom\tVoix\nPetit\t12", "Nom | Voix\nPetit | 12"),
    ],
)
def test_marks_go(written, meant):
    assert drop_marks(written).text == meant


@pytest.mark.parametrize(
    "text",
    [
        "3-1 pour Lens\n2-0 pour Metz",
        "12 morts à Lyon\n13 blessés à Nice",
        "4. Ce chiffre est seul",
        "12° à Lyon ce matin",
        "8h16 - 9h30 : fermé",
        "à 10, 15, 20 € le lot",
        "2/3 des voix\n3/4 des sièges",
        "2024 - une année",
    ],
)
def test_numbers_that_say_something_stay(text):
    assert drop_marks(text) is None


def figures(nlp, text):
    return [(figure.text, figure.counted) for figure in nlp(text).figures]


@pytest.mark.model
def test_what_the_analysis_makes_of_them(nlp):
    listed = "Voici les deux axes :\n1- Paris loge 120 habitants\n2) Lyon crée un fonds de 3 millions d'euros"
    assert figures(nlp, listed) == [("deux", "axes"), ("120", "habitants"), ("3 millions", None)]
    assert figures(nlp, "Le bilan est de douze morts (1), dit-il (2).\n(1) Selon Paul.") == [("douze", "morts")]
    table = "Quelque 120 habitants sont partis.\n| Candidat | Voix | % |\n| Paul Petit | 1 234 | 52,3 % |"
    assert figures(nlp, table) == [("120", "habitants"), ("1 234", None), ("52,3", None)]
    assert [(figure.text, figure.value) for figure in nlp("Le menu coûte 17, 90 €.").figures] == [("17, 90", 17.9)]


@pytest.mark.model
def test_names_hold_no_marks(nlp):
    text = (
        "7h29 - Europe : sommet à Prague\nSelon @LeaPetit et @petit_73, Marc Dorvaux est à #Chambéry. #SainteAnne2024"
    )
    assert [entity.name for entity in nlp(text).entities] == ["Europe", "Prague", "Marc Dorvaux", "Chambéry"]


def test_the_call_of_a_note_goes_with_its_note():
    raw = "Le taux est passé à 12 % (1) et 35 communes [2] sont touchées (3).\n\n(1) Source : Insee.\n[2] Hors Corse."
    mended = drop_marks(raw)
    assert mended.text == "Le taux est passé à 12 % et 35 communes sont touchées (3).\n\nSource : Insee.\nHors Corse."


def test_marks_of_a_list_within_a_sentence_count_up_from_one():
    raw = "Ils avancent trois raisons : 1) la hausse de 12 % ; 2) la fermeture de 40 classes ; 3) le départ de 8 enseignants."
    assert drop_marks(raw).text == raw.replace("1) ", "").replace("2) ", "").replace("3) ", "")
    assert drop_marks("Il a cité le point 2) de la note et 3) rien.") is None


def test_numbers_of_headings_go_and_decimals_stay():
    assert drop_marks("1.1 Le bilan\nDeux morts.\n1.2. Les secours").text == "Le bilan\nDeux morts.\nLes secours"
    assert drop_marks("Coût :\n3.5 millions d'euros") is None


def test_subtitles_lose_numbers_and_times():
    raw = "1\n00:00:01,000 --> 00:00:04,200\nDeux pompiers tués\nà Mende.\n\n2\n00:00:04,300 --> 00:00:07,900\nUne enquête est ouverte.\n"
    assert drop_cues(raw).text == "Deux pompiers tués\nà Mende.\n\nUne enquête est ouverte.\n"
    assert drop_cues("Paris --> Lyon, 2 h 10") is None
