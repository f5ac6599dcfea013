"""Text that was decoded wrongly, and characters written as references: read through the map of offsets."""

from __future__ import annotations

import pytest

from newsnlp.reading import clean
from newsnlp.reading.mending.mojibake import mend_mojibake
from newsnlp.reading.mending.references import resolve_references

TEXT = "Deux lycéennes ont été blessées à Besançon. L’enquête débute déjà. « Coût : 4 M€ », dit l’œuvre – À l’ÉVÊCHÉ…"


def misread(text, encoding):
    """UTF-8 read as another encoding; where that has no character, as browsers do, a control character."""
    return "".join(
        bytes([byte]).decode(encoding, "replace").replace("\ufffd", chr(byte)) for byte in text.encode("utf-8")
    )


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac-roman"])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_utf_8_read_as_something_else_is_mended(encoding, times):
    text = TEXT
    for _ in range(times if encoding == "cp1252" else 1):
        text = misread(text, encoding)
    found = mend_mojibake(text)
    assert found.text == TEXT
    assert "UTF-8 had been decoded as" in found.warning


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Trois randonnÃ©es Ã  Lyon", "Trois randonnées à Lyon"),
        ("une voitureÂ : 12Â 000 â‚¬ cÃ»lÃ©s", "une voiture : 12 000 € cûlés"),
        ("ï»¿Un lycÃ©en", "\ufeffUn lycéen"),
        ("Il dit Â« non â€ et lâ€™Ã‰tat", "Il dit « non ” et l’État"),
        (
            "Une moitiÃ© mal lue, l'autre moitié bien lue à Orléans",
            "Une moitié mal lue, l'autre moitié bien lue à Orléans",
        ),
        ("dÃ©jÃ vu", "déjà vu"),
    ],
)
def test_parts_and_blanks_made_plain_are_mended(written, meant):
    assert mend_mojibake(written).text == meant


@pytest.mark.parametrize(("right", "wrong"), [("mac-roman", "cp1252"), ("cp1252", "mac-roman"), ("cp850", "cp1252")])
def test_one_byte_encodings_taken_for_each_other_are_mended(right, wrong):
    text = "Deux lycéennes ont été blessées à Lyon, a dit un député."
    found = mend_mojibake(text.encode(right).decode(wrong))
    assert found.text == text
    assert found.warning


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "João Ângelo et São Paulo, l'IRMÃ et l'Âge, PÂQUES »",
        "Žižek et Šimon ont lu la presse. Ægir, Åse, Ødegaard",
        "Le PÂTÉ « CHÂTEAU » coûte 3 € ; √2 > 1",
        "Sans accent aucun.",
    ],
)
def test_clean_text_is_left_alone(text):
    assert mend_mojibake(text) is None
    assert clean(text).warnings == ()


def test_offsets_point_into_the_text_as_passed_and_the_user_is_told():
    raw = misread("Le préfet Marc Dorvaux à Chambéry, l’Isère.", "cp1252")
    page = clean(raw)
    assert page.text == "Le préfet Marc Dorvaux à Chambéry, l'Isère."
    start = page.text.index("Chambéry")
    assert raw[slice(*page.to_raw(start, start + 8))] == "ChambÃ©ry"
    assert page.warnings == (page.warnings[0],)
    assert "mended" in page.warnings[0]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("L&#8217;attaque a fait 12&nbsp;morts &agrave; Kidal", "L’attaque a fait 12\u00a0morts à Kidal"),
        ("&amp;eacute;t&amp;amp;eacute; R&amp;D &#xe9; &#146;", "été R&D é ’"),
        ('Fin.\\n\\nQuelque 120\\r\\nLe pr\\u00e9fet \\"dit\\"', 'Fin.\n\nQuelque 120\nLe préfet "dit"'),
    ],
)
def test_references_and_escapes_are_read(written, meant):
    assert resolve_references(written).text == meant


@pytest.mark.parametrize("text", ["AT&T & Cie; R&D; &inconnu;", "C:\\nouveau\\texte", "a \\nu b", "Fin & suite; rien"])
def test_what_is_no_reference_stays(text):
    assert resolve_references(text) is None


def test_escaped_tags_are_tags():
    assert clean("&lt;p&gt;Deux bless&eacute;s.&lt;/p&gt;&lt;p&gt;Fin.&lt;/p&gt;").text.split() == [
        "Deux",
        "blessés.",
        "Fin.",
    ]
