"""Where a sentence names the source of what it says, how far that reaches, and quotations."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsnlp.grammar.drafts import SourceBy
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import CLITICS, subject_before, words
from newsnlp.grammar.verbs import is_finite
from newsnlp.quotes.sayings import (
    INVERTED_AUXILIARIES,
    REFLEXIVES,
    Saying,
    opens_incise_at,
    phrase_at,
    saying_at,
    that_follows,
)
from newsnlp.quotes.scope import end_of_claim, end_of_object, is_headline_member, stretch
from newsnlp.quotes.sources import (
    CLAUSE_ENDS,
    THAT,
    any_subject,
    has_view,
    informant,
    medium_at,
    relay_at,
    source_after,
    source_at,
    source_before,
    source_of_hearsay,
)
from newsnlp.quotes.subjects import (
    ACCOUNTS,
    BY,
    clause_after,
    is_unsigned_account,
    only_people,
    pronoun_before,
    shows,
    states_object,
    subject_of,
)
from newsnlp.quotes.words import (
    forms_of,
    hedge_phrases,
    hedge_set,
    hedge_words,
    infinitives,
    participles_of,
    saying_phrases,
    saying_verbs,
    spoken,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsnlp.grammar.items import Sentence, Span

WORDS = re.compile(r"[^\W\d_]+")
QUOTATION_ENDS = frozenset({"»", '"', "”"})
AGENT_REACH = 14
"""How many words may stand between *évalués* and *par la fédération*: the number and its noun."""
COUNTED_REACH = 6
"""How many words may stand between a number and *recensés par l'ONU*: its noun with what belongs to it."""
RELAY_REACH = 6
"""How far behind the verb it is said to whom: *a déclaré samedi soir à l'AFP*."""
GLUED = "selon"
STRESSED = frozenset({"lui", "elle", "eux", "elles"})
GOING_ON = frozenset({",", "en", "»", "et"})
TO_SAY = frozenset({"voulu", "souhaité", "pour"})
SAID_TO = frozenset({"avant de", "avant d'", "tenu à", "tient à", "tenait à"})
SHORT_OPENING = 3


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source named in a sentence: the items it covers, where the source stands, and the word that shows it.

    ``pronoun`` is what stands for a source named before: *a-t-elle ajouté*. ``via`` is who passes on what the source
    says: *selon des témoins cités par Reuters*.
    """

    first: int
    last: int
    source: Span | None
    by: SourceBy
    cue: int = 0
    pronoun: str = ""
    via: Span | None = None


def find_attributions(sentence: Sentence) -> list[Attribution]:
    """Return the attributions of one sentence, found once."""
    found: list[Attribution] = sentence.remember("attributions", lambda: _attributions(sentence))
    return found


def cue_of(sentence: Sentence, found: Attribution) -> Span:
    """Return the words that attribute: from the auxiliary to the participle, *selon*, *d'après*."""
    position = found.cue
    if found.by is SourceBy.SELON:
        return position, position + max(1, phrase_at(sentence, position, "prepositions"))
    saying = saying_at(sentence, position)
    if saying is not None:
        return saying.auxiliary, max(saying.after, position + 1)
    return position, position + 1 + sentence.low(position).startswith(INVERTED_AUXILIARIES)  # "a-t-il plaisanté"


def may_attribute(text: str) -> bool:
    """Whether a sentence has a word that an attribution can begin with, asked of its text before it is itemised."""
    low = text.lower()
    single, inverted, phrases = _signs()
    words_of = WORDS.findall(low)
    return not single.isdisjoint(words_of) or bool(inverted.search(low)) or any(phrase in low for phrase in phrases)


@functools.cache
def _signs() -> tuple[frozenset[str], re.Pattern[str], tuple[str, ...]]:
    """Return the words, the pronouns and the phrases of attributions."""
    firsts = {phrase[0] for phrases in hedge_phrases("sources", "prepositions").values() for phrase in phrases}
    firsts -= {"selon", "suivant", "citant"}
    several = tuple(phrase for phrase in hedge_words("sources", "prepositions") if " " in phrase or "'" in phrase)
    single = frozenset(low.rstrip("'") for low in _cues() if low not in firsts)
    return single, re.compile(r"-(?:t-)?(?:il|elle|on)s?\b"), several


