"""What runs the shards: processes of this machine, a Dask cluster, or Spark. Adapters only; no engine of our own.

Each engine is called with the configuration and gives a function from shards to (shard, part) pairs, in any order.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from newsnlp.corpus.pool import WorkerPool
from newsnlp.corpus.work import Shard, WorkConfig, analyse_shard
from newsnlp.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pandas as pd

# Shards handed to a cluster ahead of their results, per worker: enough to keep it busy, few enough to stay streaming.
AHEAD = 2
# Shards of one Spark job; a job costs about a second of its own.
SPARK_WAVE = 64


class Engine(Protocol):
    """What `analyze_corpus` asks of an engine."""

    def __call__(
        self, config: WorkConfig, *, workers: int, timeout: float, master: str | None
    ) -> Callable[[Iterator[Shard]], Iterator[tuple[Shard, bytes]]]:
        """Return the function that runs shards."""


def local(
    config: WorkConfig, *, workers: int, timeout: float, master: str | None
) -> Callable[[Iterator[Shard]], Iterator[tuple[Shard, bytes]]]:
    """Run shards in processes of this machine."""
    del master  # there is none

    def run(shards: Iterator[Shard]) -> Iterator[tuple[Shard, bytes]]:
        with WorkerPool(config, workers=workers, timeout=timeout) as pool:
            yield from pool.run(shards)

    return run


def dask(
    config: WorkConfig, *, workers: int, timeout: float, master: str | None
) -> Callable[[Iterator[Shard]], Iterator[tuple[Shard, bytes]]]:
    """Run shards on a Dask cluster; on one of this machine's own processes where no scheduler is named.

    A worker that dies is replaced by Dask and its shards run again; a shard that kills three workers stops the
    run. The time limit of an article holds only in the local engine.
    """
    del timeout
    try:
        from distributed import Client, LocalCluster, as_completed
    except ImportError as error:
        extra = "dask"
        raise MissingExtraError.named(extra, "the Dask engine") from error

    def run(shards: Iterator[Shard]) -> Iterator[tuple[Shard, bytes]]:
        cluster = None if master else LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
        try:
            with Client(cluster or master) as client:
                ahead = AHEAD * max(workers, len(client.scheduler_info()["workers"]))
                first = list(itertools.islice(shards, ahead))
                running = {client.submit(analyse_shard, shard, config, pure=False, retries=3): shard for shard in first}
                done = as_completed(list(running))
                for future in done:
                    yield running.pop(future), future.result()
                    following = next(shards, None)
                    if following is not None:
                        submitted = client.submit(analyse_shard, following, config, pure=False, retries=3)
                        running[submitted] = following
                        done.add(submitted)
        finally:
            if cluster is not None:
                cluster.close()

    return run


def spark(
    config: WorkConfig, *, workers: int, timeout: float, master: str | None
) -> Callable[[Iterator[Shard]], Iterator[tuple[Shard, bytes]]]:
    """Run shards on Spark through ``mapInPandas``; on ``local[workers]`` where no master is named.

    Spark runs a lost task again, up to four times; a shard that fails oftener stops the run.
    """
    del timeout
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        extra = "spark"
        raise MissingExtraError.named(extra, "the Spark engine") from error

    def run(shards: Iterator[Shard]) -> Iterator[tuple[Shard, bytes]]:
        session = (
            SparkSession.builder.master(master or f"local[{workers},4]")
            .appName("newsnlp")
            .config("spark.ui.enabled", "false")
            .getOrCreate()
        )
        try:
            while wave := list(itertools.islice(shards, SPARK_WAVE)):
                by_index = {shard.index: shard for shard in wave}
                rows = [(shard.index, shard.to_json()) for shard in wave]
                frame = session.createDataFrame(rows, "shard long, items binary").repartition(len(rows), "shard")
                parts = frame.mapInPandas(_SparkTask(config), "shard long, part binary")
                for row in parts.toLocalIterator():
                    yield by_index[row["shard"]], bytes(row["part"])
        finally:
            session.stop()

    return run


@dataclass(frozen=True)
class _SparkTask:
    """What a Spark worker runs on its rows: a shard in, its part out. Pickled by reference to this module."""

    config: WorkConfig

    def __call__(self, frames: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        import pandas as pd

        for frame in frames:
            parts = [analyse_shard(Shard.from_json(packed), self.config) for packed in frame["items"]]
            yield pd.DataFrame({"shard": frame["shard"], "part": parts})


ENGINES: Mapping[str, Engine] = MappingProxyType({"local": local, "dask": dask, "spark": spark})
