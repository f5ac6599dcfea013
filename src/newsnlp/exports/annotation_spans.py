"""What annotators mark, whatever their tool: spans of a text with labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsnlp.errors import ArticleError, SourceError
from newsnlp.records import Analysis, Article, Label, Mention
from newsnlp.render.labels_fr import count_text

if TYPE_CHECKING:
    from collections.abc import Iterable

# The label of figures, beside those of names.
FIGURE = "FIGURE"


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A stretch of text and its label."""

    start: int
    end: int
    label: str


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
