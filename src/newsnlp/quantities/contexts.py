"""Small questions about the characters around a number."""

from __future__ import annotations

import re

from newsnlp.lexicons import pattern, word_set

_PREVIOUS = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[ '-]?$")
_NEXT = re.compile(r"[ ]([^\W\d_]+(?:-[^\W\d_]+)*)")
# "2014 UZ224": a code of capitals and digits goes on.
CODE_AFTER = re.compile(r" [A-Z]+[0-9]")
_WINDOW = 30
_MIN_NOUN = 3
# End in s, x or z and are no nouns in the plural.
# "… à Lagos. / AFP Douze personnes"
_CREDIT = pattern(r"(?:/ ?|[Pp]hoto |© ?)<language_sentences.credits>\)? $")
_LONGEST_CREDIT = 28
_SENTENCE_OPENERS = '.!?…:;\n\r«"“”(—–-•|>/*[\t‹,»'


def previous_word(folded: str, pos: int) -> str:
    """Return the word before `pos`, or an empty string where punctuation or a digit stands there."""
    match = _PREVIOUS.search(folded, max(0, pos - _WINDOW), pos)
    return match.group(1) if match else ""


def next_word(folded: str, pos: int) -> str:
    """Return the word that follows `pos` after one space, or an empty string."""
    match = _NEXT.match(folded, pos)
    return match.group(1) if match else ""


def plural_noun_follows(text: str, folded: str, pos: int) -> bool:
    """Return whether what follows looks like a noun or adjective in the plural: ``300 personnes``, ``900 autres``."""
    match = _NEXT.match(folded, pos)
    if match is None:
        return False
    word = match.group(1)
    if len(word) < _MIN_NOUN or word in word_set("quantities.contexts_not_plural"):
        return False
    if word.split("-")[0][-1] in "sxz" or word[-1] in "sxz":
        return True
    # "2500 hauts fonctionnaires" ends in s too; "300 jeunes" as well. Titles: "1500 MW" is a unit.
    return text[match.start(1)].islower() and word in {"personnel", "demandeurs", "monde"}


def opens_sentence(text: str, pos: int) -> bool:
    """Return whether only opening punctuation, or a picture's credit, stands between `pos` and the last sentence."""
    index = pos - 1
    while index >= 0 and text[index] == " ":
        index -= 1
    if index < 0 or text[index] in _SENTENCE_OPENERS:
        return True
    return _CREDIT.search(text, max(0, pos - _LONGEST_CREDIT), pos) is not None
