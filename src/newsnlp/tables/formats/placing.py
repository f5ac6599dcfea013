"""Finished files into their places: all of them, or none."""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

PARTIAL = ".partial"
PREVIOUS = ".previous"


def partial_of(path: Path) -> Path:
    """Return where a file lies until it is complete."""
    return path.with_name(path.name + PARTIAL)


def put_in_place(moves: Mapping[Path, Path]) -> None:
    """Move each file to its final name; if one cannot be moved, those before it are taken back.

    What stood there is kept under another name meanwhile (a second link to the same file, where the file system has
    links), so that no name is ever without a file.
    """
    kept: dict[Path, Path | None] = {}
    try:
        for partial, final in moves.items():
            kept[final] = _keep(final)
            partial.replace(final)
    except BaseException:
        for final, previous in reversed(kept.items()):
            with contextlib.suppress(OSError):
                if previous is not None:
                    previous.replace(final)
                elif final.is_file():
                    final.unlink()
        raise
    finally:
        remove(previous for previous in kept.values() if previous is not None)


def _keep(final: Path) -> Path | None:
    if not final.is_file():
        return None  # nothing there; or a folder, which the move refuses
    previous = final.with_name(final.name + PREVIOUS)
    previous.unlink(missing_ok=True)
    try:
        os.link(final, previous)
    except OSError:
        shutil.copy2(final, previous)
    return previous


def remove(paths: Iterable[Path]) -> None:
    """Remove files, those that are there."""
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
