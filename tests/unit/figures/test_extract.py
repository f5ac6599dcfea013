"""extract_figures on a whole document: records, offsets, entity ids, and bad input."""

from __future__ import annotations

import pytest

from newsnlp.figures import extract_figures
from newsnlp.records import Entity, Kind, Label, Mention, Modifier, Status

FORCES = (
    "Le ministère de la Défense a annoncé que plusieurs soldats américains avaient été blessés dans la nuit.\n\n"
    "Selon des sources militaires, l'attaque a été menée avec deux roquettes tirées depuis le désert.\n\n"
    "Cinq soldats auraient été blessés, dont un grièvement.\n\n"
    "Les États-Unis maintiennent environ 2500 soldats en Irak, en plus de 900 autres en Syrie, depuis 2014."
)


@pytest.fixture(scope="module")
def doc_of():
    import spacy

    nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    return nlp


def test_forces_and_casualties_of_one_article(doc_of):
    found = extract_figures(doc_of(FORCES))
    rows = [(f.text, f.value_min, f.value_max, f.counted, f.event, f.status.value, f.place, f.part_of) for f in found]
    assert rows == [
        ("plusieurs", 2, None, "soldats", "injured", "reported", None, None),
        ("deux", 2, 2, "roquettes", "attacked", "reported", None, None),
        ("Cinq", 5, 5, "soldats", "injured", "reported", None, None),
        ("un", 1, 1, "soldats", "injured", "reported", None, 2),
        ("2500", 2500, 2500, "soldats", "deployed", "asserted", "Irak", None),
        ("900", 900, 900, "soldats", "deployed", "asserted", "Syrie", None),
    ]
    assert [f.modifier for f in found[-2:]] == [Modifier.APPROX, Modifier.EXACT]


def test_offsets_sentences_and_rules_hold(doc_of):
    doc = doc_of(FORCES)
    for figure in extract_figures(doc):
        assert doc.text[figure.start : figure.end] == figure.text
        assert figure.phrase_start <= figure.start < figure.end <= figure.phrase_end
        assert doc.text[figure.sentence_start :].startswith(figure.sentence)
        assert figure.rule_id
        assert figure.kind is Kind.COUNT
        assert isinstance(figure.status, Status)


def test_places_actors_and_sources_name_their_entities(doc_of):
    text = "Selon l'OSDH, la Turquie a déployé 300 soldats à Idleb."
    spans = [("OSDH", Label.ORG), ("Turquie", Label.LOC), ("Idleb", Label.LOC)]
    mentions = [
        Mention(start=text.index(name), end=text.index(name) + len(name), text=name, label=label, entity_id=f"e{i}")
        for i, (name, label) in enumerate(spans, 1)
    ]
    entities = [Entity(id=m.entity_id, name=m.text, label=m.label, mention_count=1) for m in mentions]
    (figure,) = extract_figures(doc_of(text), mentions, entities)
    assert (figure.source, figure.source_id) == ("OSDH", "e1")
    assert (figure.actor, figure.actor_id) == ("Turquie", "e2")
    assert (figure.place, figure.place_id) == ("Idleb", "e3")
    (alone,) = extract_figures(doc_of(text), mentions, [])
    assert (alone.place, alone.place_id) == ("Idleb", None)


def test_a_title_before_a_name_does_not_hide_the_entity(read):
    (figure,) = read("Selon le président #Temer, 12 000 personnes ont fui.")[2]
    assert (figure.source, figure.source_id) == ("président Temer", "e0")
    (figure,) = read("La police de @Paris a arrêté 12 personnes.")[2]
    assert (figure.actor, figure.actor_id) == ("police de Paris", None)


def test_dates_of_the_sentence(figures):
    assert [f.date for f in figures("Lundi 4 mars 2024, 12 personnes ont été tuées.")] == ["Lundi 4 mars 2024"]
    assert [f.date for f in figures("La coalition formée en 2014 compte 900 soldats.")] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "12",
        "12 12 12 12",
        "dont dont dont 3 dont",
        "Parmi eux",
        "Parmi les",
        "sur 3 sur 4 sur",
        "1.234.567,89 et ²³ et ٣٤ et 1e309 et NaN",
        "9" * 80 + " morts",
        "0,5% 12km3morts",
        "« 12 « 13 » 14",
        "un une un une aucun aucune",
        "selon selon selon 4",
        "a annoncé que que que 4 morts a annoncé",
        "de 3 à 4 à 5 à 6 de des d'entre eux",
        "( 3 ) ; : 4 . , 5",
        "\ufffd 12 morts 😀 3 blessés",
    ],
)
def test_bad_input_gets_an_answer(text, doc_of):
    doc = doc_of(text)
    for number, figure in enumerate(extract_figures(doc)):
        assert doc.text[figure.start : figure.end] == figure.text
        assert figure.part_of is None or figure.part_of >= 0
        assert figure.part_of != number


def test_a_page_of_box_scores_is_read_in_time(doc_of):
    line = "Kervadec (4/9 dont 2 pen) Lannuzel (1/3) Berthelot (0/2) Vasseur (6/11), 14 arrêts, 5 buts sur 8 tirs.\n"
    found = extract_figures(doc_of(line * 60))
    assert len(found) >= 300
    assert all(figure.part_of is None or figure.part_of < len(found) for figure in found)


def test_a_part_points_to_its_whole_by_index(figures):
    found = figures("Deux bus. Selon la police, 12 personnes sont mortes, dont 3 enfants et 2 femmes.")
    wholes = [found[figure.part_of].text for figure in found if figure.part_of is not None]
    assert wholes == ["12", "12"]


def test_a_document_without_sentence_boundaries_gets_its_own():
    import spacy

    doc = spacy.blank("xx")("Douze morts à Lyon.\nParmi eux, trois enfants.")
    assert [(f.text, f.sentence) for f in extract_figures(doc)] == [
        ("Douze", "Douze morts à Lyon."),
        ("trois", "Parmi eux, trois enfants."),
    ]
    assert extract_figures(spacy.blank("xx")("")) == []
