"""The day of a figure whose sentence tells none: that of the event which it plainly continues.

The days of a text are read in order as its places are (`newsnlp.figures.places.event_place`): what happened on a day is
lent to figures of the same event in the next sentences; the results of a match or a vote are of its day; what else
happens, changes or is counted goes on with the time told last.
"""

from __future__ import annotations

import functools
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.figures.events import HURT
from newsnlp.figures.places.background import happenings
from newsnlp.figures.places.event_place import (
    CARRIED,
    HAD,
    OLD_TOLLS,
    REACH,
    REACH_OF_EVENT,
    Scene,
    agrees,
    is_background,
    opens_looking_back,
    words_of,
)
from newsnlp.figures.places.targets import striking
from newsnlp.figures.results import THESE, Contests, goes_on, is_list, is_perfect, is_result, is_timeless, takes_part
from newsnlp.figures.times import is_before, is_headline, is_one_day, is_short, is_told, quotation
from newsnlp.figures.when import give, share
from newsnlp.lexicons import word_set
from newsnlp.records import ChangeRole, Modifier, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsnlp.figures.times import Standing, Times
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence, Span

HEAD = 5
"""In how many sentences the headline and the lead stand."""
NEWS = 60
"""How many days before publication the event of a lead may lie."""
LONGEST_SUBJECT = 3
GOING_ON = 4
"""In how many sentences after the last one about it a time still goes on: 3 loses 4 of 139, 6 gains none (2026-11)."""
NEXT = 2
"""In how many sentences victims are of the day just told, whatever other days a text tells."""


class Day(NamedTuple):
    """What was told of a day: the words about it, in the terms of a scene, and its date."""

    scene: Scene
    standing: Standing


def follow_days(drafts: Sequence[Draft], bounds: Sequence[Span], read: Callable[[int], Sentence], times: Times) -> None:
    """Set `dated` and `date` on the figures whose own sentence gives them no date."""
    wanted = [draft for draft in drafts if draft.dated is None and not is_timeless(draft)]
    if not wanted or not (times.dates or times.dateline):
        return
    story, with_figures = _Story(times, read), {draft.sentence.start for draft in drafts}
    last = wanted[-1].sentence.start
    for index, (start, end) in enumerate(bounds):
        if index >= HEAD and start > last:
            break
        story.apart = story.apart or times.text[start - 1 : start] == "\n"
        if start in with_figures or times.any_within(start, end):
            story.read(index)
        elif index < HEAD:
            story.pass_over(index)
    share(drafts, wanted)
    if _take_statements(wanted, times) | _take_only_day(wanted, story):
        share(drafts, wanted)
    for draft, standing in story.going_on:
        if draft.dated is None:
            _give(draft, standing, times, "when.going-on")
    if _take_headline(wanted, story) or story.going_on:
        share(drafts, wanted)


def _take_headline(wanted: Sequence[Draft], story: _Story) -> bool:
    """Give what happens on the day of a headline or changes in its quarter that time: *Le chômage baisse en mai*."""
    standing, taken = story.headline, False
    if standing is None:
        return False
    one_day = is_one_day(standing)
    for draft in wanted:
        if draft.dated is not None or draft.sentence.start in story.after or story.times.tells(draft.sentence):
            continue
        changes = draft.change in (ChangeRole.BY, ChangeRole.TO)
        if (draft.event and draft.counts and is_perfect(draft) if one_day else changes) and _is_now(draft, standing):
            _give(draft, standing, story.times, "when.headline")
            taken = True
    return taken


def _is_now(draft: Draft, now: Standing) -> bool:
    """Whether a figure may be of a time that was told before it: neither old nor to come nor quoted."""
    if draft.toll_role in OLD_TOLLS or is_background(draft.sentence):
        return False
    return now.ahead is (draft.status is Status.PLANNED) and quotation(draft.sentence, draft.position) < 0


def _take_statements(wanted: Sequence[Draft], times: Times) -> bool:
    """``a annoncé lundi l'arrestation de 16 personnes``: the day of the statement, for want of another."""
    taken = False
    for draft in wanted:
        if (
            draft.dated is None
            and draft.event
            and draft.status is not Status.PLANNED
            and not is_background(draft.sentence)
        ):
            standings = [one for one in times.within(draft.sentence) if _is_statement(draft, one)]
            said = next((one for one in standings if one.date.value_begin), None)
            if said is not None:
                _give(draft, said, times, "when.said")
                taken = True
    return taken


def _is_statement(draft: Draft, one: Standing) -> bool:
    """Whether a day is that of the statement which tells a figure; not *12, selon le maire, qui en citait 9 lundi*."""
    between = draft.sentence.lows(draft.position, one.first)
    return (one.said or one.stated) and word_set("figures_when.breaks.relatives").isdisjoint(between)


