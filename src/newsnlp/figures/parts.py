"""Which figure is a part of which, where the text says so: *dont*, *parmi*, *sur les*, *d'entre eux*, a breakdown."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from newsnlp.figures.events.nouns import strong_noun_event
from newsnlp.grammar.drafts import PartBy
from newsnlp.grammar.nouns import words
from newsnlp.grammar.words import grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence
    from newsnlp.records import Number

WITH_UNIT = frozenset({"duration", "money", "percent", "measure"})
SHAREABLE = frozenset({"count", "money", "measure"})
VAGUE = frozenset({"vague", "more_than", "at_least"})
OF_THE = frozenset({"les", "ces", "ses", "leurs", "un", "total", "de", "des"})
PRONOUNS = frozenset({"eux", "elles", "nous", "ceux-ci", "celles-ci"})
IN_PLACES = frozenset({"à", "au", "aux", "en", "dans", "chez", "sur", "près", "pour"})
AMONG_WHICH = frozenset({("parmi", "lesquels"), ("parmi", "lesquelles")})
# How many words may stand between a part and its whole, by construction.
NEAR_UNIT = 12
NEAR_SIBLING = 3
NEAR_RATIO = 2
OPENING = 3
AFTER_NOUN = 4
REACH = 60
"""How many figures back a whole is looked for; further back, `part_of` stays None (the sentence of WiNER-fr train with
most has 8; measured 2026-11)."""
SEMICOLON = frozenset({";"})


def link_parts(sentence: Sentence, previous: Sequence[Draft]) -> None:
    """Set `parent` on the figures of one sentence; `previous` are those before it, nearest last."""
    inside: list[Draft] = []
    first_part: Draft | None = None
    for draft in sentence.drafts:
        if draft.counts or draft.quantity.share or draft.kind in ("duration", "money"):
            _link(draft, inside, previous, first_part)
        if first_part is None and draft.noun_missing and draft.part_by is PartBy.DONT:
            first_part = draft
        inside.append(draft)
    _link_breakdowns(sentence.drafts)


def _set(draft: Draft, parent: Draft | None, by: PartBy) -> bool:
    if parent is None or parent is draft:
        return False
    draft.parent, draft.part_by = parent, by
    draft.because(by)
    parent.taken += draft.value or 0
    parent.is_total = parent.is_total or by is PartBy.SUR_LES
    return True


def _link(draft: Draft, inside: Sequence[Draft], previous: Sequence[Draft], first_part: Draft | None) -> None:
    sentence = draft.sentence
    left = sentence.lows(draft.position - 3, draft.position)
    if left[-1:] == ("contre",) or left[-2:] == ("lieu", "de"):
        _borrow_unit(draft, inside)  # "182 km/h au lieu de 110"
    elif _is_another_rate(draft, inside):
        draft.borrow_unit(inside[-1])
    elif left[-1:] == ("dont",) or (left[-2:-1] == ("dont",) and left[-1] in _before_part()):
        _link_dont(draft, inside)
    elif left[-2:] in AMONG_WHICH:
        _set(draft, _whole_in(inside, draft), PartBy.PARMI_LESQUELS)
    elif _says_of_them(draft):
        # "65 d'entre eux": the whole stands before, in this sentence or the last.
        larger = [other for other in (*previous, *inside[-REACH:]) if _exceeds(other, draft)]
        _set(draft, _whole_in(larger, draft), PartBy.D_ENTRE)
    else:
        _ = (
            _link_of_the(draft)
            or _link_sibling(draft, inside)
            or _link_next_place(draft, first_part)
            or _lend_in_list(draft, inside)
            or _link_after_noun(draft)
            or _link_opening(draft, previous)
            or _link_most(draft, inside)
        )


@functools.cache
def _before_part() -> frozenset[str]:
    """Return what may stand between *dont* and its part."""
    return words("determiners") | {"au"}


def _whole_in(drafts: Sequence[Draft], part: Draft) -> Draft | None:
    """Return the nearest figure that can be the whole: not smaller, and of the same kind or shareable."""
    for other in reversed(drafts[-REACH:]):
        same = other.kind == part.kind or (part.quantity.share and other.kind in SHAREABLE)
        if same and _can_hold(other, part):
            return other
    return None


def _can_hold(whole: Draft, part: Draft) -> bool:
    if part.quantity.share or part.value is None or whole.value is None:
        return True
    return whole.value >= part.value or whole.quantity.modifier in VAGUE


def _exceeds(whole: Draft, part: Draft) -> bool:
    return whole.value is None or part.value is None or whole.value > part.value or part.quantity.share


def _link_dont(draft: Draft, inside: Sequence[Draft]) -> None:
    """``Cinq soldats, dont un grièvement``, ``dix ans, dont deux avec sursis``, ``8/9 dont 4 penalties``."""
    if _borrow_unit(draft, inside):
        _set(draft, draft.lender, PartBy.DONT)
        return
    if inside and inside[-1].kind == "ratio" and draft.position - inside[-1].position <= NEAR_RATIO:
        _set(draft, inside[-1], PartBy.DONT)
        return
    _set(draft, _whole_in(inside, draft), PartBy.DONT)


def _borrow_unit(draft: Draft, inside: Sequence[Draft]) -> bool:
    """Take the unit of the figure before, where this one has neither unit nor noun."""
    if not inside or not draft.counts or inside[-1].kind not in WITH_UNIT:
        return False
    # "50 milliards d'euros, dont 33 milliards de prêts": so large a part of a sum is a sum.
    is_sum = inside[-1].kind == "money" and "milli" in draft.quantity.text.lower()
    if not (is_sum or draft.noun_missing) or draft.position - inside[-1].position > NEAR_UNIT:
        return False
    draft.borrow_unit(inside[-1])
    return True


def _is_another_rate(draft: Draft, inside: Sequence[Draft]) -> bool:
    """``1,9 enfant par femme en France, 1,3 en Espagne``: a decimal without noun after a rate."""
    if not inside or inside[-1].kind != "ratio" or not draft.noun_missing or draft.value is None:
        return False
    return draft.value % 1 != 0


def _says_of_them(draft: Draft) -> bool:
    """``d'entre eux``, ``parmi eux`` right after the number."""
    right = draft.sentence.lows(draft.position + 1, draft.position + 5)
    pairs = {right[i : i + 2] for i in range(len(right) - 1)}
    return ("d'", "entre") in pairs or right[:2] in (("parmi", "eux"), ("parmi", "elles"))


