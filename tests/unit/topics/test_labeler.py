"""A newsroom's own labels: scikit-learn's contract, what few texts suffice for, saving, and clear refusals."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils import estimator_checks

from newsnlp import Analysis, Article, TopicLabeler
from newsnlp.errors import ModelFormatError, NewsnlpError, OptionError, SourceError

SPORT = [
    "L'attaquant a inscrit un doublé en finale de la Coupe.",
    "Le sélectionneur a dévoilé sa liste pour le Mondial.",
    "Le cycliste a remporté l'étape au sprint devant le peloton.",
    "La joueuse s'incline en deux sets au premier tour du tournoi.",
]
JUSTICE = [
    "Le tribunal a condamné le prévenu à deux ans de prison.",
    "La cour d'assises jugera l'accusé en mars.",
    "Le procureur a requis une peine avec sursis.",
    "Deux hommes ont été mis en examen pour escroquerie.",
]
TEXTS = SPORT + JUSTICE
LABELS = ["Sports"] * 4 + ["Faits divers"] * 4
SETS = [["Sports"], ["Sports"], ["Sports", "Vélo"], ["Sports"], ["Justice"], ["Justice"], ["Justice"], []]
NEW = ["Le gardien de but a arrêté le penalty.", "L'avocate a plaidé la relaxe devant le juge."]


@pytest.fixture(scope="module")
def fitted():
    return TopicLabeler().fit(TEXTS, LABELS)


def test_a_few_texts_suffice_on_top_of_the_built_in(fitted):
    assert fitted.predict(NEW).tolist() == ["Sports", "Faits divers"]
    assert fitted.classes_.tolist() == ["Faits divers", "Sports"]


def test_probabilities(fitted):
    probabilities = fitted.predict_proba(NEW)
    assert probabilities.shape == (2, 2)
    assert np.allclose(probabilities.sum(axis=1), 1)
    assert (fitted.classes_[probabilities.argmax(axis=1)] == fitted.predict(NEW)).all()
    assert np.allclose(fitted.proba_of("Sports", NEW), probabilities[:, 1])


def test_the_built_in_helps():
    """Words of the new texts were never met in training: only the built-in model can tell."""
    texts = ["Le voilier a franchi la ligne.", "Son recours devant la juridiction est rejeté."]
    without = TopicLabeler(base=None).fit(TEXTS, LABELS).predict_proba(texts)
    with_it = TopicLabeler().fit(TEXTS, LABELS).predict_proba(NEW)
    assert with_it.max(axis=1).min() > without.max(axis=1).min()


def test_the_built_in_weighs_nothing_where_labels_are_none_of_its_own():
    """Labels that only the writing tells, not the subject: the built-in scores are noise."""
    subjects = ["le stade", "la cour", "l'hôpital", "l'école", "la mairie", "le musée", "l'usine", "la ferme"]
    texts = [f"Reportage hier à {place} : on y était." for place in subjects]
    texts += [f"Selon nos informations, {place} fermera." for place in subjects]
    labeler = TopicLabeler().fit(texts, ["lieu"] * 8 + ["annonce"] * 8)
    assert labeler.base_weight_ <= 0.1
    assert TopicLabeler().fit(TEXTS, LABELS).base_weight_ >= 0.1


def test_evaluation(fitted):
    found = fitted.evaluate([*NEW, NEW[0]], ["Sports", "Faits divers", "Faits divers"])
    assert found.accuracy == pytest.approx(2 / 3)
    assert found.table.loc["Sports"].tolist() == [1, 0.5, 1.0, 0.667]
    assert found.confusion.loc["Faits divers", "Sports"] == 1
    assert found.confusion.to_numpy().sum() == 3
    assert "accuracy 0.667" in str(found)
    with pytest.raises(OptionError, match="did you mean 'Sports'"):
        fitted.evaluate(NEW[:1], ["Sport"])
    with pytest.raises(SourceError, match="one label a text"):
        fitted.evaluate(NEW, [["Sports"], []])


def test_evaluation_of_several_labels():
    found = TopicLabeler().fit(TEXTS, SETS).evaluate(NEW, [["Sports", "Vélo"], ["Justice"]])
    assert found.table.loc["Vélo", "recall"] == 0.0
    assert found.confusion.loc["Vélo", ""] == 1


def test_the_confusion_table_is_plotted(fitted):
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    axes = fitted.evaluate(NEW, ["Sports", "Faits divers"]).plot()
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Faits divers", "Sports"]
    plt.close(axes.figure)


def test_labels_that_are_paths():
    labels = ["Sport/Foot", "Sport/Foot", "Sport/Vélo", "Sport/Tennis", *["Justice"] * 4]
    path = TopicLabeler().fit(TEXTS, labels).predict_paths(NEW)[0]
    assert next(name for name, _ in path) == "Sport"
    assert path[1][0].startswith("Sport/")
    assert path[0][1] >= path[1][1]


def test_labels_are_suggested_for_a_corpus_without():
    found = TopicLabeler.suggest_labels(TEXTS, n=2)
    assert len(set(found.labels[:4])) == len(set(found.labels[4:])) == 1
    assert len(found.names) == 2
    assert sum(found.names.values()) == 8
    assert found.labels == TopicLabeler.suggest_labels(TEXTS, n=2).labels
    TopicLabeler().fit(TEXTS, found.labels)
    assert len(TopicLabeler.suggest_labels(["x"] * 4, n=8).names) == 1
    with pytest.raises(SourceError, match="two texts"):
        TopicLabeler.suggest_labels(["x"])


@pytest.mark.parametrize(
    "texts",
    [
        pd.Series(TEXTS),
        np.array(TEXTS),
        np.array(TEXTS, dtype=object).reshape(-1, 1),
        pd.DataFrame({"text": TEXTS, "source": "x"}),
        [Article(text=text) for text in TEXTS],
        [Analysis(article=Article(text=text)) for text in TEXTS],
    ],
    ids=["series", "array", "column", "frame", "articles", "analyses"],
)
def test_forms_of_texts(texts, fitted):
    assert np.allclose(TopicLabeler().fit(texts, pd.Series(LABELS)).predict_proba(NEW), fitted.predict_proba(NEW))


def test_titles_of_a_frame_are_read():
    frame = pd.DataFrame({"title": TEXTS, "text": ["La suite demain."] * 8})
    labeler = TopicLabeler().fit(frame, LABELS)
    assert labeler.predict(pd.DataFrame({"title": NEW, "text": ["La suite demain."] * 2})).tolist() == [
        "Sports",
        "Faits divers",
    ]


def test_several_labels():
    labeler = TopicLabeler().fit(TEXTS, SETS)
    assert labeler.multi_
    assert labeler.classes_.tolist() == ["Justice", "Sports", "Vélo"]
    assert labeler.predict(NEW).shape == (2, 3)
    assert [label for label, _ in labeler.predict_labels(NEW)[0]] == ["Sports"]
    matrix = pd.DataFrame(labeler.predict(TEXTS), columns=labeler.classes_)
    assert np.allclose(TopicLabeler().fit(TEXTS, matrix).predict_proba(NEW).shape, (2, 3))


def test_missing_text_is_an_empty_one(fitted):
    assert fitted.predict_proba([None, float("nan"), ""]).shape == (3, 2)


def test_partial_fit_equals_fit_on_all():
    parts = TopicLabeler().partial_fit(TEXTS[::2], LABELS[::2], classes=["Sports", "Faits divers"])
    parts.partial_fit(TEXTS[1::2], LABELS[1::2])
    order = [*range(0, 8, 2), *range(1, 8, 2)]
    whole = TopicLabeler().fit([TEXTS[i] for i in order], [LABELS[i] for i in order])
    assert np.allclose(parts.predict_proba(NEW), whole.predict_proba(NEW), atol=1e-6)


def test_a_class_without_texts_yet_is_improbable():
    labeler = TopicLabeler().partial_fit(TEXTS, LABELS, classes=["Culture", "Faits divers", "Sports"])
    assert labeler.predict_proba(NEW)[:, 0].max() < 0.01
    only = TopicLabeler().partial_fit(SPORT, ["Sports"] * 4, classes=["Culture", "Sports"])
    assert set(only.predict(NEW)) == {"Sports"}


def test_topics_of_an_article(fitted):
    text = "Le procureur a requis deux ans de prison contre l'accusé."
    (topic,) = fitted.label_topics(text)
    assert (topic.code, topic.name, topic.level) == ("Faits divers", "Faits divers", 1)
    assert topic.evidence
    assert [text[start:end] for start, end in topic.evidence_spans] == list(topic.evidence)
    assert fitted.label_topics("") == []


def test_saved_and_loaded(tmp_path, fitted):
    fitted.save(tmp_path / "model")
    loaded = TopicLabeler.load(tmp_path / "model")
    assert np.allclose(loaded.predict_proba(NEW), fitted.predict_proba(NEW))
    assert loaded.get_params() == fitted.get_params()
    more = loaded.partial_fit(["Un essai transformé en fin de match."], ["Sports"])
    assert more.predict(NEW).tolist() == ["Sports", "Faits divers"]
    assert {path.suffix for path in (tmp_path / "model").iterdir()} == {".json", ".npz"}


def test_saved_without_examples(tmp_path, fitted):
    fitted.save(tmp_path / "m", keep_examples=False)
    loaded = TopicLabeler.load(tmp_path / "m")
    assert loaded.predict(NEW).tolist() == ["Sports", "Faits divers"]
    assert "condamné" not in (tmp_path / "m" / "labeler.json").read_text(encoding="utf-8").split('"examples"')[1]
    with pytest.raises(SourceError, match="without its examples"):
        loaded.partial_fit(NEW, ["Sports", "Faits divers"])


def change(folder, **values):
    path = folder / "labeler.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | values), encoding="utf-8")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"version": 99}, "version 99 of the format, from a newer newsnlp; accepted: up to 3"),
        ({"builtin": "0123456789ab"}, "built on topic model '0123456789ab'"),
        ({"format": "other"}, "no topic labeller"),
        ({"parameters": {"base": "builtin", "depth": 3}}, "are not those of this version"),
    ],
)
def test_a_model_of_another_version_is_refused(tmp_path, fitted, values, message):
    fitted.save(tmp_path)
    change(tmp_path, **values)
    with pytest.raises(ModelFormatError, match=message):
        TopicLabeler.load(tmp_path)


def test_a_missing_or_damaged_model_is_refused(tmp_path, fitted):
    with pytest.raises(ModelFormatError, match="holds no topic labeller"):
        TopicLabeler.load(tmp_path / "nowhere")
    fitted.save(tmp_path)
    (tmp_path / "labeler.npz").write_bytes(b"not an archive")
    with pytest.raises(ModelFormatError, match="damaged"):
        TopicLabeler.load(tmp_path)


def test_an_unknown_label_is_refused(tmp_path, fitted):
    fitted.save(tmp_path)
    loaded = TopicLabeler.load(tmp_path)
    with pytest.raises(OptionError, match=r"'Sport' is not known.*did you mean 'Sports'"):
        loaded.partial_fit(["Un but."], ["Sport"])
    with pytest.raises(OptionError, match="did you mean 'Sports'"):
        loaded.proba_of("Sport", NEW)


@pytest.mark.parametrize(
    ("texts", "labels", "message"),
    [
        ("un seul texte", ["a"], "not one str"),
        (TEXTS, LABELS[:3], "8 texts but 3 labels"),
        (TEXTS, ["Sports"] * 8, "at least two classes"),
        (TEXTS, [*LABELS[:7], None], "label 7 is missing"),
        (TEXTS, [*SETS[:7], "Justice"], "mix collections"),
        ([1, 2], ["a", "b"], "must be a str, not int"),
        (pd.DataFrame({"corps": TEXTS}), LABELS, "column 'text'"),
        (np.zeros((2, 3)), ["a", "b"], "one column"),
        (TEXTS, None, "y is None"),
    ],
)
def test_bad_training_data_is_refused(texts, labels, message):
    with pytest.raises(SourceError, match=message):
        TopicLabeler().fit(texts, labels)


@pytest.mark.parametrize("parameters", [{"base": "wikinews"}, {"C": 0}, {"threshold": 2}])
def test_bad_parameters_are_refused_when_fitting(parameters):
    labeler = TopicLabeler(**parameters)
    with pytest.raises(OptionError):
        labeler.fit(TEXTS, LABELS)


def test_unfitted():
    with pytest.raises(NotFittedError):
        TopicLabeler().predict(NEW)
    with pytest.raises(NotFittedError):
        TopicLabeler().save("nowhere")


def test_labels_that_json_cannot_hold(tmp_path):
    labeler = TopicLabeler().fit(TEXTS, np.array([np.datetime64("2026-01-01")] * 4 + [np.datetime64("2026-01-02")] * 4))
    with pytest.raises(NewsnlpError, match="cannot be saved"):
        labeler.save(tmp_path)


def test_number_labels_stay_numbers(tmp_path):
    labeler = TopicLabeler().fit(TEXTS, [15] * 4 + [2] * 4)
    labeler.save(tmp_path)
    assert TopicLabeler.load(tmp_path).predict(NEW).tolist() == [15, 2]


def test_in_scikit_learn_tools():
    assert len(cross_val_predict(TopicLabeler(base=None), TEXTS, LABELS, cv=2)) == 8
    assert clone(TopicLabeler(C=2.0)).C == 2.0
    pipeline = make_pipeline(FunctionTransformer(), TopicLabeler())
    assert pipeline.fit(TEXTS, LABELS).score(NEW, ["Sports", "Faits divers"]) == 1.0


# Of scikit-learn's checks those that feed no numbers: a text classifier takes texts.
CHECKS = [
    "check_no_attributes_set_in_init",
    "check_parameters_default_constructible",
    "check_get_params_invariance",
    "check_set_params",
    "check_estimator_repr",
    "check_estimator_cloneable",
    "check_estimator_tags_renamed",
    "check_valid_tag_types",
    "check_mixin_order",
]


@pytest.mark.parametrize("name", CHECKS)
def test_common_checks_of_scikit_learn(name):
    getattr(estimator_checks, name)("TopicLabeler", TopicLabeler())


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.SkipTestWarning")
def test_check_estimator_itself():
    # Of an estimator of texts scikit-learn checks the interface, and says that it skips the rest.
    results = estimator_checks.check_estimator(TopicLabeler(), on_fail=None, on_skip=None)
    assert [result["check_name"] for result in results if result["status"] == "passed"]
    assert not [result["check_name"] for result in results if result["status"] == "failed"]
