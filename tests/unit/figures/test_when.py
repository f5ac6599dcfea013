"""The time of a figure: the date of its clause, of the event that it continues, or none."""

from __future__ import annotations

from datetime import date

import pytest

from newsnlp.dates import find_dates
from newsnlp.figures.extract import read_figures
from newsnlp.figures.times import Times
from newsnlp.quantities.find import find_quantities

PUBLISHED = date(2017, 1, 21)


@pytest.fixture
def times(split_text):
    """Return each figure of a text with its time."""

    def read(text, published=PUBLISHED):
        dates = find_dates(text, published)
        known = Times(text, dates, published)
        figures = read_figures(text, find_quantities(text), split_text(text), times=known)
        for figure in figures:
            if figure.date_index is not None:
                assert figure.date == dates[figure.date_index].text
            if figure.when is not None:
                assert figure.when_begin <= figure.when_end
        return [(figure.text, figure.when) for figure in figures]

    return read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Douze soldats ont été tués lundi.", [("Douze", "2017-01-16")]),
        ("En 2015, le pays a exporté 12 tonnes.", [("12", "2015")]),
        ("Le pays a exporté 12 tonnes en 2015 et 15 tonnes en 2016.", [("12", "2015"), ("15", "2016")]),
        ("En 2015, on en comptait 12 et en 2016, 15.", [("12", "2015"), ("15", "2016")]),
        ("12 morts et 30 blessés lundi soir à Gao.", [("12", "2017-01-16TEV"), ("30", "2017-01-16TEV")]),
        ("Du 3 au 7 janvier, 40 écoles ont fermé.", [("40", "2017-01-03/2017-01-07")]),
        ("Deux postes ont été créés en 2016.", [("Deux", "2016")]),
        ("Les attentats de 2015 ont fait 130 morts.", [("130", "2015")]),
        ("La manifestation organisée samedi a réuni 2 000 personnes.", [("2 000", "2017-01-21")]),
        ("L'attaque, qui a eu lieu lundi, a fait 4 morts.", [("4", "2017-01-16")]),
        ("Il vise 300 postes d'ici à Noël et 400 d'ici à 2030.", [("300", "2017-12-25"), ("400", "2030")]),
        ("Le parti, crédité en 2014 de 12 %, a recueilli 20 % dimanche.", [("12", "2014"), ("20", "2017-01-15")]),
        ("L'attentat, qui a fait 12 morts, s'est produit mardi.", [("12", "2017-01-17")]),
        (
            "Elle s'est imposée 6-4, 7-5 mardi, après 2h51 de combat.",
            [(one, "2017-01-17") for one in ("6-4", "7-5", "2h51")],
        ),
        ("Conduit dimanche, le référendum est approuvé par 52 % des votants.", [("52", "2017-01-15")]),
    ],
)
def test_the_date_of_the_clause(times, text, found):
    assert times(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Le pays compte 900 morts en 2016, contre 700 un an plus tôt.", [("900", "2016"), ("700", "2015")]),
        (
            "Au premier semestre 2016, on a vendu 418 voitures, contre 430 sur la même période en 2015, soit une baisse de 3 %.",
            [("418", "2016-H1"), ("430", "2015-H1"), ("3", "2016-H1")],
        ),
        ("Les ventes passent de 12 % en 2015 à 15 % en 2016.", [("12", "2015"), ("15", "2016")]),
        ("La hausse est de 3 % par rapport à 2015.", [("3", None)]),
        ("Le taux augmente de 2 %, après une baisse de 3 % en décembre.", [("2", None), ("3", "2016-12")]),
        (
            "On a livré 98 tonnes au 11 janvier, contre 121 tonnes un an plus tôt.",
            [("98", "2017-01-11"), ("121", "2016-01-11")],
        ),
        (
            "Au quatrième trimestre 2016, on a vendu 418 voitures, contre 430 un an auparavant.",
            [("418", "2016-Q4"), ("430", "2015-Q4")],
        ),
        ("Le chômage recule (-3 points), il était à 10 % en 2015.", [("3", None), ("10", "2015")]),
        ("On compte 18 postes de plus qu'à la même époque l'an passé.", [("18", None)]),
        ("En 2014, 51 % des Belges étaient pour, contre 42 %.", [("51", "2014"), ("42", "2014")]),
    ],
)
def test_each_side_of_a_comparison_has_its_own(times, text, found):
    assert times(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Depuis le début de l'année, 64 détenus sont morts.", [("64", "2017-01-01/2017-01-21")]),
        ("On y a compté 64 suicides depuis 2012.", [("64", "2012-01-01/2017-01-21")]),
        (
            "Le jeu a rapporté 3 millions d'euros depuis sa sortie le 7 janvier.",
            [("3 millions", "2017-01-07/2017-01-21")],
        ),
        ("Le parti perd 40 sièges, son pire résultat depuis 1933.", [("40", None)]),
    ],
)
def test_since_a_day_is_up_to_publication(times, text, found):
    assert times(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Âgé de 48 ans, il a été arrêté lundi.",
        "Le village est situé à 80 kilomètres de Gao, où il est mort lundi.",
        "Il a dormi douze heures lundi.",
        "La coalition formée en 2014 compte 900 soldats.",
        "Le rapport publié en 2014 cite 12 cas.",
        "L'homme, qui avait été condamné en 2010, a tué 4 personnes.",
        "Ils ont défilé jeudi contre la fermeture de l'usine, qui emploie 310 salariés.",
        "Tunis a protesté mercredi, deux jours après le naufrage qui a fait 19 morts.",
        "Le ministre a annoncé mardi la création de 300 postes.",
        "Mardi, le ministre a annoncé la création de 300 postes.",
        "La mairie a fait savoir hier que la réserve abrite 300 oiseaux.",
        "Le budget atteint 30 millions, selon un rapport remis lundi au maire.",
        "D'après une enquête menée du 3 au 5 janvier, 46 % des clients sont contents.",
        "Quelque 1 200 ménages sont concernés, d'après une note, transmise jeudi aux élus.",
        "Le club, qui emploie 310 salariés, vise la victoire cette année.",
        "« En 2015, tout allait mieux », se souvient le patron des deux boutiques.",
        "Vendredi, le patron était inquiet : « Nous avons encore 40 clients ».",
        "Il a été mis en examen mardi après la découverte de 37 kilos de cannabis.",
        "Depuis 1984, c'est la première fois que deux nageuses gagnent.",
        "Elle fut élue pour trois mandats et est aujourd'hui retraitée.",
        "On enquête sur douze hommes soupçonnés de crimes commis depuis avril 2015.",
        "Cet homme s'est radicalisé en trois mois peu après les attentats de 2015.",
        "Deux ans après l'attentat de 2015, 12 suspects sont jugés.",
        "Un accident sur l'autoroute où circulent lundi 2 000 voitures chaque jour.",
        "Le candidat est qualifié pour le second tour organisé dimanche prochain, avec 36 % des voix.",
    ],
)
def test_what_is_timeless_or_of_another_time(times, text):
    assert {when for _, when in times(text)} == {None}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Un train déraille : 12 morts\n\nUn train a déraillé lundi. Le bilan est de douze morts et 30 blessés.",
            [("12", "2017-01-16"), ("douze", "2017-01-16"), ("30", "2017-01-16")],
        ),
        (
            "Une attaque a eu lieu lundi. La police enquête. L'attaque a tué 12 soldats. En 2012, une autre en avait tué 3.",
            [("12", "2017-01-16"), ("3", "2012")],
        ),
        (
            "Une attaque a eu lieu lundi. Une autre s'était produite le 11 mai 2006. Six personnes y avaient été tuées.",
            [("Six", "2006-05-11")],
        ),
        (
            "Une coulée de boue a eu lieu lundi. Le bilan s'élève à 30 morts mardi soir.",
            [("30", "2017-01-16")],
        ),
        ("Le bilan s'établissait jeudi à 88 morts, dont dix enfants.", [("88", "2017-01-19"), ("dix", "2017-01-19")]),
        ("La police a annoncé mardi l'arrestation de 16 suspects.", [("16", "2017-01-17")]),
        (
            "Le parti a gagné les élections organisées dimanche. La droite obtient 311 sièges. En deuxième position vient la gauche.",
            [("311", "2017-01-15"), ("deuxième", "2017-01-15")],
        ),
        (
            "Le jeu rapporte 160 millions d'euros\n\nEn 2016, le jeu a rapporté 160 millions d'euros.",
            [("160 millions", "2016")] * 2,
        ),
        ("Un accident a eu lieu lundi.\n\nLe fisc compte 12 agents.", [("12", None)]),
    ],
)
def test_the_event_that_goes_on(times, text, found):
    assert times(text) == found


