"""Notices around articles: paragraphs of rights, provenance and offers, told by their words and by being shared."""

from __future__ import annotations

import functools
import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from newsnlp.lexicons import words
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

T = TypeVar("T")
# Phrases of notices in one paragraph, from which on it is one by itself.
SURE_PHRASES = 2
# Articles that share a paragraph with one such phrase, from which on it is a notice of their corpus.
SHARED_BY = 3
# Notices stand within so many paragraphs of either end. The longest seen had four paragraphs.
_FROM_START, _FROM_END = 4, 6
_SHORTEST_WORDS = 5
_SHOWN = 80
# A paragraph of news names somebody, some place or some number; one of so many words that does not speaks of itself.
_IMPERSONAL_WORDS = 20
# « Contact : … », « Mis en ligne le 12 juin 2024 - https://… »: beside a notice, and shared like it, of it.
_LABELLED = re.compile(r"^[A-ZÀ-ÖØ-Þ][\w'’ -]{1,30} ?: |https?://|www\.|\w@\w|^(?:Mis en ligne|Publié|Imprimé|Édité) ")
_NAMED = re.compile(r"\d|(?<![.!?…:»] )(?<!^)\b[A-ZÀ-Þ]")
_LONGEST = 4_000
# Paragraphs counted at once; beyond, those that came once are forgotten.
_MOST_COUNTED = 500_000


@functools.cache
def _known_phrases() -> tuple[str, ...]:
    return tuple(sorted({fold(phrase, accents=False) for phrase in words("reading_notices.notice.strong")}, key=len))


@functools.cache
def _phrases() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, reversed(_known_phrases())))})")


def notice_phrases(paragraph: str) -> int:
    """Return how many different phrases of notices a paragraph holds, of which two make it one.

    Examples
    --------
    >>> notice_phrases("Tous droits réservés. Toute reproduction, même partielle, est interdite sans autorisation.")
    4
    >>> notice_phrases("Le texte interdit toute reproduction des plans, a indiqué le ministre.")
    1
    """
    if len(paragraph) > _LONGEST:
        return 0
    folded = fold(paragraph, accents=False)
    # Looking for each takes a fifth of the time of the pattern, and hardly a paragraph has any.
    if not any(map(folded.__contains__, _known_phrases())):
        return 0
    return len(set(_phrases().findall(folded)))


def paragraph_key(paragraph: str) -> int:
    """Return what a paragraph is remembered by: the same for another year, other blanks and other capitals."""
    plain = re.sub(r"\d+", "0", " ".join(fold(paragraph, accents=False).split()))
    return int.from_bytes(hashlib.blake2b(plain.encode("utf-8", "replace"), digest_size=8).digest())


def near_ends(lines: Sequence[T]) -> Sequence[T]:
    """Return the lines near either end, where notices stand."""
    return lines if len(lines) <= _FROM_START + _FROM_END else [*lines[:_FROM_START], *lines[-_FROM_END:]]


def end_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text that may be notices: those near its ends, each once."""
    near = near_ends([line.strip() for line in text.splitlines() if line.strip()])
    return [line for line in dict.fromkeys(near) if len(line) <= _LONGEST and line.count(" ") + 1 >= _SHORTEST_WORDS]


def _may_be_shared(paragraph: str) -> bool:
    if notice_phrases(paragraph):
        return True
    return paragraph.count(" ") + 1 >= _IMPERSONAL_WORDS and _NAMED.search(paragraph) is None


class SharedNotices:
    r"""Counts the paragraphs near the ends of articles, and tells which are notices that they share.

    A paragraph is one that stands in at least three articles and holds a phrase of notices, or names nobody, nowhere
    and no number: what else articles share is a copy of news, and stays. Memory is bounded: 500 000 paragraphs are
    counted at once.

    Examples
    --------
    >>> shared = SharedNotices()
    >>> for town in ("Lyon", "Metz", "Lens"):
    ...     _ = shared.count(f"Un mort à {town}.\nInscrivez-vous pour lire la suite chaque matin.")
    >>> list(shared.found.values())
    ['Inscrivez-vous pour lire la suite chaque matin.']
    """

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()
        # Lines that name or address somebody, beside a notice: they are of it if they are shared as well.
        self._beside: Counter[int] = Counter()
        # The keys of the notices that were found so far, and the beginning of each.
        self.found: dict[int, str] = {}

    def count(self, text: str) -> bool:
        """Count the paragraphs of one article, and return whether one of them may be a notice."""
        lines = end_paragraphs(text)
        shared = [_may_be_shared(line) for line in lines]
        if not any(shared):
            return False
        for at, line in enumerate(lines):
            is_beside = not shared[at] and any(shared[max(0, at - 1) : at + 2]) and _LABELLED.search(line) is not None
            if shared[at] or is_beside:
                counts, key = self._beside if is_beside else self._counts, paragraph_key(line)
                counts[key] += 1
                if counts[key] == SHARED_BY:
                    self.found[key] = line[:_SHOWN]
        if len(self._counts) + len(self._beside) > _MOST_COUNTED:
            self._counts, self._beside = (
                Counter({key: count for key, count in counts.items() if count > 1})
                for counts in (self._counts, self._beside)
            )
        return True


def is_notice(paragraph: str, shared: Collection[int]) -> bool:
    """Tell whether a paragraph is a notice, by its words or as one of `shared`."""
    return notice_phrases(paragraph) >= SURE_PHRASES or (bool(shared) and paragraph_key(paragraph) in shared)


def without_notices(text: str, shared: Collection[int]) -> str:
    """Return a text without the paragraphs near its ends that are notices."""
    dropped = {line for line in end_paragraphs(text) if is_notice(line, shared)}
    return "\n".join(line for line in text.splitlines() if line.strip() not in dropped) if dropped else text
