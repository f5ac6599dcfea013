"""Figures with their meaning: from the quantities of a text to `newsnlp.records.Figure`."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.dates.find import find_placed, read_dates
from newsnlp.figures.actors import find_actors
from newsnlp.figures.changes import find_changes
from newsnlp.figures.continuing import follow_days
from newsnlp.figures.counted import find_counted, resolve_missing
from newsnlp.figures.determiners import drop_articles, may_count
from newsnlp.figures.events.find import find_events
from newsnlp.figures.factuality.status import find_status
from newsnlp.figures.headings import tell_headings
from newsnlp.figures.parts.link import link_parts
from newsnlp.figures.places.event_place import follow_events
from newsnlp.figures.places.find import find_places
from newsnlp.figures.times import Times
from newsnlp.figures.tolls import find_tolls
from newsnlp.figures.when import find_when
from newsnlp.grammar.items import Names, split_words
from newsnlp.grammar.sentences import Sentences
from newsnlp.language import sentence_starts
from newsnlp.quantities.candidates import BarredNumber
from newsnlp.quotes.persons import PRONOUNS, Persons, Who
from newsnlp.quotes.sources import source_words
from newsnlp.quotes.speakers import Speakers
from newsnlp.record_fields import NoFigure
from newsnlp.records import Figure, FigureEvent, QuoteKind, Status, TollRole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from spacy.tokens import Doc

    from newsnlp.dates.find import Placed
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence
    from newsnlp.quantities.candidates import Numbers, Quantity
    from newsnlp.quantities.text_tables import Tables
    from newsnlp.records import DateExpression, Entity, Mention, Quote

MEMORY = 6
"""How many figures back an ellipsis may reach."""
ELLIPSIS_REACH = 600
"""How many characters back."""


def extract_figures(
    doc: Doc,
    mentions: Sequence[Mention] = (),
    entities: Sequence[Entity] = (),
    dates: Sequence[DateExpression] | None = None,
    *,
    published_at: date | None = None,
    today: date | None = None,
    quotes: Sequence[Quote] = (),
) -> list[Figure]:
    """Return the figures of a document in text order, with what they mean.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        Its text and sentence boundaries are read, nothing else; without boundaries newsnlp sets its own.
    mentions : sequence of Mention
        Names of the same document, in its own offsets: places and sources are taken from them.
    entities : sequence of Entity
        What the mentions' ``entity_id`` point to.
    dates : sequence of DateExpression, optional
        Those of the document, which ``date_index`` points to. Without them they are looked for, and it is None.
    published_at, today : date or datetime, optional
        What relative dates lean on; `today` where the dateline says nothing either.
    quotes : sequence of Quote
        Those of the document, which ``quote`` points to.

    Returns
    -------
    list of Figure
        In the document's own character offsets.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("xx")
    >>> doc = nlp.add_pipe("sentencizer") and nlp("Cinq soldats auraient été blessés, dont un grièvement.")
    >>> [(f.text, f.counted, f.event, f.status.value, f.part_of) for f in extract_figures(doc)]
    [('Cinq', 'soldats', 'injured', 'reported', None), ('un', 'soldats', 'injured', 'reported', 0)]
    """
    return audit_figures(doc, mentions, entities, dates, published_at=published_at, today=today, quotes=quotes)[0]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as rules read it: numbers, the tables in it, sentences as items, who speaks in it, and who they are."""

    text: str
    numbers: Numbers
    tables: Tables
    # Where nobody had looked for them before.
    dates: Sequence[DateExpression] | None
    sentences: Sentences
    speakers: Speakers
    persons: Persons


def read_text(
    doc: Doc,
    mentions: Sequence[Mention] = (),
    entities: Sequence[Entity] = (),
    *,
    placed: Sequence[Placed] | None = None,
    published_at: date | None = None,
    today: date | None = None,
    text: str | None = None,
) -> Reading:
    """Return what quotations and figures are read from, so that both are read from the same.

    `placed` are its dates that place something in time; without them all are looked for, and lean on `published_at` and
    `today`. `text` is that of the document, where it is at hand: spaCy joins it anew at every call.
    """
    from newsnlp.quantities.find import read_numbers
    from newsnlp.quantities.text_tables import find_tables, read_cells

    text = doc.text if text is None else text
    bounds, dates = _bounds(doc, text), None
    if placed is None:
        dates, placed = read_dates(text, published_at, bounds, today=today)
    numbers = read_numbers(text, [(mention.start, mention.end) for mention in mentions], placed)
    tables = find_tables(text)
    if tables.cells or tables.ranks:
        numbers = read_cells(text, numbers, tables, read_numbers)
    sentences = Sentences(text, bounds, numbers.quantities, mentions, drop_articles)
    speakers = Speakers(sentences, mentions)
    persons = Persons(sentences, mentions, entities, speakers)
    return Reading(text, numbers, tables, dates, sentences, speakers, persons)


