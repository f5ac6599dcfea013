"""Mutated files of every format: nothing but our own errors, no hang, and no article is lost in silence.

``python tests/hostile/fuzz_files.py COUNT SEED [FORMAT …]`` reads COUNT files and prints what came of each format; with
``--keep FOLDER`` the first files of each kind of mistake are kept there. The tests run it small and large.
"""

from __future__ import annotations

import argparse
import bz2
import contextlib
import gzip
import io
import json
import lzma
import random
import resource
import sys
import tempfile
import time
import warnings
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.hostile.fuzz_seeds import KEYS, MAKERS, WORDS, N, seed
from tests.hostile.fuzz_sources import no_hang, no_output

from newsnlp.corpus import Failure, read_source
from newsnlp.errors import NewsnlpError, SourceError
from newsnlp.ingest.failures import FailureKind
from newsnlp.ingest.registry import SUFFIXES
from newsnlp.records import Article

if TYPE_CHECKING:
    from newsnlp.ingest.sources import Source

PIECES = [
    b"<article>", b"</article>", b"<item>", b"</item>", b"<entry>", b"<text>", b"</text>", b"<p>", b"<br>", b"</div>", b"<div>" * 30,
    b"<table>", b"</table>", b"<tr><td>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?", b"?>", b"<!DOCTYPE x [", b"<", b">", b"<x ", b"&",
    b"&nbsp;", b"&#0;", b"&#xD800;", b"&#99999999999;", b"&eacute;", b'"', b'""', b"'", b"\\", b"\\u12", b"\\'", b"{", b"}", b"[", b"]",
    b"{" * 60, b"[" * 60, b",", b";", b":", b"|", b"\t", b"\n", b"\r", b"\r\n", b"\n\n", b"\x00", b"\x0c", b"\x1b", b"\x1a", b"\xff", b"\xfe",
    b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"9" * 400, b"1e999", b"-1", b"NaN", b"null", b"**** ", b"---\n", b"Document ", b"HD ",
    b"2 of 5 DOCUMENTS\n", b"End of Document\n", b"\\par ", b"\\cell ", b"{\\field", b"WARC/1.0\r\n", b"Content-Length: 99999999\r\n",
]  # fmt: skip
PACKINGS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}
ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1", "utf-8-sig", "mac-roman", "cp850")
# A file may take so many times the time of the one that it was made of, and a second.
MOST_TIMES = 20
# What one file may add to the memory of the process, in kB.
MOST_MEMORY = 300_000


