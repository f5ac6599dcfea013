"""The sentences of a text as items, each read when somebody first asks for it, for all who read the same text."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from newsnlp.grammar.drafts import Draft
from newsnlp.grammar.items import Names, Sentence, itemize

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsnlp.quantities.candidates import Quantity
    from newsnlp.records import Mention


class Sentences:
    """The sentences of a text, each itemised once.

    Parameters
    ----------
    text : str
    bounds : sequence of (int, int)
        Where each begins and ends.
    quantities : sequence of Quantity
        The numbers of the text, which become items with a draft each.
    mentions : sequence of Mention
        Names of the text: of people and bodies the items know where they stand.
    settle : callable, optional
        Tells which drafts of a sentence are figures, as soon as it is itemised.
    """

    def __init__(
        self,
        text: str,
        bounds: Sequence[tuple[int, int]],
        quantities: Sequence[Quantity] = (),
        mentions: Sequence[Mention] = (),
        settle: Callable[[Sentence], None] | None = None,
    ) -> None:
        self.text = text
        self.bounds = bounds
        self._starts = [start for start, _ in bounds]
        self._settle = settle
        self._people = Names([mention for mention in mentions if mention.label in ("PER", "ORG")])
        self._known: dict[int, Sentence] = {}
        self.quantities: dict[int, list[Quantity]] = {}
        index = 0
        for quantity in quantities:
            while index < len(bounds) and bounds[index][1] <= quantity.start:
                index += 1
            if index < len(bounds) and bounds[index][0] <= quantity.start:
                self.quantities.setdefault(index, []).append(quantity)

    def __len__(self) -> int:
        """Return how many sentences the text has."""
        return len(self.bounds)

    def at(self, offset: int) -> int:
        """Return the number of the sentence that begins last before or at an offset; -1 where none does."""
        return bisect_right(self._starts, offset) - 1

    def read(self, index: int) -> Sentence:
        """Return a sentence with one draft for each of its figures."""
        if index not in self._known:
            self._known[index] = self._itemise(index)
        return self._known[index]

    def _itemise(self, index: int) -> Sentence:
        text, (start, end), inside = self.text, self.bounds[index], self.quantities.get(index, [])
        if inside:
            # A quantity that the splitter cut in two belongs to the sentence it begins in.
            end = max(end, inside[-1].end)
        sentence = Sentence(
            text[start:end],
            start,
            end,
            *itemize(text, start, end, inside),
            preceding=text[self.bounds[index - 1][0] if index else 0 : start],
            named=self._people.spans(start, end),
        )
        positions = [position for position, word in enumerate(sentence.words) if not word]
        sentence.drafts = [Draft(*pair, sentence) for pair in zip(inside, positions, strict=True)]
        if self._settle is not None:
            self._settle(sentence)
        return sentence
