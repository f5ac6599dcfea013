"""Exports of archives that somebody broke or made to break: each item is told, and the time is that of reading once."""

from __future__ import annotations

import random

import pytest
from tests.hostile.test_growth import assert_linear
from tests.unit.ingest import test_archives_europresse as europresse
from tests.unit.ingest import test_archives_factiva as factiva
from tests.unit.ingest import test_archives_iramuteq as iramuteq
from tests.unit.ingest import test_archives_nexis as nexis

from newsnlp.errors import SourceError
from newsnlp.ingest.failures import Failure
from newsnlp.ingest.opened import HEAD_BYTES, Head, Opened
from newsnlp.ingest.registry import format_of
from newsnlp.records import Article

EXPORTS = {
    "europresse.html": europresse.page(europresse.article(), europresse.article(title="Grève")),
    "old.html": f"<html>{europresse.old()}<p>{europresse.old('Grève')}</html>",
    "europresse.txt": europresse.COPIED,
    "factiva.html": f"<html><title>Factiva</title>{factiva.coded()}{factiva.coded(end='b')}</html>",
    "factiva.txt": factiva.lines("|") + factiva.lines("|", "b"),
    "factiva.rtf": f"{{\\rtf1\\ansi {factiva.rtf('a')}{factiva.rtf('b')}}}",
    "nexis.txt": nexis.document() + nexis.document("2 of 2 DOCUMENTS"),
    "nexis.html": f"<html><!-- LXNComment -->{nexis.html(1)}{nexis.html(2)}</html>",
    "iramuteq.txt": iramuteq.text("*source_Val") + iramuteq.text("*source_Echo"),
}
PARTS = [
    b"<article>", b"</article>", b"<", b">", b"\x00", b"\xff", b"<div>" * 50, b"</div>", b"<table><tr><td>", b"1 of 3 DOCUMENTS\n", b"&#0;",
    b"&#xD800;", b"<!--", b"-->", b"{", b"}", b"\\u55555 ", b"\\par", b"|", b"**** ", b"HD ", "31 février 2024".encode(), b"99 mots",
]  # fmt: skip
ROUNDS = 60


def read(content, suffix=""):
    head = Head(content[:HEAD_BYTES], suffix)
    return list(format_of(head).read(Opened.of_bytes(content, name="export")))


@pytest.mark.parametrize("name", EXPORTS)
def test_mutated_exports_give_articles_and_failures(name):
    random_one = random.Random(name)
    for _ in range(ROUNDS):
        data = bytearray(EXPORTS[name].encode())
        for _ in range(random_one.randint(1, 5)):
            at = random_one.randrange(len(data) + 1)
            match random_one.randrange(4):
                case 0:
                    del data[at : at + random_one.randint(1, 80)]
                case 1:
                    data[at:at] = random_one.choice(PARTS)
                case 2:
                    data[at:at] = data[: random_one.randint(1, 300)]
                case _:
                    del data[max(at, 100) :]
        try:
            found = read(bytes(data), "." + name.partition(".")[2])
        except SourceError:
            continue
        assert found
        assert all(isinstance(item, Article | Failure) or item.data for item in found)


SHAPES = {
    "open tags": lambda size: "<article docpublicationname class=><span " + "class=a " * size,
    "nested headers": lambda size: (
        "<article>" + "<span class='DocHeader titreArticleVisu'>" * min(size, 1_500) + "x" * 50 * size
    ),
    "spaces in a name": lambda size: (
        "<article><span class=DocPublicationName class>A titreArticleVisu" + " " * 50 * size + "no</span>"
    ),
    "articles": lambda size: "<article><span class='DocPublicationName'>" * (size // 20),
    "lines": lambda size: "<article><p class=titreArticleVisu>T</p><div class=DocText>" + "a<br>" * (size // 4),
    "tables": lambda size: '<div class="article frArticle">' + "<table><tr>" * min(size, 900) + "x" * 50 * size,
    "counts": lambda size: "1 of 3 DOCUMENTS\n" * (size // 10),
    "one paragraph": lambda size: (
        "1 of 3 DOCUMENTS\n\nA\n\n12 mars 2024\n\nT\n\nLENGTH: 3\n\n" + ("mot " * 18 + "\n") * size
    ),
    "pages": lambda size: "1 of 3 DOCUMENTS\n\nA\n\n12 mars 2024\n\nT\n\nSECTION: " + "p1 ," * 10 * size + ";\n\nx\n",
    "labels": lambda size: "1 of 3 DOCUMENTS\n\nA\n\n" + "A-B: x\n\nLANGUE: f\n\n" * size,
    "fonts": lambda size: "{\\rtf1{\\fonttbl" + "{\\f1\\fcharset0 " * size + "} texte}",
    "links": lambda size: "{\\rtf1 " + '{\\field{\\*\\fldinst{HYPERLINK "x"}}{\\fldrslt a}}' * size + "}",
    "variables": lambda size: "**** *a_b" + " *a_b" * 5 * size,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_is_linear(shape):
    assert_linear(lambda size: SHAPES[shape](size).encode(), read, 2_000)
