"""The shipped weights: small, plain, and those that the build script writes."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

import newsnlp.topics
from newsnlp.topics.features import dense_width
from newsnlp.topics.model import load_model
from newsnlp.topics.taxonomy import media_topics, root_codes

WEIGHTS = Path(newsnlp.topics.__file__).parent / "weights"
TRAINING = Path(__file__).parents[3] / "training" / "topics"


def test_small_and_plain():
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) <= 1_500_000
    with zipfile.ZipFile(WEIGHTS / "model.npz") as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    with np.load(WEIGHTS / "model.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)
    json.loads((WEIGHTS / "model.json").read_text(encoding="utf-8"))


def test_shapes_agree():
    model = load_model()
    assert model.codes[:17] == root_codes()
    assert set(model.codes) <= set(media_topics())
    assert len(model.codes) - 17 >= 75
    assert model.word_weights.shape == (len(model.word_rows), len(model.codes))
    assert model.dense_weights.shape == (dense_width(), len(model.codes))
    assert model.idf.shape == (len(model.word_rows),)
    assert len(model.config["first"]["offsets"]) == 17


@pytest.mark.skipif(not TRAINING.is_dir(), reason="the training data is not in an installed package")
def test_the_settings_are_those_the_weights_were_built_with():
    import tomllib

    settings = tomllib.loads((TRAINING / "settings.toml").read_text(encoding="utf-8"))
    assert load_model().config["decision"] == settings["decision"]


@pytest.mark.skipif(not TRAINING.is_dir(), reason="the training data is not in an installed package")
def test_passages_are_sound():
    known, texts, ids = media_topics(), set(), set()
    roots = dict.fromkeys(root_codes(), 0)
    for path in sorted((TRAINING / "passages").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            assert row["id"] not in ids, row["id"]
            assert row["topics"], row["id"]
            assert set(row["topics"]) <= set(known), row["id"]
            ids.add(row["id"])
            texts.add(row["text"])
            roots[known[row["topics"][0]].root] += 1
    assert len(texts) == len(ids)
    # Balanced: no topic has less than a third of what another has.
    assert min(roots.values()) * 3 >= max(roots.values()), roots


def test_make_topics_writes_the_same_bytes(tmp_path, monkeypatch):
    if not TRAINING.is_dir():
        pytest.skip("the training data is not in an installed package")
    import importlib.util

    spec = importlib.util.spec_from_file_location("newsnlp_build_topics", TRAINING / "build.py")
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    settings = build.read_settings()
    rows = build.read_passages()[::25]
    written = []
    for name in ("a", "b"):
        folder = tmp_path / name
        build.write(build.train(rows, settings), settings, len(rows), folder)
        written.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert written[0] == written[1]
    assert set(written[0]) == {"model.json", "model.npz", "words.txt"}
