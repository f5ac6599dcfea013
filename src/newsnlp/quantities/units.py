"""Units after and before a number: money, percentages, measures, durations."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from newsnlp.lexicons import alternation, load_csv, pattern
from newsnlp.quantities.currency import money_forms, sign_at, speaks_of
from newsnlp.records import Kind

_COLUMNS = ("surface", "kind", "unit", "factor", "note")
_MIN_PLURAL = 2


class Unit(NamedTuple):
    """A unit found in a text, with its offsets; a value is multiplied by ``factor``."""

    start: int
    end: int
    kind: Kind
    unit: str | None
    factor: float
    surface: str


class _Entry(NamedTuple):
    kind: Kind
    unit: str | None
    factor: float
    context: str


def _is_symbol(surface: str) -> bool:
    return surface != surface.lower() or not re.fullmatch(r"[^\W\d_]{2,}s?|[^\d_€$£¥%°²³/]{5,}", surface)


@functools.cache
def _entries() -> dict[str, tuple[_Entry, ...]]:
    """Return the unit entries by surface; several where the currency depends on the country spoken of."""
    entries: dict[str, list[_Entry]] = {}
    for name in ("figures_units.csv", "figures_units_symbols.csv"):
        for row in load_csv(name, columns=_COLUMNS):
            entry = _Entry(Kind(row["kind"]), row["unit"] or None, float(row["factor"]), "")
            entries.setdefault(row["surface"], []).append(entry)
    for surface, meanings in money_forms().items():
        found = [_Entry(Kind.MONEY, code, factor, home) for code, factor, home in meanings]
        entries[surface] = [*found, *entries.get(surface, ())]
    return {surface: tuple(found) for surface, found in entries.items()}


def _plural(surface: str) -> str:
    """Return a pattern for the singular and the plural: ``dollars? canadiens?``."""
    words = [re.escape(w) + ("s?" if len(w) >= _MIN_PLURAL and w[-1] not in "sxz." else "") for w in surface.split(" ")]
    return " ".join(words)


@functools.cache
def _word_pattern() -> re.Pattern[str]:
    surfaces = sorted((s for s in _entries() if not _is_symbol(s)), key=len, reverse=True)
    return re.compile(rf"(?:{alternation(map(_plural, surfaces))})(?![^\W_])(?!-[^\W\d_])")


@functools.cache
def _symbol_pattern() -> re.Pattern[str]:
    surfaces = sorted((s for s in _entries() if _is_symbol(s)), key=len, reverse=True)
    return re.compile(rf"(?:{alternation(map(re.escape, surfaces))})(?![^\W_]|')")


@functools.cache
def _singular(surface: str) -> str:
    """Return the lexicon's surface for a form found in a text."""
    entries = _entries()
    if surface in entries:
        return surface
    words = surface.split(" ")
    # At most four words: try each with and without its plural s.
    options = [""]
    for word in words:
        forms = {word, word.removesuffix("s")}
        options = [f"{option} {form}".strip() for option in options for form in forms]
    return next((option for option in options if option in entries), surface)


_LINK = re.compile(r" ?(?:d'|de |des |du )")
_GAP = pattern(" ?(?:<quantities.units_adjectives> )?")


def unit_after(text: str, folded: str, pos: int, *, links: bool = False) -> Unit | None:
    """Return the unit that follows a number ending at `pos`, or None.

    Parameters
    ----------
    text, folded : str
        The text with plain spaces and its folded copy.
    pos : int
    links : bool
        The number takes ``de``: ``un million d'euros``.
    """
    if pos >= len(folded):
        return None
    start = pos
    if links:
        link = _LINK.match(folded, pos)
        start = link.end() if link else pos
        if folded[pos] == "-" and folded.endswith(("demi", "demie"), 0, pos):
            start = pos + 1
    symbol_start = start + (folded[start : start + 1] == " ")
    symbol = _symbol_pattern().match(text, symbol_start)
    if symbol:
        return _unit(folded, symbol_start, symbol.end(), symbol.group())
    gap = _GAP.match(folded, start)
    pattern = _word_pattern()
    for begin in dict.fromkeys((symbol_start, gap.end() if gap else start)):
        if begin == pos and folded[pos - 1].isalpha():
            continue
        word = pattern.match(folded, begin)
        if word:
            return _unit(folded, begin, word.end(), _singular(word.group()))
    return None


def unit_before(text: str, folded: str, pos: int) -> Unit | None:
    """Return the currency sign or code that stands right before a number: ``$12``, ``US$ 12``, ``EUR 12``."""
    found = sign_at(text, pos)
    return _unit(folded, found[0], pos, found[1]) if found else None


def _unit(folded: str, start: int, end: int, surface: str) -> Unit | None:
    for entry in _entries().get(surface, ()):
        if not entry.context or speaks_of(entry.context, folded):
            return Unit(start, end, entry.kind, entry.unit, entry.factor, surface)
    return None
