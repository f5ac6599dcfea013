"""The files of a folder that are articles. Links do not lead out of it unless asked, and nothing in it can hang."""

from __future__ import annotations

import os
import stat
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from newsnlp.errors import SourceError
from newsnlp.ingest.failures import Failure, FailureKind, told_of

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(slots=True)
class Listing:
    """What a folder holds: its files by path, the kinds of others, the folders that could not be read."""

    files: list[Path] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    unread: list[Failure] = field(default_factory=list)
    links: int = 0
    broken_links: int = 0
    special: int = 0

    def left_out(self) -> tuple[str, ...]:
        """Return what a user should know, one sentence a matter."""
        told = []
        if self.kinds:
            kinds = ", ".join(f"{count} {kind or 'without extension'}" for kind, count in sorted(self.kinds.items()))
            told.append(f"files of other kinds, left out: {kinds}")
        if self.links:
            told.append(f"{self.links} links lead out of the folder, left out. Hint: follow_links, --follow-links")
        if self.broken_links:
            told.append(f"{self.broken_links} links lead nowhere, left out")
        if self.special:
            told.append(f"{self.special} pipes, sockets or devices, left out")
        return tuple(told)


def list_folder(root: Path, kind_of: Callable[[Path], str], kinds: tuple[str, ...], *, follow_links: bool) -> Listing:
    """Return the files of a folder and of those in it, in the order of their paths.

    Parameters
    ----------
    root : Path
    kind_of : callable
        The kind of a file, by its name.
    kinds : tuple of str
        Those that are articles. Files whose names begin with a dot are none.
    follow_links : bool
        Also where they lead out of the folder. Links to folders inside are never followed: what they lead to is read
        at its own place.

    Raises
    ------
    SourceError
        If the folder itself cannot be read.
    """
    walk = _Walk(root, kind_of, kinds, follow_links=follow_links)
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            if folder is root:
                message = f"cannot read the folder {root}: {error.strerror or error}"
                raise SourceError(message) from error
            walk.cannot_read(folder, error)
            continue
        waiting += [Path(entry.path) for entry in listed if walk.is_folder_to_read(entry)]
    walk.found.files.sort()
    return walk.found


class _Walk:
    """What is done with each entry of a folder."""

    def __init__(
        self, root: Path, kind_of: Callable[[Path], str], kinds: tuple[str, ...], *, follow_links: bool
    ) -> None:
        self.found = Listing()
        self._root = root
        self._kind_of = kind_of
        self._kinds = kinds
        self._follow_links = follow_links
        self._home = os.path.realpath(root)
        self._visited: set[str] = set()

    def cannot_read(self, path: Path, error: OSError) -> None:
        """Count what cannot be read as a failure."""
        reason = f"cannot be read: {error.strerror or told_of(error)}"
        name = path.relative_to(self._root).as_posix()
        self.found.unread.append(Failure(article_id=name, kind=FailureKind.BAD_RECORD, reason=reason))

    def is_folder_to_read(self, entry: os.DirEntry[str]) -> bool:
        """Take a file, count what is left out; tell whether it is a folder to go into."""
        try:
            target = os.path.realpath(entry.path) if entry.is_symlink() else None
            mode = entry.stat().st_mode
        except OSError as error:
            if entry.is_symlink():
                self.found.broken_links += 1
            else:
                self.cannot_read(Path(entry.path), error)
            return False
        leads_out = target is not None and not (target + os.sep).startswith(self._home.rstrip(os.sep) + os.sep)
        if leads_out and not self._follow_links:
            self.found.links += 1
            return False
        if stat.S_ISDIR(mode):
            return self._is_new(target, leads_out=leads_out)
        if stat.S_ISREG(mode):
            self._take(Path(entry.path))
        else:
            self.found.special += 1
        return False

    def _is_new(self, target: str | None, *, leads_out: bool) -> bool:
        """Tell whether a folder is read here: what a link inside leads to is read at its own place, a loop once."""
        if target is None:
            return True
        new = leads_out and target not in self._visited
        self._visited.add(target)
        return new

    def _take(self, path: Path) -> None:
        if path.name.startswith("."):
            return
        kind = self._kind_of(path)
        if kind in self._kinds:
            self.found.files.append(path)
        else:
            self.found.kinds[kind] += 1
