"""Pages pasted in one line, and paragraphs glued together."""

from __future__ import annotations

import pytest

from newsnlp.reading import clean
from newsnlp.reading.mending.gluing import part_glued
from newsnlp.reading.mending.one_line import cut_lines

TITLE = "Incendie à Vaucelles : deux pompiers blessés"
BODY = (
    "Deux pompiers ont été blessés lundi dans l'incendie d'un entrepôt à Vaucelles, a indiqué la préfecture du Nord. "
    "Une centaine d'habitants ont été évacués pendant la nuit."
)
HEAD = "Accueil Actualités Politique Sport S'abonner Se connecter"
DATED = "Par Léa Petit Publié le 4 mars 2024 à 10h12 Mis à jour le 4 mars 2024 à 11h02"
BUTTONS = "Temps de lecture : 3 min Partager sur Facebook Partager sur X"
FOOT = (
    "À lire aussi Séisme : six maisons touchées Les plus lus 1 Météo : 12 départements en alerte "
    "2 Foot : Lens bat Metz 2-0 Commenter 45 commentaires © Le Courrier du Nord 2024"
)


@pytest.mark.parametrize(
    "page",
    [
        f"{HEAD} {TITLE} {DATED} {BUTTONS} {BODY} {FOOT}",
        f"Le Courrier du Nord {HEAD} {TITLE} {DATED} {BUTTONS} {BODY} {FOOT}",
        f"{TITLE} {DATED} {BUTTONS} {BODY} Lire aussi : Séisme au Chili Imprimer Copier le lien 3 commentaires",
        f"{HEAD}\n{TITLE} {DATED} {BUTTONS} {BODY} {FOOT}",
    ],
)
def test_the_article_is_left(page):
    found = clean(page)
    assert found.text.strip().split("\n") == [TITLE, BODY]
    assert (found.title, found.author) == (TITLE, "Léa Petit")
    assert found.published_at.isoformat()[:16] == "2024-03-04T10:12"


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE} {BODY}",
        f"{BODY} Il a lancé l'appel « Partager » avec Facebook, et tout le monde l'a lu, dit-il aussi.",
        f"{HEAD}\n{TITLE}\n{DATED}\n{BODY}\n{BODY}\n{FOOT}",
        "Partager sur Facebook Imprimer Commenter",
    ],
)
def test_other_texts_are_not_cut(text):
    assert cut_lines(text) is None


@pytest.mark.parametrize(
    ("glued", "parted"),
    [
        ("la « jungle » de CalaisLes migrants", "la « jungle » de Calais|Les migrants"),
        ("Ils sont Français.3 840 personnes", "Ils sont Français.|3 840 personnes"),
        ("trois blessés.Le préfet parle", "trois blessés.|Le préfet parle"),
        ("Est-il inquiet ?« Oui », dit-il", "Est-il inquiet ?|« Oui », dit-il"),
        ("près d'Albens (Savoie)L'enquête", "près d'Albens (Savoie)|L'enquête"),
        ("le 12 mars 2024Le ministre", "le 12 mars 2024|Le ministre"),
        ("a-t-il dit. »Une enquête", "a-t-il dit. »|Une enquête"),
    ],
)
def test_glued_paragraphs_are_parted(glued, parted):
    assert part_glued(glued).text.replace("\n", "|") == parted


@pytest.mark.parametrize(
    "text",
    [
        "iPhone, YouTube, TotalEnergies, BlaBlaCar, LaREM, MoDem, McDonald et LinkedIn",
        "voir www.exemple.fr/uneEn bref, https://exemple.fr/page.Le et a@exemple.Com",
        "Booking.Com baisse, la version 3.5 aussi, M.Dupont et Mme.Durand, l'art.3 du code",
        "Il a dit.3 Le reste est connu.",
        "J.-C., U.S.A. et p.ex. rien",
    ],
)
def test_names_and_addresses_are_left_whole(text):
    assert part_glued(text) is None


def test_the_credit_of_a_picture_and_a_trail_are_lines():
    page = (
        "Aller au contenu principal Newsletters Mon espace Accueil > Occitanie > Lozère > Faits divers Deux blessés à Mende "
        "Publié le 13/06/2024 à 18h42 Partager Le feu, jeudi. © M. Roux / AFP Deux pompiers ont été blessés jeudi à Mende, a "
        "dit la préfecture. À lire aussi Avalanche à Modane"
    )
    lines = cut_lines(page).text.split("\n")
    assert "Deux blessés à Mende" in lines
    assert any(line.startswith("Deux pompiers ont été blessés") for line in lines)
