"""Bytes: every encoding that French text is met in, and what a broken byte costs."""

from __future__ import annotations

import pytest

from newsnlp.errors import EncodingError
from newsnlp.ingest.articles import read_article
from newsnlp.reading.decoding import decode

TEXT = "Deux lycéennes ont été blessées à Besançon. L’enquête débute. Coût : 4 M€. « Où est l’œuvre ? »"
PLAIN = TEXT.replace("’", "'")


@pytest.mark.parametrize(
    ("encoding", "named", "text"),
    [
        ("cp1252", "windows-1252", TEXT),
        ("iso-8859-15", "iso-8859-15", PLAIN),
        ("mac-roman", "mac-roman", TEXT),
        ("utf-16-le", "utf-16-le", TEXT),
        ("utf-16-be", "utf-16-be", TEXT),
        ("utf-16", "utf-16", TEXT),
        ("utf-8-sig", "utf-8-sig", TEXT),
    ],
)
def test_an_encoding_is_told_by_what_gives_french(encoding, named, text):
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding) == (text, named)
    # What was guessed is told, but for what nearly every such file is in.
    assert bool(found.warnings) == (named in {"iso-8859-15", "mac-roman", "utf-16-le", "utf-16-be"})


def test_a_broken_byte_costs_one_character_and_is_told():
    data = TEXT.encode().replace(b"Besan", b"Bes\xa0an")
    found = decode(data)
    assert found.text == TEXT.replace("Besan", "Bes�an")
    assert found.encoding == "utf-8"
    place = data.index(b"\xa0an")
    assert found.warnings == (
        f"1 byte is not utf-8 (the first at byte {place}): read as Windows-1252 inside words, else replaced by �",
    )
    article = read_article(data)
    assert article.warnings == found.warnings


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (TEXT.encode().replace("débute".encode(), b"d\xe9bute"), TEXT),
        (TEXT.encode() + b"\n" + TEXT.encode("cp1252"), f"{TEXT}\n{TEXT}"),
        (TEXT.encode()[:-1], TEXT[:-1] + "�"),
        (b"\xef\xbb\xbf" + TEXT.encode() + b"\xff", TEXT + "�"),
        (TEXT.encode("utf-16") + b"a", TEXT + "�"),
        (TEXT.encode("cp1252") + b"\x81", TEXT + "�"),
        (TEXT.encode() + b"\x00", TEXT + "\x00"),
    ],
)
def test_what_is_broken_costs_itself(data, text):
    found = decode(data)
    assert found.text == text
    assert len(found.warnings) == 1


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("iso-8859-15", "iso-8859-15", PLAIN),
        ("iso-8859-1", "cp1252", TEXT),
        ("ISO_8859-1", "cp1252", TEXT),
        ("us-ascii", "cp1252", TEXT),
        ("macintosh", "mac-roman", TEXT),
        ("utf-8", "cp1252", TEXT),
        ("iso-8859-1", "utf-8", TEXT),
        ("utf-16", "utf-8", TEXT),
        ("unheard-of", "cp1252", TEXT),
    ],
)
@pytest.mark.parametrize(
    "head",
    ['<?xml version="1.0" encoding="{}"?>\n', '<html><meta charset="{}">', "<meta content='text/html; charset={}'>"],
)
def test_a_declaration_is_believed_where_the_bytes_allow_it(declared, encoding, text, head):
    head = head.format(declared)
    assert decode(head.encode() + text.encode(encoding)).text == head + text


def test_a_header_may_name_the_encoding():
    assert decode(PLAIN.encode("iso-8859-15"), declared="latin-9").encoding == "iso-8859-15"


@pytest.mark.parametrize("data", [b"\xff\xfe" + b"\x00\xd8" * 40, b"\x00\x01\x02" * 30, bytes(range(128, 256)) * 3])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(EncodingError, match=r"^received .*Hint"):
        decode(data)
