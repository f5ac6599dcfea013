"""A saved index or labeller of which any byte may be another: it works, or one typed error of one line says why not."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import warnings
import zipfile
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from newsnlp import Article, RelatedIndex, TopicLabeler, read_tables, write_tables
from newsnlp.errors import IndexFormatError, ModelFormatError, NewsnlpError, OptionError, SourceError
from newsnlp.related import RankingWeights
from newsnlp.safety.saved_files import one_writer
from newsnlp.samples import sample_corpus
from newsnlp.topics.training import store as labeler_store

CORPUS = sample_corpus()[:12]
TEXTS = [article.text[:120] for article in CORPUS]
LABELS = ["Sports" if number % 2 else "Justice" for number in range(len(CORPUS))]
NEW = ["Le gardien a arrêté le penalty.", "L'avocate a plaidé la relaxe."]


@pytest.fixture(scope="module")
def labelers(tmp_path_factory):
    """Return the folders of four labellers: stacked or not, one label or several; one as version 1 wrote it."""
    root = tmp_path_factory.mktemp("labelers")
    TopicLabeler().fit(TEXTS, LABELS).save(root / "stacked")
    TopicLabeler(base=None).fit(TEXTS, LABELS).save(root / "plain")
    TopicLabeler(base=None).fit(TEXTS, [[label] for label in LABELS]).save(root / "several", keep_examples=False)
    shutil.copytree(root / "plain", root / "first")
    as_version_1(root / "first")
    return root


@pytest.fixture(scope="module")
def index_folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("index") / "saved"
    RelatedIndex().fit(records()).save(root)
    return root


def records():
    from newsnlp.records import Analysis, Entity, Figure, Label, Topic

    for article in CORPUS:
        yield Analysis(
            article=article,
            body_spans=((0, len(article.text)),),
            entities=(Entity(id="e1", name="Lyon", label=Label.LOC, mention_count=2),),
            topics=(Topic(code="medtop:03000000", name="x", level=1, score=0.9),),
            figures=(Figure(start=0, end=1, text="1", value=3, event="killed"),),
        )
    yield from ("Séisme à Lyon.", "SÉISME à Lyon, Lyon tremble.")


def as_version_1(folder):
    path = folder / "labeler.json"
    held = json.loads(path.read_text(encoding="utf-8"))
    del held["arrays"], held["base_weight"]
    path.write_text(json.dumps(held | {"version": 1}), encoding="utf-8")


def use_labeler(folder):
    labeler = TopicLabeler.load(folder)
    labeler.predict(NEW)
    labeler.predict_labels(NEW)
    assert np.isfinite(labeler.predict_proba(NEW)).all()
    labeler.label_topics(NEW[0])


def use_index(folder):
    index = RelatedIndex.load(folder)
    for article_id in index.ids[:4]:
        index.suggest(article_id, fold=True, diversity=True)
    index.suggest(CORPUS[0], k=20)
    index.kneighbors(n_neighbors=2)
    list(index.to_bulk())
    index.add(CORPUS[1])
    index.suggest(CORPUS[1].id)


def outcome(use, folder, error):
    """Return None where it works, the message where it is refused; anything else goes through."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            use(folder)
    except error as refused:
        told = str(refused)
        assert "\n" not in told
        assert len(told) < 1000
        return told
    return None


def refused(use, folder, error):
    told = outcome(use, folder, error)
    assert told, "accepted"
    return told


def generation(folder):
    (found,) = folder.glob("generation-*")
    return found


# Every key of the JSON, of every wrong type.

ODD = [None, True, 7, -1, 1.5, "x", [], {}, [None], {"a": None}, [[1, 2]], "\ud800", 10**4000, [10**400], ["a", "a"]]


