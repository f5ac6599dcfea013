"""Bytes of a file as bounded lines of text, decompressed on the way: a hostile file costs no more than a large one."""

from __future__ import annotations

import bz2
import codecs
import contextlib
import gzip
import lzma
import os
import re
import stat
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsnlp.errors import LargeSourceError, SourceError
from newsnlp.ingest.failures import Failure, FailureKind, told_of
from newsnlp.reading.decoding import decode_part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# One record. The longest article anyone publishes is under 1 MB; 32 MB lets a whole book through.
MAX_RECORD_BYTES = 32_000_000
# Decompressed against compressed, beyond the first record's worth: text packs 3 to 10 times, a zip bomb 1 000 times.
MAX_EXPANSION = 200
# Of a chunk that is nothing but line ends every byte becomes an object: 256 kB of them are 8 MB.
CHUNK = 1 << 18
_LINE_END = re.compile(rb"\r\n?|\n")
# Of other packings in a zip the standard library unpacks all that it has read at once, and 45 bytes can be 45 MB.
ZIP_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(slots=True)
class Meter:
    """How much of the input has been read: bytes as they lie on the disk, or items; for the time that is left."""

    total: int = 0
    done: int = 0

    @property
    def fraction(self) -> float | None:
        """The share of the input that has been read, None before anything is known."""
        return min(1.0, self.done / self.total) if self.total > 0 and self.done > 0 else None


def expansion_limit(packed: int) -> int:
    """Return how many bytes an input of so many may give before it is taken for a bomb."""
    return MAX_RECORD_BYTES + MAX_EXPANSION * packed


def read_whole(path: Path, most: int | None = None) -> bytes:
    """Return the content of a file that is read as a whole, decompressed by its name.

    Raises
    ------
    LargeSourceError
        If the file holds more than `most` bytes, by default those of one record.
    SourceError
        As `open_lines`.
    """
    most = MAX_RECORD_BYTES if most is None else most
    content = bytearray()
    for chunk in chunks(path):
        content += chunk
        if len(content) > most:
            message = f"{path.name} holds more than {most // 10**6} MB: split it into articles"
            raise LargeSourceError(message)
    return bytes(content)


@contextlib.contextmanager
def unpacked(path: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    """Give a file that only its own library can read, which needs it whole and unpacked: a copy if it is packed."""
    if path.suffix.lower() in suffixes:
        yield path
        return
    with contextlib.ExitStack() as stack:
        try:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="newsnlp-"))
            copy = Path(folder) / path.stem
            with copy.open("wb") as file:
                for chunk in chunks(path):
                    file.write(chunk)
        except OSError as error:
            message = f"cannot unpack {path}: {told_of(error)}. Hint: unpack it yourself"
            raise SourceError(message) from error
        yield copy


def open_lines(path: Path, meter: Meter | None = None) -> Iterator[bytes | Failure]:
    r"""Yield the lines of a file as bytes, without their ends; a line over 32 MB is a `Failure`.

    Lines end in ``\n``, ``\r\n`` or ``\r``, as Macintoshes had it and some exports still do: in JSON, none of them can
    stand within a value.

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
    for line in _whole_lines(as_utf8(chunks(path, meter)), returns=True):
        yield line if isinstance(line, Failure) else line.rstrip(b"\r\n")


def open_text(
    path: Path, meter: Meter | None = None, broken: Callable[[str], None] | None = None
) -> Iterator[str | Failure]:
    """Yield the lines of a file as text with their ends, for readers of tables; a line over 32 MB is a `Failure`.

    UTF-8 (UTF-16 with its mark), else line by line what gives French letters: an export that mixes encodings is read,
    not refused. `broken` is told the place of each line that is no UTF-8. Lines end in bare carriage returns if the
    first one does; else these are part of a cell.
    """
    for number, line in enumerate(_whole_lines(as_utf8(chunks(path, meter)), returns=None)):
        if isinstance(line, Failure):
            yield line
            continue
        try:
            text = line.decode("utf-8-sig" if number == 0 else "utf-8")
        except UnicodeDecodeError:
            text = decode_part(line).text
            if broken is not None:
                broken(f"line {number + 1}")
        text = text.replace("\x00", "\ufffd")  # a NUL ends no cell
        # Inside a cell, too, a line ends alike whatever system wrote it.
        yield text.removesuffix("\r\n") + "\n" if text.endswith("\r\n") else text


def _whole_lines(parts: Iterator[bytes], *, returns: bool | None) -> Iterator[bytes | Failure]:
    r"""Yield lines with their ends. A bare ``\r`` ends one, or does not, or (None) does if it ends the first."""
    held = bytearray()
    oversized = False
    carried = b""
    for part in parts:
        data = carried + part
        if returns is None:
            returns = _ends_in_return(data)
        pieces = data.splitlines(keepends=True) if returns is not False else _split(data)
        # A carriage return at the very end may be the first half of a line end.
        carried = pieces.pop() if returns is not False and pieces and pieces[-1].endswith(b"\r") else b""
        ends = (b"\n",) if returns is False else (b"\n", b"\r")
        for piece in pieces:
            if not held and not oversized and piece.endswith(ends) and len(piece) <= MAX_RECORD_BYTES:
                yield piece
                continue
            held += piece
            if len(held) > MAX_RECORD_BYTES:
                oversized = True
                held.clear()
            if piece.endswith(ends):
                yield _too_long() if oversized else bytes(held)
                held.clear()
                oversized = False
    held += carried
    if held or oversized:
        yield _too_long() if oversized or len(held) > MAX_RECORD_BYTES else bytes(held)


def _ends_in_return(data: bytes) -> bool | None:
    r"""Tell whether the first line ends in a bare ``\r``, None where that is not to be seen yet."""
    found = _LINE_END.search(data)
    if found is None or (found[0] == b"\r" and found.end() == len(data)):
        return None
    return found[0] == b"\r"


def _split(data: bytes) -> list[bytes]:
    pieces = data.split(b"\n")
    last = pieces.pop()
    return [piece + b"\n" for piece in pieces] + ([last] if last else [])


def _too_long() -> Failure:
    reason = f"longer than {MAX_RECORD_BYTES // 10**6} MB"
    return Failure(article_id="", kind=FailureKind.TOO_LARGE, reason=reason)


def as_utf8(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Recode UTF-16, which Excel calls “Unicode text”, so that its line ends can be found as bytes."""
    first = next(parts, b"")
    while len(first) == 1 and (more := next(parts, b"")):
        first += more
    wide = wide_encoding(first)
    if wide is None:
        yield first
        yield from parts
        return
    decoder = codecs.getincrementaldecoder(wide)("replace")
    yield decoder.decode(first).encode()
    for part in parts:
        yield decoder.decode(part).encode()
    yield decoder.decode(b"", final=True).encode()


