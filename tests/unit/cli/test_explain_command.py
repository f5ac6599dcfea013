"""`newsnlp explain`: every number of a file or of standard input, in French, harmless to a terminal."""

from __future__ import annotations

import json

import pytest
from tests.unit.cli.commands import newsnlp_command


def explain(*arguments, stdin=b""):
    return newsnlp_command("explain", *arguments, stdin=stdin)


@pytest.mark.model
def test_a_file_is_told_in_french(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text("En 2014, l'attentat a fait 36 morts \x1b[K sur la RN 7.", encoding="utf-8")
    done = explain(path)
    lines = done.stdout.decode("utf-8").splitlines()
    assert done.returncode == 0, done.stderr
    assert lines[0] == "3 nombres, dont 1 chiffres"
    assert lines[4].endswith("\t\t\tannée")
    assert "\t36\tmorts\t" in lines[5]
    assert b"\x1b" not in done.stdout


@pytest.mark.model
def test_standard_input_as_json():
    done = explain("-", "--format", "json", stdin=b"Trois morts en 2014.")
    found = json.loads(done.stdout)
    assert [(n["text"], n["reason"], n["figure"] and n["figure"]["counted"]) for n in found] == [
        ("Trois", None, "morts"),
        ("2014", "year", None),
    ]


def test_what_is_not_there_is_refused_in_one_line(tmp_path):
    done = explain(tmp_path / "none.txt")
    assert done.returncode == 2
    assert done.stderr.decode("utf-8").count("\n") == 1
