"""Which statements are of another event than the one that the articles of a story are about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from newsnlp.counts.roles import CUMULATIVE, DENIED, OTHER, PART, PREVIOUS, TOTAL
from newsnlp.counts.signs import SENTENCE, TOLD_YEAR, WORD, triggers
from newsnlp.counts.sites import wide_names
from newsnlp.counts.statements import lead_end
from newsnlp.lexicons import pattern, word_set
from newsnlp.safety.values import iso_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from newsnlp.counts.statements import Statement
    from newsnlp.tables.cells import Row

SLACK = timedelta(days=3)
"""How long before the first article the event may have happened where no article dates it."""
_STALE = 300
"""How many days before an article what its lead tells beside news is another event."""
_REACH = 110
"""How many characters from its number the noun of another event may stand."""
_NEW = pattern(r"\b(?:une? (?:<dossiers_tolls.nouns.new> )?|(?:une?|deux|trois|l'|d') ?autres? )$", re.IGNORECASE)
_ANOTHER = pattern(r"\b(?:autres?|(?:nouvel|nouvelle|second|seconde)) $", re.IGNORECASE)
_OTHER_NOUN = re.compile(r"\bautres? ([^\W\d_]+)")
_ASIDE = pattern(r"(?:^|[ ,«])(?:<dossiers_tolls.aside.words>)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scene:
    """The event that a story is about: when it began, where it was, of which kind it is."""

    start: date | None
    places: frozenset[str]
    kinds: frozenset[str]
    types: frozenset[str]
    countries: frozenset[str]


def scene_of(told: Sequence[tuple[Row, Sequence[Statement]]]) -> Scene:
    """Return the event of a story, from the headlines and leads of its articles, in order of publication."""
    days: list[date] = []
    places: set[str] = set()
    kinds: set[str] = set()
    first = next((_day(row["published_at"]) for row, _ in told if row["published_at"] is not None), None)
    for row, statements in told:
        lead = [one for one in statements if one.lead and one.role != CUMULATIVE and not one.background]
        for one in lead or [one for one in statements[:1] if one.role != CUMULATIVE]:
            if one.row.get("place"):
                places.add(str(one.row["place"]).casefold())
            kinds |= one.kinds
            begin = iso_day(one.row.get("when_begin"))
            whole_day = begin is not None and len(str(one.row.get("when") or "")) >= len("2026-01-01")
            if whole_day and begin is not None and (first is None or begin <= first):
                days.append(begin)
        text = str(row.get("text") or row.get("title") or "")
        text = text[: lead_end(text, 1)]
        kinds.update(*(triggers().get(word.lower(), ()) for word in WORD.findall(text)))
    start = min(days, default=first)
    if start is not None and first is not None:
        # A date of a lead may be that of another event, or of a report: of several days, the one told most.
        common = max(set(days), key=lambda day: (days.count(day), day), default=start)
        start = min(common, first)
        if not days:
            start = max(first, date.min + SLACK) - SLACK
    types = {one.happening["type"] for _, statements in told for one in statements if one.happening and one.is_main}
    leads = [one for _, statements in told for one in statements if one.lead and one.role != CUMULATIVE]
    countries = {one.country for one in leads if one.country is not None}
    return Scene(start, frozenset(places), frozenset(kinds), frozenset(types), frozenset(countries))


def set_apart(told: Sequence[tuple[Row, Sequence[Statement]]]) -> None:
    """Give the role ``other`` to statements of other events than the story's."""
    scene = scene_of(told)
    for _, statements in told:
        mine = {one.top for one in statements if one.lead and one.role == TOTAL}
        _set_apart_stale(statements)
        before: Statement | None = None
        apart: Statement | None = None
        for one in statements:
            if one.role == one.row.get("toll_role") == CUMULATIVE and _is_from_start(one, scene):
                one.role = TOTAL
            # "tuant un ouvrier et en blessant quatre"
            follows = (
                before is not None
                and before is apart
                and one.role in (TOTAL, PART)
                and one.row["sentence_start"] == before.row["sentence_start"]
            )
            if follows or (one.role in (TOTAL, PREVIOUS, PART, DENIED) and _is_other(one, scene, mine)):
                one.role = OTHER
                apart = one
            before = one


def _set_apart_stale(statements: Sequence[Statement]) -> None:
    """``Le plus meurtrier, celui de 1999, avait tué 17 000 personnes``: in a lead, beside a toll of these days."""
    lead = [one for one in statements if one.lead and one.role == TOTAL]
    stale = [one for one in lead if _is_stale(one)]
    told = {one.row["sentence_start"] for one in stale}
    if any(one.row["sentence_start"] not in told for one in lead):
        for one in stale:
            one.role = OTHER


