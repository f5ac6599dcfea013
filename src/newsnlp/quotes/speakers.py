"""Who speaks where the sentence of a figure does not say it: *a-t-il ajouté*, a quotation that runs over sentences."""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.grammar.drafts import SourceBy
from newsnlp.grammar.nouns import words
from newsnlp.quotes.attribution import Attribution, find_attributions
from newsnlp.quotes.sources import FINAL, source_at, source_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsnlp.grammar.items import Sentence

SENTENCES_BACK = 3
"""How many sentences back a pronoun may point."""
QUOTATION_GAP = 250
"""How many characters may stand between a quotation and one that goes on without a speaker of its own."""
MASCULINE = frozenset({"le", "un", "son", "ce", "du", "au"})
FEMININE = frozenset({"la", "une", "sa", "cette"})
REFLEXIVE = frozenset({"s'", "se"})
BEING = frozenset({"est", "sont", "a", "ont", "était"})
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
        self._read: dict[int, _Said] = {}
        self._quoted: dict[tuple[int, int], Speaker | None] = {}
        self._marks: dict[str, list[int]] = {}
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

    def of_quotation(self, start: int, end: int) -> Speaker | None:
        """Return who says what stands between two offsets, quotation marks and all."""
        if (start, end) not in self._quoted:
            self._quoted[start, end] = (
                self._attributed(self._at(end - 1), after=end - 1)
                or self._attributed(self._at(end), after=end - 1)
                or self._attributed(self._at(start), before=start)
                or self._inserted(start)
                or self._continued(start)
                or self._beside(start, end)
            )
        return self._quoted[start, end]

    def _attributed(self, index: int, *, after: int | None = None, before: int | None = None) -> Speaker | None:
        """Return who is said to speak in a sentence, after or before some offset."""
        if not 0 <= index < len(self._bounds):
            return None
        said = self._sentence(index)
        number = 0 if after is None else bisect.bisect_left(said.stated, after, key=said.offset)
        if number == len(said.stated):
            return None
        found = said.stated[number]
        cue = said.offset(found)
        if before is not None and cue >= before:
            return None
        if after is not None and self._holds("«", after + 1, cue):
            return None  # the next quotation has this speaker
        if found.source is not None:
            return _speaker(said.sentence, found)
        return self.of_pronoun(found.pronoun, cue) if found.pronoun else None

    def _inserted(self, start: int) -> Speaker | None:
        """``« Nous manquons de tout, a expliqué X. Nous avons quatre lits. »``: the speaker stands inside."""
        said = self._sentence(self._at(start))
        number = bisect.bisect_right(said.sourced, start, key=said.offset)
        if number == len(said.sourced):
            return None
        found = said.sourced[number]
        if found.by is not SourceBy.INCISE or self._holds("»", start, said.offset(found)):
            return None
        return _speaker(said.sentence, found)

    def _holds(self, mark: str, start: int, end: int) -> bool:
        """Whether a mark stands between two offsets."""
        if mark not in self._marks:
            self._marks[mark] = [match.start() for match in re.finditer(mark, self._text)]
        places = self._marks[mark]
        number = bisect.bisect_left(places, start)
        return number < len(places) and places[number] < end

    def _continued(self, start: int) -> Speaker | None:
        """``« … », a lancé X. « … »``: the second goes on where the first stopped."""
        index = self._at(start)
        if index <= 0 or self._bounds[index][0] < start - len("– «"):
            return None
        gap = self._text[max(0, start - QUOTATION_GAP) : start]
        if "\n" in gap.rstrip("\n") or gap.rstrip(" ")[-1:] == "\n":
            gap = gap.rsplit("\n", 1)[-1]
        if not gap.rstrip().endswith(".") or not any(mark in gap for mark in "»”"):
            return None
        said = self._sentence(index - 1)
        last = said.attributions[-1] if said.attributions and said.attributions[-1].source is not None else None
        return _speaker(said.sentence, last) if last is not None and last.by is SourceBy.INCISE else None

    def _beside(self, start: int, end: int) -> Speaker | None:
        """``D'après un témoin, « …``, ``… », selon une agence``, ``… », s'emporte le maire``: who stands beside it."""
        said = self._sentence(self._at(start))
        number = bisect.bisect_right(said.sourced, start, key=said.offset)
        found = said.sourced[number - 1] if number else None
        if found is not None and found.by is SourceBy.SELON and found.source is not None:
            opening = said.sentence.starts[min(found.source[1], len(said.sentence.words) - 1)]
            if 0 <= start - opening <= len(", « "):
                return _speaker(said.sentence, found)
        if self._text[end : end + 1] not in (",", " ", "\u00a0"):
            return None
        behind = self._sentence(self._at(min(end, len(self._text) - 1)))
        sentence = behind.sentence
        step, _ = sentence.items_within(end, sentence.end)
        if sentence.low(step) != ",":
            return None
        number = bisect.bisect_left(behind.sourced, end, key=behind.offset)
        after = behind.sourced[number] if number < len(behind.sourced) else None
        if after is not None and after.by is SourceBy.SELON and after.cue == step + 1:
            return _speaker(sentence, after)
        # Whatever the verb: a reflexive one, or any with its subject behind it.
        step += 1 + (sentence.low(step + 1) in REFLEXIVE)
        step += sentence.low(step) in BEING
        span = source_at(sentence, step + 1)
        opens = sentence.is_word(step) and sentence.low(step) not in words("prepositions") | words("determiners")
        if span is None or not opens or sentence.is_capitalised(step) or sentence.low(span[1]) not in FINAL:
            return None
        return _speaker(sentence, Attribution(0, 0, span, SourceBy.INCISE))

    def _at(self, offset: int) -> int:
        return bisect.bisect_right(self._starts, offset) - 1

    def _sentence(self, index: int) -> _Said:
        if index not in self._read:
            self._read[index] = _Said(self._read_sentence(index))
        return self._read[index]


class _Said:
    """A sentence and its attributions, in order: all, those with a source, those beside *selon*."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.attributions = find_attributions(sentence)
        self.sourced = [found for found in self.attributions if found.source is not None]
        self.stated = [found for found in self.attributions if found.by is not SourceBy.SELON]

    def offset(self, found: Attribution) -> int:
        """Return where in the text an attribution shows."""
        return self.sentence.starts[found.cue]


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
