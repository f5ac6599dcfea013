"""Clauses that a text reports without marks, or with some in them: where they begin and end, who says them."""

from __future__ import annotations

import pytest

from newsnlp.quotes.clauses.reported import MOST_CUES, reported_clauses


@pytest.fixture
def reported(drafts_of):
    """Return the reported clauses of a marked text: kind, words, speaker, cue."""
    return lambda marked: drafts_of(marked, reported_clauses)


@pytest.mark.parametrize(
    ("text", "clause", "speaker", "cue"),
    [
        # "que", whatever stands between: adverbs, audiences, days.
        (
            "Le maire a également annoncé que le pont rouvrirait.",
            "le pont rouvrirait",
            "Le maire",
            "a également annoncé",
        ),
        (
            "Elle affirme mardi que le pont est sûr, ce qui rassure.",
            "le pont est sûr, ce qui rassure",
            "Elle",
            "affirme",
        ),
        ("Ce dernier précise que tout va bien.", "tout va bien", "Ce dernier", "précise"),
        ("Les élus ont par la suite confirmé qu'il pleuvait.", "il pleuvait", "Les élus", "ont par la suite confirmé"),
        ("Les pompiers ont déclaré que le bois brûlait sur Twitter.", "le bois brûlait", "Les pompiers", "ont déclaré"),
        ("Le maire a dit la semaine dernière que le pont ferme.", "le pont ferme", "Le maire", "a dit"),
        ("Le maire informe les élus que le pont ferme.", "le pont ferme", "Le maire", "informe"),
        # Whatever noun is the subject of what only people do, however long.
        (
            "Dans cette affaire, le rapporteur public estime que tout est faux.",
            "tout est faux",
            "le rapporteur public",
            "estime",
        ),
        (
            "Des bénévoles présents dans les villages du nord affirment que le mal recule.",
            "le mal recule",
            "Des bénévoles présents",
            "affirment",
        ),
        ("La loi a été critiquée par #Luc_Blin, qui juge que rien ne change.", "rien ne change", "Luc Blin", "juge"),
        # Participles and infinitives, whose subject stands further back.
        ("#Luc_Blin quitte la salle, affirmant que tout est faux.", "tout est faux", "Luc Blin", "affirmant"),
        ("Il a pris la parole, avant d'annoncer que le pont fermait.", "le pont fermait", "Il", "annoncer"),
        (
            "La ministre a tenu à rappeler que la loi est la même.",
            "la loi est la même",
            "La ministre",
            "a tenu à rappeler",
        ),
        ("« Rien ne va », a-t-il dit, ajoutant que la date est fixée.", "la date est fixée", "il", "ajoutant"),
        # An infinitive is a statement, too, a headline as well.
        ("Le maire annonce quitter ses fonctions", "quitter ses fonctions", "Le maire", "annonce"),
        ("Le roi dit ne rien regretter.", "ne rien regretter", "Le roi", "dit"),
        ("L'armée affirme avoir repris la ville et dénonce un complot.", "avoir repris la ville", "L'armée", "affirme"),
        # Around "selon" and its like, from a comma or without one.
        ("Selon la police, deux hommes ont fui.", "deux hommes ont fui", "la police", "Selon"),
        (
            "Mais, d'après #Luc_Blin, directeur du parc, les loups sont partis.",
            "les loups sont partis",
            "Luc Blin",
            "d'après",
        ),
        ("Le pont est fermé selon la mairie, qui le tient d'un voisin.", "Le pont est fermé", "la mairie", "selon"),
        ("Le pont est fermé et, selon la mairie, la route le sera.", "la route le sera", "la mairie", "selon"),
        ("Le bilan, selon la mairie, est lourd.", "Le bilan, selon la mairie, est lourd", "la mairie", "selon"),
        (
            "Selon la police, les voleurs, lors de leur fuite, ont tiré.",
            "les voleurs, lors de leur fuite, ont tiré",
            "la police",
            "Selon",
        ),
        (
            "Malgré les apparences, il ne s'agirait pas d'un vol, selon la police.",
            "il ne s'agirait pas d'un vol",
            "la police",
            "selon",
        ),
        ("Pour son avocat, il s'agit d'une bavure.", "il s'agit d'une bavure", "son avocat", "Pour"),
        ("Pour lui, le régime est à bout.", "le régime est à bout", "lui", "Pour"),
        ("De l'avis de la mairie, la loi est mauvaise.", "la loi est mauvaise", "la mairie", "De l'avis de"),
        # Around an inserted clause.
        ("Le pont est fermé, a annoncé la mairie.", "Le pont est fermé", "la mairie", "a annoncé"),
        (
            "Le pont, a annoncé la mairie, restera fermé.",
            "Le pont, a annoncé la mairie, restera fermé",
            "la mairie",
            "a annoncé",
        ),
    ],
)
def test_a_clause_without_marks(text, clause, speaker, cue, reported):
    assert reported(text) == [("indirect", clause, speaker, cue)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Il ajoute que « le parc est fermé ».", "direct", "le parc est fermé"),
        ("Selon le maire, « le parc est fermé », ce que nul ne sait.", "direct", "le parc est fermé"),
        (
            "Pour le maire, dans ce cas précis, « le grand parc de la ville est fermé depuis lundi ».",
            "direct",
            "le grand parc de la ville est fermé depuis lundi",
        ),
        ("Il juge que le parc « doit être fermé ».", "mixed", "le parc « doit être fermé »"),
        ("Selon le maire, il s'agit d'un « acte de folie ».", "mixed", "il s'agit d'un « acte de folie »"),
        ("Les causes « restent à déterminer », selon la police.", "mixed", "Les causes « restent à déterminer »"),
        ("Il dit être « heureux de partir ».", "mixed", "être « heureux de partir »"),
        ("Il ajoute que le parc est fermé : « Rien ne presse. »", "indirect", "le parc est fermé"),
    ],
)
def test_marks_make_it_direct_or_mixed(text, kind, words, reported):
    assert [found[:2] for found in reported(text)] == [(kind, words)]


