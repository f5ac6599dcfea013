"""Heads of text files, and the marks of Markdown."""

from __future__ import annotations

import pytest

from newsnlp import clean, read_article
from newsnlp.reading.heads import split_head
from newsnlp.reading.markdown import looks_like_markdown, strip_markdown

TEXT = "Deux élus ont été blessés à Lens."
HEADS = {
    "yaml": '---\ntitle: "Lens : deux blessés"\ndate: 2024-06-04\nauthors:\n  - Léa Petit\n  - Jo Roux\nmédia: La Gazette\n---\n\n',
    "toml": '+++\ntitle = "Lens : deux blessés"\ndate = 2024-06-04T00:00:00\nauthors = ["Léa Petit", "Jo Roux"]\nsource = "La Gazette"\n+++\n',
    "labels": "Titre : Lens : deux blessés\nDate : 4 juin 2024\nAuteur : Léa Petit, Jo Roux\nSource : La Gazette\n\n",
    "a mark before": "\ufeff---\r\ntitre: Lens : deux blessés\r\ndate: 04/06/2024\r\nauteur: Léa Petit, Jo Roux\r\njournal: La Gazette\r\n---\r\n",
}


@pytest.mark.parametrize("head", HEADS)
def test_a_head_gives_the_fields_and_leaves_the_text(head):
    read = read_article((HEADS[head] + TEXT).encode())
    assert read.text.strip() == TEXT
    assert (read.title, read.author, read.source) == ("Lens : deux blessés", "Léa Petit, Jo Roux", "La Gazette")
    assert read.published_at.date().isoformat() == "2024-06-04"


def test_what_has_no_field_is_kept_and_a_date_that_cannot_be_read_is_told():
    read = read_article(
        f"---\ntitre: Lens\nrubrique: Faits divers\ntags: [feu, Lens]\ndate: bientôt\n---\n{TEXT}".encode()
    )
    assert read.extra == {"section": "Faits divers", "tags": "feu, Lens"}
    assert read.published_at is None
    assert read.warnings == ("the date 'bientôt' could not be read",)


@pytest.mark.parametrize(
    "text",
    [
        "Bilan : trois morts\nà Lyon.",
        "---\nUne ligne\n---\nTexte",
        "---\ntitre: jamais fermé\nTexte",
        "Date : lundi\nIl pleut.\n\nTexte",
        "",
        "---",
        "Source : AFP\n\nDeux morts.",
    ],
)
def test_what_is_no_head_stays(text):
    assert split_head(text) == ({}, 0)


def test_marks_go_and_words_stay_where_they_are():
    raw = (
        '# Deux blessés à Lens\n\n*Par Léa Petit*\n\n**Deux élus** ont été [blessés](https://exemple.org/12 "x") mardi[^1], a indiqué la mairie dans un communiqué publié en fin de matinée.\n\n'
        "![La place, 40 maisons](img.jpg){width=300}\n\n> « Tout est allé vite », a dit Jo Roux.\n\n| Nom | Voix |\n|---|---:|\n\n"
        "```\ncode\n```\n\n[^1]: Selon la mairie.\n[ref]: https://exemple.org\n"
    )
    assert looks_like_markdown(raw)
    text, offsets = strip_markdown(raw)
    assert not set("*[]`#>") & set(text)
    assert "40" not in text
    assert "exemple.org" not in text
    for word in ("Deux blessés à Lens", "Deux élus", "blessés mardi", "« Tout", "Selon la mairie"):
        start = text.index(word)
        first, last = offsets.to_raw(start, start + len(word))
        assert raw[first:last].replace('](https://exemple.org/12 "x")', "") == word
    cleaned = clean(raw)
    assert (cleaned.title, cleaned.author) == ("Deux blessés à Lens", "Léa Petit")


@pytest.mark.parametrize(
    "text",
    [
        "# 1 mondial, il a gagné.",
        "Le code [1] et * la note * ; 3*4=12, snake_case_word.",
        "« [Il] a dit » (source : AFP)",
        "#Beyrouth #Liban **",
        "Prix (5 euros) [voir](ci-dessous) la liste",
    ],
)
def test_prose_is_no_markdown(text):
    assert not looks_like_markdown(text)


def test_pairs_only_are_marks():
    assert (
        strip_markdown("3 * 4 et *oui* et **non** et 5* et snake_case")[0] == "3 * 4 et oui et non et 5* et snake_case"
    )
