"""Bytes of a file as bounded lines of text, decompressed on the way: a hostile file costs no more than a large one."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
import zlib
from typing import IO, TYPE_CHECKING

from newsnlp.corpus.failures import Failure, FailureKind
from newsnlp.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# One record. The longest article anyone publishes is under 1 MB; 32 MB lets a whole book through.
MAX_RECORD_BYTES = 32_000_000
# Decompressed against compressed, beyond the first record's worth: text packs 3 to 10 times, a zip bomb 1 000 times.
MAX_EXPANSION = 200
CHUNK = 1 << 20
BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)


def read_whole(path: Path) -> bytes:
    """Return the content of a file of one article or feed, decompressed by its name.

    Raises
    ------
    SourceError
        As `open_lines`, and if the file holds more than 32 MB.
    """
    content = bytearray()
    for chunk in _bounded(path):
        content += chunk
        if len(content) > MAX_RECORD_BYTES:
            message = f"{path.name} holds more than {MAX_RECORD_BYTES // 10**6} MB: split it into articles"
            raise SourceError(message)
    return bytes(content)


def open_lines(path: Path) -> Iterator[bytes | Failure]:
    """Yield the lines of a file as bytes, without their ends; a line over 32 MB is a `Failure`.

    Parameters
    ----------
    path : Path
        Compressed (by its name) or not.

    Raises
    ------
    SourceError
        If the file cannot be opened or decompressed, or expands beyond reason (a zip bomb).
    """
    held = bytearray()
    oversized = False
    for chunk in _bounded(path):
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


def open_text(path: Path) -> Iterator[str]:
    """Yield the lines of a file as text with their ends, for readers of tables.

    UTF-8, else Windows-1252 line by line: an export that mixes the two is read, not refused.
    """
    for number, line in enumerate(open_lines(path)):
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
        return Failure(article_id="", position=0, kind=FailureKind.TOO_LARGE, reason=reason)
    return bytes(held).removesuffix(b"\r")


def _bounded(path: Path) -> Iterator[bytes]:
    """Yield decompressed chunks; stop a file that expands beyond reason."""
    size = 0
    packed = path.stat().st_size
    try:
        with _open(path) as file:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                if size > MAX_RECORD_BYTES + MAX_EXPANSION * packed:
                    message = (
                        f"{path.name}: {packed} bytes expand to more than {size}: taken for a zip bomb. "
                        "Hint: decompress it yourself if you trust it"
                    )
                    raise SourceError(message)
                yield chunk
    except BROKEN as error:
        message = f"cannot read {path}: {error}"
        raise SourceError(message) from error


def _open(path: Path) -> IO[bytes]:
    match path.suffix.lower():
        case ".gz":
            return gzip.open(path, "rb")  # type: ignore[return-value]
        case ".bz2":
            return bz2.open(path, "rb")
        case ".xz":
            return lzma.open(path, "rb")
        case ".zip":
            archive = zipfile.ZipFile(path)
            names = [item for item in archive.namelist() if not item.endswith("/")]
            if len(names) != 1:
                message = f"{path.name} holds {len(names)} files; accepted: one. Hint: unpack it into a folder"
                raise SourceError(message)
            return archive.open(names[0])
        case _:
            return path.open("rb")
