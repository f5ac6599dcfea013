"""Who speaks where the sentence of a figure does not say it: *a-t-il ajouté*, a quotation that runs over sentences."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.figures.attribution import Attribution, find_attributions
from newsnlp.figures.items import Sentence, itemize
from newsnlp.figures.phrases import join_items
from newsnlp.figures.sources import source_at, source_words

if TYPE_CHECKING:
    from collections.abc import Sequence


SENTENCES_BACK = 3
"""How many sentences back a pronoun may point."""
QUOTATION_GAP = 250
"""How many characters may stand between a quotation and one that goes on without a speaker of its own."""
MASCULINE = frozenset({"le", "un", "son", "ce", "du", "au"})
FEMININE = frozenset({"la", "une", "sa", "cette"})
PLURAL = frozenset({"les", "des", "ses", "ces", "leurs", "aux"})


class Speaker(NamedTuple):
    """A source as worded, and where it stands in the text."""

    text: str
    start: int


class Speakers:
    """The speakers of a text, read sentence by sentence when somebody asks for them."""

    def __init__(self, text: str, bounds: Sequence[tuple[int, int]], named: Sequence[tuple[int, int]]) -> None:
        self._text = text
        self._bounds = bounds
        self._named = named
        self._starts = [start for start, _ in bounds]
        self._read: dict[int, tuple[Sentence, list[Attribution]]] = {}

    def of_pronoun(self, pronoun: str, offset: int) -> Speaker | None:
        """Return the last speaker before an offset that *il*, *elle*, *ils* can stand for."""
        if pronoun in ("on", "je", ""):
            return None
        number = self._at(offset)
        for index in range(number - 1, max(-1, number - 1 - SENTENCES_BACK), -1):
            sentence, attributions = self._sentence(index)
            for found in reversed(attributions):
                if found.source is not None:
                    return _speaker(sentence, found) if _agrees(sentence, found, pronoun) else None
        return self._subject(number - 1, pronoun)

    def _subject(self, index: int, pronoun: str) -> Speaker | None:
        """``La préfète a fait le point. « … », a-t-elle dit``: the person that the sentence before is about."""
        # What stands in between in quotation marks is what the person said.
        while index > 0 and self._text[self._bounds[index][0]] == "«":
            index -= 1
        if index < 0:
            return None
        sentence, _ = self._sentence(index)
        span = source_at(sentence, 0)
        if span is None or span[0] == 0 or sentence.low(span[0]) in source_words("bodies") | source_words("documents"):
            return None
        found = Attribution(0, 0, span, "source.subject")
        return _speaker(sentence, found) if _agrees(sentence, found, pronoun) else None

    def of_quotation(self, start: int, end: int) -> Speaker | None:
        """Return who says what stands between two offsets, quotation marks and all."""
        return (
            self._attributed(self._at(end - 1), after=end - 1)
            or self._attributed(self._at(end), after=end - 1)
            or self._attributed(self._at(start), before=start)
            or self._inserted(start)
            or self._continued(start)
        )

    def _attributed(self, index: int, *, after: int | None = None, before: int | None = None) -> Speaker | None:
        """Return who is said to speak in a sentence, after or before some offset."""
        if not 0 <= index < len(self._bounds):
            return None
        sentence, attributions = self._sentence(index)
        for found in attributions:
            cue = sentence.items[found.cue].start
            fits = (after is None or after <= cue) and (before is None or cue < before)
            if fits and after is not None and self._text[after + 1 : cue].count("«"):
                return None  # the next quotation has this speaker
            if fits and found.rule != "source.selon":
                if found.source is not None:
                    return _speaker(sentence, found)
                return self.of_pronoun(found.pronoun, cue) if found.pronoun else None
        return None

    def _inserted(self, start: int) -> Speaker | None:
        """``« Nous manquons de tout, a expliqué X. Nous avons quatre lits. »``: the speaker stands inside."""
        sentence, attributions = self._sentence(self._at(start))
        for found in attributions:
            cue = sentence.items[found.cue].start
            if found.source is not None and start < cue and "»" not in self._text[start:cue]:
                return _speaker(sentence, found) if found.rule == "source.incise" else None
        return None

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
        sentence, attributions = self._sentence(index - 1)
        last = attributions[-1] if attributions and attributions[-1].source is not None else None
        return _speaker(sentence, last) if last is not None and last.rule == "source.incise" else None

    def _at(self, offset: int) -> int:
        return bisect.bisect_right(self._starts, offset) - 1

    def _sentence(self, index: int) -> tuple[Sentence, list[Attribution]]:
        if index not in self._read:
            start, end = self._bounds[index]
            items = itemize(self._text, start, end, ())
            named = tuple(span for span in self._named if start <= span[0] < end)
            sentence = Sentence(self._text[start:end], start, end, items, named=named)
            self._read[index] = (sentence, find_attributions(sentence))
        return self._read[index]


def _speaker(sentence: Sentence, found: Attribution) -> Speaker | None:
    if found.source is None:
        return None
    first, last = found.source
    return Speaker(join_items(sentence, first, last), sentence.items[first].start)


def _agrees(sentence: Sentence, found: Attribution, pronoun: str) -> bool:
    """Whether a pronoun can stand for a source, as far as the source's determiner shows."""
    if found.source is None:
        return False
    before = sentence.low(found.source[0] - 1)
    plural = before in PLURAL
    if plural != pronoun.endswith("s"):
        return False
    return not ((before in MASCULINE and pronoun == "elle") or (before in FEMININE and pronoun == "il"))
