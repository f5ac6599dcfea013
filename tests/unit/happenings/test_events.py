"""The events of short articles: which, where, when, with which tolls, and what is none."""

from __future__ import annotations

import csv
import re
from importlib import resources
from pathlib import Path

import pytest

from newsnlp import Article, EventType

pytestmark = pytest.mark.model
DAY = "2026-03-10"
TYPES = Path(__file__).parents[3] / "docs" / "events-types.md"


def events_of(nlp, text, title=None):
    return nlp(Article(text=text, published_at=DAY, title=title)).events


def shown(event):
    return event.type.value, event.trigger, event.place, event.when_begin


EXAMPLES = dict(re.findall(r"^\| `(\w+)` \| \*(.+?)\* \|", TYPES.read_text(encoding="utf-8"), re.MULTILINE))


def test_every_type_has_an_example_and_counterparts():
    text = resources.files("newsnlp.lexicons").joinpath("fr", "events_types.csv").read_text(encoding="utf-8")
    assert [row["type"] for row in csv.DictReader(text.splitlines())] == list(EXAMPLES) == list(EventType)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_the_example_of_each_type(nlp, kind):
    assert [event.type.value for event in events_of(nlp, EXAMPLES[kind])] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "En cas d'incendie, quittez les lieux par l'escalier.",
        "La ville de Brest revoit son plan contre les inondations.",
        "Le parti craint un séisme politique.",
        "L'explosion des prix inquiète les ménages.",
        "La main frappe le sol, et le bras plie.",
        "Le chômage a reculé de 0,5 % en juillet.",
    ],
)
def test_what_is_no_event(nlp, text):
    assert not events_of(nlp, text)


def test_the_lead_goes_on_with_the_headline(nlp):
    text = (
        "Une fusillade à Toulon fait deux morts\n\nUn homme a ouvert le feu lundi soir dans un café de Toulon. "
        "L'attaque a fait deux morts et cinq blessés. Le drame a ému la ville."
    )
    analysis = nlp(Article(text=text, published_at=DAY))
    event = analysis.events[0]
    assert shown(event) == ("attack", "fusillade", "Toulon", "2026-03-09")
    assert len(analysis.events) == 1
    assert {"ouvert le feu", "L'attaque"[2:], "drame"} <= {word.removeprefix("a ") for word in event.mentions}
    assert [analysis.figures[number].text for number in event.figures] == ["deux", "deux", "cinq"]
    assert all(analysis.figures[number].event_id == event.id for number in event.figures)


def test_what_happened_before_is_an_event_of_its_own(nlp):
    text = (
        "Une explosion dans une usine de Rouen a fait trois morts lundi. "
        "En 2001, l'explosion de l'usine AZF à Toulouse avait fait 31 morts."
    )
    analysis = nlp(Article(text=text, published_at=DAY))
    assert [shown(event)[2:] for event in analysis.events] == [("Rouen", "2026-03-09"), ("Toulouse", "2001-01-01")]
    assert [[analysis.figures[n].text for n in event.figures] for event in analysis.events] == [["trois"], ["31"]]


def test_so_many_days_after(nlp):
    event = events_of(nlp, "Trois jours après le naufrage d'un ferry au large de Bari, les recherches continuent.")[0]
    assert (event.type, event.place, event.when_begin) == ("shipwreck", "Bari", "2026-03-07")


def test_a_title_outside_the_text_tells_what_the_drama_was(nlp):
    event = events_of(nlp, "Deux jours après le drame, douze corps ont été rendus.", "Séisme de Tatvan : le deuil")[0]
    assert (event.type, event.place, event.when_begin) == ("earthquake", "Tatvan", "2026-03-08")


def test_another_place_is_another_event(nlp):
    text = "Un incendie a détruit un entrepôt à Rungis mardi. Un autre incendie a ravagé une école à Dijon."
    assert [event.place for event in events_of(nlp, text)] == ["Rungis", "Dijon"]


def test_offsets_point_into_the_raw_text(nlp):
    text = "<p>Un&nbsp;séisme a frappé l'île de Lombok.</p>\n<p>La secousse a fait dix morts.</p>"
    analysis = nlp(text)
    for event in analysis.events:
        assert analysis.article.text[event.start : event.end] == event.trigger
        spans = [analysis.article.text[start:end] for start, end in event.mention_spans]
        assert spans == list(event.mentions)


