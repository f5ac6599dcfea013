"""The index, stories, keyphrases, themes and the labeller on hostile articles: bounded in time, refused in one line."""

from __future__ import annotations

import datetime as dt
import random
import time
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from newsnlp import Analysis, Article, RelatedIndex, TopicLabeler, keyphrases, stories, themes
from newsnlp.errors import ArticleError, ModelFormatError, NewsnlpError, OptionError, SourceError
from newsnlp.records import Entity, Figure, Label, Mention, Topic
from newsnlp.related import story_stream, suggesting
from newsnlp.topics import model as topic_model

TEXTS = ["Le maire inaugure le stade.", "Le club gagne le match.", "Le conseil vote le budget.", "Le gardien blessé."]
LABELS = ["a", "b", "a", "b"]


def cost(call, *args):
    """Return the CPU seconds of a call, the least of three."""
    seconds = []
    for _ in range(3):
        begun = time.process_time()
        call(*args)
        seconds.append(time.process_time() - begun)
    return min(seconds)


def growth(call, shape, size):
    """Return how much dearer four times as much is: 4 where linear, 16 where quadratic."""
    small, large = shape(size), shape(4 * size)
    call(small)
    return cost(call, large) / cost(call, small)


PHRASES = {
    "one chain": lambda n: "ville de " * n,
    "one chain of adjectives": lambda n: "noire de " * n,
    "one chain of names": lambda n: "Lyon de " * n,
    "names alone": lambda n: "".join(f"Nom{i} Prénom{i % 7} . " for i in range(n)),
    "one name": lambda n: "Emmanuel Macron. Macron parle. " * (n // 4),
    "one word": lambda n: "mot " * n,
}


@pytest.mark.parametrize("shape", PHRASES.values(), ids=PHRASES)
def test_keyphrases_of_hostile_texts(shape):
    # Before, 56 on a chain, and 7 s of CPU.
    assert growth(keyphrases, shape, 250) < 10


def mentioned(n):
    text = "Lyon. " * n
    mentions = tuple(Mention(start=6 * i, end=6 * i + 4, text="Lyon", label=Label.LOC) for i in range(n))
    return Analysis(article=Article(text=text), body_spans=((0, len(text)),), mentions=mentions)


def test_keyphrases_of_thousands_of_names():
    assert growth(keyphrases, mentioned, 700) < 10


def entities(n):
    named = tuple(Entity(id=f"e{i}", name=f"Nom {i}", label=Label.PER, mention_count=1) for i in range(n))
    text = "Un séisme à Lyon."
    return Analysis(article=Article(id="a", text=text, title="T" * n), body_spans=((0, len(text)),), entities=named)


INDEXED = {
    "entities": entities,
    "one word": lambda n: Article(id="a", text="séisme " * n),
    "words that differ": lambda n: Article(id="a", text=" ".join(f"mot{i}" for i in range(n))),
    "forms of one word": lambda n: Article(id="a", text=" ".join(f"{'sS'[i % 2]}éisme" for i in range(n))),
    "a long title": lambda n: Article(id="a", text="Un séisme.", title="séisme " * n),
}


@pytest.mark.parametrize("shape", INDEXED.values(), ids=INDEXED)
def test_an_index_of_hostile_articles(shape):
    def indexed(item):
        index = RelatedIndex()
        index.add([item, Article(id="b", text="Un séisme à Lyon, selon Nom 1.")])
        index.suggest("a")
        index.suggest(item)

    assert growth(indexed, shape, 4000) < 10


def test_a_thousand_copies_are_folded_whatever_is_asked_for():
    index = RelatedIndex().fit(Article(id=str(n), text=" ".join(f"mot{i}" for i in range(40))) for n in range(1000))
    assert len(index.suggest("0", k=5)[0].others) >= 40
    compared = []

    def counted(prints):
        compared.append(len(prints))
        return original(prints)

    original = suggesting.copy_pairs  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suggesting, "MOST_FOLDED", 100)
        patch.setattr(suggesting, "copy_pairs", counted)
        index.suggest("0", k=900)
    # And the query.
    assert compared == [101]


def test_an_article_is_compared_with_a_bounded_part_of_a_long_story(monkeypatch):
    sizes = []
    whole = story_stream.StoryStream._likelihoods

    def counted(self, row, vectors, others, density):
        sizes.append(len(others))
        return whole(self, row, vectors, others, density)

    monkeypatch.setattr(story_stream.StoryStream, "_likelihoods", counted)
    minutes = [dt.datetime(2026, 2, 3) + dt.timedelta(minutes=n) for n in range(400)]  # noqa: DTZ001
    articles = [
        Article(id=str(n), text=f"Séisme à Demnate, au Maroc : {n} morts.", published_at=day)
        for n, day in enumerate(minutes)
    ]
    (story,) = stories(articles)
    assert len(story) == len(articles)
    assert max(sizes) == story_stream.FIRST_MEMBERS + story_stream.LAST_MEMBERS


