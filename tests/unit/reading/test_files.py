from __future__ import annotations

import sys

import pytest

from newsnlp.errors import ArticleError, EncodingError, MissingExtraError, SourceError
from newsnlp.ingest.articles import read_article
from newsnlp.reading import looks_like_html, read_bytes, read_html
from newsnlp.reading.decoding import MAX_BYTES

TEXT = "L’été à Orléans : « 25 °C », œuvres — 3 € l'entrée."

PAGE = """<!DOCTYPE html><html><head><title>Séisme au Chili | Le Courrier</title>
<meta property="og:title" content="Séisme au Chili"><meta name="author" content="Léa Petit">
<meta property="article:published_time" content="2024-05-02T08:00:00+02:00"></head><body>
<nav><ul><li><a href="/">Accueil</a></li><li><a href="/monde">Monde</a></li></ul></nav>
<article><h1>Séisme au Chili</h1>
<p>Un séisme de magnitude 6,1 a secoué jeudi le nord du Chili, sans faire de victime, selon les autorités du pays.</p>
<p>Les écoles de la région d'Antofagasta sont fermées jusqu'à lundi, a indiqué le ministère de l'Éducation.</p>
</article><footer>Mentions légales</footer></body></html>"""


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("cp1252", "windows-1252"),
    ],
)
def test_encodings_are_read_and_named(encoding, named):
    assert read_bytes(TEXT.encode(encoding)) == (TEXT, named)
    article = read_article(TEXT.encode(encoding))
    assert (article.text, article.encoding) == (TEXT, named)


def test_latin_1_is_told_from_windows_1252_where_it_can_be():
    # The two differ in 0x80 to 0x9f alone, where Latin-1 has control characters; 0x85 of them is a line break.
    assert read_bytes("été\x85".encode("latin-1") + b"\xe9") == ("été…é", "windows-1252")
    assert read_bytes("été".encode("latin-1")) == ("été", "windows-1252")


def test_utf_16_without_its_other_half_is_refused():
    with pytest.raises(EncodingError, match="begin like utf-16"):
        read_bytes(b"\xff\xfea")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n...",
        b"PK\x03\x04....",
        b"\x89PNG\r\n",
        b"\x1f\x8b\x08",
        b"a\x00b\x00c",
        bytes(range(256)),
        b"\xe9" + bytes(range(1, 32)) * 10,
        b"\x81\x8d\x90 \x9d\xe9",
    ],
)
def test_binary_is_refused_with_what_it_is_and_what_to_do(data, tmp_path):
    with pytest.raises(EncodingError, match=r"^received .*; accepted: text or HTML\. Hint: "):
        read_bytes(data)
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(EncodingError):
        read_article(tmp_path / "x")


@pytest.mark.parametrize("content", ["", " \n\t", b"", b"\xef\xbb\xbf", b" \r\n"])
def test_empty_is_refused(content, tmp_path):
    with pytest.raises(ArticleError, match=r"without any text.*Hint"):
        read_article(content)
    if isinstance(content, bytes):
        (tmp_path / "vide.txt").write_bytes(content)
        with pytest.raises(ArticleError, match=r"vide\.txt"):
            read_article(tmp_path / "vide.txt")


def test_a_missing_file_a_folder_and_a_number_are_refused(tmp_path):
    with pytest.raises(SourceError, match=r"no file .*absent\.txt.*Hint: check the path"):
        read_article(tmp_path / "absent.txt")
    with pytest.raises(SourceError, match="cannot read"):
        read_article(tmp_path)
    with pytest.raises(ArticleError, match="not int"):
        read_article(3)


def test_20_mb_are_read_and_more_than_50_are_refused(tmp_path):
    line = "Cinq soldats auraient été blessés, dont un grièvement.\n".encode()
    (tmp_path / "long.txt").write_bytes(line * (20_000_000 // len(line)))
    assert len(read_article(tmp_path / "long.txt").text) > 18_000_000
    with pytest.raises(ArticleError, match=r"accepted: an article of at most 50,000,000\. Hint: split"):
        read_bytes(b"a" * (MAX_BYTES + 1))
    with pytest.raises(ArticleError, match="Hint: split"):
        read_article("a" * (MAX_BYTES + 1))
    with (tmp_path / "trop.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ArticleError, match=r"trop\.txt"):
        read_article(tmp_path / "trop.txt")


def test_metadata_win_and_unknown_ones_are_refused():
    article = read_article("Texte.", title="Titre", published_at="2024-05-02", id="a1", source="")
    assert (article.title, article.id, article.source) == ("Titre", "a1", None)
    with pytest.raises(ArticleError, match=r"\['titel'\]; accepted: .*title"):
        read_article("Texte.", titel="x")


def test_a_string_is_the_text_never_a_path(tmp_path):
    (tmp_path / "a.txt").write_text("autre", "utf-8")
    assert read_article(str(tmp_path / "a.txt")).text == str(tmp_path / "a.txt")


def test_html_gives_its_article(tmp_path):
    pytest.importorskip("trafilatura")
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    article = read_article(tmp_path / "page.html", source="Le Courrier")
    assert article.text.count("Chili") >= 1
    assert "Antofagasta" in article.text
    assert "Mentions" not in article.text
    assert "<" not in article.text
    assert (article.title, article.author, article.source) == ("Séisme au Chili", "Léa Petit", "Le Courrier")
    assert article.published_at is not None
    assert article.published_at.date().isoformat() == "2024-05-02"


def test_html_without_an_article_is_refused():
    pytest.importorskip("trafilatura")
    with pytest.raises(ArticleError, match="no article was found"):
        read_html("<html><body></body></html>")


def test_html_without_the_extra_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'newsnlp\[html\]'"):
        read_article(PAGE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PAGE, True),
        ("<p>Un</p>", True),
        ("  <!-- x --><HTML>", True),
        ("Un <b>mot</b> gras", True),
        ("a < b > c", False),
        ("L'&eacute;t&eacute;", False),
        ("<Jean> écrit à <Paul>", False),
        ("Contact : <jean@exemple.fr>", False),
        ("", False),
    ],
)
def test_html_is_told_from_text(text, expected):
    assert looks_like_html(text) is expected
