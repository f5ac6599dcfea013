"""What changed: the ends of a change, the difference, the factor, which way it went, and the figure compared with."""

from __future__ import annotations

import functools
from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.grammar.nouns import noun_classes, words
from newsnlp.grammar.words import context_words
from newsnlp.lexicons import word_set
from newsnlp.lexicons import words as listed
from newsnlp.records import ChangeRole, Direction, Kind

if TYPE_CHECKING:
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

OF = frozenset({"de", "d'", "du"})
MORE = frozenset({("de", "plus"), ("en", "plus")})
LESS = frozenset({("de", "moins"), ("en", "moins")})
POINTS = frozenset({"point", "points", "pt", "pts"})
GATE = frozenset({"contre", "plus", "moins", "fois", "lieu", "après", "+"})
BREAKS = frozenset({",", ";", ":", "(", ")", "«", "»", "."})
BEFORE_OBJECT = frozenset({"pour", "désormais", "soit", "et", ",", "à", "(", ")"})
MEASURED = (Kind.PERCENT, Kind.MONEY)
WITHOUT_CHANGE = (Kind.SCORE, Kind.RANK)
LENGTHS = frozenset({"m", "km", "cm", "mm", "mi"})
# How many words may stand between a figure and the word of change that it belongs to, and between two ends of one.
REACH = 12
REACH_OF_COUNTS = 3
REACH_OF_LEVEL = 6
BETWEEN_ENDS = 9
AFTER = 8


class Move(NamedTuple):
    """A word of change: which way the quantity goes where the word tells, whether it is a noun, how far off it is."""

    direction: Direction | None
    is_noun: bool
    distance: int
    word: str


def find_changes(sentence: Sentence) -> None:
    """Set `change`, `direction` and `baseline` on the figures of one sentence."""
    gate = sentence.remember("changes", lambda: not sentence.vocabulary.isdisjoint(_gate()))
    if not gate and not any(draft.kind is Kind.PERCENT for draft in sentence.drafts):
        return
    drafts = [draft for draft in sentence.drafts if draft.kind not in WITHOUT_CHANGE]
    for draft in drafts:
        if draft.change is None:
            _ = (
                _read_factor(draft)
                or _read_more_or_less(draft)
                or _read_of(draft)
                or _read_level(draft)
                or _read_gain(draft)
                or _read_sign(draft)
            )
    for left, right in pairwise(drafts):
        _compare(left, right)


@functools.cache
def _gate() -> frozenset[str]:
    return GATE | word_set("figures_changes.compared.more") | frozenset({*_moves(), *_gains()}) - {"été"}


@functools.cache
def _moves() -> dict[str, tuple[Direction | None, bool]]:
    """Return the words of change: form → which way, and whether it is a noun."""
    found: dict[str, tuple[Direction | None, bool]] = {}
    for table, direction in (("either", None), ("up", Direction.UP), ("down", Direction.DOWN)):
        found |= dict.fromkeys(_verbs(table), (direction, False))
        found |= dict.fromkeys(listed(f"figures_changes.{table}.nouns"), (direction, True))
    return found


@functools.cache
def _gains() -> dict[str, Direction]:
    """Return the words that take a percentage or points as their object."""
    return dict.fromkeys(_verbs("gained"), Direction.UP) | dict.fromkeys(_verbs("lost"), Direction.DOWN)


@functools.cache
def _verbs(table: str) -> frozenset[str]:
    place = "figures_changes."
    forms = set(listed(f"{place}{table}.forms"))
    for group in ("er", "ir"):
        forms |= {a + b for a, b in product(listed(f"{place}{table}.{group}"), listed(f"{place}endings.{group}"))}
    return frozenset(forms)


def _set(draft: Draft, change: ChangeRole, direction: Direction | None, baseline: Draft | None = None) -> bool:
    draft.change, draft.direction, draft.baseline = change, direction, baseline
    draft.because(f"change.{change.value}")
    return True


def _move_before(draft: Draft, end: int, reach: int) -> Move | None:
    """Return the nearest word of change left of a position, in the same clause."""
    sentence = draft.sentence
    for step in range(end - 1, max(-1, end - 1 - reach), -1):
        low = sentence.low(step)
        if not low or low in BREAKS:
            return None
        if low in _moves():
            return Move(*_moves()[low], end - 1 - step, low)
    return None


def _read_factor(draft: Draft) -> bool:
    """``divisé par trois``, ``deux fois et demie plus``."""
    sentence, position = draft.sentence, draft.position
    if draft.kind is not Kind.RATIO or draft.quantity.share:
        return False
    if sentence.low(position - 1) == "par":
        move = _move_before(draft, position - 1, REACH_OF_COUNTS)
        return move is not None and _set(draft, ChangeRole.TIMES, move.direction)
    after = sentence.lows(position + 1, position + 1 + REACH_OF_COUNTS)
    if "fois" not in after and "fois" not in draft.quantity.text:
        return False
    degree = next((low for low in after if low in ("plus", "moins") or low.startswith(("supér", "infér"))), None)
    if degree is None:
        return False
    return _set(draft, ChangeRole.TIMES, Direction.DOWN if degree.startswith(("moins", "infér")) else Direction.UP)


