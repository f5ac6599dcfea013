"""Europresse: three layouts of its HTML, text copied from its pages and from its PDF files."""

from __future__ import annotations

import pytest
from tests.unit.ingest.reading_archives import FIRST, SECOND, articles, read, told

from newsnlp.errors import ArticleError
from newsnlp.ingest.archives import europresse
from newsnlp.ingest.archives.parts.pieces import BROKEN_OFF
from newsnlp.ingest.archives.pasted import several_articles
from newsnlp.ingest.articles import read_article
from newsnlp.ingest.failures import Failure, FailureKind
from newsnlp.ingest.opened import Opened

RIGHTS = "© 2024 Le Val. Tous droits réservés. Le présent document est protégé par les lois sur le droit d'auteur."
BODY = f"<p>{FIRST}</p><p>{SECOND}</p>"


def article(
    *,
    title="Éboulement à Valbrune",
    body=BODY,
    source="Le Courrier du Val, no. 20450",
    header="Région, mardi 12 mars 2024 250 mots, p. 3",
    number="news·20240312·CV·001",
    author="LUCIE HAMON",
    extra="",
):
    return (
        f'<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">{source}</span></div>'
        f'<div class="rdp__DocHeader"><span class="DocHeader">{header}</span></div><div class="titreArticle">'
        f'<p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">{title}</p>{extra}</div>'
        f'<p class="sm-margin-bottomNews">{author}</p></header><section><div class="DocText clearfix">'
        f'<div class="docOcurrContainer">{body}</div></div></section><footer><div class="publiC-lblNodoc">{number}</div>'
        f"<small>{RIGHTS}</small></footer></article>"
    )


def page(*parts):
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{"".join(parts)}</body></html>'


def old(
    title="Éboulement",
    author="Lucie Hamon",
    paper="Le Val, no. 12",
    header=("Région, ", "mardi ", "12 mars 2013", ", p. 3"),
):
    spans = "".join(f'<span class="DocHeader">{part}</span>' for part in header)
    return (
        f'<table><tr><td><table><tr><td><img src="a.gif"></td></tr></table><span class="DocPublicationName">{paper}</span><br>'
        f'{spans}<br><br>Sous-titre<br><span class="TitreArticleVisu">{title} : <span style="color:red">récit</span></span>'
        f"<br><br>{author}<br><p></p>{FIRST}<p></p>{SECOND}<p></p><b><i>© 2013 Le Val. Tous droits réservés.</i></b><p></p>"
        "Numéro de document : news·20130312·VA·001<br><br><table><tr><td>news·20130312·VA·001</td></tr><tr><td>Ce certificat "
        "est émis à <b>Lycée</b>.</td></tr><tr><td>Date d'émission : <b>2013-04-01</b></td></tr></table></td></tr></table>"
    )


def test_every_field_arrives():
    first, second = articles(page(article(), article(title="Grève", number="news·20240313·CV·002")))
    assert (first.title, first.source, first.author) == ("Éboulement à Valbrune", "Le Courrier du Val", "LUCIE HAMON")
    assert first.published_at.isoformat() == "2024-03-12T00:00:00"
    assert first.id == "news·20240312·CV·001"
    assert first.extra == {"issue": "20450", "section": "Région", "words": "250", "page": "3"}
    assert first.text == f"{FIRST}\n{SECOND}"
    assert second.title == "Grève"


@pytest.mark.parametrize(
    ("header", "moment", "extra"),
    [
        ("lundi 16 octobre 2023 - 16:55:20 -0000 1 017 mots", "2023-10-16T16:55:20", {"words": "1017"}),
        (
            "Thursday, December 22, 2022 13887 words, p. 819(40)",
            "2022-12-22T00:00:00",
            {"words": "13887", "page": "819(40)"},
        ),
        ("Votre ville, jeudi 6 février 2014", "2014-02-06T00:00:00", {"section": "Votre ville"}),
        (
            "Le Val, Est, lundi 28 janvier 2013, p. 93_T_17",
            "2013-01-28T00:00:00",
            {"section": "Le Val, Est", "page": "93_T_17"},
        ),
        ("1er août 2024 18h30 UTC+2, 80 mots", "2024-08-01T18:30:00+02:00", {"words": "80"}),
    ],
)
def test_headers(header, moment, extra):
    (found,) = articles(page(article(header=header, source="Le Val")))
    assert found.published_at.isoformat() == moment
    assert found.extra == extra


