"""A pool of processes that survives its workers: one that dies or hangs costs the article that did it, no more.

The executors of the standard library give up the whole pool when one worker dies, and cannot tell which article
a worker was at; hence this small one.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import queue
import threading
import time
from collections import deque
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Self

from newsnlp.corpus import worker as protocol
from newsnlp.corpus.parts import check_part
from newsnlp.corpus.work import Shard, WorkConfig, id_of, size_of
from newsnlp.errors import NewsnlpError
from newsnlp.ingest.failures import Failure, FailureKind
from newsnlp.safety.calls import error_named
from newsnlp.safety.isolated import read_frame, start, write_frame

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Generator, Iterator
    from typing import IO

# spaCy keeps every string it ever saw, and our own caches fill: some 37 MB a million characters at first. A fresh
# worker costs about 0.9 s of CPU, 800 000 characters about 30 s: recycling bounds the memory for 3 %. (A memory zone
# cost far more when measured.)
RECYCLE_CHARS = 800_000
LOAD_SECONDS = 300.0
# An article alone in its worker when that dies may have been unlucky (the system was out of memory) once.
DEATHS_FORGIVEN = 1
LOAD_FAILURES_ALLOWED = 3


@dataclass(slots=True, eq=False)
class _Worker:
    process: subprocess.Popen[bytes]
    stdin: IO[bytes]
    deadline: float
    ready: bool = False
    shard: Shard | None = None
    at: tuple[int, ...] = ()
    characters: int = 0


_Event = tuple[_Worker, bytes, bytes]
GONE = b"G"


@dataclass(slots=True)
class WorkerPool:
    """Runs shards in processes; a context manager. Results come as they are done, in any order."""

    config: WorkConfig
    workers: int = 1
    timeout: float = 60.0
    _workers: list[_Worker] = field(default_factory=list)
    _events: queue.SimpleQueue[_Event] = field(default_factory=queue.SimpleQueue)
    _retries: deque[Shard] = field(default_factory=deque)
    _deaths: dict[tuple[int, int], int] = field(default_factory=dict)
    _failed_loads: int = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            _reap(worker)
        self._workers.clear()

    def run(self, shards: Iterator[Shard]) -> Generator[tuple[Shard, bytes]]:
        """Yield each shard with its part. The input is read no further than the workers need."""
        ahead: deque[Shard] = deque()
        done: list[tuple[Shard, bytes]] = []
        while True:
            ahead.extend(itertools.islice(shards, self.workers - len(ahead)))
            # Idle workers get work before results go out: the caller takes its time with those.
            self._give(ahead)
            yield from done
            if not ahead and not self._retries and all(worker.shard is None for worker in self._workers):
                return
            done = self._wait()

    def _give(self, ahead: deque[Shard]) -> None:
        """Hand shards to idle workers; start the workers that are missing."""
        for worker in list(self._workers):
            if not (self._retries or ahead):
                return
            if worker.shard is None and worker.characters >= RECYCLE_CHARS:
                self._retire(worker)
            elif worker.shard is None and worker.ready:
                self._send(worker, self._retries.popleft() if self._retries else ahead.popleft())
        starting = sum(not worker.ready for worker in self._workers)
        for _ in range(min(self.workers - len(self._workers), len(self._retries) + len(ahead) - starting)):
            self._start()

    def _start(self) -> None:
        settings = {"config": asdict(self.config), "timeout": self.timeout}
        process = start(protocol.__name__, settings, loader=self.config.loader.partition(":")[0])
        if process.stdin is None or process.stdout is None:
            message = "a worker was started without pipes"
            raise NewsnlpError(message)
        worker = _Worker(process, process.stdin, time.monotonic() + LOAD_SECONDS)
        self._workers.append(worker)
        threading.Thread(target=_listen, args=(worker, process.stdout, self._events), daemon=True).start()

    def _send(self, worker: _Worker, shard: Shard) -> None:
        worker.shard, worker.at = shard, ()
        worker.deadline = time.monotonic() + protocol.time_limit(sum(map(size_of, shard.items)), self.timeout)
        with contextlib.suppress(OSError):  # it has died already, which the listening thread tells
            write_frame(worker.stdin, protocol.SHARD, shard.to_json())

    def _wait(self) -> list[tuple[Shard, bytes]]:
        """Take what workers say until one has finished or is free; see to those that are over their time."""
        waiting = [worker for worker in self._workers if worker.shard is not None or not worker.ready]
        nearest = min(worker.deadline for worker in waiting) - time.monotonic()
        done = []
        try:
            event = self._events.get(timeout=max(0.0, nearest))
        except queue.Empty:
            pass
        else:
            done = self._heard(*event)
        now = time.monotonic()
        for worker in list(self._workers):
            if (worker.shard is not None or not worker.ready) and now > worker.deadline:
                self._lost(worker, FailureKind.TIMEOUT)
        return done

    def _heard(self, worker: _Worker, kind: bytes, content: bytes) -> list[tuple[Shard, bytes]]:
        if worker not in self._workers:
            return []  # the last words of one that is gone
        if kind == GONE:
            self._lost(worker, FailureKind.WORKER_DIED)
        elif kind == protocol.BROKEN:
            raise error_named(*json.loads(content))
        elif kind == protocol.READY:
            worker.ready = True
            self._failed_loads = 0
        elif worker.shard is not None:
            try:
                return self._told(worker, worker.shard, kind, content)
            except (ValueError, TypeError):
                # Something wrote between the frames: what this worker says is not to be trusted any more.
                self._lost(worker, FailureKind.WORKER_DIED)
        return []

    def _told(self, worker: _Worker, shard: Shard, kind: bytes, content: bytes) -> list[tuple[Shard, bytes]]:
        """Take in how far a worker is with its shard."""
        if kind == protocol.DONE:
            check_part(content, shard)
            worker.shard = None
            worker.characters += sum(map(size_of, shard.items))
            return [(shard, content)]
        positions, characters = json.loads(content)
        worker.at = tuple(positions)
        worker.deadline = time.monotonic() + protocol.time_limit(characters, self.timeout)
        return []

    def _lost(self, worker: _Worker, kind: FailureKind) -> None:
        """Take a dead or hanging worker out, and its shard back with what is known of the culprit."""
        shard, at = worker.shard, worker.at
        self._retire(worker)
        if not worker.ready:
            self._failed_loads += 1
            if self._failed_loads >= LOAD_FAILURES_ALLOWED:
                message = f"a worker could not start {LOAD_FAILURES_ALLOWED} times over. Hint: newsnlp doctor"
                raise NewsnlpError(message)
        if shard is None:
            return
        if len(at) > 1:
            self._retries.append(replace(shard, suspects=shard.suspects | set(at)))
            return
        # Before its first batch there is no culprit: then the shard's first item answers for all.
        position = at[0] if at else shard.start
        deaths = self._deaths[shard.index, position] = self._deaths.get((shard.index, position), 0) + 1
        if deaths <= (DEATHS_FORGIVEN if kind is FailureKind.WORKER_DIED else 0):
            self._retries.append(replace(shard, suspects=shard.suspects | set(at)))
            return
        reason = (
            f"took longer than the time limit ({self.timeout:g} s)"
            if kind is FailureKind.TIMEOUT
            else "its worker died while analysing it"
        )
        guilty = at or tuple(range(shard.start, shard.start + len(shard.items)))
        known = {failure.position for failure in shard.failed}
        failures = tuple(
            Failure(article_id=id_of(item), position=place, kind=kind, reason=reason)
            for place in guilty
            if not isinstance(item := shard.items[place - shard.start], Failure) and place not in known
        )
        if not failures:
            message = f"workers die before they reach any of the {len(shard.items)} items from {shard.start} on"
            raise NewsnlpError(message)
        self._retries.append(replace(shard, failed=(*shard.failed, *failures)))

    def _retire(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.process.kill()
        _reap(worker)


def _listen(worker: _Worker, stdout: IO[bytes], events: queue.SimpleQueue[_Event]) -> None:
    """Pass on what a worker says; its silence at the end, too. Runs in a thread of its own."""
    with stdout, contextlib.suppress(OSError, MemoryError):
        while (frame := read_frame(stdout)) is not None:
            events.put((worker, *frame))
    events.put((worker, GONE, b""))


def _reap(worker: _Worker) -> None:
    with contextlib.suppress(OSError):  # what it had not taken is lost with it
        worker.stdin.close()
    worker.process.wait()
