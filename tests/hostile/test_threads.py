"""Threads share a pipeline, an index and a labeller: calls take turns, and give what one thread gets."""

from __future__ import annotations

import asyncio
import copy
import itertools
import json
import pickle
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from newsnlp import Article, RelatedIndex, TopicLabeler
from newsnlp.samples import sample_corpus

CORPUS = sample_corpus()[:12]
WAIT = 60.0  # beyond, something hangs


@pytest.fixture(scope="module")
def wanted(nlp):
    return [nlp(article) for article in CORPUS]


@pytest.fixture
def eager():
    """Let threads change places a hundred times as often as usual."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(before / 100)
    yield
    sys.setswitchinterval(before)


def together(*calls):
    """Run calls in a thread each, all begun at once, and return what they gave."""
    gate = threading.Barrier(len(calls))

    def begun(call):
        gate.wait(WAIT)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result(WAIT) for future in [pool.submit(begun, call) for call in calls]]


def elsewhere(call):
    """Run a call in another thread, which must not wait for this one."""
    found = []
    thread = threading.Thread(target=lambda: found.append(call()), daemon=True)
    thread.start()
    thread.join(WAIT)
    assert found, "the other thread waits"
    return found[0]


@pytest.mark.model
def test_mixed_calls_of_six_threads(nlp, wanted, eager):
    def one_by_one():
        return [nlp(article) for article in CORPUS]

    def as_stream():
        return list(nlp.pipe(iter(CORPUS)))

    def interleaved():
        one, other = nlp.pipe(CORPUS), nlp.pipe(CORPUS)
        pairs = list(itertools.zip_longest(one, other))
        assert all(a == b for a, b in pairs)
        return [a for a, _ in pairs]

    assert all(found == wanted for found in together(*[one_by_one, as_stream, interleaved] * 2))


@pytest.mark.model
def test_calls_take_turns(nlp, monkeypatch):
    inside = []
    extract = nlp._extract

    def watched(*args, **options):
        inside.append(1)
        time.sleep(0.002)
        together_there = len(inside)
        inside.pop()
        assert together_there == 1
        return extract(*args, **options)

    monkeypatch.setattr(nlp, "_extract", watched)
    doc = nlp.language("Deux morts à Lyon.")
    together(
        *[lambda: [nlp("Un mort.") for _ in range(5)]] * 2,
        *[lambda: list(nlp.pipe(["Un mort."] * 5))] * 2,
        *[lambda: [nlp.analyse_doc(doc) for _ in range(5)]] * 2,
    )


@pytest.mark.model
def test_nobody_waits_for_a_stream_that_is_not_read_on(nlp, wanted, monkeypatch):
    monkeypatch.setattr("newsnlp.pipeline.BATCH_CHARS", 2000)
    stream = nlp.pipe(CORPUS)
    begun = [next(stream) for _ in range(3)]
    assert elsewhere(lambda: nlp(CORPUS[5])) == wanted[5]
    # Read on in another thread, and left there.
    begun += elsewhere(lambda: [next(stream) for _ in range(4)])
    assert begun == wanted[:7]
    stream.close()
    assert elsewhere(lambda: list(nlp.pipe(CORPUS[:2]))) == wanted[:2]


@pytest.mark.model
def test_an_error_ends_one_stream_only_and_loses_nothing_before_it(nlp, wanted, monkeypatch):
    extract = nlp._extract

    def fails(doc, given):
        if given.text.startswith("Raté"):
            raise KeyError("raté")
        return extract(doc, given)

    monkeypatch.setattr(nlp, "_extract", fails)
    stream = nlp.pipe([*CORPUS[:3], "Raté.", *CORPUS[3:]])
    assert [next(stream) for _ in range(3)] == wanted[:3]
    with pytest.raises(KeyError, match="raté"):
        next(stream)
    with pytest.raises(KeyError):
        nlp("Raté.")
    assert elsewhere(lambda: nlp(CORPUS[4])) == wanted[4]


@pytest.mark.model
def test_asyncio(nlp, wanted):
    async def gathered():
        return await asyncio.gather(*(asyncio.to_thread(nlp, article) for article in CORPUS[:8]))

    assert asyncio.run(gathered()) == wanted[:8]


@pytest.mark.model
def test_a_copy_and_a_pickle_take_turns_of_their_own(nlp):
    turn = nlp._turn
    for other in (copy.copy(turn), copy.deepcopy(turn), pickle.loads(pickle.dumps(turn))):  # noqa: S301
        with turn:
            assert other is not turn
            elsewhere(lambda other=other: other.__enter__() or other.__exit__() or True)


FRESH = """
import hashlib, json, sys, threading
from concurrent.futures import ThreadPoolExecutor
sys.setswitchinterval(1e-4)
import newsnlp
from newsnlp.samples import sample_corpus
articles = sample_corpus()[:8]
gate = threading.Barrier(8)
pipelines = []
def work(number):
    gate.wait()
    if number < 2:
        pipelines.append(newsnlp.load())
    while not pipelines:
        threading.Event().wait(0.01)
    nlp = pipelines[number % len(pipelines)]
    return [json.dumps(nlp(article).to_dict(), sort_keys=True) for article in articles]
