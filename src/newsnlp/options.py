"""Options as callers give them: numbers of any make (numpy's too) taken, everything else refused in one line."""

from __future__ import annotations

import contextlib
import math
import sys
from numbers import Integral, Real
from typing import Any

from newsnlp.errors import OptionError


def whole_number(option: str, value: Any, *, least: int = 1, most: int = sys.maxsize) -> int:
    """Return a whole number.

    Raises
    ------
    OptionError
        If it is none, or not from `least` to `most`.
    """
    known: Any = value
    if isinstance(value, bool) or not isinstance(value, Integral) or not least <= known <= most:
        bound = f"{least} or more" if most == sys.maxsize else f"from {least} to {most}"
        message = f"{option}={value!r:.80} is not accepted; give a whole number, {bound}"
        raise OptionError(message)
    return int(value)


def real_number(option: str, value: Any, *, least: float = 0.0, most: float = math.inf) -> float:
    """Return a number.

    Raises
    ------
    OptionError
        If it is none, NaN, or not from `least` to `most`.
    """
    number = math.nan
    if not isinstance(value, bool) and isinstance(value, Real):
        with contextlib.suppress(OverflowError):
            number = float(value)
    # A comparison with NaN is false.
    if not least <= number <= most:
        message = f"{option}={value!r:.80} is not accepted; give a number from {least:g} to {most:g}"
        raise OptionError(message)
    return number
