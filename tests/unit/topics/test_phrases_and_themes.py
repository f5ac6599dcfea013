"""Keyphrases of an article, themes of a corpus, and the view that explains topics."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

import newsnlp
from newsnlp import Analysis, Article, Mention, Topic, explain, keyphrases, themes
from newsnlp.errors import ArticleError, OptionError
from newsnlp.topics.phrase_ranking import find_candidates

TEXT = (
    "Centrales nucléaires : la Cour des comptes critique EDF\n"
    "La Cour des comptes publie mardi un rapport sur le coût des centrales nucléaires. Selon la Cour des comptes, EDF "
    "n'a pas dit aujourd'hui ce que coûtera l'enfouissement des déchets radioactifs. Le ministre de l'Énergie a promis "
    "une réponse d'ici à l'été."
)


def phrases(text):
    return {text[slice(*candidate.spans[0])] for candidate in find_candidates(text)}


def test_keyphrases_are_noun_phrases_best_first():
    found = keyphrases(TEXT, k=5)
    assert {"Cour des comptes", "EDF"} <= set(found)
    assert any("nucléaires" in phrase.lower() for phrase in found)
    scores = [phrase.score for phrase in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_keyphrases_are_plain_strings_with_places():
    for phrase in keyphrases(TEXT):
        assert TEXT[slice(*phrase.spans[0])] == phrase
        assert json.loads(json.dumps(phrase)) == phrase


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("L'avion de combat s'écrase.", {"avion de combat", "avion"}, {"L'avion", "s'écrase"}),
        ("Aujourd'hui, l'homme d'État a parlé.", {"homme d'État"}, {"hui", "Aujourd", "Aujourd'hui"}),
        ("Il a été condamné parce qu'il a volé.", set(), {"condamné", "volé", "Il"}),
        ("Le Premier ministre de la Côte d'Ivoire.", {"Côte d'Ivoire"}, {"Le Premier"}),
        ("Des voitures électriques chinoises.", {"voitures électriques chinoises", "voitures"}, {"chinoises"}),
        ("La rencontre entre Emmanuel Macron et Olaf Scholz.", {"Emmanuel Macron", "Olaf Scholz"}, {"entre"}),
    ],
)
def test_stop_words_elisions_and_verbs_stay_out(text, wanted, unwanted):
    assert wanted <= phrases(text)
    assert not unwanted & phrases(text)


@pytest.mark.parametrize("text", ["Grève.", "Séisme au Japon", "bonjour", "de la", "J'ai couru."])
def test_never_empty_on_a_short_text(text):
    assert keyphrases(text)


@pytest.mark.parametrize("text", ["", " \n", "?!", "…"])
def test_nothing_without_a_word(text):
    assert keyphrases(text) == []


def test_a_part_of_a_better_phrase_is_left_out():
    found = [set(phrase.lower().split()) for phrase in keyphrases(TEXT)]
    assert not any(a < b for a in found for b in found)


def test_part_of_a_name_counts_for_the_name():
    text = "Emmanuel Macron a parlé. Macron a souri. Puis Macron a salué."
    assert keyphrases(text, k=1) == ["Emmanuel Macron"]


def test_an_analysis_lends_its_names_and_its_body():
    text = "MENU ACCUEIL\nLe groupe les Amis du Rail proteste."
    start = text.index("les Amis")
    mention = Mention(start=start, end=start + len("les Amis du Rail"), text="les Amis du Rail", label="ORG")
    analysis = Analysis(article=Article(text=text), mentions=(mention,), body_spans=((13, len(text)),))
    found = keyphrases(analysis)
    assert "les Amis du Rail" in found
    assert not any("MENU" in phrase or "ACCUEIL" in phrase for phrase in found)
    assert all(text[slice(*span)] for phrase in found for span in phrase.spans)


def test_a_separate_title_is_read():
    article = Article(text="La suite est à lire dans nos pages.", title="Marée noire en Bretagne")
    assert "Bretagne" in " ".join(keyphrases(article))


@pytest.mark.parametrize(("source", "k"), [(TEXT, 0), (42, 5), (None, 5)])
def test_keyphrases_refuse(source, k):
    with pytest.raises(OptionError):
        keyphrases(source, k=k)


def corpus():
    stories = {
        "grève": "La grève des cheminots continue. Les syndicats de cheminots appellent à la grève à la SNCF.",
        "crue": "La crue de la Seine inquiète Paris. Le niveau de la Seine monte, la crue menace les quais.",
        "coupe": "La finale de la Coupe oppose deux clubs. L'entraîneur prépare la finale de la Coupe.",
    }
    return [
        Analysis(article=Article(id=f"{name}-{i}", text=f"{text} Épisode {'abc'[i]}."))
        for name, text in stories.items()
        for i in range(3)
    ]


def with_body(analysis):
    text = analysis.article.text
    return Analysis(article=analysis.article, body_spans=((0, len(text)),))


def test_themes_find_the_stories():
    found = themes(map(with_body, corpus()), 3)
    assert len(found) == 3
    for theme in found:
        assert len({article_id.split("-")[0] for article_id in theme.article_ids}) == 1
        assert list(theme.weights) == sorted(theme.weights, reverse=True)
        assert theme.label
        assert theme.terms[0] in theme.label
    assert any("crue" in term for theme in found for term in theme.terms)


def test_themes_are_the_same_every_time():
    first, second = (themes(map(with_body, corpus()), 3) for _ in range(2))
    assert list(first) == list(second)


def test_themes_as_frames():
    found = themes(map(with_body, corpus()), 3)
    assert list(found.to_frame().columns) == ["label", "terms", "articles"]
    assert found.to_frame()["articles"].sum() == 9
    assert list(found.articles_frame().columns) == ["article_id", "label", "weight"]
    assert "<table" in found._repr_html_()
    empty = themes([], 3)
    assert len(empty) == 0
    assert dict(empty.to_frame().dtypes) == dict(found.to_frame().dtypes)
    assert dict(empty.articles_frame().dtypes) == dict(found.articles_frame().dtypes)


@pytest.mark.parametrize("texts", [["Un seul texte sur la grève."], ["", ""], ["a", "b", "c"], ["La grève."] * 4])
def test_small_or_poor_corpora_do_not_fail(texts):
    analyses = [with_body(Analysis(article=Article(id=str(i), text=text))) for i, text in enumerate(texts)]
    found = themes(analyses, 5)
    assert len(found) <= len(texts)
    assert all(np.isfinite(theme.weights).all() for theme in found)


@pytest.mark.parametrize(("analyses", "n"), [([], 0), (["texte"], 2)])
def test_themes_refuse(analyses, n):
    with pytest.raises((OptionError, ArticleError)):
        themes(analyses, n)


def explained():
    text = "Le <b>PSG</b> gagne la finale & la Coupe."
    start = text.index("finale")
    topics = (
        Topic(
            code="medtop:15000000",
            name="Sport",
            level=1,
            score=0.97,
            evidence=("finale", "PSG"),
            evidence_spans=((start, start + 6), (6, 9)),
        ),
        Topic(
            code="medtop:20001108",
            name="Évènement sportif",
            level=2,
            score=0.9,
            evidence=("finale",),
            evidence_spans=((start, start + 6),),
        ),
    )
    return explain(Analysis(article=Article(text=text), topics=topics, body_spans=((0, len(text)),)))


def test_explanation_as_text():
    assert str(explained()) == "Sport (0.97) : finale, PSG\n  Évènement sportif (0.90) : finale"
    assert "Aucun thème" in str(explain(Analysis(article=Article(text=""))))


def test_explanation_as_html_is_escaped_and_marked():
    html = explained()._repr_html_()
    assert "<b>" not in html
    assert "&lt;b&gt;" in html
    assert "&amp; la Coupe" in html
    assert html.count(">finale</mark>") == 1
    assert 'title="Sport"' in html


def test_explanation_of_no_analysis():
    with pytest.raises(ArticleError, match="received str; accepted: Analysis"):
        explain("texte")


def test_names_are_public():
    assert {"TopicLabeler", "explain", "keyphrases", "themes"} <= set(newsnlp.__all__)
    assert callable(newsnlp.keyphrases)
    assert callable(newsnlp.themes)


def test_a_narrower_topic_bears_the_colour_of_the_topic_whose_words_it_shares():
    sport = Topic(code="medtop:15000000", name="Sport", level=1, score=0.9, evidence=("but",), evidence_spans=((3, 6),))
    work = Topic(
        code="medtop:09000000", name="Travail", level=1, score=0.8, evidence=("usine",), evidence_spans=((20, 25),)
    )
    strikes = Topic(
        code="medtop:20000523", name="Grève", level=2, score=0.7, evidence=("usine",), evidence_spans=((20, 25),)
    )
    article = Article(text="Un but au stade, une usine.")
    shown = explain(Analysis(article=article, topics=(sport, work, strikes)))._repr_html_()
    colours = re.findall(r"background:([^;\"]+)\">(Sport|Travail|Grève)", shown)
    by_name = {name: colour for colour, name in colours}
    assert by_name["Grève"] == by_name["Travail"]
    assert by_name["Travail"] != by_name["Sport"]
