"""Hostile and broken inputs: a record costs itself, time is linear, memory bounded, and nothing is lost in silence."""

from __future__ import annotations

import bz2
import contextlib
import enum
import gzip
import importlib.util
import json
import lzma
import os
import signal
import sqlite3
import subprocess
import sys
import time
import tracemalloc
import uuid
import zipfile
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import newsnlp
from newsnlp import Article
from newsnlp.corpus import Failure, read_source
from newsnlp.errors import ArticleError, SourceError
from newsnlp.ingest import columns, streams
from newsnlp.ingest.archives.feed_items import FeedItems
from newsnlp.ingest.archives.feeds import TAGS, plain_text
from newsnlp.ingest.columns import read_date
from newsnlp.ingest.formats import csv_rows as read_csv
from newsnlp.ingest.formats import parquet_rows as read_parquet
from newsnlp.ingest.formats import sqlite_rows as read_sqlite
from newsnlp.safety.values import MAX_ID_CHARS
from newsnlp.text.stamps import parse_date


def told(source, **options):
    """Return each item in short: an id or text, or the place and kind of a failure."""
    return [
        f"{item.article_id}: {item.kind}" if isinstance(item, Failure) else item.text
        for item in read_source(source, **options).articles()
    ]


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return path

    return write


# Types at the door.


class Word(str, enum.Enum):  # noqa: UP042  # not a StrEnum: its own str is another
    A = "a"


class Evil:
    """Every way to look at it fails."""

    def _fail(self, *_):
        raise RuntimeError

    __str__ = __repr__ = __bool__ = __iter__ = __len__ = __eq__ = _fail
    __hash__ = None


class NoZone(tzinfo):
    def utcoffset(self, _):
        raise RuntimeError


@pytest.mark.parametrize(
    "fields",
    [
        {"title": 7},
        {"author": ["a"]},
        {"source": {"x": 1}},
        {"url": 1.5},
        {"title": Evil()},
        {"id": Evil()},
        {"id": True},
        {"id": b"a"},
        {"id": float("inf")},
        {"id": 10**5000},
        {"id": "a" * (MAX_ID_CHARS + 1)},
        {"published_at": 5},
        {"published_at": True},
        {"published_at": Evil()},
        {"published_at": np.datetime64("20260-01-01")},
        {"published_at": datetime(2026, 1, 1, tzinfo=NoZone())},
        {"published_at": datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5)))},
        {"published_at": "9999-12-31T23:00:00-05:00"},
        {"published_at": datetime(9999, 12, 31, 23, 30)},  # noqa: DTZ001
        {"published_at": "²"},
        {"published_at": "Thu, 12 Mar 2026 18:42:00 +9999"},
        {"published_at": "Thu, 12 Mar 9" + "9" * 30 + " 18:42:00 +0100"},
        {"published_at": "x" * 1_000_000},
        {"text": None},
        {"text": b"Un mort."},
    ],
    ids=lambda fields: str(list(fields)),
)
def test_what_no_field_can_be_is_refused_in_one_line(fields):
    with pytest.raises(ArticleError) as caught:
        Article(**{"text": "Un mort.", **fields})
    assert len(str(caught.value)) < 300
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("id", np.int64(7), "7"),
        ("id", np.float64(7), "7"),
        ("id", 1.5, "1.5"),
        ("id", 0, "0"),
        ("id", uuid.UUID(int=3), "00000000-0000-0000-0000-000000000003"),
        ("id", Word.A, "a"),
        ("title", Word.A, "a"),
        ("title", np.str_("a"), "a"),
        ("title", pd.NA, None),
        ("author", float("nan"), None),
        ("lang", None, "fr"),
        ("published_at", pd.NaT, None),
        ("published_at", float("nan"), None),
        ("published_at", np.datetime64("NaT", "s"), None),
        ("published_at", np.datetime64("2026-01-02T10:00:00.123456789"), datetime(2026, 1, 2, 10, 0, 0, 123456)),  # noqa: DTZ001
        ("published_at", pd.Timestamp("2026-01-02T10:00:00.000000009Z"), datetime(2026, 1, 2, 10, tzinfo=UTC)),
    ],
)
def test_what_is_plainly_meant_is_converted(field, value, kept):
    found = getattr(Article(text="Un mort.", **{field: value}), field)
    assert found == kept
    assert type(found) is type(kept)


