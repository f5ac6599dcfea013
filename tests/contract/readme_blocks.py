"""Run the examples of README.md and compare, or with --update rewrite, the output that stands under them.

A ``python`` block is run, all blocks in one namespace; a ``console`` block holds ``$ command`` lines. A ``text``
block right after either holds its output, to the character.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

# Commands that install or measure: run by CI itself, not from within its tests.
OUTSIDE = ("git clone", "make ", "python -m pip", "cd ")
ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BLOCK = re.compile(
    r"^```(?P<kind>\w+)\n(?P<code>.*?)^```\n(?:\n```text\n(?P<output>.*?)^```\n)?", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Example:
    """One block of code with the output that follows it, if one does."""

    kind: str
    code: str
    output: str | None
    span: tuple[int, int]
    line: int


def examples(text: str) -> list[Example]:
    """Return the blocks that can be run, in order."""
    return [
        Example(m["kind"], m["code"], m["output"], m.span("output"), text.count("\n", 0, m.start()) + 1)
        for m in BLOCK.finditer(text)
        if m["kind"] in {"python", "console"}
    ]


def run(example: Example, namespace: dict[str, object], folder: Path) -> str:
    """Return what the example prints. Commands run in `folder`, where the repository stands as ``newsnlp``."""
    if example.kind == "python":
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.chdir(folder):
            exec(compile(example.code, f"README.md:{example.line}", "exec"), namespace)  # noqa: S102
        return printed.getvalue()
    lines = [line[2:] for line in example.code.splitlines() if line.startswith("$ ")]
    commands = [line for line in lines if not line.startswith(OUTSIDE)]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    out = ""
    for command in commands:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=os.environ | {"PATH": path, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            message = f"README.md:{example.line}: {command!r} failed: {done.stderr}"
            raise RuntimeError(message)
        out += done.stdout
    return out


def update() -> None:
    """Rewrite the outputs in README.md from what the examples print now."""
    text = README.read_text(encoding="utf-8")
    namespace: dict[str, object] = {"__name__": "readme"}
    pieces, end = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for example in examples(text):
            printed = run(example, namespace, Path(folder))
            if example.output is not None:
                pieces += [text[end : example.span[0]], printed]
                end = example.span[1]
    README.write_text("".join(pieces) + text[end:], encoding="utf-8")


if __name__ == "__main__" and "--update" in sys.argv:
    update()
