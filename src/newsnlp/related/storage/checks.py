"""Whether what a folder holds can be an index: compiled code would follow any number, wherever it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from newsnlp.related.arrays.columns import NUMBERED, Meta
from newsnlp.related.arrays.store import MAX_VARIANTS, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsnlp.related.arrays.columns import Columns
    from newsnlp.related.arrays.store import Ragged
    from newsnlp.related.arrays.vectors import VectorSpace
    from newsnlp.safety.saved_files import SavedFolder

# Days since 1970 of the years 1 and 9999, with a day more for time zones.
FIRST_DAY, LAST_DAY = -719_163.0, 2_932_897.0
# Numbers that are looked at together: of a size that stays in the processor's own memory.
CHUNK = 2**18


def metas_of(saved: SavedFolder, rows: object) -> list[Meta]:
    """Return what is shown of each article."""
    if not isinstance(rows, list) or set(map(type, rows)) - {list} or set(map(len, rows)) - {4}:
        saved.refuse("meta.json holds no rows of four")
    metas = [Meta(*row) for row in rows]
    if {type(meta.id) for meta in metas} - {str}:
        saved.refuse("meta.json holds ids that are no strings")
    if {type(value) for row in rows for value in row} - {str, type(None)}:
        saved.refuse("meta.json holds titles, sources or addresses that are no strings")
    return metas


def vocabulary_of(saved: SavedFolder, words: Any, name: str) -> Vocabulary:
    """Return one of the vocabularies of ``words.json``."""
    parts = words.get(name) if isinstance(words, dict) else None
    if not isinstance(parts, list) or len(parts) != 3 or not all(isinstance(part, list) for part in parts):  # noqa: PLR2004
        saved.refuse(f"words.json holds no words of {name}")
    known, shown, variants = parts
    if (set(map(type, known)) | set(map(type, shown))) - {str} or len(known) != len(shown):
        saved.refuse(f"words.json holds words of {name} that are no strings")
    if not all(_is_variant(item, len(known)) for item in variants):
        saved.refuse(f"words.json holds forms of {name} that are none")
    if len(set(known)) < len(known) or len({number for number, _ in variants}) < len(variants):
        saved.refuse(f"words.json holds words of {name} twice")
    return Vocabulary(known, shown, variants)


def _is_variant(item: object, words: int) -> bool:
    if not isinstance(item, list) or len(item) != 2:  # noqa: PLR2004
        return False
    number, forms = item
    return (
        type(number) is int
        and 0 <= number < words
        and type(forms) is list
        and 0 < len(forms) <= MAX_VARIANTS
        and not set(map(type, forms)) - {str}
    )


def check_columns(saved: SavedFolder, columns: Columns) -> None:
    """Refuse columns of different lengths and numbers out of range."""
    rows = len(columns.meta)
    for name in ("alive", "days", *NUMBERED):
        if len(getattr(columns, name)) != rows:
            saved.refuse(f"{name} has {len(getattr(columns, name))} rows, not {rows}")
    if (columns.alive.values.view(np.uint8) > 1).any():
        saved.refuse("alive holds bytes that are no truth values")
    days = columns.days.values
    if not (np.isnan(days) | ((days >= FIRST_DAY) & (days <= LAST_DAY))).all():
        saved.refuse("days holds dates outside the years 1 to 9999")
    for name in NUMBERED:
        values = getattr(columns, name).values
        if rows and not 0 <= values.min() <= values.max() < len(columns.labels):
            saved.refuse(f"{name} holds numbers of no label")
    for name in ("topics", "figures"):
        _check_rows(saved, name, getattr(columns, name), rows)
        _check_numbers(saved, name, getattr(columns, name), len(columns.labels), sets=False)
    _check_rows(saved, "shingles", columns.shingles, rows)
    for name in ("texts", "pieces", "names"):
        _check_space(saved, name, getattr(columns, name), rows)


def check_parts(saved: SavedFolder, name: str, terms: Ragged, parts: Iterable[Ragged]) -> None:
    """Refuse parts of rows that are not as long as these are."""
    for part in parts:
        if not np.array_equal(terms.offsets, part.offsets) or len(part.values) != len(terms.values):
            saved.refuse(f"the rows of {name} differ in length")


def _check_rows(saved: SavedFolder, name: str, ragged: Ragged, rows: int) -> None:
    offsets = ragged.offsets
    if len(offsets) != rows + 1 or offsets[0] != 0 or offsets[-1] != len(ragged.values) or (np.diff(offsets) < 0).any():
        saved.refuse(f"the offsets of {name} are not those of its rows")


def _check_numbers(saved: SavedFolder, name: str, ragged: Ragged, size: int, *, sets: bool) -> None:
    """Refuse numbers of no word; and rows in which numbers do not rise, where the ranking takes them for `sets`."""
    values = ragged.values
    starts = ragged.offsets[:-1]
    for begin in range(0, len(values), CHUNK):
        chunk = values[max(0, begin - 1) : begin + CHUNK]
        if not 0 <= chunk.min() <= chunk.max() < size:
            saved.refuse(f"{name} holds numbers of no word")
        if not sets:
            continue
        falls = np.flatnonzero(chunk[1:] <= chunk[:-1]) + max(0, begin - 1) + 1
        if len(falls):
            places = np.minimum(np.searchsorted(starts, falls), len(starts) - 1)
            if (starts[places] != falls).any():
                saved.refuse(f"{name} holds rows that are not sorted")


def _check_space(saved: SavedFolder, name: str, space: VectorSpace, rows: int) -> None:
    _check_rows(saved, name, space.terms, rows)
    _check_numbers(saved, name, space.terms, len(space.vocabulary), sets=True)
    known = np.zeros(len(space.vocabulary), dtype=np.uint8)
    for number, forms in space.vocabulary.variants.items():
        known[number] = len(forms)
    for begin in range(0, len(space.forms.values), CHUNK):
        # Nine of ten words stand in the form seen first, which is always there.
        chunk = space.forms.values[begin : begin + CHUNK]
        others = np.flatnonzero(chunk)
        if (chunk[others] > known[space.terms.values[begin : begin + CHUNK][others]]).any():
            saved.refuse(f"{name} holds words in forms that it does not know")