def test_a_missing_id_is_the_hash_of_the_text():
    assert {Article(text="Un mort.", id=value).id for value in (None, "", float("nan"), pd.NA)} == {"d78dfdf55cc9ae9a"}
    assert Article(text="Un \ud800 mort.").id


def test_ids_with_lone_surrogates_can_be_stored_and_stay_distinct(file):
    ids = [Article(text="Un mort.", id=name).id for name in ("a\ud800", "a\ud801", "a?", "é")]
    assert ids == ["a\\ud800", "a\\ud801", "a?", "é"]
    assert Failure(article_id="a\ud800", kind="error", reason="\udfff").article_id == "a\\ud800"
    lines = file(
        "a.jsonl", "".join(json.dumps({"text": "x", "id": name}) + "\n" for name in ("a\ud800", "a\ud801", "a?"))
    )
    report = newsnlp.analyze_corpus(lines, "never", dry_run=True, progress=False)
    assert (report.articles, report.failures) == (3, ())


def test_what_is_told_of_a_record_is_not_as_large_as_the_record():
    failure = Failure(article_id="i" * 10**6, kind="error", reason="é\ud800" * 10**6)
    assert len(failure.article_id) == MAX_ID_CHARS
    assert len(failure.reason) == 500
    assert Failure(article_id=failure.article_id, kind="error", reason=failure.reason) == failure


# Dates.


@pytest.mark.parametrize(
    "value",
    [
        "²",
        "１２",
        "1" * 400,
        10**400,
        -(10**400),
        float("inf"),
        10**15,
        True,
        "0001-01-01T00:00:00+05:00",
        Evil(),
        [],
        b"2026",
        "31/12/9999",
    ],
    ids=lambda value: type(value).__name__,
)
def test_read_date_refuses_in_one_way(value):
    with pytest.raises(ArticleError):
        read_date(value)


def test_dates_that_cannot_be_read_are_noted_and_the_articles_kept(file):
    dates = ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00", "²", 1e400, 10**30, [1], {"name": "x"}]
    path = file("a.jsonl", "".join(json.dumps({"text": "Un mort.", "date": date}) + "\n" for date in dates))
    source = read_source(path)
    assert [item.published_at for item in source] == [None] * len(dates)
    assert source.notes.unread_dates == len(dates)
    assert "dates could not be read" in source.notes.warnings()[0]


def test_the_dates_of_feeds_are_noted_too(file):
    zones = ["+99:99", "+9999", "-2400", "XYZ", "²"]
    items = "".join(
        f"<item><description>Un.</description><pubDate>Thu, 12 Mar 2026 18:42:00 {zone}</pubDate></item>"
        for zone in zones
    )
    source = read_source(file("a.xml", f"<rss><channel>{items}</channel></rss>"))
    found = list(source)
    assert len(found) == len(zones)
    assert source.notes.unread_dates == sum(item.published_at is None for item in found) > 0


# Records in Python.


class BadKeys(dict):
    def __iter__(self):
        raise RuntimeError

    keys = items = __iter__


class BadError(Exception):
    def __str__(self):
        raise RuntimeError


def test_objects_that_cannot_be_looked_at_cost_themselves():
    rows = [
        {"text": "Un.", "title": Evil()},
        {"text": Evil()},
        {"text": "Deux.", "id": Evil()},
        {"text": "Trois.", "date": Evil()},
        BadKeys(text="Quatre."),
        Evil(),
        {"text": "Cinq."},
    ]
    found = told(rows)
    assert len(found) == len(rows)
    assert found[-1] == "Cinq."
    assert all("bad_record" in item or "no_text" in item or item == "Trois." for item in found[:-1])
    frame = pd.DataFrame({"text": ["Un.", Evil(), "Trois."], "title": [None, None, Evil()]})
    assert told(frame) == ["Un.", "row 1: no_text", "row 2: bad_record"]


@pytest.mark.parametrize("error", [RuntimeError("x"), BadError(), RecursionError(), MemoryError()])
def test_an_iterator_that_raises_keeps_what_came_before(error):
    def items():
        yield "Un."
        yield {"texte": "Deux."}
        raise error

    assert told(items()) == ["Un.", "Deux.", "rest of the input: input_broken"]


