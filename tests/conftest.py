"""Shared fixtures: one model a session, the shared gold where it exists, docs without a model."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def nlp():
    import newsnlp

    return newsnlp.load()


@pytest.fixture(scope="session")
def shared_data():
    """Return the folder of shared gold data; skip where it is not there, as on a user's machine."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("../shared is not on this machine")
    return folder


@pytest.fixture(scope="session")
def sample_analysis(nlp):
    from newsnlp.samples import sample_text

    return nlp(sample_text())
