"""A run that is killed over and over, and resumed, gives what an undisturbed one gives. Nothing is lost or doubled."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import time

import pandas as pd
import pytest
from run_driver import drive

import newsnlp
from newsnlp.samples import sample_corpus


def kill_over_and_over(settings, *, kills, between, seed):
    """Start the run, kill it after a random time, resume it …; after so many kills let it finish."""
    chance = random.Random(seed)
    killed = 0
    while killed < kills:
        running = drive(**{**settings, "resume": True})
        try:
            _, error = running.communicate(timeout=chance.uniform(*between))
        except subprocess.TimeoutExpired:
            running.kill()
            running.communicate()
            killed += 1
        else:
            # Finished before the blow: from the beginning, so that every blow falls on a run.
            assert running.returncode == 0, error
            shutil.rmtree(settings["out"])
    out, error = drive(**{**settings, "resume": True}).communicate()
    assert out, error


def assert_equal(found, wanted):
    for name, frame in wanted.items():
        pd.testing.assert_frame_equal(found[name], frame)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("articles", "some", "kills"), [(400, 10, 3), pytest.param(2000, 20, 20, marks=pytest.mark.campaign)]
)
def test_kills_of_a_run_with_hostile_articles(tmp_path, articles, some, kills):
    hostile = {}
    for number, place in enumerate(random.Random(7).sample(range(articles), some)):
        hostile[place] = ["RAISE", "DIE", "NO TEXT", "NO JSON", "NAN", "RAISE", "NOT A STRING", "DIE", "RAISE", "HANG"][
            number % 10
        ]
    broken = {
        "NO TEXT": '{"id": "%s"}',
        "NO JSON": '{"id": "%s", "text": "cou',
        "NAN": '{"id": "%s", "text": NaN}',
        "NOT A STRING": '{"id": "%s", "text": 12}',
    }
    lines = []
    for i in range(articles):
        word = hostile.get(i, "parle")
        row = json.dumps({"id": f"a{i}", "text": f"Nom{i} {word} {i}. " + "mot " * 75})
        lines.append(broken[word] % f"a{i}" if word in broken else row)
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    settings = {
        "source": str(source),
        "loader": "fake_pipelines:load_slow",
        "workers": 2,
        "timeout": 1,
        "shard_chars": 6000,
        "progress": False,
    }
    out, error = drive(**{**settings, "out": str(tmp_path / "whole")}).communicate()
    assert json.loads(out)[0] == articles - some, error
    kill_over_and_over({**settings, "out": str(tmp_path / "killed")}, kills=kills, between=(0.5, 1.6), seed=11)
    wanted, found = newsnlp.read_tables(tmp_path / "whole"), newsnlp.read_tables(tmp_path / "killed")
    assert_equal(found, wanted)
    assert wanted["failures"]["position"].tolist() == sorted(hostile)
    assert len(wanted["articles"]) == articles - some
    assert wanted["articles"]["article_id"].is_unique


@pytest.mark.model
@pytest.mark.campaign
def test_kills_with_the_real_pipeline(tmp_path):
    source = tmp_path / "in.jsonl"
    articles = [
        {"id": f"{round_}-{item.id}", "title": item.title, "text": item.text, "date": str(item.published_at)}
        for round_ in range(4)
        for item in sample_corpus()
    ]
    articles[30]["text"] = None
    source.write_text("".join(json.dumps(row) + "\n" for row in articles), encoding="utf-8")
    settings = {"source": str(source), "workers": 2, "shard_chars": 8000, "format": "parquet", "progress": False}
    drive(**{**settings, "out": str(tmp_path / "whole")}).communicate()
    kill_over_and_over({**settings, "out": str(tmp_path / "killed")}, kills=3, between=(2.0, 4.0), seed=3)
    wanted = newsnlp.read_tables(tmp_path / "whole")
    assert len(wanted["articles"]) == len(articles) - 1
    assert_equal(newsnlp.read_tables(tmp_path / "killed"), wanted)


def test_a_worker_that_is_killed_costs_nothing(tmp_path):
    """Not the article's fault: its shard is done again, and the rows are the same."""
    source = tmp_path / "in.jsonl"
    source.write_text(
        "".join(json.dumps({"id": f"a{i}", "text": f"Nom{i} parle. " * 20}) + "\n" for i in range(600)),
        encoding="utf-8",
    )
    settings = {
        "source": str(source),
        "loader": "fake_pipelines:load_slow",
        "workers": 2,
        "progress": False,
        "out": str(tmp_path / "out"),
    }
    running = drive(**settings)
    killed = 0
    deadline = time.monotonic() + 30
    while running.poll() is None and killed < 2 and time.monotonic() < deadline:
        time.sleep(0.6)
        done = subprocess.run(["pgrep", "-P", str(running.pid)], capture_output=True, text=True, check=False)
        for pid in done.stdout.split()[:1]:
            subprocess.run(["kill", "-9", pid], check=False)
            killed += 1
    out, error = running.communicate()
    assert killed == 2
    assert json.loads(out)[0] == 600, error
    assert newsnlp.read_tables(tmp_path / "out", ["articles"])["articles"]["article_id"].tolist() == [
        f"a{i}" for i in range(600)
    ]
