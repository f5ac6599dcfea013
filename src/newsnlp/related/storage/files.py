"""An index on disk: arrays that are mapped on load, and JSON. A save is a new generation; a pointer moves to it last.

::

    folder/
      CURRENT            the name of the generation that counts, replaced in one step
      generation-000002/ format.json, words.json, meta.json, *.npy
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from dataclasses import asdict
from pathlib import Path  # noqa: TC003  # a field of a NamedTuple
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from newsnlp.errors import IndexFormatError, OptionError, SourceError
from newsnlp.related.arrays.columns import SETS, Columns
from newsnlp.related.arrays.store import Column, Ragged
from newsnlp.related.arrays.vectors import VectorSpace
from newsnlp.related.ranking import RankingWeights
from newsnlp.related.storage.checks import check_columns, check_parts, metas_of, vocabulary_of
from newsnlp.safety.saved_files import SavedFolder, one_writer, packed_json, settle_folder, write_file
from newsnlp.safety.values import folder_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

FORMAT = "newsnlp-related"
# 1, of a newsnlp that was never released, lacks what today's ranking needs: there is nothing to migrate it from.
# 2 lacks sections: its articles have none.
VERSION = 3
OLDEST = 2
POINTER = "CURRENT"
_GENERATION = re.compile(r"generation-\d{6,18}", re.ASCII)
PARTS = ("terms", "counts", "forms")
SPACES = ("texts", "pieces", "names")
ARRAYS = {
    "alive": "bool",
    "days": "float64",
    "topics": "int32",
    "figures": "int32",
    "shingles": "uint32",
    "sources": "int32",
    "sections": "int32",
    **{
        f"{space}_{part}": dtype
        for space in SPACES
        for part, dtype in (("terms", "int32"), ("counts", "uint8"), ("forms", "uint8"))
    },
}
PLAIN = ("alive", "days", "sources", "sections")
SINCE_3 = ("sections",)


class Loaded(NamedTuple):
    """An index as it lies in a folder, and which generation it is."""

    columns: Columns
    weights: RankingWeights
    folder: Path
    generation: str


def save_index(columns: Columns, weights: RankingWeights, folder: object) -> tuple[Path, str]:
    """Write an index as a new generation of `folder` and make it the current one; return where it is, and its name.

    Raises
    ------
    SourceError
        If the folder cannot be written, or another process is writing there; the earlier generation stays the
        current one.
    """
    root = folder_path(folder)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with one_writer(root):
            _refuse_foreign(root)
            earlier = [path for path in root.glob("generation-*") if path.is_dir()]
            numbers = [int(path.name[11:]) for path in earlier if _GENERATION.fullmatch(path.name)]
            fresh = root / f"generation-{max(numbers, default=0) + 1:06d}"
            fresh.mkdir()
            _write(columns, weights, fresh)
            settle_folder(fresh)
            pointer = root / f"{POINTER}.partial"
            write_file(pointer, f"{fresh.name}\n".encode())
            settle_folder(root)
            pointer.replace(root / POINTER)
            settle_folder(root)
            for path in earlier:
                # A reader that has mapped an old generation keeps its pages; only the names go.
                shutil.rmtree(path, ignore_errors=True)
    except OSError as error:
        message = f"cannot write the index to {root}: {error.strerror or error}. What stood there before is untouched"
        raise SourceError(message) from error
    return root, fresh.name


def current_generation(folder: Path) -> str:
    """Return the name of the generation that a folder holds now."""
    return _pointed(folder)


def load_index(folder: object) -> Loaded:
    """Return the current generation of an index.

    Raises
    ------
    IndexFormatError
        If the folder is no index, one of another version, or damaged.
    """
    root = folder_path(folder)
    name = _current(root)
    while True:
        try:
            return Loaded(*_generation(root, name), root, name)
        except IndexFormatError:
            # Another process may have saved meanwhile: then the generation went, and there is a newer one.
            newer = _current(root)
            if newer == name:
                raise
            name = newer


def _saved(folder: Path) -> SavedFolder:
    return SavedFolder(folder, what="index of related articles", hint="build and save it again", error=IndexFormatError)


def _current(root: Path) -> str:
    """Return the generation that counts."""
    name = _pointed(root)
    while True:
        try:
            ordinary = stat.S_ISDIR((root / name).lstat().st_mode)
        except OSError as error:
            # Another process may have saved since the pointer was read, and removed what it pointed to.
            newer = _pointed(root)
            if newer == name:
                _saved(root).refuse(f"{name}, which {POINTER} names, cannot be read ({error.strerror})", error)
            name = newer
            continue
        if not ordinary:
            _saved(root).refuse(f"{name}, which {POINTER} names, is no ordinary folder")
        return name


def _pointed(root: Path) -> str:
    saved = _saved(root)
    if not saved.holds(POINTER):
        message = (
            f"{root} is no index of related articles: it has no {POINTER}. Hint: RelatedIndex().save({str(root)!r})"
        )
        raise IndexFormatError(message)
    # The pointer's text is data: it may name a generation, never a path.
    name = saved.read(POINTER).decode("latin-1").removesuffix("\n")
    if not _GENERATION.fullmatch(name):
        saved.refuse(f"its {POINTER} names no generation")
    return name


def _generation(root: Path, name: str) -> tuple[Columns, RankingWeights]:
    saved = _saved(root / name)
    found = saved.json("format.json")
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        message = f"{root} is no index of related articles"
        raise IndexFormatError(message)
    version = saved.check_version(found.get("version"), oldest=OLDEST, newest=VERSION)
    try:
        weights = RankingWeights(**found["weights"])
    except (KeyError, TypeError, OptionError) as error:
        saved.refuse("format.json has no weights that rank", error)
    columns = _read(saved, version)
    if found.get("articles") != len(columns.rows):
        saved.refuse(f"it holds {len(columns.rows)} articles, not as many as format.json says")
    return columns, weights


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


def _read(saved: SavedFolder, version: int) -> Columns:
    words = saved.json("words.json")
    columns = Columns()
    columns.meta = metas_of(saved, saved.json("meta.json"))
    held = {name: dtype for name, dtype in ARRAYS.items() if version >= VERSION or name not in SINCE_3}
    for name in PLAIN:
        if name in held:
            setattr(columns, name, Column(held[name], saved.array(f"{name}.npy", held[name])))
    ragged = {
        name: Ragged(dtype, saved.array(f"{name}.npy", dtype), saved.array(f"{name}_offsets.npy", "int64"))
        for name, dtype in held.items()
        if name not in PLAIN
    }
    for name in SETS:
        setattr(columns, name, ragged[name])
    for space in SPACES:
        terms, counts, forms = (ragged[f"{space}_{part}"] for part in PARTS)
        check_parts(saved, space, terms, (counts, forms))
        vocabulary = vocabulary_of(saved, words, space)
        setattr(columns, space, VectorSpace(vocabulary, terms, counts.values, forms.values))
    columns.labels = vocabulary_of(saved, words, "labels")
    if version < VERSION:
        rows = len(columns.meta)
        columns.sections.extend(np.full(rows, columns.labels.add("section:"), dtype=np.int32))
    check_columns(saved, columns)
    alive = columns.alive.values.tolist()
    columns.rows = {meta.id: row for row, meta in enumerate(columns.meta) if alive[row]}
    columns.alive_count = len(columns.rows)
    if len(columns.rows) != sum(alive):
        saved.refuse("it holds two articles of one id")
    return columns


def _save_array(path: Path, values: NDArray[Any]) -> None:
    with path.open("wb") as file:
        np.save(file, values, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())


def _save_json(path: Path, content: object) -> None:
    write_file(path, packed_json(content))
