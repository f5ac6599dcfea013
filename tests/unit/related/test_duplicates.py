"""Copies are found whatever was done to them; other reports of the same event are none."""

from __future__ import annotations

import random

import numpy as np
import pytest

from newsnlp import Article, RelatedIndex
from newsnlp.related.arrays.forms import FormTable
from newsnlp.related.arrays.store import Vocabulary
from newsnlp.related.arrays.terms import features_of, shingles_of
from newsnlp.related.duplicates import containments, copies, copies_of


def prints(article):
    table = FormTable(Vocabulary())
    return shingles_of(table.prints(table.places(features_of(Article(text=article.text)).words)))


@pytest.mark.parametrize("seed", [20260101, 20260102])
def test_precision_and_recall_on_copies_made_of_the_corpus(copy_pairs, seed):
    found = [(copies([prints(one), prints(other)])[0, 1], truth) for _, one, other, truth in copy_pairs(seed)]
    right = sum(told and truth for told, truth in found)
    assert sum(truth for _, truth in found) > 500
    assert sum(not truth for _, truth in found) > 200
    assert right / sum(told for told, _ in found) >= 0.98
    assert right / sum(truth for _, truth in found) >= 0.98


def test_suggest_tells_copies_and_folds_them(corpus, copies_made):
    rng = random.Random(7)
    index = RelatedIndex()
    index.add(corpus)
    expected = {}
    for article in corpus:
        made = [copy for name, copy in copies_made(article, rng) if not name.startswith("brief")]
        index.add(made)
        expected[article.id] = {copy.id for copy in made}
    told = right = wanted = 0
    for article in corpus:
        found = index.suggest(article.id, k=5)
        duplicates = [suggestion for suggestion in found if suggestion.kind == "duplicate"]
        assert len(duplicates) == 1, article.id
        folded = {duplicates[0].id, *duplicates[0].others}
        event = article.id.partition("-")[0]
        # The corpus has copies of its own: they, and what was made of them, are copies too.
        same = {other.id for other in corpus if other.text[:80] == article.text[:80]} - {article.id}
        true = expected[article.id] | same | {made for other in same for made in expected[other]}
        told += len(folded)
        right += len(folded & true)
        wanted += len(expected[article.id])
        assert all(copy.partition("-")[0] == event for copy in folded)
        assert len(folded & expected[article.id]) >= len(expected[article.id]) - 1
    assert right / told >= 0.98


def test_the_best_ranked_version_stands_for_the_others(index):
    # The wire and its copy with a cut tail, of which the query shares more, by its length.
    listed = {found.id: found.score for found in index.suggest("seisme-4", k=10, fold=False)}
    best, other = sorted({"seisme-1", "seisme-2"}, key=lambda name: -listed[name])
    found = {suggestion.id: suggestion for suggestion in index.suggest("seisme-4", k=10)}
    assert found[best].others == (other,)
    assert found[best].score == listed[best]
    assert other not in found


def test_without_folding_each_version_is_listed(index):
    found = [suggestion.id for suggestion in index.suggest("seisme-4", k=10, fold=False)]
    assert {"seisme-1", "seisme-2"} <= set(found)


def test_two_briefs_of_one_wire_are_folded_through_the_wire(corpus):
    wire = next(article for article in corpus if article.id == "raffinerie-1")
    words = wire.text.split()
    half = len(words) // 2
    index = RelatedIndex()
    index.add(corpus)
    index.add([Article(id="debut", text=" ".join(words[:half])), Article(id="fin", text=" ".join(words[half:]))])
    found = index.suggest("raffinerie-4", k=10)
    listed = [suggestion.id for suggestion in found]
    assert not {"debut", "fin"} & set(listed)
    assert {"debut", "fin"} <= {other for suggestion in found for other in suggestion.others}


def test_headlines_alone_are_never_folded():
    index = RelatedIndex()
    index.add([Article(id=name, text="Séisme au Maroc : le bilan monte à 36 morts") for name in "abc"])
    assert [(found.id, found.others) for found in index.suggest("a")] == [("b", ()), ("c", ())]
    assert index.suggest("a")[0].kind == "duplicate"


def test_one_against_many_agrees_with_all_against_all(corpus):
    rows = [prints(article) for article in corpus] + [np.empty(0, np.uint32)]
    everything = copies(rows)
    for place, row in enumerate(rows):
        assert (copies_of(row, rows) == everything[place]).all()
    assert containments(rows)[-1].max() == 0


def test_fingerprints_do_not_depend_on_the_process():
    # Written down once: an index saved elsewhere must find its copies here.
    assert prints(Article(text="Deux blessés à Lyon.")).tolist() == [FINGERPRINT]


FINGERPRINT = 1466571161
