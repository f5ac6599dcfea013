"""Corpora of TXM and TEI."""

from __future__ import annotations

from datetime import datetime

import pytest

from newsnlp.corpus import Failure, read_source

DAY = datetime(2025, 2, 3)  # noqa: DTZ001
FIRST, SECOND = "Douze maisons ont été inondées.", "Le pont est fermé."


def read(tmp_path, content, **options):
    (tmp_path / "a.xml").write_text('<?xml version="1.0" encoding="UTF-8"?>\n' + content, encoding="utf-8")
    source = read_source(tmp_path / "a.xml", **options)
    return list(source), source


TXM = {
    "line breaks": f"{FIRST}<lb/>\n{SECOND}",
    "paragraphs": f"<p>{FIRST}</p>\n  <p>Le pont\n   est <hi>fermé</hi>.</p>",
    "bare lines": f"{FIRST}\n{SECOND}",
    "words": "<p><s>" + "".join(f"<w pos='X'>{w}</w>\n" for w in ["Douze", "maisons", "ont", "été", "inondées", "."]) + "</s></p><p><s><w>Le</w> <w>pont</w> <w>est</w> <w><form>fermé</form><ana>fermer</ana></w> <pc>.</pc></s></p>",
}  # fmt: skip


@pytest.mark.parametrize("form", TXM)
def test_txm(tmp_path, form):
    text = f'<text id="t{{}}" titre="Crue à M&eacute;ral" date="2025-02-03" journal="La Feuille" auteur="Léa Ostrel" rubrique="Région" genre="brève">{TXM[form]}</text>'
    items, source = read(tmp_path, f"<corpus>{text.format(1)}\n{text.format(2)}</corpus>")
    assert [item.id for item in items] == ["t1", "t2"]
    found = items[0]
    assert found.text == f"{FIRST}\n{SECOND}"
    assert (found.title, found.source, found.author, found.published_at) == (
        "Crue à Méral",
        "La Feuille",
        "Léa Ostrel",
        DAY,
    )
    assert dict(found.extra) == {"section": "Région", "genre": "brève"}
    assert source.notes.warnings() == ()


def test_words_are_joined_as_french_sets_them(tmp_path):
    words = ["«", "L'", "eau", "monte", "(", "vite", ")", ",", "dit", "-elle", ":", "12", "%", "»", "."]
    apart, together = "\n".join(f"<w>{word}</w>" for word in words), "".join(f"<w>{word}</w>" for word in words)
    (one, two), _ = read(tmp_path, f"<corpus><text>{apart}</text><text>{together}</text></corpus>")
    assert one.text == two.text == "« L'eau monte (vite), dit-elle : 12 % »."
    (told, joined), _ = read(
        tmp_path,
        "<corpus><text><w>aujourd</w><w>'hui</w> <w>là</w></text><text><w join='right'>re</w> <w>venu</w></text></corpus>",
    )
    assert (told.text, joined.text) == ("aujourd'hui là", "revenu")


def test_attributes_are_columns_that_can_be_named(tmp_path):
    content = f'<corpus><text nom="Crue" organe="La Feuille"><p>{FIRST}</p></text><text organe="x"/></corpus>'
    items, _ = read(tmp_path, content, columns={"title": "nom", "source": "organe"})
    assert (items[0].title, items[0].source) == ("Crue", "La Feuille")
    assert isinstance(items[1], Failure)


def header(title="Crue à Méral", source="<p>Numérique.</p>"):
    return f"""<teiHeader><fileDesc><titleStmt><title type="main">{title}</title><author><persName><forename>Léa</forename> <surname>Ostrel</surname></persName></author></titleStmt><publicationStmt><publisher>La Feuille</publisher><date when="2025-02-03">3 février 2025</date><idno>f-1</idno></publicationStmt><sourceDesc>{source}</sourceDesc></fileDesc><profileDesc><langUsage><language ident="fr"/></langUsage></profileDesc></teiHeader>"""


def tei(
    head, body=f"<div><head>Crue à Méral</head><p>{FIRST}</p><p>Le pont<note>Fermé hier.</note> est\n fermé.</p></div>"
):
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{head}<text><body>{body}</body></text></TEI>'


def test_tei(tmp_path):
    (found,), _ = read(tmp_path, tei(header()))
    assert found.text == f"{FIRST}\n{SECOND}\nFermé hier."
    assert (found.id, found.title, found.source, found.author) == ("f-1", "Crue à Méral", "La Feuille", "Léa Ostrel")
    assert found.published_at == DAY


def test_the_printed_source_comes_before_the_electronic_edition(tmp_path):
    printed = """<biblStruct><analytic><title level="a">La crue</title><author>Paul Vanier</author></analytic><monogr><title level="j">Le Phare</title><imprint><date when="1925-02-03"/><biblScope unit="page">4</biblScope></imprint></monogr><ref target="https://exemple.fr/1"/></biblStruct>"""
    (found,), _ = read(tmp_path, tei(header(source=printed)))
    assert (found.title, found.source, found.published_at.year) == ("La crue", "Le Phare", 1925)
    assert (found.url, found.extra["page"]) == ("https://exemple.fr/1", "4")


def test_a_corpus_and_an_issue(tmp_path):
    issue = "".join(f'<div type="article" xml:id="d{n}"><head>Titre {n}</head><p>Texte {n}.</p></div>' for n in (1, 2))
    plain = tei(
        "<teiHeader><fileDesc><titleStmt><title>Seul</title></titleStmt></fileDesc></teiHeader>", f"<p>{FIRST}</p>"
    )
    content = f"<teiCorpus>{header('Corpus')}{plain}{tei(header(), issue)}<TEI><text><body></p></body></TEI>{tei(header())}</teiCorpus>"
    items, _ = read(tmp_path, content)
    assert [getattr(item, "title", "?") for item in items] == ["Seul", "Titre 1", "Titre 2", "?", "Crue à Méral"]
    assert (items[0].source, items[0].author, items[1].id, items[1].text) == ("La Feuille", None, "d1", "Texte 1.")


def test_text_outside_of_the_articles_is_counted(tmp_path):
    _, source = read(tmp_path, f"<corpus><text>{FIRST}</text><texte>{SECOND * 20}</texte></corpus>")
    assert source.notes.warnings() == (
        f"left out, as no article: {20 * len(SECOND)} characters of text outside of articles",
    )
