"""The currencies of the world as French papers write them."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from newsnlp.lexicons._loader import load_csv

_FORMS = ("signs", "letters", "names", "shared")


class Currency(NamedTuple):
    """One currency, or its hundredth by ``factor``, with the ways to write it.

    ``letters`` are codes and abbreviations, ``names`` French names. What is ``shared`` with others means this one where
    the text speaks of its ``home``, a pattern of folded text.
    """

    code: str
    factor: float
    signs: tuple[str, ...]
    letters: tuple[str, ...]
    names: tuple[str, ...]
    shared: tuple[str, ...]
    home: str


@functools.cache
def currencies() -> tuple[Currency, ...]:
    """Return the rows of ``currencies.csv``; several forms in a cell are parted by bars."""
    rows = load_csv("currencies.csv", columns=Currency._fields, key=("code", "factor"))
    return tuple(
        Currency(
            row["code"],
            float(row["factor"]),
            **{column: tuple(filter(None, row[column].split("|"))) for column in _FORMS},
            home=row["home"],
        )
        for row in rows
    )


@functools.cache
def money_pattern() -> str:
    """Return a pattern of the signs and letters that may stand behind an amount and its multiplier: ``M€``, ``MDH``."""
    rows = currencies()
    signs = {sign for row in rows for sign in row.signs} | {form for row in rows for form in row.shared if form == "$"}
    letters = {letters for row in rows for letters in row.letters}
    return f"(?:{_any(signs)}|{_any(letters)}(?![^\\W_]))"


def _any(forms: set[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form))))})"
