"""Runs: what fails costs itself only, what is killed goes on, what has changed is refused."""

from __future__ import annotations

import json
import os
import pickle
import resource
import subprocess
import sys
import time
from dataclasses import asdict

import pandas as pd
import pytest
from run_driver import drive

import newsnlp
from newsnlp.corpus import FailureKind, read_source
from newsnlp.corpus import run as run_module
from newsnlp.errors import ArticleError, NewsnlpError, OptionError, ResumeError, SourceError
from newsnlp.records import Article

BAD = ["RAISE", "DIE", "HANG"]


def articles(count, hostile=None):
    """Return articles of 300 characters; `hostile` maps positions to words that make the pipeline misbehave."""
    words = hostile or {}
    return [
        {"id": f"a{i}", "text": f"Nom{i} {words.get(i, 'parle')} {i}. " + "mot " * 75, "date": "2026-03-12"}
        for i in range(count)
    ]


def equal(found, wanted):
    assert set(found) == set(wanted)
    for name, frame in wanted.items():
        pd.testing.assert_frame_equal(found[name], frame)


def test_the_same_text_without_an_id_is_another_copy_not_a_loss(run, tables):
    report = run(["Même dépêche.", "Autre texte.", "Même dépêche.", "Même dépêche."])
    assert (report.articles, report.failures) == (4, ())
    ids = tables()["articles"]["article_id"].tolist()
    assert [ids[2], ids[3]] == [f"{ids[0]}-2", f"{ids[0]}-3"]


@pytest.mark.parametrize("workers", [1, 2])
def test_failures_are_rows_and_the_rest_goes_on(run, tables, workers):
    given = articles(400, {3: "RAISE", 57: "DIE", 58: "NOISE", 200: "HANG", 399: "DIE"})
    given[7]["text"] = None
    given[9]["id"] = "a8"
    report = run(given, workers=workers, timeout=1, on_duplicate="first")
    assert [(f.article_id, f.kind.value) for f in report.failures] == [
        ("a3", "error"),
        ("a7", "no_text"),
        ("a8", "duplicate_id"),
        ("a57", "worker_died"),
        ("a200", "timeout"),
        ("a399", "worker_died"),
    ]
    assert report.failures[0].reason == "ValueError: told to by a3"
    assert (report.articles, report.items) == (394, 400)
    written = tables()
    failed = {3, 7, 9, 57, 200, 399}
    assert written["articles"]["article_id"].tolist() == [f"a{i}" for i in range(400) if i not in failed]
    assert written["failures"]["position"].tolist() == sorted(failed)
    assert dict(report.rows) == {name: len(frame) for name, frame in written.items()}
    assert report.columns == {"id": "id", "text": "text", "published_at": "date"}


def test_a_hang_that_holds_the_interpreter_is_ended(run):
    report = run(articles(3, {1: "LOCK"}), timeout=1)
    assert [f.kind for f in report.failures] == [FailureKind.TIMEOUT]


def test_tables_do_not_depend_on_the_number_of_workers(run, tables, tmp_path):
    run(articles(600), out=tmp_path / "one", workers=1)
    run(articles(600), out=tmp_path / "three", workers=3)
    equal(tables(tmp_path / "three"), tables(tmp_path / "one"))


def test_a_run_equals_analyses_written_one_by_one(run, tables, tmp_path):
    from fake_pipelines import FakePipeline

    given = [Article(id=row["id"], text=row["text"], published_at=row["date"]) for row in articles(50)]
    run(given)
    newsnlp.write_tables(FakePipeline().pipe(given), tmp_path / "plain")
    found = tables()
    assert found.pop("failures").empty
    equal(found, newsnlp.read_tables(tmp_path / "plain"))


@pytest.mark.parametrize("form", ["csv", "excel-fr", "jsonl", "parquet", "sqlite", "xlsx"])
def test_every_format_and_its_provenance(run, tables, tmp_path, form):
    given = [
        {"id": f"a{i}", "text": f"Nom{i} parle. 12 {text}"}
        for i, text in enumerate(["=cmd|x", "<script>", "\ud800", "قُتل"])
    ]
    report = run([*given, {"id": "bad", "text": None}], format=form)
    assert report.articles == 4
    made = json.loads((tmp_path / "out" / "provenance.json").read_text(encoding="utf-8"))
    assert made["newsnlp"] == newsnlp.__version__
    assert made["config"]["config"]["model"] == "fr_core_news_sm"
    assert made["config"]["versions"]["spacy"]
    assert tables()["failures"]["kind"].tolist() == ["no_text"]
    assert not (tmp_path / "out" / "parts").exists()


