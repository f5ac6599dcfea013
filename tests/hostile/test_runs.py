"""What lies in the folder of a run is not believed, what an article does costs itself, two runs do not meet."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
import tracemalloc
import zlib
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

import newsnlp
from newsnlp.corpus import parts
from newsnlp.corpus import run as run_module
from newsnlp.corpus.manifest import RunFolder, write_atomically
from newsnlp.corpus.parts import ARTICLE_CHARS, check_part, pack, packable, summary, unpack
from newsnlp.corpus.work import Shard, carried
from newsnlp.errors import FolderInUseError, NewsnlpError, OptionError, ResumeError, SourceError
from newsnlp.ingest.failures import told_of
from newsnlp.ingest.sources import read_source
from newsnlp.records import Article
from newsnlp.safety.locks import LOCK_FILE, FolderLock, in_use
from newsnlp.tables.formats.registry import FORMATS
from newsnlp.tables.schema import SCHEMAS
from newsnlp.tables.writers import TableWriter

CLI = str(Path(sys.executable).with_name("newsnlp"))
# A pipeline that does to its worker what a text tells it to.
PIPELINE = """
import os, sys, datetime
from newsnlp.records import Analysis, Article, Figure
class Mute(Exception):
    def __str__(self): raise SystemExit("no message")
def deep(n): return deep(n + 1)
def analyse(article):
    word = article.text.split()[0]
    values = {}
    if word == "EXIT": sys.exit(0)
    if word == "INTERRUPT": raise KeyboardInterrupt
    if word == "ROOT": raise BaseException("of no kind")
    if word == "MUTE": raise Mute
    if word == "LONG": raise ValueError("x" * 10_000_000)
    if word == "SURROGATE": raise ValueError("\\ud800\\x1b[31m")
    if word == "DEEP": deep(0)
    if word == "MEMORY":
        # More than the limit, in one piece: refused before any of it is touched.
        bytearray(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2 + (3 << 30))
    if word == "BROKENPIPE": raise BrokenPipeError
    if word == "CHDIR": os.chdir("/")
    if word == "FRAMES":
        for file in range(3, 20):
            try: os.write(file, b"what is no frame at all")
            except OSError: pass
    if word == "NOTHING": return None
    if word == "OTHER": return Analysis(article=Article(text="another"))
    if word == "YEAR": article = Article(text=article.text, id=article.id, published_at=datetime.datetime(
        1, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=5))))
    if word == "NAN": values = {"value": float("nan")}
    if word == "HUGE": values = {"value": 10**400}
    if word == "OBJECT": values = {"value": object()}
    if word == "LIST": values = {"counted": ["a"]}
    if word == "WIDE": values = {"part_of": 2**63}
    return Analysis(article=article, figures=(Figure(start=0, end=1, text="1", **values),), meta={})
class Pipeline:
    def pipe(self, articles):
        for article in articles:
            if article.text.startswith("SKIP"): continue
            yield analyse(article)
def load(model, *, entities):
    return Pipeline()
def load_exit(model, *, entities):
    sys.exit(3)
def load_value(model, *, entities):
    raise Mute
