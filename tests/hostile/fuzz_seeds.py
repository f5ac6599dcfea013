"""Files of a few articles, one of every format that is read, of which it is known where each article stands."""

from __future__ import annotations

import functools
import io
import json
import sqlite3
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from tests.unit.ingest import test_archives_europresse as europresse
from tests.unit.ingest import test_archives_factiva as factiva
from tests.unit.ingest import test_archives_iramuteq as iramuteq
from tests.unit.ingest import test_archives_nexis as nexis
from tests.unit.ingest import test_feeds as feeds
from tests.unit.ingest import test_newsml as newsml
from tests.unit.ingest import test_sheets as sheets
from tests.unit.ingest import test_tei as tei
from tests.unit.ingest import test_warc as warc
from tests.unit.ingest.reading_archives import FIRST, SECOND
from tests.unit.reading import test_documents as documents

if TYPE_CHECKING:
    from collections.abc import Callable

# Words that stand in one article each, in its title and in its text: whatever the encoding, they can be found.
KEYS = ("Arvelcourt", "Meralville", "Ostrelbourg", "Valbruneux", "Corbeixan")
WORDS = ("prunellier", "chevrefeuille", "aubepine", "marjolaine", "coquelicot")
TITLES = tuple(f"Crue soudaine à {key}" for key in KEYS)
TEXTS = tuple(
    f"Douze maisons ont été inondées lundi près du pont, au lieu-dit {word}, a indiqué la préfecture." for word in WORDS
)
N = len(KEYS)


@dataclass(frozen=True)
class Seed:
    """A file: what stands before its articles, the articles, what stands after them, and what it is packed into."""

    suffix: str
    parts: tuple[bytes, ...]
    head: bytes = b""
    tail: bytes = b""
    pack: Callable[[bytes], bytes] | None = None

    def file(self, parts: tuple[bytes, ...] | None = None) -> bytes:
        """Return the file, with other articles in the place of its own."""
        data = self.head + b"".join(self.parts if parts is None else parts) + self.tail
        return self.pack(data) if self.pack else data

    @property
    def has_parts(self) -> bool:
        """Tell whether it is known where each article stands."""
        return len(self.parts) == N


def _seed(suffix, parts, head="", tail="", pack=None):
    made = tuple(part.encode() if isinstance(part, str) else part for part in parts)
    return Seed(suffix, made, head.encode(), tail.encode(), pack)


def _around(frame):
    """Return what stands before and after the articles that go between."""
    head, _, tail = frame("\x00").partition("\x00")
    return {"head": head, "tail": tail}


def _in(template, at):
    return template.replace(FIRST, TEXTS[at]).replace("Éboulement", TITLES[at]).replace("Crue à Méral", TITLES[at])


PLACES = range(N)
ROWS = [
    {"titre": TITLES[at], "texte": TEXTS[at], "date": f"2025-02-0{at + 1}", "journal": "La Feuille", "id": f"r{at}"}
    for at in PLACES
]
NINJS = [
    {"uri": f"urn:x:{at}", "type": "text", "versioncreated": "2025-02-03T07:30:00Z", "headline": TITLES[at], "body_text": TEXTS[at]}
    for at in PLACES
]  # fmt: skip


def _json(value):
    return json.dumps(value, ensure_ascii=False)


def _joined(parts, sign):
    return [part + sign for part in parts[:-1]] + parts[-1:]


def _split(text, starts):
    """Return a text as head and parts, of which each begins at one of the marks."""
    places = [text.index(mark) for mark in starts]
    return text[: places[0]], [text[start:end] for start, end in zip(places, [*places[1:], len(text)], strict=True)]


def _in_zip(archive, name):
    """Return what puts a member with another content into a zip file."""

    def packed(content):
        held = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
            for item in old.infolist():
                new.writestr(item.filename, content if item.filename == name else old.read(item.filename))
        return held.getvalue()

    return packed


def _member(archive, name):
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return opened.read(name).decode()


