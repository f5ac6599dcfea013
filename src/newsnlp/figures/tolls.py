"""What a count of victims is in the toll of its event: the whole, an addition to it, a sum over time, an older toll."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.figures.events import HURT
from newsnlp.figures.places.event_place import YEAR, words_of
from newsnlp.figures.places.find import can_be_one
from newsnlp.grammar.drafts import NounBy
from newsnlp.grammar.items import COMMA, split_words
from newsnlp.lexicons import word_set
from newsnlp.records import ChangeRole, FigureEvent, Kind, Modifier, Status, TollRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.grammar.drafts import Draft

WITHOUT_TOTAL = FigureEvent.SICK
"""Of the sick only additions and sums over time are told apart: their number is no toll of an event."""
OF_DISASTERS = frozenset({FigureEvent.DISPLACED, FigureEvent.AFFECTED})
NOT_TOLD = (Status.PLANNED, Status.DENIED)
WINDOW = 26
"""How many words left and right of a count are read, at most: up to the counts of victims beside it."""
CUE = 9
GRADED = 4
MANY = 10
MONTHS = frozenset({"month", "year"})
BREAKS = frozenset({",", ";", ":"})


def find_tolls(drafts: Sequence[Draft]) -> None:
    """Set `toll_role` and `superseded_by` on the counts of victims of one document."""
    victims = HURT | {WITHOUT_TOTAL} | (OF_DISASTERS if _tells_disaster(drafts) else frozenset())
    counts = [draft for draft in drafts if draft.counts and draft.event in victims and draft.status not in NOT_TOLD]
    told = _Told()
    unsure: list[Draft] = []
    for number, draft in enumerate(counts):
        left = counts[number - 1] if number and counts[number - 1].sentence is draft.sentence else None
        right = counts[number + 1] if number + 1 < len(counts) else None
        right = right if right is not None and right.sentence is draft.sentence else None
        reading = _Reading(draft, left, right, told)
        draft.toll_role = reading.role()
        if draft.toll_role is TollRole.TOTAL and reading.may_be_older():
            unsure.append(draft)
        else:
            told.add(draft)
    for draft in unsure:
        other = told.largest.get(str(draft.event))
        if other is not None and other.value != draft.value:
            draft.toll_role = TollRole.PREVIOUS
    for right, left in pairwise(reversed(counts)):
        _correct(left, right)
        _add_up(left, right)
        if left.toll_role is TollRole.TOTAL and right.toll_role is TollRole.CUMULATIVE and _are_listed(left, right):
            left.toll_role = right.toll_role
    _renew(counts)
    _link(counts)
    for draft in counts:
        if draft.event == WITHOUT_TOTAL and draft.toll_role is TollRole.TOTAL:
            draft.toll_role = None


def _tells_disaster(drafts: Sequence[Draft]) -> bool:
    disasters = word_set("figures_tolls.disasters")
    return any(draft.event in OF_DISASTERS for draft in drafts) and any(
        draft.sentence.says(disasters) or not disasters.isdisjoint(draft.sentence.vocabulary_before) for draft in drafts
    )


class _Told:
    """What a document has said of its tolls so far: by event, the largest, and the sentence that told one last."""

    def __init__(self) -> None:
        self.largest: dict[str, Draft] = {}

    def add(self, draft: Draft) -> None:
        """Remember a toll that is no part."""
        known = self.largest.get(str(draft.event))
        if draft.toll_role is TollRole.TOTAL and (known is None or (draft.value or 0) > (known.value or 0)):
            self.largest[str(draft.event)] = draft

    def before(self, draft: Draft) -> Draft | None:
        """Return the largest toll told of the same event in a sentence before."""
        known = self.largest.get(str(draft.event))
        return known if known is not None and known.sentence is not draft.sentence else None


class _Reading:
    """One count of victims between those beside it in its sentence."""

    def __init__(self, draft: Draft, left: Draft | None, right: Draft | None, told: _Told) -> None:
        self.draft, self.previous, self.next = draft, left, right
        sentence, position = draft.sentence, draft.position
        self.end = max(position + 1, draft.noun_end)
        start = max(0, position - WINDOW, max(left.position + 1, left.noun_end) if left is not None else 0)
        stop = min(self.end + WINDOW, right.position if right is not None else len(sentence.words))
        self.start, self.stop = start, stop
        self.left, self.right = sentence.lows(start, position), sentence.lows(self.end, stop)
        self.inside = sentence.lows(position + 1, self.end)
        self.told = told.before(draft)

    def role(self) -> TollRole | None:
        """Return the role, or None of those who are some of others."""
        if self.draft.parent is not None or self._among():
            return None
        if self._older():
            return TollRole.PREVIOUS
        if self._over_time():
            return TollRole.CUMULATIVE
        return TollRole.INCREMENT if self._added() else TollRole.TOTAL

    def _among(self) -> bool:
        """``Trois morts sont des enfants``, ``Parmi les blessés, on dénombre``, ``cinq sont dans un état critique``."""
        draft, sentence = self.draft, self.draft.sentence
        if sentence.low(0) == "parmi" or "parmi" in self.right[:CUE]:
            return True
        larger = self.told or (
            self.previous if self.previous is not None and self.previous.event == draft.event else None
        )
        definite = bool(self.left[-1:]) and self.left[-1] in word_set("figures_tolls.among.definite")
        if larger is None or (larger.value or 0) < (draft.value or 0) or (self._has_others() and not definite):
            return False
        if not can_be_one(larger.place, draft.place):
            return False
        if not word_set("figures_tolls.among.identified").isdisjoint(self.right[:CUE]):
            return True
        if self.right[:2] == ("d'", "entre"):
            return True
        copula = self.right[:1] and self.right[0] in word_set("figures_tolls.among.copulas")
        if copula and (draft.event_from_noun or draft.noun_by is NounBy.PREVIOUS):
            return not word_set("figures_tolls.among.said").isdisjoint(self.right[1:3])
        if larger.value == draft.value:
            return False
        if self.told is not None and self._is_graded() and not (self._beside(self.previous) or self._beside(self.next)):
            return True
        one = draft.value == 1 and draft.quantity.modifier is Modifier.EXACT and not draft.event_from_noun
        return definite or (one and self.told is not None and not draft.place and not draft.date)

    def _is_graded(self) -> bool:
        """``quatre personnes ont été blessées grièvement``: of all the injured, some."""
        graded = word_set("figures_noun_phrase.severity.words")
        return not graded.isdisjoint((*self.left[-GRADED:], *self.inside, *self.right[:GRADED]))

    def _beside(self, other: Draft | None) -> bool:
        """Whether a count of the same stands in the sentence: *dix blessés graves et treize légers* are all."""
        return other is not None and other.event == self.draft.event and other.parent is not self.draft

    def _has_others(self) -> bool:
        return not word_set("figures_tolls.additions.others").isdisjoint((*self.inside, *self.right[:1]))

    def _older(self) -> bool:
        """``contre 31 la veille``, ``un précédent bilan faisait état de 12``, ``12 dans un précédent décompte``."""
        draft, before = self.draft, self.previous
        if draft.change is ChangeRole.FROM:
            return True
        if before is not None and before.toll_role is TollRole.PREVIOUS and before.event != draft.event:
            return set(self.left) <= word_set("figures_tolls.among.listed")
        words = self.left if _is_free(self.left) else ()
        if self.left[-1:] == ("les",) and not word_set("figures_tolls.tolls.passed").isdisjoint(self.right[:CUE]):
            return True  # "Les 200 morts ont largement été dépassés"
        said = word_set("figures_tolls.tolls.said")
        right = self.right[:CUE] if said.isdisjoint(self.right) else ()
        if _names_toll(words, "older") or _names_toll(right, "older"):
            return True
        return self._told_first()

    def may_be_older(self) -> bool:
        """``Un premier bilan faisait état de 12 morts``: older if another toll is told, too."""
        said = not word_set("figures_tolls.tolls.said").isdisjoint(self.left)
        return said and _is_free(self.left) and _names_toll(self.left, "maybe_older")

    def _told_first(self) -> bool:
        """``d'abord estimé à 12 morts, le bilan est de 9``."""
        first = word_set("figures_tolls.tolls.first")
        follows = self.next is not None and self.next.event == self.draft.event
        after_all = "après" in self.left and "avoir" in self.left  # "après avoir été évalué à 203, il est de 262"
        return follows and (after_all or not first.isdisjoint((*self.left, *self.right[:2])))

    def _over_time(self) -> bool:
        """``portant à 33 900 le nombre de morts depuis``, ``en un an``, ``depuis le début de l'année``."""
        draft, before = self.draft, self.previous
        if before is not None and before.toll_role is TollRole.CUMULATIVE and before.event == draft.event:
            return set(self.left) <= word_set("figures_tolls.among.listed") or self._spans(self.end, self._clause_end())
        sentence = draft.sentence
        comma = max(sentence.last_before(draft.position, COMMA) + 1, self.start)
        opening = min(sentence.next_from(0, COMMA), draft.position) if before is None else 0
        return (
            self._spans(self.end, self._clause_end())
            or self._spans(comma, draft.position)
            or self._spans(0, min(opening, WINDOW))
        )

    def _clause_end(self) -> int:
        """Return where the words end that may tell the time of the count: at a comma, or a figure of another thing."""
        sentence = self.draft.sentence
        for step in range(self.end, self.stop):
            other = sentence.draft_at(step)
            if sentence.low(step) in BREAKS or (other is not None and other.kind is Kind.PERCENT):
                return step
        return self.stop

    def _spans(self, start: int, stop: int) -> bool:
        """Whether a longer time is told in a slice: *depuis 2015*, *en trois ans*, *chaque année*."""
        sentence = self.draft.sentence
        for step in range(start, stop):
            low, following = sentence.low(step), sentence.low(step + 1)
            if low == "depuis" and self._is_long_ago(step + 1):
                return True
            duration = sentence.draft_at(step + 1) if low in ("en", "dans") else None
            if duration is not None and duration.kind is Kind.DURATION and duration.unit in MONTHS:
                return True
            if low == "dans" and duration is not None and duration.counts and (duration.value or 0) >= MANY:
                return True  # "mortes dans 130 accidents"
            if low == "dans" and following == "ces" and sentence.low(step + 2).endswith("s"):
                return True  # "dans ces attaques"
            spans = word_set("figures_tolls.times.spans")
            if low == "en" and following.split(" ")[-1] in spans and following.startswith(("un ", "une ")):
                return True
            if following in spans and low in word_set("figures_tolls.times.before_spans"):
                return True
        return False

    def _is_long_ago(self, start: int) -> bool:
        sentence = self.draft.sentence
        duration = sentence.draft_at(start)
        if duration is not None:
            return duration.unit in MONTHS
        after = sentence.lows(start, start + 4)
        return any(low in word_set("figures_tolls.times.since") or YEAR.fullmatch(low) for low in after)

    def _added(self) -> bool:
        """``trois autres décès``, ``huit nouveaux corps``, ``deux corps retrouvés, portant le bilan à 43``."""
        draft, additions = self.draft, "figures_tolls.additions."
        if draft.change is ChangeRole.BY or not word_set(f"{additions}new").isdisjoint(self.inside):
            return True
        raised = not word_set(f"{additions}raised").isdisjoint(self.right)
        if raised and self.next is not None and self.next.event == draft.event and self._raises(self.next):
            return True
        if not word_set(f"{additions}added").isdisjoint(self.right):
            return True
        return (
            self._has_others()
            and self.told is not None
            and not self._tells_on()
            and (self.previous is None or self.previous.event != draft.event)
        )

    def _tells_on(self) -> bool:
        """``Un des chauffeurs est blessé. Un autre chauffeur est mort``: other than those told of just before."""
        draft, sentence = self.draft, self.draft.sentence
        nouns = {low.removesuffix("s") for low in split_words(draft.counted or "")}
        # "Un homme a été arrêté et un autre a été tué"
        for before in (sentence.vocabulary_before, frozenset(sentence.lows(0, draft.position))):
            told = {low.removesuffix("s") for low in before}
            if not nouns.isdisjoint(told) and words_of(draft.event).isdisjoint(before):
                return True
        return False

    def _raises(self, later: Draft) -> bool:
        to = later.change is ChangeRole.TO or "à" in self.right[-2:]
        return to and (later.value or 0) > (self.draft.value or 0)


