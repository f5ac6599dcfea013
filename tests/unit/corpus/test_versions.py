"""Articles of one id: the newest is kept, and what it replaces is told."""

from __future__ import annotations

import pandas as pd
import pytest

import newsnlp
from newsnlp.corpus.run import shards
from newsnlp.corpus.versions import Versions
from newsnlp.errors import ArticleError, OptionError


def told(report):
    return [(f.article_id, f.position, f.kind.value) for f in report.failures]


def row(own_id, text, date=None):
    return {"id": own_id, "text": text, "date": date}


MANY = [row(f"a{n}", f"Nom{n} parle. " + "mot " * 300) for n in range(120)]
DATED = [
    row("u", "Deux morts.", "2024-03-12T08:00:00"),
    row("v", "Neuf 9 blessés.", "2024-03-12T20:00:00+01:00"),
    *MANY,
    row("u", "Cinq 5 morts.", "2024-03-12T18:00:00"),
    row("v", "Un blessé.", "2024-03-12T18:30:00Z"),
    row("w", "Un."),
    row("w", "Deux.", "2024-03-12"),
    row("w", "Trois."),
]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("form", ["csv", "sqlite"])
def test_the_latest_is_kept_whatever_the_order(run, tables, workers, form):
    report = run(DATED, workers=workers, format=form, text=True)
    assert told(report) == [
        ("u", 0, "replaced"),
        ("v", 123, "replaced"),
        ("w", 124, "replaced"),
        ("w", 125, "replaced"),
    ]
    assert report.failures[0].reason == "replaced by item 122, an article of the same id and a later date"
    assert report.failures[2].reason == "replaced by item 126, an article of the same id further on in the input"
    assert (report.articles, report.items) == (123, len(DATED))
    found = tables()
    texts = dict(zip(found["articles"]["article_id"], found["articles"]["text"], strict=True))
    assert len(texts) == 123
    assert {texts[name] for name in "uvw"} == {"Cinq 5 morts.", "Neuf 9 blessés.", "Trois."}
    assert found["mentions"].groupby("article_id").size().max() == 1
    assert set(found["mentions"]["article_id"]) == set(texts)
    assert dict(report.rows) == {name: len(frame) for name, frame in found.items()}
    assert found["failures"]["position"].tolist() == [0, 123, 124, 125]


def test_a_newer_one_that_fails_replaces_none(run, tables):
    report = run([row("u", "Deux 2 morts."), row("u", "RAISE"), row("u", "Trois 3 morts."), row("u", "DIE")])
    assert told(report) == [("u", 0, "replaced"), ("u", 1, "error"), ("u", 3, "worker_died")]
    assert tables()["figures"]["value"].tolist() == [3]


def test_a_run_that_was_stopped_settles_alike(run, tables, tmp_path):
    rows = [*DATED, row("stop", "RAISE")]
    with pytest.raises(ArticleError, match="article stop"):
        run(rows, on_error="raise")
    report = run(rows, resume=True)
    assert report.resumed > 0
    whole = run(rows, out=tmp_path / "whole")
    assert report.failures == whole.failures
    for name, frame in tables(tmp_path / "whole").items():
        pd.testing.assert_frame_equal(tables()[name], frame)


def test_first_fail_and_dry_run(run, tmp_path):
    rows = [row("u", "Deux.", "2024-03-12"), row("u", "Trois.", "2024-03-13")]
    assert told(run(rows, on_duplicate="first")) == [("u", 1, "duplicate_id")]
    with pytest.raises(ArticleError, match=r"article u: item 1 has the id of item 0.*on_duplicate='latest'"):
        run(rows, on_duplicate="fail")
    report = run(rows, out=tmp_path / "never", dry_run=True)
    assert (report.articles, told(report)) == (1, [("u", 0, "replaced")])
    with pytest.raises(OptionError, match="on_duplicate"):
        run(rows, on_duplicate="last")


def test_the_same_text_without_an_id_is_a_copy_under_every_rule(run):
    for rule in ("latest", "first", "fail"):
        report = run(["Même dépêche.", "Même dépêche."], on_duplicate=rule)
        assert (report.articles, report.failures) == (2, ())


def test_an_id_that_looks_like_an_inner_one_is_an_id_as_any_other(run, tables):
    rows = [
        row("u", "Un."),
        row("u", "Deux."),
        row("u\x1f1", "Trois."),
        row("u\x1f1", "Quatre."),
        row("é" * 8000, "Cinq."),
    ]
    report = run([*rows, row("é" * 8000, "Six.")], format="jsonl", text=True)
    assert [(p, k) for _, p, k in told(report)] == [(0, "replaced"), (2, "replaced"), (4, "replaced")]
    assert tables()["articles"]["text"].tolist() == ["Deux.", "Quatre.", "Six."]
    assert tables()["articles"]["article_id"].tolist() == ["u", "u\x1f1", "é" * 8000]
    run([row("u\x1f2", "Un."), row("u", "Deux."), row("u", "Trois."), row("u", "Quatre.")], format="jsonl", text=True)
    assert tables()["articles"]["text"].tolist() == ["Un.", "Quatre."]


def test_a_partition_settles_its_own(monkeypatch):
    from fake_pipelines import FakePipeline

    monkeypatch.setattr("newsnlp.corpus.work.pipeline_of", lambda _: FakePipeline())
    frames = newsnlp.analyze_partition(pd.DataFrame(DATED), text=True)
    assert frames["failures"]["kind"].tolist() == ["replaced"] * 4
    assert "Cinq 5 morts." in set(frames["articles"]["text"])


def test_shards_do_not_depend_on_the_reading():
    items = [newsnlp.Article(id=name, text="x" * 500) for name in "aabbab" * 50]
    first, second = (list(shards(items, Versions())) for _ in range(2))
    assert [shard.digest for shard in first] == [shard.digest for shard in second]


def test_what_a_source_tells_of_an_article_reaches_the_tables(run, tables):
    article = newsnlp.Article(
        id="x", text="Deux morts.", extra={"page": "3", "section": "Région", "édition": "Nord"}, warnings=("un octet",)
    )
    run([article, newsnlp.Article(id="y", text="Un mort.")], format="jsonl")
    first, second = tables()["articles"].to_dict("records")
    assert (first["page"], first["section"], first["extra"]) == ("3", "Région", '{"édition": "Nord"}')
    assert all(pd.isna(second[name]) for name in ("page", "section", "extra"))
    back = newsnlp.Analysis.from_dict(newsnlp.Analysis(article=article).to_dict()).article
    assert back == article
    assert back.extra == article.extra
