"""Status and source: hearsay, attribution, quotation, plans, denials."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "status", "source"),
    [
        ("Douze personnes ont été tuées.", "asserted", None),
        ("Cinq soldats auraient été blessés.", "reported", None),
        ("S'il y avait 12 morts, on le saurait.", "asserted", None),
        ("Selon la police, douze personnes ont été tuées.", "reported", "police"),
        ("Douze personnes ont été tuées, d'après l'ONU.", "reported", "ONU"),
        ("Le prix varie selon les saisons de 12 euros.", "asserted", None),
        ("Le ministre a indiqué que douze personnes étaient mortes.", "reported", "ministre"),
        ("Douze personnes sont mortes, a annoncé samedi le maire.", "reported", "maire"),
        ("Les rebelles affirment détenir 37 prisonniers.", "reported", "rebelles"),
        ("Le HCR recense 12 000 déplacés.", "reported", "HCR"),
        ("Le bilan officiel fait état de douze morts.", "asserted", None),
        ("Un bilan du ministère fait état de douze morts.", "reported", "bilan du ministère"),
        ("Un communiqué fait état de douze morts.", "reported", "communiqué"),
        ("On recense douze morts.", "asserted", None),
        ("« Nous avons perdu onze hommes dans la bataille », a dit le colonel.", "reported", "colonel"),
        ("La salle accueillera 450 spectateurs.", "planned", None),
        ("Le groupe va supprimer 400 postes.", "planned", None),
        ("La société prévoit 1 500 licenciements.", "planned", "société"),
        ("Renault a annoncé 1 000 embauches.", "planned", "Renault"),
        ("L'attaque aura fait trois morts.", "asserted", None),
        ("L'usine, qui employait 640 ouvriers, fermera.", "asserted", None),
        ("L'offensive n'a pas fait 300 morts.", "denied", None),
        ("Le ministère a démenti la mort de quinze soldats.", "denied", "ministère"),
        ("Il n'a fait que 12 victimes.", "asserted", None),
        ("La caméra a filmé 12 personnes.", "asserted", None),
    ],
)
def test_status_and_source(text, status, source, figures):
    (figure,) = figures(text)
    assert (figure.status, figure.source) == (status, source)


def test_two_sources_in_one_sentence(figures):
    found = figures("12 000 personnes ont défilé selon la police, 25 000 selon les organisateurs.")
    assert [figure.source for figure in found] == ["police", "organisateurs"]


def test_the_part_of_a_reported_whole_is_reported(figures):
    assert [f.status for f in figures("Cinq soldats auraient été blessés, dont un grièvement.")] == ["reported"] * 2


def test_none_is_zero_and_asserted(figures):
    (figure,) = figures("L'accident n'a fait aucun mort.")
    assert (figure.value_min, figure.value_max, figure.status, figure.event) == (0, 0, "asserted", "killed")


@pytest.mark.parametrize(
    ("text", "status", "source"),
    [
        # What somebody reports, in all its forms.
        ("La récolte est évaluée par la coopérative à 40 millions d'euros.", "reported", "coopérative"),
        ("Les dégâts, chiffrés à 3 millions d'euros par le cabinet, sont lourds.", "reported", "cabinet"),
        ("Les 56 cas recensés par l'#OMS ont inquiété.", "reported", "OMS"),
        ("La grève coûte 3 millions d'euros, note #RTL.", "reported", "RTL"),
        ("L'armée a donné un nouveau bilan de 14 morts.", "reported", "armée"),
        ("Le gouvernement fait également état de six disparus.", "reported", "gouvernement"),
        ("Un rapport de l'#ONU dénombre 300 victimes.", "reported", "rapport de l'ONU"),
        ("Un communiqué de l'armée qui confirme l'attaque, mentionne 12 blessés.", "reported", "communiqué de l'armée"),
        ("Le suspect aurait entre 25 et 35 ans.", "reported", None),
        (
            "Le recensement de l'#Insee est formel : le pays a gagné 2 millions d'habitants.",
            "reported",
            "recensement de l'Insee",
        ),
        # What is still to come, and who says so.
        ("L'#Insee prévoyait une hausse de 3 % des prix.", "planned", "Insee"),
        ("Le trafic pourrait dépasser 5 000 voitures.", "planned", None),
        ("Trois écoles devraient être fermées.", "planned", None),
        ("Deux autres départs devraient avoir lieu.", "planned", None),
        ("Le maire a promis 300 logements.", "planned", "maire"),
        ("La ministre a promis que 300 classes seraient ouvertes.", "planned", "ministre"),
        ("Les syndicats exigent « 2,5 milliards d'euros ».", "planned", "syndicats"),
        ("Il risque cinq ans de prison.", "planned", None),
        ("Vingt ans de prison ont été requis.", "planned", None),
        ("L'entreprise doit verser 3 millions d'euros.", "planned", None),
        ("Quelque 3 000 visiteurs sont attendus samedi.", "planned", None),
        ("Le maire a annoncé la création de huit places.", "planned", "maire"),
        ("La direction n'en a promis que 40.", "planned", "direction"),
        ("La banque table désormais sur une hausse de 3 %.", "planned", "banque"),
        ("Le gouvernement s'attend à un déficit inférieur à 90 milliards d'euros.", "planned", "gouvernement"),
        ("Le coût pourrait, selon le préfet, dépasser 3 millions d'euros.", "planned", "préfet"),
        ("Il ne devrait rester que 12 lits.", "planned", None),
        ("La loi prévoit une baisse d'impôts pour un montant de 3 milliards d'euros.", "planned", "loi"),
        ("La ministre prévoit d'ouvrir 30 classes.", "planned", "ministre"),
        ("La fermeture annoncée de sept usines inquiète.", "planned", None),
        ("Le préfet a ordonné la fermeture de sept sites.", "planned", None),
        ("La sortie est prévue dans 12 pays.", "planned", None),
        ("Le procès s'ouvre dans quinze jours.", "planned", None),
        ("L'ancien président aura 90 ans lundi.", "planned", None),
        # What is not.
        ("Élu en 1961, il siégera pendant vingt ans.", "asserted", None),
        ("Le bilan pourrait s'alourdir, trois villages restant isolés.", "asserted", None),
        ("La demande de gaz a crû de 3 %.", "asserted", None),
        ("Un camp prévu pour 8 000 tentes.", "asserted", None),
        ("L'aîné devait avoir soixante ans.", "asserted", None),
        ("Le juge a demandé à 12 témoins de revenir.", "asserted", None),
        ("Aucun blessé n'a été rapporté.", "asserted", None),
        ("Le club a montré que ses trois recrues progressaient.", "asserted", None),
        ("La police a arrêté les hommes (NDLR : quatre frères), selon le parquet.", "asserted", None),
        ("Trois pays veulent quitter l'alliance.", "asserted", None),
        ("Les 751 députés voteront demain.", "asserted", None),
        ("La hausse, attendue d'ici la fin de l'année, confirme ce qui se voit depuis vingt ans.", "asserted", None),
        ("Le car transportait 81 personnes.", "asserted", None),
        ("Il tira 12 balles.", "asserted", None),
        # Denials, and negations that do not reach the number.
        ("Ce bilan de 300 morts est faux.", "denied", None),
        ("La mort de 12 soldats n'a pas été confirmée.", "denied", None),
        ("Il est faux que 300 emplois soient menacés.", "denied", None),
        ("L'équipe n'a pas gagné en huit matches.", "asserted", None),
        ("Ce joueur n'a plus marqué depuis douze matches.", "asserted", None),
    ],
)
def test_reports_plans_and_denials_in_all_their_forms(text, status, source, figures):
    (figure,) = figures(text)
    assert (figure.status, figure.source) == (status, source)


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        # A source counts for its clause, no further.
        ("Cinq enfants sont morts, selon la mairie, et 44 cas sont à l'étude.", ["reported", "asserted"]),
        ("La mairie a annoncé 12 évacuations et a ouvert trois gymnases.", ["reported", "asserted"]),
        ("Les huit passagers étaient à bord et aucun n'aurait survécu. Dix sont morts.", ["asserted", "asserted"]),
        ("Selon trois témoins, 40 hommes ont fui.", ["asserted", "reported"]),
        ("L'accord est un leurre, dénoncent plus de 50 maires.", ["asserted"]),
        ("Selon la police, l'un des deux hommes a fui.", ["asserted"]),
        ("La mesure coûte cher, dit l'#Insee ; ces deux taxes sont lourdes.", ["asserted"]),
        # An aside that its clause closes, and what an inserted clause stands in.
        (
            "Le site, qui emploie 48 salariés, n'est pas rentable avec 12 clients, dit le maire.",
            ["asserted", "reported"],
        ),
        ("On compte 3 blessés, mais les dégâts, dit le maire, dépassent 3 millions d'euros.", ["asserted", "reported"]),
        ("Selon le musée, les 20 salles ont reçu 400 visiteurs.", ["asserted", "reported"]),
        ("Cinq morts et 13 blessés ont été rapportés.", ["reported", "reported"]),
        ("Quatre ans de prison et 3 000 euros d'amende ont été requis.", ["planned", "planned"]),
        ("Le maire a promis de créer 300 places, de planter 900 arbres.", ["planned", "planned"]),
        ("Le pays réclame 4 milliards d'euros, dont 900 millions ont été versés.", ["planned", "asserted"]),
        ("Le prix devrait remonter à 90 euros, loin du record de 140 euros.", ["planned", "asserted"]),
        ("La planète tourne en 19 jours et sa masse serait de 3 tonnes.", ["asserted", "reported"]),
        # The new toll does not say the old one.
        ("Les autorités ont annoncé 45 morts, contre 39 mercredi.", ["reported", "asserted"]),
        ("Selon un nouveau bilan, la crue a fait 40 morts, contre 31 la veille.", ["reported", "asserted"]),
        # An age that is stated, and one in apposition.
        ("L'auteur, qui serait un étudiant de 19 ans, a fui.", ["reported"]),
        ("Selon la police, il a été blessé par un homme de 35 ans.", ["asserted"]),
        ("Selon la police, les victimes étaient âgées de 20 ans.", ["reported"]),
        ("Selon la police, cet homme, 62 ans, est en fuite.", ["asserted"]),
        # A bracket is closed to what stands beside it.
        ("Les seuils (50 µg) vont être dépassés.", ["asserted"]),
    ],
)
def test_what_is_said_reaches_to_the_end_of_its_clause(text, statuses, figures):
    assert [figure.status for figure in figures(text)] == statuses


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("La mairie a compté 900 grévistes, onze agents ont été arrêtés.", ["reported", "asserted"]),
        ("La mairie a compté 900 grévistes et onze piquets.", ["reported", "reported"]),
        ("Celle-ci n'a signalé aucun décès.", ["reported"]),
        ("Elle a informé la presse que 12 trains étaient bloqués.", ["reported"]),
        ("Une première tranche avait coûté 7 millions d'euros.", ["asserted"]),
        ("Dix des vingt-six élus auraient signé.", ["reported", "asserted"]),
        ("Le site d'Anzin (310 salariés) fermera, selon la CGT.", ["asserted"]),
        ("« Les Rives », qui a coûté 14 millions d'euros, devra plaire, selon son producteur.", ["asserted"]),
        ("Après deux années de baisse, le chômage remonte, selon l'Insee.", ["asserted"]),
        ("Elle emploie 130 personnes et en recrutera soixante d'ici à juin.", ["asserted", "planned"]),
        ("Quatre fermes sur dix perdraient de l'argent, redoute le syndicat.", ["planned"]),
        ("Il craint que 300 emplois ne disparaissent.", ["planned"]),
        ("Il craint que 300 emplois n'aient disparu.", ["reported"]),
        ("La hausse atteint 0,5 %, loin des 3,8 % que visait Rome.", ["asserted", "planned"]),
        ("La hausse atteint 0,5 %, contre 1 % dans ses prévisions.", ["asserted", "planned"]),
        ("Il a relevé sa prévision de croissance à 3,1 %.", ["planned"]),
        ("Elle garde son objectif d'un bénéfice de 500 millions d'euros.", ["planned"]),
        ("Le conseil propose de fermer 14 tribunaux.", ["planned"]),
        ("Le conseil propose 14 ateliers.", ["asserted"]),
        ("Le maire n'exclut pas de vendre deux bâtiments.", ["planned"]),
    ],
)
def test_reach_of_sources_and_plans(text, statuses, figures):
    assert [figure.status for figure in figures(text)] == statuses


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        # When something was foreseen, or for when, stands between the verb and its object.
        ("Le cabinet tablait en mai dernier sur 4 % de hausse.", ["planned"]),
        ("La banque prévoit pour 2031 une inflation de 4 %.", ["planned"]),
        ("La région vise à terme une réduction de 40 % des rejets.", ["planned"]),
        ("L'Union attend de lui un effort de 12 milliards.", ["planned"]),
        ("L'institut prévoit des pluies allant de 30 à 40 mm.", ["planned"]),
        ("Le hangar, prévu pour 8 000 personnes, en accueille déjà 30 000.", ["asserted", "asserted"]),
        # An aim, a wish, a need.
        ("L'objectif affiché est d'installer 500 bornes.", ["planned"]),
        ("Le but est de planter un million de chênes.", ["planned"]),
        ("Le coût prévu est de 12 millions d'euros.", ["planned"]),
        ("Le but est marqué de trente mètres.", ["asserted"]),
        ("La maire aimerait recruter 40 agents.", ["planned"]),
        ("La firme est sur le point de racheter trois usines.", ["planned"]),
        ("Il est question de fermer deux classes.", ["planned"]),
        ("Il faudrait trois milliards d'euros pour une ville de 80 000 habitants.", ["planned", "asserted"]),
        # What is called for.
        ("L'intersyndicale appelle à une grève de 48 heures.", ["planned"]),
        ("Elle a appelé trois ministres.", ["asserted"]),
        # A verb that opens its sentence, and what takes place.
        ("Suivront quatre autres survols.", ["planned"]),
        ("Le vote aura lieu dans douze provinces.", ["planned"]),
        # What was announced in the conditional is a future of the past, unless it is told as hearsay.
        ("Le maire a annoncé mardi que les écoles disposeraient de deux cours.", ["planned"]),
        ("L'armée a annoncé que douze hommes auraient été tués.", ["reported"]),
        # The size of what is not there yet; how it will be done; the same in other words; one more of a list.
        ("Une enveloppe de 30 millions d'euros sera débloquée.", ["planned"]),
        ("Le futur stade de 60 000 places a un nom.", ["planned"]),
        ("Une équipe de douze chercheurs a découvert une épave.", ["asserted"]),
        ("Il prévoit de bâtir trois prisons en débloquant 800 millions de réals.", ["planned", "planned"]),
        ("L'État doit verser 800 millions de réals, soit 250 millions d'euros.", ["planned", "planned"]),
        ("Il s'engage à payer 80 % des travaux, ainsi que 100 % des frais.", ["planned", "planned"]),
        # An account told before is somebody's; the toll itself is told.
        ("Un premier bilan faisait état de six morts.", ["reported"]),
        ("Le bilan fait état de six morts.", ["asserted"]),
        # A duty, a wish, a penalty that threatens; in brackets; in the first person; the next days.
        ("La mesure comporte l'obligation de réduire de 20 km/h la vitesse.", ["planned"]),
        ("Ils ont décidé de réduire la vitesse maximale (de 20 km/h) lundi.", ["planned"]),
        ("Le ministre souhaite que 50 % des repas soient végétariens.", ["planned"]),
        ("La peine encourue est de 10 ans de prison.", ["planned"]),
        ("« Nous attendons 5 000 visiteurs dans les trois prochains jours », a dit le maire.", ["planned", "planned"]),
        ("Les écoles resteront fermées ces trois prochains jours.", ["planned"]),
        # A study that shows something says it; a club does not.
        ("Le rapport de l'ONU montre une hausse de 4 %.", ["reported"]),
        ("Le club a montré deux visages.", ["asserted"]),
    ],
)
def test_what_is_foreseen_aimed_at_or_called_for(text, statuses, figures):
    assert [figure.status for figure in figures(text)] == statuses


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("La mairie souhaite la création de 50 places.", ["planned"]),
        ("Nous redoutons la perte de 80 emplois.", ["planned"]),
        ("La banque accepte de prêter 3 000 euros.", ["planned"]),
        ("Le juge a autorisé la vente de trois chalets.", ["planned"]),
        ("Le juge a autorisé trois chalets.", ["asserted"]),
        ("Le maire propose une prime de 90 euros.", ["planned"]),
        ("Si le prix atteint 90 euros, la ville paiera.", ["planned"]),
        ("Une hausse des loyers de 3 % entrera en vigueur.", ["planned"]),
        ("La facture dépassera 900 euros.", ["planned"]),
        ("La facture avoisinerait 900 euros.", ["reported"]),
        # A plan ends where another clause begins.
        ("Les dirigeants, qui veulent vendre la tour, emploient 40 personnes.", ["asserted"]),
        ("Elle espérait gagner 20 voix, elle n'en a obtenu que 12.", ["planned", "asserted"]),
        ("Quarante apprentis, tous volontaires, seront recrutés.", ["planned"]),
        # What would have been, and what is corrected.
        ("Il aurait eu 80 ans en mars.", ["asserted"]),
        ("Le pont ne coûtera pas 9 mais 14 millions d'euros.", ["denied", "planned"]),
        ("Il n'a toujours pas vendu ses deux maisons.", ["asserted"]),
        # A size told beside a statement.
        ("La digue, longue de 90 mètres, a cédé, selon le préfet.", ["asserted"]),
        ("Un enfant de 12 ans a été retrouvé, a indiqué la police.", ["asserted"]),
    ],
)
def test_what_governs_a_figure_decides(text, statuses, figures):
    assert [figure.status for figure in figures(text)] == statuses


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        # A source covers the clause that tells hearsay, not what is stated beside it.
        ("Deux hommes sont morts et dix auraient disparu, selon les secours.", ["asserted", "reported"]),
        ("Selon l'ONU, 300 enfants jeûneraient dans la ville, où 90 % des familles ont fui.", ["reported", "asserted"]),
        (
            "On a lancé 112 drones, dont 87 ont été abattus selon l'armée.",
            ["asserted", "reported"],
        ),
        ("Poussé par un vent de 90 km/h, le feu aurait détruit 12 maisons, selon le maire.", ["asserted", "reported"]),
        (
            "La récolte plafonne à 17 millions de kilos, estime l'Office, contre 24 millions l'an dernier.",
            ["reported", "asserted"],
        ),
        ("Ils étaient 90 à Vire et, d'après les organisateurs, 180 à Isigny.", ["asserted", "reported"]),
        # Projections are to come; what somebody is said to plan is hearsay; what would come of a plan is planned.
        ("Selon les projections de l'ONU, le pays perdrait 9 millions d'habitants.", ["planned"]),
        ("Selon un proche du dossier, il réclamerait 300 millions d'euros.", ["reported"]),
        ("Le ministre veut relever la taxe de 3 %, ce qui rapporterait 180 millions.", ["planned", "planned"]),
        ("Un bataillon de 600 hommes doit être envoyé.", ["planned"]),
        ("La direction n'exclut pas deux fermetures.", ["planned"]),
        ("La Pologne, qui emploie 74 000 mineurs, a promis la fermeture des puits.", ["asserted"]),
        # Amounts, and what is equated with them, are denied, too; a bound is not.
        ("« Nous n'avons pas payé 50 millions », a dit le maire.", ["denied"]),
        ("Le prix n'est pas de 400 euros.", ["denied"]),
        ("Nos pertes ne s'élèvent pas à 200 hommes.", ["denied"]),
        ("Aucun acheteur n'a eu 20 % de rabais.", ["denied"]),
        ("Les assaillants n'auraient pas perdu plus de cinq hommes.", ["reported"]),
        ("Le taux n'a pas atteint 5 %.", ["asserted"]),
        # A country has what it counts, and yields.
        ("Le Chili déplore 12 morts.", ["asserted"]),
        ("Les États-Unis ont rapporté 1,1 milliard d'euros.", ["asserted"]),
    ],
)
def test_sources_plans_and_denials_end_with_their_clause(text, statuses, figures):
    assert [figure.status for figure in figures(text) if figure.kind != "duration"] == statuses
