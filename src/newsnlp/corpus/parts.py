"""The bytes of a part: what a worker makes of a shard, checked where it is made and again where it is read.

A part is a line of JSON that sums it up, then compressed lines of JSON, each some rows of one table. Rows are checked
in the worker, so that one that no table can hold is its article's failure and not the end of a run; and when they are
read, because a file on a disk may be cut short, changed, or another run's.
"""

from __future__ import annotations

import functools
import json
import sys
import zlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from newsnlp.errors import ResumeError
from newsnlp.ingest.failures import Failure
from newsnlp.tables.cells import LARGEST_INTEGER, iso
from newsnlp.tables.schema import INSTANT, INTEGER, NUMBER, SCHEMAS, TEXT, TEXT_COLUMN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from newsnlp.corpus.work import Shard

Row = dict[str, Any]
Rows = dict[str, list[Row]]

# Rows of a line: few enough that a line is some 100 kB, at worst (sentences of 1 500 characters) 10 MB.
LINE_ROWS = 500
# What is unpacked at once, and the longest line: so a part that unpacks to gigabytes does not take gigabytes.
PIECE_BYTES = 1 << 20
BATCH_BYTES = 16 << 20
LINE_BYTES = 256 << 20
# Characters that the title, address … of one article may have together. No longer record is read from a file.
ARTICLE_CHARS = 10_000_000

_COLUMNS = {name: tuple(schema) for name, schema in SCHEMAS.items()}
_PLAIN: dict[str, frozenset[type]] = {
    TEXT: frozenset({str, type(None)}),
    INTEGER: frozenset({int, type(None)}),
    NUMBER: frozenset({int, float, type(None)}),
    INSTANT: frozenset({str, type(None)}),
}
# Table -> (place of a column of numbers, the largest of them).
_BOUNDS = {
    name: tuple(
        (place, LARGEST_INTEGER if dtype == INTEGER else sys.float_info.max)
        for place, dtype in enumerate(schema.values())
        if dtype in {INTEGER, NUMBER}
    )
    for name, schema in SCHEMAS.items()
}
_INSTANTS = {
    name: tuple(place for place, dtype in enumerate(schema.values()) if dtype == INSTANT)
    for name, schema in SCHEMAS.items()
}


def packable(rows: Mapping[str, list[Row]]) -> dict[str, list[list[Any]]]:
    """Return the rows of one article as `pack` takes them: plain values in the order of the columns.

    Raises
    ------
    ValueError
        If a table could not hold one of them; the message says which.
    """
    found = {}
    for name, listed in rows.items():
        values = [[row[column] for column in _columns_of(name, len(row))] for row in listed]
        for row in values:
            for place in _INSTANTS[name]:
                if isinstance(row[place], datetime):
                    row[place] = iso(row[place])  # in UTC, as every table has it: beyond the year 9999 it fails here
        _check(name, values)
        found[name] = values
    for row in found["articles"]:
        # But for the text, which has limits of its own.
        characters = sum(len(value) for value in row[: len(_COLUMNS["articles"])] if isinstance(value, str))
        if characters > ARTICLE_CHARS:
            message = f"title, address and the like have {characters} characters; accepted: {ARTICLE_CHARS}"
            raise ValueError(message)
    return found


def _columns_of(name: str, width: int) -> tuple[str, ...]:
    """Return the columns of a row of a table: those of articles may have the text, last."""
    has_text = name == "articles" and width == len(_COLUMNS[name]) + 1
    return (*_COLUMNS[name], TEXT_COLUMN) if has_text else _COLUMNS[name]


def pack(rows: Mapping[str, list[list[Any]]], failures: Iterable[Failure]) -> bytes:
    """Return rows that `packable` gave, and failures, as the bytes of a part."""
    told = {
        "rows": {name: len(found) for name, found in rows.items()},
        "failures": [item.to_dict() for item in failures],
    }
    # Level 1: a fifth of the time of the default for a tenth more bytes, and parts do not live long.
    packer = zlib.compressobj(level=1)
    pieces = [json.dumps(told).encode(), b"\n"]
    for name, found in rows.items():
        for start in range(0, len(found), LINE_ROWS):
            line = json.dumps([name, found[start : start + LINE_ROWS]]) + "\n"
            pieces.append(packer.compress(line.encode()))
    return b"".join([*pieces, packer.flush()])