def test_many_tellings_cost_little_more_than_few(nlp):
    assert len(events_of(nlp, "Une attaque a fait deux morts à Gao. " * 800)) >= 1


@pytest.mark.model
@pytest.mark.parametrize("words", ["« une attaque lâche »", "une attaque lâche"])
def test_who_condemns_tells_no_new_event(nlp, words):
    analysis = nlp(
        "Attaque d'un camp militaire à Ménaka : 17 soldats tués. L'assaut a eu lieu jeudi. Le chef a parlé. "
        "Le ministre a dit sa tristesse. Le pays pleure ses morts. "
        f"L'Union africaine a condamné {words} et le Conseil de sécurité doit se réunir vendredi à New York."
    )
    assert [event.place for event in analysis.events] == ["Ménaka"]


@pytest.mark.model
def test_the_toll_of_an_earlier_year_is_no_toll_of_the_event(nlp):
    analysis = nlp(
        "Attaque d'un camp militaire à Ménaka, le 12 mars 2026 : 17 soldats tués. "
        "En 2025, les violences ont fait plus de 3 800 morts dans le pays."
    )
    assert [[analysis.figures[n].text for n in event.figures] for event in analysis.events[:1]] == [["17"]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("La tempête Ingrid a fait deux morts en Bretagne.", "Ingrid"),
        ("Le cyclone tropical « Batsirai » a tué 120 personnes à Madagascar.", "Batsirai"),
        ("La tempête Saint-Jude a frappé Londres.", "Saint-Jude"),
        ("Une tempête a frappé Londres lundi.", None),
        ("Le vol AF 447 s'est abîmé dans l'Atlantique : 228 morts.", "AF447"),
        ("Le crash du vol EgyptAir MS804 a fait 66 morts.", "MS804"),
        ("Un avion s'est écrasé à Lomé : 12 morts.", None),
    ],
)
def test_what_a_storm_or_a_flight_is_called(nlp, text, name):
    assert [event.name for event in events_of(nlp, text)] == [name]


def test_a_storm_is_where_it_went_not_where_one_died(nlp):
    text = "La tempête Ingrid a balayé la Bretagne mardi. Un homme est mort dans la chute d'un arbre à Pontivy."
    assert [event.place for event in events_of(nlp, text)] == ["Bretagne"]


def test_the_title_is_told_by_its_victims_before_what_the_last_paragraph_recalls(nlp):
    text = (
        "Les voisins ont entendu des cris dans la nuit de samedi à dimanche. Un homme de 31 ans a été retrouvé sans vie. "
        "Le maire s'est rendu sur place. L'enquête est confiée à la sûreté urbaine. Les habitants ont été relogés. "
        "Tous sont sous le choc. Le drame rappelle l'incendie du 5-7 à Saint-Laurent-du-Pont."
    )
    main = events_of(nlp, text, title="Un mort dans l'incendie d'un immeuble à Roubaix")[0]
    assert (main.type, main.place) == ("fire", "Roubaix")
    assert (main.when_begin, main.when_end) == ("2026-03-07", "2026-03-08")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Les pluies ont inondé Maradi. Neuf personnes ont péri dans l'effondrement de leurs maisons, cinq sont noyées.",
            ["flood"],
        ),
        ("Une tornade a frappé vendredi Drummondville, renversant des voitures et arrachant des toitures.", ["storm"]),
        (
            "Les combats ont repris samedi à Rutshuru. Depuis samedi, l'armée et le M23 s'affrontent autour de Mabenga.",
            ["battle"],
        ),
    ],
)
def test_what_an_event_does_is_no_other(nlp, text, found):
    assert [event.type.value for event in events_of(nlp, text)] == found


def test_what_killed_is_told_before_the_arrest_that_followed(nlp):
    text = (
        "Quatre personnes sont décédées mardi à Meknès après avoir consommé un alcool frelaté au méthanol. "
        "Un vendeur a été interpellé."
    )
    assert [event.type.value for event in events_of(nlp, text)][:2] == ["epidemic", "arrest"]
