"""What the built-in labeller says, with what words, and what it refuses to say."""

from __future__ import annotations

import itertools
import subprocess
import sys

import pytest

from newsnlp.records import Entity, Figure, Label
from newsnlp.topics import label_topics
from newsnlp.topics.features import extract_features
from newsnlp.topics.labeling import abstention
from newsnlp.topics.taxonomy import media_topics

CONFIDENT = 0.6

ARTICLES = {
    "01": "Le Festival de Cannes a remis sa Palme d'or au nouveau film de la cinéaste. L'actrice principale a aussi été "
    "récompensée par le jury.",
    "02": "Le tribunal correctionnel a condamné l'ancien notaire à trois ans de prison avec sursis pour escroquerie. Son "
    "avocat fait appel.",
    "03": "Une collision entre un autocar et un poids lourd a fait quatre morts sur l'autoroute. Les pompiers ont "
    "désincarcéré plusieurs passagers.",
    "04": "Le groupe a vu son bénéfice net reculer de 12 % au troisième trimestre. À la Bourse de Paris, l'action perdait "
    "4 % à l'ouverture.",
    "05": "Les lycéens ont planché ce matin sur l'épreuve de philosophie du baccalauréat. Les enseignants corrigeront "
    "les copies d'ici à la fin du mois.",
    "06": "La biodiversité recule dans les zones humides du littoral, alertent les écologues. En cause : les pesticides "
    "et la pollution des rivières.",
    "07": "L'hôpital manque de médecins et d'infirmières aux urgences. Les patients attendent des heures, selon l'agence "
    "régionale de santé.",
    "09": "Les syndicats appellent à la grève mardi contre les suppressions de postes. La CGT et la CFDT réclament des "
    "hausses de salaires.",
    "11": "Le Premier ministre a annoncé un remaniement de son gouvernement. Les députés de l'opposition ont déposé une "
    "motion de censure à l'Assemblée nationale.",
    "12": "Des milliers de fidèles ont assisté à la messe de Pâques célébrée par l'archevêque à la cathédrale.",
    "13": "Des astronomes ont découvert une exoplanète grâce au télescope spatial. L'étude est publiée dans la revue "
    "Nature.",
    "15": "L'équipe s'est imposée 3-1 en finale de la Coupe, grâce à un doublé de son attaquant. L'entraîneur a salué "
    "ses joueurs.",
    "16": "L'armée a bombardé des positions rebelles après l'échec du cessez-le-feu. Des soldats ont été tués dans une "
    "embuscade.",
    "17": "Météo-France place douze départements en vigilance orange aux orages. Des rafales de vent et de la grêle sont "
    "attendues, avec des températures en baisse.",
}


@pytest.mark.parametrize("root", ARTICLES)
def test_plain_articles_get_their_topic_first(root):
    topics = label_topics(ARTICLES[root])
    assert topics[0].code == f"medtop:{root}000000"
    assert topics[0].score >= 0.5


@pytest.mark.parametrize("root", ARTICLES)
def test_evidence_stands_in_the_text_where_it_says(root):
    text = ARTICLES[root]
    for topic in label_topics(text):
        assert topic.evidence
        assert len(topic.evidence) == len(topic.evidence_spans)
        for words, (start, end) in zip(topic.evidence, topic.evidence_spans, strict=True):
            assert text[start:end] == words
        spans = sorted(topic.evidence_spans)
        assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))


def test_best_first_level_1_before_level_2_and_parents_present():
    for text in ARTICLES.values():
        topics = label_topics(text)
        levels = [topic.level for topic in topics]
        assert levels == sorted(levels)
        for level in (1, 2):
            scores = [topic.score for topic in topics if topic.level == level]
            assert scores == sorted(scores, reverse=True)
        codes = {topic.code for topic in topics}
        for topic in topics:
            known = media_topics()[topic.code]
            assert known.root in codes
            assert topic.name == known.name
            assert 0 <= topic.score <= 1


def test_level_2_is_found():
    codes = {topic.code for topic in label_topics(ARTICLES["09"])}
    assert "medtop:20000524" in codes  # Relations du travail


def test_two_topics_in_equal_parts_are_both_given():
    text = (
        "Les syndicats de soignants appellent à la grève dans les hôpitaux. Les infirmières réclament des salaires plus "
        "élevés et des embauches ; les médecins urgentistes décrivent des patients sur des brancards. La CGT et la "
        "CFDT dénoncent les conditions de travail à l'hôpital."
    )
    found = {topic.code for topic in label_topics(text) if topic.level == 1}
    assert {"medtop:07000000", "medtop:09000000"} <= found


@pytest.mark.parametrize("text", ["", " \n\t ", "Bonjour.", "2026", "…", "🚀", "Sport", "l'"])
def test_empty_or_one_word_gets_nothing(text):
    assert label_topics(text) == []


