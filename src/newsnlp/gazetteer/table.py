"""The file of places: written by ``training/gazetteer/build.py``, checked before it is believed, read block by block.

After the header (`HEADER`, then the digest of all but itself) come four parts:

- *areas*: zlib of JSON: ``areas``, a list of `Area` each; ``sovereign``, states by their territories; ``french``,
  countries where French is spoken; ``first_places``, ``first_names``, the first key of each block; ``bases``, the
  number of places before the first key of each block of names;
- *offsets*: where each block begins in the next two parts, little-endian 32-bit numbers;
- *places*, blocks of `PLACES` places in the order of their keys (`place_key` of the name): zlib of the length of the
  text (16 bits), a line each (the name, a tab and the French one where it is another), and the columns of `COLUMNS`,
  byte by byte: all lowest bytes, then the next;
- *names*, blocks of `NAMES` other keys, in order: zlib of the length of the text (16 bits), the keys, a line each, a
  byte for each key with the length of its postings, the postings.

A posting is a number in groups of seven bits, lowest first: twice the distance (zigzag) from the place where the key
would stand if places were spread evenly over the block, plus one where the name is an alternate one.
A lookup unpacks two blocks and those of the places found; nothing else is built.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from newsnlp.gazetteer.names import place_key
from newsnlp.gazetteer.places import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"newsnlp-places\x00\x01"
# Lengths of areas, offsets, places, names; number of places, of other keys.
HEADER = struct.Struct("<16s6I")
DIGEST = 32
NAMES = 256
PLACES = 256
# A file of more is none of ours: the shipped one has 2 MB (2026-11).
MOST_BYTES = 2**24
# What a block, and what is told of areas, unpacks to at most.
_BLOCK_BYTES = 2**16
_AREAS_BYTES = 2**22
# Bytes a place of each column: id (one without repeats it) and area, as what each adds to the row before; latitude and
# longitude in 1/1000 degree from the corner of the area; people; kind; a byte of the key. Negative ones have 2 ** bits
# added.
COLUMNS = (3, 2, 3, 3, 1, 1, 1)
# The first of them, whose values are summed.
SUMMED = 2
KINDS = ("continent", "country", "region", "department", "city", "city")
# The last of them: a commune without an id, whose coordinates are its neighbours'.
APPROXIMATE = 5
# People are told by a power of this, to 5 %; 0 where none are known. Of a division: its largest town's.
PEOPLE = 1.09
# Which place a bare name means, as if so many times its people lived there. Divisions count by their largest town:
# `Québec` is the province (Montréal is its largest), `Luxembourg` the country, `Mayenne` the department.
_OF_KIND = (1e9, 1e9, 0.5, 0.5, 1.0, 1.0)
_OF_FRANCE = 10.0
_FRENCH_SPEAKING = 3.0
# An alternate name of any language.
_ALIAS = 0.05


class Area(NamedTuple):
    """A country (level 0), or a first or second division of it; `place` is its own place, `parent` an area.

    Coordinates are told from `latitude` and `longitude`, tenths of a degree near it.
    """

    level: int
    country: str
    code: str
    parent: int
    place: int
    latitude: int
    longitude: int


class Table:
    """The places of one file.

    Parameters
    ----------
    data : bytes
        The whole file.

    Raises
    ------
    ValueError
        If it is not one that the build wrote, byte for byte.
    """

    def __init__(self, data: bytes) -> None:
        begin = HEADER.size + DIGEST
        if not begin <= len(data) <= MOST_BYTES or not data.startswith(MAGIC):
            _refuse("it does not begin as a table of places of this version does")
        _, areas, offsets, places, names, self.places, self.names = HEADER.unpack_from(data)
        if areas + offsets + places + names != len(data) - begin:
            _refuse("it is cut, or longer than it says")
        if digest_of(data[: HEADER.size], memoryview(data)[begin:]) != data[HEADER.size : begin]:
            _refuse("its digest is another")
        blocks = -(-self.places // PLACES), -(-self.names // NAMES)
        if offsets != 4 * (sum(blocks) + 2):
            _refuse("its blocks are not as many as it says")
        known = json.loads(_unpacked(data[begin : begin + areas], _AREAS_BYTES))
        self.areas = [Area(*area) for area in known["areas"]]
        self._sovereign: dict[str, str] = known["sovereign"]
        self._french = frozenset(known["french"])
        self._first_places: list[str] = known["first_places"]
        self._first_names: list[str] = known["first_names"]
        self._bases: list[int] = known["bases"]
        starts = struct.unpack_from(f"<{offsets // 4}I", data, begin + areas)
        begin += areas + offsets
        self._data = data
        self._place_starts = [begin + start for start in starts[: blocks[0] + 1]]
        self._name_starts = [begin + places + start for start in starts[blocks[0] + 1 :]]
        self._place_block = lru_cache(maxsize=64)(self._read_places)
        self._name_block = lru_cache(maxsize=64)(self._read_names)
        self._area_name = lru_cache(maxsize=None)(self._read_area_name)

    def find(self, key: str) -> tuple[Place, ...]:
        """Return the places of a key, best first."""
        found = dict.fromkeys(self._own(key), False)
        for place, alias in self._others(key):
            found[place] = found.get(place, True) and alias
        places = [self._place(place, alias=alias) for place, alias in found.items()]
        return tuple(place for _, place in sorted(places, key=lambda weighed: -weighed[0]))

    def _own(self, key: str) -> Iterator[int]:
        """Yield the numbers of the places whose own name has the key; they may begin in the block before."""
        last = bisect_right(self._first_places, key) - 1
        number, tag = last, tag_of(key)
        while number > 0 and self._first_places[number] == key:
            number -= 1
        for block in range(max(number, 0), last + 1):
            lines, columns = self._place_block(block)
            # The tags are the last column.
            tags = columns[-len(lines) :]
            row = tags.find(tag)
            while row >= 0:
                if place_key(lines[row].partition("\t")[0]) == key:
                    yield block * PLACES + row
                row = tags.find(tag, row + 1)

    def _others(self, key: str) -> Iterator[tuple[int, bool]]:
        """Yield the numbers of the places that have another name of the key, and whether it is an alternate one."""
        number = bisect_right(self._first_names, key) - 1
        if number < 0:
            return
        keys, lengths, postings = self._name_block(number)
        if key not in keys:
            return
        row = keys.index(key)
        start = sum(lengths[:row])
        base, end = self._bases[number : number + 2]
        expected = base + row * (end - base) // len(keys)
        value = shift = 0
        for byte in postings[start : start + lengths[row]]:
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:  # noqa: PLR2004  # the last group of seven bits
                distance = value >> 1
                yield expected + ((distance >> 1) ^ -(distance & 1)), bool(value & 1)
                value = shift = 0

    def _place(self, index: int, *, alias: bool) -> tuple[float, Place]:
        """Return a place and its weight among the bearers of a name."""
        block, row = divmod(index, PLACES)
        lines, columns = self._place_block(block)
        name, _, french = lines[row].partition("\t")
        values, at, step = [], 0, len(lines)
        for number, width in enumerate(COLUMNS):
            first = 0 if number < SUMMED else row
            parts = [
                sum(columns[at + step * byte + first : at + step * byte + row + 1]) << 8 * byte for byte in range(width)
            ]
            values.append(sum(parts) & (1 << 8 * width) - 1)
            at += step * width
        geonameid, area, latitude, longitude, people, kind, _ = values
        north, east = _signed(latitude), _signed(longitude)
        north, east = north + 100 * self.areas[area].latitude, east + 100 * self.areas[area].longitude
        divisions: dict[int, tuple[str, str]] = {}
        country = None
        while area:
            level, country, code, parent, *_ = self.areas[area]
            if level:
                divisions[level] = code, self._area_name(area)
            area = parent
        state = self._sovereign.get(country, country) if country else None
        people = round(PEOPLE**people) if people else 0
        weight = max(1, people) * (_ALIAS if alias else _OF_KIND[kind])
        if state == "FR":
            weight *= _OF_FRANCE
        elif country in self._french:
            weight *= _FRENCH_SPEAKING
        admin1, admin1_name = divisions.get(1, (None, None))
        admin2, admin2_name = divisions.get(2, (None, None))
        return weight, Place(
            geonameid=None if kind == APPROXIMATE else geonameid,
            name=name,
            french_name=french or None,
            latitude=north / 1000,
            longitude=east / 1000,
            kind=KINDS[kind],
            country=state,
            territory=country if state != country else None,
            admin1=admin1,
            admin1_name=admin1_name,
            admin2=admin2,
            admin2_name=admin2_name,
            population=None
            if KINDS[kind] == "department" or (KINDS[kind] == "region" and divisions)
            else people or None,
            approximate=kind == APPROXIMATE,
            alias=alias,
        )

    def _read_area_name(self, area: int) -> str:
        block, row = divmod(self.areas[area].place, PLACES)
        name, _, french = self._place_block(block)[0][row].partition("\t")
        return french or name

    def _read_places(self, number: int) -> tuple[list[str], bytes]:
        block = self._block(self._place_starts, number)
        end = 2 + int.from_bytes(block[:2], "little")
        return block[2:end].decode("utf-8").split("\n"), block[end:]

    def _read_names(self, number: int) -> tuple[list[str], bytes, bytes]:
        block = self._block(self._name_starts, number)
        end = 2 + int.from_bytes(block[:2], "little")
        keys = block[2:end].decode("utf-8").split("\n")
        return keys, block[end : end + len(keys)], block[end + len(keys) :]

    def _block(self, starts: list[int], number: int) -> bytes:
        return _unpacked(self._data[starts[number] : starts[number + 1]], _BLOCK_BYTES)


def digest_of(header: bytes, rest: memoryview | bytes) -> bytes:
    """Return the digest that stands between a header and the rest of the file."""
    digest = hashlib.blake2b(header, digest_size=DIGEST)
    digest.update(rest)
    return digest.digest()


def tag_of(key: str) -> int:
    """Return the byte by which a block is searched for a key."""
    return zlib.crc32(key.encode("utf-8", "replace")) & 255


def _signed(value: int) -> int:
    """Return a number of three bytes with its sign."""
    return value - (value >> 23 << 24)


def _unpacked(packed: bytes, most: int) -> bytes:
    unpacking = zlib.decompressobj()
    data = unpacking.decompress(packed, most)
    if not unpacking.eof:
        _refuse("a block of it is cut or too large")
    return data


def _refuse(problem: str) -> NoReturn:
    raise ValueError(problem)