def _is_stale(one: Statement) -> bool:
    years = [int(year) for year in TOLD_YEAR.findall(one.row["sentence"] or "")]
    if one.moment is None or not years:
        return False
    end = iso_day(one.row.get("when_end"))
    return (one.moment.date() - end).days > _STALE if end is not None else max(years) < one.moment.year - 1


def _is_from_start(one: Statement, scene: Scene) -> bool:
    """``163 décès depuis le 4 août``, when the epidemic began: the sum over its time is its toll."""
    begin = iso_day(one.row.get("when_begin"))
    return begin is not None and scene.start is not None and abs(begin - scene.start) <= SLACK


def _is_other(one: Statement, scene: Scene, mine: Iterable[object]) -> bool:
    if one.lead and not _says_another(one):
        return False
    if one.top in mine and one.role != PREVIOUS and not (one.background or _says_another(one)):
        return False
    if one.role == PREVIOUS:
        return _is_before(one.row, scene, years=True)
    return (
        _is_before(one.row, scene)
        or _introduces(one, scene)
        or _is_of_another(one, scene)
        or _is_abroad(one, scene)
        or (_is_elsewhere(one, scene) and bool(_ASIDE.search(one.left) or _ASIDE.search(one.right)))
    )


def _is_before(row: Row, scene: Scene, *, years: bool = False) -> bool:
    """Whether what is counted is of a day before the event began."""
    end = iso_day(row.get("when_end"))
    if scene.start is None:
        return False
    if end is None:
        told = [int(year) for year in TOLD_YEAR.findall((row["sentence"] or "")[:SENTENCE])]
        return not years and bool(told) and max(told) < scene.start.year
    if years:
        return end.year < scene.start.year and (scene.start - end).days > 31  # noqa: PLR2004
    return (scene.start - end).days > 1


def _introduces(one: Statement, scene: Scene) -> bool:
    """``un autre naufrage``, ``un séisme de magnitude 7,1 avait fait``: deep in an article, an event of its own."""
    whole = f"{one.left}{' ' * 3}{one.right}"
    at = len(one.left)
    for match in WORD.finditer(whole, max(0, at - _REACH)):
        if match.start() > at + _REACH:
            break
        kinds = triggers().get(match[0].lower())
        if kinds is None:
            continue
        before = whole[: match.start()]
        if ";" in whole[min(at, match.end()) : max(at, match.start())]:
            continue
        if _NEW.search(before) or _ANOTHER.search(before):
            return True
        if scene.kinds and not kinds & scene.kinds and _is_elsewhere(one, scene):
            return True
    return False


def _is_of_another(one: Statement, scene: Scene) -> bool:
    """Whether the article tells an event of its own with this number: of another day, place or kind of harm."""
    event = one.happening
    if event is None or one.is_main or event["type"] not in word_set("dossiers_tolls.happenings.harm"):
        return False
    end = iso_day(event.get("when_end"))
    if end is not None and scene.start is not None:
        if (scene.start - end).days > 1:
            return True
        # "Il y a onze jours, au même endroit, le naufrage d'une barque": of another day, and not brought about by it.
        begin = iso_day(event.get("when_begin"))
        later = begin is not None and (begin - scene.start).days > SLACK.days
        chain = word_set("dossiers_tolls.happenings.chain")
        if later and event["type"] not in scene.types and not (event["type"] in chain and scene.types & chain):
            return True
    place = str(event.get("place") or "").casefold()
    elsewhere = bool(place) and place not in scene.places and place not in wide_names()
    return elsewhere and bool(scene.types) and event["type"] not in scene.types


def _is_abroad(one: Statement, scene: Scene) -> bool:
    """``En Tunisie voisine, la tempête a tué 17 personnes``: in another country than all leads are of."""
    own = one.row.get("place_basis") not in ("event", "dateline")
    return own and one.country is not None and bool(scene.countries) and one.country not in scene.countries


def _says_another(one: Statement) -> bool:
    """``un autre accident a fait deux morts``, in a headline or lead too."""
    return any(match[1].lower() in triggers() for match in _OTHER_NOUN.finditer(one.left[-_REACH:]))


def _is_elsewhere(one: Statement, scene: Scene) -> bool:
    """Whether it is told of a place of its own, which no lead names."""
    place = one.row.get("place")
    if not place or one.row.get("place_basis") in ("event", "dateline"):
        return False
    return str(place).casefold() not in scene.places and str(place).casefold() not in wide_names()


def _day(moment: datetime) -> date:
    return moment.date()
