"""Make the shipped file of the mean of checkpoints of ``encoder.py``: bytes for the layers, half bytes for the table of pieces.

    python training/entities/pack_encoder.py E5_FILE WINER_TRAIN.jsonl CHECKPOINT.pt... [--out FILE]

The pieces are chosen as in training, from the same data. Needs PyTorch to read the checkpoint.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import torch
from data import read_own, read_winer
from encoder import Source
from pieces_list import chosen_pieces
from train import FOLDER

from newsnlp.entities.recognition.encoder import MATRICES, NORMS, WIDTH
from newsnlp.language import load_language

OUT = FOLDER.parents[1] / "src/newsnlp/entities/weights/encoder.npz"
LARGEST = 127


def quantised(name: str, matrix: np.ndarray) -> dict[str, np.ndarray]:
    """Return a matrix as bytes with a scale a row."""
    scale = (np.abs(matrix).max(axis=1) / LARGEST).astype("float16")
    wide = np.maximum(scale.astype("float32"), 1e-12)[:, None]
    return {name: np.clip(np.rint(matrix / wide), -LARGEST, LARGEST).astype("int8"), f"{name}_scale": scale}


def packed(source: Source, rows: list[int], state: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the arrays of the shipped file."""
    blocks = source.blocks("emb.word", rows)
    spellings = "\n".join(source.pieces[row] for row in rows)
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    found = {
        "pieces": np.frombuffer(spellings.encode(), "u1"),
        "scores": source.scores[rows].astype("float32"),
        "table": np.ascontiguousarray(blocks[:, :, 2:]).reshape(len(rows), WIDTH // 2),
        "table_scale": np.ascontiguousarray(blocks[:, :, :2]).view("<f2").reshape(len(rows), -1),
        "layers": np.array(layers),
        **quantised("positions", state["positions"]),
        "norm": state["norm.weight"].astype("float16"),
        "norm_bias": state["norm.bias"].astype("float16"),
        **quantised("head", state["head.weight"]),
        "head_bias": state["head.bias"].astype("float16"),
    }
    for number in range(layers):
        for name in MATRICES:
            found |= quantised(f"{number}.{name}", state[f"layers.{number}.{name}.weight"])
            found[f"{number}.{name}_bias"] = state[f"layers.{number}.{name}.bias"].astype("float16")
        for name in NORMS:
            found[f"{number}.{name}"] = state[f"layers.{number}.{name}.weight"].astype("float16")
            found[f"{number}.{name}_bias"] = state[f"layers.{number}.{name}.bias"].astype("float16")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("winer", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    nlp = load_language()
    source = Source(args.source)
    examples = read_winer(nlp, args.winer) + read_own(nlp, FOLDER / "sentences")
    rows = chosen_pieces(source.pieces, source.scores, (word for e in examples for word in e.words))
    states = [torch.load(path, weights_only=True) for path in args.checkpoints]
    # The table comes from the source, whatever pieces a checkpoint chose.
    names = [name for name in states[0] if name != "words.weight"]
    state = {name: np.mean([some[name].numpy() for some in states], axis=0) for name in names}
    with args.out.open("wb") as file:
        np.savez_compressed(file, **packed(source, rows, state))
    print("wrote", args.out, args.out.stat().st_size)


if __name__ == "__main__":
    sys.exit(main())
