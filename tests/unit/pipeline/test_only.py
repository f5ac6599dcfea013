"""What is left out is not looked for, and said to be so wherever it would be taken for none."""

from __future__ import annotations

from itertools import combinations

import pytest

from newsnlp import TopicLabeler, analyze_corpus, casualties, load, read_tables, to_frames
from newsnlp.errors import OptionError
from newsnlp.extractors import EXTRACTORS, GIVEN, NAMES
from newsnlp.records import Analysis
from newsnlp.render.terminal import print_analysis

TEXT = "Cinq soldats américains ont été blessés en Irak, a annoncé le Pentagone. Le tribunal de Metz a condamné un voleur mardi."
SOME = [names for size in (1, 2, 3) for names in combinations(NAMES, size)]


@pytest.fixture(scope="module")
def whole():
    return load()(TEXT)


@pytest.mark.model
@pytest.mark.parametrize("only", SOME, ids="+".join)
def test_only_what_is_asked_for_is_there(only, whole):
    analysis = load(only=only)(TEXT)
    asked = {name for extractor in EXTRACTORS if extractor.name in only for name in extractor.gives}
    for name in GIVEN:
        assert bool(getattr(analysis, name)) == (name in asked)
    assert analysis.meta.get("not_analysed", []) == [name for name in GIVEN if name not in asked]
    # What an extractor uses is all that can change its records.
    for extractor in EXTRACTORS:
        if extractor.name in only and set(extractor.uses) <= asked:
            assert all(getattr(analysis, name) == getattr(whole, name) for name in extractor.gives)


def test_each_uses_what_comes_before_it():
    known = set()
    for extractor in EXTRACTORS:
        assert set(extractor.uses) <= known
        known |= set(extractor.gives)
    assert sum(extractor.share for extractor in EXTRACTORS) < 1


@pytest.mark.model
def test_left_out_is_not_none_found(capsys):
    analysis = load(only=["figures"])(TEXT)
    row = to_frames(analysis)["articles"].iloc[0]
    assert row["figures"] == 1
    assert row[["mentions", "entities"]].isna().all()
    print_analysis(analysis)
    told = capsys.readouterr().out
    assert "# Entités : analyse non demandée\n" in told
    assert "# Chiffres (1)\n" in told
    assert "# Dates : analyse non demandée" in told
    assert "# Thèmes : analyse non demandée" in told
    assert Analysis.from_dict(analysis.to_dict()).meta["not_analysed"] == [
        "mentions",
        "entities",
        "dates",
        "quotes",
        "events",
        "topics",
    ]


@pytest.mark.model
def test_processes_and_corpora_leave_out_the_same(tmp_path):
    nlp = load(only="figures")
    assert list(nlp.pipe([TEXT, "Deux morts."], n_process=2)) == [nlp(TEXT), nlp("Deux morts.")]
    analyze_corpus([TEXT], tmp_path, only=("figures",), progress=False)
    frames = read_tables(tmp_path)
    assert len(frames["figures"]) == 1
    assert frames["articles"]["entities"].isna().all()
    assert frames["entities"].empty


@pytest.mark.parametrize("only", ["names", [], ("figures", "days"), 7, [7], {"figures": 1, "x": 2}])
def test_unknown_names_are_refused(only):
    with pytest.raises(OptionError, match=r"^only="):
        load(only=only)


def test_a_labeller_that_would_not_be_used_is_refused():
    with pytest.raises(OptionError, match="leaves topics out"):
        load(only="figures", topics=TopicLabeler())


@pytest.mark.model
def test_no_casualties_where_figures_were_left_out_are_told():
    analyses = [load(only="topics")("Trois morts à Gao."), load()("Deux morts à Gao.")]
    with pytest.warns(UserWarning, match="not analysed in 1 of 2 articles"):
        assert len(casualties(analyses)) == 1
    with pytest.warns(UserWarning, match="not analysed in 1 of 2 articles"):
        assert len(casualties(to_frames(analyses))) == 1
