"""The user's list has the last word: types, ends, identities, countries; short forms need a sign."""

from __future__ import annotations

import pytest
from tests.unit.authority.lists import listed

import newsnlp
from newsnlp.entities import extract_entities
from newsnlp.entities.attributes.listed import as_listed
from newsnlp.errors import OptionError

pytestmark = pytest.mark.model

ROWS = (
    "tte;ORG;TotalEnergies;Total|Total SE;FR;Q154037;;",
    "org;ORG;Orange;Orange SA;FR;;;",
    "em;PER;Emmanuel Macron;Macron;FR;Q3052772;;",
    "ch;PER;Charles III;Charles;GB;;;Camilla",
    "re;LOC;Saint-Denis;;RE;;;",
    "fr;LOC;Saint-Denis;;FR;;;",
    "rose;PER;Anne Rose;Rose;BE;;;",
    "ol;ORG;Olympique lyonnais;OL|Lyon;FR;;;",
    "pole;;Pôle Nord Conseil;;;;;",
    "zy;ORG;Zyxon;;BE;;;",
    ";;Reuters;;;;oui;",
    ";PER;Paris;;;;oui;",
)


@pytest.fixture(scope="module")
def ids(nlp, tmp_path_factory):
    """Return the mentions of a text, each with the row that it means."""
    authority = listed(tmp_path_factory.mktemp("list"), *ROWS)

    def of(text):
        mentions, entities = extract_entities(nlp.language(text), authority=authority)
        rows = {entity.id: entity.authority_id for entity in entities}
        assert all(text[m.start : m.end] == m.text for m in mentions)
        return [(m.text, m.label.value, rows[m.entity_id]) for m in mentions]

    return of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A name that no lexicon knows, and a name in full.
        ("Zyxon recrute.", [("Zyxon", "ORG", "zy")]),
        ("La rose de Mme Rose.", [("Rose", "PER", "rose")]),
        # A common word at the beginning needs a sign; its small letters are another word.
        ("Total a gagné. Au total, le groupe Total gagne.", [("Total", "ORG", "tte"), ("Total", "ORG", "tte")]),
        ("Au total, trois morts.", []),
        # « à Orange » is the town.
        ("À Orange, le maire a reçu Orange.", [("Orange", "LOC", None), ("Orange", "ORG", "org")]),
        # Somebody else bears the surname.
        ("Brigitte Macron a parlé. Macron a ri.", [("Brigitte Macron", "PER", None), ("Macron", "PER", None)]),
        ("Macron a parlé.", [("Macron", "PER", "em")]),
        ("Le président Emmanuel Macron a ri.", [("Emmanuel Macron", "PER", "em")]),
        # Given names are many people's; a word of the context, or an office, tells.
        ("Charles, 35 ans, est mort.", [("Charles", "PER", None)]),
        ("Charles est venu avec Camilla.", [("Charles", "PER", "ch"), ("Camilla", "PER", None)]),
        ("Le roi Charles a parlé.", [("Charles", "PER", "ch")]),
        # A place that is an alias of a club.
        ("Deux morts à Lyon.", [("Lyon", "LOC", None)]),
        # Two rows of one name: the country decides, or nothing.
        ("Un homme a été tué à Saint-Denis.", [("Saint-Denis", "LOC", None)]),
        ("À Saint-Denis, à La Réunion, un mort.", [("Saint-Denis", "LOC", "re"), ("La Réunion", "LOC", None)]),
        # A longer name is another.
        ("Orange Cyberdefense recrute.", [("Orange Cyberdefense", "ORG", None)]),
        ("Une enquête dans l'« affaire Rose ».", [("affaire Rose", "MISC", None)]),
        ("Selon Reuters, Paris a perdu.", [("Paris", "LOC", None)]),
        # Without a label a row finds nothing by itself.
        ("C'était au pôle nord conseil.", []),
    ],
)
def test_who_is_meant(ids, text, expected):
    assert ids(text) == expected


def test_all_mentions_of_a_row_are_one_entity_with_its_name(nlp, tmp_path):
    authority = listed(tmp_path, *ROWS)
    text = "TotalEnergies investit. Le groupe Total gagne 3 milliards d'euros. Total SE recrute."
    mentions, entities = extract_entities(nlp.language(text), authority=authority)
    assert {mention.entity_id for mention in mentions} == {"e1"}
    [entity] = entities
    assert (entity.name, sorted(entity.aliases)) == ("TotalEnergies", ["Total", "Total SE"])
    assert (entity.country, entity.wikidata) == ("FR", "Q154037")


def test_two_rows_are_two_entities_whatever_the_article_merges(nlp, tmp_path):
    authority = listed(tmp_path, "a;LOC;Birmanie;;;;;", "b;LOC;Myanmar;;;;;")
    _, entities = extract_entities(nlp.language("La Birmanie, ou Myanmar, a voté."), authority=authority)
    assert [entity.authority_id for entity in entities] == ["a", "b"]


def test_a_forced_country_leaves_no_place_of_another(tmp_path):
    entity = newsnlp.records.Entity(id="e1", name="Valmont", label="LOC", mention_count=1, country="FR", geonameid=1)
    [row, none, own, overseas] = listed(
        tmp_path,
        "Valmont;CH;;",
        "Nulle part;-;;",
        "Ici;CH;46,5;6,5",
        "Saint-Denis;RE;;",
        header="name;country;latitude;longitude",
    ).names
    assert (as_listed(entity, row).country, as_listed(entity, row).geonameid) == ("CH", None)
    assert as_listed(entity, none).country is None
    # Of an overseas territory the country is the sovereign state.
    made = as_listed(entity, overseas)
    assert (made.country, made.territory, made.geonameid) == ("FR", "RE", None)
    assert (as_listed(entity, own).latitude, as_listed(entity, own).geonameid) == (46.5, None)


def test_the_pipeline_tells_its_list_and_gives_it_to_processes(tmp_path):
    authority = listed(tmp_path, *ROWS)
    nlp = newsnlp.load(authority=tmp_path / "noms.csv")
    [first, second] = nlp.pipe(["Zyxon recrute.", "Reuters écrit."], n_process=2)
    assert [entity.authority_id for entity in first.entities] == ["zy"]
    assert not second.entities
    assert first.meta["authority"] == {"names": 10, "ignored": 2, "digest": authority.digest}


def test_names_that_are_not_looked_for_are_no_option(tmp_path):
    listed(tmp_path, *ROWS)
    with pytest.raises(OptionError, match="leaves entities out"):
        newsnlp.load(only="figures", authority=tmp_path / "noms.csv")
