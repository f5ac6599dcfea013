"""What stands in quotation marks and is said by somebody: whole clauses, and words that a verb takes up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.quotes.drafts import QuoteDraft
from newsnlp.quotes.scope import find_quotations
from newsnlp.records import QuoteKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.grammar.sentences import Sentences
    from newsnlp.quotes.speakers import Speakers


def quoted_words(sentences: Sentences, speakers: Speakers, reported: Sequence[QuoteDraft]) -> list[QuoteDraft]:
    """Return what is said in marks, in text order, but for what stands in a clause that is reported."""
    text = sentences.text
    found = []
    for start, end in find_quotations(text):
        first, last = _within_marks(text, start, end)
        if first >= last or any(draft.start <= first and last <= draft.end for draft in reported):
            continue
        speaker = speakers.of_quotation(start, end)
        draft = QuoteDraft(first, last, QuoteKind.DIRECT, "marks")
        if speaker is not None:
            draft.speaker = speaker.start, speaker.start + len(speaker.text)
        found.append(draft)
    return found


def _within_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without its marks and the blanks inside them."""
    inner = text[start + 1 : end - 1]
    first = start + 1 + len(inner) - len(inner.lstrip())
    return first, first + len(inner.strip())