def test_the_day_that_dates_the_text_is_no_event(times):
    text = "12 juin 2016.\nDouze personnes sont mortes. En 2015, dix sont mortes. Depuis mai, deux sont nées."
    assert times(text, None) == [("Douze", None), ("dix", "2015"), ("deux", "2016-05-01/2016-06-12")]
    assert times("12 juin 2016, dix personnes sont mortes.", None) == [("dix", "2016-06-12")]


def test_without_the_dates_of_the_text_they_are_found(split_text):
    text = "Lundi 4 janvier 2016, 12 soldats ont été tués."
    (figure,) = read_figures(text, find_quantities(text), split_text(text))
    assert (figure.date, figure.when, figure.date_index) == ("Lundi 4 janvier 2016", "2016-01-04", None)


def test_without_a_day_to_lean_on_the_words_are_kept(split_text):
    text = "Hier, 12 soldats ont été tués."
    (figure,) = read_figures(text, find_quantities(text), split_text(text), times=Times(text, find_dates(text)))
    assert (figure.date, figure.when, figure.date_index) == ("Hier", None, 0)


ONLY_DAY = "Un autocar a quitté la route vendredi. Le conducteur est sorti indemne. La chaussée était glissante. {}"


@pytest.mark.parametrize(
    ("text", "when"),
    [
        (ONLY_DAY.format("Aucune faute n'est relevée. Quatre élèves ont été tués."), "2017-01-20"),
        # another day is told, or what is to come, or what nothing happened to
        (ONLY_DAY.format("Samedi, la mairie a fermé. Le soir, rien. Quatre élèves ont été tués."), None),
        (ONLY_DAY.format("Aucune faute n'est relevée. La mairie va évacuer quatre familles."), None),
        (ONLY_DAY.format("Aucune faute n'est relevée. La commune compte quatre écoles."), None),
    ],
)
def test_the_only_day_that_a_text_tells_is_that_of_its_events(times, text, when):
    assert [found for name, found in times(text) if name.lower() == "quatre"] == [when]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("La coupe a eu lieu du 6 au 8 janvier 2017 à Riga. Neuf pays étaient invités.", "2017-01-06/2017-01-08"),
        (
            "L'emploi recule au troisième trimestre 2016. Chez les jeunes, la hausse du chômage atteint neuf %.",
            "2016-Q3",
        ),
        ("La cour a siégé mardi. La commune compte neuf écoles.", None),
        ("La cour a siégé mardi. « On ouvre neuf lits », dit-il.", None),
        ("La cour a siégé mardi. Le procès coûterait neuf euros.", None),
        ("La cour a siégé mardi. C'est vrai, selon neuf élus.", None),
        ("La cour a siégé mardi.\n\nUn avocat est venu. Il a neuf clients.", None),
        ("La cour a siégé mardi et jeudi. On a entendu neuf témoins.", None),
        ("La cour a siégé mardi. On a entendu neuf témoins.", "2017-01-17"),
        (
            "Un car s'est renversé mardi. Une femme a été secourue par les pompiers, qui avaient engagé neuf véhicules.",
            "2017-01-17",
        ),
        (
            "Législatives : la participation atteint 41 %, a déclaré dimanche le préfet. La gauche arrive en tête avec neuf voix.",
            "2017-01-15",
        ),
        ("La cour a siégé mardi. Le câble pèse neuf tonnes.", None),
        ("La cour a siégé mardi. La mairie va embaucher neuf agents.", None),
        ("La cour a siégé mardi. Il y avait eu neuf recours auparavant.", None),
    ],
)
def test_the_time_told_last_goes_on(times, text, when):
    assert [found for name, found in times(text) if name.lower() == "neuf"] == [when]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Le marathon a eu lieu dimanche. Il l'emporte en 2 h 08 min 3 s, avec douze secondes d'avance. Un rival (2:10.12) est troisième.",
            ["2017-01-15"] * 4,
        ),
        ("Elle est devenue championne mardi soir. Sa rivale finit en cinquième position.", ["2017-01-17TEV"]),
        ("Le marathon a eu lieu dimanche. Le train avait deux heures de retard.", [None]),
        ("Le marathon a eu lieu dimanche. Il a dormi douze heures.", [None]),
        ("L'élection a eu lieu dimanche. Un électeur sur deux est venu, dans 98 % des bureaux.", ["2017-01-15"] * 2),
    ],
)
def test_the_times_and_places_of_a_race_are_of_its_day(times, text, found):
    assert [when for _, when in times(text) if when] == [when for when in found if when]
    assert len(times(text)) >= len(found)