@pytest.mark.parametrize("kind", ["stacked", "several", "first"])
def test_every_key_of_a_labeller(labelers, tmp_path, kind):
    good = json.loads((labelers / kind / "labeler.json").read_text(encoding="utf-8"))
    shutil.copytree(labelers / kind, tmp_path / "m")
    path = tmp_path / "m" / "labeler.json"
    for key in good:
        path.write_text(json.dumps({k: v for k, v in good.items() if k != key}), encoding="utf-8")
        refused(use_labeler, tmp_path / "m", ModelFormatError)
        for value in ODD:
            path.write_text(json.dumps(good | {key: value}), encoding="utf-8")
            told = outcome(use_labeler, tmp_path / "m", ModelFormatError)
            fine = (key, value) == ("multi", True) or (value == good[key] and value is not True)
            assert (told is None) == fine, (key, value, told)
    for key in good["parameters"]:
        for value in ODD:
            path.write_text(json.dumps(good | {"parameters": good["parameters"] | {key: value}}), encoding="utf-8")
            outcome(use_labeler, tmp_path / "m", ModelFormatError)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 100_000, "9" * 5000, "NaN", "", "\x00", '"\\ud800"', "[1e999]"]
)
def test_json_that_is_none(labelers, index_folder, tmp_path, text):
    shutil.copytree(labelers / "plain", tmp_path / "m")
    (tmp_path / "m" / "labeler.json").write_text(text, encoding="utf-8")
    refused(use_labeler, tmp_path / "m", ModelFormatError)
    for name in ("words.json", "meta.json", "format.json"):
        shutil.copytree(index_folder, tmp_path / name)
        (generation(tmp_path / name) / name).write_text(text, encoding="utf-8")
        refused(use_index, tmp_path / name, IndexFormatError)


def test_every_part_of_an_index_json(index_folder, tmp_path):
    shutil.copytree(index_folder, tmp_path / "i")
    for name in ("words.json", "meta.json", "format.json"):
        path = generation(tmp_path / "i") / name
        good = path.read_text(encoding="utf-8")
        for place in places_in(json.loads(good)):
            for value in ODD:
                held = json.loads(good)
                replace_at(held, place, value)
                path.write_text(json.dumps(held), encoding="utf-8")
                outcome(use_index if len(place) < 2 else RelatedIndex.load, tmp_path / "i", IndexFormatError)
        path.write_text(good, encoding="utf-8")
    assert outcome(use_index, tmp_path / "i", IndexFormatError) is None


def places_in(value, depth=0):
    """Yield the paths of a few values of each level."""
    keys = list(value) if isinstance(value, dict) else range(min(2, len(value))) if isinstance(value, list) else ()
    for key in keys:
        yield (key,)
        if depth < 4:
            yield from ((key, *rest) for rest in places_in(value[key], depth + 1))


def replace_at(held, place, value):
    for key in place[:-1]:
        held = held[key]
    held[place[-1]] = value


# Arrays: other values, dtypes, shapes; archives that are none.


def packed(folder, change, *, digest=True):
    """Replace the arrays of a labeller; with `digest`, the JSON names them as its own."""
    with np.load(folder / "labeler.npz") as held:
        found = change(dict(held))
    data = io.BytesIO()
    np.savez_compressed(data, **found)
    put(folder, data.getvalue(), digest=digest)


def put(folder, data, *, digest=True):
    (folder / "labeler.npz").write_bytes(data)
    path = folder / "labeler.json"
    held = json.loads(path.read_text(encoding="utf-8"))
    if digest and "arrays" in held:
        path.write_text(json.dumps(held | {"arrays": labeler_store._digest(data)}), encoding="utf-8")


def with_first(value):
    def change(array):
        array = array.copy()
        with np.errstate(all="ignore"):
            array.reshape(-1)[0] = np.asarray(value).astype(array.dtype)
        return array

    return change


