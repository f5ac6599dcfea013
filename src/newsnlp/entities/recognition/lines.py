"""Lines of a document, as the network reads them, and the candidates found in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

# A longer line is cut, at a sentence end where there is one: tables pasted on one line, texts without breaks.
LONGEST_LINE = 400
_LETTER_OR_DIGIT = re.compile(r"[^\W_]").search


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


def split_lines(doc: Doc) -> list[Line]:
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

    for token in doc:
        text = token.text
        if text.isspace():
            if "\n" in text:
                close()
            elif spaces:
                spaces[-1] = True
            continue
        if len(words) >= LONGEST_LINE or (len(words) > LONGEST_LINE // 2 and token.is_sent_start):
            close()
        words.append(text)
        spaces.append(bool(token.whitespace_))
        tokens.append(token.i)
    close()
    return lines


def free_tokens(doc: Doc, candidates: list[Candidate]) -> list[bool]:
    """Return, for each token, whether no candidate holds it."""
    free = [True] * len(doc)
    for candidate in candidates:
        free[candidate.start : candidate.end] = [False] * (candidate.end - candidate.start)
    return free
