"""What is reported without marks, or with some in it: *a déclaré que …*, *selon la police*, *dit ne rien regretter*."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsnlp.grammar.sentences import Sentences
    from newsnlp.quotes.drafts import QuoteDraft
    from newsnlp.quotes.speakers import Speakers


def reported_clauses(sentences: Sentences, speakers: Speakers) -> list[QuoteDraft]:  # noqa: ARG001
    """Return the clauses that the text reports, in text order."""
    return []
