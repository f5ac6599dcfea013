"""Python processes of our own that import nothing from the folder they are started in.

``python -c`` and ``python -m`` look for modules in the current folder first: a ``json.py`` that lies beside a corpus
would be run. So this file is started by its path, with ``-E -P``: no current folder, no ``PYTHON…`` variables. The
child then looks in the standard library, next where its parent looks, in that order, but for the current folder.

The two speak in frames over pipes. Only the standard library is imported here: the child runs this file first.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import json
import os
import signal
import struct
import subprocess
import sys
from importlib.machinery import PathFinder
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HEADER = struct.Struct(">cQ")
HELLO = b"H"
# A frame that says it is longer was not written by us: something in the child wrote into our pipe.
LONGEST_FRAME = 1 << 32
# Each child has a core to itself: threads of the matrix library would only make children fight over cores.
ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)
# What a child does of what its parent does, because -E hides the variables that may have said it.
_FLAGS = (("no_user_site", "-s"), ("no_site", "-S"), ("dont_write_bytecode", "-B"))


def write_frame(file: IO[bytes], kind: bytes, content: bytes = b"") -> None:
    """Write one frame: what it is, how long it is, its content."""
    file.write(HEADER.pack(kind, len(content)))
    file.write(content)
    file.flush()


def read_frame(file: IO[bytes]) -> tuple[bytes, bytes] | None:
    """Return the kind and content of the next frame, None where the other side has gone or what it says is no frame."""
    header = file.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    kind, length = HEADER.unpack(header)
    if length > LONGEST_FRAME:
        return None
    content = file.read(length)
    return (kind, content) if len(content) == length else None


def start(target: str, settings: Mapping[str, Any], *, loader: str | None = None) -> subprocess.Popen[bytes]:
    """Start a process that calls ``main(incoming, outgoing, settings)`` of the module `target`.

    Parameters
    ----------
    target : str
        A module of newsnlp.
    settings : mapping
        Plain JSON values.
    loader : str, optional
        A module of the user's that the child will import. It alone may lie in the current folder, if the parent looks
        there, too.
    """
    flags = [flag for name, flag in _FLAGS if getattr(sys.flags, name)]
    mode = ["-X", "utf8"] if sys.flags.utf8_mode else []
    with _interrupts_held():  # or Ctrl-C would find the child before it can ignore it
        process = subprocess.Popen(  # noqa: S603  # our own file, by our own interpreter
            [sys.executable, "-E", "-P", *flags, *mode, __file__, target],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **dict.fromkeys(ONE_THREAD, "1")},
        )
    hello = {"path": import_path(loader), "settings": dict(settings)}
    if process.stdin is not None:
        with contextlib.suppress(OSError):  # it has died already, which whoever listens learns
            write_frame(process.stdin, HELLO, json.dumps(hello).encode())
    return process


def import_path(loader: str | None = None) -> list[str]:
    """Return where a child may look for modules: where this process does, but for the current folder.

    The current folder is on the path of ``python -c``, ``python -m``, of notebooks and of scripts that lie in it. It
    comes in, and last, only if the top package of `loader` lies there and nowhere else.
    """
    try:
        here = os.path.realpath(os.getcwd())  # noqa: PTH109  # no pathlib: what a child imports at its start is little
    except OSError:  # it has been removed
        here = None
    entries = [entry for entry in sys.path if isinstance(entry, str)]
    if here is None:
        entries = [entry for entry in entries if os.path.isabs(entry)]  # noqa: PTH117  # as above
    known = list(dict.fromkeys(os.path.abspath(entry) for entry in entries))  # noqa: PTH100  # as above
    found = [entry for entry in known if os.path.realpath(entry) != here]
    if here is not None and loader is not None and len(found) < len(known):
        top = loader.partition(".")[0]
        if PathFinder.find_spec(top, found) is None and PathFinder.find_spec(top, [here]) is not None:
            found.append(here)
    return found


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _main() -> None:
    """Run in the child: its streams, its path, its newsnlp, then what it was started for."""
    # Ctrl-C goes to the whole group: the parent decides when its children stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    # What an analysis prints must not get between the frames.
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    hello = read_frame(incoming)
    if hello is None:
        return
    told = json.loads(hello[1])
    sys.path[:] = _child_path(told["path"], sys.path)
    _load_newsnlp(os.path.dirname(os.path.dirname(__file__)))  # noqa: PTH120  # as above
    try:
        importlib.import_module(sys.argv[1]).main(incoming, outgoing, told["settings"])
    except BrokenPipeError:
        os._exit(0)  # the parent has gone; nothing is left to be flushed


def _child_path(received: list[str], own: list[str]) -> list[str]:
    """Return the standard library's entries, then those of the parent, then what else an isolated Python has."""
    library = os.path.dirname(os.__file__)  # noqa: PTH120  # as above
    standard = [e for e in own if e in {library, os.path.join(library, "lib-dynload")} or e.endswith(".zip")]  # noqa: PTH118
    return list(dict.fromkeys([*standard, *received, *own]))


def _load_newsnlp(folder: str) -> None:
    """Import the newsnlp that this file belongs to, wherever it lies and whatever else has its name."""
    place = os.path.join(folder, "__init__.py")  # noqa: PTH118  # as above
    spec = importlib.util.spec_from_file_location("newsnlp", place, submodule_search_locations=[folder])
    if spec is None or spec.loader is None:
        message = f"newsnlp cannot be imported from {folder}"
        raise ImportError(message)
    module = importlib.util.module_from_spec(spec)
    sys.modules["newsnlp"] = module
    spec.loader.exec_module(module)


if __name__ == "__main__":
    _main()
