"""Which figures count what an event did: those told beside it, and those that go on with it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from newsnlp.happenings.story import HARM
from newsnlp.happenings.words import word_list
from newsnlp.records import TollRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.happenings.story import Happening
    from newsnlp.records import Figure

REACH = 6
"""How many sentences after the last one about it an event is still counted."""
CROWD = frozenset({"protesting", "injured", "arrested", "killed", "deployed"})
OWN = {
    "arrest": {"arrested"},
    "crime": {"killed", "injured", "affected", "attacked", "sick"},
    "death": {"killed"},
    "deployment": {"deployed"},
    "election": {"voting"},
    "epidemic": {"sick", "killed", "hospitalised", "affected"},
    "kidnapping": {"kidnapped", "released", "killed", "missing", "rescued"},
    "layoff": {"dismissed"},
    "protest": CROWD,
    "riot": CROWD | {"destroyed", "affected"},
    "strike": {"striking", "protesting", "affected"},
    "trial": {"sentenced", "arrested"},
}
"""What figures count of types that do more, or less, than harm."""


def counts(kind: str, event: str) -> bool:
    """Whether a figure's event is one of those that a type of happening makes."""
    own = OWN.get(kind)
    if own is not None:
        return event in own
    harm = kind in HARM and event in word_list("counts", "any_harm")
    return harm or (
        kind in ("attack", "explosion", "battle") and event in word_list("counts", "violence") - {"arrested"}
    )


def give_figures(
    happenings: Sequence[Happening],
    figures: Sequence[Figure],
    starts: Sequence[int],
    main: Happening | None,
) -> None:
    """Set `figures` on the events of a text."""
    told = sorted(
        ((telling.start, telling.index, one) for one in happenings for telling in one.tellings),
        key=lambda item: item[0],
    )
    offsets = [item[0] for item in told]
    for number, figure in enumerate(figures):
        if (
            figure.event is None
            or figure.value_max == 0
            or figure.toll_role is TollRole.CUMULATIVE
            or figure.kind not in ("count", "percent")
        ):
            continue
        index = bisect_right(starts, figure.start) - 1
        chosen = _chosen(figure, index, told, bisect_right(offsets, figure.start), main)
        if chosen is not None:
            chosen.figures.append(number)


def _may_count(one: Happening, figure: Figure, event: str) -> bool:
    """Whether a figure may be of an event: not ``En 2025, les violences ont fait 3 800 morts`` of a later attack."""
    begins = [span.begin for span, _ in one.spans]
    earlier = figure.when_end is not None and bool(begins) and figure.when_end < min(begins)
    return counts(one.kind, event) and not earlier


def _chosen(
    figure: Figure, index: int, told: Sequence[tuple[int, int, Happening]], number: int, main: Happening | None
) -> Happening | None:
    event = str(figure.event)
    inside = [item for item in told[max(0, number - REACH) : number + REACH] if item[1] == index]
    fitting = [item for item in inside if _may_count(item[2], figure, event)]
    if fitting:
        return min(fitting, key=lambda item: abs(item[0] - figure.start))[2]
    before = [item for item in told[max(0, number - REACH) : number] if item[1] < index]
    if any(item[2].is_past for item in inside):
        return None
    for item in reversed(before):
        if index - item[1] > REACH:
            break
        if _may_count(item[2], figure, event) and (not item[2].is_past or index - item[1] <= 1):
            return item[2]
    if main is not None and _may_count(main, figure, event) and index < main.first.index + REACH:
        return main
    return None
