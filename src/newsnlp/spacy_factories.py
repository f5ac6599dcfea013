"""newsnlp in anyone's French spaCy pipeline: ``nlp.add_pipe("newsnlp_entities")``, ``_dates``, ``_quotes`` and more.

spaCy imports this module whenever it makes a pipeline, because of the entry points in ``pyproject.toml``: so nothing
but spaCy itself is imported here, and what may be missing or broken only matters to who adds a component.

A component keeps plain values in the ``Doc`` (``doc._.newsnlp_data``), which survive ``to_bytes``, ``DocBin`` and
``nlp.pipe(n_process=2)``; ``doc._.newsnlp`` makes an `Analysis` of them. A ``Doc`` that no component has seen, a part
of one or several in one have no analysis: ``None``, never an empty one.
"""

from __future__ import annotations

import hashlib
import warnings
from typing import TYPE_CHECKING, Any, Literal, Self, cast

from spacy.language import Language
from spacy.tokens import Doc, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from newsnlp.record_kinds import DocSpans
    from newsnlp.records import Analysis, Record

# Under this key stands of which text the plain values are.
_OF = "of"
# msgpack, which spaCy stores documents in, knows no longer integers.
_LONGEST = 2**63


def register_extensions() -> None:
    """Make ``doc._.newsnlp`` and ``doc._.newsnlp_data`` known; needed by hand only to read a stored ``DocBin``.

    Examples
    --------
    >>> register_extensions()
    >>> register_extensions()  # again does no harm
    """
    if not Doc.has_extension("newsnlp_data"):
        # By force: another thread may do the same at this moment.
        Doc.set_extension("newsnlp_data", default=None, force=True)
    if not Doc.has_extension("newsnlp"):
        Doc.set_extension("newsnlp", getter=analysis_of, force=True)


def analysis_of(doc: Doc) -> Analysis | None:
    """Return what newsnlp's components found in a document; offsets are the document's own.

    None where they have not seen it: nothing was looked for, or (``span.as_doc(copy_user_data=True)``) in another text.
    """
    data = doc._.newsnlp_data
    if data is None or data.get(_OF, _digest(doc)) != _digest(doc):
        return None
    from newsnlp.exports.doc_analysis import DocAnalysis

    return cast("Analysis", DocAnalysis(_values(doc)))


def _known(doc: Doc) -> Analysis:
    from newsnlp.records import Analysis

    return Analysis.from_dict(_values(doc))


def _values(doc: Doc) -> dict[str, Any]:
    found = {name: items for name, items in (doc._.newsnlp_data or {}).items() if name != _OF}
    return {"article": {"text": doc.text}, "body_spans": [[0, len(doc.text)]], **found}


