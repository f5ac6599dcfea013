"""Whose counterpart somebody is: `le ministre de la Défense français a reçu son homologue israélien X`.

The office is that of the one whom `son` means, named last before: `ministre de la Défense israélien`.
"""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.places import is_demonym, meanings_of
from newsnlp.entities.resolution.roles.words import TOKEN, clean, office_at, office_spellings, phrase_end, role_words

if TYPE_CHECKING:
    from collections.abc import Sequence

COUNTERPART = "homologue"
# How far before the counterpart the other stands, in characters, in the same paragraph.
_REACH = 300
_STATES = frozenset({"state", "territory", "part"})
Office = tuple[int, str]


def office_of_counterpart(text: str, role: str, start: int, offices: Sequence[Office]) -> str:
    """Return the office of a counterpart: `homologue israélien` with the office of the other, else as it stands.

    Parameters
    ----------
    role : str
        What the text calls the person: it begins with `homologue`.
    start : int
        Where the person is named.
    offices : sequence of (int, str)
        Where people with known offices are named, in text order, and these.

    Examples
    --------
    >>> text = "Le ministre français de la Défense a reçu son homologue israélien Luc Dayan."
    >>> office_of_counterpart(text, "homologue israélien", text.index("Luc"), ())
    'ministre de la Défense israélien'
    """
    place = text.rfind(COUNTERPART, max(0, start - _REACH), start)
    low = max(0, place - _REACH, text.rfind("\n", 0, max(0, place)) + 1)
    last = bisect.bisect_left(offices, (place,))
    named = offices[last - 1] if last and offices[last - 1][0] >= low else None
    written = _last_office(text, low, place)
    found = max((one for one in (named, written) if one), default=None)
    other = _of_no_country(found[1]) if found and not found[1].startswith(COUNTERPART) else None
    return other + role[len(COUNTERPART) :] if other else role


def _last_office(text: str, low: int, high: int) -> Office | None:
    """Return the last office that the text names between two places, and where."""
    tokens = list(TOKEN.finditer(text, low, high))
    words = [token.group() for token in tokens]
    heads, place, found = office_spellings(), 0, None
    while place < len(words):
        size = office_at(words, place) if words[place] in heads else 0
        if size:
            stop = phrase_end(words, place, size, second=False)
            found = (tokens[place].start(), text[tokens[place].start() : tokens[stop - 1].end()])
            place = stop
        else:
            place += 1
    return found


def _of_no_country(office: str) -> str | None:
    """Return an office without the state it is an office of: `ministre de la Défense`."""
    words = [word for word in TOKEN.findall(office) if not (word.islower() and is_demonym(word))]
    while len(words) > 1 and words[0].casefold() in role_words("time"):
        words = words[1:]
    for place in range(1, len(words)):
        name = " ".join(words[place:])
        meanings = meanings_of(name) if name[0].isupper() else ()
        if meanings and meanings[0].kind in _STATES:
            words = words[:place]
            break
    while len(words) > 1 and words[-1].casefold() in role_words("prepositions") | role_words("articles"):
        words = words[:-1]
    return clean(" ".join(words).replace("' ", "'"))
