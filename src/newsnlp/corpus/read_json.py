"""JSON as rows: one object a line, an array of objects, or a single object. Never the whole of a large file."""

from __future__ import annotations

import codecs
import json
from typing import TYPE_CHECKING

from newsnlp.corpus.failures import Failure, FailureKind
from newsnlp.corpus.rows import Row, bad
from newsnlp.corpus.streams import MAX_RECORD_BYTES, Meter, chunks, open_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BLANK = " \t\r\n"


def read_json(path: Path, meter: Meter, *, lines: bool) -> Iterator[Row]:
    """Yield the objects of a file.

    Parameters
    ----------
    path : Path
    meter : Meter
    lines : bool
        The name says that it is JSON Lines; else the beginning of the file decides.

    Raises
    ------
    SourceError
        If the file cannot be read.
    """
    if lines or _starts_with_a_whole_line(path):
        yield from _lines(path, meter)
    else:
        yield from _values(path, meter)


def _starts_with_a_whole_line(path: Path) -> bool:
    """Tell whether the first line is an object by itself, as in JSON Lines."""
    first = next((line for line in open_lines(path) if isinstance(line, Failure) or line.strip()), b"")
    if isinstance(first, Failure):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _lines(path: Path, meter: Meter) -> Iterator[Row]:
    for number, line in enumerate(open_lines(path, meter), 1):
        place = f"line {number}"
        if isinstance(line, Failure):
            yield bad(place, line.reason, line.kind)
        elif line.strip():
            try:
                value = json.loads(line)
            except UnicodeDecodeError as error:
                yield bad(place, f"no UTF-8: {error.reason} at byte {error.start}", FailureKind.BAD_ENCODING)
            except (ValueError, RecursionError) as error:
                yield bad(place, f"no JSON: {error}")
            else:
                yield _row(place, value)


def _values(path: Path, meter: Meter) -> Iterator[Row]:
    """Yield the values of an array, or values one after another, however they are laid out on lines."""
    parts = chunks(path, meter)
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    decode = json.JSONDecoder().raw_decode
    held = ""
    number = tried = 0
    ended = False
    while True:
        held = held.lstrip(_BLANK + ",") if number else held.lstrip(_BLANK).removeprefix("[").lstrip(_BLANK)
        if held and len(held) > tried:
            try:
                value, end = decode(held)
            except (ValueError, RecursionError) as error:
                problem = str(error)
            else:
                # A number at the end of what is held may go on: only objects, arrays and strings end by themselves.
                if end < len(held) or held[end - 1] in '}]"':
                    yield _row(f"item {number}", value)
                    held, tried, number = held[end:], 0, number + 1
                    continue
        if ended or len(held) > MAX_RECORD_BYTES:
            if held.strip(_BLANK + ",]"):
                yield bad(f"item {number}", f"no JSON: {problem}", FailureKind.INPUT_BROKEN)
            return
        # Twice as much before the next try: a long value is not parsed over and over.
        tried, wanted = len(held), max(1, 2 * len(held))
        while len(held) < wanted and not ended:
            part = next(parts, None)
            ended = part is None
            held += decoder.decode(part or b"", ended)


def _row(place: str, value: object) -> Row:
    if isinstance(value, dict):
        # What our own `analyze --format jsonl` writes is an input too.
        return place, value["article"] if isinstance(value.get("article"), dict) else value
    if isinstance(value, str):
        return place, {"text": value}
    return bad(place, f"a JSON {type(value).__name__}, not an object")
