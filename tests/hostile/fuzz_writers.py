"""Analyses with extreme values in every field through every way out: rows in are rows out, and nothing else is raised.

``python tests/hostile/fuzz_writers.py COUNT SEED`` prints what was counted; the tests run it small and large.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import math
import random
import shutil
import sys
import tempfile
import warnings
from collections import Counter
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path

from newsnlp import casualties_by_day, contradictions, events, exports, stories, tolls
from newsnlp.errors import NewsnlpError
from newsnlp.record_fields import field_types
from newsnlp.records import RECORDS, Analysis, Article, Figure, Kind
from newsnlp.render import terminal
from newsnlp.render.html import analysis_to_html
from newsnlp.tables import casualties, forces, read_tables, to_frames, write_tables
from newsnlp.tables.formats.registry import FORMATS
from newsnlp.tables.schema import SCHEMAS, TEXT

_spec = importlib.util.spec_from_file_location("marked", Path(__file__).with_name("marked.py"))
marked = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(marked)

BATCH = 40
WHOLE = [0, 1, -1, 3, 2**31, 2**53 + 1, 2**63 - 1, 2**63, -(2**63), 10**80, 10**400, 10**5000]
BROKEN = [0.0, -0.0, 0.1, 1 / 3, 1e16, 1e308, 5e-324, math.inf, -math.inf, math.nan]
ZONES = [None, UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-14)), timezone(timedelta(seconds=3661))]
VIEWS = [casualties, forces, casualties_by_day, tolls, contradictions]
CONVENTIONS = [None, "acled", "ucdp", "emdat"]
EVENTS = ["killed", "injured", "deployed", None]


def text_of(rng):
    """Return a marker, several, or any characters."""
    if rng.random() < 0.7:
        return "".join(rng.choice(marked.MARKERS) for _ in range(rng.choice([1, 1, 1, 2, 5])))
    planes = [(0, 0x7F), (0x80, 0x2FF), (0x2000, 0x20FF), (0xD7F0, 0xE010), (0xFFF0, 0xFFFF), (0x1F600, 0x1F64F)]
    return "".join(chr(rng.randint(*rng.choice(planes))) for _ in range(rng.randint(0, 12)))


def date_of(rng):
    year = rng.choice([1, 1, 1000, 1899, 1900, 1970, 2026, 2262, 9999, 9999])
    edge = rng.choice(
        [(1, 3, 0, 0, 0, 0), (12, 29, 23, 59, 59, 999_999), (2, 28, 12, 30, 0, 1)]
    )  # as an article accepts
    return rng.choice([None, datetime(year, *edge, tzinfo=rng.choice(ZONES))])


def value_of(rng, name, kind, closed, length):
    """Return a value of a field's type, as extreme as the type allows, or of the closed set that it holds."""
    if closed:
        return rng.choice([*closed, *[None] * (8 if "None" in kind else 0)])
    if name in {"start", "end", "sentence_start", "first_start", "phrase_start", "phrase_end", "part_of"}:
        return rng.choice([0, 1, length, rng.randint(0, length), None if "None" in kind else -1, rng.choice(WHOLE)])
    if kind.startswith("tuple[str"):
        return tuple(text_of(rng) for _ in range(rng.randint(0, 3)))
    if kind.startswith("tuple[tuple"):
        return tuple((rng.randint(0, length), rng.choice(WHOLE)) for _ in range(rng.randint(0, 2)))
    if kind.startswith("tuple[int"):
        return tuple(rng.choice([0, 1, 2, *WHOLE]) for _ in range(rng.randint(0, 3)))
    if "None" in kind and rng.random() < 0.3:
        return None
    if kind.startswith("str"):
        return text_of(rng)
    return rng.choice(WHOLE) if kind.startswith("int") else rng.choice(WHOLE + BROKEN)


def record_of(rng, cls, length):
    types = field_types(cls)
    closed = {name: next((inner for inner in types[name] if issubclass(inner, StrEnum)), None) for name in types}
    values = {item.name: value_of(rng, item.name, item.type, closed[item.name], length) for item in fields(cls)}
    if "start" in values and length and rng.random() < 0.95:
        start = rng.randrange(length)
        values |= {"start": start, "end": rng.randint(start + 1, length)}
    if cls is Figure and rng.random() < 0.5:
        values |= {"event": rng.choice(EVENTS), "kind": Kind.COUNT, "part_of": None}
    return cls(**values)


