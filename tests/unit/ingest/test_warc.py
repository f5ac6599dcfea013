"""Web archives: pages with their addresses, everything else counted."""

from __future__ import annotations

import gzip

import pytest

from newsnlp.corpus import Failure, FailureKind, read_source
from newsnlp.corpus.work import Shard, carried
from newsnlp.errors import SourceError
from newsnlp.ingest.opened import Page

BODY = "<p>Douze maisons ont été inondées lundi à Méral, et le pont est fermé, selon la préfecture de région.</p>"


def page(title):
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>{BODY}</article></body></html>"


def record(kind, content, **headers):
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in {"WARC_Type": kind, **headers}.items())
    return f"WARC/1.0\r\n{head}Content-Length: {len(content)}\r\n\r\n".encode() + content + b"\r\n\r\n"


def write(path, *answers):
    records = [record("warcinfo", b"software: x\r\n", Content_Type="application/warc-fields")]
    for number, (status, kind, body) in enumerate(answers):
        content = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        headers = {"WARC_Target_URI": f"https://exemple.fr/{number}", "WARC_Date": "2025-02-03T08:00:00Z"}
        records.append(record("response", content, **headers, Content_Type="application/http; msgtype=response"))
    # Each record is packed by itself, as crawlers do it.
    path.write_bytes(b"".join(map(gzip.compress, records)) if path.suffix == ".gz" else b"".join(records))
    return path


ANSWERS = [
    ("200 OK", "text/html; charset=iso-8859-1", page("Crue à Méral").encode("cp1252")),
    ("404 Not Found", "text/html", b"introuvable"),
    ("200 OK", "image/png", b"\x89PNG"),
    ("200 OK", "text/html", page("Grève à Ostrel").encode()),
    ("200 OK", "text/html", b"  "),
]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.dat"])
def test_pages_of_a_web_archive(tmp_path, name):
    source = read_source(write(tmp_path / name, *ANSWERS))
    crue, greve, empty = source.articles()
    assert (crue.id, crue.url, crue.title) == ("https://exemple.fr/0", "https://exemple.fr/0", "Crue à Méral")
    assert "été inondées" in crue.text
    assert greve.title == "Grève à Ostrel"
    # When it was fetched is not when it appeared.
    assert (crue.published_at, crue.extra["fetched_at"]) == (None, "2025-02-03T08:00:00Z")
    assert empty == Failure(article_id="https://exemple.fr/4", kind=FailureKind.NO_TEXT, reason="an empty page")
    assert source.notes.warnings() == (
        "left out, as no article: 1 records (answer 404), 1 records (image/png), 1 records (warcinfo)",
    )


def test_what_is_known_of_a_page_goes_with_it_to_a_worker(tmp_path):
    (found,) = read_source(write(tmp_path / "a.warc.gz", ANSWERS[3]))
    assert isinstance(found, Page)
    shard = Shard.of([carried(found, 0)], index=0, start=0)
    assert Shard.from_json(shard.to_json()).items == (found,)


def test_a_text_that_somebody_took_out_is_read(tmp_path):
    content = "Deux blessés.".encode()
    packed = record("conversion", content, WARC_Target_URI="https://exemple.fr/t", Content_Type="text/plain")
    (tmp_path / "a.wet.warc").write_bytes(packed)
    (found,) = read_source(tmp_path / "a.wet.warc").articles()
    assert (found.text, found.url) == ("Deux blessés.", "https://exemple.fr/t")


def test_what_is_broken_is_told(tmp_path):
    path = write(tmp_path / "a.warc", *ANSWERS[:4])
    path.write_bytes(path.read_bytes()[:-150])
    first, second = read_source(path)
    assert isinstance(first, Page)
    assert (second.kind, second.reason) == (FailureKind.INPUT_BROKEN, "cut short: the file ends within it")
    path = write(tmp_path / "b.warc.gz", *ANSWERS[:4])
    path.write_bytes(path.read_bytes()[:-100])
    assert any(isinstance(item, Failure) for item in read_source(path))
    (tmp_path / "c.warc").write_bytes(b"no archive at all")
    with pytest.raises(SourceError, match="is no web archive"):
        list(read_source(tmp_path / "c.warc"))
