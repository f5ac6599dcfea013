"""Factiva: HTML and RTF, with the codes of its fields and without, in French and English."""

from __future__ import annotations

import pytest
from tests.unit.ingest.reading_archives import FIRST, SECOND, articles, read, told

from newsnlp.ingest.archives import factiva
from newsnlp.ingest.archives.parts.pieces import BROKEN_OFF
from newsnlp.ingest.archives.pasted import several_articles
from newsnlp.ingest.failures import Failure, FailureKind

NUMBER = "LCVAL00020240312ek3c0001"
FIELDS = {
    "SE": "Infolocale", "HD": "Éboulement &amp; secours", "BY": "Par Lucie Hamon", "WC": "1&nbsp;295 mots", "PD": "12 mars 2024",
    "ET": "15:32 GMT", "SN": "Le Courrier du Val", "SC": "LCVAL", "ED": "Est", "PG": "12", "LA": "Français", "CY": "(c) 2024 Le Val.",
}  # fmt: skip
EXTRA = {"section": "Infolocale", "words": "1295", "page": "12", "source_code": "LCVAL", "edition": "Est"}


def coded(fields=FIELDS, text=(FIRST,), rest=(SECOND,), end="a"):
    rows = "".join(
        f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>' for code, value in fields.items()
    )
    parts = "".join(
        f"<tr><td><p><b>{code}</b>&nbsp;</p></td><td>{''.join(f'<p class=articleParagraph>{line}</p>' for line in lines)}</td></tr>"
        for code, lines in (("LP", text), ("TD", rest))
    )
    return (
        f'<div class="article frArticle"><table>{rows}{parts}<tr><td><br/><b>NS</b>&nbsp;</td><td><br/>gcat : News</td></tr>'
        f"<tr><td><br/><b>AN</b>&nbsp;</td><td><br/>Document {NUMBER}{end}</td></tr></table><br/></div><br/><span></span>"
    )


def page(*parts):
    styles = "<style>.x{margin:0}" + "a{b:c}" * 20_000 + "</style>"
    foot = '<div id="pageFooter"><table><tr><td>&copy; 2024 Factiva, Inc. Tous droits réservés.</td></tr></table></div>'
    return f"<!DOCTYPE html><html><head><title>Factiva</title>{styles}</head><body>{''.join(parts)}{foot}</body></html>"


def test_html_with_codes():
    first, second = articles(page(coded(), coded({**FIELDS, "HD": "Grève", "LA": "English"}, end="b")))
    assert (first.title, first.source, first.author) == ("Éboulement & secours", "Le Courrier du Val", "Lucie Hamon")
    assert first.published_at.isoformat() == "2024-03-12T15:32:00+00:00"
    assert (first.id, first.lang) == (f"{NUMBER}a", "fr")
    assert first.text == f"{FIRST}\n{SECOND}"
    assert first.extra == {**EXTRA, "subjects": "gcat : News"}
    assert (second.title, second.lang, second.id) == ("Grève", "en", f"{NUMBER}b")


def test_a_table_within_a_text_is_text():
    table = "<table><tr><td>Lyon</td><td>12</td></tr><tr><td>IN</td><td>13</td></tr></table>"
    (found,) = articles(page(coded(rest=(SECOND, table))))
    assert found.text == f"{FIRST}\n{SECOND}\nLyon | 12\nIN | 13"
    assert "industries" not in found.extra


@pytest.mark.parametrize(
    ("words", "lang", "spoken"), [("808 mots", "fr", "Français"), ("1,808 words", "en", "English")]
)
def test_html_without_codes(words, lang, spoken):
    def display(end):
        return (
            f'<div id="article-{NUMBER}{end}" class="article"><div class="article {lang}Article"><p></p><div>Actualités</div>'
            f'<div id="hd"><span class="{lang}Headline">Éboulement</span></div><div class="author">Par Lucie Hamon</div>'
            f"<div>{words}</div><div>12 mars 2024</div><div>06:30</div><div>Le Courrier du Val</div><div>LCVAL</div>"
            f"<div>1; National</div><div>13</div><div>{spoken}</div><div>(c) 2024 Le Val</div><p></p>"
            f'<p class="articleParagraph">{FIRST}</p><p class="articleParagraph">{SECOND}</p><p>Éditions du Val</p>'
            f"<p>Document {NUMBER}{end}</p></div></div><br>"
        )

    first, second = articles(page(display("a"), display("b")))
    assert (first.title, first.source, first.author) == ("Éboulement", "Le Courrier du Val", "Lucie Hamon")
    assert first.published_at.isoformat() == "2024-03-12T06:30:00"
    assert (first.lang, first.text) == (lang, f"{FIRST}\n{SECOND}")
    assert first.extra["page"] == "13"
    assert (first.extra["section"], first.extra["edition"]) == ("Actualités", "1; National")
    assert (first.id, second.id) == (f"{NUMBER}a", f"{NUMBER}b")


def test_what_is_missing_costs_itself():
    few = {"HD": "Éboulement", "SN": "Le Val"}
    plain, broken, last = read(page(coded(few), '<div class="article frArticle"><table></table></div>', coded(end="c")))
    assert (plain.published_at, plain.author, plain.title) == (None, None, "Éboulement")
    assert isinstance(broken, Failure)
    assert broken.article_id == "article 2"
    assert last.id == f"{NUMBER}c"


