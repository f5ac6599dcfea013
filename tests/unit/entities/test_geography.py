"""Places: which bearer of a name is meant, its sort, and where what has no id lies."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from tests.unit.entities.marks import read_marks

from newsnlp.entities.geography.heads import head_of, lead_of, town_within, with_head
from newsnlp.entities.resolve import resolve_mentions


def place_of(marked, which=0):
    """Return the entity that a mark belongs to."""
    text, mentions = read_marks(marked)
    found, entities = resolve_mentions(SimpleNamespace(text=text), mentions)
    return next(entity for entity in entities if entity.id == found[which].entity_id)


@pytest.mark.parametrize(
    ("marked", "kind", "geonameid"),
    [
        # Words before the name
        ("En [Mayenne]{LOC}, un homme est mort.", "department", 2994932),
        ("Le feu a pris à [Mayenne]{LOC}, en France.", "city", 2994935),
        ("Dans la [Mayenne]{LOC}, un homme est mort.", "department", 2994932),
        ("La ville de [Québec]{LOC} a voté.", "city", 6325494),
        ("Le [Québec]{LOC} a voté.", "region", 6115047),
        ("La province d'[Anbar]{LOC}, en [Irak]{LOC}.", "region", 99592),
        ("La province de [Babel]{LOC}, en [Irak]{LOC}.", "region", None),
        ("Les ruines de [Babel]{LOC}, en [Irak]{LOC}.", "site", None),
        ("Au [Royaume-Uni]{LOC}, le comté de [Kent]{LOC}.", "country", 2635167),
        ("Au [Havre]{LOC}, en Normandie.", "city", 3003796),
        # Brackets and appositions
        ("À [Valence]{LOC} ([Drôme]{LOC}), une usine a brûlé.", "city", 2971053),
        ("À [Saint-Denis]{LOC} ([Seine-Saint-Denis]{LOC}), une usine a brûlé.", "city", 2980916),
        ("À [Springfield]{LOC}, dans l'[Illinois]{LOC}, une usine américaine a brûlé.", "city", 4250542),
        # Countries, territories, bynames
        ("La [France]{LOC} a gagné.", "country", 3017382),
        ("Un séisme en [Angleterre]{LOC}.", "region", 6269131),
        ("Il est parti de [Nouméa]{LOC}.", "city", 2139521),
        ("En [Europe]{LOC}, il pleut.", "continent", 6255148),
        ("Il a plu sur [Kitzbühel]{LOC}, en [Autriche]{LOC}.", "city", 2774347),
    ],
)
def test_the_one_that_is_meant(marked, kind, geonameid):
    place = place_of(marked)
    assert (place.place_kind, place.geonameid) == (kind, geonameid)


def test_a_name_within_a_name_finds_its_division():
    place = place_of("En [Irak]{LOC}, la [province d'Anbar]{LOC} est calme.", 1)
    assert (place.place_kind, place.geonameid, place.admin1) == ("region", 99592, "IQ-AN")


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("La [Méditerranée]{LOC} est calme.", "water"),
        ("Les bords de [Loire]{LOC} sont inondés.", "water"),
        ("L'[Everest]{LOC} a été gravi.", "mountain"),
        ("L'[île de Ré]{LOC}, en [France]{LOC}.", "island"),
        ("La [base d'Incirlik]{LOC}, en [Turquie]{LOC}.", "site"),
        ("Le quartier de [Belleville]{LOC}, à [Paris]{LOC}.", "quarter"),
        ("L'[aéroport de Bamako]{LOC}, au [Mali]{LOC}.", "site"),
        ("La [rue de Rome]{LOC}, à [Paris]{LOC}.", "road"),
        ("Bouchons sur l'[A31]{LOC}.", "road"),
        ("Le [Moyen-Orient]{LOC} s'inquiète.", "area"),
    ],
)
def test_what_is_no_town_or_division_has_a_sort_of_its_own(marked, kind):
    place = place_of(marked)
    assert place.place_kind == kind
    assert kind == "road" or place.latitude is not None
    assert place.geonameid is None


def test_a_site_lies_in_the_town_of_its_name_or_of_its_sentence_without_its_id():
    airport = place_of("L'[aéroport de Bamako]{LOC}, au [Mali]{LOC}.")
    assert (round(airport.latitude), round(airport.longitude), airport.geonameid) == (13, -8, None)
    quarter = place_of("Le [quartier Belair]{LOC}, à [Nantes]{LOC}, en [France]{LOC}.")
    assert (round(quarter.latitude), round(quarter.longitude), quarter.geonameid) == (47, -2, None)


CRACOW, LYON, BRUSSELS = (50, 20), (46, 5), (51, 4)


@pytest.mark.parametrize(
    ("marked", "which", "spot"),
    [
        (
            "En [Pologne]{LOC}, une plaine à [Vlanowice]{LOC}, à une quinzaine de kilomètres de [Cracovie]{LOC}.",
            1,
            CRACOW,
        ),
        ("En [Pologne]{LOC}, à [Vlanowice]{LOC}, à 12 km au sud de [Cracovie]{LOC}.", 1, CRACOW),
        ("En [Pologne]{LOC}, à [Vlanowice]{LOC}, près de [Cracovie]{LOC}.", 1, CRACOW),
        ("En [Pologne]{LOC}, à [Vlanowice]{LOC}, situé non loin de [Cracovie]{LOC}.", 1, CRACOW),
        ("En [Pologne]{LOC}, près de [Cracovie]{LOC}, à [Vlanowice]{LOC}, il pleut.", 2, CRACOW),
        ("En [France]{LOC}, à [Vlansart]{LOC}, dans la proche banlieue de [Lyon]{LOC}.", 1, LYON),
        ("En [France]{LOC}, aux [Vlansarts]{LOC} ([Lyon]{LOC}), il pleut.", 1, LYON),
        ("En [France]{LOC}, au [Vlansart]{LOC}, à [Lyon]{LOC}, il pleut.", 1, LYON),
        ("En [France]{LOC}, à [Vlansart]{LOC}, un quartier de [Lyon]{LOC}.", 1, LYON),
        ("Le [Quartier Vlan]{LOC} de [Bruxelles]{LOC}, en [Belgique]{LOC}.", 0, BRUSSELS),
        # The headline's town
        (
            "[Lyon]{LOC} brûle\n\nEn [France]{LOC}, il pleut.\nOn va à [Nantes]{LOC}.\nL'[hôpital Vlansart]{LOC} ferme.",
            3,
            LYON,
        ),
        # The article's only town
        ("[Lyon]{LOC}, en [France]{LOC} : un incendie. Le feu a pris. L'[hôpital Vlansart]{LOC} est fermé.", 2, LYON),
    ],
)
def test_an_unknown_place_lies_where_the_text_sets_it(marked, which, spot):
    place = place_of(marked, which)
    assert (round(place.latitude), round(place.longitude), place.geonameid) == (*spot, None)


@pytest.mark.parametrize(
    ("marked", "which"),
    [
        ("En [Pologne]{LOC}, à [Vlanowice]{LOC}, à 120 km de [Cracovie]{LOC}.", 1),
        ("En [Pologne]{LOC}, à [Vlanowice]{LOC}, à quelques centaines de kilomètres de [Cracovie]{LOC}.", 1),
        ("En [Pologne]{LOC}, il va de [Vlanowice]{LOC} à [Cracovie]{LOC}.", 1),
        ("En [Pologne]{LOC}, entre [Vlanowice]{LOC} et [Cracovie]{LOC}, il pleut.", 1),
        ("En [Pologne]{LOC}, à [Vlanowice]{LOC}, comme à [Cracovie]{LOC}, il pleut.", 1),
        ("En [Pologne]{LOC}, à [Vlanowice]{LOC}, au sud de [Cracovie]{LOC}, il pleut.", 1),
        ("En [Pologne]{LOC}, la rivière [Vlana]{LOC}, près de [Cracovie]{LOC}.", 1),
    ],
)
def test_what_the_text_sets_nowhere_has_no_coordinates(marked, which):
    assert place_of(marked, which).latitude is None


@pytest.mark.parametrize(
    ("marked", "kind", "located"),
    [
        ("En [France]{LOC}, bouchon au péage de [Bandol]{LOC}.", "site", True),
        ("En [France]{LOC}, au poste-frontière de [Jeumont]{LOC}.", "site", True),
        ("En [France]{LOC}, au rond-point de [Bandol]{LOC}.", "road", False),
        ("En [France]{LOC}, sur la route de [Bandol]{LOC}.", "city", True),
        ("En [France]{LOC}, à la gare de [Bandol]{LOC}.", "city", True),
        ("En [France]{LOC}, l'A9 est fermée à [Narbonne-sud]{LOC}.", "site", True),
        ("En [France]{LOC}, la course [Paris-Roubaix]{LOC} a lieu.", None, False),
        ("En [France]{LOC}, au [VIIIe arrondissement]{LOC}, à [Paris]{LOC}.", "quarter", True),
        ("Dans la commune de [Vlansart]{LOC}, en [France]{LOC}.", "city", False),
        ("Une rivière de l'[Oregon]{LOC}, aux [États-Unis]{LOC}.", "region", True),
        ("Le lac du [Bourget]{LOC}, en [France]{LOC}.", "water", True),
    ],
)
def test_words_before_and_in_a_name_tell_another_place_than_its_town(marked, kind, located):
    place = place_of(marked, 0 if marked.startswith(("Une", "Le", "Dans")) else 1)
    assert (place.place_kind, place.latitude is not None) == (kind, located)


def test_a_small_commune_far_from_the_other_towns_is_located_where_no_other_is_called_so():
    place = place_of("En [France]{LOC}, à [Paris]{LOC}, le procès du groupe de [Tarnac]{LOC} s'ouvre.", 2)
    assert (place.geonameid, round(place.latitude), place.place_kind) == (None, 46, "city")


def test_where_the_bearers_are_many_the_departments_named_decide():
    place = place_of("En [Savoie]{LOC}, à [Chambéry]{LOC}, puis à [Montcel]{LOC}.", 2)
    assert (place.geonameid, place.admin1) == (2992854, "FR-ARA")


@pytest.mark.parametrize(
    "marked",
    [
        "La planète [Mars]{LOC} est rouge.",
        "Au [Pérou]{LOC}, à [Vlanbourg]{LOC}.",
        "En [France]{LOC}, le [Brézet]{LOC} est un quartier.",
    ],
)
def test_what_nothing_fits_has_no_id(marked):
    assert place_of(marked, -1).geonameid is None


def test_territories_have_their_own_code():
    assert place_of("À [Mamoudzou]{LOC}, le vent souffle.").territory == "YT"


@pytest.mark.parametrize(
    ("name", "kind", "rest"),
    [
        ("base militaire américaine de Bagram", "site", "Bagram"),
        ("wilaya de Khenchela", "division", "Khenchela"),
        ("lac du Bourget", "water", "Bourget"),
        ("RN 165", "road", ""),
    ],
)
def test_heads_within_a_name(name, kind, rest):
    head = head_of(name)
    assert head is not None
    assert (head.kind, head.rest) == (kind, rest)


@pytest.mark.parametrize("name", ["Lyon", "Mont-de-Marsan", "Port-au-Prince", "bar de Lyon"])
def test_names_without_a_head(name):
    assert head_of(name) is None


@pytest.mark.parametrize(
    ("before", "kind", "preposition"),
    [
        ("la ville de ", "city", ""),
        ("la province irakienne d'", "division", ""),
        ("sur la route de ", "", ""),
        ("au péage de ", "site", ""),
        ("la gare autoroutière de ", "site", ""),
        ("dans un village de ", "", ""),
        ("à bord de ", "", ""),
        ("le stade ", "site", ""),
        ("parti de l'", "", "the"),
        ("Parti à ", "", "at"),
        ("", "", ""),
        ("une ville.\n", "", ""),
    ],
)
def test_words_before_a_name(before, kind, preposition):
    assert lead_of(before + "Untel", len(before)) == (kind, preposition)


def test_the_noun_before_a_name_and_the_town_within_one():
    assert with_head("le lac du Bourget", 10, 17) == "lac du Bourget"
    assert with_head("Il a vu Lyon", 8, 12) == "Lyon"
    assert [town_within(name) for name in ("Avignon Nord", "Lyon-Perrache", "Villeneuve-sur-Lot")] == [
        "Avignon",
        "Lyon",
        "",
    ]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Dix morts dans l'État de Sokoto, au Nigeria.", "region"),
        ("Dix morts dans la province de Kandahar.", "region"),
        ("Dix morts dans le canton de Genève.", "region"),
        ("Dix morts à Kandahar, dans la province de Kandahar.", "city"),
        ("Dix morts dans la région d'Agadir.", "city"),
        ("Dix morts dans la région de Lyon.", "city"),
    ],
)
def test_a_division_that_is_called_so_is_not_the_town_of_its_name(nlp, text, kind):
    assert next(entity.place_kind for entity in nlp(text).entities if entity.label == "LOC") == kind
