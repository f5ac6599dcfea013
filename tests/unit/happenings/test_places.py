"""Where events were: near, at a distance, in what is wider, and not where somebody writes from."""

from __future__ import annotations

import pytest

from newsnlp import Article

pytestmark = pytest.mark.model


def place_of(nlp, text, title=None, number=0):
    return nlp(Article(text=text, published_at="2026-03-10", title=title)).events[number].place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("La pirogue a chaviré dans la nuit à une douzaine de milles de Mbour.", "Mbour"),
        ("Un séisme a été ressenti lundi à 46 km au nord-est de Kaohsiung.", "Kaohsiung"),
        ("Un bateau a coulé lundi au large de Sfax avec son équipage.", "Sfax"),
        ("Une bombe a explosé mardi dans le village de Diffa, près de Bosso, au Niger.", "Diffa"),
        ("Un car a quitté la route samedi près de Tende, en contrebas du tunnel du Mont-Blanc.", "Tende"),
        ("Un car est sorti de la route du Simplon (VS), à la hauteur de Brigue.", "Brigue"),
        ("L'agence a révisé le bilan du tremblement de terre de Tatvan.", "Tatvan"),
        ("DOUALA, 14 jan (AFP) - Un immeuble s'est effondré mercredi à Yaoundé.", "Yaoundé"),
        ("Lundi, à Gao, une attaque a visé un marché, a indiqué le parquet de Bamako.", "Gao"),
    ],
)
def test_where(nlp, text, place):
    assert place_of(nlp, text) == place


def test_the_town_of_the_lead_in_the_country_of_the_headline(nlp):
    text = "France : une statue vandalisée\n\nLe maire est en colère. L'œuvre se trouvait à Colmar depuis dix ans."
    assert place_of(nlp, text) == "Colmar"


def test_the_lead_tells_the_headline_again(nlp):
    text = "Déraillement d'un tramway à Londres\n\nUn tramway a déraillé mardi à Croydon, au sud de Londres."
    assert len(nlp(Article(text=text, published_at="2026-03-10")).events) == 1


def test_what_is_told_beside_shares_the_place(nlp):
    text = "Une fusillade a fait deux morts lundi à Toulon. La police est arrivée. Un suspect a été arrêté."
    events = nlp(Article(text=text, published_at="2026-03-10")).events
    assert [(event.type.value, event.place) for event in events] == [("attack", "Toulon"), ("arrest", "Toulon")]


def test_some_of_the_victims_do_not_move_the_event(nlp):
    text = "Un séisme a frappé Agadir lundi. À Tiznit, deux personnes ont péri."
    assert place_of(nlp, text) == "Agadir"