def _saved(save, name):
    with tempfile.TemporaryDirectory(prefix="newsnlp-fuzz-") as folder:
        save(Path(folder) / name)
        return (Path(folder) / name).read_bytes()


def _europresse(at):
    return europresse.article(title=TITLES[at], body=f"<p>{TEXTS[at]}</p>", number=f"news·20240312·CV·00{at}")


def _old_europresse(at):
    return _in(europresse.old(), at).replace("Quelque 120", "Près de 120") + "<p>"


def _copied(at):
    return (
        f"Le Courrier du Val, no. 20450\nRégion, mardi 12 mars 2024 250 mots, p. 3\n\n{TITLES[at]}\nHélène d'Ormont\n{TEXTS[at]}\n"
        f"{europresse.RIGHTS}\nnews·20240312·CV·00{at}\n\n"
    )


def _coded(at):
    return factiva.coded({**factiva.FIELDS, "HD": TITLES[at]}, text=(TEXTS[at],), end="abcde"[at])


def _factiva_rtf(at):
    text = factiva.rtf("abcde"[at]).replace("Il a dit", TEXTS[at].replace("é", "\\'e9"))
    return text.replace("\\b \\'c9boulement\\b0", TITLES[at].replace("à", "\\'e0")) + "\\pard\\par "


def _txm(at):
    return f'<text id="t{at}" titre="{TITLES[at]}" date="2025-02-03" journal="La Feuille"><p>{TEXTS[at]}</p></text>\n'


def _xlsx():
    book = Workbook()
    book.active.append(["titre", "texte", "date"])
    held = io.BytesIO()
    book.save(held)

    def row(number, *cells):
        return (
            f'<row r="{number}">' + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells) + "</row>"
        )

    name = "xl/worksheets/sheet1.xml"
    head = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + row(1, "titre", "texte", "date")
    )
    rows = [row(at + 2, TITLES[at], TEXTS[at], "2025-02-03") for at in PLACES]
    return _seed(".xlsx", rows, head, "</sheetData></worksheet>", _in_zip(held.getvalue(), name))


def _ods():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "")
        archive.writestr(
            "META-INF/manifest.xml", '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )

    def row(*cells):
        held = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
        )
        return f"<table:table-row>{held}</table:table-row>"

    around = _around(sheets.ODS.format)
    around["head"] += row("titre", "texte")
    return _seed(
        ".ods", [row(TITLES[at], TEXTS[at]) for at in PLACES], **around, pack=_in_zip(held.getvalue(), "content.xml")
    )


def _nexis_word():
    data = nexis.word_file(*TITLES)
    xml = _member(data, "word/document.xml")
    for at in PLACES:
        xml = xml.replace(FIRST, TEXTS[at], 1)
    marks = [f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{title}' for title in TITLES]
    head, parts = _split(xml, marks)
    return _seed(".docx", parts, head, pack=_in_zip(data, "word/document.xml"))


def _docx():
    data = documents.saved(documents.word(TITLES[0], *TEXTS, title=TITLES[0], author="Léa Ostrel"))
    return _seed(".docx", [_member(data, "word/document.xml")], pack=_in_zip(data, "word/document.xml"))


def _parquet():
    import pyarrow as pa
    from pyarrow import parquet

    return _saved(lambda path: parquet.write_table(pa.Table.from_pylist(ROWS), path, row_group_size=2), "a.parquet")


def _sqlite():
    def save(path):
        base = sqlite3.connect(path)
        base.execute("CREATE TABLE articles (titre, texte, date, journal, id)")
        base.executemany("INSERT INTO articles VALUES (?, ?, ?, ?, ?)", [tuple(row.values()) for row in ROWS])
        base.commit()
        base.close()

    return _saved(save, "a.sqlite")


def _page():
    return _in(warc.page("Crue à Méral"), 0)


def _warc(at):
    content = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        + (
            f"<html><head><title>{TITLES[at]}</title></head><body><article><h1>{TITLES[at]}</h1><p>{TEXTS[at]} {SECOND}</p>"
            "</article></body></html>"
        ).encode()
    )
    headers = {"WARC_Target_URI": f"https://exemple.fr/{KEYS[at]}", "WARC_Date": "2025-02-03T08:00:00Z"}
    return warc.record("response", content, **headers, Content_Type="application/http; msgtype=response")


