"""JSON as rows: one object a line, an array of objects, or a single object. Never the whole of a large file."""

from __future__ import annotations

import functools
import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from newsnlp.ingest.columns import RepeatedKeys
from newsnlp.ingest.failures import Failure, FailureKind, told_of
from newsnlp.ingest.formats.json_shapes import Shapes
from newsnlp.ingest.formats.json_values import Broken, Values
from newsnlp.ingest.formats.ninjs import is_ninjs, ninjs_values
from newsnlp.ingest.opened import Format
from newsnlp.ingest.rows import Row, articles_of, bad
from newsnlp.ingest.streams import MAX_RECORD_BYTES, Meter, chunks, open_lines
from newsnlp.reading.decoding import decode_part
from newsnlp.records import Article

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from newsnlp.ingest.columns import SourceNotes
    from newsnlp.ingest.opened import Item, Opened

# Each bracket and comma may become an object of 60 bytes: 32 MB of “[],” would be 700 MB. In prose every 60th
# character is a comma.
MAX_PARTS = 2_000_000


def read_json(path: Path, meter: Meter, shapes: Shapes, notes: SourceNotes, *, lines: bool) -> Iterator[Row]:
    """Yield the objects of a file.

    Parameters
    ----------
    path : Path
    meter : Meter
    shapes : Shapes
        Finds the records in what tools wrap them in.
    lines : bool
        The name says that it is JSON Lines; else the beginning of the file decides.

    Raises
    ------
    SourceError
        If the file cannot be read.
    """
    if lines or _starts_with_a_whole_line(path):
        yield from _lines(path, meter, shapes, notes)
    else:
        yield from _values(path, meter, shapes, notes)


def _starts_with_a_whole_line(path: Path) -> bool:
    """Tell whether the first line is an object by itself, as in JSON Lines."""
    first = next((line for line in open_lines(path) if isinstance(line, Failure) or line.strip()), b"")
    if isinstance(first, Failure) or not first.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(decode_line(first), dict)
    except (ValueError, RecursionError):
        return False


def _lines(path: Path, meter: Meter, shapes: Shapes, notes: SourceNotes) -> Iterator[Row]:
    for number, line in enumerate(open_lines(path, meter), 1):
        place = f"line {number}"
        if isinstance(line, Failure):
            yield bad(place, line.reason, line.kind)
        elif line.strip():
            yield from _in_line(place, line, shapes, notes)


def _in_line(place: str, line: bytes, shapes: Shapes, notes: SourceNotes) -> Iterator[Row]:
    """Yield the rows of a line: one value, or several where files were put together without an end of line."""
    try:
        refuse_too_many_parts(line)
        text, at = _text_of(line, place, notes).strip(" \t\r\n"), 0
        while at < len(text):
            value, at = _DECODER.raw_decode(text, at)
            yield from _rows(place, value, shapes)
            while at < len(text) and text[at] in " \t":
                at += 1
    except TooManyPartsError as error:
        yield bad(place, str(error), FailureKind.TOO_LARGE)
    except (ValueError, RecursionError, MemoryError) as error:
        yield bad(place, f"no JSON: {error if isinstance(error, ValueError) else told_of(error)}")


def _values(path: Path, meter: Meter, shapes: Shapes, notes: SourceNotes) -> Iterator[Row]:
    """Yield the values of an array, or values one after another, however they are laid out on lines."""
    values = Values(
        chunks(path, meter),
        _DECODER,
        most=MAX_RECORD_BYTES,
        check=refuse_too_many_parts,
        is_record=shapes.is_record,
        broken=notes.broken,
        is_header=shapes.is_header,
    )
    header: list[str] | None = None
    for number, value in enumerate(values):
        place = f"item {number}"
        if isinstance(value, Broken):
            yield place, Failure(article_id=place, position=number, kind=value.kind, reason=value.reason)
        elif isinstance(value, list) and not number and shapes.is_header(value):
            header = value
        elif isinstance(value, list) and header and len(value) == len(header):
            yield place, dict(zip(header, value, strict=True))
        elif isinstance(value, str | dict):
            yield from _rows(place, value, shapes)
        else:
            # Where it stands is known: an input of failures alone is told in a seventh less time.
            kind = FailureKind.BAD_RECORD
            yield place, Failure(article_id=place, position=number, kind=kind, reason=_no_object(value))


class TooManyPartsError(ValueError):
    """A record of so many small values that they would fill the memory."""


def refuse_too_many_parts(text: str | bytes) -> None:
    """Raise a `TooManyPartsError` for JSON of more than two million values."""
    if len(text) <= MAX_PARTS:
        return
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if sum(map(data.count, (b"[", b"{", b","))) > MAX_PARTS:
        message = f"more than {MAX_PARTS} values in one record"
        raise TooManyPartsError(message)


def _text_of(line: bytes, place: str, notes: SourceNotes) -> str:
    try:
        return line.decode(json.detect_encoding(line), "surrogatepass")
    except UnicodeDecodeError:
        notes.broken(place)
        return decode_part(line).text.removeprefix("\ufeff")


def decode_line(line: bytes) -> Any:
    """Return the value of a line, in whatever Unicode it is written."""
    refuse_too_many_parts(line)
    return _DECODER.decode(line.decode(json.detect_encoding(line), "surrogatepass"))


_OWN_FIELDS = {item.name for item in fields(Article)}


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            return RepeatedKeys(pairs, key)
        seen.add(key)
    return found


_DECODER = json.JSONDecoder(object_pairs_hook=_object)


def _no_object(value: object) -> str:
    return f"a JSON {type(value).__name__}, not an object"


def _rows(place: str, value: object, shapes: Shapes) -> Iterator[Row]:
    if isinstance(value, str):
        yield place, {"text": value}
    elif isinstance(value, dict):
        for inside, record in shapes.records(value):
            where = f"{place}, {inside}" if inside else place
            yield (where, record) if isinstance(record, dict) else bad(where, _no_object(record))
    else:
        yield bad(place, _no_object(value))


def _articles(opened: Opened, *, lines: bool) -> Iterator[Item]:
    rows = read_json(opened.file, opened.meter, Shapes(opened.reader.chosen), opened.notes, lines=lines)
    if opened.reader.chosen:
        return articles_of(rows, opened.reader)
    return articles_of(((place, _told(value, place, opened)) for place, value in rows), opened.reader)


def _told(value: Any, place: str, opened: Opened) -> Any:
    """Return what tells by itself what is what: a news item in ninjs, an article of our own."""
    if is_ninjs(value):
        return opened.article(ninjs_values(value), place)
    if isinstance(value, dict) and value.keys() == _OWN_FIELDS and isinstance(value["text"], str):
        return Article(**value)
    return value


JSON_LINES = Format(name="JSON Lines", suffixes=(".jsonl", ".ndjson"), read=functools.partial(_articles, lines=True))
JSON = Format(name="JSON", suffixes=(".json",), read=functools.partial(_articles, lines=False))
