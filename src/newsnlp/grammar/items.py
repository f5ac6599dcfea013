"""A sentence as the meaning rules see it: words, punctuation, names, and each quantity as one item."""

from __future__ import annotations

import functools
import re
import sys
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

from newsnlp.text.folding import APOSTROPHES, HYPHENS, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from newsnlp.grammar.drafts import Draft
    from newsnlp.quantities.candidates import Quantity
    from newsnlp.records import Mention


@functools.cache
def _word_pattern() -> re.Pattern[str]:
    letters = rf"[^\W\d_{APOSTROPHES}]"
    # "d'", "l'", "qu'" are words of their own; "a-t-il", "Auvergne-Rhône-Alpes" are one.
    return re.compile(rf"{letters}+(?:[-{HYPHENS}]{letters}+)*['{APOSTROPHES}]?|\d+(?:[.,:]\d+)*|[^\w\s]", re.UNICODE)


def split_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a phrase, as `itemize` cuts them.

    Examples
    --------
    >>> split_words("d'après l'Otan")
    ("d'", 'après', "l'", 'otan')
    """
    return tuple(fold(match[0]) for match in _word_pattern().finditer(text))


def words_after(text: str, offset: int) -> list[str]:
    """Return the first two words from an offset on, as `itemize` cuts them."""
    return [found[0] for found in islice(_word_pattern().finditer(text, offset), 2)]


Span = tuple[int, int]
"""The first item of a phrase, and the first after it."""
COMMA = frozenset({","})


@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence: its text, where it stands, its items, and the drafts of its figures in order.

    An item is a word, a punctuation mark, or a quantity with its modifier and unit: `texts` has them as they are
    written, `words` folded (nothing for a quantity), `starts` says where they begin.
    Which quantities are figures and which plain words (*un* is mostly an article) is known here, not of the items: a
    rule asks for words and figures by their positions. A rule looks a few words around its figure; what it has to know
    of the whole sentence is found once: a sentence of a thousand figures must not be read a thousand times.
    """

    text: str
    start: int
    end: int
    texts: list[str]
    words: list[str]
    starts: list[int]
    drafts: list[Draft] = field(default_factory=list)
    preceding: str = ""
    named: Sequence[tuple[int, int]] = ()
    _lows: list[str] = field(init=False)
    _vocabulary: frozenset[str] | None = field(init=False, default=None)
    _drafts_at: dict[int, Draft] | None = field(init=False, default=None)
    _memo: dict[Hashable, Any] = field(init=False, default_factory=dict)
    _positions: dict[frozenset[str], list[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Lay the folded words out: figures are ``#`` in slices, and no word where one word is asked for."""
        self._lows = [low or "#" for low in self.words]

    def drop(self, draft: Draft) -> None:
        """Read what was taken for a figure as a plain word from now on."""
        low = fold(self.texts[draft.position])
        self._lows[draft.position] = self.words[draft.position] = low
        self._vocabulary = None
        self._memo.clear()
        self._positions.clear()

    def settle(self, drafts: list[Draft]) -> None:
        """Keep these drafts, and tell each which stand before it."""
        self.drafts = drafts
        before = counting = None
        for draft in drafts:
            draft.before, draft.count_before = before, counting
            before, counting = draft, draft if draft.counts else counting

    def remember(self, key: Hashable, read: Callable[[], Any]) -> Any:
        """Return what `read` finds in the sentence, read at the first call only."""
        if key not in self._memo:
            self._memo[key] = read()
        return self._memo[key]

    @property
    def trimmed(self) -> tuple[str, int]:
        """The text of the sentence without the blanks around it, and where that begins."""
        found: tuple[str, int] = self.remember("trimmed", self._trim)
        return found

    def _trim(self) -> tuple[str, int]:
        text = self.text.lstrip()
        return text.rstrip(), self.start + len(self.text) - len(text)

    @property
    def vocabulary(self) -> frozenset[str]:
        """The folded words of the sentence."""
        if self._vocabulary is None:
            self._vocabulary = frozenset(self._lows)
        return self._vocabulary

    @property
    def vocabulary_before(self) -> frozenset[str]:
        """The folded words of the sentence before."""
        found: frozenset[str] = self.remember("before", lambda: frozenset(split_words(self.preceding)))
        return found

    def says(self, words: frozenset[str]) -> bool:
        """Whether one of the words stands anywhere in the sentence."""
        return bool(self.remember(words, lambda: not words.isdisjoint(self.vocabulary)))

    def positions(self, words: frozenset[str]) -> list[int]:
        """Return where one of the words stands, in order."""
        found = self._positions.get(words)
        if found is None:
            # Most words that a rule asks for stand nowhere in the sentence.
            known = not words.isdisjoint(self.vocabulary)
            found = [position for position, word in enumerate(self.words) if word in words] if known else []
            self._positions[words] = found
        return found

    def last_before(self, position: int, words: frozenset[str]) -> int:
        """Return the last position before another at which one of the words stands; -1 where there is none."""
        found = self.positions(words)
        number = bisect_left(found, position)
        return found[number - 1] if number else -1

    def next_from(self, position: int, words: frozenset[str]) -> int:
        """Return the first position from another on at which one of the words stands; the end where there is none."""
        found = self.positions(words)
        number = bisect_left(found, position)
        return found[number] if number < len(found) else len(self.words)

    def is_named(self, offset: int) -> bool:
        """Whether a person or a body is named at an offset of the text."""
        number = bisect_right(self.named, (offset, sys.maxsize))
        if not number:
            return False
        ends = self.remember("named", lambda: list(accumulate((end for _, end in self.named), max)))
        return bool(ends[number - 1] > offset)

    def low(self, position: int) -> str:
        """Return the folded word at a position, or nothing beyond the ends and at a figure."""
        return self.words[position] if 0 <= position < len(self.words) else ""

    def is_figure(self, position: int) -> bool:
        """Whether a figure stands at a position."""
        return 0 <= position < len(self.words) and not self.words[position]

    def is_word(self, position: int) -> bool:
        """Whether a word of letters stands at a position."""
        return self.low(position)[:1].isalpha()

    def is_capitalised(self, position: int) -> bool:
        """Whether what stands at a position begins with a capital."""
        return 0 <= position < len(self.texts) and self.texts[position][:1].isupper()

    def has_figure(self, start: int, end: int) -> bool:
        """Whether a figure stands in a slice."""
        return not all(self.words[max(0, start) : max(0, end)])

    def lows(self, start: int, end: int) -> tuple[str, ...]:
        """Return the folded words of a slice; a figure is the string ``#``."""
        if start < 0 or end < 0:
            start, end = max(0, start), max(0, end)
        return tuple(self._lows[start:end])

    def wording(self, first: int, last: int) -> str:
        """Return the words from `first` to before `last` as the text spaces them."""
        pieces: list[str] = []
        end = None
        for start, text in zip(self.starts[first:last], self.texts[first:last], strict=True):
            pieces.append(f" {text}" if end is not None and start > end else text)
            end = start + len(text)
        return "".join(pieces)

    def matches(self, position: int, words: Sequence[str]) -> bool:
        """Whether the words stand at that position."""
        if words and not (0 <= position < len(self._lows) and self._lows[position] == words[0]):
            return False  # as most
        return position >= 0 and tuple(self._lows[position : position + len(words)]) == tuple(words)

    def match_end(self, position: int, words: Sequence[str]) -> int | None:
        """Return where the words end that stand at a position; ``*`` stands for up to four words."""
        if "*" not in words:
            return position + len(words) if self.matches(position, words) else None
        gap = list(words).index("*")
        if not self.matches(position, words[:gap]):
            return None
        for step in range(5):
            if self.matches(position + gap + step, words[gap + 1 :]):
                return position + gap + step + len(words) - gap - 1
        return None

    def draft_at(self, position: int) -> Draft | None:
        """Return the draft whose number stands at that position."""
        if not self.is_figure(position):
            return None
        if self._drafts_at is None:
            self._drafts_at = {draft.position: draft for draft in self.drafts}
        return self._drafts_at.get(position)

    def drafts_from(self, position: int) -> int:
        """Return the number of the first draft at or after a position."""
        return bisect_left(self.drafts, position, key=lambda draft: draft.position)

    def end_of(self, position: int) -> int:
        """Return where the item at a position ends in the text."""
        return self.starts[position] + len(self.texts[position])

    def items_within(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and the last item inside a span of the text; the last is before the first where none is."""
        return bisect_left(self.starts, start), bisect_right(range(len(self.starts)), end, key=self.end_of) - 1


def itemize(text: str, start: int, end: int, quantities: Iterable[Quantity]) -> tuple[list[str], list[str], list[int]]:
    """Return the items of one sentence, in order: as they are written, folded, and where they begin."""
    texts: list[str] = []
    words: list[str] = []
    starts: list[int] = []

    def add_words(cursor: int, end: int) -> None:
        found = _word_pattern().findall(text, cursor, max(cursor, end))
        texts.extend(found)
        # What `fold` does first, without its call: most words are so.
        words.extend([word.lower() if word.isascii() else fold(word) for word in found])
        for word in found:  # what stands between words is in none
            cursor = text.index(word, cursor)
            starts.append(cursor)
            cursor += len(word)

    cursor = start
    for quantity in quantities:
        left, right = max(cursor, quantity.phrase_start), min(end, quantity.phrase_end)
        left = min(left, quantity.start) if quantity.start >= cursor else left
        add_words(cursor, left)
        texts.append(text[left:right])
        words.append("")
        starts.append(left)
        cursor = max(cursor, right)
    add_words(cursor, end)
    return texts, words, starts


class Names:
    """Mentions in text order."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._mentions = sorted(mentions, key=lambda mention: mention.start)
        self._starts = [mention.start for mention in self._mentions]

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """Return the mentions that begin between two offsets."""
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the spans of those that begin between two offsets."""
        return [(mention.start, mention.end) for mention in self.within(start, end)]