def test_an_iterator_that_raises_at_once_is_told_and_ctrl_c_passes():
    def items(error):
        raise error
        yield

    with pytest.raises(SourceError, match="cannot be read: RuntimeError: x"):
        told(items(RuntimeError("x")))
    with pytest.raises(KeyboardInterrupt):
        told(items(KeyboardInterrupt()))


def test_texts_given_directly_have_the_same_limit(monkeypatch):
    monkeypatch.setattr(streams, "MAX_RECORD_BYTES", 1000)
    long = "a" * 1001
    expected = ["too_large", "too_large", "too_large", "Un."]
    assert [
        item.rpartition(": ")[2] for item in told([long, Article(text=long), {"text": "x", "title": long}, "Un."])
    ] == expected
    assert [item.rpartition(": ")[2] for item in told(pd.DataFrame({"text": [long, "Un."]}))] == ["too_large", "Un."]


# JSON.


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('[{"text":"a"},{"text":"b" "id":1},{"text":"c"}]', ["a", "item 1: bad_record", "c"]),
        ('[{"text":"a"},{"text":"b,},{"text":"c"},{"text":"d"}]', ["a", "item 1: bad_record", "c", "d"]),
        ('[{"text":"a"},{"text":"b",{"text":"c"},{"text":"d"}]', ["a", "item 1: bad_record", "c", "d"]),
        ('[{"text":"a"},tru,1,{"text":"c"}]', ["a", "item 1: bad_record", "item 2: bad_record", "c"]),
        ('[{"text":"a"},{"tags":[{"text":1},{"k":tru}],"x":{"z":1}},{"text":"c"}]', ["a", "item 1: bad_record", "c"]),
        ('[{"text":"a"}},{"text":"c"}]', ["a", "item 1: bad_record", "c"]),
        ('[{"text":"a"},{"text":"b"', ["a", "item 1: input_broken"]),
        ('[{"text":"a"},', ["a", "item 1: input_broken"]),
        ('[{"text":"a"},,{"text":"b",}\n,{"text":"c"}] [{"text":"d"}]', ["a", "item 1: bad_record", "c", "d"]),
        ('[{"text":' + "[" * 100_000 + ',{"text":"c"}]', ["item 0: bad_record", "c"]),
        ('[{"text":"a","n":' + "9" * 5000 + '},{"text":"c"}]', ["item 0: bad_record", "c"]),
        ('[{"text":"a\\q"},{"text":"c"}]', ["item 0: bad_record", "c"]),
        ('{"text":"a"}\n{"text":b"}\n{"text":"c"}', ["a", "line 2: bad_record", "c"]),
        ('{"text":"a" x}\n{"text":"b"}\n{"text":"c"}', ["item 0: bad_record", "b", "c"]),
    ],
)
def test_a_mistake_in_an_array_costs_its_element(file, text, found):
    assert told(file("a.json", text)) == found


def test_an_element_that_is_no_utf_8_costs_itself(file):
    assert told(file("a.json", b'[{"text":"a"},{"text":"\xe9"},{"text":"c"}]')) == ["a", "\ufffd", "c"]


def test_repeated_keys_are_noted_and_infinity_is_no_trap(file):
    source = read_source(file("a.jsonl", '{"text":"a","text":"b"}\r{"text":"c","id":Infinity,"date":NaN}\r\n'))
    assert [item.text for item in source] == ["b", "c"]
    assert source.notes.warnings() == (
        "1 records have a key more than once, whose last value was taken; first: 'text', line 1",
    )


def test_a_record_of_millions_of_values_is_not_made(file):
    path = file("a.jsonl", '{"text": [' + "[]," * 1_500_000 + '[]]}\n{"text": "b"}\n')
    assert told(path) == ["line 1: too_large", "b"]


def test_columns_that_differ_in_every_row_are_not_remembered_for_ever(monkeypatch):
    monkeypatch.setattr(columns, "MAX_NAMES_HELD", 100)
    reader = columns.RowReader({}, columns.SourceNotes())
    for number in range(1000):
        reader.article({"text": "Un.", f"k{number}": 1})
        assert len(reader._by_columns) < 100


