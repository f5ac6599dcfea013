"""The measuring command itself: floors hold on the gold, are never lowered by accident, and say what is missing."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).with_name("run.py")


@pytest.fixture(scope="module")
def run():
    spec = importlib.util.spec_from_file_location("newsnlp_eval_run", RUN)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pinning_refuses_to_lower_a_floor(run, capsys):
    pinned = {"gold_sha256": "x", "f1": 0.9}
    assert run.pin("entities", {"f1": 0.85}, pinned, "x", allow_lower=False)["f1"] == 0.9
    assert "would be lowered" in capsys.readouterr().out
    assert run.pin("entities", {"f1": 0.85}, pinned, "x", allow_lower=True)["f1"] == 0.84
    assert run.pin("entities", {"f1": 0.95}, pinned, "x", allow_lower=False)["f1"] == 0.94


def test_without_the_gold_it_says_so(tmp_path):
    done = subprocess.run(
        [sys.executable, str(RUN), "--shared", str(tmp_path / "none")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "no gold at" in done.stderr


@pytest.mark.shared
@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("name", ["entities", "clusters", "resolution", "figures", "topics"])
def test_floors_hold_on_the_held_out_gold(name, shared_data):
    done = subprocess.run(
        [sys.executable, str(RUN), "--shared", str(shared_data.parent), "--only", name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
