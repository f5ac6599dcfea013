"""Members of a list that the article adds up nowhere: *sept blessés graves et quatre légers* are eleven."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.dossiers.counts.roles import INCREMENT, PART, TOTAL
from newsnlp.lexicons import word_set
from newsnlp.record_kinds import LIST_SEPARATOR
from newsnlp.records import TollRole
from newsnlp.tables.tolls import is_listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.dossiers.counts.statements import Statement
    from newsnlp.records import Number


def sums_of(statements: Sequence[Statement]) -> list[Statement]:
    """Return a statement for the list of each event that has no total of its own; its members are parts."""
    made = []
    for event in dict.fromkeys(one.event for one in statements):
        mine = [one for one in statements if one.event == event]
        has_total = any(one.role == TOTAL and not one.is_vague for one in mine)
        members = _sorts_in(mine) if has_total else _list_in(mine)
        if members:
            made.append(_sum(members))
            for one in members:
                one.role = PART
    return made


def _list_in(mine: Sequence[Statement]) -> list[Statement]:
    """Return the first numbers that follow each other as members of one list."""
    told = [one for one in mine if one.row["figure"] is not None]
    if len(told) == 1 and _is_member(told[0]) and told[0].role == PART and not told[0].is_general:
        told[0].role = TOTAL  # "quatre policiers légèrement blessés", and nobody else
    members: list[Statement] = []
    for left, right in pairwise(told):
        if _is_member(left) and _is_member(right) and is_listed(left.row, right.row):
            members += [right] if members else [left, right]
        elif members:
            break
    return members


def _sorts_in(mine: Sequence[Statement]) -> list[Statement]:
    """Return the members of ``19 civils et quatre policiers ont été tués``: people of sorts, and nobody else."""
    totals = [one for one in mine if one.role == TOTAL and not one.is_vague]
    nouns = {one.noun for one in totals}
    of_sorts = not any(one.is_general or one.low is None for one in totals) and len(nouns) == len(totals) > 1
    if not of_sorts or not nouns.isdisjoint(word_set("dossiers_tolls.nouns.attackers")):
        return []
    listed = all(is_listed(left.row, right.row) for left, right in pairwise(totals))
    return totals if listed else []


def _is_member(one: Statement) -> bool:
    # What the figures tell as a total, and only its words as some: those hurt badly, those hurt lightly.
    whole = one.row.get("toll_role") == TollRole.TOTAL and one.row["part_of"] is None
    return whole and one.role in (PART, INCREMENT) and one.low is not None


def _sum(members: Sequence[Statement]) -> Statement:
    first = members[0]
    row = first.row | {"figure": None, "text": LIST_SEPARATOR.join(str(one.row["text"]) for one in members)}
    low, high, value = (_total([getattr(one, bound) for one in members]) for bound in ("low", "high", "value"))
    return replace(first, row=row, low=low, high=high, value=value, role=TOTAL)


def _total(numbers: Sequence[Number | None]) -> Number | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None
