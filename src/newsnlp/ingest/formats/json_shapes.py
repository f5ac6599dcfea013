"""The records in a value of JSON, however the tool that wrote it wraps them: answers of interfaces, exports, frames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from newsnlp.ingest.cells import blocks_text, plain_value
from newsnlp.ingest.column_names import candidates, fold, is_part, is_summary
from newsnlp.ingest.formats.ninjs import is_ninjs

# How sure it is that a mapping is an article: it has a text, or a summary, or a title and where or when it appeared.
TEXT, SUMMARY, TITLE, NONE = 3, 2, 1, 0
# Mappings within mappings that are looked into: {"hits": {"hits": [{"_source": {…}}]}}.
_MOST_DEPTH = 4
# Of many records, so many are looked at to tell what they are.
_LOOK = 20
# Keys of frames that hold the names of their columns.
_HEADERS = frozenset({"columns", "fields", "headers", "header"})


class Shapes:
    """Finds the records; `chosen` are the columns that the user named."""

    def __init__(self, chosen: Mapping[str, str]) -> None:
        self._chosen = chosen

    def rank(self, record: object) -> int:
        """Tell how sure it is that something is an article."""
        if not isinstance(record, Mapping):
            return NONE
        if is_ninjs(record):
            return TEXT
        found = candidates((name for name in record if isinstance(name, str)), self._chosen)
        texts = [column for column in found.get("text", ()) if self._is_text(record[column])]
        if any(not is_summary(column) for column in texts):
            return TEXT
        if texts:
            return SUMMARY
        told = [name for name in ("title", "url", "published_at") if self._held(record, found.get(name, ()))]
        return TITLE if "title" in told and len(told) > 1 else NONE

    def is_record(self, value: object) -> bool:
        """Tell whether an element of a list that something else wraps is an article."""
        return self.rank(self.inner(value)) > NONE

    def is_header(self, value: list[Any]) -> bool:
        """Tell whether a list holds the names of the columns of those that follow."""
        return _are_names(value) and self._has_text(dict.fromkeys(value))

    def _held(self, record: Mapping[str, Any], columns: tuple[str, ...]) -> bool:
        return any(plain_value(record[column]) is not None for column in columns)

    def _is_text(self, value: object) -> bool:
        if isinstance(value, str):
            return bool(value.strip())
        parts = value if isinstance(value, list) else [value]
        if any(isinstance(part, Mapping) and self._is_record(part) for part in islice(parts, _LOOK)):
            return False
        return isinstance(value, list | Mapping) and bool(blocks_text(value))

    def _is_record(self, value: Mapping[str, Any]) -> bool:
        """Tell a record from a block of a text."""
        found = candidates((name for name in value if isinstance(name, str)), self._chosen)
        return any(name in found for name in ("url", "published_at", "title"))

    def records(self, value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Yield the records in a value, each with where it stands in it; the value itself where it holds no others."""
        if isinstance(own := value.get("article"), Mapping) and "figures" in value:
            yield "", own  # what our own `analyze --format jsonl` writes is an input too
            return
        table = self._table(value)
        if table is not None:
            yield from table
            return
        rank = self.rank(value)
        if rank < TEXT:
            inside = self._lists(value)
            best = max((found for found, _, _ in inside), default=NONE)
            if best > rank:
                for found, path, listed in inside:
                    if found == best:
                        yield from ((f"{path} {number}", self.inner(item)) for number, item in enumerate(listed))
                return
            if rank == NONE and not inside and self._is_empty_answer(value):
                return
            if rank == NONE and self._are_keyed(value):
                yield from ((str(key), self._with_id(key, item)) for key, item in value.items())
                return
        yield "", self.inner(value)

    def inner(self, record: Any) -> Any:
        """Return the article that a part of a record holds, with what stands around it."""
        if not isinstance(record, Mapping) or (rank := self.rank(record)) == TEXT:
            return record
        parts = [(self.rank(part), key) for key, part in record.items() if isinstance(part, Mapping)]
        parts = [(found, key) for found, key in parts if found == TEXT or is_part(str(key))]
        best, name = max(parts, key=lambda ranked: ranked[0], default=(NONE, ""))
        if best <= rank:
            return record
        around = {key: part for key, part in record.items() if key != name and not isinstance(part, list | dict)}
        return {**around, **record[name]}

    def _lists(self, value: Mapping[str, Any], path: str = "", depth: int = 0) -> list[tuple[int, str, list[Any]]]:
        """Return the lists of records in mappings within each other: how sure they are, where they are."""
        found = []
        for key, part in value.items():
            place = f"{path}.{key}" if path else str(key)
            if isinstance(part, list) and part:
                rank = max(self.rank(self.inner(item)) for item in islice(part, _LOOK))
                if rank > NONE:
                    found.append((rank, place, part))
            elif isinstance(part, Mapping) and depth < _MOST_DEPTH:
                found += self._lists(part, place, depth + 1)
        return found

    def _is_empty_answer(self, value: Mapping[str, Any]) -> bool:
        """Tell an answer without any results: its only list is empty."""
        lists = [part for part in value.values() if isinstance(part, list)]
        return len(lists) == 1 and not lists[0] and not any(isinstance(part, Mapping) for part in value.values())

    def _are_keyed(self, value: Mapping[str, Any]) -> bool:
        """Tell records by their keys: {"0": {…}, "1": {…}}."""
        parts = list(islice(value.values(), _LOOK))
        if not parts or not all(isinstance(part, Mapping) for part in value.values()):
            return False
        return any(self.rank(self.inner(part)) > NONE or self._has_text(part) for part in parts)

    def _has_text(self, record: Mapping[str, Any]) -> bool:
        found = candidates((name for name in record if isinstance(name, str)), self._chosen)
        return "title" in found or "text" in found

    def _with_id(self, key: str, item: Any) -> Any:
        """Return a record with its key as its id, where that is no mere number of the row."""
        found = self.inner(item)
        if key.isdigit() or not isinstance(found, Mapping) or candidates(found, {}).get("id"):
            return found
        return {"id": key, **found}

    def _table(self, value: Mapping[str, Any]) -> Iterator[tuple[str, Any]] | None:
        """Return the rows of a frame that is written by columns, None where the value is none."""
        headers: list[list[str]] = [
            part for key, part in value.items() if fold(str(key)) in _HEADERS and _are_names(part)
        ]
        header = headers[0] if headers else []
        for part in value.values() if header else ():
            if part is not header and isinstance(part, list) and part and all(isinstance(row, list) for row in part):
                rows: list[list[Any]] = part
                return (
                    (f"row {number}", dict(zip(header, row, strict=False)) if len(row) == len(header) else row)
                    for number, row in enumerate(rows)
                )
        columns = list(value.values())
        if len(columns) < 2 or not self._has_text(value):  # noqa: PLR2004  # one column alone is a text in paragraphs
            return None
        if all(isinstance(column, list) for column in columns) and len({len(column) for column in columns}) == 1:
            return (
                (f"row {number}", dict(zip(value, row, strict=True)))
                for number, row in enumerate(zip(*columns, strict=True))
            )
        if all(isinstance(column, Mapping) and column.keys() == columns[0].keys() for column in columns) and not any(
            isinstance(cell, Mapping) for cell in islice(columns[0].values(), _LOOK)
        ):
            return (
                (f"row {key}", self._with_id(str(key), {name: column[key] for name, column in value.items()}))
                for key in columns[0]
            )
        return None


def _are_names(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(name, str) for name in value)
