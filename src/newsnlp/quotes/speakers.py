"""Who speaks where the sentence of a figure does not say it: *a-t-il ajouté*, a quotation that runs over sentences."""

from __future__ import annotations

import bisect
import functools
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.grammar.drafts import SourceBy
from newsnlp.grammar.items import Names
from newsnlp.lexicons.genders import FEMININE, MASCULINE, gender_of
from newsnlp.quotes.attribution import Attribution
from newsnlp.quotes.marked.marks import SHORTEST_QUOTED_CLAUSE, find_marked
from newsnlp.quotes.marked.voices import Said, Voices
from newsnlp.quotes.people.descriptions import before_name, start_of_name
from newsnlp.quotes.sources import OF_WHOM, source_at, source_words
from newsnlp.records import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsnlp.grammar.items import Sentence
    from newsnlp.grammar.sentences import Sentences
    from newsnlp.quotes.marked.marks import Marked
    from newsnlp.records import Mention

SENTENCES_BACK = 3
"""How many sentences back a pronoun may point."""
QUOTATION_GAP = 250
"""How many characters ahead of a name its quotation mark may stand."""
GENDERS = {"il": "m", "elle": "f"}
NOBODY = frozenset({"on", "je", "nous", "vous", "tu", ""})
MEANT = {"lui": "il", "eux": "ils", "ces derniers": "ils", "ceux-ci": "ils", "ces dernières": "elles"}
LATTER = {"ce dernier": "il", "celui-ci": "il", "cette dernière": "elle", "celle-ci": "elle"}
"""These mean the last one named, where the other pronouns mean who spoke or who acted."""
LONGEST_CHAIN = 20
"""How many pronouns may lead from one to the next, back to a name: *a-t-il ajouté*, *a-t-il encore dit*."""
MOST_SPEAKERS = 10
"""How many speakers or names of one sentence are looked at, nearest first."""
SOURCES = frozenset({"source", "sources"})
NAME_REACH = 2000
"""How many characters of a sentence are looked through for people."""
PLURAL = frozenset({"les", "des", "ses", "ces", "leurs", "aux"})


class Speaker(NamedTuple):
    """A source as worded, and where it stands in the text."""

    text: str
    start: int