def _csv(sign):
    def row(cells):
        return sign.join('"' + cell.replace('"', '""') + '"' if " " in cell else cell for cell in cells) + "\n"

    return [row(list(each.values())) for each in ROWS], row(list(ROWS[0]))


def _of_lines(row):
    """Return a row whose text has lines and quotation marks."""
    return row.replace("inondées lundi", 'inondées ""lundi"",\n\nselon le maire,')


def _wrapped(before, after):
    return _seed(".json", _joined([_json(row) for row in ROWS], ",\n"), before, after)


def _columns():
    return {name: [row[name] for row in ROWS] for name in ROWS[0]}


def _atom(at):
    return f"<entry><id>e{at}</id><title>{TITLES[at]}</title><updated>2025-02-03T07:00:00Z</updated><content>{TEXTS[at]}</content></entry>\n"


def _rss(at):
    return f"<item><title>{TITLES[at]}</title><guid>g{at}</guid><description>{TEXTS[at]}</description></item>\n"


def _rdf(at):
    return f'<item rdf:about="x{at}"><title>{TITLES[at]}</title><description>{TEXTS[at]}</description></item>\n'


RDF = '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>Le Fil</title></channel>'
ATOM = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Le Fil</title>'


def _each(one):
    return [one(at) for at in PLACES]


def _nitf(at):
    return _in(newsml.NITF, at).replace(newsml.P[0], TEXTS[at])


def _newsml(at):
    return _in(newsml.news_item(at, newsml.CONTENT.replace(newsml.P[0], TEXTS[at])), at)


def _g2(at):
    return _in(newsml.g2_item(at), at).replace(newsml.P[0], TEXTS[at])


def _tei(at):
    return tei.tei(tei.header(TITLES[at]), f"<p>{TEXTS[at]}</p>")


