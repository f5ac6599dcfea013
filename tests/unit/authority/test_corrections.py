"""A table of entities that was corrected as people do it: nothing of it is lost in silence, and each correction holds."""

from __future__ import annotations

import csv
import json

import pytest

import newsnlp
from newsnlp.authority.names import read_authority
from newsnlp.errors import ResumeError, SourceError
from newsnlp.records import Analysis, Article, Entity
from newsnlp.tables.formats.as_found import FILE


def analysis(number, *entities):
    made = [Entity(id=f"e{n}", mention_count=1, **fields) for n, fields in enumerate(entities, 1)]
    return Analysis(article=Article(text=f"Texte {number}.", id=f"a{number}"), entities=tuple(made))


FOUND = [
    analysis(
        1,
        {"name": "Total", "label": "LOC", "country": "FR", "aliases": ("Total SE",)},
        {"name": "Charles", "label": "PER"},
        {"name": "Łódź", "label": "LOC", "country": "PL"},
        {"name": "Ingrid", "label": "MISC", "geonameid": 12, "latitude": 1.5, "longitude": 2.5},
    ),
    analysis(2, {"name": "Total", "label": "LOC", "country": "FR"}, {"name": "Paris", "label": "PER"}),
    analysis(3, {"name": "Paris", "label": "LOC", "country": "FR"}, {"name": "1er mai", "label": "MISC"}),
]


@pytest.fixture
def folder(tmp_path):
    newsnlp.write_tables(FOUND, tmp_path / "t", format="excel-fr")
    return tmp_path / "t"


def edit(folder, changes, *, encoding="utf-8-sig", delimiter=";", extra=None):
    """Change cells of the table, {(name, label): {column: cell}}, and save it as another program would."""
    path = folder / "entities.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    added = {extra: ""} if extra else {}
    rows = [row | added | changes.get((row["name"], row["label"]), {}) for row in rows]
    with path.open("w", encoding=encoding, newline="", errors="replace") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def corrected(folder, out=None):
    report = newsnlp.write_corrections(folder, out or folder / "noms.csv")
    if not report.path.exists():
        return report, []
    with report.path.open(encoding="utf-8-sig", newline="") as file:
        return report, list(csv.DictReader(file, delimiter=";"))


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ";"), ("cp1252", ";"), ("utf-8", ",")])
def test_what_nobody_changed_is_no_correction(folder, encoding, delimiter):
    edit(folder, {}, encoding=encoding, delimiter=delimiter)
    report, rows = corrected(folder)
    assert (str(report), report.told, rows) == (f"{folder / 'entities.csv'}: no corrections", [], [])


@pytest.mark.parametrize("form", ["csv", "excel-fr", "jsonl", "sqlite", "parquet", "xlsx"])
def test_no_format_changes_anything_by_itself(tmp_path, form):
    pytest.importorskip({"xlsx": "openpyxl", "parquet": "pyarrow"}.get(form, "csv"))
    newsnlp.write_tables(FOUND, tmp_path, format=form)
    report = newsnlp.write_corrections(tmp_path, tmp_path / "noms.csv")
    assert (report.told, report.added, report.path.exists()) == ([], 0, False)


def test_each_correction_is_a_row(folder):
    edit(
        folder,
        {
            ("Total", "LOC"): {"label": "ORG", "country": "", "wikidata": "Q154037"},
            ("Charles", "PER"): {"name": "Charles III", "country": "Royaume-Uni"},
            ("Ingrid", "MISC"): {"label": "ignore"},
            ("Łódź", "LOC"): {"type": "organisation"},
        },
        encoding="cp1252",
    )
    report, rows = corrected(folder)
    assert report.told == []
    assert (report.added, report.ignored) == (3, 1)
    assert [(r["name"], r["label"], r["country"], r["wikidata"], r["aliases"], r["ignore"]) for r in rows] == [
        ("Total", "ORG", "'-", "Q154037", "Total SE", ""),
        ("Charles III", "PER", "GB", "", "Charles", ""),
        ("Łódź", "ORG", "", "", "", ""),
        ("Ingrid", "", "", "", "", "oui"),
    ]
    # A given name alone is many people's: names of its article are a sign of it.
    assert next(r for r in rows if r["name"] == "Charles III")["context"] == "Total | Łódź | Ingrid"
    names = read_authority(report.path)
    assert [name.country for name in names.names if name.name == "Total"] == ["-"]


