"""Review the topic passages: form, codes, duplicates, balance.

`python training/topics/check_passages.py` prints the counts per code and style and ends with status 1 on any problem.
Codes are checked against `src/newsnlp/lexicons/fr/topics_taxonomy.csv` (IPTC Media Topics, CC BY 4.0).
"""

from __future__ import annotations

import collections
import csv
import itertools
import json
import re
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
PASSAGES = HERE / "passages"
TAXONOMY = HERE.parents[1] / "src/newsnlp/lexicons/fr/topics_taxonomy.csv"

STYLES = frozenset(
    {"wire", "local", "national", "africa", "swiss", "belgian", "quebec", "feed", "headline", "magazine", "press"}
)
# L: the article-like passages of `long_*.jsonl`; P: the articles of a whole newspaper, of any topic, in `press_*.jsonl`.
ROW_ID = re.compile(r"L?(0[1-9]|1[0-7])-\d{3}|P\d-\d{3}")
SHINGLE = 5  # words
NEAR_DUPLICATE = 0.25  # share of the shorter passage's shingles that another passage repeats
MIN_PER_TOPIC = 60
MIN_PER_STYLE = 40
MIN_SUBTOPICS = 80  # level-2 codes with at least ...
MIN_PER_SUBTOPIC = 10  # ... this many passages
MAX_LEVEL_1 = 3


def read_rows(folder: Path = PASSAGES) -> list[dict]:
    """Return every passage of `folder`, in file order, with its file name under "file"."""
    return [
        {**json.loads(line), "file": path.name}
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def read_taxonomy(path: Path = TAXONOMY) -> dict[str, str]:
    """Return {code: parent code, "" at level 1}."""
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {row["code"]: row["parent"] or "" for row in csv.DictReader(lines)}


def words(text: str) -> list[str]:
    """Return the lower-case words of a text without accents, the form in which repeats are compared."""
    plain = unicodedata.normalize("NFD", text.lower())
    return re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))


def form_problems(row: dict, taxonomy: dict[str, str]) -> list[str]:
    """Return what is wrong with one row: keys, id, style, text, codes."""
    if set(row) - {"file"} != {"id", "text", "topics", "style"}:
        return [f"{row.get('id')}: keys are {sorted(row)}, expected id, text, topics, style"]
    name, topics = row["id"], row["topics"]
    problems = []
    press = name.startswith("P")
    number = name[1] if press else name.removeprefix("L")[:2]
    folder = "press_" if press else "long_" if name.startswith("L") else ""
    if not ROW_ID.fullmatch(name) or not row["file"].startswith(folder + number):
        problems.append(f"{name}: the id does not fit {row['file']}")
    if row["style"] not in STYLES or (row["style"] == "press") != press:
        problems.append(f"{name}: unknown style {row['style']!r}")
    if row["text"] != unicodedata.normalize("NFC", row["text"].strip()) or len(words(row["text"])) < 4:
        problems.append(f"{name}: text empty, too short, not stripped or not NFC")
    unknown = [code for code in topics if code not in taxonomy]
    if unknown:
        return [*problems, f"{name}: unknown codes {unknown}"]
    if len(set(topics)) != len(topics):
        problems.append(f"{name}: a code is given twice")
    tops = [code for code in topics if not taxonomy[code]]
    if not 1 <= len(tops) <= MAX_LEVEL_1 or not (press or topics[0] == f"medtop:{number}000000"):
        problems.append(f"{name}: 1 to {MAX_LEVEL_1} level-1 codes, the file's own first; has {tops}")
    orphans = [code for code in topics if taxonomy[code] and taxonomy[code] not in tops]
    if orphans:
        problems.append(f"{name}: level-2 codes without their parent: {orphans}")
    return problems


def repeats(rows: list[dict]) -> list[str]:
    """Return ids given twice and pairs of passages that share too many word 5-grams."""
    counts = collections.Counter(row["id"] for row in rows)
    problems = [f"{name}: id used {n} times" for name, n in counts.items() if n > 1]
    shingles, seen, where = {}, {}, collections.defaultdict(list)
    for row in rows:
        tokens = words(row["text"])
        key = " ".join(tokens)
        if key in seen:
            problems.append(f"{row['id']}: same text as {seen[key]}")
        seen[key] = row["id"]
        shingles[row["id"]] = {tuple(tokens[i : i + SHINGLE]) for i in range(len(tokens) - SHINGLE + 1)}
        for shingle in shingles[row["id"]]:
            where[shingle].append(row["id"])
    shared = collections.Counter(pair for ids in where.values() for pair in itertools.combinations(ids, 2))
    for (one, other), n in shared.items():
        share = n / min(len(shingles[one]), len(shingles[other]))
        if share > NEAR_DUPLICATE:
            problems.append(f"{one} and {other}: {share:.0%} of the word 5-grams in common")
    return problems


def balance_problems(rows: list[dict], taxonomy: dict[str, str]) -> list[str]:
    """Return the topics and styles with too few passages."""
    codes = collections.Counter(code for row in rows for code in row["topics"])
    styles = collections.Counter(row["style"] for row in rows)
    tops = [code for code, parent in taxonomy.items() if not parent]
    problems = [f"{code}: {codes[code]} passages" for code in tops if codes[code] < MIN_PER_TOPIC]
    problems += [
        f"style {style}: {styles[style]} passages" for style in sorted(STYLES) if styles[style] < MIN_PER_STYLE
    ]
    ample = sum(n >= MIN_PER_SUBTOPIC for code, n in codes.items() if taxonomy.get(code))
    if ample < MIN_SUBTOPICS:
        problems.append(f"{ample} level-2 codes have {MIN_PER_SUBTOPIC} passages, {MIN_SUBTOPICS} wanted")
    return problems


def check(rows: list[dict], taxonomy: dict[str, str]) -> list[str]:
    """Return every problem found, none when the passages are in order."""
    problems = [problem for row in rows for problem in form_problems(row, taxonomy)]
    return problems or repeats(rows) + balance_problems(rows, taxonomy)


def main() -> int:
    rows, taxonomy = read_rows(), read_taxonomy()
    codes = collections.Counter(code for row in rows for code in row["topics"])
    primary = collections.Counter(row["topics"][0] for row in rows)
    for code in sorted(codes, key=lambda c: (taxonomy.get(c) or c, bool(taxonomy.get(c)), c)):
        first = f"  ({primary[code]} first)" if primary[code] else ""
        print(f"{'  ' if taxonomy.get(code) else ''}{code} {codes[code]}{first}")
    print(dict(collections.Counter(row["style"] for row in rows).most_common()))
    several = sum(sum(not taxonomy.get(code) for code in row["topics"]) > 1 for row in rows)
    length = sorted(len(row["text"].split()) for row in rows)
    print(f"{len(rows)} passages, {several / len(rows):.0%} with several topics, median {length[len(rows) // 2]} words")
    problems = check(rows, taxonomy)
    print("\n".join(problems) or "no problem found")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