def _read_more_or_less(draft: Draft) -> bool:
    """``deux points de plus``, ``soit 15 de moins``, ``3 000 soldats supplémentaires, en plus des 40 000``."""
    sentence = draft.sentence
    end = max(draft.position + 1, draft.noun_end)
    end += sentence.low(end) in POINTS
    after, following = sentence.lows(end, end + 2), sentence.lows(end + 2, end + 4)
    if after[:1] and after[0] in word_set("figures_changes.compared.more"):
        direction = Direction.UP
    elif after in MORE | LESS and not OF & set(following[:1]) and following not in (("en", "plus"), ("en", "moins")):
        direction = Direction.DOWN if after in LESS else Direction.UP
    else:
        return False
    if draft.kind is Kind.AGE:
        return False
    return _set(draft, ChangeRole.BY, direction, _compared_with(draft, end) or _level_before(draft))


def _compared_with(draft: Draft, start: int) -> Draft | None:
    """``deux de plus que les 31 de la veille``, ``en plus des 40 000``: the figure right after *que* or *des*."""
    sentence = draft.sentence
    for step in range(start, start + REACH):
        other = sentence.draft_at(step)
        if other is not None:
            before = sentence.lows(step - 2, step)
            joined = {"que", "qu'", "des", "aux"} & set(before)
            return other if joined and (other.kind is draft.kind or other.noun_missing) else None
        if sentence.low(step) in BREAKS - {","}:
            return None
    return None


def _level_before(draft: Draft) -> Draft | None:
    """``840 malades, soit 15 de moins``: the figure of the same kind that a difference is told of."""
    other = draft.before if draft.kind is Kind.DURATION else _before_durations(draft)
    return other if other is not None and other.kind is draft.kind and other.part_by is None else None


def _before_durations(draft: Draft) -> Draft | None:
    """``augmenter de 2 millions en 9 ans pour atteindre 60``: the figure before, past one that tells the time."""
    other = draft.before
    return other.before if other is not None and other.kind in (Kind.DURATION, Kind.AGE) else other


def _read_of(draft: Draft) -> bool:
    """``recule de 4,2 %``, ``une hausse de 12 %``; ``passe de 16 à 21 %``."""
    sentence, position = draft.sentence, draft.position
    step = position - 1
    if sentence.low(step) not in OF:
        return False
    apart = sentence.low(step - 1) == ","  # "revu à la baisse, de 31 à 28 morts"
    move = _move_before(draft, step - apart, 1 if apart else REACH if draft.kind in MEASURED else REACH_OF_LEVEL)
    if move is None or move.word in word_set("figures_changes.loose.other"):
        return False
    end = _other_end(draft)
    if end is not None:
        way = _way(draft, end)
        if way is Direction.UP and move.direction is Direction.DOWN:  # "réduit de 10 % à 19 %": by so much
            return _set(draft, ChangeRole.BY, move.direction) and _set(end, ChangeRole.BY, move.direction)
        return _set(draft, ChangeRole.FROM, way) and _set(end, ChangeRole.TO, way, draft)
    if move.direction is None or not _may_be_difference(draft, move):
        return False
    return _set(draft, ChangeRole.BY, move.direction, _level_before(draft) if sentence.low(step - 2) == "en" else None)


def _may_be_difference(draft: Draft, move: Move) -> bool:
    if draft.kind is Kind.AGE or draft.unit in LENGTHS:
        return False
    if draft.kind in MEASURED:
        return True
    start = draft.position - 1 - move.distance
    # "ramener un échantillon de 60 grammes": of the thing, not of the change.
    of_thing = {"un", "une"} & set(draft.sentence.lows(start, draft.position - 1))
    return move.distance <= REACH_OF_COUNTS and not of_thing and move.word not in word_set("figures_changes.loose")


def _other_end(draft: Draft) -> Draft | None:
    """``de 16 à 21 %``, ``de 12 morts en 2019 à 20 en 2020``: the figure after *à* that the change ends at."""
    sentence = draft.sentence
    for step in range(draft.position + 1, draft.position + 1 + BETWEEN_ENDS):
        other = sentence.draft_at(step)
        if other is not None:
            to = sentence.low(step - 1) == "à" or sentence.lows(step - 2, step) == ("à", "quelque")
            alike = other.kind is draft.kind and (other.unit == draft.unit or draft.unit is None)
            return other if to and alike else None
        if sentence.low(step) in BREAKS:
            return None
    return None


def _way(first: Draft, last: Draft) -> Direction | None:
    if first.value is None or last.value is None or first.value == last.value:
        return None
    return Direction.UP if last.value > first.value else Direction.DOWN


