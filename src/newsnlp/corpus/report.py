"""What a run did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from newsnlp.corpus.failures import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusReport:
    """What a run did.

    ``articles`` were analysed, ``failures`` are the items that gave nothing, with their reasons; ``tables`` are
    the files written. ``columns`` tells which column of the input each field was taken from, ``warnings`` what
    else there is to know. ``resumed`` counts the articles that an earlier run had done. ``seconds`` is wall time.
    """

    source: str
    articles: int
    failures: tuple[Failure, ...]
    rows: Mapping[str, int]
    tables: Mapping[str, Path]
    columns: Mapping[str, str] | None = None
    warnings: tuple[str, ...] = ()
    resumed: int = 0
    seconds: float = 0.0
    dry_run: bool = False

    @property
    def items(self) -> int:
        """How many items the input had."""
        return self.articles + len(self.failures)

    def __str__(self) -> str:
        kinds = Counter(str(failure.kind) for failure in self.failures)
        told = f" ({', '.join(f'{count} {kind}' for kind, count in sorted(kinds.items()))})" if kinds else ""
        verb = "would be analysed" if self.dry_run else "analysed"
        return f"{self.articles} articles {verb}, {len(self.failures)} failures{told}"
