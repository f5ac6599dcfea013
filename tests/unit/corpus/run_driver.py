"""A run in a process of its own, for tests that kill it."""

from __future__ import annotations

import json
import subprocess
import sys

DRIVER = """
import json, sys
import newsnlp
from newsnlp.corpus import run
settings = json.loads(sys.argv[1])
run.SHARD_CHARS = settings.pop("shard_chars", run.SHARD_CHARS)
limit = settings.pop("file_limit", None)
if limit:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    report = newsnlp.analyze_corpus(**settings)
except newsnlp.NewsnlpError as error:
    sys.exit(f"{type(error).__name__}: {error}")
print(json.dumps([report.articles, report.resumed]))
"""


def drive(**settings):
    """Start a run in a process of its own, as a user's script without a ``__main__`` guard."""
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER, json.dumps(settings)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
