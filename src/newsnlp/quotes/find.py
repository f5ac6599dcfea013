"""The quotations of a text: what stands in marks or is reported, who says it, and by which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.grammar.items import Names
from newsnlp.quotes.scope import find_quotations
from newsnlp.records import Quote, QuoteKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.grammar.sentences import Sentences
    from newsnlp.quotes.speakers import Speaker, Speakers
    from newsnlp.records import Entity, Mention


def find_quotes(
    sentences: Sentences, speakers: Speakers, mentions: Sequence[Mention] = (), entities: Sequence[Entity] = ()
) -> list[Quote]:
    """Return the quotations of a text, in text order, in its own offsets."""
    text = sentences.text
    known = {entity.id for entity in entities}
    found = []
    for start, end in find_quotations(text):
        first, last = _within_marks(text, start, end)
        if first >= last:
            continue
        sentence, sentence_start = _around(sentences, start, end)
        speaker = speakers.of_quotation(start, end)
        found.append(
            Quote(
                start=first,
                end=last,
                text=text[first:last],
                kind=QuoteKind.DIRECT,
                speaker=speaker and speaker.text,
                speaker_start=speaker and speaker.start,
                speaker_end=speaker and speaker.start + len(speaker.text),
                entity_id=speaker and _entity_of(speaker, Names(mentions), known),
                sentence=sentence,
                sentence_start=sentence_start,
                rule_id="marks",
            )
        )
    return found


def _entity_of(speaker: Speaker, names: Names, known: set[str]) -> str | None:
    """Return the person or body that the speaker's words name."""
    return next(
        (
            mention.entity_id
            for mention in names.within(speaker.start, speaker.start + len(speaker.text))
            if mention.label in ("PER", "ORG") and mention.entity_id in known
        ),
        None,
    )


def _within_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without its marks and the blanks inside them."""
    inner = text[start + 1 : end - 1]
    first = start + 1 + len(inner) - len(inner.lstrip())
    return first, first + len(inner.strip())


def _around(sentences: Sentences, start: int, end: int) -> tuple[str, int]:
    """Return the sentences that a span stands in, as one text, and where that begins."""
    first, last = sentences.bounds[sentences.at(start)][0], sentences.bounds[sentences.at(end - 1)][1]
    around = sentences.text[first:last]
    return around.strip(), first + len(around) - len(around.lstrip())
