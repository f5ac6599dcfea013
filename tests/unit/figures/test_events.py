"""Events from nouns, predicates in every voice, and from the figure that a part belongs to."""

from __future__ import annotations

import pytest

from newsnlp.grammar.words import conjugate


@pytest.mark.parametrize(
    ("text", "events"),
    [
        # from the noun
        ("36 morts dans un attentat", ["killed"]),
        ("L'accident a fait 12 blessés.", ["injured"]),
        ("La police a procédé à 40 interpellations.", ["arrested"]),
        ("Il y a douze nouveaux cas.", ["sick"]),
        ("Dans trois cas, la loi est muette.", [None]),
        ("Le parti gagne 12 sièges.", ["voting"]),
        ("Le Parlement compte 151 sièges.", [None]),
        ("Trois corps de ferme ont été vendus.", [None]),
        # passive, active, reflexive, nominal, headline
        ("Trois policiers ont été grièvement blessés.", ["injured"]),
        ("L'armée a tué douze rebelles.", ["killed"]),
        ("Les gendarmes ont arrêté, dans la nuit, trois suspects.", ["arrested"]),
        ("Le crash a coûté la vie à 228 passagers.", ["killed"]),
        ("L'arrestation de seize djihadistes a été annoncée.", ["arrested"]),
        ("La mort accidentelle de deux ouvriers", ["killed"]),
        ("Nigeria : 200 villageois enlevés par des hommes armés", ["kidnapped"]),
        ("Trois alpinistes ont disparu.", ["missing"]),
        ("300 personnes manquaient toujours à l'appel.", ["missing"]),
        ("Deux immeubles se sont effondrés.", ["destroyed"]),
        ("Deux hôpitaux ont été touchés par des frappes.", ["attacked"]),
        ("15 000 foyers sont privés d'électricité.", ["affected"]),
        ("La France maintient 1 200 soldats au Mali.", ["deployed"]),
        ("Le groupe supprime 400 postes.", ["dismissed"]),
        ("La banque recrute 300 conseillers.", ["hired"]),
        ("Le rassemblement a réuni 500 personnes.", ["protesting"]),
        ("Les 400 employés de l'usine sont en grève.", ["striking"]),
        ("Trois passagers, dont le maire, ont été blessés.", ["injured"]),
        ("Deux blessés sont morts.", ["killed"]),
        # nothing happened to them, or they are the ones who act
        ("Deux hommes ont tué leur chien.", [None]),
        ("Quatre bureaux de vote ont ouvert.", [None]),
        ("Aucun des cinq otages n'a été blessé.", ["kidnapped"]),
        ("Le club compte 127 licenciés.", [None]),
    ],
)
def test_one_figure(text, events, figures):
    assert [figure.event for figure in figures(text)] == events


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("40 Israéliens, deux Américains et un Russe ont perdu la vie.", ["killed"] * 3),
        ("Un kamikaze a tué 22 personnes et en a blessé 40.", ["killed", "injured"]),
        ("Cinq soldats ont été blessés, dont un grièvement.", ["injured", "injured"]),
        ("Trois hommes ont été arrêtés et deux autres sont en fuite.", ["arrested", None]),
        ("Les jihadistes ont enlevé 276 filles ; 57 d'entre elles se sont échappées.", ["kidnapped", None]),
        ("2500 soldats sont déployés en Irak, en plus de 900 autres en Syrie.", ["deployed", "deployed"]),
        ("L'accident a fait neuf morts : six passagers et trois machinistes.", ["killed"] * 3),
    ],
)
def test_several_figures(text, events, figures):
    assert [figure.event for figure in figures(text)] == events


@pytest.mark.parametrize(
    ("lemma", "form"),
    [
        ("engager", "engageait"),
        ("effacer", "effaçait"),
        ("enlever", "enlève"),
        ("libérer", "libèrent"),
        ("tuer", "tuant"),
    ],
)
def test_conjugation_of_regular_verbs(lemma, form):
    assert form in conjugate(lemma)[1]
