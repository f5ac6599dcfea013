"""Which figure is a part of which, where the text says so: *dont*, *parmi*, *sur les*, *d'entre eux*, a breakdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.figures.nouns import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.figures.items import Draft, Sentence

AMONG = ("parmi", "dont")
WITH_UNIT = frozenset({"duration", "money", "percent", "measure"})
NEAR = 8
OF_THE = frozenset({"les", "ces", "ses", "leurs", "un", "total", "de", "des"})
PRONOUNS = frozenset(
    {"eux", "elles", "nous", "ceux-ci", "celles-ci", "lesquels", "lesquelles", "desquels", "desquelles"}
)


def link_parts(sentence: Sentence, previous: Sequence[Draft]) -> None:
    """Set `parent` on the drafts of one sentence; `previous` are the figures before it, nearest last."""
    for draft in sentence.drafts:
        if draft.parent is None and (draft.counts or draft.quantity.share or draft.kind == "duration"):
            _link(draft, sentence, previous)
    _link_breakdowns(sentence)


def _before(draft: Draft, sentence: Sentence, previous: Sequence[Draft]) -> list[Draft]:
    return [*previous, *(other for other in sentence.drafts if other.position < draft.position)]


def _countable(drafts: Sequence[Draft], draft: Draft) -> Draft | None:
    """Return the nearest figure before that can be the whole: not smaller, of the same kind, no part itself."""
    for other in reversed(drafts):
        same = other.kind == draft.kind or (draft.quantity.share and other.kind in ("count", "money", "measure"))
        if not same or not _can_hold(other, draft):
            continue
        return other
    return None


def _can_hold(whole: Draft, part: Draft) -> bool:
    if part.quantity.share or part.value is None or whole.value is None:
        return True
    return whole.value >= part.value or whole.quantity.modifier in ("vague", "more_than", "at_least")


def _exceeds(whole: Draft, part: Draft) -> bool:
    return whole.value is None or part.value is None or whole.value > part.value or part.quantity.share


def _set(draft: Draft, parent: Draft | None, rule: str) -> None:
    if parent is not None and parent is not draft:
        draft.parent = parent
        draft.rules.append(rule)


def _link(draft: Draft, sentence: Sentence, previous: Sequence[Draft]) -> None:
    left = sentence.lows(draft.position - 4, draft.position)
    right = sentence.lows(draft.position + 1, draft.position + 6)
    inside = [other for other in sentence.drafts if other.position < draft.position]
    if left[-1:] == ("dont",) and _borrow_unit(draft, inside):
        _set(draft, draft.lender, "part.dont")
        return
    if left[-1:] == ("contre",) or left[-2:] == ("lieu", "de"):
        # "182 km/h au lieu de 110": the unit is that of the first.
        _borrow_unit(draft, inside)
        return
    if left[-1:] == ("dont",) or (len(left) > 1 and left[-2] == "dont" and left[-1] in (*words("determiners"), "au")):
        _set(draft, _countable(inside, draft), "part.dont")
        return
    if left[-2:] in (("parmi", "lesquels"), ("parmi", "lesquelles")) or left[-2:-1] == ("lesquels",):
        _set(draft, _countable(inside, draft), "part.parmi-lesquels")
        return
    if _of_between(right):
        # "65 d'entre eux": the whole stands before, in this sentence or the last.
        before = [other for other in _before(draft, sentence, previous) if _exceeds(other, draft)]
        _set(draft, _countable(before, draft), "part.d-entre")
        return
    target = next((i for i, low in enumerate(right[:5]) if low == "#"), None)
    if target and right[0] in ("des", "de", "sur", "parmi") and set(right[1:target]) <= OF_THE:
        whole = sentence.draft_at(draft.position + 1 + target)
        if whole is not None and whole.kind == draft.kind and _can_hold(whole, draft):
            _set(draft, whole, "part.of-the")
            return
    if _coordinated_with_part(draft, sentence):
        return
    _link_head_noun_on(draft, sentence)
    if draft.parent is None:
        _link_after_opening(draft, sentence, previous)


def _borrow_unit(draft: Draft, inside: Sequence[Draft]) -> bool:
    """``dix ans de prison, dont deux avec sursis``: the part is in the unit of the whole."""
    if not inside or not draft.noun_missing or not draft.counts or inside[-1].kind not in WITH_UNIT:
        return False
    if draft.position - inside[-1].position > NEAR:
        return False
    draft.lender = inside[-1]
    draft.noun_missing = False
    return True


def _of_between(right: Sequence[str]) -> bool:
    joined = " ".join(right[:4])
    return "d' entre " in joined + " " or joined.startswith(("parmi eux", "parmi elles"))


def _coordinated_with_part(draft: Draft, sentence: Sentence) -> bool:
    """``dont trois enfants et deux femmes``: the second is a part of the same whole."""
    before = [other for other in sentence.drafts if other.position < draft.position]
    if not before or before[-1].parent is None or before[-1].parent.sentence is not sentence:
        return False
    sibling = before[-1]
    between = sentence.lows(sibling.noun_end, draft.position)
    if (
        len(between) <= 3
        and between
        and between[-1] in ("et", ",", "ou")
        and sibling.rules
        and "part.dont" in sibling.rules
    ):
        whole = sibling.parent
        if whole is not None and sibling.value is not None and draft.value is not None and whole.value is not None:
            others = sum(
                other.value or 0
                for other in sentence.drafts
                if other.parent is whole and other.position < draft.position
            )
            if others + draft.value <= whole.value and not _has_strong_noun(draft):
                _set(draft, whole, "part.dont")
                return True
    return False


def _has_strong_noun(draft: Draft) -> bool:
    from newsnlp.figures.events_nouns import strong_noun_event

    return strong_noun_event(draft.counted) is not None


def _link_head_noun_on(draft: Draft, sentence: Sentence) -> None:
    """``311 sièges sur les 465``: sur and another figure right after the noun."""
    position = draft.noun_end
    for step in range(position, min(position + 4, len(sentence.items))):
        if sentence.low(step) in ("sur", "parmi"):
            follow = step + 1
            if sentence.low(follow) in words("determiners"):
                follow += 1
            if sentence.low(follow) in ("un", "total"):
                follow += 3
            whole = sentence.draft_at(follow) or sentence.draft_at(follow - 1)
            if whole is not None and whole.counts and draft.counts and _can_hold(whole, draft) and whole is not draft:
                _set(draft, whole, "part.sur-les")
            return
        if sentence.items[step].figure is not None or not sentence.items[step].is_word:
            return


def _link_after_opening(draft: Draft, sentence: Sentence, previous: Sequence[Draft]) -> None:
    """``Parmi eux, 5 enfants``, ``Sur les 55 passagers, on retrouve 44 Russes``, ``25 000 foyers (18 000) ...``."""
    opening = sentence.lows(0, 3)
    if not opening or not draft.counts:
        return
    if opening[0] == "parmi" and opening[1] in PRONOUNS | {"ces", "les"}:
        if opening[1] in PRONOUNS:
            _set(draft, _countable(previous, draft), "part.parmi-eux")
        elif sentence.drafts and sentence.drafts[0] is not draft and sentence.drafts[0].position <= 3:
            _set(draft, sentence.drafts[0], "part.parmi-les")
        return
    first = sentence.drafts[0]
    if opening[0] == "sur" and first is not draft and first.position <= 3 and first.counts and _can_hold(first, draft):
        _set(draft, first, "part.sur-les")
        return
    if sentence.low(draft.position - 1) in ("(", "dont") and sentence.low(draft.position + 1) == ")":
        before = [other for other in sentence.drafts if other.position < draft.position]
        if before and "partie" in sentence.lows(before[-1].position, draft.position):
            _set(draft, _countable(before, draft), "part.majorite")


def _is_generic(whole: Draft) -> bool:
    """A noun that is likely to be broken down right after a comma: *les quatre personnes tuées, trois femmes et ...*."""
    return (whole.counted or "").lower() in (
        "personnes",
        "victimes",
        "morts",
        "blessés",
        "membres",
        "occupants",
        "passagers",
    )


def _link_breakdowns(sentence: Sentence) -> None:
    """``neuf morts : 6 passagers et 3 machinistes``: the parts after a colon or comma that add up to the whole."""
    for number, whole in enumerate(sentence.drafts):
        if not whole.counts or whole.value is None or whole.value < 2:
            continue
        parts = []
        for draft in sentence.drafts[number + 1 :]:
            if not draft.counts or draft.value is None or draft.parent is not None:
                break
            parts.append(draft)
            if len(parts) > 1 and sum(part.value or 0 for part in parts) == whole.value:
                between = sentence.lows(whole.noun_end, parts[0].position)
                if (
                    ":" in between
                    or (between[-1:] in (("(",), ("soit",), ("–",)))
                    or (between[-1:] == (",",) and _is_generic(whole))
                ):
                    for part in parts:
                        _set(part, whole, "part.breakdown")
                break
