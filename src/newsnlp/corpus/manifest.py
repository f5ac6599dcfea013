"""The record of a run: what was read, how, and which parts are done; what makes resuming exact."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsnlp.errors import ResumeError, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from newsnlp.corpus.work import Shard

MANIFEST = "manifest.json"
PARTS = "parts"
HASH_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The folder of a run: ``manifest.json`` and, while it runs, one file a shard under ``parts/``."""

    folder: Path

    @property
    def parts(self) -> Path:
        """Where the parts lie."""
        return self.folder / PARTS

    def read_manifest(self) -> dict[str, Any] | None:
        """Return the manifest of an earlier run, or None."""
        path = self.folder / MANIFEST
        if not path.exists():
            return None
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, OSError) as error:
            message = f"{path} cannot be read: {error}. Hint: run without --resume to start afresh"
            raise ResumeError(message) from error
        if not isinstance(found, dict):
            message = f"{path} is no manifest. Hint: run without --resume to start afresh"
            raise ResumeError(message)
        return found

    def write_manifest(self, manifest: Mapping[str, Any]) -> None:
        """Replace the manifest, whole or not at all."""
        write_atomically(self.folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2).encode())

    def start(self, manifest: Mapping[str, Any], *, resume: bool) -> dict[str, Any] | None:
        """Make the folder ready; return the manifest of the run that is resumed, or None.

        Raises
        ------
        ResumeError
            If a run is to be resumed whose input, configuration or versions were others.
        SourceError
            If the folder cannot be written.
        """
        earlier = self.read_manifest() if resume else None
        if earlier is not None:
            refuse_difference(earlier, manifest)
            return earlier
        try:
            self.parts.mkdir(parents=True, exist_ok=True)
            for path in self.parts.iterdir():
                path.unlink()
            self.write_manifest(manifest)
        except OSError as error:
            raise _cannot_write(self.folder, error) from error
        return None

    def part_of(self, shard: Shard) -> Path | None:
        """Return the finished part of a shard, or None.

        Raises
        ------
        ResumeError
            If the part of that number was made of other articles.
        """
        wanted = self._path(shard)
        if wanted.exists():
            return wanted
        if other := next(self.parts.glob(f"{shard.index:08d}-*.part"), None):
            message = (
                f"items {shard.start} to {shard.start + len(shard.items) - 1} of the input have changed since the run "
                f"that is resumed (part {other.name}). Hint: run without --resume to start afresh"
            )
            raise ResumeError(message)
        return None

    def write_part(self, shard: Shard, part: bytes) -> None:
        """Store the part of a shard, whole or not at all."""
        write_atomically(self._path(shard), part)

    def all_parts(self) -> Iterator[Path]:
        """Yield the parts in input order."""
        yield from sorted(self.parts.glob("*.part"))

    def remove_parts(self) -> None:
        """Remove what the tables now hold."""
        for path in self.parts.glob("*.part"):
            path.unlink()
        self.parts.rmdir()

    def _path(self, shard: Shard) -> Path:
        return self.parts / f"{shard.index:08d}-{shard.digest}.part"


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


def fingerprint_files(files: tuple[Path, ...]) -> list[dict[str, Any]]:
    """Return name, size and SHA-256 of each input file."""
    found = []
    for path in files:
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(HASH_CHUNK):
                digest.update(chunk)
        found.append({"name": path.name, "bytes": path.stat().st_size, "sha256": digest.hexdigest()})
    return found


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