def zipped(data: bytes, name: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return held.getvalue()


def changed(rng: random.Random, data: bytes, times: int = 1) -> bytes:
    """Return bytes with so many small changes: flipped, left out, doubled, swapped, put in."""
    found = bytearray(data)
    for _ in range(times):
        at, size = rng.randint(0, len(found)), rng.choice([1, 2, 8, 20, 60])
        match rng.randrange(7):
            case 0 if at < len(found):
                found[at] ^= 1 << rng.randrange(8)
            case 1:
                del found[at : at + size]
            case 2:
                found[at:at] = found[at : at + 3 * size]
            case 3:
                found[at : at + 2 * size] = found[at + size : at + 2 * size] + found[at : at + size]
            case 4:
                found[at : at + 1] = bytes([rng.randrange(256)])
            case _:
                found[at:at] = rng.choice(PIECES)
    return bytes(found)


@dataclass
class Made:
    """A mutated file: what was done to it, and which article alone was touched, if one was."""

    how: str
    data: bytes
    suffix: str
    touched: int | None = None
    whole: bool = False  # every article is still there


def local(rng: random.Random, name: str) -> Made:
    """Return a file of which one article was touched."""
    one = seed(name)
    at = rng.randrange(N)
    part = one.parts[at]
    if rng.random() < 0.1:
        # Cut within; the last bytes stay, or many formats could not tell it from one article less.
        begin = rng.randint(0, len(part))
        part, how = part[:begin] + part[begin + rng.randint(1, 150) :], "hole"
    else:
        times = rng.choice([1, 1, 1, 2, 4])
        part, how = changed(rng, part, times), "changes"
    return Made(f"{how} in article {at}", one.file((*one.parts[:at], part, *one.parts[at + 1 :])), one.suffix, at)


def mutated(rng: random.Random, name: str) -> Made:
    """Return a file of a format, with something wrong with it."""
    one = seed(name)
    draw = rng.random()
    if one.has_parts and draw < 0.55:
        return local(rng, name)
    inner = one.head + b"".join(one.parts) + one.tail
    pack = one.pack or bytes
    if draw < 0.75:
        if rng.random() < 0.4:
            return Made("changes in what it is packed in", changed(rng, one.file(), rng.choice([1, 3, 10])), one.suffix)
        return Made("changes anywhere", pack(changed(rng, inner, rng.choice([1, 3, 10]))), one.suffix)
    if draw < 0.80:
        return Made("cut off", one.file()[: rng.randint(1, len(one.file()))], one.suffix)
    if draw < 0.85:
        other = seed(rng.choice(list(MAKERS))).file()
        data, at = one.file(), rng.randint(0, len(one.file()))
        return Made("spliced", data[:at] + other[rng.randint(0, len(other)) :], one.suffix)
    if draw < 0.89:
        return Made("wrong suffix", one.file(), rng.choice([*SUFFIXES, "", ".dat"]))
    if draw < 0.94 and not one.pack:
        encoding = rng.choice(ENCODINGS)
        with contextlib.suppress(UnicodeError):
            return Made(f"in {encoding}", inner.decode().encode(encoding, "replace"), one.suffix, whole=one.has_parts)
    made = local(rng, name) if one.has_parts else Made("changes anywhere", pack(changed(rng, inner)), one.suffix)
    packing = rng.choice([*PACKINGS, ".zip"])
    data = zipped(made.data, "a" + made.suffix) if packing == ".zip" else PACKINGS[packing](made.data)
    if rng.random() < 0.5:
        return Made(f"changes in {packing}", changed(rng, data, rng.choice([1, 3])), made.suffix + packing)
    return Made(f"{made.how}, in {packing}", data, made.suffix + packing, made.touched)


@dataclass
class Told:
    """What came of the files of a format."""

    files: int = 0
    articles: int = 0
    failures: int = 0
    refused: int = 0
    local: int = 0
    slowest: float = 0.0
    wrong: Counter[str] = field(default_factory=Counter)

    def line(self) -> str:
        wrong = ", ".join(f"{what}: {count}" for what, count in self.wrong.most_common()) or "-"
        return (
            f"{self.files:7} files {self.articles:8} articles {self.failures:7} failures {self.refused:6} refused {self.local:7} local "
            f"slowest x{self.slowest:5.1f}  {wrong}"
        )


# What is silently lost, by how bad it is: the text is nowhere; its own text is under no title of its own; it is there, but
# within another article; there is one article less, in which only what was touched may be missing.
LOST, RETITLED, MERGED, FEWER = "lost", "without its title", "within another", "one less"
# Nothing is silent there, but where what was touched took its neighbour along, both are one failure.
BOTH = "one failure for two"


def silent_loss(made: Made, items: list[Article | Failure], counted: int) -> str | None:
    """Return what was lost of a file of which at most one article was touched, and nothing tells."""
    articles = [item for item in items if isinstance(item, Article)]
    failures = [item for item in items if isinstance(item, Failure)]
    # What broke off counts for all that would have followed; a warning tells of the text that was not read as it stands.
    if any(failure.kind == FailureKind.INPUT_BROKEN for failure in failures) or any(item.warnings for item in articles):
        return None
    if made.whole and not articles:
        return None  # told as a file that is no text
    there = {at for at in range(N) if any(KEYS[at] in (item.title or "") for item in articles)}
    missing = [at for at in range(N) if at != made.touched and at not in there]
    explained = len(failures) + counted
    if len(missing) <= explained:
        return (BOTH if failures else FEWER) if len(articles) + explained < N else None
    texts = [item.text for item in articles]
    if not all(any(WORDS[at] in text for text in texts) for at in missing):
        return LOST
    alone = all(any(WORDS[at] in text and sum(word in text for word in WORDS) == 1 for text in texts) for at in missing)
    return RETITLED if alone else MERGED


def check(path: Path, made: Made, told: Told, usual: tuple[float, int]) -> list[str]:
    """Read a file; return what is wrong with how it was read."""
    time_of_seed, counted = usual
    items: list[Article | Failure] = []
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    found, source = read_into(items, path)
    took = time.process_time() - begun
    told.slowest = max(told.slowest, took / max(time_of_seed, 1e-3))
    if took > MOST_TIMES * time_of_seed + 1:
        found.append("slow")
    if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory > MOST_MEMORY:
        found.append("memory")
    told.refused += source is None
    told.articles += sum(isinstance(item, Article) for item in items)
    told.failures += sum(isinstance(item, Failure) for item in items)
    if source is None:
        return found
    if not items and made.data:
        found.append("nothing at all")
    for item in items:
        json.dumps(item.to_dict()).encode()
        (item.id if isinstance(item, Article) else item.article_id).encode()
    if made.touched is not None or made.whole:
        told.local += 1
        notes = sum(source.notes.passed_over.values()) + source.notes.blank_rows - counted
        if lost := silent_loss(made, items, notes):
            found.append((lost if lost == BOTH else f"silent, {lost}") + (" (encoding)" if made.whole else ""))
    return found


def read_into(items: list[Article | Failure], path: Path) -> tuple[list[str], Source | None]:
    """Read a file; return what it raised that it should not have, and the source where it raised nothing."""
    try:
        source = read_source(path)
        items.extend(source.articles())
    except SourceError as error:
        wrong = [f"refused after {len(items)} items"] if items else []
        return wrong + (["an error of several lines"] if "\n" in str(error) or not str(error) else []), None
    except NewsnlpError as error:
        return [f"raised {type(error).__name__}"], None
    except Exception as error:  # noqa: BLE001  # what is looked for
        return [f"crash {type(error).__name__}: {str(error)[:60]}"], None
    return [], source


def usual_time(name: str, folder: Path) -> tuple[float, int]:
    """Return how long it takes to read the file of a format as it is, and what it counts."""
    path = folder / f"a{seed(name).suffix}"
    path.write_bytes(seed(name).file())
    times = []
    counted = 0
    for _ in range(3):
        begun = time.process_time()
        with contextlib.suppress(SourceError):
            source = read_source(path)
            list(source.articles())
            counted = sum(source.notes.passed_over.values())
        times.append(time.process_time() - begun)
    path.unlink()
    return min(times), counted


def fuzz_files(count: int, first: int, names: tuple[str, ...] = (), keep: Path | None = None) -> dict[str, Told]:
    """Return what came of so many files, the same number of each format."""
    names = names or tuple(MAKERS)
    told = {name: Told() for name in names}
    kept: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="newsnlp-fuzz-") as held, warnings.catch_warnings(), no_output():
        warnings.simplefilter("ignore")
        folder = Path(held)
        # All of them, for what is spliced may need the libraries of another.
        usual = {name: usual_time(name, folder) for name in (*MAKERS, *names)}
        for number in range(count):
            name = names[number % len(names)]
            rng = random.Random(f"{first}, {number}, {name}")
            made = mutated(rng, name)
            path = folder / f"a{made.suffix}"
            path.write_bytes(made.data)
            told[name].files += 1
            with no_hang():
                try:
                    found = check(path, made, told[name], usual[name])
                except SystemExit:
                    found = ["hang"]
            for what in found:
                told[name].wrong[what] += 1
                kept[name + what] += 1
                if keep is not None and kept[name + what] <= 8:
                    title = f"{name}--{what[:40]}--{first}-{number}--{made.how}".replace("/", "_").replace(" ", "_")
                    (keep / f"{title}{made.suffix}").write_bytes(made.data)
            path.unlink()
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("formats", nargs="*", choices=[[], *MAKERS])
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    for name, told in fuzz_files(options.count, options.seed, tuple(options.formats), options.keep).items():
        sys.stdout.write(f"{name:22}{told.line()}\n")


if __name__ == "__main__":
    main()
