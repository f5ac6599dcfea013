"""Write a trained labeller into a folder, and read it back: JSON and plain arrays, never pickle."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from newsnlp.errors import ModelFormatError, OptionError
from newsnlp.topics.model import load_model

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = "newsnlp.TopicLabeler"
VERSION = 1
CONFIG = "labeler.json"
ARRAYS = "labeler.npz"

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


def write_labeler(folder: Path, stored: StoredLabeler) -> None:
    """Write the labeller, replacing one that is there."""
    classes = stored.classes.tolist()
    if not all(isinstance(label, str | int | float | bool) for label in classes):
        message = f"labels of type {type(classes[0]).__name__} cannot be saved. Hint: use str or int labels"
        raise OptionError(message)
    folder.mkdir(parents=True, exist_ok=True)
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
    }
    arrays = {"idf": stored.idf, "coefficients": stored.coefficients, "intercepts": stored.intercepts}
    if stored.targets is not None and stored.blocks is not None:
        arrays |= {"targets": stored.targets, "blocks": stored.blocks}
    (folder / CONFIG).write_text(json.dumps(config, ensure_ascii=False), encoding="utf-8")
    np.savez_compressed(folder / ARRAYS, **arrays)  # type: ignore[arg-type]  # its only other keyword is allow_pickle


def read_labeler(folder: Path) -> StoredLabeler:
    """Return the labeller of a folder.

    Raises
    ------
    ModelFormatError
        If there is none, it is damaged, or it is of another version.
    """
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        with np.load(folder / ARRAYS, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    except FileNotFoundError as error:
        message = f"{folder} holds no topic labeller. Hint: labeler.save({str(folder)!r}) writes one"
        raise ModelFormatError(message) from error
    except (ValueError, OSError, EOFError) as error:
        message = f"{folder}: the topic labeller is damaged ({error}). Hint: save it again"
        raise ModelFormatError(message) from error
    if not isinstance(config, dict) or config.get("format") != FORMAT:
        message = f"{folder}/{CONFIG} is no topic labeller. Hint: give the folder that labeler.save() wrote"
        raise ModelFormatError(message)
    if config.get("version") != VERSION:
        message = f"{folder}: version {config.get('version')!r}; accepted: {VERSION}. Hint: fit and save anew"
        raise ModelFormatError(message)
    builtin = load_model().fingerprint
    if config["builtin"] not in (None, builtin):
        message = (
            f"{folder}: built on topic model {config['builtin']}, but this newsnlp holds {builtin}. "
            "Hint: fit again on your labels, or install the newsnlp that saved it"
        )
        raise ModelFormatError(message)
    try:
        return StoredLabeler(
            parameters=config["parameters"],
            classes=np.array(config["classes"]),
            multi=bool(config["multi"]),
            words=config["words"],
            idf=arrays["idf"],
            coefficients=arrays["coefficients"],
            intercepts=arrays["intercepts"],
            counts=config["examples"],
            targets=arrays.get("targets"),
            blocks=arrays.get("blocks"),
        )
    except KeyError as error:
        message = f"{folder}: {error} is missing from the topic labeller. Hint: save it again"
        raise ModelFormatError(message) from error
