"""One writer a folder, one thread at a time: locks that go when their holder ends, however that ends."""

from __future__ import annotations

import contextlib
import functools
import os
import re
import socket
import sys
import threading
import weakref
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from newsnlp.errors import FolderInUseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


LOCK_FILE = ".newsnlp.lock"
# What is locked of the file, where parts of it are: beyond what is written, since Windows keeps others from reading it.
_LOCKED_BYTE = 1 << 20
_OWNER = re.compile(r"process \d{1,20} on [\w.-]{1,253}, since [\d:T+-]{1,40}", re.ASCII)


class FolderLock:
    """Holds a folder, which is made if missing; a context manager.

    The lock is the system's (``flock``, on Windows ``msvcrt``): after a kill or a reboot nobody holds it, whatever file
    lies there, and a process that has taken the number of the one that died does not matter. The file says, for the
    message to others, who holds it. ``held`` is false on a file system that has no locks.

    Raises
    ------
    FolderInUseError
        If another process, or this one, holds the folder. Nothing in it has been touched then.
    OSError
        If the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / LOCK_FILE
        self.held = False
        self._file = -1

    def __enter__(self) -> Self:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        while not self._taken():
            pass
        return self

    def __exit__(self, *_: object) -> None:
        # While it is still held: who opens it from now on makes a new file.
        with contextlib.suppress(OSError):  # Windows removes no file that is open; it lies there, held by nobody
            if self.held:
                self.path.unlink()
        os.close(self._file)
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                self.path.unlink()

    def _taken(self) -> bool:
        """Try once; false where the file was removed, by who held it, between being opened and being locked."""
        # O_NOFOLLOW: a link of that name may lead to a file of the user's.
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        self._file = os.open(self.path, flags, 0o666)
        try:
            self.held = _lock(self._file)
            if self.held and not _is_at(self._file, self.path):
                os.close(self._file)
                return False
            os.ftruncate(self._file, 0)
            started = datetime.now(UTC).isoformat(timespec="seconds")
            os.write(self._file, f"process {os.getpid()} on {socket.gethostname()}, since {started}\n".encode())
        except BlockingIOError:
            told = os.read(self._file, 1000).decode("utf-8", "replace")
            os.close(self._file)
            owner = found[0] if (found := _OWNER.search(told)) else "another process"
            raise FolderInUseError.by(owner, self.path.parent) from None
        except BaseException:
            os.close(self._file)
            raise
        return True


def in_use(folder: Path) -> bool:
    """Return whether somebody holds a folder; touches nothing."""
    try:
        with _opened(folder / LOCK_FILE) as file:
            _lock(file)
    except BlockingIOError:
        return True
    except OSError:  # no such file, or none that can be read
        return False
    return False


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    file = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    try:
        yield file
    finally:
        os.close(file)


def _is_at(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), os.stat(path))  # noqa: PTH116  # beside fstat
    except FileNotFoundError:
        return False


def _lock(file: int) -> bool:
    """Lock a file that is open; false where the file system has no locks.

    Raises
    ------
    BlockingIOError
        If it is locked already.
    """
    if sys.platform == "win32":
        import msvcrt

        os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
        os.lseek(file, 0, os.SEEK_SET)
        return True
    import fcntl

    try:
        # flock, not lockf: it belongs to the open file, so that a second run of the same process is told, too.
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except OSError:
        return False
    return True


class Turn:
    """A lock that its thread may take again. A copy, or one read from a pickle, is free and its own.

    A process that forks waits for the turns of its other threads first. So the child finds what they guard whole, and
    free to be used.

    Parameters
    ----------
    inner : bool
        It is taken within the turns of others, and none is taken within it: a fork waits for it after them.
    """

    def __init__(self, *, inner: bool = False) -> None:
        self.inner = inner
        self._lock = threading.RLock()
        with _REGISTERED:
            _TURNS.add(self)

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def taken(self, *, wait: bool = True) -> bool:
        """Take it, and return whether it is taken: where another thread has it and one does not `wait`, it is not."""
        return self._lock.acquire(blocking=wait)

    def __reduce__(self) -> tuple[object, tuple[()]]:
        return functools.partial(Turn, inner=self.inner), ()


_REGISTERED = threading.Lock()
_TURNS: weakref.WeakSet[Turn] = weakref.WeakSet()
_HELD: list[Turn] = []


def _before_fork() -> None:
    with _REGISTERED:
        # In one order everywhere: two threads may fork at once.
        turns = sorted(_TURNS, key=lambda turn: (turn.inner, id(turn)))
    for turn in turns:
        turn.__enter__()
    # Last, so that no thread is in the middle of making a turn either.
    _REGISTERED.acquire()
    _HELD.extend(turns)


def _after_fork() -> None:
    turns = _HELD.copy()
    _HELD.clear()
    _REGISTERED.release()
    for turn in turns:
        turn.__exit__(None, None, None)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork, after_in_parent=_after_fork, after_in_child=_after_fork)
