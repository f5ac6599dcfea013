"""Known places, as the place lexicons have them, by kind: ``country``, ``city`` or ``region``."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@functools.cache
def known_places() -> Mapping[str, str]:
    """Return place names, surface to kind."""
    return {}
