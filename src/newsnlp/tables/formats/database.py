"""The SQLite database: keys, references and indexes. A row is added, never put in the place of another."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections import Counter
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from newsnlp.errors import ArticleError
from newsnlp.record_kinds import KINDS
from newsnlp.safety.escaping import storable
from newsnlp.tables.formats.placing import partial_of, remove
from newsnlp.tables.schema import INSTANT, INTEGER, NUMBER, TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo
    from pathlib import Path

    from newsnlp.tables.cells import Losses


class SqliteFile:
    """One database, a table a kind of record, with keys, references and indexes."""

    types = MappingProxyType({TEXT: "TEXT", INTEGER: "INTEGER", NUMBER: "REAL", INSTANT: "TEXT"})
    indexes = tuple((name, columns) for name, kind in KINDS.items() for columns in kind.indexes)
    keys = MappingProxyType({"articles": "article_id"} | {name: kind.key for name, kind in KINDS.items() if kind.key})

    def __init__(self, folder: Path, schemas: Mapping[str, Mapping[str, str]], _zone: tzinfo) -> None:
        self.path = folder / "newsnlp.sqlite"
        self.losses: Losses = Counter()
        remove(self._leftovers())
        self.schemas = schemas
        self.base = sqlite3.connect(partial_of(self.path))
        for name, columns in schemas.items():
            cells = [f'"{column}" {self.types[dtype]}' for column, dtype in columns.items()]
            if name in self.keys:
                cells.append(f"PRIMARY KEY ({self.keys[name]})")
            if name in KINDS:  # what failed has no article
                cells.append("FOREIGN KEY (article_id) REFERENCES articles (article_id)")
            # The names come from our own schema, never from data.
            self.base.execute(f'CREATE TABLE "{name}" ({", ".join(cells)})')

    def append(self, name: str, rows: list[dict[str, Any]]) -> None:
        marks = ", ".join("?" for _ in self.schemas[name])
        dtypes = list(self.schemas[name].values())
        row: dict[str, Any] = {}
        try:
            with self.base:
                for row in rows:
                    cells = [self._cell(value, dtype) for value, dtype in zip(row.values(), dtypes, strict=True)]
                    self.base.execute(f'INSERT INTO "{name}" VALUES ({marks})', cells)  # noqa: S608  # our own names
        except sqlite3.IntegrityError as error:
            key = ", ".join(repr(row[column]) for column in self.keys[name].split(", "))
            message = (
                f"two rows of the table {name} have the key {key}; accepted: each once. Hint: give each article an id "
                "of its own; what stood in the folder is untouched"
            )
            raise ArticleError(message) from error

    @staticmethod
    def _cell(value: object, dtype: str) -> Any:
        if isinstance(value, datetime):
            return value.isoformat()
        return float(value) if dtype == NUMBER and isinstance(value, int) else value

    def note(self, provenance: Mapping[str, Any]) -> None:
        with self.base:
            self.base.execute("CREATE TABLE provenance (key TEXT PRIMARY KEY, value TEXT)")
            self.base.executemany(
                "INSERT INTO provenance VALUES (?, ?)",
                [
                    (key, storable(value) if isinstance(value, str) else json.dumps(value, default=str))
                    for key, value in provenance.items()
                ],
            )

    def finish(self) -> dict[Path, Path]:
        with self.base:
            for number, (table, columns) in enumerate(self.indexes):
                if table in self.schemas:
                    self.base.execute(f'CREATE INDEX "ix{number}_{table}" ON "{table}" ({columns})')
        self.base.close()
        return {partial_of(self.path): self.path}

    def paths(self) -> dict[str, Path]:
        return dict.fromkeys(self.schemas, self.path)

    def discard(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self.base.close()
        remove(self._leftovers())

    def _leftovers(self) -> list[Path]:
        # A journal that a killed run left would be played back into the new file.
        partial = partial_of(self.path)
        return [partial, *(partial.with_name(partial.name + end) for end in ("-journal", "-wal", "-shm"))]
