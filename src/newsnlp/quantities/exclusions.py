"""What is written with a number and states no quantity: dates, times, years, names, addresses, references, idioms.

Each rule sees one number and the characters around it; the answer is the rule's name and where the number, or the
longer expression it begins, ends.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from newsnlp.lexicons import load_toml, pattern, word_set, words
from newsnlp.numerals.forms import Form, NumberSpan
from newsnlp.numerals.parse import scan_numbers
from newsnlp.quantities.contexts import next_word, opens_sentence, plural_noun_follows, previous_word
from newsnlp.quantities.kinds.clock import clock_time
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from newsnlp.quantities.units import Unit

_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_LAST_DAY = 31
# "sur la 2", "la 5": television channels.
_LAST_CHANNEL = 9
_WORD_FORMS = {Form.WORDS, Form.ARTICLE}
_DIGIT_FORMS = {Form.DIGITS, Form.MIXED, Form.ORDINAL}
_YEAR_DIGITS = 4
_WINDOW = 24


class Barred(NamedTuple):
    """Why a number is no figure, and the offset up to which nothing else is one."""

    rule: str
    end: int


@functools.cache
def _lexicon() -> Any:
    return load_toml("figures_exclusions.toml", tables=("years", "names", "idioms"))


@functools.cache
def _sets() -> dict[str, frozenset[str]]:
    data = _lexicon()
    named = word_set("calendar.months")
    # Capitals, and papers in haste, leave the accents off.
    months = named | {fold(month, accents=False) for month in named} | word_set("calendar.months.others")
    return {
        "months": months,
        "weekdays": word_set("calendar.weekdays"),
        "year_cues": frozenset(data["years"]["cues"]) | months,
        "name_nouns": frozenset(data["names"]["nouns"]),
        "name_words": frozenset(data["names"]["before"]),
        "function_words": frozenset(data["names"]["function_words"]),
    }


@functools.cache
def _forward() -> re.Pattern[str]:
    """Return the pattern of expressions that begin with the digits of a number. The last group names the rule."""
    months = "|".join(_sets()["months"])
    short = "|".join((*words("calendar.months.short"), *words("calendar.months.three_letters")))
    day = r"[0-3]?[0-9](?:er|ᵉʳ)?(?![0-9])"
    return re.compile(
        rf"""
        (?P<phone>0[1-9](?:[ .-]?[0-9]{{2}}){{4}}(?![0-9])|0[ ]?8[0-9]{{2}}(?:[ .]?[0-9]{{3}}){{2}}(?![0-9]))
        |(?P<iso_date>[12][0-9]{{3}}-[01][0-9]-[0-3][0-9](?![0-9]))
        |(?P<short_date>[0-3]?[0-9](?P<mark>[/.-])[01]?[0-9](?P=mark)(?:[12][0-9])?[0-9]{{2}}(?![0-9]))
        |(?P<date>{day}(?:(?:[ ]?[-–/,][ ]?|[ ](?:et|au|ou|à)[ ](?:le[ ]|du[ ])?){day}){{0,8}}
            [ ](?:(?:{months})(?![^\W_])|(?:{short})\.)(?:[ ][12][0-9]{{3}}(?![0-9]))?)
        |(?P<day_and_night>(?:24|7)[ ]?(?:h|j)?[ ]?/[ ]?(?:24|7)(?:[ ]?(?:h|j))?(?![0-9]))
        |(?P<position>[0-9]{{1,3}}[ ]?°[ ]?[0-9]{{1,2}}[ ]?'(?:[ ]?[0-9]{{1,2}}(?:[.,][0-9]+)?[ ]?(?:"|''))?
            |[0-9]{{1,3}}\.[0-9]{{3,}},[ ]?-?[0-9]{{1,3}}\.[0-9]{{3,}})
        |(?P<year_range>[12][0-9]{{3}}[ ]?[-/–][ ]?(?:[12][0-9]{{3}}|[0-9]{{2}})(?![0-9,.][0-9]|[0-9]))
        |(?P<address>[0-9]{{1,4}}(?:[ ]?(?:bis|ter))?,?[ ]
            (?:rue|avenue|av\.|bd|boulevard|chemin|impasse|quai|allée|cours|square|faubourg|place)[ ][^\W\d_])
        |(?P<postal_code>[0-9]{{5}}[ ][^\W\d_-]+(?:-[^\W\d_]+)*[ ]cedex)
        |(?P<name_hyphen>[0-9]+-(?!ce(?:s|lles|ux)?\b|là\b|ci\b)[^\W\d_])
        |(?P<model>[0-9]+-[0-9]*[a-z])
        |(?P<crossed>[0-9]+x[0-9]+)
        """,
        re.VERBOSE,
    )


_LIST_MARKER = re.compile(r"[0-9]{1,2}(?:[.)°]|[.]-|[ ][-–—])[ ]+(?=[^\W\d_a-zà-ÿ]|«)")
_FOOTNOTE = re.compile(r"[0-9]{1,3}[\])]")
# "douze morts (1)": a single digit in brackets behind a word in small letters.
_CALL = re.compile(r"(?:[a-zà-ÿœ]{2}|[0-9.!?»]) ?\([1-9]\)$")
# "Cezais (85)": the number of a département.
_DEPARTMENT = re.compile(r"[^\W\d_a-zà-ÿ][\w'-]+ \($")
# "l'A 31", "la D 32"
_ROAD = re.compile(r"[\s'(][ADEMN] $")
_REFERENCE_BEFORE = re.compile(
    r"(?:n ?[°º]s? ?|\bnos? |§ ?|\bp(?:p|ages?)?\. ?|\bart(?:icles?)?\. ?|\b[lrd]\. ?|#|@|/|\bn°s? ?"
    r"|\bnr\.? ?|[^\W\d_]\+)$"
)
_PHONE_ABROAD = re.compile(r"[0-9]{1,3}(?:[ .-]?[0-9]{1,3}){3,}")
_CHAIN = re.compile(r" ?(?:et|à|ou|au|,|-|–|/|puis|, et|et de|et en) ?")
# "F-16", "A330-200"
_MODEL_BEFORE = re.compile(r"[^\W\d_][^\W_]*-$")
# "En Syrie 300 sont morts", "Selon Reuters 45 des 60 otages"
_COUNTS_AFTER = pattern(r" <quantities.exclusions_counts_after>\b")
_URL = re.compile(r"://|www\.|@|\.(?:fr|com|org|net|be|ch|eu|info)\b", re.IGNORECASE)
_DECADE_BEFORE = re.compile(r"\bannées? (?:[^\W\d_]+ )?(?:[0-9]{2,4}(?:-| et | à |, ))?(?:mille neuf cent )?$")
_LE_BEFORE = re.compile(r"\b(?:le|au|du|ce) $")
_APPROXIMATE_BEFORE = pattern("<quantities.exclusions_approximate_before> $")


def barred(text: str, folded: str, number: NumberSpan, unit: Unit | None, previous: Barred | None) -> Barred | None:
    """Return why `number` is no figure, or None.

    Parameters
    ----------
    text, folded : str
        The text with plain spaces and its folded copy.
    number : NumberSpan
    unit : Unit or None
        The unit that follows it.
    previous : Barred or None
        What was said of the number just before, for ``articles 3 et 4``.
    """
    around = _Around(text, folded, number, unit, previous, folded[max(0, number.start - _WINDOW) : number.start])
    digits = number.form in _DIGIT_FORMS and text[number.start].isdigit()
    rules = _DIGIT_RULES if digits else _WORD_RULES
    for rule in (*rules, *_COMMON_RULES):
        found: Barred | None = rule(around)
        if found is not None:
            return found
    return None


@dataclass(frozen=True, slots=True)
class _Around:
    """A number and what the rules look at."""

    text: str
    folded: str
    number: NumberSpan
    unit: Unit | None
    previous: Barred | None
    before: str

    @property
    def noun_follows(self) -> bool:
        return plural_noun_follows(self.text, self.folded, self.number.end)

    @property
    def word_before(self) -> str:
        return previous_word(self.folded, self.number.start)

    def bar(self, rule: str) -> Barred:
        return Barred(rule, self.number.end)


def _expression(around: _Around) -> Barred | None:
    """Bar dates, phones, addresses and the like, which begin with the number."""
    match = _forward().match(around.folded, around.number.start)
    if match and not (match["year_range"] and _is_range_of_counts(around.text, around.folded, match)):
        return Barred(str(match.lastgroup), match.end())
    abroad = _PHONE_ABROAD.match(around.folded, around.number.start) if around.before.endswith("+") else None
    return Barred("phone", abroad.end()) if abroad else None


def _time(around: _Around) -> Barred | None:
    end = clock_time(around.folded, around.number)
    return None if end is None else Barred("time", end)


def _marker(around: _Around) -> Barred | None:
    """Bar list markers, footnote marks and the numbers of départements."""
    start, before = around.number.start, around.before
    opens_line = not before or before[-1] == "\n"
    marker = _LIST_MARKER.match(around.text, start) if opens_line else None
    if marker:
        return Barred("list_marker", marker.end())
    note = _FOOTNOTE.match(around.folded, start) if before.endswith(("[", "(")) else None
    if note is None:
        return None
    if _DEPARTMENT.search(around.text, max(0, start - _WINDOW), start):
        return Barred("department", note.end())
    if before.endswith("[") or _CALL.search(around.text, max(0, start - _WINDOW), start + 2):
        return Barred("footnote", note.end())
    return None


def _label(around: _Around) -> Barred | None:
    """Bar what the characters right before make a name or a reference: ``F-16``, ``n° 7``, ``l'A 31``, an address."""
    before, start = around.before, around.number.start
    if _MODEL_BEFORE.search(before):
        return around.bar("name_hyphen")
    if _REFERENCE_BEFORE.search(before):
        return around.bar("reference")
    if _URL.search(_chunk(around.folded, start)):
        return around.bar("url")
    road = around.unit is None and _ROAD.search(around.text, max(0, start - 3), start)
    return around.bar("road") if road and not around.noun_follows else None