class Speakers:
    """The speakers of a text, read sentence by sentence when somebody asks for them.

    Of `mentions`, the names of the text, a pronoun can mean the people.
    """

    def __init__(self, sentences: Sentences, mentions: Iterable[Mention] = ()) -> None:
        self._sentences = sentences
        self._text = sentences.text
        self._people = Names(mention for mention in mentions if mention.label == Label.PER)
        self._read: dict[int, Said] = {}
        self.voices = Voices(sentences, self._sentence)
        self._unquoted: dict[int, int] = {}
        self._meant: dict[tuple[str, int, bool], Speaker | None] = {}

    def of_pronoun(self, pronoun: str, offset: int, *, inserted: bool = False, chain: int = 0) -> Speaker | None:
        """Return the last speaker before an offset that *il*, *elle*, *ils*, *ce dernier* can stand for.

        `inserted` says that it stands in an inserted clause (*a-t-il ajouté*): the one who spoke last goes on.
        Elsewhere the one whom the nearest sentence is about comes first. `chain` counts the pronouns that led here.
        """
        pronoun = MEANT.get(pronoun, pronoun)
        if pronoun in NOBODY or chain > LONGEST_CHAIN:
            return None
        key = pronoun, offset, inserted
        if key not in self._meant:
            self._meant[key] = self._of_pronoun(pronoun, offset, inserted=inserted, chain=chain)
        return self._meant[key]

    def _of_pronoun(self, pronoun: str, offset: int, *, inserted: bool, chain: int) -> Speaker | None:
        number = self._sentences.at(offset)
        back = range(number, max(-1, number - 1 - SENTENCES_BACK), -1)
        if pronoun in LATTER:
            latter = (self._named(index, LATTER[pronoun], offset, last=True, any_one=True) for index in back[:2])
            return next((found for found in latter if found is not None), None)
        spoke = [functools.partial(self._spoke, index, pronoun, offset, chain) for index in back]
        acted = [functools.partial(self._acted, index, pronoun, offset, inserted=inserted) for index in back]
        if inserted:
            return next((found for read in (*spoke, *acted) if (found := read()) is not None), None)
        for pair in zip(spoke, acted, strict=True):
            both = [speaker for read in pair if (speaker := read()) is not None]
            if both:
                # Ahead of it in its own sentence the nearest, "comme Luc Blin, qui dit qu'il"; before it who spoke.
                return max(both, key=lambda speaker: speaker.start) if pair[0] is spoke[0] else both[0]
        return None

    def _spoke(self, index: int, pronoun: str, offset: int, chain: int) -> Speaker | None:
        """Return the last in a sentence who speaks before an offset, and whom the pronoun can mean."""
        said = self._sentence(index)
        number = bisect.bisect_left(said.attributions, offset, key=said.offset)
        for found in reversed(said.attributions[max(0, number - MOST_SPEAKERS) : number]):
            if found.source is not None and said.sentence.starts[found.source[0]] < offset:
                if _agrees(said.sentence, found, pronoun):
                    return _speaker(said.sentence, found)
            elif found.source is None and MEANT.get(found.pronoun, found.pronoun) == pronoun:
                inserted = found.by is SourceBy.INCISE
                return self.of_pronoun(pronoun, said.offset(found), inserted=inserted, chain=chain + 1)
        return None

    def _acted(self, index: int, pronoun: str, offset: int, *, inserted: bool) -> Speaker | None:
        """Return whom a sentence is about: one before the offset, or the person named in its own, ahead of it."""
        if self._sentences.at(offset) == index:
            return self._named(index, pronoun, offset, last=True)
        return self._subject(index, pronoun, inserted=inserted)

    def _subject(self, index: int, pronoun: str, *, inserted: bool) -> Speaker | None:
        """``La préfète a fait le point. « … », a-t-elle dit``: whom a sentence is about; no body in an incise."""
        index = self._before_quotations(index)
        if index < 0:
            return None
        sentence = self._sentence(index).sentence
        span = source_at(sentence, 0)
        others = source_words("documents") | source_words("bodies") if inserted else source_words("documents")
        if span is not None and span[0] > 0 and sentence.low(span[0]) not in others:
            found = Attribution(0, 0, span, SourceBy.SUBJECT)
            if _agrees(sentence, found, pronoun):
                return _speaker(sentence, found)
        return self._named(index, pronoun, sentence.end)

    def _named(
        self, index: int, pronoun: str, offset: int, *, last: bool = False, any_one: bool = False
    ) -> Speaker | None:
        """Return the first person named in a sentence whom the pronoun can mean, or the `last` one.

        A name after *de* is of `any_one`; else it belongs to somebody who is meant: *l'avocat de Luc Blin*.
        """
        sentence = self._sentence(index).sentence
        if pronoun not in GENDERS:
            return None
        end = min(sentence.end, offset)
        start = max(sentence.start, end - NAME_REACH) if last else sentence.start
        people = self._people.within(start, min(end, start + NAME_REACH))
        for mention in people[: -MOST_SPEAKERS - 1 : -1] if last else people[:MOST_SPEAKERS]:
            first, _ = sentence.items_within(mention.start, mention.end)
            start = start_of_name(sentence, first)
            gender = gender_of(f"{sentence.wording(start, first)} {mention.text}".strip())
            phrase = before_name(sentence, first)
            opening = start if phrase is None else phrase[0] - (sentence.low(phrase[0] - 1) not in OF_WHOM)
            governed = not any_one and sentence.low(opening - 1) in source_words("governed", "phrase")
            far = max(sentence.start, mention.start - QUOTATION_GAP)
            quoted = self._text.rfind("«", far, mention.start) > self._text.rfind("»", far, mention.start)
            if not governed and not quoted and gender in (None, GENDERS[pronoun]):
                return Speaker(mention.text, mention.start)
        return None

    def _before_quotations(self, index: int) -> int:
        """Return the last sentence up to `index` that opens with no quotation: what is quoted is what was said."""
        step = index
        while step > 0 and self._text[self._sentences.bounds[step][0]] == "«":
            if step in self._unquoted:
                step = self._unquoted[step]
                break
            step -= 1
        self._unquoted[index] = step
        return step

    @functools.cached_property
    def marked(self) -> list[Marked]:
        """What stands in quotation marks, nested ones aside, in text order."""
        return find_marked(self._text)

    @functools.cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """The spans in quotation marks that are long enough to be said by someone, with their marks."""
        return [
            (marked.start, marked.end)
            for marked in self.marked
            if marked.is_closed and marked.end - marked.start >= SHORTEST_QUOTED_CLAUSE
        ]

    def before(self, offset: int) -> Speaker | None:
        """Return which source spoke last before an offset, or else who: *la même source*."""
        number = self._sentences.at(offset)
        found: list[Speaker] = []
        for index in range(number, max(-1, number - 1 - SENTENCES_BACK), -1):
            said = self._sentence(index)
            last = bisect.bisect_left(said.sourced, offset, key=said.offset)
            ahead = said.sourced[max(0, last - MOST_SPEAKERS) : last]
            found += filter(None, (_speaker(said.sentence, speaker) for speaker in reversed(ahead)))
        found = [speaker for speaker in found if speaker.start + len(speaker.text) < offset]
        sources = (speaker for speaker in found if SOURCES.intersection(speaker.text.lower().split()))
        return next(sources, next(iter(found), None))

    def of_quotation(self, start: int, end: int) -> Speaker | None:
        """Return who says what stands between two offsets, quotation marks and all."""
        voice = self.voices.of(start, end)
        if voice is None:
            return None
        found = voice.named
        if found.source is not None:
            return _speaker(voice.sentence, found)
        cue, inserted = voice.sentence.starts[max(0, found.cue)], found.by is SourceBy.INCISE
        return self.of_pronoun(found.pronoun, cue, inserted=inserted) if found.pronoun else None

    def _sentence(self, index: int) -> Said:
        if index not in self._read:
            self._read[index] = Said(self._sentences.read(index))
        return self._read[index]


