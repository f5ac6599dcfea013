"""One number out of a vague one, as the databases of analysts do it: ACLED, EM-DAT, UCDP.

What each source says, and what is our extension of it to words it does not mention, is written beside each rule and
in ``docs/figures-meaning.md``. Nothing here reads a text: bounds and wording come from the figure.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from newsnlp.errors import OptionError

CONVENTIONS = ("acled", "emdat", "ucdp")

# ACLED, "FAQs: ACLED fatality methodology" (7 May 2024): 10 for "tens", 12 for "dozens", 100 for "hundreds", and so
# on; the most conservative estimate where sources differ. French wires say "dizaines" where English ones say
# "dozens", hence 12. Extension: thousands and millions by "and so on".
_ACLED = {"dizaine": 12, "douzaine": 12, "centaine": 100, "millier": 1000, "million": 10**6, "milliard": 10**9}
# ACLED codes deaths of unknown number ("several", "many") as 10, or 3 where the event is unlikely to have been
# that deadly (codebook, "reported fatalities"; quoted from memory). We cannot judge the event and take 10.
_ACLED_UNKNOWN = 10
# EM-DAT documentation 2024.10, "Human impact variables": hundreds of injured are entered as 200, thousands affected
# as 2,000; of a range the average is taken. Extension: tens as 20 and millions as 2,000,000, on the same pattern.
_EMDAT = {"dizaine": 20, "douzaine": 24, "centaine": 200, "millier": 2000, "million": 2 * 10**6, "milliard": 2 * 10**9}


class Estimate(NamedTuple):
    """A low, a best and a high estimate, as UCDP publishes them; None where the text leaves a side open."""

    low: int | None
    best: int | None
    high: int | None


def as_count(
    text: str, value_min: float | None, value_max: float | None, *, modifier: str, convention: str
) -> int | None:
    """Return one whole number for a count under a convention, or None where the figure gives no number.

    Parameters
    ----------
    text : str
        The number expression, of which a vague one needs the word: ``dizaines``, ``centaines``.
    value_min, value_max : float or None
        The bounds of the figure.
    modifier : str
        ``exact``, ``range``, ``vague`` … as in `newsnlp.records.Modifier`.
    convention : {"acled", "emdat", "ucdp"}

    Raises
    ------
    OptionError
        If the convention is none of these.

    Examples
    --------
    >>> as_count("centaines", 200, None, modifier="vague", convention="acled")
    100
    >>> as_count("300 et 400", 300, 400, modifier="range", convention="emdat")
    350
    >>> as_count("plusieurs", 2, None, modifier="vague", convention="ucdp")
    2
    """
    if convention == "acled":
        return _acled(text, value_min, value_max, modifier)
    if convention == "emdat":
        return _emdat(text, value_min, value_max, modifier)
    if convention == "ucdp":
        return estimate(value_min, value_max, modifier=modifier).best
    raise OptionError.unknown("convention", convention, CONVENTIONS)


def estimate(value_min: float | None, value_max: float | None, *, modifier: str) -> Estimate:
    """Return the low, best and high estimates of one figure, in the terms of UCDP.

    UCDP gives each event a low, a best and a high estimate of deaths. Its codebook speaks of several reports on one
    event; reading a single hedged figure so is our extension: the bounds of the text are low and high, and best is
    the lower of them, UCDP being conservative. Below an upper bound alone (``jusqu'à 50``), best is that bound.

    Examples
    --------
    >>> estimate(15, 20, modifier="range")
    Estimate(low=15, best=15, high=20)
    >>> estimate(None, 50, modifier="at_most")
    Estimate(low=0, best=50, high=50)
    """
    low, high = _whole(value_min), _whole(value_max)
    if low is None and high is None:
        return Estimate(None, None, None)
    if modifier == "more_than" and low is not None:
        return Estimate(low + 1, low + 1, high)
    if low is None:
        return Estimate(0, high, high)
    return Estimate(low, low, high)


def _acled(text: str, value_min: float | None, value_max: float | None, modifier: str) -> int | None:
    if modifier == "vague":
        return _by_word(text, _ACLED) or _ACLED_UNKNOWN
    return _whole(value_min if value_min is not None else value_max)


def _emdat(text: str, value_min: float | None, value_max: float | None, modifier: str) -> int | None:
    if modifier == "vague":
        return _by_word(text, _EMDAT) or _whole(value_min)
    if value_min is not None and value_max is not None:
        return _whole((value_min + value_max) / 2)
    return _whole(value_min if value_min is not None else value_max)


def _by_word(text: str, table: dict[str, int]) -> int | None:
    """Return the number of a vague expression; ``dizaines de milliers`` is the product of its two words."""
    found = [(text.lower().find(word), number) for word, number in table.items() if word in text.lower()]
    if not found:
        return None
    found.sort()
    product = found[0][1]
    for _, number in found[1:]:
        product *= 10 ** round(math.log10(number) - math.log10(number) % 1)
    return product


def _whole(value: float | None) -> int | None:
    return None if value is None or not math.isfinite(value) else math.floor(value + 0.5)
