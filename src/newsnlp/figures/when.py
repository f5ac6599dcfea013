"""The time of what a figure counts: the date of its own clause.

Every figure takes the date of its sentence that costs least: words between cost, commas and other clauses cost more,
and nothing reaches over a semicolon. What has none may continue what was told before (`newsnlp.figures.continuing`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.dates.calendar import days_of
from newsnlp.figures.events import HURT
from newsnlp.figures.places.barred import OF
from newsnlp.figures.places.event_place import is_background
from newsnlp.figures.results import is_timeless
from newsnlp.figures.times import (
    THAT,
    event_words,
    is_headline,
    is_one_day,
    is_set_against,
    quotation,
    says_within,
)
from newsnlp.grammar.words import auxiliaries
from newsnlp.lexicons import word_set
from newsnlp.lexicons import words as listed
from newsnlp.records import ChangeRole, DateType, Kind, Modifier, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.figures.times import Standing, Times
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

AIMING = frozenset({"visant"})
OPENING = 3
"""At how many words from the start of its sentence a date holds for all of it."""
REACH = 50
"""How many words a date reaches."""
NEVER, RELATIVE, WEAK, ANOTHER, TAKEN = 100, 6, 3, 4, 12
"""What stands between a date and a figure costs so many words."""
FAR = 12
"""More words than this cost no more."""
BESIDE = 2
AFTER = 4
KNOWN = frozenset({"les", "ces"})
NEXT_VERB = THAT | OF
ANY = "*"
FEW = 9
"""A number up to this one is many things' number, and the same one only of the same things."""
SAME = 3
"""A number from this on that is told twice is the same one."""
YEAR = re.compile(r"\b\d{4}(?!\d)")


def find_when(sentence: Sentence, times: Times) -> None:
    """Set `dated` and `date` on the figures of one sentence: by the date of their clause."""
    standings = times.within(sentence)
    if not standings:
        return
    taken: dict[int, Draft] = {}
    # "contre 430 000 sur la même période en 2016": that date is of what is compared with.
    for draft in sorted(sentence.drafts, key=lambda draft: draft.change is not ChangeRole.FROM):
        if is_timeless(draft):
            continue
        chosen = _cheapest(draft, standings, taken)
        if chosen is None:
            continue
        end = max(draft.position + 1, draft.noun_end)
        if draft.change is ChangeRole.FROM or chosen.lead + 1 - end in range(BESIDE):
            taken.setdefault(chosen.first, draft)
        give(draft, chosen, times)
    for draft in sentence.drafts:
        if draft.change is ChangeRole.FROM and draft.when and draft.before is not None:
            _narrow(draft, draft.before)


def _narrow(draft: Draft, level: Draft) -> None:
    """``98 tonnes au 11 octobre, contre 121 un an plus tôt``: of that day, quarter or month in the year before."""
    year, whole = draft.when or "", level.when or ""
    if not (YEAR.fullmatch(year) and (draft.date or "").lower().endswith(listed("figures_when.leads.year_on_year"))):
        return
    value = YEAR.sub(lambda match: str(int(match[0]) - int(whole[:4]) + int(year)), whole)
    days = days_of(value)
    if value != year and days is not None:
        draft.when, draft.when_begin, draft.when_end = value, days[0].isoformat(), days[1].isoformat()


def give(draft: Draft, standing: Standing, times: Times) -> None:
    """Give a figure the time of a date."""
    found = standing.date
    draft.dated, draft.date = found, found.text
    draft.when, draft.when_begin, draft.when_end = found.value, found.value_begin, found.value_end
    if found.type is DateType.DURATION:
        draft.when = None
    begin, end = found.value_begin, times.published
    if standing.since and begin and end and begin < end:
        draft.when, draft.when_begin, draft.when_end = f"{begin}/{end}", begin, end


def take_over(draft: Draft, other: Draft, rule: str) -> None:
    """Give a figure the time of another one."""
    draft.dated, draft.date = other.dated, other.date
    draft.when, draft.when_begin, draft.when_end = other.when, other.when_begin, other.when_end
    draft.because(rule)


