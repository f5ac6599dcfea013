"""The examples of docstrings and of pages in docs/ print what they say."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path

import pytest

import newsnlp

ROOT = Path(__file__).parents[2]
SOURCE = Path(newsnlp.__file__).parent
MODULES = [path for path in sorted(SOURCE.rglob("*.py")) if ">>>" in path.read_text(encoding="utf-8")]
PAGES = [path for path in sorted((ROOT / "docs").glob("*.md")) if "```python" in path.read_text(encoding="utf-8")]
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module", autouse=True)
def one_model(nlp):
    """Give every example that loads the plain pipeline the session's one: it is the same, and loaded already."""
    plain = newsnlp.load
    patch = pytest.MonkeyPatch()
    shared = lambda *args, **options: plain(*args, **options) if args or options else nlp  # noqa: E731
    patch.setattr(newsnlp, "load", shared)
    yield
    patch.undo()


@pytest.mark.model
@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_docstrings(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = ".".join(("newsnlp", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")
    failed, tried = doctest.testmod(importlib.import_module(name), optionflags=FLAGS)
    assert tried
    assert not failed


@pytest.mark.model
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_pages(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {"__name__": path.stem}
    for block in BLOCK.findall(path.read_text(encoding="utf-8")):
        if ">>>" not in block:
            exec(compile(block, path.name, "exec"), namespace)  # noqa: S102
            continue
        test = doctest.DocTestParser().get_doctest(block, namespace, path.name, str(path), 0)
        result = doctest.DocTestRunner(optionflags=FLAGS).run(test, clear_globs=False)
        namespace = test.globs
        assert not result.failed
