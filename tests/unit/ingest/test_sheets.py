"""Sheets of Excel and LibreOffice, whole, misnamed, protected and broken."""

from __future__ import annotations

import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from newsnlp import read_article
from newsnlp.corpus import Failure, read_source
from newsnlp.errors import SourceError

ROWS: list = [
    ["id", "Titre", "Texte", "Date", "Rubrique"],
    [7, "Crue", "Douze maisons inondées.\nUn pont fermé.", datetime(2025, 2, 3, 18, 42), "Région"],  # noqa: DTZ001
    [None] * 5,
    [8, "Grève", "Quatre-vingts salariés.", date(2025, 2, 4), None],
    [9, "Vide", None, None, None],
    [None] * 5,
]


def write(path, **sheets):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.xls", "a.txt"])
def test_a_sheet_whatever_it_is_called(tmp_path, name):
    path = write(tmp_path / name, Notice=[["Export du 3 février"]], Corpus=[["Export"], [], *ROWS], Suite=ROWS)
    source = read_source(path)
    crue, greve, empty = source
    assert (crue.id, crue.title, crue.text) == ("7", "Crue", "Douze maisons inondées.\nUn pont fermé.")
    assert (crue.published_at, greve.published_at) == (ROWS[1][3], datetime(2025, 2, 4))  # noqa: DTZ001
    assert dict(crue.extra) == {"section": "Région"}
    assert isinstance(empty, Failure)
    assert source.notes.describe_columns() == "id=id, text=Texte, title=Titre, published_at=Date, section=Rubrique"
    assert source.notes.warnings() == (
        "1 rows without a single value are left out",
        "left out, as no article: 2 sheets (Notice, Suite; --table reads one of them instead of Corpus)",
    )


def test_a_sheet_is_named(tmp_path):
    path = write(tmp_path / "a.xlsx", Un=[["texte"], ["Un mort."]], Deux=[["texte"], ["Deux morts."]])
    assert [item.text for item in read_source(path, table="Deux")] == ["Deux morts."]
    with pytest.raises(SourceError, match="has no sheet 'Trois'; it has: Un, Deux"):
        list(read_source(path, table="Trois"))


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Feuille1">{}</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_a_sheet_of_libreoffice(tmp_path):
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'.format
    day = '<table:table-cell office:value-type="date" office:date-value="2025-02-03"><text:p>03/02/2025</text:p></table:table-cell>'
    row = "<table:table-row>{}</table:table-row>".format
    content = ODS.format(
        row(cell("texte") + cell("date")) + row(cell("Un mort.</text:p><text:p>Fin.") + day) + row(cell("Deux morts."))
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    first, second = read_source(tmp_path / "a.ods")
    assert (first.text.split("\n"), first.published_at) == (["Un mort.", "Fin."], datetime(2025, 2, 3))  # noqa: DTZ001
    assert second.text == "Deux morts."


def test_text_called_a_sheet_is_read_as_what_it_is(tmp_path):
    (tmp_path / "a.xls").write_text("titre;texte\nCrue;Douze maisons inondées.\n", encoding="utf-8")
    assert [item.text for item in read_source(tmp_path / "a.xls")] == ["Douze maisons inondées."]
    (tmp_path / "b.xls").write_text("<table><tr><td>texte</td></tr></table>", encoding="utf-8")
    with pytest.raises(SourceError, match="no sheet of Excel or LibreOffice, but text"):
        list(read_source(tmp_path / "b.xls"))


def bomb(path):
    write(path, Corpus=ROWS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x.xml", b" " * 30_000_000)


def cut(path):
    write(path, Corpus=ROWS)
    path.write_bytes(path.read_bytes()[:-200])


def protected(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"))


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (bomb, "unpacks to 30,000,000 bytes.*taken for a bomb"),
        (cut, "cannot be read as a sheet.*Hint: save it anew"),
        (protected, "protected by a password"),
        (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * 1000), "cannot be read as a sheet"),
        (lambda path: write(path, Corpus=[[], [None]]), "holds no rows in its sheets: Corpus"),
        (lambda path: write(path, Corpus=[["a", "b"], ["x", "y"]]), "no column holds the text; the input has: a, b"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path, make, told):
    path = tmp_path / "a.xlsx"
    make(path)
    with pytest.raises(SourceError, match=told):
        list(read_source(path))
    # In a folder it costs itself.
    (tmp_path / "b.txt").write_text("Un mort à Lyon.", encoding="utf-8")
    failure, page = read_source(tmp_path)
    assert isinstance(failure, Failure)
    assert page.id == "b.txt"


def test_bytes_of_one_article(tmp_path):
    path = write(tmp_path / "a.xlsx", Corpus=[["titre", "texte"], ["Crue", "Douze maisons."]])
    assert read_article(path).text == read_article(path.read_bytes()).text == "Douze maisons."
