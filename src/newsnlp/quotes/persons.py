"""Who is behind a speaker: the entity of a name, a pronoun or *le ministre*, its organisation, its kind of source."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsnlp.entities.knowledge.places import meanings_of
from newsnlp.grammar.items import Names, split_words
from newsnlp.lexicons.genders import GROUPS
from newsnlp.quotes.people.descriptions import CLOSING, described, start_of_name, words_of
from newsnlp.quotes.people.kinds import head_of, is_person, kind_of_name, kind_of_words, kind_words, links
from newsnlp.quotes.people.known import Known
from newsnlp.quotes.sources import OF_WHOM, source_words
from newsnlp.quotes.speakers import LATTER, MEANT, NOBODY
from newsnlp.records import Label, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsnlp.grammar.items import Sentence, Span
    from newsnlp.grammar.sentences import Sentences
    from newsnlp.quotes.drafts import QuoteDraft
    from newsnlp.quotes.speakers import Speaker, Speakers
    from newsnlp.records import Entity, Mention

PRONOUNS = frozenset({"il", "elle", "ils", "elles", *NOBODY, *MEANT, *LATTER})
SAME = frozenset({"même", "cette"})
LONGEST_NAME = 100
"""In characters."""
FOLLOWERS = GROUPS | {"clan", "camp", "couple"}
INTRODUCERS = frozenset({"selon", "après", "pour", "par", "chez", "avec"})


class Who(NamedTuple):
    """One who speaks: the entity, the kind of source, and the body that they stand for, as worded."""

    entity_id: str | None = None
    kind: SourceKind | None = None
    organisation: str | None = None


class Persons:
    """The people and bodies of a text, as far as they speak.

    An entity is behind a speaker that names it, that a name stands in apposition to, or that means one named before: by
    a pronoun, by its office (*le ministre*) or by what it is (*le groupe*). One who only belongs to a body that is
    named has no entity, but an organisation: *un porte-parole de Renault*. A place is no organisation: *le procureur de
    Metz* has none. A body stands for itself.
    """

    def __init__(
        self, sentences: Sentences, mentions: Iterable[Mention], entities: Sequence[Entity], speakers: Speakers
    ) -> None:
        self._sentences = sentences
        self._speakers = speakers
        entity_of = {entity.id: entity for entity in entities}
        named = [mention for mention in mentions if mention.entity_id in entity_of]
        # Of those that have an entity.
        self.names = Names(named)
        self._known = Known(sentences, named, entity_of)
        self._told: dict[tuple[int, int], Who] = {}
        self._begun: dict[int, QuoteDraft] = {}

    def of(self, draft: QuoteDraft) -> Who:
        """Return who speaks in a quotation, or in the one that it goes on with."""
        first = draft
        while first.speaker is None and first.after is not None:
            first = self._begun.get(id(first.after), first.after)
        self._begun[id(draft)] = first
        return Who() if first.speaker is None else self.of_span(*first.speaker)

    def of_span(self, start: int, end: int) -> Who:
        """Return who is meant by the words between two offsets."""
        if (start, end) not in self._told:
            self._told[start, end] = self._read(start, end)
        return self._told[start, end]

    def _read(self, start: int, end: int) -> Who:
        text = self._sentences.text
        lows = split_words(text[start:end])
        if not lows:
            return Who()
        if " ".join(lows) in PRONOUNS:
            inserted = text[start - 1 : start] == "-"
            return self._meant(self._speakers.of_pronoun(" ".join(lows), start, inserted=inserted))
        sentence = self._sentences.read(self._sentences.at(start))
        first, last = sentence.items_within(start, end)
        last += 1
        if last <= first:
            return Who()
        if lows[-1] == "source" and SAME.intersection((sentence.low(first - 1), *lows)):
            return self._meant(self._speakers.before(start))
        mention = self._named(sentence, first, last)
        if mention is not None:
            return self._who(mention, sentence, (first, last))
        return self._described(sentence, first, last, start)

    def _meant(self, speaker: Speaker | None) -> Who:
        return Who() if speaker is None else self.of_span(speaker.start, speaker.start + len(speaker.text))

    def _named(self, sentence: Sentence, first: int, last: int) -> Mention | None:
        """Return the name that a speaker bears, inside its words or in apposition to them."""
        head = first + head_of(sentence.lows(first, last))
        within = self.names.within(sentence.starts[first], sentence.end_of(last - 1))
        fitting = [mention for mention in within if self._fits(sentence, mention, head)]
        people = [mention for mention in fitting if mention.label == Label.PER]
        found = next(iter(people or fitting), None)
        return found or self._beside(sentence, first, last, head)

    def _fits(self, sentence: Sentence, mention: Mention, head: int) -> bool:
        """Whether a name inside a noun phrase is who is meant: *le ministre Luc Blin*, not *l'avocat de Luc Blin*."""
        place, _ = sentence.items_within(mention.start, mention.end)
        start = start_of_name(sentence, place)
        if start <= head:
            return mention.label != Label.MISC
        before, low = sentence.low(start - 1), sentence.low(head)
        is_body = low in FOLLOWERS or not is_person(low)
        if mention.label == Label.PER:
            return before not in links() and not (is_body and head == start - 1)
        if mention.label != Label.ORG:
            return False
        if before in links() or before in source_words("determiners", "phrase"):
            link = before if before in links() else sentence.low(start - 2)
            return low in kind_words("deputies")["organs"] and link in OF_WHOM  # "le bureau de MSF"
        return not is_person(low)

    def _beside(self, sentence: Sentence, first: int, last: int, head: int) -> Mention | None:
        """``le maire de Toul, Jean Perrin,`` and ``Jean Perrin, maire de Toul,``."""
        if not is_person(sentence.low(head)):
            return None
        opening = sentence.low(first - 1)
        if sentence.low(last) == ",":
            after = sentence.end_of(last)
            for mention in self.names.within(after, after + len(" monsieur le ")):
                place, end = sentence.items_within(mention.start, mention.end)
                closed = sentence.low(end + 1) in CLOSING or opening not in INTRODUCERS
                if mention.label == Label.PER and start_of_name(sentence, place) == last + 1 and closed:
                    return mention
        step = first - 1 if opening in source_words("determiners", "phrase") else first
        if sentence.low(step - 1) == "," and step > 1:
            end = sentence.end_of(step - 2)
            before = self.names.within(max(sentence.start, end - LONGEST_NAME), end)
            if before and before[-1].label == Label.PER and before[-1].end == end:
                return before[-1]
        return None

    def _who(self, mention: Mention, sentence: Sentence, span: Span) -> Who:
        """Return what the text tells of a name, first beside this mention of it."""
        entity = self._known.entity(mention)
        place, end = sentence.items_within(mention.start, mention.end)
        if mention.label == Label.LOC:
            return Who(entity.id, SourceKind.OFFICIAL if meanings_of(entity.name) else None)
        if mention.label == Label.ORG:
            before = kind_of_words(words_of(sentence, (span[0], place)))
            kind = before if before is SourceKind.DOCUMENT else kind_of_name(entity.name) or before
            return Who(entity.id, kind or self._known.about(entity).kind, mention.text)
        phrases = [(sentence, phrase) for phrase in described(sentence, place, end + 1)]
        near = self._known.told_by(phrases)
        about = self._known.about(entity)
        return Who(entity.id, near.kind or about.kind, near.organisation or about.organisation)

    def _described(self, sentence: Sentence, first: int, last: int, offset: int) -> Who:
        """Return who is meant by a noun phrase without a name."""
        own = self._known.told_by([(sentence, (first, last))])
        entity = self._known.meant_by(sentence, first, last, offset)
        if entity is None:
            return Who(None, own.kind, own.organisation)
        about = self._known.about(entity)
        body = entity.name if entity.label == Label.ORG else about.organisation or own.organisation
        return Who(entity.id, about.kind or own.kind, body)
