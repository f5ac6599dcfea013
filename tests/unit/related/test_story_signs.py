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
