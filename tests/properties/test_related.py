"""The index is exact: it answers as brute force does, in whatever order and however often articles came and went."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsnlp import Article, RelatedIndex
from newsnlp.related.arrays.terms import SHORT_WORDS, _pieces, features_of, terms_in
from newsnlp.samples import sample_corpus

WORDS = [
    "séisme",
    "Maroc",
    "morts",
    "Demnate",
    "secours",
    "village",
    "grève",
    "Nantes",
    "éboueurs",
    "vote",
    "maire",
    "élection",
    "Lyon",
    "banque",
    "taux",
    "baisse",
    "grévistes",
    "Séismes",
    "séismes",
    "le",
    "la",
    "de",
    "un",
    "36",
    "8",
    "500",
    "l’aide",
    "États-Unis",
    "Etats-Unis",
    "œuf",
    "naïf",
]
texts = st.lists(st.sampled_from(WORDS), min_size=0, max_size=60).map(" ".join)
headlines = st.lists(st.sampled_from(WORDS), min_size=0, max_size=12).map(" ".join)


def articles(all_texts):
    return [Article(id=f"a{number:02}", text=text) for number, text in enumerate(all_texts)]


def brute_force(analyzer, all_texts):
    """Return the cosines of scikit-learn; none where nobody says a word."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    if not any(analyzer(text) for text in all_texts):
        return np.zeros((len(all_texts), len(all_texts)))
    matrix = TfidfVectorizer(analyzer=analyzer, sublinear_tf=True, dtype=np.float64).fit_transform(all_texts)
    return (matrix @ matrix.T).toarray()


def is_short(text):
    return len(features_of(text).words) <= SHORT_WORDS


def pieces_in(text):
    # Long texts are not compared letter by letter: their pieces count nowhere, in no document frequency either.
    return list(_pieces(features_of(text).words).elements()) if is_short(text) else []


def expected(all_texts):
    words, letters = brute_force(terms_in, all_texts), brute_force(pieces_in, all_texts)
    short = np.array([len(terms_in(t)) > 0 and is_short(t) for t in all_texts])
    both = short[:, None] & short[None, :] & (words > 0)
    return np.where(both, (words + letters) / 2, words)


def similarities(index, count):
    distances, indices = index.kneighbors(n_neighbors=count)
    found = np.ones((count, count))
    for row in range(count):
        for distance, column in zip(distances[row], indices[row], strict=True):
            if column >= 0:
                found[row, column] = 1 - distance
    return found


@given(st.lists(st.one_of(texts, headlines), min_size=1, max_size=15))
@example(["séisme Maroc", "séisme grève", "grève grévistes Lyon " * 11])
def test_equals_brute_force_cosine(all_texts):
    found = similarities(RelatedIndex().fit(articles(all_texts)), len(all_texts))
    wanted = expected(all_texts)
    np.fill_diagonal(wanted, 1)
    np.testing.assert_allclose(found, wanted, atol=2e-6)


def test_equals_brute_force_cosine_on_the_corpus():
    corpus = [f"{article.title}\n{article.text}" for article in sample_corpus()]
    found = similarities(RelatedIndex().fit(articles(corpus)), len(corpus))
    wanted = expected(corpus)
    np.fill_diagonal(wanted, 1)
    np.testing.assert_allclose(found, wanted, atol=2e-6)


@given(st.lists(texts, min_size=1, max_size=12), texts)
def test_a_query_that_is_not_held_equals_brute_force(all_texts, query):
    index = RelatedIndex().fit(articles(all_texts))
    distances, indices = index.kneighbors([Article(text=query)], n_neighbors=len(all_texts))
    from sklearn.feature_extraction.text import TfidfVectorizer

    if not any(terms_in(text) for text in all_texts) or len(features_of(query).words) <= SHORT_WORDS:
        return
    vectorizer = TfidfVectorizer(analyzer=terms_in, sublinear_tf=True).fit(all_texts)
    known = (vectorizer.transform([query]) @ vectorizer.transform(all_texts).T).toarray()[0]
    # Words that no held text has lengthen our query and not scikit-learn's: the order is the same.
    found = np.zeros(len(all_texts))
    found[indices[0]] = 1 - distances[0]
    if known.max() > 0:
        np.testing.assert_allclose(found / found.max(), known / known.max(), atol=1e-5)
    else:
        assert found.max() == 0


def summary(index, query):
    return [(found.id, found.kind, found.reasons, found.others) for found in index.suggest(query, k=20, min_score=0)]


@given(st.lists(texts, min_size=1, max_size=12))
def test_all_at_once_equals_one_by_one(all_texts):
    together, single = RelatedIndex(), RelatedIndex()
    together.add(articles(all_texts))
    for article in articles(all_texts):
        single.add(article)
    for article in articles(all_texts):
        assert together.suggest(article.id, k=20, min_score=0) == single.suggest(article.id, k=20, min_score=0)


@given(st.lists(texts, min_size=1, max_size=8), st.lists(texts, min_size=1, max_size=8))
def test_added_and_removed_equals_never_added(kept, gone):
    index, never = RelatedIndex(), RelatedIndex()
    passing = [Article(id=f"x{number}", text=text) for number, text in enumerate(gone)]
    index.add(passing[::2])
    index.add(articles(kept))
    index.add(passing[1::2])
    never.add(articles(kept))
    index.remove([article.id for article in passing])
    index._columns.compact()
    assert index.ids == never.ids
    for article in articles(kept):
        one, other = (which.suggest(article.id, k=20, min_score=0) for which in (index, never))
        assert [found.id for found in one] == [found.id for found in other]
        assert [found.score for found in one] == pytest.approx([found.score for found in other], abs=2e-6)
        # Which words are equal in share may come in either order of rounding: the same words are named.
        assert [set(found.reasons) for found in one] == [set(found.reasons) for found in other]


@given(st.lists(texts, min_size=2, max_size=8))
def test_removed_articles_are_never_suggested(all_texts):
    index = RelatedIndex()
    index.add(articles(all_texts))
    index.remove("a00")
    for article in articles(all_texts):
        found = index.suggest(article, k=20, min_score=0)
        assert "a00" not in {one for suggestion in found for one in (suggestion.id, *suggestion.others)}


@given(st.lists(texts, min_size=1, max_size=8))
def test_a_held_article_as_a_query_equals_its_id(all_texts):
    index = RelatedIndex()
    index.add(articles(all_texts))
    for article in articles(all_texts):
        assert summary(index, article) == summary(index, article.id)


@given(st.text(), st.text())
def test_no_text_breaks_it(one, other):
    index = RelatedIndex()
    index.add([Article(id="one", text=one, title=other), Article(id="other", text=other)])
    for found in index.suggest("one", min_score=0):
        assert found.id == "other"
    index.suggest(Article(text=f"{one} x {other}"), min_score=0)
    index.suggest(f"mot {one} x {other}", min_score=0)
