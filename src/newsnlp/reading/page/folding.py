"""Lines as the lexicons of page furniture compare them, remembered: a line is looked at from several sides."""

from __future__ import annotations

import functools

from newsnlp.text import folding
from newsnlp.text.typography import plain

# Longer lines are not remembered: their length has no bound. Paragraphs of news have up to 1 500 characters.
_REMEMBERED = 2000


def fold(text: str) -> str:
    """Return a line as the lexicon compares it: small letters, no accents, plain typography, single blanks.

    Examples
    --------
    >>> fold("  À lire  aussi :")
    'a lire aussi :'
    """
    return _fold(text) if len(text) <= _REMEMBERED else _fold.__wrapped__(text)


@functools.lru_cache(maxsize=1024)
def _fold(text: str) -> str:
    return " ".join(folding.fold(text, accents=False).split())


def plain_line(text: str) -> str:
    """Return a line as `plain` does, remembered."""
    return _plain_line(text) if len(text) <= _REMEMBERED else plain(text)


_plain_line = functools.lru_cache(maxsize=1024)(plain)
