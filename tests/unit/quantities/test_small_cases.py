"""Neighbours of what the gold holds: sums, ages, times, bounds, signs, points; each row in the words of a class."""

from __future__ import annotations

import pytest

from newsnlp.quantities.find import find_quantities


def first(text, number=0):
    """Return what is asked for most of one quantity."""
    one = [q for q in find_quantities(text) if not q.needs_context][number]
    return one.value_min, one.value_max, one.kind.value, one.unit


@pytest.mark.parametrize(
    ("text", "number", "value", "unit"),
    [
        ("La ville a payé 4 des 9 millions d'euros dus.", 0, 4000000, "EUR"),
        ("Trois des 12 kilomètres sont fermés.", 0, 3, "km"),
        ("Il faut 2 milliards d'euros. Les 300 millions promis manquent.", 1, 300000000, "EUR"),
        ("Le groupe vaut 2 milliards d'euros, avec 300 millions de dettes.", 1, 300000000, "EUR"),
        ("Ils ont vendu pour 40 millions de dollars puis, pour 38 millions, autre chose.", 1, 38000000, "USD"),
        ("Le pays a 12 millions d'habitants. Les 3 millions promis manquent.", 1, 3000000, None),
        ("Il a payé 2 millions d'euros pour 3 millions de personnes.", 1, 3000000, None),
        ("Un reçu de 3F50.", 0, 3.5, "FRF"),
        ("Estimé à 32 millions d'euros en 2021, le musée en a coûté 41.", 1, 41000000, "EUR"),
        ("Le pont coûte 2 milliards d'euros, soit 300 millions de plus que prévu.", 1, 300000000, "EUR"),
        ("L'État verse 1,1 milliard d'euros. Le collectif en réclame 2,1 de plus.", 1, 2100000000, "EUR"),
        ("Le pays vise 45 gigawatts ; il n'en compte aujourd'hui que 1,5.", 1, 1.5, "GW"),
        (
            "Une baisse de 79 milliards de dollars sur dix ans, qui pourrait atteindre 300 milliards.",
            2,
            300000000000,
            "USD",
        ),
    ],
)
def test_sums(text, number, value, unit):
    assert (first(text, number)[0], first(text, number)[3]) == (value, unit)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Les randonneuses, de 34, 36 et 41 ans, vont bien.", "age"),
        ("Les victimes ont 15, 17 et 19 ans.", "age"),
        ("L'un de 15 ans, l'autre de 16 ans.", "age"),
        ("Un marabout de 61 ans a été interpellé.", "age"),
        ("La caissière de 29 ans.", "age"),
        ("Les peines, l'une de 5 ans et l'autre de 3 ans, sont lourdes.", "duration"),
        ("Renault, lié par un contrat de 5 ans, attend.", "duration"),
        ("Un accord de dix ans a été trouvé.", "duration"),
        ("Le chantier de 3 ans, une carrière de 9 ans.", "duration"),
        ("Le maintien de 3 ans, après une crise de 4 ans.", "duration"),
        ("Le rendement à dix ans baisse, d'ici à deux ans il remontera.", "duration"),
        ("Battu par une inconnue de 34 ans.", "age"),
        ("Un soignant pour huit résidents, un agent pour 90 détenus.", "ratio"),
        ("Une salle pour 300 personnes.", "count"),
        ("Le club, faible samedi en championnat (1-3).", "score"),
    ],
)
def test_ages(text, kind):
    assert {q.kind.value for q in find_quantities(text) if not q.needs_context} == {kind}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Il a attendu trois heures et quart.", 3.25),
        ("Vers trois heures et quart, il est parti.", None),
        ("Il est deux heures et demie.", None),
        ("Parti il y a deux heures et demie.", 2.5),
        ("Juste avant 14 h 30, tout a sauté.", None),
        ("Battu de deux dixièmes par son rival.", 0.2),
        ("Il échoue à 5 centièmes du podium.", 0.05),
        ("Quatre centièmes les séparent.", 0.04),
    ],
)
def test_durations(text, value):
    found = find_quantities(text)
    assert [q.value for q in found] == ([] if value is None else [value])