def test_raise_stops_at_a_failure_and_collect_can_go_on_from_there(run):
    given = articles(400, {390: "RAISE"})
    with pytest.raises(ArticleError, match=r"article a390: ValueError: told to by a390.*on_error='collect'"):
        run(given, on_error="raise")
    report = run(given, resume=True)
    assert report.resumed > 0
    assert len(report.failures) == 1


def test_limits_of_size(run):
    report = run([{"id": "long", "text": "mot " * 1000}, {"id": "short", "text": "mot"}], max_chars=3000)
    assert [(f.article_id, f.kind.value) for f in report.failures] == [("long", "too_large")]
    assert "4000 characters; accepted: 3000" in report.failures[0].reason


def test_a_dry_run_reads_and_writes_nothing(run, tmp_path):
    report = run([*articles(5), {"text": None}], dry_run=True)
    assert str(report) == "5 articles would be analysed, 1 failures (1 no_text)"
    assert not (tmp_path / "out").exists()


def test_workers_that_cannot_start_stop_the_run_with_one_error(run):
    with pytest.raises(NewsnlpError, match="could not start 3 times over"):
        run(articles(3), loader="fake_pipelines:load_dead")
    with pytest.raises(OptionError, match=r"cannot be loaded by 'fake_pipelines:load_wrong'"):
        run(articles(3), loader="fake_pipelines:load_wrong")
    with pytest.raises(OptionError, match="no_such_module"):
        run(articles(3), loader="no_such_module:load")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"workers": 0}, "workers=0 is not accepted"),
        ({"engine": "ray"}, "engine='ray'"),
        ({"on_error": "ignore"}, "on_error='ignore'"),
        ({"format": "exel-fr"}, "did you mean 'excel-fr'"),
        ({"timeout": 0}, "timeout=0 is not accepted"),
        ({"timeout": float("nan")}, "timeout=nan is not accepted"),
        ({"timeout": float("inf")}, "timeout=inf is not accepted"),
        ({"workers": "x"}, "workers='x' is not accepted"),
        ({"max_chars": -1}, "max_chars=-1 is not accepted"),
        ({"out": 7}, "out=7 is not accepted"),
    ],
)
def test_options_are_checked_before_anything_is_read(run, options, told, tmp_path):
    with pytest.raises(OptionError, match=told):
        run(articles(3), **options)
    assert not (tmp_path / "out").exists()


def stop_after(monkeypatch, count):
    """Make the run fail as if killed after so many parts."""
    real = run_module.RunFolder.write_part  # type: ignore[attr-defined]
    left = iter(range(count))

    def write(self, shard, part):
        if next(left, None) is None:
            raise KeyboardInterrupt
        real(self, shard, part)

    monkeypatch.setattr(run_module.RunFolder, "write_part", write)  # type: ignore[attr-defined]


def test_a_stopped_run_goes_on_and_gives_the_same(run, tables, tmp_path, monkeypatch):
    given = articles(1200, {100: "RAISE", 900: "DIE"})
    run(given, out=tmp_path / "whole")
    with monkeypatch.context() as patch:
        stop_after(patch, 4)
        with pytest.raises(KeyboardInterrupt):
            run(given, workers=2)
    report = run(given, workers=2, resume=True)
    assert 0 < report.resumed < 1198
    equal(tables(), tables(tmp_path / "whole"))
    again = run(given, resume=True)
    assert (again.resumed, again.articles, again.failures) == (1198, 1198, report.failures)
    assert again.tables == {**report.tables, "provenance": tmp_path / "out" / "provenance.json"}


def test_a_finished_run_whose_tables_are_gone_is_made_again(run, tables, tmp_path):
    run(articles(5))
    (tmp_path / "out" / "figures.csv").unlink()
    assert run(articles(5), resume=True).resumed == 0
    assert len(tables()["figures"]) == 5


def interrupted(run, given, monkeypatch, **options):
    with monkeypatch.context() as patch:
        stop_after(patch, 2)
        with pytest.raises(KeyboardInterrupt):
            run(given, **options)


def test_a_changed_configuration_is_refused_with_the_difference(run, monkeypatch):
    interrupted(run, articles(900), monkeypatch)
    with pytest.raises(ResumeError, match=r'config\.entities was "news", is "stock".*without --resume'):
        run(articles(900), resume=True, entities="stock")
    monkeypatch.setattr(newsnlp, "__version__", "9.9")
    with pytest.raises(ResumeError, match=r'versions\.newsnlp was "[\d.]+", is "9\.9"'):
        run(articles(900), resume=True)


