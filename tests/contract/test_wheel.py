"""What users install is whole: the wheel holds every data file, and works without the source tree."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "newsnlp"
# What the wheel may weigh: 16 MB for the encoder of the accurate mode, 12 MB for all else.
MAX_BYTES = 28_000_000


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(out),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True)
    (path,) = out.glob("*.whl")
    return path


def test_every_file_of_the_package_is_inside(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        "newsnlp/" + path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    about = {name for name in inside if name.startswith("newsnlp-")}
    assert inside - about == wanted
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in about)
    assert {"newsnlp/entities/weights/LICENSE", "newsnlp/entities/weights/SOURCES.md", "newsnlp/py.typed"} <= inside
    table = {f"newsnlp/gazetteer/table/{name}" for name in ("places.bin", "SOURCES.md", "LICENSE-CLDR")}
    assert table <= inside
    assert wheel.stat().st_size < MAX_BYTES


@pytest.mark.model
def test_the_wheel_works_alone(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = (
        "import newsnlp; print(newsnlp.__file__);"
        "a = newsnlp.load()('Cinq soldats ont été blessés à Gao, selon l’ONU.');"
        "print(len(a.mentions), len(a.figures), a.topics[0].code)"
    )
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment, cwd=tmp_path
    )
    home, found = done.stdout.splitlines()
    assert home.startswith(str(tmp_path))
    assert found == "2 1 medtop:16000000"
