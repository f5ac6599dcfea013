"""`newsnlp events`: a run's tables as events and tolls, a dossier that grows, a file; and what it refuses."""

from __future__ import annotations

import pytest
from tests.unit.cli.commands import newsnlp_command

import newsnlp
from newsnlp.samples import sample_corpus
from newsnlp.tables import read_tables

HEADINGS = {
    "events": "Id\tQuand\tQuoi\tOù\tPays\tMorts\tBlessés\tDisparus\tArticles\tSources",
    "tolls": "Histoire\tArticle\tDe quoi\tCombien\tRôle\tTient\tQui le dit\tJournal\tPhrase",
    "timeline": "Histoire\tDe quoi\tAu\tCombien\tChange\tÉcart\tQui le dit\tJournal\tPhrase",
    "contradictions": "Histoire\tDe quoi\tComment\tAu\tL'un\tQui\tL'autre\tQui, l'autre\tPhrase",
}


def events(*arguments):
    done = newsnlp_command("events", *arguments)
    return done.returncode, done.stdout.decode("utf-8").splitlines(), done.stderr.decode("utf-8")


@pytest.fixture(scope="module")
def quakes(nlp, tmp_path_factory):
    """The tables of two days of one earthquake."""
    told = [article for article in sample_corpus() if article.id.startswith("seisme")]
    folders = []
    for number, day in enumerate((told[:2], told[2:])):
        folders.append(tmp_path_factory.mktemp(f"day{number}"))
        newsnlp.write_tables(nlp.pipe(day), folders[-1])
    return folders


@pytest.mark.parametrize("view", HEADINGS)
def test_each_view_has_french_headings(quakes, view):
    status, lines, error = events(quakes[1], "--view", view)
    assert (status, error) == (0, "")
    assert lines[1] == HEADINGS[view]


def test_an_event_a_line(quakes):
    _, lines, _ = events(quakes[1])
    quake = next(line.split("\t") for line in lines if "séisme" in line)
    assert quake[3:6] == ["Azilal", "MA", "61"]


def test_a_dossier_takes_the_next_day_alone(quakes, tmp_path):
    kept = tmp_path / "dossier.jsonl"
    _, first, told = events(quakes[0], "--dossier", kept)
    assert "2 new articles, 2 in" in told
    _, both, told = events(quakes[1], "--dossier", kept)
    assert "3 new articles, 5 in" in told
    assert first[2].split("\t")[0] == both[2].split("\t")[0]
    # Without tables it tells what it knows.
    status, again, told = events("--dossier", kept)
    assert (status, again) == (0, both)
    assert "0 new articles" in told


def test_a_convention_has_its_own_columns_and_can_be_a_file(quakes, tmp_path):
    _, lines, _ = events(quakes[1], "--convention", "emdat")
    columns = lines[1].split("\t")
    assert lines[2].split("\t")[columns.index("Total Deaths")] == "61"
    for form, name in [("csv", "events_emdat.csv"), ("xlsx", "newsnlp.xlsx"), ("sqlite", "newsnlp.sqlite")]:
        status, lines, error = events(quakes[1], "--convention", "emdat", "--out", tmp_path / form, "--format", form)
        assert (status, lines) == (0, [str(tmp_path / form / name)]), error


def test_a_file_of_the_plain_events_has_every_column(quakes, tmp_path):
    events(quakes[1], "--out", tmp_path)
    found = (tmp_path / "corpus_events.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert found == list(newsnlp.events(read_tables(quakes[1])).columns)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "nothing to read: give the folder"),
        (("nowhere",), "holds no tables of newsnlp"),
        (("--dossier", "nowhere.jsonl"), "nothing to read"),
        (("--view", "tolls", "--convention", "acled", "nowhere"), "--convention goes with --view events"),
    ],
)
def test_bad_input_is_one_line(tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)
    status, lines, error = events(*arguments)
    assert (status, lines, error.count("\n")) == (2, [], 1)
    assert told in error
