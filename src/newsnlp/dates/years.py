"""Years told from other numbers: ``en 2014`` and ``en 97`` against ``2500 soldats``, ``2014 UZ224``, ``la chanson 1944``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.dates.tokens import CLASSES, UNITS
from newsnlp.lexicons import word_set
from newsnlp.quantities.contexts import plural_noun_follows

if TYPE_CHECKING:
    from newsnlp.dates.grammar import Expression
    from newsnlp.dates.tokens import Text

# Between these a bare number of four digits is a year unless something speaks against it; before, only behind a cue.
MODERN = range(1850, 2061)
# Numbers of two digits below are days and hours at least as often.
_FIRST_SHORT = 32
_LAST_DECADE = 90
_SHORT = 100
# Signs right behind or before that no year has: of money, of parts, of addresses.
_SIGN_AFTER = re.compile(r"[%€$°'@_]|-[^\W\d_]|[.,:/-][0-9](?<!-[12])(?<!/[12])")
_SIGN_BEFORE = re.compile(r"(?:[°#_@+$€£=&]|(?<=\S)[.:])$")
# "2014 UZ224": a code of capitals and digits goes on.
_CODE = re.compile(r" [A-Z]+[0-9]")
_STRONG = frozenset({"en", "depuis", "an", "année", "jusqu'en"})
_WEAK = frozenset({"à", "de", "et", "ou", "que", "contre"})
_ENDS = {CLASSES[name] for name in ("STOP", "COMMA", "OPEN", "AND")}


def is_no_year(text: Text, found: Expression) -> bool:
    """Return whether a number that may be a year is none.

    Parameters
    ----------
    text : Text
    found : Expression
        Of the rule ``year``: the number with what says that it begins or ends.
    """
    token = found.last
    if text.letter(token) == CLASSES["TWO"]:
        return _is_no_short_year(text, found)
    if found.mod is not None or text.letter(found.first) in UNITS:
        return False
    start, end = text.starts[token], text.end(token)
    if _SIGN_AFTER.match(text.raw, end) or _SIGN_BEFORE.search(text.raw, max(0, start - 2), start):
        return True
    before, letter, modern = text.word(token - 1), text.letter(token - 1), found.year in MODERN
    if plural_noun_follows(text.raw, text.folded, end) and not (before in _STRONG and modern):
        return True
    things = word_set("dates.exclusions.things")
    if text.letter(token + 1) in UNITS or text.word(token + 1) in things or before in things:
        return True
    if letter == CLASSES["ONE"] or before in {"les", "la"} or _CODE.match(text.raw, end):
        return True
    if modern:
        return False
    cued = before in word_set("dates.exclusions.year_before") or letter == CLASSES["MONTH"]
    return not cued or before in _WEAK or letter in {CLASSES["ARTICLE"], CLASSES["OF_THE"]}


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
        return False
    return not plural or text.word(unit) == "ans" or number % 10 != 0 or not 0 < number <= _LAST_DECADE