def summary(part: bytes) -> tuple[dict[str, int], list[Failure]]:
    """Return how many rows each table of a part has, and its failures, without unpacking the rows.

    Raises
    ------
    ResumeError
        If this is no part.
    """
    head, _, _ = part.partition(b"\n")
    try:
        told = json.loads(head)
        rows = {name: told["rows"][name] for name in SCHEMAS}
        failures = [Failure.from_dict(item) for item in told["failures"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        message = f"no part of a run: {type(error).__name__}"
        raise ResumeError(message) from error
    if not all(type(count) is int and count >= 0 for count in rows.values()):
        message = "no part of a run: its summary is of the wrong types"
        raise ResumeError(message)
    return rows, failures


def check_part(part: bytes, shard: Shard) -> tuple[dict[str, int], list[Failure]]:
    """Return what `summary` does, of a part that accounts for every item of its shard.

    Raises
    ------
    ResumeError
        If it does not: articles and failures must be the items, each once.
    """
    rows, failures = summary(part)
    positions = {failure.position for failure in failures}
    if (
        rows["articles"] + len(failures) != len(shard.items)
        or len(positions) != len(failures)
        or any(not shard.start <= position < shard.start + len(shard.items) for position in positions)
    ):
        message = (
            f"a part tells of {rows['articles']} articles and {len(failures)} failures, of {len(shard.items)} items"
        )
        raise ResumeError(message)
    return rows, failures


def unpack(part: bytes) -> Iterator[Rows]:
    """Yield the rows of a part, a few megabytes at once, in order.

    Raises
    ------
    ResumeError
        If they are not what `pack` writes, or not as many as the part says.
    """
    wanted, _ = summary(part)
    batch: Rows = {name: [] for name in SCHEMAS}
    size = 0
    for line in _lines(part[part.index(b"\n") + 1 :]):
        name, rows = _read(line)
        wanted[name] -= len(rows)
        batch[name].extend(rows)
        size += len(line)
        if size >= BATCH_BYTES:
            yield batch
            batch, size = {name: [] for name in SCHEMAS}, 0
    if any(wanted.values()):
        message = "its rows are not as many as it says"
        raise ResumeError(message)
    yield batch


def _lines(packed: bytes) -> Iterator[bytes]:
    """Yield the lines of compressed bytes, unpacked piece by piece."""
    unpacker = zlib.decompressobj()
    waiting: list[bytes] = []  # the pieces of a line that has not ended yet
    size = 0
    try:
        while not unpacker.eof:
            piece = unpacker.decompress(packed, PIECE_BYTES)
            packed = unpacker.unconsumed_tail
            if not piece and not packed:
                break
            first, *others = piece.split(b"\n")
            waiting.append(first)
            size += len(first)
            if size > LINE_BYTES:
                message = f"a line of more than {LINE_BYTES} bytes"
                raise ResumeError(message)
            for following in others:
                yield b"".join(waiting)
                waiting, size = [following], len(following)
    except zlib.error as error:
        message = f"it cannot be unpacked: {error}"
        raise ResumeError(message) from error
    if size or not unpacker.eof or unpacker.unused_data:
        message = "it is cut short, or longer than it says"
        raise ResumeError(message)


def _read(line: bytes) -> tuple[str, list[Row]]:
    try:
        name, rows = json.loads(line)
        columns = _columns_of(name, len(rows[0]) if rows else 0)
        _check(name, rows)
        for row in rows:
            for place in _INSTANTS[name]:
                if row[place] is not None:
                    row[place] = datetime.fromisoformat(iso(datetime.fromisoformat(row[place])))
        return name, [dict(zip(columns, row, strict=True)) for row in rows]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        message = f"its rows are not those of a table: {error}"
        raise ResumeError(message[:300]) from error


def _check(name: str, rows: list[list[Any]]) -> None:
    bounds = _BOUNDS[name]
    for row in rows:
        if not _are_plain(name, tuple(map(type, row))):
            raise ValueError(_wrong_type(name, row))
        for place, most in bounds:
            # NaN is not within any bounds.
            if (value := row[place]) is not None and not -most <= value <= most:
                message = f"{name}.{_COLUMNS[name][place]} holds a number that no table can hold"
                raise ValueError(message)


@functools.lru_cache(maxsize=4096)
def _are_plain(name: str, types: tuple[type, ...]) -> bool:
    """Return whether values of these types are a row; rows are many, the sequences of their types few."""
    dtypes = [SCHEMAS[name].get(column, TEXT) for column in _columns_of(name, len(types))]
    return len(types) == len(dtypes) and all(
        received in _PLAIN[dtype] for received, dtype in zip(types, dtypes, strict=True)
    )


def _wrong_type(name: str, row: list[Any]) -> str:
    for value, (column, dtype) in zip(row, SCHEMAS[name].items(), strict=False):
        if type(value) not in _PLAIN[dtype]:
            return f"{name}.{column} holds {type(value).__name__}"
    return f"a row of {name} has {len(row)} columns"
