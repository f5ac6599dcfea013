"""The full analyses of the gold texts, the samples and the fixture pages, as text files that show a change as a diff.

Usage: python tests/snapshot/snapshot.py [--update]

One record a line: its kind, its words, then its other fields in the order of `newsnlp.records`. Fields that are None or
empty are left out, so that a new field shows only where it says something; a sentence is given by its end, since its
text is the article's. Versions are left out. Floats are rounded to six digits: the sums behind them differ in the last
bits from one processor to another.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsnlp import Analysis, Article, Pipeline

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DIGITS = 6
SHOWN = 12
"""How many differing lines of a file are told."""
QUANTITY_MARK = re.compile(r"\[([^\]]*)\]\{[^}]*\}")
NAME_MARK = re.compile(r"\[([^\[\]]+)\]\((?:PER|LOC|ORG|MISC)\)")
RECORDS = {"entities": "entity", "mentions": "mention", "figures": "figure", "events": "event", "topics": "topic"}
VERSIONS = ("newsnlp", "model", "model_version", "spacy", "lexicons")
EXPORTED = 3
"""Of so many samples, every export is kept."""


def _gold(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = tomllib.loads((ROOT / "tests" / "gold" / name).read_text(encoding="utf-8"))["case"]
    return cases


def _figures() -> Iterator[Article]:
    from newsnlp import Article

    path = ROOT / "training" / "figures" / "inline_marks.py"
    spec = importlib.util.spec_from_file_location("inline_marks", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    marks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(marks)
    for case in _gold("figures.toml"):
        yield Article(id=case["id"], text=marks.read_marks(case["text"])[0])


def _quantities() -> Iterator[Article]:
    from newsnlp import Article

    for case in _gold("quantities.toml"):
        yield Article(id=case["id"], text=QUANTITY_MARK.sub(r"\1", case["text"]))


def _pages() -> Iterator[Article]:
    from newsnlp import Article

    for path in sorted((ROOT / "tests" / "unit" / "reading" / "pages").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").partition("\n\n")[2].rstrip("\n").split("\n")
        text = "\n".join(line[2:].replace("|", "") if line.startswith("+ ") else line[2:] for line in lines)
        yield Article(id=path.stem, text=text)


def _names() -> Iterator[Article]:
    from newsnlp import Article

    for path in sorted((ROOT / "training" / "entities" / "sentences").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            # Every fifth: all of them make 2.5 MB.
            if number % 5 == 0 and line.strip() and not line.startswith("#"):
                yield Article(id=f"{path.stem}:{number}", text=NAME_MARK.sub(r"\1", line))


def _samples() -> Iterator[Article]:
    from newsnlp import Article
    from newsnlp.samples import sample_corpus, sample_text

    yield Article(id="attaque_base", text=sample_text())
    yield from sample_corpus()


SOURCES = {"figures": _figures, "quantities": _quantities, "pages": _pages, "names": _names, "samples": _samples}


def rounded(value: Any) -> Any:
    """Return plain values, floats with `DIGITS` digits."""
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def line_of(kind: str, record: dict[str, Any]) -> str:
    """Return one record as a line."""
    said = {key: rounded(value) for key, value in record.items() if value is not None and value not in ([], {})}
    return f"{kind} {json.dumps(said, ensure_ascii=False)}"


def lines_of(analysis: Analysis) -> Iterator[str]:
    """Yield one analysis as lines, its id first."""
    data = analysis.to_dict()
    article = data["article"]
    text = article.pop("text") or ""
    yield f"== {article.pop('id')}"
    yield line_of(
        "article", article | {key: value for key, value in data["meta"].items() if key not in {*VERSIONS, "entities"}}
    )
    yield line_of("body", {"spans": data["body_spans"]})
    for group, kind in RECORDS.items():
        for record in data[group]:
            if sentence := record.pop("sentence", None):
                end = record["sentence_start"] + len(sentence)
                if text[record["sentence_start"] : end] != sentence:
                    message = f"{article}: {record} does not stand in its sentence"
                    raise ValueError(message)
                record["sentence_end"] = end
            head = {key: record.pop(key) for key in ("id", "name", "text") if key in record}
            yield line_of(kind, head | record)


def _framed(name: str, frame: Any) -> Iterator[str]:
    yield f"== {name} {json.dumps({column: str(kind) for column, kind in frame.dtypes.items()})}"
    frame = frame.drop(columns=[column for column in frame if column in VERSIONS])
    rows = json.loads(frame.to_json(orient="records", date_format="iso", force_ascii=False, double_precision=DIGITS))
    for row in rows:
        yield line_of("row", row)


def _tables(samples: list[Analysis]) -> Iterator[str]:
    from newsnlp import tables

    for name, frame in tables.to_frames(samples[:EXPORTED]).items():
        yield from _framed(name, frame)
    for view in (
        tables.casualties,
        tables.forces,
        tables.casualties_by_day,
        tables.co_occurrences,
        tables.entities_over_time,
    ):
        yield from _framed(view.__name__, view(samples[1:]))


def _related(samples: list[Analysis]) -> Iterator[str]:
    from dataclasses import asdict

    from newsnlp import RelatedIndex, keyphrases, stories

    index = RelatedIndex()
    index.add(samples)
    for analysis in samples:
        yield f"== {analysis.article.id}"
        for suggestion in index.suggest(analysis.article.id, k=5):
            yield line_of("suggestion", asdict(suggestion))
    yield "== stories"
    for story in stories(samples):
        yield line_of("story", asdict(story))
    yield "== keyphrases"
    for analysis in samples[:EXPORTED]:
        yield line_of("keyphrases", {"id": analysis.article.id, "phrases": [str(one) for one in keyphrases(analysis)]})


def _exports(samples: list[Analysis]) -> Iterator[str]:
    import newsnlp
    from newsnlp import exports
    from newsnlp.render.html import analysis_to_html

    few = samples[:EXPORTED]
    yield "== conll"
    yield from exports.to_conll(few).splitlines()
    for name, made in (
        ("ninjs", [exports.to_ninjs(one) for one in few]),
        ("displacy", [exports.to_displacy(one) for one in few]),
        ("doccano", [json.loads(line) for line in exports.to_doccano(few, figures=True).splitlines()]),
        ("label_studio", json.loads(exports.to_label_studio(few, figures=True).replace(newsnlp.__version__, "…"))),
    ):
        yield f"== {name}"
        for one in rounded(made):
            yield from json.dumps(one, ensure_ascii=False, indent=1).splitlines()
    yield "== html"
    yield from analysis_to_html(few[0]).splitlines()


def snapshots(nlp: Pipeline, names: Iterable[str] | None = None) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of every file, in order."""
    samples: list[Analysis] = []
    for name, articles in SOURCES.items():
        if names is not None and name not in names:
            continue
        analyses = list(nlp.pipe(articles()))
        if name == "samples":
            samples = analyses
        yield name, "\n".join(line for analysis in analyses for line in lines_of(analysis)) + "\n"
    for name, make in (("tables", _tables), ("related", _related), ("exports", _exports)):
        if names is None or name in names:
            samples = samples or list(nlp.pipe(_samples()))
            yield name, "\n".join(make(samples)) + "\n"


