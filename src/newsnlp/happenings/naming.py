"""What an event is called, who did it or took part in it, and who says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.happenings.words import word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.grammar.items import Names
    from newsnlp.happenings.story import Happening
    from newsnlp.records import Entity, Figure

# "le vol MH370", "le vol AF 447 d'Air France", "le vol EgyptAir MS804".
FLIGHT = re.compile(r"\b[Vv]ols? (?:n[°o] ?)?(?:[A-Z][\w-]+ ){0,2}([A-Z]{2} ?\d{2,4})\b")
# "la tempête tropicale « Nate »": French joins places with a preposition, and names with none.
_CALLED = r"[A-ZÀ-ÖØ-Þ][^\W\d_]{2,20}"
GIVEN = re.compile(rf" (?:(?:post|extra|sub)?-?tropicale?s? )?(?:[«\"“][ \u00a0\u202f]?)?({_CALLED}(?:-{_CALLED})?)\b")
BY = frozenset({"par"})
REACH = 12
CLAIMED = 4
"""How many words behind a name *revendique* may stand."""
MOST = 6
PARTIES = frozenset({"battle", "agreement", "meeting", "competition", "strike", "protest"})
"""Types whose names of people and bodies beside the trigger took part."""
PERSONAL = frozenset({"arrest", "trial", "appointment", "death", "election"})


def actors_of(happening: Happening, names: Names, entities: dict[str, Entity]) -> tuple[str, ...]:
    """Return the names of who did it or took part, each once."""
    found: list[str] = []
    for telling in happening.tellings[:MOST]:
        sentence = telling.sentence
        claiming = sentence.positions(word_list("actors", "claiming"))
        for mention in names.within(sentence.start, sentence.end):
            if mention.label == "LOC" and happening.kind != "battle":
                continue
            first, last = sentence.items_within(mention.start, mention.end)
            if last < first:
                continue
            before = sentence.lows(first - 3, first)
            by = bool(BY & set(before)) and first > telling.first
            claims = any(0 < position - last <= CLAIMED for position in claiming)
            near = min(abs(first - telling.last), abs(last - telling.first)) <= REACH
            party = (
                happening.kind in PARTIES | PERSONAL and near and telling.is_sure and mention.label in ("PER", "ORG")
            )
            if by or claims or party:
                entity = entities.get(mention.entity_id or "")
                name = entity.name if entity is not None else mention.text
                if name not in found:
                    found.append(name)
    return tuple(found[:MOST])


def sources_of(happening: Happening, figures: Sequence[Figure]) -> tuple[str, ...]:
    """Return who says what is counted of an event, each once."""
    found = dict.fromkeys(figures[number].source for number in happening.figures)
    return tuple(source for source in found if source)


def name_of(happening: Happening) -> str | None:
    """Return what an event is called: *la tempête Ingrid*, *le vol MH370*; None where its tellings do not name it."""
    if happening.kind not in ("storm", "air_accident"):
        return None
    for telling in happening.tellings[:MOST]:
        sentence = telling.sentence
        if happening.kind == "air_accident":
            flight = FLIGHT.search(sentence.text)
            if flight is not None:
                return flight[1].replace(" ", "")
        elif telling.kind == "storm" and telling.trigger.is_noun:
            behind = GIVEN.match(sentence.text, telling.end - sentence.start)
            if behind is not None:
                return behind[1]
    return None
