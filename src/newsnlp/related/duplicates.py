"""The same wire copy, whatever its headline, its typos and its cut tail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Share of the shorter text's five-word runs that the longer one has too. A typo breaks five runs, so a copy with
# one word in twenty mistyped keeps about .77; two reports of one event that quote the same sentence stay under .3.
# Set on copies made from the bundled corpus (docs/related.md), where .35 to .6 all separate; .45 lies in the middle.
CONTAINMENT = 0.45
# Under so many runs (about a headline) containment is chance: then nearly all of them must agree.
FEW_RUNS = 12
CONTAINMENT_FEW = 0.8


def containment(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> float:
    """Return which share of the smaller set of sorted fingerprints is in the larger one; 0 for an empty one.

    Containment rather than Jaccard's index: a brief cut from a long wire is a copy of it.
    """
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    if not len(small):
        return 0.0
    places = np.searchsorted(large, small)
    places[places == len(large)] = 0
    return float(np.mean(large[places] == small))


def is_copy(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> bool:
    """Return whether two texts are the same copy, by their sorted fingerprints."""
    few = min(len(one), len(other)) < FEW_RUNS
    return containment(one, other) >= (CONTAINMENT_FEW if few else CONTAINMENT)
