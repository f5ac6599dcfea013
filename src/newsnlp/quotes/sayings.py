"""The verb of saying at a place: *a annoncé*, *fait également état de*, *a donné un nouveau bilan de*, *note*."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsnlp.grammar.nouns import words
from newsnlp.grammar.words import grammar
from newsnlp.quotes.sources import CLAUSE_ENDS, THAT
from newsnlp.quotes.words import (
    doing_verbs,
    forms_of,
    hedge_phrases,
    hedge_set,
    noun_first,
    reflexive_at,
    saying_phrases,
    spoken,
)

if TYPE_CHECKING:
    from newsnlp.grammar.items import Sentence
    from newsnlp.quotes.words import SayingVerb

INVERTED_AUXILIARIES = ("a-t-", "ont-", "avait-", "avaient-", "est-", "sont-", "était-", "étaient-")
INCISE_MARKS = frozenset({",", "»", "–", "—", '"', "”"})
REFLEXIVES = frozenset({"s'", "se"})
REFLEXIVE_WORDS = 8
"""Of how many words a reflexive verb of saying may be: *se sont rendus à l'évidence*."""
ARTICLES = frozenset({"le", "la", "l'", "les", "un", "une"})
NOUN_BEFORE = frozenset({"la", "une", "cette", "sa", "des", "du"})
"""After these a form is a noun: *la liste*, *une annonce*."""


CLAUSE_REACH = 10
"""How many words after a verb of saying *que* may stand."""
AUXILIARY_REACH = 6
"""How far before a participle its auxiliary may stand: *ont par la suite confirmé*."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of saying: where its auxiliary stands, where it is, where what follows begins; which, of several words."""

    auxiliary: int
    verb: int
    after: int
    phrase: SayingVerb | None = None

    def is_deed(self, low: str) -> bool:
        """Whether it says nothing by a plain object: *critique le maire*."""
        return low in forms_of("deeds") if self.phrase is None else self.phrase.takes.isdisjoint(("states", "body"))

    def needs_marks(self, low: str) -> bool:
        """Whether it is inserted beside quotation marks alone: *« … », menace le préfet*."""
        return self.phrase is None and any(low in forms for forms in doing_verbs())


def saying_at(sentence: Sentence, position: int) -> Saying | None:
    """Return the verb of saying at a position, with its auxiliary where it has one."""
    low = sentence.low(position)
    of_words = _of_several_words(sentence, position, low)
    if of_words is not None:
        return of_words
    finite, participles = spoken()
    if sentence.low(position + 1) in ("oui", "non"):
        return None  # "ont dit non à 57 %"
    auxiliary = _auxiliary(sentence, position) if low in participles else None
    if auxiliary is not None:
        return Saying(auxiliary, position, position + 1)
    if low in noun_first() and not _is_verb_here(sentence, position):
        return None
    if low not in finite or sentence.low(position - 1) == "été" or sentence.low(position - 1) in NOUN_BEFORE:
        return None
    if low == "dit" and sentence.low(position - 1) in ("est", "le", "la", "un"):
        return None
    if sentence.low(position - 1) in REFLEXIVES:
        return None  # "s'annonce difficile": a reflexive verb of saying is found at its pronoun
    return Saying(position, position, position + 1)


def _of_several_words(sentence: Sentence, position: int, low: str) -> Saying | None:
    """``s'est indignée``, ``fait également état de``, ``a donné un nouveau bilan de``."""
    reflexive = reflexive_at(sentence.lows(position, position + REFLEXIVE_WORDS)) if low in REFLEXIVES else None
    if reflexive is not None:
        verb, length = reflexive
        inverted = position + 1 if "-" in sentence.low(position + 1) else position
        return Saying(inverted, position, position + length, verb)
    for phrase, verb in saying_phrases().get(low, ()):
        after = position + 1
        while sentence.low(after) in words("adverbs"):
            after += 1
        if sentence.matches(after, phrase[1:]):
            return _with_auxiliary(sentence, position, after + len(phrase) - 1, verb)
    given = _given_after(sentence, position) if low in forms_of("account") else None
    return None if given is None else _with_auxiliary(sentence, position, given)


def _with_auxiliary(sentence: Sentence, position: int, after: int, phrase: SayingVerb | None = None) -> Saying | None:
    if sentence.low(position - 1) == "été":
        return None
    auxiliary = _auxiliary(sentence, position)
    low = sentence.low(position)
    if auxiliary is None and phrase is not None and low not in phrase.forms.finite | {phrase.forms.infinitive}:
        return None  # "la mise en garde"
    return Saying(position if auxiliary is None else auxiliary, position, after, phrase)


def _given_after(sentence: Sentence, position: int) -> int | None:
    """``a donné un nouveau bilan de 12 morts``: return where what is given begins."""
    for step in range(position + 2, position + 5):
        if sentence.low(step) in hedge_set("sources", "given"):
            return step + 1
    return None


def _auxiliary(sentence: Sentence, position: int) -> int | None:
    """Return where the *avoir* of a participle stands; None where there is none, or a passive."""
    for step in range(position - 1, max(-1, position - AUXILIARY_REACH), -1):
        low = sentence.low(step)
        if low in grammar("auxiliaries", "have") or low.startswith(INVERTED_AUXILIARIES):
            return None if sentence.low(step + 1) == "été" else step
        if low not in words("adverbs") and not low.endswith("ment") and low not in grammar("sources", "between"):
            return None
    return None


def _is_verb_here(sentence: Sentence, position: int) -> bool:
    """``, note RTL``, ``la Cour note que``, not ``une note``."""
    after = sentence.low(position + 1)
    if after in ("que", "qu'"):
        return True
    opens = sentence.low(position - 1) in INCISE_MARKS
    return opens and (sentence.is_capitalised(position + 1) or after in ARTICLES)


def phrase_at(sentence: Sentence, position: int, key: str) -> int:
    """Return how many words the longest phrase of a list has that stands at a position."""
    for phrase in hedge_phrases("sources", key).get(sentence.low(position), ()):
        if sentence.matches(position, phrase):
            return len(phrase)
    return 0


def opens_incise_at(sentence: Sentence, saying: Saying) -> bool:
    """Whether the verb can open an inserted clause: ``..., a annoncé la police``, ``» affirme-t-il``."""
    if sentence.low(saying.after - 1) == "état":
        return False
    before = sentence.lows(saying.auxiliary - 2, saying.auxiliary)
    if not before or (before[-1] not in INCISE_MARKS and before[-1] != "comme" and before != ("comme", "l'")):
        return False
    # "X a démissionné, a annoncé que": a clause after it makes the verb a main one.
    following = range(saying.auxiliary + 1, saying.auxiliary + 4)
    return not any(sentence.low(step) in ("que", "qu'") for step in following)


def that_follows(sentence: Sentence, position: int) -> bool:
    """``Jean Petit, chef de la police, a dit sur France Inter que``: no inserted clause, whatever the commas."""
    that = sentence.next_from(position, THAT)
    return that < position + CLAUSE_REACH and sentence.next_from(position, CLAUSE_ENDS - THAT) > that
