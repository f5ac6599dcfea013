"""Look-ups of places and inhabitants, and the lexicons behind them."""

from __future__ import annotations

import collections
import re

import pytest

from newsnlp.entities.knowledge import places
from newsnlp.entities.knowledge.forms import name_key
from newsnlp.lexicons import places as lists

COUNTRIES = {
    "France": "FR", "Hexagone": "FR", "États-Unis": "US", "Etats-Unis": "US", "USA": "US", "Grande-Bretagne": "GB",
    "Écosse": "GB", "pays de Galles": "GB", "RDC": "CD", "République démocratique du Congo": "CD",
    "Congo-Brazzaville": "CG", "Birmanie": "MM", "Myanmar": "MM", "État hébreu": "IL", "Gaza": "PS",
    "bande de Gaza": "PS", "Cisjordanie": "PS", "Territoires palestiniens": "PS", "Kosovo": "XK", "Taïwan": "TW",
    "Tchétchénie": "RU", "Catalogne": "ES", "Crimée": "UA", "Donbass": "UA", "Hollande": "NL", "Côte d'Ivoire": "CI",
    "Côte d’Ivoire": "CI", "Centrafrique": "CF", "Swaziland": "SZ", "Vatican": "VA", "Guyane": "GF",
    "Nouvelle-Calédonie": "NC", "La Réunion": "RE", "Timor oriental": "TL", "Biélorussie": "BY", "Corée du Nord": "KP",
    "Irak": "IQ", "Iran": "IR", "Niger": "NE", "Nigeria": "NG", "Guinée": "GN", "Guinée-Bissau": "GW",
    "Guinée équatoriale": "GQ", "Slovaquie": "SK", "Slovénie": "SI", "Islande": "IS", "Irlande": "IE", "Dominique": "DM",
    "République dominicaine": "DO", "Autriche": "AT", "Australie": "AU", "Mali": "ML", "Malte": "MT",
    "Kiev": "UA", "Kyiv": "UA", "Bagdad": "IQ", "Mossoul": "IQ", "Nancy": "FR", "NANCY": "FR", "Lunéville": "FR",
    "Saint-Dié": "FR", "Le Mans": "FR", "Mans": "FR", "Meurthe-et-Moselle": "FR", "Paca": "FR", "Lorraine": "FR",
    "Québec": "CA", "Montréal": "CA", "Charleroi": "BE", "Lausanne": "CH", "Goma": "CD", "Kidal": "ML",
    "Kremlin": "RU", "Maison Blanche": "US", "Matignon": "FR", "Downing Street": "GB", "Bundestag": "DE",
    "Knesset": "IL", "Moyen-Orient": None, "Europe": None, "Sahel": None, "Afrique": None, "Mars": None,
    "Trifouillis": None, "": None, "…": None,
}  # fmt: skip


@pytest.mark.parametrize(("name", "country"), COUNTRIES.items())
def test_country_of(name, country):
    meanings = places.meanings_of(name)
    assert (meanings[0].country if meanings else None) == country


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Américains", "US"), ("américaine", "US"), ("irakiennes", "IQ"), ("Français", "FR"), ("belge", "BE"),
        ("Suissesse", "CH"), ("turque", "TR"), ("grecques", "GR"), ("Nancéiens", "FR"), ("québécoise", "CA"),
        ("nigérian", "NG"), ("nigérien", "NE"), ("nigériane", "NG"), ("néo-zélandais", "NZ"), ("kurde", None),
        ("Européens", None), ("congolais", None),
    ],
)  # fmt: skip
def test_demonyms(word, country):
    assert places.is_demonym(word)
    assert places.demonym_country(word) == country


@pytest.mark.parametrize("word", ["Lorraine", "France", "Bretagne", "Corse-du-Sud", "ministre", "Alger", "", "!"])
def test_no_demonym(word):
    assert not places.is_demonym(word)
    assert places.demonym_country(word) is None


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [("Kiev", "Kyiv", True), ("Rangoun", "Yangon", True), ("Irak", "Iran", False), ("Congo", "RDC", True),
     ("Congo-Brazzaville", "RDC", False), ("Gaza", "Cisjordanie", False), ("Inconnue", "Inconnue", False)],
)  # fmt: skip
def test_same_place(first, second, same):
    assert places.same_place(first, second) is same


def _rows():
    return {"countries": lists.countries(), "cities": lists.cities(), "france": lists.french_places()}


def test_every_country_of_iso_3166_is_there():
    babel = pytest.importorskip("babel")
    codes = {code for code in babel.Locale("fr").territories if re.fullmatch("[A-Z]{2}", code)}
    # CLDR's own: exceptional reservations, groupings, unknown.
    codes -= {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
    assert codes <= {row["country"] for row in _rows()["countries"]}


def test_aliases_name_a_row_of_their_country():
    for file, rows in _rows().items():
        known = {(row["surface"], row.get("country", "FR")) for row in rows}
        for row in rows:
            if row["canonical"]:
                assert (row["canonical"], row.get("country", "FR")) in known, (file, row)


def test_all_departments_with_towns():
    rows = [row for row in _rows()["france"] if row["kind"] == "place"]
    towns = collections.Counter(row["department"] for row in rows)
    numbers = {f"{n:02}" for n in range(1, 96) if n != 20} | {"2A", "2B"}
    assert numbers == set(towns)
    assert min(towns.values()) >= 7
    assert sum(towns.values()) >= 600


def test_cities_of_every_state():
    rows = _rows()
    cities = {row["country"] for row in rows["cities"]}
    states = {
        row["country"] for row in rows["countries"] if row["kind"] == "state" and row["country"] not in {"FR", ""}
    }
    small = {"VC", "GD", "KN", "MH", "NR", "PW", "SB", "SM", "TV", "VA", "SG", "LC", "MC"}
    assert states - cities <= small, states - cities
    assert len(rows["cities"]) >= 2500


def test_codes_ranks_and_kinds_are_known():
    for rows in _rows().values():
        for row in rows:
            assert re.fullmatch("[A-Z]{2}|", row.get("country", "FR")), row
            assert row["rank"] in {"1", "2", "3"}, row
            assert name_key(row["surface"]), row
    kinds = {row["kind"] for row in _rows()["countries"]}
    assert kinds == {"state", "territory", "part", "area", "hist"}
    assert {row["kind"] for row in _rows()["france"]} == {"region", "department", "province", "natural", "place"}
