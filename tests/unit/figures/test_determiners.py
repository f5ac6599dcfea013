"""*un*, *une*, *aucun*, *aucune*: when they count, and when they are mere articles."""

from __future__ import annotations

import re

import pytest
from tests.gold.cases import load_cases


@pytest.mark.parametrize(
    "text",
    [
        "Un mort et trois blessés",
        "L'accident a fait une victime.",
        "Cinq soldats blessés, dont un grièvement",
        "Trois passagers, dont une fillette",
        "Un des 12 otages a parlé.",
        "Une seule personne est venue.",
        "Deux femmes et un homme sont morts.",
        "Six morts à Trèbes, trois à Carcassonne, un à Limoux",
        "L'aide dure plus d'un an.",
        "Une personne a été arrêtée, deux autres sont recherchées.",
        "L'arrestation d'un homme et de deux femmes",
        "Les deux victimes sont une femme de 30 ans et une fillette.",
        "Parmi les victimes, figure un enfant.",
        "Un Canadien figure parmi les morts.",
    ],
)
def test_they_count(text, figures):
    assert any(figure.text.lower() in ("un", "une") for figure in figures(text))


@pytest.mark.parametrize(
    "text",
    [
        "Un homme a été entendu.",
        "Une vieille tradition est morte avec lui.",
        "Un policier a tué deux chiens.",
        "L'un des deux hommes est mort.",
        "C'est une mort tragique.",
        "Il est mort un mois après.",
        "Selon un bilan officiel, 46 personnes sont mortes.",
        "D'un seul coup, 12 oiseaux se sont envolés.",
        "Une partie des 12 élèves est partie.",
        "Près d'un bus, 12 personnes attendaient.",
        "Après la chute d'un arbre et trois voitures ont été touchées.",
        "Il a percuté un arbre et trois passagers sont indemnes.",
        "La mort d'une figure de la chanson émeut la ville.",
        "La conductrice, une femme de 45 ans, est décédée.",
        "Le déraillement d'un train a tué 91 personnes.",
        "Sept personnes ont péri dans l'incendie d'un bus hongrois.",
        "Collision d'un car belge, au moins douze blessés",
        "Une de ses voitures a été vendue.",
        "Le tireur a été neutralisé par un collègue du policier blessé.",
    ],
)
def test_they_are_articles(text, figures):
    assert all(figure.text.lower() not in ("un", "une") for figure in figures(text))


@pytest.mark.parametrize(
    ("text", "counted", "event"),
    [
        ("Un homme a été tué.", "homme", "killed"),
        ("Une femme de 45 ans, très connue, est morte.", "femme", "killed"),
        ("Un jeune cycliste est porté disparu.", "cycliste", "missing"),
        ("L'obus a explosé, blessant un passant.", "passant", "injured"),
        ("Un cheval a été tué.", "cheval", "killed"),
        ("Une voiture a été incendiée.", "voiture", "destroyed"),
        ("Deux pompiers sont là, un de leurs collègues a été tué.", "collègues", "killed"),
        ("Un des occupants, un homme de 36 ans, a été tué.", "occupants", "killed"),
        ("Le bilan est d'un mort : une femme de 67 ans.", "mort", "killed"),
        ("Une vache foudroyée crée une inondation.", "vache", "killed"),
        ("Un muezzin a été abattu.", "muezzin", "killed"),
    ],
)
def test_with_a_casualty_predicate_they_count(text, counted, event, figures):
    found = [figure for figure in figures(text) if figure.text.lower() in ("un", "une")]
    assert [(figure.counted, figure.event) for figure in found] == [(counted, event)]


@pytest.mark.parametrize(("text", "found"), [("Il n'y a aucun blessé.", 1), ("Il n'a aucune idée.", 0)])
def test_none_only_of_casualties(text, found, figures):
    assert len(figures(text)) == found


def test_all_of_them_is_no_figure(figures):
    assert [figure.text for figure in figures("Deux femmes et trois hommes ont été tous les cinq tués.")] == [
        "Deux",
        "trois",
    ]


def test_where_articles_cannot_count_none_does(figures, monkeypatch):
    """Sentences are left unread by the word behind their articles: reading them finds no figure."""
    texts = [re.sub(r"\{[^{}]*\}|[][]", "", case["text"]) for case in load_cases("figures.toml")]
    texts = [text for text in texts if re.search(r"\b(?:une?|aucune?)\b", text.lower())]
    told = [figures(text) for text in texts]
    monkeypatch.setattr("newsnlp.figures.extract.may_count", lambda *_: True)
    assert len(texts) > 99
    assert told == [figures(text) for text in texts]
