"""What steers the reading of a figure is said by the fields of its draft, each written in one place; names do not."""

from __future__ import annotations

import ast
from dataclasses import fields, replace
from pathlib import Path

import pytest
from tests.gold.cases import load_cases

import newsnlp
from newsnlp.figures.extract import read_figures
from newsnlp.grammar.drafts import Draft, EventBy, NounBy, PartBy, PlanBy, SourceBy
from newsnlp.quantities.find import find_quantities
from newsnlp.records import Label, Mention

ROOMS = ("grammar", "figures", "quotes")
SOURCE = Path(newsnlp.__file__).parent
GIVEN = {"quantity", "sentence", "position"}


def assigned(path):
    """Return the names of the attributes that a module assigns to."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.add(node.attr)
    return found


def test_every_field_of_a_draft_has_one_writer():
    writers = {field.name: set() for field in fields(Draft) if field.name not in GIVEN}
    for room in ROOMS:
        for path in (SOURCE / room).rglob("*.py"):
            for name in assigned(path) & writers.keys():
                writers[name].add(path.relative_to(SOURCE).as_posix())
    several = {name: sorted(found) for name, found in writers.items() if len(found) > 1}
    assert several == {}
    assert {name for name, found in writers.items() if not found} == {"_rules"}


def test_nothing_reads_the_names_of_rules():
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        read = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert "_rules" not in read or path.name == "drafts.py", path
        assert "rule_id" not in read or path.name in {"extract.py", "drafts.py"}, path


def test_no_name_of_a_rule_is_compared_with():
    names = {member.value for group in (NounBy, PartBy, EventBy, SourceBy, PlanBy) for member in group}
    for room in ROOMS:
        for path in (SOURCE / room).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            compared = {id(node) for one in ast.walk(tree) if isinstance(one, ast.Compare) for node in ast.walk(one)}
            said = {one.value for one in ast.walk(tree) if isinstance(one, ast.Constant) and id(one) in compared}
            assert not names & said, path


@pytest.fixture
def reworded(monkeypatch):
    """Reword every rule id: those of quantities, and those that are told of drafts."""
    keep = Draft.because
    monkeypatch.setattr(Draft, "because", lambda draft, rule: keep(draft, f"reworded({rule})"))
    return lambda quantities: [one._replace(rule_id=f"reworded({one.rule_id})") for one in quantities]


def test_reworded_rule_ids_change_nothing_else(marks, split_text, reworded):
    figures = 0
    for case in load_cases("figures.toml"):
        text, _, names = marks.read_marks_and_names(case["text"])
        mentions = mentions_of(text, names)
        quantities = find_quantities(text)
        found = read_figures(text, reworded(quantities), split_text(text), mentions)
        with pytest.MonkeyPatch.context() as plain:
            plain.setattr(Draft, "because", lambda *_: None)
            bare = read_figures(text, quantities, split_text(text), mentions)
        assert [replace(one, rule_id=None) for one in found] == [replace(one, rule_id=None) for one in bare]
        assert all(word.startswith("reworded(") for one in found for word in one.rule_id.split())
        figures += len(found)
    assert figures > 800


def mentions_of(text, names):
    return [Mention(start=start, end=end, text=text[start:end], label=Label(label)) for start, end, label in names]
