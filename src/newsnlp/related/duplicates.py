"""The same wire copy, whatever its headline, its typos and its cut tail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Share of the shorter text's five-word runs that the longer one has too. A typo breaks five runs: copies made from
# the bundled corpus with up to 8 % of the words mistyped keep .47 or more, two reports of one event, one of them cut
# and mistyped, share .19 at most (docs/related.md). .35 lies in the middle.
CONTAINMENT = 0.35
# Under so many runs (about a headline) one phrase in common may be a third of the text.
FEW_RUNS = 12
CONTAINMENT_FEW = 0.5


# So many sets are compared by sorting their fingerprints, more by a product of matrices: of few, that costs the more.
FEW_SETS = 128
HALVES = 1 << 16
_OWNER = np.uint64(0xFF)
_NOWHERE = np.empty(0, dtype=np.int64)


def containments(prints: list[NDArray[np.uint32]]) -> NDArray[np.float64]:
    """Return, for every two sets of fingerprints, which share of the smaller is in the larger; 0 for an empty one.

    Containment rather than Jaccard's index: a brief cut from a long wire is a copy of it.
    """
    sizes = np.array([len(row) for row in prints], dtype=np.int64)
    shared = (_shared_of_few if len(prints) <= FEW_SETS else _shared_of_many)(prints, sizes)
    smaller = np.minimum(sizes[:, None], sizes[None, :])
    shares: NDArray[np.float64] = np.divide(shared, smaller, out=np.zeros(shared.shape), where=smaller > 0)
    return shares


def _shared_of_few(prints: list[NDArray[np.uint32]], sizes: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return how many fingerprints every two sets share."""
    from scipy.sparse import csc_matrix

    together = np.concatenate([*prints, np.empty(0, np.uint32)])
    # Most stand in one set alone: five of six of them are told by the upper half of their bits, and are not sorted.
    halves = (together >> np.uint32(16)).astype(np.int64)
    twice = np.flatnonzero((np.bincount(halves, minlength=HALVES) > 1)[halves])
    keys = together[twice].astype(np.uint64)
    keys <<= np.uint64(8)
    keys |= np.repeat(np.arange(len(sizes), dtype=np.uint8), sizes)[twice]
    keys.sort()
    values = keys >> np.uint64(8)
    starts = np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]])) if len(values) else _NOWHERE
    owners = (keys & _OWNER).astype(np.int32)
    ones = np.ones(len(owners), dtype=np.float32)
    sets = csc_matrix((ones, owners, np.append(starts, len(owners))), shape=(len(sizes), len(starts)))
    shared: NDArray[np.float32] = (sets @ sets.T).toarray()
    np.fill_diagonal(shared, sizes)
    return shared


def _shared_of_many(prints: list[NDArray[np.uint32]], sizes: NDArray[np.int64]) -> NDArray[np.float32]:
    from scipy.sparse import csr_matrix

    values, columns = np.unique(np.concatenate(prints), return_inverse=True)
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    sets = csr_matrix((np.ones(len(columns), np.float32), columns, offsets), shape=(len(sizes), len(values)))
    shared: NDArray[np.float32] = (sets @ sets.T).toarray()
    return shared


def copies(prints: list[NDArray[np.uint32]]) -> NDArray[np.bool_]:
    """Return, for every two texts, whether they are the same copy, by their sorted fingerprints."""
    sizes = np.array([len(row) for row in prints], dtype=np.int64)
    return _enough(containments(prints), np.minimum(sizes[:, None], sizes[None, :]))


def copy_pairs(prints: list[NDArray[np.uint32]]) -> list[tuple[int, int]]:
    """Return every two texts that are the same copy, the place of the first before that of the other."""
    return [(one, other) for one, other in np.argwhere(copies(prints)).tolist() if one < other]


def copies_of(one: NDArray[np.uint32], prints: list[NDArray[np.uint32]]) -> NDArray[np.bool_]:
    """Return which texts are copies of one."""
    sizes = np.array([len(row) for row in prints], dtype=np.int64)
    smaller = np.minimum(sizes, len(one))
    if not smaller.any():
        return np.zeros(len(prints), dtype=bool)
    together = np.concatenate(prints)
    places = np.searchsorted(one, together)
    places[places == len(one)] = 0
    sums = np.concatenate([[0], np.cumsum(one[places] == together)])
    ends = np.cumsum(sizes)
    shared = (sums[ends] - sums[ends - sizes]).astype(np.float64)
    return _enough(np.divide(shared, smaller, out=np.zeros_like(shared), where=smaller > 0), smaller)


def _enough(shares: NDArray[np.float64], smaller: NDArray[np.int64]) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = shares >= np.where(smaller < FEW_RUNS, CONTAINMENT_FEW, CONTAINMENT)
    return found