def analysis_of(rng):
    text = text_of(rng) + rng.choice(["", "\n", " "]) + text_of(rng)
    values = {item.name: text_of(rng) for item in fields(Article)} | {"text": text, "published_at": date_of(rng)}
    values |= {"extra": {"page": text_of(rng), text_of(rng): text_of(rng)}, "warnings": (text_of(rng),)}
    spans = [tuple(sorted(rng.randint(0, len(text)) for _ in range(2))) for _ in range(rng.randint(0, 3))]
    some = {
        name: tuple(record_of(rng, cls, len(text)) for _ in range(rng.randint(0, 3))) for name, cls in RECORDS.items()
    }
    meta = {"newsnlp": text_of(rng), "model": rng.choice([None, 7, text_of(rng)]), "warnings": [text_of(rng)]}
    return Analysis(article=Article(**values), body_spans=tuple(spans), meta=meta, **some)


def as_written(cell, form):
    """Return a text cell of a frame as a format documents it."""
    if form in {"csv", "excel-fr"}:
        return cell.replace("\0", "\ufffd")
    if form == "xlsx":
        return "".join(
            "\ufffd" if (sign < " " and sign not in "\t\n\r") or sign in "\ufffe\uffff" else sign for sign in cell
        )
    return cell


def same(one, other, dtype, form):
    if one is None or other is None:
        return one is other
    if dtype == TEXT:
        return as_written(one, form) == other
    if dtype.startswith("datetime"):
        # A workbook counts days as doubles.
        return one == other or (form == "xlsx" and abs((one - other).total_seconds()) < 0.001)
    return one == other or (form == "xlsx" and math.isclose(one, other, rel_tol=1e-15))


def cells_of(series):
    return [None if missing else cell for cell, missing in zip(series.tolist(), series.isna().tolist(), strict=True)]


def check_tables(analyses, counted, folder):
    frames = to_frames(analyses)
    sizes = {"articles": len(analyses), **{n: sum(len(getattr(a, n)) for a in analyses) for n in list(SCHEMAS)[1:]}}
    if {name: len(frame) for name, frame in frames.items()} != sizes:
        message = f"rows lost: {sizes}"
        raise AssertionError(message)
    if frames["articles"]["article_id"].duplicated().any():
        message = "two articles of one id"
        raise AssertionError(message)
    for form in FORMATS:
        write_tables(analyses, folder / form, format=form)
        back = read_tables(folder / form)
        for name, frame in frames.items():
            for column, dtype in SCHEMAS[name].items():
                wanted, found = cells_of(frame[column]), cells_of(back[name][column])
                if len(wanted) != len(found):
                    message = f"{form}: {name} has {len(found)} rows, not {len(wanted)}"
                    raise AssertionError(message)
                for one, other in zip(wanted, found, strict=True):
                    if not same(one, other, dtype, form):
                        message = f"{form}: {name}.{column}: {one!r} came back as {other!r}"
                        raise AssertionError(message)
            counted[form] += len(frame)


def check_views(analyses, counted):
    for view in VIEWS:
        counted["view rows"] += len(view(analyses))
    for convention in CONVENTIONS:
        counted["event rows"] += len(events(analyses, convention=convention))
    counted["stories"] += len(stories(analyses))


def check_one(analysis, counted):
    terminal.print_analysis(analysis)
    ways = {
        "html": analysis_to_html,
        "displacy": exports.to_displacy,
        "ninjs": lambda a: json.dumps(a.to_ninjs(), ensure_ascii=False, allow_nan=False).encode(),
        "doccano": lambda a: exports.from_doccano(exports.to_doccano(a, figures=True)),
        "label studio": lambda a: exports.from_label_studio(exports.to_label_studio(a)),
        "conll": lambda a: exports.from_conll(exports.to_conll(a), [a]),
    }
    for name, way in ways.items():
        try:
            way(analysis)
        except NewsnlpError:
            counted[f"{name} refused"] += 1
        else:
            counted[name] += 1


def fuzz(count, seed):
    """Return what was counted over so many analyses; an AssertionError, or any other, is a finding."""
    rng = random.Random(seed)
    counted = Counter()
    folder = Path(tempfile.mkdtemp())
    try:
        for begun in range(0, count, BATCH):
            analyses = [analysis_of(rng) for _ in range(min(BATCH, count - begun))]
            with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
                warnings.simplefilter("ignore", UserWarning)
                check_tables(analyses, counted, folder)
                check_views(analyses, counted)
                for analysis in analyses:
                    check_one(analysis, counted)
            counted["analyses"] += len(analyses)
    finally:
        shutil.rmtree(folder)
    return counted


if __name__ == "__main__":
    print(dict(fuzz(int(sys.argv[1]), int(sys.argv[2]))))  # noqa: T201
