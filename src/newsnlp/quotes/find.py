"""The quotations of a text: what is reported, what stands in marks, who says it, and by which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.quotes.clauses.reported import reported_clauses
from newsnlp.quotes.quoted import quoted_words
from newsnlp.quotes.words import cue_kind
from newsnlp.records import Quote

if TYPE_CHECKING:
    from newsnlp.grammar.items import Span
    from newsnlp.grammar.sentences import Sentences
    from newsnlp.quotes.drafts import QuoteDraft
    from newsnlp.quotes.persons import Persons
    from newsnlp.quotes.speakers import Speakers
    from newsnlp.records import CueKind


BETWEEN = 40
"""How many characters behind a cue tell what it does: *a demandé aux habitants de*."""


def find_quotes(sentences: Sentences, speakers: Speakers, persons: Persons) -> list[Quote]:
    """Return the quotations of a text, in text order, in its own offsets; `persons` tells who is behind a speaker."""
    text = sentences.text
    reported = reported_clauses(sentences, speakers)
    drafts = sorted(
        [*reported, *quoted_words(sentences, speakers, reported)], key=lambda draft: (draft.start, -draft.end)
    )
    found = []
    # Of a thousand quotations of one line each has the same text.
    texts: dict[Span, tuple[str, int]] = {}
    for draft in drafts:
        who = persons.of(draft)
        first, last = draft.speaker or (None, None)
        cue_first, cue_last = draft.cue or (None, None)
        bounds = sentences.at(draft.start), sentences.at(draft.end - 1)
        if bounds not in texts:
            texts[bounds] = _around(sentences, *bounds)
        around, around_start = texts[bounds]
        found.append(
            Quote(
                start=draft.start,
                end=draft.end,
                text=text[draft.start : draft.end],
                kind=draft.kind,
                speaker=None if draft.speaker is None else text[first:last],
                speaker_start=first,
                speaker_end=last,
                entity_id=who.entity_id,
                organisation=who.organisation,
                source_kind=who.kind,
                cue=None if draft.cue is None else text[cue_first:cue_last],
                cue_start=cue_first,
                cue_end=cue_last,
                cue_kind=_cue_kind(text, draft),
                sentence=around,
                sentence_start=around_start,
                rule_id=draft.rule,
            )
        )
    return found


def _cue_kind(text: str, draft: QuoteDraft) -> CueKind | None:
    """Return what the speaker does by the words of the cue, as what stands between it and the quotation tells, too."""
    if draft.cue is None:
        return None
    first, last = draft.cue
    between = text[last : max(last, min(draft.start, last + BETWEEN))]
    return cue_kind(text[first:last], said=text[draft.start : draft.end], between=between)


def _around(sentences: Sentences, first_number: int, last_number: int) -> tuple[str, int]:
    """Return sentences as one text, and where that begins."""
    first, last = sentences.bounds[first_number][0], sentences.bounds[last_number][1]
    around = sentences.text[first:last]
    return around.strip(), first + len(around) - len(around.lstrip())
