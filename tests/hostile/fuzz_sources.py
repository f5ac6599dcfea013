"""Mutated records and bytes through every way in: nothing is lost in silence, and nothing but our own errors is raised.

``python tests/hostile/fuzz_sources.py records COUNT SEED`` fuzzes corpora, ``… inputs COUNT SEED`` numerals, dates, pages,
feeds and rows of CSV; both print what was counted. The tests run them small and large.
"""

from __future__ import annotations

import bz2
import contextlib
import csv
import gzip
import html
import io
import json
import lzma
import math
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import warnings
import zipfile
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import newsnlp
from newsnlp.corpus import Failure, read_source
from newsnlp.errors import ArticleError, NewsnlpError, NumeralError, SourceError
from newsnlp.ingest.archives.feed_items import FeedItems
from newsnlp.ingest.archives.feeds import TAGS, plain_text
from newsnlp.ingest.articles import read_article
from newsnlp.ingest.columns import read_date
from newsnlp.records import Article
from newsnlp.text.stamps import parse_date

A_FILE = 40
SECONDS = 60
PARTS = [
    "Un mort à Lyon.", " ", "\u00a0", "\u202f", "1", "²", "１２", "0" * 30, "9" * 50, "\ud800", "\udfff", "\x00", "\x1b[2J", "\ufeff",
    "é", "…", "«", '"', '""', "'", ",", ";", "\t", "\r", "\n", "\r\n", "\\", "\\u12", "&", "&#" + "9" * 60 + ";", "&nbsp;",
    "<", ">", "<item>", "</item>", "]]>", "<![CDATA[", "<!--", "<!ENTITY x>", "{", "}", "[", "]", "NaN", "null", "=1+1", "𝟙", "٣", "+99:99", "T", "Z",
    "2026-03-12", "12/03/2026", "mille", "vingt", "et", "un", "millions", "de", "-", "virgule", "%", "e9", "Thu, 12 Mar 2026 18:42:00 ", "(", ")",
]  # fmt: skip
DATES = [
    None, "2026-03-12", "12/03/2026 18h42", "²", "１２", "0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00", "Thu, 12 Mar 2026 18:42:00 +9999",
    "32/13/2026", 0, -1, 5, 20260312, 1773340920, 10**12, 10**30, 1.5, 1e308, True, "9" * 400, "",
]  # fmt: skip


class Evil:
    def _fail(self, *_):
        raise RuntimeError

    __str__ = __repr__ = __bool__ = __iter__ = __len__ = __eq__ = _fail
    __hash__ = None


def word(rng, most=8):
    return "".join(rng.choice(PARTS) for _ in range(rng.randint(0, most)))


def record(rng, number):
    """Return a record of a known id; half of them hostile in one field or more."""
    made = {"id": f"r{number}", "text": f"Un mort à Lyon, le {number}.", "title": "Titre", "date": "2026-03-12"}
    if rng.random() < 0.5:
        for name in rng.sample(["text", "title", "date", "author", "source"], rng.randint(1, 3)):
            made[name] = rng.choice(DATES) if name == "date" else word(rng)
    return made


def plain(made):
    """Return a record as files of text without escapes can hold it."""
    return {key: "" if value is None else str(value).encode("utf-8", "replace").decode() for key, value in made.items()}


def write_jsonl(path, made, rng):
    path.write_text(
        "".join(json.dumps(item) + rng.choice(["\n", "\n", "\r\n", "\r"]) for item in made), encoding="utf-8"
    )


def write_json(path, made, rng):
    path.write_text(json.dumps(made, indent=rng.choice([None, 1])), encoding="utf-8")


def write_csv(path, made, rng):
    delimiter = "\t" if path.suffix == ".tsv" else rng.choice(",;|")
    with path.open("w", encoding=rng.choice(["utf-8", "utf-8-sig", "utf-16"]), newline="") as file:
        names = ["id", "text", "title", "date", "author", "source"]
        rows = csv.DictWriter(file, names, delimiter=delimiter, lineterminator=rng.choice(["\n", "\r\n"]))
        rows.writeheader()
        rows.writerows(plain(item) for item in made)


