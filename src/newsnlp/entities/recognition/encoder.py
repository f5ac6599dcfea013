"""The encoder of the accurate mode: six layers of multilingual-e5-small with a layer of tags, as plain arrays.

It reads a sentence as a whole, each word beside all others, where the small network sees ten words each side, and it
knows words from the text of a hundred languages. It costs many times as much, so it is asked only where the small
network is in doubt (`doubt.py`). What is kept of the original: the pieces of French, as the half bytes they were; the
first layers, trained further, as bytes with a scale a row. Trained by ``training/entities/encoder.py``.
"""

from __future__ import annotations

import functools
import io
import math
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from newsnlp.entities.recognition.network import TAGS
from newsnlp.entities.recognition.pieces import CLOSES, OPENS, Pieces
from newsnlp.entities.recognition.threads import ONE_THREAD
from newsnlp.safety.saved_files import finite, own_weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float32]

WEIGHTS_FILE = "encoder.npz"
WIDTH, HEADS = 384, 12
# Matrices of a layer, and what is beside them: their biases, and the two normalisations.
MATRICES = ("q", "k", "v", "ao", "fi", "fo")
NORMS = ("aln", "oln")
# Pieces of a line read together; a longer line is cut, between words. Trained with as many.
MOST_PIECES = 254
# Pieces worked on at once: 4 MB an array, so that no text, however long, asks for more than some 20 MB.
BATCH_PIECES = 600
# Weights that share one scale in the table of pieces, two in a byte.
BLOCK = 32
_EPSILON = 1e-12
_GELU = math.sqrt(2 / math.pi)