def wide_encoding(begun: bytes) -> str | None:
    """Return which UTF-16 or UTF-32 bytes are in by their mark, or as every other byte is zero; None for all others."""
    if begun.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if begun.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    begun = begun[:64]
    # Of plain letters every other byte is zero, and no other is.
    if len(begun) < 4 or len(begun) % 2 or begun.count(0) != len(begun) // 2:  # noqa: PLR2004  # two characters
        return None
    return "utf-16-le" if not any(begun[1::2]) else None if any(begun[::2]) else "utf-16-be"


def chunks(path: Path, meter: Meter | None = None) -> Iterator[bytes]:
    """Yield the decompressed bytes of a file; stop one that expands beyond reason.

    Raises
    ------
    SourceError
        If it cannot be opened or decompressed, is no regular file, or expands to more than 200 times its size.
    """
    size = 0
    try:
        with _opened(path) as raw, _open(path, raw) as file:
            packed = os.fstat(raw.fileno()).st_size
            if meter is not None and not meter.total:
                meter.total = packed
            # read1: of an archive cut short, what can be unpacked comes out before the error.
            while chunk := file.read1(CHUNK):
                size += len(chunk)
                # What grows while it is read is no bomb.
                _refuse_bomb(path, max(packed, raw.tell()), size)
                yield chunk
                # After the yield: what is being worked on has not been done yet.
                if meter is not None:
                    meter.done = raw.tell()
        if meter is not None:
            meter.done = meter.total
    except SourceError:
        raise
    except (
        Exception
    ) as error:  # a damaged archive raises what its reader happens to meet: EOFError, KeyError, zlib.error
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        message = f"cannot read {path}: {reason}"
        raise SourceError(message) from error


def _refuse_bomb(path: Path, packed: int, size: int) -> None:
    if size > expansion_limit(packed):
        message = (
            f"{path.name}: {packed} bytes expand to more than {size}: taken for a zip bomb. "
            "Hint: decompress it yourself if you trust it"
        )
        raise SourceError(message)


def _opened(path: Path) -> Any:
    """Open a regular file. Opened without blocking, a pipe that was put in its place cannot hold the run up."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        message = f"{path} is no regular file, but a folder, pipe or device"
        raise SourceError(message)
    return os.fdopen(descriptor, "rb")


@contextlib.contextmanager
def _open(path: Path, raw: Any) -> Iterator[Any]:
    """Give the decompressing reader of a file."""
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
                members = [item for item in archive.infolist() if not item.is_dir()]
                if len(members) != 1:
                    message = f"{path.name} holds {len(members)} files; accepted: one. Hint: unpack it into a folder"
                    raise SourceError(message)
                if members[0].compress_type not in ZIP_PACKINGS:
                    message = f"{path.name} is not packed by deflate, as zip files are. Hint: unpack it yourself"
                    raise SourceError(message)
                with archive.open(members[0]) as member:
                    yield member
        case _:
            yield raw
