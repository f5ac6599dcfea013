"""Pages of our own writing, in the manner of the sites of a national paper, a radio, an agency, a blog …

``pages/*.txt``: a head (title, author, date), a blank line, then the page; ``+`` is text, ``-`` furniture. After a bar
stands the part of a line that is cut off.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from newsnlp.reading import clean
from newsnlp.text.stamps import parse_date
from newsnlp.text.typography import plain

PAGES = sorted(Path(__file__).with_name("pages").glob("*.txt"))
# A byline and a link below the second paragraph look like section headings.
MISSED = {"quebec_matin": pytest.mark.xfail(reason="a byline between two paragraphs is kept", strict=True)}
JUDGED = [pytest.param(path, marks=MISSED.get(path.stem, ()), id=path.stem) for path in PAGES]


def read_page(path):
    head, _, body = path.read_text("utf-8").partition("\n\n")
    facts = {
        name: None if value == "none" else value for name, value in (row.split(": ", 1) for row in head.split("\n"))
    }
    assert list(facts) == ["title", "author", "date"]
    raw, kept = [], []
    for row in body.rstrip("\n").split("\n"):
        mark, text = row[:2], row[2:]
        assert mark in {"+ ", "- ", ""}
        raw.append(text.replace("|", "") if mark == "+ " else text)
        if mark == "+ ":
            kept.append(plain(text.split("|")[0]).strip())
    return "\n".join(raw), kept, facts


def kept_lines(cleaned):
    return [line.strip() for line in cleaned.text.split("\n") if line.strip()]


def test_the_pages_are_there():
    assert len(PAGES) >= 32


@pytest.mark.parametrize("path", JUDGED)
def test_only_the_text_is_left(path):
    raw, kept, _ = read_page(path)
    assert kept_lines(clean(raw)) == kept


@pytest.mark.parametrize("path", JUDGED)
def test_title_author_and_date(path):
    raw, _, facts = read_page(path)
    cleaned = clean(raw)
    title = plain(facts["title"]) if facts["title"] else None
    assert (cleaned.title, cleaned.author, cleaned.published_at) == (title, facts["author"], parse_date(facts["date"]))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
@pytest.mark.parametrize("change", ["no blank lines", "more blank lines", "CRLF", "indented"])
def test_no_prose_is_lost_however_the_page_is_pasted(path, change):
    raw, kept, _ = read_page(path)
    raw = {
        "no blank lines": raw.replace("\n\n", "\n"),
        "more blank lines": raw.replace("\n", "\n\n"),
        "CRLF": raw.replace("\n", "\r\n"),
        "indented": "\n".join(f"    {line}" for line in raw.split("\n")),
    }[change]
    left = kept_lines(clean(raw))
    assert [line for line in left if line in kept] == kept


@pytest.mark.parametrize(
    "text",
    [
        "« Abonnez-vous à la newsletter », dit le maire aux lecteurs du journal, qui l'ont mal pris.",
        "Partager le pouvoir",
        "Commentaires de Bruxelles : « non »",
        "Retrouvez la paix, dit-elle",
        "Recevez nos vœux",
        "Vous avez dit bizarre ?",
        "Votre maire est mort",
        "Les abonnés du gaz paieront plus",
        "Publié en 1857, le roman fit scandale.",
        "Vu de Berlin",
        "Il y a 10 ans, Charlie",
        "3 min pour convaincre",
        "Lecture publique à Nantes",
        "Écouter les morts",
        "Suivre la piste russe",
        "Paul Humbert",
        "Journaliste tué à Gaza",
    ],
)
def test_short_headings_between_paragraphs_stay(text):
    prose = "Le conseil municipal a adopté lundi soir le budget de la commune, par douze voix contre trois."
    page = f"Le budget de la commune adopté\n\n{prose}\n\n{text}\n\n{prose[:-1]}, a-t-on appris.\n\n{prose}"
    assert plain(text) in kept_lines(clean(page))


def test_a_page_of_short_lines_takes_linear_time():
    # Quadratic, it takes minutes.
    clean("Nantes\n" * 100_000)
    clean(
        "Accueil\nPaul Roy\n3 mars 2024\n" * 30_000 + "Le conseil a voté lundi soir le budget de la commune de Nantes."
    )


LEAD = (
    "Deux soldats blessés en Irak\n"
    "Deux soldats ont été blessés lundi en Irak, a annoncé l'armée. Ils ont été soignés sur place.\n"
    "Le ministre s'est rendu sur la base dans la soirée, où il a rencontré les blessés.\n"
)


@pytest.mark.parametrize(
    "tail",
    [
        (
            "À lire aussi\nAvalanche à Modane : deux skieurs portés disparus\n"
            "Deux skieurs sont portés disparus après une avalanche survenue mercredi à Modane.\n"
        ),
        (
            "Sur le même sujet\nAvalanche à Modane\n"
            "Les secours cherchent deux skieurs depuis mercredi dans le massif, où le risque reste fort…\n"
        ),
    ],
    ids=["says-what-a-title-says", "cut-short"],
)
def test_the_teaser_of_another_article_goes_with_its_list(tail):
    assert clean(LEAD + tail).text == LEAD
    # A last paragraph that is of the article stays.
    assert clean(
        LEAD + tail.split("\n", 1)[0] + "\nAvalanche à Modane\n" + LEAD.split("\n")[2] + " Fin.\n"
    ).text.endswith("Fin.\n")
