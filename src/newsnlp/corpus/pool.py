"""A pool of processes that survives its workers: one that dies or hangs costs the article that did it, no more.

The executors of the standard library give up the whole pool when one worker dies, and cannot tell which article
a worker was at; hence this small one.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import deque
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Self

from newsnlp.corpus.failures import Failure, FailureKind
from newsnlp.corpus.work import Shard, WorkConfig, analyse_shard, pipeline_of
from newsnlp.errors import NewsnlpError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.process import BaseProcess

# spaCy keeps every string it ever saw. A fresh worker costs about 1.5 s of CPU, 3 million characters about 100 s:
# recycling bounds the memory for under 2 % (a memory zone cost far more when measured).
RECYCLE_CHARS = 3_000_000
LOAD_SECONDS = 300.0
# The time limit is for an article of up to this length, and grows in proportion beyond.
LIMIT_CHARS = 100_000
# An article alone in its worker when that dies may have been unlucky (the system was out of memory) once.
DEATHS_FORGIVEN = 1
LOAD_FAILURES_ALLOWED = 3


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    shard: Shard | None = None
    at: tuple[int, ...] = ()
    deadline: float = 0.0
    characters: int = 0
    ready: bool = False


@dataclass(slots=True)
class WorkerPool:
    """Runs shards in processes; a context manager. Results come as they are done, in any order."""

    config: WorkConfig
    workers: int = 1
    timeout: float = 60.0
    _workers: list[_Worker] = field(default_factory=list)
    _retries: deque[Shard] = field(default_factory=deque)
    _deaths: dict[int, int] = field(default_factory=dict)
    _failed_loads: int = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def run(self, shards: Iterator[Shard]) -> Iterator[tuple[Shard, bytes]]:
        """Yield each shard with its part. The input is read no further than the workers need."""
        while True:
            while self._has_room() and (shard := self._next(shards)) is not None:
                self._send(self._idle_worker(), shard)
            busy = [worker for worker in self._workers if worker.shard is not None]
            if not busy and not self._retries:
                return
            yield from self._wait(busy)

    def _next(self, shards: Iterator[Shard]) -> Shard | None:
        return self._retries.popleft() if self._retries else next(shards, None)

    def _has_room(self) -> bool:
        return sum(worker.shard is not None for worker in self._workers) < self.workers

    def _idle_worker(self) -> _Worker:
        for worker in list(self._workers):
            if worker.shard is None:
                if worker.characters < RECYCLE_CHARS:
                    return worker
                self._retire(worker)
        return self._start()

    def _start(self) -> _Worker:
        # spawn: a forked child would inherit locks and the threads of BLAS.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_worker_main, args=(theirs, self.config), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _send(self, worker: _Worker, shard: Shard) -> None:
        worker.shard, worker.at = shard, ()
        worker.deadline = time.monotonic() + (self.timeout if worker.ready else LOAD_SECONDS)
        try:
            worker.pipe.send(shard)
        except OSError:
            self._lost(worker, FailureKind.WORKER_DIED)

    def _wait(self, busy: list[_Worker]) -> Iterator[tuple[Shard, bytes]]:
        if not busy:
            return
        nearest = min(worker.deadline for worker in busy) - time.monotonic()
        by_pipe = {worker.pipe: worker for worker in busy}
        for pipe in wait(list(by_pipe), timeout=max(0.0, nearest)):
            worker = by_pipe[pipe]  # type: ignore[index]  # wait() gives back what it was given
            try:
                kind, content = worker.pipe.recv()
            except (EOFError, OSError):
                self._lost(worker, FailureKind.WORKER_DIED)
                continue
            done = self._received(worker, kind, content)
            if done is not None:
                yield done
        now = time.monotonic()
        for worker in busy:
            if worker.shard is not None and now > worker.deadline:
                self._lost(worker, FailureKind.TIMEOUT)

    def _received(self, worker: _Worker, kind: str, content: Any) -> tuple[Shard, bytes] | None:
        worker.ready = True
        if kind == "broken":
            raise NewsnlpError(content)
        shard = worker.shard
        if shard is None:
            return None
        if kind == "at":
            self._failed_loads = 0
            worker.at, characters = content
            worker.deadline = time.monotonic() + self.timeout * max(1.0, characters / LIMIT_CHARS)
            return None
        worker.characters += shard.characters
        worker.shard = None
        return shard, content

    def _lost(self, worker: _Worker, kind: FailureKind) -> None:
        """Take a dead or hanging worker out, and its shard back with what is known of the culprit."""
        shard, at = worker.shard, worker.at
        self._retire(worker)
        if shard is None:
            return
        if not at:
            self._failed_loads += 1
            if self._failed_loads >= LOAD_FAILURES_ALLOWED:
                message = f"a worker could not start {LOAD_FAILURES_ALLOWED} times over. Hint: newsnlp doctor"
                raise NewsnlpError(message)
            self._retries.append(shard)
            return
        if len(at) > 1:
            self._retries.append(replace(shard, suspects=shard.suspects | set(at)))
            return
        (position,) = at
        self._deaths[position] = self._deaths.get(position, 0) + 1
        if kind is FailureKind.WORKER_DIED and self._deaths[position] <= DEATHS_FORGIVEN:
            self._retries.append(replace(shard, suspects=shard.suspects | {position}))
            return
        item = shard.items[position - shard.start]
        reason = (
            f"took longer than the time limit ({self.timeout:g} s)"
            if kind is FailureKind.TIMEOUT
            else "its worker died while analysing it"
        )
        failure = Failure(
            article_id=item.article_id if isinstance(item, Failure) else item.id,
            position=position,
            kind=kind,
            reason=reason,
        )
        self._retries.append(replace(shard, failed=(*shard.failed, failure)))

    def _retire(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.kill()
        worker.process.join()


def _worker_main(pipe: Connection, config: WorkConfig) -> None:
    """Analyse shards until the parent closes the pipe."""
    # Ctrl-C goes to the whole group: the parent decides when workers stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        try:
            pipeline_of(config.loader, config.model, config.entities)
        except NewsnlpError as error:
            pipe.send(("broken", str(error)))
            return
        while True:
            shard = pipe.recv()
            part = analyse_shard(shard, config, lambda at, characters: pipe.send(("at", (at, characters))))
            pipe.send(("done", part))
    except (EOFError, BrokenPipeError):
        return
