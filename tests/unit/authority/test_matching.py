"""Names of a list in a text: capitals, gaps and edges; the longest; time."""

from __future__ import annotations

import pytest

from newsnlp.authority.matching import NameIndex


def found(text, *names):
    index = NameIndex(enumerate([name] for name in names))
    return [text[place.start : place.end] for place in index.find(text)]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Total", "Au total, Total perd. TOTAL", ["Total", "TOTAL"]),
        ("Élysée", "L'Elysée et l'élysée", ["Elysée"]),
        ("SNCF", "La SNCF, sncf, Sncf", ["SNCF", "Sncf"]),
        ("OL", "L'OL et Ol", ["OL"]),
        ("iPhone", "L'iPhone, l'IPhone", ["iPhone", "IPhone"]),
        (
            "Banque de France",
            "la banque de France, Banque De France, banque de france",
            ["banque de France", "Banque De France"],
        ),
        ("Médecins Sans Frontières", "Médecins sans frontières", ["Médecins sans frontières"]),
        ("Le Monde", "Le monde change, selon Le Monde et le Monde.", ["Le Monde", "le Monde"]),
        ("J. K. Rowling", "J.K. Rowling et J. K. Rowling", ["J.K. Rowling", "J. K. Rowling"]),
        ("Anne Roche", "C'est Anne. Roche parle. Anne-Roche, Anne\nRoche", ["Anne-Roche"]),
        ("Saint-Denis", "Saint Denis et Saint-Denis", ["Saint Denis", "Saint-Denis"]),
        ("Paris", "Paris-Match, @Paris, paris.fr, Paris.fr, Paris. Fin", ["Paris"]),
        ("Air", "AIR, Air", ["Air"]),
    ],
)
def test_how_a_name_is_written(name, text, expected):
    assert found(text, name) == expected


def test_the_longest_wins():
    assert found("La Banque de France et la Banque.", "Banque", "Banque de France", "France") == [
        "Banque de France",
        "Banque",
    ]


def test_time_grows_with_the_text_alone():
    # Each word begins a name of twelve words that does not go on.
    names = [" ".join(["Aa"] * n + ["Bb"]) for n in range(1, 12)]
    assert found("Aa " * 20_000, *names) == []


def test_a_name_found_by_others_is_one_of_its_forms():
    index = NameIndex([(0, ("Le Havre", "LH"))])
    assert [form.text for form in index.forms_of("Le Havre")] == ["Le Havre"]
    assert not index.forms_of("le havre")
    assert not index.forms_of("«»")
    assert not NameIndex([])
