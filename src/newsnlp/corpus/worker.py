"""A worker process: shards come in on standard input, parts go out on standard output, in frames.

It is a plain subprocess, not one of `multiprocessing`: so a script needs no ``if __name__ == "__main__"``, its
imports are not repeated in every worker, and a daemonic worker of Dask may have one.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import threading
from typing import IO, TYPE_CHECKING, Any

from newsnlp.corpus.work import Shard, WorkConfig, analyse_shard, pipeline_of
from newsnlp.errors import NewsnlpError
from newsnlp.ingest.failures import told_of
from newsnlp.safety.isolated import read_frame, write_frame

if TYPE_CHECKING:
    from collections.abc import Mapping

# Parent to worker.
SHARD = b"S"
# Worker to parent.
READY, BROKEN, AT, DONE = b"R", b"B", b"A", b"D"
# The time limit is for an article of up to this length, and grows in proportion beyond.
LIMIT_CHARS = 100_000
# A worker whose parent has gone, and that does not see it, stops itself after this many time limits.
ORPHAN_LIMITS = 3
# What a worker may take of the machine's memory, and what it may take of any: beyond, Python raises MemoryError, which
# costs one article, before the system ends a process of its choice. Measured: 200 MB in ordinary runs (2026-11).
MEMORY_SHARE = 0.5
MEMORY_LEAST = 2 << 30


def time_limit(characters: int, timeout: float) -> float:
    """Return the seconds that a batch of so many characters may take."""
    return timeout * max(1.0, characters / LIMIT_CHARS)


def main(incoming: IO[bytes], outgoing: IO[bytes], settings: Mapping[str, Any]) -> None:
    """Analyse shards until the parent has gone."""
    _limit_memory()
    config = WorkConfig(**settings["config"])
    timeout: float = settings["timeout"]

    def at(positions: tuple[int, ...], characters: int) -> None:
        # The default action of the signal ends the process, even in the middle of a regular expression.
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, ORPHAN_LIMITS * time_limit(characters, timeout))
        write_frame(outgoing, AT, json.dumps([positions, characters]).encode())

    try:
        pipeline_of(config)
    except NewsnlpError as error:
        _broken(outgoing, type(error).__name__, str(error))
        return
    except MemoryError:
        return  # no fault of the loader's: the parent tries again
    except BaseException as error:  # noqa: BLE001  # a loader of the user's; the parent raises what it is told
        _broken(outgoing, "OptionError", f"the pipeline cannot be loaded by {config.loader!r}: {told_of(error)}")
        return
    frames: queue.SimpleQueue[tuple[bytes, bytes]] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(incoming, frames), daemon=True).start()
    write_frame(outgoing, READY)
    while True:
        _, content = frames.get()
        try:
            part = analyse_shard(Shard.from_json(content), config, at, contained=(BaseException,))
        except NewsnlpError as error:  # no article's fault: a missing extra
            _broken(outgoing, type(error).__name__, str(error))
            return
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        write_frame(outgoing, DONE, part)


def _broken(outgoing: IO[bytes], name: str, message: str) -> None:
    write_frame(outgoing, BROKEN, json.dumps([name, message]).encode())


def _receive(incoming: IO[bytes], frames: queue.SimpleQueue[tuple[bytes, bytes]]) -> None:
    """Take what the parent sends; when it has gone, end this process in the middle of whatever it does."""
    while (frame := read_frame(incoming)) is not None:
        frames.put(frame)
    os._exit(0)


def _limit_memory() -> None:
    try:
        import resource

        whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ImportError, AttributeError, ValueError, OSError):
        return  # not on this system
    wanted = max(MEMORY_LEAST, int(MEMORY_SHARE * whole))
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or wanted < hard:
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
