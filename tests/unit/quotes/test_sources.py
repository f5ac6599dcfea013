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