LINE = "Ski : une victoire\n\n13 janvier 2017. {}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Anna Petit remporte le super-G en 1:11.93, devant Julia Grand (1:12.56).", ["2017-01-13"] * 2),
        ("Anna Petit remporte la course. Sa rivale prend la deuxième place.", ["2017-01-13"]),
        ("Anna Petit avait gagné la course en 2015. Elle prend la deuxième place.", [None]),
        ("Douze personnes sont mortes.", [None]),
    ],
)
def test_a_race_without_a_day_is_of_its_dateline(times, text, found):
    assert [when for _, when in times(LINE.format(text), None)] == found


@pytest.mark.parametrize(
    "line",
    [
        "Paris, le 21 janvier 2017 – ",
        "Le Caire, le 21 janvier 2017\n\n",
        "LYON (AFP) — 21 janvier 2017 — ",
        "21 janvier 2017.\n",
    ],
)
def test_a_dateline_tells_what_yesterday_is(times, line):
    text = line + "Un incendie a fait trois morts hier. Cinq pompiers ont été blessés."
    assert times(text, None) == [("trois", "2017-01-20"), ("Cinq", "2017-01-20")]


def test_a_sentence_that_ends_with_its_day_is_no_dateline(times):
    assert times("Un homme est mort à Paris, le 4 mai 2012. Six sont morts hier.", None)[-1] == ("Six", None)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Il a été condamné mardi à neuf ans de prison.", "2017-01-17"),
        ("Le tribunal lui a infligé mardi neuf mois avec sursis.", "2017-01-17"),
        ("Il risque depuis mardi neuf ans de prison.", None),
        ("Il a passé mardi neuf mois au chômage.", None),
    ],
)
def test_a_prison_term_is_of_the_day_of_the_sentence(times, text, when):
    assert [found for _, found in times(text)] == [when]


