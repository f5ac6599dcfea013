"""Public functions given what they do not take: one typed error of one line, never Python's own."""

from __future__ import annotations

import contextlib
import copy

import pandas as pd
import pytest

import newsnlp
from newsnlp import Analysis, Article, RelatedIndex, TopicLabeler, exports
from newsnlp.errors import ArticleError, NewsnlpError, OptionError, SourceError
from newsnlp.records import Entity, Figure, Label, Mention, Topic
from newsnlp.safety.values import real_number, whole_number


class Unshowable:
    def __repr__(self):
        raise RuntimeError

    __str__ = __repr__


NOT_ANALYSES = [
    None,
    7,
    float("nan"),
    "Un mort.",
    b"Un mort.",
    {"a": 1},
    ["x"],
    [7],
    Unshowable(),
    pd.DataFrame({"a": [1]}),
]
TAKE_ANALYSES = {
    "to_frames": newsnlp.to_frames,
    "write_tables": lambda given: newsnlp.write_tables(given, "never-made"),
    "casualties": newsnlp.casualties,
    "forces": newsnlp.forces,
    "entities_over_time": newsnlp.entities_over_time,
    "casualties_by_day": newsnlp.casualties_by_day,
    "co_occurrences": newsnlp.co_occurrences,
    "themes": newsnlp.themes,
    "explain": newsnlp.explain,
    "to_conll": exports.to_conll,
    "to_doccano": exports.to_doccano,
    "to_label_studio": exports.to_label_studio,
    "render_displacy": exports.render_displacy,
}


def one_line(call, *arguments, error=NewsnlpError, **options):
    with pytest.raises(error) as refused:
        call(*arguments, **options)
    told = str(refused.value)
    assert "\n" not in told
    assert 10 < len(told) < 500
    return told


@pytest.mark.parametrize("given", NOT_ANALYSES, ids=lambda given: type(given).__name__)
@pytest.mark.parametrize("name", TAKE_ANALYSES)
def test_what_is_made_of_analyses(name, given, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one_line(TAKE_ANALYSES[name], given)


@pytest.mark.parametrize(
    "given",
    [None, 7, b"x", {"text": "x"}, [7], [None], Unshowable(), pd.DataFrame({"a": [1]})],
    ids=lambda given: type(given).__name__,
)
def test_what_is_made_of_articles(given):
    pipeline = newsnlp.Pipeline.__new__(newsnlp.Pipeline)
    pipeline.topics = None
    for call in (RelatedIndex().add, newsnlp.stories, lambda given: list(pipeline.pipe(given))):
        one_line(call, given, error=ArticleError)
    one_line(newsnlp.clean, given, error=ArticleError)


def test_views_of_tables_that_lack_some():
    frames = newsnlp.to_frames([])
    one_line(newsnlp.casualties_by_day, {"articles": frames["articles"]}, error=SourceError)
    one_line(newsnlp.co_occurrences, {"entities": 7}, error=SourceError)
    one_line(newsnlp.co_occurrences, frames, minimum="x", error=OptionError)
    one_line(newsnlp.entities_over_time, frames, freq="\u00b2", error=OptionError)
    for timezone in ("Nowhere/\x1b[2J", 7.5, "../x", "a\0b"):
        one_line(newsnlp.casualties_by_day, frames, timezone=timezone, error=OptionError)


def test_options_of_a_pipeline():
    for model in (7, None, b"x", "", "../x"):
        one_line(newsnlp.load, model, error=NewsnlpError)
    for entities in (7, None, ["news"]):
        assert "entities=" in one_line(newsnlp.load, entities=entities, error=OptionError)
    assert "topics=7" in one_line(newsnlp.load, topics=7, error=OptionError)


def test_options_are_numbers_of_their_kind():
    for value in (1.5, "1", None, True, 0, float("nan"), 1 + 0j, 10**5000):
        one_line(whole_number, "k", value, most=10**9, error=OptionError)
    for value in ("1", None, True, -0.1, float("nan"), 1 + 0j, 10**5000):
        one_line(real_number, "k", value, most=10.0, error=OptionError)


@pytest.mark.parametrize("columns", [7, "text", {"text": 7}, {"x": "y"}, {7: "text"}])
def test_columns_that_name_no_field(columns, tmp_path):
    one_line(newsnlp.analyze_corpus, ["Un mort."], tmp_path / "out", columns=columns, error=SourceError)
    assert not (tmp_path / "out").exists()


def test_an_unfitted_labeller(tmp_path):
    for call in (
        lambda: TopicLabeler().predict(["x"]),
        lambda: TopicLabeler().label_topics("x"),
        lambda: TopicLabeler().save(tmp_path),
    ):
        assert "not fitted" in one_line(call)


ANALYSIS = Analysis(
    article=Article(text="Un mort à Lyon."),
    entities=(Entity(id="e1", name="Lyon", label=Label.LOC, mention_count=1),),
    mentions=(Mention(start=10, end=14, text="Lyon", label=Label.LOC),),
    figures=(Figure(start=0, end=2, text="Un"),),
    topics=(Topic(code="medtop:1", name="x", level=1, score=0.5),),
    body_spans=((0, 15),),
).to_dict()


def test_an_analysis_of_any_json():
    for whole in (None, 7, "x", [], {}, {"article": None}, {"article": {}}, {"article": {"text": 7}}):
        one_line(Analysis.from_dict, whole, error=ArticleError)
    for key in ANALYSIS:
        for value in (None, 7, "x", {}, [7], [[]], [None]):
            taken_or_refused({**ANALYSIS, key: value})
        taken_or_refused({name: value for name, value in ANALYSIS.items() if name != key})
    for table in ("entities", "mentions", "figures", "topics"):
        for key in ANALYSIS[table][0]:
            damaged = copy.deepcopy(ANALYSIS)
            del damaged[table][0][key]
            taken_or_refused(damaged)


def taken_or_refused(data):
    with contextlib.suppress(ArticleError):
        Analysis.from_dict(data)


GARBAGE = [
    "x", "{", "7", "null", '{"text": 7}', '{"text": "a", "label": 7}', '{"text": "a", "label": [[0, 99, "PER"]]}',
    '{"text": "a", "label": [["x", 1, "PER"]]}', '{"text": "a", "label": [[0, 1, ["PER"]]]}', '[{"data": 7}]',
    '{"text": "ab", "label": [[0, 1, "PER"], ["x", 1, "PER"]]}', '[{"data": {"text": "a"}, "annotations": 7}]',
    '[{"data": {"text": "a"}, "annotations": [{"result": [7]}]}]', "[" * 100_000, "9" * 5000, None, 7, b"x", [7],
]  # fmt: skip


@pytest.mark.parametrize("garbage", GARBAGE, ids=lambda garbage: str(garbage)[:40])
def test_annotations_that_are_none(garbage):
    one_line(exports.from_doccano, garbage)
    one_line(exports.from_label_studio, garbage)
    one_line(exports.from_conll, garbage, [Article(text="Un mort à Lyon.")])
