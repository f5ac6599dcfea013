"""Which words tell of events, and which article's event is the main one."""

from __future__ import annotations

import pytest

from newsnlp import Article
from newsnlp.happenings.words import ANY, NONE, contexts, triggers
from newsnlp.records import EventType

DAY = "2026-03-10"


def events_of(nlp, text, title=None):
    return nlp(Article(text=text, published_at=DAY, title=title)).events


def test_every_trigger_has_known_types_and_lists():
    for each in triggers().values():
        for _, trigger in each:
            assert set(trigger.types) <= {*EventType, ANY, NONE, "fighting"}
            assert all(contexts("needs", key) for key in trigger.needed)
            assert all(contexts("bars", key) for key in trigger.bars)


TOLD = {
    "Marie Solal a été élue dimanche à la tête du parti.": "election",
    "Le ministre de la Santé quitte ses fonctions.": "appointment",
    "La nouvelle présidente a prêté serment vendredi à Lima.": "appointment",
    "Les négociations sur le climat, conférence internationale, ont commencé lundi à Bonn.": "meeting",
    "Le président s'est entretenu mardi avec son homologue à Vienne.": "meeting",
    "Le président s'est rendu mardi à Oran.": "meeting",
    "Le géant de l'acier a annoncé la fermeture de son usine et 300 emplois supprimés.": "layoff",
    "Un chalutier s'est échoué lundi près de Vannes.": "shipwreck",
    "La pirogue, qui portait quarante migrants, s'est retournée lundi au large de Kayar.": "shipwreck",
    "Deux trains sont entrés en collision mardi près de Bari.": "rail_accident",
    "Un tramway est sorti de ses rails mardi à Zagreb.": "rail_accident",
    "Un avion a fait un atterrissage d'urgence jeudi à Lyon.": "air_accident",
    "La Loire est sortie de son lit dimanche à Roanne.": "flood",
    "Deux cents hectares de pinède ont brûlé dimanche près de Narbonne, selon les pompiers.": "wildfire",
    "Un nuage toxique recouvre Delhi depuis lundi.": "industrial_accident",
    "Dix tombes ont été profanées samedi à Colmar.": "crime",
    "L'ancien maire a été giflé mardi à Pau.": "attack",
    "L'armée a dépêché 200 soldats mardi à Agadez.": "deployment",
    "Des milliers de personnes sont descendues dans la rue samedi à Minsk.": "protest",
    "L'équipe de handball de Nîmes s'incline samedi face à Brest.": "competition",
    "La skieuse a décroché dimanche la médaille d'or du slalom.": "competition",
    "Les deux pays ont conclu lundi un traité de paix.": "agreement",
    "Trois suspects ont été emprisonnés lundi à Gênes.": "arrest",
}


@pytest.mark.model
@pytest.mark.parametrize("text", TOLD)
def test_what_the_news_is_told_with(nlp, text):
    assert [event.type.value for event in events_of(nlp, text)][:1] == [TOLD[text]]


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Le nombre de cas s'est arrêté à 1 047, selon le ministère, au total du bilan.",
        "L'écharpe présidentielle est exposée au musée.",
        "Le géant du logiciel lance une offensive de charme face à son concurrent.",
        "Les nominations aux Oscars, catégorie par catégorie, ont été publiées.",
        "L'immeuble n'a pas pris feu.",
    ],
)
def test_what_tells_of_nothing(nlp, text):
    assert not [event for event in events_of(nlp, text) if event.status != "denied"]


@pytest.mark.model
def test_a_name_of_a_contest_is_one(nlp):
    event = events_of(nlp, "Hier s'est jouée la finale du Tournoi des cinq nations de rugby.")[0]
    assert event.type == "competition"
    assert events_of(nlp, "Jeux olympiques de Rio : une judoka en or")[0].place == "Rio"
    assert events_of(nlp, "Le championnat de France de tennis a repris.")[0].place != "France"


@pytest.mark.model
def test_who_dies_alone_in_a_headline(nlp):
    assert events_of(nlp, "Tour des Alpes : un cycliste meurt après un malaise\n\nIl avait 30 ans.")[0].type in (
        "death",
        "competition",
    )


@pytest.mark.model
def test_what_lies_ahead_is_not_the_main_event(nlp):
    text = (
        "À sept mois de la présidentielle d'octobre 2026, le préfet a réuni la presse. "
        "Un incendie a détruit lundi la mairie de Tulle."
    )
    assert events_of(nlp, text)[0].type == "fire"


@pytest.mark.model
def test_a_phrase_takes_up_what_was_told(nlp):
    text = (
        "Un glissement de terrain a emporté lundi trois maisons à Piura. "
        "Les secours cherchent encore. Le glissement de terrain a coupé la route."
    )
    assert len(events_of(nlp, text)) == 1


@pytest.mark.model
def test_the_title_names_what_victims_are_told_of(nlp):
    text = "Vingt et une personnes sont mortes et douze ont été blessées, selon le gouverneur."
    event = events_of(nlp, text, title="Effondrement de Malaka : le bilan s'alourdit")[0]
    assert (event.type, event.place) == ("collapse", "Malaka")


@pytest.mark.model
def test_what_fell_is_known_from_other_lines(nlp):
    text = "Un immeuble menaçait ruine. Le procureur a revu le bilan de l'effondrement du 4 mars à Douala."
    assert [(event.type, event.when_begin) for event in events_of(nlp, text)] == [("collapse", "2026-03-04")]


@pytest.mark.model
def test_violences_of_a_day_and_a_place(nlp):
    text = "La commission a étudié les violences du 18 février à Douala, où des manifestants ont été blessés."
    event = events_of(nlp, text)[0]
    assert (event.type, event.place, event.when_begin) == ("riot", "Douala", "2026-02-18")


@pytest.mark.model
def test_what_a_verb_asserts_stands_anywhere(nlp):
    text = (
        "Un train a déraillé mardi près de Kars. Les secours sont sur place. Le trafic est coupé. "
        "La ligne était neuve. Elle avait coûté cher. Le ministre est attendu. "
        "Une passerelle s'est effondrée dans la gare d'Izmir."
    )
    assert [event.type.value for event in events_of(nlp, text)] == ["rail_accident", "collapse"]


@pytest.mark.model
def test_what_was_announced_is_not_planned(nlp):
    event = events_of(nlp, "Un pont s'est effondré mardi à Gênes, a annoncé la police.")[0]
    assert event.status == "asserted"


def test_what_the_news_came_after_is_recalled(nlp):
    text = (
        "Nouvel incendie d'entrepôt à Lens\n\nAprès l'incendie de Roubaix, dimanche, un entrepôt de meubles a brûlé lundi "
        "à Lens. L'incendie a fait un mort."
    )
    main, recalled = events_of(nlp, text)
    figure = nlp(Article(text=text, published_at=DAY)).figures[-1]
    assert (figure.event_place, figure.when_begin, figure.event_id) == ("Lens", "2026-03-09", main.id)
    assert recalled.figures == ()
    assert (main.place, main.when_begin, main.mentions[-1]) == ("Lens", "2026-03-09", "incendie")
    assert (recalled.place, recalled.when_begin) == ("Roubaix", "2026-03-08")