CRASH = "Un avion s'est écrasé mardi. Le pilote est mort.\n\n{}"


@pytest.mark.parametrize(
    ("text", "when"),
    [
        (CRASH.format("L'appareil transportait neuf passagers."), "2017-01-17"),
        (CRASH.format("Environ neuf personnes étaient présentes à ce moment."), "2017-01-17"),
        (CRASH.format("Les pompiers ont fouillé neuf maisons."), "2017-01-17"),
        (CRASH.format("Neuf maisons se sont effondrées."), "2017-01-17"),
        (CRASH.format("La ville compte neuf écoles."), None),
        (CRASH.format("La compagnie possède neuf appareils."), None),
        # lengths of time in between, or another day told
        ("Une mutinerie a eu lieu mardi. Elle a duré six heures. Neuf gardiens ont été pris en otage.", "2017-01-17"),
        (
            "Un vol a eu lieu le 3 janvier. Une mutinerie a eu lieu mardi. Neuf gardiens ont été pris en otage.",
            "2017-01-17",
        ),
        (
            "Une fusillade a tué neuf soldats mardi.\n\nLe 3 mai 2014, rien.\n\nLes neuf personnes tuées étaient jeunes.",
            "2017-01-17",
        ),
        ("L'année 2016 a été rude : la demande a reculé de 3 %. Les ventes ont reculé de neuf %.", "2016"),
        ("En mars 2016, le conseil a ouvert une enquête visant neuf élus.", "2016-03"),
        ("En mars 2016, le conseil a lancé un plan visant à supprimer neuf postes.", None),
        ("Mardi, un volcan a causé la mort d'un homme, d'après la mairie, ainsi que neuf blessés.", "2017-01-17"),
        ("Le car est tombé peu avant minuit dans la nuit de lundi à mardi, faisant neuf morts.", "2017-01-16TNI"),
        ("Quelque neuf foyers étaient privés d'électricité mardi en fin de journée.", "2017-01-17"),
        ("Le chiffre est en hausse de neuf % sur un mois, 1,1 % sur le dernier trimestre.", None),
    ],
)
def test_what_else_is_of_the_day_told(times, text, when):
    found = times(text)
    assert [one for name, one in found if name.lower() == "neuf"][-1] == when


RACE = "Le triathlon de Brest s'est couru dimanche.\n\nLa course fut rude. {}"