def test_dates_of_any_year_and_zone_stand_together():
    zones = [None, dt.UTC, dt.timezone(dt.timedelta(hours=23)), dt.timezone(dt.timedelta(hours=-23))]
    near = dt.timedelta(days=2)  # nearer, an article refuses them
    moments = [dt.datetime.min + near, dt.datetime.max - near, dt.datetime(2026, 2, 3)]  # noqa: DTZ001, DTZ901
    dates = [None, *(moment.replace(tzinfo=zone) for moment in moments for zone in zones)]
    articles = [
        Article(id=str(n), text=f"Séisme à Demnate, au Maroc {n}.", published_at=date) for n, date in enumerate(dates)
    ]
    index = RelatedIndex().fit(articles)
    for article in articles:
        assert index.suggest(article.id, k=20)
    assert len(list(index.to_bulk())) == 2 * len(articles)
    assert {name for story in stories(articles, min_size=1) for name in story.article_ids} == set(index.ids)


def record(**records):
    return Analysis(article=Article(id="z", text="Un séisme."), body_spans=((0, 10),), **records)


def figure(**values):
    return Figure(start=0, end=1, text="1", **{"event": "killed", "value": 1, **values})


def entity(**values):
    return Entity(**{"id": "e1", "name": "Lyon", "label": Label.LOC, "mention_count": 1, **values})


@pytest.mark.parametrize(
    "odd",
    [
        record(entities=(entity(name=None),)),
        record(entities=("x",)),
        record(entities=(entity(mention_count=None),)),
        record(entities=None),
        record(figures=(figure(value="x"),)),
    ],
)
def test_records_that_cannot_be_read_are_refused_alone(odd):
    index = RelatedIndex().fit(["Un séisme à Lyon."])
    with pytest.raises(ArticleError, match="records of article 'z' cannot be read"):
        index.add(odd)
    assert len(index) == 1
    with pytest.raises(ArticleError):
        stories([odd])


@pytest.mark.parametrize(
    "odd",
    [
        record(entities=(entity(mention_count=10**400), entity(mention_count=-5))),
        record(figures=(figure(value=10**400), figure(value=float("nan")), figure(value=-(10**400)))),
        record(topics=(Topic(code="medtop:1", name="x", level=1, score=1),) * 3),
    ],
)
def test_numbers_of_any_size_are_taken(odd, tmp_path):
    index = RelatedIndex().fit([odd, "Un séisme à Lyon."])
    assert index.suggest("z")
    index.save(tmp_path / "i")
    assert RelatedIndex.load(tmp_path / "i").suggest("z") == index.suggest("z")