def _decade(around: _Around) -> Barred | None:
    # "cette année et 40 millions": a number with a scale or a unit names no decade.
    plain = around.number.scale == 1 and around.unit is None
    return around.bar("decade") if plain and _DECADE_BEFORE.search(around.before) else None


def _chained(around: _Around) -> Barred | None:
    """Bar what goes on with the number before: ``articles 3 et 4``, ``2010 et 2011``."""
    previous, number = around.previous, around.number
    if previous is None or previous.rule not in {"name_noun", "name", "year", "reference"} or around.unit is not None:
        return None
    if previous.rule == "year" and not _FIRST_YEAR <= number.value <= _LAST_YEAR:
        return None
    if around.noun_follows or not _CHAIN.fullmatch(around.folded, previous.end, number.start):
        return None
    return around.bar(previous.rule)


def _is_range_of_counts(text: str, folded: str, match: re.Match[str]) -> bool:
    return (
        match.group()[4:5] != "/"
        and plural_noun_follows(text, folded, match.end())
        and int(match.group()[:4]) > _LAST_YEAR
    )


def _chunk(folded: str, start: int) -> str:
    """Return the run of characters between spaces around `start`, cut at 60."""
    left = max(folded.rfind(" ", max(0, start - 60), start), folded.rfind("\n", max(0, start - 60), start)) + 1
    right = folded.find(" ", start, start + 60)
    return folded[max(left, start - 60) : right if right >= 0 else start + 60].split("\n", maxsplit=1)[0]


