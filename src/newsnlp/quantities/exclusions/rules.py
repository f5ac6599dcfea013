"""Why a number is no figure: the rules in their order, each a small function that sees one number and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.numerals.forms import Form, NumberSpan
from newsnlp.quantities.exclusions.around import WINDOW, Around, Barred
from newsnlp.quantities.exclusions.dates import day_in_name, referring
from newsnlp.quantities.exclusions.expressions import angle, expression, identifier, marker
from newsnlp.quantities.exclusions.idioms import in_idiom, is_adjective, zero_of_slogan
from newsnlp.quantities.exclusions.names import (
    chained,
    glued,
    half_of_a_country,
    hyphened,
    label,
    named,
    named_in_words,
)

if TYPE_CHECKING:
    from newsnlp.quantities.units import Unit

_DIGIT_FORMS = {Form.DIGITS, Form.MIXED, Form.ORDINAL}


def barred(text: str, folded: str, number: NumberSpan, unit: Unit | None, previous: Barred | None) -> Barred | None:
    """Return why `number` is no figure, or None.

    Parameters
    ----------
    text, folded : str
        The text with plain spaces and its folded copy.
    number : NumberSpan
    unit : Unit or None
        The unit that follows it.
    previous : Barred or None
        What was said of the number just before, for ``articles 3 et 4``.
    """
    around = Around(text, folded, number, unit, previous, folded[max(0, number.start - WINDOW) : number.start])
    digits = number.form in _DIGIT_FORMS and text[number.start].isdigit()
    for rule in _DIGIT_RULES if digits else _ARTICLE_RULES if number.form is Form.ARTICLE else _WORD_RULES:
        found: Barred | None = rule(around)
        if found is not None:
            return found
    return None


_COMMON_RULES = (in_idiom, day_in_name, half_of_a_country)
_DIGIT_RULES = (
    *(expression, identifier, angle, marker, label, chained, glued, referring, named),
    *_COMMON_RULES,
)
_WORD_RULES = (
    *(hyphened, named_in_words, is_adjective, zero_of_slogan),
    *_COMMON_RULES,
)
# "un" and "une", of which there are more than of all others.
_ARTICLE_RULES = (hyphened, named_in_words, in_idiom, day_in_name)
