"""Words in marks that a verb or a noun takes up: *dénonce un « complot »*, *sa proposition d'« alliance »*."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

from newsnlp.grammar.drafts import SourceBy
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import subject_before, words
from newsnlp.grammar.words import auxiliaries
from newsnlp.lexicons import word_set
from newsnlp.quotes.attribution import Attribution, cue_of, find_attributions
from newsnlp.quotes.sayings import REFLEXIVES, saying_at
from newsnlp.quotes.sources import OF_WHOM, is_inside_name, source_at, source_before
from newsnlp.quotes.subjects import BY, PRONOUNS
from newsnlp.quotes.words import hedge_set, plain_verbs, saying_verbs

if TYPE_CHECKING:
    from newsnlp.grammar.items import Sentence, Span

REACH = 9
"""How many words may stand between a verb and the words that it takes up: *met en garde contre tout acte « … »*."""
MARKS = frozenset({"«"})
LONGEST_ASIDE = 6
"""How many words two commas may set aside."""
ASIDES = 3
PASSIVE = frozenset({"été", "est", "sont", "était", "étaient"})
NAMING = ("surnomm", "baptis", "intitul", "nomm", "dénomm")
AS = frozenset({"comme"})
PLACES = frozenset({"au", "aux", "sur", "dans", "chez"})
FIRST_PERSON = frozenset({"j'", "je", "nous", "on"})
NAMED_REACH = 3


@functools.cache
def _takers() -> tuple[frozenset[str], frozenset[str]]:
    """Return the participles and the other forms of the verbs that take words up."""
    verbs = plain_verbs("object", "de", "à", "comme")
    participles = frozenset(form for verb in verbs for form in verb.forms.participles)
    others = (verb.forms.finite | verb.forms.later for verb in verbs)
    return participles, frozenset(form for forms in others for form in forms)


@functools.cache
def _told_as() -> frozenset[str]:
    """Return the forms of the verbs that take words up after *comme* alone: *présente comme une « chance »*."""
    verbs = (verb for verb in plain_verbs("comme") if verb.takes.isdisjoint(("object", "de", "à")))
    return frozenset(form for verb in verbs for form in verb.forms.all)


def is_name(sentence: Sentence, mark: int) -> bool:
    """Whether what stands before a mark says that a name, a title or a term follows: *le film « … »*, *dit « … »*."""
    step = mark - 1
    while step > mark - NAMED_REACH and sentence.low(step) in words("prepositions") | words("determiners") | {
        "de",
        "d'",
    }:
        step -= 1
    return sentence.low(step) in word_set("quotes_marks.named")


def attribution_of_words(sentence: Sentence, first: int, last: int) -> Attribution | None:
    """Return who takes up the words in marks between two items, and by which verb."""
    step: int | None = first - 1
    floor, asides = first - REACH, 0
    if sentence.low(first - 1) in PLACES:
        return None  # "a assuré au « 20 Heures »"
    while step is not None and step >= max(0, floor):
        low = sentence.low(step)
        if is_inside_name(sentence, step) or (low == "," and step == first - 1):
            step -= 1  # "félicite E. Macron", "appelle les autres, « même … »"
        elif low in (",", "»"):
            asides += 1
            opening = _before_aside(sentence, step) if asides <= ASIDES else None
            floor -= 0 if opening is None else step - opening
            step = opening
        elif low in word_set("quotes_marks.breaks"):
            return None
        else:
            found = _by_verb(sentence, step, first, last)
            if found is not None or (low in auxiliaries() and low not in ("été", "être", "avoir")):
                return found
            step -= 1
    return None


def _before_aside(sentence: Sentence, step: int) -> int | None:
    """``évoquait, sur Twitter, de « … »``, ``dénonce « … » et « … »``: what two commas or marks set aside is passed."""
    low = sentence.low(step)
    opening = sentence.last_before(step, COMMA if low == "," else MARKS)
    is_far = low == "," and opening < step - LONGEST_ASIDE
    return None if opening <= 0 or is_far else opening - 1


def _by_verb(sentence: Sentence, step: int, first: int, last: int) -> Attribution | None:
    low = sentence.low(step)
    participles, finite = _takers()
    if low.startswith(NAMING) or (low in _told_as() and AS.isdisjoint(sentence.lows(step + 1, first))):
        return None
    saying = saying_at(sentence, step)
    if saying is not None and saying.after <= first:
        auxiliary = saying.auxiliary
    elif low in participles | finite:
        having = having_of(sentence, step) if low in participles else None
        before = sentence.low(step - 1)
        is_verb = _is_object(before) or before not in words("determiners") | OF_WHOM  # "un communiqué de presse"
        is_verb = is_verb and before not in auxiliaries()
        if having is None and not (low in finite and is_verb):
            return _by_agent(sentence, step, last) if low in participles else None
        auxiliary = step if having is None else having
    else:
        return None
    verb = step + (low in REFLEXIVES)  # "s'opposant à"
    source, pronoun = _subject(sentence, auxiliary, verb)
    if source is None and not pronoun:
        return None
    return Attribution(first, last, source, SourceBy.OBJECT, step, pronoun)


def having_of(sentence: Sentence, position: int) -> int | None:
    """Return where the auxiliary of a participle stands; None where it has none, or is a passive."""
    if sentence.low(position) not in _takers()[0] and not sentence.low(position).endswith(("é", "i", "u", "dit")):
        return None
    for step in range(position - 1, max(-1, position - 5), -1):
        low = sentence.low(step)
        if low in auxiliaries():
            is_passive = low in PASSIVE and sentence.low(step - 1) not in ("s'", "se")
            return None if is_passive else step
        if low not in words("adverbs") and not low.endswith("ment"):
            return None
    return None


def with_subject(sentence: Sentence, found: Attribution) -> Attribution:
    """``Ravi de ce résultat, le maire a pris la parole, ajoutant que « … »``: with whose deed it is, if known."""
    if found.source is not None or found.pronoun or found.by is SourceBy.SELON:
        return found
    source, pronoun = _subject(sentence, cue_of(sentence, found)[0], found.cue)
    return replace(found, source=source, pronoun=pronoun)


def _is_object(low: str) -> bool:
    """Whether a word may be a pronoun before a verb: some look like articles."""
    return low in word_set("quotes_marks.pronouns.objects")


def _by_agent(sentence: Sentence, step: int, last: int) -> Attribution | None:
    """``décrit comme un « engin » par le chef de la police``: the agent behind the words speaks."""
    par = sentence.next_from(last, BY)
    if par > last + 3:
        return None
    source = source_at(sentence, par + 1, loose=True)
    return source and Attribution(step, par, source, SourceBy.AGENT, step)


def _subject(sentence: Sentence, auxiliary: int, step: int) -> tuple[Span | None, str]:
    """Return who does what the verb says: the noun phrase before it, a pronoun, or the subject of the sentence."""
    before = auxiliary
    while _is_object(sentence.low(before - 1)) or sentence.low(before - 1) in words("adverbs"):
        before -= 1
    if sentence.low(before - 1) in PRONOUNS:
        return None, sentence.low(before - 1)
    if sentence.low(step).endswith("ant"):
        found = _of_participle(sentence, before, step)
        if found is not None:
            return found
    subject = subject_before(sentence, before)
    if subject is not None and set(sentence.lows(*subject)) & hedge_set("sources", "no_subjects"):
        return None, ""
    source = source_before(sentence, before)
    if source is not None:
        return (None if sentence.low(source[0]) in FIRST_PERSON else source), ""
    if sentence.low(before - 1) == "et" or before == 0 or sentence.low(step).endswith(("ant", "er", "ir", "re")):
        return _of_sentence(sentence, before)
    if subject is not None and sentence.low(subject[0] - 1) in words("determiners"):
        source = source_at(sentence, subject[0] - 1, loose=True, end=subject[1])
    return (None if source is None or source[1] != (subject or source)[1] else source), ""


def _of_participle(sentence: Sentence, before: int, step: int) -> tuple[Span | None, str] | None:
    """``en disant``, ``Trump se vantant``, ``un clip de Josiane Balasko, dénonçant``: None where nobody is near."""
    said = next((found for found in reversed(find_attributions(sentence)) if found.cue < before), None)
    if said is not None and said.by is SourceBy.INCISE and said.source is not None:
        return said.source, ""  # "a annoncé le porte-parole, évoquant un « drame »"
    if sentence.low(step - 1) == "en":
        return _of_sentence(sentence, before)
    comma = sentence.low(before - 1) == ","
    name = _name_before(sentence, before - comma)
    found = _of_sentence(sentence, before) if comma else (None, "")
    return found if found != (None, "") else None if name is None else (name, "")


def _name_before(sentence: Sentence, end: int) -> Span | None:
    """``un clip de Josiane Balasko, dénonçant « … »``: the name beside the participle."""
    first = end
    while first > 0 and sentence.is_named(sentence.starts[first - 1]):
        first -= 1
    return (first, end) if first < end else None


def _of_sentence(sentence: Sentence, verb: int) -> tuple[Span | None, str]:
    """``Se disant « confiant », le conseil a estimé``, ``Le maire a pris la parole, dénonçant « … »``."""
    comma = sentence.next_from(0, COMMA) + 1
    for place in (0, comma) if verb > 0 else (comma,):
        if place > verb > 0:
            break
        if sentence.low(place) in PRONOUNS:
            return None, sentence.low(place)
        source = source_at(sentence, place)
        if source is not None:
            return _up_to_verb(sentence, source), ""
    return None, ""


def _up_to_verb(sentence: Sentence, source: Span) -> Span:
    """``L'association cite l'exemple de la Grèce et annonce``: a phrase of a subject ends before its verb."""
    verbs = _takers()[1] | saying_verbs()[0]
    end = next((step for step in range(source[0] + 1, source[1]) if sentence.low(step) in verbs), source[1])
    return source[0], end
