"""The statements of several articles on one event, brought together: what is a part, what is old, what stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from newsnlp.counts.others import set_apart
from newsnlp.counts.roles import PART, PREVIOUS, TOTAL
from newsnlp.counts.signs import SENTENCE
from newsnlp.lexicons import pattern, word_set
from newsnlp.records import FigureEvent

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from newsnlp.counts.statements import Statement
    from newsnlp.records import Number
    from newsnlp.tables.cells import Row

_CORRECTS = pattern(r"(?:<dossiers_tolls.corrections.words>)\b")
_LOWERS = pattern(r"(?:<dossiers_tolls.corrections.lowering>)\b")
_CONTRAST = pattern(r"(?:<dossiers_tolls.sayers.contrast>)")
_TOLL = re.compile(r"\b(?:bilan|décompte|port(?:ant|ait|é)|en étai(?:t|ent) à)\b[^.;:]*$")
_RAISES = re.compile(
    r"\b(?:port(?:e|ent|ant|é|ait)|pass(?:e|ent|ant|é)|mont(?:e|ent|ant|é))\b[^.;:]*\bà (?:plus de |au moins )?$"
)
_WAS = pattern(r"\b(?:<dossiers_tolls.older.was_saying>) (?:plus de |près de |encore |alors |d[e'] ?)*$")
_STILL = re.compile(r"\b(?:restent?|demeurent?|toujours|encore|plus que|désormais)\b")
SAME = 5
"""A number from this on that is told twice is one toll, whatever else is told of it."""
_NEAR = 60
"""How many characters before a number the words of a toll may stand."""
# The dead and those saved do not become fewer; those missing, held or in hospital do.
_RISING = frozenset({FigureEvent.KILLED, FigureEvent.INJURED, FigureEvent.RESCUED, FigureEvent.SICK})
_FALLING = frozenset(
    {
        *(FigureEvent.MISSING, FigureEvent.KIDNAPPED, FigureEvent.HOSPITALISED),
        *(FigureEvent.DISPLACED, FigureEvent.EVACUATED),
    }
)


@dataclass(slots=True)
class State:
    """What one article says of one event (killed, injured …) as a whole: its totals, brought together."""

    event: str
    low: Number | None
    high: Number | None
    best: Number | None
    lead: Statement
    differing: list[Statement]
    """The statements that cannot all hold, one a number; just the lead where they can."""

    @property
    def bounds(self) -> tuple[Number | None, Number | None, Number | None]:
        """Low, best and high: of a word that says no number (*des dizaines*) the least that it can mean."""
        if self.low is None and self.high is None:
            low = self.lead.row["value_min"]
            return low, low, self.lead.row["value_max"]
        return self.low, self.best, self.high


def reconcile(told: Sequence[tuple[Row, list[Statement]]]) -> list[State]:
    """Set the roles of statements that only the other ones tell, and return each state of each toll, in order.

    ``told`` are the articles of one story with their statements, in order of publication. The last state of an event
    is the one that stands.
    """
    set_apart(told)
    states: list[State] = []
    for event in dict.fromkeys(one.event for _, statements in told for one in statements):
        history: list[Statement] = []
        for _, statements in told:
            mine = [one for one in statements if one.event == event]
            state = brought_together(mine, history)
            states += [state] if state is not None else []
            history += [one for one in mine if one.role == TOTAL and not one.is_vague]
    return states


def brought_together(mine: Sequence[Statement], history: Sequence[Statement] = ()) -> State | None:
    """Set the roles that the statements of one article on one event tell of each other; return what they say in all.

    ``history`` are the totals of earlier articles. None where nothing is told that these do not tell.
    """
    _compare(mine, history)
    _date(mine, history)
    totals = [one for one in mine if one.role == TOTAL]
    # A word that says no number counts only until one is said.
    numbers = [one for one in totals if not one.is_vague] or ([] if history else totals)
    return _state(numbers[0].event, _said_so(numbers)) if numbers else None


def _said_so(numbers: list[Statement]) -> list[Statement]:
    """Return the totals that an article holds: one number, and those that somebody else says against it.

    What disagrees with headline and lead, and nobody is named for, is more often misread, or of others.
    """
    main = _main_of([one for one in numbers if one.top] or numbers)
    return [
        one
        for one in numbers
        if one.agrees(main)
        or one.source not in (None, main.source)
        or (one.source is None and _CONTRAST.search((one.row["sentence"] or "")[:SENTENCE]))
    ]


def _compare(mine: Sequence[Statement], history: Sequence[Statement]) -> None:
    """Tell, of the totals of one article, which are parts of others and which are those of earlier articles."""
    totals = [one for one in mine if one.role == TOTAL and not one.is_vague]
    if not totals or _is_still(totals):
        return
    main = _corrected(totals) or _main_of(totals)
    if _beside_vague(main, mine):
        main.role = PART
        return
    told_before = {one.top for one in history}
    latest = history[-1].top if history else None
    sources = {one.source for one in totals if one.agrees(main)}
    added_up = _added_up(totals, main)
    for one in totals:
        if one is main or one.agrees(main):
            continue
        if id(one) in added_up:
            one.role = PART
            continue
        again = one.top in told_before and (one.top >= SAME or one.top == latest)
        if one.top > main.top:
            lowered = _LOWERS.search(main.row["sentence"] or "") and not _differs(one, main, sources)
            if lowered or (again and not one.source and one.top == latest and _corrects(mine)):
                one.role, one.superseded_by = PREVIOUS, main.row["figure"]
        elif one.top and one.row["figure"] is None:
            one.role = PREVIOUS  # "un quatrième puis un cinquième corps"
        elif one.top and not _differs(one, main, sources):
            was = _TOLL.search(one.left[-_NEAR:]) or _WAS.search(one.left[-_NEAR:]) or _is_raised(one, main)
            older = one.is_general and (again or was)
            one.role, one.superseded_by = (PREVIOUS, main.row["figure"]) if older else (PART, None)
    _after(main, history, corrects=_corrects(mine))


def _is_raised(one: Statement, main: Statement) -> bool:
    """``sept morts … un corps a été dégagé, ce qui porte le bilan à huit``."""
    return one.row["start"] < main.row["start"] and _RAISES.search(main.left[-_NEAR:]) is not None


def _added_up(totals: Sequence[Statement], main: Statement) -> set[int]:
    """``quatorze corps à Mbour, sept à Joal et quatre à Nianing``: of one sentence, and the toll together."""
    found: set[int] = set()
    for start in dict.fromkeys(one.row["sentence_start"] for one in totals):
        members = [one for one in totals if one.row["sentence_start"] == start and one is not main and one.top]
        if len(members) > 1 and sum(one.top for one in members) == main.top:
            found |= {id(one) for one in members}
    return found


def _is_still(totals: Sequence[Statement]) -> bool:
    """``Sur neuf captifs, trois sont libres ; six restent aux mains des rebelles``: what is still so is the toll."""
    still = [one for one in totals if _STILL.search(f"{one.left[-30:]} {one.right[:_NEAR]}")]
    if totals[0].event not in _FALLING or not still or still[-1] is totals[0] or still[-1].top >= totals[0].top:
        return False
    now = still[-1]
    for one in totals:
        if one.top > now.top and one.source in (None, now.source):
            one.role, one.superseded_by = PREVIOUS, now.row["figure"]
    return True


def _corrected(totals: Sequence[Statement]) -> Statement | None:
    """``Lundi, les autorités ont revu le bilan à la baisse, à 29 morts``: lower than the headline, and what holds."""
    lower = [
        one
        for one in totals
        if one.is_general
        and one.event in _RISING
        and one.top < totals[0].top < 2 * one.top
        and _LOWERS.search(one.row["sentence"] or "")
    ]
    return lower[-1] if lower else None


def _main_of(totals: Sequence[Statement]) -> Statement:
    """Return the number that the others are compared with: of headline and lead, the largest of one source."""
    first, *rest = [one for one in totals if one.lead] or totals
    for one in rest:
        # "restent treize disparus … le collectif en cherche plus de 50": what another says is no whole of it.
        elsewhere = one.source is not None and first.source is None and first.is_general and not first.is_vague
        if one.top > first.top and not (elsewhere and one.is_general) and not _differs(one, first, {first.source}):
            first = one
    for one in totals:
        # "un corps a été retrouvé, ce qui porte le bilan à dix-huit": newer than headline and lead.
        if one.top > first.top and one.source in (None, first.source) and _RAISES.search(one.left[-_NEAR:]):
            first = one
    return first


def _beside_vague(main: Statement, mine: Sequence[Statement]) -> bool:
    """``des dizaines de blessés … six gendarmes blessés``: some of those whom nobody has counted."""
    # "plusieurs rescapés" are two or more, and eleven may be all of them.
    vague = [
        one
        for one in mine
        if one.role == TOTAL and one.is_vague and (one.row["value_min"] is None or one.row["value_min"] >= main.top)
    ]
    return bool(vague) and not main.is_general and vague[0].row["start"] < main.row["start"]


def _after(main: Statement, history: Sequence[Statement], *, corrects: bool) -> None:
    """Tell whether an article's own number is an old one, or of some: the dead do not become fewer without a word."""
    if main.event not in _RISING or not history or not 0 < main.top < history[-1].top or corrects:
        return
    told = [one for one in history if one.top == main.top]
    if told and told[-1] is not history[-1] and not main.source:
        main.role = PREVIOUS
        return
    # A report may open with two brothers; half a toll that people of any kind make is a correction.
    share = 4 if main.lead and main.is_general else 2
    if not told and main.top * share < history[-1].top:
        main.role = PART


