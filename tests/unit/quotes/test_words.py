"""The lexicon of saying: what one does by a verb or a noun, and every form of them."""

from __future__ import annotations

import pytest

from newsnlp.grammar.conjugation import forms_of_verb
from newsnlp.quotes.words import cue_kind, nouns_of_saying, reflexive_at, saying_verbs, verbs_of_saying

CONSTRUCTIONS = {
    "que", "si", "infinitive", "de_infinitive", "à_infinitive", "incise", "marks", "object", "de", "à", "comme",
    "states", "body", "agent", "account", "reported", "deed", "shows", "things",
}  # fmt: skip


@pytest.mark.parametrize(
    ("cue", "kind"),
    [
        ("a déclaré", "neutral"),
        ("Selon", "neutral"),
        ("pour", "neutral"),
        ("prévient-elle", "neutral"),
        ("ont mis en garde", "neutral"),
        ("dixit", "neutral"),
        ("martelait", "assertive"),
        ("a également fait valoir", "assertive"),
        ("soutient-il", "assertive"),
        ("sont formels", "assertive"),
        ("démentent", "denying"),
        ("s'est défendu", "denying"),
        ("reconnut", "admitting"),
        ("De l'aveu de", "admitting"),
        ("fait son mea culpa", "admitting"),
        ("dénonçant", "accusing"),
        ("s'en est pris à", "accusing"),
        ("s'est-elle indignée", "accusing"),
        ("se sont engagés", "promising"),
        ("promettra", "promising"),
        ("sa promesse", "promising"),
        ("appelaient", "ordering"),
        ("compte demander", "ordering"),
        ("s'interroge-t-on", "asking"),
        ("pose la question", "asking"),
        (None, None),
    ],
)
def test_what_one_does_by_saying_it(cue, kind):
    assert cue_kind(cue) == kind


def test_what_follows_tells_namesakes():
    assert cue_kind("demande", between=" au préfet de ") == "ordering"
    assert cue_kind("demande", between=" au préfet s'") == "asking"
    assert cue_kind("demande-t-il", said="Où sont les secours ?") == "asking"
    assert cue_kind("jure", between=" de ") == "promising"
    assert cue_kind("jure", between=" que ") == "assertive"


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("dire", "disent disait disant dit dirent"),
        ("prétendre", "prétend prétendaient prétendit"),
        ("reconnaître", "reconnaît reconnaissant reconnut"),
        ("soutenir", "soutient soutenaient soutint"),
        ("promettre", "promettent promettait promirent"),
        ("décrire", "décrivent décrivait décrivit"),
        ("craindre", "craint craignent craignait"),
        ("poursuivre", "poursuit poursuivait"),
        ("démentir", "dément démentant"),
        ("avertir", "avertit avertissent"),
        ("rappeler", "rappelle rappelait rappelèrent"),
        ("préciser", "précise précisa"),
        ("répéter", "répète répétant"),
        ("annoncer", "annonçait annoncent"),
    ],
)
def test_forms_that_tell(lemma, forms):
    assert set(forms.split()) <= forms_of_verb(lemma).finite


def test_forms_to_come_and_participles():
    assert {"dira", "diront", "dirait"} <= forms_of_verb("dire").later
    assert forms_of_verb("promettre").participles == {"promis", "promise", "promises"}


def test_reflexive_verbs():
    assert reflexive_at(("se", "dit", "prêt"))[1] == 2
    assert reflexive_at(("s'", "est-il", "étonné"))[1] == 3
    assert reflexive_at(("s'", "effondre")) is None
    assert reflexive_at(("se", "rend", "à", "paris")) is None


def test_the_lexicon_is_whole():
    assert len(verbs_of_saying()) > 500
    assert len(nouns_of_saying()) > 200
    assert {take for verb in verbs_of_saying() for take in verb.takes} <= CONSTRUCTIONS
    assert all(verb.forms.all for verb in verbs_of_saying())


@pytest.mark.parametrize("form", ["maintenant", "mise", "trouvé", "condamné", "appelle", "requérant"])
def test_what_is_no_verb_of_saying_by_itself(form):
    assert all(form not in forms for forms in saying_verbs())