def write_sqlite(path, made, _):
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE articles (id, text, title, date, author, source)")
    for item in made:
        values = plain(item) | {"date": item["date"] if not isinstance(item["date"], int) else float(item["date"])}
        names = ("id", "text", "title", "date", "author", "source")
        base.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?)", [values.get(name) for name in names])
    base.commit()
    base.close()


def write_parquet(path, made, rng):
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.Table.from_pylist([plain(item) for item in made], schema=None)
    options = {"row_group_size": rng.randint(1, A_FILE), "compression": rng.choice(["zstd", "snappy", "none", "gzip"])}
    version = rng.choice(["1.0", "2.0"])
    parquet.write_table(table, path, use_dictionary=rng.random() < 0.5, data_page_version=version, **options)


_NO_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def _xml(text):
    return html.escape(text.translate(_NO_XML))


def _feed_items(made, element, tags):
    return "".join(
        f"<{element}>"
        + "".join(f"<{tags[key]}>{_xml(value)}</{tags[key]}>" for key, value in plain(item).items())
        + f"</{element}>\n"
        for item in made
    )


def write_rss(path, made, _):
    tags = {"id": "guid", "text": "description", "title": "title", "date": "pubDate", "author": "author", "source": "x"}
    items = _feed_items(made, "item", tags)
    path.write_text(f"<rss><channel><title>Le Fil</title>{items}</channel></rss>", encoding="utf-8")


def write_atom(path, made, _):
    tags = {"id": "id", "text": "content", "title": "title", "date": "updated", "author": "author", "source": "x"}
    items = _feed_items(made, "entry", tags)
    path.write_text(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Le Fil</title>{items}</feed>', encoding="utf-8")


def write_folder(path, made, rng):
    path.mkdir()
    for number, item in enumerate(made):
        text = plain(item)["text"]
        file = path / f"{number}{rng.choice(['.txt', '.txt', '.md', '.txt.gz'])}"
        data = text.encode(rng.choice(["utf-8", "utf-16", "cp1252"]), "replace")
        file.write_bytes(gzip.compress(data) if file.suffix == ".gz" else mutated(rng, data, rng.choice([0, 0, 2])))


KINDS = {
    "a.jsonl": write_jsonl,
    "a.json": write_json,
    "a.csv": write_csv,
    "a.tsv": write_csv,
    "a.sqlite": write_sqlite,
    "a.parquet": write_parquet,
    "a.rss": write_rss,
    "a.atom": write_atom,
    "folder": write_folder,
    "frame": None,
    "items": None,
}
PACKINGS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zip": None}


def pack(path, packing):
    target = path.with_name(path.name + packing)
    if packing == ".zip":
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(path, path.name)
    else:
        target.write_bytes(PACKINGS[packing](path.read_bytes()))
    path.unlink()
    return target


def mutated(rng, data, times, *, cut=True):
    """Return bytes with so many of them changed, left out, put in, doubled or, should that be told, cut off."""
    data = bytearray(data)
    for _ in range(times):
        at = rng.randint(0, len(data))
        match rng.randint(0, 5):
            case 0:
                data[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del data[at : at + rng.randint(1, 20)]
            case 2:
                data[at:at] = rng.choice(PARTS).encode("utf-8", "replace")
            case 3:
                data[at:at] = data[at : at + rng.randint(1, 200)]
            case 4:
                data[at:at] = rng.choice([b'"', b"{", b"}", b"[", b"]", b",", b"<", b"\xff", b"\r", b"&"])
            case _ if cut and rng.random() < 0.2:
                del data[at:]
    return bytes(data)


def as_objects(rng, made):
    """Return records as Python has them, some of them no records at all."""
    import numpy as np
    import pandas as pd

    odd = [
        Evil(), 4, None, b"x", [], object(), "", {}, {"text": Evil()}, {"text": "x", "id": Evil()}, {"text": 12}, math.nan, pd.NA, {1: 2},
        {"text": "x", "date": pd.NaT}, {"text": "x", "date": np.datetime64("NaT", "s")}, {"text": np.str_("x"), "id": np.int64(3)},
        {"text": "x", "date": datetime(9999, 12, 31, tzinfo=UTC)}, {"text": "x", "date": date(1, 1, 1)}, {"text": "x" * 100, "id": "i" * 10**5},
        {"text": "x", "date": datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9)))}, Article(text="Un."), "Un texte.",
    ]  # fmt: skip
    return [rng.choice(odd) if rng.random() < 0.3 else item for item in made]


