"""Why numbers are no figures: each reason with a sentence, and beside it what counts in nearly the same words."""

from __future__ import annotations

import pytest

from newsnlp.quantities.find import read_numbers
from newsnlp.record_fields import NoFigure
from newsnlp.render.labels_fr import NO_FIGURE

REASONS = (
    ("Le siège est au 12 rue de la Paix.", "12 rue d", "address"),
    ("Un militaire demeurant 49, route nationale, se marie.", "49, route n", "address"),
    ("Un véhicule neuf brûle.", "neuf", "adjective"),
    ("L'atelier, remis à neuf, rouvre.", "neuf", "adjective"),
    ("Une piste refaite à neuf et 200 places.", "neuf", "adjective"),
    ("La ministre opère un virage à 180 degrés.", "180 degrés", "angle"),
    ("La séance du 7 octobre 2014 est levée.", "7 octobre 2014", "date"),
    ("Un tube des années 80.", "80", "decade"),
    ("Le feu a pris à Cezais (85).", "85)", "department"),
    ("Le relais 4x100 est en finale.", "4x100", "dimensions"),
    ("On compte des morts (1).", "1)", "footnote"),
    ("La série 48822190 est rappelée.", "48822190", "identifier"),
    ("Le livre a l'ISBN 978-2-1234-5680-3.", "978-2-1234-5680-3", "identifier"),
    ("Société au capital variable, SIRET 732 829 320 00074.", "732 829 320 00074", "identifier"),
    ("Le club doit repartir de zéro.", "zéro", "idiom"),
    ("Le quotidien 20 Minutes raconte la scène.", "20 Minutes", "idiom"),
    ("Il a revu « les 400 coups » hier.", "400 coups", "idiom"),
    ("La stratégie zéro pollution avance.", "zéro", "idiom"),
    ("Un F-16 a décollé.", "16", "in_word"),
    ("Un A320 a décollé.", "320", "in_word"),
    ("1. Le maire\n", "1. ", "list_marker"),
    ("Les « Humanity 1 » et les autres navires.", "1", "name"),
    ("Le S&P 500 recule.", "500", "name"),
    ("Le gang 400 Mawozo se rend.", "400", "name"),
    ("La moitié nord du pays a chaud.", "La moitié", "name"),
    ("Les passagers du vol E4 617 attendent.", "617", "named"),
    ("Selon l'article 49 du texte.", "49", "named"),
    ("C'est la treizième étape.", "treizième", "ordinal"),
    ("L'officier du centre d'appel 18 parle.", "18", "named"),
    ("Joindre le 01 23 45 67 89 avant lundi.", "01 23 45 67 89", "phone"),
    ("Tél. : 022 345 67 89 avant lundi.", "022 345 67 89", "phone"),
    ("Écrire à la mairie, 69003 Lyon.", "69003 Lyon", "postal_code"),
    ("Tous les deux sont partis.", "deux", "pronoun"),
    ("Voir le dossier n° 7 du parquet.", "7", "reference"),
    ("Un guichet ouvert 24h/24.", "24h/24", "round_the_clock"),
    ("À 14 h 30, tout était fini.", "14 h 30", "time"),
    ("Il était près de 3 h quand la voiture a brûlé.", "3 h", "time"),
    ("La version 1.2.3 est sortie.", "1.2.3", "unread"),
    ("Voir www.exemple.fr/12 pour la suite.", "12", "reference"),
    ("En 2014, rien.", "2014", "year"),
    ("Deux fuites, et rien en 98.", "98", "year"),
    ("En deux mille quinze, le pays a voté.", "deux mille quinze", "year"),
    ("Depuis mille neuf cent quatre-vingt, la ville décline.", "mille neuf cent quatre-vingt", "year"),
    ("Les prix ont monté entre 2014 et 2016.", "2014", "year"),
    ("Les ventes de 2012 et 2017 ont été faibles.", "2017", "year"),
    ("Il a été élu entre 2005 et 2007, selon le journal.", "2007", "year"),
    ("La saison 2014-15 fut longue.", "15", "year"),
    ("Les championnats 2018-2019 juniors commencent.", "2019", "year"),
    ("La fête dure de 1947 à 2086.", "2086", "year"),
    ("Ce n'est ni 1789 ni 1515, plus 1789 que 1934.", "1789", "year"),
    ("La bataille (1515) fut longue.", "1515", "year"),
    ("Publié le 12.03.2024 à Nancy.", "12.03.2024", "date"),
    ("Envoyé le 2014-05-12T12:00 par l'agence.", "2014-05-12T12:00", "date"),
    ("Les attentats du 11-Septembre ont marqué.", "11-Septembre", "date"),
    ("Le salon se tient les 10/12 juin.", "10/12 juin", "date"),
    ("Le feu a pris rue du 8 Mai.", "8", "date"),
    ("Il est mort hier, jeudi 10, à Nancy.", "10", "date"),
    ("Capturé ce samedi 21 au matin.", "21 au matin", "date"),
    ("Il a gagné l'Euro 2016.", "2016", "named"),
)


