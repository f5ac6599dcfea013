"""Inputs of every kind, whole and broken, as a stream of articles and failures."""

from __future__ import annotations

import bz2
import codecs
import gzip
import json
import lzma
import math
import sqlite3
import tracemalloc
import zipfile
from datetime import UTC, datetime

import pandas as pd
import pytest

from newsnlp.corpus import Failure, FailureKind, read_source
from newsnlp.errors import ArticleError, SourceError
from newsnlp.ingest import streams
from newsnlp.ingest.columns import map_columns, read_date
from newsnlp.ingest.opened import Page
from newsnlp.records import Article

ROWS = [
    {"Titre": "Un", "corps": "Deux blessés à Lyon.", "Date": "2026-03-12", "n": 1},
    {
        "Titre": "Deux",
        "corps": "L’été à Metz, « enfin ».\nSecond paragraphe.",
        "Date": "2026-03-13T08:00:00+01:00",
        "n": 2,
    },
]
TEXTS = [row["corps"] for row in ROWS]


def write_jsonl(path):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS), encoding="utf-8")


def write_json(path):
    path.write_text(json.dumps(ROWS, indent=2), encoding="utf-8")


def write_csv(path):
    pd.DataFrame(ROWS).to_csv(path, index=False)


def write_tsv(path):
    pd.DataFrame(ROWS).to_csv(path, index=False, sep="\t")


def write_semicolons(path):
    pd.DataFrame(ROWS).to_csv(path, index=False, sep=";", encoding="cp1252")


def write_utf16(path):
    pd.DataFrame(ROWS).to_csv(path, index=False, sep="\t", encoding="utf-16")


def write_parquet(path):
    pd.DataFrame(ROWS).to_parquet(path)


def write_sqlite(path):
    base = sqlite3.connect(path)
    pd.DataFrame(ROWS).to_sql("articles", base, index=False)
    base.close()


KINDS = {
    "a.jsonl": write_jsonl,
    "a.ndjson": write_jsonl,
    "a.json": write_json,
    "b.json": write_jsonl,
    "a.csv": write_csv,
    "b.csv": write_semicolons,
    "a.tsv": write_tsv,
    "b.tsv": write_utf16,
    "a.parquet": write_parquet,
    "a.sqlite": write_sqlite,
}


def pack(path, suffix):
    data, packed = path.read_bytes(), path.with_name(path.name + suffix)
    if suffix == ".zip":
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(path.name, data)
    else:
        packed.write_bytes({".gz": gzip, ".bz2": bz2, ".xz": lzma}[suffix].compress(data))
    path.unlink()
    return packed


@pytest.mark.parametrize("suffix", ["", ".gz", ".bz2", ".xz", ".zip"])
@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_table_compressed_or_not(tmp_path, name, suffix):
    path = tmp_path / name
    KINDS[name](path)
    source = read_source(pack(path, suffix) if suffix else path)
    items = list(source)
    assert [item.text for item in items] == TEXTS
    assert [item.title for item in items] == ["Un", "Deux"]
    assert items[1].published_at == datetime(2026, 3, 13, 7, tzinfo=UTC)
    assert source.meter.fraction == 1
    assert source.describe() == ["columns: text=corps, title=Titre, published_at=Date"]
    assert [item.text for item in source] == TEXTS, "a file can be started again"


def test_frames_and_iterators():
    frame = pd.DataFrame(ROWS)
    frame["auteur"] = [pd.NA, float("nan")]
    frame["Date"] = pd.to_datetime(["2026-03-12", None])
    items = list(read_source(frame))
    assert [item.text for item in items] == TEXTS
    assert [item.author for item in items] == [None, None]
    assert items[1].published_at is None
    mixed = read_source(
        iter(["Un texte.", Article(text="Deux.", id="b"), {"body": "Trois."}, 4, {"body": None, "id": "e"}])
    )
    found = list(mixed)
    assert [item.text for item in found[:3]] == ["Un texte.", "Deux.", "Trois."]
    assert [(item.article_id, item.kind) for item in found[3:]] == [("item 3", "bad_record"), ("e", "no_text")]


