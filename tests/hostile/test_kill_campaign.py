"""The campaign of kills in small: every format, every kind of hostile item, blows in every stage of a run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = str(Path(__file__).parent)


@pytest.mark.campaign
@pytest.mark.parametrize("form", ["csv", "excel-fr", "jsonl", "parquet", "sqlite", "xlsx"])
def test_killed_runs_give_the_tables_of_undisturbed_ones(tmp_path, monkeypatch, form):
    monkeypatch.syspath_prepend(HERE)
    import kill_campaign

    try:
        wrong = kill_campaign.campaign(tmp_path, items=2600, kills=8, formats=(form,), loader="load_plain")
    finally:
        sys.modules.pop("kill_campaign", None)
    assert wrong == []