def _is_free(words: Sequence[str]) -> bool:
    """Whether nothing between a toll named on the left and the count says that the count is the new one."""
    return "désormais" not in words and "contre" not in words and ";" not in words


def _names_toll(words: Sequence[str], kind: str) -> bool:
    """Whether some words name a toll of a kind: *un précédent bilan*, *le bilan précédent*."""
    nouns, kinds = word_set("figures_tolls.tolls.nouns"), word_set(f"figures_tolls.tolls.{kind}")
    return any({a, b} & nouns and {a, b} & kinds for a, b in pairwise(words))


def _are_listed(left: Draft, right: Draft) -> bool:
    """``40 Israéliens, deux Américains et un Jordanien``: members of one list, said of together."""
    if left.sentence is not right.sentence or left.event != right.event:
        return False
    between = left.sentence.lows(max(left.position + 1, left.noun_end), right.position)
    return between[-1:] in ((",",), ("et",)) and (
        "(" in between or set(between) <= word_set("figures_tolls.among.listed")
    )


def _correct(left: Draft, right: Draft) -> None:
    """``annoncé quatre morts, avant de rectifier : trois``: what was said first is the older toll."""
    if left.sentence is not right.sentence or left.event != right.event or not (left.toll_role and right.toll_role):
        return
    between = left.sentence.lows(left.noun_end, right.position)
    if not word_set("figures_tolls.corrections").isdisjoint(between):
        left.toll_role, left.superseded_by = TollRole.PREVIOUS, right


