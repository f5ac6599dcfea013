"""Every count of victims that an article gives, and what the article itself tells of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsnlp.counts.befallen import (
    EVENTS,
    MISSED,
    are_animals,
    befallen_by_words,
    event_of,
    kept_in_hospital,
    noun_of,
    survived,
    tells_noun,
)
from newsnlp.counts.counted_up import counted_up
from newsnlp.counts.elliptic import Ellipses, goes_on, is_bare, tells_no_toll
from newsnlp.counts.listed import sums_of
from newsnlp.counts.roles import PART, PREVIOUS, TOTAL, is_aboard, is_carried, role_of
from newsnlp.counts.signs import surroundings
from newsnlp.counts.sites import placed
from newsnlp.lexicons import pattern, word_set
from newsnlp.records import ChangeRole, FigureEvent, Kind, Modifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from newsnlp.records import Number
    from newsnlp.tables.cells import Row

_LEAD_SENTENCES = 2
_LEAD_READ = 1500
"""Of how many characters the lead is looked for."""
_SHORTEST = 40
"""Shorter ones are a headline, a dateline or a day alone, not the first sentences of a lead."""
_SENTENCE_END = re.compile(r"[.!?…](?: »|\")?(?=\s+[A-ZÀ-Ý«\"\d—–-])|\n+")
_SAYER = pattern(
    r"(?:^|[ «(])((?:[Ll]e|[Ll]a|[Ll]'|[Ll]es|[Uu]ne?|du|des) ?(?:[^\W\d_]+ )?(?i:<dossiers_tolls.sayers.nouns>)"
    r"(?: [a-zéèêàç]+(?:iste|ien|ienne|ain|aine|ais|aise|ques?|al|ale|ier|ière)s?\b)?)"
    r"\b[^.;:]{0,70}?\b(?:<dossiers_tolls.sayers.verbs>)\b[^.;:]{0,60}$"
)
_NAMED = pattern(
    r"(?:^|[ «(])(?:((?:[A-Z]{2,}|[A-ZÀ-Ý][^\W\d_]+(?:[ -][A-ZÀ-Ý][^\W\d_]+)+))(?:, [^,.;:]{1,50},)? (?:en |n'en )?"
    r"|((?:[Ll]es?|[Ll]a|[Uu]ne?|[Ll]') ?[^\W\d_]+(?:[ -][^\W\d_]+){0,3}) n?'?en )"
    r"(?:<dossiers_tolls.sayers.verbs>)\b[^.;:]{0,60}$"
)
"""``Human Rights Watch a compté onze morts``, ``les garde-côtes en comptent 23``: no word of office tells who."""
_INSERTED = re.compile(
    r",? (?:quant à (?:lui|elle|eux|elles)|pour (?:sa|leur) part|de (?:son|leur) côté)\b,?|, (?:lui|elle|eux|elles),"
)
_AGAINST = re.compile(r"\b(?:alors|tandis) que $")
_HARMED = (FigureEvent.KILLED, FigureEvent.INJURED, FigureEvent.MISSING, FigureEvent.HOSPITALISED)
_ENDS = (ChangeRole.FROM, ChangeRole.TO)
_SAYER_REACH = 160
_SENTENCE_READ = 800
"""How many characters of a sentence are read before a number, and after it."""


@dataclass(slots=True)
class Statement:
    """One count of victims, in one article: its bounds as the words bound them, and its part in the toll.

    ``row`` is the figure's, or what was read of an ordinal (*dixième décès*), whose ``figure`` is None. ``left`` and
    ``right`` are what stands before and after the number in its sentence, ``kinds`` the sorts of event that the
    nearest noun of one may mean, ``happening`` the event of the article that it counts something of, ``country`` that
    of its place.
    """

    row: Row
    event: str
    moment: datetime | None
    low: Number | None
    high: Number | None
    value: Number | None
    lead: bool
    kinds: frozenset[str]
    background: bool
    left: str = field(repr=False)
    right: str = field(repr=False)
    source: str | None = None
    role: str = TOTAL
    superseded_by: int | None = None
    as_of: str | None = None
    happening: Row | None = None
    country: str | None = None
    is_main: bool = True

    @property
    def noun(self) -> str:
        """The first word of what is counted, in small letters."""
        return noun_of(self.row)

    @property
    def is_general(self) -> bool:
        """Whether it counts people of any kind, as tolls do."""
        return not self.noun or self.noun in word_set("dossiers_tolls.nouns.general")

    @property
    def is_vague(self) -> bool:
        """Whether it says no number."""
        return self.low is None and self.high is None

    @property
    def top(self) -> Number:
        """The number that it is compared by: of *at least 12* the 12."""
        return next((bound for bound in (self.low, self.high) if bound is not None), 0)

    @property
    def best(self) -> Number | None:
        """The number itself, or else the bound that is given, the lower first."""
        return next((bound for bound in (self.value, self.low, self.high) if bound is not None), None)

    def agrees(self, other: Statement) -> bool:
        """Whether one number fits both."""
        lows = [one.low for one in (self, other) if one.low is not None]
        highs = [one.high for one in (self, other) if one.high is not None]
        return not lows or not highs or max(lows) <= min(highs)


def statements_of(article: Row, found: Mapping[str, list[Row]]) -> list[Statement]:
    """Return the counts of victims of one article, in the order of its text.

    ``found`` are its rows of the tables ``figures`` and, where there is one, ``events``.
    """
    figures = [placed(row) for row in found["figures"]]
    around = [(row, *_around(row)) for row in figures]
    end = _lead_end(article, figures)
    events, elided = _befallen(article, found, around)
    made: list[Statement] = []
    crowd = word_set("dossiers_tolls.nouns.aboard")
    aboard = {
        row["figure"]
        for row, left, right in around
        if is_aboard(row, left, right)
        or (row["figure"] not in events and (noun_of(row) in crowd or is_carried(left, right)))
    }
    for row in figures:
        event = events.get(row["figure"])
        if event is None:
            continue
        # Of those aboard, the ones who died are no part: they are the toll.
        known = row | {"part_of": None if row["part_of"] in aboard else row["part_of"]}
        bare = row["figure"] in elided
        if bare:
            # The noun may be that of another number.
            known |= {"counted": row["counted"] if tells_noun(row, event) else None, "part_of": None}
        one = _statement(article, known, event, end)
        before = made[-1] if made else None
        one.role = role_of(one, events, before.event if before is not None else None)
        if bare and before is not None and before.role == PREVIOUS and goes_on(before.row, row, one.right):
            one.role = PREVIOUS
        made.append(one)
    made += sums_of(made)
    made += [_statement(article, row, event, end) for event, row in counted_up(article, figures)]
    made.sort(key=lambda one: one.row["start"])
    _happen(made, found)
    return made


def _befallen(
    article: Row, found: Mapping[str, list[Row]], around: Iterable[tuple[Row, str, str]]
) -> tuple[dict[int, str], set[int]]:
    """Return what befell those whom each figure counts, and the figures whose noun is told elsewhere."""
    events: dict[int, str] = {}
    elided: set[int] = set()
    told_in: int | None = None
    ellipses = Ellipses(str(article.get("text") or ""), _is_of_harm(found))
    for row, left, right in around:
        event = event_of(row, left, right, ellipses.last)
        going_on = _going_on(row, left, right, event, ellipses)
        if going_on is not None:
            event = going_on
            elided.add(row["figure"])
        elif event is not None and is_bare(row, left, right):
            # "Trente-six ont survécu", the drowned told before; "Neuf sont des femmes" tells no toll.
            event = (survived(right) if event == FigureEvent.KILLED else None) or event
            event = None if ellipses.refuses(row) or tells_no_toll(left, right) else event
        if event is None and row.get("change") in _ENDS and row.get("baseline") is not None:
            event = events.get(row["baseline"])  # "le nombre des survivants a été ramené de 45 à 41"
        if event == FigureEvent.AFFECTED and row["part_of"] in events:
            event = events[row["part_of"]]  # "Parmi les 23 victimes, onze enfants": what befell all befell some
        # Of "seize morts et 83 blessés", the dead are what is taken up: "le ministre s'en tient à huit".
        # "Les deux ouvrières qu'on espérait encore": nobody goes on with those who are found.
        pair = (ellipses.last, event) == (FigureEvent.KILLED, FigureEvent.INJURED) and row["sentence_start"] == told_in
        aside = pair or (event == FigureEvent.MISSING and MISSED.match(right) is not None)
        ellipses.told(row, event, elided=going_on is not None, aside=aside)
        if event is not None:
            events[row["figure"]] = event
            told_in = row["sentence_start"]
        elif noun_of(row) in word_set("dossiers_tolls.classes.carried"):
            ellipses.last = None  # "Ils en dénombrent 104": passengers
    return events, elided


def _going_on(row: Row, left: str, right: str, event: str | None, ellipses: Ellipses) -> str | None:
    """Return what a number without its noun goes on with, or what its own words say instead."""
    if row["kind"] != Kind.COUNT:
        return None
    # "412 cas et 19 décès ; l'ONG n'en compte que 380": the noun that the figure takes up is sure, but that of a
    # second one, "seize morts et 83 blessés : le ministre s'en tient à huit".
    sure = event is not None and event != FigureEvent.INJURED and tells_noun(row, event, sure=True)
    found = ellipses.event_of(row, left, right, event if sure else None)
    return found and (befallen_by_words(right) or kept_in_hospital(left) or found)


def _happen(made: Iterable[Statement], found: Mapping[str, list[Row]]) -> None:
    """Tell statements the event of the article that they count something of, and the country of their place."""
    countries = {row["entity_id"]: row.get("country") for row in found.get("entities", ())}
    happenings = {row["event_id"]: row for row in found.get("events", ())}
    # An arrest, a trial, a search that opens an article is about what made the victims.
    harm = word_set("dossiers_tolls.happenings.harm")
    main = {next(iter(happenings), None), next((key for key, row in happenings.items() if row["type"] in harm), None)}
    for one in made:
        one.country = countries.get(one.row.get("place_id") or "")
        one.happening = happenings.get(one.row.get("event_id") or "")
        one.is_main = one.happening is None or one.happening["event_id"] in main


def counts_of(article: Row, found: Mapping[str, list[Row]]) -> list[Statement]:
    """Return the counts of victims of one article, as `statements_of`, then others: of strikers, troops, houses."""
    made = statements_of(article, found)
    known = {one.row["figure"] for one in made}
    happenings = {row["event_id"]: row for row in found.get("events", ())}
    others = (row for row in found["figures"] if row["kind"] == Kind.COUNT and row["event"] not in (None, *EVENTS))
    made += [
        _counted(article, placed(row), happenings.get(row.get("event_id") or ""))
        for row in others
        if row["figure"] not in known and not are_animals(row["counted"] or "")
    ]
    return made


def animals_of(article: Row, found: Mapping[str, list[Row]]) -> list[Statement]:
    """Return the counts of animals, which are in no toll: *60 000 canards ont été abattus*."""
    rows = (row for row in found["figures"] if row["kind"] == Kind.COUNT and row["event"] is not None)
    return [_counted(article, placed(row), None) for row in rows if are_animals(row["counted"] or "")]


def _is_of_harm(found: Mapping[str, list[Row]]) -> bool:
    """Whether an article tells of what makes victims."""
    types = word_set("dossiers_tolls.happenings.harm")
    return any(one["type"] in types for one in found.get("events", ())) or any(
        row["event"] in _HARMED for row in found["figures"]
    )


def _counted(article: Row, row: Row, happening: Row | None) -> Statement:
    """Return what is counted of others than victims: strikers, troops, houses."""
    low, high, value = _bounds(row)
    return Statement(
        row=row,
        event=row["event"],
        moment=article["published_at"],
        low=low,
        high=high,
        value=value,
        role=TOTAL if row["part_of"] is None else PART,
        lead=False,
        kinds=frozenset(),
        background=False,
        left="",
        right="",
        source=row["source"],
        happening=happening,
    )


def _statement(article: Row, row: Row, event: str, end: int) -> Statement:
    low, high, value = _bounds(row)
    kinds, background = surroundings(row)
    left, right = _around(row)
    return Statement(
        row=row,
        event=event,
        moment=article["published_at"],
        low=low,
        high=high,
        value=value,
        lead=row["start"] < end,
        kinds=kinds,
        background=background,
        left=left,
        right=right,
        source=_sayer(left, contrasted=True) or row.get("source") or _sayer(left),
    )


def _bounds(row: Row) -> tuple[Number | None, Number | None, Number | None]:
    """Return low, high and value; a word that says no number has none."""
    if row["modifier"] == Modifier.VAGUE:
        return None, None, None
    return row["value_min"], row["value_max"], row["value"]


def _around(row: Row) -> tuple[str, str]:
    """Return what stands before and after a number in its sentence, of an endless one the nearest."""
    sentence, at = row["sentence"] or "", row["sentence_start"] or 0
    start, end = max(0, row["start"] - at), max(0, row["end"] - at)
    return sentence[max(0, start - _SENTENCE_READ) : start], sentence[end : end + _SENTENCE_READ]


def _sayer(left: str, *, contrasted: bool = False) -> str | None:
    """Return who holds a number that the figure names no source of: *Le gouvernement s'en tient à trois morts*.

    If `contrasted`, only who is told against another one: *alors que le ministre s'en tient à huit*.
    """
    said = _INSERTED.sub("", left[-_SAYER_REACH:])
    match = _SAYER.search(said, said.rfind(" que ") + 4 if contrasted else 0)
    match = match or (None if contrasted else _NAMED.search(said))
    if match is None or (contrasted and not _AGAINST.search(said[: match.start(1)])):
        return None
    return str(match[match.lastindex or 1]).strip()


def lead_end(text: str, wanted: int) -> int:
    """Return where the first sentences of a text end, the headline and what else is short not counted."""
    at = sentences = 0
    for match in _SENTENCE_END.finditer(text[:_LEAD_READ]):
        sentences += match.end() - at > _SHORTEST
        at = match.end()
        if sentences == wanted:
            break
    # A text of fewer sentences is all lead; of one that goes on without an end, what was read.
    return at if sentences == wanted or (sentences and len(text) > _LEAD_READ) else len(text)


def _lead_end(article: Row, figures: Iterable[Row]) -> int:
    """Return where the lead ends: after the headline and two sentences, or the first that count something."""
    text = str(article.get("text") or "")
    if text:
        return lead_end(text, _LEAD_SENTENCES)
    starts = sorted({row["sentence_start"] or 0 for row in figures})
    return starts[_LEAD_SENTENCES] if len(starts) > _LEAD_SENTENCES else int(max(starts, default=0)) + 1
