"""Adding, replacing, removing; bad input; scikit-learn's manner."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import numpy as np
import pytest

from newsnlp import Article, RelatedIndex
from newsnlp.errors import ArticleError, NewsnlpError, OptionError, UnknownIdError
from newsnlp.records import Analysis


def test_an_empty_index_suggests_nothing():
    index = RelatedIndex()
    assert len(index) == 0
    assert index.suggest("Un séisme a secoué le Maroc.") == []
    assert index.suggest(Article(text="")) == []
    with pytest.raises(UnknownIdError, match="among the 0 that are held"):
        index.suggest("seisme-1")
    distances, indices = index.kneighbors(["Un séisme au Maroc."], n_neighbors=2)
    assert indices.tolist() == [[-1, -1]]
    assert np.isinf(distances).all()
    assert index.kneighbors()[1].shape == (0, 5)


def test_an_unknown_id_names_the_nearest(index):
    with pytest.raises(UnknownIdError, match="did you mean 'seisme-1'"):
        index.suggest("seisme-11")
    with pytest.raises(KeyError):
        index.suggest("no-such-article")


def test_ids_with_spaces_are_ids():
    index = RelatedIndex()
    index.add([Article(id="deux mots", text="Séisme à Demnate, au Maroc."), Article(id="b", text="Demnate, séisme.")])
    assert [found.id for found in index.suggest("deux mots")] == ["b"]


@pytest.mark.parametrize("text", ["", "   \n", "…", "le la les", "😀", "1"])
def test_an_article_without_words(index, text):
    index.add(Article(id="empty", text=text))
    assert "empty" in index
    assert index.suggest("empty") == []
    assert index.suggest(Article(text=text), min_score=0) == []
    for article_id in ("seisme-1", "grippe-2"):
        assert "empty" not in {found.id for found in index.suggest(article_id, k=60, min_score=0)}


def test_the_same_id_replaces(index, corpus):
    index.add(Article(id="seisme-1", text="La Banque centrale européenne abaisse son taux directeur."))
    assert len(index) == len(corpus)
    assert index.suggest("seisme-1")[0].id.startswith("banque")
    found = index.suggest("seisme-2", k=60, min_score=0)
    assert all("seisme-1" not in suggestion.others for suggestion in found)


def test_duplicate_ids_in_one_call_keep_the_last():
    index = RelatedIndex()
    index.add([Article(id="a", text="Séisme au Maroc."), Article(id="a", text="Grève à Nantes.")])
    assert index.ids == ["a"]
    assert [found.id for found in index.suggest("La grève de Nantes continue.")] == ["a"]
    assert not index.suggest("Le séisme du Maroc.")


def test_the_same_text_without_an_id_is_one_article():
    index = RelatedIndex()
    index.add(["Séisme au Maroc.", "Séisme au Maroc."])
    assert len(index) == 1


def test_an_added_article_is_seen_by_the_next_query(index):
    index.suggest("seisme-1")
    index.add(Article(id="new", text="Zanzibar : le volcan Kilimandjaro gronde."))
    assert [found.id for found in index.suggest("Le volcan Kilimandjaro, près de Zanzibar.")] == ["new"]
    index.remove("new")
    assert index.suggest("Le volcan Kilimandjaro, près de Zanzibar.") == []


def test_removing_says_how_many_were_held(index, corpus):
    assert index.remove("no-such-article") == 0
    assert index.remove([]) == 0
    assert len(index) == len(corpus)
    assert index.remove(["seisme-1", "no-such-article", "seisme-1", "seisme-2"]) == 2
    assert len(index) == len(corpus) - 2
    assert "seisme-1" not in index
    assert "seisme-1" not in {found.id for found in index.suggest("seisme-4", k=20)}


def test_what_is_held_of_an_article():
    index = RelatedIndex()
    fields = {"title": "Séisme", "source": "Atlas", "published_at": "2026-02-03T06:00:00+01:00"}
    index.add(Article(id="a", text="Séisme au Maroc.", url="https://a.example/1", extra={"section": "Monde"}, **fields))
    index.add("Sans rien.")
    held = index["a"]
    assert (held.id, held.title, held.source, held.section, held.url) == ("a", "Séisme", "Atlas", "Monde", held.url)
    assert held.published_at == datetime(2026, 2, 3, 5, tzinfo=UTC)
    bare = index[index.ids[1]]
    assert (bare.title, bare.source, bare.section, bare.published_at, bare.topics) == (None, None, None, None, ())
    with pytest.raises(UnknownIdError, match="no article 'b'"):
        index["b"]


def test_removing_most_closes_the_gaps(index, corpus):
    for round_number in range(4):
        more = [Article(id=f"x{n}", text=f"Séisme à Demnate, bilan {n}.") for n in range(200)]
        index.add(more)
        index.remove([article.id for article in more])
        assert len(index) == len(corpus), round_number
    assert len(index._columns.meta) <= len(corpus) + 200
    assert index.suggest("seisme-1")[0].id == "seisme-2"


def test_words_of_removed_articles_are_forgotten():
    index = RelatedIndex()
    for start in range(0, 2000, 200):
        index.add(Article(id=str(n), text=f"mot{n} chose{n}") for n in range(start, start + 200))
        index.remove([str(n) for n in range(start, start + 200)])
    assert len(index._columns.texts.vocabulary) < 1000


def test_idf_follows_the_collection(index):
    def share():
        (found,) = [found for found in index.suggest("seisme-1", k=60, fold=False) if found.id == "seisme-2"]
        return found.score

    index.suggest("seisme-1")
    before = index._columns.texts.idf().copy()
    index.add(Article(id=f"x{n}", text=f"Le séisme et ses répliques, note {n}.") for n in range(60))
    assert share() > 0
    number = index._columns.texts.vocabulary.number("seisme") or index._columns.texts.vocabulary.number("séisme")
    assert index._columns.texts.idf()[number] < before[number]


def test_an_analysis_without_spans_counts_whole():
    index = RelatedIndex()
    index.add([Analysis(article=Article(id="a", text="Séisme à Demnate, au Maroc.")), "Demnate après le séisme."])
    assert len(index.suggest("a")) == 1


@pytest.mark.parametrize("item", [3, None, b"bytes", {"text": "x"}])
def test_what_is_no_article(index, item):
    with pytest.raises(ArticleError, match=type(item).__name__):
        index.add([item])
    with pytest.raises(NewsnlpError):
        index.suggest(item)


def test_a_failing_stream_keeps_what_came_before():
    def stream():
        yield Article(id="a", text="Séisme au Maroc.")
        message = "the feed broke"
        raise OSError(message)

    index = RelatedIndex()
    with pytest.raises(OSError, match="feed"):
        index.add(stream())
    assert index.ids == ["a"]


def test_fit_holds_these_and_no_others(index, corpus):
    assert index.fit(corpus[:5]) is index
    assert index.ids == [article.id for article in corpus[:5]]


def test_kneighbors_in_scikit_learns_manner(index, corpus):
    distances, indices = index.kneighbors(n_neighbors=3)
    assert distances.shape == indices.shape == (len(corpus), 3)
    assert (np.diff(distances, axis=1) >= 0).all()
    assert all(row not in indices[row] for row in range(len(corpus)))
    assert (index.kneighbors(n_neighbors=3, return_distance=False) == indices).all()
    own = index.kneighbors([corpus[7]], n_neighbors=1)
    assert own[1].tolist() == [[7]]
    assert own[0][0, 0] == pytest.approx(0, abs=1e-5)
    assert index.kneighbors(["seisme-1"], n_neighbors=100)[1].shape == (1, 100)
    with pytest.raises(OptionError, match="n_neighbors=0"):
        index.kneighbors(n_neighbors=0)


def test_readers_and_a_writer_together(corpus):
    index = RelatedIndex()
    index.add(corpus)
    failures = []

    def read():
        try:
            for article in corpus:
                index.suggest(article.id)
        except Exception as error:  # noqa: BLE001  # any failure in a thread is what is looked for
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(150):
        index.add(Article(id=f"x{number}", text=f"Séisme à Demnate, bilan {number}."))
        if number % 3 == 0:
            index.remove(f"x{number}")
    for thread in threads:
        thread.join()
    assert not failures
    assert len(index) == len(corpus) + 100


@pytest.mark.model
def test_analysed_articles(nlp, corpus):
    index = RelatedIndex()
    index.add(nlp.pipe(corpus[:12]))
    (first, *_) = index.suggest(corpus[2].id)
    assert first.id.startswith("automobile")
    assert any("Valmont" in reason for reason in first.reasons)
    assert index.suggest(nlp(corpus[2])) == index.suggest(corpus[2].id)
