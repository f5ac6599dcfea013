"""Holds numpy's linear algebra to one thread while the networks that find names run."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from newsnlp.safety.locks import Turn

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController


class _OneThread:
    """Holds numpy's BLAS to one thread while products of ours run, in whatever thread, and then gives back what was.

    On products this small further threads only spin: measured, they raise the CPU time of a whole analysis by half.
    """

    def __init__(self) -> None:
        self._turn = Turn(inner=True)
        self._inside = 0
        self._limited: Any = None

    def __enter__(self) -> None:
        with self._turn:
            self._inside += 1
            if self._inside == 1:
                self._limited = _controller().limit(limits=1, user_api="blas")

    def __exit__(self, *_: object) -> None:
        with self._turn:
            self._inside -= 1
            if not self._inside:
                self._limited.restore_original_limits()


@functools.cache
def _controller() -> ThreadpoolController:
    """Return what sets the threads of the libraries loaded by now, numpy's among them: looking for them takes 10 ms."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


ONE_THREAD = _OneThread()