def test_a_folder_of_pages(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_text("Texte d’été", encoding="utf-8")
    (tmp_path / "b" / "c.txt").write_bytes("Texte latin à é".encode("cp1252"))
    (tmp_path / "b" / "d.txt.gz").write_bytes(gzip.compress(b"Texte court"))
    (tmp_path / "e.html").write_text(
        "<html><body><article><h1>Titre</h1><p>Un séisme a frappé Agadir hier soir, selon la préfecture.</p></article></body></html>",
        encoding="utf-8",
    )
    (tmp_path / "image.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.txt").write_text("x", encoding="utf-8")
    source = read_source(tmp_path)
    assert source.describe() == ["files of other kinds, left out: 1 .png"]
    assert all(isinstance(item, Page) for item in source)
    found = list(source.articles())
    assert [item.id for item in found] == ["a.txt", "b/c.txt", "b/d.txt.gz", "e.html"]
    assert found[1].text == "Texte latin à é"
    assert "Agadir" in found[3].text
    assert "<" not in found[3].text


def test_one_page_is_an_input(tmp_path):
    (tmp_path / "a.txt").write_text("Un mort.", encoding="utf-8")
    assert [item.text for item in read_source(tmp_path / "a.txt").articles()] == ["Un mort."]


RSS = """<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Le Fil</title>
<item><title>Un</title><guid>g1</guid><link>https://a/1</link><pubDate>Thu, 12 Mar 2026 18:42:00 +0100</pubDate>
<description>Court.</description><content:encoded>&lt;p&gt;Deux bless&#233;s.&lt;/p&gt;&lt;p&gt;Fin.&lt;/p&gt;</content:encoded></item>
<item><title>Vide</title><guid>g2</guid></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Le Fil</title><entry><id>g1</id><title>Un</title>
<link href="https://a/1"/><updated>2026-03-12T17:42:00Z</updated><content type="html">&lt;p&gt;Deux blessés.&lt;/p&gt;&lt;p&gt;Fin.&lt;/p&gt;</content>
</entry><entry><id>g2</id><title>Vide</title></entry></feed>"""


@pytest.mark.parametrize("text", [RSS, ATOM])
@pytest.mark.parametrize("name", ["a.xml", "a.rss", "a.atom", "a.xml.gz"])
def test_feeds(tmp_path, text, name):
    data = text.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    source = read_source(tmp_path / name)
    article, titled = source
    assert article == Article(
        text="Deux blessés.\nFin.",
        id="g1",
        title="Un",
        source="Le Fil",
        url="https://a/1",
        published_at=article.published_at,
    )
    assert article.published_at == datetime(2026, 3, 12, 17, 42, tzinfo=UTC)
    # An item without a text is analysed by its title, and counted.
    assert (titled.id, titled.text, titled.title) == ("g2", "Vide", "Vide")
    assert source.notes.titles_alone == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_that_declares_entities_is_refused(tmp_path, encoding):
    bomb = '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><rss><channel><item><description>&c;</description></item></channel></rss>'
    (tmp_path / "a.xml").write_bytes(bomb.encode(encoding))
    with pytest.raises(SourceError, match="declares XML entities"):
        list(read_source(tmp_path / "a.xml"))


def test_columns_are_guessed_chosen_and_checked():
    assert map_columns(["headline", "body", "pub"], {"published_at": "pub"}) == {
        "text": "body",
        "title": "headline",
        "published_at": "pub",
    }
    with pytest.raises(SourceError, match=r"no column 'corps' for text; the input has: a, b"):
        map_columns(["a", "b"], {"text": "corps"})
    with pytest.raises(SourceError, match=r"no column holds the text.*--text"):
        map_columns(["a", "b"], {})
    with pytest.raises(SourceError, match="no field 'texte'"):
        map_columns(["a"], {"texte": "a"})


def test_rows_may_lack_columns_that_others_have(tmp_path):
    # JSON Lines leave out what is null: the first row does not tell all columns.
    rows = [
        {"text": "Un."},
        *({"text": f"Texte {i}.", "title": "T"} for i in range(80)),
        {"content": "Autre.", "author": ["A", "B"]},
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = list(read_source(path))
    assert len(found) == 82, "none is lost where the look-ahead ends"
    assert [item.title for item in found[:2]] == [None, "T"]
    assert (found[-1].text, found[-1].author) == ("Autre.", "A, B")


def test_our_own_output_is_an_input(tmp_path):
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"article": {"text": "Un mort.", "id": "x"}, "figures": []}), encoding="utf-8"
    )
    assert next(iter(read_source(tmp_path / "a.jsonl"))) == Article(text="Un mort.", id="x")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12/03/2026", datetime(2026, 3, 12)),  # noqa: DTZ001
        ("12.03.26 18:42", datetime(2026, 3, 12, 18, 42)),  # noqa: DTZ001
        ("2026-03-12T18:42:00Z", datetime(2026, 3, 12, 18, 42, tzinfo=UTC)),
        (1773340920, datetime(2026, 3, 12, 18, 42, tzinfo=UTC)),
        ("1773340920000", datetime(2026, 3, 12, 18, 42, tzinfo=UTC)),
        (20260312, datetime(2026, 3, 12)),  # noqa: DTZ001
        (None, None),
    ],
)
def test_dates_as_tables_hold_them(written, read):
    assert read_date(written) == read


