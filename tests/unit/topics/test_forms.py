"""The form of an article, by its phrases, its headline and its credits."""

from __future__ import annotations

import pytest

from newsnlp.lexicons import load_csv
from newsnlp.topics import label_topics
from newsnlp.topics.forms import FORMS, find_forms
from newsnlp.topics.words import tokenize


def forms(text, title=None):
    return find_forms(tokenize(f"{title}\n{text}" if title else text), title, text)


def test_every_sign_has_a_known_form_and_is_given_once():
    rows = load_csv("topics_forms.csv", columns=("term", "form"), key=("term", "form"))
    assert {row["form"] for row in rows} == set(FORMS)
    keys = [" ".join(stem for _, _, stem, _ in tokenize(row["term"])) for row in rows]
    assert all(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("title", "text", "form"),
    [
        (
            "« Les Tranchées », la boue à hauteur d'homme",
            "Le deuxième long-métrage de la cinéaste suit un peloton.",
            "review",
        ),
        (None, "Un récit sec. Traduit de l'italien, 212 pages.", "review"),
        ("La ruche à l'heure du grand âge", "Un documentaire tendre, à voir sur Arte.", "broadcast"),
        ("Mort d'Élise Vaudrin, la dame aux chapeaux", "Elle s'est éteinte à Nîmes.", "obituary"),
        (None, "Le tribunal correctionnel a mis le jugement en délibéré.", "court"),
        ("Chronique. Le ministre et la pluie", "Il a donc plu.", "opinion"),
        (
            "L'eau, la chimie et nous",
            "Que boit-on ?\nDe tout.\nFaut-il filtrer ?\nNon.\nEt demain ?\nOn verra.",
            "interview",
        ),
        (None, "Nos adresses pour un week-end à Gand, à partir de 90 euros la nuit.", "service"),
        (None, "Menés à la mi-temps, ils l'emportent aux tirs au but.", "match"),
    ],
)
def test_forms_are_told(title, text, form):
    found = forms(text, title)
    assert max(found, key=found.get) == form


def test_a_quotation_in_a_headline_is_no_work():
    assert "review" not in forms("Le maire s'explique.", "« Nous n'avons plus le choix » : le maire s'explique")


@pytest.mark.parametrize(
    ("title", "text", "root"),
    [
        (
            "« Sous les obus », roman d'une arrière-garde",
            (
                "Le troisième roman de l'écrivaine raconte la guerre d'un cuisinier de caserne, ses soldats et ses silences. "
                "Traduit de l'allemand, éditions du Canal, 240 pages."
            ),
            "01",
        ),
        (
            "Huit ans de prison pour l'exploitant du manège effondré",
            (
                "La cour d'assises a condamné l'ancien exploitant pour l'accident qui avait fait quatre morts. Son avocat "
                "fait appel du verdict."
            ),
            "02",
        ),
    ],
)
def test_the_form_comes_before_the_subject(title, text, root):
    assert label_topics(text, title=title)[0].code == f"medtop:{root}000000"
