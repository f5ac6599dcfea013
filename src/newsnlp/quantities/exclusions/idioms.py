"""Idioms that hold a numeral bar it only where nothing is counted: ``remis à neuf``, not ``passe à neuf morts``."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from newsnlp.lexicons import load_toml, pattern, word_set
from newsnlp.numerals.scan import scan_numbers
from newsnlp.numerals.words import number_starters
from newsnlp.quantities.contexts import next_word, plural_noun_follows
from newsnlp.quantities.exclusions.around import WORD_FORMS, Around, Barred
from newsnlp.record_fields import NoFigure

_OPENING_QUOTE = re.compile(r"[«“\"][^»”\"\n]{0,30}$")
# "le nombre de morts est passé à zéro"
_NUMBER_OF = pattern(r"\b<figures_exclusions.idioms.number_of>\b[^.;:!?\n]{0,80}$")
_NUMBER_NEXT = re.compile(r" (?:à|et|ou) (?:[0-9]|([^\W\d_]+))")
_ANEW_BEFORE = pattern(r"\b<figures_exclusions.idioms.anew>[^\W\d_]*(?: [^\W\d_]+ment)? à $")
_NEUF_COUNTS_AFTER = pattern(
    r" (?:autres|sur (?:dix|10)|ou dix|à [0-9]|<quantities.exclusions_neuf_counts_after>)\b"
    "|,? dont "
)
_NEUF_COUNTS_BEFORE = pattern(r"(?:\b<quantities.exclusions_neuf_counts_before>|[.:(«,\n]|^) ?$")
_WORD = re.compile(r"[^\W_]*")
_SHORTEST_NOUN = 3


class _Idiom(NamedTuple):
    """A phrase, where in it its numeral stands, and in which list it is."""

    offset: int
    phrase: str
    sort: str


@functools.cache
def _idioms() -> dict[str, list[_Idiom]]:
    """Return the idioms by the first word of their numeral."""
    found: dict[str, list[_Idiom]] = {}
    lists = load_toml("figures_exclusions.toml", tables=("names", "idioms"))["idioms"]
    for sort in ("open", "whole", "titles"):
        for phrase in lists[sort]:
            for offset in [number.start for number in scan_numbers(phrase, phrase)] or [0]:
                found.setdefault(_first_word(phrase, offset), []).append(_Idiom(offset, phrase, sort))
    return found


def _first_word(folded: str, pos: int) -> str:
    return _WORD.match(folded, pos).group()  # type: ignore[union-attr]  # matches an empty word, too


def in_idiom(around: Around) -> Barred | None:
    """Bar a numeral of an idiom, unless it counts what stands around."""
    folded, number = around.folded, around.number
    for idiom in _idioms().get(_first_word(folded, number.start), ()):
        begin = number.start - idiom.offset
        if begin < 0 or not folded.startswith(idiom.phrase, begin):
            continue
        end = begin + len(idiom.phrase)
        if (begin and folded[begin - 1].isalnum()) or folded[end : end + 1].isalnum():
            continue
        if idiom.sort == "open" and (end < number.end or _counts(around, end)):
            continue
        if idiom.sort == "titles" and not _is_title(around, begin, end):
            continue
        return Barred(NoFigure.IDIOM, max(end, number.end))
    return None


def is_adjective(around: Around) -> Barred | None:
    """Bar ``neuf`` where it means new: ``un véhicule neuf``, ``remis à neuf``."""
    number, folded = around.number, around.folded
    if number.form not in WORD_FORMS or number.text.lower() != "neuf" or around.unit is not None:
        return None
    if around.noun_follows or _NEUF_COUNTS_AFTER.match(folded, number.end):
        return None
    if _ANEW_BEFORE.search(folded, max(0, number.start - 48), number.start):
        return around.bar(NoFigure.ADJECTIVE)
    further = _NUMBER_NEXT.match(folded, number.end)
    if further and further[0].startswith(" et ") and not around.before.endswith("entre "):
        further = None
    if further and (further[1] is None or (further[1] in number_starters() and further[1] not in {"un", "une"})):
        return None  # "entre neuf et dix"
    counts = _NEUF_COUNTS_BEFORE.search(around.before) or around.word_before in _function_words()
    return None if counts else around.bar(NoFigure.ADJECTIVE)


def zero_of_slogan(around: Around) -> Barred | None:
    """Bar the zero of a slogan or a rate: ``la stratégie zéro pollution``, ``un prêt à taux zéro``."""
    if around.number.text.lower() != "zéro" or around.word_before not in word_set(
        "figures_exclusions.idioms.before_zero"
    ):
        return None
    return around.bar(NoFigure.IDIOM)


def _counts(around: Around, end: int) -> bool:
    """Return whether something is counted behind the idiom, or before it by ``le nombre de``."""
    folded, number = around.folded, around.number
    if around.unit is not None and around.unit.end > end:
        return True
    if plural_noun_follows(around.text, folded, end):
        return True
    following = next_word(folded, end)
    if not number.value and len(following) >= _SHORTEST_NOUN and following not in _never_counted():
        return True  # "de zéro mort": after a zero the noun is in the singular
    further = _NUMBER_NEXT.match(folded, end)
    if further and (further[1] is None or further[1] in number_starters()):
        return True
    return number.value != 1 and bool(_NUMBER_OF.search(folded, max(0, number.start - 120), number.start))


@functools.cache
def _function_words() -> frozenset[str]:
    return word_set("figures_exclusions.names.function_words")


@functools.cache
def _never_counted() -> frozenset[str]:
    return (
        word_set("figures_exclusions.idioms.not_counted")
        | word_set("quantities.contexts_not_plural")
        | word_set("calendar.weekdays")
        | word_set("calendar.months")
    )


def _is_title(around: Around, begin: int, end: int) -> bool:
    """Return whether the words of a title are written as one: with a capital inside, or in quotes."""
    inside = around.text[begin + 1 : end]
    return inside != inside.lower() or bool(_OPENING_QUOTE.search(around.folded, max(0, begin - 32), begin))
