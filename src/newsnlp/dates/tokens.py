"""A text as classes of words: one letter a token, so that the grammar of dates is patterns over a short string."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from newsnlp.dates.calendar import Grain, holidays
from newsnlp.lexicons import load_toml, pattern, words
from newsnlp.numerals.forms import Form, NumberSpan
from newsnlp.numerals.words import number_starters, numeral_lexicon, read_integer
from newsnlp.quantities.kinds.clock import clock_time
from newsnlp.records import DateMod
from newsnlp.text.folding import fold, plain
from newsnlp.text.stamps import month_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLES = (
    *("words", "units", "seasons", "parts", "noons", "edges", "offsets", "eves", "later", "then", "modifiers"),
    *("directions", "exclusions"),
)
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
    *("WEEKDAY", "MONTH", "SEASON", "PART", "NOON", "HOLIDAY", "OFFSET", "EVE", "EDGE", "LATER", "THEN", "MOD"),
    *("CLOCK", "NUMERIC", "DAY", "TWO", "YEAR", "NUMBER", "ONE", "FIRST", "ORDINAL", "ROMAN", "COLLECTIVE", "REPUBLIC"),
    *("UNIT_Y", "UNIT_M", "UNIT_W", "UNIT_D", "UNIT_WE", "UNIT_T", "UNIT_Q", "UNIT_X"),
    *("DASH", "COMMA", "OPEN", "STOP", "SLASH", "MARK", "NOT_NIGHT", "IDIOM", "OTHER"),
)
CLASSES: Mapping[str, str] = {name: chr(0xE000 + number) for number, name in enumerate(NAMES)}
UNITS = frozenset(letter for name, letter in CLASSES.items() if name.startswith("UNIT_"))
_LONG_WORDS = {"demonstrative": "DEM"}
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
_SIGNS = {"-": "DASH", "–": "DASH", "—": "DASH", ",": "COMMA", "(": "OPEN", "/": "SLASH", "'": "MARK"} | dict.fromkeys(
    ".;:!?\n…", "STOP"
)
_WORD = re.compile(r"[^\W\d_]+")
# All of a text, so that offsets add up: each token has the spaces behind it.
_TOKEN = re.compile(r"[^\W\d_]+'? *|[0-9]+ *|[^\w ] *| +|\w *")
_NUMERIC = re.compile(
    r"(?P<y1>[12][0-9]{3})(?P<sign>[-/.])(?P<m1>[01]?[0-9])(?P=sign)(?P<d1>[0-3]?[0-9])"
    r"|(?P<d2>[0-3]?[0-9])(?P<sign2>[-/.])(?P<m2>[01]?[0-9])(?P=sign2)(?P<y2>[12][0-9]{3}|[0-9]{2})(?![0-9/.-][0-9])"
    r"|(?P<d3>[0-3]?[0-9])/(?P<m3>[01]?[0-9])"
    r"|(?P<m4>[01][0-9])/(?P<y4>[12][0-9]{3})"
)
# "2/3" may be a fraction, a score or a code: it is a day only where one is told.
_DAY_BEFORE = pattern(r"(?:^|\b(?:le|du|au|<calendar.weekdays>) )$")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[ .][0-9]{3})+(?![0-9])|[0-9]+(?:,[0-9]+)?")
_ORDINAL_SIGN = re.compile(r" ?(?:(er|ère|re)|(?:e|è|ème|ième|eme|nd|nde))(?![^\W_]|')")
# Letters right behind digits: a unit; else the two are a code.
_GLUED = re.compile(r"(?:h|min|mn|s|sec|j|ans?|mois|jours?)(?![^\W_])")
_CLOCK_DIGITS = re.compile(
    r"(?P<hour>[0-2]?[0-9])(?: ?[h:] ?(?P<minute>[0-5]?[0-9])(?![0-9])|:[0-5][0-9]:[0-5][0-9]| ?h| heures?)"
)
_MINUTES = re.compile(r"heures? (?:(?P<digits>[0-5]?[0-9])|(?P<words>.+))")
# "à 10h des suites de": an hour, whatever is told behind it.
_ALONE = re.compile(r" ?h(?= des? )")
_PARTS_OF_HOUR = {"et quart": 15, "et demie": 30, "et demi": 30, "moins le quart": -15}
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi") + (
    *("xvii", "xviii", "xix", "xx", "xxi", "xxii"),
)
_ARTICLES = {"un", "une"}
_LAST_DAY, _LAST_HOUR, _FIRST_YEAR, _LAST_YEAR = 31, 24, 1000, 2200


class Entry(NamedTuple):
    """The class of a word and what it means there."""

    letter: str
    value: Any = None


class Clock(NamedTuple):
    """A time of day."""

    hour: int
    minute: int
    second: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A text as tokens.

    ``classes`` has one letter a token, ``words`` the folded tokens with the space behind them, ``starts`` their offsets,
    ``values`` what those of a class mean.
    """

    raw: str
    folded: str
    classes: str
    words: list[str]
    starts: list[int]
    values: dict[int, Any]

    def word(self, token: int) -> str:
        """Return a token, folded; empty outside the text."""
        return self.words[token].rstrip() if 0 <= token < len(self.words) else ""

    def end(self, token: int) -> int:
        """Return the offset behind a token."""
        return self.starts[token] + len(self.words[token].rstrip())

    def letter(self, token: int) -> str:
        """Return the class of a token; that of a stop outside the text."""
        return self.classes[token] if 0 <= token < len(self.classes) else CLASSES["STOP"]

    def joined(self, token: int) -> bool:
        """Return whether a token stands right behind the one before it."""
        return 0 < token < len(self.words) and not self.words[token - 1][-1:].isspace()