def _add_up(left: Draft, right: Draft) -> None:
    """``Neuf corps ont été repêchés. Au total, 54 personnes ont péri``: the first are among them."""
    opening = right.sentence.lows(0, 2)  # "Au total, …", "En tout, …"
    if right.sentence is left.sentence or left.event != right.event or not {"total", "tout"} & set(opening[1:2]):
        return
    if (
        left.toll_role is TollRole.TOTAL
        and right.toll_role is TollRole.TOTAL
        and (left.value or 0) < (right.value or 0)
    ):
        left.toll_role = TollRole.INCREMENT


def _renew(counts: Sequence[Draft]) -> None:
    """``Sept morts … Un nouveau bilan fait état de seize morts``: the lower tolls told before it no longer hold."""
    newest: dict[str, Draft] = {}
    for draft in reversed(counts):
        event, newer = str(draft.event), newest.get(str(draft.event))
        if draft.toll_role is not TollRole.TOTAL:
            continue
        if newer is not None and newer.sentence is not draft.sentence and _is_raised(draft, newer):
            draft.superseded_by = newer
        elif _is_newest(draft):
            newest[event] = draft


def _is_raised(older: Draft, newer: Draft) -> bool:
    """Whether a toll can be the earlier state of another."""
    return can_be_one(older.place, newer.place) and 0 < (older.value or older.quantity.value_min or 0) < (
        newer.value or newer.quantity.value_min or 0
    )


