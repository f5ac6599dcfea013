"""Which figure is a part of which, where the text says so: *dont*, *parmi*, *sur les*, *d'entre eux*, a breakdown."""

from __future__ import annotations

import functools
from itertools import chain
from typing import TYPE_CHECKING

from newsnlp.figures.events.nouns import strong_noun_event
from newsnlp.figures.parts.breakdowns import REACH, SEMICOLON, find_breakdowns
from newsnlp.figures.parts.units import IN_PLACES, borrow_unit, is_another_rate, lend_in_list, share_measure
from newsnlp.grammar.drafts import NounBy, PartBy
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import words
from newsnlp.grammar.words import auxiliaries, grammar, verb_forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

SUMS = frozenset({"money", "measure"})
DONT = frozenset({"dont"})
PARMI = frozenset({"parmi"})
DEFINITE = frozenset({"des", "les", "ses", "ces", "leurs"})
ENDS = frozenset({";", ":", "mais", "tandis", "alors", "qui"})
CLAUSE_OPENERS = frozenset({"et", "que", "qu'", "mais"})
LISTED = frozenset({PartBy.DONT, PartBy.INCLUDING, PartBy.PARMI_EUX, PartBy.GRAVER})
SHAREABLE = frozenset({"count", "money", "measure"})
VAGUE = frozenset({"vague", "more_than", "at_least"})
OF_THE = frozenset({"les", "ces", "ses", "leurs", "un", "total", "de", "des"})
# How many words may stand between a part and its whole, by construction.
NEAR_SIBLING = 7
NEAR_RATIO = 2
INTRODUCTION = 8
NEAR_VERB = 8
OPENING = 3
OUTSIDE = 10
AFTER_NOUN = 4


def link_parts(sentence: Sentence, previous: Sequence[Draft]) -> None:
    """Set `parent` on the figures of one sentence; `previous` are those before it, nearest last."""
    inside: list[Draft] = []
    first_part = opened = None
    for parts, whole in chain(find_breakdowns(sentence.drafts, previous), share_measure(sentence)):
        for part in parts:
            _set(part, whole, PartBy.BREAKDOWN)
    for draft in sentence.drafts:
        measured = draft.quantity.share or draft.kind in ("duration", "money")
        if draft.parent is None and (draft.counts or measured):
            _link(draft, inside, previous, first_part, opened)
        if first_part is None and draft.noun_missing and draft.part_by is PartBy.DONT:
            first_part = draft
        opened = draft if _opens(draft) else opened
        inside.append(draft)


def _set(draft: Draft, parent: Draft | None, by: PartBy) -> bool:
    if parent is None or parent is draft or parent.parent is draft:
        return False
    draft.parent, draft.part_by = parent, by
    draft.because(by)
    parent.taken += draft.value or 0
    parent.is_total = parent.is_total or by is PartBy.SUR_LES
    return True


def _link(
    draft: Draft,
    inside: Sequence[Draft],
    previous: Sequence[Draft],
    first_part: Draft | None,
    opened: Draft | None,
) -> None:
    sentence = draft.sentence
    left = sentence.lows(draft.position - 3, draft.position)
    if left[-1:] == ("contre",) or left[-2:] in (("lieu", "de"), ("lieu", "des")):
        borrow_unit(draft, inside)  # "182 km/h au lieu de 110"
    elif is_another_rate(draft, inside):
        draft.borrow_unit(inside[-1])
    elif (by := _introduced(draft)) is not None:
        _link_introduced(draft, inside, previous, by)
    elif _says_of_them(draft):
        _link_of_them(draft, inside, previous)
    else:
        _ = (
            _link_of_the(draft)
            or _link_sibling(draft)
            or _link_next_place(draft, first_part)
            or lend_in_list(draft, inside)
            or _link_after_noun(draft)
            or _link_opened(draft, opened)
            or _link_named(draft, inside, previous)
            or _link_graver(draft, previous)
            or _link_others(draft, inside, previous)
            or _link_only(draft, inside)
            or _link_most(draft, inside)
        )


