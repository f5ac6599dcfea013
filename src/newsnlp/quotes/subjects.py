"""The subject of a verb of saying, and the clause behind it: *le maire, Luc Blin, a aussi annoncé que*."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import words
from newsnlp.grammar.verbs import INFINITIVE, is_infinitive
from newsnlp.grammar.words import auxiliaries
from newsnlp.lexicons import word_set
from newsnlp.quotes.sayings import CLAUSE_REACH, saying_at
from newsnlp.quotes.sources import OF, OF_WHOM, known_heads, named_before, source_at, source_before, source_words
from newsnlp.quotes.words import forms_of, infinitives, intending, plain_verbs

if TYPE_CHECKING:
    from newsnlp.grammar.items import Sentence, Span

PRONOUNS = frozenset({"il", "elle", "ils", "elles"})
STANDING_FOR = frozenset({"ce dernier", "celui-ci", "cette dernière", "celle-ci", "ces derniers"})
ACCOUNTS = frozenset({"bilan", "décompte"})
OBJECT_REACH = 5
"""How many words behind a verb its object may begin: *a reconnu dans un communiqué la perte*."""
BY = frozenset({"par"})
NEGATED = frozenset({"ne", "n'"})
NE_BEFORE = 6
CLAUSE_OPENERS = frozenset({"avoir", "être", "disposer", "détenir"})


def subject_of(sentence: Sentence, verb: int, position: int) -> Span | None:
    """Return the source before a verb of saying, or before the verb that it is joined to."""
    if sentence.low(position).endswith("ant") and sentence.low(position - 1) == "en":
        return None  # "a terminé la réunion en disant": what stands before is an object
    found = named_before(sentence, verb) or source_before(sentence, verb)
    if found is not None or sentence.low(verb - 1) != "et":
        return found
    # "L'État a regretté la décision et rappelle que"
    first = source_at(sentence, 0)
    if first is None or sentence.low(first[1]) in auxiliaries() | COMMA:
        return first
    return first if saying_at(sentence, first[1]) is not None else None  # "FO dénonce « un carnage » et rappelle que"


def is_unsigned_account(sentence: Sentence, source: Span) -> bool:
    """``Le bilan officiel fait état de 12 morts``: nobody is named; *le bilan du ministère* names somebody."""
    words_of = sentence.lows(*source)
    if ACCOUNTS.isdisjoint(words_of) or BY.intersection(words_of):
        return False
    complement = next((step for step in range(*source) if sentence.low(step) in OF_WHOM), source[1])
    return source_at(sentence, complement + 1, end=source[1]) is None


def shows(sentence: Sentence, source: Span | None, *, pictures: bool = True) -> bool:
    """``Une étude montre que``, ``les chercheurs ont montré que``, not *le club a montré que*, *la photo montre*."""
    said = () if source is None else sentence.lows(*source)
    if not (pictures or source_words("pictures").isdisjoint(said)):
        return False
    return not (source_words("documents") | source_words("scholars")).isdisjoint(said)


def pronoun_before(sentence: Sentence, verb: int) -> str:
    """``elle annonce``, ``Ce dernier n'avait annoncé``: the pronoun that is the subject."""
    verb -= sentence.low(verb - 1) in NEGATED
    phrases = (sentence.low(verb - 1), " ".join(sentence.lows(verb - 2, verb)))
    return next((phrase for phrase in phrases if phrase in PRONOUNS | STANDING_FOR), "")


def only_people(low: str) -> bool:
    """Whether a verb of saying has people as its subject alone, who say something: no *révéler*, no *apprendre*."""
    return low not in forms_of("things") and low not in word_set("quotes_clauses.that.learning")


def states_object(sentence: Sentence, source: Span, after: int) -> bool:
    """``La police a constaté 12 infractions``, not ``l'armée a avancé dans la ville``."""
    prepositions = words("prepositions")
    # "a reconnu dans un communiqué la perte de 11 militaires"
    is_object = any(
        (sentence.is_figure(step) or sentence.low(step) in words("determiners"))
        and (step == after or sentence.low(step - 1) not in prepositions)
        for step in (range(after, after + OBJECT_REACH) if sentence.low(after) in prepositions else (after,))
    )
    return is_object and sentence.low(source[0]) in known_heads() - source_words("people")


def clause_after(sentence: Sentence, position: int, *, que: bool = False) -> int | None:
    """Return where the clause begins that *que*, a colon or an infinitive opens soon after the verb, or *que* alone."""
    verb = position - 1
    while sentence.low(verb) in words("adverbs"):
        verb -= 1
    # "que l'ONU accuse d'entretenir 3 000 hommes"
    accuses = sentence.low(verb) in forms_of("deed")
    # "souhaite partir" states nothing.
    states = sentence.low(verb) in forms_of("infinitive") - intending()
    is_near, negated = True, None
    before_que, before_infinitive = word_set("quotes_clauses.that.before"), word_set("quotes_clauses.infinitive.before")
    for step in range(position, min(position + CLAUSE_REACH, len(sentence.words))):
        low = sentence.low(step)
        if low in ("que", "qu'"):
            if step > position and (_is_of_noun(sentence, position, step) or sentence.low(step - 1) in before_que):
                return None
            restricts = sentence.is_figure(step + 1) and not NEGATED.isdisjoint(sentence.lows(step - NE_BEFORE, step))
            return None if restricts else step + 1  # "n'en a promis que 120"
        if que and (low in CLAUSE_OPENERS or low in (":", "«")):
            return None
        if is_near and states and is_infinitive(low):
            return step if negated is None else negated
        if (
            low in CLAUSE_OPENERS
            or low in (":", "«")
            or (accuses and low in OF and INFINITIVE.search(sentence.low(step + 1)))
        ):
            return step
        if low in (".", ";") or sentence.is_figure(step) or low in infinitives():
            return None  # "a pris la parole, avant d'annoncer que": said by the other
        negated = step if negated is None and low in before_infinitive else negated
        is_near = is_near and low in words("adverbs") | before_infinitive
    return None


def _is_of_noun(sentence: Sentence, position: int, that: int) -> bool:
    """``a dénoncé la loi que``, not ``a dit la semaine dernière que``, ``a prévenu les élus que``."""
    if sentence.low(position) not in source_words("determiners", "phrase"):
        return False
    times = source_words("never") | word_set("quotes_clauses.that.times")
    is_told = sentence.low(position - 1) in _telling()
    return not is_told and times.isdisjoint(sentence.lows(position, that)) and not sentence.has_figure(position, that)


@functools.cache
def _telling() -> frozenset[str]:
    """Return the forms of verbs that have as their object who is told: *prévenir*."""
    lemmas = word_set("quotes_clauses.that.telling")
    return frozenset(form for verb in plain_verbs("que") if verb.lemma in lemmas for form in verb.forms.all)
