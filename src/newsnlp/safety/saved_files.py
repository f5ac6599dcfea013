"""Files that newsnlp wrote and reads back: JSON and plain arrays, checked before they cost memory. Never pickle.

A saved index or labeller is passed on, and so every byte of it may be another than newsnlp wrote. Whatever is wrong
with it becomes one error of one line. What is promised of versions: docs/related.md, docs/topics.md.
"""

from __future__ import annotations

import contextlib
import io
import json
import math
import os
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from newsnlp.errors import ModelFormatError, NewsnlpError, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

# A larger file is neither written nor read. Words and titles of a million articles take about 300 MB of JSON, the
# examples of a labeller of 100 000 texts about 200 MB; weights of 50 000 words and 1 000 labels 400 MB (2026-11).
MOST_BYTES = 2**31
# One page: below it, mapping a file gains nothing.
SMALL_BYTES = 4096
# The first bytes of an array's file: a mark, the version of the form, the length of the header that follows.
_MAGIC = b"\x93NUMPY\x01\x00"
_START = len(_MAGIC) + 2
# The header as numpy writes it, and nothing else: numpy's own reader evaluates any Python literal there.
_HEADER = re.compile(
    rb"\{'descr': '([<>|][a-z]\d{1,3})', 'fortran_order': (True|False), "
    rb"'shape': \(((?:\d{1,18}, ?)*(?:\d{1,18})?)\), \} *\n"
)
# What zipfile raises on archives that are none, from what it was seen to do on some 100 000 damaged ones (2026-11).
_NO_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError)


@dataclass(frozen=True, slots=True)
class SavedFolder:
    """A folder that newsnlp wrote, as it is read back.

    Parameters
    ----------
    path : Path
    what : str
        What the folder holds, for messages.
    hint : str
        What to do where it is damaged.
    error : type
        The error that is raised.
    """

    path: Path
    what: str
    hint: str
    error: type[NewsnlpError]

    def refuse(self, problem: str, cause: BaseException | None = None) -> NoReturn:
        """Raise the error that says what is wrong with the folder."""
        message = f"{self.path}: the {self.what} is damaged: {problem}. Hint: {self.hint}"
        raise self.error(message) from cause

    def check_version(self, version: object, *, oldest: int, newest: int) -> int:
        """Return the version of the folder's format where this newsnlp reads it."""
        if type(version) is not int or version < 0:
            self.refuse("the version of its format is no number")
        if version > newest:
            message = (
                f"{self.path}: the {self.what} has version {str(version)[:20]} of the format, from a newer newsnlp; "
                f"accepted: up to {newest}. Hint: python -m pip install --upgrade newsnlp"
            )
            raise self.error(message)
        if version < oldest:
            message = (
                f"{self.path}: the {self.what} has version {version} of the format; accepted: from {oldest}. "
                f"Hint: {self.hint}, with this newsnlp"
            )
            raise self.error(message)
        return version

    def holds(self, name: str) -> bool:
        """Return whether there is something of this name, be it readable or not."""
        try:
            (self.path / name).lstat()
        except (OSError, ValueError):
            return False
        return True

    def read(self, name: str) -> bytes:
        """Return the bytes of a file."""
        with self._opened(name) as file:
            try:
                return file.read()
            except OSError as error:
                self.refuse(f"{name} cannot be read ({error.strerror})", error)

    def json(self, name: str) -> Any:
        """Return what a JSON file holds; no number in it is infinite or NaN by name."""
        return self.parsed(name, self.read(name))

    def parsed(self, name: str, data: bytes) -> Any:
        """Return what the bytes of a JSON file hold."""
        try:
            return json.loads(data.decode("utf-8"), parse_constant=_no_constant)
        except RecursionError as error:
            self.refuse(f"{name} is nested too deeply", error)
        except (ValueError, MemoryError) as error:
            self.refuse(f"{name} is no JSON ({_told(error)})", error)

    def array(self, name: str, dtype: str) -> NDArray[Any]:
        """Return the array of one dimension in a ``.npy`` file, mapped unless it is small."""
        with self._opened(name) as file:
            size = os.fstat(file.fileno()).st_size
            if size < SMALL_BYTES:
                return self._array(name, file.read(), dtype, None)
            shape, _, start = self._header(name, file.read(_START + 2**16), size, dtype)
            if len(shape) != 1:
                self.refuse(f"{name} has {len(shape)} dimensions, not one")
            if not shape[0]:
                return np.empty(0, dtype=dtype)
            # As an ordinary array: each slice of a memmap costs many times one of this.
            return np.asarray(np.memmap(file, dtype=dtype, mode="r", offset=start, shape=shape))

    def arrays(self, name: str, data: bytes, wanted: Mapping[str, tuple[str, tuple[int, ...]]]) -> dict[str, Any]:
        """Return the arrays of an ``.npz`` file, each of the dtype and shape that it must have, and no others.

        Nothing is unpacked whose size is not the one wanted.
        """
        sizes = {f"{key}.npy": math.prod(shape) * np.dtype(dtype).itemsize for key, (dtype, shape) in wanted.items()}
        if sum(sizes.values()) > MOST_BYTES:
            self.refuse(f"{name} would hold more than {MOST_BYTES} bytes")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                members = packed.infolist()
                if sorted(member.filename for member in members) != sorted(sizes):
                    self.refuse(f"{name} does not hold the arrays {', '.join(wanted)}")
                found = {}
                for member in members:
                    # What newsnlp writes is deflated; other methods may ask for any memory.
                    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                        self.refuse(f"{member.filename} in {name} is packed by another method")
                    if not 0 <= member.file_size - sizes[member.filename] - _START < 2**16:
                        self.refuse(f"{member.filename} in {name} is not of its size")
                    key = member.filename.removesuffix(".npy")
                    # The second read is what makes zipfile compare the checksum.
                    with packed.open(member) as stream:
                        content = stream.read(member.file_size) + stream.read(1)
                    found[key] = self._array(f"{key} in {name}", content, *wanted[key])
                return found
        except _NO_ARCHIVE as error:
            if isinstance(error, NewsnlpError):
                raise
            self.refuse(f"{name} is no archive of arrays ({_told(error)})", error)

    def _array(self, name: str, data: bytes, dtype: str, wanted: tuple[int, ...] | None) -> NDArray[Any]:
        shape, order, start = self._header(name, data, len(data), dtype)
        if len(shape) != 1 if wanted is None else shape != wanted:
            self.refuse(f"{name} has the shape {shape}, not {'one dimension' if wanted is None else wanted}")
        # A copy, so that the array may be written to.
        return np.frombuffer(data, dtype=dtype, offset=start).reshape(shape, order=order).copy()  # type: ignore[call-overload,no-any-return]

    def _header(self, name: str, data: bytes, size: int, dtype: str) -> tuple[tuple[int, ...], str, int]:
        """Return shape, order and beginning of an array, whose file must be as long as they say."""
        start = _START + int.from_bytes(data[len(_MAGIC) : _START], "little")
        told = _HEADER.fullmatch(data[_START:start]) if data.startswith(_MAGIC) else None
        if told is None:
            self.refuse(f"{name} is no array that newsnlp wrote")
        if told[1].decode() != np.dtype(dtype).str:
            self.refuse(f"{name} holds {told[1].decode()}, not {np.dtype(dtype).str}")
        shape = tuple(int(part) for part in told[3].split(b",") if part.strip())
        if start + math.prod(shape) * np.dtype(dtype).itemsize != size:
            self.refuse(f"{name} is {size} bytes long, which its shape {shape} does not give")
        return shape, "F" if told[2] == b"True" else "C", start

    @contextlib.contextmanager
    def _opened(self, name: str) -> Iterator[io.BufferedReader]:
        path = self.path / name
        try:
            told = path.lstat()
            # A pipe would wait for ever, a link may lead anywhere.
            if not stat.S_ISREG(told.st_mode):
                self.refuse(f"{name} is no ordinary file")
            if told.st_size > MOST_BYTES and not name.endswith(".npy"):
                self.refuse(f"{name} has more than {MOST_BYTES} bytes")
            file = path.open("rb")
        except FileNotFoundError as error:
            self.refuse(f"{name} is missing", error)
        except OSError as error:
            self.refuse(f"{name} cannot be read ({error.strerror})", error)
        with file:
            yield file