def _take_only_day(wanted: Sequence[Draft], story: _Story) -> bool:
    """Give figures of events the only day that a text tells: an article about one happening."""
    if story.first is None or len(story.days) > 1:
        return False
    taken = False
    for draft in wanted:
        past = draft.status is not Status.PLANNED and draft.toll_role not in OLD_TOLLS
        bare = not story.times.tells(draft.sentence) and not is_background(draft.sentence)
        if draft.dated is None and draft.counts and (draft.event or takes_part(draft, named=True)) and past and bare:
            _give(draft, story.first, story.times, "when.only-day")
            taken = True
    return taken


class _Story:
    """What a text has told of days so far, read sentence by sentence."""

    def __init__(self, times: Times, read: Callable[[int], Sentence]) -> None:
        self.times = times
        self._sentence = read
        self.day: Day | None = None
        self.contests = Contests(times)
        self.head: list[int] = []
        self.aside: Standing | None = None
        self.first: Standing | None = None
        # The time of the headline, which sentence tells another one, and where those start that come after such ones.
        self.headline: Standing | None = None
        self.other, self.after = -HEAD, set[int]()
        self.days: set[str | None] = set()
        self.now: Standing | None = None
        self.told_in = 0
        # Whether a paragraph began since a time was told.
        self.apart = False
        # The sentence that told it, and whether that told of a change.
        self.teller: Sentence | None = None
        self.changing = False
        self.going_on: list[tuple[Draft, Standing]] = []

    def pass_over(self, index: int) -> None:
        """Keep the number of a sentence of the head: its words may tell what happens on the day that follows."""
        self.aside = None
        if self.day is None:
            self.head.append(index)

    def read(self, index: int) -> None:
        """Lend a sentence what was told before, or remember the day that it tells."""
        sentence = self._sentence(index)
        if self.aside is not None and sentence.says(HAD):  # "… en 2006. Six personnes y avaient laissé la vie."
            self._give(sentence, self.aside, _can_borrow, "when.aside")
        heads = index < HEAD
        if self.day is None and heads:
            self.head.append(index)
        told = self._told(sentence)
        if told is not None:
            self.first = self.first or (told if heads else None)
            self.days.add(told.date.value_begin)
        if told is not None and ((self.day is None and heads and _is_news(told, self.times)) or _happens(sentence)):
            self._begin(sentence, told, index)
        elif self.day is not None:
            if heads:
                _lend_in_head(sentence, self.day, self.times)
            self.day = _lend(sentence, self.day, index, self.times)
        contest, lent = self.contests.read(sentence, told, index, map(self._sentence, self.head))
        if contest is not None:
            self._give(sentence, contest, lent, "when.contest")
        elif heads and told is not None and self.contests.told is told:
            self._take_back(told)
        self._go_on(sentence, index)

    def _take_back(self, told: Standing) -> None:
        """Give the results of the head the day on which its contest is told, after a dateline's day, too."""
        line = self.times.dateline
        for sentence in map(self._sentence, self.head[:-1]):
            for draft in () if self.times.tells(sentence) else sentence.drafts:
                if (draft.dated is None or (line and draft.dated is line.date)) and is_result(draft):
                    _give(draft, told, self.times, "when.contest")

    def _go_on(self, sentence: Sentence, index: int) -> None:
        """Remember which figures only go on with the time that was told last."""
        told = [
            one
            for one in self.times.within(sentence)
            if is_told(sentence, one) and quotation(sentence, one.first) < 0 and not is_before(sentence, one)
        ]
        if told and is_headline(sentence):
            self.headline = told[0] if len(told) == 1 else None
        elif told and self.headline and told[-1].date.value != self.headline.date.value:
            self.other = index
        elif index == self.other + 1:
            self.after.add(sentence.start)
        if told:
            # "élu hier en remplacement de la députée assassinée le 13 juillet": the last one that is of no noun.
            now = next((one for one in reversed(told) if not one.governed), told[-1])
            short = {one.date.value for one in told if not one.governed and is_short(one)} if len(told) > 1 else ()
            changes = {draft.change for draft in sentence.drafts}
            self.now = now if len(short) <= 1 or ChangeRole.FROM in changes else None
            self.told_in, self.apart = index, False
            self.changing = bool(changes - {None})
            self.teller = sentence
        if self.now is not None and any(draft.dated is self.now.date for draft in sentence.drafts):
            self.told_in = index
        if self.now is None or index - self.told_in > GOING_ON or self.times.tells(sentence):
            return
        if index - self.told_in <= NEXT and is_list(sentence):
            # Thefts of 2016, then "Paris en compte 5 600, suivi par Lyon (680) et Lille (420)".
            self.going_on += [
                (draft, self.now)
                for draft in sentence.drafts
                if draft.counts and draft.dated is None and not is_timeless(draft)
            ]
            return
        if not is_short(self.now) and (self.apart or not self.changing):
            return
        # Of two days that are told, victims are of the one that their event is told of.
        near = len(self.days) <= 1 or (not self.apart and index - self.told_in <= NEXT and self._happened())
        barred = frozenset() if near else CARRIED
        going_on = [
            (draft, self.now)
            for draft in sentence.drafts
            if draft.event not in barred
            and goes_on(draft, self.now, apart=self.apart and not self._is_of_day(draft, self.now))
        ]
        if going_on:
            self.going_on += going_on
            self.told_in = index

    def _happened(self) -> bool:
        return self.teller is not None and _happens(self.teller)

    def _is_of_day(self, draft: Draft, now: Standing) -> bool:
        """Whether a text tells of one day only, and something that is past: *Le feu a détruit 12 hectares*."""
        only = len(self.days) == 1 and is_one_day(now) and _is_news(now, self.times)
        return only and draft.counts and draft.quantity.modifier is not Modifier.VAGUE and is_perfect(draft)

    def _give(self, sentence: Sentence, standing: Standing, may: Callable[[Draft], bool], rule: str) -> None:
        for draft in sentence.drafts:
            if draft.dated is None and may(draft):
                _give(draft, standing, self.times, rule)

    def _told(self, sentence: Sentence) -> Standing | None:
        """Return the date of a day that a sentence tells of; what is background ends no story."""
        usable = [one for one in self.times.within(sentence) if _is_day(one, self.times)]
        self.aside = usable[-1] if usable and is_background(sentence) else None
        if not usable or (self.day is not None and is_background(sentence)):
            return None
        if opens_looking_back(sentence):
            # "Après l'accident de Champagnole, mardi, un car et un camion se sont percutés mercredi": the later one.
            usable.reverse()
        # "Après l'accident survenu hier, c'est aujourd'hui": of two days, the one that is not that of a noun.
        return min(usable, key=lambda one: one.governed)

    def _begin(self, sentence: Sentence, told: Standing, index: int) -> None:
        first = self.day is None and index < HEAD
        head = [self._sentence(number) for number in self.head] if first else []
        words = frozenset().union(*(one.vocabulary for one in head)) if first else sentence.vocabulary
        if any(draft.event in HURT for draft in sentence.drafts):
            words |= _words_of_hurt()
        self.day = _day(words, told, index)
        for before in head:
            _lend_in_head(before, self.day, self.times)