CHANGES = {
    "nan": with_first(np.nan),
    "inf": with_first(np.inf),
    "huge": with_first(1e300),
    "cut": lambda a: a[:-1],
    "cut columns": lambda a: a[..., :-1],
    "a dimension more": lambda a: a[None],
    "none": lambda a: a[:0],
    "no dimension": lambda _: np.array(1.0),
    "object": lambda a: a.astype(object),
    "strings": lambda a: a.astype(str),
    "complex": lambda a: a.astype(complex),
    "big-endian": lambda a: a.astype(a.dtype.newbyteorder(">")),
    "half": lambda a: a.astype("float16"),
    "integers": lambda a: a.astype("int64"),
    "records": lambda a: np.zeros(a.shape, dtype=[("a", "f8")]),
    "dates": lambda a: np.zeros(a.shape, dtype="M8[s]"),
}


@pytest.mark.parametrize("kind", ["stacked", "first"])
@pytest.mark.parametrize("name", ["idf", "coefficients", "intercepts", "targets", "blocks"])
def test_every_array_of_a_labeller(labelers, tmp_path, kind, name):
    for told, change in CHANGES.items():
        if name == "targets" and told in ("nan", "inf", "huge", "big-endian"):
            continue  # of truth values there are none
        if kind == "first" and name == "blocks" and told in ("nan", "inf", "huge", "cut columns"):
            continue  # it has none to change
        folder = tmp_path / told
        shutil.copytree(labelers / kind, folder)
        packed(folder, lambda held, change=change: held | {name: change(held[name])})
        assert outcome(use_labeler, folder, ModelFormatError), told


def test_arrays_that_are_not_those_of_the_json(labelers, tmp_path):
    shutil.copytree(labelers / "plain", tmp_path / "m")
    packed(tmp_path / "m", lambda held: held | {"idf": held["idf"] * 2}, digest=False)
    assert "not what was saved with" in refused(use_labeler, tmp_path / "m", ModelFormatError)


def header(dtype, shape):
    held = io.BytesIO()
    np.lib.format.write_array_header_1_0(held, {"descr": dtype, "fortran_order": False, "shape": shape})
    return held.getvalue()