def _introduced(draft: Draft) -> PartBy | None:
    """Return what introduces a part: ``dont``, ``dont, selon la police,``, ``parmi lesquels figurent``."""
    sentence, position = draft.sentence, draft.position - 1
    for _ in range(INTRODUCTION):
        low = sentence.low(position)
        if low == "," and _introducer_at(sentence, position - 1) is None:
            opener = sentence.last_before(position, COMMA)
            if position - opener > INTRODUCTION or sentence.has_figure(opener, position):
                return None
            position = opener - 1
            return _introducer_at(sentence, position)
        if low != "," and low not in _before_part():
            return _introducer_at(sentence, position)
        position -= 1
    return None


def _introducer_at(sentence: Sentence, last: int) -> PartBy | None:
    """Return what the words introduce that end at a position."""
    found = _introducers()
    return found.get(sentence.low(last)) or found.get(" ".join(sentence.lows(last - 1, last + 1)))


@functools.cache
def _introducers() -> dict[str, PartBy]:
    by = {"dont": PartBy.DONT, "parmi eux": PartBy.PARMI_EUX, "parmi elles": PartBy.PARMI_EUX}
    return by | dict.fromkeys(grammar("parts", "introducing"), PartBy.INCLUDING)


@functools.cache
def _before_part() -> frozenset[str]:
    """Return what may stand between *dont*, *parmi lesquels* and the part."""
    return words("determiners") | grammar("parts", "presenting") | grammar("parts", "presented")


def _whole_in(drafts: Sequence[Draft], part: Draft) -> Draft | None:
    """Return the nearest figure that can be the whole: not smaller, and of the same kind or shareable."""
    for other in reversed(drafts[-REACH:]):
        if other.value == 1 or (other.part_by is PartBy.BREAKDOWN and _verb_between(other, part)):
            continue  # "trois blessés, deux hommes et une femme, ont été soignés, dont un sur place"
        same = other.kind == part.kind or (part.quantity.share and other.kind in SHAREABLE)
        if same and _can_hold(other, part):
            return other
    return None


def _verb_between(first: Draft, second: Draft) -> bool:
    span = second.position - NEAR_VERB, second.position
    here = first.sentence is second.sentence
    return here and not auxiliaries().isdisjoint(second.sentence.lows(max(first.noun_end, span[0]), span[1]))


def _can_hold(whole: Draft, part: Draft) -> bool:
    if part.quantity.share or part.value is None or whole.value is None:
        return True
    return whole.value >= part.value or whole.quantity.modifier in VAGUE


def _exceeds(whole: Draft, part: Draft) -> bool:
    return whole.value is None or part.value is None or whole.value > part.value or part.quantity.share


def _link_introduced(draft: Draft, inside: Sequence[Draft], previous: Sequence[Draft], by: PartBy) -> None:
    """``Cinq soldats, dont un grièvement``, ``dix ans, dont deux avec sursis``, ``8/9 dont 4 penalties``."""
    is_person = draft.sentence.low(draft.position + 1) in words("severity")
    if by is PartBy.DONT and not is_person and borrow_unit(draft, inside):
        _set(draft, draft.lender, by)
        return
    if inside and inside[-1].kind == "ratio" and draft.position - inside[-1].position <= NEAR_RATIO:
        _set(draft, inside[-1], by)
        return
    if by is PartBy.PARMI_EUX or draft.sentence.lows(0, 1) == ("dont",):
        inside = (*previous, *inside)
    if not _follows_plain_noun(draft):
        _set(draft, _whole_in(inside, draft), by)


def _follows_plain_noun(draft: Draft) -> bool:
    """``douze bus ont reçu des pierres dont un pavé``: of the stones, whose number is not told."""
    sentence = draft.sentence
    dont = sentence.last_before(draft.position, DONT)
    if sentence.low(dont - 2) not in DEFINITE or not sentence.low(dont - 1).endswith(("s", "x")):
        return False
    verbs = sentence.lows(dont - 6, dont - 2)
    verbs = verbs[len(verbs) - (*reversed(verbs), "#").index("#") :]
    return not auxiliaries().isdisjoint(verbs)


