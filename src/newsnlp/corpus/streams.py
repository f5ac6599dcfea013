"""Bytes of a file as bounded lines of text, decompressed on the way: a hostile file costs no more than a large one."""

from __future__ import annotations

import bz2
import codecs
import contextlib
import gzip
import lzma
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsnlp.corpus.failures import Failure, FailureKind
from newsnlp.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

# One record. The longest article anyone publishes is under 1 MB; 32 MB lets a whole book through.
MAX_RECORD_BYTES = 32_000_000
# Decompressed against compressed, beyond the first record's worth: text packs 3 to 10 times, a zip bomb 1 000 times.
MAX_EXPANSION = 200
CHUNK = 1 << 20
# RuntimeError: an encrypted archive. NotImplementedError: a packing that the standard library does not know.
BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, RuntimeError, NotImplementedError)


@dataclass(slots=True)
class Meter:
    """How much of the input has been read: bytes as they lie on the disk, or items; for the time that is left."""

    total: int = 0
    done: int = 0

    @property
    def fraction(self) -> float | None:
        """The share of the input that has been read, None before anything is known."""
        return min(1.0, self.done / self.total) if self.total and self.done else None


def read_whole(path: Path) -> bytes:
    """Return the content of a file of one article or feed, decompressed by its name.

    Raises
    ------
    SourceError
        As `open_lines`, and if the file holds more than 32 MB.
    """
    content = bytearray()
    for chunk in chunks(path):
        content += chunk
        if len(content) > MAX_RECORD_BYTES:
            message = f"{path.name} holds more than {MAX_RECORD_BYTES // 10**6} MB: split it into articles"
            raise SourceError(message)
    return bytes(content)


@contextlib.contextmanager
def unpacked(path: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    """Give a file that only its own library can read, which needs it whole and unpacked: a copy if it is packed."""
    if path.suffix.lower() in suffixes:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="newsnlp-") as folder:
        copy = Path(folder) / path.stem
        with copy.open("wb") as file:
            for chunk in chunks(path):
                file.write(chunk)
        yield copy


def open_lines(path: Path, meter: Meter | None = None) -> Iterator[bytes | Failure]:
    """Yield the lines of a file as bytes, without their ends; a line over 32 MB is a `Failure`.

    Parameters
    ----------
    path : Path
        Compressed (by its name) or not.
    meter : Meter, optional
        Told how far reading has come.

    Raises
    ------
    SourceError
        If the file cannot be opened or decompressed, or expands beyond reason (a zip bomb).
    """
    held = bytearray()
    oversized = False
    for chunk in _as_utf8(chunks(path, meter)):
        start = 0
        while (end := chunk.find(b"\n", start)) >= 0:
            held += chunk[start:end]
            yield _line(held, oversized=oversized)
            held.clear()
            oversized = False
            start = end + 1
        held += chunk[start:]
        if len(held) > MAX_RECORD_BYTES:
            oversized = True
            held.clear()
    if held or oversized:
        yield _line(held, oversized=oversized)


def open_text(path: Path, meter: Meter | None = None) -> Iterator[str]:
    """Yield the lines of a file as text with their ends, for readers of tables.

    UTF-8 (UTF-16 with its mark), else Windows-1252 line by line: an export that mixes the two is read, not refused.
    """
    for number, line in enumerate(open_lines(path, meter)):
        if isinstance(line, Failure):
            yield "\n"
            continue
        try:
            text = line.decode("utf-8-sig" if number == 0 else "utf-8")
        except UnicodeDecodeError:
            text = line.decode("cp1252", "replace")
        # A NUL ends no CSV cell; the reader of the standard library refuses it.
        yield text.replace("\x00", "\ufffd") + "\n"


def _line(held: bytearray, *, oversized: bool) -> bytes | Failure:
    if oversized:
        reason = f"longer than {MAX_RECORD_BYTES // 10**6} MB"
        return Failure(article_id="", kind=FailureKind.TOO_LARGE, reason=reason)
    return bytes(held).removesuffix(b"\r")


def _as_utf8(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Recode UTF-16, which Excel calls “Unicode text”, so that its line ends can be found as bytes."""
    first = next(parts, b"")
    if not first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield first
        yield from parts
        return
    decoder = codecs.getincrementaldecoder("utf-16")("replace")
    yield decoder.decode(first).encode()
    for part in parts:
        yield decoder.decode(part).encode()


def chunks(path: Path, meter: Meter | None = None) -> Iterator[bytes]:
    """Yield the decompressed bytes of a file; stop one that expands beyond reason.

    Raises
    ------
    SourceError
        If it cannot be opened or decompressed, or expands to more than 200 times its size.
    """
    size = 0
    try:
        packed = path.stat().st_size
        if meter is not None and not meter.total:
            meter.total = packed
        with path.open("rb") as raw, _open(path, raw) as file:
            # read1: of an archive cut short, what can be unpacked comes out before the error.
            while chunk := file.read1(CHUNK):
                size += len(chunk)
                if size > MAX_RECORD_BYTES + MAX_EXPANSION * packed:
                    message = (
                        f"{path.name}: {packed} bytes expand to more than {size}: taken for a zip bomb. "
                        "Hint: decompress it yourself if you trust it"
                    )
                    raise SourceError(message)
                yield chunk
                # After the yield: what is being worked on has not been done yet.
                if meter is not None:
                    meter.done = raw.tell()
        if meter is not None:
            meter.done = meter.total
    except BROKEN as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        message = f"cannot read {path}: {reason}"
        raise SourceError(message) from error


@contextlib.contextmanager
def _open(path: Path, raw: Any) -> Iterator[Any]:
    match path.suffix.lower():
        case ".gz":
            with gzip.GzipFile(fileobj=raw) as file:
                yield file
        case ".bz2":
            with bz2.BZ2File(raw) as file:
                yield file
        case ".xz":
            with lzma.LZMAFile(raw) as file:
                yield file
        case ".zip":
            with zipfile.ZipFile(raw) as archive:
                names = [item for item in archive.namelist() if not item.endswith("/")]
                if len(names) != 1:
                    message = f"{path.name} holds {len(names)} files; accepted: one. Hint: unpack it into a folder"
                    raise SourceError(message)
                with archive.open(names[0]) as member:
                    yield member
        case _:
            yield raw