def _glued(around: _Around) -> Barred | None:
    """Bar what is glued to a letter that is no unit: ``3D``, ``5G``, ``12abc``."""
    end, folded, unit = around.number.end, around.folded, around.unit
    if around.number.form is Form.ORDINAL or end >= len(folded) or not (folded[end].isalnum() or folded[end] == "_"):
        return None
    return None if unit is not None and unit.start == end else around.bar("glued")


def _day_or_year(around: _Around) -> Barred | None:
    """Bar a day without its month (``lundi 3``, ``le 11``) and a year."""
    number = around.number
    if around.unit is not None or not _is_plain(number) or number.form is Form.ORDINAL:
        return None
    after_article = bool(_LE_BEFORE.search(around.before))
    if _FIRST_YEAR <= number.value <= _LAST_YEAR and len(number.text) == _YEAR_DIGITS:
        return _year(around)
    if around.noun_follows:
        return None
    if around.word_before in _sets()["months"] and len(number.text) == 2:  # noqa: PLR2004
        return around.bar("year")  # "mai 68"
    if number.value <= _LAST_DAY and (
        around.word_before in _sets()["weekdays"] or (after_article and number.value > 1)
    ):
        return around.bar("date")
    channel = number.value <= _LAST_CHANNEL and around.before.endswith(" la ")
    return around.bar("named") if channel or (after_article and number.value > _LAST_DAY) else None


def _is_plain(number: NumberSpan) -> bool:
    """Return whether a number is an integer in bare digits, as names have it."""
    return isinstance(number.value, int) and not (number.decimal or number.grouped or number.scale > 1)


def _year(around: _Around) -> Barred | None:
    cued = around.word_before in _sets()["year_cues"]
    if around.noun_follows and not cued:
        return None
    # "environ 2000", "ils étaient 1500": a count, though no noun follows.
    counted = _APPROXIMATE_BEFORE.search(around.before) and not cued
    return None if counted else around.bar("year")


def _named(around: _Around) -> Barred | None:
    """Bar a number that follows its noun or its proper name: ``article 49``, ``Ligue 1``, ``Boeing 737``."""
    number, text, start = around.number, around.text, around.number.start
    if around.unit is not None or not _is_plain(number) or number.form is Form.ORDINAL:
        return None
    if start == 0 or text[start - 1] != " " or around.noun_follows:
        return None
    word = around.word_before
    if word in _sets()["name_nouns"]:
        return around.bar("name_noun")
    head = text[start - 1 - len(word) : start - 1]
    if _COUNTS_AFTER.match(around.folded, number.end) or word in _sets()["function_words"]:
        return None
    known = word in _sets()["name_words"] and not head.islower()
    if known or (head[:1].isupper() and len(head) > 1 and not opens_sentence(text, start - 1 - len(word))):
        return around.bar("name")
    return None


