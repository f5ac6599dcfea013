"""Find the names in a document: the network's spans, repaired and scored, as `Mention` records."""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING

import numpy as np

from newsnlp.entities.authorised import Span, authorise
from newsnlp.entities.recognition.confidence import scores
from newsnlp.entities.recognition.decoding import decode
from newsnlp.entities.recognition.doubt import ask_encoder
from newsnlp.entities.recognition.features import article_words, line_cues
from newsnlp.entities.recognition.lines import Candidate, Line, Words, split_lines
from newsnlp.entities.recognition.network import load_network, word_ids
from newsnlp.entities.repairs.edges import sentence_parts
from newsnlp.entities.repairs.known import add_known_names
from newsnlp.entities.repairs.order import repair
from newsnlp.records import Label, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from newsnlp.authority.names import Authority, Name

# Tokens given to the network at once: a line of a 20 MB text must not ask for gigabytes.
BATCH_TOKENS = 4_000
# What is less likely than this to be right is left out. Measured on held-out train and sentences, 2026-11: see docs.
LEAST_SCORE = 0.4
_INNER_CAPITAL = re.compile(r"[^\W\d_A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ\d]")


def find_mentions(doc: Doc, *, accurate: bool = False) -> list[Mention]:
    """Return the names of a document, in text order.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        Tokens and sentence starts. Where a component has already set ``doc.ents`` (``load(entities="stock")``),
        those are returned without score, as they are but for a name that reaches into a second sentence.
    accurate : bool
        Ask the encoder, too, in lines where the small network is in doubt (``load(entities="accurate")``).

    Returns
    -------
    list of Mention
        Offsets are the document's own. No mention leaves its sentence or is longer than twelve words, and none crosses
        a line break.

    Examples
    --------
    >>> from newsnlp.language import load_language
    >>> nlp = load_language()
    >>> [(m.text, m.label.value) for m in find_mentions(nlp("Le ministre Lloyd Austin a quitté l'Irak."))]
    [('Lloyd Austin', 'PER'), ('Irak', 'LOC')]
    >>> find_mentions(nlp("Plusieurs soldats ont été blessés."))
    []
    """
    return _mentions(doc, _spans(doc, accurate=accurate))


def find_listed_mentions(
    doc: Doc, authority: Authority, *, text: str, accurate: bool = False
) -> tuple[list[Mention], list[Name | None]]:
    """Return the names of a document as `find_mentions` does, and the row of the user's list that each one means."""
    spans = authorise(doc, text, _spans(doc, accurate=accurate), authority)
    return _mentions(doc, spans), [span.name for span in spans]


def _spans(doc: Doc, *, accurate: bool) -> list[Span]:
    """Return what is found, by tokens, with what no name can be left out."""
    words = Words.of(doc)
    if doc.has_annotation("ENT_IOB"):
        parts = ((ent.label_, part) for ent in doc.ents for part in sentence_parts(words, ent.start, ent.end))
        found = [Span(*part, label, None) for label, part in parts]
    else:
        found_first = repair(words, list(find_candidates(doc, words, accurate=accurate)))
        candidates = likely(words, found_first, accurate=accurate)
        scored = zip(candidates, scores(words, candidates, accurate=accurate), strict=True)
        found = [Span(c.start, c.end, c.label, score) for c, score in scored]
    labels = {label.value for label in Label}
    return [span for span in found if span.label in labels and not _is_handle(words, span.start)]


def _mentions(doc: Doc, spans: list[Span]) -> list[Mention]:
    # Found once for all names: spaCy looks for the sentence of a span word by word, and joins its text anew. A document
    # without sentence starts (a foreign pipeline's) gives no sentence.
    sentences = list(doc.sents) if doc.has_annotation("SENT_START") else []
    ends = [sentence.end for sentence in sentences]
    texts: dict[int, tuple[str, int]] = {}
    mentions = []
    for start, end, label, probability, _ in spans:
        span = doc[start:end]
        text, first = None, None
        if sentences:
            place = bisect.bisect_right(ends, start)
            if place not in texts:
                texts[place] = sentences[place].text, sentences[place].start_char
            text, first = texts[place]
        mentions.append(
            Mention(
                start=span.start_char,
                end=span.end_char,
                text=span.text,
                label=Label(label),
                sentence=text,
                sentence_start=first,
                score=probability,
            )
        )
    return mentions


def _is_handle(doc: Words, start: int) -> bool:
    """Tell whether a name is one of an account (``@prefet_73``) or a tag of several words (``#SaintBrélan2024``)."""
    text = doc[start].text
    before = doc[start - 1].text if start and not doc[start - 1].whitespace_ else ""
    if text[0] == "@" or before == "@":
        return True
    return (text[0] == "#" or before == "#") and _INNER_CAPITAL.search(text) is not None


def likely(doc: Words, candidates: list[Candidate], *, accurate: bool = False) -> list[Candidate]:
    """Return the candidates that are likely enough, and the known names that stand where no candidate is left."""
    sure = zip(candidates, scores(doc, candidates, accurate=accurate), strict=True)
    return add_known_names(doc, [candidate for candidate, score in sure if score >= LEAST_SCORE])


def find_candidates(doc: Doc, words: Words, *, accurate: bool = False) -> Iterator[Candidate]:
    """Yield what the network finds, in text order, unrepaired; `accurate`, with the encoder where it is in doubt."""
    from spacy.attrs import NORM, PREFIX, SHAPE, SUFFIX

    network = load_network()
    lines = split_lines(words)
    lower, capital = article_words([line.words for line in lines])
    attributes = doc.to_array([NORM, PREFIX, SUFFIX, SHAPE]).astype("uint64").reshape(-1, 4)
    batch: list[Line] = []
    size = 0
    for position, line in enumerate(lines):
        batch.append(line)
        size += len(line.words)
        if size < BATCH_TOKENS and position + 1 < len(lines):
            continue
        cues = np.concatenate(
            [line_cues(part.words, part.spaces, lower_words=lower, capital_words=capital) for part in batch]
        )
        indexes = np.concatenate([part.tokens for part in batch])
        by_word = np.array([word_ids(word) for part in batch for word in part.words], dtype="uint64")
        lengths = [len(part.words) for part in batch]
        found = network.tag_probabilities(np.hstack([attributes[indexes], by_word]), cues, lengths)
        if accurate:
            ask_encoder(batch, found)
        at = 0
        for part in batch:
            for first, end, label, probability in decode(found[at : at + len(part.words)]):
                yield Candidate(int(part.tokens[first]), int(part.tokens[end - 1]) + 1, label, probability, part)
            at += len(part.words)
        batch, size = [], 0
