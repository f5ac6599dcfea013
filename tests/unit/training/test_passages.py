"""The topic passages are well formed, balanced and free of repeats, and the checker notices when they are not."""

from __future__ import annotations

import copy
import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "training/topics/check_passages.py"


@pytest.fixture(scope="module")
def checker():
    spec = importlib.util.spec_from_file_location("check_passages", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def rows(checker):
    return checker.read_rows()


@pytest.fixture(scope="module")
def taxonomy(checker):
    return checker.read_taxonomy()


def test_the_passages_are_in_order(checker, rows, taxonomy):
    assert checker.check(rows, taxonomy) == []


def test_there_are_enough_of_them(rows):
    assert len(rows) >= 1500


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"topics": ["medtop:99000000"]}, "unknown codes"),
        ({"topics": ["medtop:16000000", "medtop:20000082"]}, "without their parent"),
        ({"topics": ["medtop:02000000", "medtop:16000000"]}, "the file's own first"),
        ({"topics": ["medtop:16000000", "medtop:16000000"]}, "given twice"),
        ({"style": "blog"}, "unknown style"),
        ({"text": "Deux mots"}, "too short"),
        ({"id": "02-001"}, "does not fit"),
        ({"title": "Un titre"}, "keys are"),
        ({"style": "press"}, "unknown style"),
        ({"id": "P1-001"}, "does not fit"),
    ],
)
def test_a_faulty_row_is_noticed(checker, rows, taxonomy, change, message):
    row = next(row for row in rows if row["file"].startswith("16"))
    assert any(message in problem for problem in checker.form_problems({**row, **change}, taxonomy))


def test_articles_of_a_newspaper_bear_any_topic(checker, rows, taxonomy):
    press = [row for row in rows if row["style"] == "press"]
    assert len({row["topics"][0] for row in press}) == 17
    assert not [problem for row in press for problem in checker.form_problems(row, taxonomy)]


def test_repeats_are_noticed(checker, rows):
    one = max(rows, key=lambda row: len(row["text"]))
    same, near = copy.deepcopy(one), copy.deepcopy(one)
    near.update(id="16-999", text=one["text"] + " Le préfet s'est rendu sur place dans la soirée.")
    problems = checker.repeats([one, same, near])
    assert any("used 2 times" in problem for problem in problems)
    assert any("same text" in problem for problem in problems)
    assert any("5-grams in common" in problem for problem in problems)


def test_a_missing_topic_is_noticed(checker, rows, taxonomy):
    fewer = [row for row in rows if "medtop:17000000" not in row["topics"]]
    assert "medtop:17000000: 0 passages" in checker.balance_problems(fewer, taxonomy)