def audit_figures(
    doc: Doc,
    mentions: Sequence[Mention] = (),
    entities: Sequence[Entity] = (),
    dates: Sequence[DateExpression] | None = None,
    *,
    published_at: date | None = None,
    today: date | None = None,
    quotes: Sequence[Quote] = (),
    reading: Reading | None = None,
) -> tuple[list[Figure], list[BarredNumber]]:
    """Return the figures of a document, and the numbers that are none with the reason. See `extract_figures`.

    `reading` is the document's, where others read it, too; `quotes` its quotations, which figures then refer to.
    """
    if reading is None:
        placed = None if dates is None else find_placed(doc.text)
        reading = read_text(doc, mentions, entities, placed=placed, published_at=published_at, today=today)
    text, numbers, tables = reading.text, reading.numbers, reading.tables
    times = Times(text, reading.dates if dates is None else dates, published_at, today, numbered=dates is not None)
    figures = _figures_of(reading.sentences, reading.speakers, reading.persons, mentions, times)
    if tables.cells:
        figures = tell_headings(text, figures, tables.cells, Names(mentions))
    figures = tell_quotes(figures, quotes, {entity.id: entity.name for entity in entities})
    kept = {figure.start for figure in figures}
    dropped = (
        BarredNumber(q.start, q.end, NoFigure.ARTICLE if q.needs_context else NoFigure.PRONOUN)
        for q in numbers.quantities
        if q.start not in kept
    )
    return figures, sorted([*numbers.barred, *dropped])


def _bounds(doc: Doc, text: str) -> list[tuple[int, int]]:
    """Return the sentences of a document, by newsnlp's own splitter where its pipeline set none."""
    if doc.has_annotation("SENT_START"):
        return [(sentence.start_char, sentence.end_char) for sentence in doc.sents]
    starts = [*sentence_starts(text), len(text)]
    return [(start, end) for start, end in pairwise(starts) if end > start]


def read_figures(  # noqa: PLR0917  # what a text gives, in order
    text: str,
    quantities: Sequence[Quantity],
    bounds: Sequence[tuple[int, int]],
    mentions: Sequence[Mention] = (),
    entities: Sequence[Entity] = (),
    times: Times | None = None,
) -> list[Figure]:
    """Return the figures that the quantities of a text make, sentence by sentence."""
    sentences = Sentences(text, bounds, quantities, mentions, drop_articles)
    speakers = Speakers(sentences, mentions)
    persons = Persons(sentences, mentions, entities, speakers)
    return _figures_of(sentences, speakers, persons, mentions, times or Times(text))


def _figures_of(
    sentences: Sentences,
    speakers: Speakers,
    persons: Persons,
    mentions: Sequence[Mention],
    times: Times,
) -> list[Figure]:
    text, bounds = sentences.text, sentences.bounds
    quotations = speakers.quotations
    names = Names(mentions)
    kept: list[Draft] = []
    for index, inside in sentences.quantities.items():
        sentence = sentences.read(index) if may_count(text[slice(*bounds[index])], text, inside) else None
        if sentence is None or not sentence.drafts:
            continue
        previous = [draft for draft in kept[-MEMORY:] if _near(draft, sentence, text)]
        find_counted(sentence)
        link_parts(sentence, previous)
        resolve_missing(sentence, previous)
        find_changes(sentence)
        find_events(sentence)
        find_status(sentence, quotations, speakers)
        find_places(sentence, text, names)
        find_actors(sentence)
        find_when(sentence, times)
        kept += sentence.drafts
    follow_events(kept, bounds, sentences.read, text, names)
    find_tolls(kept)
    follow_days(kept, bounds, sentences.read, times)
    return _to_figures(text, kept, persons, times)


def tell_quotes(figures: list[Figure], quotes: Sequence[Quote], names: Mapping[str, str]) -> list[Figure]:
    """Return the figures with the number of the quotation that states each, of several the shortest, and who says it.

    `names` are those of entities by their ids, for speakers whom a pronoun means.
    """
    number_at: dict[int, int] = {}
    starts = [figure.start for figure in figures]
    for number, quote in sorted(enumerate(quotes), key=lambda pair: pair[1].start - pair[1].end):
        for index in range(bisect_left(starts, quote.start), bisect_left(starts, quote.end)):
            number_at[index] = number
    return [
        _as_said(figure, quotes[number_at[index]], number_at[index], names) if index in number_at else figure
        for index, figure in enumerate(figures)
    ]