def packed_arrays(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Return arrays as the bytes of an ``.npz`` file."""
    held = io.BytesIO()
    np.savez_compressed(held, **arrays)  # type: ignore[arg-type]  # its only other keyword is allow_pickle
    return held.getvalue()


def packed_json(content: object) -> bytes:
    """Return JSON in ASCII: lone surrogates, which no encoding holds, come back as they were."""
    return json.dumps(content, ensure_ascii=True, allow_nan=False).encode("ascii")


def write_file(path: Path, data: bytes) -> None:
    """Write a file and wait until the disk has it."""
    if len(data) > MOST_BYTES:
        message = f"{path.name} would have {len(data)} bytes; accepted: {MOST_BYTES} at most. Hint: save less in one"
        raise SourceError(message)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def settle_folder(folder: Path) -> None:
    """Wait until the disk has the names of a folder's files, where the system can say so."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def one_writer(folder: Path) -> Iterator[None]:
    """Hold a folder for one writer; the system lets go when the process ends, however it ends.

    Without such locks (Windows, some network disks) writers are not kept apart.

    Raises
    ------
    SourceError
        If another process or thread is writing there.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                message = f"another process is saving into {folder}. Hint: wait for it, or give a folder of its own"
                raise SourceError(message) from error
        yield
    finally:
        with contextlib.suppress(OSError):
            # A child that was forked meanwhile has the same lock open.
            fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


@contextlib.contextmanager
def own_weights(name: str) -> Iterator[None]:
    """Say what to do where weights that newsnlp brings cannot be read: half an installation.

    Raises
    ------
    ModelFormatError
        Instead of whatever reading them raised.
    """
    try:
        yield
    except (*_NO_ARCHIVE, OSError, KeyError, TypeError) as error:
        message = (
            f"newsnlp's own {name} is damaged ({_told(error)}). "
            "Hint: python -m pip install --force-reinstall --no-deps newsnlp"
        )
        raise ModelFormatError(message) from error


def finite(array: NDArray[Any]) -> NDArray[Any]:
    """Return an array of numbers that are all finite.

    Raises
    ------
    ValueError
        If one is not.
    """
    if array.dtype.kind not in "iuf" or not np.isfinite(array).all():
        message = "it holds what is no finite number"
        raise ValueError(message)
    return array


def _told(error: BaseException) -> str:
    """Return what an error says, in short: it may show what the file holds, whatever that is."""
    return ascii(str(error)[:80])[1:-1]


def _no_constant(name: str) -> object:
    message = f"{name} is no number"
    raise ValueError(message)
