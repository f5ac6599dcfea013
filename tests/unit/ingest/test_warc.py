"""Web archives: pages with their addresses, everything else counted."""

from __future__ import annotations

import io

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsnlp.corpus import Failure, FailureKind, read_source
from newsnlp.corpus.work import Shard, carried
from newsnlp.errors import SourceError
from newsnlp.ingest.opened import Page

BODY = "<p>Douze maisons ont été inondées lundi à Méral, et le pont est fermé, selon la préfecture de région.</p>"


def page(title):
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>{BODY}</article></body></html>"


def write(path, *answers, packed=True):
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "x"}))
        for number, (status, kind, body) in enumerate(answers):
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    f"https://exemple.fr/{number}", "response", payload=io.BytesIO(body), http_headers=headers,
                    warc_headers_dict={"WARC-Date": "2025-02-03T08:00:00Z"},
                )
            )  # fmt: skip
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
    source = read_source(write(tmp_path / name, *ANSWERS, packed=name.endswith(".gz")))
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
    with (tmp_path / "a.wet.warc").open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        record = writer.create_warc_record("https://exemple.fr/t", "conversion", payload=io.BytesIO("Deux blessés.".encode()), warc_content_type="text/plain")
        writer.write_record(record)
    (found,) = read_source(tmp_path / "a.wet.warc").articles()
    assert (found.text, found.url) == ("Deux blessés.", "https://exemple.fr/t")


def test_what_is_broken_is_told(tmp_path):
    path = write(tmp_path / "a.warc", *ANSWERS[:4], packed=False)
    path.write_bytes(path.read_bytes()[:-300])
    first, second = read_source(path)
    assert isinstance(first, Page)
    assert (second.kind, second.reason) == (FailureKind.INPUT_BROKEN, "cut short: the file ends within it")
    path = write(tmp_path / "b.warc.gz", *ANSWERS[:4])
    path.write_bytes(path.read_bytes()[:-200])
    assert any(isinstance(item, Failure) for item in read_source(path))
    (tmp_path / "c.warc").write_bytes(b"no archive at all")
    with pytest.raises(SourceError, match="c.warc is no web archive"):
        list(read_source(tmp_path / "c.warc"))
