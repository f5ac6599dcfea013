"""Nexis: the text and HTML of LexisNexis with French and English labels, and the Word files of Nexis Uni."""

from __future__ import annotations

import io
import textwrap
import zipfile

import docx
import pytest
from tests.unit.ingest.reading_archives import FIRST, SECOND, articles, read, told

from newsnlp.errors import SourceError
from newsnlp.ingest.archives.parts.moments import find_moment
from newsnlp.ingest.archives.parts.pieces import BROKEN_OFF
from newsnlp.ingest.archives.pasted import several_articles
from newsnlp.ingest.failures import FailureKind

COVER = "\n\n\nDownload Request: Selected Items: 1-2\nTime Of Request: Friday, March 20, 2018  16:51:31\n\nTerms: (grève)\n\n\n"
ENGLISH = {"byline": "BYLINE", "section": "SECTION", "length": "LENGTH", "lead": "HIGHLIGHT"}
FRENCH = {"byline": "AUTEUR", "section": "RUBRIQUE", "length": "LONGUEUR", "lead": "ENCART"}
BELOW = {
    "BYLINE": "LOAD-DATE: March 12, 2024\n\nLANGUAGE: FRENCH\n\nPUBLICATION-TYPE: Newspaper\n\nJOURNAL-CODE: VAL\n",
    "AUTEUR": "SUJET: GRÈVE (90%); TRANSPORT (72%)\n\nDATE-CHARGEMENT: 13 mars 2024\n\nLANGUE: FRENCH; FRANÇAIS\n\nTYPE-PUBLICATION: Journal\n",
}


def wrapped(text):
    return "\n".join(textwrap.wrap(text, 70))


def document(
    count="1 of 2 DOCUMENTS", labels=ENGLISH, title="Éboulement", date="March 12, 2024 Tuesday 5:30 PM GMT", body=None
):
    text = f"{wrapped(f'{FIRST} {SECOND}')}\n\n{SECOND}" if body is None else body
    rights = "Copyright 2024 Le Val".center(78)
    return (
        f"{count:>50}\n\n\n\n{'Le Courrier du Val':>45}\n\n{date:>50}\n\n{wrapped(title)}\n\n{labels['byline']}: Lucie\nHamon\n\n"
        f"{labels['section']}: RÉGION; Pg. 35\n\n{labels['length']}: 1 143 mots\n\n\n{text}\n\n{BELOW[labels['byline']]}\n\n{rights}\n"
        f"{'Tous droits réservés'.center(78)}\n\n"
    )


def test_text_with_english_labels():
    first, second = articles(COVER + document() + document("2 of 2 DOCUMENTS", title="Grève " * 20), ".txt")
    assert (first.title, first.source, first.author) == ("Éboulement", "Le Courrier du Val", "Lucie Hamon")
    assert first.published_at.isoformat() == "2024-03-12T17:30:00+00:00"
    assert first.text == f"{FIRST} {SECOND}\n{SECOND}"
    assert first.extra == {
        "section": "RÉGION",
        "page": "35",
        "words": "1143",
        "kind": "Newspaper",
        "source_code": "VAL",
    }
    assert second.title == " ".join(["Grève"] * 20)
    assert second.lang == "fr"


