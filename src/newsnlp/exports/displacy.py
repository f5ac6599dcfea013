"""Analyses as displaCy draws entities: spaCy's own visualiser, in notebooks and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsnlp.display import COLOURS
from newsnlp.exports.annotation_spans import FIGURE, spans_of

if TYPE_CHECKING:
    from newsnlp.records import Analysis


def to_displacy(analysis: Analysis, *, figures: bool = True) -> dict[str, Any]:
    """Return the input of ``displacy.render(…, style="ent", manual=True)``.

    Parameters
    ----------
    analysis : Analysis
    figures : bool
        Mark figures, too, with the label ``FIGURE``. Where a figure and a name overlap, the name is marked.

    Examples
    --------
    >>> from newsnlp import load
    >>> to_displacy(load()("Cinq blessés à Lyon."))["ents"]
    [{'start': 0, 'end': 4, 'label': 'FIGURE'}, {'start': 15, 'end': 19, 'label': 'LOC'}]
    """
    names = spans_of(analysis, figures=False)
    kept = names + [
        span
        for span in spans_of(analysis, figures=figures)
        if span.label == FIGURE and all(span.end <= name.start or span.start >= name.end for name in names)
    ]
    ends = 0
    ents = []
    for span in sorted(kept, key=lambda item: item.start):
        if span.start >= ends:  # displaCy repeats text where spans overlap
            ents.append({"start": span.start, "end": span.end, "label": span.label})
            ends = span.end
    return {"text": analysis.article.text, "ents": ents, "title": analysis.article.title}


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

    colours = {**{label: colour for label, colour in COLOURS.items() if label != "figure"}, FIGURE: COLOURS["figure"]}
    html: str = displacy.render(
        to_displacy(analysis, figures=figures),
        style="ent",
        manual=True,
        page=page,
        jupyter=False,
        options={"colors": colours},
    )
    return html
