"""The table of places as bytes: what `newsnlp.gazetteer.table` reads, which tells the form."""

from __future__ import annotations

import json
import math
import struct
import zlib
from bisect import bisect_left
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.gazetteer.names import place_key
from newsnlp.gazetteer.table import COLUMNS, HEADER, MAGIC, NAMES, PEOPLE, PLACES, Area, digest_of, tag_of

if TYPE_CHECKING:
    from collections.abc import Iterable


# More than any id: those without one stand last, and repeat the one before.
MOST = 2**24


class Row(NamedTuple):
    """A place as it is packed: `area` is the number of its area, `kind` one of `KINDS`."""

    geonameid: int
    latitude: float
    longitude: float
    area: int
    people: int
    kind: int
    name: str
    french: str


def pack(
    rows: list[Row],
    areas: list[Area],
    names: dict[str, dict[int, bool]],
    *,
    sovereign: dict[str, str],
    french: Iterable[str],
) -> bytes:
    """Return the file of places; `names` maps other keys to rows, and to whether it is an alternate name there."""
    home = [place_key(row.name) for row in rows]
    order = sorted(range(len(rows)), key=lambda row: (home[row], row))
    first_places = [home[row] for row in order[::PLACES]]
    order = [
        row
        for start in range(0, len(order), PLACES)
        for row in sorted(
            order[start : start + PLACES], key=lambda row: (rows[row].area, rows[row].geonameid or MOST, row)
        )
    ]
    place_of = {row: place for place, row in enumerate(order)}
    homes = sorted(home)
    place_blocks = []
    for start in range(0, len(order), PLACES):
        block = [rows[row] for row in order[start : start + PLACES]]
        lines = "\n".join(f"{row.name}\t{row.french}" if row.french else row.name for row in block)
        place_blocks.append(_block(lines, _columns(block, areas)))
    keys = sorted(names)
    first_names = keys[::NAMES]
    bases = [bisect_left(homes, key) for key in first_names] + [len(homes)]
    name_blocks = []
    for number, start in enumerate(range(0, len(keys), NAMES)):
        block_keys = keys[start : start + NAMES]
        base, end = bases[number : number + 2]
        postings = [
            _postings(
                sorted((place_of[row], alias) for row, alias in names[key].items()),
                base + place * (end - base) // len(block_keys),
            )
            for place, key in enumerate(block_keys)
        ]
        name_blocks.append(_block("\n".join(block_keys), bytes(map(len, postings)), *postings))
    told = {
        "areas": [area._replace(place=place_of[area.place]) for area in areas],
        "sovereign": sovereign,
        "french": sorted(french),
        "first_places": first_places,
        "first_names": first_names,
        "bases": bases,
    }
    offsets = _offsets(place_blocks) + _offsets(name_blocks)
    parts = [
        zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), 9),
        struct.pack(f"<{len(offsets)}I", *offsets),
        b"".join(place_blocks),
        b"".join(name_blocks),
    ]
    print("areas, offsets, places, names:", *map(len, parts))
    header = HEADER.pack(MAGIC, *map(len, parts), len(order), len(keys))
    rest = b"".join(parts)
    return header + digest_of(header, rest) + rest


def _postings(found: list[tuple[int, bool]], expected: int) -> bytes:
    packed = bytearray()
    for place, alias in found:
        distance = place - expected
        value = (distance << 1 if distance >= 0 else (-distance << 1) - 1) << 1 | alias
        while value > 127:
            packed.append(value & 127 | 128)
            value >>= 7
        packed.append(value)
    assert len(packed) < 256, "a length of postings has one byte"
    return bytes(packed)


def _columns(block: list[Row], areas: list[Area]) -> bytes:
    ids = list(accumulate((row.geonameid for row in block), lambda before, own: own or before, initial=0))
    values = [
        (
            geonameid - id_before,
            row.area - before.area,
            round(row.latitude * 1000) - 100 * areas[row.area].latitude,
            round(row.longitude * 1000) - 100 * areas[row.area].longitude,
            _people(row.people),
            row.kind,
            tag_of(place_key(row.name)),
        )
        for (before, row), (id_before, geonameid) in zip(
            pairwise([Row(0, 0, 0, 0, 0, 0, "", ""), *block]), pairwise(ids), strict=True
        )
    ]
    packed = bytearray()
    for column, width in zip(zip(*values, strict=True), COLUMNS, strict=True):
        assert all(abs(value) >> 8 * width == 0 for value in column)
        for byte in range(width):
            packed += bytes(value >> 8 * byte & 255 for value in column)
    return bytes(packed)


def _people(people: int) -> int:
    return round(math.log(people, PEOPLE)) or 1 if people else 0


def _block(text: str, *rest: bytes) -> bytes:
    plain = text.encode()
    return zlib.compress(struct.pack("<H", len(plain)) + plain + b"".join(rest), 9)


def _offsets(blocks: list[bytes]) -> list[int]:
    offsets = [0]
    for block in blocks:
        offsets.append(offsets[-1] + len(block))
    return offsets
