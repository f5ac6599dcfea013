"""The office that the text gives a person."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from newsnlp.entities.resolution.roles.counterparts import office_of_counterpart
from newsnlp.entities.resolution.roles.find import find_role
from newsnlp.entities.resolve import resolve_mentions
from newsnlp.records import Label, Mention

FOUND = [
    ("Le président du conseil départemental de Meurthe-et-Moselle, {}, a voté.", "président du conseil départemental de Meurthe-et-Moselle"),
    ("La maire de Paris {} a parlé.", "maire de Paris"),
    ("Selon le président français {}, oui.", "président français"),
    ("Le Premier ministre britannique {} démissionne.", "Premier ministre britannique"),
    ("L'ancien président {} revient.", "ancien président"),
    ("Le secrétaire général de l'ONU {} l'a dit.", "secrétaire général de l'ONU"),
    ("{}, maire de Nancy, a inauguré la foire.", "maire de Nancy"),
    ("{} (président de l'AS Nancy-Lorraine) est là.", "président de l'AS Nancy-Lorraine"),
    ("{}, 45 ans, agriculteur à Lunéville, est mort.", "agriculteur à Lunéville"),
    ("Le leader indépendantiste catalan {} est là.", "leader indépendantiste catalan"),
    ("{}, ministre de l'Intérieur, est venu.", "ministre de l'Intérieur"),
    ("Ils ont rencontré le maire, {}, hier.", "maire"),
    ("M. {}, le président russe, est là.", "président russe"),
    ("{}, chef du bureau politique du Hamas, est mort.", "chef du bureau politique du Hamas"),
    ("Le porte-parole du ministère de la Défense, le général {}, parle.", "porte-parole du ministère de la Défense"),
    ("Le ministre de la Défense américain {} est là.", "ministre de la Défense américain"),
    ("Le procureur de la République, {}.", "procureur de la République"),
    ("{}, 42 ans, entraîneur du HCL. À Toul, rien.", "entraîneur du HCL"),
    ("Le président de l'U.S. Toul, {}, est là.", "président de l'U.S. Toul"),
    ("L'ex-ministre {} est là.", "ex-ministre"),
    ("{}, avocat de M. Fillon, parle.", "avocat de M. Fillon"),
    ("Le premier ministre, M. {}, est là.", "premier ministre"),
    ("D'après le ministre {}, le président italien est favorable au texte.", "ministre"),
    ("Selon {}, le porte-parole du maire, « rien ne change ».", "porte-parole du maire"),
    ("Selon {}, le maire de Toul, la route rouvrira.", "maire de Toul"),
    ("{}, le maire sortant, indique vouloir rester.", "maire sortant"),
    ("La secrétaire d'État au Commerce extérieur, {}, arrive.", "secrétaire d'État au Commerce extérieur"),
    ("La mairesse de Longueuil, {}, est venue.", "mairesse de Longueuil"),
    ("La bourgmestre {} a porté plainte.", "bourgmestre"),
    ("La secrétaire d'État auprès du ministre de la Santé {} est là.", "secrétaire d'État auprès du ministre de la Santé"),
    ("La conseillère auprès de la maire, {}, est là.", "conseillère auprès de la maire"),
    ("Reçu par le maire de Toul, {}, le préfet a promis une loi.", "maire de Toul"),
    ("Le texte a été défendu par le maire de Toul, {}, hier.", "maire de Toul"),
    ("{}, secrétaire général FO, parle.", "secrétaire général FO"),
    ("Le député LFI du Nord, {}, a voté contre.", "député LFI du Nord"),
    ("Président du syndicat agricole, {} a dénoncé l'accord.", "Président du syndicat agricole"),
    ("Adjoint et successeur du défunt, {} prend la suite.", "Adjoint et successeur du défunt"),
    ("Son homologue danois, {}, était là.", "homologue danois"),
    ("{}, retraitée installée à Vannes, proteste.", "retraitée installée à Vannes"),
    ("Le Pr {}, cardiologue au CHU de Brest, alerte.", "cardiologue au CHU de Brest"),
    ("{} est maire de Nancy depuis 2014.", "maire de Nancy"),
    ("{} était le patron du club.", "patron du club"),
    ("{} a été nommé hier ministre de l'Économie par le roi.", "ministre de l'Économie"),
    ("{} nommé nouveau Premier ministre", "Premier ministre"),
    ("{}, élu président du conseil, a parlé.", "président du conseil"),
    ("{} est devenu le candidat de notre famille politique.", "candidat de notre famille politique"),
    ("La nomination de {} (57 ans) en qualité de préfet, hier.", "préfet"),
    ("{}, qui est professeur à l'université de Metz, écrit.", "professeur à l'université de Metz"),
    ("{}, âgé de 34 ans, avocat au barreau de Lyon, plaide.", "avocat au barreau de Lyon"),
    ("{} (PS), maire de Toul, a voté.", "maire de Toul"),
    ("{} (ministre des Outre-mer), parle.", "ministre des Outre-mer"),
    ("{}, ministre de la Justice de 1981 à 1986, est mort.", "ministre de la Justice"),
    ("{} porte-parole du RITQ, a parlé.", "porte-parole du RITQ"),
    ("Le sociologue {} spécialiste de l'Afrique des Grands Lacs considère que non.", "spécialiste de l'Afrique des Grands Lacs"),
    ("— {}, président de l'académie Goncourt", "président de l'académie Goncourt"),
    ("{}, directeur du bureau Afrique de la FIDH, parle.", "directeur du bureau Afrique de la FIDH"),
    ("Le directeur du journal Le Monde {} est là.", "directeur du journal Le Monde"),
    ("Le skipper {} a gagné.", "skipper"),
    ("L'entraineur messin, {}, reconnaît la défaite.", "entraineur messin"),
    ("Le président par intérim {} est là.", "président par intérim"),
    ("La maison du sélectionneur des Bleus, {}, a brûlé.", "sélectionneur des Bleus"),
    ("En présence du controversé opposant {} et des siens.", "opposant"),
    ("Un autre conseiller, {}, était là.", "conseiller"),
    ("Le nouvel entraîneur de Toul, {}, est là.", "entraîneur de Toul"),
    ("Le 44e président des États-Unis {} est là.", "président des États-Unis"),
    ("{}, en tant que maire de Toul, est là.", "maire de Toul"),
    ("Le pilote de Formule 1 {} est là.", "pilote de Formule 1"),
    ("Le maire (LR) de Nice {} est là.", "maire de Nice"),
    ("Le maire (LR) de Nice, {}, est là.", "maire de Nice"),
    ("Anne Roux, conseillère du président {}, est là.", "président"),
    ("Un policier de 29 ans, {}, est mort.", "policier"),
    ("{}, auteur de « Vendredi », est mort.", "auteur"),
    ("{}, ancien ambassadeur de France et ministre des Finances dans le cabinet, est mort.", "ancien ambassadeur de France"),
]  # fmt: skip

NONE = [
    "Le ministre a rencontré {}.",
    "Reçu par le ministre de la Santé, {} a promis une loi.",
    "Accueillie lundi par la maire de Toul, {} et son équipe ont visité la foire.",
    "Nommés par le ministre de la Santé début juin, {} et les siens partent.",
    "Après avoir été entendu par la directrice, {} est rentré.",
    "Le président est arrivé avec {}, Jean Petit et Marie Moulin.",
    "Le directeur de l'école où {} travaille.",
    "Après le départ du maire, {} est resté.",
    "Les ministres, {} et les autres.",
    "Il a parlé. Le maire. {} aussi.",
    "Le maire\n{} aussi.",
    "{} est responsable du retard.",
    "{} est envoyé à Toul.",
    "{} n'est plus ministre.",
    "{} juge que la loi est bonne.",
    "{} pilote le projet du port.",
    "Les artistes reçus par la ministre de la Culture, {} et Luc Petit, sont repartis.",
    "Après le départ du maire, {}, hier, prend la suite.",
    "{}, comme le maire, est venu.",
    "La veuve de {} est là.",
    "{} (PS) a voté.",
    "{}, hier, a gagné.",
    "{} est venu avec le président et le ministre.",
    "{} (Nancy) a gagné.",
    "À en croire {}, le directeur du port a démissionné.",
    "Devant {}, la présidente du jury était formelle.",
    "Face à {}, le maire sortant indique vouloir rester.",
    "Depuis l'arrivée de {}, le président insiste sur la rigueur.",
    "Selon {}, le président russe, en visite à Minsk, a accepté.",
    "{}, le président russe a accepté.",
    "Alors ça vous manque un chef de gouvernement {}",
    "Son prédécesseur, {}, était là.",
    "Le maire insiste, {}, lui, doute.",
    "{}",
]


def role_of(template, name="Paul Durand"):
    text = template.format(name)
    start = text.index(name)
    return find_role(text, [Mention(start=start, end=start + len(name), text=name, label=Label.PER)])


@pytest.mark.parametrize(("template", "role"), FOUND)
def test_role(template, role):
    assert role_of(template) == role


@pytest.mark.parametrize("template", NONE)
def test_no_role(template):
    assert role_of(template) is None


def test_the_role_that_says_of_what_wins():
    text = "Le président Paul Durand parle. Paul Durand, maire de Toul, sort."
    members = [Mention(start=i, end=i + 11, text="Paul Durand", label=Label.PER) for i in (13, 32)]
    assert find_role(text, members) == "maire de Toul"


COUNTERPARTS = [
    ("Le ministre français de la Défense a reçu son homologue israélien {}.", "israélien", (), "ministre de la Défense israélien"),
    ("La ministre de la Défense du Mali a reçu son homologue, {}.", "", (), "ministre de la Défense"),
    ("Anne Roux a appelé son homologue togolais {}.", "togolais", [(0, "ancienne ministre malienne")], "ministre togolais"),
    ("Le maire a vu Anne Roux et son homologue russe {}.", "russe", [(14, "présidente du Mali")], "présidente russe"),
    ("Le maire est venu.\nSon homologue danois, {}, aussi.", "danois", (), "homologue danois"),
]  # fmt: skip


@pytest.mark.parametrize(("template", "of", "offices", "role"), COUNTERPARTS)
def test_the_office_of_a_counterpart(template, of, offices, role):
    start = template.index("{}")
    assert office_of_counterpart(template, f"homologue {of}".strip(), start, offices) == role


def test_resolving_names_the_office_of_a_counterpart():
    text = "Le Premier ministre du Mali, Luc Roux, a reçu son homologue togolais Jean Diallo."
    names = ("Luc Roux", "Jean Diallo")
    mentions = [Mention(start=(i := text.index(name)), end=i + len(name), text=name, label=Label.PER) for name in names]
    _, entities = resolve_mentions(SimpleNamespace(text=text), mentions)
    assert [(entity.role, entity.role_key, entity.country) for entity in entities] == [
        ("Premier ministre du Mali", "head_of_government", "ML"),
        ("Premier ministre togolais", "head_of_government", "TG"),
    ]
