"""Expressions of time of a text, found and resolved: what they say in the calendar."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.dates.build import expression, parted
from newsnlp.dates.exclusions.rules import is_none
from newsnlp.dates.grammar import NUMBERS, next_match
from newsnlp.dates.joins import join, joins_part
from newsnlp.dates.resolve import Resolver
from newsnlp.dates.tokens import read
from newsnlp.records import DateExpression
from newsnlp.safety.values import record_of
from newsnlp.text.stamps import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from spacy.tokens import Doc

    from newsnlp.dates.grammar import Expression
    from newsnlp.dates.tokens import Text

# A run of marks is tried where it begins alone: tried at each of its marks, a line of dots would take quadratic time.
_SENTENCE_END = re.compile(
    r"(?:(?<![A-ZÀ-Þ.!?…])(?<!\bMM)(?<!\bMme)(?<!\bDr)[.!?…]++[»\"')\]]*\s+(?=[A-ZÀ-Þ«\"(\d])|\n\s*)"
)


# What the numbers are of expressions that place something in the calendar, by rule. Those of the others measure:
# "il y a deux ans", "trois mois".
_SORTS = {
    **dict.fromkeys(("day", "days", "holiday", "night_between", "night_of", "weekday", "offset", "eve"), "day"),
    **dict.fromkeys(("weekend", "week_of", "republican", "month_day", "month", "season", "part"), "day"),
    **dict.fromkeys(("year", "quarter", "century", "same_period", "period"), "year"),
    "numeric": "numbers",
    "firsts": "firsts",
    "decade": "decade",
    "clock": "hour",
    "noon": "hour",
}


class Placed(NamedTuple):
    """An expression that places something in time, and what its numbers are.

    `sort` is ``day`` (and year), ``numbers`` (all of it digits), ``year``, ``firsts`` (a count of months, and a year),
    ``decade`` or ``hour``.
    """

    start: int
    end: int
    sort: str


def find_dates(
    text: str, published_at: str | date | datetime | None = None, *, today: date | None = None
) -> list[DateExpression]:
    """Return the expressions of time of a text, in order; no model is loaded.

    Parameters
    ----------
    text : str
        French; offsets are its own.
    published_at : str, date or datetime, optional
        What relative expressions lean on. Without it the day that the text's dateline says; where it says none, what
        leans on it has no value: the day on which the program runs is never taken.
    today : date, optional
        What they lean on where neither says a day.

    Returns
    -------
    list of DateExpression

    Raises
    ------
    ArticleError
        If `text` is no str, or `published_at` cannot be read.

    Examples
    --------
    >>> found = find_dates("Lundi soir, deux hommes ont été blessés ; un an plus tôt, en mai 2015, dix.", "2016-06-08")
    >>> [(date.text, date.type.value, date.value) for date in found]
    [('Lundi soir', 'TIME', '2016-06-06TEV'), ('un an plus tôt', 'DATE', '2015'), ('mai 2015', 'DATE', '2015-05')]
    >>> find_dates("Il a été arrêté hier.")[0].value
    """
    text = record_of(text, str)
    return read_dates(text, parse_date(published_at), list(_sentences(text)), today=today)[0]


def extract_dates(
    doc: Doc, *, text: str | None = None, published_at: datetime | None = None, today: date | None = None
) -> list[DateExpression]:
    """Return the expressions of time of a document.

    Parameters
    ----------
    doc : Doc
    text : str, optional
        Its text, where it is at hand.
    published_at, today : optional
        What relative expressions lean on; `today` where the dateline says nothing either.
    """
    return read_dates(doc.text if text is None else text, published_at, sentences_of(doc), today=today)[0]


def sentences_of(doc: Doc) -> list[tuple[int, int]]:
    """Return where the sentences of a document stand."""
    return [(sentence.start_char, sentence.end_char) for sentence in doc.sents]


def expressions(text: Text) -> list[Expression]:
    """Return the expressions of a text as its words say them, before anything is resolved."""
    found: list[Expression] = []
    match = next_match(text, 0)
    while match is not None:
        rule, first, last = match
        item = expression(text, rule, first, last)
        if found and joins_part(text, found[-1], item):
            pass
        elif rule != "idiom" and is_none(text, item):
            # What begins within it may be one; what is left of an age is none.
            last = last if rule in {"duration", "between_numbers"} and text.letter(first) in NUMBERS else first
        elif rule != "idiom":
            found += parted(text, item)
            last = item.last
        match = next_match(text, last + 1)
    return join(text, found)


def read_dates(
    raw: str, published_at: date | None, sentences: Sequence[tuple[int, int]], *, today: date | None = None
) -> tuple[list[DateExpression], list[Placed]]:
    """Return the expressions of a text as records, and those that place something in the calendar."""
    text = read(raw)
    found = expressions(text)
    resolver = Resolver(text, found, published_at, [start for start, _ in sentences], today)
    return _records(raw, resolver, sentences), _placed(text, found)


def find_placed(raw: str) -> list[Placed]:
    """Return the expressions of a text that place something in the calendar or the day, none resolved.

    Examples
    --------
    >>> [(one.start, one.end, one.sort) for one in find_placed("Le 3 mai 2014, il y a deux ans, à 14 h.")]
    [(3, 13, 'day'), (34, 38, 'hour')]
    """
    text = read(raw)
    return _placed(text, expressions(text))


def _placed(text: Text, found: Iterable[Expression]) -> list[Placed]:
    return [Placed(text.starts[one.first], text.end(one.last), _SORTS[one.rule]) for one in found if one.rule in _SORTS]


def _records(raw: str, resolver: Resolver, sentences: Sequence[tuple[int, int]]) -> list[DateExpression]:
    starts = [start for start, _ in sentences]
    text = resolver.text
    found = []
    for item, result in zip(resolver.items, resolver.results(), strict=True):
        start, end = text.starts[item.first], text.end(item.last)
        place = bisect_right(starts, start) - 1
        sentence = sentences[place] if place >= 0 else None
        found.append(
            DateExpression(
                start=start,
                end=end,
                text=raw[start:end],
                type=item.type,
                value=result.value,
                mod=item.mod,
                value_begin=result.begin,
                value_end=result.end,
                anchor=result.anchor,
                sentence=raw[sentence[0] : sentence[1]] if sentence else None,
                sentence_start=sentence[0] if sentence else None,
                rule_id=item.rule,
            )
        )
    return found


def _sentences(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for cut in _SENTENCE_END.finditer(text):
        if cut.start() > start or cut.end() > start:
            yield start, len(text[start : cut.end()].rstrip()) + start
        start = cut.end()
    if start < len(text):
        yield start, len(text)
