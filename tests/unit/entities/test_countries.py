"""Countries of entities: homonyms, unknown places, organisations, people."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from tests.unit.entities.marks import read_marks

from newsnlp.entities.resolve import resolve_mentions

MARK = re.compile(r"\[([^\]]+)\]\{(PER|LOC|ORG|MISC)\}")


def country_of_last(marked, which=-1):
    """Return the country of the entity that the last mark (or mark `which`) belongs to."""
    text, mentions = read_marks(marked)
    found, entities = resolve_mentions(SimpleNamespace(text=text), mentions)
    return next(entity.country for entity in entities if entity.id == found[which].entity_id)


OVERSEAS = [
    ("À [Nouméa]{LOC}.", "FR", "NC"),
    ("À [Mayotte]{LOC}.", "FR", "YT"),
    ("À [Pointe-à-Pitre]{LOC}.", "FR", "GP"),
    ("À la [Réunion]{LOC}.", "FR", "RE"),
    ("En [Guyane]{LOC}.", "FR", "GF"),
    ("En [Polynésie française]{LOC}.", "FR", "PF"),
    ("Au [Groenland]{LOC}.", "DK", "GL"),
    ("À [Porto Rico]{LOC}.", "US", "PR"),
    ("À [Gibraltar]{LOC}.", "GB", "GI"),
    ("À [Curaçao]{LOC}.", "NL", "CW"),
    # What is unknown lies in the territory that the article is about
    ("En [Nouvelle-Calédonie]{LOC}, à [Nouméa]{LOC}, puis à [Kouaraoua]{LOC}.", "FR", "NC"),
    # People and organisations of a territory
    ("Le Mahorais [Ali Saïd]{PER} a gagné.", "FR", "YT"),
    ("Le président calédonien, [Paul Ouedja]{PER}, est venu.", "FR", "NC"),
    ("En [Nouvelle-Calédonie]{LOC}, le [Congrès]{ORG} vote.", "FR", "NC"),
    ("À [Mayotte]{LOC}, [Mamoudzou]{LOC} attend le vote de l'[Assemblée nationale]{ORG}.", "FR", None),
    # These stand for themselves, and the mainland has none
    ("À [Hong Kong]{LOC}.", "HK", None),
    ("À [Taïwan]{LOC}.", "TW", None),
    ("Au [Kosovo]{LOC}.", "XK", None),
    ("À [Gaza]{LOC}.", "PS", None),
    ("En [Bretagne]{LOC}.", "FR", None),
]


@pytest.mark.parametrize(("marked", "country", "territory"), OVERSEAS)
def test_what_is_overseas_has_its_state_and_its_territory(marked, country, territory):
    text, mentions = read_marks(marked)
    found, entities = resolve_mentions(SimpleNamespace(text=text), mentions)
    entity = next(entity for entity in entities if entity.id == found[-1].entity_id)
    assert (entity.country, entity.territory) == (country, territory)


CASES = [
    # Homonyms
    ("À [Madrid]{LOC}, en [Espagne]{LOC}, puis à [Valence]{LOC}.", "ES"),
    ("Dans la [Drôme]{LOC}, près de [Montélimar]{LOC}, les Drômois de [Valence]{LOC}.", "FR"),
    ("La [Libye]{LOC} et [Benghazi]{LOC} ; [Tripoli]{LOC}.", "LY"),
    ("Au [Liban]{LOC}, de [Beyrouth]{LOC} à [Saïda]{LOC}, l'armée libanaise à [Tripoli]{LOC}.", "LB"),
    ("Aux [États-Unis]{LOC}, à [Atlanta]{LOC} : l'État américain de [Géorgie]{LOC}.", "US"),
    ("[Tbilissi]{LOC} et la [Russie]{LOC} : la [Géorgie]{LOC}.", "GE"),
    ("Au [Sénégal]{LOC}, de [Dakar]{LOC} à [Saint-Louis]{LOC}.", "SN"),
    ("Au [Pakistan]{LOC}, à [Karachi]{LOC}, l'armée pakistanaise à [Hyderabad]{LOC}.", "PK"),
    ("Aux [États-Unis]{LOC}, en [Alabama]{LOC}, à [Birmingham]{LOC}, ville américaine.", "US"),
    ("[Birmingham]{LOC}.", "GB"),
    ("À [Kinshasa]{LOC} et [Goma]{LOC}, dans l'est du [Congo]{LOC}.", "CD"),
    ("À [Brazzaville]{LOC} et [Pointe-Noire]{LOC}, au [Congo]{LOC}.", "CG"),
    ("Les forces russes et [Donetsk]{LOC}, en [Ukraine]{LOC}, [Odessa]{LOC}.", "UA"),
    ("À [Paris]{LOC}.", "FR"),
    # Apposition
    # Inhabitants and adjectives
    ("L'armée turque, la police turque et le village de [Kizilova]{LOC}.", "TR"),
    # Regions over countries
    ("La [Syrie]{LOC} et le [Moyen-Orient]{LOC}.", None),
    ("En [France]{LOC}, l'[Europe]{LOC}.", None),
    ("La sonde américaine vers l'étoile [TRAPPIST-1]{LOC}.", None),
    # Names that tell
    ("En [France]{LOC}, le [Kurdistan irakien]{LOC}.", "IQ"),
    ("Au [Burundi]{LOC}, le [Nord-Katanga]{LOC}.", "CD"),
    ("En [Belgique]{LOC}, l'[aéroport de Roissy]{LOC}.", "FR"),
    ("À [Paris]{LOC}, en [France]{LOC}, la [rue de Rome]{LOC}.", "FR"),
    ("Bouchon sur l'[A31]{LOC}.", "FR"),
    # The article's country
    ("[Allemagne]{LOC} : fusillade à [Viernheim]{LOC}.", "DE"),
    ("[Viernbruch]{LOC}.", None),
    ("Au [Mali]{LOC}, de [Bamako]{LOC} au [Nord]{LOC}.", "ML"),
    ("En [France]{LOC}, à [Lille]{LOC}, dans le [Nord]{LOC}.", "FR"),
    ("Dans le [Nord]{LOC}.", "FR"),
    # Organisations
    ("Le [Kremlin]{ORG}.", "RU"),
    ("Le [FBI]{ORG}.", "US"),
    ("Les [FARDC]{ORG}.", "CD"),
    ("En [France]{LOC}, l'[ONU]{ORG}.", None),
    ("En [Syrie]{LOC}, l'[armée turque]{ORG}.", "TR"),
    ("En [France]{LOC}, le [ministère de la Défense]{ORG} russe.", "RU"),
    ("Au [Burundi]{LOC}, à [Bujumbura]{LOC}, l'[Assemblée nationale]{ORG}.", "BI"),
    ("En [France]{LOC}, l'[Assemblée nationale]{ORG}.", "FR"),
    ("Au [Brésil]{LOC}, le [Premier commando de la capitale]{ORG} ([PCC]{ORG}).", None),
    ("En [France]{LOC}, la société [Trucmuche]{ORG}.", None),
    # People
    ("Le ministre américain [Lloyd Austin]{PER}.", "US"),
    ("Le président du [Mali]{LOC}, [Ibrahim Boubacar Keïta]{PER}, a dit.", "ML"),
    ("En [Irak]{LOC}, [Ismail Haniyeh]{PER}, chef du bureau politique du Hamas, est là.", "PS"),
    ("À [Goma]{LOC}, en [RDC]{LOC}, le président congolais [Félix Tshisekedi]{PER}.", "CD"),
    ("À [Brazzaville]{LOC}, le président congolais [Denis Sassou-Nguesso]{PER}.", "CG"),
    ("L'Américain [John Doe]{PER} a gagné.", "US"),
    ("Devant le public brésilien, [Renaud Lavillenie]{PER} échoue.", None),
    ("En [France]{LOC}, [Paul Durand]{PER}.", None),
]


EVIDENCE = [
    # The lexicons' one meaning, against the article
    ("À [Bruxelles]{LOC}, les usagers bruxellois de la [gare du Nord]{LOC}.", "BE"),
    ("À [Paris]{LOC}, la [gare du Nord]{LOC}.", "FR"),
    ("Au [Québec]{LOC}, à [Saguenay]{LOC} : le pont [Nelson]{LOC}.", "CA"),
    ("En [Moselle]{LOC}, à [Sarreguemines]{LOC}, un homme né à [Saint-Georges]{LOC}.", "FR"),
    ("Au [Bénin]{LOC}, à [Cotonou]{LOC}, puis à [Aarhus]{LOC}.", "DK"),
    # Homonyms: the sentence's own country, department or neighbour wins
    ("Dans le [Médoc]{LOC}, entre [Lacanau]{LOC} et [Sainte-Hélène]{LOC}, en [Gironde]{LOC}, [Sainte-Hélène]{LOC}.", "FR"),
    ("[Napoléon]{PER} mourut, île britannique, à [Sainte-Hélène]{LOC}.", "GB"),
    ("Le [Valais]{LOC} dit non, [Genève]{LOC} et [Vaud]{LOC} disent oui, comme le [Jura]{LOC}.", "CH"),
    ("À [Lons-le-Saunier]{LOC}, les Jurassiens du [Jura]{LOC}.", "FR"),
    ("[Paris]{LOC} aide, la [France]{LOC} aussi, oui la [France]{LOC}. En [Espagne]{LOC}, la région de [Valence]{LOC}.", "ES"),
    ("Près de [Vézelise]{LOC}, en [Meurthe-et-Moselle]{LOC}, la colline de [Sion]{LOC}.", "FR"),
    ("Aux [États-Unis]{LOC}, en [Iran]{LOC}, en [Irak]{LOC} : la province de [Babel]{LOC}.", "IQ"),
    # Houses and ships called after a place
    ("En [France]{LOC}, à [Rouen]{LOC}, le bar « [Cuba libre]{LOC}.", "FR"),
    ("À [Roubaix]{LOC}, dans le [Nord]{LOC}, à [Lille]{LOC}, le restaurant [Le Panama]{LOC}.", "FR"),
    ("À [Panama]{LOC}, un restaurant de [Panama]{LOC}.", "PA"),
    # One town does not draw what is unknown to its country; a country does
    ("Elle songeait à [Saïgon]{LOC}. Il pleuvait sur [Courtevaux]{LOC}.", None),
    ("De [Hanoï]{LOC} à [Saïgon]{LOC}, puis à [Courtevaux]{LOC}.", "VN"),
    # What can be counted, and inhabitants, lie nowhere
    ("En [France]{LOC}, deux [Canadair]{LOC}.", None),
    ("En [France]{LOC}, les [Tangos]{LOC}.", None),
    # A town before what lies in it
    ("À [Montréal]{LOC}, au [Canada]{LOC}, comme à [Bruxelles-Midi]{LOC}.", "BE"),
    # Organisations of several countries
    ("En [Suisse]{LOC}, à [Berne]{LOC}, le [PS]{ORG}.", "CH"),
    ("En [Belgique]{LOC}, à [Namur]{LOC}, le [PS]{ORG}.", "BE"),
    ("En [Russie]{LOC}, le [PS]{ORG}.", "FR"),
    ("Au [Brésil]{LOC}, en [France]{LOC}, aux [États-Unis]{LOC}, le [ministère de la Défense]{ORG} américain a dit.", "US"),
    # What a name of third rank means, it means only where the article says so
    ("À [Saint-Jean]{LOC}.", None),
    ("À [Antigua-et-Barbuda]{LOC}, dans [Saint-Jean]{LOC}.", "AG"),
    # Overseas the state's institutions are France's
    ("En [Guadeloupe]{LOC}, la députée parle à l'[Assemblée nationale]{ORG}. La [Guadeloupe]{LOC} attend.", "FR"),
    ("La [Guadeloupe]{LOC} attend le vote du [Sénat]{ORG}.", "FR"),
    ("En [Nouvelle-Calédonie]{LOC}, le [Congrès]{ORG} vote.", "FR"),
    ("Au [Sénégal]{LOC}, l'[Assemblée nationale]{ORG} vote.", "SN"),
    # Who is abroad is the business of his own foreign ministry
    ("Deux Français ont disparu au [Népal]{LOC}, dit le [ministère des Affaires étrangères]{ORG}. Le [Népal]{LOC} cherche.", "NP"),
    ("Deux Français ont disparu au [Népal]{LOC}. Le [Népal]{LOC} cherche, dit le [ministère des Affaires étrangères]{ORG}.", None),
    # A ministry's portfolio is no place
    ("Le ministre de la [Défense]{ORG}, [Adaeze Okonjo]{PER}, est là.", None),
    ("Au [Nigeria]{LOC}, le ministre de la [Défense]{ORG}, [Adaeze Okonjo]{PER}, est là.", "NG"),
    ("Au [Mali]{LOC} et en [France]{LOC}, le ministre de la [Défense]{ORG}, [Luc Berthier]{PER}, est là.", None),
    ("En [France]{LOC}, le ministre de l'[Intérieur]{ORG}, [Luc Berthier]{PER}, est là.", "FR"),
    # Land of two states
    ("L'ouragan a touché [Hispaniola]{LOC}, puis la [Floride]{LOC}, aux [États-Unis]{LOC}. [Hispaniola]{LOC} compte.", None),
    # A post is not an origin
    ("En [France]{LOC}, l'envoyé spécial à Kharkiv, [Luc Berthier]{PER}, raconte.", None),
    ("L'ambassadeur de France au Niger, [Sylvain Itté]{PER}, est rentré.", "FR"),
    ("Le consul d'Italie à Lyon, [Marco Bassi]{PER}, est venu.", "IT"),
    ("Le Premier ministre de François Hollande, [Manuel Valls]{PER}, est venu.", None),
    ("[François Fillon]{PER}, candidat LR à la présidentielle.", "FR"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "country"), EVIDENCE)
def test_country_by_evidence(marked, country):
    assert country_of_last(marked) == country


@pytest.mark.parametrize(("marked", "country"), CASES)
def test_country(marked, country):
    assert country_of_last(marked) == country


@pytest.mark.parametrize(
    ("marked", "country"),
    [
        ("Il vit à [Paris]{LOC} ([Texas]{LOC}).", "US"),
        ("À [Paris]{LOC}, au [Texas]{LOC}, une usine a brûlé.", "US"),
        ("À [Paris]{LOC}, dans le [Texas]{LOC}.", "US"),
        ("À [Paris]{LOC}, au [Texas]{LOC} et en [Floride]{LOC}, des usines brûlent.", "FR"),
        ("À [Paris]{LOC}, au [Texas]{LOC}, à [Milan]{LOC}, des usines brûlent.", "FR"),
        ("Il vit à [Valence]{LOC}, en [Espagne]{LOC}.", "ES"),
        ("En [France]{LOC}, il cite [Al-Machin]{LOC}, dans l'ouest de l'[Irak]{LOC}.", "IQ"),
        ("Il cite [Al-Machin]{LOC} (province d'[Anbar]{LOC}, en [Irak]{LOC}).", "IQ"),
        ("Entre la [Syrie]{LOC} et l'[Irak]{LOC}, il cite [Machinville]{LOC} ([Côtes-d'Armor]{LOC}).", "FR"),
        ("Il a vu [Machinville]{LOC}, [Argentine]{LOC}, [Franklin]{LOC} et [Concorde]{LOC} à [Paris]{LOC}.", None),
    ],
)
def test_country_beside_the_name(marked, country):
    number = next(
        i
        for i, match in enumerate(MARK.finditer(marked))
        if match.group(1) in {"Paris", "Valence", "Al-Machin", "Machinville"}
    )
    assert country_of_last(marked, number) == country


BY_CLASS = [
    # An ambiguous name beside the state that it also may mean
    ("Le [Congo]{LOC}.", "CD"),
    ("La [RDC]{LOC} et le [Congo]{LOC}.", "CG"),
    ("Les [États-Unis]{LOC} et la [Géorgie]{LOC}.", "GE"),
    # A namesake in another state
    ("À [Plymouth]{LOC}, en [Nouvelle-Zélande]{LOC}, la terre tremble.", "NZ", 0),
    ("Au [Mali]{LOC}, à [Londres]{LOC}, en [Espagne]{LOC}.", "GB", 1),
    ("Au [Mali]{LOC}, au [Niger]{LOC}.", "ML", 0),
    ("Le tournoi a lieu à [Richmond]{LOC} au [Canada]{LOC} du 12 au 15.", "CA", 0),
    ("Un vol de [Londres]{LOC} au [Canada]{LOC} est parti.", "GB", 0),
    # America is a continent, and what one calls the United States
    ("L'[Europe]{LOC}, l'[Afrique]{LOC} et l'[Amérique]{LOC}.", None),
    ("Le président américain le dit aux [États-Unis]{LOC} : les Américains veulent une [Amérique]{LOC} forte.", "US"),
    # Called after a place of elsewhere
    ("En [Australie]{LOC}, à [Sydney]{LOC}, puis à [New Courtevaux]{LOC}.", "AU"),
    ("En [Italie]{LOC}, à [Rome]{LOC}, l'[Afrique des Grands Lacs]{LOC}.", None),
    ("Au [Canada]{LOC}, le diocèse de [Sault-Sainte-Marie]{LOC}.", "CA"),
    ("Le comité de [Drôme-Ardèche]{LOC} a voté.", "FR"),
    ("Battu par [Arsenal]{LOC}, lundi.", None),
    ("Les [États-Unis 2018]{LOC} ont eu lieu.", "US"),
    # A capital makes a star a name
    ("Le Pont de l'Étoile, l'[A57]{LOC}, est fermé.", "FR"),
    ("L'étoile [Vega]{LOC}.", None),
    # What opens a sentence bounds it; what all around says, says it
    ("En [France]{LOC}, à [Lille]{LOC} et [Lyon]{LOC}, rien. En [Belgique]{LOC}, la [N5]{LOC} est coupée.", "BE"),
    # What the lexicons do not know, the table of places does
    ("À [Couillet]{LOC}.", "BE"),
    ("En [Allemagne]{LOC}, en [Pologne]{LOC}, à [Viernheim]{LOC}.", "DE"),
    # A town of saints, where the article is elsewhere
    (
        "À [Montréal]{LOC}, au [Canada]{LOC}, l'arrondissement [Ville-Bois]{LOC} dans le district [Sainte-Marie]{LOC}.",
        "CA",
    ),
    # Ministries and missions
    ("La [Syrie]{LOC} et [Damas]{LOC} : le [ministère de la Défense de Russie]{ORG} dément.", "RU"),
    ("À [Paris]{LOC}, le ministre russe des [Affaires étrangères]{ORG}.", "RU"),
    ("L'[ambassade d'Algérie au Canada]{ORG}.", "DZ"),
    ("L'[ambassade américaine à Paris]{ORG}.", "US"),
    ("Au [Burundi]{LOC}, à [Bujumbura]{LOC}, le [Conseil national]{ORG} vote.", "BI"),
    ("En [Italie]{LOC}, à [Rome]{LOC}, le [Parlement européen]{ORG} vote. Ce [Parlement]{ORG} vote.", None, -2),
    # What every district has
    ("En [Belgique]{LOC}, à [Liège]{LOC}, l'[université Courtevaux]{ORG} ferme.", "BE"),
    ("En [Belgique]{LOC}, à [Liège]{LOC}, l'[Union internationale des boulangers]{ORG} ferme.", None),
    ("En [Belgique]{LOC}, à [Liège]{LOC}, [Machin et Fils]{ORG} ferme.", None),
    # People
    ("Le Belge de Lotto, [Jan Peeters]{PER}, est tombé.", "BE"),
    ("Les Russes Irina Belova et [Oleg Petrov]{PER}.", "RU"),
    ("Victoire de [Irina Belova]{PER} et [Oleg Petrov]{PER}, représentant la [Russie]{LOC}.", "RU", 0),
    ("L'Allemande Kristina Ziem et [Sabrina Martin]{PER}.", None),
    ("Le Français Paul Martin et [Jan Peeters]{PER}.", None),
    ("1. [Marc Odermatt]{PER} (SUI)", "CH"),
    ("[Alexis Pinot]{PER} (France)", "FR"),
    ("[Paul Dupont]{PER} (PS)", None),
    ("[Romain Degeer]{PER}, un pilote belge, témoigne.", "BE"),
    ("Le pilote belge [Romain Degeer]{PER} témoigne.", "BE"),
    ("Devant le public brésilien, [Renaud Martin]{PER} échoue.", None),
    ("Le pape [François]{PER} est en [Pologne]{LOC}.", "VA", 0),
    ("Au [Portugal]{LOC}, l'ancien président [Mario Soares]{PER} est mort.", "PT"),
    ("Au [Portugal]{LOC}, le président de l'association, [Mario Soares]{PER}, est mort.", None),
    ("Au [Mali]{LOC} et en [France]{LOC}, au [Mali]{LOC}, le président [Luc Berthier]{PER}.", None),
    ("L'eurodéputé de la Ligue du Nord, [Angelo Ciocca]{PER}.", "IT"),
    (
        "En [France]{LOC} et en [Russie]{LOC}, en [France]{LOC}, à [Paris]{LOC}, le ministre des Affaires étrangères, [Igor Lavrine]{PER}.",
        None,
    ),
]


@pytest.mark.parametrize("case", BY_CLASS, ids=str)
def test_country_by_class(case):
    marked, country, *which = case
    assert country_of_last(marked, *which) == country


TWO_NAMES = [
    "La [France]{LOC} et l'[Île-de-France]{LOC}.",
    "Le [Congo]{LOC} et la [RDC]{LOC}.",
    "Le [Mexique]{LOC} et le [Nouveau-Mexique]{LOC}.",
    "La [Guinée]{LOC} et la [Guinée-Bissau]{LOC}.",
    "Le [Soudan]{LOC} et le [Soudan du Sud]{LOC}.",
    "L'[Irlande]{LOC} et l'[Irlande du Nord]{LOC}.",
    "La [Virginie]{LOC} et la [Virginie-Occidentale]{LOC}.",
    "Le [pays de Galles]{LOC} et la [Nouvelle-Galles du Sud]{LOC}.",
    "[York]{LOC} et [New York]{LOC}.",
    "[Jersey]{LOC} et le [New Jersey]{LOC}.",
    "[Orléans]{LOC} et [La Nouvelle-Orléans]{LOC}.",
    "La [Chine]{LOC} et la [République de Chine]{LOC}.",
    "Le journal [La Provence]{ORG} le dit : en [Provence]{LOC}, il pleut.",
    "L'[équipe de France]{ORG}, écrit [L'Équipe]{ORG}.",
    "[Léo Perez]{PER} et [Lionel Perez]{PER}.",
]
ONE_NAME = [
    "La [RDC]{LOC}. Dans l'est du [Congo]{LOC}.",
    "La [province d'Anbar]{LOC}, puis [Anbar]{LOC}.",
    "L'[île de La Réunion]{LOC} et ses voisines : la [Réunion]{LOC}.",
    "[Leo Perez]{PER} et [Lionel Perez]{PER}.",
]


@pytest.mark.parametrize(("marked", "count"), [*((each, 2) for each in TWO_NAMES), *((each, 1) for each in ONE_NAME)])
def test_a_name_and_one_that_holds_it(marked, count):
    text, mentions = read_marks(marked)
    assert len(resolve_mentions(SimpleNamespace(text=text), mentions)[1]) == count
