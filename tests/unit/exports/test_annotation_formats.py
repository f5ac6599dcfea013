"""Names for annotation tools, there and back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from newsnlp.errors import OptionError, SourceError
from newsnlp.exports import (
    from_conll,
    from_doccano,
    from_label_studio,
    label_studio_config,
    render_displacy,
    to_conll,
    to_displacy,
    to_doccano,
    to_label_studio,
)
from newsnlp.records import Analysis, Article, Figure, Mention


def analysis(text, *names, **fields):
    """Return an analysis in which the given (name, label) pairs are marked, in text order."""
    mentions, at = [], 0
    for name, label in names:
        at = text.index(name, at)
        mentions.append(Mention(start=at, end=at + len(name), text=name, label=label))
        at += len(name)
    return Analysis(article=Article(text=text, **fields), mentions=tuple(mentions), body_spans=((0, len(text)),))


ANALYSES = [
    analysis(
        "😀 Selon Jean-Luc M. d’Ormesson, l’ONU quitte « Ménaka »\u00a0: 2,5\u202f% des soldats.\nÀ Aix-en-Provence, rien.",
        ("Jean-Luc M. d’Ormesson", "PER"),
        ("ONU", "ORG"),
        ("Ménaka", "LOC"),
        ("Aix-en-Provence", "LOC"),
        id="a1",
        title="Un titre",
        published_at="2026-03-12T18:42:00+01:00",
        source="Le Courrier",
    ),
    # Names side by side, inside a word, the whole text, and none.
    analysis("Paris Lyon Metz", ("Paris", "LOC"), ("Lyon", "LOC"), ("Metz", "ORG"), id="a2"),
    analysis("anti-Macron aujourd'hui", ("Macron", "PER"), id="a3"),
    analysis("Metz", ("Metz", "LOC"), id="a4"),
    analysis("Rien ici.\r\n\r\nNi \ud800 là\tnon plus.", id="a5"),
]


def marked(found):
    return [[(m.start, m.end, m.text, m.label) for m in item.mentions] for item in found]


@pytest.fixture(params=["made", "real"])
def analyses(request):
    if request.param == "made":
        return ANALYSES
    from newsnlp.samples import sample_corpus, sample_text

    nlp = request.getfixturevalue("nlp")
    return [nlp(sample_text()), *nlp.pipe(sample_corpus()[:20])]


@pytest.mark.model
def test_conll_comes_back_equal(analyses):
    text = to_conll(analyses)
    assert marked(from_conll(text, analyses)) == marked(analyses)


@pytest.mark.model
def test_doccano_comes_back_equal(analyses):
    back = from_doccano(to_doccano(analyses))
    assert marked(back) == marked(analyses)
    for found, wanted in zip(back, analyses, strict=True):
        assert found.article == replace(wanted.article, lang="fr", encoding=None)


@pytest.mark.model
def test_label_studio_comes_back_equal(analyses):
    back = from_label_studio(to_label_studio(analyses))
    assert marked(back) == marked(analyses)
    for found, wanted in zip(back, analyses, strict=True):
        assert found.article == replace(wanted.article, lang="fr", encoding=None)


def test_conll_is_bio_with_sentences_apart():
    text = to_conll(ANALYSES[:2])
    rows = [line.split("\t") for line in text.split("\n") if line]
    assert rows[0] == ["-DOCSTART-", "O"]
    assert ["Jean-Luc", "B-PER"] in rows
    assert ["Ormesson", "I-PER"] in rows
    assert [row[1] for row in rows[-3:]] == ["B-LOC", "B-LOC", "B-ORG"]
    assert "rien\tO\n.\tO\n\n-DOCSTART-" in text
    assert "\tO\n\nÀ\tO\n" in text, "a line break ends a sentence"


def test_conll_of_a_page_is_found_again_in_its_body():
    page = Analysis(
        article=Article(text="Menu Metz\nMetz gagne"),
        body_spans=((10, 20),),
        mentions=(Mention(start=10, end=14, text="Metz", label="ORG"),),
    )
    assert marked(from_conll(to_conll(page), [page])) == marked([page])


def test_conll_corrected_by_hand_is_read():
    text = "-DOCSTART- -X- O O\n\nMetz NNP B-ORG\nbat NNP O\nParis NNP I-LOC\n"
    (found,) = from_conll(text, [Article(text="Metz bat Paris")])
    assert marked([found]) == [[(0, 4, "Metz", "ORG"), (9, 14, "Paris", "LOC")]]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Lyon\tO", "the word 'Lyon' is not in the text"),
        ("Metz\tB-GPE", "'B-GPE' is no tag; accepted: O, B- and I- with PER, LOC, ORG, MISC"),
        ("Metz", "line 1: 'Metz'; accepted: a word and its tag"),
        ("Metz\tO\n-DOCSTART-\tO\nMetz\tO", "holds 2 articles; 1 were given"),
    ],
)
def test_conll_that_is_not_of_these_articles_is_refused(text, told):
    with pytest.raises(SourceError, match=told):
        from_conll(text, [Article(text="Metz bat Paris")])


def test_what_annotators_export_is_read():
    doccano = json.dumps({"id": 7, "text": "Metz bat Paris", "label": [[9, 14, "LOC"], [0, 4, "ORG"]], "Comments": []})
    entities = json.dumps({"text": "Metz", "entities": [{"id": 1, "start_offset": 0, "end_offset": 4, "label": "ORG"}]})
    found = from_doccano([doccano, "", entities])
    assert marked(found) == [[(0, 4, "Metz", "ORG"), (9, 14, "Paris", "LOC")], [(0, 4, "Metz", "ORG")]]
    region = {
        "type": "labels",
        "value": {"start": 0, "end": 4, "text": "Metz", "labels": ["ORG"]},
        "from_name": "label",
    }
    choice = {"type": "choices", "value": {"choices": ["bon"]}}
    task = {
        "data": {"text": "Metz bat Paris"},
        "annotations": [
            {"result": [], "was_cancelled": False},
            {"result": [region, choice], "was_cancelled": False},
            {"result": [], "was_cancelled": True},
        ],
        "predictions": [{"result": []}],
    }
    assert marked(from_label_studio(json.dumps([task]))) == [[(0, 4, "Metz", "ORG")]]


@pytest.mark.parametrize(
    ("read", "text", "told"),
    [
        (from_doccano, "{", "line 1 is not doccano's JSON"),
        (from_doccano, '{"text": "Metz"}', "line 1 is not doccano's"),
        (from_doccano, '{"text": "Metz", "label": [[0, 9, "LOC"]]}', "0 to 9 is outside its 4 characters"),
        (from_doccano, '{"text": "Metz", "label": [[0, 4, "VILLE"]]}', "label 'VILLE'; accepted: PER"),
        (from_label_studio, "[{}]", "no export of Label Studio"),
        (from_label_studio, "x", "no export of Label Studio"),
    ],
)
def test_what_no_annotator_exports_is_refused(read, text, told):
    with pytest.raises(SourceError, match=told):
        read(text)


FIGURED = replace(
    analysis("Deux blessés au Stade 2000 de Lyon.", ("Stade 2000", "ORG"), ("Lyon", "LOC")),
    figures=(Figure(start=0, end=4, text="Deux", value=2), Figure(start=22, end=26, text="2000", value=2000)),
)


def test_figures_are_marked_where_asked_for():
    assert json.loads(to_doccano(FIGURED, figures=True))["label"] == [
        [0, 4, "FIGURE"],
        [16, 26, "ORG"],
        [22, 26, "FIGURE"],
        [30, 34, "LOC"],
    ]
    assert marked(from_doccano(to_doccano(FIGURED, figures=True))) == marked([FIGURED])
    assert "FIGURE" not in to_label_studio(FIGURED)
    assert '"FIGURE"' in label_studio_config(figures=True)
    assert "FIGURE" not in label_studio_config()


def test_displacy_draws_each_stretch_once_and_escapes():
    ents = to_displacy(FIGURED)["ents"]
    assert [(e["start"], e["end"], e["label"]) for e in ents] == [(0, 4, "FIGURE"), (16, 26, "ORG"), (30, 34, "LOC")]
    assert [e["label"] for e in to_displacy(FIGURED, figures=False)["ents"]] == ["ORG", "LOC"]
    html = render_displacy(analysis("<script>alert(1)</script> à Metz", ("Metz", "LOC")))
    assert "<script>" not in html
    assert "Metz" in html
    assert html.count("<mark") == 1


WIDE = analysis(
    "🔴 DIRECT 🇫🇷 Arvel : Lucie Hamel élue 🎉 à Metz", ("Arvel", "LOC"), ("Lucie Hamel", "PER"), ("Metz", "LOC")
)


def browser(text, start, end):
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_offsets_count_as_browsers_do():
    wanted = [mention.text for mention in WIDE.mentions]
    (task,) = json.loads(to_label_studio(WIDE))
    values = [region["value"] for region in task["predictions"][0]["result"]]
    assert [browser(WIDE.article.text, value["start"], value["end"]) for value in values] == wanted
    labels = json.loads(to_doccano(WIDE))["label"]
    assert [browser(WIDE.article.text, start, end) for start, end, _ in labels] == wanted


@pytest.mark.parametrize("units", ["utf-16", "characters"])
def test_either_count_is_read_back(units):
    assert marked(from_label_studio(to_label_studio(WIDE, units=units))) == marked([WIDE])
    written = to_doccano(WIDE, units=units)
    assert marked(from_doccano(written, units=units)) == marked([WIDE])
    assert (json.loads(written)["label"][0][0] == WIDE.mentions[0].start) is (units == "characters")
    with pytest.raises(OptionError, match="units"):
        to_doccano(WIDE, units="octets")


def test_a_mark_that_ends_within_a_character_begins_or_ends_before_it():
    (found,) = from_doccano('{"text": "🎉🎉 Metz", "label": [[1, 3, "ORG"], [5, 9, "LOC"]]}')
    assert marked([found]) == [[(0, 1, "🎉", "ORG"), (3, 7, "Metz", "LOC")]]