def archive(*members, kind=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(held, "w", kind) as found:
        warnings.simplefilter("ignore")  # names twice
        for name, data in members:
            found.writestr(name, data)
    return held.getvalue()


def test_archives_that_are_bombs_or_tricks(labelers, tmp_path):
    good = archive_members(labelers / "plain" / "labeler.npz")
    size = len(dict(good)["idf.npy"])
    bombs = {
        "header of 10^13 numbers": archive(*good[1:], ("idf.npy", header("<f8", (10**13,)))),
        "header that multiplies to nothing": archive(*good[1:], ("idf.npy", header("<f8", (2**62, 4)))),
        "zeros for a gigabyte": archive(*good[1:], ("idf.npy", header("<f8", (2**24,)) + bytes(2**27))),
        "an array more": archive(*good, ("more.npy", header("<f8", (0,)))),
        "a name twice": archive(*good, good[0]),
        "a path": archive(*good[1:], ("../idf.npy", good[0][1])),
        "an absolute path": archive(*good[1:], ("/idf.npy", good[0][1])),
        "lzma": archive(*good, kind=zipfile.ZIP_LZMA),
        "pickle": archive(*good[1:], ("idf.npy", header("|O", (1,)) + b"cos\nsystem\n(S'true'\ntR.")),
        "no array": archive(*good[1:], ("idf.npy", bytes(size))),
        "nested literal": archive(*good[1:], ("idf.npy", b"\x93NUMPY\x01\x00\xff\xff" + b"(" * 65535)),
        "empty": b"",
        "not one": b"PK\x05\x06" + bytes(18),
    }
    for name, data in bombs.items():
        for kind in ("plain", "first"):
            folder = tmp_path / f"{name} {kind}"
            shutil.copytree(labelers / kind, folder)
            put(folder, data)
            assert outcome(use_labeler, folder, ModelFormatError), name


def test_what_is_too_large_is_not_unpacked(labelers, tmp_path, monkeypatch):
    good = archive_members(labelers / "plain" / "labeler.npz")
    shutil.copytree(labelers / "plain", tmp_path / "m")
    put(tmp_path / "m", archive(("idf.npy", header("<f8", (2**24,)) + bytes(2**27)), *good[1:]))
    opened = []
    unpack = zipfile.ZipFile.open
    monkeypatch.setattr(
        zipfile.ZipFile, "open", lambda held, name, *a, **k: opened.append(name) or unpack(held, name, *a, **k)
    )
    assert "not of its size" in refused(use_labeler, tmp_path / "m", ModelFormatError)
    assert not opened


def archive_members(path):
    with zipfile.ZipFile(path) as held:
        return [(name, held.read(name)) for name in held.namelist()]


def test_every_array_of_an_index(index_folder, tmp_path):
    shutil.copytree(index_folder, tmp_path / "i")
    accepted = set()
    for path in sorted(generation(tmp_path / "i").glob("*.npy")):
        good = path.read_bytes()
        values = np.load(path)
        for told, change in CHANGES.items():
            if told in ("nan", "inf", "huge") and values.dtype.kind != "f":
                continue  # no whole number is any of these
            try:
                with np.errstate(all="ignore"):
                    changed = change(values)
            except (OverflowError, ValueError, IndexError):
                continue  # no such change of whole numbers, or of none
            if changed.dtype == values.dtype and np.array_equal(changed, values):
                continue
            np.save(path, changed, allow_pickle=True)
            if outcome(use_index, tmp_path / "i", IndexFormatError) is None:
                accepted.add((path.stem, told))
        for head in (
            header(values.dtype.str, (10**13,)),
            header("<f8", ()),
            header("|O", (1,)),
            header("<f8", (2**62, 4)),
        ):
            path.write_bytes(head)
            refused(use_index, tmp_path / "i", IndexFormatError)
        for odd in (2**30, 255):
            if len(values) and path.stem != "shingles":
                path.write_bytes(good)
                np.save(path, with_first(np.array(odd).astype(values.dtype))(values))
                outcome(use_index, tmp_path / "i", IndexFormatError)
        path.write_bytes(good)
    # A date that is NaN is none.
    assert accepted == {("days", "nan")}


def test_rows_that_are_no_sorted_sets(index_folder, tmp_path):
    for name in ("texts", "names", "pieces"):
        shutil.copytree(index_folder, tmp_path / name)
        folder = generation(tmp_path / name)
        offsets, values = (np.load(folder / f"{name}_terms{part}.npy").copy() for part in ("_offsets", ""))
        row = int(np.argmax(np.diff(offsets)))
        values[offsets[row] : offsets[row + 1]] = values[offsets[row]]
        if offsets[row + 1] - offsets[row] > 1:
            np.save(folder / f"{name}_terms.npy", values)
            assert "not sorted" in refused(use_index, tmp_path / name, IndexFormatError)


def test_forms_that_no_word_has(index_folder, tmp_path):
    shutil.copytree(index_folder, tmp_path / "i")
    path = generation(tmp_path / "i") / "texts_forms.npy"
    np.save(path, np.load(path) + np.uint8(9))
    assert "forms that it does not know" in refused(use_index, tmp_path / "i", IndexFormatError)


def test_an_id_twice(index_folder, tmp_path):
    shutil.copytree(index_folder, tmp_path / "i")
    path = generation(tmp_path / "i") / "meta.json"
    rows = json.loads(path.read_text())
    rows[1][0] = rows[0][0]
    path.write_text(json.dumps(rows))
    assert "two articles of one id" in refused(use_index, tmp_path / "i", IndexFormatError)


# Files that are none.


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes and links")
@pytest.mark.parametrize("what", ["folder", "link", "link to nothing", "pipe", "nothing"])
def test_files_that_are_none(labelers, index_folder, tmp_path, what):
    outside = tmp_path / "outside"
    shutil.copytree(labelers / "plain", tmp_path / "m")
    shutil.copytree(index_folder, tmp_path / "i")
    files = [tmp_path / "m" / "labeler.json", tmp_path / "m" / "labeler.npz", tmp_path / "i" / "CURRENT"]
    files += [generation(tmp_path / "i") / name for name in ("words.json", "days.npy", "texts_terms.npy")]
    for path in files:
        kept = path.read_bytes()
        outside.write_bytes(kept)
        path.unlink()
        if what == "folder":
            path.mkdir()
        elif what.startswith("link"):
            path.symlink_to(outside if what == "link" else tmp_path / "nowhere")
        elif what == "pipe":
            os.mkfifo(path)
        labeler = path.parent.name == "m"
        refused(
            *(
                (use_labeler, tmp_path / "m", ModelFormatError)
                if labeler
                else (use_index, tmp_path / "i", IndexFormatError)
            )
        )
        shutil.rmtree(path) if what == "folder" else path.unlink(missing_ok=True)
        path.write_bytes(kept)


@pytest.mark.parametrize(
    "told",
    [
        "../other/generation-000001",
        "/etc",
        "generation-1/../..",
        "generation-000001/",
        "..",
        "",
        "generation-000009",
        "generation-00000\u0661",
        "x" * 10_000,
    ],
)
def test_the_pointer_leads_nowhere_else(index_folder, tmp_path, told):
    shutil.copytree(index_folder, tmp_path / "i")
    shutil.copytree(index_folder, tmp_path / "other")
    (tmp_path / "i" / "CURRENT").write_text(told, encoding="utf-8")
    refused(use_index, tmp_path / "i", IndexFormatError)


def test_a_generation_that_is_a_link(index_folder, tmp_path):
    shutil.copytree(index_folder, tmp_path / "i")
    generation(tmp_path / "i").rename(tmp_path / "moved")
    (tmp_path / "i" / "generation-000001").symlink_to(tmp_path / "moved")
    assert "no ordinary folder" in refused(use_index, tmp_path / "i", IndexFormatError)
    # Saving there replaces the link, and leaves alone what it led to.
    RelatedIndex().fit(CORPUS[:2]).save(tmp_path / "i")
    assert len(RelatedIndex.load(tmp_path / "i")) == 2
    assert (tmp_path / "moved" / "format.json").exists()


@pytest.mark.parametrize("path", [None, 5, b"x", "", "a\0b", ["x"]])
def test_paths_that_are_none(path):
    for call in (RelatedIndex().save, RelatedIndex.load, TopicLabeler.load, read_tables, partial(write_tables, [])):
        with pytest.raises(OptionError, match=r"^(path|folder|out)="):
            call(path)


# Versions.


def test_versions(labelers, index_folder, tmp_path):
    shutil.copytree(index_folder, tmp_path / "i")
    shutil.copytree(labelers / "plain", tmp_path / "m")
    for path, use, folder, error in (
        (tmp_path / "m" / "labeler.json", use_labeler, tmp_path / "m", ModelFormatError),
        (generation(tmp_path / "i") / "format.json", use_index, tmp_path / "i", IndexFormatError),
    ):
        good = json.loads(path.read_text(encoding="utf-8"))
        for version, told in (
            (0, "save it again, with this newsnlp"),
            (999, "pip install --upgrade newsnlp"),
            (10**3000, "newer newsnlp"),
        ):
            path.write_text(json.dumps(good | {"version": version}))
            assert told in refused(use, folder, error)
        for version in (None, "2", 2.0, True, [], -1):
            path.write_text(json.dumps(good | {"version": version}))
            assert "is no number" in refused(use, folder, error)


def test_a_labeller_of_version_1_is_read_and_saved_as_today(labelers, tmp_path):
    first = TopicLabeler.load(labelers / "first")
    assert np.array_equal(first.predict_proba(NEW), TopicLabeler.load(labelers / "plain").predict_proba(NEW))
    first.save(tmp_path / "m")
    assert json.loads((tmp_path / "m" / "labeler.json").read_text())["version"] == labeler_store.VERSION
    first.partial_fit(NEW, ["Sports", "Justice"])


# Saves that are cut off, and two at once.


def cut_off_saves(save, monkeypatch):
    """Yield after each of the steps of a save at which the process may die, one after the other."""
    for step in range(1, 40):
        done = []

        def dies(call, step=step, done=done):
            def instead(*args, **options):
                done.append(call)
                if len(done) == step:
                    raise KeyboardInterrupt
                return call(*args, **options)

            return instead

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", dies(os.fsync))
            patch.setattr(Path, "replace", dies(Path.replace))
            try:
                save()
            except KeyboardInterrupt:
                yield step
                continue
        return


def test_a_labeller_saved_halfway(labelers, tmp_path, monkeypatch):
    old = TopicLabeler(base=None).fit(TEXTS, LABELS)
    new = TopicLabeler(base=None).fit(TEXTS[::-1], LABELS)
    answers = [old.predict_proba(NEW).tolist(), new.predict_proba(NEW).tolist()]
    assert answers[0] != answers[1]
    old.save(tmp_path / "m")
    seen = set()
    for _ in cut_off_saves(lambda: new.save(tmp_path / "m"), monkeypatch):
        found = TopicLabeler.load(tmp_path / "m").predict_proba(NEW).tolist()
        assert found in answers
        seen.add(answers.index(found))
        # The next save may be cut off, too: what there is may not be lost.
        for _ in cut_off_saves(lambda: old.save(tmp_path / "m"), monkeypatch):
            assert TopicLabeler.load(tmp_path / "m").predict_proba(NEW).tolist() in answers
    assert seen == {0, 1}
    assert TopicLabeler.load(tmp_path / "m").predict_proba(NEW).tolist() == answers[1]
    assert {path.name for path in (tmp_path / "m").iterdir()} == {"labeler.json", "labeler.npz"}


def test_an_index_saved_halfway(tmp_path, monkeypatch):
    old, new = RelatedIndex().fit(CORPUS[:3]), RelatedIndex().fit(CORPUS[:5])
    old.save(tmp_path / "i")
    sizes = set()
    for _ in cut_off_saves(lambda: new.save(tmp_path / "i"), monkeypatch):
        sizes.add(len(RelatedIndex.load(tmp_path / "i")))
        old.save(tmp_path / "i")
    assert sizes == {3, 5}
    assert len(RelatedIndex.load(tmp_path / "i")) == 5
    assert len(list((tmp_path / "i").iterdir())) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps writers apart by no such lock")
def test_two_writers_at_once(labelers, index_folder, tmp_path):
    shutil.copytree(labelers / "plain", tmp_path / "m")
    shutil.copytree(index_folder, tmp_path / "i")
    labeler, index = TopicLabeler.load(tmp_path / "m"), RelatedIndex.load(tmp_path / "i")
    with one_writer(tmp_path / "m"), one_writer(tmp_path / "i"):
        for save in (labeler.save, index.save):
            with pytest.raises(SourceError, match="another process is saving"):
                save(tmp_path / ("m" if save == labeler.save else "i"))
        use_labeler(tmp_path / "m")
        use_index(tmp_path / "i")
    labeler.save(tmp_path / "m")
    index.save(tmp_path / "i")


def test_a_labeller_that_cannot_be_written(labelers, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(SourceError, match="cannot write the labeller"):
        TopicLabeler.load(labelers / "plain").save(tmp_path / "file")


# Bytes changed at random places.


def damaged(data, rng):
    place = rng.randrange(len(data) + 1)
    kind = rng.randrange(6)
    if kind == 0:
        return data[:place]
    if kind == 1:
        return data[:place] + bytes([rng.randrange(256)]) + data[place + 1 :]
    if kind == 2:
        return data[:place] + data[place + rng.randrange(1, 40) :]
    if kind == 3:
        return data[:place] + rng.randbytes(rng.randrange(1, 12)) + data[place:]
    if kind == 4 and place < len(data):
        return data[:place] + bytes([data[place] ^ 1 << rng.randrange(8)]) + data[place + 1 :]
    other = rng.randrange(len(data) + 1)
    length = rng.randrange(1, 64)
    return data[:place] + data[other : other + length] + data[place + length :]


def fuzz(use, folder, files, error, times):
    rng = random.Random(len(files))
    kept = {path: path.read_bytes() for path in files}
    refusals = 0
    for number in range(times):
        path = files[number % len(files)]
        path.write_bytes(damaged(kept[path], rng))
        refusals += outcome(use, folder, error) is not None
        path.write_bytes(kept[path])
    assert outcome(use, folder, error) is None
    assert times / 5 < refusals


def fuzz_all(labelers, index_folder, tmp_path, times):
    for kind in ("several", "first"):
        shutil.copytree(labelers / kind, tmp_path / kind)
        files = sorted((tmp_path / kind).iterdir())
        fuzz(use_labeler, tmp_path / kind, files, ModelFormatError, times)
    shutil.copytree(index_folder, tmp_path / "i")
    files = [tmp_path / "i" / "CURRENT", *sorted(generation(tmp_path / "i").iterdir())]
    fuzz(use_index, tmp_path / "i", files, IndexFormatError, 2 * times)


def test_bytes_changed_anywhere(labelers, index_folder, tmp_path):
    fuzz_all(labelers, index_folder, tmp_path, 150)


@pytest.mark.campaign
def test_bytes_changed_at_thousands_of_places(labelers, index_folder, tmp_path):
    fuzz_all(labelers, index_folder, tmp_path, 8000)


# What is saved comes back.


def test_odd_ids_and_titles_come_back(tmp_path):
    ids = [
        "a\ud800",
        "a\ud801",
        "a?",
        "a\0",
        "\x1b[2J",
        " ",
        "\u00e9",
        "e\u0301",
        "x" * 8_000,
        "generation-1",
        "../a",
        "\u2028",
    ]
    index = RelatedIndex().fit(
        Article(id=name, text=f"Séisme à Demnate {n}.", title=f"T{name}") for n, name in enumerate(ids)
    )
    index.save(tmp_path / "i")
    loaded = RelatedIndex.load(tmp_path / "i")
    ids = [Article(id=name, text="a").id for name in ids]  # lone surrogates are escaped there
    assert loaded.ids == ids
    for name in ids:
        assert loaded.suggest(name, k=20) == index.suggest(name, k=20)


def test_odd_labels_come_back(tmp_path):
    for labels in (["a\ud800", "b"], [1, 2], [True, False], [0.5, 1.5], ["1", "2"], ["é", "e\u0301"]):
        labeler = TopicLabeler(base=None).fit(TEXTS[:4], [*labels, *labels])
        labeler.save(tmp_path / "m")
        loaded = TopicLabeler.load(tmp_path / "m")
        assert loaded.classes_.tolist() == labeler.classes_.tolist() == sorted(labels)
        assert loaded.predict(TEXTS).tolist() == labeler.predict(TEXTS).tolist()


def test_numpy_parameters_come_back(tmp_path):
    labeler = TopicLabeler(base=None, C=np.float32(2), threshold=np.float64(0.5), max_words=np.int64(50)).fit(
        TEXTS, LABELS
    )
    labeler.save(tmp_path / "m")
    assert TopicLabeler.load(tmp_path / "m").max_words == 50


def test_weights_that_rank_nothing():
    for options in (
        {"names": np.nan},
        {"decay": "x"},
        {"length": 1.5},
        {"topics": None},
        {"figures": True},
        {"decay": -1},
    ):
        with pytest.raises(OptionError, match=next(iter(options))):
            RankingWeights(**options)
    assert RankingWeights(decay=np.float32(0.5)) == RankingWeights(decay=0.5)


def test_every_refusal_is_of_newsnlp():
    assert issubclass(ModelFormatError, NewsnlpError)
    assert issubclass(IndexFormatError, NewsnlpError)
