"""Who speaks where the sentence of a figure does not say it: *a-t-il ajouté*, a quotation that runs over sentences."""

from __future__ import annotations

import bisect
import functools
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.grammar.drafts import SourceBy
from newsnlp.quotes.attribution import Attribution
from newsnlp.quotes.marked.marks import SHORTEST_QUOTED_CLAUSE, find_marked
from newsnlp.quotes.marked.voices import Said, Voices
from newsnlp.quotes.sources import source_at, source_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsnlp.grammar.items import Sentence
    from newsnlp.quotes.marked.marks import Marked

SENTENCES_BACK = 3
"""How many sentences back a pronoun may point."""
MASCULINE = frozenset({"le", "un", "son", "ce", "du", "au"})
FEMININE = frozenset({"la", "une", "sa", "cette"})
PLURAL = frozenset({"les", "des", "ses", "ces", "leurs", "aux"})


class Speaker(NamedTuple):
    """A source as worded, and where it stands in the text."""

    text: str
    start: int


class Speakers:
    """The speakers of a text, read sentence by sentence when somebody asks for them; `read` gives its sentences."""

    def __init__(self, text: str, bounds: Sequence[tuple[int, int]], read: Callable[[int], Sentence]) -> None:
        self._text = text
        self._bounds = bounds
        self._read_sentence = read
        self._starts = [start for start, _ in bounds]
        self._read: dict[int, Said] = {}
        self.voices = Voices(text, bounds, self._sentence)
        self._unquoted: dict[int, int] = {}

    def of_pronoun(self, pronoun: str, offset: int) -> Speaker | None:
        """Return the last speaker before an offset that *il*, *elle*, *ils* can stand for."""
        if pronoun in ("on", "je", ""):
            return None
        number = self._at(offset)
        for index in range(number - 1, max(-1, number - 1 - SENTENCES_BACK), -1):
            said = self._sentence(index)
            if said.sourced:
                last = said.sourced[-1]
                return _speaker(said.sentence, last) if _agrees(said.sentence, last, pronoun) else None
        return self._subject(number - 1, pronoun)

    def _subject(self, index: int, pronoun: str) -> Speaker | None:
        """``La préfète a fait le point. « … », a-t-elle dit``: the person that the sentence before is about."""
        index = self._before_quotations(index)
        if index < 0:
            return None
        sentence = self._sentence(index).sentence
        span = source_at(sentence, 0)
        if span is None or span[0] == 0 or sentence.low(span[0]) in source_words("bodies") | source_words("documents"):
            return None
        found = Attribution(0, 0, span, SourceBy.SUBJECT)
        return _speaker(sentence, found) if _agrees(sentence, found, pronoun) else None

    def _before_quotations(self, index: int) -> int:
        """Return the last sentence up to `index` that opens with no quotation: what is quoted is what was said."""
        step = index
        while step > 0 and self._text[self._bounds[step][0]] == "«":
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

    def of_quotation(self, start: int, end: int) -> Speaker | None:
        """Return who says what stands between two offsets, quotation marks and all."""
        voice = self.voices.of(start, end)
        if voice is None:
            return None
        found = voice.named
        if found.source is not None:
            return _speaker(voice.sentence, found)
        return self.of_pronoun(found.pronoun, voice.sentence.starts[max(0, found.cue)]) if found.pronoun else None

    def _at(self, offset: int) -> int:
        return bisect.bisect_right(self._starts, offset) - 1

    def _sentence(self, index: int) -> Said:
        if index not in self._read:
            self._read[index] = Said(self._read_sentence(index))
        return self._read[index]


def _speaker(sentence: Sentence, found: Attribution) -> Speaker | None:
    if found.source is None:
        return None
    first, last = found.source
    return Speaker(sentence.wording(first, last), sentence.starts[first])


def _agrees(sentence: Sentence, found: Attribution, pronoun: str) -> bool:
    """Whether a pronoun can stand for a source, as far as the source's determiner shows."""
    if found.source is None:
        return False
    before = sentence.low(found.source[0] - 1)
    plural = before in PLURAL or sentence.is_figure(found.source[0])
    if plural != pronoun.endswith("s"):
        return False
    return not ((before in MASCULINE and pronoun == "elle") or (before in FEMININE and pronoun == "il"))
