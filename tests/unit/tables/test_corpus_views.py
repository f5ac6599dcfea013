"""Tables of a whole corpus, from analyses, from frames, and from files."""

from __future__ import annotations

import pandas as pd
import pytest

import newsnlp
from newsnlp.errors import SourceError
from newsnlp.records import Analysis, Article, Entity, Figure
from newsnlp.tables import (
    casualties,
    casualties_by_day,
    co_occurrences,
    entities_over_time,
    forces,
    read_tables,
    to_frames,
    write_tables,
)


def article(number, date, *names, figures=(), source=None):
    entities = tuple(
        Entity(id=f"e{i}", name=name, label=label, mention_count=count, country=country)
        for i, (name, label, count, country) in enumerate(names, 1)
    )
    return Analysis(
        article=Article(text=f"t{number}", id=f"a{number}", published_at=date, source=source),
        entities=entities,
        figures=figures,
    )


def killed(low, high=None, place="à Gao", **fields):
    value = low if low == high else None
    return Figure(
        start=0,
        end=1,
        text=str(low),
        value=value,
        value_min=low,
        value_max=high,
        event="killed",
        counted="morts",
        place=place,
        **fields,
    )


GAO = ("Gao", "LOC", 2, "ML")
CORPUS = [
    # 23.30 in UTC is the next day in Paris.
    article(
        1, "2026-03-12T09:00:00+01:00", GAO, ("ONU", "ORG", 1, None), figures=(killed(12, place_id="e1"),), source="A"
    ),
    article(
        2,
        "2026-03-12T18:00:00+01:00",
        GAO,
        ("onu", "ORG", 4, None),
        figures=(killed(15, 15, place_id="e1"),),
        source="B",
    ),
    article(
        3,
        "2026-03-12T23:30:00+00:00",
        ("ONU", "ORG", 1, None),
        figures=(killed(16, 16, place="Gao"), killed(99, 99, status="denied")),
    ),
    article(4, None, GAO, ("ONU", "ORG", 1, None), figures=(killed(1000, 1000),)),
]


@pytest.fixture(params=["analyses", "frames", "files"])
def corpus(request, tmp_path):
    if request.param == "analyses":
        return CORPUS
    if request.param == "frames":
        return to_frames(CORPUS)
    write_tables(CORPUS, tmp_path, format="excel-fr")
    return read_tables(tmp_path)


def rows(frame):
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in frame.itertuples(index=False)]


def test_entities_over_time(corpus):
    day, next_day = pd.Timestamp("2026-03-12"), pd.Timestamp("2026-03-13")
    assert rows(entities_over_time(corpus)) == [
        (day, "ONU", "ORG", None, 2, 5),
        (day, "Gao", "LOC", "ML", 2, 4),
        (next_day, "ONU", "ORG", None, 1, 1),
    ]
    assert rows(entities_over_time(corpus, freq="M", labels=["ORG"], timezone="UTC")) == [
        (pd.Timestamp("2026-03-01"), "ONU", "ORG", None, 3, 6)
    ]
    assert entities_over_time(corpus, freq="W")["period"].unique().tolist() == [pd.Timestamp("2026-03-09")]


def test_co_occurrences(corpus):
    assert rows(co_occurrences(corpus)) == [("Gao", "LOC", "ONU", "ORG", 3, 0.75)]
    assert co_occurrences(corpus, minimum=4).empty
    assert co_occurrences(corpus, labels=["ORG"]).empty


def test_casualties_by_day(corpus):
    day, next_day = pd.Timestamp("2026-03-12"), pd.Timestamp("2026-03-13")
    assert rows(casualties_by_day(corpus)) == [
        (day, "Gao", "ML", "killed", None, "morts", 15.0, 12.0, None, 2, 2, "article"),
        (next_day, "Gao", None, "killed", None, "morts", 16.0, 16.0, 16.0, 1, 0, "article"),
    ]
    assert casualties_by_day(corpus, timezone="UTC")["day"].tolist() == [day]


def dated(number, published_at, value, begin, end):
    """Return an article that tells of so many dead at Gao in some days."""
    figure = killed(value, value, "Gao", when=f"{begin}/{end}", when_begin=begin, when_end=end)
    return article(number, published_at, figures=(figure,))


def test_casualties_by_the_day_of_the_event():
    corpus = [
        dated(1, "2026-03-12", 5, "2026-03-10", "2026-03-10"),
        dated(2, "2026-03-11", 4, "2026-03-10", "2026-03-10"),
        dated(3, None, 9, "2026-03-01", "2026-03-01"),
        # A longer time is told on its last day, or on that of the article where it is not over.
        dated(4, "2026-03-12", 70, "2026-01-01", "2026-02-28"),
        dated(5, "2026-03-12", 80, "2026-03-01", "2026-03-31"),
    ]
    found = casualties_by_day(corpus)
    assert found["date_basis"].tolist() == ["figure"] * 4
    assert [(str(row[0].date()), *row[1:]) for row in rows(found[["day", "latest", "low", "articles"]])] == [
        ("2026-02-28", 70, 70, 1),
        ("2026-03-01", 9, 9, 1),
        ("2026-03-10", 5, 4, 2),
        ("2026-03-12", 80, 80, 1),
    ]


@pytest.mark.parametrize("view", [casualties, forces])
def test_casualties_and_forces_of_frames_are_those_of_analyses(corpus, view):
    pd.testing.assert_frame_equal(view(corpus), view(CORPUS))
    with pytest.raises(SourceError, match="no DataFrame articles, figures; accepted: what to_frames"):
        view({"entities": to_frames(CORPUS)["entities"]})


@pytest.mark.parametrize("view", [entities_over_time, co_occurrences, casualties_by_day])
def test_views_of_nothing_have_the_same_columns_and_types(view):
    assert view([]).dtypes.equals(view(CORPUS).dtypes)
    assert view([]).empty


def test_views_are_public():
    assert newsnlp.entities_over_time is entities_over_time
    assert newsnlp.co_occurrences is co_occurrences
    assert newsnlp.casualties_by_day is casualties_by_day
