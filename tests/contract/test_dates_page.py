"""The examples of docs/dates.md print what stands below them."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "dates.md").read_text(encoding="utf-8")


@pytest.mark.model
def test_the_examples_print_what_they_say():
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 2
    names: dict[str, object] = {}
    for block in blocks:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(block, names)  # noqa: S102  # our own page
        assert printed.getvalue().splitlines() == [line[2:] for line in block.splitlines() if line.startswith("# ")]