def _hyphened_word(around: _Around) -> Barred | None:
    """Bar a numeral inside a word: ``Deux-Sèvres``, ``trois-mâts``; ``demi-heure`` has its unit right behind."""
    folded, start, end = around.folded, around.number.start, around.number.end
    if start > 1 and folded[start - 1] == "-" and folded[start - 2].isalpha():
        return around.bar("name_hyphen")
    if around.number.text.lower().endswith(("-uns", "-unes")) or folded.startswith(("-là", "-ci"), end):
        return None
    if folded[end : end + 1] != "-" or not folded[end + 1 : end + 2].isalpha():
        return None
    return None if around.unit is not None and around.unit.start == end + 1 else around.bar("name_hyphen")


def _word_time(around: _Around) -> Barred | None:
    return _time(around) if around.number.form in _WORD_FORMS else None


def _word_name(around: _Around) -> Barred | None:
    """Bar numeral words that name: ``les Douze``, ``Trois Suisses``, ``un véhicule neuf``, ``chapitre deux``."""
    number, text, start = around.number, around.text, around.number.start
    if number.form not in _WORD_FORMS:
        return None
    capital = text[start].isupper() and not text[start : start + 2].isupper()
    following = next_word(around.folded, number.end)
    if capital and (not opens_sentence(text, start) or following in _lexicon()["names"]["openers"]):
        return around.bar("name")
    if number.text.lower() == "neuf" and _is_adjective(around):
        return around.bar("adjective")
    if number.text.lower().startswith("cent") and around.before.endswith("pour "):
        return around.bar("percent_word")
    named = around.word_before in _sets()["name_nouns"] and number.form is Form.WORDS
    return around.bar("name_noun") if named and not around.noun_follows else None


def _word_year(around: _Around) -> Barred | None:
    number = around.number
    if number.form not in _WORD_FORMS:
        return None
    year = isinstance(number.value, int) and _FIRST_YEAR <= number.value <= _LAST_YEAR and " " in number.text
    return around.bar("year") if year and around.word_before in _sets()["year_cues"] else None


@functools.cache
def _idioms() -> dict[str, list[tuple[int, str]]]:
    """Return, by the text of a number, the idioms that hold it and where in them it stands."""
    found: dict[str, list[tuple[int, str]]] = {}
    for phrase in _lexicon()["idioms"]["phrases"]:
        numbers = scan_numbers(phrase, phrase)
        for number in numbers:
            found.setdefault(_first_word(phrase, number.start), []).append((number.start, phrase))
        if not numbers:
            found.setdefault(_first_word(phrase, 0), []).append((0, phrase))
    return found


def _first_word(folded: str, pos: int) -> str:
    return re.match(r"[^\W_]*", folded[pos : pos + 24]).group()  # type: ignore[union-attr]


def _idiom(around: _Around) -> Barred | None:
    folded, number = around.folded, around.number
    for offset, phrase in _idioms().get(_first_word(folded, number.start), ()):
        begin = number.start - offset
        end = begin + len(phrase)
        if begin < 0 or not folded.startswith(phrase, begin):
            continue
        if not (begin and folded[begin - 1].isalnum()) and not folded[end : end + 1].isalnum():
            return Barred("idiom", max(end, number.end))
    return None


def _month_follows(around: _Around) -> Barred | None:
    number = around.number
    if around.unit is not None or not isinstance(number.value, int) or number.value > _LAST_DAY:
        return None
    return around.bar("date") if next_word(around.folded, number.end) in _sets()["months"] else None


_NEUF_COUNTS_AFTER = pattern(
    r" (?:autres|sur (?:dix|10)|ou dix|à [0-9]|<quantities.exclusions_neuf_counts_after>)\b"
    "|,? dont "
)
_NEUF_COUNTS_BEFORE = pattern(r"(?:\b<quantities.exclusions_neuf_counts_before>|[.:(«,\n]|^) ?$")


def _is_adjective(around: _Around) -> bool:
    """Return whether ``neuf`` means new: ``un véhicule neuf``."""
    if around.unit is not None or around.noun_follows or _NEUF_COUNTS_AFTER.match(around.folded, around.number.end):
        return False
    return not _NEUF_COUNTS_BEFORE.search(around.before)


_DIGIT_RULES = (_expression, _time, _marker, _label, _decade, _chained, _glued, _day_or_year, _named)
_WORD_RULES = (_hyphened_word, _word_time, _word_name, _word_year, _decade)
_COMMON_RULES = (_idiom, _month_follows)
