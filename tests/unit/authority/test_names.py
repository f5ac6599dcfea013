"""A list of names as people save it: told by content, each fault with its line."""

from __future__ import annotations

import warnings

import pytest
from tests.unit.authority.lists import HEADER, listed

from newsnlp.authority.names import read_authority
from newsnlp.errors import OptionError, SourceError

ROW = "n1;ORG;Société Électrique;SÉ|Électrique;FR;Q90;;"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separator_and_encoding_are_told_by_content(tmp_path, encoding, delimiter, end):
    path = tmp_path / "noms.csv"
    text = end.join([HEADER, ROW, "n2;lieu;Évry;;France;;;"]).replace(";", delimiter)
    path.write_bytes(text.encode(encoding))
    names = read_authority(path).names
    assert [(n.id, n.label, n.forms, n.country, n.wikidata) for n in names] == [
        ("n1", "ORG", ("Société Électrique", "SÉ", "Électrique"), "FR", "Q90"),
        ("n2", "LOC", ("Évry",), "FR", None),
    ]


def test_a_workbook_is_read_without_its_formulas(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["Liste de la rédaction"], ["nom", "type", "identifiant"], ["Airbus", "organisation", 12], ["=1+1"]):
        book.active.append(row)
    book.save(tmp_path / "noms.xlsx")
    assert [(n.id, n.name, n.label) for n in read_authority(tmp_path / "noms.xlsx").names] == [("12", "Airbus", "ORG")]


def test_cells_may_say_what_people_write(tmp_path):
    found = listed(
        tmp_path,
        ";personne;Anne Roche;;-;https://www.wikidata.org/wiki/q42;non;",
        ";;Une;;;;x;",
        ";ORG;;;;;Reuters;",
    )
    assert [(n.id, n.label, n.country, n.wikidata) for n in found.names] == [("Anne Roche", "PER", "-", "Q42")]
    assert [(row.forms, row.label) for row in found.ignored] == [(("Une",), None), (("Reuters",), "ORG")]


def test_places_have_coordinates(tmp_path):
    header = "name,label,latitude,longitude,geonameid"
    found = listed(tmp_path, 'Ferme du Pont,LOC,"48,5",2.25,123', header=header)
    assert [(n.latitude, n.longitude, n.geonameid) for n in found.names] == [(48.5, 2.25, 123)]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["a;PERS;Anne;;;;;"], "line 2: label 'PERS' is not known; accepted: PER (personne)"),
        (["a;PER;Anne;;Atlantide;;;"], "line 2: country 'Atlantide' is not known"),
        (["a;PER;Anne;;;Anne;;"], "line 2: wikidata 'Anne' is no id"),
        (["a;PER;;;;;;"], "line 2: no name"),
        (["a;PER;Anne;;;;peut-être;"], "line 2: ignore is 'peut-être'"),
        (["a;PER;12 ;;;;;"], "line 2: '12' has no letters"),
        (["a;PER;Anne;;;;;", "a;PER;Luc;;;;;"], "line 3: the id 'a' is that of line 2, too"),
        (["a;PER;Anne;;;;;", "b;PER;Anne;;;;;"], "line 3: 'Anne' stands in line 2 already"),
        (["a;PER;Anne;;;;;", ";;anne;;;;oui;"], "line 2: 'Anne' is a name here, and ignored in line 3"),
        (["a;PER;Anne;;;;;;;encore"], "line 2: 10 cells where the header has 8"),
        (["a;PER;\u202eAnne;;;;;"], "line 2: name '\\u202eAnne' holds signs that are not shown"),
        ([f"a;PER;{'Anne ' * 13};;;;;"], "is too long; accepted: 12 words"),
        (['a;PER;"Anne;;;;;'], "line 2: "),
    ],
)
def test_each_fault_is_told_with_its_line(tmp_path, rows, told):
    with pytest.raises(SourceError) as caught:
        listed(tmp_path, *rows)
    assert told in str(caught.value)


def test_many_faults_are_one_error(tmp_path):
    with pytest.raises(SourceError, match=r"line 2: .*; line 3: .*; and 15 more"):
        listed(tmp_path, *(f"n{n};?;Nom{n};;;;;" for n in range(20)))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no column 'name'"),
        (b"identifiant;libelle\n1;Anne\n", "no column 'name'; its first line is 'identifiant;libelle'"),
        (b"name;nom\nAnne;Anne\n", "several columns are 'name'"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"PK\x03\x04broken", "cannot be read as a workbook"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path, content, told):
    path = tmp_path / "noms.csv"
    path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read_authority(path)
    assert told in str(caught.value)


def test_what_is_no_file_is_refused(tmp_path):
    with pytest.raises(SourceError, match="is a folder"):
        read_authority(tmp_path)
    with pytest.raises(SourceError, match="is no file"):
        read_authority(tmp_path / "rien.csv")
    with pytest.raises(OptionError, match="authority="):
        read_authority(12)


def test_columns_without_a_meaning_are_told(tmp_path):
    with pytest.warns(UserWarning, match="left out: fonction"):
        listed(tmp_path, "Anne;PER;maire", header="name;label;fonction")


def test_another_process_reads_the_very_same_list(tmp_path):
    found = listed(tmp_path, ROW)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_authority(found.source) == found
    listed(tmp_path, ROW.replace("FR", "BE"))
    with pytest.raises(SourceError, match="has changed"):
        read_authority(found.source)
