"""Frames, views and files, on hand-made analyses: no model needed."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest

import newsnlp
from newsnlp.errors import ArticleError, OptionError, SourceError
from newsnlp.records import Analysis, Article, Entity, Figure, Mention, Topic
from newsnlp.tables import SCHEMAS, casualties, forces, read_tables, to_frames, write_tables
from newsnlp.tables.formats import workbook
from newsnlp.tables.writers import TableWriter

FORMULA = '=cmd|"/c calc"!A1'


@pytest.fixture
def analysis():
    text = "Cinq soldats ont été blessés en Irak."
    return Analysis(
        article=Article(
            text=text, id="a1", title=FORMULA, published_at="2026-03-12T18:42:00+01:00", source="Le Courrier; du Fleuve"
        ),
        entities=(Entity(id="e1", name="Irak", label="LOC", mention_count=1, country="IQ", aliases=("irak", "Iraq")),),
        mentions=(Mention(start=32, end=36, text="Irak", label="LOC", entity_id="e1", sentence=text, score=0.98),),
        figures=(
            Figure(
                start=0,
                end=4,
                text="Cinq",
                value=5,
                value_min=5,
                value_max=5,
                counted="soldats",
                event="injured",
                place="Irak",
                place_id="e1",
            ),
            Figure(start=5, end=6, text="x", value=10**80, value_min=10**80, value_max=2.5),
        ),
        topics=(Topic(code="medtop:16000000", name="Conflit", level=1, score=0.9, evidence=("soldats", "blessés")),),
        meta={"newsnlp": "0.1.0", "model": "fr_core_news_sm", "lexicons": "abc", "warnings": []},
    )


def test_columns_and_dtypes_do_not_depend_on_rows(analysis):
    full, empty = to_frames([analysis]), to_frames([])
    assert set(full) == set(empty) == set(SCHEMAS)
    for name, schema in SCHEMAS.items():
        for frame in (full[name], empty[name]):
            assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == dict(schema)


def test_absent_is_na_and_dates_are_utc(analysis):
    frames = to_frames(analysis)
    assert frames["articles"].loc[0, "published_at"] == datetime(2026, 3, 12, 17, 42, tzinfo=UTC)
    assert frames["figures"].loc[0, "actor"] is pd.NA
    assert frames["figures"].loc[1, "value"] == 1e80
    assert frames["entities"].loc[0, "aliases"] == "irak | Iraq"
    assert frames["mentions"].loc[0, "type"] == "lieu"


def test_naive_and_aware_dates_share_a_column():
    dates = ["2026-03-12", "2026-03-12T01:00:00+02:00", None]
    frames = to_frames([Analysis(article=Article(text=str(i), published_at=date)) for i, date in enumerate(dates)])
    found = frames["articles"]["published_at"]
    assert list(found[:2]) == [datetime(2026, 3, 12, tzinfo=UTC), datetime(2026, 3, 11, 23, tzinfo=UTC)]
    assert pd.isna(found[2])


def test_what_is_no_analysis_is_refused():
    with pytest.raises(ArticleError, match=r"received str \(item 0\); accepted: Analysis"):
        to_frames(["Bonjour"])


@pytest.mark.parametrize("form", ["csv", "excel-fr", "jsonl", "parquet", "sqlite", "xlsx"])
def test_every_format_reads_back_equal_types_included(analysis, tmp_path, form):
    naive = replace(analysis, article=replace(analysis.article, id="a2", published_at=datetime(2026, 3, 1)))  # noqa: DTZ001
    # "NA" and "0012" are what readers of tables like to take for something else.
    undated = Analysis(article=Article(text="x", id="0012", title="NA", author="'=1", url="1e5"))
    written = [analysis, naive, undated]
    write_tables(written, tmp_path, format=form)
    found, wanted = read_tables(tmp_path), to_frames(written)
    assert set(found) == set(wanted)
    for name, frame in wanted.items():
        pd.testing.assert_frame_equal(found[name], frame, check_exact=True)


@pytest.mark.parametrize("form", ["csv", "excel-fr", "jsonl", "parquet", "sqlite", "xlsx"])
def test_characters_that_break_rows_read_back_equal(tmp_path, form):
    # Every one has broken a row or a cell in some reader: separators, line ends of all sorts, a byte order mark.
    titles = [
        "a\rb",
        "a\r\nb",
        "a\nb",
        'a"b',
        " a ",
        "a;b",
        "a,b",
        "\ufeffa",
        "null",
        "é\u2028b",
        "a\x85b",
        "a\tb",
        "😀",
    ]
    written = [Analysis(article=Article(text="x", id=str(i), title=title)) for i, title in enumerate(titles)]
    write_tables(written, tmp_path, format=form)
    assert read_tables(tmp_path, ["articles"])["articles"]["title"].tolist() == titles


@pytest.mark.parametrize("form", ["csv", "excel-fr", "jsonl", "parquet", "sqlite", "xlsx"])
def test_empty_tables_read_back_with_their_types(tmp_path, form):
    write_tables([], tmp_path, format=form)
    for name, frame in read_tables(tmp_path).items():
        assert dict(frame.dtypes.astype(str)) == dict(SCHEMAS[name])


def test_reading_tables_refuses_what_is_none(analysis, tmp_path):
    with pytest.raises(SourceError, match="holds no tables"):
        read_tables(tmp_path)
    write_tables(analysis, tmp_path)
    with pytest.raises(OptionError, match="did you mean 'figures'"):
        read_tables(tmp_path, ["figure"])


def test_tables_are_found_without_their_provenance(analysis, tmp_path):
    write_tables(analysis, tmp_path, format="excel-fr")
    (tmp_path / "provenance.json").unlink()
    pd.testing.assert_frame_equal(read_tables(tmp_path)["figures"], to_frames(analysis)["figures"])


def test_a_cell_cannot_be_cut_by_another_separator(tmp_path):
    # A French Excel cuts even a comma file at ";": what follows would be run.
    written = Analysis(article=Article(text="x", id="h", title="bon;=cmd|'/c calc'!A1"))
    line = write_tables(written, tmp_path)["articles"].read_text(encoding="utf-8").splitlines()[1]
    assert "\"bon;=cmd|'/c calc'!A1\"" in line


def test_a_table_too_long_for_a_sheet_goes_on_in_another(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MAX_ROWS", 4)
    written = [Analysis(article=Article(text="x", id=str(i))) for i in range(8)]
    write_tables(written, tmp_path, format="xlsx")
    assert read_tables(tmp_path)["articles"]["article_id"].tolist() == [str(i) for i in range(8)]


@pytest.mark.parametrize(
    ("form", "name"), [("csv", "figures.csv"), ("jsonl", "figures.jsonl"), ("excel-fr", "figures.csv")]
)
def test_a_full_disk_is_one_clear_error_and_leaves_what_stood_there(analysis, tmp_path, form, name):
    write_tables(analysis, tmp_path, format=form)
    before = (tmp_path / name).read_bytes()
    # What is written through this link finds the disk full.
    (tmp_path / f"{name}.partial").symlink_to("/dev/full")
    with pytest.raises(SourceError, match=r"cannot write to .*No space left.*Hint"):
        write_tables([analysis] * 2000, tmp_path, format=form)
    assert (tmp_path / name).read_bytes() == before
    assert not list(tmp_path.glob("*.partial"))


def test_excel_fr_opens_in_a_french_excel(analysis, tmp_path):
    raw = write_tables(analysis, tmp_path, format="excel-fr")["mentions"].read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"0,98" in raw
    assert b";" in raw


def test_xlsx_has_frozen_headers_and_no_formulas(analysis, tmp_path):
    from openpyxl import load_workbook

    path = write_tables([analysis], tmp_path, format="xlsx")["figures"]
    book = load_workbook(path)
    assert book.sheetnames == [*SCHEMAS, "provenance"]
    assert book["figures"].freeze_panes == "A2"
    assert book["articles"]["B2"].value == "'" + FORMULA
    assert book["articles"]["B2"].data_type == "s"


def test_jsonl_reads_back_equal(analysis, tmp_path):
    path = write_tables([analysis], tmp_path, format="jsonl")["figures"]
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert rows[0]["value"] == 5
    assert rows[0]["actor"] is None
    assert list(rows[0]) == list(SCHEMAS["figures"])


def test_sqlite_has_keys_and_reads_back_equal(analysis, tmp_path):
    path = write_tables([analysis], tmp_path, format="sqlite")["figures"]
    base = sqlite3.connect(path)
    read = {
        name: pd.read_sql(
            f"SELECT * FROM {name}",  # noqa: S608
            base,
            parse_dates=["published_at"] if name == "articles" else None,
        ).astype(dict(SCHEMAS[name]))
        for name in ("articles", "entities", "figures")
    }
    # Formulas are text in a database, so nothing is prefixed.
    for name, frame in read.items():
        pd.testing.assert_frame_equal(frame, to_frames(analysis)[name])
    assert base.execute("SELECT value FROM provenance WHERE key = 'newsnlp'").fetchone() == (newsnlp.__version__,)
    base.close()


@pytest.mark.parametrize("form", ["csv", "excel-fr", "jsonl", "parquet", "sqlite", "xlsx"])
def test_hostile_text_is_written_and_empty_tables_keep_their_header(form, tmp_path):
    hostile = Analysis(article=Article(text="x", id="h", title="\ud800<script>\x00\x0b", source="\t=1+1", url="-2+3"))
    with pytest.warns(UserWarning, match="1 texts held lone surrogates"):
        paths = write_tables([hostile], tmp_path, format=form)
    assert all(path.exists() for path in paths.values())
    assert not list(tmp_path.glob("*.partial"))
    if form == "csv":
        row = next(csv.DictReader(io.StringIO(paths["articles"].read_text(encoding="utf-8"))))
        assert row["source"] == "'\t=1+1"
        assert row["url"] == "'-2+3"
        assert row["title"].startswith("?")
        assert paths["figures"].read_text(encoding="utf-8").splitlines() == [",".join(SCHEMAS["figures"])]


def test_unknown_format_suggests_the_nearest(tmp_path):
    with pytest.raises(OptionError, match="did you mean 'jsonl'"):
        write_tables([], tmp_path, format="json1")


def test_a_failure_leaves_what_stood_there(analysis, tmp_path):
    write_tables(analysis, tmp_path)
    before = (tmp_path / "figures.csv").read_bytes()

    def broken():
        yield analysis
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_tables(broken(), tmp_path)
    assert (tmp_path / "figures.csv").read_bytes() == before
    assert not list(tmp_path.glob("*.partial"))


def test_a_folder_that_cannot_be_made_is_one_clear_error(analysis, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(SourceError, match=r"cannot write to .*Hint"):
        write_tables(analysis, blocked / "out")


def test_a_writer_outside_its_block_refuses(analysis, tmp_path):
    with pytest.raises(OptionError, match="with block"):
        TableWriter(tmp_path).write([analysis])


def toll(*figures):
    return Analysis(article=Article(text="x", id="t"), figures=figures)


def figure(text, low, high=None, **fields):
    return Figure(
        start=0, end=1, text=text, value=low if low == high else None, value_min=low, value_max=high, **fields
    )


def test_casualties_take_the_largest_total_and_span_the_statements():
    table = casualties(
        toll(
            figure("12", 12, 12, event="killed", place="Gao", source="l'armée"),
            figure("15", 15, 15, event="killed"),
            figure("3", 3, 3, event="killed", part_of=1),
            figure("99", 99, 99, event="killed", status="denied"),
            figure("plusieurs", 2, event="injured", modifier="vague"),
        )
    )
    killed, injured = table.to_dict("records")
    assert (killed["value"], killed["low"], killed["high"], killed["statements"]) == (15, 12, 15, 2)
    assert killed["place"] == "Gao"
    assert (injured["event"], injured["low"]) == ("injured", 2)
    assert pd.isna(injured["high"])


def test_casualties_leave_plans_out_and_keep_a_year_s_total_apart():
    table = casualties(
        toll(
            figure("17", 17, 17, event="killed", place="Ménaka"),
            figure("3 800", 3800, 3800, event="killed", date="En 2025"),
            figure("60", 60, 60, event="injured", status="planned"),
        )
    )
    assert table["value"].tolist() == [17, 3800]
    assert table["period"].fillna("").tolist() == ["", "2025"]
    assert table["place"].fillna("").tolist() == ["Ménaka", ""]


def test_forces_keep_plans_apart():
    figures = [
        figure("500", 500, 500, event="deployed", place="Irak"),
        figure("900", 900, 900, event="deployed", place="Irak", status="planned"),
    ]
    assert forces(toll(*figures))["status"].tolist() == ["asserted", "planned"]


def test_forces_keep_places_apart():
    table = forces(
        toll(
            figure("2500", 2500, 2500, event="deployed", place="Irak", counted="soldats"),
            figure("900", 900, 900, event="deployed", place="Syrie", counted="soldats"),
            figure("7", 7, 7, event="killed"),
        )
    )
    assert list(zip(table["place"], table["value"], strict=True)) == [("Irak", 2500.0), ("Syrie", 900.0)]
    assert forces([]).dtypes.equals(table.dtypes)


FORMATS = ["csv", "excel-fr", "jsonl", "parquet", "sqlite", "xlsx"]


@pytest.mark.parametrize("form", FORMATS)
def test_offsets_can_be_checked_from_the_tables_alone(analysis, tmp_path, form):
    texts = [analysis.article.text, "=1+1 à Metz\r\n😀 a\rb", "  Ligne\u2028 \ud800 fin\n", "00123"]
    written = [
        replace(analysis, article=replace(analysis.article, text=text, id=f"t{n}")) for n, text in enumerate(texts)
    ]
    with pytest.warns(UserWarning, match="surrogates"):
        write_tables(written, tmp_path, format=form, text=True)
    with pytest.warns(UserWarning, match="surrogates"):
        wanted = to_frames(written, text=True)
    found = read_tables(tmp_path)
    pd.testing.assert_frame_equal(found["articles"], wanted["articles"], check_exact=True)
    assert list(found["articles"].columns) == [*SCHEMAS["articles"], "text"]
    assert found["articles"]["text"].tolist() == [text.replace("\ud800", "?") for text in texts]
    assert found["articles"]["characters"].tolist() == [len(text) for text in texts]
    joined = found["mentions"].merge(
        found["articles"][["article_id", "text"]], on="article_id", suffixes=("", "_whole")
    )
    first = joined[joined["article_id"] == "t0"].iloc[0]
    assert first["text_whole"][first["start"] : first["end"]] == first["text"]


def test_a_text_that_no_cell_holds_is_cut_and_told(analysis, tmp_path):
    long = replace(analysis, article=replace(analysis.article, text="mot " * 10_000))
    with pytest.warns(UserWarning, match="1 cells were longer than the 32 767 characters of a workbook"):
        write_tables(long, tmp_path, format="xlsx", text=True)
    assert len(read_tables(tmp_path)["articles"].loc[0, "text"]) == 32_767


def test_no_text_unless_asked_for(analysis, tmp_path):
    write_tables(analysis, tmp_path)
    assert "text" not in read_tables(tmp_path)["articles"]


# Before standard time was; in the hour that comes twice, both; within a day of the last year.
MOMENTS = [
    "2024-03-12T23:30:00+00:00",
    "2024-07-14T12:00:00+00:00",
    "2024-10-27T00:30:00+00:00",
    "2024-10-27T01:30:00+00:00",
    "1880-01-01T00:00:00+00:00",
    "1999-12-31T23:59:59.123000+00:00",
]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("timezone", ["Europe/Paris", "America/Montreal", "UTC"])
def test_sheets_show_the_time_of_their_readers(tmp_path, form, timezone):
    written = [Analysis(article=Article(text="x", id=f"t{n}", published_at=at)) for n, at in enumerate(MOMENTS)]
    paths = write_tables(written, tmp_path, format=form, timezone=timezone)
    found = read_tables(tmp_path)["articles"]["published_at"]
    assert [at.isoformat() for at in found] == MOMENTS
    if form == "excel-fr" and timezone == "Europe/Paris":
        shown = paths["articles"].read_text(encoding="utf-8-sig")
        assert "2024-03-13 00:30:00" in shown
        assert "2024-07-14 14:00:00" in shown
    if form == "csv":
        assert MOMENTS[0] in paths["articles"].read_text(encoding="utf-8")


def test_sheets_of_before_were_in_utc(analysis, tmp_path):
    write_tables(analysis, tmp_path, format="excel-fr", timezone="UTC")
    told = tmp_path / "provenance.json"
    told.write_text(told.read_text(encoding="utf-8").replace('"timezone": "UTC"', '"x": 1'), encoding="utf-8")
    assert read_tables(tmp_path)["articles"].loc[0, "published_at"] == datetime(2026, 3, 12, 17, 42, tzinfo=UTC)
    with pytest.raises(
        OptionError, match=r"timezone='Europe/Arvel' is not known; accepted: a name such as Europe/Paris"
    ):
        write_tables(analysis, tmp_path, timezone="Europe/Arvel")