def _cheapest(draft: Draft, standings: Sequence[Standing], taken: dict[int, Draft]) -> Standing | None:
    """Return the date that costs least; of equals the one behind the figure."""
    behind = bisect_right(standings, draft.position, key=lambda one: one.first)
    near = [*standings[max(0, behind - 2) : behind], *standings[behind : behind + 2]]
    if standings[0].first <= OPENING and standings[0] not in near:
        near.insert(0, standings[0])
    usable = [one for one in near if one.date.type in (DateType.DATE, DateType.TIME) and not one.said]
    if draft.event in HURT:
        usable = [one for one in usable if not one.stated]
    end = max(draft.position + 1, draft.noun_end)
    measure = next((one for one in near if one.first - end in range(BESIDE + 1) and _measures(draft, one)), None)
    if measure is not None:  # "0,7 % sur un mois, 1,1 % sur le dernier trimestre", but "1,8 % sur un an en février"
        usable = [one for one in usable if one.first <= OPENING or one.lead - measure.last in range(BESIDE)]
    costs = [(_cost(draft, one, taken), one.first < draft.position) for one in usable]
    best = min(range(len(usable)), key=costs.__getitem__, default=-1)
    return usable[best] if best >= 0 and costs[best][0] < NEVER else None


def _measures(draft: Draft, one: Standing) -> bool:
    """``200 000 voitures chaque jour``, ``une hausse de 0,7 % sur un mois``: what a number is of, and no day."""
    over = one.date.type is DateType.DURATION and draft.sentence.low(one.first - 1) == "sur"
    return one.date.type is DateType.SET or over


def _cost(draft: Draft, one: Standing, taken: dict[int, Draft]) -> int:
    sentence, left = draft.sentence, one.last < draft.position
    end = max(draft.position + 1, draft.noun_end)
    first, last = (one.last + 1, draft.position) if left else (end, max(end, one.lead + 1))
    opening = left and one.first <= OPENING
    owner = taken.get(one.first)
    if one.first <= draft.position <= one.last or (owner is not None and owner.change is ChangeRole.FROM):
        return NEVER
    if (last - first > REACH and not opening) or _is_of_another(draft, one, first):
        return NEVER
    if _is_barred(draft, one, first, last, left=left) or (left and _is_embedded(sentence, one, draft)):
        return NEVER
    if _is_quoted_apart(sentence, draft.position, one.first) or (not left and _is_aside(draft, one)):
        return NEVER
    if (left and is_set_against(sentence, one, draft.position)) or (not left and _leads_on(draft, one)):
        return NEVER
    cost = TAKEN if owner is not None else 0
    if opening:
        return cost + min(last - first, OPENING + 2)
    if not left and sentence.low(one.lead) in ("et", ",") and sentence.low(one.last + 1) == ",":
        # "12 et, en 2016, 15", but not "trois villes, a-t-on dit, ont été, vendredi soir, placées"
        cost += TAKEN if "#" in sentence.lows(one.last + 2, one.last + 2 + BESIDE) else 0
    between = sentence.lows(first, last)
    cost += min(len(between), FAR) + ANOTHER * between.count("#")
    cost += RELATIVE * sum(low in word_set("figures_when.breaks.relatives") for low in between)
    return cost + WEAK * sum(low in word_set("figures_when.breaks.weak") for low in between)


def _is_of_another(draft: Draft, one: Standing, end: int) -> bool:
    """Whether what governs a date is not what the figure counts: *900 soldats de la coalition formée en 2014*."""
    if one.governed and one.ahead and draft.status is not Status.PLANNED:
        return True  # "qualifié pour le second tour organisé dimanche prochain, avec 36 % des voix"
    left = one.first < draft.position
    between = draft.sentence.lows(end, draft.position)
    before = _unattributed(draft.sentence.lows(one.lead - AFTER, one.lead + 1))
    if draft.event not in HURT and "après" in before and ("," in between if left else one.event):
        return True  # "Après l'attentat de lundi, 12 suspects ont été jugés"
    if left and one.made and not one.event and one.first > OPENING and "," in between:
        return True  # "la société, créée en 2007, emploie 12 personnes"
    if not one.governed or (left and not one.event and between and OF.issuperset(between)):
        return False  # "crédité en 2014 de 12 %"
    return not one.event and one.governor - end not in range(-1, 2)


