"""Turns: threads that share one object use it one after the other."""

from __future__ import annotations

import os
import threading
import weakref


class Turn:
    """A lock that its thread may take again. A copy, or one read from a pickle, is free and its own.

    A process that forks waits for the turns of its other threads first. So the child finds what they guard whole, and
    free to be used.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        with _REGISTERED:
            _TURNS.add(self)

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def __reduce__(self) -> tuple[type[Turn], tuple[()]]:
        return Turn, ()


_REGISTERED = threading.Lock()
_TURNS: weakref.WeakSet[Turn] = weakref.WeakSet()
_HELD: list[Turn] = []


def _before_fork() -> None:
    with _REGISTERED:
        # In one order everywhere: two threads may fork at once.
        turns = sorted(_TURNS, key=id)
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