# CSV.


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('id,text\n1,"Un\n2,Deux\n3,Trois\n', ["line 2: bad_record", "Deux", "Trois"]),
        ('id,text\n1,"Un\n2,"Deux"\n3,"Trois, et\nfin"\n', ["line 2: bad_record", "Deux", "Trois, et\nfin"]),
        ('text,id\n"Un,1\n"Deux",2\n"Trois",3\n', ["line 2: bad_record", "Deux", "Trois"]),
        ('id,text\n1,Un\n2,"Deux\n', ["Un", "line 3: bad_record"]),
        ('id,text\n1,"Le "Monde" dit"\n2,Deux\n', ['Le Monde" dit"', "Deux"]),
        ('id,text\n1,"Un\n "deux" trois"\n2,Deux\n', ['Un\n deux" trois"', "Deux"]),
        ("id,text\n1\n2,a,b\n3,Trois\n,\n", ["line 2: bad_record", "line 3: bad_record", "Trois"]),
        ('id,text\n1,"a\nb",c\n2,Deux\n', ["lines 2 to 3: bad_record", "Deux"]),
        ("id;text\r1;Un.\r2;Deux.\r", ["Un.", "Deux."]),
        ('id;text\r1;"Un\rdeux"\r\n2;Trois', ["Un\rdeux", "Trois"]),
        ('id,text\n1,Un\rdeux\n2,"a\rb"\n', ["Un\rdeux", "a\rb"]),
        ("id,text\r\n1,Un.\r2,Deux.\n3,Trois.\r", ["Un.", "Deux.", "Trois."]),
    ],
)
def test_a_mistake_in_a_csv_costs_its_line(file, text, found):
    assert told(file("a.csv", text)) == found


def test_a_csv_line_that_is_too_long_is_named(file, monkeypatch):
    monkeypatch.setattr(streams, "MAX_RECORD_BYTES", 100_000)
    path = file("a.csv", "id,text\n1,Un\n2," + "a" * 200_000 + "\n3,Trois\n4," + "b" * 200_000)
    assert told(path) == ["Un", "line 3: too_large", "Trois", "line 5: too_large"]


def test_rows_without_a_value_are_noted(file):
    source = read_source(file("a.csv", "id,text\n1,Un\n,\n\n,\n"))
    assert len(list(source)) == 1
    assert source.notes.warnings() == ("2 rows without a single value are left out",)


def test_lines_of_millions_of_cells_are_not_taken_apart(file, monkeypatch):
    monkeypatch.setattr(read_csv, "MAX_CELLS", 1000)
    assert told(file("a.csv", "id,text\n" + "a," * 2000 + "\n2,Deux\n")) == ["line 2: too_large", "Deux"]


def test_open_quotation_marks_everywhere_stay_linear(file, monkeypatch):
    looked = []
    taken = read_csv._Lines.__next__
    monkeypatch.setattr(read_csv._Lines, "__next__", lambda lines: (looked.append(1), taken(lines))[1])
    for n in (500, 2000):
        looked.clear()
        assert len(told(file("a.csv", "id,text\n" + 'a","b\n' * n))) == n
        assert len(looked) < 12 * n


# Feeds.

ITEM = "<item><guid>{0}</guid><description>Texte {0}</description></item>"


@pytest.mark.parametrize(
    ("middle", "found"),
    [
        ("<item><description>R & D</description></item>", "R & D"),
        ("<item><description>a<br>b</description></item>", "a\nb"),
        ("<item><description>a<br>b</item>", "item 1: bad_record"),
        ("<item><description>a&nbsp;b &eacute;</description></item>", "a\xa0b é"),
        ("<item><description>x</item>", "item 1: bad_record"),
        ("<item><description><![CDATA[x</description></item>", "item 1: bad_record"),
        ("<item><description>&#xD800;</description></item>", "\ufffd"),
        (
            "<item><description>Un &amp;#" + "9" * 5000 + "; &amp;#" + "0" * 5000 + "65;</description></item>",
            "Un \ufffd A",
        ),
        ("<item><title>&amp;#" + "9" * 5000 + ";</title><description>x</description></item>", "x"),
        ("<item><description>x</description>" + "<a>" * 2000 + "</a>" * 2000 + "</item>", "item 1: bad_record"),
        ("<item><description>&lt;!ENTITY x&gt;</description></item>", "<!ENTITY x>"),
    ],
)
def test_an_item_that_is_no_xml_costs_itself(file, middle, found):
    feed = f"<rss><channel><title>F</title>{ITEM.format(1)}{middle}{ITEM.format(3)}</channel></rss>"
    wanted = [] if found.startswith("<!") else [found]
    assert told(file("a.xml", feed))[:1] + told(file("a.xml", feed))[-1:] == ["Texte 1", "Texte 3"]
    assert not wanted or told(file("a.xml", feed))[1:-1] == wanted
    assert told(file("b.xml", feed.encode("utf-16")))[-1] == "Texte 3"


