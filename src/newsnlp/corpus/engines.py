"""What runs the shards: processes of this machine, a Dask cluster, or Spark. Adapters only; no engine of our own.

Each engine is called with the configuration and gives a function from shards to (shard, part) pairs, in any order.
On a cluster, too, each worker analyses in a process of its own child: so an article that hangs or kills costs one
row of ``failures`` there as here.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
import threading
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from newsnlp.corpus.pool import WorkerPool
from newsnlp.corpus.work import Shard, WorkConfig
from newsnlp.errors import MissingExtraError, NewsnlpError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping

    import pandas as pd

    Run = Callable[[Iterator[Shard]], Generator[tuple[Shard, bytes]]]

# Shards handed to a cluster ahead of their results, per worker: enough to keep it busy, few enough to stay streaming.
AHEAD = 3
# Shards of one Spark job, per worker; a job costs a fraction of a second of its own.
SPARK_WAVE = 16
SAFE_PATH = "PYTHONSAFEPATH"
_own = threading.local()


class Engine(Protocol):
    """What `analyze_corpus` asks of an engine."""

    def __call__(self, config: WorkConfig, *, workers: int, timeout: float, master: str | None) -> Run:
        """Return the function that runs shards."""


def local(config: WorkConfig, *, workers: int, timeout: float, master: str | None) -> Run:
    """Run shards in processes of this machine."""
    del master  # there is none

    def run(shards: Iterator[Shard]) -> Generator[tuple[Shard, bytes]]:
        with WorkerPool(config, workers=workers, timeout=timeout) as pool:
            yield from pool.run(shards)

    return run


def guarded(packed: bytes, config: WorkConfig, timeout: float) -> bytes:
    """Return the part of a packed shard, analysed in a child of this process; what a cluster's worker runs.

    The child stays, with its model loaded, for the shards that follow in the same thread.
    """
    wanted = (config, timeout)
    if getattr(_own, "wanted", None) != wanted:
        if hasattr(_own, "pool"):
            _own.pool.close()
        _own.pool, _own.wanted = WorkerPool(config, workers=1, timeout=timeout), wanted
    for _, part in _own.pool.run(iter([Shard.from_json(packed)])):
        return part  # type: ignore[no-any-return]  # a thread's own attributes have no types
    message = "a shard gave no part"
    raise NewsnlpError(message)


def dask(config: WorkConfig, *, workers: int, timeout: float, master: str | None) -> Run:
    """Run shards on a Dask cluster; on one of this machine's own processes where no scheduler is named.

    A worker that dies is replaced by Dask and its shards run again; a shard that three workers died of stops the
    run, and ``resume`` goes on from there.
    """
    try:
        from distributed import Client, LocalCluster, as_completed
    except ImportError as error:
        extra = "dask"
        raise MissingExtraError.named(extra, "the Dask engine") from error

    def run(shards: Iterator[Shard]) -> Generator[tuple[Shard, bytes]]:
        # To the end of the run: workers that die are replaced by new ones.
        with _safe_path(), contextlib.ExitStack() as closing:
            cluster = None
            if master is None:
                cluster = LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
                closing.callback(cluster.close)
            client = closing.enter_context(Client(cluster or master))

            def submit(shard: Shard) -> object:
                return client.submit(guarded, shard.to_json(), config, timeout, pure=False)

            threads = sum(client.nthreads().values())
            running = {submit(shard): shard for shard in itertools.islice(shards, AHEAD * max(workers, threads))}
            finished = as_completed(list(running))
            for future in finished:
                done = running.pop(future), future.result()
                if (following := next(shards, None)) is not None:
                    submitted = submit(following)
                    running[submitted] = following
                    finished.add(submitted)
                yield done

    return run


@contextlib.contextmanager
def _safe_path() -> Iterator[None]:
    """Keep the Pythons that a cluster of this machine starts, with ``-c``, off the current folder."""
    before = os.environ.get(SAFE_PATH)
    os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(SAFE_PATH, None)
        else:
            os.environ[SAFE_PATH] = before


def spark(config: WorkConfig, *, workers: int, timeout: float, master: str | None) -> Run:
    """Run shards on Spark through ``mapInPandas``; on ``local[workers]`` where no master is named.

    Spark runs a lost task again, up to four times; a shard that fails oftener stops the run.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        extra = "spark"
        raise MissingExtraError.named(extra, "the Spark engine") from error

    def run(shards: Iterator[Shard]) -> Generator[tuple[Shard, bytes]]:
        ours = SparkSession.getActiveSession() is None
        builder = SparkSession.builder.appName("newsnlp").config("spark.ui.enabled", "false")
        builder = builder.config(f"spark.executorEnv.{SAFE_PATH}", "1")
        if master is None:
            builder = builder.master(f"local[{workers},4]")
            # On this machine newsnlp is where this Python is; on a cluster its administrators say.
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        else:
            builder = builder.master(master)
        with _safe_path():  # what the Java machine of this session hands to the workers of this machine
            session = builder.getOrCreate()
        try:
            while wave := list(itertools.islice(shards, SPARK_WAVE * workers)):
                by_index = {shard.index: shard for shard in wave}
                rows = [(shard.index, bytearray(shard.to_json())) for shard in wave]
                # One shard a task: what is lost with a worker is one shard.
                spread = session.sparkContext.parallelize(rows, len(rows))
                frame = session.createDataFrame(spread, "shard long, items binary")
                parts = frame.mapInPandas(_SparkTask(config, timeout), "shard long, part binary")
                for row in parts.collect():
                    yield by_index[row["shard"]], bytes(row["part"])
        finally:
            if ours:
                session.stop()

    return run


@dataclass(frozen=True)
class _SparkTask:
    """What a Spark worker runs on its rows: a shard in, its part out. Pickled by reference to this module."""

    config: WorkConfig
    timeout: float

    def __call__(self, frames: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        import pandas as pd

        for frame in frames:
            parts = [guarded(bytes(packed), self.config, self.timeout) for packed in frame["items"]]
            yield pd.DataFrame({"shard": frame["shard"], "part": parts})


ENGINES: Mapping[str, Engine] = MappingProxyType({"local": local, "dask": dask, "spark": spark})