class Encoder:
    """Forward pass over lines of words.

    Parameters
    ----------
    arrays : mapping of str to array
        What ``training/entities/pack_encoder.py`` writes.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        spellings = arrays["pieces"].tobytes().decode("utf-8").split("\n")
        self.pieces = Pieces(spellings, arrays["scores"].astype("float64").tolist())
        self._halves, self._scales = arrays["table"], arrays["table_scale"].astype("float32")
        self._positions = _matrix(arrays, "positions", (MOST_PIECES + 2, WIDTH))
        self._norm = _norm(arrays, "norm")
        self._layers = [_layer(arrays, number) for number in range(int(arrays["layers"]))]
        self._head = _linear(arrays, "head", (len(TAGS), WIDTH))
        count = len(spellings)
        _check("scores", (len(self.pieces),), (count,))
        _check("table", self._halves.shape, (count, WIDTH // 2))
        _check("table_scale", self._scales.shape, (count, WIDTH // BLOCK))

    def tag_probabilities(self, lines: Sequence[tuple[list[str], list[bool]]]) -> list[FloatArray]:
        """Return the probability of each tag for each word.

        Parameters
        ----------
        lines : sequence of (words, spaces)
            Words, and whether a space follows each; lines do not see each other.

        Returns
        -------
        list of array of shape (n_words, len(TAGS))
            One a line.
        """
        found = [np.zeros((len(words), len(TAGS)), dtype="f") for words, _ in lines]
        cut = [
            (number, at, ids, firsts)
            for number, (words, spaces) in enumerate(lines)
            for at, ids, firsts in self._cut(words, spaces)
        ]
        with ONE_THREAD:
            for batch in _batches(cut):
                rows = self._run([ids for _, _, ids, _ in batch], [firsts for _, _, _, firsts in batch])
                start = 0
                for number, at, _, firsts in batch:
                    found[number][at : at + len(firsts)] = rows[start : start + len(firsts)]
                    start += len(firsts)
        return found

    def _cut(self, words: list[str], spaces: list[bool]) -> Iterator[tuple[int, list[int], list[int]]]:
        """Yield parts of a line: the first word, the rows of the pieces, where among them each word begins."""
        at, ids = 0, [OPENS]
        firsts: list[int] = []
        spaced = True
        for place, (word, space) in enumerate(zip(words, spaces, strict=True)):
            pieces = self.pieces(word, spaced=spaced)
            if len(ids) - 1 + len(pieces) > MOST_PIECES:
                yield at, [*ids, CLOSES], firsts
                at, ids, firsts = place, [OPENS], []
            firsts.append(len(ids))
            ids += pieces
            spaced = space
        if firsts:
            yield at, [*ids, CLOSES], firsts

    def _run(self, lines: list[list[int]], firsts: list[list[int]]) -> FloatArray:
        """Return the probabilities of the words of some lines, whose pieces stand one after the other."""
        lengths = [len(line) for line in lines]
        ends = np.cumsum(lengths).tolist()
        bounds = list(zip([0, *ends[:-1]], ends, strict=True))
        words = np.concatenate([np.array(first) + start for first, (start, _) in zip(firsts, bounds, strict=True)])
        hidden = self._embedded(np.concatenate(lines))
        hidden += self._positions[np.concatenate([np.arange(length) for length in lengths])]
        _normalise(hidden, self._norm)
        asked = bounds
        for number, layer in enumerate(self._layers):
            queries = hidden
            if number == len(self._layers) - 1:
                # What the last layer makes of other pieces than the first of a word is never looked at.
                queries = hidden[words]
                counts = np.cumsum([len(first) for first in firsts]).tolist()
                asked = list(zip([0, *counts[:-1]], counts, strict=True))
            mixed = _product(_attention(layer, queries, hidden, asked, bounds), layer["ao"])
            mixed += queries
            _normalise(mixed, layer["aln"])
            hidden = _product(_gelu(_product(mixed, layer["fi"])), layer["fo"])
            hidden += mixed
            _normalise(hidden, layer["oln"])
        scores = _product(hidden, self._head)
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=1, keepdims=True)
        return scores

    def _embedded(self, ids: NDArray[np.int64]) -> FloatArray:
        """Return the rows of the table, opened: in each block of 32 the low halves of its bytes come first."""
        packed = self._halves[ids].reshape(len(ids), -1, BLOCK // 2)
        opened = np.concatenate([packed & 15, packed >> 4], axis=2).astype("float32")
        opened -= 8
        opened *= self._scales[ids][:, :, None]
        return opened.reshape(len(ids), -1)


Linear = tuple["FloatArray", "FloatArray"]


def _check(name: str, found: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    """Refuse arrays that do not fit together: at use the error would be another one, or none."""
    if found != wanted:
        message = f"{name} is {found}, not {wanted}"
        raise ValueError(message)


def _layer(arrays: Mapping[str, NDArray[Any]], number: int) -> dict[str, Linear]:
    inner = len(arrays[f"{number}.fi"])
    shapes = {"fi": (inner, WIDTH), "fo": (WIDTH, inner)}
    found = {name: _linear(arrays, f"{number}.{name}", shapes.get(name, (WIDTH, WIDTH))) for name in MATRICES}
    return found | {name: _norm(arrays, f"{number}.{name}") for name in NORMS}


def _matrix(arrays: Mapping[str, NDArray[Any]], name: str, shape: tuple[int, int]) -> FloatArray:
    """Return a matrix of bytes with a scale a row as the numbers that it stands for."""
    _check(name, arrays[name].shape, shape)
    scale = _vector(arrays, f"{name}_scale", shape[0])
    found: FloatArray = arrays[name].astype("float32") * scale[:, None]
    return found


def _vector(arrays: Mapping[str, NDArray[Any]], name: str, length: int = WIDTH) -> FloatArray:
    _check(name, arrays[name].shape, (length,))
    found: FloatArray = arrays[name].astype("float32")
    return found


def _linear(arrays: Mapping[str, NDArray[Any]], name: str, shape: tuple[int, int]) -> Linear:
    """Return the weights of a layer, inputs by outputs, and its bias."""
    return np.ascontiguousarray(_matrix(arrays, name, shape).T), _vector(arrays, f"{name}_bias", shape[0])


def _norm(arrays: Mapping[str, NDArray[Any]], name: str) -> Linear:
    return _vector(arrays, name), _vector(arrays, f"{name}_bias")


def _product(inputs: FloatArray, layer: Linear) -> FloatArray:
    found = inputs @ layer[0]
    found += layer[1]
    return found


def _attention(
    layer: Mapping[str, Linear],
    asking: FloatArray,
    hidden: FloatArray,
    asked: list[tuple[int, int]],
    bounds: list[tuple[int, int]],
) -> FloatArray:
    """Return, for each piece that asks, what it takes from the pieces of its line."""
    query = _product(asking, layer["q"])
    query *= (WIDTH // HEADS) ** -0.5
    key, value = _product(hidden, layer["k"]), _product(hidden, layer["v"])
    taken = np.empty_like(query)
    for (first, last), (start, end) in zip(asked, bounds, strict=True):
        heads = [
            part.reshape(len(part), HEADS, -1).transpose(1, 0, 2)
            for part in (query[first:last], key[start:end], value[start:end])
        ]
        weights = heads[0] @ heads[1].transpose(0, 2, 1)
        weights -= weights.max(axis=2, keepdims=True)
        np.exp(weights, out=weights)
        weights /= weights.sum(axis=2, keepdims=True)
        taken[first:last] = (weights @ heads[2]).transpose(1, 0, 2).reshape(last - first, WIDTH)
    return taken


def _normalise(rows: FloatArray, layer: Linear) -> None:
    """Bring each row to mean 0 and variance 1, then scale and shift it, in place."""
    rows -= rows.mean(axis=1, keepdims=True)
    scale = np.einsum("ij,ij->i", rows, rows)[:, None] / rows.shape[1]
    scale += _EPSILON
    rows /= np.sqrt(scale)
    rows *= layer[0]
    rows += layer[1]


def _gelu(rows: FloatArray) -> FloatArray:
    """Return what the activation makes of them: by tanh, within 0.0005 of the exact one."""
    inner = rows * rows
    inner *= 0.044715
    inner += 1
    inner *= rows
    inner *= _GELU
    np.tanh(inner, out=inner)
    inner += 1
    inner *= rows
    inner *= 0.5
    return inner


def _batches(
    cut: list[tuple[int, int, list[int], list[int]]],
) -> Iterator[list[tuple[int, int, list[int], list[int]]]]:
    """Yield parts of lines by `BATCH_PIECES`."""
    batch: list[tuple[int, int, list[int], list[int]]] = []
    size = 0
    for part in cut:
        if batch and size + len(part[2]) > BATCH_PIECES:
            yield batch
            batch, size = [], 0
        batch.append(part)
        size += len(part[2])
    if batch:
        yield batch


def read_encoder(data: bytes) -> Encoder:
    """Return the encoder that ``training/entities/pack_encoder.py`` wrote.

    Raises
    ------
    ModelFormatError
        If the data is damaged.
    """
    with own_weights(WEIGHTS_FILE), np.load(io.BytesIO(data), allow_pickle=False) as stored:
        return Encoder({name: finite(stored[name]) for name in stored.files})


@functools.cache
def load_encoder() -> Encoder:
    """Return the encoder shipped in ``entities/weights``, read once per process."""
    return read_encoder(resources.files("newsnlp.entities").joinpath("weights", WEIGHTS_FILE).read_bytes())
