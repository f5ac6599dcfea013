"""The counted noun: beside the number, or left out by the text."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("12 soldats américains sont arrivés.", ["soldats"]),
        ("Les trois premières victimes ont parlé.", ["victimes"]),
        ("Quatre policiers et soldats montaient la garde.", ["policiers et soldats"]),
        ("Deux casques bleus ont péri.", ["casques bleus"]),
        ("Une dizaine de maisons ont brûlé.", ["maisons"]),
        ("30 % des électeurs ont voté.", ["électeurs"]),
        ("Une hausse de 4 % de hausse.", [None]),
        ("Le bénéfice atteint 3 millions d'euros.", [None]),
        ("Il a 42 ans.", [None]),
        ("Quatre des prévenus ont fui.", ["prévenus"]),
        ("Trois jeunes fauchés sur l'autoroute", ["jeunes"]),
        ("Un Français sur trois fume.", ["Français"]),
        ("Les trois plus gros employeurs recrutent.", ["employeurs"]),
        ("Deux graves accidents et quatre remarquables sauvetages.", ["accidents", "sauvetages"]),
        ("Huit membres d'équipage ont disparu.", ["membres d'équipage"]),
        ("Ces vidéos forment 12 % de l'ensemble des messages.", ["messages"]),
        ("Un cinquième du nombre total de ces contrôles.", ["contrôles"]),
        ("Une manne de 5 millions engrangés mardi.", [None]),
    ],
)
def test_beside_the_number(text, nouns, figures):
    assert [figure.counted for figure in figures(text)] == nouns


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("2500 soldats sont en Irak, en plus de 900 autres en Syrie.", ["soldats", "soldats"]),
        ("Cinq marins ont été blessés, dont un grièvement.", ["marins", "marins"]),
        ("Douze rebelles ont été tués et trois capturés.", ["rebelles", "rebelles"]),
        ("40 élèves ont disparu. Deux d'entre eux ont été retrouvés.", ["élèves", "élèves"]),
        ("Le bilan est passé de 16 à 21 morts.", ["morts", "morts"]),
        ("Le nombre de morts s'élève désormais à 1 034.", ["morts"]),
        ("Le nombre de blessés a encore augmenté. Il s'élève à 262.", ["blessés"]),
        ("Les randonneurs ont bravé la pluie : ils étaient 300 au départ.", ["randonneurs"]),
        ("Les bénévoles, une cinquantaine au total, sont venus.", ["bénévoles"]),
        ("41 personnes ont été tuées et une soixantaine blessées.", ["personnes", "personnes"]),
        ("Le taux est de 1,9 enfant par femme en France, 1,3 en Espagne.", ["enfant", "enfant"]),
        ("Neuf personnes ont été tuées, 15 autres blessées.", ["personnes", "personnes"]),
        (
            "20 marins, dont deux enfants, ont été tués et une dizaine d'autres blessés.",
            ["marins", "enfants", "marins"],
        ),
        ("Les pillards, arrivés à pied, auraient été une centaine.", ["pillards"]),
        ("Il a lu deux lois. Il veut ramener de 7 à 3 le nombre de primes.", ["lois", "primes", "primes"]),
        (
            "La plupart des 300 réfugiés sont partis. La plupart vont bien ; 80 autres restent.",
            ["réfugiés", "réfugiés"],
        ),
        ("On connaît 90 planètes, moins de dix présentent un océan.", ["planètes", "planètes"]),
        ("Trois personnes sont mortes et 12 blessées.", ["personnes", "personnes"]),
        ("Il y a 90 morts. Les juges n'en retiennent que 20.", ["morts", "morts"]),
        # adjectives and participles that head nothing
        ("On compte 90 décès confirmés et 14 possibles.", ["décès", "décès"]),
        ("Le pays a 30 cas avérés et sept suspects.", ["cas", "cas"]),
        ("La ville a planté 300 arbres, au lieu des 500 promis.", ["arbres", "arbres"]),
        ("Dix chars russes et deux ukrainiens ont brûlé.", ["chars", "chars"]),
        ("Grâce aux 34 points de Jean Allard et 31 de Luc Morel.", ["points", "points"]),
        # what the sentence names without counting it
        ("Cette explosion survient après trois autres.", ["explosion"]),
        ("Le pays fait peu de contrôles : 200 par jour.", ["contrôles"]),
        ("Il a visé un groupe de marins, blessant deux d'entre eux.", ["marins"]),
        ("On compte 12 loups. Quant aux lynx, pour ces animaux, il en reste 40.", ["loups", "animaux"]),
        # a share of the population shared last
        ("Un tiers des élus (33 %) approuvent, 12 % refusent.", ["élus", "élus", "élus"]),
        ("Chez les jeunes, 30 % disent fumer.", ["jeunes"]),
        ("Il revendique 40 adhérents, contre 35 annoncés par un autre.", ["adhérents", "adhérents"]),
        ("Un Français sur cinq (20 %) vit seul.", ["Français", "Français"]),
        ("54 % des votants ont dit oui, contre 46 %.", ["votants", "votants"]),
        ("60 % des maires ont répondu. Il a vu ses amis : 80 % d'entre eux s'abstiennent.", ["maires", "amis"]),
        ("Le chômage touche 8 % des jeunes. Les prix augmentent de 3 % en mars.", ["jeunes", None]),
    ],
)
def test_where_the_text_leaves_it_out(text, nouns, figures):
    assert [figure.counted for figure in figures(text)] == nouns


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("Anne Petit obtient 24 % des voix, devant Paul Roy (19 %).", ["voix", "voix"]),
        ("La liste recueille 31 % des suffrages.\n\nMarie Roux 21,4 %", ["suffrages", "suffrages"]),
        ("Elle a obtenu 31 % des voix. La participation atteint 48 %.", ["voix", None]),
        ("Le site compte 400 ouvriers, dont 30 % de femmes.", ["ouvriers", "ouvriers"]),
        ("Le site compte 400 ouvriers, dont 30 % des femmes de la vallée.", ["ouvriers", "femmes"]),
        ("Les Belges sont 56 % à approuver la loi, et 38 % à la rejeter.", ["Belges", "Belges"]),
        ("Les Belges étaient 56 % à Liège.", [None]),
        ("Ils occupent 7 % des postes en ville, 12 % en banlieue.", ["postes", "postes"]),
        ("Le syndicat revendique 30 % de grévistes, la direction 12 %.", ["grévistes", "grévistes"]),
        ("L'enquête, menée auprès de 900 lycéens, montre que 12 % fument.", ["lycéens", "lycéens"]),
        ("Le budget passe par 28 voix pour, 5 contre et 2 abstentions.", ["voix", "voix", "abstentions"]),
        ("Six coureurs ont été contrôlés et quatre suspendus.", ["coureurs", "coureurs"]),
        ("Six coureurs ont été contrôlés et quatre députés entendus.", ["coureurs", "députés"]),
        ("Il verse une prime à 45 anciens salariés.", ["salariés"]),
        ("40 sénateurs ont voté contre, dont neuf du groupe centriste.", ["sénateurs", "sénateurs"]),
    ],
)
def test_shares_of_the_same_population(text, nouns, figures):
    assert [figure.counted for figure in figures(text)] == nouns
