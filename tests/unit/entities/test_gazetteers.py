from __future__ import annotations

import os
import subprocess
import sys

from newsnlp.entities.knowledge.gazetteers import PhraseTable, first_names, known_names, organisations, plain_kind
from newsnlp.entities.recognition.features import CUE_INDEX, article_words, is_shouted, line_cues


def matches(table, text):
    words = text.split()
    return [(" ".join(words[start:end]), kind) for start, end, kind in table.matches(words, [True] * len(words))]


def test_the_longest_known_name_wins():
    table = PhraseTable({"Nations unies": "a", "Nations unies du monde": "b", "OR": "acronym"})
    assert matches(table, "Les Nations unies du monde et Nations unies") == [
        ("Nations unies du monde", "b"),
        ("Nations unies", "a"),
    ]
    assert matches(table, "Or ils vont") == []
    assert matches(table, "OR ils vont") == [("OR", "acronym")]


def test_no_paper_in_a_common_noun():
    words, spaces = ["l'", "équipe", "de", "France"], [False, True, True, True]
    assert [found[2] for found in known_names().matches(words, spaces)] == ["country"]
    words = ["L'", "Équipe"]
    assert [found[2] for found in known_names().matches(words, spaces)] == ["organisation"]


def test_lexicons_are_there():
    assert plain_kind("Irak") == "country"
    assert plain_kind("Kremlin") in {"seat", "organisation"}
    assert plain_kind("Reuters") == "organisation"
    assert plain_kind("Zzz") is None
    assert "kamala" in first_names()
    assert organisations()["Hamas"] == "party"


def test_cues():
    features = line_cues(["Le", "ministre", "Jean", "Dupont", "quitte", "Aix-en-Provence"], [True] * 6)
    assert features[1, CUE_INDEX["office"]]
    assert features[2, CUE_INDEX["first_name"]]
    assert features[5, CUE_INDEX["city_begin"]]
    assert features[0, CUE_INDEX["line_start"]]
    assert not features[4, CUE_INDEX["capital"]]


def test_article_words():
    lower, capital = article_words([["Le", "Parisien", "mange", "Home"], ["Home", "home"]])
    assert "home" in lower
    assert "parisien" in capital


def test_shouted_lines():
    assert is_shouted(["ATTENTAT", "À", "BAGDAD", "HIER", "SOIR"])
    assert not is_shouted(["ONU", "et", "OTAN"])
    assert not is_shouted(["ONU"])


def test_names_written_twice_have_one_meaning_whatever_the_seed_of_hashing():
    # "Bureau Ovale" and "Bureau ovale" are two rows; the order of a set used to say which of them decided.
    code = (
        "from newsnlp.entities.knowledge.gazetteers import known_names\n"
        "print([list(known_names().matches(name.split(), [True] * 3)) for name in "
        "('Bureau ovale', 'Chambre des communes', 'Palais Chigi', 'Chambre des lords')])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in "1234"
    }
    assert len(said) == 1