MAKERS = {
    "europresse html": lambda: _seed(".html", _each(_europresse), **_around(europresse.page)),
    "europresse html, old": lambda: _seed(".html", _each(_old_europresse), "<html><body>", "</body></html>"),
    "europresse text": lambda: _seed(".txt", _each(_copied)),
    "factiva html": lambda: _seed(".html", _each(_coded), "<html><head><title>Factiva</title></head><body>", "</body></html>"),
    "factiva text": lambda: _seed(
        ".txt", [factiva.lines("|", "abcde"[at], TITLES[at]).replace(FIRST, TEXTS[at]) for at in PLACES]
    ),
    "factiva rtf": lambda: _seed(".rtf", _each(_factiva_rtf), "{\\rtf1\\ansi\\ansicpg1252 ", "}"),
    "nexis text": lambda: _seed(
        ".txt",
        [nexis.document(f"{at + 1} of {N} DOCUMENTS", title=TITLES[at], body=f"{TEXTS[at]}\n\nFin.") for at in PLACES],
    ),
    "nexis html": lambda: _seed(
        ".html",
        [nexis.html(at + 1, TITLES[at]).replace(FIRST, TEXTS[at]).replace("of 2", f"of {N}") for at in PLACES],
        "<html><body><!-- LXNComment 3847 -->",
        "</body></html>",
    ),
    "nexis word": _nexis_word,
    "iramuteq": lambda: _seed(
        ".txt",
        [iramuteq.text(f"*source_Le_Val *titre_{TITLES[at].replace(' ', '_')} *date_2024-03-12", TEXTS[at]) for at in PLACES],
    ),
    "xlsx": _xlsx,
    "ods": _ods,
    "warc": lambda: _seed(".warc", _each(_warc), warc.record("warcinfo", b"software: x\r\n").decode()),
    "newsml 1.2": lambda: _seed(".xml", _each(_newsml), **_around(newsml.first_newsml)),
    "newsml-g2": lambda: _seed(".xml", _each(_g2), **_around(newsml.message)),
    "nitf": lambda: _seed(".xml", [_nitf(0)]),
    "ninjs": lambda: _seed(".json", _joined([_json(item) for item in NINJS], ","), "[", "]"),
    "tei": lambda: _seed(".xml", _each(_tei), f"<teiCorpus>{tei.header('Corpus')}", "</teiCorpus>"),
    "txm": lambda: _seed(".xml", _each(_txm), '<?xml version="1.0"?><corpus>', "</corpus>"),
    "other xml": lambda: _seed(".xml", [f'<?xml version="1.0"?><articles><a>{TEXTS[0]}</a></articles>']),
    "rss": lambda: _seed(".xml", _each(_rss), **_around(feeds.rss)),
    "rss, cdata": lambda: _seed(
        ".rss",
        [f"<item><title><![CDATA[{TITLES[at]}]]></title><description><![CDATA[<p>{TEXTS[at]}</p><br>Fin.]]></description></item>" for at in PLACES],
        **_around(feeds.rss),
    ),
    "atom": lambda: _seed(".atom", _each(_atom), ATOM, "</feed>"),
    "rdf": lambda: _seed(".rss", _each(_rdf), RDF, "</rdf:RDF>"),
    "json lines": lambda: _seed(".jsonl", [_json(row) + "\n" for row in ROWS]),
    "json array": lambda: _wrapped("[", "]"),
    "json answer": lambda: _wrapped('{"status": "ok", "articles": [', '], "total": 5}'),
    "json hits": lambda: _seed(
        ".json",
        _joined([_json({"_id": "x", "_source": row}) for row in ROWS], ", "),
        '{"took": 3, "hits": {"total": 5, "hits": [',
        "]}}",
    ),
    "json keyed": lambda: _seed(
        ".json", _joined([f'"{at}": {_json(row)}' for at, row in enumerate(ROWS)], ",\n"), "{", "}"
    ),
    "json split": lambda: _seed(
        ".json",
        _joined([_json(list(row.values())) for row in ROWS], ", "),
        f'{{"columns": {_json(list(ROWS[0]))}, "index": [0, 1, 2, 3, 4], "data": [',
        "]}",
    ),
    "json columns": lambda: _seed(".json", [_json(_columns())]),
    "json frame": lambda: _seed(".json", [_json({key: dict(enumerate(held)) for key, held in _columns().items()})]),
    "json header": lambda: _seed(
        ".json", _joined([_json(list(row.values())) for row in ROWS], ",\n"), f"[{_json(list(ROWS[0]))},\n", "]"
    ),
    "json streamed": lambda: _seed(".json", [json.dumps(row, ensure_ascii=False, indent=1) + "\n" for row in ROWS]),
    "csv": lambda: _seed(".csv", *_csv(",")),
    "csv, semicolons": lambda: _seed(".csv", *_csv(";")),
    "csv, lines": lambda: _seed(".csv", [_of_lines(part) for part in _csv(",")[0]], _csv(",")[1]),
    "tsv": lambda: _seed(".tsv", *_csv("\t")),
    "parquet": lambda: _seed(".parquet", [_parquet()]),
    "sqlite": lambda: _seed(".sqlite", [_sqlite()]),
    "txt": lambda: _seed(".txt", [f"{TITLES[0]}\n\nPar Léa Ostrel\nPublié le 12/03/2024 à 18:30\n\n" + "\n".join(TEXTS)]),
    "md": lambda: _seed(".md", [f"---\ntitle: {TITLES[0]}\ndate: 2024-03-12\nauthor: Léa Ostrel\n---\n\n# {TITLES[0]}\n\n" + "\n\n".join(TEXTS)]),
    "html": lambda: _seed(".html", [_page()]),
    "pdf": lambda: _seed(".pdf", [documents.pdf([TITLES[0], *TEXTS], list(TEXTS), about=documents.ABOUT)]),
    "docx": _docx,
}  # fmt: skip


@functools.cache
def seed(name: str) -> Seed:
    """Return the seed of a format."""
    return MAKERS[name]()
