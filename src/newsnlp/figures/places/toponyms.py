"""The place names of a sentence: mentions, names after a preposition where no mention is, the country of a headline."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.places import meanings_of
from newsnlp.figures.places.background import names_a_place
from newsnlp.figures.places.barred import ARTICLES, OF, place_words
from newsnlp.grammar.items import split_words
from newsnlp.lexicons.names import given_names
from newsnlp.lexicons.places import countries
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.grammar.items import Names, Sentence
    from newsnlp.records import Mention

LONGEST_HEADLINE_NAME = 4
LONGEST_KICKER = 40
EURO = frozenset({"euro"})
IN_COUNTRY = frozenset({"en", "au", "aux"})


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name of a sentence, by the items it covers."""

    first: int
    last: int
    start: int
    text: str


def find_toponyms(sentence: Sentence, text: str, mentions: Names) -> list[Toponym]:
    """Return the place names of a sentence, in order."""
    near = mentions.within(sentence.start, sentence.end)
    names = [
        name
        for mention in near
        if _can_be_place(mention.text)
        if (name := _named(sentence, mention)) is not None
        and (mention.label != "PER" or names_a_place(sentence, name.first) or _lies_in(sentence, name, near))
    ]
    names += _guessed(sentence, text, near)
    names += [
        Toponym(position - 1, position, sentence.starts[position - 1], sentence.wording(position - 1, position + 1))
        for position in sentence.positions(EURO)
        if sentence.low(position - 1) == "zone"
    ]
    headline = _headline_country(sentence)
    if headline is not None and all(name.first != headline.first for name in names):
        names.append(headline)
    return sorted(names, key=lambda name: name.first)


def find_kicker(sentence: Sentence, mentions: Names) -> tuple[str, int] | None:
    """Return the place that stands alone before a sentence: ``Meuse. Un gendarme meurt …``."""
    before = sentence.preceding.strip()
    if not before.endswith(".") or len(before) > LONGEST_KICKER or sentence.preceding.endswith("\n"):
        return None
    start = sentence.start - len(sentence.preceding)
    for mention in mentions.within(start, sentence.start):
        if mention.label == "LOC" and mention.text == before[:-1]:
            return mention.text, mention.start
    return None


def _can_be_place(name: str) -> bool:
    """A name has a capital; *Bilan : …* and *Drame : …* open headlines."""
    return any(letter.isupper() for letter in name) and fold(name) not in place_words("nouns", "never")


def _covering(sentence: Sentence, start: int, end: int, text: str) -> Toponym | None:
    first, last = sentence.items_within(start, end)
    return Toponym(first, last, start, text) if first <= last else None


def _named(sentence: Sentence, mention: Mention) -> Toponym | None:
    """Return the place that a mention names: *Union européenne*, or *Nantes* in *conseil municipal de Nantes*."""
    start, text = mention.start, mention.text
    if mention.label not in ("LOC", "PER") and fold(text) not in place_words("nouns", "unions"):
        first, _ = sentence.items_within(start, mention.end)
        plain = OF.isdisjoint(split_words(text))  # not "à l'hôpital de Sfax", which is in Sfax
        if plain and sentence.low(first) in place_words("nouns", "facilities") and _is_within(sentence, first):
            return _covering(sentence, start, mention.end, text)  # "hospitalisés au CHU Sainte-Marthe"
        head, of, name = text.replace("d'", "de ").rpartition(" de ")
        nouns = fold(head).split()[-2:]
        if not of or place_words("nouns", "seated").isdisjoint(nouns) or not meanings_of(name):
            return None
        start, text = mention.end - len(name), name
    return _covering(sentence, start, mention.end, text)


def _is_within(sentence: Sentence, first: int) -> bool:
    """Whether what a name begins with is where something is: *au stade X*, *à l'hôpital X*, *dans la prison X*."""
    before = first - (sentence.low(first - 1) in ARTICLES)
    return sentence.low(before - 1) in place_words("leads", "locative") - {"sur", "entre", "chez"}


def _lies_in(sentence: Sentence, name: Toponym, near: Sequence[Mention]) -> bool:
    """``à Jebel Irhoud, au Maroc``: what looks like a person, before the country that it lies in."""
    after = name.last + 1
    in_country = sentence.low(after) == "," and sentence.low(after + 1) in IN_COUNTRY
    if not in_country or sentence.low(name.first - 1) != "à" or sentence.texts[name.first] in given_names():
        return False
    country = sentence.starts[after + 2] if sentence.is_capitalised(after + 2) else -1
    return any(mention.start == country and mention.text in _countries() for mention in near)


@functools.cache
def _name_after_preposition(*, sites: bool) -> re.Pattern[str]:
    name = r"[A-ZÀÂÇÉÈÊËÎÏÔÖÙÛÜ][\w'’-]+"
    cardinal = r"(?:Extrême-)?(?:Nord|Sud|Est|Ouest|Centre)(?:-(?:Est|Ouest|Nord|Sud))?"
    of_site = rf"|(?:{'|'.join(sorted(place_words('nouns', 'facilities')))})\sde" if sites else ""
    before = rf"(?:à|en|au|aux|près\sde|lieu-dit{of_site})\s(?:la\s|l['’])?"
    # "dans l'Extrême-Nord", but "dans le Figaro"
    return re.compile(rf"(?<!\w)(?:{before}|dans\s(?:le\s|l['’])(?={cardinal}(?!\w)))({name}(?:\s{name})*)")


def _guessed(sentence: Sentence, text: str, near: Sequence[Mention]) -> list[Toponym]:
    """Return capitalised names after *à*, *en*, *au*, *aux* that no mention covers."""
    found = []
    pattern = _name_after_preposition(sites=sentence.says(place_words("nouns", "facilities")))
    matches = list(pattern.finditer(text, sentence.start, sentence.end))
    # How far the mentions up to each one reach.
    reach = list(accumulate((mention.end for mention in near), max)) if matches else []
    for match in matches:
        before = bisect_left(near, match.end(1), key=lambda mention: mention.start)
        taken = before > 0 and reach[before - 1] > match.start(1)
        name = None if taken else _covering(sentence, match.start(1), match.end(1), match[1])
        # "offrent trois points aux Tourangeaux": people, unless it is a country.
        people = text.endswith("aux ", sentence.start, match.start(1)) and match[1] not in _countries()
        if name is not None and not people and not match[1].isupper() and _can_be_place(match[1]):
            found.append(name)
    return found


@functools.cache
def _countries() -> frozenset[str]:
    return frozenset(row["surface"] for row in countries())


def _headline_country(sentence: Sentence) -> Toponym | None:
    """``Colombie : 71 morts``, even where no mention was found."""
    for size in range(1, LONGEST_HEADLINE_NAME + 1):
        if sentence.low(size) == ":":
            name = " ".join(sentence.texts[:size]).replace("' ", "'")
            return Toponym(0, size - 1, sentence.starts[0], name) if name in _countries() else None
    return None