def _digest(doc: Doc) -> str:
    return hashlib.blake2b(doc.text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class _Component:
    """Picklable, without state of its own: what it learnt lies in the package."""

    def __init__(self, nlp: Language, **settings: Any) -> None:
        self.tokenizer = nlp.tokenizer
        self.settings = settings
        register_extensions()

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        self.__dict__.update(state)
        register_extensions()

    def to_bytes(self, **_: object) -> bytes:
        """Return nothing: the settings are in the pipeline's configuration."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> Self:
        """Return the component unchanged."""
        return self

    def to_disk(self, path: object, **_: object) -> None:
        """Write nothing."""

    def from_disk(self, _path: object, **_: object) -> Self:
        """Return the component unchanged."""
        return self


class EntityComponent(_Component):
    """Finds names and what they name: ``doc._.newsnlp``, ``doc.spans["newsnlp_entities"]``."""

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with its names."""
        from newsnlp.entities import extract_entities

        names = self.settings["names"]
        bare = _bare(doc, self.tokenizer, with_names=names == "doc")
        mentions, entities = extract_entities(bare, accurate=names == "accurate")
        _store(doc, mentions=mentions, entities=entities)
        if self.settings["set_ents"]:
            doc.ents = list(doc.spans["newsnlp_entities"])
        return doc


class DateComponent(_Component):
    """Finds expressions of time: ``doc._.newsnlp.dates``, ``doc.spans["newsnlp_dates"]``."""

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with its dates."""
        from newsnlp.dates import extract_dates
        from newsnlp.text.stamps import parse_date

        today = parse_date(self.settings["today"])
        _store(doc, dates=extract_dates(_bare(doc, self.tokenizer), today=today))
        return doc


class QuoteComponent(_Component):
    """Finds quotations: ``doc._.newsnlp.quotes``, ``doc.spans["newsnlp_quotes"]``."""

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with its quotations."""
        from newsnlp.figures.extract import read_text
        from newsnlp.quotes.find import find_quotes

        known = _known(doc)
        reading = read_text(_bare(doc, self.tokenizer), known.mentions, known.entities)
        _store(doc, quotes=find_quotes(reading.sentences, reading.speakers, reading.persons))
        return doc


class FigureComponent(_Component):
    """Finds figures: ``doc._.newsnlp``, ``doc.spans["newsnlp_figures"]``."""

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with its figures."""
        from newsnlp.figures import extract_figures

        known = _known(doc)
        found = extract_figures(
            _bare(doc, self.tokenizer), known.mentions, known.entities, known.dates or None, quotes=known.quotes
        )
        _store(doc, figures=found)
        return doc


class EventComponent(_Component):
    """Finds what happened: ``doc._.newsnlp.events``, ``doc.spans["newsnlp_events"]``, and which figures are of it."""

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with its events."""
        from newsnlp.figures.extract import read_text
        from newsnlp.figures.times import Times
        from newsnlp.happenings import find_happenings
        from newsnlp.text.stamps import parse_date

        known = _known(doc)
        reading = read_text(_bare(doc, self.tokenizer), known.mentions, known.entities)
        times = Times(reading.text, known.dates or reading.dates, None, parse_date(self.settings["today"]))
        events, figures = find_happenings(
            reading, times, mentions=known.mentions, entities=known.entities, figures=known.figures
        )
        _store(doc, events=events, **({"figures": figures} if figures else {}))
        return doc


class TopicComponent(_Component):
    """Labels the document with IPTC Media Topics: ``doc._.newsnlp.topics``, and ``doc.cats`` where asked for."""

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with its topics."""
        from newsnlp.topics import label_topics

        known = _known(doc)
        topics = label_topics(
            _bare(doc, self.tokenizer), mentions=known.mentions, entities=known.entities, figures=known.figures
        )
        _store(doc, topics=topics)
        if self.settings["set_cats"]:
            doc.cats = {**doc.cats, **{topic.code: topic.score for topic in topics}}
        return doc


@Language.factory("newsnlp_entities", assigns=["doc._.newsnlp", "doc.spans"])  # type: ignore[untyped-decorator]
def newsnlp_entities(
    nlp: Language,
    name: str,  # noqa: ARG001  # spaCy passes both
    names: Literal["newsnlp", "accurate", "doc"] = "newsnlp",
    set_ents: bool = False,
) -> EntityComponent:
    """Return the component that finds names.

    Parameters
    ----------
    nlp, name
        Given by spaCy.
    names : {"newsnlp", "accurate", "doc"}
        Whose names: newsnlp's own, whatever ``ner`` the pipeline has, more slowly with fewer errors, or those
        of ``doc.ents``, merged into entities.
    set_ents : bool
        Replace ``doc.ents``, too.
    """
    return EntityComponent(nlp, names=names, set_ents=set_ents)


@Language.factory("newsnlp_dates", assigns=["doc._.newsnlp", "doc.spans"])  # type: ignore[untyped-decorator]
def newsnlp_dates(nlp: Language, name: str, today: str | None = None) -> DateComponent:  # noqa: ARG001
    """Return the component that finds expressions of time.

    Parameters
    ----------
    nlp, name
        Given by spaCy.
    today : str, optional
        The day that relative ones lean on where a document's dateline says none; without it they have no value.
    """
    return DateComponent(nlp, today=today)


@Language.factory("newsnlp_quotes", assigns=["doc._.newsnlp", "doc.spans"])  # type: ignore[untyped-decorator]
def newsnlp_quotes(nlp: Language, name: str) -> QuoteComponent:  # noqa: ARG001
    """Return the component that finds quotations; after ``newsnlp_entities`` it knows who speaks.

    Parameters
    ----------
    nlp, name
        Given by spaCy.
    """
    return QuoteComponent(nlp)


@Language.factory("newsnlp_figures", assigns=["doc._.newsnlp", "doc.spans"])  # type: ignore[untyped-decorator]
def newsnlp_figures(nlp: Language, name: str) -> FigureComponent:  # noqa: ARG001
    """Return the component that finds figures; after ``newsnlp_entities`` they know their places and actors."""
    return FigureComponent(nlp)


@Language.factory("newsnlp_events", assigns=["doc._.newsnlp", "doc.spans"])  # type: ignore[untyped-decorator]
def newsnlp_events(nlp: Language, name: str, today: str | None = None) -> EventComponent:  # noqa: ARG001
    """Return the component that finds what happened; after the others it knows where, when, and with which toll.

    Parameters
    ----------
    nlp, name
        Given by spaCy.
    today : str, optional
        The day of what happened without a date, where a document's dateline says none.
    """
    return EventComponent(nlp, today=today)


@Language.factory("newsnlp_topics", assigns=["doc._.newsnlp"])  # type: ignore[untyped-decorator]
def newsnlp_topics(nlp: Language, name: str, set_cats: bool = False) -> TopicComponent:  # noqa: ARG001
    """Return the component that labels topics.

    Parameters
    ----------
    nlp, name
        Given by spaCy.
    set_cats : bool
        Put the scores into ``doc.cats``, too.
    """
    return TopicComponent(nlp, set_cats=set_cats)


def __getattr__(name: str) -> object:
    # Targets of entry points that spaCy loads with every pipeline; importing the module registers the components.
    if name in {"newsnlp_sentences", "newsnlp_trim_names"}:
        try:
            from newsnlp.language import french
        except (ImportError, AttributeError) as error:
            # An unforeseen version of spaCy must cost these two components, not everybody's pipelines.
            warnings.warn(f"newsnlp's sentence splitter is not available in spaCy: {error}", stacklevel=2)
            return None
        return french.make_sentence_splitter if name == "newsnlp_sentences" else french.trim_names
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def _bare(doc: Doc, tokenizer: Callable[[str], Doc], *, with_names: bool = False) -> Doc:
    """Return the same text with newsnlp's own sentences and the pipeline's tokens, whatever it has set before.

    A parser's sentences may cross line breaks, and a pipeline without any has none; of tokens that ``merge_entities``
    has put together no name would be found. Only the names of the document itself need its own tokens.
    """
    from newsnlp.language.sentences import SentenceSplitter

    tokens = doc if with_names else tokenizer(doc.text)
    if tokens.text != doc.text:  # a tokenizer of the user's own, which drops what it likes
        tokens = doc
    copy = Doc(
        doc.vocab,
        words=[token.text for token in tokens],
        spaces=[bool(token.whitespace_) for token in tokens],
    )
    if with_names:
        copy.set_ents([Span(copy, ent.start, ent.end, label=ent.label_) for ent in doc.ents])
    return SentenceSplitter()(copy)


def _store(doc: Doc, **found: Sequence[Record]) -> None:
    from newsnlp.record_fields import record_to_dict
    from newsnlp.record_kinds import KINDS

    packed: dict[str, Any] = {name: [_short(record_to_dict(item)) for item in items] for name, items in found.items()}
    doc._.newsnlp_data = {**(doc._.newsnlp_data or {}), **packed, _OF: _digest(doc)}
    for name, items in found.items():
        if shown := KINDS[name].doc_spans:
            doc.spans[shown.key] = [_span(doc, item, shown, number) for number, item in enumerate(items)]


def _short(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with integers that msgpack cannot hold as floats."""
    return {
        key: float(value) if isinstance(value, int) and abs(value) >= _LONGEST else value
        for key, value in values.items()
    }


def _span(doc: Doc, item: Any, shown: DocSpans, number: int) -> Span:
    """Return the tokens that hold a record: a figure may end inside a token (``2,5Md€``)."""
    label = next(str(value) for name in shown.label if (value := getattr(item, name)))
    span = doc.char_span(item.start, item.end, label=label, alignment_mode="expand")
    span.id_ = (getattr(item, shown.id) or "") if shown.id else str(number)
    return span
