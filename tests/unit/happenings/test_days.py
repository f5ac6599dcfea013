"""When events of follow-ups, sagas and live reports were."""

from __future__ import annotations

import pytest

from newsnlp import Article

pytestmark = pytest.mark.model
TUESDAY = "2026-03-10"


def day_of(nlp, text, title=None):
    event = nlp(Article(text=text, published_at=TUESDAY, title=title)).events[0]
    return event.when_begin


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Neuf heures après la secousse de magnitude 6 qui a frappé Van, on cherche encore.", "2026-03-10"),
        ("44 heures après le séisme d'Agadir, un enfant a été sauvé.", "2026-03-08"),
        ("Un mois après le naufrage de Kayar, l'enquête piétine.", "2026-02-10"),
        ("Un an après l'incendie de l'hôtel de Split, rien n'est reconstruit.", "2025-03-10"),
        ("Quarante jours ont passé depuis l'effondrement de l'immeuble de Kobbé.", "2026-01-29"),
        ("L'explosion a eu lieu jeudi dernier à Dakar.", "2026-03-05"),
        ("L'attentat avait frappé Kano le 3 mars.", "2026-03-03"),
        ("Il y a trois jours, une avalanche a emporté deux skieurs à Val-d'Isère.", "2026-03-07"),
    ],
)
def test_so_long_ago(nlp, text, day):
    assert day_of(nlp, text) == day


def test_the_eve_of_a_night(nlp):
    text = "Cinq corps ont été repêchés dans la nuit de lundi à mardi après le naufrage survenu la veille à Zarzis."
    assert day_of(nlp, text) == "2026-03-09"


def test_victims_tell_the_day(nlp):
    text = "Naufrage d'une pirogue : sept morts\n\nAu moins sept personnes ont péri dimanche au large de Mbour."
    assert day_of(nlp, text) == "2026-03-08"


def test_what_goes_on_was_on_the_first_day_told_or_before(nlp):
    text = "Séisme au Maroc : le bilan monte à 94 morts\n\nLes autorités ont annoncé mardi 94 morts, contre 61 dimanche soir."
    assert day_of(nlp, text) == "2026-03-08"


def test_the_day_of_another_noun(nlp):
    text = "Le procès de quatre hommes arrêtés après le naufrage du 4 janvier s'est ouvert lundi à Mbour."
    assert day_of(nlp, text) == "2026-03-09"


def test_a_title_outside_the_text_tells_how_long_ago(nlp):
    text = "Le séisme de 2025 a laissé des ruines. La ville compte ses absents."
    assert day_of(nlp, text, title="Un an après le séisme, la ville compte ses absents") == "2025-03-10"


def test_a_headline_of_a_participle_is_news(nlp):
    assert day_of(nlp, "France : une tombe profanée\n\nLe maire a porté plainte.") == TUESDAY


def test_a_year_in_the_name_of_a_contest_is_no_day(nlp):
    text = "Football : Lomé s'incline face à Cotonou\n\nLe match de la Coupe 2027 a été perdu dimanche dernier."
    assert day_of(nlp, text) == "2026-03-08"
