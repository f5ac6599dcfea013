"""Tables of text as programs and people leave them: read, or a failure that names the line."""

from __future__ import annotations

import pytest

from newsnlp.ingest.failures import Failure
from newsnlp.ingest.sources import read_source


@pytest.fixture
def read(tmp_path):
    def told(content, name="articles.csv", **columns):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        source = read_source(path, columns=columns or None)
        items = list(source)
        return [(i.article_id, i.kind.value) if isinstance(i, Failure) else (i.title, i.text) for i in items], source

    return told


TABLE = "titre;texte\nUn;Deux morts, à Arvel.\n"
WANTED = [("Un", "Deux morts, à Arvel.")]


@pytest.mark.parametrize(
    ("before", "noted"),
    [
        ("", 0),
        ("sep=;\r\n", 0),
        ("\ufeffsep=;\n", 0),
        ('"sep=;"\n', 0),
        ("\n\n", 0),
        ("Export du 12/03/2024\n\n", 1),
        ("\ufeffBase Presse, recherche avancée\nAuteur : A. Morel, L. Hamel, P. Serre\n3 résultats\n", 3),
    ],
)
def test_the_header_is_found_below_what_stands_before_it(read, before, noted):
    items, source = read(before + TABLE)
    assert items == WANTED
    told = f"left out, as no article: {noted} lines above the one that names the columns"
    assert source.notes.warnings() == ((told,) if noted else ())


def test_lines_are_counted_from_the_beginning_of_the_file(read):
    items, _ = read("Export\n\ntitre;texte\nUn;Deux;Trois\nUn;Deux morts.\n")
    assert items == [("line 4", "bad_record"), ("Un", "Deux morts.")]


@pytest.mark.parametrize(
    "table",
    [
        '"Titre, sous-titre, chapô";texte;titre\nx;Deux morts, à Arvel.;Un\n',
        "Titre, sous-titre, chapô;texte;titre\nx;Deux morts, à Arvel.;Un\n",
        'titre;"texte"\nUn;"Deux morts, à Arvel."\n',
        "titre\ttexte\nUn\tDeux morts, à Arvel.\n",
        "titre|texte\nUn|Deux morts, à Arvel.\n",
        'titre,texte\nUn,"Deux morts, à Arvel."\n',
        'titre,texte\r\rUn,"Deux morts, à Arvel."\r',
        "titre;texte;;\nUn;Deux morts, à Arvel.;;\n",
        "titre;texte\nUn;Deux morts, à Arvel.;;\n",
        "titre\ttexte\nUn;Deux morts, à Arvel.\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "cp1252"])
def test_delimiters_and_headings(read, table, encoding):
    assert read(table.encode(encoding))[0] == WANTED


def test_a_table_of_one_column_has_a_text_a_line(read):
    items, _ = read('texte\nDeux morts, trois blessés ; un disparu.\n"Un ""grand"" jour,\nen deux lignes."\n')
    assert [text for _, text in items] == [
        "Deux morts, trois blessés ; un disparu.",
        'Un "grand" jour,\nen deux lignes.',
    ]


def test_names_of_rows_as_r_writes_them(read):
    items, _ = read('"titre" "texte"\n'.replace(" ", ",") + '"1","Un","Deux morts."\n"2","Deux","Trois morts."\n')
    assert items == [("Un", "Deux morts."), ("Deux", "Trois morts.")]


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (r'Un,"Il a dit \"non\" à 12 élus, hier."', 'Il a dit "non" à 12 élus, hier.'),
        ('Un,"Il a dit \\"non\\",\n\\"oui\\", puis rien"', 'Il a dit "non",\n"oui", puis rien'),
        (r'Un,"\"Non\", a-t-il dit"', '"Non", a-t-il dit'),
        ('Un,"C:\\dossier\\"', "C:\\dossier\\"),
    ],
)
def test_backslashes_before_quotation_marks(read, row, text):
    items, _ = read(f"titre,texte\n{row}\nDeux,Trois morts.\n")
    assert items == [("Un", text), ("Deux", "Trois morts.")]


def test_backslashes_that_are_no_escapes_cost_their_line_at_most(read):
    rows = "".join(f'{n},"a \\" b\n' for n in range(50))
    items, _ = read(f"titre,texte\n{rows}Fin,Trois morts.\n")
    assert items[-1] == ("Fin", "Trois morts.")
    assert len(items) == 51, "no line is taken into another's text"


def test_rows_of_another_length_name_their_line(read):
    items, _ = read("titre,texte,date\nUn,Deux morts.\nUn,Deux, trois,quatre\nUn,Deux morts.,2024-03-12\n")
    assert items == [("line 2", "bad_record"), ("line 3", "bad_record"), ("Un", "Deux morts.")]


def test_a_chosen_column_tells_the_header(read):
    items, _ = read("Export, tout\nnom;chapeau\nUn;Deux morts.\n", text="chapeau", title="nom")
    assert items == [("Un", "Deux morts.")]


def test_a_name_that_stands_twice_is_two_columns(read):
    items, source = read("titre,texte,texte\nUn,Deux morts.,Autre.\n")
    assert items == [("Un", "Deux morts.")]
    assert source.notes.columns["text"] == "texte"