def test_a_feed_that_is_cut_short_gives_what_it_has(file):
    assert told(file("a.xml", "<rss><channel>" + ITEM.format(1))) == ["Texte 1", "item 1: input_broken"]
    assert told(file("a.xml", "<rss><channel>" + ITEM.format(1) + "<item><desc")) == ["Texte 1", "item 1: input_broken"]


def test_a_long_tag_is_not_read_over_and_over(monkeypatch):
    pieces = []
    parse = FeedItems._parse
    monkeypatch.setattr(
        FeedItems,
        "_parse",
        lambda feed, parser, data, **last: (pieces.append(data), parse(feed, parser, data, **last))[1],
    )
    assert list(FeedItems("a.xml", b"<rss><item a='" + b"x" * 2_000_000 + b"'/></rss>", TAGS)) == [{}]
    assert len(pieces) < 15


def test_a_page_is_no_feed(file):
    with pytest.raises(SourceError, match="an HTML page"):
        told(file("a.xml", "<html><body>x</body></html>"))
    with pytest.raises(SourceError, match="it has no items"):
        told(file("a.rss", "<catalogue><livre/></catalogue>"))
    assert told(file("a.xml", "<rss><channel></channel></rss>")) == ["a.xml: input_broken"]


def test_references_of_thousands_of_digits():
    assert plain_text("&#" + "9" * 5000 + ";a&#65;&#x" + "f" * 5000 + ";") == "\ufffdaA\ufffd"


# Archives, SQLite, Parquet.


@pytest.mark.parametrize("suffix", [".zip", ".gz", ".bz2", ".xz"])
def test_an_archive_is_unpacked_little_by_little(file, tmp_path, suffix):
    path = tmp_path / f"a.jsonl{suffix}"
    if suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.jsonl", bytes(30_000_000))
    else:
        path.write_bytes({".gz": gzip, ".bz2": bz2, ".xz": lzma}[suffix].compress(bytes(30_000_000)))
    tracemalloc.start()
    assert sum(len(part) for part in streams.chunks(path)) == 30_000_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16_000_000


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_that_would_unpack_all_at_once_is_refused(tmp_path, packing):
    with zipfile.ZipFile(tmp_path / "a.jsonl.zip", "w", packing) as archive:
        archive.writestr("a.jsonl", b"{}")
    with pytest.raises(SourceError, match="not packed by deflate"):
        told(tmp_path / "a.jsonl.zip")


def test_only_one_packing_is_taken_off(file):
    with pytest.raises(SourceError, match="unknown kind"):
        read_source(file("a.jsonl.bz2.gz", gzip.compress(bz2.compress(b"{}"))))


def database(path, *statements):
    base = sqlite3.connect(path)
    for statement in statements:
        base.execute(*statement) if isinstance(statement, tuple) else base.execute(statement)
    base.commit()
    base.close()
    return path


ENDLESS = "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS id, 'Un.' AS text FROM c"


def test_a_value_of_sqlite_that_is_too_large_costs_its_row(tmp_path, monkeypatch):
    monkeypatch.setattr(streams, "MAX_RECORD_BYTES", 100_000)
    rows = [("INSERT INTO t VALUES (?, ?)", (i, "a" * 200_000 if i in {0, 3, 4} else "Un.")) for i in range(6)]
    path = database(tmp_path / "a.db", "CREATE TABLE t (id, text)", *rows)
    assert told(path) == ["row 1: too_large", "Un.", "Un.", "row 4: too_large", "row 5: too_large", "Un."]