"""
OUTCOMES = {
    "EXIT": "SystemExit: 0",
    "INTERRUPT": "KeyboardInterrupt",
    "ROOT": "BaseException: of no kind",
    "MUTE": "Mute, whose message raises SystemExit",
    "LONG": "ValueError: xxx",
    "SURROGATE": "ValueError: ",
    "DEEP": "RecursionError",
    "MEMORY": "MemoryError",
    "BROKENPIPE": "BrokenPipeError",
    "NOTHING": "AttributeError",
    "OTHER": "or not of these",
    "SKIP": "0 analyses for 1 articles",
    "YEAR": "ArticleError: published_at=0001-01-01T00:00:00+05:00 lies too near",
    "NAN": "figures.value holds a number that no table can hold",
    "HUGE": "figures.value holds a number that no table can hold",
    "OBJECT": "figures.value holds object",
    "LIST": "figures.counted holds list",
    "WIDE": "figures.part_of holds a number that no table can hold",
    "FRAMES": "its worker died",
}


@pytest.fixture
def own(tmp_path, monkeypatch):
    """`analyze_corpus` into a folder of the test, with the pipeline above."""
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "own_hostile.py").write_text(PIPELINE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path / "modules")
    return partial(newsnlp.analyze_corpus, out=tmp_path / "out", loader="own_hostile:load", progress=False)


# What an article does costs itself.


def test_whatever_an_article_does_is_its_own_failure(own, tmp_path):
    words = ["fine", *OUTCOMES, "CHDIR", "fine"]
    report = own([{"id": f"{i}-{word}", "text": f"{word} 1"} for i, word in enumerate(words)], timeout=20)
    told = {failure.article_id.partition("-")[2]: failure.reason for failure in report.failures}
    assert {word: reason for word, reason in told.items() if OUTCOMES[word] not in reason} == {}
    assert set(told) == set(OUTCOMES)
    assert report.items == len(words)
    assert max(map(len, told.values())) <= 500
    read = newsnlp.read_tables(tmp_path / "out")
    assert len(read["articles"]) == 3
    assert len(read["failures"]) == len(OUTCOMES)


def test_a_loader_that_fails_is_one_error(own):
    with pytest.raises(OptionError, match="cannot be loaded by 'own_hostile:load_exit': SystemExit: 3"):
        own(["Un."], loader="own_hostile:load_exit")
    with pytest.raises(OptionError, match="Mute, whose message raises SystemExit"):
        own(["Un."], loader="own_hostile:load_value")


def test_what_cannot_be_carried_to_a_worker_is_a_failure():
    class Odd(Article):
        def to_dict(self):
            raise ZeroDivisionError

    untyped = Article(text="a", id="x")
    object.__setattr__(untyped, "title", object())  # as a class of somebody's own may have it
    for item in (Odd(text="a", id="x"), untyped):
        failure, line = carried(item, 7)
        assert (failure.article_id, failure.position, failure.kind) == ("x", 7, "bad_record")
        assert json.loads(line)["failure"]["reason"] == failure.reason


def test_an_exception_is_described_whatever_it_says():
    class OddError(Exception):
        def __str__(self):
            return self  # no str

    assert told_of(OddError()) == "OddError, whose message raises TypeError"
    assert len(told_of(ValueError("x" * 10**6))) == 500


def extreme_rows():
    """A row a table of what is allowed at most, and one of what is absent."""
    values = {"string": "\ud800\x00\x1b=#N/A\r\n\"';" * 3, "Int64": 2**63 - 1, "Float64": -1.7e308}
    rows = {}
    for name, schema in SCHEMAS.items():
        full = {column: values.get(dtype) for column, dtype in schema.items()}
        rows[name] = [
            full,
            dict.fromkeys(schema),
            {column: -x if isinstance(x, int) else x for column, x in full.items()},
        ]
    for place, row in enumerate(rows["articles"]):
        row["article_id"] = str(place)
    return rows


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_what_a_worker_lets_through_every_format_can_write(tmp_path, form):
    """Else a run could end while its tables are written, after all the work."""
    rows = next(unpack(pack(packable(extreme_rows()), [])))
    with TableWriter(tmp_path / "out", format=form) as writer:
        writer.write_rows(rows)


def test_rows_that_no_table_can_hold_are_refused():
    def article(**values):
        return {name: [] for name in SCHEMAS} | {"articles": [dict.fromkeys(SCHEMAS["articles"]) | values]}

    assert packable(article(title="x"))
    for values, told in (
        ({"title": "x" * (ARTICLE_CHARS + 1)}, "title, address and the like"),
        ({"characters": True}, "articles.characters holds bool"),
        ({"characters": -(2**70)}, "no table can hold"),
        ({"published_at": 7}, "articles.published_at holds int"),
    ):
        with pytest.raises(ValueError, match=told):
            packable(article(**values))


# What lies on the disk is not believed.


def shards_of(count):
    given = [{"id": f"a{i}", "text": f"fine {i} " + "mot " * 100} for i in range(count)]
    return given, list(run_module.shards(read_source(given)))


def part_for(shard):
    rows = {name: [] for name in SCHEMAS}
    for item in shard.items:
        row = dict.fromkeys(SCHEMAS["articles"]) | {"article_id": item.id, "characters": 3}
        rows["articles"] += packable({name: [row] if name == "articles" else [] for name in SCHEMAS})["articles"]
    return pack(rows, [])


@pytest.fixture
def stopped(tmp_path):
    """The folder of a run that was stopped with all its parts done, with its shards."""
    _, shards = shards_of(100)
    folder = RunFolder(tmp_path / "out")
    folder.start({"identity": {"a": 1}}, resume=False)
    for shard in shards:
        folder.write_part(shard, part_for(shard))
    return folder, shards


def resumed(folder, identity=None):
    again = RunFolder(folder.folder)
    again.start({"identity": identity or {"a": 1}}, resume=True)
    return again


def path_of(folder, number):
    return folder._done[number][0]


def test_a_part_cut_or_changed_anywhere_is_made_again(stopped):
    folder, shards = stopped
    path = path_of(folder, 0)
    whole = path.read_bytes()
    heading = whole.index(b"\n") + 1
    places = [*range(0, heading + 200, 3), *range(heading, len(whole), max(1, len(whole) // 50)), len(whole) - 1]
    for place in places:
        for damaged in (whole[:place], whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]):
            path.write_bytes(damaged)
            again = resumed(folder)
            assert again.part_of(shards[0]) is None
            assert again.damaged == 1
    path.write_bytes(whole + b"x")
    assert resumed(folder).part_of(shards[0]) is None
    path.write_bytes(whole)
    assert resumed(folder).part_of(shards[0]) == (summary(part_for(shards[0]))[0], [])


def test_parts_that_are_swapped_or_of_another_run_are_made_again(stopped, tmp_path):
    folder, shards = stopped
    first, second = path_of(folder, 0), path_of(folder, 1)
    contents = first.read_bytes(), second.read_bytes()
    first.write_bytes(contents[1])
    second.write_bytes(contents[0])
    again = resumed(folder)
    assert [again.part_of(shard) for shard in shards[:2]] == [None, None]
    other = RunFolder(tmp_path / "other")
    other.start({"identity": {"a": 2}}, resume=False)
    other.write_part(shards[0], part_for(shards[0]))
    shutil.copy(path_of(other, 0), first)
    assert resumed(folder).part_of(shards[0]) is None
    first.unlink()
    first.mkdir()
    assert resumed(folder).part_of(shards[0]) is None


def test_a_part_of_other_articles_beside_the_right_one_does_no_harm(stopped):
    folder, shards = stopped
    path = path_of(folder, 0)
    shutil.copy(path, path.with_name("00000000-" + "0" * 16 + ".part"))
    assert resumed(folder).part_of(shards[0]) is not None
    path.unlink()
    with pytest.raises(ResumeError, match=r"items 0 to .* have changed"):
        resumed(folder).part_of(shards[0])


def line(name, rows):
    return json.dumps([name, rows]).encode() + b"\n"


def forged(told, body):
    return json.dumps(told).encode() + b"\n" + body


NONE = dict.fromkeys(SCHEMAS, 0)
WIDE = len(SCHEMAS["topics"])
FORGERIES = {
    "no JSON": b"{\n",
    "no rows": forged({"failures": []}, b""),
    "a list": forged([1], b""),
    "a word": forged("x", b""),
    "deep": b"[" * 100_000 + b"\n",
    "a long number": b'{"rows": {"articles": ' + b"9" * 5000 + b"}}\n",
    "less than nothing": forged({"rows": NONE | {"articles": -1}, "failures": []}, b""),
    "odd failures": forged({"rows": NONE, "failures": [{"article_id": 7}]}, b""),
    "no compression": forged({"rows": NONE | {"topics": 1}, "failures": []}, b"nothing"),
    "cut short": forged({"rows": NONE | {"topics": 1}, "failures": []}, zlib.compress(line("topics", []))[:-3]),
    "more than it says": forged({"rows": NONE, "failures": []}, zlib.compress(line("topics", [[None] * WIDE]))),
    "another table": forged({"rows": NONE, "failures": []}, zlib.compress(line("secrets", []))),
    "too narrow": forged({"rows": NONE | {"topics": 1}, "failures": []}, zlib.compress(line("topics", [[None]]))),
    "wrong types": forged({"rows": NONE | {"topics": 1}, "failures": []}, zlib.compress(line("topics", [[{}] * WIDE]))),
    "rows of none": forged({"rows": NONE | {"topics": 1}, "failures": []}, zlib.compress(line("topics", [7]))),
    "NaN": forged(
        {"rows": NONE | {"topics": 1}, "failures": []},
        zlib.compress(line("topics", [["a", 1, None, None, None, float("nan"), None]])),
    ),
    "deep rows": forged({"rows": NONE, "failures": []}, zlib.compress(b"[" * 100_000 + b"\n")),
    "rows after the end": forged({"rows": NONE, "failures": []}, zlib.compress(b"") + b"more"),
}


@pytest.mark.parametrize("name", sorted(FORGERIES))
def test_a_part_under_a_right_seal_that_holds_no_rows_is_refused_and_removed(stopped, name):
    folder, shards = stopped
    path = path_of(folder, 0)
    path.write_bytes(folder._heading(path, FORGERIES[name]) + FORGERIES[name])
    again = resumed(folder)
    for shard in shards:
        again.part_of(shard)
    with pytest.raises(ResumeError, match=f"part {path.name} is damaged .* --resume makes it again") as raised:
        list(again.all_rows())
    assert "\n" not in str(raised.value)
    assert not path.exists()


def test_a_date_in_a_part_that_is_none_is_refused():
    row = ["a", None, "yesterday", *[None] * (len(SCHEMAS["articles"]) - 3)]
    with pytest.raises(ResumeError, match="its rows are not those of a table"):
        list(unpack(forged({"rows": NONE | {"articles": 1}, "failures": []}, zlib.compress(line("articles", [row])))))


def test_a_part_that_unpacks_to_far_more_takes_the_memory_of_a_line(monkeypatch):
    monkeypatch.setattr(parts, "LINE_BYTES", 4 << 20)
    packer = zlib.compressobj()
    bomb = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(100)) + packer.flush()
    tracemalloc.start()
    try:
        with pytest.raises(ResumeError, match="a line of more than"):
            list(unpack(forged({"rows": NONE, "failures": []}, bomb)))
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


def test_a_part_that_does_not_account_for_its_items_is_refused():
    _, shards = shards_of(3)
    good = part_for(shards[0])
    assert check_part(good, shards[0])
    shorter = Shard(index=0, start=0, items=shards[0].items[:2], lines=shards[0].lines[:2])
    with pytest.raises(ResumeError, match="3 articles and 0 failures, of 2 items"):
        check_part(good, shorter)


MANIFESTS = {
    "empty": b"",
    "half": b'{"identity": {"a": 1}, "comp',
    "null": b"null",
    "list": b"[]",
    "no identity": b'{"complete": true}',
    "odd identity": b'{"identity": 7}',
    "other": b'{"identity": {"a": 2}}',
    "NaN": b'{"identity": {"a": NaN}}',
    "deep": b'{"identity": {"a": ' + b"[" * 50_000 + b"]" * 50_000 + b"}}",
    "rather deep": b'{"identity": {"a": ' + b"[" * 900 + b"]" * 900 + b"}}",
    "a long number": b'{"identity": {"a": ' + b"9" * 5000 + b"}}",
    "bytes": b"\xff\xfe\x00",
}


@pytest.mark.parametrize("name", sorted(MANIFESTS))
def test_a_manifest_that_is_none_or_another_is_refused_in_one_line(stopped, name):
    folder, _ = stopped
    (folder.folder / "manifest.json").write_bytes(MANIFESTS[name])
    before = snapshot(folder.folder)
    with pytest.raises(ResumeError, match="Hint") as raised:
        resumed(folder)
    assert len(str(raised.value)) < 1000
    assert snapshot(folder.folder) == before


def test_a_manifest_as_deep_as_can_be_read_is_refused_in_one_line(stopped):
    folder, _ = stopped
    for depth in range(sys.getrecursionlimit() - 100, sys.getrecursionlimit()):
        deep = '{"identity": {"a": ' + "[" * depth + "]" * depth + "}}"
        (folder.folder / "manifest.json").write_text(deep, encoding="utf-8")
        with pytest.raises(ResumeError):
            resumed(folder)


def test_what_is_no_file_is_no_manifest(stopped):
    folder, _ = stopped
    path = folder.folder / "manifest.json"
    path.unlink()
    os.mkfifo(path)  # reading it would wait for ever
    with pytest.raises(ResumeError, match="is no manifest"):
        resumed(folder)


def snapshot(folder):
    return {
        str(path.relative_to(folder)): (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in sorted(folder.rglob("*"))
    }


def test_a_finished_run_is_believed_only_if_its_files_are_what_it_wrote(own, tmp_path):
    out = tmp_path / "out"
    own(["fine 1", "EXIT 2"])
    again = own(["fine 1", "EXIT 2"], resume=True)
    assert (again.articles, again.resumed, len(again.failures)) == (1, 1, 1)
    manifest = (out / "manifest.json").read_text(encoding="utf-8")
    made = json.loads(manifest)
    for changes in (
        {"articles": 7},
        {"articles": "7"},
        {"failures": [{}]},
        {"tables": {"articles": "../../etc/passwd"}},
        {"tables": []},
        {"sha256": None},
        {"seal": 5},
        {"complete": "yes"},
    ):
        (out / "manifest.json").write_text(json.dumps(made | changes), encoding="utf-8")
        with pytest.raises(ResumeError, match=r"manifest\.json is not what the finished run wrote"):
            own(["fine 1", "EXIT 2"], resume=True)
    (out / "manifest.json").write_text(manifest, encoding="utf-8")
    table = (out / "figures.csv").read_bytes()
    (out / "figures.csv").write_bytes(table[: len(table) // 2])
    before = snapshot(out)
    with pytest.raises(ResumeError, match=r"figures\.csv is not what the finished run wrote.*without --resume"):
        own(["fine 1", "EXIT 2"], resume=True)
    assert snapshot(out) == before
    (out / "figures.csv").write_bytes(table)
    assert own(["fine 1", "EXIT 2"], resume=True).resumed == 1


def test_a_stopped_run_with_damaged_parts_gives_the_same_and_says_so(own, tmp_path, monkeypatch):
    given, _ = shards_of(200)
    own(given, out=tmp_path / "whole")
    with monkeypatch.context() as patch:
        patch.setattr(run_module, "_tables", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            own(given)
    written = sorted((tmp_path / "out").glob("parts/*/*.part"))
    written[0].write_bytes(written[0].read_bytes()[:-1])
    written[1].write_bytes(b"")
    report = own(given, resume=True)
    assert 0 < report.resumed < 200
    assert report.warnings == ("2 parts of the run that was resumed were damaged; their articles were analysed again",)
    for name in (*SCHEMAS, "failures"):
        assert (tmp_path / "out" / f"{name}.csv").read_bytes() == (tmp_path / "whole" / f"{name}.csv").read_bytes()


def test_nothing_is_removed_or_written_through_a_link(tmp_path):
    others = tmp_path / "others"
    (others / "00000").mkdir(parents=True)
    theirs = others / "00000" / ("00000000-" + "0" * 16 + ".part")
    theirs.write_bytes(b"theirs")
    out = tmp_path / "out"
    out.mkdir()
    (out / "parts").symlink_to(others)
    with pytest.raises(ResumeError, match="parts is a link"):
        RunFolder(out).start({"identity": {}}, resume=False)
    (out / "parts").unlink()
    (out / "parts").mkdir()
    (out / "parts" / "00000").symlink_to(others / "00000")
    with pytest.raises(ResumeError, match="00000 is a link"):
        RunFolder(out).start({"identity": {}}, resume=False)
    (out / "parts" / "00000").unlink()
    (out / "manifest.json.partial").symlink_to(theirs)
    write_atomically(out / "manifest.json", b"{}")
    assert theirs.read_bytes() == b"theirs"


def test_a_file_where_the_parts_should_be_is_one_error(own, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "parts").write_bytes(b"a file")
    with pytest.raises(SourceError, match="cannot write to"):
        own(["fine"])
    (tmp_path / "file").write_bytes(b"a file")
    with pytest.raises(SourceError, match="cannot write to"):
        own(["fine"], out=tmp_path / "file")


# Two runs do not meet.


def test_a_second_run_into_a_folder_is_refused_and_touches_nothing(own, tmp_path):
    out = tmp_path / "out"

    def articles():
        yield "fine 1"
        # A part of the run that is at work, or of one that was: nobody says that it is started afresh.
        (out / "parts" / "00000").mkdir(exist_ok=True)
        (out / "parts" / "00000" / f"00000000-{0:016}.part").write_bytes(b"")
        before = snapshot(out)
        for resume in (False, True):
            with pytest.raises(FolderInUseError, match=rf"in use by process {os.getpid()} on .*Hint: wait"):
                own(["fine 2"], resume=resume)
        assert snapshot(out) == before
        source = tmp_path / "in.jsonl"
        source.write_text('{"text": "Un mort."}\n', encoding="utf-8")
        done = subprocess.run([CLI, "batch", source, "--out", out], capture_output=True, text=True, check=False)
        assert done.returncode == 2
        told = [line for line in done.stderr.splitlines() if "columns:" not in line]
        assert len(told) == 1
        assert "in use by process" in told[0]
        assert snapshot(out) == before
        yield "fine 3"

    assert own(articles()).articles == 2
    assert not (out / LOCK_FILE).exists()
    assert own(["fine 4"]).articles == 1


def test_a_lock_outlives_its_file_never_its_holder(tmp_path):
    code = f"""
