"""One bad byte in a table or a stream of records costs one character, and is told."""

from __future__ import annotations

import json

import pytest

from newsnlp.corpus import read_source
from newsnlp.ingest.columns import SourceNotes

ROWS = [("1", "Trois élèves blessés à Besançon."), ("2", "L'enquête débute à Évian."), ("3", "Été pluvieux.")]


def lines_of_json():
    return b"".join(json.dumps({"id": n, "text": text}, ensure_ascii=False).encode() + b"\n" for n, text in ROWS)


def array_of_json():
    return json.dumps([{"id": n, "text": text} for n, text in ROWS], ensure_ascii=False).encode()


def csv():
    return b"id;texte\n" + b"".join(f"{n};{text}\n".encode() for n, text in ROWS)


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.jsonl", lines_of_json), ("a.json", array_of_json), ("a.csv", csv)],
    ids=["lines", "array", "csv"],
)
@pytest.mark.parametrize(
    ("bad", "read"), [(b"d\xe9bute", "débute"), (b"d\xa0bute", "d\ufffdbute")], ids=["latin", "lost"]
)
def test_one_bad_byte_costs_one_character(tmp_path, name, make, bad, read):
    path = tmp_path / name
    path.write_bytes(make().replace("débute".encode(), bad))
    source = read_source(path)
    texts = [item.text for item in source]
    assert texts == [text.replace("débute", read) for _, text in ROWS]
    assert "bytes that are no UTF-8 in 1 places" in "".join(source.notes.warnings())


def test_a_file_in_another_encoding_is_read_and_told(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines_of_json().decode().encode("cp1252"))
    source = read_source(path)
    assert [item.text for item in source] == [text for _, text in ROWS]
    assert source.notes.broken_places == 3
    assert source.notes.first_broken_place == "line 1"


def test_notes_of_files_add_up():
    one, other = SourceNotes(), SourceNotes()
    other.broken("line 4")
    one.add(other)
    assert (one.broken_places, one.first_broken_place) == (1, "line 4")


def test_titles_and_names_are_read_as_people_see_them(tmp_path):
    path = tmp_path / "a.jsonl"
    row = {
        "text": "Un mort.",
        "title": "L&#8217;h&ocirc;pital : &laquo;&nbsp;assez&nbsp;&raquo;",
        "author": "HÃ©lÃ¨ne PÃ©rÃ¨s",
    }
    path.write_text(json.dumps(row), encoding="utf-8")
    (article,) = read_source(path)
    assert article.title == "L’hôpital : «\u00a0assez\u00a0»"
    assert article.author == "Hélène Pérès"


def test_exports_joined_with_their_headers_are_one(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id;titre;texte\n1;Un;Un mort.\nid;titre;texte\n2;Deux;Deux morts.\n", encoding="utf-8")
    source = read_source(path)
    assert [item.id for item in source] == ["1", "2"]
    assert "1 lines that name the columns again" in "".join(source.notes.warnings())


def test_posts_of_a_site_lose_their_markup(tmp_path):
    path = tmp_path / "posts.json"
    post = {
        "id": 4,
        "title": {"rendered": "Gr&egrave;ve"},
        "content": {"rendered": "<p>Deux bless&eacute;s.</p><p>Un mort.</p>"},
    }
    path.write_text(json.dumps([post]), encoding="utf-8")
    (article,) = read_source(path)
    assert (article.title, article.text) == ("Grève", "Deux blessés.\nUn mort.")
