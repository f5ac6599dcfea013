"""The words of a document and its lines, as the network and the repairs read them, and the candidates found in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, overload

import numpy as np

if TYPE_CHECKING:
    from typing import SupportsIndex

    from numpy.typing import NDArray
    from spacy.tokens import Doc

# A longer line is cut, at a sentence end where there is one: tables pasted on one line, texts without breaks.
LONGEST_LINE = 400
_LETTER_OR_DIGIT = re.compile(r"[^\W_]").search


class Word(NamedTuple):
    """A token, under the names that spaCy has for what a repair asks of it."""

    i: int
    text: str
    whitespace_: str
    is_sent_start: bool

    @property
    def like_num(self) -> bool:
        """Whether it is a number, as spaCy tells it."""
        from spacy.lang.fr.lex_attrs import like_num

        return bool(like_num(self.text))


class Words(list[Word]):
    """The tokens of a document or of a stretch of it, read out of spaCy once: there each look at one makes it anew."""

    @classmethod
    def of(cls, doc: Doc) -> Words:
        """Return the words of a document."""
        from spacy.attrs import ORTH, SENT_START, SPACY

        orths, spaces, starts = doc.to_array([ORTH, SPACY, SENT_START]).astype("uint64").reshape(-1, 3).T.tolist()
        texts = {orth: doc.vocab.strings[orth] for orth in set(orths)}
        return cls(
            Word(place, texts[orth], " " if space else "", start == 1)
            for place, (orth, space, start) in enumerate(zip(orths, spaces, starts, strict=True))
        )

    @overload
    def __getitem__(self, place: SupportsIndex, /) -> Word: ...

    @overload
    def __getitem__(self, place: slice, /) -> Words: ...

    def __getitem__(self, place: SupportsIndex | slice, /) -> Word | Words:
        return Words(super().__getitem__(place)) if isinstance(place, slice) else super().__getitem__(place)

    @property
    def text(self) -> str:
        """The words as they are written, without the space after the last one."""
        if len(self) == 1:
            return super().__getitem__(0).text
        return "".join([word.text + word.whitespace_ for word in self])[: -1 if self and self[-1].whitespace_ else None]


@dataclass(slots=True)
class Line:
    """Tokens of one line: their words, whether a space follows each, and their indexes in the document."""

    words: list[str]
    spaces: list[bool]
    tokens: NDArray[np.int64]


@dataclass(slots=True)
class Candidate:
    """A name as found so far: token span, label, how likely the network holds it, and what was done to it.

    What was done is what `newsnlp.entities.recognition.confidence` was fitted with: ``relabelled`` and ``changed_ends``
    are set by the repairs whose doubt it measured, not by all that give a label or move an end; ``is_repeat`` is set
    where the name was found elsewhere in the article alone.
    """

    start: int
    end: int
    label: str
    probability: float
    line: Line | None = None
    relabelled: bool = False
    changed_ends: bool = False
    is_repeat: bool = False


def split_lines(doc: Words) -> list[Line]:
    """Return the lines of a document that hold a letter or digit; blank tokens belong to none."""
    lines: list[Line] = []
    words: list[str] = []
    spaces: list[bool] = []
    tokens: list[int] = []

    def close() -> None:
        # A row of marks holds no name.
        if any(map(_LETTER_OR_DIGIT, words)):
            lines.append(Line(list(words), list(spaces), np.array(tokens, dtype="int64")))
        words.clear()
        spaces.clear()
        tokens.clear()

    for place, text, space, opens in doc:
        if text.isspace():
            if "\n" in text:
                close()
            elif spaces:
                spaces[-1] = True
            continue
        if len(words) >= LONGEST_LINE or (len(words) > LONGEST_LINE // 2 and opens):
            close()
        words.append(text)
        spaces.append(bool(space))
        tokens.append(place)
    close()
    return lines


def free_tokens(doc: Words, candidates: list[Candidate]) -> list[bool]:
    """Return, for each token, whether no candidate holds it."""
    free = [True] * len(doc)
    for candidate in candidates:
        free[candidate.start : candidate.end] = [False] * (candidate.end - candidate.start)
    return free
