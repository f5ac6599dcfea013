"""A fact stands in one list, and words stand in lexicons, not in code."""

from __future__ import annotations

import ast
import csv
import re
import tomllib
from itertools import combinations
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[3] / "src" / "newsnlp"
FOLDER = PACKAGE / "lexicons" / "fr"
HANDFUL = 6
# Two lists that share more than this part of all their words, and more than a handful, say one thing twice.
SHARED = 0.5
# The same words for another reason: one list may change without the other.
NAMESAKES = {
    ("language_stopwords.fr.words", "reading_wrapping.open_words.words"): "only what cannot end a line of its own",
    ("entities.repeats_particles.words", "reading_bylines.author.particles"): "bylines are folded and also English",
    ("figures_grammar.auxiliaries.have", "quantities.ages_have_before.words"): "only forms that are said of an age",
    ("figures_noun_phrase.prepositions.words", "figures_sources.phrase.governed"): "a source has no place or direction",
}
ROOMS = ("grammar", "quantities", "figures", "quotes", "entities")
# How many lists and patterns above a handful are left in the code of these rooms. It can only fall.
LEFT_IN_CODE = 28


def lists_in(value, path):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from lists_in(inner, f"{path}.{key}")
    elif isinstance(value, list) and len(words := {word for word in value if isinstance(word, str)}) > HANDFUL:
        yield path, words


def all_lists():
    for path in sorted(FOLDER.glob("*.toml")):
        yield from lists_in(tomllib.loads(path.read_text(encoding="utf-8")), path.stem)
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            yield path.name, {row[0] for row in csv.reader(lines)}


def copies(lists):
    """Return the pairs of lists that say one thing twice."""
    pairs = combinations(lists, 2)
    return {
        (first, second)
        for (first, words), (second, others) in pairs
        if len(words & others) > max(HANDFUL, SHARED * len(words | others))
    }


def test_no_fact_stands_in_two_lists():
    assert copies(all_lists()) == set(NAMESAKES), 'name the other list ("@file.table"), or tell why in NAMESAKES'


def test_a_copy_is_found():
    months = {"janvier", "février", "mars", "avril", "mai", "juin", "juillet"}
    assert copies([("a", months), ("b", months | {"août"}), ("c", {"mars"})]) == {("a", "b")}


def words_in(node):
    """Return how many words a literal lists: as a collection of strings, or as the alternatives of a pattern."""
    if isinstance(node, (ast.Set, ast.List, ast.Tuple)):
        plain = [item.value for item in node.elts if isinstance(item, ast.Constant) and isinstance(item.value, str)]
        is_french = len(plain) == len(node.elts) and not any("_" in word for word in plain)
        return len([word for word in plain if re.fullmatch(r"[a-zà-ÿœ' .-]+", word)]) if is_french else 0
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        runs = re.findall(r"[a-zà-ÿœ' ?]{2,}(?:\|[a-zà-ÿœ' ?]{2,})+", node.value)
        return max((run.count("|") + 1 for run in runs), default=0)
    return 0


def lists_in_code():
    for room in ROOMS:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.expr) and words_in(node) > HANDFUL:
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}"


def test_words_stand_in_lexicons():
    found = list(lists_in_code())
    assert len(found) <= LEFT_IN_CODE, "move them to the lexicon of their subject: " + ", ".join(found)
    assert len(found) == LEFT_IN_CODE, f"fewer are left: set LEFT_IN_CODE to {len(found)}"


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ('{"un", "deux", "trois"}', 3),
        ('re.compile("(?:un|deux|trois) $")', 3),
        ('("is_person", "two_words")', 0),
        ('"un homme"', 0),
    ],
)
def test_words_in_code_are_counted(code, count):
    assert max(words_in(node) for node in ast.walk(ast.parse(code))) == count