def _is_barred(draft: Draft, one: Standing, first: int, last: int, *, left: bool) -> bool:
    """Whether what stands between a date and a figure parts them."""
    sentence = draft.sentence
    unheard = not draft.event or draft.status is Status.PLANNED
    one_day = one.date.type is DateType.DATE and is_one_day(one)
    barriers = word_set("figures_when.breaks.never")
    if not left or draft.change is ChangeRole.FROM:
        barriers |= word_set("figures_when.breaks.compared")
    if sentence.next_from(first, barriers) < last:
        return True
    aim = sentence.next_from(first, AIMING)
    if aim < last and sentence.low(aim + 1) == "à":
        return True  # "un plan visant à supprimer 12 postes", but "une enquête visant 12 personnes"
    between = _unattributed(sentence.lows(max(first, last - REACH), last))
    if _is_turned(between):
        return True
    if left:
        return _tells_another(draft, between) or (one_day and unheard and says_within(sentence, first, last))
    if ":" in between and not draft.event:
        return True
    # A rise of 0,8 % "après une baisse de 0,9 % le mois précédent".
    return "après" in between and "#" in between[between.index("après") :]


def _is_turned(between: Sequence[str]) -> bool:
    """``a perdu 12 emplois avant d'annoncer en 2016``, ``bien que l'est en ait eu 12 lundi``: of another time."""
    if "avant" not in between and "bien" not in between:
        return False
    return any(
        after in THAT if low == "bien" else low == "avant" and after in NEXT_VERB for low, after in pairwise(between)
    )


def _leads_on(draft: Draft, one: Standing) -> bool:
    """``passant de 12 à 15 points vendredi``: of that to which it leads; ``champion en 2015``: of a title."""
    sentence, end = draft.sentence, max(draft.position + 1, draft.noun_end)
    if draft.change is ChangeRole.FROM and any(
        other.before is draft and draft.position < other.position < one.first for other in sentence.drafts
    ):
        return True
    between = sentence.lows(end, one.lead + 1)
    comma = max((at for at, low in enumerate(between) if low == ","), default=-1)
    titled = comma >= 0 and sentence.is_capitalised(end + comma + 1)
    return titled and not word_set("figures_when.results.titles").isdisjoint(between[comma:])


def _unattributed(lows: Sequence[str]) -> list[str]:
    """Return words without *d'après*, which tells no order of time."""
    return [low for before, low in pairwise(("", *lows)) if not (low == "après" and before == "d'")]


def _tells_another(draft: Draft, between: Sequence[str]) -> bool:
    """``jeudi contre la fermeture de l'usine, qui emploie 310 salariés``, ``vendredi, deux jours après un séisme``."""
    apart = word_set("figures_when.breaks.apart")
    if any(low == "#" and after in apart for low, after in pairwise(between)):
        return True
    if not word_set("figures_when.breaks.prior").isdisjoint(between) and draft.kind is not Kind.DURATION:
        return True
    relative = next((at for at, low in enumerate(between) if low in ("qui", "où")), None)
    if relative is None or draft.event or draft.change:
        return False
    return auxiliaries().isdisjoint(between[relative : relative + 4])


def _is_quoted_apart(sentence: Sentence, figure: int, found: int) -> bool:
    """Whether a date is quoted and the figure is not, or the figure in a sentence that is quoted without the date."""
    of_figure, of_date = quotation(sentence, figure), quotation(sentence, found)
    if of_figure == of_date:
        return False
    return of_date >= 0 or sentence.is_capitalised(of_figure + 1)


def _is_aside(draft: Draft, one: Standing) -> bool:
    """``Le groupe, qui emploie 6 300 salariés, vise 3 % cette année``, ``(-0,3 point), il était à 10 % en 2014``."""
    sentence = draft.sentence
    between = sentence.lows(draft.position + 1, one.lead + 1)
    if any(low == "et" and after in auxiliaries() for low, after in pairwise(between)):
        return True  # "fut élue pour 3 mandats et est aujourd'hui"
    if ")" in between and "#" in between[between.index(")") :]:
        return True
    if "," not in between or draft.event or draft.change:
        return False
    relative = sentence.last_before(draft.position, word_set("figures_when.breaks.relatives"))
    opened = sentence.low(relative - 1) == "," and relative > draft.position - FAR
    return opened and auxiliaries().isdisjoint(sentence.lows(relative, relative + 4))