def _link_of_them(draft: Draft, inside: Sequence[Draft], previous: Sequence[Draft]) -> None:
    """``65 d'entre eux``: the whole stands before, in this sentence or, where this one opens with it, in the last."""
    sentence = draft.sentence
    if draft.kind == "percent":
        return  # of those named last, whose number may not be told
    larger = [other for other in inside[-REACH:] if _exceeds(other, draft)]
    if not larger and (draft.position <= OPENING or sentence.next_from(0, DEFINITE) >= draft.position):
        larger = [other for other in previous if _exceeds(other, draft)]
    _set(draft, _whole_in(larger, draft), PartBy.D_ENTRE)


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
    if right[:2] == ("de", "#"):  # "11 conduites de 65 cm et 5 de 60 cm"
        return False
    whole = sentence.draft_at(draft.position + 1 + target)
    if whole is not None and whole.kind in SUMS and draft.counts and draft.noun_missing:
        draft.borrow_unit(whole)  # "6 des 17 millions d'euros"
    same = whole is not None and (
        whole.kind == draft.kind or (draft.quantity.share and right[0] != "sur" and whole.kind in SHAREABLE)
    )
    if whole is None or not same or not _can_hold(whole, draft):
        return False
    return _set(draft, whole, PartBy.OF_THE)


def _link_sibling(draft: Draft) -> bool:
    """``dont trois enfants et deux femmes``, ``dont trois de 4 à 9 ans et un adulte``: of the same whole."""
    sentence, sibling = draft.sentence, draft.count_before
    if sibling is None or sibling.parent is None or sibling.part_by not in LISTED or not draft.counts:
        return False
    between = sentence.lows(sibling.noun_end, draft.position)
    if not between or len(between) > NEAR_SIBLING or between[-1] not in ("et", ",", "ou", "que"):
        return False
    participles = verb_forms()[0]
    is_clause = between[-2:] == (",", "et") and not participles.keys().isdisjoint(
        sentence.lows(draft.noun_end, draft.noun_end + 2)
    )
    whole = sibling.parent
    if is_clause or not auxiliaries().isdisjoint(between) or whole.value is None or draft.value is None:
        return False
    if strong_noun_event(draft.counted) is not None:
        return False
    return whole.taken + draft.value <= whole.value and _set(draft, whole, sibling.part_by or PartBy.DONT)


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


def _opens(draft: Draft) -> bool:
    """Whether a whole is named for its parts to follow: ``Sur les 55 passagers,``, ``parmi les 12 victimes,``."""
    sentence = draft.sentence
    start = draft.position - 1
    while sentence.low(start) in OF_THE:
        start -= 1
    if start < 0:
        # "Des 150 classes promises, quarante ont ouvert"
        return draft.counts and sentence.low(0) in ("des", "de") and draft.quantity.modifier != "vague"
    opens_clause = start == 0 or not sentence.is_word(start - 1) or sentence.low(start - 1) in CLAUSE_OPENERS
    return draft.counts and sentence.low(start) in ("sur", "parmi") and opens_clause


def _link_opened(draft: Draft, whole: Draft | None) -> bool:
    """``Sur les 55 passagers, on retrouve 44 Russes et huit Ukrainiens``."""
    sentence = draft.sentence
    if whole is None or not (draft.counts or draft.counted is None) or not _can_hold(whole, draft):
        return False
    if draft.kind in ("duration", "money") or (sentence.low(0) in ("des", "de") and not draft.noun_missing):
        return False
    if sentence.low(draft.position - 1) in words("prepositions") - {"de", "d'"}:
        return False
    if sentence.next_from(whole.position, ENDS) < draft.position:
        return False
    among = "parmi" in sentence.lows(whole.position - 3, whole.position)
    generic = grammar("parts", "generic")
    if among and (draft.counted or "").lower() in generic and (whole.counted or "").lower() not in generic:
        return False  # "parmi les 1 400 avions produits, 1 300 personnes sont mortes"
    return _set(draft, whole, PartBy.PARMI_LES if among else PartBy.SUR_LES)