def test_a_name_that_is_something_else_elsewhere_stays_that(folder):
    edit(folder, {("Paris", "PER"): {"ignore": "x"}}, extra="ignore")
    _, rows = corrected(folder)
    assert [(r["name"], r["label"], r["ignore"]) for r in rows] == [("Paris", "PER", "oui")]


def test_names_that_become_one_are_one_row(folder):
    edit(folder, {("Charles", "PER"): {"name": "Charles Paris"}, ("Paris", "PER"): {"name": "Charles Paris"}})
    report, rows = corrected(folder)
    assert [(r["name"], r["aliases"]) for r in rows] == [("Charles Paris", "Charles | Paris")]
    assert report.added == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"label": "PERS"}, "row 3: label 'PERS' is not known"),
        ({"country": "Atlantide"}, "row 3: country 'Atlantide' is not known"),
        ({"name": ""}, "row 3: the name was taken away"),
        ({"role": "roi"}, "row 3: role was changed to 'roi', which a list of names cannot say; left out"),
        ({"label": "ORG", "type": "lieu"}, "row 3: label 'ORG' and type 'lieu' say different things"),
        ({"entity_id": "e9"}, "row 3: the analysis found no entity 'e9' in the article 'a1'"),
        ({"entity_id": "e1"}, "row 3: stands twice"),
        ({"name": "12"}, "row 3: '12' has no letters"),
    ],
)
def test_a_row_that_is_not_understood_is_told(folder, changes, told):
    edit(folder, {("Charles", "PER"): changes})
    report, rows = corrected(folder)
    assert any(told in line for line in report.told), report.told
    assert rows == []


def test_contradictions_and_lost_rows_are_told(folder):
    edit(folder, {("Total", "LOC"): {"country": "BE"}})
    path = folder / "entities.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    lines = [line.replace(";BE;", ";CH;") if line.startswith("a2;") else line for line in lines if "Ingrid" not in line]
    path.write_text("\n".join(lines), "utf-8")
    report, rows = corrected(folder)
    assert [row["country"] for row in rows] == ["BE"]
    assert any("country 'CH' of 'Total' is 'BE' in row 2, which holds" in line for line in report.told)
    assert any("1 of the rows that were written are not there" in line for line in report.told)


def test_a_second_round_completes_the_list(folder):
    edit(folder, {("Total", "LOC"): {"label": "ORG"}, ("Ingrid", "MISC"): {"label": "ignore"}})
    corrected(folder)
    again = [
        analysis(
            1,
            {"name": "Total", "label": "ORG", "authority_id": "total", "country": "FR"},
            {"name": "Charles", "label": "PER"},
        )
    ]
    out = folder / "noms.csv"
    newsnlp.write_tables(again, folder, format="excel-fr")
    edit(folder, {("Total", "ORG"): {"name": "TotalEnergies"}, ("Charles", "PER"): {"name": "Charles III"}})
    report, rows = corrected(folder, out)
    assert (report.added, report.changed, report.kept) == (1, 1, 1)
    assert [(r["id"], r["name"], r["aliases"]) for r in rows] == [
        ("total", "TotalEnergies", "Total SE | Total"),
        ("", "Ingrid", ""),
        ("charles-iii", "Charles III", "Charles"),
    ]
    newsnlp.write_tables(again, folder, format="excel-fr")
    edit(folder, {("Total", "ORG"): {"label": "ignorer"}})
    _, rows = corrected(folder, out)
    assert [(r["name"], r["ignore"]) for r in rows if "Total" in r["name"]] == [("Total", "oui")]


