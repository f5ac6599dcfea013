"""Which way a day without its year lies: what the verb of its clause says, and the words right before it."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from newsnlp.dates.words import CLASSES
from newsnlp.lexicons import pattern, word_set
from newsnlp.quantities.contexts import opens_sentence

if TYPE_CHECKING:
    from newsnlp.dates.tokens import Text

BEHIND, UNKNOWN, AHEAD = -1, 0, 1
# Words looked at on each side: a clause of the press is shorter (2026-11), and no text costs more.
_REACH = 40
_FUTURE = re.compile(r"[a-zà-ÿ]{1,}(?:e|i|d|t|v|r|c|p|u)r(?:a|ai|as|ons|ont|ez)$")
_CONDITIONAL = re.compile(r".{2,}r(?:ait|aient)$")
_IMPERFECT = re.compile(r".{2,}(?:ait|aient)$")
_PARTICIPLE = re.compile(r".{2,}(?:é|ée|és|ées)$|.*(?:en|rd|nd|l|ç|ar|cour|v)ue?s?$|.{2,}(?:èrent|irent|urent|ça|gea)$")
_INFINITIVE = re.compile(r".{2,}(?:er|ir)$")
_BEFORE_AHEAD = pattern(r"\b<dates.directions.ahead_before> $", re.IGNORECASE)
_SURE_AHEAD = re.compile(r"\bd'ici(?: [aà]| au| le| la)? $")
_BEFORE_BEHIND = pattern(r"\b<dates.directions.behind_before> $", re.IGNORECASE)
_COMMA, _OTHER = CLASSES["COMMA"], CLASSES["OTHER"]
_SHORT = {"a", "va", "né", "vu"}
_REFLEXIVE = {"se", "s'", "y", "en", "le", "la", "les"}
_UNTIL = re.compile(r"\bjusqu'(?:à|au|en) $")
_LETTERS = {CLASSES[name] for name in ("OTHER", "LAST", "NEXT", "TO", "EDGE", "SAME")}


def direction(text: Text, first: int, last: int) -> int:
    """Return where the day of an expression lies, seen from the day of the text.

    Parameters
    ----------
    text : Text
    first, last : int
        Tokens of the expression.

    Examples
    --------
    >>> from newsnlp.dates.tokens import read
    >>> [direction(read(words), 3, 3) for words in ("Il sera entendu lundi.", "Elle a annulé lundi.")]
    [1, -1]
    """
    start = text.starts[first]
    before = text.folded[max(0, start - 16) : start].removesuffix("le ").removesuffix("la ")
    if _BEFORE_BEHIND.search(before):
        return BEHIND
    if _SURE_AHEAD.search(before):
        return AHEAD
    cued = AHEAD if _BEFORE_AHEAD.search(before) else UNKNOWN
    way, word = _on_the_left(text, first)
    if way == BEHIND and _UNTIL.search(before):
        return UNKNOWN  # "a donné jusqu'au 30 juin": the nearest
    if way == BEHIND and cued and word in _mains():
        return cued
    return way or cued if word else _on_the_right(text, last) or cued


def _on_the_left(text: Text, first: int) -> tuple[int, str]:
    """Return the way that the nearest verb before an expression says, and that verb; no word where there is none."""
    for token in range(first - 1, max(-1, first - 1 - _REACH), -1):
        if _ends(text, token):
            break
        led = _infinitive(text, token)
        if led is not None:
            return led, text.word(token)
        if way := _way(text, token):
            return way, text.word(token)
    return UNKNOWN, ""


def _on_the_right(text: Text, last: int) -> int:
    """Return the way that the first verb behind an expression says, relative clauses aside."""
    for token in range(last + 1, min(len(text.words), last + 1 + _REACH)):
        relative = text.letter(token) == _COMMA and text.word(token + 1) in word_set("dates.directions.breaks")
        if relative or _ends(text, token):
            break
        if _of_word(text.word(token)) != _INFINITIVE_WAY and (way := _way(text, token)):
            return way
    return UNKNOWN


@functools.cache
def _mains() -> frozenset[str]:
    return word_set("dates.directions.have")


@functools.cache
def _irregular() -> frozenset[str]:
    return word_set("dates.directions.participles")


def _ends(text: Text, token: int) -> bool:
    """Return whether the sentence ends here; the point of ``M.`` and the colon do not end it."""
    if text.letter(token) != CLASSES["STOP"]:
        return False
    word = text.word(token)
    return not (word == ":" or (word == "." and len(text.word(token - 1)) <= 2))  # noqa: PLR2004


def _way(text: Text, token: int) -> int:
    word = text.word(token)
    if len(word) < 3 and word not in _SHORT:  # noqa: PLR2004
        return UNKNOWN
    if text.letter(token) not in _LETTERS:
        return UNKNOWN
    found = _of_word(word)
    if found == _INFINITIVE_WAY:
        return AHEAD if text.word(token - 1) in {"à", "pour"} else UNKNOWN
    if found and _is_name(text, token):
        return UNKNOWN
    if found == BEHIND:
        if word in {"a", "ont", "été"} and _planned(text, token):
            return AHEAD
        if word not in _mains():
            return _of_auxiliary(text, token)
    return found


def _is_name(text: Text, token: int) -> bool:
    """Return whether a word bears a capital of its own: ``Salvador Allende`` is no verb."""
    start, end = text.starts[token], text.end(token)
    capital = text.raw[start].isupper() and not text.raw[start:end].isupper()
    return capital and not opens_sentence(text.raw, start)


def _of_auxiliary(text: Text, token: int) -> int:
    """Return the way of a participle: that of its auxiliary, ``sera entendu``, ``doit être jugé``."""
    for before in range(token - 1, token - 6, -1):
        word = text.word(before)
        if word == "être":
            continue
        if text.letter(before) not in _LETTERS or word in _mains():
            return BEHIND
        if word not in word_set("dates.directions.now") and _of_word(word) == AHEAD:
            return AHEAD
    return BEHIND


def _infinitive(text: Text, token: int) -> int | None:
    """Return the way of an infinitive that another verb leads to, None where a word is no such infinitive.

    ``va fermer`` is ahead; ``a dit commencer``, ``comptent voter`` tell none.
    """
    lead = token - 2 if text.word(token - 1) in _REFLEXIVE else token - 1
    if _of_word(text.word(token)) != _INFINITIVE_WAY or text.letter(lead) != _OTHER or text.word(lead) in {"à", "pour"}:
        return None
    return AHEAD if _of_word(text.word(lead)) == AHEAD else UNKNOWN


def _planned(text: Text, token: int) -> bool:
    ahead = word_set("dates.directions.ahead")
    return any(text.word(token + step) in ahead for step in (1, 2))


_INFINITIVE_WAY = 2


@functools.lru_cache(maxsize=4096)
def _of_word(word: str) -> int:
    """Return which way a word says, of those that are verbs."""
    if word in word_set("dates.directions.ahead"):
        return AHEAD
    if word in word_set("dates.directions.now"):
        return UNKNOWN
    if word in _mains():
        return BEHIND
    if _FUTURE.match(word):
        return UNKNOWN if word in word_set("dates.directions.not_future") else AHEAD
    if _CONDITIONAL.match(word):
        return AHEAD
    if _IMPERFECT.match(word):
        return UNKNOWN if word in word_set("dates.directions.not_imperfect") else BEHIND
    if word.rstrip("s").removesuffix("e") in _irregular() or word in _irregular():
        return BEHIND
    if _PARTICIPLE.match(word):
        return UNKNOWN if word in word_set("dates.directions.not_participle") else BEHIND
    return _INFINITIVE_WAY if _INFINITIVE.match(word) else UNKNOWN
