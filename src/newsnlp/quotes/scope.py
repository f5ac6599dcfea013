"""How far it reaches what somebody is said to say: its clause, its side of a semicolon, its quotation marks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from newsnlp.grammar.items import COMMA
from newsnlp.grammar.words import auxiliaries
from newsnlp.quotes.words import hedge_set

if TYPE_CHECKING:
    from newsnlp.grammar.items import Sentence, Span

STOPS = frozenset({".", ";"})
CONTRASTS = frozenset({"et", "mais", "tandis", "alors", "or"})
"""After the comma behind a source these open what the source does not say."""
CLAUSES = CONTRASTS - {"et"}
AUXILIARY = 3
"""How far behind the comma that opens an inserted clause its verb stands: *, a aussitôt annoncé*."""
BESIDE = frozenset({"qui", "où", "tandis", "lequel", "laquelle"})
COUNTED = 3
"""How far behind a number with its noun the verb of its clause stands."""
CIRCUMSTANCES = frozenset({"après", "avant"})
JOINTS = frozenset({",", "et"})


def stretch(sentence: Sentence, position: int, source: Span | None) -> Span:
    """Return the first and last item of what a source says: between semicolons, up to *, mais* behind the source."""
    breaks = _breaks(sentence)
    number = bisect_left(breaks, position)
    first = breaks[number - 1] + 1 if number else 0
    number = bisect_right(breaks, position)
    last = breaks[number] - 1 if number < len(breaks) else len(sentence.words) - 1
    end = position + 1 if source is None else source[1]
    if position > first and sentence.low(end) == ",":
        if sentence.low(end + 1) in CONTRASTS:
            last = min(last, end)
        if sentence.lows(position - 2, position) == ("et", ","):
            first = position  # "une centaine à Vire et, d'après X, 180 à Isigny"
        # "Aucun blessé, mais les dégâts, disent les élus, dépassent": an inserted clause is of the clause around it.
        first = max(first, _last_opening(sentence, position))
        if sentence.low(position - 2) in hedge_set("planned", "modals"):
            first = max(
                first, sentence.last_before(position - 2, COMMA) + 1
            )  # "Évalué à 9 euros, il pourrait, selon X,"
        aside = sentence.last_before(position, BESIDE)
        if (
            aside > first
            and sentence.low(aside - 1) == ","
            and sentence.next_from(aside, COMMA) >= position - AUXILIARY
        ):
            first, last = aside, end
    return first, last


def _last_opening(sentence: Sentence, position: int) -> int:
    """Return where the clause begins that a comma and *mais* or *tandis que* open before a position."""
    opening = sentence.last_before(position, CLAUSES)
    return opening if sentence.low(opening - 1) == "," else 0


def _breaks(sentence: Sentence) -> list[int]:
    """Return where what is attributed ends."""
    found: list[int] = sentence.remember(
        "breaks", lambda: [position for position in sentence.positions(STOPS) if _is_break(sentence, position)]
    )
    return found


def _is_break(sentence: Sentence, position: int) -> bool:
    """``…  213 km. Côté afghan, …``: a stop that the splitter took for an abbreviation ends what is attributed."""
    low = sentence.low(position)
    if low != ".":
        return low == ";"
    return sentence.is_figure(position - 1) and sentence.is_capitalised(position + 1)


def is_headline_member(sentence: Sentence, position: int) -> bool:
    """``quatre otages libérés, 270 Palestiniens tués selon le Hamas``: it speaks of the last member alone."""
    if position == 0 or sentence.low(position - 1) == "," or sentence.next_from(0, COMMA) >= position:
        return False
    return sentence.next_from(0, auxiliaries()) >= position


def end_of_claim(sentence: Sentence, start: int) -> int:
    """Return where what is claimed ends: a semicolon, or *, qui emploient 1 254 salariés*, a fact beside it."""
    ends: list[int] = sentence.remember("ends of claims", lambda: _ends_of_claims(sentence))
    number = bisect_right(ends, start)
    return ends[number] - 1 if number < len(ends) else max(start, len(sentence.words) - 1)


def _ends_of_claims(sentence: Sentence) -> list[int]:
    asides = [position for position in sentence.positions(COMMA) if sentence.low(position + 1) in BESIDE]
    return sorted([*_breaks(sentence), *asides])


def end_of_object(sentence: Sentence, start: int) -> int:
    """Return where the object of a verb of saying ends: also at what else the subject does, *et a saisi 40 armes*."""
    ends: list[int] = sentence.remember("ends of objects", lambda: _ends_of_objects(sentence))
    number = bisect_right(ends, start)
    return min(end_of_claim(sentence, start), ends[number] - 1 if number < len(ends) else len(sentence.words))


def _ends_of_objects(sentence: Sentence) -> list[int]:
    return [
        position
        for position in sentence.positions(JOINTS)
        if (sentence.low(position + 1) in auxiliaries() and sentence.low(position + 1) != "soit")
        or (sentence.low(position) == "," and sentence.low(position + 1) in CIRCUMSTANCES)
        or _opens_clause(sentence, position + 1)
    ]


def _opens_clause(sentence: Sentence, position: int) -> bool:
    """``a compté 900 grévistes, onze personnes ont été arrêtées``: a number with its noun and a verb of its own."""
    verb = sentence.next_from(position, auxiliaries())
    return (
        sentence.is_figure(position)
        and position + 1 < verb <= position + COUNTED
        and all(sentence.is_word(step) for step in range(position + 1, verb))
    )