def test_a_view_that_makes_a_huge_text_is_no_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(streams, "MAX_RECORD_BYTES", 100_000)
    path = database(tmp_path / "a.db", "CREATE VIEW v AS SELECT 'x' AS id, printf('%.*c', 400000, 'x') AS text")
    assert told(path) == ["row 0: too_large"]
    path = database(tmp_path / "b.db", "CREATE VIEW v AS SELECT 'x' AS id, hex(zeroblob(400000)) AS text")
    with pytest.raises(SourceError, match="too big"):
        told(path)


def test_an_endless_view_ends(tmp_path, monkeypatch):
    path = database(tmp_path / "a.db", ENDLESS)
    monkeypatch.setattr(streams, "MAX_RECORD_BYTES", 1_000_000)
    found = told(path)
    assert found[-1] == "rest of the input: input_broken"
    assert 500 < len(found) < 10_000
    monkeypatch.setattr(read_sqlite, "MAX_STEPS", 1_000_000)
    with pytest.raises(SourceError, match="endless"):
        told(database(tmp_path / "b.db", ENDLESS + " WHERE x < 0"))


def test_a_database_is_opened_for_reading_only(tmp_path):
    path = tmp_path / "a.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE articles (text)")
    with contextlib.closing(read_sqlite._Base(path, path)) as opened:
        for statement in ("DROP TABLE articles", f"ATTACH '{tmp_path / 'b.sqlite'}' AS b"):
            with pytest.raises(sqlite3.Error, match=r"readonly|too many attached"):
                opened._base.execute(statement)


def test_a_damaged_table_that_leads_back_to_its_beginning_ends(tmp_path):
    rows = [("INSERT INTO t VALUES (?)", (f"Un mort, {i}." * 5,)) for i in range(100)]
    path = database(tmp_path / "a.db", "PRAGMA page_size = 512", "CREATE TABLE t (text)", *rows)
    data = bytearray(path.read_bytes())
    root = 512  # the second page: one that lists those with the rows
    assert data[root] == 5
    cells = [root + int.from_bytes(data[at : at + 2]) for at in range(root + 12, root + 12 + 2 * data[root + 4], 2)]
    for cell in cells[1:]:
        data[cell : cell + 4] = data[cells[0] : cells[0] + 4]
    path.write_bytes(data)
    found = told(path)
    assert found[-1] == "rest of the input: input_broken"
    assert len(found) < 100


def test_ctrl_c_ends_a_view_that_gives_nothing(tmp_path):
    path = database(tmp_path / "a.db", ENDLESS + " WHERE x < 0")
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from newsnlp.corpus import read_source; from newsnlp.ingest.formats import sqlite_rows; sqlite_rows.MAX_STEPS = 10**15;"
        "print('begun', flush=True); list(read_source(sys.argv[1]))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.readline()
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    try:
        assert b"KeyboardInterrupt" in process.communicate(timeout=60)[1]
    finally:
        process.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_cell_of_parquet_that_is_too_large_is_not_unpacked(tmp_path):
    path = tmp_path / "a.parquet"
    build = (
        "import sys, pyarrow as pa, pyarrow.parquet as pq\n"
        "rows = {'id': ['a', 'b'], 'text': ['Un mort.', 'x' * 200_000_000]}\n"
        "pq.write_table(pa.table(rows), sys.argv[1], compression='zstd')"
    )
    subprocess.run([sys.executable, "-c", build, path], check=True)
    code = (
        "import sys; from newsnlp.corpus import read_source; print([str(f.kind) for f in read_source(sys.argv[1])]);"
        "print(*[line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')])"
    )
    out = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True).stdout
    assert out.startswith("['too_large', 'too_large']")
    assert int(out.split()[-1]) < 200_000


def test_a_dictionary_of_parquet_is_not_multiplied(tmp_path, monkeypatch):
    import pyarrow as pa
    from pyarrow import parquet

    monkeypatch.setattr(streams, "MAX_RECORD_BYTES", 1_000_000)
    monkeypatch.setattr(read_parquet, "BATCH_BYTES", 1_000_000)
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"text": ["z" * 100_000] * 3000}), path, compression="zstd")
    found = told(path)
    assert found[-1] == "rest of the input: input_broken"
    assert len(found) < 100


