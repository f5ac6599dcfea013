"""What the entities of an export were before anybody edited their table: kept beside it, for `newsnlp corrections`."""

from __future__ import annotations

import gzip
import io
import json
from typing import TYPE_CHECKING, Any

from newsnlp.errors import SourceError
from newsnlp.tables.formats.placing import partial_of, remove

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

TABLE = "entities"
FILE = "entities.found.jsonl.gz"
# What people may change; numbers of an article (salience, mention_count) are nobody's to correct.
COLUMNS = (
    *("article_id", "entity_id", "name", "label", "type", "country", "role", "aliases", "role_key"),
    *("geonameid", "latitude", "longitude", "place_kind", "admin1", "territory", "authority_id", "wikidata"),
)
# A row of names and ids; what is longer was not written here.
_MAX_LINE = 10_000_000


class FoundFile:
    """Written as the tables are: under another name until all are complete. Its bytes follow from the rows alone."""

    def __init__(self, folder: Path) -> None:
        self.final = folder / FILE
        self.partial = partial_of(self.final)
        self._raw = self.partial.open("wb")
        # The fastest: the best takes five times as long for a third less (2026-11).
        self._packed = gzip.GzipFile(filename="", mode="wb", compresslevel=1, fileobj=self._raw, mtime=0)

    def append(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Append rows of the table."""
        lines = (json.dumps([row[column] for column in COLUMNS], ensure_ascii=False) for row in rows)
        self._packed.write("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))

    def finish(self) -> Mapping[Path, Path]:
        """Complete the file and return where it lies and where it belongs."""
        self._packed.close()
        self._raw.close()
        return {self.partial: self.final}

    def discard(self) -> None:
        """Remove what was written so far."""
        self._raw.close()
        remove([self.partial])


def read_found(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the entities of an export as they were written.

    Raises
    ------
    SourceError
        If there is no record of them, or a damaged one.
    """
    path = folder / FILE
    hint = "Hint: run newsnlp batch into it again"
    if not path.is_file() or not path.stat().st_size:
        message = f"{folder} has no {FILE}, which tells what the analysis found. {hint}"
        raise SourceError(message)
    try:
        with gzip.open(path, "rb") as packed, io.TextIOWrapper(packed, encoding="utf-8", newline="\n") as file:
            while line := file.readline(_MAX_LINE):
                yield dict(zip(COLUMNS, json.loads(line), strict=True))
    except (OSError, EOFError, ValueError, TypeError, RecursionError) as error:
        message = f"{path} is damaged: {type(error).__name__}. {hint}"
        raise SourceError(message) from error
