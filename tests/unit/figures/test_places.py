"""The place a figure is about. ``@`` marks the names of places that are given."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("2500 soldats sont en @Irak, en plus de 900 autres en @Syrie.", ["Irak", "Syrie"]),
        ("@Colombie : 71 morts dans un crash", ["Colombie"]),
        ("@Irak : un attentat à @Mossoul fait 12 morts", ["Mossoul"]),
        ("Quatre dockers sont morts à @Tema, au @Ghana.", ["Tema"]),
        (
            "Un attentat à @Kaboul, la capitale de l'@Afghanistan, a tué 25 personnes et blessé 49 autres.",
            ["Kaboul"] * 2,
        ),
        ("En @Bretagne, 30 000 foyers sont privés d'électricité.", ["Bretagne"]),
        ("41 morts et 12 blessés à @Lyon", ["Lyon", "Lyon"]),
        ("Le groupe emploie 13 000 personnes en @Europe.", ["Europe"]),
        ("400 000 habitants ont fui @Khartoum.", ["Khartoum"]),
        ("Trente missiles ont été tirés contre @Odessa.", ["Odessa"]),
        ("Les gendarmes de @Nancy ont interpellé quatre voleurs.", ["Nancy"]),
        ("Selon @Washington, douze rebelles ont été tués.", [None]),
        ("Le village est à 12 kilomètres de @Medellín.", ["Medellín"]),
        ("Il est mort à @Paris à 69 ans.", [None]),
        ("Douze personnes ont été tuées dans cette ville.", [None]),
    ],
)
def test_places(text, places, figures):
    assert [figure.place for figure in figures(text)] == places


def test_without_any_mention_a_preposition_leads(figures):
    assert [figure.place for figure in figures("Douze personnes ont été tuées à Bassora.")] == ["Bassora"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        # Compared with, bordered on, left, owned, quoted: background.
        ("L'@Italie a enregistré 310 décès, derrière l'@Espagne.", ["Italie"]),
        (
            "L'@Italie (310 décès) passe devant l'@Espagne (290 morts) et la @Grèce (45 morts).",
            ["Italie", "Espagne", "Grèce"],
        ),
        ("L'île compte 54 malades, bien moins que ceux relevés en @Sicile.", [None]),
        ("La participation atteint 41 %, contre 58 % à @Lille.", [None, "Lille"]),
        ("Huit gendarmes sont tombés à la frontière avec le @Tchad.", [None]),
        ("Quarante exilés partis d'@Oran se sont noyés.", [None]),
        ("Parti d'@Oran, en @Algérie, le bateau transportait 60 exilés.", [None]),
        ("Trois villageois ont été tués par les troupes du @Rwanda.", [None]),
        ("Sept ouvriers ont été blessés, a indiqué la préfecture du @Jura.", [None]),
        ("Une aide ira à 80 communes, a promis la ministre à @Tulle.", [None]),
        ("À @Gap, trois maisons ont brûlé dans le pire incendie en @France depuis 1990.", ["Gap"]),
        ("Le maire espère rentrer bientôt à @Brest avec 12 contrats.", [None]),
        ("Les alliés ont livré 30 chars à la @Pologne.", [None]),
        # The phrase that a name closes says where.
        ("La grippe a tué 40 oies dans trois fermes du canton de @Vic.", ["Vic", "Vic"]),
        ("Six marins ont péri au large de @Groix.", ["Groix"]),
        ("Onze élèves ont été blessés près d'une école de @Kano, au @Nigeria.", ["Kano"]),
        ("Le bilan de l'incendie de @Lahaina passe à 97 morts.", ["Lahaina"]),
        ("Au @Pérou, le naufrage de @Pisco a fait 12 morts.", ["Pisco"]),
        ("Une secousse a frappé dans la nuit la province de @Van, faisant neuf morts.", ["Van"]),
        ("Un séisme de magnitude 6,2 a secoué le @Népal.", ["Népal"]),
        # A list shares one place, or each has its own.
        ("La fièvre a fait 31 morts sur 870 cas en @Guinée.", ["Guinée", "Guinée"]),
        ("Dix-neuf civils, ainsi que trois gardes, ont été tués dans un raid à @Taoudenni.", ["Taoudenni"] * 2),
        ("On a relevé 62 mm à @Foix et 48 mm à @Pau.", ["Foix", "Pau"]),
        ("Le feu a tué 90 personnes, dont 70 à @Évora, tandis que 200 ont été blessées.", [None, "Évora", None]),
        ("Trente écoles ont fermé dans le @Cher et neuf dans l'@Indre.", ["Cher", "Indre"]),
        # The place does not stand beside its figure.
        ("Cinq blessés : la kermesse vire au drame dans un gymnase de @Dole", ["Dole"]),
        ("Ce mardi 3 mai, à @Liège, un tram qui sortait du dépôt avec des freins usés a fait deux morts.", ["Liège"]),
        ("1,2 milliard d'euros de vin vendu en @Belgique", ["Belgique"]),
        ("Le stade de @Lens peut accueillir 38 000 personnes.", ["Lens"]),
        ("La @Suède compte 10 millions d'habitants.", ["Suède"]),
        ("La @Suède a envoyé 200 soldats au @Mali.", ["Mali"]),
        ("En @Grèce, la canicule a duré dix jours.", [None]),
    ],
)
def test_background_is_no_place_and_the_nearest_other_is(text, places, figures):
    assert [figure.place for figure in figures(text)] == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        # An opening frame holds for amounts, behind an aside and to the end.
        ("Au @Chili, où les taux ont baissé, le peso a perdu 3 % en mai.", ["Chili"]),
        ("À @Tokyo, l'indice a gagné 1,2 % lundi, dans un marché de 4 milliards de dollars.", ["Tokyo"] * 2),
        # A place whose quantity it is; not one that acts.
        ("@Milan a reculé de 0,4 %, tandis que @Zurich gagnait 0,1 %.", ["Milan", "Zurich"]),
        ("La dette du @Ghana s'est alourdie de 2 milliards d'euros.", ["Ghana"]),
        ("La population de @Mayotte dépasse 320 000 habitants.", ["Mayotte"]),
        ("L'@Inde, qui compte 1,4 milliard d'habitants, exporte 20 % de son riz.", ["Inde"] * 2),
        ("L'accord de paix d'@Arusha fixe des quotas de 60 %.", [None]),
        ("Les 900 lacs que compte la @Finlande ont perdu 4 % de leur eau.", ["Finlande"] * 2),
        # Relatives, ways, and what is of a place.
        ("Partie de @Lille, où elle dirigeait un club de 800 membres, elle a écrit 3 livres.", ["Lille", None]),
        ("Le camion s'est couché à @Tulle, à 30 km de @Brive.", ["Tulle"]),
        ("Le hameau est à 30 km au sud de @Brive.", ["Brive"]),
        ("L'entreprise de @Lyon a perdu 3 millions d'euros.", [None]),
        ("Près de 50 bénévoles ratissent les berges du @Blavet.", ["Blavet"]),
        ("L'élection a eu lieu dans 22 pays, du @Portugal à la @Grèce.", [None]),
        ("Le vol de @Paris à @Rio transportait 228 passagers.", [None]),
        # What is only met, spoken of, reached, or one's seat.
        ("L'équipe s'est imposée 3-1 face à @Nice.", [None]),
        ("Elle compte sept points de retard sur @Lyon.", [None]),
        ("Le texte est conforme à la @Constitution sous deux réserves.", [None]),
        ("Le groupe, dont le siège est à @Lure, emploie 32 salariés.", [None]),
        ("Trois grimpeurs ont été blessés avant d'être transportés à @Sion.", [None]),
        ("Le film a été refusé par sept maisons avant d'être primé à @Berlin.", [None]),
        ("La planète a six fois la masse de celle de la @Terre.", [None]),
        ("Plus de 9 000 foyers étaient sans courant, notamment en @Corse.", [None]),
        # The circumstances tell where.
        ("Dix sont morts et 80 ont été blessés lorsque deux trains se sont percutés près de @Gand.", ["Gand"] * 3),
        ("Onze civils, dont des enfants, ainsi que 4 gardes ont péri dans un raid à @Gao.", ["Gao"] * 2),
    ],
)
def test_what_is_no_toll_has_its_place(text, places, figures):
    assert [figure.place for figure in figures(text)] == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Une bombe a visé une base de @Kidal. Six soldats ont été tués dans la base.", [("Kidal", "event")]),
        ("Un séisme a frappé la ville d'@Agadir mardi. Le bilan s'élève à 30 morts.", [("Agadir", "event")]),
        (
            "Deux pompiers ont été blessés à @Sète. Un pompier de 30 ans est mort depuis.",
            [("Sète", "clause"), None, None],
        ),
        (
            "Une bombe a fait trois morts à @Lomé. En 2001, l'attentat avait tué huit passants.",
            [("Lomé", "clause"), None],
        ),
        ("Une attaque a visé le marché de @Gao. Une autre attaque a tué dix civils.", [None]),
        (
            "Un incendie a tué deux personnes à @Metz. Le maire de @Dijon a recensé 12 blessés.",
            [("Metz", "clause"), None],
        ),
        # Victims go on with the event told last, as narrow as the lead says; a toll stands far behind it.
        (
            "@France : un car percute un arbre. Le car s'est renversé à @Brive, dans la @Corrèze. Le bilan est de six morts.",
            [("Brive", "event")],
        ),
        (
            "Un train a déraillé à @Croydon, au sud de @Londres. Le conducteur dormait. Au moins sept passagers sont morts.",
            [("Croydon", "event")],
        ),
        ("Une bombe a explosé à @Gao. On compte 12 morts depuis mardi.", [("Gao", "event")]),
        ("Trois blessés. Le tram a déraillé à @Nantes.", [("Nantes", "event")]),
        (
            "Un camion a fauché des passants à @Nice. La police du @Var précise que 12 passants sont blessés.",
            [("Nice", "event")],
        ),
        # What happened elsewhere in between keeps its own; who was taken away was not hurt there.
        (
            "Un car s'est renversé à @Brive. Un accident avait eu lieu en 2006 à @Tulle. Six élèves y avaient péri.",
            [("Tulle", "event")],
        ),
        (
            "Une voiture a percuté un platane à @Vichy. Deux passagers blessés ont été héliportés à @Clermont.",
            [("Vichy", "event")],
        ),
        ("Une bombe a explosé à @Gao. Au total, 90 soldats sont morts.", [None]),
        (
            "Le feu a tué six passants à @Sète et trois à @Agde. Dix autres sont blessés.",
            [("Sète", "clause"), ("Agde", "clause"), None],
        ),
        ("NIAMEY (AFP) - Douze soldats ont été tués dans une embuscade.", [("NIAMEY", "dateline")]),
        ("@Mali : douze civils tués", [("Mali", "sentence")]),
    ],
)
def test_what_a_place_rests_on(text, places, figures):
    found = [
        (figure.place, figure.place_basis.value)
        if figure.place
        else figure.event_place and (figure.event_place, "event")
        for figure in figures(text)
    ]
    assert found == places


def test_a_place_is_the_events_only_where_its_words_are_taken_up(figures):
    text = "Une bombe a explosé à @Gao. On compte 12 morts depuis mardi. L'explosion a aussi fait six blessés."
    assert [(f.place, f.event_place) for f in figures(text)] == [(None, "Gao"), ("Gao", "Gao")]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        # A frame that opens a later clause says nothing of the clause before.
        ("Sur 212 mairies, 48 ont fermé et, en @Lozère, où il n'en reste que 30, 12 ont fusionné.", [None] * 2 + ["Lozère"] * 2),
        ("300 salariés sont partis mais, à @Sète, 120 postes seront créés.", [None, "Sète"]),
        ("300 salariés sont partis ; à @Belfort, 120 postes seront créés.", [None, "Belfort"]),
        ("Six cents familles vivent dans le camp de @Moria, et 40 % des aides ont été versées.", ["Moria", None]),
        # Ways and what leads somewhere.
        ("À @Metz, où 900 manifestants ont défilé entre @Bellecroix et @Queuleu, six vitrines ont été brisées.", ["Metz"] * 2),
        ("Le bus transportait 40 lycéens en direction du stade de @Reims.", [None]),
        ("Un chalutier parti dimanche de @Zarzis, en @Tunisie, avec 80 personnes, a coulé au large de @Malte.", ["Malte"]),
        ("Un carambolage a fait deux morts sur l'@A6, près de @Mâcon.", ["Mâcon"]),
        ("Une camionnette a fauché trois piétons près de @Vienne, sur l'@autoroute A7.", ["Vienne"]),
        # Bodies, origins, kinds.
        ("Huit sauveteurs du PGHM de @Chamonix ont été engagés dans le @Vercors.", ["Vercors"]),
        ("Deux touristes de @Bordeaux ont été tués à @Tignes.", ["Tignes"]),
        ("Trois retraités de la @Sarthe ont été blessés.", [None]),
        ("Les douaniers ont saisi 12 tortues de @Floride à @Roissy.", ["Roissy"]),
        ("Il a marqué 12 buts en @Bundesliga.", [None]),
        # Datelines, regions, parts.
        ("LVIV (@Ukraine) - Douze civils ont été tués lundi à @Kramatorsk.", ["Kramatorsk"]),
        ("Dans le nord du @Nigeria, trois soldats ont été tués par un obus tombé près de @Gusau.", ["Gusau"]),
        ("En @France, trois skieurs ont été blessés avant le concours de @Turin.", ["France"]),
        ("En @France, 900 skieurs sont attendus avant une étape à @Turin.", ["France"]),
        ("900 personnes sont évacuées dans 80 communes du @Gard, l'état d'urgence a été levé à @Nîmes.", ["Gard"] * 2),
        ("Plus de 300 personnes ont été évacuées, dont vingt pour la seule ville de @Gap.", [None, "Gap"]),
        ("Un million d'enfants ont reçu leur première dose au @Cameroun, s'est réjoui à @Yaoundé le ministre.", ["Cameroun"]),
        ("Ils ne sont plus que 131 coureurs, contre 154 au départ de @Gap.", [None, "Gap"]),
        ("Le déficit atteint 5 % du PIB, loin des 3 % que visait @Rome.", [None, None]),
        ("La @Creuse, où vivent 115 000 habitants, concentre les trois quarts des cas.", ["Creuse"] * 2),
    ],
)  # fmt: skip
def test_what_a_place_is_not(text, places, figures):
    assert [figure.place for figure in figures(text)] == places


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "places"),
    [
        # A state acts on its own ground; what it counts is its own; its rank; what opens the sentence of it.
        ("La @Turquie a arrêté 30 journalistes.", ["Turquie"]),
        ("Les @États-Unis ont expulsé 35 diplomates russes.", ["États-Unis"]),
        ("La @Russie a envoyé 300 soldats.", [None]),
        ("@Bordeaux a recensé 300 sans-abri.", ["Bordeaux"]),
        ("Le @Brésil arrive au quatrième rang mondial.", ["Brésil"]),
        (
            "Après deux ans de croissance, avec un taux de 4,5 %, le @Burundi voit son économie reculer.",
            [None, "Burundi"],
        ),
        # What has a name of its own measures something.
        ("Le pont du @Siduhe mesure 1 222 mètres.", ["Siduhe"]),
        ("@Brest, dopée par les arrivées, s'adjuge 4 %.", ["Brest"]),
        ("L'entreprise, installée à @Cluses, emploie 260 salariés.", ["Cluses"]),
        ("Le syndicat, reçu lundi à @Cluses, réclame 260 embauches.", [None]),
        ("L'avion est tombé dans le village de @Noyal à 25 km au nord de @Pontivy.", ["Noyal"]),
        ("Dans le parc @Maximilien, 40 réfugiés ont dormi.", ["Maximilien"]),
        ("Douze hommes ont péri dans les eaux froides et acides du @Yellowstone.", ["Yellowstone"]),
        # The first of two; the one that opens the sentence; none behind who speaks, or of what is known.
        ("Dans le @Vaucluse et dans le @Gard, neuf radars ont brûlé.", ["Vaucluse"]),
        ("« On vend 30 % de nos roses en mai », confie Luc, fleuriste à @Paris.", [None]),
        ("Aucun lien entre les deux affaires, l'homme étant alors dans un commissariat d'@Anvers.", [None]),
    ],
)
def test_what_states_and_sites_do(text, places, figures):
    assert [figure.place for figure in figures(text)] == places


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "places"),
    [
        # what names a discipline, or is scored by a club
        ("Elle a gagné le titre chez les moins de 52 kilos, samedi à @Turin.", [None]),
        ("Ce succès permet à @Dunkerque de devancer de deux points @Créteil.", [None]),
        ("@Marseille reste à trois points de @Nice.", [None]),
        # who receives, who comes from there, what is called after it, a company
        ("Le fonds a versé 40 millions d'euros au @Pérou.", [None]),
        ("Le zoo abrite quatre tigres du @Bengale.", [None]),
        ("@Nubiantic emploie 400 personnes.", [None]),
        # another clause, an aside, what is asked for
        ("Des milliers de familles ont fui et près de 700 se sont installées au @Tchad.", [None, "Tchad"]),
        ("Le syndicat, reçu lundi à @Paris, réclame 500 embauches.", [None]),
        ("Ils ont manifesté à @Lille pour dénoncer la suppression de 300 postes.", [None]),
        ("Une application en test dans deux pays, au @Brésil et au @Canada.", [None]),
        # a bracket says which town
        (
            "À @Lille (@Nord), mille personnes ont défilé, quatre cents au @Havre (@Seine-Maritime).",
            ["Lille", "Havre"],
        ),
        ("Une aide de 20 millions d'euros a été allouée à l'hôpital de @Cayenne.", ["Cayenne"]),
    ],
)
def test_places_on_all_subjects(text, places, figures):
    assert [figure.place for figure in figures(text) if figure.kind != "duration"] == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("L'appel a été signé par dix maires, dont Paul Delmas (Occitanie) et Anne Morin (Bretagne).", [None]),
        ("Plusieurs voitures ont été incendiées boulevard Haussmann.", ["boulevard Haussmann"]),
    ],
)
def test_names_tell_a_street_and_who_comes_from_a_place(nlp, text, places):
    assert [figure.place for figure in nlp(text).figures] == places


def test_a_place_of_another_sentence_keeps_its_entity(nlp):
    text = "Une bombe a explosé devant une base de Kidal, au Mali. L'attaque a tué six soldats."
    [figure] = nlp(text).figures
    assert (figure.place, figure.place_basis) == ("Kidal", "event")
    assert figure.place_id == next(mention.entity_id for mention in nlp(text).mentions if mention.text == "Kidal")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        # What a place has: behind a possessive, in an aside, or behind what it is called.
        ("La @Suède et ses 10 millions d'habitants ont adopté la loi.", ["Suède"]),
        ("La région @Occitanie, forte de 6 millions d'habitants, manque de médecins.", ["Occitanie"]),
        ("La @Chine, premier pollueur mondial, émet 28 % du dioxyde de carbone.", ["Chine"]),
        ("La dette de la @Grèce représente 180 % du PIB.", ["Grèce"]),
        ("La production de pétrole de l'@Iran a atteint 4 millions de barils.", ["Iran"]),
        ("La centrale de @Tihange, dont les trois réacteurs sont arrêtés, rouvrira.", ["Tihange"]),
        ("L'ex-région @Auvergne, qui voit trois vallées touchées, demande des aides.", ["Auvergne"]),
        ("Le plan prévoit une prison dans chacun des 27 États du @Brésil.", ["Brésil"]),
        # Who serves or governs a town does so there, unless it happens elsewhere.
        ("La police de @Toulouse a interpellé 14 personnes.", ["Toulouse"]),
        ("La police de @Toulouse a interpellé 14 personnes à @Albi.", ["Albi"]),
        ("Les pompiers de @Valdoie ont conduit trois blessés à l'hôpital.", [None]),
        ("La ville de @Grenoble a supprimé 326 panneaux.", ["Grenoble"]),
        ("La métropole de @Lyon investira 250 millions d'euros.", ["Lyon"]),
        ("L'armée du @Mali a tué douze rebelles.", [None]),
        # What money is for; a square that opens the sentence.
        ("Une enveloppe de 20 millions d'euros pour la rénovation du stade de @Reims a été votée.", ["Reims"]),
        ("@Place_Clichy, dans le nord de la ville, une centaine de lycéens se sont rassemblés.", ["Place Clichy"]),
    ],
)
def test_what_a_place_has_or_does(text, places, figures):
    assert [figure.place for figure in figures(text)] == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        # The only place of a sentence has no rival: farther, and behind more clauses.
        (
            "Un vigile avait été tué à la suite d'un vol qui avait coûté la vie à deux clients dans un bar de @Tunis.",
            ["Tunis"] * 2,
        ),
        (
            "Les pompiers cherchaient hier six mineurs à @Lens, après un coup de grisou à 540 mètres sous terre.",
            ["Lens"] * 2,
        ),
        # What stands between commas, without a verb, is no clause.
        ("Le conseil municipal de @Vichy a voté, mardi soir, un budget de 31 millions d'euros.", ["Vichy"]),
        ("Le budget de la @Tunisie, voté mardi, atteint 60 milliards de dinars.", ["Tunisie"]),
        # A figure that is told of another one is where that is.
        ("La @Norvège a vendu pour 80 millions de couronnes, soit 7 millions d'euros.", ["Norvège"] * 2),
        ("À @Tulle, le loyer moyen atteint 640 euros, en hausse de 3 % sur un an.", ["Tulle"] * 2),
        # Prepositions of two words, and "en plein".
        ("Douze promeneurs ont été blessés aux portes de @Rennes.", ["Rennes"]),
        ("Deux drones ont été abattus au-dessus de la @Crimée.", ["Crimée"]),
        ("Trois cents arbres ont été abattus le long de la @Loire.", ["Loire"]),
        ("La police a déployé 400 agents en plein @Madrid.", ["Madrid"]),
        ("Trois cents écoles ont fermé à travers la @Tunisie.", ["Tunisie"]),
        ("Du côté de @Nîmes, 30 maisons ont été inondées.", ["Nîmes"]),
        ("Trente soldats se sont battus aux côtés de la @Russie.", [None]),
        # A relative clause right behind a name is about it; behind "de" that is open.
        ("Il a franchi le col du @Soulor qui culmine à 1 474 mètres.", ["Soulor"]),
        ("Elle s'est rendue à @Gao qui compte 80 000 habitants.", ["Gao"]),
        ("Il rêvait de l'@Écosse où 55 % des électeurs avaient voté contre.", ["Écosse"]),
        ("Elle a salué le maire de @Gao qui compte trois adjoints.", [None]),
    ],
)
def test_places_without_a_rival_and_of_figures_told_of_another(text, places, figures):
    assert [figure.place for figure in figures(text)] == places


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "places"),
    [
        # A subject without its verb; a subject behind the phrase that opens the sentence.
        (
            "L'@Autriche a reçu 48 000 réfugiés cette année, l'@Espagne 27 000 et la @Grèce 19 500.",
            ["Autriche", "Espagne", "Grèce"],
        ),
        ("De l'autre côté de la @Manche, l'@Irlande affiche 4,1 %.", ["Irlande"]),
        # What a country does at home; what it promises, or hands over, is elsewhere.
        ("Premier producteur du continent, le @Ghana a récolté 700 000 tonnes.", ["Ghana"]),
        ("L'@Islande pourrait attirer 3 millions de visiteurs.", ["Islande"]),
        ("La @Norvège s'est engagée à livrer six canons.", [None]),
        ("L'usine a perdu 400 postes, tandis que @Madrid en promet 900.", [None, None]),
        # Festivals and bodies have what they count, and are there.
        ("Le festival de @Locarno a attiré 162 000 spectateurs.", ["Locarno"]),
        ("Les pompiers de @Nîmes ont recensé 249 feux.", ["Nîmes"]),
        ("Les 80 éoliennes de @Sète ont produit 2 GWh.", ["Sète"] * 2),
        # Both ends of a change, and what an older figure is compared with.
        ("Le prix passera de 900 à 1 200 francs en @Guinée.", ["Guinée"] * 2),
        ("On a compté 173 000 entrées à @Gap, contre 160 000 l'an passé.", ["Gap"] * 2),
        # What money is for, unless it goes to another state.
        ("Le ministre a promis 680 millions d'euros pour @Mayotte.", ["Mayotte"]),
        ("Une enveloppe de 2 milliards d'euros est prévue pour l'@Ukraine.", [None]),
        ("La région débloque 30 millions d'euros, dont huit pour l'@Orne.", [None, "Orne"]),
        # What is sent goes there; the hurt are only taken there.
        ("L'armée a dépêché huit hélicoptères à @Larkana.", ["Larkana"]),
        ("Douze blessés ont été transportés à @Sion.", [None]),
        # Asides, other verbs, meetings, who speaks.
        ("Interrogés à @Francfort, les économistes attendent une hausse de 0,9 % des prix.", [None]),
        ("Le chef, un homme de 29 ans arrêté à @Londres, devra payer 200 000 euros.", [None]),
        ("Le pays vise une croissance de 9 % au @Sénégal et promet 500 000 emplois.", ["Sénégal", None]),
        ("La ville veut ouvrir six écoles à @Koné et dépenser 4 millions de francs.", ["Koné", None]),
        ("L'exécutif a ajouté trois pays à sa liste lors d'une réunion qui s'est tenue à @Bruxelles.", [None]),
        ("Deux techniciens ont été tués, d'après la compagnie, cotée à @Perth.", [None]),
        ("Le cheptel a fléchi de 2 % et la région a perdu 90 000 têtes en @Bretagne.", [None, "Bretagne"]),
        # Behind asides, what happened is still what hurt.
        (
            "Un agent a été tué jeudi, peu avant le vote, alors même que débutait le débat, lors d'un attentat à @Metz.",
            ["Metz"],
        ),
        ("Une autre personne est morte à @Cavaillon.", ["Cavaillon"]),
        ("Au @Mali, quatre mines ont fermé ; au @Ghana, une seule a fermé.", ["Mali", "Ghana"]),
        ("L'excédent atteint 0,9 % dans la zone euro.", ["zone euro"]),
    ],
)
def test_what_places_do_and_what_is_told_beside(text, places, figures):
    assert [figure.place for figure in figures(text) if figure.kind not in ("age", "duration")] == places


def test_a_hospital_with_a_name_is_where_its_patients_are(nlp):
    [figure] = nlp("Sept enfants sont hospitalisés au CHU Sainte-Justine.").figures
    assert figure.place == "CHU Sainte-Justine"
