"""A worker process: shards come in on standard input, parts go out on standard output, in frames.

It is a plain subprocess, not one of `multiprocessing`: so a script needs no ``if __name__ == "__main__"``, its
imports are not repeated in every worker, and a daemonic worker of Dask may have one.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
from typing import IO

HEADER = struct.Struct(">cQ")
# Parent to worker.
HELLO, SHARD = b"H", b"S"
# Worker to parent.
READY, BROKEN, AT, DONE = b"R", b"B", b"A", b"D"
# The time limit is for an article of up to this length, and grows in proportion beyond.
LIMIT_CHARS = 100_000
# A worker whose parent has gone cannot be stopped by it: it stops itself after this many time limits.
ORPHAN_LIMITS = 3


def write_frame(file: IO[bytes], kind: bytes, content: bytes = b"") -> None:
    """Write one frame: what it is, how long it is, its content."""
    file.write(HEADER.pack(kind, len(content)))
    file.write(content)
    file.flush()


def read_frame(file: IO[bytes]) -> tuple[bytes, bytes] | None:
    """Return the kind and content of the next frame, None where the other side has gone."""
    header = file.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    kind, length = HEADER.unpack(header)
    content = file.read(length)
    return (kind, content) if len(content) == length else None


def time_limit(characters: int, timeout: float) -> float:
    """Return the seconds that a batch of so many characters may take."""
    return timeout * max(1.0, characters / LIMIT_CHARS)


def main() -> None:
    """Analyse shards until standard input ends."""
    # Ctrl-C goes to the whole group: the parent decides when workers stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What an analysis prints must not get between the frames.
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    try:
        _work(incoming, outgoing)
    except BrokenPipeError:
        os._exit(0)  # the parent has gone; nothing is left to be flushed


def _work(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    hello = read_frame(incoming)
    if hello is None:
        return
    settings = json.loads(hello[1])
    sys.path[:] = settings["path"]

    from newsnlp.corpus.work import Shard, WorkConfig, analyse_shard, pipeline_of
    from newsnlp.errors import NewsnlpError

    config = WorkConfig(**settings["config"])
    timeout: float = settings["timeout"]

    def at(positions: tuple[int, ...], characters: int) -> None:
        # The default action of the signal ends the process, even in the middle of a regular expression.
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, ORPHAN_LIMITS * time_limit(characters, timeout))
        write_frame(outgoing, AT, json.dumps([positions, characters]).encode())

    try:
        pipeline_of(config.loader, config.model, config.entities)
        write_frame(outgoing, READY)
        while (frame := read_frame(incoming)) is not None:
            part = analyse_shard(Shard.from_json(frame[1]), config, at)
            if hasattr(signal, "setitimer"):
                signal.setitimer(signal.ITIMER_REAL, 0)
            write_frame(outgoing, DONE, part)
    except BrokenPipeError:
        raise
    except NewsnlpError as error:
        write_frame(outgoing, BROKEN, json.dumps([type(error).__name__, str(error)]).encode())
    except (ImportError, AttributeError, TypeError) as error:
        message = f"the pipeline cannot be loaded by {config.loader!r}: {type(error).__name__}: {error}"
        write_frame(outgoing, BROKEN, json.dumps(["OptionError", message]).encode())


if __name__ == "__main__":
    main()