def test_cells_of_parquet_of_every_type(tmp_path):
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table(
        {
            "text": pa.array([b"Un.", b"\xe9t\xe9", None, b"Quatre."], pa.binary()),
            "author": pa.array([["a", "b"], [], None, ["c"]]),
            "date": pa.array([0, 2**62, None, 1], pa.timestamp("us")),
            "source": pa.array([{"id": "x", "name": "AFP"}] * 4),
        }
    )
    parquet.write_table(table, tmp_path / "a.parquet", row_group_size=2)
    source = read_source(tmp_path / "a.parquet")
    found = list(source)
    assert [getattr(item, "text", "failed") for item in found] == ["Un.", "été", "failed", "Quatre."]
    assert (found[0].author, found[0].source) == ("a, b", "AFP")
    assert source.notes.unread_dates == 1


# Folders.


@pytest.fixture
def corpus(tmp_path):
    inside, outside = tmp_path / "in", tmp_path / "out"
    (inside / "b").mkdir(parents=True)
    (outside / "c").mkdir(parents=True)
    (inside / "a.txt").write_text("Un mort.", encoding="utf-8")
    (inside / "b" / "b.txt").write_text("Deux morts.", encoding="utf-8")
    (outside / "secret.txt").write_text("Secret.", encoding="utf-8")
    (outside / "c" / "c.txt").write_text("Autre.", encoding="utf-8")
    (outside / "c" / "loop").symlink_to(outside / "c")
    (outside / "c" / "back").symlink_to(inside)
    (inside / "link.txt").symlink_to(outside / "secret.txt")
    (inside / "dir").symlink_to(outside / "c")
    (inside / "loop").symlink_to(inside)
    (inside / "same.txt").symlink_to(inside / "a.txt")
    (inside / "none.txt").symlink_to(inside / "gone.txt")
    return inside


def test_links_do_not_lead_out_unless_asked(corpus):
    source = read_source(corpus)
    assert [item.id for item in source.articles()] == ["a.txt", "b/b.txt", "same.txt"]
    lines = (
        "2 links lead out of the folder, left out. Hint: follow_links, --follow-links",
        "1 links lead nowhere, left out",
    )
    assert source.notes.warnings() == lines
    assert source.describe() == list(lines)
    assert newsnlp.analyze_corpus(corpus, "never", dry_run=True, progress=False).warnings == lines
    followed = newsnlp.analyze_corpus(corpus, "never", dry_run=True, progress=False, follow_links=True)
    assert followed.articles == 5
    assert [item.id for item in read_source(corpus, follow_links=True).articles()] == [
        "a.txt",
        "b/b.txt",
        "dir/c.txt",
        "link.txt",
        "same.txt",
    ]
    assert told(corpus / "link.txt") == ["Secret."], "a file that is named is what was asked for"


def test_pipes_and_sockets_hang_nothing(corpus):
    os.mkfifo(corpus / "pipe.txt")
    source = read_source(corpus)
    assert len(list(source)) == 3
    assert "1 pipes, sockets or devices, left out" in source.notes.warnings()
    with pytest.raises(SourceError, match="a pipe, socket or device"):
        read_source(corpus / "pipe.txt")


def test_what_vanishes_or_changes_is_a_failure(corpus):
    source = read_source(corpus)
    (corpus / "a.txt").unlink()
    (corpus / "b" / "b.txt").unlink()
    os.mkfifo(corpus / "b" / "b.txt")
    found = list(source.articles())
    assert [item.article_id for item in found] == ["a.txt", "b/b.txt", "same.txt"]
    assert "no regular file" in found[1].reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_folder_that_cannot_be_read_is_a_failure(corpus):
    (corpus / "b").chmod(0)
    try:
        assert "b: bad_record" in told(corpus)
    finally:
        (corpus / "b").chmod(0o700)


def test_a_page_that_breaks_its_reader_costs_itself(corpus, monkeypatch):
    def broken(*_, **__):
        raise RecursionError

    monkeypatch.setattr("newsnlp.ingest.articles.read_page", broken)
    assert told(corpus) == ["a.txt: bad_record", "b/b.txt: bad_record", "same.txt: bad_record"]


# Time: four times as much takes four times as long, in the same process.