import sys, time
from pathlib import Path
from newsnlp.safety.locks import FolderLock
with FolderLock(Path({str(tmp_path)!r})):
    print("held", flush=True)
    time.sleep(600)
"""
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout.readline() == "held\n"
        assert in_use(tmp_path)
        with pytest.raises(FolderInUseError, match=f"process {holder.pid} on"), FolderLock(tmp_path):
            pass
    finally:
        holder.kill()
        holder.communicate()
    # The file still names a process; the system knows that nobody holds it.
    assert (tmp_path / LOCK_FILE).exists()
    assert not in_use(tmp_path)
    with FolderLock(tmp_path) as lock:
        assert lock.held
        assert (tmp_path / LOCK_FILE).read_text(encoding="utf-8").startswith(f"process {os.getpid()} on")
    assert not (tmp_path / LOCK_FILE).exists()


def test_a_lock_that_was_removed_while_it_was_waited_for_is_taken_anew(tmp_path, monkeypatch):
    from newsnlp.safety import locks

    answers = iter([False, True])
    monkeypatch.setattr(locks, "_is_at", lambda *_: next(answers))
    with FolderLock(tmp_path) as lock:
        assert lock.held
    assert next(answers, None) is None


def test_a_lock_follows_no_link_and_believes_no_text(tmp_path):
    theirs = tmp_path / "theirs"
    theirs.write_text("theirs", encoding="utf-8")
    (tmp_path / LOCK_FILE).symlink_to(theirs)
    with pytest.raises(SourceError, match="cannot write to"), RunFolder(tmp_path).locked():
        pass
    assert theirs.read_text(encoding="utf-8") == "theirs"
    (tmp_path / LOCK_FILE).unlink()
    with FolderLock(tmp_path):
        (tmp_path / LOCK_FILE).write_text("process \x1b[31m on Mars", encoding="utf-8")
        with pytest.raises(FolderInUseError, match="in use by another process"), FolderLock(tmp_path):
            pass


def test_a_file_system_without_locks_is_told(own, monkeypatch):
    import fcntl

    def none(*_):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", none)
    assert "without locks" in own(["fine"]).warnings[-1]


# A run that is asked to stop does so soon, whatever it is at, and can be resumed.

STOPPABLE = """
import json, sys, time
sys.path.insert(0, {modules!r})
import newsnlp
from newsnlp.corpus import run
def articles():
    for i in range(300):
        if {stage!r} == "reading" and i == 200: told()
        yield {{"id": str(i), "text": "fine 1 " + "mot " * 100}}
