"""One article in a PDF or Word file."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta, timezone

import pytest
from docx import Document
from docx.oxml import parse_xml
from pypdf import PdfReader, PdfWriter

from newsnlp import read_article
from newsnlp.corpus import Failure, FailureKind, read_source
from newsnlp.errors import ArticleError, EncodingError

FIRST, SECOND = "Douze maisons ont été inondées à Méral.", "Le pont est fermé (depuis hier)."
NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(*pages, about=""):
    """Return a PDF with a page of each list of lines."""
    kids = [f"{4 + 2 * n} 0 R" for n in range(len(pages))]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(kids)}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for lines in pages:
        shown = " ".join("({}) Tj T*".format(line.replace("(", "\\(").replace(")", "\\)")) for line in lines)
        content = f"BT /F1 12 Tf 72 760 Td 14 TL {shown} ET".encode("cp1252")
        font = "/Resources << /Font << /F1 3 0 R >> >>"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects) + 2} 0 R {font} >>".encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    objects.append(f"<< {about} >>".encode("cp1252"))
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF"
    return data + end % (len(objects) + 1, table, len(objects) + 1, len(objects), len(data))


def saved(document):
    data = io.BytesIO()
    (document.save if hasattr(document, "save") else document.write)(data)
    return data.getvalue()


def word(*paragraphs, **about):
    document = Document()
    for name, value in about.items():
        setattr(document.core_properties, name, value)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return document


ABOUT = "/Title (Crue) /Author (Léa Ostrel) /CreationDate (D:20250203073000+01'00')"


def test_a_pdf(tmp_path):
    data = pdf(["La Feuille 1", FIRST], ["La Feuille 2", SECOND], ["La Feuille 3", "Fin."], about=ABOUT)
    found = read_article(data)
    # What stands at the head of every page is none of the article.
    assert found.text == f"{FIRST}\n{SECOND}\nFin."
    assert (found.title, found.author) == ("Crue", "Léa Ostrel")
    assert found.published_at == datetime(2025, 2, 3, 7, 30, tzinfo=timezone(timedelta(hours=1)))
    assert found.warnings == ("the date is that of the PDF file's properties (2025-02-03)",)
    (tmp_path / "a.pdf").write_bytes(data)
    (tmp_path / "b.txt").write_bytes(data)
    assert [item.text for item in read_source(tmp_path).articles()] == [found.text] * 2
    assert read_article(data, title="Autre").title == "Autre"


def test_what_the_text_tells_wins_over_the_properties():
    found = read_article(pdf(["Crue à Méral", "Publié le 12 mars 2024 à 18h42", FIRST], about=ABOUT))
    assert (found.published_at, found.warnings) == (datetime(2024, 3, 12, 18, 42), ())  # noqa: DTZ001
    found = read_article(pdf([FIRST], about="/Title (Microsoft Word - crue.doc) /Author (Utilisateur Windows)"))
    assert (found.title, found.author, found.published_at) == (None, None, None)
    assert read_article(pdf([FIRST], about="/Author (La Feuille)")).source == "La Feuille"


def test_a_word_file(tmp_path):
    document = word(
        "Crue à Méral", FIRST, title="Crue", author="Léa Ostrel", created=datetime(2025, 2, 3, 7, 30, tzinfo=UTC)
    )
    table = document.add_table(2, 2)
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells], ["Ville", "Maisons", "Méral", "12"], strict=True
    ):
        cell.text = text
    body = document.element.body
    insert, box = (
        f"<w:ins w:id='1'><w:r><w:t>{SECOND}</w:t></w:r></w:ins>",
        "<w:del w:id='2'><w:r><w:delText>Non.</w:delText></w:r></w:del>",
    )
    body.append(parse_xml(f"<w:p {NS}>{insert}{box}</w:p>"))
    body.append(
        parse_xml(
            f"<w:sdt {NS}><w:sdtContent><w:p><w:r><w:t>Fin</w:t><w:br/><w:t>.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        )
    )
    found = read_article(saved(document))
    assert found.text == f"Crue à Méral\n{FIRST}\nVille | Maisons\nMéral | 12\n{SECOND}\nFin\n."
    assert (found.title, found.author, found.published_at) == (
        "Crue",
        "Léa Ostrel",
        datetime(2025, 2, 3, 7, 30, tzinfo=UTC),
    )
    (tmp_path / "a.docx").write_bytes(saved(document))
    assert read_article(tmp_path / "a.docx").text == found.text
    plain = read_article(saved(word(FIRST)))
    assert (plain.author, plain.published_at) == (None, None), "what the library says of every file"


def locked():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([FIRST]))))
    writer.encrypt("secret", algorithm="RC4-128")
    return saved(writer)


def bomb():
    data = io.BytesIO(saved(word(FIRST)))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/x.xml", b" " * 30_000_000)
    return data.getvalue()


BROKEN = {
    "a PDF without text": (lambda: pdf([], []), "2 pages without any text: a scan.*OCR"),
    "a PDF cut short": (lambda: pdf([FIRST])[:200], "a PDF file that cannot be read"),
    "no PDF": (lambda: b"%PDF-1.4 non", "a PDF file that cannot be read"),
    "a PDF with a password": (locked, "a PDF file that is protected by a password"),
    "a Word file without text": (lambda: saved(word()), "a Word file without any text"),
    "a Word file cut short": (lambda: saved(word(FIRST))[:3000], "a Word file that cannot be read"),
    "a bomb": (bomb, "a bomb: word/media/x.xml unpacks to 30,000,000 bytes"),
    "a Word file with a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_cannot_be_read_is_told_in_one_line(tmp_path, kind):
    make, told = BROKEN[kind]
    with pytest.raises(ArticleError, match=told) as caught:
        read_article(make())
    assert "\n" not in str(caught.value)
    (tmp_path / "a.docx").write_bytes(make())
    (failure,) = read_source(tmp_path).articles()
    assert isinstance(failure, Failure)
    is_encoding = isinstance(caught.value, EncodingError)
    assert failure.kind is (FailureKind.BAD_ENCODING if is_encoding else FailureKind.NO_TEXT)