def _link_of_the(draft: Draft) -> bool:
    """``deux des 30 passagers``, ``12 sur les 17``."""
    sentence = draft.sentence
    right = sentence.lows(draft.position + 1, draft.position + 6)
    target = right.index("#") if "#" in right else 0
    if not target or right[0] not in ("des", "de", "sur", "parmi") or not set(right[1:target]) <= OF_THE:
        return False
    whole = sentence.draft_at(draft.position + 1 + target)
    if whole is None or whole.kind != draft.kind or not _can_hold(whole, draft):
        return False
    return _set(draft, whole, PartBy.OF_THE)


def _link_sibling(draft: Draft, inside: Sequence[Draft]) -> bool:
    """``dont trois enfants et deux femmes``: the second is a part of the same whole."""
    sibling = inside[-1] if inside else None
    if sibling is None or sibling.parent is None or sibling.part_by is not PartBy.DONT:
        return False
    between = draft.sentence.lows(sibling.noun_end, draft.position)
    if not between or len(between) > NEAR_SIBLING or between[-1] not in ("et", ",", "ou"):
        return False
    whole = sibling.parent
    if whole.value is None or draft.value is None or strong_noun_event(draft.counted) is not None:
        return False
    return whole.taken + draft.value <= whole.value and _set(draft, whole, PartBy.DONT)


def _link_next_place(draft: Draft, first: Draft | None) -> bool:
    """``dont trente dans le Kunar, où 1 500 maisons ont été détruites, dix au Nangarhar et neuf à …``."""
    sentence = draft.sentence
    listed = sentence.low(draft.position - 1) in (",", "et") and sentence.low(draft.position + 1) in IN_PLACES
    if not (draft.noun_missing and listed):
        return False
    whole = None if first is None else first.parent
    if whole is None or whole.value is None or draft.value is None or sentence.next_from(0, SEMICOLON) < draft.position:
        return False
    return whole.taken + draft.value <= whole.value and _set(draft, whole, PartBy.DONT)