def test_an_article_whose_tag_is_broken_is_read_after_the_one_before():
    fields = {"SE": "Mer", "HD": "<b class='frHeadline'>{}</b>", "SN": "Le Val"}
    parts = [
        coded({**fields, "HD": fields["HD"].format(title)}, end=end)
        for title, end in (("Un", "a"), ("Deux", "b"), ("Trois", "c"))
    ]
    found = articles(page(parts[0], parts[1].replace('class="article', 'class="artcle', 1), parts[2]))
    assert [(item.title, item.id[-1]) for item in found] == [("Un", "a"), ("Deux", "b"), ("Trois", "c")]


def test_a_file_that_breaks_off_says_so():
    data = page(coded(), coded(end="b"))
    first, second = articles(data[: data.rindex("Quelque 120")])
    assert (first.warnings, second.warnings) == ((), (BROKEN_OFF,))


def test_a_page_without_articles_is_a_failure():
    (found,) = read(page())
    assert found.kind == FailureKind.INPUT_BROKEN


def lines(gap, end="a", title="Éboulement"):
    fields = {
        "HD": title,
        "BY": "Lucie Hamon",
        "WC": "295 mots",
        "PD": "12 mars 2024",
        "ET": "07:15",
        "SN": "Le Val",
        "PG": "4",
        "LA": "Français",
    }
    head = "".join(f"{code}{gap}{value}{gap.strip()}\n" for code, value in fields.items())
    text = f"LP{gap}{FIRST}\n{SECOND}\nTD{gap}LA POSTE ferme 12 bureaux.\nIN extremis.\n"
    return f"{head}{text}NS{gap}gcat : News\nAN{gap}Document {NUMBER}{end}\n\n"


@pytest.mark.parametrize("gap", ["|", "\t", "   ", " "])
def test_text_with_codes(gap):
    text = lines(gap) + lines(gap, "b") + "Résumé de la recherche\nTexte | grève\n"
    assert told(text, ".txt") == "Factiva, text"
    first, second = articles(text, ".txt")
    assert (first.title, first.source, first.author) == ("Éboulement", "Le Val", "Lucie Hamon")
    assert first.published_at.isoformat() == "2024-03-12T07:15:00"
    assert first.text == f"{FIRST}\n{SECOND}\nLA POSTE ferme 12 bureaux.\nIN extremis."
    assert first.extra == {"words": "295", "page": "4", "subjects": "gcat : News"}
    assert second.id == f"{NUMBER}b"


def test_a_number_that_is_missing_costs_no_article():
    text = lines("|").replace(f"AN|Document {NUMBER}a", "") + lines("|", "b", "Grève")
    first, second = articles(text, ".txt")
    assert (first.title, second.title, second.id) == ("Éboulement", "Grève", f"{NUMBER}b")
    assert first.text == second.text


def test_text_without_codes():
    text = "".join(
        f"Région\n{title} dans la vallée\n\nLucie Hamon\n\n295 mots\n\n12 mars 2024\n\nLe Val\n\nLCVAL\n\nFrançais\n\n(c) 2024 Le Val\n\n"
        f"{FIRST}\n\n{SECOND}\n\nDocument {NUMBER}{end}\n\n"
        for title, end in (("Éboulement", "a"), ("Grève", "b"))
    )
    first, second = articles(text, ".txt")
    assert (first.title, first.author, first.source) == ("Éboulement dans la vallée", "Lucie Hamon", "Le Val")
    assert first.extra == {"section": "Région", "words": "295", "source_code": "LCVAL"}
    assert first.text == second.text == f"{FIRST}\n{SECOND}"
    assert several_articles(text) == "Factiva, text"


def rtf(end):
    def row(code, value):
        return f"\\trowd\\pard\\intbl {code}\\cell {value}\\cell\\row "

    link = '{\\field{\\*\\fldinst{HYPERLINK "https://val.example"}}{\\fldrslt lien}}'
    return (
        row("HD", "\\b \\'c9boulement\\b0")
        + row("PD", "12 March 2024")
        + row("SN", "Le Val")
        + row("LP", f"Il a dit \\u171? oui \\u187?.\\par Deux \\u-10179?\\u-8704? {link}.")
        + row("AN", f"Document {NUMBER}{end}")
    )


def test_rtf():
    head = "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fswiss\\fcharset0 Arial;}}"
    first, second = articles(f"{head}{rtf('a')}\\pard\\par {rtf('b')}}}", ".rtf")
    assert (first.title, first.source, first.published_at.isoformat()) == (
        "Éboulement",
        "Le Val",
        "2024-03-12T00:00:00",
    )
    assert first.text == "Il a dit « oui ».\nDeux 😀 lien."
    assert (first.id, second.id) == (f"{NUMBER}a", f"{NUMBER}b")


def test_rtf_of_one_article():
    (found,) = articles("{\\rtf1\\ansi Deux bless\\'e9s.\\par Un mort.}", ".rtf")
    assert found.text == "Deux blessés.\nUn mort."


def test_looking_at_a_text_that_is_none():
    assert not factiva.is_text(f"Document de travail\n{FIRST}")
    assert told(FIRST, ".txt") == "text or web page"
