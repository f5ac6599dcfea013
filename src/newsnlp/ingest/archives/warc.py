"""Web archives (WARC, ARC, WET; extra ``warc``): each page that was fetched is one page, with its address."""

from __future__ import annotations

import codecs
import contextlib
import io
import re
from typing import TYPE_CHECKING, Any

from newsnlp.errors import MissingExtraError, SourceError
from newsnlp.ingest.failures import FailureKind, told_of
from newsnlp.ingest.opened import Format, Page
from newsnlp.ingest.streams import MAX_RECORD_BYTES, chunks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsnlp.ingest.opened import Head, Item, Opened

_PAGES = ("text/html", "application/xhtml+xml")
# Records that hold pages: as they were answered, as they were saved, as text that somebody took out of them (WET).
_KINDS = frozenset({"response", "resource", "conversion"})
_FOUND = "200"
# Where a record begins; in a page that tells of web archives, such a line does not stand before their headers.
_BEGUN = re.compile(rb"WARC/[01]\.\d+\r?\nWARC-")
_LONGEST_START = 20
_MOST_UNREAD = 10_000


class _Stream(io.RawIOBase):
    """The unpacked bytes of a file, within the bounds of every other."""

    def __init__(self, opened: Opened) -> None:
        self._chunks = chunks(opened.file, opened.meter) if opened.content is None else iter([opened.content])
        self._held = b""
        self._end = b""
        self._begun = 0

    @property
    def records(self) -> int:
        """How many records have begun in what was read."""
        return self._begun + len(_BEGUN.findall(self._end))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._held:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._held = chunk
            text = self._end + chunk
            # A first line may be cut in two.
            self._end = text[-_LONGEST_START:]
            self._begun += len(_BEGUN.findall(text)) - len(_BEGUN.findall(self._end))
        count = min(len(buffer), len(self._held))
        buffer[:count], self._held = self._held[:count], self._held[count:]
        return count


def read_warc(opened: Opened) -> Iterator[Item]:
    """Yield the pages of a web archive, not read yet; requests, images and what was not found are counted.

    Raises
    ------
    MissingExtraError
        If ``warcio`` (extra ``warc``) is not installed.
    SourceError
        If the file is no web archive.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError as error:
        raise MissingExtraError.named("warc", "Reading web archives") from error
    stream = _Stream(opened)
    records = iter(ArchiveIterator(io.BufferedReader(stream), arc2warc=True))
    number = 0
    while True:
        try:
            # Its library prints what it doubts; what it cannot read is a failure here.
            with contextlib.redirect_stderr(io.StringIO()):
                record = next(records, None)
        except SourceError as error:
            yield opened.failure(f"record {number}", str(error), FailureKind.INPUT_BROKEN)
            return
        except Exception as error:  # the library raises what it happens to meet
            if not number:
                message = f"{opened.name} is no web archive: {told_of(error)}"
                raise SourceError(message) from error
            reason = f"what followed cannot be read: {told_of(error)}"
            yield opened.failure(f"record {number}", reason, FailureKind.INPUT_BROKEN)
            return
        if record is None:
            yield from _unread(opened, stream, number)
            return
        try:
            item = _page(opened, record, number)
        except Exception as error:  # noqa: BLE001  # of a broken record its library raises what it happens to meet
            item = opened.failure(f"record {number}", told_of(error))
        if item is not None:
            yield item
        number += 1


def _unread(opened: Opened, stream: _Stream, number: int) -> Iterator[Item]:
    """Yield a failure for each record that begins in the file and was not given: a broken one stops the library."""
    while stream.read(1 << 16):
        pass
    for missing in range(number, min(stream.records, number + _MOST_UNREAD)):
        reason = "it, or one before it, is broken: where it begins cannot be told"
        yield opened.failure(f"record {missing}", reason, FailureKind.INPUT_BROKEN)


def _page(opened: Opened, record: Any, number: int) -> Item | None:
    """Return the page in a record; None, and a count, where it holds none."""
    kind = str(record.rec_type)
    headers = record.http_headers
    told = (headers or record.rec_headers).get_header("Content-Type") or "unknown"
    media, _, parameters = str(told).partition(";")
    media = media.strip().lower()
    status = _FOUND if headers is None else headers.get_statuscode()
    if kind == "response" and not status:
        return opened.failure(f"record {number}", "no answer of a server, or cut short")
    left_out = kind if kind not in _KINDS else f"answer {status}" if status != _FOUND else media
    if left_out not in _PAGES and (kind, left_out) != ("conversion", "text/plain"):
        opened.notes.passed_over[f"records ({left_out[:60]})"] += 1
        return None
    address = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    name = address or f"record {number}"
    data = record.content_stream().read(MAX_RECORD_BYTES + 1)
    if len(data) > MAX_RECORD_BYTES:
        return opened.failure(name, f"longer than {MAX_RECORD_BYTES // 10**6} MB", FailureKind.TOO_LARGE)
    if getattr(record.raw_stream, "limit", 0) > 0:
        return opened.failure(name, "cut short: the file ends within it", FailureKind.INPUT_BROKEN)
    if not data.strip():
        return opened.failure(name, "an empty page", FailureKind.NO_TEXT)
    given = {"url": address or None}
    if date := record.rec_headers.get_header("WARC-Date"):
        # When it was fetched is not when it appeared.
        given["fetched_at"] = str(date)
    return Page(id=name, data=_in_utf8(data, parameters), given=given)


def _in_utf8(data: bytes, parameters: str) -> bytes:
    """Return a page whose answer names its encoding as UTF-8, marked as such: it outranks what the page itself says."""
    name, _, encoding = parameters.strip().partition("=")
    if name.strip().lower() != "charset":
        return data
    encoding = encoding.partition(";")[0].strip(" \"'")
    try:
        # What calls itself Latin-1 is Windows-1252, as browsers read it.
        known = "cp1252" if codecs.lookup(encoding).name == "iso8859-1" else encoding
        return codecs.BOM_UTF8 + data.removeprefix(codecs.BOM_UTF8).decode(known).encode()
    except (LookupError, UnicodeError):
        return data


def _looks_like(head: Head) -> bool:
    return head.data.startswith((b"WARC/0.", b"WARC/1.", b"filedesc://"))


FORMAT = Format(name="web archive", suffixes=(".warc", ".arc"), read=read_warc, looks_like=_looks_like)