def path_of(name: str) -> Path:
    """Return where a file of the snapshot lies."""
    return HERE / f"{name}.txt"


def differences(stored: str, made: str) -> list[str]:
    """Return the differing lines of one file, each under the article it belongs to; the first ones only."""
    import difflib

    before, after = stored.splitlines(), made.splitlines()
    said: list[str] = []
    count = 0
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            continue
        changed = [f"- {line}" for line in before[start:end]] + [f"+ {line}" for line in after[first:last]]
        if count < SHOWN:
            heading = next((line for line in reversed(after[: first + 1]) if line.startswith("== ")), "")
            if heading and heading not in said:
                said.append(heading)
            said += changed[: SHOWN - count]
        count += len(changed)
    if count > SHOWN:
        said.append(f"… and {count - SHOWN} more lines")
    return said


def main() -> int:
    """Compare, or write, the whole snapshot."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--update", action="store_true", help="rewrite the files")
    update = parser.parse_args().update
    import newsnlp

    failed = False
    for name, made in snapshots(newsnlp.load()):
        path = path_of(name)
        stored = path.read_text(encoding="utf-8") if path.exists() else ""
        if stored != made:
            failed = True
            print(f"{path.name}:", *differences(stored, made), sep="\n  ")
            if update:
                path.write_text(made, encoding="utf-8", newline="\n")
    if not failed:
        print("the snapshot is as stored")
    return int(failed and not update)


if __name__ == "__main__":
    sys.exit(main())
