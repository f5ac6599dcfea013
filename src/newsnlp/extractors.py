"""What an analysis is made of, in order: each extractor reads a document and what those before it found.

A new one is a function ``(doc, given) -> records`` and a line of `EXTRACTORS`; see CONTRIBUTING.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from newsnlp.errors import OptionError, shown
from newsnlp.safety.values import choice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from spacy.tokens import Doc

    from newsnlp.authority.names import Authority
    from newsnlp.dates.find import Placed
    from newsnlp.figures.extract import Reading
    from newsnlp.quantities.candidates import BarredNumber
    from newsnlp.topics import TopicLabeler

    Records = Mapping[str, Sequence[Any]]


@dataclass(slots=True)
class Given:
    """What an extractor may read beside the document: its text, the title, and what was found so far."""

    # spaCy joins `Doc.text` anew at every call.
    text: str
    title: str | None = None
    # What relative dates lean on; `today` where neither the article nor its dateline tells.
    published_at: datetime | None = None
    today: date | None = None
    found: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    # Of the dates those that place something in time; None where nobody looked for dates.
    placed: Sequence[Placed] | None = None
    # Numbers that are no figures; None where nobody looked for figures.
    barred: Sequence[BarredNumber] | None = None
    # The document as rules read it, made when one first asks for it.
    reading: Reading | None = None

    def of(self, name: str) -> tuple[Any, ...]:
        """Return the records of a kind, none where they were not looked for."""
        return self.found.get(name, ())

    def read(self, doc: Doc) -> Reading:
        """Return the document as the rules of quotations and figures read it, read once."""
        from newsnlp.figures.extract import read_text

        if self.reading is None:
            self.reading = read_text(
                doc,
                self.of("mentions"),
                self.of("entities"),
                placed=self.placed,
                published_at=self.published_at,
                today=self.today,
                text=self.text,
            )
        return self.reading


@dataclass(frozen=True, slots=True)
class Extractor:
    """One step of an analysis.

    Parameters
    ----------
    name : str
        What `newsnlp.load` knows it by, in ``only``.
    gives : tuple of str
        The attributes of `Analysis` that it fills.
    uses : tuple of str
        Attributes filled by those before it that make it better: a figure's place is a name. It runs without them.
    share : float
        Part of the CPU time of an analysis, measured on the 64 sample articles (2026-11); reading and tokens, which
        all need, are the rest. Numbers and items, which quotations and figures share, count to the first that asks.
    run : callable
        ``(doc, given) -> {attribute: records}``; offsets are the document's own.
    """

    name: str
    gives: tuple[str, ...]
    uses: tuple[str, ...]
    share: float
    run: Callable[[Doc, Given], Records]


def _entities(doc: Doc, given: Given, *, authority: Authority | None = None, accurate: bool = False) -> Records:
    from newsnlp.entities import extract_entities

    mentions, entities = extract_entities(doc, text=given.text, authority=authority, accurate=accurate)
    return {"mentions": mentions, "entities": entities}


def _dates(doc: Doc, given: Given) -> Records:
    from newsnlp.dates.find import read_dates, sentences_of

    dates, given.placed = read_dates(given.text, given.published_at, sentences_of(doc), today=given.today)
    return {"dates": dates}


def _quotes(doc: Doc, given: Given) -> Records:
    from newsnlp.quotes.find import find_quotes

    reading = given.read(doc)
    return {"quotes": find_quotes(reading.sentences, reading.speakers, reading.persons)}


def _figures(doc: Doc, given: Given) -> Records:
    from newsnlp.figures.extract import audit_figures

    figures, given.barred = audit_figures(
        doc,
        given.of("mentions"),
        given.of("entities"),
        given.found.get("dates"),
        published_at=given.published_at,
        today=given.today,
        quotes=given.of("quotes"),
        reading=given.read(doc),
    )
    return {"figures": figures}


def _events(doc: Doc, given: Given) -> Records:
    from newsnlp.figures.times import Times
    from newsnlp.happenings import find_happenings

    reading = given.read(doc)
    dates = given.found.get("dates", reading.dates)
    events, figures = find_happenings(
        reading,
        Times(reading.text, dates, given.published_at, given.today),
        mentions=given.of("mentions"),
        entities=given.of("entities"),
        figures=given.of("figures"),
        title=given.title,
    )
    return {"events": events, **({"figures": figures} if "figures" in given.found else {})}


def _topics(_doc: Doc, given: Given, *, labeler: TopicLabeler | None = None) -> Records:
    from newsnlp import topics

    found = {name: given.of(name) for name in ("mentions", "entities", "figures")}
    by = topics if labeler is None else labeler
    return {"topics": by.label_topics(given.text, title=given.title, **found)}


EXTRACTORS = (
    Extractor("entities", ("mentions", "entities"), (), 0.62, _entities),
    Extractor("dates", ("dates",), (), 0.04, _dates),
    Extractor("quotes", ("quotes",), ("mentions", "entities"), 0.12, _quotes),
    Extractor("figures", ("figures",), ("mentions", "entities", "dates", "quotes"), 0.06, _figures),
    Extractor("events", ("events",), ("mentions", "entities", "dates", "figures"), 0.05, _events),
    Extractor("topics", ("topics",), ("mentions", "entities", "figures"), 0.06, _topics),
)
NAMES = tuple(extractor.name for extractor in EXTRACTORS)
# Every attribute of an `Analysis` that is found in a document.
GIVEN = tuple(name for extractor in EXTRACTORS for name in extractor.gives)


def chosen(
    only: str | Iterable[str] | None = None,
    *,
    topics: TopicLabeler | None = None,
    authority: Authority | None = None,
    accurate: bool = False,
) -> tuple[Extractor, ...]:
    """Return the extractors of these names, in the order in which they run; all of them for None.

    `topics`, a labeller of the user's, takes the place of the built-in one; names are found by the user's `authority`,
    and with the encoder where `accurate`.

    Raises
    ------
    OptionError
        If one is unknown, none is named, or topics or entities are left out though a labeller or a list is given.

    Examples
    --------
    >>> [extractor.name for extractor in chosen(("figures", "entities"))]
    ['entities', 'figures']
    """
    try:
        wanted = set(NAMES) if only is None else {only} if isinstance(only, str) else set(only)
    except TypeError:
        message = f"only={shown(only)} is not accepted; give names of {', '.join(NAMES)}"
        raise OptionError(message) from None
    for name in wanted or {""}:
        choice("only", name, NAMES)
    if topics is not None and "topics" not in wanted:
        message = "topics=… gives a labeller, but only=… leaves topics out. Hint: name them, or give no labeller"
        raise OptionError(message)
    if authority is not None and "entities" not in wanted:
        message = "authority=… gives names, but only=… leaves entities out. Hint: name them, or give no list"
        raise OptionError(message)
    own: dict[str, Callable[[Doc, Given], Records]] = {}
    if topics is not None:
        own["topics"] = partial(_topics, labeler=topics)
    if authority is not None or accurate:
        own["entities"] = partial(_entities, authority=authority, accurate=accurate)
    steps = (extractor for extractor in EXTRACTORS if extractor.name in wanted)
    return tuple(replace(step, run=own.get(step.name, step.run)) for step in steps)


def abstained(given: Given, steps: Iterable[Extractor]) -> dict[str, str]:
    """Return for ``meta`` why the built-in labeller gave no topic, where it was asked and gave none."""
    from newsnlp.topics.labeling import abstention

    asked = any(step.run is _topics for step in steps)
    return {"no_topics": abstention(given.text, title=given.title)} if asked and not given.of("topics") else {}
