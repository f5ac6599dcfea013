"""Why two articles are related: the names and words they share, by what each contributed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from newsnlp.related.terms import terms_in

if TYPE_CHECKING:
    from newsnlp.related.columns import Columns
    from newsnlp.related.querying import Prepared

MAX_REASONS = 6


def reasons_of(columns: Columns, prepared: Prepared, row: int, name_weight: float) -> tuple[str, ...]:
    """Return what a query shares with a row, in the query's own form, what contributed most first.

    A name counts with the words it is made of, which are then not repeated: *Gilbert Sorlin*, not *Sorlin* and
    *Gilbert*.
    """
    theirs, their_weights = columns.texts.row(row)
    common, mine, yours = np.intersect1d(prepared.terms, theirs, assume_unique=True, return_indices=True)
    shares = dict(zip(common.tolist(), (prepared.weights[mine] * their_weights[yours]).tolist(), strict=True))
    shown = {int(term): prepared.surfaces[place] for term, place in zip(common, mine, strict=True)}

    their_names, their_name_weights = columns.names.row(row)
    _, mine, yours = np.intersect1d(prepared.names, their_names, assume_unique=True, return_indices=True)
    own = name_weight * prepared.name_weights[mine] * their_name_weights[yours]
    reasons: list[tuple[float, str]] = []
    number_of = columns.texts.vocabulary.number
    # Longer names first: "Union européenne" takes "Union" before a shorter name can.
    names = [(prepared.name_surfaces[place], float(share)) for place, share in zip(mine, own, strict=True)]
    for name, share in sorted(names, key=lambda item: (-len(item[0]), item[0])):
        parts = [number for term in terms_in(name) if (number := number_of(term)) in shares]
        if terms_in(name) and not parts:
            # All its words were named with a longer one.
            continue
        reasons.append((share + sum(shares.pop(part) for part in dict.fromkeys(parts) if part is not None), name))
    reasons.extend((share, shown[term]) for term, share in shares.items())
    reasons.sort(key=lambda item: (-round(item[0], 6), item[1]))
    return tuple(dict.fromkeys(reason for _, reason in reasons))[:MAX_REASONS]
