"""What tells two events of one subject apart, and what holds the reports of one together."""

from __future__ import annotations

import pytest

from newsnlp import Analysis, Article, Event, stories

FIRST_MARCH = (
    "Des milliers de personnes ont défilé samedi à Lyon contre la réforme des retraites, à l'appel de la CGT. "
    "La manifestation a réuni 12 000 personnes selon les syndicats."
)
ITS_END = (
    "À Lyon, la manifestation de samedi contre la réforme des retraites s'est terminée sans incident, place Bellecour, "
    "indique la police."
)
SECOND_MARCH = (
    "Lyon : 8 000 manifestants contre la réforme des retraites. Une nouvelle manifestation a eu lieu samedi dans les "
    "rues de Lyon, selon la préfecture. Des étudiants s'étaient joints au cortège."
)


def told(number, text, day, **event):
    article = Article(id=f"a{number}", text=text, published_at=day)
    events = (Event(id="ev1", trigger="x", start=0, end=1, **event),) if event else ()
    return Analysis(article=article, body_spans=((0, len(text)),), events=events)


def groups(analyses, **options):
    return {frozenset(story.article_ids) for story in stories(analyses, min_size=1, **options)}


@pytest.mark.model
def test_a_march_every_saturday_is_an_event_a_week(nlp):
    days = [("a1", FIRST_MARCH, "2026-03-08"), ("a2", SECOND_MARCH, "2026-03-15"), ("a3", ITS_END, "2026-03-08")]
    analyses = [nlp(Article(id=name, text=text, published_at=day)) for name, text, day in days]
    assert groups(analyses) == {frozenset({"a1", "a3"}), frozenset({"a2"})}


@pytest.mark.model
def test_a_quake_is_no_accident_of_the_same_country(nlp):
    days = [
        ("quake", "Séisme au Maroc : 36 morts à Demnate", "2026-02-03"),
        ("crash", "Accident de car au Maroc : quatre morts près d'Agadir", "2026-02-04"),
        ("again", "Maroc : le bilan du séisme de Demnate monte à 58 morts", "2026-02-05"),
    ]
    analyses = [nlp(Article(id=name, text=text, published_at=day)) for name, text, day in days]
    assert groups(analyses) == {frozenset({"quake", "again"}), frozenset({"crash"})}


ONE_COACH = (
    "Un autocar scolaire se renverse dans le Jura\n\nDeux collégiens ont été tués et six autres blessés mardi matin dans "
    "l'accident d'un autocar scolaire à Champagnole, dans le Jura. Le véhicule transportait trente élèves vers le "
    "collège. La vitesse pourrait être en cause, selon la gendarmerie. Le chauffeur a été entendu par les enquêteurs."
)
ANOTHER_COACH = (
    "Nouvel accident d'autocar scolaire, quatre morts près de La Rochelle\n\nAprès l'accident mortel de Champagnole, dans "
    "le Jura, mardi, un autocar scolaire et un camion se sont percutés mercredi matin à La Rochelle. L'accident a fait "
    "quatre morts et neuf blessés. Le véhicule transportait des lycéens. Le chauffeur a été entendu par les enquêteurs."
)
ONE_DEATH = (
    "France : mort de la romancière Odile Brancard\n\nLa romancière Odile Brancard est morte dimanche à Paris à l'âge de "
    "82 ans, a annoncé sa famille. Née à Nantes, elle avait publié une vingtaine de romans, traduits dans dix langues. "
    "Ses lecteurs lui rendront hommage jeudi dans la librairie où elle signait ses livres."
)
ANOTHER_DEATH = (
    "France : décès du compositeur Luc Fabrezan\n\nLe compositeur Luc Fabrezan est décédé dimanche à Paris à l'âge de 91 "
    "ans, a annoncé son éditeur. Cet élève du Conservatoire de Lille avait écrit des opéras et des musiques de film. Un "
    "concert lui sera consacré au printemps, avec l'orchestre qu'il a longtemps dirigé."
)
COLLAPSE = (
    "Liban : un immeuble s'effondre à Tripoli, deux morts\n\nUn immeuble de six étages s'est effondré dimanche à Tripoli, "
    "au Liban, tuant deux personnes, selon la Défense civile."
)
FORTY_DAYS_LATER = (
    "Tripoli : quarante jours après l'effondrement, les sinistrés attendent\n\nQuarante jours après l'effondrement d'un "
    "immeuble à Tripoli, qui a fait 16 morts le 11 janvier, les familles attendent un logement, selon la Défense civile."
)


@pytest.mark.model
@pytest.mark.parametrize(
    ("days", "together"),
    [
        # Another town and another day, though the second recalls the first.
        ([(ONE_COACH, "2026-02-10"), (ANOTHER_COACH, "2026-02-11")], False),
        # A day and a town say nothing of who died.
        ([(ONE_DEATH, "2026-03-01"), (ANOTHER_DEATH, "2026-03-01")], False),
        ([(COLLAPSE, "2026-01-11"), (FORTY_DAYS_LATER, "2026-02-20")], True),
    ],
    ids=["two accidents", "two deaths", "one collapse"],
)
def test_main_events_tell_stories_apart(nlp, days, together):
    analyses = [nlp(Article(id=f"a{n}", text=text, published_at=day)) for n, (text, day) in enumerate(days)]
    assert (len(groups(analyses)) == 1) is together


def test_a_story_ends_with_its_silence():
    text = "Séisme de Demnate : le bilan monte à 58 morts"
    two = [told(1, text, "2026-02-03"), told(2, text, "2026-02-20")]
    assert len(groups(two)) == 1
    assert len(groups(two, days=10)) == 2


def test_a_corpus_about_one_event_is_one_story():
    many = [told(n, f"Séisme à Demnate, au Maroc : {n} morts", f"2026-02-{3 + n // 10:02}") for n in range(80)]
    assert len(groups(many)) == 1


def test_the_span_is_that_of_the_event():
    days = [("2026-02-03", "2026-02-02"), ("2026-02-06", "2026-02-02"), ("2026-02-07", "2026-02-04")]
    found = stories(
        told(n, "Séisme de Demnate : des morts", day, type="earthquake", when_begin=when, when_end=when)
        for n, (day, when) in enumerate(days)
    )
    assert [story.span for story in found] == [("2026-02-02", "2026-02-04")]
    assert stories([told(1, "Séisme", "2026-02-03")], min_size=1)[0].span is None
