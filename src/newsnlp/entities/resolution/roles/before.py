"""The office that stands before a name: `le maire de Nancy Untel`, `la maire de Nancy, Untel,`."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.forms import fold
from newsnlp.entities.resolution.roles.words import (
    MOST_WORDS,
    REACH,
    TOKEN,
    civilities,
    clean,
    is_adjective,
    office_at,
    office_spellings,
    phrase_end,
    role_words,
    with_time,
)
from newsnlp.lexicons.names import given_genders

if TYPE_CHECKING:
    from collections.abc import Sequence

_CLOSED = re.compile(r"[,.);»]|\s\(|\s(?:a|est|et|en)\b")
_SENTENCE_END = re.compile(r"(?<!\b[A-ZÀ-Ý])[.!?…]\s+(?=[A-ZÀÂÉÈÊÎÔ«])|\n")
_PARTICIPLE = re.compile(r"\w(?:é|u|illi|isi|[mp]ris|mis|duit|vert|joint|traint)e?s?$", re.IGNORECASE)
_MOST_BEFORE_AGENT = 8
_LONGEST_BRACKET = 4
_CONTRACTED = frozenset({"du", "au"})


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
    base = max(0, start - REACH)
    reach = text[base:start]
    # Up to the name's own capital: « Le maire. Untel » are two sentences.
    ends = [match.end() for match in _SENTENCE_END.finditer(text, base, start + 1)]
    if ends:
        base, reach = ends[-1], text[ends[-1] : start]
    comma = reach.rstrip().endswith(",")
    if comma:
        reach = reach[: reach.rindex(",")]
    tokens = _without_civility(_without_bracket(list(TOKEN.finditer(reach))))
    words = [token.group() for token in tokens]
    heads = office_spellings()
    for begin in range(max(0, len(words) - MOST_WORDS), len(words)):
        size = office_at(words, begin) if words[begin] in heads else 0
        if size and _opens(words, begin, comma=comma) and phrase_end(words, begin, size, closed=comma) == len(words):
            break
    else:
        return None
    first = with_time(words, begin)
    stands = first - (first > 0 and words[first - 1].casefold() in role_words("epithets"))
    apart = stands > 1 and words[stands - 1][0].isalnum() and words[stands - 1].casefold() not in _opening()
    stands -= apart
    determiner = words[stands - 1].casefold() if stands else ""
    determined = determiner in role_words("determiners") or (comma and determiner in _CONTRACTED)
    if comma and first == 0 and words[0][0].isupper() and len(words) > begin + 1 and (ends or base == 0):
        # « Maire de Nancy, Untel a dit »: a bare office that opens the sentence is in apposition to its subject.
        return clean(reach[tokens[0].start() : tokens[-1].end()])
    # Elsewhere the apposition must be closed: otherwise the comma only lists. « Il vous manque un ministre Gaspard »
    # is none.
    if comma and _is_another(words, first, text[start:end]) and not _resumes(text, end):
        return None
    if (comma and not (determined and _CLOSED.match(text, end))) or (not comma and determiner in {"un", "une"}):
        return None
    if begin == len(words) - 1 and determined and first > 1 and words[first - 2] == ",":
        # « le porte-parole du ministère, le général Untel »: a rank in apposition to an office.
        office = role_before(text, base + tokens[first - 2].start(), end)
        if office:
            return office
    return clean(reach[tokens[first].start() : tokens[-1].end()])


def _is_agent(words: Sequence[str], determiner: int) -> bool:
    """Tell whether the office did what a participle that opens the sentence says: `Accueillis par la maire, X …`."""
    place = determiner - 2
    if place < 1 or place > _MOST_BEFORE_AGENT or words[place].casefold() != "par":
        return False
    opening = [word.casefold() for word in words[:place]]
    # « après avoir été reçu par », « reçu mardi par »: no subject stands before the verb.
    participle = opening[-1] if opening[0] in role_words("introducers") else opening[0]
    return "," not in opening and bool(_PARTICIPLE.search(participle))


def _is_inside(words: Sequence[str], first: int) -> bool:
    """Tell whether the office may end the clause that opens the sentence: `Après le départ du maire, X …`."""
    return words[first - 1].casefold() in _CONTRACTED and words[0].casefold() in role_words("introducers")


def _is_another(words: Sequence[str], first: int, name: str) -> bool:
    """Tell whether the office before a comma may be somebody else's: an agent's, one in an opening complement.

    Nor is a woman that by whom something is done a man: « reçus par la ministre, Paul Sorel et Luc Blin ».
    """
    if _is_agent(words, first) or _is_inside(words, first):
        return True
    given = name.split()
    by_her = first > 1 and [word.casefold() for word in words[first - 2 : first]] == ["par", "la"]
    return by_her and len(given) > 1 and given_genders().get(given[0]) == "m"


def _resumes(text: str, end: int) -> bool:
    """Tell whether a new subject follows the name and its comma: `Reçu par le ministre, X, le préfet a …`."""
    following = re.match(r",\s+(\S[\w']*)", text[end : end + REACH])
    return following is not None and (following[1][0].isupper() or following[1].casefold() in role_words("resumers"))


def _without_bracket(tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return the words without the last short bracket: `le maire (LR) de Nice X`."""
    words = [token.group() for token in tokens]
    if ")" not in words or "(" not in words:
        return tokens
    closed = len(words) - 1 - words[::-1].index(")")
    opened = len(words) - 1 - words[::-1].index("(")
    return tokens[:opened] + tokens[closed + 1 :] if 0 < closed - opened <= _LONGEST_BRACKET else tokens


def _without_civility(tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    while tokens and fold(tokens[-1].group()) in civilities():
        tokens.pop()
    return tokens


@functools.cache
def _opening() -> frozenset[str]:
    return role_words("determiners") | role_words("time") | role_words("epithets") | role_words("openers")


def _opens(words: Sequence[str], begin: int, *, comma: bool) -> bool:
    """Tell whether the phrase begins here: after a determiner, a mark, an adjective of time, or at the very start."""
    if begin == 0:
        return True
    if not comma and begin > 1 and words[begin - 1] == "," and words[begin - 2][0].isupper():
        return False  # « Anne Roux, conseillère du président X »
    word = words[begin - 1].casefold()
    if word in _opening() or not word[0].isalnum():
        return True
    # « du controversé opposant X », « le 44e président X »
    return (
        (is_adjective(word) or word[0].isdigit() or _PARTICIPLE.search(word) is not None)
        and begin > 1
        and words[begin - 2].casefold() in _opening()
    )
