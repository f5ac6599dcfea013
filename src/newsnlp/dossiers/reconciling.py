"""The statements of several articles on one event, brought together: what is a part, what is old, what stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsnlp.dossiers.others import set_apart
from newsnlp.dossiers.statements import OTHER, PART, PREVIOUS, TOTAL
from newsnlp.lexicons import pattern, word_set
from newsnlp.tables.tolls import SAME

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from newsnlp.dossiers.statements import Statement
    from newsnlp.records import Number
    from newsnlp.tables.cells import Row

_CONTRAST = pattern(r"(?:<dossiers_tolls.sayers.contrast>)")
_TOLL = re.compile(r"\b(?:bilan|décompte|port(?:ant|ait|é)|en étai(?:t|ent) à)\b[^.;:]*$")
_NEAR = 60
_STILL = re.compile(r"\b(?:restent?|demeurent?|toujours|encore|plus que|désormais)\b")
_FALLING = ("missing", "kidnapped", "hospitalised")
_ONLY_RISING = ("killed", "injured")
_CORRECTS = pattern(r"(?:<dossiers_tolls.corrections.words>)\b")


@dataclass(slots=True)
class Standing:
    """What holds of one event (killed, injured …) after the last article that tells of it."""

    event: str
    low: Number | None
    high: Number | None
    best: Number | None
    statements: list[Statement]


def reconcile(told: Sequence[tuple[Row, list[Statement]]]) -> list[Standing]:
    """Set the roles of statements that only the other ones tell, and return what stands at the end.

    ``told`` are the articles of one story with their statements, in order of publication.
    """
    set_apart(told)
    events = dict.fromkeys(one.event for _, statements in told for one in statements)
    found = []
    for event in events:
        history: list[Statement] = []
        last: list[Statement] = []
        for _, statements in told:
            mine = [one for one in statements if one.event == event]
            _within(mine, history)
            totals = [one for one in mine if one.role == TOTAL]
            numbers = [one for one in totals if not one.is_vague]
            if numbers or (totals and not last):
                last = numbers or totals
            history += numbers
        if last:
            found.append(_standing(event, last))
    return found


def _within(mine: list[Statement], history: list[Statement]) -> None:
    """Tell, of the totals of one article, which are parts of others and which are those of earlier articles."""
    totals = [one for one in mine if one.role == TOTAL and not one.is_vague]
    if not totals:
        return
    vague = [one for one in mine if one.role == TOTAL and one.is_vague]
    first = [one for one in totals if one.lead] or totals
    main = first[0]
    for one in first[1:]:
        if one.top > main.top and not _differs(one, main, {main.source}):
            main = one
    told_before = {one.top for one in history}
    latest = history[-1].top if history else None
    sources = {one.source for one in totals if one.agrees(main)}
    corrects = _corrects(mine)
    if main.event in _FALLING:
        left = [one for one in totals if _STILL.search(one.left[-30:] + "|" + one.right[:60])]
        if left and left[-1].top < main.top and left[-1].row["start"] > main.row["start"]:
            for one in totals:
                if one.top > left[-1].top and one.source == left[-1].source:
                    one.role, one.superseded_by = PREVIOUS, left[-1].row["figure"]
            return
    for one in totals:
        if one is main or one.agrees(main):
            continue
        if one.top < main.top:
            if _differs(one, main, sources):
                continue
            again = one.top in told_before and (one.top >= SAME or one.top == latest)
            if one.top and one.is_general and (again or _TOLL.search(one.left[-_NEAR:])):
                one.role, one.superseded_by = PREVIOUS, main.row["figure"]
            elif one.top:
                one.role = PART
        elif one.top in told_before and not one.source and one.top == latest and corrects:
            one.role, one.superseded_by = PREVIOUS, main.row["figure"]
    if len(totals) == 1 and vague and not main.is_general and vague[0].row["start"] < main.row["start"]:
        main.role = PART
        return
    if main.event in _ONLY_RISING and latest and main.top and main.top < latest and not corrects:
        old = [one for one in history if one.top == main.top]
        if old and old[-1] is not history[-1] and not main.source:
            main.role = PREVIOUS  # told again from an earlier article, without a word of a correction
        elif main.top * 2 < latest and not main.lead and not old:
            main.role = PART


def _differs(one: Statement, main: Statement, sources: Collection[str | None]) -> bool:
    """Whether two numbers are those of two sources, not one of some of the other's.

    ``sources`` are those of the number that it is compared with.
    """
    alike = one.is_general or one.noun == main.noun or {one.noun, main.noun} <= word_set("dossiers_tolls.classes.soldiers")
    if not alike or one.source is None or one.source in sources:
        return False
    return any(source is not None for source in sources) or bool(_CONTRAST.search(one.row["sentence"] or ""))


def _corrects(statements: list[Statement]) -> bool:
    return any(_CORRECTS.search(one.row["sentence"] or "") for one in statements)


def _standing(event: str, last: list[Statement]) -> Standing:
    """Merge the totals of the last article: what all agree on, or else from the lowest to the highest."""
    last = [one for one in last if one.top] or last  # "aucun mort", somebody says, beside those who were found
    lows = [one.low for one in last if one.low is not None]
    highs = [one.high for one in last if one.high is not None]
    if not lows or not highs or max(lows) <= min(highs):
        low, high = max(lows, default=None), min(highs, default=None)
    else:
        low = min(lows) if len(lows) == len(last) else None
        high = max(highs) if len(highs) == len(last) else None
    return Standing(event, low, high, best_of(last), last)


def best_of(last: Sequence[Statement]) -> Number | None:
    """Return the one number to give where one must be given: that of the first statement of the last article."""
    first = last[0]
    for bound in (first.value, first.low, first.high):
        if bound is not None:
            return bound
    return None
