"""Which figure is a part of which."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "parents"),
    [
        ("Cinq soldats ont été blessés, dont un grièvement.", [None, 0]),
        ("Douze morts, dont trois enfants et deux femmes.", [None, 0, 0]),
        ("Douze morts, dont trois enfants, et 40 blessés.", [None, 0, None]),
        ("23 civils ont péri, parmi lesquels neuf enfants.", [None, 0]),
        ("184 détenus se sont évadés, 65 d'entre eux ont été repris.", [None, 0]),
        ("Le séisme a fait 2 900 morts. Parmi eux, 300 enfants.", [None, 0]),
        ("Il obtient 157 sièges sur les 289 de l'Assemblée.", [1, None]),
        ("Deux des 30 passagers ont fui.", [1, None]),
        ("Sur les 55 passagers, on compte 44 Russes et huit Ukrainiens.", [None, 0, 0]),
        ("L'accident a fait neuf morts : six passagers et trois cheminots.", [None, 0, 0]),
        ("Les cinq personnes blessées, trois femmes et deux hommes, vont mieux.", [None, 0, 0]),
        ("Il a été condamné à dix ans de prison, dont deux avec sursis.", [None, 0]),
        ("25 000 foyers sont sans courant, la majeure partie (18 000) en Bretagne.", [None, 0]),
        # no part: another list, a whole that is too small, a change
        ("68 morts et 165 blessés", [None, None]),
        ("Trois blessés, dont 12 enfants", [None, None]),
        ("Le bilan passe de 16 à 21 morts.", [None, None]),
        ("Il transportait 50 personnes (56 exactement).", [None, None]),
    ],
)
def test_parents(text, parents, figures):
    assert [figure.part_of for figure in figures(text)] == parents


def test_a_part_takes_the_unit_of_its_whole(figures):
    whole, part = figures("Il a été condamné à dix ans de prison, dont deux avec sursis.")
    assert (part.kind, part.unit) == (whole.kind, whole.unit)
    assert part.counted is None
