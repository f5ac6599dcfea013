"""Where a sentence names the source of what it says, how far that reaches, and quotations."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsnlp.grammar.drafts import SourceBy
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import subject_before, words
from newsnlp.grammar.words import auxiliaries, grammar
from newsnlp.quotes.sources import source_after, source_at, source_before, source_of_hearsay, source_words
from newsnlp.quotes.words import hedge_phrases, hedge_set, incise_verbs, saying_phrases, saying_verbs

if TYPE_CHECKING:
    from newsnlp.grammar.items import Sentence, Span

SHORTEST_QUOTED_CLAUSE = 25
"""In characters: shorter quotations are names and words set apart, not statements."""
CLAUSE_REACH = 10
"""How many words after a verb of saying *que* may stand."""
STOPS = frozenset({".", ";"})
INCISE_MARKS = frozenset({",", "»", "–", "—", '"', "”"})
QUOTATION_ENDS = frozenset({"»", '"', "”"})
INVERTED_AUXILIARIES = ("a-t-", "ont-", "avait-")
PRONOUNS = frozenset({"il", "elle", "ils", "elles"})
STRICT = frozenset({"compté", "constaté", "constate", "noté", "relevé", "jugé", "considère"})
"""With a mere object, these are no verbs of saying."""
CLAUSE_OPENERS = frozenset({"avoir", "être", "disposer", "détenir"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source named in a sentence: the items it covers, where the source stands, and the word that shows it.

    ``pronoun`` is what stands for a source named before: *a-t-elle ajouté*.
    """

    first: int
    last: int
    source: Span | None
    by: SourceBy
    cue: int = 0
    pronoun: str = ""


@dataclass(frozen=True, slots=True)
class _Saying:
    """A verb of saying: where its auxiliary stands, where it is, and where what follows begins."""

    auxiliary: int
    verb: int
    after: int


def find_attributions(sentence: Sentence) -> list[Attribution]:
    """Return the attributions of one sentence, found once."""
    found: list[Attribution] = sentence.remember("attributions", lambda: _attributions(sentence))
    return found


def _attributions(sentence: Sentence) -> list[Attribution]:
    cues = _cues()
    found = [
        _prepositional(sentence, position) or _verbal(sentence, position)
        for position, low in enumerate(sentence.words)
        if low in cues or "-" in low
    ]
    kept = [attribution for attribution in found if attribution is not None]
    return kept + _gapped(sentence, kept)


@functools.cache
def _cues() -> frozenset[str]:
    """Return the words that an attribution can begin with, inverted verbs (*dit-il*) aside."""
    finite, participles, _ = saying_verbs()
    return finite | participles | frozenset(saying_phrases()) | frozenset(hedge_phrases("sources", "prepositions"))


def _gapped(sentence: Sentence, attributions: list[Attribution]) -> list[Attribution]:
    """``La police fait état de 1 500 participants, la CGT de 4 000``: the second source without its verb."""
    first = next((found for found in attributions if found.by is SourceBy.OBJECT), None)
    if first is None:
        return []
    gapped = []
    for draft in sentence.drafts:
        end = draft.position
        while sentence.low(end - 1) in ("de", "d'", "à"):
            end -= 1
        start = end
        while start > first.cue and sentence.is_word(start - 1):
            start -= 1
        source = source_at(sentence, start, end=end) if sentence.low(start - 1) in (",", ";", "et") else None
        if source is not None and source[1] == end:
            gapped.append(
                Attribution(draft.position, _end_of_claim(sentence, draft.position), source, SourceBy.GAPPED, end)
            )
    return gapped


def _prepositional(sentence: Sentence, position: int) -> Attribution | None:
    """``selon la police``: it covers its sentence, or its side of a semicolon."""
    length = _phrase_at(sentence, position, "prepositions")
    if not length or _phrase_at(sentence, position, "no_source"):
        return None
    breaks = _breaks(sentence)
    number = bisect_left(breaks, position)
    first = breaks[number - 1] + 1 if number else 0
    number = bisect_right(breaks, position)
    last = breaks[number] - 1 if number < len(breaks) else len(sentence.items) - 1
    if _is_headline_member(sentence, position):
        first = sentence.last_before(position, COMMA) + 1
    start = position + length
    pronoun = sentence.low(start) if sentence.low(start) in ("lui", "elle", "eux", "elles") else ""
    # "de sources sécuritaires": the cue itself is the head.
    source = source_at(sentence, start - 1) if sentence.low(start - 1) in ("source", "sources") else None
    if source is None and not pronoun and sentence.draft_at(start) is None:
        source = source_at(sentence, start, loose=True)
    return Attribution(first, last, source, SourceBy.SELON, position, pronoun)


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


