"""A quotation while it is read: where its words, its speaker and its cue stand in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsnlp.grammar.items import Span
    from newsnlp.records import QuoteKind


@dataclass(slots=True, eq=False)
class QuoteDraft:
    """A quotation: spans are offsets of the text, end excluded.

    ``speaker`` is where the attribution names or means the one who speaks, by a pronoun, too (`is_pronoun`); None where
    it names nobody. ``after`` is the quotation that it goes on with, whose speaker it has.
    """

    start: int
    end: int
    kind: QuoteKind
    rule: str
    speaker: Span | None = None
    is_pronoun: bool = False
    cue: Span | None = None
    after: QuoteDraft | None = None
