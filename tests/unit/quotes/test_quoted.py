"""Who says what stands in quotation marks, by which words; words that a cue takes up; names and terms, which are none."""

from __future__ import annotations

import pytest

from newsnlp.quotes.quoted import is_clause, quoted_words


@pytest.fixture
def quotes(drafts_of):
    """Return the quotations of a marked text: kind, words, speaker, cue."""
    return lambda marked: drafts_of(marked, lambda sentences, speakers: quoted_words(sentences, speakers, []))


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        # Behind the marks.
        ("« Nous partons demain », a déclaré mardi le préfet.", "le préfet", "a déclaré"),
        ("“Nous partons demain” explique #Anne_Petit, adjointe au maire.", "Anne Petit", "explique"),
        ('"Nous partons demain", a-t-il ajouté.', "il", "a-t-il ajouté"),
        ("« Nous partons demain ! », s'est-il réjoui.", "il", "s'est-il réjoui"),
        ("« Nous partons demain », confie-t-elle.", "elle", "confie-t-elle"),
        ("« Nous partons demain », selon une source policière.", "une source policière", "selon"),
        ("« Nous partons demain », comme l'a dit le préfet.", "le préfet", "a dit"),
        ("« Nous partons demain », a dit le directeur du port, #Luc_Blin.", "Luc Blin", "a dit"),
        ("« Nous partons demain », affirme même au #Monde #Luc_Blin.", "Luc Blin", "affirme"),
        ("« Nous partons demain », lui a répondu le patron.", "le patron", "a répondu"),
        ("« Nous partons demain », a, pour sa part, tranché le patron.", "le patron", "tranché"),
        # Before them.
        ("Le préfet a déclaré « nous partons demain ».", "Le préfet", "a déclaré"),
        ("Le préfet a dit au maire de la ville : « Nous partons. »", "Le préfet", "a dit"),
        ("Selon #Luc_Blin, un géologue du projet, « nous partons demain ».", "Luc Blin", "Selon"),
        ("Ce n'est pas l'avis de #Luc_Blin : « Nous partons demain. »", "Luc Blin", "avis"),
        ("Le maire : « Nous partons demain. »", "Le maire", None),
        ("Elle se veut rassurante : « Nous partons demain. »", "Elle", None),
        ("Le maire l'assure :\n\n« Nous partons demain. »", "Le maire", "assure"),
        ("Le maire a pris la parole, affirmant sur #RTL : « Nous partons demain. »", "Le maire", "affirmant"),
        ("Il a conclu son discours en disant : « Nous partons demain. »", "Il", "disant"),
        ("Luc Blin, chef de la gare, a dit hier sur RTL que « nous partons demain ».", "Luc Blin", "a dit"),
        ("Mardi, #Luc_Blin a présenté ses vœux : « Nous partons demain. »", "Luc Blin", None),
        ("Il rajoute : « Nous partons demain. »", "Il", "rajoute"),
        ("Le pape les a encouragés « Nous partons tous demain matin avec un car. »", "Le pape", None),
        ("Selon #Reuters, citée par un journal, « nous partons demain ».", "Reuters", "Selon"),
        # Inside them, and on the line below.
        ("« Nous partons, a dit le préfet. Le car attend. »", "le préfet", "a dit"),
        ("« Nous partons demain »\n\n— #Luc_Blin, maire de Lens", "Luc Blin", None),
        ("« Nous partons demain. »\n— Service de presse du festival", "Service de presse du festival", None),
        ("« Nous partons.\n\n« Nous vaincrons », a lancé le préfet.", "le préfet", "a lancé"),
    ],
)
def test_direct_speech_has_its_speaker_and_its_cue(text, speaker, cue, quotes):
    [found] = quotes(text)
    assert found[0] == "direct"
    assert found[2:] == (speaker, cue)


def test_a_quotation_broken_by_an_inserted_clause_is_two(quotes):
    assert quotes("« Nous partons demain », a dit le préfet, « et nous avons un car ».") == [
        ("direct", "Nous partons demain", "le préfet", "a dit"),
        ("direct", "et nous avons un car", "le préfet", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "« Nous partons », a dit le préfet. « Nous avons un car. »",
        "Le préfet parle d'une « fête », « nous partons tous ».",
    ],
)
def test_a_quotation_may_go_on_without_a_cue(text, quotes):
    _, last = quotes(text)
    assert last[2].lower() == "le préfet"
    assert last[3] is None


