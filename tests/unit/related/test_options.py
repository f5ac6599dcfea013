"""Every option of `suggest`, and every rule that holds without one."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from newsnlp import Article, RelatedIndex
from newsnlp.errors import OptionError
from newsnlp.related import RankingWeights


def ids(found):
    return [suggestion.id for suggestion in found]


def event(article_id):
    return article_id.partition("-")[0]


def test_the_same_event_comes_first(index, corpus):
    for article in corpus:
        found = index.suggest(article.id, k=2)
        assert found, article.id
        assert event(found[0].id) == event(article.id)


def test_never_itself(index, corpus):
    for article in corpus:
        for query in (article.id, article):
            found = index.suggest(query, k=20)
            assert article.id not in ids(found)
            assert all(article.id not in suggestion.others for suggestion in found)


def test_a_text_is_not_its_own_neighbour():
    text = "Un séisme a fait 36 morts à Demnate, au Maroc."
    index = RelatedIndex()
    index.add([text, "Maroc : après le séisme, Demnate enterre ses morts."])
    assert len(index.suggest(text)) == 1


def test_article_analysis_id_and_text_agree(index, corpus):
    article = corpus[3]
    by_id = index.suggest(article.id, k=8)
    # The article itself is held: as a query it is read anew, and must come to the same.
    assert index.suggest(article, k=8) == by_id
    found = index.suggest(f"{article.title}\n{article.text}", k=8, fold=False)
    assert article.id in ids(found)
    assert {suggestion.kind.value for suggestion in found if suggestion.id == article.id} == {"duplicate"}


def test_k_limits_and_nothing_silly_fills_up(index):
    assert len(index.suggest("seisme-1", k=2)) == 2
    found = index.suggest("seisme-1", k=60)
    assert len(found) < 12
    assert all(suggestion.cosine >= 0.08 for suggestion in found)
    assert not index.suggest(
        "La recette du gâteau aux pommes de ma grand-mère demande six œufs, du beurre et de la patience."
    )


def test_k_beyond_the_pool_still_gives_all():
    index = RelatedIndex()
    index.add(Article(id=f"a{n:03}", text=f"Grève des éboueurs à Nantes, jour {n}.") for n in range(400))
    assert len(index.suggest("a000", k=390)) == 390


def test_min_score(index):
    few = index.suggest("seisme-1", k=60, min_score=0.3)
    assert 0 < len(few) < len(index.suggest("seisme-1", k=60))
    assert all(suggestion.cosine >= 0.3 for suggestion in few)
    assert not index.suggest("seisme-1", min_score=1.0)


def test_since_and_until_include_their_days(index, corpus):
    dates = {article.id: article.published_at for article in corpus}
    found = ids(index.suggest("seisme-5", k=20, since="2026-02-03", until="2026-02-04", min_score=0, fold=False))
    assert {"seisme-1", "seisme-2", "seisme-3", "seisme-4"} <= set(found)
    assert all(date(2026, 2, 3) <= dates[one].date() <= date(2026, 2, 4) for one in found)
    assert "seisme-4" not in ids(index.suggest("seisme-5", k=20, min_score=0, until=date(2026, 2, 3)))
    exact = datetime(2026, 2, 4, 8, 0, tzinfo=UTC)
    assert "seisme-4" in ids(index.suggest("seisme-5", k=20, min_score=0, until=exact))
    assert "seisme-4" not in ids(
        index.suggest("seisme-5", k=20, min_score=0, until=datetime(2026, 2, 4, 7, 59, tzinfo=UTC))
    )


def test_time_zones_are_minded():
    index = RelatedIndex()
    text = "Grève des éboueurs à Nantes, deuxième jour."
    index.add(
        [
            Article(id="paris", text=text, published_at="2026-02-04T00:30:00+01:00"),
            Article(id="utc", text=text + " Suite.", published_at="2026-02-03T23:30:00+00:00"),
            Article(id="naive", text=text + " Encore.", published_at="2026-02-03T23:30:00"),
        ]
    )
    found = index.suggest("utc")
    # One moment written in three ways: nothing parts them in time.
    assert {suggestion.id for suggestion in found} == {"paris", "naive"}
    assert set(ids(index.suggest("utc", until="2026-02-03"))) == {"paris", "naive"}


def test_articles_without_dates(index):
    index.add(Article(id="sans-date", text="À Demnate, au Maroc, le séisme d’Azilal a fait des morts et des blessés."))
    assert "sans-date" in ids(index.suggest("seisme-1", k=10))
    assert "sans-date" not in ids(index.suggest("seisme-1", k=10, since="2020-01-01"))
    assert ids(index.suggest("sans-date", k=3))
    assert all(event(one) == "seisme" for one in ids(index.suggest("sans-date", k=3)))


def test_a_date_in_the_future_is_only_far_away():
    index = RelatedIndex()
    text = "Le séisme de Demnate, au Maroc, a fait 36 morts."
    index.add(
        [
            Article(id="q", text=text, published_at="2026-02-03"),
            Article(id="near", text="Séisme de Demnate, au Maroc : 58 morts.", published_at="2026-02-04"),
            Article(id="future", text="Séisme de Demnate, au Maroc : 58 morts.", published_at="2096-02-04"),
        ]
    )
    found = index.suggest("q")
    assert ids(found) == ["near", "future"]
    assert [suggestion.kind for suggestion in found] == ["same_story", "same_theme"]
    assert found[1].score > 0


def test_same_source(index, corpus):
    sources = {article.id: article.source for article in corpus}
    own = index.suggest("seisme-1", k=10, same_source=True)
    others = index.suggest("seisme-1", k=10, same_source=False)
    assert {sources[one] for one in ids(own)} == {"Agence Atlas"}
    assert "Agence Atlas" not in {sources[one] for one in ids(others)}
    assert not index.suggest(Article(text=corpus[0].text, source="Inconnu"), same_source=True)
    # No source is not a source that articles share.
    assert not index.suggest(corpus[0].text, same_source=True)


def test_exclude(index):
    every = ids(index.suggest("seisme-1", k=3))
    assert every[0] not in ids(index.suggest("seisme-1", k=3, exclude=[every[0], "no such id"]))


def test_kinds(index):
    assert {found.kind.value for found in index.suggest("seisme-1", k=10, kinds={"duplicate"})} == {"duplicate"}
    assert all(found.kind != "duplicate" for found in index.suggest("seisme-1", k=10, kinds=["same_story"]))


def test_diversity_gives_one_a_story(index):
    query = (
        "Le gouvernement, la justice et les secours : morts, blessés, grève, élections, séisme au Maroc et à Donges."
    )
    every = [event(one) for one in ids(index.suggest(query, k=10, min_score=0.01))]
    one_each = [event(one) for one in ids(index.suggest(query, k=10, min_score=0.01, diversity=True))]
    assert len(one_each) - len(set(one_each)) < len(every) - len(set(every))


def test_ties_are_broken_by_id():
    texts = [Article(id=name, text="Grève des éboueurs à Nantes.") for name in ("c", "a", "d", "b")]
    for order in (texts, texts[::-1]):
        index = RelatedIndex()
        index.add(order)
        assert ids(index.suggest("c")) == ["a", "b", "d"]


def test_reasons_stand_in_the_query_and_in_the_article(index, corpus):
    texts = {article.id: f"{article.title} {article.text}" for article in corpus}
    for article in corpus[::4]:
        for query in (article.id, article):
            for found in index.suggest(query, k=5):
                assert found.reasons
                for reason in found.reasons:
                    assert re.search(rf"\b{re.escape(reason)}\b", texts[article.id]), reason


def test_reasons_come_in_the_querys_own_form():
    index = RelatedIndex()
    index.add([Article(id="a", text="Les séismes marocains inquiètent."), Article(id="b", text="Rien du tout.")])
    (found,) = index.suggest("Un séisme a secoué le pays ce matin.", min_score=0.0)
    assert found.reasons == ("séisme",)


def test_reasons_name_whole_names_in_order_of_contribution(record):
    index = RelatedIndex()
    index.add(
        [
            record("a", "Gilbert Sorlin, jugé à Paris, nie tout.", names=["Gilbert Sorlin", "Paris"]),
            record("b", "Deux ans de prison pour Gilbert Sorlin.", names=["Gilbert Sorlin"]),
            record("c", "À Paris, un musée ouvre.", names=["Paris"]),
        ]
    )
    found = index.suggest("a", min_score=0.0)
    assert {suggestion.id: suggestion.reasons for suggestion in found} == {"b": ("Gilbert Sorlin",), "c": ("Paris",)}
    assert found[0].id == "b"


def test_names_topics_and_figures_raise_the_score(record):
    text = "Le bilan s’alourdit après la catastrophe dans la province."
    index = RelatedIndex(weights=RankingWeights(names=0.2, topics=0.1, figures=0.1))
    index.add(
        [
            record("plain", text + " Les secours arrivent."),
            record("names", text + " Les secours arrivent.", names=["Azilal"]),
            record("topics", text + " Les secours arrivent.", topics=["medtop:03000000"]),
            record("figures", text + " Les secours arrivent.", figures=[("killed", 36)]),
        ]
    )
    query = record("q", text, names=["Azilal"], topics=["medtop:03000000"], figures=[("killed", 36)])
    scores = {found.id: found.score for found in index.suggest(query, fold=False)}
    assert min(scores[one] for one in ("names", "topics", "figures")) > scores["plain"]


def test_a_weight_of_nothing_counts_for_nothing(record):
    text = "Le bilan s’alourdit après la catastrophe dans la province."
    index = RelatedIndex(weights=RankingWeights(names=0))
    index.add([record("a", text + " Secours.", names=["Azilal"]), record("b", text + " Secours.")])
    one, other = index.suggest(record("q", text, names=["Azilal"]), fold=False)
    assert one.score == other.score


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"k": 0}, "k=0"),
        ({"min_score": 2}, "min_score=2"),
        ({"kinds": ["same_stories"]}, "did you mean 'same_story'"),
        ({"since": "hier"}, "since='hier'"),
        ({"until": "2026-13-01"}, "until='2026-13-01'"),
        ({"until": ""}, "until=''"),
    ],
)
def test_options_that_are_not_accepted(index, options, told):
    with pytest.raises(OptionError, match=re.escape(told)):
        index.suggest("seisme-1", **options)


def test_before_is_what_readers_could_have_read(index, corpus):
    dates = {article.id: article.published_at for article in corpus}
    moment = dates["seisme-4"]
    found = ids(index.suggest("seisme-5", k=20, min_score=0, fold=False, before=moment))
    assert found
    assert "seisme-4" not in found
    assert all(dates[one] < moment for one in found)
    day = ids(index.suggest("seisme-5", k=20, min_score=0, fold=False, before="2026-02-04"))
    assert all(dates[one].date() < date(2026, 2, 4) for one in day)
    assert ids(index.suggest("seisme-5", k=20, before="2026-02-04", until="2026-02-01", min_score=0)) == ids(
        index.suggest("seisme-5", k=20, until="2026-02-01", min_score=0)
    )


@pytest.fixture
def sections(record):
    text = "Le musée de Brest expose des cartes marines et des boussoles anciennes"
    index = RelatedIndex()
    index.add(
        [
            record("q", f"{text}, dit la ville."),
            record("m", f"{text} du Ponant.", source="A", extra={"section": "Culture"}, topics=["medtop:01000000"]),
            record("n", f"{text} du Levant.", source="B", extra={"section": "Culture"}, topics=["medtop:04000000"]),
            record("o", f"{text} du Sud.", source="A", topics=["medtop:01000000", "medtop:20000002"]),
        ]
    )
    return index


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ({}, {"m", "n", "o"}),
        ({"section": "Culture"}, {"m", "n"}),
        ({"section": ["Culture", "Sport"], "source": "A"}, {"m"}),
        ({"topic": "medtop:01000000"}, {"m", "o"}),
        ({"topic": ["20000002", "04000000"]}, {"n", "o"}),
        ({"topic": "medtop:01000000", "section": "Culture", "source": ["B"]}, set()),
        ({"section": "Sport"}, set()),
    ],
)
def test_where(sections, tmp_path, where, wanted):
    assert set(ids(sections.suggest("q", k=10, fold=False, where=where))) == wanted
    sections.save(tmp_path)
    assert set(ids(RelatedIndex.load(tmp_path).suggest("q", k=10, fold=False, where=where))) == wanted


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ({"sections": "Culture"}, "did you mean 'section'"),
        ({"section": 3}, "give a str or several"),
        ({"topic": ["a", 3]}, "give a str or several"),
        ("Culture", "where='Culture'"),
    ],
)
def test_conditions_that_are_not_accepted(sections, where, told):
    with pytest.raises(OptionError, match=re.escape(told)):
        sections.suggest("q", where=where)


def test_the_reasons_are_said_in_french(index):
    found = index.suggest("raffinerie-1")[0]
    assert found.because == f"parce que : {', '.join(found.reasons)}"
    assert found.reasons


def test_candidates_by_the_rarest_words_are_those_of_all_words(index, corpus, monkeypatch):
    whole = {article.id: index.suggest(article.id, k=10) for article in corpus}
    # As in an index a thousand times as large: a few rows of each query's words are looked up.
    monkeypatch.setattr("newsnlp.related.suggesting.LEAST_ROWS", 60)
    monkeypatch.setattr("newsnlp.related.suggesting.ROWS_AN_ARTICLE", 0.0)
    same = missed = 0
    for name, before in whole.items():
        found = {suggestion.id: suggestion for suggestion in index.suggest(name, k=10)}
        for suggestion in before:
            missed += suggestion.id not in found
            # What is found is scored whole.
            if suggestion.id in found and not suggestion.others:
                same += 1
                assert found[suggestion.id].score == pytest.approx(suggestion.score, abs=2e-6)
    assert same > 100
    assert missed < same / 10
