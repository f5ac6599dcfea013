"""JSON and columns as the tools people use write them."""

from __future__ import annotations

import json
import time
import tracemalloc
from datetime import datetime

import pandas as pd
import pytest

from newsnlp.corpus import Failure, FailureKind, read_source
from newsnlp.errors import SourceError
from newsnlp.ingest.column_names import field_of
from newsnlp.ingest.columns import map_columns
from newsnlp.records import Analysis, Article

TITLES = ["Crue à Méral", "Grève à Ostrel"]
TEXTS = ["Douze maisons ont été inondées.\nLe pont est fermé.", "Quatre-vingts salariés ont cessé le travail."]
DAY = datetime(2025, 2, 3)  # noqa: DTZ001
ADDRESSES = ["https://exemple.fr/1", "https://exemple.fr/2"]


def rows(**names):
    """Return two records: name of a key -> what it holds."""
    held = {"title": TITLES, "text": TEXTS, "date": ["2025-02-03"] * 2, "source": ["La Feuille"] * 2, "url": ADDRESSES}
    return [{key: held[what][n] if what in held else what for key, what in names.items()} for n in range(2)]


PLAIN = rows(titre="title", texte="text", date="date", journal="source", lien="url")


def read(tmp_path, content, name="a.json", **options):
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), encoding="utf-8")
    source = read_source(path, **options)
    return list(source), source


def lines(records):
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records)


def columns():
    return {key: [record[key] for record in PLAIN] for key in PLAIN[0]}


ANSWERS = {
    "an answer with its articles": {"status": "ok", "total": 2, "articles": PLAIN},
    "an answer in an answer": {"response": {"numFound": 2, "docs": PLAIN}, "responseHeader": {"status": 0}},
    "hits of a search engine": {"took": 3, "hits": {"total": 2, "hits": [{"_id": "x", "_source": row} for row in PLAIN]}},
    "a feed in JSON": {"version": "1.1", "title": "La Feuille", "description": "Le fil", "items": PLAIN},
    "records by key": {str(n): row for n, row in enumerate(PLAIN)},
    "a frame by split": {"columns": list(PLAIN[0]), "index": [0, 1], "data": [list(row.values()) for row in PLAIN]},
    "a frame by columns": {key: dict(enumerate(column)) for key, column in columns().items()},
    "a frame by table": {"schema": {"fields": [{"name": "titre", "type": "string"}]}, "data": PLAIN},
    "columns as lists": columns(),
    "rows under a header": [list(PLAIN[0]), *(list(row.values()) for row in PLAIN)],
    "rows of a data set": {"features": [{"name": "texte"}], "rows": [{"row_idx": n, "row": row} for n, row in enumerate(PLAIN)]},
    "tasks of an annotation tool": [{"id": n, "data": row, "annotations": [], "meta": {}} for n, row in enumerate(PLAIN)],
    "edges of a graph": {"data": {"articles": {"edges": [{"cursor": "a", "node": row} for row in PLAIN]}}},
    "several lists": {"une": PLAIN[:1], "monde": PLAIN[1:]},
}  # fmt: skip


@pytest.mark.parametrize("indent", [None, 1], ids=["one line", "laid out"])
@pytest.mark.parametrize("kind", ANSWERS)
def test_records_are_found_in_what_wraps_them(tmp_path, kind, indent):
    items, _ = read(tmp_path, json.dumps(ANSWERS[kind], ensure_ascii=False, indent=indent))
    assert [item.text for item in items] == TEXTS
    assert [(item.title, item.published_at, item.source, item.url) for item in items] == [
        (title, DAY, "La Feuille", address) for title, address in zip(TITLES, ADDRESSES, strict=True)
    ]


def test_answers_line_by_line_and_without_results(tmp_path):
    pages = [{"status": "ok", "articles": PLAIN[:1]}, {"status": "ok", "articles": []}, {"articles": PLAIN[1:]}]
    assert [item.text for item in read(tmp_path, lines(pages), "a.jsonl")[0]] == TEXTS
    (only,), _ = read(tmp_path, {"status": "ok", "articles": []})
    assert only.kind is FailureKind.INPUT_BROKEN
    with pytest.raises(SourceError, match="no column holds the text; the input has: status, message"):
        read(tmp_path, {"status": "error", "message": "no key"})


def test_parts_of_an_article_are_no_articles(tmp_path):
    article = {
        "title": "Crue à Méral",
        "content": [{"type": "paragraph", "text": TEXTS[0]}, {"type": "heading", "content": "Le bilan"}],
        "authors": [{"name": "Léa Ostrel"}, {"firstName": "Paul", "lastName": "Vanier"}],
        "tags": [{"name": "crue"}, {"name": "pluie"}],
        "comments": [{"text": "Bravo !", "author": "x", "date": "2025-02-04"}],
        "source": {"id": None, "name": "La Feuille"},
        "issued": {"date-parts": [[2025, 2, 3]]},
    }
    (found,), _ = read(tmp_path, article)
    assert found.text == TEXTS[0] + "\nLe bilan"
    assert (found.author, found.source, found.published_at) == ("Léa Ostrel, Paul Vanier", "La Feuille", DAY)


