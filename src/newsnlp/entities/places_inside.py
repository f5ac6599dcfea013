"""The places that a name holds: `Nord-Katanga`, `Kurdistan irakien`, `aéroport de Roissy`, `Bruxelles-Midi`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENINGS = ("de la ", "de l'", "de ", "du ", "des ", "d'", "")
_SHORTEST_TOWN = 4
# « Nord-Katanga », « sud-Liban », « Syrie du Nord », « Mayenne-Sud »
_CARDINAL = re.compile(
    r"(?:extrême[- ])?(?:nord|sud|est|ouest|haute?s?|basse?|centre|grande?)(?:[- ](?:est|ouest))?"
    r"[- ](?:du |de la |de l'|de |d')?(.+)",
    re.IGNORECASE,
)
_CARDINAL_AFTER = re.compile(
    r"(.+?)[- ](?:du |de l')?(?:nord|sud|est|ouest|centrale?|orientale?|occidentale?|méridionale?|septentrionale?)$",
    re.IGNORECASE,
)


def names_inside(text: str) -> Iterator[str]:
    """Yield what inside a name may name a place, or be the adjective of one.

    Examples
    --------
    >>> list(names_inside("Nord-Katanga")), list(names_inside("Kurdistan irakien"))
    (['Katanga', 'Nord'], ['irakien'])
    """
    cardinal = _CARDINAL.match(text) or _CARDINAL_AFTER.match(text)
    if cardinal:
        yield cardinal.group(1)[:1].upper() + cardinal.group(1)[1:]
    words = text.split()
    # « Bruxelles-Midi », « Marseille-Saint-Charles »: a town before what lies in it.
    if len(words) == 1 and text.find("-") >= _SHORTEST_TOWN:
        yield text[: text.index("-")]
    yield from (word for word in words[1:] if word.islower())
    for size in range(1, len(words)):
        rest = " ".join(words[size:])
        for opening in _OPENINGS:
            if rest.startswith(opening) and rest[len(opening) : len(opening) + 1].isupper():
                yield rest[len(opening) :]
