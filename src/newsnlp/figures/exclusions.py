"""What is written with a number and states no quantity: dates, times, years, names, addresses, references, idioms.

Each rule sees one number and the characters around it; the answer is the rule's name and where the number, or the
longer expression it begins, ends.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from newsnlp.figures.clock import clock_time
from newsnlp.figures.contexts import next_word, opens_sentence, plural_noun_follows, previous_word
from newsnlp.figures.numeral_forms import Form, NumberSpan
from newsnlp.figures.numerals import scan_numbers
from newsnlp.lexicons import load_toml

if TYPE_CHECKING:
    from newsnlp.figures.units import Unit

_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_LAST_DAY = 31
_WORD_FORMS = {Form.WORDS, Form.ARTICLE}


class Barred(NamedTuple):
    """Why a number is no figure, and the offset up to which nothing else is one."""

    rule: str
    end: int


@functools.cache
def _lexicon() -> Any:
    return load_toml("figures_exclusions.toml", tables=("calendar", "names", "idioms"))


@functools.cache
def _sets() -> dict[str, frozenset[str]]:
    data = _lexicon()
    return {
        "months": frozenset(data["calendar"]["months"]),
        "weekdays": frozenset(data["calendar"]["weekdays"]),
        "year_cues": frozenset(data["calendar"]["year_cues"]) | frozenset(data["calendar"]["months"]),
        "name_nouns": frozenset(data["names"]["nouns"]),
        "name_words": frozenset(data["names"]["before"]),
    }


@functools.cache
def _forward() -> re.Pattern[str]:
    """Return the pattern of expressions that begin with the digits of a number. The last group names the rule."""
    months = "|".join(_lexicon()["calendar"]["months"])
    short = "|".join(_lexicon()["calendar"]["month_abbreviations"])
    day = r"[0-3]?[0-9](?:er|ᵉʳ)?(?![0-9])"
    return re.compile(
        rf"""
        (?P<phone>0[1-9](?:[ .-]?[0-9]{{2}}){{4}}(?![0-9])|0[ ]?8[0-9]{{2}}(?:[ .]?[0-9]{{3}}){{2}}(?![0-9]))
        |(?P<iso_date>[12][0-9]{{3}}-[01][0-9]-[0-3][0-9](?![0-9]))
        |(?P<short_date>[0-3]?[0-9](?P<mark>[/.-])[01]?[0-9](?P=mark)(?:[12][0-9])?[0-9]{{2}}(?![0-9]))
        |(?P<date>{day}(?:(?:[ ]?[-–/,][ ]?|[ ](?:et|au|ou|à|-|–)[ ](?:le[ ]|du[ ])?){day})*[ ](?:(?:{months})(?![^\W_])|(?:{short})\.)(?:[ ][12][0-9]{{3}}(?![0-9]))?)
        |(?P<day_and_night>(?:24|7)[ ]?(?:h|j)?[ ]?/[ ]?(?:24|7)(?:[ ]?(?:h|j))?(?![0-9]))
        |(?P<position>[0-9]{{1,3}}[ ]?°[ ]?[0-9]{{1,2}}[ ]?'(?:[ ]?[0-9]{{1,2}}(?:[.,][0-9]+)?[ ]?(?:"|''))?|[0-9]{{1,3}}\.[0-9]{{3,}},[ ]?-?[0-9]{{1,3}}\.[0-9]{{3,}})
        |(?P<year_range>[12][0-9]{{3}}[ ]?[-/–][ ]?(?:[12][0-9]{{3}}|[0-9]{{2}})(?![0-9,.][0-9]|[0-9]))
        |(?P<address>[0-9]{{1,4}}(?:[ ]?(?:bis|ter))?,?[ ](?:rue|avenue|av\.|bd|boulevard|chemin|impasse|quai|allée|cours|square|faubourg|place)[ ](?:d[eu'][^\W\d_]|d[eu][ ]|d'|[^\W\d_]))
        |(?P<postal_code>[0-9]{{5}}[ ][^\W\d_-]+(?:-[^\W\d_]+)*[ ]cedex)
        |(?P<name_hyphen>[0-9]+-(?!ce(?:s|lles|ux)?\b|là\b|ci\b)[^\W\d_])
        |(?P<model>[0-9]+-[0-9]*[a-z])
        |(?P<crossed>[0-9]+x[0-9]+)
        """,
        re.VERBOSE,
    )


_LIST_MARKER = re.compile(r"[0-9]{1,2}(?:[.)°]|[.]-|[ ][-–—])[ ]+(?=[^\W\d_a-zà-ÿ]|«)")
_FOOTNOTE = re.compile(r"[0-9]{1,3}[\])]")
# "Cezais (85)": the number of a département.
_DEPARTMENT = re.compile(r"[^\W\d_a-zà-ÿ][\w'-]+ \($")
# "l'A 31", "la D 32"
_ROAD = re.compile(r"[\s'(][ADEMN] $")
_REFERENCE_BEFORE = re.compile(
    r"(?:n ?[°º]s? ?|\bnos? |§ ?|\bp(?:p|ages?)?\. ?|\bart(?:icles?)?\. ?|\b[lrd]\. ?|#|@|/|\bn°s? ?"
    r"|\bnr\.? ?|[^\W\d_]\+)$"
)
_URL = re.compile(r"://|www\.|@|\.(?:fr|com|org|net|be|ch|eu|info)\b", re.IGNORECASE)
_DECADE_BEFORE = re.compile(r"\bannées? (?:[^\W\d_]+ )?(?:[0-9]{2,4}(?:-| et | à |, ))?(?:mille neuf cent )?$")
_PLURAL_YEAR = re.compile(r" ?(?:[-–/]|et|à|ou|puis|,) ?$")
_LE_BEFORE = re.compile(r"\b(?:le|au|du|ce) $")
_APPROXIMATE_BEFORE = re.compile(
    r"(?:environ|quelques?|près de|plus de|moins de|au moins|au plus|autour de|plus d'|jusqu'à|sont"
    r"|étaient|à peine|presque) $"
)


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
    if number.form in {Form.DIGITS, Form.MIXED, Form.ORDINAL} and text[number.start].isdigit():
        found = _digits_barred(text, folded, number, unit, previous)
    else:
        found = _words_barred(text, folded, number, unit)
    return found or _both_barred(text, folded, number, unit)


def _digits_barred(
    text: str, folded: str, number: NumberSpan, unit: Unit | None, previous: Barred | None
) -> Barred | None:
    start, end = number.start, number.end
    before = folded[max(0, start - 24) : start]
    match = _forward().match(folded, start)
    if match and not (match["year_range"] and _is_range_of_counts(text, folded, match)):
        return Barred(str(match.lastgroup), match.end())
    if before.endswith("+") and re.match(r"[0-9]{1,3}(?:[ .-]?[0-9]{1,3}){3,}", folded[start : start + 24]):
        return Barred("phone", start + re.match(r"[0-9 .-]+", folded[start:]).end())  # type: ignore[union-attr]
    time = clock_time(folded, number)
    if time is not None:
        return Barred("time", time)
    line_start = not before or before[-1] == "\n"
    if line_start and (marker := _LIST_MARKER.match(text, start)):
        return Barred("list_marker", marker.end())
    if before.endswith(("[", "(")) and (note := _FOOTNOTE.match(folded, start)) and len(number.text) <= 3:  # noqa: PLR2004
        if _DEPARTMENT.search(text, max(0, start - 24), start):
            return Barred("department", note.end())
        return Barred("footnote", note.end()) if before.endswith("[") or line_start else None
    if len(before) > 1 and before[-1] == "-" and before[-2].isalpha():
        return Barred("name_hyphen", end)
    if _REFERENCE_BEFORE.search(before):
        return Barred("reference", end)
    if _URL.search(_chunk(folded, start)):
        return Barred("url", end)
    if _DECADE_BEFORE.search(before):
        return Barred("decade", end)
    if (
        previous
        and previous.rule in {"name_noun", "year", "reference"}
        and _chained(text, folded, previous, number, unit)
    ):
        return Barred(previous.rule, end)
    if unit is None and _ROAD.search(text, max(0, start - 3), start) and not plural_noun_follows(text, folded, end):
        return Barred("road", end)
    return _glued(folded, number, unit) or _day(text, folded, number, unit) or _named(text, folded, number, unit)


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


def _chained(text: str, folded: str, previous: Barred, number: NumberSpan, unit: Unit | None) -> bool:
    if previous.rule == "year" and not _FIRST_YEAR <= number.value <= _LAST_YEAR:
        return False
    if plural_noun_follows(text, folded, number.end):
        return False
    return unit is None and bool(
        re.fullmatch(r" ?(?:et|à|ou|au|,|-|–|/|puis|, et|et de|et en) ?", folded[previous.end : number.start])
    )


def _glued(folded: str, number: NumberSpan, unit: Unit | None) -> Barred | None:
    """Bar what is glued to a letter that is no unit: ``3D``, ``5G``, ``12abc``."""
    end = number.end
    if number.form is Form.ORDINAL or end >= len(folded) or not (folded[end].isalnum() or folded[end] == "_"):
        return None
    return None if unit is not None and unit.start == end else Barred("glued", end)


def _day(text: str, folded: str, number: NumberSpan, unit: Unit | None) -> Barred | None:
    """Bar a day without its month (``lundi 3``, ``le 11``) and a year."""
    if unit is not None or number.decimal or number.grouped or number.scale > 1 or not isinstance(number.value, int):
        return None
    before = folded[max(0, number.start - 24) : number.start]
    noun = plural_noun_follows(text, folded, number.end)
    word = previous_word(folded, number.start)
    if number.value <= _LAST_DAY and number.form is not Form.ORDINAL:
        if word in _sets()["weekdays"] and not noun:
            return Barred("date", number.end)
        if _LE_BEFORE.search(before) and number.value > 1 and not noun:
            return Barred("date", number.end)
    if _FIRST_YEAR <= number.value <= _LAST_YEAR and len(number.text) == 4:  # noqa: PLR2004
        return _year(before, word, number, noun=noun)
    if number.value > _LAST_DAY and _LE_BEFORE.search(before) and not noun:
        return Barred("named", number.end)
    return None


def _year(before: str, word: str, number: NumberSpan, *, noun: bool) -> Barred | None:
    if word in _sets()["year_cues"] or not noun:
        # "environ 2000", "ils étaient 1500": a count, though no noun follows.
        if _APPROXIMATE_BEFORE.search(before) and word not in _sets()["year_cues"]:
            return None
        return Barred("year", number.end)
    return None


def _named(text: str, folded: str, number: NumberSpan, unit: Unit | None) -> Barred | None:
    """Bar a number that follows its noun or its proper name: ``article 49``, ``Ligue 1``, ``Boeing 737``."""
    if unit is not None or number.grouped or number.decimal or number.scale > 1 or number.form is Form.ORDINAL:
        return None
    start = number.start
    if start == 0 or text[start - 1] != " ":
        return None
    word = previous_word(folded, start)
    if plural_noun_follows(text, folded, number.end):
        return None
    if word in _sets()["name_nouns"]:
        return Barred("name_noun", number.end)
    head = text[start - 1 - len(word) : start - 1]
    if word in _sets()["name_words"] and head[:1].isupper():
        return Barred("name", number.end)
    if len(head) > 1 and head[:1].isupper() and not opens_sentence(text, start - 1 - len(word)):
        return Barred("name", number.end)
    return None


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


def _both_barred(text: str, folded: str, number: NumberSpan, unit: Unit | None) -> Barred | None:
    for offset, phrase in _idioms().get(_first_word(folded, number.start), ()):
        begin = number.start - offset
        end = begin + len(phrase)
        if (
            begin >= 0
            and folded.startswith(phrase, begin)
            and not ((begin and folded[begin - 1].isalnum()) or (end < len(folded) and folded[end].isalnum()))
        ):
            return Barred("idiom", max(end, number.end))
    following = next_word(folded, number.end)
    if following in _sets()["months"] and isinstance(number.value, int) and number.value <= _LAST_DAY and unit is None:
        return Barred("date", number.end)
    return None


def _words_barred(text: str, folded: str, number: NumberSpan, unit: Unit | None) -> Barred | None:
    start, end = number.start, number.end
    if start > 1 and folded[start - 1] == "-" and folded[start - 2].isalpha():
        return Barred("name_hyphen", end)
    time = clock_time(folded, number) if number.form in _WORD_FORMS else None
    if time is not None:
        return Barred("time", time)
    if number.form is Form.VAGUE and number.text.lower().endswith(("-uns", "-unes")):
        return None
    if (
        folded[end : end + 1] == "-"
        and folded[end + 1 : end + 2].isalpha()
        and not folded.startswith(("-là", "-ci"), end)
    ):
        # "Deux-Sèvres", "trois-mâts"; "demi-heure" has its unit right behind.
        return None if unit is not None and unit.start == end + 1 else Barred("name_hyphen", end)
    if number.form in _WORD_FORMS:
        capital = text[start].isupper() and not text[start : start + 2].isupper()
        if capital and not opens_sentence(text, start):
            return Barred("name", end)
        if number.value == 9 and number.text.lower() == "neuf" and _adjective(text, folded, number, unit):  # noqa: PLR2004
            return Barred("adjective", end)
        if folded[start : start + 4] == "cent" and folded[max(0, start - 5) : start] == "pour ":
            return Barred("percent_word", end)
        year = isinstance(number.value, int) and _FIRST_YEAR <= number.value <= _LAST_YEAR and " " in number.text
        if year and previous_word(folded, start) in _sets()["year_cues"]:
            return Barred("year", end)
        if _DECADE_BEFORE.search(folded[max(0, start - 24) : start]):
            return Barred("decade", end)
        word = previous_word(folded, start)
        if word in _sets()["name_nouns"] and number.form is Form.WORDS and not plural_noun_follows(text, folded, end):
            return Barred("name_noun", end)
        if next_word(folded, end) in _lexicon()["names"]["openers"] and text[start].isupper():
            return Barred("name", end)
    return None


_NEUF_COUNTS_AFTER = re.compile(
    r" (?:autres|sur (?:dix|10)|ou dix|à [0-9]|d'entre|heures?|ans?|mois|mille|cents?|fois)\b|,? dont "
)
_NEUF_COUNTS_BEFORE = re.compile(
    r"(?:\b(?:les|des|ces|ses|de|par|à|environ|dont|ou|et|sont|étaient|que|avec|aux)|[.:(«,\n]|^) ?$"
)


def _adjective(text: str, folded: str, number: NumberSpan, unit: Unit | None) -> bool:
    """Return whether ``neuf`` means new: ``un véhicule neuf``."""
    if (
        unit is not None
        or plural_noun_follows(text, folded, number.end)
        or _NEUF_COUNTS_AFTER.match(folded, number.end)
    ):
        return False
    return not _NEUF_COUNTS_BEFORE.search(folded[max(0, number.start - 10) : number.start])
