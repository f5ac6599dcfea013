"""Each repair on hand-made candidates: what it mends and what it leaves alone."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from newsnlp.entities.recognition.lines import Candidate, Words, split_lines
from newsnlp.entities.repairs.order import REPAIRS

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def repaired(nlp):
    """Run one repair over names marked by their text, ``text:LABEL`` or ``text:LABEL:probability``."""

    def run(name, text, *marks):
        doc = nlp.language(text)
        candidates = []
        at = 0
        for mark in marks:
            surface, label, *probability = mark.split(":")
            start = text.index(surface, at)
            at = start + len(surface)
            span = doc.char_span(start, at)
            assert span is not None, surface
            candidates.append(Candidate(span.start, span.end, label, float(probability[0]) if probability else 0.9))
        found = REPAIRS[name](Words.of(doc), candidates)
        assert all(a.end <= b.start for a, b in pairwise(found))
        return [(doc[c.start : c.end].text, c.label) for c in found]

    return run


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        ("Il a vu l'Irak hier.", "l'Irak:LOC", [("Irak", "LOC")]),
        ("Il dit qu'Austin part.", "qu'Austin:PER", [("Austin", "PER")]),
        ("Avec M. Macron ici.", "M. Macron:PER", [("Macron", "PER")]),
        ("Vive Paris !", "Paris !:LOC", [("Paris", "LOC")]),
        ("Il lit Le Monde ici.", "Le Monde:ORG", [("Le Monde", "ORG")]),
        ("Sur Canal+ ce soir.", "Canal+:ORG", [("Canal+", "ORG")]),
        ("Avec de Gaulle ici.", "de Gaulle:PER", [("de Gaulle", "PER")]),
    ],
)
def test_trim_edges(repaired, text, mark, expected):
    assert repaired("trim_edges", text, mark) == expected


def test_inhabitants_are_dropped_places_are_not(repaired):
    found = repaired("drop_inhabitants", "Les Américains et la Corse.", "Américains:LOC", "Corse:LOC")
    assert found == [("Corse", "LOC")]


def test_an_unsure_known_name_takes_its_label(repaired):
    assert repaired("correct_known_labels", "Le Hezbollah ici.", "Hezbollah:PER:0.4") == [("Hezbollah", "ORG")]
    assert repaired("correct_known_labels", "Le Hezbollah ici.", "Hezbollah:PER:0.9") == [("Hezbollah", "PER")]


def test_a_former_state_is_no_party(repaired):
    text = "L'Union soviétique n'est plus."
    assert repaired("correct_known_labels", text, "Union soviétique:ORG") == [("Union soviétique", "LOC")]


def test_two_known_organisations_are_parted(repaired):
    text = "La Commission des affaires étrangères de la Chambre des représentants américaine siège."
    whole = "Commission des affaires étrangères de la Chambre des représentants américaine:ORG"
    assert repaired("part_known_organisations", text, whole) == [
        ("Commission des affaires étrangères", "ORG"),
        ("Chambre des représentants", "ORG"),
    ]
    text = "Le Conseil de sécurité des Nations unies siège."
    assert len(repaired("part_known_organisations", text, "Conseil de sécurité des Nations unies:ORG")) == 1


def test_a_ministry_loses_its_nationality(repaired):
    found = repaired("trim_origin", "Le ministère de la Défense américain.", "ministère de la Défense américain:ORG")
    assert found == [("ministère de la Défense", "ORG")]
    assert repaired("trim_origin", "L'Union européenne.", "Union européenne:ORG") == [("Union européenne", "ORG")]


def test_a_known_organisation_ends_where_it_ends(repaired):
    text = "Une note du Conseil de sécurité nationale sur la situation au Sahel."
    whole = "Conseil de sécurité nationale sur la situation au Sahel:ORG"
    assert repaired("trim_after_known", text, whole) == [("Conseil de sécurité nationale", "ORG")]
    whole = "Haut-Commissariat des Nations unies pour les réfugiés:ORG"
    text = "Le Haut-Commissariat des Nations unies pour les réfugiés alerte."
    assert repaired("trim_after_known", text, whole) == [
        ("Haut-Commissariat des Nations unies pour les réfugiés", "ORG")
    ]


def test_heads_complete_organisations(repaired):
    found = repaired("complete_organisations", "Le conseil général des Vosges paiera.", "Vosges:LOC")
    assert found == [("conseil général des Vosges", "ORG")]
    found = repaired("complete_organisations", "Au CHU de Nancy hier.", "CHU:ORG", "Nancy:LOC")
    assert found == [("CHU de Nancy", "ORG")]
    found = repaired("complete_organisations", "Le maire de Nancy parle.", "Nancy:LOC")
    assert found == [("Nancy", "LOC")]


def test_streets_are_places(repaired):
    assert repaired("complete_streets", "Au 3, rue Danielle Casanova.", "Danielle Casanova:PER") == [
        ("rue Danielle Casanova", "LOC")
    ]
    assert repaired("complete_streets", "Il parle de Danielle Casanova.", "Danielle Casanova:PER") == [
        ("Danielle Casanova", "PER")
    ]


def test_an_acronym_shows_how_long_the_name_is(repaired):
    text = "La Direction générale de la concurrence et des prix (DGCP) enquête."
    found = repaired("expand_acronyms", text, "Direction générale:ORG", "DGCP:ORG")
    assert found[0] == ("Direction générale de la concurrence et des prix", "ORG")
    text = "La Coupe d'Afrique des nations (CAN) commence."
    assert repaired("expand_acronyms", text, "Coupe d'Afrique des nations:MISC", "CAN:MISC")[0][1] == "MISC"
    text = "La Direction des prix (Nancy) enquête."
    assert repaired("expand_acronyms", text, "Direction:ORG", "Nancy:LOC")[0] == ("Direction", "ORG")


def test_surnames_follow_full_names(repaired):
    text = "Kamala Harris parle. Harris sourit. L'Irak aussi."
    found = repaired("label_surnames", text, "Kamala Harris:PER", "Harris:LOC:0.87", "Irak:LOC")
    assert found == [("Kamala Harris", "PER"), ("Harris", "PER"), ("Irak", "LOC")]
    text = "Lloyd Austin parle. Austin sourit. Il vit à Austin."
    found = repaired("label_surnames", text, "Lloyd Austin:PER", "Austin:LOC", "Austin:LOC")
    assert [label for _, label in found] == ["PER", "PER", "LOC"]
    text = "Anatole France parle. La France gagne."
    assert repaired("label_surnames", text, "Anatole France:PER", "France:LOC")[1] == ("France", "LOC")


def test_the_article_decides_between_labels(repaired):
    text = "Areva vend. Areva paie. Areva ferme."
    found = repaired("agree_on_labels", text, "Areva:ORG", "Areva:ORG", "Areva:PER:0.5")
    assert {label for _, label in found} == {"ORG"}


def test_repeats_are_found(repaired):
    text = "Yann Kerbrac est venu. Selon Kerbrac, tout va. Jean-Kerbrac non."
    found = repaired("add_repeats", text, "Yann Kerbrac:PER")
    assert found == [("Yann Kerbrac", "PER"), ("Kerbrac", "PER")]


def test_absurd_spans_are_dropped(repaired):
    long = " ".join(["Bla"] * 13)
    assert repaired("drop_absurd", f"{long} fin", f"{long}:ORG") == []
    assert repaired("drop_absurd", "Le 12 mai", "12:ORG") == []
    assert repaired("drop_absurd", "Soit 20.000frs ici", "20.000frs:LOC") == []
    assert repaired("drop_absurd", "Lu dans 20 Minutes ici", "20 Minutes:ORG") == [("20 Minutes", "ORG")]


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        ("Selon Mme Guérande hier.", "Guérande:LOC", ("Guérande", "PER")),
        ("Simone, née Jarville, est morte.", "Jarville:LOC", ("Jarville", "PER")),
        ("Toumi (3/4) et les autres.", "Toumi:LOC:0.6", ("Toumi", "PER")),
        ("Toumi (12e) et les autres.", "Toumi:ORG:0.6", ("Toumi", "PER")),
        ("Chez les Alvarez hier.", "Alvarez:LOC:0.6", ("Alvarez", "PER")),
        ("Metz (3/4) et les autres.", "Metz:LOC:0.6", ("Metz", "LOC")),
        ("Toumi (Nancy) et les autres.", "Toumi:LOC:0.6", ("Toumi", "LOC")),
        ("Dans les Vosges hier.", "Vosges:LOC:0.6", ("Vosges", "LOC")),
    ],
)
def test_label_by_neighbours(repaired, text, mark, expected):
    assert repaired("label_by_neighbours", text, mark) == [expected]


def test_organisations_after_their_noun(repaired):
    assert repaired("label_by_neighbours", "La start-up toulousaine Ynsect lève.", "Ynsect:PER:0.3") == [
        ("Ynsect", "ORG")
    ]
    assert repaired("label_by_neighbours", "La société de Paul Martin.", "Paul Martin:PER") == [("Paul Martin", "PER")]
    assert repaired("add_after_heads", "La scierie Mandray a brûlé à Corcieux.") == [("Mandray", "ORG")]
    assert repaired("add_after_heads", "La scierie a brûlé. Mandray pleure.") == []


THINGS = [
    ("La tempête Alex approche.", ["Alex:PER"], [("Alex", "MISC")]),
    ("La tempête tropicale Alex tourne, puis Alex faiblit.", ["Alex:PER", "Alex:PER"], [("Alex", "MISC")] * 2),
    ("Zelia a fait deux morts. Le cyclone Zelia recule.", ["Zelia:PER", "Zelia:PER"], [("Zelia", "MISC")] * 2),
    ("Les tempêtes Boris et Clara ont frappé.", ["Boris:PER", "Clara:PER"], [("Boris", "MISC"), ("Clara", "MISC")]),
    ("Zelia Blanc craint l'ouragan Zelia.", ["Zelia Blanc:PER", "Zelia:PER"], [("Zelia Blanc", "PER"), ("Zelia", "MISC")]),
    ("Le navire humanitaire Mistral attend.", ["Mistral:PER"], [("Mistral", "MISC")]),
    ("Le bateau de pêche Sirocco a coulé.", ["Sirocco:PER"], [("Sirocco", "MISC")]),
    ("« Vent-Debout » : le bateau de l'ONG attend.", ["Debout:PER"], [("Vent-Debout", "MISC")]),
    ("L'« Anna Kern », navire de l'ONG, attend.", ["Anna Kern:PER"], [("Anna Kern", "MISC")]),
    ("Le Anna Kern, un cargo panaméen, attend.", ["Anna Kern:PER"], [("Anna Kern", "MISC")]),
    ("« Anna Kern, la maire, attend. »", ["Anna Kern:PER"], [("Anna Kern", "PER")]),
    ("Le bateau d'Anna Kern attend.", ["Anna Kern:PER"], [("Anna Kern", "PER")]),
    ("Le Covid-19 et la grippe H5N1 reculent.", ["Covid-19:ORG", "H5N1:ORG"], [("Covid-19", "MISC"), ("H5N1", "MISC")]),
    ("Un séisme de 5 sur l'échelle de Mercalli.", ["Mercalli:PER"], [("Mercalli", "MISC")]),
    ("À l'échelle de Nancy, c'est peu.", ["Nancy:LOC"], [("Nancy", "LOC")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "marks", "expected"), THINGS)
def test_things_are_no_people(repaired, text, marks, expected):
    assert repaired("label_things", text, *marks) == expected


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("Il l'a confié au Parisien hier.", [], [("Parisien", "ORG")]),
        ("Il l'a dit au Figaro et au Monde.", [], [("Figaro", "ORG"), ("Monde", "ORG")]),
        ("Une enquête de la Croix et du Télégramme.", ["Croix:LOC"], [("Croix", "ORG"), ("Télégramme", "ORG")]),
        ("Selon la Manche libre, la Manche monte.", ["Manche:LOC", "Manche:LOC"], [("Manche libre", "ORG"), ("Manche", "LOC")]),
        ("Les informations, révélées par la Provence.", ["Provence:LOC"], [("Provence", "ORG")]),
        ("Il vit dans la Provence verte.", ["Provence:LOC"], [("Provence", "LOC")]),
        ("Il a gagné la Coupe du Monde.", [], []),
        ("L'arrivée du Parisien est fêtée.", [], []),
    ],
)  # fmt: skip
def test_papers_whose_article_melts_away(repaired, text, marks, expected):
    assert repaired("add_papers", text, *marks) == expected


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("Everton a battu Fulham 2-0.", ["Everton:PER", "Fulham:LOC"], [("Everton", "ORG"), ("Fulham", "ORG")]),
        ("Chelsea a perdu le match.", ["Chelsea:LOC"], [("Chelsea", "ORG")]),
        ("Il vit à Chelsea, près du club.", ["Chelsea:LOC"], [("Chelsea", "LOC")]),
        ("Chelsea est un beau quartier.", ["Chelsea:LOC"], [("Chelsea", "LOC")]),
        ("Leeds United sort. United pleure.", ["Leeds United:ORG", "United:PER"], [("Leeds United", "ORG"), ("United", "ORG")]),
    ],
)  # fmt: skip
def test_clubs(repaired, text, marks, expected):
    assert repaired("label_clubs", text, *marks) == expected


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("Le clan de Milosevic est visé.", ["Milosevic:LOC"], [("Milosevic", "PER")]),
        ("Le régime de Tarkov tombe.", ["Tarkov:LOC"], [("Tarkov", "PER")]),
        ("Le régime de Damas tombe.", ["Damas:LOC"], [("Damas", "LOC")]),
        ("L'attaque d'Inata a fait 50 morts.", ["Inata:PER"], [("Inata", "LOC")]),
        ("L'attaque de Perrin a fait 3 morts.", ["Perrin:PER"], [("Perrin", "PER")]),
        ("La ministre chargée du Logement est là.", ["Logement:LOC"], [("Logement", "ORG")]),
        ("La secrétaire d'État à la Mer est là.", ["Mer:LOC"], [("Mer", "ORG")]),
        ("Il est parti à la Mer de Sable.", ["Mer:LOC"], [("Mer", "LOC")]),
    ],
)
def test_known_persons_places_and_portfolios(repaired, text, marks, expected):
    assert repaired("label_known_persons", text, *marks) == expected


@pytest.mark.parametrize(
    ("text", "mark", "label"),
    [
        ("Le ministre de la Santé, Adaeze Okonjo, est à Lagos.", "Adaeze Okonjo:ORG", "PER"),
        ("Selon le chef de la police, Adaeze Okonjo, rien.", "Adaeze Okonjo:LOC", "PER"),
        ("Le ministre aime Nancy, Adaeze Okonjo, et Metz.", "Adaeze Okonjo:ORG", "PER"),
        ("Hier, Adaeze Okonjo, un groupe nigérian, a joué.", "Adaeze Okonjo:ORG", "ORG"),
        ("Le ministre a vu la Banque Okonjo, hier.", "Banque Okonjo:ORG", "ORG"),
    ],
)
def test_who_stands_after_an_office(repaired, text, mark, label):
    assert repaired("label_office_holders", text, mark) == [(mark.split(":")[0], label)]


@pytest.mark.parametrize(
    ("text", "mark", "whole"),
    [
        ("Le Haut Conseil à l'égalité a tranché.", "Haut Conseil:ORG", "Haut Conseil à l'égalité"),
        ("Le Haut conseil au suivi de la dette publique note.", "Haut conseil:ORG", "Haut conseil au suivi de la dette publique"),
        ("Le Haut Conseil à Paris a tranché.", "Haut Conseil:ORG", "Haut Conseil"),
        ("La Commission à Paris a tranché.", "Commission:ORG", "Commission"),
    ],
)  # fmt: skip
def test_institutions_reach_over_their_aim(repaired, text, mark, whole):
    assert repaired("complete_aims", text, mark) == [(whole, "ORG")]


def test_common_acronyms_are_no_names(repaired):
    assert repaired("drop_common_words", "La baisse des APL.", "APL:ORG") == []
    assert repaired("drop_common_words", "L'APL chinoise.", "APL:ORG") == [("APL", "ORG")]
    assert repaired("drop_common_words", "Un CDD à l'ONU.", "CDD:ORG", "ONU:ORG") == [("ONU", "ORG")]
    assert repaired("drop_common_words", "Le Premier ministre parle.", "Premier ministre:ORG") == []


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        (
            "De François Hollande Manuel Valls hier.",
            "François Hollande Manuel Valls:PER",
            [("François Hollande", "PER"), ("Manuel Valls", "PER")],
        ),
        (
            "Le ministre de la Santé Adaeze Okonjo.",
            "Santé Adaeze Okonjo:ORG",
            [("Santé", "ORG"), ("Adaeze Okonjo", "PER")],
        ),
        ("La Corée du Nord KCNA hier.", "Corée du Nord KCNA:LOC", [("Corée du Nord", "LOC"), ("KCNA", "ORG")]),
        ("Avec Eva María Moral Pedrero hier.", "Eva María Moral Pedrero:PER", [("Eva María Moral Pedrero", "PER")]),
        ("Avec Jean Paul Martin hier.", "Jean Paul Martin:PER", [("Jean Paul Martin", "PER")]),
    ],
)
def test_part_names(repaired, text, mark, expected):
    assert repaired("part_names", text, mark) == expected


def test_newspapers_keep_their_article(repaired):
    assert repaired("take_article", "Selon l'Obs hier.", "Obs:ORG") == [("l'Obs", "ORG")]
    assert repaired("take_article", "Le Monde révèle.", "Monde:ORG") == [("Le Monde", "ORG")]
    assert repaired("take_article", "Selon l'Unesco hier.", "Unesco:ORG") == [("Unesco", "ORG")]


def test_half_a_word_is_no_name(repaired):
    found = repaired("trim_after_hyphen", "Un vol low-cost Flydubai.", "cost Flydubai:LOC")
    assert found == [("Flydubai", "LOC")]


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("Belote et tarot jeudi.", ["Belote:PER:0.6"], []),
        ("Il joue bien. Rougeole : 12 cas.", ["Rougeole:LOC:0.6"], []),
        ("INCENDIES - Le feu a repris.", ["INCENDIES - Le feu:PER:0.7"], []),
        ("Pénalty de Sanogo à la 3e.", ["Pénalty de Sanogo:PER:0.7"], [("Sanogo", "PER")]),
        ("Reportage Lise Ferrand.", ["Reportage Lise Ferrand:PER"], [("Lise Ferrand", "PER")]),
        ("Nancy gagne.", ["Nancy:LOC:0.6"], [("Nancy", "LOC")]),
        ("Marchand gagne.", ["Marchand:PER:0.97"], [("Marchand", "PER")]),
        ("Il a vu Victoire hier.", ["Victoire:PER:0.6"], [("Victoire", "PER")]),
        ("Une odeur d'eau de Cologne ici.", ["Cologne:LOC"], []),
        ("Le plan d'eau de Pierre-Percée baisse.", ["Pierre-Percée:LOC"], [("Pierre-Percée", "LOC")]),
        ("Sinon, le match est perdu.", ["Sinon:PER:0.6"], []),
        ("Redoux. La neige fond.", ["Redoux:LOC:0.7"], []),
        ("Souriantes, elles posent.", ["Souriantes:PER:0.5"], []),
        ("Tombola : un vélo à gagner.", ["Tombola:LOC:0.92"], []),
        ("Réunion publique. Elle est prévue mardi.", ["Réunion:LOC:0.6"], []),
        ("Réunion : le volcan gronde.", ["Réunion:LOC:0.6"], [("Réunion", "LOC")]),
        ("BROCANTE - Samedi au village.", ["BROCANTE - Samedi:LOC:0.7"], []),
        ("Boulanger a signé hier.", ["Boulanger:PER:0.6"], [("Boulanger", "PER")]),
        ("1. Petit (Norma) ; 2. Kraft.", ["Petit:PER:0.6"], [("Petit", "PER")]),
        ("De Gendt remporte l'étape.", ["De Gendt:PER:0.6"], [("De Gendt", "PER")]),
        ("N'Diaye égalise.", ["N'Diaye:PER:0.6"], [("N'Diaye", "PER")]),
        ("Chapeau. Le héros est Louis Chapeau.", ["Chapeau:PER:0.93", "Louis Chapeau:PER"], [("Louis Chapeau", "PER")]),
        ("Merle sort. On a vu Merle boiter.", ["Merle:PER:0.93", "Merle:PER"], [("Merle", "PER")] * 2),
        ("PARIS (AFP) – Un vote.", ["PARIS:LOC:0.6"], [("PARIS", "LOC")]),
        ("« gilets jaunes » en colère", ["gilets jaunes:ORG"], [("gilets jaunes", "ORG")]),
    ],
)
def test_trim_openings(repaired, text, marks, expected):
    assert repaired("trim_openings", text, *marks) == expected


def test_names_without_capital_are_dropped_where_there_are_capitals(repaired):
    assert repaired("drop_lower_names", "Orso, grésilla la radio.", "Orso:PER", "grésilla:PER") == [("Orso", "PER")]
    assert repaired("drop_lower_names", "Il va du canada au maroc.", "canada:LOC", "maroc:LOC") != []
    assert repaired("drop_lower_names", "Une encre de chine.", "chine:LOC") == []
    assert repaired("drop_lower_names", "Il porte un panama.", "panama:LOC") == []
    assert repaired("drop_lower_names", "hier emmanuel macron parlait", "emmanuel macron:PER") != []
    assert repaired("drop_lower_names", "À la nationale 4 hier.", "nationale 4:LOC") != []


def test_inhabitants_are_known_by_their_ending(repaired):
    assert repaired("drop_plural_inhabitants", "Les Lunévillois votent.", "Lunévillois:LOC") == []
    assert repaired("drop_plural_inhabitants", "Dans le Valois ici.", "Valois:LOC") == [("Valois", "LOC")]


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("Un choc sur la D2 hier.", ["D2:ORG"], [("D2", "LOC")]),
        ("Un choc sur la RN4 hier.", [], [("RN4", "LOC")]),
        ("Un choc sur la nationale 4 hier.", [], [("nationale 4", "LOC")]),
        ("La vitamine D3 manque.", [], []),
    ],
)
def test_add_roads(repaired, text, marks, expected):
    assert repaired("add_roads", text, *marks) == expected


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("Sur un corner de Belkacemi, but.", ["Belkacemi:LOC:0.6"], [("Belkacemi", "PER")]),
        ("Sur un corner de Nancy, but.", ["Nancy:LOC:0.6"], [("Nancy", "LOC")]),
        ("« Venez », murmura Lebreton.", ["Lebreton:LOC:0.6"], [("Lebreton", "PER")]),
        ("Le lot revient à Yvette, 82 ans.", ["Yvette:LOC:0.6"], [("Yvette", "PER")]),
        ("Diallo et Perrin à Thaon.", ["Diallo:LOC:0.6", "Perrin:PER"], [("Diallo", "PER"), ("Perrin", "PER")]),
        ("Jean Duval (Tudor) gagne.", ["Jean Duval:PER", "Tudor:PER:0.6"], [("Jean Duval", "PER"), ("Tudor", "ORG")]),
        ("La piscine Ovive rouvre.", ["Ovive:ORG:0.6"], [("Ovive", "LOC")]),
        ("Un match à Ernest-Wallon hier.", ["Ernest-Wallon:PER:0.6"], [("Ernest-Wallon", "LOC")]),
        ("Il parle à Jean-Pierre hier.", ["Jean-Pierre:PER:0.6"], [("Jean-Pierre", "PER")]),
        ("Weylor Lamotte supprime 130 emplois.", ["Weylor Lamotte:PER:0.6"], [("Weylor Lamotte", "ORG")]),
        ("Au collège Paul-Verlaine hier.", ["collège Paul-Verlaine:LOC:0.6"], [("collège Paul-Verlaine", "ORG")]),
    ],
)
def test_label_by_sentence(repaired, text, marks, expected):
    assert repaired("label_by_sentence", text, *marks) == expected


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("Le Comité des fêtes de Void ici.", ["Comité des fêtes:ORG", "Void:LOC"], [("Comité des fêtes de Void", "ORG")]),
        ("L'Association d'aide aux personnes âgées du Toulois.", ["Association d'aide:ORG", "Toulois:LOC"],
         [("Association d'aide aux personnes âgées du Toulois", "ORG")]),
        ("Le Comité des fêtes, de Void, ici.", ["Comité des fêtes:ORG", "Void:LOC"],
         [("Comité des fêtes", "ORG"), ("Void", "LOC")]),
        ("Le Comité des fêtes parle à Void.", ["Comité des fêtes:ORG", "Void:LOC"],
         [("Comité des fêtes", "ORG"), ("Void", "LOC")]),
    ],
)  # fmt: skip
def test_complete_chains(repaired, text, marks, expected):
    assert repaired("complete_chains", text, *marks) == expected


def test_a_long_known_name_is_one(repaired):
    text = "L'Union pour la démocratie et le progrès social appelle au calme."
    whole = [("Union pour la démocratie et le progrès social", "ORG")]
    assert repaired("reach_known_names", text, "Union pour la démocratie:ORG") == whole
    text = "L'Alliance des Etats du Sahel se réunit."
    assert repaired("reach_known_names", text, "Alliance des Etats:ORG", "Sahel:LOC") == [
        ("Alliance des Etats du Sahel", "ORG")
    ]


def test_points_of_the_compass(repaired):
    assert repaired("join_compass", "À Montréal-Nord hier.", "Montréal:LOC", "Nord:LOC") == [("Montréal-Nord", "LOC")]
    assert repaired("join_compass", "Sur l'axe Nord hier.", "Nord:LOC") == []
    assert repaired("join_compass", "Dans le Nord hier.", "Nord:LOC") == [("Nord", "LOC")]


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        ("Le président Ouattara. D. Duncan part.", "Ouattara. D. Duncan:PER", [("Ouattara", "PER"), ("D. Duncan", "PER")]),
        ("Il a vu Paul Petit. M. Roy est parti.", "Paul Petit. M. Roy:PER", [("Paul Petit", "PER"), ("Roy", "PER")]),
        ("Il a vu J. K. Rowling hier.", "J. K. Rowling:PER", [("J. K. Rowling", "PER")]),
    ],
)  # fmt: skip
def test_a_name_is_parted_where_a_sentence_begins(repaired, text, mark, expected):
    assert repaired("part_at_sentences", text, mark) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ESCHBACH-LE-BAS – Loto des pompiers", ["ESCHBACH-LE-BAS"]),
        ("Titre\nLA BRESSE - Ski alpin.", ["LA BRESSE"]),
        ("SAINT-AVIT-LE-PAUVRE : une fête", ["SAINT-AVIT-LE-PAUVRE"]),
        ("THAON. – Les pompiers sont là.", ["THAON"]),
        ("GOLBEY (88). Un blessé.", ["GOLBEY"]),
        ("BROCANTE – Dimanche au stade", []),
        ("REZ-DE-CHAUSSÉE – À louer", []),
        ("MARTINE – Une vie", []),
        ("ASSE – Le point avant le match", []),
        ("Il crie : VITTEL – Loto", []),
    ],
)
def test_towns_in_capitals_open_lines(repaired, text, expected):
    assert repaired("add_opening_towns", text) == [(name, "LOC") for name in expected]


def test_a_town_in_capitals_takes_what_was_found_in_it(repaired):
    text = "THAON. – Les pompiers sont là."
    assert repaired("add_opening_towns", text, "THAON. – Les:ORG") == [("THAON", "LOC")]
    assert repaired("add_opening_towns", text, "THAON:PER:0.5") == [("THAON", "LOC")]
    assert repaired("add_opening_towns", "SAINT NICOLAS : le défilé", "SAINT NICOLAS:PER:0.95") == [
        ("SAINT NICOLAS", "PER")
    ]


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("La Meurthe et Moselle vote.", ["Meurthe:LOC", "Moselle:LOC"], ["Meurthe et Moselle"]),
        ("Le Nord-Pas de Calais vote.", ["Calais:LOC"], ["Nord-Pas de Calais"]),
        ("En Seine Saint Denis ici.", ["Seine:LOC", "Saint Denis:PER"], ["Seine Saint Denis"]),
        ("Les Côtes d'Armor ici.", ["Armor:LOC"], ["Côtes d'Armor"]),
        ("La Loire Atlantique ici.", ["Loire:LOC"], ["Loire Atlantique"]),
        ("La Meurthe et la Moselle débordent.", ["Meurthe:LOC", "Moselle:LOC"], ["Meurthe", "Moselle"]),
        ("Entre Seine et Marne ici.", ["Seine:LOC", "Marne:LOC"], ["Seine", "Marne"]),
        ("La Moselle et Nancy ici.", ["Moselle:LOC", "Nancy:LOC"], ["Moselle", "Nancy"]),
        ("L'Ille-et-Vilaine ici.", ["Ille-et-Vilaine:LOC"], ["Ille-et-Vilaine"]),
        ("Les Bouches du Rhône ici.", [], ["Bouches du Rhône"]),
        ("Le préfet d'Ille et Vilaine ici.", [], ["Ille et Vilaine"]),
        ("Loir et Cher en crue.", [], []),
        ("Bouches du rhône ici.", [], []),
    ],
)
def test_departments_without_hyphens(repaired, text, marks, expected):
    assert repaired("join_departments", text, *marks) == [(name, "LOC") for name in expected]


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        ("Metz - Thionville en vingt minutes", "Metz - Thionville:ORG", [("Metz", "LOC"), ("Thionville", "LOC")]),
        ("L'axe Toul-Dijon est fermé.", "Toul-Dijon:LOC", [("Toul", "LOC"), ("Dijon", "LOC")]),
        ("Le duo Toul-Dijon est fermé.", "Toul-Dijon:LOC", [("Toul-Dijon", "LOC")]),
        ("Nancy - Banque Perrin", "Nancy - Banque Perrin:ORG", [("Nancy - Banque Perrin", "ORG")]),
    ],
)
def test_two_towns_and_a_dash(repaired, text, mark, expected):
    assert repaired("part_pairs", text, mark) == expected


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("Le maire d'Ubexy a signé.", ["Ubexy:ORG:0.6"], ["LOC"]),
        ("Girmont et Chavelot votent.", ["Girmont:PER:0.6", "Chavelot:PER:0.6"], ["LOC", "LOC"]),
        ("À Épinal, Ubexy gagne.", ["Épinal:LOC", "Ubexy:PER:0.6"], ["LOC", "LOC"]),
        ("À Marseille, Ubexy gagne.", ["Marseille:LOC", "Ubexy:PER:0.6"], ["LOC", "PER"]),
        ("À Épinal, Jean Ubexy et Ubexy.", ["Épinal:LOC", "Jean Ubexy:PER", "Ubexy:PER:0.6"], ["LOC", "PER", "PER"]),
        ("Le maire d'Ubexy, M. Girmont.", ["Ubexy:LOC", "Girmont:PER:0.6"], ["LOC", "PER"]),
        ("À Épinal, l'Ubexy déborde.", ["Épinal:LOC", "Ubexy:ORG:0.6"], ["LOC", "ORG"]),
        ("La scierie Ubexy, près d'Épinal.", ["Ubexy:ORG:0.6", "Épinal:LOC"], ["ORG", "LOC"]),
        ("À Épinal, Ubexy gagne.", ["Épinal:LOC", "Ubexy:PER:0.95"], ["LOC", "PER"]),
    ],
)
def test_communes(repaired, text, marks, expected):
    assert [label for _, label in repaired("label_communes", text, *marks)] == expected


@pytest.mark.parametrize(
    ("text", "mark", "more"),
    [
        (
            "La Fédération nationale des retraités, veuves et invalides siège.",
            "Fédération nationale des retraités",
            ", veuves et invalides",
        ),
        (
            "L'Amicale des donneurs de sang, pompiers et secouristes est là.",
            "Amicale des donneurs de sang",
            ", pompiers et secouristes",
        ),
        (
            "L'Union des artisans, commerçants et petites entreprises a voté.",
            "Union des artisans",
            ", commerçants et petites entreprises",
        ),
        ("L'Association des chasseurs, veneurs et gardes étaient réunis.", "Association des chasseurs", ""),
        ("L'Amicale des pêcheurs, la mairie et les écoles votent.", "Amicale des pêcheurs", ""),
        ("La Fédération des chasseurs, réunis samedi, vote.", "Fédération des chasseurs", ""),
    ],
)
def test_enumerations_in_associations(repaired, text, mark, more):
    assert repaired("complete_enumerations", text, f"{mark}:ORG") == [(mark + more, "ORG")]


def test_which_dollar_and_whose_account_are_no_names(repaired):
    assert repaired("drop_common_words", "Le baril vaut 68,65 $US ici.", "US:LOC") == []
    assert repaired("drop_common_words", "Les US votent.", "US:LOC") == [("US", "LOC")]
    assert repaired("drop_common_words", "RT @prefet54 : vigilance", "RT:ORG") == []
    assert repaired("drop_common_words", "L'APL dépend du loyer.", "APL:ORG") == []
    assert repaired("drop_common_words", "L'APL défile à Pékin.", "APL:ORG") == [("APL", "ORG")]


@pytest.mark.parametrize(
    ("text", "mark", "label"),
    [
        ("Laura, ouragan de catégorie 4, approche.", "Laura:PER", "MISC"),
        ("Klaus, la tempête de 2009, a tué.", "Klaus:PER", "MISC"),
        ("Laura, la fleuriste, approche.", "Laura:PER", "PER"),
        ("Le Costa Concordia s'est échoué.", "Costa Concordia:ORG", "MISC"),
        ("À bord de l'Ocean-Viking ici.", "Ocean-Viking:PER", "MISC"),
        ("Au bord du Madon ici.", "Madon:LOC", "LOC"),
        ("Un séisme de 4,2 sur Richter ici.", "Richter:LOC", "MISC"),
        ("Un livre sur Richter ici.", "Richter:PER", "PER"),
        ("Le dépôt pétrolier de Lucciana est bloqué.", "Lucciana:LOC", "LOC"),
    ],
)
def test_storms_ships_and_scales(repaired, text, mark, label):
    assert [found for _, found in repaired("label_things", text, mark)] == [label]


def test_every_repair_is_tested():
    here = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in REPAIRS if f'"{name}"' not in here] == []


def test_long_lines_are_cut_and_blanks_left_out(nlp):
    doc = nlp.language("mot " * 1000 + "\n\n fin")
    lines = split_lines(Words.of(doc))
    assert max(len(line.words) for line in lines) <= 400
    assert sum(len(line.words) for line in lines) == 1001
    assert lines[-1].words == ["fin"]
