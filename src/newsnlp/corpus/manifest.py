"""The record of a run: what was read, how, and which parts are done; what makes resuming exact."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newsnlp.corpus.parts import check_part, summary, unpack
from newsnlp.errors import NewsnlpError, ResumeError, SourceError
from newsnlp.safety.locks import FolderLock, in_use
from newsnlp.tables.schema import CORPUS_SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from newsnlp.corpus.parts import Rows
    from newsnlp.corpus.work import Shard
    from newsnlp.ingest.failures import Failure

MANIFEST = "manifest.json"
PARTS = "parts"
HASH_CHUNK = 1 << 20
# Of a folder of more files than this the manifest keeps one fingerprint of all.
FILES_LISTED = 1000
# A manifest lists the failures of a finished run; a part is some 2.4 bytes a character of its shard. Longer files of
# their names are not ours.
LONGEST_MANIFEST = 1 << 30
LONGEST_PART = 1 << 30
_PART_NAME = re.compile(r"\d{8}-[0-9a-f]{16}\.part")


@dataclass(slots=True)
class RunFolder:
    """The folder of a run: ``manifest.json`` and, while it runs, one file a shard under ``parts/``.

    ``damaged`` counts the parts of an earlier run that are not what that run wrote.
    """

    folder: Path
    damaged: int = 0
    # Shard number -> its part; read once, for a folder of a hundred thousand files is slow to search.
    _done: dict[int, list[Path]] = field(default_factory=dict)
    _run: str = ""

    @property
    def parts(self) -> Path:
        """Where the parts lie."""
        return self.folder / PARTS

    @contextlib.contextmanager
    def locked(self) -> Iterator[bool]:
        """Keep other runs out; yields whether that is possible here.

        Raises
        ------
        FolderInUseError
            If another run is at work here; nothing has been touched then.
        SourceError
            If the folder cannot be written.
        """
        with contextlib.ExitStack() as held:
            with writing(self.folder):
                lock = held.enter_context(FolderLock(self.folder))
            yield lock.held

    def read_manifest(self) -> dict[str, Any] | None:
        """Return the manifest of an earlier run, or None.

        Raises
        ------
        ResumeError
            If there is a file of that name which is no manifest of ours.
        """
        path = self.folder / MANIFEST
        if not os.path.lexists(path):
            return None
        try:
            ours = path.is_file() and path.stat().st_size <= LONGEST_MANIFEST
            found = json.loads(path.read_text(encoding="utf-8")) if ours else None
        except (ValueError, OSError, RecursionError) as error:
            message = f"{path} cannot be read: {error}. Hint: give another folder, or remove that file"
            raise ResumeError(message) from error
        if not isinstance(found, dict) or not isinstance(found.get("identity"), dict):
            message = f"{path} is no manifest of a run. Hint: give another folder"
            raise ResumeError(message)
        return found

    @property
    def unfinished(self) -> bool:
        """Whether an earlier run stopped here before its end, with something done."""
        return any(self._found_parts()) and not in_use(self.folder)

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
        self._run = hashlib.sha256(json.dumps(manifest["identity"], sort_keys=True).encode()).hexdigest()[:16]
        with writing(self.folder):
            earlier = self.read_manifest()
            self._refuse_links()
            if earlier is not None and resume:
                refuse_difference(earlier, manifest)
                self._done.clear()
                for path in self._found_parts():
                    self._done.setdefault(int(path.name[:8]), []).append(path)
            else:
                earlier = None
                self.parts.mkdir(parents=True, exist_ok=True)
                self.remove_parts()
                self.write_manifest(manifest)
            self.parts.mkdir(parents=True, exist_ok=True)
        return earlier

    def part_of(self, shard: Shard) -> tuple[dict[str, int], list[Failure]] | None:
        """Return what the finished part of a shard sums up, or None; one that is damaged is as good as none.

        Raises
        ------
        ResumeError
            If the part of that number was made of other articles.
        """
        found = self._done.get(shard.index)
        if found is None:
            return None
        wanted = self._path(shard)
        same = [path for path in found if path.name == wanted.name]
        if not same:
            message = (
                f"items {shard.start} to {shard.start + len(shard.items) - 1} of the input have changed since the run "
                f"that is resumed (part {found[0].name}). Hint: run without --resume to start afresh"
            )
            raise ResumeError(message)
        self._done[shard.index] = same[:1]
        try:
            return check_part(self._content(same[0]), shard)
        except ResumeError:
            self.damaged += 1
            return None

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
        with writing(self.folder):
            path.parent.mkdir(exist_ok=True)
            if path.parent.is_symlink():
                raise _a_link(path.parent)
        write_atomically(path, self._heading(path, part) + part)
        self._done[shard.index] = [path]

    def all_rows(self) -> Iterator[tuple[Rows, list[Failure]]]:
        """Yield rows and failures of the parts in input order, some megabytes at once.

        Raises
        ------
        ResumeError
            If a part has been damaged since it was written or looked at; it is removed.
        """
        for number in sorted(self._done):
            path = self._done[number][0]
            try:
                content = self._content(path)
                failures = summary(content)[1]
                for rows in unpack(content):
                    yield rows, failures
                    failures = []
            except ResumeError as error:
                with writing(self.folder):
                    path.unlink(missing_ok=True)
                message = f"the part {path.name} is damaged ({error}) and was removed. Hint: --resume makes it again"
                raise ResumeError(message) from error

    def remove_parts(self) -> None:
        """Remove what the tables now hold; only what a run has made, should other files lie there."""
        ours = (*CORPUS_SCHEMAS, "newsnlp", "manifest", "provenance")
        with writing(self.folder):
            self._refuse_links()
            for path in self._found_parts():
                path.unlink()
            for path in (*self.parts.glob("*/*.part.partial"), *self.folder.glob("*.partial")):
                if path.parent != self.folder or path.name.partition(".")[0] in ours:
                    path.unlink()
        for folder in (*self.parts.glob("[0-9]*"), self.parts):
            with contextlib.suppress(OSError):  # not empty: somebody else's
                folder.rmdir()
        self._done.clear()

    def _refuse_links(self) -> None:
        """Parts are removed when they are done with: never through a link, which may lead to others' files."""
        for folder in (self.parts, *self.parts.glob("*")):
            if folder.is_symlink():
                raise _a_link(folder)

    def _content(self, path: Path) -> bytes:
        """Return a part without its heading.

        Raises
        ------
        ResumeError
            If it is not what this run, or the one it resumes, wrote under that name.
        """
        try:
            ours = path.is_file() and path.stat().st_size <= LONGEST_PART
            heading, newline, content = (path.read_bytes() if ours else b"").partition(b"\n")
        except OSError as error:
            message = f"it cannot be read: {error.strerror}"
            raise ResumeError(message) from error
        if heading + newline != self._heading(path, content):
            message = "its checksum is another"
            raise ResumeError(message)
        return content

    def _heading(self, path: Path, content: bytes) -> bytes:
        """Return the first line of a part: of which run and shard it is, and its checksum."""
        return f"newsnlp-part-1 {self._run} {path.stem} {hashlib.sha256(content).hexdigest()}\n".encode()

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
    with writing(path.parent):
        partial.unlink(missing_ok=True)
        with partial.open("xb") as file:  # "x": never through a link of that name
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn an operating-system error into one that names the folder and what to do."""
    try:
        yield
    except OSError as error:
        if isinstance(error, NewsnlpError):
            raise
        message = (
            f"cannot write to {folder}: {error.strerror or error}. Parts already written stay usable. "
            "Hint: make room or give another folder, then run again with --resume"
        )
        raise SourceError(message) from error


def _a_link(path: Path) -> ResumeError:
    return ResumeError(
        f"{path} is a link; the parts of a run are made and removed in folders of their own only. "
        "Hint: remove the link, or give another folder"
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
        try:
            digest = digest_of(path)
            size = path.stat().st_size
        except OSError:
            digest, size = "unreadable", 0  # a failure of the run, and the same when it is resumed
        name = path.relative_to(folder).as_posix() if folder else path.name
        found[name] = {"bytes": size, "sha256": digest}
    if len(found) <= FILES_LISTED:
        return found
    together = hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()
    return {"count": len(found), "bytes": sum(entry["bytes"] for entry in found.values()), "sha256": together}


def digest_of(path: Path, *, flush: bool = False) -> str:
    """Return the SHA-256 of a file, read piece by piece; with `flush`, once it is on the disk."""
    digest = hashlib.sha256()
    with path.open("r+b" if flush else "rb") as file:
        if flush:
            os.fsync(file.fileno())
        while chunk := file.read(HASH_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


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