def _differs(one: Statement, main: Statement, sources: Collection[str | None]) -> bool:
    """Whether two numbers are those of two sources, not one of some of the other's.

    ``sources`` are those of the number that it is compared with.
    """
    soldiers = {one.noun, main.noun} <= word_set("dossiers_tolls.classes.soldiers")
    alike = one.is_general or one.noun == main.noun or soldiers
    if not alike or one.source is None or one.source in sources:
        return False
    told = one.row["sentence"]  # of records without one, the names of sources are all that tells
    if not told or any(source is not None for source in sources):
        return True
    return any(_CONTRAST.search((said.row["sentence"] or "")[:SENTENCE]) for said in (one, main))


def _corrects(statements: Sequence[Statement]) -> bool:
    return any(_CORRECTS.search((one.row["sentence"] or "")[:SENTENCE]) for one in statements)


def _date(mine: Sequence[Statement], history: Sequence[Statement]) -> None:
    """Give older tolls their day: what their words say, or that of the last article that told them."""
    for one in mine:
        if one.role != PREVIOUS:
            continue
        begin, end = one.row.get("when_begin"), one.row.get("when_end")
        published = None if one.moment is None else one.moment.date().isoformat()
        if end and begin == end and (published is None or end <= published):
            one.as_of = str(end)[:10]
            continue
        earlier = [old.moment for old in history if old.top == one.top and old.moment is not None]
        if earlier:
            one.as_of = earlier[-1].date().isoformat()