def _attributions(sentence: Sentence) -> list[Attribution]:
    cues = _cues()
    glued = GLUED.capitalize() in sentence.text
    kept: list[Attribution] = []
    for position, low in enumerate(sentence.words):
        readers = cues.get(low) or ((_glued, _inverted) if "-" in low or (glued and low.endswith(GLUED)) else ())
        if not readers:
            continue
        found = next((found for read in readers if (found := read(sentence, position)) is not None), None)
        if found is not None:
            kept.append(_with_relay(sentence, _with_speaker(sentence, found, kept)))
    # "selon l'AFP, citant la police" is one statement of the police.
    passed_on = {attribution.source for attribution in kept if attribution.via is not None}
    kept = [found for found in kept if found.source not in passed_on or sentence.low(found.cue) != "citant"]
    return kept + _gapped(sentence, kept)


def _with_speaker(sentence: Sentence, found: Attribution, before: list[Attribution]) -> Attribution:
    """``…, a dit le maire, estimant que``: who goes on is the one who spoke before, or whom the sentence is about."""
    low = sentence.low(found.cue)
    goes_on = low.endswith("ant") and sentence.low(found.cue - 1) in GOING_ON
    if found.by is not SourceBy.THAT or not (goes_on or low in infinitives()):
        return found
    said = next((other for other in reversed(before) if other.by is not SourceBy.SELON), before[0] if before else None)
    if said is not None:
        return replace(found, source=said.source, pronoun=said.pronoun)
    verb: int = sentence.remember("first verb", lambda: _first_verb(sentence))
    if verb >= found.cue:
        return found
    while sentence.low(verb - 1) in CLITICS:
        verb -= 1
    pronoun = pronoun_before(sentence, verb)
    source = None if pronoun else source_before(sentence, verb)
    return replace(found, source=source or (None if pronoun else found.source), pronoun=pronoun)


def _first_verb(sentence: Sentence) -> int:
    """Return where the first finite verb stands; the end where there is none."""
    size = len(sentence.words)
    return next((place for place in range(1, size) if is_finite(sentence, place)), size)


def _with_relay(sentence: Sentence, found: Attribution) -> Attribution:
    """``selon des témoins cités par Reuters``, ``a dit à l'AFP le maire``, ``selon l'AFP, citant la police``."""
    if found.source is None:
        return found
    end = found.source[1]
    step = end + (sentence.low(end) == ",")
    quoting = 1 if sentence.low(step) == "citant" else 2 if sentence.lows(step, step + 2) == ("qui", "cite") else 0
    cited = source_at(sentence, step + quoting, loose=True) if quoting else None
    if cited is not None:
        return replace(found, source=cited, via=found.source)
    via = relay_at(sentence, end)
    if via is None and found.by is not SourceBy.SELON:
        places = range(found.cue + 1, min(found.cue + RELAY_REACH, len(sentence.words)))
        via = next((span for place in places if (span := medium_at(sentence, place)) is not None), None)
    return found if via is None or via == found.source else replace(found, via=via)


@functools.cache
def _cues() -> dict[str, tuple[Callable[[Sentence, int], Attribution | None], ...]]:
    """Return the words that an attribution can begin with, and what reads it; inverted verbs (*dit-il*) aside."""
    finite, participles = spoken()
    groups = {
        _prepositional: frozenset(hedge_phrases("sources", "prepositions")),
        _in_account: ACCOUNTS,
        _in_view_of: frozenset({"pour"}),
        _verbal: finite | participles | forms_of("account") | frozenset(saying_phrases()) | REFLEXIVES,
        _by_agent: participles_of("agent"),
        _to_say: infinitives(),
    }
    return {low: tuple(read for read in groups if low in groups[read]) for low in frozenset().union(*groups.values())}


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
        opens = sentence.low(start - 1) in (",", ";", "et") and not any(
            start <= found.cue < end for found in attributions
        )
        source = source_at(sentence, start, end=end) if opens else None
        if source is not None and source[1] == end:
            gapped.append(
                Attribution(draft.position, end_of_claim(sentence, draft.position), source, SourceBy.GAPPED, end)
            )
    return gapped


def _prepositional(sentence: Sentence, position: int) -> Attribution | None:
    """``selon la police``: it covers its sentence, or its side of a semicolon, or of *mais* behind it."""
    length = phrase_at(sentence, position, "prepositions")
    # "à partir de sources officielles" tells what an account was made of.
    if not length or phrase_at(sentence, position, "no_source") or sentence.low(position - 1) == "partir":
        return None
    start = position + length
    pronoun = sentence.low(start) if sentence.low(start) in STRESSED else ""
    # "de sources sécuritaires": the cue itself is the head.
    source = source_at(sentence, start - 1) if sentence.low(start - 1) in ("source", "sources") else None
    if source is None and not pronoun:
        source = source_at(sentence, start, loose=sentence.low(position) != "suivant") or informant(sentence, start)
    first, last = stretch(sentence, position, source)
    if is_headline_member(sentence, position):
        first = sentence.last_before(position, COMMA) + 1
    return Attribution(first, last, source, SourceBy.SELON, position, pronoun)


