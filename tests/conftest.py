"""Shared fixtures: one model a session, the shared gold where it exists, docs without a model."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# `make test` tries the same examples every time; `make fuzz` tries others, and prints how to see a failure again.
# No deadline: how long an example takes depends on what else the machine does. A fixture is the session's model.
SHARED_FIXTURES = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
settings.register_profile(
    "test", max_examples=60, derandomize=True, deadline=None, suppress_health_check=SHARED_FIXTURES
)
settings.register_profile(
    "fuzz", max_examples=2_000, deadline=None, print_blob=True, suppress_health_check=SHARED_FIXTURES
)
settings.load_profile("test")

# A shell ignores Ctrl-C for what it runs in the background, and so would the runs that tests stop by it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

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
