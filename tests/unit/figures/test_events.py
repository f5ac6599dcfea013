"""Events from nouns, predicates in every voice, and from the figure that a part belongs to."""

from __future__ import annotations

import pytest

from newsnlp.grammar.conjugation import conjugate


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


# A class a block: the main verb, asides, what befalls people and things, bodies, what only looks so, votes.
NEIGHBOURS = """
Neuf supporters ont ensuite été interpellés. | arrested
Deux des cinq randonneurs ont été secourus. | rescued -
Six légionnaires engagés au Sahel ont péri dans une embuscade. | killed
Trois casques bleus envoyés en Centrafrique ont été enlevés. | kidnapped
Deux disparus ont été retrouvés morts. | killed
Cinq migrants qui fuyaient la Libye ont été secourus. | rescued
Les huit soldats blessés ont été évacués vers un hôpital. | hospitalised
Toujours à Lyon, encore 40 journalistes sont emprisonnés. | arrested
Quinze voyageurs, parmi lesquels trois nourrissons, ont péri noyés. | killed killed
Vingt ouvriers, y compris le contremaître, sont portés disparus. | missing
Quarante villageois, pour la plupart des femmes, ont été massacrés. | killed
Au moins 17 fidèles, incluant des enfants, ainsi que trois gardes ont été tués. | killed killed
Le feu a pris hier : 60 bêtes (des vaches surtout) ont péri. | killed
Quatre véhicules ont été mis à feu dans la nuit. | destroyed
Un couvreur a été électrocuté à Dax. | killed
Les pompiers ont porté secours à onze plaisanciers. | rescued
Un lycéen a été poignardé devant son établissement. | injured
Deux hommes ont été touchés par balles. | injured
Le tueur a blessé mortellement trois passants. | killed
Près de 800 salariés vont perdre leur emploi. | dismissed
Quelque 400 familles ont perdu leur maison. | affected
Elle a perdu ses deux fils dans l'attentat. | killed
Trois suspects ont été déférés puis écroués. | arrested
Onze enfants reçoivent des soins à la clinique. | hospitalised
Trois touristes ont été agressés. | affected
La mairie a recensé 60 gardes à vue. | arrested
L'homme a reçu huit coups de couteau. | attacked
L'usine a brûlé, 40 radars ont été dégradés. | destroyed
Le cadavre d'une femme a été découvert dans la Seine. | killed
Les corps de trois alpinistes ont été retrouvés. | killed
Cent personnes sont mortes et 400 autres blessées par la foule. | killed injured
Dix vaches sont mortes et quelques autres boitaient. | killed -
La cour a condamné dix hommes et en a acquitté quatre. | sentenced -
Les trois statues de l'église, hier incendiée, ont été mises en sécurité. | -
L'argent public sauve douze festivals. | -
On compte 800 malades. Le laboratoire fait des tests : 4 000 par jour. | sick -
Trois immeubles menacent de s'effondrer. | -
Trente agents sont affectés à la sécurité. | -
Mille soldats sont stationnés à la frontière. | deployed
Deux cents véhicules stationnés bloquaient la rue. | -
La moitié des inscrits n'ont pas voté. | -
La participation s'élevait à 62 % à 17 heures. | voting
Le maire sortant est crédité de 38 %, contre 31 % pour son rival. | voting voting
Battue au second tour avec 47,2 %, elle se retire. | voting
Le candidat totalise 12,3 %, loin derrière le président (28 %). | voting voting
Sa liste arrive en tête avec 33 %. | voting
L'émission arrive en tête des audiences avec 24 %. | -
L'action gagne 4 %. | -
Quelques voix s'élèvent contre le projet. | -
La motion a recueilli 240 voix. | voting
Le bilan est de sept morts, en plus des deux tueurs. | killed killed
Les deux autres victimes sont une mère et sa fille. | affected affected
Un gendarme a été tué et une de ses collègues légèrement blessée. | killed injured
Un passager est mort et un autre a été brûlé. | killed injured
Le conducteur, un homme de 31 ans, a été abattu. |
Une voiture a été incendiée. | destroyed
Un projet est mort. |
Une famille de cinq personnes a péri. | killed
La gendarmerie a secouru un groupe de 40 touristes. | rescued
Le corps de ballet compte 40 danseurs. | -
L'équipe a renversé deux adversaires et arraché 12 victoires. | - -
Deux mille abonnés sont encore atteints par la panne. | affected
Trois agents ont été gardés à vue. | arrested
Une trentaine de policiers, venus de Caen, ont lutté des heures contre les émeutiers. | deployed
Vingt sauveteurs fouillaient les ruines. | deployed
Quelque 430 pompiers sont à l'œuvre dans le massif. | deployed
Douze équipes se relaient sur place. | deployed
Prague enverra vingt spécialistes en Pologne. | deployed
La marine a dépêché deux vedettes depuis Mombasa. | deployed
Une trentaine de viticulteurs bloquent le pont. | protesting
Deux randonneurs sont bloqués par la neige. | -
Deux agents ont été fouillés. | -
Trois lycéens fouillent les archives. | -
Un individu a attaqué quatre passagers à la hache. | affected
Le buteur a manqué trois tirs, se plaint l'entraîneur. | -
L'armée a mené neuf frappes au Liban. | attacked
Les six touristes enlevés il y a deux mois à Agadez ont recouvré la liberté. | released
La crue approche, forçant 900 habitants à fuir. | displaced
Le groupe supprimera 90 postes, soit un emploi sur cinq. | dismissed
L'épidémie a tué 300 bovins, soit 4 % du cheptel. | killed killed
L'usine supprimera 90 postes. Les élus en redoutaient 200. | dismissed dismissed
Des milliers de manifestants, 4 000 personnes selon la police, 9 000 selon la CGT, ont chanté. | protesting protesting protesting
Les 30 personnes (18 hommes et 12 femmes) placées en garde à vue sont sorties. | arrested arrested arrested
La prison a 400 détenus pour 300 places. | arrested -
Quatre détenus se sont évadés. | -
Le pays n'a plus aucun malade. | sick
"""


