"""Every text field of every record, through every way out: the output is parsed, and holds nothing but text."""

from __future__ import annotations

import csv
import html.parser
import importlib.util
import io
import json
import sys
import unicodedata
import warnings
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest

from newsnlp import errors, exports
from newsnlp.command import running
from newsnlp.corpus import Failure
from newsnlp.errors import ArticleError
from newsnlp.records import Analysis, Article, Mention
from newsnlp.related.suggesting import RelationKind, Suggestion  # type: ignore[attr-defined]
from newsnlp.render import terminal
from newsnlp.render.html import analysis_to_html
from newsnlp.safety import escaping
from newsnlp.tables import SCHEMAS, casualties, forces, read_tables, to_frames, write_tables
from newsnlp.tables.schema import INSTANT, TEXT

_spec = importlib.util.spec_from_file_location("marked", Path(__file__).with_name("marked.py"))
marked = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(marked)
MARKERS, analysis_of = marked.MARKERS, marked.analysis_of
ANALYSES = [analysis_of(marker) for marker in MARKERS]
each_marker = pytest.mark.parametrize("marker", MARKERS, ids=ascii)


@contextmanager
def told():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        yield


class Seen(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.data = set(), set(), []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.data.append(data)

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_pi = unknown_decl = handle_comment


OURS = {"div", "h4", "p", "small", "mark", "span", "br", "em"}
DISPLACY = {"div", "mark", "span", "br", "h2", "html", "head", "title", "body", "figure"}


@each_marker
def test_html_holds_no_element_of_a_text(marker):
    analysis = analysis_of(marker)
    for made, tags in (
        (analysis_to_html(analysis), OURS),
        (analysis._repr_html_(), OURS),
        (exports.render_displacy(analysis), DISPLACY),
        (exports.render_displacy(analysis, page=True), DISPLACY),
        (exports.render_displacy(analysis, figures=False), DISPLACY),
    ):
        seen = Seen(made)
        assert seen.tags <= tags
        assert seen.attributes <= {"class", "lang", "style", "title", "dir"}
        assert not escaping._NOT_HTML.search(made)
        made.encode()
        shown = escaping.visible_in_html(marker)
        assert "".join(shown.split()) in "".join("".join(seen.data).split())


@each_marker
def test_displacy_keeps_offsets(marker):
    analysis = analysis_of(marker)
    made = exports.to_displacy(analysis)
    assert len(made["text"]) == len(analysis.article.text)


def controls(text):
    return {sign for sign in text if unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t"}


@pytest.fixture(params=["pipe", "terminal"])
def output(request, monkeypatch):
    class Terminal(io.TextIOWrapper):
        def isatty(self):
            return request.param == "terminal"

    def fresh(encoding="utf-8"):
        monkeypatch.setattr(sys, "stdout", Terminal(io.BytesIO(), encoding=encoding, newline=""))
        monkeypatch.setattr(sys, "stderr", Terminal(io.BytesIO(), encoding=encoding, newline=""))

        def read():
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
            return (sys.stdout.buffer.getvalue() + sys.stderr.buffer.getvalue()).decode(encoding)

        return read

    # Without colours, rich writes no control characters of its own.
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    return fresh


def suggestion_of(marker):
    return Suggestion(
        id=marker, score=0.5, kind=RelationKind.DUPLICATE, reasons=(marker,), others=(marker,), title=marker,
        source=marker, url=marker,
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_terminals_obey_nothing(output, encoding):
    for marker in MARKERS:
        read = output(encoding)
        terminal.print_analysis(analysis_of(marker))
        terminal.print_suggestions([suggestion_of(marker)])
        terminal.say(marker)
        running.note(marker)
        running._warn(UserWarning(marker), UserWarning)
        running._refuse(ArticleError(marker))
        running._refuse(RuntimeError(marker))
        running._refuse(OSError(2, marker, marker))
        shown = read()
        assert not controls(shown), marker
        assert not set("\u202e\u2066\u2028") & set(shown)
        if marker.isascii() and marker.isprintable() and "  " not in marker:
            assert marker in shown.replace("\n", "") or len(marker) > 20  # rich folds long cells


@each_marker
def test_a_note_is_one_line(marker, capsys):
    running.note(f"warning: {marker}")
    assert capsys.readouterr().err.count("\n") == 1


@each_marker
def test_json_is_printable_and_equal(marker):
    value = {"a": [marker], marker: 1}
    made = escaping.json_text(value)
    assert json.loads(made) == value
    assert not controls(made)
    assert len(made.splitlines()) == 1
    made.encode()


def rows_of(path, delimiter):
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def expected(marker):
    """Return the text as every table has it."""
    return "".join("?" if "\ud800" <= sign <= "\udfff" else sign for sign in marker)


def expected_id(marker):
    """Return the id as `Article` has it: lone surrogates as their escapes, so that ids stay distinct."""
    return marker.encode("utf-8", "backslashreplace").decode()


STARTS = tuple("=+-@\t\r\n＝＋－＠")


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("excel-fr", ";")])
def test_csv_cells_are_text_and_come_back(tmp_path, form, delimiter):
    with told():
        write_tables(ANALYSES, tmp_path, format=form)
    wanted = [expected(marker).replace("\0", "\ufffd") for marker in MARKERS]
    ids = [expected_id(marker).replace("\0", "\ufffd") for marker in MARKERS]
    for name, schema in SCHEMAS.items():
        header, *rows = rows_of(tmp_path / f"{name}.csv", delimiter)
        assert header == list(schema)
        for row in rows:
            for (column, dtype), cell in zip(schema.items(), row, strict=True):
                if dtype == TEXT:
                    assert not cell.lstrip().startswith(STARTS), (name, column)
                    if form == "excel-fr" and cell != "42" and " | " not in cell:
                        assert cell.startswith("'") or not becomes_a_value(cell), (name, column, cell)
    back = read_tables(tmp_path)
    assert back["articles"]["article_id"].tolist() == ids
    assert back["articles"]["title"].tolist() == wanted
    assert back["entities"]["name"].tolist() == back["topics"]["code"].tolist() == wanted
    assert back["figures"]["counted"].tolist() == [text for text in wanted for _ in range(2)]


def becomes_a_value(cell):
    """Guess as Excel does, in words of our own: what a strict reader of numbers, dates and constants would take."""
    bare = cell.strip().strip("%€()").strip()
    if bare in {"#N/A", "#REF!", "#VALEUR!"} or bare.upper() in {"TRUE", "VRAI", "FALSE", "FAUX"}:
        return True
    if any(sign.isdigit() for sign in bare) and not any(sign.isalpha() for sign in bare):
        return True
    months = ("janv", "mars", "avr")
    return any(bare.lower().startswith(m) or bare.lower().endswith(m) for m in months) or bare.upper() == "12E5"


def test_workbook_cells_are_text_and_come_back(tmp_path):
    from openpyxl import load_workbook

    with told():
        path = write_tables(ANALYSES, tmp_path, format="xlsx")["articles"]
    book = load_workbook(path)
    for name, schema in SCHEMAS.items():
        header, *rows = book[name].iter_rows()
        for row in rows:
            for cell in row:
                dtype = schema[header[cell.column - 1].value]
                assert cell.value is None or cell.data_type == {TEXT: "s", INSTANT: "d"}.get(dtype, "n")
                assert not (dtype == TEXT and str(cell.value).lstrip().startswith(STARTS))
    assert all(cell.data_type == "s" for row in book["provenance"].iter_rows() for cell in row)
    with zipfile.ZipFile(path) as archive:
        assert not any(b"<f>" in archive.read(name) or b"<f " in archive.read(name) for name in archive.namelist())
    back = read_tables(tmp_path)
    wanted = [escaping._NOT_XML.sub("\ufffd", expected(marker)) for marker in MARKERS]
    ids = [escaping._NOT_XML.sub("\ufffd", expected_id(marker)) for marker in MARKERS]
    assert back["articles"]["article_id"].tolist() == ids
    assert back["articles"]["title"].tolist() == back["entities"]["name"].tolist() == wanted


@pytest.mark.parametrize("form", ["jsonl", "parquet", "sqlite"])
def test_typed_formats_keep_every_text(tmp_path, form):
    with told():
        write_tables(ANALYSES, tmp_path, format=form)
        wanted = to_frames(ANALYSES)
    back = read_tables(tmp_path)
    for name, frame in wanted.items():
        pd.testing.assert_frame_equal(back[name], frame)
    assert back["articles"]["article_id"].tolist() == [expected_id(marker) for marker in MARKERS]


def test_frames_and_views_hold_storable_text():
    with told():
        for frame in (*to_frames(ANALYSES).values(), casualties(ANALYSES), forces(ANALYSES)):
            for column in frame:
                for cell in frame[column]:
                    if isinstance(cell, str):
                        cell.encode()


@each_marker
def test_annotation_formats_stay_parsable_and_true(marker):
    analyses = [analysis_of(marker), analysis_of("Metz"), analysis_of(marker)]
    spans = [[(m.start, m.end, str(m.label)) for m in item.mentions] for item in analyses]
    text = exports.to_conll(analyses)
    text.encode()
    for line in text.split("\n"):
        assert line == "" or (line.count("\t") == 1 and len(line.split()) == 2)
    back = exports.from_conll(text, analyses)
    if marker == marker.strip() and any(sign.isalnum() for sign in marker):  # a name of blanks has no word
        assert [[(m.start, m.end, str(m.label)) for m in item.mentions] for item in back] == spans
    assert text.count("-DOCSTART-\tO") == len(analyses)
    lines = exports.to_doccano(analyses)
    lines.encode()
    assert len(lines.splitlines()) == len(analyses)
    for found in (exports.from_doccano(lines), exports.from_label_studio(exports.to_label_studio(analyses))):
        assert [[(m.start, m.end, str(m.label)) for m in item.mentions] for item in found] == spans
        assert [item.article.text for item in found] == [item.article.text for item in analyses]


@each_marker
def test_no_text_is_a_member_of_a_closed_set(marker):
    told = analysis_of("Metz").to_dict()
    fields = [("mentions", "label"), ("entities", "label")]
    for group, name in [*fields, *(("figures", name) for name in ("modifier", "kind", "event", "status"))]:
        with pytest.raises(errors.RecordError, match=f"^{name}=.* is none of ") as caught:
            Analysis.from_dict(told | {group: [told[group][0] | {name: marker}]})
        assert len(str(caught.value).splitlines()) == 1


@each_marker
def test_ninjs_is_json_that_utf8_holds(marker):
    item = analysis_of(marker).to_ninjs()
    json.dumps(item, ensure_ascii=False, allow_nan=False).encode()
    assert item["uri"].startswith(("https:", "urn:"))


def test_a_failure_is_one_line_of_text(capsys):
    from newsnlp.ingest.failures import FailureKind

    failure = Failure(article_id="a\x1b]0;PWN\x07", kind=FailureKind.NO_TEXT, reason="b\n\x9b2J")
    running.note(f"warning: {failure.article_id}: {failure.reason}")
    assert not controls(capsys.readouterr().err)


@pytest.mark.parametrize(
    ("undo", "do"), [(escaping.from_csv, escaping.csv_field), (escaping.from_excel_fr, escaping.excel_fr_field)]
)
def test_marks_come_off_exactly(undo, do):
    for marker in [*MARKERS, "", "'", "''", "'a", "'00123", "''6/4", "'\t", "'#N/A"]:
        (row,) = csv.reader(io.StringIO(do(marker) + "\r\n", newline="")) if marker else ([""],)
        assert undo(row[0]) == expected(marker).replace("\0", "\ufffd")


@pytest.mark.parametrize(
    "text",
    ["00123", "12E5", "1e5", "6/4", "3-1", "1/2", "1,5", "1.5", "1 234", "1\u202f234", "12:30", "10:30 PM", "10 p.m.",
     "1-2", "12/03/2026", "2026-03-12", "12 mars", "12 mars 2026", "mars 2026", "MARS1", "SEPT2", "12-déc-26", "févr. 26",
     "lundi 5 avril 2026", "50 %", "5 €", "$5", "(5)", "1234567890123456", "VRAI", "faux", "TRUE", "#N/A", "#REF!",
     "#NOM?", "１２", "0.1", " 007", "1 1/2", "5 EUR"],
)  # fmt: skip
def test_what_excel_would_turn_into_a_value_is_marked(text):
    assert escaping.excel_fr_field(text).strip('"').startswith("'")
    assert not escaping.csv_field(text).strip('"').startswith("'")


@pytest.mark.parametrize(
    "text",
    ["Lyon", "a1", "e1", "e12", "p3", "123", "0", "123456789012345", "17 000 euros", "mars", "#MeToo", "A4", "3e", "1er",
     "12 m", "G7", "2 300 habitants"],
)  # fmt: skip
def test_what_excel_leaves_alone_is_not_marked(text):
    assert escaping.excel_fr_field(text) == text


def test_what_looks_like_a_character_of_a_workbook_stays_what_it_is():
    assert escaping.xlsx_text("_x000D_") == "_x005F_x000D_"
    for text in ("_x000D_", "_x005F_x000D_", "_x005F_", "_xyz_", "__x0041__"):
        assert escaping.from_xlsx(escaping.xlsx_text(text)) == text


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 10**9), (3, 3), (5, 2)])
def test_a_span_outside_the_text_is_refused_by_name(start, end):
    mention = Mention(start=start, end=end, text="x", label="PER")
    analysis = Analysis(article=Article(text="Metz", id="a7"), mentions=(mention,), body_spans=((0, 4),))
    for way in (exports.to_doccano, exports.to_label_studio, exports.to_displacy):
        with pytest.raises(ArticleError, match=r"article a7: .* is outside its 4 characters"):
            way(analysis)
    with pytest.raises(ArticleError, match="article a7"):
        exports.to_conll(analysis)


ERRORS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.NewsnlpError)]


@pytest.mark.parametrize("kind", ERRORS)
def test_messages_of_errors_hold_no_commands_for_terminals(kind):
    told = str(kind("no \x1b]0;PWN\x07\x9b31m file"))
    assert "file" in told
    assert not [sign for sign in told if unicodedata.category(sign) == "Cc"]


def test_a_mark_is_decided_on_what_a_file_can_hold():
    for text in ("\x00+1", "\x00=cmd", "\x01=1", "'\x00-1", "\x00"):
        assert escaping.from_csv(escaping.csv_field(text)) == text.replace("\x00", "\ufffd")
        assert escaping.from_excel_fr(escaping.excel_fr_field(text)) == text.replace("\x00", "\ufffd")
        assert escaping.from_xlsx(escaping.xlsx_text(text)) == text.replace("\x00", "\ufffd").replace("\x01", "\ufffd")