@pytest.mark.parametrize(
    ("text", "when"),
    [
        # who takes part, who may win, and what the rules are
        (RACE.format("Neuf coureuses prennent le départ."), "2017-01-15"),
        (RACE.format("Ce train élevé isole un groupe de neuf athlètes."), "2017-01-15"),
        (RACE.format("Les neuf échappés sont repris par le peloton."), "2017-01-15"),
        (RACE.format("Les neuf athlètes devaient faire face au vent."), None),
        (RACE.format("Il est interdit de finir la course avec neuf vélos."), None),
        (RACE.format("La ville compte neuf piscines."), None),
        # "9 secondes" of the race, "9 m" of its jump and "400 m" of its name
        (RACE.format("Anna Petit monte sur le podium à plus de neuf secondes."), "2017-01-15"),
        (RACE.format("Il prend la neuvième et dixième place."), "2017-01-15"),
        # the results of the lead are of the day that the contest is told of behind it
        ("Jean Petit a pris la neuvième place.\n\nIl a disputé la finale lundi soir à Rio.", "2017-01-16TEV"),
        ("Jean Petit a pris la neuvième place.\n\nIl avait disputé la finale en 2012 à Rio.", None),
        ("Lundi, le match a eu lieu. Le gardien réalise neuf arrêts.", "2017-01-16"),
    ],
)
def test_who_takes_part_is_of_the_day_of_the_contest(times, text, when):
    assert next(one for name, one in times(text) if name.lower().startswith("neuv") or name.lower() == "neuf") == when


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("50 000 personnes contre la taxe\n\nSamedi, 50 000 militants ont défilé.", ["2017-01-21"] * 2),
        ("5,2 millions de touristes en 2016\n\nLe pays a reçu 5,2 millions de visiteurs.", ["2016"] * 2),
        ("50 000 personnes contre la taxe\n\nSamedi, 60 000 militants ont défilé.", [None, "2017-01-21"]),
        ("Au concours de lundi soir, il a franchi la barre à 5,98 m.", ["2017-01-16TEV"]),
        ("Il a gagné lundi soir la finale du 400 m.", [None]),
        ("Samedi, 12 maires ont défilé. La ville compte 12 écoles.", ["2017-01-21", None]),
        ("5 élus contre la taxe\n\nSamedi, 5 maires ont défilé.", [None, "2017-01-21"]),
        ("Une enquête visant 12 élus a été ouverte en mars 2016. Ces 12 élus sont connus.", ["2016-03", None]),
        # the time of the headline
        ("Le chômage baisse en mai 2016\n\nLe mois fut bon.\n\nRien.\n\nIl recule de 12 % en Isère.", ["2016-05"]),
        ("Le chômage baisse en mai 2016\n\nLe mois fut bon.\n\nRien.\n\nL'Isère compte 12 villes.", [None]),
        ("Grève : le mardi 17 janvier\n\nRien.\n\nRien.\n\nÀ Lyon, 12 personnes ont été arrêtées.", ["2017-01-17"]),
        # lists of one thing
        (
            "Le pays a compté 9 000 vols en 2016.\n\nParis en a 6 000, suivi par Lyon (2 000) et Lille (1 000).",
            ["2016"] * 4,
        ),
        ("Le pays a compté 900 vols en 2016.\n\nParis a 600 agents.", ["2016", None]),
        # opening clauses, and what is before or after
        ("Alors que 12 pays avaient signé en mars 2016, voilà que 20 l'ont fait.", ["2016-03", None]),
        ("Alors que le maire parlait lundi, 20 élus sont sortis.", ["2017-01-16"]),
        ("En 2015, le groupe a perdu 12 postes avant d'annoncer en 2016 sa vente.", ["2015"]),
        ("Bien que le nord ait été touché vendredi, 12 villes vont fermer.", ["2017-01-20"]),
        ("Le seuil de 12 % va être dépassé, bien que le nord ait été touché vendredi.", [None]),
        ("L'indice a gagné du terrain, passant de 12 à 15 points vendredi.", [None, "2017-01-20"]),
        ("Il est suivi par 12 coureurs, Jean Petit champion en 2015 et Paul Martin.", [None]),
        ("Le Trophée Petit 2016 attire 12 pays.", [None]),
        ("En juin 2016, le pays attire 12 pays.", ["2016-06"]),
        ("En France, 12 villes, Lyon, Lille et Brest, ont été placées, vendredi soir, en alerte.", ["2017-01-20TEV"]),
    ],
)
def test_the_same_number_the_headline_lists_and_clauses(times, text, found):
    assert [one for _, one in times(text)] == found