TOOLS = {
    "news-please": rows(maintext="text", text=None, title="title", date_publish="date", source_domain="source", url="url", date_download="2025-03-01"),
    "fundus": rows(plaintext="text", title="title", publishing_date="date", publisher="source", url="url"),
    "newspaper": rows(text="text", summary="", title="title", publish_date="date", meta_site_name="source", url="url"),
    "trafilatura": rows(raw_text="x", text="text", title="title", date="date", source="url", **{"source-hostname": "source"}, filedate="2025-03-01"),
    "minet": rows(raw_content="text", title="title", date="date", sitename="source", resolved_url="url"),
    "Media Cloud": rows(text="text", title="title", publish_date="date", indexed_date="2025-03-01", media_name="source", url="url"),
    "NewsAPI": rows(content="text", description="x", title="title", publishedAt="date", source="source", url="url"),
    "Zotero": rows(**{"Abstract Note": "text", "Title": "title", "Date": "date", "Date Added": "2025-03-01", "Publication Title": "source", "Url": "url"}),
    "WordPress": rows(excerpt="x", content="text", title="title", date="date", site_name="source", link="url"),
    "names made flat": rows(**{"_source.body": "text", "_source.title": "title", "_source.date": "date", "_source.source": "source", "_source.url": "url"}),
}  # fmt: skip


@pytest.mark.parametrize("form", ["jsonl", "csv"])
@pytest.mark.parametrize("tool", TOOLS)
def test_columns_of_tools_are_known(tmp_path, tool, form):
    if form == "csv":
        pd.DataFrame(TOOLS[tool]).to_csv(tmp_path / "a.csv", index=False)
        source = read_source(tmp_path / "a.csv")
        items = list(source)
    else:
        items, source = read(tmp_path, lines(TOOLS[tool]), "a.jsonl")
    assert [(item.text, item.title, item.published_at, item.source, item.url) for item in items] == [
        (text, title, DAY, "La Feuille", address) for text, title, address in zip(TEXTS, TITLES, ADDRESSES, strict=True)
    ]
    told = source.describe()[0]
    assert told.startswith("columns: ")
    assert not any(
        name in told
        for name in ("download", "filedate", "indexed", "Added", "text=text," * (tool == "news-please"))
        if name
    )


def test_what_is_empty_falls_to_the_next_column(tmp_path):
    found, source = read(
        tmp_path,
        lines([
            {"title": "A", "content": None, "description": "Résumé.", "section": "Monde", "page": 4},
            {"title": "B", "content": "Texte entier.", "description": "Résumé."},
            {"title": "C", "content": None, "description": None},
        ]),
        "a.jsonl",
    )  # fmt: skip
    assert [getattr(item, "text", item) for item in found[:2]] == ["Résumé.", "Texte entier."]
    assert dict(found[0].extra) == {"section": "Monde", "page": "4"}
    assert isinstance(found[2], Failure)
    assert source.notes.warnings() == ("1 records have no text of their own: their summary was analysed",)
    (chosen, *_), _ = read(
        tmp_path, lines([{"content": "a", "description": "b"}]), "a.jsonl", columns={"text": "description"}
    )
    assert chosen.text == "b"


def test_titles_alone_are_read_as_titles_unless_a_text_stands_beside(tmp_path):
    items, source = read(tmp_path, "titre,date\nDeux morts à Lyon,2025-02-03\nUn mort à Metz,\n", "a.csv")
    assert [(item.text, item.title) for item in items] == [(item.title, item.title) for item in items]
    assert source.notes.warnings() == ("2 items have a title and no text: the title was analysed",)
    long = "Une phrase assez longue pour un texte. " * 8
    with pytest.raises(SourceError, match=r'no column holds the text.*--text "Notes de lecture"'):
        read(tmp_path, f'titre,Notes de lecture\nA,"{long}"\n', "b.csv")
    with pytest.raises(SourceError, match='--text "Notes de lecture"'):
        map_columns(["x", "Notes de lecture"], {}, [{"x": "a", "Notes de lecture": "b c d"}])


def test_a_source_that_is_an_address_is_told_apart():
    items = read_source(
        [{"text": "Un.", "source": "https://www.exemple.fr/a"}, {"text": "Deux.", "source": "La Feuille"}]
    )
    assert [(item.source, item.url) for item in items] == [
        ("exemple.fr", "https://www.exemple.fr/a"),
        ("La Feuille", None),
    ]


