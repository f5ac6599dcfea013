"""Make the word vectors that the name network reads: `python training/entities/vectors.py fr_core_news_md-3.8.0-py3-none-any.whl`.

The wheel is that of <https://spacy.io/models/fr#fr_core_news_md>. Its table (20,000 rows of 300, 500,000 keys) is
centred, turned to its 64 main directions and kept as bytes. Writes `src/newsnlp/entities/weights/vectors.npz`; two runs
on a machine give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import numpy as np
import srsly
from spacy.strings import hash_string  # type: ignore[attr-defined]  # missing from its stub
from spacy.symbols import IDS

from newsnlp.entities.recognition.vectors import UNKNOWN, VECTOR_WIDTH, pack, short_hash, spellings

SHA256 = "8a70d090a54ef77525c3ffa6a6195b9d365f2cf369ae1cd84ede93f3d709079e"
FOLDER = "fr_core_news_md/fr_core_news_md-3.8.0/vocab/"
OUT = Path(__file__).parents[2] / "src/newsnlp/entities/weights/vectors.npz"
# What can be a token of a cleaned text and tells something: a Latin word, with digits, dots, hyphens or apostrophes.
WORD = re.compile(r"(?=.*[A-Za-zÀ-ÖØ-öø-ɏ])[0-9A-Za-zÀ-ÖØ-öø-ɏ.&+'-]{1,40}")
MOJIBAKE = re.compile(r"[ÃÂ][^A-Za-z]|[ÃÂ]$|&[a-z]+")
# The size of an entry, beside cues of 0 and 1.
SIZE = 0.5


def kept(words: dict[str, int]) -> dict[str, int]:
    """Return the words that a text can hold and that no other spelling of theirs leads to the same row."""
    found = {}
    for word, row in words.items():
        if WORD.fullmatch(word) and not MOJIBAKE.search(word):
            others = (words[other] for other in list(spellings(word))[1:] if other in words)
            if next(others, None) != row:
                found[word] = row
    return found


def reduced(table: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Return the vectors in their main directions, of length one before; words weigh alike, not rows."""
    table = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)
    table = table.astype("float64") - np.average(table, axis=0, weights=counts)
    values, directions = np.linalg.eigh((table * counts[:, None]).T @ table)
    directions = directions[:, np.argsort(-values)[:VECTOR_WIDTH]]
    # A direction has no sign of its own.
    directions *= np.sign(directions[np.abs(directions).argmax(axis=0), np.arange(VECTOR_WIDTH)])
    turned = table @ directions
    turned *= SIZE / np.sqrt(np.average((turned**2).mean(axis=1), weights=counts))
    short: np.ndarray = turned.astype("float32")
    return short


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel", type=Path)
    data = parser.parse_args().wheel.read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256:
        parser.error("another wheel than fr_core_news_md 3.8.0")
    with zipfile.ZipFile(io.BytesIO(data)) as wheel:
        table = np.load(io.BytesIO(wheel.read(FOLDER + "vectors")))
        by_hash = srsly.msgpack_loads(wheel.read(FOLDER + "key2row"))
        strings = json.loads(wheel.read(FOLDER + "strings.json"))
    # Words that spaCy has other uses for have small numbers of their own: "aux", "agent".
    keys = {word: hash_string(word) for word in strings} | IDS
    words = kept({word: by_hash[key] for word, key in keys.items() if key in by_hash})
    counts = np.bincount(list(words.values()), minlength=len(table)).astype("float64")
    rows: dict[int, int] = {}
    for word in sorted(words):
        rows.setdefault(int(short_hash(word)), words[word] + 1)
    table = np.vstack([np.zeros((UNKNOWN + 1, VECTOR_WIDTH), dtype="f"), reduced(table, counts)])
    with OUT.open("wb") as file:
        np.savez(file, **pack(rows, table))  # type: ignore[arg-type]  # its only other keyword is allow_pickle
    print(
        f"{len(words)} words, {len(words) - len(rows)} with the hash of another; {OUT.name}: {OUT.stat().st_size} bytes"
    )


if __name__ == "__main__":
    main()