def _lend_in_list(draft: Draft, inside: Sequence[Draft]) -> bool:
    """``25 degrés à Biarritz, 18 à Lille``, ``300 ha brûlés à Saint-Magne et 20 à Cabanac``: one unit for all."""
    sentence, previous = draft.sentence, inside[-1] if inside else None
    if previous is None or not draft.noun_missing or not draft.counts or previous.kind not in ("measure", "money"):
        return False
    between = sentence.lows(previous.noun_end, draft.position)
    placed = set(between) & IN_PLACES and sentence.low(draft.position + 1) in IN_PLACES
    if len(between) > NEAR_UNIT or between[-1:] not in ((",",), ("et",), ("puis",)) or not placed or ";" in between:
        return False
    draft.borrow_unit(previous)
    draft.unit_listed = True
    draft.because("unit.list")
    return True


def _link_after_noun(draft: Draft) -> bool:
    """``311 sièges sur les 465``: *sur* and another figure right after the noun."""
    sentence = draft.sentence
    for step in range(draft.noun_end, draft.noun_end + AFTER_NOUN):
        low = sentence.low(step)
        if low in ("sur", "parmi"):
            follow = step + 1
            while sentence.low(follow) in OF_THE:
                follow += 1
            whole = sentence.draft_at(follow)
            fits = whole is not None and whole.counts and draft.counts and _can_hold(whole, draft)
            return fits and _set(draft, whole, PartBy.SUR_LES)
        if not low[:1].isalpha():
            return False
    return False


def _link_opening(draft: Draft, previous: Sequence[Draft]) -> bool:
    """``Parmi eux, 5 enfants``, ``Sur les 55 passagers, on retrouve 44 Russes``."""
    sentence = draft.sentence
    opening, first = sentence.lows(0, 2), sentence.drafts[0]
    if not draft.counts or not opening or opening[0] not in ("parmi", "sur"):
        return False
    if opening[0] == "parmi" and opening[-1] in PRONOUNS:
        return _set(draft, _whole_in(previous, draft), PartBy.PARMI_EUX)
    if first is draft or first.position > OPENING or not first.counts or not _can_hold(first, draft):
        return False
    return _set(draft, first, PartBy.PARMI_LES if opening[0] == "parmi" else PartBy.SUR_LES)


def _link_most(draft: Draft, inside: Sequence[Draft]) -> bool:
    """``25 000 foyers sont privés d'électricité, la majeure partie (18 000) en Bretagne``."""
    sentence = draft.sentence
    if not inside or sentence.low(draft.position - 1) != "(" or sentence.low(draft.position + 1) != ")":
        return False
    said = "partie" in sentence.lows(inside[-1].position, draft.position)
    return said and _set(draft, _whole_in(inside, draft), PartBy.MOST)


def _link_breakdowns(drafts: Sequence[Draft]) -> None:
    """``neuf morts : 6 passagers et 3 machinistes``: the parts that add up to the whole right before them."""
    for number, whole in enumerate(drafts[:-2]):
        # Few figures open a breakdown; and of those that do, each is larger than all that stand between it and its end.
        if whole.counts and whole.value and _opens_breakdown(whole, drafts[number + 1]):
            for part in _parts_of(whole, drafts, number + 1):
                _set(part, whole, PartBy.BREAKDOWN)


def _parts_of(whole: Draft, drafts: Sequence[Draft], first: int) -> Sequence[Draft]:
    """Return the figures from `first` on that add up to the whole, two at least; nothing where none do."""
    total: Number = 0
    for number in range(first, len(drafts)):
        part = drafts[number]
        if not part.counts or not part.value or part.value < 0 or part.parent is not None:
            return ()
        total += part.value
        if total == whole.value and number > first:
            return drafts[first : number + 1]
        if total > (whole.value or 0):
            return ()
    return ()


def _opens_breakdown(whole: Draft, first: Draft) -> bool:
    between = whole.sentence.lows(whole.noun_end, first.position)
    if ":" in between or between[-1:] in (("(",), ("soit",), ("–",)):
        return True
    # "les cinq personnes blessées, trois hommes et deux femmes": a noun likely to be broken down right after a comma.
    return between[-1:] == (",",) and (whole.counted or "").lower() in grammar("parts", "generic")
