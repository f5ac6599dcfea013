"""Where a sentence names the source of what it says, how far that reaches, and quotations."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsnlp.grammar.drafts import SourceBy
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import subject_before, words
from newsnlp.grammar.words import auxiliaries
from newsnlp.lexicons.names import given_names
from newsnlp.quotes.sayings import INCISE_MARKS, INVERTED_AUXILIARIES, REFLEXIVES, Saying, saying_at
from newsnlp.quotes.scope import end_of_claim, end_of_object, is_headline_member, stretch
from newsnlp.quotes.sources import (
    THAT,
    known_heads,
    medium_at,
    relay_at,
    source_after,
    source_at,
    source_before,
    source_of_hearsay,
    source_words,
)
from newsnlp.quotes.words import (
    INFINITIVE,
    forms_of,
    hedge_phrases,
    hedge_set,
    participles_of,
    saying_phrases,
    saying_verbs,
    spoken,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsnlp.grammar.items import Sentence, Span

CLAUSE_REACH = 10
"""How many words after a verb of saying *que* may stand."""
QUOTATION_ENDS = frozenset({"»", '"', "”"})
PRONOUNS = frozenset({"il", "elle", "ils", "elles"})
STANDING_FOR = frozenset({"ce dernier", "celui-ci", "cette dernière", "celle-ci", "ces derniers"})
AGENT_REACH = 14
"""How many words may stand between *évalués* and *par la fédération*: the number and its noun."""
COUNTED_REACH = 6
"""How many words may stand between a number and *recensés par l'ONU*: its noun with what belongs to it."""
RELAY_REACH = 6
"""How far behind the verb it is said to whom: *a déclaré samedi soir à l'AFP*."""
GLUED = "selon"
NEAR = frozenset({"ce", "cet", "cette", "ces"})
ACCOUNTS = frozenset({"bilan", "décompte"})
SHORT_OPENING = 3
BY = frozenset({"par"})
OF_WHOM = frozenset({"de", "d'", "du", "des"})
OF_DEED = frozenset({"de", "d'"})
NEGATED = frozenset({"ne", "n'"})
NE_BEFORE = 6
CLAUSE_ENDS = frozenset({",", ";", ".", ":", "qui", "que"})
BEFORE_QUE = frozenset({"alors", "tandis", "ainsi", "parce", "bien", "pour"})
"""With *que* these open a clause of their own: *s'inquiètent du plan, alors que*."""
CLAUSE_OPENERS = frozenset({"avoir", "être", "disposer", "détenir"})


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
        return position, position + max(1, _phrase_at(sentence, position, "prepositions"))
    saying = saying_at(sentence, position)
    if saying is not None:
        return saying.auxiliary, max(saying.after, position + 1)
    return position, position + 1 + sentence.low(position).startswith(INVERTED_AUXILIARIES)  # "a-t-il plaisanté"


def _attributions(sentence: Sentence) -> list[Attribution]:
    cues = _cues()
    glued = GLUED.capitalize() in sentence.text
    kept = []
    for position, low in enumerate(sentence.words):
        readers = cues.get(low) or ((_glued, _inverted) if "-" in low or (glued and low.endswith(GLUED)) else ())
        found = next((found for read in readers if (found := read(sentence, position)) is not None), None)
        if found is not None:
            kept.append(_with_relay(sentence, found))
    # "selon l'AFP, citant la police" is one statement of the police.
    passed_on = {attribution.source for attribution in kept if attribution.via is not None}
    kept = [found for found in kept if found.source not in passed_on or sentence.low(found.cue) != "citant"]
    return kept + _gapped(sentence, kept)


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
    length = _phrase_at(sentence, position, "prepositions")
    # "à partir de sources officielles" tells what an account was made of.
    if not length or _phrase_at(sentence, position, "no_source") or sentence.low(position - 1) == "partir":
        return None
    start = position + length
    pronoun = sentence.low(start) if sentence.low(start) in ("lui", "elle", "eux", "elles") else ""
    # "de sources sécuritaires": the cue itself is the head.
    source = source_at(sentence, start - 1) if sentence.low(start - 1) in ("source", "sources") else None
    if source is None and not pronoun:
        source = source_at(sentence, start, loose=True)
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
    source = source_at(sentence, position + 1) if opens else None
    if source is None or sentence.low(source[1]) != ",":
        return None
    head = sentence.low(source[0])
    is_person = head in source_words("people") | source_words("voices") or sentence.low(source[0] + 1) == "."
    is_person = is_person or sentence.texts[source[0]] in given_names()
    is_near = head in known_heads() and sentence.low(position + 1) in NEAR  # "pour ce collectif"
    if not is_person and not is_near and sentence.low(source[1] + 1) != "«":
        return None
    return Attribution(source[1], stretch(sentence, position, source)[1], source, SourceBy.SELON, position)


def _in_account(sentence: Sentence, position: int) -> Attribution | None:
    """``contre douze dans un précédent bilan``: an account told apart from the one that is told."""
    if sentence.low(position - 3) not in ("dans", "lors"):
        return None
    source = source_at(sentence, position - 1)
    first = sentence.last_before(position, COMMA) + 1
    return source and Attribution(first, source[1] - 1, source, SourceBy.SELON, position)


