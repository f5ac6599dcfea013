"""The form of an article: review, obituary, court report, advice. A desk files by it before it looks at the subject.

A novel about a war is no war, and the recipe of a minister no politics: the topic model weighs the signs of each form
(`topics_forms.csv`, and a few that stand in headlines and credits) beside the words of the subject.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from newsnlp.lexicons import load_csv
from newsnlp.topics.words import TermIndex, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsnlp.topics.words import Token

FORMS = ("review", "broadcast", "obituary", "court", "opinion", "interview", "service", "match")
# Signs of punctuation: a work named in the headline, its length or price, the name of a column, a death announced.
_WORK = re.compile(r"« ?[A-ZÀ-Ý0-9][^»\n]{0,60}? ?» ?(?:,|$|\(|d[e'’u])")
_CREDITS = re.compile(r"\b\d{2,4} p(?:ages|\.)|\(\d ?h ?\d{0,2}(?: ?min)?\)")
_COLUMN = re.compile(
    r"^(?:Tribune|Chronique|[ÉE]dito(?:rial)?|Billet|Point de vue|Carte blanche)\b ?[.:|,–—-]", re.MULTILINE
)
_DEATH = re.compile(r"(?:Mort|Décès|Disparition) (?:de |d['’]|du )|\b(?:est|sont) morte?s?\b")
# An article of questions and answers has several lines that end in a question mark.
MIN_QUESTIONS = 3
HEAD = 200
TAIL = 400


@functools.cache
def _index() -> TermIndex:
    found: dict[str, dict[str, float]] = {}
    for row in load_csv("topics_forms.csv", columns=("term", "form"), key=("term", "form")):
        key = " ".join(stem for _, _, stem, _ in tokenize(row["term"]))
        found.setdefault(key, {})[row["form"]] = 1.0
    return TermIndex.of(found)


def _phrases(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the form of each sign that stands in the text, each sign once."""
    terms, longest = _index()
    seen = set()
    for position in [place for place, token in enumerate(tokens) if token[2] in longest]:
        token = tokens[position]
        for length in range(longest[token[2]], 0, -1):
            key = " ".join([item[2] for item in tokens[position : position + length]]) if length > 1 else token[2]
            if key in terms and key not in seen:
                seen.add(key)
                yield from terms[key]
                break


def find_forms(tokens: Sequence[Token], title: str | None, text: str) -> dict[str, float]:
    """Return how many signs of each form there are; those of a headline count twice.

    Examples
    --------
    >>> text = "« La Digue », un roman de la crue. Traduit de l'italien, 240 pages."
    >>> find_forms(tokenize(text), None, text)
    {'review': 4.0}
    """
    found: dict[str, float] = {}
    for form in _phrases(tokens):
        found[form] = found.get(form, 0.0) + 1.0
    opening = text[:HEAD]
    head = title or opening.partition("\n")[0]
    if "«" in head and _WORK.search(head):
        found["review"] = found.get("review", 0.0) + 2.0
    if _CREDITS.search(text, max(0, len(text) - TAIL)):
        found["review"] = found.get("review", 0.0) + 1.0
    if _COLUMN.search(opening) or (title and _COLUMN.match(title)):
        found["opinion"] = found.get("opinion", 0.0) + 2.0
    if _DEATH.search(head):
        found["obituary"] = found.get("obituary", 0.0) + 2.0
    if text.count("?\n") >= MIN_QUESTIONS:
        found["interview"] = found.get("interview", 0.0) + 2.0
    return found
