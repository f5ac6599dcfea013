"""Clusters, for real: two workers of this machine, one of them killed in the middle. All rows, once each."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time

import pandas as pd
import pytest

import newsnlp
from newsnlp.corpus import run as run_module
from newsnlp.corpus.engines import guarded
from newsnlp.corpus.parts import summary, unpack
from newsnlp.corpus.work import Shard, WorkConfig, carried
from newsnlp.errors import MissingExtraError
from newsnlp.records import Article

SLOW = "fake_pipelines:load_slow"
FAST = WorkConfig(loader="fake_pipelines:load")


@pytest.fixture(autouse=True)
def _small_shards(monkeypatch):
    monkeypatch.setattr(run_module, "SHARD_CHARS", 5000)


def articles(count=400):
    hostile = {11: "RAISE", 222: "DIE", 300: "HANG"}
    return [{"id": f"a{i}", "text": f"Nom{i} {hostile.get(i, 'parle')}. " + "mot " * 50} for i in range(count)]


def expected(tmp_path, given):
    newsnlp.analyze_corpus(given, tmp_path / "local", loader=SLOW, timeout=2, progress=False)
    return newsnlp.read_tables(tmp_path / "local")


def processes():
    """Return the processes under this one: pid -> (parent, command)."""
    done = subprocess.run(["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True)
    table = {int(p): (int(pp), args) for p, pp, args in (line.split(None, 2) for line in done.stdout.splitlines())}
    ours, grown = {os.getpid()}, True
    while grown:
        more = {pid for pid, (parent, _) in table.items() if parent in ours} - ours
        grown = bool(more)
        ours |= more
    return {pid: table[pid] for pid in ours if pid in table}


class Killer(threading.Thread):
    """Kills the parent of an analysing process, that is one worker of the cluster, once parts come in."""

    def __init__(self, out):
        super().__init__(daemon=True)
        self.out = out
        self.killed = None

    def run(self):
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and len(list(self.out.glob("parts/*/*.part"))) < 2:
            time.sleep(0.02)
        running = processes()
        for parent, command in running.values():
            if "newsnlp.corpus.worker" in command and parent != os.getpid() and parent in running:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(parent, signal.SIGKILL)
                    self.killed = running[parent][1]
                return


def assert_equal(found, wanted):
    for name, frame in wanted.items():
        pd.testing.assert_frame_equal(found[name], frame)
    assert found["articles"]["article_id"].is_unique


@pytest.mark.campaign
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_dask_with_a_worker_killed_in_the_middle(tmp_path):
    pytest.importorskip("distributed")
    given = articles()
    wanted = expected(tmp_path, given)
    killer = Killer(tmp_path / "out")
    killer.start()
    report = newsnlp.analyze_corpus(
        given, tmp_path / "out", engine="dask", workers=2, loader=SLOW, timeout=2, progress=False
    )
    killer.join()
    assert killer.killed
    assert len(report.failures) == 3
    assert_equal(newsnlp.read_tables(tmp_path / "out"), wanted)


@pytest.mark.slow
@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning"
)
def test_spark_with_a_worker_killed_in_the_middle(tmp_path, monkeypatch):
    pytest.importorskip("pyspark")
    if subprocess.run(["java", "-version"], capture_output=True, check=False).returncode:
        pytest.skip("Spark needs Java")
    monkeypatch.setattr("newsnlp.corpus.engines.SPARK_WAVE", 4)
    given = articles()
    wanted = expected(tmp_path, given)
    killer = Killer(tmp_path / "out")
    killer.start()
    report = newsnlp.analyze_corpus(
        given, tmp_path / "out", engine="spark", workers=2, loader=SLOW, timeout=2, progress=False
    )
    killer.join()
    assert killer.killed
    assert "pyspark" in killer.killed
    assert len(report.failures) == 3
    assert_equal(newsnlp.read_tables(tmp_path / "out"), wanted)


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_partition_function_runs_on_dask_as_it_stands(nlp):
    distributed = pytest.importorskip("distributed")
    frame = pd.DataFrame({"id": ["a", "b"], "texte": ["Deux morts à Metz.", "Cinq blessés à Lyon."]})
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        parts = client.gather(client.map(newsnlp.analyze_partition, [frame.iloc[:1], frame.iloc[1:]]))
    found = pd.concat([part["figures"] for part in parts], ignore_index=True)
    assert found["value"].tolist() == [2.0, 5.0]


def test_a_guarded_shard_survives_what_its_articles_do():
    words = ["parle", "DIE", "RAISE", "parle"]
    items = [Article(id=f"a{i}", text=f"Nom{i} {word}.") for i, word in enumerate(words)]
    shard = Shard.of([carried(item, i) for i, item in enumerate(items)], index=0, start=0)
    for _ in range(2):  # the child that died has been replaced
        part = guarded(shard.to_json(), FAST, 5.0)
        assert [row["article_id"] for rows in unpack(part) for row in rows["articles"]] == ["a0", "a3"]
        assert [failure.kind.value for failure in summary(part)[1]] == ["worker_died", "error"]


@pytest.mark.parametrize(("engine", "module"), [("dask", "distributed"), ("spark", "pyspark.sql")])
def test_an_engine_without_its_extra_says_what_to_install(tmp_path, monkeypatch, engine, module):
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(MissingExtraError, match=rf"pip install 'newsnlp\[{engine}\]'"):
        newsnlp.analyze_corpus(["Un mort."], tmp_path / "out", engine=engine, progress=False)
