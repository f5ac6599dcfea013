"""Status and source: hearsay, attribution, quotation, plans, denials."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "status", "source"),
    [
        ("Douze personnes ont été tuées.", "asserted", None),
        ("Cinq soldats auraient été blessés.", "reported", None),
        ("S'il y avait 12 morts, on le saurait.", "asserted", None),
        ("Selon la police, douze personnes ont été tuées.", "reported", "police"),
        ("Douze personnes ont été tuées, d'après l'ONU.", "reported", "ONU"),
        ("Le prix varie selon les saisons de 12 euros.", "asserted", None),
        ("Le ministre a indiqué que douze personnes étaient mortes.", "reported", "ministre"),
        ("Douze personnes sont mortes, a annoncé samedi le maire.", "reported", "maire"),
        ("Les rebelles affirment détenir 37 prisonniers.", "reported", "rebelles"),
        ("Le HCR recense 12 000 déplacés.", "reported", "HCR"),
        ("Le bilan fait état de douze morts.", "reported", "bilan"),
        ("On recense douze morts.", "asserted", None),
        ("« Nous avons perdu onze hommes dans la bataille », a dit le colonel.", "reported", "colonel"),
        ("La salle accueillera 450 spectateurs.", "planned", None),
        ("Le groupe va supprimer 400 postes.", "planned", None),
        ("La société prévoit 1 500 licenciements.", "planned", "société"),
        ("Renault a annoncé 1 000 embauches.", "planned", "Renault"),
        ("L'attaque aura fait trois morts.", "asserted", None),
        ("L'usine, qui employait 640 ouvriers, fermera.", "asserted", None),
        ("L'offensive n'a pas fait 300 morts.", "denied", None),
        ("Le ministère a démenti la mort de quinze soldats.", "denied", "ministère"),
        ("Il n'a fait que 12 victimes.", "asserted", None),
        ("La caméra a filmé 12 personnes.", "asserted", None),
    ],
)
def test_status_and_source(text, status, source, figures):
    (figure,) = figures(text)
    assert (figure.status, figure.source) == (status, source)


def test_two_sources_in_one_sentence(figures):
    found = figures("12 000 personnes ont défilé selon la police, 25 000 selon les organisateurs.")
    assert [figure.source for figure in found] == ["police", "organisateurs"]


def test_the_part_of_a_reported_whole_is_reported(figures):
    assert [f.status for f in figures("Cinq soldats auraient été blessés, dont un grièvement.")] == ["reported"] * 2


def test_none_is_zero_and_asserted(figures):
    (figure,) = figures("L'accident n'a fait aucun mort.")
    assert (figure.value_min, figure.value_max, figure.status, figure.event) == (0, 0, "asserted", "killed")
