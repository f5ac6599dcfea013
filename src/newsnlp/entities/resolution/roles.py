"""The office that the text gives a person, by apposition: before the name, after a comma, or in brackets.

No tagger is read: a phrase begins at a noun of ``names_offices.csv`` and goes on while its words can belong to it
(prepositions, capitalised names, nouns after a preposition, adjectives).
"""

from __future__ import annotations

import bisect
import functools
import re
from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.forms import fold, text_words, word_set
from newsnlp.entities.knowledge.places import is_demonym
from newsnlp.lexicons import load_csv, load_toml

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from newsnlp.records import Mention

OFFICE_COLUMNS = ("surface", "gender")
ROLE_TABLES = (
    "prepositions",
    "articles",
    "determiners",
    "time",
    "adverbs",
    "openers",
    "adjectives",
    "verbs",
    "followers",
    "resumers",
    "introducers",
    "times",
)

_REACH = 140
# The office is given early: later mentions are not read for it.
_MOST_MENTIONS = 4
_MOST_WORDS = 14
_OFFICE_SIZES = (3, 2, 1)
_PARTY_SIZES = (2, 6)
_TOKEN = re.compile(r"[dlDL]'|(?:[A-Z]\.){2,}|[^\W_](?:[\w&-]|[.'](?=[^\W\d_]))*|[^\w\s]|\n")
_CLOSED = re.compile(r"[,.);»]|\s\(|\s(?:a|est|et|en)\b")
_DEFINITE = frozenset({"le", "la", "l'"})
# « après avoir été accueillis par X »: what opens with a preposition is a clause of its own.
_PASSIVE = frozenset({"avoir", "être", "été"})
# They say something of a person only with a complement: « homologue danois ».
_RELATIONAL = frozenset({"homologue", "prédécesseur", "successeur", "successeure"})
_CLAUSE = re.compile(r"[.!?…;:«»\n,]\s*")
_SENTENCE_END = re.compile(r"(?<!\b[A-ZÀ-Ý])[.!?…]\s+(?=[A-ZÀÂÉÈÊÎÔ«])|\n")


@functools.cache
def _words(table: str) -> frozenset[str]:
    return frozenset(load_toml("names_roles.toml", tables=ROLE_TABLES)[table]["words"])


@functools.cache
def _civilities() -> frozenset[str]:
    """Return the forms of address, and the empty string that a lone mark folds to."""
    return word_set("civilities", "masculine") | word_set("civilities", "feminine") | {"me", "dr", "pr", "mgr", ""}


@functools.cache
def _adjective() -> re.Pattern[str]:
    endings = load_toml("names_roles.toml", tables=ROLE_TABLES)["adjectives"]["endings"]
    return re.compile(f"(?:{'|'.join(endings)})$")


@functools.cache
def offices() -> Mapping[str, str]:
    """Return the nouns of offices and trades, in lower case, with their gender (``m``, ``f`` or empty)."""
    rows = load_csv("names_offices.csv", columns=OFFICE_COLUMNS)
    return {row["surface"].casefold(): row["gender"] for row in rows}


def find_role(text: str, members: Sequence[Mention], spots: Sequence[int] | None = None) -> str | None:
    """Return the office that the text gives a person, the first that says of what, else the first.

    `spots` are the `office_spots` of the text, where many people of it are asked for.

    Examples
    --------
    >>> from newsnlp.records import Label, Mention
    >>> text = "Le ministre de la Défense américain Lloyd Austin l'a dit."
    >>> find_role(text, [Mention(start=36, end=48, text="Lloyd Austin", label=Label.PER)])
    'ministre de la Défense américain'
    >>> text = "Ismail Haniyeh, chef du bureau politique du Hamas, est mort."
    >>> find_role(text, [Mention(start=0, end=14, text="Ismail Haniyeh", label=Label.PER)])
    'chef du bureau politique du Hamas'
    >>> find_role("Il a vu Paul Durand, hier.", [Mention(start=8, end=19, text="Paul Durand", label=Label.PER)])
    """
    first = None
    if spots is None:
        spots = office_spots(text)
    for member in members[:_MOST_MENTIONS]:
        # The next office in the text: most names have none within reach.
        before = bisect.bisect_left(spots, member.start - _REACH)
        after = bisect.bisect_left(spots, member.end, before)
        roles = (
            role_before(text, member.start, member.end) if before < after else None,
            role_after(text, member.end) if after < len(spots) and spots[after] < member.end + _REACH else None,
        )
        for role in roles:
            if role is None or role.casefold() in _RELATIONAL:
                continue
            if " " in role:
                return role
            first = first or role
    return first


