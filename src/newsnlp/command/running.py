"""How a command runs: what its options may be; its errors become lines on standard error, its end an exit status."""

from __future__ import annotations

import contextlib
import os
import sys
import warnings
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsnlp.errors import NewsnlpError
from newsnlp.render.terminal import say
from newsnlp.safety.escaping import terminal_line

if TYPE_CHECKING:
    from collections.abc import Callable

EXIT_INTERNAL = 1
EXIT_BAD_INPUT = 2
EXIT_INTERRUPTED = 130
# A longer line (a path of thousands of signs, a record that an error quotes) loses its middle.
MAX_LINE = 1_000
# Set to anything, it shows the traceback of an error of our own.
DEBUG = "NEWSNLP_DEBUG"


class OutputFormat(StrEnum):
    """How one article's analysis is printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


class EntityModel(StrEnum):
    """Which weights find names."""

    NEWS = "news"
    ACCURATE = "accurate"
    STOCK = "stock"


class TableFormat(StrEnum):
    """How tables are written."""

    CSV = "csv"
    EXCEL_FR = "excel-fr"
    XLSX = "xlsx"
    PARQUET = "parquet"
    JSONL = "jsonl"
    SQLITE = "sqlite"


class EngineName(StrEnum):
    """What runs a corpus."""

    LOCAL = "local"
    DASK = "dask"
    SPARK = "spark"


class OnDuplicate(StrEnum):
    """Which of several articles of one id is kept."""

    LATEST = "latest"
    FIRST = "first"
    FAIL = "fail"


class Notices(StrEnum):
    """What to do with notices that articles share."""

    DROP = "drop"
    KEEP = "keep"


class OnError(StrEnum):
    """What an article that fails does to the run."""

    COLLECT = "collect"
    RAISE = "raise"


class View(StrEnum):
    """What is told of the events."""

    EVENTS = "events"
    TOLLS = "tolls"
    TIMELINE = "timeline"
    CONTRADICTIONS = "contradictions"


class Convention(StrEnum):
    """Whose columns and rules the events follow."""

    ACLED = "acled"
    UCDP = "ucdp"
    EMDAT = "emdat"


class ListFormat(StrEnum):
    """How a short list is printed."""

    TABLE = "table"
    JSON = "json"


ModelOption = Annotated[str, typer.Option(help="Installed spaCy model for French.")]
EntitiesOption = Annotated[
    EntityModel, typer.Option(help="newsnlp's own names, more slowly with fewer errors, or the model's.")
]
OnlyOption = Annotated[
    str | None, typer.Option(help="What to look for, with commas: entities, dates, quotes, figures, topics.")
]
AuthorityOption = Annotated[
    str | None, typer.Option(help="Your own list of names, .csv or .xlsx, that has the last word.")
]


def run(command: Callable[..., Any], arguments: list[str] | None = None) -> int:
    """Run a typer app and return its exit status. Every error is one line on standard error, never a traceback.

    Returns
    -------
    int
        0; 1 for an error of our own (the environment variable ``NEWSNLP_DEBUG`` shows where it came from), and where
        `doctor` misses something; 2 for bad input; 130 where it was interrupted.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", category=DeprecationWarning)
        warnings.showwarning = _warn
        try:
            status = command(arguments, standalone_mode=False)
            _flush()
        except (KeyboardInterrupt, typer.Abort):
            note("interrupted")
            return EXIT_INTERRUPTED
        except BrokenPipeError:
            # The reader of a pipe has gone (`| head`): not our error, and nobody is left to tell.
            _leave_output()
            return 0
        except Exception as error:  # noqa: BLE001  # the last door: what nobody expected is told, in one line
            try:
                return _refuse(error)
            finally:
                _leave_output()
    return status if isinstance(status, int) else 0


def _refuse(error: Exception) -> int:
    """Say in one line what went wrong, and return the exit status."""
    # typer and click name their usage errors differently from version to version; all can format themselves.
    described = getattr(error, "format_message", None)
    if isinstance(error, NewsnlpError):
        message = str(error)
    elif described is not None:
        message = f"{described()}  Hint: newsnlp --help"
    elif isinstance(error, OSError) and error.strerror:
        named = "" if error.filename is None else f" {os.fsdecode(error.filename)}"
        message = f"cannot read or write{named}: {error.strerror}"
    else:
        if os.environ.get(DEBUG):
            raise error
        what = f"{type(error).__name__}: {error}".removesuffix(": ")
        return _fail(f"internal error: {what}. Hint: {DEBUG}=1 shows where; please report it", EXIT_INTERNAL)
    return _fail(message, EXIT_BAD_INPUT)


def note(message: str) -> None:
    """Say one line on standard error."""
    line = terminal_line(message)
    if len(line) > MAX_LINE:
        line = f"{line[: MAX_LINE // 2]} … {line[-MAX_LINE // 2 :]}"
    say(f"newsnlp: {line}", error=True)


def _fail(message: str, status: int) -> int:
    try:
        note(message)
    except OSError:
        _leave_output()  # nobody is left to tell; the status says it
    return status


def _warn(message: Warning | str, category: type[Warning], *_: object, **__: object) -> None:
    """Say a warning in a line, without the place in our code."""
    del category
    note(f"warning: {message}")


def _flush() -> None:
    """Write out what is still held, so that a full disk is told here and not by the interpreter at its end."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


def _leave_output() -> None:
    """Send what is still to be written nowhere: the interpreter would complain at its end."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError, ValueError):  # closed, or no file
            stream.flush()
            continue
        with contextlib.suppress(AttributeError, OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