@pytest.mark.parametrize(("text", "number", "reason"), REASONS)
def test_reason(text: str, number: str, reason: str) -> None:
    barred = {text[b.start : b.end]: b.reason.value for b in read_numbers(text).barred}
    assert barred.get(number) == reason, barred


def test_every_reason_has_a_french_word() -> None:
    assert set(NO_FIGURE) == {reason.value for reason in NoFigure}


COUNTS = (
    ("Il y a au moins une centaine de blessés.", [100]),
    ("Le bilan passe à neuf morts.", [9]),
    ("Entre neuf et dix manifestants.", [9]),
    ("Le nombre de morts est ramené à zéro.", [0]),
    ("De zéro mort à douze.", [0, 12]),
    ("L'attente a duré 20 minutes.", [20]),
    ("De cinq à sept blessés.", [5]),
    ("Les sept mercenaires ont été tués.", [7]),
    ("On a tiré 400 coups de feu.", [400]),
    ("Trente-six mille communes.", [36000]),
    ("Des ados de 14-18 ans.", [14]),
    ("Entre 1500 et 2000 manifestants.", [1500]),
    ("Le nombre de lits passe de 1200 à 1500.", [1200, 1500]),
    ("La jauge passe de 2000 à 1500 agents.", [2000, 1500]),
    ("L'effectif est porté à 2000 en 2025.", [2000]),
    ("L'usine emploie 1800 ouvriers, contre 2100 en 2010.", [1800, 2100]),
    ("On était 900 selon la police, 2000 selon la CGT.", [900, 2000]),
    ("1500-2000 manifestants à Lille.", [1500]),
    ("Le 12 mai 1500 personnes ont défilé.", [1500]),
    ("Ces dernières années 300 maisons ont brûlé.", [300]),
    ("Cette année 50 personnes sont mortes.", [50]),
    ("Sur place, 10000 Parisiens ont défilé.", [10000]),
    ("La ville a 12345678 habitants.", [12345678]),
    ("Le four est à 180 degrés.", [180]),
    ("Il y a eu 200 manifestants et « 1500 » casseurs.", [200, 1500]),
    ("Des centaines au Havre, 1700 à Tarbes et 650 à Foix.", [200, 1700, 650]),
    ("Ils étaient 4 000, dont 2000 à Paris.", [4000, 2000]),
    ("Il revient à 2 h 41 min du record.", [161]),
    ("Samedi 12 ont été libérés et lundi 3 des otages.", [12, 3]),
    ("Entre 1900 et 2000 manifestants.", [1900]),
    ("Les sept premiers mois de 2014 ont été secs.", [7]),
    ("Il y a deux ans, à 14 h.", [2]),
    ("Il vise 60 millions de consommateurs.", [60000000]),
)


@pytest.mark.parametrize(("text", "values"), COUNTS)
def test_counts(text: str, values: list[int]) -> None:
    found = read_numbers(text).quantities
    assert [q.value_min for q in found if not q.needs_context] == values


def test_a_number_inside_a_name_is_no_figure() -> None:
    text = "RFI et France 24 suspendues, 12 chaînes et EUR 24."
    spans = [(7, 16), (43, 49)]
    numbers = read_numbers(text, spans)
    assert [(text[b.start : b.end], b.reason.value) for b in numbers.barred] == [("24", "name")]
    assert [(q.text, q.unit) for q in numbers.quantities] == [("12", None), ("24", "EUR")]