def _link_named(draft: Draft, inside: Sequence[Draft], previous: Sequence[Draft]) -> bool:
    """``Trois des blessés sont graves``, ``Parmi les blessés, quatre Français``: of those counted by that noun."""
    sentence = draft.sentence
    noun = None
    if not draft.counts:
        return False
    if draft.noun_by is NounBy.PARTITIVE:
        noun, by = draft.counted, PartBy.OF_THE
    else:
        parmi = sentence.remember("parmi", lambda: _noun_of_parmi(sentence))
        near = parmi is not None and (parmi < draft.position or draft.position + OUTSIDE > parmi)
        if parmi is not None and near and sentence.low(draft.position - 1) not in words("prepositions"):
            noun, by = sentence.low(parmi), PartBy.PARMI_LES
    if not noun:
        return False
    low = noun.lower()
    event = strong_noun_event(low)
    for other in reversed((*previous, *inside[-REACH:])):
        own = (other.counted or "").lower()
        if (
            other.counts
            and _exceeds(other, draft)
            and other.parent is None
            and (own == low or (event and other.event == event))
        ):
            return _set(draft, other, by)
    return False


def _noun_of_parmi(sentence: Sentence) -> int | None:
    """Return where the noun stands of *parmi les blessés*, or of *Les blessés comprennent*."""
    if sentence.low(0) in DEFINITE and sentence.next_from(0, grammar("parts", "holding")) <= OUTSIDE:
        return 1
    for position in sentence.positions(PARMI):
        if sentence.low(position + 1) in DEFINITE and sentence.is_word(position + 2):
            return position + 2
    return None


def _link_graver(draft: Draft, previous: Sequence[Draft]) -> bool:
    """``48 blessés, cinq dans un état critique``, ``(trois graves)``: the worse of those counted before."""
    sentence, position = draft.sentence, draft.position
    if not draft.counts or not draft.noun_missing or sentence.is_word(position - 1):
        return False
    start = position + 1 + (sentence.low(position + 1) in words("pronoun_subjects"))
    in_state = sentence.low(start) in ("dans", "en", "entre") and not words("severity", "states").isdisjoint(
        sentence.lows(start + 1, start + 3)
    )
    if sentence.low(start) not in words("severity") and not in_state:
        return False
    hurt = [other for other in (draft.count_before, *reversed(previous)) if other is not None and other.counts]
    whole = hurt[0] if hurt else None
    if whole is None or not _exceeds(whole, draft):
        return False
    own = whole.sentence.low(whole.noun_end)
    return own not in words("severity") and _set(draft, whole, PartBy.GRAVER)


def _link_others(draft: Draft, inside: Sequence[Draft], previous: Sequence[Draft]) -> bool:
    """``trois morts, dont le tireur … Les deux autres``, ``sept candidats … Les cinq premiers``: of a whole before."""
    sentence, value = draft.sentence, draft.value
    if not draft.counts or value is None or sentence.low(draft.position - 1) != "les":
        return False
    after = sentence.low(draft.position + 1)
    in_order = after in grammar("parts", "in_order") and draft.position <= OPENING
    if after != "autres" and not in_order:
        return False
    for other in reversed((*previous, *inside[-REACH:])):
        if other.counts and other.value is not None and other.value > value:
            fits = other.parent is None if in_order else other.value - value in (1, other.taken)
            if fits:
                return _set(draft, other, PartBy.OTHERS)
    return False


def _link_only(draft: Draft, inside: Sequence[Draft]) -> bool:
    """``42 pays participaient, seuls 26 se sont qualifiés``, ``six prévenus, mais un seul a parlé``."""
    sentence, position = draft.sentence, draft.position
    if not draft.noun_missing or grammar("parts", "only").isdisjoint(sentence.lows(position - 1, position + 2)):
        return False
    apart = sentence.last_before(position, SEMICOLON)  # "4 mines au Mali ; au Ghana, une seule"
    wholes = [other for other in inside if other.position > apart and _exceeds(other, draft)]
    return _set(draft, _whole_in(wholes, draft), PartBy.ONLY)


def _link_most(draft: Draft, inside: Sequence[Draft]) -> bool:
    """``25 000 foyers sont privés d'électricité, la majeure partie (18 000) en Bretagne``."""
    sentence = draft.sentence
    if not inside or sentence.low(draft.position - 1) != "(" or sentence.low(draft.position + 1) != ")":
        return False
    said = not grammar("parts", "most").isdisjoint(sentence.lows(draft.position - 4, draft.position))
    return said and _set(draft, _whole_in(inside, draft), PartBy.MOST)