def _phrase_at(sentence: Sentence, position: int, key: str) -> int:
    for phrase in hedge_phrases("sources", key).get(sentence.low(position), ()):
        if sentence.matches(position, phrase):
            return len(phrase)
    return 0


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
    opens_incise = _opens_incise(sentence, saying) and not sentence.low(position).endswith("ant")
    opens_incise = opens_incise and (not saying.needs_marks(sentence.low(position)) or _beside_marks(sentence, saying))
    if opens_incise:
        after_quotation = _beside_marks(sentence, saying)
        source = source_after(sentence, after, loose=after_quotation)
        has_subject = source_before(sentence, saying.auxiliary) is not None
        that = sentence.next_from(after, CLAUSE_ENDS | THAT)
        if has_subject and not after_quotation and sentence.low(that) in THAT and that < after + CLAUSE_REACH:
            return _main_verb(sentence, saying, after, position, opens_incise=False)  # "Luc, maire, a dit hier que"
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
    pronoun = _pronoun_before(sentence, saying.auxiliary)
    before = None if pronoun else _subject(sentence, saying.auxiliary, position)
    subject = subject_before(sentence, saying.auxiliary)
    if subject is not None and set(sentence.lows(*subject)) & hedge_set("sources", "no_subjects"):
        return None
    if before is not None and _is_unsigned_account(sentence, before):
        return None
    clause = _clause_after(sentence, after, que=saying.needs_marks(sentence.low(position)))
    if clause is not None:
        if before is None and sentence.low(saying.auxiliary - 1) == "qui":
            return None
        if sentence.low(position) in forms_of("shows") and not _shows(sentence, before):
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
    if is_strict and not _states_object(sentence, before, after):
        return None
    return Attribution(after, end_of_object(sentence, after), before, SourceBy.OBJECT, position)


def _subject(sentence: Sentence, verb: int, position: int) -> Span | None:
    """Return the source before a verb of saying, or before the verb that it is joined to."""
    if sentence.low(position).endswith("ant") and sentence.low(position - 1) == "en":
        return None  # "a terminé la réunion en disant": what stands before is an object
    found = source_before(sentence, verb)
    if found is not None or sentence.low(verb - 1) != "et":
        return found
    # "L'État a regretté la décision et rappelle que"
    first = source_at(sentence, 0)
    return first if first and sentence.low(first[1]) in auxiliaries() | COMMA else None


def _is_unsigned_account(sentence: Sentence, source: Span) -> bool:
    """``Le bilan officiel fait état de 12 morts``: nobody is named; *le bilan du ministère* names somebody."""
    words_of = sentence.lows(*source)
    if ACCOUNTS.isdisjoint(words_of) or BY.intersection(words_of):
        return False
    complement = next((step for step in range(*source) if sentence.low(step) in OF_WHOM), source[1])
    return source_at(sentence, complement + 1, end=source[1]) is None


def _shows(sentence: Sentence, source: Span | None) -> bool:
    """``Une étude montre que``, ``les chercheurs ont montré que``, not *le club a montré que*."""
    said = () if source is None else sentence.lows(*source)
    return not (source_words("documents") | source_words("scholars")).isdisjoint(said)


def _pronoun_before(sentence: Sentence, verb: int) -> str:
    """``elle annonce``, ``Ce dernier n'avait annoncé``: the pronoun that is the subject."""
    verb -= sentence.low(verb - 1) in NEGATED
    phrases = (sentence.low(verb - 1), " ".join(sentence.lows(verb - 2, verb)))
    return next((phrase for phrase in phrases if phrase in PRONOUNS | STANDING_FOR), "")


def _states_object(sentence: Sentence, source: Span, after: int) -> bool:
    """``La police a constaté 12 infractions``, not ``l'armée a avancé dans la ville``."""
    is_object = sentence.is_figure(after) or sentence.low(after) in words("determiners")
    return is_object and sentence.low(source[0]) in known_heads() - source_words("people")


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


def _opens_incise(sentence: Sentence, saying: Saying) -> bool:
    """Whether the verb can open an inserted clause: ``..., a annoncé la police``, ``» affirme-t-il``."""
    if sentence.low(saying.after - 1) == "état":
        return False
    before = sentence.lows(saying.auxiliary - 2, saying.auxiliary)
    if not before or (before[-1] not in INCISE_MARKS and before[-1] != "comme" and before != ("comme", "l'")):
        return False
    # "X a démissionné, a annoncé que": a clause after it makes the verb a main one.
    following = range(saying.auxiliary + 1, saying.auxiliary + 4)
    return not any(sentence.low(step) in ("que", "qu'") for step in following)


def _clause_after(sentence: Sentence, position: int, *, que: bool) -> int | None:
    """Return where the clause begins that *que*, a colon or an infinitive opens soon after the verb, or *que* alone."""
    # "que l'ONU accuse d'entretenir 3 000 hommes"
    accuses = sentence.low(position - 1) in forms_of("deed")
    for step in range(position, min(position + CLAUSE_REACH, len(sentence.words))):
        low = sentence.low(step)
        if low in ("que", "qu'"):
            if step > position and sentence.low(step - 1) in BEFORE_QUE:
                return None
            restricts = sentence.is_figure(step + 1) and not NEGATED.isdisjoint(sentence.lows(step - NE_BEFORE, step))
            return None if restricts else step + 1  # "n'en a promis que 120"
        if que and (low in CLAUSE_OPENERS or low in (":", "«")):
            return None
        if (
            low in CLAUSE_OPENERS
            or low in (":", "«")
            or (accuses and low in OF_DEED and INFINITIVE.search(sentence.low(step + 1)))
        ):
            return step
        if low in (".", ";") or sentence.is_figure(step):
            return None
    return None
