"""Events for readers: a line in HTML, a table in a terminal."""

from __future__ import annotations

import pytest

from newsnlp import Analysis, Article, Event, Figure
from newsnlp.render.html import MAX_EVENTS, analysis_to_html
from newsnlp.render.terminal import analysis_tables

TEXT = "La crue de l'Ouvèze a fait 3 morts à Sarrians <b>."


def event(number=1, **more):
    given = {"place": "Sarrians", "when_begin": "2026-11-03", "when_end": "2026-11-03", **more}
    return Event(id=f"ev{number}", type="flood", trigger="crue", start=3, end=7, **given)


def analysis(*events):
    figure = Figure(start=27, end=28, text="3", value=3, value_min=3, value_max=3, counted="morts", event="killed")
    return Analysis(article=Article(text=TEXT), body_spans=((0, len(TEXT)),), figures=(figure,), events=events)


def test_the_terminal_has_a_table_of_events():
    one = event(
        figures=(0,), actors=("Météo-France",), sources=("préfecture",), status="reported", when_end="2026-11-04"
    )
    (rows,) = (rows for title, _, rows in analysis_tables(analysis(one)) if title == "Événements")
    days = "2026-11-03 – 2026-11-04"
    assert rows == [
        ("inondation", "crue", "Sarrians", days, "3 morts (morts)", "Météo-France", "rapporté (préfecture)")
    ]


def test_html_says_what_happened_and_escapes_it():
    seen = analysis_to_html(analysis(event(place="<b>Sarrians")))
    assert "Événements : inondation, &lt;b&gt;Sarrians, 2026-11-03<" in seen


@pytest.mark.parametrize(("count", "said"), [(MAX_EVENTS, False), (MAX_EVENTS + 3, True)])
def test_html_says_how_many_events_it_leaves_out(count, said):
    seen = analysis_to_html(analysis(*(event(number) for number in range(1, count + 1))))
    assert ("et 3 de plus" in seen) is said


def test_html_without_events_says_nothing_of_them():
    assert "Événements" not in analysis_to_html(analysis())
