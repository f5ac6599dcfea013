"""Tables in memory, of whatever library: the same articles."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from newsnlp.errors import SourceError
from newsnlp.ingest.failures import Failure
from newsnlp.ingest.sources import read_source

TEXTS = ["Deux morts à Arvel.", "Un blessé."]
DATA = {
    "texte": [TEXTS[0], None, TEXTS[1]],
    "titre": ["a", "b", "c"],
    "date": [date(2024, 3, 12), None, None],
}


class Columns:
    """A table that iterates over its columns and knows its rows, as polars has it."""

    columns = tuple(DATA)

    def __len__(self):
        return 3

    def __iter__(self):
        return iter(DATA.values())

    def iter_rows(self, *, named=False):
        return zip(*DATA.values(), strict=True) if not named else None


class Lazy:
    columns = tuple(DATA)

    def collect_schema(self):
        return DATA

    def collect(self):
        return Columns()


class Exchanged:
    def __dataframe__(self, *_, **__):
        return pd.DataFrame({"texte": DATA["texte"], "titre": DATA["titre"]}).__dataframe__()


def arrow():
    import pyarrow as pa

    return pa.table(DATA)


def record_batch():
    return arrow().to_batches()[0]


@pytest.mark.parametrize("make", [lambda: pd.DataFrame(DATA), Columns, Lazy, Exchanged, arrow, record_batch])
def test_rows_of_any_table(make):
    source = read_source(make())
    for _ in range(2):
        first, second, third = source
        assert (first.text, first.title, third.title) == ("Deux morts à Arvel.", "a", "c")
        assert isinstance(second, Failure)
    if make is not Exchanged:
        assert first.published_at == datetime(2024, 3, 12)  # noqa: DTZ001
    assert "polars" not in sys.modules


def test_columns_of_arrow_and_series():
    import pyarrow as pa

    for column in (
        pa.array(TEXTS),
        pa.chunked_array([TEXTS]),
        pd.Series(TEXTS),
    ):
        assert [item.text for item in read_source(column)] == TEXTS


def test_levels_of_names_and_names_that_stand_twice():
    frame = pd.DataFrame(
        [["Deux morts.", "a", 1]], columns=pd.MultiIndex.from_tuples([("x", "texte"), ("x", "titre"), ("y", "")])
    )
    (found,) = read_source(frame)
    assert (found.text, found.title) == ("Deux morts.", "a")
    (found,) = read_source(pd.DataFrame([["Deux morts.", "autre"]], columns=["texte", "texte"]))
    assert found.text == "Deux morts."
    same = pd.MultiIndex.from_tuples([("a", "texte"), ("b", "texte")])
    (found,) = read_source(pd.DataFrame([["Un.", "Deux."]], columns=same), columns={"text": "b texte"})
    assert found.text == "Deux."


def test_an_index_with_a_name_is_a_column():
    frame = pd.DataFrame({"id": ["x1", "x2"], "jour": ["2024-03-12"] * 2, "texte": ["Un.", "Deux."]})
    assert [item.id for item in read_source(frame.set_index("id"))] == ["x1", "x2"]
    found = list(read_source(frame.set_index(["jour", "id"])))
    assert [item.id for item in found] == ["x1", "x2"]
    assert found[0].published_at == datetime(2024, 3, 12)  # noqa: DTZ001
    assert [item.id for item in read_source(frame.set_index("id", drop=False))] == ["x1", "x2"]


def test_moments_keep_their_zone():
    frame = pd.DataFrame({"texte": ["Un."], "date": pd.to_datetime(["2024-03-12 07:30"]).tz_localize("Europe/Paris")})
    assert next(iter(read_source(frame))).published_at == datetime(2024, 3, 12, 6, 30, tzinfo=UTC)


def test_a_table_that_cannot_be_read_says_so():
    class Broken(Columns):
        def iter_rows(self, *, named=False):
            raise RuntimeError(named)

    with pytest.raises(SourceError, match="the columns of the Broken cannot be read"):
        list(read_source(Broken()))