def role_before(text: str, start: int, end: int) -> str | None:
    """Return the office that stands before a name.

    Examples
    --------
    >>> role_before("Le maire de Nancy Paul Durand", 18, 29)
    'maire de Nancy'
    >>> role_before("le maire de Nancy, Paul Durand, a dit", 19, 30)
    'maire de Nancy'
    >>> role_before("Le maire a vu Paul Durand", 14, 25)
    """
    base = max(0, start - _REACH)
    reach = text[base:start]
    # Up to the name's own capital: « Le maire. Untel » are two sentences.
    ends = [match.end() for match in _SENTENCE_END.finditer(text, base, start + 1)]
    if ends:
        base, reach = ends[-1], text[ends[-1] : start]
    comma = reach.rstrip().endswith(",")
    if comma:
        reach = reach[: reach.rindex(",")]
    tokens = _without_civility(list(_TOKEN.finditer(reach)))
    words = [token.group() for token in tokens]
    heads = _office_spellings()
    for begin in range(max(0, len(words) - _MOST_WORDS), len(words)):
        size = _office_at(words, begin) if words[begin] in heads else 0
        if size and _opens(words, begin) and _phrase_end(words, begin, size, closed=comma) == len(words):
            break
    else:
        return None
    first = _with_time(words, begin)
    determiner = words[first - 1].casefold() if first else ""
    determined = determiner in _words("determiners")
    if comma and first == 0 and words[0][0].isupper() and len(words) > begin + 1 and (ends or base == 0):
        # « Maire de Nancy, Untel a dit »: a bare office that opens the sentence is in apposition to its subject.
        return _clean(reach[tokens[0].start() : tokens[-1].end()])
    # Elsewhere the apposition must be closed: otherwise the comma only lists. « Il vous manque un ministre Gaspard »
    # is none.
    if comma and _is_agent(words, first) and not _resumes(text, end):
        return None
    if (comma and not (determined and _CLOSED.match(text, end))) or (not comma and determiner in {"un", "une"}):
        return None
    if begin == len(words) - 1 and determined and first > 1 and words[first - 2] == ",":
        # « le porte-parole du ministère, le général Untel »: a rank in apposition to an office.
        office = role_before(text, base + tokens[first - 2].start(), end)
        if office:
            return office
    return _clean(reach[tokens[first].start() : tokens[-1].end()])


_PARTICIPLE = re.compile(r"\w(?:é|u|illi|isi|[mp]ris|mis|duit|vert|joint|traint)e?s?$", re.IGNORECASE)
_MOST_BEFORE_AGENT = 8


def _is_agent(words: Sequence[str], determiner: int) -> bool:
    """Tell whether the office did what a participle that opens the sentence says: `Accueillis par la maire, X …`."""
    place = determiner - 2
    if place < 1 or place > _MOST_BEFORE_AGENT or words[place].casefold() != "par":
        return False
    opening = [word.casefold() for word in words[:place]]
    # « après avoir été reçu par », « reçu mardi par »: no subject stands before the verb.
    participle = opening[-1] if opening[0] in _words("introducers") else opening[0]
    return "," not in opening and bool(_PARTICIPLE.search(participle))


def _resumes(text: str, end: int) -> bool:
    """Tell whether a new subject follows the name and its comma: `Reçu par le ministre, X, le préfet a …`."""
    following = re.match(r",\s+(\S[\w']*)", text[end : end + _REACH])
    return following is not None and (following[1][0].isupper() or following[1].casefold() in _words("resumers"))


def role_after(text: str, end: int) -> str | None:
    """Return the office in apposition after a name: `X, maire de Nancy,`, `X (maire de Nancy)`."""
    reach = text[end : end + _REACH]
    opening = re.match(r"\s?(?:,\s|\()(?:\d+ ans,\s)?", reach)
    if opening is None:
        return None
    tokens = list(_TOKEN.finditer(reach, opening.end()))
    words = [token.group() for token in tokens]
    skipped = _words("determiners") | _words("time") | _words("adverbs")
    begin = next((i for i, word in enumerate(words) if word.casefold() not in skipped), 0)
    size = _office_at(words, begin) if words else 0
    if not size:
        return None
    stop = _phrase_end(words, begin, size)
    if not _ends_well(words, stop):
        stop = _phrase_end(words, begin, size, second=False)
    following = words[stop].casefold() if stop < len(words) else "."
    if begin and words[begin - 1].casefold() in _DEFINITE and not _in_apposition(text, end, words[stop:]):
        return None
    if "(" in opening.group() and following not in {")", ",", ";"}:
        return None
    if not _ends_well(words, stop):
        return None
    return _clean(reach[tokens[_with_time(words, begin)].start() : tokens[stop - 1].end()])


def _ends_well(words: Sequence[str], stop: int) -> bool:
    return stop >= len(words) or not words[stop][0].isalnum() or words[stop].casefold() in _words("followers")


def _in_apposition(text: str, end: int, rest: Sequence[str]) -> bool:
    """Tell whether `X, le président russe` goes on as an apposition, not as a subject with its verb.

    « Selon X, le président russe a accepté » says nothing of X's office; « Selon X, le président russe, en visite, »
    neither: after `selon` a new subject must follow the second comma.
    """
    if rest and (rest[0][0].isalnum() or rest[0] in {"«", "-", "–"}):
        return False
    low = max(0, end - _REACH)
    opening = [token.casefold() for token in _TOKEN.findall(_CLAUSE.split(text[low:end])[-1])]
    if not opening or opening[0] not in _words("introducers") or not _PASSIVE.isdisjoint(opening):
        return True
    following = rest[1] if len(rest) > 1 else "."
    return following[0].isupper() or following == "«" or following.casefold() in _words("resumers")


