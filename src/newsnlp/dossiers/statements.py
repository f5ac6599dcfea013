"""Every count of victims that an article gives, and what the article itself tells of it: total, part, older, denied."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newsnlp.dossiers.befallen import event_of, noun_of, takes_up
from newsnlp.lexicons import pattern, word_set
from newsnlp.numerals.find import NumberForm, find_numbers
from newsnlp.records import FigureEvent, Kind, Modifier, Status, TollRole
from newsnlp.tables.tolls import _surroundings
from newsnlp.tables.views import _placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from newsnlp.records import Number
    from newsnlp.tables.cells import Row

PART, OTHER, DENIED = "part", "other", "denied"
TOTAL, PREVIOUS = TollRole.TOTAL.value, TollRole.PREVIOUS.value
INCREMENT, CUMULATIVE = TollRole.INCREMENT.value, TollRole.CUMULATIVE.value
# Of these the figures tell who is a part: a count without a role is of some of those told already.
_WITH_ROLE = frozenset({FigureEvent.KILLED, FigureEvent.INJURED, FigureEvent.MISSING, FigureEvent.HOSPITALISED})
_NEAR = 70
"""How many characters from a number the words that deny it or call it old may stand."""

_AND_NOT = re.compile(r"(?:,? et)? (?:non|pas)(?: pas| plus)?(?: d[e'])? ?$")
_INSTEAD = re.compile(r"\b(?:au lieu d[eu']|contre|plutôt que|et non) ?$")
_HAD_SAID = pattern(r"\bavai(?:t|ent)(?: [^\W\d_']+){0,3}? (?:<dossiers_tolls.older.said>)\b[^.;:,]*$")
_SAID_AFTER = pattern(r"^[^.;:]{0,30}?\b(?:avaient|avait)(?: [^\W\d_]+){0,2}? (?:<dossiers_tolls.older.said>)\b")
_WAS_SAYING = pattern(
    r"(?:^|[ «(])(?:<dossiers_tolls.older.then>)\b[^.;:]*\b(?:<dossiers_tolls.older.was_saying>)\b[^.;:]*$"
    r"|\b(?:<dossiers_tolls.older.was_saying>)(?: [^\W\d_]+)? (?:<dossiers_tolls.older.then>)\b[^.;:]*$",
    re.IGNORECASE,
)
_FORMER = re.compile(r"\b(?:initiale?|précédente?|ancien(?:ne)?)(?: de| d'| à|, de)? ?$")
_UNTIL = pattern(r"(?:^|[ «(])(?:<dossiers_tolls.older.until>)\b[^.;:]*$", re.IGNORECASE)
_DENIES = pattern(r"\b(?:<dossiers_tolls.denied.verbs>)\b[^.;:]{0,30}\b(?:<dossiers_tolls.denied.said>)\b[^.;]{0,50}$")
_DENIED_AFTER = pattern(
    r"^[^.;:]{0,60}, (?:ce qu[e'] ?|une? (?:<dossiers_tolls.denied.said>) qu[e'] ?)[^.;:]{0,60}"
    r"\b(?:<dossiers_tolls.denied.verbs>|<dossiers_tolls.denied.judged>)\b"
)
_JUDGED = pattern(r"\b(?:<dossiers_tolls.denied.judged>)\b[^.;:]{0,90}\b(?:<dossiers_tolls.denied.said>)\b[^.;:]*$")
_SAYER = pattern(
    r"(?:^|[ «(])((?:[Ll]e|[Ll]a|[Ll]'|[Ll]es|[Uu]ne?|du|des) ?(?:[^\W\d_]+ )?(?i:<dossiers_tolls.sayers.nouns>)"
    r"(?: [a-zéèêàç]+(?:iste|ien|ienne|ain|aine|ais|aise|ques?|al|ale|ier|ière)s?\b)?)"
    r"\b[^.;:]{0,70}?\b(?:<dossiers_tolls.sayers.verbs>)\b[^.;:]{0,60}$"
)
_SENTENCE_END = re.compile(r"[.!?…](?: »|\")?(?=\s+[A-ZÀ-Ý«\"\d—–-])|\n+")
_CLAUSE_END = re.compile(r"[.;:](?:\s|$)|,? dont |,? parmi lesquel|,? notamment |,? et (?=[^.;:,]{0,25}\d)")
_PART_AFTER = pattern(r"(?:^|[ '])(?:<dossiers_tolls.parts.after>)")
_PART_BEFORE = pattern(r"(?:^|[ ,(])(?:<dossiers_tolls.parts.before>),?(?: [^\W\d_]+){0,2} $", re.IGNORECASE)
_AMONG = re.compile(r"(?:^|[«(;:] ?)[Pp]armi (?:les|ces|eux|elles)\b[^.;:]*$")
_FOUND = re.compile(
    r"\b(?:sont|ont été|avaient été) (?:finalement |tous |depuis )?(?:retrouvée?s|localisée?s|rentrée?s)"
)
_ADDED = pattern(r" (?:(?:<dossiers_tolls.parts.added>) |[^\W\d_]+ (?:<dossiers_tolls.parts.added>)\b(?! côté))")
_OTHERS = re.compile(r" (?:[^\W\d_]+ )?autres?\b(?! côté)")
_AROUND_HURT = re.compile(r"blessé|touché|intoxiqu")
_NONE_MISSING = re.compile(
    r"\b(?:[Pp]lus aucune?|[Aa]ucune?|ne \w+ plus de)(?: autre)?(?: [^\W\d_]+)?(?: n'est)?(?: plus)?"
    r"(?: portée?)? disparue?s?\b"
)
_ORDINAL_NOUN = pattern(r" (?:<dossiers_tolls.nouns.counted_up>)\b", re.IGNORECASE)


@dataclass(slots=True)
class Statement:
    """One count of victims, in one article: its bounds as the words bound them, and its part in the toll.

    ``row`` is the figure's, or what was read of an ordinal (*dixième décès*), whose ``figure`` is None.
    """

    row: Row
    event: str
    moment: datetime | None
    outlet: str | None
    low: Number | None
    high: Number | None
    value: Number | None
    role: str
    lead: bool
    kinds: frozenset[str]
    background: bool
    said_by: str | None = None
    superseded_by: int | None = None
    as_of: str | None = None
    happening: Row | None = None
    is_main: bool = True
    left: str = field(repr=False, default="")
    right: str = field(repr=False, default="")

    @property
    def source(self) -> str | None:
        """Who says it."""
        return self.said_by

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
    """Return the counts of victims of one article, in the order of its text."""
    figures = [_placed(row) for row in found["figures"]]
    lead_end = _lead_end(article, figures)
    made: list[Statement] = []
    last: str | None = None
    events: dict[int, str] = {}
    for row in figures:
        left, right = _around(row)
        event = event_of(row, left, right, last)
        if event is None:
            continue
        one = _statement(article, row, event, lead_end)
        one.role = _role(one, events, last)
        events[row["figure"]] = last = event
        made.append(one)
    made += _none_missing(article, lead_end)
    made += _ordinals(article, figures, lead_end)
    made.sort(key=lambda one: one.row["start"])
    happenings = {row["event_id"]: row for row in found.get("events", ())}
    main = next(iter(happenings), None)
    for one in made:
        one.happening = happenings.get(one.row.get("event_id") or "")
        one.is_main = one.happening is None or one.happening["event_id"] == main
    return made


def _statement(article: Row, row: Row, event: str, lead_end: int) -> Statement:
    vague = row["modifier"] == Modifier.VAGUE
    kinds, background = _surroundings(row)
    left, right = _around(row)
    return Statement(
        row=row,
        event=event,
        moment=article["published_at"],
        outlet=article["source"],
        low=None if vague else row["value_min"],
        high=None if vague else row["value_max"],
        value=None if vague else row["value"],
        role=TOTAL,
        lead=row["start"] < lead_end,
        kinds=kinds,
        background=background,
        left=left,
        right=right,
        said_by=row.get("source") or _sayer(left),
    )


def _around(row: Row) -> tuple[str, str]:
    """Return what stands before and after a number in its sentence."""
    sentence, at = row["sentence"] or "", row["sentence_start"] or 0
    return sentence[: max(0, row["start"] - at)], sentence[max(0, row["end"] - at) :]


def _sayer(left: str) -> str | None:
    """Return who holds a number that the figure names no source of: *Le gouvernement s'en tient à trois morts*."""
    match = _SAYER.search(left[-160:])
    return None if match is None else match[1].strip()


