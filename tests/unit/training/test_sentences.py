"""The sentences written for the entity tagger are readable, free of slips, and the checker sees slips when there are any."""

from __future__ import annotations

import importlib.util
import pathlib
import sys

import pytest

SCRIPT = pathlib.Path(__file__).parents[3] / "training" / "entities" / "check_sentences.py"


@pytest.fixture(scope="module")
def check():
    spec = importlib.util.spec_from_file_location("check_sentences", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture(scope="module")
def sentences(check):
    return list(check.read_sentences())


def written(check, text, *ents, line_number=1):
    return check.WrittenSentence(style="essai", line_number=line_number, text=text, ents=ents)


def test_the_written_sentences_hold_no_slip(check, sentences):
    assert check.find_errors(sentences) == []


def test_there_are_enough_of_them_in_every_label(check, sentences):
    labels = [label for sentence in sentences for *_, label in sentence.ents]
    assert len(sentences) >= 1500
    assert all(labels.count(label) >= 140 for label in check.LABELS)


def test_some_items_name_nobody(sentences):
    assert sum(not sentence.ents for sentence in sentences) >= 80


def test_every_mark_becomes_a_span_of_the_plain_text(check):
    text, ents = check.parse_line("À [Toul](LOC), l'[AS Toul](ORG) attend [J.-P. Raffarin](PER).")
    assert text == "À Toul, l'AS Toul attend J.-P. Raffarin."
    assert [(text[start:end], label) for start, end, label in ents] == [
        ("Toul", "LOC"),
        ("AS Toul", "ORG"),
        ("J.-P. Raffarin", "PER"),
    ]


@pytest.mark.parametrize(
    "line",
    ["À [Toul(LOC).", "À Toul](LOC).", "À [Toul](VILLE).", "À [[Toul](LOC).", "À [Toul] (LOC)."],
)
def test_a_broken_mark_is_refused(check, line):
    with pytest.raises(check.MarkError):
        check.parse_line(line)


def test_a_broken_file_is_named_with_its_line(check, tmp_path):
    (tmp_path / "essai.txt").write_text("# note\n\nÀ [Toul](LOC).\nÀ [Foug.\n", encoding="utf-8")
    with pytest.raises(check.MarkError, match=r"essai\.txt:4"):
        list(check.read_sentences(tmp_path))


@pytest.mark.parametrize(
    ("surface", "problem"),
    [
        ("", "empty"),
        (" Toul", "space"),
        ("Toul,", "punctuation"),
        ("Toul.", "full stop"),
        ("l'Irak", "article"),
        ("la Chine", "article"),
        ("M. Martin", "title"),
        ("police", "capital"),
    ],
)
def test_a_slip_in_a_mark_is_seen(check, surface, problem):
    assert any(problem in found for found in check.surface_errors(surface))


@pytest.mark.parametrize("surface", ["La Rochelle", "Le Monde", "Yassine K.", "Debout !", "de Gaulle"])
def test_a_name_with_its_own_article_or_stop_is_no_slip(check, surface):
    assert list(check.surface_errors(surface)) == []


def test_an_item_written_twice_is_seen(check):
    twice = [written(check, "Il pleut à Toul."), written(check, "Il pleut, à Toul !", line_number=2)]
    assert check.find_errors(twice) == ["essai.txt:2: already written at essai.txt:1"]


def test_a_mark_that_cuts_a_word_is_seen(check):
    assert check.find_errors([written(check, "Les Toulois", (4, 8, "LOC"))]) == ["essai.txt:1: 'Toul' cuts a word"]


def test_clashing_labels_are_listed_for_review(check):
    pair = [written(check, "Orange", (0, 6, "LOC")), written(check, "Orange embauche", (0, 6, "ORG"), line_number=2)]
    assert check.clashing_labels(pair) == {"Orange": {"LOC": ["essai.txt:1"], "ORG": ["essai.txt:2"]}}


def test_city_clubs_turn_into_places_on_request_and_only_they(check):
    as_clubs, as_places = list(check.read_sentences()), list(check.read_sentences(city_clubs="LOC"))
    changed = {a.style for a, b in zip(as_clubs, as_places, strict=True) if a != b}
    assert changed == {check.CITY_CLUBS}
    with pytest.raises(ValueError, match="city_clubs"):
        list(check.read_sentences(city_clubs="CLUB"))