JUNK = {
    # Ronsard, 1578: in the public domain.
    "sonnet": "Quand vous serez bien vieille, au soir, à la chandelle,\nAssise auprès du feu, dévidant et filant,\n"
    "Direz, chantant mes vers, en vous émerveillant :\nRonsard me célébrait du temps que j'étais belle.\n"
    "Lors, vous n'aurez servante oyant telle nouvelle,\nDéjà sous le labeur à demi sommeillant,\n"
    "Qui au bruit de mon nom ne s'aille réveillant,\nBénissant votre nom de louange immortelle.",
    "stock table": "ACCOR 41,22 +0,5 % AIR LIQUIDE 168,40 -0,2 % AIRBUS 142,36 +0,8 % ALSTOM 18,92 -1,2 % AXA 31,05\n"
    "BNP 58,77 -0,4 % BOUYGUES 33,10 +0,1 % CARREFOUR 15,02 -0,9 % DANONE 61,20 +0,0 %",
    "English politics": "The prime minister announced a new government on Tuesday after the election, and the opposition "
    "parties said that they would vote against the budget in parliament.",
    "English football": "The match ended in a draw after both teams failed to score in the second half of the final, and "
    "the captain said that the supporters were the champions of the tournament.",
    "furniture": "Accueil Newsletter Contact Mentions légales Se connecter Partager Imprimer Lire aussi Voir plus",
    "phone list": "01 42 00 00 00\n01 43 00 00 00\n01 44 00 00 00",
}


@pytest.mark.parametrize("name", JUNK)
def test_what_is_no_french_article_gets_no_confident_guess(name):
    topics = label_topics(JUNK[name])
    assert all(topic.score < CONFIDENT for topic in topics), topics


@pytest.mark.parametrize(
    "text", ["Le coup d'envoi sera donné dans une heure.", "Les suffrages de la salle iront au suivant."]
)
def test_one_word_alone_is_never_sure(text):
    assert all(topic.score < CONFIDENT for topic in label_topics(text))


def test_abstaining_is_said():
    assert abstention("Bonjour.") == "too few words"
    assert abstention("12,5 18,2 31,0 Paris Lyon Metz Nancy Brest Nantes Tours Caen Rouen Dijon") == "no French prose"
    assert (
        abstention("Il en va ainsi de tout, et la chose est entendue depuis bien longtemps.") == "no topic stands out"
    )


def test_a_recipe_is_at_most_lifestyle():
    text = (
        "Préchauffez le four à 180 degrés. Battez les œufs avec le sucre, ajoutez la farine et le beurre fondu, versez "
        "dans un moule et laissez cuire quarante minutes. Servez tiède avec une crème anglaise."
    )
    assert {topic.code for topic in label_topics(text) if topic.level == 1} <= {"medtop:10000000"}


def test_the_title_counts_and_bears_no_span():
    text = "Le projet a été présenté hier soir devant une salle comble, avant un débat de deux heures."
    titled = label_topics(
        text, title="Hôpital : les médecins urgentistes manquent aux urgences, les patients attendent"
    )
    assert titled[0].code == "medtop:07000000"
    assert all(0 <= start < end <= len(text) for topic in titled for start, end in topic.evidence_spans)


def test_a_title_that_stands_in_the_text_is_not_counted_twice():
    text = "Grève à l'hôpital\nLes infirmières réclament des embauches."
    assert label_topics(text, title="Grève à l'hôpital") == label_topics(text)


def test_figures_point_to_topics():
    text = "Selon un bilan provisoire, on en compte désormais douze, contre neuf la veille au soir dans la région."
    start = text.index("douze")
    figure = Figure(start=start, end=start + 5, text="douze", value=12, event="sick", counted="cas")
    before = extract_features(text).terms.get("medtop:20000446", 0.0)
    assert extract_features(text, figures=[figure]).terms["medtop:20000446"] > before
    evidence = {words for topic in label_topics(text, figures=[figure]) for words in topic.evidence}
    assert "douze" in evidence


def test_entities_do_not_disturb():
    entity = Entity(id="e1", name="Lyon", label=Label.LOC, mention_count=1)
    assert label_topics(ARTICLES["15"], entities=[entity]) == label_topics(ARTICLES["15"])


def test_scikit_learn_is_not_loaded():
    code = (
        "import sys; from newsnlp.topics import label_topics; label_topics('Le tribunal a condamné le voleur hier.');"
        "sys.exit(any(name in sys.modules for name in ('sklearn', 'pandas', 'spacy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_same_text_gives_the_same_topics():
    assert label_topics(ARTICLES["16"]) == label_topics(ARTICLES["16"])


@pytest.mark.shared
@pytest.mark.model
def test_the_first_users_article(nlp, shared_data):
    text = (shared_data / "seed-article.txt").read_text(encoding="utf-8")
    found = [topic.code for topic in nlp(text).topics if topic.level == 1]
    assert found[:2] == ["medtop:16000000", "medtop:11000000"]
