"""An index on disk: arrays that are mapped on load, and JSON. A save is a new generation; a pointer moves to it last.

::

    folder/
      CURRENT            the name of the generation that counts, replaced in one step
      generation-000002/ format.json, words.json, meta.json, *.npy
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from newsnlp.errors import IndexFormatError, SourceError
from newsnlp.related.columns import Columns, Meta
from newsnlp.related.ranking import RankingWeights
from newsnlp.related.store import Column, Ragged, Vocabulary
from newsnlp.related.vectors import VectorSpace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

FORMAT = "newsnlp-related"
VERSION = 2
POINTER = "CURRENT"
PARTS = ("terms", "counts", "forms")
SPACES = ("texts", "pieces", "names")
ARRAYS = {
    "alive": "bool",
    "days": "float64",
    "topics": "int32",
    "figures": "int32",
    "shingles": "uint32",
    "sources": "int32",
    **{
        f"{space}_{part}": dtype
        for space in SPACES
        for part, dtype in (("terms", "int32"), ("counts", "uint8"), ("forms", "uint8"))
    },
}
PLAIN = ("alive", "days", "sources")


def save_index(columns: Columns, weights: RankingWeights, folder: str | os.PathLike[str]) -> None:
    """Write an index as a new generation of `folder` and make it the current one.

    Raises
    ------
    SourceError
        If the folder cannot be written; the earlier generation stays the current one.
    """
    root = Path(folder)
    try:
        root.mkdir(parents=True, exist_ok=True)
        _refuse_foreign(root)
        earlier = [path for path in root.glob("generation-*") if path.is_dir()]
        last = max((int(path.name.partition("-")[2]) for path in earlier if path.name[11:].isdigit()), default=0)
        fresh = root / f"generation-{last + 1:06d}"
        fresh.mkdir()
        _write(columns, weights, fresh)
        pointer = root / f"{POINTER}.partial"
        with pointer.open("w", encoding="utf-8") as file:
            file.write(fresh.name + "\n")
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(root / POINTER)
    except OSError as error:
        message = f"cannot write the index to {root}: {error.strerror or error}. What stood there before is untouched"
        raise SourceError(message) from error
    for path in earlier:
        # A reader that has mapped an old generation keeps its pages; only the names go.
        shutil.rmtree(path, ignore_errors=True)


def load_index(folder: str | os.PathLike[str]) -> tuple[Columns, RankingWeights]:
    """Return the current generation of an index.

    Raises
    ------
    IndexFormatError
        If the folder is no index, one of another version, or damaged.
    """
    root = Path(folder)
    name = _current(root)
    while True:
        try:
            return _generation(root, root / name)
        except IndexFormatError:
            # Another process may have saved meanwhile: then the generation went, and there is a newer one.
            newer = _current(root)
            if newer == name:
                raise
            name = newer


def _current(root: Path) -> str:
    try:
        name = (root / POINTER).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        message = (
            f"{root} is no index of related articles: it has no {POINTER}. Hint: RelatedIndex().save({str(root)!r})"
        )
        raise IndexFormatError(message) from error
    # The pointer's text is data: it may name a generation, never a path.
    if not name.startswith("generation-") or Path(name).name != name:
        message = f"{root} is no index of related articles: its {POINTER} is damaged. Hint: build it anew"
        raise IndexFormatError(message)
    return name


def _generation(root: Path, generation: Path) -> tuple[Columns, RankingWeights]:
    try:
        found = _json(generation / "format.json")
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            message = f"{root} is no index of related articles"
            raise IndexFormatError(message)
        if found.get("version") != VERSION:
            message = (
                f"{root} has version {found.get('version')} of the format; accepted: {VERSION}. "
                "Hint: build it anew with this version of newsnlp"
            )
            raise IndexFormatError(message)
        return _read(generation), RankingWeights(**found["weights"])
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        if isinstance(error, IndexFormatError):
            raise
        message = f"the index in {root} is damaged: {error}. Hint: build it anew"
        raise IndexFormatError(message) from error


def _refuse_foreign(root: Path) -> None:
    """Refuse a folder that holds something else: `save` removes what it replaces."""
    names = {path.name for path in root.iterdir()}
    foreign = {name for name in names if name != POINTER and not name.startswith(("generation-", f"{POINTER}."))}
    if foreign:
        message = f"{root} holds other files ({min(foreign)} …). Hint: give a folder of its own"
        raise IndexFormatError(message)


def _ragged(columns: Columns) -> Mapping[str, Ragged]:
    return {
        "topics": columns.topics,
        "figures": columns.figures,
        "shingles": columns.shingles,
        **{f"{space}_{part}": getattr(getattr(columns, space), part) for space in SPACES for part in PARTS},
    }


def _write(columns: Columns, weights: RankingWeights, folder: Path) -> None:
    for name in PLAIN:
        _save_array(folder / f"{name}.npy", getattr(columns, name).values)
    for name, ragged in _ragged(columns).items():
        _save_array(folder / f"{name}.npy", ragged.values)
        _save_array(folder / f"{name}_offsets.npy", ragged.offsets)
    vocabularies = {name: getattr(columns, name).vocabulary for name in SPACES} | {"labels": columns.labels}
    _save_json(
        folder / "words.json",
        {name: [item.words, item.shown, list(item.variants.items())] for name, item in vocabularies.items()},
    )
    _save_json(folder / "meta.json", [[meta.id, meta.title, meta.source, meta.url] for meta in columns.meta])
    _save_json(
        folder / "format.json",
        {"format": FORMAT, "version": VERSION, "articles": len(columns.rows), "weights": asdict(weights)},
    )


def _read(folder: Path) -> Columns:
    words = _json(folder / "words.json")
    columns = Columns()
    columns.meta = [Meta(*row) for row in _json(folder / "meta.json")]
    for name in PLAIN:
        setattr(columns, name, Column(ARRAYS[name], _load_array(folder / f"{name}.npy", ARRAYS[name])))
    columns.rows = {meta.id: row for row, meta in enumerate(columns.meta) if columns.alive.values[row]}
    ragged = {
        name: Ragged(
            dtype, _load_array(folder / f"{name}.npy", dtype), _load_array(folder / f"{name}_offsets.npy", "int64")
        )
        for name, dtype in ARRAYS.items()
        if name not in PLAIN
    }
    columns.topics, columns.figures, columns.shingles = ragged["topics"], ragged["figures"], ragged["shingles"]
    for space in SPACES:
        parts = (ragged[f"{space}_{part}"] for part in PARTS)
        setattr(columns, space, VectorSpace(Vocabulary(*words[space]), *parts))
    columns.labels = Vocabulary(*words["labels"])
    lengths = {*(len(getattr(columns, name)) for name in PLAIN), *map(len, ragged.values())}
    if lengths != {len(columns.meta)}:
        message = "its columns differ in length"
        raise ValueError(message)
    _check_numbers(columns, ragged)
    return columns


def _check_numbers(columns: Columns, ragged: Mapping[str, Ragged]) -> None:
    """Refuse numbers that lead outside an array: compiled code would follow them."""
    sizes = {f"{space}_terms": len(getattr(columns, space).vocabulary) for space in SPACES}
    sizes |= {"topics": len(columns.labels), "figures": len(columns.labels)}
    for name, rows in ragged.items():
        offsets = rows.offsets
        if offsets[0] != 0 or offsets[-1] != len(rows.values) or (np.diff(offsets) < 0).any():
            message = f"the offsets of {name} are not those of its rows"
            raise ValueError(message)
        values = rows.values
        if name in sizes and len(values) and not 0 <= values.min() <= values.max() < sizes[name]:
            message = f"{name} holds numbers of no word"
            raise ValueError(message)
    for space in SPACES:
        terms, others = ragged[f"{space}_terms"], (ragged[f"{space}_counts"], ragged[f"{space}_forms"])
        if any(not np.array_equal(terms.offsets, other.offsets) for other in others):
            message = f"the rows of {space} differ in length"
            raise ValueError(message)
    sources = columns.sources.values
    if len(sources) and not 0 <= sources.min() <= sources.max() < len(columns.labels):
        message = "sources holds numbers of no source"
        raise ValueError(message)


def _save_array(path: Path, values: NDArray[Any]) -> None:
    with path.open("wb") as file:
        np.save(file, values, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())


def _load_array(path: Path, dtype: str) -> NDArray[Any]:
    # An empty file cannot be mapped; numpy reads it instead.
    small = path.stat().st_size < 4096  # noqa: PLR2004  # one page: mapping gains nothing
    values = np.load(path, mmap_mode=None if small else "r", allow_pickle=False)
    if values.dtype != np.dtype(dtype) or values.ndim != 1:
        message = f"{path.name} holds {values.dtype} of {values.ndim} dimensions"
        raise ValueError(message)
    return values  # type: ignore[no-any-return]


def _save_json(path: Path, content: object) -> None:
    with path.open("w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=True)
        file.flush()
        os.fsync(file.fileno())


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
