"""Years, and days without their month, told from counts by what stands around: ``entre 1500 et 2000 manifestants``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.dates.words import CLASSES, UNITS
from newsnlp.lexicons import pattern, word_set
from newsnlp.quantities.contexts import CODE_AFTER, next_word, plural_noun_follows

if TYPE_CHECKING:
    from newsnlp.dates.grammar import Expression
    from newsnlp.dates.tokens import Text

# Between these a bare number of four digits is a year unless something speaks against it; before, only behind a cue.
MODERN = range(1850, 2061)
_FIRST_YEAR, _LAST_YEAR = 1000, 2200
# Numbers of two digits below are days and hours at least as often.
_FIRST_SHORT = 32
_LAST_DECADE = 90
_SHORT = 100
_ROUND = 50
_REACH = 64
_LONGEST_CHAIN = 4
_THE = {CLASSES["ARTICLE"], CLASSES["OF_THE"]}
_STRONG = frozenset({"en", "depuis", "an", "année", "jusqu'en", "dès"})
_WEAK = frozenset({"à", "de", "et", "ou", "que", "contre"})
_ENDS = {CLASSES[name] for name in ("STOP", "COMMA", "OPEN", "AND")}
# Signs right behind or before that no year has: of money, of parts, of addresses.
_SIGN_AFTER = re.compile(r"[%€$°'@_]|-[^\W\d_]|[.,:/-][0-9](?<!-[12])(?<!/[12])")
_SIGN_BEFORE = re.compile(r"(?:[°#_@+$€£=&]|(?<=\S)[.:])$")
# "(1515)", "(1412-1431)"; "« 1500 » casseurs" counts.
_BRACKETED = re.compile(r"(?: ?[-–] ?[12][0-9]{3})?\)")
_QUOTED = re.compile(r" ?[»”\"](?= [^\W\d_])")
_CHAINED = pattern(
    r"(?: ?[-–/] ?| (?P<link>et|à|ou|que|voire|puis) (?:<dates.years.in_range> ?)?)"
    r"(?P<number>[0-9]{1,3}(?:[ .][0-9]{3})+|[0-9]+)(?![0-9]|[.,][0-9])"
)
_LINKED_BEFORE = re.compile(r"(?<![0-9])(?P<number>[12][0-9]{3})(?: ?[-–/] ?| (?:et|à|ou|que|puis) (?:en )?)$")
_APPROXIMATE_BEFORE = pattern(r"\b<quantities.exclusions_approximate_before> $")
# "porté à 1200", "a réuni 1500", "passe de 1200 à 1500", "ils étaient 2000"
_COUNTED_BEFORE = pattern(
    r"\b(?:<dates.years.counted_to>[^\W\d_]*(?: [^\W\d_]+ment)? (?:à|a)"
    r"|<dates.years.counted_between>[^\W\d_]* entre"
    r"|<dates.years.counted>|<dates.years.changed>[^\W\d_]* (?:de|d'|à)) ?$"
)
_NUMBER_OF = pattern(r"\b<dates.years.number_of>\b[^.;:!?,\n]{0,60} (?:à|de|est|était|sont|:) ?$")
# What stands before the last of two numbers: "de 1200 à", "entre 1200 et"
_FIRST_OF_TWO = re.compile(r"(?:[0-9][0-9. ]* )(?:à|et|ou|voire) (?:plus de |près de |environ )?$")
_OPENING_RANGE = re.compile(r"(?:(?<= )|^)(?:de |d'|entre )$")
_COUNTS_AFTER = pattern(r",? <dates.years.counts_after>(?![^\W_])")
_DAY_COUNTS = pattern(r" ?[%€$°]| <quantities.exclusions_counts_after>\b")
_AFTER_ANOTHER = re.compile(r"(?:,|\b(?:et|à|que|mais|ou)) $")
# What follows an earlier count: "contre 2100 en 2010".
_THEN_AFTER = pattern(r" <dates.years.then>(?![^\W_])")
_ACCORDING = re.compile(r",? (?:selon|d'après)\b")


def is_no_year(text: Text, found: Expression) -> bool:
    """Bar numbers that are no years: ``2500 soldats``, ``2014 UZ224``, ``la chanson 1944``, ``porté à 2000``."""
    token = text.classes.find(CLASSES["YEAR"], found.first, found.last + 1)
    if token < 0:
        return _is_no_short_year(text, found)
    if text.letter(found.first) in UNITS | {CLASSES["EDGE"]}:
        return False
    start, end = text.starts[token], text.end(found.last)
    if _SIGN_AFTER.match(text.raw, end) or _SIGN_BEFORE.search(text.raw, max(0, start - 2), start):
        return True
    before, modern = text.word(token - 1), found.year in MODERN
    if modern and any(
        (one.year or 0) in MODERN and ((one.year or 0) % _ROUND or (found.year or 0) % _ROUND) for one in found.others
    ):
        return False  # "championnats 2018-2019 juniors"
    if plural_noun_follows(text.raw, text.folded, end) and not (before in _STRONG and modern):
        return True
    things = word_set("dates.exclusions.things")
    if text.letter(found.last + 1) in UNITS or text.word(found.last + 1) in things or before in things:
        return True
    if text.letter(token - 1) == CLASSES["ONE"] or before in {"les", "la"} or CODE_AFTER.match(text.raw, end):
        return True
    if not text.word(token)[:1].isdigit():
        return before not in _STRONG
    if modern and before in _STRONG:
        return False
    return _counts(text, token, found.year or 0) or not (modern or _is_old_year(text, token))


def _is_old_year(text: Text, token: int) -> bool:
    """Return whether a year before those that are told from counts anyhow is one: ``en 1515``, ``(1412-1431)``."""
    end = text.end(token)
    linked = _CHAINED.match(text.folded, end)
    if _follows_year(text, token) or (linked and linked["number"].isdigit() and int(linked["number"]) in MODERN):
        return True
    before, letter = text.word(token - 1), text.letter(token - 1)
    if letter == CLASSES["OPEN"] or (before in "-–" and text.letter(token - 3) == CLASSES["OPEN"]):
        return bool(_BRACKETED.match(text.folded, end))
    if letter in _THE or before in _WEAK:
        return False
    return before in word_set("dates.exclusions.year_before") or letter == CLASSES["MONTH"]


def _follows_year(text: Text, token: int) -> bool:
    start = text.starts[token]
    linked = _LINKED_BEFORE.search(text.folded, max(0, start - _REACH), start)
    return linked is not None and int(linked["number"]) in MODERN


def _counts(text: Text, token: int, value: int) -> bool:
    """Return whether what stands around a number of four digits makes it a count: ``a réuni 1500``."""
    folded, start = text.folded, text.starts[token]
    before = folded[max(0, start - _REACH) : start]
    numbers, end, listed = _chain(folded, value, text.end(token), between=before.endswith("entre "))
    modern = all(number in MODERN for number in numbers)
    if any(number > _LAST_YEAR for number in numbers) and not listed:
        return True
    if plural_noun_follows(text.raw, folded, end) or next_word(folded, end) in word_set("dates.exclusions.things"):
        return True
    first = _OPENING_RANGE.sub("", _FIRST_OF_TWO.sub("", before))
    if _APPROXIMATE_BEFORE.search(before) or _COUNTED_BEFORE.search(before) or _NUMBER_OF.search(before):
        return True
    if first != before and _COUNTED_BEFORE.search(first + ("entre " if "entre " in before[-24:] else "de ")):
        return True
    if before.endswith(" contre ") and (not modern or _THEN_AFTER.match(folded, end)):
        return True  # "contre 2100 en 2010"
    if listed and modern:
        return False
    another = _AFTER_ANOTHER.search(before) and not _follows_year(text, token)
    if _ACCORDING.match(folded, end) and (not modern or another):
        return True
    quoted = before.endswith(("« ", "«", "“", '"')) and _QUOTED.match(folded, end)
    return bool(quoted or _COUNTS_AFTER.match(folded, end))


def _chain(folded: str, value: int, end: int, *, between: bool) -> tuple[list[int], int, bool]:
    """Return the numbers that a range or list goes on with, where it ends, and whether it is a list."""
    numbers, listed = [value], False
    for _ in range(_LONGEST_CHAIN):
        further = _CHAINED.match(folded, end)
        if further is None:
            break
        number = int(re.sub(r"\D", "", further["number"]))
        if number < _FIRST_YEAR:
            break
        numbers.append(number)
        end = further.end()
        listed = listed or (further["link"] in {"et", "puis"} and not between)
    return numbers, end, listed


def counts_after_month(text: Text, token: int, value: int) -> bool:
    """Return whether the number behind a month is no year: ``le 12 mai 1500 personnes``, or standing apart."""
    apart = text.letter(token - 1) == CLASSES["DASH"] and not text.joined(token)
    round_or_old = value % _ROUND == 0 or value not in MODERN
    return apart or (round_or_old and plural_noun_follows(text.raw, text.folded, text.end(token)))


def counts_after_weekday(text: Text, token: int) -> bool:
    """Return whether the number behind a weekday is no day: ``lundi 3 des otages``, ``samedi 12 ont été libérés``."""
    end, following = text.end(token), text.letter(token + 1)
    if following in {CLASSES["DASH"], CLASSES["SLASH"], CLASSES["OTHER"]} and text.joined(token + 1):
        return True
    if following in UNITS or following in {CLASSES["OF"], CLASSES["OF_THE"]}:
        return True
    return plural_noun_follows(text.raw, text.folded, end) or _DAY_COUNTS.match(text.folded, end) is not None


def _is_no_short_year(text: Text, found: Expression) -> bool:
    """Bar two digits that are no year: ``en 97`` is one where nothing is counted after it, ``fin 97`` always."""
    if text.letter(found.first) == CLASSES["EDGE"]:
        return False
    told = text.word(found.first - 1) in {"en", "depuis"} or text.letter(found.first) == CLASSES["MARK"]
    if not told or abs(found.year or 0) < _FIRST_SHORT:
        return True
    return text.letter(found.last + 1) not in _ENDS and text.word(found.last + 1) not in {")", "»"}


def is_no_decade(text: Text, found: Expression) -> bool:
    """Bar ``années 2 et 3``; ``cette année 50 personnes`` counts."""
    unit = next(token for token in range(found.first, found.last) if text.letter(token) in UNITS)
    plural, number = text.word(unit).endswith("s"), found.number or 0
    if plural_noun_follows(text.raw, text.folded, text.end(found.last)):
        return number not in MODERN or not plural
    if number >= _SHORT:
        return not _FIRST_YEAR <= number <= _LAST_YEAR
    return not plural or text.word(unit) == "ans" or number % 10 != 0 or not 0 < number <= _LAST_DECADE
