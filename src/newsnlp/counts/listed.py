"""What an article leaves to add: members of one list (*sept blessés graves et quatre légers*), what is added."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.counts.roles import CUMULATIVE, INCREMENT, PART, TOTAL
from newsnlp.lexicons import word_set
from newsnlp.record_kinds import LIST_SEPARATOR
from newsnlp.records import ChangeRole, FigureEvent, TollRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsnlp.counts.statements import Statement
    from newsnlp.records import Number
    from newsnlp.tables.cells import Row

_JOINT = re.compile(
    r"[^.;:\d]{0,70}?(?:,| et| ainsi que|(?P<more>,? en plus d(?:es|e|u)?))(?: les| des| de| d'| autres?)?\s*$"
)
_SOME = re.compile(r",? dont un(?:e)? (?:\w+ )?(?:grave|grièvement|légèrement|sérieusement)\b")
_GRADE = re.compile(r"^[^.;:,\d]{0,30}\b(?:graves?|grièvement|légers?|légères?|légèrement|sérieusement)\b")
_VERB = re.compile(r"\b(?:a|ont|est|sont|selon|contre|été|à|dont|soit|puis|après|avant|mais)\b")


def sums_of(statements: Sequence[Statement]) -> list[Statement]:
    """Return a statement for the first list of each event that has no total of its own; its members are parts."""
    made = []
    for event in dict.fromkeys(one.event for one in statements):
        mine = [one for one in statements if one.event == event]
        has_total = any(one.role == TOTAL and not one.is_vague for one in mine)
        members = _graded_in(mine) or (_sorts_in(mine) if has_total else _list_in(mine))
        if members:
            made.append(sum_of(members))
            for one in members:
                one.role = PART
    return made


def _list_in(mine: Sequence[Statement]) -> list[Statement]:
    """Return the first numbers that follow each other as members of one list."""
    told = [one for one in mine if one.row["figure"] is not None]
    alone = len(told) == 1 and told[0].event != FigureEvent.HOSPITALISED  # "douze sont en réanimation"
    if alone and _is_member(told[0]) and told[0].role == PART and not told[0].is_general:
        told[0].role = TOTAL  # "quatre policiers légèrement blessés", and nobody else
    return next(lists_in([one for one in mine if _is_member(one)], mine), [])


def _graded_in(mine: Sequence[Statement]) -> list[Statement]:
    """Return the members of ``10 blessés graves et 13 blessés légers``, where no other number tells how many in all."""
    for left, right in pairwise([one for one in mine if one.row["figure"] is not None]):
        graded = _GRADE.match(left.right) and _GRADE.match(right.right) and is_listed(left.row, right.row)
        if graded and left.event == FigureEvent.INJURED and None not in (left.low, right.low):
            whole = (left.low or 0) + (right.low or 0)
            others = (one for one in mine if one not in (left, right) and one.role == TOTAL and not one.is_vague)
            return [] if any(one.top >= whole for one in others) else [left, right]
    return []


def _sorts_in(mine: Sequence[Statement]) -> list[Statement]:
    """Return the members of ``19 civils et quatre policiers ont été tués``: people of sorts, and nobody else."""
    totals = [one for one in mine if one.role == TOTAL and not one.is_vague]
    nouns = {one.noun for one in totals}
    of_sorts = not any(one.is_general or one.low is None for one in totals) and len(nouns) == len(totals) > 1
    if not of_sorts or not nouns.isdisjoint(word_set("dossiers_tolls.nouns.attackers")):
        return []
    listed = all(is_listed(left.row, right.row) for left, right in pairwise(totals))
    return totals if listed else []


def added_up(statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements of one toll with the members of each list, and what is added to a number, as one.

    ``3 000 soldats supplémentaires, en plus des 40 000``, ``Douze sont morts. Deux autres décès ont été signalés``.
    """
    by_number = {one.row["figure"]: one for one in statements if one.row["figure"] is not None}
    sums: list[list[Statement]] = []
    taken: set[int] = set()
    for one in statements:
        base = by_number.get(one.row.get("baseline", -1)) if one.row.get("change") == ChangeRole.BY else None
        if base is not None and base is not one and taken.isdisjoint((id(one), id(base))):
            sums.append([one, base])
            taken |= {id(one), id(base)}
    rest = [one for one in statements if id(one) not in taken]
    whole = [one for one in rest if one.row["part_of"] is None]
    lists = list(lists_in([one for one in whole if one.role in (TOTAL, CUMULATIVE)], whole))
    of_list = {id(one): members for members in lists for one in members}
    told: list[list[Statement]] = []
    for one in rest:
        members = of_list.get(id(one))
        if members is not None:
            told += [members] if members[0] is one else []
        elif one.row.get("toll_role") == TollRole.INCREMENT and one.role == INCREMENT:
            if told and told[-1][-1].role != PART and is_of_place(told[-1][-1].row, one.row):
                told[-1] = [*told[-1], one]
            else:
                told.append([one])
        else:
            told.append([one])
    return [members[0] if len(members) == 1 else sum_of(members) for members in (*sums, *told)]


def lists_in(members: Sequence[Statement], told: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Yield the lists that some statements make, of those that follow each other in the text."""
    may = {id(one) for one in members}
    found: list[Statement] = []
    for left, right in pairwise([one for one in told if one.row["figure"] is not None]):
        if id(left) in may and id(right) in may and is_listed(left.row, right.row):
            found += [right] if found else [left, right]
        elif found:
            yield found
            found = []
    if found:
        yield found


def is_of_place(first: Row, second: Row) -> bool:
    """Whether two figures may be of one place."""
    return first["place"] is None or second["place"] is None or first["place"] == second["place"]


def is_listed(first: Row, second: Row) -> bool:
    """``sept blessés graves et quatre légers``, ``40 Israéliens, deux Américains``: members of one list."""
    if (
        first["sentence"] is None
        or first["sentence_start"] != second["sentence_start"]
        or not is_of_place(first, second)
    ):
        return False
    alike = ("toll_role", "source", "status")
    if any(first.get(column) != second.get(column) for column in alike) or first.get("change") or second.get("change"):
        return False
    at = first["sentence_start"]
    between = first["sentence"][first["end"] - at : second["start"] - at]
    # "trois blessés dont un grave et six blessés légers"
    between = _SOME.sub("", between, count=1)
    match = _JOINT.fullmatch(between)
    return match is not None and (match["more"] is not None or not _VERB.search(between))


def sum_of(members: Sequence[Statement]) -> Statement:
    """Return what numbers come to; ``members`` of its row are the rows of their figures."""
    first = members[0]
    row = first.row | {"figure": None, "text": LIST_SEPARATOR.join(str(one.row["text"]) for one in members)}
    row["members"] = [one.row for one in members]
    low, high, value = (_total([getattr(one, bound) for one in members]) for bound in ("low", "high", "value"))
    return replace(first, row=row, low=low, high=high, value=value, role=TOTAL)


def _is_member(one: Statement) -> bool:
    # What the figures tell as a total, and only its words as some: those hurt badly, those hurt lightly.
    whole = one.row.get("toll_role") == TollRole.TOTAL and one.row["part_of"] is None
    return whole and one.role in (PART, INCREMENT) and one.low is not None


def _total(numbers: Sequence[Number | None]) -> Number | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None