def _read_level(draft: Draft) -> bool:
    """``ramené à 3 %``, ``bondit de 3 dollars, à 85 dollars``, ``augmenter de 2 % pour atteindre 60``."""
    sentence, position = draft.sentence, draft.position
    before = _before_durations(draft)
    moved = before if before is not None and before.change is ChangeRole.BY else None
    if sentence.low(position - 1) in ("à", "au") and draft.unit not in LENGTHS and draft.kind is not Kind.DURATION:
        apart = sentence.low(position - 2) == ","
        move = _move_before(draft, position - 1 - apart, 1 if apart else REACH_OF_LEVEL)
        if (
            move is not None
            and not move.word.startswith("évolu")
            and draft.kind is not Kind.AGE
            and _leads_to(draft, move)
        ):
            return _set(draft, ChangeRole.TO, move.direction)
        if before is not None and before.change is ChangeRole.BY:
            between = set(sentence.lows(max(before.position + 1, before.noun_end), position))
            if between <= BEFORE_OBJECT | POINTS:
                return _set(draft, ChangeRole.TO, before.direction)
    reached = set(sentence.lows(position - 5, position)) & _verbs("reached")
    return bool(reached) and moved is not None and _set(draft, ChangeRole.TO, moved.direction)


def _leads_to(draft: Draft, move: Move) -> bool:
    """Whether nothing but an object or a date stands from a word of change to *à*."""
    if not move.distance:
        return True
    between = set(draft.sentence.lows(draft.position - 1 - move.distance, draft.position - 1))
    return not (
        move.is_noun or between & (words("prepositions") - OF - {"en", "des"}) or between & {"qui", "que", "qu'"}
    )


def _read_gain(draft: Draft) -> bool:
    """``gagne 1,3 %``, ``a perdu deux points``; ``la croissance est de 0,4 %`` is read with *de*."""
    if draft.kind is not Kind.PERCENT or draft.counted:
        return False
    sentence, position = draft.sentence, draft.position
    for step in range(position - 1, position - 1 - REACH_OF_COUNTS, -1):
        low = sentence.low(step)
        if not low or low in BREAKS or low in ("et", "à"):
            return False
        if low in _gains():
            return _set(draft, ChangeRole.BY, _gains()[low])
    reached = set(sentence.lows(position - 3, position)) & (_verbs("reached") | {"est", "était", "sera"})
    move = _move_before(draft, position, REACH) if reached else None
    growth = move is not None and move.is_noun and move.direction is not None and move.distance > 0
    return growth and move is not None and _set(draft, ChangeRole.BY, move.direction)


def _read_sign(draft: Draft) -> bool:
    """``(+ 12 %)``, ``-3,5 %``: a percentage with its sign."""
    if draft.kind is not Kind.PERCENT or draft.counted:
        return False
    sentence, offset = draft.sentence, draft.quantity.start - draft.sentence.start
    sign = sentence.text[max(0, offset - 2) : offset].strip()[-1:]
    if sign == "+":
        return _set(draft, ChangeRole.BY, Direction.UP)
    negative = (
        draft.value is not None and draft.value < 0 and "à" not in sentence.lows(draft.position - 2, draft.position)
    )
    return negative and _set(draft, ChangeRole.BY, Direction.DOWN)


def _compare(level: Draft, other: Draft) -> None:
    """``63 avions, contre 53 un an plus tôt``, ``2,1 % après 2,9 % en mars``: a level and the one before it."""
    sentence, position, by = other.sentence, other.position, level.change is ChangeRole.BY
    if other.change is not None or (level.kind, level.unit) != (other.kind, other.unit):
        return
    before = sentence.low(position - 1)
    if before == "et" and by and position - max(level.position + 1, level.noun_end) == 1:
        _set(other, ChangeRole.BY, level.direction)  # "des hausses de 300 et 400 millions"
    elif _sets_against(level, other, before):
        after = _after(other)
        dated = not word_set("figures_changes.compared.times").isdisjoint(after) or any(_is_year(low) for low in after)
        bare = not after or not after[0][:1].isalpha()
        if not dated and _are_votes(level):
            return
        level.baseline = level.baseline or other
        if by:
            return
        if dated or (bare and (other.counts or not other.counted)):
            way = level.direction or _way(other, level)
            if level.change is not ChangeRole.FROM:
                _set(level, ChangeRole.TO, way, other)
            _set(other, ChangeRole.FROM, way)


def _sets_against(level: Draft, other: Draft, before: str) -> bool:
    """Whether a preposition compares two figures of one thing."""
    sentence, position = other.sentence, other.position
    if position - level.position > REACH + AFTER:
        return False
    if before == "après":
        return not other.counts and level.counted == other.counted
    instead = sentence.lows(position - 3, position) == ("au", "lieu", "de")
    if not (before == "contre" or instead or "rapport" in sentence.lows(position - 2, position)):
        return False
    return not other.counts or other.noun_missing or (other.counted or "").lower() == (level.counted or "").lower()


def _after(draft: Draft) -> tuple[str, ...]:
    """Return the words after a figure and its noun, up to the next figure."""
    start = max(draft.position + 1, draft.noun_end)
    after = draft.sentence.lows(start, start + AFTER)
    return after[: after.index("#")] if "#" in after else after


def _is_year(low: str) -> bool:
    return len(low) == len("2020") and low.isdigit() and low[:2] in ("18", "19", "20")


def _are_votes(draft: Draft) -> bool:
    counted = (draft.counted or "").lower()
    return counted in noun_classes()["votes"] or counted in context_words("vote", "counted")
