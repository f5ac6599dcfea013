"""An analysis as a fragment of HTML: the article with names, figures and quotations marked. Everything is escaped."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from newsnlp.render.labels_fr import (
    CUE_KINDS,
    DATE_TYPES,
    EVENTS,
    LABELS,
    QUOTE_KINDS,
    SOURCE_KINDS,
    STATUSES,
    amount,
    event_text,
    score_text,
    when_text,
)
from newsnlp.safety.escaping import html_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from newsnlp.records import Analysis, DateExpression, Entity, Event, Figure, Quote

Mark = tuple[int, int, str, str]
Quoted = tuple[int, int, str]
# Colours keep a contrast of at least 4.5 with black text.
COLOURS = {
    "PER": "#ffd8a8",
    "LOC": "#b2f2bb",
    "ORG": "#a5d8ff",
    "MISC": "#e9ecef",
    "figure": "#fcc2d7",
    "date": "#ffec99",
}
QUOTED = "border-bottom:2px solid #7048e8;padding-bottom:.05em"
# A notebook cell stays readable and light: the rest of a long article is said, not shown.
MAX_CHARS = 20_000
MAX_EVENTS = 6


def analysis_to_html(analysis: Analysis) -> str:
    """Return the analysed text with its mentions, figures and dates marked, and quotations underlined, as HTML.

    Notes
    -----
    Only the first 20 000 characters are shown. Where two marks overlap, the one that begins first is shown; a quotation
    holds marks, and of quotations inside others the outer one is shown.
    """
    names = {entity.id: entity for entity in analysis.entities}
    marks: list[Mark] = []
    for mention in analysis.mentions:
        entity = names.get(mention.entity_id or "")
        country = f", {entity.country}" if entity and entity.country else ""
        title = f"{entity.name if entity else mention.text} ({LABELS[mention.label]}{country})"
        marks.append((mention.start, mention.end, mention.label, title))
    marks.extend((figure.start, figure.end, "figure", describe_figure(figure)) for figure in analysis.figures)
    marks.extend((date.start, date.end, "date", describe_date(date)) for date in analysis.dates)
    marks.sort(key=lambda mark: (mark[0], -mark[1]))
    starts = [mark[0] for mark in marks]
    quotes = _outer(analysis.quotes, names)
    begins, ends = [quote[0] for quote in quotes], [quote[1] for quote in quotes]

    paragraphs = []
    shown = 0
    for start, end in analysis.body_spans:
        if shown >= MAX_CHARS:
            paragraphs.append("<p><em>… la suite n’est pas affichée.</em></p>")
            break
        cut = min(end, start + MAX_CHARS - shown)
        shown += cut - start
        # Only the marks of this part: an article may have as many parts as marks.
        here = marks[bisect_left(starts, start) : bisect_left(starts, cut)]
        said = quotes[bisect_right(ends, start) : bisect_left(begins, cut)]
        paragraphs.append(f"<p>{_part(analysis.article.text, start, cut, here, said)}</p>")
    heading = f"<h4>{html_text(analysis.article.title)}</h4>" if analysis.article.title else ""
    told = [html_text(describe_event(event)) for event in analysis.events[:MAX_EVENTS]]
    more = len(analysis.events) - len(told)
    events = " · ".join([*told, f"et {more} de plus"] if more else told)
    topics = " · ".join(
        f"{html_text(topic.name)} ({score_text(topic.score)})" for topic in analysis.topics if topic.level == 1
    )
    return (
        '<div class="newsnlp" lang="fr" style="line-height:1.7;max-width:50em">'
        f"{heading}{f'<p><small>Thèmes : {topics}</small></p>' if topics else ''}"
        f"{f'<p><small>Événements : {events}</small></p>' if events else ''}{''.join(paragraphs)}</div>"
    )


def describe_figure(figure: Figure) -> str:
    """Return one line that says what a figure states, in French.

    Examples
    --------
    >>> from newsnlp import Figure
    >>> describe_figure(Figure(start=0, end=4, text="Cinq", value=5, value_min=5, value_max=5, counted="soldats"))
    '5 soldats'
    """
    what = " ".join(part for part in (amount(figure), figure.unit, figure.counted) if part)
    details = [
        EVENTS[figure.event] if figure.event else None,
        figure.place,
        None if figure.status == "asserted" else STATUSES[figure.status],
    ]
    more = ", ".join(detail for detail in details if detail)
    return f"{what} ({more})" if more else what


def describe_event(event: Event) -> str:
    """Return one line that says what happened, where and when, in French.

    Examples
    --------
    >>> from newsnlp import Event
    >>> describe_event(Event(id="ev1", type="flood", trigger="crue", start=3, end=7, place="Sarrians",
    ...                      when_begin="2026-11-03", when_end="2026-11-04"))
    'inondation, Sarrians, 2026-11-03 – 2026-11-04'
    """
    status = None if event.status == "asserted" else STATUSES[event.status]
    return ", ".join(
        part for part in (event_text(event.type, event.name), event.place, days_text(event), status) if part
    )


def days_text(event: Event) -> str:
    """Return the first and the last day of an event, one where it is one."""
    return " – ".join(dict.fromkeys(day for day in (event.when_begin, event.when_end) if day))


def describe_date(date: DateExpression) -> str:
    """Return one line that says what an expression of time means, in French.

    Examples
    --------
    >>> from newsnlp import DateExpression
    >>> describe_date(DateExpression(start=0, end=4, text="hier", type="DATE", value="2016-06-07",
    ...                              value_begin="2016-06-07", value_end="2016-06-07"))
    'date : 2016-06-07'
    """
    return " : ".join(part for part in (DATE_TYPES[date.type], when_text(date)) if part)


def describe_quote(quote: Quote, speaker: Entity | None = None) -> str:
    """Return one line that says whose words these are, in French.

    Examples
    --------
    >>> from newsnlp import Quote
    >>> describe_quote(Quote(start=0, end=3, text="non", kind="direct", speaker="la maire", cue_kind="denying"))
    'citation : la maire, nie'
    """
    who = speaker.name if speaker else quote.speaker
    kind = SOURCE_KINDS[quote.source_kind] if quote.source_kind else None
    act = CUE_KINDS[quote.cue_kind] if quote.cue_kind and quote.cue_kind != "neutral" else None
    said = ", ".join(part for part in (f"{who} ({kind})" if who and kind else who or kind, act) if part)
    return " : ".join(part for part in (QUOTE_KINDS[quote.kind], said) if part)


def _outer(quotes: Iterable[Quote], names: Mapping[str, Entity]) -> list[Quoted]:
    """Return the quotations that stand in no other, in order."""
    outer: list[Quoted] = []
    for quote in sorted(quotes, key=lambda quote: (quote.start, -quote.end)):
        if not outer or quote.start >= outer[-1][1]:
            outer.append((quote.start, quote.end, describe_quote(quote, names.get(quote.entity_id or ""))))
    return outer


def _part(text: str, start: int, end: int, marks: list[Mark], quotes: Iterable[Quoted]) -> str:
    """Return a part of the text; where a mark reaches over the edge of a quotation, the quotation yields."""
    shown: list[Mark] = []
    for mark in marks:
        if (shown[-1][1] if shown else start) <= mark[0] < mark[1] <= end:
            shown.append(mark)
    starts, ends = [mark[0] for mark in shown], [mark[1] for mark in shown]
    out = []
    position = start
    for quote_start, quote_end, title in quotes:
        first, last = max(quote_start, position), min(quote_end, end)
        inner, beyond = bisect_left(starts, first), bisect_right(ends, last)
        if inner and ends[inner - 1] > first:
            first = ends[inner - 1]
        if beyond < len(shown) and starts[beyond] < last:
            last = starts[beyond]
        if first >= last:
            continue
        out.append(_mark(text, position, first, shown[bisect_left(starts, position) : inner]))
        inside = _mark(text, first, last, shown[inner:beyond])
        out.append(f'<span style="{QUOTED}" title="{html_text(title)}">{inside}</span>')
        position = last
    out.append(_mark(text, position, end, shown[bisect_left(starts, position) :]))
    return "".join(out)


def _mark(text: str, start: int, end: int, marks: list[Mark]) -> str:
    out = []
    position = start
    for mark_start, mark_end, kind, title in marks:
        out.append(html_text(text[position:mark_start]))
        caption = "" if kind in {"figure", "date"} else f'<small style="opacity:.75"> {LABELS[kind]}</small>'
        out.append(
            f'<mark style="background:{COLOURS[kind]};padding:.1em .25em;border-radius:.25em" '
            f'title="{html_text(title)}">{html_text(text[mark_start:mark_end])}{caption}</mark>'
        )
        position = mark_end
    out.append(html_text(text[position:end]))
    return "".join(out).replace("\n", "<br>")