NINJS = {
    "1.x": {"uri": "urn:x:1", "type": "text", "versioncreated": "2025-02-03T07:30:00Z", "headline": "Crue à Méral", "byline": "Léa Ostrel", "body_text": TEXTS[0], "body_xhtml": "<p>x</p>", "provider": "Agence", "located": "Méral", "urgency": 3, "subject": [{"name": "crue"}]},
    "3.0": {"uri": "urn:x:1", "type": "text", "versionCreated": "2025-02-03T07:30:00Z", "headlines": [{"role": "short", "value": "Crue"}, {"role": "main", "value": "Crue à Méral"}], "by": "Léa Ostrel", "bodies": [{"contentType": "application/xhtml+xml", "value": "<p>x</p>"}, {"contentType": "text/plain", "value": TEXTS[0]}], "infoSources": [{"name": "Agence"}], "located": "Méral", "urgency": 3, "subjects": [{"name": "crue"}]},
    "2.x, XHTML": {"uri": "urn:x:1", "type": "text", "versioncreated": "2025-02-03T07:30:00Z", "headlines": [{"value": "Crue à Méral"}], "by": "Léa Ostrel", "bodies": [{"contenttype": "application/xhtml+xml", "value": "".join(f"<p>{part}</p>" for part in TEXTS[0].split("\n"))}], "infosources": [], "provider": "Agence", "located": "Méral", "urgency": 3, "subjects": [{"name": "crue"}]},
}  # fmt: skip


@pytest.mark.parametrize("version", NINJS)
@pytest.mark.parametrize("wrapped", [lambda item: item, lambda item: [item], lambda item: {"items": [item]}])
def test_ninjs(tmp_path, version, wrapped):
    (found,), _ = read(tmp_path, wrapped(NINJS[version]))
    assert (found.id, found.title, found.author, found.text) == ("urn:x:1", "Crue à Méral", "Léa Ostrel", TEXTS[0])
    assert (found.source, found.published_at.isoformat()) == ("Agence", "2025-02-03T07:30:00+00:00")
    assert dict(found.extra) == {"dateline": "Méral", "urgency": "3", "subjects": "crue"}


def test_our_own_ninjs_and_articles_are_read_back_whole(tmp_path):
    article = Article(
        text=TEXTS[0], id="a/1", title="Crue", author="Léa Ostrel", source="La Feuille", published_at="2025-02-03T07:30:00+01:00",
        extra={"page": "4"}, warnings=("one byte was replaced",), encoding="utf-8",
    )  # fmt: skip
    (found,), _ = read(tmp_path, Analysis(article=article).to_ninjs())
    for name in ("text", "id", "title", "author", "source", "published_at"):
        assert getattr(found, name) == getattr(article, name)
    (found,), _ = read(tmp_path, {"article": article.to_dict(), "figures": []})
    assert found == article


def test_folders_of_json_nested_and_partitioned(tmp_path):
    for n, row in enumerate(PLAIN):
        folder = tmp_path / "corpus" / f"media={n}" / "year=2025"
        folder.mkdir(parents=True)
        (folder / "part-0.json").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (tmp_path / "corpus" / "z.json").write_text(json.dumps({"articles": PLAIN}), encoding="utf-8")
    assert [item.text for item in read_source(tmp_path / "corpus")] == TEXTS * 2


def broken_answer(count, *, broken=()):
    parts = [json.dumps({"title": "T", "content": f"Texte {n} : " + "mot " * 200}) for n in range(count)]
    for n in broken:
        parts[n] = parts[n].replace('"content": ', '"content" ')
    return '{"status": "ok", "articles": [' + ",\n".join(parts) + '], "total": 3}'


def test_one_broken_article_of_an_answer_costs_itself(tmp_path):
    items, _ = read(tmp_path, broken_answer(50, broken=[0, 20]))
    assert len(items) == 50
    assert [n for n, item in enumerate(items) if isinstance(item, Failure)] == [0, 20]


def test_a_large_answer_is_read_in_pieces(tmp_path):
    text = broken_answer(2_000)
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    tracemalloc.start()
    count = sum(1 for item in read_source(path) if isinstance(item, Article))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 2_000
    assert peak < 1.5 * len(text)


def test_answers_broken_all_over_are_read_in_linear_time(tmp_path):
    def cost(count):
        path = tmp_path / f"{count}.json"
        path.write_text(broken_answer(count, broken=range(0, count, 2)), encoding="utf-8")
        start = time.process_time()
        assert sum(1 for _ in read_source(path)) >= count // 2
        return time.process_time() - start

    cost(100)
    assert cost(4_000) < 12 * max(0.05, cost(1_000))


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Titre de l'article", "title"),
        ("Corps de l'article", "text"),
        ("Nom du média", "source"),
        ("Titre du journal", "source"),
        ("Auteur(s)", "author"),
        ("Date (UTC)", "published_at"),
        ("Lien vers l'article", "url"),
        ("Nom du fichier", None),
        ("Nombre de mots", None),
    ],
)
def test_names_of_columns_as_people_write_them(name, field):
    assert field_of(name) == field
