"""Documents and queries for OpenSearch and Elasticsearch."""

from __future__ import annotations

import json

from newsnlp import Article, RelatedIndex
from newsnlp.related.search_engines import MAPPING, more_like_this_query


def documents(index, **options):
    lines = list(index.to_bulk(**options))
    return list(zip(lines[::2], lines[1::2], strict=True))


def test_an_action_and_a_document_for_each_article(index, corpus):
    found = documents(index, name="presse")
    assert [action["index"] for action, _ in found] == [{"_index": "presse", "_id": article.id} for article in corpus]
    for _, document in found:
        json.dumps(document, allow_nan=False)
        assert set(document) == set(MAPPING["mappings"]["properties"])


def test_counts_are_repetitions(record):
    index = RelatedIndex()
    index.add(record("a", "Séisme, séisme, séismes : Demnate.", names=["Demnate"], topics=["medtop:03000000"]))
    ((_, document),) = documents(index)
    assert sorted(document["terms"].split()) == ["demnate", "seisme", "seisme", "seisme"] or sorted(
        document["terms"].split()
    ) == ["demnate", "séisme", "séisme", "séisme"]
    assert document["names"] == "demnate"
    assert document["topics"] == ["medtop:03000000"]
    assert document["published_at"] is None


def test_dates_are_utc(index):
    document = {action["index"]["_id"]: document for action, document in documents(index)}["grippe-1"]
    assert document["published_at"] == "2026-01-12T08:40:00+00:00"


def test_the_query_takes_all_terms_and_decays(index):
    document = documents(index)[0][1]
    body = more_like_this_query(document, k=7)
    assert body["size"] == 7
    script = body["query"]["script_score"]["script"]
    assert script["params"]["decay"] == index.weights.decay
    assert script["params"]["now"] == 1768207200000
    terms = body["query"]["script_score"]["query"]["bool"]["should"][0]["more_like_this"]
    assert terms["max_query_terms"] == 100
    assert terms["like"] == document["terms"]
    json.dumps(body)


def test_without_a_date_there_is_no_decay():
    body = more_like_this_query({"terms": "séisme", "names": "", "published_at": None})
    assert "script_score" not in body["query"]
    assert len(body["query"]["bool"]["should"]) == 1


def test_the_document_itself_is_left_out():
    body = more_like_this_query({"terms": "séisme"}, exclude={"b", "a"})
    assert body["query"]["bool"]["must_not"] == [{"ids": {"values": ["a", "b"]}}]


def test_removed_articles_are_not_exported(index):
    index.remove("seisme-1")
    assert "seisme-1" not in {action["index"]["_id"] for action, _ in documents(index)}


def test_an_empty_index_exports_nothing():
    assert list(RelatedIndex().to_bulk()) == []


def test_odd_text_is_still_json():
    index = RelatedIndex()
    index.add(Article(id="odd", text="\ud800 a\x00b séisme"))
    for line in index.to_bulk():
        json.dumps(line)
