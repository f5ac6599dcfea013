"""Suggestions against the links of editors, and against plain TF-IDF."""

from __future__ import annotations

import math

import pytest

from newsnlp.errors import OptionError
from newsnlp.related.evaluation import ndcg

LINKS = {
    "seisme-1": ["seisme-3", "seisme-5"],
    "raffinerie-1": ["raffinerie-4"],
    "greve-1": ["inconnu"],
    "autre": ["greve-1"],
}


def test_ndcg():
    assert ndcg(["a", "b"], {"a", "b"}, 10) == 1.0
    assert ndcg(["x", "a"], {"a"}, 10) == pytest.approx(1 / math.log2(3))
    assert ndcg(["x", "a"], {"a"}, 1) == 0.0
    assert ndcg([], {"a"}, 10) == 0.0


def test_the_links_of_a_paper(index):
    found = index.evaluate(LINKS)
    assert (found.articles, found.links, found.missing) == (2, 3, 2)
    assert 0.5 < found.tfidf <= 1
    assert 0.5 < found.ndcg <= 1
    pairs = [(one, other) for one, others in LINKS.items() for other in others]
    assert index.evaluate(pairs) == index.evaluate({one: tuple(others) for one, others in LINKS.items()}) == found
    table = str(found)
    assert "nDCG@10" in table
    assert f"{found.ndcg:.3f}" in table
    assert "2 links left out" in table
    # An article is no link of itself, and a link counts once.
    assert index.evaluate([("seisme-1", "seisme-1"), ("seisme-1", "seisme-3"), ("seisme-1", "seisme-3")]).links == 1


@pytest.mark.parametrize("links", [3, {"seisme-1": 3}, ["seisme-1"], [("seisme-1", 3)], {"seisme-1": ["x"]}, {}, []])
def test_links_that_are_not_accepted(index, links):
    with pytest.raises(OptionError):
        index.evaluate(links)
