"""Units lent: *dix ans, dont deux avec sursis*, *25 degrés à Biarritz, 18 à Lille*, *6 des 17 millions d'euros*."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

WITH_UNIT = frozenset({"duration", "money", "percent", "measure"})
IN_PLACES = frozenset({"à", "au", "aux", "en", "dans", "chez", "sur", "près", "pour"})
COLON = frozenset({":"})
NEAR_UNIT = 12
"""How many words may stand between a figure and the one that lends it its unit."""


def borrow_unit(draft: Draft, inside: Sequence[Draft]) -> bool:
    """Take the unit of the figure before, where this one has neither unit nor noun."""
    if not inside or not draft.counts or inside[-1].kind not in WITH_UNIT:
        return False
    # "50 milliards d'euros, dont 33 milliards de prêts": so large a part of a sum is a sum.
    is_sum = inside[-1].kind == "money" and "milli" in draft.quantity.text.lower()
    if not (is_sum or draft.noun_missing) or draft.position - inside[-1].position > NEAR_UNIT:
        return False
    draft.borrow_unit(inside[-1].lender or inside[-1])
    return True


def share_measure(sentence: Sentence) -> Iterator[tuple[Sequence[Draft], Draft]]:
    """Yield the bare numbers that add up to a measure before a colon: *16 km : 11 en ville et 5 de pistes*."""
    colon = sentence.next_from(0, COLON)
    wholes = [draft for draft in sentence.drafts if draft.position < colon]
    if colon >= len(sentence.words) or not wholes or wholes[-1].kind != "measure":
        return
    bare = [
        draft
        for draft in sentence.drafts[len(wholes) :]
        if draft.counts and sentence.low(draft.position + 1) in IN_PLACES | {"de", "d'"}
    ]
    if len(bare) > 1 and sum(draft.value or 0 for draft in bare) == wholes[-1].value:
        for draft in bare:
            draft.borrow_unit(wholes[-1])
        yield bare, wholes[-1]


def is_another_rate(draft: Draft, inside: Sequence[Draft]) -> bool:
    """``1,9 enfant par femme en France, 1,3 en Espagne``: a decimal without noun after a rate."""
    if not inside or inside[-1].kind != "ratio" or not draft.noun_missing or draft.value is None:
        return False
    return draft.value % 1 != 0


def lend_in_list(draft: Draft, inside: Sequence[Draft]) -> bool:
    """``25 degrés à Biarritz, 18 à Lille``, ``300 ha brûlés à Saint-Magne et 20 à Cabanac``: one unit for all."""
    sentence, previous = draft.sentence, inside[-1] if inside else None
    if previous is None or not draft.noun_missing or not draft.counts or previous.kind not in ("measure", "money"):
        return False
    between = sentence.lows(previous.noun_end, draft.position)
    after = sentence.low(draft.position + 1)
    # "10 km de course, 40 de vélo"
    placed = (after in IN_PLACES and set(between) & IN_PLACES) or (after in ("de", "d'") and between[:1] == (after,))
    if len(between) > NEAR_UNIT or between[-1:] not in ((",",), ("et",), ("puis",)) or not placed or ";" in between:
        return False
    draft.borrow_unit(previous.lender or previous)
    draft.unit_listed = True
    draft.because("unit.list")
    return True
