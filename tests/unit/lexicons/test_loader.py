"""A lexicon file that breaks a rule never loads: the error names file, line and remedy."""

from __future__ import annotations

import pytest

from newsnlp.errors import LexiconError
from newsnlp.lexicons import _loader

COLUMNS = ("surface", "country", "note")
HEADER = "surface,country,note\n"


@pytest.fixture
def load(monkeypatch):
    """Return a function that loads a text as if it were a file of the package."""

    def load_text(text, **options):
        monkeypatch.setattr(_loader, "read_resource", lambda _: text)
        return _loader.load_csv.__wrapped__("test.csv", columns=COLUMNS, **options)

    return load_text


def test_rows_as_dictionaries_in_file_order(load):
    rows = load(HEADER + 'Metz,FR,\n"10, Downing Street",GB,"seat, of power"\n')
    assert rows == (
        {"surface": "Metz", "country": "FR", "note": ""},
        {"surface": "10, Downing Street", "country": "GB", "note": "seat, of power"},
    )


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("surface,country\nMetz,FR\n", 1, "header is surface,country"),
        (HEADER + "Metz,FR,\nNancy,FR\n", 3, "2 cells"),
        (HEADER + "Metz,FR,\nNancy,FR,,\n", 3, "4 cells"),
        (HEADER + "Metz,FR,\n Nancy,FR,\n", 3, "stray space in surface ' Nancy'"),
        (HEADER + "Nancy,FR ,\n", 2, "stray space in country 'FR '"),
        (HEADER + "Bar  le Duc,FR,\n", 2, "stray space in surface"),
        (HEADER + '"Metz\t",FR,\n', 2, "stray space in surface"),
        (HEADER + "Metz,FR,\u00a0\n", 2, "stray space in note"),
        (HEADER + "Metz,FR,\n,FR,x\n", 3, "surface is empty"),
        (HEADER + "Metz,FR,\nNancy,FR,\nMetz,CA,\n", 4, "repeats line 2"),
        (HEADER, None, "no rows"),
    ],
)
def test_a_row_that_breaks_a_rule(load, text, line, problem):
    with pytest.raises(LexiconError) as caught:
        load(text)
    assert problem in str(caught.value)
    assert "test.csv" in str(caught.value)
    if line is not None:
        assert str(line) in str(caught.value)


def test_the_key_may_be_several_columns(load):
    rows = load(HEADER + "Metz,FR,\nMetz,CA,\n", key=("surface", "country"))
    assert len(rows) == 2
    with pytest.raises(LexiconError, match="repeats line 2"):
        load(HEADER + "Metz,FR,\nMetz,FR,x\n", key=("surface", "country"))


def test_required_columns(load):
    assert load(HEADER + "Europe,,\n", required=("surface",))
    with pytest.raises(LexiconError, match="country is empty"):
        load(HEADER + "Europe,,\n", required=("surface", "country"))


def test_a_no_break_space_within_a_cell_is_allowed(load):
    assert load(HEADER + "5\u00a0G,FR,\n")[0]["surface"] == "5\u00a0G"