def _is_embedded(sentence: Sentence, one: Standing, draft: Draft) -> bool:
    """``L'homme, qui avait été arrêté en 2014, a tué``: the date of a clause that is closed before the figure."""
    relative = sentence.last_before(one.first, word_set("figures_when.breaks.relatives"))
    if relative <= 0 or relative < one.first - REACH or sentence.low(relative - 1) != ",":
        return False
    closed = sentence.next_from(one.last + 1, frozenset({","}))
    return closed < draft.position and event_words().isdisjoint(sentence.lows(relative - 4, relative))


def share(drafts: Sequence[Draft], wanted: Sequence[Draft]) -> None:
    """Give parts the time of their whole, differences that of what they lead to, and a number told again its own."""
    bare = [draft for draft in wanted if draft.dated is None]
    if not bare:
        return
    told: dict[tuple[object, ...], Draft] = {}
    headlines: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        if draft.dated is not None:
            key = _key(draft)
            told.setdefault(key, draft)
            told.setdefault((*key[:3], ANY), draft)
            headlines.setdefault((is_headline(draft.sentence), *_number(draft)), draft)
    for draft in bare:
        whole = draft.parent or _level(draft)
        known = (draft.value or 0) >= SAME and draft.quantity.modifier is not Modifier.VAGUE  # not "des milliers"
        known = known and not is_background(draft.sentence)
        again = _again(draft, told) if known else None
        if whole is not None and whole.dated is not None:
            take_over(draft, whole, "when.of-whole")
        elif again is not None:
            take_over(draft, again, "when.again")
        elif known and (draft.value or 0) > FEW:
            other = headlines.get((not is_headline(draft.sentence), *_number(draft)))
            if other is not None and _may_be_same(draft, other):
                take_over(draft, other, "when.headline")


def _number(draft: Draft) -> tuple[object, ...]:
    return draft.kind, draft.unit, draft.value


def _may_be_same(draft: Draft, other: Draft) -> bool:
    """``50 000 personnes contre la taxe … Dimanche, 50 000 militants ont défilé``: by other words the same."""
    if (draft.event and other.event and draft.event != other.event) or draft.sentence.low(draft.position - 1) == "ces":
        return False
    return draft.counts or not draft.counted or not other.counted or draft.counted == other.counted


def _again(draft: Draft, told: dict[tuple[object, ...], Draft]) -> Draft | None:
    """Return the same number told with its time; 60 % of something else is another one."""
    # "Quatre soldats ont été tués … Les quatre personnes tuées"
    named = draft.event in HURT and draft.sentence.low(draft.position - 1) in KNOWN
    if not draft.event and draft.counts and draft.sentence.low(draft.position - 1) == "ces":
        return None  # "la plupart de ces douze élus sont connus": what they are, not what befell them
    again = told.get((*_key(draft)[:3], ANY) if named else _key(draft))
    if again is not None and not draft.counts and draft.counted and again.counted and draft.counted != again.counted:
        return None
    return again


def _level(draft: Draft) -> Draft | None:
    """``418 500 naissances, contre 430 000 en 2016, soit une baisse de 2,7 %``: what a difference leads to."""
    level = draft.before if draft.change is ChangeRole.BY else None
    return level.before if level is not None and level.change is ChangeRole.FROM else level


def _key(draft: Draft) -> tuple[object, ...]:
    if not draft.counts:
        told = (draft.value or 0) > FEW or (draft.value or 0) % 1
        return draft.kind, draft.unit, draft.value if told else id(draft)
    # Few are as many in other sentences, too, and then it is of the same that one speaks.
    noun = "" if draft.event and (draft.value or 0) > FEW else (draft.counted or "").lower()
    return draft.kind, draft.event, draft.value, noun
