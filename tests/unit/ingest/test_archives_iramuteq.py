"""Corpora of Iramuteq: starred variables become fields, what has no field is kept beside them."""

from __future__ import annotations

import pytest
from tests.unit.ingest.reading_archives import FIRST, SECOND, articles, read, told

from newsnlp.ingest.archives.pasted import several_articles
from newsnlp.ingest.failures import FailureKind


def text(variables, body=FIRST, stars="****"):
    return f"{stars} {variables}\n{body}\n\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_variables_become_fields(encoding):
    variables = "*source_Le_Courrier_du_Val *date_2024-03-12 *auteur_Lucie_Hamon *titre_Éboulement_à_Valbrune *id_v1 *rubrique_Région"
    data = text(variables, f"{FIRST}\n{SECOND}") + text("*journal_Le_Val *annee_2024 *am_2024-03 *presse")
    first, second = articles(data.encode(encoding), ".txt")
    assert (first.title, first.source, first.author) == ("Éboulement à Valbrune", "Le Courrier du Val", "Lucie Hamon")
    assert (first.id, first.published_at.isoformat()) == ("v1", "2024-03-12T00:00:00")
    assert first.text == f"{FIRST}\n{SECOND}"
    assert first.extra == {"section": "Région"}
    assert (second.source, second.published_at) == ("Le Val", None)
    assert second.extra == {"annee": "2024", "am": "2024-03", "presse": "presse"}


@pytest.mark.parametrize(
    ("variables", "moment"),
    [
        ("*date_2024_3_12", "2024-03-12T00:00:00"),
        ("*date_20240312", "2024-03-12T00:00:00"),
        ("*date_12/03/2024", "2024-03-12T00:00:00"),
        ("*jour_12 *mois_3 *annee_2024", "2024-03-12T00:00:00"),
        ("*date_2024-03-12T18:30", "2024-03-12T18:30:00"),
    ],
)
def test_dates(variables, moment):
    assert articles(text(variables))[0].published_at.isoformat() == moment


def test_themes_are_no_text():
    (found,) = articles(text("*source_Val", f"-*chapeau\n{FIRST}\n-*corps_du_texte\n{SECOND}"))
    assert found.text == f"{FIRST}\n{SECOND}"
    assert found.extra == {"thematique": "chapeau, corps du texte"}


def test_an_empty_text_costs_itself():
    first, empty, last = read(text("*source_Val") + text("*source_Gazette", "") + text("*source_Echo"))
    assert (first.source, last.source) == ("Val", "Echo")
    assert (empty.article_id, empty.kind) == ("article 2", FailureKind.NO_TEXT)


def test_texts_of_alceste():
    assert [
        item.source for item in articles(text("*source_Val", stars="0001") + text("*source_Echo", stars="0002"))
    ] == ["Val", "Echo"]


def test_a_row_of_stars_is_no_corpus():
    assert told(f"****\n{FIRST}\n****\n{SECOND}", ".txt") == "text or web page"
    assert several_articles(text("*source_Val") * 2) == "Iramuteq corpus"
    assert several_articles(text("*source_Val")) is None
