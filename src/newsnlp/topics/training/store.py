"""Write a trained labeller into a folder, and read it back: JSON and plain arrays, never pickle.

The JSON names the arrays it belongs to by their digest. It is replaced after the new arrays lie beside the old, and
before they take their place: at any moment one of the two fits the JSON.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from newsnlp.errors import ModelFormatError, OptionError, SourceError
from newsnlp.safety.saved_files import SavedFolder, one_writer, packed_arrays, packed_json, settle_folder, write_file
from newsnlp.topics.model import load_model
from newsnlp.topics.training.stacking import block_width

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = "newsnlp.TopicLabeler"
# 1 had no digest, 2 no words as written; both are read as they are; see docs/topics.md.
VERSION = 3
OLDEST = 1
CONFIG = "labeler.json"
ARRAYS = "labeler.npz"
PARTIAL = ".partial"
KEYS = ("format", "version", "builtin", "parameters", "classes", "multi", "words", "examples")
# Weights and counts beyond this come from no fit; sums over a vocabulary of them stay finite.
MOST_WEIGHT = 1e12
MOST_INTEGER = 2**63 - 1

Matrix = npt.NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLabeler:
    """What a labeller is made of. ``counts``, ``targets`` and ``blocks`` are its examples, or None."""

    parameters: dict[str, Any]
    classes: Matrix
    multi: bool
    words: list[str]
    idf: Matrix
    coefficients: Matrix
    intercepts: Matrix
    counts: list[dict[str, float]] | None
    targets: Matrix | None
    blocks: Matrix | None
    base_weight: float = 1.0


def write_labeler(folder: Path, stored: StoredLabeler) -> None:
    """Write the labeller, replacing one that is there; where that fails, the earlier one stays.

    Raises
    ------
    OptionError
        If the labels are neither all str, all bool nor all numbers.
    SourceError
        If the folder cannot be written, or another process is writing there.
    """
    classes = stored.classes.tolist()
    if label_array(classes) is None:
        message = f"labels of type {type(classes[0]).__name__} cannot be saved. Hint: use str or int labels"
        raise OptionError(message)
    arrays = {"idf": stored.idf, "coefficients": stored.coefficients, "intercepts": stored.intercepts}
    if stored.targets is not None and stored.blocks is not None:
        arrays |= {"targets": stored.targets, "blocks": stored.blocks}
    if any(array.dtype.kind == "f" and not _sound(array) for array in arrays.values()):
        message = "the labeller has weights that are no finite numbers and cannot be saved. Hint: fit with a smaller C"
        raise OptionError(message)
    packed = packed_arrays(arrays)
    config = {
        "format": FORMAT,
        "version": VERSION,
        # Stacked features are only meaningful under the built-in model they were computed with.
        "builtin": load_model().fingerprint if stored.parameters["base"] else None,
        "parameters": stored.parameters,
        "classes": classes,
        "multi": stored.multi,
        "words": stored.words,
        "examples": stored.counts,
        "base_weight": stored.base_weight,
        "arrays": _digest(packed),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with one_writer(folder):
            _finish_earlier(folder)
            _replace(folder, packed, packed_json(config))
    except OSError as error:
        message = f"cannot write the labeller to {folder}: {error.strerror or error}. What stood there is untouched"
        raise SourceError(message) from error


def read_labeler(folder: Path) -> StoredLabeler:
    """Return the labeller of a folder.

    Raises
    ------
    ModelFormatError
        If there is none, it is damaged, or it is of another version.
    """
    saved = _saved(folder)
    if not saved.holds(CONFIG):
        message = f"{folder} holds no topic labeller. Hint: labeler.save({str(folder)!r}) writes one"
        raise ModelFormatError(message)
    while True:
        told = saved.read(CONFIG)
        config = _config(saved, told)
        try:
            packed = _fitting_arrays(saved, config)
        except ModelFormatError:
            # Another process may have saved meanwhile: then there is newer JSON.
            if saved.read(CONFIG) == told:
                raise
            continue
        return _stored(saved, config, packed)


def label_array(labels: list[Any]) -> Matrix | None:
    """Return labels as an array that gives them back as they are, or None where there is none."""
    kinds = set(map(type, labels))
    if kinds == {float, int}:
        kinds = {float}
    if len(kinds) != 1 or not kinds <= {str, bool, int, float}:
        return None
    kind = kinds.pop()
    # A comparison with NaN is false.
    most = {int: MOST_INTEGER, float: sys.float_info.max}.get(kind)
    if most is not None and not all(-most <= label <= most for label in labels):
        return None
    found: Matrix = np.array(labels, dtype={str: str, bool: bool, int: np.int64, float: np.float64}[kind])
    # numpy cuts zeros off the end of a string.
    return found if found.tolist() == labels else None


def _saved(folder: Path) -> SavedFolder:
    return SavedFolder(folder, what="topic labeller", hint="fit and save it again", error=ModelFormatError)


def _digest(packed: bytes) -> str:
    return hashlib.sha256(packed).hexdigest()


def _replace(folder: Path, packed: bytes, config: bytes) -> None:
    arrays, text = folder / f"{ARRAYS}{PARTIAL}", folder / f"{CONFIG}{PARTIAL}"
    write_file(arrays, packed)
    write_file(text, config)
    settle_folder(folder)
    text.replace(folder / CONFIG)
    settle_folder(folder)
    arrays.replace(folder / ARRAYS)
    settle_folder(folder)


def _finish_earlier(folder: Path) -> None:
    """Put arrays in their place that a save before, cut off, had yet to put there: what comes next overwrites them."""
    saved = _saved(folder)
    if not (saved.holds(CONFIG) and saved.holds(f"{ARRAYS}{PARTIAL}")):
        return
    try:
        wanted = _config(saved, saved.read(CONFIG)).get("arrays")
        if _digest(saved.read(f"{ARRAYS}{PARTIAL}")) == wanted:
            (folder / f"{ARRAYS}{PARTIAL}").replace(folder / ARRAYS)
    except ModelFormatError:
        # What cannot be read is nothing to keep.
        return


def _fitting_arrays(saved: SavedFolder, config: dict[str, Any]) -> bytes:
    """Return the arrays that the JSON belongs to, where a save was cut off those beside."""
    wanted = config.get("arrays")
    # Again at the end: they may have taken their place meanwhile.
    for name in (ARRAYS, f"{ARRAYS}{PARTIAL}", ARRAYS):
        if saved.holds(name):
            packed = saved.read(name)
            if config["version"] == OLDEST or _digest(packed) == wanted:
                return packed
    return saved.refuse(
        f"{ARRAYS} is not what was saved with {CONFIG}" if saved.holds(ARRAYS) else f"{ARRAYS} is missing"
    )


def _config(saved: SavedFolder, told: bytes) -> dict[str, Any]:
    """Return the JSON of a labeller whose version and built-in model are those of this newsnlp."""
    config = saved.parsed(CONFIG, told)
    if not isinstance(config, dict) or config.get("format") != FORMAT:
        message = f"{saved.path}/{CONFIG} is no topic labeller. Hint: give the folder that labeler.save() wrote"
        raise ModelFormatError(message)
    saved.check_version(config.get("version"), oldest=OLDEST, newest=VERSION)
    for key in KEYS:
        if key not in config:
            saved.refuse(f"{CONFIG} has no {key!r}")
    return config


def _stored(saved: SavedFolder, config: dict[str, Any], packed: bytes) -> StoredLabeler:
    stacked = _builds_on_this_model(saved, config)
    classes = label_array(config["classes"]) if isinstance(config["classes"], list) else None
    if classes is None or len(classes) < 2 or len(np.unique(classes)) < len(classes):  # noqa: PLR2004
        saved.refuse("its classes are no two labels or more, all different and of one type")
    if not isinstance(config["multi"], bool):
        saved.refuse("'multi' is neither true nor false")
    words = config["words"]
    if not isinstance(words, list) or set(map(type, words)) - {str} or len(set(words)) < len(words):
        saved.refuse("its words are no strings, all different")
    examples = _examples(saved, config["examples"])
    width = block_width() if stacked else 0
    wanted: dict[str, tuple[str, tuple[int, ...]]] = {
        "idf": ("float64", (len(words),)),
        "coefficients": ("float64", (len(classes), len(words) + width)),
        "intercepts": ("float64", (len(classes),)),
    }
    if examples is not None:
        wanted |= {"targets": ("bool", (len(examples), len(classes))), "blocks": ("float32", (len(examples), width))}
    arrays = saved.arrays(ARRAYS, packed, wanted)
    for name, array in arrays.items():
        if not _sound(array) or (name == "idf" and (array < 0).any()):
            saved.refuse(f"{name} in {ARRAYS} holds numbers that no fit gives")
    return StoredLabeler(
        parameters=config["parameters"],
        classes=classes,
        multi=config["multi"],
        words=words,
        idf=arrays["idf"],
        coefficients=arrays["coefficients"],
        intercepts=arrays["intercepts"],
        counts=examples,
        targets=arrays.get("targets"),
        blocks=arrays.get("blocks"),
        base_weight=_base_weight(saved, config),
    )


def _base_weight(saved: SavedFolder, config: dict[str, Any]) -> float:
    """Return what the built-in scores weighed; before version 3 always 1."""
    if config["version"] < VERSION:
        return 1.0
    value = config.get("base_weight")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        saved.refuse("'base_weight' is no number from 0 to 1")
    return float(value)


def _builds_on_this_model(saved: SavedFolder, config: dict[str, Any]) -> bool:
    """Return whether the labeller builds on the built-in model; refuse one that builds on another."""
    builtin = config["builtin"]
    if not isinstance(config["parameters"], dict) or not isinstance(builtin, str | None):
        saved.refuse("its parameters or its built-in model are none")
    held = load_model().fingerprint
    if builtin not in (None, held):
        message = (
            f"{saved.path}: built on topic model {builtin[:40]!r}, but this newsnlp holds {held}. "
            "Hint: fit again on your labels, or install the newsnlp that saved it"
        )
        raise ModelFormatError(message)
    if (builtin is None) != (config["parameters"].get("base") is None):
        saved.refuse("its parameters do not go with its built-in model")
    return builtin is not None


def _examples(saved: SavedFolder, examples: object) -> list[dict[str, float]] | None:
    """Return the counted words of each text, each count a number."""
    if examples is None:
        return None
    if not isinstance(examples, list) or not examples or set(map(type, examples)) - {dict}:
        saved.refuse("its examples are no objects")
    for row in examples:
        counts = row.values()
        if set(map(type, counts)) - {int, float} or (row and not 0 <= min(counts) <= max(counts) <= MOST_WEIGHT):
            saved.refuse("its examples hold counts that are no numbers from 0 on")
    return examples


def _sound(array: Matrix) -> bool:
    """Return whether all numbers are finite, and of a size that a fit gives; truth values are 0 or 1."""
    if array.dtype == bool:
        return bool((array.view(np.uint8) <= 1).all())
    # A comparison with NaN is false.
    return bool((np.abs(array) <= MOST_WEIGHT).all())