def test_unreadable_dates_are_counted_and_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("texte,date\nUn.,hier\nDeux.,31/02/2026\nTrois.,2026-01-01\n", encoding="utf-8")
    source = read_source(path)
    assert [item.published_at is None for item in source] == [True, True, False]
    assert source.notes.warnings() == ("2 dates could not be read and are left out; first: 'hier'",)
    with pytest.raises(ArticleError):
        read_date("31/02/2026")


def kinds(items):
    return [item.kind.value if isinstance(item, Failure) else "ok" for item in items]


HOSTILE_LINES = [
    b'{"text": "Un mort \\u00e0 Lyon."}',
    b'{"text": "coup\xc3\xa9',
    b'{"text": NaN, "id": "n1"}',
    b'{"title": "sans texte", "id": "t"}',
    b'{"text": "  "}',
    b'{"text": "nan"}',
    b'{"text": 12}',
    b'{"text": {"a": 1}}',
    b"[1, 2]",
    b"12",
    b"null",
    b'"une ligne de texte"',
    b'{"text": "seul \\ud800 surrogat"}',
    b'{"text": "=cmd|\\"/c calc\\"!A1"}',
    b'{"text": "<script>alert(1)</script>"}',
    '{"text": "قُتل خمسة جنود في العراق"}'.encode(),
    b'{"text": "\xe9t\xe9"}',
    b"\x00\x01\x02\xff",
    b'{"a": ' * 100_000,
    b'{"text": ' + b"9" * 5000 + b"}",
    b"",
    b'{"text": "le dernier"}',
]
WANTED = [
    *("ok", "bad_record", "no_text", "no_text", "no_text", "no_text", "no_text", "no_text", "bad_record", "bad_record"),
    *("bad_record", "ok", "ok", "ok", "ok", "ok", "ok", "bad_record", "bad_record", "bad_record", "ok"),
]


