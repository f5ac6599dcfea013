"""Calls that run in child processes, in order: what `Pipeline.pipe` uses for ``n_process`` above 1.

Not the executors of the standard library: their children look for modules in the current folder first, and run the
caller's script again.
"""

from __future__ import annotations

import importlib
import json
import os
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO, TYPE_CHECKING, Any, Self

from newsnlp import errors
from newsnlp.errors import NewsnlpError
from newsnlp.safety.isolated import read_frame, start, write_frame

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Mapping

CALL, GIVEN, RAISED = b"C", b"G", b"R"


class ChildProcesses:
    """A few child processes that all run one function of newsnlp; a context manager.

    Parameters
    ----------
    function : str
        ``module:function``: called with the bytes that `submit` is given and, by name, with `options`; returns bytes.
    count : int
    options : mapping
        Plain JSON values.
    """

    def __init__(self, function: str, count: int, options: Mapping[str, Any]) -> None:
        self._settings = {"function": function, "options": dict(options)}
        # A thread a child: it writes to its child and waits for it, so that neither can wait for the other for ever.
        self._threads = ThreadPoolExecutor(count)
        self._local = threading.local()
        self._children: list[subprocess.Popen[bytes]] = []
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._closed = True
        for child in self._children:
            child.kill()
        self._threads.shutdown(cancel_futures=True)
        for child in self._children:
            child.communicate()

    def submit(self, content: bytes) -> Future[bytes]:
        """Return what the function will return for `content`, or raise."""
        return self._threads.submit(self._call, content)

    def _call(self, content: bytes) -> bytes:
        child: subprocess.Popen[bytes] | None = getattr(self._local, "child", None)
        if child is None:
            child = self._local.child = start(__name__, self._settings)
            self._children.append(child)
            if self._closed:  # while this one was being started
                child.kill()
        if child.stdin is None or child.stdout is None:
            message = "a child process was started without pipes"
            raise NewsnlpError(message)
        try:
            write_frame(child.stdin, CALL, content)
            answer = read_frame(child.stdout)
        except OSError:
            answer = None
        if answer is None:
            message = (
                "a child process died in the middle of its articles. Hint: newsnlp.analyze_corpus loses only the "
                "article at fault; n_process=1 shows what happens"
            )
            raise NewsnlpError(message)
        if answer[0] == RAISED:
            name, told = json.loads(answer[1])
            raise error_named(name, told)
        return answer[1]


def error_named(name: str, told: str) -> NewsnlpError:
    """Return the error that a child has told of by its class and message; of another class than ours, the root's."""
    kind = getattr(errors, name, None)
    if isinstance(kind, type) and issubclass(kind, NewsnlpError):
        return kind(told)
    return NewsnlpError(f"{name}: {told}")


def main(incoming: IO[bytes], outgoing: IO[bytes], settings: Mapping[str, Any]) -> None:
    """Run in the child: answer calls until the parent has gone."""
    module, _, name = settings["function"].partition(":")
    function: Callable[..., bytes] = getattr(importlib.import_module(module), name)
    while (frame := read_frame(incoming)) is not None:
        try:
            answer = function(frame[1], **settings["options"])
        except Exception as error:  # noqa: BLE001  # it is raised again in the parent
            write_frame(outgoing, RAISED, json.dumps([type(error).__name__, str(error)]).encode())
        else:
            write_frame(outgoing, GIVEN, answer)
    os._exit(0)
