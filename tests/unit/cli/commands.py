"""The command in a process of its own, as a person starts it."""

from __future__ import annotations

import os
import subprocess
import sys

COMMAND = [sys.executable, "-c", "from newsnlp.cli import main; main()"]


def newsnlp_command(*arguments, stdin=b"", env=None):
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8", **(env or {})},
    )