def test_a_changed_file_is_refused_with_the_difference(run, tmp_path, monkeypatch):
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in articles(900)), encoding="utf-8")
    interrupted(run, path, monkeypatch)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"text": "Un de plus."}\n')
    with pytest.raises(ResumeError, match=r"files\.in\.jsonl\.bytes was \d+, is \d+"):
        run(path, resume=True)


def test_a_changed_frame_is_refused_where_it_changed(run, monkeypatch):
    given = articles(900)
    interrupted(run, pd.DataFrame(given), monkeypatch)
    changed = pd.DataFrame([*given[:20], {**given[20], "text": "Autre chose."}, *given[21:]])
    with pytest.raises(ResumeError, match=r"items 0 to \d+ of the input have changed"):
        run(changed, resume=True)
    first = next(run_module.shards(read_source(given)))
    with pytest.raises(ResumeError, match="has become shorter"):
        run(pd.DataFrame(given[: len(first.items)]), resume=True)


def test_a_folder_with_a_page_moved_is_refused(run, tmp_path, monkeypatch):
    folder = tmp_path / "in"
    folder.mkdir()
    for i in range(300):
        (folder / f"{i}.txt").write_text(f"Nom{i} parle. " * 50, encoding="utf-8")
    interrupted(run, folder, monkeypatch)
    (folder / "7.txt").rename(folder / "7b.txt")
    with pytest.raises(ResumeError, match=r"files\.7\.txt was .*, is null"):
        run(folder, resume=True)


def test_nothing_of_others_is_touched(run, tmp_path):
    out = tmp_path / "out"
    (out / "parts" / "mine").mkdir(parents=True)
    (out / "parts" / "mine" / "notes.txt").write_text("x", encoding="utf-8")
    (out / "film.partial").write_text("x", encoding="utf-8")
    run(articles(5))
    assert (out / "parts" / "mine" / "notes.txt").exists()
    assert (out / "film.partial").exists()
    (out / "manifest.json").write_text('{"name": "an extension of a browser"}', encoding="utf-8")
    with pytest.raises(ResumeError, match="is no manifest of a run"):
        run(articles(5))


def test_a_read_only_folder_is_one_clear_error(run, tmp_path):
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o755)
    root = os.geteuid() == 0
    if root:  # who may write anywhere takes the place of who may not
        tmp_path.chmod(0o755)
        os.seteuid(65534)
    else:
        folder.chmod(0o555)
    try:
        with pytest.raises(SourceError, match=r"cannot write to .*(denied|Permission).*Hint"):
            run(articles(5), out=folder / "out")
    finally:
        if root:
            os.seteuid(0)


def test_a_full_disk_is_one_clear_error_and_what_was_written_stays_usable(tmp_path, tables):
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in articles(1500)), encoding="utf-8")
    settings = {"source": str(source), "out": str(tmp_path / "out"), "loader": "fake_pipelines:load", "progress": False}
    # No file may grow beyond this: a part fits, a table does not.
    done = drive(**settings, file_limit=100_000)
    _, error = done.communicate()
    assert done.returncode == 1
    assert error.startswith(f"SourceError: cannot write to {tmp_path / 'out'}")
    assert error.count("\n") == 1
    assert not list((tmp_path / "out").glob("*.partial"))
    assert not list((tmp_path / "out").glob("*.csv"))
    out, error = drive(**settings, resume=True).communicate()
    assert json.loads(out) == [1500, 1500], error
    assert len(tables()["articles"]) == 1500


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:  # noqa: PTH123
        return file.read().rpartition(")")[2].split()[0] == "Z"


def children_of(pid):
    done = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in done.stdout.split()]