@functools.cache
def _vocabulary() -> tuple[dict[str, Entry], dict[str, list[tuple[str, Entry]]]]:
    """Return the words with their classes, and those that begin phrases with the rest of each, longest first."""
    found: dict[str, Entry] = {}
    data = load_toml("dates.toml", tables=TABLES)

    def add(name: str, surfaces: Any, value: Any = None) -> None:
        for surface in surfaces:
            found.setdefault(surface, Entry(CLASSES[name], value))

    for name, surfaces in data["words"].items():
        add(_LONG_WORDS.get(name, name.upper()), surfaces)
    for unit, surfaces in data["units"].items():
        add(f"UNIT_{_UNITS[Grain(unit)]}", surfaces, Grain(unit))
    for table, name in (("seasons", "SEASON"), ("parts", "PART")):
        for value, surfaces in data[table].items():
            add(name, surfaces, value)
    for table, name in (
        ("noons", "NOON"),
        ("offsets", "OFFSET"),
        ("eves", "EVE"),
        ("later", "LATER"),
        ("then", "THEN"),
    ):
        for value, surfaces in data[table].items():
            add(name, surfaces, int(value))
    for table, name in (("edges", "EDGE"), ("modifiers", "MOD")):
        for value, surfaces in data[table].items():
            add(name, surfaces, DateMod(value))
    add("REPUBLIC", words("calendar.months.others"))
    for number, day in enumerate(words("calendar.weekdays"), 1):
        add("WEEKDAY", (day, f"{day}s"), number)
    for month in words("calendar.months"):
        add("MONTH", (month,), month_numbers()[fold(month, accents=False)])
    for month in set(words("calendar.months.short")) - set(words("calendar.months")):
        found.setdefault(f"{month}.", Entry(CLASSES["MONTH"], month_numbers()[fold(month, accents=False)]))
    for name, rule in holidays().items():
        add("HOLIDAY", (name,), rule)
    for word, entry in numeral_lexicon().items():
        if entry.kind == "collective" and entry.value < 1000:  # noqa: PLR2004
            add("COLLECTIVE", (word,), entry.value)
    for value, roman in enumerate(_ROMANS, 1):
        add("ROMAN", [roman + suffix for suffix in ("e", "è", "ème", "eme", "er", "ième")], value)
    # Capitals and haste leave accents off.
    for surface, entry in list(found.items()):
        bare = fold(surface, accents=False)
        if len(bare) > 2:  # noqa: PLR2004
            found.setdefault(bare, entry)
    phrases: dict[str, list[tuple[str, Entry]]] = {}
    for surface, entry in found.items():
        first = _TOKEN.match(surface)
        if first is not None and first.end() < len(surface):
            phrases.setdefault(first[0].rstrip(), []).append((surface[len(first[0].rstrip()) :], entry))
    for rests in phrases.values():
        rests.sort(key=lambda item: -len(item[0]))
    return found, phrases


