from __future__ import annotations

import unicodedata

import pytest

from newsnlp.text.typography import normalise, plain


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("qu’Austin", "qu'Austin"),
        ("l‘homme l´homme l`homme lʼhomme", "l'homme l'homme l'homme l'homme"),
        ("2\u202f500\u00a0€", "2 500 €"),
        ("porte\u2011parole, \u22123 °C", "porte-parole, -3 °C"),
        ("inter\u00adnational\u200b", "international"),
        ("o\ufb03ciel, \ufb01n", "officiel, fin"),
        ("e\u0301te\u0301", "été"),
        ("e\u200b\u0301", "é"),
        ("\ufb01\u0301", "fí"),
        ("a\r\nb\u2028c\rd\x85e", "a\nb\nc\nd\ne"),
        ("a \u00a0\t b", "a b"),
        ("« a » – b — c… œuvre", "« a » – b — c… œuvre"),
        ("a\x00b\ud800", "a b\ufffd"),
        ("`code` et 5´", "`code` et 5´"),
        ("\u1112\u1161\u11ab", "한"),
        ("\u212b", "Å"),
        ("", ""),
    ],
)
def test_typography(raw, clean):
    assert plain(raw) == clean
    assert unicodedata.is_normalized("NFC", plain(raw))


def test_offsets_point_to_the_whole_of_what_was_melted():
    text, offsets = normalise("L\u2019e\u0301te\u0301 o\ufb03ciel\u00ad", [(0, 15)])
    assert text == "L'été officiel"
    assert offsets.to_raw(2, 5) == (2, 7)
    assert offsets.to_raw(2, 3) == (2, 4)
    # One letter out of a ligature stands for the ligature.
    assert offsets.to_raw(7, 8) == (9, 10)
    assert offsets.to_raw(6, 14) == (8, 14)
    # The soft hyphen after the last letter belongs to nothing.
    assert len("L\u2019e\u0301te\u0301 o\ufb03ciel\u00ad") == 15
    assert offsets.to_clean(2, 4) == (2, 3)


def test_between_kept_spans_there_is_a_line_break_that_stands_for_nothing():
    raw = "Légende © AFP\nTexte"
    text, offsets = normalise(raw, [(0, 7), (14, 19)])
    assert text == "Légende\nTexte"
    assert offsets.to_raw(0, 7) == (0, 7)
    assert offsets.to_raw(8, 13) == (14, 19)
    assert offsets.to_clean(8, 13) is None
    with pytest.raises(IndexError, match="not inside"):
        offsets.to_raw(0, 14)