@contextlib.contextmanager
def no_hang():
    """Raise what no code catches after a minute."""

    def over(*_):
        message = "a hang"
        raise SystemExit(message)

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def check_account(kind, made, source, *, exact):
    """Read a source; every record that was put in is an article, or a failure tells of it."""
    items = list(source.articles())
    failures = [item for item in items if isinstance(item, Failure)]
    if exact:
        assert len(items) == len(made), (kind, len(items), len(made), [failure.reason for failure in failures][:3])
    elif isinstance(made[0], dict) and not kind.endswith("sqlite"):  # whose counts of rows may be what has changed
        there = {item.id for item in items if isinstance(item, Article)}
        # Where a change takes a line's end away, what follows is in a cell of the line before: read, not lost.
        cells = [cell for item in items if isinstance(item, Article) for cell in item.to_dict().values()]
        read = "\n".join(cell for cell in cells if isinstance(cell, str))
        lost = sum(item["id"] not in there and str(item["text"]) not in read for item in made)
        # A change may hit an id, which is then another.
        strange = sum(item.id not in {one["id"] for one in made} for item in items if isinstance(item, Article))
        assert not lost or failures or strange, (kind, lost)
    for item in items:
        json.dumps(item.to_dict() if isinstance(item, Article) else item.reason)
        name = item.id if isinstance(item, Article) else item.article_id
        name.encode("utf-8")
    return Counter("article" if isinstance(item, Article) else str(item.kind) for item in items)


def fuzz_records(count, seed):
    """Return how many records came out as what."""
    rng = random.Random(seed)
    told: Counter[str] = Counter()
    done = 0
    with tempfile.TemporaryDirectory(prefix="newsnlp-fuzz-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        while done < count:
            kind = rng.choice(list(KINDS))
            made = [record(rng, number) for number in range(rng.randint(1, A_FILE))]
            done += len(made)
            source, exact = make_source(rng, Path(folder), kind, made)
            state = rng.getstate()
            try:
                with no_hang():
                    opened = read_source(source)
                    told += check_account(kind, made, opened, exact=exact)
                    report = newsnlp.analyze_corpus(source, folder, dry_run=True, progress=False)
                    assert not exact or report.items == len(made), (kind, report.items, len(made))
            except NewsnlpError as error:
                # A whole input is refused where it holds nothing readable, never for one record.
                if exact and any(isinstance(item, dict) and item["text"] for item in made):
                    raise
                told[f"refused {type(error).__name__}"] += 1
            except BaseException:
                sys.stderr.write(f"seed {seed}, after {done} records, {kind}\n")
                raise
            rng.setstate(state)
            for path in Path(folder).iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    return told


def make_source(rng, folder, kind, made):
    """Return an input of a kind, and whether its records can be counted exactly."""
    if kind in {"frame", "items"}:
        import pandas as pd

        if kind == "items":
            made[:] = as_objects(rng, made)
            return made, True
        for item in made:
            item["date"] = rng.choice([item["date"], pd.NaT, Evil(), math.nan])
        frame = pd.DataFrame({name: [item.get(name) for item in made] for name in ("id", "text", "date")}, dtype=object)
        return frame, True
    path = folder / kind
    KINDS[kind](path, made, rng)
    if path.is_dir():
        return path, True
    data = path.read_bytes()
    # A byte more or less makes other signs of all that follows in UTF-16: no reader could tell.
    times = 0 if data.startswith(b"\xff\xfe") else rng.choice([0, 1, 1, 3, 20])
    # Lines that are missing at the end of a file are missed by nobody.
    data = mutated(rng, data, times, cut=path.suffix not in {".jsonl", ".csv", ".tsv"})
    path.write_bytes(data)
    if times and kind not in {"a.sqlite", "a.parquet"} and isinstance(made[0], dict):
        # What a change took out with its id is in no file, and no reader could tell.
        made[:] = [item for item in made if str(item["id"]).encode("utf-8", "replace") in data] or made
    if rng.random() < 0.3:
        path = pack(path, rng.choice(list(PACKINGS)))
        if rng.random() < 0.3:
            times += 1
            path.write_bytes(mutated(rng, path.read_bytes(), rng.choice([1, 3])))
    return path, times == 0


PAGES = [
    b"<html><head><title>T</title></head><body><article><h1>T</h1><p>Un s\xc3\xa9isme a frapp\xc3\xa9 Agadir hier soir.</p></article></body></html>",
    "Publié le 12/03/2024 à 18:30\nUn mort à Lyon, selon la préfecture.\n".encode(),
]
FEED = b"<rss><channel><title>F</title><item><guid>1</guid><pubDate>Thu, 12 Mar 2026 18:42:00 +0100</pubDate><description>Un &lt;b&gt;mort&lt;/b&gt;.</description></item></channel></rss>"
TABLE = 'id;text;date\n1;"Un mort\nà Lyon";2026-03-12\n2;Deux;12/03/2026\n'.encode()


def _numeral(rng):
    text = rng.choice(["deux mille cinq cents", "1 234,5", "nonante-sept", "3,5 millions", word(rng, 12)])
    newsnlp.parse_numeral(
        mutated(rng, text.encode("utf-8", "surrogatepass"), rng.randint(0, 3)).decode("utf-8", "replace")
    )


def _date(rng):
    text = rng.choice(
        ["2026-03-12T18:42:00+01:00", "Thu, 12 Mar 2026 18:42:00 +0100", "12/03/2026 18h42", word(rng, 6)]
    )
    found = mutated(rng, text.encode("utf-8", "surrogatepass"), rng.randint(0, 3)).decode("utf-8", "replace")
    for read in (read_date, parse_date):
        with contextlib.suppress(ArticleError):
            moment = read(rng.choice([found, found, found, rng.choice(DATES)]))
            assert moment is None or moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)


