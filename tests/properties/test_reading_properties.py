from __future__ import annotations

import html
import textwrap
import unicodedata

import pytest

pytest.importorskip("hypothesis")

from hypothesis import example, given
from hypothesis import strategies as st

from newsnlp.errors import ArticleError
from newsnlp.language.sentences import sentence_starts
from newsnlp.reading import clean, detect_language, read_bytes
from newsnlp.text.folding import APOSTROPHES, HYPHENS, INVISIBLE, NO_BREAK_SPACES
from newsnlp.text.offsets import OffsetMap
from newsnlp.text.typography import LIGATURES, normalise, plain

# Letters, marks and blanks that make trouble, far oftener than chance has them.
TROUBLE = st.text(
    st.sampled_from(
        [*APOSTROPHES, *NO_BREAK_SPACES, *HYPHENS, *INVISIBLE, *LIGATURES, *"aéE\u0301\u0327\u0338\r\n .'-<>p/&;"]
    )
)
LINES = st.sampled_from(
    [
        "Accueil",
        "Par Jean Dupont",
        "Publié le 12 mars 2024",
        "À lire aussi",
        "Laisser un commentaire",
        "Deux soldats blessés en Irak",
        "Deux soldats ont été blessés lundi en Irak, a annoncé l’armée dans un communiqué.",
        "© AFP",
        "Légende © AFP",
        "",
        "<p>Texte</p>",
        "Partager",
        "6 janvier 2016.",
    ]
)
PAGES = st.lists(LINES, max_size=12).map("\n".join)
ANY = st.one_of(st.text(), TROUBLE, PAGES)


@given(ANY)
@example("ﬁ\u0301")
@example("\u1100\u1161\u11a8")
@example("a\u200b\u0301\n\u0301b")
@example("<html>&#13;&#769;e</html>")
def test_clean_takes_any_text_and_every_word_is_found_again(raw):
    cleaned = clean(raw)
    assert cleaned.raw == raw
    is_marked_up = "<" in raw
    assert unicodedata.is_normalized("NFC", cleaned.text)
    position, before = 0, 0
    for word in cleaned.text.split():
        start = cleaned.text.index(word, position)
        position = start + len(word)
        raw_start, raw_end = cleaned.to_raw(start, position)
        assert before <= raw_start < raw_end <= len(raw)
        before = raw_end
        if not is_marked_up:
            assert plain(raw[raw_start:raw_end]) == word
        assert any(a <= raw_start and raw_end <= b for a, b in cleaned.body_spans)