def _as_said(figure: Figure, quote: Quote, number: int, names: Mapping[str, str]) -> Figure:
    """``« Il manque 40 lits », s'émeut Luc Blin``: what stands in marks is reported, by who speaks.

    What is reported without marks was judged with its attribution: "le site, qui emploie 48 salariés, ferme, dit-il".
    """
    if figure.source is not None or quote.kind is QuoteKind.INDIRECT or figure.toll_role is TollRole.PREVIOUS:
        return replace(figure, quote=number)
    speaker = quote.speaker or ""
    source = names.get(quote.entity_id or "") if speaker.lower() in PRONOUNS else _without_determiner(speaker) or None
    return replace(
        figure,
        quote=number,
        status=Status.REPORTED if figure.status is Status.ASSERTED else figure.status,
        source=source,
        source_id=quote.entity_id if source else None,
        source_kind=quote.source_kind if source else None,
    )


def _without_determiner(phrase: str) -> str:
    """``le maire de Metz``, ``l'Insee``: as figures word their sources."""
    first = next(iter(split_words(phrase)), "")
    return phrase[len(first) :].lstrip() if first in source_words("determiners", "phrase") else phrase


def _near(draft: Draft, sentence: Sentence, text: str) -> bool:
    """An ellipsis reaches back over two line breaks at most: the headline, or the paragraph before."""
    return (
        sentence.start - draft.quantity.end < ELLIPSIS_REACH
        and text.count("\n\n", draft.quantity.end, sentence.start) <= 1
    )


def _to_figures(text: str, drafts: Sequence[Draft], persons: Persons, times: Times) -> list[Figure]:
    """Return the records; `persons` knows the names that have an entity, and who speaks."""
    index = {id(draft): number for number, draft in enumerate(drafts)}

    def number_of(draft: Draft | None) -> int | None:
        return None if draft is None else index.get(id(draft))

    def entity_in(start: int | None, words: str | None) -> str | None:
        """The entity that some words name: the one they begin with, or else the person or body among them."""
        if start is None or words is None:
            return None
        end = start + len(words)
        for mention in persons.names.within(start, end):
            if mention.end <= end and (mention.start == start or mention.label in ("PER", "ORG")):
                return mention.entity_id
        return None

    figures = []
    for draft in drafts:
        quantity, sentence = draft.quantity, draft.sentence
        who = Who()
        if draft.source is not None and draft.source_start is not None:
            who = persons.of_span(draft.source_start, draft.source_start + len(draft.source))
        phrase_end = (
            max(quantity.phrase_end, sentence.end_of(draft.noun_end - 1)) if draft.noun_end else quantity.phrase_end
        )
        figures.append(
            Figure(
                start=quantity.start,
                end=quantity.end,
                text=text[quantity.start : quantity.end],
                value=quantity.value,
                value_min=quantity.value_min,
                value_max=quantity.value_max,
                modifier=quantity.modifier,
                kind=draft.kind,
                unit=draft.unit,
                counted=draft.counted or None,
                event=FigureEvent(draft.event) if draft.event else None,
                status=Status(draft.status),
                place=draft.place,
                part_of=number_of(draft.parent),
                sentence=sentence.trimmed[0] or None,
                sentence_start=sentence.trimmed[1],
                actor=draft.actor,
                source=draft.source,
                date=draft.date,
                place_id=entity_in(draft.place_start, draft.place),
                actor_id=entity_in(draft.actor_start, draft.actor),
                source_id=entity_in(draft.source_start, draft.source) or who.entity_id,
                source_kind=who.kind,
                rule_id=draft.rule_id,
                phrase_start=min(quantity.phrase_start, quantity.start),
                phrase_end=phrase_end,
                place_basis=draft.place_basis,
                event_place=draft.event_place,
                event_place_id=entity_in(draft.event_place_start, draft.event_place),
                via=draft.via,
                toll_role=draft.toll_role,
                superseded_by=number_of(draft.superseded_by),
                change=draft.change,
                direction=draft.direction,
                baseline=number_of(draft.baseline),
                when=draft.when,
                when_begin=draft.when_begin,
                when_end=draft.when_end,
                date_index=times.number_of(draft.dated),
            )
        )
    return figures
