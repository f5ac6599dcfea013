"""Read what a newsroom trains on: texts and labels in the forms that pandas and scikit-learn users have them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from newsnlp.errors import SourceError
from newsnlp.records import Analysis, Article

TEXT_COLUMN = "text"
TITLE_COLUMN = "title"
TWO_DIMENSIONS = 2


class Headed(NamedTuple):
    """One text with its headline, where it has one apart."""

    text: str
    title: str | None


class Labels(NamedTuple):
    """Labels as an indicator matrix of shape ``(n_texts, n_classes)``; `multi` where a text may have several."""

    classes: npt.NDArray[Any]
    matrix: npt.NDArray[np.bool_]
    multi: bool


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return str(value)
    if value is None or value != value:  # noqa: PLR0124  # NaN, as pandas writes a missing text
        return ""
    message = f"a text must be a str, not {type(value).__name__}. Hint: pass a list of str, a Series or a DataFrame"
    raise SourceError(message)


def _one(value: object) -> Headed:
    if isinstance(value, Analysis):
        value = value.article
    if isinstance(value, Article):
        return Headed(value.text, value.title)
    return Headed(_as_text(value), None)


def read_texts(x: Any) -> list[Headed]:
    """Return the texts of a list, an array, a Series, a DataFrame, or of articles or analyses.

    Raises
    ------
    SourceError
        If there is no column ``text``, or something is no text.
    """
    if hasattr(x, "columns"):
        columns = list(x.columns)
        if TEXT_COLUMN not in columns:
            message = f"a DataFrame of texts must have a column {TEXT_COLUMN!r}; received {columns}"
            raise SourceError(message)
        titles = x[TITLE_COLUMN].tolist() if TITLE_COLUMN in columns else [None] * len(x)
        texts = x[TEXT_COLUMN].tolist()
        return [Headed(_as_text(a), _as_text(b) or None) for a, b in zip(texts, titles, strict=True)]
    if getattr(x, "ndim", 1) == TWO_DIMENSIONS:
        if x.shape[1] != 1:
            message = f"an array of texts must have one column, not shape {x.shape}"
            raise SourceError(message)
        x = x[:, 0]
    if isinstance(x, str | bytes) or not isinstance(x, Iterable):
        message = f"texts must be a list, an array, a Series or a DataFrame, not one {type(x).__name__}. Hint: [text]"
        raise SourceError(message)
    return [_one(value) for value in x]


def _is_collection(value: object) -> bool:
    return isinstance(value, list | tuple | set | frozenset)


def read_labels(y: Any, count: int) -> Labels:
    """Return labels from a column, from one collection a text, or from an indicator table.

    Parameters
    ----------
    y : sequence
        One label a text; or a list, tuple or set of labels a text; or a DataFrame or array of 0 and 1 with a
        column a label.
    count : int
        Number of texts.

    Raises
    ------
    SourceError
        If the numbers differ, a label is missing, or there is but one class.
    """
    if y is None:
        message = "y is None. This estimator requires y to be passed, but the target y is None."
        raise SourceError(message)
    if getattr(y, "ndim", 1) == TWO_DIMENSIONS:
        names = np.array(list(y.columns) if hasattr(y, "columns") else range(y.shape[1]))
        matrix = np.asarray(y).astype(bool)
        _check_length(len(matrix), count)
        return Labels(names, matrix, multi=True)
    rows = y.tolist() if hasattr(y, "tolist") else list(y)
    _check_length(len(rows), count)
    if any(_is_collection(row) for row in rows):
        sets = [_label_set(row) for row in rows]
        names = np.array(sorted(set().union(*sets), key=str))
        return Labels(names, _indicator(sets, names), multi=True)
    for place, row in enumerate(rows):
        if row is None or row != row:  # noqa: PLR0124  # NaN
            message = f"label {place} is missing ({row!r}). Hint: drop that row, or give an empty list for no label"
            raise SourceError(message)
    names = np.unique(np.asarray(rows))
    return Labels(names, _indicator([{row} for row in rows], names), multi=False)


def _label_set(row: object) -> set[Any]:
    if not isinstance(row, list | tuple | set | frozenset):
        message = f"labels mix collections with {row!r}. Hint: give every text a list of labels"
        raise SourceError(message)
    return set(row)


def _indicator(sets: Sequence[set[Any]], names: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    places = {name: place for place, name in enumerate(names.tolist())}
    matrix = np.zeros((len(sets), len(names)), dtype=bool)
    for row, labels in enumerate(sets):
        for label in labels:
            matrix[row, places[label]] = True
    return matrix


def _check_length(labels: int, texts: int) -> None:
    if labels != texts:
        message = f"{texts} texts but {labels} labels. Hint: one row of y for each text"
        raise SourceError(message)