def _speaker(sentence: Sentence, found: Attribution) -> Speaker | None:
    if found.source is None:
        return None
    first, last = found.source
    return Speaker(sentence.wording(first, last), sentence.starts[first])


def _agrees(sentence: Sentence, found: Attribution, pronoun: str) -> bool:
    """Whether a pronoun can stand for a source, as far as its determiner, its title or its given name shows."""
    if found.source is None:
        return False
    first, last = found.source
    start = start_of_name(sentence, first)
    before = sentence.low(start - 1)
    plural = before in PLURAL or sentence.is_figure(first) or _names_several(sentence, first, last)
    if plural != pronoun.endswith("s"):
        return False
    if pronoun not in GENDERS or before not in MASCULINE | FEMININE:
        gender = gender_of(sentence.wording(start, last), before=sentence.wording(max(0, start - 1), start))
        return gender in (None, GENDERS.get(pronoun, gender))
    return before in (FEMININE if pronoun == "elle" else MASCULINE)


def _names_several(sentence: Sentence, first: int, last: int) -> bool:
    """``Anne Roux et Luc Blin``, not ``le ministère de la Culture et des Sports``."""
    joint = next((step for step in range(first + 1, last - 1) if sentence.low(step) == "et"), 0)
    return joint > 0 and sentence.is_capitalised(joint - 1) and sentence.is_capitalised(joint + 1)
