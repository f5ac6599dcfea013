"""The entities of a text as it describes them, and which of them *le ministre* or *le groupe* means."""

from __future__ import annotations

import functools
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.entities.knowledge.places import demonym_country, state_of
from newsnlp.grammar.items import Names, split_words
from newsnlp.lexicons.genders import FEMININE, MASCULINE
from newsnlp.lexicons.names import organisation_names
from newsnlp.quotes.people.descriptions import described, words_of
from newsnlp.quotes.people.kinds import body_nouns, deputies, head_of, kind_of_name, kind_of_words, kind_words, links
from newsnlp.quotes.sources import source_words
from newsnlp.records import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from newsnlp.grammar.items import Sentence, Span
    from newsnlp.grammar.sentences import Sentences
    from newsnlp.records import Entity, Mention, SourceKind

DEFINITE = (MASCULINE | FEMININE | {"l'"}) - {"un", "une"}
MOST_MENTIONS = 3
"""A person is described early: later mentions are not read for it."""
MOST_MEANT = 30
"""How many of those whom one word describes are asked, the last named first."""
Described = tuple["Sentence", "Span"]


class About(NamedTuple):
    """What descriptions tell of one: the kind of source, and the body as worded."""

    kind: SourceKind | None = None
    organisation: str | None = None


