"""A text as classes of words: one letter a token, so that the grammar of dates is patterns over a short string."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from newsnlp.dates.clock import clock_time
from newsnlp.dates.words import CLASSES, SIGNS, TOKEN, Clock, Entry, vocabulary
from newsnlp.lexicons import pattern
from newsnlp.numerals.forms import Form, NumberSpan
from newsnlp.numerals.words import number_starters, numeral_lexicon, read_integer
from newsnlp.text.folding import fold, plain

_WORD = re.compile(r"[^\W\d_]+")
_NUMERIC = re.compile(
    r"(?P<y1>[12][0-9]{3})(?P<sign>[-/.])(?P<m1>[01]?[0-9])(?P=sign)(?P<d1>[0-3]?[0-9])"
    r"|(?P<d2>[0-3]?[0-9])(?P<sign2>[-/.])(?P<m2>[01]?[0-9])(?P=sign2)(?P<y2>[12][0-9]{3}|[0-9]{2})(?![0-9/.-][0-9])"
    r"|(?P<d3>[0-3]?[0-9])/(?P<m3>[01]?[0-9])"
    r"|(?P<m4>[01][0-9])/(?P<y4>[12][0-9]{3})"
)
# "2019-03-12T18:30:00+01:00": the hour behind a day.
_MOMENT = re.compile(
    r"t(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9])(?::[0-5][0-9](?:\.[0-9]{1,6})?)?(?:z|[+-][0-2][0-9]:?[0-5][0-9])?"
)
# "2/3" may be a fraction, a score or a code: it is a day only where one is told.
_DAY_BEFORE = pattern(r"(?:^|\b(?:le|du|au|<calendar.weekdays>) )$")
# "DOUALA, 12/06 (AFP) –": a day before what an agency is called.
_LINE_BEFORE, _AGENCY = ", ", re.compile(r" ?\([^()\n]{2,30}\) ?[-–—]")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[ .][0-9]{3}){1,6}(?![0-9])|[0-9]+(?:,[0-9]+)?")
# "15 sept 2025", "14 jan (AFP)": what stands beside a month that is cut without a point.
_DAY_OF_MONTH = re.compile(r"(?<![0-9.,])(?:[0-3]?[0-9]|1er) $")
_AFTER_CUT = re.compile(rf" [12][0-9]{{3}}(?![0-9])| \([a-z]{{2,10}}\)|(?= \(){_AGENCY.pattern}")
_ORDINAL_SIGN = re.compile(r" ?(?:(er|ᵉʳ|ère|re)|(?:e|è|ème|ième|eme|nd|nde))(?![^\W_]|')")
# Letters right behind digits: a unit; else the two are a code.
_GLUED = re.compile(r"(?:h|min|mn|s|sec|j|ans?|mois|jours?)(?![^\W_])")
_CLOCK_DIGITS = re.compile(
    r"(?P<hour>[0-2]?[0-9])(?: ?[h:] ?(?P<minute>[0-5]?[0-9])(?![0-9])|:[0-5][0-9]:[0-5][0-9]| ?h| heures?)"
)
_MINUTES = re.compile(r"heures? (?:(?P<digits>[0-5]?[0-9])|(?P<words>.+))")
# "à 10h des suites de": an hour, whatever is told behind it.
_ALONE = re.compile(r" ?h(?= des? )")
_PARTS_OF_HOUR = {"et quart": 15, "et demie": 30, "et demi": 30, "moins le quart": -15}
_ARTICLES = {"un", "une"}
_LAST_DAY, _LAST_HOUR, _FIRST_YEAR, _LAST_YEAR = 31, 24, 1000, 2200
_SHORT, _YEAR_DIGITS = 2, 4
# More characters than a number of the news has.
_LONGEST = 18


@dataclass(frozen=True, slots=True)
class Text:
    """A text as tokens.

    ``classes`` has one letter a token, ``words`` the folded tokens with the spaces behind them, ``starts`` their
    offsets, ``values`` what those of a class mean.
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
def _letters() -> dict[str, str]:
    """Return the letter of each word, with a space behind it and without: `_HARD` where what follows must be seen."""
    found, phrases = vocabulary()
    letters = {word: entry.letter if entry.value is None else _VALUED for word, entry in found.items()}
    letters |= {sign: CLASSES[name] for sign, name in SIGNS.items()}
    letters |= dict.fromkeys((*phrases, *number_starters(), *_cut_months()), _HARD)
    return letters | {f"{word} ": letter for word, letter in letters.items()}


@functools.cache
def _cut_months() -> dict[str, Entry]:
    """Return the months that are cut without their point: agencies write ``PARIS, 3 jan 2026 (AFP)``."""
    found, _ = vocabulary()
    pointed = {word.removesuffix("."): entry for word, entry in found.items() if word.endswith(".")}
    return {word: entry for word, entry in pointed.items() if entry.letter == CLASSES["MONTH"] and word not in found}


def _cut_month(folded: str, start: int, word: str) -> tuple[Entry, int] | None:
    entry, end = _cut_months().get(word), start + len(word)
    return (entry, end) if entry is not None and _in_dateline(folded, start, end) else None


def _in_dateline(folded: str, start: int, end: int) -> bool:
    """Whether a cut month stands between its day and a year, or an agency: *15 sept 2025*, *3 jan (AFP)*."""
    day = _DAY_OF_MONTH.search(folded, max(0, start - _SHORT - 3), start)
    return day is not None and _AFTER_CUT.match(folded, end) is not None


