"""Runs over small corpora with a pipeline that needs no model."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

import pytest

import newsnlp

HERE = str(Path(__file__).parent)
sys.path.insert(0, HERE)  # the helpers beside the tests; workers get this path, too
FAKE = "fake_pipelines:load"
SLOW = "fake_pipelines:load_slow"


@pytest.fixture(autouse=True)
def _fake_pipelines_can_be_imported(monkeypatch):
    """Workers get the path of the process that starts them; those of clusters look in the environment."""
    monkeypatch.syspath_prepend(HERE)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([HERE, os.environ.get("PYTHONPATH", "")]))
    yield
    sys.modules.pop("fake_pipelines", None)


@pytest.fixture
def run(tmp_path):
    """Return `analyze_corpus` into a folder of the test, with the fake pipeline."""
    return partial(newsnlp.analyze_corpus, out=tmp_path / "out", loader=FAKE, progress=False)


@pytest.fixture
def tables(tmp_path):
    """Return a function that reads the tables of a run."""
    return lambda folder=None: newsnlp.read_tables(folder or tmp_path / "out")
