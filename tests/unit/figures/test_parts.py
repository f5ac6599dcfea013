"""Which figure is a part of which."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "parents"),
    [
        ("Cinq soldats ont été blessés, dont un grièvement.", [None, 0]),
        ("Douze morts, dont trois enfants et deux femmes.", [None, 0, 0]),
        ("Douze morts, dont trois enfants, et 40 blessés.", [None, 0, None]),
        ("23 civils ont péri, parmi lesquels neuf enfants.", [None, 0]),
        ("184 détenus se sont évadés, 65 d'entre eux ont été repris.", [None, 0]),
        ("Le séisme a fait 2 900 morts. Parmi eux, 300 enfants.", [None, 0]),
        ("Il obtient 157 sièges sur les 289 de l'Assemblée.", [1, None]),
        ("Deux des 30 passagers ont fui.", [1, None]),
        ("Sur les 55 passagers, on compte 44 Russes et huit Ukrainiens.", [None, 0, 0]),
        ("L'accident a fait neuf morts : six passagers et trois cheminots.", [None, 0, 0]),
        ("Les cinq personnes blessées, trois femmes et deux hommes, vont mieux.", [None, 0, 0]),
        ("Il a été condamné à dix ans de prison, dont deux avec sursis.", [None, 0]),
        ("25 000 foyers sont sans courant, la majeure partie (18 000) en Bretagne.", [None, 0]),
        ("Douze personnes ont péri, y compris deux enfants et une infirmière.", [None, 0, 0]),
        ("On compte 20 morts, parmi lesquels figurent trois enfants.", [None, 0]),
        ("On compte 40 blessés, dont, selon la préfecture, cinq enfants.", [None, 0]),
        ("Neuf élèves, dont six filles de 6 à 9 ans et deux garçons, sont rentrés.", [None, 0, None, 0]),
        ("Huit marins ont été blessés en deux jours, dont trois grièvement.", [None, None, 0]),
        ("40 % des 200 habitants sont partis.", [1, None]),
        ("Elle a versé 6 des 17 millions d'euros.", [1, None]),
        ("En mai, sur les 40 prévenus - 35 hommes et 5 femmes -, 12 ont comparu.", [None, 0, 0, 0]),
        ("Le séisme a fait 48 blessés. Parmi les blessés, on dénombre quatre enfants.", [None, 0]),
        ("L'accident a fait 30 blessés. Trois des blessés ont été opérés.", [None, 0]),
        ("Une vingtaine de passants ont été blessés, cinq sont dans un état critique.", [None, 0]),
        ("Huit blessés (trois graves) sont à Lille.", [None, 0]),
        ("Le crash a fait trois morts, dont le pilote. Les deux autres victimes étaient suisses.", [None, 0]),
        ("42 pays participent, seuls 26 iront en finale.", [None, 0]),
        ("12 suicides ont eu lieu. Les suicides incluent quatre femmes.", [None, 0]),
        ("Des 90 écoles promises, trente ont ouvert.", [None, 0]),
        ("Ils étaient neuf accusés, mais un seul a parlé.", [None, 0]),
        ("Quarante films sont montrés, mais douze seulement concourent.", [None, 0]),
        ("Huit corps, dont ceux de trois enfants, ont été retrouvés.", [None, 0]),
        ("La police a arrêté 12 personnes. Parmi elles, un mineur.", [None, 0]),
        # parts that add up
        (
            "La crue a fait six morts. Le bilan est ainsi : trois à Lens, deux à Arras, et aussi un à Douai.",
            [None, 0, 0, 0],
        ),
        ("Le robot a plusieurs outils : trois pinces et deux scies.", [None, 0, 0]),
        ("On a posé 16 km de conduites : 11 de fonte et 5 de cuivre.", [None, 0, 0]),
        ("Deux enfants, un garçon de 9 ans et un bébé de 4 mois, ont été tués.", [None, 0, None, 0, None]),
        ("Six skieurs - quatre Suisses et deux Belges - ont disparu.", [None, 0, 0]),
        ("Au total, 52 communes ont brûlé : 30 dans le Gard et 22 dans le Var.", [None, 0, 0]),
        ("Il y a trois morts à Lyon, quatre à Nice, soit sept au total.", [2, 2, None]),
        ("Les 12 élus et 40 habitants, pour un total de 60 personnes.", [2, 2, None]),
        ("Cinq corps ont été repêchés. Il s'agit de trois hommes et de deux femmes.", [None, 0, 0]),
        ("Dix morts dans un accident. Quatre enfants et six adultes ont péri.", [None, 0, 0]),
        # no part: another list, a whole that is too small, a change
        ("68 morts et 165 blessés", [None, None]),
        ("Des deux rives, trois hommes sont partis.", [None, None]),
        ("Des tuyaux, 11 de 65 cm et 5 de 60 cm.", [None] * 4),
        ("Trois blessés, dont 12 enfants", [None, None]),
        ("Le bilan passe de 16 à 21 morts.", [None, None]),
        ("Il transportait 50 personnes (56 exactement).", [None, None]),
        ("Trois blessés graves, deux légers.", [None, None]),
        ("Trois hommes, deux femmes et un enfant ont été tués.", [None, None, None]),
        ("Parmi les 1 400 avions produits, 1 300 personnes sont mortes dans 130 accidents.", [None, None, None]),
        ("Douze bus ont reçu des pierres dont un pavé.", [None, None]),
        ("60 % des maires ont répondu. Il a vu ses amis : 80 % d'entre eux s'abstiennent.", [None, None]),
    ],
)
def test_parents(text, parents, figures):
    assert [figure.part_of for figure in figures(text)] == parents


def test_a_part_takes_the_unit_of_its_whole(figures):
    whole, part = figures("Il a été condamné à dix ans de prison, dont deux avec sursis.")
    assert (part.kind, part.unit) == (whole.kind, whole.unit)
    assert part.counted is None


@pytest.mark.parametrize(
    ("text", "parents"),
    [
        ("Les sept candidats sont connus. Les cinq premiers sont de Lille. Les deux derniers parlent.", [None, 0, 0]),
        ("Sept candidats parlent. Le débat des cinq premiers est clos.", [None, None]),
    ],
)
def test_first_and_last_of_a_whole(text, parents, figures):
    assert [figure.part_of for figure in figures(text)] == parents


@pytest.mark.parametrize(
    ("text", "parents"),
    [
        ("44 mineurs étaient au fond ; 39 ont été remontés, deux sont morts et trois manquent.", [None, 0, 0, 0]),
        ("Au Mali, quatre mines ont fermé ; au Ghana, une seule a fermé.", [None, None]),
    ],
)
def test_parts_behind_a_semicolon(text, parents, figures):
    assert [figure.part_of for figure in figures(text)] == parents