def _without_civility(tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    while tokens and fold(tokens[-1].group()) in _civilities():
        tokens.pop()
    return tokens


def _with_time(words: Sequence[str], begin: int) -> int:
    """Return where the role begins with its `ancien` or `nouveau`."""
    while begin and words[begin - 1].casefold() in _words("time"):
        begin -= 1
    return begin


@functools.cache
def _office_heads() -> frozenset[str]:
    """Return the words that some office begins with, and the same with ``ex-``."""
    heads = {word for office in offices() for word in _TOKEN.findall(office)[:1]}
    return frozenset(heads | {f"ex-{head}" for head in heads})


def office_spots(text: str, words: Collection[str] | None = None) -> list[int]:
    """Return where words stand that an office may begin with, in text order; `words` are those of the text.

    Examples
    --------
    >>> office_spots("Le maire a vu l'ex-ministre.")
    [3, 16]
    """
    spots = []
    for word in _office_spellings().intersection(text_words(text) if words is None else words):
        start = text.find(word)
        while start >= 0:
            spots.append(start)
            start = text.find(word, start + 1)
    return sorted(spots)


@functools.cache
def _office_spellings() -> frozenset[str]:
    """Return the words that offices begin with, as they may stand in a text."""
    known = _office_heads()
    written = {spelling for head in known for spelling in (head, head.capitalize(), head.upper(), head.title())}
    return frozenset(written | {f"ex-{head.removeprefix('ex-').capitalize()}" for head in known})


def _office_at(words: Sequence[str], begin: int) -> int:
    """Return how many words an office takes at `begin`: 2 for `Premier ministre`, 0 for none."""
    known = offices()
    if words[begin].casefold() not in _office_heads():
        return 0
    for size in _OFFICE_SIZES:
        phrase = " ".join(words[begin : begin + size]).replace("' ", "'").casefold()
        if len(words) >= begin + size and (phrase in known or phrase.removeprefix("ex-") in known):
            return size
    return 0


def _opens(words: Sequence[str], begin: int) -> bool:
    """Tell whether the phrase begins here: after a determiner, a mark, an adjective of time, or at the very start."""
    if begin == 0:
        return True
    word = words[begin - 1].casefold()
    return word in _words("determiners") | _words("time") | _words("openers") or not word[0].isalnum()


def _phrase_end(words: Sequence[str], begin: int, size: int, *, closed: bool = False, second: bool = True) -> int:
    """Return the index after the last word that belongs to the phrase; never a preposition.

    Where a comma closes it (`closed`), any word may be the last one: « ministre du Commerce extérieur, X ».
    `second` allows a second office after `et`.
    """
    position = solid = begin + size
    opened = False  # by a preposition: a noun may follow
    while position < len(words) and position - begin < _MOST_WORDS:
        word = words[position]
        plain = word.casefold()
        if word in _words("times"):
            break  # « Journal du Dimanche » has a capital
        after_et = plain == "et" and _goes_on(words, position + 1, second=second)
        if after_et or plain in _words("prepositions") or plain == "auprès" or (opened and plain in _words("articles")):
            opened = True
        elif opened and fold(word) in _civilities():
            # « avocat de M. Fillon »: the title and its stop go with the name.
            position += words[position + 1 : position + 2] == ["."]
        elif (opened and word[0].isalnum()) or _belongs(words, position):
            opened = False
            solid = position + 1
        elif closed and position == len(words) - 1 and word.islower() and word.isalpha():
            return solid if plain in _words("verbs") else position + 1
        else:
            break
        position += 1
    return solid


def _goes_on(words: Sequence[str], position: int, *, second: bool) -> bool:
    """Tell whether a complement or a second office follows `et`."""
    if position >= len(words):
        return False
    return words[position].casefold() in _words("prepositions") or (second and _office_at(words, position) > 0)


def _belongs(words: Sequence[str], position: int) -> bool:
    """Tell whether a word goes on a phrase by itself: an adjective, or a capital after a capital."""
    word = words[position]
    if word[0].isupper():
        # « député LFI du Nord », « délégué CGT »
        party = word.isupper() and _PARTY_SIZES[0] <= len(word) <= _PARTY_SIZES[1]
        return party or words[position - 1][0].isupper() or _office_at(words, position) > 0
    plain = word.casefold()
    if plain in _words("followers") or plain in _words("verbs") or not word[0].isalpha():
        return False
    return plain in _words("adjectives") or is_demonym(word) or bool(_adjective().search(plain))


def _clean(phrase: str) -> str | None:
    return " ".join(phrase.split()).rstrip(".-") or None
