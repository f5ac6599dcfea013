"""Analyses as displaCy draws entities: spaCy's own visualiser, in notebooks and pages."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from newsnlp.exports.annotation_spans import FIGURE, spans_of
from newsnlp.records import Analysis
from newsnlp.render.html import COLOURS
from newsnlp.safety.escaping import html_text, visible_in_html
from newsnlp.safety.values import record_of

if TYPE_CHECKING:
    from newsnlp.exports.annotation_spans import MarkedSpan


def to_displacy(analysis: Analysis, *, figures: bool = True) -> dict[str, Any]:
    r"""Return the input of ``displacy.render(…, style="ent", manual=True)``.

    Parameters
    ----------
    analysis : Analysis
    figures : bool
        Mark figures, too, with the label ``FIGURE``. Where a figure and a name overlap, the name is marked.

    Notes
    -----
    displaCy escapes the text, but takes title and labels for HTML: they are escaped here. Characters that HTML cannot
    show are ``�`` in the text, whose offsets stay.

    Examples
    --------
    >>> from newsnlp import load
    >>> to_displacy(load()("Cinq blessés à Lyon."))["ents"]
    [{'start': 0, 'end': 4, 'label': 'FIGURE'}, {'start': 15, 'end': 19, 'label': 'LOC'}]
    """
    text = record_of(analysis, Analysis).article.text
    names = _apart(spans_of(analysis, figures=False))
    found = [span for span in spans_of(analysis, figures=figures) if span.label == FIGURE] if figures else []
    starts = [name.start for name in names]
    kept = names + [span for span in _apart(found) if _is_free(span, names, starts)]
    ents = [
        {"start": span.start, "end": span.end, "label": html_text(span.label)}
        for span in sorted(kept, key=lambda item: item.start)
    ]
    title = analysis.article.title
    return {"text": visible_in_html(text), "ents": ents, "title": html_text(title) if title else None}


def _apart(spans: list[MarkedSpan]) -> list[MarkedSpan]:
    """Return the spans of the text that do not overlap an earlier one: displaCy repeats the text of those that do."""
    kept: list[MarkedSpan] = []
    for span in spans:
        if (kept[-1].end if kept else 0) <= span.start:
            kept.append(span)
    return kept


def _is_free(span: MarkedSpan, names: list[MarkedSpan], starts: list[int]) -> bool:
    """Return whether a span overlaps none of the names, which stand apart and in order."""
    before = bisect_left(starts, span.end) - 1
    return before < 0 or names[before].end <= span.start


def render_displacy(analysis: Analysis, *, figures: bool = True, page: bool = False) -> str:
    """Return the marked text as HTML, drawn by displaCy in newsnlp's colours.

    Parameters
    ----------
    analysis : Analysis
    figures : bool
        Mark figures, too.
    page : bool
        A whole page instead of a fragment.
    """
    from spacy import displacy

    colours = {
        **{label: colour for label, colour in COLOURS.items() if label not in {"figure", "date"}},
        FIGURE: COLOURS["figure"],
    }
    html: str = displacy.render(
        to_displacy(analysis, figures=figures),
        style="ent",
        manual=True,
        page=page,
        jupyter=False,
        options={"colors": colours},
    )
    return html
