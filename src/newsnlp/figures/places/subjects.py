"""What a place does that has something: *la France compte*, *le Soulor, qui culmine à*, *l'usine de X emploie*."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from newsnlp.figures.places.barred import ARTICLES, OF, place_words
from newsnlp.grammar.conjugation import conjugate
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import words
from newsnlp.grammar.words import auxiliaries, grammar, persons
from newsnlp.lexicons import words as lexicon_words
from newsnlp.quotes.words import intending

if TYPE_CHECKING:
    from newsnlp.grammar.items import Sentence

LONGEST_ASIDE = 16
LONGEST_APPOSITION = 8
NEIGHBOURING = frozenset({"voisin", "voisine"})
STRESSED = frozenset({"lui", "elle", "eux", "elles"})
BEFORE_INFINITIVE = frozenset({"à", "de", "d'"})


@functools.cache
def having() -> frozenset[str]:
    """Return the verbs of what a place has, or does with what it has."""
    forms = (form for lemma in place_words("verbs", "having") for form in forms_before_object(lemma))
    return frozenset(forms) | place_words("verbs", "having") | place_words("verbs", "having_forms")


def forms_before_object(lemma: str) -> frozenset[str]:
    """Return the participles and the finite forms of a verb."""
    participles, finite = conjugate(lemma)
    return participles | finite


def end_of_list(sentence: Sentence, position: int) -> int:
    """Return where a list of names ends that goes on at a position: *Guyane, Martinique et de Saint-Martin*."""
    while sentence.low(position) in (",", "et"):
        after = position + 1
        while sentence.low(after) in OF | ARTICLES:
            after += 1
        if not sentence.is_capitalised(after):
            break
        while sentence.is_capitalised(after):
            after += 1
        position = after
    return position


def has_something(sentence: Sentence, position: int) -> bool:
    """Whether a place has what follows, and does not act: ``La France compte``, ``l'Inde a enregistré``."""
    position += sentence.low(position) in NEIGHBOURING  # "l'Allemagne voisine en recense"
    if sentence.low(position) in ("(", ","):
        if sentence.is_figure(position + 1):
            return True
        position = _after_aside(sentence, position)
    while sentence.low(position) in ("ne", "n'", "y", "en", "se", "s'") or sentence.low(position) in words("adverbs"):
        position += 1
    low = sentence.low(position)
    if sentence.low(position - 1) in ("s'", "se") and sentence.low(position + 1) in intending():
        return False  # "La Norvège s'est engagée à livrer six batteries"
    if low in grammar("auxiliaries", "have") or low in place_words("verbs", "modal"):
        position += 1
        while sentence.low(position) in words("adverbs") or sentence.low(position) in BEFORE_INFINITIVE:
            position += 1
        return sentence.is_figure(position) or sentence.low(position) in having()
    return low in having() or low in auxiliaries()


def is_related(sentence: Sentence, first: int, relative: tuple[str, ...]) -> bool:
    """``le col du Soulor qui culmine à 1 474 m``: what a relative clause says of the name at a position.

    Of whom ``le maire de Gao qui compte trois adjoints`` tells is open.
    """
    if sentence.low(first - 1) in OF and sentence.low(first - 2) not in place_words("nouns", "areas"):
        return False
    verb = relative[2:3] if relative[1:2] in (("s'",), ("se",)) else relative[1:2]
    return relative[:1] == ("qui",) and not having().isdisjoint(verb) and auxiliaries().isdisjoint(verb)


def _after_aside(sentence: Sentence, comma: int) -> int:
    """Return where the verb stands behind an aside: *La Creuse, où vivent …, compte*; -1 where there is none."""
    first = sentence.low(comma + 1)
    if sentence.low(comma) != ",":
        return -1
    if first == "qui":
        return comma + 2
    closed = sentence.next_from(comma + 1, COMMA)
    if first in ("où", "dont"):
        return closed + 1 if closed < comma + LONGEST_ASIDE else -1
    if first.endswith(lexicon_words("figures.dates_participle")):
        # So in "Brest, dopée par l'arrivée de Parisiens, s'adjuge 4 %".
        ends = closed - comma <= LONGEST_ASIDE and not sentence.has_figure(comma, closed)
        return closed + 1 if ends else -1
    return _end_of_apposition(sentence, comma) + 1 or -1


def _end_of_apposition(sentence: Sentence, comma: int) -> int:
    """Return the comma that closes what a place is called: *La Chine, premier pollueur mondial, émet*; or -1."""
    closed = sentence.next_from(comma + 1, COMMA)
    inside = sentence.lows(comma + 1, closed)
    if len(inside) == 1 and inside[0] in STRESSED:
        return closed  # "Le Valais, lui, compte …"
    if sentence.low(comma) != "," or not 1 < len(inside) <= LONGEST_APPOSITION or sentence.has_figure(comma, closed):
        return -1
    verbal = auxiliaries() | having() | words("prepositions") - OF - {"en", "dans"}
    is_name = all(low[:1].isalpha() for low in inside) and inside[0] not in words("prepositions")
    return closed if is_name and verbal.isdisjoint(inside) and closed < len(sentence.words) else -1


def is_subject_of(sentence: Sentence, noun: int) -> bool:
    """``Le déficit commercial de la France s'est creusé de …``: whether a noun opens its clause, and is no person.

    ``L'accord de paix d'Arusha`` bears the name of a place, no more.
    """
    if sentence.low(noun) in persons() or sentence.low(noun) in place_words("leads", "others"):
        return noun == 0
    while sentence.is_word(noun) and sentence.low(noun) not in words("determiners"):
        if sentence.low(noun) in place_words("nouns", "named"):
            return False
        noun -= 1
    noun -= sentence.is_figure(noun)  # "Les 80 éoliennes de X"
    return sentence.low(noun - 1) in words("subject_openers") | {"", ",", ":", "que", "qu'"}
