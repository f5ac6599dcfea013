"""The office that the text gives a person: before the name, after it in apposition, or by a verb."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from newsnlp.entities.resolution.roles.after import role_after
from newsnlp.entities.resolution.roles.before import role_before
from newsnlp.entities.resolution.roles.predicates import role_said
from newsnlp.entities.resolution.roles.words import REACH, office_spots

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsnlp.records import Mention

# The office is given early: later mentions are not read for it.
_MOST_MENTIONS = 8
# They say something of a person only with a complement: « homologue danois ».
_RELATIONAL = frozenset({"homologue", "prédécesseur", "successeur", "successeure"})


def find_role(text: str, members: Sequence[Mention], spots: Sequence[int] | None = None) -> str | None:
    """Return the office that the text gives a person, the first that says of what, else the first.

    `spots` are the `office_spots` of the text, where many people of it are asked for.

    Examples
    --------
    >>> from newsnlp.records import Label, Mention
    >>> text = "Le ministre de la Défense américain Lloyd Austin l'a dit."
    >>> find_role(text, [Mention(start=36, end=48, text="Lloyd Austin", label=Label.PER)])
    'ministre de la Défense américain'
    >>> text = "Ismail Haniyeh, chef du bureau politique du Hamas, est mort."
    >>> find_role(text, [Mention(start=0, end=14, text="Ismail Haniyeh", label=Label.PER)])
    'chef du bureau politique du Hamas'
    >>> find_role("Il a vu Paul Durand, hier.", [Mention(start=8, end=19, text="Paul Durand", label=Label.PER)])
    """
    first = None
    if spots is None:
        spots = office_spots(text)
    for member in members[:_MOST_MENTIONS]:
        for role in _roles(text, member, spots):
            if role is None or role.casefold() in _RELATIONAL:
                continue
            if " " in role:
                return role
            first = first or role
    return first


def _roles(text: str, member: Mention, spots: Sequence[int]) -> Iterator[str | None]:
    """Yield what stands before a name, what after it, and what a verb says, as long as nobody is content."""
    # The next office in the text: most names have none within reach.
    before = bisect.bisect_left(spots, member.start - REACH)
    after = bisect.bisect_left(spots, member.end, before)
    if before < after:
        yield role_before(text, member.start, member.end)
    if after < len(spots) and spots[after] < member.end + REACH:
        yield role_after(text, member.end)
        yield role_said(text, member.end)
