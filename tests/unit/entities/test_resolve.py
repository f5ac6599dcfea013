"""Merging mentions into entities: each rule once, with what it must not merge."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from tests.unit.entities.marks import read_marks

from newsnlp.entities.resolve import choose_name, resolve_mentions
from newsnlp.records import Label, Mention


def resolve(marked):
    text, mentions = read_marks(marked)
    return resolve_mentions(SimpleNamespace(text=text), mentions)


def groups(marked):
    """Return the texts of the mentions of each entity, in order."""
    mentions, entities = resolve(marked)
    return [[m.text for m in mentions if m.entity_id == entity.id] for entity in entities]


SAME = {
    "surname": "[Lloyd Austin]{PER} est là. [Austin]{PER} parle.",
    "civility inside the span": "[Emmanuel Macron]{PER} est là. [M. Macron]{PER} parle.",
    "headline before the full name": "[Macron]{PER} à Metz\n\n[Emmanuel Macron]{PER} est venu.",
    "capitals of a headline": "[EMMANUEL MACRON]{PER} à Metz\n\n[Emmanuel Macron]{PER} est venu.",
    "initials": "[Jean-Pierre Raffarin]{PER} puis [J.-P. Raffarin]{PER}.",
    "particle": "[Charles de Gaulle]{PER} puis [de Gaulle]{PER}.",
    "particle Le": "[Marine Le Pen]{PER} puis [Le Pen]{PER}.",
    "Arabic article": "[Bachar al-Assad]{PER} puis [Assad]{PER} et [Al-Assad]{PER}.",
    "ben": "[Mohammed ben Salmane]{PER} puis [ben Salmane]{PER}.",
    "two romanisations": "[Bachar al-Assad]{PER} puis [Bachar el-Asad]{PER}.",
    "given name in two spellings": "[Mohamed Morsi]{PER} puis [Mohammed Morsi]{PER}.",
    "short given name": "[Christopher Froome]{PER} puis [Chris Froome]{PER}.",
    "one short name of two": "[Lionel Perez]{PER} puis [Leo Perez]{PER}.",
    "given name after a comma": "Avec son père, [Kelyan]{PER} sourit.\n[Kelyan Perez]{PER} joue. [Kelyan]{PER} gagne.",
    "Spanish double surname": "[Andrés Manuel López Obrador]{PER} puis [López Obrador]{PER}.",
    "first of two Spanish surnames": "[Pedro Sánchez Pérez-Castejón]{PER} puis [Sánchez]{PER}.",
    "beginning of a long name": "[Thiago Braz da Silva]{PER} puis [Thiago Braz]{PER}.",
    "family name first, Korean": "[Kim Jong-un]{PER} puis [Kim]{PER}.",
    "family name first, Chinese": "[Xi Jinping]{PER} puis [M. Xi]{PER}.",
    "Hungarian order": "[Orbán Viktor]{PER} puis [Viktor Orbán]{PER}.",
    "middle name left out": "[Amadou Gon Coulibaly]{PER} puis [Amadou Coulibaly]{PER}.",
    "accent": "[Benoit Nicolas]{PER} puis [Benoît Nicolas]{PER}.",
    "given name of one person": "[Maëlys de Araujo]{PER} a disparu. [Maëlys]{PER} avait neuf ans.",
    "other name": "[Abou Omar]{PER}, alias [Le Tunisien]{PER}, est mort.",
    "initials alone": "[Nathalie Kosciusko-Morizet]{PER} parle, [NKM]{PER} insiste.",
    "cardinal": "[Philippe Barbarin]{PER} sort. Le cardinal [Barbarin]{PER} se tait.",
    "office of her gender": "[Anne Dupuis]{PER} et la préfète [Dupuis]{PER}.",
    "masculine office of a woman": "Le maire [Anne Dupuis]{PER} parle. Mme [Dupuis]{PER} rit. Le maire [Dupuis]{PER} sort.",
    "family of a person": "[Maëlys de Araujo]{PER} a disparu. La famille de [Maëlys]{PER} attend.",
    "acronym of the lexicon": "L'[ONU]{ORG} et les [Nations unies]{ORG}.",
    "three names of one group": "L'[EI]{ORG}, [Daech]{ORG} et l'[État islamique]{ORG}.",
    "acronym introduced": "Le [Comité Logement du Toulois]{ORG} ([COLT]{ORG}) proteste.",
    "acronym expanded": "Le [BTK]{ORG} ([Bureau du travail de Kehl]{ORG}) proteste.",
    "foreign expansion": "La [Milice du Sinjar]{ORG} ([YBS]{ORG}) proteste.",
    "acronym by its initials": "Le [Syndicat des eaux du Saintois]{ORG} facture. Le [SES]{ORG} se tait.",
    "acronym with its preposition": "L'[Alliance pour le changement]{ORG} gagne, l'[APC]{ORG} aussi.",
    "two letters of two words": "La [Commission européenne]{ORG} vote. La [CE]{ORG} attend.",
    "initials in another order": "Le [Congrès national africain]{ORG} ([ANC]{ORG}) gagne.",
    "syllables in brackets": "L'[Union économique du Sahel]{ORG} ([Uécosa]{ORG}) siège.",
    "syllables with capitals": "Le [Réseau national de surveillance]{ORG} ([RéNaS]{ORG}) veille.",
    "last word of a club": "[Leeds United]{ORG} sort. [United]{ORG} pleure.",
    "ministry and portfolio": "Le [ministère de la Mer]{ORG} se tait. Le ministre de la [Mer]{ORG} parle.",
    "club and its acronym": "Le [Toulouse FC]{ORG} gagne. Le [TFC]{ORG} est premier.",
    "club, sigla first": "L'[OGC Nice]{ORG} gagne. L'[OGCN]{ORG} est premier.",
    "school": "Le lycée [Notre-Dame-de-Kerbertrand]{ORG}. [Kerbertrand]{ORG} ouvre.",
    "initials of a person, labelled otherwise": "[Ousmane Ibra Diop]{PER} parle. [OID]{ORG} sourit.",
    "surname found as an unknown place": "[Idrissa Touré]{PER} marque. Passe de [Touré]{LOC}.",
    "head of a long name": "Le [Conseil de sécurité des Nations unies]{ORG} vote. Le [Conseil de sécurité]{ORG} attend.",
    "head alone": "La [Commission européenne]{ORG} vote. La [Commission]{ORG} attend.",
    "group": "Le [groupe Renault]{ORG} et [Renault]{ORG}.",
    "last word after a head": "Le [Front al-Nosra]{ORG} avance. [Al-Nosra]{ORG} recule.",
    "country and its alias": "La [Birmanie]{LOC} et le [Myanmar]{LOC}.",
    "RDC": "La [République démocratique du Congo]{LOC} et la [RDC]{LOC}.",
    "two spellings of a town": "[Raqqa]{LOC}, ou [Rakka]{LOC}.",
    "base": "La base d'[Aïn al-Asad]{LOC} et celle d'[Ain Al-Assad]{LOC}.",
    "hyphen": "[Saint-Dié]{LOC}, [Saint Dié]{LOC}, [SAINT-DIÉ]{LOC}.",
    "saint in short": "[St-Dizier]{LOC} et [Saint-Dizier]{LOC}.",
    "article of a town": "[Le Mans]{LOC}, donc au [Mans]{LOC}.",
    "province inside the span": "La [province d'Anbar]{LOC} et [Anbar]{LOC}.",
    "square": "La [place de la Concorde]{LOC} et la [Concorde]{LOC}.",
    "typographic apostrophe": "L'[Assemblée nationale]{ORG}, l’[Assemblée Nationale]{ORG}.",
    "label slip": "L'[Élysée]{ORG} dit que l'[Élysée]{LOC} dit.",
}


@pytest.mark.parametrize("marked", SAME.values(), ids=SAME.keys())
def test_one_entity(marked):
    assert len(groups(marked)) == 1, groups(marked)


APART = {
    "affiliation in brackets": "La [CGSP Cheminots]{ORG} ([FGTB]{ORG}) fait grève.",
    "federation in brackets": "La [CGT Énergie]{ORG} ([FNME]{ORG}) fait grève.",
    "known company": "[Shell]{ORG} et [BP]{ORG} gagnent à la [Bourse de Paris]{ORG}.",
    "two letters of a complement": "La [Bourse de Tokyo]{ORG} monte. Le [BT]{ORG} recule.",
    "publisher, sold": "[Antoine Gallimard]{PER} parle. Le roman est publié chez [Gallimard]{PER}.",
    "publisher, pages": "[Antoine Gallimard]{PER} parle. Un roman de [Zed]{PER}. [Gallimard]{PER}, 240 pages.",
    "publisher, year": "[Antoine Gallimard]{PER} parle. Un roman ([Gallimard]{PER}, 2019).",
    "publisher, after the title": "[Antoine Gallimard]{PER} parle. « Le Roman » ([Gallimard]{PER}).",
    "road in brackets": "La sortie [Pont-Vieux]{LOC} ([A52]{LOC}).",
    "last word of two clubs": "[Leeds United]{ORG} et [Torquay United]{ORG}.",
    "two given names": "[Marine Le Pen]{PER} et [Jean-Marie Le Pen]{PER}.",
    "one letter more": "[Macron]{PER} et [Maron]{PER}.",
    "full names, near": "[Jean Dupond]{PER} et [Jean Dupont]{PER}.",
    "Irak and Iran": "L'[Irak]{LOC} et l'[Iran]{LOC}.",
    "Niger and Nigeria": "Le [Niger]{LOC} et le [Nigeria]{LOC}.",
    "Guinée and Guinée-Bissau": "La [Guinée]{LOC} et la [Guinée-Bissau]{LOC}.",
    "Guinée équatoriale": "La [Guinée]{LOC} et la [Guinée équatoriale]{LOC}.",
    "Slovaquie and Slovénie": "La [Slovaquie]{LOC} et la [Slovénie]{LOC}.",
    "two Koreas": "La [Corée du Nord]{LOC} et la [Corée du Sud]{LOC}.",
    "two Congos": "Le [Congo-Brazzaville]{LOC} et la [RDC]{LOC}.",
    "two Saint-Denis": "[Saint-Denis]{LOC} et la [Seine-Saint-Denis]{LOC}.",
    "Haute-Marne and Marne": "La [Marne]{LOC} et la [Haute-Marne]{LOC}.",
    "pope and president": "[François Hollande]{PER} a reçu le pape [François]{PER}.",
    "king and surname": "[Édouard Philippe]{PER} a reçu le roi [Philippe]{PER}.",
    "abbot and given name": "[Pierre Durand]{PER} cite l'abbé [Pierre]{PER}.",
    "storm": "[Zeus Martin]{PER} craint la tempête [Zeus]{PER}.",
    "queens": "[Élisabeth II]{PER} et [Élisabeth Ire]{PER}.",
    "given name of two": "[Jean Martin]{PER}, [Jean Petit]{PER}… [Jean]{PER}.",
    "husband and wife": "[François Fillon]{PER} se tait. [Mme Fillon]{PER} aussi.",
    "family": "[François Fillon]{PER} se tait. Les [Fillon]{PER} aussi.",
    "armies": "L'[armée syrienne]{ORG} et l'[Armée syrienne libre]{ORG}.",
    "movement and its split": "Les [Gilets jaunes]{ORG} et les [Gilets jaunes libres]{ORG}.",
    "state and jihadists": "L'[État]{ORG} combat l'[État islamique]{ORG}.",
    "two unions": "La [CGT]{ORG} et la [CFDT]{ORG}.",
    "airport and its town": "L'[aéroport de Zaventem]{LOC} et [Zaventem]{LOC}.",
    "party in brackets": "[François Fillon]{PER} ([LR]{ORG}).",
    "department in brackets": "[Ploufragan]{LOC} ([Côtes-d'Armor]{LOC}).",
    "club and place": "Le [Real Madrid]{ORG} joue à [Madrid]{LOC}.",
    "surname that is a town": "[Denzel Washington]{PER} est à [Washington]{LOC}.",
    "verb of saying": "[Paul Durand]{PER} dit [Marc Petit]{PER} coupable.",
    "alias after a stop": "[Paul Durand]{PER} le dit. [Marc Petit]{PER} le nie.",
    "initials of two": "Le [Comité des fêtes]{ORG} et le [Cercle de Fèves]{ORG}, dit [CF]{ORG}.",
    "part of a compound": "[Nicolas Dupont-Aignan]{PER} et [Aignan]{PER}.",
    "two ministries": "Le [ministère de l'Intérieur]{ORG} et le [ministère de la Défense]{ORG}.",
    "Alger and Algérie": "[Alger]{LOC} et l'[Algérie]{LOC}.",
    "Tunis and Tunisie": "[Tunis]{LOC} et la [Tunisie]{LOC}.",
    "Mexico and Mexique": "[Mexico]{LOC} et le [Mexique]{LOC}.",
}


@pytest.mark.parametrize("marked", APART.values(), ids=APART.keys())
def test_stay_apart(marked):
    found = groups(marked)
    assert all(len(set(texts)) == 1 for texts in found), found


def test_surname_goes_to_the_last_full_name():
    marked = "[Marine Le Pen]{PER} vient. [Le Pen]{PER} dit. [Jean-Marie Le Pen]{PER} part. [Le Pen]{PER} rit."
    assert groups(marked) == [["Marine Le Pen", "Le Pen"], ["Jean-Marie Le Pen", "Le Pen"]]


def test_civility_chooses_among_two_bearers():
    marked = "[Penelope Fillon]{PER} et [François Fillon]{PER}. [M. Fillon]{PER} puis Mme [Fillon]{PER}."
    assert groups(marked) == [["Penelope Fillon", "Fillon"], ["François Fillon", "M. Fillon"]]


def test_civility_at_the_start_of_a_line():
    marked = "[Penelope Fillon]{PER} et [François Fillon]{PER} sortent.\nMme [Fillon]{PER} se tait."
    assert groups(marked) == [["Penelope Fillon", "Fillon"], ["François Fillon"]]


def test_seat_and_label_majority():
    _, entities = resolve("[Twitter]{MISC} dit, [Twitter]{ORG} dit, [Twitter]{ORG} dit.")
    assert [(entity.name, entity.label, entity.mention_count) for entity in entities] == [("Twitter", Label.ORG, 3)]


def test_entity_fields_and_order():
    mentions, entities = resolve("À [Bagdad]{LOC}, [Lloyd Austin]{PER} ; [M. Austin]{PER} est à [Bagdad]{LOC}.")
    assert [m.entity_id for m in mentions] == ["e1", "e2", "e2", "e1"]
    assert [(e.id, e.first_start, e.mention_count) for e in entities] == [("e1", 2, 2), ("e2", 10, 2)]
    assert entities[1].aliases == ("M. Austin",)
    assert all(0 < e.salience <= 1 for e in entities)


def test_nothing_to_resolve():
    assert resolve_mentions(SimpleNamespace(text=""), []) == ([], [])


@pytest.mark.parametrize(
    "name", ["…", "«»", "-", "习近平", "Владимир Путин", "🙂", "l'", "M.", "'", "A", "d'", "1", ". ."]
)
@pytest.mark.parametrize("label", list(Label))
def test_odd_mentions_do_not_crash(name, label):
    text = f"{name} et {name}."
    found = [
        Mention(start=0, end=len(name), text=name, label=label),
        Mention(start=len(name) + 4, end=2 * len(name) + 4, text=name, label=label),
    ]
    mentions, entities = resolve_mentions(SimpleNamespace(text=text), found)
    assert all(m.entity_id for m in mentions)
    assert sum(e.mention_count for e in entities) == 2


def test_thousands_of_names_stay_quick():
    import time

    # A table of results: 6,000 distinct names, one surname in ten shared. Quadratic code takes a minute.
    marked = " ".join(f"[Prénom{i} Nom{i // 10}]{{PER}}, [Ville{i}]{{LOC}}, [Club {i}]{{ORG}};" for i in range(2000))
    began = time.process_time()
    _, entities = resolve(marked)
    assert len(entities) == 6000
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("texts", "label", "name"),
    [
        (["EMMANUEL MACRON", "Emmanuel Macron", "Macron"], Label.PER, "Emmanuel Macron"),
        (["CGT", "CGT"], Label.ORG, "CGT"),
        (["BAMAKO"], Label.LOC, "Bamako"),
        (["PHILIPPE MORVAN"], Label.PER, "Philippe Morvan"),
        (["JEAN-MARC DE LA TOUR"], Label.PER, "Jean-Marc de la Tour"),
        (["MARINE LE PEN"], Label.PER, "Marine Le Pen"),
        (["NKM"], Label.PER, "NKM"),
        (["BRUXELLES", "Bruxelles"], Label.LOC, "Bruxelles"),
        (["MACHINVILLE"], Label.LOC, "Machinville"),
        (["UE", "Union européenne", "Union Européenne", "Union européenne"], Label.ORG, "Union européenne"),
        (["gilets jaunes", "Gilets jaunes", "Gilets jaunes"], Label.ORG, "Gilets jaunes"),
    ],
)
def test_best_name(texts, label, name):
    assert choose_name(texts, label)[0] == name