def _is_headline_member(sentence: Sentence, position: int) -> bool:
    """``quatre otages libérés, 270 Palestiniens tués selon le Hamas``: it speaks of the last member alone."""
    if position == 0 or sentence.low(position - 1) == "," or sentence.next_from(0, COMMA) >= position:
        return False
    return sentence.next_from(0, auxiliaries()) >= position


def _phrase_at(sentence: Sentence, position: int, key: str) -> int:
    for phrase in hedge_phrases("sources", key).get(sentence.low(position), ()):
        if sentence.matches(position, phrase):
            return len(phrase)
    return 0


def _verbal(sentence: Sentence, position: int) -> Attribution | None:
    """``a annoncé que …``, ``…, précise la préfecture``, ``dit-il``."""
    saying = _saying_at(sentence, position)
    if saying is None:
        return _inverted(sentence, position)
    auxiliary = sentence.low(saying.auxiliary)
    if auxiliary.startswith(INVERTED_AUXILIARIES):
        return _with_pronoun(sentence, position, auxiliary.rpartition("-")[2], saying.after)
    after = saying.after
    while sentence.low(after) in words("adverbs"):
        after += 1
    opens_incise = _opens_incise(sentence, saying)
    if opens_incise:
        after_quotation = sentence.low(saying.auxiliary - 1) in QUOTATION_ENDS or "»" in sentence.lows(
            saying.auxiliary - 2, saying.auxiliary
        )
        source = source_after(sentence, after, loose=after_quotation)
        if source is not None or after_quotation:
            return Attribution(0, len(sentence.items) - 1, source, SourceBy.INCISE, position)
    return _main_verb(sentence, saying, after, position, opens_incise=opens_incise)


def _main_verb(
    sentence: Sentence, saying: _Saying, after: int, position: int, *, opens_incise: bool
) -> Attribution | None:
    """``La police affirme que …``, ``Le préfet, Jean Perrot, a annoncé trois arrestations``."""
    pronoun = sentence.low(saying.auxiliary - 1)
    pronoun = pronoun if pronoun in PRONOUNS else ""
    before = source_before(sentence, saying.auxiliary) if not pronoun else None
    subject = subject_before(sentence, saying.auxiliary)
    if subject is not None and set(sentence.lows(*subject)) & hedge_set("sources", "no_subjects"):
        return None
    clause = _clause_after(sentence, after)
    if clause is not None:
        if subject is None and sentence.low(saying.auxiliary - 1) in ("bilan", "qui"):
            return None
        return Attribution(clause, _end_of_claim(sentence, clause), before, SourceBy.THAT, position, pronoun)
    if sentence.low(position) in incise_verbs() and not (opens_incise and subject is None):
        return None
    if pronoun and sentence.low(position) not in STRICT:
        return Attribution(after, _end_of_claim(sentence, after), None, SourceBy.OBJECT, position, pronoun)
    if before is None:
        # ", a annoncé un berger": nobody stands before the verb, so somebody must stand after it.
        loose = source_after(sentence, after, loose=True) if opens_incise and subject is None else None
        return loose and Attribution(0, len(sentence.items) - 1, loose, SourceBy.INCISE, position)
    if sentence.low(position) in STRICT and sentence.low(before[0]) not in source_words("bodies"):
        return None
    return Attribution(after, _end_of_claim(sentence, after), before, SourceBy.OBJECT, position)


def _saying_at(sentence: Sentence, position: int) -> _Saying | None:
    """Return the verb of saying at a position, with its auxiliary where it has one."""
    low = sentence.low(position)
    finite, participles, _ = saying_verbs()
    for phrase in saying_phrases().get(low, ()):
        if sentence.matches(position, phrase):
            if sentence.low(position - 1) == "été":
                return None
            auxiliary = _auxiliary(sentence, position)
            return _Saying(position if auxiliary is None else auxiliary, position, position + len(phrase))
    if sentence.low(position + 1) in ("oui", "non"):
        return None  # "ont dit non à 57 %"
    auxiliary = _auxiliary(sentence, position) if low in participles else None
    if auxiliary is not None:
        return _Saying(auxiliary, position, position + 1)
    if low not in finite or sentence.low(position - 1) == "été":
        return None
    if low == "dit" and sentence.low(position - 1) in ("est", "le", "la", "un"):
        return None
    return _Saying(position, position, position + 1)