def test_a_workbook_that_was_saved_of_the_table_is_read(folder):
    openpyxl = pytest.importorskip("openpyxl")
    edit(folder, {("Total", "LOC"): {"label": "ORG"}})
    with (folder / "entities.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    newsnlp.write_tables(FOUND, folder, format="excel-fr")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "entities.xlsx")
    report, made = corrected(folder)
    assert report.table.name == "entities.xlsx"
    assert [(row["name"], row["label"]) for row in made] == [("Total", "ORG")]


def test_formulas_of_a_cell_are_text_again(folder):
    edit(folder, {("Total", "LOC"): {"name": '=HYPERLINK("http://x";"Total")'}})
    _, rows = corrected(folder)
    assert rows[0]["name"].startswith("'=HYPERLINK")


@pytest.mark.parametrize("damage", [None, b"", b"\x1f\x8bx", b"no gzip"])
def test_without_what_was_found_nothing_is_guessed(folder, damage):
    edit(folder, {("Total", "LOC"): {"label": "ORG"}})
    if damage is None:
        (folder / FILE).unlink()
    else:
        (folder / FILE).write_bytes(damage)
    with pytest.raises(SourceError, match=r"entities\.found"):
        newsnlp.write_corrections(folder, folder / "noms.csv")


def test_a_list_that_cannot_be_read_is_not_overwritten(folder):
    edit(folder, {("Total", "LOC"): {"label": "ORG"}})
    out = folder / "noms.csv"
    out.write_text("name;label\nAnne;?\n", "utf-8")
    with pytest.raises(SourceError, match="cannot be completed: line 2"):
        newsnlp.write_corrections(folder, out)
    assert out.read_text("utf-8") == "name;label\nAnne;?\n"


@pytest.mark.model
def test_the_whole_workflow_holds(tmp_path, nlp):
    articles = [
        {"id": "a", "text": "La tempête Ingrid a touché Valmont. Gilbert Sorlin, maire de Valmont, a parlé."},
        {"id": "b", "text": "Valmont compte ses dégâts, a dit Gilbert Sorlin. La tempête Ingrid s'éloigne."},
    ]
    tables, out = tmp_path / "t", tmp_path / "noms.csv"
    newsnlp.write_tables(nlp.pipe(Article(**each) for each in articles), tables, format="excel-fr")
    edit(
        tables,
        {
            ("Valmont", "LOC"): {"country": "CH"},
            ("Gilbert Sorlin", "PER"): {"name": "Gilbert Sorlin (maire)", "wikidata": "Q1"},
            ("Ingrid", "MISC"): {"label": "ignore"},
        },
        encoding="cp1252",
    )
    assert corrected(tables, out)[0].told == []
    again = newsnlp.load(authority=out)
    newsnlp.write_tables(again.pipe(Article(**each) for each in articles), tables, format="excel-fr")
    frame = newsnlp.read_tables(tables, ["entities"])["entities"]
    assert set(frame[["name", "country", "wikidata"]].fillna("").itertuples(index=False, name=None)) == {
        ("Valmont", "CH", ""),
        ("Gilbert Sorlin (maire)", "", "Q1"),
    }


@pytest.mark.model
def test_a_run_is_resumed_with_its_own_list_only(tmp_path):
    out = tmp_path / "noms.csv"
    out.write_text("name;label\nZyxon;ORG\n", "utf-8")
    newsnlp.analyze_corpus(["Zyxon recrute."], tmp_path / "t", authority=out, progress=False)
    config = json.loads((tmp_path / "t" / "provenance.json").read_text("utf-8"))["config"]["config"]
    assert config["authority"] == read_authority(out).digest
    moved = out.rename(tmp_path / "liste.csv")
    newsnlp.analyze_corpus(["Zyxon recrute."], tmp_path / "t", authority=moved, resume=True, progress=False)
    moved.write_text("name;label\nZyxon;LOC\n", "utf-8")
    with pytest.raises(ResumeError, match="authority"):
        newsnlp.analyze_corpus(["Zyxon recrute."], tmp_path / "t", authority=moved, resume=True, progress=False)