def _lead_end(article: Row, figures: Iterable[Row]) -> int:
    """Return where the lead ends: the first paragraph of some length, or the first two sentences that count."""
    text = article.get("text")
    if text:
        at = sentences = 0
        for match in _SENTENCE_END.finditer(str(text)[:1500]):
            # The headline, a date alone and a name before a full stop are no sentences of the lead.
            sentences += match.end() - at > 60  # noqa: PLR2004
            at = match.end()
            if sentences == 2:  # noqa: PLR2004
                break
        return at if sentences else len(str(text))
    starts = sorted({row["sentence_start"] or 0 for row in figures})
    return starts[2] if len(starts) > 2 else 10**9  # noqa: PLR2004


def _role(one: Statement, events: Mapping[int, str], last: str | None) -> str:
    """Return the role that the article itself gives a statement."""
    row = one.row
    if row["status"] == Status.PLANNED and one.event not in ("missing",):
        return OTHER
    if row["status"] == Status.DENIED and one.top:
        return DENIED
    if one.noun in word_set("dossiers_tolls.classes.around") and row["event"] != FigureEvent.KILLED:
        return OTHER if one.event != FigureEvent.INJURED or _AROUND_HURT.search(one.right[:60]) is None else PART
    if _AND_NOT.search(one.left) or _is_denied(one):
        return DENIED
    told = row.get("toll_role")
    if told == TollRole.PREVIOUS or (told == TollRole.TOTAL and row.get("superseded_by") is not None):
        return PREVIOUS
    if _is_older(one):
        return PREVIOUS
    parent = row["part_of"]
    if parent is not None:
        of_parent = events.get(parent)
        own = row["event"] == one.event and of_parent != one.event and one.event not in ("killed", "injured", "missing")
        return TOTAL if own and not _PART_AFTER.search(_CLAUSE_END.split(one.right[:_NEAR])[0]) else PART
    if one.event == FigureEvent.KILLED and one.noun in word_set("dossiers_tolls.nouns.attackers"):
        return PART
    if one.event == FigureEvent.MISSING and _FOUND.search(_CLAUSE_END.split(one.right[:_NEAR])[0]):
        return PREVIOUS
    if _AMONG.search(one.left):
        return PART
    if told == INCREMENT and takes_up(one.left):
        return TOTAL
    if told in (INCREMENT, CUMULATIVE):
        return str(told)
    if _ADDED.match(one.right) or (last == one.event and _OTHERS.match(one.right)):
        return INCREMENT
    if _PART_AFTER.search(_CLAUSE_END.split(one.right[:_NEAR])[0]) or _PART_BEFORE.search(one.left[-50:]):
        return PART
    if not one.top and not one.is_general:
        return PART  # "aucun enfant n'est mort"
    if told is None and one.event in _WITH_ROLE and row["event"] == one.event and one.top and not one.is_general:
        return PART
    return TOTAL