@pytest.mark.parametrize("line", NEIGHBOURS.strip().splitlines())
def test_neighbours(line, figures):
    text, events = line.split(" |")
    found = [figure.event or "-" for figure in figures(text) if figure.kind in ("count", "percent")]
    assert found == events.split()


@pytest.mark.parametrize(
    ("lemma", "form"),
    [
        ("engager", "engageait"),
        ("effacer", "effaçait"),
        ("enlever", "enlève"),
        ("libérer", "libèrent"),
        ("tuer", "tuant"),
        ("démolir", "démolissent"),
    ],
)
def test_conjugation_of_regular_verbs(lemma, form):
    assert form in conjugate(lemma)[1]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("L'explosion a tué des dizaines de mineurs.", ["killed"]),
        ("Le groupe supprime des milliers de postes.", ["dismissed"]),
        ("La police arrête des centaines de militants.", ["arrested"]),
        ("L'arrestation de dizaines de militants inquiète.", ["arrested"]),
        ("Le nombre de rhinocéros tués est passé à 1 054, contre 13.", ["killed", "killed"]),
        ("Le nombre d'élèves est passé à 1 054.", [None]),
        ("Trente pompiers de cinq casernes sont intervenus.", ["deployed", None]),
        ("D'importants moyens ont été mobilisés : 40 pompiers et deux hélicoptères.", ["deployed", "deployed"]),
        ("Des moyens ont été dégagés : 40 pompiers sont satisfaits.", [None]),
        ("La direction prévoit 450 départs volontaires.", ["dismissed"]),
        ("Le départ de 300 salariés est acté.", ["dismissed"]),
        ("Le départ de 300 coureurs est donné.", [None]),
        ("On compte 400 maisons inondées.", ["destroyed"]),
        ("Quelque 900 habitants dorment dehors.", ["affected"]),
        ("Une trentaine de passants choqués ont été entendus.", ["affected"]),
        ("Deux cyclistes s'en tirent avec des contusions.", ["injured"]),
        ("Onze marins ont été remis à leurs familles.", ["released"]),
        ("900 enseignants se sont rassemblés devant le rectorat.", ["protesting"]),
    ],
)
def test_events_beyond_tolls(text, events, figures):
    assert [figure.event for figure in figures(text)] == events
