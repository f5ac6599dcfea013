"""What leaves is whole or told: numbers, dates, ids and texts that formats cannot hold, damaged tables, full folders."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import sqlite3
import subprocess
import sys
import warnings
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path

import pandas as pd
import pytest

import newsnlp
from newsnlp import cli
from newsnlp.command import running
from newsnlp.errors import ArticleError, FolderInUseError, NewsnlpError, SourceError
from newsnlp.records import Analysis, Article, Entity, Figure, Mention
from newsnlp.tables import casualties, read_tables, readers, storable_rows, to_frames, write_tables
from newsnlp.tables.cells import EARLIEST, LATEST, instant, iso
from newsnlp.tables.formats import placing
from newsnlp.tables.formats.registry import FORMATS
from newsnlp.tables.schema import SCHEMAS
from newsnlp.tables.writers import TableWriter

FORMS = list(FORMATS)
WIDTH = len(SCHEMAS["figures"])
each_form = pytest.mark.parametrize("form", FORMS)


def loaded(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


fuzz_writers = loaded("fuzz_writers")


def test_fuzzed_analyses_lose_nothing():
    counted = fuzz_writers.fuzz(40, seed=10)
    assert counted["analyses"] == counted["html"] == counted["ninjs"] == 40
    assert counted["doccano"] > 10
    assert len({counted[form] for form in FORMS}) == 1


@pytest.mark.campaign
def test_fuzzed_analyses_lose_nothing_at_full_size():
    assert fuzz_writers.fuzz(10_000, seed=20261128)["analyses"] == 10_000


def plain(id_, **fields):
    return Analysis(article=Article(text="Deux morts à Gao.", id=id_, **fields))


def killed(value):
    return Figure(start=0, end=4, text="Deux", value=value, value_min=value, value_max=value, event="killed")


# Ids: nothing is put in the place of another.


@each_form
def test_ids_given_twice_keep_all_rows_and_are_told(tmp_path, form):
    entity = Entity(id="e1", name="Gao", label="LOC", mention_count=1)
    written = [
        replace(plain(id_, title=str(n)), entities=(entity, entity)) for n, id_ in enumerate(["a", "a", "a-2", "a"])
    ]
    with pytest.warns(UserWarning, match="3 articles had the id of another"):
        write_tables(written, tmp_path, format=form)
    back = read_tables(tmp_path)
    assert back["articles"]["title"].tolist() == ["0", "1", "2", "3"]
    assert back["articles"]["article_id"].tolist() == ["a", "a-2", "a-2-2", "a-3"]
    assert len(back["entities"]) == 8
    with pytest.warns(UserWarning, match="3 articles"):
        assert to_frames(written)["articles"]["article_id"].tolist() == back["articles"]["article_id"].tolist()
    assert "3 articles" in json.loads((tmp_path / "provenance.json").read_text(encoding="utf-8"))["notes"][0]


@each_form
def test_ids_that_differ_in_a_surrogate_stay_apart(tmp_path, form):
    written = [plain("a"), plain("b")]
    for analysis, id_ in zip(written, ("a\ud800", "a\ud801"), strict=True):
        object.__setattr__(analysis.article, "id", id_)
    with pytest.warns(UserWarning, match="id of another"):
        write_tables([*written, plain("a?")], tmp_path, format=form)
    assert read_tables(tmp_path)["articles"]["article_id"].nunique() == 3


def test_the_database_refuses_a_row_in_the_place_of_another(tmp_path):
    write_tables(plain("old"), tmp_path, format="sqlite")
    rows = to_rows(plain("a"))
    with TableWriter(tmp_path, format="sqlite") as writer:
        writer.write_rows(rows)
        with pytest.raises(ArticleError, match="two rows of the table articles have the key 'a'"):
            writer.write_rows(rows)
        writer.write_rows(to_rows(plain("b")))
    assert read_tables(tmp_path)["articles"]["article_id"].tolist() == ["a", "b"]


def test_a_refusal_leaves_what_stood_there(tmp_path):
    write_tables(plain("old"), tmp_path, format="sqlite")

    def twice():
        with TableWriter(tmp_path, format="sqlite") as writer:
            writer.write_rows(to_rows(plain("a")))
            writer.write_rows(to_rows(plain("a")))

    with pytest.raises(ArticleError, match="what stood in the folder is untouched"):
        twice()
    assert read_tables(tmp_path)["articles"]["article_id"].tolist() == ["old"]
    kept = ["entities.found.jsonl.gz", "newsnlp.sqlite", "provenance.json"]
    assert sorted(path.name for path in tmp_path.iterdir()) == kept


def to_rows(analysis):
    from newsnlp.tables import analysis_rows

    return analysis_rows(analysis)


def test_the_database_declares_its_references(tmp_path):
    write_tables(plain("a"), tmp_path, format="sqlite")
    base = sqlite3.connect(tmp_path / "newsnlp.sqlite")
    for name in ("entities", "mentions", "figures", "topics"):
        assert [row[2:5] for row in base.execute(f"PRAGMA foreign_key_list({name})")] == [
            ("articles", "article_id", "article_id")
        ]
    assert not base.execute("PRAGMA foreign_key_check").fetchall()
    base.close()


def test_a_journal_of_a_killed_run_is_not_played_back(tmp_path):
    (tmp_path / "newsnlp.sqlite.partial").write_bytes(b"half a database" * 100)
    (tmp_path / "newsnlp.sqlite.partial-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"x" * 600)
    write_tables(plain("a"), tmp_path, format="sqlite")
    assert read_tables(tmp_path)["articles"]["article_id"].tolist() == ["a"]


# Numbers, dates and texts.


@each_form
@pytest.mark.parametrize(
    "value",
    [float("inf"), float("-inf"), float("nan"), 10**400, 10**5000, "x"],
    ids=lambda value: f"{value}"[:9] if value != 10**5000 else "5000",
)
def test_numbers_that_no_table_holds_are_left_empty_and_told(tmp_path, form, value):
    analysis = replace(plain("a"), figures=(killed(value),))
    with pytest.warns(UserWarning, match="3 numbers are beyond"):
        write_tables(analysis, tmp_path, format=form)
    back = read_tables(tmp_path)["figures"]
    assert pd.isna(back.loc[0, "value"])
    assert back.loc[0, "text"] == "Deux"
    if form == "jsonl":
        assert json.loads((tmp_path / "figures.jsonl").read_text(), parse_constant=pytest.fail)["value"] is None


def test_frames_and_views_of_such_numbers():
    for value in (float("inf"), 10**400):
        with pytest.warns(UserWarning, match="numbers are beyond"):
            view = casualties(replace(plain("a"), figures=(killed(value), killed(3))))
        # Beyond what a table holds it says nothing; the other statement stands.
        assert view["value"].tolist() == [3]


class Broken(tzinfo):
    def utcoffset(self, _when):
        raise RuntimeError


@pytest.mark.parametrize(
    ("date", "wanted"),
    [
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=2))), EARLIEST),
        (datetime(9999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-2))), LATEST),
        (datetime(1, 1, 1, 5, tzinfo=timezone(timedelta(hours=2))), datetime(1, 1, 1, 3, tzinfo=UTC)),
        (datetime(2026, 3, 12, tzinfo=Broken()), datetime(2026, 3, 12, tzinfo=UTC)),
        (datetime(2026, 3, 12), datetime(2026, 3, 12, tzinfo=UTC)),  # noqa: DTZ001  # taken as UTC
        (datetime(2300, 3, 12, 1, 2, 3, 456789, tzinfo=UTC), datetime(2300, 3, 12, 1, 2, 3, 456789, tzinfo=UTC)),
    ],
)
def test_every_date_has_an_instant(tmp_path, date, wanted):
    assert instant(date) == wanted
    assert datetime.fromisoformat(iso(date)) == wanted
    analysis = plain("a")
    object.__setattr__(analysis.article, "published_at", date)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        assert to_frames(analysis)["articles"]["published_at"][0] == wanted
        for form in FORMS:
            write_tables(analysis, tmp_path, format=form)
            found = read_tables(tmp_path)["articles"]["published_at"][0]
            assert abs((found - wanted).total_seconds()) < (0.001 if form == "xlsx" else 1e-9), form


def test_a_text_too_long_for_a_cell_is_cut_by_what_excel_counts_and_told(tmp_path):
    # An emoji is two of Excel's characters: cut by Python's, the workbook would be refused as damaged.
    figure = replace(killed(2), sentence="😀" * 20_000)
    with pytest.warns(UserWarning, match="1 cells were longer than the 32 767"):
        write_tables(replace(plain("a"), figures=(figure,)), tmp_path, format="xlsx")
    cell = read_tables(tmp_path)["figures"]["sentence"][0]
    assert cell == "😀" * 16_383


def test_a_very_long_cell_reads_back_from_csv(tmp_path):
    figure = replace(killed(2), sentence="a;b " * 300_000)
    write_tables(replace(plain("a"), figures=(figure,)), tmp_path, format="csv")
    assert read_tables(tmp_path)["figures"]["sentence"][0] == figure.sentence


def test_a_stranger_s_values_cost_their_cell():
    class Bad:
        def __str__(self):
            raise RuntimeError

    rows, losses = storable_rows({"failures": [{"article_id": Bad(), "position": 1.5, "kind": 7}]})
    assert rows["failures"] == [{"article_id": "<Bad>", "position": None, "kind": "7", "reason": None}]
    assert sum(losses.values()) == 1
    assert storable_rows(rows)[0] == rows


@each_form
def test_an_analysis_that_gives_no_row_is_named(tmp_path, form):
    write_tables(plain("old"), tmp_path, format=form)
    with pytest.raises(ArticleError, match=r"article a7: no row can be made"):
        write_tables([plain("a"), replace(plain("a7"), mentions=(3,))], tmp_path, format=form)
    assert read_tables(tmp_path)["articles"]["article_id"].tolist() == ["old"]
    assert not list(tmp_path.glob("*.partial"))


def test_provenance_is_no_reason_to_lose_a_run(tmp_path):
    for form in FORMS:
        write_tables(plain("a"), tmp_path, format=form, config={"a\ud800": object(), "b": "\ud800=1"})
        assert len(read_tables(tmp_path, ["articles"])["articles"]) == 1


# Files: all move, or none.


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_if_the_third_file_cannot_be_moved_the_first_two_are_taken_back(tmp_path, form):
    write_tables(plain("old"), tmp_path, format=form)
    third = tmp_path / f"mentions.{form}"
    third.unlink()
    third.mkdir()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    with pytest.raises(SourceError, match="cannot write to"):
        write_tables(plain("new"), tmp_path, format=form)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_without_links_the_earlier_files_come_back_too(tmp_path, monkeypatch):
    def no_links(*_):
        raise OSError

    monkeypatch.setattr(placing.os, "link", no_links)  # type: ignore[attr-defined]
    test_if_the_third_file_cannot_be_moved_the_first_two_are_taken_back(tmp_path, "csv")


def test_a_folder_that_somebody_writes_into_is_refused(tmp_path):
    def analyses():
        yield plain("a")
        with pytest.raises(FolderInUseError, match="is in use by process"):
            write_tables(plain("b"), tmp_path)
        yield plain("c")

    write_tables(analyses(), tmp_path)
    assert read_tables(tmp_path)["articles"]["article_id"].tolist() == ["a", "c"]
    write_tables(plain("b"), tmp_path)
    assert not list(tmp_path.glob(".*"))


def test_a_table_that_cannot_be_begun_leaves_nothing(tmp_path):
    (tmp_path / "topics.csv.partial").mkdir()
    with pytest.raises(SourceError, match="cannot write to"):
        write_tables(plain("a"), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["topics.csv.partial"]


@pytest.mark.parametrize("out", ["x" * 5000, "/dev/null/x"])
def test_a_folder_that_cannot_be_is_one_error(out):
    with pytest.raises(SourceError, match="cannot write to"):
        write_tables(plain("a"), out)
    with pytest.raises(SourceError, match=r"holds no tables|cannot be read"):
        read_tables(out)


# Reading what was damaged.


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    text = "Deux morts à Gao."
    mention = Mention(start=13, end=16, text="Gao", label="LOC", entity_id="e1", sentence=text, score=0.5)
    analyses = [
        replace(plain(str(n), published_at="2026-03-12"), mentions=(mention,), figures=(killed(n),)) for n in range(20)
    ]
    for form in FORMS:
        write_tables(analyses, folder / form, format=form)
    return folder


@each_form
def test_damaged_tables_are_read_or_refused_in_one_line(written, tmp_path, form):
    rng = random.Random(form)
    paths = [path for path in (written / form).iterdir() if path.stat().st_size > 40 and path.suffix != ".json"]
    refused = []
    for number in range(12 if form == "xlsx" else 30):
        for path in (written / form).iterdir():
            (tmp_path / path.name).write_bytes(path.read_bytes())
        path = tmp_path / rng.choice(paths).name
        data = bytearray(path.read_bytes())
        if number % 3 == 0:
            del data[rng.randrange(len(data)) :]
        else:
            for _ in range(rng.choice([1, 5, 200])):
                at = rng.randrange(len(data))
                data[at : at + rng.choice([0, 1, 3])] = bytes(rng.randrange(256) for _ in range(rng.choice([0, 1, 4])))
        path.write_bytes(data)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                read_tables(tmp_path)
        except NewsnlpError as error:
            refused.append(str(error))
    assert refused
    assert not [message for message in refused if "\n" in message or tmp_path.name not in message]


@pytest.mark.parametrize(
    ("form", "name", "before", "after", "told"),
    [
        ("csv", "figures.csv", "\n0,0,0,", "\n0,0,zero,", "row 1, column start: 'zero' is no whole number"),
        ("csv", "figures.csv", "\n1,0,0,", "\n1,0,0,0,", f"line 3 ends a row of {WIDTH + 1} cells; accepted: {WIDTH}"),
        ("csv", "figures.csv", "article_id,figure", "article_id,chiffre", "has no column figure"),
        ("csv", "articles.csv", "2026-03-12", "12 mars", "column published_at: '12 mars"),
        ("excel-fr", "figures.csv", "\n0;0;0;", "\n0;0;0,5;", "row 1, column start: '0,5' is no whole number"),
        ("jsonl", "figures.jsonl", '"figure": 0', '"figure": "0"', "column figure: '0' is no whole number"),
        ("jsonl", "figures.jsonl", '"figure": 0', '"figure": true', "column figure: True is no whole number"),
        ("jsonl", "figures.jsonl", '"figure": 0,', "", "line 1 is no row of the table figures"),
        ("jsonl", "figures.jsonl", '"figure": 0', '"figure": ' + "[" * 100_000, "line 1 is no row"),
        ("jsonl", "figures.jsonl", '"figure": 0', '"figure": 1' + "0" * 30, "column figure: 1000"),
    ],
)
def test_a_wrong_cell_is_named(written, tmp_path, form, name, before, after, told):  # noqa: PLR0917  # a table of cases
    for path in (written / form).iterdir():
        if path.suffix == ".gz":
            continue
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(
            text.replace(before, after, 1) if path.name == name else text, encoding="utf-8"
        )
    with pytest.raises(SourceError, match=r"Hint|no row|accepted|no column") as caught:
        read_tables(tmp_path)
    assert told in str(caught.value)
    # The limit of the csv module and its lock are free again.
    read_tables(written / "csv", ["articles"])


@pytest.mark.parametrize("date", ["12/03/2026 17:42", "12/03/2026 17:42:00", "2026-03-12 17:42:00"])
def test_what_excel_saved_is_read(tmp_path, date):
    ids = ["00123", "6/4", "12E5", "123", "1234567890123456789", "1,5", "VRAI"]
    write_tables([plain(id_, published_at="2026-03-12T17:42:00+00:00") for id_ in ids], tmp_path, format="excel-fr")
    path = tmp_path / "articles.csv"
    # Excel writes its own line ends and its own form of dates.
    text = path.read_text(encoding="utf-8-sig").replace("2026-03-12 17:42:00", date).replace("\n", "\r\n")
    path.write_text(text, encoding="utf-8-sig", newline="")
    back = read_tables(tmp_path)["articles"]
    assert back["article_id"].tolist() == ids
    assert set(back["published_at"]) == {datetime(2026, 3, 12, 17, 42, tzinfo=UTC)}


def test_a_workbook_that_is_a_bomb_is_refused_before_it_is_unpacked(written, tmp_path):
    path = tmp_path / "newsnlp.xlsx"
    path.write_bytes((written / "xlsx" / "newsnlp.xlsx").read_bytes())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/x.xml", "w") as part:
        for _ in range(30):
            part.write(b" " * 1_000_000)
    with pytest.raises(SourceError, match="unpacks to 30,000,000 bytes"):
        read_tables(tmp_path)


def test_a_sheet_cannot_claim_more_rows_than_sheets_have(written, tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "MAX_ROWS", 1000)
    source = written / "xlsx" / "newsnlp.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "newsnlp.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(b'<row r="3"', b'<row r="999999999999"').replace(b'r="A3"', b'r="XFD3"')
            new.writestr(name, data)
    found = read_tables(tmp_path, ["articles"])["articles"]
    assert len(found) <= 20


def test_na_like_texts_are_texts(tmp_path):
    texts = ["#N/A", "<NA>", "NA", "NaN", "NULL", "None", "nan", "n/a", "null", "-nan"]
    for form in FORMS:
        write_tables([plain(text, title=text) for text in texts], tmp_path / form, format=form)
        back = read_tables(tmp_path / form)["articles"]
        assert back["article_id"].tolist() == back["title"].tolist() == texts, form
    read = pd.read_csv(tmp_path / "csv" / "articles.csv", keep_default_na=False, na_values=[""])
    assert read["title"].tolist() == ["'-nan" if text == "-nan" else text for text in texts]


# The command.


def run(*arguments):
    return running.run(cli.app, list(arguments))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["analyze", "a\0b"], "no such file"),
        (["analyze", "x" * 5000], "File name too long"),
        (["analyze", "caf\udce9\x1b[2J.txt"], "no such file: caf"),
        (["analyze", "/dev/zero"], "holds more than 50,000,000 bytes"),
        (["analyze", "a.txt", "--max-chars", "5"], "the article has 16 characters; accepted: 5"),
        (["batch", "a.txt", "--out", "a.txt"], "cannot write to a.txt"),
        (["batch", "a\0b", "--out", "o"], "embedded null"),
        (["b\x1b[2J\x9b31m"], "No such command"),
        (["batch", "a.txt", "--out", "o", "--format", "\x1b]0;PWN\x07"], "Invalid value"),
    ],
)
def test_bad_arguments_are_one_line(tmp_path, monkeypatch, capsys, arguments, told):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Deux morts à Gao", encoding="utf-8")
    assert run(*arguments) == 2
    out, error = capsys.readouterr()
    assert not out
    assert error.count("\n") == 1
    assert told in error
    assert len(error) < 1100
    assert not set("\x1b\x07\x9b\0") & set(error)


def test_an_error_of_our_own_is_one_line_and_exit_1(monkeypatch, capsys):
    def broken():
        message = "a\nb\x1b[2J"
        raise ZeroDivisionError(message)

    monkeypatch.setattr("newsnlp.command.diagnosis.diagnose", broken)
    monkeypatch.delenv("NEWSNLP_DEBUG", raising=False)
    assert run("doctor") == 1
    assert capsys.readouterr().err == (
        "newsnlp: internal error: ZeroDivisionError: a b␛[2J. Hint: NEWSNLP_DEBUG=1 shows where; please report it\n"
    )
    monkeypatch.setenv("NEWSNLP_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("doctor")


def test_warnings_are_lines_without_our_code(monkeypatch, capsys):
    def warning():
        warnings.warn("a\x1b[2Jb\nc", stacklevel=1)
        return []

    monkeypatch.setattr("newsnlp.command.diagnosis.diagnose", warning)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        assert run("doctor") == 0
    assert capsys.readouterr().err == "newsnlp: warning: a␛[2Jb c\n"


@pytest.mark.parametrize(
    ("shell", "status", "told"),
    [
        ("doctor > /dev/full", 2, "No space left"),
        ("doctor >&-", 0, ""),
        ("nope 2>&-", 2, ""),
        ("nope 2> /dev/full", 2, ""),
        ("analyze - <&-", 2, "standard input is closed"),
        ("analyze - < /dev/zero", 2, "standard input holds more than"),
    ],
)
def test_closed_and_full_outputs(shell, status, told):
    command = f"{sys.executable} -c 'from newsnlp.cli import main; main()' {shell}"
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, env=buffered)
    assert done.returncode == status, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.model
def test_an_article_may_come_through_a_pipe(tmp_path, capsys):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["bash", "-c", f"printf 'Deux morts à Gao.' > {pipe}"]):
        assert run("analyze", str(pipe), "--format", "jsonl") == 0
    assert json.loads(capsys.readouterr().out)["article"]["text"] == "Deux morts à Gao."


@pytest.mark.model
def test_json_of_any_text_reads_back(tmp_path, capsys, nlp):
    path = tmp_path / "a.txt"
    path.write_text("Deux morts à Gao \x9b\u202e\u2028\ufffe.", encoding="utf-8")
    assert run("analyze", str(path), "--format", "json") == 0
    out = capsys.readouterr().out
    assert json.loads(out) == nlp(newsnlp.read_article(path)).to_dict()
    assert not set("\x9b\u202e\u2028") & set(out)
