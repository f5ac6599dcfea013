from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from newsnlp.reading import clean
from newsnlp.text.stamps import parse_date
from newsnlp.text.typography import plain

SHARED = Path(__file__).parents[4] / "shared" / "data"

_spec = importlib.util.spec_from_file_location("reading_pages", Path(__file__).with_name("pages.py"))
assert _spec is not None
assert _spec.loader is not None
pages = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(pages)


def check_offsets(cleaned):
    """Every word of the clean text must be found again in the raw one; spans must tile the page in order."""
    position = 0
    for word in cleaned.text.split():
        start = cleaned.text.index(word, position)
        position = start + len(word)
        raw_start, raw_end = cleaned.to_raw(start, position)
        assert plain(cleaned.raw[raw_start:raw_end]) == word
        assert any(a <= raw_start and raw_end <= b for a, b in cleaned.body_spans)
        assert cleaned.to_clean(raw_start, raw_end) == (start, position)
    edges = [edge for block in cleaned.blocks for edge in (block.start, block.end)]
    assert edges == sorted(edges)


@pytest.mark.parametrize("name", pages.PAGES)
def test_furniture_is_dropped_and_text_is_kept(name):
    raw, kept = pages.page(name)
    cleaned = clean(raw)
    assert [line.strip() for line in cleaned.text.split("\n") if line.strip()] == [plain(line) for line in kept]
    check_offsets(cleaned)


@pytest.mark.parametrize("name", pages.PAGES)
def test_title_author_and_date_are_taken_out(name):
    _, title, author, date = pages.PAGES[name]
    cleaned = clean(pages.page(name)[0])
    assert (cleaned.title, cleaned.author, cleaned.published_at) == (title, author, parse_date(date))


@pytest.mark.parametrize("name", pages.PAGES)
@pytest.mark.parametrize("line_break", ["\r\n", "\n\n", "\u2028", " \n \n "])
def test_line_breaks_of_every_sort_give_the_same_text(name, line_break):
    raw, kept = pages.page(name)
    cleaned = clean(raw.replace("\n", line_break))
    lines = [line.strip() for line in cleaned.text.split("\n") if line.strip()]
    # More blank lines may save a heading, never lose a line.
    assert [line for line in lines if line in {plain(text) for text in kept}] == [plain(text) for text in kept]
    check_offsets(cleaned)


@pytest.mark.parametrize("raw", ["", " ", "\n", "\u200b\n\ufeff", "\u00a0\r\n"])
def test_nothing_gives_nothing(raw):
    cleaned = clean(raw)
    assert (cleaned.text.strip(), cleaned.body_spans, cleaned.blocks) == ("", (), ())


def test_only_furniture_gives_an_empty_text_and_no_error():
    cleaned = clean("Accueil\nMenu\nLeave a Comment")
    assert cleaned.text == ""
    assert cleaned.body_spans == ()
    assert [block.kind for block in cleaned.blocks] == ["menu", "menu", "comments"]


def test_character_references_of_plain_text_are_read():
    assert clean("L'&eacute;t&eacute; est l&agrave;, a < b.").text == "L'été est là, a < b."


def test_tags_are_left_out_and_offsets_stay_those_of_the_tags():
    raw = "<html><head><style>p {}</style></head><body><p>L&rsquo;<b>Ir</b>an a frapp&eacute;.</p><p>Fin.</p>"
    cleaned = clean(raw)
    assert [line for line in cleaned.text.split("\n") if line] == ["L'Iran a frappé.", "Fin."]
    start = cleaned.text.index("Iran")
    assert raw[slice(*cleaned.to_raw(start, start + 4))] == "Ir</b>an"
    check_body = [raw[a:b] for a, b in cleaned.body_spans]
    assert check_body[0].startswith("L&rsquo;")


@pytest.mark.parametrize("piece", ["<script>", "<!--", "<p ", "<a><p>", "&", "</p><svg>"])
def test_broken_html_takes_linear_time(piece):
    # Quadratic, 200,000 of them take minutes.
    clean("<html><p>" + piece * 200_000)


@pytest.mark.shared
def test_articles_without_furniture_lose_next_to_nothing():
    file = SHARED / "winer-fr" / "train.jsonl"
    if not file.is_file():
        pytest.skip("../shared/data is not here")
    lost, total = [], 0
    for line in file.read_text("utf-8").splitlines():
        text = json.loads(line)["text"]
        cleaned = clean(text)
        total += len(text)
        lost += [(block.kind, text[block.start : block.end]) for block in cleaned.blocks if block.kind != "text"]
    # Measured 2026-11-22: three lines "Lire aussi : …" and one copy of a headline, 342 of 663,598 characters.
    # Two lines are stamps: “16 juin 2016, 16 h 20 UTC.”
    assert {kind for kind, _ in lost} <= {"related", "headline", "date"}
    assert sum(len(text) for _, text in lost) <= 0.001 * total


@pytest.mark.shared
def test_the_seed_article():
    file = SHARED / "seed-article.txt"
    if not file.is_file():
        pytest.skip("../shared/data is not here")
    cleaned = clean(file.read_text("utf-8"))
    assert cleaned.author == "Chia"
    assert cleaned.title is not None
    assert cleaned.text.startswith(cleaned.title + "\n")
    assert cleaned.text.count(cleaned.title) == 1
    assert "Réaction du gouvernement américain\n" in cleaned.text
    assert "Contexte et implications\n" in cleaned.text
    for word in ("Home", "Leave", "also like", "Chia"):
        assert word not in cleaned.text
    assert cleaned.text.rstrip().endswith("État islamique.")
    assert len(cleaned.body_spans) == 1
    check_offsets(cleaned)
