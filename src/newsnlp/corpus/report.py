"""What a run did, as it is told and as the manifest keeps it: believed only as far as it is so."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsnlp.corpus.manifest import MANIFEST, digest_of, writing
from newsnlp.errors import ResumeError
from newsnlp.ingest.failures import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsnlp.ingest.sources import Source


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


def complete(manifest: Mapping[str, Any], report: CorpusReport) -> dict[str, Any]:
    """Return the manifest of a finished run; flushes the tables to the disk, for their parts go next."""
    digests = {}
    for path in sorted(set(report.tables.values())):
        with writing(path.parent):
            digests[path.name] = digest_of(path, flush=True)
    content = {
        **manifest,
        "complete": True,
        "articles": report.articles,
        "failures": [failure.to_dict() for failure in report.failures],
        "rows": dict(report.rows),
        "columns": None if report.columns is None else dict(report.columns),
        "warnings": list(report.warnings),
        "tables": {name: path.name for name, path in report.tables.items()},
        "sha256": digests,
    }
    return content | {"seal": _seal(content)}


def finished(manifest: Mapping[str, Any], stream: Source, folder: Path) -> CorpusReport | None:
    """Return the report of a run that was complete already, None if a table of it is gone.

    Raises
    ------
    ResumeError
        If manifest or tables are not what the run wrote: a table may be somebody's work, so it is neither trusted nor
        written over.
    """
    try:
        if manifest["seal"] != _seal({name: value for name, value in manifest.items() if name != "seal"}):
            raise _changed(folder / MANIFEST)
        report = _report(manifest, stream, folder)
        digests = {Path(name).name: str(digest) for name, digest in manifest["sha256"].items()}
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _changed(folder / MANIFEST) from error
    if not all((folder / name).is_file() for name in digests):
        return None
    for name in sorted(digests):
        with writing(folder):
            found = digest_of(folder / name)
        if found != digests[name]:
            raise _changed(folder / name)
    return report


def _changed(path: Path) -> ResumeError:
    return ResumeError(
        f"{path} is not what the finished run wrote: changed or damaged since. "
        "Hint: run without --resume to write all tables anew, or give another folder"
    )


def _seal(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def _report(manifest: Mapping[str, Any], stream: Source, folder: Path) -> CorpusReport:
    columns = manifest["columns"]
    return CorpusReport(
        source=stream.name,
        articles=manifest["articles"],
        failures=tuple(Failure.from_dict(item) for item in manifest["failures"]),
        rows=dict(manifest["rows"]),
        columns=None if columns is None else dict(columns),
        warnings=tuple(manifest["warnings"]),
        # Names only: a path in a manifest that was tampered with leads nowhere else.
        tables={str(name): folder / Path(file).name for name, file in manifest["tables"].items()},
        resumed=manifest["articles"],
    )