def test_the_archives_own_lines_are_no_text():
    body = f'{BODY}<p>© 2024 Le Val. Tous droits réservés.</p><a href="https://val.example/1"> Cet article est paru dans Le Val</a>'
    (found,) = articles(page(article(body=body, extra='<p class="sm-margin-TopNews rdp__subtitle">Sept blessés</p>')))
    assert found.text == f"Sept blessés\n{FIRST}\n{SECOND}"
    assert found.url == "https://val.example/1"
    assert found.extra["subtitle"] == "Sept blessés"


def test_lists_tables_marks_and_references():
    body = (
        "<p>Deux <mark>bless&eacute;s</mark> &amp; un mort&nbsp;: 1&lt;2.<br/>Suite.</p><ul><li>Lyon : 12</li><li>Metz : 13</li></ul>"
        "<table><tr><td>Lyon</td><td>12</td></tr></table><script>var a = 12;</script><aside>Note(s) : encadré</aside>"
    )
    (found,) = articles(page(article(body=body)))
    assert found.text == "Deux blessés & un mort\u00a0: 1<2.\nSuite.\nLyon : 12\nMetz : 13\nLyon | 12"
    assert found.extra["notes"] == "Note(s) : encadré"


def test_towns_of_an_edition_are_no_part_of_the_papers_name():
    (found,) = articles(page(article(source="Ouest-Vallée<br />Vannes ; Auray")))
    assert (found.source, found.extra["edition"]) == ("Ouest-Vallée", "Vannes ; Auray")


def test_a_layout_of_before_2014():
    data = f'<html><head><META content="charset=ISO-8859-1"></head><body>{old()}<p>{old("Grève", "")}</body></html>'
    first, second = articles(data.encode("cp1252"))
    assert (first.title, first.source, first.author) == ("Éboulement : récit", "Le Val", "Lucie Hamon")
    assert first.published_at.isoformat() == "2013-03-12T00:00:00"
    assert first.id == "news·20130312·VA·001"
    assert first.extra == {"issue": "12", "section": "Région", "page": "3", "subtitle": "Sous-titre"}
    assert first.text == second.text == f"{FIRST}\n{SECOND}"
    assert second.author is None


def test_what_is_missing_costs_itself():
    no_date, no_author, no_body, last = read(
        page(
            article(header="Région"),
            article(author=""),
            article(title="Titre seul", body=""),
            article(title="", body="", source="", header="", author="", number=""),
        )
    )
    assert (no_date.published_at, no_date.extra["section"]) == (None, "Région")
    assert no_author.author is None
    assert no_body.text == no_body.title == "Titre seul"
    assert isinstance(last, Failure)
    assert (last.article_id, last.kind) == ("article 4", FailureKind.NO_TEXT)


def test_a_date_that_cannot_be_read_is_counted():
    opened = Opened.of_bytes(page(article(header="Région, 31 février 2024")).encode(), name="export")
    (found,) = europresse.read_html(opened)
    assert found.published_at is None
    assert opened.notes.unread_dates == 1


@pytest.mark.parametrize("broken", ["</article>", "<article>", '<span class="DocPublicationName">'])
def test_a_broken_tag_costs_no_other_article(broken):
    parts = [article(title=title) for title in ("Un", "Deux", "Trois")]
    found = articles(page(parts[0], parts[1].replace(broken, "", 1), parts[2]))
    assert [item.title for item in found] == ["Un", "Deux", "Trois"]
    assert {item.text for item in found} == {f"{FIRST}\n{SECOND}"}


def test_a_file_that_breaks_off_says_so():
    data = page(article(), article())
    first, second = articles(data[: data.rindex("Quelque 120")])
    assert (first.warnings, second.warnings) == ((), (BROKEN_OFF,))