def _page(rng):
    # HTML costs a hundred times as much as text.
    page = PAGES[0] if rng.random() < 0.02 else PAGES[1]
    read_article(mutated(rng, page, rng.randint(0, 5)), id="x")


def _feed(rng):
    for item in FeedItems("a.xml", mutated(rng, FEED, rng.randint(0, 5)), TAGS):
        if isinstance(item, dict):
            [plain_text(value) for values in item.values() for value in values]


def _table(rng, path):
    path.write_bytes(mutated(rng, TABLE, rng.randint(1, 5)))
    list(read_source(path))


def fuzz_inputs(count, seed):
    """Return how many inputs of each kind were accepted and refused."""
    rng = random.Random(seed)
    told: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="newsnlp-fuzz-") as folder, warnings.catch_warnings(), no_output():
        warnings.simplefilter("ignore")
        table = Path(folder) / "a.csv"
        kinds = {
            "numeral": _numeral,
            "date": _date,
            "page": _page,
            "feed": _feed,
            "csv": lambda rng: _table(rng, table),
        }
        names = list(kinds)
        for number in range(count):
            name = names[number % len(names)]
            if number % 10_000 == 0:
                signal.alarm(0)
            try:
                kinds[name](rng)
                told[name] += 1
            except (NumeralError, ArticleError, SourceError):
                told[f"{name}, refused"] += 1
            except BaseException:
                sys.__stderr__.write(f"seed {seed}, input {number}, {name}\n")
                raise
    return told


@contextlib.contextmanager
def no_output():
    """Keep the libraries quiet that say on standard error what they think of a page."""
    import logging

    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            yield
    finally:
        logging.disable(before)


if __name__ == "__main__":
    what, how_many, first = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    found = {"records": fuzz_records, "inputs": fuzz_inputs}[what](how_many, first)
    print(f"seed {first}: {how_many} {what},", ", ".join(f"{name}: {number}" for name, number in sorted(found.items())))  # noqa: T201
