"""What the project says of itself in several places is the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_python_versions_agree():
    named = [re.fullmatch(r"Programming Language :: Python :: 3\.(\d+)", c) for c in PROJECT["project"]["classifiers"]]
    minors = [int(match[1]) for match in named if match]
    oldest = minors[0]
    assert minors == list(range(oldest, oldest + len(minors)))
    assert PROJECT["project"]["requires-python"] == f">=3.{oldest}"
    assert PROJECT["tool"]["mypy"]["python_version"] == f"3.{oldest}"
    assert PROJECT["tool"]["ruff"]["target-version"] == f"py3{oldest}"


def test_commit_hook_and_ci_run_the_same_linters():
    assert "entry: make lint\n" in (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert "\nmake lint\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
