"""The record of a run: what was read, how, and which parts are done; what makes resuming exact."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newsnlp.errors import ResumeError, SourceError
from newsnlp.tables.schema import CORPUS_SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from newsnlp.corpus.work import Shard

MANIFEST = "manifest.json"
PARTS = "parts"
HASH_CHUNK = 1 << 20
# Of a folder of more files than this the manifest keeps one fingerprint of all.
FILES_LISTED = 1000
_PART_NAME = re.compile(r"\d{8}-[0-9a-f]{16}\.part")


@dataclass(slots=True)
class RunFolder:
    """The folder of a run: ``manifest.json`` and, while it runs, one file a shard under ``parts/``."""

    folder: Path
    # Shard number -> its part; read once, for a folder of a hundred thousand files is slow to search.
    _done: dict[int, Path] = field(default_factory=dict)

    @property
    def parts(self) -> Path:
        """Where the parts lie."""
        return self.folder / PARTS

    def read_manifest(self) -> dict[str, Any] | None:
        """Return the manifest of an earlier run, or None.

        Raises
        ------
        ResumeError
            If there is a file of that name which is no manifest of ours.
        """
        path = self.folder / MANIFEST
        if not path.exists():
            return None
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, OSError) as error:
            message = f"{path} cannot be read: {error}. Hint: give another folder, or remove that file"
            raise ResumeError(message) from error
        if not isinstance(found, dict) or "identity" not in found:
            message = f"{path} is no manifest of a run. Hint: give another folder"
            raise ResumeError(message)
        return found

    @property
    def unfinished(self) -> bool:
        """Whether an earlier run stopped here before its end, with something done."""
        return any(self._found_parts())

    def write_manifest(self, manifest: Mapping[str, Any]) -> None:
        """Replace the manifest, whole or not at all."""
        write_atomically(self.folder / MANIFEST, json.dumps(manifest, ensure_ascii=True, indent=2).encode())

    def start(self, manifest: Mapping[str, Any], *, resume: bool) -> dict[str, Any] | None:
        """Make the folder ready; return the manifest of the run that is resumed, or None.

        Raises
        ------
        ResumeError
            If a run is to be resumed whose input, configuration or versions were others.
        SourceError
            If the folder cannot be written.
        """
        try:
            earlier = self.read_manifest()
            if earlier is not None and resume:
                refuse_difference(earlier, manifest)
                self._done = {int(path.name[:8]): path for path in self._found_parts()}
            else:
                earlier = None
                self.parts.mkdir(parents=True, exist_ok=True)
                self.remove_parts()
                self.write_manifest(manifest)
            self.parts.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _cannot_write(self.folder, error) from error
        return earlier

    def part_of(self, shard: Shard) -> Path | None:
        """Return the finished part of a shard, or None.

        Raises
        ------
        ResumeError
            If the part of that number was made of other articles.
        """
        found = self._done.get(shard.index)
        if found is not None and found.stem != self._path(shard).stem:
            message = (
                f"items {shard.start} to {shard.start + len(shard.items) - 1} of the input have changed since the run "
                f"that is resumed (part {found.name}). Hint: run without --resume to start afresh"
            )
            raise ResumeError(message)
        return found

    def refuse_rest(self, shards: int) -> None:
        """Raise a ResumeError if the earlier run had read more shards than there are."""
        beyond = [number for number in self._done if number >= shards]
        if beyond:
            message = (
                f"the input has become shorter since the run that is resumed: {len(beyond)} parts are of items that it "
                "does not have any more. Hint: run without --resume to start afresh"
            )
            raise ResumeError(message)

    def write_part(self, shard: Shard, part: bytes) -> None:
        """Store the part of a shard, whole or not at all."""
        path = self._path(shard)
        if shard.index not in self._done:
            with contextlib.suppress(OSError):  # the write below tells what is wrong
                path.parent.mkdir(exist_ok=True)
        write_atomically(path, part)
        self._done[shard.index] = path

    def all_parts(self) -> Iterator[Path]:
        """Yield the parts in input order."""
        return (self._done[number] for number in sorted(self._done))

    def remove_parts(self) -> None:
        """Remove what the tables now hold; only what a run has made, should other files lie there."""
        for path in self._found_parts():
            path.unlink()
        ours = (*CORPUS_SCHEMAS, "newsnlp", "manifest", "provenance")
        for path in (*self.parts.glob("*/*.part.partial"), *self.folder.glob("*.partial")):
            if path.parent != self.folder or path.name.partition(".")[0] in ours:
                path.unlink()
        for folder in (*self.parts.glob("[0-9]*"), self.parts):
            with contextlib.suppress(OSError):  # not empty: somebody else's
                folder.rmdir()
        self._done.clear()

    def _found_parts(self) -> Iterator[Path]:
        return (path for path in self.parts.glob("*/*.part") if _PART_NAME.fullmatch(path.name))

    def _path(self, shard: Shard) -> Path:
        # A thousand parts a folder: file systems are slow with more.
        return self.parts / f"{shard.index // 1000:05d}" / f"{shard.index:08d}-{shard.digest}.part"


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file under another name, flush it to the disk, then move it into place.

    Raises
    ------
    SourceError
        If the disk is full or the folder cannot be written; what stood there before is untouched.
    """
    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise _cannot_write(path.parent, error) from error


def _cannot_write(folder: Path, error: OSError) -> SourceError:
    return SourceError(
        f"cannot write to {folder}: {error.strerror or error}. Parts already written stay usable. "
        "Hint: make room or give another folder, then run again with --resume"
    )


def fingerprint_files(files: tuple[Path, ...], folder: Path | None = None) -> dict[str, Any]:
    """Return name, size and SHA-256 of each input file; of very many, one SHA-256 for all.

    Parameters
    ----------
    files : tuple of Path
    folder : Path, optional
        Names are relative to it.
    """
    found = {}
    for path in files:
        digest = hashlib.sha256()
        try:
            with path.open("rb") as file:
                while chunk := file.read(HASH_CHUNK):
                    digest.update(chunk)
        except OSError:
            digest.update(b"unreadable")  # a failure of the run, and the same when it is resumed
        name = path.relative_to(folder).as_posix() if folder else path.name
        found[name] = {"bytes": path.stat().st_size, "sha256": digest.hexdigest()}
    if len(found) <= FILES_LISTED:
        return found
    together = hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()
    return {"count": len(found), "bytes": sum(entry["bytes"] for entry in found.values()), "sha256": together}


def refuse_difference(earlier: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Raise a ResumeError that lists what differs between two manifests, if anything that matters does."""
    differences = list(_differences(earlier.get("identity"), now["identity"], ""))
    if differences:
        shown = "; ".join(differences[:5]) + (f"; and {len(differences) - 5} more" if len(differences) > 5 else "")  # noqa: PLR2004
        message = (
            f"the run cannot be resumed, it was made otherwise: {shown}. Hint: run without --resume to start afresh"
        )
        raise ResumeError(message)


def _differences(old: object, new: object, path: str) -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new}):
            yield from _differences(old.get(key), new.get(key), f"{path}.{key}" if path else str(key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _differences(one, other, f"{path}[{number}]")
    elif old != new:
        yield f"{path} was {json.dumps(old)[:120]}, is {json.dumps(new)[:120]}"