def _glued(sentence: Sentence, position: int) -> Attribution | None:
    """``des taxesSelon une enquête, 76 %``: two paragraphs that lost their break."""
    if not sentence.texts[position].endswith(GLUED.capitalize()) or sentence.low(position) == GLUED:
        return None
    source = source_at(sentence, position + 1, loose=True)
    return source and Attribution(position, stretch(sentence, position, source)[1], source, SourceBy.SELON, position)


def _in_view_of(sentence: Sentence, position: int) -> Attribution | None:
    """``Mais, pour M. Goudet, « la ministre …`` and ``Pour l'expert, 300 emplois``: at the head of a sentence."""
    opens = position == 0 or (position < SHORT_OPENING and sentence.low(position - 1) in (",", "mais"))
    if opens and sentence.low(position + 1) in STRESSED and sentence.low(position + 2) == ",":
        if sentence.low(position + 3) == "qui":
            return None
        span = stretch(sentence, position, None)
        return Attribution(position + 2, span[1], None, SourceBy.SELON, position, sentence.low(position + 1))
    source = source_at(sentence, position + 1) if opens else None
    if source is None or sentence.low(source[1]) != ",":
        return None
    if not has_view(sentence, position + 1, source) and sentence.low(source[1] + 1) != "«":
        return None
    return Attribution(source[1], stretch(sentence, position, source)[1], source, SourceBy.SELON, position)


def _in_account(sentence: Sentence, position: int) -> Attribution | None:
    """``contre douze dans un précédent bilan``: an account told apart from the one that is told."""
    if sentence.low(position - 3) not in ("dans", "lors"):
        return None
    source = source_at(sentence, position - 1)
    first = sentence.last_before(position, COMMA) + 1
    return source and Attribution(first, source[1] - 1, source, SourceBy.SELON, position)


def _verbal(sentence: Sentence, position: int) -> Attribution | None:
    """``a annoncé que …``, ``…, précise la préfecture``, ``dit-il``."""
    saying = saying_at(sentence, position)
    if saying is None:
        return _inverted(sentence, position)
    auxiliary = sentence.low(saying.auxiliary)
    if auxiliary.startswith(INVERTED_AUXILIARIES):
        return _with_pronoun(sentence, position, auxiliary.rpartition("-")[2], saying.after)
    after = saying.after
    while sentence.low(after) in words("adverbs"):
        after += 1
    # "a gagné, confirmant les attentes de la police": a participle inserts nobody's words.
    opens_incise = opens_incise_at(sentence, saying) and not sentence.low(position).endswith("ant")
    opens_incise = opens_incise and (not saying.needs_marks(sentence.low(position)) or _beside_marks(sentence, saying))
    if opens_incise:
        after_quotation = _beside_marks(sentence, saying)
        source = source_after(sentence, after, loose=after_quotation)
        has_subject = source_before(sentence, saying.auxiliary) is not None
        if has_subject and not after_quotation and that_follows(sentence, after):
            return _main_verb(sentence, saying, after, position, opens_incise=False)
        if source is not None and has_subject and sentence.has_figure(*source):
            source = None  # "Les syndicats, en colère, revendiquent 80 % de grévistes"
        if source is not None or (after_quotation and not has_subject):
            return Attribution(*stretch(sentence, position, source), source, SourceBy.INCISE, position)
    return _main_verb(sentence, saying, after, position, opens_incise=opens_incise)


def _beside_marks(sentence: Sentence, saying: Saying) -> bool:
    """``« … », menace le préfet``."""
    before = sentence.lows(saying.auxiliary - 2, saying.auxiliary)
    return not QUOTATION_ENDS.isdisjoint(before[-1:]) or "»" in before