SHAPES = {
    "tiny values": ("json", lambda n: "[" + "1," * n + "1]"),
    "empty objects": ("json", lambda n: "[" + "{}," * n + "{}]"),
    "open objects": ("json", lambda n: "[" + '{"text":"a",' * n),
    "open braces": ("json", lambda n: "[" + "{," * n),
    "broken objects": ("json", lambda n: "[" + '{"a":x},' * (n // 2)),
    "escaped marks": ("json", lambda n: '["' + '\\"' * n),
    "line ends": ("json", lambda n: "[{" + "\n" * n),
    "keys": ("json", lambda n: "[{" + ",".join(f'"k{i}":1' for i in range(n)) + ',"text":"a"}]'),
    "empty lines": ("jsonl", lambda n: "\n" * n + '{"text":"a"}'),
    "other keys in every line": ("jsonl", lambda n: "".join(f'{{"text":"a","k{i}":1}}\n' for i in range(n // 4))),
    "columns": ("csv", lambda n: ",".join(f"k{i}" for i in range(n)) + ",text\n" + "1," * n + "a\n"),
    "open marks": ("csv", lambda n: "id,text\n" + 'a","b\n' * (n // 2)),
    "marks": ("csv", lambda n: "id,text\n1," + '"' * n),
    "returns": ("csv", lambda n: "id,text\r" + "1,a\r" * (n // 2)),
    "items in items": ("xml", lambda n: "<rss>" + "<item>" * n + "</item>" * n + "</rss>"),
    "elements": ("xml", lambda n: "<rss><item><description>" + "<a/>" * n + "x</description></item></rss>"),
    "broken items": ("xml", lambda n: "<rss>" + "<item></a>" * (n // 4)),
    "items read by their tags": ("xml", lambda n: "<rss>" + "<item><title>a<br></title></item>" * (n // 4)),
    "open tags in broken items": ("xml", lambda n: "<rss>" + "<item><br>" + "<title>" * n + "</item>" * 2),
    "escapes": ("csv", lambda n: "id,text\n" + '1,"a \\"b\n' * (n // 4)),
    "open sections": ("xml", lambda n: "<rss>" + "<item><![CDATA[" * n),
    "attributes": ("xml", lambda n: "<rss><item " + "".join(f'a{i}="" ' for i in range(n)) + "/></rss>"),
    "tags in a text": ("xml", lambda n: "<rss><item><description>" + "&lt;br " * n + "</description></item></rss>"),
    "references": ("xml", lambda n: "<rss><item><description>" + "&amp;#000" * n + "</description></item></rss>"),
}


def spent(path):
    begun = time.process_time()
    with contextlib.suppress(SourceError):  # refused: as good, if it is soon
        newsnlp.analyze_corpus(path, "never", dry_run=True, progress=False)
    return time.process_time() - begun


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_is_linear(file, shape):
    kind, make = SHAPES[shape]
    small, large = file(f"small.{kind}", make(3_000)), file(f"large.{kind}", make(24_000))
    spent(small)
    # Eight times as much, thrice: quadratic would be 64. The floor is for what is too quick to be measured.
    ratios = []
    for _ in range(3):
        ratios.append(spent(large) / max(spent(small), 0.004))
        if ratios[-1] < 16:
            return
    pytest.fail(f"{shape}: {ratios}")


def test_dates_of_any_length_are_read_soon():
    for text in ("1" * 10**6, "(" * 10**6, "Thu, " * 10**5):
        with pytest.raises(ArticleError):
            parse_date(text)


# Fuzzing.

_spec = importlib.util.spec_from_file_location("fuzz_sources", Path(__file__).with_name("fuzz_sources.py"))
fuzz_sources = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(fuzz_sources)


def test_mutated_records_and_inputs():
    assert fuzz_sources.fuzz_records(2_000, 7)["article"] > 1_000
    assert sum(fuzz_sources.fuzz_inputs(3_000, 7).values()) == 3_000


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(4))
def test_fifty_thousand_mutated_records(seed):
    assert fuzz_sources.fuzz_records(50_000, 100 + seed)["article"] > 20_000


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(4))
def test_a_quarter_of_a_million_mutated_inputs(seed):
    assert sum(fuzz_sources.fuzz_inputs(250_000, 100 + seed).values()) == 250_000
