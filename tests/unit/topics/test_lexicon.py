"""The lexicon of terms, the vocabulary of codes, and the way words are matched."""

from __future__ import annotations

import pytest

from newsnlp.errors import OptionError
from newsnlp.lexicons import load_csv
from newsnlp.topics.features import extract_features
from newsnlp.topics.taxonomy import media_topic, media_topics, root_codes
from newsnlp.topics.words import SCORE_TOKEN, find_terms, stemmed_terms, term_index, tokenize


def found(text):
    return [text[hit.start : hit.end] for hit in find_terms(tokenize(text))]


def test_vocabulary():
    assert len(root_codes()) == 17
    assert sum(topic.level == 2 for topic in media_topics().values()) >= 80
    assert all(topic.root in root_codes() for topic in media_topics().values())
    assert media_topic("medtop:15000000").uri == "http://cv.iptc.org/newscodes/mediatopic/15000000"


def test_unknown_code_names_the_nearest():
    with pytest.raises(OptionError, match="medtop:15000000"):
        media_topic("medtop:1500000")


def test_every_term_has_a_known_code_and_weight():
    rows = load_csv("topics_terms.csv", columns=("term", "code", "weight"), key=("term", "code"))
    assert {row["code"] for row in rows} <= set(media_topics())
    assert {row["weight"] for row in rows} <= {"1", "2", "3"}
    assert all(tokenize(row["term"]) for row in rows)
    by_root = {media_topics()[row["code"]].root for row in rows}
    assert by_root == set(root_codes())


def test_every_cue_has_a_known_code():
    rows = load_csv("topics_cues.csv", columns=("field", "value", "code", "weight"), key=("field", "value", "code"))
    assert {row["code"] for row in rows} <= set(media_topics())
    assert {row["field"] for row in rows} <= {"event", "kind", "unit", "label"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("la mise en examen du maire", ["mise en examen", "maire"]),
        ("Un COUP D'ÉTAT", ["COUP D'ÉTAT"]),
        ("la Coupe de France", ["Coupe de France"]),
        ("des sapeurs-pompiers", ["sapeurs-pompiers"]),
        ("Les Eglises", ["Eglises"]),
        ("il a élevé la voix", []),
        ("des élèves", ["élèves"]),
    ],
)
def test_terms_are_matched_longest_first_over_inflection(text, wanted):
    assert found(text) == wanted


def test_the_built_index_is_the_lexicon_of_today():
    assert term_index().terms == stemmed_terms()


def test_longest_is_long_enough():
    index = term_index()
    assert max(len(key.split()) for key in index.terms) == max(index.longest.values())


def test_results_are_one_token_and_dates_are_not():
    assert [stem for _, _, stem, _ in tokenize("victoire 3-1")] == ["victoire", SCORE_TOKEN]
    assert SCORE_TOKEN not in [stem for _, _, stem, _ in tokenize("le 12-03-2018")]


def test_offsets_of_tokens():
    text = "L'État, « l’île » et l'aujourd'hui\u202f: 35\u00a0heures"
    assert all(text[start:end].strip() for start, end, _, _ in tokenize(text))


def test_words_of_the_opening_weigh_more():
    early = extract_features("Séisme. " + "mot " * 200).terms["medtop:20000148"]
    late = extract_features("mot " * 200 + "séisme.").terms["medtop:20000148"]
    assert early > 2 * late
