"""A number that may be no figure, and what the rules look at around it."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.numerals.forms import Form, NumberSpan
from newsnlp.quantities.contexts import plural_noun_follows, previous_word

if TYPE_CHECKING:
    from newsnlp.quantities.units import Unit
    from newsnlp.record_fields import NoFigure

WINDOW = 24
WORD_FORMS = frozenset({Form.WORDS, Form.ARTICLE})


class Barred(NamedTuple):
    """Why a number is no figure, and the offset up to which nothing else is one."""

    reason: NoFigure
    end: int


@dataclass(eq=False)
class Around:
    """A number, the unit that follows it, what was said of the number before, and the text around."""

    text: str
    folded: str
    number: NumberSpan
    unit: Unit | None
    previous: Barred | None
    before: str

    @functools.cached_property
    def noun_follows(self) -> bool:
        """Whether a noun in the plural stands behind the number."""
        return plural_noun_follows(self.text, self.folded, self.number.end)

    @functools.cached_property
    def word_before(self) -> str:
        """The word before the number."""
        return previous_word(self.folded, self.number.start)

    @property
    def is_plain(self) -> bool:
        """Whether the number is an integer in bare digits or words, as names have it."""
        number = self.number
        return isinstance(number.value, int) and not (number.decimal or number.grouped or number.scale > 1)

    def bar(self, reason: NoFigure) -> Barred:
        """Bar the number for this reason."""
        return Barred(reason, self.number.end)
