import json
import subprocess
import sys

import pytest

from newsnlp.gazetteer import Place, candidates, distance_km
from newsnlp.gazetteer.names import LONGEST, place_key, without_arabic_article


def first(name: str) -> Place:
    found = candidates(name)
    assert found, name
    return found[0]


@pytest.mark.parametrize(
    "names",
    [
        ("Le Havre", "Havre", "LE HAVRE", "le havre"),
        ("Saint-Étienne", "St-Étienne", "St Etienne", "SAINT ETIENNE", "St. Étienne"),
        ("L'Haÿ-les-Roses", "L’Haÿ-les-Roses", "Haÿ les Roses"),
        ("Boulogne-sur-Mer", "Boulogne s/Mer", "Boulogne sur Mer"),
        ("Les Sables-d'Olonne", "Sables d’Olonne"),
        ("Sainte-Foy-lès-Lyon", "Ste-Foy-les-Lyon", "Sainte-Foy-lez-Lyon"),
    ],
)
def test_spellings_of_one_name_meet(names):
    assert len({place_key(name) for name in names}) == 1
    assert len({first(name).geonameid for name in names}) == 1


@pytest.mark.parametrize(
    ("name", "country", "territory", "kind"),
    [
        ("France", "FR", None, "country"),
        ("États-Unis", "US", None, "country"),
        ("Nouméa", "FR", "NC", "city"),
        ("Mayotte", "FR", "YT", "region"),
        ("Groenland", "DK", "GL", "region"),
        ("Hong Kong", "HK", None, "country"),
        ("Taïwan", "TW", None, "country"),
        ("Palestine", "PS", None, "country"),
        ("Kosovo", "XK", None, "country"),
        ("Bretagne", "FR", None, "region"),
        ("Finistère", "FR", None, "department"),
        ("Haut-Rhin", "FR", None, "department"),
        ("Caroline du Nord", "US", None, "region"),
        ("Bavière", "DE", None, "region"),
        ("Québec", "CA", None, "region"),
        ("Luxembourg", "LU", None, "country"),
        ("Vienne", "AT", None, "city"),
        ("Pékin", "CN", None, "city"),
        ("Europe", None, None, "continent"),
    ],
)
def test_who_stands_first(name, country, territory, kind):
    place = first(name)
    assert (place.country, place.territory, place.kind) == (country, territory, kind)


def test_a_town_tells_its_divisions():
    quimper = first("Quimper")
    assert (quimper.admin1, quimper.admin1_name) == ("FR-BRE", "Bretagne")
    assert (quimper.admin2, quimper.admin2_name) == ("FR-29", "Finistère")
    assert distance_km((quimper.latitude, quimper.longitude), (47.997, -4.098)) < 3
    assert quimper.population == pytest.approx(63_000, rel=0.1)


def test_the_departments_of_alsace_are_of_their_region():
    colmar = first("Colmar")
    assert (colmar.admin1_name, colmar.admin2_name, colmar.admin2) == ("Grand Est", "Haut-Rhin", "FR-68")


def test_all_bearers_are_told():
    saints = candidates("Saint-Denis")
    assert {place.territory for place in saints} >= {None, "RE"}
    assert len({place.admin2 for place in saints}) > 4
    assert {"department", "city"} <= {place.kind for place in candidates("Paris")}


def test_coordinates_of_divisions_are_those_of_their_seat():
    assert distance_km((first("Calvados").latitude, first("Calvados").longitude), (49.18, -0.37)) < 5  # Caen
    assert distance_km((first("Sénégal").latitude, first("Sénégal").longitude), (14.7, -17.44)) < 10  # Dakar


def test_a_small_commune_has_neighbours_coordinates_and_no_id():
    puycelsi = first("Puycelsi")
    assert puycelsi.geonameid is None
    assert puycelsi.approximate
    assert puycelsi.admin2_name == "Tarn"
    assert distance_km((puycelsi.latitude, puycelsi.longitude), (43.99, 1.71)) < 15


def test_alternate_names_say_so():
    assert not first("Londres").alias
    assert any(place.alias and place.country == "SY" for place in candidates("Halab"))


def test_the_arabic_article_may_be_missing_or_another():
    assert without_arabic_article(place_key("Ach-Charqat")) == "charqat"
    assert first("Raqqa") == first("Ar-Raqqa") == first("er-Raqqa")


@pytest.mark.parametrize(
    "name", ["", " ", "-", "()", "Zzyzzyxington", "\x00", "\ud800", "a" * (LONGEST + 1), "é" * 10**6]
)
def test_what_is_no_name_has_no_place(name):
    assert candidates(name) == ()


def test_a_bracket_is_not_part_of_the_name():
    assert candidates("Saint-Denis (Réunion)") == candidates("Saint-Denis")


def test_distance():
    assert distance_km((0, 0), (0, 180)) == pytest.approx(20015, abs=1)
    assert distance_km((48.85, 2.35), (48.85, 2.35)) == 0


def test_importing_reads_no_table_and_loads_nothing_heavy():
    code = (
        "import json, sys, newsnlp.gazetteer as g; from newsnlp.gazetteer import lookup;"
        "print(json.dumps([lookup.load_table.cache_info().currsize, sorted(sys.modules)]))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    size, modules = json.loads(out)
    assert size == 0
    assert not {"numpy", "spacy", "pandas", "newsnlp.gazetteer.table"} & set(modules)
