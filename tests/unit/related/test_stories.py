"""A corpus as stories: articles of one event together, its figures side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsnlp import Article, stories
from newsnlp.errors import ArticleError
from newsnlp.records import Analysis


def event(article_id):
    return article_id.partition("-")[0]


def b_cubed(found, ids):
    """Return precision and recall of clusters against the events that the ids name."""
    homes = {one: story.article_ids for story in found for one in story.article_ids}
    events = {name: {one for one in ids if event(one) == name} for name in map(event, ids)}
    shared = [len(set(homes[one]) & events[event(one)]) for one in ids]
    precision = sum(s / len(homes[one]) for s, one in zip(shared, ids, strict=True)) / len(ids)
    recall = sum(s / len(events[event(one)]) for s, one in zip(shared, ids, strict=True)) / len(ids)
    return precision, recall


def test_events_of_the_corpus(corpus):
    precision, recall = b_cubed(stories(corpus, min_size=1), [article.id for article in corpus])
    # Some events go on after weeks of silence: those are new stories, and part of what recall lacks.
    assert precision >= 0.98
    assert recall >= 0.9


def test_headlines_alone(corpus):
    heads = [Article(id=a.id, text=a.title or "", published_at=a.published_at) for a in corpus]
    precision, recall = b_cubed(stories(heads, min_size=1), [article.id for article in corpus])
    assert precision >= 0.98
    assert recall >= 0.78


def test_a_story_tells_its_span_and_title(corpus):
    found = stories(corpus)
    quake = next(story for story in found if "seisme-1" in story.article_ids)
    assert {event(one) for one in quake.article_ids} == {"seisme"}
    assert quake.start is not None
    assert quake.end is not None
    assert quake.start.isoformat() == "2026-02-03T06:20:00+01:00"
    assert quake.days == pytest.approx((quake.end - quake.start).total_seconds() / 86400)
    assert quake.title in {article.title for article in corpus if event(article.id) == "seisme"}
    assert len(quake) == len(quake.article_ids)
    assert [story.id for story in found] == [f"s{number}" for number in range(1, len(found) + 1)]
    sizes = [len(story) for story in found]
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes) >= 2


def test_each_article_is_in_one_story(corpus):
    found = stories(corpus, min_size=1)
    held = [one for story in found for one in story.article_ids]
    assert sorted(held) == sorted(article.id for article in corpus)


def test_the_order_of_the_input_does_not_matter(corpus):
    assert stories(corpus) == stories(corpus[::-1])


def test_a_silence_ends_a_story():
    text = "Grippe aviaire dans les Landes : des canards abattus dans un élevage d’Aire-sur-l’Adour."
    others = (
        "Séisme à Demnate.",
        "Grève à Nantes.",
        "Élections à Lyon.",
        "La banque baisse son taux.",
        "Un film primé.",
    )
    filler = [Article(id=f"x{n}", text=other, published_at="2026-01-01") for n, other in enumerate(others)]
    two = [Article(id=day, text=text + f" Le {day}.", published_at=day) for day in ("2026-01-01", "2026-03-01")]
    assert stories([*two, *filler]) == []
    assert [len(story) for story in stories([*two, *filler], days=90)] == [2]


def test_articles_without_dates_join_too(corpus):
    undated = [Article(id=a.id, text=a.text, title=a.title) for a in corpus]
    found = stories(undated, min_size=1)
    precision, _ = b_cubed(found, [article.id for article in corpus])
    assert precision >= 0.9
    assert found[0].start is None
    assert found[0].days is None


def test_figures_stand_side_by_side(record):
    text = "Le séisme de Demnate, au Maroc, a fait des morts dans la province d’Azilal."
    first = record("a", text, figures=[("killed", 12), ("killed", 12)], published_at="2026-02-03", source="Atlas")
    second = record("b", text, figures=[("killed", 36), (None, 7)], published_at="2026-02-04", source="Horizon")
    (story,) = stories([second, first, record("c", "La Banque baisse son taux.", published_at="2026-02-03")])
    assert [(figure.article_id, figure.value, figure.source) for figure in story.figures] == [
        ("a", 12, "Atlas"),
        ("b", 36, "Horizon"),
    ]
    frame = story.to_frame()
    assert frame["value"].tolist() == [12, 36]
    assert list(stories([first, record("d", text, published_at="2026-02-03")])[0].to_frame().columns) == list(
        frame.columns
    )


def test_entities_are_those_of_most_articles(record):
    text = "Le séisme de Demnate, au Maroc, a fait des morts dans la province d’Azilal."
    members = [
        record("a", text, names=["Demnate", "Maroc"], published_at="2026-02-03"),
        record("b", text + " Bilan.", names=["Demnate", "Rachid Amellal"], published_at="2026-02-03"),
        record("c", text + " Suite.", names=["Demnate", "Maroc"], published_at="2026-02-03"),
    ]
    (story,) = stories(members)
    assert story.entities == ("Demnate", "Maroc")


def test_nothing_gives_nothing():
    assert stories([]) == []
    assert stories([Analysis(article=Article(text=""))]) == []


def test_the_same_id_counts_once(corpus):
    assert stories([*corpus, *corpus]) == stories(corpus)


def test_what_is_no_article():
    with pytest.raises(ArticleError, match="int"):
        stories([3])


@pytest.mark.model
def test_the_toll_of_the_corpus(nlp, corpus):
    found = stories(nlp.pipe(corpus))
    quake = next(story for story in found if event(story.article_ids[0]) == "seisme")
    killed = [figure.value for figure in quake.figures if figure.event == "killed" and figure.value]
    assert killed == sorted(killed)
    assert {36, 58} <= set(killed)


@pytest.mark.model
def test_figures_that_could_not_be_read_as_they_were_are_told(nlp) -> None:
    analysis = nlp(Article(text="Séisme à Agadir : douze morts, selon les secours.", published_at="2026-03-10"))
    broken = replace(analysis, figures=(replace(analysis.figures[0], counted="morts\ud800"),))
    with pytest.warns(UserWarning, match="lone surrogates"):
        story = stories([broken], min_size=1)[0]
    assert story.figures[0].counted == "morts?"