def test_one_bad_byte_and_other_encodings():
    data = page(article(), article())
    assert [item.text for item in articles(data.encode("utf-16"))] == [f"{FIRST}\n{SECOND}"] * 2
    assert articles(data.replace("·", "-").encode("cp1252"))[0].title == "Éboulement à Valbrune"
    zero = data.encode().replace(b"Quelque", b"Quel" + bytes(40) + b"que", 1)
    bad, good = read(zero)
    assert bad.kind == FailureKind.BAD_ENCODING
    assert good.text == f"{FIRST}\n{SECOND}"


def test_an_export_without_articles_is_a_failure_that_says_so():
    (found,) = read('<html><body><div class="docOcurrContainer"></div></body></html>')
    assert found.kind == FailureKind.INPUT_BROKEN
    assert "Europresse, HTML in which no article was found" in found.reason


def test_elements_too_deep_to_be_read_are_a_failure():
    deep, whole = read(page(article(body="<div>" * 3_000 + FIRST), article()))
    assert "elements within each other" in deep.reason
    assert whole.text == f"{FIRST}\n{SECOND}"


def test_one_article_is_asked_for_and_several_are_there():
    with pytest.raises(ArticleError, match="Europresse, HTML with several articles"):
        read_article(page(article(), article()).encode())
    assert read_article(page(article()).encode()).title == "Éboulement à Valbrune"


COPIED = f"""Le Courrier du Val, no. 20450
Région, mardi 12 mars 2024 250 mots, p. 3

Éboulement à Valbrune
Hélène d'Ormont
{FIRST}
{SECOND}
Cet article est paru dans Le Courrier du Val (site web)

{RIGHTS}
news·20240312·CV·001
Ce certificat est émis à Lycée à des fins de visualisation personnelle et temporaire.

La Gazette
Économie, jeudi 14 mars 2024 - 16:55:20 +0100 1 017 mots

Grève à Douai
Environ 450 salariés ont cessé le travail jeudi.
{RIGHTS}
news·20240314·GA·002
"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_text_copied_from_its_pages(encoding):
    assert told(COPIED.encode(encoding), ".txt") == "Europresse, copied text"
    first, second = articles(COPIED.encode(encoding), ".txt")
    assert (first.title, first.source, first.author) == (
        "Éboulement à Valbrune",
        "Le Courrier du Val",
        "Hélène d'Ormont",
    )
    assert (first.id, first.text) == ("news·20240312·CV·001", f"{FIRST}\n{SECOND}")
    assert first.extra == {"issue": "20450", "section": "Région", "words": "250", "page": "3"}
    assert (second.title, second.source, second.author) == ("Grève à Douai", "La Gazette", None)
    assert second.published_at.isoformat() == "2024-03-14T16:55:20+01:00"
    assert second.text == "Environ 450 salariés ont cessé le travail jeudi."


def test_text_of_its_pdf_files():
    cover = "Nom de la source\n{0}\nType de source\nPresse\nPériodicité\nQuotidien\nMardi 12 mars 2024\n{0}\n• p. 8\n• 806 mots\n"
    text = "".join(
        f"{cover.format(paper)}{title}\nLucie Hamon\n{FIRST}\n© 2024 {paper}. Tous droits réservés.\nnews·20240312·VA·00{n}\n"
        for n, (paper, title) in enumerate([("Le Val", "Éboulement"), ("La Gazette", "Grève")])
    )
    found = articles(text, ".txt")
    assert [(item.source, item.title, item.author) for item in found] == [
        ("Le Val", "Éboulement", "Lucie Hamon"),
        ("La Gazette", "Grève", "Lucie Hamon"),
    ]
    assert found[0].extra == {"words": "806", "page": "8"}
    assert {item.text for item in found} == {FIRST}


def test_several_articles_pasted_are_told():
    assert several_articles(COPIED) == "Europresse, copied text"
    assert several_articles(page(article(), article())) == "Europresse, HTML"
    assert several_articles(page(article())) is None
    assert several_articles(FIRST) is None


def test_what_only_speaks_of_the_archive_is_none_of_it():
    assert told(f"<html><p>Un export d'Europresse. {FIRST}</p></html>", ".html") == "text or web page"
    assert told("id;texte\nnews·20240312·CV·001;Deux blessés.\n", ".csv") != "Europresse, copied text"
    assert told('{"html": "<span class=DocPublicationName>Le Val</span>"}\n', ".jsonl") != "Europresse, HTML"
