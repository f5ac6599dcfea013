"""An index on disk: whole or not at all, of this version, never pickled."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from pathlib import Path

import numpy as np
import pytest

from newsnlp import Article, RelatedIndex
from newsnlp.errors import IndexFormatError, NewsnlpError, SourceError
from newsnlp.related import RankingWeights


def generation(folder):
    (found,) = folder.glob("generation-*")
    return found


def answers(index, corpus):
    return [index.suggest(article.id, k=10) for article in corpus]


def test_what_is_loaded_answers_alike(index, corpus, tmp_path):
    before = answers(index, corpus)
    index.save(tmp_path / "related")
    loaded = RelatedIndex.load(tmp_path / "related")
    assert answers(loaded, corpus) == before == answers(index, corpus)
    assert loaded.ids == index.ids


def test_weights_are_kept(corpus, tmp_path):
    index = RelatedIndex(weights=RankingWeights(decay=0.0, names=0.4))
    index.add(corpus[:5])
    index.save(tmp_path)
    assert RelatedIndex.load(tmp_path).weights == RankingWeights(decay=0.0, names=0.4)


def test_a_loaded_index_goes_on(index, corpus, tmp_path):
    index.remove([article.id for article in corpus[10:20]])
    index.save(tmp_path)
    loaded = RelatedIndex.load(tmp_path)
    loaded.add(corpus[10:20])
    loaded.remove(corpus[0].id)
    loaded.save(tmp_path)
    again = RelatedIndex.load(tmp_path)
    assert len(again) == len(corpus) - 1
    fresh = RelatedIndex()
    fresh.add(corpus[1:])
    for article in corpus[1:]:
        one, other = again.suggest(article.id, k=10), fresh.suggest(article.id, k=10)
        assert [(s.id, s.kind, s.others) for s in one] == [(s.id, s.kind, s.others) for s in other]
        assert [s.score for s in one] == pytest.approx([s.score for s in other], abs=2e-6)


def test_big_arrays_are_mapped(tmp_path):
    index = RelatedIndex()
    index.add(Article(id=str(n), text=" ".join(f"mot{n * m % 977}" for m in range(100))) for n in range(200))
    index.save(tmp_path)
    loaded = RelatedIndex.load(tmp_path)
    values = loaded._columns.texts.terms.values
    while not isinstance(values, np.memmap) and values.base is not None:
        values = values.base
    assert isinstance(values, np.memmap) or type(values).__name__ == "mmap"
    # What is mapped cannot be changed, and a change makes a copy.
    loaded.add(Article(id="new", text="mot1 mot2"))
    loaded.remove("0")
    assert len(RelatedIndex.load(tmp_path)) == 200


def test_an_empty_index_is_saved_too(tmp_path):
    RelatedIndex().save(tmp_path)
    loaded = RelatedIndex.load(tmp_path)
    assert len(loaded) == 0
    loaded.add("Un texte sur le séisme.")
    assert len(loaded) == 1


def test_no_pickle_is_written(index, tmp_path):
    index.save(tmp_path)
    names = {path.suffix for path in generation(tmp_path).iterdir()}
    assert names == {".json", ".npy"}
    for path in generation(tmp_path).glob("*.npy"):
        assert np.load(path, allow_pickle=False).dtype != object


@pytest.mark.parametrize("name", ["nothing", "file"])
def test_a_folder_that_is_no_index(tmp_path, name):
    (tmp_path / "file").write_text("x")
    with pytest.raises(IndexFormatError, match="no index of related articles"):
        RelatedIndex.load(tmp_path / name)


def test_an_empty_folder_is_no_index(tmp_path):
    with pytest.raises(IndexFormatError, match="Hint"):
        RelatedIndex.load(tmp_path)


def test_another_version(index, tmp_path):
    index.save(tmp_path)
    path = generation(tmp_path) / "format.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": 1}))
    with pytest.raises(IndexFormatError, match="version 1 of the format; accepted: from 2"):
        RelatedIndex.load(tmp_path)


def test_an_index_of_version_2_is_read(index, corpus, tmp_path):
    before = answers(index, corpus[:5])
    index.save(tmp_path)
    folder = generation(tmp_path)
    # As newsnlp wrote it before articles had sections.
    (folder / "sections.npy").unlink()
    words = json.loads((folder / "words.json").read_text())
    old = words["labels"][0]
    new = [label for label in old if label != "section:"]
    words["labels"][:2] = [new, new]
    (folder / "words.json").write_text(json.dumps(words))
    sources = np.load(folder / "sources.npy")
    np.save(folder / "sources.npy", np.array([new.index(old[number]) for number in sources], dtype=np.int32))
    path = folder / "format.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": 2}))
    loaded = RelatedIndex.load(tmp_path)
    assert answers(loaded, corpus[:5]) == before
    assert loaded["seisme-1"].section is None
    loaded.save(tmp_path)
    assert json.loads((generation(tmp_path) / "format.json").read_text())["version"] == 3
    assert answers(RelatedIndex.load(tmp_path), corpus[:5]) == before


def test_a_pickled_array_is_refused(index, tmp_path):
    index.save(tmp_path)
    # Unpickling this would write a file.
    told = tmp_path.parent / "told"

    class Payload:
        def __reduce__(self):
            return Path.write_text, (told, "x")

    np.save(generation(tmp_path) / "days.npy", np.array([Payload()], dtype=object), allow_pickle=True)
    with pytest.raises(IndexFormatError, match="damaged"):
        RelatedIndex.load(tmp_path)
    assert not told.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("words.json", b"{"),
        ("words.json", b"{}"),
        ("words.json", b'{"texts": 1, "names": 2, "pieces": 3, "labels": 4}'),
        ("meta.json", b"[[1]]"),
        ("meta.json", b"[]"),
        ("format.json", b"[]"),
        ("format.json", b"\xff\xfe"),
        ("days.npy", b""),
        ("texts_terms.npy", b"x" * 5000),
        ("texts_terms_offsets.npy", None),
    ],
)
def test_damage_is_told(index, tmp_path, name, content):
    index.save(tmp_path)
    path = generation(tmp_path) / name
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    with pytest.raises(IndexFormatError):
        RelatedIndex.load(tmp_path)


@pytest.mark.parametrize(
    "array", ["texts_terms", "names_terms", "pieces_terms", "topics", "texts_counts_offsets", "sources"]
)
def test_numbers_out_of_range_are_damage(index, record, tmp_path, array):
    index.add(record("long", "Un texte.", names=["Lyon"], topics=["medtop:03000000"]))
    index.add("Un texte.")
    index.save(tmp_path)
    path = generation(tmp_path) / f"{array}.npy"
    values = np.load(path)
    assert len(values)
    np.save(path, values + values.dtype.type(2**30))
    with pytest.raises(IndexFormatError):
        RelatedIndex.load(tmp_path)


def test_a_pointer_never_leads_outside(index, tmp_path):
    index.save(tmp_path / "one")
    index.save(tmp_path / "two")
    (tmp_path / "two" / "CURRENT").write_text(f"../one/{generation(tmp_path / 'one').name}\n")
    with pytest.raises(IndexFormatError):
        RelatedIndex.load(tmp_path / "two")


def test_a_folder_with_other_files_is_not_taken(index, tmp_path):
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(IndexFormatError, match=r"thesis\.doc"):
        index.save(tmp_path)
    assert (tmp_path / "thesis.doc").read_text() == "years of work"


def test_a_file_where_the_folder_should_be(index, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(NewsnlpError):
        index.save(tmp_path / "file")


def test_a_failed_save_leaves_the_old_index(index, corpus, tmp_path, monkeypatch):
    index.save(tmp_path)
    index.add(Article(id="new", text="Un texte de plus."))

    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "save", full)
    with pytest.raises(SourceError, match="No space left"):
        index.save(tmp_path)
    monkeypatch.undo()
    assert len(RelatedIndex.load(tmp_path)) == len(corpus)
    index.save(tmp_path)
    assert len(RelatedIndex.load(tmp_path)) == len(corpus) + 1
    assert len(list(tmp_path.glob("generation-*"))) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_during_save_it_loads_the_old_or_the_new(corpus, tmp_path):
    old, new = RelatedIndex(), RelatedIndex()
    old.add(corpus[:40])
    new.add(corpus)
    start = time.perf_counter()
    old.save(tmp_path)
    one_save = time.perf_counter() - start
    rng = random.Random(11)
    kills = unfinished = 0
    # Twenty times, and on until some kills did fall into the middle of a save, which a busy machine may put off.
    while kills < 20 or (unfinished < 3 and kills < 200):
        child = os.fork()
        if child == 0:
            while True:
                new.save(tmp_path)
                old.save(tmp_path)
        time.sleep(rng.uniform(0.2, 3) * one_save)
        os.kill(child, signal.SIGKILL)
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
        kills += 1
        loaded = RelatedIndex.load(tmp_path)
        assert loaded.ids in (old.ids, new.ids)
        same = old if len(loaded) == 40 else new
        assert answers(loaded, corpus[:5]) == answers(same, corpus[:5])
        unfinished += len(list(tmp_path.glob("generation-*"))) > 1
    assert unfinished >= 3
    new.save(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_few_removed_articles_are_written_unseen(tmp_path):
    index = RelatedIndex()
    index.add(Article(id=str(n), text=f"Le bac numéro {n} traverse la rade, quai {n % 9}.") for n in range(300))
    index.remove("7")
    index.add(Article(id="8", text="Le bac numéro 8 reste à quai."))
    index.save(tmp_path)
    loaded = RelatedIndex.load(tmp_path)
    assert len(loaded) == len(index) == 299
    assert "7" not in loaded
    assert loaded.ids == index.ids
    for query in ("8", "9", "Le bac traverse la rade."):
        assert loaded.suggest(query, k=20) == index.suggest(query, k=20)
        assert "7" not in {found.id for found in loaded.suggest(query, k=299, fold=False)}