def test_tenths_of_a_whole_stay_shares():
    assert first("Les neuf dixièmes de la population.")[:3] == (90, 90, "percent")
    assert first("Trois dixièmes du budget.")[:3] == (30, 30, "percent")
    assert first("Les salles, agrandies d'un cinquième, rouvrent.")[:3] == (20, 20, "percent")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Les dons ont franchi les 300 paniers.", 300, None),
        ("Le club vient de franchir le cap des 200 membres.", 200, None),
        ("Il n'a jamais franchi la barre des 10 buts.", None, 10),
        ("Le pays approche la barre des 100 cas.", 100, 100),
        ("La barre des 500 morts a été dépassée.", 500, None),
        ("Le cap des 500 morts reste loin.", 500, 500),
        ("Le stock dépasse la centaine de lots.", 100, None),
        ("Ils limitent à six le nombre de convives.", None, 6),
        ("Il ne faut pas dépasser 30 pages.", None, 30),
        ("Le parti ne passerait pas la barre des 20 %.", None, 20),
        ("Les 200 morts ont largement été dépassés.", 200, None),
        ("On en comptait 900 au plus fort de la crise.", 900, 900),
        ("La température avoisinerait 70 °C.", 70, 70),
    ],
)
def test_bounds(text, low, high):
    assert first(text)[:2] == (low, high)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Le président est en recul de 5 points dans le baromètre.", "point"),
        ("La participation progresse de 4 points.", "point"),
        ("La Bourse gagne 30 points (0,4 %).", None),
        ("Le PSG a 21 points d'avance.", None),
        ("Il a marqué 21 points contre Limoges.", None),
    ],
)
def test_points(text, unit):
    assert first(text)[3] == unit


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Le bénéfice tombe à moins 12 millions d'euros.", -12000000),
        ("Le résultat (- 3 M€) déçoit.", -3000000),
        ("La France - 12 millions de foyers - attend.", 12000000),
        ("Du moins 5 % selon lui.", 5),
        ("Et moins 5 degrés la nuit.", -5),
    ],
)
def test_signs(text, value):
    assert first(text)[0] == value


@pytest.mark.parametrize(
    ("text", "low", "high", "kind"),
    [
        ("Un service d'urgences sur cinq a fermé.", 0.2, 0.2, "ratio"),
        ("Une entreprise du bâtiment sur dix embauche.", 0.1, 0.1, "ratio"),
        ("Un rapport d'experts sur cinq pays.", 5, 5, "count"),
        ("On a reçu 1,2 candidat par place.", 1.2, 1.2, "ratio"),
        ("On a reçu 12 candidats par place.", 12, 12, "count"),
        ("Le taux est passé sous les 0,8 %.", None, 0.8, "percent"),
        ("Il est mort à l'age de 93 ans.", 93, 93, "age"),
        ("Le club a pris 8 points. En 17 journées, il gagne.", 17, 17, "count"),
        ("Il passe 17 journées en mer.", 17, 17, "duration"),
        ("Un effort de 12 à 13 milliards.", 12000000000, 13000000000, "money"),
        ("La fin de nos 412 habitants.", 412, 412, "count"),
        ("La fin de nos deux écoles.", 2, 2, "count"),
    ],
)
def test_what_the_words_around_make_of_it(text, low, high, kind):
    found = [q for q in find_quantities(text) if not q.needs_context][-1]
    assert (found.value_min, found.value_max, found.kind) == (low, high, kind)


@pytest.mark.parametrize("text", ["Les textes nos 412 et 413 sont lus.", "Le décret présidentiel 13769 tombe."])
def test_references_are_no_figures(text):
    assert not find_quantities(text)
