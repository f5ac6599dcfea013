"""A kind of record is declared once: what treats all kinds alike follows from the declaration."""

from __future__ import annotations

import ast
from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from newsnlp.reading import clean
from newsnlp.record_fields import Kind, Record, field_types
from newsnlp.record_kinds import KINDS, Offsets, RecordKind, record_to_raw
from newsnlp.records import RECORDS, Analysis
from newsnlp.tables.schema import INTEGER, NUMBER, TEXT, columns_of

SOURCE = Path(__file__).parents[3] / "src" / "newsnlp"
# Where kinds are named one by one: who finds each, how many an article has, which of them dossiers are made of.
NAMED = {"extractors.py", "tables/schema.py", "dossiers/dossier.py", "dossiers/tolls.py"}


def test_every_kind_of_an_analysis_is_declared():
    assert list(KINDS) == list(RECORDS)
    assert [item.name for item in fields(Analysis) if item.name in KINDS] == list(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_a_declaration_speaks_of_fields(name):
    kind, known = KINDS[name], set(field_types(RECORDS[name]))
    computed = {*kind.named, *kind.french, *kind.looked_up, kind.numbered}
    assert set(kind.columns) - computed <= known
    assert {*kind.named.values(), *kind.french.values(), *kind.refers} <= known
    assert set(kind.refers.values()) <= set(KINDS)
    for item in kind.offsets:
        assert {item.start, item.end, item.text} - {None} <= known
    if kind.doc_spans:
        assert {*kind.doc_spans.label, kind.doc_spans.id} - {None} <= known
    columns = {"article_id", *kind.columns}
    for index in (*kind.indexes, kind.key or "article_id"):
        assert set(index.split(", ")) <= columns


@pytest.mark.parametrize("name", KINDS)
def test_every_offset_is_mapped(name):
    declared = {field for item in KINDS[name].offsets for field in (item.start, item.end)}
    ends = ("start", "end", "spans")
    # The ends of a time are days, in words.
    types = field_types(RECORDS[name])
    assert {field for field in types if field.endswith(ends) and str not in types[field]} <= declared


@pytest.mark.model
def test_references_are_to_records_that_there_are(nlp):
    from newsnlp.samples import sample_corpus

    found = 0
    for analysis in nlp.pipe(sample_corpus()[:8]):
        for kind in KINDS.values():
            for field, other in kind.refers.items():
                targets = getattr(analysis, other)
                ids = {getattr(target, "id", number) for number, target in enumerate(targets)}
                held = [getattr(record, field) for record in getattr(analysis, kind.name)]
                several = [value if isinstance(value, tuple) else (value,) for value in held]
                pointed = {one for values in several for one in values} - {None}
                assert pointed <= ids
                found += len(pointed)
    assert found > 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Toy(Record):
    """A kind that there is none of."""

    start: int
    end: int
    text: str
    weight: float | None = None
    kind: Kind = Kind.COUNT
    when: int | None = None
    parts: tuple[tuple[int, int], ...] = ()
    words: tuple[str, ...] = ()


TOY = RecordKind(
    name="toys",
    columns=("toy", "text", "weight", "kind", "when", "words"),
    numbered="toy",
    indexes=(),
    offsets=(Offsets("start", "end", "text"), Offsets("when"), Offsets("parts", text="words", many=True)),
)


def test_a_new_kind_gets_columns_checks_and_offsets():
    assert columns_of(TOY, Toy) == {
        "article_id": TEXT,
        "toy": INTEGER,
        "text": TEXT,
        "weight": NUMBER,
        "kind": TEXT,
        "when": INTEGER,
        "words": TEXT,
    }
    text = clean("Un\u00ad ours\u00a0brun.")
    start = text.text.index("ours")
    toy = Toy(start=start, end=start + 4, text="ours", kind="money", parts=((start, start + 4),), words=("ours",))
    raw = record_to_raw(toy, TOY.offsets, text)
    assert text.raw[raw.start : raw.end] == raw.text == "ours" == raw.words[0]
    assert raw.start > start
    assert raw.parts == ((raw.start, raw.end),)
    assert (raw.when, raw.kind) == (None, Kind.MONEY)


def named_kinds(path):
    """Return the kinds that the literal lists, tuples, sets and keys of dictionaries of a module name, list by list."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        inner = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", None)
        values = {item.value for item in inner or () if isinstance(item, ast.Constant)}
        yield values & set(KINDS)


def test_no_module_lists_the_kinds_again():
    listed = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if any(len(found) >= 3 for found in named_kinds(path))
    }
    assert listed == NAMED