@functools.cache
def _letters() -> dict[str, str]:
    """Return the letter of each word, with and without a space behind it: `_HARD` where it takes a look at what follows."""
    found, phrases = _vocabulary()
    letters = {word: entry.letter if entry.value is None else _VALUED for word, entry in found.items()}
    letters |= {sign: CLASSES[name] for sign, name in _SIGNS.items()}
    letters |= dict.fromkeys((*phrases, *number_starters()), _HARD)
    return letters | {f"{word} ": letter for word, letter in letters.items()}


# Letters of words while a text is being read.
_VALUED, _HARD = "\u0001", "\u0002"
_LOOKED_AT = re.compile(f"[{_VALUED}{_HARD}0-9]")


def read(raw: str) -> Text:
    """Return the tokens of a text."""
    raw, folded = plain(raw), fold(raw)
    all_words = _TOKEN.findall(folded)
    all_starts = list(accumulate(map(len, all_words), initial=0))
    letters, other = _letters(), CLASSES["OTHER"]
    if "  " in folded:  # words are looked up with one space behind them, or none
        letters = _Stripped(letters)
    known = "".join([letters.get(word) or (word[0] if "0" <= word[0] <= "9" else other) for word in all_words])
    vocabulary, phrases = _vocabulary()
    classes: list[str] = []
    tokens: list[str] = []
    starts: list[int] = []
    values: dict[int, Any] = {}
    one = Entry(CLASSES["ONE"], 1)
    done = 0
    for match in _LOOKED_AT.finditer(known):
        place = match.start()
        if place < done:
            continue
        start, word = all_starts[place], all_words[place].rstrip()
        found: tuple[Entry, int] | None = None
        if match[0] == _HARD:
            found = _phrase(folded, start + len(word), phrases[word]) if word in phrases else None
            if found is None and word[0] <= "9":
                found = _number(raw, folded, start)
            elif found is None:
                entry = (
                    one
                    if word in _ARTICLES and not folded.startswith(" m", start + len(word))
                    else vocabulary.get(word)
                )
                found = (entry, start + len(word)) if entry is not None else _worded(folded, start)
        elif match[0] == _VALUED:
            found = vocabulary[word], start + len(word)
        else:
            found = _number(raw, folded, start)
        classes.append(known[done:place])
        tokens += all_words[done:place]
        starts += all_starts[done:place]
        entry, end = found or (Entry(other), start + len(word))
        if entry.value is not None:
            values[len(tokens)] = entry.value
        classes.append(entry.letter)
        starts.append(start)
        done = place + 1
        if end > all_starts[done]:
            done = bisect_left(all_starts, end, done)
        tokens.append(folded[start : all_starts[done]])
    tokens += all_words[done:]
    starts += all_starts[done:-1]
    return Text(raw, folded, "".join(classes) + known[done:], tokens, starts, values)


class _Stripped(dict[str, str]):
    """Words without the spaces behind them."""

    def get(self, word: str, default: Any = None) -> Any:
        """Return the letter of a word whatever spaces follow it."""
        return super().get(word.rstrip(" "), default)


def _phrase(folded: str, end: int, rests: list[tuple[str, Entry]]) -> tuple[Entry, int] | None:
    for rest, entry in rests:
        if folded.startswith(rest, end):
            after = end + len(rest)
            if rest[-1] in "'." or not folded[after : after + 1].isalnum():
                return entry, after
    return None


def _number(raw: str, folded: str, start: int) -> tuple[Entry, int] | None:
    if start and (raw[start - 1].isalnum() or raw[start - 1] == "_"):
        return None
    whole = _GROUPED.match(folded, start)
    if whole is None:
        return None
    digits = whole[0]
    if len(digits) <= 2 and (time := _clock(folded, start, int(digits), whole.end())):  # noqa: PLR2004
        return time
    numeric = _NUMERIC.match(folded, start) if len(digits) <= 5 else None  # noqa: PLR2004
    if numeric and (numeric["d3"] is None or _DAY_BEFORE.search(folded, max(0, start - 10), start)):
        after = folded[numeric.end() : numeric.end() + 1]
        if not (after.isalnum() and after != "t") and (entry := _numeric(numeric)) is not None:
            return entry, numeric.end()
    sign = _ORDINAL_SIGN.match(folded, whole.end()) if digits.isdigit() else None
    if sign:
        first = bool(sign[1]) and digits == "1"
        return Entry(CLASSES["FIRST" if first else "ORDINAL"], int(digits)), sign.end()
    after = folded[whole.end() : whole.end() + 1]
    if after.isalpha() and not _GLUED.match(folded, whole.end()):
        return None
    if not digits.isdigit():
        plain = digits.replace(" ", "").replace(",", ".")
        value = plain if "," in digits else plain.replace(".", "")
        return Entry(CLASSES["NUMBER"], float(value) if "," in digits else int(value)), whole.end()
    value_of = int(digits) if len(digits) <= 9 else 10**9  # noqa: PLR2004
    if len(digits) == 4 and _FIRST_YEAR <= value_of <= _LAST_YEAR:  # noqa: PLR2004
        return Entry(CLASSES["YEAR"], value_of), whole.end()
    if len(digits) <= 2 and 1 <= value_of <= _LAST_DAY:  # noqa: PLR2004
        return Entry(CLASSES["DAY"], value_of), whole.end()
    return Entry(CLASSES["TWO" if len(digits) == 2 else "NUMBER"], value_of), whole.end()  # noqa: PLR2004


