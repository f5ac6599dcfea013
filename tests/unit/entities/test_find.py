"""Names found in documents, and what bad input gives."""

from __future__ import annotations

import pytest

from newsnlp.entities.find import find_mentions
from newsnlp.entities.knowledge.gazetteers import known_names
from newsnlp.entities.repairs.known import add_known_names

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def find(nlp):
    def found(text):
        doc = nlp.language(text)
        mentions = find_mentions(doc)
        for mention in mentions:
            assert text[mention.start : mention.end] == mention.text
            assert "\n" not in mention.text
            assert len(mention.text.split()) <= 12
            assert 0 < mention.score <= 1
        ends = [0]
        for mention in mentions:
            assert mention.start >= ends[-1]
            ends.append(mention.end)
        return {(mention.text, mention.label.value) for mention in mentions}

    return found


def test_news_sentence(find):
    text = "Le ministre Lloyd Austin a rencontré Emmanuel Macron à Paris, a indiqué le Pentagone."
    assert find(text) == {
        ("Lloyd Austin", "PER"),
        ("Emmanuel Macron", "PER"),
        ("Paris", "LOC"),
        ("Pentagone", "ORG"),
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("L'Irak a condamné les frappes.", ("Irak", "LOC")),
        ("Il dit qu'Austin est parti avec Lloyd Austin.", ("Austin", "PER")),
        ("M. Macron s'est rendu à Lyon.", ("Macron", "PER")),
        ("Le journal Le Monde révèle l'affaire.", ("Le Monde", "ORG")),
        ("Le maire du Havre a démissionné.", ("Havre", "LOC")),
        ("Le Conseil de sécurité des Nations unies se réunit lundi.", ("Conseil de sécurité des Nations unies", "ORG")),
        ("Le Kremlin dément.", ("Kremlin", "ORG")),
    ],
)
def test_span_and_label(find, text, name):
    assert name in find(text)


@pytest.mark.parametrize(
    "text",
    [
        "Les Américains et les Irakiens négocient.",
        "Un Français a été arrêté.",
        "Plusieurs soldats ont été blessés lundi.",
        "Toujours est-il que rien ne change.",
    ],
)
def test_no_name(find, text):
    assert find(text) == set()


def test_a_name_never_crosses_a_line(find):
    found = find("Emmanuel\nMacron est à Paris\nLyon gagne")
    assert ("Paris", "LOC") in found
    assert ("Lyon", "LOC") in found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("M. AustinM. Austin", ["AustinM.", "Austin"]),
        ("La loi a été adoptée à l'initiative du président Ouattara. D. Duncan devient vice-président.", ["Ouattara", "D. Duncan"]),
    ],
)  # fmt: skip
def test_a_name_never_leaves_its_sentence(nlp, text, names):
    mentions = find_mentions(nlp.language(text))
    assert [mention.text for mention in mentions] == names
    for mention in mentions:
        assert mention.sentence_start <= mention.start
        assert mention.end <= mention.sentence_start + len(mention.sentence)


def test_a_known_name_cut_by_a_sentence_is_not_added(nlp):
    doc = nlp.language("elle est au burkina faso avec Burkina Faso")
    table = [
        (doc[start:end].text, kind) for start, end, kind in known_names().matches([t.text for t in doc], [True] * 8)
    ]
    assert table == [("Burkina Faso", "country")]
    assert [doc[c.start : c.end].text for c in add_known_names(doc, [])] == ["Burkina Faso"]
    doc[7].is_sent_start = True
    assert add_known_names(doc, []) == []


def test_surname_after_full_name(find):
    found = find("Le député Yann Kerbrac est arrivé. Plus tard, Kerbrac a parlé.\nKerbrac n'a pas voté.")
    assert found == {("Yann Kerbrac", "PER"), ("Kerbrac", "PER")}


def test_a_known_name_stands_where_an_unlikely_one_was(find):
    text = "Il a lu une note du Conseil de sécurité nationale sur la situation au Moyen-Orient."
    assert find(text) == {("Conseil de sécurité nationale", "ORG"), ("Moyen-Orient", "LOC")}


def test_all_capitals(find):
    found = find("ATTENTAT À BAGDAD : EMMANUEL MACRON CONDAMNE\nLe président est à Paris.")
    assert {("BAGDAD", "LOC"), ("EMMANUEL MACRON", "PER"), ("Paris", "LOC")} <= found


def test_no_capitals(find):
    found = find("bonsoir emmanuel macron est arrivé à paris hier soir")
    assert all(len(name.split()) <= 3 for name, _ in found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n \n",
        "…",
        "«»",
        "Владимир Путин приехал в Москву.",
        "東京で会議が開かれた。 محمود عباس في رام الله",
        "🇫🇷🔥 Macron 🔥🇫🇷 à Paris !!! 😂😂😂",
        "« Il m'a dit : « Paul répète : “Marie est à Lyon” » », raconte Luc.",
        "Dupont, Durand, Martin, Petit, Moreau, Leroy, Roux, David, Bertrand, Morel, Fournier, Girard",
        "\t\t1\t2\t3\n",
        "a" * 5000,
        "A" * 5000,
        "'" * 300,
        "(" * 300 + "Paris" + ")" * 300,
    ],
)
def test_bad_input_is_answered(find, text):
    find(text)


def test_table_of_results(find):
    rows = "\n".join(f"{i}. Jean Dupont{i} (Nancy) 1 h {i:02d}" for i in range(1, 60))
    found = find(f"Résultats\n{rows}")
    assert ("Nancy", "LOC") in found
    one_line = " ; ".join(f"{i}. Paul Martin (Metz) 2:{i:02d}" for i in range(1, 60))
    assert "Metz" in {name for name, _ in find(one_line)}


def test_nested_quotations(find):
    found = find("« Il m'a dit : « Paul Durand répète : “Marie Petit est à Lyon” » », raconte Luc Martin.")
    assert {("Paul Durand", "PER"), ("Marie Petit", "PER"), ("Lyon", "LOC"), ("Luc Martin", "PER")} <= found


def test_a_list_of_names_is_so_many_names(find):
    found = find("Étaient présents : Paul Durand, Marie Petit, Luc Martin, Anne Leroy et Jean Morel.")
    assert found == {(name, "PER") for name in ("Paul Durand", "Marie Petit", "Luc Martin", "Anne Leroy", "Jean Morel")}


def test_sentences_are_given(nlp):
    doc = nlp.language("Il pleut. Emmanuel Macron est à Paris.")
    mention = find_mentions(doc)[0]
    assert (mention.sentence, mention.sentence_start) == ("Emmanuel Macron est à Paris.", 10)


def test_names_of_a_foreign_pipeline_are_kept(nlp):
    from spacy.tokens import Span

    doc = nlp.language("Jean est à Lyon.")
    doc.ents = [Span(doc, 0, 1, label="PER"), Span(doc, 3, 4, label="DATE")]
    assert [(m.text, m.label.value, m.score) for m in find_mentions(doc)] == [("Jean", "PER", None)]


def test_a_name_of_a_foreign_pipeline_is_parted_where_a_sentence_begins(nlp):
    from spacy.tokens import Span

    doc = nlp.language("Il a vu M. AustinM. Austin.")
    doc.ents = [Span(doc, 4, 6, label="PER")]
    assert [(m.text, m.sentence) for m in find_mentions(doc)] == [
        ("AustinM.", "Il a vu M. AustinM."),
        ("Austin", "Austin."),
    ]
