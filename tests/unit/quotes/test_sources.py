"""Who is named as the source: a person, an office, a body, a document or a name, or else nobody."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "source"),
    [
        # The verb before its subject, with days, places and audiences between.
        ("Trois vélos ont été volés, a annoncé mardi la gendarmerie.", "gendarmerie"),
        ("Six bateaux ont coulé, ont indiqué dans la nuit de lundi à mardi les garde-côtes.", "garde-côtes"),
        ("Dix civils sont morts, a affirmé lundi sur Telegram le #Hamas.", "Hamas"),
        ("Deux hommes ont péri, a déclaré vendredi à la presse le procureur, Luc Blin.", "procureur"),
        ("Quatre chiens, dont le plus vieux du chenil, ont été adoptés, rapporte #Radio_Toul.", "Radio Toul"),
        ("Cent dix cas ont été relevés depuis le 1er mars, a noté #Santé_publique_France.", "Santé publique France"),
        ("Vingt personnes sont mortes, a-t-on appris auprès des autorités.", "autorités"),
        ("Vingt personnes sont mortes, a-t-on appris de sources policières.", "sources policières"),
        ("« Il reste deux lits », souffle un brancardier.", "brancardier"),
        # The subject before its verb.
        ("Le préfet, Jean Perrot, a annoncé que trois ponts étaient fermés.", "préfet"),
        ("Le Sdis évoque 40 hectares brûlés.", "Sdis"),
        ("La police fait état de 900 manifestants, la CGT de 2 000.", "police"),
        # Somebody named before.
        ("Le maire a pris la parole. « Onze maisons ont brûlé », a-t-il dit.", "maire"),
        ("« C'est grave », a lancé #Paul_Durand. « Trente emplois disparaissent. »", "Paul Durand"),
        ("« La rivière est sortie. Trente caves sont inondées », a dit le maire.", "maire"),
        ("« Nous manquons de tout, a expliqué #Awa_Diallo. Nous avons quatre lits. »", "Awa Diallo"),
        ("Des habitants affirment que 12 maisons ont brûlé.", "habitants"),
        ("Le maire a contesté la vente et affirme que 30 emplois disparaissent.", "maire"),
        ("L'armée, qui déplore « des pertes », affirme avoir tué 60 rebelles.", "armée"),
        ("L'accusation lui reproche d'avoir volé 300 euros.", "accusation"),
        ("Pour ce collectif, 30 familles sont mal logées.", "collectif"),
        ("Une étude du laboratoire a montré que 30 espèces ont disparu.", "étude du laboratoire"),
        ("« Nul n'a fui », dit #Anne_Roux. Il affirme que 12 maisons ont brûlé.", None),
        ("L'avocat d'#Anne_Roux est venu. Elle affirme que 12 maisons ont brûlé.", None),
        ("« Nul n'a fui », dit #Paul_Blin. Il neige. Il crie. « Dix ont brûlé », a-t-il ajouté.", "Paul Blin"),
        ("La mairie est fermée. Elle affirme que 12 agents sont absents.", "mairie"),
        ("Le club a démenti avoir versé 3 000 euros.", "club"),
        # Beside a quotation, whatever the verb.
        ("« On nous a donné deux heures pour tout vider », tempête le voisin.", "voisin"),
        ("« On nous a donné deux heures pour tout vider », s'est désolé le maire.", "maire"),
        ("« Huit marins ont péri. Une enquête est ouverte », selon une agence locale.", "agence locale"),
        ("D'après un témoin, « Tout est allé vite. J'ai entendu les trois coups de feu ».", "témoin"),
        # Nobody.
        ("Selon nos informations, quatre hommes ont été arrêtés.", None),
        ("Dans l'après-midi, douze personnes ont été soignées, a-t-il ajouté.", None),
        ("La mairie a fermé. « Onze agents sont absents », a-t-il dit.", None),
        ("Le non est net dans le Jura (62 %).", None),
        ("Les Suisses ont dit non à 57 %.", None),
        ("Le maire a critiqué trois mesures.", None),
    ],
)
def test_the_source_is_a_noun_phrase_or_none(text, source, figures):
    assert figures(text)[0].source == source


@pytest.mark.parametrize("apostrophe", "'’‘ʼ′")
def test_any_apostrophe_elides(apostrophe, figures):
    text = f"Dix personnes ont été tuées, d{apostrophe}après l{apostrophe}armée."
    assert figures(text)[0].source == "armée"


@pytest.mark.parametrize(
    "text",
    [
        "« Il y a du travail », a insisté le colonel, qui commande les 850 pompiers.",
        "#Michelin a annoncé la fermeture de son usine, qui emploie 254 salariés.",
        "Le prévenu, interdit de séjour pendant cinq ans, assure être venu voir ses parents.",
    ],
)
def test_what_is_told_beside_the_statement_is_asserted(text, figures):
    found = figures(text)[-1]
    assert (found.status, found.source) == ("asserted", None)


def test_the_second_source_may_lack_its_verb(figures):
    found = figures("La police fait état de 900 manifestants, la CGT de 2 000.")
    assert [figure.source for figure in found] == ["police", "CGT"]
    assert "source.gapped" in found[1].rule_id


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Près de 200 riverains ont été évacués, selon M. Delmas.", "M. Delmas"),
        ("Selon le Dr. Nkolo, 12 patients sont guéris.", "Dr. Nkolo"),
        ("M. Vidal a indiqué que 30 logements étaient vides.", "M. Vidal"),
        ("MM. Duval et Roy affirment que 12 agents sont partis.", "MM. Duval et Roy"),
        ("D'après J.-P. Morel, 40 vaches ont disparu.", "J.-P. Morel"),
        ("« Il manque 12 lits », a expliqué A. Diallo, directeur de l'hôpital.", "A. Diallo"),
        (
            "Le virus a fait 750 morts, selon un comptage réalisé par l'AFP à partir de rapports.",
            "comptage réalisé par l'AFP",
        ),
        (
            "Selon les chiffres rendus publics hier par l'#Insee, 300 villages grandissent.",
            "chiffres rendus publics hier par l'Insee",
        ),
        (
            "« Les 20 passagers ont péri », a dit la porte-parole de la police au cours d'une visite.",
            "porte-parole de la police",
        ),
        ("Selon iTELE, la police a trouvé une liste de 6 noms.", "iTELE"),
        ("Selon le plus récent bilan, 1 500 maisons sont inondées.", "plus récent bilan"),
        ("La fin des taxesSelon une enquête, 76 % des gens sont mécontents.", "enquête"),
        ("Le bilan, selon la préfecture, fait état de 12 morts.", "préfecture"),
        ("Mais, pour M. Goubert, « la région a 50 ans de retard sur les autres ».", "M. Goubert"),
        ("L'attaque a fait quinze morts, contre douze dans un précédent bilan.", None),
        ("Deux hommes sont morts, a dit le ministre de l'Intérieur à Quimper.", "ministre de l'Intérieur"),
        ("Deux hommes sont morts, a dit l'ambassadeur de France à Lima.", "ambassadeur de France à Lima"),
    ],
)
def test_a_source_is_named_whole(text, source, figures):
    assert figures(text)[0].source == source


def test_the_next_sentence_has_the_speaker_of_the_one_before(figures):
    found = figures("Deux cents riverains sont partis, selon M. Delmas. Trois ont été soignés, a-t-il précisé.")
    assert [figure.source for figure in found] == ["M. Delmas", "M. Delmas"]


@pytest.mark.parametrize(
    ("text", "source", "via"),
    [
        (
            "Douze soldats sont morts, selon des sources sécuritaires rapportées par Reuters.",
            "sources sécuritaires",
            "Reuters",
        ),
        ("Selon des témoins cités par l'AFP, six maisons ont brûlé.", "témoins", "AFP"),
        ("Selon l'AFP, citant des sources policières, six maisons ont brûlé.", "sources policières", "AFP"),
        ("L'agence Anadolu, qui cite le gouverneur, fait état de 12 morts.", "gouverneur", "agence Anadolu"),
        ("Trois hommes sont morts, a dit le maire à la radio Mosaïque FM.", "maire", "radio Mosaïque FM"),
        ("Sept hommes sont libres, a annoncé à la télévision le ministre.", "ministre", "télévision"),
        ("Le préfet a dit samedi sur franceinfo que trois ponts étaient fermés.", "préfet", "franceinfo"),
        ("Trois maisons ont brûlé, selon Luc Blin, adjoint au maire, cité par Le Monde.", "Luc Blin", "Monde"),
        ("Un responsable cité par Le Monde évoque 300 départs.", "responsable", "Monde"),
        ("Trois hommes sont morts, a dit le maire à la presse.", "maire", None),
    ],
)
def test_who_passes_it_on_is_no_part_of_the_source(text, source, via, figures):
    figure = figures(text)[0]
    assert (figure.source, figure.via) == (source, via)