def _clock(folded: str, start: int, hour: int, end: int) -> tuple[Entry, int] | None:
    if hour > _LAST_HOUR or not folded.startswith(("h", " h", ":"), end):
        return None
    span = NumberSpan(start=start, end=end, text=folded[start:end], value=hour, form=Form.DIGITS)
    stop = clock_time(folded, span)
    if stop is None:
        alone = _ALONE.match(folded, end) if folded.endswith(" à ", 0, start) else None
        if alone is None:
            return None
        stop = alone.end()
    read_as = _CLOCK_DIGITS.match(folded, start)
    minute = int(read_as["minute"] or 0) if read_as and read_as["minute"] else _minutes(folded[end:stop])
    return _moment(hour, minute, stop)


def _moment(hour: int, minute: int, stop: int) -> tuple[Entry, int]:
    if minute < 0:
        hour, minute = (hour - 1) % 24, minute + 60
    return Entry(CLASSES["CLOCK"], Clock(hour, minute)), stop


def _minutes(behind: str) -> int:
    """Return the minutes that `` heures …`` ends with."""
    found = _MINUTES.match(behind.strip())
    if found is None:
        return 0
    if found["digits"]:
        return int(found["digits"])
    spoken = found["words"]
    if spoken in _PARTS_OF_HOUR:
        return _PARTS_OF_HOUR[spoken]
    sign = -1 if spoken.startswith("moins ") else 1
    reading = read_integer(spoken.removeprefix("moins ").removeprefix("et "), 0)
    return sign * int(reading.value) if reading else 0


def _numeric(found: re.Match[str]) -> Entry | None:
    part = found.groupdict()
    month = int(part["m1"] or part["m2"] or part["m3"] or part["m4"])
    day = part["d1"] or part["d2"] or part["d3"]
    year = part["y1"] or part["y2"] or part["y4"]
    if not 1 <= month <= 12 or (day is not None and not 1 <= int(day) <= _LAST_DAY):  # noqa: PLR2004
        return None
    if part["y2"] and len(part["y2"]) == 2 and part["sign2"] == ".":  # noqa: PLR2004
        return None  # 1.2.10: a version
    return Entry(CLASSES["NUMERIC"], (year, month, None if day is None else int(day)))


def _worded(folded: str, start: int) -> tuple[Entry, int] | None:
    reading = read_integer(folded, start)
    if reading is None:
        word = _WORD.match(folded, start)
        entry = numeral_lexicon().get(word[0]) if word else None
        if word is None or entry is None or entry.kind not in {"ordinal", "ordinal_only"}:
            return None
        end = word.end()
        return Entry(CLASSES["FIRST" if entry.value == 1 else "ORDINAL"], entry.value), end
    value, end = int(reading.value), reading.end
    if reading.ordinal:
        return Entry(CLASSES["ORDINAL"], value), end
    if value == 1 and reading.words == 1:
        return Entry(CLASSES["ONE"], 1), end
    if value <= _LAST_HOUR and folded.startswith(" heure", end):
        span = NumberSpan(start=start, end=end, text=folded[start:end], value=value, form=Form.WORDS)
        stop = clock_time(folded, span)
        if stop is not None:
            return _moment(value, _minutes(folded[end:stop]), stop)
    name = "DAY" if 1 <= value <= _LAST_DAY else "YEAR" if _FIRST_YEAR < value <= _LAST_YEAR else "NUMBER"
    if name == "NUMBER" and _LAST_DAY < value < 100:  # noqa: PLR2004
        name = "TWO"
    return Entry(CLASSES[name], value), end
