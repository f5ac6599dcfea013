"""Analyses are what they were: any change of output shows in `tests/snapshot/*.txt` before it is committed."""

from __future__ import annotations

import pytest
from tests.snapshot import snapshot

pytestmark = pytest.mark.model

DERIVED = ("tables", "related", "exports")
HINT = "if this is meant: make snapshot, read its diff, and write a changelog fragment"


def told(name, stored, made):
    shown = "\n  ".join(snapshot.differences(stored, made))
    return f"{name}.txt is another ({HINT}):\n  {shown}"


@pytest.fixture(scope="module")
def made(nlp):
    """Return what `snapshot` makes, file by file, each made once."""
    known = {}

    def make(name):
        if name not in known:
            known.update(snapshot.snapshots(nlp, ("samples", *DERIVED) if name in ("samples", *DERIVED) else (name,)))
        return known[name]

    return make


@pytest.mark.parametrize("name", [*snapshot.SOURCES, *DERIVED])
def test_the_analyses_are_as_stored(name, made):
    stored = snapshot.path_of(name).read_text(encoding="utf-8")
    new = made(name)
    if new != stored:
        pytest.fail(told(name, stored, new), pytrace=False)


@pytest.mark.parametrize("name", ["quantities", "pages"])
def test_what_ran_before_is_no_matter(nlp, name):
    stored = snapshot.path_of(name).read_text(encoding="utf-8")
    articles = list(snapshot.SOURCES[name]())
    backwards = {article.id: nlp(article) for article in reversed(articles)}
    lines = [line for article in articles for line in snapshot.lines_of(backwards[article.id])]
    assert snapshot.differences(stored, "\n".join(lines)) == []


def test_a_difference_is_told_under_its_article():
    stored = "== one\nfigure a\nfigure b\n== two\nfigure c\n"
    made = "== one\nfigure a\nfigure b\n== two\nfigure d\n"
    assert snapshot.differences(stored, made) == ["== two", "- figure c", "+ figure d"]
    assert snapshot.differences(stored, stored) == []
    many = snapshot.differences("", "\n".join(f"figure {number}" for number in range(40)))
    assert many[-1] == "… and 28 more lines"


def test_floats_are_rounded_and_what_is_absent_is_left_out():
    line = snapshot.line_of("figure", {"text": "a", "score": 0.1 + 0.2, "unit": None, "aliases": [], "value": 0})
    assert line == 'figure {"text": "a", "score": 0.3, "value": 0}'
