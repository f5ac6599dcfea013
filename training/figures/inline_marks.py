"""Read figures marked inside a sentence, the form of `tests/gold/figures.toml` and of all annotation for this part.

``[Cinq]{c=soldats e=injured s=r} soldats auraient été blessés, dont [un]{c=soldats e=injured s=r of=-1} grièvement``

Inside the braces, separated by spaces, whatever differs from an exact, asserted count:
``v=5`` or ``v=2/3`` ``v=2..`` ``v=..50`` ``v=15..20`` (by default the number as printed), ``m=`` modifier, ``k=`` kind, ``u=`` unit,
``c=`` counted, ``e=`` event, ``s=`` status by its first letter, ``p=`` place, ``of=-1`` the figure it is a part of,
counted backwards, ``a=`` actor, ``src=`` source, ``d=`` date. An underscore stands for a space. Outside the brackets
``@Irak`` is a name of a place, ``#Reuters`` one of an organisation or person: the mentions that the rules are given.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

MARK = re.compile(r"\[([^][{}]+)\]\{([^{}]*)\}")
NAME = re.compile(r"([@#])([\w'’-]*[\w])")
PLAIN_MARK = re.compile(r"\[([^][{}]+)\](?!\{)")
STATUS = {"a": "asserted", "r": "reported", "p": "planned", "d": "denied"}
NAMES = {"c": "counted", "e": "event", "p": "place", "u": "unit", "k": "kind", "m": "modifier"}
EXTRA = {"a": "actor", "src": "source", "d": "date"}
WORDS = [
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize"),
    *("quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"),
]


def printed_value(text: str) -> float:
    """Return the value of a plain number as printed, the default of a mark without ``v=``."""
    lowered = (
        text.lower()
        .replace("\N{NO-BREAK SPACE}", " ")
        .replace("une", "un")
        .replace("aucune", "0")
        .replace("aucun", "0")
    )
    if lowered in WORDS:
        return WORDS.index(lowered)
    return float(lowered.replace(" ", "").replace(",", "."))


def bounds(value: str | None, text: str, modifier: str) -> tuple[float | None, float | None]:
    """Return the bounds that a mark states."""
    if value and ".." in value:
        low, high = value.split("..")
        return (float(low) if low else None, float(high) if high else None)
    point = float(Fraction(value)) if value else printed_value(text)
    if modifier in ("at_least", "more_than", "vague"):
        return point, None
    if modifier in ("at_most", "less_than"):
        return None, point
    return point, point


def _spaced(name: str, value: str | None) -> str | None:
    """Open the underscores of what is worded as in the text."""
    return (
        value.replace("_", " ")
        if value is not None and name in ("counted", "place", "actor", "source", "date")
        else value
    )


def read_marks(marked: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the plain text and its figures, in the form of `figures/dev.jsonl`."""
    text, figures, _ = read_marks_and_names(marked)
    return text, figures


def read_marks_and_names(marked: str) -> tuple[str, list[dict[str, Any]], list[tuple[int, int, str]]]:
    """Return the plain text, its figures, and its names as (start, end, label)."""
    names: list[tuple[int, int, str]] = []

    def unmark(piece: str, offset: int) -> str:
        plain, cursor = "", 0
        for match in NAME.finditer(piece):
            plain += piece[cursor : match.start()]
            name = match[2].replace("_", " ")
            label = "LOC" if match[1] == "@" else "ORG"
            names.append((offset + len(plain), offset + len(plain) + len(name), label))
            plain += name
            cursor = match.end()
        return plain + piece[cursor:]

    text, figures, cursor = "", [], 0
    marked = PLAIN_MARK.sub(r"[\1]{}", marked)
    for mark in MARK.finditer(marked):
        text += unmark(marked[cursor : mark.start()], len(text))
        given = dict(item.split("=", 1) for item in mark[2].split())
        if unknown := set(given) - set(NAMES) - set(EXTRA) - {"v", "s", "of"}:
            message = f"unknown {sorted(unknown)} in {mark[0]!r}"
            raise ValueError(message)
        figure: dict[str, Any] = {"number": mark[1], "start": len(text), "end": len(text) + len(mark[1])}
        figure |= {name: _spaced(name, given.get(key)) for key, name in (NAMES | EXTRA).items()}
        figure["modifier"] = figure["modifier"] or "exact"
        figure["kind"] = figure["kind"] or "count"
        figure["status"] = STATUS[given.get("s", "a")]
        figure["value_min"], figure["value_max"] = bounds(given.get("v"), mark[1], figure["modifier"])
        figure["part_of"] = int(given["of"]) + len(figures) if "of" in given else None
        figures.append(figure)
        text += mark[1]
        cursor = mark.end()
    text += unmark(marked[cursor:], len(text))
    for figure in figures:
        if figure["part_of"] is not None:
            figure["part_of"] = figures[figure["part_of"]]["start"]
    return text, figures, names