@pytest.mark.parametrize("count", ["Document {} de 2", "{} of 2 DOCUMENTS", "Dokument {} von 2", "{} of 2 DOCUMENT"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_text_with_french_labels(count, encoding):
    text = "".join(document(count.format(n), FRENCH, date="mardi 12 mars 2024") for n in (1, 2)).replace("\n", "\r\n")
    first, second = articles(text.encode(encoding), ".txt")
    assert (first.title, first.source, first.author) == ("Éboulement", "Le Courrier du Val", "Lucie Hamon")
    assert first.published_at.isoformat() == "2024-03-12T00:00:00"
    assert first.text == second.text == f"{FIRST} {SECOND}\n{SECOND}"
    assert (first.extra["section"], first.extra["page"], first.extra["kind"]) == ("RÉGION", "35", "Journal")


def test_lists_tables_and_prose_that_looks_like_a_label():
    body = f"{wrapped(f'{FIRST} {SECOND}')}\n\nATTENTION: le col est fermé.\n\n- Lyon : 12\n- Metz : 13\n\nVille      Morts\nLyon          12"
    (found,) = articles(document(body=body), ".txt")
    lines = ["ATTENTION: le col est fermé.", "- Lyon : 12", "- Metz : 13", "Ville Morts", "Lyon 12"]
    assert found.text.split("\n") == [f"{FIRST} {SECOND}", *lines]


def test_a_standfirst_begins_the_text():
    text = document(labels=FRENCH, date="12 mars 2024").replace("LONGUEUR:", "ENCART: Sept blessés.\n\nLONGUEUR:")
    assert articles(text, ".txt")[0].text.startswith(f"Sept blessés.\n{FIRST}")


def test_what_is_missing_costs_itself():
    bare = f"2 of 3 DOCUMENTS\n\nLe Val\n\n12 mars 2024\n\nGrève\n\n{FIRST}\n\nLANGUE: FRANÇAIS\n\n"
    no_date = (
        document("3 of 3 DOCUMENTS")
        .replace("March 12, 2024 Tuesday 5:30 PM GMT", "")
        .replace("BYLINE: Lucie\nHamon", "")
    )
    first, second, third, empty = read(document("1 of 3 DOCUMENTS") + bare + no_date + "4 of 4 DOCUMENTS\n\n", ".txt")
    assert first.title == third.title == "Éboulement"
    assert (second.title, second.text, second.source) == ("Grève", FIRST, "Le Val")
    assert (third.published_at, third.author) == (None, None)
    assert (empty.article_id, empty.kind) == ("article 4", FailureKind.NO_TEXT)


def test_a_count_that_is_missing_is_told():
    text = document("1 of 3 DOCUMENTS") + document("DOCUMENTS") + document("3 of 3 DOCUMENTS")
    *found, missing = read(text, ".txt")
    assert [item.title for item in found] == ["Éboulement"] * 2
    assert (missing.article_id, missing.kind) == ("document 2 of 3", FailureKind.INPUT_BROKEN)


def test_a_file_that_breaks_off_says_so():
    text = document() + document("2 of 2 DOCUMENTS")
    first, second = articles(text[: text.rindex("LOAD-DATE")], ".txt")
    assert (first.warnings, second.warnings) == ((), (BROKEN_OFF,))


def html(number, title="Éboulement"):
    def block(kind, label, value):
        return f'<br><div class="c5"><p class="{kind}"><span class="c8">{label} </span><span class="c2">{value}</span></p></div>\n'

    return (
        f"<!-- Hide XML section from browser\n<DOC NUMBER={number}>\n<DOCFULL> -->\n"
        f'<br><div class="c0"><p class="c1"><span class="c2">{number} of 2 DOCUMENTS</span></p>\n</div>\n'
        '<br><div class="c0"><br><p class="c1"><img src="a.gif"><br><span class="c2">Le Val</span></p>\n</div>\n'
        '<br><div class="c3"><p class="c1"><span class="c4">12</span><span class="c2"> avril 2013 vendredi</span></p></div>\n'
        f'<br><div class="c5"><p class="c6"><span class="c7">{title}</span></p></div>\n'
        + block("c6", "AUTEUR:", "Lucie Hamon")
        + block("c6", "RUBRIQUE:", "RÉGION; Pg. 3")
        + block("c6", "ENCART:", "&nbsp;Sept blessés.<br>")
        + f'<br><div class="c5"><p class="c9"><span class="c2">{FIRST}</span></p>\n<p class="c9"><span class="c2">Quelque 120 \n'
        "habitants.</span></p></div>\n"
        + block("c6", "SUJET:", "GRÈVE (90%)")
        + block("c6", "LANGUE:", "FRENCH")
        + '<br><div class="c0"><p class="c1"><span class="c2">Copyright 2013 Le Val<br>Tous Droits Réservés</span></p></div>\n'
        "<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->\n"
    )


def test_html():
    page = f"<html><head><style><!-- .c0 {{}} --></style></head><body><!-- LXNComment 3847 -->{html(1)}{html(2, 'Grève')}</body></html>"
    first, second = articles(page, ".html")
    assert (first.title, first.source, first.author) == ("Éboulement", "Le Val", "Lucie Hamon")
    assert first.published_at.isoformat() == "2013-04-12T00:00:00"
    assert first.text == f"Sept blessés.\n{FIRST}\nQuelque 120 habitants."
    assert first.extra == {"section": "RÉGION", "page": "3", "subjects": "GRÈVE (90%)"}
    assert second.title == "Grève"
    assert several_articles(page) == "Nexis, HTML"


def word_file(*titles, cover=True):
    made = docx.Document()
    if cover:
        for line in (
            "User Name: X",
            "Date and Time: Wednesday, December 19, 2018 7:08:00 PM",
            "Documents (2)",
            "1. Éboulement",
        ):
            made.add_paragraph(line)
        made.add_table(1, 2).cell(0, 0).text = "Content Type"
    for title in titles:
        made.add_heading(title)
        for line in (
            "Le Courrier du Val", "mardi 12 mars 2024 6:30 AM GMT, Première édition", "Copyright 2024 Le Val Tous droits réservés",
            "Section: RÉGION; Pg. 3", "Length:\u00a01823 words", "Byline:\u00a0Lucie Hamon", "Dateline: VALBRUNE", "Body", "", FIRST,
        ):  # fmt: skip
            made.add_paragraph(line)
        table = made.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Lyon", "12"
        for line in (
            SECOND,
            "Classification",
            "Language: FRENCH; FRANÇAIS",
            "Load-Date: March 13, 2024",
            "End of Document",
        ):
            made.add_paragraph(line)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def test_word_files_of_nexis_uni():
    data = word_file("Éboulement", "Grève")
    assert told(data, ".docx") == "Nexis Uni, Word"
    first, second = articles(data, ".docx")
    assert (first.title, first.source, first.author) == ("Éboulement", "Le Courrier du Val", "Lucie Hamon")
    assert first.published_at.isoformat() == "2024-03-12T06:30:00+00:00"
    assert first.text == f"{FIRST}\nLyon | 12\n{SECOND}"
    assert first.extra == {
        "edition": "Première édition",
        "section": "RÉGION",
        "page": "3",
        "words": "1823",
        "place": "VALBRUNE",
    }
    assert second.title == "Grève"
    assert articles(word_file("Grève", cover=False))[0].title == "Grève"


def test_text_of_nexis_uni():
    text = "".join(
        f"{title}\nLe Val\n12 mars 2024\nCopyright 2024 Le Val\nLength: 12 words\nBody\n\n{FIRST}\nLoad-Date: March 13, 2024\nEnd of Document\n"
        for title in ("Éboulement", "Grève")
    )
    assert [(item.title, item.source, item.text) for item in articles(text, ".txt")] == [
        ("Éboulement", "Le Val", FIRST),
        ("Grève", "Le Val", FIRST),
    ]


def test_word_files_that_are_broken_or_bombs():
    data = word_file("Éboulement")
    with pytest.raises(SourceError, match="Word file that cannot be read"):
        articles(data[:-200], ".docx")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b">Load-Date:<>Body<" + b" " * 60_000_000)
    with pytest.raises(SourceError, match="is a bomb"):
        articles(held.getvalue(), ".docx")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("mardi 12 mars 2024", "2024-03-12T00:00:00"),
        ("Mardi 1er Août 2023, 18h30", "2023-08-01T18:30:00"),
        ("12 fevrier 2024 lundi 3:00 AM GMT", "2024-02-12T03:00:00+00:00"),
        ("décembre 10 2019", "2019-12-10T00:00:00"),
        ("May 2, 2002, Thursday,, FINAL EDITION", "2002-05-02T00:00:00"),
        ("12/03/2024 - 16:55:20 -0500", "2024-03-12T16:55:20-05:00"),
        ("2024-03-12 7:05 CET", "2024-03-12T07:05:00+01:00"),
        ("lundi 4 novembre 2024 - 22:10:00 UTC +0100 250 mots", "2024-11-04T22:10:00+01:00"),
        ("31 février 2024, 1 mars 2024", "2024-03-01T00:00:00"),
    ],
)
def test_dates(line, found):
    assert find_moment(line)[0].isoformat() == found


@pytest.mark.parametrize("line", ["mars 2024", "31 février 2024", "12 mars", "112 mars 2024", "x" * 400])
def test_no_dates(line):
    assert find_moment(line) is None


def test_what_only_looks_alike_is_no_export():
    assert told(f"Il a lu le document 1 de 3.\n{FIRST}", ".txt") == "text or web page"
    assert told("id,texte\n1,1 of 3 DOCUMENTS\n", ".csv") != "Nexis, text"
