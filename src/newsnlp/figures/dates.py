"""The date that the sentence gives for a figure, as worded."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from newsnlp.grammar.words import verb_forms
from newsnlp.lexicons import pattern
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from newsnlp.grammar.items import Sentence


_NUMBER = r"(?:1\s?er|\d{1,2})"
_FORMS = (
    rf"(?:<calendar.weekdays>\s)?{_NUMBER}\s<calendar.months>(?:\s\d{{4}})?",
    r"(?:début|mi-|fin)?\s?<calendar.months>\s\d{4}",
    r"<calendar.weekdays>(?:\s(?:dernier|prochain))?(?:\s(?:matin|soir|midi|après-midi))?",
    r"avant-hier|hier(?:\s(?:matin|soir))?|aujourd['’]hui|(?:après-)?demain|cette\snuit|la\snuit\sdernière",
    r"(?:en|depuis|fin|début|d['’]ici\sà|à\sl['’]horizon|l['’]année)\s(?:1[5-9]|20)\d{2}(?!\d)",
    r"(?:l['’](?:an|année)|le\smois|la\ssemaine)\s(?:dernier|dernière|passée?|prochaine?)",
)
_DATE = pattern(rf"(?<!\w)(?:{'|'.join(_FORMS)})(?!\w)", re.IGNORECASE)
# "la coalition formée en 2014": a date of that participle, not of the figure.
_PARTICIPLE = pattern(r"\w<figures.dates_participle>$")
_OF_PARTICIPLE = re.compile(r"([^\W\d_]+)\s+(?:(?:le|en|depuis|ce|ce\s+)\s*)?$")


def _belongs_to_participle(text: str, start: int) -> bool:
    before = _OF_PARTICIPLE.search(text, max(0, start - 40), start)
    if before is None or before[1].startswith("surven"):
        return False  # "l'attaque survenue hier" dates the event itself
    return bool(_PARTICIPLE.search(before[1])) and fold(before[1]) not in verb_forms()[0]


def find_dates(sentence: Sentence, text: str) -> None:
    """Set `date` on the figures of one sentence: the nearest date in it, later ones first among equals."""
    found = [
        match.span()
        for match in _DATE.finditer(text, sentence.start, sentence.end)
        if not _belongs_to_participle(text, match.start())
    ]
    if not found:
        return
    for draft in sentence.drafts:
        quantity = draft.quantity
        left = bisect_right(found, quantity.phrase_start, key=lambda span: span[1])
        right = bisect_left(found, quantity.phrase_end, key=lambda span: span[0])
        usable = [*found[max(0, left - 1) : left], *found[right : right + 1]]
        if usable:
            start, end = min(usable, key=lambda span: min(abs(span[0] - quantity.end), abs(quantity.start - span[1])))
            draft.date = text[start:end].strip()
