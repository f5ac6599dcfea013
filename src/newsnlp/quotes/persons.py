"""Who is behind a speaker: the entity of a name, a pronoun or *le ministre*, its organisation, its kind of source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.grammar.items import Names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.grammar.sentences import Sentences
    from newsnlp.quotes.drafts import QuoteDraft
    from newsnlp.records import Entity, Mention, SourceKind


class Persons:
    """The people and bodies of a text, as far as they speak."""

    def __init__(self, sentences: Sentences, mentions: Sequence[Mention], entities: Sequence[Entity]) -> None:
        self._sentences = sentences
        self._known = {entity.id: entity for entity in entities}
        self._names = Names([mention for mention in mentions if mention.entity_id in self._known])

    def entity_of(self, draft: QuoteDraft) -> str | None:
        """Return the id of the entity that speaks, None for one without a name."""
        if draft.speaker is None:
            return None
        said = (mention for mention in self._names.within(*draft.speaker) if mention.label in ("PER", "ORG"))
        return next((mention.entity_id for mention in said), None)

    def organisation_of(self, draft: QuoteDraft) -> str | None:  # noqa: ARG002
        """Return the body that the speaker stands for, as the text words it."""
        return None

    def kind_of(self, draft: QuoteDraft) -> SourceKind | None:  # noqa: ARG002
        """Return what kind of source the speaker is."""
        return None
