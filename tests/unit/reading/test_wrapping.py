"""Lines broken at a width are joined; what has lines of its own keeps them."""

from __future__ import annotations

import textwrap

import pytest

from newsnlp.reading import clean
from newsnlp.reading.mending.wrapping import unwrap

TEXT = """\
Quelque quarante randonneurs ont été évacués dimanche du refuge de Saint-Brélan, en Savoie, après un éboulement qui a \
coupé la route des crêtes, a annoncé la préfecture dans la soirée.
Le préfet Marc Dorvaux, arrivé sur les lieux vers midi, a promis 2,5 millions d'euros pour la réparation. Les \
habitants, eux, attendent un vice-président du conseil régional. Est-il inquiet ?
« Tout est allé très vite », raconte Anne Lormier, gardienne du refuge depuis une dizaine d'années."""
PARAGRAPHS = tuple(TEXT.split("\n"))


def filled(width, *, joint="\n", mark="", **options):
    lines = joint.join(textwrap.fill(part, width, **options) for part in PARAGRAPHS).split("\n")
    return "\n".join(mark + line for line in lines)


def paragraphs(text):
    return [line.strip() for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("width", [45, 55, 60, 70, 80])
@pytest.mark.parametrize("joint", ["\n", "\n\n"])
@pytest.mark.parametrize("mark", ["", "    ", "> ", "> > "])
def test_paragraphs_are_whole_again(width, joint, mark):
    assert paragraphs(unwrap(filled(width, joint=joint, mark=mark)).text) == list(PARAGRAPHS)


@pytest.mark.parametrize("line_break", ["\r\n", "\u2028", "\r"])
def test_line_breaks_of_every_sort(line_break):
    assert paragraphs(
        unwrap(filled(60, joint="\n\n").replace("\n", line_break)).text.replace(line_break, "\n")
    ) == list(PARAGRAPHS)


def test_lines_with_a_blank_line_after_each():
    assert unwrap(textwrap.fill(PARAGRAPHS[0], 50).replace("\n", "\n\n")).text == PARAGRAPHS[0]


def test_lines_broken_by_hand():
    lines = [
        "Au moins neuf marins ont été secourus et une dizaine d'autres",
        "débarqués mardi à Brest, a dit le directeur de la",
        "Société nationale, qui attend un chèque de 2,5 millions",
        "d'euros.",
    ]
    assert unwrap("\n".join(lines)).text == " ".join(lines)


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("gouver-\nnement", "gouvernement"),
        ("Saint-\nBrélan", "Saint-Brélan"),
        ("est-\nil", "est-il"),
        ("vice-\nprésident", "vice-président"),
        ("dix-\nsept", "dix-sept"),
        ("prési\u00ad\ndent", "président"),
        ("Aire-sur-\nl'Adour", "Aire-sur-l'Adour"),
        ("Rostov-\nsur-le-Don", "Rostov-sur-le-Don"),
        ("années-\nlumière", "années-lumière"),
        ("maire-\nadjointe", "maire-adjointe"),
    ],
)
def test_hyphens_at_the_end_of_a_line(written, word):
    before = "Depuis plusieurs années, la lumière vient du maire et de l'adjointe ; et puis"
    text = f"{before} le {written} de la\nville a parlé."
    assert f" {word} de la ville a parlé." in unwrap(text).text


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Accueil\nMonde\nPolitique\nSport\nDeux blessés en Irak\nPar Léa Petit\npublié le 6 août 2024\npartager",
        "Les mesures :\nrenforcer la surveillance\névacuer 120 habitants\nfermer la route\nreloger les familles",
        "Sous le pont\ncoule une eau lente que personne ne regarde\net les barques\ndorment\ndans le soir qui descend sur nous\nsans bruit",
        "Ville\tHabitants\tPart\nLyon\t522 000\t12,5 %\nNice\t342 000\t8,1 %",
        "title: Deux blessés\nauthor: Léa Petit\ndate: 2024-08-06",
        "Un\ndeux\ntrois",
        "",
    ],
    ids=["paragraphs", "page", "list", "verse", "table", "head", "words", "nothing"],
)
def test_lines_of_their_own_stay(text):
    assert unwrap(text) is None


def test_a_list_and_a_headline_stay_beside_wrapped_paragraphs():
    listed = "- évacuer 120 habitants\n- fermer la route des crêtes\n3. reloger les familles"
    text = f"Éboulement en Savoie\n\n{filled(60)}\n\n{listed}"
    assert paragraphs(unwrap(text).text) == ["Éboulement en Savoie", *PARAGRAPHS, *listed.split("\n")]


def test_furniture_is_told_below_and_above():
    text = (
        f"Accueil\nPolitique\nSport\nÉboulement en Savoie\nPar Léa Petit\n{filled(60)}\nPartager sur Facebook\nImprimer"
    )
    page = clean(text)
    assert paragraphs(page.text) == ["Éboulement en Savoie", *PARAGRAPHS]
    assert page.author == "Léa Petit"


def test_offsets_point_into_the_broken_lines():
    raw = filled(45)
    page = clean(raw)
    start = page.text.index("refuge de Saint-Brélan")
    found = raw[slice(*page.to_raw(start, start + len("refuge de Saint-Brélan")))]
    assert found.replace("-\n", "-").split() == ["refuge", "de", "Saint-Brélan"]


def test_what_is_known_to_be_laid_out_needs_less_to_be_joined():
    page = "Quatre blessés au large\nPar Léa Petit\nQuatre pêcheurs ont été blessés lundi dans le naufrage\nd'un chalutier au large de Port-Vendres, a indiqué\nYves Kermarec."
    assert unwrap(page) is None or unwrap(page).text.count("\n") >= 2
    assert unwrap(page, laid_out=True).text.splitlines()[-1].startswith("Quatre pêcheurs")
    assert unwrap(page, laid_out=True).text.splitlines()[-1].endswith("a indiqué Yves Kermarec.")


def test_numbers_of_pages_go_with_the_break():
    raw = (
        "Au moins treize mineurs ont été tués et une quinzaine\nd'autres blessés mardi dans l'effondrement d'une ga-\n"
        "3\n\x0clerie près de Kolwezi, dans le sud-est de la Répu-\nblique démocratique du Congo.\n4\n"
    )
    mended = unwrap(raw)
    assert (
        mended.text.split() == raw.replace("ga-\n3\n\x0c", "ga").replace("Répu-\n", "Répu").replace("\n4\n", "").split()
    )