def test_hostile_lines_of_json_cost_themselves_only(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(codecs.BOM_UTF8 + b"\n".join(HOSTILE_LINES))
    found = list(read_source(path))
    assert kinds(found) == WANTED
    assert found[-1].text == "le dernier"
    assert [item.article_id for item in found if isinstance(item, Failure)][:3] == ["line 2", "n1", "t"]
    assert found[12].text == "seul \ud800 surrogat"


def test_broken_rows_of_csv_cost_themselves_only(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(
        b'id,texte\n1,Un.\n2\n3,Trois,de trop\n\n4,"cit\xe9 \x00 ""entre"" guillemets\nsur deux lignes"\n5,=1+1\n6,\n'
    )
    found = list(read_source(path))
    assert kinds(found) == ["ok", "bad_record", "bad_record", "ok", "ok", "no_text"]
    assert found[3].text == 'cité \ufffd "entre" guillemets\nsur deux lignes'
    assert found[1].article_id == "line 3"


def test_a_json_array_that_is_cut_short_gives_what_it_has(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[{"texte": "Un."}, {"texte": "Deux."}, {"texte": "coup', encoding="utf-8")
    found = list(read_source(path))
    assert kinds(found) == ["ok", "ok", "input_broken"]


def test_a_json_array_is_streamed(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"texte": f"{i} " * 1000, "n": i} for i in range(5000)], indent=1), encoding="utf-8")
    tracemalloc.start()
    count = sum(item.text.startswith(f"{i} ") for i, item in enumerate(read_source(path)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5000
    assert peak < path.stat().st_size / 2


def test_a_file_of_any_size_is_read_in_bounded_memory(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for i in range(15_000):
            file.write(json.dumps({"text": f"Article {i} " + "mot " * 300}) + "\n")
    tracemalloc.start()
    count = sum(1 for _ in read_source(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 15_000
    assert peak < 6_000_000 < path.stat().st_size / 3


def test_a_twenty_megabyte_line_is_read_and_a_forty_one_is_a_failure(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        for size in (20_000_000, 40_000_000, 10):
            file.write(b'{"text": "' + b"a" * size + b'"}\n')
    found = list(read_source(path))
    assert kinds(found) == ["ok", "too_large", "ok"]
    assert len(found[0].text) == 20_000_000


@pytest.fixture
def small_limits(monkeypatch):
    """Make a bomb of what fits into a second."""
    monkeypatch.setattr(streams, "MAX_RECORD_BYTES", 3_000_000)


def test_a_zip_bomb_is_not_unpacked(tmp_path, small_limits):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(bytes(40_000_000)))
    assert path.stat().st_size < 100_000
    tracemalloc.start()
    with pytest.raises(SourceError, match="zip bomb"):
        list(read_source(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * streams.MAX_RECORD_BYTES


def test_a_zip_bomb_after_good_articles_does_not_cost_them(tmp_path, small_limits):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "Un mort."}\n' + bytes(40_000_000)))
    assert kinds(read_source(path)) == ["ok", "input_broken"]


def test_a_bomb_in_a_folder_is_one_failure(tmp_path, small_limits):
    (tmp_path / "a.txt").write_text("Un mort.", encoding="utf-8")
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(bytes(40_000_000)))
    (tmp_path / "c.txt").write_bytes(b"\x00\x01\x02" * 1000)
    (tmp_path / "d.txt").write_bytes(b"")
    assert kinds(read_source(tmp_path).articles()) == ["ok", "too_large", "bad_encoding", "no_text"]


@pytest.mark.parametrize(("suffix", "lines"), [(".gz", 10_000), (".bz2", 50_000), (".xz", 10_000)])
def test_an_archive_cut_short_gives_what_it_has(tmp_path, suffix, lines):
    path = tmp_path / "a.jsonl"
    written = [json.dumps({"text": f"{i} {math.sin(i)} {math.cos(i)}"}) for i in range(lines)]
    path.write_text("\n".join(written), encoding="utf-8")
    path = pack(path, suffix)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    found = list(read_source(path))
    assert len(found) > 1000
    assert set(kinds(found[:-1])) == {"ok"}
    assert found[-1].kind is FailureKind.INPUT_BROKEN
    assert "nothing could be read after item" in found[-1].reason


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.jsonl.gz", b"no gzip", "cannot read"),
        ("a.jsonl.zip", b"no zip", "cannot read"),
        ("a.parquet", b"no parquet", "no Parquet file"),
        ("a.sqlite", b"no sqlite, but long enough to be looked at" * 50, "SQLite"),
        ("a.csv", b"", "is empty"),
        ("a.xml", b"<rss>", "no RSS or Atom"),
        ("a.png", b"\x89PNG", "unknown kind '.png'; accepted: .sqlite"),
        ("a.csv", b"a,b\n1,2\n", "no column holds the text"),
    ],
)
def test_what_cannot_be_an_input_is_told(tmp_path, name, data, told):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError, match=told):
        list(read_source(tmp_path / name))


def test_folders_and_paths_that_are_none(tmp_path):
    with pytest.raises(SourceError, match="no such file"):
        read_source(tmp_path / "none.csv")
    with pytest.raises(SourceError, match="holds no article"):
        read_source(tmp_path)
    with pytest.raises(SourceError, match="cannot read articles from int"):
        read_source(12)


def test_a_table_of_several_must_be_named(tmp_path):
    base = sqlite3.connect(tmp_path / "a.db")
    base.execute("CREATE TABLE one (texte TEXT)")
    base.execute("CREATE TABLE two (texte TEXT)")
    base.execute("INSERT INTO two VALUES ('Un mort.')")
    base.commit()
    base.close()
    with pytest.raises(SourceError, match="name a table of a\\.db: one, two"):
        list(read_source(tmp_path / "a.db"))
    assert [item.text for item in read_source(tmp_path / "a.db", table="two")] == ["Un mort."]
