"""A run that is asked to stop unwinds: its workers end, half-written files go, and it can be resumed."""

from __future__ import annotations

import contextlib
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

# What service managers and closing terminals send; Ctrl-C is an exception in Python already.
SIGNALS = ("SIGTERM", "SIGHUP")


@contextlib.contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Make the signals that would end this process on the spot raise SystemExit, with the status that shells expect.

    Only where nobody else has said what they do, and in the main thread, where Python allows it.
    """
    ours = []
    if threading.current_thread() is threading.main_thread():
        ours = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
        ours = [number for number in ours if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _stop(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)