def test_a_killed_run_leaves_no_worker_behind(tmp_path):
    source = tmp_path / "in.jsonl"
    # One worker is in the middle of a match that holds its interpreter's lock, one waits for work.
    source.write_text("".join(json.dumps(row) + "\n" for row in articles(2, {0: "LOCK"})), encoding="utf-8")
    running = drive(
        source=str(source),
        out=str(tmp_path / "out"),
        loader="fake_pipelines:load",
        workers=2,
        timeout=1,
        shard_chars=10,
    )
    deadline = time.monotonic() + 20
    while len(workers := children_of(running.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    running.kill()
    running.communicate()
    assert len(workers) == 2
    while not all(map(gone, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert all(map(gone, workers))


def test_ctrl_c_stops_cleanly_and_can_be_resumed(tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in articles(2000)), encoding="utf-8")
    code = "from newsnlp import cli, corpus\nfrom newsnlp.corpus import run, work\nwork.WorkConfig.__init__.__kwdefaults__['loader'] = 'fake_pipelines:load_slow'\ncli.main()"
    arguments = [sys.executable, "-c", code, "batch", str(source), "--out", str(tmp_path / "out")]
    running = subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    deadline = time.monotonic() + 30
    while not list(tmp_path.glob("out/parts/*/*.part")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(running.pid, 2)
    out, error = running.communicate(timeout=20)
    assert running.returncode == 130, error
    assert "Traceback" not in error
    assert "--resume" in error
    assert not out
    assert list(tmp_path.glob("out/parts/*/*.part"))


def test_progress_is_quiet_in_a_pipe_and_shown_when_asked(run, capfd, tmp_path):
    run(articles(300, {5: "RAISE"}), progress=None)
    assert capfd.readouterr().err == ""
    run(articles(300, {5: "RAISE"}), out=tmp_path / "shown", progress=True)
    shown = capfd.readouterr().err
    assert "300/300" in shown
    assert "1 échec" in shown
    assert "articles/s" in shown


def test_memory_of_the_parent_does_not_grow_with_the_input(run):
    def peak():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    stream = ({"id": str(i), "text": f"Nom{i} parle. " * 30} for i in range(4000))
    run(articles(10))
    before = peak()
    run(stream, workers=2)
    assert peak() - before < 30_000  # kB


def test_a_partition_is_picklable_and_tells_its_failures():
    function = pickle.loads(pickle.dumps(newsnlp.analyze_partition))  # noqa: S301  # our own, that a cluster can send it
    assert function is newsnlp.analyze_partition
    with pytest.raises(SourceError, match="no column holds the text"):
        function(pd.DataFrame({"a": [1]}))


@pytest.mark.model
def test_a_partition_gives_the_tables_of_the_pipeline(nlp):
    frame = pd.DataFrame({"id": ["a", "b", "c"], "texte": ["Deux morts à Metz.", None, "Cinq blessés à Lyon."]})
    found = newsnlp.analyze_partition(frame)
    failures = found.pop("failures")
    assert failures.to_dict("records") == [
        {"article_id": "b", "position": 1, "kind": "no_text", "reason": "no text in column 'texte'"}
    ]
    equal(
        found,
        newsnlp.to_frames(
            nlp.pipe([Article(id=row["id"], text=row["texte"]) for _, row in frame.iloc[[0, 2]].iterrows()])
        ),
    )


@pytest.mark.model
def test_hostile_articles_with_the_real_pipeline(tmp_path, tables, nlp):
    hostile = {
        "numbers": "\n".join(" ".join(str(i * j % 977) for j in range(100)) for i in range(40)),
        "rtl": "قُتل خمسة جنود في العراق أمس، بحسب وزارة الدفاع.",
        "surrogate": "Deux morts \ud800 à Metz.",
        "formula": '=cmd|"/c calc"!A1',
        "script": "<script>alert('x')</script> Deux morts à Metz.",
        "one word": "a" * 200_000,
        "open": "(" * 4_000,
        "controls": "".join(map(chr, range(32))) * 50,
        "emoji": "👩‍👩‍👧‍👦🇫🇷 " * 500 + "Deux morts à Metz.",
    }
    given = [{"id": name, "text": text} for name, text in hostile.items()]
    report = newsnlp.analyze_corpus(
        [*given, {"id": "good", "text": "Deux morts à Metz."}], tmp_path / "out", progress=False, timeout=600
    )
    assert not report.failures
    found = tables()
    assert set(found["articles"]["article_id"]) == {*hostile, "good"}
    good = found["figures"][found["figures"]["article_id"] == "good"]
    assert good["value"].tolist() == [2.0]


def test_shards_grow_with_the_corpus_and_depend_on_the_items_alone():
    items = [Article(id=str(i), text="mot " * 250) for i in range(5000)]
    cut = list(run_module.shards(items))
    sizes = [sum(len(item.text) for item in shard.items) for shard in cut]
    assert sizes[0] == run_module.SHARD_CHARS
    assert sizes == sorted(sizes[:-1]) + sizes[-1:]
    assert max(sizes) == run_module.LARGEST_SHARD
    assert [item for shard in cut for item in shard.items] == items
    assert [shard.start for shard in cut[1:]] == [shard.start + len(shard.items) for shard in cut[:-1]]
    again = run_module.shards(iter(items))
    assert [shard.digest for shard in again] == [shard.digest for shard in cut]


def test_reports_tell_what_was_done(run):
    report = run([{"id": "x", "text": "Nom parle."}, {"id": "y", "text": None}])
    assert str(report) == "1 articles analysed, 1 failures (1 no_text)"
    assert asdict(report.failures[0]) == {
        "article_id": "y",
        "position": 1,
        "kind": "no_text",
        "reason": "no text in column 'text'",
    }