def _day(words: frozenset[str], told: Standing, index: int) -> Day:
    return Day(Scene("", 0, frozenset(), words, index, words), told)


def _give(draft: Draft, standing: Standing, times: Times, rule: str) -> None:
    give(draft, standing, times)
    draft.because(rule)


def _is_day(one: Standing, times: Times) -> bool:
    """Whether a date tells of a day, or some, that are past."""
    if one.said or one.stated or one.since or (one.governed and not one.event):
        return False
    return times.is_past(one)


def _is_news(one: Standing, times: Times) -> bool:
    begin = date.fromisoformat(one.date.value_begin or "")
    return times.published is None or (date.fromisoformat(times.published) - begin).days <= NEWS


def _happens(sentence: Sentence) -> bool:
    happens = sentence.says(happenings()) or sentence.says(striking())
    return bool(happens) or any(draft.event in CARRIED for draft in sentence.drafts)


def _can_borrow(draft: Draft) -> bool:
    return draft.dated is None and draft.counts and draft.event in CARRIED and draft.toll_role not in OLD_TOLLS


def _lend_in_head(sentence: Sentence, day: Day, times: Times) -> None:
    """``Un train déraille : 12 morts. … L'accident a eu lieu lundi``: a headline and a lead tell of one event."""
    told = any(not (one.said or one.stated) and one.date.value_begin for one in times.within(sentence))
    if told or is_background(sentence):
        return
    for draft in sentence.drafts:
        same = draft.event in HURT or not words_of(draft.event).isdisjoint(day.scene.words)
        if _can_borrow(draft) and same:
            _give(draft, day.standing, times, "when.head")


def _lend(sentence: Sentence, day: Day, index: int, times: Times) -> Day:
    bare = [draft for draft in sentence.drafts if _can_borrow(draft)]
    if not bare or is_background(sentence):
        return day
    hurt = any(draft.event in HURT for draft in bare)
    # "Un dernier bilan fait état", "Cette attaque a tué": known from far.
    taken_up = sentence.low(0) in THESE and not happenings().isdisjoint(sentence.lows(1, 1 + LONGEST_SUBJECT))
    toll = hurt and (taken_up or sentence.says(word_set("figures_when.leads.stating")))
    if index - day.scene.number > (REACH_OF_EVENT if toll else REACH):
        return day
    if not toll and not any(agrees(draft, day.scene) for draft in bare):
        return day
    for draft in bare:
        _give(draft, day.standing, times, "when.event")
    return day._replace(scene=day.scene.goes_on(sentence, index))


@functools.cache
def _words_of_hurt() -> frozenset[str]:
    return frozenset().union(*(words_of(event) for event in HURT))
