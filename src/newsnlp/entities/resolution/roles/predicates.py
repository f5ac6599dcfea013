"""The office that a verb gives: `X est maire de Nancy`, `X a été élu hier député`, `X, qui fut ministre`."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from newsnlp.entities.resolution.roles.words import BRACKETED, REACH, TOKEN, clean, office_at, role_words, whole_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPENING = re.compile(rf"{BRACKETED},?\s([^\W\d_]+)")
_MADE = (("a", "été"), ("avait", "été"), ("vient", "d'", "être"))
_DAY = re.compile(r"\d{1,4}|1er")


def role_said(text: str, end: int) -> str | None:
    """Return the office that the words after a name say somebody has, or was given.

    Examples
    --------
    >>> role_said("Anne Roux est la maire de Toul depuis 2020.", 9)
    'maire de Toul'
    >>> role_said("Anne Roux, élue mardi présidente du club.", 9)
    'présidente du club'
    >>> role_said("Anne Roux est responsable du retard.", 9)
    """
    opening = _OPENING.match(text, end)
    if opening is None or opening[1].casefold() not in _starters():
        return None
    start = opening.start(1) - 2 if text[opening.start(1) - 2] == "," else opening.start(1)
    tokens = list(TOKEN.finditer(text, start, start + REACH))
    words = [token.group() for token in tokens]
    lows = [word.casefold() for word in words]
    place, given = _after_verb(lows)
    if not place:
        return None
    place = _skip(lows, place, _skipped())
    begin = _skip(lows, place, role_words("time"))
    size = office_at(words, begin) if begin < len(words) else 0
    if not size or (not given and lows[begin] in role_words("unsaid")):
        return None
    stop = whole_phrase(words, begin, size)
    return clean(text[tokens[place].start() : tokens[stop - 1].end()]) if stop else None


@functools.cache
def _starters() -> frozenset[str]:
    """Return the words that what is read here begins with."""
    firsts = {opening[0] for opening in (*_MADE, *_openings())}
    return role_words("being") | role_words("named") | role_words("adverbs") | firsts | {"qui"}


@functools.cache
def _skipped() -> frozenset[str]:
    return role_words("determiners") | role_words("adverbs") | role_words("epithets")


def _skip(lows: Sequence[str], place: int, skipped: frozenset[str]) -> int:
    while place < len(lows) and lows[place] in skipped:
        place += 1
    return place


def _after_verb(lows: Sequence[str]) -> tuple[int, bool]:
    """Return where an office may stand behind the verb, 0 where none opens there, and whether it was given."""
    apart = lows[:1] == [","]
    place = int(apart) + (lows[int(apart) : int(apart) + 1] == ["qui"])
    relative = place > int(apart)
    made = next((len(verb) for verb in _MADE if tuple(lows[place : place + len(verb)]) == verb), 0)
    being = not made and lows[place : place + 1] and lows[place] in role_words("being")
    if relative and not (made or being):
        return 0, False
    place = _skip(lows, place + (made or int(bool(being))), role_words("adverbs"))
    if lows[place : place + 1] and lows[place] in role_words("named"):
        place += 1
        while place < len(lows) and (
            lows[place] in role_words("times") | role_words("adverbs")
            or _DAY.fullmatch(lows[place])
            or (lows[place] == "en" and _DAY.fullmatch("".join(lows[place + 1 : place + 2])))
        ):
            place += 1
        return place + _given(lows, place), True
    if being and (relative or not apart):
        return place, False
    size = 0 if made or being else _given(lows, place)
    # « X, comme le maire, »: the two are compared.
    compared = lows[place : place + 1] == ["comme"] and (apart or lows[place + 1] in role_words("determiners"))
    return (place + size, True) if size and not compared else (0, False)


def _given(lows: Sequence[str], place: int) -> int:
    """Return how many words `en qualité de` and the like take; 0 for none."""
    return next((len(opening) for opening in _openings() if tuple(lows[place : place + len(opening)]) == opening), 0)


@functools.cache
def _openings() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(TOKEN.findall(opening)) for opening in sorted(role_words("given")))