def told():
    print("now", flush=True)
    time.sleep(600)
class Writer(run.TableWriter):
    def write_rows(self, rows):
        super().write_rows(rows)
        if {stage!r} == "writing": told()
run.TableWriter = Writer
if {stage!r} == "waiting":
    count = run._count
    def counted(*given):
        print("now", flush=True)
        count(*given)
    run._count = counted
loader = "own_hostile:" + ("load_slow" if {stage!r} == "waiting" else "load")
newsnlp.analyze_corpus(articles(), {out!r}, workers=2, loader=loader, progress=False)
"""
SLOW = """
import time
class Slow(Pipeline):
    def pipe(self, articles):
        for article in articles:
            time.sleep(0.05)
            yield analyse(article)
def load_slow(model, *, entities):
    return Slow()
"""


def children_of(pid):
    done = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in done.stdout.split()]


def is_gone(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:  # noqa: PTH123
            return file.read().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.parametrize(
    ("stage", "number", "status"),
    [
        ("reading", signal.SIGINT, -signal.SIGINT),
        ("reading", signal.SIGTERM, 143),
        ("waiting", signal.SIGTERM, 143),
        ("writing", signal.SIGINT, -signal.SIGINT),
        ("writing", signal.SIGTERM, 143),
    ],
)
def test_a_run_stops_when_told_whatever_it_is_at(tmp_path, stage, number, status):
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "own_hostile.py").write_text(PIPELINE + SLOW, encoding="utf-8")
    out = tmp_path / "out"
    code = textwrap.dedent(STOPPABLE).format(modules=str(modules), stage=stage, out=str(out))
    running = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stdout.readline() == "now\n"
    workers = children_of(running.pid)
    running.send_signal(number)
    _, error = running.communicate(timeout=60)
    assert running.returncode == status, error
    deadline = time.monotonic() + 60
    while not all(map(is_gone, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert all(map(is_gone, workers))
    assert not list(out.glob("*.csv*"))
    assert not in_use(out)


def test_signals_that_others_see_to_are_left_to_them(own):
    heard = []
    before = signal.signal(signal.SIGTERM, lambda *_: heard.append("theirs"))

    def articles():
        yield "fine 1"
        os.kill(os.getpid(), signal.SIGTERM)
        yield "fine 2"

    try:
        assert own(articles()).articles == 2
        assert heard == ["theirs"]
    finally:
        signal.signal(signal.SIGTERM, before)
    own(["fine"])
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_process_of_a_pipe_that_dies_is_one_error(monkeypatch):
    from newsnlp.safety import calls as processes

    language = SimpleNamespace(vocab=SimpleNamespace(strings=()))  # the children load their own
    given = newsnlp.Pipeline(language, model="no_such_model", entities="news").pipe(["Un mort."], n_process=2)
    with pytest.raises(NewsnlpError, match="'no_such_model' is not installed"):
        list(given)
    # A child that ends at its first call.
    with (
        processes.ChildProcesses("sys:exit", 1, {}) as children,
        pytest.raises(NewsnlpError, match="died in the middle"),
    ):
        children.submit(b"x").result()


def test_the_heading_of_a_part_is_its_checksum(stopped):
    folder, shards = stopped
    content = path_of(folder, 0).read_bytes()
    heading, _, rest = content.partition(b"\n")
    assert heading.split()[-1].decode() == hashlib.sha256(rest).hexdigest()
    assert shards[0].digest.encode() in heading