def _auxiliary(sentence: Sentence, position: int) -> int | None:
    """Return where the *avoir* of a participle stands; None where there is none, or a passive."""
    for step in range(position - 1, max(-1, position - 5), -1):
        low = sentence.low(step)
        if low in grammar("auxiliaries", "have") or low.startswith(INVERTED_AUXILIARIES):
            return None if sentence.low(step + 1) == "été" else step
        if low not in words("adverbs") and not low.endswith("ment") and low not in grammar("sources", "between"):
            return None
    return None


def _inverted(sentence: Sentence, position: int) -> Attribution | None:
    """``précise-t-on``, ``dit-il``, ``indique-t-elle``."""
    verb, _, pronoun = sentence.low(position).rpartition("-")
    if not verb or pronoun not in hedge_set("sources", "inverted") or verb.removesuffix("-t") not in saying_verbs()[0]:
        return None
    return _with_pronoun(sentence, position, pronoun, position + 1)


def _with_pronoun(sentence: Sentence, position: int, pronoun: str, after: int) -> Attribution:
    """``a-t-on appris auprès des autorités``, ``a-t-elle ajouté``: a body named after it, or somebody named before."""
    source = source_of_hearsay(sentence, after) if pronoun == "on" else None
    return Attribution(0, len(sentence.items) - 1, source, SourceBy.INCISE, position, pronoun)


def _opens_incise(sentence: Sentence, saying: _Saying) -> bool:
    """Whether the verb can open an inserted clause: ``..., a annoncé la police``, ``» affirme-t-il``."""
    if sentence.low(saying.verb + 1) == "état" or sentence.low(saying.auxiliary + 1) == "état":
        return False
    before = sentence.lows(saying.auxiliary - 2, saying.auxiliary)
    if not before or (before[-1] not in INCISE_MARKS and before[-1] != "comme" and before != ("comme", "l'")):
        return False
    # "X a démissionné, a annoncé que": a clause after it makes the verb a main one.
    following = range(saying.auxiliary + 1, saying.auxiliary + 4)
    return not any(sentence.low(step) in ("que", "qu'") for step in following)


def _clause_after(sentence: Sentence, position: int) -> int | None:
    """Return where the clause begins that *que*, a colon or an infinitive opens soon after the verb."""
    for step in range(position, min(position + CLAUSE_REACH, len(sentence.items))):
        low = sentence.low(step)
        if low in ("que", "qu'"):
            return step + 1
        if low in CLAUSE_OPENERS or low in (":", "«"):
            return step
        if low in (".", ";") or sentence.is_figure(step):
            return None
    return None


def _end_of_claim(sentence: Sentence, start: int) -> int:
    """Return where what is claimed ends: a semicolon, or *, qui emploient 1 254 salariés*, a fact beside it."""
    ends: list[int] = sentence.remember("ends of claims", lambda: _ends_of_claims(sentence))
    number = bisect_right(ends, start)
    return ends[number] - 1 if number < len(ends) else max(start, len(sentence.items) - 1)


def _ends_of_claims(sentence: Sentence) -> list[int]:
    asides = [position for position in sentence.positions(COMMA) if sentence.low(position + 1) == "qui"]
    return sorted([*_breaks(sentence), *asides])


@functools.cache
def _quote_pattern() -> re.Pattern[str]:
    return re.compile(r"«[^«»]{1,1500}»|“[^“”]{1,1500}”|(?<!\w)\"[^\"\n]{1,800}\"(?!\w)")


def find_quotations(text: str) -> list[tuple[int, int]]:
    """Return the spans in quotation marks that are long enough to be said by someone.

    Examples
    --------
    >>> find_quotations("« Nous avons perdu onze hommes », a dit le colonel de la « Brigade 5 ».")
    [(0, 32)]
    """
    return [match.span() for match in _quote_pattern().finditer(text) if len(match[0]) >= SHORTEST_QUOTED_CLAUSE]