class Known:
    """The entities of a text: what it says of each, read when somebody asks for it."""

    def __init__(self, sentences: Sentences, mentions: Sequence[Mention], entity_of: Mapping[str, Entity]) -> None:
        self._sentences = sentences
        self._entity_of = entity_of
        self._names = Names(mentions)
        self._mentions: dict[str, list[Mention]] = {}
        for mention in mentions:
            self._mentions.setdefault(mention.entity_id or "", []).append(mention)
        self._about: dict[str, About] = {}
        self._phrases: dict[str, list[Described]] = {}
        self._by_noun: dict[str, list[tuple[Entity, frozenset[str]]]] | None = None

    def entity(self, mention: Mention) -> Entity:
        """Return the entity of a mention."""
        return self._entity_of[mention.entity_id or ""]

    def about(self, entity: Entity) -> About:
        """Return what the text tells of an entity."""
        if entity.id not in self._about:
            self._about[entity.id] = About()  # two who speak for each other
            told = self.told_by(self._phrases_of(entity))
            role = tuple((entity.role or "").replace("'", "' ").split())
            kind = kind_of_name(entity.name) if entity.label == Label.ORG else told.kind or kind_of_words(role)
            self._about[entity.id] = About(kind or told.kind, told.organisation)
        return self._about[entity.id]

    def _phrases_of(self, entity: Entity) -> list[Described]:
        """Return the noun phrases beside the first mentions of an entity."""
        if entity.id not in self._phrases:
            self._phrases[entity.id] = found = []
            for mention in self._mentions.get(entity.id, ())[:MOST_MENTIONS]:
                sentence = self._sentences.read(self._sentences.at(mention.start))
                first, last = sentence.items_within(mention.start, mention.end)
                found += [
                    (sentence, span) for span in described(sentence, first, last + 1, person=entity.label == Label.PER)
                ]
        return self._phrases[entity.id]

    def told_by(self, phrases: Iterable[Described]) -> About:
        """Return the first kind and the first body that descriptions tell."""
        kind = organisation = None
        for sentence, span in phrases:
            kind = kind or kind_of_words(words_of(sentence, span)) or self._kind_of_chief(sentence, span)
            organisation = organisation or self._body_in(sentence, span)
        return About(kind, organisation)

    def _kind_of_chief(self, sentence: Sentence, span: Span) -> SourceKind | None:
        """``le porte-parole d'Anne Roux``: who speaks for a person is of that person's kind."""
        first, last = span
        if first >= last or sentence.low(first + head_of(sentence.lows(first, last))) not in deputies():
            return None
        within = self._names.within(sentence.starts[first], sentence.end_of(last - 1))
        chief = next((mention for mention in within if mention.label == Label.PER), None)
        return None if chief is None else self.about(self.entity(chief)).kind

    def _body_in(self, sentence: Sentence, span: Span) -> str | None:
        """Return the body that a phrase names, or else that one of its nouns means: *un agent de la police de Metz*."""
        first, last = span
        if first >= last:
            return None
        within = self._names.within(sentence.starts[first], sentence.end_of(last - 1))
        named = next((mention.text for mention in within if mention.label == Label.ORG), None)
        if named is not None:
            return named
        head = first + head_of(sentence.lows(first, last))
        for step in range(head, last):
            before = sentence.low(step - 1)
            after_of = before in links() or (
                before in source_words("determiners", "phrase") and sentence.low(step - 2) in links()
            )
            low = sentence.low(step)
            if low in body_nouns() and (step == head or (after_of and low not in kind_words("deputies")["elsewhere"])):
                return sentence.wording(step, last)
        return None

    def meant_by(self, sentence: Sentence, first: int, last: int, offset: int) -> Entity | None:
        """Return the entity named before an offset that a definite noun phrase means: *le ministre*, *le groupe*."""
        lows = sentence.lows(first, last)
        head = head_of(lows)
        if not DEFINITE.intersection((*lows[:head], sentence.low(first - 1))):
            return None
        wanted, size = _wanted(lows, head)
        rest = [
            low
            for low in lows[head + size :]
            if low not in links() and low not in source_words("determiners", "phrase")
        ]
        found = [
            (last_named, entity)
            for noun in wanted
            for entity, told in self._described_as(noun)[-MOST_MEANT:]
            if (noun == wanted[0] or entity.label == Label.PER) and _agree(rest, told, entity)
            if (last_named := self._last_named(entity, offset)) is not None
        ]
        return max(found, key=lambda pair: pair[0], default=(0, None))[1]

    def _last_named(self, entity: Entity, offset: int) -> int | None:
        """Return where an entity is named last before an offset."""
        named = self._mentions.get(entity.id, [])
        number = bisect_left(named, offset, key=lambda mention: mention.start)
        return named[number - 1].start if number else None

    def _described_as(self, noun: str) -> list[tuple[Entity, frozenset[str]]]:
        if self._by_noun is None:
            self._by_noun = {}
            for entity in self._entity_of.values():
                if entity.label in (Label.PER, Label.ORG):
                    for name, told in self._nouns_of(entity):
                        self._by_noun.setdefault(name, []).append((entity, told))
        return self._by_noun.get(noun, [])

    def _nouns_of(self, entity: Entity) -> Iterator[tuple[str, frozenset[str]]]:
        """Yield the nouns that an entity can be called by, each with all words that describe it so."""
        texts = [sentence.lows(*span) for sentence, span in self._phrases_of(entity)]
        if entity.role:
            texts.append(split_words(entity.role))
        if entity.label == Label.ORG:
            name = split_words(entity.name)
            texts.append(name)
            yield from ((noun, frozenset(name)) for noun in _called(entity.name))
        for lows in texts:
            if lows:
                head = head_of(lows)
                told = frozenset(lows)
                yield lows[head], told
                yield " ".join(lows[head : head + 2]), told


@functools.cache
def _called(name: str) -> tuple[str, ...]:
    kind = _kinds_of_names().get(name.casefold(), "")
    return tuple(kind_words("called").get(kind, ()))


@functools.cache
def _kinds_of_names() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in organisation_names():
        found.setdefault(name.surface.casefold(), name.kind)
    return found


@functools.cache
def _broader() -> dict[str, tuple[str, ...]]:
    return {" ".join(split_words(word)): tuple(narrow) for word, narrow in kind_words("broader").items()}


def _wanted(lows: Sequence[str], head: int) -> tuple[list[str], int]:
    """Return the nouns that can describe whom a phrase means, and of how many words its own is."""
    for size in (4, 3, 2, 1):
        noun = " ".join(lows[head : head + size])
        if len(lows) >= head + size and (size == 1 or noun in _broader()):
            return list(dict.fromkeys([noun, *_broader().get(noun, ())])), size
    return [], 0


def _agree(rest: Sequence[str], told: frozenset[str], entity: Entity) -> bool:
    """Whether all that a phrase says more is said of the entity, too, or is of its country, or nothing more is told."""
    return all(
        low in told or (entity.country is not None and state_of(demonym_country(low)) == entity.country) for low in rest
    )