def _is_denied(one: Statement) -> bool:
    """``la police dément la rumeur d'une vingtaine de morts``, ``…, ce que l'administration réfute``."""
    return bool(
        _DENIES.search(one.left[-120:]) or _JUDGED.search(one.left[-120:]) or _DENIED_AFTER.search(one.right[:140])
    )


def _is_older(one: Statement) -> bool:
    """``qui avait parlé de cinq morts``, ``alors que 121 avaient été annoncés``, ``Jusqu'ici, on en comptait sept``."""
    return bool(
        _INSTEAD.search(one.left[-20:])
        or _HAD_SAID.search(one.left[-_NEAR - 50 :])
        or _SAID_AFTER.search(one.right[:_NEAR])
        or _FORMER.search(one.left[-40:])
        or _WAS_SAYING.search(one.left[-120:])
        or _UNTIL.search(one.left[-_NEAR - 30 :])
    )


def _ordinals(article: Row, figures: Iterable[Row], lead_end: int) -> list[Statement]:
    """``un dixième décès``, ``la vingtième victime``: who counts them up tells the toll."""
    texts: dict[int, str] = {}
    if article.get("text"):
        texts[0] = str(article["text"])
    else:
        texts = {row["sentence_start"]: row["sentence"] for row in figures if row["sentence"]}
    made = []
    for at, text in texts.items():
        for noun in _ORDINAL_NOUN.finditer(text):
            before = text[max(0, noun.start() - 40) : noun.start()]
            numbers = [n for n in find_numbers(before) if n.form == NumberForm.ORDINAL and n.end == len(before)]
            if not numbers or numbers[0].value < 2:  # noqa: PLR2004  # of the first, nobody counts
                continue
            number = numbers[0]
            start = at + noun.start() - len(number.text)
            made.append(_counted_up(article, start, number.text, int(number.value), text, noun.end(), at, lead_end))
    return made


def _none_missing(article: Row, lead_end: int) -> list[Statement]:
    """``Aucune personne n'est plus portée disparue``: nobody is missing any more."""
    text = str(article.get("text") or "")
    made = []
    for match in _NONE_MISSING.finditer(text):
        one = _counted_up(article, match.start(), match[0], 0, text, match.end(), 0, lead_end)
        one.event, one.row["counted"] = FigureEvent.MISSING.value, "disparus"
        made.append(one)
    return made


def _counted_up(
    article: Row, start: int, words: str, value: int, text: str, stop: int, at: int, lead_end: int
) -> Statement:
    inside = start - at
    first = max(text.rfind("\n", 0, inside), text.rfind(". ", 0, inside) + 1) + 1
    ends = [place for mark in (". ", "\n") if (place := text.find(mark, stop)) >= 0]
    last = min(ends, default=len(text) - 1) + 1
    row: dict[str, Any] = {
        **dict.fromkeys(("place", "place_id", "country", "source", "source_kind", "when", "when_begin", "when_end")),
        **{"figure": None, "start": start, "end": start + len(words), "text": words, "value": value},
        **{"value_min": value, "value_max": value, "modifier": Modifier.EXACT.value, "kind": Kind.COUNT.value},
        **{"status": Status.ASSERTED.value, "sentence": text[first:last].strip(), "sentence_start": at + first},
        **{"counted": text[inside + len(words) : stop].strip(), "part_of": None, "event_id": None},
        "article_id": article["article_id"],
    }
    return _statement(article, row, FigureEvent.KILLED.value, lead_end)
