"""How large the pages of a Parquet file are once unpacked, read from their headers: before anything is unpacked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

# The header of a page has 20 to 100 bytes, and holds the least and greatest value in some files.
_MOST_HEADER = 1 << 16
_DICTIONARY_PAGE = 2
# Fields of PageHeader, and, inside its kinds of page, the count of values (format/parquet.thrift, numbers of fields).
_TYPE, _UNPACKED, _PACKED = 1, 2, 3
_KINDS = (5, 7, 8)
# Types of the compact protocol of Thrift.
_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = 1, 2, 3, 7, 8, 9, 10, 11, 12
_INTEGERS = (4, 5, 6)
_MOST_DEPTH = 10


@dataclass(frozen=True, slots=True)
class PageSizes:
    """The largest dictionary and page of a column in bytes, and the most bytes and values that a page has."""

    dictionary: int = 0
    page: int = 0
    a_value: int = 0
    values: int = 0


def page_sizes(file: IO[bytes], column: Any) -> PageSizes:
    """Return the sizes of the pages of a column in one row group.

    Parameters
    ----------
    file : binary file
    column : pyarrow.parquet.ColumnChunkMetaData

    Raises
    ------
    ValueError
        If the headers are not as the format has them.
    """
    start = column.data_page_offset
    if column.has_dictionary_page and column.dictionary_page_offset is not None:
        start = min(start, column.dictionary_page_offset)
    dictionary = page = a_value = most = 0
    for kind, unpacked, values in _pages(file, start, start + column.total_compressed_size):
        if kind == _DICTIONARY_PAGE:
            dictionary = max(dictionary, unpacked)
        else:
            page = max(page, unpacked)
            a_value = max(a_value, unpacked // max(1, values))
            most = max(most, values)
    return PageSizes(dictionary=dictionary, page=page, a_value=a_value, values=most)


def _pages(file: IO[bytes], at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield the kind, unpacked size and count of values of each page."""
    while at < end:
        file.seek(at)
        header = _Compact(file.read(_MOST_HEADER))
        fields = header.struct()
        values = next((fields[kind].get(1, 0) for kind in _KINDS if isinstance(fields.get(kind), dict)), 0)
        kind, unpacked, packed = (_size(fields.get(number)) for number in (_TYPE, _UNPACKED, _PACKED))
        yield kind, unpacked, _size(values)
        at += header.at + packed


def _size(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        message = "a page without a size"
        raise ValueError(message)
    return value


class _Compact:
    """Values in the compact protocol of Thrift."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def struct(self, depth: int = 0) -> dict[int, Any]:
        """Return the fields of a struct by their numbers."""
        if depth > _MOST_DEPTH:
            message = "too deep"
            raise ValueError(message)
        fields: dict[int, Any] = {}
        number = 0
        while mark := self._byte():
            number = number + (mark >> 4) if mark >> 4 else self._integer()
            fields[number] = self._value(mark & 15, depth)
        return fields

    def _value(self, kind: int, depth: int) -> Any:
        if kind in {_TRUE, _FALSE}:
            return kind == _TRUE
        if kind == _BYTE:
            return self._byte()
        if kind in _INTEGERS:
            return self._integer()
        if kind == _STRUCT:
            return self.struct(depth + 1)
        if kind in {_DOUBLE, _BINARY}:
            self._skip(8 if kind == _DOUBLE else self._varint())
            return None
        message = f"type {kind} in the header of a page"
        raise ValueError(message)

    def _skip(self, count: int) -> None:
        self.at += count
        if self.at > len(self._data):
            message = "the header of a page is cut short"
            raise ValueError(message)

    def _byte(self) -> int:
        self._skip(1)
        return self._data[self.at - 1]

    def _varint(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:  # noqa: PLR2004  # the highest bit says that more follows
                return value
            shift += 7

    def _integer(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)