# Letters of words while a text is being read.
_VALUED, _HARD = "\u0001", "\u0002"
_LOOKED_AT = re.compile(f"[{_VALUED}{_HARD}0-9]")


def read(raw: str) -> Text:
    """Return the tokens of a text."""
    raw, folded = plain(raw), fold(raw)
    all_words = TOKEN.findall(folded)
    all_starts = list(accumulate(map(len, all_words), initial=0))
    letters, other = _letters(), CLASSES["OTHER"]
    if "  " in folded:  # words are looked up with one space behind them, or none
        letters = _Stripped(letters)
    known = "".join([letters.get(word) or (word[0] if "0" <= word[0] <= "9" else other) for word in all_words])
    known_words, phrases = vocabulary()
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
        if match[0] == _HARD and word in phrases:
            found = _phrase(folded, start + len(word), phrases[word])
        found = found or _cut_month(folded, start, word)
        if found is None and match[0] <= "9" and word[0] <= "9":
            found = _number(raw, folded, start)
        elif found is None:
            entry = known_words.get(word)
            if word in _ARTICLES and not folded.startswith(" m", start + len(word)):
                entry = one
            found = (entry, start + len(word)) if entry is not None else _worded(folded, start)
        classes.append(known[done:place])
        tokens += all_words[done:place]
        starts += all_starts[done:place]
        held, end = found or (Entry(other), start + len(word))
        held = _of_its_sentence(held, raw[start], tokens[-1] if tokens else "")
        if held.value is not None:
            values[len(tokens)] = held.value
        classes.append(held.letter)
        starts.append(start)
        done = place + 1
        if end > all_starts[done]:
            done = bisect_left(all_starts, end, done)
        tokens.append(folded[start : all_starts[done]])
    tokens += all_words[done:]
    starts += all_starts[done:-1]
    return Text(raw, folded, "".join(classes) + known[done:], tokens, starts, values)


def _of_its_sentence(held: Entry, initial: str, before: str) -> Entry:
    """``en sept. Quarante personnes``: a number that begins another sentence is no year."""
    begins = held.letter == CLASSES["TWO"] and initial.isupper() and before.endswith(". ")
    return Entry(CLASSES["NUMBER"], held.value) if begins else held


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
    """Return what digits are: an hour, a date in numbers, an ordinal, a day, a year, or any number."""
    whole = _GROUPED.match(folded, start)
    glued = start and (raw[start - 1].isalnum() or raw[start - 1] == "_")
    if whole is None or glued or len(whole[0]) > _LONGEST:
        return None
    digits, end = whole[0], whole.end()
    if found := _clock(folded, start, digits, end) or _date_in_numbers(folded, start, digits):
        return found
    sign = _ORDINAL_SIGN.match(folded, end) if digits.isdigit() else None
    if sign:
        first = bool(sign[1]) and digits == "1"
        return Entry(CLASSES["FIRST" if first else "ORDINAL"], int(digits)), sign.end()
    if folded[end : end + 1].isalpha() and not _GLUED.match(folded, end):
        return None
    if not digits.isdigit():
        bare = digits.replace(" ", "")
        value = float(bare.replace(",", ".")) if "," in bare else int(bare.replace(".", ""))
        return Entry(CLASSES["NUMBER"], value), end
    return Entry(CLASSES[_class_of(int(digits), len(digits))], int(digits)), end


def _class_of(value: int, digits: int) -> str:
    if digits == _YEAR_DIGITS and _FIRST_YEAR <= value <= _LAST_YEAR:
        return "YEAR"
    if digits <= _SHORT and 1 <= value <= _LAST_DAY:
        return "DAY"
    return "TWO" if digits == _SHORT else "NUMBER"


def _date_in_numbers(folded: str, start: int, digits: str) -> tuple[Entry, int] | None:
    found = _NUMERIC.match(folded, start) if len(digits) <= _YEAR_DIGITS + 1 else None
    if found is None or (found["d3"] and not _is_day(folded, start, found.end())):
        return None
    moment = _MOMENT.match(folded, found.end())
    end = moment.end() if moment else found.end()
    entry = None if folded[end : end + 1].isalnum() else _numeric(found, moment)
    return (entry, end) if entry else None


def _is_day(folded: str, start: int, end: int) -> bool:
    """``le 12/06``, ``BAMAKO, 12/06 (AFP) –``: whether a day is told, and no fraction."""
    if _DAY_BEFORE.search(folded, max(0, start - 10), start):
        return True
    return folded.endswith(_LINE_BEFORE, 0, start) and _AGENCY.match(folded, end) is not None


def _clock(folded: str, start: int, digits: str, end: int) -> tuple[Entry, int] | None:
    hour = int(digits) if len(digits) <= _SHORT else _LAST_HOUR + 1
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


def _numeric(found: re.Match[str], moment: re.Match[str] | None) -> Entry | None:
    part = found.groupdict()
    month = int(part["m1"] or part["m2"] or part["m3"] or part["m4"])
    day = part["d1"] or part["d2"] or part["d3"]
    year = part["y1"] or part["y2"] or part["y4"]
    if not 1 <= month <= 12 or (day is not None and not 1 <= int(day) <= _LAST_DAY):  # noqa: PLR2004
        return None
    if part["y2"] and len(part["y2"]) == 2 and part["sign2"] == ".":  # noqa: PLR2004
        return None  # 1.2.10: a version
    clock = Clock(int(moment["hour"]), int(moment["minute"])) if moment else None
    return Entry(CLASSES["NUMERIC"], (year, month, None if day is None else int(day), clock))


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
