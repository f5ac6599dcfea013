"""Figures with their meaning: from the quantities of a text to `newsnlp.records.Figure`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

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
from newsnlp.figures.tolls import find_tolls
from newsnlp.figures.when import Times, find_when
from newsnlp.grammar.drafts import Draft
from newsnlp.grammar.items import Names, Sentence, itemize
from newsnlp.language import sentence_starts
from newsnlp.quantities.candidates import BarredNumber
from newsnlp.quotes.scope import find_quotations
from newsnlp.quotes.speakers import Speakers
from newsnlp.record_fields import NoFigure
from newsnlp.records import Figure, FigureEvent, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from spacy.tokens import Doc

    from newsnlp.quantities.candidates import Quantity
    from newsnlp.records import DateExpression, Entity, Mention

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
    return audit_figures(doc, mentions, entities, dates, published_at=published_at, today=today)[0]


def audit_figures(
    doc: Doc,
    mentions: Sequence[Mention] = (),
    entities: Sequence[Entity] = (),
    dates: Sequence[DateExpression] | None = None,
    *,
    text: str | None = None,
    published_at: date | None = None,
    today: date | None = None,
) -> tuple[list[Figure], list[BarredNumber]]:
    """Return the figures of a document, and the numbers that are none with the reason. See `extract_figures`.

    `text` is that of the document, where it is at hand: spaCy joins it anew at every call.
    """
    from newsnlp.quantities.find import read_numbers
    from newsnlp.quantities.text_tables import find_tables, read_cells

    known = {entity.id for entity in entities}
    text = doc.text if text is None else text
    numbers = read_numbers(text, [(mention.start, mention.end) for mention in mentions])
    tables = find_tables(text)
    if tables.cells or tables.ranks:
        numbers = read_cells(text, numbers, tables, read_numbers)
    times = Times(text, dates, published_at, today)
    figures = read_figures(text, numbers.quantities, _bounds(doc, text), mentions, known, times)
    if tables.cells:
        figures = tell_headings(text, figures, tables.cells, Names(mentions))
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
    entity_ids: Iterable[str] = (),
    times: Times | None = None,
) -> list[Figure]:
    """Return the figures that the quantities of a text make, sentence by sentence."""
    quotations = find_quotations(text)
    names = Names(mentions)
    times = times or Times(text)
    sentences = _Sentences(text, quantities, bounds, mentions)
    speakers = Speakers(text, bounds, sentences.read)
    kept: list[Draft] = []
    for index in sentences.to_read:
        sentence = sentences.read(index)
        if not sentence.drafts:
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
    known = frozenset(entity_ids)
    return _to_figures(text, kept, Names([mention for mention in mentions if mention.entity_id in known]), times)


class _Sentences:
    """The sentences of a text, each itemised once, when somebody first asks for it."""

    def __init__(
        self,
        text: str,
        quantities: Sequence[Quantity],
        bounds: Sequence[tuple[int, int]],
        mentions: Sequence[Mention],
    ) -> None:
        self._text = text
        self._bounds = bounds
        self._people = Names([mention for mention in mentions if mention.label in ("PER", "ORG")])
        self._known: dict[int, Sentence] = {}
        self._quantities: dict[int, list[Quantity]] = {}
        index = 0
        for quantity in quantities:
            while index < len(bounds) and bounds[index][1] <= quantity.start:
                index += 1
            if index < len(bounds) and bounds[index][0] <= quantity.start:
                self._quantities.setdefault(index, []).append(quantity)
        self.to_read = [
            index for index, inside in self._quantities.items() if may_count(text[slice(*bounds[index])], text, inside)
        ]

    def read(self, index: int) -> Sentence:
        """Return a sentence with one draft for each of its figures."""
        if index not in self._known:
            self._known[index] = self._itemise(index)
        return self._known[index]

    def _itemise(self, index: int) -> Sentence:
        text, (start, end), inside = self._text, self._bounds[index], self._quantities.get(index, [])
        if inside:
            # A quantity that the splitter cut in two belongs to the sentence it begins in.
            end = max(end, inside[-1].end)
        sentence = Sentence(
            text[start:end],
            start,
            end,
            itemize(text, start, end, inside),
            preceding=text[self._bounds[index - 1][0] if index else 0 : start],
            named=self._people.spans(start, end),
        )
        positions = [position for position, word in enumerate(sentence.words) if not word]
        sentence.drafts = [Draft(*pair, sentence) for pair in zip(inside, positions, strict=True)]
        drop_articles(sentence)
        return sentence


def _near(draft: Draft, sentence: Sentence, text: str) -> bool:
    """An ellipsis reaches back over two line breaks at most: the headline, or the paragraph before."""
    return (
        sentence.start - draft.quantity.end < ELLIPSIS_REACH
        and text.count("\n\n", draft.quantity.end, sentence.start) <= 1
    )


def _to_figures(text: str, drafts: Sequence[Draft], known: Names, times: Times) -> list[Figure]:
    """Return the records; `known` are the mentions of known entities."""
    index = {id(draft): number for number, draft in enumerate(drafts)}

    def number_of(draft: Draft | None) -> int | None:
        return None if draft is None else index.get(id(draft))

    def entity_in(start: int | None, words: str | None) -> str | None:
        """The entity that some words name: the one they begin with, or else the person or body among them."""
        if start is None or words is None:
            return None
        end = start + len(words)
        for mention in known.within(start, end):
            if mention.end <= end and (mention.start == start or mention.label in ("PER", "ORG")):
                return mention.entity_id
        return None

    figures = []
    for draft in drafts:
        quantity, sentence = draft.quantity, draft.sentence
        phrase_end = (
            max(quantity.phrase_end, sentence.items[draft.noun_end - 1].end) if draft.noun_end else quantity.phrase_end
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
                source_id=entity_in(draft.source_start, draft.source),
                rule_id=draft.rule_id,
                phrase_start=min(quantity.phrase_start, quantity.start),
                phrase_end=phrase_end,
                place_basis=draft.place_basis,
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