def _main_verb(
    sentence: Sentence, saying: Saying, after: int, position: int, *, opens_incise: bool
) -> Attribution | None:
    """``La police affirme que …``, ``Le préfet, Jean Perrot, a annoncé trois arrestations``."""
    pronoun = pronoun_before(sentence, saying.auxiliary)
    before = None if pronoun else subject_of(sentence, saying.auxiliary, position)
    subject = subject_before(sentence, saying.auxiliary)
    # ", estimant que": the subject stands further back.
    is_apart = sentence.low(position).endswith("ant") and sentence.low(position - 1) in GOING_ON
    if not is_apart and subject is not None and set(sentence.lows(*subject)) & hedge_set("sources", "no_subjects"):
        return None
    if before is not None and is_unsigned_account(sentence, before):
        return None
    clause = clause_after(sentence, after, que=saying.needs_marks(sentence.low(position)))
    if clause is not None:
        if not pronoun and before is None and only_people(sentence.low(position)):
            before = None if sentence.low(clause) in (":", "«") else any_subject(sentence, saying.auxiliary)
        is_shown = sentence.low(position) not in forms_of("shows") or shows(sentence, before)
        if not is_shown or (before is None and sentence.low(saying.auxiliary - 1) == "qui"):
            return None
        return Attribution(clause, end_of_claim(sentence, clause), before, SourceBy.THAT, position, pronoun)
    if saying.is_deed(sentence.low(position)) and not (opens_incise and subject is None):
        return None
    is_strict = sentence.low(position) in saying_verbs()[2] and saying.after == position + 1
    if pronoun and not is_strict:
        return Attribution(after, end_of_object(sentence, after), None, SourceBy.OBJECT, position, pronoun)
    if before is None:
        # ", a annoncé un berger": nobody stands before the verb, so somebody must stand after it.
        loose = source_after(sentence, after, loose=True) if opens_incise and subject is None else None
        return loose and Attribution(*stretch(sentence, position, loose), loose, SourceBy.INCISE, position)
    is_shown = sentence.low(position) not in forms_of("shows") or shows(sentence, before, pictures=False)
    if not is_shown or (is_strict and not states_object(sentence, before, after)):
        return None  # "Le club a montré deux visages", "La vidéo montre deux hommes"
    return Attribution(after, end_of_object(sentence, after), before, SourceBy.OBJECT, position)


def _to_say(sentence: Sentence, position: int) -> Attribution | None:
    """``…, avant d'annoncer que``, ``en a profité pour révéler que``, ``a tenu à rappeler que``."""
    before = sentence.lows(position - 2, position)
    is_said = sentence.low(position - 1) in TO_SAY or " ".join(before) in SAID_TO
    clause = clause_after(sentence, position + 1) if is_said else None
    if clause is None or sentence.low(clause - 1) not in THAT:
        return None
    return Attribution(clause, end_of_claim(sentence, clause), None, SourceBy.THAT, position)


def _by_agent(sentence: Sentence, position: int) -> Attribution | None:
    """``évalués à 90 millions par la fédération``, ``les douze morts recensés par l'ONU``."""
    if sentence.low(position) not in participles_of("agent"):
        return None
    told = position > 0 and sentence.low(position - 1) == "été"
    par = sentence.next_from(position, BY)
    start = max(0, sentence.last_before(position, CLAUSE_ENDS) + 1)
    if par > position + AGENT_REACH or sentence.next_from(position, CLAUSE_ENDS) < par:
        # "12 blessés ont été rapportés": by nobody named.
        reported = told and sentence.low(position) in participles_of("reported")
        return Attribution(start, position, None, SourceBy.AGENT, position) if reported else None
    source = source_at(sentence, par + 1)
    if source is None:
        return None
    number = sentence.drafts_from(position) - 1
    before = sentence.drafts[number].position if number >= 0 else -1
    near = before >= position - COUNTED_REACH and sentence.next_from(before, CLAUSE_ENDS) > position
    last = max(source[1], sentence.next_from(source[1], CLAUSE_ENDS)) - 1
    first = start if told else before if near else position
    return Attribution(first, last, source, SourceBy.AGENT, position)


def _inverted(sentence: Sentence, position: int) -> Attribution | None:
    """``précise-t-on``, ``dit-il``, ``indique-t-elle``."""
    verb, _, pronoun = sentence.low(position).rpartition("-")
    if not verb or pronoun not in hedge_set("sources", "inverted") or verb.removesuffix("-t") not in saying_verbs()[0]:
        return None
    return _with_pronoun(sentence, position, pronoun, position + 1)


def _with_pronoun(sentence: Sentence, position: int, pronoun: str, after: int) -> Attribution:
    """``a-t-on appris auprès des autorités``, ``a-t-elle ajouté``: a body named after it, or somebody named before."""
    source = source_of_hearsay(sentence, after) if pronoun == "on" else None
    return Attribution(*stretch(sentence, after - 1, source), source, SourceBy.INCISE, position, pronoun)