class Told(Protocol):
    """Whatever bounds a number."""

    @property
    def low(self) -> Number | None:
        """The least that it can be."""

    @property
    def high(self) -> Number | None:
        """The most that it can be."""

    @property
    def value(self) -> Number | None:
        """The number itself, where it is told."""


def merged(told: Sequence[Told]) -> tuple[Number | None, Number | None, Number | None, bool]:
    """Return what statements say together, its low, high and best, and whether they agree.

    Two numbers that can both hold are one: of *au moins sept morts* and *sept corps* it is seven. Of two that cannot,
    the lowest and the highest bound; the best is then what was told first.
    """
    told = [one for one in told if one.low or one.high] or told  # "aucun mort", somebody says, beside those found
    first = next((bound for bound in (told[0].value, told[0].low, told[0].high) if bound is not None), None)
    lows = [one.low for one in told if one.low is not None]
    highs = [one.high for one in told if one.high is not None]
    if not lows or not highs or max(lows) <= min(highs):
        known = next((one.value for one in told if one.value is not None), first)
        return max(lows, default=None), min(highs, default=None), known, True
    # A side that one leaves open is open, unless the number of another lies beyond: "au moins 52", and 60.
    low = min(lows) if len(lows) == len(told) or min(lows) <= min(highs) else None
    high = max(highs) if len(highs) == len(told) or max(highs) >= max(lows) else None
    return low, high, first, False


def _state(event: str, totals: Sequence[Statement]) -> State:
    told = [one for one in totals if one.top] or totals
    low, high, best, agree = merged(told)
    if agree:
        return State(event, low, high, best, told[0], [told[0]])
    differing = list({(one.low, one.high): one for one in reversed(told)}.values())
    differing.sort(key=lambda one: one.row["start"])
    return State(event, low, high, best, told[0], differing)
