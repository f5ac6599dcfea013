"""The words of expressions of time: one class each, by which the grammar knows them, and what they mean."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from newsnlp.dates.calendar import Grain, holidays
from newsnlp.lexicons import load_toml, words
from newsnlp.numerals.words import numeral_lexicon
from newsnlp.records import DateMod
from newsnlp.text.folding import fold
from newsnlp.text.stamps import month_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Name of a class -> the letter that stands for it in `Text.classes`. Any other word is OTHER.
NAMES = (
    *(
        "ARTICLE",
        "OF",
        "OF_THE",
        "TO",
        "TO_THE",
        "IN",
        "EN",
        "AND",
        "UNTIL",
        "BETWEEN",
        "DEM",
        "THERE",
        "LAST",
        "GONE",
        "NEXT",
        "COMING",
        "COURSE",
    ),
    *("FOLLOWING", "PRECEDING", "SAME", "EVERY", "ALL", "PER", "HALF", "VAGUE", "PERIOD", "FIRSTS", "AGO"),
    *(
        "WEEKDAY",
        "MONTH",
        "SEASON",
        "PART",
        "NOON",
        "HOLIDAY",
        "OFFSET",
        "EVE",
        "EDGE",
        "LATER",
        "THEN",
        "MOD",
        "AROUND",
    ),
    *("CLOCK", "NUMERIC", "DAY", "TWO", "YEAR", "NUMBER", "ONE", "FIRST", "ORDINAL", "ROMAN", "COLLECTIVE", "REPUBLIC"),
    *("UNIT_Y", "UNIT_M", "UNIT_W", "UNIT_D", "UNIT_WE", "UNIT_T", "UNIT_Q", "UNIT_X"),
    *("DASH", "COMMA", "OPEN", "STOP", "SLASH", "MARK", "NOT_NIGHT", "IDIOM", "OTHER"),
)
CLASSES: Mapping[str, str] = {name: chr(0xE000 + number) for number, name in enumerate(NAMES)}
UNITS = frozenset(letter for name, letter in CLASSES.items() if name.startswith("UNIT_"))
_UNITS = {
    Grain.YEAR: "Y",
    Grain.MONTH: "M",
    Grain.WEEK: "W",
    Grain.DAY: "D",
    Grain.WEEKEND: "WE",
    Grain.QUARTER: "Q",
} | {
    Grain.HALF: "Q",
    **dict.fromkeys((Grain.HOUR, Grain.MINUTE, Grain.SECOND), "T"),
    **dict.fromkeys((Grain.DECADE, Grain.CENTURY), "X"),
}
SIGNS: Mapping[str, str] = {
    **dict.fromkeys("-–—", "DASH"),
    **dict.fromkeys(".;:!?\n…", "STOP"),
    ",": "COMMA",
    "(": "OPEN",
    "/": "SLASH",
    "'": "MARK",
}
# Centuries.
_ROMANS = (
    *("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii"),
    *("xviii", "xix", "xx", "xxi", "xxii"),
)
_ROMAN_ENDS = ("e", "è", "ème", "eme", "er", "ième")
# All of a text, so that offsets add up: each token has the spaces behind it.
TOKEN = re.compile(r"[^\W\d_]+'? *|[0-9]+ *|[^\w ] *| +|\w *")


class Entry(NamedTuple):
    """The class of a word and what it means there."""

    letter: str
    value: Any = None


class Clock(NamedTuple):
    """A time of day."""

    hour: int
    minute: int
    second: int = 0


@functools.cache
def vocabulary() -> tuple[dict[str, Entry], dict[str, list[tuple[str, Entry]]]]:
    """Return the words with their classes, and those that begin phrases with the rest of each, longest first."""
    found: dict[str, Entry] = {}
    for name, surface, value in (*_listed(), *_of_other_lists()):
        found.setdefault(surface, Entry(CLASSES[name], value))
    # Capitals and haste leave accents off.
    for surface, entry in list(found.items()):
        bare = fold(surface, accents=False)
        if len(bare) > 2:  # noqa: PLR2004
            found.setdefault(bare, entry)
    phrases: dict[str, list[tuple[str, Entry]]] = {}
    for surface, entry in found.items():
        first = TOKEN.match(surface)
        if first is not None and first.end() < len(surface):
            phrases.setdefault(first[0].rstrip(), []).append((surface[len(first[0].rstrip()) :], entry))
    for rests in phrases.values():
        rests.sort(key=lambda item: -len(item[0]))
    return found, phrases


# Table of the lexicon -> the class of its words, and what the key of a list of them means.
_TABLES: Mapping[str, tuple[str, Any]] = {
    "seasons": ("SEASON", str),
    "parts": ("PART", str),
    "noons": ("NOON", int),
    "offsets": ("OFFSET", int),
    "eves": ("EVE", int),
    "later": ("LATER", int),
    "then": ("THEN", int),
    "edges": ("EDGE", DateMod),
    "modifiers": ("MOD", DateMod),
    "around": ("AROUND", DateMod),
}


def _listed() -> Iterator[tuple[str, str, Any]]:
    """Yield class, word and meaning of the words of this room's lexicon."""
    data = load_toml("dates.toml", tables=("words", "units", *_TABLES, "directions", "years", "exclusions"))
    for name, surfaces in data["words"].items():
        yield from ((name.upper(), surface, None) for surface in surfaces)
    for unit, surfaces in data["units"].items():
        yield from ((f"UNIT_{_UNITS[Grain(unit)]}", surface, Grain(unit)) for surface in surfaces)
    for table, (name, meaning) in _TABLES.items():
        for key, surfaces in data[table].items():
            yield from ((name, surface, meaning(key)) for surface in surfaces)


def _of_other_lists() -> Iterator[tuple[str, str, Any]]:
    """Yield class, word and meaning of weekdays, months, holidays and numerals, which have lists of their own."""
    numbers = month_numbers()
    for number, day in enumerate(words("calendar.weekdays"), 1):
        yield from (("WEEKDAY", word, number) for word in (day, f"{day}s"))
    months = words("calendar.months")
    yield from (("MONTH", month, numbers[fold(month, accents=False)]) for month in months)
    for month in {*words("calendar.months.short"), *words("calendar.months.three_letters")} - set(months):
        yield "MONTH", f"{month}.", numbers[fold(month, accents=False)]
    yield from (("REPUBLIC", month, None) for month in words("calendar.months.others"))
    yield from (("HOLIDAY", name, rule) for name, rule in holidays().items())
    for word, entry in numeral_lexicon().items():
        if entry.kind == "collective" and entry.value < 1000:  # noqa: PLR2004
            yield "COLLECTIVE", word, entry.value
    for value, roman in enumerate(_ROMANS, 1):
        yield from (("ROMAN", roman + end, value) for end in _ROMAN_ENDS)
