"""`newsnlp related`: from articles, from a saved index, from a text; and what it refuses."""

from __future__ import annotations

import json

import pytest
from tests.unit.cli.commands import newsnlp_command

from newsnlp import RelatedIndex
from newsnlp.samples import sample_corpus


def related(*arguments, stdin=b""):
    return newsnlp_command("related", *arguments, stdin=stdin)


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("related")
    index = RelatedIndex()
    index.add(sample_corpus())
    index.save(folder)
    return folder


def refused(done, *told):
    error = done.stderr.decode("utf-8")
    assert done.returncode == 2, error
    assert error.count("\n") == 1, error
    assert not done.stdout
    for words in told:
        assert words in error


def test_a_saved_index_as_a_table(saved):
    done = related(saved, "--id", "seisme-3", "-k", 3)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.decode("utf-8").splitlines()
    assert lines[0] == "# À lire aussi (3)"
    assert lines[1].split("\t") == ["Id", "Titre", "Lien", "Score", "Raisons", "Autres sources"]
    assert lines[2].startswith("seisme-")
    assert lines[2].split("\t")[2] in {"même dépêche", "même histoire", "même thème"}


def test_json_is_what_suggest_gives(saved):
    done = related(saved, "--id", "seisme-3", "--format", "json")
    found = json.loads(done.stdout)
    expected = RelatedIndex.load(saved).suggest("seisme-3")
    assert [row["id"] for row in found] == [suggestion.id for suggestion in expected]
    assert found[0]["kind"] == expected[0].kind.value
    assert found[0]["reasons"] == list(expected[0].reasons)


def test_refusals(saved, tmp_path):
    refused(related(saved), "either --id ID or --text FILE")
    refused(related(saved, "--id", "seisme-33"), "seisme-33", "did you mean 'seisme-3'")
    refused(related(saved, "--id", "pas un identifiant"), "pas un identifiant")
    refused(related(saved, "--text", tmp_path / "none.txt"), "no such file")
    refused(related(tmp_path / "none", "--id", "a"), "none")


def test_an_index_of_another_version(saved, tmp_path):
    (tmp_path / "CURRENT").write_text("generation-000001\n")
    (tmp_path / "generation-000001").mkdir()
    (tmp_path / "generation-000001" / "format.json").write_text('{"format": "newsnlp-related", "version": 99}')
    refused(related(tmp_path, "--id", "a"), "version 99", "--upgrade newsnlp")


@pytest.mark.model
def test_articles_are_analysed_and_the_index_kept(tmp_path):
    source = tmp_path / "articles.jsonl"
    rows = [a.to_dict() for a in sample_corpus() if a.id.startswith(("seisme", "banque"))]
    source.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    done = related(
        source,
        "--text",
        "-",
        "--format",
        "json",
        "--save",
        tmp_path / "kept",
        stdin="Un séisme à Demnate, au Maroc.".encode(),
    )
    assert done.returncode == 0, done.stderr
    assert {row["id"].partition("-")[0] for row in json.loads(done.stdout)} == {"seisme"}
    assert len(RelatedIndex.load(tmp_path / "kept")) == len(rows)
