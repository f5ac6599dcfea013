"""What the phrase of an office is made of: it begins at a noun and goes on while its words can belong to it.

No tagger is read: prepositions, capitalised names, nouns after a preposition, adjectives belong to it.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.forms import fold, text_words, word_set
from newsnlp.entities.knowledge.places import is_demonym
from newsnlp.lexicons import load_toml
from newsnlp.lexicons.names import office_genders

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

ROLE_TABLES = (
    "prepositions",
    "articles",
    "determiners",
    "time",
    "epithets",
    "adverbs",
    "openers",
    "adjectives",
    "verbs",
    "followers",
    "resumers",
    "introducers",
    "being",
    "named",
    "given",
    "unsaid",
    "times",
)

REACH = 140
"""How far from a name, in characters, its office stands at most."""
MOST_WORDS = 14
_OFFICE_SIZES = (3, 2, 1)
_PARTY_SIZES = (2, 6)
_YEAR = re.compile(r"(?:19|20)\d\d")
BRACKETED = r"(?:\s\([A-ZÉ\d][^()\n]{0,23}\))?"
"""What may stand between a name and what is said of it: *Anne Roux (PS)*."""
_BRACKET = re.compile(r"\s\([^()\n]{1,24}\)")
_AGE = re.compile(r"\sde \d+ ans$")
TOKEN = re.compile(r"[dlDL]'|(?:[A-Z]\.){2,}|[^\W_](?:[\w&+-]|[.'](?=[^\W\d_]))*|[^\w\s]|\n")


@functools.cache
def role_words(table: str) -> frozenset[str]:
    """Return one list of ``names_roles.toml``."""
    return frozenset(load_toml("names_roles.toml", tables=ROLE_TABLES)[table]["words"])


@functools.cache
def civilities() -> frozenset[str]:
    """Return the forms of address, and the empty string that a lone mark folds to."""
    return word_set("civilities", "masculine") | word_set("civilities", "feminine") | {"me", "dr", "pr", "mgr", ""}


@functools.cache
def _adjective() -> re.Pattern[str]:
    endings = load_toml("names_roles.toml", tables=ROLE_TABLES)["adjectives"]["endings"]
    return re.compile(f"(?:{'|'.join(endings)})$")


def office_spots(text: str, words: Collection[str] | None = None) -> list[int]:
    """Return where words stand that an office may begin with, in text order; `words` are those of the text.

    Examples
    --------
    >>> office_spots("Le maire a vu l'ex-ministre.")
    [3, 16]
    """
    spots = []
    for word in office_spellings().intersection(text_words(text) if words is None else words):
        start = text.find(word)
        while start >= 0:
            spots.append(start)
            start = text.find(word, start + 1)
    return sorted(spots)


@functools.cache
def _office_heads() -> frozenset[str]:
    """Return the words that some office begins with, and the same with ``ex-``."""
    heads = {word for office in office_genders() for word in TOKEN.findall(office)[:1]}
    return frozenset(heads | {f"ex-{head}" for head in heads})


@functools.cache
def office_spellings() -> frozenset[str]:
    """Return the words that offices begin with, as they may stand in a text."""
    known = _office_heads()
    written = {spelling for head in known for spelling in (head, head.capitalize(), head.upper(), head.title())}
    return frozenset(written | {f"ex-{head.removeprefix('ex-').capitalize()}" for head in known})


def office_at(words: Sequence[str], begin: int) -> int:
    """Return how many words an office takes at `begin`: 2 for `Premier ministre`, 0 for none."""
    known = office_genders()
    if words[begin].casefold() not in _office_heads():
        return 0
    for size in _OFFICE_SIZES:
        phrase = " ".join(words[begin : begin + size]).replace("' ", "'").casefold()
        if len(words) >= begin + size and (phrase in known or phrase.removeprefix("ex-") in known):
            return size
    return 0


def with_time(words: Sequence[str], begin: int) -> int:
    """Return where the role begins with its `ancien` or `nouveau`."""
    while begin and words[begin - 1].casefold() in role_words("time"):
        begin -= 1
    return begin


def phrase_end(words: Sequence[str], begin: int, size: int, *, closed: bool = False, second: bool = True) -> int:
    """Return the index after the last word that belongs to the phrase; never a preposition.

    Where a comma closes it (`closed`), any word may be the last one: « ministre du Commerce extérieur, X ».
    `second` allows a second office after `et`.
    """
    position = solid = begin + size
    opened = False  # by a preposition: a noun may follow
    while position < len(words) and position - begin < MOST_WORDS:
        word = words[position]
        plain = word.casefold()
        if word in role_words("times") or (opened and _YEAR.fullmatch(word)):
            break  # « Journal du Dimanche » has a capital; « maire de Toul en 2014 »
        after_et = plain == "et" and _goes_on(words, position + 1, second=second)
        if (
            after_et
            or plain in role_words("prepositions")
            or plain == "auprès"
            or (plain == "par" and words[position + 1 : position + 2] == ["intérim"])
            or (opened and plain in role_words("articles"))
        ):
            opened = True
        elif opened and word[0].isalpha() and fold(word) in civilities():
            # « avocat de M. Fillon »: the title and its stop go with the name.
            position += words[position + 1 : position + 2] == ["."]
        elif position > begin + size and _is_number_of_name(words, position):
            solid = position + 1
        elif (
            (opened and word[0].isalnum())
            or (position > begin + size and _names_it(words, position, solid))
            or _belongs(words, position)
        ):
            opened = False
            solid = position + 1
        elif closed and position == len(words) - 1 and word.islower() and word.isalpha():
            return solid if plain in role_words("verbs") else position + 1
        else:
            break
        position += 1
    return solid


def _goes_on(words: Sequence[str], position: int, *, second: bool) -> bool:
    """Tell whether a complement or a second office follows `et`."""
    if position >= len(words):
        return False
    return words[position].casefold() in role_words("prepositions") or (second and office_at(words, position) > 0)


def _is_number_of_name(words: Sequence[str], position: int) -> bool:
    """Tell whether a number belongs to the name before it: `pilote de Formule 1`, no year."""
    return words[position].isdigit() and not _YEAR.fullmatch(words[position]) and words[position - 1][0].isupper()


def _names_it(words: Sequence[str], position: int, solid: int) -> bool:
    """Tell whether a name follows the noun of the complement: `l'académie Goncourt`, `du journal Le Monde`."""
    return words[position][0].isupper() and solid == position and words[position - 1].islower()


def _belongs(words: Sequence[str], position: int) -> bool:
    """Tell whether a word goes on a phrase by itself: an adjective, or a capital after a capital."""
    word = words[position]
    if word[0].isupper():
        # « député LFI du Nord », « délégué CGT »
        party = word.isupper() and _PARTY_SIZES[0] <= len(word) <= _PARTY_SIZES[1]
        return party or words[position - 1][0].isupper() or office_at(words, position) > 0
    plain = word.casefold()
    if plain in role_words("followers") or plain in role_words("verbs") or not word[0].isalpha():
        return False
    return is_adjective(word)


def is_adjective(word: str) -> bool:
    """Tell whether a word can be an adjective beside an office."""
    plain = word.casefold()
    return plain in role_words("adjectives") or is_demonym(word) or bool(_adjective().search(plain))


def whole_phrase(words: Sequence[str], begin: int, size: int) -> int:
    """Return where a phrase ends that no word goes on with, with a second office or without; 0 for none."""
    for second in (True, False):
        stop = phrase_end(words, begin, size, second=second)
        if ends_well(words, stop):
            return stop
    return 0


def ends_well(words: Sequence[str], stop: int) -> bool:
    """Tell whether a phrase that stops here is whole: a mark follows, or a word that no phrase goes on with."""
    if stop >= len(words) or not words[stop][0].isalnum() or words[stop].casefold() in role_words("followers"):
        return True
    # « maire de Toul de 1995 à 2001 », « auteur de « Nana » »
    after = words[stop + 1] if stop + 1 < len(words) else ""
    return after == "«" or _YEAR.fullmatch(after) is not None


def clean(phrase: str) -> str | None:
    """Return a phrase as it is given: no doubled spaces, no bracket, no mark and no age at its end."""
    return _AGE.sub("", " ".join(_BRACKET.sub("", phrase).split()).rstrip(".-")) or None
