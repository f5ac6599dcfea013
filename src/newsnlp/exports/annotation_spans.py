"""What annotators mark, whatever their tool: spans of a text with labels."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsnlp.errors import ArticleError, SourceError
from newsnlp.records import Analysis, Article, Label, Mention
from newsnlp.render.labels_fr import count_text
from newsnlp.safety.values import choice

if TYPE_CHECKING:
    from collections.abc import Iterable

# The label of figures, beside those of names.
FIGURE = "FIGURE"
# How offsets count: as JavaScript does, for which a character beyond U+FFFF (an emoji) is two; or as Python does.
UTF_16 = "utf-16"
CHARACTERS = "characters"
UNITS = (UTF_16, CHARACTERS)
_LAST_OF_ONE_UNIT = "\uffff"


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A stretch of text and its label."""

    start: int
    end: int
    label: str


class Counting:
    """Offsets of one text, told in other units.

    Parameters
    ----------
    text : str
    units : {"utf-16", "characters"}

    Examples
    --------
    >>> counting = Counting("🔴 À Lyon", "utf-16")
    >>> counting.told(4), counting.place(5)
    (5, 4)
    """

    def __init__(self, text: str, units: str) -> None:
        choice("units", units, UNITS)
        wide = [at for at, sign in enumerate(text) if sign > _LAST_OF_ONE_UNIT] if units == UTF_16 else []
        # Places in the text and in units after each character of two units.
        self._after = [at + 1 for at in wide]
        self._units_after = [at + 1 + number for number, at in enumerate(wide, 1)]

    def told(self, place: int) -> int:
        """Return an offset of the text in the units."""
        return place + bisect_right(self._after, place)

    def place(self, told: int) -> int:
        """Return the offset of the text that an offset in the units is; within a character, that of its beginning."""
        before = bisect_right(self._units_after, told)
        place = told - before
        return place - 1 if before < len(self._after) and place == self._after[before] else place

    def span(self, told: MarkedSpan) -> MarkedSpan:
        """Return a span whose offsets are in the units as one of the text."""
        return MarkedSpan(self.place(told.start), self.place(told.end), told.label)


def spans_of(analysis: Analysis, *, figures: bool) -> list[MarkedSpan]:
    """Return the names, and the figures where asked for, in text order.

    Raises
    ------
    ArticleError
        If one lies outside the text: no annotator could mark it.
    """
    found = [MarkedSpan(item.start, item.end, str(item.label)) for item in analysis.mentions]
    if figures:
        found += [MarkedSpan(item.start, item.end, FIGURE) for item in analysis.figures]
    for span in found:
        refuse_outside(analysis.article, span.start, span.end)
    return sorted(found, key=lambda span: (span.start, span.end))


def refuse_outside(article: Article, start: int, end: int) -> None:
    """Raise an `ArticleError` if a span is not of the article's text."""
    if not 0 <= start < end <= len(article.text):
        named = f"{count_text(start)} to {count_text(end)}"
        message = f"article {article.id}: {named} is outside its {len(article.text)} characters"
        raise ArticleError(message)


def analysis_from(article: Article, spans: Iterable[MarkedSpan]) -> Analysis:
    """Return the names that were marked, as an analysis. Marked figures are left out: a span has no value.

    Raises
    ------
    SourceError
        If a span lies outside the text or its label is none of ours.
    """
    mentions = []
    for span in sorted(spans, key=lambda item: (item.start, item.end)):
        if span.label == FIGURE:
            continue
        if span.label not in set(Label):
            message = f"article {article.id}: label {span.label!r}; accepted: {', '.join(Label)}, {FIGURE}"
            raise SourceError(message)
        if not 0 <= span.start < span.end <= len(article.text):
            message = f"article {article.id}: {span.start} to {span.end} is outside its {len(article.text)} characters"
            raise SourceError(message)
        text = article.text[span.start : span.end]
        mentions.append(Mention(start=span.start, end=span.end, text=text, label=Label(span.label)))
    return Analysis(article=article, mentions=tuple(mentions), body_spans=((0, len(article.text)),))