OPTIONS = [
    *({"k": value} for value in ("5", -1, 0, True, 2.0, None, 10**30)),
    *({"min_score": value} for value in ("x", float("nan"), None, -0.1, 10**400)),
    *({"since": value} for value in (5, b"x", ["2026-01-01"])),
    *({"exclude": value} for value in (5, [5], None, b"x")),
    *({"kinds": value} for value in (5, [5], b"same_story")),
    *({"same_source": value} for value in ("x", 1, [], np.array([1, 2]))),
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_options_of_odd_types(options):
    index = RelatedIndex().fit(TEXTS)
    with pytest.raises(OptionError, match=f"{next(iter(options))}"):
        index.suggest(index.ids[0], **options)


def test_arguments_of_odd_types():
    index = RelatedIndex().fit(TEXTS)
    first = index.ids[0]
    assert (
        index.suggest(first, k=np.int64(2), min_score=np.float32(0.0), exclude=first, same_source=np.bool_(False)) == []
    )
    for query in (None, 5, b"x", float("nan"), [first]):
        with pytest.raises(ArticleError):
            index.suggest(query)
    for items in (None, 5, {"text": "x"}, pd.DataFrame({"text": ["x"]}), b"x", [None], [b"x"]):
        with pytest.raises(ArticleError):
            index.add(items)
        with pytest.raises(ArticleError):
            stories(items)
    for ids in (None, 5, [5], b"x", np.int64(0)):
        with pytest.raises(OptionError, match="each a str"):
            index.remove(ids)
    for count in ("5", 0, None, 2.5, 10**12):
        with pytest.raises(OptionError):
            index.kneighbors(n_neighbors=count)
    assert index.ids == RelatedIndex().fit(TEXTS).ids
    index.add(np.array(TEXTS))
    index.add(pd.Series(["Un autre texte."]))
    assert len(index) == len(TEXTS) + 1
    for options in ({"min_size": "x"}, {"min_size": 0}, {"similarity": None}, {"days": float("nan")}, {"weights": "x"}):
        with pytest.raises(OptionError):
            stories(["x"] and [Article(text="x")], **options)
    for call in (
        lambda: themes([], n="5"),
        lambda: keyphrases("x", k="5"),
        lambda: keyphrases(5),
    ):
        with pytest.raises(OptionError):
            call()


BAD_LABELS = {
    "two types": ["a", 1, "a", 1],
    "a zero at the end": ["a\0", "a", "a\0", "a"],
    "nested": [["a", ["b"]], ["c"], [], ["a"]],
    "dictionaries": [{"a": 1}] * 4,
    "missing": [None] * 4,
    "missing inside": [["a", None], ["b"], [], ["a"]],
    "NA": pd.Series(["a", pd.NA, "a", "b"], dtype="string"),
    "none": [],
    "one number": 5,
    "a dictionary": dict.fromkeys("abcd", 1),
    "three dimensions": np.zeros((4, 2, 2)),
    "a table of other numbers": np.array([[0, 2], [1, 0], [0, 1], [1, 0]]),
    "a table of NaN": np.array([[0, np.nan], [1, 0], [0, 1], [1, 0]]),
    "a table of words": np.array([["a", "b"]] * 4),
    "a column twice": pd.DataFrame([[0, 1]] * 4, columns=["a", "a"]),
    "two types in sets": [["a"], [1], ["a", 1], []],
    "one class": ["a"] * 4,
}


@pytest.mark.parametrize("labels", BAD_LABELS.values(), ids=BAD_LABELS)
def test_labels_of_odd_types(labels):
    with pytest.raises(SourceError):
        TopicLabeler(base=None).fit(TEXTS, labels)


@pytest.mark.parametrize(
    "texts",
    [
        None,
        5,
        "abcd",
        b"abcd",
        dict.fromkeys("abcd"),
        np.array("x"),
        [b"x"] * 4,
        [7] * 4,
        [None] * 4,
        [pd.NaT] * 4,
        [""] * 4,
    ],
    ids=str,
)
def test_texts_of_odd_types(texts):
    labeler = TopicLabeler(base=None)
    with pytest.raises(SourceError):
        labeler.fit(texts, LABELS)
    assert not hasattr(labeler, "classes_")


def test_texts_and_labels_that_are_taken():
    for texts in (
        np.array(TEXTS),
        [*TEXTS[:3], pd.NA],
        [*TEXTS[:3], float("nan")],
        [f"\ud800 {text}" for text in TEXTS],
    ):
        labeler = TopicLabeler(base=None).fit(texts, np.array(LABELS))
        assert labeler.predict([TEXTS[0]]).tolist() == ["a"]
    for labels in (["\ud800", "b"] * 2, [Decimal(1), Decimal(2)] * 2, ["", "b"] * 2, [True, False] * 2):
        assert set(TopicLabeler(base=None).fit(TEXTS, labels).classes_.tolist()) == set(labels)
    for options in (
        {"C": "4"},
        {"C": float("nan")},
        {"threshold": None},
        {"max_words": 0},
        {"max_words": 2.5},
        {"base": ["x"]},
    ):
        with pytest.raises(OptionError):
            TopicLabeler(**options).fit(TEXTS, LABELS)
    with pytest.raises(SourceError):
        labeler.label_topics(5)
    with pytest.raises(SourceError):
        labeler.label_topics("x", title=7)


def test_weights_of_a_broken_installation():
    from importlib import resources

    from newsnlp.entities.recognition import network

    rng = random.Random(5)
    names = resources.files("newsnlp.entities").joinpath("weights", network.WEIGHTS_FILE).read_bytes()
    for data in (b"", names[:1000], names[: len(names) // 2], b"PK" + names[2:40], rng.randbytes(5000)):
        with pytest.raises(ModelFormatError, match="force-reinstall"):
            network.read_weights(data)
    topic_model.load_model.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(topic_model, "FOLDER", "nowhere")
        with pytest.raises(ModelFormatError, match="force-reinstall"):
            topic_model.load_model()
    assert isinstance(topic_model.load_model(), topic_model.TopicModel)
    assert issubclass(ModelFormatError, NewsnlpError)
