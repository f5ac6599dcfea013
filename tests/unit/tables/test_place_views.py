"""Places of a corpus: one row a place, whatever its articles call it, and rows by article."""

from __future__ import annotations

import json

import pytest

from newsnlp import Analysis, Article, Entity, places, to_frames
from newsnlp.exports import to_geojson


def analysis(number, *entities):
    return Analysis(article=Article(id=f"a{number}", text="x" * number, title="<b>Titre</b>"), entities=entities)


def place(name, mentions, geonameid=None, latitude=None, longitude=None, **more):
    return Entity(
        id=f"e{name}", name=name, label="LOC", mention_count=mentions, geonameid=geonameid, latitude=latitude,
        longitude=longitude, **more,
    )  # fmt: skip


CORPUS = [
    analysis(1, place("Kiev", 3, 703448, 50.5, 30.5, country="UA"), place("Zut", 1)),
    analysis(2, place("Kyiv", 1, 703448, 50.5, 30.5, country="UA"), place("zut", 1), place("Zut", 1, country="FR")),
    analysis(3, Entity(id="e1", name="Paris", label="PER", mention_count=9)),
]


@pytest.mark.parametrize("corpus", [CORPUS, to_frames(CORPUS)])
def test_one_row_a_place(corpus):
    table = places(corpus)
    assert table["name"].tolist() == ["Kiev", "Zut", "Zut"]
    assert table["articles"].tolist() == [2, 2, 1]
    assert table["mentions"].tolist() == [4, 2, 1]
    assert table["longitude"].isna().tolist() == [False, True, True]


def test_rows_by_article():
    table = places(CORPUS, by_article=True)
    assert table["article_id"].tolist() == ["a1", "a1", "a2", "a2", "a2"]
    assert table["name"].tolist() == ["Kiev", "Zut", "Kyiv", "zut", "Zut"]


@pytest.mark.parametrize("by_article", [False, True])
def test_columns_stay_without_rows(by_article):
    full, empty = places(CORPUS, by_article=by_article), places([], by_article=by_article)
    assert list(full.dtypes.items()) == list(empty.dtypes.items())


def test_entities_not_looked_for_are_told():
    with pytest.warns(UserWarning, match="entities were not analysed in 1 of 1"):
        places(Analysis(article=Article(text="x"), meta={"not_analysed": ("entities",)}))


def test_geojson_holds_points_alone_and_plain_values():
    collection = to_geojson(CORPUS)
    assert json.loads(json.dumps(collection, allow_nan=False)) == collection
    assert [feature["geometry"]["coordinates"] for feature in collection["features"]] == [[30.5, 50.5]] * 2
    assert collection["features"][0]["properties"] == {
        "article_id": "a1", "title": "<b>Titre</b>", "published_at": None, "entity_id": "eKiev", "name": "Kiev",
        "mentions": 3, "place_kind": None, "country": "UA", "admin1": None, "territory": None, "geonameid": 703448,
    }  # fmt: skip


def test_a_lone_surrogate_stays_out_of_geojson():
    features = to_geojson(analysis(1, place("Z\ud800", 1, None, 1.0, 1.0)))["features"]
    assert json.dumps(features, ensure_ascii=False).encode()
