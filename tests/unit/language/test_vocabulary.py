from __future__ import annotations

import pytest
from tests.hostile.shapes import new_words

import newsnlp
from newsnlp.language import load_language, vocabulary

pytestmark = pytest.mark.model


def articles(count):
    return [
        newsnlp.Article(id=str(seed), text=f"Deux morts à Lyon. {new_words(1_500, seed=seed)}") for seed in range(count)
    ]


def records(analysis):
    return {key: value for key, value in analysis.to_dict().items() if key != "meta"}


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(vocabulary, "MAX_NEW_STRINGS", 1_000)
    monkeypatch.setattr("newsnlp.pipeline.BATCH_CHARS", 4_000)


def test_a_pipe_of_new_words_keeps_the_vocabulary_bounded_and_its_results(small, monkeypatch):
    bounded, sizes, languages = newsnlp.load(), [], []
    found = []
    for analysis in bounded.pipe(articles(24)):
        found.append(records(analysis))
        sizes.append(len(bounded.language.vocab.strings))
        if bounded.language not in languages:
            languages.append(bounded.language)  # held: an address is given anew otherwise
    # A batch is analysed before the vocabulary is looked at again.
    assert max(sizes) < 663 + 1_000 + 1_500
    assert len(languages) >= 3
    monkeypatch.setattr(vocabulary, "MAX_NEW_STRINGS", 10**9)
    assert found == [records(analysis) for analysis in newsnlp.load().pipe(articles(24))]


def test_a_batch_that_is_being_read_is_not_disturbed(small):
    nlp = newsnlp.load()
    long = newsnlp.Article(text="\n".join(new_words(30_000, seed=seed) for seed in range(2)))
    expected = [records(nlp(item)) for item in (*articles(3), long)]
    nlp = newsnlp.load()
    running = nlp.pipe([*articles(3), long])
    first = next(running)
    nlp(new_words(20_000, seed=9))
    nlp("Deux morts à Lyon.")
    assert [records(analysis) for analysis in (first, *running)] == expected


def test_a_fresh_vocabulary_changes_no_token_and_leaves_the_old_documents():
    nlp = load_language()
    nlp.tokenizer.add_special_case("newsnlp", [{"ORTH": "news"}, {"ORTH": "nlp"}])
    own = len(nlp.vocab.strings)
    text = "Le newsnlp d'Aix-en-Provence, aujourd'hui : 1 200 km. Deux."
    old = nlp(text)
    renewed = vocabulary.fresh(nlp, own)
    new = renewed(text)
    assert [(t.text, t.norm_, t.shape_, t.is_sent_start) for t in new] == [
        (t.text, t.norm_, t.shape_, t.is_sent_start) for t in old
    ]
    assert renewed.vocab is not nlp.vocab
    assert old.vocab is nlp.vocab
    assert len(renewed.vocab.strings) <= own + 40
    assert renewed.pipe_names == nlp.pipe_names


def test_the_models_own_names_outlive_the_vocabulary(small):
    nlp = newsnlp.load(entities="stock")
    texts = ["Emmanuel Macron est à Paris.", new_words(20_000), "Emmanuel Macron est à Paris."]
    first, _, last = (nlp(text) for text in texts)
    assert records(first) == records(last)
    assert last.mentions


def test_a_tokenizer_of_the_users_is_left_alone():
    from spacy.tokenizer import Tokenizer

    nlp = load_language()
    nlp.tokenizer = Tokenizer(nlp.vocab)
    assert vocabulary.fresh(nlp, 0) is nlp
