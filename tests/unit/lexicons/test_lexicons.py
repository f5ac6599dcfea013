"""Every lexicon loads whole, and the loader refuses what breaks the rules."""

from __future__ import annotations

import csv
from importlib import resources

import pytest

from newsnlp.errors import LexiconError
from newsnlp.lexicons import _loader, lexicon_version, load_csv, load_toml, words
from newsnlp.lexicons._loader import read_resource

FOLDER = resources.files("newsnlp.lexicons").joinpath("fr")
NAMES = sorted(item.name for item in FOLDER.iterdir())


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".csv")])
def test_every_list_is_clean(name):
    header = tuple(next(csv.reader([read_resource(name).split("\n", 1)[0]])))
    rows = load_csv(name, columns=header, key=header, required=header[:1])
    assert rows
    assert not any("’" in cell for row in rows for cell in row.values()), "straight apostrophes only"


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".toml")])
def test_every_rule_file_is_clean(name):
    import tomllib

    tables = tuple(tomllib.loads(read_resource(name)))
    assert load_toml(name, tables=tables)


def test_nothing_else_lies_there():
    assert {name.rpartition(".")[2] for name in NAMES} <= {"csv", "toml", "md"}
    assert len(lexicon_version()) == 12


@pytest.fixture
def lexicon(monkeypatch, tmp_path):
    """Return a function that loads a text as if it were a lexicon of the package."""
    (tmp_path / "fr").mkdir()
    monkeypatch.setattr(_loader.resources, "files", lambda _: tmp_path)  # type: ignore[attr-defined]

    def load(text, *, name="test.csv", **options):
        (tmp_path / "fr" / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        read_resource.cache_clear()
        function = load_csv if name.endswith(".csv") else load_toml
        function.cache_clear()
        _loader._toml.cache_clear()
        return function(name, **options)

    yield load
    for cached in (read_resource, load_csv, load_toml, _loader._toml, words):
        cached.cache_clear()


COLUMNS = {"columns": ("surface", "country")}


def test_a_clean_list_loads(lexicon):
    assert lexicon("surface,country\nIrak,IQ\nSahel,\n", **COLUMNS)[1] == {"surface": "Sahel", "country": ""}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("surface,pays\nIrak,IQ\n", "line 1: header is surface,pays"),
        ("surface,country\nIrak\n", "line 2: 1 cells"),
        ("surface,country\nIrak ,IQ\n", "line 2: stray space"),
        ("surface,country\nAïn  al-Asad,IQ\n", "line 2: stray space"),
        ("surface,country\n,IQ\n", "line 2: surface is empty"),
        ("surface,country\nIrak,IQ\nIrak,IR\n", "line 3: .* repeats line 2"),
        ("surface,country\n", "no rows"),
        ("surface,country\ne\u0301té,FR\n", "line 2: text is not in NFC"),
        (b"surface,country\nEst\xe9,FR\n", "not UTF-8"),
    ],
)
def test_a_bad_list_names_the_line_and_the_remedy(lexicon, text, problem):
    with pytest.raises(LexiconError, match=problem) as raised:
        lexicon(text, **COLUMNS)
    assert "Hint:" in str(raised.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[cues]\nwords = ['selon', 'selon']\n", "'selon' twice"),
        ("[cues]\nwords = ['selon ']\n", "padded"),
        ("[cues]\nwords = [''", "not TOML"),
        ("[other]\nwords = []\n", "tables differ"),
    ],
)
def test_a_bad_rule_file_is_refused(lexicon, text, problem):
    with pytest.raises(LexiconError, match=problem):
        lexicon(text, name="test.toml", tables=("cues",))


def test_a_list_takes_in_another_one(lexicon):
    text = "[days]\nwords = ['lundi']\n[ends]\nwords = ['@test.days', 'hier']\n[twice]\nwords = ['@test.ends']\n"
    assert lexicon(text, name="test.toml", tables=("days", "ends", "twice"))["twice"] == {"words": ["lundi", "hier"]}
    words.cache_clear()
    with pytest.raises(LexiconError, match="'lundi' twice"):
        lexicon("[days]\nwords = ['lundi']\n[ends]\nwords = ['@test.days', 'lundi']\n", name="test.toml", tables=())


def test_a_lexicon_that_is_not_there(lexicon):
    lexicon("surface,country\nIrak,IQ\n", **COLUMNS)
    with pytest.raises(LexiconError, match="no such lexicon"):
        read_resource("nothing.csv")
