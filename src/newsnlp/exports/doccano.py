"""Names as doccano's JSON Lines, for its projects of sequence labelling, and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from newsnlp.errors import SourceError
from newsnlp.exports.annotation_spans import UTF_16, Counting, MarkedSpan, analysis_from, spans_of
from newsnlp.records import Analysis, Article
from newsnlp.safety.escaping import json_text
from newsnlp.safety.values import records_of

if TYPE_CHECKING:
    from collections.abc import Iterable

METADATA = ("title", "published_at", "source", "url", "author")


def to_doccano(analyses: Analysis | Iterable[Analysis], *, figures: bool = False, units: str = UTF_16) -> str:
    """Return one JSON object a line: ``text``, ``label`` as ``[[start, end, "PER"], …]``, and metadata.

    Parameters
    ----------
    analyses : Analysis or iterable of Analysis
    figures : bool
        Mark figures, too, with the label ``FIGURE``.
    units : {"utf-16", "characters"}
        How offsets count. doccano's page counts units of UTF-16 (an emoji is two), and stores and exports what it
        counted, unless a project is told to count grapheme clusters; ``characters`` for readers in Python.

    Notes
    -----
    doccano numbers its examples itself, hence the id under ``article_id``.

    Examples
    --------
    >>> from newsnlp import load
    >>> print(to_doccano(load()("Angela Merkel a quitté Berlin.")), end="")  # doctest: +ELLIPSIS
    {"text": "Angela Merkel a quitté Berlin.", "label": [[0, 13, "PER"], [23, 29, "LOC"]], "article_id": "..."}
    """
    lines = []
    for analysis in records_of(analyses, Analysis):
        article = analysis.article.to_dict()
        counting = Counting(analysis.article.text, units)
        row = {
            "text": analysis.article.text,
            "label": [
                [counting.told(span.start), counting.told(span.end), span.label]
                for span in spans_of(analysis, figures=figures)
            ],
            "article_id": analysis.article.id,
            **{name: article[name] for name in METADATA if article[name] is not None},
        }
        lines.append(json_text(row))
    return "".join(f"{line}\n" for line in lines)


def from_doccano(lines: str | Iterable[str], *, units: str = UTF_16) -> list[Analysis]:
    """Return the names that annotators marked, as analyses with mentions only.

    Parameters
    ----------
    lines : str or iterable of str
        What doccano exports: labels under ``label``, ``labels`` or ``entities``.
    units : {"utf-16", "characters"}
        How its offsets count, as in `to_doccano`.

    Raises
    ------
    SourceError
        If a line is none of doccano's, or a label none of ours.
    """
    found = []
    listed = lines.split("\n") if isinstance(lines, str) else lines
    for number, line in enumerate(records_of(listed, str), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            marked = row["entities"] if "entities" in row else row["labels"] if "labels" in row else row["label"]
            spans = [
                MarkedSpan(item["start_offset"], item["end_offset"], item["label"])
                if isinstance(item, dict)
                else MarkedSpan(*item)
                for item in marked
            ]
            metadata = {name: row[name] for name in METADATA if row.get(name) is not None}
            article = Article(text=row["text"], id=row.get("article_id") or "", **metadata)
            counting = Counting(article.text, units)
            found.append(analysis_from(article, [counting.span(span) for span in spans]))
        except SourceError:
            raise
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            message = f"line {number} is not doccano's JSON for sequence labelling: {error}"
            raise SourceError(message) from error
    return found