with ThreadPoolExecutor(8) as pool:
    found = [future.result() for future in [pool.submit(work, number) for number in range(8)]]
print(json.dumps([hashlib.sha256("".join(rows).encode()).hexdigest() for rows in found]))
"""


def in_a_fresh_process(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.model
def test_eight_threads_load_two_pipelines_and_everything_else_at_once(wanted):
    import hashlib

    rows = [json.dumps(analysis.to_dict(), sort_keys=True) for analysis in wanted[:8]]
    assert set(in_a_fresh_process(FRESH)) == {hashlib.sha256("".join(rows).encode()).hexdigest()}


FORKED = """
import json, os, threading
import newsnlp
from newsnlp import RelatedIndex
from newsnlp.samples import sample_corpus
articles = sample_corpus()[:4]
nlp, index = newsnlp.load(), RelatedIndex().fit(sample_corpus())
wanted = [nlp(article) for article in articles]
going = True
def busy():
    while going:
        nlp(articles[0])
        index.add(articles[1])
threads = [threading.Thread(target=busy, daemon=True) for _ in range(2)]
for thread in threads:
    thread.start()
codes = []
for _ in range(2):
    child = os.fork()
    if not child:
        same = [nlp(article) for article in articles] == wanted and len(index.suggest(articles[0].id)) > 0
        os._exit(0 if same else 1)
    codes.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
going = False
for thread in threads:
    thread.join()
print(json.dumps(codes))
"""


@pytest.mark.model
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_a_forked_child_finds_all_whole_and_free():
    # No warning of Python's own about forking among threads: that it goes well is what is tested.
    assert in_a_fresh_process(FORKED) == [0, 0]


HELD = """
import os, threading
from newsnlp.safety.locks import Turn
turn, held = Turn(), threading.Event()
def holding():
    with turn:
        held.set()
        threading.Event().wait(0.3)
threading.Thread(target=holding).start()
held.wait()
child = os.fork()
if not child:
    # A turn that came along taken, by a thread that did not, could never be had.
    os._exit(0 if turn._lock.acquire(timeout=5) else 1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_a_fork_waits_for_turns():
    assert in_a_fresh_process(HELD) == 0


NESTED = """
import os, threading
from newsnlp.safety.locks import Turn
inner, outers, held = Turn(inner=True), [Turn() for _ in range(20)], threading.Event()
def holding():
    for outer in outers:
        outer.__enter__()
    held.set()
    threading.Event().wait(0.3)
    with inner:
        pass
    for outer in outers:
        outer.__exit__()
threading.Thread(target=holding).start()
held.wait()
child = os.fork()
if not child:
    os._exit(0 if inner._lock.acquire(timeout=5) and outers[0]._lock.acquire(timeout=5) else 1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_a_fork_waits_for_turns_within_others_last():
    assert in_a_fresh_process(NESTED) == 0


def test_an_index_takes_its_turns(eager):
    alone = RelatedIndex().fit(CORPUS)
    shared = RelatedIndex()
    done = threading.Event()

    def adds(part):
        shared.add(part)
        return True

    def asks():
        while not done.is_set():
            for article_id in shared.ids:
                try:
                    shared.suggest(article_id, k=3)
                except KeyError:  # removed meanwhile
                    continue
            list(shared.to_bulk())
            assert len(shared) >= 0
        return True

    def removes():
        for _ in range(30):
            shared.add(Article(id="gone", text="Un article qui s'en va."))
            shared.remove("gone")
        done.set()
        return True

    assert all(together(lambda: adds(CORPUS[::2]), lambda: adds(CORPUS[1::2]), asks, asks, removes))
    assert sorted(shared.ids) == sorted(alone.ids)
    shared.fit(CORPUS)
    assert [shared.suggest(a.id) for a in CORPUS] == [alone.suggest(a.id) for a in CORPUS]


def test_an_index_keeps_nobody_waiting_while_articles_come_or_go():
    index = RelatedIndex().fit(CORPUS[:4])
    lines = index.to_bulk()
    next(lines)

    def slow():
        for article in CORPUS[:6]:
            elsewhere(lambda article=article: index.add(article) or True)
            yield article

    index.fit(slow())
    index.add(slow())
    assert len(list(lines)) >= 7
    assert index.ids == [article.id for article in CORPUS[:6]]


def test_fit_that_fails_keeps_what_was_held():
    index = RelatedIndex().fit(CORPUS[:4])
    with pytest.raises(ValueError, match=r"received int \(item 1\); accepted: Analysis or Article or str"):
        index.fit([CORPUS[5], 7])
    assert len(index) == 4


def test_a_labeller_predicts_in_threads(eager):
    labels = ["a" if number % 2 else "b" for number in range(len(CORPUS))]
    labeler = TopicLabeler(base=None).fit(CORPUS, labels)
    wanted = labeler.predict_proba(CORPUS).tolist()
    assert all(found.tolist() == wanted for found in together(*[lambda: labeler.predict_proba(CORPUS)] * 4))
