"""Names as Label Studio's tasks with pre-annotations, and its annotations back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import newsnlp
from newsnlp.errors import SourceError
from newsnlp.exports.annotation_spans import FIGURE, UNITS, UTF_16, Counting, MarkedSpan, analysis_from, spans_of
from newsnlp.records import Analysis, Article, Label
from newsnlp.safety.values import records_of

if TYPE_CHECKING:
    from collections.abc import Iterable

METADATA = ("title", "published_at", "source", "url", "author")
COLOURS = {"PER": "#f08c00", "LOC": "#2f9e44", "ORG": "#1971c2", "MISC": "#868e96", FIGURE: "#c2255c"}


def label_studio_config(*, figures: bool = False) -> str:
    """Return the labelling interface of a project that takes these tasks, as Label Studio's XML."""
    labels = [*Label, FIGURE] if figures else list(Label)
    rows = "\n".join(f'    <Label value="{label}" background="{COLOURS[label]}"/>' for label in labels)
    return (
        '<View>\n  <Labels name="label" toName="text">\n'
        f'{rows}\n  </Labels>\n  <Text name="text" value="$text" granularity="symbol"/>\n</View>\n'
    )


def to_label_studio(analyses: Analysis | Iterable[Analysis], *, figures: bool = False, units: str = UTF_16) -> str:
    """Return a JSON array of tasks: the texts, with what newsnlp found as predictions that annotators correct.

    Parameters
    ----------
    analyses : Analysis or iterable of Analysis
    figures : bool
        Mark figures, too, with the label ``FIGURE``.
    units : {"utf-16", "characters"}
        How offsets count: in units of UTF-16 (an emoji is two), as browsers do; or in characters, for releases of
        Label Studio that store these and for readers in Python.

    Examples
    --------
    >>> from newsnlp import load
    >>> task = json.loads(to_label_studio(load()("Angela Merkel a quitté Berlin.")))[0]
    >>> [region["value"]["labels"] for region in task["predictions"][0]["result"]]
    [['PER'], ['LOC']]
    """
    # Escaped throughout: a lone surrogate survives, and the file is read by a program.
    return (
        json.dumps(
            [_task(analysis, figures=figures, units=units) for analysis in records_of(analyses, Analysis)], indent=1
        )
        + "\n"
    )


def from_label_studio(tasks: str) -> list[Analysis]:
    """Return the names that annotators marked, as analyses with mentions only.

    Parameters
    ----------
    tasks : str
        Label Studio's export in the format JSON. Of a task with several annotations the last one that was not
        cancelled counts; a task without any gives its prediction. Whether a task counts in units of UTF-16 or in
        characters is told by the texts that stand beside the offsets.

    Raises
    ------
    SourceError
        If the text is no such export, or a label none of ours.
    """
    try:
        return [_analysis(task) for task in json.loads(tasks)]
    except SourceError:
        raise
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        message = f"no export of Label Studio in its format JSON: {type(error).__name__}: {error}"
        raise SourceError(message) from error


def _task(analysis: Analysis, *, figures: bool, units: str) -> dict[str, Any]:
    article = analysis.article.to_dict()
    counting = Counting(analysis.article.text, units)
    result = [
        {
            "id": f"{number}",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": counting.told(span.start),
                "end": counting.told(span.end),
                "text": analysis.article.text[span.start : span.end],
                "labels": [span.label],
            },
        }
        for number, span in enumerate(spans_of(analysis, figures=figures))
    ]
    metadata = {name: article[name] for name in METADATA if article[name] is not None}
    return {
        "data": {"text": analysis.article.text, "article_id": analysis.article.id, **metadata},
        "predictions": [{"model_version": f"newsnlp {newsnlp.__version__}", "result": result}],
    }


def _analysis(task: dict[str, Any]) -> Analysis:
    data = task["data"]
    made = [item for item in task.get("annotations") or [] if not item.get("was_cancelled")]
    result = made[-1]["result"] if made else task["predictions"][0]["result"]
    values = [item["value"] for item in result if item["type"] == "labels"]
    metadata = {name: data[name] for name in METADATA if data.get(name) is not None}
    article = Article(text=data["text"], id=data.get("article_id") or "", **metadata)
    marked = [MarkedSpan(value["start"], value["end"], value["labels"][0]) for value in values]
    counted = {units: [Counting(article.text, units).span(span) for span in marked] for units in UNITS}

    def fitting(units: str) -> int:
        return sum(
            article.text[span.start : span.end] == value.get("text")
            for span, value in zip(counted[units], values, strict=True)
        )

    return analysis_from(article, counted[max(UNITS, key=fitting)])
