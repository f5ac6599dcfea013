"""Read what a newsroom trains on: texts and labels in the forms that pandas and scikit-learn users have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from newsnlp.errors import OptionError, SourceError, shown
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
    if _is_missing(value):
        return ""
    message = f"a text must be a str, not {type(value).__name__}. Hint: pass a list of str, a Series or a DataFrame"
    raise SourceError(message)


def _is_missing(value: Any) -> bool:
    """Return whether a value is None, NaN or pandas' NA, as tables have them for what is absent."""
    try:
        return value is None or bool(value != value)  # noqa: PLR0124  # NaN differs from itself
    except TypeError:
        # NA answers neither yes nor no.
        return True
    except ValueError:
        return False


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
        if columns.count(TEXT_COLUMN) > 1 or columns.count(TITLE_COLUMN) > 1:
            message = f"a DataFrame of texts must have each column once; received {columns}"
            raise SourceError(message)
        titles = x[TITLE_COLUMN].tolist() if TITLE_COLUMN in columns else [None] * len(x)
        texts = x[TEXT_COLUMN].tolist()
        return [Headed(_as_text(a), _as_text(b) or None) for a, b in zip(texts, titles, strict=True)]
    if getattr(x, "ndim", 1) == TWO_DIMENSIONS:
        if x.shape[1] != 1:
            message = f"an array of texts must have one column, not shape {x.shape}"
            raise SourceError(message)
        x = x[:, 0]
    if isinstance(x, str | bytes | Mapping) or not isinstance(x, Iterable) or getattr(x, "ndim", 1) != 1:
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
        If the numbers differ, a label is missing, or labels are of several types or of one that cannot be sorted.
    """
    if y is None:
        message = "y is None. This estimator requires y to be passed, but the target y is None."
        raise SourceError(message)
    if getattr(y, "ndim", 1) == TWO_DIMENSIONS:
        names = label_names(list(y.columns) if hasattr(y, "columns") else range(y.shape[1]), in_order=True)
        table = np.asarray(y)
        _check_length(len(table), count)
        if not np.isin(table, [0, 1]).all():
            message = "a table of labels must hold 0 and 1 alone, a column a label"
            raise SourceError(message)
        return Labels(names, table.astype(bool), multi=True)
    if not isinstance(y, Iterable) or isinstance(y, Mapping) or getattr(y, "ndim", 1) != 1:
        message = f"labels must be a list, an array, a Series or a DataFrame, not {type(y).__name__}"
        raise SourceError(message)
    rows = y.tolist() if hasattr(y, "tolist") else list(y)
    _check_length(len(rows), count)
    if any(_is_collection(row) for row in rows):
        sets = [_label_set(row) for row in rows]
        names = label_names(set().union(*sets))
        return Labels(names, _indicator(sets, names), multi=True)
    for place, row in enumerate(rows):
        if _is_missing(row):
            message = f"label {place} is missing ({row!r}). Hint: drop that row, or give an empty list for no label"
            raise SourceError(message)
    names = label_names(rows)
    return Labels(names, _indicator([{row} for row in rows], names), multi=False)


def label_names(labels: Iterable[Any], *, in_order: bool = False) -> npt.NDArray[Any]:
    """Return labels as an array, each once and sorted, or `in_order` as they come.

    Raises
    ------
    SourceError
        If numpy would make others of them: of several types, or of a type that it cannot hold or sort.
    """
    try:
        listed = list(labels)
        distinct = set(listed)
        names = np.asarray(listed) if in_order else np.unique(np.asarray(listed))
    except (TypeError, ValueError) as error:
        message = f"labels cannot be told apart or sorted ({error}). Hint: use str or int labels"
        raise SourceError(message) from error
    if names.ndim != 1 or len(names) != len(distinct) or set(names.tolist()) != distinct:
        kinds = sorted({type(label).__name__ for label in listed})
        message = f"labels must be of one type and all different, not {', '.join(kinds)}. Hint: use str or int labels"
        raise SourceError(message)
    return names


def _label_set(row: object) -> set[Any]:
    if not isinstance(row, list | tuple | set | frozenset):
        message = f"labels mix collections with {row!r}. Hint: give every text a list of labels"
        raise SourceError(message)
    if any(_is_missing(label) for label in row):
        message = f"a label is missing in {shown(row)}. Hint: leave it out"
        raise SourceError(message)
    try:
        return set(row)
    except TypeError as error:
        message = f"labels cannot be told apart ({error}). Hint: use str or int labels"
        raise SourceError(message) from error


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


def in_classes(labels: Labels, classes: npt.NDArray[Any]) -> Labels:
    """Return the labels with the columns of `classes`.

    Raises
    ------
    OptionError
        If one is not among them.
    """
    known = {name: place for place, name in enumerate(classes.tolist())}
    matrix = np.zeros((len(labels.matrix), len(known)), dtype=bool)
    for place, name in enumerate(labels.classes.tolist()):
        if name not in known:
            raise OptionError.unknown("label", name, map(str, known))
        matrix[:, known[name]] = labels.matrix[:, place]
    return Labels(classes, matrix, labels.multi)
