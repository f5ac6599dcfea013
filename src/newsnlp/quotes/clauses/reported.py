"""What is reported without marks, or with some in it: *a déclaré que …*, *selon la police*, *dit ne rien regretter*."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from newsnlp.grammar.drafts import SourceBy
from newsnlp.grammar.nouns import CLITICS
from newsnlp.grammar.verbs import has_finite, is_finite
from newsnlp.lexicons import word_set
from newsnlp.quotes.attribution import Attribution, cue_of, find_attributions, may_attribute
from newsnlp.quotes.clauses.edges import around, clauses_of
from newsnlp.quotes.drafts import QuoteDraft
from newsnlp.quotes.marked.marks import outermost
from newsnlp.quotes.marked.wording import cue_span, speaker_span
from newsnlp.quotes.sources import source_at
from newsnlp.quotes.words import forms_of
from newsnlp.records import QuoteKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.grammar.items import Sentence, Span
    from newsnlp.grammar.sentences import Sentences
    from newsnlp.quotes.marked.marks import Marked
    from newsnlp.quotes.speakers import Speakers

TRAILING = " \t\n\u00a0\u202f.,;:–—-…([ "
OF = frozenset({"de", "d'"})
OPENING = frozenset('«“"„([')
MOST = 0.6
"""The part of a clause that words in marks take where they are the statement, and what stands around them is not."""
LONGEST = 1500
"""In characters: what is longer is a list or a table that no stop cuts."""
LONGEST_SENTENCE = 2 * LONGEST
MOST_CUES = 12
"""How many attributions a sentence may have: one of more is no prose, and each is compared with the others."""


def reported_clauses(sentences: Sentences, speakers: Speakers) -> list[QuoteDraft]:
    """Return the clauses that the text reports, in text order."""
    text = sentences.text
    marks = Marks(speakers.marked)
    drafts: list[QuoteDraft] = []
    for index, (start, end) in enumerate(sentences.bounds):
        if end - start <= LONGEST_SENTENCE and may_attribute(text[start:end]):
            # What is reported inside a report is part of it.
            drafts += outermost(_of_sentence(text, sentences.read(index), marks))
    return drafts


class Marks:
    """What stands in marks, in text order."""

    def __init__(self, marked: Sequence[Marked]) -> None:
        self._marked = marked
        self._starts = [found.start for found in marked]

    def around(self, offset: int) -> Marked | None:
        """Return the marks that an offset stands in."""
        number = bisect_right(self._starts, offset) - 1
        found = self._marked[number] if number >= 0 else None
        return found if found is not None and found.start <= offset < found.end else None

    def within(self, start: int, end: int) -> list[Marked]:
        """Return the marks that begin between two offsets."""
        return list(self._marked[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end - 1)])


def _of_sentence(text: str, sentence: Sentence, marks: Marks) -> list[QuoteDraft]:
    attributions = [found for found in find_attributions(sentence) if marks.around(sentence.starts[found.cue]) is None]
    if len(attributions) > MOST_CUES:
        return []
    drafts = []
    clauses = [found for found in attributions if found.by is SourceBy.THAT]
    for found in attributions:
        if found.source is None and found.pronoun in ("", "on", "je"):
            continue
        if found.by is not SourceBy.THAT and any(other.cue < found.cue <= other.last for other in clauses):
            continue  # "annonce que, selon ses sources, …": part of what is reported, or who passes it on
        for span in _spans(sentence, found, attributions):
            draft = _draft(text, sentence, marks, found, span)
            if draft is not None:
                drafts.append(draft)
    return drafts


def _spans(sentence: Sentence, found: Attribution, attributions: Sequence[Attribution]) -> list[Span]:
    """Return the clauses that an attribution reports; a noun as object is none."""
    if found.by in (SourceBy.SELON, SourceBy.INCISE):
        return around(sentence, found, attributions)
    # "le soupçonne d'être", "a l'intention d'avoir"
    is_of = sentence.low(found.first - 1) in OF and sentence.low(found.cue) not in forms_of("deed")
    is_said = sentence.low(found.cue) not in word_set("quotes_clauses.that.learning")
    return clauses_of(sentence, found, attributions) if found.by is SourceBy.THAT and is_said and not is_of else []


def _draft(text: str, sentence: Sentence, marks: Marks, found: Attribution, span: Span) -> QuoteDraft | None:
    first, last = span
    while first < last and not (sentence.is_word(first) or sentence.is_figure(first) or sentence.low(first) in OPENING):
        first += 1
    if first >= last:
        return None
    if found.by is SourceBy.INCISE and not _is_inserted(sentence, found, first, last):
        return None
    start, end = sentence.starts[first], sentence.end_of(last - 1)
    opened = marks.around(start)
    if opened is not None and opened.start < start:
        return None  # a quotation that runs on from the sentence before
    inner = marks.within(start, end)
    if inner and inner[-1].end > end:
        end = inner[-1].end  # what is in marks goes on over the sentence
    placed = _placed(text, sentence, found, (start, end), inner)
    if placed is None:
        return None
    start, end, kind = placed
    if end - start > LONGEST or not any(letter.isalpha() for letter in text[start:end]):
        return None
    draft = QuoteDraft(start, end, kind, f"reported.{found.by.removeprefix('source.')}")
    draft.speaker, draft.is_pronoun = speaker_span(sentence, found)
    draft.cue = cue_span(sentence, found)
    return draft


def _placed(
    text: str, sentence: Sentence, found: Attribution, span: Span, inner: list[Marked]
) -> tuple[int, int, QuoteKind] | None:
    """Return where the words stand, and how; None where they stand in marks and are read there."""
    start, end = _trimmed(text, *span, inner)
    if not inner:
        return start, end, QuoteKind.INDIRECT
    cue = sentence.starts[cue_of(sentence, found)[0]]
    is_behind = inner[-1].end <= cue <= inner[-1].end + len(", ")
    if is_behind and (_is_stated(sentence, inner[-1]) or text[inner[-1].end] != ","):
        return None  # "« … », a dit le maire", "le groupe « État » revendique"
    longest = max(inner, key=lambda marked: marked.end - marked.start)
    at_head = longest.start <= start
    if at_head and longest.end >= end:
        if found.by is SourceBy.INCISE or cue >= longest.end:
            return None
        # After "que" stands a clause, whatever its verb.
        is_direct = found.by is SourceBy.THAT or _is_stated(sentence, longest)
        return longest.first, longest.last, QuoteKind.DIRECT if is_direct else QuoteKind.MIXED
    outside = (start, longest.start) if found.by is SourceBy.SELON and not at_head else (longest.end, end)
    is_statement = at_head or (found.by is SourceBy.SELON and longest.last - longest.first >= MOST * (end - start))
    is_bare = text[longest.end : longest.end + 1] == "," if at_head else False
    if is_statement and _is_stated(sentence, longest) and (is_bare or not _has_verb(sentence, *outside)):
        # "selon X, dans ces propos « … »", "que « … », dans ce quartier": what is said is what stands in marks.
        return None if cue >= longest.end else (longest.first, longest.last, QuoteKind.DIRECT)
    return start, end, QuoteKind.MIXED


def _has_verb(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a finite verb stands between two offsets."""
    first, last = sentence.items_within(start, end)
    return has_finite(sentence, first, last + 1)


def _is_stated(sentence: Sentence, marked: Marked) -> bool:
    """Whether what stands in marks is a clause, not words set apart."""
    if marked.end > sentence.end or marked.start < sentence.start:
        return True
    first, last = sentence.items_within(marked.first, marked.last)
    goes_on = sentence.is_word(first - 2) and is_finite(sentence, first)  # "Les causes « restent à déterminer »"
    return not goes_on and has_finite(sentence, first, last + 1)


def _is_inserted(sentence: Sentence, found: Attribution, first: int, last: int) -> bool:
    """Whether a clause stands around the verb, and not its subject: *Le froid, annonce une longue saison*."""
    verbs = [place for place in range(first, last) if is_finite(sentence, place)]
    if not verbs:
        return found.source is None or source_at(sentence, found.source[0]) is not None  # a headline
    return any(sentence.low(place - 1 - (sentence.low(place - 1) in CLITICS)) != "qui" for place in verbs)


def _trimmed(text: str, start: int, end: int, inner: list[Marked]) -> Span:
    """Take the punctuation off the end of a clause, but not the marks in it."""
    floor = inner[-1].end if inner else start
    while end > max(start, floor) and text[end - 1] in TRAILING:
        end -= 1
    return start, end
