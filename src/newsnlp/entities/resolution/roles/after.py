"""The office in apposition after a name: `X, maire de Nancy,`, `X (maire de Nancy)`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.entities.resolution.roles.words import (
    BRACKETED,
    REACH,
    TOKEN,
    clean,
    ends_well,
    office_at,
    office_spellings,
    phrase_end,
    role_words,
    whole_phrase,
    with_time,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_DEFINITE = frozenset({"le", "la", "l'"})
# « après avoir été accueillis par X »: what opens with a preposition is a clause of its own.
_PASSIVE = frozenset({"avoir", "être", "été"})
# « X (PS), maire de Toul », « X, 34 ans, avocate »
_OPENING = re.compile(rf"{BRACKETED}\s?(?:,\s|\()(?:(?:âgée? de )?\d+ ans,\s)?")
_WORD = re.compile(r"\s([^\W\d_A-Z][\w-]*)")
_CLAUSE = re.compile(r"[.!?…;:«»\n,]\s*")


def role_after(text: str, end: int) -> str | None:
    """Return the office in apposition after a name: `X, maire de Nancy,`, `X (maire de Nancy)`."""
    reach = text[end : end + REACH]
    opening = _OPENING.match(reach)
    if opening is None:
        return _beside(reach)
    tokens = list(TOKEN.finditer(reach, opening.end()))
    words = [token.group() for token in tokens]
    skipped = role_words("determiners") | role_words("time") | role_words("epithets") | role_words("adverbs")
    begin = next((i for i, word in enumerate(words) if word.casefold() not in skipped), 0)
    size = office_at(words, begin) if words else 0
    if not size:
        return None
    stop = whole_phrase(words, begin, size)
    if not stop:
        return None
    following = words[stop].casefold() if stop < len(words) else "."
    if begin and words[begin - 1].casefold() in _DEFINITE and not _in_apposition(text, end, words[stop:]):
        return None
    if "(" in opening.group() and following not in {")", ",", ";"}:
        return None
    return clean(reach[tokens[with_time(words, begin)].start() : tokens[stop - 1].end()])


def _beside(reach: str) -> str | None:
    """Return the office that no mark parts from the name: `X porte-parole du collectif, a dit`."""
    first = _WORD.match(reach)
    if first is None or first[1] not in office_spellings() or first[1] in role_words("verbs"):
        return None
    tokens = list(TOKEN.finditer(reach))
    words = [token.group() for token in tokens]
    size = office_at(words, 0)
    stop = phrase_end(words, 0, size) if size else 0
    # Behind a name in the complement a small letter begins the verb.
    if stop <= size or not (ends_well(words, stop) or words[stop - 1][0].isupper()):
        return None
    return clean(reach[: tokens[stop - 1].end()])


def _in_apposition(text: str, end: int, rest: Sequence[str]) -> bool:
    """Tell whether `X, le président russe` goes on as an apposition, not as a subject with its verb.

    « Selon X, le président russe a accepté » says nothing of X's office; « Selon X, le président russe, en visite, »
    neither: after `selon` a new subject must follow the second comma.
    """
    if rest and (rest[0][0].isalnum() or rest[0] in {"«", "-", "–"}):
        return False
    low = max(0, end - REACH)
    opening = [token.casefold() for token in TOKEN.findall(_CLAUSE.split(text[low:end])[-1])]
    if not opening or opening[0] not in role_words("introducers") or not _PASSIVE.isdisjoint(opening):
        return True
    following = rest[1] if len(rest) > 1 else "."
    return following[0].isupper() or following == "«" or following.casefold() in role_words("resumers")
