from __future__ import annotations

import pytest

from newsnlp.errors import MissingModelError
from newsnlp.language import load_language
from newsnlp.language.syntax import load_syntax, parse_sentences

pytestmark = pytest.mark.model


def test_only_the_sentences_asked_for_are_parsed_with_the_same_tokens():
    nlp = load_language()
    syntax = load_syntax(sharing=nlp)
    assert syntax.vocab is nlp.vocab
    doc = nlp("Il pleut.\nCinq soldats ont été blessés à Lyon. Le maire l'a dit.")
    sentences = list(doc.sents)
    (parsed,) = parse_sentences(syntax, sentences[1:2])
    assert [t.text for t in parsed] == [t.text for t in sentences[1]]
    assert len(list(parsed.sents)) == 1
    subject = next(t for t in parsed if t.text == "soldats")
    assert subject.head.text == "blessés"


def test_a_model_without_a_parser_is_refused(tmp_path):
    (tmp_path / "meta.json").write_text('{"lang": "fr", "name": "x", "version": "1"}', encoding="utf-8")
    with pytest.raises(MissingModelError, match="has no parser"):
        load_syntax(tmp_path)
