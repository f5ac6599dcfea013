"""What the numeral readers return."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from newsnlp.records import Number

# Beyond this a number of the news is a mistake, and floats lose their digits.
LARGEST = 10**18
# Below this a float has all its digits.
_EXACT = 10**15


class Form(StrEnum):
    """How a number is written."""

    DIGITS = "digits"
    WORDS = "words"
    MIXED = "mixed"  # 1,5 million
    COLLECTIVE = "collective"  # une dizaine, un millier
    VAGUE = "vague"  # plusieurs, des centaines
    FRACTION = "fraction"  # un tiers, la moitié
    ARTICLE = "article"  # un, une
    NONE = "none"  # aucun, aucune
    ORDINAL = "ordinal"  # 5e, troisième


class NumberSpan(NamedTuple):
    """One number as it stands in a text, without what is around it.

    ``scale`` is the scale word or multiplier that closes it (10⁶ in ``1,5 million``), 1 without one. ``grouped``
    says that the digits have a thousands separator, ``decimal`` a decimal mark; ``links`` that a noun follows with
    ``de`` (``un million de``, ``une dizaine de``).
    """

    start: int
    end: int
    text: str
    value: Number
    form: Form
    scale: int = 1
    grouped: bool = False
    decimal: bool = False

    @property
    def links(self) -> bool:
        """Whether French joins the counted noun with ``de``: ``un million de``, ``la moitié des``."""
        return self.form in {Form.COLLECTIVE, Form.FRACTION, Form.VAGUE} or self.scale >= 10**6


def tidy(value: float) -> Number | None:
    """Return a finite number as an int where it is whole, None where it is out of reach.

    Examples
    --------
    >>> tidy(2500000.0), tidy(0.1 + 0.2), tidy(float("inf"))
    (2500000, 0.3, None)
    """
    if isinstance(value, int):
        return value if abs(value) <= LARGEST else None
    if value.is_integer() and abs(value) < _EXACT:
        return int(value)
    if not math.isfinite(value) or abs(value) > LARGEST:
        return None
    rounded = round(value, 12) if abs(value) < 1 else float(f"{value:.15g}")
    return int(rounded) if rounded.is_integer() else rounded