def test_the_one_behind_the_last_of_several_speaks_in_all(quotes):
    found = quotes("« Nous partons », « nous avons un car », ont affirmé des témoins.")
    assert [quote[2] for quote in found] == ["des témoins", "des témoins"]


def test_a_sentence_in_marks_needs_no_speaker(quotes):
    text = "La salle était pleine. « Nous avons pris toutes les mesures qui s'imposaient dans cette affaire. »"
    assert [quote[2:] for quote in quotes(text)] == [(None, None)]


def test_dialogue(quotes):
    assert quotes("Il se tait.\n– Nous partons, dit #Anne_Petit. Adieu.\n— Bien, répond-il.\n– du pain") == [
        ("direct", "Nous partons, dit Anne Petit. Adieu.", "Anne Petit", "dit"),
        ("direct", "Bien", "il", "répond-il"),
    ]


@pytest.mark.parametrize(
    ("text", "words", "speaker", "cue"),
    [
        ("Le maire dénonce un « complot ».", ["complot"], "Le maire", "dénonce"),
        ("La présidente parle d'une véritable « catastrophe ».", ["catastrophe"], "La présidente", "parle d'"),
        ("Le préfet évoquait, sur Twitter, de « nombreux morts ».", ["nombreux morts"], "Le préfet", "évoquait"),
        ("Le maire dénonce « la colère » et « la haine ».", ["la colère", "la haine"], "Le maire", "dénonce"),
        ("Il a félicité E. Morel pour sa « belle victoire ».", ["belle victoire"], "Il", "a félicité"),
        ("Se disant « confiant », le conseil a voté.", ["confiant"], "le conseil", "Se disant"),
        ("Qualifié de « lâche » par son rival, il est parti.", ["lâche"], "son rival", "Qualifié"),
        ("Un clip de #Léa_Roy, dénonçant « les préjugés », a été vu.", ["les préjugés"], "Léa Roy", "dénonçant"),
        ("#Luc_Blin, maire de Lens, salue un « grand homme ».", ["grand homme"], "Luc Blin", "salue"),
        ("Il est décrit comme un « grand homme » par le maire.", ["grand homme"], "le maire", "décrit"),
        ("« Il part », dit le maire, évoquant sa santé « fragile ».", ["fragile"], "le maire", "évoquant"),
        ("Elle s'oppose à une « dérive ».", ["dérive"], "Elle", "s'oppose"),
        ("Le texte charge l'ONU de « veiller à la paix ».", ["veiller à la paix"], "Le texte", "charge"),
        ("Ce dernier juge « extravagante » cette idée.", ["extravagante"], "Ce dernier", "juge"),
    ],
)
def test_words_that_a_verb_takes_up_are_mixed(text, words, speaker, cue, quotes):
    assert [quote for quote in quotes(text) if quote[0] == "mixed"] == [("mixed", word, speaker, cue) for word in words]


@pytest.mark.parametrize(
    "text",
    [
        "L'opération « Vigie » continue, annonce le préfet.",
        "Le maire a salué le film « Les Ailes du désir ».",
        "Il a été surnommé « le roi » par ses amis.",
        "La zone, dite « du canal », est fermée.",
        "Les savants ont surnommé ce lieu « les îles vertes ».",
        "Le rival a décidé de lancer un « dispositif commun ».",
        "« Le Monde » révèle la liste des invités.",
        "Le préfet a lancé le plan « grand froid ». Le plan « grand froid » coûte cher, dénonce le maire.",
        "Elle a assuré au « 20 Heures » être prête.",
        "Les « gilets jaunes » ont défilé.",
        "Le groupe « État islamique » revendique les attaques.",
        "Le maire a reçu une lettre avec ce message : « tu partiras demain ».",
        "Il pose la question suivante : « où et quand partir ».",
        "Le maire regrette un texte qui est « mal écrit ».",
    ],
)
def test_names_titles_and_terms_are_no_quotations(text, quotes):
    assert quotes(text) == []


def test_a_clause_shows():
    assert [is_clause(text) for text in ("ne pas venir", "c'est la fin", "Pourquoi ?", "la fin")] == [
        True,
        True,
        True,
        False,
    ]
