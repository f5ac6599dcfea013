"""Numbers and quantities on any text: no crash, offsets that slice back, exotic spaces that change nothing."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from newsnlp.errors import NumeralError
from newsnlp.numerals.find import find_numbers
from newsnlp.numerals.parse import parse_numeral, spell_numeral
from newsnlp.quantities.find import find_quantities

PIECES = st.sampled_from(
    [
        "un",
        "une",
        "deux",
        "trois",
        "cent",
        "cents",
        "mille",
        "million",
        "millions",
        "dizaine",
        "quelques",
        "plusieurs",
        "la",
        "moitié",
        "tiers",
        "demi",
        "et",
        "à",
        "sur",
        "pour",
        "ou",
        "entre",
        "plus",
        "de",
        "moins",
        "environ",
        "12",
        "3-1",
        "0,5",
        "%",
        "€",
        "km",
        "h",
        "ans",
        "14h30",
        "2016",
        "1.234",
        "12\u202f000",
        "2/3",
        "5e",
        "-",
        "'",
        '"',
        "(",
        ")",
        ".",
        ",",
        ";",
        ":",
        "\n",
        "d'euros",
        "janvier",
        "kg",
        "°C",
        "fois",
        "M",
        "Md",
        "k",
        "point",
        "points",
        "siècle",
        "neuf",
        "vingt",
        "quatre-vingts",
        "janvier",
        "A",
        "N°",
        "²",
        "½",
        "١",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=10).map("".join)
)


@given(TEXTS)
def test_any_text_gives_sound_quantities(text):
    last = 0
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.text.strip()
        assert quantity.start >= last
        assert quantity.phrase_start <= quantity.start < quantity.end <= max(quantity.phrase_end, quantity.end)
        last = quantity.end
        for side in (quantity.value, quantity.value_min, quantity.value_max):
            assert side is None or math.isfinite(side)
        if quantity.kind != "score" and None not in {quantity.value_min, quantity.value_max}:
            assert quantity.value_min <= quantity.value_max


@given(TEXTS)
def test_any_text_gives_sound_numbers(text):
    last = 0
    for number in find_numbers(text):
        assert text[number.start : number.end] == number.text
        assert number.start >= last
        assert math.isfinite(number.value)
        last = number.end


@given(TEXTS)
def test_parse_answers_or_refuses(text):
    try:
        value = parse_numeral(text)
    except NumeralError:
        return
    assert math.isfinite(value)


@given(
    st.integers(min_value=-(10**18) + 1, max_value=10**18 - 1),
    st.sampled_from(["fr", "be", "ch"]),
    st.sampled_from(["traditional", "1990"]),
)
def test_parse_inverts_spell(n, variety, spelling):
    assert parse_numeral(spell_numeral(n, variety=variety, spelling=spelling)) == n


@given(st.lists(PIECES, max_size=14).map(" ".join), st.sampled_from("\u00a0\u202f\u2009"))
def test_spaces_and_apostrophes_change_nothing(text, space):
    plain = find_quantities(text)
    exotic = find_quantities(text.replace(" ", space).replace("'", "’"))
    assert [(q.start, q.end, q.value_min, q.value_max, q.unit) for q in plain] == [
        (q.start, q.end, q.value_min, q.value_max, q.unit) for q in exotic
    ]
