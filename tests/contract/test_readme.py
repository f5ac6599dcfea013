"""What the README shows is what happens."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def blocks():
    spec = importlib.util.spec_from_file_location("readme_blocks", HERE / "readme_blocks.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["readme_blocks"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.model
@pytest.mark.slow
def test_every_example_prints_what_the_readme_says(blocks, tmp_path):
    found = blocks.examples(blocks.README.read_text(encoding="utf-8"))
    assert sum(example.output is not None for example in found) >= 5
    namespace = {"__name__": "readme"}
    for example in found:
        printed = blocks.run(example, namespace, tmp_path)
        if example.output is not None:
            assert printed == example.output, f"README.md:{example.line}. Hint: make readme"


def test_the_makefile_has_what_the_readme_names(blocks):
    makefile = (blocks.ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make (\w+)", blocks.README.read_text(encoding="utf-8")):
        assert f"\n{target}:" in makefile, target


def test_an_example_that_lies_is_caught(blocks, tmp_path):
    (example,) = blocks.examples("```python\nprint(1 + 1)\n```\n\n```text\n3\n```\n")
    assert blocks.run(example, {}, tmp_path) == "2\n" != example.output
