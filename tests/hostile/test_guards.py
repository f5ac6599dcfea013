"""The safety net, tested: each guard of guards.toml is taken out once, and its test must fail then.

The campaign runs them all in copies of the package; the ordinary suite only sees to it that the list is true to the code.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "newsnlp"
GUARDS = tomllib.loads((Path(__file__).parent / "guards.toml").read_text(encoding="utf-8"))["guard"]
NAMES = [guard["name"] for guard in GUARDS]


def test_each_guard_has_a_name_of_its_own():
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("guard", GUARDS, ids=NAMES)
def test_a_guard_of_the_list_stands_in_the_code(guard):
    source = (PACKAGE / guard["file"]).read_text(encoding="utf-8")
    assert source.count(guard["guard"]) == 1, f"{guard['file']}: the text must stand there once"
    assert guard["without"] != guard["guard"]
    assert all((ROOT / test.partition("::")[0]).is_file() for test in guard["test"].split())


def run_tests(source: Path, tests: str) -> subprocess.CompletedProcess[str]:
    """Run some tests on the package under `source`, whatever is installed."""
    code = (
        "import sys, pytest, newsnlp; "
        f"assert newsnlp.__file__.startswith({str(source)!r}), newsnlp.__file__; "
        "sys.exit(pytest.main(sys.argv[1:]))"
    )
    return subprocess.run(
        [sys.executable, "-P", "-c", code, "-x", "-q", "-p", "no:cacheprovider", "-m", "", *tests.split()],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@pytest.mark.campaign
@pytest.mark.parametrize("guard", GUARDS, ids=NAMES)
def test_without_the_guard_its_test_fails(guard, tmp_path):
    shutil.copytree(PACKAGE, tmp_path / "newsnlp", ignore=shutil.ignore_patterns("__pycache__"))
    changed = tmp_path / "newsnlp" / guard["file"]
    source = changed.read_text(encoding="utf-8")
    changed.write_text(source.replace(guard["guard"], guard["without"]), encoding="utf-8")
    compile(changed.read_text(encoding="utf-8"), str(changed), "exec")  # a guard taken out, not a broken module

    done = run_tests(tmp_path, guard["test"])

    # 1 says that tests ran and failed; 2 to 5 that they could not be run at all.
    assert done.returncode == 1, done.stdout[-3000:] + done.stderr[-1000:]