def test_two_clauses_under_one_verb_are_two(reported):
    found = reported("Le maire dit que le pont rouvrira et que la route fermera.")
    assert [quote[1] for quote in found] == ["le pont rouvrira", "la route fermera"]
    found = reported("Il dit que le parc s'ouvre en 2007 et que la route fermera.")
    assert [quote[1] for quote in found] == ["le parc s'ouvre en 2007", "la route fermera"]
    found = reported("Le maire dit que si la pluie dure et que le lac monte, il faudra partir.")
    assert [quote[1] for quote in found] == ["si la pluie dure et que le lac monte, il faudra partir"]


def test_each_of_two_speakers_has_a_clause(reported):
    found = reported("La police affirme que tout est calme et le maire dit que rien ne va.")
    assert [quote[1:3] for quote in found] == [("tout est calme", "La police"), ("rien ne va", "le maire")]


def test_a_source_inside_a_report_is_part_of_it(reported):
    found = reported("Le journal #Le_Soir annonce que, selon ses sources, le roi part.")
    assert [quote[1] for quote in found] == ["le roi part"]


@pytest.mark.parametrize(
    "text",
    [
        "Les fouilles ont révélé que le site est ancien.",
        "On note que la mairie est fermée.",
        "Le maire annonce le soutien de la ville.",
        "Le maire a dénoncé la loi que le parlement prépare.",
        "Il explique ainsi sa chute, tandis que la foule part.",
        "Le maire souhaite quitter ses fonctions.",
        "Le maire a appris que le pont est fermé.",
        "Il est accusé d'avoir volé un pain.",
        "Le froid qui revient, annonce une belle saison.",
        "Le groupe « Aube » revendique les attaques.",
        "Pour elle, qui court depuis un an, la course est dure.",
        "« Le parc est fermé », a dit le maire.",
        "« Nous pensons que le parc est fermé », a dit le maire.",
    ],
)
def test_what_is_no_reported_clause(text, reported):
    assert reported(text) == []


def test_a_list_of_sources_is_no_prose(reported):
    assert reported("Selon la police, il pleut, " * (MOST_CUES + 1)) == []
