"""Gold cases as tests: one test a case, and what is still wrong written beside it.

A case that is not right yet bears ``xfail``, the list of its differences as the test words them. It is as strict as
a passing one: the test fails when a difference goes, comes or changes.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest


def load_cases(name):
    """Return the cases of one gold file; ids are unique."""
    cases = tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))["case"]
    ids = [case["id"] for case in cases]
    repeated = sorted({one for one in ids if ids.count(one) > 1})
    assert not repeated, f"{name}: ids given twice: {repeated}"
    return cases


def as_tests(cases):
    """Return the parameters of `pytest.mark.parametrize`, each under the id of its case."""
    return [pytest.param(case, id=case["id"]) for case in cases]


def judge(case, differences):
    """Pass a case without differences, expect exactly those that it bears, and show all others."""
    known = case.get("xfail", [])
    if differences == known:
        if known:
            pytest.xfail("; ".join(known))
        return
    lines = [f"{case['id']}: {case['text']}"]
    lines += [f"  new:  {one}" for one in differences if one not in known]
    lines += [f"  gone: {one}" for one in known if one not in differences]
    if not differences:
        lines.append("  all right now: delete its xfail")
    elif known:
        lines.append("  its xfail is now: " + "xfail = " + toml_list(differences))
    pytest.fail("\n".join(lines), pytrace=False)


def toml_list(differences):
    """Return strings as a TOML list."""
    quoted = (one.replace("\\", "\\\\").replace('"', '\\"') for one in differences)
    return "[" + ", ".join(f'"{one}"' for one in quoted) + "]"