@given(ANY)
def test_blocks_and_body_are_in_order_and_inside(raw):
    cleaned = clean(raw)
    edges = [edge for block in cleaned.blocks for edge in (block.start, block.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(raw) for edge in edges)
    assert list(cleaned.body_spans) == [(b.start, b.end) for b in cleaned.blocks if b.kind == "text"]


@given(ANY, st.integers(0, 60), st.integers(0, 60))
def test_spans_map_monotonely(raw, one, other):
    cleaned = clean(raw)
    start, end = sorted((min(one, len(cleaned.text)), min(other, len(cleaned.text))))
    raw_start, raw_end = cleaned.to_raw(start, end)
    assert 0 <= raw_start <= raw_end <= len(raw)
    inner = cleaned.to_raw(start, start)[0]
    assert raw_start == inner or start == end


@given(st.text("abcdefghéèàç'- .,«»", max_size=80), st.sampled_from(APOSTROPHES), st.sampled_from(NO_BREAK_SPACES))
def test_every_apostrophe_and_blank_gives_the_same_text(text, apostrophe, blank):
    other = text.replace("'", apostrophe).replace(" ", blank)
    assert plain(other) == plain(text)


@given(TROUBLE)
def test_normalising_twice_is_normalising_once(raw):
    once = plain(raw)
    assert plain(once) == once


@given(TROUBLE, TROUBLE)
def test_maps_join(first, second):
    raw = f"<{first}> {second}"
    text, outer = normalise(raw, [(1, len(raw))])
    shorter, inner = normalise(text, [(0, len(text) // 2)])
    joined = inner.after(outer)
    assert len(joined) == len(shorter)
    for index in range(len(shorter)):
        middle = inner.to_raw(index, index + 1)
        assert joined.to_raw(index, index + 1) == outer.to_raw(*middle)


def test_an_empty_map_maps_nothing():
    assert OffsetMap().to_raw(0, 0) == (0, 0)
    assert OffsetMap().to_clean(0, 5) is None


@given(st.binary())
def test_bytes_are_read_or_refused_in_our_own_words(data):
    try:
        text, encoding = read_bytes(data)
    except ArticleError as error:
        message = str(error)
    else:
        message = "Hint"
        # What is broken is replaced, character by character; the rest is what Python makes of it.
        rightly = data.decode({"windows-1252": "cp1252"}.get(encoding, encoding), "replace")
        assert text == rightly or len(text) <= len(data)
    assert "Hint" in message


@given(st.text())
def test_any_text_has_a_language_or_none(text):
    assert detect_language(text) in {None, "fr", "en", "es", "it", "de", "pt", "nl"}


@given(st.one_of(st.text(), st.text(st.sampled_from("aB1.!?…»«\"'() \n-–—M"))))
def test_sentence_starts_are_ordered_inside_and_at_no_blank(text):
    starts = sentence_starts(text)
    assert starts == sorted(set(starts))
    assert all(0 <= start < max(len(text), 1) for start in starts)
    assert not text.strip() or all(not text[start].isspace() for start in starts)


def wrapped(text):
    return "\n\n".join(textwrap.fill(part, 60) for part in text.split("\n"))


# How the same text arrives, and how a word of it is read.
CHANGES = {
    "references": (
        lambda text: text.replace("é", "&eacute;").replace("'", "&amp;#8217;"),
        lambda words: html.unescape(html.unescape(words)).replace("’", "'"),
    ),
    "misread": (
        lambda text: text.encode("utf-8").decode("latin-1"),
        lambda words: words.encode("latin-1").decode("utf-8"),
    ),
    "escapes": (lambda text: text.replace("\n", "\\n"), lambda words: words),
    "wrapped": (wrapped, lambda words: words.replace("-\n", "-")),
    "quoted": (
        lambda text: "\n".join("> " + line for line in wrapped(text).split("\n")),
        lambda words: words.replace("-\n> ", "-"),
    ),
    "all": (
        lambda text: wrapped(text).replace("é", "&eacute;").encode("utf-8").decode("latin-1"),
        lambda words: html.unescape(words.replace("-\n", "-").encode("latin-1").decode("utf-8")),
    ),
}
SENTENCES = st.lists(
    st.sampled_from(
        [
            "Deux soldats ont été blessés lundi à Saint-Dié, a annoncé l'armée.",
            "Le préfet Marc Dorvaux a promis 2,5 millions d'euros aux 1 200 sinistrés de l'Isère.",
            "Est-il inquiet ?",
            "Une enquête a été ouverte par le parquet d'Évry, a-t-il ajouté en fin de journée.",
        ]
    ),
    min_size=3,
    max_size=6,
)


@pytest.mark.parametrize("change", CHANGES)
@given(st.lists(SENTENCES.map(" ".join), min_size=1, max_size=3).map("\n".join))
def test_every_word_points_to_where_it_stands_in_what_was_passed(change, text):
    write, read = CHANGES[change]
    raw = write(text)
    page = clean(raw)
    assert page.raw == raw
    assert page.text.split() == clean(text).text.split()
    position = before = 0
    for word in page.text.split():
        position = page.text.index(word, position) + len(word)
        start, end = page.to_raw(position - len(word), position)
        assert before <= start < end <= len(raw)
        assert read(raw[start:end]) == word
        before = end