def _is_newest(draft: Draft) -> bool:
    """``Le bilan actuel fait état de 332 blessés``, ``on compte désormais 290 morts``."""
    sentence = draft.sentence
    left = sentence.lows(max(0, draft.position - WINDOW), draft.position)
    right = sentence.lows(draft.position + 1, draft.position + CUE)
    if not word_set("figures_tolls.tolls.said").isdisjoint(left):
        return False
    now = word_set("figures_tolls.tolls.now")
    return _names_toll(left, "newer") or not now.isdisjoint((*left[-CUE:], *right)) or _names_toll(right, "newer")


def _link(counts: Sequence[Draft]) -> None:
    """Set what took the place of each older toll, and the toll that an addition is part of."""
    whole = (TollRole.TOTAL, TollRole.CUMULATIVE)
    last: dict[str, Draft] = {}
    following: dict[str, Draft] = {}
    later: list[Draft | None] = []
    for draft in reversed(counts):
        later.append(following.get(str(draft.event)))
        if draft.toll_role in whole:
            following[str(draft.event)] = draft
    for draft, after in zip(counts, reversed(later), strict=True):
        before = last.get(str(draft.event))
        near = after if after is not None and after.sentence is draft.sentence else before or after
        older = draft.toll_role is TollRole.PREVIOUS and draft.superseded_by is None
        if older or (draft.toll_role is TollRole.INCREMENT and _is_included(draft, near)):
            draft.superseded_by = near
        if draft.toll_role in whole:
            last[str(draft.event)] = draft


def _is_included(draft: Draft, toll: Draft | None) -> bool:
    """Whether a toll counts an addition already: told after it, or of new cases, which sums always hold."""
    if toll is None or (toll.value or 0) < (draft.value or 0):
        return False
    new = not word_set("figures_tolls.additions.new").isdisjoint(
        draft.sentence.lows(draft.position + 1, max(draft.position + 1, draft.noun_end))
    )
    return new or toll.quantity.start > draft.quantity.start
